"""The border of a card, for any aspect, and the room that it leaves for words.

Lengths are picture heights, origin in the picture's centre, x right, y DOWN (as rows run).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from rules import _ornament, _scrollwork

_RULE = 9.0  # u from the picture's edge to the inside of the rules


class Rect(NamedTuple):
    """Left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Rect) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True)
class Piece:
    """An ornament at a place; `unit` is the size of its u."""

    figure: _ornament.Figure
    x: float
    y: float
    unit: float


@dataclass(frozen=True)
class Room:
    """Where words may stand: within `inside`, off `taken`. unit: of the ornaments among the words."""

    inside: Rect
    taken: tuple[Rect, ...]
    unit: float
    has_ornament: bool

    @property
    def width(self) -> float:
        return self.inside.right - self.inside.left

    @property
    def height(self) -> float:
        return self.inside.bottom - self.inside.top

    @property
    def is_wide(self) -> bool:
        return self.width > 1.05 * self.height

    def holds(self, rect: Rect) -> bool:
        """Whether something of this extent stands clear of the frame."""
        a = self.inside
        is_inside = a.left <= rect.left and rect.right <= a.right and a.top <= rect.top and rect.bottom <= a.bottom
        return is_inside and not any(rect.meets(t) for t in self.taken)


@dataclass(frozen=True)
class Border:
    """What is drawn round the words, and where they may stand."""

    pieces: tuple[Piece, ...]
    room: Room
    has_frame: bool = True  # of faces that stand on a sheet of their own


def borders(aspect: float, level: str) -> tuple[Border, ...]:
    """The borders of a level for a picture's aspect, from the richest to the one that leaves most room.

    Rules round the picture, and at the level "full" scrolls in its corners and crests between them.
    """
    if level == "full":
        crested = (_bordered(aspect, True, True),) if aspect < 1 else ()
        return (*crested, _bordered(aspect, True, aspect >= 0.9), _bordered(aspect, False, False))
    return (_bordered(aspect, False, False),) if level == "rules" else (_bare(aspect),)


def framed(aspect: float, has_frame: bool) -> Border:
    """What the sheets of faces that are not engraved leave for words."""
    inset = (0.105 if has_frame else 0.06) * min(aspect, 1.0)
    return Border((), Room(_inset(aspect, inset), (), max(_unit(aspect), 0.0072), False), has_frame)


def _bare(aspect: float) -> Border:
    unit = max(_unit(aspect), 0.0072)
    return Border((), Room(_inset(aspect, 0.06 * min(aspect, 1.0)), (), unit, False))


def _unit(aspect: float) -> float:
    """Scrolls on an upright card are finer: it has less room for them."""
    return 0.00385 + 0.0035 * min(aspect, 1.8)


def _bordered(aspect: float, has_corners: bool, has_crests: bool) -> Border:
    unit = _unit(aspect)
    words = max(unit, 0.0072)
    wide, high = aspect / unit, 1 / unit  # of the picture, in u
    inside = _inset(aspect, (_RULE + 1.6) * unit)
    pieces = [Piece(_rules(wide, high), 0.0, 0.0, unit)]
    if not has_corners:
        return Border(tuple(pieces), Room(inside, (), words, False))
    taken: list[Rect] = []
    is_long = wide > 165
    scrolls = _corner(is_long)
    for sx in (-1, 1):
        for sy in (-1, 1):
            corner = _ornament.moved(scrolls, 0, 0, flip=(-sx, -sy))
            pieces.append(Piece(corner, sx * aspect / 2, sy / 2, unit))
            taken += [_from_corner(r, aspect, unit, (sx, sy)) for r in _corner_extents(is_long)]
    # between the corners of a wide card, below and above them on an upright one, where they leave no gap
    grown, reach = (1.0, 8.4) if wide > 125 else (1.28, 22.5)
    for sy in (-1, 1) if has_crests else ():
        crest = _ornament.moved(_scrollwork.crest(), 0, 0, grown, flip=(1, -sy))
        pieces.append(Piece(crest, 0.0, sy * (0.5 - reach * unit), unit))
        ys = sorted((sy * (0.5 - 7 * unit), sy * (0.5 - (reach + 12.0 * grown) * unit)))
        half = (9.0 if wide > 125 else 19.0 * grown) * unit
        taken.append(Rect(-half, ys[0], half, ys[1]))
    return Border(tuple(pieces), Room(inside, tuple(taken), words, True))


def _inset(aspect: float, by: float) -> Rect:
    return Rect(-aspect / 2 + by, -0.5 + by, aspect / 2 - by, 0.5 - by)


def _rules(wide: float, high: float) -> _ornament.Figure:
    thin = _scrollwork.rules(wide, high, 3.6, 0.16) + _scrollwork.rules(wide, high, 6.1, 0.16, 6.0)
    return thin + _scrollwork.rules(wide, high, 4.6, 0.62, 6.0)


def _corner(is_long: bool) -> _ornament.Figure:
    scrolls = _scrollwork.corner(is_long) + _ornament.moved(_scrollwork.corner(False), 0, 0, swap=True)
    return _ornament.rosette(6.4, 6.4, 2.5) + _ornament.moved(scrolls + _scrollwork.corner_heart(), 0.9, 0.9)


def _corner_extents(is_long: bool) -> tuple[Rect, ...]:
    """What a corner piece covers, in u from the corner, with air."""
    extents = (Rect(0, 0, 36.5, 25.0), Rect(0, 0, 25.0, 36.5), Rect(0, 0, 47.5, 19.0), Rect(0, 0, 19.0, 47.5))
    return (*extents, Rect(0, 0, 65.0, 15.5)) if is_long else extents


def _from_corner(rect: Rect, aspect: float, unit: float, side: tuple[int, int]) -> Rect:
    """A rectangle of u from a corner of the picture, in picture heights."""
    sx, sy = side
    xs = sorted(sx * (aspect / 2 - v * unit) for v in (rect.left, rect.right))
    ys = sorted(sy * (0.5 - v * unit) for v in (rect.top, rect.bottom))
    return Rect(xs[0], ys[0], xs[1], ys[1])

"""Setting type: minted letterforms side by side, spaced by eye, as outlines and as masks.

`missing` says what a face lacks, `typeset` spaces a line, `outlines` gives its shapes in font units,
`line` its mask in pixels. Kerning looks at the white between two letters row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import radians, tan
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _glyphs
from rules._letterform import Letterform, mint_letterform
from rules._pen import Points
from rules._typefaces import FACES, LABEL, SPACES, Face, composed, missing

__all__ = [
    "FACES", "LABEL", "Face", "Letterform", "Setting",
    "coverage", "line", "mint_letterform", "missing", "outlines", "typeset",
]  # fmt: skip

F32 = NDArray[np.float32]
Bend = Callable[[NDArray[np.float64]], NDArray[np.float64]]

_ROWS = np.arange(-280, 1020, 10)  # where the white between letters is measured
_GRAIN = 0.2  # px a unit of the masks that profiles are read from
_JOINED = 20  # track up to which letters may join in ligatures
_REACHING = ("brush", "font")  # forms whose letters reach under one another
_LOW_MARKS = ".,…"
_SHIFT = 4  # bits below the pixel that OpenCV's polygons take


@dataclass(frozen=True)
class Setting:
    """A line of type in font units: letterforms, the x of each one's origin, and the line's width of ink."""

    letters: tuple[Letterform, ...]
    places: tuple[float, ...]
    width: float
    hands: tuple[tuple[str, Face, int], ...] = ()  # of each letter its glyph, its face, which of its drawings


@lru_cache(maxsize=512)
def typeset(text: str, face: Face, track: float = 0.0, small_caps: Face | None = None) -> Setting:
    """One line, its first letter's ink starting at x = 0. `track` is added between all letters;
    `small_caps` is the face whose capitals stand for small letters.

    Raises KeyError naming the first letter that the face lacks.
    """
    letters: list[Letterform] = []
    places: list[float] = []
    hands_of: list[tuple[str, Face, int]] = []
    before: tuple[str, Face] | None = None
    seen: dict[str, int] = {}
    gap = 0.0
    hands = list(_hands(composed(text).strip(SPACES), face, small_caps))
    for char, hand in _named(hands) if track <= _JOINED else hands:
        if char in SPACES:
            gap = face.word + track
            continue
        take = seen.get(char, 0) % 3 if face.wobble else 0
        seen[char] = seen.get(char, 0) + 1
        letter = mint_letterform(char, hand, take)
        if before is None:
            places.append(-letter.box[0])
        else:
            white = _pair(*before, char, hand) + track
            if gap and face.form in _REACHING:  # tails under their neighbours count as they look, not as they reach
                white = max(gap + white - face.space, 0.70 * gap) - _overhang(char, hand, 0)
            elif gap:
                white = gap - _overhang(*before, 1) - _overhang(char, hand, 0)
            after = places[-1] + letters[-1].box[2]
            if gap and face.form not in _REACHING:
                after = max(x + c.box[2] for x, c in zip(places[-2:], letters[-2:], strict=True))
            places.append(after + white - letter.box[0])
        letters.append(letter)
        hands_of.append((char, hand, take))
        before, gap = (char, hand), 0.0
    # a comma may stand under the arm of the letter before it
    width = max((x + c.box[2] for x, c in zip(places[-2:], letters[-2:], strict=True)), default=0.0)
    return Setting(tuple(letters), tuple(places), width, tuple(hands_of))


def _named(letters: list[tuple[str, Face]]) -> Iterator[tuple[str, Face]]:
    """Names of glyphs: pairs that have a ligature joined, and a letter's other drawing where it stands alone."""
    k = 0
    while k < len(letters):
        char, hand = letters[k]
        drawn = _glyphs.FORMS.get(hand.form, {})
        pair = char + letters[k + 1][0] if k + 1 < len(letters) and letters[k + 1][1] is hand else ""
        alone = _glyphs.ALONE.get(char, "")
        if pair in _glyphs.LIGATURES and pair in drawn:
            char, k = pair, k + 1
        elif alone in drawn and not any(c.isalpha() for c, _ in (*letters[max(k - 1, 0) : k], *letters[k + 1 : k + 2])):
            char = alone
        yield char, hand
        k += 1


def _hands(text: str, face: Face, small_caps: Face | None) -> Iterator[tuple[str, Face]]:
    for char in text:
        if small_caps is not None and char.islower():
            yield from ((c, small_caps) for c in char.upper())
        else:
            yield char, face


def outlines(text: str, face: Face) -> list[Points]:
    """A line of type as closed outlines in font units, y up; fill each by itself."""
    setting = typeset(text, face)
    found: list[Points] = []
    for letter, x in zip(setting.letters, setting.places, strict=True):
        edges = [np.concatenate([s[:, 0], s[::-1, 1]]) for s in letter.strips]
        found += [outline + np.array([x, 0.0]) for outline in (*letter.solids, *edges)]
    return found


def line(text: str, face: Face, cap_height_px: float) -> tuple[F32, tuple[int, int]]:
    """A label: its mask, float32 (height, width) in 0 to 1, and the (column, row) in it of the text's origin
    on the baseline. The mask is as wide as the ink and holds ascenders and descenders."""
    scale = cap_height_px / face.cap
    setting = typeset(text, face)
    above = int(np.ceil(1.36 * face.cap * scale)) + 1
    below = int(np.ceil(-face.descender * scale)) + 2
    width = int(np.ceil(setting.width * scale)) + 2
    mask = coverage(setting, scale, (1.0, float(above)), (0, 0, width, above + below))
    return mask, (1, above)


def mask_of(letter: Letterform, cap: float, face_cap: float = 700) -> F32:
    """A letter as a mask, cut to its ink; cap: px of a capital."""
    scale = cap / face_cap
    left, bottom, right, top = letter.box
    box = (
        int(np.floor(left * scale)),
        int(np.floor(-top * scale)),
        int(np.ceil(right * scale)),
        int(np.ceil(-bottom * scale)),
    )
    return coverage(Setting((letter,), (0.0,), 0.0), scale, (0.0, 0.0), box)


def coverage(
    setting: Setting,
    scale: float,
    origin: tuple[float, float],
    box: tuple[int, int, int, int],
    bend: Bend | None = None,
    inline: bool = False,
) -> F32:
    """How much of each pixel of `box` (x0, y0, x1, y1) a line of type covers.

    origin: px of the line's start on its baseline, y down. bend: a change of points in font units, as
    for an arch. inline: of the engraved lines instead of the letters.
    """
    x0, y0, x1, y1 = box
    sub = 8 if scale * 700 < 40 else 4  # small letters need the finer steps of grey
    fine = np.zeros(((y1 - y0) * sub, (x1 - x0) * sub), np.uint8)
    k = scale * sub * (1 << _SHIFT)
    step = 1 if scale * 700 > 150 else 2 if scale * 700 > 40 else 4  # ribs stand 1 to 3 px apart at cap 100
    dry = min(max((scale * 700 - 24) / 110, 0.0), 1.0)
    cut = np.array([x0, y0], np.int32) * (sub << _SHIFT)
    for letter, x in zip(setting.letters, setting.places, strict=True):
        # OpenCV's pixel centres are whole numbers
        corner = (np.array(origin) * sub - 0.5) * (1 << _SHIFT)
        _fill(fine, letter, _Landing(np.array([x, 0.0]), np.array([k, -k]), corner, cut, bend, step, dry), inline)
    small = cv2.resize(fine, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
    return np.asarray(small.astype(np.float32) * np.float32(1 / 255))


class _Landing(NamedTuple):
    """How points of a letter come to lie on the fine grid."""

    shift: Points
    factor: Points
    corner: Points
    cut: NDArray[np.int32]  # of the box, taken off after rounding, so that another box rounds alike
    bend: Bend | None
    step: int  # ribs taken at once
    dry: float  # share of the streaks that a letter of this size has room for

    def land(self, points: NDArray[np.float64]) -> NDArray[np.int32]:
        placed = points + self.shift
        if self.bend is not None:
            placed = self.bend(placed)
        return np.rint(placed * self.factor + self.corner).astype(np.int32) - self.cut


def _fill(fine: NDArray[np.uint8], letter: Letterform, landing: _Landing, inline: bool) -> None:
    if inline:
        for outline in letter.inlines:
            cv2.fillPoly(fine, [landing.land(outline)], 255, cv2.LINE_8, _SHIFT)
        return
    if letter.rings:
        cv2.fillPoly(fine, [landing.land(ring) for ring in letter.rings], 255, cv2.LINE_8, _SHIFT)
    for outline in letter.solids:
        cv2.fillPoly(fine, [landing.land(outline)], 255, cv2.LINE_8, _SHIFT)
    for number, strip in enumerate(letter.strips):
        ribs = landing.land(strip if landing.step == 1 else np.concatenate([strip[: -1 : landing.step], strip[-1:]]))
        gaps = [gap for after, gap in letter.gaps if after == number]
        gaps = gaps[: round(landing.dry * len(gaps))]
        if gaps:
            _fill_dry(fine, ribs, [landing.land(gap) for gap in gaps])
        else:
            _fill_ribs(fine, ribs)


def _fill_ribs(fine: NDArray[np.uint8], ribs: NDArray[np.int32]) -> None:
    """Rib by rib: a bend sharper than the pen is wide folds the inner edge, which even-odd would cut out."""
    for k in range(len(ribs) - 1):
        cv2.fillConvexPoly(fine, ribs[[k, k, k + 1, k + 1], [0, 1, 1, 0]], 255, cv2.LINE_8, _SHIFT)


def _fill_dry(fine: NDArray[np.uint8], ribs: NDArray[np.int32], gaps: list[NDArray[np.int32]]) -> None:
    """A stroke with its streaks taken away: by itself, since what lies below shows through them."""
    low, high = (ribs.min((0, 1)) >> _SHIFT) - 1, (ribs.max((0, 1)) >> _SHIFT) + 2
    low, high = np.clip(low, 0, fine.shape[::-1]), np.clip(high, 0, fine.shape[::-1])
    if (high <= low).any():
        return
    alone = np.zeros((high[1] - low[1], high[0] - low[0]), np.uint8)
    by = (low << _SHIFT).astype(np.int32)
    _fill_ribs(alone, ribs - by)
    for gap in gaps:
        cv2.fillPoly(alone, [gap - by], 0, cv2.LINE_8, _SHIFT)
    there = fine[low[1] : high[1], low[0] : high[0]]
    np.maximum(there, alone, out=there)


# -- kerning


@lru_cache(maxsize=4096)
def _pair(first: str, face: Face, second: str, other: Face) -> float:
    """White between the extremes of two letters, negative where one reaches over the other, such that the
    white between their outlines looks like `face.space`."""
    raw = np.minimum(profile(first, face)[1] + profile(second, other)[0], 1e6)  # per row, if the extremes touched
    a, b = mint_letterform(first, face), mint_letterform(second, other)
    first, second = first[-1] if first in _glyphs.LIGATURES else first[0], second[0]
    is_caps = first.isupper() and second.isupper()
    space = (face.space + other.space) / 2 * (1.24 if is_caps else 1.0)
    top = max(min(max(a.box[3], b.box[3]), 720.0), 480.0)
    upper = 1.0 if is_caps else 0.55  # above the x-height white counts less
    weight = np.interp(_ROWS, [-1, 0, face.x_height, face.x_height + 1], [0.12, 1.0, 1.0, upper]) * (top >= _ROWS)
    low, high = -400.0, 2 * space
    for _ in range(18):
        middle = (low + high) / 2
        white = np.clip(raw + middle, -60, 1.45 * space)
        if float((white * weight).sum() / weight.sum()) < space:
            low = middle
        else:
            high = middle
    near = face.near
    if second in _LOW_MARKS and first.islower():
        near = max(near, 0.60)  # or a comma is jammed under an arm
    elif first in "rf" and second in "tfz":
        near = min(near, 0.20)  # what is open below may all but touch above
    return max(low, space * near - float(raw.min()), *_least(first, second, space, face.form in _REACHING))


@lru_cache(maxsize=1024)
def _overhang(char: str, face: Face, side: int) -> float:
    """How much of a letter's reach to the left (0) or right (1) does not count in the white between words: the hook of
    a j below the line, the arm of an f above the small letters."""
    if not char[0].islower():
        return 0.0
    white = profile(char, face)[side]
    band = white[(_ROWS >= 20) & (face.x_height - 20 >= _ROWS)]
    return 0.55 * float(min(band.min(), 200.0)) if len(band) else 0.0


def _least(first: str, second: str, space: float, reaches: bool) -> tuple[float, ...]:
    """Floors for marks, which would else slip under arms; beside tails that reach they may slip a little."""
    marks = (not first.isalnum(), not second.isalnum())
    if all(marks):
        return (space * 0.55,)
    if reaches and any(marks):
        return (-0.9 * space if second in ".,…;:!?)" or first == "(" else 0.3 * space,)
    if marks[1]:
        return (-150.0 if second in _LOW_MARKS and first in "TVWYPFvwyrft" else space * 0.42,)
    return (space * 0.58,) if marks[0] else (-400.0,)


@lru_cache(maxsize=1024)
def profile(char: str, face: Face) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """White from the left extreme to the ink, and from the ink to the right extreme, in each of `_ROWS`;
    slant taken off, openings between two arms (C, E, k) filled half way."""
    letter = mint_letterform(char, face)
    x0 = int(np.floor(letter.box[0] * _GRAIN)) - 2
    width = int(np.ceil(letter.box[2] * _GRAIN)) + 2 - x0
    above, below = 204, 60
    mask = coverage(Setting((letter,), (0.0,), 0.0), _GRAIN, (0.0, 0.0), (x0, -above, x0 + width, below))
    slant = tan(radians(face.slant))
    left, right = np.full(len(_ROWS), 1e9), np.full(len(_ROWS), 1e9)
    for k, y in enumerate(_ROWS):
        row = above + round(-y * _GRAIN)
        inked = np.nonzero(mask[row] > 0.4)[0]
        if len(inked):
            left[k] = (inked[0] + x0) / _GRAIN - slant * y - letter.box[0]
            right[k] = letter.box[2] - (inked[-1] + 1 + x0) / _GRAIN + slant * y
    return _eased(left), _eased(right)


def _eased(white: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ink seen 20 units further up and down (so that diagonals count), and openings half filled."""
    near = np.minimum.reduce([_slid(white, s) for s in range(-2, 3)])
    above = np.minimum.accumulate(near)
    below = np.minimum.accumulate(near[::-1])[::-1]
    opening = np.maximum(above, below)  # what a vertical line let in from both ends would stop at
    return np.asarray(np.where(near < 1e8, near + 0.5 * np.minimum(opening - near, 0), near))


def _slid(white: NDArray[np.float64], by: int) -> NDArray[np.float64]:
    out = np.full_like(white, 1e9)
    if by > 0:
        out[by:] = white[:-by]
    elif by < 0:
        out[:by] = white[-by:]
    else:
        out[:] = white
    return out

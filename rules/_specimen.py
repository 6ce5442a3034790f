"""Where things stand on a type founder's specimen: the name of the face, all its letters, a pangram, a text.

Blocks fill one column of an upright sheet, or two of a wide one, at the largest size at which all fit.
Lengths are picture heights, origin in the picture's centre, x right, y DOWN, as in `_lockup`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rules import _letters, _lockup
from rules._border import Rect
from rules._letters import Letterform, Setting
from rules._lockup import Line
from rules._typefaces import Face, missing

_AIR = 70.0  # least units between the letters of the character set, besides the usual
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL = "abcdefghijklmnopqrstuvwxyz"
_FIGURES = "1234567890"
_MARKS = "&.,:;!?¡¿‘’“”„«»()[]/–—…·*†§@#%€£$¢¥+=×ªº°"
_ACCENTED = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØŒÙÚÛÜÝŸÞŠŽßàáâãäåæçèéêëìíîïðñòóôõöøœùúûüýÿþšž"

PARAGRAPH = (
    "Toward evening Ada took her pole and walked the old town, lamp by lamp, from Tower Way to the Yew Tree. "
    "»Not yet,« said the first flame; „warte“, sagte der Mond über den Dächern. Señor Núñez, el relojero, "
    "déjà à la fenêtre, waved; på Strøget lyste fjorten lygter, and in Þingvellir two more."
)


class Words(NamedTuple):
    """What a specimen says besides the letters: the name, a pangram, a text, and one or two letters shown huge."""

    name: str
    pangram: str
    text: str
    huge: str


@dataclass(frozen=True)
class Sheet:
    """The lines of a specimen, what of them is in the second colour, and the rules between blocks (x0, x1, y)."""

    lines: tuple[Line, ...]
    second: tuple[Line, ...]
    rules: tuple[tuple[float, float, float], ...]
    huge: Rect | None = None


class _Block(NamedTuple):
    kind: str  # "set", "words" or "text"
    text: str
    size: float  # its capitals, against those of the alphabet
    leading: float


def composed(words: Words, face: Face, plain: Face, inside: Rect) -> Sheet:
    """All lines of a specimen, within a frame."""
    alphabet = [
        _Block("set", " ".join(a + b for a, b in zip(_CAPITALS, _SMALL, strict=True)), 1.0, 1.66),
        _Block("set", " ".join(_drawn(_FIGURES + _MARKS, plain)), 0.74, 1.74),
        _Block("set", " ".join(_drawn(_ACCENTED, plain)), 0.58, 2.0),
    ]
    reading = [_Block("words", words.pangram, 1.05, 1.75), _Block("text", words.text, 0.44, 2.0)]
    wide, high = inside.right - inside.left, inside.bottom - inside.top
    if wide < 1.2 * high:
        title, below = _name(words.name, face, Rect(*inside[:3], inside.top + 0.24 * high))
        lines, rules = _column([*alphabet, *reading], plain, Rect(inside.left, below, *inside[2:]))
        return Sheet((title, *lines), (), rules)
    split, gutter = inside.left + 0.60 * wide, 0.035 * wide
    title, below = _name(words.name, face, Rect(inside.left, inside.top, split - gutter, inside.top + 0.30 * high))
    lines, rules = _column(alphabet, plain, Rect(inside.left, below, split - gutter, inside.bottom))
    aside = Rect(split + gutter, inside.top, inside.right, inside.top + 0.44 * high)
    deep = 0.10 * (aside.bottom - aside.top) if face.finish in ("engraved", "comic") else 0.0  # of the shadow
    shown = face if face.finish == "engraved" else plain
    huge = _huge(words.huge, shown, Rect(aside.left + deep, aside.top + deep, aside.right - deep, aside.bottom - deep))
    more, others = _column(reading, plain, Rect(aside.left, aside.bottom + 0.05 * high, inside.right, inside.bottom))
    return Sheet((title, *lines, *more), (huge,), (*rules, *others), aside)


def _drawn(text: str, face: Face) -> str:
    lacking = missing(text, face)
    return "".join(c for c in text if c not in lacking)


def _name(name: str, face: Face, room: Rect) -> tuple[Line, float]:
    """The name as large as its band allows, and where the next block may begin."""
    setting = _letters.typeset(name, face, 8)
    low = 0.32 if any(c.box[1] < -60 for c in setting.letters) else 0.12
    cap = min((room.right - room.left) * 700 / setting.width, (room.bottom - room.top) / (1.18 + low))
    y = room.top + 1.10 * cap
    line = Line(setting, (room.left + room.right) / 2 - setting.width * cap / 1400, y, cap, "display")
    return line, y + (low + (0.40 if face.finish in ("engraved", "comic") else 0.24)) * cap  # a shadow takes room


def _huge(text: str, face: Face, room: Rect) -> Line:
    """One or two letters, larger than all others, in the middle of their box."""
    setting = _letters.typeset(text, face)
    top = max(c.box[3] for c in setting.letters)
    bottom = min(c.box[1] for c in setting.letters)
    cap = 700 * min((room.right - room.left) / setting.width, (room.bottom - room.top) / (top - bottom))
    y = (room.top + room.bottom) / 2 + (top + bottom) / 2 * cap / 700
    return Line(setting, (room.left + room.right) / 2 - setting.width * cap / 1400, y, cap, "plain")


# -- columns


def _column(
    blocks: Sequence[_Block], face: Face, room: Rect
) -> tuple[tuple[Line, ...], tuple[tuple[float, float, float], ...]]:
    """Blocks one below the other, as large as all of them fit; what is left over goes between them."""
    wide, high = room.right - room.left, room.bottom - room.top
    gap = 0.044
    set_up: list[list[Line]] = []
    for step in range(120):
        cap = 0.16 * 0.965**step
        set_up = [list(_block(b, face, wide, b.size * cap)) for b in blocks]
        tall = sum(rows[-1].y + 0.34 * rows[-1].cap for rows in set_up)
        if tall + gap * (len(blocks) - 1) <= high and all(r.width <= 1.001 * wide for rows in set_up for r in rows):
            break
    spare = min((high - tall) / max(len(blocks) - 1, 1), 3.2 * gap)
    lines: list[Line] = []
    rules: list[tuple[float, float, float]] = []
    y = room.top
    for rows in set_up:
        if lines:
            rules.append((room.left, room.right, y + spare / 2))
            y += spare
        lines += [replace(row, x=row.x + room.left, y=row.y + y) for row in rows]
        y += rows[-1].y + 0.34 * rows[-1].cap
    return tuple(lines), tuple(rules)


def _block(block: _Block, face: Face, wide: float, cap: float) -> Iterator[Line]:
    """The lines of a block from y = 0 down, x from 0."""
    units = wide * 700 / cap
    if block.kind == "set":
        rows = _spread(block.text.split(), face, units)
    elif block.kind == "words":
        rows = _ragged(block.text.split(), face, units)
    else:
        rows = _justified(block.text.split(), face, units)
    for n, row in enumerate(rows):
        yield Line(row, 0.0, cap * ((1.30 if "À" in block.text else 1.02) + n * block.leading), cap)


def _spread(tokens: Sequence[str], face: Face, wide: float) -> list[Setting]:
    """A character set in rows of about one length, each spread to the measure."""
    set_up = [_letters.typeset(token, face) for token in tokens]
    air = _AIR * max(len(token) for token in tokens)
    widths = [one.width + face.space + air for one in set_up]
    count = max(1, -(-int(sum(widths)) // max(int(wide + air), 1)))
    rows: list[list[Setting]] = [[] for _ in range(count)]
    total, share = 0.0, sum(widths) / count
    for one, width in zip(set_up, widths, strict=True):
        rows[min(int((total + width / 2) / share), count - 1)].append(one)
        total += width
    return [_row(row, None, wide) for row in rows if row]


def _ragged(words: Sequence[str], face: Face, wide: float) -> list[Setting]:
    """Words in the fewest lines of even width that the measure holds."""
    rows: list[Setting] = []
    for count in range(1, len(words) + 1):
        rows = [_letters.typeset(" ".join(r), face) for r in _lockup.broken(words, count, face)]
        if max(r.width for r in rows) <= wide:
            break
    return rows


def _justified(words: Sequence[str], face: Face, wide: float) -> list[Setting]:
    """A text set to the measure, its last line as it falls."""
    set_words = [_letters.typeset(word, face) for word in words]
    rows: list[list[Setting]] = [[]]
    for word in set_words:
        if rows[-1] and sum(w.width for w in rows[-1]) + word.width + face.word * 0.86 * len(rows[-1]) > wide:
            rows.append([])
        rows[-1].append(word)
    return [_row(row, face.word if row is rows[-1] else None, wide) for row in rows]


def _row(words: Sequence[Setting], gap: float | None, wide: float) -> Setting:
    """Words in a row, their gaps as given or such that they fill the measure."""
    if gap is None:
        gap = (wide - sum(w.width for w in words)) / max(len(words) - 1, 1) if len(words) > 1 else 0.0
    letters: list[Letterform] = []
    places: list[float] = []
    x = 0.0
    for word in words:
        letters += word.letters
        places += [x + place for place in word.places]
        x += word.width + gap
    return Setting(tuple(letters), tuple(places), x - gap)

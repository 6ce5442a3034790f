"""Where the words of a card stand: line breaks, sizes, and the ornaments among them, for any aspect.

Each break into lines is composed smaller and smaller until it stands clear of the frame; the one that
stays largest is taken. Lengths are picture heights, origin in the picture's centre, x right, y DOWN.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from rules import _letters, _ornament, _scrollwork, _typefaces
from rules._border import Piece, Rect, Room
from rules._letters import Setting
from rules._typefaces import Face

LEGIBLE = 0.045  #: least cap height of main lines, in picture heights

_ARTICLES = frozenset({"the", "a", "an"})
_LEADING = 1.86  # of lines to be read, in cap heights
_DENSE = 1.46  # of title lines
_TRACK = 14.0  # units between letters that wear a block shadow
_SIZES = tuple(1.0 - 0.03 * k for k in range(27))


@dataclass(frozen=True)
class Line:
    """A line of type: its left end on the baseline, its cap height, the rise of its arch, how it is painted."""

    setting: Setting
    x: float
    y: float
    cap: float
    manner: str = "plain"  # "display", "plain" or "initial"
    arch: float = 0.0

    @property
    def width(self) -> float:
        return self.setting.width * self.cap / 700


@dataclass(frozen=True)
class Lockup:
    """A composed card; `initial` is the box of a large first letter."""

    lines: tuple[Line, ...]
    pieces: tuple[Piece, ...] = ()
    initial: Rect | None = None
    is_clear: bool = True  # of the frame

    @property
    def cap(self) -> float:
        """Cap height of the smallest main line."""
        return min(n.cap for n in main_lines(self))


@dataclass(frozen=True)
class Words:
    """What a card says, in which hands."""

    text: str
    subtitle: str
    face: Face
    plain: Face


def title(words: Words, room: Room) -> Lockup:
    """A title: an article small above, the other words as large as the room allows, each line set to one
    measure, arched where there is one line only."""
    all_words = words.text.split()
    article = all_words[0] if len(all_words) > 1 and all_words[0].lower() in _ARTICLES else ""
    main = all_words[1:] if article else all_words
    # written letters are not set in capitals: their strokes belong to the small ones
    small_caps = None if words.face.form == "brush" else _typefaces.small_caps(words.face)

    def compose(count: int, size: float) -> Lockup:
        rows, caps = _one_measure(main, count, size * (0.20 if room.is_wide else 0.17), words.face, small_caps, room)
        stack, top = _Stack(), caps[0]
        arch = 0.27 * top if count == 1 and room.is_wide and len(rows[0].letters) > 4 else 0.0
        if article:
            small = max(0.30 * top, 0.034)
            stack.row(_letters.typeset(article.upper(), words.plain, 70), small, 1.0)
            if room.has_ornament:
                stack.dashes(room)
            stack.gap(0.62 * small + 0.05 * top)
        stack.gap(arch)
        for setting, cap in zip(rows, caps, strict=True):
            stack.row(setting, cap, 1.0 if setting is rows[0] else _DENSE, "display", arch)
        stack.gap(0.12 * top)
        _foot(stack, words, room, min(24.0, 0.30 * room.width / room.unit))
        return stack.centred(-0.008)

    return _largest(compose, range(1, min(len(main), 7) + 1), room)


def card(words: Words, room: Room) -> Lockup:
    """An intertitle: sentences in a plain hand, centred; a long text on a wide card opens with a large initial."""
    all_words = words.text.split()
    opens_large = len(all_words) >= 9 and all_words[0][0].isalpha() and room.has_ornament and room.width > 0.7
    if opens_large:
        large = _largest(lambda _, size: _with_initial(words, room, size), (1,), room)
        if is_legible(large):
            return large

    def compose(count: int, size: float) -> Lockup:
        measure = min(room.width, 1.08)
        rows = [_letters.typeset(" ".join(r), words.plain) for r in broken(all_words, count, words.plain)]
        cap = size * min(0.092 if room.is_wide else 0.068, measure * 700 / max(r.width for r in rows))
        stack = _Stack()
        for setting in rows:
            stack.row(setting, cap, _LEADING)
        # an upright card has its crests above and below the words, and needs the height
        _foot(stack, words, room, min(17.0, 0.26 * room.width / room.unit) if room.width > 0.6 else 0.0)
        return stack.centred(-0.008)

    return _largest(compose, range(1, min(len(all_words), 9) + 1), room, 0.03)


def end(words: Words, room: Room) -> Lockup:
    """The last card: one line if it fits, over a penman's flourish."""
    all_words = words.text.split()

    def compose(count: int, size: float) -> Lockup:
        rows, caps = _one_measure(all_words, count, 0.205 * size, words.face, None, room)
        stack = _Stack()
        for setting, cap in zip(rows, caps, strict=True):
            stack.row(setting, cap, 1.0 if setting is rows[0] else _DENSE + 0.12, "display")
        if room.has_ornament:
            half = min(0.46 * room.width / room.unit, 43.0)
            stack.gap(0.26 * caps[-1] + 0.15 * half * room.unit)
            stack.ornament(_scrollwork.flourish(half), room.unit)
            stack.gap(0.32 * half * room.unit)
        if words.subtitle:
            stack.gap(0.03)
            _small(stack, words, room)
        return stack.centred(0.008)

    return _largest(compose, range(1, min(len(all_words), 3) + 1), room)


# -- stacking rows


class _Stack:
    """Rows from top to bottom, centred on the middle when all are there; remembers what they cover."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.pieces: list[Piece] = []
        self.y = 0.0

    def gap(self, by: float) -> None:
        self.y += by

    def row(self, setting: Setting, cap: float, leading: float, manner: str = "plain", arch: float = 0.0) -> None:
        """A centred line below all that is there; what `leading` adds to its cap height lies above it."""
        self.y += cap * (leading if self.lines else 1.0)
        self.lines.append(Line(setting, -setting.width * cap / 1400, self.y, cap, manner, arch))

    def ornament(self, figure: _ornament.Figure, unit: float) -> None:
        self.pieces.append(Piece(figure, 0.0, self.y, unit))

    def dashes(self, room: Room) -> None:
        """Swelled dashes left and right of the last line."""
        line = self.lines[-1]
        y, gap = line.y - line.cap * 0.5, 3.0 * room.unit
        dash = _scrollwork.dash(min(6.0, 0.09 * room.width / room.unit))
        self.pieces.append(Piece(dash, line.width / 2 + gap, y, room.unit))
        self.pieces.append(Piece(_ornament.moved(dash, 0, 0, flip=(-1, 1)), -line.width / 2 - gap, y, room.unit))

    def centred(self, shift: float) -> Lockup:
        dy = -self.y / 2 + shift
        lines = tuple(replace(n, y=n.y + dy) for n in self.lines)
        return Lockup(lines, tuple(replace(p, y=p.y + dy) for p in self.pieces))


def _foot(stack: _Stack, words: Words, room: Room, half: float) -> None:
    """A fleuron, unless `half` is 0, and the subtitle."""
    if room.has_ornament and half:
        stack.gap(0.082)
        stack.ornament(_scrollwork.fleuron(half), room.unit)
    if words.subtitle:
        stack.gap(0.052)
        _small(stack, words, room)


def _small(stack: _Stack, words: Words, room: Room) -> None:
    hand = words.plain.but(space=words.plain.space * 1.18)
    split = words.subtitle.split()
    most = min(0.046 if room.is_wide else 0.038, 0.62 * max(n.cap for n in stack.lines))
    choices = []
    for count in range(1, min(len(split), 3) + 1):
        rows = [_letters.typeset(" ".join(r), hand) for r in broken(split, count, hand)]
        choices.append((min(most, 0.86 * room.width * 700 / max(r.width for r in rows)), rows))
    cap, rows = next((c for c in choices if c[0] > 0.85 * most), choices[-1])
    for setting in rows:
        stack.row(setting, cap, _LEADING if setting is not rows[0] else 1.0)


# -- sizes


Compose = Callable[[int, float], Lockup]


def _largest(compose: Compose, counts: Iterable[int], room: Room, penalty: float = 0.10) -> Lockup:
    """Of the breaks into lines, each at the first size that stands clear, the one with the largest letters;
    an even choice goes to fewer lines. If none stands clear, the smallest size of the last break is taken."""
    best: tuple[float, Lockup] | None = None
    last: Lockup | None = None
    for count in counts:
        for size in _SIZES:
            last = compose(count, size)
            if all(room.holds(r) for r in _covered(last)):
                score = last.cap * (1 - penalty * (count - 1))
                if best is None or score > best[0]:
                    best = (score, last)
                break
    assert last is not None, "a card has words"
    return best[1] if best is not None else replace(last, is_clear=False)


def is_legible(lockup: Lockup) -> bool:
    """Whether its words stand clear of the border, and are large enough on a telephone."""
    return lockup.is_clear and lockup.cap >= LEGIBLE


def main_lines(lockup: Lockup) -> list[Line]:
    """The lines that a card is about: the display letters, or all there are."""
    return [n for n in lockup.lines if n.manner == "display"] or [n for n in lockup.lines if n.manner == "plain"]


def _covered(lockup: Lockup) -> list[Rect]:
    """What the lines and ornaments of a lockup cover, with a little air; an arched line in five steps."""
    rects = [] if lockup.initial is None else [lockup.initial]
    for line in lockup.lines:
        air = (0.16 if line.manner == "display" else 0.10) * line.cap
        low = 0.24 * line.cap if any(c.box[1] < -60 for c in line.setting.letters) else air
        steps = 5 if line.arch else 1
        for k in range(steps):
            along = 2 * (k + 0.5) / steps - 1
            y = line.y - line.arch * (1 - along * along)
            left = line.x + line.width * k / steps
            right = line.x + line.width * (k + 1) / steps
            rects.append(Rect(left - air, y - line.cap - air, right + air, y + low))
    for piece in lockup.pieces:
        x0, y0, x1, y1 = (v * piece.unit for v in _ornament.bounds(piece.figure))
        air = 1.5 * piece.unit
        rects.append(Rect(piece.x + x0 - air, piece.y + y0 - air, piece.x + x1 + air, piece.y + y1 + air))
    return rects


def _one_measure(
    words: Sequence[str], count: int, most: float, face: Face, small_caps: Face | None, room: Room
) -> tuple[list[Setting], list[float]]:
    """Lines of display letters and their cap heights: all set to the width of the widest, within a third."""
    rows = [_letters.typeset(" ".join(r), face, _TRACK, small_caps) for r in broken(words, count, face, small_caps)]
    widest = max(r.width for r in rows)
    base = min(0.98 * room.width * 700 / widest, most)
    return rows, [min(base * widest / r.width, base * 1.33) for r in rows]


def broken(words: Sequence[str], count: int, face: Face, small_caps: Face | None = None) -> list[list[str]]:
    """Words in `count` lines of even width; a break after a sentence is worth some unevenness."""
    ideal = _letters.typeset(" ".join(words), face, 0, small_caps).width / count
    size = len(words)
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for row in range(1, count + 1):
        for stop in range(row, size - (count - row) + 1):
            options = []
            for start in range(row - 1, stop):
                if (start, row - 1) in best:
                    wide = _letters.typeset(" ".join(words[start:stop]), face, 0, small_caps).width
                    is_sentence = words[stop - 1][-1] in ".?!…" and stop < size
                    cost = ((wide - ideal) / ideal) ** 2 - 0.05 * is_sentence
                    options.append((best[start, row - 1][0] + cost, start))
            best[stop, row] = min(options)
    rows: list[list[str]] = []
    stop = size
    for row in range(count, 0, -1):
        start = best[stop, row][1]
        rows.insert(0, list(words[start:stop]))
        stop = start
    return rows


# -- the initial


def _with_initial(words: Words, room: Room, size: float) -> Lockup:
    """A large letter in a box, two lines high, and the text flush left beside and under it."""
    split = words.text.split()
    letter = _letters.typeset(split[0][0], words.face)
    rest = [w for w in (split[0][1:], *split[1:]) if w]
    cap = 0.073 * size
    leading = _LEADING * 0.93 * cap
    high = leading + 1.66 * cap
    wide = max(0.86 * high, letter.width * 0.68 * high / 700 + 0.55 * cap)
    indent = wide + 0.60 * cap
    rows = _flush(rest, words.plain, cap, indent, min(room.width, 1.16))
    stack = _Stack()
    for k, row in enumerate(rows):
        stack.y = k * leading + 1.28 * cap
        stack.lines.append(Line(row, indent if k < 2 else 0.0, stack.y, cap))
    _foot(stack, words, room, min(17.0, 0.26 * room.width / room.unit))
    full = max(n.x + n.width for n in stack.lines)
    lockup = stack.centred(-0.008)
    lines = [replace(n, x=n.x - full / 2) if n in lockup.lines[: len(rows)] else n for n in lockup.lines]
    top = lockup.lines[0].y - 1.28 * cap
    box = Rect(-full / 2, top, -full / 2 + wide, top + high)
    tall = 0.68 * high
    left = box.left + (wide - letter.width * tall / 700) / 2 - 0.03 * tall  # the block shadow hangs to the right
    lines.append(Line(letter, left, box.bottom - 0.17 * high, tall, "initial"))
    return Lockup(tuple(lines), lockup.pieces, box)


def _flush(words: Sequence[str], face: Face, cap: float, indent: float, measure: float) -> list[Setting]:
    """Lines flush left, the first two beside the box: of the measures that need no more lines than the widest,
    the narrowest whose last line is not a widow."""

    def fill(limit: float) -> list[Setting]:
        rows: list[Setting] = []
        held: Setting | None = None
        text = ""
        for word in words:
            grown = _letters.typeset(f"{text} {word}", face)
            free = limit - (indent if len(rows) < 2 else 0.0)
            if held is not None and grown.width * cap / 700 > free:
                rows.append(held)
                text, held = word, _letters.typeset(word, face)
            else:
                text, held = f"{text} {word}", grown
        return [*rows, held] if held is not None else rows

    count = max(len(fill(measure)), 3)
    tried = [(m, fill(m)) for m in (measure * k / 50 for k in range(20, 51))]
    fitting = [t for t in tried if len(t[1]) <= count and max(r.width for r in t[1]) * cap / 700 <= t[0]]
    good = [rows for m, rows in fitting if rows[-1].width * cap / 700 > 0.42 * m]
    return (good or [rows for _, rows in fitting] or [fill(measure)])[0]

"""Eyes of a biped: from large ovals to dots, under lids that carry the mood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rules import _colour, _mask, _outline
from rules._biped_look import INK, WHITE, Look, dark, warm
from rules._biped_mood import Mood
from rules._biped_skulls import Skull
from rules._biped_years import Years
from rules._cel import Cel, Mask
from rules._colour import RGB
from rules._outline import Points

Line = list[tuple[float, ...]]

_OVAL = (
    (-1.0, 0.06), (-0.78, -0.66), (-0.12, -1.0), (0.60, -0.84), (1.0, -0.10), (0.80, 0.62), (0.08, 0.98), (-0.68, 0.74),
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of eye: half-axes in h, how far its outer corner rises and its lid hangs, and the weight of its lashes.

    iris: half-axes of the iris, as shares of the eye's.
    """

    rx: float
    ry: float
    rise: float = 0.0
    lid: float = 0.0
    lash: float = 1.0
    iris: tuple[float, float] = (0.83, 0.89)
    dot: bool = False


KINDS = {
    "oval": Kind(9.4, 12.0, iris=(0.86, 0.92)),
    "dot": Kind(4.7, 6.1, dot=True),
    "almond": Kind(9.8, 9.8, 0.20, 0.01, 0.95, (0.74, 0.98)),
    "narrow": Kind(9.2, 8.4, 0.08, 0.06, 0.70, (0.70, 0.98)),
    "round": Kind(8.2, 10.2, 0.0, 0.01, 0.62, (0.88, 0.93)),
}
HEADS = (2.8, 3.3, 4.4, 7.0)
_SHADE = _colour.rgb_of("#6a4a70")
_PUPIL = _colour.rgb_of("#23121f")


@dataclass(frozen=True)
class Gaze:
    """Where the eyes look (x forward, y up, -1 to 1), and the lids of a blink: 0 open, 1 half, 2 closed."""

    x: float
    y: float
    lids: int


@dataclass(frozen=True)
class Sight:
    """What both eyes need to be painted. ground: the face, which they do not leave."""

    cel: Cel
    look: Look
    mood: Mood
    gaze: Gaze
    ground: Mask
    kind: Kind
    years: Years
    lashes: bool
    rest: str = "smile"

    @property
    def lid(self) -> float:
        """How far the upper lid is down, 0 to 1, in this mood, gaze and blink."""
        down = self.mood.lid + self.kind.lid + (0.10 if self.gaze.y < 0 else -0.04 if self.gaze.y > 0 else 0.0)
        down += self.years.lid * float(np.clip((self.mood.lid + 0.10) / 0.2, 0.2, 1))
        down = min(down, 0.50)
        # half a blink comes down to the middle of the iris, which stays where it was
        return max(0.46 - 0.07 * self.gaze.y, down + 0.06) if self.gaze.lids == 1 else down

    @property
    def low(self) -> float:
        """How far the lower lid is up; less under a lid that comes down, or a smile would be a slit."""
        return self.mood.low * (0.35 if self.gaze.lids == 1 else 0.85)

    def line(self, nodes: Line, width: float | Sequence[float], tone: float, weight: float = 0.8) -> None:
        """A crease in the skin."""
        self.cel.glaze(self.cel.brush(nodes, width), warm(self.look.skin, tone), weight, self.ground)

    def lash(self, eye: Eye, nodes: Line, width: Sequence[float]) -> None:
        """A line of ink, which may stand out beyond the face."""
        self.cel.glaze(self.cel.brush(eye.put(nodes), width), INK, 1, self.ground if eye.slanted else None)


@dataclass(frozen=True)
class Eye:
    """One eye: its middle and half-axes in unstretched h; out: which way its outer corner is, -1 or 1."""

    x: float
    y: float
    rx: float
    ry: float
    out: int
    rise: float = 0.0  #: of the outer corner, in half-axes
    slanted: bool = False  #: seen so much from the side that its lashes must stay on the face

    def put(self, points: Sequence[tuple[float, ...]]) -> Line:
        """Nodes given in half-axes, x towards the outer corner -> nodes in h."""
        return [
            (self.x + self.out * p[0] * self.rx, self.y + (p[1] - self.rise * p[0]) * self.ry, *p[2:]) for p in points
        ]

    def oval(self, wide: float = 1.0, high: float = 1.0, down: float = 0.0) -> Points:
        """The eye's outline, or one grown from it."""
        return _outline.spline(self.put([(p[0] * wide, p[1] * high + down) for p in _OVAL]))


def aged(name: str, years: Years) -> Kind:
    """A kind of eye as it looks at an age: a grown-up's is longer than high, with a smaller, round iris."""
    kind, grown = KINDS[name], years.grown
    if kind.dot:
        return kind
    rx, ry = kind.rx * (1 + 0.16 * grown), kind.ry * (1 - 0.06 * grown)
    wide = kind.iris[0] * (1 - 0.18 * grown)
    high = kind.iris[1] + (1.10 * wide * rx / ry - kind.iris[1]) * grown
    return replace(kind, rx=rx, ry=ry, iris=(wide, min(high, kind.iris[1])))


def eyes(sight: Sight, form: Skull, kind: str) -> None:
    """Both eyes, the far one narrower; kind is one of `KINDS`."""
    size = form.years.eye_size ** (0.2 if sight.kind.dot else 1.0) * sight.mood.big
    rx, ry = sight.kind.rx * size, sight.kind.ry * size
    for angle, out in ((26, 1), (-25, -1)):
        x, turn = form.across(angle)
        if turn < 0.10:
            continue
        narrow = turn ** (0.42 if out > 0 else 0.85)
        y = form.years.eye_line - (0.3 if out > 0 else 0)
        eye = Eye(x, y, rx * narrow, ry * (0.97 if out > 0 else 1), out, sight.kind.rise, turn < 0.45)
        if kind == "dot":
            _dot(sight, eye)
        elif sight.gaze.lids == 2:
            _shut(sight, eye)
        else:
            _open(sight, eye)


def _curve(lid: float, slope: float, x: float) -> float:
    """y of the upper lid, in half-axes, at x (1 is the outer corner); it flattens as it comes down."""
    return -1 + 2 * lid + (0.50 - 0.45 * max(lid, 0.0)) * x * x + slope * (x + 0.35)


def _edge(sight: Sight, xs: Sequence[float]) -> list[tuple[float, float]]:
    """The upper edge of what is seen of an eye: the oval or the lid, whichever is lower."""
    lid, slope = sight.lid, sight.mood.slope
    return [(x, max(-_round(x), _curve(lid, slope, x))) for x in xs]


def _foot(sight: Sight, xs: Sequence[float]) -> Line:
    """The lower edge of what is seen: the oval, or the lower lid where a smile pushes it up."""
    return [(x, min(_round(x), _low(sight.low, x))) for x in xs]


def _round(x: float) -> float:
    """Half the height of the oval at x, in half-axes."""
    return float((1 - min(abs(x), 0.999) ** 2.3) ** 0.48)


def _low(low: float, x: float) -> float:
    """y of the lower lid at x, in half-axes."""
    return 1.02 - 2 * low - 0.68 * low * (1 - x * x)


def _opening(sight: Sight, eye: Eye) -> Points:
    """The polygon between the lids, in h."""
    xs = [float(x) for x in np.linspace(-1.1, 1.1, 17)]
    upper = [(x, _curve(sight.lid, sight.mood.slope, x)) for x in xs]
    lower = [(x, _low(sight.low, x)) for x in reversed(xs)]
    return np.array(eye.put(upper + lower))


def _open(sight: Sight, eye: Eye) -> None:
    """A large eye: white, iris, the shade of the lid on it, and its lines."""
    cel = sight.cel
    ball, opening = cel.mask(eye.oval()), cel.mask(_opening(sight, eye))
    seen = _mask.overlap(_mask.overlap(ball, opening), sight.ground)
    cel.glaze(eye.oval(1.16, 1.12), warm(sight.look.skin, 0.06), 0.5, sight.ground, soft=0.35)
    cel.glaze(eye.oval(1.04, 1.02), warm(sight.look.skin, 0.05), 0.6, sight.ground)  # the lid
    cel.glaze(eye.oval(), _white(sight.look.skin), 1, seen)
    _iris(sight, eye, seen)
    edge = _edge(sight, (-1.02, -0.6, -0.1, 0.42, 0.84, 1.10))
    below = [(1.1, edge[5][1] + 0.30), (0.4, edge[3][1] + 0.26), (-0.4, edge[1][1] + 0.18)]
    cel.glaze(_outline.spline(eye.put([*edge, *below])), _SHADE, 0.25 if sight.look.is_dark else 0.38, seen, soft=0.12)
    _lashes(sight, eye, edge)
    _creases(sight, eye, edge)


def _white(skin: RGB) -> RGB:
    """The white of an eye: warmer and dimmer in a dark face, where it would glare."""
    return _colour.mix(WHITE, warm(skin, -0.12), float(np.interp(_colour.to_lch(skin)[0], (0.36, 0.80), (0.10, 0.03))))


def _iris(sight: Sight, eye: Eye, seen: Mask) -> None:
    cel, colour = sight.cel, sight.look.iris
    x = eye.x + (0.08 + 0.25 * sight.gaze.x) * eye.rx
    y = eye.y + (0.02 - (0.08 if sight.gaze.lids == 1 else 0.22) * sight.gaze.y) * eye.ry
    share = sight.kind.iris
    wide = max(sight.mood.iris, 0.94 if sight.gaze.lids == 1 else 0.0)  # else the white below it would hang there
    rx, ry = eye.rx * share[0] * wide, eye.ry * share[1] * wide
    cel.glaze(_outline.ellipse(x, y, rx, ry), _colour.shade(colour, 0.30, 300, 40), 1, seen)
    inner = cel.glaze(_outline.ellipse(x, y, rx * 0.86, ry * 0.88), dark(colour, 0.13, 330), 1, seen)
    glow = _outline.ellipse(x, y + ry * 0.50, rx * 0.78, ry * 0.56)
    cel.glaze(glow, _colour.light(colour, 0.06, 80), 0.95, inner, soft=0.22)
    cel.glaze(_outline.ellipse(x, y - ry * 0.02, rx * 0.46, ry * 0.50), _PUPIL, 1, seen)
    spark = 0.42 - 0.10 * sight.years.grown
    if sight.gaze.lids == 1:  # what light still falls below the lid
        cel.glaze(_outline.ellipse(x - rx * 0.34, y + ry * 0.10, rx * 0.22, ry * 0.20), WHITE, 1, seen)
    else:
        cel.glaze(_outline.ellipse(x - rx * 0.36, y - ry * spark, rx * 0.36, ry * 0.30, -12), WHITE, 1, seen)
    cel.glaze(_outline.ellipse(x + rx * 0.40, y + ry * 0.44, rx * 0.17, ry * 0.14), WHITE, 0.85, seen)


def _lashes(sight: Sight, eye: Eye, edge: list[tuple[float, float]]) -> None:
    """The upper line, thickest over its outer third, with its flick and two lashes."""
    scale = (max(eye.ry, 0.8 * eye.rx) / 11.8) ** 0.75
    fine = sight.kind.lash * (1 - 0.2 * sight.years.old) if sight.lashes else min(sight.kind.lash, 0.74)
    line: Line = [*edge[:-1], (1.16, edge[-1][1] - 0.02), (1.30, edge[-1][1] - 0.16)]
    if fine < 0.8:  # no flick
        line = [*edge[:-1], (1.04, edge[-1][1] + 0.02), (1.10, edge[-1][1] + 0.06)]
    sight.lash(eye, line, [w * scale * fine for w in (0.35, 1.05, 1.25, 1.6, 1.75, 1.1, 0.15)])
    if fine < 0.8:
        return
    for x, y, dx, dy in ((0.62, 0.0, 0.26, -0.30), (0.90, 0.06, 0.30, -0.16)):
        top = _at(edge, x)
        sight.lash(eye, [(x, top + y), (x + dx, top + y + dy)], [0.9 * scale, 0.12])


def _creases(sight: Sight, eye: Eye, edge: list[tuple[float, float]]) -> None:
    """The fold above the lid, the line below the eye, and the little bag that a smile pushes up."""
    low = sight.low
    fold = [(-0.7, _at(edge, -0.7) - 0.22), (0.05, _at(edge, 0.0) - 0.30), (0.85, _at(edge, 0.85) - 0.30)]
    fold = [(x, y - 0.10 * sight.years.grown + 0.30 * sight.years.old * x * x) for x, y in fold]
    sight.line(eye.put(fold), 0.5 + 0.2 * sight.years.old, 0.18, 0.75)
    if sight.years.old > 0.25 or sight.years.heavy > 0.5:
        foot = max(_low(low, 0.0), 0.8)
        bag: Line = [(-1.0, foot + 0.02), (-0.35, foot + 0.46), (0.35, foot + 0.46), (1.05, foot + 0.06)]
        sight.line(eye.put(bag), [0.1, 0.5, 0.5, 0.1], 0.14, 0.8)
    if low < 0.1:
        sight.line(eye.put(_foot(sight, (-0.62, -0.2, 0.3, 0.78))), [0.1, 0.45, 0.45, 0.1], 0.26)
    else:
        sight.line(eye.put(_foot(sight, (-0.9, -0.45, 0.1, 0.6, 0.94))), [0.2, 0.8, 0.9, 0.8, 0.2], 0.26)
        foot = _low(low, 0.1)
        sight.line(eye.put([(-0.5, foot + 0.20), (0.1, foot + 0.30), (0.7, foot + 0.10)]), 0.45, 0.14)


def _at(edge: list[tuple[float, float]], x: float) -> float:
    return float(np.interp(x, [p[0] for p in edge], [p[1] for p in edge]))


def _shut(sight: Sight, eye: Eye) -> None:
    """A closed eye: an arc that laughs upwards in delight, and hangs otherwise."""
    scale = (eye.ry / 11.8) ** 0.75 * (1.0 if sight.lashes else 0.8)
    happy = sight.mood.cheek > 2
    y, sag = (0.18, -0.52) if happy else (0.42, 0.30)
    lid = eye.oval(1.02, 0.9, 0.1)
    sight.cel.glaze(lid, warm(sight.look.skin, 0.035), 0.6, sight.ground, soft=0.3)
    arc: Line = [(-0.98, y - 0.02), (-0.45, y + sag * 0.8), (0.2, y + sag), (0.8, y + sag * 0.42), (1.12, y - 0.06)]
    sight.lash(eye, arc, [w * scale for w in (0.3, 1.2, 1.55, 1.5, 0.3)])
    if not happy and sight.lashes:
        for x, dy in ((0.35, 0.34), (0.75, 0.24)):
            sight.lash(eye, [(x, y + sag * 0.8), (x + 0.22, y + sag * 0.8 + dy)], [0.8 * scale, 0.12])
    sight.line(eye.put([(-0.6, y - 0.50), (0.1, y - 0.66), (0.8, y - 0.44)]), 0.45, 0.14, 0.7)


def _dot(sight: Sight, eye: Eye) -> None:
    """A small dark eye over its bag; white shows round it only in fright."""
    sight.line(eye.put([(-1.5, 1.35), (-0.2, 1.95), (1.35, 1.25)]), 0.6, 0.15, 0.85)
    if sight.gaze.lids == 2:
        hangs: Line = [(-1.5, 0.05), (-0.4, 0.42), (0.6, 0.40), (1.5, -0.10)]
        laughs: Line = [(-1.4, 0.45), (-0.4, -0.45), (0.6, -0.45), (1.4, 0.35)]
        sight.lash(eye, laughs if sight.mood.cheek > 2 else hangs, [0.3, 1.1, 1.1, 0.3])
        return
    cel = sight.cel
    if sight.mood.iris < 0.9 and sight.gaze.lids == 0:
        cel.glaze(_outline.ellipse(eye.x, eye.y, eye.rx * 1.9, eye.ry * 1.55), INK, 0.9, sight.ground)
        cel.glaze(_outline.ellipse(eye.x, eye.y, eye.rx * 1.68, eye.ry * 1.37), WHITE, 1, sight.ground)
    x, y = eye.x + (0.12 + 0.55 * sight.gaze.x) * eye.rx, eye.y - 0.38 * sight.gaze.y * eye.ry
    opening = cel.mask(_opening(sight, Eye(x, y, eye.rx * 1.5, eye.ry, eye.out)))
    seen = _mask.overlap(opening, sight.ground)
    cel.glaze(_outline.ellipse(x, y, eye.rx, eye.ry), INK, 1, seen)
    glow = _outline.ellipse(x, y + eye.ry * 0.42, eye.rx * 0.72, eye.ry * 0.46)
    cel.glaze(glow, _colour.mix(sight.look.iris, INK, 0.25), 0.8, seen, soft=0.2)
    light = _outline.ellipse(x - eye.rx * 0.30, y - eye.ry * 0.34, eye.rx * 0.40, eye.ry * 0.34)
    cel.glaze(light, WHITE, 1, seen)
    cel.glaze(_outline.ellipse(x + eye.rx * 0.36, y + eye.ry * 0.46, eye.rx * 0.19, eye.ry * 0.15), WHITE, 0.85, seen)
    drop = 2.4 * max(sight.lid - 0.08, 0.0)
    lid = [(-1.35, -0.55), (-0.5, -1.18), (0.4, -1.22), (1.5, -0.45)]
    sight.lash(eye, [(px, py + drop + sight.mood.slope * px * 0.6) for px, py in lid], [0.3, 0.95, 1.05, 0.3])
    if sight.mood.low > 0.1:
        sight.line(eye.put([(-1.3, 0.9), (0, 1.15), (1.3, 0.8)]), 0.6, 0.22, 0.9)

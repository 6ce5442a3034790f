"""The pen: strokes of a skeleton, their curves (Hobby, 1986) and the two edges that a nib leaves along them.

Lengths are font units, y up. Points are float64 (n, 2). Written with Python floats and sums where
linear algebra would do, so that no BLAS decides the last bit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Place = tuple[float, float]
Bezier = tuple[Place, Place, Place, Place]
_NODE = re.compile(r"(-?[\d.]+),(-?[\d.]+)([a-z~^_()<>!]*)(?:=([\d.]+))?\Z")
_SAMPLES = 20  # of a curve between two nodes; with 12 an O shows its corners at 400 px
_HAIRLINE = 0.2  # of the pen that the skeletons' widths were given for
_STRAIGHT = 5  # of a straight stroke: so that an arched line can bend it


class Node(NamedTuple):
    """A point of a stroke, its flags, and its half width in half stems where the skeleton gives one."""

    x: float
    y: float
    flags: str = ""
    width: float | None = None


class Stroke(NamedTuple):
    """One movement of the pen; kinds are those of `_glyphs`."""

    kind: str
    nodes: tuple[Node, ...]

    @property
    def is_closed(self) -> bool:
        return self.kind in "CR"


@dataclass(frozen=True)
class Pen:
    """half: half a stem; thin: half a hairline; join: half a thinned join; nib: its angle in radians;
    tapers: whether strokes may end thinner than a hairline; presses: whether it is a pointed brush, whose
    strokes swell where they go down."""

    half: float
    thin: float
    join: float
    nib: float = 0.0
    pressure: float = 0.0
    tapers: bool = True
    presses: bool = False

    @property
    def level(self) -> float:
        """Half the width of a stroke by the nib that runs level."""
        return sqrt((self.half * sin(self.nib)) ** 2 + (self.thin * cos(self.nib)) ** 2)


@dataclass(frozen=True)
class Trace:
    """A stroke as drawn: centre line, unit tangents, place in nodes (2.5 is half way from node 2 to 3)."""

    centre: Points
    tangent: Points
    place: NDArray[np.float64]

    @property
    def normal(self) -> Points:
        return np.stack([-self.tangent[:, 1], self.tangent[:, 0]], 1)

    @property
    def length(self) -> NDArray[np.float64]:
        """Arc length from the start, at each sample."""
        steps = np.hypot(np.diff(self.centre[:, 0]), np.diff(self.centre[:, 1]))
        return np.concatenate([[0.0], np.cumsum(steps)])


@lru_cache(maxsize=512)
def parse(stroke: str) -> Stroke:
    """`s 100,700_ 100,0_` -> its kind and nodes."""
    kind, *words = stroke.split()
    nodes = []
    for word in words:
        found = _NODE.match(word)
        if found is None:
            raise ValueError(f"no node of a skeleton: {word!r} in {stroke!r}")
        x, y, flags, width = found.groups()
        nodes.append(Node(float(x), float(y), flags, None if width is None else float(width)))
    return Stroke(kind, tuple(nodes))


def trace(stroke: Stroke, tension: float = 1.0) -> Trace:
    """The centre line through a stroke's nodes: Hobby's splines, split wherever a direction is given."""
    points = [(n.x, n.y) for n in stroke.nodes]
    flags = [n.flags for n in stroke.nodes]
    if stroke.is_closed:
        points, flags = [*points, points[0]], [*flags, flags[0]]
    if len(points) == 2 and not any(c in f for f in flags for c in "vh"):
        return _straight(points)
    directions = [_direction(points, flags, i, stroke.is_closed) for i in range(len(points))]
    beziers: list[Bezier] = []
    start = 0
    while start < len(points) - 1:
        end = start + 1
        while end < len(points) - 1 and directions[end] is None and "!" not in flags[end]:
            end += 1
        beziers += _hobby(points[start : end + 1], directions[start], directions[end], tension)
        start = end
    return _sampled(beziers)


def half_widths(stroke: Stroke, line: Trace, pen: Pen) -> NDArray[np.float64]:
    """Half the stroke's width at each sample of its centre line."""
    count = len(stroke.nodes)
    along = np.clip(line.place / max(count - 1, 1), 0, 1)
    if stroke.kind == "w":
        return pen.half * 1.08 * (1 - along) + max(pen.thin * 0.8, pen.half * 0.28) * along
    if stroke.kind == "R":
        return np.full(len(along), min(max(pen.thin * 0.9, pen.half * 0.30), 26.0))
    nib = _nib(line, pen)
    if stroke.kind in "sh" and pen.nib <= 0.44:  # a steep nib gives all strokes their weight; else stems and hairlines
        nib = np.full(len(along), pen.half if stroke.kind == "s" else pen.thin)
    return _given(stroke, line, nib, pen) * _pressed(stroke, line, pen)


def _nib(line: Trace, pen: Pen) -> NDArray[np.float64]:
    """A broad nib held at an angle gives weight by translation; a level one stands for a pointed pen, which
    swells by pressure: it stays thin longer at the top of a round, so that counters come out oval."""
    if pen.presses:
        down = np.clip((0.55 - line.tangent[:, 1]) / 1.25, 0, 1)
        return pen.thin + (pen.half - pen.thin) * down * down * (3 - 2 * down)
    if pen.nib == 0:
        return pen.thin + (pen.half - pen.thin) * np.abs(line.normal[:, 0]) ** 1.7
    c, s = cos(pen.nib), sin(pen.nib)
    across = line.normal[:, 0] * c + line.normal[:, 1] * s
    up = line.normal[:, 1] * c - line.normal[:, 0] * s
    return np.sqrt(pen.half**2 * across**2 + pen.thin**2 * up**2)


def _given(stroke: Stroke, line: Trace, widths: NDArray[np.float64], pen: Pen) -> NDArray[np.float64]:
    """Widths that the skeleton gives at nodes, eased into each other, and into the pen's own where it gives none."""
    nodes = [*stroke.nodes, stroke.nodes[0]] if stroke.is_closed else list(stroke.nodes)
    given = [_width_of(n, pen) for n in nodes]
    for i, (p, q) in enumerate(pairwise(nodes)):  # where a level stretch runs into a round, both edges run on smoothly
        if stroke.kind == "c" and abs(p.y - q.y) < 1:
            for k in (i, i + 1):
                given[k] = pen.level if given[k] is None and "h" in nodes[k].flags and pen.nib else given[k]
    index = np.clip(line.place.astype(int), 0, len(nodes) - 2)
    t = np.clip(line.place - index, 0, 1)
    t = t * t * (3 - 2 * t)
    value = np.array([0.0 if w is None else w for w in given])
    known = np.array([0.0 if w is None else 1.0 for w in given])
    share = known[index] * (1 - t) + known[index + 1] * t
    return np.asarray(widths * (1 - share) + value[index] * (1 - t) + value[index + 1] * t)


def _width_of(node: Node, pen: Pen) -> float | None:
    """Skeletons give widths for a pen whose hairline is a fifth of its stem; an evener pen lifts the thin ones."""
    if node.width is not None:
        thin = pen.thin / pen.half
        share = (node.width - _HAIRLINE) / (1 - _HAIRLINE)
        if share >= 0:
            return pen.half * (thin + share * (1 - thin))
        return pen.thin * (node.width / _HAIRLINE if pen.tapers else 1.0)
    if set(node.flags) & set("~ok"):
        return pen.join
    return None


def _pressed(stroke: Stroke, line: Trace, pen: Pen) -> NDArray[np.float64] | float:
    """A brush lands, swells, and lifts."""
    if not pen.pressure or stroke.is_closed:
        return 1.0
    length = line.length
    places = [0, 0.05, 0.14, 0.28, 0.55, 0.82, 0.95, 1]
    at = np.interp(length / length[-1], places, [0.90, 1.02, 1.10, 1.08, 0.98, 0.90, 0.68, 0.46])
    return np.asarray(1 + pen.pressure * (at - 1))


def _straight(points: list[tuple[float, float]]) -> Trace:
    (x0, y0), (x1, y1) = points
    length = hypot(x1 - x0, y1 - y0)
    t = np.linspace(0, 1, _STRAIGHT)
    centre = np.stack([x0 + (x1 - x0) * t, y0 + (y1 - y0) * t], 1)
    return Trace(centre, np.tile([[(x1 - x0) / length, (y1 - y0) / length]], (_STRAIGHT, 1)), t)


def _direction(points: list[tuple[float, float]], flags: list[str], i: int, closed: bool) -> float | None:
    last = len(points) - 1
    before = points[i - 1] if i else points[-2] if closed else points[0]
    after = points[i + 1] if i < last else points[1] if closed else points[-1]
    if "v" in flags[i]:
        return pi / 2 if after[1] > before[1] else -pi / 2
    if "h" in flags[i]:
        return 0.0 if after[0] > before[0] else pi
    return None


def _hobby(
    points: list[tuple[float, float]], leave: float | None, arrive: float | None, tension: float
) -> list[Bezier]:
    """Béziers through points with free directions between two ends (mock curvature; John Hobby, 1986)."""
    count = len(points)
    chords = [(q[0] - p[0], q[1] - p[1]) for p, q in pairwise(points)]
    lengths = [hypot(*c) + 1e-9 for c in chords]
    angles = [atan2(c[1], c[0]) for c in chords]
    turns = [0.0] + [_wrapped(b - a) for a, b in pairwise(angles)] + [0.0]
    # one row of a tridiagonal system a node: below, on, above, right side
    rows = [_end_row(leave, angles[0], turns[1], arrive is not None and count == 2)]
    for k in range(1, count - 1):
        a, b = lengths[k - 1], lengths[k]
        rows.append((1 / a, 2 / a + 2 / b, 1 / b, -(2 * turns[k] / a + turns[k + 1] / b)))
    below, on, above, right = _end_row(arrive, angles[-1], 0.0, leave is not None and count == 2)
    rows.append((above, on, below, right))
    thetas = _solved(rows)
    curves: list[Bezier] = []
    for k, (chord_angle, length) in enumerate(zip(angles, lengths, strict=True)):
        theta, phi = thetas[k], -turns[k + 1] - thetas[k + 1]
        out, back = _velocity(theta, phi) * length / tension, _velocity(phi, theta) * length / tension
        p, q = points[k], points[k + 1]
        first = (p[0] + out * cos(chord_angle + theta), p[1] + out * sin(chord_angle + theta))
        second = (q[0] - back * cos(chord_angle - phi), q[1] - back * sin(chord_angle - phi))
        curves.append((p, first, second, q))
    return curves


def _end_row(given: float | None, chord: float, turn: float, other_is_given: bool) -> tuple[float, float, float, float]:
    """The first row of the system (the last one mirrors it): a direction that is given, or equal curvature."""
    if given is not None:
        return 0.0, 1.0, 0.0, _wrapped(given - chord)
    return (0.0, 1.0, 0.0, 0.0) if other_is_given else (0.0, 1.0, 1.0, -turn)


def _solved(rows: list[tuple[float, float, float, float]]) -> list[float]:
    """A tridiagonal system by elimination (Thomas)."""
    above, right = [0.0] * len(rows), [0.0] * len(rows)
    for k, (below, on, over, value) in enumerate(rows):
        pivot = on - (below * above[k - 1] if k else 0)
        above[k] = over / pivot
        right[k] = (value - (below * right[k - 1] if k else 0)) / pivot
    for k in range(len(rows) - 2, -1, -1):
        right[k] -= above[k] * right[k + 1]
    return right


def _velocity(theta: float, phi: float) -> float:
    st, ct, sp, cp = sin(theta), cos(theta), sin(phi), cos(phi)
    above = 2 + sqrt(2) * (st - sp / 16) * (sp - st / 16) * (ct - cp)
    return above / (1 + 0.5 * (sqrt(5) - 1) * ct + 0.5 * (3 - sqrt(5)) * cp) / 3


def _wrapped(angle: float) -> float:
    return (angle + pi) % (2 * pi) - pi


def _sampled(beziers: list[Bezier]) -> Trace:
    t = np.linspace(0, 1, _SAMPLES, endpoint=False)[None, :, None]
    control = np.array(beziers)  # (curves, 4, 2)
    a, b, c, d = (control[:, None, i] for i in range(4))
    centre = ((1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * c + t**3 * d).reshape(-1, 2)
    tangent = ((1 - t) ** 2 * (b - a) + 2 * (1 - t) * t * (c - b) + t * t * (d - c)).reshape(-1, 2)
    centre = np.concatenate([centre, control[-1:, 3]])
    tangent = np.concatenate([tangent, control[-1:, 3] - control[-1:, 2]])
    length = np.hypot(tangent[:, 0], tangent[:, 1])
    flat = length < 1e-6
    if flat.any():
        tangent[flat] = np.gradient(centre, axis=0)[flat]
        length = np.hypot(tangent[:, 0], tangent[:, 1])
    place = np.arange(len(centre)) / _SAMPLES
    return Trace(centre, tangent / length[:, None], place)

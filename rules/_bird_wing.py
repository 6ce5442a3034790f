"""Wings and tails: feathers drawn in masses, so that one shading serves many blades."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rules import _bird, _colour
from rules._bird import Shape
from rules._bird_plumage import Plumage
from rules._cel import CLOTH, Cel, Finish, Joined
from rules._colour import RGB
from rules._kit import Point
from rules._outline import Points, rotated, spline, tube

_MASS = Finish(turn=1.5, soft=0.7, cast=1.0, line=0.14, key=0.3, depth=0.10, half=0.36, fall=0.03)


def feather(at: Point, degrees: float, length: float, width: float, bend: float = 0.0) -> Points:
    """A blade: narrow root, widest at two thirds, a rounded tip that leans to one side."""
    a = np.radians(degrees)
    along, across = np.array([np.cos(a), -np.sin(a)]), np.array([-np.sin(a), -np.cos(a)])
    root = np.array(at)
    nodes = [
        (0, -0.35), (0.30, -0.80), (0.66, -1.0), (0.92, -0.62), (1.0, 0.0), (0.93, 0.62), (0.62, 0.95), (0.28, 0.7),
        (0, 0.35),
    ]  # fmt: skip
    placed = [root + along * length * t + across * (width * o + length * bend * t * t) for t, o in nodes]
    return spline([(float(p[0]), float(p[1])) for p in placed], samples=8)


def mass(
    cel: Cel, blades: Sequence[Points], tones: Sequence[RGB], line: RGB, finish: Finish = _MASS, *, fine: bool = True
) -> None:
    """Feathers, each over the one before: shaded as one form, told apart by tone, shadow and a fine edge."""
    body = cel.part(Joined(tuple(blades)), tones[0], finish)
    for n, blade in enumerate(blades):
        if n:
            cel.ink(blade + np.array([0.5, 0.9]), line, 0.34 if fine else 0.55, body)
        cel.ink(blade, tones[n % len(tones)], 0.62, body)
        if not fine:
            continue
        half = len(blade) // 2
        cel.ink(_ribbon(blade[half:], 0.16 * cel.pen), line, 0.75, body)
        shaft = 0.5 * (blade[:half] + blade[::-1][:half])[1 : half - 2]
        cel.ink(_ribbon(shaft, 0.10 * cel.pen), line, 0.4, body)


def _ribbon(line: Points, width: float) -> Points:
    """A fine line along points, thin at its ends, as an outline."""
    step = np.gradient(line, axis=0)
    normal = step[:, ::-1] * np.array([-1.0, 1.0]) / (np.hypot(step[:, 0], step[:, 1])[:, None] + 1e-9)
    taper = (np.sin(np.pi * np.linspace(0.04, 0.96, len(line))) ** 0.5)[:, None]
    return np.concatenate([line + normal * width * taper, (line - normal * width * taper)[::-1]])


def tail(cel: Cel, shape: Shape, look: Plumage, raised: float) -> None:
    """Five blades; the middle one last."""
    root: Point = {"crow": (-21, -42), "owl": (-13, -24), "duck": (-41, -45), "goose": (-31, -45)}[shape.trunk]
    fall = shape.fall - raised
    order = (2.0, -2.0, 1.0, -1.0, 0.0)
    blades = [
        feather(
            root, fall + k * shape.fan, shape.tail * (1 - 0.05 * abs(k)), 3.2 if shape.trunk != "owl" else 4.2, 0.03
        )
        for k in order
    ]
    pale, dark = look.wing, look.wing_dark
    mass(cel, blades, (dark, pale), _edge(look.wing))


def _edge(colour: RGB) -> RGB:
    return _colour.shade(colour, 0.15)


def folded(cel: Cel, shape: Shape, look: Plumage) -> None:
    """The wing at rest: long feathers, two rows over them, and a scalloped cape."""
    x, y = shape.shoulder
    long = shape.wing

    def rest(points: Points) -> Points:
        moved = rotated(points, -shape.rest, (13.0, -58.0))
        return np.asarray((moved - np.array([13.0, -58.0])) * long + np.array([x + 1, y]))

    with cel.placed(rest):
        first = [feather((-10 + i * 1.2, -44 + i * 0.6), 205.5 - i * 2.0, 45 - i * 4.2, 2.7, 0.05) for i in range(4)]
        second = [feather((6 - i * 1.5, -40 - i * 3.6), 206 - i * 3.2, 30 - i * 0.6, 3.5, 0.04) for i in range(5)]
        mass(cel, first, (look.wing, look.wing_dark), _edge(look.wing))
        middle = _colour.mix(look.wing, look.sheen, 0.28)
        mass(cel, second, (middle, look.wing), _edge(look.wing))
        third = [feather((13 - i * 1.7, -42.5 - i * 4.4), 208 - i * 4, 17, 3.5, 0.03) for i in range(5)]
        mass(cel, third, (_colour.mix(look.wing, look.sheen, 0.62), middle), _edge(look.wing))
        if look.species == "duck":  # the mirror
            cel.ink(tube([(2, -39), (-4, -46), (-8.4, -55)], [0.4, 1.6, 0.5]), _colour.rgb_of("#3f6fb0"), 0.85)
        _cape(cel, look)


def _cape(cel: Cel, look: Plumage) -> None:
    cape = [
        (18, -64), (20, -54), (17, -44), (12, -39.5, 1), (9.5, -43), (5.5, -41.5, 1), (4, -47), (-1, -46.5, 1),
        (-1, -52), (-6.5, -52.5, 1), (-5, -58), (-10, -60.5, 1), (-4, -66), (6, -70),
    ]  # fmt: skip
    finish = CLOTH.but(turn=2.4, soft=0.8, cast=1.2, key=0.5, line=0.13, depth=0.11)
    mask = cel.part(spline(cape), look.sheen, finish)
    for line, wide in (
        ([(13, -65), (15, -57), (13, -48)], 0.75),
        ([(6, -66), (7, -58), (5, -51)], 0.6),
        ([(-1, -64), (-1.6, -60), (-3, -57)], 0.5),
    ):
        cel.stroke(line, wide, look.sheen_pale, mask, 0.7)
    for x, y in ((10.6, -46), (4.6, -48.5), (0.2, -53), (-3.2, -58)):
        cel.stroke([(x + 2, y - 4), (x + 0.6, y - 1), (x - 1.6, y + 1)], 0.34, _edge(look.sheen), mask, 0.7)


def opened(cel: Cel, shape: Shape, look: Plumage, f: float, far: bool) -> None:
    """A wing at f about the shoulder (0, 0): fans from the hand and the forearm, two rows over them, and the arm."""
    w = _bird.wing(shape, f, (0.0, 0.0))
    base = _colour.shade(look.wing, 0.05) if far else look.wing
    dark, edge = _colour.shade(base, 0.06), _edge(base)
    sheen = _colour.shade(look.sheen, 0.07) if far else look.sheen
    long, spread = shape.wing, w.spread
    inner = [_along((w.shoulder, w.elbow, w.wrist), t) for t in np.linspace(0.12, 1, 6)]
    second = [
        feather(p, _mixed(198 - 12 * f, w.trail, t), (24 + 6 * t) * long * (0.8 + 0.2 * spread), 5.2, -0.05 * f)
        for p, t in zip(inner, np.linspace(0, 1, 6), strict=True)
    ]
    first = [
        feather(
            _along((w.wrist, w.tip), t), _mixed(w.trail, w.lead, t**0.85),
            (31 + 12 * np.sin(0.5 + t * 1.9)) * long * spread**0.5, 4.4 - 1.0 * t, 0.07 - 0.10 * f,
        )
        for t in np.linspace(0, 1, 7)
    ]  # fmt: skip
    mass(cel, [*second, *first], (base, dark), edge, fine=not far)
    middle = _colour.mix(base, sheen, 0.5)
    path = (w.shoulder, w.elbow, w.wrist, w.tip)
    rows = ((16.0, 5.2, (middle, base)), (10.0, 4.5, (sheen, middle)))
    for length, wide, tones in rows[far:]:  # of the far wing the long feathers are seen
        row = [
            feather(
                _along(path, t), _mixed(w.trail + 6, w.lead + 10, t**1.5), length * long * (1 - 0.25 * t), wide, 0.0
            )
            for t in np.linspace(0.06, 0.98, 6)
        ]
        mass(cel, row, tones, edge, _MASS.but(cast=0.6), fine=False)
    arm = tube([w.shoulder, w.elbow, w.wrist, w.tip], [5.0 * long, 4.3 * long, 3.1 * long, 1.5 * long])
    mask = cel.part(arm, sheen, CLOTH.but(turn=1.6, soft=0.7, cast=0.6, key=0.5, line=0.1, depth=0.10))
    if not far:
        lit = [(w.shoulder[0] - 1, w.shoulder[1] - 1.6), (w.elbow[0], w.elbow[1] - 1.6), (w.wrist[0], w.wrist[1] - 0.8)]
        cel.stroke(lit, 0.6, look.sheen_pale, mask, 0.7)


def _along(path: Sequence[Point], t: float) -> Point:
    """The point at t (0 to 1) of a path, by its pieces."""
    at = min(t, 0.9999) * (len(path) - 1)
    n = int(at)
    a, b, s = path[n], path[n + 1], at - n
    return a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s


def _mixed(a: float, b: float, t: float) -> float:
    return a + (b - a) * float(t)


def kerchief(cel: Cel, shape: Shape, colour: RGB) -> None:
    """A knotted kerchief round the neck, two ends in front."""
    x, y = shape.neck
    dark = _colour.shade(colour, 0.12)
    finish = CLOTH.but(turn=1.0, soft=0.5, cast=1.0, key=0.35)
    ends = (
        [
            (x + 9, y + 7),
            (x + 14, y + 9),
            (x + 17.5, y + 17),
            (x + 13.6, y + 21, 1),
            (x + 11.6, y + 17.6),
            (x + 8.4, y + 19.4, 1),
            (x + 7.4, y + 13),
        ],
        [
            (x + 9, y + 7),
            (x + 12, y + 11),
            (x + 9, y + 18),
            (x + 5.4, y + 22.6, 1),
            (x + 4.0, y + 18.4),
            (x + 0.6, y + 18, 1),
            (x + 4.8, y + 12),
        ],
    )
    for nodes in ends:
        mask = cel.part(spline(nodes), colour, finish)
        cel.stroke([(nodes[0][0], nodes[0][1] + 2), (nodes[2][0] - 2, nodes[2][1] - 1)], 0.5, dark, mask, 0.7)
    band = [
        (x - 17, y + 3), (x - 8, y + 6), (x + 4, y + 6.6), (x + 14, y + 2.4), (x + 15.4, y + 7), (x + 8, y + 11.4),
        (x - 3, y + 12.2), (x - 13, y + 9.6), (x - 18.4, y + 6.6),
    ]  # fmt: skip
    mask = cel.part(spline(band), colour, finish)
    for a, b in (((-10, 6), (-4, 10.6)), ((-2, 7), (3, 10.4)), ((6, 6.4), (5, 10))):
        cel.stroke(
            [(x + a[0], y + a[1]), (x + (a[0] + b[0]) / 2, y + (a[1] + b[1]) / 2 + 0.4), (x + b[0], y + b[1])],
            0.42,
            dark,
            mask,
            0.8,
        )
    cel.part(
        spline([(x + 6.4, y + 6.4), (x + 10, y + 5.6), (x + 12.4, y + 8.6), (x + 10, y + 11.6), (x + 6.6, y + 10.4)]),
        colour,
        finish,
    )

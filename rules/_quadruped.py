"""The bones of a four-legged animal: trunk, legs, tail and head in each move; cat, dog and fox by proportions.

Lengths are u (1/100 of the height to the crown), x right, the way it faces, y *down*, origin on the
floor under the middle. The walk is a path for each paw and two bones between joint and paw; sitting
and lying are trunks with the same nodes, so that going over from one to the other is a blend.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin
from typing import Any, NamedTuple, Protocol

import numpy as np

from rules._kit import Point, eased, turned
from studio.rule import Box, Variant

CYCLE = 24  #: phases of a walk
GESTURES = {"swish": 44, "ears": 20, "nod": 20}  #: frames that each takes when nothing else is said
STANCES = ("stand", "sit", "lie")
BLENDS = 4  #: drawings between two stances
#: at which share of the cycle each paw touches: near hind, near fore, far hind, far fore
FALLS = {"walk": (0.0, 0.25, 0.5, 0.75), "run": (0.0, 0.5, 0.5, 0.0)}
DUTY = {"walk": 0.62, "run": 0.42}
STRIDE = {"walk": 31.0, "run": 34.0}  #: u that a paw goes back while it stands
_LIFT = {"walk": 6.5, "run": 9.5}


class Figure(Hashable, Protocol):
    """What is read of an animal's parameters."""

    @property
    def species(self) -> str: ...
    @property
    def height(self) -> float: ...
    @property
    def legs(self) -> float: ...
    @property
    def length(self) -> float: ...
    @property
    def belly(self) -> float: ...
    @property
    def muzzle(self) -> float: ...
    @property
    def ears(self) -> str | None: ...
    @property
    def tail(self) -> str | None: ...


@dataclass(frozen=True)
class Shape:
    """The proportions of a species: factors, and which ears and tail it has. cheek: of the tufts; slim: of the
    muzzle."""

    ears: str = "pointed"
    tail: str = "long"
    muzzle: float = 0.0
    slim: float = 1.0
    cheek: float = 1.0
    legs: float = 1.0
    long: float = 1.0
    belly: float = 1.0
    eye: float = 1.0


SHAPES = {
    "cat": Shape(),
    "dog": Shape(ears="floppy", tail="curled", muzzle=1.0, cheek=0.0, legs=1.0, belly=1.06, eye=0.72),
    "fox": Shape(ears="tall", tail="brush", muzzle=0.92, slim=0.72, cheek=1.25, legs=0.98, belly=0.92, eye=0.76),
}


@lru_cache(maxsize=64)
def shape_of(params: Figure) -> Shape:
    """The proportions of an animal."""
    own = SHAPES[params.species]
    return Shape(
        params.ears or own.ears, params.tail or own.tail, own.muzzle * params.muzzle, own.slim, own.cheek,
        own.legs * params.legs, own.long * params.length, own.belly * params.belly, own.eye,
    )  # fmt: skip


_TRUNKS = {
    "stand": (
        (30, -66), (18, -64.5), (8, -60.5), (-10, -58.5), (-28, -62), (-41, -58), (-46, -47), (-43, -38), (-30, -34),
        (-18, -35), (0, -30.5), (14, -27.5), (28, -30), (37, -40), (40, -52), (38, -62),
    ),
    "sit": (
        (20, -76), (10, -73), (1, -66), (-10, -55), (-20, -43), (-28, -29), (-32, -16), (-30, -6), (-22, -2),
        (-9, -3), (4, -12), (13, -22), (22, -33), (29, -44), (32, -57), (30, -70),
    ),
    "lie": (
        (28, -47), (16, -45), (6, -42), (-10, -40), (-27, -42), (-41, -35), (-47, -21), (-45, -8), (-34, -2),
        (-18, -1), (0, -1), (14, -2), (28, -4), (37, -13), (40, -29), (37, -43),
    ),
}  # fmt: skip


class _Joints(NamedTuple):
    """Where legs, head and tail are rooted in a stance, and where the paws rest. heel: degrees of the hind foot."""

    hip: Point
    shoulder: Point
    neck: Point
    tail: Point
    hind: tuple[float, float]
    fore: tuple[float, float]
    heel: float
    wrist: Point
    crouch: float


_JOINTS = {
    "stand": _Joints((-30, -45), (22, -42), (38, -62), (-42, -52), (-33, -21), (23, 34), 78.0, (-0.8, -5.2), 0.0),
    "sit": _Joints((-14, -22), (17, -44), (26, -73), (-28, -9), (8, 14), (22, 30), 8.0, (-0.6, -5.4), 0.6),
    "lie": _Joints((-28, -20), (20, -19), (36, -44), (-44, -12), (-6, 2), (46, 53), 5.0, (-5.6, -1.2), 1.0),
}


class Paw(NamedTuple):
    """A paw's middle on the ground or in the air, and degrees: positive with its heel up."""

    x: float
    y: float
    bend: float


@dataclass(frozen=True)
class Pose:
    """One drawing of the body. nodes: of the trunk; paws: near hind, near fore, far hind, far fore."""

    nodes: tuple[Point, ...]
    hips: tuple[Point, Point]
    shoulders: tuple[Point, Point]
    neck: Point
    tail: Point
    paws: tuple[Paw, Paw, Paw, Paw]
    heel: float
    wrist: Point
    low: float


@lru_cache(maxsize=512)
def pose(shape: Shape, gait: str, phase: int, stances: tuple[str, str, int]) -> Pose:
    """The body at a phase of a gait (-1 for none), between two stances at a number of `BLENDS`."""
    before, stance, n = stances
    t = eased(n / BLENDS) if before != stance else 1.0
    a, b = _JOINTS[before], _JOINTS[stance]
    at = _Joints(*(_mix(p, q, t) for p, q in zip(a, b, strict=True)))
    nodes = [_mix(p, q, t) for p, q in zip(_TRUNKS[before], _TRUNKS[stance], strict=True)]
    moving, w = phase >= 0, 2 * pi * max(phase, 0) / CYCLE
    swing = 2.4 if gait == "run" else 1.3
    hip = swing * cos(2 * w + 0.6) if moving else 0.0
    shoulder = swing * cos(2 * w - 1.6) if moving else 0.0
    arch = ((2.6 if gait == "run" else 1.1) * sin(2 * w + 0.3)) if moving else 0.0
    between = sin(pi * n / BLENDS) if before != stance else 0.0
    ahead = 2.4 * between  # the weight goes forward first: an arc, not a chord
    bent = [_bent((p[0] + ahead, p[1]), (hip, shoulder, arch + 1.6 * between), shape) for p in nodes]
    up = _raise(shape, at)

    def place(p: Point, by: float) -> Point:
        return (p[0] + ahead) * shape.long, p[1] - up + by

    paws = _paws(gait, phase, at, shape)
    far = (5.0, 0.0) if stance == "stand" else (4.0, 0.0)
    return Pose(
        tuple((x, y - up) for x, y in bent),
        (place(at.hip, hip), place((at.hip[0] + far[0], at.hip[1]), -0.6 * hip)),
        (place(at.shoulder, shoulder), place((at.shoulder[0] + far[0], at.shoulder[1]), -0.6 * shoulder)),
        place(at.neck, 0.7 * shoulder),
        place(at.tail, hip),
        paws,
        at.heel,
        at.wrist,
        at.crouch,
    )


def _mix(a: object, b: object, t: float) -> Any:
    if isinstance(a, tuple) and isinstance(b, tuple):
        return tuple(p * (1 - t) + q * t for p, q in zip(a, b, strict=True))
    return a * (1 - t) + b * t  # type: ignore[operator]


def _raise(shape: Shape, at: _Joints) -> float:
    """u that longer legs lift the trunk, less the more it sits."""
    return 40.0 * (shape.legs - 1) * (1 - at.crouch)


def _bent(p: Point, by: tuple[float, float, float], shape: Shape) -> Point:
    """A node of the trunk: hips and shoulders rise and sink apart, the spine between them bends."""
    hip, shoulder, arch = by
    share = float(np.clip((p[0] + 30) / 60, 0, 1))
    middle = 1 - (2 * share - 1) ** 2
    sag = 0.0
    if p[1] > -36 and -32 < p[0] < 30:
        sag = 9.0 * (shape.belly - 1) * middle
    return p[0] * shape.long, p[1] + hip * (1 - share) + shoulder * share - arch * middle + sag


def paw(gait: str, phase: float) -> tuple[float, float, float]:
    """(x from its middle, u above the ground, bend) of a paw; while it stands it goes back evenly."""
    duty, stride = DUTY[gait], STRIDE[gait]
    p = phase % 1
    if p < duty:
        t = p / duty
        return stride / 2 - stride * t, 0.0, 0.0 if t < 0.72 else 34 * ((t - 0.72) / 0.28) ** 1.4
    s = (p - duty) / (1 - duty)
    bend = float(np.interp(s, (0, 0.3, 0.7, 1), (34, 52, -14, -8)))
    return -stride / 2 + stride * eased(s), _LIFT[gait] * sin(pi * s) ** 0.9 * (1 - 0.25 * s), bend


def _paws(gait: str, phase: int, at: _Joints, shape: Shape) -> tuple[Paw, Paw, Paw, Paw]:
    found = []
    rest = (at.hind[0], at.fore[0], at.hind[1], at.fore[1])
    middles = (-33.0, 24.0, -28.0, 29.0)
    for n, (x, middle) in enumerate(zip(rest, middles, strict=True)):
        deep = -1.2 if n > 1 else 0.0
        if phase < 0:
            found.append(Paw(x * shape.long, deep, 0.0))
            continue
        along, up, bend = paw(gait, phase / CYCLE + FALLS[gait][n])
        found.append(Paw(middle * shape.long + along, deep - up, bend))
    return found[0], found[1], found[2], found[3]


def cycle(gait: str) -> float:
    """u of ground that a whole cycle covers."""
    return STRIDE[gait] / DUTY[gait]


# -- tails

_TAILS: dict[str, dict[str, tuple[Point, ...]]] = {
    "long": {
        "stand": ((0, 0), (-12, -2), (-21, -12), (-23, -26), (-18, -39), (-23, -47)),
        "sit": ((0, 0), (-11, 4), (-23, 5), (-33, 1), (-37, -8), (-32, -15)),
        "lie": ((0, 0), (-10, 5), (-22, 8), (-33, 6), (-40, -1), (-37, -9)),
    },
    "brush": {
        "stand": ((0, 0), (-11, 1), (-23, 7), (-35, 13), (-47, 14), (-58, 8)),
        "sit": ((0, 0), (-11, 2), (-24, 2), (-37, 0), (-48, -7), (-54, -17)),
        "lie": ((0, 0), (-11, 4), (-24, 4), (-37, 3), (-49, -2), (-57, -11)),
    },
    "curled": {
        "stand": ((0, 0), (-8, -8), (-11, -18), (-7, -27), (1, -30), (7, -26)),
        "sit": ((0, 0), (-10, 1), (-19, -3), (-24, -11), (-22, -19), (-16, -22)),
        "lie": ((0, 0), (-9, 2), (-18, -1), (-24, -8), (-23, -16), (-17, -20)),
    },
    "stub": {
        "stand": ((0, 0), (-4, -4), (-7, -8), (-9, -12), (-10, -15), (-11, -17)),
        "sit": ((0, 0), (-5, -2), (-9, -4), (-12, -7), (-14, -9), (-15, -11)),
        "lie": ((0, 0), (-5, -2), (-9, -4), (-12, -7), (-14, -9), (-15, -11)),
    },
}  # fmt: skip
SWINGS = (3.0, 7.0, 19.0)  #: degrees that a tail swings at its tip: idle, walking, swishing
WAGS = 12  #: drawings of a swing


def tail_line(shape: Shape, stances: tuple[str, str, int], amount: int, n: int) -> list[Point]:
    """The middle line of the tail from its root: each joint follows the one before it later."""
    before, stance, blend = stances
    t = eased(blend / BLENDS) if before != stance else 1.0
    kinds = _TAILS[shape.tail]
    points = [_mix(p, q, t) for p, q in zip(kinds[before], kinds[stance], strict=True)]
    found, at, total = [points[0]], points[0], 0.0
    for i in range(1, len(points)):
        total += 0.55 * SWINGS[amount] * sin(2 * pi * n / WAGS - 0.6 * i) * i / 5
        step = turned((points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]), total)
        at = at[0] + step[0], at[1] + step[1]
        found.append(at)
    return found


# -- boxes


def box(params: Figure, variant: Variant) -> Box:
    """Where a part can have paint, in metres about its origin."""
    left, top, right, bottom = _extent(shape_of(params), variant)
    if variant.get("flip"):
        left, right = -right, -left
    unit = params.height / 100
    return Box(left * unit, -bottom * unit, right * unit, -top * unit)


def stances_of(variant: Variant) -> tuple[str, str, int]:
    """(the stance before, the stance, how far between) of a variant."""
    before, stance, n = variant["stance"]
    return str(before), str(stance), int(n)


def _extent(shape: Shape, variant: Variant) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) in u, facing right."""
    part = variant["part"]
    if part == "shadow":
        return -66.0, -7.0, 66.0, 8.0
    if part == "head":
        tall = {"tall": 57.0, "pointed": 48.0}.get(shape.ears, 36.0)
        return -36.0, -tall, 34.0 + 10 * shape.muzzle, 12.0
    if part == "face":
        return -32.0, -30.0, 42.0 + 8 * shape.muzzle, 12.0
    stances = stances_of(variant)
    if part == "tail":
        line = tail_line(shape, stances, int(variant["amount"]), int(variant["n"]))
        wide = 14.0 if shape.tail == "brush" else 8.5
        xs, ys = [p[0] for p in line], [p[1] for p in line]
        return min(xs) - wide, min(ys) - wide, max(xs) + wide, max(ys) + wide
    found = pose(shape, str(variant["gait"]), int(variant["phase"]), stances)
    xs = [p[0] for p in (*found.nodes, *found.hips)] + [p.x for p in found.paws]
    top = min(p[1] for p in found.nodes)
    return min(xs) - 15.0, top - 4.0, max(xs) + 13.0, 6.0

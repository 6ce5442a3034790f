"""The bones of a bird: proportions by species, and where body, legs and head are in each move.

Lengths are u (1/100 of the standing height), x right, the way it faces, y *down*, origin on the floor
under the body. A wing is one number: +1 raised, -1 pressed down. No pixels here: planning reads it too.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin
from typing import NamedTuple, Protocol

from rules._bird_flight import Wing, ends, wing
from rules._kit import Point, eased, turned
from studio.rule import Box, Variant

GESTURES = {"peck": 30, "caw": 30, "flap": 20, "nod": 16}  #: frames that each takes when nothing else is said
HOP = 52.0  #: u of ground that a hop covers
PHASES = 12  #: of a hop
BEATS = 4  #: drawings of a wing beat
FAR = (4.0, -4.0)  #: where the far shoulder is, from the near one
_OFF, _ON = 0.30, 0.82  # shares of a hop at which the feet leave the ground and touch it again


class Figure(Hashable, Protocol):
    """What is read of a bird's parameters."""

    @property
    def species(self) -> str: ...
    @property
    def height(self) -> float: ...
    @property
    def plump(self) -> float: ...
    @property
    def legs(self) -> float: ...
    @property
    def beak(self) -> float: ...
    @property
    def crest(self) -> float: ...


@dataclass(frozen=True)
class Shape:
    """The proportions of a species.

    trunk: which outline. bulk: width of the body. hip: height of the hips when standing. head: size, wide:
    its width besides. neck: where the head's pivot is. bill: form of the beak, long and deep its factors.
    tail: length, fan and fall: degrees between its blades and of the middle one. wing: length; spread: a factor
    on it when open; rest: degrees that the folded wing hangs. crest: tufts. webbed: feet. beat: frames of a wing
    beat.
    """

    trunk: str = "crow"
    bulk: float = 1.0
    hip: float = 33.0
    head: float = 1.0
    wide: float = 1.0
    neck: Point = (12.0, -70.0)
    bill: str = "crow"
    long: float = 1.0
    deep: float = 1.0
    tail: float = 35.0
    fan: float = 4.0
    fall: float = 205.0
    wing: float = 1.0
    spread: float = 1.0
    rest: float = 0.0
    shoulder: Point = (12.0, -58.0)
    crest: int = 0
    webbed: bool = False
    eye: float = 1.0
    beat: int = 8


SHAPES = {
    "crow": Shape(crest=4),
    "sparrow": Shape(
        bulk=1.14, hip=25, head=1.16, wide=1.04, neck=(9, -67), bill="cone", long=0.46, deep=0.86, tail=25, fan=3,
        fall=202, wing=0.80, spread=1.34, rest=6, shoulder=(9, -54), eye=0.92, beat=4,
    ),
    "robin": Shape(
        bulk=1.20, hip=27, head=1.18, wide=1.06, neck=(8, -66), bill="cone", long=0.50, deep=0.62, tail=24, fan=3,
        fall=198, wing=0.76, spread=1.36, rest=2, shoulder=(7, -53), eye=1.05, beat=4,
    ),
    "owl": Shape(
        trunk="owl", hip=16, head=1.26, wide=1.22, neck=(2, -68), bill="hook", long=0.44, deep=0.80, tail=20, fan=5,
        fall=246, wing=0.98, spread=1.1, rest=34, shoulder=(-4, -62), crest=2, eye=1.35, beat=10,
    ),
    "gull": Shape(
        bulk=0.94, hip=28, head=0.90, neck=(13, -72), bill="gull", long=0.86, deep=0.66, tail=26, fan=2.4, fall=198,
        wing=1.14, spread=1.06, rest=-13, shoulder=(12, -57), webbed=True, eye=0.82, beat=12,
    ),
    "duck": Shape(
        trunk="duck", hip=13, head=1.26, wide=1.04, neck=(25, -60), bill="flat", long=0.94, deep=1.02, tail=17, fan=7,
        fall=160, wing=0.96, spread=1.06, rest=-24, shoulder=(10, -42), webbed=True, eye=0.74, beat=6,
    ),
    "goose": Shape(
        trunk="goose", hip=27, head=0.62, neck=(25, -88), bill="wedge", long=0.82, deep=1.16, tail=15, fan=5,
        fall=190, wing=0.86, spread=1.22, rest=-14, shoulder=(6, -47), webbed=True, eye=0.62, beat=8,
    ),
}  # fmt: skip


class Foot(NamedTuple):
    """The ankle's place on the ground or in the air, and degrees that the toes are bent down."""

    x: float
    y: float
    toe: float


_NEAR, _FAR = Foot(1.0, 0.0, 0.0), Foot(11.0, -1.2, 0.0)  # standing


@dataclass(frozen=True)
class Pose:
    """One drawing of the body.

    pitch: degrees, breast up. squash: height of the body, its area kept. rise: u by which the hips are
    above their place (the legs bend or stretch). flap: of the wings, None when folded. tail: degrees up.
    near, far: feet. fold: how far the hands of open wings are drawn in, 0 to 1.
    """

    pitch: float = 0.0
    squash: float = 1.0
    rise: float = 0.0
    flap: float | None = None
    tail: float = 0.0
    near: Foot = _NEAR
    far: Foot = _FAR
    fold: float = 0.0


@lru_cache(maxsize=64)
def shape_of(params: Figure) -> Shape:
    """The proportions of a bird."""
    found = SHAPES[params.species]
    changes = {
        "bulk": found.bulk * params.plump,
        "hip": found.hip * (0.5 + 0.5 * params.legs),
        "long": found.long * params.beak,
    }
    return Shape(**{**found.__dict__, **changes})


def hips(shape: Shape) -> Point:
    """The middle between the hips, standing."""
    return 2.0, -shape.hip


# -- moves


@lru_cache(maxsize=512)
def pose(shape: Shape, move: str, n: int) -> Pose:
    """The body in a move at its n-th drawing."""
    return {"stand": _stand, "hop": _hop, "fly": _fly, "leave": _leave, "land": _land, "settle": _settle,
            "peck": _bow, "caw": _caw, "flap": _stretch}[move](shape, n)  # fmt: skip


def _stand(shape: Shape, n: int) -> Pose:
    del shape, n
    return Pose()


def feet_of_hop(phase: float) -> float:
    """x of the feet from where they stand at rest; on the ground they go back as fast as the body goes on."""
    t = phase % 1
    middle = ((_OFF + _ON - 1) / 2) % 1  # the moment at which the feet are under the body
    if t <= _OFF or t >= _ON:
        past = t - middle if t <= _OFF else t - 1 - middle
        return -HOP * past
    s = (t - _OFF) / (_ON - _OFF)
    back, front = -HOP * (_OFF - middle), -HOP * (_ON - 1 - middle)
    return back + (front - back) * eased(s)


def lift_of_hop(phase: float) -> float:
    """u that a whole bird is above the ground in a hop: a parabola between push and contact."""
    t = phase % 1
    if t <= _OFF or t >= _ON:
        return 0.0
    s = (t - _OFF) / (_ON - _OFF)
    return 19.0 * 4 * s * (1 - s)


def _hop(shape: Shape, n: int) -> Pose:
    t = (n % PHASES) / PHASES
    x, air = feet_of_hop(t), lift_of_hop(t)
    scale = shape.hip / 33
    crouch = cos(pi * (t - 0.08) / 0.26) ** 2 if abs(t - 0.08) < 0.13 else 0.0
    push = max(0.0, 1 - abs(t - 0.34) / 0.14)
    reach = max(0.0, 1 - abs(t - 0.80) / 0.16)
    tuck = min(air / 19.0, 1.0)
    squash = 1 - 0.11 * crouch + 0.07 * push - 0.03 * reach
    rise = (-4.6 - 3.4 * crouch + 4.0 * push + 2.6 * tuck) * scale
    lifted = -9.0 * scale * tuck
    near = Foot(1 + x * (1 - 0.25 * tuck), lifted, 34 * push - 16 * reach + 20 * tuck)
    far = Foot(10 + x * (1 - 0.2 * tuck), lifted - 1.2, 34 * push - 16 * reach + 24 * tuck)
    return Pose(13 * push - 9 * crouch - 4 * reach, squash, rise, None, 12 * push - 8 * crouch, near, far)


def _tucked(shape: Shape, swing: float) -> tuple[Foot, Foot]:
    y = -shape.hip + 4
    return Foot(-19 + swing, y, 146), Foot(-13 + swing, y - 1.5, 150)


def beat(n: int) -> float:
    """The wings at one of the drawings of a beat: spread going down, drawn in coming up."""
    return (0.92, 0.18, -0.86, 0.70)[n % BEATS]


def _fly(shape: Shape, n: int) -> Pose:
    near, far = _tucked(shape, 1.5 * sin(pi * n / 2))
    level = -32.0 if shape.trunk == "crow" else -56.0 if shape.trunk == "owl" else -6.0
    if n >= BEATS:  # a glide
        return Pose(level, 0.92, 0.0, 0.30, 4.0, near, far)
    f = beat(n)
    return Pose(level + 3 * f, 0.92, 0.0, f, 5 * f, near, far, 0.42 if n % BEATS == BEATS - 1 else 0.0)


def _leave(shape: Shape, n: int) -> Pose:
    """Crouch, wings up, push."""
    if n == 0:
        return Pose(-10, 0.90, -6 * shape.hip / 33, None, -8)
    if n == 1:
        return Pose(-4, 0.88, -7 * shape.hip / 33, 0.70, -6)
    return Pose(18, 1.06, 2, 0.95, 10, Foot(-6, 0, 24), Foot(4, -1.2, 26))


def _land(shape: Shape, n: int) -> Pose:
    """n counts the drawings that are left: legs reach, wings brake, then feet touch."""
    if n == 0:
        return Pose(-6, 0.88, -5 * shape.hip / 33, 0.80, -10)
    f, fold = ((0.85, 0.0), (0.64, 0.4), (0.92, 0.0), (0.68, 0.25))[n % 4]
    reach = Foot(8, -2.0, -14), Foot(17, -3.2, -14)
    up = 16.0 if shape.trunk == "crow" else 6.0
    return Pose(up + 3 * n, 1.03, 1.5, f, -8 - 2 * n, *reach, fold)


def _settle(shape: Shape, n: int) -> Pose:
    """After touch-down: n 0 lowest, then back through a small overshoot."""
    scale = shape.hip / 33
    return (
        Pose(-9, 0.86, -6 * scale, 0.66, -9, fold=0.6),
        Pose(-7, 0.91, -4 * scale, None, -7),
        Pose(2, 1.02, 1 * scale, None, 4),
        Pose(),
    )[min(n, 3)]


def _bow(shape: Shape, n: int) -> Pose:
    """0 upright to 4 with the beak on the ground."""
    t = eased(n / 4)
    far = {"duck": 34.0, "goose": 46.0}.get(shape.trunk, 64.0)
    return Pose(-far * t, 1.0, -7.0 * t * shape.hip / 33, None, 6 * t)


def _caw(shape: Shape, n: int) -> Pose:
    """0 upright to 3: stretched forward, the tail pumped down."""
    t = n / 3
    return Pose(-15 * t, 1.0 + 0.03 * t, -1.5 * t, None, -12 * t)


def _stretch(shape: Shape, n: int) -> Pose:
    f, fold = ((0.92, 0.0), (0.3, 0.0), (-0.3, 0.0), (0.66, 0.5))[n % 4]
    return Pose(8 + 2 * f, 1.02, 0.5, f, 4, fold=fold)


# -- where things are


def placed(shape: Shape, found: Pose, p: Point) -> Point:
    """A point of the standing body in a pose: squashed, turned about the hips, and raised."""
    hx, hy = hips(shape)
    wide, tall = found.squash**-1, found.squash
    x, y = hx + (p[0] - hx) * wide, hy + (p[1] - hy) * tall
    x, y = turned((x, y), -found.pitch, (hx, hy))
    return x, y - found.rise


def neck(shape: Shape, found: Pose) -> Point:
    """The pivot of the head."""
    return placed(shape, found, shape.neck)


def wing_root(shape: Shape, found: Pose) -> Point:
    """Where open wings hang: farther back than folded ones begin."""
    x, y = shape.shoulder
    return placed(shape, found, (x - 7.0, y + 1.0))


def wings(shape: Shape, found: Pose) -> tuple[Wing, Wing]:
    """The near wing and the far one of a pose with open wings."""
    flap = found.flap or 0.0
    long = shape.wing * shape.spread
    return wing(long, flap, found.fold, False), wing(long, flap, found.fold, True)


# -- boxes


def box(params: Figure, variant: Variant) -> Box:
    """Where a part can have paint, in metres about its origin."""
    shape = shape_of(params)
    left, top, right, bottom = _extent(shape, variant, params.crest)
    if variant.get("flip"):
        left, right = -right, -left
    unit = params.height / 100
    return Box(left * unit, -bottom * unit, right * unit, -top * unit)


def _extent(shape: Shape, variant: Variant, crest: float) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) in u, facing right."""
    part = variant["part"]
    if part == "shadow":
        return -40.0, -7.0, 40.0, 8.0
    if part in ("head", "face"):
        size = shape.head
        top = -(34 + (13 * crest if shape.crest else 0)) * size - 2
        back = 27 + 11 * crest if part == "head" and shape.trunk == "crow" and shape.crest else 26.0
        return -back * size * shape.wide, top, (20 * shape.wide + 33 * shape.long) * size, 18 * size
    found = pose(shape, str(variant["move"]), int(variant["n"]))
    about: list[Point] = [(-48, -34), (-66, -22), (34, -50), (20, -84), (-14, -84), (0, -10)]
    if shape.trunk == "duck":
        about += [(-58, -70), (42, -40), (42, -58)]
    if shape.trunk == "goose":
        about += [(37, -97), (19, -98)]
    if shape.webbed:
        about += [(-66, -40)]
    if shape.trunk == "owl":
        about += [(-24, 2), (-70, -24)]
    x, wide = hips(shape)[0], shape.bulk if shape.trunk == "crow" else 1.0
    points = [placed(shape, found, (x + (p[0] - x) * wide, p[1])) for p in about]
    feet = [(found.near.x - 13, found.near.y + 4), (found.far.x + 15, found.far.y - 3)]
    if found.flap is not None:
        x, y = wing_root(shape, found)
        near, far = wings(shape, found)
        points += [(x + p[0], y + p[1]) for p in ends(near)]
        points += [(x + p[0] + FAR[0], y + p[1] + FAR[1]) for p in ends(far)]
    xs, ys = [p[0] for p in (*points, *feet)], [p[1] for p in (*points, *feet)]
    return min(xs) - 7, min(ys) - 6, max(xs) + 9, max(ys) + 7

"""Legs of a biped: standing, walking, running, crouching, sitting and in the air; closed forms of its proportions.

Lengths are u, x right, the way the figure faces, y *down*, origin on the floor between the feet. What the legs
do is one whole number, so that poses are told apart and used again. Walk and run have no keyed leg angles: a
path for each foot, whose point on the ground moves straight back, and two bones between hip and ankle.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from math import atan2, cos, hypot, pi, radians, sin, sqrt
from typing import NamedTuple, Protocol

import numpy as np

CYCLE = 24  #: phases of a walk or a run; contacts at 0 and 12, passing at 6 and 18
STANDS, RUNS, CROUCHES, TIPTOES, FLIES, SITS = -1, 100, 200, 240, 300, 400  #: what the number of the legs counts from
STEPS = 8  #: of sitting down, and of drawing the legs up in the air

_PITCH_STANCE = ((0.0, 0.08, 0.34, 0.5), (18.0, 0.0, 0.0, -32.0))
_PITCH_SWING = ((0.0, 0.25, 0.6, 1.0), (-32.0, -38.0, 4.0, 18.0))
_APART = {"upright": 1.0, "jaunty": 1.25, "stooped": 0.86, "shy": 0.55}  # how far the feet stand, as a factor
_FREE = {"upright": 1.0, "jaunty": 2.4, "stooped": 0.6, "shy": 0.4}  # u by which the foot without weight goes ahead
_SLACK = {"upright": 1.008, "jaunty": 1.018, "stooped": 1.016, "shy": 1.010}  # of its leg, whose knee is loose
TURNS = (-1, 0, 1, 2, 3)  #: of the body: from the front, as usual, the side, half away and from behind
_HIPS = ((-0.42, -0.40, -0.10, 0.36, 0.42), (0.42, 0.36, 0.06, -0.40, -0.42))  # near, far: shares of the half
_APARTS = ((-0.86, -1.05, -0.40, 0.8, 0.86), (0.86, 0.94, 0.30, -0.9, -0.86))  # of the feet
_AHEAD = (0.10, 1.0, 1.0, 1.0, -0.10)  # how much of what goes forward is seen to
_DEEP = (0.13, 0.0, 0.0, -0.05, -0.13)  # how far down the picture it comes instead
_TOUCH = 0.32  # share of a run's cycle that a foot is on the ground; a walk's is a half
_RUN_STANCE = ((0.0, 0.06, 0.20, _TOUCH), (12.0, 0.0, 0.0, -36.0))
_RUN_SWING = ((0.0, 0.3, 0.62, 1.0), (-36.0, -74.0, 6.0, 12.0))


class Proportions(Hashable, Protocol):
    """What legs are made of, in u. Heights are y: negative above the floor."""

    @property
    def hip(self) -> float: ...
    @property
    def ankle(self) -> float: ...
    @property
    def hip_half(self) -> float: ...
    @property
    def foot(self) -> float: ...
    @property
    def leg(self) -> float: ...
    @property
    def stride(self) -> float: ...
    @property
    def stance(self) -> str: ...
    @property
    def turn(self) -> float: ...


class Spot(NamedTuple):
    x: float
    y: float


class Leg(NamedTuple):
    """Joints of a leg; sole: the point of the sole under the ankle; pitch: degrees, positive with the toes up."""

    hip: Spot
    knee: Spot
    ankle: Spot
    sole: Spot
    pitch: float


class Gait(NamedTuple):
    """The legs at one phase. sink: how far the trunk is below its place (y down); phase: 0 to 1, or -1 standing.

    swing: how far hems and tails follow, 1 in a walk. forward: u by which the feet stand before the trunk.
    """

    near: Leg
    far: Leg
    sink: float
    phase: float
    swing: float = 1.0
    forward: float = 0.0


@lru_cache(maxsize=2048)
def gait(body: Proportions, legs: int) -> Gait:
    """The legs at a number: a phase of the walk or the run, or one of the ways to stand, fly and sit."""
    found = _gait(body, legs)
    return _seen(body, found) if body.turn < 0 or body.turn > 1 else found


def _gait(body: Proportions, legs: int) -> Gait:
    if legs >= SITS:
        return _seated(body, (legs - SITS) / STEPS)
    if legs >= FLIES:
        return _flying(body, (legs - FLIES) / STEPS)
    if legs >= TIPTOES:
        return _standing(body, float(TIPTOES - legs))
    if legs >= CROUCHES:
        return _standing(body, float(legs - CROUCHES))
    if legs >= RUNS:
        return _running(body, (legs - RUNS) % CYCLE / CYCLE)
    return _standing(body, 0.0) if legs < 0 else _walking(body, legs % CYCLE / CYCLE)


def _seen(body: Proportions, found: Gait) -> Gait:
    """Legs as they are seen from the front or from behind: what goes forward comes nearer instead, or goes away."""
    ahead, deep = (float(np.interp(body.turn, TURNS, share)) for share in (_AHEAD, _DEEP))

    def seen(limb: Leg, foot: Spot) -> Leg:
        out = 0.72 * foot.x

        def spot(p: Spot, down: float) -> Spot:
            share = min(max((p.y - limb.hip.y) / (foot.y - limb.hip.y), 0.0), 1.0)
            side = limb.hip.x + (out - limb.hip.x) * share
            forward = p.x - side
            return Spot(side + ahead * forward, p.y + down * forward)

        knee = spot(limb.knee, 0.0)
        return Leg(limb.hip, knee, spot(limb.ankle, deep), spot(limb.sole, deep), limb.pitch * abs(ahead))

    stands = _soles(body)
    near, far = (seen(limb, foot) for limb, foot in zip((found.near, found.far), stands, strict=True))
    return found._replace(near=near, far=far, forward=found.forward * ahead)


def run_stride(body: Proportions) -> float:
    """u of ground covered by one step of a run."""
    return 1.5 * body.stride


def _hips(body: Proportions) -> tuple[float, float]:
    near, far = (float(np.interp(body.turn, TURNS, share)) for share in _HIPS)
    return near * body.hip_half, far * body.hip_half


def _soles(body: Proportions) -> tuple[Spot, Spot]:
    apart = _APART[body.stance]
    if not body.turn:
        ahead = _FREE[body.stance]
        return Spot((-0.68 * body.hip_half - 1.3) * apart, 0.0), Spot(
            (0.58 * body.hip_half + 0.9) * apart + ahead, -1.0
        )
    near, far = (float(np.interp(body.turn, TURNS, share)) for share in _APARTS)
    wide, deep = (0.62 * body.hip_half + 1.0) * apart, -min(1.0, max(0.0, 1.4 - abs(body.turn - 1)))
    return Spot(near * wide, 0.0), Spot(far * wide, deep)


def _standing(body: Proportions, sink: float) -> Gait:
    """On both feet; a negative sink lifts the heels."""
    near_hip, far_hip = _hips(body)
    if not sink:
        near = _leg(body, Spot(near_hip, body.hip), _soles(body)[0], 0.0, walks=False)
        far = _leg(body, Spot(far_hip, body.hip), _soles(body)[1], 0.0, walks=False, slack=_SLACK[body.stance])
        return Gait(near, far, 0.0, -1.0)
    pitch = max(-46.0, sink * 9) if sink < 0 else 0.0
    pair = []
    for hip, at in zip((near_hip, far_hip), _soles(body), strict=True):
        x, y, _ = _rolled(body, at.x, pitch)
        pair.append(_leg(body, Spot(hip, body.hip + sink), Spot(x, y + at.y), pitch, walks=sink > 0))
    return Gait(pair[0], pair[1], sink, -1.0)


def _walking(body: Proportions, phase: float) -> Gait:
    # lowest just after contact, highest just after passing; the mean sinks so far that the feet reach
    sink = _reach(body) + 1.1 * cos(4 * pi * (phase - 0.135))
    pair = []
    for x, late, depth in zip(_hips(body), (0.0, 0.5), (0.0, -0.9), strict=True):
        where, y, pitch = _foot(body, (phase + late) % 1)
        pair.append(_leg(body, Spot(x, body.hip + sink), Spot(0.3 * x + where - 0.6, y + depth), pitch))
    return Gait(pair[0], pair[1], sink, phase)


def _running(body: Proportions, phase: float) -> Gait:
    """Lowest in the middle of each stance, highest between them, when no foot is on the ground."""
    sink = 0.058 * -body.hip + 0.062 * -body.hip * cos(4 * pi * (phase - _TOUCH / 2))
    pair = []
    for x, late, depth in zip(_hips(body), (0.0, 0.5), (0.0, -0.9), strict=True):
        where, y, pitch = _run_foot(body, (phase + late) % 1)
        pair.append(_leg(body, Spot(x, body.hip + sink), Spot(0.3 * x + where - 0.6, y + depth), pitch))
    return Gait(pair[0], pair[1], sink, phase, 1.9)


def _flying(body: Proportions, tuck: float) -> Gait:
    """In the air, from hanging with pointed toes to drawn up under the body; the floor of its own is at the feet."""
    near_hip, far_hip = _hips(body)
    up, tall = 0.40 * tuck * -body.hip, -body.hip
    near = Spot(near_hip - 1.5 - 0.16 * tall * tuck, -up)
    far = Spot(far_hip + 1.0 + 0.22 * tall * tuck, -0.82 * up - 1.0)
    pair = [
        _leg(body, Spot(near_hip, body.hip), near, -34 - 16 * tuck, walks=tuck > 0.05),
        _leg(body, Spot(far_hip, body.hip), far, -30 + 22 * tuck, walks=tuck > 0.05),
    ]
    return Gait(pair[0], pair[1], 0.0, -1.0)


def _seated(body: Proportions, down: float) -> Gait:
    """On the way onto a seat as high as the knees; the feet stay, the hips go down and back."""
    near_hip, far_hip = _hips(body)
    sink = down * 0.47 * -body.hip
    forward = 0.40 * -body.hip * down**1.2
    sit = [
        _leg(body, Spot(hip, body.hip + sink), Spot(at.x + forward, at.y), 0.0, walks=down > 0)
        for hip, at in zip((near_hip, far_hip), _soles(body), strict=True)
    ]
    return Gait(sit[0], sit[1], sink, -1.0, 1.0, forward)


def _reach(body: Proportions) -> float:
    """How far the hips sink in a walk on average, so that a leg reaches the ground at contact."""
    half = body.stride / 2
    return float(np.clip(-body.hip + body.ankle - 2.4 - sqrt(body.leg**2 - half**2), 0.4, 6.0))


def _foot(body: Proportions, phase: float) -> tuple[float, float, float]:
    """(x of the sole from the hips, y, pitch). In stance the point that touches moves straight back."""
    if phase < 0.5:
        pitch = float(np.interp(phase, *_PITCH_STANCE))
        return _rolled(body, body.stride * (0.5 - 2 * phase), pitch)
    s = (phase - 0.5) / 0.5
    x0, y0, _ = _rolled(body, -body.stride / 2, _PITCH_STANCE[1][-1])
    x1, y1, _ = _rolled(body, body.stride / 2, _PITCH_STANCE[1][0])
    ease = s * s * (3 - 2 * s)
    lift = 0.105 * -body.hip + 1.2
    y = y0 + (y1 - y0) * s - lift * sin(pi * s) * (1 - 0.35 * s)
    return x0 + (x1 - x0) * ease, y, float(np.interp(s, *_PITCH_SWING))


def _run_foot(body: Proportions, phase: float) -> tuple[float, float, float]:
    """As in a walk, but the ground goes by faster than a stance lasts, and the heel is kicked up behind."""
    speed = 2 * run_stride(body)  # u a cycle
    ahead = 0.46 * speed * _TOUCH  # a runner lands nearer to the body than he leaves the ground
    if phase < _TOUCH:
        return _rolled(body, ahead - speed * phase, float(np.interp(phase, *_RUN_STANCE)))
    s = (phase - _TOUCH) / (1 - _TOUCH)
    x0, y0, _ = _rolled(body, ahead - speed * _TOUCH, _RUN_STANCE[1][-1])
    x1, y1, _ = _rolled(body, ahead, _RUN_STANCE[1][0])
    ease = s * s * (3 - 2 * s)
    kick, drive = 0.40 * -body.hip, 0.30 * -body.hip
    y = y0 + (y1 - y0) * s - kick * sin(pi * min(s / 0.72, 1.0)) ** 1.3 - drive * sin(pi * s) ** 2 * s
    return x0 + (x1 - x0) * ease + 0.10 * -body.hip * sin(pi * s) * s, y, float(np.interp(s, *_RUN_SWING))


def _rolled(body: Proportions, x: float, pitch: float) -> tuple[float, float, float]:
    """A foot on the ground, rolled about its heel (toes up) or its ball (heel up)."""
    arm = -3.2 * body.foot if pitch > 0 else 4.4 * body.foot  # from the sole's middle to what touches
    t = radians(pitch)
    return x + arm - arm * cos(t), arm * sin(t), pitch


def _leg(body: Proportions, hip: Spot, sole: Spot, pitch: float, walks: bool = True, slack: float = 1.004) -> Leg:
    t = radians(pitch)
    rise = -body.ankle
    ankle = Spot(sole.x - rise * sin(t), sole.y - rise * cos(t))
    dx, dy = ankle.x - hip.x, ankle.y - hip.y
    # the least slack bends a knee far: a standing leg is only as long as it needs to be
    length = body.leg if walks else min(1.01 * body.leg, slack * hypot(dx, dy))
    thigh, shin = length * 0.49, length * 0.51
    way = min(hypot(dx, dy), thigh + shin - 0.02)
    bend = np.arccos(np.clip((thigh**2 + way**2 - shin**2) / (2 * thigh * way), -1, 1))
    angle = atan2(dy, dx) - float(bend)
    return Leg(hip, Spot(hip.x + thigh * cos(angle), hip.y + thigh * sin(angle)), ankle, sole, pitch)

"""Bones: where a biped's joints are, standing, walking and with its arms raised; closed forms of its parameters.

Lengths are u (1/100 of the figure's height), x right, the way the figure faces, y *down*, origin on the
floor between the feet. Nothing here knows of pixels: it is read while planning as well as while drawing.
The walk has no keyed leg angles: a path for each foot and two bones between hip and ankle.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import atan2, cos, hypot, pi, radians, sin, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules._proportions import Figure as Figure
from rules._proportions import Measures as Measures
from rules._proportions import measures as measures
from rules._proportions import reference as reference
from rules._proportions import unit as unit
from studio.rule import Box, Variant

POLE = 2.45  #: metres, a lamp-pole from foot to tip
CYCLE = 24  #: phases of a walk; contacts at 0 and 12, passing at 6 and 18

#: The near arm at ease, the far one, and how far apart the feet stand, as a factor.
_AT_EASE = {
    "upright": ((-9.0, 24.0), (8.0, 14.0), 1.0),
    "jaunty": ((-46.0, 100.0), (14.0, 10.0), 1.25),
    "stooped": ((4.0, 26.0), (16.0, 22.0), 0.86),
    "shy": ((4.0, 58.0), (-4.0, 40.0), 0.55),
}
_PITCH_STANCE = ((0.0, 0.08, 0.34, 0.5), (18.0, 0.0, 0.0, -32.0))
_PITCH_SWING = ((0.0, 0.25, 0.6, 1.0), (-32.0, -38.0, 4.0, 18.0))


class Spot(NamedTuple):
    x: float
    y: float


class Arm(NamedTuple):
    """Joints of an arm, and where the hand points: degrees from straight down, positive forward."""

    shoulder: Spot
    elbow: Spot
    wrist: Spot
    towards: float


class Leg(NamedTuple):
    """Joints of a leg; sole: the point of the sole under the ankle; pitch: degrees, positive with the toes up."""

    hip: Spot
    knee: Spot
    ankle: Spot
    sole: Spot
    pitch: float


class Gait(NamedTuple):
    """The legs at one phase. sink: how far the trunk is below its place (y down); phase: 0 to 1, or -1 standing."""

    near: Leg
    far: Leg
    sink: float
    phase: float


def turned(params: Figure, variant: Variant) -> Measures:
    """The proportions with the body turned as a drawing wants it."""
    body, turn = measures(params), float(variant.get("turn", 0))
    return replace(body, turn=turn) if turn else body


def stride(params: Figure) -> float:
    """u of ground covered by one step, half a cycle."""
    return measures(params).stride


@lru_cache(maxsize=2048)
def gait(body: Measures, legs: int) -> Gait:
    """The legs at a phase of the walk, or standing at -1."""
    near_hip = float(np.interp(body.turn, (-1, 0, 1), (-0.40, -0.40, -0.10))) * body.hip_half
    far_hip = float(np.interp(body.turn, (-1, 0, 1), (0.40, 0.36, 0.06))) * body.hip_half
    if legs < 0:
        apart = _AT_EASE[body.stance][2] * float(np.interp(body.turn, (-1, 0, 1), (0.86, 1.0, 0.34)))
        near = _leg(body, Spot(near_hip, body.hip), Spot((-0.68 * body.hip_half - 1.3) * apart, 0.0), 0.0, walks=False)
        far = _leg(body, Spot(far_hip, body.hip), Spot((0.58 * body.hip_half + 0.9) * apart, -1.0), 0.0, walks=False)
        return Gait(near, far, 0.0, -1.0)
    phase = legs % CYCLE / CYCLE
    # lowest just after contact, highest just after passing; the mean sinks so far that the feet reach
    sink = _reach(body) + 1.1 * cos(4 * pi * (phase - 0.135))
    pair = []
    for x, late, depth in ((near_hip, 0.0, 0.0), (far_hip, 0.5, -0.9)):
        where, y, pitch = _foot(body, (phase + late) % 1)
        sole = Spot(0.3 * x + where - 0.6, y + depth)
        pair.append(_leg(body, Spot(x, body.hip + sink), sole, pitch))
    return Gait(pair[0], pair[1], sink, phase)


def _reach(body: Measures) -> float:
    """How far the hips sink in a walk on average, so that a leg reaches the ground at contact."""
    half = body.stride / 2
    return float(np.clip(-body.hip + body.ankle - 2.4 - sqrt(body.leg**2 - half**2), 0.4, 6.0))


def _foot(body: Measures, phase: float) -> tuple[float, float, float]:
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


def _rolled(body: Measures, x: float, pitch: float) -> tuple[float, float, float]:
    """A foot on the ground, rolled about its heel (toes up) or its ball (heel up)."""
    arm = -3.2 * body.foot if pitch > 0 else 4.4 * body.foot  # from the sole's middle to what touches
    t = radians(pitch)
    return x + arm - arm * cos(t), arm * sin(t), pitch


def _leg(body: Measures, hip: Spot, sole: Spot, pitch: float, walks: bool = True) -> Leg:
    t = radians(pitch)
    rise = -body.ankle
    ankle = Spot(sole.x - rise * sin(t), sole.y - rise * cos(t))
    dx, dy = ankle.x - hip.x, ankle.y - hip.y
    # the least slack bends a knee far: a standing leg is only as long as it needs to be
    length = body.leg if walks else min(body.leg, 1.004 * hypot(dx, dy))
    thigh, shin = length * 0.49, length * 0.51
    way = min(hypot(dx, dy), thigh + shin - 0.02)
    bend = np.arccos(np.clip((thigh**2 + way**2 - shin**2) / (2 * thigh * way), -1, 1))
    angle = atan2(dy, dx) - float(bend)
    return Leg(hip, Spot(hip.x + thigh * cos(angle), hip.y + thigh * sin(angle)), ankle, sole, pitch)


@lru_cache(maxsize=8192)
def arm(body: Measures, pose: tuple[float, float], far: bool, sink: float = 0.0) -> Arm:
    """An arm at (upper, fore) degrees; the shoulder rises with it, and a raised hand stays clear of the head.

    The head is drawn over the body. An arm that would be lost behind it is turned forward as far as it
    must be, and the hand makes up for half of that by bending at the wrist, so that a wave still waves.
    """
    upper, total = pose[0], pose[0] + pose[1]
    if _clear(body, _arm(body, upper, total, far, sink), sink) >= 0:
        return _arm(body, upper, total, far, sink)
    low, high = 0.0, 100.0
    for _ in range(24):  # to 1e-5 degrees: continuous, so that a slow move does not jerk
        back = (low + high) / 2
        if _clear(body, _arm(body, upper - 0.7 * back, total - back, far, sink), sink) >= 0:
            high = back
        else:
            low = back
    found = _arm(body, upper - 0.7 * high, total - high, far, sink)
    return found._replace(towards=found.towards + 0.5 * high)


def _arm(body: Measures, upper: float, total: float, far: bool, sink: float) -> Arm:
    raised = float(np.clip((upper - 35) / 100, 0, 1))
    x = float(np.interp(body.turn, (-1, 0, 1), (0.96, 0.74, 0.16) if far else (-0.96, -0.94, -0.12)))
    x *= body.shoulder_half
    shoulder = Spot(x + (0.0 if far else 0.45 * body.shoulder_half * raised), body.shoulder + sink - 1.6 * raised)
    a, b = radians(upper), radians(total)
    elbow = Spot(shoulder.x + body.upper * sin(a), shoulder.y + body.upper * cos(a))
    wrist = Spot(elbow.x + body.fore * sin(b), elbow.y + body.fore * cos(b))
    return Arm(shoulder, elbow, wrist, total)


def _clear(body: Measures, found: Arm, sink: float) -> float:
    """u by which the hand is clear of the head, on either side or below; negative when it is hidden."""
    t = radians(found.towards)
    x = found.wrist.x + 0.6 * body.hand * sin(t)
    y = found.wrist.y + 0.6 * body.hand * cos(t)
    middle = lean_at(body, body.chin) + 0.02 * body.head
    beside = x + lean_at(body, y) - middle - (0.57 * body.head + 0.45 * body.hand)
    below = y - (body.chin + sink + 1.5)
    return max(beside, below)


def lean_at(body: Measures, y: float) -> float:
    """How far the line of action moves what stands at y to the right."""
    h = -y / 100
    return body.lean * (60 * h * h - 25 * h)


def leaned(body: Measures, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (n, 2) bent along the line of action."""
    h = points[:, 1] * -0.01
    return np.stack([points[:, 0] + body.lean * (60 * h * h - 25 * h), points[:, 1]], 1)


def pivot(body: Measures) -> Spot:
    """The top of the neck, about which the head turns, of a figure that stands upright."""
    return Spot(-0.05 * body.head, body.chin - 0.08 * body.head)


@lru_cache(maxsize=64)
def necks(body: Measures) -> NDArray[np.float64]:
    """(1 + CYCLE, 2): the head's pivot standing, then at each phase of the walk, along the line of action."""
    at = pivot(body)
    found = np.array([(at.x + lean_at(body, at.y), at.y + gait(body, n).sink) for n in range(-1, CYCLE)])
    found.flags.writeable = False
    return found


def hold(params: Figure, legs: int = -1) -> tuple[float, float]:
    """(upper, fore) of the far arm at ease: with what it holds on the ground, carried in a walk, or hanging."""
    if params.holds == "lamp-pole":
        return (46.0, 58.0) if legs < 0 else (50.0, 66.0)
    if params.holds == "cane":
        return (12.0, 40.0) if legs < 0 else (17.0, 46.0)
    return _AT_EASE[params.stance][1] if legs < 0 else swing(legs, far=True)


def rest(params: Figure, legs: int) -> tuple[float, float]:
    """(upper, fore) of the near arm when it does nothing."""
    return _AT_EASE[params.stance][0] if legs < 0 else swing(legs)


def swing(legs: int, far: bool = False) -> tuple[float, float]:
    """(upper, fore) of an arm that swings against its leg in a walk, or hangs at ease when standing."""
    if legs < 0:
        return (-9.0, 24.0)
    wave = cos(2 * pi * (legs % CYCLE / CYCLE + (0.5 if far else 0.0)))
    return (-4 - 26 * wave, 18 - 10 * wave)


def grip(params: Figure, legs: int, far: tuple[Any, ...]) -> tuple[float, float, float]:
    """(x, y, degrees): where the far hand holds the prop, and the prop's turn, positive with its top forward.

    What would reach through the floor slides up in the hand instead.
    """
    body = measures(params)
    found = arm(body, (float(far[0]), float(far[1])), far=True, sink=gait(body, legs).sink)
    x, y = fist(body, found)
    turn = tilt(params, float(far[0]), float(far[1]))
    sunk = max(0.0, drop(params) * cos(radians(turn)) + y)
    return x + lean_at(body, y) + sunk * sin(radians(turn)), y - sunk, turn


def fist(body: Measures, found: Arm) -> tuple[float, float]:
    """The middle of a closed hand, before the line of action."""
    t = radians(found.towards)
    return found.wrist.x + 0.42 * body.hand * sin(t), found.wrist.y + 0.42 * body.hand * cos(t)


def tilt(params: Figure, upper: float, fore: float) -> float:
    """Degrees by which what is held leans forward: upright at ease, forward when the arm reaches out."""
    if params.holds == "cane":
        return float(np.clip(0.55 * (upper + fore - 52), -24, 100)) - 7
    return float(np.clip(0.27 * (upper - 34), -7, 45)) - 3


def drop(params: Figure) -> float:
    """u that a pole or a cane reaches below the grip: from the hand at ease down to the floor."""
    body = measures(params)
    upper, fore = hold(params)
    at_ease = fist(body, arm(body, (upper, fore), far=True, sink=gait(body, -1).sink))[1]
    return -at_ease / cos(radians(tilt(params, upper, fore)))


def box(params: Figure, variant: Variant) -> Box:
    """Where a part can have paint, in metres about its origin."""
    body, metres = measures(params), unit(params)
    left, top, right, bottom = _extent(params, body, variant)
    if variant.get("flip") and variant["part"] != "cast":
        left, right = -right, -left
    return Box(left * metres, -bottom * metres, right * metres, -top * metres)


def _extent(params: Figure, body: Measures, variant: Variant) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) in u, facing right."""
    part, head = variant["part"], body.head / 100
    if part == "shadow":
        return -32.0, -7.0, 32.0, 8.0
    if part == "cast":
        reach = 126.0
        return (-26.0, -12.0, reach, 30.0) if variant.get("side", 1) > 0 else (-reach, -12.0, 26.0, 30.0)
    if part == "prop":
        below = drop(params)
        above = 100 * POLE / params.height - below + 14 if params.holds == "lamp-pole" else 11.0
        return -9.5, -above, 10.0, below + 3
    if part == "face":
        wide = 74 if params.hair.beard != "none" else 62  # a moustache stands out from the head
        return -wide * head, -76 * head, wide * head, 18 * head
    if part == "head":
        hat = next((g.hat for g in params.wears if g.hat is not None), None)
        top = max(
            (hat_top(hat) + 6 if hat != "top" else 208.0) if hat else 0.0, _HAIR_TOPS.get(params.hair.style, 122.0)
        )
        side = 120.0 if hat in ("wide", "straw") or params.hair.style == "ponytail" else 107.0
        return -side * head, -top * head, side * head, 22 * head + 9.5
    return _trunk(params, body, variant)


def hat_top(hat: str) -> float:
    """How high a hat stands above the chin, in h."""
    return _HAT_TOPS[hat]


_HAT_TOPS = {
    "newsboy": 134.0, "top": 195.0, "bowler": 146.0, "boater": 126.0, "peaked": 126.0, "sailor": 129.0, "toque": 170.0,
    "kerchief": 117.0, "bobble": 165.0, "wide": 138.0, "straw": 138.0, "nurse": 135.0,
}  # fmt: skip
_HAIR_TOPS = {"curls": 134.0, "bun": 142.0, "quiff": 136.0, "tousled": 130.0, "ponytail": 138.0}


def _trunk(params: Figure, body: Measures, variant: Variant) -> tuple[float, float, float, float]:
    reach = body.upper + body.fore + 1.25 * body.hand
    side = max(body.stride / 2 + 16, body.hip_half * 2.6 + 4)
    left = -max(side, 0.94 * body.shoulder_half + 0.8 * reach)
    if any(g.scarf is not None for g in params.wears):
        left = min(left, -(34.0 + 0.9 * body.shoulder_half))  # the end that is blown back
    right = max(side, 0.74 * body.shoulder_half + reach + 3)
    top = body.neck - 7
    for name, far in (("near", False), ("far", True)):
        pose = variant.get(name, (0, 0, "rest"))
        found = arm(body, (float(pose[0]), float(pose[1])), far)
        highest = min(found.elbow.y - body.sleeve, found.wrist.y - 1.1 * body.hand)
        if highest < top + 3:
            top = body.shoulder - reach - 6
    return left, top, right, 5.0

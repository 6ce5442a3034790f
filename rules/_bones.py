"""Bones: where a biped's joints are, standing, walking and with its arms raised; closed forms of its parameters.

Lengths are u (1/100 of the figure's height), x right, the way the figure faces, y *down*, origin on the
floor between the feet. Nothing here knows of pixels: it is read while planning as well as while drawing.
Legs stand in `_gait`, what hands hold in `_held`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import acos, atan2, cos, degrees, hypot, pi, radians, sin
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules import _rests
from rules._gait import CROUCHES, CYCLE, RUNS, STANDS, TURNS, Gait, Leg, Spot, gait, run_stride
from rules._held import HELD
from rules._proportions import Figure as Figure
from rules._proportions import Measures as Measures
from rules._proportions import measures as measures
from rules._proportions import reference as reference
from rules._proportions import unit as unit
from studio.rule import Box, Variant

__all__ = ["CYCLE", "Arm", "Figure", "Gait", "Leg", "Measures", "Spot", "gait"]

NEAR, FAR = 1, 2  #: which arm is laid over the head
BRIM = 0.70  #: of a head's height, how far before its middle a wrist is whose hand is at the hat
POLE = 2.45  #: metres, a lamp-pole from foot to tip
_STANDING = ("lamp-pole", "cane")  # what reaches the floor
_BENDS = (0.35, 1.0, 1.0, 1.0, -0.35)  # how much of the line of action is seen from each side
_PIVOTS = (0.0, -0.05, -0.03, -0.04, 0.0)  # of the head, in its heights

#: The near arm as it hangs and the far one.
_AT_EASE = {
    "upright": ((-12.0, 20.0), (8.0, 14.0)),
    "jaunty": ((-16.0, 26.0), (14.0, 10.0)),
    "stooped": ((-4.0, 30.0), (16.0, 22.0)),
    "shy": ((-6.0, 12.0), (10.0, 12.0)),
}


class Arm(NamedTuple):
    """Joints of an arm, and where the hand points: degrees from straight down, positive forward."""

    shoulder: Spot
    elbow: Spot
    wrist: Spot
    towards: float


def stride(params: Figure, *, runs: bool = False) -> float:
    """u of ground covered by one step, half a cycle."""
    return run_stride(measures(params)) if runs else measures(params).stride


def posed(params: Figure, variant: Variant) -> Measures:
    """The proportions in a pose: `lean`, hundredths by which the line of action bends more; `lift` of the shoulders;
    `yaw` of the body from the camera, 45 as garments were drawn."""
    body, lean, lift = measures(params), int(variant.get("lean", 0)), int(variant.get("lift", 0))
    turn = turn_of(int(variant.get("body", 45) if variant["part"] in ("head", "face") else variant.get("yaw", 45)))
    if not (lean or lift or turn):
        return body
    seen = float(np.interp(turn, TURNS, _BENDS))
    bend, sway = (body.lean + 0.01 * lean) * seen, body.sway * (seen if abs(seen) == 1 else 1.6 * seen)
    return replace(body, lean=bend, sway=sway, shoulder=body.shoulder - lift, turn=turn)


def turn_of(yaw: int) -> float:
    """A body's yaw from the camera in steps from one authored view to the next."""
    return float(np.interp(yaw, (0, 45, 90, 135, 180), TURNS)) if yaw != 45 else 0.0


def bearing(params: Figure, variant: Variant) -> Figure:
    """The figure with that in its hand which it holds in this drawing."""
    held = variant.get("held", params.holds)
    copy: Figure = params if held == params.holds else params.model_copy(update={"holds": held})  # type: ignore[attr-defined]
    return copy


@lru_cache(maxsize=8192)
def arm(
    body: Measures, pose: tuple[float, float], far: bool, sink: float = 0.0, over: bool = False, holds: bool = True
) -> Arm:
    """An arm at (upper, fore) degrees; the shoulder rises with it, and a raised hand stays clear of the head.

    The head is drawn over the body. An arm that would be lost behind it is turned forward as far as it
    must be, and the hand makes up for half of that by bending at the wrist, so that a wave still waves. A near arm
    that is drawn over the head needs none of this, a far one must not be drawn over the face, from whichever side it
    is seen. holds: whether a far arm keeps something clear of the body.
    """
    upper, total = pose[0], pose[0] + pose[1]
    clear = _before if over else _clear
    if (over and not far) or clear(body, _arm(body, upper, total, far, sink, holds), sink) >= 0:
        return _arm(body, upper, total, far, sink, holds)
    way = -1.0 if total < -90 else 1.0  # an arm that is raised behind the head turns further back
    low, high = 0.0, 100.0
    for _ in range(24):  # to 1e-5 degrees: continuous, so that a slow move does not jerk
        back = (low + high) / 2
        if clear(body, _arm(body, upper - 0.7 * way * back, total - way * back, far, sink, holds), sink) >= 0:
            high = back
        else:
            low = back
    found = _arm(body, upper - 0.7 * way * high, total - way * high, far, sink, holds)
    return found._replace(towards=found.towards + 0.5 * way * high)


def aim(body: Measures, target: Spot, far: bool, sink: float = 0.0) -> tuple[float, float]:
    """(upper, fore) of an arm whose wrist is at a place, before the line of action, or as near as it can be."""
    upper = 0.0
    for _ in range(3):  # the shoulder rises with the arm
        shoulder = _arm(body, upper, upper, far, sink).shoulder
        dx, dy = target.x - shoulder.x, target.y - shoulder.y
        way = float(np.clip(hypot(dx, dy), abs(body.upper - body.fore) + 0.1, body.upper + body.fore - 0.1))
        towards = degrees(atan2(dx, dy))
        inner = degrees(acos((body.upper**2 + way**2 - body.fore**2) / (2 * body.upper * way)))
        elbow = degrees(acos((body.upper**2 + body.fore**2 - way**2) / (2 * body.upper * body.fore)))
        upper = towards - inner
    return upper, 180 - elbow


def _arm(body: Measures, upper: float, total: float, far: bool, sink: float, holds: bool = True) -> Arm:
    raised = float(np.clip((upper - 35) / 100, 0, 1))
    x = (0.74 if far else -0.94) * body.shoulder_half
    if body.turn:
        x = float(np.interp(body.turn, TURNS, _rests.SHOULDERS[far])) * body.shoulder_half
        upper, total = seen_arm(body.turn, upper, total, "near" if not far else "holds" if holds else "far")
    shoulder = Spot(x + (0.0 if far else 0.45 * body.shoulder_half * raised), body.shoulder + sink - 1.6 * raised)
    a, b = radians(upper), radians(total)
    elbow = Spot(shoulder.x + body.upper * sin(a), shoulder.y + body.upper * cos(a))
    wrist = Spot(elbow.x + body.fore * sin(b), elbow.y + body.fore * cos(b))
    return Arm(shoulder, elbow, wrist, total)


def limb(body: Measures, pose: Any, far: bool, sink: float = 0.0, over: bool = False, holds: bool = True) -> Arm:
    """The arm of a variant, (upper, fore, hand): a hand at rest has a place of its own on the trunk."""
    if _rests.is_rest(pose[2], far):
        return resting(body, pose[2], far, sink)
    return arm(body, (float(pose[0]), float(pose[1])), far, sink, over, holds)


@lru_cache(maxsize=4096)
def resting(body: Measures, shape: str, far: bool, sink: float = 0.0) -> Arm:
    """An arm whose hand rests somewhere on the trunk."""
    at, towards, out = _rests.place(body, shape, far)
    shoulder = _arm(body, 0.0, 0.0, far, 0.0).shoulder
    dx, dy = at.x - shoulder.x, at.y - shoulder.y
    way = float(np.clip(hypot(dx, dy), 0.30 * body.upper, 1.99 * body.upper))
    t, inner = atan2(dx, dy), acos(way / (2 * body.upper))
    elbow = t + out * inner
    joint = Spot(shoulder.x + body.upper * sin(elbow), shoulder.y + sink + body.upper * cos(elbow))
    wrist = Spot(shoulder.x + way * sin(t), shoulder.y + sink + way * cos(t))
    return Arm(Spot(shoulder.x, shoulder.y + sink), joint, wrist, towards)


def seen_arm(turn: float, upper: float, total: float, side: str) -> tuple[float, float]:
    """(upper, fore-arm) degrees as they are seen from the front or from behind, where what swings forward is seen
    short, and both arms hang a little away from the body; from behind all is the other way round. side: "near", "far",
    or "holds" of a far arm that keeps clear of the body what it holds."""
    share = -turn if turn < 0 else max(0.0, turn - 2)
    if not share:
        return upper, total
    way = -1.0 if side == "near" else 1.0  # outwards
    low, high = (0.35, -0.9) if side == "holds" else (0.45, 1.0)
    raised = 0.0 if side == "holds" else min(max((upper - 45) / 40, 0.0), 1.0)
    hangs = 1 - min(1.0, abs(upper) / 60)
    seen = []
    for angle, spread in zip((upper, total), (20.0, 14.0) if side == "holds" else (7.0, 3.5), strict=True):
        inwards = -way * float(np.interp(abs(angle), (40, 110), (low, high))) * angle
        seen.append(inwards + (way * angle - inwards) * raised + way * spread * hangs)  # raised at its own side
    if turn > 0:
        seen = [-a for a in seen]
    return upper + (seen[0] - upper) * share, total + (seen[1] - total) * share


def _clear(body: Measures, found: Arm, sink: float) -> float:
    """u by which the hand is clear of the head, before, behind or below it; negative when it is hidden."""
    t = radians(found.towards)
    x = found.wrist.x + 0.6 * body.hand * sin(t)
    y = found.wrist.y + 0.6 * body.hand * cos(t)
    middle = lean_at(body, body.chin) + 0.02 * body.head
    beside = x + lean_at(body, y) - middle - (0.57 * body.head + 0.45 * body.hand)
    behind = middle - (0.74 * body.head + 0.45 * body.hand) - x - lean_at(body, y)
    below = y - (body.chin + sink + 1.5)
    return max(beside, behind, below)


def _before(body: Measures, found: Arm, sink: float) -> float:
    """u by which a far arm that is laid over the head is before the face or below it."""
    wrist, profile = found.wrist, min(max(body.turn, 0.0), 1.0)  # from the side a nose stands out
    beside = wrist.x - (BRIM + 0.06 * profile) * body.head
    return max(beside, wrist.y - (body.chin + sink + 1.5))


def lean_at(body: Measures, y: float) -> float:
    """How far the line of action moves what stands at y to the right."""
    h = -y / 100
    return body.lean * (60 * h * h - 25 * h) + body.sway * 12 * h * (h - 0.62) * (h - 1.15)


def leaned(body: Measures, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (n, 2) bent along the line of action."""
    h = points[:, 1] * -0.01
    bent = h * (body.lean * (60 * h - 25) + body.sway * 12 * (h - 0.62) * (h - 1.15))
    return np.stack([points[:, 0] + bent, points[:, 1]], 1)


def pivot(body: Measures) -> Spot:
    """The top of the neck, about which the head turns, of a figure that stands upright."""
    share = float(np.interp(body.turn, TURNS, _PIVOTS)) if body.turn else -0.05
    return Spot(share * body.head, body.chin - 0.08 * body.head)


@lru_cache(maxsize=4096)
def neck(body: Measures, legs: int) -> Spot:
    """The head's pivot over some legs, along the line of action."""
    at = pivot(body)
    return Spot(at.x + lean_at(body, at.y), at.y + gait(body, legs).sink)


def hold(params: Figure, legs: int = STANDS) -> tuple[float, float]:
    """(upper, fore) of the far arm at ease: with what it holds on the ground, carried in a walk, or hanging."""
    goes = 0 <= legs < CROUCHES
    if params.holds != "none":
        return HELD[params.holds].walk if goes else HELD[params.holds].stand
    shape = hands(params, legs)[1]
    return angles(params, shape, True) if shape else swing(legs, far=True) if goes else _AT_EASE[params.stance][1]


def rest(params: Figure, legs: int = STANDS) -> tuple[float, float]:
    """(upper, fore) of the near arm when it does nothing."""
    shape = hands(params, legs)[0]
    if shape:
        return angles(params, shape, False)
    return swing(legs) if 0 <= legs < CROUCHES else _AT_EASE[params.stance][0]


def hands(params: Figure, legs: int = STANDS) -> tuple[str, str]:
    """The shapes of near and far hand when they do nothing, "" as they hang."""
    return _rests.shapes(params, legs, 0 <= legs < CROUCHES, RUNS <= legs < CROUCHES)


def angles(params: Figure, shape: str, far: bool) -> tuple[float, float]:
    """(upper, fore) of an arm whose hand rests on the trunk, as seen from the usual side."""
    found = resting(measures(params), shape, far)
    upper = degrees(atan2(found.elbow.x - found.shoulder.x, found.elbow.y - found.shoulder.y))
    total = degrees(atan2(found.wrist.x - found.elbow.x, found.wrist.y - found.elbow.y))
    return upper, (total - upper + 180) % 360 - 180


def swing(legs: int, far: bool = False) -> tuple[float, float]:
    """(upper, fore) of an arm that swings against its leg in a walk or a run, or hangs at ease when standing."""
    if not 0 <= legs < CROUCHES:
        return (-9.0, 24.0)
    wave = cos(2 * pi * ((legs % RUNS) % CYCLE / CYCLE + (0.5 if far else 0.0)))
    if legs >= RUNS:
        return (4 - 48 * wave, 84 - 14 * wave)
    return (-4 - 26 * wave, 18 - 10 * wave)


def grip(params: Figure, variant: Variant) -> tuple[float, float, float]:
    """(x, y, degrees): where the far hand of a body holds the prop, and the prop's turn, positive with its top forward.

    What would reach through the floor slides up in the hand instead.
    """
    params, body = bearing(params, variant), posed(params, variant)
    upper, fore, legs = float(variant["far"][0]), float(variant["far"][1]), int(variant["legs"])
    found = arm(body, (upper, fore), far=True, sink=gait(body, legs).sink)
    x, y = fist(body, found)
    turn = tilt(params, upper, fore)
    sunk = max(0.0, drop(params) * cos(radians(turn)) + y) if params.holds in _STANDING else 0.0
    return x + lean_at(body, y) + sunk * sin(radians(turn)), y - sunk, turn


def fist(body: Measures, found: Arm) -> tuple[float, float]:
    """The middle of a closed hand, before the line of action."""
    t = radians(found.towards)
    return found.wrist.x + 0.42 * body.hand * sin(t), found.wrist.y + 0.42 * body.hand * cos(t)


def tilt(params: Figure, upper: float, fore: float) -> float:
    """Degrees by which what is held leans forward: as at ease, and with the arm as it reaches out; a hang stays."""
    held = HELD[params.holds]
    if params.holds == "lamp-pole":
        return float(np.clip(held.sway * (upper - 34), -7, 45)) + held.lean
    if params.holds == "cane":
        return float(np.clip(held.sway * (upper + fore - 52), -24, 100)) + held.lean
    return float(np.clip(held.sway * (upper + fore - sum(held.stand)), -60, 60)) + held.lean


def drop(params: Figure) -> float:
    """u that a pole or a cane reaches below the grip: from the hand at ease down to the floor."""
    body = measures(params)
    upper, fore = hold(params)
    at_ease = fist(body, arm(body, (upper, fore), far=True, sink=gait(body, STANDS).sink))[1]
    return -at_ease / cos(radians(tilt(params, upper, fore)))


def box(params: Figure, variant: Variant) -> Box:
    """Where a part can have paint, in metres about its origin."""
    params, metres = bearing(params, variant), unit(params)
    left, top, right, bottom = _extent(params, variant)
    if variant.get("flip") and variant["part"] != "cast":
        left, right = -right, -left
    return Box(left * metres, -bottom * metres, right * metres, -top * metres)


def _extent(params: Figure, variant: Variant) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) in u, facing right."""
    part, head = variant["part"], measures(params).head / 100
    if part == "shadow":
        return -32.0, -7.0, 32.0, 8.0
    if part == "cast":
        reach = 126.0
        return (-26.0, -12.0, reach, 30.0) if variant.get("side", 1) > 0 else (-reach, -12.0, 26.0, 30.0)
    if part == "prop":
        if params.holds not in _STANDING:
            left, above, right, below = (side / params.height for side in HELD[params.holds].reach)
            return left - 1, above - 1, right + 1, below + 1
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
        side += 5 * abs(int(variant.get("lag", 0)))  # hair that swings
        low = max(22 * head + 9.5, _HAIR_LOWS.get(params.hair.style, 0.0) * head)
        return -side * head, -top * head, side * head, low
    return _trunk(params, posed(params, variant), variant)


def hat_top(hat: str) -> float:
    """How high a hat stands above the chin, in h."""
    return _HAT_TOPS[hat]


_HAT_TOPS = {
    "newsboy": 134.0, "top": 195.0, "bowler": 146.0, "boater": 126.0, "peaked": 126.0, "sailor": 129.0, "toque": 170.0,
    "kerchief": 117.0, "bobble": 165.0, "wide": 138.0, "straw": 138.0, "nurse": 135.0,
}  # fmt: skip
_HAIR_TOPS = {"curls": 134.0, "bun": 142.0, "quiff": 136.0, "tousled": 130.0, "ponytail": 138.0}
_HAIR_LOWS = {"plaits": 68.0, "long": 58.0}  #: h below the chin


def _trunk(params: Figure, body: Measures, variant: Variant) -> tuple[float, float, float, float]:
    reach = body.upper + body.fore + 1.25 * body.hand
    side = max(body.stride / 2 + 16, body.hip_half * 2.6 + 4)
    left = -max(side, 0.94 * body.shoulder_half + 0.8 * reach)
    if any(g.scarf is not None for g in params.wears):
        left = min(left, -(34.0 + 0.9 * body.shoulder_half + 4 * abs(int(variant.get("lag", 0)))))  # the blown end
    right = max(side, 0.74 * body.shoulder_half + reach + 3)
    top = body.neck - 7
    for name, far in (("near", False), ("far", True)):
        pose = variant.get(name, (0, 0, "rest"))
        found = limb(body, pose, far)
        highest = min(found.elbow.y - body.sleeve, found.wrist.y - 1.1 * body.hand)
        left = min(left, found.wrist.x - 1.3 * body.hand)  # an arm that is held out behind
        if highest < top + 3:
            top = body.shoulder - reach - 6
    bent = 0.42 * int(variant.get("lean", 0))  # how far a raised hand is moved by the line of action
    forward = gait(body, int(variant.get("legs", STANDS))).forward
    return left + min(bent, 0.0), top, right + max(bent, 0.0) + forward, 5.0

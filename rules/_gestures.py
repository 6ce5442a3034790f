"""Gestures of a biped: key poses of the whole body with anticipation, overshoot and settle, at any frame alone.

A gesture begins in its own time, is held for as long as it lasts, and ends in its own time; what beats in
between (a wave, a clap) comes round every few frames. Angles turn, so hands go on arcs. Poses are put on a
grid, so that they are used again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import pi, sin
from typing import NamedTuple

from rules._bones import BRIM, FAR, NEAR, Measures, aim
from rules._gait import CROUCHES, FLIES, RUNS, SITS, STANDS, STEPS, TIPTOES, Spot


class Off(NamedTuple):
    """Degrees by which an arm is away from how it hangs."""

    upper: float
    fore: float


Hand = tuple[float, float] | Off | str | None  #: (upper, fore) degrees, a place for the wrist, or as it hangs


class Pose(NamedTuple):
    """What a body does at a key. near, far: arms. hands: shapes of the two, "" as they are. lean: hundredths by
    which the line of action bends forward; sink: u by which the knees let the hips down, negative on the toes;
    tilt: degrees of the head, positive back; lift: u of the shoulders; rise: u above the ground; stretch: per cent
    upwards, the area being kept; tuck, sit: 0 to 1, of the legs in the air and on the way down to a seat."""

    near: Hand = None
    far: Hand = None
    hands: tuple[str, str] = ("", "")
    lean: float = 0.0
    sink: float = 0.0
    tilt: float = 0.0
    lift: float = 0.0
    rise: float = 0.0
    stretch: float = 0.0
    tuck: float = -1.0
    sit: float = 0.0


REST = Pose()
Key = tuple[float, Pose]


@dataclass(frozen=True)
class Gesture:
    """frames: how long it lasts if nothing is said. begin: keys by frame. end: keys by frames before the end, the
    last at 0. beat: keys that come round in between, the last at the length of the round. over: which arm goes
    before the head, `NEAR` or `FAR`. works: whether the far arm goes along though it holds something."""

    frames: int
    begin: tuple[Key, ...]
    end: tuple[Key, ...]
    beat: tuple[Key, ...] = field(default=())
    over: int = 0
    works: bool = False


def _wave(swing: float, lean: float) -> Pose:
    return Pose(far=(112, 48 + swing), near=(-14, 34), hands=("", "open"), lean=lean, tilt=2 + 0.08 * swing)


def _wave_near(swing: float, lean: float) -> Pose:
    return Pose(near=(-104, -50 + 0.75 * swing), hands=("open", ""), lean=lean, tilt=2 + 0.08 * swing)


_POINT = Pose(far=(88, 4), near=(-22, 34), hands=("", "point"), lean=9, tilt=-1)
_POINT_NEAR = Pose(near=(86, 6), hands=("point", ""), lean=9, tilt=-1)
_REACH = Pose(near=(-22, 22), far=(112, 22), hands=("", "open"), lean=7, sink=-2, tilt=3)
_SHRUG = Pose(near=(-24, -50), far=(26, 64), hands=("open", "open"), lean=-4, lift=2.4, tilt=-4)
_CARRY = Pose(near="lap", far=(26, 58), hands=("flat", "flat"), lean=-6, tilt=2)
_GIVE = Pose(far="meet", near=(-14, 26), hands=("", "flat"), lean=11, tilt=-2)
_TAKE = Pose(far="meet", near=(-12, 26), hands=("", "flat"), lean=9, tilt=-3)
_TIP = Pose(near=(-26, 92), far="brim", hands=("flat", "flat"), lean=9, tilt=-9)
_TIP_NEAR = Pose(near="chest", hands=("flat", ""), lean=12, tilt=-10)
_APART = Pose(near=(4, 74), far=(28, 76), hands=("flat", "flat"), lean=-3, lift=0.8, tilt=3)
_CLAP = Pose(near="chest", far="chest", hands=("flat", "flat"), lean=1, tilt=0)
_THINK = Pose(near="chin", hands=("fist", ""), lean=-5, tilt=4)
_SEATED = Pose(near=(14, 46), far=(22, 44), hands=("rest", "rest"), lean=2, sit=1.0)
_UP = Pose(near=(128, 30), far=(122, 26), hands=("open", "open"), lean=-4, rise=24, tilt=6, tuck=0.75)


def _waving(wave: Callable[[float, float], Pose], dip: Pose) -> Gesture:
    beat = ((0, wave(-24, -6)), (6, wave(22, -4)), (12, wave(-24, -6)))  # to and fro are the same drawings
    begin = ((0, REST), (4, dip._replace(lean=3, sink=1.5, tilt=-2)), (10, wave(-32, -8)), (13, wave(-24, -6)))
    return Gesture(44, begin, ((8, wave(-24, -6)), (3, dip._replace(lean=2, sink=1)), (0, REST)), beat)


def _tipping(tip: Pose, dip: Pose, over: int = 0) -> Gesture:
    begin = ((0, REST), (4, dip._replace(lean=-4, tilt=2)), (12, tip._replace(tilt=-2, lean=2)))
    bow = ((16, tip._replace(tilt=-12, lean=13)), (20, tip))
    return Gesture(44, (*begin, *bow), ((16, tip), (10, tip._replace(tilt=3, lean=-2)), (3, dip), (0, REST)), over=over)


def _pointing(point: Pose, over: Pose, draw: Pose, settle: Pose) -> Gesture:
    begin = ((0, REST), (4, draw), (8, over), (12, point))
    return Gesture(40, begin, ((8, point), (3, settle), (0, REST)))


GESTURES = {
    "wave": _waving(_wave, Pose(far=Off(-16, 10))),
    "point": _pointing(
        _POINT, _POINT._replace(far=(96, 0), lean=12),
        Pose(far=(-4, 92), hands=("", "fist"), lean=-5, sink=1, tilt=2), Pose(far=Off(-6, -2), lean=-2),
    ),
    "nod": Gesture(24, ((0, REST),), ((0, REST),)),
    "reach": Gesture(
        52,
        ((0, REST), (4, Pose(far=Off(-12, 16), lean=-4, sink=2, tilt=-2)),
         (11, _REACH._replace(far=(118, 16), sink=-3)), (15, _REACH)),
        ((11, _REACH), (4, Pose(sink=2, lean=2)), (0, REST)),
        works=True,
    ),
    "shrug": Gesture(
        36,
        ((0, REST), (4, Pose(lean=4, sink=2, lift=-1)), (9, _SHRUG._replace(lift=3.2, lean=-6)), (13, _SHRUG)),
        ((8, _SHRUG), (3, Pose(lift=-0.8, sink=1)), (0, REST)),
    ),
    "carry": Gesture(
        60,
        ((0, REST), (5, Pose(lean=12, sink=5, tilt=-6, near=(16, 30), far=(24, 34))), (12, _CARRY._replace(lean=-9)),
         (16, _CARRY)),
        ((11, _CARRY), (5, Pose(lean=10, sink=4, tilt=-5)), (0, REST)),
        works=True,
    ),
    "give": Gesture(
        44,
        ((0, REST), (5, Pose(far=(8, 96), lean=-4, sink=1, tilt=2)), (13, _GIVE._replace(lean=16)),
         (17, _GIVE)),
        ((11, _GIVE), (3, Pose(far=Off(-8, 4), lean=-2)), (0, REST)),
        works=True,
    ),
    "take": Gesture(
        44,
        ((0, REST), (5, Pose(far=Off(-10, 16), lean=-3, tilt=2)), (13, _TAKE._replace(lean=14)),
         (17, _TAKE)),
        ((14, _TAKE), (6, Pose(far=(18, 92), lean=-5, sink=1, tilt=-4)), (0, REST)),
        works=True,
    ),
    "sit": Gesture(
        96,
        ((0, REST), (4, Pose(lean=-4, sink=-1)), (14, _SEATED._replace(lean=18, sit=0.75, tilt=-3)),
         (18, _SEATED._replace(sit=1.0, lean=5, stretch=-4)), (22, _SEATED)),
        ((16, _SEATED), (10, _SEATED._replace(lean=20, sit=0.75)), (3, Pose(lean=-4, sink=-1)), (0, REST)),
    ),
    "tip-hat": _tipping(_TIP, Pose(near=Off(-6, 8), far=Off(-14, 12)), over=FAR),
    "jump": Gesture(
        36,
        (
            (0, REST), (7, Pose(near=(-54, 16), far=(-46, 18), lean=20, sink=11, tilt=6, stretch=-9)),
            (9, Pose(near=(-58, 14), far=(-50, 16), lean=21, sink=12, tilt=7, stretch=-10)),
            (12, Pose(near=(100, 18), far=(96, 16), lean=2, rise=6, stretch=13, tuck=0.0, tilt=8)),
        ),
        (
            (20, _UP), (13, Pose(near=(96, 40), far=(92, 36), hands=("open", "open"), rise=7, stretch=8, tuck=0.1)),
            (11, Pose(near=(52, 30), far=(56, 34), lean=16, sink=11, stretch=-13, tilt=-8)),
            (6, Pose(near=(-14, 20), lean=-5, sink=-1.5, stretch=4, tilt=3)), (3, Pose(sink=1.5, stretch=-2, lean=2)),
            (0, REST),
        ),
    ),
    "turn": Gesture(
        20,
        ((0, REST), (5, Pose(lean=-6, sink=3, tilt=-3)), (10, Pose(lean=7, sink=1.5, tilt=2)),),
        ((6, Pose(lean=4, sink=-1)), (0, REST)),
    ),
    "clap": Gesture(
        48,
        ((0, REST), (4, Pose(lean=3, sink=2)), (9, _APART)),
        ((9, _APART), (3, Pose(lean=2, sink=1)), (0, REST)),
        ((0, _APART), (4, _CLAP), (8, _APART)),
    ),
    "think": Gesture(
        72,
        ((0, REST), (4, Pose(near=Off(-8, 4), lean=3)), (11, _THINK._replace(tilt=7, lean=-7)), (15, _THINK)),
        ((9, _THINK), (3, Pose(near=Off(-5, -8), lean=2)), (0, REST)),
        over=NEAR,
    ),
}  # fmt: skip
#: how the near hand does alone what the far one does, when that one holds something
_BUSY = {
    "tip-hat": _tipping(_TIP_NEAR, Pose(near=Off(-13, 6))),
    "wave": _waving(_wave_near, Pose(near=Off(15, -2))),
    "point": _pointing(
        _POINT_NEAR, _POINT_NEAR._replace(near=(94, 2), lean=12),
        Pose(near=(-30, 66), hands=("fist", ""), lean=-5, sink=1, tilt=2), Pose(near=Off(-11, -6), lean=-2),
    ),
}  # fmt: skip
NAMES = tuple(GESTURES)  #: by number, counted from 1
TURNS = 8  #: frames after which `turn` faces the other way
PASSES = 20  #: frames after which a hand-over passes what is held


@dataclass(frozen=True)
class Posture:
    """A pose on its grids. near, far: (upper, fore, hand); legs: as in `_gait`. Lengths are u, angles degrees."""

    near: tuple[int, int, str]
    far: tuple[int, int, str]
    legs: int
    lean: int
    lift: int
    tilt: float
    rise: float
    stretch: float
    over: int


class Ease(NamedTuple):
    """The arms at rest; busy: whether the far hand holds something; meet: where it meets another's, in u; hands:
    the shapes of the two where they rest on the trunk."""

    near: tuple[float, float]
    far: tuple[float, float]
    busy: bool
    meet: tuple[float, float] | None = None
    hands: tuple[str, str] = ("", "")


@lru_cache(maxsize=8192)
def posture(body: Measures, name: str, moment: tuple[int, int], legs: int, ease: Ease) -> Posture:
    """A body `moment` = (since, span) in a gesture, over legs that stand (-1) or go; name "" for none."""
    loose = "fist" if RUNS <= legs < CROUCHES else "rest"
    if not name:
        bears = _whole(ease.far, "grip" if ease.busy else ease.hands[1] or loose)
        return Posture(_whole(ease.near, ease.hands[0] or loose), bears, legs, 0, 0, 0.0, 0.0, 1.0, 0)
    gesture = _BUSY.get(name, GESTURES[name]) if ease.busy else GESTURES[name]
    a, b, t = _between(gesture, *moment)
    free = not ease.busy or gesture.works
    arms = []
    for far in (False, True):
        rest = ease.far if far else ease.near
        start, stop = (_resolved(body, (p.far if far else p.near), far, ease) for p in (a, b))
        arms.append(rest if far and not free else (_mixed(start[0], stop[0], t), _mixed(start[1], stop[1], t)))
    mixed = {name: _mixed(getattr(a, name), getattr(b, name), t) for name in ("lean", "sink", "tilt", "lift", "rise")}
    near_hand, far_hand = (_shape(a.hands[n], b.hands[n], t) or _resting(ease, arms[n], n) or loose for n in (0, 1))
    return Posture(
        _whole(arms[0], near_hand),
        _whole(arms[1], "grip" if ease.busy else far_hand),
        _legs(a, b, t) if legs < 0 else legs,
        4 * round(mixed["lean"] / 4),
        round(mixed["lift"]),
        round(mixed["tilt"] * 2) / 2,
        round(mixed["rise"] * 4) / 4,
        1 + round(_mixed(a.stretch, b.stretch, t)) / 100,
        gesture.over if gesture.over and sum(arms[gesture.over - 1]) > 60 else 0,
    )


def _between(gesture: Gesture, since: float, span: float) -> tuple[Pose, Pose, float]:
    """The two keys about a frame, and how far it is from one to the other, eased."""
    begin, end = gesture.begin, [(-at, pose) for at, pose in gesture.end]
    hurry = min(1.0, span / max(begin[-1][0] - end[0][0], 1.0))  # too short: both ends go faster
    begin_over, end_from = begin[-1][0] * hurry, span + end[0][0] * hurry
    if since <= begin_over:
        return _placed(begin, since / hurry if hurry else 0.0)
    if since >= end_from:
        return _placed(end, (since - span) / hurry)
    if not gesture.beat:
        return _placed(((0.0, begin[-1][1]), (1.0, end[0][1])), (since - begin_over) / max(end_from - begin_over, 1.0))
    round_ = gesture.beat[-1][0]
    left = int((end_from - begin_over) // round_)
    done = (since - begin_over) / round_
    return _placed(gesture.beat, (done % 1) * round_) if done < left else (end[0][1], end[0][1], 0.0)


def _placed(keys: Sequence[Key], at: float) -> tuple[Pose, Pose, float]:
    for (t0, a), (t1, b) in pairwise(keys):
        if at <= t1:
            t = min(max((at - t0) / max(t1 - t0, 1e-6), 0.0), 1.0)
            return a, b, t * t * (3 - 2 * t)
    return keys[-1][1], keys[-1][1], 0.0


def _resolved(body: Measures, hand: Hand, far: bool, ease: Ease) -> tuple[float, float]:
    rest = ease.far if far else ease.near
    if hand is None:
        return rest
    if isinstance(hand, Off):
        return rest[0] + hand.upper, rest[1] + hand.fore
    if not isinstance(hand, str):
        return hand
    if hand == "meet" and ease.meet is None:
        return 71.0, 7.0
    across, up = body.shoulder_half, body.shoulder - body.neck
    places = {
        "chin": Spot(0.16 * body.head, body.chin + 0.16 * body.head),
        "brim": Spot(BRIM * body.head, body.chin - 0.42 * body.head),  # from its own side: no arm before a face
        "chest": Spot((0.9 if far else 0.72) * across, body.shoulder + 0.32 * (body.upper + body.fore)),
        "lap": Spot(0.75 * across, body.shoulder + 0.60 * (body.upper + body.fore) + 0.1 * up),
    }
    if hand == "meet" and ease.meet is not None:
        return aim(body, Spot(ease.meet[0] - 0.42 * body.hand, ease.meet[1]), far)
    return aim(body, places[hand], far)


def _shape(a: str, b: str, t: float) -> str:
    return a if t < 0.45 else b


def _resting(ease: Ease, arm: tuple[float, float], n: int) -> str:
    """The shape of a hand that has not left its place on the trunk."""
    rest = (ease.near, ease.far)[n]
    return ease.hands[n] if abs(arm[0] - rest[0]) + abs(arm[1] - rest[1]) < 5 else ""


def _legs(a: Pose, b: Pose, t: float) -> int:
    """The number of the legs between two poses that stand, fly or sit."""
    if a.sit or b.sit:
        return SITS + round(STEPS * _mixed(a.sit, b.sit, t))
    tuck = (a.tuck if t < 0.5 else b.tuck) if min(a.tuck, b.tuck) < 0 else _mixed(a.tuck, b.tuck, t)
    if tuck >= 0:
        return FLIES + round(STEPS * tuck)
    sink = round(_mixed(a.sink, b.sink, t))
    return CROUCHES + sink if sink > 0 else TIPTOES - sink if sink < 0 else STANDS


def _mixed(a: float, b: float, t: float) -> float:
    return a + (b - a) * t


def _whole(pose: tuple[float, float], hand: str) -> tuple[int, int, str]:
    """Angles on a grid of two degrees."""
    return 2 * round(pose[0] / 2), 2 * round(pose[1] / 2), hand


def nod(since: float, span: float) -> float:
    """Degrees that a nod bends the head back (negative: forward), twice, the second time less, after a small lift."""
    t = since / max(span, 1)
    if not 0 <= t < 1:
        return 0.0
    lift = 2.0 * sin(pi * t / 0.12) if t < 0.12 else 0.0
    wave = sin(pi * min(2 * (t - 0.06), 1.9999)) ** 2 if t > 0.06 else 0.0
    return lift - 11.0 * wave * (1.0 if t < 0.56 else 0.6)

"""What a four-legged animal does at each frame, as tracks: gaits, stances, its tail and its ears."""

from __future__ import annotations

from typing import Any

import numpy as np

from rules import _quadruped
from rules._kit import GAITS, MOODS, SETTLE, Acted, Floats, Ints, Track, face_of, lit, told_apart
from rules._quadruped import BLENDS, STANCES, WAGS, Figure

#: degrees that the ears are turned back by a mood
_EARS = {"angry": 26, "sad": 20, "worried": 16, "tired": 12, "surprised": -6}


def act(params: Figure, acting: Acted) -> list[Track]:
    """The tracks of an animal, back to front."""
    shape, unit = _quadruped.shape_of(params), params.height / 100
    n = len(acting.phase)
    zeros, ones, full = np.zeros(n), np.ones(n), np.full(n, 255, np.int32)
    facing = acting.facing.astype(np.float64)
    light = (acting.facing, acting.lamp, acting.side)
    blend = np.minimum(acting.settled * BLENDS // SETTLE, BLENDS).astype(np.int32)
    before = np.where(blend >= BLENDS, acting.stance, acting.before)
    stance = (before, acting.stance, np.where(before == acting.stance, 0, blend))
    gait = np.where(acting.phase >= 0, np.minimum(acting.gait, 1), 0).astype(np.int32)

    def said(row: tuple[int, ...]) -> list[Any]:
        return [STANCES[row[0]], STANCES[row[1]], row[2]]

    bodies, body_codes = told_apart(
        (gait, acting.phase, *stance, *light),
        lambda r: {
            "part": "body", "gait": GAITS[r[0]], "phase": r[1], "stance": said(r[2:5]), **lit(acting.time, r[5:])
        },
    )  # fmt: skip
    tails, tail_codes = told_apart(
        (*_tail(acting), *stance, *light),
        lambda r: {"part": "tail", "amount": r[0], "n": r[1], "stance": said(r[2:5]), **lit(acting.time, r[5:])},
    )
    heads, head_codes = told_apart(
        (acting.yaw, _ears(acting), *light),
        lambda r: {"part": "head", "yaw": r[0], "ears": r[1], **lit(acting.time, r[2:])},
    )
    features = (acting.yaw, acting.mood, acting.mouth, acting.lids, acting.gaze_x, acting.gaze_y)
    faces, face_codes = told_apart((*features, *light), lambda r: {**face_of(r[:6]), **lit(acting.time, r[6:])})
    poses = [_quadruped.pose(shape, b["gait"], b["phase"], _quadruped.stances_of(b)) for b in bodies]
    neck = np.array([p.neck for p in poses])[body_codes] * unit
    root = np.array([p.tail for p in poses])[body_codes] * unit
    stretch = 1 + 0.006 * acting.breath
    up = acting.height
    turn = -facing * (acting.tilt + _nodded(acting))
    head_x, head_y = facing * neck[:, 0], up - neck[:, 1] * stretch
    shadows, shadow_codes = told_apart(
        (acting.facing, np.array([_low(p) for p in poses], np.int32)[body_codes]),
        lambda r: {"part": "shadow", "flip": int(r[0] < 0), "low": r[1]},
    )
    return [
        Track("shadow", "shadow", shadows, shadow_codes, zeros, up, zeros, ones, full, -0.02),
        Track("tail", "figure", tails, tail_codes, facing * root[:, 0], up - root[:, 1], zeros, ones, full, -0.001),
        Track("body", "figure", bodies, body_codes, zeros, up, zeros, stretch, full, 0.0),
        Track("head", "figure", heads, head_codes, head_x, head_y, turn, ones, full, 0.001),
        Track("face", "face", faces, face_codes, head_x, head_y, turn, ones, full, 0.002),
    ]


def _low(found: _quadruped.Pose) -> int:
    """0 standing to 2 with the belly on the ground: how wide the shadow is dark."""
    return round(2 * found.low)


def _number(gesture: str) -> int:
    return 1 + list(_quadruped.GESTURES).index(gesture)


def _tail(acting: Acted) -> tuple[Ints, Ints]:
    """(how much it swings: idle, walking, swishing; which drawing of the swing)."""
    swishing = acting.gesture == _number("swish")
    walking = acting.phase >= 0
    amount = np.where(swishing, 2, np.where(walking, 1, 0))
    each = np.where(swishing, 2, np.where(walking, 2, 6))
    n = np.where(swishing, acting.since // each, np.where(walking, acting.phase * WAGS // 24, acting.clock // each))
    return amount.astype(np.int32), (n % WAGS).astype(np.int32)


def _ears(acting: Acted) -> Ints:
    """Degrees that the ears are turned back; they flick when asked to, and now and then by themselves."""
    moods = np.array([_EARS.get(m, 0) for m in MOODS])[acting.mood]
    flick = np.array([0, 14, 22, 8, 16, 6, 0, 0, 12, 0])
    asked = acting.gesture == _number("ears")
    alone = (acting.clock % 170 >= 150) & (acting.phase < 0) & (acting.gesture == 0)
    step = np.where(asked, acting.since // 2, (acting.clock % 170 - 150) // 2)
    return np.where(asked | alone, moods + flick[np.clip(step, 0, 9)], moods).astype(np.int32)


def _nodded(acting: Acted) -> Floats:
    """Degrees that the head bends: a nod, and a little with each step."""
    nodding = acting.gesture == _number("nod")
    t = np.minimum(acting.since / np.maximum(acting.span, 1), 1)
    steps = np.where(acting.phase >= 0, 1.2 * np.sin(4 * np.pi * acting.phase / 24 + 0.4), 0.0)
    return np.where(nodding, -11.0 * np.sin(np.pi * t * 2) ** 2, steps)

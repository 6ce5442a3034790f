"""What a bird does at each frame, as tracks: hops, flight, landing, pecking, and the quick turns of its head."""

from __future__ import annotations

from typing import Any

import numpy as np

from rules import _bird
from rules._bird import BEATS, Figure, Shape, lift_of_hop
from rules._kit import GAITS, MOODS, Acted, Floats, Ints, Track, lit, told_apart

#: degrees that each viseme opens the beak: X at rest, then A to H
OPEN = (0, 0, 5, 10, 18, 12, 7, 6, 9)
_MOVES = ("stand", "hop", "fly", "leave", "land", "settle", "peck", "caw", "flap")
_LEAVING, _LANDING, _SETTLING = 6, 10, 8
_COCKS = (0.0, 0.0, -7.0, 4.0, 0.0, 9.0, 0.0, -4.0)  # degrees; a bird holds its head still, then moves it at once


def act(params: Figure, acting: Acted) -> list[Track]:
    """The tracks of a bird, back to front."""
    shape, unit = _bird.shape_of(params), params.height / 100
    n = len(acting.phase)
    zeros, ones, full = np.zeros(n), np.ones(n), np.full(n, 255, np.int32)
    facing = acting.facing.astype(np.float64)
    light = (acting.facing, acting.lamp, acting.side)
    move, number = _moves(params, shape, acting)
    bodies, body_codes = told_apart(
        (move, number, *light),
        lambda r: {"part": "body", "move": _MOVES[r[0]], "n": r[1], **lit(acting.time, r[2:])},
    )
    yaw = np.where(move == _MOVES.index("fly"), 90, acting.yaw).astype(np.int32)
    heads, head_codes = told_apart((yaw, *light), lambda r: {"part": "head", "yaw": r[0], **lit(acting.time, r[1:])})
    features = (yaw, _lidded(acting), _opened(params, acting), acting.gaze_x, acting.gaze_y)
    faces, face_codes = told_apart(
        (*features, *light),
        lambda r: {
            "part": "face", "yaw": r[0], "lids": r[1], "open": r[2], "gaze": [r[3], r[4]], **lit(acting.time, r[5:])
        },
    )  # fmt: skip
    necks = np.array([_bird.neck(shape, _bird.pose(shape, b["move"], b["n"])) for b in bodies]) * unit
    up = acting.height + _lifted(acting) * unit
    neck = necks[body_codes]
    turn = -facing * (acting.tilt + _cocked(acting) + _bent(params, shape, acting, move, number))
    stretch = 1 + 0.006 * acting.breath
    low = np.clip(1 - (acting.height / unit + _lifted(acting)) / 90, 0.0, 1.0)
    shade = np.rint(255 * (0.15 + 0.85 * low) * (acting.height < 8 * 100 * unit)).astype(np.int32)
    head_x, head_y = facing * neck[:, 0], up - neck[:, 1] * stretch
    shadows = [{"part": "shadow"}], np.zeros(n, np.int32)
    return [
        Track("shadow", "shadow", *shadows, zeros, _ground(acting), zeros, ones, shade, -0.02),
        Track("body", "figure", bodies, body_codes, zeros, up, zeros, stretch, full, 0.0),
        Track("head", "figure", heads, head_codes, head_x, head_y, turn, ones, full, 0.001),
        Track("face", "face", faces, face_codes, head_x, head_y, turn, ones, full, 0.002),
    ]


def _ground(acting: Acted) -> Floats:
    """Where the shadow lies: on what it stands on, and on the floor while it flies."""
    return np.where(acting.flown >= 0, 0.0, acting.height)


def _moves(params: Figure, shape: Shape, acting: Acted) -> tuple[Ints, Ints]:
    """(the move as a place in `_MOVES`, the number of its drawing) at each frame."""
    move, number = np.zeros(len(acting.phase), np.int32), np.zeros(len(acting.phase), np.int32)

    def put(name: str, where: Any, n: Any) -> None:
        move[where], number[where] = _MOVES.index(name), np.broadcast_to(n, move.shape)[where]

    for name, top, steps in (("peck", 4, _pecks(acting)), ("caw", 3, _caws(acting))):
        going = (acting.gesture == _number(name)) & (steps > 0)
        put(name, going, np.minimum(steps, top))
    put("flap", (acting.gesture == _number("flap")) & (acting.span - acting.since > 3), acting.since // 2 % 4)
    put("hop", acting.phase >= 0, acting.phase % 12)
    aloft = (acting.flown >= 0) & (acting.gait == GAITS.index("fly"))
    put("fly", aloft, _beats(shape, acting))
    put("leave", aloft & (acting.flown < _LEAVING), acting.flown // 2)
    put("land", aloft & (acting.landing <= _LANDING), np.maximum(acting.landing, 0) // 2)
    put("settle", (acting.landing < 0) & (acting.landing > -_SETTLING) & (acting.phase < 0), (-acting.landing - 1) // 2)
    return move, number


def _beats(shape: Shape, acting: Acted) -> Ints:
    """Which drawing of a beat; birds that beat slowly also glide."""
    drawn = acting.clock * BEATS // shape.beat % BEATS
    gliding = (shape.beat >= 10) & (acting.clock % 48 >= 26)
    return np.where(gliding, BEATS, drawn).astype(np.int32)


def _number(gesture: str) -> int:
    return 1 + list(_bird.GESTURES).index(gesture)


def _lifted(acting: Acted) -> Floats:
    """u above the ground in a hop."""
    lifts = np.array([lift_of_hop(n / 12) for n in range(12)])
    return np.where(acting.phase >= 0, lifts[acting.phase % 12], 0.0)


def _pecks(acting: Acted) -> Ints:
    """0 upright to 4 at the ground: down, two taps, up."""
    t, left = acting.since, acting.span - acting.since
    taps = np.where((t // 4) % 2 == 0, 4, 3)
    return np.asarray(np.minimum(np.minimum(t // 2, np.maximum(left // 2, 0)), taps), np.int32)


def _caws(acting: Acted) -> Ints:
    """0 upright to 3 stretched, twice."""
    half = np.maximum(acting.span // 2, 2)
    t = acting.since % half
    return np.minimum(np.minimum(t // 2 + 1, 3), np.maximum((half - t) // 2, 0)).astype(np.int32)


def _opened(params: Figure, acting: Acted) -> Ints:
    """Degrees that the beak is open."""
    caw = np.array([0, 14, 24, 28])[_caws(acting)]
    said = np.array(OPEN)[acting.mouth]
    return np.where(acting.gesture == _number("caw"), caw, said).astype(np.int32)


def _lidded(acting: Acted) -> Ints:
    """0 wide, 1 half, 2 closed, 3 angry: a lid that slants."""
    mood = acting.mood
    low = np.isin(mood, [MOODS.index("tired"), MOODS.index("sad"), MOODS.index("amused")])
    cross = mood == MOODS.index("angry")
    return np.where(acting.lids == 2, 2, np.where(cross, 3, np.where((acting.lids == 1) | low, 1, 0))).astype(np.int32)


def _cocked(acting: Acted) -> Floats:
    """Degrees that the head is held askew, in jerks at hashed moments; still while it looks or speaks."""
    tick = acting.clock.astype(np.int64) // 26
    which = (tick * 2654435761 % 4294967296 // 65536) % len(_COCKS)
    idle = (acting.phase < 0) & (acting.flown < 0) & (acting.mouth == 0) & (acting.gesture == 0) & (acting.tilt == 0)
    return np.where(idle, np.array(_COCKS)[which], 0.0)


def _bent(params: Figure, shape: Shape, acting: Acted, move: Ints, number: Ints) -> Floats:
    """Degrees that the head goes along with the body: wholly when it pecks, hardly when it flies."""
    found = np.zeros(len(move))
    found = np.where(move == _MOVES.index("peck"), np.array([0, -8, -22, -40, -54])[np.minimum(number, 4)], found)
    found = np.where(move == _MOVES.index("caw"), np.array([0, 4, 10, 13])[np.minimum(number, 3)], found)
    found = np.where(move == _MOVES.index("fly"), -4.0, found)
    found = np.where(move == _MOVES.index("land"), -6.0, found)
    nodding = acting.gesture == _number("nod")
    return np.where(
        nodding, -14.0 * np.sin(np.pi * np.minimum(acting.since / np.maximum(acting.span, 1), 1)) ** 2, found
    )

"""What every kit of characters shares: tracks, landmarks, and how acting is told apart into drawings.

A kit is a module with `Params`, `box`, `draw`, `act`, `step_length`, `landmarks`, and tables of the
gestures and stances that it knows. Nothing here knows of pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, hypot, pi, radians, sin
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Point = tuple[float, float]

MOODS = ("neutral", "amused", "delighted", "tired", "sad", "angry", "surprised", "worried")
MOUTHS = "XABCDEFGH"  #: visemes by number; X is closed at rest
ALOFT = 999  #: frames since take-off, or until touch-down, of who comes or goes flying
SETTLE = 12  #: frames that sitting down or getting up takes


def face_of(row: tuple[int, ...]) -> dict[str, Any]:
    """The variant of a face, from the row of its yaw, mood, mouth, lids and gaze."""
    yaw, mood, mouth, lids, gaze_x, gaze_y = row
    return {
        "part": "face",
        "yaw": yaw,
        "mood": MOODS[mood],
        "mouth": MOUTHS[mouth],
        "lids": lids,
        "gaze": [gaze_x, gaze_y],
    }


class Track(NamedTuple):
    """One drawing of a figure through n frames.

    variants[codes[n]] is shown at frame n, its origin x metres right of and y metres above the
    figure's own, turned by `turn` degrees (clockwise on screen), stretched upwards by `stretch`, its area kept,
    with opacity 0 to 255. nearer: metres by which it lies before the figure's depth.
    """

    layer: str
    role: str
    variants: list[dict[str, Any]]
    codes: Ints
    x: Floats
    y: Floats
    turn: Floats
    stretch: Floats
    opacity: Ints
    nearer: float


class Landmarks(NamedTuple):
    """Heights above the floor in metres, standing: what a framing is made by."""

    hips: float
    chin: float
    eyes: float
    crown: float  # with the hat


class Acted(Protocol):
    """What kits read of `rules.character.Acting`; meanings are told there."""

    @property
    def phase(self) -> Ints: ...
    @property
    def gesture(self) -> Ints: ...
    @property
    def since(self) -> Ints: ...
    @property
    def span(self) -> Ints: ...
    @property
    def mood(self) -> Ints: ...
    @property
    def mouth(self) -> Ints: ...
    @property
    def lids(self) -> Ints: ...
    @property
    def gaze_x(self) -> Ints: ...
    @property
    def gaze_y(self) -> Ints: ...
    @property
    def yaw(self) -> Ints: ...
    @property
    def tilt(self) -> Floats: ...
    @property
    def facing(self) -> Ints: ...
    @property
    def lamp(self) -> Ints: ...
    @property
    def side(self) -> Ints: ...
    @property
    def breath(self) -> Floats: ...
    @property
    def time(self) -> str: ...
    @property
    def gait(self) -> Ints: ...
    @property
    def height(self) -> Floats: ...
    @property
    def flown(self) -> Ints: ...
    @property
    def landing(self) -> Ints: ...
    @property
    def stance(self) -> Ints: ...
    @property
    def before(self) -> Ints: ...
    @property
    def settled(self) -> Ints: ...
    @property
    def clock(self) -> Ints: ...


GAITS = ("walk", "run", "fly")


def told_apart(
    columns: tuple[Ints, ...], variant: Callable[[tuple[int, ...]], dict[str, Any]]
) -> tuple[list[dict[str, Any]], Ints]:
    """The distinct rows of some columns as variants, and for each frame the number of its variant."""
    table = np.stack(columns)
    lows, highs = table.min(1, initial=0).tolist(), table.max(1, initial=0).tolist()
    weights = [1]  # of the columns in a number for each row, in the order of rows; the last one's first
    for low, high in zip(lows[:0:-1], highs[:0:-1], strict=True):
        weights.append(weights[-1] * (high - low + 1))
    names = (np.array(weights[::-1], np.int64)[:, None] * table).sum(0)
    order = np.argsort(names, kind="stable")  # np.unique does this too, in twice the time where so few are sorted
    in_order = names[order]
    begins = np.ones(len(order), np.bool_)
    np.not_equal(in_order[1:], in_order[:-1], out=begins[1:])
    codes = np.empty(len(order), np.int32)
    codes[order] = np.cumsum(begins) - 1
    return [variant(tuple(row)) for row in table[:, order[begins]].T.tolist()], codes


def lit(time: str, row: tuple[int, ...]) -> dict[str, Any]:
    """(facing, lamp, side) as the part of a variant that says which way it looks and what lights it."""
    return {"flip": int(row[0] < 0), "light": {"time": time, "lamp": row[1], "side": row[2]}}


def eased(t: float) -> float:
    """0 to 1, slow at both ends."""
    t = min(max(t, 0.0), 1.0)
    return t * t * (3 - 2 * t)


def polar(at: Point, degrees: float, length: float) -> Point:
    """A point that far away, degrees counted from ahead upwards (y runs down)."""
    t = radians(degrees)
    return at[0] + length * cos(t), at[1] - length * sin(t)


def turned(p: Point, degrees: float, about: Point = (0.0, 0.0)) -> Point:
    """A point turned about another one; positive turns x towards y, clockwise on screen."""
    t = radians(degrees)
    x, y = p[0] - about[0], p[1] - about[1]
    return about[0] + x * cos(t) - y * sin(t), about[1] + x * sin(t) + y * cos(t)


def joint(root: Point, end: Point, lengths: Point, side: int) -> tuple[Point, Point]:
    """(the joint between two bones, where the second one really ends): `end` is drawn in when out of reach."""
    dx, dy = end[0] - root[0], end[1] - root[1]
    way = max(hypot(dx, dy), 1e-6)
    first, second = lengths
    reach = min(max(way, abs(first - second) + 0.1), first + second - 0.05)
    bend = float(np.arccos(np.clip((first**2 + reach**2 - second**2) / (2 * first * reach), -1, 1)))
    angle = float(np.arctan2(dy, dx)) + side * bend
    tip = root[0] + dx / way * reach, root[1] + dy / way * reach
    return (root[0] + first * cos(angle), root[1] + first * sin(angle)), tip


def wave(phase: float, late: float = 0.0) -> float:
    """The sine of a cycle, phase 0 to 1, `late` by some of it."""
    return sin(2 * pi * (phase - late))

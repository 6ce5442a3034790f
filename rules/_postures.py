"""Postures of a biped through n frames: which body is drawn at each, and where its head, prop and shadow go with it.

Closed forms over arrays, read while planning: each posture is made once, however many frames show it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules import _bones, _gestures, _held
from rules._bones import Figure
from rules._gait import CROUCHES, RUNS, gait
from rules._gestures import Ease, Posture
from rules._kit import told_apart

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

_RUN_LEAN = 24  # hundredths


class Stands(NamedTuple):
    """A figure through n frames: its bodies without their light, the number of each frame's, and what comes with
    it, lengths in u: the head's pivot, the grip (x, y, degrees), how far the trunk is back, its rise, ..."""

    bodies: list[dict[str, Any]]
    codes: Ints
    neck: Floats
    grip: Floats
    back: Floats
    rise: Floats
    tilt: Floats
    stretch: Floats
    over: NDArray[np.bool_]
    holding: NDArray[np.bool_]

    @property
    def near_ground(self) -> Floats:
        """1 on the ground, less in the air: the weight of a shadow."""
        return np.asarray(1 - np.clip(self.rise / 50, 0, 0.6))


def stands(params: Figure, columns: tuple[Ints, ...]) -> Stands:
    """Every posture of a figure, made once; columns: of each frame the legs, gesture, frames since it began, its
    span, lean, lag, what is held, the body's yaw and where hands meet, as in `character.Acting`."""
    made, codes = told_apart(columns, _poses_of(params))
    bodies: list[dict[str, Any]] = []
    places = [_place_of(posed["body"], bodies) for posed in made]

    def each(name: str) -> Floats:
        return np.array([posed[name] for posed in made], np.float64)[codes]

    return Stands(
        bodies, np.array(places, np.int32)[codes], each("neck"), each("grip"), each("back"), each("rise"),
        each("tilt"), each("stretch"), each("over") > 0, each("holding") > 0,
    )  # fmt: skip


def _place_of(body: dict[str, Any], bodies: list[dict[str, Any]]) -> int:
    """Where a body stands among those before it, or at their end: equal ones are one drawing."""
    if body not in bodies:
        bodies.append(body)
    return bodies.index(body)


@lru_cache(maxsize=64)
def _poses_of(params: Figure) -> Callable[[tuple[int, ...]], dict[str, Any]]:
    """`_posed` of a figure; three quarters of what it does in a feature it has done in another scene."""
    return lru_cache(maxsize=1024)(lambda row: _posed(params, row))


def _posed(params: Figure, row: tuple[int, ...]) -> dict[str, Any]:
    """The body of a row of columns (see `_stands`), and what comes with it."""
    legs, gesture, since, span, lean, lag, held, yaw, *meet = row
    extra = held_in(params, held)
    bears = _bones.bearing(params, extra)
    name = _gestures.NAMES[gesture - 1] if gesture else ""
    centimetre = 1 / params.height  # in u
    at = (meet[0] * centimetre, -meet[1] * centimetre) if any(meet) else None
    ease = Ease(
        _bones.rest(params, legs), _bones.hold(bears, legs), bears.holds != "none", at, _bones.hands(bears, legs)
    )
    posture = _gestures.posture(_bones.measures(params), name, (since, span), legs, ease)
    bend = lean + posture.lean + (_RUN_LEAN if CROUCHES > legs >= RUNS else 0)
    body = _body(posture, bend, lag, extra if yaw == 45 else {"yaw": yaw, **extra})
    form = _bones.posed(params, body)
    return {
        "body": body,
        "neck": tuple(_bones.neck(form, posture.legs)),
        "grip": _bones.grip(params, body) if bears.holds != "none" else (0.0, 0.0, 0.0),
        "back": -gait(form, posture.legs).forward,
        "rise": posture.rise,
        "tilt": posture.tilt - 0.30 * bend + 1.2 * _bones.measures(params).sway,  # the head answers the hips
        "stretch": posture.stretch,
        "over": posture.over > 0 and yaw <= 90,
        "holding": bears.holds != "none",
    }


def _body(posture: Posture, lean: int, lag: int, extra: dict[str, Any]) -> dict[str, Any]:
    """The variant of a body: what is as usual is left out."""
    body: dict[str, Any] = {"part": "body", "legs": posture.legs, "near": list(posture.near), "far": list(posture.far)}
    body |= {name: value for name, value in (("lean", lean), ("lift", posture.lift), ("lag", lag)) if value}
    if posture.over:
        body["over"] = posture.over
    return {**body, **extra}


def held_in(params: Figure, held: int) -> dict[str, Any]:
    """What is held, if it is not what the parameters say."""
    name = params.holds if held == 0 else "none" if held < 0 else _held.NAMES[held - 1]
    return {} if name == params.holds else {"held": name}

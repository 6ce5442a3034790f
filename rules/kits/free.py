"""A figure of your own parts: outlines written as points, or pictures, each on a pivot, with the moves it makes.

Parts hang on one another, lie in an order, and turn when the figure walks, waves, nods, speaks, blinks
or looks. A figure is two drawings: what it is, and on top of it the parts that speak, blink and look.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from rules import _free, _kit
from rules._free_picture import Picture
from studio.params import Metres, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Variant

GESTURES = _free.GESTURES
STANCES = ("stand",)
PACES = {"walk": 12, "run": 8}  #: frames a step
FLIES = False


def _unwritten(value: tuple[Picture, ...]) -> tuple[Picture, ...]:
    if value:
        raise PydanticCustomError("pictures", "`pictures` is filled in by studio: name a file in a part's `picture`")
    return value


class Params(Base):
    """A figure of parts. Lengths in parts are u, hundredths of the height."""

    kit: Literal["free"] = knob("free", "the kit that the figure is built from")
    height: Metres = knob(1.0, "of 100 u", low=0.05, high=20.0, unit="m")
    parts: Annotated[tuple[_free.Part, ...], AfterValidator(_free.checked)] = knob(..., "what it is made of")
    step: float = knob(26.0, "u of ground that a step covers", low=2, high=200)
    bounce: float = knob(0.0, "u that it rises between two steps", low=0, high=100)
    pictures: Annotated[tuple[Picture, ...], AfterValidator(_unwritten)] = knob(
        (), "left out: studio fills in what the files that parts name hold"
    )


def box(params: Params, variant: Variant) -> Box:
    """Where a part can have paint, in metres about its origin."""
    return _free.box(params, variant)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The figure, or the parts of it that speak, blink and look."""
    from rules import _free_paint  # brings cv2, which planning does without

    return _free_paint.draw(params, variant, canvas, seed)


def act(params: Params, acting: _kit.Acted) -> list[_kit.Track]:
    """The tracks of a figure, back to front."""
    n, unit = len(acting.phase), params.height / 100
    zeros, ones, full = np.zeros(n), np.ones(n), np.full(n, 255, np.int32)
    zero = np.zeros(n, np.int32)
    light = (acting.facing, acting.lamp, acting.side)
    going = np.where(acting.span > 0, acting.since * 8 // np.maximum(acting.span, 1) + 1, 0)
    waves = np.where(acting.gesture == 1, going, 0).astype(np.int32)
    nods = np.where(acting.gesture == 2, going, 0).astype(np.int32)
    sways = acting.clock // 6 % _free.SWAYS if any(p.sway for p in params.parts) else zero
    body = (acting.phase, waves, nods, sways.astype(np.int32))
    face = (*body, acting.mouth, acting.lids, acting.gaze_x, acting.gaze_y)
    up = acting.height + unit * params.bounce * np.abs(np.sin(np.pi * np.maximum(acting.phase, 0) / 12))
    stretch = 1 + 0.004 * acting.breath
    shadows, shadow_codes = _kit.told_apart((acting.facing,), lambda r: {"part": "shadow", "flip": int(r[0] < 0)})
    tracks = [_kit.Track("shadow", "shadow", shadows, shadow_codes, zeros, zeros, zeros, ones, full, -0.02)]
    for name, columns, role, nearer in (("body", body, "figure", 0.0), ("face", face, "face", 0.001)):
        if not _free.shown(params, name):
            continue
        count = len(columns)

        def said(row: tuple[int, ...], name: str = name, count: int = count) -> dict[str, Any]:
            return {"part": name, "move": list(row[:count]), **_kit.lit(acting.time, row[count:])}

        variants, codes = _kit.told_apart((*columns, *light), said)
        tracks.append(_kit.Track(name, role, variants, codes, zeros, up, zeros, stretch, full, nearer))
    return tracks


def step_length(params: Params, gait: str = "walk") -> float:
    """Metres of ground that one step covers."""
    return params.step * (1.4 if gait == "run" else 1.0) * params.height / 100


def landmarks(params: Params) -> _kit.Landmarks:
    """Where its middle, chin, eyes and crown are."""
    unit, top, (_, eyes) = params.height / 100, _free.crown(params), _free.eyes(params)
    return _kit.Landmarks(0.45 * top * unit, (eyes - 0.12 * top) * unit, eyes * unit, (top + 2) * unit)

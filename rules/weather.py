"""Weather: fog, rain, snow, embers or leaves in the air of a scene, in planes at three distances."""

from __future__ import annotations

from typing import Literal

from rules import _flying
from studio.params import Params as Base
from studio.params import knob
from studio.rule import Box, Canvas, Drawing, Variant


class Params(Base):
    """What is in the air. Sizes are picture heights, so that a close shot has the same weather as a wide one."""

    kind: Literal["fog", "rain", "snow", "embers", "leaves"] = knob("fog", "what is in the air")
    amount: float = knob(0.6, "how much of it", low=0.05, high=1)
    wind: float = knob(0.3, "how fast it is blown to the right; negative to the left", low=-1, high=1)


def box(params: Params, variant: Variant) -> Box:
    """The sheet: its cells from the origin to the right, or a bank of fog about the picture's middle."""
    kind = _flying.KINDS[params.kind]
    if not kind.cells:
        return Box(0.0, -0.62, float(variant["period"]), 0.24)
    width, height = _flying.cell(params.kind, params.wind, int(variant["plane"]))
    return Box(0.0, -height, kind.cells * width, 0.0)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The sheet of one plane. variant: {"plane": 0 to 2, "time": of day}, of fog also its {"period"}."""
    from rules import _weather_art  # brings OpenCV, which planning does without

    return _weather_art.draw(params, variant, canvas, seed)

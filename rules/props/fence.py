"""A fence of pickets or of rails, weathered, a little crooked, grass at its foot."""

from __future__ import annotations

from typing import Literal

from rules._foot import shadow_box
from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Layer, Variant

DEPTH = 11.0
LIGHT = 0.0  #: it gives none
LAYERS: tuple[Layer, ...] = (Layer("shadow", ground=True), Layer("fence"))


class Params(Base):
    """A fence."""

    kind: Literal["pickets", "rails"] = knob("pickets", "how it is built")
    length: float = knob(4.0, "from end to end", low=0.5, high=200, unit="m")
    height: float = knob(0.95, "of its posts", low=0.3, high=3, unit="m")
    paint: Colour = knob("#d8cfbf", "its colour")
    crooked: float = knob(0.5, "how far pickets lean, and how many are broken", low=0, high=1)
    snow: bool = knob(False, "snow on its tops")


def box(params: Params, variant: Variant) -> Box:
    """Metres for what stands, picture heights relative to the foot for its shadow."""
    half = params.length / 2
    if variant["layer"] == "shadow":
        return shadow_box(float(variant["z"]), half, 0.10)
    return Box(-half - 0.2, -0.08, half + 0.2, 1.25 * params.height + 0.1)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    from rules import _fence  # brings OpenCV, which planning does without

    return _fence.draw(params, variant, canvas, seed)

"""A barrel of staves with iron hoops, standing."""

from __future__ import annotations

from rules._foot import shadow_box
from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Layer, Variant

DEPTH = 9.0
LIGHT = 0.0  #: it gives none
LAYERS: tuple[Layer, ...] = (Layer("shadow", ground=True), Layer("barrel"))


class Params(Base):
    """A barrel."""

    height: float = knob(0.95, "of the barrel", low=0.2, high=3, unit="m")
    wood: Colour = knob("#94663f", "its staves")
    iron: Colour = knob("#4a4650", "its hoops")


def box(params: Params, variant: Variant) -> Box:
    """Metres for what stands, picture heights relative to the foot for its shadow."""
    h = params.height
    if variant["layer"] == "shadow":
        return shadow_box(float(variant["z"]), 0.32 * h, 0.26 * h)
    return Box(-0.46 * h, -0.09 * h, 0.46 * h, 1.1 * h)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    from rules import _barrel  # brings OpenCV, which planning does without

    return _barrel.draw(params, variant, canvas, seed)

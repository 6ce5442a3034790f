"""A crate of planks with a brace, apples or coals in it, or shut."""

from __future__ import annotations

from typing import Literal

from rules._foot import shadow_box
from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Layer, Variant

DEPTH = 9.0
LIGHT = 0.0  #: it gives none
LAYERS: tuple[Layer, ...] = (Layer("shadow", ground=True), Layer("crate"))


class Params(Base):
    """A crate."""

    width: float = knob(0.8, "of its front", low=0.2, high=4, unit="m")
    wood: Colour = knob("#b08a5c", "its planks")
    holds: Literal["nothing", "apples", "coals"] = knob("apples", "what lies in it; nothing: it is shut")


def box(params: Params, variant: Variant) -> Box:
    """Metres for what stands, picture heights relative to the foot for its shadow."""
    w = params.width
    if variant["layer"] == "shadow":
        return shadow_box(float(variant["z"]), 0.52 * w, 0.28 * w)
    return Box(-0.66 * w, -0.12 * w, 0.66 * w, 1.05 * w)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    from rules import _crate  # brings OpenCV, which planning does without

    return _crate.draw(params, variant, canvas, seed)

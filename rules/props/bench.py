"""A park bench: slats of wood on scrolled iron ends."""

from __future__ import annotations

from rules._foot import shadow_box
from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Layer, Variant

DEPTH = 9.0
LIGHT = 0.0  #: it gives none
LAYERS: tuple[Layer, ...] = (Layer("shadow", ground=True), Layer("bench"))


class Params(Base):
    """A bench."""

    wood: Colour = knob("#8a5f42", "its slats")
    iron: Colour = knob("#3f4a4a", "its ends")
    snow: bool = knob(False, "snow on it")


def box(params: Params, variant: Variant) -> Box:
    """Metres for what stands, picture heights relative to the foot for its shadow."""
    if variant["layer"] == "shadow":
        return shadow_box(float(variant["z"]), 0.86, 0.24)
    return Box(-1.15, -0.14, 1.15, 1.15)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    from rules import _bench  # brings OpenCV, which planning does without

    return _bench.draw(params, variant, canvas, seed)

"""A rowing boat of planks, afloat with its image in the water, or drawn up; with a mast and a sail if wanted."""

from __future__ import annotations

from rules._foot import shadow_box
from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Layer, Variant

DEPTH = 14.0
LIGHT = 0.0  #: it gives none
LAYERS: tuple[Layer, ...] = (Layer("shadow", ground=True), Layer("boat"))


class Params(Base):
    """A boat."""

    afloat: bool = knob(True, "in the water: mirrored below; else drawn up on the ground")
    paint: Colour = knob("#3f6a78", "its hull")
    stripe: Colour = knob("#d8b25e", "the uppermost plank")
    sail: bool = knob(False, "a mast with a tanned sail")
    cloth: Colour = knob("#b4613f", "the sail")


def box(params: Params, variant: Variant) -> Box:
    """Metres for what stands, picture heights relative to the foot for its shadow."""
    if variant["layer"] == "shadow":
        return shadow_box(float(variant["z"]), 1.55, 0.40)
    return Box(-2.0, -0.75 if params.afloat else -0.20, 2.0, 3.65 if params.sail else 0.95)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    from rules import _boat  # brings OpenCV, which planning does without

    return _boat.draw(params, variant, canvas, seed)

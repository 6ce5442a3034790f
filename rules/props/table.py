"""A round table with a cloth, a lamp under a shade, a pot of tea and a cup; or bare."""

from __future__ import annotations

from rules._foot import shadow_box
from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Layer, Variant

DEPTH = 8.2
LIGHT = 1.28  #: metres from the foot up to the flame of its lamp
LAYERS: tuple[Layer, ...] = (
    Layer("shadow", ground=True), Layer("table"), Layer("shade", "over", "lit"),
    Layer("glow", "emit", "lit", nearer=0.05),
)  # fmt: skip


class Params(Base):
    """A table."""

    wood: Colour = knob("#7a4e38", "its legs and top")
    cloth: Colour = knob("#e6d9c2", "the cloth")
    bare: bool = knob(False, "without a cloth")
    lamp: bool = knob(True, "a lamp stands on it; `lit: true` lights it")
    tea: bool = knob(True, "a pot and a cup")
    indoors: bool = knob(True, "in the light of a room; else in that of the sky")


def box(params: Params, variant: Variant) -> Box:
    """Metres for what stands, picture heights relative to the foot for its shadow."""
    layer = variant["layer"]
    if layer == "shadow":
        return shadow_box(float(variant["z"]), 0.52, 0.34)
    if layer == "glow":
        return Box(-2.2, LIGHT - 2.2, 2.2, LIGHT + 2.2)
    return Box(-0.84, -0.14, 0.84, 1.6)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    from rules import _table  # brings OpenCV, which planning does without

    return _table.draw(params, variant, canvas, seed)

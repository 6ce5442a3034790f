"""A cast-iron gas lamp: a stepped foot, a fluted post, a ladder bar, scrolls, and a lantern with a gilded crown."""

from __future__ import annotations

from rules._foot import pool_box
from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Layer, Variant

SIZE = 0.955  # metres of the lamp to 100 of the units it is drawn in
DEPTH = 9.0

LIGHT = 3.13 * SIZE  #: metres from the foot up to the flame
LAYERS: tuple[Layer, ...] = (
    Layer("shadow", ground=True),
    Layer("pool", "emit", "lit", ground=True),
    Layer("post"),
    Layer("glass", "over", "lit"),
    Layer("glow", "emit", "lit", nearer=0.05),
)
REACH = 5.8  # m, where the pool of light ends
HALO = 3.5  # m, where the glow ends


class Params(Base):
    """A street lamp."""

    iron: Colour = knob("#3a3547", "the post's paint")
    gilt: Colour = knob("#c99a48", "rings, crown and finial")
    warmth: float = knob(0.5, "colour of the light: 0 pale gas, 1 amber", low=0, high=1)
    bright: float = knob(1.0, "factor on the light", low=0, high=2)


def box(params: Params, variant: Variant) -> Box:
    """Metres for what stands, picture heights relative to the foot for what lies on the ground."""
    layer, z = variant["layer"], float(variant["z"])
    if layer == "pool":
        return pool_box(z, REACH)
    if layer == "shadow":
        return Box(-2.0 / z, -3.0 / z / z, 2.0 / z, 2.6 / z / z)
    if layer == "glow":
        return Box(-HALO, LIGHT - HALO, HALO, LIGHT + HALO)
    return Box(-0.60, -0.08, 0.60, 3.80)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    from rules import _street_lamp  # brings OpenCV, which planning does without

    return _street_lamp.draw(params, variant, canvas, seed)

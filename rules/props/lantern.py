"""A stable lantern: a tin foot, a round glass in wires, a chimney and a bail; on a stump, or on the floor."""

from __future__ import annotations

from rules._foot import pool_box, shadow_box
from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Layer, Variant

DEPTH = 8.6
LIGHT = 0.60  #: metres from the foot up to the flame, on a stump
LAYERS: tuple[Layer, ...] = (
    Layer("shadow", ground=True),
    Layer("pool", "emit", "lit", ground=True),
    Layer("lantern"),
    Layer("flame", "over", "lit"),
    Layer("glow", "emit", "lit", nearer=0.05),
)
STUMP = 42.0  #: cm from the floor to its top
REACH = 3.6  #: m, where the pool of light ends
HALO = 1.9  #: m, where the glow ends


class Params(Base):
    """A lantern."""

    tin: Colour = knob("#8a3f34", "the lantern's paint")
    bark: Colour = knob("#6d5140", "the stump")
    stump: bool = knob(True, "it stands on a stump; else on the floor")
    snow: bool = knob(False, "snow on the stump")
    bright: float = knob(1.0, "factor on the light", low=0, high=2)


def flame(params: Params) -> float:
    """Metres from the foot up to the flame."""
    return LIGHT if params.stump else LIGHT - STUMP / 100


def box(params: Params, variant: Variant) -> Box:
    """Metres for what stands, picture heights relative to the foot for what lies on the ground."""
    layer, z = variant["layer"], float(variant["z"])
    if layer == "shadow":
        return shadow_box(z, 0.26, 0.22)
    if layer == "pool":
        return pool_box(z, REACH)
    at = flame(params)
    if layer == "glow":
        return Box(-HALO, at - HALO, HALO, at + HALO)
    return Box(-0.42, -0.12, 0.42, at + 0.40)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    from rules import _lantern  # brings OpenCV, which planning does without

    return _lantern.draw(params, variant, canvas, seed)

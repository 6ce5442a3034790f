"""A moon on a string: a gilded crescent of papier mâché with a sleeping face, small stars hanging beside it."""

from __future__ import annotations

from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Layer, Variant

DEPTH = 12.0
LIGHT = 0.0  #: of the floor; its glow moves with `height`
LAYERS: tuple[Layer, ...] = (Layer("strings"), Layer("moon"), Layer("glow", "emit", nearer=0.05))
HALO = 3.2  # radii, where the glow ends
TOP = 60.0  # m, where the strings are tied


class Params(Base):
    """A moon on a string."""

    height: float = knob(3.5, "of its middle above the floor", low=0.5, high=30, unit="m")
    radius: float = knob(0.62, "of the whole disc", low=0.1, high=5, unit="m")
    gilt: Colour = knob("#e8bd62", "its colour")
    stars: int = knob(3, "small stars on strings of their own", low=0, high=3)
    bright: float = knob(1.0, "factor on its glow", low=0, high=2)


def box(params: Params, variant: Variant) -> Box:
    """Metres."""
    r, y = params.radius, params.height
    if variant["layer"] == "glow":
        return Box(-HALO * r, y - HALO * r, HALO * r, y + HALO * r)
    if variant["layer"] == "strings":
        return Box(-2.2 * r, y - 0.6 * r, 2.2 * r, TOP)
    return Box(-2.2 * r, y - 1.3 * r, 2.2 * r, y + 1.3 * r)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    from rules import _moon  # brings OpenCV, which planning does without

    return _moon.draw(params, variant, canvas, seed)

"""A near arcade of stone: its arch frames the picture, ivy hangs in one corner, an iron lantern in the other."""

from __future__ import annotations

from rules._frame_near import NEAR_DEPTH
from studio.params import Params as Base
from studio.params import knob
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = NEAR_DEPTH
GROUND = False
NEAR = True


class Params(Base):
    """A near arch."""

    weight: float = knob(1.0, "factor on the thickness of the stones in the picture", low=0.3, high=2)
    ivy: float = knob(0.7, "how much ivy hangs in the right corner", low=0, high=1)
    lantern: bool = knob(False, "an iron lantern that hangs in the left corner")
    blur: float = knob(0.0068, "out of focus, as the radius of a point", low=0, high=0.05, unit="m")


def box(params: Params, variant: Variant) -> Box:
    """Endless: an arcade to both sides, its wall above."""
    return Box(-1e4, -2.0, 1e4, 1e4)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The arcade over the canvas."""
    from rules import _arch  # brings OpenCV, which planning does without

    return _arch.draw(params, variant, canvas, seed)

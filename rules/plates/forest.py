"""A forest: ranks of trees that sink into the mist, a clearing in the middle, undergrowth, shafts of light."""

from __future__ import annotations

from typing import Literal

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = 22.0
GROUND = False
NEAR = False


class Params(Base):
    """A forest."""

    trees: Literal["conifers", "leafy", "mixed", "bare"] = knob("mixed", "what grows there")
    height: float = knob(7.5, "of the nearest trees", low=1, high=40, unit="m")
    opening: float = knob(9.0, "width of the clearing in the middle", low=0, high=80, unit="m")
    centre: float = knob(0.0, "middle of the clearing", low=-40, high=40, unit="m")
    mist: float = knob(0.6, "how thick it lies between the ranks", low=0, high=1)
    rays: float = knob(0.5, "shafts of light from the upper left", low=0, high=1)
    snow: bool = knob(False, "snow on the branches")


def box(params: Params, variant: Variant) -> Box:
    """Endless to both sides, from below the feet to the highest top."""
    return Box(-1e4, -0.9, 1e4, 1.5 * params.height + 1)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The trees that meet the canvas."""
    from rules import _forest  # brings OpenCV, which planning does without

    return _forest.draw(params, variant, canvas, seed)

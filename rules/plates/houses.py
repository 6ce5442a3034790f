"""A row of crooked houses on the left and on the right, leaving an opening in the middle."""

from __future__ import annotations

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = 15.0
GROUND = False
NEAR = False


class Params(Base):
    """A row of houses."""

    opening: float = knob(4.3, "width of the opening in the middle", low=0, high=40, unit="m")
    centre: float = knob(0.0, "middle of the opening", low=-20, high=20, unit="m")
    far: bool = knob(False, "the row behind the stage: closes the opening, all but a lane")
    lit: float = knob(1.0, "factor on the number of lit windows", low=0, high=2)
    ivy: float = knob(0.5, "how likely a house is overgrown", low=0, high=1)
    crooked: float = knob(1.0, "factor on how far walls lean and bow", low=0, high=3)


def box(params: Params, variant: Variant) -> Box:
    """Endless to both sides; as high as the tallest house with its chimney."""
    return Box(-1e4, -0.4, 1e4, 7.2)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The houses that meet the canvas."""
    from rules import _houses  # brings OpenCV, which planning does without

    return _houses.draw(params, variant, canvas, seed)

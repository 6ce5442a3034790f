"""A floor of boards that run away from us, with a rug if there is one, lamplight and the window's light on it."""

from __future__ import annotations

from typing import Literal

from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = 58.0  #: where it comes in the order of planes: before what is far
GROUND = True
NEAR = False
FARTHEST, NEAREST = 40.0, 0.8  # metres; between them floor is drawn


class Params(Base):
    """A floor of boards."""

    wood: Colour = knob("#9a6a48", "the boards")
    rug: bool = knob(True, "a rug lies there")
    rug_shape: Literal["oval", "long"] = knob("oval", "its outline: an oval, or a rectangle")
    rug_colour: Colour = knob("#8c4144", "the rug")
    rug_at: float = knob(7.2, "how far away its middle lies", low=1.5, high=30, unit="m")
    rug_x: float = knob(0.2, "how far right its middle lies", low=-20, high=20, unit="m")
    wall: float = knob(10.5, "how far away the wall with the lamps and the window is", low=2, high=40, unit="m")
    window: float = knob(-2.1, "where the window is that throws light; 9999 for none", low=-9999, high=9999, unit="m")
    lamp: float = knob(1.0, "factor on the lamplight", low=0, high=2)


def box(params: Params, variant: Variant) -> Box:
    """Endless to both sides, from 40 m away to our feet."""
    return Box(-1e4, -2.4 / NEAREST, 1e4, -2.4 / FARTHEST)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The floor over the canvas."""
    from rules import _boards  # brings OpenCV, which planning does without

    return _boards.draw(params, variant, canvas, seed)

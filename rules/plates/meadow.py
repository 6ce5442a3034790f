"""A meadow: grass in depth, tufts, flowers in drifts, a trodden path if there is one, light lying on it."""

from __future__ import annotations

from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = 58.0  #: where it comes in the order of planes: before what is far, whose foot it hides
GROUND = True
NEAR = False
FARTHEST, NEAREST = 70.0, 0.8  # metres; between them floor is drawn


class Params(Base):
    """A meadow."""

    grass: Colour = knob("#5f8440", "the grass in daylight")
    flowers: float = knob(0.6, "how many flowers", low=0, high=1)
    tall: float = knob(1.0, "factor on the height of blades and tufts", low=0.2, high=3)
    path: float = knob(0.0, "width of a trodden path that runs away from us; 0 for none", low=0, high=8, unit="m")
    path_at: float = knob(0.0, "where the path runs, seen 7 m away", low=-20, high=20, unit="m")


def box(params: Params, variant: Variant) -> Box:
    """Endless to both sides, from 70 m away to our feet."""
    return Box(-1e4, -2.4 / NEAREST, 1e4, -2.4 / FARTHEST + 0.02)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The meadow over the canvas; empty above z = 70."""
    from rules import _meadow  # brings OpenCV, which planning does without

    return _meadow.draw(params, variant, canvas, seed)

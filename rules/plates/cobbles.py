"""A square of cobbles laid in arches, with a gutter, pavements, worn patches, puddles, tufts and fallen leaves."""

from __future__ import annotations

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = 58.0  #: where it comes in the order of planes: before the skyline, whose foot it hides
GROUND = True
NEAR = False
FARTHEST, NEAREST = 70.0, 0.8  # metres; between them floor is drawn


class Params(Base):
    """Cobbles."""

    wet: float = knob(0.45, "puddles and the shine of damp stone", low=0, high=1)
    worn: float = knob(0.5, "how much the stones differ", low=0, high=1)
    green: float = knob(0.5, "tufts and fallen leaves", low=0, high=1)
    gutter: float = knob(-1.72, "where the gutter runs away from us", low=-20, high=20, unit="m")
    pavement: float = knob(13.75, "where the pavement before the houses begins; 70 for none", low=5, high=70, unit="m")
    lane: float = knob(3.7, "width of the lane between the pavements", low=0, high=40, unit="m")


def box(params: Params, variant: Variant) -> Box:
    """Endless to both sides, from 70 m away to our feet."""
    return Box(-1e4, -2.4 / NEAREST, 1e4, -2.4 / FARTHEST)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The floor over the canvas; empty above z = 70."""
    from rules import _cobbles  # brings OpenCV, which planning does without

    return _cobbles.draw(params, variant, canvas, seed)

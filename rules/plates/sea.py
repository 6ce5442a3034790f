"""The sea: swell that grows towards us, a glittering path of light, and a beach, a quay or nothing before it."""

from __future__ import annotations

from typing import Literal

from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = 250.0  #: where it comes in the order of planes: before sky and mountains, whose feet it hides
GROUND = True
NEAR = False
NEAREST = 0.8  # metres; from there to the horizon water is drawn


class Params(Base):
    """The sea."""

    water: Colour = knob("#1f7f8e", "the water in daylight, where one looks into it")
    swell: float = knob(0.5, "how high the waves go: 0 a pond, 1 a storm's", low=0, high=1)
    glitter: float = knob(0.8, "the path of light", low=0, high=1)
    shore: Literal["beach", "quay", "none"] = knob("beach", "what lies before it")
    edge: float = knob(11.0, "how far away the water begins", low=1, high=60, unit="m")


def box(params: Params, variant: Variant) -> Box:
    """Endless to both sides, from the horizon to our feet."""
    return Box(-1e4, -2.4 / NEAREST, 1e4, 0.0)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The water over the canvas, opaque below the horizon."""
    from rules import _sea  # brings OpenCV, which planning does without

    return _sea.draw(params, variant, canvas, seed)

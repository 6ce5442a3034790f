"""The sky: a gradient that bends round the sun, stars, a moon, banks of cloud and streaks at the horizon."""

from __future__ import annotations

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = 400.0
GROUND = False
NEAR = False


class Params(Base):
    """The sky."""

    clouds: float = knob(0.6, "how many banks of cloud", low=0, high=1)
    stars: float = knob(1.0, "factor on the number of stars", low=0, high=2)
    streaks: float = knob(0.6, "long thin clouds at the horizon", low=0, high=1)
    cover: float = knob(0.0, "how far a blanket of cloud closes the sky: 0 not at all, 1 wholly", low=0, high=1)
    sun_x: float = knob(0.0, "how far right of its place sun or moon stands, in picture heights", low=-2, high=2)
    sun_up: float = knob(0.0, "how far above it, in picture heights", low=-0.5, high=1)
    disc: float = knob(1.0, "factor on the size of the sun or the moon; 0 for neither", low=0, high=3)
    veil: float = knob(0.35, "torn cirrus high up", low=0, high=1)


def box(params: Params, variant: Variant) -> Box:
    """Endless."""
    return Box(-1e4, -1e4, 1e4, 1e4)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The sky over the canvas, opaque."""
    from rules import _sky  # brings OpenCV, which planning does without

    return _sky.draw(params, variant, canvas, seed)

"""The far city: two ranks of roofs in the haze, a cathedral's spire, lit windows, smoke."""

from __future__ import annotations

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = 60.0
GROUND = False
NEAR = False
LOW = -1.2  # the base reaches below the floor, so that no gap opens over the ground


class Params(Base):
    """The far city."""

    height: float = knob(1.0, "factor on the height of the roofs", low=0.3, high=2.5)
    spire: float = knob(-1.5, "where the cathedral's tower stands; 9999 for none", low=-9999, high=9999, unit="m")
    lit: float = knob(1.0, "factor on the number of lit windows", low=0, high=3)
    smoke: float = knob(0.6, "how many chimneys smoke", low=0, high=1)


def box(params: Params, variant: Variant) -> Box:
    """Endless to both sides, from below the floor to the weathercock."""
    return Box(-1e4, LOW - 0.3, 1e4, max(15.8, 12 * params.height))


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The roofs over the canvas."""
    from rules import _skyline  # brings OpenCV, which planning does without

    return _skyline.draw(params, variant, canvas, seed)

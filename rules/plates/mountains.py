"""Mountains: ranges of peaks with sunlit and shaded faces, snow above a line, mist in the valleys."""

from __future__ import annotations

from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = 300.0
GROUND = False
NEAR = False
LOW = -8.0  # the base reaches below the horizon


class Params(Base):
    """Mountains."""

    height: float = knob(1.0, "factor on the height of the peaks", low=0.2, high=2.5)
    ranges: int = knob(3, "how many ranges stand behind one another", low=1, high=3)
    rock: Colour = knob("#7d7688", "their rock in daylight")
    snow: float = knob(0.55, "how far down snow lies: 0 none, 1 to the foot", low=0, high=1)
    rugged: float = knob(0.6, "0 old and round, 1 all teeth", low=0, high=1)


def box(params: Params, variant: Variant) -> Box:
    """Endless to both sides, from below the horizon to the highest peak."""
    return Box(-1e4, LOW, 1e4, 8 + 56 * params.height)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The mountains that meet the canvas."""
    from rules import _mountains  # brings OpenCV, which planning does without

    return _mountains.draw(params, variant, canvas, seed)

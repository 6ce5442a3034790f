"""Hills: ranks of rolling ground with fields, hedges and woods, a farm here and there; under snow in winter."""

from __future__ import annotations

from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = 110.0
GROUND = False
NEAR = False
LOW = -3.0  # the base reaches below the floor, so that no gap opens over the ground


class Params(Base):
    """Hills."""

    height: float = knob(1.0, "factor on the height of the hills", low=0.2, high=3)
    ranks: int = knob(3, "how many ranks stand behind one another", low=1, high=4)
    grass: Colour = knob("#6f8f4e", "their green in daylight")
    fields: float = knob(0.6, "how much of them is ploughed, mown or in flower", low=0, high=1)
    woods: float = knob(0.6, "how much is wooded", low=0, high=1)
    farms: float = knob(0.4, "how likely a farm stands on a slope", low=0, high=1)
    snow: bool = knob(False, "under snow")


def box(params: Params, variant: Variant) -> Box:
    """Endless to both sides, from below the floor to the highest tree."""
    return Box(-1e4, LOW, 1e4, 4 + 17 * params.height)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The hills that meet the canvas."""
    from rules import _hills  # brings OpenCV, which planning does without

    return _hills.draw(params, variant, canvas, seed)

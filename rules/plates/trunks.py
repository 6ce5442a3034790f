"""Near trees that frame the picture: trunks at its sides, boughs along its upper edge, leaves, grass."""

from __future__ import annotations

from typing import Literal

from rules._frame_near import NEAR_DEPTH, frame_of
from studio.params import Params as Base
from studio.params import knob
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = NEAR_DEPTH
GROUND = False
NEAR = True


class Params(Base):
    """Near trees."""

    trees: Literal["leafy", "conifers", "bare"] = knob("leafy", "what hangs from the boughs")
    weight: float = knob(1.0, "factor on the thickness of the trunks", low=0.3, high=2)
    leaves: float = knob(0.7, "how much hangs into the picture", low=0, high=1)
    opening: float = knob(0.84, "share of the picture's width left free between the trunks", low=0.3, high=2)
    snow: bool = knob(False, "snow on the boughs")
    blur: float = knob(0.0065, "out of focus, as the radius of a point", low=0, high=0.05, unit="m")


def box(params: Params, variant: Variant) -> Box:
    """Endless: a wood to both sides."""
    frame = frame_of(variant)
    return Box(-1e4, frame.bottom - 2.0, 1e4, 1e4)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The near trees over the canvas."""
    from rules import _trunks  # brings OpenCV, which planning does without

    return _trunks.draw(params, variant, canvas, seed)

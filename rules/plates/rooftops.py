"""Rooftops: we stand among them. Ranks of tiled roofs with dormers, chimneys, cats and washing, lit attic windows."""

from __future__ import annotations

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = 11.0
GROUND = False
NEAR = False
LOW = -9.0  # roofs run down below the picture: there is no street to be seen


class Params(Base):
    """Rooftops."""

    height: float = knob(1.7, "of the nearer ridges", low=-3, high=10, unit="m")
    ranks: int = knob(3, "how many rows of roofs stand behind one another", low=1, high=3)
    lit: float = knob(1.0, "factor on the number of lit windows", low=0, high=2)
    smoke: float = knob(0.6, "how many chimneys smoke", low=0, high=1)
    washing: float = knob(0.5, "how likely washing hangs between two chimneys", low=0, high=1)
    snow: bool = knob(False, "snow on the roofs")


def box(params: Params, variant: Variant) -> Box:
    """Endless to both sides, from below the picture to the tallest chimney's smoke."""
    return Box(-1e4, LOW, 1e4, params.height + 5.5)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The roofs that meet the canvas."""
    from rules import _rooftops  # brings OpenCV, which planning does without

    return _rooftops.draw(params, variant, canvas, seed)

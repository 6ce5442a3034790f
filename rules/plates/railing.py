"""A near railing of wrought iron with spear finials, open in the middle between two gate posts."""

from __future__ import annotations

from rules._frame_near import NEAR_DEPTH, frame_of
from studio.params import Params as Base
from studio.params import knob
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = NEAR_DEPTH
GROUND = False
NEAR = True


class Params(Base):
    """A near railing."""

    height: float = knob(0.125, "how far the spears reach into the picture, in picture heights", low=0.02, high=0.5)
    opening: float = knob(0.74, "share of the picture's width left free in the middle", low=0, high=2)
    shift: float = knob(-0.02, "where the opening stands, in picture widths right of the middle", low=-1, high=1)
    blur: float = knob(0.0062, "out of focus, as the radius of a point", low=0, high=0.05, unit="m")


def box(params: Params, variant: Variant) -> Box:
    """Endless to both sides, up to the balls on the gate posts."""
    frame = frame_of(variant)
    return Box(-1e4, -1e4, 1e4, frame.bottom + (params.height + 0.16) * frame.height)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The railing over the canvas."""
    from rules import _railing  # brings OpenCV, which planning does without

    return _railing.draw(params, variant, canvas, seed)

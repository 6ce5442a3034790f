"""Snow on the ground: drifts with blue hollows, sparks of light, dry grass that stands out, a track if there is one."""

from __future__ import annotations

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = 58.0  #: where it comes in the order of planes: before what is far, whose foot it hides
GROUND = True
NEAR = False
FARTHEST, NEAREST = 70.0, 0.8  # metres; between them floor is drawn


class Params(Base):
    """Snow on the ground."""

    drifts: float = knob(0.6, "how high the wind has heaped it", low=0, high=1)
    grass: float = knob(0.4, "dry stalks that stand out of it", low=0, high=1)
    sparkle: float = knob(0.5, "crystals that catch the light", low=0, high=1)
    track: bool = knob(False, "footprints that lead away from us")
    track_at: float = knob(0.6, "where the footprints run, seen 7 m away", low=-20, high=20, unit="m")


def box(params: Params, variant: Variant) -> Box:
    """Endless to both sides, from 70 m away to our feet."""
    return Box(-1e4, -2.4 / NEAREST, 1e4, -2.4 / FARTHEST + 0.02)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The snow over the canvas; empty above z = 70."""
    from rules import _snow  # brings OpenCV, which planning does without

    return _snow.draw(params, variant, canvas, seed)

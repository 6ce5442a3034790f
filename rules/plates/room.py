"""A room: back wall, side walls and ceiling in perspective, with wainscot, window, pictures, books, lamps.

The floor is a plate of its own (`boards`), so that it moves rightly under the camera.
"""

from __future__ import annotations

from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = 10.5
GROUND = False
NEAR = False


class Params(Base):
    """A room."""

    width: float = knob(8.0, "of the back wall", low=2, high=60, unit="m")
    height: float = knob(3.5, "of the ceiling", low=2, high=12, unit="m")
    centre: float = knob(0.0, "middle of the back wall", low=-30, high=30, unit="m")
    paper: Colour = knob("#a8615a", "the wallpaper")
    wood: Colour = knob("#6b4a42", "wainscot, beams and shelves")
    curtains: Colour = knob("#8a3440", "the curtains")
    window: float = knob(-2.1, "where the window is; 9999 for none", low=-9999, high=9999, unit="m")
    shelf: float = knob(2.9, "where the bookshelf stands; 9999 for none", low=-9999, high=9999, unit="m")
    pictures: bool = knob(True, "pictures on the wall")
    lamp: float = knob(1.0, "factor on the light of the two wall lamps; they burn from dusk to dawn", low=0, high=2)


def box(params: Params, variant: Variant) -> Box:
    """Endless: its walls come past us. Below the floor's edge it is empty."""
    return Box(-1e4, -1e4, 1e4, 1e4)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The room over the canvas."""
    from rules import _room  # brings OpenCV, which planning does without

    return _room.draw(params, variant, canvas, seed)

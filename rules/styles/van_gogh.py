"""Van Gogh: thick curved strokes along the forms, swirls where a picture is empty, broken colour, dark contours.

Strokes are laid coarse to fine as by Hertzmann (1998), along a smoothed structure tensor (Kyprianidis and Doellner,
2008) and, where that says nothing, a flow with vortices; what makes a stroke his (even size, tight parallel rows) is
from Li et al. (2012). Strokes, their relief and their colours are minted into the drawings: frames of scenes cost
nothing, and nothing swims. On footage strokes stand on a fixed lattice and turn with what they paint; they take
their colour anew in each frame (Litwinowicz, 1997).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Context, Maps

U8 = NDArray[np.uint8]

CLOCK = "none"
NEEDS = ("normals",)
ROLES = ("figure", "face", "plate", "prop", "card", "emit")


class Params(Base):
    """How broad the brush, how restless, how thick the paint."""

    stroke: float = knob(1.0, "size of the strokes; faces have finer ones", low=0.5, high=2)
    length: float = knob(1.0, "length of the strokes in relation to their breadth", low=0.5, high=2)
    swirl: float = knob(1.0, "how far the brush turns where the picture is empty", low=0, high=2)
    broken: float = knob(1.0, "how far neighbouring strokes differ in hue and value", low=0, high=2)
    relief: float = knob(1.0, "thickness of the paint under the light", low=0, high=2)
    contour: float = knob(1.0, "weight of the dark strokes along borders", low=0, high=2)
    vivid: float = knob(1.0, "strength of the colours: blue in the shade, yellow in the light", low=0, high=2)


def drawing(rgba: U8, maps: Maps, params: Params, seed: int) -> U8:
    """A premultiplied RGBA drawing, painted, the same size. Shadows and weather stay."""
    from rules import _gogh_drawing, _gogh_subject  # bring OpenCV, which planning does without

    look = _gogh_subject.Look(**params.model_dump(), unit=max(maps.lines, 1) / 1080, seed=seed & 0xFFFFFF)
    if not rgba.any():
        return rgba.copy()
    if maps.role == "emit":
        return _gogh_drawing.light(rgba, maps, look)
    if maps.role == "face":
        return _gogh_drawing.features(rgba, look)
    paint = _gogh_drawing.form if maps.role in ("figure", "prop") else _gogh_drawing.ground
    return paint(rgba, maps, look)


def frame(rgb: U8, params: Params, context: Context) -> U8:
    """Footage, painted; what was drawn is painted already."""
    if context.drawn:
        return rgb.copy()
    from rules import _gogh_frame, _gogh_subject

    return _gogh_frame.painted(rgb, _gogh_subject.Knobs(**params.model_dump()), context.seed)

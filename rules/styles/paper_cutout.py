"""Paper cutout: pieces cut from craft paper and laid on one another, each with its grain, its edge and its shadow.

No algorithm is canonical. What is cut follows Flair's cutout controls (Montesdeoca et al.: papers, stencils, cast
shadow, bevel); outlines are cut in straight snips (Douglas and Peucker, 1973). Pieces are the parts of a drawing, laid
down from the lowest to the topmost; plates and footage are laid in sheets of few tones. Light falls the same way on
everything, and nothing boils: paper moves with its piece.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Context, Maps

U8 = NDArray[np.uint8]

CLOCK = "none"
NEEDS = ("parts", "flat")
_LEAST = 8  #: px of a side


class Params(Base):
    """Which paper, how it is cut, how far sheets lie apart."""

    shadow: float = knob(1.0, "depth of the shadows between sheets", low=0, high=2)
    paper: float = knob(1.0, "weight of the paper's tooth, fibres and grain", low=0, high=2)
    facets: float = knob(
        2.0, "how far cuts stray from the outline: more is fewer, longer snips", low=0, high=8, unit="px of 1080 lines"
    )
    torn: float = knob(0.0, "width of the white lip of torn paper; 0 is cut", low=0, high=8, unit="px of 1080 lines")
    edge: float = knob(1.0, "thickness of the sheets, as light on their edges shows it", low=0, high=2)
    curl: float = knob(1.0, "how far borders bend up", low=0, high=2)
    form: float = knob(0.25, "how much of the painted light is left on a sheet", low=0, high=1)
    craft: float = knob(1.0, "how far colours become those of dyed paper", low=0, high=2)
    sheets: int = knob(7, "sheets from black to white of plates and footage", low=3, high=14)
    brads: float = knob(1.0, "size of the brads at the joints of those who stand; 0 is none", low=0, high=2)


def drawing(rgba: U8, maps: Maps, params: Params, seed: int) -> U8:
    """A premultiplied RGBA drawing out of paper, the same size. Light and shadows are no paper and stay."""
    from rules import _paper, _paper_pieces, _paper_plate  # bring OpenCV, which planning does without

    look = _paper.Look(**params.model_dump(), unit=max(maps.lines, 1) / 1080)
    height, width = rgba.shape[:2]
    if not rgba[..., 3].any() or maps.role not in ("figure", "prop", "face", "plate", "card"):
        return rgba.copy()
    if min(height, width) < _LEAST:
        wide = [maps.parts, maps.flat]
        parts, flat = (None if each is None else _padded(each) for each in wide)
        out = drawing(_padded(rgba), replace(maps, parts=parts, flat=flat), params, seed)
        return np.ascontiguousarray(out[:height, :width])
    if maps.role in ("figure", "prop"):
        return _paper_pieces.form(rgba, maps, look, seed)
    if maps.role == "face":
        return _paper_pieces.face(rgba, maps, look, seed)
    return _paper_plate.ground(rgba, maps, look, seed)


def _padded(plane: U8) -> U8:
    """A plane large enough for OpenCV, which takes a single pixel for a number."""
    height, width = plane.shape[:2]
    room = [(0, max(_LEAST - height, 0)), (0, max(_LEAST - width, 0))]
    return np.pad(plane, [*room, *[(0, 0)] * (plane.ndim - 2)])


def frame(rgb: U8, params: Params, context: Context) -> U8:
    """Footage laid in sheets of paper; what was drawn is that already."""
    if context.drawn:
        return rgb.copy()
    from rules import _paper, _paper_frame

    return _paper_frame.cut(rgb, _paper.Look(**params.model_dump(), unit=context.height / 1080), context.seed)

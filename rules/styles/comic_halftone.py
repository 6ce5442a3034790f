"""Comic halftone: flat inks in dots under brush lines and spot blacks, a little out of register, on old paper.

Screens are amplitude modulated, at the angles of Core Image's `CMYKHalftone`; a chart of tints as printers of comic
books used keeps to few inks, and black takes the shade (grey component replacement). Lines and spot blacks are
minted into the drawings and printed solid, never screened. Where the camera moves, dots go with what fills the shot.
Footage is inked by a difference of Gaussians (XDoG, Winnemoeller et al., 2012) in the frame.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Context, Maps

U8 = NDArray[np.uint8]

CLOCK = "none"
RIDES = True
_LEAST = 4  #: px: OpenCV takes a single pixel for a number
NEEDS = ("parts", "normals", "shadow", "flat")


class Params(Base):
    """How it is inked, how it is printed, on what."""

    inks: Literal["process", "key", "black"] = knob(
        "process", "dots of four inks, of black alone over even colour, or no ink but black"
    )
    pitch: float = knob(9.0, "from dot to dot", low=7, high=32, unit="px of 1080 lines")
    line: float = knob(1.0, "weight of the ink lines", low=0, high=2)
    black: float = knob(1.0, "how much is filled with solid black", low=0, high=2)
    shade: float = knob(1.0, "depth of the shade that dots give to forms", low=0, high=2)
    vivid: float = knob(1.0, "strength of the colours", low=0, high=2)
    lift: float = knob(0.6, "how far dark scenes are raised", low=0, high=1)
    slip: float = knob(2.0, "how far colours stand out of register", low=0, high=8, unit="px of 1080 lines")
    paper: float = knob(1.0, "age of the paper: how yellow, how mottled", low=0, high=2)
    gutter: float = knob(22.0, "bare paper around the panel", low=0, high=80, unit="px of 1080 lines")
    rides: Literal["camera", "page"] = knob("camera", "what grain and dots keep to while the camera moves")


def drawing(rgba: U8, maps: Maps, params: Params, seed: int) -> U8:
    """A premultiplied RGBA drawing, inked and flatly coloured, the same size. Light and letters stay."""
    from rules import _comic_drawing  # brings OpenCV, which planning does without

    look = _comic_drawing.Look(params.line, params.black, params.shade, max(maps.lines, 1) / 1080, seed)
    if not rgba[..., 3].any():
        return rgba.copy()
    if maps.role in ("figure", "prop"):
        return _comic_drawing.form(rgba, maps, look)
    if maps.role == "plate":
        return _comic_drawing.ground(rgba, maps, look)
    return _comic_drawing.features(rgba) if maps.role == "face" else rgba.copy()


def frame(rgb: U8, params: Params, context: Context) -> U8:
    """A frame as it is printed; footage is inked first."""
    from rules import _comic_frame, _comic_page

    page = _comic_page.Look(
        params.inks, params.pitch, params.slip, params.paper, params.lift, params.vivid, params.gutter
    )
    height, width = rgb.shape[:2]
    if min(height, width) < _LEAST:
        more = ((0, max(_LEAST - height, 0)), (0, max(_LEAST - width, 0)), (0, 0))
        rgb = np.pad(rgb, more, "edge")
    sheet = _comic_page.page(rgb.shape[1], rgb.shape[0], page, context.seed)
    if context.drawn:
        out = _comic_page.printed(rgb, sheet, context.ride)
    else:
        out = _comic_frame.inked(rgb, sheet, params.line, params.black)
    return np.ascontiguousarray(out[:height, :width])

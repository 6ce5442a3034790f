"""Vector flat: fills of few colours, one shadow shape a form, no line, no texture and no gradient within.

What it keeps of a drawing is what an illustrator would draw with a pen tool: the fill of each part, on a grid of
OKLab (Björn Ottosson, 2020), one shade of it where the light does not reach, and strokes as shapes; where two parts
of like colour overlap a thin keyline tells them apart. Plates are few bands, light is discs, shadows are ellipses.
Borders are anti-aliased by coverage and premultiplied. Footage is levelled into areas of few tones, whose borders are
clean, rounded and a pixel sharp (toggle mapping; Kramer and Bruckner, 1975), with eyes and mouths as shapes on them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Context, Maps

U8 = NDArray[np.uint8]

CLOCK = "none"
NEEDS = ("parts", "shadow", "flat")
ROLES = ("figure", "face", "plate", "prop", "card", "emit", "shadow", "weather", "caption")


class Params(Base):
    """How few colours, how deep the shade, how much is left."""

    tones: int = knob(7, "tones from black to white of plates and footage", low=3, high=16)
    shade: float = knob(1.0, "depth of the shadows", low=0, high=2)
    reach: float = knob(1.0, "how far shadows reach over a form", low=0, high=1.8)
    vivid: float = knob(1.12, "strength of the colours", low=0, high=2)
    detail: float = knob(1.0, "how faint a stroke may be and still be drawn: more is more of them", low=0.1, high=3)
    keyline: float = knob(1.0, "weight of the line between parts of like colour", low=0, high=3)
    corner: float = knob(2.5, "radius of outer corners", low=0, high=8, unit="px of 1080 lines")


def drawing(rgba: U8, maps: Maps, params: Params, seed: int) -> U8:
    """A premultiplied RGBA drawing as flat shapes, the same size."""
    from rules import _vector, _vector_light, _vector_plate  # bring OpenCV, which planning does without

    del seed
    said = params.model_dump()
    tones = said.pop("tones")
    look = _vector.Look(**said, unit=max(maps.lines, 1) / 1080)
    if maps.role == "emit":
        return _vector_light.discs(rgba, look.unit)
    if not rgba[..., 3].any():
        return rgba.copy()
    if maps.role in ("shadow", "weather"):
        return _vector_light.steps(rgba, look.unit)
    if maps.role == "caption":
        return _vector_light.boxed(rgba)
    if maps.role in ("figure", "prop"):
        return _vector.form(rgba, maps, look)
    if maps.role == "face":
        return _vector.face(rgba, maps, look)
    return _vector_plate.ground(rgba, maps, tones, params.vivid)


def frame(rgb: U8, params: Params, context: Context) -> U8:
    """Footage as flat shapes; what was drawn is that already."""
    if context.drawn:
        return rgb.copy()
    from rules import _vector_frame

    return _vector_frame.simplified(rgb, params.tones, params.vivid)

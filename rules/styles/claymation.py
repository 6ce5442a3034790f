"""Claymation: soft rounded forms of modelling clay, with prints of fingers and a matte, oily sheen, twelve a second.

No canonical paper: forms are inflated as Lumo does (Johnston, 2002), marked with a kneaded height, and lit by a
wrapped warm key. All of it is minted into the drawings and hangs on their parts; poses are other takes of the
clay, as replacement animation has it. What the frame adds twelve times a second is the animator's touch: places
where the light on the clay changes, and a miniature's shallow focus. Footage is modelled from its pixels.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Context, Maps

U8 = NDArray[np.uint8]

CLOCK = "boil"
NEEDS = ("parts", "distance", "normals", "shadow", "flat")


class Params(Base):
    """How thick the clay is, how it was handled, how it is lit."""

    volume: float = knob(1.0, "how round and thick pieces are", low=0, high=2)
    prints: float = knob(1.0, "depth of fingerprints, dents and scratches of tools", low=0, high=2)
    lumps: float = knob(1.0, "how uneven surfaces and outlines are", low=0, high=2)
    shine: float = knob(1.0, "oily sheen", low=0, high=2)
    wrap: float = knob(0.34, "how far light reaches round a form", low=0, high=1)
    vivid: float = knob(1.0, "strength of colours, from earthen clay to plasticine", low=0, high=2)
    boil: float = knob(1.0, "how much changes from take to take, twelve times a second", low=0, high=2)
    miniature: float = knob(1.0, "how soon the top and foot of the picture are out of focus", low=0, high=2)


def drawing(rgba: U8, maps: Maps, params: Params, seed: int) -> U8:
    """A premultiplied RGBA drawing in clay, the same size. Light and letters stay."""
    from rules import _clay, _clay_plate  # brings OpenCV, which planning does without

    knobs = params.volume, params.prints, params.lumps, params.shine, params.wrap, params.vivid
    look = _clay.Look(*knobs, max(maps.lines, 1) / 1080, seed)
    if not rgba[..., 3].any():
        return rgba.copy()
    if maps.role in ("figure", "prop"):
        return _clay.form(rgba, maps, look)
    if maps.role == "face":
        return _clay.features(rgba, maps, look)
    return _clay_plate.ground(rgba, maps, look) if maps.role == "plate" else rgba.copy()


def frame(rgb: U8, params: Params, context: Context) -> U8:
    """A frame with what was touched before this take, its top and foot out of focus; footage is modelled first."""
    from rules import _clay_frame, _clay_touch

    if context.drawn:
        out = _clay_touch.focused(rgb.copy(), params.miniature)
    else:
        knobs = params.volume, params.prints, params.lumps, params.shine, params.wrap, params.vivid
        out = _clay_frame.modelled(rgb, _clay_frame.Look(*knobs, params.miniature))
    return _clay_touch.touched(out, context.seed, context.tick, params.boil)

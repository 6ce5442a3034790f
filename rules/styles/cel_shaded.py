"""Cel shading: two tones a form with a hard, clean border, ink lines, a rim of light and highlights as shapes.

The ramp goes back to Lake et al. (2000), normals for flat art to Johnston's Lumo (2002). Forms are lit by the
normals that are minted beside them, from where the scene's light stands; nothing of it boils. Faces are drawn in flats
and inks already, and only as vivid as the rest. Letters and light stay. Plates are grounds in flat tones, without
grain, with ink along their forms and where pieces meet. Footage is levelled into areas of few flat tones, with ink
along its forms; of the knobs it heeds all but `turn`, `rim` and `shine`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Context, Maps

U8 = NDArray[np.uint8]

CLOCK = "none"
NEEDS = ("parts", "normals", "shadow", "flat")


class Params(Base):
    """How deep the shade is, how heavy the ink."""

    shade: float = knob(1.0, "depth of the shade, and how far it turns to violet", low=0, high=2)
    turn: float = knob(0.34, "how far round a form the light reaches: less is more light", low=-0.3, high=0.8)
    line: float = knob(1.0, "weight of the ink; the outline is 1.8 times as heavy as lines within", low=0, high=2)
    ink: float = knob(0.8, "how dark lines are: of the colour that they lie on, or black", low=0, high=1)
    vivid: float = knob(1.0, "strength of colours", low=0, high=2)
    rim: float = knob(1.0, "light along edges that face away from the key", low=0, high=2)
    shine: float = knob(1.0, "hard highlights on dark, round forms", low=0, high=2)


def drawing(rgba: U8, maps: Maps, params: Params, seed: int) -> U8:
    """A premultiplied RGBA drawing shaded in two tones, the same size."""
    from rules import _toon  # brings OpenCV, which planning does without

    del seed
    look = _toon.Look(**params.model_dump(), unit=max(maps.lines, 1) / 1080)
    if not rgba[..., 3].any():
        return rgba.copy()
    if maps.role in ("figure", "prop"):
        return _toon.form(rgba, maps, look)
    if maps.role == "face":
        return _toon.face(rgba, look)
    return _toon.ground(rgba, maps, look) if maps.role == "plate" else rgba.copy()


def frame(rgb: U8, params: Params, context: Context) -> U8:
    """Footage as a cel; what was drawn is one already."""
    if context.drawn:
        return rgb.copy()
    from rules import _toon_frame

    return _toon_frame.painted(rgb, _toon_frame.Look(params.shade, params.line, params.ink, params.vivid))

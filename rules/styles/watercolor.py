"""Watercolour: luminous washes with dark, broken borders, granulation and blooms on cold-pressed paper.

The density model follows Bousseau et al. (2006), the controls Montesdeoca et al. (2017), the vocabulary
Curtis et al. (1997). Washes, their borders, wobble and bleeding are minted into the drawings; the sheet
of paper with its grain lies under the finished frame. Footage is painted from its pixels.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Context, Maps

U8 = NDArray[np.uint8]

CLOCK = "none"
RIDES = True
NEEDS = ("parts",)


class Params(Base):
    """How wet, how loose, on what paper."""

    pigment: float = knob(1.0, "strength of the washes, and how cloudy they dry", low=0, high=2)
    edge: float = knob(1.0, "pigment that gathers along the borders of washes", low=0, high=2)
    wobble: float = knob(1.0, "how far outlines stray; faces keep a third of it", low=0, high=2)
    bleed: float = knob(1.0, "wet-in-wet places and back-runs", low=0, high=2)
    paper: float = knob(1.0, "weight of the paper's grain: granulation and relief", low=0, high=2)
    lift: float = knob(1.0, "how far dark scenes are raised to luminous washes", low=0, high=1)
    border: float = knob(22.0, "unpainted paper around the picture", low=0, high=80, unit="px of 1080 lines")
    rides: Literal["camera", "page"] = knob("page", "what grain and dots keep to while the camera moves")


def drawing(rgba: U8, maps: Maps, params: Params, seed: int) -> U8:
    """A premultiplied RGBA drawing in watercolour, the same size. Light and shadows are no paint and stay."""
    from rules import _noise, _wash_drawing  # bring OpenCV, which planning does without

    plain = _wash_drawing.BRUSHES.get(maps.role)
    if plain is None or not rgba[..., 3].any():
        return rgba.copy()
    brush = replace(
        plain,
        wobble=plain.wobble * params.wobble,
        turbulence=plain.turbulence * params.pigment,
        edge=plain.edge * params.edge,
        gap=plain.gap * params.edge,
        bleed=plain.bleed * params.bleed,
    )
    window = _noise.Window(maps.left, maps.top, rgba.shape[1], rgba.shape[0])
    ground = _wash_drawing.Ground(window, max(maps.lines, 1) / 1080, seed, params.lift)
    return _wash_drawing.painted(rgba, maps.parts, brush, ground)


def frame(rgb: U8, params: Params, context: Context) -> U8:
    """A frame on its sheet of paper; footage is painted first."""
    from rules import _wash_frame, _wash_page

    look = _wash_frame.Look(**params.model_dump(exclude={"rides"}))
    if context.drawn:
        return _wash_page.papered(rgb, look, context.seed, context.ride)
    return _wash_frame.painted(rgb, look, context.seed)

"""Voxel blocks: all that is drawn built out of cubes, few of whose faces show: fronts, lit tops, dark right sides.

Colours are area means on a grid, in a palette (pixelated image abstraction, Gerstner et al., 2012), lit as three faces
with ambient occlusion in the corners. The lattice hangs on each drawing's own origin and goes with it; places have
larger blocks than who stands before them. Footage is built in the frame.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Context, Maps

U8 = NDArray[np.uint8]

CLOCK = "none"
NEEDS = ("parts", "distance", "normals", "shadow", "flat")
ROLES = ("figure", "face", "plate", "prop", "card", "shadow", "emit", "weather")
_SOLID = 235  #: cover that something solid has somewhere


class Params(Base):
    """How large the blocks are, how they are lit."""

    block: float = knob(16.0, "size of a block of figures in a full shot", low=4, high=32, unit="px of 1080 lines")
    grow: float = knob(0.5, "how far blocks grow as what they build comes nearer; 1 is in step", low=0, high=1)
    coarse: float = knob(1.0, "how many times larger the blocks of places are", low=1, high=4)
    face: int = knob(3, "cells of a face for one block of its wearer, across", low=1, high=4)
    colours: int = knob(32, "colours of a drawing at most", low=4, high=32)
    vivid: float = knob(1.08, "strength of the colours", low=0, high=2)
    depth: float = knob(0.4, "how far a level stands out", low=0, high=0.6, unit="blocks")
    shade: float = knob(1.0, "how much tops and sides differ from fronts", low=0, high=1.5)
    bevel: float = knob(1.0, "edges of fronts", low=0, high=2)
    corner: float = knob(1.0, "dark in corners", low=0, high=2)
    stud: float = knob(0.0, "round studs on the blocks, as on toy bricks", low=0, high=1)


def drawing(rgba: U8, maps: Maps, params: Params, seed: int) -> U8:
    """A premultiplied RGBA drawing built out of blocks, the same size."""
    from rules import _voxel, _voxel_drawing, _voxel_light, _voxel_plate  # bring OpenCV, which planning does without

    del seed
    if not rgba.any():
        return rgba.copy()
    build = _voxel.Build(params.depth, params.shade, params.bevel, params.corner, params.stud)
    look = _voxel_drawing.Look(
        params.block, params.grow, params.coarse, params.face, params.colours, params.vivid, build,
        max(maps.lines, 1) / 1080,
    )  # fmt: skip
    if maps.role == "emit":
        return _voxel_light.glow(rgba, maps, look)
    if maps.role == "weather":
        return _voxel_light.falling(rgba, maps, look)
    if maps.role == "shadow" or (maps.role in ("figure", "prop") and rgba[..., 3].max() < _SOLID):
        return _voxel_light.veil(rgba, maps, look)
    if maps.role in ("figure", "prop"):
        return _voxel_drawing.form(rgba, maps, look)
    if maps.role == "face":
        return _voxel_drawing.face(rgba, maps, look)
    return _voxel_plate.place(rgba, maps, look)


def frame(rgb: U8, params: Params, context: Context) -> U8:
    """Footage out of blocks; what was drawn is that already."""
    if context.drawn:
        return rgb.copy()
    from rules import _voxel, _voxel_frame

    build = _voxel.Build(params.depth, params.shade, params.bevel, params.corner, params.stud)
    return _voxel_frame.blocks(rgb, params.block, params.colours, params.vivid, build)

"""Footage out of blocks: area means on a grid of the picture, in a fixed palette, what is light standing out.

The palette is fixed and nothing is remembered from frame to frame: any frame can be made alone.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _noise, _voxel, _voxel_colour
from rules._voxel import Build

U8 = NDArray[np.uint8]

_cv: Any = cv2
_LEVELS = 3
_COARSE = 0.75  #: of a block: those of footage, where faces are smaller
_WIDE = 6.0  #: cells: what is lighter than this far around stands out
_CRISP = 0.9  #: how much edges of cells are sharpened


def blocks(rgb: U8, block: float, colours: int, vivid: float, how: Build) -> U8:
    """A frame of footage. block: px of 1080 lines."""
    height, width = rgb.shape[:2]
    on = _voxel.lattice(_noise.Window(0, 0, width, height), block * _COARSE * height / 1080)
    cells = _means(rgb, on)
    lab = _cv.cvtColor(cells, _cv.COLOR_RGB2Lab)
    light = _cv.extractChannel(lab, 0)
    wide = _cv.GaussianBlur(light, (0, 0), _WIDE)
    near = _cv.GaussianBlur(light, (0, 0), 1.0)
    crisp = _bytes.blend(light, 1 + _CRISP, near, -_CRISP)
    planes = [crisp, *(_cv.medianBlur(_cv.extractChannel(lab, k), 3) for k in (1, 2))]
    planes[1:] = [_bytes.blend(p, vivid, p, 0, 128 * (1 - vivid)) for p in planes[1:]]
    colour = _voxel_colour.looked_up(_bytes.joined([*planes, np.full_like(light, 255)]), colours)
    stands = _cv.medianBlur(light, 5)
    stands = _bytes.blend(_bytes.blend(stands, 1.2, wide, -1.2, 110), 0.6, stands, 0.55)
    level = np.minimum(np.arange(256) * (_LEVELS + 1) // 215, _LEVELS).astype(np.uint8)
    return _voxel.framed(colour, _bytes.table(stands, level), on, how)


def _means(rgb: U8, on: _voxel.Lattice) -> U8:
    """The mean colour of each cell; the picture's border goes on over those that it cuts."""
    right, foot = on.columns * on.pitch - on.width * on.fine, on.rows * on.pitch - on.height * on.fine
    if on.fine > 1:
        size = on.width * on.fine, on.height * on.fine
        rgb = _cv.resize(rgb, size, interpolation=_cv.INTER_NEAREST)
    if right or foot:
        rgb = _cv.copyMakeBorder(rgb, 0, foot, 0, right, _cv.BORDER_REPLICATE)
    return np.asarray(_cv.resize(rgb, (on.columns, on.rows), interpolation=_cv.INTER_AREA))

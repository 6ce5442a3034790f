"""Footage as a comic: few clean areas of tint, brush lines where the picture has edges, spot blacks in its darks.

Worked out on 540 lines, whatever the picture's size. Lines are a difference of Gaussians in two widths (XDoG), on
a picture from which texture is gone; they are made steep after they are brought to full size, which leaves them
round. Nothing is fitted to a frame, so that nothing pops.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _comic_page, _filters, _simple

U8 = NDArray[np.uint8]

_cv: Any = cv2
_STEEP = 14  #: levels of cover for a level of ink
_QUIET = 1.3  #: px that the picture is blurred by before lines are looked for, or noise would draw some
_DARK = 40  #: luma that is filled with black


def inked(rgb: U8, sheet: _comic_page.Page, line: float, black: float) -> U8:
    """A frame of footage, inked and printed."""
    height, width = rgb.shape[:2]
    work = _filters.resized(rgb, *_simple.working_size(width, height))
    lines, columns = work.shape[:2]
    around = _filters.resized(work, max(2, columns // 8), max(2, lines // 8))
    around = _filters.resized(_filters.box(around, 9, 2), columns, lines)
    work = _bytes.blend(work, 1.35, around, -0.35)  # footage is lit evenly; a comic sets light against dark
    flat = _filters.soft_kuwahara(_bytes.with_fourth(work), 3)
    ink = _ink(_filters.gaussian(_bytes.grey(work), _QUIET), _bytes.grey(flat), line, black)
    # a dot shows each level of a tint: means over a few pixels keep a camera's noise out of them
    tints = _comic_page.tinted(_filters.box(_clear_of(flat, ink), 1, 3), sheet)
    solid = _simple.sized(ink, width, height)
    solid = _bytes.blend(solid, _STEEP, solid, 0, 127 - _STEEP * 128)
    return _comic_page.laid(_simple.sized(tints, width, height), solid, sheet)


def _clear_of(flat: U8, ink: U8) -> U8:
    """Colour drawn in under the ink from beside it: what is mixed with black there would set beads of dots along it."""
    lighter = _cv.dilate(flat, np.ones((7, 7), np.uint8))
    near = _cv.dilate(_cv.compare(ink, 118, _cv.CMP_GT), np.ones((3, 3), np.uint8))
    _cv.copyTo(lighter, near, flat)
    return flat


def _ink(grey: U8, flat: U8, line: float, black: float) -> U8:
    """Above 128 is ink."""
    fine = _edges(_bytes.blend(grey, 0.45, flat, 0.55), 0.9, 5.0, 82 + 16 * line)
    bold = _edges(flat, 2.0, 3.6, 80 + 15 * line)
    dark = _bytes.blend(_filters.gaussian(flat, 0.8), -6, flat, 0, 128 + 6 * _DARK * black)
    lines = _bytes.most(fine, bold)
    if line < 1:
        lines = _bytes.blend(lines, line, lines, 0)
    return _bytes.most(lines, dark)


def _edges(grey: U8, sigma: float, gain: float, offset: float) -> U8:
    narrow, wide = (_filters.gaussian(grey, s) for s in (sigma, 2.2 * sigma))
    return _bytes.blend(wide, gain, narrow, -gain, offset)

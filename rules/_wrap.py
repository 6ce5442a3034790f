"""Light wrap: the light behind a figure bleeds a few pixels over its edge, so that it stands in its place.

Measured at a quarter of the size: the background is blurred there, and the edge is found there.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

_cv: Any = cv2  # its stubs know no 8 bits

U8 = NDArray[np.uint8]

_STRENGTH = 0.40  # of the light right at the edge, where the rim below is about a half
_BEHIND = 7  # px at 1080 lines by which the background is blurred
_REACH = 5  # px at 1080 lines that the light reaches over the edge


def behind(canvas: U8, lines: int) -> U8:
    """The background of a figure's box at a quarter of its size, blurred; lines: of the whole picture."""
    small = _quarter(canvas)
    return _u8(_cv.GaussianBlur(small, (0, 0), max(0.6, _BEHIND * lines / 4320), borderType=_cv.BORDER_REPLICATE))


def wrap(canvas: U8, light: U8, through: U8, lines: int) -> None:
    """Let the light behind bleed over the edge of what was laid on the canvas; through: 255 where it is open."""
    height, width = through.shape
    small = _quarter(through)
    open_near = _cv.GaussianBlur(small, (0, 0), max(0.5, _REACH * lines / 4320), borderType=_cv.BORDER_REPLICATE)
    rim = _cv.multiply(_cv.bitwise_not(small), open_near, scale=1 / 255)
    if not rim.any():
        return
    x, y, across, down = _cv.boundingRect(rim)
    x0, y0 = max(4 * x - 4, 0), max(4 * y - 4, 0)
    x1, y1 = min(4 * (x + across) + 4, width), min(4 * (y + down) + 4, height)
    size = (width, height)
    weight = _cv.resize(rim, size, interpolation=_cv.INTER_LINEAR)[y0:y1, x0:x1]
    glow = _cv.resize(light, size, interpolation=_cv.INTER_LINEAR)[y0:y1, x0:x1]
    target = canvas[y0:y1, x0:x1]
    more = _cv.subtract(glow, target)  # only ever lighter
    _cv.add(target, _cv.multiply(more, _cv.cvtColor(weight, _cv.COLOR_GRAY2RGBA), scale=_STRENGTH / 255), dst=target)


def _quarter(picture: U8) -> U8:
    # by halves: that is made six times as fast
    half = _cv.resize(picture, (picture.shape[1] // 2, picture.shape[0] // 2), interpolation=_cv.INTER_AREA)
    return _u8(_cv.resize(half, (half.shape[1] // 2, half.shape[0] // 2), interpolation=_cv.INTER_AREA))


def _u8(picture: Any) -> U8:
    out: U8 = picture
    return out

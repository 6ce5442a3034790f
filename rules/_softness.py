"""How small a drawing may be kept: out of focus, shadows and glows say at an eighth of their size what they say."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

_cv: Any = cv2  # its stubs know no 8 bits

U8 = NDArray[np.uint8]
_TRIED, _RIM = 64, 16  # rows by which most drawings are told not to be soft, and those of them that do not count
_PAINT, _LIGHT = 4, 8  # levels that nobody sees, nor twice as many in some few pixels
_FEW = 1 / 1000


def factor_of(rgba: U8) -> int:
    """How many times smaller a drawing says as much: 1, 2, 4 or 8."""
    factor, middle = 1, rgba[len(rgba) // 2 :][:_TRIED]
    while factor < 8 and _is_soft(middle, 2 * factor, _RIM) and _is_soft(rgba, 2 * factor):
        factor *= 2
    return factor


def smaller(rgba: U8, factor: int) -> U8:
    """The mean of every so many pixels; the edge is carried on to whole ones."""
    if factor == 1:
        return rgba
    height, width = rgba.shape[:2]
    whole = _cv.copyMakeBorder(rgba, 0, -height % factor, 0, -width % factor, _cv.BORDER_REPLICATE)
    while factor > 1:  # by halves: that is made fast
        whole = _cv.resize(whole, (whole.shape[1] // 2, whole.shape[0] // 2), interpolation=_cv.INTER_AREA)
        factor //= 2
    return np.asarray(whole)


def _is_soft(rgba: U8, factor: int, rim: int = 0) -> bool:
    """Whether so many times smaller it says as much. rim: rows above and below that do not count."""
    small = smaller(rgba, factor)
    size = small.shape[1] * factor, small.shape[0] * factor
    whole = _cv.resize(small, size, interpolation=_cv.INTER_LINEAR)[: len(rgba), : rgba.shape[1]]
    most = _PAINT if rgba[..., 3].any() else _LIGHT
    away = _cv.absdiff(rgba, whole)[rim : len(rgba) - rim]
    return int(away.max(initial=0)) <= 2 * most and np.count_nonzero(away > most) <= _FEW * away.size

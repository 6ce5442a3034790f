"""What happens between two shots, on finished pictures: mixing, fading, a wipe, a match, an iris."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

_cv: Any = cv2  # its stubs know no 8 bits

U8 = NDArray[np.uint8]

#: how two shots are mixed; a wipe is named by the side that it comes from
MIXES = ("dissolve", "left", "right", "up", "down")
_SOFT = 0.22  # of a wipe's edge, as a share of its way


def _u8(picture: Any) -> U8:
    out: U8 = picture
    return out


def mixed(a: U8, b: U8, weight: float) -> U8:
    """Two pictures, the second with a weight."""
    return _u8(_cv.addWeighted(a, 1 - weight, b, weight, 0))


def wiped(a: U8, b: U8, weight: float, side: str) -> U8:
    """The second picture comes in from a side over a soft edge, as far as the weight says."""
    height, width = a.shape[:2]
    count = width if side in ("left", "right") else height
    at = (np.arange(count) + 0.5) / count
    at = 1 - at if side in ("right", "down") else at
    t = np.clip((weight * (1 + _SOFT) - at) / _SOFT, 0, 1)
    line = np.rint(255 * t * t * (3 - 2 * t)).astype(np.uint8)
    line = line[None, :] if side in ("left", "right") else line[:, None]
    mask = np.ascontiguousarray(np.broadcast_to(line[..., None], a.shape))
    kept = _cv.multiply(a, _cv.bitwise_not(mask), scale=1 / 255)
    return _u8(_cv.add(kept, _cv.multiply(b, mask, scale=1 / 255)))


def moved(rgb: U8, fit: Sequence[int]) -> U8:
    """A picture grown and shifted: (scale on 2^-16, shift right and down on 1/16 px); all 0 leaves it."""
    if not any(fit):
        return rgb
    scale, x, y = fit[0] / 65536, fit[1] / 16, fit[2] / 16
    matrix = np.array([[scale, 0, x], [0, scale, y]])
    size = (rgb.shape[1], rgb.shape[0])
    return _u8(_cv.warpAffine(rgb, matrix, size, flags=_cv.INTER_LINEAR, borderMode=_cv.BORDER_REFLECT_101))


def faded(rgb: U8, level: int) -> U8:
    """A picture dimmed to level / 255."""
    return rgb if level >= 255 else _u8(_cv.convertScaleAbs(rgb, alpha=level / 255))


def irised(rgb: U8, centre: tuple[int, int], radius: int) -> U8:
    """A round mask, px; its edge is soft over a hundredth of the height."""
    height, width = rgb.shape[:2]
    y, x = np.ogrid[0:height, 0:width]
    away = np.sqrt(((x - centre[0]) ** 2 + (y - centre[1]) ** 2).astype(np.float32))
    soft = max(1.0, height / 100)
    mask = np.rint(255 * np.clip((radius - away) / soft + 0.5, 0, 1)).astype(np.uint8)
    return _u8(_cv.multiply(rgb, _cv.merge([mask] * 3), scale=1 / 255))

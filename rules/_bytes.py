"""Arithmetic on 8-bit planes and pictures: each saturates, returns a new array, and costs about 0.2 ms a 1080p plane.

The passes that work on every frame are written in these words; a float32 operation would cost ten times
as much. (OpenCV's own stubs know neither scalars nor 8 bits.)
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_MANY = 8_192  #: bytes from which on it is worth taking two at once


def plus(a: U8, b: U8) -> U8:
    """a + b, at most 255."""
    out: U8 = _cv.add(a, b)
    return out


def minus(a: U8, b: U8) -> U8:
    """a - b, at least 0."""
    out: U8 = _cv.subtract(a, b)
    return out


def times(a: U8, b: U8, scale: float = 1 / 255) -> U8:
    """a * b * scale."""
    out: U8 = _cv.multiply(a, b, scale=scale)
    return out


def at_most(a: U8, value: int) -> U8:
    """a, cut off at a value."""
    out: U8 = _cv.threshold(a, value, 0, _cv.THRESH_TRUNC)[1]
    return out


def at_least(a: U8, value: int) -> U8:
    """a, raised to a value."""
    out: U8 = _cv.max(a, value)
    return out


def most(a: U8, b: U8) -> U8:
    """The larger of both."""
    out: U8 = _cv.max(a, b)
    return out


def least(a: U8, b: U8) -> U8:
    """The smaller of both."""
    out: U8 = _cv.min(a, b)
    return out


def blend(a: U8, weight_a: float, b: U8, weight_b: float, offset: float = 0) -> U8:
    """a * weight_a + b * weight_b + offset."""
    out: U8 = _cv.addWeighted(a, weight_a, b, weight_b, offset)
    return out


def crossed(a: U8, b: U8, share: F32, rest: F32) -> U8:
    """a * share + b * rest, with planes of float32."""
    out: U8 = _cv.blendLinear(a, b, share, rest)
    return out


def halved(a: U8, times: int) -> U8:
    """a / 2**times, rounded down, for a fifth of what a weight costs."""
    return np.right_shift(a, times)


def inverse(a: U8) -> U8:
    """255 - a."""
    out: U8 = _cv.bitwise_not(a)
    return out


def table(a: U8, values: U8, into: U8 | None = None) -> U8:
    """Each byte looked up; `values` is (256,), or (256, 1, channels) with a column for each channel. For a plane, three
    or four columns are one word, which takes a quarter of the time of as many channels; and one table for all is asked
    for two bytes at once, which takes half. into: `a` itself, or as large, where it may go."""
    if values.size == 256 and a.size >= _MANY and a.size % 2 == 0 and a.flags.c_contiguous:
        room = None if into is None else into.reshape(1, -1).view(np.uint16)
        found: U8 = _cv.LUT(a.reshape(1, -1).view(np.uint16), _pairs(values.tobytes()), room).view(np.uint8)
        return found.reshape(a.shape)
    if a.ndim == 2 and values.shape[2:] in ((3,), (4,)):
        words = values if values.shape[2] == 4 else with_fourth(values)
        four: U8 = _cv.LUT(a, words.view(np.int32)).view(np.uint8).reshape(*a.shape, 4)
        return four if values.shape[2] == 4 else without_fourth(four)
    out: U8 = _cv.LUT(a, values, into)
    return out


@lru_cache(maxsize=32)
def _pairs(values: bytes) -> NDArray[np.uint16]:
    """A table for two bytes that are one word."""
    one = np.frombuffer(values, np.uint8).astype(np.uint16)
    return np.asarray(np.add.outer(one << 8, one).ravel(), np.uint16)


def grey(picture: U8) -> U8:
    """Luma of RGB or RGBA."""
    out: U8 = _cv.cvtColor(picture, _cv.COLOR_RGBA2GRAY if picture.shape[2] == 4 else _cv.COLOR_RGB2GRAY)
    return out


def four(plane: U8) -> U8:
    """One channel, four times over. (cvtColor GRAY2RGBA would write 255 into the fourth.)"""
    out: U8 = _cv.merge([plane] * 4)
    return out


def weighed(picture: U8, weights: tuple[float, ...]) -> U8:
    """One plane from the channels of a picture, each times its weight."""
    out: U8 = _cv.transform(picture, np.array([weights], np.float32))
    return out


def joined(planes: list[U8]) -> U8:
    """Planes as the channels of one picture."""
    out: U8 = _cv.merge(planes)
    return out


def parted(picture: U8) -> list[U8]:
    """The channels of a picture as planes."""
    planes = list(np.empty((picture.shape[2], *picture.shape[:2]), np.uint8))
    _cv.split(picture, planes)  # into what is there: OpenCV's own planes cost ten times as much
    return planes


def three(plane: U8) -> U8:
    """One channel, three times over."""
    out: U8 = _cv.cvtColor(plane, _cv.COLOR_GRAY2RGB)
    return out


def with_fourth(rgb: U8) -> U8:
    """RGB -> RGBX: OpenCV resizes and warps four channels twice as fast as three."""
    out: U8 = _cv.cvtColor(rgb, _cv.COLOR_RGB2RGBA)
    return out


def without_fourth(rgbx: U8) -> U8:
    """RGBX -> RGB."""
    out: U8 = _cv.cvtColor(rgbx, _cv.COLOR_RGBA2RGB)
    return out


def of(plane: NDArray[np.floating]) -> U8:
    """0 to 1 -> 0 to 255, read-only: for constants."""
    out: U8 = np.clip(np.rint(plane * 255), 0, 255).astype(np.uint8)
    out.flags.writeable = False
    return out

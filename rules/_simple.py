"""Footage made simple, for passes with few flat tones: broad shapes kept round, texture gone, eyes kept, fast.

Toggle mapping (Kramer and Bruckner, 1975) gives shapes borders a pixel wide; colours are looked up by sixteen bits.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters

U8 = NDArray[np.uint8]

_cv: Any = cv2
_LINES = 540
_WIDEST = 8  #: times as wide as tall: of what is wider there are fewer lines, or a strip would become a giant
_LEAST = 8  #: px of a side


def working_size(width: int, height: int) -> tuple[int, int]:
    """Columns and lines on which footage is worked out, whatever the picture's size."""
    columns = min(round(width * _LINES / height), _WIDEST * _LINES)
    return max(_LEAST, columns), max(_LEAST, min(_LINES, round(columns * height / width)))


def quiet(work: U8, keep: int = 27, times: int = 1) -> tuple[U8, U8, U8]:
    """Lab of RGB with texture gone and eyes kept, four channels; lightness as it was, and of broad areas alone.

    keep: levels by which a small thing must stand out to be kept. times: how often broad areas are smoothed.
    """
    near = _cv.medianBlur(work, 3)
    small = _filters.resized(near, max(2, work.shape[1] // 4), max(2, work.shape[0] // 4))
    for _ in range(times):
        small = _cv.medianBlur(_cv.medianBlur(_cv.bilateralFilter(small, 5, 40, 4), 5), 5)
    near, small = (_cv.cvtColor(p, _cv.COLOR_RGB2Lab) for p in (near, small))
    wide = sized(small, work.shape[1], work.shape[0])
    detail, broad = _cv.extractChannel(near, 0), _cv.extractChannel(small, 0)
    stands = _cv.compare(_cv.absdiff(detail, _cv.extractChannel(wide, 0)), keep, _cv.CMP_GT)
    stands = _cv.dilate(_cv.medianBlur(stands, 3), np.ones((3, 3), np.uint8))
    _cv.copyTo(near, stands, wide)
    return crisp(_bytes.with_fourth(wide), 3.0, 5), detail, broad


def crisp(picture: U8, gain: float, reach: int) -> U8:
    """Each pixel drawn towards the darkest or the lightest about it: round shapes with borders a pixel wide."""
    around = np.ones((reach, reach), np.uint8)
    low, high = _cv.erode(picture, around), _cv.dilate(picture, around)
    middle = _cv.addWeighted(low, 0.5, high, 0.5, 0)
    drawn = _cv.addWeighted(picture, gain, middle, 1 - gain, 0, dst=middle)
    return np.asarray(_cv.min(_cv.max(drawn, low, dst=drawn), high, dst=drawn))


def sized(picture: U8, width: int, height: int) -> U8:
    """Of another size, by linear interpolation."""
    return np.asarray(_cv.resize(picture, (width, height), interpolation=_cv.INTER_LINEAR))


def index(lab: U8) -> NDArray[np.uint32]:
    """Six bits of lightness, five of each colour, whole words at a time: planes cost five times as much."""
    word = np.ascontiguousarray(lab).view("<u4")[..., 0]
    return np.asarray((word & 0xFC) << 8 | (word & 0xF800) >> 6 | (word & 0xF80000) >> 19)

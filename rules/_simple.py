"""What passes with few flat tones share: shapes kept round, sizes, colours as one word.

Toggle mapping (Kramer and Bruckner, 1975) gives shapes borders a pixel wide; colours are looked up by sixteen bits.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _filters

U8 = NDArray[np.uint8]

_cv: Any = cv2
_LINES = 540
_WIDEST = 8  #: times as wide as tall: of what is wider there are fewer lines, or a strip would become a giant
_LEAST = 8  #: px of a side


def working_size(width: int, height: int) -> tuple[int, int]:
    """Columns and lines on which footage is worked out, whatever the picture's size."""
    columns = min(round(width * _LINES / height), _WIDEST * _LINES)
    return max(_LEAST, columns), max(_LEAST, min(_LINES, round(columns * height / width)))


def crisp(picture: U8, gain: float, reach: int) -> U8:
    """Each pixel drawn towards the darkest or the lightest about it: round shapes with borders a pixel wide."""
    height, width = picture.shape[:2]
    out, room, around = np.empty_like(picture), reach // 2, np.ones((reach, reach), np.uint8)
    for rows in _filters.strips(height, width):
        start = max(rows.start - room, 0)
        wide = picture[start : rows.stop + room]
        low, high = (near(wide, around)[rows.start - start : rows.stop - start] for near in (_cv.erode, _cv.dilate))
        middle = _cv.addWeighted(low, 0.5, high, 0.5, 0)
        drawn = _cv.addWeighted(picture[rows], gain, middle, 1 - gain, 0, dst=middle)
        _cv.min(_cv.max(drawn, low, dst=drawn), high, dst=out[rows])
    return out


def grown(picture: U8, width: int, height: int) -> U8:
    """Flat shapes at the size of the frame, with borders a pixel or two wide."""
    wide = sized(_cv.blur(picture, (3, 3)), width, height)
    return crisp(wide, 3.4, 2 * max(1, round(height / 540)) + 1)


def sized(picture: U8, width: int, height: int) -> U8:
    """Of another size, by linear interpolation."""
    if (height, width) == (2 * picture.shape[0], 2 * picture.shape[1]):
        return _filters.doubled(picture)
    return np.asarray(_cv.resize(picture, (width, height), interpolation=_cv.INTER_LINEAR))


def index(lab: U8) -> NDArray[np.uint32]:
    """Six bits of lightness, five of each colour, whole words at a time: planes cost five times as much."""
    word = np.ascontiguousarray(lab).view("<u4")[..., 0]
    return np.asarray((word & 0xFC) << 8 | (word & 0xF800) >> 6 | (word & 0xF80000) >> 19)

"""Footage as flat shapes: few tones of few hues, round borders a pixel wide, nothing within; eyes and mouths stay.

Worked out on 540 lines, whatever the picture's size, so that it looks the same at all of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _shapes, _simple

U8 = NDArray[np.uint8]

_cv: Any = cv2
_WORK = 540  #: lines
_SPECK = 34  #: px of the smallest thing that is drawn
#: levels by which a small thing stands out, and what is left of red, green and blue then
_DARK = ((16, (0.70, 0.60, 0.66)), (38, (0.26, 0.19, 0.25)))
_PALE = ((23, (0.66, 0.70, 0.78)), (40, (0.20, 0.26, 0.38)))  #: the same, of what it lacks to white
_VIVID, _CONTRAST = 1.2, 1.1
_RAMP = 8  #: levels from nothing to all of it
_AT, _TINT = (0, 90, 170, 255), ((4, 2, 0, 0), (-9, -4, 1, 4))  #: a and b of light and shade: violet to sun


def simplified(rgb: U8, tones: int, vivid: float) -> U8:
    """A frame of footage as flat shapes."""
    height, width = rgb.shape[:2]
    work = _bytes.with_fourth(_filters.resized(rgb, max(8, round(width * _WORK / height)), _WORK))
    shapes = _shapes.of(work)
    flat = _cv.medianBlur(_cv.medianBlur(_coloured(shapes, tones, vivid), 5), 5)
    flat = _simple.crisp(_cv.blur(_simple.sized(flat, work.shape[1], _WORK), (5, 5)), 3.4, 5)
    flat = _with_features(flat, shapes)
    return _bytes.without_fourth(_simple.grown(flat, width, height))


def _coloured(shapes: _shapes.Shapes, tones: int, vivid: float) -> U8:
    """RGBX of the areas."""
    tone, number = _shapes.toned(shapes.light, tones)
    tone = np.clip(128 + _CONTRAST * (tone - 128), 12, 250)
    light = _bytes.table(number, _table(tone))
    tints = [_bytes.table(number, _table(128 + np.interp(tone, _AT, tint))) for tint in _TINT]
    more = _VIVID * vivid
    hues = [
        _bytes.blend(hue, more, tint, 1, -128 * more) for hue, tint in zip((shapes.a, shapes.b), tints, strict=True)
    ]
    return _bytes.with_fourth(_cv.cvtColor(_bytes.joined([light, *hues]), _cv.COLOR_Lab2RGB))


def _table(values: NDArray[np.float64]) -> U8:
    out = np.zeros(256, np.uint8)
    out[: len(values)] = np.rint(values)
    return out


def _with_features(flat: U8, shapes: _shapes.Shapes) -> U8:
    """Areas with what is small on them, in tones of what it is on."""
    dark, pale = (
        _cv.blur(_shapes.without_specks(stands, steps[0][0], _SPECK), (3, 3))
        for stands, steps in ((shapes.dark, _DARK), (shapes.pale, _PALE))
    )
    lacks = _bytes.times(_bytes.inverse(flat), _bytes.table(_bytes.four(pale), _left(_PALE)))
    return _bytes.times(_bytes.inverse(lacks), _bytes.table(_bytes.four(dark), _left(_DARK)))


@lru_cache(maxsize=2)
def _left(steps: tuple[tuple[int, tuple[float, ...]], ...]) -> U8:
    """(256, 1, 4): what is left under each level."""
    left = np.ones((256, 4))
    for level, factors in steps:
        share = np.clip((np.arange(256) - level) / _RAMP + 0.5, 0, 1)[:, None]
        left[:, :3] += (np.array(factors) - left[:, :3]) * share
    return _bytes.of(left)[:, None]

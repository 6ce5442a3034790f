"""Footage as flat shapes: few tones of few hues, round borders a pixel wide, nothing within; eyes and mouths stay.

Worked out on 540 lines, whatever the picture's size, so that it looks the same at all of them.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _shapes, _simple

U8 = NDArray[np.uint8]

_cv: Any = cv2
_SPECK = 20  #: px of the smallest thing that is drawn
#: levels by which a small thing stands out, and what is left of red, green and blue then
_DARK: _shapes.Steps = ((16, (0.70, 0.60, 0.66)), (38, (0.26, 0.19, 0.25)))
_PALE: _shapes.Steps = ((23, (0.66, 0.70, 0.78)), (40, (0.20, 0.26, 0.38)))  #: the same, of what it lacks to white
_VIVID, _CONTRAST = 1.2, 1.1
_AT, _TINT = (0, 90, 170, 255), ((4, 2, 0, 0), (-9, -4, 1, 4))  #: a and b of light and shade: violet to sun


def simplified(rgb: U8, tones: int, vivid: float) -> U8:
    """A frame of footage as flat shapes."""
    height, width = rgb.shape[:2]
    work = _bytes.with_fourth(_filters.resized(rgb, *_simple.working_size(width, height)))
    shapes = _shapes.of(work)
    flat = _cv.medianBlur(_cv.medianBlur(_coloured(shapes, tones, vivid), 5), 5)
    flat = _simple.crisp(_cv.blur(_simple.sized(flat, work.shape[1], work.shape[0]), (5, 5)), 3.4, 5)
    small = [_shapes.without_specks(s, t[0][0], _SPECK) for s, t in zip(shapes[3:], (_DARK, _PALE), strict=True)]
    flat = _shapes.drawn(flat, small, (_DARK, _PALE))
    return _simple.grown(_bytes.without_fourth(flat), width, height)


def _coloured(shapes: _shapes.Shapes, tones: int, vivid: float) -> U8:
    """RGBX of the areas."""
    tone = np.clip(128 + _CONTRAST * (_shapes.tones(tones) - 128), 12, 250)
    levels = tone, *(128 + np.interp(tone, _AT, tint) for tint in _TINT)
    light, *tints = (_bytes.table(shapes.light, _shapes.stepped(each)) for each in levels)
    more = _VIVID * vivid
    hues = [
        _bytes.blend(hue, more, tint, 1, -128 * more) for hue, tint in zip((shapes.a, shapes.b), tints, strict=True)
    ]
    return _bytes.with_fourth(_cv.cvtColor(_bytes.joined([light, *hues]), _cv.COLOR_Lab2RGB))

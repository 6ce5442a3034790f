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
_LEAST, _SLIM = (30, 60), (2, 4)  #: px of the smallest dark and pale thing, and of their width: a mouth is slim
#: levels by which a small thing stands out, and what is left of red, green and blue then: one tone, for it is flat
_DARK: _shapes.Steps = ((20, (0.34, 0.26, 0.31)),)
_PALE: _shapes.Steps = ((25, (0.26, 0.32, 0.42)),)  #: the same, of what it lacks to white
_BLACK = (36, 38, 50, 255)  #: red, green and blue of the darkest of small things
_VIVID, _CONTRAST = 1.25, 1.2
_AT, _TINT = (0, 90, 170, 255), ((4, 1, 1, 0), (-12, -6, 4, 7))  #: a and b of light and shade: violet to sun


def simplified(rgb: U8, tones: int, vivid: float) -> U8:
    """A frame of footage as flat shapes."""
    height, width = rgb.shape[:2]
    work = _bytes.with_fourth(_filters.resized(rgb, *_simple.working_size(width, height)))
    shapes = _shapes.of(work)
    flat = _cv.medianBlur(_cv.medianBlur(_coloured(shapes, tones, vivid), 5), 5)
    flat = _simple.crisp(_cv.blur(_simple.sized(flat, work.shape[1], work.shape[0]), (5, 5)), 3.4, 5)
    kinds = _DARK, _PALE
    flat = _shapes.drawn(flat, _shapes.small(shapes, kinds, _LEAST, _SLIM), kinds, _BLACK)
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

"""Cel shading on footage: areas of few flat tones with clean borders, ink where they meet, eyes and mouths drawn.

Worked out on 540 lines, whatever the picture's size, so that it looks the same at all of them. The ink is a
difference of Gaussians (XDoG, Winnemoeller et al., 2012) of levelled areas, which have no texture, and all that is
small and dark; it is made steep at the size of the frame, which leaves it round.
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
_INK = 0.2  #: what is left of a colour under ink: lines are the dark of what they lie on
_DARKEST, _NIGHT = (46, 26, 52), 44  #: the darkest paint; lightness up to which nothing is inked
_STEP = 23  #: levels by which an area must stand out
_TONES, _CONTRAST, _VIVID = 6, 1.12, 1.35
_SPECK = 20  #: px of the smallest thing that is drawn
#: levels by which it stands out, and what is left of red, green and blue, or of what they lack to white
_DARK: _shapes.Steps = ((15, (0.74, 0.62, 0.74)),)
_PALE: _shapes.Steps = ((24, (0.62, 0.66, 0.74)), (42, (0.12, 0.16, 0.24)))
_AT, _TINT = (0, 80, 140, 255), ((7, 5, 0, 0), (-16, -11, 0, 2))  #: a and b of shade, which turns to violet
_BOLD, _RED = 18.0, 0.6  #: gain of lines where areas meet, and levels of lightness that one of redness counts for
_SMALL = 27  #: levels from which what is small and dark is ink


def painted(rgb: U8, line: float) -> U8:
    """A frame of footage as a cel; line: weight of the ink."""
    height, width = rgb.shape[:2]
    work = _bytes.with_fourth(_filters.resized(rgb, *_simple.working_size(width, height)))
    shapes = _shapes.of(work, _STEP)
    small = [_shapes.without_specks(s, t[0][0], _SPECK) for s, t in zip(shapes[3:], (_DARK, _PALE), strict=True)]
    flat = _cv.medianBlur(_cv.medianBlur(_coloured(shapes), 5), 5)
    flat = _simple.crisp(_cv.blur(_simple.sized(flat, work.shape[1], work.shape[0]), (5, 5)), 3.4, 5)
    flat = _simple.grown(_cv.max(_shapes.drawn(flat, small, (_DARK, _PALE)), (*_DARKEST, 0)), width, height)
    ink = _simple.sized(_ink(shapes, small[0]), width, height)
    inked = _bytes.times(flat, _bytes.four(_bytes.table(ink, _inking(line))))
    return _bytes.without_fourth(inked)


def _coloured(shapes: _shapes.Shapes) -> U8:
    """RGBX of the areas."""
    tone = np.clip(128 + _CONTRAST * (_shapes.tones(_TONES) - 128), 20, 246)
    levels = tone, *(128 + np.interp(tone, _AT, tint) for tint in _TINT)
    light, *tints = (_bytes.table(shapes.light, _shapes.stepped(each)) for each in levels)
    hues = [
        _bytes.blend(hue, _VIVID, tint, 1, -128 * _VIVID) for hue, tint in zip((shapes.a, shapes.b), tints, strict=True)
    ]
    return _bytes.with_fourth(_cv.cvtColor(_bytes.joined([light, *hues]), _cv.COLOR_Lab2RGB))


def _ink(shapes: _shapes.Shapes, dark: U8) -> U8:
    """Below 122 is ink: lines where areas meet, on the darker or the redder side, and what is small and dark."""
    seen = _bytes.blend(shapes.light, 1, shapes.a, -_RED, 128 * _RED)
    narrow, wide = (_cv.GaussianBlur(seen, (0, 0), sigma) for sigma in (1.2, 2.1))
    bold = _lines_alone(_cv.medianBlur(_bytes.blend(narrow, _BOLD, wide, -_BOLD, 185), 3))
    bold = _bytes.most(bold, _cv.compare(shapes.light, _NIGHT, _cv.CMP_LE))
    fine = _bytes.blend(dark, -5, dark, 0, 122 + 5 * _SMALL)
    return _bytes.least(fine, _simple.sized(bold, dark.shape[1], dark.shape[0]))


def _lines_alone(ink: U8) -> U8:
    """Ink without its blots: the shadow of a nose is no line."""
    disc, around = (_cv.getStructuringElement(_cv.MORPH_ELLIPSE, (side, side)) for side in (5, 9))
    blots = _cv.erode(_cv.dilate(ink, disc), around)  # dark where a whole disc of ink fits
    _, paper = _cv.threshold(blots, 127, 255, _cv.THRESH_BINARY_INV)
    return np.asarray(_cv.max(ink, paper))


@lru_cache(maxsize=4)
def _inking(line: float) -> U8:
    """What is left under each level of ink."""
    paper = np.clip((np.arange(256) - 122 - 34 * (line - 1)) * 8 + 128, 0, 255) / 255
    return _bytes.of(1 - (1 - _INK) * (1 - paper) * min(line, 1.0))

"""Cel shading on footage: areas of few flat tones with clean borders, ink where they meet, eyes and mouths drawn.

Worked out on 540 lines, whatever the picture's size, so that it looks the same at all of them. Lines are those of
`rules._toon_lines`; what is small and dark is in shade, or ink where it is darkest, and what is small and pale a
light, each with a hard border. All is made steep at the size of the frame, which leaves it round.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _shapes, _simple, _toon_lines

U8 = NDArray[np.uint8]

_cv: Any = cv2
_STEP = 23  #: levels by which an area must stand out
_TONES = 6
_DARKEST = (36, 27, 46)  #: the darkest paint
_VIVID = 1.35
#: how far tones lie from the middle: those that are light, dark ones without shade, and what shade adds
_LIGHT, _DEEP, _DEEPER = 1.12, 0.7, 0.42
_AT, _TINT = (0, 80, 140, 255), ((7, 5, 0, 0), (-16, -11, 0, 2))  #: a and b of shade, which turns to violet
_SPECK = 24  #: px of the smallest thing that is drawn
_SHADE = 17, (0.80, 0.66, 0.74)  #: levels from which what is small and dark is in shade, and what is left of it there
_BLACK = 40  #: from which it is ink
_PALE = 30, 46, 110  #: from which what is small and pale is lighter, at which it is a light, and by how many levels
_RED = 0.6  #: levels of lightness that one of redness counts for where areas meet
_WEIGHT = 34  #: levels of ink by which lines grow for twice the weight


@dataclass(frozen=True)
class Look:
    """The pass's knobs that concern footage."""

    shade: float
    line: float
    ink: float
    vivid: float


def painted(rgb: U8, look: Look) -> U8:
    """A frame of footage as a cel."""
    height, width = rgb.shape[:2]
    work = _bytes.with_fourth(_filters.resized(rgb, *_simple.working_size(width, height)))
    shapes = _shapes.of(work, _STEP)
    dark = _shapes.without_specks(shapes.dark, _SHADE[0], _SPECK)
    pale = _shapes.without_specks(shapes.pale, _PALE[0], _SPECK)
    flat = _cv.medianBlur(_cv.medianBlur(_coloured(shapes, look), 5), 5)
    flat = _simple.crisp(_cv.blur(_simple.sized(flat, work.shape[1], work.shape[0]), (5, 5)), 3.4, 5)
    flat = _bytes.times(_cv.max(flat, (*_DARKEST, 0)), _bytes.table(dark, _shaded(look.shade)))
    flat = _bytes.plus(flat, _bytes.three(_bytes.table(pale, _shapes.lights(*_PALE))))
    flat = _simple.grown(flat, width, height)
    ink = _simple.sized(_ink(work, shapes, dark), width, height)
    return _bytes.times(flat, _bytes.three(_bytes.table(ink, _inking(look.line, look.ink))))


def _coloured(shapes: _shapes.Shapes, look: Look) -> U8:
    """RGB of the areas."""
    away = _shapes.tones(_TONES) - 128
    tone = np.clip(128 + away * np.where(away > 0, _LIGHT, _DEEP + _DEEPER * look.shade), 20, 246)
    violet = look.shade * min(look.vivid, 1)
    levels = tone, *(128 + violet * np.interp(tone, _AT, tint) for tint in _TINT)
    light, *tints = (_bytes.table(shapes.light, _shapes.stepped(each)) for each in levels)
    vivid = _VIVID * look.vivid
    hues = [
        _bytes.blend(hue, vivid, tint, 1, -128 * vivid) for hue, tint in zip((shapes.a, shapes.b), tints, strict=True)
    ]
    return np.asarray(_cv.cvtColor(_bytes.joined([light, *hues]), _cv.COLOR_Lab2RGB))


@lru_cache(maxsize=4)
def _shaded(depth: float) -> U8:
    """(256, 1, 3): what is left by how far what is small and dark stands out."""
    least, left = _SHADE
    share = np.clip((np.arange(256.0) - least) / 6 + 0.5, 0, 1)[:, None]
    return _bytes.of(1 + (np.array(left) ** depth - 1) * share)[:, None]


def _ink(work: U8, shapes: _shapes.Shapes, dark: U8) -> U8:
    """From `_toon_lines.EDGE` on is ink: lines, and what is small and very dark."""
    areas = _bytes.blend(shapes.light, 1, shapes.a, -_RED, 128 * _RED)
    lines = _toon_lines.lines(_cv.extractChannel(work, 1), areas)  # green is lightness less redness: lips are dark
    return _bytes.most(lines, _bytes.blend(dark, 5, dark, 0, _toon_lines.EDGE - 5 * _BLACK))


@lru_cache(maxsize=4)
def _inking(line: float, dark: float) -> U8:
    """What is left under each level of ink: lines are the dark of what they lie on."""
    ink = np.clip((np.arange(256) - _toon_lines.EDGE + _WEIGHT * (line - 1)) * 8 + 127, 0, 255) / 255
    return _bytes.of(1 - dark * ink * min(2 * line, 1))

"""Footage as flat shapes: few tones of few hues, round borders a pixel wide, nothing within.

Worked out on 540 lines, whatever the picture's size, so that it looks the same at all of them. The palette is fixed:
fitted to each frame it would flicker.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _colour, _filters, _simple

U8 = NDArray[np.uint8]
F64 = NDArray[np.float64]

_cv: Any = cv2
_KEEP = 40  #: levels by which a small thing must stand out to be kept
_DARK, _PALE = 0.17, 0.955  #: lightness of the first and of the last tone
_HUES = (10, 24, 37, 50, 64, 80, 100, 130, 165, 205, 245, 270, 300, 340)
_MUTED = (12, 40, 64, 150, 215, 265, 315)  #: hues that are left of weak colours
_GREY = (70, 275)  #: of greys: warm and cool
_CHROMA = ((0.016, 0.004), (0.036, 0.022), (0.062, 0.048), (0.092, 0.077), (0.13, 0.110), (1.0, 0.155))


def simplified(rgb: U8, tones: int, vivid: float) -> U8:
    """A frame of footage as flat shapes."""
    height, width = rgb.shape[:2]
    work = _filters.resized(rgb, *_simple.working_size(width, height))
    quiet = _simple.quiet(work, _KEEP, 3)[0]
    quiet = _cv.add(quiet, (0, 4, 4, 0))  # the greys in the middle of a step, where noise does not turn their hue
    flat = _palette(tones, vivid)[_simple.index(quiet)].view(np.uint8).reshape(*quiet.shape[:2], 4)
    flat = _cv.medianBlur(_cv.medianBlur(flat, 5), 5)
    wide = _simple.sized(_cv.blur(flat, (3, 3)), width, height)
    return _bytes.without_fourth(_simple.crisp(wide, 3.4, 5 if height >= 700 else 3))


@lru_cache(maxsize=4)
def _palette(tones: int, vivid: float) -> NDArray[np.uint32]:
    """The flat colour, RGBX as a word, of each index."""
    number = np.arange(1 << 16)
    lab = np.stack([(number >> 10) * 4 + 2, ((number >> 5) & 31) * 8, (number & 31) * 8], -1).astype(np.uint8)
    found = _colour.to_lab(_cv.cvtColor(lab[None], _cv.COLOR_LAB2RGB)[0].astype(np.float64) / 255)
    light, chroma = found[:, 0], np.hypot(found[:, 1], found[:, 2])
    hue = np.degrees(np.arctan2(found[:, 2], found[:, 1])) % 360
    step = np.clip(np.floor((light - 0.10) / 0.90 * tones), 0, tones - 1)
    tone = _DARK + (_PALE - _DARK) * step / max(tones - 1, 1)
    hue = np.where(chroma < 0.085, _nearest(hue, _MUTED), _nearest(hue, _HUES))
    ends, levels = np.array(_CHROMA).T
    strength = levels[np.searchsorted(ends, chroma, side="right").clip(0, len(levels) - 1)]
    hue = np.where(strength < 0.03, np.where(tone > 0.7, 80, _nearest(hue, _GREY)), hue)
    strength = strength * vivid * np.where(tone < 0.3, 0.75, 1)
    # shadows turn to violet, lights to the sun
    most = 20 * np.clip((0.58 - tone) / 0.4, 0, 1), 14 * np.clip((tone - 0.58) / 0.4, 0, 1)
    hue = _turned(_turned(hue, 285, most[0]), 78, most[1])
    few, which = np.unique(np.round(np.stack([tone, strength, hue], -1), 6), axis=0, return_inverse=True)
    rgb = np.array([_colour.from_lch(*colour) for colour in few.tolist()])
    rgb = np.rint(rgb * 255).astype(np.uint32)[which.ravel()]
    return np.asarray(rgb[:, 0] | rgb[:, 1] << 8 | rgb[:, 2] << 16 | 255 << 24, "<u4")


def _nearest(hue: F64, among: tuple[int, ...]) -> F64:
    known = np.array(among, np.float64)
    return np.asarray(known[np.abs((hue[:, None] - known + 180) % 360 - 180).argmin(1)])


def _turned(hue: F64, towards: float, most: F64) -> F64:
    return np.asarray(hue + np.clip((towards - hue + 180) % 360 - 180, -most, most))

"""Footage modelled in clay: quiet colours, a relief out of lightness, light by tables, prints over it all.

Worked out on 540 lines, whatever the picture's size, so that it looks the same at all of them; nothing is fitted to
a frame but the depth of what stands out, over wide areas, so that noise does not flicker.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _clay_tile, _clay_touch, _filters, _noise, _simple

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_REACH = 3  #: work px of a Kuwahara
_KEEP = 30  #: levels by which a small thing must stand out to be kept
#: reach of the mean that is smoothed away, and of what is about a place; levels that are nothing; height, work px
_FINE = (1, 5, 7.0, 1.4)
_MIDDLE, _BROAD = (1, 6, 11.0, 3.6), (4, 20, 14.0, 9.0)  # of half the size
_KEY = (-0.52, -0.58)
_STEEP = 84.0  #: levels of light a slope towards the key
_FAR = (0.17, 0.14)  #: of the height that is out of focus, at the top and at the foot
_WHOLE = 160  #: level of a factor of 1
_CURVE = ((0, 0.11), (0.2, 0.26), (0.5, 0.55), (1, 0.95))
_VIVID = 1.38


@dataclass(frozen=True)
class Look:
    """The pass's knobs that concern footage."""

    volume: float
    prints: float
    lumps: float
    shine: float
    wrap: float
    miniature: float


def modelled(rgb: U8, look: Look) -> U8:
    """A frame of footage in clay."""
    height, width = rgb.shape[:2]
    work = _filters.resized(rgb, *_simple.working_size(width, height))
    soft = _quiet(_bytes.with_fourth(work))
    luma = _bytes.grey(soft)
    slope = _towards_key(luma, look)
    colour = _kneaded(soft, luma)
    lit = _bytes.times(colour, _bytes.table(_bytes.four(slope), _ramps(look.wrap)), 1 / _WHOLE)
    lit = _bytes.plus(lit, _bytes.four(_bytes.table(slope, _sheen(look.shine))))
    lit = _clay_touch.focused(_simple.crisp(lit, 1.9, 3), look.miniature, _FAR)
    out = _bytes.without_fourth(_simple.sized(lit, width, height))
    return _bytes.times(out, _hands(width, height, look), 1 / 128)


def _quiet(work: U8) -> U8:
    """Texture gone; what is small and stands out much, as eyes do, is kept."""
    tall, wide = work.shape[:2]
    soft = _filters.soft_kuwahara(work, _REACH)
    half = _filters.resized(soft, max(wide // 2, 1), max(tall // 2, 1))
    half = _filters.soft_kuwahara(half, _REACH - 1, turned=True)
    soft = _simple.crisp(_simple.sized(half, wide, tall), 2.6, 5)
    stands = _cv.compare(_cv.absdiff(_bytes.grey(work), _bytes.grey(soft)), _KEEP, _cv.CMP_GT)
    stands = _cv.dilate(_cv.medianBlur(stands, 5), np.ones((3, 3), np.uint8))
    return np.asarray(_cv.copyTo(work, stands, soft))


def _kneaded(rgbx: U8, luma: U8) -> U8:
    """Stronger colours, none black or white."""
    grey = _bytes.four(luma)
    colour = _bytes.blend(rgbx, _VIVID, grey, -_VIVID, 128)  # around the middle, so that it may be below 0
    return _bytes.blend(colour, 1, _bytes.table(grey, _tones()), 1, -128)


@lru_cache(maxsize=1)
def _tones() -> U8:
    """Luma as it is -> as clay has it."""
    at, to = np.array(_CURVE).T
    return _bytes.of(np.interp(np.arange(256) / 255, at, to))


def _towards_key(luma: U8, look: Look) -> U8:
    """How far the relief faces the key: 128 is level."""
    level = luma.astype(np.float32)
    tall, wide = luma.shape
    small = _filters.resized(level, max(wide // 2, 1), max(tall // 2, 1))
    height = _standing(level, _FINE)
    height += _cv.resize(_standing(small, _MIDDLE) + _standing(small, _BROAD), (wide, tall))
    key = np.array(_KEY) * look.volume * _STEEP / 8
    across = _cv.Sobel(height, _cv.CV_32F, 1, 0, scale=key[0])
    down = _cv.Sobel(height, _cv.CV_32F, 0, 1, scale=key[1])
    across += down
    across *= np.float32(-1)
    across += np.float32(128)
    return np.asarray(np.clip(across, 0, 255).astype(np.uint8))


def _standing(level: F32, band: tuple[int, int, float, float]) -> F32:
    """How far things stand out: about as far whatever their contrast."""
    near, wide, least, high = band
    stands = _filters.box(level, near, 2) - _filters.box(level, wide, 2)
    spread = _cv.sqrt(_filters.box(stands * stands, 2 * wide) + np.float32(least * least))
    return np.asarray(np.clip(_cv.divide(stands, spread, dst=stands), -1.2, 0.8) * np.float32(high))


def _facing() -> NDArray[np.float64]:
    """The slope towards the key that each level means."""
    return np.asarray((np.arange(256) - 128) / _STEEP, np.float64)


@lru_cache(maxsize=4)
def _ramps(wrap: float) -> U8:
    """(1, 256, 4): factors on red, green and blue by how far a place faces the key: red where light ends."""
    key = np.clip((_facing() * 0.62 + 0.60 + wrap) / (0.96 + wrap), 0, 1.3)
    stops = np.array([0, 0.30, 0.72, 1.0, 1.3])
    found = []
    for dark, middle, light in ((0.46, 1.0, 1.16), (0.34, 0.965, 1.09), (0.42, 0.94, 0.98)):
        found.append(np.interp(key, stops, [dark, (dark + middle) / 2, middle, light, light * 1.03]))
    ramps = np.stack([*found, np.ones(256)], -1)
    out: U8 = np.clip(np.rint(ramps * _WHOLE), 0, 255).astype(np.uint8)[None]
    out.flags.writeable = False
    return out


@lru_cache(maxsize=4)
def _sheen(shine: float) -> U8:
    """Broad and oily, where a place faces between the key and the eye."""
    return _bytes.of(np.exp(-(((_facing() - 0.72) / 0.36) ** 2)) * min(0.11 * shine, 1))


@lru_cache(maxsize=2)
def _hands(width: int, height: int, look: Look) -> U8:
    """What hands left, as a factor on the light (128 is 1); out of focus there is nothing of it."""
    clay, window = _clay_tile.clay(height / 1080, 0), _noise.Window(0, 0, width, height)
    total = np.zeros((height, width), np.float32)
    for way, lump, mark in zip(_KEY, clay.lumps, clay.prints, strict=True):
        lumps = _clay_tile.over(lump, window) * np.float32(0.8 * look.lumps)
        total += np.float32(way) * (lumps + _clay_tile.over(mark, window) * np.float32(look.prints))
    total *= 1 - _clay_touch.unsharp(height, look.miniature, _FAR)[:, None]
    out = _bytes.three(np.clip(np.rint(128 * (1 - 0.48 * total)), 30, 255).astype(np.uint8))
    out.flags.writeable = False
    return out

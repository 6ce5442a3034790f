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

from rules import _bytes, _clay_tile, _filters, _noise, _simple

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_WORK = 540  #: lines
_KEEP = 22  #: levels by which a small thing must stand out to be kept
#: reach of the mean that is smoothed away, and of what is about a place, work px; levels that are nothing; height
_BANDS = ((1, 4, 8.0, 1.3), (3, 13, 12.0, 3.2))
_KEY = (-0.52, -0.58)
_STEEP = 84.0  #: levels of light a slope towards the key
_WHOLE = 160  #: level of a factor of 1
_CURVE = ((0, 0.07), (0.2, 0.25), (0.5, 0.55), (1, 0.95))
_VIVID = 1.25


@dataclass(frozen=True)
class Look:
    """The pass's knobs that concern footage."""

    volume: float
    prints: float
    lumps: float
    shine: float
    wrap: float


def modelled(rgb: U8, look: Look) -> U8:
    """A frame of footage in clay."""
    height, width = rgb.shape[:2]
    work = _filters.resized(rgb, max(8, round(width * _WORK / height)), _WORK)
    quiet = _simple.quiet(work, _KEEP, 1)[0]
    lightness = _cv.extractChannel(quiet, 0)
    slope = _towards_key(lightness, look)
    colour = _bytes.with_fourth(_cv.cvtColor(_bytes.without_fourth(_kneaded(quiet)), _cv.COLOR_Lab2RGB))
    lit = _bytes.times(colour, _bytes.table(_bytes.four(slope), _ramps(look.wrap)), 1 / _WHOLE)
    lit = _bytes.plus(lit, _bytes.four(_bytes.table(slope, _sheen(look.shine))))
    out = _bytes.without_fourth(_simple.sized(lit, width, height))
    return _bytes.times(out, _hands(width, height, look.prints, look.lumps), 1 / 128)


def _kneaded(quiet: U8) -> U8:
    """Lab with stronger colours, never black or white."""
    return np.asarray(_bytes.table(quiet, _colours()))


@lru_cache(maxsize=1)
def _colours() -> U8:
    at, to = np.array(_CURVE).T
    level = np.arange(256)
    light = np.interp(level / 255, at, to) * 255
    colour = 128 + (level - 128) * _VIVID
    out = np.clip(np.rint(np.stack([light, colour, colour, level], -1)), 0, 255).astype(np.uint8)[None]
    out.flags.writeable = False
    return out


def _towards_key(lightness: U8, look: Look) -> U8:
    """How far the relief faces the key: 128 is level."""
    level = lightness.astype(np.float32)
    height = np.zeros_like(level)
    for fine, wide, least, high in _BANDS:
        band = _filters.box(level, fine, 2) - _filters.box(level, wide, 2)
        spread = _cv.sqrt(_filters.box(band * band, 2 * wide) + np.float32(least * least))
        band = _cv.divide(band, spread)
        height += np.clip(band, -1.3, 1.1) * np.float32(high)
    key = np.array(_KEY) * look.volume * _STEEP / 8
    across = _cv.Sobel(height, _cv.CV_32F, 1, 0, scale=key[0])
    down = _cv.Sobel(height, _cv.CV_32F, 0, 1, scale=key[1])
    across += down
    across *= np.float32(-1)
    across += np.float32(128)
    return np.asarray(np.clip(across, 0, 255).astype(np.uint8))


def _facing(slope: int | NDArray[np.int_]) -> Any:
    return (np.asarray(slope) - 128) / _STEEP


@lru_cache(maxsize=4)
def _ramps(wrap: float) -> U8:
    """(1, 256, 4): factors on red, green and blue by how far a place faces the key: red where light ends."""
    key = np.clip((_facing(np.arange(256)) * 0.62 + 0.60 + wrap) / (0.96 + wrap), 0, 1.3)
    stops = np.array([0, 0.30, 0.72, 1.0, 1.3])
    found = []
    for dark, middle, light in ((0.46, 1.0, 1.20), (0.34, 0.965, 1.13), (0.42, 0.94, 1.00)):
        found.append(np.interp(key, stops, [dark, (dark + middle) / 2, middle, light, light * 1.03]))
    ramps = np.stack([*found, np.ones(256)], -1)
    out = np.clip(np.rint(ramps * _WHOLE), 0, 255).astype(np.uint8)[None]
    out.flags.writeable = False
    return out


@lru_cache(maxsize=4)
def _sheen(shine: float) -> U8:
    """Broad and oily, where a place faces between the key and the eye."""
    return _bytes.of(np.exp(-(((_facing(np.arange(256)) - 0.72) / 0.36) ** 2)) * min(0.16 * shine, 1))


@lru_cache(maxsize=2)
def _hands(width: int, height: int, prints: float, lumps: float) -> U8:
    """What hands left, as a factor on the light (128 is 1)."""
    clay, window = _clay_tile.clay(height / 1080, 0), _noise.Window(0, 0, width, height)
    total = np.zeros((height, width), np.float32)
    for way, lump, mark in zip(_KEY, clay.lumps, clay.prints, strict=True):
        total += np.float32(way) * (
            _clay_tile.over(lump, window) * np.float32(0.8 * lumps) + _clay_tile.over(mark, window) * np.float32(prints)
        )
    out = _bytes.three(np.clip(np.rint(128 * (1 - 0.62 * total)), 30, 255).astype(np.uint8))
    out.flags.writeable = False
    return out

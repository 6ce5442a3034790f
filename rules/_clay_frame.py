"""Footage modelled in clay: pieces of few colours, rounded to their borders, light by tables, prints over it all.

Pieces are the flat shapes of footage; where two differ much both are thick, where they differ little there is a shallow
groove, and eyes and mouths are pressed in. Worked out on 540 lines, whatever the picture's size, so that it looks the
same at all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _clay_tile, _clay_touch, _filters, _noise, _shapes, _simple

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_STEP = 15  #: levels by which an area must stand out to be a piece
_TONES = 9
_SPECK = 20  #: px of the smallest piece
#: levels by which it stands out, and what is left of red, green and blue, or of what they lack to white
_DARK: _shapes.Steps = ((17, (0.74, 0.62, 0.60)), (34, (0.36, 0.27, 0.28)))
_PALE: _shapes.Steps = ((24, (0.70, 0.75, 0.82)), (40, (0.28, 0.34, 0.44)))
_PRESSED = 30  #: levels by which a dark thing stands out that is pressed into the clay
#: levels between two pieces, how far each is round then, and how high, px
_THICK, _GROOVE = (44, 20.0, 7.0), (13, 5.0, 1.6)
_FORM = 0.16  #: px of height for a level of the light on large forms
_CREASE = (0.70, 6.0)  #: what is left of light between thick pieces, and px until all of it is
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
    work = _bytes.with_fourth(_filters.resized(rgb, *_simple.working_size(width, height)))
    shapes = _shapes.of(work, _STEP)
    flat = _pieces(shapes, work.shape[:2])
    small = [_shapes.without_specks(s, t[0][0], _SPECK) for s, t in zip(shapes[3:], (_DARK, _PALE), strict=True)]
    slope, crease = _relief(_borders(flat, small[0]), shapes.light, look)
    colour = _shapes.drawn(flat, small, (_DARK, _PALE))
    lit = _bytes.times(colour, _bytes.table(_bytes.four(slope), _ramps(look.wrap)), 1 / _WHOLE)
    lit = _bytes.times(lit, _bytes.four(crease))
    lit = _bytes.plus(lit, _bytes.four(_bytes.table(slope, _sheen(look.shine))))
    lit = _clay_touch.focused(_simple.crisp(lit, 1.6, 3), look.miniature, _FAR)
    out = _bytes.without_fourth(_simple.sized(lit, width, height))
    return _bytes.times(out, _hands(width, height, look), 1 / 128)


def _pieces(shapes: _shapes.Shapes, size: tuple[int, ...]) -> U8:
    """The colours of the clay, RGBX; none is black or white."""
    tone = 255 * np.interp(_shapes.tones(_TONES) / 255, *np.array(_CURVE).T)
    hues = [_bytes.blend(hue, _VIVID, hue, 0, 128 - 128 * _VIVID) for hue in (shapes.a, shapes.b)]
    planes = [_bytes.table(shapes.light, _shapes.stepped(tone)), *hues]
    flat = _bytes.with_fourth(_cv.cvtColor(_bytes.joined(planes), _cv.COLOR_Lab2RGB))
    flat = _cv.medianBlur(_cv.medianBlur(flat, 5), 5)
    return _simple.crisp(_cv.blur(_simple.sized(flat, size[1], size[0]), (5, 5)), 3.4, 5)


def _borders(flat: U8, dark: U8) -> U8:
    """Levels by which pieces differ where they meet; what is pressed in is all border."""
    around = np.ones((3, 3), np.uint8)
    steps = _cv.split(_bytes.minus(_cv.dilate(flat, around), _cv.erode(flat, around)))
    pressed = _cv.compare(dark, _PRESSED, _cv.CMP_GT)
    return _bytes.most(_bytes.most(steps[0], pressed), _bytes.most(steps[1], steps[2]))


def _relief(border: U8, light: U8, look: Look) -> tuple[U8, U8]:
    """How far each place faces the key, 128 is level; and what is left of the light between thick pieces."""
    far = _away(border, _THICK[0])
    height = _round(far, *_THICK[1:]) + _round(_away(border, _GROOVE[0]), *_GROOVE[1:])
    form = _filters.box(light.astype(np.float32), 9, 3) * np.float32(_FORM)
    height = _filters.box(height, 1, 2) + _cv.resize(form, (border.shape[1], border.shape[0]))
    key = np.array(_KEY) * look.volume * _STEEP / 8
    across = _cv.Sobel(height, _cv.CV_32F, 1, 0, scale=key[0])
    down = _cv.Sobel(height, _cv.CV_32F, 0, 1, scale=key[1])
    slope = np.clip(128 - (across + down), 0, 255).astype(np.uint8)
    least, reach = _CREASE
    return slope, _cv.convertScaleAbs(_cv.min(far, reach), alpha=255 * (1 - least) / reach, beta=255 * least)


def _away(border: U8, level: int) -> F32:
    """Px from the nearest border of more than a level."""
    return np.asarray(_cv.distanceTransform(_cv.compare(border, level, _cv.CMP_LE), _cv.DIST_L2, 3))


def _round(away: F32, reach: float, high: float) -> F32:
    """The height of a piece that is round for so many px from its border."""
    level = _cv.min(away, reach) * np.float32(1 / reach)
    return np.asarray(_cv.sqrt(level * (2 - level)) * np.float32(high))


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
    return _bytes.of(np.exp(-(((_facing() - 0.72) / 0.36) ** 2)) * min(0.15 * shine, 1))


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

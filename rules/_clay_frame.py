"""Footage modelled in clay: pieces of few colours, round like cushions, what is on them worked in, prints over it all.

The light that the camera saw becomes form: what is broad swells, folds and features stand out along the flow of the
picture as strokes of a tool leave them, and pieces fall to their borders, where light ends. A border counts if the
picture has one, too; a gradient that two tones part has none. What is broad lies under the rest and hardly turns up at
its ends, or each thing on it would have a halo. Eyes and mouths are laid on; what has no hue is blue clay in the dark
and sand in the light. Worked out on 540 lines and half of that, whatever the size, so that it looks the same at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import (
    _bytes,
    _clay_thumbs,
    _clay_tile,
    _clay_touch,
    _filters,
    _livelier,
    _noise,
    _shapes,
    _simple,
    _toon_lines,
)

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_STEP = 23  #: levels by which an area must stand out to be a piece
_TONES = 8
_CURVE = ((0, 0.15), (0.2, 0.30), (0.5, 0.58), (1, 0.96))
_VIVID = 1.3
_HUES = 1.8  #: times over that the hue of what is nearly grey is added
_PLAIN = 4, 13  #: levels of a or b from which clay has some hue of its own, and enough
#: a and b of clay of no hue, by its lightness: blue, sand, cream
_AT, _TINT = (0, 100, 150, 225, 255), ((5, 2, 5, 4, 0), (-16, -15, 14, 12, 5))
_SPECK = 20  #: px of the smallest piece that is laid on
#: levels by which it stands out, and what is left of red, green and blue
_DARK: _shapes.Steps = ((20, (0.84, 0.74, 0.70)), (46, (0.46, 0.36, 0.36)))
_PALE = 28, 48, 50  #: levels from which a small thing is lighter, at which it is pale, and by how many
_ROLL = 15, 2.5  #: levels from which it is a roll of clay, and px of its height
#: levels by which pieces differ at a border, and by which the picture does
_BORDER, _REAL = 30, 18
#: how far in from a border pieces rise, and how high, px: at their rim, and as a whole
_RIM, _BODY = (13.0, 5.5), (70.0, 15.0)
#: px from its border to the middle of a piece that is broad, of the broadest, and what its rim has of its height
_BROAD = 26.0, 52.0, 0.15
#: px about a place that it swells from, and levels that count at most: an edge is no slope
_SWELL = 18, 20
_FORM = 0.22  #: px of height for a level of light on large forms
#: what stands out: boxes of boxes that it lies between, px, height, and levels that are nothing
_WORKED = ((1, 3, 2.2, 13.0), (3, 9, 2.4, 17.0))
_CLEAR = 7.0  #: px from a border from which on features stand out in full: nearer they would be a halo of it
_STROKE = 1.2  #: px of the first step along a stroke
_CREASE = (0.64, 2.2)  #: what is left of light at a border, and px until all of it is
_LIGHT = 0.48  #: how much of the light that the camera saw stays light
_KEY = (-0.52, -0.58)
_STEEP = 84.0  #: levels of light a slope towards the key
_FAR = (0.17, 0.14)  #: of the height that is out of focus, at the top and at the foot
_WHOLE, _ONE = 160, 128  #: levels of a factor of 1, on colours and on all light


@dataclass(frozen=True)
class Look:
    """The pass's knobs that concern footage."""

    volume: float
    prints: float
    lumps: float
    shine: float
    wrap: float
    vivid: float
    miniature: float


def modelled(rgb: U8, look: Look) -> U8:
    """A frame of footage in clay."""
    height, width = rgb.shape[:2]
    work = _bytes.with_fourth(_filters.resized(rgb, *_simple.working_size(width, height)))
    shapes = _shapes.of(_livelier.livelier(work, _HUES * min(look.vivid, 1)), _STEP)
    dark = _shapes.without_specks(shapes.dark, _DARK[0][0], _SPECK)
    pale = _shapes.without_specks(shapes.pale, _PALE[0], _SPECK)
    half = _bytes.without_fourth(_filters.resized(work, shapes.light.shape[1], shapes.light.shape[0]))
    pieces = _pieces(shapes, _VIVID * look.vivid)
    relief, open_ = _relief(pieces, half)
    slope = _towards(_filters.resized(relief, work.shape[1], work.shape[0]), _bytes.most(dark, pale), look)
    lit = _bytes.times(_coloured(pieces, dark, pale), _bytes.table(slope, _ramps(look.wrap)), 1 / _WHOLE)
    lit = _bytes.times(lit, _bytes.three(_simple.sized(open_, work.shape[1], work.shape[0])), 1 / _ONE)
    lit = _bytes.plus(lit, _bytes.three(_bytes.table(slope, _sheen(look.shine))))
    lit = _clay_touch.focused(_simple.crisp(lit, 2.0, 3), look.miniature, _FAR)
    out = _simple.sized(lit, width, height)
    return _bytes.times(out, _hands(width, height, look), 1 / _ONE)


def _pieces(shapes: _shapes.Shapes, vivid: float) -> U8:
    """The colours of the clay, RGB; none is black or white."""
    tone = 255 * np.interp(_shapes.tones(_TONES) / 255, *np.array(_CURVE).T)
    levels = tone, *(128 + min(vivid, 1) * np.interp(tone, _AT, tint) for tint in _TINT)
    light, *tints = (_bytes.table(shapes.light, _shapes.stepped(level)) for level in levels)
    away = _bytes.most(*(_cv.absdiff(hue, 128.0) for hue in (shapes.a, shapes.b)))
    some, strong = (_cv.compare(away, level, _cv.CMP_GT) for level in _PLAIN)
    hues = []
    for hue, tint in zip((shapes.a, shapes.b), tints, strict=True):
        _cv.copyTo(_bytes.blend(tint, 0.8, tint, 0, 26), some, tint)
        _cv.copyTo(np.full_like(tint, 128), strong, tint)
        hues.append(_bytes.blend(hue, vivid, tint, 1, -128 * vivid))
    flat = _cv.cvtColor(_bytes.joined([light, *hues]), _cv.COLOR_Lab2RGB)
    return np.asarray(_cv.medianBlur(flat, 5))


def _coloured(pieces: U8, dark: U8, pale: U8) -> U8:
    """Pieces with what is laid on them."""
    flat = _simple.crisp(_cv.blur(_simple.sized(pieces, dark.shape[1], dark.shape[0]), (5, 5)), 3.4, 5)
    flat = _bytes.times(flat, _bytes.table(dark, _shapes.left(_DARK)[..., :3]))
    return _bytes.plus(flat, _bytes.three(_bytes.table(pale, _shapes.lights(*_PALE))))


def _relief(pieces: U8, half: U8) -> tuple[F32, U8]:
    """The height of the clay, px; and what is left of the light, `_ONE` is all."""
    seen = _bytes.grey(half)
    real = _cv.dilate(_ranges(_cv.medianBlur(half, 5)), np.ones((3, 3), np.uint8))
    border = _bytes.least(_cv.compare(_ranges(pieces), _BORDER, _cv.CMP_GT), _cv.compare(real, _REAL, _cv.CMP_GT))
    far = _cv.distanceTransform(_bytes.inverse(border), _cv.DIST_L2, 3)
    body = _round(_filters.box(_cv.min(far, _BODY[0]), 4, 2), *_BODY)
    rim = _cv.multiply(_round(far, *_RIM), _thin(far))
    height = _filters.box(rim, 1, 2) + _filters.box(body, 2)
    level = seen.astype(np.float32)
    swell = np.clip(level - _filters.box(level, _SWELL[0], 2), -_SWELL[1], _SWELL[1])
    height += _filters.box(swell, 4, 3) * np.float32(_FORM)
    clear = _cv.min(far * np.float32(1 / _CLEAR), 1)
    height += _worked(seen) * clear
    least, reach = _CREASE
    crease = _cv.convertScaleAbs(_cv.min(far, reach), alpha=255 * (1 - least) / reach, beta=255 * least)
    light = (_filters.box(seen, 2).astype(np.float32) - _filters.box(_bytes.grey(pieces), 2)) * np.float32(_LIGHT)
    light = _cv.convertScaleAbs(_cv.multiply(light, clear), beta=_ONE)
    return height, _bytes.times(light, _filters.box(crease, 1))


def _ranges(picture: U8) -> U8:
    """Levels by which a picture changes about each place, in the channel where it does most."""
    around = np.ones((3, 3), np.uint8)
    red, green, blue = _bytes.parted(_bytes.minus(_cv.dilate(picture, around), _cv.erode(picture, around)))
    return _bytes.most(red, _bytes.most(green, blue))


def _thin(far: F32) -> F32:
    """How high the rim of a piece is: what is broad lies under the others, and hardly turns up where they end."""
    tall, wide = (max(side // 4, 1) for side in far.shape)
    small = _cv.resize(_cv.min(far, _BROAD[1]), (wide, tall), interpolation=_cv.INTER_NEAREST)
    broad = _filters.box(_cv.dilate(small, np.ones((13, 13), np.uint8)), 2, 2)
    least, most, rest = _BROAD
    share = np.clip(1 - (broad - np.float32(least)) * np.float32((1 - rest) / (most - least)), rest, 1)
    return np.asarray(_cv.resize(share, far.shape[::-1], interpolation=_cv.INTER_LINEAR))


def _round(away: F32, reach: float, high: float) -> F32:
    """The height of a piece that is round for so many px from its border."""
    level = _cv.min(away, reach) * np.float32(1 / reach)
    return np.asarray(_cv.sqrt(level * (2 - level)) * np.float32(high))


def _worked(seen: U8) -> F32:
    """What tools leave: how far things stand out, about as far whatever their contrast, drawn along the flow."""
    level = seen.astype(np.float32)
    out = np.zeros_like(level)
    for fine, wide, high, least in _WORKED:
        band = _filters.box(level, fine, 2) - _filters.box(level, wide, 2)
        spread = _filters.box(_cv.multiply(band, band), 2 * wide, 2) + np.float32(least * least)
        band = np.clip(band / _cv.sqrt(spread), -1.3, 1.1)
        out += band * np.float32(high)
    return _toon_lines.along(out, _toon_lines.way(seen), _STROKE, 2)


def _towards(height: F32, small: U8, look: Look) -> U8:
    """How far each place faces the key, 128 is level. small: levels by which a small thing stands out."""
    least, high = _ROLL
    roll = np.clip((np.arange(256, dtype=np.float32) - least) / 20, 0, 1) * np.float32(high)
    height = height + _filters.box(_cv.LUT(small, roll), 1, 2)
    key = np.array(_KEY) * look.volume * _STEEP / 8
    across = _cv.Sobel(height, _cv.CV_32F, 1, 0, scale=key[0])
    down = _cv.Sobel(height, _cv.CV_32F, 0, 1, scale=key[1])
    return np.asarray(np.clip(128 - (across + down), 0, 255), np.uint8)


def _facing() -> NDArray[np.float64]:
    """The slope towards the key that each level means."""
    return np.asarray((np.arange(256) - 128) / _STEEP, np.float64)


@lru_cache(maxsize=4)
def _ramps(wrap: float) -> U8:
    """(1, 256, 3): factors on red, green and blue by how far a place faces the key: red where light ends."""
    key = np.clip((_facing() * 0.62 + 0.60 + wrap) / (0.96 + wrap), 0, 1.3)
    stops = np.array([0, 0.30, 0.72, 1.0, 1.3])
    found = []
    for dark, middle, light in ((0.44, 1.05, 1.20), (0.33, 1.02, 1.15), (0.40, 1.0, 1.06)):
        found.append(np.interp(key, stops, [dark, (dark + middle) / 2, middle, light, light * 1.03]))
    ramps = np.stack(found, -1)
    out: U8 = np.clip(np.rint(ramps * _WHOLE), 0, 255).astype(np.uint8)[None]
    out.flags.writeable = False
    return out


@lru_cache(maxsize=4)
def _sheen(shine: float) -> U8:
    """Broad and oily, where a place faces between the key and the eye."""
    return _bytes.of(np.exp(-(((_facing() - 0.66) / 0.40) ** 2)) * min(0.17 * shine, 1))


@lru_cache(maxsize=2)
def _hands(width: int, height: int, look: Look) -> U8:
    """What hands left, as a factor on the light (`_ONE` is 1); out of focus there is nothing of it."""
    clay, window = _clay_tile.clay(height / 1080, 0), _noise.Window(0, 0, width, height)
    prints = _clay_thumbs.height(width, height)
    total = np.zeros((height, width), np.float32)
    for way, lump, axis in zip(_KEY, clay.lumps, ((1, 0), (0, 1)), strict=True):
        lumps = _clay_tile.over(lump, window) * np.float32(1.15 * look.lumps)
        total += np.float32(way) * (lumps + _cv.Sobel(prints, _cv.CV_32F, *axis, scale=look.prints / 8))
    total *= 1 - _clay_touch.unsharp(height, look.miniature, _FAR)[:, None]
    out = _bytes.three(np.clip(np.rint(_ONE * (1 - 0.48 * total)), 30, 255).astype(np.uint8))
    out.flags.writeable = False
    return out

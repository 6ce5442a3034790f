"""What a miniature set shows of its making: places touched between two takes, and focus that ends at top and foot.

Twelve times a second an animator has touched the clay anew. Where that was, the picture is bent by less than a pixel,
a thumb's shallow dent takes light, and prints are pressed smooth or pressed anew: what there is of detail is weaker
or stronger, so that it belongs to the clay and not to the screen, and what is out of focus shows nothing of it.
Three takes come round, each with places of its own, and between two ticks nothing moves. Lengths are px of 1080 lines.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _clay_tile, _noise

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_APART = 400.0  #: from one touched place to the next
_WIDE = 62.0  #: half of a place
_SEEN = 0.94  #: of that, within which more than a level changes
_BENT = 0.85  #: px of the picture's 1080 lines
_PRESSED = 0.80  #: how much of the slope of lumps the light shows
_SMOOTH, _ANEW = 0.75, 0.9  #: share of detail that a thumb takes, or adds
_ONE = 128  #: level of a factor of 1
#: of the height of a scene that is out of focus, at top and foot: captions stand there, and lenses do the rest
SCENE = (0.07, 0.0)
_SOFT = 4  #: how much smaller what is out of focus is worked out


class Touch(NamedTuple):
    """A place: its box, where each of its pixels is read within it, whether a thumb smoothed it, and the factors on
    what is there and on what is about it, or on detail where prints were pressed anew."""

    box: tuple[slice, slice]
    across: NDArray[np.int16]
    between: NDArray[np.uint16]
    is_smooth: bool
    own: U8
    around: U8


def touched(rgb: U8, seed: int, tick: int, boil: float) -> U8:
    """The picture of this tick, in place. boil: how much is touched."""
    reach = 2 * max(1, round(2 * rgb.shape[0] / 1080)) + 1
    for place in places(rgb.shape[1], rgb.shape[0], seed, tick % _clay_tile.TAKES, boil):
        bent = _cv.remap(rgb[place.box], place.across, place.between, _cv.INTER_LINEAR, borderMode=_cv.BORDER_REPLICATE)
        soft = _cv.blur(bent, (reach, reach), borderType=_cv.BORDER_REPLICATE)
        own = _bytes.times(bent, place.own, 1 / _ONE)
        if place.is_smooth:
            rgb[place.box] = _bytes.plus(own, _bytes.times(soft, place.around, 1 / _ONE))
            continue
        above = _bytes.times(_bytes.minus(bent, soft), place.around, 1 / _ONE)
        below = _bytes.times(_bytes.minus(soft, bent), place.around, 1 / _ONE)
        rgb[place.box] = _bytes.minus(_bytes.plus(own, above), below)
    return rgb


@lru_cache(maxsize=6)
def places(width: int, height: int, seed: int, take: int, boil: float) -> tuple[Touch, ...]:
    """The touched places of a take: one in each cell of a lattice, somewhere."""
    unit = height / 1080
    step, reach = _APART * unit, round(_WIDE * unit)
    half = round(_SEEN * reach)
    if reach < 3 or not boil:
        return ()
    clay = _clay_tile.clay(unit, take)
    found = []
    for row in range(int(height / step) + 1):
        for column in range(int(width / step) + 1):
            x, y = (
                int((at + _noise.unit(column, row, 8 * seed + 2 * take + way)) * step)
                for way, at in enumerate((column, row))
            )
            left, top, right, foot = max(x - half, 0), max(y - half, 0), min(x + half, width), min(y + half, height)
            if right - left > 2 and foot - top > 2:
                window = _noise.Window(left - x, top - y, right - left, foot - top)
                press = _SMOOTH if (row + column + take) % 2 else -_ANEW
                place = _touch(window, clay, (reach, boil, press))
                found.append(Touch((slice(top, foot), slice(left, right)), *place))
    return tuple(found)


def _touch(window: _noise.Window, clay: _clay_tile.Clay, how: tuple[int, float, float]) -> tuple[Any, ...]:
    """A window of the clay's tile, strongest in the middle and nothing at the rim."""
    reach, boil, press = how
    x = np.arange(window.left, window.left + window.width, dtype=np.float32)[None, :]
    y = np.arange(window.top, window.top + window.height, dtype=np.float32)[:, None]
    share = np.clip(1 - (x * x + y * y) * np.float32(1 / reach**2), 0, 1)
    share = share * share * np.float32(boil)
    turn = window._replace(left=window.left + 5 * reach, top=window.top + 3 * reach)
    lumps = [_clay_tile.over(lump, turn) for lump in clay.lumps]
    bend = [lump * share * np.float32(_BENT * reach / _WIDE * 12) for lump in lumps]
    most = np.float32(_BENT * reach / _WIDE * boil)
    at = [np.clip(b, -most, most) + where for b, where in zip(bend, (x - x[0, 0], y - y[0, 0]), strict=True)]
    across, between = _cv.convertMaps(*(np.ascontiguousarray(a, np.float32) for a in at), _cv.CV_16SC2)
    light = 1 + (0.52 * lumps[0] + 0.58 * lumps[1]) * share * np.float32(_PRESSED)
    pressed = np.clip(abs(press) * share, 0, 1)
    factors = (light * (1 - pressed), light * pressed) if press > 0 else (light, pressed)
    own, around = (np.clip(factor * _ONE + np.float32(0.5), 0, 255).astype(np.uint8) for factor in factors)
    return across, between, press > 0, _bytes.three(own), _bytes.three(around)


def focused(picture: U8, miniature: float, of: tuple[float, float] = SCENE) -> U8:
    """Out of focus at the top and at the foot, in place. of: how much of the height that is."""
    height, width = picture.shape[:2]
    ends = round(min(of[0] * miniature, 0.5) * height), round(min(of[1] * miniature, 0.5) * height)
    for rows in (slice(0, ends[0]), slice(height - ends[1], height)):
        strip = picture[rows]
        if min(strip.shape[0], width) >= 2 * _SOFT:
            soft, sharp = _planes(width, height, rows.start, rows.stop, (miniature, *of))
            strip[:] = _bytes.plus(_bytes.times(_soft(strip, height), soft), _bytes.times(strip, sharp))
    return picture


def unsharp(height: int, miniature: float, of: tuple[float, float]) -> F32:
    """How far each row is out of focus, 0 to 1."""
    row = (np.arange(height, dtype=np.float32) + np.float32(0.5)) / np.float32(height)
    out = np.zeros(height, np.float32)
    for part, away in zip(of, (row, 1 - row), strict=True):
        if part * miniature > 0:
            share = np.clip(1 - away * np.float32(1 / min(part * miniature, 0.5)), 0, 1)
            out += share * share * (3 - 2 * share)
    return out


def _soft(strip: U8, height: int) -> U8:
    tall, wide = strip.shape[:2]
    small = _cv.resize(strip, (wide // _SOFT, tall // _SOFT), interpolation=_cv.INTER_AREA)
    reach = 2 * max(1, round(1.6 * height / 1080)) + 1
    small = _cv.blur(_cv.blur(small, (reach, reach)), (reach, reach))
    return np.asarray(_cv.resize(small, (wide, tall), interpolation=_cv.INTER_LINEAR))


@lru_cache(maxsize=4)
def _planes(width: int, height: int, top: int, foot: int, how: tuple[float, float, float]) -> tuple[U8, U8]:
    """How much of the blurred and of the sharp picture shows, on three channels."""
    plane = _bytes.of(np.repeat(unsharp(height, how[0], how[1:])[top:foot, None], width, axis=1))
    return _bytes.three(plane), _bytes.three(_bytes.inverse(plane))

"""Plates of clay: the painting is the relief. What is lighter than what is about it stands out, pieces are slabs with
rounded rims, joints are pressed in; hands and light do the rest.

The relief is a band-pass of lightness made even by its own deviation, so that a faint joint is as deep as a strong
one while a gradient stays level. It is worked out at half the size; lengths are px of 1080 lines, times `Look.unit`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import (
    _bytes,
    _clay_light,
    _clay_tile,
    _filters,
    _noise,
    _relief,
    _simple,
)
from rules._clay import Look, slope
from studio.rule import Maps

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
#: sigma that is smoothed away, and of what is about a place; height of what stands out, px; levels that are nothing
_BANDS = ((1.6, 5.5, 1.1, 9.0), (3.4, 14.0, 3.0, 13.0))
_RIM = 20.0  #: how far in from a seam a slab rises
_HIGH = 0.36  #: how high it does, of that
#: sigmas between which joints are dark, px, and levels that are nothing; how deep they are, in deviations
_JOINT, _DEEP = (1.4, 7.0, 7.0), 0.55
_BALL, _BULGE = 16.0, 9.5  #: px from a joint within which what lies between is round, and how high it is
_ABOUT, _FEW = 60.0, (0.19, 0.28)  #: px within which joints are counted, and shares that are few, and many
_QUIET = 2.4  #: reach within which texture goes
_SEAM = 7.0  #: how far a seam darkens, and how much is left of the light in it
_LEFT = 0.62
_GROOVE = 0.15  #: what a joint takes of the light
_KEY = (-0.62, -0.78)
_WHOLE = 96.0  #: level of a factor of 1
_SET = 0.95  #: of the light comes to the set
_CURVE = ((0, 0.09), (0.2, 0.25), (0.5, 0.53), (1, 0.96))
_VIVID = 1.32


def ground(rgba: U8, maps: Maps, look: Look) -> U8:
    """A plate of clay."""
    assert maps.parts is not None
    height, width = rgba.shape[:2]
    straight = _filters.straight(rgba, _filters.px(3, look.unit))
    reach = round(_QUIET * look.unit)
    soft = _filters.soft_kuwahara(straight, reach) if reach else straight
    half = max(2, -(-width // 2)), max(2, -(-height // 2))
    light, shine = _lit(_bytes.grey(_filters.resized(straight, *half)), _parts(maps.parts, rgba, half), maps, look)
    out = _bytes.times(_kneaded(soft, _VIVID * look.vivid), _simple.sized(light, width, height), 1 / _WHOLE)
    out = _bytes.plus(out, _bytes.three(_simple.sized(shine, width, height)))
    alpha = rgba[..., 3]
    return np.asarray(_cv.merge([*_cv.split(_bytes.times(out, _bytes.three(alpha))), alpha]))


def _kneaded(rgbx: U8, vivid: float) -> U8:
    """Strong, opaque colours."""
    luma = _bytes.grey(rgbx)
    at, to = np.array(_CURVE).T
    steps = np.interp(np.arange(256) / 255, at, to) * 255
    aim = _bytes.three(_bytes.table(luma, np.rint(steps).astype(np.uint8)))
    return _bytes.blend(
        _cv.addWeighted(_bytes.without_fourth(rgbx), vivid, _bytes.three(luma), -vivid, 128), 1, aim, 1, -128
    )


def _parts(parts: U8, rgba: U8, size: tuple[int, int]) -> U8:
    """The plate's pieces at another size; 0 outside."""
    inside = np.where(rgba[..., 3] > 127, np.maximum(parts, 1), 0).astype(np.uint8)
    return np.asarray(_cv.resize(inside, size, interpolation=_cv.INTER_NEAREST))


def _seams(parts: U8) -> U8:
    """0 where two pieces meet, else 255."""
    out = np.full(parts.shape, 255, np.uint8)
    for first, second in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[1:], np.s_[:-1])):
        out[first][parts[first] != parts[second]] = 0
    return out


def _filled(parts: U8) -> U8:
    """Pieces, going on outside."""
    return np.asarray(np.where(parts == 0, _cv.dilate(parts, np.ones((5, 5), np.uint8)), parts), np.uint8)


def _lit(grey: U8, parts: U8, maps: Maps, look: Look) -> tuple[U8, U8]:
    """Factors on red, green and blue (`_WHOLE` is 1), and the sheen to add; at half the size."""
    unit = look.unit / 2
    inside = _filters.inner_distance(_seams(parts) > 0)
    reach = _RIM * unit
    away = 1 - np.clip(inside * np.float32(1 / reach), 0, 1)
    height = np.sqrt(np.maximum(1 - away * away, 0)) * np.float32(_HIGH * reach)
    stands = standing(grey, unit)
    pressed = _pressed(grey, unit)
    height = (_filters.gaussian(height, 1.8 * unit) + stands + pressed) * np.float32(look.volume)
    across, down = slope(height, 1, 0), slope(height, 0, 1)
    window = _noise.Window(maps.left // 2, maps.top // 2, grey.shape[1], grey.shape[0])
    clay = _clay_tile.clay(unit, look.seed % _clay_tile.TAKES)
    for out, lumps, prints in zip((across, down), clay.lumps, clay.prints, strict=True):
        out += _clay_tile.over(lumps, window) * np.float32(0.9 * look.lumps)
        out += _clay_tile.over(prints, window) * np.float32(0.7 * look.prints)
    facing = _clay_light.normals(across, down)
    lamp = _clay_light.Lamp(_relief.towards(_KEY, 0.8), look.wrap, 0.6 * look.shine)
    between = _filters.inner_distance(_seams(_filled(parts)) > 0)  # its own outline is no seam
    seam = np.clip(between * np.float32(1 / (_SEAM * unit)), 0, 1)
    open_ = _filters.gaussian(np.float32(_LEFT) + np.float32(1 - _LEFT) * np.sqrt(seam), 1.2 * unit)
    open_ *= 1 - np.float32(_GROOVE / 3.0 / unit) * np.clip(-stands, 0, 3 * unit)
    light = _clay_light.lit(np.ones((3, *inside.shape), np.float32), facing, replace(lamp, shine=0.0), open_)
    shine = _clay_light.sheen(facing, lamp) * open_
    return _merged(light * np.float32(_SET * _WHOLE)), _cv.convertScaleAbs(shine, alpha=255)


def _pressed(grey: U8, unit: float) -> F32:
    """What lies between joints, as balls of clay that were pressed flat: px of height by the way to the next joint."""
    level = grey.astype(np.float32)
    fine, wide, least = _JOINT
    band = _filters.gaussian(level, fine * unit) - _filters.gaussian(level, wide * unit)
    spread = np.sqrt(_filters.gaussian(band * band, 2 * wide * unit) + np.float32(least * least))
    joint = band < np.float32(-_DEEP) * spread
    level = np.clip(_filters.inner_distance(~joint) * np.float32(1 / (_BALL * unit)), 0, 1)
    crowd = _filters.box(joint.astype(np.float32), _filters.px(_ABOUT, unit), 2)
    many = np.clip((crowd - np.float32(_FEW[0])) * np.float32(1 / (_FEW[1] - _FEW[0])), 0, 1)
    ball = np.asarray(level * (2 - level) * many, np.float32)
    return np.asarray(_filters.gaussian(ball, 2.2 * unit) * np.float32(_BULGE * unit), np.float32)


def standing(grey: U8, unit: float) -> F32:
    """How far things stand out of a picture, px: about as far whatever their contrast."""
    level = grey.astype(np.float32)
    out = np.zeros_like(level)
    for fine, wide, high, least in _BANDS:
        band = _filters.gaussian(level, fine * unit) - _filters.gaussian(level, wide * unit)
        spread = np.sqrt(_filters.gaussian(band * band, 2 * wide * unit) + np.float32(least * least))
        band /= spread
        np.clip(band, -1.3, 1.1, out=band)
        out += band * np.float32(high * unit)
    return out


def _merged(planes: F32) -> U8:
    return np.asarray(_cv.merge([_cv.convertScaleAbs(plane) for plane in planes]))

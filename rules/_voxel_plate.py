"""Places out of blocks: plates with a relief of what is light on them, and floors in perspective."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _noise, _voxel, _voxel_colour, _voxel_drawing
from rules._voxel_drawing import Look
from studio.rule import Maps

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_LIKE, _ABOUT = 30.0, 5  #: levels, and cells across, in which colours that are like one another run together
_WARM = 0.5  #: of red less blue, by which lit windows lie deeper than they are light
_RELIEF = 16.0  #: levels by which what stands out one level is lighter than what is around
_LEAST, _MOST = 0.9, 2.0  #: of a block: how small blocks of far places are, and how large those of near ones
_FAR, _SKY = 0.02, 1.5  #: px a metre of a line of what is as far as a sky; of a block of places: those of a sky
_LETTER = 0.36  #: of a block of figures: those of cards
_FLOOR = -0.02  #: of the picture's height: a plate that begins below this lies on the ground
_STAGE = 2.4 / 7  #: of a ground's unit below the horizon: where people stand in a full shot
_WEAK = 8  #: px of a row under which its edges are weaker
_SLAB = 2.0  #: of a block of places: a slab's width
_FLAT = 0.62  #: height of a floor's block, of its width
_RAISED = 0.12  #: of a floor's blocks stand up
#: a stud on a slab, each over the one before: right and down from the middle, its radius, of the slab; its light
_STUDS = ((0.05, 0.13, 0.34, 0.8), *((0.0, 0.1 - 0.04 * k, 0.3, 0.72) for k in range(5)), (0.0, -0.1, 0.3, 1.2),
          (0.0, -0.085, 0.27, 1.08))  # fmt: skip


def place(rgba: U8, maps: Maps, look: Look) -> U8:
    """A plate."""
    if maps.role == "plate" and maps.top > _FLOOR * maps.lines:
        return floor(rgba, maps, look)
    return wall(rgba, maps, look)


# -- what stands


def wall(rgba: U8, maps: Maps, look: Look) -> U8:
    """A plate that stands: what is lighter than what is around stands out."""
    printed = maps.role == "card"
    far = 0 < maps.scale < _FAR * maps.lines
    block = look.px(maps, look.coarse * (_SKY if far else 1), _LEAST, _MOST)
    if printed:
        block = _LETTER * look.block * look.unit
    on = _voxel_drawing.over(rgba, maps, block)
    samples = _voxel.sampled(rgba, on)
    cover = (samples[..., 3] > 127).mean(-1, dtype=np.float32)
    stands = _voxel_drawing.standing(cover, np.ones(cover.shape, np.bool_))
    if not stands.any():
        return np.zeros_like(rgba)
    if printed:  # letters must stay legible: a stroke wins that covers a third of a cell
        colour = _voxel_drawing.own(samples, np.zeros(samples.shape[:3], np.uint8))
    else:
        colour = _quiet(_voxel_drawing.clean(_voxel_drawing.own(samples)))
    colour = _voxel_colour.toned(colour, np.zeros(stands.shape, np.int8), 1, look.vivid)
    level = _relief(colour, stands)
    colour = _voxel_colour.few(colour, stands, look.colours, mean=True)
    return _voxel.built(colour, level, stands, on, look.build)


def _quiet(colour: F32) -> F32:
    """Like cells beside one another are one; what differs stays."""
    return np.asarray(_cv.bilateralFilter(colour, _ABOUT, _LIKE, 1.6, borderType=_cv.BORDER_REPLICATE))


def _relief(colour: F32, stands: NDArray[np.bool_]) -> U8:
    luma = (colour * np.array([0.3, 0.59, 0.11], np.float32)).sum(-1)
    luma -= np.float32(_WARM) * np.maximum(colour[..., 0] - colour[..., 2], 0)
    if min(luma.shape) > 2:
        luma = _cv.medianBlur(luma, 3)
    there = stands.astype(np.float32)
    near = _cv.GaussianBlur(luma * there, (0, 0), 4) / np.maximum(_cv.GaussianBlur(there, (0, 0), 4), 0.05)
    level = np.clip(np.rint(1 + (luma - near) / _RELIEF), 0, 2).astype(np.uint8)
    return np.asarray(_cv.medianBlur(level, 3) if min(level.shape) > 2 else level)


# -- what lies


def floor(rgba: U8, maps: Maps, look: Look) -> U8:
    """A ground: slabs in rows that grow towards the eye, as wide as they are near."""
    height, width = rgba.shape[:2]
    scale = maps.scale or 1.5 * maps.lines
    block = _SLAB * look.block * look.coarse * look.unit * scale / maps.lines
    wide = block / (_STAGE * scale)  # px of width for a px below the horizon
    rows = _rows(maps.top, maps.top + height, wide, 0.5 * block)
    out = np.zeros((height, width, 3), np.float32)
    cells = [_row(rgba, maps, (first, last), _width(wide * 0.5 * (first + last), 0.5 * block)) for first, last in rows]
    colours = np.concatenate([c[0] for c in cells])
    flat = _voxel_colour.toned(colours, np.zeros(len(colours), np.int8), 1, look.vivid)[None]
    flat = _voxel_colour.few(flat, np.ones(flat.shape[:2], np.bool_), look.colours, mean=True)[0]
    start = 0
    for (first, last), (own, at, column, along) in zip(rows, cells, strict=True):
        mine = flat[start : start + len(own)]
        start += len(own)
        top, foot = max(first - maps.top, 0), min(last - maps.top, height)
        strip = _laid(mine, at, column, (first, last), look)
        if look.build.stud > 0:
            strip *= _studs(along, last - first, look.build.stud)[..., None]
        out[top:foot] = strip[top + maps.top - first : foot + maps.top - first]
    alpha = np.ascontiguousarray(rgba[..., 3])
    rgb = np.clip(out + 0.5, 0, 255).astype(np.uint8)
    return _bytes.joined([*(_bytes.times(np.ascontiguousarray(rgb[..., k]), alpha) for k in range(3)), alpha])


def _rows(top: int, foot: int, wide: float, least: float) -> list[tuple[int, int]]:
    """(first, last) px below the origin of each row of slabs that is seen; rows hang on the origin."""
    ratio = 1 + _FLAT * wide
    even = max(2, round(_FLAT * least))
    edges = [-4 * even]
    while edges[-1] < foot:
        last = edges[-1]
        edges.append(max(last + even, round(last * ratio)))
    return [pair for pair in pairwise(edges) if pair[1] > top]


def _width(wide: float, least: float) -> float:
    """Width of the slabs of a row, px: far away two, four or more lie under one, so that all run to one point."""
    wide = max(wide, 1e-3 * least)
    return float(wide * 2 ** max(0, int(np.ceil(np.log2(least / wide)))))


def _row(
    rgba: U8, maps: Maps, edges: tuple[int, int], wide: float
) -> tuple[F32, NDArray[np.intp], NDArray[np.int64], F32]:
    """Colours of the slabs of a row; for each column of px its slab; the slabs' numbers from the origin; and for each
    column of px how far from the middle of its slab it is, in slabs."""
    height, width = rgba.shape[:2]
    x = maps.left + np.arange(width) + 0.5
    number = np.floor(x / wide).astype(np.int64)
    column, at = np.unique(number, return_inverse=True)
    inside = (np.arange(4) + 0.5) / 4
    across = np.clip(np.floor((column[:, None] + inside) * wide).astype(np.int64) - maps.left, 0, width - 1)
    down = np.floor(edges[0] + (edges[1] - edges[0]) * inside).astype(np.int64) - maps.top
    found = rgba[np.clip(down, 0, height - 1)][:, across]  # (4, slabs, 4, channels)
    sums = found.sum((0, 2), dtype=np.uint32).astype(np.float32)
    colour = sums[:, :3] * np.float32(255) / np.maximum(sums[:, 3:], 1)
    return colour, at, column, (x / wide - number - 0.5).astype(np.float32)


def _laid(colour: F32, at: NDArray[np.intp], column: NDArray[np.int64], edges: tuple[int, int], look: Look) -> F32:
    """A row of slabs, px: tops, with the front of those that stand up below them, and gaps."""
    tall = edges[1] - edges[0]
    chance = _noise.unit(column, edges[0], 5)
    raised = chance < _RAISED
    colour = colour * (0.95 + 0.1 * _noise.unit(column, edges[0], 6)[:, None])
    colour = np.where(raised[:, None], colour * 1.1, colour)
    line = colour[at]
    first = np.flatnonzero(np.diff(at, prepend=-1))
    gap = np.ones(len(at), np.float32)
    edge = max(1, round(tall / 14))
    bevel = look.build.bevel * min(1.0, tall / _WEAK)  # of small ones an edge of a pixel is much
    for k in range(edge):
        gap[np.clip(first - 1 - k, 0, len(at) - 1)] = 1 - 0.3 * bevel
    strip = np.repeat((line * gap[:, None])[None], tall, 0)
    strip[:edge] *= 1 + 0.12 * bevel
    strip[-edge:] *= 1 - 0.22 * bevel
    front = max(1, round(0.34 * tall))
    side = np.where(raised, 1 - 0.36 * look.build.shade, 1.0).astype(np.float32)[at]
    strip[-front:] *= side[None, :, None]
    return np.asarray(strip, np.float32)


def _studs(along: F32, tall: int, strength: float) -> F32:
    """What studs in the middle of slabs do to a row, (tall, width): short cylinders seen at a slant."""
    down = ((np.arange(tall, dtype=np.float32) + 0.5) / tall - 0.5)[:, None]
    found = np.ones((tall, len(along)), np.float32)
    for right, lower, radius, light in _STUDS:
        away = np.hypot(along - np.float32(right), down - np.float32(lower))
        cover = np.clip((np.float32(radius) - away) * tall + 0.5, 0, 1)
        found += cover * (np.float32(light) - found)
    return 1 + (found - 1) * np.float32(strength * min(1.0, tall / _WEAK))

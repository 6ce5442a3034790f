"""Strokes in all directions, kept ready: footage looks them up where laying thousands a frame would take too long.

A tile of strokes that repeats, once for each of 32 directions, every stroke on the same place in all of them: where the
direction turns from pixel to pixel, strokes bend. A pixel knows where its stroke stands and how the paint is lit.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _noise, _strokes

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

ANGLES = 32
_ACROSS = 26  #: strokes from side to side of a tile
_AMID = 128  #: byte of no way to go


class Atlas(NamedTuple):
    """size: px of a tile's side. tiles: (angles x size, size, 4) uint8: the way to the stroke's place, x and y from
    128, light on it (128 is level), 255 where a stroke lies."""

    size: int
    tiles: U8


@lru_cache(maxsize=6)
def atlas(length: float, width: float, spacing: float, relief: float, unit: float) -> Atlas:
    """Strokes of a brush, in px. unit: px of the picture for one of 1080 lines."""
    size = max(16, round(_ACROSS * spacing))
    place = _places(size, spacing)
    tiles = [_tile(angle * np.pi / ANGLES, place, size, (length, width, relief, unit)) for angle in range(ANGLES)]
    out = np.concatenate(tiles)
    out.flags.writeable = False
    return Atlas(size, out)


def _places(size: int, spacing: float) -> NDArray[np.int64]:
    """(n, 2): a jittered lattice of triangles that goes on past the tile's border, the lowest stroke first."""
    columns, rows = round(size / spacing), 2 * round(size / (spacing * 0.866) / 2)
    i, j = (each.ravel() for each in np.meshgrid(np.arange(columns), np.arange(rows)))
    x = (i + 0.5 * (j % 2) + 0.6 * (_noise.unit(i, j, 3) - np.float32(0.5))) * (size / columns)
    y = (j + 0.6 * (_noise.unit(i, j, 4) - np.float32(0.5))) * (size / rows)
    order = np.argsort(_noise.hashed(i, j, 5), kind="stable")
    return np.stack([np.rint(x), np.rint(y)], -1)[order].astype(np.int64) % size


def _tile(angle: float, place: NDArray[np.int64], size: int, how: tuple[float, float, float, float]) -> U8:
    length, width, relief, unit = how
    margin = int(0.75 * length + width) + 4
    copies = [place + np.array([a, b]) * size for b in (-1, 0, 1) for a in (-1, 0, 1)]
    number = np.tile(np.arange(len(place)), 9)
    spots = np.concatenate(copies)
    near = ((spots > -margin) & (spots < size + margin)).all(1)
    number, spots = number[near], spots[near]
    order = np.argsort(number, kind="stable")  # copies of a stroke lie as deep as it does
    number, spots = number[order], spots[order] + margin
    chance = [_noise.unit(number, k, 17) for k in range(4)]
    ones = np.ones(len(number), np.float32)
    strokes = _strokes.Strokes(
        spots[:, 0].astype(np.float32) + np.float32(0.5),
        spots[:, 1].astype(np.float32) + np.float32(0.5),
        np.asarray(np.float32(angle) + np.float32(0.14) * (chance[0] - np.float32(0.5))),
        (chance[1] - np.float32(0.5)) * np.float32(0.5 / length),
        0 * ones,
        np.float32(length) * (np.float32(0.78) + np.float32(0.44) * chance[2]),
        np.float32(width) * (np.float32(0.82) + np.float32(0.36) * chance[3]),
        (_noise.hashed(number, 0, 23) % _strokes.TOUCHES).astype(np.int32),
        np.zeros((len(number), 4), np.uint8),
    )
    on = _strokes.canvas(size + 2 * margin, size + 2 * margin)
    _strokes.lay(on, strokes)
    light = _strokes.lit(_strokes.height(on), relief, unit)
    inner = np.s_[margin : margin + size, margin : margin + size]
    top = on.top[inner]
    which = np.maximum(top - 1, 0)
    y, x = np.mgrid[0:size, 0:size]
    ways = [spots[which, k] - margin - here + _AMID for k, here in ((0, x), (1, y))]
    ways = [np.where(top > 0, np.clip(way, 0, 255), _AMID).astype(np.uint8) for way in ways]
    return _bytes.joined([*ways, np.ascontiguousarray(light[inner]), np.where(top > 0, 255, 0).astype(np.uint8)])

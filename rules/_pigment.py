"""What the paint of a cel is made of: the tones of a fill, the texture of the paint, and how it comes to 8 bits."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _colour, _noise
from rules._outline import F32
from rules._planar import strips
from studio.rule import U8


def quantised(rgba: F32, seed: int = 0, window: _noise.Window | None = None) -> U8:
    """Premultiplied float RGBA in 0 to 1 -> uint8, dithered by a hash so that slow gradients do not band."""
    height, width = rgba.shape[:2]
    (dither,) = _dither(seed).over(window or _noise.Window(0, 0, width, height))
    out = np.empty((height, width, 4), np.uint8)
    for rows in strips(height, width):
        alpha = np.rint(rgba[rows, :, 3] * np.float32(255)).astype(np.uint8)
        planes = []
        for i in range(3):
            fine = rgba[rows, :, i] * np.float32(255)
            fine += dither[rows]
            # positive, so that the cast is the floor; 255 + 0.99999997 is 256 in float32 and would wrap to 0
            np.clip(fine, 0, 255, out=fine)
            planes.append(np.minimum(fine.astype(np.uint8), alpha))
        cv2.merge([*planes, alpha], out[rows])
    return out


@lru_cache(maxsize=6)
def _dither(seed: int) -> _noise.Grown:
    def made(window: _noise.Window) -> tuple[F32, ...]:
        columns = np.arange(window.left, window.left + window.width)
        rows = np.arange(window.top, window.top + window.height)
        return (_noise.unit(columns[None, :], rows[:, None], seed),)

    return _noise.Grown(made)


@lru_cache(maxsize=8)  # all poses of a figure ask for the same
def grain(unit: float, seed: int) -> _noise.Grown:
    """(texture of the paint, about 1; wobble of the terminators, about 0)."""

    def made(window: _noise.Window) -> tuple[F32, ...]:
        texture = np.float32(0.018) * _noise.fresh(window, 2.2 * unit, 4, seed)
        texture += np.float32(0.008) * _noise.fresh(window, 2.0, 1, seed + 9)
        texture += 1
        return texture, np.float32(0.9) * _noise.fresh(window, 1.6 * unit, 3, seed + 5)

    return _noise.Grown(made)


@lru_cache(maxsize=2048)
def shade(colour: tuple[float, ...], by: float, hue: float, turn: float) -> NDArray[np.float64]:
    """`_colour.shade`, kept."""
    if hue > 180:  # towards blue, a red would pass through magenta
        turn *= float(np.interp(_colour.to_lch(colour)[2], (-40, 0, 30, 60), (1.0, 0.2, 0.3, 1.0)))
    return _colour.shade(colour, by, hue, turn)


@lru_cache(maxsize=2048)
def mixed(a: tuple[float, ...], b: tuple[float, ...], t: float) -> NDArray[np.float64]:
    """`_colour.mix`, kept."""
    return _colour.mix(a, b, t)


@lru_cache(maxsize=2048)
def lit(colour: tuple[float, ...], by: float, key: float, turn: float) -> NDArray[np.float64]:
    """`_colour.light`, kept."""
    return _colour.light(colour, by, key, turn)

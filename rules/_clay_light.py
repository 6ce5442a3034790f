"""Light on clay: a warm, wide key that wraps round forms, a cool fill, red where light ends, and an oily sheen.

Slopes are those of the height, right and down; what rises to the right faces left. The wrap is that of half-Lambert
shading (Mitchell et al., 2007); clay scatters light below its skin, so that the border of the shade is red.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]

_cv: Any = cv2
_AMBIENT = (0.415, 0.375, 0.425)  #: red, green, blue; a third of it comes from above
_KEY = (0.93, 0.85, 0.72)
_FILL = (0.15, 0.19, 0.29)
_BLEED = (0.115, 0.012, -0.025)
_SHEEN = (1.0, 0.95, 0.86)
_BROAD, _TIGHT = 0.12, 0.07  #: weight of the sheen, and of the gleam in it


@dataclass(frozen=True)
class Lamp:
    """Direction towards the key, a unit vector (x right, y down, z to the eye); how far its light wraps round forms;
    how oily the clay is."""

    key: tuple[float, float, float]
    wrap: float | F32
    shine: float


def normals(across: F32, down: F32) -> tuple[F32, F32, F32]:
    """Unit normals of slopes."""
    z = 1 / np.sqrt(_cv.multiply(across, across) + _cv.multiply(down, down) + np.float32(1))
    return _cv.multiply(across, z, scale=-1), _cv.multiply(down, z, scale=-1), z


def lit(paint: F32, facing: tuple[F32, F32, F32], lamp: Lamp, open_: F32) -> F32:
    """Colours (planes, 0 to 1) in the light. open_: how much of the light comes to a place."""
    key = _smooth((_along(facing, lamp.key) + lamp.wrap) / (1 + lamp.wrap))
    side = -1.0 if lamp.key[0] > 0 else 1.0
    fill = np.maximum(_along(facing, (0.78 * side, 0.10, 0.62)), 0)
    above = np.float32(0.84) - np.float32(0.30) * facing[1]
    border = np.maximum(1 - np.square((key - np.float32(0.34)) * np.float32(1 / 0.42)), 0)
    border *= border
    shine = sheen(facing, lamp) * open_
    out = np.empty_like(paint)
    for plane in range(3):
        light = key * np.float32(_KEY[plane])
        light += fill * np.float32(_FILL[plane])
        light += above * np.float32(_AMBIENT[plane])
        light += border * np.float32(_BLEED[plane])
        light *= open_
        light *= paint[plane]
        np.add(light, shine * np.float32(_SHEEN[plane]), out=out[plane])
    return out


def sheen(facing: tuple[F32, F32, F32], lamp: Lamp) -> F32:
    """Broad, as of skin's fat on wax, with a small gleam in it."""
    half = np.array(lamp.key) + np.array([0.0, 0.0, 1.0])
    half /= np.sqrt((half * half).sum())
    towards = np.maximum(_along(facing, (float(half[0]), float(half[1]), float(half[2]))), 0)
    broad = _power8(towards)
    return np.asarray(broad * np.float32(_BROAD * lamp.shine) + _quartic(broad) * np.float32(_TIGHT * lamp.shine))


def _quartic(x: F32) -> F32:
    square = _cv.multiply(x, x)
    return np.asarray(_cv.multiply(square, square))


def _power8(x: F32) -> F32:
    return _quartic(_cv.multiply(x, x))


def _along(facing: tuple[F32, F32, F32], way: tuple[float, float, float]) -> F32:
    x, y, z = facing
    return np.asarray(_cv.scaleAdd(z, way[2], _cv.addWeighted(x, way[0], y, way[1], 0)), np.float32)


def _smooth(t: F32) -> F32:
    t = np.clip(t, 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)

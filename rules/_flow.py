"""Where a brush goes: directions along the forms of a picture, and of their own where it is empty.

A direction is a vector of its double angle (across, down), so that a stroke and its reverse are one; they are those
of the smoothed structure tensor (Kyprianidis and Doellner, 2008), at some px a grid point. Where neither the form
near by nor the one farther off says anything, the brush follows a flow: long waves (Bridson's curl noise, 2007) and
vortices. All hangs on the drawing's origin.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _filters, _noise

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_POOL = 420.0  #: px of 1080 lines: one vortex in a square of this
_QUIET, _BUSY = 0.9, 2.4  #: mean slope, in levels a px of the grid, up to which a place is empty, and from which not


class Field(NamedTuple):
    """across, down: double angles, 0 to 1 long. strength: levels by which the picture changes a px of the grid."""

    across: F32
    down: F32
    strength: F32


class Flow(NamedTuple):
    """Where the brush goes by itself: the wind it follows (radians), how far it turns from it, how many vortices."""

    wind: float
    waves: float
    vortices: float


def along(grey: U8, weight: float = 1.0) -> Field:
    """Along what is equally light, neighbourhoods not yet joined."""
    across = _cv.Scharr(grey, _cv.CV_32F, 1, 0, scale=weight / 32, borderType=_cv.BORDER_REPLICATE)
    down = _cv.Scharr(grey, _cv.CV_32F, 0, 1, scale=weight / 32, borderType=_cv.BORDER_REPLICATE)
    return _turned(across, down)


def around(x: F32, y: F32, weight: float) -> Field:
    """Along the contour lines of a form with these normals."""
    return _turned(np.asarray(x * np.float32(weight), np.float32), np.asarray(y * np.float32(weight), np.float32))


def _turned(x: F32, y: F32) -> Field:
    """Square to a vector, as long as its square."""
    a = _cv.subtract(_cv.multiply(y, y), _cv.multiply(x, x))
    return Field(a, _cv.multiply(x, y, scale=-2.0), _cv.magnitude(x, y))


def joined(fields: list[Field], flow: tuple[F32, F32], floors: tuple[float, float, float], scale: float = 1.0) -> Field:
    """Forms near by, then those farther off, then the flow, each where what comes before is weak: weaker than about
    a floor, in levels a px of the grid."""
    whole = [np.asarray(sum(f[n] for f in fields), np.float32) for n in (0, 1)]
    strength = np.asarray(sum(f.strength for f in fields), np.float32)
    a, b = flow
    for reach, floor in zip((21, 8, 2), floors, strict=True):
        near = [_filters.box(plane, _filters.px(reach, scale), 2) for plane in whole]
        length = _cv.magnitude(*near)
        share = np.float32(1) / (length + np.float32(floor * floor))
        rest = np.float32(1) - length * share
        a, b = near[0] * share + a * rest, near[1] * share + b * rest
    return Field(a, b, strength)


def emptiness(field: Field, reach: int) -> F32:
    """1 where nothing is near by, 0 amid forms."""
    slope = _filters.box(field.strength, reach, 2)
    return np.asarray(np.clip((_BUSY - slope) * np.float32(1 / (_BUSY - _QUIET)), 0, 1), np.float32)


def flowing(window: _noise.Window, unit: float, flow: Flow, empty: F32 | float, seed: int) -> tuple[F32, F32]:
    """The brush's own way. window: on the grid; unit: px of the grid for one of 1080 lines."""
    bend = _noise.field(window, max(300 * unit, 2), 2, seed + 3) * np.float32(2.2 * flow.waves)
    angle = bend + np.float32(flow.wind)
    x, y = np.cos(angle), np.sin(angle)
    if flow.vortices:
        around_x, around_y = _vortices(window, _POOL * unit, seed)
        much = np.asarray(empty * np.float32(3.2 * flow.vortices), np.float32)
        x, y = x + around_x * much, y + around_y * much
    length = np.float32(1) / (x * x + y * y + np.float32(1e-6))
    return np.asarray((x * x - y * y) * length, np.float32), np.asarray(2 * x * y * length, np.float32)


def _vortices(window: _noise.Window, pool: float, seed: int) -> tuple[F32, F32]:
    """One in each square of the lattice, large and small, left and right, drawn in a little like water."""
    x = (np.arange(window.width, dtype=np.float32) + np.float32(window.left + 0.5))[None, :]
    y = (np.arange(window.height, dtype=np.float32) + np.float32(window.top + 0.5))[:, None]
    across, down = (
        np.zeros((window.height, window.width), np.float32),
        np.zeros((window.height, window.width), np.float32),
    )
    reach = 0.75 * pool
    columns = range(int((window.left - reach) // pool), int((window.left + window.width + reach) // pool) + 1)
    rows = range(int((window.top - reach) // pool), int((window.top + window.height + reach) // pool) + 1)
    for i in columns:
        for j in rows:
            one, two, size, turn = (_noise.chance(seed, i, j, k) for k in range(4))
            cx, cy = (i + 0.15 + 0.7 * one) * pool, (j + 0.15 + 0.7 * two) * pool
            radius = (0.16 + 0.24 * size) * pool
            left, right = (int(np.clip(cx + s * 2.2 * radius - window.left, 0, window.width)) for s in (-1, 1))
            top, foot = (int(np.clip(cy + s * 2.2 * radius - window.top, 0, window.height)) for s in (-1, 1))
            if left >= right or top >= foot:
                continue
            dx, dy = x[:, left:right] - np.float32(cx), y[top:foot] - np.float32(cy)
            away = np.sqrt(dx * dx + dy * dy) + np.float32(0.5)
            strong = np.exp(-((away * np.float32(1 / radius)) ** 2)) / away
            sign = np.float32(1 if turn > 0.5 else -1)
            across[top:foot, left:right] += strong * (-dy * sign - np.float32(0.25) * dx)
            down[top:foot, left:right] += strong * (dx * sign - np.float32(0.25) * dy)
    return across, down

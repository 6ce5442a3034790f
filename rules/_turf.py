"""Turf: blades, tufts and flowers as stacks of flat shapes on a ground plate, row after row towards us.

Lengths are picture heights; a row lies at a depth z, where a metre is 2 / z of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rules import _noise
from rules._outline import Points

Floats = NDArray[np.float64]


def rows(far: float, near: float, ratio: float) -> Iterator[tuple[int, float]]:
    """(number, depth) of rows from far to near, each `ratio` times as near as the last."""
    count = int(np.floor(np.log(far / near) / np.log(ratio)))
    for k in range(count + 1):
        yield k, far / ratio**k


def along(span: tuple[float, float], pitch: float, row: int, seed: int) -> tuple[NDArray[np.int64], Floats]:
    """Cells of a row that meet the span, and a hashed place in each."""
    k = np.arange(int(np.floor(span[0] / pitch)) - 1, int(np.ceil(span[1] / pitch)) + 2, dtype=np.int64)
    return k, (k + dice(k, row, seed)) * pitch


def dice(k: NDArray[np.int64], row: int, seed: int) -> Floats:
    """A hashed number in [0, 1) for each cell of a row."""
    return _noise.unit(k, row, seed).astype(np.float64)


def blades(at: Points, height: Floats, lean: Floats, width: Floats) -> Points:
    """Blades of grass (count, 7, 2): a broad foot, a bend, a tip that hangs over to the side of `lean`."""
    t = np.array([0.0, 0.42, 0.76, 1.0, 0.76, 0.42, 0.0])
    side = np.array([-1.0, -0.78, -0.46, 0.0, 0.46, 0.78, 1.0])
    # leaning blades lose height
    y = at[:, 1:] + height[:, None] * t * (1 - 0.28 * np.abs(lean[:, None]) * t)
    x = at[:, :1] + (lean * height)[:, None] * t**1.8 + width[:, None] * side
    return np.stack([x, y], -1)


def discs(at: Points, radius: Floats, flat: float = 0.8, points: int = 7) -> Points:
    """Small round things (count, points, 2)."""
    a = np.linspace(0, 2 * np.pi, points, endpoint=False)
    return np.stack([at[:, :1] + radius[:, None] * np.cos(a), at[:, 1:] + flat * radius[:, None] * np.sin(a)], -1)


def petals(at: Points, radius: Floats, flat: Floats, turn: Floats) -> Points:
    """Flowers of five petals (count, 15, 2), seen from the side by `flat`, turned by `turn` radians."""
    a = np.linspace(0, 2 * np.pi, 15, endpoint=False)
    out = radius[:, None] * (0.62 + 0.42 * np.abs(np.cos(2.5 * (a + np.pi / 5))))
    b = a + turn[:, None]
    return np.stack([at[:, :1] + out * np.cos(b), at[:, 1:] + flat[:, None] * out * np.sin(b)], -1)

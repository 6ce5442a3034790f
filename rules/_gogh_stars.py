"""Stars as Van Gogh saw them: a bright middle in rings of strokes, each as a small whirl in the night.

Whatever is light and tiny in an empty place is a star, the strongest one of each square of a lattice.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules import _flow, _noise

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
I64 = NDArray[np.int64]

_SQUARE = 210.0  #: px of 1080 lines: at most one star in a square of this
_CLEAR = 22  #: levels by which one stands out
_EMPTY = 0.5  #: how empty the place must be
_REACH = 2.4  #: radii as far as which a star is seen
_TINTS = np.array([(255, 240, 176), (248, 212, 104), (140, 176, 226)], np.float32)  #: from the middle outwards


class Place(NamedTuple):
    """The strongest px of squares of a lattice. x, y: px from the window's corner. i, j: numbers of the squares."""

    x: F32
    y: F32
    i: I64
    j: I64
    level: U8


def strongest(plane: U8, window: _noise.Window, cell: int, least: int) -> Place:
    """In each square of `cell` px, counted from the origin, the strongest px if it is above a level."""
    left, top = window.left % cell, window.top % cell
    right, foot = -(left + window.width) % cell, -(top + window.height) % cell
    wide = np.pad(plane, ((top, foot), (left, right)))
    rows, columns = wide.shape[0] // cell, wide.shape[1] // cell
    squares = wide.reshape(rows, cell, columns, cell).transpose(0, 2, 1, 3).reshape(rows, columns, cell * cell)
    best = squares.argmax(2)
    level = np.take_along_axis(squares, best[..., None], 2)[..., 0]
    j, i = np.nonzero(level > least)
    best, level = best[j, i], level[j, i]
    x = (i * cell + best % cell - left).astype(np.float32) + np.float32(0.5)
    y = (j * cell + best // cell - top).astype(np.float32) + np.float32(0.5)
    return Place(x, y, i + (window.left - left) // cell, j + (window.top - top) // cell, level)


class Sky(NamedTuple):
    """share: 0 to 1, how far a stroke shines, on the grid. tint: 0 to 2, which of the tints."""

    share: F32
    tint: F32


def whirled(
    field: _flow.Field, specks: U8, empty: F32, window: _noise.Window, grid: tuple[int, float, int]
) -> tuple[_flow.Field, Sky]:
    """A field that goes round stars, and their shine. grid: px of a point of the field, px of the picture for one of
    1080 lines, and a seed."""
    step, unit, seed = grid
    stars = strongest(specks, window, max(8, round(_SQUARE * unit)), _CLEAR)
    a, b = field.across.copy(), field.down.copy()
    share, tint = np.zeros_like(a), np.zeros_like(a)
    for x, y, i, j, level in zip(*(each.tolist() for each in stars), strict=True):
        row, column = min(int(y / step), len(a) - 1), min(int(x / step), a.shape[1] - 1)
        size = _noise.chance(seed, i, j)
        if empty[row, column] < _EMPTY or size < 0.22:
            continue
        radius = (11 + 0.13 * min(level, 110) + 36 * size * size) * unit / step
        reach = int(_REACH * radius) + 2
        rows, columns = slice(max(row - reach, 0), row + reach + 1), slice(max(column - reach, 0), column + reach + 1)
        height, width = a[rows, columns].shape
        dx = (np.arange(width, dtype=np.float32) + np.float32(columns.start + 0.5 - x / step))[None, :]
        dy = (np.arange(height, dtype=np.float32) + np.float32(rows.start + 0.5 - y / step))[:, None]
        square = dx * dx + dy * dy + np.float32(1e-3)
        away = np.sqrt(square) * np.float32(1 / radius)
        hold = np.clip(np.exp(-(away * away) * np.float32(0.45)) * np.float32(1.6), 0, 1)
        a[rows, columns] += ((dy * dy - dx * dx) / square - a[rows, columns]) * hold
        b[rows, columns] += (-2 * dx * dy / square - b[rows, columns]) * hold
        rings = np.float32(0.80) + np.float32(0.20) * np.cos(away * np.float32(7.4))
        core = np.clip((np.float32(0.30) - away) * np.float32(9), 0, 1)
        shine = np.maximum(core, np.float32(0.95) * np.exp(-away * np.float32(1.2)) * rings)
        shine = np.clip(shine - np.float32(0.06), 0, 1)
        more = shine > share[rows, columns]
        tint[rows, columns] = np.where(more, np.clip(away * np.float32(1.3), 0, 2), tint[rows, columns])
        share[rows, columns] = np.maximum(shine, share[rows, columns])
    return _flow.Field(a, b, field.strength), Sky(share, tint)


def shining(colour: U8, share: F32, tint: F32, chance: F32) -> U8:
    """(n, 3) colours of strokes, those of stars among them."""
    at = np.clip(tint + chance - np.float32(0.5), 0, 1.999)
    low = at.astype(np.int64)
    rest = (at - low)[:, None]
    share = np.clip(share * (np.float32(0.55) + np.float32(0.9) * chance), 0, 1)  # between them the night is seen
    goal: Any = _TINTS[low] * (1 - rest) + _TINTS[low + 1] * rest
    return np.asarray(np.rint(colour + (goal - colour) * share[:, None]), np.uint8)

"""How every pixel of a frame has moved since the frame before: exact, from the rows that both were made of.

What a pixel shows is the topmost drawing that covers it by half; where that was, the same target's drawing in the
row before says, even if it is another pose by now. For passes that must hold still, and for whoever measures them.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from rules._atmosphere import ADD, AIR
from studio.rows import PERSPECTIVE_GRID, SCALE_GRID, SHIFT_GRID, Rows
from studio.rule import Canvas

F32 = NDArray[np.float32]
Floats = NDArray[np.float64]

_HALF = 128


def motion_between(
    rows: Rows, before: int, now: int, alpha_of: Callable[[int], NDArray[np.uint8]], size: tuple[int, int]
) -> F32:
    """(height, width, 2) px to the right and down by which what is seen at each pixel moved from one row to another;
    NaN where it was not there before. alpha_of: of a recipe's drawing, (h, w) uint8. size: (width, height)."""
    width, height = size
    out = np.full((height, width, 2), np.nan, np.float32)
    was = {rows.recipes[f[0]].target: f for f in rows.rows[before].tolist() if f[0] >= 0}
    for fields in (f for f in rows.rows[now].tolist() if f[0] >= 0):
        recipe = rows.recipes[fields[0]]
        if fields[8] < _HALF or not is_paint(fields):  # light, weather and faint shadows move nothing
            continue
        y, x = np.nonzero(covered_by(alpha_of(fields[0]), fields, size) >= _HALF)
        earlier = was.get(recipe.target)
        if earlier is None:
            out[y, x] = np.nan
            continue
        held = _between(recipe.canvas, rows.recipes[earlier[0]].canvas)
        way = _product(_matrix(earlier), _product(held, np.asarray(np.linalg.inv(_matrix(fields)), np.float64)))
        depth = way[2, 0] * x + way[2, 1] * y + way[2, 2]
        out[y, x, 0] = x - (way[0, 0] * x + way[0, 1] * y + way[0, 2]) / depth
        out[y, x, 1] = y - (way[1, 0] * x + way[1, 1] * y + way[1, 2]) / depth
    return out


def covered_by(alpha: NDArray[np.uint8], fields: list[int], size: tuple[int, int]) -> NDArray[np.uint8]:
    """(height, width) how much of each pixel of the picture a drawing covers where a row's entry puts it."""
    return warped(alpha, fields, size)


def warped(picture: NDArray[np.uint8], fields: list[int], size: tuple[int, int]) -> NDArray[np.uint8]:
    """A drawing of any number of channels where a row's entry puts it."""
    return np.asarray(cv2.warpPerspective(picture, _matrix(fields), size, flags=cv2.INTER_LINEAR), np.uint8)


def is_paint(fields: list[int]) -> bool:
    """Whether a row's entry lies in one place and covers what is behind it, unlike light and what flies."""
    return fields[9] != ADD and fields[9] < AIR


def _matrix(fields: list[int]) -> Floats:
    """From a drawing's pixels to the picture's, as `rules.scene` lays it down."""
    _, a, b, tx, c, d, ty, p, *_ = fields
    return np.array(
        [
            [a / SCALE_GRID, b / SCALE_GRID, tx / SHIFT_GRID],
            [c / SCALE_GRID, d / SCALE_GRID, ty / SHIFT_GRID],
            [0, p / PERSPECTIVE_GRID, 1],
        ]
    )


def _between(a: Canvas, b: Canvas) -> Floats:
    """From the pixels of one canvas to those of another over the same ground."""
    by = b.scale / a.scale
    left, top = (a.left + 0.5) * by - b.left - 0.5, (a.top + 0.5) * by - b.top - 0.5
    return np.array([[by, 0, left], [0, by, top], [0, 0, 1]])


def _product(a: Floats, b: Floats) -> Floats:
    return np.asarray((a[:, :, None] * b[None]).sum(1))

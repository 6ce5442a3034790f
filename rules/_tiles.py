"""Tiles: which parts of a picture a drawing can touch and which it hides, so that nothing is warped in vain.

A drawing is looked at once, in tiles of its own pixels; a picture is asked tile by tile. Both answers
are on the safe side: a tile that counts as hidden is hidden, one that counts as empty is empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

U8 = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Rect = tuple[int, int, int, int]  #: x0, y0, x1, y1
Tile = tuple[int, int, int, int]  #: the same in tiles

SHEET = 32  # px of a drawing
PICTURE = 64  # px of a picture
_STRIP = 2  # tiles


class Tiles(NamedTuple):
    """Summed-area tables (rows + 1, columns + 1) of a drawing's tiles: fully opaque ones, and ones with anything."""

    full: NDArray[np.int32]
    some: NDArray[np.int32]


def tiles_of(rgba: U8, covered: U8) -> Tiles:
    """Look at a drawing; covered: (h, w) alpha, or what stands for it where there is only light."""
    height, width = covered.shape
    rows, columns = -(-height // SHEET), -(-width // SHEET)
    padded = np.zeros((rows * SHEET, columns * SHEET), np.uint8)
    padded[:height, :width] = covered
    most = padded.reshape(rows, SHEET, columns, SHEET).max(axis=(1, 3))
    padded[:height, :width] = rgba[..., 3]
    padded[height:], padded[:, width:] = 0, 0
    least = padded.reshape(rows, SHEET, columns, SHEET).min(axis=(1, 3))
    return Tiles(_summed(least == 255), _summed(most > 0))


def _summed(tiles: Mask) -> NDArray[np.int32]:
    table = np.zeros((tiles.shape[0] + 1, tiles.shape[1] + 1), np.int32)
    table[1:, 1:] = tiles.astype(np.int32).cumsum(0).cumsum(1)
    return table


def seen(tiles: Tiles, matrix: NDArray[np.float64], width: int, height: int) -> tuple[Mask, Mask]:
    """(tiles of the picture that the drawing fills with opaque paint, tiles that it can touch).

    matrix: (3, 3), from the drawing's pixels to the picture's.
    """
    xs, ys = _edges(width), _edges(height)
    if not (matrix[0, 1] or matrix[1, 0] or matrix[2, 1]):  # upright: columns and rows go by themselves
        i, j = (xs - matrix[0, 2]) / matrix[0, 0], (ys - matrix[1, 2]) / matrix[1, 1]
        left, right, top, bottom = i[None, :-1], i[None, 1:], j[:-1, None], j[1:, None]
    else:
        back = _inverse(matrix)
        depth = back[2, 0] * xs[None, :] + back[2, 1] * ys[:, None] + back[2, 2]
        depth = np.where(depth > 1e-6, depth, 1e-6)
        i = (back[0, 0] * xs[None, :] + back[0, 1] * ys[:, None] + back[0, 2]) / depth
        j = (back[1, 0] * xs[None, :] + back[1, 1] * ys[:, None] + back[1, 2]) / depth
        left, right = _span(i, np.minimum), _span(i, np.maximum)
        top, bottom = _span(j, np.minimum), _span(j, np.maximum)
    rows, columns = tiles.full.shape[0] - 1, tiles.full.shape[1] - 1
    # interpolation reads a pixel beyond; what is too far away to count is clipped first
    a, b = _tile(left - 2, columns), _tile(top - 2, rows)
    c, d = _tile(right + 2, columns) + 1, _tile(bottom + 2, rows) + 1
    inside = (a >= 0) & (b >= 0) & (c <= columns) & (d <= rows)
    a, b, c, d = np.maximum(a, 0), np.maximum(b, 0), np.minimum(c, columns), np.minimum(d, rows)
    c, d = np.maximum(c, a), np.maximum(d, b)
    a, c = np.minimum(a, columns), np.minimum(c, columns)
    b, d = np.minimum(b, rows), np.minimum(d, rows)
    area = (c - a) * (d - b)
    full = inside & (_count(tiles.full, a, b, c, d) == area) & (area > 0)
    return full, _count(tiles.some, a, b, c, d) > 0


@lru_cache(maxsize=16)
def _edges(length: int) -> NDArray[np.float64]:
    """Where the tiles of a picture begin, and its end."""
    return np.append(np.arange(0, length, PICTURE), length).astype(np.float64)


def _tile(at: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """The tile of a drawing that a pixel lies in, at most one beyond either end."""
    return np.asarray(np.clip(np.floor(at / SHEET), -1, most).astype(np.int64))


def _span(corners: NDArray[np.float64], of: np.ufunc) -> NDArray[np.float64]:
    """The least or largest of each tile's four corners."""
    across = of(corners[:, :-1], corners[:, 1:])
    return np.asarray(of(across[:-1], across[1:]))


def _count(
    table: NDArray[np.int32], a: NDArray[np.int64], b: NDArray[np.int64], c: NDArray[np.int64], d: NDArray[np.int64]
) -> NDArray[np.int32]:
    return np.asarray(table[d, c] - table[b, c] - table[d, a] + table[b, a])


def _inverse(m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of a 3 x 3 matrix by cofactors, up to a factor that does not matter here but for its sign."""
    (a, b, c), (d, e, f), (g, h, i) = m.tolist()
    adjugate = [
        [e * i - f * h, c * h - b * i, b * f - c * e],
        [f * g - d * i, a * i - c * g, c * d - a * f],
        [d * h - e * g, b * g - a * h, a * e - b * d],
    ]
    determinant = a * adjugate[0][0] + b * adjugate[1][0] + c * adjugate[2][0]
    return np.array(adjugate) * (1 if determinant >= 0 else -1)


def rectangles(mask: Mask, least: int = 1) -> list[Tile]:
    """The tiles of a mask as few rectangles of tiles, x0, y0, x1, y1: runs of tiles, over as many rows as have the
    same run. least: smaller ones are left out."""
    if not mask.any():
        return []
    firsts = np.flatnonzero(np.concatenate([[True], (mask[1:] != mask[:-1]).any(1)]))
    padded = np.zeros((len(firsts), mask.shape[1] + 2), np.int8)
    padded[:, 1:-1] = mask[firsts]
    steps = padded[:, 1:] - padded[:, :-1]
    row, left = np.nonzero(steps == 1)
    right = np.nonzero(steps == -1)[1]
    tops, bottoms = firsts[row].tolist(), np.append(firsts[1:], len(mask))[row].tolist()
    found: list[list[int]] = []
    above: dict[tuple[int, int, int], list[int]] = {}  # by left, right and bottom
    for x0, x1, y0, y1 in zip(left.tolist(), right.tolist(), tops, bottoms, strict=True):
        run = above.pop((x0, x1, y0), None)
        if run is None:
            run = [x0, y0, x1, y1]
            found.append(run)
        run[3] = y1
        above[x0, x1, y1] = run
    return [(x0, y0, x1, y1) for x0, y0, x1, y1 in found if (x1 - x0) * (y1 - y0) >= least]


def pixels(tiles: Iterable[Tile], width: int, height: int) -> list[Rect]:
    """Rectangles of tiles in pixels, none so tall that what is made of it leaves the processor's cache."""
    t = PICTURE
    return [
        (x0 * t, top * t, min(x1 * t, width), min((top + _STRIP) * t, y1 * t, height))
        for x0, y0, x1, y1 in tiles
        for top in range(y0, y1, _STRIP)
    ]

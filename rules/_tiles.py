"""Tiles: which parts of a picture a drawing can touch and which it hides, so that nothing is warped in vain.

A drawing is looked at once, in tiles of its own pixels; a picture is asked tile by tile. Both answers
are on the safe side: a tile that counts as hidden is hidden, one that counts as empty is empty.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

U8 = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Rect = tuple[int, int, int, int]  #: x0, y0, x1, y1

SHEET = 32  # px of a drawing
PICTURE = 64  # px of a picture


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
    back = _inverse(matrix)
    xs = np.append(np.arange(0, width, PICTURE), width)
    ys = np.append(np.arange(0, height, PICTURE), height)
    depth = back[2, 0] * xs[None, :] + back[2, 1] * ys[:, None] + back[2, 2]
    depth = np.where(depth > 1e-6, depth, 1e-6)
    i = (back[0, 0] * xs[None, :] + back[0, 1] * ys[:, None] + back[0, 2]) / depth
    j = (back[1, 0] * xs[None, :] + back[1, 1] * ys[:, None] + back[1, 2]) / depth
    left, right = _span(i, np.minimum), _span(i, np.maximum)
    top, bottom = _span(j, np.minimum), _span(j, np.maximum)
    rows, columns = tiles.full.shape[0] - 1, tiles.full.shape[1] - 1
    # interpolation reads a pixel beyond
    a, b = (np.floor((v - 2) / SHEET).astype(np.int64) for v in (left, top))
    c, d = (np.floor((v + 2) / SHEET).astype(np.int64) + 1 for v in (right, bottom))
    inside = (a >= 0) & (b >= 0) & (c <= columns) & (d <= rows)
    a, c = np.clip(a, 0, columns), np.clip(c, 0, columns)
    b, d = np.clip(b, 0, rows), np.clip(d, 0, rows)
    area = np.maximum(c - a, 0) * np.maximum(d - b, 0)
    full = inside & (_count(tiles.full, a, b, c, d) == area) & (area > 0)
    return full, _count(tiles.some, a, b, c, d) > 0


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


def rectangles(mask: Mask, width: int, height: int) -> list[Rect]:
    """The tiles of a mask as few rectangles of pixels: runs of rows that are alike."""
    found: list[list[int]] = []
    open_runs: dict[tuple[int, int], list[int]] = {}
    for row, line in enumerate(mask):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], line, [False]]).astype(np.int8)))
        runs = {(int(a), int(b)) for a, b in edges.reshape(-1, 2)}
        found += [open_runs.pop(run) for run in [r for r in open_runs if r not in runs]]
        for run in sorted(runs):
            if run in open_runs:
                open_runs[run][3] = row + 1
            else:
                open_runs[run] = [run[0], row, run[1], row + 1]
    found += open_runs.values()
    t = PICTURE
    return [
        (a * t, b * t, min(c * t, width), min(d * t, height))
        for a, b, c, d in sorted(found, key=lambda r: (r[1], r[0]))
    ]

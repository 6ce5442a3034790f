"""Tiles: which parts of a picture a drawing can touch and which it hides, so that nothing is warped in vain.

A drawing is looked at once, in tiles of its own pixels; a picture is asked tile by tile. Both answers
are on the safe side: a tile that counts as hidden is hidden, one that counts as empty is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

U8 = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Longs = NDArray[np.int64]
Rect = tuple[int, int, int, int]  #: x0, y0, x1, y1
Tile = tuple[int, int, int, int]  #: the same in tiles

SHEET = 8  # px of a drawing
PICTURE = 32  # px of a picture
_WHOLE = 8  # tiles from which on it is worth laying down opaque paint by itself
_GAP = 2  # tiles that are warped in vain sooner than that what is beside them is warped by itself
_ANYTHING = 32  # bits that opaque tiles are counted in, below those with anything
_REACH = 3  # px of a drawing beyond which no pixel of the picture reads
_BAND = 6_000  # px of a drawing that are warped in vain sooner than that a band is warped by itself


class Tiles(NamedTuple):
    """counts: summed-area table (rows + 1, columns + 1) of a drawing's tiles, the opaque ones and, 32 bits above
    them, those with anything. bands: rectangles of the drawing one below the other, outside which it is empty."""

    counts: Longs
    bands: tuple[Rect, ...]


def tiles_of(alpha: U8, covered: U8) -> Tiles:
    """Look at a drawing; covered: (h, w) alpha, or what stands for it where there is only light."""
    some = _reduced(covered, np.maximum) > 0
    full = _reduced(alpha, np.minimum) == 255
    tiles = full.astype(np.int64) + (some.astype(np.int64) << _ANYTHING)
    counts = np.zeros((tiles.shape[0] + 1, tiles.shape[1] + 1), np.int64)
    counts[1:, 1:] = tiles.cumsum(0).cumsum(1)
    return Tiles(counts, _bands(covered))


def _reduced(channel: U8, of: np.ufunc) -> U8:
    """The least or largest of each tile; what is beyond the edge counts as empty."""
    height, width = channel.shape
    rows, columns = -(-height // SHEET), -(-width // SHEET)
    padded = np.zeros((rows * SHEET, columns * SHEET), np.uint8)
    padded[:height, :width] = channel
    lines = of.reduce(padded.reshape(rows, SHEET, columns * SHEET), axis=1)
    return np.asarray(of.reduce(lines.reshape(rows, columns, SHEET), axis=2))


def _bands(covered: U8) -> tuple[Rect, ...]:
    """Few rectangles, one below the other, in which lies all that is covered and what interpolation makes of it."""
    height, width = covered.shape
    lines = np.zeros((-(-(height + 2 * _REACH) // SHEET), width), np.uint8)
    for n, line in enumerate(lines):  # what is covered within reach of some rows, column by column
        part = covered[max(n * SHEET - 2 * _REACH, 0) : (n + 1) * SHEET]
        np.maximum.reduce(part, axis=0, out=line, initial=0)
    firsts, lasts = (lines > 0).argmax(1).tolist(), (width - 1 - (lines[:, ::-1] > 0).argmax(1)).tolist()
    bands: list[list[int]] = []  # left, top, right, bottom
    for n in np.flatnonzero(lines.any(1)).tolist():
        bottom = min((n + 1) * SHEET, height + 2 * _REACH)
        bands.append([firsts[n] - _REACH, n * SHEET - _REACH, lasts[n] + _REACH + 1, bottom - _REACH])
    wasted = [_wasted(one, other) for one, other in pairwise(bands)]
    while wasted and min(wasted) <= _BAND:
        least = wasted.index(min(wasted))
        bands[least : least + 2] = [_joined(*bands[least : least + 2])]
        del wasted[least]
        for n in range(max(least - 1, 0), min(least + 1, len(wasted))):
            wasted[n] = _wasted(bands[n], bands[n + 1])
    return tuple((left, top, right, bottom) for left, top, right, bottom in bands)


def _wasted(one: list[int], other: list[int]) -> int:
    """px that are warped in vain where two bands are one."""
    return _area(_joined(one, other)) - _area(one) - _area(other)


def _joined(one: list[int], other: list[int]) -> list[int]:
    return [min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])]


def _area(rect: list[int]) -> int:
    return (rect[2] - rect[0]) * (rect[3] - rect[1])


def landing(bands: Iterable[Rect], matrix: NDArray[np.float64], box: Rect) -> list[Rect]:
    """Where bands of a drawing that stands upright land in a box of the picture; none covers another."""
    across, left, down, top = matrix[0, 0], matrix[0, 2], matrix[1, 1], matrix[1, 2]
    found = []
    for band in bands:
        rows = sorted(int(np.floor(down * y + top + 0.5)) for y in (band[1], band[3]))
        columns = sorted(across * x + left for x in (band[0], band[2]))
        x0, x1 = max(int(columns[0]) - 1, box[0]), min(int(columns[1]) + 2, box[2])
        y0, y1 = max(rows[0], box[1]), min(rows[1], box[3])
        if x0 < x1 and y0 < y1:
            found.append((x0, y0, x1, y1))
    return found


def seen(tiles: Tiles, matrix: NDArray[np.float64], width: int, height: int) -> tuple[Mask, Mask]:
    """(tiles of the picture that the drawing fills with opaque paint, tiles that it can touch).

    matrix: (3, 3), from the drawing's pixels to the picture's.
    """
    xs, ys = _edges(width), _edges(height)
    if is_upright(matrix):  # columns and rows go by themselves
        i, j = (xs - matrix[0, 2]) / matrix[0, 0], (ys - matrix[1, 2]) / matrix[1, 1]
        return _upright(tiles.counts, (i[:-1], j[:-1], i[1:], j[1:]))
    back = _inverse(matrix)
    depth = back[2, 0] * xs[None, :] + back[2, 1] * ys[:, None] + back[2, 2]
    depth = np.where(depth > 1e-6, depth, 1e-6)
    i = (back[0, 0] * xs[None, :] + back[0, 1] * ys[:, None] + back[0, 2]) / depth
    j = (back[1, 0] * xs[None, :] + back[1, 1] * ys[:, None] + back[1, 2]) / depth
    corners = _extreme(i, np.minimum), _extreme(j, np.minimum), _extreme(i, np.maximum), _extreme(j, np.maximum)
    return _leaning(tiles.counts, corners)


def is_upright(matrix: NDArray[np.float64]) -> bool:
    """Whether a drawing is moved and grown and no more."""
    return bool(matrix[0, 0] > 0 < matrix[1, 1] and matrix[0, 1] == 0 and matrix[1, 0] == 0 and matrix[2, 1] == 0)


Corners = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


def _upright(counts: Longs, corners: Corners) -> tuple[Mask, Mask]:
    """corners: left, top, right and bottom of each column or row of tiles, in px of the drawing."""
    left, top, right, bottom = corners
    split, (rows, columns) = len(left), counts.shape
    most = np.full(split + len(top), columns - 1)
    most[split:] = rows - 1
    # both ways at once, since arrays are small and calls are dear
    start, stop, is_inside = _range(np.concatenate([left, top]), np.concatenate([right, bottom]), most)
    lines = counts[stop[split:]] - counts[start[split:]]
    found = lines.take(stop[:split], axis=1) - lines.take(start[:split], axis=1)
    sizes = (stop - start) * is_inside
    area = np.multiply.outer(sizes[split:], sizes[:split])
    return (found & 0xFFFFFFFF == area) & (area > 0), found > 0


def _leaning(counts: Longs, corners: Corners) -> tuple[Mask, Mask]:
    """corners: left, top, right and bottom of each tile, in px of the drawing."""
    a, c, is_inside = _range(corners[0], corners[2], counts.shape[1] - 1)
    b, d, is_within = _range(corners[1], corners[3], counts.shape[0] - 1)
    found = counts[d, c] - counts[b, c] - counts[d, a] + counts[b, a]
    area = (d - b) * (c - a) * (is_inside & is_within)
    return (found & 0xFFFFFFFF == area) & (area > 0), found > 0


def _range(first: NDArray[np.float64], last: NDArray[np.float64], most: int | Longs) -> tuple[Longs, Longs, Mask]:
    """(first tile of a drawing that is read, one beyond the last, whether none beyond the drawing is)."""
    # interpolation reads a pixel beyond; what is too far away to count is clipped before it is whole
    first = np.floor(np.minimum(np.maximum((first - 1.25) / SHEET, -1), most))
    last = np.floor(np.minimum(np.maximum((last + 1.25) / SHEET, -1), most)) + 1
    start, stop = np.maximum(first, 0).astype(np.int64), np.minimum(last, most).astype(np.int64)
    return start, np.maximum(stop, start), (first >= 0) & (last <= most)


@lru_cache(maxsize=16)
def _edges(length: int) -> NDArray[np.float64]:
    """Where the tiles of a picture begin, and its end."""
    return np.append(np.arange(0, length, PICTURE), length).astype(np.float64)


def _extreme(corners: NDArray[np.float64], of: np.ufunc) -> NDArray[np.float64]:
    """The least or largest of each tile's four corners."""
    across = of(corners[:, :-1], corners[:, 1:])
    return np.asarray(of(across[:-1], across[1:]))


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


def rectangles(some: Mask, full: Mask) -> tuple[list[Tile], list[Tile]]:
    """(tiles that are full, the others that hold anything), each as few rectangles x0, y0, x1, y1 of tiles. Few full
    ones beside others are left to those, and a small gap is no reason to begin another rectangle."""
    whole: list[Tile] = []
    mixed: list[Tile] = []
    above: dict[Tile, list[int]] = {}  # by left, right, bottom and kind
    found: list[list[int]] = []
    for x0, x1, y0, y1, kind in _runs(some, full):
        run = above.pop((x0, x1, y0, kind), None)
        if run is None:
            run = [x0, y0, x1, y1, kind]
            found.append(run)
        run[3] = y1
        above[x0, x1, y1, kind] = run
    for x0, y0, x1, y1, kind in found:
        (whole if kind == 2 else mixed).append((x0, y0, x1, y1))
    return whole, mixed


def broad(some: Mask, tall: int) -> list[Tile]:
    """One rectangle of tiles for each band so many px tall, for what costs more by the piece than by the pixel."""
    rows, found = tall // PICTURE, []
    for top in range(0, len(some), rows):
        columns = np.flatnonzero(some[top : top + rows].any(0)).tolist()
        if columns:
            found.append((columns[0], top, columns[-1] + 1, min(top + rows, len(some))))
    return found


def _runs(some: Mask, full: Mask) -> Iterator[tuple[int, int, int, int, int]]:
    """Left, right, top, bottom and kind (1: mixed, 2: full) of runs of tiles of a kind, in rows that are equal."""
    kinds = some.view(np.uint8) + (some & full).view(np.uint8)
    firsts = np.flatnonzero(np.concatenate([[True], (kinds[1:] != kinds[:-1]).any(1)]))
    padded = np.zeros((len(firsts), kinds.shape[1] + 2), np.uint8)
    padded[:, 1:-1] = kinds[firsts]
    row, at = np.nonzero(padded[:, 1:] != padded[:, :-1])
    of = padded[row, at + 1].tolist()
    tops, bottoms = firsts[row].tolist(), np.append(firsts[1:], len(kinds))[row].tolist()
    last = (0, 0, -1, -1, 0)
    ends = at.tolist()
    for n, kind in enumerate(of):
        if not kind:
            continue
        x0, x1, top, bottom = ends[n], ends[n + 1], tops[n], bottoms[n]
        if kind == 2 and (x1 - x0) * (bottom - top) < _WHOLE:
            kind = 1
        if last[2] == top and last[4] == kind and x0 - last[1] <= (_GAP if kind == 1 else 0):
            last = (last[0], x1, top, bottom, kind)
            continue
        if last[4]:
            yield last
        last = (x0, x1, top, bottom, kind)
    if last[4]:
        yield last


def pixels(tiles: Iterable[Tile], width: int, height: int) -> list[Rect]:
    """Rectangles of tiles in pixels."""
    t = PICTURE
    return [(x0 * t, y0 * t, min(x1 * t, width), min(y1 * t, height)) for x0, y0, x1, y1 in tiles]

"""Blocks: a lattice that hangs on a drawing's origin, and cells on it built up as cubes seen from the upper right.

A cell stands some levels high. Levels are laid down from the back, each slid a little to the lower left of the one
behind it (a painter's algorithm along an oblique axis), so that of what is behind a front its top and its right face
show. Fronts of the highest level stand in their cells. Corners are darkened by how far what is around stands higher.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _noise

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_SIDE = 4  #: samples of a cell, across and down
#: levels of hue or of light by which a stroke is another paint; how much of a cell it must cover
_HUE, _CONTRAST, _STROKE = 26.0, 75.0, 0.3
_LEAST = 8.0  #: px of a block under which it is built larger, and made smaller when it is done
TOP, FRONT, RIGHT = 1.25, 1.0, 0.75  #: light on faces: 1, 0.8 and 0.6 of the brightest
_PARTS = 4  #: of a cell, across, in which the dark of its corners is worked out
_ANCHOR = (3, 3)  #: of what is about a part, most lies towards the light: on its upper left
_ONE = 128  #: a factor of 1 in 8 bits
_STUD, _TALL, _FINE = (
    0.29,
    0.09,
    4,
)  #: of a block: how broad and tall a stud is; px for one of it
_GRAIN = 0.03  #: by how much blocks of one colour differ


@dataclass(frozen=True)
class Build:
    """How blocks are built. depth: how far a level stands before the one behind it, in blocks. shade: strength of the
    light on faces. bevel, corner, stud: strengths of edges, of dark corners and of round studs on fronts."""

    depth: float
    shade: float
    bevel: float
    corner: float
    stud: float = 0.0


@dataclass(frozen=True)
class Lattice:
    """Cells over a window. pitch: px of a cell at `fine` times the drawing's size. column, row: of the first cell,
    counted from the origin. left, top: px at that size from the first cell's corner to the window's."""

    width: int
    height: int
    pitch: int
    fine: int
    column: int
    row: int
    columns: int
    rows: int
    left: int
    top: int


def lattice(window: _noise.Window, block: float, split: int = 1) -> Lattice:
    """The cells of blocks that are about `block` px large, over a window of a drawing; of `split` cells a block, whose
    borders are among theirs."""
    fine = max(1, int(np.ceil(_LEAST / max(block, 0.5))))
    if fine > 1:  # small ones are averaged anyway: of two sizes the one that comes nearer
        fine = min((fine, fine + 1), key=lambda n: abs(round(block * n) / n - block))
    pitch = max(2, round(block * fine))
    fine *= split
    left, top = window.left * fine, window.top * fine
    column, row = left // pitch, top // pitch
    columns = -(-(left + window.width * fine) // pitch) - column
    rows = -(-(top + window.height * fine) // pitch) - row
    begins = left - column * pitch, top - row * pitch
    return Lattice(window.width, window.height, pitch, fine, column, row, columns, rows, *begins)


def sampled(plane: NDArray[Any], on: Lattice) -> NDArray[Any]:
    """(rows, columns, samples, ...): what a picture has at 4 x 4 places of each cell; outside, its border goes on."""
    down, across = _places(on)
    found = plane[down][:, across]
    cells = found.reshape(on.rows, _SIDE, on.columns, _SIDE, *plane.shape[2:])
    return np.ascontiguousarray(cells.swapaxes(1, 2)).reshape(on.rows, on.columns, _SIDE * _SIDE, *plane.shape[2:])


def within(on: Lattice) -> NDArray[np.bool_]:
    """(rows, columns): whether the middle of a cell lies in the window."""
    middle = on.pitch / 2
    x = np.arange(on.columns) * on.pitch + middle - on.left
    y = np.arange(on.rows) * on.pitch + middle - on.top
    return np.asarray(((y >= 0) & (y < on.height * on.fine))[:, None] & ((x >= 0) & (x < on.width * on.fine))[None])


def _places(on: Lattice) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    def along(count: int, start: int, length: int) -> NDArray[np.int64]:
        at = ((np.arange(count * _SIDE) + 0.5) * on.pitch / _SIDE - start) / on.fine
        return np.clip(np.floor(at).astype(np.int64), 0, length - 1)

    return along(on.rows, on.top, on.height), along(on.columns, on.left, on.width)


def dominant(samples: U8, strokes: NDArray[np.bool_] | None = None) -> F32:
    """Of samples (..., n, 3) the mean of those on the side of the middle between the darkest and the lightest on which
    most are, so that a cell has a colour of what it shows and not a mixture. strokes: cells in which a third is most,
    if it has another hue or stands out."""
    luma = (samples * np.array([77, 150, 29], np.uint16)).sum(-1, dtype=np.uint32)
    middle = (luma.min(-1).astype(np.uint32) + luma.max(-1)) // 2
    light = luma > middle[..., None]
    total = samples.shape[-2]
    count = light.sum(-1, dtype=np.int32)
    more = 2 * count > total
    means = [_mean(samples, light), _mean(samples, ~light)]
    if strokes is not None:
        hue = [m - m.mean(-1, keepdims=True) for m in means]
        fewer = np.minimum(count, total - count)
        other = (np.abs(hue[0] - hue[1]).max(-1) > _HUE) | (np.abs(means[0] - means[1]).max(-1) > _CONTRAST)
        more ^= strokes & other & (fewer > _STROKE * total)
    return np.where(more[..., None], *means).astype(np.float32)


def _mean(samples: U8, chosen: NDArray[np.bool_]) -> F32:
    many = np.maximum(chosen.sum(-1, dtype=np.int32), 1).astype(np.float32)
    return np.asarray((samples * chosen[..., None]).sum(-2, dtype=np.uint32) / many[..., None])


# -- building


def built(colour: F32, level: U8, stands: NDArray[np.bool_], on: Lattice, how: Build) -> U8:
    """Premultiplied RGBA of the window. colour: (rows, columns, 3); level: how high a cell stands, from 0; stands:
    whether there is a block at all."""
    pitch = on.pitch
    step = max(1, round(how.depth * pitch)) if how.depth > 0 else 0
    grain = _noise.unit(on.column + np.arange(on.columns)[None], on.row + np.arange(on.rows)[:, None], 11)
    grained = np.clip(colour * (1 + _GRAIN * (2 * grain[..., None] - 1)) + 0.5, 0, 255).astype(np.uint8)
    rgba = np.dstack([grained, np.where(stands, 255, 0).astype(np.uint8)])
    large = _enlarged(rgba, pitch)
    front, side = (_times(large, tile) for tile in _tiles(on.columns, on.rows, pitch, how))
    if how.corner > 0 and level.any():
        front = _cornered(front, level, stands, pitch, how.corner)
    # what stands lowest has a level behind it, too, or where it ends it would be as thin as paint
    return _cut(_stacked(front, side, np.where(stands, level + 2, 0).astype(np.uint8), pitch, step), on)


def framed(colour: U8, level: U8, on: Lattice, how: Build) -> U8:
    """RGB of cells that fill a picture. colour: RGBX. One more column and row stand before it, so that nothing is bare
    where what is low is slid away."""
    pitch = on.pitch
    step = max(1, round(how.depth * pitch)) if how.depth > 0 else 0
    wide, high = (_cv.copyMakeBorder(p, 0, 1, 1, 0, _cv.BORDER_REPLICATE) for p in (colour, level))
    large = _enlarged(wide, pitch)
    front, side = (_times(large, tile) for tile in _tiles(on.columns + 1, on.rows + 1, pitch, how))
    if how.corner > 0:
        front = _cornered(front, high, high < 255, pitch, how.corner)
    out = _stacked(front, side, high + np.uint8(1), pitch, step)
    return _bytes.without_fourth(_cut(out[:, pitch:], on))


def _stacked(front: U8, side: U8, height: U8, pitch: int, step: int) -> U8:
    """Fronts over sides, from the back; height: of each cell in levels, 0 where there is none, 1 at the back."""
    rows, columns = front.shape[:2]
    most = int(height.max(initial=0))
    out = np.zeros_like(front)
    for level in range(1, most + 1):
        mask = _enlarged(np.where(height >= level, np.uint8(255), np.uint8(0)), pitch)
        for at in range(step * (level - 2) + 1 if level > 1 else 0, step * (level - 1) + 1):
            away = (most - 1) * step - at
            # the last of a level is its front; of those that go on a line of it is left, as between two cubes
            source = front if at == step * (level - 1) else side
            _cv.copyTo(source[away:, : columns - away], mask[away:, : columns - away], out[: rows - away, away:])
    return out


def flush(cells: U8, on: Lattice, how: Build) -> U8:
    """Premultiplied RGBA of cells that lie in one plane, painted on blocks; cells: not premultiplied."""
    large = _times(_enlarged(cells, on.pitch), _tiles(on.columns, on.rows, on.pitch, replace(how, stud=0.0))[0])
    alpha = _bytes.four(np.ascontiguousarray(large[..., 3]))
    alpha[..., 3] = 255
    return _cut(_bytes.times(large, alpha), on)


def _cut(large: U8, on: Lattice) -> U8:
    """The window out of what is built over whole cells."""
    wide = large[on.top : on.top + on.height * on.fine, on.left : on.left + on.width * on.fine]
    if on.fine > 1:
        wide = _cv.resize(wide, (on.width, on.height), interpolation=_cv.INTER_AREA)
    return np.ascontiguousarray(wide)


def _enlarged(cells: U8, pitch: int) -> U8:
    size = cells.shape[1] * pitch, cells.shape[0] * pitch
    return np.asarray(_cv.resize(cells, size, interpolation=_cv.INTER_NEAREST))


def _times(rgba: U8, tile: U8) -> U8:
    return _bytes.times(rgba, tile, 1 / _ONE)


def _cornered(front: U8, level: U8, stands: NDArray[np.bool_], pitch: int, strength: float) -> U8:
    """Fronts, darker beside what stands higher."""
    bumps = np.where(stands, level, 0).astype(np.uint8) * np.uint8(40)
    small = _enlarged(bumps, _PARTS)
    higher = _bytes.minus(np.asarray(_cv.blur(small, (_PARTS + 1, _PARTS + 1), anchor=_ANCHOR)), small)
    dark = _bytes.inverse(np.asarray(_cv.convertScaleAbs(higher, alpha=2.0 * strength)))
    dark = _bytes.at_least(dark, 110)
    dark = np.asarray(_cv.resize(dark, front.shape[1::-1], interpolation=_cv.INTER_LINEAR))
    return _bytes.times(front, _bytes.joined([dark, dark, dark, np.full_like(dark, 255)]))


@lru_cache(maxsize=24)
def _tiles(columns: int, rows: int, pitch: int, how: Build) -> tuple[U8, U8]:
    """What faces take of a colour, over all cells: fronts with their edges, and tops and right sides, of which a slid
    copy shows its first row and its last column."""
    edge = max(1, round(pitch / 12))
    front = np.full((pitch, pitch), FRONT, np.float32)
    front[:edge] += 0.13 * how.bevel
    front[:, :edge] += 0.06 * how.bevel
    front[:, -edge:] -= 0.16 * how.bevel
    front[-edge:] -= 0.18 * how.bevel
    if how.stud > 0:
        front += how.stud * (_stud(pitch) - FRONT)
    side = np.full((pitch, pitch), FRONT + (RIGHT - FRONT) * how.shade, np.float32)
    side[0] = FRONT + (TOP - FRONT) * how.shade
    found = []
    for tile in (front, side):
        small = np.clip(np.rint(tile * _ONE), 0, 255).astype(np.uint8)
        large = np.tile(small, (rows, columns))
        whole = _bytes.joined([large, large, large, np.full_like(large, _ONE)])
        whole.flags.writeable = False
        found.append(whole)
    return found[0], found[1]


def _stud(pitch: int) -> F32:
    """What a front takes of a colour where a short cylinder stands on it, and in its shadow."""
    wide = pitch * _FINE
    y, x = np.mgrid[0:wide, 0:wide].astype(np.float32) / wide + np.float32(0.5 / wide - 0.5)
    out = np.full((wide, wide), FRONT, np.float32)
    out[np.hypot(x - 0.08, y - 0.08) < _STUD + 0.03] = 0.82
    for slid in np.linspace(_TALL, 0, 8):
        shade = TOP + (RIGHT - TOP) * np.clip(0.5 + 0.9 * (x + y) / (2 * _STUD), 0, 1)
        out = np.where(np.hypot(x - slid, y + slid) < _STUD, shade, out)
    away = np.hypot(x, y)
    lit = np.clip(-(x + y) / (1.4 * _STUD), -1, 1)
    cap = np.where(away > 0.82 * _STUD, 1.03 + 0.16 * lit, 1.03)
    out = np.where(away < _STUD, cap, out).astype(np.float32)
    return np.asarray(_cv.resize(out, (pitch, pitch), interpolation=_cv.INTER_AREA))

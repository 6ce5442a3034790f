"""Paving seen from the camera's home: for each pixel of the ground, which stone it shows and where on it.

Cobbles lie in segmental arches, as masons lay them in small towns; a gutter of long slabs runs away from
us, and pavements of large slabs border the houses. Joints that grow thinner than a pixel pale to the mean
instead of flickering.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _noise

F32 = NDArray[np.float32]

STONE = 0.235  # m across
DEPTH = 0.25  # m from front to back, at z = 6
ARCH = 1.62  # m, span of an arch of cobbles
BULGE = 1.9  # rows by which an arch rises
_TILE, _ROOM = 256, 3
_CUBIC = cv2.INTER_CUBIC
_BAND = 120_000  # px, of which the processor's cache holds a part: in larger bands all takes a tenth longer
GROWTH = 0.45  # rows deepen with z to this power: at 0 far rows would be thinner than a pixel


@dataclass(frozen=True)
class Ground:
    """The floor under each pixel: x (height, width) and z (height, 1) in metres, and metres of z a pixel."""

    x: F32
    z: F32
    step: F32


@dataclass(frozen=True)
class Stones:
    """What is seen of stones. face: coverage, the rest is joint; across, up: place on the stone, -1 to 1 (up is away
    from us); tone, tint: hashed per stone, -1 to 1; clear: how much of the pattern is left at this distance."""

    face: F32
    across: F32
    up: F32
    tone: F32
    tint: F32
    clear: F32


def bands(width: int, height: int) -> Iterator[tuple[int, int]]:
    """(first row, last + 1) of what of a large ground is painted at once: some thirty numbers a pixel are in hand."""
    tall = max(16, _BAND // width)
    for first in range(0, height, tall):
        yield first, min(first + tall, height)


def ground(left: int, top: int, shape: tuple[int, int], scale: float) -> Ground:
    """The floor under the pixels of a canvas whose unit is a picture height: x = 2 X / Z, y = -2.4 / Z."""
    x = (np.arange(shape[1]) + left + 0.5) / scale
    y = np.maximum((np.arange(shape[0]) + top + 0.5) / scale, 2.4 / 90)
    z = 2.4 / y
    return Ground(
        (x[None, :] * (z / 2)[:, None]).astype(np.float32),
        z.astype(np.float32)[:, None],
        (z * z / 2.4 / scale).astype(np.float32)[:, None],
    )


def clouds(g: Ground, cell: float, octaves: int, seed: int, deep: float = 1.0) -> F32:
    """Smooth noise in about -1 to 1 on the floor; `cell` in metres, `deep` stretches it away from us."""
    total = np.zeros(g.x.shape, np.float32)
    weight, weights = 1.0, 0.0
    for octave in range(octaves):
        lattice = _lattice(seed * 7 + octave)
        size = cell * 0.5**octave
        u = _on_tile(g.x * np.float32(1 / size) + np.float32(17.3 * octave))
        v = _on_tile(g.z * np.float32(1 / (size * deep)))
        total += np.float32(weight) * cv2.remap(lattice, u, np.ascontiguousarray(np.broadcast_to(v, u.shape)), _CUBIC)
        weights += weight
        weight *= 0.55
    return np.asarray(total * np.float32(1 / weights))


def _on_tile(at: F32) -> F32:
    """Places on the tile, which repeats: exact, since its size is a power of two. `np.mod` takes ten times as long."""
    turns = np.floor(at * np.float32(1 / _TILE))
    turns *= np.float32(_TILE)
    at = at - turns
    at += np.float32(_ROOM)
    return at


@lru_cache(maxsize=24)
def _lattice(seed: int) -> F32:
    at = np.arange(-_ROOM, _TILE + _ROOM) % _TILE  # OpenCV's own wrapping leaves a seam: the tile carries its border
    values = _noise.unit(at[None, :], at[:, None], seed) * np.float32(2) - np.float32(1)
    values.flags.writeable = False
    return values


def cobbles(g: Ground, seed: int) -> Stones:
    """Cobbles in arches."""
    warp = clouds(g, 0.42, 2, seed + 1)
    # rows per metre fall with z: r is the integral of 1 / (DEPTH (z / 6)^GROWTH)
    r0 = (6.0**GROWTH / DEPTH / (1 - GROWTH)) * g.z ** np.float32(1 - GROWTH)
    dr = g.step * (1 / DEPTH) * (6.0 / g.z) ** np.float32(GROWTH)
    # the valleys between arches waver, and none runs through the middle of the stage
    u = g.x * np.float32(1 / ARCH) + np.float32(0.5) + 0.10 * clouds(g, 1.4, 1, seed + 8)
    column = np.floor(u)
    u = (u - column) * 2 - 1
    r = r0 - np.float32(BULGE) * np.sqrt(np.clip(1 - 0.92 * u * u, 0, 1)) + 0.24 * warp
    # every other arch is half a row on, so that rows of neighbours interlock at the valleys
    r += 0.5 * np.mod(column, 2)
    row = np.floor(r)
    k = row.astype(np.int32)
    s = g.x * np.float32(1 / STONE) + np.take(_table(seed + 2), k & 4095) * 0.9 + 0.16 * warp
    j = np.floor(s)
    index = (j.astype(np.int32) * 71 + k * 1013) & 4095
    across, up = (s - j) * 2 - 1, (r - row) * 2 - 1
    size = 0.90 + 0.09 * np.take(_table(seed + 5), index)
    a2, b2 = across * across, up * up
    edge = np.sqrt(np.sqrt(a2 * a2 + b2 * b2)) / size
    soft = np.maximum(1.15 * dr, 0.10)
    face = np.clip((0.93 - edge) / soft + 0.5, 0, 1)
    clear = np.asarray(np.clip(1.75 - 1.9 * dr, 0, 1) + 0 * g.x, np.float32)
    return Stones(face, across, up, np.take(_table(seed + 3), index), np.take(_table(seed + 4), index), clear)


def slabs(g: Ground, size: tuple[float, float], offset: float, seed: int) -> Stones:
    """Slabs of (width, depth) metres in running bond along x; offset moves them in z."""
    warp = clouds(g, 0.6, 1, seed + 6)
    r = (g.z - np.float32(offset)) * np.float32(1 / size[1]) + 0.03 * warp
    row = np.floor(r)
    k = row.astype(np.int32)
    s = g.x * np.float32(1 / size[0]) + 0.5 * np.mod(row, 2) + 0.03 * warp
    j = np.floor(s)
    index = (j.astype(np.int32) * 71 + k * 1013) & 4095
    across, up = (s - j) * 2 - 1, (r - row) * 2 - 1
    rows = g.step * np.float32(1 / size[1])
    joint = 0.022
    gap_x = (1 - np.abs(across)) * np.float32(size[0] / 2) / joint
    gap_z = (1 - np.abs(up)) * np.float32(size[1] / 2) / np.maximum(joint, 0.8 * g.step)
    face = np.clip(np.minimum(gap_x, gap_z) - 0.2, 0, 1)
    clear = np.asarray(np.clip(1.6 - 1.6 * rows, 0, 1) + 0 * g.x, np.float32)
    return Stones(face, across, up, np.take(_table(seed + 3), index), np.take(_table(seed + 4), index), clear)


def chosen(first: Stones, second: Stones, share: F32) -> Stones:
    """The second pattern where `share` is 1."""
    pick = share > 0.5

    def either(a: F32, b: F32) -> F32:
        return np.asarray(np.where(pick, b, a))

    return Stones(
        either(first.face, second.face), either(first.across, second.across), either(first.up, second.up),
        either(first.tone, second.tone), either(first.tint, second.tint), either(first.clear, second.clear),
    )  # fmt: skip


@lru_cache(maxsize=24)
def _table(seed: int) -> F32:
    values = _noise.unit(np.arange(4096), 5, seed) * np.float32(2) - np.float32(1)
    values.flags.writeable = False
    return values

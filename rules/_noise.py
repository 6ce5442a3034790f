"""Noise from integer hashes: the same value at the same place and seed, whatever window is asked for.

Everything hangs on the drawing's origin (pixel 0, 0), so a wider plate shows the same texture.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
U32 = NDArray[np.uint32]


class Window(NamedTuple):
    """Whole pixels relative to the origin, as in `Canvas`."""

    left: int
    top: int
    width: int
    height: int


def hashed(x: NDArray[np.int64] | int, y: NDArray[np.int64] | int, seed: int) -> U32:
    """A well mixed uint32 for integers x, y (broadcast) and a seed (the finaliser of MurmurHash3, Appleby 2011)."""
    a = (np.asarray(x, np.int64) & 0xFFFFFFFF).astype(np.uint32)
    b = (np.asarray(y, np.int64) & 0xFFFFFFFF).astype(np.uint32)
    with np.errstate(over="ignore"):
        h = a * np.uint32(0x9E3779B1) ^ (b * np.uint32(0x85EBCA77) + np.uint32((seed * 0xC2B2AE3D) & 0xFFFFFFFF))
        for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
            h = (h ^ (h >> np.uint32(shift))) * np.uint32(factor)
    return np.asarray(h, np.uint32)


def unit(x: NDArray[np.int64] | int, y: NDArray[np.int64] | int = 0, seed: int = 0) -> F32:
    """Hashed floats in [0, 1)."""
    return np.asarray((hashed(x, y, seed) >> np.uint32(8)).astype(np.float32) * np.float32(2**-24))


def chance(seed: int, *names: int) -> float:
    """One hashed float in [0, 1) for a chain of integers."""
    value = seed
    for name in names:
        value = int(hashed(name, value & 0x7FFFFFFF, value >> 31 & 0xFFFF))
    return (value & 0xFFFFFF) / 2**24


@lru_cache(maxsize=12)  # a figure asks for the same field in each of its poses
def field(window: Window, cell: float, octaves: int = 3, seed: int = 0, stretch: tuple[float, float] = (1, 1)) -> F32:
    """Smooth noise in about -1 to 1, float32 (height, width), read-only.

    cell: px between lattice points of the first octave; each further octave halves cell and weight.
    stretch: factors on the cell along x and y.
    """
    total = np.zeros((window.height, window.width), np.float32)
    weight, sum_of_weights = 1.0, 0.0
    for octave in range(octaves):
        total += np.float32(weight) * _octave(window, cell * stretch[0], cell * stretch[1], seed * 977 + octave)
        sum_of_weights += weight
        weight *= 0.5
        cell = max(1.5, cell / 2)
    total *= np.float32(1 / sum_of_weights)
    total.flags.writeable = False
    return total


def _octave(window: Window, cell_x: float, cell_y: float, seed: int) -> F32:
    """One octave: cubic between lattice points on a coarse grid, linear from there to pixels."""
    step = 1
    while step * 16 <= min(cell_x, cell_y):
        step *= 2
    x0, y0 = window.left // step - 1, window.top // step - 1
    columns = (window.left + window.width) // step + 3 - x0
    rows = (window.top + window.height) // step + 3 - y0
    xs = (np.arange(x0, x0 + columns, dtype=np.float64) + 0.5) * (step / cell_x)
    ys = (np.arange(y0, y0 + rows, dtype=np.float64) + 0.5) * (step / cell_y)
    ix, wx = _cubic(xs)
    iy, wy = _cubic(ys)
    lattice = unit(np.arange(ix[0, 0], ix[-1, -1] + 1)[None, :], np.arange(iy[0, 0], iy[-1, -1] + 1)[:, None], seed)
    lattice = lattice * np.float32(2) - np.float32(1)
    ix, iy = ix - ix[0, 0], iy - iy[0, 0]
    across = np.zeros((len(lattice), columns), np.float32)
    coarse = np.zeros((rows, columns), np.float32)
    for k in range(4):
        across += lattice[:, ix[:, k]] * wx[None, :, k]
    for k in range(4):
        coarse += across[iy[:, k], :] * wy[:, None, k]
    left, top = window.left - x0 * step, window.top - y0 * step
    size = (columns * step, rows * step)
    fine = np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR), np.float32) if step > 1 else coarse
    return fine[top : top + window.height, left : left + window.width]


def _cubic(at: NDArray[np.float64]) -> tuple[NDArray[np.int64], F32]:
    """Indices (n, 4) and Catmull-Rom weights (n, 4) of the lattice points about each place."""
    base = np.floor(at).astype(np.int64)
    t = (at - base)[:, None]
    weights = np.concatenate(
        [
            -0.5 * t + t * t - 0.5 * t**3,
            1 - 2.5 * t * t + 1.5 * t**3,
            0.5 * t + 2 * t * t - 1.5 * t**3,
            -0.5 * t * t + 0.5 * t**3,
        ],
        axis=1,
    )
    return base[:, None] + np.arange(-1, 3)[None, :], weights.astype(np.float32)

"""Noise from integer hashes: the same value at the same place and seed, whatever window is asked for.

Everything hangs on the drawing's origin (pixel 0, 0), so a wider plate shows the same texture.
"""

from __future__ import annotations

from collections.abc import Callable
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


# of one dimension: numpy warns when scalars overflow, as is meant here
_ACROSS, _DOWN = np.array([0x9E3779B1], np.uint32), np.array([0x85EBCA77], np.uint32)
_MIXED = (16, 0x85EBCA6B), (13, 0xC2B2AE35)


def hashed(x: NDArray[np.int64] | int, y: NDArray[np.int64] | int, seed: int) -> U32:
    """A well mixed uint32 for integers x, y (broadcast) and a seed (the finaliser of MurmurHash3, Appleby 2011)."""
    a, b = np.asarray(x, np.int64), np.asarray(y, np.int64)
    if a.ndim == b.ndim == 0:
        return np.array(_hashed(int(a), int(b), seed), np.uint32)
    h = a.astype(np.uint32) * _ACROSS ^ (b.astype(np.uint32) * _DOWN + np.uint32(seed * 0xC2B2AE3D & 0xFFFFFFFF))
    for shift, factor in _MIXED:
        h ^= h >> np.uint32(shift)
        h *= np.uint32(factor)
    h ^= h >> np.uint32(16)
    return np.asarray(h, np.uint32)


def _hashed(x: int, y: int, seed: int) -> int:
    """The same of single numbers."""
    h = (x * 0x9E3779B1 & 0xFFFFFFFF) ^ (y * 0x85EBCA77 + seed * 0xC2B2AE3D & 0xFFFFFFFF)
    for shift, factor in _MIXED:
        h = (h ^ h >> shift) * factor & 0xFFFFFFFF
    return h ^ h >> 16


def unit(x: NDArray[np.int64] | int, y: NDArray[np.int64] | int = 0, seed: int = 0) -> F32:
    """Hashed floats in [0, 1)."""
    h = hashed(x, y, seed)
    return np.asarray((h >> np.uint32(8)).astype(np.float32) * np.float32(2**-24))


def chance(seed: int, *names: int) -> float:
    """One hashed float in [0, 1) for a chain of integers."""
    return (chain(seed, *names) & 0xFFFFFF) / 2**24


def chain(seed: int, *names: int) -> int:
    """A seed for all chains that go on from here, so that what they share is hashed once."""
    for name in names:
        seed = _hashed(int(name), seed & 0x7FFFFFFF, seed >> 31 & 0xFFFF)
    return seed


class Grown:
    """Fields that are kept over the widest window asked for so far: all drawings of a figure want the same, each in a
    window of its own. That changes no number, since a field hangs on the origin."""

    def __init__(self, make: Callable[[Window], tuple[F32, ...]]) -> None:
        self._make = make
        self._window = Window(0, 0, 0, 0)
        self._fields: tuple[F32, ...] = ()

    def over(self, window: Window) -> tuple[F32, ...]:
        """What `make` makes of a window, read-only."""
        kept = self._window
        x, y = window.left - kept.left, window.top - kept.top
        if x < 0 or y < 0 or x + window.width > kept.width or y + window.height > kept.height:
            wide = _around(kept, window)
            if wide.width * wide.height > 4 * max(window.width * window.height, _STRIP):
                self._fields, wide = self._make(window), window  # little of the wide one would be used
            else:
                self._fields = self._grown(wide)
            kept = self._window = wide
            for each in self._fields:
                each.flags.writeable = False
            x, y = window.left - kept.left, window.top - kept.top
        return tuple(each[y : y + window.height, x : x + window.width] for each in self._fields)

    def _grown(self, wide: Window) -> tuple[F32, ...]:
        """The fields over a window around the kept one: only what is new is made."""
        if not self._fields:
            return self._make(wide)
        out = tuple(np.empty((wide.height, wide.width), each.dtype) for each in self._fields)
        parts = [(self._window, self._fields), *((part, self._make(part)) for part in _beyond(self._window, wide))]
        for part, fields in parts:
            x, y = part.left - wide.left, part.top - wide.top
            for into, field in zip(out, fields, strict=True):
                into[y : y + part.height, x : x + part.width] = field
        return out


def _around(a: Window, b: Window) -> Window:
    """A window around two, with some room; the first may be empty."""
    both = [w for w in (a, b) if w.width]
    left, top = (min(w[k] for w in both) // _ROOM * _ROOM for k in (0, 1))
    right, foot = (-(-max(w[k] + w[k + 2] for w in both) // _ROOM) * _ROOM for k in (0, 1))
    return Window(left, top, right - left, foot - top)


def _beyond(kept: Window, wide: Window) -> list[Window]:
    """What of a wide window lies above, below, left and right of one within it."""
    above, left = kept.top - wide.top, kept.left - wide.left
    below, right = wide.height - above - kept.height, wide.width - left - kept.width
    found = (
        Window(wide.left, wide.top, wide.width, above),
        Window(wide.left, kept.top + kept.height, wide.width, below),
        Window(wide.left, kept.top, left, kept.height),
        Window(kept.left + kept.width, kept.top, right, kept.height),
    )
    return [part for part in found if part.width and part.height]


_ROOM = 32  # px, of which kept windows are multiples: poses differ by less


@lru_cache(maxsize=12)
def field(window: Window, cell: float, octaves: int = 3, seed: int = 0, stretch: tuple[float, float] = (1, 1)) -> F32:
    """Smooth noise in about -1 to 1, float32 (height, width), read-only.

    cell: px between lattice points of the first octave; each further octave halves cell and weight.
    stretch: factors on the cell along x and y.
    """
    total = fresh(window, cell, octaves, seed, stretch)
    total.flags.writeable = False
    return total


def fresh(window: Window, cell: float, octaves: int = 3, seed: int = 0, stretch: tuple[float, float] = (1, 1)) -> F32:
    """The same for whoever keeps it."""
    total, sum_of_weights = _octave(window, cell * stretch[0], cell * stretch[1], seed * 977), 1.0
    weight = 1.0
    for octave in range(1, octaves):
        weight *= 0.5
        cell = max(1.5, cell / 2)
        finer = _octave(window, cell * stretch[0], cell * stretch[1], seed * 977 + octave)
        finer *= np.float32(weight)
        total += finer
        sum_of_weights += weight
    total *= np.float32(1 / sum_of_weights)
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
    coarse = _between(lattice, (ix, wx), (iy, wy))
    left, top = window.left - x0 * step, window.top - y0 * step
    size = (columns * step, rows * step)
    fine = np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR), np.float32) if step > 1 else coarse
    return fine[top : top + window.height, left : left + window.width]


_STRIP = 16_000  # px of a strip: what is summed there stays in the processor's cache, which takes an eighth of the time


def _between(lattice: F32, columns: tuple[NDArray[np.int64], F32], rows: tuple[NDArray[np.int64], F32]) -> F32:
    """A lattice read between its points: for each column and each row the four points about it and their weights."""
    (ix, wx), (iy, wy) = columns, rows
    across = np.zeros((len(ix), len(lattice)), np.float32)
    upright = np.ascontiguousarray(lattice.T)
    for k in range(4):
        across += upright[ix[:, k]] * wx[:, k, None]
    across = np.ascontiguousarray(across.T)
    out = np.empty((len(iy), len(ix)), np.float32)
    tall = max(8, _STRIP // len(ix))
    spare = np.empty((tall, len(ix)), np.float32)
    for top in range(0, len(iy), tall):
        strip = out[top : top + tall]
        term, at, by = spare[: len(strip)], iy[top : top + tall], wy[top : top + tall]
        np.take(across, at[:, 0], axis=0, out=strip, mode="clip")  # clip: it then needs no buffer
        strip *= by[:, 0, None]
        for k in range(1, 4):
            np.take(across, at[:, k], axis=0, out=term, mode="clip")
            term *= by[:, k, None]
            strip += term
    return out


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

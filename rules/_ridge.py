"""Ridges: the outline of a far rank of ground as a function of x, without end, from three sizes of hump."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rules import _noise

Floats = NDArray[np.float64]


def rolling(x: Floats, length: float, seed: int) -> Floats:
    """Rolling ground, 0 to about 1: broad humps of unequal height, smaller ones on their flanks."""
    return np.asarray(
        0.62 * _humps(x, length, seed)
        + 0.30 * _humps(x, 0.43 * length, seed + 1)
        + 0.08 * _humps(x, 0.16 * length, seed + 2)
    )


def peaks(x: Floats, length: float, seed: int) -> tuple[Floats, Floats, Floats]:
    """Peaks, 0 to 1: the highest of all slopes at x, the place of the summit it belongs to, and by how much it is
    higher than the next one: 0 in the valleys, where two meet.

    Big peaks stand a length apart, lesser ones between them; their two sides fall unequally steeply.
    """
    height, summit, second = np.full(x.shape, -9.0), np.zeros(x.shape), np.full(x.shape, -9.0)
    for size, low, high, salt in ((1.0, 0.66, 1.0, 0), (0.47, 0.36, 0.70, 1), (0.21, 0.16, 0.46, 2)):
        cell = length * size
        base = np.floor(x / cell).astype(np.int64)
        for off in (-2, -1, 0, 1, 2):
            k = base + off
            a, b, c, d = (_noise.unit(k, salt, seed + n).astype(np.float64) for n in range(4))
            at = (k + 0.2 + 0.6 * a) * cell
            away = x - at
            run = (0.52 + 0.5 * c) * length * np.where(away < 0, 0.78 + 0.5 * d, 1.28 - 0.5 * d)
            # concave: steep at the summit, running out below
            own = (low + (high - low) * b) - (np.abs(away) / run) ** 0.86
            better = own > height
            second = np.maximum(second, np.minimum(own, height))
            height, summit = np.where(better, own, height), np.where(better, at, summit)
    return np.asarray(np.clip(height, 0, 1)), summit, height - second


def teeth(x: Floats, length: float, seed: int) -> Floats:
    """Small breaks of an outline, about -1 to 1: sharp, unequal, ever smaller."""
    total, weight = np.zeros_like(x), 0.6
    for octave in range(5):
        total += weight * (np.abs(2 * _humps(x, length * 0.5**octave, seed + 10 * octave) - 1) - 0.5)
        weight *= 0.6
    return total


def _humps(x: Floats, cell: float, seed: int) -> Floats:
    """Smooth hashed noise of x, 0 to 1; neighbours alternate between high and low, so that each hump reads."""
    place = x / cell
    base = np.floor(place).astype(np.int64)
    t = place - base
    t = t * t * (3 - 2 * t)

    def value(k: NDArray[np.int64]) -> Floats:
        own = _noise.unit(k, 0, seed).astype(np.float64)
        return np.where(k & 1, 0.55 + 0.45 * own, 0.40 * own)

    return value(base) * (1 - t) + value(base + 1) * t


def slope(x: Floats, y: Floats) -> Floats:
    """Rise a metre, to the right."""
    return np.asarray(np.gradient(y, x))

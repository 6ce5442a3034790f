"""Ridges: the outline of a far rank of ground as a function of x, without end, from three sizes of hump."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rules import _noise

Floats = NDArray[np.float64]


def rolling(x: Floats, length: float, seed: int) -> Floats:
    """Rolling ground, 0 to about 1: broad humps of unequal height, smaller ones on their flanks."""
    return np.asarray(
        0.62 * _humps(x, length, seed) + 0.30 * _humps(x, 0.43 * length, seed + 1) + 0.08 * _humps(x, 0.16 * length, seed + 2)
    )


def craggy(x: Floats, length: float, seed: int) -> Floats:
    """Peaks, 0 to about 1: sharp where two slopes meet, broken by ever smaller teeth."""
    total, weight, sum_of_weights = np.zeros_like(x), 1.0, 0.0
    for octave in range(6):
        cell = length * 0.5**octave
        wave = 1 - np.abs(2 * _humps(x, cell, seed + 10 * octave) - 1) ** 0.9
        # teeth grow on the heights, valleys stay smooth
        total += weight * wave * (1.0 if octave == 0 else 0.35 + 0.65 * total / max(sum_of_weights, 1e-6))
        sum_of_weights += weight
        weight *= 0.46
    return np.asarray(total / sum_of_weights)


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

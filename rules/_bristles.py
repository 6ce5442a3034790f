"""How a pull of a brush begins, ends and runs dry: its landing and its tail, and the streaks where hairs part."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules._pen import Points, Trace

_LEAST = 190.0  # units that a pull is long before it runs dry
_RIBS = 7  # of a landing or a tail


class Streak(NamedTuple):
    """A gap along a pull. across: where between its edges, -1 to 1; first, last: where it begins and ends, as shares of
    the pull; wide: its half width, in half strokes."""

    across: float
    first: float
    last: float
    wide: float


def capped(left: Points, right: Points, line: Trace) -> tuple[Points, Points]:
    """The two edges of a pull with its ends: hairs land aslant, the left ones first, and lift to a point."""
    s = np.linspace(1, 0, _RIBS, endpoint=False)[:, None]
    half, normal, along = _end(left, right, 0, line)
    middle = (left[0] + right[0]) / 2 - along * (0.55 * half * s) + normal * (0.16 * half * s * s)
    side = normal * half * np.sqrt(np.maximum(1 - s * s, 0.0))
    tilt = along * (0.10 * half * s)
    first = middle + side - tilt, middle - side + tilt
    half, normal, along = _end(left, right, -1, line)
    s = np.linspace(0, 1, _RIBS + 1)[1:, None]
    middle = (left[-1] + right[-1]) / 2 + along * (1.4 * half * s)
    side = normal * half * np.clip(1 - s, 0, 1) ** 0.75
    last = middle + side, middle - side
    return np.concatenate([first[0], left, last[0]]), np.concatenate([first[1], right, last[1]])


def _end(left: Points, right: Points, i: int, line: Trace) -> tuple[float, Points, Points]:
    across = left[i] - right[i]
    return float(np.hypot(across[0], across[1])) / 2, line.normal[i], line.tangent[i]


def streaks(line: Trace, half: NDArray[np.float64], stem: float, most: int, rng: np.random.Generator) -> list[Points]:
    """Gaps in the second half of a pull, more towards its end; the long ones run out of it, so that it frays. The
    boldest come first, so that a small letter may be drawn with few."""
    length = line.length
    draws = rng.uniform(size=(most + most // 2, 5))
    rough = rng.normal(size=(len(draws), 3, 9))
    late = half[length > 0.6 * length[-1]]
    if length[-1] < _LEAST or float(late.mean()) < 0.42 * stem:
        return []  # a thin pull would part into single hairs
    found = []
    for n, (where, start, long, wide, out) in enumerate(draws.tolist()):
        across = 2 * (n * 0.618 % 1) - 1 + 0.3 * (where - 0.5)
        first = 1 - 0.50 * start**1.4 if n % 3 else 0.52 + 0.25 * start
        last = 1.0 if out < 0.45 else min(first + 0.10 + 0.26 * long, 0.97)
        one = Streak(float(np.clip(across, -0.86, 0.86)), min(first, 0.9), last, 0.03 + 0.09 * wide * wide)
        found.append((one, rough[n]))
    found.sort(key=lambda f: -(f[0].last - f[0].first) * f[0].wide)
    return [_ragged(one, line, half, stem, noise) for one, noise in found]


def _ragged(one: Streak, line: Trace, half: NDArray[np.float64], stem: float, noise: NDArray[np.float64]) -> Points:
    """A streak's outline: both of its edges torn, its middle adrift; it closes where the pull is thin."""
    length = line.length
    t = np.linspace(0, 1, 22)
    at = length[-1] * (one.first + (one.last - one.first) * t)
    here = [np.interp(at, length, v) for v in (*line.centre.T, *line.normal.T, half)]
    middle, normal, wide = np.stack(here[:2], 1), np.stack(here[2:4], 1), here[4]
    torn = [np.interp(t * 8, np.arange(9), row) for row in noise]
    runs_out = one.last >= 1
    taper = np.sin(np.pi * np.clip(t, 0, 1)) ** 0.7 if not runs_out else np.minimum(1.0, 2.2 * t) ** 0.8
    taper = taper * np.clip(2.4 * wide / stem - 0.7, 0.06, 1)
    middle = middle + normal * ((one.across + 0.05 * torn[0]) * wide)[:, None]
    edges = [normal * (one.wide * taper * np.clip(1 + 0.75 * row, 0.12, 2.4) * wide)[:, None] for row in torn[1:]]
    upper, lower = middle + edges[0], middle - edges[1]
    if runs_out:
        beyond = line.tangent[-1] * (2.6 * half[-1] + 6)
        upper, lower = (np.concatenate([e, e[-1:] + beyond]) for e in (upper, lower))
    return np.concatenate([upper, lower[::-1]])

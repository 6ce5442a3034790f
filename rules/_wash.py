"""Washes: how watercolour pigment lies on paper, as planes of density, and what a density does to a colour.

Density follows Bousseau et al. (2006): C' = C - (C - C^2) d; d > 0 is more pigment, d < 0 less, and
neither black nor the paper's white is ever crossed. Lengths are px of 1080 lines times `unit`.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _noise
from rules._noise import Window

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]


def lifted(tone: NDArray[np.floating], lift: float) -> F32:
    """Tones 0 to 1 raised to luminous ones: dark scenes become deep washes, not mud. lift 0 changes nothing."""
    base = np.clip(np.asarray(tone, np.float64), 0, 1)
    raised = base + (0.12 + 0.88 * base**0.58 - base) * (1 - base) ** 0.3  # lights stay: they are the paper's own
    raised = 0.8 * raised + 0.2 * raised * raised * (3 - 2 * raised)  # and a raised picture needs its contrast back
    return np.asarray(base + lift * (raised - base), np.float32)


def cloud(window: Window, cell: float, octaves: int, seed: int, stretch: tuple[float, float] = (1, 1)) -> F32:
    """`_noise.field` worked out at half the size: four times as fast, and as good for what is smooth."""
    if cell < 5 or min(window.width, window.height) < 8:
        return _noise.field(window, cell, octaves, seed, stretch)
    left, top = window.left // 2 - 1, window.top // 2 - 1
    half = Window(left, top, (window.left + window.width) // 2 + 2 - left, (window.top + window.height) // 2 + 2 - top)
    coarse = _noise.field(half, cell / 2, octaves, seed, stretch)
    whole = cv2.resize(coarse, (2 * half.width, 2 * half.height), interpolation=cv2.INTER_LINEAR)
    x, y = window.left - 2 * left, window.top - 2 * top
    return np.asarray(whole[y : y + window.height, x : x + window.width], np.float32)


def turbulence(window: Window, unit: float, seed: int) -> F32:
    """Cloudy density inside a wash, about -0.6 to 0.6: slow pools, flow, and a finer mottle in places."""
    slow = cloud(window, 190 * unit, 5, seed)
    flow = cloud(window, 70 * unit, 4, seed + 1, (1.8, 0.8))
    mottle = cloud(window, 24 * unit, 3, seed + 2)
    return np.asarray(0.62 * slow + 0.30 * flow + 0.20 * mottle * np.clip(0.3 + slow * 1.6, 0, 1), np.float32)


def broken(window: Window, cell: float, seed: int, bias: float = 0.55, gain: float = 1.5) -> F32:
    """0 to 1: where a line holds and where it is lost."""
    return np.asarray(np.clip(bias + gain * cloud(window, cell, 3, seed), 0, 1), np.float32)


def wet(window: Window, unit: float, seed: int, share: float) -> F32:
    """0 to 1: places where the paper was still wet, as a share of about 0 to 0.8 of the ground."""
    slow = cloud(window, 120 * unit, 3, seed)
    return np.asarray(np.clip((slow - (0.34 - 0.9 * share)) * 2.6, 0, 1), np.float32)


def wobble(window: Window, unit: float, seed: int, reach: float) -> tuple[F32, F32]:
    """Places (x, y) in px of the window to read a picture at: off by about `reach` px of 1080 lines at most,
    from a slow hand and a fine tremor."""
    far, near = reach * unit, 0.28 * reach * unit
    shift = [
        far * cloud(window, 44 * unit, 2, seed + i) + near * cloud(window, 8 * unit, 1, seed + 2 + i) for i in (0, 1)
    ]
    columns = np.arange(window.width, dtype=np.float32)[None, :]
    rows = np.arange(window.height, dtype=np.float32)[:, None]
    return np.asarray(1.6 * shift[0] + columns, np.float32), np.asarray(1.6 * shift[1] + rows, np.float32)


def bloom(window: Window, unit: float, centre: tuple[float, float], size: float, seed: int) -> F32:
    """The density of one back-run: pigment pushed outwards by a drop of water into a crinkled rim.

    centre and size are px of the window; light within, dark and broken at the rim, nothing outside. The
    rim is that of many drops run together: lobes with cusps between them, a cauliflower and not a cloud.
    """
    total = np.zeros((window.height, window.width), np.float32)
    reach = int(1.9 * size) + 8
    x0, y0 = max(0, int(centre[0]) - reach), max(0, int(centre[1]) - reach)
    x1, y1 = min(window.width, int(centre[0]) + reach), min(window.height, int(centre[1]) + reach)
    if x1 <= x0 or y1 <= y0:
        return total
    near = Window(window.left + x0, window.top + y0, x1 - x0, y1 - y0)
    bend = 0.16 * size
    columns = np.arange(x0, x1, dtype=np.float32)[None, :] + bend * cloud(near, 0.4 * size, 5, seed)
    rows = np.arange(y0, y1, dtype=np.float32)[:, None] + bend * cloud(near, 0.4 * size, 5, seed + 1)
    away = np.full(columns.shape, 4 * size, np.float32)
    for x, y, radius in _drops(centre, size, seed):
        away = np.minimum(away, cv2.magnitude(columns - np.float32(x), (rows - np.float32(y))) - np.float32(radius))
    inside = np.maximum(-away, 0)
    holds = broken(near, 0.8 * size, seed + 2, 0.62, 1.3)
    rim = np.exp(-((away / (1.5 * unit)) ** 2)) + (away < 0) * np.exp(inside * np.float32(-1 / (6 * unit)))
    washed = np.exp(-(((inside - 0.16 * size) / (0.22 * size)) ** 2)) * (away < 0)
    total[y0:y1, x0:x1] = 0.42 * rim * holds - 0.34 * washed * (0.35 + 0.65 * holds)
    return total


def _drops(centre: tuple[float, float], size: float, seed: int) -> list[tuple[float, float, float]]:
    """(x, y, radius) of the drops that a back-run is the union of."""
    drops = [(centre[0], centre[1], 0.62 * size)]
    for i in range(26):
        angle = 2 * np.pi * (i + 0.7 * _noise.chance(seed, i, 1)) / 26
        long = 1 + 0.34 * np.cos(angle - 6.28 * _noise.chance(seed, 90))  # drawn out by the slope of the sheet
        away = (0.42 + 0.26 * _noise.chance(seed, i, 2)) * size * long
        radius = (0.15 + 0.20 * _noise.chance(seed, i, 3) ** 2) * size
        drops.append((centre[0] + away * np.cos(angle), centre[1] + 0.8 * away * np.sin(angle), radius))
    return drops


def from_edges(distance: F32, unit: float) -> F32:
    """Pigment carried to the border of a wash, by the distance to it in px: a thin dark line, a soft slope behind."""
    thin = np.exp(-((distance / np.float32(1.7 * unit)) ** 2))
    return np.asarray(1.0 * thin + 0.26 * np.exp(distance * np.float32(-1 / (9 * unit))), np.float32)


def dense(colour: F32, density: F32) -> F32:
    """Bousseau's form on colours 0 to 1 (h, w, 3) with a density (h, w); new array."""
    d = np.clip(density, -0.95, 1.15)[..., None]
    return np.asarray(colour - colour * (1 - colour) * d, np.float32)

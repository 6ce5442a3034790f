"""What hands leave on clay: lumps, fingerprints, dents and the scratches of tools, as the height of an endless tile.

The tile is made once a take for 1080 lines and resized, so that a small picture shows the same clay as a large one.
It hangs on a drawing's origin and repeats after `SIDE` px of 1080 lines. A print is a patch of concentric, warped
ridges about a point beside it: an arch, a loop or a whorl, as far away as that point lies.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules._noise import Window

F32 = NDArray[np.float32]

_cv: Any = cv2
SIDE = 768  #: px of 1080 lines after which the clay repeats
TAKES = 3  #: pieces of clay that differ in nothing but where hands were
_LUMPS = ((96, 5.4), (48, 2.4), (24, 0.8))  #: cell and height, px
_ACROSS, _SCRATCHES, _DENTS = 7, 9, 34  # prints in a row of a loose lattice
_RIDGE = 6.2  #: px from ridge to ridge
_HIGH = 0.62  #: px of a ridge


class Clay(NamedTuple):
    """Slopes of the tile, right and down: of lumps, and of prints and scratches."""

    lumps: tuple[F32, F32]
    prints: tuple[F32, F32]


@lru_cache(maxsize=6)
def clay(unit: float, take: int) -> Clay:
    """The tile for pictures with `unit` px for one of 1080 lines, read-only."""
    side = max(8, round(SIDE * unit))
    return Clay(*(_slopes(_resized(height, side), side / SIDE) for height in _heights(take)))


def over(slope: F32, window: Window) -> F32:
    """A tile's plane over a window: it hangs on the window's origin."""
    side = len(slope)
    rows = np.arange(window.top, window.top + window.height) % side
    columns = np.arange(window.left, window.left + window.width) % side
    return np.asarray(slope[rows].take(columns, axis=1))


def take_of(seed: int, shapes: NDArray[np.uint8]) -> int:
    """Which take a drawing is: from where its parts lie, so that each pose is kneaded anew, and always alike."""
    counts = np.bincount(shapes[::4, ::4].ravel(), minlength=256).astype(np.int64)
    return int((counts * np.arange(1, 257)).sum() + seed) % TAKES


def _resized(height: F32, side: int) -> F32:
    """The tile at another size, endless still."""
    if side == SIDE:
        return height
    pad = 16
    wide = _cv.copyMakeBorder(height, pad, pad, pad, pad, _cv.BORDER_WRAP)
    if side < SIDE:  # what is finer than a pixel goes, evenly
        wide = _cv.GaussianBlur(wide, (0, 0), 0.45 * SIDE / side)
    scale = side / SIDE
    x = ((np.arange(side, dtype=np.float64) + 0.5) / scale - 0.5 + pad).astype(np.float32)
    across, down = np.broadcast_to(x, (side, side)), np.broadcast_to(x[:, None], (side, side))
    return np.asarray(_cv.remap(wide, np.ascontiguousarray(across), np.ascontiguousarray(down), _cv.INTER_CUBIC))


def _slopes(height: F32, scale: float) -> tuple[F32, F32]:
    wide = _cv.copyMakeBorder(height, 2, 2, 2, 2, _cv.BORDER_WRAP)
    found = []
    for x, y in ((1, 0), (0, 1)):
        slope = np.ascontiguousarray(_cv.Sobel(wide, _cv.CV_32F, x, y, scale=scale / 8)[2:-2, 2:-2])
        slope.flags.writeable = False
        found.append(slope)
    return found[0], found[1]


@lru_cache(maxsize=TAKES)
def _heights(take: int) -> tuple[F32, F32]:
    """Lumps; prints, dents and scratches."""
    random = np.random.default_rng([911, take])
    lumps = np.zeros((SIDE, SIDE), np.float32)
    for cell, high in _LUMPS:
        lumps += np.float32(high) * _endless(cell, random)
    marks = np.zeros((SIDE, SIDE), np.float32)
    worn = np.clip(1.15 * _endless(12, random) + 0.8, 0, 1)
    bent = 9 * _endless(48, random), 9 * _endless(48, random)
    for _ in range(_DENTS):
        _dented(marks, random)
    for place in range(_ACROSS * _ACROSS):
        _printed(marks, worn, bent, place, random)
    for _ in range(_SCRATCHES):
        _scratched(marks, random)
    return lumps, marks


def _endless(cell: int, random: np.random.Generator) -> F32:
    """Smooth noise, -1 to 1, that goes on beyond its sides."""
    count = SIDE // cell
    lattice = random.random((count, count), dtype=np.float32) * np.float32(2) - np.float32(1)
    wide = _cv.copyMakeBorder(lattice, 3, 3, 3, 3, _cv.BORDER_WRAP)
    grown = _cv.resize(wide, None, fx=cell, fy=cell, interpolation=_cv.INTER_CUBIC)
    return np.ascontiguousarray(grown[3 * cell : 3 * cell + SIDE, 3 * cell : 3 * cell + SIDE])


def _patch(random: np.random.Generator, reach: float, place: int | None = None) -> tuple[Any, F32, F32]:
    """Where on the tile a patch of px lies, and how far each of them is from its middle, turned at random.
    place: in the lattice, or anywhere."""
    middle, angle = random.random(2), random.random() * 2 * np.pi
    middle = middle * SIDE if place is None else (np.array(divmod(place, _ACROSS)) + middle) * (SIDE / _ACROSS)
    size = int(reach) + 1
    steps = np.arange(-size, size + 1)
    at = np.ix_((int(middle[1]) + steps) % SIDE, (int(middle[0]) + steps) % SIDE)
    x, y = steps[None, :].astype(np.float32), steps[:, None].astype(np.float32)
    along, up = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    return at, x * along + y * up, y * along - x * up


def _printed(marks: F32, worn: F32, bent: tuple[F32, F32], place: int, random: np.random.Generator) -> None:
    """A print, and the shallow dent that the finger pressed."""
    wide = 27 + 17 * random.random()
    tall, press, off = 1.35 * wide, 0.9 * random.random() ** 0.7 + 0.1, wide * (0.5 + 1.2 * random.random())
    at, u, v = _patch(random, 1.05 * tall, place)
    inside = np.clip(1.3 - 1.3 * np.sqrt((u / np.float32(wide)) ** 2 + (v / np.float32(tall)) ** 2), 0, 1)
    inside = inside * inside * (3 - 2 * inside)
    away = np.sqrt((1.25 * u + 0.8 * bent[0][at]) ** 2 + (0.9 * v + np.float32(off)) ** 2) + bent[1][at]
    ridges = np.sin(away * np.float32(2 * np.pi / _RIDGE)) * np.float32(_HIGH * press) * worn[at]
    marks[at] += inside * (ridges - np.float32(1.5 * press))


def _dented(marks: F32, random: np.random.Generator) -> None:
    """A flat place, as of a thumb that pressed without leaving its lines, or a small pit."""
    wide = 5 + 24 * random.random() ** 2
    at, u, v = _patch(random, 1.6 * wide)
    far = np.sqrt((u / np.float32(wide)) ** 2 + (v / np.float32(1.5 * wide)) ** 2)
    inside = np.clip(1.2 - 1.2 * far, 0, 1)
    marks[at] -= inside * inside * (3 - 2 * inside) * np.float32(0.9 + 0.05 * wide)


def _scratched(marks: F32, random: np.random.Generator) -> None:
    """A stroke of a wooden tool, a little bent, with a burr on one side."""
    long, wide = 16 + 34 * random.random(), 1.3 + 1.2 * random.random()
    at, u, v = _patch(random, long + 3)
    side = v + np.float32(0.016 * (random.random() - 0.5)) * u * u
    within = np.clip((np.float32(long) - np.abs(u)) / 8, 0, 1)
    groove = np.exp(-((side / np.float32(wide)) ** 2)) - 0.5 * np.exp(-(((side - 2 * wide) / np.float32(wide)) ** 2))
    marks[at] -= within * groove * np.float32(0.55)

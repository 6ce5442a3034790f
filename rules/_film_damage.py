"""What a worn print shows besides the picture: weave and flicker of the machine, dust, hairs, scratches, splices.

Everything follows from hashes of (seed, film frame), so any frame can be made alone. Places and sizes
are fractions of the picture or px of 1080 lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _noise

U8 = NDArray[np.uint8]

_cv: Any = cv2
_SHIFT = 4  # binary places of a px in OpenCV's drawing
_ROUND = np.stack([np.cos(np.arange(7) * (2 * np.pi / 7)), np.sin(np.arange(7) * (2 * np.pi / 7))], 1)
_SCRATCHES = 5  # slots; each holds one scratch at a time, or none


@dataclass(frozen=True)
class Wear:
    """One film frame of a print: px for one px of 1080 lines, how worn it is, the seed, the film frame."""

    unit: float
    amount: float
    seed: int
    tick: int

    @cached_property
    def own(self) -> int:
        """The seed of this film frame."""
        return _noise.chain(self.seed, self.tick)

    def chance(self, *names: int) -> float:
        """0 to 1, fixed for this film frame."""
        return _noise.chance(self.own, *names)


class Mark(NamedTuple):
    """A shape, or a line, and what of the lamp's light comes through it (0 to 255), by its weight."""

    points: NDArray[np.float64]
    level: int
    weight: float
    closed: bool


def drift(seed: int, at: float, period: float, name: int) -> float:
    """A smooth walk in -1 to 1 that turns about every `period` film frames."""
    i = math.floor(at / period)
    share = at / period - i
    share = share * share * (3 - 2 * share)
    first, second = (_standing(seed, name, i + k) for k in (0, 1))
    return 2 * (first * (1 - share) + second * share) - 1


@lru_cache(maxsize=1024)
def _standing(seed: int, *names: int) -> float:
    """A chance that many film frames ask for."""
    return _noise.chance(seed, *names)


def weave(wear: Wear, reach: float) -> tuple[float, float]:
    """How far the gate lets the picture slip, in px (x, y): a slow walk, a small tremble, and, on a worn print,
    about once in twenty seconds a jump of one film frame. It goes by half px of 1080 lines, of which the whole ones
    cost nothing."""
    x = 0.72 * drift(wear.seed, wear.tick, 7, 31) + 0.28 * drift(wear.seed, wear.tick, 2, 32)
    y = 0.78 * drift(wear.seed, wear.tick, 5, 33) + 0.22 * drift(wear.seed, wear.tick, 1.5, 34)
    jump = 5.0 if wear.chance(35) < 0.003 * wear.amount else 0.0
    return round(2 * reach * x) / 2 * wear.unit, round(2 * (reach * y + jump)) / 2 * wear.unit


def flicker(seed: int, tick: int, most: float) -> float:
    """Factor on the light: 1 - most to 1 + most, slow, with a small part that changes each film frame."""
    return 1 + most * (0.78 * drift(seed, tick, 4, 50) + 0.22 * drift(seed, tick, 1, 51))


def marked(grey: U8, gate: U8, wear: Wear) -> U8:
    """The picture as it falls on the screen with this film frame's marks, in place. gate: what light comes through
    gate and lens, 0 to 255."""
    if wear.amount > 0:
        for mark in _marks(grey.shape[1], grey.shape[0], wear):
            _lay(grey, gate, mark)
    return grey


def _marks(width: int, height: int, wear: Wear) -> Iterator[Mark]:
    yield from _dust(width, height, wear)
    if wear.chance(9) < 0.012 * wear.amount:
        yield _hair(width, height, wear)
    for slot in range(_SCRATCHES):
        yield from _scratch(width, height, wear, slot)
    for line in range(2):
        yield from _tramline(width, height, wear, line)
    if wear.chance(60) < 0.0022 * wear.amount:
        yield from _splice(width, height, wear)


def _dust(width: int, height: int, wear: Wear) -> Iterator[Mark]:
    """Specks that live for one film frame: few, most of them tiny, light ones (on the negative) and dark ones."""
    for i in range(round((1 + 8 * wear.chance(1) ** 2.5) * min(wear.amount, 3))):
        speck = _noise.chain(wear.own, i)
        x, y, large, light, squash = (_noise.chance(speck, name) for name in (2, 3, 4, 5, 7))
        size = (1.2 + 7.5 * large**5) * wear.unit
        ragged = _noise.chain(speck, 6)
        radii = size * np.array([0.45 + 0.85 / 15 * (ragged >> 4 * k & 15) for k in range(7)])
        outline = (x * width, y * height) + radii[:, None] * _ROUND * (1, 0.5 + 0.5 * squash)
        level = 236 if light < 0.6 else 16
        yield Mark(outline, level, min(1.0, 0.55 + 0.4 * wear.unit), closed=True)


def _hair(width: int, height: int, wear: Wear) -> Mark:
    """A curled fibre in the gate, seen for one film frame."""
    place = np.array([wear.chance(70) * width, wear.chance(71) * height])
    angle, curl = 6.28 * wear.chance(72), 0.32 * (wear.chance(73) - 0.5)
    line = [place]
    for k in range(round(14 + 22 * wear.chance(74))):
        angle += curl + 0.24 * (wear.chance(75, k) - 0.5)
        line.append(line[-1] + 5 * wear.unit * np.array([np.cos(angle), np.sin(angle)]))
    return Mark(np.array(line), 22, 0.8 * min(1.0, 0.3 + wear.unit), closed=False)


def _scratch(width: int, height: int, wear: Wear, slot: int) -> Iterator[Mark]:
    """A fine upright line that lives for 2 to 20 film frames, wanders a little and breaks off."""
    period = 9 + int(14 * _standing(wear.seed, slot, 11))
    era, age = divmod(wear.tick, period)
    if _standing(wear.seed, slot, era, 12) > 0.16 * wear.amount:
        return
    life = 2 + int(min(18, period - 2) * _standing(wear.seed, slot, era, 14))
    if age >= life:
        return
    x = _standing(wear.seed, slot, era, 13) * width + 5 * wear.unit * drift(wear.seed, wear.tick, 3, 100 + slot)
    top, foot = 0.5 * height * wear.chance(slot, 16), height * (0.5 + 0.5 * wear.chance(slot, 17))
    y = np.linspace(top, foot, 9)
    sway = np.array([drift(wear.seed, wear.tick * 3 + k, 4, 110 + slot) for k in range(9)])
    level = 228 if _standing(wear.seed, slot, era, 19) < 0.72 else 18
    weight = (0.22 + 0.30 * wear.chance(slot, 20)) * min(1.0, 0.35 + 0.65 * wear.unit)
    yield Mark(np.stack([x + 1.8 * wear.unit * sway, y], 1), level, weight, closed=False)


def _tramline(width: int, height: int, wear: Wear, line: int) -> Iterator[Mark]:
    """A faint, standing line that the projector's runners wore: for seconds on end, coming and going."""
    era = wear.tick // 80
    if _standing(wear.seed, line, era, 21) > 0.42 * wear.amount:
        return
    x = (0.05 + 0.9 * _standing(wear.seed, line, era, 22)) * width
    x += 6 * wear.unit * drift(wear.seed, wear.tick, 11, 120 + line)
    fade = np.clip(np.sin(np.pi * (wear.tick % 80) / 80) * 2, 0, 1)
    weight = (0.07 + 0.09 * abs(drift(wear.seed, wear.tick, 5, 130 + line))) * float(fade)
    yield Mark(np.array([[x, 0.0], [x, height]]), 235, weight, closed=False)


def _splice(width: int, height: int, wear: Wear) -> Iterator[Mark]:
    """Cement where two lengths were joined: one film frame with a ragged bright seam and a scraped band."""
    y = height * (0.06 if wear.chance(61) < 0.5 else 0.94)
    x = np.linspace(0, width, 24)
    seam = np.stack([x, y + 2.5 * wear.unit * np.array([wear.chance(62, k) - 0.5 for k in range(24)])], 1)
    band = np.concatenate([seam, seam[::-1] + np.array([0, 16 * wear.unit])])
    yield Mark(band, 190, 0.35, closed=True)
    yield Mark(seam, 215, 0.55, closed=False)


def _lay(grey: U8, gate: U8, mark: Mark) -> None:
    """A mark mixed into the picture, in its own box only."""
    x0, y0 = (max(0, math.floor(low) - 3) for low in mark.points.min(0).tolist())
    x1, y1 = (math.ceil(high) + 4 for high in mark.points.max(0).tolist())
    x1, y1 = min(x1, grey.shape[1]), min(y1, grey.shape[0])
    if x1 <= x0 or y1 <= y0 or mark.weight <= 0:
        return
    window = grey[y0:y1, x0:x1]
    share: U8 = np.zeros_like(window)
    weight = round(255 * mark.weight)
    fixed = np.rint((mark.points - (x0, y0)) * (1 << _SHIFT)).astype(np.int32)
    if mark.closed:
        _cv.fillPoly(share, [fixed], weight, _cv.LINE_AA, _SHIFT)
    else:
        thickness = max(1, round(1.3 * grey.shape[0] / 1080))
        _cv.polylines(share, [fixed], False, weight, thickness, _cv.LINE_AA, _SHIFT)
    mixed_in = _bytes.times(gate[y0:y1, x0:x1], share, mark.level / 255**2)
    window[:] = _bytes.plus(_bytes.times(window, _bytes.inverse(share)), mixed_in)

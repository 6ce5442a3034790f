"""What a worn print shows besides the picture: weave and flicker of the machine, dust, hairs, scratches, splices.

Everything follows from hashes of (seed, film frame), so any frame can be made alone. Places and sizes
are fractions of the picture or px of 1080 lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _noise

U8 = NDArray[np.uint8]

_cv: Any = cv2
_SHIFT = 4  # binary places of a px in OpenCV's drawing
_SCRATCHES = 5  # slots; each holds one scratch at a time, or none


@dataclass(frozen=True)
class Wear:
    """One film frame of a print: px for one px of 1080 lines, how worn it is, the seed, the film frame."""

    unit: float
    amount: float
    seed: int
    tick: int

    def chance(self, *names: int) -> float:
        """0 to 1, fixed for this film frame."""
        return _noise.chance(self.seed, self.tick, *names)


def drift(seed: int, at: float, period: float, name: int) -> float:
    """A smooth walk in -1 to 1 that turns about every `period` film frames."""
    i = int(np.floor(at / period))
    share = at / period - i
    share = share * share * (3 - 2 * share)
    first, second = (_noise.chance(seed, name, i + k) for k in (0, 1))
    return 2 * (first * (1 - share) + second * share) - 1


def weave(wear: Wear, reach: float) -> tuple[float, float]:
    """How far the gate lets the picture slip, in px (x, y): a slow walk, a small tremble, and, on a worn print,
    about once in twenty seconds a jump of one film frame."""
    x = 0.72 * drift(wear.seed, wear.tick, 7, 31) + 0.28 * drift(wear.seed, wear.tick, 2, 32)
    y = 0.78 * drift(wear.seed, wear.tick, 5, 33) + 0.22 * drift(wear.seed, wear.tick, 1.5, 34)
    jump = 5.0 if wear.chance(35) < 0.003 * wear.amount else 0.0
    return reach * x * wear.unit, (reach * y + jump) * wear.unit


def flicker(seed: int, tick: int, most: float) -> float:
    """Factor on the light: 1 - most to 1 + most, slow, with a small part that changes each film frame."""
    return 1 + most * (0.78 * drift(seed, tick, 4, 50) + 0.22 * drift(seed, tick, 1, 51))


def marked(out: U8, wear: Wear) -> U8:
    """The picture with this film frame's marks, in place."""
    if wear.amount <= 0:
        return out
    _dust(out, wear)
    if wear.chance(9) < 0.012 * wear.amount:
        _hair(out, wear)
    for slot in range(_SCRATCHES):
        _scratch(out, wear, slot)
    for line in range(2):
        _tramline(out, wear, line)
    if wear.chance(60) < 0.0022 * wear.amount:
        _splice(out, wear)
    return out


def _dust(grey: U8, wear: Wear) -> None:
    """Specks that live for one film frame: few, most of them tiny, light ones (on the negative) and dark ones."""
    height, width = grey.shape
    for i in range(round((1 + 8 * wear.chance(1) ** 2.5) * min(wear.amount, 3))):
        size = (1.2 + 7.5 * wear.chance(i, 4) ** 5) * wear.unit
        centre = np.array([wear.chance(i, 2) * width, wear.chance(i, 3) * height])
        angles = np.arange(7) * (2 * np.pi / 7)
        radii = size * np.array([0.45 + 0.85 * wear.chance(i, 6, k) for k in range(7)])
        squash = 0.5 + 0.5 * wear.chance(i, 7)
        outline = centre + np.stack([radii * np.cos(angles), squash * radii * np.sin(angles)], 1)
        level = 236 if wear.chance(i, 5) < 0.6 else 16
        _laid(grey, outline, level, min(1.0, 0.55 + 0.4 * wear.unit), closed=True)


def _hair(grey: U8, wear: Wear) -> None:
    """A curled fibre in the gate, seen for one film frame."""
    height, width = grey.shape
    place = np.array([wear.chance(70) * width, wear.chance(71) * height])
    angle, curl = 6.28 * wear.chance(72), 0.32 * (wear.chance(73) - 0.5)
    line = [place]
    for k in range(round(14 + 22 * wear.chance(74))):
        angle += curl + 0.24 * (wear.chance(75, k) - 0.5)
        line.append(line[-1] + 5 * wear.unit * np.array([np.cos(angle), np.sin(angle)]))
    _laid(grey, np.array(line), 22, 0.8 * min(1.0, 0.3 + wear.unit), closed=False)


def _scratch(grey: U8, wear: Wear, slot: int) -> None:
    """A fine upright line that lives for 2 to 20 film frames, wanders a little and breaks off."""
    period = 9 + int(14 * _noise.chance(wear.seed, slot, 11))
    era, age = divmod(wear.tick, period)
    if _noise.chance(wear.seed, slot, era, 12) > 0.16 * wear.amount:
        return
    life = 2 + int(min(18, period - 2) * _noise.chance(wear.seed, slot, era, 14))
    if age >= life:
        return
    height, width = grey.shape
    x = _noise.chance(wear.seed, slot, era, 13) * width + 5 * wear.unit * drift(wear.seed, wear.tick, 3, 100 + slot)
    top, foot = 0.5 * height * wear.chance(slot, 16), height * (0.5 + 0.5 * wear.chance(slot, 17))
    y = np.linspace(top, foot, 9)
    sway = np.array([drift(wear.seed, wear.tick * 3 + k, 4, 110 + slot) for k in range(9)])
    level = 228 if _noise.chance(wear.seed, slot, era, 19) < 0.72 else 18
    weight = (0.22 + 0.30 * wear.chance(slot, 20)) * min(1.0, 0.35 + 0.65 * wear.unit)
    _laid(grey, np.stack([x + 1.8 * wear.unit * sway, y], 1), level, weight, closed=False)


def _tramline(grey: U8, wear: Wear, line: int) -> None:
    """A faint, standing line that the projector's runners wore: for seconds on end, coming and going."""
    era = wear.tick // 80
    if _noise.chance(wear.seed, line, era, 21) > 0.42 * wear.amount:
        return
    height, width = grey.shape
    x = (0.05 + 0.9 * _noise.chance(wear.seed, line, era, 22)) * width
    x += 6 * wear.unit * drift(wear.seed, wear.tick, 11, 120 + line)
    fade = np.clip(np.sin(np.pi * (wear.tick % 80) / 80) * 2, 0, 1)
    weight = (0.07 + 0.09 * abs(drift(wear.seed, wear.tick, 5, 130 + line))) * float(fade)
    _laid(grey, np.array([[x, 0.0], [x, height]]), 235, weight, closed=False)


def _splice(grey: U8, wear: Wear) -> None:
    """Cement where two lengths were joined: one film frame with a ragged bright seam and a scraped band."""
    height, width = grey.shape
    y = height * (0.06 if wear.chance(61) < 0.5 else 0.94)
    x = np.linspace(0, width, 24)
    seam = np.stack([x, y + 2.5 * wear.unit * np.array([wear.chance(62, k) - 0.5 for k in range(24)])], 1)
    band = np.concatenate([seam, seam[::-1] + np.array([0, 16 * wear.unit])])
    _laid(grey, band, 190, 0.35, closed=True)
    _laid(grey, seam, 215, 0.55, closed=False)


def _laid(grey: U8, points: NDArray[np.float64], level: int, weight: float, closed: bool) -> None:
    """A shape or a line mixed into the picture, in its own box only."""
    low = np.floor(points.min(0)).astype(int) - 3
    high = np.ceil(points.max(0)).astype(int) + 4
    x0, y0 = np.clip(low, 0, (grey.shape[1], grey.shape[0])).tolist()
    x1, y1 = np.clip(high, 0, (grey.shape[1], grey.shape[0])).tolist()
    if x1 <= x0 or y1 <= y0 or weight <= 0:
        return
    window = grey[y0:y1, x0:x1]
    painted = window.copy()
    fixed = np.rint((points - (x0, y0)) * (1 << _SHIFT)).astype(np.int32)
    if closed:
        _cv.fillPoly(painted, [fixed], level, _cv.LINE_AA, _SHIFT)
    else:
        thickness = max(1, round(1.3 * grey.shape[0] / 1080))
        _cv.polylines(painted, [fixed], False, level, thickness, _cv.LINE_AA, _SHIFT)
    window[:] = _cv.addWeighted(painted, weight, window, 1 - weight, 0)

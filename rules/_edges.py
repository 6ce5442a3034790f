"""Hard borders and lines a pixel sharp, out of soft fields: coverage, never staircases."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _filters

F32 = NDArray[np.float32]

_cv: Any = cv2


def hard(field: F32, at: float, least: float = 0.004) -> F32:
    """1 where a field is above a level, 0 below, with a border of a pixel whatever the slope (but for `least`)."""
    across = _cv.Sobel(field, _cv.CV_32F, 1, 0, scale=1 / 8, borderType=_cv.BORDER_REPLICATE)
    down = _cv.Sobel(field, _cv.CV_32F, 0, 1, scale=1 / 8, borderType=_cv.BORDER_REPLICATE)
    slope = np.maximum(_cv.magnitude(across, down), np.float32(least))
    return np.asarray(np.clip((field - np.float32(at)) / slope + np.float32(0.5), 0, 1))


def drawn(edge: F32, width: float) -> F32:
    """Lines of a width, smooth, along a staircase that is two pixels wide; less than a pixel wide they fade."""
    sigma = max(1.0, 0.5 * width)
    half = max(width, 1.0) / 2
    level = 0.5 * (math.erf((1 + half) / sigma / 2**0.5) + math.erf((1 - half) / sigma / 2**0.5))
    slope = (math.exp(-((1 - half) ** 2) / sigma**2 / 2) - math.exp(-((1 + half) ** 2) / sigma**2 / 2)) / sigma / 2.507
    ramp = (_filters.gaussian(edge, sigma) - np.float32(level)) * np.float32(1 / slope) + np.float32(0.5)
    return np.asarray(np.clip(ramp, 0, 1) * np.float32(min(width, 1)))

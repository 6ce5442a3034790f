"""A sheet of cold-pressed paper: its valleys where pigment settles, its light.

The sheet is made on a grid of 1080 lines and resized to the picture, so that a small picture shows
the same sheet as a large one. It has isotropic, band-passed grain of three sizes: lattice noise reads
as leather or felt, and a threshold as linoleum.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _noise

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

LINES = 1080  #: the grid on which sheets are made
WIDEST = 4  #: pictures wider than 4:1 get a stretched sheet, not an endless one

WHITE = (0.990, 0.976, 0.948)  #: RGB of the bare paper


class Sheet(NamedTuple):
    """float32 planes (height, width), read-only.

    valleys: density that granulation adds at weight 1, about -0.2 to 0.8. light: factor of the raking light,
    0.97 to 1.02.
    """

    valleys: F32
    light: F32


def grid(width: int, height: int) -> _noise.Window:
    """The window of 1080 lines on which a picture's planes are made."""
    return _noise.Window(0, 0, int(np.clip(round(width * LINES / height), 8, WIDEST * LINES)), LINES)


def fitted(plane: F32, width: int, height: int) -> F32:
    """A plane of the grid at the picture's size, read-only."""
    smaller = height < plane.shape[0]
    how = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    out = np.asarray(cv2.resize(plane, (width, height), interpolation=how), np.float32)
    out.flags.writeable = False
    return out


def sheet(width: int, height: int, seed: int) -> Sheet:
    """The sheet for a picture of this size."""
    return Sheet(*(fitted(plane, width, height) for plane in _made(grid(width, height), seed)))


@lru_cache(maxsize=2)
def _made(window: _noise.Window, seed: int) -> Sheet:
    fibre = 0.50 * grain(window, 0.9, 2.4, seed) + 0.80 * grain(window, 1.9, 4.2, seed + 1)
    relief = fibre + 0.30 * grain(window, 5.0, 14.0, seed + 2)
    relief = relief / np.float32(1.06)  # the deviation of the sum
    patch = np.clip(0.66 + 0.75 * _noise.field(window, 150, 3, seed + 5), 0.2, 1.4)
    speck = np.maximum(grain(window, 0.75, 6.0, seed + 3) - 0.9, 0) * np.clip(0.3 - relief, 0, 1)
    low, high = np.clip(-relief, 0, 2.2), np.maximum(relief - 0.2, 0)
    valleys = patch * (0.68 * low * np.power(low + 1e-6, 0.25) - 0.32 * high + 0.7 * speck)
    soft = cv2.GaussianBlur(relief, (0, 0), 0.8)
    slope = cv2.Sobel(soft, cv2.CV_32F, 1, 0, ksize=3) + cv2.Sobel(soft, cv2.CV_32F, 0, 1, ksize=3)
    light = 1 + np.clip(slope * np.float32(0.0034), -0.028, 0.020)
    return Sheet(np.asarray(valleys * np.float32(0.42), np.float32), np.asarray(light, np.float32))


def grain(window: _noise.Window, fine: float, coarse: float, seed: int) -> F32:
    """White noise between two Gaussian sizes (px), deviation 1 whatever the window."""
    columns = np.arange(window.left, window.left + window.width)[None, :]
    rows = np.arange(window.top, window.top + window.height)[:, None]
    white = _noise.unit(columns, rows, seed) - np.float32(0.5)
    band = cv2.GaussianBlur(white, (0, 0), fine) - cv2.GaussianBlur(white, (0, 0), coarse)
    return np.asarray(band * np.float32(1 / _deviation(fine, coarse)), np.float32)


@lru_cache(maxsize=32)
def _deviation(fine: float, coarse: float) -> float:
    """Of hashed white noise after the band pass: from its impulse response, not from a sample."""
    reach = int(4 * coarse) + 2
    impulse = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    impulse[reach, reach] = 1
    response = cv2.GaussianBlur(impulse, (0, 0), fine) - cv2.GaussianBlur(impulse, (0, 0), coarse)
    return float(np.sqrt(float((response.astype(np.float64) ** 2).sum()) / 12))

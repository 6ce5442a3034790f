"""A ground out of focus by rows, as `_ground_focus` says: between copies blurred all over each row has its share."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules._ground_focus import focus_of

_cv: Any = cv2

U8 = NDArray[np.uint8]

_LEVELS = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0)
_BEYOND = 4  # sigmas beyond a stretch that its blur reads


def blurred(rgba: U8, code: int) -> U8:
    """uint8 (h, w, 4), premultiplied. code: see `_ground_focus.codes`."""
    slope, line = focus_of(code)
    sigma = np.minimum(slope * np.abs(np.arange(len(rgba)) + 0.5 - line), _LEVELS[-1])
    out = rgba.copy()
    for low, high in itertools.pairwise(_LEVELS):
        for first, last in _stretches((sigma > low) & (sigma <= high)):
            soft, softer = (_soft(rgba, level, first, last) for level in (low, high))
            share = ((sigma[first:last] - low) / (high - low)).astype(np.float32)
            weight = np.repeat(share[:, None], rgba.shape[1], 1)
            out[first:last] = _cv.blendLinear(softer, soft, weight, 1 - weight)
    return out


def _stretches(rows: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """(first, last + 1) of the runs in which rows are set."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], rows, [False]]).astype(np.int8)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _soft(rgba: U8, sigma: float, first: int, last: int) -> U8:
    if not sigma:
        return rgba[first:last]
    top, foot = max(0, first - int(_BEYOND * sigma)), min(len(rgba), last + int(_BEYOND * sigma))
    out: U8 = _cv.GaussianBlur(rgba[top:foot], (0, 0), sigma, borderType=_cv.BORDER_REPLICATE)
    return out[first - top : last - top]

"""Ink lines along the forms of footage, of one hand: unbroken, thick where much changes, and none that are short.

Lines are where a difference of Gaussians, taken as a mean along the flow of the picture, is dark (flow-based
differences of Gaussians; Kang et al., 2007): along an edge it adds up, and across noise and texture it does not. The
flow is that of the smoothed structure tensor. Outlines are the same of levelled areas, broader. Among many like it a
line counts for less, as the grain of wood, and a line of less than a length is left out.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _flow, _simple

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
Way = tuple[F32, F32]

_cv: Any = cv2
_RATIO = 1.6  #: of the wide Gaussian to the narrow one, at which it is nearest to a Laplacian (Marr and Hildreth, 1980)
_STEP = 1.2  #: px of the first step along the flow; each time three times as far
#: sigma in px of what lines are seen on, how many steps they are joined by, levels from which there are some, and gain
_INNER, _OUTER = (1.0, 2, 2.0, 40.0), (1.1, 1, 4.5, 14.0)
_FAR = 3.0  #: px from which places are read to the pixel
_CROWD, _BUSY = 5, 1.8  #: reach, px of a quarter, within which lines crowd, and what a line loses there
_SHORT = 17.0  #: px that a line is long, of which nothing is left; twice that is a line
_SEEN = 100  #: level from which lines hang together
EDGE = 128  #: level at the border of a line


def lines(near: U8, areas: U8) -> U8:
    """Where lines are, more than `EDGE`, about as large as they are strong. near: the picture, areas: half of it,
    levelled."""
    height, width = near.shape
    flow = way(_filters.resized(near, areas.shape[1], areas.shape[0]))
    outer = _levels(_dark(areas, flow, _OUTER), _OUTER)
    across, down = (_cv.resize(w, (width, height), interpolation=_cv.INTER_NEAREST) for w in flow)
    inner = _dark(near, (across, down), _INNER)
    inner -= _filters.resized(_crowded(inner), width, height)
    return _long(_bytes.most(_levels(inner, _INNER), _filters.box(_simple.sized(outer, width, height), 1)))


def way(grey: U8) -> Way:
    """Unit vectors along what is equally light."""
    field = _flow.along(_cv.GaussianBlur(grey, (0, 0), 1.0))
    angle = _cv.phase(*(_filters.box(plane, 2, 2) for plane in (field.across, field.down)))
    across, down = _cv.polarToCart(np.ones_like(angle), angle * np.float32(0.5))
    return across, down


def _dark(plane: U8, way: Way, how: tuple[float, int, float, float]) -> F32:
    """Levels by which each place is darker than what is about it, as a mean along the way."""
    levels = plane.astype(np.float32)
    wide, narrow = (_cv.GaussianBlur(levels, (0, 0), sigma) for sigma in (_RATIO * how[0], how[0]))
    return along(_cv.subtract(wide, narrow, dst=wide), way, _STEP, how[1])


def along(plane: F32, way: Way, step: float, times: int) -> F32:
    """A plane as a mean along the way: of three places a step apart, and then of three that are three times as far."""
    for n in range(times):
        out = np.empty_like(plane)
        for rows in _filters.strips(*plane.shape):
            out[rows] = _mean(plane, (way[0][rows], way[1][rows]), rows.start, step * 3**n)
        plane = out
    return plane


def _mean(plane: F32, way: Way, top: int, far: float) -> F32:
    """Rows of a plane, as a mean of three places: so many px on, so many back, and here."""
    height, width = way[0].shape
    x, y = _places(height, width)
    y = _cv.add(y, float(top))
    how = _cv.INTER_LINEAR if far < _FAR else _cv.INTER_NEAREST  # which costs a third
    ends = [_cv.remap(plane, _cv.scaleAdd(way[0], to, x), _cv.scaleAdd(way[1], to, y), how) for to in (far, -far)]
    return np.asarray(_cv.addWeighted(_cv.add(*ends), 1 / 3, plane[top : top + height], 1 / 3, 0), np.float32)


@lru_cache(maxsize=4)
def _places(height: int, width: int) -> Way:
    x = np.broadcast_to(np.arange(width, dtype=np.float32), (height, width))
    y = np.broadcast_to(np.arange(height, dtype=np.float32)[:, None], (height, width))
    return np.ascontiguousarray(x), np.ascontiguousarray(y)


def _crowded(dark: F32) -> F32:
    """Levels by which a line must stand out from others about it, at a quarter of the size."""
    tall, wide = (max(side // 4, 1) for side in dark.shape)
    small = _filters.resized(np.maximum(dark, 0), wide, tall)
    return _filters.box(small, _CROWD, 2) * np.float32(_BUSY)


def _levels(dark: F32, how: tuple[float, int, float, float]) -> U8:
    least, gain = how[2:]
    return np.asarray(_cv.convertScaleAbs(_cv.max(dark, least - EDGE / gain), alpha=gain, beta=EDGE - least * gain))


def _long(ink: U8) -> U8:
    """Ink without short lines; those of about the least length are thin. Counted at half of the size."""
    tall, wide = ink.shape
    most = _cv.dilate(ink, np.ones((2, 2), np.uint8), anchor=(0, 0))
    half = _cv.resize(most, (max(wide // 2, 1), max(tall // 2, 1)), interpolation=_cv.INTER_NEAREST)
    _, labels, stats, _ = _cv.connectedComponentsWithStats(_cv.compare(half, _SEEN, _cv.CMP_GT), ltype=_cv.CV_16U)
    length = 2 * np.hypot(stats[:, _cv.CC_STAT_WIDTH], stats[:, _cv.CC_STAT_HEIGHT])
    share = np.clip(length / _SHORT - 1, 0, 1)
    share[0] = 1
    kept = _cv.erode(_bytes.of(share).take(labels), np.ones((3, 3), np.uint8))
    return _bytes.times(ink, _cv.resize(kept, (wide, tall), interpolation=_cv.INTER_NEAREST))

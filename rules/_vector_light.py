"""Light as discs and shadows as ellipses: what is soft goes in few steps, each with a clean border."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
#: where a disc of light begins, in levels of its strongest channel, and how strong it is
_DISCS = ((26, 14), (64, 46), (130, 128))
#: the same of a shadow's cover
_COVERS = ((40, 62), (118, 118))
_EVEN = 6.0  #: px of 1080 lines: a soft shape has no more than 256 levels, which would show as a ragged border
_SOFT = 36  #: levels that a soft shape changes by, at most, when it is blurred a little
_GROUND = 204  #: cover of the ground under letters


def discs(rgba: U8, unit: float) -> U8:
    """Light that is added, in three steps; each has the hue that it has where the disc ends."""
    strongest = _bytes.most(
        _bytes.most(_cv.extractChannel(rgba, 0), _cv.extractChannel(rgba, 1)), _cv.extractChannel(rgba, 2)
    )
    level = stepped(strongest, _DISCS, _EVEN * unit)
    share = np.divide(level, strongest, out=np.zeros(level.shape, np.float32), where=strongest > 0)
    out = rgba.astype(np.float32) * share[..., None]
    return np.asarray(np.clip(out + np.float32(0.5), 0, 255), np.uint8)


def steps(rgba: U8, unit: float) -> U8:
    """A soft shape as two with clean borders; what has borders (leaves, snow) stays as it is."""
    alpha = np.ascontiguousarray(rgba[..., 3])
    if _cv.absdiff(alpha, _filters.gaussian(alpha, 2 * unit)).max() > _SOFT:
        return rgba.copy()
    return _covering(rgba, alpha, stepped(alpha, _COVERS, _EVEN * unit))


def boxed(rgba: U8) -> U8:
    """Letters on a soft ground, on a flat one."""
    alpha = np.ascontiguousarray(rgba[..., 3])
    level = stepped(alpha, ((_GROUND // 2, _GROUND),), 1.0)
    return _covering(rgba, alpha, np.where(alpha >= _GROUND, alpha, level).astype(np.float32))


def _covering(rgba: U8, alpha: U8, level: F32) -> U8:
    """The same paint with another cover."""
    share = np.divide(level, alpha, out=np.zeros(level.shape, np.float32), where=alpha > 0)
    out = rgba.astype(np.float32) * share[..., None]
    return np.asarray(np.clip(out + np.float32(0.5), 0, 255), np.uint8)


def stepped(field: U8, steps: tuple[tuple[int, int], ...], even: float) -> F32:
    """A plane in steps whose borders are a pixel wide. even: px over which its own 256 steps are evened out."""
    soft = _filters.gaussian(field.astype(np.float32), max(even, 1.0))
    across = _cv.Sobel(soft, _cv.CV_32F, 1, 0, scale=1 / 8)
    down = _cv.Sobel(soft, _cv.CV_32F, 0, 1, scale=1 / 8)
    slope = np.maximum(_cv.magnitude(across, down), np.float32(0.02))
    out, below = np.zeros_like(soft), 0
    for start, strength in steps:
        out += np.clip((soft - np.float32(start)) / slope + np.float32(0.5), 0, 1) * np.float32(strength - below)
        below = strength
    return np.asarray(out)

"""Relief: forms swollen out of flat shapes, their normals, and the light that falls on them.

A shape is inflated as a membrane (the Poisson equation with a spring to the ground), which is round
across a limb, level inside a large form, and has no ridge along its middle; its normals are those of
Lumo (Johnston, 2002). Passes read normals as they are minted, and shade them here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.rule import Drawing

U8 = NDArray[np.uint8]
U16 = NDArray[np.uint16]
F32 = NDArray[np.float32]

GRID = 64  #: steps of a px in a map of distances
FLAT = 128  #: a component of a normal that is 0; 127 steps are 1

_cv: Any = cv2
_SMALLEST = 12  #: px of a side at which a membrane is solved from nothing
_SWEEPS, _FIRST = 3, 12  #: of relaxation at each size, and at the smallest
_FINE = 110_000  #: px from which a membrane is solved at half the size


# -- from shapes to maps


def inner(inside: NDArray[np.bool_] | U8) -> U16:
    """How far each true pixel is from the edge of what is true, in px / `GRID`; the array's border is no edge."""
    found: F32 = _cv.distanceTransform(np.asarray(inside, np.uint8), _cv.DIST_L2, 5)
    # an edge runs between the centres of two pixels
    return np.asarray(np.clip(found - np.float32(0.5), 0, 1023) * np.float32(GRID) + np.float32(0.5), np.uint16)


def swollen(cover: F32, reach: float) -> F32:
    """Height squared, px^2, of a shape (coverage in 0 to 1) blown up as a membrane: a circle across a limb that is
    narrower than about `reach` px to each side, and level where it is wider."""
    height, width = cover.shape
    if min(height, width) > _SMALLEST:
        half: F32 = _cv.resize(cover, (-(-width // 2), -(-height // 2)), interpolation=_cv.INTER_AREA)
        start = _cv.resize(swollen(half, reach / 2), (width, height), interpolation=_cv.INTER_LINEAR) * np.float32(4)
        times = _SWEEPS if cover.size < _FINE else 2
    else:
        start, times = np.full_like(cover, 2 * reach * reach), _FIRST
    # the mean of 3 x 3 px is u + laplace(u) / 3; at rest u - reach^2 laplace(u) = 2 reach^2
    stiff = 3 * reach * reach
    keep = cover * np.float32(stiff / (1 + stiff))
    push = cover * np.float32(2 * reach * reach / (1 + stiff))
    for _ in range(times):
        mean = _cv.blur(start, (3, 3), dst=None, borderType=_cv.BORDER_REPLICATE)
        start = _cv.add(_cv.multiply(mean, keep, dst=mean), push, dst=mean)
    return np.asarray(start)


def slopes(squared: F32) -> tuple[F32, F32]:
    """x right and y down of the unit normals of a form whose height is squared: no root, no pole at its edge."""
    across = _cv.Scharr(squared, _cv.CV_32F, 1, 0, scale=-1 / 64, borderType=_cv.BORDER_REPLICATE)
    down = _cv.Scharr(squared, _cv.CV_32F, 0, 1, scale=-1 / 64, borderType=_cv.BORDER_REPLICATE)
    length = _cv.sqrt(_cv.multiply(across, across) + _cv.multiply(down, down) + np.maximum(squared, 0) + 1e-6)
    return _cv.divide(across, length, dst=across), _cv.divide(down, length, dst=down)


def encoded(across: F32, down: F32) -> U8:
    """Normals as they are minted: (height, width, 2)."""
    return np.asarray(_cv.merge([_eight_bit(across), _eight_bit(down)]))


def _eight_bit(component: F32) -> U8:
    return np.asarray(component * np.float32(127) + np.float32(FLAT + 0.5), np.uint8)


def completed(drawing: Drawing, maps: tuple[str, ...], role: str) -> Drawing:
    """A drawing with some maps, those that its rule knows nothing of worked out from its colours and parts.

    Plates lie flat, and where nothing is known of shadow there is none. Flat colours stay None: the colours will do.
    """
    rgba, found = drawing.rgba, {name: getattr(drawing, name) for name in maps}
    parts = drawing.parts
    if parts is None:
        parts = np.asarray(rgba[..., 3] > 127, np.uint8)
    lacking = [name for name in maps if found[name] is None]
    for name in lacking:
        if name == "parts":
            found[name] = parts
        elif name == "distance":
            found[name] = _to_borders(parts)
        elif name == "normals":
            found[name] = _flat(parts.shape) if role == "plate" else _inflated(parts)
        elif name == "shadow":
            found[name] = np.zeros_like(parts)
    return replace(Drawing(rgba), light=drawing.light, **found)


def _flat(shape: tuple[int, ...]) -> U8:
    return np.full((*shape, 2), FLAT, np.uint8)


def _to_borders(parts: U8) -> U16:
    """How far the nearest border between parts is."""
    inside = np.ones(parts.shape, np.bool_)
    across, down = parts[:, 1:] == parts[:, :-1], parts[1:] == parts[:-1]
    inside[:, 1:] &= across
    inside[:, :-1] &= across
    inside[1:] &= down
    inside[:-1] &= down
    found: F32 = _cv.distanceTransform(np.asarray(inside, np.uint8), _cv.DIST_L2, 5)
    out = np.asarray(np.clip(found, 0, 1023) * np.float32(GRID) + np.float32(0.5), np.uint16)
    out[parts == 0] = 0
    return out


def _inflated(parts: U8) -> U8:
    """Normals of parts as they are seen, each blown up alone."""
    out = _flat(parts.shape)
    for number in np.flatnonzero(np.bincount(parts.ravel(), minlength=256)[1:]) + 1:
        mine = parts == number
        rows, columns = np.flatnonzero(mine.any(1)), np.flatnonzero(mine.any(0))
        box = np.s_[max(rows[0] - 2, 0) : rows[-1] + 3, max(columns[0] - 2, 0) : columns[-1] + 3]
        reach = max(2.0, 0.03 * max(parts.shape))
        found = encoded(*slopes(swollen(np.asarray(mine[box], np.float32), reach)))
        out[box][mine[box]] = found[mine[box]]
    return out


# -- light on them


def px(distance: U16) -> F32:
    """Distances in px."""
    return np.asarray(distance * np.float32(1 / GRID))


@lru_cache(maxsize=1)
def _components() -> F32:
    table = ((np.arange(256) - FLAT) / 127).clip(-1, 1).astype(np.float32)
    table.flags.writeable = False
    return table


def components(normals: U8) -> tuple[F32, F32, F32]:
    """x right, y down and z towards the eye of unit normals."""
    table = _components()
    x, y = (_cv.LUT(_cv.extractChannel(normals, channel), table) for channel in (0, 1))
    z = _cv.subtract(1.0, _cv.multiply(x, x) + _cv.multiply(y, y))
    return x, y, _cv.sqrt(np.maximum(z, 0))


def towards(direction: tuple[float, float], height: float) -> tuple[float, float, float]:
    """A unit vector to a light that stands in a direction (x right, y down), `height` times as far before the
    picture as beside the middle of it."""
    x, y = direction
    side = float(np.hypot(x, y)) or 1.0
    found = np.array([x / side, y / side, height])
    found /= np.sqrt((found * found).sum())
    return float(found[0]), float(found[1]), float(found[2])


def lambert(normals: tuple[F32, F32, F32], light: tuple[float, float, float]) -> F32:
    """Cosine between normals and a light, -1 to 1."""
    x, y, z = normals
    out = _cv.addWeighted(x, light[0], y, light[1], 0)
    return np.asarray(_cv.scaleAdd(z, light[2], out))


def specular(normals: tuple[F32, F32, F32], light: tuple[float, float, float], sharpness: float) -> F32:
    """0 to 1: how a surface shines (Blinn, 1977); the eye is straight before the picture."""
    half = np.array(light) + np.array([0.0, 0.0, 1.0])
    half /= np.sqrt((half * half).sum())
    facing = lambert(normals, (float(half[0]), float(half[1]), float(half[2])))
    return np.asarray(_cv.pow(np.maximum(facing, 0), sharpness))

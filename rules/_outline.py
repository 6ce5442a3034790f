"""Outlines: closed shapes through nodes placed by hand, tapered tubes, and their masks.

A node is (x, y) for a smooth point or (x, y, 1) for a corner. Outlines are float64 (n, 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import cos, radians, sin

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]
F32 = NDArray[np.float32]
Nodes = Sequence[tuple[float, ...]]

SUB = 4  #: samples a pixel, along x and y
FULL = 240  #: what covered samples are filled with, for `averaged`
_SHIFT = 4  # binary digits behind the point of a sample's place
_CAP = 7  # points of a round end
_TURNS = np.linspace(0, np.pi, _CAP + 2)[1:-1]
#: where they stand on a circle whose first point is (1, 0), and one whose first is (0, 1)
_CAP_X, _CAP_Y = np.stack([np.cos(_TURNS), -np.sin(_TURNS)], 1), np.stack([np.sin(_TURNS), np.cos(_TURNS)], 1)


def spline(nodes: Nodes, closed: bool = True, samples: int = 12) -> Points:
    """Cubic Béziers through the nodes: handles a third of the chord along the neighbours' direction,
    at a corner along the chord itself."""
    return _spline(tuple(map(tuple, nodes)), closed, samples).copy()


@lru_cache(maxsize=4096)  # most of a figure's outlines come again in its next drawing
def _spline(nodes: tuple[tuple[float, ...], ...], closed: bool, samples: int) -> Points:
    points = np.array([n[:2] for n in nodes], np.float64)
    total = len(points)
    count = total if closed else total - 1
    follow, precede = _neighbours(total, closed)
    after = points[follow]
    directions = np.concatenate([after - points[precede], after - points])  # tangents, then chords
    length = np.sqrt(directions[:, 0] ** 2 + directions[:, 1] ** 2)
    directions /= (length + 1e-9)[:, None]
    tangent, along = directions[:total], directions[total : total + count]
    third = (length[total : total + count] / 3)[:, None]
    leave, arrive = tangent[:count], tangent[follow[:count]]
    corner = [len(n) > 2 for n in nodes]
    if any(corner):
        sharp = np.array(corner)
        leave = np.where(sharp[:count, None], along, leave)
        arrive = np.where(sharp[follow[:count], None], along, arrive)
    p, q = points[:count], after[:count]
    at_p, at_a, at_b, at_q = _weights(samples)
    curve = at_p * p[:, None]
    curve += at_a * (p + leave * third)[:, None]
    curve += at_b * (q - arrive * third)[:, None]
    curve += at_q * q[:, None]
    curve = curve.reshape(-1, 2)
    return curve if closed else np.concatenate([curve, points[-1:]])


@lru_cache(maxsize=256)
def _neighbours(count: int, closed: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each node the number of the next and of the one before; at an open end it is its own neighbour."""
    numbers = np.arange(count)
    if closed:
        return np.roll(numbers, -1), np.roll(numbers, 1)
    return np.minimum(numbers + 1, count - 1), np.maximum(numbers - 1, 0)


@lru_cache(maxsize=16)
def _weights(samples: int) -> tuple[Points, ...]:
    """Of the four points of a Bézier, (1, samples, 1) each, read-only."""
    t = np.linspace(0, 1, samples, endpoint=False)[None, :, None]
    found = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
    for weights in found:
        weights.flags.writeable = False
    return found


def tube(line: Nodes, radii: ArrayLike, samples: int = 10, caps: tuple[bool, bool] = (True, True)) -> Points:
    """A tube along a spline, its radius eased from node to node: sleeves, legs, tails, and strokes of a brush."""
    r = (
        (float(radii),) * len(line)
        if isinstance(radii, (int, float))
        else tuple(np.asarray(radii, np.float64).tolist())
    )
    return _tube(tuple(map(tuple, line)), r, samples, caps).copy()


@lru_cache(maxsize=4096)
def _tube(
    line: tuple[tuple[float, ...], ...], radii: tuple[float, ...], samples: int, caps: tuple[bool, bool]
) -> Points:
    middle = _spline(line, False, samples)
    index, ease, rest = _eased(len(line), samples)
    r = np.array(radii)
    radius = (r[index] * rest + r[index + 1] * ease)[:, None]
    slope = np.empty_like(middle)
    slope[1:-1] = (middle[2:] - middle[:-2]) / 2
    slope[0], slope[-1] = middle[1] - middle[0], middle[-1] - middle[-2]
    normal = np.empty_like(slope)
    np.negative(slope[:, 1], out=normal[:, 0])
    normal[:, 1] = slope[:, 0]
    normal /= (np.sqrt(slope[:, 0] ** 2 + slope[:, 1] ** 2) + 1e-9)[:, None]
    aside = normal * radius
    count = len(middle)
    cap = count + (_CAP if caps[1] else 0)
    out = np.empty((cap + count + (_CAP if caps[0] else 0), 2))
    out[:count] = middle + aside
    if caps[1]:
        _cap(out[count:cap], middle[-1], normal[-1], radius[-1, 0])
    out[cap : cap + count] = (middle - aside)[::-1]
    if caps[0]:
        _cap(out[cap + count :], middle[0], -normal[0], radius[0, 0])
    return out


@lru_cache(maxsize=64)
def _eased(nodes: int, samples: int) -> tuple[NDArray[np.int64], Points, Points]:
    """For each point along a spline the number of the node before it, and the weights of the next and of that one."""
    place = np.linspace(0, nodes - 1, (nodes - 1) * samples + 1)
    index = np.clip(place.astype(int), 0, nodes - 2)
    ease = (1 - np.cos(np.pi * (place - index))) / 2
    return index, ease, 1 - ease


def ellipse(x: float, y: float, rx: float, ry: float, turn: float = 0, samples: int = 40) -> Points:
    """An ellipse, turned by degrees. For eyes, buttons and blush; never for a body."""
    a = np.linspace(0, 2 * np.pi, samples, endpoint=False)
    return rotated(np.stack([x + rx * np.cos(a), y + ry * np.sin(a)], 1), turn, (x, y))


def rotated(points: Points, degrees: float, about: tuple[float, float] = (0, 0)) -> Points:
    """Points turned about another one; positive turns x towards y."""
    t = radians(degrees)
    c, s = cos(t), sin(t)
    x, y = points[:, 0] - about[0], points[:, 1] - about[1]
    out = np.empty_like(points, np.float64)
    np.add(x * c, about[0] - y * s, out=out[:, 0])
    np.add(x * s, about[1] + y * c, out=out[:, 1])
    return out


def between(a: Nodes, b: Nodes, t: float) -> list[tuple[float, ...]]:
    """Nodes at `t` between two outlines of equal nodes; corners are those of the first."""
    return [(p[0] * (1 - t) + q[0] * t, p[1] * (1 - t) + q[1] * t, *p[2:]) for p, q in zip(a, b, strict=True)]


def coverage(outlines: Sequence[Points], box: tuple[int, int, int, int]) -> F32:
    """How much of each pixel of `box` (x0, y0, x1, y1) the outlines cover together (even-odd within one call
    of several, so holes can be cut); float32 (y1 - y0, x1 - x0) in 0 to 1, from 16 samples a pixel."""
    fine = samples_of(box)
    placed = [fixed(p, box) for p in outlines if len(p) > 2]
    if placed:
        cv2.fillPoly(fine, placed, FULL, cv2.LINE_8, _SHIFT)
    return averaged(fine)


def samples_of(box: tuple[int, int, int, int]) -> NDArray[np.uint8]:
    """The samples of a box of pixels, empty."""
    return np.zeros(((box[3] - box[1]) * SUB, (box[2] - box[0]) * SUB), np.uint8)


def fixed(points: Points, box: tuple[int, int, int, int]) -> NDArray[np.int32]:
    """Points in pixels -> fixed-point samples of a box, as `fillPoly` takes them."""
    # OpenCV's pixel centres are whole numbers: sample k stands at (k + 0.5) / SUB
    placed = points - box[:2]
    placed *= SUB << _SHIFT
    placed -= 0.5 * (1 << _SHIFT)
    return np.rint(placed, out=placed).astype(np.int32)


def averaged(fine: NDArray[np.uint8]) -> F32:
    """Samples that are 0 or FULL -> coverage of pixels.

    Twice the mean of 2x2 has fast code in OpenCV, which that of 4x4 has not: a fifth of the time. Since FULL
    is 16 times 15, nothing is rounded on the way.
    """
    height, width = fine.shape
    half = cv2.resize(fine, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    small = cv2.resize(half, (width // SUB, height // SUB), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.LUT(small, _levels()), np.float32)


@lru_cache(maxsize=1)
def _levels() -> F32:
    """Coverage by the mean of samples, in steps of 8 bits."""
    table: F32 = np.rint(np.arange(256) * (255 / FULL)).clip(0, 255).astype(np.float32) * np.float32(1 / 255)
    table.flags.writeable = False
    return table


def _cap(out: Points, centre: Points, normal: Points, radius: float) -> None:
    """A half circle written to `out` (_CAP, 2); it begins at the end of a normal of length 1."""
    np.multiply(_CAP_X, radius * normal[0], out=out)
    out += _CAP_Y * (radius * normal[1])
    out += centre

"""Outlines: closed shapes through nodes placed by hand, tapered tubes, and their masks.

A node is (x, y) for a smooth point or (x, y, 1) for a corner. Outlines are float64 (n, 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]
F32 = NDArray[np.float32]
Nodes = Sequence[tuple[float, ...]]

_SUB = 4  # samples a pixel, along x and y


def spline(nodes: Nodes, closed: bool = True, samples: int = 12) -> Points:
    """Cubic Béziers through the nodes: handles a third of the chord along the neighbours' direction,
    at a corner along the chord itself."""
    points = np.array([n[:2] for n in nodes], np.float64)
    corner = np.array([len(n) > 2 for n in nodes])
    after = np.concatenate([points[1:], points[:1]])  # a third of the time of np.roll
    before = np.concatenate([points[-1:], points[:-1]])
    if not closed:
        before[0], after[-1] = points[0], points[-1]
    tangent = _unit(after - before)
    count = len(points) if closed else len(points) - 1
    p, q = points[:count], after[:count]
    chord = q - p
    third = np.hypot(chord[:, 0], chord[:, 1])[:, None] / 3
    along = _unit(chord)
    leave = np.where(corner[:count, None], along, tangent[:count])
    next_is, arriving = np.concatenate([corner[1:], corner[:1]]), np.concatenate([tangent[1:], tangent[:1]])
    arrive = np.where(next_is[:count, None], along, arriving[:count])
    a, b = p + leave * third, q - arrive * third
    at_p, at_a, at_b, at_q = _weights(samples)
    curve = at_p * p[:, None] + at_a * a[:, None]
    curve = (curve + at_b * b[:, None] + at_q * q[:, None]).reshape(-1, 2)
    return curve if closed else np.concatenate([curve, points[-1:]])


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
    middle = spline(line, closed=False, samples=samples)
    place = np.linspace(0, len(line) - 1, len(middle))
    index = np.clip(place.astype(int), 0, len(line) - 2)
    ease = (1 - np.cos(np.pi * (place - index))) / 2
    r = np.broadcast_to(np.asarray(radii, np.float64), (len(line),))
    radius = (r[index] * (1 - ease) + r[index + 1] * ease)[:, None]
    normal = _unit(np.gradient(middle, axis=0))[:, ::-1] * np.array([-1.0, 1.0])
    left, right = middle + normal * radius, middle - normal * radius
    pieces = [left]
    if caps[1]:
        pieces.append(_cap(middle[-1], normal[-1], radius[-1, 0]))
    pieces.append(right[::-1])
    if caps[0]:
        pieces.append(_cap(middle[0], -normal[0], radius[0, 0]))
    return np.concatenate(pieces)


def ellipse(x: float, y: float, rx: float, ry: float, turn: float = 0, samples: int = 40) -> Points:
    """An ellipse, turned by degrees. For eyes, buttons and blush; never for a body."""
    a = np.linspace(0, 2 * np.pi, samples, endpoint=False)
    return rotated(np.stack([x + rx * np.cos(a), y + ry * np.sin(a)], 1), turn, (x, y))


def rotated(points: Points, degrees: float, about: tuple[float, float] = (0, 0)) -> Points:
    """Points turned about another one; positive turns x towards y."""
    t = np.radians(degrees)
    c, s = np.cos(t), np.sin(t)
    x, y = points[:, 0] - about[0], points[:, 1] - about[1]
    return np.stack([about[0] + x * c - y * s, about[1] + x * s + y * c], 1)


def between(a: Nodes, b: Nodes, t: float) -> list[tuple[float, ...]]:
    """Nodes at `t` between two outlines of equal nodes; corners are those of the first."""
    return [(p[0] * (1 - t) + q[0] * t, p[1] * (1 - t) + q[1] * t, *p[2:]) for p, q in zip(a, b, strict=True)]


def coverage(outlines: Sequence[Points], box: tuple[int, int, int, int]) -> F32:
    """How much of each pixel of `box` (x0, y0, x1, y1) the outlines cover together (even-odd within one call
    of several, so holes can be cut); float32 (y1 - y0, x1 - x0) in 0 to 1, from 16 samples a pixel."""
    x0, y0, x1, y1 = box
    fine = np.zeros(((y1 - y0) * _SUB, (x1 - x0) * _SUB), np.uint8)
    shift = 4
    # OpenCV's pixel centres are whole numbers: sample k stands at (k + 0.5) / _SUB
    placed = [np.rint(((p - (x0, y0)) * _SUB - 0.5) * (1 << shift)).astype(np.int32) for p in outlines if len(p) > 2]
    if placed:
        cv2.fillPoly(fine, placed, 255, cv2.LINE_8, shift)
    small = cv2.resize(fine, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
    return np.asarray(small.astype(np.float32) * np.float32(1 / 255))


def _unit(vectors: Points) -> Points:
    return np.asarray(vectors / (np.hypot(vectors[:, 0], vectors[:, 1])[:, None] + 1e-9))


def _cap(centre: Points, normal: Points, radius: float, samples: int = 8) -> Points:
    start = np.arctan2(normal[1], normal[0])
    a = start - np.linspace(0, np.pi, samples + 1)[1:-1]
    return np.asarray(centre + radius * np.stack([np.cos(a), np.sin(a)], 1))

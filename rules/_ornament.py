"""The elements of printers' ornaments: volutes, leaves, swelled strokes, rosettes, as outlines.

A figure is a row of shapes, laid one over the other; each may leave a thin gap round itself, as in a
wood engraving, so that overlaps read. Units: u, a hundredth of the picture's shorter measure; x right,
y down; each piece about an origin of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _outline
from rules._outline import F32, Points

_SUB = 4
_GAP = 0.30  # u, of the ground that shows round a shape that lies on another


class Shape(NamedTuple):
    """One outline, what is engraved into it, and whether a gap parts it from what lies under it."""

    solid: Points
    cuts: tuple[Points, ...] = ()
    gap: float = _GAP


Figure = tuple[Shape, ...]


def moved(
    figure: Figure, x: float, y: float, scale: float = 1, flip: tuple[int, int] = (1, 1), swap: bool = False
) -> Figure:
    """Scaled, mirrored (flip: signs of x and y; swap: about the diagonal), then put at a place."""

    def put(points: Points) -> Points:
        p = points[:, ::-1] if swap else points
        return np.asarray(p * (scale * flip[0], scale * flip[1]) + (x, y))

    return tuple(Shape(put(s.solid), tuple(put(c) for c in s.cuts), s.gap * scale) for s in figure)


def mirrored(figure: Figure) -> Figure:
    """A figure and its mirror image left of x = 0."""
    return figure + moved(figure, 0, 0, flip=(-1, 1))


def stamp(figure: Figure, box: tuple[int, int, int, int]) -> F32:
    """How much of each pixel of `box` (x0, y0, x1, y1) a figure (in pixels) covers."""
    x0, y0, x1, y1 = box
    fine = np.zeros(((y1 - y0) * _SUB, (x1 - x0) * _SUB), np.uint8)
    for shape in figure:
        at = _landed(shape.solid, x0, y0)
        if shape.gap:
            cv2.polylines(fine, [at], True, 0, max(1, round(2 * shape.gap * _SUB)), cv2.LINE_8, 4)
        cv2.fillPoly(fine, [at], 255, cv2.LINE_8, 4)
        for cut in shape.cuts:
            cv2.fillPoly(fine, [_landed(cut, x0, y0)], 0, cv2.LINE_8, 4)
    small = cv2.resize(fine, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
    return np.asarray(small.astype(np.float32) * np.float32(1 / 255))


def _landed(outline: Points, x0: int, y0: int) -> NDArray[np.int32]:
    # OpenCV's pixel centres are whole numbers: sample k stands at (k + 0.5) / _SUB. The box is taken off in
    # whole numbers, after rounding, so that another box over the same ground rounds alike
    return np.rint((outline * _SUB - 0.5) * 16).astype(np.int32) - np.array([x0, y0], np.int32) * (_SUB * 16)


def bounds(figure: Figure) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    low = np.min([s.solid.min(0) for s in figure], axis=0)
    high = np.max([s.solid.max(0) for s in figure], axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


# -- elements


def swelled(line: Points, widths: Sequence[float]) -> Points:
    """A stroke along a polyline whose half width passes smoothly through `widths`, spaced evenly along it."""
    steps = np.hypot(np.diff(line[:, 0]), np.diff(line[:, 1]))
    at = np.concatenate([[0.0], np.cumsum(steps)])
    at = at / at[-1] * (len(widths) - 1)
    index = np.clip(at.astype(int), 0, len(widths) - 2)
    t = at - index
    t = t * t * (3 - 2 * t)
    w = np.asarray(widths, np.float64)
    half = (w[index] * (1 - t) + w[index + 1] * t)[:, None]
    normal = _normals(line)
    return np.concatenate([line + normal * half, (line - normal * half)[::-1]])


def curve(*nodes: tuple[float, float], samples: int = 20) -> Points:
    """An open smooth line through points."""
    return _outline.spline(nodes, closed=False, samples=samples)


def spiral(x: float, y: float, radius: float, start: float, turns: float, inner: float = 0.16) -> Points:
    """A volute's line from its outside inwards; degrees, positive turns run from x to y (clockwise as seen)."""
    t = np.linspace(0, 1, int(70 * abs(turns)) + 2)
    angle = np.radians(start) + 2 * np.pi * turns * t
    r = radius * np.exp(np.log(inner) * t**0.88)  # logarithmic, opening a little faster at first, as a fern does
    return np.stack([x + r * np.cos(angle), y + r * np.sin(angle)], 1)


def volute(
    x: float, y: float, radius: float, start: float, turns: float, stem: Sequence[tuple[float, float]] = ()
) -> Figure:
    """A scroll with a ball for an eye; `stem` are points that lead to its outside."""
    line = spiral(x, y, radius, start, turns)
    w = radius
    widths = (0.10 * w, 0.12 * w, 0.09 * w, 0.05 * w)
    if stem:
        # the stem must arrive in the spiral's direction: let the spline see two of its points
        tail = curve(*stem, (line[3, 0], line[3, 1]), (line[9, 0], line[9, 1]), samples=16)
        line = np.concatenate([tail[:-1], line[10:]])
        widths = (0.02 * w, 0.11 * w, 0.135 * w, 0.11 * w, 0.05 * w)  # type: ignore[assignment]
    eye = _outline.ellipse(line[-1, 0], line[-1, 1], 0.155 * w, 0.155 * w)
    return (Shape(swelled(line, widths)), Shape(eye, gap=0))


def leaf(at: tuple[float, float], angle: float, length: float, width: float, curl: float = 0.25) -> Figure:
    """A plain leaf with a curled tip and one vein."""
    spine = _spine(at, angle, length, curl)
    t = np.linspace(0, 1, len(spine))
    half = (width / 2 * np.sin(np.pi * t**0.72) ** 0.9)[:, None]
    normal = _normals(spine)
    body = np.concatenate([spine + normal * half, (spine - normal * half * 0.8)[::-1]])
    vein = swelled(spine[3 : int(0.72 * len(spine))], (0.075 * width, 0.05 * width, 0.005 * width))
    return (Shape(body, (vein,)),)


def acanthus(
    at: tuple[float, float], angle: float, length: float, width: float, curl: float = 0.3, lobes: int = 4
) -> Figure:
    """A lobed leaf; its lobes lean towards the tip, each with a vein."""
    spine = _spine(at, angle, length, curl, samples=12 * lobes + 1)
    t = np.linspace(0, 1, len(spine))
    normal = _normals(spine)
    tangent = np.stack([normal[:, 1], -normal[:, 0]], 1)
    envelope = width / 2 * np.sin(np.pi * (0.10 + 0.90 * t) ** 0.80) ** 0.85
    scallop = 0.56 + 0.44 * np.abs(np.sin(np.pi * lobes * t)) ** 0.62
    sides, veins = [], []
    for side, share in ((1.0, 1.0), (-1.0, 0.82)):
        off = (envelope * scallop * share)[:, None]
        sides.append(spine + normal * off * side + tangent * off * 0.62)
        for k in range(lobes - 1):
            i, j = 12 * k + 2, 12 * k + 6
            tip = spine[j] + (normal[j] * side + tangent[j] * 0.62) * envelope[j] * 0.72 * share
            start = spine[i] + (tip - spine[i]) * 0.12
            way = np.stack([start, (start + tip) / 2 - tangent[j] * 0.06 * width, tip])
            veins.append(swelled(curve(*map(tuple, way), samples=6), (0.030 * width, 0.028 * width, 0.004 * width)))
    body = np.concatenate([sides[0], sides[1][::-1]])
    middle = swelled(spine[2 : int(0.86 * len(spine))], (0.050 * width, 0.036 * width, 0.006 * width))
    return (Shape(body, (middle, *veins)),)


def dots(*places: tuple[float, float, float]) -> Figure:
    """Discs: x, y, radius."""
    return tuple(Shape(_outline.ellipse(x, y, r, r), gap=0) for x, y, r in places)


def stroke(line: Points, *widths: float) -> Figure:
    """A line as a pen draws it, its half width passing through `widths`."""
    return (Shape(swelled(line, widths)),)


def bead(x: float, y: float, radius: float) -> Figure:
    """A disc that lies on what is there."""
    return (Shape(_outline.ellipse(x, y, radius, radius)),)


def lozenge(x: float, y: float, wide: float, high: float) -> Figure:
    """A lozenge with hollow sides and a cut heart."""
    nodes: list[tuple[float, ...]] = []
    for dx, dy, nx, ny in ((0, -1, 1, 0), (1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1)):
        nodes += [(x + dx * wide, y + dy * high, 1.0), (x + (dx + nx) * wide * 0.40, y + (dy + ny) * high * 0.40)]
    heart = np.array([(x, y - 0.34 * high), (x + 0.34 * wide, y), (x, y + 0.34 * high), (x - 0.34 * wide, y)])
    return (Shape(_outline.spline(nodes), (heart,)),)


def rosette(x: float, y: float, radius: float, petals: int = 8) -> Figure:
    """A flower seen from above."""
    figure: Figure = ()
    for k in range(petals):
        angle = 360 * (k + 0.5) / petals
        c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        figure += leaf((x + 0.28 * radius * c, y + 0.28 * radius * s), angle, 0.74 * radius, 0.52 * radius, 0.0)
    return (*figure, Shape(_outline.ellipse(x, y, 0.28 * radius, 0.28 * radius), gap=0.10 * radius))


def _spine(at: tuple[float, float], angle: float, length: float, curl: float, samples: int = 33) -> Points:
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    t = np.linspace(0, 1, samples)
    along, across = length * t * (1 - 0.10 * abs(curl) * t), length * curl * (1.1 * t**2.1 - 0.35 * t)
    return np.stack([at[0] + along * c - across * s, at[1] + along * s + across * c], 1)


def _normals(line: Points) -> Points:
    d: NDArray[np.float64] = np.gradient(line, axis=0)
    length = np.hypot(d[:, 0], d[:, 1])[:, None] + 1e-12
    return np.asarray(d[:, ::-1] / length * (-1.0, 1.0))

"""Brads: brass pins at the shoulders of who is cut from paper, where an arm lies on what it turns on.

A drawing knows no joints. An arm is a long part that lies on others and comes near to the shoulder, which stands over
the drawing's origin; so the pin stays where it is while the arm turns.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _paper
from rules._paper import Look

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_MOST = 2  #: brads of a figure
_LIMB = (0.03, 0.2)  #: of the figure: the smallest and the largest limb
_RESTS = 0.12  #: which share of its outline lies on others at least
_LONG = 18.0  #: outline squared of a limb, of its area: that of a circle is 12.6
_SHOULDER, _NEAR = 0.10, 0.17  #: of the figure's height: from the neck to the shoulder, and how near a limb comes to it
_SIZE = 0.0125  #: radius of a brad, of the figure's height
_LEAST = 1.6  #: px of 1080 lines: radius of the smallest brad
_BRASS, _DARK, _SHINE = (206, 164, 88), (112, 76, 34), (255, 240, 196)


class Limb(NamedTuple):
    """A part that lies on others: its px, and where it is pinned."""

    area: float
    place: tuple[float, float]


def pinned(out: U8, parts: U8, numbers: NDArray[np.intp], origin: tuple[float, float], look: Look) -> None:
    """Put brads through a figure (RGBA, premultiplied); origin: px across and down to where it stands."""
    middle = int(np.clip(origin[0], 0, parts.shape[1] - 1))
    rows = np.flatnonzero(parts[:, max(middle - 2, 0) : middle + 3].any(1))
    if not len(rows):
        return
    tall = max(origin[1] - float(rows[0]), 1.0)
    radius = _SIZE * tall * look.brads
    if not radius >= _LEAST * look.unit:
        return
    area = np.bincount(parts.ravel(), minlength=256)
    share = area / max(area[1:].sum(), 1)
    shoulder = origin[0], float(rows[0]) + _SHOULDER * tall
    fitting = [n for n in numbers.tolist() if _LIMB[0] < share[n] < _LIMB[1]]
    limbs = [limb for n in fitting if (limb := _limb(parts, n, shoulder, radius)) is not None]
    taken: list[tuple[float, float]] = []
    for limb in sorted(limbs, key=lambda each: -each.area):
        x, y = limb.place
        away = float(np.hypot(x - shoulder[0], y - shoulder[1]))
        if away < _NEAR * tall and len(taken) < _MOST and all(np.hypot(x - i, y - j) > 7 * radius for i, j in taken):
            taken.append(limb.place)
            _brad(out, limb.place, radius, look)


def _limb(parts: U8, number: int, shoulder: tuple[float, float], radius: float) -> Limb | None:
    """A part as a limb, if it is long and lies on others; its place is as near to the shoulder as a brad can be."""
    inside = _cv.compare(parts, number, _cv.CMP_EQ)
    x, y, width, height = _cv.boundingRect(inside)
    room = int(2 * radius) + 2
    box = np.s_[max(y - room, 0) : y + height + room, max(x - room, 0) : x + width + room]
    inside = np.ascontiguousarray(inside[box])
    area = float(_cv.countNonZero(inside))
    size = 2 * int(radius) + 3
    rim = _bytes.minus(_cv.dilate(inside, np.ones((size, size), np.uint8)), inside)
    long = (_cv.countNonZero(rim) / (0.5 * size)) ** 2 / area
    beneath = _bytes.least(rim, _cv.compare(parts[box], 0, _cv.CMP_GT))
    above = _bytes.least(rim, _cv.compare(parts[box], number, _cv.CMP_GT))
    rests = _cv.countNonZero(beneath) - 2 * _cv.countNonZero(above)
    if long < _LONG or rests < _RESTS * _cv.countNonZero(rim):
        return None
    depth = _cv.distanceTransform(inside, _cv.DIST_L2, 3)
    rows, columns = np.nonzero(depth > 1.8 * radius)
    if not len(rows):
        return None
    away = np.hypot(columns + box[1].start - shoulder[0], rows + box[0].start - shoulder[1])
    at = int(away.argmin())
    return Limb(area, (float(columns[at] + box[1].start), float(rows[at] + box[0].start)))


def _brad(out: U8, place: tuple[float, float], radius: float, look: Look) -> None:
    """A brass dome with its shadow."""
    x, y = place
    room = 2.2 * radius + 2
    top, left = max(int(y - room), 0), max(int(x - room), 0)
    box = out[top : int(y + room) + 2, left : int(x + room) + 2]
    rows, columns = np.mgrid[top : top + box.shape[0], left : left + box.shape[1]].astype(np.float32)
    away = np.hypot(columns - np.float32(x), rows - np.float32(y))
    shade_x, shade_y = (np.float32(p + 0.55 * radius * d) for p, d in zip(place, _paper.AWAY, strict=True))
    shadow = np.clip((1.35 * radius - np.hypot(columns - shade_x, rows - shade_y)) / (0.5 * radius), 0, 1)
    paint = box.astype(np.float32)
    paint[..., :3] *= (1 - np.float32(0.5 * min(look.shadow, 1.6)) * shadow)[..., None]
    facing = -((columns - x) * _paper.AWAY[0] + (rows - y) * _paper.AWAY[1]) / radius
    dome = np.clip(0.5 + 0.75 * facing, 0, 1) * np.clip((radius - away) / (0.28 * radius) + 0.25, 0, 1)
    colour = np.array(_DARK, np.float32) + (np.array(_BRASS, np.float32) - _DARK) * np.clip(2 * dome, 0, 1)[..., None]
    glint = np.clip(1 - np.hypot(columns - x + 0.34 * radius, rows - y + 0.42 * radius) / (0.42 * radius), 0, 1)
    colour += (np.array(_SHINE, np.float32) - colour) * (0.9 * glint)[..., None]
    cover = np.clip(np.float32(radius) - away + np.float32(0.5), 0, 1)[..., None] * (paint[..., 3:] / 255)
    paint[..., :3] += (colour - paint[..., :3]) * cover
    box[:] = np.clip(paint + np.float32(0.5), 0, 255)
    np.minimum(box[..., :3], box[..., 3:], out=box[..., :3])

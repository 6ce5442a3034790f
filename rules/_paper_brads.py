"""Brads: brass pins at the joints of who is cut from paper, where a limb lies on what it turns on.

A drawing knows no joints. A limb is a part of which an end lies on another; there, as far up as it goes, it is pinned.
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
_MOST = 4  #: brads of a figure
_RESTS = (0.12, 0.66)  #: which share of its outline lies on larger parts
_LIMB = (0.018, 0.2)  #: of the figure: the smallest and the largest limb
_SIZE = 0.0125  #: radius of a brad, of the figure's height
_LEAST = 1.6  #: px of 1080 lines: radius of the smallest brad
_BRASS, _DARK, _SHINE = (206, 164, 88), (112, 76, 34), (255, 240, 196)


class Limb(NamedTuple):
    """A part that hangs on a larger one: its px, and where it is pinned."""

    area: float
    place: tuple[float, float]


def pinned(out: U8, parts: U8, numbers: NDArray[np.intp], look: Look) -> None:
    """Put brads through a figure (RGBA, premultiplied)."""
    rows = np.flatnonzero(parts.any(1))
    radius = _SIZE * (rows[-1] - rows[0] + 1) * look.brads
    if not radius >= _LEAST * look.unit:
        return
    area = np.bincount(parts.ravel(), minlength=256)
    share = area / max(area[1:].sum(), 1)
    fitting = [n for n in numbers.tolist() if _LIMB[0] < share[n] < _LIMB[1]]
    limbs = [limb for n in fitting if (limb := _limb(parts, n, area, radius)) is not None]
    taken: list[tuple[float, float]] = []
    for limb in sorted(limbs, key=lambda each: -each.area):
        x, y = limb.place
        if len(taken) < _MOST and all(np.hypot(x - i, y - j) > 7 * radius for i, j in taken):
            taken.append(limb.place)
            _brad(out, limb.place, radius, look)


def _limb(parts: U8, number: int, area: NDArray[np.intp], radius: float) -> Limb | None:
    """A part as a limb, if one end of it lies on a larger part, and not the whole of it."""
    inside = _cv.compare(parts, number, _cv.CMP_EQ)
    x, y, width, height = _cv.boundingRect(inside)
    if height < 0.7 * width:
        return None  # a belt, a hem
    room = int(5 * radius) + 2
    box = np.s_[max(y - room, 0) : y + height + room, max(x - room, 0) : x + width + room]
    inside, near = np.ascontiguousarray(inside[box]), parts[box]
    carries = ((np.arange(256) > 0) & (np.arange(256) < number) & (area > 0.4 * area[number])).astype(np.uint8)
    beneath = _cv.LUT(near, carries * np.uint8(255))
    size = 2 * int(radius) + 3
    rim = _bytes.minus(_cv.dilate(inside, np.ones((size, size), np.uint8)), inside)
    rests = _cv.countNonZero(_bytes.least(rim, beneath)) / max(_cv.countNonZero(rim), 1)
    if not _RESTS[0] < rests < _RESTS[1]:
        return None
    depth = _cv.distanceTransform(inside, _cv.DIST_L2, 3)
    reach = 2 * int(4 * radius) + 1
    held = _cv.blur(beneath, (reach, reach), borderType=_cv.BORDER_CONSTANT).astype(np.float32) * np.float32(1 / 255)
    rows = np.arange(inside.shape[0], dtype=np.float32)[:, None] * np.float32(1 / max(height, width))
    columns = np.arange(inside.shape[1], dtype=np.float32)[None, :]
    aside = np.abs(columns - np.float32(x + 0.5 * width - box[1].start)) * np.float32(1 / width)
    # up, where a limb hangs, and in its middle
    wish = np.minimum(held, 0.45) - np.float32(0.8) * rows - np.float32(0.6) * aside + 9
    score = np.where((depth > 1.7 * radius) & (held > 0.10), wish, 0)
    if not score.any():
        return None
    at = np.unravel_index(int(score.argmax()), score.shape)
    return Limb(float(area[number]), (float(at[1] + box[1].start), float(at[0] + box[0].start)))


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

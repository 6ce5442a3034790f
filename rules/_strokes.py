"""Brush strokes: curved shapes laid one over the other, with the relief that bristles leave in thick paint.

A stroke is a smooth curve, so that each of its pixels knows by arithmetic how far along and how far across it lies;
outlines and reliefs of a few dozen touches of a brush are read there. (After Hertzmann, 1998, and the fast paint
texture of 2002.) Colour is laid anti-aliased, and beside it the number of the stroke that lies on top.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _noise

U8 = NDArray[np.uint8]
I32 = NDArray[np.int32]
F32 = NDArray[np.float32]

_cv: Any = cv2
LIGHT = (-0.62, -0.78)  #: where the light on the paint stands: it is one for a whole picture
TOUCHES = 24  #: outlines and reliefs
_POINTS = 9  #: of an outline, along each side
_LONG, _WIDE = 96, 32  #: of a touch's relief
_SHIFT = 4  #: bits of a px in which outlines are drawn


class Strokes(NamedTuple):
    """One entry a stroke; lengths in px. x, y: of the middle. angle: of the middle, radians. bend, twist: the curve is
    bend u^2 / 2 + twist u^3 / 3 across at u along. touch: which of the brush. colour: (n, 4) uint8, premultiplied."""

    x: F32
    y: F32
    angle: F32
    bend: F32
    twist: F32
    length: F32
    width: F32
    touch: I32
    colour: U8


def only(strokes: Strokes, keep: NDArray[np.bool_]) -> Strokes:
    """Some of them."""
    kept: list[Any] = [each[keep] for each in strokes]
    return Strokes(*kept)


class Canvas(NamedTuple):
    """colour: RGBA uint8. top: number of the stroke that lies on top, 0 where there is none. laid: all of them."""

    colour: U8
    top: I32
    laid: list[Strokes]


def canvas(height: int, width: int) -> Canvas:
    """Without paint."""
    return Canvas(np.zeros((height, width, 4), np.uint8), np.zeros((height, width), np.int32), [])


def lay(on: Canvas, strokes: Strokes, tapered: bool = False) -> None:
    """Lay strokes, the first one lowest."""
    if not len(strokes.x):
        return
    start = 1 + sum(len(s.x) for s in on.laid)
    on.laid.append(strokes)
    outlines = list(_outlines(strokes, tapered))
    for number, (outline, colour) in enumerate(zip(outlines, strokes.colour.tolist(), strict=True), start):
        _cv.fillPoly(on.colour, outline, colour, _cv.LINE_AA, _SHIFT)
        _cv.fillPoly(on.top, outline, number, _cv.LINE_8, _SHIFT)


def _outlines(strokes: Strokes, tapered: bool) -> I32:
    """(n, 1, points, 2), in parts of a px."""
    table = _touches()[1 if tapered else 0][strokes.touch]
    u = table[..., 0] * (0.5 * strokes.length)[:, None]
    across = table[..., 1] * (0.5 * strokes.width)[:, None]
    bend, twist = strokes.bend[:, None], strokes.twist[:, None]
    slope = np.clip(u * (bend + twist * u), -1.2, 1.2)
    v = u * u * (bend * np.float32(0.5) + twist * u * np.float32(1 / 3))
    steep = 1 / np.sqrt(1 + slope * slope)
    u, v = u - across * slope * steep, v + across * steep
    c, s = np.cos(strokes.angle)[:, None], np.sin(strokes.angle)[:, None]
    x, y = strokes.x[:, None] + u * c - v * s, strokes.y[:, None] + u * s + v * c
    found = np.rint(np.stack([x, y], -1) * np.float32(1 << _SHIFT)).astype(np.int32)
    return np.ascontiguousarray(found[:, None])


@lru_cache(maxsize=1)
def _touches() -> tuple[F32, F32]:
    """(touches, points, 2): outlines of a stroke from -1 to 1 along and across; with blunt ends, and tapered ones."""
    random = np.random.default_rng(11)
    blunt, thin = [], []
    along = np.linspace(-1, 1, _POINTS)
    for _ in range(TOUCHES):
        sides = []
        for sign in (1, -1):
            ragged = random.normal(0, 0.07, _POINTS)
            body = (1 - np.abs(along) ** 5.0) ** 0.5 * (0.92 - 0.10 * along) + ragged * (np.abs(along) < 0.95)
            body[[0, -1]] = random.uniform(0.10, 0.42, 2)
            reach = along + random.normal(0, 0.035, _POINTS)
            sides.append(np.stack([reach, sign * np.clip(body, 0.12, 1.1)], -1))
        blunt.append(np.concatenate([sides[0], sides[1][::-1]]))
        swell = np.clip((1 - along**2) * (1 + 0.35 * random.normal() * along), 0.08, 1) ** 0.75
        thin.append(
            np.concatenate([np.stack([along, swell], -1), np.stack([along, -swell], -1)[::-1]])
            + random.normal(0, 0.03, (2 * _POINTS, 2))
        )
    return np.asarray(blunt, np.float32), np.asarray(thin, np.float32)


@lru_cache(maxsize=1)
def reliefs() -> F32:
    """(touches, across, along) height of the paint, 0 to 1: bristles, the ridges that they push aside and the one
    where the brush was lifted."""
    v = np.linspace(-1, 1, _WIDE, dtype=np.float32)[:, None]
    t = np.linspace(-1, 1, _LONG, dtype=np.float32)[None, :]
    found = []
    for touch in range(TOUCHES):
        window = _noise.Window(0, touch * 512, _LONG, _WIDE)
        hair = _noise.field(window, 5.0, 2, 40 + touch, (9, 1))
        dry = np.clip((t - 0.1) * _noise.field(window, 6.0, 2, 90 + touch, (5, 1)) * 2.4, 0, 0.5)
        ridge = np.exp(-(((np.abs(v) - 0.78) / 0.17) ** 2)) * (0.7 + 0.5 * hair)
        lifted = np.exp(-(((t - 0.80) / 0.13) ** 2)) * (1 - v * v)
        body = np.sqrt(np.clip(1 - v**4, 0, 1)) * np.clip((1 - np.abs(t)) * 7, 0.25, 1)
        found.append(body * (0.45 + 0.42 * hair) + 0.26 * ridge + 0.24 * lifted - 0.30 * dry)
    return np.clip(np.asarray(found, np.float32), 0, 1.2)


def height(on: Canvas) -> F32:
    """Of the paint, about 0 to 1.2; where no stroke lies it is 0."""
    rows, columns = np.nonzero(on.top)
    out = np.zeros(on.top.shape, np.float32)
    if not len(rows):
        return out
    number = on.top[rows, columns] - 1
    every = Strokes(*(np.concatenate(parts) for parts in zip(*on.laid, strict=True)))
    c, s = np.cos(every.angle), np.sin(every.angle)
    dx, dy = columns.astype(np.float32) - every.x[number], rows.astype(np.float32) - every.y[number]
    c, s = c[number], s[number]
    u, v = dx * c + dy * s, dy * c - dx * s
    bend, twist = every.bend[number], every.twist[number]
    v -= u * u * (bend * np.float32(0.5) + twist * u * np.float32(1 / 3))
    slope = np.clip(u * (bend + twist * u), -1.2, 1.2)
    v /= np.sqrt(1 + slope * slope)
    along = np.clip((u / every.length[number] + np.float32(0.5)) * _LONG, 0, _LONG - 1).astype(np.int32)
    across = np.clip((v / every.width[number] + np.float32(0.5)) * _WIDE, 0, _WIDE - 1).astype(np.int32)
    touch = every.touch[number]
    thick = np.float32(0.80) + np.float32(0.40 / TOUCHES) * ((touch * 7) % TOUCHES)
    out[rows, columns] = reliefs()[touch, across, along] * thick + np.float32(0.12)
    return out


def lit(height: F32, much: float, unit: float) -> U8:
    """Light on paint of a height: 128 is level. unit: px of the picture for one of 1080 lines."""
    soft = _cv.GaussianBlur(height, (0, 0), max(0.95 * unit, 0.55))
    across = _cv.Scharr(soft, _cv.CV_32F, 1, 0, scale=1 / 32)
    down = _cv.Scharr(soft, _cv.CV_32F, 0, 1, scale=1 / 32)
    slope = _cv.addWeighted(across, -LIGHT[0], down, -LIGHT[1], 0)
    # a slope in relation to the picture's size, so that small and large pictures are lit alike
    slope = slope * np.float32(155 * much * max(unit, 0.3)) + (soft - np.float32(0.55)) * np.float32(22 * much)
    return np.asarray(np.clip(slope + np.float32(128.5), 30, 226), np.uint8)

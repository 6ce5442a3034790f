"""Sheets of craft paper, and the one light that falls on all of them: tooth, fibre, grain, colours, thickness.

Sheets are made once on a torus of 1080 lines, so that they go on in all directions, and resized to the picture.
A byte of a sheet is a factor: `ONE` lets a colour be as it is. Lengths are px of 1080 lines, times `Look.unit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _noise

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
ONE = 200  #: the byte of a sheet that changes no colour
KINDS = 4  #: sheets, each with its own direction of grain
AWAY = (0.59, 0.81)  #: the way that shadows fall: x right, y down; one light for the whole world
SHADE = (0.30, 0.22, 0.38)  #: what a full shadow lets through of red, green and blue
_SIDE = 768  #: px of a sheet's side, for 1080 lines
_FIBRES = 420
_GAIN = 100  #: the byte of a factor that is 1


@dataclass(frozen=True)
class Look:
    """The pass's knobs, and px of the picture for one of 1080 lines."""

    shadow: float
    paper: float
    facets: float
    torn: float
    edge: float
    curl: float
    form: float
    craft: float
    sheets: int
    brads: float
    unit: float


# -- sheets


@lru_cache(maxsize=4)
def sheets(unit: float, paper: float) -> tuple[U8, ...]:
    """The sheets for a picture, (side, side) each, that go on at all sides."""
    side = max(32, round(_SIDE * unit))
    out = []
    for kind in range(KINDS):
        plane = _filters.resized(_sheet(kind), side, side)
        # what is finer than a pixel is lost; a small picture is given a little of its contrast back
        weight = paper * min(1.6, max(1.0, unit**-0.35))
        out.append(np.clip(ONE * (1 + np.float32(weight) * plane) + 0.5, 0, 255).astype(np.uint8))
        out[-1].flags.writeable = False
    return tuple(out)


def laid(unit: float, paper: float, kind: int, window: _noise.Window, turn: int = 0) -> U8:
    """A window of a sheet, turned by quarters and mirrored (0 to 7): no two pieces need lie the same way."""
    sheet = sheets(unit, paper)[kind % KINDS]
    side = len(sheet)
    across = np.arange(window.left, window.left + window.width) % side
    down = np.arange(window.top, window.top + window.height) % side
    if turn & 2:
        across = side - 1 - across
    if turn & 4:
        down = side - 1 - down
    if turn & 1:
        return np.ascontiguousarray(sheet.take(across, 0).take(down, 1).T)
    return sheet.take(down, 0).take(across, 1)


@lru_cache(maxsize=KINDS)
def _sheet(kind: int) -> F32:
    """The relief of one sheet under raking light, and its stains; mean 0, most of it within 0.1."""
    places = np.arange(_SIDE)
    tooth = _noise.unit(places[None, :], places[:, None], 31 * kind + 5) - np.float32(0.5)
    angle = np.pi * (0.12 + kind / KINDS)
    relief = 5.0 * _smooth(tooth, 0.9) + 10.0 * _smooth(tooth[::-1], 2.0) + 5.5 * _along(tooth.T, angle, 13)
    relief += 2.4 * _smooth(_fibres(kind, angle), 0.7)
    lit = relief - np.roll(relief, (1, 1), (0, 1))
    stain = 60 * _smooth(tooth[:, ::-1], 26) + 14 * _smooth(np.ascontiguousarray(tooth.T[::-1]), 7)
    plane = 0.024 * lit + 0.015 * relief + 0.024 * stain
    return np.asarray(np.clip(plane - plane.mean(), -0.16, 0.16), np.float32)


def _smooth(plane: F32, sigma: float) -> F32:
    """Gaussian blur on the torus."""
    room = int(4 * sigma) + 2
    wide = np.pad(plane, room, "wrap")
    return np.asarray(_cv.GaussianBlur(wide, (0, 0), sigma)[room:-room, room:-room], np.float32)


def _along(plane: F32, angle: float, length: int) -> F32:
    """Smoothed along a direction alone: the grain of the sheet."""
    kernel = np.zeros((length, length), np.uint8)
    reach = length // 2
    x, y = round(reach * float(np.cos(angle))), round(reach * float(np.sin(angle)))
    _cv.line(kernel, (reach - x, reach - y), (reach + x, reach + y), 1)
    weights = kernel.astype(np.float32) / np.float32(kernel.sum())
    wide = np.pad(plane, length, "wrap")
    return np.asarray(_cv.filter2D(wide, -1, weights)[length:-length, length:-length], np.float32)


def _fibres(kind: int, angle: float) -> F32:
    """Curved hairs, light and dark, most of them along the grain."""
    random = np.random.default_rng(977 * kind + 11)
    out = np.zeros((_SIDE, _SIDE), np.float32)
    for _ in range(_FIBRES):
        x, y = random.random(2) * _SIDE
        way, bend, length = angle + 0.7 * random.normal(), 0.02 * random.normal(), 8 + 24 * random.random()
        steps = np.arange(7) * (length / 6)
        line = np.stack([x + np.cumsum(np.cos(way + bend * steps)) * length / 6,
                         y + np.cumsum(np.sin(way + bend * steps)) * length / 6], -1)  # fmt: skip
        weight = float((0.45 + 0.55 * random.random()) * (1 if random.random() < 0.55 else -1))
        for shift_x in (-_SIDE, 0, _SIDE):
            for shift_y in (-_SIDE, 0, _SIDE):
                moved = line + np.array([shift_x, shift_y])
                if (moved.max(0) < 0).any() or (moved.min(0) >= _SIDE).any():
                    continue
                _cv.polylines(out, [np.rint(moved * 16).astype(np.int32)], False, weight, 1, _cv.LINE_AA, 4)
    return out


# -- colours


@lru_cache(maxsize=8)
def _dyes(craft: float) -> tuple[U8, U8, U8]:
    """Luma -> factor on colours (`_GAIN` is 1), and what is then added to red, green and blue, (256, 1, 3):
    dark paper keeps its dye, for it is made lighter first by its own colour and only then by grey; and the same of the
    lights, which turn to cream."""
    tone = np.arange(256) / 255
    aim = tone + (0.100 + 0.860 * tone**0.96 - tone) * min(craft, 2.0)
    gain = np.clip(aim / np.maximum(tone, 0.004), 0.2, 1.3)
    rest = np.maximum(aim - gain * tone, 0)[:, None] * np.array([[1.0, 0.93, 1.08]])
    warm = 1 + np.array([[0.035, 0.0, -0.06]]) * craft * np.clip(tone - 0.5, 0, 1)[:, None]
    tables = (gain * _GAIN, rest * 255, warm * ONE)
    found = [np.clip(np.rint(t), 0, 255).astype(np.uint8).reshape(256, 1, -1) for t in tables]
    return found[0], found[1], found[2]


def crafted(rgb: U8, craft: float) -> U8:
    """Colours as craft paper has them: a little stronger, never black, never white."""
    luma = _bytes.grey(rgb)
    grey = _bytes.three(luma)
    more = 1 + 0.08 * craft
    strong = _bytes.blend(rgb, more, grey, 1 - more)
    gain, rest, warm = _dyes(craft)
    lifted = _bytes.plus(
        _bytes.times(strong, _bytes.three(_bytes.table(luma, gain)), 1 / _GAIN), _bytes.table(luma, rest)
    )
    return _bytes.times(lifted, _bytes.table(luma, warm), 1 / ONE)


def times_sheet(rgb: U8, sheet: U8) -> U8:
    """A picture on a sheet."""
    return _bytes.times(rgb, _bytes.three(sheet), 1 / ONE)


# -- light


def moved(plane: U8, length: float) -> U8:
    """A plane moved the way that shadows fall, by px; nothing comes in at the border."""
    x, y = AWAY[0] * length, AWAY[1] * length
    if length >= 4:
        x, y = round(x), round(y)
    matrix = np.array([[1, 0, x], [0, 1, y]], np.float64)
    size = (plane.shape[1], plane.shape[0])
    return np.asarray(_cv.warpAffine(plane, matrix, size, flags=_cv.INTER_LINEAR, borderMode=_cv.BORDER_CONSTANT))


def soft(plane: U8, reach: float) -> U8:
    """Blurred over about `reach` px, with black beyond the border."""
    size = 2 * max(0, round(0.5 * reach)) + 1
    if size < 3:
        return plane
    once = _cv.blur(plane, (size, size), borderType=_cv.BORDER_CONSTANT)
    return np.asarray(_cv.blur(once, (size, size), borderType=_cv.BORDER_CONSTANT))


def let_through(shadow: U8, most: float) -> U8:
    """What is left of red, green and blue (and all of alpha) under a shadow; most: at its darkest, 0 to 1."""
    planes = [_cv.convertScaleAbs(shadow, alpha=-min(most * (1 - s), 1.0), beta=255) for s in SHADE]
    return _bytes.joined([*planes, np.full_like(shadow, 255)])

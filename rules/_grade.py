"""The grade of a finished picture: split tone, an S-curve, a vignette on the subject; and the smear of a whip pan."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes

_cv: Any = cv2  # its stubs know no 8 bits

U8 = NDArray[np.uint8]
Tone = tuple[float, float, float]

_STRIP = 120  # rows that are graded at once


class Grade(NamedTuple):
    """shadow, light: what the darks and the lights are drawn to, and how strongly; gain: factor on each channel;
    grey: how much of the colour is taken out; curve: of the S-curve; lift: of the blacks."""

    shadow: tuple[Tone, float] = ((0.10, 0.09, 0.22), 0.10)
    light: tuple[Tone, float] = ((1.0, 0.88, 0.66), 0.08)
    gain: Tone = (1.0, 1.0, 1.0)
    grey: float = 0.0
    curve: float = 0.28
    lift: float = 0.0


GRADES = {
    "film": Grade(),
    "warm": Grade(((0.20, 0.09, 0.10), 0.18), ((1.0, 0.84, 0.52), 0.16), (1.05, 1.0, 0.92)),
    "cool": Grade(((0.05, 0.10, 0.24), 0.20), ((0.86, 0.95, 1.0), 0.12), (0.94, 1.0, 1.06)),
    "moon": Grade(((0.03, 0.07, 0.22), 0.30), ((0.72, 0.86, 1.0), 0.16), (0.78, 0.89, 1.06), 0.34, 0.34),
    "faded": Grade(((0.26, 0.22, 0.24), 0.26), ((1.0, 0.92, 0.78), 0.16), grey=0.28, curve=0.08, lift=0.05),
    "plain": Grade(((0.0, 0.0, 0.0), 0.0), ((1.0, 1.0, 1.0), 0.0), curve=0.0),
}


def graded(picture: U8, centre: tuple[int, int], name: str = "film") -> U8:
    """A picture (RGB, or four channels of which the last means nothing) in a film's grade, RGB, with a vignette centred
    on the subject; centre: its place in 1/16 of the picture."""
    height, width, channels = picture.shape
    grey = GRADES[name].grey
    if grey:
        picture, channels = _u8(_cv.transform(picture, _towards_grey(grey)[:, :channels])), 3
    at = width - round(width * centre[0] / 16), height - round(height * centre[1] / 16)
    vignette = _vignette(width, height)[at[1] : at[1] + height, at[0] : at[0] + width]
    out, curves = np.empty((height, width, 3), np.uint8), _curves(name)
    room = [np.empty((_STRIP, width), np.uint8) for _ in range(channels)]
    for y0, y1, first, last in _strips((width, height), at):
        planes = [plane[: y1 - y0] for plane in room]
        _cv.split(picture[y0:y1], planes)
        # a table a plane: looking three channels up at once takes three times as long
        planes = [_bytes.table(plane, table, plane) for plane, table in zip(planes, curves, strict=False)]
        for part in (slice(0, first), slice(last, width)):
            if part.start < part.stop:
                for plane in planes:
                    _cv.multiply(plane[:, part], vignette[y0:y1, part], plane[:, part], 1 / 255)
        _cv.merge(planes, out[y0:y1])
    return out


@lru_cache(maxsize=64)
def _strips(size: tuple[int, int], at: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """First and last + 1 row of strips that stay in the processor's cache, and the columns between which the
    vignette changes nothing there. at: where in the vignette the picture begins."""
    width, height = size
    vignette = _vignette(width, height)[at[1] : at[1] + height, at[0] : at[0] + width]
    strips = []
    for y in range(0, height, _STRIP):
        clear = np.flatnonzero(vignette[y : y + _STRIP].min(0) == 255)  # the vignette grows outwards: they are a run
        first, last = (int(clear[0]), int(clear[-1]) + 1) if len(clear) else (width, width)
        strips.append((y, min(y + _STRIP, height), first, last))
    return strips


def smeared(picture: U8, across: int) -> U8:
    """A picture as a shutter sees it that is swept past: blurred sideways over so many px."""
    return _u8(_cv.blur(picture, (across | 1, 1), borderType=_cv.BORDER_REFLECT_101)) if across > 1 else picture


def _towards_grey(weight: float) -> NDArray[np.float32]:
    """(3, 4): of a fourth channel it takes nothing."""
    luma = np.array([0.30, 0.59, 0.11, 0])
    return (np.eye(3, 4) * (1 - weight) + luma[None, :] * weight).astype(np.float32)


@lru_cache(maxsize=8)
def _curves(name: str) -> U8:
    """(3, 256): one table a channel."""
    grade = GRADES[name]
    v = np.linspace(0, 1, 256)[:, None] * np.array(grade.gain)
    shadow, light = np.clip(1 - 2.2 * v, 0, 1), np.clip(1.6 * v - 0.6, 0, 1)
    for weight, (tone, strength) in ((shadow, grade.shadow), (light, grade.light)):
        v = v * (1 - strength * weight) + np.array(tone) * strength * weight
    v = np.clip(v, 0, 1)
    v = (1 - grade.curve) * v + grade.curve * v * v * (3 - 2 * v)
    v = grade.lift + (1 - grade.lift) * v
    return np.ascontiguousarray(np.rint(np.clip(v, 0, 1) * 255).astype(np.uint8).T)


@lru_cache(maxsize=4)
def _vignette(width: int, height: int) -> U8:
    """Twice the picture's size and a little more, darkest at its corners; a window of it is laid over the picture."""
    y, x = np.arange(2 * height + 1, dtype=np.float32)[:, None], np.arange(2 * width + 1, dtype=np.float32)
    size = max(width, height)
    away = ((x - width) / (0.66 * size)) ** 2 + ((y - height) / (0.55 * size)) ** 2
    return np.asarray(np.rint(255 * (1 - 0.17 * np.clip(away - 0.22, 0, 1))), np.uint8)


def _u8(picture: Any) -> U8:
    out: U8 = picture
    return out

"""Colours of blocks: few of a drawing, tones of them, and a fixed palette for footage.

A drawing has at most 32 colours: those that most of its cells have and that differ, so that a coat keeps its colour
from pose to pose. Distances are those of OKLab (Björn Ottosson, 2020), with colour counted more than lightness.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _colour, _simple

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

_cv: Any = cv2
_WEIGHT = np.array([1.0, 1.5, 1.5])  #: of lightness and colour in a distance
_APART = 0.030  #: how far two colours of a drawing must lie apart
_WIDER = 1.18  #: by how much farther if they are too many
#: six greys from violet dark to cream, then ramps
_FIXED = (
    "#17141f", "#2e2b3f", "#55546b", "#86879a", "#bdbcc2", "#f3efe4", "#3a1d24", "#6b3230",
    "#a34e35", "#d17f4b", "#eeb37c", "#fbdcb4", "#7a1428", "#c02a33", "#ef6a4a", "#f79a3c",
    "#ffd15c", "#7a5236", "#8a8b3c", "#ad7c50", "#2c5a34", "#5f9a45", "#a9cf6a", "#1c4a55",
    "#3a8a93", "#8fd0cf", "#1d2a66", "#3756b0", "#78a4e4", "#4a2a72", "#7d5f93", "#bd8799",
)  # fmt: skip


def few(colour: F32, here: NDArray[np.bool_], most: int, mean: bool = False) -> F32:
    """Colours (..., 3), 0 to 255, where something is `here`, in at most so many. mean: whether each stands for the
    mean of what it replaces, or is one that was there."""
    out = colour.copy()
    rgb = np.clip(colour[here] + 0.5, 0, 255).astype(np.int32)
    if not len(rgb):
        return out
    codes = rgb[:, 0] >> 2 << 12 | rgb[:, 1] >> 2 << 6 | rgb[:, 2] >> 2
    _, first, inverse, count = np.unique(codes, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(-count, kind="stable")
    exact = colour[here][first].astype(np.float64)
    lab = _colour.to_lab(exact / 255) * _WEIGHT
    chosen = _apart(lab, order, most)
    nearest = _nearest(lab, lab[chosen])
    kept = exact[chosen]
    if mean:
        sums = [np.bincount(nearest, exact[:, k] * count, len(chosen)) for k in range(3)]
        kept = np.stack(sums, -1) / np.bincount(nearest, count, len(chosen))[:, None]
    out[here] = kept[nearest[inverse.ravel()]]
    return out


def _apart(lab: F64, order: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    """Numbers of colours, the commonest first, each at least so far from those before that they are not too many."""
    apart = _APART
    while True:
        chosen: list[int] = []
        left = np.ones(len(lab), np.bool_)
        for number in order.tolist():
            if not left[number]:
                continue
            chosen.append(number)
            if len(chosen) > most:
                break
            left &= ((lab - lab[number]) ** 2).sum(1) > apart * apart
        if len(chosen) <= most:
            return np.array(chosen)
        apart *= _WIDER


def _nearest(lab: F64, among: F64) -> NDArray[np.intp]:
    distance = np.zeros((len(lab), len(among)))
    for k in range(3):
        distance += (lab[:, k, None] - among[None, :, k]) ** 2
    return np.asarray(distance.argmin(1))


def toned(colour: F32, step: NDArray[np.int8], strength: float, vivid: float) -> F32:
    """Colours in steps of light: -1 in shade, turned to violet; 1 in light."""
    light = np.array([[0.70, 0.66, 0.78], [1.0, 1.0, 1.0], [1.13, 1.11, 1.05]], np.float32)
    factor = 1 + (light - 1) * np.float32(strength)
    found = colour * factor[np.clip(step, -1, 1) + 1]
    if vivid != 1:
        grey = (found * np.array([0.3, 0.59, 0.11], np.float32)).sum(-1, keepdims=True)
        found = grey + (found - grey) * np.float32(vivid)
    return np.clip(found, 0, 255).astype(np.float32)


# -- footage


@lru_cache(maxsize=4)
def table(most: int) -> NDArray[np.uint32]:
    """A colour of the fixed palette, RGBX as a word, for each index of `_simple.index`. Between two it is a mixture,
    or what is quiet would jump; 65536 entries."""
    number = np.arange(1 << 16)
    lab = np.stack([(number >> 10) * 4 + 2, ((number >> 5) & 31) * 8 + 4, (number & 31) * 8 + 4], -1).astype(np.uint8)
    rgb = _cv.cvtColor(lab[None], _cv.COLOR_LAB2RGB)[0].astype(np.float64) / 255
    found = _colour.to_lab(rgb) * _WEIGHT
    palette = _spread(_colour.to_lab(np.array([_colour.rgb_of(code) for code in _FIXED])), most)
    two = _two_nearest(found, palette * _WEIGHT)
    away = np.sqrt(np.stack([((found - palette[two[:, k]] * _WEIGHT) ** 2).sum(1) for k in (0, 1)], 1))
    share = 0.5 + 0.5 * np.clip((away[:, 1] / np.maximum(away[:, 0], 1e-4) - 1) / 0.6, 0, 1)
    mixed = palette[two[:, 0]] * share[:, None] + palette[two[:, 1]] * (1 - share[:, None])
    out = np.rint(_colour.from_lab(mixed) * 255).astype(np.uint32)
    return np.asarray(out[:, 0] | out[:, 1] << 8 | out[:, 2] << 16 | 255 << 24, "<u4")


def _spread(palette: F64, most: int) -> F64:
    """So many colours of a palette, each as far as can be from those before; the first is the darkest."""
    away = np.full(len(palette), np.inf)
    chosen = [int(palette[:, 0].argmin())]
    while len(chosen) < min(most, len(palette)):
        away = np.minimum(away, (((palette - palette[chosen[-1]]) * _WEIGHT) ** 2).sum(1))
        chosen.append(int(away.argmax()))
    return np.asarray(palette[sorted(chosen)])


def _two_nearest(lab: F64, among: F64) -> NDArray[np.intp]:
    distance = np.zeros((len(lab), len(among)))
    for k in range(3):
        distance += (lab[:, k, None] - among[None, :, k]) ** 2
    first = distance.argmin(1)
    distance[np.arange(len(lab)), first] = np.inf
    return np.stack([first, distance.argmin(1)], 1)


def looked_up(lab: U8, most: int) -> U8:
    """RGBX of four channels whose first three are Lab."""
    words = table(most)[_simple.index(lab)]
    return np.ascontiguousarray(words).view(np.uint8).reshape(*lab.shape[:2], 4)

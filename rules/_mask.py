"""Masks: coverage of shapes in a box of pixels, and how they are blurred, shifted and grown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from rules import _outline

F32 = NDArray[np.float32]
Points = NDArray[np.float64]
Box = tuple[int, int, int, int]  #: x0, y0, x1, y1 in pixels of a canvas


class Mask(NamedTuple):
    """Coverage of a shape, float32, with its box (x0, y0, x1, y1) in pixels of the canvas.

    rows: the first and last row that the shape reaches, whether or not the canvas does.
    """

    cover: F32
    box: Box
    rows: tuple[float, float] = (0.0, 1.0)


def blurred(mask: F32, sigma: float) -> F32:
    """Gaussian blur; a wide one is done at a quarter of the size."""
    if sigma <= 0.05 or mask.size == 0:
        return mask
    if sigma < 5 or min(mask.shape[:2]) < 16:
        return np.asarray(cv2.GaussianBlur(mask, (0, 0), sigma, borderType=cv2.BORDER_CONSTANT))
    height, width = mask.shape[:2]
    small = cv2.resize(mask, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / 4, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def shifted(mask: F32, by: ArrayLike) -> F32:
    """The mask moved by a fraction of pixels; nothing comes in from outside."""
    dx, dy = np.asarray(by, np.float64)
    matrix = np.array([[1, 0, dx], [0, 1, dy]], np.float64)
    return np.asarray(cv2.warpAffine(mask, matrix, (mask.shape[1], mask.shape[0]), flags=cv2.INTER_LINEAR))


def grown(mask: F32, by: float) -> F32:
    """Dilated by a fraction of a pixel too: what lies between two whole steps is mixed from them."""
    whole = int(by)
    small = mask if whole == 0 else np.asarray(cv2.dilate(mask, _disc(whole)), np.float32)
    rest = np.float32(by - whole)
    if rest < 0.02:
        return small
    return small + (np.asarray(cv2.dilate(mask, _disc(whole + 1)), np.float32) - small) * rest


def within(mask: Mask, box: Box) -> F32:
    """A mask as seen in another box."""
    a = mask.box
    if a == box:
        return mask.cover
    out = np.zeros((box[3] - box[1], box[2] - box[0]), np.float32)
    x0, y0, x1, y1 = max(a[0], box[0]), max(a[1], box[1]), min(a[2], box[2]), min(a[3], box[3])
    if x1 > x0 and y1 > y0:
        seen = mask.cover[y0 - a[1] : y1 - a[1], x0 - a[0] : x1 - a[0]]
        out[y0 - box[1] : y1 - box[1], x0 - box[0] : x1 - box[0]] = seen
    return out


def union(outlines: Sequence[Points], box: Box) -> F32:
    """Coverage of a box by several outlines together; `_outline.coverage` would cut holes where they overlap."""
    fine = _outline.samples_of(box)
    for points in outlines:
        cv2.fillPoly(fine, [_outline.fixed(points, box)], _outline.FULL, cv2.LINE_8, 4)
    return _outline.averaged(fine)


def overlap(a: Mask, b: Mask) -> Mask:
    """Where two masks overlap, in the first one's box."""
    return Mask(a.cover * within(b, a.box), a.box, a.rows)


@lru_cache(maxsize=64)
def _disc(radius: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)), np.uint8)

"""Masks: coverage of shapes in a box of pixels, and how they are blurred, shifted and grown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

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
    """Gaussian blur; a wide one is done at half of the size or at a quarter."""
    if sigma <= 0.05 or mask.size == 0:
        return mask
    height, width = mask.shape[:2]
    if sigma < 2.4 or min(height, width) < 16:
        return _gaussian(mask, sigma)
    times = 4 if sigma >= 5 else 2
    below, beyond = -height % times, -width % times
    small = mask
    if below or beyond:  # OpenCV halves even sizes fast
        small = np.asarray(cv2.copyMakeBorder(mask, 0, below, 0, beyond, cv2.BORDER_CONSTANT), np.float32)
    small = _halved(small)
    if times == 4:
        small = _halved(small)
    size = (width + beyond, height + below)
    whole = cv2.resize(_gaussian(small, sigma / times), size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(whole, np.float32)[:height, :width]


def _halved(mask: F32) -> F32:
    size = (mask.shape[1] // 2, mask.shape[0] // 2)
    return np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_AREA), np.float32)


def _gaussian(mask: F32, sigma: float) -> F32:
    kernel = _kernel(sigma)
    return np.asarray(cv2.sepFilter2D(mask, -1, kernel, kernel, borderType=cv2.BORDER_CONSTANT), np.float32)


@lru_cache(maxsize=256)
def _kernel(sigma: float) -> F32:
    """Of three sigmas to each side: beyond lies a quarter of a percent."""
    return np.asarray(cv2.getGaussianKernel(2 * ceil(3 * sigma) + 1, sigma, cv2.CV_32F), np.float32)


def shifted(mask: F32, by: Sequence[float] | Points) -> F32:
    """The mask moved by a fraction of pixels; nothing comes in from outside."""
    dx, dy = float(by[0]), float(by[1])
    right, down = int(dx), int(dy)  # whole pixels by copying, the rest by a kernel of 2x2: half the time of a warp
    (left_of, x), (above, y) = _halves(dx - right), _halves(dy - down)
    kernel = np.outer(y, x).astype(np.float32)
    part = cv2.filter2D(mask, -1, kernel, anchor=(left_of, above), borderType=cv2.BORDER_CONSTANT)
    if not right and not down:
        return np.asarray(part, np.float32)
    height, width = mask.shape
    out = np.zeros_like(mask)
    if abs(right) < width and abs(down) < height:
        there = slice(max(down, 0), height + min(down, 0)), slice(max(right, 0), width + min(right, 0))
        here = slice(max(-down, 0), height - max(down, 0)), slice(max(-right, 0), width - max(right, 0))
        out[there] = part[here]
    return out


def _halves(rest: float) -> tuple[int, tuple[float, float]]:
    """The anchor of a kernel of two, and its numbers, for a move by less than a pixel."""
    return (1, (rest, 1 - rest)) if rest > 0 else (0, (1 + rest, -rest))


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


def of(points: Points, lengths: tuple[int, ...], box: Box, is_union: bool) -> F32:
    """Coverage of a box by outlines that follow one another in `points`, read-only: as `union`, or with holes."""
    small = (box[2] - box[0]) * (box[3] - box[1]) < _SMALL
    return (_kept if small else _kept.__wrapped__)(points.tobytes(), lengths, box, is_union)


_SMALL = 40_000  # px; what is larger is not kept


@lru_cache(maxsize=512)  # a figure's drawings differ by a few of their parts
def _kept(points: bytes, lengths: tuple[int, ...], box: Box, is_union: bool) -> F32:
    outlines = np.split(np.frombuffer(points, np.float64).reshape(-1, 2), np.cumsum(lengths[:-1]))
    cover = union(outlines, box) if is_union else _outline.coverage(outlines, box)
    cover.flags.writeable = False
    return cover


def overlap(a: Mask, b: Mask) -> Mask:
    """Where two masks overlap, in the first one's box."""
    return Mask(a.cover * within(b, a.box), a.box, a.rows)


@lru_cache(maxsize=64)
def _disc(radius: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)), np.uint8)

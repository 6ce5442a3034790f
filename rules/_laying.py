"""Lays a drawing down on a picture: warped to its place, then over what is there or added to it.

Everything is done in rectangles that stay in the processor's cache.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules._tiles import Rect, is_upright

_cv: Any = cv2  # its stubs know neither 8 bits nor scalars

U8 = NDArray[np.uint8]
_STEP = 16  # px that are warped at once; those of a row that are left over cost six times as much
_NEAR = np.array([0.0, 0.0, 1.0])
_CACHED = 2_000_000  # bytes of a drawing
_ALPHA = np.array([0, 0, 0, 255], np.uint8).view(np.uint32)  # its bits in a pixel that is one word


class Source(NamedTuple):
    """A drawing on its way to the picture.

    rgba: premultiplied. matrix: (3, 3) float64, from its pixels to the picture's, or (2, 3) where none is nearer than
    another. opacity: 0 to 255. is_light: it is added. soft: it is kept as often smaller. border: how OpenCV goes on
    beyond its pixels.
    """

    rgba: U8
    matrix: NDArray[np.float64]
    opacity: int = 255
    is_light: bool = False
    soft: int = 1
    border: int = _cv.BORDER_CONSTANT


def has_edge(is_opaque: bool, matrix: NDArray[np.float64]) -> bool:
    """Whether a drawing has an edge to show: an upright opaque plate fills its box."""
    return not (is_opaque and is_upright(matrix))


def source_of(rgba: U8, drawn: Rect, matrix: NDArray[np.float64], is_opaque: bool) -> Source:
    """drawn: the box of a drawing that is not empty; it becomes the origin."""
    left, top, right, bottom = drawn
    moved = matrix.copy()
    moved[:, 2] += moved[:, 0] * left + moved[:, 1] * top
    border = _cv.BORDER_CONSTANT if has_edge(is_opaque, matrix) else _cv.BORDER_REPLICATE
    moved = moved if moved[2, 1] else np.ascontiguousarray(moved[:2])
    return Source(rgba[top:bottom, left:right], moved, border=border)


def steps(box: Rect, width: int) -> Rect:
    """A box made wider to whole steps of the warp, in a picture of some width."""
    return box[0] // _STEP * _STEP, box[1], min(-(-box[2] // _STEP) * _STEP, width), box[3]


def lay(canvas: U8, source: Source, rect: Rect, is_full: bool, covering: tuple[U8, Rect] | None = None) -> None:
    """Put a drawing onto a rectangle of the canvas, whose alpha is 255 and stays so. is_full: it is opaque all over
    there. covering: what the drawings of its figure still let through, and where in the picture that is."""
    target = canvas[rect[1] : rect[3], rect[0] : rect[2]]
    if source.is_light:
        light = _shone(source, rect) if source.soft > 1 else _warped(source, rect)
        _cv.add(target, _dimmed(light, source.opacity), target)
        return
    if is_full:
        _warped(source, rect, target)
        if covering is not None:
            _cover(covering, rect, np.zeros(target.shape[:2], np.uint8))
        return
    paint = _warped(source, rect)
    if source.opacity != 255:
        paint = _dimmed(paint, source.opacity)
    # the canvas is opaque: with the paint's alpha taken off its own is what shows through, by which OpenCV multiplies
    # in three quarters of the time that a factor for each channel takes
    open_ = _cv.subtract(target, (paint.view(np.uint32) & _ALPHA).view(np.uint8))
    _cv.cvtColor(open_, _cv.COLOR_RGBA2mRGBA, target)
    _cv.add(target, paint, target)
    if covering is not None:
        _cover(covering, rect, _cv.extractChannel(open_, 3))


def fetch(source: Source) -> None:
    """Read a drawing of a figure once in its order: the warp waits for memory at every line that is in no cache. One
    that does not fit in there would be gone again, and in a close-up most of it is not seen."""
    if source.rgba.nbytes <= _CACHED:
        _cv.norm(source.rgba, _cv.NORM_INF)


def _cover(covering: tuple[U8, Rect], here: Rect, through: U8) -> None:
    """Note what a drawing of a figure leaves open."""
    still, (left, top, right, bottom) = covering
    x0, y0, x1, y1 = max(here[0], left), max(here[1], top), min(here[2], right), min(here[3], bottom)
    if x1 > x0 and y1 > y0:
        part = still[y0 - top : y1 - top, x0 - left : x1 - left]
        _cv.multiply(part, through[y0 - here[1] : y1 - here[1], x0 - here[0] : x1 - here[0]], dst=part, scale=1 / 255)


def _dimmed(source: U8, opacity: int) -> U8:
    return source if opacity == 255 else _u8(_cv.convertScaleAbs(source, alpha=opacity / 255))


def _shone(source: Source, rect: Rect) -> U8:
    """Soft light that lands in a rectangle, warped at a fraction of the size."""
    part = source.soft
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    # one small pixel more on each side, so that rectangles meet without a seam
    shift = 0.5 / part + 0.5
    moved = source.matrix.copy()
    for row, at in ((0, rect[0]), (1, rect[1])):
        away = moved[2] if len(moved) == 3 else _NEAR
        moved[row] = moved[row] / part + (shift - at / part) * away
    across, down = -(-(-(-width // part) + 2) // _STEP) * _STEP, -(-height // part) + 2
    small = _through(source, moved, (across, down))
    large = _cv.resize(small, (part * across, part * down), interpolation=_cv.INTER_LINEAR)
    return _u8(large[part : part + height, part : part + width])


def _warped(source: Source, rect: Rect, into: U8 | None = None) -> U8:
    """The part of a drawing that lands in a rectangle of the picture; into: where it goes."""
    x0, y0, x1, y1 = rect
    moved = source.matrix.copy()
    if len(moved) == 3:
        moved[0] -= x0 * moved[2]
        moved[1] -= y0 * moved[2]
    else:
        moved[0, 2] -= x0
        moved[1, 2] -= y0
    return _through(source, moved, (x1 - x0, y1 - y0), into)


def _through(source: Source, matrix: NDArray[np.float64], size: tuple[int, int], into: U8 | None = None) -> U8:
    """A drawing through a matrix to a picture of some size."""
    if len(matrix) == 3:
        out = _cv.warpPerspective(source.rgba, matrix, size, into, _cv.INTER_LINEAR, source.border)
    else:
        out = _cv.warpAffine(source.rgba, matrix, size, into, _cv.INTER_LINEAR, source.border)
    if into is not None and out is not into:
        into[:] = out
    return _u8(out)


def _u8(picture: Any) -> U8:
    out: U8 = picture
    return out

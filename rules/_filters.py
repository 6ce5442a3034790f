"""Filters that passes share: boxes, a soft Kuwahara, straight colours, sizes, shifts.

Pictures are uint8 or float32, (h, w) or (h, w, channels), and nothing that comes in is written to.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
Picture = TypeVar("Picture", U8, F32)

_cv: Any = cv2
_FAR = np.float32(1e6)  # px: farther than anything in a picture, and its square is still a number


def px(length: float, unit: float) -> int:
    """A whole radius, at least 1: a length for 1080 lines times px of the picture for one of those."""
    return max(1, round(length * unit))


def box(picture: Picture, reach: int, times: int = 1) -> Picture:
    """Mean over a square of 2 reach + 1 px, `times` over; three times is nearly a Gaussian."""
    for _ in range(times):
        picture = _cv.blur(picture, (2 * reach + 1, 2 * reach + 1), borderType=_cv.BORDER_REFLECT)
    return picture


def gaussian(picture: Picture, sigma: float) -> Picture:
    """Gaussian blur; costs 8 ms at 1080p and sigma 1.5, so not for frames."""
    out: Picture = _cv.GaussianBlur(picture, (0, 0), max(sigma, 0.3), borderType=_cv.BORDER_REFLECT)
    return out


def resized(picture: Picture, width: int, height: int) -> Picture:
    """Area means downwards, linear upwards."""
    smaller = width < picture.shape[1] or height < picture.shape[0]
    how = _cv.INTER_AREA if smaller else _cv.INTER_LINEAR
    out: Picture = _cv.resize(picture, (width, height), interpolation=how)
    return out


def doubled(picture: U8) -> U8:
    """Twice as large, of one, three or four channels: each px is three quarters of the nearest and one of the next,
    across and down. It is within two levels of OpenCV's linear resize, and takes half the time."""
    height, width = picture.shape[:2]
    wide = _cv.copyMakeBorder(picture, 1, 1, 1, 1, _cv.BORDER_REPLICATE)
    out = np.empty((2 * height, 2 * width, *picture.shape[2:]), np.uint8)
    for rows in strips(height, width, 160_000):
        strip = wide[rows.start : rows.stop + 2]
        quarter = _bytes.halved(strip, 2)
        rest = _bytes.minus(strip, quarter)[:, 1:-1]
        across = _woven(_bytes.plus(rest, quarter[:, :-2]), _bytes.plus(rest, quarter[:, 2:]))
        quarter = _bytes.halved(across, 2)
        rest = _bytes.minus(across, quarter)[1:-1]
        for first, next_ in enumerate((quarter[:-2], quarter[2:])):
            _cv.add(rest, next_, out[2 * rows.start + first : 2 * rows.stop : 2])
    return out


def _woven(left: U8, right: U8) -> U8:
    """The columns of both in turn; a px of four bytes is moved as one word."""
    height, width, *channels = left.shape
    if not channels:
        return np.asarray(_cv.merge([left, right])).reshape(height, 2 * width)
    four = [_bytes.with_fourth(side) if channels == [3] else side for side in (left, right)]
    out = _cv.merge([side.view(np.int32) for side in four]).view(np.uint8).reshape(height, 2 * width, 4)
    return _bytes.without_fourth(out) if channels == [3] else out


def read_at(picture: Picture, x: F32, y: F32, nearest: bool = False) -> Picture:
    """The picture at places (px); outside, its border goes on."""
    how = _cv.INTER_NEAREST if nearest else _cv.INTER_LINEAR
    out: Picture = _cv.remap(picture, x, y, how, borderMode=_cv.BORDER_REPLICATE)
    return out


def shifted(picture: Picture, x: float, y: float) -> Picture:
    """Moved by parts of a px, right and down; its border goes on. One or two blends of windows of it: a warp costs
    four times as much."""
    margin = math.ceil(max(abs(x), abs(y))) + 1
    out: Picture = _cv.copyMakeBorder(picture, margin, margin, margin, margin, _cv.BORDER_REPLICATE)
    rows, columns = picture.shape[:2]
    down, right = (away - math.floor(away) for away in (y, x))
    top, left = (margin - math.floor(away) - 1 for away in (y, x))
    out = out[top : top + rows + 1, left : left + columns + 1]  # a row and a column more, for what comes in between
    # between px that lie aslant one blend will do
    for by_row, by_column, part in ((1, 1, down),) if down == right else ((1, 0, down), (0, 1, right)):
        near, next_ = out[by_row:, by_column:], out[: len(out) - by_row, : out.shape[1] - by_column]
        out = near if part < 1 / 64 else _cv.addWeighted(near, 1 - part, next_, part, 0)
    return out


def inner_distance(inside: NDArray[np.bool_]) -> F32:
    """Px from each true pixel to the nearest false one, within 2 %; where there is none, a million."""
    out: F32 = _cv.distanceTransform(inside.astype(np.uint8), _cv.DIST_L2, 3)
    return np.minimum(out, _FAR, out=out)  # OpenCV says the largest of all numbers


def soft_kuwahara(rgba: U8, reach: int, turned: bool = False) -> U8:
    """Smooth colours that keep their edges; RGBA -> RGBX, whose fourth channel means nothing.

    Four sectors as in Kuwahara (1976), weighted by (8 / (variance + 8))^3 instead of chosen, so that
    nothing pops from frame to frame (after Papari et al., 2007). 5 ms at 960x540. Two passes, one of
    them `turned` by 45 degrees, give round shapes where one gives squares.
    """
    height, width = rgba.shape[:2]
    away = round(1.4 * reach) if turned else reach
    margin = away + reach
    wide = _cv.copyMakeBorder(rgba, margin, margin, margin, margin, _cv.BORDER_REFLECT)
    out = np.empty((height, width, 4), np.uint8)
    for rows in strips(height, width):
        out[rows] = _kuwahara_strip(wide[rows.start : rows.stop + 2 * margin], reach, away, turned)
    return out


def strips(height: int, width: int, size: int = 90_000) -> Iterator[slice]:
    """Rows in pieces of about `size` px, which stay in the processor's cache. Fresh big arrays cost more in page
    faults than in arithmetic: a Kuwahara at 960x540 takes 15 ms whole and 7 in strips, to the same bytes."""
    rows = max(16, size // width)
    for top in range(0, height, rows):
        yield slice(top, min(top + rows, height))


def _kuwahara_strip(wide: U8, reach: int, away: int, turned: bool) -> U8:
    margin = away + reach
    height, width = wide.shape[0] - 2 * margin, wide.shape[1] - 2 * margin
    luma = _bytes.grey(wide).astype(np.float32)
    mean = box(luma, reach)
    variance = box(_cv.multiply(luma, luma, dst=luma), reach)
    variance = _cv.subtract(variance, _cv.multiply(mean, mean, dst=mean), dst=variance)
    trust = np.float32(8) / (np.maximum(variance, np.float32(0), out=variance) + np.float32(8))
    trust = np.maximum(trust * trust * trust, np.float32(1e-7))
    means = box(wide, reach).astype(np.float32)
    means = _cv.multiply(means, _cv.merge([trust] * 4), dst=means)
    _cv.insertChannel(trust, means, 3)  # the weights are summed like a colour
    near, middle, far = margin - away, margin, margin + away
    corners = ((near, middle), (middle, near), (far, middle), (middle, far))
    if not turned:
        corners = ((near, near), (near, far), (far, near), (far, far))
    sectors = [means[y : y + height, x : x + width] for y, x in corners]
    total = _cv.add(_cv.add(sectors[0], sectors[1]), _cv.add(sectors[2], sectors[3]))
    share = np.float32(1) / _cv.extractChannel(total, 3)
    out: U8 = _cv.convertScaleAbs(_cv.multiply(total, _cv.merge([share] * 4), dst=total))
    return out


def flattened(rgb: U8, reach: int, step: float, times: int) -> U8:
    """Like colours within `reach` px become one, steps of more than about `step` levels stay as sharp as they were
    (bilateral filter; Tomasi and Manduchi, 1998). Thin lines fade without clotting, as under a Kuwahara they would."""
    for _ in range(times):
        rgb = _cv.bilateralFilter(rgb, 2 * reach + 1, step, 0.62 * reach + 0.5, borderType=_cv.BORDER_REFLECT)
    return rgb


def straight(rgba: U8, reach: int) -> U8:
    """Premultiplied RGBA -> RGBA whose colours are not premultiplied and go on outside the silhouette for about
    4 reach px.

    Filters that mix neighbours would turn the rim black otherwise. Alpha stays.
    """
    if rgba[..., 3].min() == 255:
        return rgba
    height, width = rgba.shape[:2]
    small = resized(rgba, max(1, width // 2), max(1, height // 2)).astype(np.float32)
    around = box(small, reach, 2)
    around *= np.float32(255) / np.maximum(around[..., 3:], np.float32(0.02))
    outer = resized(np.minimum(around, np.float32(255)).astype(np.uint8), width, height)
    alpha: U8 = np.maximum(rgba[..., 3], np.uint8(1))
    out: U8 = _cv.divide(rgba, _bytes.four(alpha), scale=255)
    _cv.copyTo(outer, (alpha < 128).astype(np.uint8), out)
    out[..., 3] = rgba[..., 3]
    return out

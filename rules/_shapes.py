"""Footage as few shapes: broad areas without their small ups and downs, few hues, and what is small and stands out.

Whatever rises from what is about it by less than a step is levelled, however large it is (h-maxima and h-minima;
Soille, 1999), so that tones cut along things and not across a cheek. Hues run together to those that the picture has
most of (mean shift; Comaniciu and Meer, 2002). Small things are a closing or an opening less the picture (top hats;
Meyer, 1979), less what of the kind is about them: an eye counts, a hair among hairs does not.
All of it is worked out on half of the work size; `dark` and `pale` have its whole size.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _simple

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
#: levels by which a small thing stands out, and what is left of red, green and blue from there on
Steps = tuple[tuple[int, tuple[float, float, float]], ...]

_cv: Any = cv2
_SQUARE = np.ones((3, 3), np.uint8)
_CROSS = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)
_FAR, _NEAR = 56, 10  #: px that a level spreads over a quarter of the work size, and over half of it
_HATS = 9, 7  #: px of half the work size: what is narrower and dark, or pale, is small
_BUSY, _MOST = 1.25, 18  #: how much of what stands out about a small thing it has to exceed; of so many levels at most
_BIN = 4  #: levels of a and b
_BAND = 2.8  #: levels of a and b within which hues run together
_RUNS = 4
_BROWN = 0.17  #: how much redder yellows are made: dark and flat, they would be olive
_DYE = 9  #: levels of a and b from one colour to the next
_BEND, _AWAY = 9, 4  #: px: how far borders are straightened, and moved at most
_ALIKE = 14  #: levels by which a colour may differ within what is one area: tones have soft steps, for stillness
_EASY = 1.5  #: half the levels of a step from tone to tone
_RAMP = 8  #: levels from nothing of a tone to all of it


class Shapes(NamedTuple):
    """Lab of the areas, and how far small things are darker and lighter than what is about them, in levels."""

    light: U8
    a: U8
    b: U8
    dark: U8
    pale: U8


def of(work: U8, step: int = 18, close: bool = False) -> Shapes:
    """The shapes of RGBX. step: levels by which an area must stand out; close: corners and what is narrow stay."""
    height, width = work.shape[:2]
    half = _filters.resized(work, max(width // 2, 1), max(height // 2, 1))
    if close:
        light, *tints = _cv.split(_cv.cvtColor(_cv.medianBlur(half, 3), _cv.COLOR_RGB2Lab))
        light, (a, b) = _cv.medianBlur(light, 5), (_broad(tint) for tint in tints)
    else:
        half = _filters.soft_kuwahara(_cv.medianBlur(half, 5), 3, turned=True)
        light, a, b = (_cv.medianBlur(plane, 5) for plane in _cv.split(_cv.cvtColor(half, _cv.COLOR_RGB2Lab)))
    near = _bytes.grey(work)
    return Shapes(levelled(light, step), *_hues(a, b), *_hats(near))


def _broad(tint: U8) -> U8:
    """What most have that are within ten px: hues do not end where lightness does, and small ones are spots."""
    tall, wide = tint.shape
    small = _filters.resized(tint, max(wide // 2, 1), max(tall // 2, 1))
    return _simple.sized(_cv.medianBlur(_filters.box(small, 1), 5), wide, tall)


# -- areas


def levelled(plane: U8, step: int) -> U8:
    """A plane whose ups and downs of less than `step` levels are gone; all else keeps its borders."""
    tall, wide = plane.shape
    small = _filters.resized(plane, max(wide // 2, 1), max(tall // 2, 1))
    tops, floor = _flooded(plane, small, step)
    return _bytes.inverse(_flooded(_bytes.inverse(tops), _bytes.inverse(floor), step)[0])


def _flooded(plane: U8, small: U8, step: int) -> tuple[U8, U8]:
    """Both, without tops of less than a step: the plane less a step, grown below the plane. It is grown on the small
    one first, which has the same shapes and reaches twice as far."""
    grown = _grown(_bytes.minus(small, np.full_like(small, step)), small, _FAR)
    start = _simple.sized(_cv.erode(grown, _SQUARE), plane.shape[1], plane.shape[0])
    start = _bytes.most(_bytes.least(start, plane), _bytes.minus(plane, np.full_like(plane, step)))
    return _grown(start, plane, _NEAR), grown


def _grown(start: U8, below: U8, times: int) -> U8:
    for n in range(times):  # squares and crosses in turn are octagons
        start = _cv.min(_cv.dilate(start, _SQUARE if n % 2 else _CROSS), below)
    return start


def tones(count: int) -> F64:
    """Tones, dark to light, 0 to 255. They are fixed, and lie closer in the middle, where most of a picture does:
    fitted to a frame they would breathe with whatever moves in it."""
    away = np.linspace(-1, 1, count)
    return np.asarray(130 + 110 * np.sign(away) * np.abs(away) ** 1.35)


def numbers(count: int) -> U8:
    """Lightness -> the number of its tone: a table (256,)."""
    return np.searchsorted(_cuts(count), np.arange(256.0)).astype(np.uint8)


def stepped(values: F64) -> U8:
    """Lightness -> the value that its tone has: a table (256,). Steps are a few levels wide, or noise would turn the
    tone of a whole area that was levelled to just there."""
    at = np.concatenate([[cut - _EASY, cut + _EASY] for cut in _cuts(len(values))])
    return np.rint(np.interp(np.arange(256), at, np.repeat(values, 2)[1:-1])).astype(np.uint8)


def _cuts(count: int) -> F64:
    tone = tones(count)
    return np.asarray((tone[1:] + tone[:-1]) / 2)


def _hues(a: U8, b: U8) -> tuple[U8, U8]:
    """a and b, drawn to the hues that a picture has most of."""
    side = 256 // _BIN
    bins = (a >> 2).astype(np.uint16) << 6 | b >> 2
    count = np.bincount(bins.ravel(), minlength=side * side).reshape(side, side)
    weight = np.sqrt(count).astype(np.float32)
    at = np.arange(side, dtype=np.float32)
    sums = np.stack([weight, weight * at[:, None], weight * at], -1)
    sums = _cv.GaussianBlur(sums, (0, 0), _BAND / _BIN, borderType=_cv.BORDER_CONSTANT)
    sums[..., 0] += np.float32(1e-6)
    means = np.ascontiguousarray(sums[..., 1:] / sums[..., :1])
    found = means
    for _ in range(_RUNS):
        found = _cv.remap(means, np.ascontiguousarray(found[..., 1]), np.ascontiguousarray(found[..., 0]), 1)
    levels = found * np.float32(_BIN) + np.float32(_BIN / 2 - 0.5 - 128)
    red, yellow = levels[..., 0], np.maximum(levels[..., 1], 0)
    red += yellow * np.clip(np.float32(_BROWN) - np.abs(red - 2) * np.float32(_BROWN / 7), 0, 1)
    tables = np.clip(np.rint(levels / np.float32(_DYE)) * _DYE + 128, 0, 255).astype(np.uint8)
    return tables[..., 0].ravel().take(bins), tables[..., 1].ravel().take(bins)


def whole(flat: U8, core: int) -> U8:
    """RGBX of no colours but those that somewhere fill a square of so many px: all others are rims, where a hue ends
    elsewhere than its lightness, or specks, and take the nearest of these."""
    around = np.ones((core, core), np.uint8)
    spread = _bytes.minus(_cv.dilate(flat, around), _cv.erode(flat, around))
    rim = np.asarray(_cv.threshold(spread, _ALIKE, 255, _cv.THRESH_BINARY)[1]).view(np.uint32)[..., 0] > 0
    if rim.all():
        return flat
    words = np.ascontiguousarray(flat).view(np.uint32)[..., 0]
    _, nearest = _cv.distanceTransformWithLabels(rim.view(np.uint8), _cv.DIST_L2, 5, labelType=_cv.DIST_LABEL_PIXEL)
    found = words[~rim][nearest - 1]
    return np.ascontiguousarray(found).view(np.uint8).reshape(flat.shape)


def rounded(flat: U8) -> U8:
    """Areas with borders that bend less: each pixel takes that of the colours about it which is most like their mean,
    so that there is no mixture, and no rim where three meet."""
    height, width = flat.shape[:2]
    out, room = np.empty_like(flat), _AWAY + _BEND
    for rows in _filters.strips(height, width):
        start = max(rows.start - room, 0)
        out[rows] = _rounded(flat[start : rows.stop + room])[rows.start - start : rows.stop - start]
    return out


def _rounded(flat: U8) -> U8:
    mean = _cv.blur(_cv.blur(flat, (_BEND, _BEND)), (_BEND, _BEND))
    tall, wide = flat.shape[:2]
    large = _cv.copyMakeBorder(flat, _AWAY, _AWAY, _AWAY, _AWAY, _cv.BORDER_REPLICATE)
    out, best = flat.copy(), _bytes.grey(_cv.absdiff(flat, mean))
    for across, down in ((0, 0), (2, 0), (0, 2), (2, 2)):
        other = large[down * _AWAY :, across * _AWAY :][:tall, :wide]
        unlike = _bytes.grey(_cv.absdiff(other, mean))
        _cv.copyTo(other, _cv.compare(unlike, best, _cv.CMP_LT), out)
        best = _cv.min(unlike, best)
    return out


# -- small things


def _hats(light: U8) -> tuple[U8, U8]:
    tall, wide = light.shape
    small = _filters.resized(light, max(wide // 2, 1), max(tall // 2, 1))
    found = []
    for how, size in ((_cv.MORPH_CLOSE, _HATS[0]), (_cv.MORPH_OPEN, _HATS[1])):
        disc = _cv.getStructuringElement(_cv.MORPH_ELLIPSE, (size, size))
        around = _simple.sized(_cv.blur(_cv.morphologyEx(small, how, disc), (3, 3)), wide, tall)
        stands = _bytes.minus(around, light) if how == _cv.MORPH_CLOSE else _bytes.minus(light, around)
        busy = _filters.box(_filters.resized(stands, max(wide // 4, 1), max(tall // 4, 1)), 6, 2)
        found.append(_bytes.blend(stands, 1, _simple.sized(_bytes.at_most(busy, _MOST), wide, tall), -_BUSY))
    return found[0], found[1]


def without_specks(stands: U8, level: int, least: int, slim: float = 0) -> U8:
    """Small things, those of less than about `least` px above a level cut down to it. slim: those that are narrower are
    gone as well, and wholly."""
    tall, wide = stands.shape
    over = _cv.compare(_filters.resized(stands, max(wide // 2, 1), max(tall // 2, 1)), level, _cv.CMP_GT)
    _, labels, stats, _ = _cv.connectedComponentsWithStats(over, ltype=_cv.CV_16U)
    area, long = stats[:, _cv.CC_STAT_AREA], stats[:, _cv.CC_STAT_WIDTH : _cv.CC_STAT_HEIGHT + 1].max(1)
    keeps = np.where((area * 4 < least) | (area * 2 < slim * long), 0, 255).astype(np.uint8)
    keeps[0] = 0
    kept = _cv.resize(_cv.dilate(keeps.take(labels), _SQUARE), (wide, tall), interpolation=_cv.INTER_NEAREST)
    return np.asarray(_cv.blur(_bytes.least(stands, kept if slim else _bytes.at_least(kept, level)), (3, 3)))


def small(shapes: Shapes, tones: tuple[Steps, ...], least: tuple[int, int], slim: tuple[float, float]) -> list[U8]:
    """What is small and dark, and small and pale, without specks of less than so many px and without what is slim."""
    kinds = zip(shapes[3:], tones, least, slim, strict=True)
    return [without_specks(stands, steps[0][0], px, wide) for stands, steps, px, wide in kinds]


# -- drawn


def drawn(flat: U8, stands: list[U8], tones: tuple[Steps, ...], black: tuple[int, ...]) -> U8:
    """RGBX areas with what is small on them, in tones of what it is on. stands: dark and pale, as of `small`; black:
    RGBX than which none of it is darker, unless the area is, too: there is no line on a dark post."""
    out = np.empty_like(flat)
    for rows in _filters.strips(*flat.shape[:2]):
        dark, pale = (_bytes.table(s[rows], left(t)) for s, t in zip(stands, tones, strict=True))
        lacks = _bytes.times(_bytes.inverse(flat[rows]), pale)
        out[rows] = _bytes.times(_bytes.inverse(lacks), dark)
    return _bytes.most(out, _cv.min(flat, black))


@lru_cache(maxsize=8)
def left(steps: Steps) -> U8:
    """(256, 1, 4): what is left under each level."""
    left = np.ones((256, 4))
    for level, factors in steps:
        share = np.clip((np.arange(256) - level) / _RAMP + 0.5, 0, 1)[:, None]
        left[:, :3] += (np.array(factors) - left[:, :3]) * share
    return _bytes.of(left)[:, None]


@lru_cache(maxsize=4)
def lights(least: int, most: int, high: int) -> U8:
    """(256,): levels that are added where small things stand out by as much: none to `least`, `high` from `most` on."""
    return _bytes.of(np.clip((np.arange(256) - least) / (most - least), 0, 1) * high / 255)

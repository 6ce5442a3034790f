"""Flat bands out of a plate: no texture, few tones, whose borders are round and a pixel wide.

Worked out on 540 to 1080 lines, broad shapes on 270, so that it looks the same at all sizes. Tones lie evenly, and
each has the mean of what it stands for: a dusk keeps its hues.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _colour, _edges, _filters, _shapes, _simple, _vector_light
from studio.rule import Maps

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_LEAST_WORK, _WORK = 540, 1080  #: lines
_BROAD, _BROADEST = 270, 100  #: lines on which shapes are simplified, and those of a texture
_BUSY = 7  #: levels: mean of what stands out, where all is texture
_SPARK = 60  #: levels by which a speck must stand out to be a star or a lamp
_ROUND = 9  #: px of 1080 lines: size of what is too small for a shape
_FADE = 40  #: px of 1080 lines: over which cover that fades is mist, and no border
_VEILS = ((32, 64), (96, 128), (160, 192), (224, 255))  #: steps of mist
_LEGIBLE = 14  #: levels by which a card's letters and lines must stand out to be kept
_KEEP = 26  #: levels by which a small thing must stand out to be kept
_FEW = 4  #: a plate without a gap that has fewer pieces is a sky
_LEVEL = 20  #: levels by which an area must stand out of what stands up
_PIECE = 0.012  #: of a plate: a piece up to which it has one colour
_ALIKE = 20  #: levels by which a piece must differ from what is about it
_EVEN = 22  #: levels of deviation from its mean: a piece of more than that is several
_BANDS, _LIES = (0.5, 0.03), 24  #: of the picture's height, across and down: a ground is even within, up to levels
_HUES = 10  #: families of hue
_LEAST = 0.003  #: of a plate: a colour that covers less joins its neighbour
_RANGE, _FINEST = 90, 1.8  #: levels from dark to light that have the tones asked for, and how many times more at most
_NEAR = 0.13  #: in OKLab, with colour counted twice: how like a neighbour must be
_CODES = 4096


def ground(rgba: U8, maps: Maps, tones: int, vivid: float) -> U8:
    """A plate as flat bands; tones: how many there are from black to white."""
    height, width = rgba.shape[:2]
    lines = max(maps.lines, 1)
    share = min(max(lines, _LEAST_WORK), _WORK) / lines
    small = max(1, round(width * share)), max(1, round(height * share))
    straight = _filters.straight(rgba, _filters.px(3, lines / 1080))
    work = _filters.resized(straight, *small)
    near = _cv.medianBlur(np.ascontiguousarray(work[..., :3]), 3)
    stands = maps.role == "plate" and maps.top <= 0 and not is_sky(rgba[..., 3], maps.parts)
    quiet = _levelled(near) if stands else simplified(near, lines * share, maps.role == "card")
    if maps.role == "plate" and maps.top > 0:
        quiet = _banded(quiet, lines * share)
    piece = np.zeros(near.shape[:2], np.uint8)
    if maps.parts is not None and maps.role == "plate":
        parts = _cv.resize(maps.parts, small, interpolation=_cv.INTER_NEAREST)
        piece = _pieces(quiet, near, parts)
    filled = _filled(quiet, work[..., 3], _codes(quiet, piece, _fitting(quiet, work[..., 3], tones)), vivid)
    flat = _smooth(filled, lines * share)
    least = _LEGIBLE if maps.role == "card" else _SPARK
    sparks = _over(_cv.absdiff(_bytes.grey(near), _bytes.grey(flat)), least)
    _cv.copyTo(filled, _cv.bitwise_or(piece, sparks), flat)
    wide = _bytes.with_fourth(flat)
    if share < 1:
        wide = _crisp(_simple.sized(wide, width, height), 5)
    else:
        wide = _filters.resized(_crisp(wide, 3), width, height)
    return _premultiplied(wide, firm(np.ascontiguousarray(rgba[..., 3]), lines))


def is_sky(alpha: U8, parts: U8 | None) -> bool:
    """A plate without a gap, and of hardly any pieces."""
    few = parts is None or np.count_nonzero(np.bincount(parts.ravel())) < _FEW
    return bool(few and alpha.min() == 255)


def _smooth(flat: U8, lines: float) -> U8:
    """Round borders, and no specks."""
    size = min(_odd(_ROUND * lines / 1080), 13)
    return np.asarray(_cv.medianBlur(_cv.medianBlur(flat, size), size))


def firm(alpha: U8, lines: int) -> U8:
    """Cover with a clean border, though a lens has blurred it; where it fades over a long way (mist), it has steps."""
    if alpha.min() == 255:
        return alpha
    around = np.ones((_odd(_FADE * lines / 1080),) * 2, np.uint8)
    low = _cv.erode(alpha, around)
    fades = _bytes.inverse(_over(_bytes.minus(_cv.dilate(alpha, around), low), 110))
    out: U8 = np.rint(_edges.hard(_filters.gaussian(alpha.astype(np.float32), 1.0), 127.5, 4) * 255).astype(np.uint8)
    even = 6 * lines / 1080
    # mist goes on about what stands in it
    out = _bytes.most(out, np.rint(_vector_light.stepped(low, _VEILS, even)).astype(np.uint8))
    _cv.copyTo(np.rint(_vector_light.stepped(alpha, _VEILS, even)).astype(np.uint8), fades, out)
    return out


def simplified(near: U8, lines: float, letters: bool) -> U8:
    """Broad shapes, round, without texture; where texture is all there is, none of it; small things that stand out
    alone as they were. letters: all that stands out must stay legible."""
    wide = _broad(near, _BROAD / lines, 2)
    lightness = [_cv.extractChannel(_cv.cvtColor(p, _cv.COLOR_RGB2Lab), 0) for p in (near, wide)]
    stands = _cv.absdiff(*lightness)
    if letters:
        _cv.copyTo(near, _over(_cv.dilate(stands, np.ones((3, 3), np.uint8)), _LEGIBLE), wide)
        return np.asarray(wide)
    busy = _filters.box(stands, _filters.px(0.015, lines), 2)
    _cv.copyTo(_broad(near, _BROADEST / lines, 4), _over(busy, _BUSY), wide)
    alone = _cv.bitwise_and(_over(stands, _KEEP), _bytes.inverse(_over(busy, _BUSY)))
    _cv.copyTo(near, _cv.medianBlur(alone, 3), wide)
    return np.asarray(wide)


def _banded(quiet: U8, lines: float) -> U8:
    """A ground in long bands, but for paths, rugs and shores."""
    wide = _cv.blur(quiet, (_odd(_BANDS[0] * lines), _odd(_BANDS[1] * lines)))
    away = _cv.transform(_cv.absdiff(wide, quiet), np.full((1, 3), 0.5, np.float32))
    _cv.copyTo(quiet, _over(_cv.blur(away, (_odd(0.01 * lines),) * 2), _LIES), wide)
    return np.asarray(wide)


def _levelled(near: U8) -> U8:
    """What stands up, without small ups and downs of tone, its borders as they were: doors stay doors, beams beams."""
    light, a, b = (_cv.medianBlur(plane, 5) for plane in _cv.split(_cv.cvtColor(near, _cv.COLOR_RGB2Lab)))
    return np.asarray(_cv.cvtColor(_bytes.joined([_shapes.levelled(light, _LEVEL), a, b]), _cv.COLOR_Lab2RGB))


def _over(plane: U8, level: int) -> U8:
    """255 where a plane is above a level."""
    return np.asarray(_cv.threshold(plane, level, 255, _cv.THRESH_BINARY)[1])


def _broad(rgb: U8, share: float, times: int) -> U8:
    """Shapes that are left at a share of the size."""
    height, width = rgb.shape[:2]
    share = min(share, 1.0)
    small = _filters.resized(rgb, max(1, round(width * share)), max(1, round(height * share)))
    for _ in range(times):
        small = _cv.medianBlur(_cv.bilateralFilter(small, 7, 34, 4), 5)
    return _simple.sized(small, width, height)


def _odd(size: float) -> int:
    return 2 * max(1, round(size / 2)) + 1


def _crisp(picture: U8, reach: int) -> U8:
    return _simple.crisp(_cv.blur(_cv.blur(picture, (reach, reach)), (3, 3)), 3.2, reach)


def _pieces(rgb: U8, near: U8, parts: U8) -> U8:
    """Small pieces (a pane, a door, a tile) get one colour each, in place, thin ones their own; says where: 0 or 1."""
    around = np.ones((3, 3), np.uint8)
    inner = (_cv.dilate(parts, around) == _cv.erode(parts, around)).astype(np.uint8)
    count, labels, stats, _ = _cv.connectedComponentsWithStats(inner, connectivity=4)
    area = np.maximum(stats[:, _cv.CC_STAT_AREA], 1)[:, None]
    means = [
        np.stack([np.bincount(labels.ravel(), p[..., n].ravel(), count) for n in range(3)], -1) / area
        for p in (near, rgb)
    ]
    # tiles of a roof are one shape
    alike = np.abs(means[0] - means[1]).max(-1, keepdims=True) < _ALIKE
    mean = np.rint(np.where(alike, means[1], means[0])).astype(np.uint8)
    grey = _bytes.grey(near).ravel().astype(np.float32)
    first, second = (np.bincount(labels.ravel(), grey**n, count) / area[:, 0] for n in (1, 2))
    even = second - first**2 < _EVEN**2
    number = np.zeros(count, np.uint8)
    number[labels.ravel()] = parts.ravel()
    small = (stats[:, _cv.CC_STAT_AREA] < _PIECE * parts.size) & even
    # a piece reaches a pixel farther than what is left of it without its border
    wide = _cv.dilate(labels.astype(np.float32), around).astype(np.int32)
    wide = np.where((labels == 0) & (number[wide] == parts), wide, labels)
    piece = small[wide].astype(np.uint8)
    mean[0] = 0
    fill = mean[wide]
    _cv.copyTo(near, (wide == 0).astype(np.uint8), fill)
    _cv.copyTo(fill, piece, rgb)
    return np.asarray(piece)


def _fitting(rgb: U8, alpha: U8, tones: int) -> int:
    """More tones for a plate whose lights and darks lie close together: in haze, at night."""
    seen = _bytes.grey(rgb)[alpha > 127]
    if not seen.size:
        return tones
    low, high = (float(v) for v in np.percentile(seen, (3, 97)))
    return round(tones * min(max(_RANGE / max(high - low, 1.0), 1.0), _FINEST))


def _codes(rgb: U8, piece: U8, tones: int) -> NDArray[np.int32]:
    """What each pixel is: tone and family of hue; pieces have twice as many tones."""
    index = _index(rgb)
    return np.asarray(np.where(piece > 0, _table(2 * tones)[index] + _CODES // 2, _table(tones)[index]))


def _filled(rgb: U8, alpha: U8, codes: NDArray[np.int32], vivid: float) -> U8:
    """Each pixel in the mean colour of those of its tone and family of hue."""
    weight = (alpha > 127).ravel()
    area = np.bincount(codes.ravel(), weight, _CODES)
    total = [np.bincount(codes.ravel(), weight * rgb[..., n].ravel(), _CODES) for n in range(3)]
    colour = np.stack(total, -1) / np.maximum(area, 1)[:, None]
    found = np.flatnonzero(area)
    if not len(found):
        return rgb
    lab = _colour.to_lab(colour / 255)
    large = found[area[found] >= min(_LEAST * weight.sum(), area.max())]
    away = ((lab[found, None] - lab[None, large]) ** 2 * (1, 4, 4)).sum(-1)
    lab[:, 1:] *= vivid
    table = np.zeros((_CODES, 3), np.uint8)
    # what has no neighbour of its kind is seen, however small: a moon, a lit window
    into = np.where(away.min(1) < _NEAR**2, large[away.argmin(1)], found)
    table[found] = np.rint(_colour.from_lab(lab[into]) * 255)
    return np.asarray(table[codes])


def _index(rgb: U8) -> NDArray[np.int32]:
    """Five bits of each channel."""
    wide = rgb.astype(np.int32) >> 3
    return np.asarray(wide[..., 0] << 10 | wide[..., 1] << 5 | wide[..., 2])


@lru_cache(maxsize=4)
def _table(tones: int) -> NDArray[np.int32]:
    """Colour (15 bits) -> tone and family of hue."""
    number = np.arange(1 << 15)
    rgb = (np.stack([number >> 10, (number >> 5) & 31, number & 31], -1) * 8 + 4) / 255
    light, a, b = np.moveaxis(_colour.to_lab(np.minimum(rgb, 1)), -1, 0)
    chroma, hue = np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360
    family = np.where(chroma < 0.03, 0, 1 + (hue * _HUES / 360).astype(int) % _HUES)
    strong = (chroma > 0.09).astype(int)
    tone = np.clip((light * tones).astype(int), 0, 63)
    return np.asarray(tone * 32 + family * 2 + strong, np.int32)


def _premultiplied(rgbx: U8, alpha: U8) -> U8:
    out = _bytes.times(rgbx, _bytes.four(alpha))
    return _bytes.joined([*(_cv.extractChannel(out, n) for n in range(3)), alpha])

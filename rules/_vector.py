"""Flat shapes out of a drawing: one fill a part, one shadow a form, few hues, no line and no light within.

Lengths are px of 1080 lines, times `Look.unit`. Colours are those of a fixed grid in OKLCh, so that a coat is the
same in every drawing of its wearer, and two yellows that differ by a hair are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _colour, _edges, _filters
from studio.rule import Maps

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
Mask = NDArray[np.bool_]

_cv: Any = cv2
_GRID_LIGHT, _GRID_CHROMA, _GRID_HUE = 0.04, 0.03, 15.0  #: steps of the palette
_SMALL = 700  #: px^2 of a part too small to have a shadow
_SPECK = 90  #: px^2 of a shadow too small to be a shape
_OTHER = 14.0  #: levels of a and b by which a stroke is another paint, not a tone of its part
_BLUSH = 0.34  #: strength of a blush
_WARM = 10  #: levels of red over blue in a blush that is worth a spot
_LINE = 1.9  #: width of a keyline
_LIKE = 20.0  #: levels between two fills that need a keyline to be told apart


@dataclass(frozen=True)
class Look:
    """The pass's knobs, and px of the picture for one of 1080 lines."""

    shade: float
    reach: float
    vivid: float
    detail: float
    keyline: float
    corner: float
    unit: float


class Fills:
    """One fill a part, as tables (256, 3) uint8 by the part's number: as it was, as it is, and in shadow."""

    def __init__(self, colour: U8, parts: U8, alpha: U8, look: Look) -> None:
        self.old = _commonest(colour, parts, alpha)
        self.new, self.dark = self.old.copy(), self.old.copy()
        for number in np.flatnonzero(self.old.any(1)):
            code = tuple(self.old[number].tolist())
            self.new[number], self.dark[number] = _pair(code, look.vivid, look.shade)


# -- figures and props


def form(rgba: U8, maps: Maps, look: Look) -> U8:
    """A figure or a prop as flat shapes."""
    assert maps.parts is not None and maps.shadow is not None
    flat = rgba if maps.flat is None else maps.flat
    box = _box(flat[..., 3])
    result = np.zeros_like(rgba)
    if box is None:
        return result
    parts = maps.parts[box]
    colour = _filters.straight(np.ascontiguousarray(flat[box]), _filters.px(3, look.unit))
    alpha = _rounded(np.ascontiguousarray(colour[..., 3]), look.corner * look.unit)
    fills = Fills(colour, parts, colour[..., 3], look)
    paint = _painted(colour, parts, fills, maps.shadow[box], look)
    result[box] = _premultiplied(paint, alpha)
    return result


def _box(alpha: U8) -> tuple[slice, slice] | None:
    """The smallest rectangle with all paint."""
    rows, columns = (np.flatnonzero(alpha.max(axis)) for axis in (1, 0))
    if not len(rows):
        return None
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def _painted(colour: U8, parts: U8, fills: Fills, shadow: U8, look: Look) -> U8:
    """Colours of the shapes, not premultiplied."""
    fill, dark = fills.new[parts], fills.dark[parts]
    area = np.bincount(parts.ravel(), minlength=256)
    turns = np.asarray(area > _SMALL * look.unit**2)[parts]
    shade = _shape(shadow, parts > 0, turns, look)
    tone, other = _strokes(colour, fills.old[parts], look)
    body = _mixed(fill, dark, np.maximum(shade, tone))
    # strokes of another paint: buttonholes, stripes, patterns
    paint = _snapped(colour, look)
    under = _mixed(paint, _bytes.table(paint, _dimmer(look.shade)), shade)
    body = _mixed(body, under, other)
    # where parts meet the flat colours are mixed as they should be; only the change of the fills is laid on them
    border = _borders(parts)
    change = _filters.box(_mixed(fill, dark, shade).astype(np.float32) - fills.old[parts], 1)
    soft = np.clip(colour[..., :3] + change + np.float32(0.5), 0, 255).astype(np.uint8)
    _cv.copyTo(soft, border, body)
    return _keyed(body, parts, fills, shade, look) if look.keyline else body


def _shape(shadow: U8, inside: Mask, turns: Mask, look: Look) -> F32:
    """One shadow a form, with a clean border: soft shade cut at a level, round, without specks."""
    cover = inside.astype(np.float32)
    sigma = 2.2 * look.unit
    soft: F32 = _filters.gaussian(np.asarray(shadow * (cover * np.float32(1 / 255)), np.float32), sigma)
    around = np.maximum(_filters.gaussian(cover, sigma), np.float32(0.05))
    hard = _edges.hard(np.asarray(soft / around, np.float32), 1 - 0.5 * look.reach) * turns
    return _without_specks(np.asarray(hard, np.float32), _SPECK * look.unit**2)


def _without_specks(shape: F32, least: float) -> F32:
    count, labels, stats, _ = _cv.connectedComponentsWithStats((shape > 0.5).astype(np.uint8), connectivity=4)
    keep = (stats[:, _cv.CC_STAT_AREA] >= least).astype(np.uint8)
    keep[0] = 0
    kept = _cv.dilate(keep[labels], np.ones((3, 3), np.uint8)) if count > 1 else np.zeros(shape.shape, np.uint8)
    return np.asarray(shape * kept)


def _strokes(colour: U8, fill: U8, look: Look) -> tuple[F32, F32]:
    """Strokes within parts: how far they are shade of their part, and how far paint of another hue; 0 to 1."""
    mine, base = (_cv.cvtColor(np.ascontiguousarray(c[..., :3]), _cv.COLOR_RGB2Lab) for c in (colour, fill))
    away = mine.astype(np.float32) - base
    weak = 10.0 / max(look.detail, 0.05)
    hue = _cv.magnitude(np.ascontiguousarray(away[..., 1]), np.ascontiguousarray(away[..., 2]))
    other = _edges.hard(hue + np.maximum(away[..., 0] - np.float32(46), 0), _OTHER / max(look.detail, 0.05), 1.0)
    tone = _edges.hard(_filters.gaussian(-np.ascontiguousarray(away[..., 0]), 0.7 * look.unit), weak, 1.0)
    return tone, other


def _borders(parts: U8) -> U8:
    """1 within a pixel of where parts meet, also of where they end."""
    around = np.ones((3, 3), np.uint8)
    return np.asarray((_cv.dilate(parts, around) != _cv.erode(parts, around)).astype(np.uint8))


def _keyed(body: U8, parts: U8, fills: Fills, shade: F32, look: Look) -> U8:
    """A thin line of shade where two parts of like colour overlap."""
    lab = _cv.cvtColor(fills.new[None], _cv.COLOR_RGB2Lab)[0].astype(np.float32)
    edge = np.zeros(parts.shape, np.float32)
    lit = shade < 0.5
    for first, second in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[1:], np.s_[:-1])):
        rows, columns = np.nonzero((parts[first] != parts[second]) & (parts[first] > 0) & (parts[second] > 0))
        a, b = parts[first][rows, columns], parts[second][rows, columns]
        like = (np.abs(lab[a] - lab[b]).sum(1) < _LIKE) & (lit[first][rows, columns] == lit[second][rows, columns])
        edge[first][rows[like], columns[like]] = 1
        edge[second][rows[like], columns[like]] = 1
    line = _edges.drawn(edge, _LINE * look.unit * look.keyline)
    deep = _bytes.table(fills.dark[parts], _dimmer(0.6 * look.shade))
    return _mixed(body, deep, line)


def _rounded(alpha: U8, radius: float) -> U8:
    """A silhouette whose outer corners are round; what is thinner than a corner stays."""
    if radius < 0.8:
        return alpha
    solid = _edges.hard(_filters.gaussian(alpha.astype(np.float32) * np.float32(1 / 255), 0.62 * radius), 0.5)
    opened = _cv.dilate(solid, _disc(1.2 * radius))
    lost = ((alpha > 127) & (opened < 0.5)).astype(np.uint8)
    lost = _cv.dilate(lost, _disc(2.6 * radius)).astype(np.float32)
    out = np.minimum(alpha, np.maximum(_filters.gaussian(lost, 1), solid) * np.float32(255) + np.float32(0.5))
    return np.asarray(out, np.uint8)


def _disc(radius: float) -> U8:
    size = 2 * max(1, round(radius)) + 1
    return np.asarray(_cv.getStructuringElement(_cv.MORPH_ELLIPSE, (size, size)))


# -- colours


def _commonest(colour: U8, parts: U8, alpha: U8) -> U8:
    """(256, 3) the colour that most of a part has."""
    table = np.zeros((256, 3), np.uint8)
    whole = (parts > 0) & (alpha > 250)
    numbers = parts[whole].astype(np.int64)
    rgb = colour[whole][:, :3].astype(np.int64)
    # 5 bits a channel: a fill that was mixed with itself a level away is still one colour
    codes = (numbers << 15) | (rgb[:, 0] >> 3 << 10) | (rgb[:, 1] >> 3 << 5) | (rgb[:, 2] >> 3)
    found, first, count = np.unique(codes, return_index=True, return_counts=True)
    order = np.argsort(count, kind="stable")
    table[found[order] >> 15] = rgb[first[order]]
    return table


@lru_cache(maxsize=4096)
def _pair(code: tuple[int, ...], vivid: float, shade: float) -> tuple[NDArray[Any], NDArray[Any]]:
    """A fill on the grid, and its shadow: darker, its hue towards violet, never grey."""
    fill = _on_grid(code, vivid)
    dark = _colour.shade(fill, 0.125 * shade, 285, 20)
    return tuple(np.rint(255 * c).astype(np.uint8) for c in (fill, dark))  # type: ignore[return-value]


def _on_grid(code: tuple[int, ...], vivid: float) -> _colour.RGB:
    light, chroma, hue = _colour.to_lch(np.array(code) / 255)
    light = round(light / _GRID_LIGHT) * _GRID_LIGHT
    chroma = round(chroma * vivid / _GRID_CHROMA) * _GRID_CHROMA
    return _colour.from_lch(min(light, 0.98), chroma, round(hue / _GRID_HUE) * _GRID_HUE)


def _snapped(colour: U8, look: Look) -> U8:
    """Strokes in the palette's vividness."""
    if look.vivid == 1:
        return np.ascontiguousarray(colour[..., :3])
    rgb = np.ascontiguousarray(colour[..., :3])
    grey = _bytes.three(_bytes.grey(rgb))
    return _bytes.blend(rgb, look.vivid, grey, 1 - look.vivid)


@lru_cache(maxsize=8)
def _dimmer(shade: float) -> U8:
    """What shade leaves of red, green and blue: (256, 1, 3)."""
    through = 1 + (np.array([0.66, 0.60, 0.72]) - 1) * min(shade, 2.0)
    return np.rint(np.arange(256)[:, None, None] * through).astype(np.uint8)


def _mixed(a: U8, b: U8, share: F32) -> U8:
    """a, and b where the share is 1."""
    return _bytes.crossed(np.ascontiguousarray(a), np.ascontiguousarray(b), 1 - share, share)


def _premultiplied(rgb: U8, alpha: U8) -> U8:
    planes = _bytes.times(rgb, _bytes.three(alpha))
    return _bytes.joined([*(_cv.extractChannel(planes, n) for n in range(3)), alpha])


# -- faces


def face(rgba: U8, maps: Maps, look: Look) -> U8:
    """A face: features as they are drawn; what is soft (blush) is a spot of one colour and strength."""
    assert maps.parts is not None
    flat = rgba if maps.flat is None else maps.flat
    feature = _cv.dilate((maps.parts > 0).astype(np.uint8), np.ones((3, 3), np.uint8))
    soft = np.where(feature[..., None] > 0, 0, flat).astype(np.float32)
    warmth = np.maximum(soft[..., 0] - soft[..., 2], 0)
    strongest = float(warmth.max(initial=0))
    out = np.where(feature[..., None] > 0, flat, 0).astype(np.uint8)
    if strongest < _WARM:
        return out
    reach = _filters.px(4, look.unit)
    around = _filters.box((feature == 0).astype(np.float32), reach, 2)
    level = _filters.box(np.ascontiguousarray(warmth), reach, 2) / np.maximum(around, np.float32(0.08))
    spot = _edges.hard(np.asarray(level, np.float32), 0.42 * strongest, 0.5)
    inside = warmth > 0.5 * strongest
    colour = np.append(soft[inside][:, :3].sum(0) / soft[inside][:, 3].sum(), 1) * (255 * _BLUSH)
    under = np.minimum(spot, 1)[..., None] * colour.astype(np.float32)
    rest = np.float32(1) - flat[..., 3:] * np.float32(1 / 255) * feature[..., None]
    return np.asarray(np.clip(out + under * rest + np.float32(0.5), 0, 255), np.uint8)

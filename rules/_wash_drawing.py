"""Watercolour on a drawing, minted once: washes with borders of their own, gaps, bleeding, wobbling outlines.

Everything is worked out in luminous tones, as the frame hook will show them, and lowered again at the
end. Figures keep their washes apart by the map of parts; plates are simplified into washes first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _noise, _wash
from rules._noise import Window

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]


@dataclass(frozen=True)
class Brush:
    """How a kind of drawing is painted; lengths are px of 1080 lines.

    wobble: reach of the outline's wobble. simple: radius of the simplification. lost: share of a plate's
    detail that may vanish in places. turbulence, edge, pool, gap, bleed: weights. stepped: how far tones
    are drawn to those of glazes. line: how far the contour is broken. scale: of the turbulence.
    """

    wobble: float
    simple: float
    lost: float
    turbulence: float
    edge: float
    pool: float
    gap: float
    bleed: float
    stepped: float
    line: float
    scale: float


_PLATE_LIKE = 4  #: a brush that simplifies this far paints from colours, not from parts

FIGURE = Brush(
    wobble=1.3, simple=0, lost=0, turbulence=0.8, edge=1, pool=0.34,
    gap=0.75, bleed=0.55, stepped=0, line=0.62, scale=0.4,
)  # fmt: skip
FACE = Brush(
    wobble=0.3, simple=0, lost=0, turbulence=0.16, edge=0.18, pool=0.05,
    gap=0, bleed=0, stepped=0, line=0.15, scale=0.4,
)  # fmt: skip
PROP = Brush(
    wobble=1.6, simple=1.6, lost=0, turbulence=0.55, edge=0.7, pool=0.22,
    gap=0.7, bleed=0.5, stepped=0, line=0.5, scale=0.6,
)  # fmt: skip
PLATE = Brush(
    wobble=2.4, simple=6, lost=0.8, turbulence=0.9, edge=1.3, pool=0,
    gap=0.8, bleed=0.9, stepped=0.6, line=0, scale=1,
)  # fmt: skip
CARD = Brush(
    wobble=0.7, simple=0, lost=0, turbulence=0.35, edge=0.5, pool=0.1,
    gap=0.2, bleed=0.2, stepped=0, line=0.2, scale=0.8,
)  # fmt: skip

BRUSHES = {"figure": FIGURE, "face": FACE, "prop": PROP, "plate": PLATE, "card": CARD}

_TONES = (1.00, 0.88, 0.74, 0.59, 0.44, 0.30, 0.18)  #: of the glazes, light to dark, in luminous tones
_CUTS = (0.93, 0.80, 0.66, 0.51, 0.36, 0.23)
_FINE = 4095  #: steps of the table that lowers tones again


@dataclass(frozen=True)
class Ground:
    """The ground that a drawing is painted on: its window, px for one px of 1080 lines, the seed, the lift."""

    window: Window
    unit: float
    seed: int
    lift: float


def painted(rgba: U8, parts: U8 | None, brush: Brush, ground: Ground) -> U8:
    """Premultiplied RGBA -> the same drawing in watercolour."""
    rows, columns = _occupied(rgba, _filters.px(8, ground.unit))
    height, width = rows.stop - rows.start, columns.stop - columns.start
    if (height, width) == rgba.shape[:2]:
        return _painted(rgba, parts, brush, ground)
    left, top = ground.window.left + columns.start, ground.window.top + rows.start
    cut = np.ascontiguousarray(rgba[rows, columns])
    ids = None if parts is None else np.ascontiguousarray(parts[rows, columns])
    out = np.zeros_like(rgba)
    out[rows, columns] = _painted(cut, ids, brush, replace(ground, window=Window(left, top, width, height)))
    return out


def _occupied(rgba: U8, margin: int) -> tuple[slice, slice]:
    """Rows and columns that have paint, and a margin for the wobble."""
    spans = []
    for axis in (1, 0):
        filled = np.flatnonzero(rgba[..., 3].max(axis))
        spans.append(slice(max(0, int(filled[0]) - margin), min(rgba.shape[1 - axis], int(filled[-1]) + 1 + margin)))
    return spans[0], spans[1]


def _painted(rgba: U8, parts: U8 | None, brush: Brush, ground: Ground) -> U8:
    reach = 3 if brush.simple < _PLATE_LIKE else 6
    colour = _bytes.table(_filters.straight(rgba, _filters.px(reach, ground.unit)), _raising(ground.lift))
    if brush.simple >= _PLATE_LIKE:
        washes, alpha, density = _plate_washes(colour, brush, ground)
    else:
        washes, alpha, density = _part_washes(colour, parts, brush, ground)
    unit = brush.scale * ground.unit
    density += np.float32(brush.turbulence) * _wash.turbulence(ground.window, unit, ground.seed + 20)
    drift = _wash.cloud(ground.window, 160 * unit, 3, ground.seed + 25)
    paint = _wash.dense(washes, density)
    warm = np.float32(0.05 * brush.turbulence) * drift
    paint[..., 0] *= 1 + warm
    paint[..., 2] *= 1 - warm
    return _lowered(paint, alpha, ground)


# -- plates: from their colours


def _plate_washes(colour: U8, brush: Brush, ground: Ground) -> tuple[F32, F32, F32]:
    """(RGB, alpha, density) of a plate: broad washes that run together, and over them what the brush drew, which
    misses them a little, as a brush misses the pencil, and is lost in places."""
    unit, seed, window = ground.unit, ground.seed, ground.window
    near = _filters.flattened(np.ascontiguousarray(colour[..., :3]), _filters.px(4.5, unit), 20, 2)
    broad = _broad(near, brush, unit)
    wet = _wash.wet(window, unit, seed + 9, brush.bleed * 0.42)
    places = _wash.wobble(window, unit, seed + 1, brush.wobble)
    alpha = _filters.read_at(np.ascontiguousarray(colour[..., 3]), *places).astype(np.float32) * np.float32(1 / 255)
    lost = brush.lost * np.clip(0.35 + 2.4 * _wash.cloud(window, 210 * unit, 3, seed + 12), 0, 1)
    soft = np.clip(0.22 + 0.55 * lost + 0.75 * wet, 0, 0.92)
    washes = _filters.read_at(_mixed(near, broad, soft), *places)
    stepped, density = _glazes(_luma(washes), brush, ground, wet)
    detail = np.clip(_bytes.grey(broad).astype(np.float32) - _bytes.grey(near), -40, 60) * (soft * (1 - lost))
    drawn = _filters.read_at(detail, *_wash.wobble(window, unit, seed + 5, 0.6 * brush.wobble))
    density += np.float32(1 / 42) * drawn
    density += _pigment_lines(stepped, brush, ground) * (1 - np.clip(1.2 * wet, 0, 1))
    density += _rim(alpha, brush, ground)
    density += brush.bleed * _backruns(ground)
    return washes, alpha, density


def _broad(rgb: U8, brush: Brush, unit: float) -> U8:
    """Washes without detail, at half the size: only what stands out strongly keeps a border."""
    height, width = rgb.shape[:2]
    half = _filters.resized(rgb, max(1, width // 2), max(1, height // 2))
    half = _filters.flattened(half, _filters.px(brush.simple, unit), 55, 3)
    whole = _bytes.with_fourth(_filters.resized(half, width, height))
    return _bytes.without_fourth(_filters.soft_kuwahara(whole, _filters.px(2.4, unit)))


def _glazes(luma: F32, brush: Brush, ground: Ground, wet: F32) -> tuple[F32, F32]:
    """Luma drawn to the tones of glazes, and the density that does so."""
    unit, seed, window = ground.unit, ground.seed, ground.window
    tremble = 0.045 * _wash.cloud(window, 60 * unit, 4, seed + 10)
    at = luma + tremble + 0.012 * _wash.cloud(window, 8 * unit, 2, seed + 11)
    tone = np.full_like(luma, _TONES[0])
    for cut, upper, lower in zip(_CUTS, _TONES[:-1], _TONES[1:], strict=True):
        tone -= np.float32(upper - lower) * np.clip((cut - at) * np.float32(1 / 0.018) + 0.5, 0, 1)
    share = np.float32(brush.stepped) * (1 - np.clip(1.3 * wet, 0, 1))
    stepped = luma + (tone - luma) * share
    return stepped, np.clip((luma - stepped) / np.maximum(luma * (1 - luma), 0.06), -0.7, 0.7)


def _pigment_lines(tone: F32, brush: Brush, ground: Ground) -> F32:
    """Pigment on the dark side of each border, and gaps of paper on the light side, both broken."""
    unit, seed, window = ground.unit, ground.seed, ground.window
    thin = _filters.gaussian(tone, 1.7 * unit) - tone
    broad = _filters.box(tone, _filters.px(9, unit), 2) - tone
    holds = _wash.broken(window, 46 * unit, seed + 13, 0.5, 1.6)
    lines = np.clip(thin - 0.006, 0, 0.2) * 14 * holds + np.clip(broad - 0.015, 0, 0.25) * 1.5
    gaps = np.clip(-thin - 0.03, 0, 0.14) * np.clip(_wash.cloud(window, 34 * unit, 2, seed + 14) * 5 - 1.6, 0, 1)
    return np.asarray(brush.edge * np.minimum(lines, 0.9) - 9 * brush.gap * gaps, np.float32)


def _rim(alpha: F32, brush: Brush, ground: Ground) -> F32:
    """Pigment along the silhouette."""
    if alpha.min() > 0.99:
        return np.zeros_like(alpha)
    distance = _filters.inner_distance(alpha > 0.5)
    holds = _wash.broken(ground.window, 60 * ground.unit, ground.seed + 15, 0.5, 1.6)
    return np.asarray(0.55 * brush.edge * _wash.from_edges(distance, ground.unit) * holds, np.float32)


def _backruns(ground: Ground) -> F32:
    """Rare: in about every fourth square of a third of a picture's width, counted from the drawing's origin."""
    window, unit, seed = ground.window, ground.unit, ground.seed
    total = np.zeros((window.height, window.width), np.float32)
    step = 640 * unit
    columns = range(int(window.left // step) - 1, int((window.left + window.width) // step) + 2)
    rows = range(int(window.top // step) - 1, int((window.top + window.height) // step) + 2)
    for column, row in product(columns, rows):
        if _noise.chance(seed, column, row, 31) > 0.28:
            continue
        x = (column + _noise.chance(seed, column, row, 32)) * step - window.left
        y = (row + _noise.chance(seed, column, row, 33)) * step - window.top
        size = (34 + 90 * _noise.chance(seed, column, row, 34) ** 2) * unit
        total += _wash.bloom(window, unit, (x, y), size, seed + 40 + 7 * column + row)
    return total


# -- figures and props: from their parts


def _part_washes(colour: U8, parts: U8 | None, brush: Brush, ground: Ground) -> tuple[F32, F32, F32]:
    """(RGB, alpha, density) of a drawing whose washes are its parts."""
    unit, seed, window = ground.unit, ground.seed, ground.window
    if brush.simple:
        smooth = _filters.soft_kuwahara(colour, _filters.px(brush.simple, unit))
        smooth[..., 3] = colour[..., 3]
        colour = smooth
    places = _wash.wobble(window, unit, seed + 1, brush.wobble)
    colour = _filters.read_at(colour, *places)
    ids = (colour[..., 3] > 127).astype(np.uint8) if parts is None else _filters.read_at(parts, *places, nearest=True)
    alpha = colour[..., 3].astype(np.float32) * np.float32(1 / 255)
    distance = _to_borders(ids)
    wet = _wash.wet(window, 0.6 * unit, seed + 9, 0.34 * brush.bleed)
    near = np.exp(distance * np.float32(-1 / (7 * unit)))
    washes = _mixed(colour, _filters.box(colour, _filters.px(4, unit), 2), 0.85 * wet * near)
    holds = _wash.broken(window, 34 * unit, seed + 4, 0.5, 1.6)
    # where many small parts crowd, lines of pigment would only make dirt
    room = np.clip(_filters.box(distance, _filters.px(7, unit)) * np.float32(1 / (5 * unit)), 0.25, 1)
    density = brush.edge * _wash.from_edges(distance, unit) * holds * room * (1 - wet)
    density += _weights(seed, brush)[ids]
    density += brush.pool * _pooled(ids, unit)
    gap = np.clip((_wash.cloud(window, 26 * unit, 2, seed + 5) - 0.30) * 6, 0, 1)
    density -= 2.0 * brush.gap * gap * np.clip(1.6 - distance * np.float32(1 / unit), 0, 1) * room
    if parts is not None:  # what has paint and no part is the contour: a line that the hand lifts here and there
        alpha = np.where(ids == 0, alpha * (1 - brush.line * (1 - holds)), alpha)
    return washes, np.asarray(alpha, np.float32), np.asarray(density, np.float32)


def _to_borders(ids: U8) -> F32:
    """Px from each pixel to the nearest border between parts."""
    inside = np.ones(ids.shape, np.bool_)
    across, down = ids[:, 1:] == ids[:, :-1], ids[1:] == ids[:-1]
    inside[:, 1:] &= across
    inside[:, :-1] &= across
    inside[1:] &= down
    inside[:-1] &= down
    return _filters.inner_distance(inside)


def _weights(seed: int, brush: Brush) -> F32:
    """A little more or less pigment in each part."""
    return np.asarray((_noise.unit(np.arange(256), 7, seed) - 0.5) * np.float32(0.34 * brush.turbulence), np.float32)


def _pooled(ids: U8, unit: float) -> F32:
    """-0.5 to 1: a wash is thin at its top and pools at its foot."""
    reach = _filters.px(9, unit)
    foot, top = np.zeros(ids.shape, np.uint8), np.zeros(ids.shape, np.uint8)
    if reach < len(ids):
        differ = (ids[reach:] != ids[:-reach]).astype(np.uint8) * 255
        foot[:-reach], top[reach:] = differ, differ
    plane = foot.astype(np.float32) - np.float32(0.5) * top
    return np.asarray(_filters.box(plane, reach, 2) * np.float32(1 / 255))


# -- tones


@lru_cache(maxsize=8)
def _raising(lift: float) -> U8:
    table = np.tile(np.rint(255 * _wash.lifted(np.arange(256) / 255, lift))[:, None], (1, 4)).astype(np.uint8)
    table[:, 3] = np.arange(256)
    return table.reshape(256, 1, 4)


@lru_cache(maxsize=8)
def _lowering(lift: float) -> F32:
    tone = np.linspace(0, 1, 2 * _FINE)
    return np.interp(np.linspace(0, 1, _FINE + 1), _wash.lifted(tone, lift), tone).astype(np.float32)


def _lowered(paint: F32, alpha: F32, ground: Ground) -> U8:
    """Luminous tones -> those of the scene, premultiplied, dithered."""
    at = np.clip(paint * np.float32(_FINE), 0, _FINE).astype(np.uint16)
    tone = _lowering(ground.lift).take(at)
    w = ground.window
    columns, rows = np.arange(w.left, w.left + w.width), np.arange(w.top, w.top + w.height)
    dither = _noise.unit(columns[None, :], rows[:, None], ground.seed)[..., None]
    out = np.empty((*alpha.shape, 4), np.uint8)
    out[..., 3] = np.rint(255 * alpha)
    tone *= out[..., 3:].astype(np.float32)
    out[..., :3] = np.minimum(tone + dither, out[..., 3:])
    return out


def _luma(colour: F32) -> F32:
    return np.asarray(0.299 * colour[..., 0] + 0.587 * colour[..., 1] + 0.114 * colour[..., 2], np.float32)


def _mixed(colour: U8, soft: U8, weight: F32) -> F32:
    """RGB of two pictures as float 0 to 1, mixed."""
    first = colour[..., :3].astype(np.float32)
    first += (soft[..., :3].astype(np.float32) - first) * weight[..., None]
    return np.asarray(first * np.float32(1 / 255), np.float32)

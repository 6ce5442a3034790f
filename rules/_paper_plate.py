"""Plates out of paper: sheets of few tones, cut a little off the line, each above the other by as much as they differ.

A plate is a plane of heights. Where its painter says which pieces lie on which, those count; within a piece, tones do:
on the ground and in the sky what is lighter lies above, on what stands up what is darker does, but for thin dark lines,
which are gaps. Shadows and lit edges follow from heights, moved the way that light falls. Lengths are px of 1080 lines,
times `Look.unit`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _noise, _paper, _paper_pieces, _vector_plate
from rules._paper import Look
from studio.rule import Maps

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_SHEET = 10  #: levels of height that one sheet is above another
#: how far each shadow falls, and the levels of height that it takes: the larger the gap, the longer the shadow
CASTS = ((2.4, 3), (6.0, 6), (11.0, 15), (19.0, 34))
_GAP = 7.0  #: width of a dark line that is a gap between pieces
_FLAT = 7.0  #: over which tones without detail are evened, so that sheets have smooth borders
_CROWD, _CROWDED = 14.0, 125  #: over which borders are counted, and how many of 255 px may lie on one
_CROWDED_SMALL = 220  #: the same of a small picture at most
_SNIP = 30.0  #: length of a cut
_LIGHT = 70.0  #: over which light may change within a sheet
_LEVELS = (9, 12, 16, 21, 28)  #: levels of luma from sheet to sheet


def ground(rgba: U8, maps: Maps, look: Look, seed: int) -> U8:
    """A plate or a card in sheets of paper."""
    assert maps.parts is not None
    height, width = rgba.shape[:2]
    unit, letters = look.unit, maps.role == "card"
    window = _noise.Window(maps.left, maps.top, width, height)
    straight = _filters.straight(rgba, _filters.px(3, unit))
    parts, alpha = maps.parts, np.ascontiguousarray(rgba[..., 3])
    colour = straight if letters else _simple(straight, unit)
    up = letters or maps.top > 0 or _vector_plate.is_sky(alpha, parts)
    if look.facets and not letters:
        places = _snips(window, look, seed, up)
        colour = _filters.read_at(colour, *places)
        alpha = _filters.read_at(alpha, *places)
        parts = _filters.read_at(parts, *places, nearest=True)
    alpha = alpha if letters else _vector_plate.firm(alpha, max(round(1080 * unit), 1))
    rgb = _paper.crafted(_bytes.without_fourth(colour), look.craft)
    grey = _bytes.grey(rgb)
    if letters:
        sheet, flat, step = grey, grey, 64
    elif up:
        sheet, flat, step = _sheets(grey, alpha, window, look, seed)
    else:
        sheet, flat, step = _standing(grey, alpha, parts, look)
    paint = _toned(rgb, grey, _bytes.blend(flat, 1 - look.form, grey, look.form))
    level = _heights(sheet, grey, step, up, unit)
    shadow, lit, dark = relief(level, parts, look)
    paper = _papered(window, sheet, parts, (look, seed))
    paper = _bytes.times(paper, _cv.convertScaleAbs(dark, alpha=-0.26 * look.edge, beta=255))
    out = _bytes.with_fourth(_paper.times_sheet(paint, paper))
    out = _bytes.times(out, _paper.let_through(shadow, 0.85 * look.shadow))
    out = _bytes.plus(out, _bytes.four(_cv.convertScaleAbs(lit, alpha=0.24 if look.torn else 0.21 * look.edge)))
    return _mounted(out, alpha, look, hangs=not (up or letters))


def _simple(rgba: U8, unit: float) -> U8:
    """Grain gone, pieces flat, borders kept."""
    size = 5 if unit > 0.6 else 3
    rgb = _cv.medianBlur(np.ascontiguousarray(rgba[..., :3]), size)
    return _filters.soft_kuwahara(_bytes.with_fourth(rgb), _filters.px(2.0, unit))


def _snips(window: _noise.Window, look: Look, seed: int, up: bool) -> tuple[F32, F32]:
    """Where to read, so that borders run in straight snips that stray from the line; what stands up was ruled."""
    cell = max((_SNIP if up else 2 * _SNIP) * look.unit, 3.0)
    most = np.float32((0.9 if up else 0.45) * look.facets * look.unit)
    rows = np.arange(window.height, dtype=np.float32)[:, None]
    columns = np.arange(window.width, dtype=np.float32)[None, :]
    return columns + most * straying(window, cell, seed + 3), rows + most * straying(window, cell, seed + 4)


def straying(window: _noise.Window, cell: float, seed: int) -> F32:
    """Noise in -1 to 1 that is straight between points of a lattice on the drawing's origin."""
    left, top = int(np.floor(window.left / cell)) - 1, int(np.floor(window.top / cell)) - 1
    columns = np.arange(left, int(np.ceil((window.left + window.width) / cell)) + 2)
    rows = np.arange(top, int(np.ceil((window.top + window.height) / cell)) + 2)
    lattice = _noise.unit(columns[None, :], rows[:, None], seed) * np.float32(2) - np.float32(1)
    matrix = np.array([[1 / cell, 0, window.left / cell - left], [0, 1 / cell, window.top / cell - top]], np.float64)
    how = _cv.INTER_LINEAR | _cv.WARP_INVERSE_MAP
    return np.asarray(
        _cv.warpAffine(lattice, matrix, (window.width, window.height), flags=how, borderMode=_cv.BORDER_REPLICATE)
    )


# -- tones


def _sheets(grey: U8, alpha: U8, window: _noise.Window, look: Look, seed: int) -> tuple[U8, U8, int]:
    """The number of the sheet that each pixel of a ground or a sky is cut from, its tone, the levels between two."""
    unit = look.unit
    even = _filters.box(grey.astype(np.float32), _filters.px(0.5 * _FLAT, unit), 2)
    away = np.abs(even - grey)
    busy = np.clip(_filters.box(away, _filters.px(2, unit)) * np.float32(0.5) - np.float32(0.4), 0, 1)
    smooth = even + (grey - even) * busy
    step = _step(grey, alpha, look)
    hand = _noise.field(window, max(64 * unit, 3), 2, seed + 8, (4, 1)) * np.float32(0.5 * step)
    sheet = np.clip((smooth + hand) * np.float32(1 / step), 0, 255).astype(np.uint8)
    sheet = _paved(sheet, unit) if window.top > 0 else _whole(_opened(sheet, 5.0 * unit, 3.6 * unit), unit)
    return sheet, _cv.blur(_cv.convertScaleAbs(sheet, alpha=step, beta=0.5 * step), (3, 3)), step


def _standing(grey: U8, alpha: U8, parts: U8, look: Look) -> tuple[U8, U8, int]:
    """The same of what stands up: a piece is one sheet, but for what differs much from the rest of it.

    Light that falls off broadly over it stays, for that is no paper.
    """
    step = _step(grey, alpha, look)
    numbers = parts.ravel()
    mean = np.bincount(numbers, grey.ravel(), 256) / np.maximum(np.bincount(numbers, minlength=256), 1)
    own = mean.astype(np.float32)[parts]
    off = grey - own
    light = _broad(off, look.unit)
    base = np.rint(mean / step).astype(np.float32)[parts]
    off = (off - light) * np.float32(1 / step)
    least = np.float32(0.72)
    steps = np.sign(off) * np.rint(np.maximum(np.abs(off) - least, 0) + np.float32(0.5) * (np.abs(off) > least))
    sheet = _whole(np.clip(base + steps, 0, 255).astype(np.uint8), look.unit)
    flat = own + np.float32(0.9) * light + np.float32(step) * (sheet - base)
    return sheet, _cv.blur(np.clip(flat, 0, 255).astype(np.uint8), (2, 2)), step


def _broad(off: F32, unit: float) -> F32:
    """What of a plane changes over a long way."""
    height, width = off.shape
    small = _filters.resized(off, max(1, width // 8), max(1, height // 8))
    return _filters.resized(_filters.box(small, _filters.px(_LIGHT / 8, unit), 2), width, height)


def _step(grey: U8, alpha: U8, look: Look) -> int:
    """The levels from sheet to sheet: of a few sizes, so that another window seldom changes it."""
    seen = grey[::4, ::4][alpha[::4, ::4] > 127]
    low, high = np.percentile(seen, (3, 97)) if seen.size else (0, 255)
    return min(_LEVELS, key=lambda each: abs(each - (high - low + 30) / look.sheets))


def _paved(sheet: U8, unit: float) -> U8:
    """A ground without the gaps that crowd far away."""
    crowd = _cv.compare(_cv.morphologyEx(sheet, _cv.MORPH_GRADIENT, np.ones((3, 3), np.uint8)), 0, _cv.CMP_GT)
    # borders are as wide in a small picture as in a large one, and so fill more of it
    most = min(_CROWDED / min(unit, 1), _CROWDED_SMALL)
    crowded = _cv.compare(_filters.box(crowd, _filters.px(_CROWD, unit), 2), most, _cv.CMP_GT)
    out = sheet.copy()
    _cv.copyTo(_opened(sheet, 12 * unit, 8 * unit), crowded, out)
    return out


def _opened(sheet: U8, gap: float, strip: float) -> U8:
    """Without dark gaps and without light strips that are thinner than so many px."""
    for how, width in ((_cv.MORPH_CLOSE, gap), (_cv.MORPH_OPEN, strip)):
        size = 2 * round(0.5 * width) + 1
        around = _cv.getStructuringElement(_cv.MORPH_ELLIPSE, (size, size))
        sheet = _cv.morphologyEx(sheet, how, around)
    return sheet


def _whole(sheet: U8, unit: float) -> U8:
    """Sheets without crumbs."""
    size = 2 * round(1.6 * unit) + 1
    return sheet if size < 3 else np.asarray(_cv.medianBlur(sheet, min(size, 7)))


def _toned(rgb: U8, grey: U8, tone: U8) -> U8:
    """Colours with another luma, their hue kept."""
    more = _bytes.three(_cv.convertScaleAbs(_bytes.minus(tone, grey)))
    less = _cv.divide(tone, _bytes.at_least(_bytes.most(grey, tone), 1), scale=255)
    return _bytes.plus(_bytes.times(rgb, _bytes.three(less)), more)


# -- heights


def _heights(sheet: U8, grey: U8, step: int, up: bool, unit: float) -> U8:
    """Which sheet lies how high."""
    if up:
        return np.asarray(_cv.convertScaleAbs(sheet, alpha=_SHEET))
    size = 2 * max(1, round(0.5 * _GAP * unit)) + 1
    around = _cv.getStructuringElement(_cv.MORPH_ELLIPSE, (size, size))
    closed = _cv.morphologyEx(sheet, _cv.MORPH_CLOSE, around)
    level = _cv.convertScaleAbs(_bytes.minus(np.full_like(sheet, 25), closed), alpha=_SHEET)
    gaps = _bytes.minus(closed, sheet)
    return _bytes.minus(level, _cv.convertScaleAbs(gaps, alpha=2 * _SHEET))


def relief(level: U8, parts: U8, look: Look) -> tuple[U8, U8, U8]:
    """(shadow, lit edges, dark edges) of sheets at their heights; pieces of a higher number lie on others."""
    unit = look.unit
    shadow = np.zeros_like(level)
    whole = parts.max() > parts.min()
    for length, least in CASTS:
        x, y = (round(length * unit * a) for a in _paper.AWAY)
        if not (x or y):
            continue
        higher = _cv.convertScaleAbs(
            _bytes.minus(by(level, x, y), _bytes.plus(level, np.full_like(level, least))), alpha=16
        )
        if whole:
            _cv.copyTo(_on(parts, x, y, least), _differ(parts, x, y), higher)
        higher = _bytes.least(higher, np.full_like(level, 84 if least > 3 else 96))
        shadow = _bytes.plus(shadow, _paper.soft(higher, 0.45 * length * unit + 1))
    edge = max(1, round(1.3 * unit)), max(1, round(1.7 * unit))
    lit, dark = (_edge(level, parts, sign * edge[0], sign * edge[1], whole) for sign in (1, -1))
    if look.torn:
        lit = _bytes.most(lit, lip(level, look.torn * unit, 14))
    weight = min(1.0, 0.3 + 0.8 * unit)
    return shadow, *(_cv.convertScaleAbs(_cv.blur(p, (2, 2)), alpha=1.2 * weight) for p in (lit, dark))


def lip(level: U8, width: float, least: int) -> U8:
    """The white core of torn sheets, along the border of what lies higher by more than `least`; crumbs have none."""
    size = 2 * max(1, round(0.5 * width)) + 1
    around = _cv.getStructuringElement(_cv.MORPH_ELLIPSE, (size, size))
    large = _cv.morphologyEx(_cv.morphologyEx(level, _cv.MORPH_OPEN, around), _cv.MORPH_CLOSE, around)
    step = _bytes.minus(large, _cv.erode(large, around))
    return np.asarray(_cv.convertScaleAbs(_bytes.minus(step, np.full_like(level, least)), alpha=30))


def by(plane: U8, x: int, y: int) -> U8:
    """A plane moved by whole px; its border goes on."""
    height, width = plane.shape
    wide = _cv.copyMakeBorder(plane, max(y, 0), max(-y, 0), max(x, 0), max(-x, 0), _cv.BORDER_REPLICATE)
    return np.ascontiguousarray(wide[max(-y, 0) : max(-y, 0) + height, max(-x, 0) : max(-x, 0) + width])


def _differ(parts: U8, x: int, y: int) -> U8:
    return np.asarray(_cv.compare(by(parts, x, y), parts, _cv.CMP_NE))


def _on(parts: U8, x: int, y: int, least: int) -> U8:
    """255 where what casts the shadow is a piece on another; numbers begin again after 255."""
    if least > 2 * _SHEET:
        return np.zeros_like(parts)
    ahead = by(parts, x, y) - parts
    return np.asarray(_cv.compare(ahead - np.uint8(1), 126, _cv.CMP_LE))


def _edge(level: U8, parts: U8, x: int, y: int, whole: bool) -> U8:
    """How far a pixel is on the border of a sheet, on the side that (-x, -y) points to."""
    found = _cv.convertScaleAbs(_bytes.minus(level, by(level, x, y)), alpha=12)
    if whole:
        behind = parts - by(parts, x, y)
        _cv.copyTo(_cv.compare(behind - np.uint8(1), 126, _cv.CMP_LE), _differ(parts, x, y), found)
    return np.asarray(found)


# -- paper


def _papered(window: _noise.Window, sheet: U8, parts: U8, how: tuple[Look, int]) -> U8:
    """The paper of each piece: one of the sheets, a little lighter or darker."""
    look, seed = how
    label = sheet * np.uint8(5) + parts * np.uint8(3)
    hashed = _noise.hashed(np.arange(256), 3, seed)
    out = _paper.laid(look.unit, look.paper, 0, window)
    for kind in range(1, _paper.KINDS):
        mine = np.asarray(hashed % _paper.KINDS == kind, np.uint8)
        _cv.copyTo(_paper.laid(look.unit, look.paper, kind, window), _bytes.table(label, mine), out)
    tint = np.rint(_paper.ONE * (1 + 0.07 * (_noise.unit(np.arange(256), 9, seed) - 0.5))).astype(np.uint8)
    return _bytes.times(out, _bytes.table(label, tint), 1 / _paper.ONE)


def _mounted(out: U8, alpha: U8, look: Look, hangs: bool) -> U8:
    """A plate with its own edge; one that stands casts a shadow on what is behind."""
    if alpha.min() == 255:
        out[..., 3] = 255
        return out
    out = _paper_pieces.edged(out, alpha, replace(look, edge=0.6 * look.edge))
    out = _bytes.times(out, _bytes.four(alpha))
    out[..., 3] = alpha
    return _paper_pieces.dropped(out, look) if hangs else out

"""Figures and props out of paper: each part is cut from a sheet of its own and laid on those beneath.

From the lowest part to the topmost: its outline is cut with scissors (Douglas and Peucker, 1973) or torn, it casts a
shadow that grows with how far what is beneath lies beneath, and it is laid down with its colour, its grain, the light
on its edge and a little curl. Lengths are px of 1080 lines, times `Look.unit`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _noise, _paper, _paper_brads
from rules._paper import Look
from studio.rule import Maps

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_UNDER = 4.0  #: how far a piece goes on beneath those that lie on it
_LEAST = 5  #: px of a piece that is worth cutting
_NEAR, _FAR = 3.2, 13.0  #: how far the shadow falls of a sheet that lies on another, and of one far above it
_DEEP = 7  #: sheets between two, from which on the gap grows no more
_EDGE = 2.0  #: thickness of a sheet, as its lit edge shows it
_CURL = 18.0  #: over which a border curls
_DROP = 18.0  #: how far a figure hangs before what is behind it
_EVEN = 0.45  #: how far a feature has one colour
_SEEN = 1.2  #: px of a lip that is seen whole
_STROKE = 16  #: levels by which paint within a part is another paper


class Stock(NamedTuple):
    """What pieces are cut from: parts, RGBX of fills as dyed paper, the mean of each part (256, 3), how far a pixel is
    a stroke of another paint, a factor of soft light (`ONE` is none), and the window on the drawing's ground."""

    parts: U8
    colour: U8
    fill: U8
    stroke: U8
    form: U8
    window: _noise.Window


def form(rgba: U8, maps: Maps, look: Look, seed: int) -> U8:
    """A figure or a prop out of paper."""
    box = _room(rgba[..., 3], 2 * _DROP * look.unit)
    stock = _stock(rgba, maps, box, look)
    height, width = stock.parts.shape
    out = np.zeros((height, width, 4), np.uint8)
    level = np.zeros((height, width), np.uint8)
    numbers = np.flatnonzero(np.bincount(stock.parts.ravel(), minlength=256)[1:] >= _LEAST) + 1
    for rank, number in enumerate(numbers.tolist()):
        _lay(out, level, stock, (number, rank + 1), look, seed)
    if look.brads and maps.role == "figure" and _stands(maps, rgba):
        origin = -float(stock.window.left), -float(stock.window.top)
        _paper_brads.pinned(out, stock.parts, numbers, origin, look)
    result = np.zeros_like(rgba)
    result[box] = dropped(out, look)
    return result


def _stands(maps: Maps, rgba: U8) -> bool:
    """Whether a drawing stands on its origin: a body, whose limbs turn on brads; a head hangs on its neck."""
    return bool(maps.top + rgba.shape[0] < 0.14 * rgba.shape[0])


def _room(alpha: U8, margin: float) -> tuple[slice, slice]:
    """The smallest box with all paint, and room about it."""
    spans = []
    for axis in (1, 0):
        filled = np.flatnonzero(alpha.max(axis))
        low, high = int(filled[0] - margin), int(filled[-1] + 1 + margin)
        spans.append(slice(max(low, 0), min(high, alpha.shape[1 - axis])))
    return spans[0], spans[1]


def _stock(rgba: U8, maps: Maps, box: tuple[slice, slice], look: Look) -> Stock:
    assert maps.parts is not None
    flat = rgba if maps.flat is None else maps.flat
    cut = np.ascontiguousarray(flat[box])
    parts = maps.parts[box].copy()
    parts[cut[..., 3] < 128] = 0  # the contour is ink, not paper
    window = _noise.Window(maps.left + box[1].start, maps.top + box[0].start, parts.shape[1], parts.shape[0])
    straight = np.ascontiguousarray(_filters.straight(cut, _filters.px(3, look.unit))[..., :3])
    lit = np.ascontiguousarray(_filters.straight(np.ascontiguousarray(rgba[box]), _filters.px(3, look.unit))[..., :3])
    fill = _means(straight, parts)
    colour = _paper.crafted(straight, look.craft)
    away = _cv.absdiff(straight, fill[parts])
    away = _bytes.weighed(away, (0.5, 0.6, 0.3))
    stroke = _cv.convertScaleAbs(_cv.medianBlur(_bytes.minus(away, np.full_like(away, _STROKE)), 3), alpha=16)
    grey = _bytes.grey(lit)
    tone = _means(_bytes.three(grey), parts)[..., 0]
    shade = grey.astype(np.float32) / np.maximum(tone[parts], 12)
    even = _filters.box(np.asarray(np.clip(shade, 0.4, 1.8), np.float32), _filters.px(2.5, look.unit))
    soft = np.clip(_paper.ONE * (1 + np.float32(look.form) * (even - 1)), 0, 255).astype(np.uint8)
    dyed = _paper.crafted(np.ascontiguousarray(fill[None]), look.craft)[0]
    return Stock(parts, _bytes.with_fourth(colour), dyed, stroke, soft, window)


def _means(rgb: U8, parts: U8) -> U8:
    """(256, 3) the mean colour of each part."""
    numbers = parts.ravel()
    count = np.maximum(np.bincount(numbers, minlength=256), 1)
    total = [np.bincount(numbers, rgb[..., n].ravel(), 256) / count for n in range(3)]
    return np.rint(np.stack(total, -1)).astype(np.uint8)


# -- one piece


def _lay(out: U8, level: U8, stock: Stock, which: tuple[int, int], look: Look, seed: int) -> None:
    """Cut a part, and lay it on what is there; which: its number, and how many sheets lie beneath."""
    number, rank = which
    inside = _cv.compare(stock.parts, number, _cv.CMP_EQ)
    x, y, width, height = _cv.boundingRect(inside)
    room = int((_FAR + 7) * look.unit) + 3
    left, top = max(x - room, 0), max(y - room, 0)
    box = np.s_[top : y + height + room, left : x + width + room]
    cover = _cut(inside[box], stock.parts[box], number, look)
    if look.torn:
        cover, core = _torn(cover, _part_of(stock.window, box), look, seed + number)
    _shade(out[box], level[box], cover, rank, look)
    paper = _piece(stock, box, cover, number, (look, seed))
    if look.torn:
        core = _bytes.four(core)
        paper = _bytes.plus(_bytes.times(paper, core), _bytes.times(_bytes.inverse(core), _white(paper)))
        paper[..., 3] = 255
    share = cover.astype(np.float32) * np.float32(1 / 255)
    out[box] = _bytes.crossed(np.ascontiguousarray(out[box]), paper, 1 - share, share)
    level[box][cover > 127] = rank


def _white(paper: U8) -> U8:
    """The core of torn paper, a little of its dye in it."""
    return _bytes.blend(paper, 0.30, np.full_like(paper, 232), 0.70)


def _part_of(window: _noise.Window, box: tuple[slice, slice]) -> _noise.Window:
    rows, columns = box
    width = min(columns.stop, window.width) - columns.start
    height = min(rows.stop, window.height) - rows.start
    return _noise.Window(window.left + columns.start, window.top + rows.start, width, height)


def _cut(inside: U8, parts: U8, number: int, look: Look) -> U8:
    """Cover of a piece: straight cuts of scissors, going on beneath what lies on it."""
    reach = _filters.px(_UNDER, look.unit)
    around = _cv.getStructuringElement(_cv.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    under = _cv.bitwise_and(_cv.dilate(inside, around), _cv.compare(parts, number, _cv.CMP_GT))
    whole = _cv.bitwise_or(inside, under)
    lines, _ = _cv.findContours(whole, _cv.RETR_CCOMP, _cv.CHAIN_APPROX_NONE)
    size = float(np.sqrt(_cv.countNonZero(inside))) / look.unit
    # a small piece is cut with more care
    miss = max(look.facets * look.unit * min(max(size / 70, 0.3), 1.5), 0.75)
    cuts = [_cv.approxPolyDP(line, miss, True) for line in lines if len(line) >= 4]
    cover = np.zeros_like(whole)
    if cuts:
        _cv.fillPoly(cover, cuts, 255, _cv.LINE_AA)
    else:
        cover = whole
    return np.asarray(cover)


def _torn(cover: U8, window: _noise.Window, look: Look, seed: int) -> tuple[U8, U8]:
    """Cover of a torn piece, and of its dye, which ends before it, but where it was torn towards the eye."""
    # a small piece has a narrow lip, or there would be nothing else of it
    width = min(look.torn * look.unit, 0.035 * float(np.sqrt(_cv.countNonZero(cover))))
    pale = np.float32(min(width / _SEEN, 1.0))  # narrower than a pixel it is less of it
    width = max(width, 0.4)
    field = _paper.soft(cover, 3 * width).astype(np.float32) * np.float32(1 / 255)
    rough = _noise.field(window, max(7 * look.unit, 1.5), 3, seed)
    slow = _noise.field(window, max(26 * look.unit, 2), 2, seed + 7)
    sharp = np.float32(max(2.5 * width, 3.0))  # or what is well inside would not be all dye
    edge = np.clip((field - np.float32(0.44) + np.float32(0.16) * rough) * sharp + np.float32(0.5), 0, 1)
    wander = (np.float32(0.5) * slow + np.float32(0.12) * rough) * np.clip(4 - 4 * field, 0, 1)
    core = 1 - pale * (1 - np.clip((field - np.float32(0.66) + wander) * sharp, 0, 1))
    return (np.float32(255) * edge).astype(np.uint8), (np.float32(255) * core).astype(np.uint8)


def _shade(out: U8, level: U8, cover: U8, rank: int, look: Look) -> None:
    """The shadow of a piece on what is beneath: the deeper that lies, the longer and softer."""
    if not look.shadow:
        return
    near = _paper.soft(_paper.moved(cover, _NEAR * look.unit), 2.4 * look.unit)
    far = _paper.soft(_paper.moved(cover, _FAR * look.unit), 8 * look.unit)
    gap = _cv.convertScaleAbs(_bytes.minus(np.full_like(level, rank), level), alpha=255 / _DEEP)
    deep = _bytes.times(far, gap, 0.62 / 255)
    shadow = _bytes.most(_bytes.times(near, _bytes.inverse(_bytes.times(gap, np.full_like(gap, 110)))), deep)
    out[:] = _bytes.times(np.ascontiguousarray(out), _paper.let_through(shadow, 0.92 * look.shadow))


def _piece(stock: Stock, box: tuple[slice, slice], cover: U8, number: int, how: tuple[Look, int]) -> U8:
    """RGBX of a piece: its sheet, its dye, what is stuck on it, its edge."""
    look, seed = how
    window = _part_of(stock.window, box)
    turn = int(8 * _noise.chance(seed, number, 1))
    shift = _noise.Window(
        window.left + int(_noise.chance(seed, number, 2) * 4096),
        window.top + int(_noise.chance(seed, number, 3) * 4096),
        window.width,
        window.height,
    )
    sheet = _paper.laid(look.unit, look.paper, int(_noise.chance(seed, number, 4) * _paper.KINDS), shift, turn)
    sheet = _bytes.times(sheet, np.ascontiguousarray(stock.form[box]), 1 / _paper.ONE)
    sheet = _curled(sheet, cover, look)
    stroke = np.ascontiguousarray(stock.stroke[box])
    stuck, bare = bool(stroke.max(initial=0)), sheet
    if stuck and look.shadow:
        cast = _paper.soft(_paper.moved(stroke, 2.4 * look.unit), 2.0 * look.unit)
        sheet = _bytes.minus(sheet, _cv.convertScaleAbs(cast, alpha=0.34 * min(look.shadow, 1.5)))
    tint = 1 + 0.055 * (2 * _noise.chance(seed, number, 5) - 1)
    planes = [_cv.convertScaleAbs(sheet, alpha=float(c) * tint / _paper.ONE) for c in stock.fill[number]]
    paper = _bytes.joined([*planes, np.full_like(sheet, 255)])
    if stuck:
        share = stroke.astype(np.float32) * np.float32(1 / 255)
        over = _bytes.times(np.ascontiguousarray(stock.colour[box]), _bytes.four(bare), 1 / _paper.ONE)
        over = edged(over, stroke, replace(look, edge=0.7 * look.edge))
        paper = _bytes.crossed(paper, over, 1 - share, share)
        paper[..., 3] = 255
    return edged(paper, cover, look)


def _curled(sheet: U8, cover: U8, look: Look) -> U8:
    """Borders bend a little to the eye: lighter towards the light, darker away from it."""
    if not look.curl:
        return sheet
    reach = _CURL * look.unit
    wide = _paper.soft(cover, reach)
    after, before = _paper.moved(wide, 0.4 * reach), _paper.moved(wide, -0.4 * reach)
    bent = _bytes.blend(before, 0.11 * look.curl, after, -0.11 * look.curl, 128)
    return _bytes.blend(sheet, 1, bent, 1, -128)


def edged(paper: U8, cover: U8, look: Look) -> U8:
    """The thickness of the sheet: lit towards the light, dark away from it."""
    if not look.edge:
        return paper
    width = _EDGE * look.unit
    strength = look.edge * min(1.0, 0.35 + 0.65 * width)
    width = max(width, 0.7)
    lit = _bytes.minus(cover, _paper.moved(cover, width))
    dark = _bytes.minus(cover, _paper.moved(cover, -width))
    less = _cv.convertScaleAbs(dark, alpha=-0.34 * strength, beta=255)
    paper = _bytes.times(paper, _bytes.joined([less, less, less, np.full_like(less, 255)]))
    return _bytes.plus(paper, _bytes.four(_cv.convertScaleAbs(lit, alpha=0.38 * strength)))


# -- faces


def face(rgba: U8, maps: Maps, look: Look, seed: int) -> U8:
    """A face: features keep their shapes and most of their light, and are stuck on as paper; a blush is chalk."""
    assert maps.parts is not None
    height, width = rgba.shape[:2]
    alpha = np.ascontiguousarray(rgba[..., 3])
    straight = np.ascontiguousarray(_filters.straight(rgba, _filters.px(2, look.unit))[..., :3])
    even = _means(straight, maps.parts)[maps.parts]
    share = (maps.parts > 0).astype(np.float32) * np.float32(_EVEN)
    colour = _paper.crafted(_bytes.crossed(even, straight, share, 1 - share), 0.6 * look.craft)
    window = _noise.Window(maps.left, maps.top, width, height)
    sheet = _paper.laid(look.unit, 0.7 * look.paper, seed, window, seed)
    paper = _bytes.with_fourth(_paper.times_sheet(colour, sheet))
    feature = _bytes.least(alpha, _cv.compare(_cv.dilate(maps.parts, np.ones((3, 3), np.uint8)), 0, _cv.CMP_GT))
    paper = edged(paper, feature, replace(look, edge=0.6 * look.edge))
    out = _bytes.times(paper, _bytes.four(alpha))
    out[..., 3] = alpha
    if not look.shadow:
        return out
    shadow = _paper.soft(_paper.moved(feature, 1.8 * look.unit), 2.0 * look.unit)
    under = _bytes.times(_cv.convertScaleAbs(shadow, alpha=0.34 * look.shadow), _bytes.inverse(alpha))
    planes = [_cv.convertScaleAbs(under, alpha=c) for c in (0.20, 0.09, 0.12)]
    return _bytes.plus(out, _bytes.joined([*planes, under]))


# -- the whole


def dropped(out: U8, look: Look) -> U8:
    """The whole with its shadow on whatever is behind: dark where it touches, soft where it hangs."""
    if not look.shadow:
        return out
    alpha = np.ascontiguousarray(out[..., 3])
    length = _DROP * look.unit
    close = _paper.soft(_paper.moved(alpha, 0.42 * length), 0.45 * length)
    wide = _paper.soft(_paper.moved(alpha, 1.05 * length), 1.1 * length)
    shadow = _bytes.most(
        _cv.convertScaleAbs(close, alpha=0.42 * look.shadow), _cv.convertScaleAbs(wide, alpha=0.36 * look.shadow)
    )
    shadow = _faded(shadow, _filters.px(5, look.unit))
    under = _bytes.times(shadow, _bytes.inverse(alpha))
    planes = [_cv.convertScaleAbs(under, alpha=c) for c in (0.10, 0.06, 0.13)]
    return _bytes.plus(out, _bytes.joined([*planes, under]))


def _faded(plane: U8, room: int) -> U8:
    """To nothing at the border of what can be painted."""
    height, width = plane.shape
    down, across = (np.minimum(np.arange(n), np.arange(n)[::-1]) / room for n in (height, width))
    ramp = np.clip(np.minimum(down[:, None], across[None, :]), 0, 1)
    return np.asarray(plane * ramp, np.uint8)

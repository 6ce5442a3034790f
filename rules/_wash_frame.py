"""Watercolour on the finished frame: the sheet of paper, and for footage the painting itself.

All that does not depend on the frame's pixels is made once for a size and a set of knobs (`planes`);
a frame then costs some forty operations on bytes. Densities are bytes too: 64 is none, 128 more is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _coldpress, _filters, _noise, _wash

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_WORK = 540  #: lines on which colours of footage are simplified; detail comes back from the tones
_NONE = 64  #: the byte for no density
_MOST = 172  #: at most 0.84 of density, or darks fall to black
#: tones of the glazes, light to dark, and where one ends and the next begins (luma of the lifted picture)
_TONES = np.array([1.00, 0.925, 0.81, 0.66, 0.495, 0.335, 0.20])
_CUTS = np.array([0.945, 0.835, 0.695, 0.545, 0.395, 0.255])


@dataclass(frozen=True)
class Look:
    """The knobs of `watercolor` that the frame hook reads."""

    pigment: float
    edge: float
    wobble: float
    paper: float
    bleed: float
    border: float
    lift: float


class Sheet(NamedTuple):
    """What every frame needs, uint8: density of the washes, weight of the valleys, colour of the paper with its
    relief (RGB, to multiply), what stays bare (RGB, to take the maximum with), and the table of tones."""

    density: U8
    valleys: U8
    paper: U8
    bare: U8 | None
    settles: U8
    tones: U8
    vivid: U8


class Hand(NamedTuple):
    """What footage needs besides: where tones step and where borders hold, a tremble on the tones,
    tables of tones and chroma (photographs have enough of it), wet and dry places, and where to read."""

    steps_hold: U8
    holds: U8
    tremble: U8
    steps: U8
    vivid: U8
    wet: F32
    dry: F32
    x: F32
    y: F32


@lru_cache(maxsize=3)
def sheet(width: int, height: int, look: Look, seed: int) -> Sheet:
    """The planes under every frame of this size."""
    grid = _coldpress.grid(width, height)
    washes = 0.62 * look.pigment * _wash.turbulence(grid, 1.0, seed + 10) + look.bleed * _blooms(grid, seed + 20)
    bare, line = _unpainted(grid, look.border, seed + 30)
    washes = washes + look.edge * line + 0.5 * (look.pigment - 1)
    density = _NONE / 255 + (washes - 0.07 * look.paper) * (128 / 255)
    # at 8K a plane of floats is 140 MB: a channel at a time
    density = _bytes.of(_coldpress.fitted(np.asarray(density, np.float32), width, height))
    paper = _coldpress.sheet(width, height, seed)
    drift = _coldpress.fitted(_noise.field(grid, 210, 3, seed + 40), width, height)  # warm here, cool there
    light = 1 + (paper.light - 1) * look.paper
    tints = zip(_coldpress.WHITE, (0.030, 0.0, -0.030), strict=True)
    colour = _bytes.joined([_bytes.of(w * light * (1 + s * drift)) for w, s in tints])
    mask = np.clip(_coldpress.fitted(bare, width, height), 0, 1) * light
    luma = np.arange(256) / 255
    return Sheet(
        density,
        _bytes.of(np.maximum(paper.valleys + 0.13, 0) * look.paper * 0.44),
        colour,
        _bytes.joined([_bytes.of(mask * w) for w in _coldpress.WHITE]) if look.border else None,
        _bytes.of(128 / 255 * np.clip(1.08 - luma, 0, 0.8)),
        _tone_table(look.lift),
        _vivid_table(look.lift),
    )


@lru_cache(maxsize=3)
def hand(width: int, height: int, look: Look, seed: int) -> Hand:
    """The planes that a painting after footage needs besides."""
    small = _working_size(width, height)
    grid = _coldpress.grid(width, height)
    fit = _coldpress.fitted
    wet = _wash.wet(grid, 1.0, seed + 50, 0.28 * look.bleed)
    soaked = np.asarray(0.75 * wet, np.float32)
    tremble = 0.030 * _noise.field(grid, 34, 3, seed + 51) + 0.022 * _noise.field(grid, 9, 2, seed + 52)
    places = _wash.wobble(grid, 1.0, seed + 53, 3.4 * look.wobble)
    ratios = (small[0] / grid.width, small[1] / grid.height)
    half = np.float32(0.5)  # the centre of a pixel
    x, y = (np.float32(r) * (fit(place, *small) + half) - half for place, r in zip(places, ratios, strict=True))
    holds = _wash.broken(grid, 40, seed + 55, 0.55, 1.5)
    return Hand(
        _bytes.of(fit(1 - np.clip(wet * 1.5, 0, 1), width, height)),
        _bytes.of(fit(holds, width, height)),
        _bytes.of(0.125 + fit(np.asarray(tremble, np.float32), width, height)),
        _glaze_table(),
        _vivid_table(0.35 * look.lift),
        fit(soaked, *small),
        fit(1 - soaked, *small),
        x,
        y,
    )


def painted(rgb: U8, look: Look, seed: int) -> U8:
    """A picture painted from its pixels alone: simplified, bled, wobbled, laid in glazes with dark borders."""
    height, width = rgb.shape[:2]
    under, brush = sheet(width, height, look, seed), hand(width, height, look, seed)
    colour = _bytes.without_fourth(_filters.resized(_simplified(rgb, under, brush, look), width, height))
    density = _glazed(colour, brush, under.density, look)
    out = np.empty_like(rgb)
    for rows in _filters.strips(height, width):
        out[rows] = _laid(colour[rows], density[rows], under, rows)
    return out


def _simplified(rgb: U8, under: Sheet, brush: Hand, look: Look) -> U8:
    height, width = rgb.shape[:2]
    columns, rows = _working_size(width, height)
    small = _filters.resized(rgb, columns, rows)
    # footage is lit evenly; a painter sets light against dark
    small = _bytes.blend(small, 1.4, _filters.box(small, _filters.px(64, rows / _coldpress.LINES), 2), -0.4)
    small = _bytes.with_fourth(_luminous(small, under.tones, brush.vivid))
    unit = rows / _coldpress.LINES
    flat = _bytes.blend(_filters.soft_kuwahara(small, _filters.px(6, unit)), 0.80, small, 0.20)
    if look.bleed:
        flat = _bytes.crossed(_filters.box(flat, _filters.px(9, unit), 2), flat, brush.wet, brush.dry)
    return _filters.read_at(flat, brush.x, brush.y)


def _glazed(colour: U8, brush: Hand, density: U8, look: Look) -> U8:
    """Density with the steps of the glazes and the pigment at their borders."""
    luma = _bytes.grey(colour)
    stepped = _bytes.table(_bytes.plus(luma, brush.tremble), brush.steps)
    darker = _bytes.times(_bytes.minus(luma, stepped), brush.steps_hold, 1.25 / 255)
    lighter = _bytes.times(_bytes.minus(stepped, luma), brush.steps_hold, 1.25 / 255)
    stepped = _bytes.plus(_bytes.minus(luma, darker), lighter)
    around = _filters.box(stepped, _filters.px(3, len(luma) / _coldpress.LINES))
    border = _bytes.blend(around, 1, stepped, -1, -3)
    border = _bytes.times(border, brush.holds, 5.5 * look.edge / 255)
    return _bytes.plus(_bytes.minus(_bytes.plus(density, darker), lighter), border)


def _luminous(rgb: U8, tones: U8, vivid: U8) -> U8:
    """Tones raised by table, then chroma, which the table took from the darks, given back about the grey."""
    raised = _bytes.table(rgb, tones)
    luma = _bytes.grey(raised)
    grey, more = _bytes.three(luma), _bytes.three(_bytes.table(luma, vivid))
    over = _bytes.times(_bytes.minus(raised, grey), more, 1 / 128)
    below = _bytes.times(_bytes.minus(grey, raised), more, 1 / 128)
    return _bytes.minus(_bytes.plus(grey, over), below)


def _laid(colour: U8, density: U8, under: Sheet, rows: slice) -> U8:
    """Pigment on some rows of the sheet: granulation, Bousseau's form in bytes, paper, what stays bare."""
    settles = _bytes.table(_bytes.grey(colour), under.settles)
    density = _bytes.plus(density, _bytes.times(under.valleys[rows], settles, 1 / 128))
    room = _bytes.times(colour, _bytes.inverse(colour), 1 / 64)  # 4 C (1 - C)
    less = _bytes.times(room, _bytes.three(_bytes.at_most(density, _MOST)), 1 / 512)
    colour = _bytes.minus(_bytes.blend(colour, 1, room, _NONE / 512), less)
    colour = _bytes.times(colour, under.paper[rows])
    return colour if under.bare is None else _bytes.most(colour, under.bare[rows])


# -- constants


def _working_size(width: int, height: int) -> tuple[int, int]:
    lines = min(height, _WORK)
    return max(1, round(width * lines / height)), lines


def _tone_table(lift: float) -> U8:
    """Per channel, 256 x 1 x 3: darks end in a transparent indigo, never in grey."""
    tone = np.arange(256) / 255
    raised = _wash.lifted(tone, lift)[:, None]
    cool = np.array([[-0.022, -0.008, 0.036]]) * lift * (1 - tone[:, None]) ** 2
    return _bytes.of(raised + cool).reshape(256, 1, 3)


def _vivid_table(lift: float) -> U8:
    """Luma -> factor on chroma, 128 for one: back to the middle tones, little to the darks (a chestnut must not
    turn magenta) and none to the lights, which pigment only tints."""
    luma = np.arange(256) / 255
    middle = np.clip((luma - 0.12) / 0.34, 0, 1) * np.clip((1.12 - luma) / 0.50, 0, 1)
    return _bytes.of(128 / 255 * (0.92 + lift * 0.56 * middle))


def _glaze_table() -> U8:
    """Luma + tremble (offset 32) -> tone of its glaze; the step between two is 4 levels wide, so nothing pops."""
    luma = (np.arange(256) - 32) / 255
    tone = np.full(256, _TONES[0])
    for cut, upper, lower in zip(_CUTS, _TONES[:-1], _TONES[1:], strict=True):
        tone -= (upper - lower) * np.clip((cut - luma) / 0.022 + 0.5, 0, 1)
    return _bytes.of(0.30 * luma + 0.70 * tone)


def _blooms(grid: _noise.Window, seed: int) -> F32:
    """Two back-runs, of unlike sizes, off the middle of the picture."""
    total = np.zeros((grid.height, grid.width), np.float32)
    for i, (size, side) in enumerate(((96, 0.10), (58, 0.84))):
        x = (side + 0.12 * (_noise.chance(seed, i, 1) - 0.5)) * grid.width
        y = (0.12 + 0.76 * _noise.chance(seed, i, 2)) * grid.height
        total += _wash.bloom(grid, 1.0, (x, y), size, seed + 100 * i)
    return total


def _unpainted(grid: _noise.Window, width: float, seed: int) -> tuple[F32, F32]:
    """What the brush left bare along the border (0 to 1), and the pigment that dried along it.

    Strokes run across the sheet: stretched noise makes long waves above and below, and the ragged ends
    of strokes left and right, where the brush runs dry and only touches the paper's peaks.
    """
    shape = (grid.height, grid.width)
    if width <= 0:
        return np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    narrow = min(1.0, grid.width / grid.height)  # a tall picture's border is measured by its width
    width = width * narrow
    columns = np.minimum(np.arange(grid.width), np.arange(grid.width)[::-1]).astype(np.float32)[None, :]
    rows = np.minimum(np.arange(grid.height), np.arange(grid.height)[::-1]).astype(np.float32)[:, None]
    hand = _noise.field(grid, 34 * narrow, 3, seed, (5, 1)) * np.float32(0.75 * width)
    slow = _noise.field(grid, 210 * narrow, 2, seed + 1) * np.float32(0.5 * width)
    fine = _noise.field(grid, 6 * narrow, 2, seed + 2) * np.float32(1.6 * narrow)
    # a corner is rounded: the two distances are joined by a smooth minimum
    inner = np.minimum(columns, rows) - 0.25 * np.maximum(3 * width - np.abs(columns - rows), 0)
    inside = inner - width + hand + slow + fine
    # the dry ends of strokes: bristles, and only where the paper stands up
    bristle = 0.6 * _noise.field(grid, 9, 3, seed + 3, (7, 1)) + 0.16 * _coldpress.grain(grid, 1.3, 4.2, seed + 4)
    stroke = np.clip(_noise.field(grid, 120, 2, seed + 5, (0.8, 1)) * 2.4 - 0.35, 0, 1)
    stroke = stroke * np.clip(1.0 - inside / (1.3 * width), 0, 1) * (columns < rows)
    dry = np.clip((bristle + stroke - 0.62) * 3.5, 0, 1) * (stroke > 0)
    bare = np.maximum(np.clip(0.5 - inside / 1.6, 0, 1), dry)
    line = 0.42 * np.exp(-(((inside - 4) / 3.2) ** 2)) * _wash.broken(grid, 60, seed + 6, 0.5, 1.6) * (1 - dry)
    return np.asarray(bare, np.float32), np.asarray(line, np.float32)

"""Orthochromatic film and its projection: tones, halation, soft corners, grain, the gate, tints.

Planes that do not change are made once for a size (`print_of`) on a grid of 1080 lines, so that all
sizes show the same film. Grey values stay linear to the camera until the last table, whose steep middle
and flat ends also give the grain its place: in the mid-tones. As they are linear, the gate's shade is laid on
where the lens shares the picture out, and costs no product of its own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _coldpress, _colour, _filters, _noise

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2

#: dark, middle and light of each tint
TINTS = {
    "sepia": ("#120b08", "#87694f", "#fbeed8"),
    "amber": ("#150c05", "#ad7433", "#ffe9b8"),
    "night": ("#060d18", "#44708f", "#dceef2"),
    "rose": ("#170b11", "#a0646f", "#fce4e0"),
    "none": ("#0b0b0c", "#767675", "#f3f1ec"),
}
_SLACK = 96  #: px by which grain tiles are larger than the picture, to be laid elsewhere in each film frame
_SHARP = 0.7  #: share of the sharp picture in the middle, where it is largest
_PIECE = 200_000  #: px of a plane worked on at once


class Print(NamedTuple):
    """Planes, uint8. At half the picture's size: how much shows of the unsharp picture, and the light that the lens
    lets through. At its size: the same through the gate, and what of that falls on the sharp picture, in parts of
    _SHARP. Larger ones: grain and stains (about 128)."""

    unsharp: U8
    light: U8
    gate: U8
    sharp: U8
    grain: tuple[U8, ...]


@lru_cache(maxsize=3)
def print_of(width: int, height: int, seed: int, vignette: float, ratio: str, grain: float) -> Print:
    """The constant planes for a picture of this size."""
    grid = _coldpress.grid(width, height)
    inside, dim, away = _gate(grid, ratio, seed)
    fit = _coldpress.fitted
    fall = 1 - vignette * (0.62 * np.clip((away - 0.42) / 0.95, 0, 1) ** 1.6)
    fall = fall + 0.04 * _noise.field(grid, 480, 2, seed + 2)
    light = np.asarray(np.clip(fall, 0, 1) * dim, np.float32)
    gate = light * inside
    sharp = np.asarray(1 - np.clip((away - 0.45) / 0.75, 0, 1) ** 1.3, np.float32)
    return Print(
        _bytes.of(fit(1 - np.float32(_SHARP) * sharp, *_half(width, height))),
        _bytes.of(fit(light, *_half(width, height))),
        _bytes.of(fit(gate, width, height)),
        _bytes.of(fit(sharp * gate, width, height)),
        tuple(_grain_tile(width, height, seed + 7 * i, grain) for i in range(3)),
    )


@lru_cache(maxsize=4)
def words(exposure: float, contrast: float, tint: str) -> NDArray[np.float64]:
    """Camera's grey -> colour of the print: a toe, a steep middle, lights that burn out. For each two bytes that lie
    side by side the eight of their colours, RGBX twice, as one word, so that a look brings two px."""
    light = np.arange(256) / 255 * 2.0**exposure
    steep, middle = power(contrast), 0.36
    tone = light**steep / (light**steep + middle**steep)
    tone = np.clip((tone - 0.012) / (1 / (1 + middle**steep) * 0.985 - 0.012), 0, 1)
    rgb = _colour.ramp(tuple(zip((0.0, 0.5, 1.0), TINTS[tint], strict=True)), tone)
    colours = np.pad(_bytes.of(rgb), ((0, 0), (0, 1))).view(np.uint32)[:, 0]
    pairs = np.arange(65536, dtype=np.uint16).view(np.uint8).reshape(-1, 2)
    return colours[pairs].view(np.float64)[:, 0]


def power(contrast: float) -> float:
    """How steep the tones are at most, in the logarithm."""
    return 1.0 + 0.80 * contrast


def exposed(rgb: U8) -> U8:
    """RGB -> the grey of an orthochromatic emulsion: nearly blind to red, wide awake in blue."""
    out = np.empty(rgb.shape[:2], np.uint8)
    for rows in _filters.strips(rgb.shape[0], rgb.shape[1], _PIECE):
        red, green, blue = _bytes.parted(rgb[rows])
        _cv.add(_bytes.blend(green, 0.46, blue, 0.48), _bytes.halved(red, 4), out[rows])
    return out


def through_lens(grey: U8, film: Print) -> U8:
    """Soft in the corners; light creeps about what is bright, as far as it stands out from what is around it. All of
    it that falls through the gate."""
    half = _filters.resized(_even(grey), *_half(*grey.shape[::-1]))
    soft = _bytes.times(_filters.box(half, _filters.px(2, grey.shape[0] / 1080)), film.unsharp)
    halation = _filters.resized(_halation(half), *half.shape[::-1])
    smooth = _bytes.times(_bytes.blend(soft, 1, halation, 1, -64), film.light)
    # the gate's edge is too fine for half the size; and nothing is lighter than what falls through it
    smooth = _filters.doubled(smooth)[: grey.shape[0], : grey.shape[1]]
    return _bytes.least(_bytes.plus(_bytes.times(grey, film.sharp, _SHARP / 255), smooth), film.gate)


def _even(plane: U8) -> U8:
    """With its last row and column again, where it has an odd number of them: a half is then just that."""
    height, width = plane.shape
    if height % 2 or width % 2:
        plane = _cv.copyMakeBorder(plane, 0, height % 2, 0, width % 2, _cv.BORDER_REPLICATE)
    return plane


def _half(width: int, height: int) -> tuple[int, int]:
    return (width + 1) // 2, (height + 1) // 2


def _halation(half: U8) -> U8:
    """What light scattered in the film adds (above 64) or, beside it, contrast takes away (below 64), at an eighth of
    the picture's size."""
    small = _filters.resized(half, *_half(*half.shape[::-1]))  # each halving alone: an eighth at once takes twice that
    small = _filters.resized(small, *_half(*small.shape[::-1]))
    unit = len(small) / 135
    around = _filters.box(small, _filters.px(26, unit), 2)
    # a lamp at night stands out by itself; a bright sky is its own surroundings, and does not fog the picture
    bright = _bytes.minus(small, _bytes.blend(around, 0.55, around, 0, 92))
    near = _filters.box(bright, _filters.px(2, unit), 2)
    far = _filters.box(bright, _filters.px(11, unit), 2)
    glow = _bytes.blend(near, 0.20, far, 0.90, 64)
    local = _bytes.blend(_filters.box(small, _filters.px(4, unit), 2), 0.32, around, -0.32, 64)
    return _bytes.blend(glow, 1, local, 1, -64)


def developed(grey: U8, film: Print, light: float, seed: int, tick: int) -> U8:
    """Grain and stains of this film frame, and the light of the lamp behind it."""
    height, width = grey.shape
    tile = film.grain[int(_noise.chance(seed, tick, 41) * 3)]
    slack = tile.shape[0] - height
    top, left = (int(_noise.chance(seed, tick, name) * slack) for name in (42, 43))
    # in proportion to the light: added grain would lift the blacks
    return _bytes.times(grey, tile[top : top + height, left : left + width], light / 128)


def projected(grey: U8, colours: NDArray[np.float64]) -> U8:
    """On the screen: grey -> RGB, two px at a time."""
    height, width = grey.shape
    out = np.empty((height, width, 3), np.uint8)
    grey = _even(grey)
    for rows in _filters.strips(height, width, _PIECE):
        found = _cv.LUT(grey[rows].view(np.uint16), colours).view(np.uint8)
        _cv.cvtColor(found.reshape(len(found), -1, 4)[:, :width], _cv.COLOR_RGBA2RGB, out[rows])
    return out


# -- constants


def _gate(grid: _noise.Window, ratio: str, seed: int) -> tuple[F32, F32, F32]:
    """Coverage of the gate, with round and slightly worn corners, how its edge dims the light inside, and distance
    from the middle (1 at its sides)."""
    height = float(grid.height)
    width = float(grid.width)
    wide, tall = (width, height) if ratio == "full" else (min(width, height * 4 / 3), min(height, width * 4 / 3))
    margin = 0.016 * min(wide, tall)
    x = np.abs(np.arange(grid.width, dtype=np.float32) + 0.5 - width / 2)[None, :]
    y = np.abs(np.arange(grid.height, dtype=np.float32) + 0.5 - height / 2)[:, None]
    corner = 0.068 * min(wide, tall)
    qx, qy = x - (wide / 2 - margin - corner), y - (tall / 2 - margin - corner)
    out = np.hypot(np.maximum(qx, 0), np.maximum(qy, 0)) + np.minimum(np.maximum(qx, qy), 0) - corner
    worn = 1.6 * _noise.field(grid, 46, 3, seed + 1)
    inside = np.clip(0.5 - (out + worn) / 4.5, 0, 1)
    dim = 1 - 0.16 * np.clip(1 + (out + worn) / 16, 0, 1)
    away = np.hypot(x / (wide / 2), y / (tall / 2))
    return np.asarray(inside, np.float32), np.asarray(dim, np.float32), np.asarray(away, np.float32)


def _grain_tile(width: int, height: int, seed: int, weight: float) -> U8:
    """Clumps of silver of two sizes and stains of the emulsion, about 128. The weights are what an encoder bears: at
    x264's crf 20 a film takes 1.6 to 2.3 times the bytes of the clean picture; twice the grain, or all of it fine,
    takes 4 to 6 times."""
    slack = max(8, round(_SLACK * height / 1080))
    grid = _coldpress.grid(width + slack, height + slack)
    clumps = 0.50 * _coldpress.grain(grid, 1.0, 3.4, seed + 20) + 0.60 * _coldpress.grain(grid, 3.0, 9.0, seed + 21)
    stains = 0.06 * _noise.field(grid, 170, 4, seed + 50)
    stains = stains + 0.20 * np.clip(_noise.field(grid, 11, 2, seed + 60) - 0.66, 0, 1)
    light = (1 + np.float32(0.027 * weight) * clumps) * (1 + stains)
    return _bytes.of(128 / 255 * _coldpress.fitted(np.asarray(light, np.float32), width + slack, height + slack))

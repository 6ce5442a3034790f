"""Orthochromatic film and its projection: tones, halation, soft corners, grain, the gate, tints.

Planes that do not change are made once for a size (`print_of`) on a grid of 1080 lines, so that all
sizes show the same film. Grey values stay linear to the camera until the last table, whose steep middle
and flat ends also give the grain its place: in the mid-tones.
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
_SMALL = 8  #: halation is worked out at an eighth of the size


class Print(NamedTuple):
    """Planes, uint8: at half the picture's size how much shows of the unsharp picture, at its size how much of the
    sharp one and the light through gate and lens (0 to 255), and larger ones of grain and stains (about 128)."""

    unsharp: U8
    sharp: U8
    gate: U8
    grain: tuple[U8, ...]


@lru_cache(maxsize=3)
def print_of(width: int, height: int, seed: int, vignette: float, ratio: str, grain: float) -> Print:
    """The constant planes for a picture of this size."""
    grid = _coldpress.grid(width, height)
    inside, away = _gate(grid, width / height, ratio, seed)
    fit = _coldpress.fitted
    fall = 1 - vignette * (0.62 * np.clip((away - 0.42) / 0.95, 0, 1) ** 1.6)
    fall = fall + 0.04 * _noise.field(grid, 480, 2, seed + 2)
    unsharp = np.asarray(0.30 + 0.70 * np.clip((away - 0.45) / 0.75, 0, 1) ** 1.3, np.float32)
    return Print(
        _bytes.of(fit(unsharp, *_half(width, height))),
        _bytes.of(fit(1 - unsharp, width, height)),
        _bytes.of(fit(np.asarray(np.clip(fall, 0, 1) * inside, np.float32), width, height)),
        tuple(_grain_tile(width, height, seed + 7 * i, grain) for i in range(3)),
    )


@lru_cache(maxsize=32)
def tables(exposure: float, contrast: float, tint: str) -> tuple[U8, U8, U8]:
    """Camera's grey -> red, green and blue of the print: a toe, a steep middle, lights that burn out."""
    light = np.arange(256) / 255 * 2.0**exposure
    steep, middle = power(contrast), 0.36
    tone = light**steep / (light**steep + middle**steep)
    tone = np.clip((tone - 0.012) / (1 / (1 + middle**steep) * 0.985 - 0.012), 0, 1)
    rgb = _colour.ramp(tuple(zip((0.0, 0.5, 1.0), TINTS[tint], strict=True)), tone)
    red, green, blue = (_bytes.of(rgb[:, i]) for i in range(3))
    return red, green, blue


def power(contrast: float) -> float:
    """How steep the tones are at most, in the logarithm."""
    return 1.0 + 0.80 * contrast


def exposed(rgb: U8) -> U8:
    """RGB -> the grey of an orthochromatic emulsion: nearly blind to red, wide awake in blue."""
    out = np.empty(rgb.shape[:2], np.uint8)
    for rows in _filters.strips(rgb.shape[0], rgb.shape[1]):
        red, green, blue = _bytes.parted(rgb[rows])
        _cv.addWeighted(_bytes.blend(green, 0.46, blue, 0.48), 1, red, 0.06, 0, out[rows])
    return out


def through_lens(grey: U8, film: Print) -> tuple[U8, U8]:
    """Soft in the corners; light creeps about what is bright, as far as it stands out from what is around it.
    -> the sharp picture's share, and at half its size what comes to it: both are smooth but for the first."""
    half = _filters.resized(grey, *_half(*grey.shape[::-1]))
    soft = _bytes.times(_filters.box(half, _filters.px(2, grey.shape[0] / 1080)), film.unsharp)
    halation = _filters.resized(_halation(half), *half.shape[::-1])
    return _bytes.times(grey, film.sharp), _bytes.blend(soft, 1, halation, 1, -64)


def _half(width: int, height: int) -> tuple[int, int]:
    return max(1, width // 2), max(1, height // 2)


def _halation(half: U8) -> U8:
    """What light scattered in the film adds (above 64) or, beside it, contrast takes away (below 64)."""
    small = _filters.resized(half, max(1, half.shape[1] * 2 // _SMALL), max(1, half.shape[0] * 2 // _SMALL))
    unit = len(small) / 135
    around = _filters.box(small, _filters.px(26, unit), 2)
    # a lamp at night stands out by itself; a bright sky is its own surroundings, and does not fog the picture
    bright = _bytes.minus(small, _bytes.blend(around, 0.55, around, 0, 92))
    near = _filters.box(bright, _filters.px(2, unit), 2)
    far = _filters.box(bright, _filters.px(11, unit), 2)
    glow = _bytes.blend(near, 0.20, far, 0.90, 64)
    local = _bytes.blend(_filters.box(small, _filters.px(4, unit), 2), 0.32, around, -0.32, 64)
    return _bytes.blend(glow, 1, local, 1, -64)


def developed(grey: U8, glow: U8, film: Print, seed: int, tick: int) -> U8:
    """Grain and stains of this film frame. glow: what comes to the picture, at half its size."""
    height, width = grey.shape
    tile = film.grain[int(_noise.chance(seed, tick, 41) * 3)]
    slack = tile.shape[0] - height
    top, left = (int(_noise.chance(seed, tick, name) * slack) for name in (42, 43))
    grey = _bytes.plus(grey, _filters.resized(glow, width, height))
    # in proportion to the light: added grain would lift the blacks
    return _bytes.times(grey, tile[top : top + height, left : left + width], 1 / 128)


def projected(grey: U8, film: Print, light: float, tint: tuple[U8, U8, U8]) -> U8:
    """Through the gate on the screen: grey -> RGB."""
    out = np.empty((*grey.shape, 3), np.uint8)
    for rows in _filters.strips(grey.shape[0], grey.shape[1]):
        shown = _bytes.times(grey[rows], film.gate[rows], light / 255)
        _cv.merge([_bytes.table(shown, table) for table in tint], out[rows])
    return out


# -- constants


def _gate(grid: _noise.Window, aspect: float, ratio: str, seed: int) -> tuple[F32, F32]:
    """Coverage of the gate, with round and slightly worn corners, and distance from the middle (1 at its sides)."""
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
    inside = np.clip(0.5 - (out + worn) / 4.5, 0, 1) * (1 - 0.16 * np.clip(1 + (out + worn) / 16, 0, 1))
    away = np.hypot(x / (wide / 2), y / (tall / 2))
    return np.asarray(inside, np.float32), np.asarray(away, np.float32)


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

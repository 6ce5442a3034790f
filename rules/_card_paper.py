"""The ground of a card: its three colours, dark mottled paper with fibres, a warm glow and faint rays behind the words.

Patterns hang on the picture's centre and are measured in picture heights, so that another window or
another size shows the same sheet. Full-frame functions are tables and polynomials: numpy's own
exponential and arctangent end in other bits on processors with AVX-512.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, exp, floor

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _colour, _noise
from rules._noise import Window
from rules._outline import F32

_RAYS = 132
_MARGIN = 16  # px round a window, so that a blur at its edge sees what lies beyond
_STEPS = 512  # of a table, to one unit of reach
_PALE = 0.6  # lightness above which a ground counts as pale


@dataclass(frozen=True)
class Look:
    """The three colours of a card, and the seed of its paper."""

    ink: _colour.RGB
    ground: _colour.RGB
    accent: _colour.RGB
    seed: int

    @property
    def gold(self) -> _colour.RGB:
        """The frame: the ink's hue, deeper and richer, so that it steps back without greying."""
        lightness, chroma, hue = _colour.to_lch(self.ink)
        rich = min(max(1.35 * chroma + 0.015, 0.085), 0.13)
        return _colour.from_lch(0.80 * lightness, rich, _colour.turned(hue, 62, 10))

    @property
    def foot(self) -> _colour.RGB:
        """The lower half of a display letter: the ink, as by lamplight."""
        lightness, chroma, hue = _colour.to_lch(self.ink)
        return _colour.from_lch(0.80 * lightness, min(1.5 * chroma + 0.02, 0.15), _colour.turned(hue, 55, 16))

    @property
    def deep(self) -> _colour.RGB:
        """The ground, darker and of the same hue: keylines and engraved lines."""
        return _colour.shade(self.ground, 0.07, turn=0)

    @property
    def glow(self) -> _colour.RGB:
        """The light on the paper: the ink's hue turned towards a warm accent, never a cold one; on a pale paper
        its own light tone."""
        pale, faint, tint = _colour.to_lch(self.ground)
        if pale > _PALE:
            return _colour.from_lch(min(pale + 0.08, 0.98), 0.9 * faint + 0.01, tint)
        lightness = _colour.to_lch(_colour.mix(self.accent, self.ink, 0.36))[0]
        hue, accent = _colour.to_lch(self.ink)[2], _colour.to_lch(self.accent)[2]
        is_warm = abs((accent - hue + 180) % 360 - 180) < 90
        return _colour.from_lch(lightness, 0.14, _colour.turned(hue, accent if is_warm else 50.0, 36))

    @property
    def shade(self) -> float:
        """How much of a shadow the paper takes: a pale one shows the letters without."""
        return 0.35 if _colour.to_lch(self.ground)[0] > _PALE else 1.0

    @property
    def level(self) -> float:
        """The ground's mean value, to tell what is lit from what is not."""
        return max(float(self.ground.mean()), 0.02)


def paper(window: Window, scale: float, look: Look, width: float, heart: float) -> tuple[F32, F32]:
    """The lit sheet as float RGB, and the light on it, about 0.7 to 1.2. scale: px a picture height; width:
    of the picture; heart: height of the light."""
    cloud = _noise.field(window, 0.42 * scale, 4, look.seed)
    mottle = _noise.field(window, max(3.0, 0.020 * scale), 2, look.seed + 1)
    hairs = _hairs(window, scale, look.seed + 3)
    tone = 1 + 0.17 * cloud + 0.07 * mottle + 0.06 * _grain(window, scale, look.seed + 2) + 0.15 * hairs
    x, y = _axes(window, scale)
    y = y - np.float32(heart)
    reach = np.sqrt((x / np.float32(0.44 * width)) ** 2 + (y / np.float32(0.37)) ** 2)
    glow, core = _fall(reach, 1.2, 1.5), _fall(reach, 2.6, 2.0)
    rays = _rays(x, y, scale, look.seed) * np.clip(1.6 * glow * (1.15 - glow), 0, 1)
    tone *= 0.72 + 0.34 * glow
    amount = (0.30 * glow + 0.20 * core) * (0.55 + 0.45 * tone + 0.12 * cloud) + 0.10 * rays
    rgb = look.ground.astype(np.float32) * tone[..., None]
    rgb += (look.glow.astype(np.float32) - rgb) * np.clip(amount, 0, 1)[..., None]
    rgb += (0.010 * hairs)[..., None]  # on a dark paper a share of its tone alone would not show
    return np.asarray(rgb, np.float32), np.asarray(0.74 + 0.44 * glow, np.float32)


def vignette(window: Window, scale: float, width: float) -> F32:
    """What the corners keep of their light, (height, width)."""
    x, y = _axes(window, scale)
    far = np.sqrt((x / np.float32(0.60 * width)) ** 2 + (y / np.float32(0.62)) ** 2)
    out = np.clip(far - 0.52, 0, 1)
    return np.asarray(np.clip(1 - 0.67 * out * np.sqrt(out), 0.35, 1), np.float32)


def _axes(window: Window, scale: float) -> tuple[F32, F32]:
    """Picture heights from the centre: a row of x and a column of y."""
    x = (np.arange(window.width, dtype=np.float32) + np.float32(window.left + 0.5)) / np.float32(scale)
    y = (np.arange(window.height, dtype=np.float32) + np.float32(window.top + 0.5)) / np.float32(scale)
    return x[None, :], y[:, None]


def _fall(reach: F32, rate: float, power: float) -> F32:
    """exp(-rate * reach ** power), from a table."""
    index = np.minimum((reach * np.float32(_STEPS)).astype(np.int32), 4 * _STEPS - 1)
    return np.asarray(_fall_table(rate, power)[index])


@lru_cache(maxsize=8)
def _fall_table(rate: float, power: float) -> F32:
    # rounded, so that the last bit of a platform's `exp` does not matter
    values = [round(exp(-rate * ((k + 0.5) / _STEPS) ** power), 6) for k in range(4 * _STEPS)]
    table = np.array(values, np.float32)
    table.flags.writeable = False
    return table


def _rays(x: F32, y: F32, scale: float, seed: int) -> F32:
    """Fine rays about the light, of uneven width, gone where they would be narrower than 3 px; edges a pixel soft."""
    turn = _turns(x, y) * np.float32(_RAYS)
    index = np.floor(turn)
    share = 0.30 + 0.34 * _noise.unit(np.arange(_RAYS + 1), 5, seed)
    wide = share[index.astype(np.int32)]
    px = np.sqrt(x * x + y * y) * np.float32(2 * np.pi * scale / _RAYS)  # width of one ray's sector
    edge = np.clip((wide / 2 - np.abs(turn - index - 0.5)) * px / 1.6 + 0.5, 0, 1)
    return np.asarray(edge * np.clip((px - 3.0) / 6.0, 0, 1), np.float32)


def _turns(x: F32, y: F32) -> F32:
    """The direction of each point in turns, 0 to 1; an odd polynomial for the arctangent, good to 1e-5."""
    ax, ay = np.broadcast_arrays(np.abs(x), np.abs(y))
    small, large = np.minimum(ax, ay), np.maximum(ax, ay)
    r = small / np.maximum(large, np.float32(1e-9))
    s = r * r
    series = np.float32(-0.0117212)
    total = np.full_like(s, series)
    for term in (0.05265332, -0.11643287, 0.19354346, -0.33262347, 0.99997726):
        total = total * s + np.float32(term)
    angle = total * r * np.float32(0.5 / np.pi)
    angle = np.where(ay > ax, np.float32(0.25) - angle, angle)
    angle = np.where(x < 0, np.float32(0.5) - angle, angle)
    return np.asarray(np.where(y < 0, np.float32(1) - angle, angle), np.float32)


def _grain(window: Window, scale: float, seed: int) -> F32:
    """The tooth of the paper, the same in all directions, about -1 to 1."""
    columns = np.arange(window.left - _MARGIN, window.left + window.width + _MARGIN)[None, :]
    rows = np.arange(window.top - _MARGIN, window.top + window.height + _MARGIN)[:, None]
    sigma = max(0.75, 0.0014 * scale)
    soft = cv2.GaussianBlur(_noise.unit(columns, rows, seed) - np.float32(0.5), (0, 0), sigma)
    return np.asarray(soft[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN] * np.float32(5.2 * sigma))


@lru_cache(maxsize=4)
def _hairs(window: Window, scale: float, seed: int) -> F32:
    """Fibres in the paper: short bent hairs, light and dark, hung on a lattice about the origin."""
    cell = 0.042 * scale
    columns = np.arange(floor(window.left / cell) - 1, ceil((window.left + window.width) / cell) + 1)
    rows = np.arange(floor(window.top / cell) - 1, ceil((window.top + window.height) / cell) + 1)
    j, i = (axis.ravel() for axis in np.meshgrid(rows, columns, indexing="ij"))
    draw = [_noise.unit(i, j, seed * 31 + k).astype(np.float64) for k in range(6)]
    t = np.linspace(-0.5, 0.5, 7)[None, :]
    way = (draw[2] * 2 * np.pi)[:, None] + ((draw[3] - 0.5) * 2.2)[:, None] * t
    length = ((0.25 + 0.75 * draw[4]) * 0.9 * cell)[:, None]
    x = ((i + draw[0]) * cell)[:, None] + np.cos(way) * t * length
    y = ((j + draw[1]) * cell)[:, None] + np.sin(way) * t * length
    corner = np.array([window.left - _MARGIN, window.top - _MARGIN], np.int32) * 16
    lines: NDArray[np.int32] = np.rint((np.stack([x, y], -1) - 0.5) * 16).astype(np.int32) - corner
    layer = np.full((window.height + 2 * _MARGIN, window.width + 2 * _MARGIN), 128, np.uint8)
    is_dark = draw[5] < 0.5
    for chosen, value in ((is_dark, 88), (~is_dark, 176)):
        cv2.polylines(layer, list(lines[chosen]), False, value, max(1, round(scale / 900)), cv2.LINE_AA, 4)
    soft = cv2.GaussianBlur(layer, (0, 0), max(0.6, 0.0009 * scale))[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN]
    out = (soft.astype(np.float32) - 128) * np.float32(1 / 48)
    out.flags.writeable = False
    return np.asarray(out)

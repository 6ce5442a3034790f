"""What stands in the sky behind the clouds: its gradient, the sun's glow, sun or moon, stars.

Places are picture heights: u to the right of the picture's middle, v up from the horizon.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rules import _colour, _noise
from rules._daylight import Daylight

F32 = NDArray[np.float32]

_CELL = 0.030  # picture heights; one star or none to a cell


@dataclass(frozen=True)
class Sight:
    """What part of the sky is painted: u (1, width), v (height, 1), its window of pixels, px a picture height, seed."""

    u: F32
    v: F32
    window: _noise.Window
    px: float
    seed: int

    def noise(self, cell: float, octaves: int, salt: int, stretch: tuple[float, float] = (1, 1)) -> F32:
        """Smooth noise in about -1 to 1; `cell` in picture heights."""
        return _noise.field(self.window, cell * self.px, octaves, self.seed + salt, stretch)

    def rows(self, first: int, last: int) -> Sight:
        """The same sky between two rows."""
        w = self.window
        window = _noise.Window(w.left, w.top + first, w.width, last - first)
        return Sight(self.u, self.v[first:last], window, self.px, self.seed)


def colour_of(code: str) -> F32:
    """`#rrggbb` -> float32 (3,)."""
    return _colour.rgb_of(code).astype(np.float32)


def gradient(light: Daylight, sight: Sight) -> F32:
    """The gradient, float32 (height, width, 3); near the sun's column its warm end climbs."""
    table = _colour.ramp(light.sky, np.linspace(-0.5, 1.0, 3073))
    climb = 0.11 * np.exp(-(((sight.u - light.sun[0]) / 0.62) ** 2)) - 0.03
    reach = np.clip(1 - np.abs(sight.v) / 0.62, 0, 1)
    place = 0.55 - sight.v + climb * reach * np.float32(min(1.0, light.glow_weight * 1.4))
    index = np.clip((place + 0.5) * (3072 / 1.5), 0, 3072)
    return np.asarray(np.take(table, np.rint(index).astype(np.int32), axis=0))


def glow(rgb: F32, light: Daylight, sight: Sight) -> None:
    """The sun's or the moon's light in the air: a core, and a wide skirt that never quite ends."""
    wide, tall = light.glow_size
    r2 = ((sight.u - light.sun[0]) / wide) ** 2 + ((sight.v - light.sun[1]) / tall) ** 2
    weight = 0.72 * np.exp(-r2) + 0.28 / (1 + 1.6 * r2)
    rgb += (colour_of(light.glow) - rgb) * (weight * np.float32(light.glow_weight))[..., None]


def disc(rgb: F32, light: Daylight, sight: Sight) -> None:
    """The sun's or the moon's face in its halo; at night it has seas."""
    r = light.disc
    u, v = sight.u - light.sun[0], sight.v - light.sun[1]
    d = np.sqrt(u * u + v * v)
    halo = np.exp(-np.clip(d - r, 0, None) / (0.55 * r)) * 0.34 + np.exp(-(((d - 2.9 * r) / (0.5 * r)) ** 2)) * 0.035
    rgb += (colour_of(light.glow) - rgb) * halo[..., None]
    rows = np.flatnonzero(np.abs(v[:, 0]) < r + 2 / sight.px)
    if not len(rows):
        return
    first, last = int(rows[0]), int(rows[-1]) + 1
    d, v, part = d[first:last], v[first:last], rgb[first:last]
    face = np.empty_like(part)
    face[:] = _colour.mix(_colour.rgb_of(light.glow), np.array([1.0, 0.985, 0.93]), 0.72)
    if light.stars > 0.5:
        near = sight.rows(first, last)
        seas = near.noise(0.75 * r, 3, 40) + 0.25 * near.noise(0.22 * r, 2, 41)
        seas = np.clip(seas * 3.0 + 0.25, 0, 1) * np.clip(1.25 - d / r, 0, 1)
        face *= 1 - seas[..., None] * np.array([0.20, 0.16, 0.09], np.float32)
        limb = np.clip(d / r, 0, 1) ** 3 * np.clip(0.5 + 0.6 * (u - v * 0.7) / r, 0, 1)
        face *= 1 - limb[..., None] * np.array([0.30, 0.25, 0.14], np.float32)
    part += (face - part) * np.clip((r - d) * sight.px + 0.5, 0, 1)[..., None]


def stars(rgb: F32, weight: float, amount: float, sight: Sight) -> None:
    """Stars on a lattice of cells, denser towards the zenith; few of them are bright and shine in a cross."""
    cell = _CELL * sight.px
    w = sight.window
    i = np.arange(int(np.floor(w.left / cell)) - 1, int((w.left + w.width) / cell) + 2)
    j = np.arange(int(np.floor(w.top / cell)) - 1, int((w.top + w.height) / cell) + 2)
    here = _noise.unit(i[None, :], j[:, None], sight.seed + 11)
    high = np.clip((-j * _CELL - 0.10) / 0.40, 0, 1) ** 0.8
    for row, column in np.argwhere(here < 0.62 * amount * high[:, None] - 1e-6):
        a, b, c, d = (float(_noise.unit(int(i[column]), int(j[row]), sight.seed + 12 + k)) for k in range(4))
        size = max((0.0005 + 0.0011 * c**5) * sight.px, 0.55)
        level = weight * (0.22 + 0.30 * c + 0.5 * c**6) * float(high[row]) ** 0.5
        tint = (1.0, 0.96, 0.86) if d < 0.6 else (0.82, 0.90, 1.0)
        at = (float(i[column] + a) * cell - w.left, float(j[row] + b) * cell - w.top)
        _star(rgb, at, size, level * np.array(tint, np.float32), c > 0.90)


def _star(rgb: F32, at: tuple[float, float], size: float, light: F32, is_bright: bool) -> None:
    """One star; its light is added as far as there is room above the sky."""
    reach = int(np.ceil(size * (7 if is_bright else 3)))
    x0, y0 = max(0, int(at[0]) - reach), max(0, int(at[1]) - reach)
    x1, y1 = min(rgb.shape[1], int(at[0]) + reach + 1), min(rgb.shape[0], int(at[1]) + reach + 1)
    if x1 <= x0 or y1 <= y0:
        return
    dx = (np.arange(x0, x1) + 0.5 - at[0])[None, :] / size
    dy = (np.arange(y0, y1) + 0.5 - at[1])[:, None] / size
    d2 = dx * dx + dy * dy
    shine = np.exp(-d2)
    if is_bright:
        shine += 0.35 * (np.exp(-np.abs(dx) * 0.8 - dy * dy * 6) + np.exp(-np.abs(dy) * 0.8 - dx * dx * 6))
        shine += 0.10 * np.exp(-d2 / 14)
    part = rgb[y0:y1, x0:x1]
    part += (1 - part) * np.clip(shine, 0, 1).astype(np.float32)[..., None] * light

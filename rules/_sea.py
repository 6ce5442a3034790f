"""How the sea is painted; what can be asked of it stands in `rules.plates.sea`.

Waves are noise over (x z^-0.6, log z): they grow towards us, yet never finer than a pixel far away.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rules import _board, _colour, _daylight, _noise, _paving, _shore
from rules._daylight import Daylight
from rules._paving import Ground
from rules._planar import add, dim, filled, planar, read
from rules.plates.sea import Params
from studio.rule import Canvas, Drawing, Variant

F32 = NDArray[np.float32]


class Water(NamedTuple):
    """The surface under each pixel: floor in metres; u (1, width), v (height, 1) in picture heights from the middle
    and down from the horizon; crest: height of the swell, about -1 to 1; facing: its slope towards us."""

    floor: Ground
    u: F32
    v: F32
    crest: F32
    facing: F32


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The water over the canvas, and what lies before it."""
    light = _daylight.scenery(variant["time"])
    out = planar(np.zeros((4, canvas.height, canvas.width), np.float32))
    for first, last in _paving.bands(canvas.width, canvas.height):
        band = Canvas(canvas.left, canvas.top + first, canvas.width, last - first, canvas.scale)
        rgb, alpha = _band(params, light, band, seed)
        out[first:last, :, :3], out[first:last, :, 3] = np.clip(rgb, 0, 1) * alpha[..., None], alpha
    window = _noise.Window(canvas.left, canvas.top, canvas.width, canvas.height)
    return Drawing(_board.eight_bit(out, window, seed))


def _band(params: Params, light: Daylight, band: Canvas, seed: int) -> tuple[F32, F32]:
    """Colour and coverage of some rows."""
    v = ((np.arange(band.height) + band.top + 0.5) / band.scale).astype(np.float32)[:, None]
    u = ((np.arange(band.width) + band.left + 0.5) / band.scale).astype(np.float32)[None, :]
    z = np.float32(2.4) / np.maximum(v, np.float32(0.25 / band.scale))
    floor = _over(u * z / 2, z, z * z / np.float32(2.4 * band.scale))
    water = _waves(params, Water(floor, u, v, u * 0, u * 0), band.scale, seed)
    rgb = _colours(params, light, water, seed)
    _foam(params, light, rgb, water, seed)
    _glitter(params, light, rgb, water, seed)
    haze = _colour.rgb_of(light.horizon).astype(np.float32)
    far = np.exp(-v / 0.016) * 0.62
    rgb += (haze - rgb) * far[..., None]
    if params.shore != "none":
        _shore.lay((params.shore, params.edge), light, rgb, floor, seed)
    near = np.clip((6.0 - z) / 4.5, 0, 1) ** 1.3
    dim(rgb, near, (0.32, 0.30, 0.20))
    return rgb, np.asarray(np.clip(v * band.scale + 0.5, 0, 1) + 0 * u, np.float32)


def _over(x: ArrayLike, z: ArrayLike, step: ArrayLike) -> Ground:
    """A floor, of whatever the arithmetic gave."""
    return Ground(np.asarray(x, np.float32), np.asarray(z, np.float32), np.asarray(step, np.float32))


def _waves(params: Params, water: Water, scale: float, seed: int) -> Water:
    """Swell in three sizes; the shorter ones ride on the longer."""
    z = water.floor.z
    # the rows of swell lie closer towards the horizon, but never closer than some pixels
    deep = np.log(z + 6.0) * np.float32(9.0)
    wide = water.u * z ** np.float32(0.42)
    bend = 0.5 * _paving.clouds(_over(wide * 0.5, deep * 0.4 + 0 * water.u, z), 1.0, 1, seed + 1)
    swell = _paving.clouds(_over(wide * 1.1, deep + bend, z), 0.9, 2, seed + 2, 0.55)
    chop = _paving.clouds(_over(wide * 3.4, deep * 2.6 + bend + 0.9 * swell, z), 0.9, 2, seed + 3, 0.50)
    ahead = _paving.clouds(_over(wide * 1.1, deep + bend + 0.16, z), 0.9, 2, seed + 2, 0.55)
    ripple = _paving.clouds(_over(wide * 9.0, deep * 7.0 + 0.8 * chop, z), 0.9, 1, seed + 4, 0.45)
    rows = np.float32(9.0) * water.floor.step / (z + 6.0)  # rows of swell a pixel
    calm = np.clip(1.2 - 2.4 * rows, 0, 1)
    crest = (0.85 * swell + 0.40 * chop) * (0.35 + 0.65 * calm)
    facing = ((swell - ahead) * 3.2 + 0.65 * chop + 0.40 * ripple * np.clip(1.1 - z / 60, 0, 1)) * calm
    return water._replace(crest=np.asarray(crest, np.float32), facing=np.asarray(facing, np.float32))


def _colours(params: Params, light: Daylight, water: Water, seed: int) -> F32:
    """Fronts of waves let us look into the water, backs mirror the sky; the farther, the more is mirror."""
    own = _daylight.under(light, params.water)
    deep = _colour.shade(own, 0.13, light.shade_hue)
    clear = _colour.light(
        _daylight.under(light, _colour.mix(_colour.rgb_of(params.water), [0.30, 0.78, 0.66], 0.45), 0.4), 0.04, 170
    )
    table = _colour.ramp(light.sky, np.linspace(0, 1, 257))
    rise = 0.30 * water.v + 0.055 * (0.3 + params.swell) * (1 + water.facing)
    place = np.clip(0.56 - rise - 0 * water.u, 0, 1)
    mirror = read(table, np.rint(place * 256).astype(np.int32))
    share = np.clip(
        0.80 - 0.85 * np.clip(water.v / 0.30, 0, 1) - 0.42 * (0.35 + params.swell) * water.facing, 0.06, 0.94
    )
    rgb = filled(water.crest.shape, own)
    add(rgb, np.clip(-0.9 * water.crest - 0.25 * water.facing, 0, 1), deep - own)
    # light shines through thin crests
    thin = np.clip(water.crest - 0.18, 0, 1) * np.clip(water.facing + 0.2, 0, 1) * 2.2 * (0.3 + params.swell)
    rgb += np.clip(thin, 0, 0.8)[..., None] * (clear - rgb)
    if params.shore == "beach":
        shoal = np.exp(-np.clip(water.floor.z - params.edge, 0, None) / 6.5)
        pale = _daylight.under(light, "#9fd9c4", 0.3).astype(np.float32)
        rgb += (pale - rgb) * (0.62 * shoal * (0.8 + 0.2 * water.crest))[..., None]
        share *= 1 - 0.45 * shoal
    rgb += (mirror - rgb) * share[..., None]
    return rgb


def _foam(params: Params, light: Daylight, rgb: F32, water: Water, seed: int) -> None:
    """White along the crests, torn; more of it the higher they go."""
    z = water.floor.z
    fleck = _paving.clouds(
        _over(water.u * z ** np.float32(0.42) * 14, np.log(z + 6) * 70 + 0 * water.u, z), 0.9, 2, seed + 8, 0.6
    )
    height = water.crest + 0.22 * fleck - (0.92 - 0.42 * params.swell)
    white = np.clip(height * 6, 0, 1) * np.clip(1.1 - z / 160, 0, 1) * np.clip(0.4 + 1.2 * water.facing, 0, 1)
    snow = _daylight.under(light, "#f4f6f2", 0.35).astype(np.float32)
    rgb += (snow - rgb) * (0.85 * white)[..., None]


def _glitter(params: Params, light: Daylight, rgb: F32, water: Water, seed: int) -> None:
    """The path of sun or moon: a soft band, and sparks on the facets that throw it at us."""
    if not params.glitter:
        return
    high = abs(light.sun[1])
    half = 0.035 + 0.10 * high + (0.30 + 0.25 * high) * water.v
    away = (water.u - np.float32(light.sun[0])) / half
    band = np.exp(-(away * away)) * np.exp(-np.clip(water.v - 0.30, 0, None) / 0.12)
    z = water.floor.z
    spark = _paving.clouds(
        _over(water.u * z ** np.float32(0.42) * 11, np.log(z + 6) * 58 + 0 * water.u, z), 0.9, 2, seed + 6, 0.42
    )
    bright = np.clip((spark + 0.75 * water.facing + 0.55 * band - 0.62) * 7, 0, 1)
    strength = np.float32(params.glitter * (0.45 + 0.75 * light.glow_weight))
    glow = _colour.rgb_of(light.glow).astype(np.float32)
    rgb += (glow - rgb) * np.clip(0.52 * strength * band * (0.75 + 0.25 * water.facing), 0, 0.8)[..., None]
    white = _colour.mix(_colour.rgb_of(light.glow), [1, 1, 0.98], 0.55).astype(np.float32)
    rgb += (white - rgb) * np.clip(bright * band**0.6 * strength, 0, 1)[..., None]

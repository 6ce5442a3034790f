"""How the sky is painted; what can be asked of it stands in `rules.plates.sky`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rules import _board, _clouds, _colour, _daylight, _heavens, _noise, _stratus
from rules._daylight import Daylight
from rules._heavens import Sight, colour_of
from rules.plates.sky import DEPTH, Params
from studio.rule import Canvas, Drawing, Variant

F32 = NDArray[np.float32]
_PICTURE = DEPTH / 2  # metres a picture height
_EYE = 1.2  # the horizon, metres above the floor
#: (u, v, half width, height, weight, from which amount on): placed by hand about the middle of the stage
_BANKS = (
    (0.215, 0.165, 0.235, 0.190, 0.96, 0.15),
    (-0.330, 0.235, 0.200, 0.120, 0.92, 0.30),
    (0.560, 0.300, 0.210, 0.110, 0.90, 0.45),
    (-0.230, 0.118, 0.180, 0.086, 0.82, 0.55),
    (0.020, 0.400, 0.130, 0.050, 0.70, 0.75),
    (0.900, 0.200, 0.260, 0.150, 0.90, 0.35),
    (-0.780, 0.150, 0.280, 0.160, 0.92, 0.20),
)
_BEYOND = 1.25  # picture heights from the middle, where hashed banks take over


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The sky over the canvas, opaque."""
    light = _moved(_daylight.scenery(variant["time"]), params)
    window = _noise.Window(canvas.left, canvas.top, canvas.width, canvas.height)
    px = canvas.scale * _PICTURE
    u = ((np.arange(canvas.width) + canvas.left + 0.5) / px).astype(np.float32)[None, :]
    v = (-(np.arange(canvas.height) + canvas.top + 0.5) / px - _EYE / _PICTURE).astype(np.float32)[:, None]
    sight = Sight(u, v, window, px, seed)
    rgb = _heavens.gradient(light, sight)
    if light.stars * params.stars > 0:
        _heavens.stars(rgb, light.stars, params.stars, sight)
    _heavens.glow(rgb, light, sight)
    if light.disc:
        _heavens.disc(rgb, light, sight)
    if params.veil:
        _veil(rgb, light, sight, params.veil)
    if params.cover:
        _stratus.paint(rgb, light, sight, params.cover)
    fray = (sight.noise(0.048, 5, 1), sight.noise(0.048, 5, 2))
    first = (canvas.left / px, -canvas.top / px - _EYE / _PICTURE)
    sheet = _clouds.Sheet(rgb, u, v, fray, px, first)
    for bank in [] if params.cover > 0.75 else _banks(params, (float(u[0, 0]), float(u[0, -1])), seed):
        _clouds.paint(sheet, bank, *_lighting(light, bank))
    if params.streaks:
        _streaks(rgb, light, sight, params.streaks)
    rgba = np.ones((canvas.height, canvas.width, 4), np.float32)
    rgba[..., :3] = rgb
    return Drawing(_board.eight_bit(rgba, window, seed))


def _moved(light: Daylight, params: Params) -> Daylight:
    """The hour's light with its sun or moon where this sky wants it."""
    sun = (light.sun[0] + params.sun_x, light.sun[1] + params.sun_up)
    return replace(light, sun=sun, disc=light.disc * params.disc)


def _veil(rgb: F32, light: Daylight, sight: Sight, amount: float) -> None:
    """Cirrus: long noise torn by finer noise, in the lit colour, high up."""
    mass = 0.9 * sight.noise(0.11, 4, 21, (3.4, 0.55)) + sight.noise(0.42, 2, 22, (1.6, 0.8))
    weight = np.clip(mass - 0.16, 0, 1) * np.clip((sight.v - 0.12) / 0.16, 0, 1)
    colour = _colour.mix(_colour.rgb_of(light.cloud_lit), _colour.rgb_of(light.cloud_body), 0.3).astype(np.float32)
    rgb += (colour - rgb) * (weight * np.float32(0.6 * amount))[..., None]


def _streaks(rgb: F32, light: Daylight, sight: Sight, amount: float) -> None:
    """Thin lens clouds low over the horizon; gold towards the sun, dim away from it."""
    rows = np.flatnonzero((sight.v[:, 0] > -0.05) & (sight.v[:, 0] < 0.26))
    if not len(rows):
        return
    low = sight.rows(int(rows[0]), int(rows[-1]) + 1)
    long = low.noise(0.034, 3, 31, (9.0, 0.42)) + 0.5 * low.noise(0.20, 1, 32, (2, 0.5))
    weight = np.clip((long - 0.16) * 2.6, 0, 1) * np.exp(-(((low.v - 0.075) / 0.075) ** 2))
    near = np.exp(-(((low.u - light.sun[0]) / 0.45) ** 2))[..., None].astype(np.float32)
    colour = colour_of(light.cloud_lit) * (1 - near) + colour_of(light.cloud_rim) * near
    part = rgb[int(rows[0]) : int(rows[-1]) + 1]
    part += (colour - part) * (weight * np.float32(0.85 * amount))[..., None]


def _banks(params: Params, span: tuple[float, float], seed: int) -> list[_clouds.Bank]:
    """The banks between two u, small ones first: those of the stage, and hashed ones beyond it."""
    banks = [_clouds.Bank(*b[:5], seed * 13 + k) for k, b in enumerate(_BANKS) if b[5] <= params.clouds]
    for side in (-1, 1):
        reach = side * (span[1] if side > 0 else span[0]) - _BEYOND + 0.8
        for k in range(max(0, int(np.ceil(reach / 0.5))) if params.clouds > 0 else 0):
            a, b, c, d = (_noise.chance(seed, 50 + n, k, side + 1) for n in range(4))
            if a < 0.25 + 0.75 * params.clouds:
                place = (side * (_BEYOND + 0.5 * k + 0.2 * b), 0.08 + 0.32 * c)
                banks.append(_clouds.Bank(*place, 0.16 + 0.16 * d, 0.05 + 0.12 * b, 0.9, seed * 13 + 97 * k + side + 1))
    inside = [b for b in banks if b.u + b.half > span[0] - 0.3 and b.u - b.half < span[1] + 0.3]
    return sorted(inside, key=lambda b: b.height)


def _lighting(light: Daylight, bank: _clouds.Bank) -> tuple[tuple[float, float], tuple[F32, F32, F32]]:
    """Where light comes from at a bank, and its colours: the farther from the sun, the less of the rim."""
    du, dv = light.sun[0] - bank.u, light.sun[1] - bank.v - 0.5 * bank.height
    away = float(np.hypot(du, dv)) + 1e-6
    x, y = 0.62 * du / away + 0.5 * light.key_direction[0], 0.62 * dv / away - 0.55 * light.key_direction[1]
    norm = float(np.hypot(x, y))
    body, lit, rim = (_colour.rgb_of(c) for c in (light.cloud_body, light.cloud_lit, light.cloud_rim))
    dim = float(np.clip((away - 0.30) / 0.9, 0, 0.55))
    lit, rim = _colour.mix(lit, body, 0.7 * dim), _colour.mix(rim, lit, 0.4 * dim)
    return (x / norm, y / norm), (body.astype(np.float32), lit.astype(np.float32), rim.astype(np.float32))

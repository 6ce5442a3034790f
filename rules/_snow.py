"""How snow on the ground is painted; what can be asked of it stands in `rules.plates.snow`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rules import _colour, _daylight, _noise, _paving, _turf
from rules._board import Batch, Board
from rules._daylight import Daylight
from rules._outline import ellipse
from rules._paving import Ground
from rules._planar import add, dim, filled
from rules.plates.snow import FARTHEST, Params
from studio.rule import Canvas, Drawing, Variant

F32 = NDArray[np.float32]


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The snow over the canvas."""
    light = _daylight.scenery(variant["time"])
    board = Board(canvas, seed, margin=int(0.10 * canvas.scale))
    floor = _paving.ground(board.left, board.top, (board.height, board.width), board.scale)
    y = -(np.arange(board.height) + board.top + 0.5) / board.scale
    alpha = (np.clip((FARTHEST - floor.z) / 22, 0, 1) * (y < -2.4 / FARTHEST)[:, None]).astype(np.float32)
    rgb = _drifts(params, light, floor, seed)
    if params.sparkle:
        _sparkle(params, light, rgb, (floor, board), seed)
    board.rgb[:] = rgb * alpha[..., None]
    board.alpha[:] = alpha + 0 * floor.x
    if params.track:
        _track(params, light, board)
    board.fill(_stalks(params, light, board, seed))
    z = np.minimum(floor.z, 90.0)
    board.fade(_colour.rgb_of(light.haze_colour), (1 - np.exp(-light.haze_density * z)).astype(np.float32))
    return board.drawing()


def _drifts(params: Params, light: Daylight, floor: Ground, seed: int) -> F32:
    """Slopes to the left take the light, those to the right the blue of the sky; hard lips where the wind cut."""
    white = _daylight.under(light, "#f6f3f2", 0.45)
    base = _daylight.under(light, "#dfe6f2", 0.05)
    blue = _colour.shade(_daylight.under(light, "#b9c8e6"), 0.05, light.shade_hue)
    step = np.float32(0.22)
    there = Ground(floor.x + step, floor.z, floor.step)
    facing = np.zeros(floor.x.shape, np.float32)
    for cell, weight, deep, salt in ((6.5, 5.2, 2.4, 1), (2.1, 1.5, 2.0, 2), (0.55, 0.32, 1.6, 3)):
        height = _paving.clouds(floor, cell, 2, seed + salt, deep)
        facing += np.float32(weight) * (_paving.clouds(there, cell, 2, seed + salt, deep) - height)
    broad = _paving.clouds(floor, 9.0, 2, seed + 4, 2.0)
    tone = (facing * np.float32(0.5 + 1.0 * params.drifts) + 0.28 * broad) * np.clip(1.5 - floor.z / 60, 0.4, 1)
    rgb = filled(floor.x.shape, base)
    add(rgb, np.clip(1.5 * tone, 0, 1), white - base)
    add(rgb, np.clip(-1.5 * tone, 0, 1), blue - base)
    x = 2 * floor.x / floor.z  # in picture heights
    low = np.float32(np.clip(1.15 - abs(light.sun[1]) / 0.3, 0.15, 1.15) * light.glow_weight)
    path = np.exp(-(((x - light.sun[0]) / 0.45) ** 2)) * np.clip((floor.z - 4) / 20, 0, 1)
    rgb += (_colour.rgb_of(light.glow).astype(np.float32) - rgb) * (0.40 * low * path)[..., None]
    near = np.clip((6.5 - floor.z) / 5.0, 0, 1) ** 1.2
    dim(rgb, near, (0.34, 0.29, 0.16))
    return np.clip(rgb, 0, 1)


def _sparkle(params: Params, light: Daylight, rgb: F32, where: tuple[Ground, Board], seed: int) -> None:
    """One pixel or two of pure light, on one crystal in some thousands."""
    floor, board = where
    w = board.window
    fine = max(1, round(board.scale / 540))
    i = (np.arange(w.width) + w.left) // fine
    j = (np.arange(w.height) + w.top) // fine
    chance = _noise.unit(i[None, :], j[:, None], seed + 9)
    spark = (chance > 1 - 0.0022 * params.sparkle) * np.clip(1.4 - floor.z / 22, 0, 1)
    gleam = _colour.mix(_colour.rgb_of(light.glow), [1, 1, 1], 0.6).astype(np.float32)
    rgb += (gleam - rgb) * (0.85 * spark)[..., None]


def _track(params: Params, light: Daylight, board: Board) -> None:
    """Footprints, left and right in turn: ball and heel, dark under their far wall, a floor, a lit lip towards us."""
    hollow = _colour.shade(_daylight.under(light, "#8fa3cf"), 0.04, light.shade_hue)
    lip = _daylight.under(light, "#fbf7f2", 0.6)
    casts, floors, lips = [], [], []
    for k in range(110):
        z = 2.0 + 0.62 * k
        side = 1 if k % 2 else -1
        middle = params.track_at * min(1.0, z / 7) + 0.35 * np.sin(z / 4.5) + 0.15 * side
        x, y, unit = 2 * middle / z, -2.4 / z, 2 / z
        flat = 2.4 / (z * z)
        turn = 0.05 * side + 0.06 * np.sin(2.3 * k)
        for off, long, wide in ((0.07, 0.155, 0.062), (-0.135, 0.085, 0.048)):  # ball and heel
            at = (x + (turn * off * 2) * unit, y + off * flat)
            casts.append(ellipse(*at, wide * unit, long * flat, 0, 14))
            floors.append(
                ellipse(at[0] + 0.010 * unit, at[1] - 0.030 * flat, 0.72 * wide * unit, 0.66 * long * flat, 0, 12)
            )
            lips.append(
                ellipse(at[0] + 0.016 * unit, at[1] - 0.035 * flat, 1.10 * wide * unit, 1.12 * long * flat, 0, 14)
            )
    board.glaze(board.mask(lips, 0.0012), lip, 0.80)
    board.glaze(board.mask(casts, 0.0007), hollow, 0.78)
    board.glaze(board.mask(floors, 0.0010), _colour.mix(hollow, lip, 0.42), 0.75)


def _stalks(params: Params, light: Daylight, board: Board, seed: int) -> Batch:
    """Dry grass in small stands, each with its thin shadow on the snow."""
    batch = Batch()
    if not params.grass:
        return batch
    left, bottom, right, top = board.span()
    straw = [_daylight.under(light, c, 0.2) for c in ("#8a7050", "#b3966a", "#6d5a4a")]
    shadow = _colour.shade(_daylight.under(light, "#9db0d8"), 0.02, light.shade_hue)
    for number, z in _turf.rows(22.0, 1.6, 1.09):
        y = -2.4 / z
        if not bottom - 0.05 < y < top + 0.1:
            continue
        k, x = _turf.along((left - 0.1, right + 0.1), 0.42 / z**0.8, number, seed + 20)
        stands = _turf.dice(k, number, seed + 21) < 0.22 * params.grass
        k, x = k[stands], x[stands]
        size = (2 / z) * (0.14 + 0.24 * _turf.dice(k, number, seed + 22))
        for n in range(6):
            lean = 0.9 * (_turf.dice(k, number, seed + 30 + n) - 0.45)
            tall = size * (0.5 + 0.6 * _turf.dice(k, number, seed + 40 + n))
            at = np.stack([x + 0.16 * size * (n - 2.5) / 2.5, np.full(len(x), y)], 1)
            if n % 2 == 0 and len(k):
                cast = _turf.blades(at, 0.9 * tall, lean + 1.1, 0.020 * size)
                cast[..., 1] = y - 0.30 * (cast[..., 1] - y)
                batch.many(cast, shadow)
            batch.many(_turf.blades(at, tall, lean, 0.022 * size), straw[n % 3])
    return batch

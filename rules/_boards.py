"""How the floor of boards is painted; what can be asked of it stands in `rules.plates.boards`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rules import _board, _colour, _daylight, _indoor, _noise, _paving
from rules._daylight import Daylight
from rules._indoor import Indoors
from rules._paving import Ground
from rules._planar import add, dim, filled, planar
from rules.plates.boards import FARTHEST, Params
from studio.rule import Canvas, Drawing, Variant

F32 = NDArray[np.float32]
_WIDE, _LONG = 0.21, 2.6  # m, a board


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The floor over the canvas."""
    light = _daylight.scenery(variant["time"])
    out = planar(np.zeros((4, canvas.height, canvas.width), np.float32))
    for first, last in _paving.bands(canvas.width, canvas.height):
        floor = _paving.ground(canvas.left, canvas.top + first, (last - first, canvas.width), canvas.scale)
        rgb = _planks(params, floor, seed)
        if params.rug:
            _rug(params, rgb, floor, seed)
        _shine(params, light, rgb, floor, seed)
        alpha = np.clip((FARTHEST - floor.z) / np.maximum(floor.step, 0.5), 0, 1) + 0 * floor.x
        out[first:last, :, :3], out[first:last, :, 3] = np.clip(rgb, 0, 1) * alpha[..., None], alpha
    window = _noise.Window(canvas.left, canvas.top, canvas.width, canvas.height)
    return Drawing(_board.eight_bit(out, window, seed))


def _planks(params: Params, floor: Ground, seed: int) -> F32:
    """Boards with staggered ends, each of its own tone, with grain along them and a dark seam between."""
    column = np.floor(floor.x / _WIDE)
    c = column.astype(np.int64)
    along = floor.z / _LONG + _noise.unit(c, 0, seed + 1)
    piece = np.floor(along).astype(np.int64)
    tone = _noise.unit(c, piece, seed + 2) * 2 - 1
    tint = _noise.unit(c, piece, seed + 3) * 2 - 1
    base = _colour.rgb_of(params.wood)
    warm, dark = _colour.mix(base, [0.86, 0.56, 0.32], 0.35), _colour.shade(base, 0.09, 330)
    grain = _paving.clouds(Ground(floor.x + 3.1 * tone, floor.z, floor.step), 0.045, 2, seed + 4, 26.0)
    broad = _paving.clouds(Ground(floor.x + 5.7 * tone, floor.z, floor.step), 0.16, 2, seed + 5, 9.0)
    clear = np.clip(1.25 - floor.z / 16, 0.15, 1)
    rgb = filled(floor.x.shape, base)
    add(rgb, np.clip(tint, 0, 1), (0.7 * (warm - base)))
    add(rgb, np.clip(-tint, 0, 1), (0.7 * (dark - base)))
    rgb *= (1 + 0.10 * tone + (0.09 * grain + 0.07 * broad) * clear)[..., None]
    pixel = floor.z / 2 * np.float32(1 / 520)
    seam = np.float32(0.011)
    edge = np.minimum(floor.x / _WIDE - column, 1 - floor.x / _WIDE + column) * np.float32(_WIDE)
    gap = np.clip((seam - edge) / pixel + 0.5, 0, 1) * np.clip(seam / pixel, 0.25, 1)
    end = np.minimum(along - piece, 1 - along + piece) * np.float32(_LONG)
    gap = np.maximum(gap, np.clip((0.014 - end) / np.maximum(floor.step, 0.008) + 0.5, 0, 1) * clear * 0.9)
    joint = _colour.shade(base, 0.26, 330).astype(np.float32)
    rgb += (joint - rgb) * (0.80 * gap)[..., None]
    lip = np.clip(1 - (edge - 0.016) / (0.012 + pixel), 0, 1) * (edge > seam) * clear
    return np.asarray(rgb * (1 + 0.10 * lip)[..., None], np.float32)


def _rug(params: Params, rgb: F32, floor: Ground, seed: int) -> None:
    """A rug: borders in three colours, a ring of leaves, a field with a medallion; its edge throws a shadow."""
    x, z = (floor.x - params.rug_x) / 1.95, (floor.z - params.rug_at) / 1.40
    worn_edge = 0.006 * _paving.clouds(floor, 0.3, 2, seed + 9)
    r = round_ = np.sqrt(x * x + z * z) + worn_edge
    if params.rug_shape == "long":  # its borders run straight, its medallion stays round
        r = np.maximum(np.maximum(np.abs(x), np.abs(z) * np.float32(1.12)), np.float32(0.8) * round_ * (round_ < 0.8))
        r = np.where(round_ < 0.74, np.minimum(np.maximum(r, round_), 0.70), np.maximum(r, 0.70)) + worn_edge
    angle = np.arctan2(z, x)
    soft = np.maximum(floor.step / 1.40, 0.008)
    own = _colour.rgb_of(params.rug_colour)
    dark, gold, blue = _colour.shade(own, 0.15, 320), np.array([0.85, 0.68, 0.42]), np.array([0.20, 0.34, 0.40])

    def ring(inner: F32 | float, outer: F32 | float) -> F32:
        return np.asarray(np.clip((outer - r) / soft + 0.5, 0, 1) * np.clip((r - inner) / soft + 0.5, 0, 1))

    def lay(cover: F32, colour: NDArray[np.float64], weight: float = 1.0) -> None:
        rgb[:] += (colour.astype(np.float32) - rgb) * (weight * cover)[..., None]

    shadow = np.clip((1.06 - r) / 0.06, 0, 1) * (r > 0.98)
    dim(rgb, 0.45 * shadow, (1.0, 1.0, 0.8))
    fringe = ring(0.985, 1.03) * (np.sin(angle * 150) > 0)
    lay(np.asarray(fringe), gold, 0.8)
    lay(ring(-1, 1.0), dark)
    lay(ring(-1, 0.93), gold, 0.9)
    lay(ring(-1, 0.905), blue)
    petals = 0.825 + 0.05 * np.abs(np.sin(angle * 14))
    lay(ring(2 * 0.825 - petals, petals), gold, 0.62)
    lay(ring(-1, 0.745), gold, 0.9)
    lay(ring(-1, 0.722), own)
    flower = 0.36 + 0.07 * np.cos(angle * 8)
    lay(ring(-1, flower + 0.035), gold, 0.75)
    lay(ring(-1, flower), dark)
    lay(ring(-1, 0.20 + 0.04 * np.cos(angle * 8 + 3.14)), gold, 0.55)
    lay(ring(-1, 0.11), blue)
    weave = _paving.clouds(floor, 0.05, 2, seed + 10, 1.0) * np.clip(1.4 - floor.z / 12, 0, 1)
    worn = _paving.clouds(floor, 0.9, 3, seed + 11)
    rgb *= 1 + ((r < 1.0) * (0.06 * weave + 0.06 * worn))[..., None]


def _shine(params: Params, light: Daylight, rgb: F32, floor: Ground, seed: int) -> None:
    """Lamplight and the window's patch; the dark along the wall; polished wood mirrors what is bright."""
    inside: Indoors = _indoor.indoors(light, params.lamp)
    z = floor.z - np.float32(params.wall)
    away = [np.sqrt((floor.x - at) ** 2 + z * z + _indoor.LAMP_HEIGHT**2) - 0.9 for at in _indoor.LAMPS]
    rgb *= _indoor.lit(inside, [np.asarray(a, np.float32) for a in away], 2.9)
    if abs(params.window) < 9000:
        _window_patch(params, inside, rgb, floor)
    # lamps and window mirrored in the polish: upright streaks
    warm = np.array([1.0, 0.78, 0.45], np.float32)
    ripple = 0.10 * _paving.clouds(floor, 0.25, 2, seed + 12, 2.0)
    for at in _indoor.LAMPS:
        streak = np.exp(-(((2 * floor.x / floor.z - 2 * at / params.wall) / 0.045 + ripple) ** 2))
        fall = np.exp(-np.clip(params.wall - floor.z, 0, None) / 3.2)
        add(rgb, 0.16 * np.float32(inside.lamps) * streak * fall, warm)
    seam = np.exp(-np.abs(floor.z - params.wall) / 0.55)
    rgb *= 1 - 0.42 * seam[..., None]
    near = np.clip((6.0 - floor.z) / 4.5, 0, 1) ** 1.2
    dim(rgb, near, (0.40, 0.40, 0.30))


def _window_patch(params: Params, inside: Indoors, rgb: F32, floor: Ground) -> None:
    """The window's light on the floor, six panes drawn out towards us and into the room."""
    before = params.wall - floor.z
    x = floor.x - params.window - 0.42 * _indoor.slant(params.window) * before
    u, v = x / 0.72, (before - 1.5) / 2.1  # -1 to 1, 0 to 1
    soft = np.float32(0.06) + 0.03 * before
    inside_x = np.clip((1 - np.abs(u)) / soft, 0, 1)
    inside_z = np.clip(v / 0.05, 0, 1) * np.clip((1 - v) / 0.05, 0, 1)
    bars = np.clip(np.abs(u) / 0.10, 0.3, 1) * np.clip(np.abs(v - 0.5) / 0.03, 0.3, 1)
    patch = inside_x * inside_z * bars * np.float32(0.10 + 0.78 * inside.day)
    for channel, glow in enumerate(inside.pane * 0.9):
        rgb[..., channel] += glow * patch * (0.35 + 0.9 * rgb[..., channel])

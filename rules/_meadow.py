"""How the meadow is painted; what can be asked of it stands in `rules.plates.meadow`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules import _colour, _daylight, _noise, _paving, _turf
from rules._board import Batch, Board
from rules._daylight import Daylight
from rules._paving import Ground
from rules._planar import add, dim, filled
from rules.plates.meadow import FARTHEST, Params
from studio.rule import Canvas, Drawing, Variant

F32 = NDArray[np.float32]
Floats = NDArray[np.float64]
_NEAR = 1.0  # m, the nearest row of blades
_FLOWERS = (("#fff3da", "#e9b54a"), ("#f3c46b", "#b9772e"), ("#d98aa4", "#f6d8a0"), ("#9c8fd0", "#f2dca0"))


class _Lawn(NamedTuple):
    """What a row of grass is painted with: parameters, light, the ground's colours, their window, seed."""

    params: Params
    light: Daylight
    ground: F32
    board: Board
    seed: int

    def colours(self, at: Floats) -> Floats:
        """The ground's colours under places (count, 2)."""
        c = np.clip((at[:, 0] * self.board.scale).astype(int) - self.board.left, 0, self.board.width - 1)
        r = np.clip((-at[:, 1] * self.board.scale).astype(int) - self.board.top, 0, self.board.height - 1)
        return np.asarray(self.ground[r, c], np.float64)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The meadow over the canvas."""
    light = _daylight.scenery(variant["time"])
    # blades reach up to a tenth of a picture height over their feet: the canvas must see feet below it
    board = Board(canvas, seed, margin=int(0.12 * max(1.0, params.tall) * canvas.scale))
    floor = _paving.ground(board.left, board.top, (board.height, board.width), board.scale)
    ground = _ground(params, light, floor, seed)
    top = -(np.arange(board.height) + board.top + 0.5) / board.scale < -2.4 / FARTHEST
    alpha = np.clip((FARTHEST - floor.z) / 22, 0, 1) * top[:, None]
    board.rgb[:] = ground * alpha[..., None]
    board.alpha[:] = alpha
    lawn = _Lawn(params, light, ground, board, seed)
    batch = Batch()
    for number, z in _turf.rows(36.0, _NEAR, 1.042):
        _grass(batch, lawn, number, z)
    board.fill(batch)
    _light_on_it(light, board, floor, seed)
    deep = np.minimum(floor.z, 90.0)
    board.fade(_colour.rgb_of(light.haze_colour), (1 - np.exp(-light.haze_density * 1.15 * deep)).astype(np.float32))
    return board.drawing()


def path_middle(params: Params, z: F32) -> F32:
    """Where the path's middle runs: it winds away from us."""
    bend = 0.55 * np.sin(z / 5.2 + 0.6) * np.minimum(z / 9, 1.6) + 0.9 * np.sin(z / 19.0) * (z / 20)
    home = 0.55 * np.sin(7 / 5.2 + 0.6) * (7 / 9) + 0.9 * np.sin(7 / 19.0) * (7 / 20)
    return np.asarray(bend - home + params.path_at, np.float32)


def _ground(params: Params, light: Daylight, floor: Ground, seed: int) -> F32:
    """The colours of the turf: broad drifts of yellow and blue green, worn to earth on the path."""
    base = _daylight.under(light, params.grass)
    own = _colour.rgb_of(params.grass)
    warm = _daylight.under(light, _colour.mix(own, [0.80, 0.74, 0.34], 0.50), 0.25)
    cool = _colour.shade(_daylight.under(light, _colour.mix(own, [0.16, 0.38, 0.34], 0.50)), 0.05, light.shade_hue)
    broad = _paving.clouds(floor, 7.0, 3, seed + 1, 1.6)
    fine = _paving.clouds(floor, 0.9, 3, seed + 2, 1.4)
    rgb = filled(floor.x.shape, base)
    add(rgb, np.clip(1.6 * broad + 0.35 * fine, 0, 1), warm - base)
    add(rgb, np.clip(-1.5 * broad - 0.5 * fine, 0, 1), cool - base)
    rgb *= (1 + 0.10 * fine * np.clip(1.3 - floor.z / 30, 0.2, 1))[..., None]
    if params.path:
        earth = _daylight.under(light, "#b59a72", 0.2).astype(np.float32)
        away = np.abs(floor.x - path_middle(params, floor.z)) / (0.5 * params.path)
        share = np.clip((1.0 + 0.42 * fine - away) * 3.2, 0, 1)
        worn = earth * (1 + 0.10 * _paving.clouds(floor, 0.35, 3, seed + 3, 2.0))[..., None]
        rgb += (worn - rgb) * (0.92 * share)[..., None]
    return np.clip(rgb, 0, 1)


def _grass(batch: Batch, lawn: _Lawn, number: int, z: float) -> None:
    """One row: quiet blades in the ground's own colour, and here and there a tuft or flowers."""
    params, seed = lawn.params, lawn.seed
    left, bottom, right, top = lawn.board.span()
    y = -2.4 / z
    if not bottom - 0.05 < y < top + 0.05:
        return
    unit = 2.0 / z * params.tall
    k, x = _turf.along((left - 0.1, right + 0.1), 0.052 / z**0.72, number, seed + 10)
    a, b, c = (_turf.dice(k, number, seed + n) for n in (11, 12, 13))
    foot = np.stack([x, y - 0.035 * -y * a], 1)
    height = unit * (0.06 + 0.13 * b) * (0.75 + 0.5 * np.minimum(z / 8, 1))
    bare = _on_path(lawn, x, z)
    grow = bare < 0.5
    tone = (0.80 + 0.44 * c)[:, None] * lawn.colours(foot)
    lean = 0.9 * (_turf.dice(k, number, seed + 14) - 0.42)
    batch.many(_turf.blades(foot, height, lean, 0.016 * unit + 0.0 * a)[grow], np.clip(tone, 0, 1)[grow])
    _tufts(batch, lawn, number, z)
    if params.flowers:
        _flowers(batch, lawn, number, z)


def _on_path(lawn: _Lawn, x: Floats, z: float) -> Floats:
    if not lawn.params.path:
        return np.zeros(len(x))
    middle = float(path_middle(lawn.params, np.array([z], np.float32))[0])
    away = np.abs(x * z / 2 - middle) / (0.5 * lawn.params.path)
    return np.asarray(np.clip((1.08 - away) * 4, 0, 1))


def _drift(x: Floats, z: float, cell: float, seed: int) -> Floats:
    """Smooth hashed waves over the floor: where tufts and flowers gather; about -1 to 1."""
    place = x * z / 2 / cell
    base = np.floor(place).astype(np.int64)
    t = place - base
    t = t * t * (3 - 2 * t)
    deep = z / (2.2 * cell)
    row = int(np.floor(deep))
    s = deep - row
    s = s * s * (3 - 2 * s)
    total = np.zeros(len(x))
    for j, w in ((row, 1 - s), (row + 1, s)):
        total += w * (_noise.unit(base, j, seed) * (1 - t) + _noise.unit(base + 1, j, seed) * t)
    return total * 2 - 1


def _tufts(batch: Batch, lawn: _Lawn, number: int, z: float) -> None:
    """Tufts of long blades, lit in the middle, dark at the sides, where the drift lets them stand."""
    params, light, seed = lawn.params, lawn.light, lawn.seed
    left, _, right, _ = lawn.board.span()
    k, x = _turf.along((left - 0.15, right + 0.15), 0.30 / z**0.80, number, seed + 20)
    stands = (_drift(x, z, 2.4, seed + 21) + 0.9 * (_turf.dice(k, number, seed + 22) - 0.5) > 0.30) & (
        _on_path(lawn, x, z) < 0.5
    )
    if not stands.any():
        return
    k, x = k[stands], x[stands]
    size = (2 / z) * params.tall * (0.16 + 0.22 * _turf.dice(k, number, seed + 23)) * (0.55 + 0.45 * min(z / 6, 1.0))
    foot = np.stack([x, np.full(len(x), -2.4 / z)], 1)
    own = lawn.colours(foot)
    warm = np.array(light.key) * np.array([1.02, 1.02, 0.90])
    batch.many(_turf.discs(foot + np.array([[0.0, 0.0]]), 0.55 * size, 0.16), own * 0.74)
    for n in sorted(range(9), key=lambda n: -abs(n - 4)):
        o = (n - 4) / 4 + 0.3 * (_turf.dice(k, number, seed + 30 + n) - 0.5)
        tall = size * (1 - 0.40 * np.abs(o)) * (0.75 + 0.4 * _turf.dice(k, number, seed + 50 + n))
        lit = (1 - np.abs(o)) * _turf.dice(k, number, seed + 70 + n)
        tone = own * (0.72 + 0.50 * lit)[:, None] * (1 + (0.5 * lit)[:, None] * (warm - 1))
        at = foot + np.stack([0.30 * o * size, 0 * o], 1)
        batch.many(_turf.blades(at, tall, 0.62 * o, 0.050 * size), np.clip(tone, 0, 1))


def _flowers(batch: Batch, lawn: _Lawn, number: int, z: float) -> None:
    """Flowers on stems in drifts of one kind: a dark side, petals, a heart."""
    params, light, seed = lawn.params, lawn.light, lawn.seed
    left, _, right, _ = lawn.board.span()
    k, x = _turf.along((left, right), 0.085 / z**0.75, number, seed + 100)
    chance = _turf.dice(k, number, seed + 101)
    for kind, (petal, heart) in enumerate(_FLOWERS):
        gather = 0.80 * _drift(x, z, 3.1, seed + 110 + kind) + 0.55 * _drift(x, z, 0.8, seed + 120 + kind)
        here = (chance * 4 - kind > 0) & (chance * 4 - kind < 1) & (_on_path(lawn, x, z) < 0.3)
        here &= gather + 0.4 * (_turf.dice(k, number, seed + 102) - 0.5) > 0.92 - 0.80 * params.flowers
        here &= _turf.dice(k, number, seed + 106) < np.clip(1.25 - z / 15, 0.16, 1)  # far ones melt into the green
        if not here.any():
            continue
        kk = k[here]
        unit = (2 / z) * (0.6 + 0.4 * min(z / 6, 1.0))
        foot = np.stack([x[here], np.full(len(kk), -2.4 / z)], 1)
        tall = unit * params.tall * (0.12 + 0.20 * _turf.dice(kk, number, seed + 103))
        lean = 0.5 * (_turf.dice(kk, number, seed + 104) - 0.5)
        batch.many(_turf.blades(foot, tall, lean, np.full(len(kk), 0.010 * unit)), lawn.colours(foot) * 0.86)
        top = foot + np.stack([lean * tall, tall * (1 - 0.28 * np.abs(lean))], 1)
        r = unit * (0.018 + 0.024 * _turf.dice(kk, number, seed + 105) ** 2)
        turn = 6.3 * _turf.dice(kk, number, seed + 107)
        flat = 0.34 + 0.34 * _turf.dice(kk, number, seed + 108)
        colour = _daylight.under(light, petal, 0.5)
        if light.stars > 0.9:  # by night colours fade before shapes do
            colour = _colour.mix(colour, _daylight.under(light, lawn.params.grass), 0.45)
        batch.many(
            _turf.petals(top - np.array([-0.1, 0.22]) * r[:, None], r, flat, turn),
            _colour.shade(colour, 0.12, light.shade_hue),
        )
        tint = (0.92 + 0.14 * _turf.dice(kk, number, seed + 109))[:, None]
        batch.many(_turf.petals(top, 1.05 * r, flat, turn), np.clip(colour * tint, 0, 1))
        if z < 11:
            batch.many(
                _turf.discs(top + np.array([0.0, 0.06]) * r[:, None], 0.34 * r, 0.55),
                _daylight.under(light, heart, 0.4),
            )


def _light_on_it(light: Daylight, board: Board, floor: Ground, seed: int) -> None:
    """The low sun's path, the shadows of clouds by day, and the quieter light at our feet."""
    x = (np.arange(board.width) + board.left + 0.5) / board.scale
    glow = _colour.rgb_of(light.glow).astype(np.float32)
    path = np.exp(-(((x - light.sun[0]) / 0.42) ** 2)).astype(np.float32)[None, :]
    far = np.clip((floor.z - 5) / 22, 0, 1)
    low = np.float32(np.clip(1.15 - abs(light.sun[1]) / 0.3, 0.2, 1.15) * light.glow_weight)
    board.rgb += (glow * board.alpha[..., None] - board.rgb) * (0.34 * low * path * far)[..., None]
    shade = np.clip(_paving.clouds(floor, 16.0, 2, seed + 5, 1.7) * 3.0 - 0.1, 0, 1) * np.float32(light.sunlight)
    dim(board.rgb, shade * np.clip((floor.z - 4) / 6, 0, 1), (0.20, 0.17, 0.10))
    near = np.clip((6.0 - floor.z) / 4.5, 0, 1) ** 1.3
    dim(board.rgb, near, (0.36, 0.33, 0.24))
    np.minimum(board.rgb, board.alpha[..., None], out=board.rgb)

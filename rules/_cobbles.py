"""How the cobbles are painted; what can be asked of it stands in `rules.plates.cobbles`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules import _colour, _daylight, _foliage, _noise, _paving
from rules._board import Batch, Board, moved
from rules._daylight import Daylight
from rules._paving import Ground, Stones
from rules._planar import add, dim, filled, read
from rules.plates.cobbles import FARTHEST, Params
from studio.rule import Canvas, Drawing, Variant

F32 = NDArray[np.float32]


class _Band(NamedTuple):
    """Rows of a board."""

    left: int
    top: int
    width: int
    height: int
    scale: float


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The floor over the canvas; empty above z = 70."""
    light = _daylight.scenery(variant["time"])
    board = Board(canvas, seed, margin=0)
    for first, last in _paving.bands(board.width, board.height):
        band = _Band(board.left, board.top + first, board.width, last - first, board.scale)
        rgb, alpha = _floor(params, light, band, seed)
        board.rgb[first:last] = np.clip(rgb, 0, 1) * alpha[..., None]
        board.alpha[first:last] = alpha
    if params.green:
        board.fill(_green(params, light, board, seed))
    z = _paving.ground(board.left, board.top, (board.height, 1), board.scale).z
    board.fade(_colour.rgb_of(light.haze_colour), 1 - np.exp(-light.haze_density * 1.15 * z))
    return board.drawing()


def _floor(params: Params, light: Daylight, band: _Band, seed: int) -> tuple[F32, F32]:
    """Colour and coverage of a band."""
    floor = _paving.ground(band.left, band.top, (band.height, band.width), band.scale)
    side = np.abs(floor.x)
    laid = _pattern(params, floor, side, seed)
    rgb = _stone_colours(params, light, (floor, laid), side, seed)
    _kerb(params, light, rgb, floor, side)
    if params.wet:
        _wet(params, light, rgb, (floor, laid), band, seed)
    _sky_on_stone(light, rgb, floor, band)
    return rgb, np.asarray(np.clip((FARTHEST - floor.z) / 16, 0, 1) + 0 * floor.x, np.float32)


def _pattern(params: Params, floor: Ground, side: F32, seed: int) -> Stones:
    laid = _paving.cobbles(floor, seed)
    gutter = Ground(floor.x - np.float32(params.gutter), floor.z, floor.step)
    # two rows of long slabs; their own z runs along them
    turned = _paving.slabs(Ground(gutter.x + 0.19, floor.z, floor.step), (0.19, 0.55), 0.0, seed + 40)
    laid = _paving.chosen(laid, turned, (np.abs(gutter.x) < 0.19).astype(np.float32))
    if params.pavement < FARTHEST:
        flags = _paving.slabs(floor, (0.78, 0.58), params.pavement, seed + 50)
        laid = _paving.chosen(laid, flags, _on_pavement(params, floor, side))
    return laid


def _on_pavement(params: Params, floor: Ground, side: F32) -> F32:
    return ((floor.z > params.pavement) & (side > params.lane / 2)).astype(np.float32)


def _stone_colours(params: Params, light: Daylight, what: tuple[Ground, Stones], side: F32, seed: int) -> F32:
    floor, laid = what
    base = _daylight.under(light, "#8c7c7a")
    warm, cool = _daylight.under(light, "#ab8a6c"), _daylight.under(light, "#73778c")
    joint = _colour.shade(base, 0.17, light.shade_hue).astype(np.float32)
    patch = _paving.clouds(floor, 2.6, 3, seed + 11, 1.8)
    dirt = _paving.clouds(floor, 0.5, 2, seed + 12)
    rgb = filled(floor.x.shape, base)
    spread = np.float32(0.35 + 1.0 * params.worn)
    tint = np.clip((0.75 * laid.tint * laid.clear + 0.8 * patch) * spread, -1, 1)
    add(rgb, np.clip(tint, 0, 1), (0.62 * (warm - base)))
    add(rgb, np.clip(-tint, 0, 1), (0.62 * (cool - base)))
    pavement = _on_pavement(params, floor, side)
    if params.pavement < FARTHEST:
        pale = _daylight.under(light, "#a4918d").astype(np.float32)
        rgb += (pale - rgb) * (0.55 * pavement)[..., None]
    # a stone is a dome: its far shoulder sees the sky, its near side falls into the joint
    dome = laid.up * 0.075 - laid.across * 0.030 - 0.085 * np.clip(-laid.up - 0.35, 0, 1)
    tone = 1 + (0.105 * spread * laid.tone + dome * (1 - 0.6 * pavement)) * laid.clear + 0.05 * dirt
    rgb *= tone[..., None]
    gap = (1 - laid.face) * (0.30 + 0.62 * laid.clear)
    rgb += (joint - rgb) * gap[..., None]
    # a small light on the left shoulder of near stones
    spot = np.exp(-(((laid.across + 0.34) / 0.30) ** 2) - ((laid.up - 0.30) / 0.26) ** 2)
    spot *= np.clip(laid.tone + 0.35, 0, 1) * np.clip(1.25 - floor.z / 11, 0, 1) * (1 - pavement)
    shine = _colour.light(_colour.mix(base, _colour.rgb_of(light.sky[3][1]), 0.35), 0.10).astype(np.float32)
    rgb += (shine - rgb) * (0.42 * spot)[..., None]
    gutter = np.exp(-(((floor.x - params.gutter) / 0.24) ** 2))
    dim(rgb, 0.34 * gutter, (1.0, 1.05, 0.8))
    return rgb


def _kerb(params: Params, light: Daylight, rgb: F32, floor: Ground, side: F32) -> None:
    """The kerb: a lit edge, and below it its dark face and the damp line along it."""
    if params.pavement >= FARTHEST:
        return
    stone = _daylight.under(light, "#b09c93")
    dark = _colour.shade(stone, 0.26, light.shade_hue).astype(np.float32)
    half = params.lane / 2
    before = params.pavement - floor.z
    soft = np.maximum(floor.step * 0.8, 0.03)
    row = side > half
    face = np.clip((before + 0.02) / soft, 0, 1) * np.clip((0.42 - before) / soft, 0, 1) * row
    lip = np.clip((0.02 - before) / soft, 0, 1) * np.clip((before + 0.30) / soft, 0, 1) * row
    shade = np.exp(-np.clip(before - 0.3, 0, None) / 0.5) * (before > 0) * row
    inner = half - side
    beyond = floor.z > params.pavement
    pixel = floor.step * 0 + floor.z / 2 * np.float32(1 / 700)
    face = np.maximum(face, np.clip(inner / pixel, 0, 1) * np.clip((0.05 - inner) / pixel, 0, 1) * beyond)
    lip = np.maximum(lip, np.clip(-inner / pixel, 0, 1) * np.clip((inner + 0.10) / pixel, 0, 1) * beyond)
    rgb *= 1 - (0.38 * shade)[..., None]
    rgb += (dark - rgb) * (0.85 * face)[..., None]
    rgb += (_colour.light(stone, 0.02).astype(np.float32) - rgb) * (0.65 * lip * np.clip(1.5 - floor.z / 24, 0, 1))[
        ..., None
    ]


def _wet(params: Params, light: Daylight, rgb: F32, what: tuple[Ground, Stones], band: _Band, seed: int) -> None:
    """Damp darkens and shines; puddles mirror the sky, torn by the stones that stand out of them."""
    floor, laid = what
    deep = _paving.clouds(floor, 1.15, 3, seed + 21, 0.9) + 0.16 * np.exp(-(((floor.x - params.gutter) / 0.22) ** 2))
    puddle = np.clip((deep - 0.60 + 0.36 * params.wet) * 7.0, 0, 1)
    # stones stand out at the border
    puddle = np.clip(puddle * 1.7 - 0.7 * laid.face * (0.5 + 0.5 * laid.tone) * laid.clear, 0, 1)
    dim(rgb, 0.22 * params.wet * np.clip(puddle + 0.3, 0, 1), (1.0, 1.0, 0.75))
    y = -(np.arange(band.height) + band.top + 0.5) / band.scale
    ripple = 0.010 * _paving.clouds(floor, 0.10, 1, seed + 22, 3.0)
    place = np.clip(0.50 - 0.62 * np.abs(y)[:, None] + ripple, 0, 1)
    table = _colour.ramp(light.sky, np.linspace(0, 1, 513))
    mirror = read(table, np.rint(place * 512).astype(np.int32))
    mirror *= np.float32(1 - 0.30 * light.sunlight)  # water over dark stone: by day it is the darker of the two
    _mirrored_houses(params, light, mirror, (band, ripple), seed)
    rim = puddle * (1 - puddle) * 4  # stones are wet round about
    dim(rgb, 0.34 * rim, (1.0, 1.0, 0.85))
    facing = (np.float32(0.50) + np.float32(0.40) * np.clip(floor.z / 14, 0, 1)) * np.clip(1.6 - floor.z / 26, 0, 1)
    rgb += (mirror - rgb) * (puddle * facing * params.wet**0.5)[..., None]


def _mirrored_houses(params: Params, light: Daylight, mirror: F32, where: tuple[_Band, F32], seed: int) -> None:
    """Beside the lane puddles do not see the sky but fronts, and their lit windows as shaking streaks."""
    if params.pavement >= FARTHEST:
        return
    band, ripple = where
    x = ((np.arange(band.width) + band.left + 0.5) / band.scale).astype(np.float32)[None, :] + 0.45 * ripple
    edge = (params.lane + 0.6) / (params.pavement + 1.25)
    front = np.clip((np.abs(x) - edge) / 0.015, 0, 1)[..., None]
    wall = _colour.shade(_daylight.under(light, "#a58c84"), 0.07, light.shade_hue).astype(np.float32)
    mirror += (wall - mirror) * (0.80 * front)
    cell = 0.058
    lit = _noise.unit(np.floor(x / cell).astype(np.int64) & 0xFFFF, 3, seed + 23) < light.lit
    streak = np.exp(-(((x / cell - np.floor(x / cell) - 0.5) / 0.20) ** 2)) * lit
    warm = _colour.rgb_of(light.window).astype(np.float32)
    broken = np.clip(0.35 + 70 * np.abs(ripple), 0, 1)
    mirror += (warm - mirror) * (0.85 * (streak * broken)[..., None] * front)


def _sky_on_stone(light: Daylight, rgb: F32, floor: Ground, band: _Band) -> None:
    """The low sun lays a path on the stones; our own feet stand in a quieter light."""
    x = (np.arange(band.width) + band.left + 0.5) / band.scale
    path = np.exp(-(((x - light.sun[0]) / 0.30) ** 2)).astype(np.float32)[None, :]
    far = np.clip((floor.z - 4.5) / 16, 0, 1)
    low = np.float32(np.clip(1.2 - abs(light.sun[1]) / 0.25, 0.25, 1.2) * light.glow_weight)
    glow = _colour.rgb_of(light.glow).astype(np.float32)
    rgb += (glow - rgb) * (0.42 * low * path * far)[..., None]
    near = np.clip((7.5 - floor.z) / 4.5, 0, 1) ** 1.3
    dim(rgb, near, (0.34, 0.33, 0.22))


def _green(params: Params, light: Daylight, board: Board, seed: int) -> Batch:
    """Tufts in joints and a few leaves, standing on their places, the far ones first."""
    batch = Batch()
    left, bottom, right, _ = board.span()
    greens = [_daylight.under(light, c) for c in ("#3d5140", "#58704a", "#7f9054")]
    fallen = [_daylight.under(light, c) for c in ("#b0653a", "#c99043", "#8a4a3c", "#9c7a3e")]
    for row in range(34, 0, -1):
        z = 3.0 + 0.42 * row
        y = -2.4 / z
        if y < bottom - 0.05:
            continue
        cell = 1.3
        first, last = int(np.floor(left * z / 2 / cell)) - 1, int(np.ceil(right * z / 2 / cell)) + 1
        for k in range(first, last + 1):
            a, b, c, d = (float(_noise.unit(k, row, seed + 60 + n)) for n in range(4))
            x = (k + a) * cell
            near_edge = abs(x - params.gutter) < 0.5 or abs(abs(x) - params.lane / 2) < 0.35
            random = np.random.default_rng([seed, row, k + 100000])
            place, size = 2 * x / z, 2 / z
            foot = -2.4 / (z + 0.4 * b)
            if near_edge and z > 6.5 and c < params.green * 0.60:
                for _ in range(3):
                    off, tall = float(random.normal(0, 0.05)), 0.03 + 0.055 * d * float(random.uniform(0.4, 1.0))
                    batch.join(_foliage.tuft(place + off * size, foot, tall * size, greens, random))
            elif c > 1 - 0.22 * params.green:
                at = np.array([[place, foot]])
                flat = _foliage.leaves(at, np.array([0.055 * size]), np.array([6.3 * d]), ivy=False)[0]
                flat[:, 1] = foot + (flat[:, 1] - foot) * 0.42
                batch.add(moved(flat, 0.004 * size, -0.010 * size), _colour.shade(greens[0], 0.12, light.shade_hue))
                batch.add(flat, fallen[int(b * 3.99)])
    return batch

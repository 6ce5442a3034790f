"""How the hills are painted; what can be asked of them stands in `rules.plates.hills`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rules import _air, _colour, _daylight, _noise, _ridge, _trees
from rules._board import Batch, Board, moved, poly, rect
from rules._colour import RGB
from rules._daylight import Daylight
from rules._outline import F32, Points
from rules._planar import add, filled, read
from rules.plates.hills import DEPTH, LOW, Params, box
from studio.rule import Canvas, Drawing, Variant

_EYE = 1.2
#: far ranks first: how far behind the plate, foot and height of the ridge in metres, length of a hill
_RANKS = ((3.2, 2.4, 11.5, 46.0), (2.1, 1.6, 8.6, 37.0), (1.45, 0.9, 5.2, 30.0), (1.0, 0.2, 3.0, 25.0))


class _Rank(NamedTuple):
    """A rank of hills: number, how far it stands, columns (width,) of its ridge in metres and of its slope."""

    number: int
    far: float
    ridge: F32
    slope: F32
    x: F32


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The hills that meet the canvas."""
    light = _daylight.scenery(variant["time"])
    z = float(variant.get("z", DEPTH))
    within = (LOW, box(params, variant).top)
    board = Board(canvas, seed, margin=40, within=within)
    ranks = _RANKS[len(_RANKS) - params.ranks :]
    for number, (far, foot, tall, length) in enumerate(ranks):
        layer = Board(canvas, seed + 31 * number, margin=40, within=within)
        x = _air.columns(layer)[0].astype(np.float64)
        y = foot + tall * params.height * _ridge.rolling(x + 400 * number, length, seed + 7 * int(10 * far))
        slope = _ridge.slope(x, y) if len(x) > 1 else 0 * x
        rank = _Rank(number, far, y.astype(np.float32), slope.astype(np.float32), x.astype(np.float32))
        _slopes(params, light, rank, layer, seed)
        batch = Batch()
        _growth(params, light, rank, layer, batch, seed)
        layer.fill(batch)
        glow = _colour.mix(_colour.rgb_of(light.glow), _colour.rgb_of(light.cloud_lit), 0.4)
        layer.rim((light.key_direction[0], 0.8 * light.key_direction[1]), 0.12, glow, 0.30)
        lost = _air.veil(light, z * far)
        depth = np.clip((rank.ridge[None, :] - _air.heights(layer)) / (0.55 * tall + 1.5), 0, 1)
        swirl = 1 + 0.22 * _air.drift(layer, 9.0, 3, seed + 5 + number, 0.4)
        layer.fade(_air.mist(light), np.clip(lost + (1 - lost) * 0.62 * depth**1.3 * swirl * (0.5 + lost), 0, 0.96))
        board.under(layer)
    return board.drawing()


def _slopes(params: Params, light: Daylight, rank: _Rank, board: Board, seed: int) -> None:
    """The ground itself: sunlit where it rises to the left, shaded where it falls away, in drifts; then its fields."""
    own = "#dfe8f4" if params.snow else params.grass
    base = _daylight.under(light, own)
    lit = _colour.mix(_daylight.under(light, own, 0.85), _colour.light(base, 0.06), 0.35)
    dark = _colour.shade(base, 0.10 if params.snow else 0.085, light.shade_hue)
    y = _air.heights(board)
    deep = rank.ridge[None, :] - y
    # the lower on a hill, the less its upper edge says of how the ground lies
    facing = np.clip(rank.slope[None, :] * 3.0, -1, 1) * np.exp(-np.clip(deep, 0, None) / (2.2 + 0.4 * rank.far))
    facing = facing + 0.60 * _air.drift(board, 7.0, 4, seed + 40 + rank.number, 0.35)
    rgb = filled((board.height, board.width), base)
    add(rgb, np.clip(facing, 0, 1), lit - base)
    add(rgb, np.clip(-facing, 0, 1), dark - base)
    if params.fields and not params.snow:
        _fields(params, light, rank, (board, rgb, deep), seed)
    rgb *= (1 + 0.030 * _air.drift(board, 0.8, 3, seed + 50 + rank.number, 0.5))[..., None]
    alpha = np.clip(deep * board.scale + 0.5, 0, 1)
    board.rgb[:] = np.clip(rgb, 0, 1) * alpha[..., None]
    board.alpha[:] = alpha


_CROPS = ("#c9b25c", "#a8a548", "#8aa257", "#b08a58", "#7d9a62", "#d8c987")


def _fields(params: Params, light: Daylight, rank: _Rank, what: tuple[Board, F32, F32], seed: int) -> None:
    """Strips that follow the lie of the land, each its own crop, with a dark hedge between two."""
    board, rgb, deep = what
    x = rank.x[None, :] + 0.55 * deep * (1 if rank.number % 2 else -1) + 1.1 * _air.drift(board, 8.0, 2, seed + 60)
    wide, tall = 6.5 / rank.far**0.3, 2.1 / rank.far**0.3
    row = np.floor((deep + 0.35 * np.sin(x / 5)) / tall)
    place = x / wide + 0.37 * row
    column = np.floor(place)
    cell = (column.astype(np.int64), row.astype(np.int64))
    chance = _noise.unit(*cell, seed + 61)
    kind = (_noise.unit(*cell, seed + 62) * len(_CROPS)).astype(np.int32)
    crops = np.array([_daylight.under(light, c, 0.25) for c in _CROPS], np.float32)
    here = (chance < 0.72 * params.fields) & (deep > 0.25)
    share = np.where(here, np.float32(0.62), np.float32(0.0))
    rgb += (read(crops, kind) - rgb) * share[..., None]
    # furrows
    lines = np.sin(x * 9.0 / (0.6 + 0.4 * rank.far)) * np.where(here & (_noise.unit(*cell, seed + 63) < 0.6), 0.035, 0)
    rgb *= (1 + lines)[..., None]
    u = (place - column) * wide
    v = (deep + 0.35 * np.sin(x / 5)) / tall
    v = (v - np.floor(v)) * tall
    hedge = np.minimum(np.minimum(u, wide - u), v * 1.4)
    size = 0.13 + 0.10 * _air.drift(board, 0.7, 2, seed + 64)
    edge = np.clip((size - hedge) * board.scale * 0.7 + 0.5, 0, 1) * (deep > 0.3) * (chance < 0.9 * params.fields)
    dark = _colour.shade(_daylight.under(light, "#4d6a41"), 0.06, light.shade_hue).astype(np.float32)
    rgb += (dark - rgb) * (0.70 * edge)[..., None]


def _growth(params: Params, light: Daylight, rank: _Rank, board: Board, batch: Batch, seed: int) -> None:
    """Trees in clumps along ridges and on slopes, and farms between them, the farther ones first."""
    left, _, right, _ = board.span()
    pitch = 1.15 / rank.far**0.35
    leafy = _trees.tones(light, "#56754a", "#6a5650", params.snow)
    fir = _trees.tones(light, "#35594f", "#5a4646", params.snow)
    stands = []
    for k in range(int(np.floor(left / pitch)) - 2, int(np.ceil(right / pitch)) + 3):
        random = np.random.default_rng([seed, 90 + rank.number, k + 1_000_000])
        x = (k + float(random.random())) * pitch
        gather = float(np.sin(x / 6.1 + 2.0 * rank.number) + 0.7 * np.sin(x / 2.3 + rank.number))
        at = float(np.interp(x, rank.x, rank.ridge))
        if random.random() < 0.10 * params.farms and rank.number >= 1:
            stands.append((at - 0.7 - 1.6 * float(random.random()), x, "farm", random))
        for _ in range(3):
            down = float(random.random()) ** 2 * 3.4
            if gather + float(random.normal(0, 0.8)) > 1.15 - 1.5 * params.woods:
                stands.append((at - down, x + float(random.normal(0, 0.4)), "tree", random))
    for y, x, kind, random in sorted(stands, key=lambda s: -s[0]):
        if kind == "farm":
            batch.join(_farm(light, (x, y), 1.05 / rank.far**0.5, random, params.snow))
            continue
        tall = (1.0 + 0.9 * float(random.random()) ** 2) * 1.25 / rank.far**0.45
        if random.random() < 0.32:
            batch.join(_trees.conifer((x, y), 1.25 * tall, fir.varied(random), random, fine=False))
        else:
            batch.join(_trees.leafy((x, y - 0.12 * tall), tall, leafy.varied(random), random, detail=0))


def _farm(light: Daylight, at: tuple[float, float], size: float, random: np.random.Generator, snow: bool) -> Batch:
    """A farmhouse from afar: a lit gable, a long shaded front under a roof, a window that burns at night."""
    batch = Batch()
    wall, roof = _daylight.under(light, "#e9dcc2"), _daylight.under(light, "#e6edf6" if snow else "#a5573f")
    dark: RGB = _colour.shade(wall, 0.16, light.shade_hue)
    x, y = at
    long, tall, gable = 1.5 * size, 0.52 * size, 0.62 * size

    def add(shape: Points, colour: RGB) -> None:
        batch.add(moved(shape, x, y), colour)

    add(
        poly((0, -0.2), (gable, -0.2), (gable, tall), (gable / 2, tall + 0.46 * size), (0, tall)),
        _colour.light(wall, 0.03),
    )
    add(rect(gable, -0.2, gable + long, tall), dark)
    peak = (gable / 2, tall + 0.50 * size)
    add(
        poly((gable + 0.05, tall - 0.05), (gable + long + 0.05, tall - 0.05), (gable + long - 0.25, peak[1]), peak),
        roof,
    )
    add(
        poly((-0.06, tall - 0.06), peak, (peak[0] + 0.05, peak[1] + 0.03), (0.03, tall - 0.08)),
        _colour.shade(roof, 0.08),
    )
    add(rect(gable + 0.62 * long, peak[1] - 0.1, gable + 0.74 * long, peak[1] + 0.24), dark)
    burns = light.lit > 0.1
    pane = _colour.rgb_of(light.window) if burns else _colour.shade(dark, 0.14, light.shade_hue)
    for k in range(3):
        if not burns or random.random() < 0.75:
            left = gable + (0.14 + 0.29 * k) * long
            add(rect(left, 0.18 * size, left + 0.13 * long, 0.42 * size), pane)
    return batch

"""How the mountains are painted; what can be asked of them stands in `rules.plates.mountains`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rules import _air, _colour, _daylight, _ridge
from rules._board import Board
from rules._daylight import Daylight
from rules._outline import F32
from rules.plates.mountains import DEPTH, LOW, Params, box
from studio.rule import Canvas, Drawing, Variant

#: far ranges first: how far behind the plate, foot and height in metres, breadth of a peak
_RANGES = ((1.9, 6.0, 44.0, 74.0), (1.4, 3.0, 31.0, 58.0), (1.0, 0.0, 17.0, 46.0))


class _Range(NamedTuple):
    """A range: its number, the foot and height of its peaks, each column's ridge (width,), depth under it,
    the place of the summit whose flank it is, and by how much it leads (width,)."""

    number: int
    foot: float
    tall: float
    ridge: F32
    deep: F32
    summit: F32
    lead: F32


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The mountains that meet the canvas."""
    light = _daylight.scenery(variant["time"])
    z = float(variant.get("z", DEPTH))
    within = (LOW, box(params, variant).top)
    board = Board(canvas, seed, margin=24, within=within)
    for number, (far, foot, tall, length) in enumerate(_RANGES[3 - params.ranges :]):
        number += 3 - params.ranges
        layer = Board(canvas, seed + 17 * number, margin=24, within=within)
        x = _air.columns(layer)[0].astype(np.float64) + 900.0 * number
        shape, summit, lead = _ridge.peaks(x, length, seed + 5 * number)
        old = _ridge.rolling(x, 0.8 * length, seed + 5 * number)
        shape = old + (shape - old) * (0.30 + 0.70 * params.rugged)
        shape += 0.045 * params.rugged * _ridge.teeth(x, 0.10 * length, seed + 6 * number)
        ridge = (foot + tall * params.height * (0.16 + 0.84 * shape)).astype(np.float32)
        deep = np.asarray(ridge[None, :] - _air.heights(layer), np.float32)
        place = (np.asarray(summit - 900.0 * number, np.float32), np.asarray(lead, np.float32))
        own = _Range(number, foot, tall * params.height, ridge, deep, *place)
        _faces(params, light, own, layer, seed)
        layer.rim((light.key_direction[0], 0.8 * light.key_direction[1]), 0.25, _colour.rgb_of(light.cloud_rim), 0.30)
        lost = _air.veil(light, z * far) * 0.86
        low = np.clip(deep / (0.75 * own.tall + 2), 0, 1) ** 1.25
        swirl = 1 + 0.35 * _air.drift(layer, 16.0, 4, seed + 60 + number, 0.35)
        layer.fade(
            _air.mist(light, 0.62 if light.sunlight else 0.25),
            np.clip(lost + (1 - lost) * 0.80 * low * swirl, 0, 0.97).astype(np.float32),
        )
        board.under(layer)
    return board.drawing()


def _faces(params: Params, light: Daylight, own: _Range, board: Board, seed: int) -> None:
    """Rock and snow, each with a lit and a shaded tone; spurs run down from the peaks and part the two."""
    facing = _facing(own, board, seed)
    lit_side = np.clip(0.5 + 2.6 * facing, 0, 1)
    broken = _air.drift(board, 1.1, 3, seed + 70 + own.number, 1.5)
    rock = _daylight.under(light, params.rock)
    tones = (
        _colour.shade(rock, 0.15, light.shade_hue), _colour.light(_daylight.under(light, params.rock, 0.7), 0.05),
        _colour.shade(_daylight.under(light, "#c4d2ea"), 0.03, light.shade_hue),
        _daylight.under(light, "#fdf8f0", 0.75),
    )  # fmt: skip
    dark, pale, blue, white = (t.astype(np.float32) for t in tones)
    rgb = dark + (pale - dark) * np.clip(lit_side + 0.16 * broken, 0, 1)[..., None]
    line = own.foot + own.tall * (1.02 - 0.95 * params.snow)
    y = _air.heights(board)
    # snow lies lower on the shaded side and in gullies
    above = (
        y - line + own.tall * (0.16 * _air.drift(board, 5.0, 4, seed + 80 + own.number, 1.6) - 0.10 * (lit_side - 0.5))
    )
    lying = np.clip(above / (0.03 * own.tall) + 0.5, 0, 1) * np.clip(params.snow * 12, 0, 1)
    bare = np.clip((np.abs(facing) - 0.20 + 0.30 * broken) * 6 - 1.2, 0, 0.75)  # walls too steep for it
    snow = blue + (white - blue) * lit_side[..., None]
    rgb = rgb + (snow - rgb) * (lying * (1 - bare))[..., None]
    alpha = np.clip(own.deep * board.scale + 0.5, 0, 1)
    board.rgb[:] = np.clip(rgb, 0, 1) * alpha[..., None]
    board.alpha[:] = alpha


def _facing(own: _Range, board: Board, seed: int) -> F32:
    """How a place lies to the light: 1 on flanks left of their summit, -1 right of it. The edge between the two runs
    down from the summit in a zigzag; spurs repeat it at their own size."""
    x, down = _air.columns(board), np.clip(own.deep, 0, None)
    shift = _air.drift(board, 0.20 * own.tall, 4, seed + 90 + own.number, 1.3)
    falls = (
        own.summit[None, :] + 0.10 * down + (0.20 * shift + 0.05) * np.minimum(down + 0.02 * own.tall, 0.5 * own.tall)
    )
    apart = np.clip(own.lead / 0.10, 0, 1)  # none where two flanks meet: the edge there would be plumb
    main = apart[None, :] * np.clip((falls - x) / (0.012 * own.tall + 0.05 * down), -1, 1)
    spur = _air.drift(board, 0.17 * own.tall, 3, seed + 95 + own.number, 1.9)
    ledge = _air.drift(board, 0.06 * own.tall, 3, seed + 97 + own.number, 0.8)
    low = np.clip(down / (0.30 * own.tall), 0, 1)
    return np.asarray(0.42 * main * (1 - 0.45 * low) + (0.30 + 0.40 * low) * spur + 0.18 * ledge, np.float32)

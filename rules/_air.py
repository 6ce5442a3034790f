"""The air between the planes: how much of a far thing it takes, and the mist that lies in it.

Up to the stage the haze of `Daylight` holds; beyond it distances are compressed, as a painter does: with the
true law a mountain would be a pale cut-out and a hill no greener than it.
"""

from __future__ import annotations

import numpy as np

from rules import _colour, _masonry
from rules._board import Board
from rules._daylight import Daylight
from rules._outline import F32

_STAGE = 15.0  # m, up to which nothing is compressed


def veil(light: Daylight, z: float) -> float:
    """How much of a plane at depth z (m) is lost to the haze, 0 to 1; it only grows with z."""
    return light.haze(z if z < _STAGE else _STAGE * (z / _STAGE) ** 0.58)


def heights(board: Board) -> F32:
    """y of the board's rows in metres, (height, 1)."""
    return (-(np.arange(board.height) + board.top + 0.5) / board.scale).astype(np.float32)[:, None]


def columns(board: Board) -> F32:
    """x of the board's columns in metres, (1, width)."""
    return ((np.arange(board.width) + board.left + 0.5) / board.scale).astype(np.float32)[None, :]


def drift(board: Board, cell: float, octaves: int, seed: int, tall: float = 1.0) -> F32:
    """Smooth noise over the whole board, about -1 to 1; `cell` in metres."""
    return _masonry.noise(board, (0, 0, board.width, board.height), cell, octaves, seed, tall)


def sink(board: Board, light: Daylight, weight: float, foot: float, reach: float) -> None:
    """Fade what is painted into the haze by `weight`, and more and more towards its foot, over `reach` metres."""
    low = np.exp(-np.clip(heights(board) - foot, 0, None) / reach)
    swirl = 1 + 0.30 * drift(board, 1.6 * reach, 3, board.seed + 811, 0.45)
    share = np.clip(weight + (1 - weight) * min(0.92, 0.30 + 1.1 * weight) * low * swirl, 0, 0.97)
    board.fade(mist(light), np.asarray(share, np.float32))


def mist(light: Daylight, sky: float = 0.24) -> _colour.RGB:
    """The colour of mist: the haze with some of the sky above it, or a wood at dusk would drown in salmon."""
    return _colour.mix(_colour.rgb_of(light.haze_colour), _colour.rgb_of(light.sky[-3][1]), sky)


def bank(board: Board, light: Daylight, at: float, tall: float, weight: float) -> None:
    """A bank of mist across the board, before all that is painted: thickest at height `at`, torn at its top."""
    torn = drift(board, 3.2 * tall, 4, board.seed + 823, 0.38)
    away = (heights(board) - at - 0.35 * tall * torn) / tall
    share = np.exp(-np.where(away > 0, away * away, 0.35 * away * away)) * np.clip(0.75 + 0.6 * torn, 0, 1)
    amount = np.asarray(share * np.float32(weight), np.float32)
    board.rgb += (mist(light).astype(np.float32) - board.rgb) * amount[..., None]
    board.alpha += (1 - board.alpha) * amount


def mottle(board: Board, cell: float, amount: float, seed: int) -> None:
    """Uneven paint: tones drift by `amount`."""
    board.rgb *= (1 + np.float32(amount) * drift(board, cell, 3, seed))[..., None]
    np.minimum(board.rgb, board.alpha[..., None], out=board.rgb)

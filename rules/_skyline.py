"""How the far city is painted; what can be asked of it stands in `rules.plates.skyline`."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _colour, _daylight, _landmarks, _masonry, _noise, _towers
from rules._board import Batch, Board, wobble
from rules._daylight import Daylight
from rules._outline import Points
from rules._towers import Block, Tones
from rules.plates.skyline import DEPTH, LOW, Params, box
from studio.rule import Canvas, Drawing, Variant

F32 = NDArray[np.float32]
_WIDTHS = (1.35, 2.05, 3.0)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The roofs over the canvas."""
    light = _daylight.scenery(variant["time"])
    z = float(variant.get("z", DEPTH))

    def bend(points: Points) -> Points:
        return wobble(wobble(points, 0.10, 4.0, seed + 1), 0.022, 0.6, seed + 2)

    board = Board(canvas, seed, margin=32, within=(LOW, box(params, variant).top))
    board.bend = bend
    panes: list[Points] = []
    lit = 0.50 * light.lit * params.lit
    for rank in (2, 1, 0):
        highest = 15.8 if rank == 1 else (6.6 + 1.2 * rank) * params.height + 2.8
        layer = Board(canvas, seed, margin=32, within=(LOW, highest), bend=bend)
        batch = Batch()
        tones = _tones(light, rank)
        if rank == 1 and abs(params.spire) < 9000:
            _landmarks.dome(batch, params.spire + 11.5, tones)
            _landmarks.cathedral(batch, panes, params.spire, tones, light.lit > 0.1)
        for block in _blocks(board.span(), rank, params.height, seed):
            _towers.house(batch, panes, block, tones, lit if rank < 2 else 0.0)
        layer.fill(batch)
        layer.rim(_towards_sun(light), 0.05, _colour.rgb_of(light.cloud_rim), 0.55 if rank < 2 else 0.35)
        _mottle(layer, seed + rank)
        veil = _veil(layer, light.haze(z * (1 + 0.55 * rank)), rank)
        layer.fade(_colour.rgb_of(light.haze_colour), veil)
        board.under(layer)
    _backlight(board, light, z)
    if params.smoke:
        smoke(board, light, params.smoke, seed)
    _glow(board, light, panes)
    return board.drawing()


def _tones(light: Daylight, rank: int) -> Tones:
    wall = _daylight.under(light, ("#7d7189", "#8d8097", "#9a8fa6")[rank])
    roof = _daylight.under(light, ("#62506a", "#6c5c78", "#857a94")[rank])
    pane = _colour.mix(_colour.rgb_of(light.window), _colour.rgb_of(light.window_deep), 0.25)
    return Tones(
        wall,
        _colour.shade(wall, 0.075, light.shade_hue),
        roof,
        _daylight.under(light, ("#8a6b78", "#8f7688", "#9d90a4")[rank], 0.5),
        pane,
    )


def _blocks(span: tuple[float, float, float, float], rank: int, factor: float, seed: int) -> list[Block]:
    """The houses of a rank that meet the span, in an order of their own, so that overlaps vary."""
    found: list[Block] = []
    for side in (-1, 1):
        at, k = -0.4 * rank * side, 0
        while side * at < max(side * span[0], side * span[2]) + 4:
            own = int(_noise.chance(seed, 30, rank, side + 1, k) * 2**24)
            width = _WIDTHS[int(3 * _noise.chance(own, 1) ** 1.2)] * (0.9 + 0.2 * _noise.chance(own, 2))
            tall = (2.5, 3.4, 4.6)[int(3 * _noise.chance(own, 3))] * (0.85 + 0.3 * _noise.chance(own, 4))
            # the city climbs a little to the left and to the right of the stage
            hill = 1 + 0.25 * min(1.0, abs(at) / 16)
            left = at if side > 0 else at - width
            if left < span[2] + 1 and left + width > span[0] - 1:
                found.append(Block(left, width, (tall + 0.75 * rank) * factor * hill, own))
            at += side * (width - 0.12)
            k += 1
    return sorted(found, key=lambda b: -b.height + 0.9 * _noise.chance(b.seed, 9))


def _towards_sun(light: Daylight) -> tuple[float, float]:
    return (light.key_direction[0], light.key_direction[1] * 0.8)


def _mottle(board: Board, seed: int) -> None:
    box = (0, 0, board.width, board.height)
    board.rgb *= (1 + 0.045 * _masonry.noise(board, box, 1.3, 3, seed + 60))[..., None]


def _veil(board: Board, weight: float, rank: int) -> F32:
    """Haze thickens downwards, in drifting banks."""
    y = (-(np.arange(board.height) + board.top + 0.5) / board.scale).astype(np.float32)[:, None]
    drift = _masonry.noise(board, (0, 0, board.width, board.height), 2.6, 2, 70 + rank, 0.4)
    low = np.exp(-np.clip(y - 0.4, 0, None) / (1.7 + 0.5 * rank)) * (1 + 0.22 * drift)
    ground = min(0.92, weight * 1.55)
    return np.asarray(np.clip(weight * 0.78 + (1 - weight) * ground * low, 0, 0.97), np.float32)


def _backlight(board: Board, light: Daylight, z: float) -> None:
    """A low sun behind the city dissolves it in its own colour."""
    u = ((np.arange(board.width) + board.left + 0.5) / board.scale / (z / 2)).astype(np.float32)[None, :]
    v = (-(np.arange(board.height) + board.top + 0.5) / board.scale - 1.2).astype(np.float32)[:, None] / (z / 2)
    wide, tall = light.glow_size
    r2 = ((u - light.sun[0]) / (0.75 * wide)) ** 2 + ((v - light.sun[1]) / (0.75 * tall)) ** 2
    weight = np.exp(-r2) * np.float32(0.55 * light.glow_weight)
    glow = _colour.rgb_of(light.glow).astype(np.float32)
    board.rgb += (glow * board.alpha[..., None] - board.rgb) * weight[..., None]


def smoke(board: Board, light: Daylight, amount: float, seed: int, base: float = 4.6) -> None:
    """Smoke that leaves a chimney straight and is bent by the wind above."""
    left, _, right, _ = board.span()
    colour = _colour.mix(_colour.rgb_of(light.cloud_lit), _colour.rgb_of(light.haze_colour), 0.5)
    for k in range(int(np.floor(left / 5)) - 1, int(np.ceil(right / 5)) + 1):
        if _noise.chance(seed, 80, k + 5000) > amount:
            continue
        x, y = 5 * (k + _noise.chance(seed, 81, k + 5000)), base + 1.5 * _noise.chance(seed, 82, k + 5000)
        puffs = []
        for n in range(26):
            t = n / 25
            drift = 2.6 * t**1.9 + 0.16 * np.sin(7 * t + k)
            r = 0.07 + 0.42 * t
            angles = np.linspace(0, 2 * np.pi, 14, endpoint=False)
            puffs.append(np.stack([x + drift + 1.5 * r * np.cos(angles), y + 2.8 * t**0.8 + r * np.sin(angles)], 1))
        mask = board.mask(puffs, 0.16)
        if mask.cover.size == 0:
            continue
        torn = np.clip(0.55 + 0.9 * _masonry.noise(board, mask.box, 0.7, 3, seed + 83 + k), 0, 1)
        _, my = _masonry.metres(board, mask.box)
        thin = np.clip(1 - (my - y) / 3.2, 0, 1) ** 1.2
        board.lay(mask, colour, np.asarray(0.30 * torn * thin, np.float32))


def _glow(board: Board, light: Daylight, panes: list[Points]) -> None:
    if not panes or light.lit <= 0:
        return
    mask = board.mask(panes)
    if mask.cover.size == 0:
        return
    full = np.zeros(board.alpha.shape, np.float32)
    x0, y0, x1, y1 = mask.box
    # panes behind nearer roofs are hidden: only what is still bright counts
    seen = np.clip((board.rgb[y0:y1, x0:x1, 0] - board.rgb[y0:y1, x0:x1, 2]) * 3, 0, 1)
    full[y0:y1, x0:x1] = mask.cover * seen
    wide = cv2.GaussianBlur(full, (0, 0), max(0.8, 0.16 * board.scale))
    board.screen(np.asarray(0.55 * wide, np.float32), _colour.rgb_of(light.window_deep))

"""How a fence is painted; what can be asked of it stands in `rules.props.fence`."""

from __future__ import annotations

import numpy as np

from rules import _air, _board, _colour, _daylight, _foliage, _noise, _standing
from rules._board import Batch, Board, moved, poly, rect, wobble
from rules._colour import RGB
from rules._daylight import Daylight
from rules._foot import EYE
from rules._outline import Points, rotated
from rules.props.fence import Params, box
from studio.rule import Canvas, Drawing, Variant


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    light = _daylight.scenery(variant["time"])
    z = float(variant["z"])
    if variant["layer"] == "shadow":
        return _shade(params, light, canvas, z, seed)
    limits = box(params, variant)
    board = Board(
        canvas, seed, margin=16, within=(limits.bottom, limits.top), bend=lambda p: wobble(p, 0.012, 0.5, seed + 1)
    )
    tones = _tones(params, light)
    batch = Batch()
    _rails(batch, params, tones)
    _posts(batch, params, tones)
    if params.kind == "pickets":
        _pickets(batch, params, tones, seed)
    board.fill(batch)
    _air.mottle(board, 0.10, 0.07, seed + 2)
    board.fill(_grass(params, light, seed))
    glow = _colour.mix(_colour.rgb_of(light.glow), _colour.rgb_of(light.cloud_lit), 0.4)
    board.rim((light.key_direction[0], 0.8 * light.key_direction[1]), 0.010, glow, 0.45)
    board.fade(_colour.rgb_of(light.haze_colour), light.haze(z) * 0.8)
    return board.drawing()


def _shade(params: Params, light: Daylight, canvas: Canvas, z: float, seed: int) -> Drawing:
    """Dark where posts stand, and between them a faint shade that comes and goes with the ground."""
    x = (np.arange(canvas.width) + canvas.left + 0.5) / canvas.scale
    y = -(np.arange(canvas.height) + canvas.top + 0.5) / canvas.scale - EYE / z
    depth = EYE / np.maximum(-y, 0.02)
    right = (x[None, :] * depth[:, None] / 2).astype(np.float32)
    beyond = (depth - z).astype(np.float32)[:, None]
    half = params.length / 2
    count = max(1, round(params.length / 1.7))
    lean = np.float32(-0.25 * light.key_direction[0])
    level = np.zeros(right.shape, np.float32)
    for k in range(count + 1):
        away = right + half - k * params.length / count
        foot = np.exp(-((away / 0.10) ** 2) - (beyond / 0.10) ** 2)
        along = np.clip(away / lean, 0, 1)
        streak = np.exp(-(((beyond + 0.10 * along) / 0.07) ** 2)) * (away > 0) * (1 - along)
        level += 0.55 * foot + 0.28 * streak
    ground = _noise.field(_standing.window_of(canvas), max(0.6 * canvas.scale / z, 2.0), 3, seed + 4, (1.4, 0.5))
    between = np.clip((half - np.abs(right)) / 0.15, 0, 1) * np.exp(-(((beyond + 0.02) / 0.12) ** 2))
    level += 0.20 * between * np.clip(0.5 + 1.4 * ground, 0, 1)
    alpha = np.clip(level, 0, 0.7)
    dark = _colour.shade(_daylight.under(light, "#3a3350"), 0.10, light.shade_hue).astype(np.float32)
    rgba = np.asarray(np.dstack([dark * alpha[..., None], alpha]), np.float32)
    return Drawing(_board.eight_bit(rgba, _standing.window_of(canvas), seed))


Tones = tuple[RGB, RGB, RGB, RGB, RGB]  #: front, lit edge, shaded side, cast shadow, snow


def _tones(params: Params, light: Daylight) -> Tones:
    own = _daylight.under(light, params.paint)
    return (
        own, _colour.light(_daylight.under(light, params.paint, 0.6), 0.05), _colour.shade(own, 0.13, light.shade_hue),
        _colour.shade(own, 0.22, light.shade_hue), _daylight.under(light, "#f2f5fb", 0.3),
    )  # fmt: skip


def _plank(batch: Batch, shape: Points, tones: Tones, wide: float) -> None:
    """A board: its shadow side to the right, its lit edge on the left."""
    batch.add(moved(shape, 0.014, -0.012), tones[3])
    batch.add(shape, tones[2])
    batch.add(np.stack([shape[:, 0] - 0.10 * wide * (shape[:, 0] > shape[:, 0].mean()), shape[:, 1]], 1), tones[0])


def _rails(batch: Batch, params: Params, tones: Tones) -> None:
    half, h = params.length / 2, params.height
    heights = (0.26, 0.74) if params.kind == "pickets" else (0.24, 0.56, 0.88)
    for share in heights:
        y, thick = share * h, 0.045 * h
        shape = rect(-half - 0.05, y - thick, half + 0.05, y + thick)
        batch.add(moved(shape, 0.01, -0.018), tones[3])
        batch.add(shape, tones[2])
        batch.add(rect(-half - 0.05, y - 0.4 * thick, half + 0.05, y + thick), tones[0])
        batch.add(rect(-half - 0.05, y + 0.6 * thick, half + 0.05, y + thick), tones[4] if params.snow else tones[1])


def _posts(batch: Batch, params: Params, tones: Tones) -> None:
    half, h = params.length / 2, params.height
    count = max(1, round(params.length / 1.7))
    for k in range(count + 1):
        x, wide = -half + k * params.length / count, 0.055
        top = h * (1.05 if params.kind == "pickets" else 1.0)
        _plank(
            batch,
            poly((x - wide, -0.03), (x + wide, -0.03), (x + wide, top), (x, top + 0.05), (x - wide, top)),
            tones,
            2 * wide,
        )
        batch.add(
            poly((x - wide, top), (x, top + 0.05), (x + wide, top), (x, top - 0.02)),
            tones[4] if params.snow else tones[1],
        )


def _pickets(batch: Batch, params: Params, tones: Tones, seed: int) -> None:
    """Pointed boards, each of its own height and lean; here and there one is broken off or gone."""
    half, h = params.length / 2, params.height
    pitch, wide = 0.135, 0.042
    for k in range(int(params.length / pitch)):
        x = -half + (k + 0.5) * params.length / int(params.length / pitch)
        a, b, c = (_noise.chance(seed, 20 + n, k) for n in range(3))
        if a < 0.05 * params.crooked:
            continue
        top = h * (0.93 + 0.10 * b) * (0.62 if a > 1 - 0.05 * params.crooked else 1.0)
        tip = 0.055 if a <= 1 - 0.05 * params.crooked else -0.02
        shape = poly(
            (x - wide, 0.02 + 0.03 * c), (x + wide, 0.02 + 0.03 * c), (x + wide, top), (x, top + tip), (x - wide, top)
        )
        tone = (*((t * (0.94 + 0.10 * c)) for t in tones[:3]), tones[3], tones[4])
        shape = rotated(shape, 5.0 * params.crooked * (c - 0.5), (x, 0.1))
        _plank(batch, shape, (tone[0], tone[1], tone[2], tone[3], tone[4]), 2 * wide)
        peak = poly((x - wide, top), (x, top + tip), (x + 0.004, top - 0.012), (x - wide, top - 0.05))
        batch.add(rotated(peak, 5.0 * params.crooked * (c - 0.5), (x, 0.1)), tones[4] if params.snow else tones[1])


def _grass(params: Params, light: Daylight, seed: int) -> Batch:
    """Tufts where nobody mows."""
    batch = Batch()
    if params.snow:
        return batch
    greens = [_daylight.under(light, c) for c in ("#3f5f3a", "#5c7f45", "#86a055")]
    for k in range(int(params.length / 0.24)):
        random = np.random.default_rng([seed, 31, k])
        x = -params.length / 2 + (k + float(random.random())) * 0.24
        batch.join(_foliage.tuft(x, -0.05, 0.10 + 0.16 * float(random.random()) ** 2, greens, random))
    return batch

"""How a single tree is painted; what can be asked of it stands in `rules.props.tree`."""

from __future__ import annotations

import numpy as np

from rules import _air, _board, _colour, _daylight, _noise, _spruce, _standing, _trees
from rules._board import Batch, Board
from rules._daylight import Daylight
from rules._foot import EYE
from rules.props.tree import Params, box
from studio.rule import Canvas, Drawing, Variant

_GREENS = {"leafy": "#5a7f42", "conifer": "#33604f", "bare": "#5a7f42"}


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    light = _daylight.scenery(variant["time"])
    z, h = float(variant["z"]), params.height
    if variant["layer"] == "shadow":
        return _shade(light, canvas, (z, h, params.kind), seed)
    limits = box(params, variant)
    board = Board(canvas, seed, margin=16, within=(limits.bottom, limits.top))
    random = np.random.default_rng([seed, 3])
    colours = _trees.tones(light, params.leaves or _GREENS[params.kind], params.bark, params.snow)
    batch = Batch()
    if params.kind == "leafy":
        batch.join(_trees.leafy((0.0, 0.0), h, colours, random, detail=2))
    elif params.kind == "conifer":
        batch.join(_spruce.near((0.0, 0.0), 0.97 * h, colours, random))
    else:
        batch.join(_trees.bare((0.0, 0.0), 0.96 * h, colours, random))
    board.fill(batch)
    _air.mottle(board, 0.06 * h, 0.07, seed)
    glow = _colour.mix(_colour.rgb_of(light.glow), _colour.rgb_of(light.cloud_lit), 0.4)
    board.rim((light.key_direction[0], 0.8 * light.key_direction[1]), 0.010 * h, glow, 0.40 * (1 - 0.8 * params.shade))
    board.fade(_colour.shade(_colour.rgb_of(light.near), -0.02, light.shade_hue), 0.70 * params.shade)
    board.fade(_colour.rgb_of(light.haze_colour), light.haze(z) * 0.8)
    return board.drawing()


def _shade(light: Daylight, canvas: Canvas, what: tuple[float, float, str], seed: int) -> Drawing:
    """The crown's shade on the ground, with spots of light in it, and the dark where the trunk stands."""
    z, h, kind = what
    x = (np.arange(canvas.width) + canvas.left + 0.5) / canvas.scale
    y = -(np.arange(canvas.height) + canvas.top + 0.5) / canvas.scale - EYE / z
    depth = EYE / np.maximum(-y, 0.02)
    right = (x[None, :] * depth[:, None] / 2).astype(np.float32)
    beyond = (depth - z).astype(np.float32)[:, None]
    reach = {"leafy": 0.30, "conifer": 0.19, "bare": 0.22}[kind] * h
    lean = -light.key_direction[0] * 0.16 * h
    cell = 0.10 * h * canvas.scale * 2 / z / 2
    leaves = _noise.field(_standing.window_of(canvas), max(cell, 2.0), 3, seed + 5, (1.6, 0.42))
    d2 = ((right - lean) / reach) ** 2 + (beyond / (0.55 * reach)) ** 2
    crown = np.clip((1.0 - d2 + 0.55 * leaves) * 1.6, 0, 1)
    spots = np.clip(0.62 + 1.5 * leaves, 0.18, 1) if kind != "conifer" else np.clip(0.85 + 0.5 * leaves, 0.5, 1)
    foot = np.exp(-((np.hypot(right / (0.055 * h), beyond / (0.05 * h))) ** 2))
    weight = (0.34 + 0.12 * light.sunlight) * (0.6 if kind == "bare" else 1.0)
    dark = _colour.shade(_daylight.under(light, "#2c3a3c"), 0.08, light.shade_hue).astype(np.float32)
    alpha = np.clip(weight * crown * spots + 0.45 * foot, 0, 0.72).astype(np.float32)
    rgba = np.asarray(np.dstack([dark * alpha[..., None], alpha]), np.float32)
    return Drawing(_board.eight_bit(rgba, _standing.window_of(canvas), seed))

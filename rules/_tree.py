"""How a single tree is painted; what can be asked of it stands in `rules.props.tree`."""

from __future__ import annotations

import numpy as np

from rules import _air, _colour, _daylight, _standing, _trees
from rules._board import Batch, Board
from rules.props.tree import Params, box
from studio.rule import Canvas, Drawing, Variant

_GREENS = {"leafy": "#5a7f42", "conifer": "#33604f", "bare": "#5a7f42"}


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    light = _daylight.daylight(variant["time"])
    z, h = float(variant["z"]), params.height
    if variant["layer"] == "shadow":
        return _standing.shadow(light, canvas, z, 0.16 * h, 0.09 * h, seed)
    limits = box(params, variant)
    board = Board(canvas, seed, margin=16, within=(limits.bottom, limits.top))
    random = np.random.default_rng([seed, 3])
    colours = _trees.tones(light, params.leaves or _GREENS[params.kind], params.bark, params.snow)
    batch = Batch()
    if params.kind == "leafy":
        batch.join(_trees.leafy((0.0, 0.0), h, colours, random, detail=2))
    elif params.kind == "conifer":
        batch.join(_trees.conifer((0.0, 0.0), h, colours, random))
    else:
        batch.join(_trees.bare((0.0, 0.0), 0.56 * h, colours, random))
    board.fill(batch)
    _air.mottle(board, 0.06 * h, 0.07, seed)
    glow = _colour.mix(_colour.rgb_of(light.glow), _colour.rgb_of(light.cloud_lit), 0.4)
    board.rim((light.key_direction[0], 0.8 * light.key_direction[1]), 0.010 * h, glow, 0.40)
    board.fade(_colour.rgb_of(light.haze_colour), light.haze(z) * 0.8)
    return board.drawing()

"""How a door that stands by itself is painted; what can be asked of it stands in `rules.props.door`."""

from __future__ import annotations

import numpy as np

from rules import _air, _colour, _daylight, _doors, _indoor, _site, _standing
from rules._board import Batch, Board, arched, bar, rect, wobble
from rules._colour import RGB
from rules._daylight import Daylight
from rules._outline import ellipse
from rules._site import Site, Work
from rules.props.door import Params, box
from studio.rule import Canvas, Drawing, Variant


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    light = _daylight.scenery(variant["time"])
    z, layer, h = float(variant["z"]), variant["layer"], params.height
    if layer == "shadow":
        return _standing.shadow(light, canvas, z, 0.30 * h, 0.10, seed)
    if layer == "glow":
        dim = 1.1 - 0.9 * max(0.0, float(np.mean(light.ambient)) - 0.5) / 0.47
        warm = _colour.rgb_of(light.window_deep).astype(np.float32)
        return _standing.glow(canvas, (0.0, 0.84 * h), 0.88 * h, warm, 0.30 * dim, seed)
    light = _indoor.within(light) if params.kind == "room" else light
    limits = box(params, variant)
    board = Board(
        canvas, seed, margin=24, within=(limits.bottom, limits.top), bend=lambda p: wobble(p, 0.010, 0.7, seed + 1)
    )
    if params.kind == "house":
        _of_house(params, light, board, layer == "lit", seed)
    else:
        _of_room(params, light, board, layer == "lit")
    _air.mottle(board, 0.12, 0.06, seed + 2)
    board.rim((light.key_direction[0], light.key_direction[1]), 0.012, _colour.rgb_of(light.cloud_lit), 0.35)
    board.fade(_colour.rgb_of(light.haze_colour), light.haze(z) * 0.8)
    return board.drawing()


def _of_house(params: Params, light: Daylight, board: Board, lit: bool, seed: int) -> None:
    """The street's door, in a slab of its wall."""
    site, work, h = Site(board, light), Work(), params.height
    trim = site.tone(params.frame)
    door = _doors.Door(0.0, 0.46 * h, h, lit, site.tone(params.paint), trim, site.tone("#a58c78"), seed)
    batch = Batch()
    batch.add(arched(-0.34 * h, -0.02, 0.34 * h, 1.11 * h, 0.30 * h), site.dark(trim, 0.10))
    board.fill(batch)
    _doors.door(site, work, door)
    _site.paint(site, work)


def _of_room(params: Params, light: Daylight, board: Board, lit: bool) -> None:
    """A leaf with six panels in a moulded frame, a pane of glass above it, a brass handle."""
    leaf, wood = _daylight.under(light, params.paint, 0.1), _daylight.under(light, params.frame, 0.1)
    h, half = params.height, 0.21 * params.height
    top = 0.80 * h  # of the leaf
    batch = Batch()
    dark, pale, deep = (
        _colour.shade(wood, 0.10, light.shade_hue),
        _colour.light(wood, 0.05),
        _colour.shade(wood, 0.20, light.shade_hue),
    )
    wide = 0.055 * h
    batch.add(rect(-half - 1.35 * wide, 0, half + 1.35 * wide, h + 0.9 * wide), dark)
    batch.add(rect(-half - 1.25 * wide, 0, half + 1.15 * wide, h + 0.8 * wide), wood)
    batch.add(rect(-half - 1.7 * wide, h + 0.7 * wide, half + 1.7 * wide, h + 1.25 * wide), wood)
    batch.add(rect(-half - 1.7 * wide, h + 1.05 * wide, half + 1.7 * wide, h + 1.25 * wide), pale)
    batch.add(rect(-half - 1.6 * wide, h + 0.62 * wide, half + 1.6 * wide, h + 0.74 * wide), deep)
    for x in (-half - 0.85 * wide, half + 0.45 * wide):
        batch.add(rect(x, 0.06 * h, x + 0.12 * wide, h), pale)
        batch.add(rect(x + 0.14 * wide, 0.06 * h, x + 0.24 * wide, h), dark)
    batch.add(rect(-half - 1.5 * wide, 0, half + 1.5 * wide, 0.06 * h), dark)
    batch.add(rect(-half, 0, half, h), deep)
    batch.add(rect(-half + 0.012, 0.012, half - 0.004, top), leaf)
    _panels(batch, leaf, (half, top), light)
    _transom(batch, light, (half, top + 0.02 * h, h - 0.012), lit, wood)
    brass = _daylight.under(light, "#e2b456", 0.4)
    x, y = half - 0.13 * half, 0.44 * h
    batch.add(rect(x - 0.022, y - 0.09, x + 0.022, y + 0.09), _colour.shade(brass, 0.12))
    batch.add(ellipse(x - 0.01, y + 0.02, 0.036, 0.036, 0, 16), _colour.shade(brass, 0.20))
    batch.add(ellipse(x - 0.016, y + 0.028, 0.027, 0.027, 0, 16), brass)
    batch.add(ellipse(x - 0.022, y + 0.036, 0.010, 0.010, 0, 10), _colour.light(brass, 0.12))
    batch.add(rect(x - 0.006, y - 0.07, x + 0.006, y - 0.04), deep)
    board.fill(batch)


def _panels(batch: Batch, leaf: RGB, size: tuple[float, float], light: Daylight) -> None:
    half, top = size
    deep, pale = _colour.shade(leaf, 0.09, light.shade_hue), _colour.light(leaf, 0.06)
    for low, high in ((0.05, 0.36), (0.42, 0.74), (0.80, 0.95)):
        for a, b in ((-0.84, -0.08), (0.08, 0.80)):
            x0, x1, y0, y1 = a * half, b * half, low * top, high * top
            batch.add(rect(x0, y0, x1, y1), deep)
            batch.add(rect(x0 + 0.018, y0, x1, y1 - 0.018), pale)
            batch.add(rect(x0 + 0.018, y0 + 0.016, x1 - 0.016, y1 - 0.018), _colour.mix(leaf, deep, 0.45))
            batch.add(rect(x0 + 0.050, y0 + 0.050, x1 - 0.045, y1 - 0.055), leaf)
            batch.add(rect(x0 + 0.050, y1 - 0.065, x1 - 0.045, y1 - 0.055), deep)
            batch.add(rect(x0 + 0.050, y0 + 0.050, x1 - 0.045, y0 + 0.060), pale)


def _transom(batch: Batch, light: Daylight, place: tuple[float, float, float], lit: bool, wood: RGB) -> None:
    """The glass above the leaf: dark, or full of lamplight, behind bars that fan out."""
    half, low, high = place
    if lit:
        glass = _colour.mix(_colour.rgb_of(light.window_deep), _colour.rgb_of(light.window), 0.55)
    else:
        glass = _colour.mix(_daylight.under(light, "#3c4456"), _colour.rgb_of(light.sky[2][1]), 0.25)
    batch.add(rect(-half + 0.02, low, half - 0.02, high), glass)
    if lit:
        batch.add(ellipse(0, (low + high) / 2, 0.55 * half, 0.35 * (high - low)), _colour.rgb_of(light.window))
    for turn in (-0.62, -0.2, 0.2, 0.62):
        batch.add(bar((0.25 * turn * half, low), (turn * 1.25 * half, high), 0.010), wood)
    batch.add(rect(-half + 0.02, low - 0.03, half - 0.02, low + 0.01), wood)

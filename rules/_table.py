"""How a table is painted; what can be asked of it stands in `rules.props.table`. Centimetres, y up from the floor."""

from __future__ import annotations

import numpy as np

from rules import _colour, _daylight, _indoor, _standing
from rules._cel import Cel, Finish
from rules._daylight import Daylight
from rules._outline import Nodes, Points, ellipse, tube
from rules._standing import FINE, WOOD, line, up
from rules.props.table import LIGHT, Params, box
from studio.rule import Canvas, Drawing, Variant

_TOP = 74.0
_SHADE = ((-25, 112, 1), (25, 112, 1), (14, 142, 1), (-14, 142, 1))


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    light = _daylight.scenery(variant["time"])
    z, layer = float(variant["z"]), variant["layer"]
    if layer == "shadow":
        return _standing.shadow(light, canvas, z, 0.52, 0.34, seed)
    if layer == "glow":
        dim = 1.05 - 0.8 * max(0.0, float(np.mean(light.ambient)) - 0.5) / 0.47
        weight = 0.60 * dim if params.lamp else 0.0
        return _standing.glow(canvas, (0.0, LIGHT), 2.1, np.array([1.0, 0.70, 0.34], np.float32), weight, seed)
    place = (box(params, variant), canvas, z)
    light = _indoor.within(light) if params.indoors else light
    if layer == "shade":
        return _standing.painted(light, place, lambda cel: _burning(cel) if params.lamp else None, seed)
    return _standing.painted(light, place, lambda cel: _paint(cel, params, light), seed)


def _both(nodes: Nodes) -> Points:
    """A shape that is the same on both sides, from the nodes of its right side, bottom first."""
    return up([*nodes, *[(-n[0], *n[1:]) for n in reversed(nodes)]])


def _paint(cel: Cel, params: Params, light: Daylight) -> None:
    wood = _daylight.under(light, params.wood)
    _legs(cel, wood)
    edge = up(
        [
            (-66, _TOP, 1),
            (-64, _TOP - 4),
            (-40, _TOP - 8),
            (0, _TOP - 9.5),
            (40, _TOP - 8),
            (64, _TOP - 4),
            (66, _TOP, 1),
        ]
    )
    cel.part(edge, _colour.shade(wood, 0.04), WOOD)
    cel.part(ellipse(0, -_TOP, 66, 7.0), _colour.light(wood, 0.05), FINE.but(turn=0.6))
    if not params.bare:
        _cloth(cel, params, light)
    if params.lamp:
        _lamp(cel, light)
    if params.tea:
        _tea(cel, light)


def _legs(cel: Cel, wood: _colour.RGB) -> None:
    """A turned column on three feet that curl."""
    for side, x in ((-1, 44), (1, 44), (0, 0)):
        foot = [(0, 26), (side * 0.45 * x, 20), (side * 0.8 * x, 7), (side * x, 2 if side else -3)]
        if side == 0:
            foot = [(0, 26), (2, 14), (1, 3), (4, -3)]
        cel.part(tube(line(foot), [4.2, 3.8, 3.0, 2.6]), wood, WOOD)
    column = ((6.5, 20, 1), (7.5, 26), (4.6, 31), (7.0, 38), (5.2, 46), (3.8, 56), (6.0, 62), (8.5, 67, 1))
    cel.part(_both(column), wood, WOOD)
    for y, half in ((31, 4.6), (43, 5.6), (60, 5.2)):
        cel.part(_both([(half, y - 1.4), (half + 1.0, y), (half, y + 1.4)]), _colour.light(wood, 0.04), FINE)


def _cloth(cel: Cel, params: Params, light: Daylight) -> None:
    """A cloth that hangs in soft folds, with a border of lace and a stripe."""
    own = _daylight.under(light, params.cloth, 0.2)
    hem = [
        (-67, 56),
        (-58, 51),
        (-46, 53),
        (-34, 47),
        (-20, 50),
        (-6, 45),
        (9, 49),
        (22, 46),
        (36, 51),
        (48, 48),
        (60, 54),
        (67, 57),
    ]
    skirt: Nodes = [(-66.5, _TOP + 1, 1), *hem, (66.5, _TOP + 1, 1)]
    mask = cel.part(up(skirt), own, WOOD.but(turn=3.0, soft=2.0, half=0.5, cast=4.0))
    dark, pale = _colour.shade(own, 0.11, light.shade_hue), _colour.light(own, 0.05)
    for x, y in ((-50, 52), (-27, 48), (1, 47), (29, 48), (54, 51)):
        fold = up([(x - 1.5, y - 3), (x + 5.5, y), (x + 3.0, y + 14), (x + 1.0, _TOP - 3, 1), (x, y + 12)], 6)
        cel.ink(fold, dark, 0.55, mask, soft=0.5)
        cel.stroke(line([(x - 5, y), (x - 4, y + 10), (x - 2, _TOP - 6)]), 1.1, pale, mask, 0.6)
    stripe = [(x * 0.995, y + 5.5) for x, y in hem]
    cel.stroke(line(stripe), 0.9, _daylight.under(light, "#a8584e"), mask, 0.9)
    cel.stroke(line([(x, y + 1.8) for x, y in stripe]), 0.5, _daylight.under(light, "#a8584e"), mask, 0.8)
    cel.part(ellipse(0, -_TOP - 1, 66.5, 7.2), _colour.light(own, 0.045), FINE.but(turn=0.8, line=0.3))


def _lamp(cel: Cel, light: Daylight) -> None:
    """A foot of glazed pottery, a shade of silk with a fringe, unlit."""
    clay, brass = _daylight.under(light, "#3f6f70"), _daylight.under(light, "#c99a48", 0.3)
    cel.part(_both([(11, 75, 1), (11.5, 77.5), (6, 79.5, 1)]), brass, FINE.but(cast=2.0))
    body = cel.part(
        _both([(6, 79, 1), (12.5, 84), (13.5, 93), (8, 102), (4.2, 107, 1)]), clay, WOOD.but(turn=3.2, bounce=1.4)
    )
    cel.ink(up([(-8, 97), (-10.5, 91), (-8.5, 86), (-6.5, 91)]), _colour.light(clay, 0.25), 0.7, body, soft=0.5)
    for k in range(5):
        cel.stroke(
            line([(-11 + 5 * k, 88), (-9.5 + 5 * k, 92), (-8 + 5 * k, 88)]), 0.6, _colour.light(clay, 0.16), body, 0.8
        )
    cel.part(_both([(3.2, 106, 1), (2.2, 113, 1)]), brass, FINE)
    silk = _daylight.under(light, "#d9ae7a", 0.1)
    mask = cel.part(up(_SHADE), silk, WOOD.but(turn=4.0, soft=2.0, cast=3.0))
    _pleats(cel, mask, _colour.shade(silk, 0.08), 0.8)


def _pleats(cel: Cel, mask: object, colour: _colour.RGB, weight: float) -> None:
    for k in range(-4, 5):
        cel.stroke(line([(k * 5.4, 112), (k * 4.2, 127), (k * 3.05, 142)]), 0.45, colour, mask, weight)  # type: ignore[arg-type]


def _burning(cel: Cel) -> None:
    """The shade with the light behind it."""
    flat = Finish(turn=0, cast=0, line=0, fall=0, grain=0.6)
    mask = cel.part(up(_SHADE), _colour.rgb_of("#ffc878"), flat)
    cel.ink(ellipse(0, -124, 17, 15), _colour.rgb_of("#ffeab8"), 0.95, mask, soft=4.0)
    cel.ink(ellipse(0, -124, 7, 8), _colour.rgb_of("#fffbe8"), 0.95, mask, soft=2.5)
    _pleats(cel, mask, _colour.rgb_of("#f0a04a"), 0.55)
    cel.stroke(line([(-25, 113), (0, 112.4), (25, 113)]), 1.1, _colour.rgb_of("#e08a3c"), mask)
    cel.stroke(line([(-14, 141), (0, 141.4), (14, 141)]), 0.8, _colour.rgb_of("#e08a3c"), mask)


def _tea(cel: Cel, light: Daylight) -> None:
    """A round pot with a stripe, a cup on its saucer."""
    china = _daylight.under(light, "#e9e4da", 0.3)
    blue = _daylight.under(light, "#53718f")
    cel.part(tube(line([(42, 82), (50, 84), (51, 90), (44, 92)]), [1.3, 1.5, 1.5, 1.2]), china, FINE)
    cel.part(tube(line([(22, 80), (15, 84), (12, 92)]), [3.0, 2.0, 1.4]), china, FINE)
    pot = cel.part(
        up([(24, 74.5, 1), (40, 74.5, 1), (46, 82), (43, 91), (37, 95, 1), (27, 95, 1), (20, 90), (18.5, 82)]),
        china,
        WOOD.but(turn=2.6, cast=3.0, bounce=1.0),
    )
    cel.stroke(line([(19, 85), (32, 83.5), (45.5, 85)]), 1.0, blue, pot)
    cel.stroke(line([(19.4, 88), (32, 86.6), (45, 88)]), 0.45, blue, pot)
    cel.part(up([(26, 95, 1), (38, 95, 1), (35, 98.4), (29, 98.4)]), china, FINE)
    cel.part(ellipse(32, -99.6, 1.7, 1.7), blue, FINE)
    cel.part(ellipse(-38, -73.6, 11.5, 2.4), china, FINE.but(cast=2.0))
    cel.part(tube(line([(-31, 76.5), (-27, 78.5), (-31, 81)]), [0.8, 1.0, 0.8]), china, FINE)
    cup = cel.part(
        up([(-42, 73.8, 1), (-34.5, 73.8, 1), (-31, 79), (-30.5, 83, 1), (-46, 83, 1), (-45.4, 79)]),
        china,
        FINE.but(turn=1.6),
    )
    cel.stroke(line([(-46, 80.5), (-38, 79.8), (-30.6, 80.5)]), 0.7, blue, cup)

"""How a barrel is painted; what can be asked of it stands in `rules.props.barrel`. Hundredths of its height, y up."""

from __future__ import annotations

import numpy as np

from rules import _colour, _daylight, _noise, _standing
from rules._cel import Cel
from rules._daylight import Daylight
from rules._outline import Points, ellipse
from rules._standing import FINE, WOOD, line, up
from rules.props.barrel import Params, box
from studio.rule import Canvas, Drawing, Variant


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    light = _daylight.scenery(variant["time"])
    z, h = float(variant["z"]), params.height
    if variant["layer"] == "shadow":
        return _standing.shadow(light, canvas, z, 0.32 * h, 0.26 * h, seed)
    return _standing.painted(
        light, (box(params, variant), canvas, z), lambda cel: _paint(cel, params, light, seed), seed
    )


def _half(y: float) -> float:
    """Half the width at a height."""
    return 31.0 + 7.5 * (1 - ((y - 50) / 50) ** 2)


def _paint(cel: Cel, params: Params, light: Daylight, seed: int) -> None:
    wood, iron = _daylight.under(light, params.wood), _daylight.under(light, params.iron)

    def sized(points: Points) -> Points:
        return np.asarray(points * params.height)

    with cel.placed(sized):
        right = [(_half(y), y) for y in (4, 20, 35, 50, 65, 80, 96)]
        body = [
            (0, -3.0),
            (20, -1.5),
            (31, 2.5, 1),
            *right[1:-1],
            (31.2, 96, 1),
            (-31.2, 96, 1),
            *[(-x, y) for x, y in right[-2:0:-1]],
            (-31, 2.5, 1),
            (-20, -1.5),
        ]
        mask = cel.part(up(body), wood, WOOD.but(turn=6.0, soft=3.0, half=0.5, bounce=1.5))
        for k in range(-4, 5):
            share = float(np.sin(k * 0.34))
            edge = [
                (share * _half(y), y - 3.5 * (1 - share * share) ** 0.5 * (1 - y / 120)) for y in (0, 25, 50, 75, 97)
            ]
            cel.stroke(line(edge), 0.55, _colour.shade(wood, 0.15), mask, 0.9)
            if k < 2:
                cel.stroke(line([(x + 1.1, y) for x, y in edge]), 0.4, _colour.light(wood, 0.07), mask, 0.6)
            if _noise.chance(seed, 5, k + 9) < 0.6:
                y = 20 + 55 * _noise.chance(seed, 6, k + 9)
                x = (share + 0.13) * _half(y)
                cel.stroke(
                    line([(x, y), (x + 0.6, y + 7), (x - 0.3, y + 13)]), 0.35, _colour.shade(wood, 0.09), mask, 0.8
                )
        for y, tall in ((8, 4.2), (26, 3.6), (74, 3.6), (92, 4.2)):
            _hoop(cel, y, tall, iron)
        rim = cel.part(ellipse(0, -97, 31.4, 4.2), _colour.light(wood, 0.06), FINE.but(turn=0.6))
        cel.ink(ellipse(0, -96.6, 28.4, 3.2), _colour.shade(wood, 0.12, light.shade_hue), 1.0, rim)
        for x in (-18, -7, 5, 16):
            cel.stroke(line([(x, 99), (x, 94)]), 0.4, _colour.shade(wood, 0.18), rim, 0.7)
        cel.part(ellipse(7, -50, 2.4, 2.6), _colour.shade(wood, 0.18), FINE)


def _hoop(cel: Cel, y: float, tall: float, iron: _colour.RGB) -> None:
    """A hoop that follows the round of the barrel, with a rivet and a lit streak."""
    sag = 3.6 * (1 - y / 130)
    low, high = _half(y - tall / 2) + 0.7, _half(y + tall / 2) + 0.7
    above, below, hang = y + tall / 2, y - tall / 2, 0.8 * sag
    shape = up(
        [
            (-high, above, 1), (-0.5 * high, above - hang), (0.5 * high, above - hang), (high, above, 1),
            (low, below, 1), (0.5 * low, below - hang), (-0.5 * low, below - hang), (-low, below, 1),
        ]
    )  # fmt: skip
    mask = cel.part(shape, iron, WOOD.but(turn=2.4, soft=1.0, cast=1.6, key=0.8))
    cel.stroke(
        line([(-0.75 * high, y - 0.5 * sag), (-0.45 * high, y - 0.75 * sag), (-0.2 * high, y - 0.9 * sag)]),
        0.7,
        _colour.light(iron, 0.22),
        mask,
        0.8,
    )
    cel.ink(ellipse(0.30 * high, -(y - 0.85 * sag), 0.8, 0.8), _colour.light(iron, 0.16), 1.0, mask)

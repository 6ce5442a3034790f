"""How the rooftops are painted; what can be asked of them stands in `rules.plates.rooftops`.

They are the houses of the street, let down until their ridges stand at our height.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rules import _air, _colour, _daylight, _facade, _noise, _row, _skyline
from rules._board import Batch, Board, bar, moved, poly, rect, wobble
from rules._daylight import Daylight
from rules._outline import Points, ellipse, spline, tube
from rules._row import House
from rules._site import Site
from rules.plates.rooftops import DEPTH, LOW, Params, box
from studio.rule import Canvas, Drawing, Variant

_EYE = 1.2
#: far ranks first: how far behind the plate, by how much their ridges lie higher or lower than the nearest
_RANKS = ((2.6, 1.9), (1.65, 1.0), (1.0, 0.0))
_TALLEST = 6.0  # m, a ridge of the street's houses
_CLOTHS = ("#d9cdb8", "#a85a52", "#6f8a9a", "#c9a25a", "#e6ddcd", "#7f6a86")


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The roofs that meet the canvas."""
    light = _daylight.scenery(variant["time"])
    z = float(variant.get("z", DEPTH))
    within = (LOW, box(params, variant).top)
    margin = max(32, int(0.25 * canvas.scale))
    board = Board(canvas, seed, margin=margin, within=within)
    for far, rise in _RANKS[3 - params.ranks :]:
        layer = _rank(params, light, (far, rise), (canvas, margin, within), seed + int(100 * far))
        _air.sink(layer, light, _air.veil(light, z * far) * 0.85, _EYE - 4.6 / far, 1.6 / far)
        board.under(layer)
    if params.smoke:
        _skyline.smoke(board, light, params.smoke, seed, params.height)
    return board.drawing()


def _rank(
    params: Params,
    light: Daylight,
    rank: tuple[float, float],
    where: tuple[Canvas, int, tuple[float, float]],
    seed: int,
) -> Board:
    """One row of houses, seen from among their roofs."""
    far, rise = rank
    canvas, margin, within = where
    drop = _TALLEST - params.height - rise

    def bend(points: Points) -> Points:
        crooked = wobble(wobble(points, 0.075, 3.1, seed + 1), 0.013, 0.55, seed + 2)
        return np.asarray(np.stack([crooked[:, 0] / far, _EYE + (crooked[:, 1] - drop - _EYE) / far], 1))

    board = Board(canvas, seed, margin=margin, within=within, bend=bend)
    site = Site(board, light)
    left, _, right, _ = board.span()
    houses = _row.row((left * far - 2, right * far + 2), (-0.02, 0.02), seed, True)
    for house in houses:
        if params.snow:
            house = replace(house, tiles=_colour.rgb_of("#dfe7f2"))
        _facade.above(site, house, light.lit * params.lit, far > 1)
    board.fill(_life(params, light, houses, seed))
    glow = _colour.mix(_colour.rgb_of(light.glow), _colour.rgb_of(light.cloud_lit), 0.4)
    board.rim((light.key_direction[0], 0.8 * light.key_direction[1]), 0.025 / far, glow, 0.6)
    return board


def _life(params: Params, light: Daylight, houses: list[House], seed: int) -> Batch:
    """A cat on a ridge, a weathercock, washing between two houses."""
    batch = Batch()
    dark = _colour.shade(_daylight.under(light, "#3a3040"), 0.03, light.shade_hue)
    for house in houses:
        draw, top = _noise.chance(house.seed, 301), house.eaves + house.rise
        middle = (house.left + house.right) / 2
        if draw < 0.22 and house.roof == "saddle":
            _cat(batch, (middle + 0.5 * house.width * (_noise.chance(house.seed, 302) - 0.5), top - 0.02), dark)
        elif draw > 0.92 and house.roof != "stepped":
            _cock(batch, (middle, top + 0.05), _daylight.under(light, "#6a5a4a"))
        if _noise.chance(house.seed, 303) < 0.45 * params.washing:
            _line(batch, light, (house.right - 0.4, house.eaves + 0.62 * house.rise), house.seed)
    return batch


def _cat(batch: Batch, at: tuple[float, float], colour: np.ndarray) -> None:
    """A cat that sits with its back to us."""
    body = spline([(-0.12, 0, 1), (0.13, 0, 1), (0.14, 0.12), (0.07, 0.26), (-0.05, 0.26), (-0.12, 0.12)], samples=6)
    head = spline(
        [
            (-0.07, 0.25),
            (-0.085, 0.33),
            (-0.075, 0.43, 1),
            (-0.03, 0.385),
            (0.03, 0.385),
            (0.075, 0.43, 1),
            (0.085, 0.33),
            (0.06, 0.25),
        ],
        samples=6,
    )
    tail = tube([(0.10, 0.03), (0.24, 0.02), (0.28, -0.10), (0.22, -0.20)], [0.028, 0.026, 0.022, 0.014], 6)
    for shape in (tail, body, head):
        batch.add(moved(shape, *at), colour)


def _cock(batch: Batch, at: tuple[float, float], colour: np.ndarray) -> None:
    """A weathercock on its rod."""
    x, y = at
    batch.add(bar((x, y - 0.1), (x, y + 0.78), 0.016, 0.009), colour)
    batch.add(rect(x - 0.20, y + 0.36, x + 0.20, y + 0.375), colour)
    for side in (-1, 1):
        batch.add(ellipse(x + side * 0.20, y + 0.367, 0.025, 0.025, 0, 10), colour)
    cock = spline(
        [
            (0.17, 0.15, 1), (0.25, 0.13, 1), (0.18, 0.19), (0.16, 0.25, 1), (0.11, 0.20), (0.07, 0.10),
            (-0.02, 0.08), (-0.10, 0.16), (-0.24, 0.26, 1), (-0.22, 0.14), (-0.26, 0.08, 1),
            (-0.14, 0.02), (-0.02, -0.02), (0.10, 0.03),
        ],
        samples=5,
    )  # fmt: skip
    batch.add(moved(0.8 * cock, x, y + 0.74), colour)


def _line(batch: Batch, light: Daylight, start: tuple[float, float], seed: int) -> None:
    """A sagging line with washing pegged to it."""
    x, y = start
    long, sag = 1.7, 0.22
    t = np.linspace(0, 1, 13)
    line = np.stack([x + long * t, y - 4 * sag * t * (1 - t)], 1)
    cord = _daylight.under(light, "#564a50")
    batch.add(np.concatenate([moved(line, 0, 0.008), moved(line, 0, -0.008)[::-1]]), cord)
    for side in (0, 1):
        batch.add(bar((x + side * long, y - 0.9), (x + side * long, y + 0.10), 0.025), cord)
    for k in range(5):
        u = 0.10 + 0.175 * k
        wide, tall = 0.10 + 0.05 * _noise.chance(seed, 310, k), 0.20 + 0.16 * _noise.chance(seed, 311, k)
        px, py = x + long * u, y - 4 * sag * u * (1 - u)
        cloth = _daylight.under(light, _CLOTHS[int(_noise.chance(seed, 312, k) * len(_CLOTHS))], 0.3)
        blown = 0.05
        batch.add(
            poly(
                (px - wide, py), (px + wide, py), (px + wide + blown, py - tall), (px - wide + 0.6 * blown, py - tall)
            ),
            cloth,
        )
        batch.add(
            poly(
                (px + 0.3 * wide, py),
                (px + wide, py),
                (px + wide + blown, py - tall),
                (px + 0.5 * wide + blown, py - tall),
            ),
            _colour.shade(cloth, 0.07, light.shade_hue),
        )

"""Houses that turn their end to us: the triangle under the slopes, the verges, stairs of brick and their copings."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from rules import _colour, _noise
from rules._board import Batch, bar, moved, poly, rect
from rules._colour import RGB
from rules._outline import Points, tube
from rules._row import House
from rules._site import CAST, Site

_STEPS = 4  # of a stair


def gable(house: House) -> Points:
    """The triangle of wall under two slopes."""
    low = house.eaves - 0.02
    return poly((house.left, low), (house.right, low), ((house.left + house.right) / 2, house.eaves + house.rise))


def verges(site: Site, house: House) -> None:
    """The two slopes seen from their end: the tiles' edges, the boards and the shadow under them."""
    middle, top = (house.left + house.right) / 2, house.eaves + house.rise
    wood = site.tone("#5d4340")
    slopes = [(side, _slope(house, side)) for side in (-1, 1)]
    shadow = [_ribbon(line, 0.0, -0.42) for _, line in slopes]
    site.board.tint(site.board.mask(shadow, 0.05, (0.03, -0.02)), CAST, 0.62)
    batch = Batch()
    for side, line in slopes:
        batch.add(_ribbon(line, 0.03, -0.20), wood if side < 0 else site.dark(wood, 0.06))
        batch.add(_ribbon(line, -0.165, -0.205), site.dark(wood, 0.12))
        batch.join(_edge_tiles(site, house, line, side))
    batch.add(bar((middle, top - 0.22), (middle, top + 0.34), 0.035, 0.012), wood)
    site.board.fill(batch)


def _slope(house: House, side: int) -> Points:
    """The line of one slope from the ridge down, bowed a little, flaring at its foot."""
    middle, half, over = (house.left + house.right) / 2, house.width / 2, 0.20
    foot = house.eaves - over * house.rise / half
    return poly(
        (middle, house.eaves + house.rise + 0.05),
        (middle + side * 0.5 * half, house.eaves + 0.5 * house.rise - 0.03),
        (middle + side * (half + over), foot),
        (middle + side * (half + over + 0.10), foot - 0.03),
    )


def _ribbon(line: Points, above: float, below: float) -> Points:
    return np.concatenate([moved(line, 0, above), moved(line, 0, below)[::-1]])


def _edge_tiles(site: Site, house: House, line: Points, side: int) -> Batch:
    """The last tiles of each course, laid along the slope at even steps."""
    tone = site.tone(house.tiles)
    deep, pale = site.dark(tone, 0.09), _colour.light(tone, 0.06)
    run = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    even = np.linspace(0, run[-1], 15)
    places = np.stack([np.interp(even, run, line[:, 0]), np.interp(even, run, line[:, 1])], 1)
    batch = Batch()
    for k, (p, q) in enumerate(pairwise(places)):
        chance = float(_noise.unit(k, (side + 1) // 2, house.seed + 80))
        own = _colour.mix(tone, deep if chance < 0.5 else pale, abs(chance - 0.5) * 1.6)
        lift = 0.075 + 0.02 * (chance - 0.5)
        batch.add(bar(moved(p, 0, lift), moved(q, 0, lift - 0.012), 0.055, 0.068), site.dark(own, 0.14))
        batch.add(bar(moved(p, 0, lift + 0.016), moved(q, 0, lift + 0.004), 0.040, 0.050), own)
    return batch


def stairs(house: House) -> list[Points]:
    """The steps of a brick gable that hides its roof, the lowest first."""
    middle, shapes = (house.left + house.right) / 2, []
    for k in range(_STEPS):
        half = house.width / 2 * (1 - k / _STEPS)
        low, high = (house.eaves + house.rise * n / _STEPS for n in (k, k + 1))
        shapes.append(rect(middle - half, low - 0.02, middle + half, high))
    return shapes


def copings(site: Site, house: House, trim: RGB) -> None:
    """Stone slabs on every step of a stair, and a ball on top."""
    batch = Batch()
    middle = (house.left + house.right) / 2
    for k in range(_STEPS):
        outer = house.width / 2 * (1 - k / _STEPS) + 0.05
        inner = house.width / 2 * (1 - (k + 1) / _STEPS)
        y = house.eaves + house.rise * (k + 1) / _STEPS
        for side in (-1, 1):
            x0, x1 = sorted((middle + side * inner, middle + side * outer))
            batch.add(rect(x0, y - 0.05, x1, y + 0.05), site.dark(trim, 0.10))
            batch.add(rect(x0, y, x1, y + 0.055), _colour.light(trim, 0.03) if side < 0 else trim)
    top = house.eaves + house.rise + 0.05
    batch.add(tube([(middle, top), (middle, top + 0.10), (middle, top + 0.26)], [0.05, 0.085, 0.02]), trim)
    site.board.fill(batch)

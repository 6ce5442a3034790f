"""Half-timber: posts, rails and braces, slightly crooked, each with a dark side and a worn light."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from rules import _colour
from rules._board import Batch, bar, moved
from rules._outline import Points
from rules._row import House
from rules._site import CAST, Site
from rules._storeys import GROUND

Beam = tuple[tuple[float, float], tuple[float, float], float]  #: from, to, half its thickness


def timbers(site: Site, house: House) -> None:
    """The frame of a house above its ground floor."""
    random = np.random.default_rng([house.seed, 51])
    wood = site.tone("#64473f")
    deep, pale = site.dark(wood, 0.07), _colour.light(wood, 0.05)
    batch = Batch()
    casts: list[Points] = []
    for p, end, half in _frame(house):
        q = (end[0] + float(random.normal(0, 0.012)), end[1] + float(random.normal(0, 0.008)))
        own = _colour.mix(wood, deep, 0.7 * float(random.random()))
        casts.append(bar(p, q, half))
        batch.add(bar(p, q, half, half * float(random.uniform(0.85, 1.1))), site.dark(own, 0.10))
        batch.add(moved(bar(p, q, 0.84 * half), -0.006, 0.008), own)
        if random.random() < 0.6:
            batch.add(moved(bar(p, q, 0.008, 0.002), -0.3 * half, 0.3 * half), pale)
    site.board.tint(site.board.mask(casts, 0.012, (0.025, -0.03)), CAST, 0.5)
    site.board.fill(batch)


def _frame(house: House) -> list[Beam]:
    left, right, eaves = house.left, house.right, house.eaves
    rows = [GROUND, eaves] if eaves < GROUND + 1.9 else [GROUND, (GROUND + eaves) / 2 + 0.1, eaves]
    beams: list[Beam] = [((left - 0.02, y), (right + 0.02, y), 0.085) for y in rows]
    posts = np.linspace(left + 0.06, right - 0.06, max(3, round(house.width / 0.72))).tolist()
    for y0, y1 in pairwise(rows):
        beams += [((x, y0 + 0.06), (x, y1 - 0.06), 0.058) for x in posts]
        for a, b, half in ((posts[0], posts[1], 0.046), (posts[-1], posts[-2], 0.050)):
            beams.append(((a, y0 + 0.1), (a + 0.8 * (b - a), y1 - 0.1), half))
    return beams + _gable(house, posts) if house.roof == "gable" else beams


def _gable(house: House, posts: list[float]) -> list[Beam]:
    """A collar, short posts below it, a king post and two struts above."""
    middle, top = (house.left + house.right) / 2, house.eaves + house.rise
    slope = house.rise / (house.width / 2)
    collar = house.eaves + 0.52 * house.rise
    half = (top - collar) / slope
    beams: list[Beam] = [((middle - half, collar), (middle + half, collar), 0.065)]
    for x in posts[1:-1]:
        high = min(collar, top - abs(x - middle) * slope)
        beams.append(((x, house.eaves + 0.06), (x, high - 0.05), 0.050))
    beams.append(((middle, collar), (middle, top - 0.1), 0.050))
    for side in (-1, 1):
        foot = (middle + side * 0.06, collar + 0.06)
        beams.append((foot, (middle + side * 0.34 * half, collar + 0.42 * (top - collar)), 0.035))
    return beams

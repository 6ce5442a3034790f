"""What stands before houses: barrels, crates, bushes in pots."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from rules import _colour, _foliage
from rules._board import Batch, bar, rect
from rules._outline import Points, ellipse, spline
from rules._site import CAST, Site


def stand(site: Site, x: float, kind: int, seed: int) -> None:
    """One thing with its foot at x, just before the wall, and the shadows it throws."""
    random = np.random.default_rng([seed, 91])
    batch = Batch()
    make = (_barrel, _bush, _crates, _bush)[kind % 4]
    body = make(site, batch, x, random)
    low, high = body.min(0), body.max(0)
    site.board.tint(site.board.mask(body, 0.04, (0.10, -0.03)), CAST, 0.55)
    middle, half = (low[0] + high[0]) / 2, (high[0] - low[0]) / 2
    dark = site.dark(site.tone("#3a3350"), 0.08)
    site.board.lay(site.board.mask(ellipse(middle + 0.05, -0.045, half * 1.25, 0.045), 0.03), dark, 0.7)
    site.board.fill(batch)


def _barrel(site: Site, batch: Batch, x: float, random: np.random.Generator) -> Points:
    wood = site.tone("#8a5f42")
    deep = site.dark(wood, 0.10)
    half, high, y = 0.25, 0.66, -0.05
    end = 0.82 * half  # staves are narrower at both ends

    def bulging(left: float, right: float) -> Points:
        """From one share of the half-width to another."""
        side = [(right, y, 1), (right, y + high, 1), (left, y + high, 1), (left, y, 1)]
        nodes = [(x + end * s, v, 1) for s, v, _ in side]
        return spline(
            [nodes[0], (x + half * right, y + 0.5 * high), *nodes[1:3], (x + half * left, y + 0.5 * high), nodes[3]],
            samples=6,
        )

    body = bulging(-1, 1)
    batch.add(body, wood)
    staves = np.sin(np.pi * (np.linspace(0, 1, 8) - 0.5)).tolist()
    for k, (a, b) in enumerate(pairwise(staves)):
        worn = float(np.clip(0.75 * (k / 7) ** 1.3 + 0.25 * random.random(), 0, 1))
        batch.add(bulging(a, b - 0.02), _colour.mix(wood, deep, worn))
    iron = site.tone("#4a4550")
    for t in (0.10, 0.30, 0.70, 0.90):
        wide = half * (1 - 0.18 * (2 * t - 1) ** 2)
        batch.add(rect(x - wide - 0.006, y + t * high - 0.024, x + wide + 0.006, y + t * high + 0.024), iron)
        batch.add(
            rect(x - wide + 0.02, y + t * high - 0.006, x - 0.25 * wide, y + t * high + 0.014),
            _colour.light(iron, 0.13),
        )
    batch.add(ellipse(x, y + high, 0.82 * half, 0.035), site.dark(wood, 0.13))
    batch.add(ellipse(x - 0.01, y + high + 0.004, 0.74 * half, 0.027), _colour.light(wood, 0.02))
    return body


def _crates(site: Site, batch: Batch, x: float, random: np.random.Generator) -> Points:
    wood = site.tone("#a5805a")
    places = ((x, -0.05, 0.27, 0.40), (x + 0.07, 0.35, 0.21, 0.30))
    for cx, y, half, high in places:
        deep = site.dark(wood, 0.12)
        batch.add(rect(cx - half, y, cx + half, y + high), deep)
        count = 4
        for k in range(count):
            a = y + high * k / count
            tone = _colour.mix(wood, site.dark(wood, 0.07), float(random.random()))
            batch.add(rect(cx - half, a + 0.008, cx + half, a + high / count - 0.006), tone)
        for side in (-1, 1):
            edge = cx + side * (half - 0.03)
            batch.add(
                rect(edge - 0.03, y, edge + 0.03, y + high),
                _colour.light(wood, 0.04) if side < 0 else site.dark(wood, 0.05),
            )
        batch.add(bar((cx - half + 0.06, y + 0.02), (cx + half - 0.06, y + high - 0.02), 0.026), site.dark(wood, 0.03))
    return rect(x - 0.27, -0.05, x + 0.28, 0.65)


def _bush(site: Site, batch: Batch, x: float, random: np.random.Generator) -> Points:
    """A clipped ball or a loose shrub in a clay pot."""
    clay = site.tone("#b5704f")
    y, tall = -0.05, 0.30
    pot = np.array([[x - 0.13, y], [x + 0.13, y], [x + 0.19, y + tall], [x - 0.19, y + tall]])
    batch.add(pot, clay)
    batch.add(
        np.array([[x + 0.03, y], [x + 0.13, y], [x + 0.19, y + tall], [x + 0.05, y + tall]]), site.dark(clay, 0.08)
    )
    batch.add(rect(x - 0.205, y + tall - 0.06, x + 0.205, y + tall + 0.012), _colour.light(clay, 0.03))
    batch.add(rect(x - 0.20, y + tall - 0.075, x + 0.20, y + tall - 0.055), site.dark(clay, 0.13))
    is_ball = random.random() < 0.5
    centre = y + tall + (0.46 if is_ball else 0.16)
    if is_ball:
        batch.add(bar((x, y + tall), (x + 0.01, centre), 0.022, 0.016), site.tone("#5b4438"))
    count = 150 if is_ball else 110
    turn, far = random.uniform(0, 2 * np.pi, count), np.sqrt(random.random(count))
    wide, high = (0.24, 0.24) if is_ball else (0.25, 0.22)
    at = np.stack([x + wide * far * np.cos(turn), centre + high * far * np.sin(turn)], 1)
    greens = [site.tone(c) for c in ("#2f4a3c", "#55754a", "#9db061")]
    batch.join(_foliage.spray(at[np.argsort(at[:, 1])], 0.062, greens, random))
    if not is_ball:
        petal = site.tone(("#e0664f", "#efc25a", "#d98ab0")[int(random.integers(3))])
        for _ in range(12):
            px, py = x + float(random.normal(0, 0.13)), centre + 0.05 + float(random.normal(0, 0.09))
            batch.add(ellipse(px, py, 0.026, 0.022, 0, 8), petal)
    return np.concatenate([pot, np.array([[x + 0.2, centre + 0.1], [x, centre + 0.22], [x - 0.2, centre + 0.1]])])

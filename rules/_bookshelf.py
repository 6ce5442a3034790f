"""A bookshelf that stands at the wall of a room; metres, y up from the floor, colours are the things' own."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from rules import _colour
from rules._board import Batch, Board, moved, rect
from rules._colour import RGB
from rules._outline import ellipse, spline, tube

_CAST = (0.52, 0.45, 0.62)
_GILT, _GILT_LIT = "#b98a45", "#e8c27a"


def paint(board: Board, wood_code: str, place: tuple[float, float], seed: int) -> None:
    """Four shelves full of books, a jar, a globe on top; place: its middle, and the height of the room."""
    middle, height = place
    x0, x1, top = middle - 0.66, middle + 0.66, min(2.30, height - 0.5)
    wood = _colour.rgb_of(wood_code)
    dark, pale = _colour.shade(wood, 0.13, 320), _colour.light(wood, 0.07)
    board.tint(board.mask(rect(x0, 0, x1, top), 0.06, (0.07, -0.10)), _CAST, 0.75)
    batch = Batch()
    batch.add(rect(x0, 0, x1, top), wood)
    batch.add(rect(x0, 0, x0 + 0.02, top), pale)
    random = np.random.default_rng([seed, 41])
    shelves = np.linspace(0.42, top - 0.06, 5)
    for low, high in pairwise(shelves.tolist()):
        batch.add(rect(x0 + 0.06, low + 0.03, x1 - 0.06, high), dark)
        batch.add(rect(x0 + 0.06, high - 0.07, x1 - 0.06, high), _colour.shade(dark, 0.06))
        _books(batch, (x0 + 0.075, x1 - 0.075, low + 0.03, high - 0.05), random)
        batch.add(rect(x0 + 0.03, low - 0.012, x1 - 0.03, low + 0.03), pale)
        batch.add(rect(x0 + 0.03, low - 0.024, x1 - 0.03, low - 0.012), _colour.shade(wood, 0.10, 320))
    for k in range(2):  # doors below
        left = x0 + 0.05 + k * 0.615
        batch.add(rect(left, 0.10, left + 0.60, 0.38), _colour.shade(wood, 0.05))
        batch.add(rect(left + 0.06, 0.14, left + 0.54, 0.34), _colour.light(wood, 0.02))
        batch.add(ellipse(left + (0.53 if k == 0 else 0.07), 0.25, 0.018, 0.018, 0, 10), _colour.rgb_of(_GILT_LIT))
    batch.add(rect(x0 - 0.05, top, x1 + 0.05, top + 0.07), pale)
    batch.add(rect(x0 - 0.05, top, x1 + 0.05, top + 0.02), _colour.shade(wood, 0.05))
    _globe(batch, (x0 + 0.34, top + 0.07))
    board.fill(batch)


_CLOTHS = ("#8a3440", "#c08a3e", "#3f5f68", "#6a3c58", "#5f6f4a", "#b8a887", "#a1512f", "#2f4a5c", "#7a5a46")


def _books(batch: Batch, room: tuple[float, float, float, float], random: np.random.Generator) -> None:
    """Books of unequal size; here and there one leans, or there is a gap with a jar."""
    x, last, low, high = room
    jars = 1 if random.random() < 0.6 else 0
    while x < last - 0.05:
        wide = float(random.uniform(0.030, 0.075))
        tall = (high - low) * float(random.uniform(0.62, 0.97))
        draw = float(random.random())
        if draw < 0.09 and jars and last - x > 0.22:
            jars = 0
            jar = spline(
                [
                    (x + 0.05, low, 1),
                    (x + 0.15, low, 1),
                    (x + 0.18, low + 0.10),
                    (x + 0.13, low + 0.19),
                    (x + 0.07, low + 0.19),
                    (x + 0.02, low + 0.10),
                ],
                samples=5,
            )
            batch.add(jar, _colour.rgb_of("#5f8a86"))
            batch.add(moved(ellipse(0, 0, 0.02, 0.05), x + 0.06, low + 0.11), _colour.rgb_of("#a8c9bd"))
            x += 0.22
            continue
        wide = min(wide, last - x)
        colour: RGB = _colour.rgb_of(_CLOTHS[int(random.integers(len(_CLOTHS)))]) * float(random.uniform(0.85, 1.1))
        lean = 0.10 * tall if draw > 0.93 and last - x > 0.16 else 0.0
        skew = np.array([[0, 0], [wide, 0], [wide + lean, tall], [lean, tall]])
        batch.add(moved(skew, x, low), np.clip(colour, 0, 1))
        shine = np.array([[0.15 * wide, 0], [0.34 * wide, 0], [0.34 * wide + lean, tall], [0.15 * wide + lean, tall]])
        batch.add(moved(shine, x, low), np.clip(colour * 1.22, 0, 1))
        edge = np.array([[0.84 * wide, 0], [wide, 0], [wide + lean, tall], [0.84 * wide + lean, tall]])
        batch.add(moved(edge, x, low), colour * 0.68)
        if wide > 0.045 and not lean:
            for at in (0.16, 0.82):
                batch.add(rect(x, low + at * tall, x + wide, low + (at + 0.035) * tall), _colour.rgb_of(_GILT))
        x += wide + 0.004 + lean * 1.1


def _globe(batch: Batch, at: tuple[float, float]) -> None:
    x, y = at
    batch.add(rect(x - 0.09, y, x + 0.09, y + 0.025), _colour.rgb_of("#4b3027"))
    batch.add(rect(x - 0.012, y, x + 0.012, y + 0.10), _colour.rgb_of(_GILT))
    batch.add(ellipse(x, y + 0.24, 0.15, 0.15), _colour.rgb_of("#3f6674"))
    batch.add(ellipse(x - 0.03, y + 0.26, 0.105, 0.105), _colour.rgb_of("#5a8790"))
    land = spline([(-0.09, 0.30), (-0.03, 0.34), (0.02, 0.30), (0.0, 0.22), (-0.05, 0.20), (-0.06, 0.26)], samples=5)
    batch.add(moved(land, x, y), _colour.rgb_of("#b59a5e"))
    batch.add(
        moved(spline([(0.05, 0.26), (0.10, 0.24), (0.08, 0.15), (0.04, 0.17)], samples=5), x, y),
        _colour.rgb_of("#a58a52"),
    )
    batch.add(
        tube([(x + 0.05, y + 0.08), (x + 0.19, y + 0.22), (x + 0.10, y + 0.40)], [0.010, 0.012, 0.010]),
        _colour.rgb_of(_GILT),
    )

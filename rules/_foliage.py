"""Leaves: single leaves, climbing ivy, tufts and blossoms, as batches of flat shapes in metres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from rules import _colour
from rules._board import Batch, moved
from rules._outline import Points

_IVY = np.array(
    [[0, -0.5], [0.34, -0.42], [0.62, -0.05], [0.30, 0.12], [0, 0.66], [-0.30, 0.12], [-0.62, -0.05], [-0.34, -0.42]]
)
_OVAL = np.array([[0, -0.5], [0.24, -0.22], [0.28, 0.10], [0, 0.60], [-0.28, 0.10], [-0.24, -0.22]])


def leaves(at: Points, sizes: Points, turns: Points, ivy: bool = True) -> Points:
    """Leaves at places (n, 2): (n, points, 2); turns in radians, 0 points up."""
    shape = _IVY if ivy else _OVAL
    c, s = (np.cos(turns) * sizes)[:, None], (np.sin(turns) * sizes)[:, None]
    x, y = at[:, :1] + shape[:, 0] * c - shape[:, 1] * s, at[:, 1:] + shape[:, 0] * s + shape[:, 1] * c
    return np.stack([x, y], -1)


def spray(at: Points, size: float, colours: Sequence[ArrayLike], random: np.random.Generator) -> Batch:
    """Leaves at places (n, 2), in three tones: shadowed ones behind, few lit ones up and left of them."""
    batch = Batch()
    dark, middle, bright = (_colour.to_lab(c) for c in colours)
    count = len(at)
    turns = np.pi + random.normal(0, 0.9, count)
    sizes = size * random.uniform(0.7, 1.25, count)
    level = random.random(count)
    batch.many(leaves(moved(at, 0.25 * size, -0.3 * size), sizes * 1.1, turns), colours[0])
    share = (0.45 + 0.55 * level)[:, None]
    batch.many(leaves(at, sizes, turns), _colour.from_lab(dark * (1 - share) + middle * share))
    lit = level > 0.62
    share = ((level[lit] - 0.62) / 0.38)[:, None]
    small = leaves(moved(at[lit], -0.08 * size, 0.1 * size), sizes[lit] * 0.62, turns[lit])
    batch.many(small, _colour.from_lab(middle * (1 - share) + bright * share))
    return batch


def climbing(
    foot: tuple[float, float], height: float, lean: float, random: np.random.Generator, spacing: float = 0.045
) -> Points:
    """Places of leaves on ivy that climbs from a foot: stems that fork and thin out; (n, 2) in metres."""
    places: list[tuple[float, float]] = []
    stems = [(foot[0], foot[1], height, 0.0, 1.0)]
    while stems and len(places) < 900:
        x, y, left, heading, mass = stems.pop()
        while left > 0:
            heading = 0.86 * heading + float(random.normal(0, 0.16)) + 0.05 * lean
            x += spacing * float(np.sin(heading))
            y += spacing * float(np.cos(heading))
            left -= spacing
            near = min(1.0, left / (0.6 * height) + 0.15)
            for _ in range(1 + int(2.2 * mass * near * float(random.random()) + 0.3)):
                spread = spacing * (0.8 + 2.2 * mass * near)
                places.append((x + float(random.normal(0, spread)), y + float(random.normal(0, spread))))
            if mass > 0.4 and random.random() < 0.075:
                turn = heading + float(random.choice([-0.8, 0.8]))
                stems.append((x, y, left * 0.62, turn, mass * 0.66))
    return np.array(places, np.float64).reshape(-1, 2)


def tuft(x: float, y: float, height: float, colours: Sequence[ArrayLike], random: np.random.Generator) -> Batch:
    """A tuft of grass: blades that lean apart."""
    batch = Batch()
    for k in range(int(random.integers(6, 12))):
        lean = float(random.normal(0, 0.45))
        tall = height * float(random.uniform(0.5, 1.0))
        foot = x + float(random.normal(0, 0.18)) * height
        tip = (foot + lean * tall, y + tall)
        mid = (foot + 0.32 * lean * tall, y + 0.6 * tall)
        w = 0.075 * height
        blade = np.array([[foot - w, y], [mid[0] - 0.7 * w, mid[1]], tip, [mid[0] + 0.7 * w, mid[1]], [foot + w, y]])
        batch.add(blade, colours[k % len(colours)])
    return batch

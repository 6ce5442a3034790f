"""The far city's houses: a roof of one of four kinds, chimneys, windows, as batches of flat shapes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rules import _colour, _noise
from rules._board import Batch, bar, poly, rect
from rules._colour import RGB
from rules._outline import Points

_FOOT = -1.2  # walls reach below the floor


@dataclass(frozen=True)
class Tones:
    """Colours of one rank of the city, already in the light: wall, its shaded side, roof, its lit slope, lit panes."""

    wall: RGB
    shade: RGB
    roof: RGB
    slope: RGB
    pane: RGB


@dataclass(frozen=True)
class Block:
    """One building: its left side, width, height of the wall, seed."""

    left: float
    width: float
    height: float
    seed: int

    @property
    def right(self) -> float:
        return self.left + self.width


def house(batch: Batch, panes: list[Points], b: Block, tones: Tones, lit: float) -> None:
    """One house into a batch; its lit panes are also told apart, for their glow."""
    kind = int(4 * _noise.chance(b.seed, 1))
    wall = _colour.mix(tones.wall, tones.shade, 0.6 * _noise.chance(b.seed, 3))
    _chimneys(batch, b, tones, 0.9 if kind else 0.7 * b.width)
    batch.add(rect(b.left, _FOOT, b.right, b.height), wall)
    batch.add(rect(b.right - 0.26 * b.width, _FOOT, b.right, b.height), _colour.mix(wall, tones.shade, 0.55))
    attic = (_gabled, _saddled, _mansard, _turreted)[kind](batch, b, tones, wall)
    _windows(batch, panes, b, tones, (attic, lit))


def _gabled(batch: Batch, b: Block, tones: Tones, wall: RGB) -> float:
    """The gable towards us."""
    a = _noise.chance(b.seed, 2)
    x0, x1, y, x = b.left, b.right, b.height, b.left + b.width * (0.42 + 0.16 * a)
    top = y + b.width * (0.45 + 0.35 * a)
    batch.add(poly((x0, y), (x1, y), (x, top)), wall)
    for edge, side, colour in ((x1, 0.12, tones.roof), (x0, -0.12, tones.slope)):
        batch.add(poly((x, top + 0.12), (edge + side, y - 0.05), (edge + side, y - 0.21), (x, top - 0.06)), colour)
    return y + 0.15


def _saddled(batch: Batch, b: Block, tones: Tones, wall: RGB) -> float:
    """The roof along the street, with dormers."""
    x0, x1, y, top = b.left, b.right, b.height, b.height + 0.7 + 0.5 * _noise.chance(b.seed, 2)
    low = y - 0.06
    batch.add(poly((x0 - 0.12, low), (x1 + 0.12, low), (x1 - 0.1, top), (x0 + 0.12, top)), tones.roof)
    lit_end = poly((x0 - 0.12, low), (x0 + 0.5, low), (x0 + 0.55, top), (x0 + 0.12, top))
    batch.add(lit_end, _colour.mix(tones.roof, tones.slope, 0.5))
    count = int(b.width / 1.1)
    for k in range(count):
        x = x0 + b.width * (k + 0.6) / count
        corners = ((-0.20, 0.10), (0.20, 0.10), (0.20, 0.42), (0.0, 0.66), (-0.20, 0.42))
        batch.add(poly(*((x + u, y + v) for u, v in corners)), wall)
        batch.add(bar((x - 0.28, y + 0.38), (x, y + 0.70), 0.05), tones.slope)
        batch.add(bar((x + 0.28, y + 0.38), (x, y + 0.70), 0.05), tones.roof)
    return y


def _mansard(batch: Batch, b: Block, tones: Tones, wall: RGB) -> float:
    """A steep roof with a flat one on top."""
    x0, x1, y, knee = b.left, b.right, b.height, b.height + 0.75 + 0.3 * _noise.chance(b.seed, 2)
    low, top = y - 0.05, knee + 0.34
    batch.add(poly((x0 - 0.1, low), (x1 + 0.1, low), (x1 - 0.14, knee), (x0 + 0.14, knee)), tones.roof)
    batch.add(poly((x0 + 0.14, knee), (x1 - 0.14, knee), (x1 - 0.5, top), (x0 + 0.5, top)), tones.slope)
    return y


def _turreted(batch: Batch, b: Block, tones: Tones, wall: RGB) -> float:
    """A low roof, and a turret under a tall pyramid."""
    x0, x1, y = b.left, b.right, b.height
    high = y + 0.6 + 0.7 * _noise.chance(b.seed, 2)
    left, wide = x0 + 0.22 * b.width, min(1.0, 0.5 * b.width)
    right, x, tip = left + wide, left + wide / 2, high + 1.5 * wide
    eaves = poly((x0 - 0.1, y - 0.05), (x1 + 0.1, y - 0.05), (x1 - 0.05, y + 0.55), (x0 + 0.05, y + 0.55))
    batch.add(eaves, tones.roof)
    batch.add(rect(left, y - 0.2, right, high), wall)
    batch.add(rect(x, y - 0.2, right, high), _colour.mix(wall, tones.shade, 0.5))
    batch.add(poly((left - 0.1, high), (right + 0.1, high), (x, tip)), tones.roof)
    batch.add(poly((left - 0.1, high), (left + 0.38 * wide, high), (x, tip)), tones.slope)
    batch.add(bar((x, tip - 0.1), (x, tip + 0.35), 0.03, 0.015), tones.shade)
    return y - 0.1


def _chimneys(batch: Batch, b: Block, tones: Tones, above: float) -> None:
    for k in range(1 + int(2.4 * _noise.chance(b.seed, 5))):
        x = b.left + b.width * (0.12 + 0.70 * _noise.chance(b.seed, 6, k))
        top = b.height + above + 0.35 * _noise.chance(b.seed, 7, k)
        w = 0.13 + 0.07 * _noise.chance(b.seed, 8, k)
        batch.add(rect(x - w, b.height - 0.2, x + w, top), tones.shade)
        batch.add(rect(x - w, b.height - 0.2, x - 0.2 * w, top), tones.wall)
        batch.add(rect(x - w - 0.05, top - 0.1, x + w + 0.05, top), tones.roof)
        for p in (-0.5, 0.4):
            batch.add(rect(x + p * w - 0.045, top, x + p * w + 0.045, top + 0.17), tones.slope)


def _windows(batch: Batch, panes: list[Points], b: Block, tones: Tones, how: tuple[float, float]) -> None:
    """Rows of windows under the attic, a fifth of them missing; how: height of the attic, share of lit ones."""
    top, lit = how
    columns, rows = max(1, int(b.width / 0.52)), int((top - 0.9) / 0.78)
    if rows < 1:
        return
    r, c = (a.ravel() for a in np.mgrid[0:rows, 0:columns])
    there, bright, tint = (_noise.unit(c, r, b.seed + 20 + k).astype(np.float64) for k in range(3))
    x = b.left + b.width * (c + 0.5) / columns + 0.05 * (there - 0.4)
    y, tall = top - 0.62 - 0.78 * r, 0.32 + 0.06 * (r == 0)
    low, high = x - 0.10, x + 0.10
    shapes = np.stack([np.stack(p, -1) for p in ((low, y), (high, y), (high, y + tall), (low, y + tall))], 1)
    is_lit = (bright < lit) & (there < 0.80)
    batch.many(shapes[(there < 0.80) & ~is_lit], _colour.mix(tones.wall, tones.shade, 0.9))
    share = (0.30 * tint[is_lit])[:, None]
    batch.many(shapes[is_lit], tones.pane * (1 - share) + tones.wall * share)
    panes.extend(shapes[is_lit])

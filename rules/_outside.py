"""What a window of a room shows: sky, and far roofs or hills in two layers of air, out of focus; and its sash.

Places are metres on the wall, y up from the floor.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rules import _colour
from rules._board import Batch, Board, clipped, poly, rect
from rules._daylight import Daylight
from rules._outline import Points, ellipse, spline


class Opening(NamedTuple):
    """A window in the wall: its middle, half its width, sill and head."""

    x: float
    half: float
    sill: float
    head: float


#: roofs of a street, far ones first: left, width, height of the eaves, of the ridge above that
_FAR = ((-0.75, 0.30, 0.34, 0.10), (-0.42, 0.24, 0.44, 0.09), (0.02, 0.34, 0.36, 0.13), (0.40, 0.34, 0.44, 0.10))
_NEAR = ((-0.78, 0.50, 0.20, 0.20), (-0.20, 0.36, 0.13, 0.16), (0.22, 0.60, 0.24, 0.22))
_PANES = ((0.55, 0.012), (1.10, 0.026))  # bars across: height over the sill, half width; the second is the sash's rail


def view(board: Board, opening: Opening, light: Daylight, seed: int) -> None:
    """All that is seen through it, softly, since we look at the room."""
    x, half, sill, head = opening
    batch = Batch()
    table = _colour.ramp(light.sky, np.linspace(0.14, 0.58, 24))
    pale = _colour.mix(_colour.rgb_of(light.horizon), _colour.rgb_of(light.cloud_rim), 0.4)
    air = 0.34 if light.sunlight else 0.10  # an eye that is used to the room sees the day pale
    rows = np.linspace(head, sill, 25)
    for k in range(24):
        batch.add(rect(x - half, rows[k + 1], x + half, rows[k]), _colour.mix(table[k], pale, air))
    board.fill(batch)
    pane = board.mask(rect(x - half, sill, x + half, head))
    if light.disc and light.stars > 0.5:
        board.glaze(board.mask(ellipse(x + 0.26, head - 0.40, 0.20, 0.20), 0.09), pale, 0.35)
        board.glaze(board.mask(ellipse(x + 0.26, head - 0.40, 0.095, 0.095), 0.008), _colour.rgb_of("#f3f0dc"), 0.95)
    haze = _colour.mix(_colour.rgb_of(light.haze_colour), pale, 0.35)
    solid = _colour.mix(_colour.rgb_of(light.haze_colour), _colour.rgb_of(light.near), 0.52)
    shapes = _hills(opening) if seed % 2 else _roofs(opening)
    for number, (layer, share) in enumerate(zip(shapes, (0.74, 0.42, 0.24), strict=False)):
        tone = _colour.mix(solid, haze, share)
        soft = 0.016 - 0.003 * number
        board.glaze(clipped(board.mask(layer, soft), pane), tone, 1.0)
        lit = _colour.mix(tone, _colour.rgb_of(light.cloud_lit), 0.30)
        board.glaze(clipped(board.mask([_faced(p) for p in layer], 1.5 * soft), pane), lit, 0.55)
    if light.lit > 0.1:
        spots = [rect(x + a, sill + b, x + a + 0.035, sill + b + 0.05) for a, b in _spots(seed)]
        board.glaze(clipped(board.mask(spots, 0.008), pane), _colour.rgb_of(light.window), 0.9)
    mist = board.mask(rect(x - half, sill - 0.4, x + half, sill + 0.22), 0.16)
    board.glaze(clipped(mist, pane), haze, 0.55)


def _spots(seed: int) -> tuple[tuple[float, float], ...]:
    """Lit windows far off."""
    return ((0.34, 0.12), (-0.20, 0.06)) if seed % 2 else ((-0.58, 0.12), (-0.46, 0.12), (0.36, 0.15), (0.06, 0.10))


def _roofs(opening: Opening) -> list[list[Points]]:
    """A street's roofs: a far row with a spire, a near one with chimneys."""
    x, _, sill, _ = opening
    layers = []
    for row in (_FAR, _NEAR):
        shapes = []
        for left, wide, tall, peak in row:
            a, b, y = x + left, x + left + wide, sill + tall
            inset = 0.16 * wide
            shapes.append(poly((a, sill), (b, sill), (b, y), (b - inset, y + peak), (a + inset, y + peak), (a, y)))
        layers.append(shapes)
    spire = x + 0.30
    a, b, y = spire - 0.045, spire + 0.045, sill + 0.70
    layers[0].append(poly((a, sill), (b, sill), (b, y), (spire, y + 0.30), (a, y)))
    layers[1] += [rect(x + at, sill + 0.2, x + at + 0.05, sill + top) for at, top in ((-0.52, 0.50), (0.60, 0.55))]
    return layers


def _hills(opening: Opening) -> list[list[Points]]:
    """Two lines of hills, and before them a row of trees in three sizes."""
    x, half, sill, _ = opening
    layers = []
    for heights in ((0.34, 0.50, 0.40, 0.62, 0.46), (0.30, 0.20, 0.32, 0.24, 0.16)):
        at = np.linspace(-1.15 * half, 1.15 * half, len(heights))
        nodes = [(x + a, sill + h) for a, h in zip(at.tolist(), heights, strict=True)]
        layers.append([spline([(nodes[0][0], sill, 1), (*nodes[0], 1), *nodes[1:-1], (*nodes[-1], 1),
                               (nodes[-1][0], sill, 1)], samples=8)])  # fmt: skip
    trees = []
    for off, r, tall in (
        (-0.56, 0.15, 0.20),
        (-0.38, 0.10, 0.14),
        (0.30, 0.06, 0.34),
        (0.44, 0.055, 0.30),
        (0.60, 0.17, 0.16),
    ):
        trees.append(ellipse(x + off, sill + tall * 0.8, r, tall))
        trees.append(ellipse(x + off + 0.7 * r, sill + tall * 0.5, 0.7 * r, 0.6 * tall))
    return [*layers, trees]


def _faced(shape: Points) -> Points:
    """The part of a shape that looks to the light: it, smaller, towards its upper left."""
    low, high = shape.min(0), shape.max(0)
    anchor = np.array([low[0] + 0.22 * (high[0] - low[0]), high[1] - 0.12 * (high[1] - low[1])])
    return np.asarray(anchor + (shape - anchor) * np.array([0.55, 0.42]))


def sash(board: Board, opening: Opening, light: Daylight) -> None:
    """The reveal's deep sides, stiles and bars before the view, each with the light of outside on its edge."""
    x, half, sill, head = opening
    own = _colour.rgb_of("#d8c6a8")
    bar = own * (0.40 + 0.42 * np.array(light.ambient))
    dark, lit = _colour.shade(bar, 0.12, 300), _colour.mix(bar, _colour.rgb_of(light.cloud_rim), 0.45)
    batch = Batch()
    deep = 0.062  # of the wall, as it is seen past the frame
    batch.add(
        poly((x - half, sill), (x - half + deep, sill + 0.03), (x - half + deep, head - 0.04), (x - half, head)), dark
    )
    batch.add(
        poly((x + half, sill), (x + half - deep, sill + 0.03), (x + half - deep, head - 0.04), (x + half, head)), lit
    )
    batch.add(
        poly((x - half, head), (x + half, head), (x + half - deep, head - 0.04), (x - half + deep, head - 0.04)), dark
    )
    inner = half - deep
    for side, tone in ((-1, bar), (1, bar)):  # stiles
        a = x + side * inner
        batch.add(rect(min(a, a - side * 0.045), sill, max(a, a - side * 0.045), head - 0.04), tone)
    batch.add(rect(x - inner, head - 0.085, x + inner, head - 0.04), dark)
    batch.add(rect(x - inner, sill, x + inner, sill + 0.06), bar)
    for at in (-0.215, 0.215):
        batch.add(rect(x + at - 0.014, sill, x + at + 0.014, head - 0.04), bar)
        batch.add(rect(x + at + 0.006, sill, x + at + 0.014, head - 0.04), lit)
    for up, wide in _PANES:
        batch.add(rect(x - inner, sill + up - wide, x + inner, sill + up + wide), bar)
        batch.add(rect(x - inner, sill + up + 0.4 * wide, x + inner, sill + up + wide), lit)
        batch.add(rect(x - inner, sill + up - wide, x + inner, sill + up - 0.6 * wide), dark)
    board.fill(batch)
    for shift in (0.0, 0.34):
        gleam = poly((x - 0.60 + shift, head - 0.1), (x - 0.42 + shift, head - 0.1), (x + 0.06 + shift, sill + 0.08),
                     (x - 0.12 + shift, sill + 0.08))  # fmt: skip
        board.glaze(board.mask(gleam, 0.02), (1, 1, 1), 0.08)

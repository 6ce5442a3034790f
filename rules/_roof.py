"""Roofs whose eaves face us: courses of tiles that sag and flare, ridges, gutters, dormers and chimneys."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rules import _colour, _masonry, _noise
from rules._board import Batch, bar, moved, poly, rect
from rules._colour import RGB
from rules._outline import Points
from rules._row import House
from rules._site import CAST, Site, Work, paint
from rules._windows import Window, window

Surface = Callable[[np.ndarray, np.ndarray], Points]  #: (along 0 to 1, down 0 to 1) -> metres


def saddle(site: Site, house: House) -> None:
    """A roof whose eaves face us: tiles, ridge, gutter, the shadow under the eaves."""
    over = 0.16
    left, right = house.left - over, house.right + over
    inset = 0.22 * house.rise
    sag = 0.05 + 0.04 * _noise.chance(house.seed, 61)

    def surface(s: np.ndarray, t: np.ndarray) -> Points:
        # steep above, flaring out at the eaves; the ridge hangs a little between its ends
        x0, x1 = (
            house.left + inset + (left - house.left - inset) * t,
            house.right - inset + (right - house.right + inset) * t,
        )
        y = house.eaves - 0.05 + house.rise * (1 - t**0.86) - sag * np.sin(np.pi * s) * (1 - t)
        return np.stack([x0 + (x1 - x0) * s, y], -1)

    tone = site.tone(house.tiles)
    eaves_shadow(site, rect(house.left, house.eaves - 0.30, house.right, house.eaves + 0.02))
    batch = Batch()
    batch.add(_band(surface, 0.0, 1.0), site.dark(tone, 0.12))
    tiles(site, batch, surface, tone, (right - left, 1.18 * house.rise), house.seed)
    site.board.fill(batch)
    trim = Batch()
    ridge = surface(np.linspace(0, 1, 15), np.zeros(15))
    light = _colour.light(tone, 0.05)
    for k in range(len(ridge) - 1):
        a, b = ridge[k], ridge[k + 1]
        trim.add(bar((a[0] - 0.01, a[1] + 0.005), (b[0] + 0.02, b[1] + 0.005), 0.052, 0.060), site.dark(tone, 0.10))
        trim.add(bar((a[0], a[1] + 0.018), (b[0], b[1] + 0.018), 0.034, 0.040), light if k % 3 else tone)
    lip = surface(np.linspace(0, 1, 12), np.ones(12))
    lead = site.dark(_colour.mix(tone, site.tone("#4a5268"), 0.6), 0.06)
    trim.add(np.concatenate([moved(lip, 0, -0.015), moved(lip, 0, -0.105)[::-1]]), lead)
    trim.add(np.concatenate([moved(lip, 0, -0.02), moved(lip, 0, -0.045)[::-1]]), _colour.light(lead, 0.09))
    site.board.fill(trim)


def eaves_shadow(site: Site, band: Points) -> None:
    """The shadow of overhanging tiles on the wall under them."""
    site.board.tint(site.board.mask(band, 0.05, (0.03, -0.02)), CAST, 0.72)


def tiles(site: Site, batch: Batch, surface: Surface, tone: RGB, size: tuple[float, float], seed: int) -> None:
    """Round-ended tiles in offset courses, the lowest first; some mossy, some new, in clouds of tone."""
    rows, columns = max(5, round(size[1] / 0.135)), max(6, round(size[0] / 0.165))
    i, j = (a.ravel() for a in np.mgrid[rows - 1 : -1 : -1, -1 : columns + 1])
    a, b, c = (_noise.unit(j, i, seed + 70 + k).astype(np.float64) for k in range(3))
    across = np.array([0.0, 0.0, 0.14, 0.5, 0.86, 1.0, 1.0]) * 0.92 + 0.04
    down = np.array([-0.15, 0.80, 1.0, 1.12, 1.0, 0.80, -0.15])
    s = np.clip((j[:, None] + 0.5 * (i[:, None] % 2) + across) / columns, 0, 1)
    t = np.clip((i[:, None] + down + 0.10 * (a[:, None] - 0.5)) / rows, 0, 1.015)
    shapes = surface(s, t)
    cloud = 0.5 + 0.5 * np.sin(0.9 * j + 2.1 * np.sin(0.7 * i + seed % 5)) * np.cos(0.5 * i - 0.3 * j)
    base, deep, new, moss = (
        _colour.to_lab(v) for v in (tone, site.dark(tone, 0.08), _colour.light(tone, 0.07), site.tone("#76805a"))
    )
    own = base + np.where(b[:, None] < 0.5, deep - base, new - base) * (np.abs(b - 0.5) * 1.3)[:, None]
    mossy = (0.30 + 0.35 * a) * (c < 0.02 + 0.10 * (cloud > 0.78))
    own += (moss - own) * mossy[:, None]
    colours = np.clip(_colour.from_lab(own) * (0.95 + 0.10 * cloud)[:, None], 0, 1)
    whole = s[:, -1] - s[:, 0] > 0.2 / columns
    pairs = np.stack([moved(shapes, 0.006, -0.024), shapes], 1)[whole]
    both = np.stack([np.broadcast_to(site.dark(tone, 0.17), colours.shape), colours], 1)[whole]
    batch.many(pairs.reshape(-1, *shapes.shape[1:]), both.reshape(-1, 3))


def _band(surface: Surface, t0: float, t1: float) -> Points:
    s = np.linspace(0, 1, 16)
    return np.concatenate([surface(s, np.full(16, t0)), surface(s[::-1], np.full(16, t1))])


def chimney(site: Site, x: float, foot: float, top: float, house: House) -> None:
    """A stack of bricks with a corbelled head and pots of different heights."""
    board = site.board
    wide = 0.36 + 0.14 * _noise.chance(house.seed, 63)
    brick = site.tone(_colour.mix(house.wall, _colour.rgb_of("#8a4a3c"), 0.65))
    mask = board.mask(rect(x - wide / 2, foot, x + wide / 2, top))
    if mask.cover.size == 0:
        return
    board.lay(mask, _masonry.bricks(board, mask.box, brick, house.seed + 9, (0.17, 0.075)))
    turned = board.mask(rect(x + 0.16 * wide, foot, x + wide / 2, top))
    board.tint(turned, CAST, 0.5)
    batch = Batch()
    clay = site.tone("#b2694c")
    pots = 1 + int(3 * _noise.chance(house.seed, 64))
    for k in range(pots):
        p, y = x + wide * ((k + 0.5) / pots - 0.5) * 0.9, top + 0.20 + 0.12 * _noise.chance(house.seed, 65, k)
        batch.add(poly((p - 0.055, top), (p + 0.055, top), (p + 0.042, y), (p - 0.042, y)), clay)
        batch.add(poly((p + 0.010, top), (p + 0.055, top), (p + 0.042, y), (p + 0.012, y)), site.dark(clay, 0.10))
        batch.add(rect(p - 0.056, y - 0.03, p + 0.056, y + 0.012), _colour.light(clay, 0.05))
    for low, high, out in ((-0.16, -0.09, 0.03), (-0.09, 0.02, 0.06)):
        batch.add(rect(x - wide / 2 - out, top + low, x + wide / 2 + out, top + high), site.dark(brick, 0.06))
        batch.add(rect(x - wide / 2 - out, top + low + 0.02, x + 0.16 * wide, top + high), _colour.light(brick, 0.04))
    board.fill(batch)


def dormer(site: Site, house: House, x: float, lit: bool, wall: RGB) -> None:
    """A small house on the roof, with its own window and gable."""
    board, tone = site.board, site.tone(house.tiles)
    y, half, high = house.eaves + 0.12, 0.33, 0.62
    peak = y + high + 0.34
    board.tint(board.mask(rect(x - half, y, x + half + 0.1, y + high), 0.05, (0.10, -0.06)), CAST, 0.6)
    batch = Batch()
    batch.add(poly((x - half, y), (x + half, y), (x + half, y + high), (x, peak), (x - half, y + high)), wall)
    batch.add(rect(x + half - 0.09, y, x + half, y + high), site.dark(wall, 0.08))
    board.fill(batch)
    trim = site.tone(house.trim)
    pane = Window(
        x=x, y=y + 0.12, width=0.36, height=0.50, rise=0.07, lit=lit, frame=trim, trim=trim, wall=wall,
        shutter=None, blossoms=False, seed=house.seed + 5,
    )  # fmt: skip
    work = Work()
    window(site, work, pane)
    paint(site, work)
    roof = Batch()
    for side in (-1, 1):
        u, v = x + side * (half + 0.13), y + high - 0.10
        roof.add(poly((x, peak + 0.10), (u, v), (u, v - 0.11), (x, peak - 0.03)), site.dark(tone, 0.13))
        top = poly((x, peak + 0.12), (u + side * 0.02, v + 0.02), (u, v - 0.06), (x, peak + 0.03))
        roof.add(top, tone if side > 0 else _colour.light(tone, 0.05))
    board.fill(roof)

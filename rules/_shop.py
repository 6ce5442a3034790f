"""Shop fronts: a wide window of small panes over panels, goods on its shelf, a board above, a striped awning."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rules import _colour
from rules._board import bar, poly, rect
from rules._colour import RGB
from rules._outline import Points, ellipse, spline, tube
from rules._site import Site, Work

_SILL = 0.52


@dataclass(frozen=True)
class Shop:
    """A shop front: from left to right, the head of its window, woodwork and awning already in the light."""

    left: float
    right: float
    height: float
    lit: bool
    wood: RGB
    cloth: tuple[RGB, RGB]
    seed: int

    @property
    def bays(self) -> int:
        return max(2, round((self.right - self.left) / 0.5))


def shop(site: Site, work: Work, s: Shop) -> None:
    """One shop into the sweeps of a house."""
    _panels(site, work, s)
    goods = _pane(site, work, s)
    random = np.random.default_rng([s.seed, 43])
    x = s.left + 0.12
    while x < s.right - 0.16:
        wide, tall, kind = float(random.uniform(0.07, 0.17)), float(random.uniform(0.10, 0.30)), int(random.integers(4))
        work.front.add(_ware(x, wide, tall, kind), goods)
        x += wide + float(random.uniform(0.02, 0.12))
    _bars(site, work, s)
    _board(site, work, s)
    _awning(site, work, s)


def _panels(site: Site, work: Work, s: Shop) -> None:
    x0, x1 = s.left, s.right
    deep = site.dark(s.wood, 0.08)
    work.back.add(rect(x0 - 0.06, 0.0, x1 + 0.06, s.height + 0.30), deep)
    work.back.add(rect(x0 - 0.05, 0.0, x0 + 0.03, s.height + 0.28), s.wood)
    work.back.add(rect(x1 - 0.03, 0.0, x1 + 0.05, s.height + 0.28), _colour.mix(s.wood, deep, 0.5))
    pitch = (x1 - x0 - 0.1) / s.bays
    for k in range(s.bays):
        a, b = x0 + 0.06 + k * pitch, x0 + 0.02 + (k + 1) * pitch
        work.back.add(rect(a, 0.10, b, _SILL - 0.08), s.wood)
        work.back.add(rect(a + 0.05, 0.15, b - 0.04, _SILL - 0.13), deep)
        work.back.add(rect(a + 0.065, 0.15, b - 0.04, _SILL - 0.145), _colour.mix(s.wood, deep, 0.4))


def _pane(site: Site, work: Work, s: Shop) -> RGB:
    """The glass, lit or with slanting reflections; returns the colour of what stands behind it."""
    pane = rect(s.left + 0.05, _SILL, s.right - 0.05, s.height)
    wide, tall = s.right - s.left, s.height - _SILL
    work.shades.append(pane)
    if s.lit:
        work.back.add(pane, _colour.mix(*site.lamplight, 0.42))
        for k in range(s.bays):
            x = s.left + (k + 0.5) * wide / s.bays
            work.cores.append((pane, ellipse(x, _SILL + 0.62 * tall, 0.24, 0.36)))
        site.panes.append((pane, 1.0))
        return site.behind_panes
    glass = site.dark(s.wood, 0.24)
    work.back.add(pane, glass)
    for a, b in ((0.12, 0.36), (0.44, 0.50)):
        u, v = s.left + a * wide, s.left + b * wide
        strip = poly((u - 0.14, _SILL), (v - 0.14, _SILL), (v + 0.2, s.height), (u + 0.2, s.height))
        work.back.add(strip, _colour.mix(glass, site.mirrored_sky, 0.38))
    return site.dark(s.wood, 0.30)


# a jar, a bottle and a loaf: shares of their width and height
_WARES = (
    ((0, 0, 1), (0, 0.7), (0.3, 0.85, 1), (0.3, 1, 1), (0.7, 1, 1), (0.7, 0.85, 1), (1, 0.7), (1, 0, 1)),
    ((0.2, 0, 1), (0.2, 0.6), (0.42, 0.8), (0.42, 1.2, 1), (0.58, 1.2, 1), (0.58, 0.8), (0.8, 0.6), (0.8, 0, 1)),
    ((0, 0, 1), (0.05, 0.3), (0.5, 0.5), (0.95, 0.3), (1, 0, 1)),
)


def _ware(x: float, wide: float, tall: float, kind: int) -> Points:
    """Something on the shelf; the last kind is a box."""
    if kind >= len(_WARES):
        return rect(x, _SILL, x + wide, _SILL + 0.7 * tall)
    high = wide if kind == 2 else tall
    return spline([(x + n[0] * wide, _SILL + n[1] * high, *n[2:]) for n in _WARES[kind]], samples=4)


def _bars(site: Site, work: Work, s: Shop) -> None:
    columns, tall = 2 * s.bays, s.height - _SILL
    for k in range(columns + 1):
        x = s.left + 0.05 + k * (s.right - s.left - 0.1) / columns
        work.front.add(bar((x, _SILL), (x, s.height), 0.020 if k % 2 == 0 else 0.010), s.wood)
    for share in (0.36, 0.70):
        y = _SILL + share * tall
        work.front.add(bar((s.left, y), (s.right, y), 0.010), s.wood)
    work.front.add(rect(s.left - 0.09, _SILL - 0.06, s.right + 0.09, _SILL + 0.012), _colour.light(s.wood, 0.05))
    work.front.add(rect(s.left - 0.09, _SILL - 0.075, s.right + 0.09, _SILL - 0.052), site.dark(s.wood, 0.14))


def _board(site: Site, work: Work, s: Shop) -> None:
    """The board over the window: mouldings and a painted flourish, no letters."""
    x0, x1, y0, y1 = s.left - 0.05, s.right + 0.05, s.height + 0.03, s.height + 0.27
    gold = site.tone("#d9ac55", 0.3)
    work.front.add(rect(x0, y0, x1, y1), site.dark(s.wood, 0.05))
    work.front.add(rect(x0 - 0.03, y1 - 0.03, x1 + 0.03, y1 + 0.012), _colour.light(s.wood, 0.06))
    middle, y = (x0 + x1) / 2, (y0 + y1) / 2 - 0.02
    for side in (-1, 1):
        curl = ((0.08, 0.0), (0.22, 0.045), (0.36, -0.035), (0.50, 0.01))
        work.front.add(tube([(middle + side * a, y + b) for a, b in curl], [0.010, 0.016, 0.012, 0.003]), gold)
    work.front.add(ellipse(middle, y, 0.045, 0.030, 0, 12), gold)


def _awning(site: Site, work: Work, s: Shop) -> None:
    """Stripes that widen towards us, and a scalloped hem."""
    x0, x1, high, low, out = s.left - 0.02, s.right + 0.02, s.height + 0.02, s.height - 0.30, 0.07
    work.casts.append(rect(x0, low - 0.2, x1, low))
    count = max(5, round((x1 - x0) / 0.17))
    above = np.linspace(x0, x1, count + 1)
    below = np.linspace(x0 - out, x1 + out, count + 1)
    arc = np.linspace(0, np.pi, 7)
    for k in range(count):
        c, d, cloth = float(below[k]), float(below[k + 1]), s.cloth[k % 2]
        work.front.add(poly((c, low), (d, low), (float(above[k + 1]), high), (float(above[k]), high)), cloth)
        hem = np.stack([(c + d) / 2 + np.cos(arc) * (d - c) / 2, low - 0.03 - np.sin(arc) * 0.055], 1)
        work.front.add(np.concatenate([poly((c, low), (d, low)), hem]), site.dark(cloth, 0.07))
    work.front.add(bar((x0 - out, low), (x1 + out, low), 0.006), site.dark(s.cloth[1], 0.14))

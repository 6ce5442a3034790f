"""Doors: a panelled leaf under a fanlight, in an arch of stones, on two worn steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rules import _colour
from rules._board import arched, bar, poly, rect
from rules._colour import RGB
from rules._outline import ellipse
from rules._site import Site, Work

_STEP = 0.16  # height of both steps


@dataclass(frozen=True)
class Door:
    """A door: its middle, its size, colours already in the light; lit: light behind the fanlight."""

    x: float
    width: float
    height: float
    lit: bool
    leaf: RGB
    trim: RGB
    wall: RGB
    seed: int

    @property
    def sides(self) -> tuple[float, float]:
        return self.x - self.width / 2, self.x + self.width / 2

    @property
    def rise(self) -> float:
        """Height of the round part above the jambs."""
        return 0.46 * self.width


def door(site: Site, work: Work, d: Door) -> None:
    """One door into the sweeps of a house."""
    x0, x1 = d.sides
    work.casts.append(arched(x0 - 0.08, 0, x1 + 0.08, d.height + 0.1, d.rise))
    _stones(site, work, d)
    work.back.add(arched(x0, _STEP, x1, d.height, d.rise), site.dark(d.wall, 0.27))
    work.shades.append(arched(x0, _STEP, x1, d.height, d.rise))
    _leaf(site, work, d)
    _fanlight(site, work, d)
    _brass(site, work, d)
    _steps(site, work, d)


def _leaf(site: Site, work: Work, d: Door) -> None:
    """Boards, and four raised panels with a lit lower edge."""
    x0, x1 = d.sides
    spring = d.height - d.rise - 0.02
    front, deep, pale = work.front, site.dark(d.leaf, 0.09), _colour.light(d.leaf, 0.055)
    front.add(rect(x0 + 0.04, _STEP, x1 - 0.015, spring), d.leaf)
    for k in range(1, 6):
        x = x0 + 0.04 + k * (d.width - 0.055) / 6
        front.add(bar((x, _STEP), (x, spring), 0.004), deep)
    for low, high in ((0.10, 0.36), (0.46, 0.90)):
        y0, y1 = _STEP + low * (spring - _STEP), _STEP + high * (spring - _STEP)
        for a, b in ((0.14, 0.45), (0.55, 0.86)):
            u0, u1 = x0 + 0.02 + a * d.width, x0 + 0.02 + b * d.width
            front.add(rect(u0, y0, u1, y1), deep)
            front.add(rect(u0 + 0.022, y0, u1, y1 - 0.022), _colour.mix(d.leaf, deep, 0.3))
            front.add(rect(u0 + 0.035, y0 + 0.02, u1 - 0.012, y1 - 0.035), d.leaf)
            front.add(rect(u0 + 0.035, y0 + 0.02, u1 - 0.012, y0 + 0.034), pale)


def _fanlight(site: Site, work: Work, d: Door) -> None:
    x0, x1 = d.sides
    spring = d.height - d.rise - 0.02
    head = arched(x0 + 0.045, spring, x1 - 0.02, d.height - 0.045, d.rise - 0.02)
    if d.lit:
        work.back.add(head, _colour.mix(*site.lamplight, 0.45))
        work.cores.append((head, ellipse(d.x, spring + 0.12, 0.36 * d.width, 0.3 * d.width)))
        site.panes.append((head, 1.0))
    else:
        work.back.add(head, _colour.mix(site.dark(d.wall, 0.3), site.mirrored_sky, 0.25))
    frame = _colour.mix(d.trim, d.leaf, 0.25)
    work.front.add(bar((x0 + 0.02, spring), (x1, spring), 0.030), frame)
    for turn in (0.25, 0.5, 0.75):
        x = d.x + float(np.cos(np.pi * turn)) * (d.width / 2 - 0.03)
        work.front.add(bar((d.x, spring + 0.02), (x, spring + float(np.sin(np.pi * turn)) * d.rise), 0.012), frame)


def _brass(site: Site, work: Work, d: Door) -> None:
    """A knob and the flap of a letter box."""
    brass = site.tone("#e2b456", 0.4)
    x, y = d.sides[1] - 0.12, _STEP + 0.44 * (d.height - _STEP)
    work.front.add(ellipse(x, y, 0.026, 0.026, 0, 14), site.dark(brass, 0.15))
    work.front.add(ellipse(x - 0.006, y + 0.006, 0.019, 0.019, 0, 14), brass)
    flap = _STEP + 0.62 * (d.height - d.rise - 0.02 - _STEP)
    work.front.add(rect(d.x - 0.09, flap, d.x + 0.09, flap + 0.022), brass)


def _stones(site: Site, work: Work, d: Door) -> None:
    """Jambs of long and short stones, a ring of voussoirs, a keystone."""
    random = np.random.default_rng([d.seed, 41])
    x0, x1 = d.sides
    spring = d.height - d.rise
    course = spring / 6

    def stone() -> RGB:
        return _colour.mix(d.trim, site.dark(d.trim, 0.09), float(random.random()))

    for k in range(6):
        out = 0.15 if k % 2 else 0.10
        for a, b in ((x0 - out, x0), (x1, x1 + out)):
            tone = stone()
            work.back.add(rect(a, k * course, b, (k + 1) * course), site.dark(tone, 0.10))
            work.back.add(rect(a + 0.006, k * course + 0.010, b - 0.006, (k + 1) * course - 0.004), tone)
    for k in range(9):
        high = 0.20 if k == 4 else 0.15
        tone = stone()
        for joint, colour in ((0.0, site.dark(tone, 0.10)), (0.012, tone)):
            t = np.linspace(np.pi * k / 9 + joint, np.pi * (k + 1) / 9 - joint, 4)
            inner = np.stack([d.x + np.cos(t) * d.width / 2, spring + np.sin(t) * d.rise], 1)
            outer = np.stack([d.x + np.cos(t) * (d.width / 2 + high), spring + np.sin(t) * (d.rise + high)], 1)
            work.back.add(np.concatenate([inner, outer[::-1]]), colour)


def _steps(site: Site, work: Work, d: Door) -> None:
    """Two steps, hollowed in the middle by feet."""
    stone = _colour.mix(d.trim, site.tone("#8d8478"), 0.55)
    for k, out in ((1, 0.10), (0, 0.20)):
        y0, y1 = k * _STEP / 2 - 0.03 * (1 - k), (k + 1) * _STEP / 2
        x0, x1 = d.sides[0] - out, d.sides[1] + out
        work.front.add(rect(x0, y0, x1, y1), site.dark(stone, 0.10))
        edge = ((x0, y1 - 0.03), (d.x, y1 - 0.045), (x1, y1 - 0.03), (x1, y1), (d.x, y1 - 0.010), (x0, y1))
        work.front.add(poly(*edge), _colour.light(stone, 0.045))

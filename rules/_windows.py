"""Windows: stone surround, glass that mirrors the sky or glows, curtains, bars, sill, shutters, flowers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rules import _colour, _foliage
from rules._board import arched, bar, moved, poly, rect
from rules._colour import RGB
from rules._outline import Points, ellipse, spline
from rules._site import Site, Work


@dataclass(frozen=True)
class Window:
    """A window: middle, height of the sill, size, rise of its arch; colours already in the light."""

    x: float
    y: float
    width: float
    height: float
    rise: float
    lit: bool
    frame: RGB
    trim: RGB
    wall: RGB
    shutter: RGB | None
    blossoms: bool
    seed: int

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """left, bottom, right, top."""
        return self.x - self.width / 2, self.y, self.x + self.width / 2, self.y + self.height


# silhouettes seen behind lit panes, in a unit square standing on the sill
_CAT = (
    (0.06, 0, 1), (0.08, 0.30), (0.22, 0.52), (0.14, 0.66), (0.15, 0.80), (0.14, 1.0, 1), (0.26, 0.90), (0.38, 0.90),
    (0.50, 1.0, 1), (0.49, 0.80), (0.50, 0.66), (0.42, 0.52), (0.60, 0.36), (0.66, 0.12), (0.86, 0.12), (0.92, 0.34),
    (0.90, 0.50), (0.99, 0.36), (0.98, 0.10), (0.84, 0, 1),
)  # fmt: skip
_JUG = ((0.2, 0), (0.1, 0.25), (0.28, 0.5), (0.25, 0.66, 1), (0.62, 0.66, 1), (0.6, 0.5), (0.78, 0.25), (0.68, 0))
_PLANT = (
    (0.34, 0, 1), (0.28, 0.30, 1), (0.44, 0.31), (0.20, 0.38), (0.02, 0.58, 1), (0.22, 0.56), (0.14, 0.82, 1),
    (0.34, 0.68), (0.42, 1.02, 1), (0.54, 0.70), (0.74, 0.94, 1), (0.70, 0.62), (0.96, 0.66, 1), (0.78, 0.44),
    (0.58, 0.31), (0.72, 0.30, 1), (0.66, 0, 1),
)  # fmt: skip
_CANDLE = ((0.3, 0), (0.34, 0.06), (0.46, 0.08), (0.46, 0.62, 1), (0.58, 0.62, 1), (0.58, 0.08), (0.7, 0.06), (0.74, 0))
_THINGS = (_CAT, _JUG, _PLANT, _CANDLE)


def window(site: Site, work: Work, w: Window) -> None:
    """One window into the sweeps of a house."""
    _surround(site, work, w)
    curtain = _glowing_pane(site, work, w) if w.lit else _dark_pane(site, work, w)
    # drawn by a generator of its own, so that a window keeps its curtains when its light goes on
    _drapery(site, work, w, curtain)
    if w.lit:
        _thing(site, work, w)
    _woodwork(site, work, w)
    if w.shutter is not None:
        for side in (-1, 1):
            _shutter(site, work, w, (side, w.shutter))
    _sill(site, work, w)
    if w.blossoms:
        _box(site, work, w)


def _surround(site: Site, work: Work, w: Window) -> None:
    """Stone round the opening, lit from the upper left, with three long stones to each jamb."""
    random = np.random.default_rng([w.seed, 31])
    x0, y0, x1, y1 = w.sides
    work.casts.append(arched(x0 - 0.05, y0, x1 + 0.05, y1 + 0.05, w.rise))
    work.back.add(arched(x0 - 0.075, y0 - 0.02, x1 + 0.075, y1 + 0.085, w.rise + 0.03), site.dark(w.trim, 0.05))
    work.back.add(arched(x0 - 0.075, y0 - 0.01, x1 + 0.060, y1 + 0.085, w.rise + 0.03), w.trim)
    for k in range(3):
        y = y0 + w.height * (0.16 + 0.3 * k)
        for a, b in ((x0 - 0.10, x0), (x1, x1 + 0.095)):
            work.back.add(rect(a, y, b, y + 0.10), _colour.mix(w.trim, site.dark(w.trim, 0.06), float(random.random())))
    work.back.add(arched(x0, y0, x1, y1, w.rise), site.dark(w.wall, 0.24))
    work.shades.append(arched(x0, y0, x1, y1, w.rise))


def _glass(w: Window) -> Points:
    x0, y0, x1, y1 = w.sides
    return arched(x0 + 0.035, y0, x1 - 0.008, y1 - 0.035, w.rise)


def _dark_pane(site: Site, work: Work, w: Window) -> RGB:
    """Glass without light, the sky mirrored in its upper part and in a slanting strip; returns the curtain's colour."""
    random = np.random.default_rng([w.seed, 32])
    x0, y0, x1, y1 = w.sides
    glass = _colour.mix(site.dark(w.wall, 0.33), site.tone("#2c3a63"), 0.5)
    sky = _colour.mix(glass, site.mirrored_sky, 0.42)
    work.back.add(_glass(w), glass)
    low, high = y1 - w.height * float(random.uniform(0.28, 0.5)), y1 - 0.05 - w.rise
    work.back.add(poly((x0 + 0.04, low - 0.1), (x1 - 0.02, low + 0.16), (x1 - 0.02, high), (x0 + 0.04, high)), sky)
    a, b, c, d = (x0 + share * w.width for share in (0.06, 0.26, 0.62, 0.40))
    strip = poly((a, y0 + 0.05), (b, y0 + 0.05), (c, low), (d, low - 0.05))
    work.back.add(strip, _colour.mix(glass, sky, 0.35))
    return _colour.mix(site.tone("#cbb8ae"), glass, 0.55)


def _glowing_pane(site: Site, work: Work, w: Window) -> RGB:
    """Glass with a lamp behind it; returns the curtain's colour."""
    random = np.random.default_rng([w.seed, 33])
    deep, bright = site.lamplight
    pane = _glass(w)
    work.back.add(pane, _colour.mix(deep, bright, 0.28 + 0.2 * float(random.random())))
    middle = w.x + 0.1 * w.width * float(random.normal())
    work.cores.append((pane, ellipse(middle, w.y + 0.42 * w.height, 0.46 * w.width, 0.40 * w.height)))
    site.panes.append((pane, 0.75 + 0.35 * float(random.random())))
    return _colour.shade(deep, 0.10 + 0.06 * float(random.random()), 20, 20)


def _drapery(site: Site, work: Work, w: Window, colour: RGB) -> None:
    """Curtains drawn aside and tied, a blind half down, or nothing."""
    random = np.random.default_rng([w.seed, 34])
    x0, y0, x1, y1 = w.sides
    style = float(random.random())
    fold = _colour.shade(colour, 0.05, 20, 10)
    if style < 0.62:
        for side, edge in ((1, x0 + 0.035), (-1, x1 - 0.008)):
            reach = w.width * float(random.uniform(0.20, 0.34)) * side
            nodes = (
                (edge, y1 - 0.05 - 0.6 * w.rise, 1), (edge + 1.3 * reach, y1 - 0.06 - 0.3 * w.rise, 1),
                (edge + reach, y0 + 0.52 * w.height), (edge + 0.34 * reach, y0 + 0.30 * w.height),
                (edge + 0.66 * reach, y0, 1), (edge, y0, 1),
            )  # fmt: skip
            work.front.add(spline(nodes, samples=5), colour)
            crease = poly(
                (edge + 0.5 * reach, y1 - 0.08 - 0.5 * w.rise),
                (edge + 0.42 * reach, y0 + 0.5 * w.height),
                (edge + 0.16 * reach, y0 + 0.31 * w.height),
            )
            work.front.add(np.concatenate([crease, moved(crease[::-1], 0.018 * side, 0)]), fold)
    elif style < 0.80:
        drop = y1 - w.height * float(random.uniform(0.25, 0.5))
        cloth = _colour.mix(colour, site.lamplight[1], 0.35) if w.lit else colour
        work.front.add(rect(x0 + 0.03, drop, x1, y1 - 0.04 - 0.8 * w.rise), cloth)
        work.front.add(rect(x0 + 0.03, drop - 0.015, x1, drop + 0.012), fold)


def _thing(site: Site, work: Work, w: Window) -> None:
    """In half of the lit windows something stands on the sill inside."""
    random = np.random.default_rng([w.seed, 35])
    if random.random() < 0.5:
        return
    thing = _THINGS[int(random.integers(len(_THINGS)))]
    size = 0.36 * w.height
    shape = spline([(w.x + (n[0] - 0.5) * 0.9 * size, w.y + 0.03 + n[1] * size, *n[2:]) for n in thing], samples=5)
    work.front.add(shape, site.behind_panes)


def _woodwork(site: Site, work: Work, w: Window) -> None:
    """Frame, mullion, transom and one thinner bar."""
    x0, y0, x1, y1 = w.x - w.width / 2 + 0.03, w.y, w.x + w.width / 2 - 0.008, w.y + w.height - 0.03
    dark = site.dark(w.frame, 0.10)
    transom, lower, middle = y0 + 0.64 * (y1 - y0), y0 + 0.32 * (y1 - y0), (x0 + x1) / 2
    front = work.front
    for x, half in ((x0, 0.024), (x1, 0.020)):
        front.add(bar((x, y0), (x, y1 - w.rise), half), w.frame)
    crown = arched(x0, y0, x1, y1, w.rise)[2:]
    front.add(np.concatenate([moved(crown, 0, 0.012), moved(crown, 0, -0.034)[::-1]]), dark)
    front.add(bar((middle, y0), (middle, y1 - 0.01), 0.020), w.frame)
    front.add(bar((middle + 0.014, y0), (middle + 0.014, y1 - 0.01), 0.006), dark)
    front.add(bar((x0, transom), (x1, transom), 0.022), w.frame)
    front.add(bar((x0, transom - 0.016), (x1, transom - 0.016), 0.006), dark)
    front.add(bar((x0, lower), (x1, lower), 0.009), w.frame)
    front.add(bar((x0, y0 + 0.014), (x1, y0 + 0.014), 0.022), w.frame)


def _sill(site: Site, work: Work, w: Window) -> None:
    x0, x1, y = w.x - w.width / 2 - 0.11, w.x + w.width / 2 + 0.10, w.y
    work.casts.append(rect(x0 + 0.02, y - 0.15, x1, y - 0.03))
    work.front.add(rect(x0, y - 0.075, x1, y), site.dark(w.trim, 0.03))
    work.front.add(rect(x0 - 0.01, y - 0.028, x1 + 0.01, y + 0.008), _colour.light(w.trim, 0.05))
    work.front.add(rect(x0 + 0.02, y - 0.088, x1 - 0.01, y - 0.070), site.dark(w.trim, 0.16))


def _shutter(site: Site, work: Work, w: Window, which: tuple[int, RGB]) -> None:
    """One louvred leaf on its hinges, opened not quite flat, so that its far edge is a little shorter."""
    side, colour = which
    deep, pale, iron = site.dark(colour, 0.09), _colour.light(colour, 0.05), site.dark(colour, 0.24)
    wide = 0.46 * w.width
    y0, y1 = w.y + 0.015, w.y + w.height - 0.55 * w.rise + 0.01
    hinge = w.x + side * (w.width / 2 + 0.06)
    edge = hinge + side * wide * (0.94 + 0.06 * float(np.sin(w.seed % 7 + side)))
    leaf = poly((hinge, y0), (edge, y0 + 0.012), (edge, y1 - 0.012), (hinge, y1))
    work.casts.append(leaf)
    work.front.add(leaf, colour if side < 0 else _colour.mix(colour, deep, 0.35))
    low, high = min(hinge, edge), max(hinge, edge)
    for start, end in ((0.06, 0.46), (0.54, 0.94)):
        a, b = y0 + (y1 - y0) * start, y0 + (y1 - y0) * end
        work.front.add(rect(low + 0.035, a, high - 0.035, b), deep)
        step = (b - a) / 5
        for k in range(5):
            slat = rect(low + 0.035, a + (k + 0.35) * step, high - 0.035, a + (k + 0.95) * step)
            work.front.add(slat, colour if k % 2 else _colour.mix(colour, pale, 0.5))
    if side < 0:
        work.front.add(rect(low, y0, low + 0.012, y1), pale)
    else:
        work.front.add(rect(high - 0.012, y0, high, y1), deep)
    for share in (0.16, 0.86):
        y = y0 + share * (y1 - y0)
        work.front.add(bar((hinge, y), (hinge + side * 0.5 * wide, y), 0.012, 0.004), iron)


_PETALS = (("#d8604f", "#f0a078"), ("#e3b04b", "#f6dc93"), ("#c86a93", "#efb0c4"))


def _box(site: Site, work: Work, w: Window) -> None:
    """A box of flowers before the sill."""
    random = np.random.default_rng([w.seed, 36])
    x0, x1, y = w.x - w.width / 2 - 0.05, w.x + w.width / 2 + 0.05, w.y - 0.02
    work.casts.append(rect(x0, y - 0.30, x1, y - 0.05))
    wood = site.tone("#7a4f3f")
    work.front.add(rect(x0, y - 0.13, x1, y + 0.06), wood)
    work.front.add(rect(x0, y + 0.035, x1, y + 0.06), _colour.light(wood, 0.06))
    work.front.add(rect(x0, y - 0.13, x1, y - 0.10), site.dark(wood, 0.08))
    count = int(46 * w.width / 0.62)
    at = np.stack([random.uniform(x0, x1, count), y + 0.05 + np.abs(random.normal(0, 0.065, count))], 1)
    hanging = np.stack([random.uniform(x0, x1, count // 2), y + 0.05 - np.abs(random.normal(0, 0.10, count // 2))], 1)
    greens = [site.tone(c) for c in ("#39503f", "#5f7a4a", "#9aa85c")]
    work.front.join(_foliage.spray(np.concatenate([hanging, at]), 0.055, greens, random))
    petals = [site.tone(c) for c in _PETALS[int(random.integers(len(_PETALS)))]]
    for k in range(14):
        x, top = float(random.uniform(x0, x1)), y + 0.07 + abs(float(random.normal(0, 0.06)))
        r = float(random.uniform(0.018, 0.032))
        work.front.add(ellipse(x, top, r, r * 0.85, 0, 9), petals[k % 2])

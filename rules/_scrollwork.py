"""Printers' ornaments, put together: corner pieces, crests, fleurons, dashes, flourishes, frames of rules.

Units and gaps are those of `_ornament`; each piece stands about an origin of its own.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from rules._ornament import (
    Figure,
    Shape,
    acanthus,
    bead,
    curve,
    dots,
    leaf,
    lozenge,
    mirrored,
    moved,
    spiral,
    stroke,
    swelled,
    volute,
)
from rules._outline import Points


@lru_cache(maxsize=16)
def corner(is_long: bool = True) -> Figure:
    """Half of a corner piece, along x; mirrored about the diagonal it makes the whole. Its origin is the
    point of the frame's corner; a long one has a last tendril (63 u instead of 46)."""
    figure = (
        volute(38.4, 12.7, 3.5, 100, -1.5, ((24.6, 11.2), (28.8, 13.0), (33.4, 16.2)))
        + volute(27.2, 17.2, 5.6, -100, 1.6, ((11.5, 12.6), (15.2, 11.0), (21.0, 10.5)))
        + leaf((31.4, 14.2), 66, 6.0, 2.2, 0.34)
        + leaf((33.0, 15.8), 16, 5.4, 1.8, 0.42)
        + leaf((26.0, 11.4), -16, 5.4, 1.6, -0.30)
        + acanthus((20.2, 10.6), -28, 7.4, 4.4, -0.30, 4)
        + acanthus((15.4, 11.4), 60, 9.4, 5.6, 0.30, 4)
        + dots((34.6, 20.6, 0.5), (23.0, 14.6, 0.5))
    )
    if not is_long:
        return figure + dots((43.8, 10.6, 0.46), (45.5, 10.4, 0.32), (46.8, 10.3, 0.20))
    tail = curve((36.2, 16.2), (41.4, 16.0), (45.6, 13.4), (50.6, 10.9), (57.5, 10.2))
    return (
        stroke(tail, 0.06, 0.42, 0.36, 0.22, 0.06)
        + figure
        + leaf((43.4, 15.2), 40, 5.0, 1.8, 0.34)
        + leaf((46.8, 12.6), -24, 5.0, 1.7, -0.34)
        + leaf((51.0, 10.9), 30, 3.6, 1.2, 0.3)
        + dots((59.4, 10.2, 0.46), (61.2, 10.2, 0.32), (62.6, 10.2, 0.20))
    )


@lru_cache(maxsize=16)
def corner_heart() -> Figure:
    """What stands on the diagonal of a corner piece: a palmette."""
    figure: Figure = ()
    for turn, length in ((-44, 7.4), (44, 7.4), (-23, 9.6), (23, 9.6)):
        figure += leaf((12.2, 12.2), 45 + turn, length, 2.6, -0.16 * float(np.sign(turn)))
    return figure + acanthus((12.2, 12.2), 45, 12.4, 4.6, 0.0, 4) + bead(11.8, 11.8, 1.35)


@lru_cache(maxsize=16)
def crest() -> Figure:
    """The piece in the middle of a long side: a palmette between two volutes; hangs down from y = 0."""
    tail = curve((6.0, 0.9), (9.0, 0.5), (12.0, 1.3), (15.5, 0.7))
    half = (
        leaf((0.3, 2.6), 58, 5.4, 1.8, -0.22)
        + leaf((0.2, 2.6), 26, 4.4, 1.6, -0.25)
        + volute(5.2, 3.6, 2.7, -100, 1.45, ((0.4, 2.6), (2.2, 1.0)))
        + stroke(tail, 0.10, 0.34, 0.22, 0.05)
        + leaf((8.2, 0.7), 38, 4.4, 1.5, 0.34)
        + leaf((10.4, 1.0), -24, 3.2, 1.0, -0.3)
        + dots((16.9, 0.7, 0.34), (18.3, 0.7, 0.22))
    )
    return mirrored(half) + acanthus((0, 2.2), 90, 8.0, 3.4, 0.0, 4) + bead(0, 2.1, 1.0)


@lru_cache(maxsize=16)
def fleuron(half_width: float) -> Figure:
    """A rule that swells towards a lozenge between leaves, centred on its origin."""
    rule = np.stack([np.linspace(4.6, half_width, 30), np.zeros(30)], 1)
    half = (
        stroke(rule, 0.20, 0.30, 0.14, 0.03)
        + leaf((2.1, -0.2), -34, 3.6, 1.25, 0.30)
        + leaf((2.1, 0.2), 34, 3.6, 1.25, -0.30)
        + leaf((2.2, 0), 0, 4.6, 1.2, 0.0)
        + dots((half_width + 0.9, 0, 0.26))
    )
    return mirrored(half) + lozenge(0, 0, 1.5, 1.95)


@lru_cache(maxsize=16)
def dash(half_width: float) -> Figure:
    """A swelled dash with a bead: what flanks a small word. It runs from x = 0 to the right."""
    line = np.stack([np.linspace(0, 2 * half_width, 30), np.zeros(30)], 1)
    return stroke(line, 0.22, 0.34, 0.20, 0.03) + lozenge(-1.1, 0, 0.72, 0.95)


@lru_cache(maxsize=16)
def flourish(half_width: float) -> Figure:
    """A penman's knot under a last word: a lying eight over two sweeps that run out in scrolls."""
    scroll = spiral(25.8, 0.4, 3.1, -105, 1.45)
    curl = spiral(3.4, 5.7, 1.30, 92, 1.3)[::-1]
    sweep = ((5.6, 7.1), (9.8, 6.4), (14.6, 4.4), (19.0, 1.0), (22.4, -1.7))
    run = curve((curl[-6, 0], curl[-6, 1]), *sweep, (scroll[2, 0], scroll[2, 1]), (scroll[8, 0], scroll[8, 1]))
    run = np.concatenate([curl[:-6], run[:-1], scroll[9:]])
    half = (
        stroke(run, 0.10, 0.12, 0.20, 0.52, 0.72, 0.56, 0.30, 0.42, 0.34, 0.12)
        + dots((scroll[-1, 0], scroll[-1, 1], 0.60), (curl[0, 0], curl[0, 1], 0.32), (29.9, 3.2, 0.34))
        + leaf((13.2, 5.2), 30, 5.6, 1.7, -0.32)
        + leaf((17.2, 2.5), -74, 4.6, 1.5, 0.30)
        + leaf((20.2, 0.2), 34, 4.2, 1.3, -0.30)
    )
    whole = mirrored(half) + _lying_eight(14.2, 3.7) + lozenge(0, 8.0, 1.0, 1.35)
    return moved(whole, 0, 0, half_width / 30)


def _lying_eight(wide: float, high: float) -> Figure:
    """Two strands, thick where they cross; the second passes over the first."""
    s = np.linspace(-np.pi / 2 - 0.12, np.pi / 2 + 0.12, 90)
    strand = np.stack([wide * np.sin(s), high * np.sin(2 * s)], 1)
    half = swelled(strand, (0.38, 0.24, 0.20, 0.46, 0.74, 0.46, 0.20, 0.24, 0.38))
    over = half * (-1.0, 1.0)
    # the gap only about the crossing: at the ends the strands must melt into one another
    bridge = swelled(strand[33:57], (0.30, 0.68, 0.30)) * (-1.0, 1.0)
    return (Shape(half), Shape(bridge), Shape(over, gap=0))


@lru_cache(maxsize=16)
def filigree(wide: float, high: float) -> Figure:
    """Scrolls and leaves that fill the box of an initial, about its middle."""
    half: Figure = ()
    for sy in (-1, 1):
        x, y, r = 0.30 * wide, sy * 0.27 * high, 0.155 * min(wide, high)
        half += volute(x, y, r, 90 * sy, -1.5 * sy, ((0.0, sy * 0.475 * high), (0.14 * wide, sy * 0.455 * high)))
        half += leaf((x + 0.6 * r, y + sy * 0.9 * r), sy * 40, 1.15 * r, 0.46 * r, 0.3 * sy)
        half += leaf((x - 0.4 * r, y + sy * 1.0 * r), sy * 150, 1.3 * r, 0.46 * r, -0.3 * sy)
        half += leaf((x + 0.9 * r, y - sy * 0.3 * r), -sy * 60, 1.25 * r, 0.46 * r, -0.3 * sy)
    return mirrored(half + acanthus((0.49 * wide, 0), 180, 0.30 * wide, 0.17 * wide, 0.0, 3))


def rules(width: float, height: float, inset: float, thick: float, notch: float = 0.0) -> Figure:
    """A rule round a rectangle about the origin; `notch` is the radius of hollow quarter rounds at its corners."""
    outer, inner = (_notched(width / 2 - d, height / 2 - d, notch, notch + (d - inset)) for d in (inset, inset + thick))
    ring = np.concatenate([outer, outer[:1], inner[::-1], inner[-1:]])
    return (Shape(ring, gap=0),)


def _notched(a: float, b: float, notch: float, radius: float) -> Points:
    """A rectangle of half sides a, b, its corners cut by arcs of `radius` that stay concentric as a rule is inset."""
    if notch == 0:
        return np.array([(-a, -b), (a, -b), (a, b), (-a, b)])
    grown = radius - notch
    pieces = []
    for sx, sy, start in ((-1, -1, 90), (1, -1, 180), (1, 1, 270), (-1, 1, 0)):
        cx, cy = sx * (a + grown), sy * (b + grown)
        low = np.degrees(np.arcsin(np.clip(grown / radius, 0, 1)))
        t = np.radians(np.linspace(start - low, start - 90 + low, 18))
        pieces.append(np.stack([cx + radius * np.cos(t), cy + radius * np.sin(t)], 1))
    return np.concatenate(pieces)

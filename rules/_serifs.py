"""What a stroke may end in: feet, flags, beaks, balls and thorns, as closed outlines in font units.

Each is drawn in a frame of its own: u sideways from the middle of the end, v from the end into the
stroke; a slanted stroke leans the frame. `pen.half` (a) and `pen.thin` set all sizes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rules._pen import Pen, Points


class End(NamedTuple):
    """An end of a stroke that stands on a level line."""

    x: float  # middle of the end
    y: float
    half: float  # half the width along the level line
    lean: float  # dx / dy of the stroke
    into: int  # +1 if the stroke goes up from here, -1 if down


class Tip(NamedTuple):
    """An end of a stroke in the open: its middle, the unit direction in which it leaves, and half its width."""

    x: float
    y: float
    dx: float
    dy: float
    half: float


def foot(end: End, pen: Pen, sides: tuple[bool, bool], style: str, reach: float = 1.0) -> tuple[Points, float]:
    """A foot (or head) with serifs left and / or right, and how deep into the stroke it reaches."""
    a = pen.half
    if style == "tuscan":
        depth = 0.55 * a
        left = _fishtail(end, pen, sides[0], both=all(sides), reach=reach)
        right = _fishtail(end, pen, sides[1], both=all(sides), reach=reach)
    elif style == "slab":
        depth = _slab_height(pen)
        left, right = (_slab(end, pen, on, reach) for on in sides)
    else:
        depth = max(1.5 * pen.thin, 16) + 0.15 * a
        left, right = (
            _bracketed(end, pen, on, all(sides), reach, side) for on, side in zip(sides, (-1, 1), strict=True)
        )
    local = np.concatenate([left * (-1, 1), right[::-1]])
    return _placed(local, end), depth


def flag(end: End, pen: Pen) -> tuple[Points, float]:
    """The slanted flag on a small letter's stem, to the left; and how deep the stem has to be cut for it."""
    a, t = pen.half, max(1.35 * pen.thin, 15)
    xl, xr, tip = -end.half, end.half, -end.half - 0.98 * a
    drop, bracket = 0.34 * a, 0.80 * a
    low = drop + t
    head = bezier((xr, -0.04 * a), (xr * 0.2, 0.02 * a), (tip * 0.5, drop * 0.72), (tip, drop))
    under = bezier((tip, low), (tip * 0.62 + xl * 0.38, low), (xl, low + bracket * 0.25), (xl, low + bracket))
    local = np.concatenate([head, under, [(xr, low + bracket)]])
    return _placed(local, end), drop + 0.5 * t


def bar_beak(tip: Tip, pen: Pen, up: int, long: float) -> Points:
    """The beak at the end of a level bar: a wedge that hangs (up = -1) or stands (+1), hollowed towards the bar."""
    a, s = pen.half, 1 if tip.dx > 0 else -1
    t = max(1.25 * pen.thin, 14)
    reach, out = a * (0.75 + 0.75 * long), 0.16 * a * long
    edge = tip.half * up
    point = (out * s, edge + up * long * 1.72 * a)
    hollow = (point[0] - s * t * 1.5, point[1] - up * 0.95 * a * long)
    curve = bezier((-s * reach, edge), (-s * reach * 0.45, edge), hollow, (point[0] - s * t, point[1]))
    local = np.concatenate([curve, [point, (0, -edge), (-s * reach, -edge)]])
    return np.asarray(local + np.array([tip.x, tip.y]))


def round_beak(outer: Points, inner: Points, level: float, pen: Pen) -> Points:
    """The upright serif that closes the thin end of a C, G or S.

    outer, inner: the two edges of the stroke over its last stretch, from within to the end. level: the
    zone line (700 or 0) to which the outer point reaches.
    """
    a, t = pen.half, max(1.2 * pen.thin, 14)
    end = (outer[-1] + inner[-1]) / 2
    up = 1 if level > end[1] else -1
    side = 1 if outer[-1, 0] + inner[-1, 0] > outer[0, 0] + inner[0, 0] else -1
    face = max(side * outer[-1, 0], side * inner[-1, 0]) * side + side * 0.30 * t
    high, low = level, end[1] - up * 1.02 * a
    back, front = outer[0], inner[0]
    above, below = (face - side * 1.3 * t, high - up * 0.55 * a), (face - side * 1.25 * t, low + up * 0.55 * a)
    crest = bezier(back, outer[len(outer) // 2], above, (face - side * t, high))
    hollow = bezier((face - side * t, low), below, inner[len(inner) // 2], front)
    return np.concatenate([crest, [(face, high), (face, low)], hollow])


def thorn(x: float, y: float, side: int, length: float, height: float) -> Points:
    """A thorn with hollow flanks half way up a stem; `x` is the stem's edge."""
    tip = (x + side * length, y)
    above = bezier((x, y + height), (x, y + 0.38 * height), (x + side * 0.40 * length, y + 0.06 * height), tip)
    below = bezier(tip, (x + side * 0.40 * length, y - 0.06 * height), (x, y - 0.38 * height), (x, y - height))
    return np.concatenate([above, below, [(x - side * 4, y - height), (x - side * 4, y + height)]])


def bezier(a: object, b: object, c: object, d: object, samples: int = 9) -> Points:
    """A cubic, sampled from end to end."""
    t = np.linspace(0, 1, samples)[:, None]
    p, q, r, s = (np.asarray(x, np.float64)[None] for x in (a, b, c, d))
    return np.asarray((1 - t) ** 3 * p + 3 * (1 - t) ** 2 * t * q + 3 * (1 - t) * t * t * r + t**3 * s)


def _fishtail(end: End, pen: Pen, on: bool, both: bool, reach: float) -> Points:
    """One half, drawn to the right: from up in the stem, out to the curled tip, round the lobe to the notch."""
    a, h = pen.half, end.half
    if not on:
        return np.array([(h, 1.6 * a), (h, 0.0), (0.0, 0.0)])
    tip = (h + 0.66 * a * reach, 0.40 * a)
    flare = bezier((h, 1.75 * a), (h, 0.80 * a), (h + 0.30 * a * reach, 0.52 * a), tip)
    notch = (0.0, 0.40 * a) if both else (0.0, 0.0)
    low = -0.24 * a if both else 0.0
    lobe = bezier(tip, (h + 0.52 * a * reach, -0.10 * a), (0.42 * h, low), notch)
    return np.concatenate([flare, lobe[1:]])


def _slab_height(pen: Pen) -> float:
    return max(0.66 * pen.half, 1.15 * pen.thin)


def _slab(end: End, pen: Pen, on: bool, reach: float) -> Points:
    """One half, drawn to the right: a bar nearly as thick as the stem, square."""
    h, t = end.half, _slab_height(pen)
    if not on:
        return np.array([(h, t), (h, 0.0), (0.0, 0.0)])
    out = h + reach * 1.02 * pen.half
    return np.array([(h, t + 0.22 * pen.half), (h + 0.12 * pen.half, t + 0.03 * pen.half), (out, t), (out, 0), (0, 0)])


def _bracketed(end: End, pen: Pen, on: bool, both: bool, reach: float, side: int) -> Points:
    """One half, drawn to the right: bracket, blunt tip, hollow base. Towards the side to which a diagonal leans there
    is no room for a bracket: it would be a knot."""
    a, h = pen.half, end.half
    t, tight = max(1.5 * pen.thin, 16), side * end.lean * end.into
    bracket = 0.85 * a * max(0.05, 1 - 1.5 * max(0.0, tight))
    if not on:
        return np.array([(h, t + bracket), (h, 0.0), (0.0, 0.0)])
    out = h + reach * (0.92 * a if end.half > 0.6 * a else 1.02 * a) * (1 - 0.35 * min(1.0, max(0.0, tight)))
    curve = bezier((h, t + bracket), (h, t + 0.22 * bracket), (h + 0.45 * (out - h), t), (out, 0.78 * t))
    cup = 0.11 * a if both else 0.0
    base = bezier((out, 0), (0.6 * out, 0.2 * cup), (0.3 * out, cup), (0, cup))
    return np.concatenate([curve, base])


def _placed(local: Points, end: End) -> Points:
    u, v = local[:, 0], local[:, 1] * end.into
    return np.stack([end.x + u + end.lean * v, end.y + v], 1)

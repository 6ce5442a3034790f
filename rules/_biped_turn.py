"""What of a garment is seen from each side: its nodes, drawn at a yaw of 45, from the front, the side and behind.

A place on a garment is a share t of the body's half-width at its height, -1 at the back edge to 1 at the front
edge. From each side authored there is a table of where the same t is seen, and between two of them what lies between.
The body is shallower than it is broad, and its middle goes forward at the chest and back at the seat.
"""

from __future__ import annotations

import numpy as np

from rules._outline import Points
from rules._proportions import Measures

_AT = (-1.0, -0.62, -0.35, 0.0, 0.34, 0.70, 1.0)  # t as it was drawn, the front edge of a coat at 0.34
_FRONT = (-1.0, -0.86, -0.64, -0.33, 0.0, 0.46, 1.0)
_SIDE = (-1.0, -0.42, 0.06, 0.52, 0.86, 0.95, 1.0)
_BEHIND = (-1.0, 0.0, 0.56, 1.0)  # t as it is drawn from behind, the seam of the back at 0
_HALF_AWAY = (-1.0, -0.34, 0.35, 1.0)
# heights: the neck, the shoulder, the chest, the waist, the hip, the ankle
_DEPTHS = (0.66, 0.66, 0.76, 0.78, 0.88, 0.96)  # half the depth, as a share of half the width
_MIDDLES = (-0.08, -0.07, 0.03, 0.05, -0.04, 0.0)  # where the middle stands, in half-widths


def seen_from(body: Measures, x: float, y: float, is_back: bool = False) -> float:
    """Where a place on a garment is seen when the body is turned; is_back: it was drawn as seen from behind."""
    turn = body.turn
    if not turn and not is_back:
        return x
    r = _half(body, y)
    t = x / r
    inside = min(max(t, -1.0), 1.0)
    if is_back:
        share = min(max(3 - turn, 0.0), 1.0)
        return x + ((float(np.interp(inside, _BEHIND, _HALF_AWAY)) - inside) * r) * share
    if turn < 0:
        return x + (float(np.interp(inside, _AT, _FRONT)) - inside) * r * -turn
    if turn >= 2:  # the shape's edge is that from the other side, mirrored
        return x - 2 * x * (turn - 2) + 0.0
    deep, middle = _depth(body, y)
    side = (middle + float(np.interp(inside, _AT, _SIDE)) * deep + (t - inside) * max(deep, 0.9)) * r
    return x + (side - x) * (turn if turn <= 1 else 2 - turn)


def _half(body: Measures, y: float) -> float:
    heights = (body.neck, body.shoulder, body.waist, body.hip)
    halves = (0.8 * body.shoulder_half, body.shoulder_half, body.belly_half, body.hip_half)
    return 1.06 * float(np.interp(y, heights, halves))


def _depth(body: Measures, y: float) -> tuple[float, float]:
    """(half the depth, the middle) as shares of the half-width at a height."""
    chest = body.shoulder + 0.42 * (body.waist - body.shoulder)
    heights = (body.neck, body.shoulder, chest, body.waist, body.hip, body.ankle)
    return float(np.interp(y, heights, _DEPTHS)), float(np.interp(y, heights, _MIDDLES))


def round_neck(points: Points, turn: float, half: float) -> Points:
    """Points of what goes round the neck, drawn at a yaw of 45 about its middle, as the body is turned."""
    if not turn:
        return points
    inside = np.clip(points[:, 0] / half, -1, 1)
    seen = np.interp(inside, _AT, _FRONT if turn < 0 else _SIDE) * (1.0 if turn < 0 else 0.84)
    moved = points[:, 0] + (seen - inside) * half * abs(turn)
    return np.stack([moved, points[:, 1]], 1)

"""Where everything in the air is at a tick of its clock: closed forms of the tick and a seed. No pixels.

Lengths are picture heights on the plane, x right and y down; what flies comes again after `TILE`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules import _noise
from rules._flying import KINDS, SLANT, TILE, Fall

F64 = NDArray[np.float64]

#: picture heights a second by which each kind falls, by plane, and is blown by a wind of 1
_FALL = {
    "rain": (3.4, 2.5, 1.7),
    "snow": (0.20, 0.115, 0.07),
    "embers": (-0.15, -0.10, -0.065),
    "leaves": (0.19, 0.115, 0.075),
}
_BLOWN = {"snow": (0.22, 0.13, 0.08), "embers": (0.12, 0.08, 0.05), "leaves": (0.34, 0.21, 0.13)}
#: by how far each kind sways, in picture heights on the plane of the subject, and how often a second
_SWAY = {"snow": (0.016, 0.24), "embers": (0.020, 0.45), "leaves": (0.060, 0.36)}
_NEARER = (1.9, 1.0, 0.6)


class Flight(NamedTuple):
    """What flies on one plane at one moment. x, y: (n,) its cells' middles; cell: (n,) which drawing."""

    x: F64
    y: F64
    cell: NDArray[np.int32]


def flight(fall: Fall, plane: int, tick: int) -> Flight:
    """Everything on a plane at a tick; O(1), since nothing depends on the tick before."""
    kind = KINDS[fall.kind]
    count = max(1, round(kind.many[plane] * fall.amount))
    number = np.arange(count, dtype=np.int64)
    x, y, phase, pace, which = (_noise.unit(number, plane, fall.seed * 8 + k).astype(np.float64) for k in range(5))
    second = tick / kind.rate
    pace = 0.78 + 0.44 * pace
    fallen = _FALL[fall.kind][plane] * pace * second
    # rain goes along its own streak
    blown = fallen * SLANT * fall.wind if fall.kind == "rain" else _BLOWN[fall.kind][plane] * fall.wind * pace * second
    x, y = x * TILE[0] + blown, y * TILE[1] + fallen
    cells = np.floor(which * max(kind.cells, 1))
    if fall.kind in _SWAY:
        reach, often = _SWAY[fall.kind]
        turn = 2 * np.pi * (often * (0.7 + 0.6 * which) * second + phase)
        x += reach * _NEARER[plane] * np.sin(turn)
        y += 0.35 * reach * _NEARER[plane] * np.sin(2 * turn + 1)
    if fall.kind == "leaves":  # a leaf turns over as it sways, eight drawings to a turn
        colour = np.floor(which * 3)
        cells = 8 * colour + np.floor(8 * (phase + second * (0.35 + 0.5 * pace))) % 8
    if fall.kind == "embers":  # three sizes; each goes dim now and then
        lit = _noise.unit(number, tick // 2, fall.seed * 8 + 6 + plane) > 0.3
        cells = 2 * np.floor(which * 3) + lit
    return Flight(x % TILE[0], y % TILE[1], cells.astype(np.int32))

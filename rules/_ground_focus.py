"""How depth of field on the ground stands in a row: sharp along one line, softer with every row from there. No pixels.

On the ground 1 / depth runs evenly with the rows, so the blur does too: sigma = slope |row - line|, which is the same
at every size of the drawing. Both are one number of a row; slopes step by a quarter of an octave, so that a move of
the camera leads to few copies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LYING = 1 << 30  #: from this on a blur is of a ground
_SHIFT, _LINE = 20, 1 << 19


class Focus(NamedTuple):
    """px of blur a row, and the row that is sharp, of a drawing."""

    slope: float
    line: int


def codes(slope: NDArray[np.float64], line: NDArray[np.float64]) -> NDArray[np.int32]:
    """Slopes and lines (px) as the numbers of rows, 0 where there is no slope."""
    step = np.clip(np.rint(4 * np.log2(np.maximum(slope, 1e-6) * 4096)), 0, 63).astype(np.int64)
    row = np.clip(np.rint(line) + _LINE, 0, 2 * _LINE - 1).astype(np.int64)
    return np.where(slope > 0, LYING | step << _SHIFT | row, 0).astype(np.int32)


def focus_of(code: int) -> Focus:
    """What a number says."""
    return Focus(2.0 ** ((code >> _SHIFT & 63) / 4) / 4096, (code & (2 * _LINE - 1)) - _LINE)


def halved(code: int, halvings: int) -> int:
    """The number of a drawing that is so often smaller."""
    line = focus_of(code).line
    return code - line + (line >> halvings)


def of_sheet(blur: int, shrink: float, halvings: int, sigmas: Sequence[int]) -> int:
    """The blur of a sheet that a row shows shrunk after so many halvings: a ground's number, else the nearest sigma."""
    if blur >= LYING:
        return halved(blur, halvings)
    wanted = blur / max(shrink, 0.05)
    return min(sigmas, key=lambda s: abs(s - wanted)) if wanted else 0

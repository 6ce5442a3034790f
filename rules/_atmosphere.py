"""What a scene's pictures have in common, how drawings are laid down, and the drift of fog. No pixels."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules._flying import KINDS, Fall

#: how a drawing is laid down: over what is there, added to it, as a part of the figure FIGURE + number, or as
#: plane p of weather w, AIR + PLANES w + p, many times over
OVER, ADD, FIGURE, AIR = 0, 1, 2, 1024
_FOG = (0.050, 0.030, 0.017)  # picture heights a second by plane


class Air(NamedTuple):
    """What a scene's pictures have in common: the grade and the weather."""

    grade: str = "film"
    weather: tuple[Fall, ...] = ()


def drift(fall: Fall, plane: int, ticks: NDArray[np.int32]) -> NDArray[np.float64]:
    """(n,) picture heights by which a bank of fog has gone to the right."""
    way = 1 if fall.wind >= 0 else -1
    return np.asarray(ticks / KINDS[fall.kind].rate * _FOG[plane] * way * (0.25 + abs(fall.wind)))

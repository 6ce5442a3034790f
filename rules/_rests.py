"""Where the hands of a biped rest when they do nothing: on the hip, in a pocket, at a lapel, behind the back, folded.

A wrist is placed by shares of the trunk and an arm finds its way there, from whichever side the body is seen.
Closed forms of a figure's proportions, in u; nothing here knows of pixels.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from rules._gait import TURNS, Spot
from rules._proportions import Measures, rest_of

#: x of the shoulders by turn of the body, near and far: shares of the half
SHOULDERS = ((-0.98, -0.94, -0.10, 0.78, 0.98), (0.98, 0.74, 0.12, -0.90, -0.98))
_WALKS = ("pocket", "behind")  # what the near hand goes on with in a walk


class _Place(NamedTuple):
    """reach: at most so many upper arms from shoulder to wrist, so that the elbow stands out. at: shares of the
    half-width at which the wrist is seen by turn of the body; down: its height, 0 at the shoulders, 1 at the waist, 2
    at the hips; towards: degrees of the hand by turn; out: 1 if the elbow goes to the front edge."""

    reach: float
    at: tuple[float, ...]
    down: float
    towards: tuple[float, ...]
    out: tuple[float, ...] = (-1.0, -1.0, -1.0, 1.0, 1.0)


_NEAR = {
    "hip": _Place(1.36, (-1.04, -1.02, -0.40, 0.98, 1.04), 1.42, (26.0, 34.0, 40.0, -26.0, -26.0)),
    "pocket": _Place(1.86, (-1.0, -0.86, -0.10, 0.86, 1.0), 1.72, (10.0, 16.0, 22.0, -10.0, -10.0)),
    "lapel": _Place(1.30, (-0.42, -0.06, 0.42, 0.50, 0.42), 0.62, (118.0, 124.0, 118.0, -118.0, -118.0)),
    "strap": _Place(1.20, (-0.66, -0.52, 0.20, 0.60, 0.66), 0.52, (128.0, 138.0, 126.0, -126.0, -126.0)),
    "behind": _Place(1.50, (-0.20, -0.46, -0.96, -0.10, 0.16), 1.42, (60.0, 50.0, -20.0, -70.0, -76.0)),
    "folded": _Place(1.5, (-0.20, 0.10, 0.70, 0.50, 0.20), 1.30, (70.0, 68.0, 58.0, -70.0, -70.0)),
}
_FAR = {
    "folded": _Place(
        1.66, (0.20, 0.50, 0.90, -0.50, -0.20), 1.34, (-70.0, -62.0, 40.0, 70.0, 70.0), (1.0, 1.0, -1.0, -1, -1)
    ),
    "behind": _Place(
        1.5, (0.20, 0.44, -0.80, -0.30, -0.16), 1.50, (-60.0, -50.0, -20.0, 70.0, 76.0), (1.0, 1.0, -1, -1, -1)
    ),
}


def shapes(params: Any, legs: int, goes: bool, runs: bool) -> tuple[str, str]:
    """The shapes of near and far hand over some legs, "" as it hangs."""
    kind = rest_of(params)
    if kind == "hang" or runs or legs >= 300 or (goes and kind not in _WALKS):
        return "", ""
    far = kind if kind in _FAR and params.holds == "none" and not goes else ""
    straps = any(g.trousers == "dungarees" or g.apron == "bib" for g in params.wears)
    near = "strap" if kind == "lapel" and straps else kind
    return near, far


def is_rest(shape: str, far: bool) -> bool:
    """Whether a hand of this shape has a place of its own."""
    return shape in (_FAR if far else _NEAR)


def place(body: Measures, shape: str, far: bool) -> tuple[Spot, float, float]:
    """(the wrist before the line of action, degrees of the hand, the side to which the elbow bends)."""
    said = (_FAR if far else _NEAR)[shape]
    share, towards = (float(np.interp(body.turn, TURNS, row)) for row in (said.at, said.towards))
    y = float(np.interp(said.down, (0, 1, 2), (body.shoulder, body.waist, body.hip)))
    halves = (body.shoulder_half, 0.5 * (body.belly_half + body.shoulder_half), body.belly_half, body.hip_half)
    half = float(np.interp(said.down, (0, 0.5, 1.2, 2), halves))
    x = share * half
    shoulder = float(np.interp(body.turn, TURNS, SHOULDERS[far])) * body.shoulder_half
    far_down = said.reach * body.upper
    if (x - shoulder) ** 2 + (y - body.shoulder) ** 2 > far_down**2:  # short arms rest higher
        y = body.shoulder + max(far_down**2 - (x - shoulder) ** 2, (0.5 * body.upper) ** 2) ** 0.5
    return Spot(x, y), towards, float(np.interp(body.turn, TURNS, said.out))

"""The head of a biped: skull, ear, neck, hair, hat and what is worn round the neck; its face comes as an overlay.

Outlines are in h: 1/100 of the head's height, origin at the chin, x towards the face, y down. They were
authored at yaw 0, 45 and 90 with equal nodes; the engine turns the drawing about the pivot of `_bones`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rules import _biped_hair, _biped_hats, _outline
from rules._biped_follow import dropped, swung
from rules._biped_hair import Views, view
from rules._biped_look import SKIN, Look, warm
from rules._biped_neckwear import neck, neckwear, wool
from rules._bones import Measures
from rules._cel import Cel
from rules._outline import Points

_ROUND: Views = {
    0: [
        (0, -100), (27, -95), (43, -76), (46, -56), (45, -42), (44.5, -28), (32, -10), (12, -0.5), (0, 1.0),
        (-12, -0.5), (-32, -10), (-44.5, -28), (-46, -56), (-29, -94),
    ],
    45: [
        (0, -100), (29, -94), (43.5, -71), (44, -55), (41, -43), (45, -29), (41, -15.5), (31, -4.5), (18, 0.5),
        (2, -3.5), (-24, -15), (-40, -34), (-48, -62), (-34, -90),
    ],
    90: [
        (-4, -100), (25, -93), (38, -73), (38.5, -56), (34.5, -44), (37, -30), (36.5, -15), (31, -2), (20, 1),
        (2, -5), (-14, -16), (-30, -34), (-52, -64), (-40, -90),
    ],
}  # fmt: skip
_SQUARE: Views = {
    0: [
        (0, -100), (27, -96.5), (43, -79), (46, -60), (43.5, -50), (46, -38), (43, -14), (22, -0.5), (0, 1),
        (-22, -0.5), (-43, -14), (-46, -38), (-46, -62), (-28, -96),
    ],
    45: [
        (2, -100), (29, -96.5), (45, -78), (47, -60), (42.5, -50), (47, -38), (45.5, -17), (37, -2.5), (17, 0),
        (-5, -2), (-30, -13), (-40, -36), (-49, -64), (-33, -93),
    ],
    90: [
        (-6, -100), (26, -95), (40, -78), (41, -61), (35, -51), (38, -37), (40, -18), (37, -3), (22, 1),
        (0, -4), (-14, -14), (-30, -36), (-54, -66), (-38, -93),
    ],
}  # fmt: skip
_TURNS = (0, 22, 45, 68, 90)
_SEEN = (0, 15, 31, 48, 62)  # degrees by which features are moved: a drawn three-quarter view is less than 45
_EAR: Views = {
    0: [(-44, -48), (-50, -52), (-54, -46), (-53, -36), (-48, -28), (-44, -32)],
    45: [(-24, -46), (-32, -53), (-38, -47), (-37, -36), (-31, -27), (-25, -32)],
    90: [(-8, -46), (-17, -54), (-24, -48), (-23, -36), (-16, -27), (-9, -33)],
}


@dataclass(frozen=True)
class Skull:
    """How the head stands in figure space. size: u an h; wide: factor on x; pivot: of the turn, in h."""

    size: float
    wide: float
    square: bool
    yaw: int
    pivot: tuple[float, float]
    tilt: float
    jaw: float = 0.0  #: h by which the chin is down
    lag: int = 0  #: steps by which the hair swings forward

    def place(self, points: Points) -> Points:
        """h -> u from the pivot, with the head's breadth: for outlines."""
        return self.bare(points * np.array([self.wide, 1.0]))

    def bare(self, points: Points) -> Points:
        """h -> u from the pivot, unstretched: for eyes and mouths, whose places are stretched beforehand."""
        moved = (points - np.array([self.pivot[0] * self.wide, self.pivot[1]])) * self.size
        return _outline.rotated(moved, self.tilt)

    @property
    def outline(self) -> Points:
        return _outline.spline(dropped(view(_SQUARE if self.square else _ROUND, self.yaw), self.jaw))

    def across(self, angle: float, depth: float = 1.0) -> tuple[float, float]:
        """(x in unstretched h, foreshortening) of a place on the face, `angle` degrees from its middle."""
        seen = float(np.interp(self.yaw, _TURNS, _SEEN))
        t = np.radians(seen + angle)
        return float(40 * depth * np.sin(t)) * self.wide, float(np.cos(t))


def skull(body: Measures, square: bool, yaw: int) -> Skull:
    """The head of a figure, turned to one of the five yaws."""
    heads = 100 / body.head
    wide = float(np.interp(heads, (2.8, 3.3, 4.4, 7.0), (1.03, 1.0, 0.93, 0.80))) * (0.90 if square else 1.0)
    pivot = (float(np.interp(yaw, (0, 45, 90), (0, -6, -12))), -8.0)
    return Skull(body.head / 100, wide, square, yaw, pivot, 2.0 if square else -4.0)


def head(cel: Cel, body: Measures, look: Look, form: Skull, fine: bool) -> None:
    """Paint the head about its pivot at the cel's origin."""
    bulk = wool(body)
    radius = (2.2 + 0.05 * body.head) * (1.24 if form.square else 1.0)
    with cel.placed(form.place), cel.placed(swung(form.lag)):
        _biped_hair.hair_behind(cel, look, form.yaw)
    neck(cel, look, radius)
    with cel.placed(lambda p: p * bulk):
        neckwear(cel, look, radius / bulk, fine)
    with cel.placed(form.place):
        _biped_hair.tufts_behind(cel, look, form.yaw)
        shape = cel.part(form.outline, look.skin, SKIN.but(turn=1.25, soft=1.1, cast=1.8, bounce=0.6))
        if look.cut == "sides":
            _ear(cel, look, form.yaw)
            _dome(cel, look)
        with cel.placed(swung(form.lag)):
            _biped_hair.hair_before(cel, look, form.yaw)
        _biped_hats.hat(cel, look, form.yaw, fine)
    del shape


def _ear(cel: Cel, look: Look, yaw: int) -> None:
    nodes = view(_EAR, yaw)
    ear = cel.part(_outline.spline(nodes), look.skin, SKIN.but(turn=0.6, soft=0.3, cast=0.5, bounce=0.3))
    inner = [(p[0] * 0.55 + nodes[0][0] * 0.45, p[1] * 0.7 - 0.3 * 40) for p in nodes[1:5]]
    cel.stroke(inner, [0.3, 1.3, 1.1, 0.3], warm(look.skin, 0.14), ear, 0.8)


def _dome(cel: Cel, look: Look) -> None:
    cel.ink(_outline.ellipse(8, -86, 13, 6, -8), (1.0, 0.97, 0.90), 0.25, None, soft=0.5)

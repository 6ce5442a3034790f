"""Outlines of the head of a biped, in h, each authored at yaw 0, 45 and 90 with the same fourteen nodes.

From the crown over the face's far side (brow, socket, cheek, jaw) to the chin, and back by the near jaw and the
back of the head. All share the upper skull, so that any hair and any hat sits on any of them; what tells them
apart is below the temples, and how broad they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from rules import _outline
from rules._biped_follow import dropped
from rules._biped_locks import Views, view
from rules._biped_years import Years, years
from rules._bones import Figure, Measures
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
_LONG: Views = {  # flat cheeks, a long chin
    0: [
        (0, -100), (27, -96), (42, -78), (45, -58), (43, -45), (42, -27), (34, -6), (16, 3.5), (0, 5),
        (-16, 3.5), (-34, -6), (-42, -27), (-45, -58), (-28, -95),
    ],
    45: [
        (1, -100), (29, -95), (43.5, -74), (45, -57), (41, -46), (44, -30), (42.5, -11), (35, 2), (20, 5),
        (2, 1.5), (-21, -9), (-38, -31), (-48, -62), (-34, -91),
    ],
    90: [
        (-5, -100), (25, -94), (38.5, -75), (39.5, -58), (35, -47), (37, -31), (38.5, -11), (36, 2), (24, 5.5),
        (4, 0.5), (-12, -10), (-28, -31), (-52, -64), (-40, -91),
    ],
}  # fmt: skip
_HEART: Views = {  # wide temples, a small pointed chin
    0: [
        (0, -100), (28, -95), (45, -77), (47.5, -57), (46, -44), (42, -29), (26, -11), (8, -0.5), (0, 1.5),
        (-8, -0.5), (-26, -11), (-42, -29), (-47.5, -57), (-30, -94),
    ],
    45: [
        (0, -100), (30, -94), (45, -72), (46, -57), (42, -45), (45, -32), (38, -16), (29, -3.5), (20, 1.5),
        (8, -2), (-15, -15), (-38, -36), (-49, -63), (-34, -90),
    ],
    90: [
        (-4, -100), (26, -93), (39, -74), (39.5, -57), (35, -46), (37, -32), (34.5, -16), (31, -3), (23, 1.5),
        (7, -4), (-10, -16), (-29, -36), (-53, -65), (-40, -90),
    ],
}  # fmt: skip
_EGG: Views = {  # a high smooth oval
    0: [
        (0, -102), (26, -97), (41, -78), (45, -58), (44, -44), (39.5, -26), (27, -8), (12, 0.5), (0, 2),
        (-12, 0.5), (-27, -8), (-39.5, -26), (-45, -58), (-28, -96),
    ],
    45: [
        (0, -102), (28, -96), (42.5, -74), (44.5, -57), (42.5, -45), (42.5, -30), (37, -14), (28, -2.5), (17, 1.5),
        (3, -2), (-20, -13), (-39, -35), (-48, -63), (-33, -92),
    ],
    90: [
        (-4, -102), (24, -95), (38, -75), (39, -58), (36, -46), (36.5, -30), (35, -14), (30, -1.5), (20, 1.5),
        (4, -4), (-12, -14), (-29, -34), (-52, -65), (-40, -92),
    ],
}  # fmt: skip
_BROAD: Views = {  # jowls wider than the temples
    0: [
        (0, -99), (27, -95), (43, -77), (45.5, -57), (45, -44), (49.5, -26), (41, -6), (17, 1.5), (0, 2.5),
        (-17, 1.5), (-41, -6), (-49.5, -26), (-46, -57), (-29, -94),
    ],
    45: [
        (1, -99), (29, -94), (43.5, -73), (44.5, -57), (42, -46), (48, -29), (47, -12), (36, -0.5), (17, 2.5),
        (-5, 0.5), (-31, -7), (-45, -29), (-48.5, -61), (-34, -91),
    ],
    90: [
        (-4, -99), (25, -93), (38.5, -74), (39, -57), (35.5, -46), (39, -29), (41.5, -12), (37, 0.5), (22, 3),
        (-2, 0), (-19, -7), (-34, -28), (-53, -63), (-40, -91),
    ],
}  # fmt: skip

_SKULLS = {"round": _ROUND, "square": _SQUARE, "long": _LONG, "heart": _HEART, "egg": _EGG, "broad": _BROAD}
_BREADTHS = {"round": 1.0, "square": 0.90, "long": 0.86, "heart": 0.97, "egg": 0.92, "broad": 1.04}
_TURNS = (0, 22, 45, 68, 90)
_SEEN = (0, 15, 31, 48, 62)  # degrees by which features are moved: a drawn three-quarter view is less than 45


@dataclass(frozen=True)
class Skull:
    """How the head stands in figure space. size: u an h; wide: factor on x; pivot: of the turn, in h."""

    size: float
    wide: float
    shape: str
    yaw: int
    pivot: tuple[float, float]
    tilt: float
    jaw: float = 0.0  #: h by which the chin is down
    lag: float = 0.0  #: steps by which the hair swings forward
    dome: float = 0.0  #: h by which a bald crown is higher than one that hair lies on
    years: Years = field(default_factory=Years)

    def place(self, points: Points) -> Points:
        """h -> u from the pivot, with the head's breadth: for outlines."""
        return self.bare(points * np.array([self.wide, 1.0]))

    def bare(self, points: Points) -> Points:
        """h -> u from the pivot, unstretched: for eyes and mouths, whose places are stretched beforehand."""
        moved = (points - np.array([self.pivot[0] * self.wide, self.pivot[1]])) * self.size
        return _outline.rotated(moved, self.tilt)

    @property
    def outline(self) -> Points:
        nodes = dropped(view(_SKULLS[self.shape], self.yaw), self.jaw)
        if self.dome:
            nodes = [(n[0], n[1] - self.dome * _crowned(n), *n[2:]) for n in nodes]
        return _outline.spline(nodes)

    def across(self, angle: float, depth: float = 1.0) -> tuple[float, float]:
        """(x in unstretched h, foreshortening) of a place on the face, `angle` degrees from its middle."""
        seen = float(np.interp(self.yaw, _TURNS, _SEEN))
        t = np.radians(seen + angle)
        return float(40 * depth * np.sin(t)) * self.wide, float(np.cos(t))


def _crowned(node: tuple[float, ...]) -> float:
    """How far a node goes up with a bald crown: the middle wholly, the temples not."""
    return min(max((-node[1] - 84) / 14, 0.0), 1.0) * max(1 - (node[0] / 48) ** 2, 0.0)


def skull(body: Measures, params: Figure, yaw: int) -> Skull:
    """The head of a figure, turned to a yaw from 0 to 180."""
    heads, square = 100 / body.head, params.shape == "square"
    shape = params.face.shape or ("square" if square else "round")
    wide = float(np.interp(heads, (2.8, 3.3, 4.4, 7.0), (1.03, 1.0, 0.93, 0.80))) * _BREADTHS[shape] * params.body.head
    edge = min(yaw, 180 - yaw)  # from behind its edge is that from before
    pivot = (float(np.interp(edge, (0, 45, 90), (0, -6, -12))), -8.0)
    tilt = (2.0 if square else -4.0) + body.nod
    return Skull(body.head / 100, wide, shape, yaw, pivot, tilt if yaw <= 135 else -tilt, years=years(params))

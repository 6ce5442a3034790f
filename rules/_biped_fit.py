"""The body lattice: garments are drawn once, on the figure they were designed for, and fitted to any other.

A garment's nodes are given on a reference figure; heights move between the joints' heights, and breadths
grow by the ratio of shoulders, belly and hips at that height.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rules import _bones, _outline
from rules._biped_drape import Drape, drape
from rules._biped_turn import seen_from
from rules._bones import Gait, Measures
from rules._outline import Nodes, Points

Line = list[tuple[float, ...]]

#: Whom the garments were drawn on: the small one the mantle, the broad one the tails, the slim one the rest.
SLIM = _bones.reference(4.4, square=False, shoulder=1.0)
SMALL = _bones.reference(3.3, square=False, shoulder=0.95)
BROAD = _bones.reference(4.4, square=True, shoulder=1.0)
_HEM = 1.7  # u by which a hem swings at each step of its spring


@dataclass(frozen=True)
class Fit:
    """From a reference figure to another. sway: u by which hems lag in a walk; sink: of the trunk."""

    was: Measures
    now: Measures
    sway: float
    sink: float
    lag: int = 0  #: steps of the spring, of what hangs loose
    swing: float = 1.0  #: how far loose ends wave, 1 in a walk
    is_back: bool = False  #: whether shapes are given as seen from behind
    drape: Drape | None = None  #: what pushes skirts out
    flare: float = 0.75  #: how much wider a skirt is at the ankles than at the hips

    def nodes(self, nodes: Nodes) -> Line:
        """Nodes on the reference -> nodes on the figure, corners kept."""
        heights = [self._levels(self.was), self._levels(self.now)]
        breadths = self._breadths()
        out: Line = []
        for node in nodes:
            x, y = node[0], node[1]
            factor = float(np.interp(y, heights[0], breadths))
            low = float(np.clip((y - self.was.waist) / (self.was.ankle - self.was.waist), 0, 1))
            moved = float(np.interp(y, heights[0], heights[1])) + (y - heights[0][0] if y < heights[0][0] else 0.0)
            x = seen_from(self.now, self._stout(x * factor, moved), moved, self.is_back)
            place = (x + self.sway * low**1.3, moved + self.sink * (1 - low))
            if self.drape is not None:
                place = self.drape.put(place, moved, self.flare)
            out.append((*place, *node[2:]))
        return out

    def shape(self, nodes: Nodes) -> Points:
        """A closed outline on the figure."""
        return _outline.spline(self.nodes(nodes))

    def at(self, x: float, y: float) -> tuple[float, float]:
        """One place."""
        found = self.nodes([(x, y)])[0]
        return found[0], found[1]

    def _stout(self, x: float, y: float) -> float:
        """A belly goes out in a round before the trunk, and a broad back behind it."""
        now = self.now
        trunk = now.hip - now.shoulder
        if x > 0:
            round_ = min(now.belly_half / (0.5 * (now.shoulder_half + now.hip_half)) - 1.0, 0.4)
            at, low, deep = now.belly_half, 0.78, 0.75
        else:
            round_ = min(now.shoulder_half / (0.5 * (now.belly_half + now.hip_half)) - 1.15, 0.3)
            at, low, deep = now.shoulder_half, 0.26, 0.4
        away = (y - now.shoulder) / trunk - low
        if round_ <= 0 or abs(away) >= 0.5:
            return x
        bell = (1 - (2 * away) ** 2) ** 2
        return x + deep * round_ * bell * max(-at, min(x, at))

    @staticmethod
    def _levels(body: Measures) -> list[float]:
        return [body.neck, body.shoulder, body.waist, body.hip, body.ankle, 0.0]

    def _breadths(self) -> list[float]:
        shoulder = self.now.shoulder_half / self.was.shoulder_half
        belly = self.now.belly_half / self.was.belly_half
        hip = self.now.hip_half / self.was.hip_half
        return [0.5 + 0.5 * shoulder, shoulder, belly, hip, hip, hip]


def fit(was: Measures, now: Measures, gait: Gait, lag: int = 0, drapes: bool = True) -> Fit:
    """Fit garments drawn on `was` to `now`, at a phase of the walk; lag: steps by which hems swing forward; drapes:
    whether skirts follow the knees."""
    over = drape(now, gait) if drapes else None
    late = _HEM * lag + (0.15 if over else 0.75) * gait.forward  # a lap pushes cloth forward
    if gait.phase < 0:
        return Fit(was, now, late, gait.sink, lag, drape=over)
    wave = 1.5 * np.sin(4 * np.pi * (gait.phase - 0.20)) + 0.9 * np.sin(2 * np.pi * gait.phase + 0.6) - 0.8
    return Fit(was, now, float(wave) * gait.swing + late, gait.sink, lag, gait.swing, drape=over)

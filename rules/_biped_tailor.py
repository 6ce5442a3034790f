"""How garments are sewn: panels, folds, seams and buttons on a cel, fitted to a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rules import _outline
from rules._biped_fit import Fit
from rules._biped_look import METAL, Cloth, dark, pale, second
from rules._cel import CLOTH, Cel, Finish, Joined, Mask
from rules._colour import RGB
from rules._outline import Nodes
from rules._weave import Run, patterned

HEAVY = CLOTH.but(turn=3.2, soft=1.7, cast=1.8, bounce=0.7)
PANEL = CLOTH.but(turn=1.5, soft=0.8, cast=1.3, key=0.28)


@dataclass(frozen=True)
class Tailor:
    """A cel and the fit of the figure on it; shapes are given on the reference figure, in u.

    fine: whether stitches and weave are to be seen.
    """

    cel: Cel
    fit: Fit
    fine: bool

    def cut(self, flare: float) -> Tailor:
        """For a skirt that is so much wider at the ankles."""
        return replace(self, fit=replace(self.fit, flare=flare))

    def panel(self, nodes: Nodes, dye: RGB, finish: Finish = PANEL) -> Mask:
        """A piece of cloth."""
        return self.cel.part(self.fit.shape(nodes), dye, finish)

    def cloth(
        self, nodes: Nodes, cloth: Cloth, finish: Finish = PANEL, flare: tuple[float, float] | None = None
    ) -> Mask:
        """A piece of patterned cloth; flare: y from which its pattern spreads, and by what share a u."""
        landed = self.panel(nodes, cloth.dye, finish)
        run = (
            self._round() if flare is None or cloth.pattern == "dots" else Run(0.0, self.fit.at(0, flare[0]), flare[1])
        )
        patterned(self.cel, landed, cloth.pattern, (cloth.dye, second(cloth.dye, cloth.pattern)), run)
        return landed

    def _round(self) -> Run:
        """How a pattern goes round the trunk, from the middle of its front."""
        now = self.fit.now
        turned = float(np.interp(now.turn, (-1, 0, 1, 2, 3), (0.0, 0.2, 0.5, 0.0, 0.0)))
        at = (turned * now.belly_half, now.waist + self.fit.sink)
        return Run(0.0, at, 0.0, 1.1 * max(now.belly_half, now.shoulder_half))

    def wedges(self, shapes: Sequence[Nodes], dye: RGB, clip: Mask, weight: float = 0.9) -> None:
        """Folds, or the lit strips beside them: flat shapes within a panel."""
        self.cel.ink(Joined(tuple(self.fit.shape(nodes) for nodes in shapes)), dye, weight, clip)

    def seam(self, line: Nodes, width: float, dye: RGB, clip: Mask | None = None) -> None:
        """A line of even width."""
        nodes = self.fit.nodes(line)
        self.cel.stroke(nodes, [width] * len(nodes), dye, clip, 0.95)

    def creases(self, lines: Sequence[Nodes], width: float, dye: RGB, clip: Mask | None = None) -> None:
        """Short strokes of the brush, thin at both ends."""
        strokes = [self.cel.brush(self.fit.nodes(line), width) for line in lines]
        self.cel.ink(Joined(tuple(strokes)), dye, 0.9, clip)

    def buttons(self, places: Sequence[tuple[float, float]], dye: RGB, size: float) -> None:
        """Round buttons with a light on each."""
        for place in places:
            x, y = self.fit.at(*place)
            finish = METAL.but(turn=0.35, cast=0.5, line=0.11)
            self.cel.part(_outline.ellipse(x, y, size, size * 1.05, samples=20), dye, finish)
            light = _outline.ellipse(x - size * 0.3, y - size * 0.35, size * 0.3, size * 0.24, samples=12)
            self.cel.ink(light, pale(dye, 0.16), 0.9)

    def buckle(self, place: tuple[float, float], half: float, metal: RGB) -> None:
        """A square buckle with its prong."""
        x, y = self.fit.at(*place)
        rings = []
        for h in (half, half * 0.52):
            corners = [(x - h, y - h * 1.12, 1), (x + h, y - h * 1.2, 1), (x + h * 1.04, y + h * 1.08, 1)]
            rings.append(_outline.spline([*corners, (x - h * 0.96, y + h * 1.16, 1)]))
        self.cel.part(rings, metal, METAL.but(line=0.12))
        prong = [(x - half * 0.6, y), (x + half * 0.8, y - 0.1)]
        self.cel.stroke(prong, [0.26, 0.2], dark(pale(metal, 0.10), 0.02))

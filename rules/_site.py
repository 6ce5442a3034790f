"""The place where a house is painted: its light, and the sweeps in which all its openings are laid down.

Windows, doors and shops are collected first and painted in four sweeps (shadows on the wall, panes and
stones, light in the panes, woodwork): faster than one by one, and it lets one glow cross a whole house.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from numpy.typing import ArrayLike

from rules import _colour
from rules._board import Batch, Board, clipped, without
from rules._colour import RGB
from rules._daylight import Daylight, under
from rules._outline import Points

CAST = (0.50, 0.43, 0.62)  #: what a cast shadow lets through: cool, never grey


@dataclass(frozen=True)
class Site:
    """Where painting goes on: the board, its light, and the lit panes found so far with the strength of their glow."""

    board: Board
    light: Daylight
    panes: list[tuple[Points, float]] = field(default_factory=list)

    def tone(self, colour: ArrayLike | str, lit: float = 0.0) -> RGB:
        """A thing's own colour in this light."""
        return under(self.light, colour, lit)

    def dark(self, colour: ArrayLike, by: float) -> RGB:
        """A shadow of a colour already in this light."""
        return _colour.shade(colour, by, self.light.shade_hue)

    @property
    def lamplight(self) -> tuple[RGB, RGB]:
        """The colours of a lit pane: its edge, its heart."""
        return _colour.rgb_of(self.light.window_deep), _colour.rgb_of(self.light.window)

    @property
    def behind_panes(self) -> RGB:
        """A thing seen dark against a lit room."""
        return _colour.shade(_colour.mix(self.lamplight[0], _colour.rgb_of(self.light.near), 0.45), 0.14, 330, 30)

    @property
    def mirrored_sky(self) -> RGB:
        """What an unlit pane mirrors."""
        return _colour.rgb_of(self.light.sky[2][1])


@dataclass(frozen=True)
class Work:
    """The sweeps of one house. casts: shapes that throw a shadow on the wall; back, front: flat shapes before and
    after the light; shades: openings whose reveal shades the glass; cores: (pane, bright spot in it)."""

    casts: list[Points] = field(default_factory=list)
    back: Batch = field(default_factory=Batch)
    shades: list[Points] = field(default_factory=list)
    cores: list[tuple[Points, Points]] = field(default_factory=list)
    front: Batch = field(default_factory=Batch)


def paint(site: Site, work: Work) -> None:
    """The four sweeps."""
    board = site.board
    if work.casts:
        board.tint(board.mask(work.casts, 0.022, (0.055, -0.065)), CAST, 0.62)
    board.fill(work.back)
    bright = site.lamplight[1]
    if work.cores:
        inside = board.mask([p for p, _ in work.cores])
        board.glaze(clipped(board.mask([c for _, c in work.cores], 0.11), inside), bright, 0.95)
        hot = board.mask([c * 0.5 + c.mean(0) * 0.5 for _, c in work.cores], 0.07)
        board.glaze(clipped(hot, inside), _colour.mix(bright, [1, 0.97, 0.86], 0.6), 0.7)
    if work.shades:
        # the reveal: its upper and left sides throw a shadow on the glass
        board.tint(without(board.mask(work.shades), board.mask(work.shades, 0.012, (0.045, -0.05))), CAST, 0.55)
    board.fill(work.front)

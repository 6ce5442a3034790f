"""A row of houses, planned: who stands where, how wide, how high, of what, without end to both sides.

Nothing is painted here. The plan of a house depends only on its side, its place in the row and the seed.
"""

from __future__ import annotations

from dataclasses import dataclass

from rules import _colour, _noise
from rules._colour import RGB

#: (width, eaves, rise of the roof, wall, roof) by rank; three sizes, no two neighbours alike
_LEFT = (
    (2.25, 3.05, 1.75, "timber", "gable"),
    (2.95, 3.95, 1.35, "plaster", "saddle"),
    (1.75, 4.55, 1.30, "brick", "stepped"),
    (3.10, 3.30, 1.55, "plaster", "saddle"),
    (2.20, 4.20, 1.70, "timber", "gable"),
    (2.60, 3.75, 1.30, "brick", "saddle"),
)
_RIGHT = (
    (2.70, 3.40, 1.50, "plaster", "saddle"),
    (1.90, 4.35, 1.35, "brick", "stepped"),
    (3.05, 3.90, 1.45, "plaster", "saddle"),
    (2.20, 3.15, 1.70, "timber", "gable"),
    (2.80, 4.25, 1.30, "plaster", "saddle"),
    (1.80, 3.70, 1.50, "brick", "gable"),
)

# palettes of the left and of the right side, inner houses first: neighbours never wear the same coat
_WALLS = {
    "plaster": (("#c9a27c", "#b07f86", "#8f99a0", "#c4b08c"), ("#8e98a4", "#c08d70", "#a98a96", "#bfa98a")),
    "timber": (("#dccaa8", "#cfb19c"), ("#d2b79a", "#c9bba9")),
    "brick": (("#9d5d4d", "#8c5763"), ("#a0604c", "#93545a")),
}
_ROOFS = (("#5d587a", "#8d4c45", "#6d465c", "#7d5546"), ("#96524a", "#575270", "#84503f", "#6d465c"))
_WOODS = (("#3f666b", "#84404a", "#616c48", "#4c5a8a"), ("#b07a3c", "#44624f", "#7d3c43", "#54598a"))
_TRIMS = (("#d9c4a6", "#c8b6ae", "#b9a594"), ("#d3bfa2", "#c2ada0", "#d6c6b0"))


@dataclass(frozen=True)
class House:
    """One house. left, right: its front in metres; eaves: height of the wall; rise: of the roof above it.

    inner: +1 when the middle of the stage lies to its right, -1 to its left. first: whether it stands at
    the opening. wall, tiles, wood, trim: its own colours in daylight. kind: plaster, timber or brick.
    roof: saddle, gable or stepped.
    """

    left: float
    right: float
    eaves: float
    rise: float
    inner: int
    first: bool
    kind: str
    roof: str
    wall: RGB
    tiles: RGB
    wood: RGB
    trim: RGB
    seed: int

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def corner(self) -> float:
        """Where the wall that runs back begins: the side towards the middle of the stage."""
        return self.right if self.inner > 0 else self.left

    @property
    def receding(self) -> tuple[float, float]:
        """The far end of that wall as seen from the camera's home: its x, and the factor on heights above the eye."""
        back = 0.84 if self.first else 0.9
        return self.corner + self.inner * min(max(abs(self.corner) * (1 - back), 0.16), 0.42), back


def row(span: tuple[float, float], opening: tuple[float, float], seed: int, far: bool) -> list[House]:
    """The houses that meet `span` (metres), the outermost first, so that inner ones stand before them.

    opening: left and right end of the gap in the middle. The first two of each side were chosen by eye;
    behind them the seed takes over. In a far row nothing stands out at the opening.
    """
    found: list[House] = []
    for inner, kinds in ((1, _LEFT), (-1, _RIGHT)):
        edge = opening[0] if inner > 0 else opening[1]
        turn = int(_noise.chance(seed, 3, inner + 1) * len(kinds))
        rank, side = 0, []
        while (edge > span[0] - 1) if inner > 0 else (edge < span[1] + 1):
            kind = rank + (3 if far else 0) if rank < 2 else rank + turn
            width = kinds[kind % len(kinds)][0] * (0.96 + 0.08 * _noise.chance(seed, 4, rank, inner + 1))
            left, right = (edge - width, edge) if inner > 0 else (edge, edge + width)
            if right > span[0] - 1 and left < span[1] + 1:
                side.append(_house((left, right), inner, (rank, kind, int(far)), seed))
            edge -= inner * width
            rank += 1
        found += reversed(side)
    return found


def _house(front: tuple[float, float], inner: int, rank: tuple[int, int, int], seed: int) -> House:
    kinds = _LEFT if inner > 0 else _RIGHT
    _, eaves, rise, kind, roof = kinds[rank[1] % len(kinds)]
    own = int(_noise.chance(seed, 5, rank[0], inner + 1) * 2**24)

    side = 0 if inner > 0 else 1
    step = rank[0] + rank[2] * 2

    def pick(colours: tuple[tuple[str, ...], ...]) -> RGB:
        return _colour.rgb_of(colours[side][step % len(colours[side])])

    return House(
        left=front[0], right=front[1],
        eaves=eaves * (0.97 + 0.06 * _noise.chance(own, 1)), rise=rise * (0.95 + 0.1 * _noise.chance(own, 2)),
        inner=inner, first=rank[0] == 0 and not rank[2], kind=kind, roof=roof,
        wall=pick(_WALLS[kind]), tiles=pick(_ROOFS), wood=pick(_WOODS), trim=pick(_TRIMS), seed=own,
    )  # fmt: skip

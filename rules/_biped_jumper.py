"""The jumper, a thick pullover with ribbed hem, drawn by hand on the slim reference figure."""

from __future__ import annotations

from rules._biped_look import PIECE, Look, dark, pale
from rules._biped_tailor import HEAVY, Tailor
from rules._outline import Nodes

_JUMPER: Nodes = [
    (-3.4, -74.8), (-7.4, -73.6), (-9.9, -70.6), (-10.4, -64), (-10.0, -54), (-10.5, -47), (-10.0, -42.2, 1),
    (0, -40.6), (9.8, -42.4, 1), (10.2, -48), (9.6, -56), (9.6, -65), (8.6, -70.4), (5.8, -73.6), (1, -75.2),
]  # fmt: skip
_RIB: Nodes = [
    (-9.9, -43.4, 1), (0, -41.8), (9.8, -43.6, 1), (9.3, -39.4, 1), (0, -37.8), (-9.4, -39.0, 1),
]  # fmt: skip
_SLACK: tuple[Nodes, ...] = (
    [(-9.6, -48), (-6, -45.6), (-1.6, -45.4)],
    [(9.4, -49), (6.6, -46.4), (3.4, -46)],
    [(-8.8, -66), (-6, -62), (-5.2, -57)],
    [(8.8, -66), (7, -62), (6.6, -57)],
)


def jumper(tailor: Tailor, look: Look) -> None:
    """Over the trousers."""
    cloth = look.top
    wool = tailor.cloth(_JUMPER, cloth, HEAVY.but(turn=2.8, soft=1.7, cast=1.1))
    tailor.creases(_SLACK, 0.46, dark(cloth.dye, 0.11), wool)
    tailor.creases(([(-8.6, -69), (-8.8, -62), (-8.6, -54)],), 0.4, pale(cloth.dye, 0.06), wool)
    rib = tailor.panel(_RIB, dark(cloth.dye, 0.03), PIECE.but(turn=0.9, cast=0.9))
    ribs: list[Nodes] = [[(x, -43.4), (x * 0.98 + 0.1, -38)] for x in (-8, -6, -4, -2, 0, 2, 4, 6, 8)]
    tailor.creases(ribs, 0.9, dark(cloth.dye, 0.13), rib)


def jumper_back(tailor: Tailor, back: Tailor, look: Look) -> None:
    """From behind: as before, with the slack over the ribs on both sides."""
    cloth = look.top
    wool = tailor.cloth(_JUMPER, cloth, HEAVY.but(turn=2.8, soft=1.7, cast=1.1))
    slack: list[Nodes] = [[(s * 8.6, -49), (s * 5.4, -46.2), (s * 1.6, -45.6)] for s in (-1, 1)]
    blades: list[Nodes] = [[(s * 7.6, -68), (s * 5.0, -64), (s * 4.2, -58)] for s in (-1, 1)]
    back.creases([*slack, *blades], 0.42, dark(cloth.dye, 0.11), wool)
    rib = tailor.panel(_RIB, dark(cloth.dye, 0.03), PIECE.but(turn=0.9, cast=0.9))
    ribs: list[Nodes] = [[(x, -43.4), (x * 0.98 + 0.1, -38)] for x in (-8, -6, -4, -2, 0, 2, 4, 6, 8)]
    back.creases(ribs, 0.9, dark(cloth.dye, 0.13), rib)

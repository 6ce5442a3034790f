"""The overcoat and the tunic of a uniform, drawn by hand on the slim reference figure."""

from __future__ import annotations

from rules._biped_look import BRASS, PIECE, Cloth, Look, dark, pale
from rules._biped_tailor import HEAVY, Tailor
from rules._cel import FLAT
from rules._outline import Nodes

_LONG: Nodes = [
    (-3.4, -75), (-8, -73.6), (-10.6, -70.4), (-11.0, -62), (-10.2, -54), (-11.2, -44), (-13.0, -30),
    (-14.2, -15.4, 1), (-8, -12.8), (-1, -13.8), (4.6, -12.4, 1), (11.8, -15, 1), (11.2, -30), (10.4, -44),
    (9.6, -54), (10.2, -63), (9.4, -70), (6, -73.6), (1, -75.4),
]  # fmt: skip
_LONG_INSIDE: Nodes = [(-13.4, -16.4, 1), (-6, -18.4), (6, -18), (11.4, -15.8, 1), (5, -13.8), (-6, -13.6)]
_LONG_FOLDS: tuple[Nodes, ...] = (
    [(-5.0, -48, 1), (-6.2, -34), (-8.4, -13.2, 1), (-5.0, -13.2, 1), (-4.8, -34)],
    [(-9.2, -46, 1), (-11, -32), (-12.8, -15.4, 1), (-10.8, -14, 1), (-9.6, -32)],
    [(8.4, -48, 1), (8.8, -34), (9.4, -14.2, 1), (11.2, -14.8, 1), (10.0, -34)],
)
_LONG_LIGHTS: tuple[Nodes, ...] = (
    [(-6.4, -44, 1), (-7.6, -32), (-9.8, -14, 1), (-8.6, -13.4, 1), (-6.6, -32)],
    [(-10.0, -58, 1), (-10.4, -50), (-11.6, -40, 1), (-10.8, -40, 1), (-9.6, -50)],
)
_FLAPS: tuple[Nodes, ...] = (
    [(-9.4, -45.6, 1), (-3.6, -44.4, 1), (-3.6, -42.2), (-6.4, -41.2), (-9.8, -43.0)],
    [(5.8, -44.2, 1), (9.6, -45.2, 1), (9.8, -43.0), (8.2, -41.8), (5.8, -42.4)],
)
_LAPELS: tuple[Nodes, ...] = (
    [(-4.0, -74.8, 1), (-7.4, -71.6, 1), (-6.0, -67.6), (-0.8, -60.4), (1.6, -62.0, 1), (-0.6, -68), (-1.4, -73)],
    [(6.4, -74.2, 1), (8.4, -71.2, 1), (7.4, -67.4), (4.2, -61.2), (1.8, -62.2, 1), (4.2, -68.4)],
)
_FLARE = 0.40  # of its skirts
_TUNIC: Nodes = [
    (-3.4, -75), (-7.8, -73.6), (-10.2, -70.4), (-10.2, -63), (-8.9, -55.5), (-9.9, -46), (-11.2, -37.4, 1),
    (-4, -35.2), (3.6, -35.6, 1), (10.6, -37.8, 1), (9.6, -46), (8.7, -55.5), (9.7, -64), (8.9, -70), (5.8, -73.6),
    (1, -75.4),
]  # fmt: skip
_TUNIC_FOLDS: tuple[Nodes, ...] = (
    [(-6.4, -50, 1), (-7.4, -44), (-9.6, -36.6, 1), (-7.2, -36, 1), (-6.2, -44)],
    [(6.8, -50, 1), (7.6, -44), (8.0, -36.6, 1), (9.6, -37.2, 1), (8.6, -44)],
)
_BELT: Nodes = [
    (-9.5, -54.4, 1), (-4, -52.6), (4, -52.6), (9.0, -54.6, 1), (9.2, -51.4, 1), (4, -49.2), (-4, -49.2),
    (-9.7, -50.8, 1),
]  # fmt: skip
_EPAULETTE: Nodes = [(-8.9, -71.6, 1), (-4.4, -74.2, 1), (-3.9, -72.4), (-8.4, -69.4)]
_BREAST: tuple[Nodes, ...] = (
    [(-6.4, -64.8, 1), (-2.0, -64.2, 1), (-2.2, -62.0), (-4.2, -61.2), (-6.4, -62.4)],
    [(5.6, -64.4, 1), (8.4, -65.2, 1), (8.4, -62.6), (7.0, -61.6), (5.6, -62.2)],
)
_BAG_STRAP: Nodes = [(-5.6, -74.2, 1), (-3.4, -74.8, 1), (2.4, -64), (8.8, -52.4, 1), (8.2, -49.6, 1), (0.6, -62.4)]
_LONG_BACK_FOLDS: tuple[Nodes, ...] = (
    [(-4.8, -48, 1), (-6.0, -34), (-7.6, -13.4, 1), (-4.4, -13.2, 1), (-4.2, -34)],
    [(4.8, -48, 1), (6.0, -34), (7.6, -13.4, 1), (4.6, -13.2, 1), (4.2, -34)],
    [(-8.8, -46, 1), (-10.4, -32), (-12.2, -15.4, 1), (-10.2, -14.2, 1), (-9.2, -32)],
)  # fmt: skip
_HALF_BELT: Nodes = [(-5.6, -55.2, 1), (0, -54.2), (5.6, -55.2, 1), (5.8, -52.4, 1), (0, -51.2), (-5.8, -52.4, 1)]


def overcoat_behind(tailor: Tailor, look: Look) -> None:
    """The inside of the skirts, beyond the legs."""
    tailor = tailor.cut(_FLARE)
    tailor.panel(_LONG_INSIDE, dark(look.lining, 0.16), FLAT.but(line=0.1))


def overcoat(tailor: Tailor, look: Look) -> None:
    """A long double-breasted coat."""
    tailor = tailor.cut(_FLARE)
    cloth = Cloth("overcoat", look.coat_dye, look.patterns["coat"])
    dye = cloth.dye
    low = dark(dye, 0.11)
    coat = tailor.cloth(_LONG, cloth, HEAVY.but(turn=3.2, soft=1.8))
    tailor.wedges(_LONG_FOLDS, low, coat, 0.9)
    tailor.wedges(_LONG_LIGHTS, pale(dye, 0.055), coat, 0.75)
    tailor.seam([(5.4, -62), (6.2, -52), (6.0, -36), (5.2, -13)], 0.2, dark(dye, 0.19), coat)
    tailor.seam([(-13.6, -17.2), (-8, -14.8), (-1, -15.6), (4.4, -14.4)], 0.14, low, coat)
    for lapel in _LAPELS:
        landed = tailor.panel(lapel, pale(dye, 0.035), PIECE.but(turn=0.8, cast=1.1, key=0.28))
        tailor.creases(([lapel[1][:2], lapel[2][:2], lapel[3][:2]],), 0.13, low, landed)
    for flap in _FLAPS:
        tailor.panel(flap, pale(dye, 0.02), PIECE.but(cast=0.9, key=0.2))
    horn = dark(look.lining, 0.12)
    tailor.buttons(((-2.4, -57.6), (4.4, -57.8), (-2.6, -51.4), (4.6, -51.6), (-2.6, -45.2), (4.5, -45.4)), horn, 0.78)


def tunic(tailor: Tailor, look: Look) -> None:
    """The belted tunic of a uniform, with brass buttons and braid."""
    cloth = Cloth("tunic", look.coat_dye, look.patterns["coat"])
    dye = cloth.dye
    low = dark(dye, 0.11)
    coat = tailor.cloth(_TUNIC, cloth, HEAVY.but(turn=2.8, soft=1.6))
    tailor.wedges(_TUNIC_FOLDS, low, coat, 0.9)
    tailor.creases(([(-8.8, -68), (-9.0, -62), (-8.2, -57)],), 0.4, pale(dye, 0.06), coat)
    tailor.seam([(2.4, -74), (3.2, -64), (3.4, -50), (3.0, -36)], 0.2, dark(dye, 0.19), coat)
    tailor.seam([(-10.8, -39.0), (-4, -37.0), (3.4, -37.2), (10.2, -39.4)], 0.30, look.trim, coat)
    for flap in _BREAST:
        tailor.panel(flap, pale(dye, 0.025), PIECE.but(cast=0.7, key=0.18))
    tailor.buttons(((-4.2, -62.6), (7.0, -62.8)), BRASS, 0.4)
    tailor.buttons(((4.2, -70), (4.6, -65), (4.8, -60), (4.7, -46.4), (4.4, -41.4)), BRASS, 0.72)
    tailor.panel(_BELT, look.shoes_dye, PIECE.but(turn=0.7, cast=0.9, key=0.28))
    tailor.buckle((4.4, -51.0), 1.6, BRASS)
    tailor.panel(_EPAULETTE, look.trim, PIECE.but(turn=0.4, cast=0.6, key=0.2))
    tailor.buttons(((-5.0, -73.0),), BRASS, 0.42)


def overcoat_back(tailor: Tailor, back: Tailor, look: Look) -> None:
    """A long coat from behind: a seam that opens in a vent, and a half-belt on two buttons."""
    cloth = Cloth("overcoat", look.coat_dye, look.patterns["coat"])
    dye = cloth.dye
    low = dark(dye, 0.11)
    coat = tailor.cloth(_LONG, cloth, HEAVY.but(turn=3.2, soft=1.8))
    back.wedges(_LONG_BACK_FOLDS, low, coat, 0.8)
    back.seam([(-8.4, -69.0), (0, -67.0), (8.4, -69.0)], 0.14, low, coat)
    back.seam([(0, -67), (0.1, -54), (0.2, -36)], 0.18, dark(dye, 0.15), coat)
    back.seam([(0.2, -36), (0.9, -24), (1.8, -12.8)], 0.34, dark(dye, 0.21), coat)
    back.creases(([(-6.4, -64), (-4.8, -59), (-4.4, -55)], [(6.4, -64), (4.8, -59), (4.4, -55)]), 0.36, low, coat)
    back.panel(_HALF_BELT, pale(dye, 0.025), PIECE.but(turn=0.6, cast=0.9, key=0.22))
    back.buttons(((-4.4, -53.6), (4.4, -53.6)), dark(look.lining, 0.12), 0.72)


def tunic_back(tailor: Tailor, back: Tailor, look: Look) -> None:
    """The tunic from behind: its belt goes round, its skirt opens under two buttons."""
    cloth = Cloth("tunic", look.coat_dye, look.patterns["coat"])
    dye = cloth.dye
    low = dark(dye, 0.11)
    coat = tailor.cloth(_TUNIC, cloth, HEAVY.but(turn=2.8, soft=1.6))
    back.seam([(0, -74), (0.1, -60), (0, -37)], 0.18, dark(dye, 0.16), coat)
    for side in (-1, 1):
        back.seam([(side * 7.6, -68), (side * 5.0, -62), (side * 4.0, -53)], 0.13, low, coat)
        back.seam([(side * 3.4, -49), (side * 4.4, -43), (side * 5.4, -36)], 0.26, dark(dye, 0.17), coat)
    tailor.seam([(-10.8, -39.0), (-4, -37.0), (3.4, -37.2), (10.2, -39.4)], 0.30, look.trim, coat)
    tailor.panel(_BELT, look.shoes_dye, PIECE.but(turn=0.7, cast=0.9, key=0.28))
    back.buttons(((-3.4, -47.6), (3.4, -47.6)), BRASS, 0.62)

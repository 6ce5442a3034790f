"""The tail coat over its vest, drawn by hand on the broad reference figure."""

from __future__ import annotations

from rules._biped_look import BRASS, PIECE, SHIRT, Look, dark, pale
from rules._biped_tailor import HEAVY, PANEL, Tailor
from rules._cel import CLOTH
from rules._outline import Nodes

_TAIL_NEAR: Nodes = [
    (-12.6, -47, 1), (-15.4, -38), (-17.6, -28), (-17.0, -15.6, 1), (-11.4, -17.6), (-6.8, -21, 1), (-5.0, -32),
    (-3, -46, 1),
]  # fmt: skip
_TAIL_FOLD: Nodes = [(-9.4, -46, 1), (-10.6, -34), (-13.2, -16.6, 1), (-10.8, -17.4, 1), (-9.2, -33)]
_TAIL_FAR: Nodes = [
    (-4.6, -46, 1), (-5.2, -34), (-4.6, -21, 1), (-0.4, -18.4), (3.4, -20.6, 1), (4.6, -33), (5.4, -46, 1),
]  # fmt: skip
_FRONT_NEAR: Nodes = [
    (-3.4, -74.4), (-9.4, -73.2), (-13.8, -71.2), (-15.6, -66), (-14.6, -57), (-13.2, -49), (-13.0, -43.4, 1),
    (-8.0, -41.8, 1), (-6.2, -49), (-3.2, -56.6), (1.4, -62.4, 1), (0.2, -68), (-1.2, -73),
]  # fmt: skip
_FRONT_FAR: Nodes = [
    (7.2, -74.2), (11.0, -72.8), (13.6, -69.0), (15.2, -60), (15.8, -51.5), (14.6, -43.8, 1), (11.8, -44.6, 1),
    (12.4, -53), (9.6, -60), (6.2, -64.2, 1), (6.4, -69.4),
]  # fmt: skip
_FRONT_FOLD: Nodes = [(-8.8, -62, 1), (-9.8, -54), (-12.4, -43, 1), (-10.2, -42.4, 1), (-8.6, -52)]
_LAPEL_NEAR: Nodes = [
    (-5.6, -70.4, 1), (-9.8, -69.4, 1), (-7.6, -65), (-3.0, -59.4), (1.3, -61.8, 1), (-1.4, -66.6), (-3.0, -71.4, 1),
]  # fmt: skip
_LAPEL_FAR: Nodes = [(8.4, -71, 1), (10.8, -69.4, 1), (9.8, -66), (6.6, -63.2), (5.9, -64.6, 1), (7.0, -68.4)]
_COLLAR_NEAR: Nodes = [(-0.8, -76.4, 1), (-4.4, -75.2), (-7.4, -71.6, 1), (-3.4, -70.6, 1), (-0.8, -73)]
_COLLAR_FAR: Nodes = [(6.4, -76, 1), (9.0, -74.6), (10.6, -71.2, 1), (7.8, -70.4, 1), (6.2, -72.6)]
_KERCHIEF: Nodes = [(-11.8, -65.2, 1), (-11.2, -67.6, 1), (-10.2, -66.4, 1), (-9.2, -68.0, 1), (-8.4, -65.4, 1)]
_WELT: Nodes = [(-12.2, -65.4, 1), (-8.0, -65.6, 1), (-7.9, -64.4, 1), (-12.1, -64.2, 1)]
_BELLY: Nodes = [
    (-7, -73), (2, -74.4), (9.6, -73), (12.4, -65), (14.4, -55.0), (13.4, -47.0), (9.2, -43.0), (6.2, -40.2, 1),
    (3.2, -42.6, 1), (0.2, -40.4, 1), (-6, -43.4), (-9.4, -52),
]  # fmt: skip
_BIB: Nodes = [(-2.0, -75, 1), (7.0, -74.6, 1), (6.4, -68), (3.6, -61.4, 1), (0.4, -67)]
_NECKLINE: tuple[Nodes, ...] = (
    [(-1.6, -74, 1), (-3.4, -70), (0.2, -64), (3.0, -60.2, 1), (3.6, -61.8, 1), (0.8, -67)],
    [(7.0, -74, 1), (8.4, -70), (6.6, -64.6), (3.4, -59.8, 1), (3.5, -61.8, 1), (5.8, -67)],
)
_STRAIN: tuple[Nodes, ...] = (  # creases between the buttons and the sides
    [(12, -58), (9.4, -56.4), (7.4, -56.6)],
    [(12.4, -50), (9.6, -48.6), (7.2, -49.2)],
    [(-6, -49), (-2, -47.2), (2.6, -47.6)],
    [(-6.4, -55), (-2, -53.6), (2.4, -54)],
)
_POCKET: Nodes = [(6.8, -50.4, 1), (11.0, -52.2, 1), (11.2, -50.8, 1), (7.0, -49.0, 1)]
_CHAIN: Nodes = [(5.7, -53.8), (7.2, -50.4), (9.0, -49.4), (10.2, -51.2)]
_TAIL_BACK: Nodes = [
    (-11.9, -49, 1), (-13.6, -38), (-14.4, -28), (-12.6, -14.8, 1), (-7, -15.2), (-1.6, -17.4, 1), (-0.2, -32),
    (0.3, -49, 1),
]  # fmt: skip
_COAT_BACK: Nodes = [
    (-4, -75.4), (-9.4, -73.4), (-13.8, -71.0), (-15.0, -64), (-13.4, -55), (-12.0, -47.6, 1), (0, -46.0),
    (12.0, -47.6, 1), (13.4, -55), (15.0, -64), (13.8, -71.0), (9.4, -73.4), (4, -75.4), (0, -76),
]  # fmt: skip


def tails_behind(tailor: Tailor, look: Look) -> None:
    """The swallow tails, behind the legs."""
    finish = CLOTH.but(turn=1.8, soft=1.0, cast=0.9)
    tailor.panel(_TAIL_FAR, dark(look.coat_dye, 0.09), finish)
    dye = dark(look.coat_dye, 0.045)
    if tailor.fit.now.turn < -0.4:  # from the front both are seen, one on each side
        tailor.panel([(-n[0], *n[1:]) for n in _TAIL_NEAR], dark(look.coat_dye, 0.065), finish)
    near = tailor.panel(_TAIL_NEAR, dye, finish)
    tailor.wedges((_TAIL_FOLD,), dark(dye, 0.10), near)
    tailor.creases(([(-15.6, -36), (-16.6, -26), (-16.2, -17)],), 0.3, pale(dye, 0.10), near)


def vest(tailor: Tailor, look: Look) -> None:
    """Shirt front and buttoned vest over the belly."""
    dye = look.vest_dye if look.vest else SHIRT
    belly = tailor.panel(_BELLY, dye, HEAVY.but(turn=3.0, soft=1.8, cast=1.2))
    if not look.vest:
        tailor.buttons(((5.4, -63), (6.6, -57), (7.2, -51)), dark(SHIRT, 0.16), 0.5)
        return
    bib = tailor.cel.part(tailor.fit.shape(_BIB), SHIRT, PIECE.but(turn=0.8, cast=0), belly)
    tailor.seam([(3.6, -73), (4.0, -68), (3.7, -62)], 0.14, dark(SHIRT, 0.14), bib)
    for side in _NECKLINE:
        tailor.panel(side, dark(dye, 0.02), PIECE.but(cast=0.7, turn=0.5))
    tailor.seam([(3.4, -60), (5.2, -55), (5.4, -49), (3.6, -43)], 0.2, dark(dye, 0.18), belly)
    tailor.creases(_STRAIN, 0.34, dark(dye, 0.115), belly)
    tailor.panel(_POCKET, dark(dye, 0.03), PIECE.but(cast=0.5, turn=0.3))
    if tailor.fine:
        stripes: list[Nodes] = [[(-7 + 3.0 * i, -72), (-8 + 3.2 * i, -56), (-7 + 2.7 * i, -42)] for i in range(7)]
        tailor.creases(stripes, 0.08, dark(dye, 0.06), belly)
    tailor.buttons(((4.6, -58.4), (5.6, -54), (5.8, -49.6), (5.0, -45.4)), BRASS, 0.7)
    chain = tailor.fit.nodes(_CHAIN)
    tailor.cel.stroke(chain, [0.22, 0.26, 0.26, 0.2], dark(BRASS, 0.16, 60))
    tailor.cel.stroke([(p[0] - 0.08, p[1] - 0.14) for p in chain], [0.12, 0.16, 0.16, 0.1], pale(BRASS, 0.12))


def tails(tailor: Tailor, look: Look) -> None:
    """The cutaway fronts with their lapels."""
    dye = look.coat_dye
    low, high = dark(dye, 0.11), pale(dye, 0.045)
    far = tailor.panel(_FRONT_FAR, dark(dye, 0.02), PANEL.but(turn=1.4))
    tailor.creases(([(13.0, -66), (12.4, -58), (12.6, -50)],), 0.4, low, far)
    near = tailor.panel(_FRONT_NEAR, dye, PANEL.but(turn=2.4, soft=1.2))
    tailor.wedges((_FRONT_FOLD,), low, near, 0.85)
    tailor.seam([(-12.9, -46.2), (-10.4, -45.2), (-7.4, -45.4)], 0.18, low, near)
    lapel = tailor.panel(_LAPEL_NEAR, high, PIECE.but(turn=0.9, cast=1.1, key=0.3))
    tailor.creases(([(-7.6, -68.4), (-5.4, -64.6), (-1.6, -60.8)],), 0.13, low, lapel)
    tailor.panel(_LAPEL_FAR, high, PIECE.but(turn=0.6, cast=0.9))
    tailor.panel(_COLLAR_NEAR, pale(dye, 0.06), PIECE.but(turn=0.6, cast=0.9, key=0.25))
    tailor.panel(_COLLAR_FAR, high, PIECE.but(turn=0.5, cast=0.6))
    tailor.panel(_KERCHIEF, SHIRT, PIECE.but(turn=0.3, cast=0.3))
    tailor.panel(_WELT, high, PIECE.but(turn=0.3, cast=0.5))
    tailor.buttons(((-4.0, -56.8), (-6.2, -51.6)), BRASS, 0.78)


def tails_back(back: Tailor, look: Look) -> None:
    """A tail coat from behind: two tails that part below the waist, under two buttons."""
    dye = look.coat_dye
    low = dark(dye, 0.11)
    for side in (1, -1):
        tail = [(side * n[0], *n[1:]) for n in _TAIL_BACK]
        landed = back.panel(tail, dye if side < 0 else dark(dye, 0.02), PANEL.but(turn=2.0, soft=1.1))
        fold: Nodes = [(side * -5.4, -46, 1), (side * -6.4, -32), (side * -9, -15.4, 1), (side * -6, -15.6, 1),
                       (side * -4.8, -32)]  # fmt: skip
        back.wedges((fold,), low, landed, 0.85)
        back.creases(([(side * -11.6, -42), (side * -13, -30), (side * -12, -17)],), 0.3, pale(dye, 0.08), landed)
    coat = back.panel(_COAT_BACK, dye, HEAVY.but(turn=3.0, soft=1.7, cast=0.9))
    back.seam([(0, -75), (0.1, -60), (0.2, -47)], 0.18, dark(dye, 0.17), coat)
    for side in (-1, 1):
        back.seam([(side * 11.4, -69), (side * 6.0, -61), (side * 3.8, -48)], 0.14, low, coat)
        back.creases(([(side * 11, -58), (side * 8, -52.4), (side * 5, -50)],), 0.36, low, coat)
    back.buttons(((-3.8, -47.8), (3.8, -47.8)), BRASS, 0.78)

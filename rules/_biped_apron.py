"""Aprons and dungarees: what is worn for work, drawn by hand on the slim reference figure."""

from __future__ import annotations

from rules._biped_gown import tied
from rules._biped_look import BRASS, PIECE, Look, dark, pale
from rules._biped_tailor import HEAVY, Tailor
from rules._outline import Nodes

_BIB: Nodes = [
    (-4.4, -67.6, 1), (1, -66.8), (6.0, -68.0, 1), (6.8, -60), (8.6, -52.6), (10.4, -42), (11.6, -31),
    (11.8, -20.8, 1), (6, -18.4), (0, -19.6), (-6.6, -18.6, 1), (-6.9, -32), (-6.4, -44), (-5.6, -53), (-4.9, -60),
]  # fmt: skip
_WAIST: Nodes = [
    (-5.8, -53.4, 1), (1, -52.0), (8.2, -53.8, 1), (10.4, -42), (11.4, -31), (11.4, -19.8, 1), (7, -17.2),
    (1, -18.4), (-6.8, -17.4, 1), (-7.2, -31), (-6.6, -43),
]  # fmt: skip
_STRAPS: tuple[Nodes, ...] = (
    [(-4.4, -67.4, 1), (-2.6, -67.2, 1), (-1.9, -74.6, 1), (-3.5, -74.6, 1)],
    [(4.4, -67.6, 1), (6.0, -67.8, 1), (5.2, -74.4, 1), (3.9, -74.8, 1)],
)
_TIE: Nodes = [(-6.0, -54.7, 1), (1, -53.3), (8.5, -54.9, 1), (8.7, -53.2, 1), (1, -51.5), (-6.1, -53.0, 1)]
_STRINGS: tuple[Nodes, ...] = (  # to the bow at the back, as far as there is somebody to tie it to
    [(-5.8, -53.8), (-9, -54.5), (-15, -56.4)],
    [(8.5, -54.0), (9.3, -54.3), (10.0, -54.7)],
)
_FOLDS: tuple[Nodes, ...] = (
    [(-3.4, -50, 1), (-4.2, -36), (-5.4, -18.8, 1), (-3.0, -19, 1), (-3.0, -36)],
    [(6.4, -50, 1), (8.2, -36), (9.0, -19.4, 1), (10.6, -20, 1), (9.2, -36)],
    [(2.0, -44, 1), (1.8, -32), (1.4, -19, 1), (3.0, -19, 1), (2.8, -32)],
)
_POCKET: Nodes = [(-2.6, -43.6, 1), (6.4, -44.0, 1), (6.9, -35.4, 1), (2.0, -33.6), (-3.0, -35.0, 1)]
_OVERALL: Nodes = [
    (-5.0, -67.4, 1), (1, -66.4), (6.8, -67.8, 1), (7.3, -59), (9.0, -53.2), (9.6, -47), (10.0, -40.0, 1),
    (0, -38.4), (-10.0, -39.6, 1), (-9.9, -46), (-9.3, -52.4), (-6.2, -57.4), (-5.3, -62),
]  # fmt: skip
_BRACES: tuple[Nodes, ...] = (
    [(-5.0, -66.4, 1), (-2.8, -66.2, 1), (-2.9, -74.8, 1), (-5.3, -74.4, 1)],
    [(4.6, -66.8, 1), (6.6, -67.0, 1), (6.4, -74.0, 1), (4.6, -74.6, 1)],
)
_BREAST: Nodes = [(-1.8, -62.8, 1), (4.8, -63.0, 1), (4.9, -57.2), (1.6, -55.4), (-1.9, -57.0)]
_CROSSED: tuple[Nodes, ...] = (
    [(-5.4, -74.2, 1), (-3.4, -74.8, 1), (6.4, -54.6, 1), (4.2, -53.6, 1)],
    [(5.2, -74.2, 1), (3.2, -74.8, 1), (-6.6, -54.6, 1), (-4.4, -53.6, 1)],
)
_LOIN: Nodes = [
    (-5.6, -56.8, 1), (0, -57.8), (5.6, -56.8, 1), (9.2, -53.0), (9.7, -47), (10.0, -40.0, 1), (0, -38.4),
    (-10.0, -40.0, 1), (-9.8, -46), (-9.2, -53.0),
]  # fmt: skip


def apron(tailor: Tailor, look: Look) -> None:
    """An apron with a pocket, tied at the back."""
    cloth = look.apron
    low = dark(cloth.dye, 0.10)
    turned = max(0.0, -tailor.fit.now.turn)
    if cloth.cut == "bib":
        for strap in _STRAPS:
            tailor.panel(strap, dark(cloth.dye, 0.02), PIECE.but(turn=0.4, cast=0.7))
    edge = [_squared(n, turned) for n in (_BIB if cloth.cut == "bib" else _WAIST)]
    piece = tailor.cloth(edge, cloth, HEAVY.but(turn=2.2, soft=1.2, cast=1.3))
    tailor.wedges(_FOLDS, low, piece, 0.75)
    for string in _STRINGS:
        tailor.seam([(x, y + 0.35) for x, y in string], 0.62, dark(cloth.dye, 0.16))
        tailor.seam(string, 0.5, dark(cloth.dye, 0.05))
    tailor.panel(_TIE, dark(cloth.dye, 0.035), PIECE.but(turn=0.6, cast=0.8))
    pocket = tailor.panel(_POCKET, pale(cloth.dye, 0.015), PIECE.but(turn=0.9, cast=0.9))
    tailor.seam([(-2.5, -42.2), (2, -41.8), (6.4, -42.6)], 0.16, low, pocket)


def _squared(node: tuple[float, ...], turned: float) -> tuple[float, ...]:
    """From the front an apron reaches as far to one side as to the other."""
    return (node[0] - 0.24 * turned * max(0.0, node[0] - 3.4), *node[1:])


def dungarees(tailor: Tailor, look: Look) -> None:
    """Bib and braces in one with the trousers."""
    cloth = look.trousers
    low, thread = dark(cloth.dye, 0.11), pale(cloth.dye, 0.16)
    for strap in _BRACES:
        tailor.panel(strap, dark(cloth.dye, 0.02), PIECE.but(turn=0.4, cast=0.8))
    bib = tailor.cloth(_OVERALL, cloth, HEAVY.but(turn=2.4, soft=1.4, cast=1.2))
    tailor.creases(([(-9, -44), (-5, -42.4), (0, -43)], [(9, -45), (6, -43.2), (3, -43.6)]), 0.4, low, bib)
    tailor.seam([(-4.6, -65.8), (1, -64.9), (6.6, -66.2)], 0.12, thread, bib)
    tailor.seam([(3.4, -53), (3.6, -46), (2.6, -40)], 0.18, dark(cloth.dye, 0.16), bib)
    pocket = tailor.panel(_BREAST, pale(cloth.dye, 0.015), PIECE.but(turn=0.7, cast=0.8))
    tailor.seam([(-1.7, -61.6), (1.6, -61.4), (4.8, -61.8)], 0.12, thread, pocket)
    tailor.buttons(((-4.0, -65.4), (5.7, -65.8), (-7.8, -47.6)), BRASS, 0.72)


def apron_back(tailor: Tailor, back: Tailor, look: Look) -> None:
    """From behind an apron is its strings: crossed over the back, and tied in a bow."""
    cloth = look.apron
    if cloth.cut == "bib":
        for strap in _CROSSED:
            back.panel(strap, dark(cloth.dye, 0.02), PIECE.but(turn=0.4, cast=0.7))
    tailor.panel(_TIE, dark(cloth.dye, 0.035), PIECE.but(turn=0.6, cast=0.8))
    tied(back, cloth.dye)


def dungarees_back(tailor: Tailor, back: Tailor, look: Look) -> None:
    """Crossed braces on a low back, in one with the trousers."""
    del tailor
    cloth = look.trousers
    low, thread = dark(cloth.dye, 0.11), pale(cloth.dye, 0.16)
    for strap in _CROSSED:
        back.panel(strap, dark(cloth.dye, 0.02), PIECE.but(turn=0.4, cast=0.8))
    loin = back.cloth(_LOIN, cloth, HEAVY.but(turn=2.4, soft=1.4, cast=1.0))
    back.seam([(-5.2, -55.4), (0, -56.4), (5.2, -55.4)], 0.12, thread, loin)
    back.seam([(0, -56), (0.1, -48), (0, -40)], 0.18, low, loin)

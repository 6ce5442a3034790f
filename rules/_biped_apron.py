"""Aprons and dungarees: what is worn for work, drawn by hand on the slim reference figure."""

from __future__ import annotations

from rules._biped_gown import tied
from rules._biped_look import BRASS, PIECE, Look, dark, pale
from rules._biped_tailor import HEAVY, Tailor
from rules._outline import Nodes

_BIB: Nodes = [
    (-4.6, -67.6, 1), (1, -66.6), (6.2, -68.0, 1), (7.0, -61), (8.8, -55.4), (10.0, -48), (10.9, -40), (11.4, -31),
    (11.0, -22.4, 1), (7.4, -18.8), (2, -17.2), (-3.6, -18.2), (-8.6, -21.6, 1), (-9.2, -32), (-9.0, -42), (-7.8, -50),
    (-6.5, -56), (-5.2, -61.4),
]  # fmt: skip
_WAIST: Nodes = [
    (-6.6, -54.2, 1), (0, -51.8), (7.2, -54.2, 1), (9.6, -46), (10.9, -38), (11.6, -28), (11.2, -20.6, 1), (6.8, -17.0),
    (0.6, -15.8), (-5.2, -17.0), (-9.6, -20.4, 1), (-9.8, -30), (-8.8, -40), (-7.4, -48),
]  # fmt: skip
_STRAPS: tuple[Nodes, ...] = (
    [(-4.4, -67.4, 1), (-2.6, -67.2, 1), (-1.9, -74.6, 1), (-3.5, -74.6, 1)],
    [(4.4, -67.6, 1), (6.0, -67.8, 1), (5.2, -74.4, 1), (3.9, -74.8, 1)],
)
_TIE: Nodes = [
    (-6.6, -56.2, 1), (-2, -54.0), (2.6, -53.4), (6.6, -54.4), (9.0, -56.4, 1), (9.3, -54.6, 1), (6.8, -52.6),
    (2.6, -51.5), (-2.2, -52.1), (-7.0, -54.4, 1),
]  # fmt: skip
#: to the bow at the back, round the waist and no further: over a shirt, and over a dress
_STRING: Nodes = [(-6.4, -55.2), (-7.4, -55.1), (-8.2, -55.2)]
_STRING_IN: Nodes = [(-6.0, -55.0), (-6.8, -55.4), (-7.3, -56.0)]
_FOLDS: tuple[Nodes, ...] = (
    [(-4.4, -51, 1), (-6.0, -38), (-6.8, -20.2, 1), (-4.2, -18.8, 1), (-4.4, -38)],
    [(6.6, -51, 1), (8.8, -38), (9.0, -20.2, 1), (10.8, -22.6, 1), (10.0, -38)],
    [(2.4, -43, 1), (2.2, -31), (1.4, -17.4, 1), (3.4, -17.4, 1), (3.4, -31)],
)
_LIT: tuple[Nodes, ...] = (
    [(-5.0, -48, 1), (-7.2, -36), (-8.4, -22, 1), (-7.2, -20.8, 1), (-6.2, -36)],
    [(1.4, -41, 1), (0.8, -31), (-0.6, -18.0, 1), (1.0, -17.6, 1), (1.9, -31)],
)
_PULLS: tuple[Nodes, ...] = (  # where the tie draws the cloth together
    [(-5.2, -52.6), (-4.4, -49.6), (-4.2, -46.2)],
    [(-1.6, -51.6), (-1.4, -48.8), (-1.7, -46.4)],
    [(6.0, -52.4), (6.2, -49.4), (6.9, -46.6)],
    [(-3.6, -56.4), (-3.2, -58.8), (-3.4, -61)],
    [(6.6, -56.6), (5.8, -59), (5.6, -61.4)],
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
_GIRD: Nodes = [
    (-8.6, -56.6, 1), (0, -54.4), (8.6, -56.6, 1), (8.8, -54.9, 1), (0, -52.5), (-8.8, -54.9, 1),
]  # fmt: skip
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
    tailor.wedges(_FOLDS, low, piece, 0.7)
    tailor.wedges(_LIT, pale(cloth.dye, 0.05), piece, 0.6)
    tailor.creases(_PULLS if cloth.cut == "bib" else _PULLS[:3], 0.34, low, piece)
    is_slim = look.dress.cut in ("gown", "frock")
    string = _STRING_IN if is_slim else _STRING
    tailor.seam([(n[0], n[1] + 0.4) for n in string], 0.66, dark(cloth.dye, 0.16))
    tailor.seam(string, 0.5, dark(cloth.dye, 0.05))
    tie = [(n[0] - (0.62 * max(0.0, n[0] - 6.0) if is_slim else 0.0), *n[1:]) for n in _TIE]
    tailor.panel(tie, dark(cloth.dye, 0.035), PIECE.but(turn=0.6, cast=0.8))
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


def joined(tailor: Tailor, look: Look) -> None:
    """The bib goes over into the legs without a line."""
    if look.trousers.pattern == "plain":
        band = tailor.fit.shape([(-9.0, -46.0), (0, -45.2), (6.4, -46.0), (6.6, -43.6), (0, -42.6), (-9.0, -43.4)])
        tailor.cel.ink(band, look.trousers.dye, 0.9, None, soft=0.5)


def apron_back(tailor: Tailor, back: Tailor, look: Look) -> None:
    """From behind an apron is its strings: crossed over the back, and tied in a bow."""
    cloth = look.apron
    if cloth.cut == "bib":
        for strap in _CROSSED:
            back.panel(strap, dark(cloth.dye, 0.02), PIECE.but(turn=0.4, cast=0.7))
    for string in (_STRING, [(-n[0], *n[1:]) for n in _STRING]):
        back.seam(string, 0.6, dark(cloth.dye, 0.05))
    back.panel(_GIRD, dark(cloth.dye, 0.035), PIECE.but(turn=0.6, cast=0.8))
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

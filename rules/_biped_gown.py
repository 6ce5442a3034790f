"""Gown, frock, skirt and blouse, drawn by hand on the slim reference figure."""

from __future__ import annotations

from rules._biped_look import BRASS, PIECE, SHIRT, Cloth, Look, dark, pale
from rules._biped_tailor import HEAVY, Tailor
from rules._cel import FLAT, Mask
from rules._colour import RGB
from rules._outline import Nodes

_BODICE: Nodes = [
    (-3.2, -74.6), (-6.8, -73.4), (-9.2, -70.6), (-9.2, -65), (-7.8, -60), (-6.9, -56.0), (-7.2, -52.6, 1),
    (7.0, -53, 1), (6.8, -56.5), (8.4, -60.5), (9.2, -65.5), (8.2, -70), (5.6, -73.4), (1, -75),
]  # fmt: skip
_BODICE_FOLDS: tuple[Nodes, ...] = (
    [(-6.4, -69), (-5.0, -63), (-4.6, -55)],
    [(7.6, -67), (6.2, -62), (6.0, -55.4)],
    [(-2.0, -63), (-1.6, -58), (-2.2, -54)],
    [(4.6, -62), (4.2, -58), (4.4, -54.4)],
)
_BLOUSE: Nodes = [
    (-3.2, -74.6), (-7.0, -73.4), (-9.4, -70.6), (-9.6, -65), (-8.8, -60), (-8.6, -55), (-7.6, -50.4, 1),
    (7.4, -50.8, 1), (8.8, -55.5), (8.9, -60.5), (9.2, -65.5), (8.4, -70), (5.6, -73.4), (1, -75),
]  # fmt: skip
_GOWN: Nodes = [
    (-7.0, -54.2, 1), (0, -52.8), (6.9, -54.6, 1), (9.4, -46), (11.2, -34), (13.2, -20), (15.4, -6.2, 1),
    (11.2, -4.0), (6.4, -5.4), (1.4, -3.2), (-4.0, -5.0), (-9.6, -3.0), (-14.0, -4.6), (-17.6, -6.6, 1),
    (-15.0, -20), (-12.4, -34), (-9.9, -46),
]  # fmt: skip
_GOWN_FOLDS: tuple[Nodes, ...] = (
    [(-4.0, -52, 1), (-5.2, -38), (-6.4, -22), (-8.8, -3.4, 1), (-4.6, -4.6, 1), (-4.0, -22), (-3.6, -38)],
    [(3.6, -52, 1), (5.4, -38), (6.8, -22), (8.2, -4.8, 1), (11.8, -4.2, 1), (9.0, -22), (6.2, -38)],
    [(-6.4, -51, 1), (-10, -36), (-13, -20), (-16.4, -6, 1), (-12.4, -4.4, 1), (-10.6, -20), (-8.2, -36)],
    [(0.4, -44, 1), (0.2, -30), (0.6, -4, 1), (2.8, -3.8, 1), (1.8, -30)],
)
_GOWN_LIGHTS: tuple[Nodes, ...] = (
    [(-4.9, -46, 1), (-7.2, -30), (-10.6, -5, 1), (-9.2, -3.4, 1), (-6.2, -30)],
    [(2.6, -46, 1), (4.4, -30), (5.6, -6, 1), (7.0, -5.4, 1), (5.8, -30)],
    [(-7.6, -46, 1), (-12, -30), (-17, -8, 1), (-16.0, -6.4, 1), (-11.4, -30)],
)
_FROCK: Nodes = [
    (-7.0, -54.2, 1), (0, -52.8), (6.9, -54.6, 1), (10.2, -46), (13.0, -36), (15.6, -25.4, 1), (11.8, -22.8),
    (7.2, -24.2), (2.4, -22.0), (-3.2, -23.8), (-8.8, -21.4), (-13.4, -23.2), (-17.6, -25.8, 1), (-14.4, -36),
    (-10.9, -46),
]  # fmt: skip
_FROCK_FOLDS: tuple[Nodes, ...] = (
    [(-3.8, -52, 1), (-5.4, -40), (-8.4, -21.8, 1), (-4.4, -23.4, 1), (-3.8, -40)],
    [(3.6, -52, 1), (6.0, -40), (8.6, -23.6, 1), (12.2, -23, 1), (7.8, -40)],
    [(-6.4, -51, 1), (-11, -38), (-16.0, -24.6, 1), (-12.2, -22.8, 1), (-9.2, -38)],
    [(0.4, -46, 1), (0.2, -36), (0.6, -22.6, 1), (2.8, -22.2, 1), (1.8, -36)],
)
_FROCK_LIGHTS: tuple[Nodes, ...] = (
    [(-4.8, -47, 1), (-7.0, -36), (-10.4, -22.4, 1), (-9.0, -21.8, 1), (-6.2, -36)],
    [(2.6, -47, 1), (4.8, -36), (6.4, -24.6, 1), (7.6, -24.2, 1), (6.2, -36)],
)
_SKIRT: Nodes = [
    (-7.4, -52.6, 1), (0, -51.2), (7.2, -53, 1), (9.6, -44), (11.4, -31), (13.0, -15.2, 1), (8.6, -12.6),
    (3.4, -13.8), (-2.4, -11.8), (-8.6, -13.4), (-14.4, -15.6, 1), (-12.7, -31), (-10.2, -44),
]  # fmt: skip
_SKIRT_FOLDS: tuple[Nodes, ...] = (
    [(-3.6, -50, 1), (-5.0, -36), (-7.6, -13, 1), (-3.4, -12.4, 1), (-3.6, -36)],
    [(3.6, -50, 1), (5.4, -36), (7.2, -13.4, 1), (10.4, -13.6, 1), (7.2, -36)],
    [(-6.6, -49, 1), (-10, -34), (-13.2, -15, 1), (-10.0, -13.8, 1), (-8.4, -34)],
)
_SKIRT_LIGHTS: tuple[Nodes, ...] = (
    [(-4.6, -46, 1), (-6.6, -32), (-9.4, -14, 1), (-8.0, -13.4, 1), (-5.8, -32)],
    [(2.6, -46, 1), (4.4, -32), (5.4, -14.4, 1), (6.6, -14, 1), (5.6, -32)],
)
_SASH: Nodes = [
    (-7.4, -56.4, 1), (-3.4, -54.8), (1.4, -54.2), (5.0, -55.0), (7.3, -56.6, 1), (7.7, -52.9, 1), (4.6, -51.2),
    (1.0, -50.4), (-4.0, -51.2), (-7.9, -52.8, 1),
]  # fmt: skip
_BAND: Nodes = [(-7.6, -53.6, 1), (0, -52.2), (7.4, -54.0, 1), (7.5, -51.4, 1), (0, -49.6), (-7.7, -51.0, 1)]
_YOKE: Nodes = [(-1.6, -74.8, 1), (5.2, -74.2, 1), (6.2, -69.6), (3.0, -66.2), (-1.4, -67.4), (-3.0, -71)]

_CUTS = {
    "gown": (_GOWN, _GOWN_FOLDS, _GOWN_LIGHTS, (6, 14)),
    "frock": (_FROCK, _FROCK_FOLDS, _FROCK_LIGHTS, (5, 13)),
    "skirt": (_SKIRT, _SKIRT_FOLDS, _SKIRT_LIGHTS, (5, 11)),
}
_BOW: tuple[Nodes, ...] = (
    [(-0.6, -51.6, 1), (-2.6, -44), (-5.2, -36.4, 1), (-1.8, -35.0, 1), (0.2, -43)],
    [(0.6, -51.6, 1), (2.4, -45), (4.2, -38.8, 1), (6.6, -40.2, 1), (3.2, -47)],
    [(-0.4, -53.2), (-3.4, -56.4), (-6.6, -56.2), (-6.8, -52.4), (-5.2, -49.6), (-2.6, -51)],
    [(0.4, -53.2), (3.4, -56.2), (6.2, -55.8), (6.6, -52.2), (5.0, -49.8), (2.6, -51)],
    [(-1.5, -54.6), (1.5, -54.6), (1.7, -51.2), (-1.6, -51.0)],
)  # fmt: skip


def dress_behind(tailor: Tailor, look: Look) -> None:
    """The inside of the hem, beyond the legs."""
    nodes, _, _, (first, last) = _CUTS[look.dress.cut]
    hem = nodes[first:last]
    inside = [(n[0] * 0.96, n[1] - 3.6, *n[2:]) for n in reversed(hem)]
    edge = [(n[0] * 0.97, n[1] + 0.4, *n[2:]) for n in hem]
    tailor.panel([*edge, *inside], dark(look.dress.dye, 0.20), FLAT.but(line=0.1))


def dress(tailor: Tailor, look: Look) -> None:
    """The skirt, with its bodice if it has one."""
    cloth = look.dress
    nodes, folds, lights, (first, last) = _CUTS[cloth.cut]
    if cloth.cut != "skirt":
        _bodice(tailor, cloth)
    skirt = tailor.cloth(nodes, cloth, HEAVY.but(turn=3.2, soft=2.0), flare=(-62.0, 0.018))
    tailor.wedges(folds, dark(cloth.dye, 0.115), skirt, 0.85)
    tailor.wedges(lights, pale(cloth.dye, 0.06), skirt, 0.7)
    _hem(tailor, look, nodes[first:last], skirt)
    if cloth.cut == "skirt":
        tailor.panel(_BAND, dark(cloth.dye, 0.05), PIECE.but(turn=0.7, cast=0.8))
        return
    if look.apron.cut:
        return  # its tie goes where the sash would
    sash = tailor.panel(_SASH, look.trim, PIECE.but(turn=0.8, cast=0.9, key=0.25))
    tailor.creases(([(-6, -54), (-1, -52.8), (4, -53.4)], [(-5, -52.8), (0, -51.8), (5, -52.8)]), 0.2,
                   dark(look.trim, 0.12), sash)  # fmt: skip


def _bodice(tailor: Tailor, cloth: Cloth) -> None:
    trunk = tailor.cloth(_BODICE, cloth, HEAVY.but(turn=2.4, soft=1.4, cast=0.6))
    tailor.creases(_BODICE_FOLDS, 0.36, dark(cloth.dye, 0.115), trunk)
    if cloth.cut == "gown":
        yoke = tailor.panel(_YOKE, SHIRT, PIECE.but(turn=0.8, cast=0.6))
        tailor.seam([(2.0, -74), (2.6, -70), (2.4, -66.8)], 0.14, dark(SHIRT, 0.14), yoke)
        tailor.buttons(((2.8, -63.6), (2.9, -60.2), (2.7, -57.0)), BRASS, 0.5)
    else:
        tailor.buttons(((3.0, -66.4), (3.2, -62.2), (3.1, -58.0)), pale(cloth.dye, 0.2), 0.6)


def _hem(tailor: Tailor, look: Look, edge: Nodes, skirt: Mask) -> None:
    """Two rows of braid above the hem, or one of lace on a child's."""
    dye = look.dress.dye
    braid: RGB = pale(dye, 0.16) if look.dress.cut != "gown" else look.trim
    for lift, width in ((1.6, 0.42), (2.8, 0.16)) if look.dress.cut != "skirt" else ((1.2, 0.16),):
        tailor.seam([(n[0], n[1] - lift) for n in edge], width, braid, skirt)


def blouse(tailor: Tailor, look: Look) -> None:
    """A blouse that swells over the waistband."""
    cloth = look.top
    linen = tailor.cloth(_BLOUSE, cloth, HEAVY.but(turn=2.4, soft=1.4, cast=0.4))
    low = dark(cloth.dye, 0.11)
    tailor.creases(
        ([(-7.4, -54), (-4, -52.4), (-1, -52.2)], [(-6.6, -58), (-3.6, -55.6), (-2, -53)],
         [(7.4, -57), (5.6, -54), (5.2, -52.4)], [(-7, -68), (-5, -64), (-4.6, -59)]), 0.36, low, linen,
    )  # fmt: skip
    tailor.seam([(2.6, -74), (3.4, -64), (3.3, -51.6)], 0.16, dark(cloth.dye, 0.15), linen)
    tailor.buttons(((3.8, -68), (4.0, -63), (4.0, -58), (3.8, -53.4)), dark(cloth.dye, 0.16), 0.42)


def dress_back(tailor: Tailor, back: Tailor, look: Look) -> None:
    """A dress from behind: buttoned down the back, its sash tied in a bow."""
    cloth = look.dress
    nodes, folds, lights, (first, last) = _CUTS[cloth.cut]
    low = dark(cloth.dye, 0.115)
    if cloth.cut != "skirt":
        trunk = tailor.cloth(_BODICE, cloth, HEAVY.but(turn=2.4, soft=1.4, cast=0.6))
        back.creases(([(-6, -68), (-4.6, -62), (-4.2, -55)], [(6, -68), (4.6, -62), (4.2, -55)]), 0.34, low, trunk)
        back.seam([(0, -74.4), (0.1, -64), (0, -54)], 0.18, dark(cloth.dye, 0.18), trunk)
        dye = BRASS if cloth.cut == "gown" else pale(cloth.dye, 0.2)
        back.buttons(tuple((0.9, -72.0 + 3.4 * i) for i in range(5)), dye, 0.42)
    skirt = tailor.cloth(nodes, cloth, HEAVY.but(turn=3.2, soft=2.0), flare=(-62.0, 0.018))
    tailor.wedges(folds, low, skirt, 0.85)
    tailor.wedges(lights, pale(cloth.dye, 0.06), skirt, 0.7)
    _hem(tailor, look, nodes[first:last], skirt)
    if cloth.cut == "skirt":
        tailor.panel(_BAND, dark(cloth.dye, 0.05), PIECE.but(turn=0.7, cast=0.8))
        back.buttons(((0.2, -51.0),), pale(cloth.dye, 0.2), 0.5)
        return
    if not look.apron.cut:
        tailor.panel(_SASH, look.trim, PIECE.but(turn=0.8, cast=0.9, key=0.25))
        tied(back, look.trim)


def tied(back: Tailor, dye: RGB) -> None:
    """A bow in the small of the back, with its ends."""
    for piece in _BOW:
        landed = back.panel(piece, dye, PIECE.but(turn=0.9, cast=0.9, key=0.25))
        x = sum(n[0] for n in piece) / len(piece)
        fold = [(0.1 * x, -52.8), (0.6 * x, piece[1][1] * 0.5 - 26.2)]
        back.creases((fold,), 0.3, dark(dye, 0.12), landed)


def blouse_back(tailor: Tailor, back: Tailor, look: Look) -> None:
    """A blouse from behind: a yoke, and gathers below it."""
    cloth = look.top
    linen = tailor.cloth(_BLOUSE, cloth, HEAVY.but(turn=2.4, soft=1.4, cast=0.4))
    low = dark(cloth.dye, 0.11)
    back.seam([(-8.6, -68.6), (0, -66.6), (8.6, -68.6)], 0.14, low, linen)
    gathers: list[Nodes] = [[(x, -66.9), (x * 1.15, -61), (x * 1.2, -57)] for x in (-4, -2, 0, 2, 4)]
    slack: list[Nodes] = [[(x, -59), (x * 0.7, -55.4), (x * 0.45, -53.2)] for x in (-7.4, 7.4, -4, 4)]
    back.creases([*gathers, *slack], 0.3, low, linen)

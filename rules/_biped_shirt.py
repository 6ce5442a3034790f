"""Shirt, trousers' seat, belt, braces and the vest without a coat, drawn on the broad reference figure."""

from __future__ import annotations

from rules._biped_fit import Fit, Line
from rules._biped_look import BRASS, PIECE, Look, dark
from rules._biped_tailor import HEAVY, Tailor
from rules._biped_tails import vest
from rules._outline import Nodes, Points

_SHIRT: Nodes = [
    (-4.4, -74.2), (-9.6, -73), (-13.0, -70), (-13.4, -64), (-12.0, -54), (-10.8, -46), (-10.2, -39.6, 1),
    (9.6, -40, 1), (11.6, -48), (12.0, -56), (12.2, -64), (11.8, -69.4), (8.4, -73), (2, -75),
]  # fmt: skip
_SLACK: tuple[Nodes, ...] = (  # where the linen hangs over the belt
    [(-10, -47), (-6, -45.4), (-2.4, -46)],
    [(-8.6, -51), (-5.4, -49.8), (-2, -50.4)],
    [(11, -49), (8.6, -47), (6.2, -47.2)],
    [(-9, -66), (-6, -62), (-5.4, -57)],
)
_TAILS: Nodes = [
    (-4.4, -74.2), (-9.6, -73), (-13.0, -70), (-13.4, -64), (-12.2, -54), (-11.6, -46), (-12.1, -39.8),
    (-11.0, -35.2, 1), (-7.6, -33.4), (-2.4, -34.6), (3.0, -37.2), (8.0, -35.6), (10.8, -36.8, 1), (12.0, -42),
    (12.0, -48), (12.0, -56),
    (12.2, -64), (11.8, -69.4), (8.4, -73), (2, -75),
]  # fmt: skip
_TAILS_BACK: Nodes = [
    (-4.4, -74.2), (-9.6, -73), (-13.0, -70), (-13.4, -64), (-12.2, -54), (-11.6, -46), (-12.1, -39.8),
    (-11.4, -36.8, 1), (-6, -34.6), (0, -33.8), (6, -34.6), (11.4, -36.8, 1), (12.1, -39.8), (11.8, -46),
    (12.2, -54), (13.2, -64),
    (12.6, -70), (9.4, -73), (4.4, -74.2), (0, -74.8),
]  # fmt: skip
_SEAT: Nodes = [
    (-10.6, -44.4, 1), (-4, -43), (5, -43), (11.0, -44.8, 1), (10.0, -39), (7.6, -34.0), (2.0, -30.6), (-3, -30.4),
    (-8.0, -33), (-10.1, -38.6),
]  # fmt: skip
_HAUNCH: Nodes = [(-10.6, -44.4, 1), (4.0, -43, 1), (4.4, -38), (3.0, -34.2), (-9.9, -38.4)]
_FLY: Nodes = [(3.8, -42.6), (4.3, -38), (2.6, -34.2), (1.2, -31.6)]
_BELT: Nodes = [
    (-10.9, -44.6, 1), (-4, -43.1), (5, -43.1), (11.4, -45.0, 1), (11.3, -42.8, 1), (5, -40.9), (-4, -40.9),
    (-11.0, -42.4, 1),
]  # fmt: skip
_BRACES: tuple[Nodes, ...] = (
    [(-6.8, -74, 1), (-5.0, -74.6, 1), (-5.4, -62), (-5.6, -43, 1), (-7.4, -43, 1), (-7.4, -62)],
    [(8.0, -73.6, 1), (9.4, -72.8, 1), (10.0, -62), (9.4, -43.4, 1), (8.0, -43.2, 1), (8.6, -62)],
)
_WAISTCOAT: Nodes = [
    (-4.6, -74.4, 1), (-8.2, -73.4, 1), (-9.4, -67), (-12.2, -60), (-12.2, -50), (-10.9, -41.4, 1), (-2, -40.6),
    (12.2, -43, 1), (13.0, -52), (12.4, -60), (10.6, -67), (9.6, -73, 1), (7.0, -74.2, 1), (3.6, -61, 1),
]  # fmt: skip
_YOKED: Nodes = [(-11.4, -67.8), (0, -65.4), (11.4, -67.8)]
_BRACES_BACK: tuple[Nodes, ...] = (
    [(-8.6, -73.2, 1), (-6.6, -74.2, 1), (0.9, -59.6, 1), (-0.9, -58.4, 1)],
    [(8.6, -73.2, 1), (6.6, -74.2, 1), (-0.9, -59.6, 1), (0.9, -58.4, 1)],
    [(-1.1, -60, 1), (1.1, -60, 1), (1.2, -43, 1), (-1.2, -43, 1)],
)
_WAISTCOAT_BACK: Nodes = [
    (-6, -74.6, 1), (0, -73.8), (6, -74.6, 1), (9.2, -73.2, 1), (10.6, -67), (12.4, -60), (12.2, -50), (11, -41.8, 1),
    (0, -40.4), (-11, -41.8, 1), (-12.2, -50), (-12.4, -60), (-10.6, -67), (-9.2, -73.2, 1),
]  # fmt: skip
_CINCH: Nodes = [(-7.6, -52.2, 1), (0, -51.2), (7.6, -52.2, 1), (7.6, -50.2, 1), (0, -49.0), (-7.6, -50.2, 1)]
_POCKETS: tuple[Nodes, ...] = (
    [(-8.4, -41.0, 1), (-3.0, -40.0, 1), (-3.2, -35.4), (-5.6, -34.2, 1), (-7.9, -36.2)],
    [(8.4, -41.0, 1), (3.0, -40.0, 1), (3.2, -35.4), (5.6, -34.2, 1), (7.9, -36.2)],
)


def seat(fit: Fit) -> Points:
    """The seat of the trousers, which is cut in one with the far leg."""
    return fit.shape(_SEAT)


def haunch(fit: Fit) -> Line:
    """The near side of the seat, from the waist at the back to the crotch, and last the seat's back: nodes."""
    return fit.nodes(_HAUNCH)


def fly(tailor: Tailor, look: Look) -> None:
    """The seam over the seat."""
    tailor.cel.stroke(tailor.fit.nodes(_FLY), [0.2, 0.2, 0.28, 0.05], dark(look.legs, 0.13))


def shirt(tailor: Tailor, look: Look) -> None:
    """A shirt, to be tucked into the trousers; its braces or its vest come over them."""
    cloth = look.top
    linen = tailor.cloth(_SHIRT, cloth, HEAVY.but(turn=2.8, soft=1.5, cast=0))
    tailor.creases(_SLACK, 0.4, dark(cloth.dye, 0.11), linen)
    tailor.seam([(3.2, -74), (4.4, -62), (4.6, -52), (3.8, -41)], 0.18, dark(cloth.dye, 0.16), linen)
    tailor.buttons(((5.0, -67), (5.6, -60.4), (5.7, -53.6), (5.2, -47)), dark(cloth.dye, 0.14), 0.5)


def hangs(look: Look) -> bool:
    """Whether a shirt is worn over the trousers, as it is under an apron."""
    over = look.vest or look.coat or look.dress.cut or look.trousers.cut == "dungarees"
    return bool(look.apron.cut) and not over and look.top.cut not in ("jumper", "blouse")


def hanging(tailor: Tailor, look: Look) -> None:
    """A shirt that hangs over the trousers, under an apron."""
    cloth = look.top
    linen = tailor.cloth(_TAILS, cloth, HEAVY.but(turn=2.8, soft=1.5, cast=1.0))
    low = dark(cloth.dye, 0.11)
    tailor.creases([*_SLACK[:2], _SLACK[3], [(-10.6, -38), (-9.8, -42), (-9.6, -47)]], 0.4, low, linen)
    tailor.seam([(-11.3, -36.4), (-7.6, -34.5), (-2.4, -35.7)], 0.14, low, linen)


def over_shirt(tailor: Tailor, look: Look) -> None:
    """What is worn over shirt and trousers where there is no coat: a belt, and a vest or braces."""
    if look.apron.cut and not look.vest:
        return  # of belt and braces only stray ends would show
    tailor.panel(_BELT, look.shoes_dye, PIECE.but(turn=0.6, cast=0.7, key=0.25))
    tailor.buckle((4.9, -42.0), 1.3, BRASS)
    if look.vest:
        waistcoat(tailor, look)
        return
    for strap in _BRACES:
        tailor.panel(strap, look.trim, PIECE.but(turn=0.4, cast=0.7, key=0.2))
    tailor.buttons(((-6.5, -45.4), (8.7, -45.8)), BRASS, 0.62)


def waistcoat(tailor: Tailor, look: Look) -> None:
    """A vest without a coat over it."""
    tailor.panel(_WAISTCOAT, look.vest_dye, HEAVY.but(turn=2.6, soft=1.4, cast=0.9))
    vest(tailor, look)


def seat_back(back: Tailor, look: Look) -> None:
    """The seam of the seat, and two pockets."""
    dye = look.legs
    back.seam([(0, -43), (0.2, -38), (0, -31)], 0.2, dark(dye, 0.14))
    for pocket in _POCKETS:
        nodes = back.fit.nodes(pocket)
        back.cel.stroke([*nodes, nodes[0]], [0.14] * (len(nodes) + 1), dark(dye, 0.12))


def shirt_back(tailor: Tailor, back: Tailor, look: Look) -> None:
    """A shirt from behind: a yoke, and a pleat below it."""
    slack: list[Nodes] = [[(s * 9.6, -50), (s * 6, -46.6), (s * 2, -45.8)] for s in (-1, 1)]
    pleat: list[Nodes] = [[(s, -65.4), (1.1 * s, -58), (1.6 * s, -52)] for s in (-1.2, 1.2)]
    _yoked(tailor, back, look, _SHIRT, [*slack, *pleat])


def hanging_back(tailor: Tailor, back: Tailor, look: Look) -> None:
    """A shirt over the trousers from behind."""
    pulls: list[Nodes] = [[(s * 9.6, -52), (s * 6, -49.6), (s * 2, -48.8)] for s in (-1, 1)]
    falls: list[Nodes] = [[(s * x, -36), (s * x * 0.92, -42), (s * x * 0.8, -48)] for s in (-1, 1) for x in (3.4, 8.4)]
    _yoked(tailor, back, look, _TAILS_BACK, [*pulls, *falls], 1.0)


def _yoked(tailor: Tailor, back: Tailor, look: Look, outline: Nodes, folds: list[Nodes], cast: float = 0.0) -> None:
    """A shirt from behind with its yoke. cast: how much of a shadow it throws on what is under it."""
    low = dark(look.top.dye, 0.11)
    linen = tailor.cloth(outline, look.top, HEAVY.but(turn=2.8, soft=1.5, cast=cast))
    back.seam(_YOKED, 0.16, low, linen)
    back.creases(folds, 0.34, low, linen)


def over_shirt_back(tailor: Tailor, back: Tailor, look: Look) -> None:
    """Belt and braces, or the silk back of a vest."""
    if look.apron.cut and not look.vest:
        return
    tailor.panel(_BELT, look.shoes_dye, PIECE.but(turn=0.6, cast=0.7, key=0.25))
    if look.vest:
        waistcoat_back(back, look)
        return
    for strap in _BRACES_BACK:
        back.panel(strap, look.trim, PIECE.but(turn=0.4, cast=0.7, key=0.2))
    back.panel(
        [(-1.6, -60.6), (1.6, -60.6), (1.2, -57.4), (-1.2, -57.4)], look.shoes_dye, PIECE.but(turn=0.3, cast=0.3)
    )


def waistcoat_back(back: Tailor, look: Look) -> None:
    """A vest's back, of lining, drawn in by a strap with a buckle."""
    silk = dark(look.vest_dye, 0.10)
    piece = back.panel(_WAISTCOAT_BACK, silk, HEAVY.but(turn=2.6, soft=1.4, cast=0.9))
    back.seam([(0, -73.6), (0.1, -58), (0, -41)], 0.18, dark(silk, 0.13), piece)
    pulls: list[Nodes] = [[(s * 9.4, -57), (s * 6, -53.6), (s * 2.4, -51.6)] for s in (-1, 1)]
    back.creases(pulls, 0.36, dark(silk, 0.11), piece)
    back.panel(_CINCH, silk, PIECE.but(turn=0.5, cast=0.6))
    back.buckle((0, -50.6), 1.1, BRASS)

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
_SEAT: Nodes = [
    (-10.6, -44.4, 1), (-4, -43), (5, -43), (11.0, -44.8, 1), (10.0, -39), (7.6, -34.0), (2.0, -30.6), (-3, -30.4),
    (-8.2, -33), (-10.9, -38.4),
]  # fmt: skip
_HAUNCH: Nodes = [(-10.6, -44.4, 1), (4.0, -43, 1), (4.4, -38), (3.0, -34.2), (-10.6, -38.6)]
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

"""What a biped's feet wear, with the middle of the sole at the origin and the toes to the right, in u."""

from __future__ import annotations

from collections.abc import Callable

from rules import _outline
from rules._biped_look import BRASS, HIDE, PIECE, SHIRT, Look, dark, pale
from rules._cel import FLAT, Cel
from rules._outline import Nodes

_BOOT: Nodes = [
    (-3.5, -13.0, 1), (3.1, -13.2, 1), (3.0, -9.6), (4.0, -7.6), (6.8, -6.6), (9.2, -5.0), (10.0, -2.6),
    (9.6, -0.9, 1), (-4.0, -0.9, 1), (-4.4, -3.6), (-3.4, -7.6),
]  # fmt: skip
_TOECAP: Nodes = [(6.6, -7.4, 1), (9.4, -5.4), (10.4, -2.6), (9.8, -0.8, 1), (5.9, -0.8, 1), (5.6, -3.8)]
_BOOT_SOLE: Nodes = [
    (-4.2, -1.3, 1), (9.8, -1.3, 1), (10.3, -0.5), (9.6, 0.1), (3.2, 0.1), (1.9, -0.5, 1), (-0.2, -0.5, 1),
    (-0.6, 0.2), (-4.2, 0.2),
]  # fmt: skip
_CUFF: Nodes = [(-4.2, -14.4), (-0.2, -15.2), (3.8, -14.6), (4.0, -11.6), (0.2, -10.9), (-4.2, -11.4)]
_TOP: Nodes = [
    (-3.9, -13.9, 1), (-0.2, -14.5), (3.5, -14.1, 1), (3.5, -12.3, 1), (0.1, -11.8), (-3.8, -12.2, 1),
]  # fmt: skip
_SHOE: Nodes = [
    (-3.2, -6.4, 1), (2.6, -6.6, 1), (4.4, -4.6), (8.2, -3.7), (10.6, -2.0), (10.7, -0.7, 1), (-3.6, -0.7, 1),
    (-3.9, -3.2),
]  # fmt: skip
_SHOE_SOLE: Nodes = [
    (-3.8, -1.0, 1), (10.6, -1.0, 1), (10.9, -0.3), (10.2, 0.1), (2.6, 0.1), (1.6, -0.4, 1), (-0.4, -0.4, 1),
    (-0.7, 0.2), (-3.8, 0.2),
]  # fmt: skip
_SPAT: Nodes = [
    (-3.4, -7.4, 1), (2.9, -7.6, 1), (4.2, -5.0), (6.6, -3.9, 1), (5.0, -1.9), (2.2, -1.1), (-1.2, -1.3, 1),
    (-3.9, -2.4, 1),
]  # fmt: skip


def boot(cel: Cel, look: Look, far: bool, fine: bool) -> None:
    """A laced boot with a toecap, and a furred cuff where it goes with a winter's mantle."""
    dye = dark(look.shoes_dye, 0.03) if far else look.shoes_dye
    low, high = dark(dye, 0.10), pale(dye, 0.13)
    leather = cel.part(_outline.spline(_BOOT), dye, HIDE.but(cast=0.8))
    cel.ink(_outline.spline(_TOECAP), low, 0.55, leather)
    cel.stroke([(6.7, -6.8), (5.7, -3.8), (6.0, -1.0)], 0.22, dark(dye, 0.16), leather)
    cel.stroke([(-3.9, -5.4), (-1.0, -5.0), (-0.6, -1.0)], 0.2, low, leather)
    cel.stroke([(7.2, -5.6), (8.6, -4.8), (9.3, -3.4)], [0.1, 0.42, 0.1], high, leather)
    cel.stroke([(-2.9, -10.4), (-3.2, -8.4), (-3.5, -6.4)], [0.1, 0.36, 0.1], high, leather, 0.7)
    for i in range(4):
        x, y = 2.4 + 0.55 * i * (0.6 + 0.2 * i), -10.6 + 1.32 * i
        cel.stroke([(x - 1.7, y + 0.5), (x + 0.9, y - 0.1)], [0.24, 0.20], pale(dye, 0.30), leather)
    cel.part(_outline.spline(_BOOT_SOLE), dark(dye, 0.09), FLAT.but(line=0.1))
    if look.coat != "mantle":  # a working boot ends in a band
        cel.part(_outline.spline(_TOP), dark(dye, 0.05), PIECE.but(cast=0.6, key=0.2))
        return
    cuff = cel.part(_outline.spline(_CUFF), pale(dye, 0.11), PIECE.but(cast=0.9, key=0.25))
    if fine:
        for i in range(7):
            x = -3.6 + i * 1.15
            cel.stroke([(x, -11.8 + 0.06 * i), (x + 0.55, -11.7 + 0.06 * i)], 0.14, pale(dye, 0.28), cuff, 0.8)


def shoe(cel: Cel, look: Look, far: bool, fine: bool) -> None:
    """A pointed shoe, under a linen spat where tails or a vest are worn, else laced."""
    dye = dark(look.shoes_dye, 0.03) if far else look.shoes_dye
    leather = cel.part(_outline.spline(_SHOE), dye, HIDE.but(cast=0.6))
    cel.stroke([(6.4, -3.5), (8.4, -3.0), (9.8, -1.9)], [0.1, 0.36, 0.1], pale(dye, 0.22), leather)
    cel.part(_outline.spline(_SHOE_SOLE), dark(dye, 0.07), FLAT.but(line=0.1))
    if look.coat != "tails" and not look.vest:
        cel.stroke([(5.6, -4.0), (5.0, -2.4), (5.4, -0.9)], 0.2, dark(dye, 0.14), leather)
        for x, y in ((2.6, -6.0), (3.5, -5.2), (4.5, -4.5)):
            cel.stroke([(x - 1.5, y + 0.6), (x + 0.5, y)], [0.2, 0.18], pale(dye, 0.26), leather)
        return
    linen = dark(SHIRT, 0.10 if far else 0.04)
    spat = cel.part(_outline.spline(_SPAT), linen, PIECE.but(turn=0.8, cast=0.5))
    cel.stroke([(0.6, -7.2), (0.9, -4.2), (0.4, -1.3)], 0.15, dark(linen, 0.16), spat)
    for y in (-5.6, -4.2, -2.8):
        cel.ink(_outline.ellipse(1.6, y, 0.34, 0.36, samples=12), dark(dye, 0.02), 1, spat)
    if fine:
        cel.stroke([(5.4, -2.2), (2.6, -1.5), (-1.0, -1.7)], 0.07, dark(linen, 0.2), spat)


_INSTEP: Nodes = [(-2.4, -7.4), (2.4, -7.6), (4.0, -5.0), (7.0, -3.2), (6.4, -1.6), (0, -1.2), (-3.2, -2.4)]
_PUMP: Nodes = [
    (-3.7, -5.0, 1), (-1.6, -2.9), (2.6, -2.2), (5.2, -3.3, 1), (8.2, -3.5), (10.2, -2.0), (10.3, -0.7, 1),
    (3.4, -0.7), (-3.6, -0.7, 1), (-4.1, -2.9),
]  # fmt: skip
_PUMP_SOLE: Nodes = [
    (-4.0, -1.3, 1), (10.3, -1.1, 1), (10.5, -0.4), (9.4, 0.1), (3.0, 0.1), (1.6, -0.7, 1), (-0.9, -0.9, 1),
    (-1.1, 0.2), (-3.8, 0.2),
]  # fmt: skip
_STRAP: Nodes = [(0.6, -5.2, 1), (3.9, -5.6, 1), (4.4, -4.5, 1), (0.9, -3.9, 1)]
_CLOG: Nodes = [
    (-3.9, -6.0, 1), (0.8, -5.2), (4.0, -6.4, 1), (7.2, -5.6), (10.0, -4.2), (12.2, -4.6, 1), (11.2, -1.4),
    (9.2, -0.1, 1), (3.6, 0.1), (2.4, -0.5, 1), (0.2, -0.5, 1), (-0.2, 0.2, 1), (-4.0, 0.2, 1), (-4.7, -3.0),
]  # fmt: skip


def pump(cel: Cel, look: Look, far: bool, fine: bool) -> None:
    """A low shoe with a strap, over the stocking."""
    del fine
    dye = dark(look.shoes_dye, 0.03) if far else look.shoes_dye
    cel.part(_outline.spline(_INSTEP), dark(look.legs, 0.03) if far else look.legs, HIDE.but(cast=0, key=0))
    leather = cel.part(_outline.spline(_PUMP), dye, HIDE.but(cast=0.6))
    cel.stroke([(6.2, -3.0), (8.2, -2.8), (9.5, -1.9)], [0.1, 0.36, 0.1], pale(dye, 0.2), leather)
    cel.part(_outline.spline(_PUMP_SOLE), dark(dye, 0.10), FLAT.but(line=0.1))
    cel.part(_outline.spline(_STRAP), dye, PIECE.but(turn=0.3, cast=0.4))
    cel.part(_outline.ellipse(3.4, -5.0, 0.42, 0.46, samples=14), BRASS, PIECE.but(turn=0.2, cast=0.2, line=0.08))


def clog(cel: Cel, look: Look, far: bool, fine: bool) -> None:
    """A wooden clog with an upturned toe."""
    del fine
    dye = dark(look.shoes_dye, 0.03) if far else look.shoes_dye
    wood = cel.part(_outline.spline(_CLOG), dye, HIDE.but(cast=0.8))
    for line in ([(-3.6, -2.6), (1, -2.0), (6, -2.4), (10.4, -2.8)], [(-3.8, -4.2), (0.6, -3.6), (4.6, -4.4)],
                 [(3, -1.0), (6.4, -1.2), (9.6, -1.8)]):  # fmt: skip
        cel.stroke(line, [0.06, 0.2, 0.2, 0.06][: len(line)], dark(dye, 0.10), wood, 0.9)
    cel.stroke([(5.0, -5.4), (7.6, -4.8), (10.2, -3.8)], [0.1, 0.4, 0.1], pale(dye, 0.14), wood)


SHOES: dict[str, Callable[[Cel, Look, bool, bool], None]] = {"boots": boot, "shoes": shoe, "pumps": pump, "clogs": clog}

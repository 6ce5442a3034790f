"""Hats with a brim all round, in h: bowler, boater and a lady's wide hat. They look alike from all sides."""

from __future__ import annotations

import numpy as np

from rules import _outline
from rules._biped_look import METAL, PIECE, Look, dark, pale
from rules._cel import CLOTH, Cel, Mask
from rules._colour import RGB
from rules._outline import Nodes, Points

FELT = CLOTH.but(turn=2.4, soft=1.5, cast=1.5, key=0.4, half=0.5)
_BOWL: Nodes = [
    (-54, -84, 1), (-57, -104), (-50, -127), (-29, -141), (2, -145), (33, -141), (54, -127), (60, -104), (57, -85, 1),
    (2, -74),
]  # fmt: skip
_BOWL_BAND: Nodes = [
    (-54, -84, 1),
    (-56.4, -99, 1),
    (-28, -92),
    (2, -90),
    (32, -92),
    (59.4, -99, 1),
    (57, -85, 1),
    (2, -72),
]
_BOWL_BRIM: Nodes = [
    (-78, -91), (-68, -98), (-40, -87), (2, -82), (44, -87), (71, -99), (82, -93), (77, -82), (48, -71), (2, -66),
    (-46, -70), (-73, -80),
]  # fmt: skip
_STRAW: Nodes = [
    (-52, -82, 1), (-53, -108), (-55, -119, 1), (-28, -124), (2, -125), (32, -124), (58, -119, 1), (56, -108),
    (55, -83, 1), (2, -73),
]  # fmt: skip
_STRAW_BAND: Nodes = [
    (-52, -82, 1),
    (-53, -103, 1),
    (-26, -98),
    (2, -97),
    (30, -98),
    (56, -103, 1),
    (55, -83, 1),
    (2, -73),
]
_STRAW_BRIM: Nodes = [
    (-88, -83), (-70, -89), (-36, -86), (2, -84.5), (40, -86), (74, -89), (92, -83), (72, -75.5), (40, -71),
    (2, -69.5), (-38, -71), (-69, -75.5),
]  # fmt: skip
_LADY: Nodes = [
    (-48, -84, 1), (-51, -106), (-38, -127), (-12, -135), (10, -133), (24, -136), (46, -126), (56, -106), (52, -85, 1),
    (2, -76),
]  # fmt: skip
_LADY_BAND: Nodes = [
    (-48, -84, 1),
    (-50.4, -101, 1),
    (-26, -95),
    (2, -93),
    (30, -95),
    (55, -101, 1),
    (52, -85, 1),
    (2, -75),
]
_LADY_BRIM: Nodes = [
    (-104, -76), (-86, -89), (-44, -88), (2, -90), (48, -87), (88, -92), (107, -80), (84, -71), (46, -70), (2, -66),
    (-44, -64), (-84, -66),
]  # fmt: skip
_PETAL: Nodes = [(0, 0, 1), (-5.5, -5), (-4.5, -12), (0, -14), (5, -12), (5.5, -5)]


def set_at(yaw: int) -> float:
    """How far the middle of the skull lies from where the hats were drawn."""
    return float(np.interp(min(yaw, 180 - yaw), (0, 45, 90), (-1.5, -2.0, -9.0)))


def brim_of(kind: str) -> Nodes:
    """What lies over the face."""
    return {"bowler": _BOWL_BRIM, "boater": _STRAW_BRIM, "wide": _LADY_BRIM, "straw": _LADY_BRIM}[kind]


def bowler(cel: Cel, look: Look, away: bool) -> None:
    """A hard round hat with a curled brim."""
    del away
    dye = look.hat_dye
    body = cel.part(_outline.spline(_BOWL), dye, FELT.but(turn=2.6, soft=1.3, key=0.5))
    shine = [(-38, -104), (-36, -122), (-22, -134)]
    cel.stroke(shine, [0.3, 3.4, 0.3], pale(dye, 0.11), body, 0.55)
    cel.part(_outline.spline(_BOWL_BAND), look.trim, PIECE.but(turn=1.2, cast=0.5))
    brim = cel.part(_outline.spline(_BOWL_BRIM), dye, FELT.but(turn=1.0, soft=0.6, cast=2.2, key=0.45))
    cel.stroke([(-68, -91), (-40, -80), (2, -75), (44, -80), (72, -92)], 0.6, dark(dye, 0.12), brim)


def boater(cel: Cel, look: Look, away: bool) -> None:
    """A flat straw hat with a broad ribbon."""
    del away
    dye = look.hat_dye
    low = dark(dye, 0.10, 40)
    body = cel.part(_outline.spline(_STRAW), dye, FELT.but(turn=2.2, soft=1.0, key=0.35))
    for y in (-108, -113.5, -119):
        cel.stroke([(-54, y + 1), (-26, y - 3.4), (2, y - 4.4), (30, y - 3.4), (57, y + 1)], 0.42, low, body, 0.7)
    for i in range(12):
        x = -48 + i * 9
        cel.stroke([(x, -104), (x + 1.6, -110), (x, -118)], 0.3, low, body, 0.5)
    ribbon = cel.part(_outline.spline(_STRAW_BAND), look.trim, PIECE.but(turn=1.3, cast=0.6, key=0.2))
    cel.stroke([(-52, -93), (-26, -88), (2, -87), (30, -88), (55, -93)], 0.5, pale(look.trim, 0.12), ribbon, 0.8)
    brim = cel.part(_outline.spline(_STRAW_BRIM), dye, FELT.but(turn=0.9, soft=0.6, cast=2.2, key=0.4))
    for lift in (0.0, 3.6):
        line = [(-80, -80 + lift * 0.5), (-38, -76 + lift), (2, -74.4 + lift), (42, -76 + lift), (84, -80 + lift * 0.5)]
        cel.stroke(line, 0.4, low, brim, 0.7)


def wide(cel: Cel, look: Look, away: bool) -> None:
    """A lady's hat with a waved brim, a ribbon and a flower."""
    dye = look.hat_dye
    body = cel.part(_outline.spline(_LADY), dye, FELT.but(turn=2.6, soft=1.4))
    dent = [(-16, -132), (-6, -124), (8, -122), (20, -131)]
    cel.stroke(dent, [0.1, 1.4, 1.2, 0.1], dark(dye, 0.12), body, 0.9)
    band = cel.part(_outline.spline(_LADY_BAND), look.trim, PIECE.but(turn=1.2, cast=0.6))
    cel.stroke([(-49, -92), (-26, -86), (2, -84), (30, -86), (53, -92)], 0.5, dark(look.trim, 0.12), band, 0.8)
    brim = cel.part(_outline.spline(_LADY_BRIM), dye, FELT.but(turn=1.2, soft=0.7, cast=2.4, key=0.45))
    cel.stroke(
        [(-92, -77), (-44, -77), (2, -78), (48, -77), (94, -82)], [0.1, 0.7, 0.5, 0.7, 0.1], dark(dye, 0.11), brim
    )
    if look.hat == "straw":
        _plaited(cel, dye, (body, brim))
    elif not away:
        _flower(cel, look, (36, -93))


def _plaited(cel: Cel, dye: RGB, masks: tuple[Mask, Mask]) -> None:
    """The courses of plaited straw, round the crown and round the brim."""
    low = dark(dye, 0.10, 40)
    for y in (-104.0, -111.0, -118.0, -125.0):
        narrow = 1 - max(0.0, -112 - y) * 0.022
        line = [(2 - 51 * narrow, y), (2 - 26 * narrow, y + 4.0), (2 + 26 * narrow, y + 4.0), (2 + 52 * narrow, y)]
        cel.stroke(line, 0.5, low, masks[0], 0.7)
    for lift in (3.0, 6.4):
        line = [(-92, -80 + lift), (-44, -74 + lift), (2, -75 + lift), (46, -74 + lift), (94, -85 + lift)]
        cel.stroke(line, 0.45, low, masks[1], 0.7)


def _flower(cel: Cel, look: Look, at: tuple[float, float]) -> None:
    """Five petals and a leaf, under the ribbon."""

    def put(shape: Points, turn: float, size: float) -> Points:
        return np.asarray(_outline.rotated(shape * size, turn) + np.array(at))

    leaf = _outline.spline([(0, 0, 1), (8, -9), (20, -9), (27, -2, 1), (18, 4), (8, 5)])
    green = pale(look.trim, 0.02)
    for turn, size in ((150, 0.9), (20, 0.8)):
        landed = cel.part(put(leaf, turn, size), dark(green, 0.08), PIECE.but(cast=0.7, turn=0.6))
        a, b = put(np.array([(3.0, -1.0), (23.0, -2.0)]), turn, size)
        cel.stroke([tuple(a), tuple(b)], [0.5, 0.2], dark(green, 0.2), landed)
    petal = _outline.spline(_PETAL)
    colour = pale(look.lining, 0.22)
    for i in range(5):
        cel.part(put(petal, 72 * i + 12, 1.0 + 0.1 * (i % 2)), colour, PIECE.but(cast=0.5, turn=0.5))
    cel.part(_outline.ellipse(*at, 4.2, 4.0, samples=18), (0.90, 0.70, 0.30), METAL.but(cast=0.3))

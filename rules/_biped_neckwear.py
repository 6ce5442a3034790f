"""What a biped wears round its neck: a scarf's roll, or a collar with its tie.

Drawn with the head, so that hair and chin lie over it. Units are u, origin at the head's pivot.
"""

from __future__ import annotations

import numpy as np

from rules import _outline
from rules._biped_look import BRASS, PIECE, SHIRT, SKIN, Look, dark, pale
from rules._bones import Measures
from rules._cel import CLOTH, Cel, Mask
from rules._colour import RGB

WOOL = CLOTH.but(turn=1.5, soft=0.8, cast=1.5, key=0.3, half=0.5)


def wool(body: Measures) -> float:
    """The size of what is wound round the neck: wide under a child's big head."""
    return float(np.interp(100 / body.head, (3.3, 4.4, 7.0), (1.0, 0.94, 0.76)))


def neck(cel: Cel, look: Look, radius: float) -> None:
    """The neck itself, down into the collar."""
    cel.part(
        _outline.tube([(0.2, -2.0), (-0.1, 1.2), (-0.2, 3.6)], [radius, radius * 0.96, radius * 1.04]),
        look.skin,
        SKIN.but(cast=0, bounce=0),
    )


def neckwear(cel: Cel, look: Look, radius: float, fine: bool) -> None:
    """Scarf, tie and collar, coat collar or shirt collar, whichever is outermost."""
    if look.scarf:
        _roll(cel, look, fine)
    elif look.vest or look.coat == "tails":
        _tie(cel, look, radius)
    elif look.coat == "tunic":
        _stand(cel, look, radius)
    elif look.coat:
        _collar(cel, pale(look.coat_dye, 0.03), radius)
    elif look.top.cut == "jumper":
        _roll_neck(cel, look.top.dye, radius)
    elif look.dress.cut or look.top.cut == "blouse":
        _petals(cel, SHIRT if look.dress.cut in ("gown", "frock") else pale(look.top.dye, 0.02), radius)
    else:
        _collar(cel, look.top.dye, radius)


def _stand(cel: Cel, look: Look, r: float) -> None:
    """The standing collar of a uniform, hooked at the front."""
    dye = look.coat_dye
    nodes = [
        (-r - 0.8, 1.6, 1), (0.2, 4.2), (r + 1.0, 2.0, 1), (r + 1.6, 6.4, 1), (1.6, 8.8), (-r - 1.4, 6.8, 1),
    ]  # fmt: skip
    band = cel.part(_outline.spline(nodes), dye, PIECE.but(cast=0.7, turn=0.8))
    for top in (1.0, 4.0):
        edge = [(-r - 0.9, 1.6 + top), (0.4, 4.0 + top * 1.05), (r + 1.2, 2.0 + top)]
        cel.stroke(edge, [0.26] * 3, look.trim if top > 2 else BRASS, band)
    cel.stroke([(1.2, 4.2), (1.7, 8.6)], [0.2, 0.2], dark(dye, 0.18), band)


def _roll_neck(cel: Cel, dye: RGB, r: float) -> None:
    """The rolled collar of a jumper."""
    nodes = [
        (-r - 1.2, 2.0),
        (0, 4.0),
        (r + 1.4, 2.4),
        (r + 1.9, 5.4),
        (r, 8.2),
        (0.4, 9.0),
        (-r - 0.6, 8.0),
        (-r - 1.8, 5),
    ]
    wool = cel.part(_outline.spline(nodes), dye, WOOL.but(turn=1.2, cast=1.0))
    for i in range(7):
        x = -r - 0.6 + i * (2 * r + 1.6) / 6
        sag = 1.7 * (1 - ((i - 3) / 3.4) ** 2)
        cel.stroke([(x, 2.9 + sag), (x * 1.06, 7.2 + 0.7 * sag)], [0.2, 0.14], dark(dye, 0.13), wool)


def _petals(cel: Cel, dye: RGB, r: float) -> None:
    """A flat collar of two round leaves."""
    for leaf in (
        [(-r - 0.9, 2.8, 1), (-1.2, 5.0), (1.0, 5.8, 1), (0.6, 8.8), (-2.6, 10.0), (-r - 2.4, 8.0), (-r - 2.2, 5)],
        [(r + 0.9, 2.2, 1), (3.0, 4.6), (1.2, 5.8, 1), (2.6, 8.6), (r + 1.2, 8.8), (r + 2.6, 5.8)],
    ):
        landed = cel.part(_outline.spline(leaf), dye, PIECE.but(cast=0.9, turn=0.7))
        rim = [(p[0] * 0.9, p[1] - 0.6) for p in leaf[3:]]
        cel.stroke(rim, [0.12] * len(rim), dark(dye, 0.12), landed)


def _roll(cel: Cel, look: Look, fine: bool) -> None:
    """A knitted scarf wound twice: the lower turn, and the upper one that crosses it downwards."""
    dye = look.scarf_dye
    low, high = dark(dye, 0.11, 20), pale(dye, 0.08)
    back = [(-10.4, 2.4), (-6, -1.8), (2, -2.6), (9, -0.6), (11, 3.4), (2, 5), (-8, 5)]
    cel.part(_outline.spline(back), dark(dye, 0.14, 20), WOOL.but(cast=0))
    lower = [
        (-11.8, 7.2),
        (-4, 6.2),
        (6, 7.0),
        (12.4, 4.6),
        (13.5, 8.0),
        (10.2, 11.8),
        (2.6, 13.8),
        (-6, 13.2),
        (-12, 10.6),
    ]
    roll = cel.part(_outline.spline(lower), dark(dye, 0.015, 20), WOOL)
    for line, width in (
        ([(12.6, 7.0), (8, 10.2), (1, 11.9)], [0.1, 0.42, 0.1]),
        ([(-10.6, 10.2), (-5, 12.0), (0, 12.5)], [0.1, 0.34, 0.1]),
    ):
        cel.stroke(line, width, low, roll)
    upper = [
        (-14.0, 2.6), (-11.4, -0.8), (-7.2, -0.6), (-1.4, 2.6), (4.6, 3.2), (10.2, 0.2), (13.0, 2.4), (13.4, 6.4),
        (8.8, 9.8), (1, 10.8), (-7.6, 9.8), (-13.2, 7.2),
    ]  # fmt: skip
    roll = cel.part(_outline.spline(upper), dye, WOOL.but(turn=1.8))
    for line, width in (
        ([(-12.4, 1.6), (-7.4, 3.2), (-1, 6.8), (6, 7.6), (9.6, 6.6)], [0.1, 0.34, 0.5, 0.3, 0.1]),
        ([(-13, 4.6), (-8.4, 6.6), (-2, 8.8)], [0.1, 0.44, 0.1]),
        ([(12.4, 3.2), (9.4, 5.2), (4.6, 5.9)], [0.1, 0.40, 0.1]),
        ([(12.4, 6.6), (8.8, 8.4), (4, 9.2)], [0.1, 0.36, 0.1]),
    ):
        cel.stroke(line, width, low, roll)
    for line in (
        [(-11.6, 0.8), (-8.6, 1.2), (-5, 3.2)],
        [(6, 5.0), (9.4, 3.0), (11.4, 2.6)],
        [(-11.6, 5.8), (-7, 7.6), (-3, 8.6)],
    ):
        cel.stroke(line, [0.1, 0.5, 0.1], high, roll, 0.85)
    if fine:
        _knit(cel, roll, low)


def _knit(cel: Cel, roll: Mask, low: RGB) -> None:
    """Stitches on the upper turn, seen in a close shot only: rows of small chevrons that follow the wrap."""
    stitches = []
    for row in range(8):
        path = _outline.spline(
            [
                (-14.2, 0.2 + 1.02 * row),
                (-8, 1.0 + 1.1 * row),
                (-1, 4.0 + 0.86 * row),
                (6, 4.4 + 0.84 * row),
                (13.6, 1.0 + 1.0 * row),
            ],
            closed=False,
            samples=9,
        )
        along = np.gradient(path, axis=0)
        along /= np.hypot(along[:, 0], along[:, 1])[:, None]
        across = along[:, ::-1] * np.array([-1.0, 1.0])
        for side in (-1.0, 1.0):
            arm = path - 0.42 * along + side * 0.40 * across
            for a, b, n in zip(arm, path, across, strict=True):
                stitches.append(np.array([a + 0.09 * n, a - 0.09 * n, b - 0.05 * n, b + 0.05 * n]))
    cel.ink(stitches, low, 0.34, roll)


def _tie(cel: Cel, look: Look, radius: float) -> None:
    """A standing collar with turned wings, and a bow."""
    r = radius
    band = [
        (-r - 0.3, 1.5, 1),
        (-0.5 * r, 3.2),
        (0.6 * r, 3.6),
        (r + 1.0, 2.0, 1),
        (r + 1.6, 6.4),
        (1.4, 8.6),
        (-r - 0.4, 6.6),
    ]
    cel.part(_outline.spline(band), SHIRT, PIECE.but(cast=0.3, turn=1.1))
    for wing in (
        [(-r - 0.4, 1.4, 1), (-0.6, 3.8), (2.2, 5.4, 1), (0.0, 8.0, 1), (-r - 0.2, 5.4)],
        [(r + 1.1, 2.0, 1), (3.8, 4.0), (2.4, 5.4, 1), (5.0, 7.4, 1), (r + 1.8, 4.8)],
    ):
        cel.part(_outline.spline(wing), SHIRT, PIECE.but(cast=0.7, turn=0.5))
    dye = look.trim
    for side, size in ((-1, 1.0), (1, 0.84)):
        s = side * size
        wing = [
            (2.6, 6.5),
            (2.6 + s * 2.0, 4.9),
            (2.6 + s * 4.6, 4.2, 1),
            (2.6 + s * 4.9, 6.4),
            (2.6 + s * 4.4, 9.0, 1),
            (2.6 + s * 1.9, 8.1),
        ]
        landed = cel.part(_outline.spline(wing), dye, PIECE.but(cast=0.8, key=0.2))
        for fold in (
            [(2.6 + s * 0.6, 6.3), (2.6 + s * 2.2, 5.8), (2.6 + s * 3.4, 5.9)],
            [(2.6 + s * 0.6, 6.9), (2.6 + s * 1.9, 7.3), (2.6 + s * 2.9, 7.8)],
        ):
            cel.stroke(fold, [0.34, 0.2, 0.05], dark(dye, 0.12), landed)
    cel.part(
        _outline.spline([(1.7, 5.5), (3.2, 5.1), (3.8, 6.5), (3.2, 8.0), (1.8, 7.8), (1.3, 6.6)]),
        dye,
        PIECE.but(cast=0.6, turn=0.4),
    )


def _collar(cel: Cel, dye: RGB, r: float) -> None:
    """The turned collar of a shirt or a coat."""
    cel.part(
        _outline.spline(
            [
                (-r - 1.2, 3.0),
                (-r + 0.4, 3.0, 1),
                (0.4, 6.4, 1),
                (r - 0.4, 2.8, 1),
                (r + 0.8, 2.4),
                (r + 1.0, 5),
                (0, 8.0),
                (-r - 1.6, 6),
            ]
        ),
        dark(dye, 0.10),
        PIECE.but(cast=0),
    )
    cel.part(
        _outline.spline([(-r - 1.6, 2.8, 1), (-1.6, 5.8), (1.8, 7.2, 1), (-0.6, 10.0, 1), (-r - 2.2, 7.4, 1)]),
        dye,
        PIECE.but(cast=0.9, turn=0.7),
    )
    cel.part(
        _outline.spline([(r + 1.0, 2.2, 1), (3.4, 5.0), (1.8, 7.2, 1), (4.4, 9.6, 1), (r + 2.4, 6.2, 1)]),
        dye,
        PIECE.but(cast=0.9, turn=0.5),
    )


def neckwear_back(cel: Cel, look: Look, r: float, fine: bool) -> None:
    """A scarf's roll, a rolled collar, or the fall of a collar, from behind."""
    if look.scarf:
        _roll_back(cel, look, fine)
    elif look.coat == "tunic":
        _fall(cel, look.coat_dye, r, 2.8)
        cel.stroke([(-r - 1.2, 5.6), (0.2, 6.6), (r + 1.4, 5.6)], [0.26] * 3, look.trim)
    elif look.vest and look.coat != "tails":
        _fall(cel, SHIRT, r, 2.6)
    elif look.coat:
        _fall(cel, pale(look.coat_dye, 0.03), r, 4.4)
    elif look.top.cut == "jumper":
        _roll_neck(cel, look.top.dye, r)
    elif look.dress.cut or look.top.cut == "blouse":
        _fall(cel, SHIRT if look.dress.cut in ("gown", "frock") else pale(look.top.dye, 0.02), r, 5.2, notched=True)
    else:
        _fall(cel, look.top.dye, r, 3.6)


def _fall(cel: Cel, dye: RGB, r: float, long: float, notched: bool = False) -> None:
    """The fall of a collar, which lies on the shoulders."""
    half, low = r + 1.3, 3.2 + long
    if notched:
        foot = [
            (half + 1.6, low - 0.6),
            (0.6, low + 0.4),
            (0.2, low - 1.8, 1),
            (-0.2, low + 0.4),
            (-half - 1.6, low - 0.6),
        ]
    else:
        foot = [(half + 1.0, low - 0.8, 1), (0.2, low + 0.5), (-half - 1.0, low - 0.8, 1)]
    nodes = [(-half, 1.8), (0.2, 2.8), (half, 1.8), *foot]
    landed = cel.part(_outline.spline(nodes), dye, PIECE.but(cast=0.9, turn=0.9))
    cel.stroke([(-half + 0.4, 3.0), (0.2, 4.0), (half - 0.4, 3.0)], [0.1, 0.16, 0.1], dark(dye, 0.13), landed)


def _roll_back(cel: Cel, look: Look, fine: bool) -> None:
    """A scarf from behind: two turns that lie on one another."""
    dye = look.scarf_dye
    low, high = dark(dye, 0.11, 20), pale(dye, 0.08)
    lower = [(-12, 6.0), (-4, 6.6), (5, 6.6), (12.2, 6.0), (12.8, 9), (8, 12.4), (0.4, 13.4), (-7.6, 12.4), (-12.6, 9)]
    cel.part(_outline.spline(lower), dark(dye, 0.02, 20), WOOL)
    upper = [
        (-13.2, 2.4), (-9, -0.4), (-3, 1.2), (3, 1.2), (9, -0.4), (13.2, 2.4), (13, 6.4), (8.4, 9.2), (0.4, 10.2),
        (-8, 9.4), (-13, 6.8),
    ]  # fmt: skip
    roll = cel.part(_outline.spline(upper), dye, WOOL.but(turn=1.8))
    for line in ([(-12, 3.4), (-5, 6.0), (3, 6.6)], [(12, 3.6), (6, 6.4), (0, 8.2)], [(-10, 7.0), (-4, 8.8), (2, 9.0)]):
        cel.stroke(line, [0.1, 0.44, 0.1], low, roll)
    cel.stroke([(-11, 1.2), (-6, 1.4), (-2, 2.8)], [0.1, 0.5, 0.1], high, roll, 0.85)
    if fine:
        _knit(cel, roll, low)

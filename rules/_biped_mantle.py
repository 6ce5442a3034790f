"""The mantle: a belted bell of heavy cloth with a short cape, drawn by hand on the small reference figure."""

from __future__ import annotations

from rules import _outline
from rules._biped_look import BRASS, PIECE, Look, dark, pale
from rules._biped_tailor import HEAVY, PANEL, Tailor
from rules._cel import FLAT, Mask
from rules._colour import RGB
from rules._outline import Nodes
from rules._weave import twill

_HEM_INSIDE: Nodes = [(-20.2, -21.4, 1), (-9, -25), (8, -24.6), (17.2, -20.8, 1), (8, -18.6), (-7, -18.2)]
_BELL: Nodes = [
    (-6.4, -66), (0, -67), (6.4, -65.6), (8.8, -60), (8.4, -52.5), (8.9, -47.4), (11.4, -38), (14.6, -29),
    (17.8, -20.6, 1), (13.2, -18.0), (8.4, -19.6), (3.0, -17.2), (-3.2, -19.4), (-9.2, -16.8), (-14.8, -18.9),
    (-20.8, -21.0, 1), (-17.6, -29), (-13.4, -38.6), (-9.8, -47.4), (-9.8, -56), (-9.0, -62),
]  # fmt: skip
_FOLDS: tuple[Nodes, ...] = (
    [(-4.4, -45.4, 1), (-5.0, -36), (-7.4, -26), (-11.0, -16.4, 1), (-6.4, -17.4, 1), (-5.2, -27), (-4.2, -37)],
    [(5.4, -45.6, 1), (7.2, -36), (9.2, -27), (10.4, -18, 1), (14.2, -17.6, 1), (11.6, -26), (8.0, -36)],
    [(-7.8, -45.4, 1), (-11.0, -36), (-14.8, -27), (-18.6, -19, 1), (-15.0, -18, 1), (-12.4, -27), (-9.6, -37)],
    [(1.0, -38, 1), (0.4, -28), (-0.6, -18, 1), (2.0, -17, 1), (1.8, -28)],
)
_LIGHTS: tuple[Nodes, ...] = (
    [(-5.6, -41, 1), (-8.2, -31), (-12.6, -18.6, 1), (-11.4, -17.4, 1), (-7.4, -30)],
    [(4.4, -40, 1), (5.8, -30), (7.6, -20, 1), (9.2, -19.6, 1), (7.2, -30)],
    [(-9.2, -42, 1), (-13.4, -32), (-19.6, -21, 1), (-18.6, -19.8, 1), (-13.0, -31)],
)
_FRONT: Nodes = [(3.6, -66), (4.2, -50), (5.0, -34), (6.2, -18)]
_HEM: Nodes = [
    (18.2, -20.6), (13.2, -18.0), (8.4, -19.6), (3.0, -17.2), (-3.2, -19.4), (-9.2, -16.8), (-14.8, -18.9),
    (-21.2, -21.0),
]  # fmt: skip
_BELT: Nodes = [
    (-10.6, -49.4), (-4, -47.6), (4, -47.6), (9.4, -49.2), (9.6, -46.2), (4, -44.4), (-4, -44.4), (-10.8, -46.4),
]  # fmt: skip
_FLAP: Nodes = [(-12.6, -40.2, 1), (-5.6, -38.8, 1), (-5.6, -36.0), (-8.8, -34.6), (-13.2, -36.6)]
_CAPE_FAR: Nodes = [
    (1.6, -67, 1), (6.6, -66.2), (10.0, -61.6), (12.4, -54.6, 1), (9.0, -52.6), (6.0, -53.8), (3.4, -52.8, 1),
    (3.2, -60),
]  # fmt: skip
_CAPE_NEAR: Nodes = [
    (3.0, -67, 1), (3.6, -60), (3.0, -52.6, 1), (0.2, -51.4), (-3.6, -53.2), (-7.4, -51.2), (-11.4, -52.6),
    (-15.6, -51.6, 1), (-14.0, -58.4), (-10.6, -64.4), (-5, -67.2),
]  # fmt: skip
_CAPE_FOLDS: tuple[Nodes, ...] = (
    [(-3.4, -62, 1), (-4.2, -57), (-5.4, -51.6, 1), (-2.8, -52.6, 1), (-3.0, -57)],
    [(-7.4, -62.4, 1), (-9.6, -57.4), (-12.6, -51.8, 1), (-9.8, -51.8, 1), (-8.2, -57)],
)
_CAPE_BACK: Nodes = [
    (-6, -67.4), (0, -66.6), (6, -67.4), (11, -63.5), (14.2, -57.6), (15.6, -51.6, 1), (10.4, -50.8), (5.2, -52.4),
    (0, -50.6), (-5.2, -52.4), (-10.4, -50.8), (-15.6, -51.6, 1), (-14.2, -57.6), (-11, -63.5),
]  # fmt: skip
_CAPE_BACK_FOLDS: tuple[Nodes, ...] = (
    [(-3.4, -62, 1), (-4.4, -57), (-6.2, -52, 1), (-3.2, -51.8, 1), (-3.0, -57)],
    [(3.4, -62, 1), (4.4, -57), (6.2, -52, 1), (3.2, -51.8, 1), (3.0, -57)],
    [(-8.4, -62, 1), (-10.0, -57), (-12.4, -51.4, 1), (-10.0, -51.2, 1), (-8.8, -57)],
)


def mantle_behind(tailor: Tailor, look: Look) -> None:
    """The inside of the hem, beyond the legs."""
    tailor.panel(_HEM_INSIDE, dark(look.lining, 0.16), FLAT.but(line=0.1))


def mantle(tailor: Tailor, look: Look) -> None:
    """The belted coat, without its cape."""
    dye = look.coat_dye
    coat = tailor.panel(_BELL, dye, HEAVY.but(turn=3.6, soft=2.0))
    tailor.wedges(_FOLDS, dark(dye, 0.115), coat, 0.92)
    tailor.wedges(_LIGHTS, pale(dye, 0.065), coat, 0.8)
    tailor.seam(_FRONT, 0.2, dark(dye, 0.2), coat)
    braid = pale(look.lining, 0.02)
    for lift, width in ((2.0, 0.42), (3.1, 0.16)):
        tailor.seam([(n[0], n[1] - lift) for n in _HEM], width, braid, coat)
    if tailor.fine:
        twill(tailor.cel, coat, 0.5, 0.035)
        _stitches(tailor, pale(dye, 0.065), coat)
    _pocket(tailor, look)
    leather = look.lining
    strap = tailor.panel(_BELT, leather, PIECE.but(turn=0.8, cast=1.0, key=0.3))
    for x in (-6.4, -3.6):
        hole = _outline.ellipse(*tailor.fit.at(x, -46.1), 0.3, 0.34, samples=12)
        tailor.cel.ink(hole, dark(leather, 0.2), 1, strap)
    tailor.buckle((4.6, -46.1), 1.95, BRASS)
    tailor.buttons(((7.4, -41.2), (8.8, -35.4)), BRASS, 0.92)


def _stitches(tailor: Tailor, thread: RGB, coat: Mask) -> None:
    for y in (-44, -40, -36, -32, -28, -24):
        x = 3.5 - (y + 44) * 0.075
        tailor.seam([(x, y), (x + 0.1, y + 2.2)], 0.1, thread, coat)


def _pocket(tailor: Tailor, look: Look) -> None:
    dye = pale(look.coat_dye, 0.035)
    flap = tailor.panel(_FLAP, dye, PIECE.but(cast=1.0, key=0.2))
    tailor.creases(([(-12.6, -37.2), (-9.0, -35.6), (-6.3, -36.4)],), 0.13, dark(dye, 0.12), flap)
    tailor.buttons(((-9.0, -36.7),), BRASS, 0.5)


def cape_far(tailor: Tailor, look: Look) -> None:
    """The far half of the short cape."""
    half = tailor.panel(_CAPE_FAR, pale(look.coat_dye, 0.01), PANEL.but(turn=2.0))
    _braid(tailor, look, _CAPE_FAR[3:7], half)


def cape_near(tailor: Tailor, look: Look, raised: float) -> None:
    """The near half, over the near arm; raised (0 to 1) lifts its edge with the arm."""
    dye = pale(look.coat_dye, 0.03)
    nodes = [_lifted(n, raised) for n in _CAPE_NEAR]
    half = tailor.panel(nodes, dye, PANEL.but(turn=2.2, soft=1.1, cast=1.9))
    tailor.wedges([[_lifted(n, raised) for n in fold] for fold in _CAPE_FOLDS], dark(dye, 0.11), half)
    _braid(tailor, look, nodes[2:8], half)
    tailor.buttons(((1.2, -59.6),), BRASS, 0.95)


def _lifted(node: tuple[float, ...], raised: float) -> tuple[float, ...]:
    x, y = node[0], node[1]
    share = min(max((-2.0 - x) / 10, 0.0), 1.0) * min(max((y + 66) / 12, 0.0), 1.0) * raised
    return (x + 3.2 * share, y - 6.4 * share, *node[2:])


def _braid(tailor: Tailor, look: Look, edge: Nodes, clip: Mask) -> None:
    tailor.seam([(n[0], n[1] - 1.5) for n in edge], 0.36, pale(look.lining, 0.02), clip)


def mantle_back(tailor: Tailor, back: Tailor, look: Look) -> None:
    """The belted coat from behind."""
    dye = look.coat_dye
    coat = tailor.panel(_BELL, dye, HEAVY.but(turn=3.6, soft=2.0))
    tailor.wedges(_FOLDS, dark(dye, 0.115), coat, 0.92)
    tailor.wedges(_LIGHTS, pale(dye, 0.065), coat, 0.8)
    back.seam([(0, -66), (0.2, -50), (0.4, -34), (0.8, -18)], 0.2, dark(dye, 0.16), coat)
    braid = pale(look.lining, 0.02)
    for lift, width in ((2.0, 0.42), (3.1, 0.16)):
        tailor.seam([(n[0], n[1] - lift) for n in _HEM], width, braid, coat)
    if tailor.fine:
        twill(tailor.cel, coat, 0.5, 0.035)
    tailor.panel(_BELT, look.lining, PIECE.but(turn=0.8, cast=1.0, key=0.3))
    back.buttons(((-3.4, -41.6), (3.6, -41.6)), BRASS, 0.8)


def cape_back(back: Tailor, look: Look) -> None:
    """The short cape from behind, over both arms."""
    dye = pale(look.coat_dye, 0.03)
    whole = back.panel(_CAPE_BACK, dye, PANEL.but(turn=2.4, soft=1.2, cast=1.9))
    back.wedges(_CAPE_BACK_FOLDS, dark(dye, 0.11), whole)
    back.seam([(0, -66.4), (0.1, -58), (0, -50.8)], 0.14, dark(dye, 0.13), whole)
    _braid(back, look, _CAPE_BACK[5:12], whole)

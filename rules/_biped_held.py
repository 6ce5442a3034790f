"""Small things that a biped bears in one hand: lantern, letter, book, basket, flower, umbrella.

Drawn in cm about the grip, x right, y down, and placed at their own size whoever holds them.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin

from rules import _outline
from rules._biped_look import BRASS, METAL, dark, pale
from rules._bones import Figure
from rules._cel import CLOTH, FLAT, Cel, Joined
from rules._colour import rgb_of
from rules._outline import Nodes

_IRON = rgb_of("#3f3a4a")
_GLASS = rgb_of("#8a5a3a")
_PAPER = rgb_of("#f3e6cb")
_WAX = rgb_of("#a5313a")
_COVER = rgb_of("#7b3242")
_WICKER = rgb_of("#c08a4c")
_LINEN = rgb_of("#efe3d2")
_APPLE = rgb_of("#c0483a")
_LEAF = rgb_of("#5d7a44")
_PETAL = rgb_of("#f4d9d2")
_HEART = rgb_of("#e0a437")
_SILK = rgb_of("#a4473c")
_WOOD = rgb_of("#7a5238")

_BODY = CLOTH.but(turn=1.0, soft=0.5, cast=0.4, key=0.25, line=0.11)
_THIN = CLOTH.but(turn=0.25, soft=0.15, cast=0.2, line=0.09)
_PLAIN = CLOTH.but(turn=0.5, soft=0.25, cast=0.3, key=0.2, line=0.1)


def held(cel: Cel, params: Figure) -> None:
    """What is borne, its grip at the cel's origin."""
    with cel.placed(lambda points: points / params.height):
        _DRAWN[params.holds](cel, 1 / params.height)


def flame(cel: Cel, params: Figure) -> None:
    """The light in a lantern, which lights itself: painted after the light."""
    if params.holds != "lantern":
        return
    with cel.placed(lambda points: points / params.height):
        cel.glaze(_outline.ellipse(0, 28, 9.5, 9.5), rgb_of("#ffb04e"), 0.55, soft=1.2)
        outer: Nodes = [
            (-2.4, 33.5, 1),
            (2.4, 33.5, 1),
            (3.2, 29.4),
            (1.6, 25.6),
            (-0.2, 20.8, 1),
            (-1.8, 25.0),
            (-3.3, 29),
        ]
        cel.glaze(_outline.spline(outer), rgb_of("#ffb851"))
        inner: Nodes = [(-1.2, 33.2, 1), (1.2, 33.2, 1), (1.7, 30), (0.1, 25.4, 1), (-1.8, 29.6)]
        cel.glaze(_outline.spline(inner), rgb_of("#fff2c4"))


def _lantern(cel: Cel, cm: float) -> None:
    bail: Nodes = [(-8.6, 17.5), (-7.6, 7), (-3.2, 0.4), (0, -1.2), (3.2, 0.4), (7.6, 7), (8.6, 17.5)]
    cel.part(_outline.tube(bail, 0.75), _IRON, _THIN)
    cel.part(_outline.spline([(-3.6, 13, 1), (-2.6, 9.4), (2.6, 9.4), (3.6, 13, 1)]), _IRON, METAL)
    glass: Nodes = [(-8.4, 19, 1), (8.4, 19, 1), (9.4, 28), (8.6, 37, 1), (-8.6, 37, 1), (-9.4, 28)]
    pane = cel.part(_outline.spline(glass), _GLASS, _PLAIN.but(cast=0))
    cel.ink(
        _outline.spline([(-6.6, 21, 1), (-4.2, 21, 1), (-4.6, 34, 1), (-7.0, 34, 1)]), pale(_GLASS, 0.18), 0.7, pane
    )
    for x in (-8.6, 0.4, 8.6):
        bar: Nodes = [(x, 18.6), (x * 1.08, 28), (x, 37.4)]
        cel.part(_outline.tube(bar, 0.62 if x != 0.4 else 0.45), _IRON, _THIN.but(cast=0.1))
    roof: Nodes = [
        (-11.4, 19.4, 1),
        (-7.4, 14.6),
        (-3.4, 12.2, 1),
        (3.4, 12.2, 1),
        (7.4, 14.6),
        (11.4, 19.4, 1),
        (0, 20.8),
    ]
    cel.part(_outline.spline(roof), _IRON, METAL.but(turn=0.7))
    base: Nodes = [(-10.4, 36.4, 1), (10.4, 36.4, 1), (12.0, 41.6, 1), (0, 43.0), (-12.0, 41.6, 1)]
    cel.part(_outline.spline(base), _IRON, METAL.but(turn=0.7))
    cel.stroke([(-9.8, 38.2), (0, 39.0), (9.8, 38.2)], 0.5 * cm, BRASS)
    cel.part(_outline.ellipse(0, -1.4, 1.9, 1.7), BRASS, METAL.but(cast=0.1))


def _letter(cel: Cel, cm: float) -> None:
    sheet = cel.part(_outline.spline([(-12, -18, 1), (13, -19, 1), (13.4, -1.6, 1), (-11.6, -0.4, 1)]), _PAPER, _PLAIN)
    fold = dark(_PAPER, 0.11, 60)
    for line in ([(-11.6, -0.6), (-4.4, -6.6), (-1.6, -9.2)], [(13.2, -1.8), (6.4, -7.4), (3.4, -9.6)]):
        cel.stroke(line, 0.28 * cm, fold, sheet)
    flap: Nodes = [(-12, -18.1, 1), (13, -19.1, 1), (3.0, -8.6), (0.9, -7.2, 1), (-1.4, -8.4)]
    cel.part(_outline.spline(flap), pale(_PAPER, 0.01), _PLAIN.but(cast=0.5), sheet)
    seal: Nodes = [
        (-2.0, -9.4),
        (-0.8, -11.4),
        (1.4, -11.6),
        (3.4, -10.2),
        (3.6, -7.8),
        (1.8, -6.0),
        (-0.6, -6.2),
        (-2.2, -7.4),
    ]
    wax = cel.part(_outline.spline(seal), _WAX, METAL.but(turn=0.35, cast=0.3))
    cel.stroke([(-0.4, -9.4), (0.7, -7.8), (2.2, -9.6)], 0.35 * cm, dark(_WAX, 0.12, 20), wax)


def _book(cel: Cel, cm: float) -> None:
    cel.part(
        _outline.spline([(-11, -22, 1), (11.4, -23.4, 1), (12.6, 3.4, 1), (-10, 5.0, 1)]), dark(_COVER, 0.08), _PLAIN
    )
    pages = cel.part(_outline.spline([(-10, -21.4, 1), (11.8, -22.4, 1), (12.2, 2.0, 1), (-9, 3.6, 1)]), _PAPER, _THIN)
    for y in (0.6, 1.8, 2.8):
        cel.stroke([(-9, y + 0.6), (12, y - 0.6)], [0.12 * cm] * 2, dark(_PAPER, 0.16, 60), pages)
    front: Nodes = [(-12.4, -22.6), (-11.6, -23.0), (10.2, -24.0, 1), (10.8, -0.2, 1), (-11.0, 1.2), (-12.2, 0.6)]
    cover = cel.part(_outline.spline(front), _COVER, _BODY)
    spine: Nodes = [(-12.4, -22.8, 1), (-8.6, -23.0, 1), (-7.6, 1.0, 1), (-12.0, 1.0, 1)]
    cel.ink(_outline.spline(spine), dark(_COVER, 0.07), 0.9, cover)
    gold = pale(BRASS, 0.02)
    frame: Nodes = [(-5.6, -20.6), (8.0, -21.4), (8.6, -3.0), (-5.0, -2.0), (-5.6, -20.6)]
    cel.stroke(frame, [0.3 * cm] * 5, gold, cover)
    star: Nodes = [
        (1.6, -17.4, 1),
        (3.0, -13.2),
        (5.6, -11.8, 1),
        (3.0, -10.2),
        (1.8, -6.0, 1),
        (0.4, -10),
        (-2.2, -11.4, 1),
        (0.4, -13),
    ]
    cel.ink(_outline.spline(star), gold, 1, cover)
    for y in (-18, -14, -4):
        cel.stroke([(-12.2, y), (-8.2, y - 0.2)], [0.34 * cm] * 2, gold, cover)


def _basket(cel: Cel, cm: float) -> None:
    arch: Nodes = [(-20, 18), (-17, 7), (-9, 0.4), (0, -1.4), (9, 0.4), (17, 7), (20, 18)]
    cel.part(_outline.tube(arch, 1.35), dark(_WICKER, 0.05, 50), _PLAIN)
    for n in range(13):  # the cane wound round it
        x = -18.0 + 3 * n
        y = 18.5 - 20 * (1 - (x / 20.5) ** 2) ** 0.62
        cel.stroke([(x - 1.1, y + 1.2), (x + 1.1, y - 1.2)], 0.32 * cm, dark(_WICKER, 0.14, 50))
    cel.part(_outline.spline([(-17, 18), (-15, 10), (-6, 8), (0, 13), (-4, 19)]), rgb_of("#c98f52"), _BODY)  # a loaf
    for x in (-13.0, -9.4, -5.8):
        cel.stroke([(x, 10.6), (x + 2.4, 13.4)], 0.5 * cm, rgb_of("#f0cf95"))
    for x, y, r, fruit in ((4.5, 14, 5.4, _APPLE), (12.6, 14.6, 4.8, rgb_of("#d0883a"))):
        ball: Nodes = [
            (x - r, y),
            (x - r * 0.6, y - r * 0.86),
            (x, y - r * 0.76),
            (x + r * 0.62, y - r * 0.86),
            (x + r, y),
            (x, y + r),
        ]
        cel.part(_outline.spline(ball), fruit, _BODY)
        cel.stroke([(x + 0.2, y - r * 0.7), (x + 1.0, y - r * 1.3)], 0.4 * cm, _WOOD)
        cel.ink(_outline.ellipse(x - r * 0.4, y - r * 0.35, r * 0.2, r * 0.3, 24), pale(fruit, 0.16), 0.8)
    bowl: Nodes = [(-23, 17, 1), (0, 19), (23, 17, 1), (20.4, 30), (16.4, 39.4), (0, 41.4), (-16.4, 39.4), (-20.4, 30)]
    body = cel.part(_outline.spline(bowl), _WICKER, _BODY.but(turn=1.6, soft=0.8))
    _woven(cel, cm, body)
    cloth: Nodes = [(-21, 15.6, 1), (-4, 18.2), (3, 18.4, 1), (-1.4, 25.4), (-6, 30.6, 1), (-11, 25), (-17.4, 24.6, 1)]
    cel.part(_outline.spline(cloth), _LINEN, _PLAIN)
    for line in ([(-15, 17.4), (-13, 23.4)], [(-9, 18.4), (-8.4, 26.6)], [(-3, 18.8), (-3.4, 24)]):
        cel.stroke(line, 0.34 * cm, _APPLE)
    cel.part(_outline.tube([(-23.4, 16.6), (0, 19.0), (23.4, 16.6)], 1.5), dark(_WICKER, 0.04, 50), _PLAIN)
    for n in range(16):
        x = -21.5 + 2.85 * n
        cel.stroke(
            [(x - 0.9, 17.8 - 0.004 * x * x + 1.2), (x + 0.9, 17.8 - 0.004 * x * x - 0.8)],
            0.3 * cm,
            dark(_WICKER, 0.15, 50),
        )


def _woven(cel: Cel, cm: float, body: object) -> None:
    """Rows of short strokes, each over every second stake."""
    strokes = []
    for row in range(6):
        y = 22 + 3.2 * row
        half = 22.2 - 0.34 * (y - 18) - 0.006 * (y - 18) ** 2
        for n in range(9):
            x = -half + (n + 0.5 * (row % 2)) * half / 4.2
            strokes.append(cel.brush([(x - 1.9, y + 0.2), (x, y + 0.9), (x + 1.9, y + 0.2)], 0.36 * cm))
    cel.ink(Joined(tuple(strokes)), dark(_WICKER, 0.13, 50), 0.9, body)  # type: ignore[arg-type]


def _flower(cel: Cel, cm: float) -> None:
    stem: Nodes = [(-1.4, 21), (0.2, 8), (-0.2, -6), (1.6, -24)]
    cel.part(_outline.tube(stem, (0.7, 0.8, 0.8, 0.7)), _LEAF, _THIN)
    leaves: tuple[Nodes, ...] = (
        [(-0.2, -5, 1), (-4, -10), (-10.4, -12.6, 1), (-8, -7), (-3, -3.4)],
        [(0.4, 9, 1), (5, 5), (11, 4.4, 1), (8, 9), (3, 11.4)],
    )
    for leaf in leaves:
        blade = cel.part(_outline.spline(leaf), _LEAF, _PLAIN)
        cel.stroke(
            [leaf[0][:2], ((leaf[0][0] + leaf[2][0]) / 2, (leaf[0][1] + leaf[2][1]) / 2 + 0.4), leaf[2][:2]],
            0.25 * cm,
            pale(_LEAF, 0.12),
            blade,
        )
    for layer, (count, long, dye) in enumerate(((9, 11.0, dark(_PETAL, 0.05, 10)), (8, 9.4, _PETAL))):
        for n in range(count):
            _petal(cel, (n + 0.5 * layer) * 2 * pi / count - 0.3, long, dye)
    heart = cel.part(_outline.ellipse(1.9, -30, 3.5, 3.1), _HEART, METAL.but(turn=0.5, cast=0.4))
    for n in range(7):
        a = 2 * pi * n / 7
        cel.ink(
            _outline.ellipse(1.9 + 2.1 * cos(a), -30 + 1.8 * sin(a), 0.45, 0.4, samples=10),
            dark(_HEART, 0.16, 50),
            0.9,
            heart,
        )


def _petal(cel: Cel, angle: float, long: float, dye: object) -> None:
    """A petal about the middle of the blossom, which is seen a little from the side."""
    nodes = []
    for along, aside in (
        (0.1, -0.10),
        (0.62, -0.24),
        (1.0, -0.10),
        (0.94, 0.0),
        (1.0, 0.12),
        (0.60, 0.25),
        (0.1, 0.10),
    ):
        x, y = long * along, long * aside
        nodes.append((1.9 + x * cos(angle) - y * sin(angle), -30 + 0.88 * (x * sin(angle) + y * cos(angle))))
    cel.part(_outline.spline(nodes), dye, _THIN.but(turn=0.4))  # type: ignore[arg-type]


def _umbrella(cel: Cel, cm: float) -> None:
    under: Nodes = [(-64, -60, 1), (-30, -74), (0, -78), (30, -74), (64, -60, 1), (33, -56), (0, -54), (-33, -56)]
    cel.part(_outline.spline(under), dark(_SILK, 0.20), FLAT.but(line=0.1))
    for x in (-33.0, 33.0):
        cel.stroke([(x, -57), (x * 0.3, -63), (0, -66)], 0.5 * cm, dark(_IRON, 0.02))
    crook: Nodes = [(0, -104), (0, -40), (0, 2), (0.2, 9), (3.0, 13.4), (6.8, 12.6), (8.2, 8.6)]
    cel.part(_outline.tube(crook, (0.8, 0.9, 1.0, 1.3, 1.4, 1.3, 1.0)), _WOOD, _THIN.but(key=0.2))
    rims = (-64, -33, 0, 33, 64)
    for n, way in ((0, 1), (3, 1), (1, 1), (2, 1)):
        a, b = rims[n], rims[n + way]
        top: Nodes = [(0, -104, 1), (a * 0.62, -96 + abs(a) * 0.10), (a, -60 + (1 - abs(a) / 64) * 4, 1)]
        foot: Nodes = [((a + b) / 2, -63.5 + (1 - abs(a + b) / 128) * 4), (b, -60 + (1 - abs(b) / 64) * 4, 1)]
        dye = _SILK if n % 2 else pale(_SILK, 0.035)
        cel.part(
            _outline.spline([*top, *foot, (b * 0.62, -96 + abs(b) * 0.10)]),
            dye,
            _BODY.but(cast=0.2, turn=1.4, soft=0.8),
        )
    cel.part(_outline.tube([(0, -103), (0, -109)], (0.9, 0.5)), BRASS, METAL.but(cast=0.1))


_DRAWN: dict[str, Callable[[Cel, float], None]] = {
    "lantern": _lantern,
    "letter": _letter,
    "book": _book,
    "basket": _basket,
    "flower": _flower,
    "umbrella": _umbrella,
}

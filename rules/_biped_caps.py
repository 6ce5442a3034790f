"""Caps, in h: a peaked cap, a sailor's, a baker's toque, a kerchief, a bobble cap and a nurse's cap."""

from __future__ import annotations

import numpy as np

from rules import _colour, _outline
from rules._biped_brims import FELT
from rules._biped_locks import Line, Views, view
from rules._biped_look import BRASS, METAL, PIECE, WHITE, Cloth, Look, dark, pale, second
from rules._cel import Cel
from rules._colour import RGB
from rules._outline import Nodes, Points
from rules._weave import Run, patterned

_PLATE: Views = {
    0: [
        (0, -125), (44, -119), (70, -105), (60, -91), (30, -85), (0, -83), (-30, -85), (-60, -91), (-70, -105),
        (-44, -119),
    ],
    45: [
        (4, -125), (44, -119), (66, -103), (56, -91), (20, -85), (-14, -82), (-46, -82), (-66, -90), (-76, -104),
        (-44, -121),
    ],
    90: [
        (-6, -125), (30, -119), (46, -105), (42, -93), (8, -86), (-22, -81), (-50, -79), (-72, -86), (-82, -102),
        (-54, -121),
    ],
}  # fmt: skip
_RING: Views = {
    0: [(-58, -92), (-30, -85), (0, -83), (30, -85), (58, -92), (55, -78), (28, -70), (0, -68), (-28, -70), (-55, -78)],
    45: [
        (-64, -90), (-40, -83), (-8, -81), (24, -85), (54, -93), (52, -80), (24, -70), (-8, -67), (-40, -69),
        (-62, -76),
    ],
    90: [
        (-68, -85), (-46, -79), (-18, -80), (12, -86), (42, -94), (42, -80), (12, -71), (-18, -66), (-46, -66),
        (-66, -72),
    ],
}  # fmt: skip
_PEAK: Views = {
    0: [(-40, -73), (-20, -75), (0, -76), (20, -75), (40, -73), (37, -63), (19, -58), (0, -56), (-19, -58), (-37, -63)],
    45: [(4, -71), (20, -76), (34, -80), (46, -84), (55, -84), (70, -70), (63, -62), (46, -60), (28, -62), (11, -65)],
    90: [(18, -72), (26, -76), (34, -81), (40, -85), (46, -85), (70, -72), (65, -66), (52, -64), (38, -66), (24, -68)],
}
_FRONT: Views = {0: [(0, -80), (0, 0)], 45: [(33, -82), (0, 0)], 90: [(38, -86), (0, 0)]}
_SAILOR: Nodes = [
    (-60, -96), (-69, -109), (-50, -123), (2, -128), (52, -123), (73, -109), (66, -96), (40, -91), (2, -89), (-36, -91),
]  # fmt: skip
_SAILOR_BAND: Nodes = [(-53, -97, 1), (2, -90), (57, -97, 1), (54, -78, 1), (2, -70), (-51, -78, 1)]
_TAILS: tuple[Nodes, ...] = (
    [(-48, -90, 1), (-60, -74), (-68, -50), (-64, -40, 1), (-56, -44, 1), (-54, -66), (-44, -80, 1)],
    [(-50, -90, 1), (-68, -80), (-84, -58), (-84, -50, 1), (-75, -49, 1), (-64, -70), (-46, -82, 1)],
)
_TAILS_BEHIND: tuple[Nodes, ...] = (
    [(-3, -84, 1), (-10, -66), (-12, -44), (-8, -34, 1), (0, -40, 1), (1, -64), (3, -80, 1)],
    [(-1, -84, 1), (7, -64), (14, -44), (22, -37, 1), (22, -48, 1), (13, -66), (5, -82, 1)],
)
_PUFF: Nodes = [
    (-50, -104), (-70, -118), (-73, -141), (-50, -159), (-20, -156), (4, -169), (30, -157), (60, -160), (79, -140),
    (72, -117), (54, -104), (2, -98),
]  # fmt: skip
_PUFF_FOLDS: tuple[Nodes, ...] = (
    [(-34, -106), (-44, -122), (-46, -142)], [(-16, -103), (-20, -122), (-16, -146)],
    [(6, -102), (6, -122), (12, -150)], [(28, -104), (36, -122), (36, -146)], [(44, -107), (58, -122), (60, -138)],
)  # fmt: skip
_PUFF_BAND: Nodes = [(-53, -109, 1), (2, -102), (57, -109, 1), (54, -80, 1), (2, -71), (-50, -80, 1)]
_CLOTH: Views = {
    0: [
        (0, -116), (34, -109), (56, -86), (60, -54), (24, 6, 1), (43, -40), (36, -72), (0, -86), (-36, -72),
        (-43, -56), (-44, -38), (-34, -12), (-6, 8, 1), (-24, 11), (-46, -4), (-59, -26), (-62, -56), (-56, -86),
        (-34, -109),
    ],
    45: [
        (4, -116), (34, -109), (52, -89), (54, -64), (48, -46, 1), (44, -66), (34, -80), (14, -87), (-6, -80),
        (-16, -62), (-19, -38), (-8, -10), (10, 8, 1), (-10, 11), (-42, 1), (-62, -26), (-68, -58), (-60, -92),
        (-30, -111),
    ],
    90: [
        (-4, -116), (24, -109), (41, -91), (44, -77), (41, -68, 1), (38, -74), (34, -82), (26, -88), (12, -82),
        (3, -64), (2, -38), (10, -10), (24, 8, 1), (2, 11), (-28, 3), (-60, -22), (-76, -58), (-68, -92), (-40, -111),
    ],
}  # fmt: skip
_CLOTH_FAR: Views = {
    0: [(43, -54, 1), (52, -34), (40, -8), (8, 9, 1), (30, -10), (42, -34)],
    45: [(47, -56, 1), (51, -34), (42, -8), (16, 8, 1), (33, -9), (43, -34)],
    90: [(34, -68, 1), (33, -40), (33, -10), (25, 6, 1), (29, -10), (31, -40)],
}
_CLOTH_BACK: Views = {
    135: [
        (4, -116), (34, -109), (52, -89), (54, -66), (47, -42), (34, -16), (14, 8), (-14, 32, 1), (-38, 14), (-55, -4),
        (-64, -28), (-68, -58), (-60, -92), (-30, -111),
    ],
    180: [
        (0, -116), (34, -109), (56, -86), (61, -56), (57, -28), (46, -6), (24, 12), (0, 32, 1), (-24, 12), (-46, -6),
        (-57, -28), (-61, -56), (-56, -86), (-34, -109),
    ],
}  # fmt: skip
_TIED: Views = {0: [(0, 9), (0, 0)], 45: [(13, 9), (0, 0)], 90: [(26, 8), (0, 0)]}
_KNIT: Nodes = [
    (-57, -80), (-60, -102), (-46, -124), (-20, -135), (6, -137), (32, -134), (54, -122), (63, -100), (60, -80),
    (2, -72),
]  # fmt: skip
_KNIT_BAND: Nodes = [
    (-60, -88), (-30, -83), (2, -81), (34, -83), (63, -88), (65, -76), (61, -66), (32, -60), (2, -58), (-29, -60),
    (-58, -66), (-63, -76),
]  # fmt: skip
_STARCHED: Nodes = [
    (-34, -98, 1), (-40, -116), (-46, -130, 1), (-20, -128), (2, -133), (24, -128), (50, -130, 1), (44, -116),
    (38, -98, 1), (2, -91),
]  # fmt: skip
_CROSS = ((-2.2, -6.6), (2.2, -6.6), (2.2, -2.2), (6.6, -2.2), (6.6, 2.2), (2.2, 2.2), (2.2, 6.6), (-2.2, 6.6))
_LINEN = PIECE.but(turn=2.0, soft=1.1, cast=1.2)


def peaked(cel: Cel, look: Look, yaw: int) -> None:
    """The cap of a uniform: a stiff plate, a band with a badge, and a glossy peak."""
    dye = look.hat_dye
    if 90 < yaw < 160:
        cel.part(_outline.spline(view(_PEAK, yaw)), (0.13, 0.10, 0.14), FELT.but(turn=0.9, soft=0.5, cast=0))
    plate = cel.part(_outline.spline(view(_PLATE, yaw)), dye, FELT)
    nodes = view(_PLATE, yaw)
    piping = [(n[0] * 0.985, n[1] - 2.4) for n in nodes[3:8]]
    cel.stroke(piping, 0.7, look.trim, plate)
    ring = cel.part(_outline.spline(view(_RING, yaw)), dark(dye, 0.05), PIECE.but(turn=0.9, cast=1.0))
    edge = view(_RING, yaw)
    cel.stroke([(n[0], n[1] - 2.6) for n in edge[5:10]], 0.6, BRASS, ring)
    if yaw > 90:
        return
    peak = view(_PEAK, yaw)
    patent = (0.13, 0.10, 0.14)
    leather = cel.part(_outline.spline(peak), patent, FELT.but(turn=0.9, soft=0.5, cast=2.0))
    shine = [(n[0], n[1] + 4.2) for n in peak[1:4]]
    cel.stroke(shine, [0.2, 1.3, 0.2], (0.42, 0.42, 0.50), leather, 0.8)
    x, y = view(_FRONT, yaw)[0][:2]
    badge = [(x, y - 8.5), (x + 5.4, y - 3.6), (x + 4.4, y + 4), (x, y + 6.8), (x - 4.4, y + 4), (x - 5.4, y - 3.6)]
    cel.part(_outline.spline(badge), BRASS, METAL)
    cel.ink(_outline.ellipse(x, y - 0.6, 2.1, 2.4, samples=14), dark(BRASS, 0.24, 40))


def peak_over_face(yaw: int) -> tuple[Nodes, ...]:
    """Outlines of the peaked cap that lie over the face."""
    return view(_PEAK, yaw), view(_RING, yaw)


def cloth_over_face(yaw: int) -> tuple[Points, ...]:
    """Outlines of the kerchief that lie over the face."""
    return _outline.spline(view(_CLOTH, yaw)), _outline.spline(view(_CLOTH_FAR, yaw))


def sailor(cel: Cel, look: Look, away: bool) -> None:
    """A round flat cap with a ribbon whose tails hang behind."""
    ribbon = _colour.rgb_of("#2c3a63")
    if not away:
        _tails(cel, ribbon, _TAILS)
    crown = cel.part(_outline.spline(_SAILOR), look.hat_dye, FELT.but(turn=2.0, soft=1.0))
    for x, lean in ((-40, -6), (-14, -3), (14, 3), (42, 6)):
        fold = [(x, -93), (x + lean * 0.5, -99), (x + lean * 1.6, -108)]
        cel.stroke(fold, [0.9, 0.7, 0.1], dark(look.hat_dye, 0.10), crown, 0.8)
    band = cel.part(_outline.spline(_SAILOR_BAND), ribbon, PIECE.but(turn=0.9, cast=1.2))
    for y in (-88.5, -76.5):
        cel.stroke([(-52, y - 3), (2, y + 4), (55, y - 3)], [0.5] * 3, BRASS, band, 0.9)
    if away:
        _tails(cel, ribbon, _TAILS_BEHIND)


def _tails(cel: Cel, ribbon: RGB, tails: tuple[Nodes, ...]) -> None:
    for tail in reversed(tails):
        landed = cel.part(_outline.spline(tail), ribbon, PIECE.but(turn=0.8, cast=0.8))
        cel.stroke([tail[1][:2], tail[2][:2]], [0.5, 0.2], pale(ribbon, 0.12), landed, 0.7)


def toque(cel: Cel, look: Look, away: bool) -> None:
    """A baker's tall cap of white linen."""
    del away
    dye = look.hat_dye
    puff = cel.part(_outline.spline(_PUFF), dye, _LINEN.but(turn=2.8, soft=1.6))
    for fold in _PUFF_FOLDS:
        cel.stroke(fold, [1.3, 1.0, 0.1], dark(dye, 0.10), puff, 0.85)
    band = cel.part(_outline.spline(_PUFF_BAND), pale(dye, 0.01), _LINEN)
    cel.stroke([(-51, -83), (2, -74.5), (55, -83)], [0.4] * 3, dark(dye, 0.12), band, 0.8)


def kerchief(cel: Cel, look: Look, yaw: int) -> None:
    """A headscarf, tied under the chin."""
    cloth = Cloth("kerchief", look.hat_dye, look.patterns["hat"])
    dye = cloth.dye
    if yaw > 90:
        _kerchief_back(cel, cloth, yaw)
        return
    far = view(_CLOTH_FAR, yaw)
    cel.part(_outline.spline(far), dark(dye, 0.05), FELT.but(turn=0.6, cast=0.8))
    nodes = view(_CLOTH, yaw)
    piece = cel.part(_outline.spline(nodes), dye, FELT.but(turn=2.4, soft=1.4, cast=1.6))
    patterned(cel, piece, cloth.pattern, (dye, second(dye, cloth.pattern)), Run(-8.0, (0.0, -50.0)))
    x, y = view(_TIED, yaw)[0][:2]
    for i, bend in ((14, 6.0), (15, 8.0), (16, 9.0), (17, 8.0)):
        ex, ey = nodes[i][:2]
        fold: Line = [(x - 6, y - 4), ((x + ex) / 2 - bend * 0.4, (y + ey) / 2 + bend), (ex * 0.93, ey)]
        cel.stroke(fold, [0.2, 1.0, 0.1], dark(dye, 0.12), piece, 0.8)
    hem = [nodes[i][:2] for i in (6, 7, 8, 9, 10, 11)]
    cel.stroke([(px - 2.2, py - 2.0) for px, py in hem], 0.5, pale(dye, 0.14), piece, 0.8)
    for end in (
        [(0, 0, 1), (-7, 6), (-13, 18, 1), (-5, 19, 1), (1, 8)],
        [(1, 0, 1), (7, 5), (13, 14, 1), (6, 17, 1), (1, 8)],
    ):
        cel.part(_outline.spline([(x + p[0], y + p[1], *p[2:]) for p in end]), dye, PIECE.but(turn=0.6, cast=0.8))
    cel.part(
        _outline.spline([(x - 4, y - 4), (x + 4, y - 4), (x + 5, y + 3), (x - 4, y + 4)]), dye, PIECE.but(turn=0.5)
    )


def _kerchief_back(cel: Cel, cloth: Cloth, yaw: int) -> None:
    nodes = _outline.between(_CLOTH_BACK[135], _CLOTH_BACK[180], (yaw - 135) / 45)
    dye = cloth.dye
    piece = cel.part(_outline.spline(nodes), dye, FELT.but(turn=2.4, soft=1.4, cast=1.6))
    patterned(cel, piece, cloth.pattern, (dye, second(dye, cloth.pattern)), Run(-8.0, (0.0, -50.0)))
    for i, j in ((4, 9), (5, 8)):
        (ax, ay), (bx, by) = nodes[i][:2], nodes[j][:2]
        sag: Line = [(ax * 0.94, ay), ((ax + bx) / 2, (ay + by) / 2 + 10), (bx * 0.94, by)]
        cel.stroke(sag, [0.1, 1.0, 0.1], dark(dye, 0.12), piece, 0.8)
    hem = [n[:2] for n in nodes[5:10]]
    cel.stroke([(x, y - 3.0) for x, y in hem], 0.5, pale(dye, 0.14), piece, 0.8)


def bobble(cel: Cel, look: Look, away: bool) -> None:
    """A knitted cap with a turned-up edge and a bobble."""
    del away
    cloth = Cloth("bobble", look.hat_dye, look.patterns["hat"])
    dye = cloth.dye
    a = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    r = 15.5 + 2.4 * np.abs(np.sin(8.5 * a)) + 0.8 * np.sin(3 * a)
    wool = cel.part(
        np.stack([2 + r * np.cos(a), -146 + r * np.sin(a)], 1), WHITE, FELT.but(turn=1.6, soft=0.9, cast=1.0)
    )
    for i in range(14):
        t, far = 2.399 * i, 3.0 + 0.72 * i
        cx, cy = 2 + far * np.cos(t), -146 + far * np.sin(t)
        hair: Line = [(cx, cy), (cx + 3.0 * np.cos(t + 0.5), cy + 3.0 * np.sin(t + 0.5))]
        cel.stroke(hair, [0.7, 0.2], dark(WHITE, 0.16), wool, 0.7)
    cap = cel.part(_outline.spline(_KNIT), dye, FELT.but(turn=2.4, soft=1.4))
    patterned(cel, cap, cloth.pattern, (dye, second(dye, cloth.pattern)), Run(0.0, (0.0, -80.0)))
    for x in (-44.0, -26.0, -8.0, 10.0, 28.0, 46.0):
        rib: Line = [(x, -84), (x * 0.92 + 0.2, -106), (2 + (x - 2) * 0.25, -134)]
        cel.stroke(rib, [0.7, 0.6, 0.1], dark(dye, 0.10), cap, 0.75)
    band = cel.part(_outline.spline(_KNIT_BAND), pale(dye, 0.03), FELT.but(turn=1.3, soft=0.8, cast=1.6))
    for i in range(13):
        x = -56 + i * 9.6
        sag = 6.5 * (1 - ((x - 2) / 64) ** 2)
        cel.stroke([(x, -88 + sag), (x * 1.02, -66 + sag)], [0.7, 0.5], dark(dye, 0.12), band, 0.8)


def nurse(cel: Cel, look: Look, away: bool) -> None:
    """A starched cap with a red cross."""
    dye = look.hat_dye
    linen = cel.part(_outline.spline(_STARCHED), dye, _LINEN)
    cel.stroke([(-38, -104), (2, -97.5), (42, -104)], [0.4] * 3, dark(dye, 0.14), linen, 0.9)
    cel.stroke([(-43, -124), (-20, -122), (2, -126.5), (24, -122), (47, -124)], [0.4] * 5, dark(dye, 0.12), linen, 0.8)
    if away:
        return
    cross = [
        (4 + 1.1 * x, -112 + 1.1 * y, 1) for x, y in (*_CROSS, (-2.2, 2.2), (-6.6, 2.2), (-6.6, -2.2), (-2.2, -2.2))
    ]
    cel.ink(_outline.spline(cross, samples=3), _colour.rgb_of("#b23a3e"), 1, linen)


def lathed(kind: str) -> Nodes:
    """What of a cap that looks alike from all sides lies over the face."""
    return {"sailor": _SAILOR_BAND, "toque": _PUFF_BAND, "bobble": _KNIT_BAND}[kind]

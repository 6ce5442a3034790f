"""Heads of a biped from behind, in h: each cut's hair authored half away (135) and away (180) with equal nodes.

What hangs all round (a bob, curls, long hair) has the same edge from both sides; it is only combed anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from rules import _biped_plaits, _outline
from rules._biped_bob import BOB
from rules._biped_crops import CURLS, QUIFF
from rules._biped_hair import HAIR, combed, curls, lock, shape_of, swoop, wound
from rules._biped_locks import Cut, Line, Lock, Views, view
from rules._biped_look import SKIN, Look, dark, warm
from rules._biped_tresses import BUN, LONG
from rules._cel import Cel, Mask

_CROPPED: Views = {
    135: [
        (0, -109), (31, -103), (45, -87), (46, -69), (40, -45, 1), (27, -56), (11, -46), (5, -29), (-5, -15),
        (-19, -10), (-34, -16), (-44, -31), (-49, -47, 1), (-54, -63), (-51, -86), (-31, -104),
    ],
    180: [
        (0, -109), (31, -104), (48, -86), (50, -64), (46, -48, 1), (43, -36), (34, -22), (17, -13), (0, -11),
        (-17, -13), (-34, -22), (-43, -36), (-46, -48, 1), (-50, -64), (-48, -86), (-31, -104),
    ],
}  # fmt: skip
_RING: Views = {  # round a bald head, from ear to ear
    135: [
        (-8, -60), (14, -64), (31, -78), (40, -70), (36, -50), (12, -45), (7, -31), (0, -16), (-15, -8), (-32, -9),
        (-47, -23), (-55, -42), (-57, -60), (-52, -74), (-42, -76), (-26, -66),
    ],
    180: [
        (0, -58), (20, -62), (38, -77), (48, -73), (50, -57), (46, -40), (38, -23), (20, -11), (0, -8), (-20, -11),
        (-38, -23), (-46, -40), (-50, -57), (-48, -73), (-38, -77), (-20, -62),
    ],
}  # fmt: skip
_BASIN: Views = {
    135: [
        (2, -113), (35, -106), (52, -86), (54, -66), (51, -52, 1), (36, -43), (16, -35), (-6, -29), (-26, -27),
        (-44, -31), (-60, -42, 1), (-64, -62), (-58, -88), (-30, -108),
    ],
    180: [
        (0, -113), (34, -107), (54, -86), (58, -60), (56, -40, 1), (40, -31), (20, -27), (0, -26), (-20, -27),
        (-40, -31), (-56, -40, 1), (-58, -60), (-54, -86), (-34, -107),
    ],
}  # fmt: skip
_PARTED: Views = {
    135: [
        (2, -110), (32, -104), (48, -86), (51, -66), (46, -48), (30, -36), (10, -23), (-14, -19), (-32, -16),
        (-48, -24), (-60, -38), (-62, -60), (-57, -86), (-30, -107),
    ],
    180: [
        (0, -110), (32, -104), (51, -84), (56, -58), (54, -34), (46, -22), (26, -16), (0, -20), (-26, -16),
        (-46, -22), (-54, -34), (-56, -58), (-51, -84), (-32, -104),
    ],
}  # fmt: skip
_WHORL: Views = {135: [(-16, -92), (0, 0)], 180: [(3, -92), (0, 0)]}
_BARE: Views = {135: [(-12, -84), (0, 0)], 180: [(0, -84), (0, 0)]}
_TOP: Views = {135: [(2, -111), (0, 0)], 180: [(2, -111), (0, 0)]}
_KNOT: Views = {135: [(-26, -104), (0, 0)], 180: [(0, -106), (0, 0)]}
_GATHERED: Views = {135: [(-30, -86), (0, 0)], 180: [(0, -86), (0, 0)]}
_SHORT = ((2, -4.0), (3, -5.0), (6, -5.0), (7, -4.0), (8, -2.0), (9, 0.0), (10, 2.0), (11, 4.0), (13, 6.0), (14, 5.0))
_ALL_ROUND = ((2, -5.0), (4, -7.0), (6, -6.0), (8, -2.0), (9, 2.0), (11, 6.0), (12, 6.0), (13, 7.0))
_TUFTS = tuple(
    Lock({135: left, 180: away}, (4.0, 9.5, 8, 2.4), 0.02, 0.9)
    for left, away in (
        ([(-30, -56), (-45, -44), (-52, -28), (-58, -21)], [(-30, -58), (-42, -44), (-47, -28), (-53, -22)]),
        ([(-34, -66), (-50, -56), (-58, -42), (-67, -43)], [(-32, -68), (-46, -56), (-52, -42), (-58, -41)]),
        ([(-34, -74), (-50, -70), (-60, -58), (-68, -64)], [(-30, -76), (-46, -68), (-54, -56), (-58, -60)]),
        ([(16, -60), (12, -44), (8, -30), (12, -20)], [(30, -58), (42, -44), (47, -28), (53, -22)]),
        ([(24, -70), (22, -56), (18, -44), (14, -34)], [(32, -68), (46, -56), (52, -42), (58, -41)]),
    )
)
_SPIKED = tuple(
    Lock({135: half, 180: away}, (1.6, 10, 8, 0.3), 0.02, 1.1)
    for half, away in (
        ([(0, -92), (26, -104), (40, -106), (50, -108)], [(10, -92), (32, -104), (46, -106), (56, -108)]),
        ([(-8, -94), (6, -110), (12, -120), (22, -120)], [(0, -94), (10, -110), (14, -120), (24, -121)]),
        ([(-18, -92), (-34, -106), (-44, -112), (-54, -112)], [(-8, -92), (-24, -108), (-32, -114), (-42, -116)]),
        ([(-26, -82), (-48, -88), (-60, -86), (-70, -90)], [(-16, -84), (-40, -92), (-50, -90), (-60, -94)]),
        ([(-30, -60), (-50, -58), (-60, -50), (-72, -50)], [(-24, -62), (-42, -58), (-52, -52), (-62, -54)]),
        ([(-22, -44), (-34, -28), (-40, -16), (-50, -8)], [(24, -62), (42, -60), (52, -54), (62, -57)]),
        ([(0, -44), (-4, -28), (-8, -14), (-4, -2)], [(-14, -46), (-18, -28), (-18, -14), (-24, -4)]),
        ([(-10, -60), (-18, -42), (-22, -26), (-20, -6)], [(6, -50), (10, -30), (10, -16), (16, -3)]),
    )
)
_TAILED = (
    Lock(
        {
            135: [(-30, -86), (-54, -98), (-66, -62), (-60, -22), (-70, 10)],
            180: [(0, -86), (16, -98), (18, -60), (8, -18), (17, 12)],
        },
        (3, 12, 15, 11, 0.4), 0.03, 1.8,
    ),
    Lock(
        {
            135: [(-30, -86), (-46, -97), (-51, -64), (-46, -28), (-48, 0)],
            180: [(0, -86), (-13, -96), (-12, -64), (-5, -26), (-7, 2)],
        },
        (3, 10, 12, 9, 0.4), 0.0, 2.0,
    ),
)  # fmt: skip
_PLAITED: tuple[Views, ...] = (
    {135: [(20, -30), (27, -8), (28, 14), (24, 36)], 180: [(46, -28), (53, -8), (52, 14), (46, 38)]},
    {135: [(-50, -28), (-58, -10), (-58, 14), (-53, 38)], 180: [(-46, -28), (-53, -8), (-52, 14), (-46, 38)]},
)
_EAR: Views = {
    135: [(16, -44), (12, -53), (19, -58), (28, -53), (27, -38), (19, -28)],
    180: [(44, -46), (47, -54), (54, -50), (54, -38), (48, -28), (43, -33)],
}


@dataclass(frozen=True)
class Nape:
    """How a cut looks from behind: the mass, where it is combed from and to, blades over it, and what else there is."""

    mass: Views | None
    whorl: Views | None = None  # set where there is a mass
    combed: tuple[tuple[int, float], ...] = _SHORT
    locks: tuple[Lock, ...] = ()
    shows_ear: bool = True
    cut: Cut | None = None


NAPES: dict[str, Nape] = {
    "bob": Nape(BOB.back, _TOP, _ALL_ROUND, (), False),
    "sides": Nape(_RING, _BARE, ((5, -2.0), (6, -3.0), (7, -2.0), (8, 0.0), (9, 2.0), (10, 3.0), (11, 2.0)), _TUFTS),
    "bald": Nape(None),
    "crop": Nape(_CROPPED, _WHORL),
    "curls": Nape(CURLS.back, _WHORL, (), (), False, CURLS),
    "bun": Nape(_CROPPED, _KNOT, _SHORT, (), True, BUN),
    "plaits": Nape(_PARTED, _TOP, ((2, -7.0), (4, -10.0), (5, -9.0), (6, -6.0), (8, 6.0), (9, 9.0), (10, 10.0),
                                   (12, 7.0)), (), False),
    "ponytail": Nape(_CROPPED, _GATHERED, _SHORT, _TAILED),
    "long": Nape(LONG.back, _TOP, _ALL_ROUND, (), False),
    "tousled": Nape(_CROPPED, _WHORL, (), _SPIKED),
    "quiff": Nape(_CROPPED, _WHORL, _SHORT, (), True, QUIFF),
    "bowl": Nape(_BASIN, _WHORL, ((2, -5.0), (4, -6.0), (5, -5.0), (6, -3.0), (7, 0.0), (8, 3.0), (9, 5.0), (10, 6.0),
                                  (12, 6.0)), (), False),
}  # fmt: skip


def ears_behind(cel: Cel, look: Look, yaw: int) -> None:
    """From straight behind both ears stand out beyond the skull; the quiff does above it."""
    nape = NAPES[look.cut]
    if nape.cut is QUIFF and QUIFF.top is not None and not look.hat:
        swoop(cel, look, view(QUIFF.top, yaw))
    if nape.shows_ear and yaw > 150:
        ear = _seen(_EAR, yaw)
        for side in (1, -1):
            nodes = [(side * n[0], *n[1:]) for n in ear]
            cel.part(_outline.spline(nodes), look.skin, SKIN.but(turn=0.6, soft=0.3, cast=0))


def nape(cel: Cel, look: Look, yaw: int, skull: Mask) -> None:
    """The hair over the back of a skull, and an ear that looks out of it."""
    found = NAPES[look.cut]
    if found.mass is None:
        for y, bend in ((-14, 3.0), (-8, 4.0)):
            x = -14 if yaw < 150 else 0
            cel.stroke([(x - 14, y), (x, y + bend), (x + 14, y)], [0.1, 0.9, 0.1], warm(look.skin, 0.12), skull, 0.7)
    else:
        _mass(cel, look, found, yaw)
    if found.shows_ear and yaw <= 150:
        ear = cel.part(_outline.spline(_seen(_EAR, yaw)), look.skin, SKIN.but(turn=0.6, soft=0.3, cast=0.8))
        cel.stroke([(16, -50), (22, -54), (25, -48), (23, -40)], [0.2, 1.0, 1.0, 0.2], warm(look.skin, 0.14), ear, 0.7)


def _mass(cel: Cel, look: Look, found: Nape, yaw: int) -> None:
    assert found.mass is not None and found.whorl is not None
    nodes = _seen(found.mass, yaw)
    curly = found.cut if found.cut is CURLS else Cut()
    mass = cel.part(shape_of(curly, nodes), look.hair, HAIR.but(turn=2.4))
    if found.cut is CURLS:
        curls(cel, look, nodes, mass)
    root = _seen(found.whorl, yaw)[0]
    if found.combed:
        combed(cel, look, (nodes, (root[0], root[1]), found.combed), mass)
    if look.cut == "plaits":
        cel.stroke([(root[0], -110), (root[0] - 3, -66), (_seen(found.mass, yaw)[7][0], -20)], [0.5, 0.8, 0.4],
                   dark(look.hair, 0.16), mass)  # fmt: skip
        for spine in _PLAITED if yaw > 150 else reversed(_PLAITED):
            _biped_plaits.plait(cel, look, _seen(spine, yaw), 1.0)
    for blade in found.locks:
        if look.cut != "tousled" or not look.hat or _seen(blade.spine, yaw)[3][1] > -60:
            lock(cel, look, blade, _seen(blade.spine, yaw))
    if found.cut is BUN and BUN.back is not None and look.hat in ("", "nurse"):
        knot = view(BUN.back, yaw)
        wound(cel, look, knot, cel.part(_outline.spline(knot), look.hair, HAIR))


def _seen(views: Views, yaw: int) -> Line:
    """The nodes of an outline between half away and away; an edge that is the same from both sides is mirrored."""
    if 180 in views:
        return _outline.between(views[135], views[180], min(max((yaw - 135) / 45, 0.0), 1.0))
    return view(views, yaw)

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
        (2, -112), (34, -105), (49, -86), (50, -68), (47, -50, 1), (38, -38), (20, -29), (0, -22), (-20, -18),
        (-38, -21), (-52, -32, 1), (-59, -60), (-54, -88), (-30, -108),
    ],
    180: [
        (0, -112), (33, -106), (51, -86), (54, -60), (50, -36, 1), (38, -25), (20, -19), (0, -17), (-20, -19),
        (-38, -25), (-50, -36, 1), (-54, -60), (-51, -86), (-33, -106),
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
    Lock({135: left, 180: away}, widths, tone, 0.9)
    for left, away, widths, tone in (
        ([(16, -58), (14, -46), (10, -34), (12, -22)], [(34, -56), (44, -46), (48, -34), (50, -19)],
         (3, 10, 9, 0.4), 0.04),
        ([(22, -72), (20, -62), (16, -50), (16, -38)], [(32, -74), (45, -66), (53, -53), (56, -36)],
         (1, 9, 9, 0.4), 0.02),
        ([(-28, -54), (-42, -46), (-50, -33), (-55, -16)], [(-34, -56), (-44, -46), (-48, -34), (-50, -19)],
         (4, 12, 10, 0.4), 0.04),
        ([(-28, -70), (-44, -66), (-56, -54), (-62, -36)], [(-32, -74), (-45, -66), (-53, -53), (-56, -36)],
         (4, 13, 11, 0.4), 0.02),
        ([(-24, -84), (-40, -82), (-54, -72), (-61, -55)], [(-34, -84), (-44, -80), (-52, -71), (-55, -54)],
         (0.6, 9, 10, 0.4), 0.0),
    )
)  # fmt: skip
_SPIKED = tuple(  # all swept back, the low ones first
    Lock({135: half, 180: away}, (3, 14, 11, 0.3), tone, 1.2)
    for half, away, tone in (
        ([(-12, -46), (-20, -32), (-26, -20), (-32, -4)], [(2, -46), (6, -32), (6, -18), (0, -3)], 0.04),
        ([(0, -52), (-4, -38), (-8, -24), (-6, -8)], [(18, -48), (24, -36), (26, -22), (22, -8)], 0.03),
        ([(-24, -56), (-38, -44), (-46, -32), (-54, -16)], [(-18, -48), (-26, -36), (-28, -22), (-25, -8)], 0.03),
        ([(8, -62), (10, -52), (8, -40), (4, -28)], [(30, -62), (44, -56), (52, -46), (56, -30)], 0.02),
        ([(-28, -70), (-46, -64), (-58, -52), (-66, -36)], [(-30, -64), (-46, -58), (-54, -46), (-60, -28)], 0.02),
        ([(-8, -66), (-12, -52), (-18, -38), (-16, -20)], [(4, -70), (2, -54), (-6, -40), (-4, -20)], 0.01),
        ([(14, -82), (20, -72), (20, -60), (15, -46)], [(26, -80), (44, -78), (56, -68), (62, -50)], 0.01),
        ([(-22, -86), (-44, -86), (-60, -76), (-71, -60)], [(-24, -82), (-44, -82), (-56, -74), (-63, -58)], 0.0),
        ([(16, -94), (32, -104), (40, -98), (44, -84)], [(10, -94), (32, -104), (48, -98), (58, -82)], 0.02),
        ([(-6, -94), (-26, -110), (-44, -112), (-62, -102)], [(-8, -94), (-28, -110), (-44, -108), (-56, -92)], 0.0),
        ([(2, -94), (10, -114), (2, -123), (-16, -125)], [(0, -94), (10, -114), (4, -123), (-14, -125)], 0.01),
    )
)
_HEM = tuple(
    Lock({135: half, 180: away}, (1.6, 11, 11, 0.3), 0.01, 1.2)
    for half, away in (
        ([(14, -84), (22, -64), (22, -48), (16, -24)], [(28, -84), (38, -62), (40, -42), (35, -16)]),
        ([(-8, -84), (-6, -60), (-8, -40), (-14, -12)], [(2, -84), (7, -60), (7, -40), (2, -10)]),
        ([(-28, -84), (-38, -60), (-42, -42), (-45, -17)], [(-26, -84), (-36, -62), (-38, -42), (-34, -16)]),
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
                                  (12, 6.0)), _HEM, False),
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

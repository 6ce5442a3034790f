"""Hair of a biped: a mass behind the head, and before it locks of three sizes that follow its fall.

Outlines and spines are in h (1/100 of the head's height, origin at the chin, y down), authored at yaw 0, 45
and 90 with equal nodes. A lock is a blade along a spine: its root lies under a hat, its tip is thin.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rules import _outline
from rules._biped_look import Look, dark, pale
from rules._cel import CLOTH, Cel, Joined, Mask
from rules._outline import Nodes, Points

Views = dict[int, Nodes]
Line = list[tuple[float, ...]]

HAIR = CLOTH.but(turn=1.7, soft=0.9, cast=1.1, half=0.5, depth=0.10, fall=0.0)


@dataclass(frozen=True)
class Lock:
    """A blade of hair. widths: half-widths along its spine; tone: how much darker than the hair it is."""

    spine: Views
    widths: tuple[float, ...]
    tone: float = 0.0
    gloss: float = 0.0  #: half-width of the light on it, 0 for none


def view(views: Views, yaw: int) -> Line:
    """The nodes of an outline at a yaw between the authored ones."""
    if yaw <= 45:
        return _outline.between(views[0], views[45], yaw / 45)
    return _outline.between(views[45], views[90], (yaw - 45) / 45)


_BOB_BACK: Views = {
    0: [
        (0, -113), (33, -107), (55, -86), (60, -54), (58, -22), (67, 4, 1), (55, -3, 1), (47, 9, 1), (20, 3),
        (-20, 3), (-44, 9), (-67, 4, 1), (-58, -22), (-60, -54), (-55, -86), (-33, -107),
    ],
    45: [
        (4, -113), (34, -107), (52, -86), (56, -54), (53, -26), (58, -2, 1), (48, -10, 1), (43, 4, 1), (10, 0),
        (-24, 4), (-48, 8), (-72, 4, 1), (-63, -18), (-66, -52), (-59, -87), (-30, -108),
    ],
    90: [
        (-4, -113), (26, -106), (40, -90), (28, -60), (10, -30), (6, 0, 1), (0, -8, 1), (-7, 4, 1), (-20, 3),
        (-36, 6), (-56, 9), (-80, 4, 1), (-70, -18), (-72, -52), (-64, -88), (-38, -107),
    ],
}  # fmt: skip
_BOB_CROWN: Views = {  # the cap of hair that lies on the skull; seen when no hat sits there
    0: [
        (0, -113), (33, -107), (55, -86), (57, -62), (44, -66), (22, -78), (0, -82), (-22, -78), (-42, -24),
        (-56, -24), (-55, -86), (-33, -107),
    ],
    45: [
        (4, -113), (34, -107), (52, -86), (55, -62), (46, -66), (32, -78), (14, -82), (-8, -74), (-34, -24),
        (-58, -24), (-61, -84), (-30, -108),
    ],
    90: [
        (-4, -113), (26, -106), (40, -90), (43, -72), (38, -76), (30, -82), (18, -82), (4, -70), (-18, -24),
        (-66, -24), (-67, -86), (-38, -107),
    ],
}  # fmt: skip
_BOB_LOCKS = (
    Lock(  # the far side, beyond the cheek
        {
            0: [(6, -108), (32, -93), (48, -68), (50, -34), (46, 6)],
            45: [(12, -108), (34, -95), (48, -73), (51, -48), (45, -22)],
            90: [(10, -108), (26, -102), (36, -90), (41, -76), (40, -58)],
        },
        (1.6, 10, 10, 9, 0.4), 0.03,
    ),
    Lock(  # outermost at the nape, flicked outwards
        {
            0: [(2, -108), (-34, -88), (-50, -56), (-50, -18), (-68, 7)],
            45: [(4, -108), (-38, -88), (-55, -52), (-53, -16), (-75, 8)],
            90: [(-4, -108), (-46, -88), (-62, -52), (-60, -16), (-84, 8)],
        },
        (1.6, 11, 12, 11, 0.4), 0.02, 1.6,
    ),
    Lock(
        {
            0: [(4, -109), (-28, -92), (-47, -56), (-50, -20), (-53, 14)],
            45: [(8, -109), (-28, -92), (-46, -54), (-46, -16), (-54, 15)],
            90: [(0, -109), (-32, -92), (-50, -52), (-46, -16), (-52, 15)],
        },
        (1.6, 12, 13, 10, 0.4), 0.0, 2.2,
    ),
    Lock(  # frames the cheek, its tip curled in under the jaw
        {
            0: [(6, -109), (-25, -95), (-45, -62), (-46, -26), (-33, 6)],
            45: [(10, -109), (-18, -95), (-37, -62), (-38, -26), (-21, 9)],
            90: [(4, -109), (-12, -95), (-22, -62), (-24, -24), (-8, 9)],
        },
        (1.6, 10, 12, 10, 0.4), -0.01, 1.5,
    ),
    Lock(  # fringe: far, small
        {
            0: [(6, -108), (26, -96), (38, -78), (43, -56)],
            45: [(14, -108), (34, -97), (44, -78), (45, -53)],
            90: [(12, -108), (28, -98), (37, -80), (40, -55)],
        },
        (1.6, 10, 7, 0.3), 0.02,
    ),
    Lock(  # fringe: middle
        {
            0: [(6, -108), (12, -92), (18, -76), (30, -57)],
            45: [(12, -108), (20, -94), (27, -77), (37, -56)],
            90: [(12, -108), (20, -95), (28, -78), (36, -55)],
        },
        (1.6, 12, 10, 0.3), 0.0, 1.2,
    ),
    Lock(  # fringe: the big one, swept to the near temple
        {
            0: [(6, -109), (0, -90), (-10, -73), (-30, -54)],
            45: [(12, -109), (8, -90), (0, -72), (-21, -50)],
            90: [(10, -109), (12, -90), (10, -72), (-4, -50)],
        },
        (1.6, 14, 13, 0.3), -0.01, 1.9,
    ),
    Lock(  # fringe: small, close to the cheek lock
        {
            0: [(6, -108), (-18, -90), (-36, -68), (-41, -42)],
            45: [(10, -108), (-12, -90), (-26, -68), (-31, -38)],
            90: [(2, -108), (-2, -90), (-10, -68), (-15, -38)],
        },
        (1.6, 9, 7, 0.3), 0.02,
    ),
)  # fmt: skip
_SIDES_BACK: Views = {
    0: [
        (0, -60), (34, -66), (45, -52), (44, -34), (38, -20), (16, -10), (-16, -10), (-38, -20), (-44, -34),
        (-45, -52), (-34, -66),
    ],
    45: [
        (0, -60), (30, -62), (36, -52), (34, -36), (26, -24), (8, -10), (-16, -4), (-36, -10), (-47, -30), (-49, -58),
        (-34, -76),
    ],
    90: [
        (-8, -60), (6, -62), (8, -50), (2, -32), (-6, -18), (-16, -8), (-30, -6), (-44, -12), (-54, -32), (-55, -62),
        (-40, -80),
    ],
}  # fmt: skip
_SIDES_LOCKS = (
    Lock(  # over the far ear
        {
            0: [(36, -80), (47, -68), (55, -50), (60, -34)],
            45: [(36, -80), (46, -72), (53, -60), (57, -48)],
            90: [(10, -70), (8, -66), (6, -60), (4, -54)],
        },
        (1.6, 8, 6, 0.3), 0.03,
    ),
    Lock(  # three tufts that stand away from the head
        {
            0: [(-32, -62), (-42, -46), (-45, -30), (-54, -16)],
            45: [(-27, -58), (-40, -44), (-45, -28), (-58, -14)],
            90: [(-14, -56), (-40, -44), (-50, -28), (-66, -16)],
        },
        (1.6, 9, 7, 0.3), 0.03,
    ),
    Lock(
        {
            0: [(-32, -74), (-45, -58), (-51, -42), (-62, -30)],
            45: [(-26, -70), (-42, -60), (-51, -44), (-67, -32)],
            90: [(-12, -72), (-42, -60), (-56, -44), (-75, -34)],
        },
        (1.6, 11, 8, 0.3), 0.01, 0.9,
    ),
    Lock(
        {
            0: [(-28, -88), (-45, -74), (-53, -60), (-63, -50)],
            45: [(-22, -86), (-40, -78), (-53, -64), (-69, -53)],
            90: [(-6, -86), (-38, -80), (-58, -66), (-77, -56)],
        },
        (1.6, 10, 8, 0.3), 0.0, 1.1,
    ),
    Lock(  # the whisker before the ear
        {
            0: [(-38, -84), (-43, -66), (-43, -48), (-38, -31)],
            45: [(-14, -84), (-21, -66), (-23, -48), (-15, -29)],
            90: [(4, -84), (-1, -66), (-3, -48), (6, -29)],
        },
        (1.2, 6.5, 6, 0.3), -0.01, 0.7,
    ),
)  # fmt: skip


def toward(a: tuple[float, ...], b: tuple[float, ...], t: float) -> tuple[float, float]:
    """The place at t between two nodes."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)


@lru_cache(maxsize=16)
def _over_face(cut: str, yaw: int) -> tuple[Points, ...]:
    if cut == "bob":
        blades = [_outline.tube(view(lock.spine, yaw), lock.widths) for lock in _BOB_LOCKS]
        return (_outline.spline(view(_BOB_CROWN, yaw)), *blades)
    return (_outline.tube(view(_SIDES_LOCKS[-1].spine, yaw), _SIDES_LOCKS[-1].widths),)


def hair_behind(cel: Cel, look: Look, yaw: int) -> None:
    """What is seen beyond the head and the neck."""
    if look.cut == "bob":
        back = dark(look.hair, 0.075)
        nodes = view(_BOB_BACK, yaw)
        mass = cel.part(_outline.spline(nodes), back, HAIR.but(cast=0))
        for i in (7, 8, 10):
            strand = [(nodes[i][0] * 0.9 + 2, -48), (nodes[i][0], -20), (nodes[i][0] * 1.02, nodes[i][1] - 3)]
            cel.stroke(strand, 1.0, dark(back, 0.07), mass, 0.8)
    else:
        cel.part(_outline.spline(view(_SIDES_BACK, yaw)), dark(look.hair, 0.08), HAIR.but(cast=0, turn=1.2))


def covering(look: Look, yaw: int) -> tuple[Points, ...]:
    """Outlines of the hair that lies over the face; read-only."""
    return _over_face(look.cut, yaw)


def hair_before(cel: Cel, look: Look, yaw: int) -> None:
    """The locks that lie over the head."""
    if look.cut == "bob":
        crown = cel.part(_outline.spline(view(_BOB_CROWN, yaw)), look.hair, HAIR.but(turn=2.2))
        if not look.hat:
            _parting(cel, look, yaw, crown)
        for lock in _BOB_LOCKS:
            _lock(cel, look, lock, yaw)
        loose = view(
            {
                0: [(-42, -30), (-34, -14), (-36, 3)],
                45: [(-30, -34), (-22, -16), (-25, 2)],
                90: [(-16, -34), (-8, -16), (-11, 2)],
            },
            yaw,
        )
        cel.loose(loose, 0.8, dark(look.hair, 0.03))
    else:
        for lock in _SIDES_LOCKS[1:]:
            _lock(cel, look, lock, yaw)


def tufts_behind(cel: Cel, look: Look, yaw: int) -> None:
    """What stands out on the far side, behind the skull."""
    if look.cut == "sides":
        _lock(cel, look, _SIDES_LOCKS[0], yaw)


def _lock(cel: Cel, look: Look, lock: Lock, yaw: int) -> None:
    """A blade, two strands along it, and a broken light where it bends."""
    tone = dark(look.hair, lock.tone) if lock.tone > 0 else look.hair
    spine = view(lock.spine, yaw)
    blade = cel.part(_outline.tube(spine, lock.widths), tone, HAIR)
    low = dark(look.hair, 0.10 + max(lock.tone, 0))
    strands = []
    for side, start in ((0.42, 0), (-0.30, 0), (0.05, 1)):
        line = _beside(spine, lock.widths, side)[start:]
        strands.append(cel.brush(line, [0.15, *[0.62] * (len(line) - 2), 0.1]))
    cel.ink(Joined(tuple(strands)), low, 0.8, blade)
    if lock.gloss:
        line = _beside(spine, lock.widths, -0.12)
        first = 2 if len(line) > 4 else 1  # a long lock shines below the hat
        a, b, c = line[first], line[first + 1], line[min(first + 2, len(line) - 1)]
        light = pale(look.hair, 0.12)
        middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        end = ((2 * b[0] + c[0]) / 3, (2 * b[1] + c[1]) / 3)
        upper = (a[0] * 0.75 + b[0] * 0.25, a[1] * 0.75 + b[1] * 0.25)
        shine = cel.brush([upper, middle, b, end], [0.1, lock.gloss, 0.8 * lock.gloss, 0.1])
        p, q = (middle[0] + 3.2, middle[1] + 3.5), (b[0] + 3.2, b[1] + 3.5)
        second = cel.brush([p, ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2), q], [0.1, 0.4 * lock.gloss, 0.1])
        cel.ink(Joined((shine, second)), light, 0.8, blade)


def _beside(spine: Line, widths: tuple[float, ...], side: float) -> Line:
    """A line along a blade, at a share of its half-width to one side (positive is right of a falling lock)."""
    out: Line = []
    for i, (p, w) in enumerate(zip(spine, widths, strict=True)):
        before, after = spine[max(i - 1, 0)], spine[min(i + 1, len(spine) - 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        long = (dx * dx + dy * dy) ** 0.5 or 1.0
        out.append((p[0] + dy / long * w * side, p[1] - dx / long * w * side))
    return out


def _parting(cel: Cel, look: Look, yaw: int, crown: Mask) -> None:
    """The parting and the combed lines of a bare head, and the shine round it."""
    top = _BOB_LOCKS[6].spine
    x, y = view(top, yaw)[0][:2]
    nodes = view(_BOB_CROWN, yaw)
    low, high = dark(look.hair, 0.12), pale(look.hair, 0.11)
    for i, bend in ((1, 4), (2, 5), (3, 4), (9, -6), (10, -6), (11, -4)):
        ex, ey = nodes[i][0] * 0.94, nodes[i][1]
        cel.stroke([(x, y), ((x + ex) / 2 + bend * 0.5, (y + ey) / 2 - 7), (ex, ey)], [0.4, 0.7, 0.3], low, crown, 0.8)
    shine = [(nodes[10][0] * 0.82, -76), (nodes[11][0] * 0.9, -93), (x - 16, -101), (x - 4, -99)]
    cel.stroke(shine, [0.2, 3.0, 2.2, 0.2], high, crown, 0.6)
    shine = [(x + 10, -100), (nodes[1][0] * 0.85, -96), (nodes[2][0] * 0.84, -86)]
    cel.stroke(shine, [0.2, 2.2, 0.2], high, crown, 0.6)

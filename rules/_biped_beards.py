"""Beards and moustaches of a biped, in h, authored at yaw 0, 45 and 90 with equal nodes.

What grows on cheeks and chin is painted with the head; what grows on the lip, over the mouth, with the face.
"""

from __future__ import annotations

import numpy as np

from rules import _colour, _outline
from rules._biped_locks import Line, Views, toward, view
from rules._biped_look import Look, dark, gloss, warm
from rules._biped_nose import stretched
from rules._biped_skulls import Skull
from rules._cel import CLOTH, Cel, Joined, Mask
from rules._outline import Points

_WOOLLY = CLOTH.but(turn=1.5, soft=0.8, cast=1.0, half=0.5, depth=0.10, fall=0.0)
_HANDLEBAR: Views = {
    0: [
        (0, -26), (9, -28), (20, -24), (28, -24), (34, -33, 1), (34, -20.5), (24, -14), (10, -15), (0, -18.5),
        (-10, -15), (-24, -14), (-34, -20.5), (-34, -33, 1), (-28, -24), (-20, -24), (-9, -28),
    ],
    45: [
        (24, -26), (31, -27.5), (37, -23.5), (42, -23.5), (45.5, -31, 1), (45, -20), (40, -14), (32, -15), (24, -18.5),
        (14, -14.5), (4, -13.5), (-6, -19), (-9, -31, 1), (-3, -23.5), (7, -23), (16, -28.5),
    ],
    90: [
        (38, -26.5), (41, -27), (43.5, -25.5), (45, -23.5), (46, -21, 1), (45, -18.5), (44, -16.5), (42, -16),
        (38, -17.5), (29, -14), (19, -13), (10, -18.5), (6, -31, 1), (12, -23.5), (22, -23), (32, -28.5),
    ],
}  # fmt: skip
_WALRUS: Views = {
    0: [
        (0, -27), (8, -28.5), (17, -24), (23, -16), (25, -4, 1), (19, -9), (13, -12), (6, -12.5), (0, -15.5),
        (-6, -12.5), (-13, -12), (-19, -9), (-25, -4, 1), (-23, -16), (-17, -24), (-8, -28.5),
    ],
    45: [
        (24, -27), (30, -28.5), (35, -24), (38, -16.5), (37.5, -6, 1), (34, -9), (31, -12), (28, -12.5), (24, -15.5),
        (18, -12), (12, -11), (7, -8.5), (0, -4, 1), (0, -14), (5, -22), (14, -28),
    ],
    90: [
        (38, -27), (41, -27), (43.5, -24), (44, -17), (43, -7, 1), (42, -9), (41, -11), (39.5, -12), (37, -13.5),
        (31, -11), (25, -9), (20, -6.5), (14, -3, 1), (13, -13), (20, -22), (30, -27.5),
    ],
}  # fmt: skip
_LIP: Views = {  # the moustache of a full beard and of a goatee: it ends where the beard begins
    0: [
        (0, -25), (8, -27), (15, -24), (20, -18), (21, -10, 1), (17, -14), (12, -17), (6, -18.5), (0, -19.5),
        (-6, -18.5), (-12, -17), (-17, -14), (-21, -10, 1), (-20, -18), (-15, -24), (-8, -27),
    ],
    45: [
        (25, -25), (32, -26.5), (36.5, -23), (39, -17), (38, -10, 1), (36, -13.5), (33.5, -16.5), (30, -18), (25, -19),
        (19, -18), (13, -16.5), (7, -13.5), (2, -8.5, 1), (3, -17), (9, -23.5), (17, -27),
    ],
    90: [
        (41, -25), (43, -25.5), (44.5, -23), (45, -18), (44, -11, 1), (43.5, -13), (42.5, -16), (41.5, -17.5),
        (39, -18.5), (34, -18), (29, -16.5), (24, -13), (20, -8, 1), (20, -17), (26, -23.5), (34, -26.5),
    ],
}  # fmt: skip
_FULL: Views = {
    0: [
        (-43, -56), (-38, -40), (-26, -28), (0, -26), (26, -28), (38, -40), (43, -56), (49, -34), (46, -8),
        (30, 13, 1), (4, 24, 1), (-24, 15, 1), (-46, -8), (-49, -34),
    ],
    45: [
        (-22, -56), (-14, -40), (1, -28), (26, -25), (40, -28), (44.5, -36), (46, -44), (49.5, -26), (48, -4),
        (40, 14, 1), (22, 24, 1), (-6, 16, 1), (-32, -6), (-35, -34),
    ],
    90: [
        (-6, -56), (1, -40), (14, -29), (34, -25), (39, -25), (40, -24), (41, -22), (43.5, -12), (45, 2),
        (41, 15, 1), (27, 25, 1), (4, 15, 1), (-18, -6), (-22, -34),
    ],
}  # fmt: skip
_GOATEE: Views = {
    0: [(-12, -9), (-5, -5), (5, -5), (12, -9), (13, 0), (7, 10), (1, 17, 1), (-6, 11), (-13, 0)],
    45: [(7, -9), (14, -5.5), (24, -5), (31, -9), (33, 0), (28, 10), (22, 18, 1), (12, 11), (6, 0)],
    90: [(22, -8), (27, -5), (33, -4), (37, -7), (39, 0), (37, 9), (33, 18, 1), (23, 11), (18, 0)],
}
_CHOP: Views = {
    0: [
        (-42, -58, 1), (-33, -44), (-27, -29), (-17, -15), (-22, -5), (-35, -4), (-52, -12, 1), (-53, -28), (-48, -44),
    ],
    45: [
        (-24, -58, 1), (-15, -45), (-9, -29), (2, -15), (-2, -4), (-17, -1), (-36, -10, 1), (-39, -26), (-36, -42),
    ],
    90: [(-8, -58, 1), (2, -45), (8, -29), (18, -15), (12, -3), (-2, -1), (-18, -10, 1), (-23, -26), (-18, -42)],
}  # fmt: skip
_CHOP_FAR: Views = {
    0: [(42, -58, 1), (33, -44), (25, -27), (17, -14), (35, -4), (52, -12, 1), (52, -32)],
    45: [(43, -54, 1), (43, -42), (40, -28), (36, -13), (43, -5), (52, -12, 1), (50, -34)],
    90: [(36, -46, 1), (37, -40), (37, -30), (36, -20), (38, -14), (39, -20, 1), (38, -34)],
}
_BURN: Views = {  # the whisker that goes with a large moustache
    0: [(-46, -62, 1), (-38, -56), (-36.5, -42), (-39, -28, 1), (-44, -36), (-47, -48)],
    45: [(-25, -64, 1), (-13, -60), (-9, -44), (-11, -26, 1), (-19, -34), (-24, -47)],
    90: [(-9, -64, 1), (4, -60), (8, -44), (6, -26, 1), (-2, -34), (-8, -47)],
}
_MOUSTACHES = {"handlebar": _HANDLEBAR, "walrus": _WALRUS, "full": _LIP, "goatee": _LIP}
LOW_MOUTH = ("handlebar", "walrus")  #: moustaches so large that the mouth moves down below them


def covering(look: Look, yaw: int) -> tuple[Points, ...]:
    """Outlines of what hides the cheeks."""
    if look.beard == "full":
        return (_outline.spline(view(_FULL, yaw)),)
    if look.beard in LOW_MOUTH and look.cut not in ("sides", "bald"):
        return tuple(_outline.spline(nodes) for nodes in _burns(yaw))
    if look.beard != "whiskers":
        return ()
    chops = (_CHOP, _CHOP_FAR) if yaw < 80 else (_CHOP,)
    return tuple(_outline.spline(view(chop, yaw)) for chop in chops)


def _burns(yaw: int) -> tuple[Line, ...]:
    """The whiskers before the ears that are seen, from in front both."""
    near = view(_BURN, yaw)
    return (near, [(-n[0], *n[1:]) for n in near]) if yaw < 15 else (near,)


def beard(cel: Cel, look: Look, yaw: int, skin: Mask) -> None:
    """What grows on cheeks and chin, over the skull and under the hair."""
    if look.beard == "full":
        nodes = view(_FULL, yaw)
        mass = cel.part(_outline.spline(nodes), look.hair, _WOOLLY.but(turn=2.2, soft=1.2, cast=1.6))
        _combed(cel, look, mass, nodes, ((1, 12), (2, 11), (3, 10), (4, 9), (5, 8)))
    elif look.beard == "goatee":
        nodes = view(_GOATEE, yaw)
        mass = cel.part(_outline.spline(nodes), look.hair, _WOOLLY)
        _combed(cel, look, mass, nodes, ((1, 7), (2, 6), (0, 8)))
    elif look.beard == "whiskers":
        if yaw < 80:
            cel.part(_outline.spline(view(_CHOP_FAR, yaw)), dark(look.hair, 0.03), _WOOLLY)
        nodes = view(_CHOP, yaw)
        mass = cel.part(_outline.spline(nodes), look.hair, _WOOLLY)
        _combed(cel, look, mass, nodes, ((1, 7), (2, 6), (3, 5)))
    elif look.beard in LOW_MOUTH and look.cut not in ("sides", "bald"):
        for nodes in _burns(yaw):
            mass = cel.part(_outline.spline(nodes), look.hair, _WOOLLY.but(turn=0.8, cast=0.4), skin)
            _combed(cel, look, mass, nodes, ((0, 4), (1, 3)))
    elif look.beard == "stubble":
        shade = _colour.mix(dark(look.hair, 0.02), look.skin, 0.35)
        cel.ink(_outline.spline(view(_FULL, yaw)), shade, 0.16, skin, soft=1.5)
        _stippled(cel, look, view(_FULL, yaw), skin)


def _stippled(cel: Cel, look: Look, nodes: Line, skin: Mask) -> None:
    """Stubble: short dots, sparser towards the edge of where a beard would grow."""
    edge = _outline.spline(nodes)
    middle, dots = edge.mean(0), []
    for i in range(150):
        share = 0.97 * ((i * 0.6180340) % 1.0) ** 0.62
        x, y = middle + (edge[(i * 37) % len(edge)] - middle) * share
        dots.append(_outline.ellipse(float(x), float(y), 0.42, 0.75, -14, samples=8))
    cel.ink(Joined(tuple(dots)), dark(look.hair, 0.02), 0.34, skin)


def _combed(cel: Cel, look: Look, mass: Mask, nodes: Line, pairs: tuple[tuple[int, int], ...]) -> None:
    """Strands from the upper edge of a beard to its lower one, and broken lights between them."""
    low, high = [], []
    for i, (a, b) in enumerate(pairs):
        for start, end, bend in ((0.10, 0.66, 2.4), (0.42, 0.94, -1.8)):
            p, q = toward(nodes[a], nodes[b], start), toward(nodes[a], nodes[b], end)
            low.append(cel.brush([p, ((p[0] + q[0]) / 2 + bend, (p[1] + q[1]) / 2), q], [0.1, 0.75, 0.1]))
        p, q = toward(nodes[a], nodes[b], 0.16 + 0.07 * (i % 2)), toward(nodes[a], nodes[b], 0.5)
        high.append(cel.brush([(p[0] + 3, p[1]), ((p[0] + q[0]) / 2 + 5, (p[1] + q[1]) / 2), q], [0.1, 0.85, 0.1]))
    cel.ink(Joined(tuple(low)), dark(look.hair, 0.12), 0.8, mass)
    cel.ink(Joined(tuple(high)), gloss(look.hair, 0.10), 0.7, mass)


def _pencil(cel: Cel, look: Look, form: Skull, rise: float) -> None:
    """Two thin strokes above the lip."""
    y = _LIP_LINE
    for side in (-1, 1):
        line: Line = []
        for angle, dy in ((2.5, 0.6), (9, -1.2), (19, 0.4), (28, 2.4 - rise)):
            x, turn = form.across(1.5 + side * angle, 1.02)
            if turn > 0.02:
                line.append((x, y + dy))
        if len(line) > 2:
            cel.glaze(cel.brush(line, [1.3, 2.3, 1.6, 0.2][-len(line) :]), dark(look.hair, 0.02))


_LIP_LINE = -21.5


def lip(cel: Cel, look: Look, form: Skull, y: float, ground: Mask) -> None:
    """The bare lips that look out of a full beard."""
    if look.beard not in ("full", "goatee"):
        return
    wide = 10.5 if look.beard == "full" else 8.5
    edge = ((-1, -0.2), (-0.5, -2.2), (0, -2.6), (0.5, -2.2), (0.96, -0.2), (0.5, 3.4), (0, 4.2), (-0.5, 3.4))
    nodes = [(form.across(1.5 + float(np.degrees(x * wide / 40)), 0.97)[0], y + dy) for x, dy in edge]
    cel.glaze(_outline.spline(nodes), _colour.mix(look.skin, look.lip, 0.35), 1, ground)


def moustache(cel: Cel, look: Look, form: Skull, rise: float, ground: Mask) -> None:
    """What grows on the upper lip; rise lifts its ends with the corners of the mouth."""
    if look.beard == "pencil":
        _pencil(cel, look, form, rise)
    if look.beard not in _MOUSTACHES:
        return
    nodes = stretched(view(_MOUSTACHES[look.beard], form.yaw), form.wide)
    nodes = [(p[0], p[1] - rise, *p[2:]) if len(p) > 2 else p for p in nodes]
    below = _outline.spline([(p[0] + 1.4, p[1] + 3.6) for p in nodes])
    under = dark(look.hair, 0.14) if look.beard == "full" else warm(look.skin, 0.17)  # it lies on the beard
    cel.glaze(below, under, 0.6, ground, soft=0.4)
    hair = cel.part(_outline.spline(nodes), look.hair, CLOTH.but(turn=0.9, soft=0.5, cast=0, key=0.28, line=0.12))
    middle = ((nodes[0][0] + nodes[8][0]) / 2, (nodes[0][1] + nodes[8][1]) / 2 + 1)
    strokes = [cel.brush([nodes[0][:2], middle, nodes[8][:2]], 0.55)]
    lights = []
    halves = (((1, 7), (2, 6), (4, 5)), ((15, 9), (14, 10), (12, 11)))  # pairs of upper and lower nodes
    for pairs in halves[0 if form.yaw < 80 else 1 :]:
        for shares in ((0.35, 0.35, 0.245), (0.68, 0.68, 0.476)):
            line = [toward(nodes[a], nodes[b], t) for (a, b), t in zip(pairs, shares, strict=True)]
            strokes.append(cel.brush(line, 0.6))
        line = [toward(nodes[a], nodes[b], t) for (a, b), t in zip(pairs, (0.18, 0.2, 0.3), strict=True)]
        lights.append(cel.brush(line, 0.75))
    cel.ink(Joined(tuple(strokes)), dark(look.hair, 0.14), 0.88, hair)
    cel.ink(Joined(tuple(lights)), gloss(look.hair, 0.10), 0.8, hair)

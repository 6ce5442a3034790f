"""Noses and moustaches of a biped, in unstretched h; they stand out from the face in profile."""

from __future__ import annotations

from rules import _colour, _outline
from rules._biped_hair import Line, Views, toward, view
from rules._biped_head import Skull
from rules._biped_look import SKIN, Look, dark, pale, warm
from rules._cel import CLOTH, Cel, Joined, Mask

_POTATO: Views = {
    0: [(-3, -48), (3, -48), (6.5, -42), (11.5, -37), (9, -28), (0, -26), (-9, -28), (-11.5, -37), (-6.5, -42)],
    45: [(19, -49), (24, -49), (29, -43), (35, -38), (34, -29), (26, -25.5), (15, -27), (12, -35), (15.5, -42)],
    90: [(30, -52), (37, -51), (44, -45), (53, -38), (52, -29), (44, -25.5), (32, -28), (28, -35), (30, -43)],
}
_MOUSTACHE: Views = {
    0: [
        (0, -27), (10, -30), (24, -23), (38, -25), (46, -36, 1), (45, -20), (30, -11), (12, -14), (0, -19),
        (-12, -14), (-30, -11), (-45, -20), (-46, -36, 1), (-38, -25), (-24, -23), (-10, -30),
    ],
    45: [
        (24, -26), (32, -29), (41, -23), (49, -25), (55, -36, 1), (55, -21), (45, -12), (33, -14), (23, -18.5),
        (12, -13), (-4, -10.5), (-18, -19), (-20, -35, 1), (-12, -25), (4, -23), (16, -30),
    ],
    90: [
        (43, -27), (45, -27.5), (47, -26), (48.5, -24), (49, -22, 1), (48.5, -19), (47, -16.5), (45, -15), (42, -16),
        (32, -12), (18, -9), (4, -17), (0, -34, 1), (8, -24), (24, -22), (36, -29),
    ],
}  # fmt: skip


def button(cel: Cel, look: Look, form: Skull, y: float, ground: Mask) -> None:
    """A small nose: a warm tip, a wedge of shade on its far side, a light; in profile a little bump."""
    x, turn = form.across(2, 1.10)
    if form.yaw >= 68:
        _profile(cel, look, (x - (2.6 if form.yaw > 80 else 4.2), y), ground)
        return
    skin, lean = look.skin, 1 - turn
    tip = _outline.ellipse(x - 0.6, y + 0.4, 5.0, 4.0, -8)
    cel.glaze(tip, _colour.mix(skin, look.blush, 0.55), 0.75, ground, soft=0.4)
    far = (x + 3.6 * lean + 1.6, y - 0.6)
    line = [(x - 1.5, y - 5.5), far, (x + 2.6 * lean + 1.4, y + 2.8), (x - 1.2, y + 3.6), (x - 3.4, y + 2.4)]
    widths = [0.1, 0.7 * lean + 0.1, 0.95, 0.9, 0.2]
    first = 1 if form.yaw < 15 else 0  # from the front no bridge is seen
    cel.glaze(cel.brush(line[first:], widths[first:]), warm(skin, 0.24), 0.95)
    cel.glaze(_outline.ellipse(x - 0.8, y - 1.8, 1.5, 1.1, -20), pale(skin, 0.08), 0.8, soft=0.08)


def _profile(cel: Cel, look: Look, at: tuple[float, float], ground: Mask) -> None:
    x, y = at
    edge = [(x - 3.2, y - 7.6), (x + 2.2, y - 2.6), (x + 3.0, y + 0.5), (x - 0.6, y + 3.2), (x - 4.4, y + 2.4)]
    bump = [(x - 4.4, y - 9.5), (x - 2.4, y - 7), *edge[1:4], (x - 5.4, y + 3.6), (x - 5.6, y - 3)]
    cel.glaze(_outline.spline(bump), look.skin)
    tip = _colour.mix(look.skin, look.blush, 0.55)
    cel.glaze(_outline.ellipse(x - 0.6, y + 0.2, 3.6, 3.0), tip, 0.7, ground, soft=0.35)
    cel.glaze(cel.brush(edge, [0.2, 0.8, 0.9, 0.8, 0.2]), warm(look.skin, 0.36))


def potato(cel: Cel, look: Look, form: Skull, ground: Mask) -> None:
    """A large round nose, its bridge melting into the brow."""
    nodes = _stretched(view(_POTATO, form.yaw), form.wide)
    skin = _colour.mix(look.skin, look.blush, 0.22)
    below = _outline.spline([(p[0] + 2.0, p[1] + 3.4) for p in nodes])
    cel.glaze(below, warm(look.skin, 0.16), 0.55, ground, soft=0.5)
    nose = cel.part(_outline.spline(nodes), skin, SKIN.but(turn=1.0, soft=0.6, cast=0, bounce=0.4, line=0))
    (x, y), (top_x, top_y), (wing_x, wing_y) = nodes[4][:2], nodes[0][:2], nodes[7][:2]
    cel.ink(_outline.ellipse(x - 5, y + 0.5, 7, 5), look.blush, 0.55, nose, soft=0.5)
    cel.ink(_outline.ellipse(top_x + 2.5 * form.wide, top_y + 0.5, 7, 6.5), look.skin, 1, nose, soft=0.5)
    cel.ink(_outline.ellipse(x - 6.5, y - 6.5, 2.4, 1.7, -30), pale(skin, 0.13), 0.9, nose, soft=0.08)
    edge = [p[:2] for p in nodes[2:8]] + [(wing_x + 1.0, wing_y - 4)]
    cel.glaze(cel.brush(edge, [0.1, 0.7, 0.9, 0.9, 0.8, 0.7, 0.1]), warm(skin, 0.30))
    wing = [(wing_x + 2.2, wing_y + 1), (wing_x + 4.6, wing_y + 5), (wing_x + 3.4, wing_y + 8)]
    cel.stroke(wing, 0.7, warm(skin, 0.2), nose)
    fold = [(wing_x - 2, wing_y + 4), (wing_x - 5.4, wing_y + 8.6), (wing_x - 6.2, wing_y + 13)]
    cel.glaze(cel.brush(fold, 0.7), warm(look.skin, 0.18), 0.8, ground)


def handlebar(cel: Cel, look: Look, form: Skull, rise: float, ground: Mask) -> None:
    """A moustache with curled ends; rise lifts the ends with the corners of the mouth."""
    nodes = _stretched(view(_MOUSTACHE, form.yaw), form.wide)
    nodes = [(p[0], p[1] - rise, *p[2:]) if len(p) > 2 else p for p in nodes]
    below = _outline.spline([(p[0] + 1.4, p[1] + 3.6) for p in nodes])
    cel.glaze(below, warm(look.skin, 0.17), 0.6, ground, soft=0.4)
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
    cel.ink(Joined(tuple(lights)), pale(look.hair, 0.10), 0.8, hair)


def _stretched(nodes: Line, wide: float) -> Line:
    return [(p[0] * wide, *p[1:]) for p in nodes]

"""Noses of a biped, in unstretched h; they stand out from the face in profile."""

from __future__ import annotations

import numpy as np

from rules import _colour, _outline
from rules._biped_locks import Line, Views, view
from rules._biped_look import SKIN, Look, crease, pale, warm
from rules._biped_skulls import Skull
from rules._cel import Cel, Mask
from rules._colour import RGB

_POTATO: Views = {
    0: [(-3, -48), (3, -48), (6.5, -42), (11.5, -37), (9, -28), (0, -26), (-9, -28), (-11.5, -37), (-6.5, -42)],
    45: [(19, -49), (24, -49), (29, -43), (35, -38), (34, -29), (26, -25.5), (15, -27), (12, -35), (15.5, -42)],
    90: [(30, -52), (37, -51), (44, -45), (53, -38), (52, -29), (44, -25.5), (32, -28), (28, -35), (30, -43)],
}
_STRAIGHT: Views = {
    0: [(-2.5, -51), (2.5, -51), (3.5, -42), (5.8, -33), (5, -28.5), (0, -26.5), (-5, -28.5), (-5.8, -33), (-3.5, -42)],
    45: [(20, -51), (24, -51), (28, -43), (34, -33), (33, -28), (27, -26.5), (19.5, -28), (17.5, -32), (18.5, -40)],
    90: [(32, -53), (36, -52), (39, -43), (45, -33), (44, -28), (39, -26.5), (33, -28), (31, -33), (32, -41)],
}
_HOOK: Views = {
    0: [(-3, -53), (3, -53), (5.5, -43), (7.5, -33), (5.5, -25.5), (0, -23), (-5.5, -25.5), (-7.5, -33), (-5.5, -43)],
    45: [(19.5, -53), (25, -53), (34, -45), (40.5, -33), (36, -24.5), (29, -26), (19, -26), (16, -31), (18, -41)],
    90: [(32, -55), (37, -54), (47, -46), (52, -33), (47, -23.5), (41, -26.5), (34, -26.5), (31, -32), (32, -42)],
}
_SNUB: Views = {
    0: [(-2, -45), (2, -45), (3.5, -40), (6.5, -36), (6, -31), (0, -29), (-6, -31), (-6.5, -36), (-3.5, -40)],
    45: [(21, -45), (25, -45), (28, -40.5), (36, -37.5), (35.5, -31.5), (28, -29), (19, -30), (17.5, -34), (19.5, -39)],
    90: [(32, -47), (36, -46.5), (39.5, -41), (46, -39), (45, -32), (40, -29.5), (34, -31), (32, -34), (32.5, -40)],
}
_BROAD: Views = {
    0: [(-3, -47), (3, -47), (5, -40), (11, -34), (10, -28.5), (0, -26.5), (-10, -28.5), (-11, -34), (-5, -40)],
    45: [(20, -47), (25, -47), (28.5, -40), (36, -34), (35.5, -28.5), (26, -26.5), (13.5, -28), (11, -33), (16, -38)],
    90: [(31, -49), (36, -49), (39.5, -41), (44.5, -34.5), (43.5, -28.5), (38, -27), (31, -28.5), (28, -33), (30, -39)],
}
_NOSES = {"potato": _POTATO, "straight": _STRAIGHT, "hook": _HOOK, "snub": _SNUB, "broad": _BROAD}


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
    cel.glaze(cel.brush(line[first:], widths[first:]), crease(skin, 0.24), 0.95)
    cel.glaze(_outline.ellipse(x - 0.8, y - 1.8, 1.5, 1.1, -20), _shine(skin), 0.8, soft=0.08)


def _profile(cel: Cel, look: Look, at: tuple[float, float], ground: Mask) -> None:
    x, y = at
    edge = [(x - 3.2, y - 7.6), (x + 2.2, y - 2.6), (x + 3.0, y + 0.5), (x - 0.6, y + 3.2), (x - 4.4, y + 2.4)]
    bump = [(x - 4.4, y - 9.5), (x - 2.4, y - 7), *edge[1:4], (x - 5.4, y + 3.6), (x - 5.6, y - 3)]
    cel.glaze(_outline.spline(bump), look.skin)
    tip = _colour.mix(look.skin, look.blush, 0.55)
    cel.glaze(_outline.ellipse(x - 0.6, y + 0.2, 3.6, 3.0), tip, 0.7, ground, soft=0.35)
    cel.glaze(cel.brush(edge, [0.2, 0.8, 0.9, 0.8, 0.2]), warm(look.skin, 0.36))


def shaped(cel: Cel, look: Look, form: Skull, kind: str, frame: tuple[float, float], ground: Mask) -> None:
    """A nose with an outline of its own, its bridge melting into the brow; frame is y of the eyes and of the mouth.

    The outlines were drawn for a grown-up's face, with the eyes at -47 and the mouth at -17.
    """
    drawn = stretched(view(_NOSES[kind], form.yaw), form.wide)
    low = float(np.interp(1 / form.size, (3.1, 4.3), (0.26, 0.0)))  # in a child's face it sits below the eyes
    rise = (frame[1] - frame[0]) / 30 * (1 - low)
    middle = form.across(2, 0.9)[0]
    small, top = float(np.clip(0.35 + 0.65 * rise, 0.68, 1.0)), frame[0] + low * (frame[1] - frame[0])
    nodes: Line = [(middle + (p[0] - middle) * small, top + (p[1] + 47) * rise) for p in drawn]
    heavy = kind == "potato"
    skin = _colour.mix(look.skin, look.blush, 0.22 if heavy else 0.10)
    below = _outline.spline([(p[0] + 2.0, p[1] + 3.4 * small) for p in nodes])
    cel.glaze(below, crease(look.skin, 0.16), 0.55 if heavy else 0.38, ground, soft=0.5)
    nose = cel.part(
        _outline.spline(nodes), skin, SKIN.but(turn=1.0 if heavy else 0.7, soft=0.6, cast=0, bounce=0.4, line=0)
    )
    (x, y), (top_x, top_y), (wing_x, wing_y) = nodes[4][:2], nodes[0][:2], nodes[7][:2]
    wide = x - wing_x
    cel.ink(_outline.ellipse(x - 0.27 * wide, y + 0.5, 0.38 * wide, 5), look.blush, 0.55, nose, soft=0.5)
    cel.ink(_outline.ellipse(top_x + 2.5 * form.wide, top_y + 0.5, 7, 6.5), look.skin, 1, nose, soft=0.5)
    shine = (x - 0.35 * wide, y - 6.5 * small)
    cel.ink(_outline.ellipse(*shine, 0.13 * wide, 1.7, -30), _shine(skin), 0.9, nose, soft=0.08)
    edge = [p[:2] for p in nodes[2:8]] + [(wing_x + 1.0, wing_y - 4 * small)]
    if not heavy:
        edge = edge[0 if form.yaw > 15 else 1 : -1]
    widths = [0.1, 0.5, 0.75, 0.85, 0.75, 0.6, 0.1][: len(edge)]
    cel.glaze(cel.brush(edge, [*widths[:-1], 0.1]), crease(skin, 0.30))
    _wing(cel, look, (wing_x, wing_y), small, nose)
    if kind == "snub" and form.yaw < 80:
        hole = _outline.ellipse(x - 0.36 * wide, nodes[5][1] - 1.9, 1.3, 0.8, -12)
        cel.ink(hole, crease(look.skin, 0.3), 0.9, nose)


def _wing(cel: Cel, look: Look, at: tuple[float, float], small: float, nose: Mask) -> None:
    """The wing of the nostril."""
    (x, y), s = at, small
    wing = [(x + 2.2 * s, y + 1 * s), (x + 4.6 * s, y + 5 * s), (x + 3.4 * s, y + 8 * s)]
    cel.stroke(wing, 0.7, crease(look.skin, 0.2), nose)


def _shine(skin: RGB) -> RGB:
    """The light on a nose, no glossy spot on dark skin."""
    return pale(skin, float(np.interp(_colour.to_lch(skin)[0], (0.36, 0.60, 0.80), (0.05, 0.08, 0.13))))


def stretched(nodes: Line, wide: float) -> Line:
    """Nodes with their breadth multiplied."""
    return [(p[0] * wide, *p[1:]) for p in nodes]

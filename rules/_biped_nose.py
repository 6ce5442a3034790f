"""Noses of a biped, in unstretched h; they stand out from the face in profile."""

from __future__ import annotations

import numpy as np

from rules import _colour, _outline
from rules._biped_locks import Line, Views, view
from rules._biped_look import SKIN, Look, crease, pale, warm
from rules._biped_skulls import Skull
from rules._cel import Cel, Mask
from rules._colour import RGB

_POTATO: Views = {  # a bulb
    0: [(-3, -47), (3, -47), (6, -42), (13, -36.5), (10.5, -27.5), (0, -24.5), (-10.5, -27.5), (-13, -36.5), (-6, -42)],
    45: [(19, -49), (24, -49), (29, -43), (37.5, -38), (36.5, -28.5), (27, -24), (14.5, -26), (11, -34), (15.5, -42)],
    90: [(30, -52), (36, -51), (43, -45), (55, -38.5), (54, -28.5), (45, -24), (32, -27), (27, -34.5), (30, -43)],
}
_STRAIGHT: Views = {  # long and thin, its tip a corner
    0: [(-2.5, -52), (2.5, -52), (2.8, -42), (4.8, -31), (4.2, -27), (0, -24.5), (-4.2, -27), (-4.8, -31), (-2.8, -42)],
    45: [(20, -53), (24, -53), (28.5, -42), (37, -29.5), (36, -26), (28, -25), (20.5, -26.5), (19, -30), (19.5, -40)],
    90: [(32, -55), (36, -54), (40.5, -43), (48.5, -30), (47, -26), (40, -25), (34, -26.5), (32, -31), (32, -41)],
}
_HOOK: Views = {  # a high bridge, and a tip that hangs
    0: [(-3, -53), (3.2, -53), (6, -44), (6.4, -31), (4.6, -24), (0, -20.5), (-4.6, -24), (-6.4, -31), (-5.6, -44)],
    45: [(19.5, -53), (23.5, -53), (31, -43.5), (40, -31), (36.5, -21), (29, -25), (19, -25), (16, -30), (18, -41)],
    90: [(32, -55), (37, -55), (47.5, -46), (51.5, -33), (47.5, -21.5), (41, -25.5), (34, -26), (31, -31), (32, -42)],
}
_SNUB: Views = {  # short, its tip turned up
    0: [(-2, -43), (2, -43), (3.2, -40), (7, -37), (6.5, -31), (0, -28.5), (-6.5, -31), (-7, -37), (-3.2, -40)],
    45: [(21, -44), (24, -43.5), (27, -40), (37, -39.5), (36.5, -32.5), (28, -29), (18.5, -30), (17, -34), (19.5, -38)],
    90: [(32, -46), (35, -45), (38.5, -40.5), (48.5, -41.5), (48, -34), (41, -29.5), (34, -30), (32, -34), (32.5, -39)],
}
_BROAD: Views = {  # wide wings, a low bridge
    0: [(-4, -45), (4, -45), (5.5, -39), (12, -33), (10.5, -27.5), (0, -26), (-10.5, -27.5), (-12, -33), (-5, -39)],
    45: [(20, -45), (25, -45), (28.5, -39), (37, -33), (36.5, -28), (26, -26), (13, -27), (10.5, -31.5), (16, -37)],
    90: [(31, -47), (35.5, -47), (39, -39.5), (45.5, -33), (44, -28), (38, -26.5), (29, -27.5), (26, -32), (29, -38)],
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
    low = float(np.interp(form.years.heads, (3.1, 4.3), (0.26, 0.0)))  # in a child's face it sits below the eyes
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
    cel.ink(
        _outline.ellipse(x - 0.27 * wide, y + 0.5, 0.38 * wide, 5),
        look.blush,
        0.30 if look.is_dark else 0.55,
        nose,
        soft=0.5,
    )
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

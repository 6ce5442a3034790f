"""Glasses of a biped: rims with a glint in each lens, a bridge, and an arm to the near ear; in unstretched h."""

from __future__ import annotations

import numpy as np

from rules import _colour, _outline
from rules._biped_eyes import Line
from rules._biped_look import METAL, Look, pale
from rules._biped_skulls import Skull
from rules._cel import Cel
from rules._colour import RGB
from rules._outline import Points

_GLINT = _colour.rgb_of("#fffaf0")
_LENSES: dict[str, Line] = {  # from the middle of the eye, x outwards, in 1/10 of the lens
    "round": [(-9.6, -3), (-5, -9), (1.4, -10), (7.6, -7), (10, -0.4), (8, 6.6), (1.6, 10), (-5.2, 8.8), (-9.6, 3)],
    "horn": [
        (-9.4, -6.4), (-4, -8.4), (3, -8.8), (9.4, -9.2), (12.2, -6.6), (10.6, 2.4), (6.6, 8.6), (-3.6, 8.8), (-9.2, 3),
    ],
    "half-moon": [
        (-9.8, -2.6, 1), (-4, -2), (1, -1.8), (6, -2), (10.4, -3, 1), (9.8, 4), (5, 8.8), (-3.4, 9.2), (-8.8, 4.6),
    ],
}  # fmt: skip
_RIM = {"round": 0.9, "horn": 1.75, "half-moon": 0.95}


def glasses(cel: Cel, look: Look, form: Skull) -> None:
    """Over eyes and nose, under hair and hat."""
    kind, dye = look.glasses.cut, _rim(look)
    edge = max(p[0] for p in form.outline if abs(p[1] - form.years.eye_line) < 6) * form.wide
    y, size = form.years.eye_line, 0.55 + 0.75 * form.years.eye_size
    inner: list[tuple[float, float]] = []
    finish = METAL.but(turn=0.3, cast=0.0, key=0.2, line=0.10)
    for angle, out in ((26, 1), (-25, -1)):
        x, turn = form.across(angle, 1.03)
        if turn < 0.16:
            continue
        wide = turn ** (0.5 if out > 0 else 0.8)
        if out > 0 and form.yaw <= 45:  # the far lens stays on the face
            x -= max(x + 11 * wide * size - edge + 2.5, 0) * 0.35
            wide = min(wide, max((edge - 2.5 - x) / (11 * size), 0.3))
        place = (x, y + 0.6, out * wide * size, size)
        ring, hole = _lens(kind, place, _RIM[kind]), _lens(kind, place, -_RIM[kind] * 0.35)
        glass = cel.glaze(hole, _GLINT, 0.07)
        a, b = (x - 8.0 * wide * size, y + 1 * size), (x - 2.8 * wide * size, y - 9.5 * size)
        if kind == "half-moon":
            a, b = (x - 4.4 * wide * size, y + 7.5 * size), (x - 1.6 * wide * size, y + 2 * size)
        cel.glaze(_outline.tube([a, b], (1.5 * size, 1.5 * size), samples=4), _GLINT, 0.22, glass)
        cel.part([ring, hole], dye, finish)
        inner.append((x - out * 9.5 * wide * size, y + (-1.0 if kind == "half-moon" else -1.6) * size))
        if out < 0 and form.yaw > 8:
            _arm(cel, look, form, (x - 10 * wide * size, y - 2.6 * size))
        elif form.yaw <= 8:
            _arm(cel, look, form, (x + out * 10 * wide * size, y - 2.6 * size), out)
    if len(inner) == 2:
        (x0, y0), (x1, _) = inner
        bridge = [(x0, y0), ((x0 + x1) / 2 + 0.8, y0 - 2.6 * size), (x1, y0)]
        cel.glaze(cel.brush(bridge, [_RIM[kind] * 0.8] * 3), dye)
        cel.glaze(cel.brush([(p[0], p[1] - 0.5) for p in bridge], [0.2, 0.35, 0.2]), pale(dye, 0.16), 0.8)


def _rim(look: Look) -> RGB:
    """The rims' own colour, lighter where they would be lost on a skin as dark."""
    lightness, chroma, hue = _colour.to_lch(look.glasses.dye)
    skin = _colour.to_lch(look.skin)[0]
    return look.glasses.dye if abs(lightness - skin) > 0.16 else _colour.from_lch(skin + 0.26, chroma + 0.02, hue)


def _arm(cel: Cel, look: Look, form: Skull, start: tuple[float, float], out: int = -1) -> None:
    """From the hinge to the ear, whose place is that of `_biped_head`."""
    ear = float(np.interp(form.yaw, (0, 45, 90), (46.0 * out, -26.0, -10.0))) * form.wide
    end = (ear, start[1] + 0.5)
    if abs(end[0] - start[0]) > 1.5:
        width = 0.85 * _RIM[look.glasses.cut]
        cel.glaze(cel.brush([start, ((start[0] + end[0]) / 2, start[1] - 0.6), end], [width] * 3), _rim(look))


def _lens(kind: str, place: tuple[float, float, float, float], grown: float) -> Points:
    x, y, across, down = place
    nodes: Line = []
    for p in _LENSES[kind]:
        long = float(np.hypot(p[0], p[1])) + 1e-9
        k = 1 + grown / (long * abs(down))
        nodes.append((x + p[0] * k * across, y + p[1] * k * down, *p[2:]))
    return _outline.spline(nodes)

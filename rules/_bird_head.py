"""The head of a bird and its face: crest, hackles, beak and eye, turned between profile and nearly front.

Coordinates are about the middle of the skull; the drawing's origin is the pivot on the neck.
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import Any

import numpy as np

from rules import _colour
from rules._bird import Shape
from rules._bird_plumage import INK, WHITE, Plumage
from rules._cel import FLAT, Cel, Finish
from rules._colour import RGB
from rules._outline import Nodes, Points, between, ellipse, spline, tube
from studio.rule import Variant

_R = 15.6  # of the skull, u
_PIVOT = (1.6, -14.0)  # from the pivot to the skull's middle
_SIDE = [
    (-4.5, -14.5), (3.5, -16), (11, -12), (15.3, -5.6), (15.9, 1), (14.5, 6.6), (12.9, 13.5, 1), (9.7, 12),
    (8.9, 18.4, 1), (5.1, 15.6), (1.9, 21.2, 1), (-1.5, 17.2), (-6.5, 21.4, 1), (-8.9, 17), (-14.9, 18.4, 1),
    (-14.5, 12), (-16.1, 4), (-12.5, -7.5),
]  # fmt: skip
_FRONT = [
    (-5, -15.4), (4, -15.7), (11.8, -11.5), (15.8, -4.6), (16.2, 2.4), (15.4, 8), (15.6, 13.4, 1), (11.4, 12.6),
    (10.6, 18.6, 1), (5.6, 16.2), (1.6, 21.6, 1), (-2.6, 17.4), (-8, 20.6, 1), (-10.6, 15.8), (-15.6, 15, 1),
    (-15.6, 8.6), (-16.6, 1.6), (-13.4, -8.2),
]  # fmt: skip
#: a crow's: a low crown that runs on into the beak, a ruffled nape, a beard
_CROW_SIDE = [
    (-5, -14.9), (3, -15.0), (9.6, -11.4), (13.8, -6.0), (14.8, 0.5), (14.2, 6.6), (13.8, 13.4, 1), (10.2, 12),
    (9.4, 19, 1), (5.4, 15.8), (2.6, 22.4, 1), (-1.5, 17.6), (-6, 22.4, 1), (-8.7, 17.4), (-14.2, 21, 1),
    (-14, 14), (-19.4, 13, 1), (-15.4, 7.2), (-19.8, 3.6, 1), (-15.4, -0.8), (-18.4, -5.6, 1), (-12.8, -9.2),
]  # fmt: skip
_CROW_FRONT = [
    (-5, -15.4), (4, -15.5), (11.8, -11.5), (15.8, -4.6), (16.2, 2.4), (15.4, 8), (15.8, 13.8, 1), (11.4, 12.6),
    (10.6, 19, 1), (5.6, 16.2), (1.6, 22.4, 1), (-2.6, 17.4), (-8, 21.6, 1), (-10.6, 16.4), (-14.8, 19.4, 1),
    (-14.6, 13), (-18.0, 11.6, 1), (-15.6, 6.8), (-18.2, 2.8, 1), (-15.8, -1.2), (-17.0, -5.6, 1), (-12.8, -9.2),
]  # fmt: skip
_CROWN_SIDE = [
    (15.5, -5.2), (9.4, -8.0), (5, -7.4), (0, -6.0), (-3.4, -2.2, 1), (-6.0, -5.4), (-10.4, 0.4, 1), (-11.6, -4.4),
    (-17.8, 0.4, 1), (-21, -9), (-8, -19), (4, -19), (15, -13),
]  # fmt: skip
_CROWN_FRONT = [
    (17, -4.6), (11, -8.6), (4, -6.4), (-3, -8.6), (-10.4, -3.0, 1), (-11.8, -6.2), (-14.4, -0.6, 1), (-15.2, -5),
    (-18.6, 0, 1), (-21, -9), (-8, -19), (4, -19), (14, -14),
]  # fmt: skip
_CHEEK_SIDE = [
    (15, 3.4), (7, 3.8), (0.4, 2.6), (-4.4, 2.4), (-7.6, 7.4, 1), (-4.4, 7.6), (-4.2, 12.0, 1), (-0.6, 10.0),
    (1.4, 14.0, 1), (4.0, 10.6), (7.4, 13.6, 1), (9, 9.6), (14, 10.4, 1), (16, 7),
]  # fmt: skip
_CHEEK_FRONT = [
    (1, 4.4), (-4, 5.0), (-8, 3.4), (-11, 2.2), (-14.4, 7.0, 1), (-11.6, 7.4), (-12, 11.6, 1), (-8.6, 9.6),
    (-7.4, 13.6, 1), (-4.6, 10.4), (-2.6, 13.2, 1), (0, 9.6), (3.4, 10.4, 1), (3, 7),
]  # fmt: skip
_OWL: Nodes = [
    (-5, -14.6), (4, -14.8), (12, -11.6), (16.4, -4.6), (16.6, 3), (14.6, 9), (13.4, 12.6, 1), (10, 13.2),
    (8, 16, 1), (4, 15.2), (0, 17.6, 1), (-4, 15.4), (-8, 16.2, 1), (-10.6, 13.4), (-14.4, 12.6, 1), (-15.6, 8),
    (-17, 1), (-14, -8),
]  # fmt: skip
_HEAD = Finish(turn=3.2, soft=0.9, cast=1.9, bounce=0.7, key=0.5, depth=0.11, half=0.34)


def _turn(yaw: int) -> float:
    """0 in profile to 1 at the least yaw there is."""
    return float(np.clip((90 - yaw) / 68, 0, 1))


def _placing(shape: Shape) -> Any:
    """From the skull's own units to the drawing's: its size, and the pivot on the neck."""
    scale = np.array([shape.head * shape.wide, shape.head])
    at = np.array(_PIVOT) * shape.head

    def move(points: Points) -> Points:
        return np.asarray(points * scale + at)

    return move


def head(cel: Cel, shape: Shape, look: Plumage, yaw: int, crest: float) -> None:
    """Crest, skull and hackles."""
    t = _turn(yaw)
    with cel.placed(_placing(shape)):
        if shape.crest:
            (_horns if shape.trunk == "owl" else _crest)(cel, look, crest, t)
        nodes = list(_OWL) if shape.trunk == "owl" else between(*_skulls(look), t)
        if shape.webbed:
            nodes = [(n[0] * (0.74 if n[1] > 6 else 1.0), min(n[1], 15.4)) for n in nodes]
        mask = cel.part(spline(nodes), look.head, _HEAD)
        _marks(cel, shape, look, t, mask)


def _skulls(look: Plumage) -> tuple[Nodes, Nodes]:
    return (_CROW_SIDE, _CROW_FRONT) if look.species == "crow" else (_SIDE, _FRONT)


def _crest(cel: Cel, look: Plumage, crest: float, t: float) -> None:
    """Tufts that lie back from the crown, the last one lowest."""
    if crest <= 0:
        return
    finish = Finish(turn=0.8, soft=0.4, cast=0, line=0.12, key=0.3)
    for x, y, angle, length in ((-9.5, -5.5, 176, 0.9), (-6.0, -9.4, 166, 1.1), (-1.5, -11.6, 158, 1.0)):
        a, long = radians(angle + (100 - angle) * 0.4 * t), (2.5 + 12 * crest) * length
        dx, dy = cos(a), -sin(a)
        nodes: Nodes = [
            (x - 3.4 * dy, y + 3.4 * dx), (x + 0.55 * long * dx - 3.0 * dy, y + 0.55 * long * dy + 3.0 * dx),
            (x + (6 + long) * dx, y + (6 + long) * dy + 1.6, 1),
            (x + 0.5 * long * dx + 2.6 * dy, y + 0.5 * long * dy - 2.6 * dx), (x + 3.4 * dy, y - 3.4 * dx),
        ]  # fmt: skip
        cel.part(spline(nodes), look.cap, finish)


def _horns(cel: Cel, look: Plumage, crest: float, t: float) -> None:
    """An owl's two tufts."""
    for x, lean in ((-10.5 + 3 * (1 - t), -0.55), (9.5 - 2 * (1 - t), 0.5)):
        tip = (x + lean * 9 * crest, -13 - 9.5 * crest, 1)
        nodes: Nodes = [(x - 4.6, -8), (x - 3.4, -13), tip, (x + 4.0, -12.6), (x + 5, -7)]
        mask = cel.part(spline(nodes), look.cap, Finish(turn=1.0, soft=0.5, cast=0.5, line=0.12, key=0.3))
        cel.stroke([(x, -9), (x + lean * 4, -14), (x + lean * 8 * crest, -13 - 8 * crest)], 0.6, look.cheek, mask, 0.6)


def _marks(cel: Cel, shape: Shape, look: Plumage, t: float, mask: Any) -> None:
    """What makes the head of a species: crown, cheek, disc, and ticks of small feathers."""
    if shape.trunk == "owl":
        _disc(cel, look, t, mask)
        return
    if look.species == "crow":
        _planes(cel, look, t, mask)
        return
    ahead = 3.0 * (1 - t)
    crown: Nodes = [(-17, 0), (-14, -12), (-4, -17), (6, -17), (14 - 2 * t, -12), (9, -8.6), (0, -9), (-8, -5)]
    cel.ink(spline(crown), look.cap, 0.85, mask, soft=0.5)
    if look.species in ("sparrow", "robin"):
        cheek: Nodes = [(2 + ahead, -4), (12 + ahead, -3), (17, 4), (15, 14), (8, 20), (-2, 19), (-5, 9), (-3, 1)]
        cel.ink(spline(cheek), look.cheek, 0.95, mask, soft=0.6)
        if look.species == "sparrow":
            bib: Nodes = [(9 + ahead, 6), (15, 7), (14, 14), (8, 20), (4, 14)]
            cel.ink(spline(bib), _colour.rgb_of("#4a332c"), 0.9, mask, soft=0.5)
    dark, pale = _colour.shade(look.head, 0.10), _colour.light(look.head, 0.09, 230, 30)
    if not shape.webbed:
        for x, y in ((6.5, 10), (0.5, 13), (-5.5, 13), (-10.5, 10)):
            cel.stroke([(x, y), (x - 0.6, y + 3), (x - 1.8, y + 5.4)], 0.42, dark, mask, 0.8)
            cel.stroke([(x - 1, y - 0.2), (x - 1.5, y + 2.4)], 0.5, pale, mask, 0.8)
    cel.stroke([(-11, -7), (-7, -11.6), (-1, -13.6)], 0.8, _colour.light(look.cap, 0.13, 210, 25), mask, 0.75)


def _planes(cel: Cel, look: Plumage, t: float, mask: Any) -> None:
    """A crow's crown and cheek as flat planes with feathered hems, a shadow under each, and a beard."""
    dark, pale = edge_under(look.head), _colour.light(look.head, 0.10, 250, 30)
    for nodes, colour in ((between(_CHEEK_SIDE, _CHEEK_FRONT, t), look.cheek),
                          (between(_CROWN_SIDE, _CROWN_FRONT, t), look.cap)):  # fmt: skip
        outline = spline(nodes)
        cel.ink(outline + np.array([0.5, 1.3]), dark, 0.75, mask)
        cel.ink(outline, colour, 0.95, mask)
    for x, y in ((7.0, 14), (1.2, 16.4), (-5.0, 16.4), (-11.4, 14.4)):
        x -= 4 * t * (x > 0)
        cel.stroke([(x, y - 3), (x - 0.5, y), (x - 1.4, y + 3.4)], 0.5, pale, mask, 0.7)
    for x, y in ((-13.0, 9.4), (-13.4, 3.8)):
        cel.stroke([(x + 2.6, y - 1.0), (x, y + 0.4), (x - 3.2, y + 1.6)], 0.45, pale, mask, 0.6)
    lit = [(11.5, -9.6), (5.5, -12.8), (-2, -13.6), (-9, -10.6)]
    cel.stroke(lit, [0.1, 1.1, 0.9, 0.1], _colour.light(look.cap, 0.13, 220, 30), mask, 0.7)


def edge_under(colour: RGB) -> RGB:
    return _colour.shade(colour, 0.10)


def _disc(cel: Cel, look: Plumage, t: float, mask: Any) -> None:
    x = 6.0 * (1 - t)
    for side in (-1, 1):
        wide = 1 - 0.35 * (1 - t) * (side > 0)
        disc: Nodes = [
            (x, -6), (x + side * 5 * wide, -9.6), (x + side * 12 * wide, -7), (x + side * 14.4 * wide, 1),
            (x + side * 10.4 * wide, 9), (x + side * 4 * wide, 12), (x, 8),
        ]  # fmt: skip
        cel.ink(spline(disc), look.cheek, 0.95, mask, soft=0.3)
        cel.stroke([n[:2] for n in disc[1:6]], 0.55, _colour.shade(look.cap, 0.06, 40), mask, 0.75)
    brow = [(x - 12, -12), (x - 5, -8.6), (x, -4.4), (x + 5, -8.6), (x + 10, -12)]
    cel.stroke(brow, [0.3, 1.4, 1.5, 1.4, 0.3], look.cap, mask, 0.95)


# -- the face


def face(cel: Cel, shape: Shape, look: Plumage, variant: Variant) -> None:
    """Eye and beak on empty ground."""
    yaw, lids = int(variant["yaw"]), int(variant.get("lids", 0))
    gaze = variant.get("gaze", [0, 0])
    t = _turn(yaw)
    with cel.placed(_placing(shape)):
        _beak(cel, shape, look, t, float(variant.get("open", 0)))
        cel.contour(0.20 * cel.unit * cel.pen, INK, 0.85)
        ahead = 66.0 - 20 * t if shape.trunk != "owl" else 30.0
        for side in (1, -1):
            angle = radians(yaw - side * ahead if shape.trunk != "owl" else 0.62 * (yaw - 22) + 8 - side * ahead)
            wide = max(cos(angle), 0.0) ** 0.6
            if wide < 0.30:
                continue
            at = (0.98 * _R * sin(angle), -1.6 if shape.trunk != "owl" else -0.4)
            size = (3.9 * shape.eye * max(wide, 0.55) / shape.wide, 4.1 * shape.eye)
            _eye(cel, look, at, size, (lids, float(gaze[0]), float(gaze[1])), side)


def _eye(
    cel: Cel,
    look: Plumage,
    at: tuple[float, float],
    size: tuple[float, float],
    how: tuple[int, float, float],
    side: int,
) -> None:
    """A bare ring, the iris, the pupil and two lights; over them a lid."""
    (x, y), (rx, ry), (lids, gaze_x, gaze_y) = at, size, how
    lightness = _colour.to_lch(look.head)[0]
    ring = (
        _colour.light(look.head, 0.16, 250, 30)
        if lightness < 0.3
        else _colour.shade(look.head, 0.13)
        if lightness < 0.62
        else _colour.shade(look.cap, 0.30)
    )
    cel.glaze(ellipse(x, y, rx * 1.16, ry * 1.16), ring, 0.7, soft=0.25)
    eye = cel.glaze(ellipse(x, y, rx, ry), INK if lids != 2 else _colour.light(look.head, 0.08, 60))
    if lids == 2:
        cel.stroke([(x - rx, y + 0.2), (x, y + 1.8), (x + rx, y + 0.2)], 0.55, INK)
        return
    px, py = x + 0.10 * rx + 0.16 * rx * gaze_x, y - 0.03 * ry - 0.16 * ry * gaze_y
    cel.ink(ellipse(x, y, rx * 0.84, ry * 0.84), look.eye, 1, eye)
    cel.ink(ellipse(x, y + 0.34 * ry, rx * 0.66, ry * 0.45), _colour.light(look.eye, 0.12, 80), 0.8, eye, soft=0.25)
    cel.ink(ellipse(px, py, rx * 0.52, ry * 0.56), INK, 1, eye)
    cel.ink(ellipse(x - 0.26 * rx, y - 0.38 * ry, rx * 0.27, ry * 0.24), WHITE, 1, eye)
    cel.ink(ellipse(x + 0.36 * rx, y + 0.36 * ry, rx * 0.13, ry * 0.12), WHITE, 0.85, eye)
    lid = _colour.light(look.head, 0.03, 40)
    if lids:
        tilt = 0.34 * side if lids == 3 else 0.0
        low = y - (0.05 if lids == 1 else 0.30) * ry
        shade: Nodes = [
            (x - 1.4 * rx, y - 1.5 * ry),
            (x + 1.4 * rx, y - 1.5 * ry),
            (x + 1.4 * rx, low + tilt * ry),
            (x, low - 0.05 * ry),
            (x - 1.4 * rx, low - tilt * ry),
        ]
        cel.ink(spline([(*n[:2], 1) for n in shade]), lid, 1, eye)
        cel.stroke(
            [(x - rx * 1.05, low - tilt * ry), (x, low - 0.08 * ry), (x + rx * 1.05, low + tilt * ry)], 0.5, INK, eye
        )
    heavy = 0.85 if ry < 5 else 0.6
    upper = [
        (x - rx * 1.28, y - 0.26 * ry),
        (x - rx * 0.64, y - 0.98 * ry),
        (x + rx * 0.32, y - 1.05 * ry),
        (x + rx * 1.2, y - 0.52 * ry),
    ]
    cel.glaze(tube(upper, [w * cel.pen for w in (0.2, heavy, 0.85 * heavy, 0.15)]), INK)


_BILLS: dict[str, tuple[Nodes, Nodes]] = {
    "crow": (
        [(0, -4.6, 1), (7.5, -6.4), (16.5, -4.2), (23.5, 1), (27.9, 8, 1), (23.1, 5.8), (15.5, 4.6),
            (6.5, 4.6), (0.5, 5.4, 1), (-1.8, 0.8)],
        [(0.5, 4, 1), (11.5, 4.2), (22.5, 5.6, 1), (16.5, 8.4), (8.5, 10), (1, 10, 1)],
    ),
    "cone": (
        [(0, -4.8, 1), (7.5, -5.2), (15.5, -2.6), (22.5, 1.6), (27, 5, 1), (21.1, 4.8), (14.5, 4.4),
            (6.5, 4.4), (0.5, 5.0, 1), (-1.8, 0.8)],
        [(0.5, 4, 1), (11.5, 4.2), (22.5, 5.0, 1), (15.5, 8.0), (8.5, 9.6), (1, 9.8, 1)],
    ),
    "hook": (
        [(0, -3.6, 1), (8, -3.0), (17, 0.5), (23, 6), (22.5, 15, 1), (16, 10.5), (11, 8.4), (5, 7.4),
            (0.5, 6.4, 1), (-1.8, 0.8)],
        [(0.5, 5, 1), (8, 7), (14, 9.4, 1), (10, 12), (5, 12), (1, 10, 1)],
    ),
    "flat": (
        [(-1, -4.4, 1), (5, -0.6), (12, 2.6), (20, 2.4), (27.5, 1.8), (32, 4.4), (30.5, 7.6), (21, 7.8), (9, 6.8),
            (0.5, 7.6, 1), (-1.8, 0.8)],
        [(0.5, 6, 1), (11, 6.8), (27.5, 7.6, 1), (21, 10.6), (9, 11.2), (1, 10.4, 1)],
    ),
    "wedge": (
        [(-1, -6.4, 1), (5, -4.6), (12, -0.6), (18.4, 3.6), (20, 6.2), (14, 6.8), (7, 6.6), (0.5, 7.8, 1), (-1.8, 0.8)],
        [(0.5, 6, 1), (9, 6.8), (17.4, 6.8, 1), (13, 9.4), (6, 10.4), (1, 10.2, 1)],
    ),
    "gull": (
        [(0, -3.8, 1), (8, -4.4), (17, -3.2), (24, -0.4), (26.6, 8.6, 1), (22.8, 5.2), (15.5, 4.6), (6.5, 4.6),
            (0.5, 5.2, 1), (-1.8, 0.8)],
        [(0.5, 4, 1), (11.5, 4.4), (22.0, 5.6, 1), (17.5, 8.8), (8.5, 9.0), (1, 9.0, 1)],
    ),
}  # fmt: skip


def _beak(cel: Cel, shape: Shape, look: Plumage, t: float, opened: float) -> None:
    upper, lower = _BILLS[shape.bill]
    root = 11.5 - (7.5 if shape.trunk != "owl" else 5.0) * t - (2.5 if shape.trunk == "owl" else 0)
    short = 1 - 0.58 * t
    wide = 6.4 * t

    def seen(nodes: Nodes) -> list[tuple[float, ...]]:
        """Foreshortened towards the camera: shorter, hanging a little, its root showing both sides."""
        found = []
        for x, y, *corner in nodes:
            away = x * shape.long * short
            at = root + away - (wide if x < 2 else 0)
            found.append((at / shape.wide, (y + 0.8) * shape.deep + 0.30 * t * x * shape.long * 0.6, *corner))
        return found

    dark = _colour.shade(look.beak, 0.07)
    finish = Finish(turn=1.4, soft=0.6, cast=0.8, line=0.12, key=0.5, bounce=0.3, depth=0.12)
    with cel.turned(opened * 0.6, (root, 4.0)):
        cel.part(spline(seen(lower)), dark, finish.but(cast=0))
    if opened > 6:
        throat = seen([(0.5, 3.6, 1), (12, 4.2), (18, 5.4, 1), (11, 4.4 + 0.16 * opened), (2, 6 + 0.08 * opened, 1)])
        cel.part(spline(throat), _colour.rgb_of("#8a3546"), FLAT)
        tongue = seen([(2, 5.6), (9, 5.2 + 0.05 * opened), (14, 5.6 + 0.07 * opened), (9, 6 + 0.11 * opened)])
        cel.ink(spline(tongue), _colour.rgb_of("#d9707c"), 0.9)
    mask = None
    with cel.turned(-0.22 * opened, (root, 2.0)):
        mask = cel.part(spline(seen(upper)), look.beak, finish)
        lit = seen([(6, -3.6), (14, -2.4), (20.5, 1.4)])
        cel.stroke([p[:2] for p in lit], 0.75, _colour.light(look.beak, 0.18, 60, 30), mask, 0.85)
        nose = seen([(5.4, -1.0), (7.6, -1.6), (9.6, -0.6)])
        cel.stroke([p[:2] for p in nose], 0.42, _colour.shade(look.beak, 0.24), mask)
        if shape.bill == "gull":
            spot = seen([(20, 5.4)])[0]
            cel.ink(ellipse(spot[0], spot[1], 1.5, 1.3), _colour.rgb_of("#d9482f"), 0.95, mask)
    if shape.bill == "crow":  # a tuft over the nostrils
        tuft: Nodes = [(-2.4, -6.6), (3.2, -6.9), (9.6, -5.0, 1), (6.0, -3.6), (8.4, -1.6, 1), (4.4, -0.9),
                       (5.4, 1.4, 1), (1.6, 1.5), (0.6, 4.4, 1), (-2.4, 3.0)]  # fmt: skip
        mask = cel.part(spline(seen(tuft)), look.cap, Finish(turn=0.9, soft=0.5, cast=0.5, line=0.1, key=0.2))
        for y in (-4.2, -1.6):
            line = seen([(-1.0, y - 0.4), (3.0, y - 0.2), (6.6, y + 0.2)])
            cel.stroke([p[:2] for p in line], 0.34, _colour.light(look.cap, 0.12, 230, 30), mask, 0.7)

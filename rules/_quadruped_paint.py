"""A four-legged animal in paint: trunk, legs and tail; the head stands in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
from numpy.typing import ArrayLike

from rules import _colour, _kit_props, _quadruped, _quadruped_coat, _quadruped_face, _quadruped_head, _window
from rules._biped_light import Light, cel_under, finish, light_of, relight
from rules._cel import CLOTH, Cel, Finish, Joined, Mask
from rules._kit import Point, joint, turned
from rules._outline import Points, ellipse, spline, tube
from rules._quadruped import Figure, Paw, Pose, Shape
from rules._quadruped_coat import Coat, bands
from studio.rule import Canvas, Drawing, Variant

_BODY = Finish(turn=4.4, soft=0.9, cast=1.8, bounce=0.8, key=0.45, depth=0.11, half=0.34)
_LIMB = Finish(turn=1.7, soft=0.6, cast=0.0, line=0.12, depth=0.11)
_PAW = Finish(turn=1.1, soft=0.5, cast=0.5, line=0.13, key=0.3, depth=0.09)


@dataclass(frozen=True)
class Sitting:
    """What every part needs to be painted."""

    shape: Shape
    coat: Coat
    light: Light


def draw(params: Figure, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """One part of the animal, as large as the canvas."""
    whole = _window.whole(_quadruped.box(params, variant), canvas.scale, canvas.maps)
    return _window.cut(_painted(params, variant, whole, seed), whole, canvas)


def _painted(params: Figure, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    unit = canvas.scale * params.height / 100
    part = str(variant["part"])
    if part == "shadow":
        wide, core, at = ((46.0, 34.0, 0.0), (36.0, 26.0, 2.0), (52.0, 46.0, 0.0))[int(variant["low"])]
        return _kit_props.contact(canvas, unit, (wide, core), seed, -at if variant.get("flip") else at)
    sitting = Sitting(_quadruped.shape_of(params), _quadruped_coat.coat_of(params), light_of(variant))
    cel = cel_under(sitting.light, canvas, unit, seed, flip=bool(variant.get("flip")))
    _PAINTERS[part](cel, sitting, variant)
    return cel.drawing(seed)


def _head(cel: Cel, sitting: Sitting, variant: Variant) -> None:
    _quadruped_head.head(cel, sitting.shape, sitting.coat, int(variant["yaw"]), float(variant.get("ears", 0)))
    finish(cel, sitting.light)


def _face(cel: Cel, sitting: Sitting, variant: Variant) -> None:
    _quadruped_face.face(cel, sitting.shape, sitting.coat, variant)
    relight(cel, sitting.light, 0)


def _tail(cel: Cel, sitting: Sitting, variant: Variant) -> None:
    shape, coat = sitting.shape, sitting.coat
    line = _quadruped.tail_line(shape, _quadruped.stances_of(variant), int(variant["amount"]), int(variant["n"]))
    radii = {
        "long": (5.6, 5.0, 4.5, 4.3, 4.1, 2.7), "brush": (4.2, 7.0, 9.8, 11.0, 8.6, 1.2),
        "curled": (4.8, 4.8, 4.7, 4.3, 3.5, 1.8), "stub": (4.6, 4.6, 4.4, 4.2, 4.0, 3.0),
    }[shape.tail]  # fmt: skip
    finish_of = Finish(turn=1.6 if shape.tail != "brush" else 3.0, soft=0.7, cast=0, key=0.4, bounce=0.5, depth=0.11)
    mask = cel.part(limb(line, radii), coat.fur, finish_of)
    spine = spline(line, closed=False, samples=8)
    if coat.pattern == "tabby" and shape.tail == "long":
        for i in (9, 15, 21, 27):
            c, d = spine[i], spine[i + 1] - spine[i - 1]
            d = d / (np.hypot(*d) + 1e-9)
            across = np.array([-d[1], d[0]])
            ring = [tuple(c + across * 6), tuple(c + d * 0.8), tuple(c - across * 6)]
            cel.ink(tube(ring, [1.5, 1.1, 1.5]), coat.marks, 0.85, mask)
    if shape.tail != "stub":
        _tip(cel, coat, spine, shape, mask)
    if shape.tail == "brush":
        for i, side in ((12, 1), (17, -1), (22, 1), (26, -1)):
            c, d = spine[i], spine[i + 2] - spine[i]
            d, across = d / (np.hypot(*d) + 1e-9), np.array([-d[1], d[0]]) / (np.hypot(*d) + 1e-9)
            lock = [c + across * side * 3, c + d * 5 + across * side * 5.4, c + d * 11 + across * side * 4.6]
            cel.stroke([(float(p[0]), float(p[1])) for p in lock], 0.5, coat.fur_dark, mask, 0.7)
    finish(cel, sitting.light)


def _tip(cel: Cel, coat: Coat, spine: Points, shape: Shape, mask: Mask) -> None:
    """A pale end with a ragged edge."""
    at = -7 if shape.tail != "brush" else -12
    c, d = spine[at], spine[-1] - spine[at]
    d = d / (np.hypot(*d) + 1e-9)
    across, e = np.array([-d[1], d[0]]), spine[-1] + d * 6
    wide = 16.0 if shape.tail == "brush" else 7.0
    edge = [
        (wide, 1.0),
        (wide * 0.5, 3.2),
        (wide * 0.28, -1.4),
        (0, 2.6),
        (-wide * 0.28, -1.2),
        (-wide * 0.5, 2.6),
        (-wide, 0.0),
    ]
    nodes = [(*(c + across * o + d * s).tolist(), 1) for o, s in edge]
    nodes += [(*(e - across * wide).tolist(), 1), (*(e + across * wide).tolist(), 1)]
    cel.ink(spline(nodes), coat.pale if coat.species != "dog" or coat.pattern != "plain" else coat.fur, 0.94, mask)


def _body(cel: Cel, sitting: Sitting, variant: Variant) -> None:
    shape, coat = sitting.shape, sitting.coat
    found = _quadruped.pose(shape, str(variant["gait"]), int(variant["phase"]), _quadruped.stances_of(variant))
    _hind(cel, coat, found, far=True)
    _fore(cel, coat, found, far=True)
    nodes = list(found.nodes)
    body = cel.part(spline(nodes), coat.fur, _BODY)
    belly = [nodes[14], nodes[13], nodes[12], nodes[11], nodes[10], nodes[9]]
    inner = [(x - 1.0, y - deep) for (x, y), deep in zip(belly[1:], (4.2, 4.0, 3.4, 2.4, -1.0), strict=True)]
    outer = [(x + 8, y + 8) for x, y in belly]
    cel.ink(spline([*inner[::-1], (nodes[15][0] - 2, nodes[15][1] + 6), *outer]), coat.pale, 0.9, body, soft=0.6)
    _quadruped_coat.back(cel, nodes, coat, body)
    _hind(cel, coat, found, far=False)
    _fore(cel, coat, found, far=False)
    _chest(cel, coat, found)
    finish(cel, sitting.light)


def limb(line: Sequence[Point], radii: ArrayLike, samples: int = 8) -> Joined:
    """A tube as the union of discs and of what lies between them: it survives any bend."""
    middle = spline(list(line), closed=False, samples=samples)
    place = np.linspace(0, len(line) - 1, len(middle))
    index = np.clip(place.astype(int), 0, len(line) - 2)
    ease = (1 - np.cos(np.pi * (place - index))) / 2
    r = np.asarray(radii, np.float64)
    radius = r[index] * (1 - ease) + r[index + 1] * ease
    pieces: list[Points] = [ellipse(x, y, q, q, samples=20) for (x, y), q in zip(middle, radius, strict=True)]
    for a, b, p, q in zip(middle, middle[1:], radius, radius[1:], strict=False):
        d = (b - a) / (np.hypot(*(b - a)) + 1e-9)
        across = np.array([-d[1], d[0]])
        pieces.append(np.array([a + across * p, b + across * q, b - across * q, a - across * p]))
    return Joined(tuple(pieces))


def _between(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def _hind(cel: Cel, coat: Coat, found: Pose, far: bool) -> None:
    root, paw = found.hips[far], found.paws[2 if far else 0]
    fur, socks = (coat.fur_far, coat.socks_far) if far else (coat.fur, coat.socks)
    lean = radians(found.heel + (0.55 if paw.bend > 0 else 0.5) * paw.bend)
    heel = _rolled((paw.x - 2.5, paw.y - 3.2), paw)
    hock = heel[0] - 15 * cos(lean), heel[1] - 15 * sin(lean)
    scale = 1.0 + max(0.0, -root[1] - 45) / 45
    knee, hock = joint(root, hock, (19.0 * scale, 17.5 * scale), -1)
    low = cel.part(limb([_between(knee, hock, 0.5), hock, (heel[0] + 0.4, heel[1])], (5.2, 3.7, 3.5)), fur, _LIMB)
    if found.low < 0.5:
        _sock(cel, low, _between(hock, heel, 0.55), heel, socks)
    else:
        _sock(cel, low, _between(hock, heel, 0.75), heel, socks)
    _foot(cel, paw, socks)
    thick = (9.5, 5.4, 4.2) if far else (13.2, 6.8, 4.2)
    shade = _BODY.but(turn=2.6, soft=0.8, line=0.0, key=0.0, bounce=0.0, cast=0.0 if far else 1.4)
    mask = cel.part(limb([root, knee, _between(knee, hock, 0.65)], thick), fur, shade)
    if far:
        return
    bands(cel, (root[0] - 5, root[1] - 4), (knee[0] - 6, knee[1] + 2), 3, 1.6, coat, mask)
    dark = _colour.shade(coat.fur, 0.16)
    crease = [
        (root[0] + 7, root[1] - 12.4), (root[0] + 13.4, root[1] - 2), (max(knee[0] + 6.0, root[0] + 11), knee[1] - 1.5),
        (knee[0] + 3.6, knee[1] + 5.6),
    ]  # fmt: skip
    cel.stroke(crease, 0.42, dark, None, 0.85)


def _fore(cel: Cel, coat: Coat, found: Pose, far: bool) -> None:
    root, paw = found.shoulders[far], found.paws[3 if far else 1]
    fur, socks = (coat.fur_far, coat.socks_far) if far else (coat.fur, coat.socks)
    ankle = _rolled((paw.x - 1.0, paw.y - 3.9), paw)
    back = 0.03 * max(0.0, paw.bend)
    wrist = ankle[0] + found.wrist[0] - back, ankle[1] + found.wrist[1]
    scale = 1.0 + max(0.0, -root[1] - 44) / 40
    elbow, wrist = joint(root, wrist, (18.0 * scale, 18.0 * scale), 1)
    elbow = elbow[0], min(elbow[1], -6.0)  # on the ground when it lies
    shade = _LIMB.but(line=0.1 if far else 0.0, cast=0.0 if far else 1.0)
    mask = cel.part(limb([root, elbow, wrist, ankle], (9.4, 6.0, 4.1, 3.9)), fur, shade)
    _sock(cel, mask, (wrist[0], wrist[1] - 1.5 if found.low < 0.9 else wrist[1]), (ankle[0], ankle[1] + 0.6), socks)
    _foot(cel, paw, socks)
    if far:
        return
    dark = _colour.shade(coat.fur, 0.16)
    cel.stroke([(root[0] - 7.6, root[1] - 6), (root[0] - 9.6, root[1] + 4), (elbow[0] - 6.2, elbow[1] + 1)], 0.38, dark)
    if found.low < 0.9:
        cel.stroke(
            [(root[0] + 8.6, root[1] - 2), (root[0] + 8.6, root[1] + 6), (elbow[0] + 6, elbow[1] + 1)], 0.32, dark
        )
        bands(cel, (elbow[0], elbow[1] - 4), (wrist[0], wrist[1] - 3), 2, 1.3, coat, mask)


def _rolled(p: Point, paw: Paw) -> Point:
    """A point of the foot, turned with it about its ball, or about its heel when the toes are up."""
    return turned(p, paw.bend, (paw.x + 3.6, paw.y) if paw.bend > 0 else (paw.x - 3, paw.y))


def _sock(cel: Cel, mask: Mask, a: Point, b: Point, colour: ArrayLike) -> None:
    """Another colour from a on, its edge in ragged points."""
    at, to = np.array(a), np.array(b)
    d = (to - at) / (np.hypot(*(to - at)) + 1e-9)
    n, e = np.array([-d[1], d[0]]), to + d * 6
    edge = ((6, 0), (2.4, 1.6), (0.6, -1.0), (-1.4, 1.5), (-3.2, -0.8), (-6, 0.5))
    nodes = [(*(at + n * o + d * s).tolist(), 1) for o, s in edge]
    nodes += [(*(e - n * 7).tolist(), 1), (*(e + n * 7).tolist(), 1)]
    cel.ink(spline(nodes), colour, 0.95, mask)


def _foot(cel: Cel, paw: Paw, colour: ArrayLike) -> None:
    x, y = paw.x, paw.y
    with cel.turned(paw.bend, (x + 3.6, y) if paw.bend > 0 else (x - 3, y)):
        nodes = [
            (x - 5.2, y - 5.6), (x, y - 6.8), (x + 4.6, y - 5.2), (x + 6.6, y - 2.4), (x + 5.8, y + 0.1), (x, y + 0.3),
            (x - 4.6, y + 0.1), (x - 6, y - 2.4),
        ]  # fmt: skip
        mask = cel.part(spline(nodes), colour, _PAW)
        dark = _colour.shade(colour, 0.17)
        for dx in (1.6, 3.9):
            cel.stroke([(x + dx - 0.3, y - 3.0), (x + dx + 0.3, y - 1.5), (x + dx + 0.2, y - 0.2)], 0.26, dark, mask)


def _chest(cel: Cel, coat: Coat, found: Pose) -> None:
    """The tuft under the throat, and a collar with a bell; they hang on the neck."""
    x, y = found.neck[0] - 38, found.neck[1] + 62
    if found.low > 0.9:  # lying, the head hides all but the ends
        y -= 2
    tuft = [
        (29, -63), (41, -64), (45.5, -55), (44, -46, 1), (41.4, -48), (40, -41.5, 1), (36.8, -45.4), (33.4, -41, 1),
        (32, -48), (28, -54),
    ]  # fmt: skip
    with cel.placed(lambda p: p + np.array([x, y])):
        mask = cel.part(spline(tuft), coat.pale, CLOTH.but(turn=2.0, cast=1.2, line=0.11, bounce=0.4, depth=0.09))
        dark = _colour.shade(coat.pale, 0.12)
        for line in (
            [(38, -56), (38.6, -51), (38.0, -47)],
            [(34, -55), (34.8, -50), (34.4, -46)],
            [(42, -56), (43, -51), (42.6, -48.6)],
        ):
            cel.stroke(line, 0.3, dark, mask, 0.7)
        if coat.collar is None:
            return
        band = [
            (25.5, -64), (31, -59.5), (38, -57.6), (44.6, -59.4), (44.9, -56), (38, -53.8), (30, -55.8), (24.4, -60.6),
        ]  # fmt: skip
        cel.part(spline(band), coat.collar, CLOTH.but(turn=0.8, cast=1.0, line=0.12, key=0.3))
        brass = _colour.rgb_of("#e9bf55")
        bell = cel.part(ellipse(38, -51.6, 2.7, 2.8), brass, CLOTH.but(turn=1.0, cast=0.7, line=0.13, key=0.4))
        cel.stroke([(35.6, -51), (38, -50.3), (40.4, -51)], 0.34, _colour.shade(brass, 0.25, 40), bell)
        cel.ink(ellipse(38.2, -49.8, 0.5, 0.6), _colour.shade(brass, 0.35, 40), 1, bell)


_PAINTERS: dict[str, Callable[[Cel, Sitting, Variant], None]] = {
    "body": _body, "tail": _tail, "head": _head, "face": _face
}  # fmt: skip

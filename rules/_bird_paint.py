"""A bird in paint: every part of it from outlines placed by hand, its feathers grouped in masses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from rules import _bird, _bird_head, _bird_plumage, _bird_wing, _colour, _daylight, _kit_props, _window
from rules._biped_light import CONTOUR, Light, cel_under, finish, light_of, relight
from rules._bird import Figure, Pose, Shape
from rules._bird_plumage import Plumage
from rules._cel import Cel, Finish, Joined
from rules._kit import Point, joint
from rules._outline import Points, spline, tube
from studio.rule import Canvas, Drawing, Variant

_TRUNKS: dict[str, Any] = {
    "crow": [
        (0, -77.6), (-10, -69.6), (-21.6, -58), (-31, -46.4), (-36.4, -37, 1), (-29, -35), (-31, -30.5, 1), (-21, -30),
        (-18, -25.8, 1), (-8, -25.5), (2, -23.4), (13, -27), (22, -37), (25.6, -50), (24.6, -63), (22, -76), (10, -84),
    ],
    "owl": [
        (-3, -84), (-14, -78), (-21.5, -64), (-24.5, -46), (-22, -28), (-16, -17), (-9, -15.5, 1), (-4, -13),
        (8, -12.5), (18, -17), (24, -30), (26, -46), (24.4, -62), (18, -77), (8, -84),
    ],
    "duck": [
        (16, -54), (4, -53), (-12, -50), (-30, -47), (-43, -50), (-54, -55.5, 1), (-52, -44), (-43, -31), (-29, -19),
        (-11, -12.4), (8, -11.4), (24, -15), (34.5, -26), (38, -40), (36, -54), (30, -67), (19, -66),
    ],
    "goose": [
        (15, -57), (3, -57), (-12, -54.5), (-27, -49.5), (-39, -47, 1), (-36.5, -40), (-30, -30), (-23, -22.6),
        (-12, -20.6), (2, -21.2), (16, -25), (26, -34), (29.6, -45), (28.6, -55), (24, -64), (18, -64),
    ],
}  # fmt: skip
_FLYING = [
    (0, -78.6), (-11, -71.6), (-22.5, -60.6), (-31.6, -49.6), (-38.6, -40.4), (-37, -36.6), (-30, -32.6), (-19, -28),
    (-8, -25), *_TRUNKS["crow"][10:],
]  # fmt: skip
_BREASTS: dict[str, Any] = {
    "crow": [(26, -76), (27.5, -58), (27, -44), (20, -30), (8, -22), (-10, -23), (2, -31), (11, -42),
        (16, -56), (18, -72)],
    "owl": [(14, -78), (25, -62), (29, -44), (24, -22), (10, -9), (-8, -12), (-12, -26), (-8, -46), (-2, -64),
        (4, -76)],
    "duck": [(33, -50), (39, -38), (34, -20), (14, -9), (-14, -9), (-32, -19), (-12, -21), (10, -25),
        (22, -35), (28, -48)],
    "goose": [(28, -52), (31, -42), (25, -30), (12, -18), (-14, -17), (-28, -28), (-9, -30), (7, -33),
        (18, -40), (22, -50)],
}  # fmt: skip
_BODY = Finish(turn=4.4, soft=1.0, cast=1.8, bounce=0.8, key=0.55, depth=0.10, half=0.34)
_LEG = Finish(turn=0.5, soft=0.3, cast=0.0, line=0.12, key=0.2)


@dataclass(frozen=True)
class Sitting:
    """What every part needs to be painted."""

    params: Figure
    shape: Shape
    look: Plumage
    light: Light


def draw(params: Figure, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """One part of the bird, as large as the canvas."""
    whole = _window.whole(_bird.box(params, variant), canvas.scale, canvas.maps)
    return _window.cut(_painted(params, variant, whole, seed), whole, canvas)


def _painted(params: Figure, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    unit = canvas.scale * params.height / 100
    part = str(variant["part"])
    if part == "shadow":
        return _kit_props.contact(canvas, unit, (26.0, 15.0), seed)
    sitting = Sitting(params, _bird.shape_of(params), _bird_plumage.look(params), light_of(variant))
    cel = cel_under(sitting.light, canvas, unit, seed, flip=bool(variant.get("flip")))
    _PAINTERS[part](cel, sitting, variant)
    return cel.drawing(seed)


def _head(cel: Cel, sitting: Sitting, variant: Variant) -> None:
    _bird_head.head(cel, sitting.shape, sitting.look, int(variant["yaw"]), sitting.params.crest)
    _finished(cel, sitting.light)
    if sitting.shape.webbed:  # the throat melts into the neck of the body
        y = (np.arange(cel.height) + 0.5 - cel.origin[1]) / cel.unit / sitting.shape.head
        share = np.clip((1.0 - y) / 6.0, 0, 1).astype(np.float32)[:, None]
        cel.planes *= share
        cel.beside.keep((0, 0, cel.width, cel.height), np.broadcast_to(share, cel.alpha.shape))
        cel.parts[y > -2] = 0


def _face(cel: Cel, sitting: Sitting, variant: Variant) -> None:
    _bird_head.face(cel, sitting.shape, sitting.look, variant)
    relight(cel, sitting.light, 0)


def _body(cel: Cel, sitting: Sitting, variant: Variant) -> None:
    shape, look = sitting.shape, sitting.look
    found = _bird.pose(shape, str(variant["move"]), int(variant["n"]))
    standing = _moved(shape, found)
    near, far = _bird.wings(shape, found)
    if found.flap is not None and far.arm.seen > 0.2:  # on edge it would be a spike
        with cel.placed(_about(shape, found, _bird.FAR)):
            _bird_wing.opened(cel, shape, look, far, far=True)
    _leg(cel, sitting, found, far=True)
    with cel.placed(standing):
        _bird_wing.tail(cel, shape, look, found.tail, 0.0 if found.flap is None else 6.0)
        if shape.trunk == "duck":  # the drake's curl
            curl = [(-45, -50), (-52, -54), (-56, -61), (-52.5, -67), (-47.6, -65), (-48.6, -61)]
            cel.part(tube(curl, [2.6, 2.5, 2.1, 1.7, 1.2, 0.5]), look.wing_dark, _LEG)
        _trunk(cel, shape, look, found.flap is not None)
        if shape.trunk in _NECKS:
            _neck(cel, shape, look)
    _leg(cel, sitting, found, far=False)
    if found.flap is None:
        with cel.placed(standing):
            _bird_wing.folded(cel, shape, look)
    else:
        with cel.placed(_about(shape, found, (0.0, 0.0))):
            _bird_wing.opened(cel, shape, look, near, far=False)
    if look.scarf is not None:
        with cel.placed(standing):
            _bird_wing.kerchief(cel, shape, look.scarf)
    _finished(cel, sitting.light)


def _finished(cel: Cel, light: Light) -> None:
    """The contour and the light; where it is dark, a rim too, or a bird is lost before the sky."""
    finish(cel, light)
    hour = _daylight.daylight(light.time)
    dark = 1 - float(np.clip((np.mean(hour.ambient) - 0.56) / 0.2, 0, 1))
    if dark and not light.lamp:
        width = max(2.2, 2.0 * CONTOUR * (cel.unit / 7) ** 0.6)
        cel.rim(light.direction, width, _colour.rgb_of(hour.glow), 0.95 * dark)


def _moved(shape: Shape, found: Pose) -> Callable[[Points], Points]:
    """Points of the standing body in a pose, as `_bird.placed` moves one."""
    hx, hy = _bird.hips(shape)
    wide = shape.bulk if shape.trunk == "crow" else 1.0

    def move(points: Points) -> Points:
        x = hx + (points[:, 0] - hx) * (wide if wide != 1 else 1.0) / found.squash
        y = hy + (points[:, 1] - hy) * found.squash
        t = np.radians(-found.pitch)
        c, s = np.cos(t), np.sin(t)
        return np.stack([hx + (x - hx) * c - (y - hy) * s, hy + (x - hx) * s + (y - hy) * c - found.rise], 1)

    return move


def _about(shape: Shape, found: Pose, shift: Point) -> Callable[[Points], Points]:
    """Shapes round the shoulder, as an open wing is built, brought to the shoulder of a pose."""
    x, y = _bird.wing_root(shape, found)

    def move(points: Points) -> Points:
        return np.asarray(points + np.array([x + shift[0], y + shift[1]]))

    return move


# -- trunk and legs


def _trunk(cel: Cel, shape: Shape, look: Plumage, is_open: bool) -> None:
    """Under open wings the back of a crow's trunk is seen: it runs out into the tail."""
    nodes = _FLYING if is_open and shape.trunk == "crow" else _TRUNKS[shape.trunk]
    mask = cel.part(spline(nodes), look.back, _BODY)
    soft = 2.2 if shape.trunk in _NECKS else 1.6
    cel.ink(spline(_BREASTS[shape.trunk]), look.breast, 0.9, mask, soft=soft)
    for n, (x, y, length, angle) in enumerate(_SCALES[shape.trunk]):
        lower, upper = look.breast_dark, look.breast_pale
        a = np.radians(angle)
        dx, dy = length * np.cos(a), -length * np.sin(a)
        arc = [(x, y), (x + 0.5 * dx - 0.9, y + 0.5 * dy + 0.5), (x + dx, y + dy)]
        cel.stroke(arc, 0.5, lower, mask, 0.55)
        if n % 2 == 0:
            cel.stroke([(p[0] - 0.8, p[1] - 0.6) for p in arc], 0.30, upper, mask, 0.8)
    if shape.trunk == "crow":  # light along the back
        cel.stroke(
            [(1, -77), (-10.6, -67.4), (-22.6, -55), (-31.6, -44.4)], [0.1, 1.3, 1.0, 0.1], look.back_pale, mask, 0.55
        )


def _neck(cel: Cel, shape: Shape, look: Plumage) -> None:
    """A duck's short one, with its white ring, or a goose's, long and bent like an S, up into the head."""
    x, y = shape.neck
    line, widths = _NECKS[shape.trunk]
    line = [*line, (x + 0.5, y - 4)]
    top = widths[-1]
    cel.part(tube(line, widths), look.breast, _BODY.but(turn=2.4, cast=0, line=0.0, key=0))
    if look.species == "duck":
        green = cel.part(tube(line[1:], widths[1:]), look.head, _BODY.but(turn=2.4, cast=0.6, key=0.3))
        cel.ink(tube([(x - top, y + 5), (x + 2, y + 8.6), (x + top + 2, y + 5)], [1.4, 1.7, 1.4]), _WHITE, 0.95, green)


_NECKS: dict[str, tuple[list[Point], list[float]]] = {
    "duck": ([(22, -42), (25, -52), (26, -58)], [9, 14.5, 14.0, 14.0]),
    "goose": ([(19, -46), (24.4, -56), (24.6, -66), (21.4, -77)], [10, 9.2, 6.9, 6.0, 6.6]),
}
_WHITE = np.array([1.0, 0.98, 0.94])
_SCALES: dict[str, list[tuple[float, float, float, float]]] = {
    "crow": [
        (18, -40, 6, 240), (12, -33, 6, 225), (21, -49, 5, 255), (3, -29, 6, 205), (15, -47, 5, 245), (8, -39, 5, 228),
        (20, -57, 5, 262), (17, -64, 5, 262), (-4, -28, 5, 196),
    ],
    "owl": [
        (12, -62, 4, 262), (18, -54, 4, 262), (9, -52, 4, 262), (15, -44, 4, 258), (5, -42, 4, 258), (19, -36, 4, 250),
        (9, -33, 4, 256), (0, -30, 4, 250), (14, -25, 4, 246), (4, -22, 4, 246), (20, -62, 4, 262), (2, -56, 4, 262),
    ],
    "duck": [(32, -42, 6, 250), (29, -31, 6, 232), (18, -21, 6, 215), (4, -17, 6, 196), (-12, -17, 6, 190)],
    "goose": [(25, -44, 6, 250), (22, -35, 6, 232), (12, -28, 6, 215), (0, -25, 6, 196), (-13, -25, 6, 190)],
}  # fmt: skip


def _leg(cel: Cel, sitting: Sitting, found: Pose, far: bool) -> None:
    shape, look = sitting.shape, sitting.look
    root = _bird.placed(shape, found, (_bird.hips(shape)[0] + (6.5 if far else -4.0), -shape.hip + 1))
    foot = found.far if far else found.near
    colour = look.leg_far if far else look.leg
    thick = 0.82 if shape.hip < 30 and not shape.webbed else 1.0
    ankle = (foot.x - 0.6, foot.y - 1.6)
    scale = shape.hip / 32.0
    knee, end = joint(root, ankle, (13.2 * scale, 17.6 * scale), 1)
    middle = ((knee[0] + end[0]) / 2 + 0.4, (knee[1] + end[1]) / 2)
    cel.part(tube([knee, middle, end], [1.55 * thick, 1.05 * thick, 1.3 * thick]), colour, _LEG)
    (_web if shape.webbed else _toes)(cel, end, foot.toe, colour, look)
    _thigh(cel, root, knee, look, far)


def _thigh(cel: Cel, root: Point, knee: Point, look: Plumage, far: bool) -> None:
    """Feathered trousers with a ragged hem."""
    dx, dy = knee[0] - root[0], knee[1] - root[1]
    way = max(float(np.hypot(dx, dy)), 1e-6)
    u, n = np.array([dx, dy]) / way, np.array([-dy, dx]) / way
    r, e, s = np.array(root), np.array(knee) + u, min(way / 13.2, 1.0)
    at: list[Any] = [
        r + n * 6.6 * s, r + n * 5.6 * s + u * 6 * s, (e + n * 2.4 * s, 1), (e + n * 0.9 * s - u * 2.4 * s, 1),
        (e - n * 0.2 + u * 1.4 * s, 1), (e - n * 1.2 * s - u * 2.2 * s, 1), (e - n * 2.4 * s - u * 0.2, 1),
        r - n * 5.8 * s + u * 5 * s, r - n * 6.6 * s,
    ]  # fmt: skip
    nodes = [(*p[0].tolist(), 1) if isinstance(p, tuple) else tuple(p.tolist()) for p in at]
    cel.part(
        spline(nodes), look.thigh_far if far else look.thigh, Finish(turn=1.4, cast=0.0, line=0.0 if not far else 0.1)
    )


def _toes(cel: Cel, at: Point, toe: float, colour: Any, look: Plumage) -> None:
    with cel.turned(toe, at):
        x, y = at
        toes, claws = [], []
        for dx, dy, up in ((-6.2, 1.2, 0.0), (5.6, 0.2, -1.2), (9.4, 1.4, -1.0), (7.2, 2.4, -0.6)):
            line = [(x, y), (x + dx * 0.5, y + up + dy * 0.4), (x + dx * 0.82, y + dy)]
            toes.append(tube(line, [1.15, 0.95, 0.62]))
            claw = [(x + dx * 0.8, y + dy - 0.2), (x + dx * 0.98, y + dy - 0.1), (x + dx * 1.1, y + dy + 0.9)]
            claws.append(tube(claw, [0.55, 0.4, 0.08]))
        mask = cel.part(Joined(tuple(toes)), colour, _TOE)
        for dx, dy in ((4.6, -0.4), (5.2, 1.0)):  # between the toes
            cel.stroke(
                [(x + 0.8, y - 0.3), (x + 0.6 * dx, y + 0.5 * dy - 0.3), (x + dx, y + dy)], 0.26, look.claw, mask
            )
        cel.glaze(Joined(tuple(claws)), look.claw)


_TOE = Finish(turn=0.4, soft=0.25, cast=0.0, line=0.10, key=0.15)


def _web(cel: Cel, at: Point, toe: float, colour: Any, look: Plumage) -> None:
    with cel.turned(toe, at):
        x, y = at
        web = [
            (x - 1.2, y - 1.0), (x + 3, y - 0.2), (x + 8, y + 0.3), (x + 12.4, y + 1.0, 1), (x + 10.4, y + 1.7),
            (x + 10.8, y + 2.8, 1), (x + 7.4, y + 2.3), (x + 6.2, y + 3.4, 1), (x + 2, y + 2.6), (x - 2, y + 1.6),
        ]  # fmt: skip
        mask = cel.part(spline(web), colour, Finish(turn=0.5, soft=0.3, cast=0.2, line=0.11, key=0.3))
        for dx, dy in ((11.4, 1.0), (9.8, 2.6), (5.6, 3.0)):
            cel.stroke([(x, y + 0.4), (x + dx * 0.5, y + dy * 0.55), (x + dx, y + dy)], 0.3, look.leg_far, mask, 0.8)
        cel.part(tube([(x, y), (x - 2.6, y + 0.8), (x - 4.0, y + 1.8)], [0.9, 0.7, 0.3]), colour, _TOE)


_PAINTERS: dict[str, Callable[[Cel, Sitting, Variant], None]] = {"body": _body, "head": _head, "face": _face}

"""The head of a four-legged animal: skull, cheeks, ears and muzzle, authored from the front, aslant and in profile.

Coordinates are about the middle of the face; the drawing's origin is the pivot on the neck.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from rules import _colour
from rules._cel import Cel, Finish, Mask
from rules._outline import Nodes, Points, between, spline, tube
from rules._quadruped import Shape
from rules._quadruped_coat import PINK, Coat, stripe

FACE = (4.0, -12.0)  #: from the pivot to the middle of the face
_SKULLS: tuple[Nodes, Nodes, Nodes] = (
    [
        (0, -19.8), (10.5, -18.2), (18.4, -11.6), (21.4, -3.6), (25.6, 1.6, 1), (22, 5), (23.4, 10, 1), (17, 11.4),
        (10, 15.2), (0, 16.6), (-8, 15.6), (-14, 13), (-20.6, 13.6, 1), (-19.6, 9.6), (-25.4, 7.6, 1), (-22.4, 3.4),
        (-25.6, -1.4, 1), (-21.4, -4.4), (-18.2, -12), (-10, -18.2),
    ],
    [
        (0, -19.8), (11, -17.4), (18, -9.4), (20, -1), (23.4, 3.6, 1), (20.4, 4.6), (21.6, 9.4, 1), (17, 10), (11, 15),
        (4, 16.4), (-4, 15), (-12, 12.6), (-20.5, 14, 1), (-19.4, 9.6), (-25.4, 8, 1), (-22.6, 3.4), (-26, -1, 1),
        (-21.4, -4), (-18, -12), (-10, -18.2),
    ],
    [
        (-1, -19.4), (9, -17.6), (15.2, -11), (16.8, -4.6), (22.4, 1.2, 1), (22.6, 4.6), (20.4, 9.4, 1), (17.6, 12.2),
        (11, 15.0), (4, 15.8), (-3, 15.0), (-9, 13), (-13, 16, 1), (-14.4, 11), (-20.4, 11.4, 1), (-19.2, 5),
            (-23, 2, 1),
        (-20, -4.4), (-17, -12.4), (-9.6, -18),
    ],
)  # fmt: skip
_CHEEKS = (4, 6, 12, 14, 16)  # the tips of the tufts
_MUZZLES: tuple[Nodes, Nodes, Nodes] = (
    [(-4, -3), (4, -3), (9.6, 3), (11.2, 8), (9.6, 13.4), (5, 16.4), (-5, 16.4), (-9.6, 13.4), (-11.2, 8), (-9.6, 3)],
    [(4, -5), (12, -3.4), (20, 0.4), (25.4, 4), (25.6, 9.4), (21, 14), (12, 16), (3, 14.8), (-3, 9), (-1, 1)],
    [(8, -6), (18, -3.6), (28, 0.6), (34.6, 3.8), (34.8, 9), (29, 13.4), (18, 15.2), (8, 14.4), (3, 8), (4, 0)],
)  # fmt: skip
_HEAD = Finish(turn=3.2, soft=0.9, cast=2.2, bounce=0.8, key=0.4, half=0.26, depth=0.11)


def side(yaw: int) -> float:
    """Where a yaw stands between the authored views: 0 front, 1 aslant, 2 profile."""
    return float(np.interp(yaw, (0, 45, 90), (0, 1, 2)))


def seen(views: tuple[Any, Any, Any], t: float) -> Any:
    """What lies at t between three authored values or outlines."""
    a, b, s = (views[0], views[1], t) if t < 1 else (views[1], views[2], t - 1)
    if isinstance(a, list):
        return between(a, b, s)
    if isinstance(a, tuple):
        return tuple(p * (1 - s) + q * s for p, q in zip(a, b, strict=True))
    return a * (1 - s) + b * s


def placing(points: Points) -> Points:
    """From the middle of the face to the pivot."""
    return np.asarray(points + np.array(FACE))


def head(cel: Cel, shape: Shape, coat: Coat, yaw: int, back: float) -> None:
    """Ears, skull, marks, and a muzzle where the species has one."""
    t = side(yaw)
    with cel.placed(placing):
        floppy = shape.ears == "floppy"
        if not floppy:
            _ears(cel, shape, coat, t, back)
        else:
            _flap(cel, coat, t, back, far=True)
        mask = cel.part(spline(_skull(shape, t)), coat.fur, _HEAD)
        _marks(cel, shape, coat, t, mask)
        if shape.muzzle > 0:
            _snout(cel, shape, coat, t)
        if floppy:
            _flap(cel, coat, t, back, far=False)


def _skull(shape: Shape, t: float) -> Nodes:
    """Tufts stand out more on a fox, and not at all on a dog."""
    nodes = seen(_SKULLS, t)
    out: list[tuple[float, ...]] = []
    for i, node in enumerate(nodes):
        x, y = node[:2]
        if i in _CHEEKS:
            if shape.cheek == 0:
                out.append((x * 0.84, y - 0.4))
                continue
            x *= 1 + 0.16 * (shape.cheek - 1) / 0.25
        elif shape.cheek == 0 and i in (5, 13, 15):
            x *= 0.94
        out.append((x, y, *node[2:]))
    return out


def _marks(cel: Cel, shape: Shape, coat: Coat, t: float, mask: Mask) -> None:
    """The pale mask, and what the coat paints on the forehead and the cheeks."""
    x = seen((0.0, 6.0, 15.0), t)
    pale: Nodes = [
        (x - 3, -5), (x + 2.6, -5), (x + 8, 1), (x + 11, 5), (x + 11.5, 11), (x + 6, 16.5), (x - 3, 17.5),
        (x - 11, 14.5), (x - 12.5, 8), (x - 7.5, 2),
    ]  # fmt: skip
    if shape.cheek <= 1.1:
        cel.ink(spline(pale), coat.pale, 0.95, mask, soft=0.45)
    if shape.cheek > 1.1:  # a fox's white cheeks
        cel.ink(
            spline([(-9 + x, 6), (-17 + x * 0.4, 2), (-28, 3), (-27, 12), (-18, 18), (x, 18)]),
            coat.pale,
            0.95,
            mask,
            soft=0.5,
        )
        cel.ink(spline([(x + 7, 6), (x + 15, 2), (30, 2), (30, 14), (x + 8, 18)]), coat.pale, 0.95, mask, soft=0.5)
    if coat.pattern == "tabby":
        m = seen((-1.5, 2.5, 7.0), t)
        for line, wide in (
            ([(m, -19), (m + 0.6, -13.5), (m + 0.8, -9.4)], 1.3),
            ([(m - 7, -19), (m - 5.4, -14), (m - 3.8, -10.6)], 1.3),
            ([(m + 7, -18), (m + 6.2, -13.6), (m + 5, -10.6)], 1.1),
            ([(-27, 1.6), (-20.6, 1.2), (-15.4, 3.0)], 1.2),
            ([(-25, 8), (-19, 6.2), (-14.4, 7)], 1.1),
            ([(-21, -6.6), (-18, -5), (-15, -4.6)], 0.9),
        ):
            stripe(cel, line, wide, coat.marks, mask)
        if t < 1.4:
            stripe(cel, [(25, 1), (21 + (1 - t), 0.8), (18.8, 1.8)], 0.9, coat.marks, mask)
    elif coat.pattern in ("patches", "saddle"):
        e = seen((-12.0, -8.0, 0.0), t)
        spot: Nodes = [(e - 11, -21), (e + 2, -22), (e + 7, -12), (e + 6.5, -1), (e, 5), (e - 8, 3), (e - 12, -6)]
        cel.ink(spline(spot), coat.marks, 0.9, mask, soft=0.4)
        if coat.pattern == "patches":
            other: Nodes = [(12, -22), (24, -16), (24, -4), (15, -6), (11, -13)]
            cel.ink(spline(other), _colour.rgb_of("#4b3a3a"), 0.9, mask, soft=0.4)


def _ears(cel: Cel, shape: Shape, coat: Coat, t: float, back: float) -> None:
    tall = 1.26 if shape.ears == "tall" else 0.72 if shape.ears == "round" else 1.0
    corner = (1,) if shape.ears != "round" else ()
    far = [(3, -13), (7, -21), (14.5, -30.5, *corner), (17.8, -22), (19, -9), (12, -8)]
    far_in = [(7.5, -14), (10, -20), (14, -26.6, *corner), (16, -20), (16.4, -11)]
    near = [(-20, -8), (-20.5, -20), (-18, -32.5, *corner), (-9.5, -24.5), (-2, -14), (-10, -8)]
    near_in = [(-16.6, -12), (-17.2, -20), (-16.2, -28, *corner), (-10.5, -22.6), (-6.2, -15.4)]
    for outer, inner, is_far in ((far, far_in, True), (near, near_in, False)):
        shift = seen((1.4, 0.0, -9.0), t) if is_far else seen((-0.6, 0.0, 6.4), t)
        thin = seen((1.05, 1.0, 0.7), t) if is_far else seen((1.0, 1.0, 0.92), t)
        px = (12.0 if is_far else -12.0) + shift

        def at(nodes: Nodes, px: float = px, shift: float = shift, thin: float = thin) -> Nodes:
            return [(px + (n[0] + shift - px) * thin, -12 + (n[1] + 12) * tall, *n[2:]) for n in nodes]

        with cel.turned(back * (0.6 if is_far else -1.0), (px, -12)):
            fur = _colour.shade(coat.fur, 0.05) if is_far else coat.fur
            mask = cel.part(spline(at(outer)), fur, Finish(turn=1.2, soft=0.5, cast=0.6, key=0.35))
            if shape.ears == "tall" or coat.pattern == "patches":
                tip = at([(n[0], min(n[1], -24.5)) for n in outer])
                cel.ink(spline([(n[0], n[1]) for n in tip]), coat.marks, 0.92, mask, soft=0.25)
            lining = PINK if shape.ears != "tall" else coat.pale
            ear = cel.part(spline(at(inner)), lining, Finish(turn=1.2, soft=0.5, cast=0, line=0.08))
            for i in range(0 if is_far else 3):
                x0 = px - (-4 + i * 2.6)
                tuft = [(x0, -10), (x0 + 0.6, -15), (x0 - 1, -19 + i)]
                cel.ink(tube(tuft, [1.2, 0.9, 0.06]), coat.pale, 0.95, ear)


def _flap(cel: Cel, coat: Coat, t: float, back: float, far: bool) -> None:
    """A hanging ear; it swings out when the ears are put back."""
    if far and t > 1.7:
        return
    x = seen((15.5, 15.0, 6.0), t) if far else seen((-15.5, -13.0, -5.0), t)
    nodes = [
        (x + 4, -15.6), (x - 4, -17), (x - 10, -12), (x - 13.4, -2), (x - 13.0, 8), (x - 8.4, 14), (x - 2.6, 11.4),
        (x + 0.6, 3), (x + 3.6, -5),
    ]  # fmt: skip
    if far:
        nodes = [(2 * x - n[0], n[1] - (1 if n[1] > 0 else 0)) for n in nodes]
        nodes = [(x + (n[0] - x) * 0.8, n[1]) for n in nodes]
    colour = coat.marks if coat.pattern != "plain" else coat.fur_dark
    with cel.turned((-0.8 if far else 0.8) * back, (x, -14)):
        mask = cel.part(
            spline(nodes), _colour.shade(colour, 0.04) if far else colour, Finish(turn=1.8, soft=0.7, cast=1.6, key=0.4)
        )
        if not far:
            dark = _colour.shade(colour, 0.12)
            cel.stroke([(x - 7, -12), (x - 9.6, -3), (x - 8.6, 6)], 0.5, dark, mask, 0.7)
            cel.stroke([(x - 1.6, -11), (x - 3.4, -3), (x - 4.6, 4)], 0.4, dark, mask, 0.6)


def muzzle_point(shape: Shape, t: float, x: float, y: float) -> tuple[float, float]:
    """A point of the muzzle by length and narrowness: its root stays where it is."""
    root = seen((0.0, 3.0, 9.0), t)
    return root + (x - root) * (0.62 + 0.38 * shape.muzzle), 7 + (y - 7) * shape.slim


def _snout(cel: Cel, shape: Shape, coat: Coat, t: float) -> None:
    nodes = [(*muzzle_point(shape, t, *n[:2]), *n[2:]) for n in seen(_MUZZLES, t)]
    reddish = coat.species == "fox" or coat.pattern == "plain"
    base = coat.fur if reddish else coat.pale
    mask = cel.part(
        spline(nodes), base, Finish(turn=2.0, soft=0.7, cast=0.8, line=0.09, bounce=0.5, depth=0.09, half=0.22)
    )
    if reddish:  # pale below, and the bridge runs on into the forehead
        under = 7 + (seen((4.6, 5.4, 5.0), t) - 7) * shape.slim
        cel.ink(spline([(x, max(y, under)) for x, y in nodes]), coat.pale, 0.95, mask, soft=0.35)
        ridge = [(*muzzle_point(shape, t, *n[:2]),) for n in seen(_RIDGES, t)]
        cel.ink(spline(ridge), coat.fur, 0.95, None, soft=0.3)
    else:
        blaze = [(*muzzle_point(shape, t, *n[:2]),) for n in seen(_BLAZES, t)]
        cel.ink(spline(blaze), coat.pale, 0.95, None, soft=0.4)


_RIDGES: tuple[Nodes, Nodes, Nodes] = (
    [(-9, -7), (9, -7), (6.4, 1), (3.0, 6), (-3.0, 6), (-6.4, 1)],
    [(-4, -9), (15, -9), (23, -1), (28, 3), (20, 5.4), (6, 3.4)],
    [(2, -12), (20, -8), (30, -2), (37, 3), (28, 5.2), (9, 3)],
)
_BLAZES: tuple[Nodes, Nodes, Nodes] = (
    [(-2.4, -16), (2.4, -16), (3.4, -6), (5, 1), (-5, 1), (-3.4, -6)],
    [(4.6, -16), (8.8, -15), (10, -6), (13, 1), (4, 2), (5, -6)],
    [(12, -14), (15, -11), (17, -5), (21, 1), (13, 2), (13, -6)],
)

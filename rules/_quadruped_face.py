"""The face of a four-legged animal: eyes with their lids, nose, mouth and whiskers, on empty ground."""

from __future__ import annotations

from typing import Any

from rules import _colour
from rules._cel import Cel, Finish
from rules._outline import Nodes, ellipse, spline, tube
from rules._quadruped import Shape
from rules._quadruped_coat import INK, WHITE, Coat
from rules._quadruped_head import muzzle_point, placing, seen, side
from studio.rule import Variant

#: (how far the upper lid is down, its slant: positive is cross, size of the pupil, size of the eye) by mood
_LIDS = {
    "neutral": (0.0, 0.0, 1.0, 1.0), "amused": (0.17, -0.06, 1.0, 1.0), "delighted": (0.0, 0.0, 1.25, 1.06),
    "tired": (0.46, -0.05, 0.95, 0.97), "sad": (0.22, -0.30, 1.2, 1.0), "angry": (0.30, 0.42, 0.72, 1.0),
    "surprised": (-0.1, 0.0, 0.66, 1.14), "worried": (0.08, -0.22, 0.9, 1.04),
}  # fmt: skip
#: (width, drop) of the open mouth by viseme
_OPEN = {
    "X": (0.0, 0.0), "A": (0.0, 0.0), "B": (0.7, 1.2), "C": (0.9, 2.6), "D": (1.0, 5.2), "E": (0.72, 3.6),
    "F": (0.45, 2.2), "G": (0.8, 1.4), "H": (0.85, 2.4),
}  # fmt: skip


_WHISKERS = (
    (-11.2, 7.2, -25.2, 4.6, -34.2, 5.4), (-11.2, 8.6, -24.2, 8.2, -33.2, 10.6), (-10.8, 10, -21.2, 11.6, -29.2, 15.4),
    (7.2, 7.2, 15.8, 4.4, 22.8, 5), (7.2, 8.6, 15.8, 8.2, 22.2, 10), (6.4, 10, 13.8, 11.6, 19.2, 15),
)  # fmt: skip


def face(cel: Cel, shape: Shape, coat: Coat, variant: Variant) -> None:
    """Everything that changes while the head is still."""
    t = side(int(variant["yaw"]))
    mood, lids = str(variant.get("mood", "neutral")), int(variant.get("lids", 0))
    gaze = variant.get("gaze", [0, 0])
    with cel.placed(placing):
        spread = 1.0 if shape.muzzle == 0 else 0.94
        y = -1.3 if shape.muzzle == 0 else -4.6
        near = (seen((-10.6, -5.6, 6.6), t) * spread, y, seen((4.9, 5.0, 3.7), t), 5.3)
        far = (seen((10.6, 13.0, 17.0), t) * spread, y - 0.3, seen((4.9, 3.9, 1.2), t), 5.1)
        eyes = [near] if t > 1.45 else [near, far]
        for n, (x, top, rx, ry) in enumerate(eyes):
            size = shape.eye * _LIDS[mood][3]
            _eye(cel, coat, (x, top, rx * size, ry * size), (mood, lids, gaze), 1 if n == 0 else -1)
        (_puffs if shape.muzzle == 0 else _nose)(cel, shape, coat, t, variant)


def _eye(cel: Cel, coat: Coat, at: tuple[float, float, float, float], how: tuple[str, int, Any], turn: int) -> None:
    """An almond with a lit iris, an upright pupil and two lights; the lid comes down from above."""
    (x, y, rx, ry), (mood, lids, gaze) = at, how
    down, slant, pupil, _ = _LIDS[mood]
    slant *= turn
    if coat.species == "cat":
        cel.glaze(ellipse(x, y, rx * 1.35, ry * 1.25), coat.pale, 0.5, soft=0.5)
    if lids == 2 or (mood == "delighted" and lids):
        up = -1.6 if mood in ("delighted", "amused") else 2.0
        line = [(x - rx, y + 0.6), (x - rx * 0.1, y + 0.6 + up), (x + rx * 0.95, y + 0.5)]
        cel.glaze(tube(line, [w * cel.pen for w in (0.14, 0.62, 0.14)]), INK)
        return
    almond: Nodes = [
        (x - rx * 1.12, y + 1.0, 1), (x - rx * 0.62, y - ry * 0.78), (x + rx * 0.15, y - ry),
            (x + rx * 0.85, y - ry * 0.45),
        (x + rx * 1.04, y + 0.9, 1), (x + rx * 0.5, y + ry * 0.82), (x - rx * 0.3, y + ry * 0.86),
    ]  # fmt: skip
    eye = cel.glaze(spline(almond), coat.eye)
    cel.ink(ellipse(x, y + ry * 0.55, rx * 0.95, ry * 0.55), _colour.light(coat.eye, 0.13, 100), 0.85, eye, soft=0.3)
    cel.ink(ellipse(x, y - ry * 0.9, rx * 1.2, ry * 0.5), _colour.shade(coat.eye, 0.20, 200), 0.8, eye, soft=0.3)
    wide = 0.48 if coat.species == "cat" else 0.66
    px, py = x + 0.09 * rx + 0.20 * rx * float(gaze[0]), y + 0.1 - 0.16 * ry * float(gaze[1])
    cel.ink(ellipse(px, py, rx * wide * pupil, ry * 0.76 * min(pupil, 1.1)), INK, 1, eye)
    cel.ink(ellipse(x - rx * 0.30, y - ry * 0.38, rx * 0.30, ry * 0.25), WHITE, 1, eye)
    cel.ink(ellipse(x + rx * 0.42, y + ry * 0.42, rx * 0.14, ry * 0.12), WHITE, 0.8, eye)
    down = max(down, 0.55 if lids == 1 else down)
    low = y - ry * (1 - 2 * max(down, 0.0))
    upper = [
        (x - rx * 1.28, y + 1.6), (x - rx * 0.66, y - ry * 0.84), (x + rx * 0.15, y - ry * 1.06),
        (x + rx * 0.9, y - ry * 0.5), (x + rx * 1.1, y + 1.0),
    ]  # fmt: skip
    if down > 0.05 or slant:
        lid: Nodes = [
            (x - rx * 1.5, y - ry * 1.6, 1), (x + rx * 1.5, y - ry * 1.6, 1), (x + rx * 1.5, low + slant * ry, 1),
            (x, low - 0.1 * ry), (x - rx * 1.5, low - slant * ry, 1),
        ]  # fmt: skip
        cel.ink(spline(lid), _colour.mix(coat.fur, coat.pale, 0.12), 1, eye)
        cel.glaze(tube(upper, [w * cel.pen for w in (0.1, 0.34, 0.34, 0.3, 0.1)]), coat.line, 0.9)
        edge = [
            (x - rx * 1.12, low - slant * ry * 0.8 + 0.5),
            (x, low - 0.12 * ry),
            (x + rx * 1.06, low + slant * ry * 0.8 + 0.5),
        ]
        cel.glaze(tube(edge, [w * cel.pen for w in (0.3, 0.85, 0.3)]), INK)
    else:
        cel.glaze(tube(upper, [w * cel.pen for w in (0.2, 0.85, 0.62, 0.4, 0.1)]), INK)
    under = [
        (x - rx * 1.15, y + 1.1),
        (x - rx * 0.3, y + ry * 0.93),
        (x + rx * 0.55, y + ry * 0.86),
        (x + rx * 1.04, y + 1),
    ]
    cel.glaze(tube(under, [w * cel.pen for w in (0.3, 0.2, 0.2, 0.1)]), INK, 0.8)


def _puffs(cel: Cel, shape: Shape, coat: Coat, t: float, variant: Variant) -> None:
    """A cat's muzzle: two puffs, a small nose, the mouth, dots and whiskers."""
    del shape
    x = seen((0.0, 9.2, 20.0), t)
    blush = seen((-14.0, -10.0, 4.0), t)
    cel.glaze(ellipse(blush, 7.4, 4.2, 2.4, -8), _colour.rgb_of("#e8825f"), 0.32, soft=0.8)
    _gape(cel, x + seen((0.0, 0.0, -3.4), t), 9.6, 6.4 * seen((1.0, 0.95, 0.6), t), variant, coat)
    puff = Finish(turn=1.1, soft=0.6, cast=0.4, line=0.0, half=0.16, depth=0.07)
    colour = _colour.light(coat.pale, 0.02, 70)
    if t < 1.6:
        cel.part(ellipse(x - seen((5.0, 5.0, 4.0), t), 8.6, 5.2, 4.1), colour, puff)
    cel.part(ellipse(x + seen((5.0, 3.8, -3.4), t), 8.6, seen((5.2, 4.3, 4.6), t), 4.1), colour, puff)
    nose = [(-3.3, 3.4), (0, 2.5), (3.4, 3.2), (2.4, 5.4), (0.2, 6.9), (-2.1, 5.6)]
    cel.part(
        spline([(x + a * seen((1.0, 1.0, 0.62), t), b) for a, b in nose]),
        coat.nose,
        Finish(turn=0.6, soft=0.3, cast=0.4, line=0.12, key=0.3),
    )
    line = _colour.shade(coat.fur, 0.34, 20)
    smile = (
        0.8
        if variant.get("mood") in ("amused", "delighted")
        else -1.2
        if variant.get("mood") in ("sad", "angry")
        else 0.0
    )
    _pen(cel, [(x + 0.2, 6.8), (x + 0.1, 8.2), (x, 9.6)], (0.3, 0.3, 0.25), line)
    _pen(cel, [(x - 6.6, 9.6 - smile), (x - 4.4, 11.4), (x - 1.6, 11.2), (x, 9.5)], (0.08, 0.36, 0.36, 0.2), line)
    if t < 1.6:
        _pen(cel, [(x, 9.5), (x + 1.8, 11.2), (x + 4.4, 11.2), (x + 6.2, 9.6 - smile)], (0.2, 0.36, 0.34, 0.08), line)
    for a, b in ((-7.8, 8), (-6.4, 9.6), (-6.0, 7), (5.4, 7.4), (6.4, 9)):
        if a < 0 or t < 1.6:
            cel.glaze(ellipse(x + a, b, 0.36, 0.36), line, 0.7)
    for hair in _WHISKERS:
        if hair[0] < 0 or t < 1.6:
            short = 0.8 if hair[0] < 0 else 1.0
            whisker = [(x + hair[i] * (short if i else 1.0), hair[i + 1]) for i in (0, 2, 4)]
            _pen(cel, whisker, (0.17, 0.15, 0.05), _colour.rgb_of("#fff6e6"))


def _nose(cel: Cel, shape: Shape, coat: Coat, t: float, variant: Variant) -> None:
    """A dog's or a fox's nose at the end of the muzzle, the line of the lips, and the open mouth."""
    tip = muzzle_point(shape, t, *seen(((0.0, 3.4), (23.4, 3.6), (33.0, 4.0)), t))
    corner = muzzle_point(shape, t, *seen(((-7.4, 12.0), (4.0, 12.4), (14.0, 11.6)), t))
    lip = muzzle_point(shape, t, *seen(((0.0, 11.4), (20.0, 11.6), (29.4, 10.8)), t))
    middle = (lip[0] + corner[0]) / 2, max(lip[1], corner[1]) + 0.8
    line = _colour.shade(coat.fur, 0.34, 20)
    width, drop = _OPEN[str(variant.get("mouth", "X"))]
    if drop:
        gape = [
            (corner[0] + (lip[0] - corner[0]) * (1 - width) * 0.5, corner[1]),
            middle,
            (lip[0], lip[1]),
            (lip[0] - 1.5, lip[1] + drop * 0.9),
            (middle[0], middle[1] + drop),
        ]
        inside = cel.glaze(spline(gape), _colour.rgb_of("#7a2f3a"))
        cel.ink(ellipse(middle[0] + 1, middle[1] + drop, 4.6, drop * 0.55), _colour.rgb_of("#e07a80"), 0.95, inside)
    smile = 1.2 if variant.get("mood") in ("amused", "delighted") else 0.0
    _pen(cel, [(corner[0] - 0.8, corner[1] - 1.2 - smile), corner, middle, lip], (0.1, 0.36, 0.36, 0.26), line)
    if t < 0.9:
        other = muzzle_point(shape, t, *seen(((7.4, 12.0), (25.5, 10.6), (30.0, 11.0)), t))
        _pen(cel, [lip, ((lip[0] + other[0]) / 2, lip[1] + 1.2), other], (0.26, 0.34, 0.1), line)
    _pen(cel, [(tip[0], tip[1] + 2), ((tip[0] + lip[0]) / 2, (tip[1] + lip[1]) / 2 + 1), lip], (0.26, 0.26, 0.26), line)
    k = 1.0 if coat.species == "dog" else 0.78
    nose = [(-4.0, -1.6), (0, -3.0), (3.6, -1.8), (3.4, 0.8), (0.6, 2.6), (-2.8, 1.2)]
    mask = cel.part(
        spline([(tip[0] + a * k, tip[1] + b * k) for a, b in nose]),
        coat.nose,
        Finish(turn=0.8, soft=0.4, cast=0.4, line=0.12, key=0.3),
    )
    cel.ink(ellipse(tip[0] - 1.0, tip[1] - 1.4 * k, 1.5 * k, 0.7 * k, -14), WHITE, 0.65, mask)
    for a, b in ((-7.0, 4.4), (-9.6, 5.8), (-6.4, 6.6)):
        cel.glaze(ellipse(tip[0] + a * seen((0.7, 1.0, 1.0), t), tip[1] + b * shape.slim, 0.34, 0.34), line, 0.6)


def _gape(cel: Cel, x: float, y: float, half: float, variant: Variant, coat: Coat) -> None:
    """The open mouth under the puffs."""
    del coat
    width, drop = _OPEN[str(variant.get("mouth", "X"))]
    if not drop:
        return
    w = half * width
    hole: Nodes = [
        (x - w, y, 1),
        (x, y + 0.4),
        (x + w, y, 1),
        (x + w * 0.72, y + 1.2 + drop * 0.8),
        (x, y + 1.6 + drop),
        (x - w * 0.72, y + 1.2 + drop * 0.8),
    ]
    inside = cel.glaze(spline(hole), _colour.rgb_of("#7a2f3a"))
    cel.ink(ellipse(x, y + 1.6 + drop, w * 0.72, 0.4 * drop + 0.5), _colour.rgb_of("#e07a80"), 0.95, inside)


def _pen(cel: Cel, line: Nodes, widths: tuple[float, ...], colour: Any) -> None:
    cel.glaze(tube(line, [w * cel.pen for w in widths]), colour)

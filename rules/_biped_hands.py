"""Hands of a biped: a palm with its fingers as one shape, the thumb over it, and lines that part the fingers.

Authored in u for a hand of 7.35 u: the wrist at the origin, y along the fingers, x to the thumb's side.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rules import _outline
from rules._biped_look import PIECE, SKIN, Look, dark, pale, warm
from rules._bones import Arm, Measures
from rules._cel import Cel, Joined, Mask
from rules._outline import Nodes, Points

_AUTHORED = 7.35  # u from wrist to fingertip
_DRAWN = {"grip": "fist", "lapel": "fist", "strap": "fist", "behind": "fist", "folded": "hip"}
_FLESH = SKIN.but(turn=0.7, soft=0.4, cast=0.7, bounce=0.35)

Finger = tuple[Nodes, tuple[float, ...]]

_PALMS: dict[str, Nodes] = {
    "rest": [(-1.6, -1.2), (1.5, -1.3), (2.2, 0.8), (2.3, 3.0), (1.0, 4.4), (-1.0, 4.3), (-2.3, 3.2), (-2.3, 1.0)],
    "open": [(-1.6, -1.2), (1.5, -1.3), (2.3, 1.2), (2.4, 3.6), (0.6, 4.6), (-1.4, 4.3), (-2.5, 2.8), (-2.3, 0.8)],
    "flat": [(-1.6, -1.2), (1.5, -1.3), (2.2, 1.0), (2.2, 3.4), (0.8, 4.6), (-1.0, 4.5), (-2.2, 3.2), (-2.2, 0.9)],
    "point": [
        (-1.6, -1.2),
        (1.5, -1.3),
        (2.3, 1.0),
        (2.3, 3.4),
        (1.2, 5.2),
        (-0.8, 5.5),
        (-2.4, 4.4),
        (-2.7, 2.4),
        (-2.3, 0.8),
    ],
    "fist": [
        (-1.6, -1.2),
        (1.5, -1.3),
        (2.5, 1.0),
        (2.8, 3.0),
        (2.0, 5.0),
        (-0.2, 5.6),
        (-2.2, 4.8),
        (-2.9, 2.8),
        (-2.4, 0.8),
    ],
}
_PALMS["hip"] = [(-1.6, -1.2), (1.5, -1.3), (2.2, 0.8), (2.3, 2.6), (1.2, 3.8), (-0.8, 3.8), (-2.1, 2.8), (-2.2, 0.9)]
_PALMS["pocket"] = [(-1.5, -1.2), (1.5, -1.3), (2.1, 0.4), (2.3, 2.3, 1), (-2.2, 2.3, 1), (-2.1, 0.4)]
_FINGERS: dict[str, tuple[Finger, ...]] = {
    "rest": (
        ([(1.2, 2.6), (1.9, 4.9), (1.2, 7.0)], (1.0, 0.86, 0.50)),
        ([(0.2, 3.0), (0.6, 5.7), (-0.25, 7.9)], (1.0, 0.90, 0.52)),
        ([(-0.8, 3.0), (-0.75, 5.5), (-1.5, 7.5)], (0.95, 0.86, 0.50)),
        ([(-1.6, 2.5), (-1.95, 4.6), (-2.5, 6.3)], (0.85, 0.74, 0.44)),
    ),
    "open": (
        ([(1.5, 3.0), (2.4, 5.4), (3.1, 7.6)], (0.98, 0.84, 0.52)),
        ([(0.4, 3.4), (0.8, 6.2), (1.0, 8.5)], (1.0, 0.88, 0.54)),
        ([(-0.7, 3.3), (-1.2, 5.9), (-1.6, 7.9)], (0.96, 0.82, 0.50)),
        ([(-1.7, 2.5), (-2.8, 4.5), (-3.8, 6.3)], (0.88, 0.74, 0.44)),
    ),
    "flat": (
        ([(1.35, 3.0), (1.65, 5.4), (1.5, 7.6)], (0.95, 0.86, 0.52)),
        ([(0.45, 3.4), (0.65, 6.2), (0.55, 8.6)], (0.98, 0.88, 0.54)),
        ([(-0.5, 3.3), (-0.45, 6.0), (-0.5, 8.2)], (0.95, 0.84, 0.52)),
        ([(-1.4, 2.7), (-1.45, 4.9), (-1.5, 6.8)], (0.86, 0.76, 0.46)),
    ),
    "point": (([(1.1, 2.8), (1.75, 5.4), (2.1, 8.8)], (1.0, 0.88, 0.48)),),
    "fist": (),
    "hip": (  # bent round the side
        ([(1.35, 2.2), (2.1, 4.0), (1.9, 5.9)], (0.98, 0.88, 0.56)),
        ([(0.4, 2.6), (0.9, 4.7), (0.5, 6.6)], (1.0, 0.90, 0.58)),
        ([(-0.6, 2.5), (-0.4, 4.5), (-0.9, 6.2)], (0.95, 0.86, 0.54)),
        ([(-1.4, 2.1), (-1.5, 3.8), (-2.0, 5.2)], (0.85, 0.74, 0.46)),
    ),
    "pocket": (),
}
_THUMBS: dict[str, Finger] = {
    "rest": ([(1.1, 0.2), (2.5, 1.9), (2.7, 4.3)], (1.15, 1.0, 0.62)),
    "open": ([(1.2, 0.6), (3.2, 2.0), (4.7, 3.7)], (1.3, 1.0, 0.66)),
    "flat": ([(1.2, 0.5), (2.7, 1.9), (2.95, 4.2)], (1.2, 1.0, 0.64)),
    "point": ([(1.3, 0.6), (2.7, 2.4), (1.5, 4.2)], (1.15, 0.98, 0.68)),
    "fist": ([(1.4, 0.6), (3.1, 2.3), (1.2, 4.2)], (1.15, 1.0, 0.74)),
    "pocket": ([(1.0, 0.2), (2.3, 1.6), (2.5, 3.6)], (1.1, 0.98, 0.62)),
}
_CREASES: dict[str, tuple[Nodes, ...]] = {
    "rest": (
        [(0.75, 4.0), (1.1, 5.6), (0.5, 7.1)],
        [(-0.3, 4.3), (-0.15, 6.0), (-0.9, 7.5)],
        [(-1.2, 3.9), (-1.35, 5.4), (-2.0, 6.7)],
    ),
    "open": ([(-1.0, 0.6), (0.9, 1.4), (1.6, 3.2)], [(-1.9, 2.9), (-0.2, 3.2), (1.5, 4.4)]),
    "flat": (
        [(1.05, 4.6), (1.15, 6.0), (1.05, 7.6)],
        [(0.05, 4.9), (0.1, 6.4), (0.0, 8.0)],
        [(-0.95, 4.4), (-0.95, 5.6), (-1.0, 6.8)],
    ),
    "point": (
        [(0.3, 3.9), (0.5, 4.8), (0.2, 5.4)],
        [(-0.9, 3.9), (-0.8, 4.8), (-1.0, 5.3)],
        [(-1.9, 3.4), (-1.9, 4.1), (-2.1, 4.6)],
    ),
    "fist": (
        [(1.0, 4.0), (1.1, 4.9), (0.8, 5.4)],
        [(-0.3, 4.1), (-0.2, 5.0), (-0.4, 5.5)],
        [(-1.5, 3.7), (-1.5, 4.5), (-1.7, 5.0)],
    ),
    "hip": (
        [(0.95, 3.3), (1.5, 4.6), (1.3, 6.0)],
        [(-0.1, 3.5), (0.25, 4.9), (-0.1, 6.2)],
        [(-1.0, 3.3), (-0.95, 4.4), (-1.4, 5.5)],
    ),
    "pocket": (),
}


_KNUCKLES: dict[str, tuple[Nodes, ...]] = {
    "rest": (
        [(0.9, 4.6), (1.6, 4.9), (2.2, 4.7)],
        [(-0.1, 5.3), (0.5, 5.6), (1.0, 5.4)],
        [(-1.3, 5.1), (-0.8, 5.4), (-0.3, 5.3)],
    ),
    "open": (
        [(1.8, 5.5), (2.4, 5.4), (3.0, 5.1)],
        [(0.2, 6.2), (0.8, 6.3), (1.4, 6.1)],
        [(-1.8, 5.8), (-1.2, 6.0), (-0.6, 5.9)],
    ),
    "point": ([(1.2, 5.4), (1.8, 5.5), (2.4, 5.2)],),
}


def hand(cel: Cel, look: Look, body: Measures, limb: Arm, pose: str, fine: bool) -> None:
    """A free hand at the end of an arm; pose is rest, open, flat, point, fist or grip (a fist, holding nothing), or
    where it rests on the trunk."""
    pose = _DRAWN.get(pose, pose)
    skin = look.skin
    with cel.placed(_set(limb, body.hand / _AUTHORED)):
        spread = tuple(_outline.tube(line, width, samples=6) for line, width in _FINGERS[pose])
        palm = cel.part(Joined((_outline.spline(_PALMS[pose]), *spread)), skin, _FLESH)
        for line in _CREASES[pose]:
            cel.stroke(line, 0.15, warm(skin, 0.20), palm)
        if fine:
            for line in _KNUCKLES.get(pose, ()):
                cel.stroke(line, 0.09, warm(skin, 0.14), palm, 0.8)
        if pose == "pocket":
            _slit(cel, look, palm)
        if pose not in _THUMBS:  # behind the hip
            return
        line, width = _THUMBS[pose]
        thumb = cel.part(_outline.tube(line, width, samples=6), skin, _FLESH.but(cast=0.5, turn=0.5))
        base = line[0]
        # the thumb grows out of the palm
        cel.ink(_outline.ellipse(base[0] - 0.2, base[1] + 0.1, 1.5, 1.3), skin, 1, palm, soft=0.25)
        del thumb


def _slit(cel: Cel, look: Look, palm: Mask) -> None:
    """The edge of the pocket over a hand that is in it."""
    worn = (
        (look.coat, look.coat_dye), (look.vest, look.vest_dye), (look.apron.cut, look.apron.dye),
        (look.top.cut == "jumper", look.top.dye), (look.dress.cut, look.dress.dye), (True, look.legs),
    )  # fmt: skip
    dye = next(colour for is_worn, colour in worn if is_worn)
    cel.ink(_outline.ellipse(0, 2.6, 3.0, 0.9), dark(dye, 0.2), 0.55, palm, soft=0.3)
    edge = [(-3.1, 1.3, 1), (0, 1.9), (3.2, 1.5, 1), (3.3, 2.7, 1), (0, 3.3), (-3.2, 2.6, 1)]
    cel.part(_outline.spline(edge), pale(dye, 0.02), PIECE.but(turn=0.4, cast=0.5))


def gripping(cel: Cel, look: Look, body: Measures, limb: Arm, at: tuple[float, float], turn: float) -> None:
    """A fist round a stick that is turned by degrees: the palm, four fingers stepping over it, the thumb across."""
    skin, scale = look.skin, body.hand / _AUTHORED
    wrist = (np.array(limb.wrist) - at) / scale
    wrist = _outline.rotated(wrist[None], -turn)[0]

    def put(points: Points) -> Points:
        return np.asarray(_outline.rotated(points * scale, turn) + np.array(at))

    with cel.placed(put):
        heel = _outline.tube([(float(wrist[0]), float(wrist[1])), (-0.9, 0.2)], (1.75, 2.2), samples=6)
        palm = [(-2.9, -1.4), (-1.2, -2.9), (0.6, -2.9), (1.0, 2.6), (-0.8, 3.3), (-2.8, 2.2), (-3.3, 0.4)]
        cel.part(Joined((_outline.spline(palm), heel)), skin, _FLESH)
        for i in (3, 2, 1, 0):
            y, reach = -2.15 + i * 1.42, (1.9, 2.15, 2.0, 1.6)[i]
            line = [(-1.5, y + 0.35), (0.3, y - 0.25), (reach, y + 0.2), (reach - 0.5, y + 0.75)]
            cel.part(
                _outline.tube(line, (0.72, 0.90, 0.76, 0.45), samples=6),
                skin,
                _FLESH.but(turn=0.45, soft=0.25, cast=0.35, line=0.10),
            )
        cel.part(
            _outline.tube([(-2.2, -0.9), (-0.9, -2.9), (1.3, -3.2)], (1.05, 0.98, 0.68), samples=6),
            skin,
            _FLESH.but(turn=0.5, cast=0.45),
        )
        cel.ink(_outline.ellipse(-2.3, -0.7, 1.2, 1.1), skin, 0.9, None, soft=0.25)


def _set(limb: Arm, scale: float) -> Callable[[Points], Points]:
    def put(points: Points) -> Points:
        return np.asarray(_outline.rotated(points * scale, -limb.towards) + np.array(limb.wrist))

    return put

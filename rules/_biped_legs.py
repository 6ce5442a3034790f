"""Legs of a biped: stockings or trousers on two bones, and the feet they stand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rules import _outline
from rules._biped_locks import Line
from rules._biped_look import SHIRT, SKIN, Look, dark, pale, second, warm
from rules._biped_shoes import SHOES
from rules._bones import Leg, Measures
from rules._cel import CLOTH, Cel, Joined, Mask
from rules._colour import RGB
from rules._outline import Points
from rules._weave import Run, patterned

TROUSERS = CLOTH.but(turn=1.6, soft=0.8, cast=1.0, bounce=0.5)
_BALL = 4.4  # u from under the ankle to where the foot bends


@dataclass(frozen=True)
class Cut:
    """How a leg is cut: half-widths at hip, thigh, knee and hem; drop: u below the ankle to which it reaches."""

    hip: float
    thigh: float
    knee: float
    hem: float
    drop: float


def cut_of(look: Look) -> Cut:
    """Stockings under a mantle, trousers elsewhere; boots are worn over both."""
    booted = look.shoes == "boots"
    if look.is_skirted:
        return Cut(4.0, 3.6, 3.0, 2.3 if booted else 2.0, 0.0 if booted else 1.8)
    return Cut(4.9, 4.3, 3.5, 2.3 if booted else 2.9, 0.0 if booted else 1.8)


def leg(cel: Cel, look: Look, body: Measures, limb: Leg, seat: Points | Line | None, fine: bool) -> None:
    """One leg with its shoe; the far one is cut in one with the seat of the trousers, an outline, the near one with
    its side of it, the nodes of `_biped_shirt.haunch`."""
    far, slim = isinstance(seat, np.ndarray), look.is_skirted
    dye = dark(look.legs, 0.03) if far else look.legs
    k = body.sleeve / 3.5 * min(max(body.hip_half / 9.4, 1.0), 1.3)  # under broad hips, thighs to match
    pieces = _cloth(cut_of(look), limb, k, slim)
    if seat is not None and not slim:
        above = seat if isinstance(seat, np.ndarray) else _haunch(cut_of(look), limb, k, seat)
        pieces = (above, *pieces)
    over = look.shoes == "boots" or (slim and look.shoes != "shoes") or look.trousers.cut == "shorts"
    if not over:
        _shod(cel, look, body, limb, (far, fine))
    if look.trousers.cut == "shorts" and not slim:
        _shorts(cel, look, (dye, far), limb, (k, pieces))
    else:
        landed = cel.part(Joined(pieces), dye, TROUSERS.but(cast=0 if far else 1.2))
        _print(cel, look, limb, landed)
        _creases(cel, dye, limb, k, landed)
        if not slim and look.trousers.pattern == "plain" and look.trousers.cut != "dungarees":
            _stripes(cel, dye, limb, k, landed)
    if over:
        _shod(cel, look, body, limb, (far, fine))


def _shod(cel: Cel, look: Look, body: Measures, limb: Leg, how: tuple[bool, bool]) -> None:
    # towards the camera the toes point outwards and are seen short
    short = float(np.interp(body.turn, (-1, -0.5, 0), (0.62, 0.8, 1.0)))
    long = np.array([short if how[0] or body.turn > -0.5 else -short, 1.0])
    with cel.placed(_footing(limb, body.foot)), cel.placed(lambda p: p * long):
        SHOES[look.shoes](cel, look, *how)


def _shorts(cel: Cel, look: Look, dyes: tuple[RGB, bool], limb: Leg, cloth: tuple[float, tuple[Points, ...]]) -> None:
    """A bare shin in a sock, below short trousers that end above the knee."""
    (dye, far), (k, pieces), knee, ankle = dyes, cloth, limb.knee, limb.ankle
    hip = limb.hip
    calf = ((knee.x + ankle.x) / 2 - 0.5, knee.y * 0.6 + ankle.y * 0.4)
    low = ((hip.x + 2 * knee.x) / 3, (hip.y + 2 * knee.y) / 3)
    skin = _outline.tube([low, knee, calf, (ankle.x, ankle.y + 1.2)], [2.7 * k, 2.2 * k, 2.2 * k, 1.6 * k])
    shin = cel.part(skin, look.skin, SKIN.but(turn=1.0, soft=0.5, cast=0 if far else 1.0, bounce=0.4))
    dimple = [(knee.x + 0.2, knee.y - 0.6), (knee.x + 1.2, knee.y + 0.7), (knee.x + 0.2, knee.y + 1.4)]
    cel.stroke(dimple, 0.3, warm(look.skin, 0.14), shin)
    sock = [(calf[0], calf[1] + 0.4), ((calf[0] + ankle.x) / 2, (calf[1] + ankle.y) / 2), (ankle.x, ankle.y + 1.6)]
    wool = dark(SHIRT, 0.10 if far else 0.04)
    cel.part(_outline.tube(sock, [2.5 * k, 2.3 * k, 2.0 * k]), wool, TROUSERS.but(turn=1.0, cast=0.5))
    cel.part(_outline.tube([(calf[0] - 2.3 * k, calf[1]), (calf[0] + 2.3 * k, calf[1] - 0.2)], 1.0), wool, TROUSERS)
    top, hem = (hip.x, hip.y + 2.4 * k), (low[0] + 0.2, low[1] + 1.2)
    thigh = _outline.tube([top, ((top[0] + hem[0]) / 2, (top[1] + hem[1]) / 2), hem], [4.9 * k, 4.6 * k, 4.3 * k],
                          caps=(True, False))  # fmt: skip
    landed = cel.part(Joined((*pieces[:-3], thigh)), dye, TROUSERS.but(cast=0 if far else 1.2))
    _print(cel, look, limb, landed)
    for share in (-0.5, 0.1, 0.6):
        line = [(hem[0] + 4 * k * share, hem[1]), (hem[0] + 3.4 * k * share, hem[1] - 4)]
        cel.stroke(line, [0.34, 0.05], dark(dye, 0.10), landed)


def _print(cel: Cel, look: Look, limb: Leg, landed: Mask) -> None:
    if look.is_skirted and not look.trousers.cut:
        return
    cloth = look.trousers
    patterned(cel, landed, cloth.pattern, (cloth.dye, second(cloth.dye, cloth.pattern)), Run(0.0, limb.hip))


def _cloth(cut: Cut, limb: Leg, k: float, slim: bool) -> tuple[Points, ...]:
    hip, knee, ankle = limb.hip, limb.knee, limb.ankle
    top = hip if slim else (hip.x, hip.y + 2.4 * k)  # below the waistband
    middle = ((hip.x + knee.x) / 2 + 0.3, (hip.y + knee.y) / 2)
    calf = ((knee.x + ankle.x) / 2 - 0.5, knee.y * 0.55 + ankle.y * 0.45)
    foot = (ankle.x, ankle.y + cut.drop)
    thigh = _outline.tube([top, middle, knee], [w * k for w in (cut.hip, cut.thigh, cut.knee)])
    shin = _outline.tube([knee, calf, foot], [w * k for w in (cut.knee, cut.knee * 0.97, cut.hem)], caps=(True, False))
    return thigh, shin, _outline.ellipse(foot[0] + 0.3, foot[1] + 0.1, cut.hem * k, 0.9, -6)


def _haunch(cut: Cut, limb: Leg, k: float, side: Line) -> Points:
    """The near half of the seat, whose back runs down into the thigh."""
    hip, knee = limb.hip, limb.knee
    middle, wide = ((hip.x + knee.x) / 2 + 0.3, (hip.y + knee.y) / 2), cut.thigh * k
    low: Line = [(middle[0] + 0.9 * wide, middle[1]), (middle[0], middle[1] + 2.0), (middle[0] - wide, middle[1])]
    return _outline.spline([*side[:-1], *low, side[-1]])


def _creases(cel: Cel, dye: RGB, limb: Leg, k: float, landed: Mask) -> None:
    """Folds behind the knee and where the cloth meets the shoe."""
    knee, ankle = limb.knee, limb.ankle
    strokes = []
    for dy, width, reach in ((-1.2, 0.34, 2.4), (0.9, 0.30, 2.0)):
        y = knee.y + dy
        line = [(knee.x + 2.6 * k, y - 0.8), (knee.x + 0.6, y + 0.4), (knee.x + 0.6 - reach * k, y)]
        strokes.append(cel.brush(line, [0.1, width, 0.05]))
    for dy, reach in ((-2.4, 2.2), (-0.6, 2.7)):
        y = ankle.y + dy
        line = [(ankle.x - 2.8 * k, y - 1), (ankle.x - 0.4, y + 0.5), (ankle.x + reach * k, y - 0.4)]
        strokes.append(cel.brush(line, [0.05, 0.30, 0.05]))
    cel.ink(Joined(tuple(strokes)), dark(dye, 0.10), 1, landed)


def _stripes(cel: Cel, dye: RGB, limb: Leg, k: float, landed: Mask) -> None:
    hip, knee, ankle = limb.hip, limb.knee, limb.ankle
    strokes = []
    for share in (-0.62, -0.22, 0.2, 0.6):
        middle = (knee.x + 3.2 * k * share + 0.2, knee.y)
        line = [(hip.x + 4.3 * k * share, hip.y + 1), middle, (ankle.x + 2.6 * k * share, ankle.y + 2)]
        strokes.append(cel.brush(line, [0.10, 0.10, 0.10]))
    cel.ink(Joined(tuple(strokes)), pale(dye, 0.09), 0.55, landed)


def _footing(limb: Leg, size: float) -> Callable[[Points], Points]:
    """Points of a shoe, sole's middle at the origin -> figure; at push-off the toes stay on the ground."""
    toes = max(0.0, -limb.pitch - 4) * 0.85

    def put(points: Points) -> Points:
        dx, y = points[:, 0] - _BALL, points[:, 1]
        share = np.clip((dx + 1.0) / 2.4, 0, 1)
        t = np.radians(-toes) * share
        bent = np.stack([_BALL + dx * np.cos(t) - y * np.sin(t), dx * np.sin(t) + y * np.cos(t)], 1)
        return np.asarray(_outline.rotated(bent * size, -limb.pitch) + np.array(limb.sole))

    return put

"""Legs of a biped: stockings or trousers on two bones, and the feet they stand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rules import _outline
from rules._biped_locks import Line
from rules._biped_look import SHIRT, SKIN, Look, dark, pale, second, warm
from rules._biped_shoes import SHOES
from rules._bones import Leg, Measures, Spot
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
    upper = limb if look.trousers.cut != "shorts" else limb._replace(knee=_third(limb))
    if isinstance(seat, np.ndarray) and not slim:
        pieces = (*_flank(cut_of(look), upper, k, seat), *pieces)
    elif seat is not None and not slim:
        pieces = (*_haunch(cut_of(look), upper, k, list(seat)), *pieces)
    over = look.shoes == "boots" or (slim and look.shoes != "shoes") or look.trousers.cut == "shorts"
    if not over:
        _shod(cel, look, body, limb, (far, fine))
    if look.trousers.cut == "shorts" and not slim:
        _shorts(cel, look, (dye, far), limb, (k, pieces))
    else:
        landed = cel.part(Joined(pieces), dye, TROUSERS.but(cast=0 if far else 1.2))
        _print(cel, look, limb, landed)
        _creases(cel, dye, limb, k, (landed, look.trousers.pattern == "plain" or slim))
        if not slim and seat is not None and not far:
            _fork(cel, dye, list(seat), limb, landed)
        if not slim and look.trousers.pattern == "plain" and look.trousers.cut != "dungarees":
            _stripes(cel, dye, limb, k, landed)
    if over:
        _shod(cel, look, body, limb, (far, fine))


def _shod(cel: Cel, look: Look, body: Measures, limb: Leg, how: tuple[bool, bool]) -> None:
    # towards the camera the toes point outwards and are seen short
    short = float(np.interp(body.turn, (-1, -0.5, 0), (0.62, 0.8, 1.0)))
    long = short if how[0] or body.turn > -0.5 else -short
    splay = (-0.06 if how[0] else 0.10) * max(0.0, 1 - abs(body.turn))

    def turned(points: Points) -> Points:
        """Toes turned a little out."""
        return np.stack([points[:, 0] * long, points[:, 1] + splay * points[:, 0]], 1)

    with cel.placed(_footing(limb, body.foot)), cel.placed(turned):
        SHOES[look.shoes](cel, look, *how)


def _shorts(cel: Cel, look: Look, dyes: tuple[RGB, bool], limb: Leg, cloth: tuple[float, tuple[Points, ...]]) -> None:
    """A bare shin in a sock, below short trousers that end above the knee."""
    (dye, far), (k, pieces), knee, ankle = dyes, cloth, limb.knee, limb.ankle
    hip = limb.hip
    calf = ((knee.x + ankle.x) / 2 - 0.5, knee.y * 0.6 + ankle.y * 0.4)
    low = _third(limb)
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


def _third(limb: Leg) -> Spot:
    """Where short trousers end."""
    hip, knee = limb.hip, limb.knee
    return Spot((hip.x + 2 * knee.x) / 3, (hip.y + 2 * knee.y) / 3)


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


def _haunch(cut: Cut, limb: Leg, k: float, side: Line) -> tuple[Points, ...]:
    """The near half of the seat, which goes in one taper from the waist to the knee, behind and at the fork."""
    hip, knee, wide = limb.hip, limb.knee, cut.thigh * k
    (front, back), share = _sides(limb, cut.knee * k), _upright(limb)
    middle = ((hip.x + knee.x) / 2 + 0.3, (hip.y + knee.y) / 2)

    def between(bent: tuple[float, float], straight: tuple[float, float]) -> tuple[float, float]:
        return bent[0] + (straight[0] - bent[0]) * share, bent[1] + (straight[1] - bent[1]) * share

    low: Line = [
        between((middle[0] + 0.9 * wide, middle[1]), front),
        between((middle[0], middle[1] + 2.0), (knee.x, knee.y + 1)),
        between((middle[0] - wide, middle[1]), back),
    ]  # fmt: skip
    return (_outline.spline([*side[:-1], *low, side[-1]]),)


def _flank(cut: Cut, limb: Leg, k: float, seat: Points) -> tuple[Points, ...]:
    """The far half of the seat, and the taper from its hip to the far knee."""
    if not _upright(limb):
        return (seat,)
    front, back = _sides(limb, cut.knee * k)
    edge = seat[np.abs(seat[:, 1] - limb.hip.y) < 3.0]
    if not len(edge):
        return (seat,)
    out = edge[edge[:, 0].argmax()]
    full = ((float(out[0]) + front[0]) / 2 + 0.5, (float(out[1]) + front[1]) / 2)
    nodes = [(float(out[0]), float(out[1]), 1), full, (*front, 1), (*back, 1), (limb.hip.x, limb.hip.y, 1)]
    return seat, _outline.spline(nodes)


def _sides(limb: Leg, half: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """The front and the back of the knee."""
    hip, knee = np.array(limb.hip), np.array(limb.knee)
    x, y = (knee - hip) / (np.hypot(*(knee - hip)) + 1e-9) * half
    return (knee[0] + y, knee[1] - x), (knee[0] - y, knee[1] + x)


def _upright(limb: Leg) -> float:
    """1 of a thigh that hangs, 0 of one that is raised."""
    swing = abs(np.degrees(np.arctan2(limb.knee.x - limb.hip.x, limb.knee.y - limb.hip.y)))
    return float(np.clip((48 - swing) / 20, 0, 1))


def _fork(cel: Cel, dye: RGB, side: Line, limb: Leg, landed: Mask) -> None:
    """The folds that run up from the fork across both thighs."""
    x, y = side[-2][0], side[-2][1]
    up = limb.hip.y - y
    lines = [[(x - 0.1, y + 0.5), (x - 2.4, y + 0.25 * up), (x - 5.2, y + 0.8 * up)],
             [(x - 0.5, y + 2.2), (x - 2.6, y + 1.2), (x - 4.6, y + 0.9)]]  # fmt: skip
    strokes = tuple(cel.brush(line, [0.42, 0.30, 0.05]) for line in lines)
    cel.ink(Joined(strokes), dark(dye, 0.10), 0.7, landed)


def _creases(cel: Cel, dye: RGB, limb: Leg, k: float, cloth: tuple[Mask, bool]) -> None:
    """Two folds that spring from the back of the knee, and one where the cloth breaks over the shoe."""
    (landed, is_plain), knee, ankle = cloth, limb.knee, limb.ankle
    strokes = []
    for dy, width, reach in ((-0.9, 0.44, 3.6), (1.1, 0.36, 2.5)):
        x, y = knee.x - 3.6 * k, knee.y + dy
        line = [(x, y - 0.5), (x + 0.55 * reach * k, y + 0.35), (x + reach * k, y + 0.1)]
        strokes.append(cel.brush(line, [width, 0.7 * width, 0.04]))
    x, y = ankle.x + 2.7 * k, ankle.y - 1.5
    strokes.append(cel.brush([(x, y), (x - 1.5 * k, y + 0.8), (x - 3.2 * k, y + 0.4)], [0.36, 0.26, 0.04]))
    cel.ink(Joined(tuple(strokes)), dark(dye, 0.10 if is_plain else 0.13), 0.9 if is_plain else 0.5, landed)


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

"""Arms of a biped: sleeves that hang from the bone, bend in folds, and end in cuffs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rules import _outline
from rules._biped_look import BRASS, METAL, PIECE, SHIRT, SKIN, Look, dark, pale, second
from rules._bones import Arm, Measures
from rules._cel import CLOTH, Cel, Joined, Mask
from rules._colour import RGB
from rules._outline import Points
from rules._weave import Run, patterned

SLEEVE = CLOTH.but(turn=1.7, soft=0.8, cast=1.3, bounce=0.5)


@dataclass(frozen=True)
class Cut:
    """How a sleeve is cut: its dye, half-widths at shoulder, elbow and wrist (factors on the arm's), and its
    end: `turned` cuff, `linen` cuff, a `band`, a `ribbed` one or one with `braid`, `rolled` to below the elbow, or
    `puffed` above it. joins: whether the trunk beside it is of the same plain cloth."""

    dye: RGB
    shoulder: float
    elbow: float
    wrist: float
    end: str
    pattern: str = "plain"
    joins: bool = True


@dataclass(frozen=True)
class Bend:
    """The line of an arm as vectors: shoulder, elbow, wrist, the arm's half-width r, and the slope of the shoulder,
    from where the sleeve comes down."""

    s: Points
    e: Points
    w: Points
    r: float
    slope: Points

    @cached_property
    def upper(self) -> Points:
        """Direction from shoulder to elbow."""
        return _way(self.s, self.e)

    @cached_property
    def fore(self) -> Points:
        """Direction from elbow to wrist."""
        return _way(self.e, self.w)

    @cached_property
    def turn(self) -> float:
        """Sine of the bend; negative as an elbow bends."""
        return float(self.upper[0] * self.fore[1] - self.upper[1] * self.fore[0])

    @property
    def inside(self) -> Points:
        """Direction into the crook of the elbow."""
        if abs(self.turn) < 0.05:
            return np.array([self.fore[1], -self.fore[0]])
        return _way(self.upper, self.fore)


def cut_of(look: Look) -> Cut:
    """The sleeve of what is worn outermost."""
    if look.coat == "mantle":
        return Cut(look.coat_dye, 1.02, 0.98, 1.06, "turned")
    if look.coat == "tails":
        return Cut(look.coat_dye, 1.10, 0.92, 0.80, "linen")
    if look.coat == "overcoat":
        return Cut(look.coat_dye, 1.10, 0.98, 0.98, "own", look.patterns["coat"])
    if look.coat == "tunic":
        return Cut(look.coat_dye, 1.04, 0.93, 0.88, "braid", look.patterns["coat"])
    alone = not (look.vest or look.apron.cut == "bib" or look.trousers.cut == "dungarees")
    dress, top = look.dress, look.top
    if dress.cut == "gown" and top.cut != "jumper":
        return Cut(dress.dye, 1.20, 0.92, 0.74, "linen", dress.pattern, alone)
    if dress.cut == "frock" and top.cut != "jumper":
        return Cut(dress.dye, 1.30, 1.0, 0.8, "puffed", dress.pattern, alone)
    if top.cut == "jumper":
        return Cut(top.dye, 1.12, 1.06, 0.90, "ribbed", top.pattern, alone)
    if top.cut == "blouse" or (dress.cut and not top.cut):
        return Cut(top.dye, 1.10, 1.06, 0.98, "band", top.pattern, alone)
    return Cut(top.dye, 0.96, 0.92, 0.88, "rolled", top.pattern, False)


def sleeve(cel: Cel, look: Look, body: Measures, limb: Arm, far: bool, to_elbow: bool = False) -> None:
    """The sleeve and its cuff; the hand was drawn before. to_elbow: the fore-arm is behind the trunk."""
    cut, r = cut_of(look), body.sleeve
    s, e, w = (np.array(p, np.float64) for p in (limb.shoulder, limb.elbow, limb.wrist))
    slope = s + np.array([-np.sign(s[0]) * min(abs(s[0]), 0.24 * body.shoulder_half), -0.24 * r])
    s = s + _way(s, e) * 0.34 * r  # the cap of the sleeve must not stand above the shoulder
    bend = Bend(s, e, w, r, slope)
    if cut.end == "puffed":
        _puffed(cel, look, cut, bend, (far, to_elbow))
        return
    dye = dark(cut.dye, 0.045) if far else cut.dye
    if to_elbow:
        _print(cel, cut, bend, cel.part(Joined(_upper(bend, cut)), dye, SLEEVE))
        return
    if cut.end == "rolled":
        _bare(cel, look, (e, w), r)
    stop = e + (w - e) * 0.42 if cut.end == "rolled" else w
    landed = cel.part(_cloth(bend, cut, stop), dye, SLEEVE.but(cast=0.0 if far else 1.5))
    _print(cel, cut, bend, landed)
    if not far and look.coat != "mantle" and cut.joins and cut.pattern == "plain":
        # a cape hides the seam; elsewhere the sleeve grows out of the shoulder
        raised = max(0.0, min(1.0, (limb.shoulder.y - limb.elbow.y + body.upper) / body.upper))
        seam = _outline.ellipse(float(s[0]) + 0.80 * r, float(s[1]) - 0.05 * r, 0.66 * r, 1.05 * r, -18)
        cel.ink(seam, dye, 0.9 * (1 - 0.6 * raised), None, soft=0.45)
    _folds(cel, dye, bend, landed)
    _cuff(cel, look, cut, (bend, stop), far)


def _cuff(cel: Cel, look: Look, cut: Cut, arm: tuple[Bend, Points], far: bool) -> None:
    """The end of a sleeve."""
    bend, stop = arm
    r, dye = bend.r, dark(cut.dye, 0.045) if far else cut.dye
    if cut.end in ("turned", "own"):
        cloth = look.lining if cut.end == "turned" else pale(cut.dye, 0.03)
        _turned(cel, dark(cloth, 0.04) if far else cloth, bend)
    elif cut.end == "linen":
        _linen(cel, bend)
    elif cut.end == "ribbed":
        cuff = _band(cel, dark(dye, 0.03), (bend.e, stop), (r * 0.94, 3.0), 0.86)
        n = np.array([bend.fore[1], -bend.fore[0]])
        for share in (-0.6, -0.2, 0.2, 0.6):
            rib = [_node(stop - bend.fore * 2.8 + n * r * share), _node(stop + bend.fore * 0.3 + n * r * 0.9 * share)]
            cel.stroke(rib, [0.2, 0.2], dark(dye, 0.14), cuff)
    elif cut.end == "braid":
        cuff = _band(cel, dark(dye, 0.02), (bend.e, stop), (r * 0.98, 3.0), 1.0)
        n = np.array([bend.fore[1], -bend.fore[0]])
        for up in (1.2, 2.3):
            ring = [
                _node(stop - bend.fore * up + n * r),
                _node(stop - bend.fore * (up - 0.6)),
                _node(stop - bend.fore * up - n * r),
            ]
            cel.stroke(ring, [0.24] * 3, BRASS, cuff)
    elif cut.end == "band":
        _band(cel, dark(dye, 0.03), (bend.e, stop), (r * 0.80, 2.0), 0.96)
    else:
        _band(cel, dark(dye, 0.03), (bend.e, stop), (r * 1.02, 2.2))


def _bare(cel: Cel, look: Look, ends: tuple[Points, Points], r: float) -> None:
    """A forearm without a sleeve."""
    e, w = ends
    skin = _outline.tube([_node(e), _node((e + w) / 2), _node(w)], (r * 0.62, r * 0.66, r * 0.46))
    cel.part(skin, look.skin, SKIN.but(turn=1.0, soft=0.5, cast=0.8, bounce=0.4))
    _wrist(cel, look, (e, w), r * 0.46)


def _wrist(cel: Cel, look: Look, ends: tuple[Points, Points], half: float) -> None:
    """The arm goes over into the hand: no line where one ends on the other."""
    w, along = ends[1], _way(*ends)
    over = _outline.tube([_node(w - along * half), _node(w + along * 1.3 * half)], (0.74 * half, 0.70 * half))
    cel.ink(over, look.skin, 1, None, soft=0.14)


def _puffed(cel: Cel, look: Look, cut: Cut, bend: Bend, how: tuple[bool, bool]) -> None:
    """A short puffed sleeve, gathered in a band, and the bare arm below it; how: whether far, and to the elbow only."""
    (far, to_elbow), s, e, w, r = how, bend.s, bend.e, bend.w, bend.r
    line = [_node(s), _node(e), _node((e + w) / 2), _node(w)][: 2 if to_elbow else 4]
    arm = _outline.tube(line, (r * 0.66, r * 0.60, r * 0.58, r * 0.44)[: len(line)])
    cel.part(arm, look.skin, SKIN.but(turn=0.9, soft=0.5, cast=0.0 if far else 1.0, bounce=0.4))
    if not to_elbow:
        _wrist(cel, look, (e, w), r * 0.44)
    dye = dark(cut.dye, 0.045) if far else cut.dye
    stop = s + (e - s) * 0.62
    puff = [_node(s), _node(s + (e - s) * 0.34), _node(stop)]
    landed = cel.part(_outline.tube(puff, (r * 1.0, r * 1.34, r * 0.86)), dye, SLEEVE.but(cast=0.0 if far else 1.2))
    _print(cel, cut, bend, landed)
    n = np.array([bend.upper[1], -bend.upper[0]])
    for share in (-0.55, 0.0, 0.5):
        gather = [_node(stop + n * r * 0.8 * share), _node(stop - bend.upper * r * 1.1 + n * r * 1.1 * share)]
        cel.stroke(gather, [0.34, 0.05], dark(dye, 0.12), landed)
    _band(cel, pale(dye, 0.05), (s, stop + bend.upper * 0.8), (r * 0.82, 1.5), 0.96)


def _print(cel: Cel, cut: Cut, bend: Bend, landed: Mask) -> None:
    """The cloth's pattern, which runs along the arm."""
    turn = float(np.degrees(np.arctan2(-bend.upper[0], bend.upper[1])))
    at = (float(bend.s[0]), float(bend.s[1]))
    patterned(cel, landed, cut.pattern, (cut.dye, second(cut.dye, cut.pattern)), Run(turn, at))


def _cloth(bend: Bend, cut: Cut, stop: Points) -> Joined:
    """Upper sleeve, fore sleeve and the point of the elbow, as one piece."""
    e, r = bend.e, bend.r
    radii = (r * cut.elbow, r * 0.99 * cut.elbow, r * cut.wrist)
    fore = _outline.tube([_node(e), _node(_sagged(e, stop, 0.55, r)), _node(stop)], radii, caps=(True, False))
    return Joined((*_upper(bend, cut), fore, _elbow(bend, r * cut.elbow)))


def _upper(bend: Bend, cut: Cut) -> tuple[Points, ...]:
    """The upper sleeve, which comes down from the slope of the shoulder: no ball stands beside the trunk."""
    s, e, r = bend.s, bend.e, bend.r
    radii = (r * 0.82 * cut.shoulder, r * cut.shoulder, r * 0.5 * (cut.shoulder + cut.elbow), r * cut.elbow)
    line = [_node(s), _node(_sagged(s, e, 0.3, r)), _node(_sagged(s, e, 0.64, r)), _node(e)]
    cap = [_node(bend.slope), _node((bend.slope + s) / 2), _node(s + (e - s) * 0.22)]
    return _outline.tube(line, radii), _outline.tube(cap, (r * 0.3, r * 0.62 * cut.shoulder, r * 0.9 * cut.shoulder))


def _node(point: Points) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def _way(a: Points, b: Points) -> Points:
    return np.asarray((b - a) / (np.hypot(*(b - a)) + 1e-9))


def _sagged(a: Points, b: Points, at: float, r: float) -> Points:
    """A place along a sleeve, hanging lower where the arm is held level."""
    level = abs(float(_way(a, b)[0]))
    return np.asarray(a + (b - a) * at + np.array([0.0, 0.16 * r * level]))


def _elbow(bend: Bend, r: float) -> Points:
    """The point of a bent elbow, which cloth makes sharper than a tube would."""
    a, b = bend.upper, bend.fore
    hand = 1.0 if bend.turn < 0 else -1.0
    back, front = hand * np.array([-a[1], a[0]]), hand * np.array([-b[1], b[0]])
    out = _way(b, a) if abs(bend.turn) > 0.05 else np.zeros(2)
    point = bend.e + out * r * (1.0 + 0.20 * min(1.0, abs(bend.turn)))
    above, below = bend.e - a * r * 1.2 + back * r * 0.96, bend.e + b * r * 1.2 + front * r * 0.96
    return _outline.spline([_node(above), _node(point), _node(below), _node(bend.e)])


def _folds(cel: Cel, dye: RGB, bend: Bend, landed: Mask) -> None:
    """Creases that spring from the crook of the elbow, and drag lines from the shoulder."""
    a, r = bend.upper, bend.r
    bent = min(1.0, abs(bend.turn) + max(0.0, -float((a * bend.fore).sum())))
    root = bend.e + bend.inside * r * 0.95
    side = 1.0 if bend.turn < 0 else -1.0
    strokes = []
    for spread, reach, width in ((0.10, 1.5, 0.46), (0.62, 1.25, 0.34), (-0.55, 1.2, 0.36)):
        away = side * spread * a - bend.inside
        tip = root + away / np.hypot(*away) * r * reach * (0.62 + 0.5 * bent)
        middle = (root + tip) / 2 + a * 0.28 * r * spread
        line = [_node(root + (0.25 * r * spread) * a), _node(middle), _node(tip)]
        strokes.append(cel.brush(line, [width * (0.5 + 0.5 * bent), width * 0.8, 0.05]))
    across = np.array([-a[1], a[0]])
    for at, off, width in ((0.20, 0.35, 0.30), (0.36, 0.55, 0.24)):
        p = bend.s + (bend.e - bend.s) * at + across * r * off
        line = [_node(p + across * r * 0.42), _node(p + a * 0.3 * r), _node(p - across * r * 0.7 + a * 0.9 * r)]
        strokes.append(cel.brush(line, [0.05, width, 0.05]))
    cel.ink(Joined(tuple(strokes)), dark(dye, 0.12), 0.88, landed)


def _band(cel: Cel, dye: RGB, ends: tuple[Points, Points], size: tuple[float, float], flare: float = 1.06) -> Mask:
    """A cuff: a curved band across the end of a sleeve, seen a little from its open side; size is (half, long)."""
    w, along, (half, long) = ends[1], _way(*ends), size
    across = np.array([along[1], -along[0]])
    top, foot = w - along * long, w
    nodes = [
        (*_node(top + across * half * 0.98), 1), (*_node(foot + across * half * flare), 1), _node(foot + along * 0.55),
        (*_node(foot - across * half * flare), 1), (*_node(top - across * half * 0.98), 1), _node(top + along * 0.6),
    ]  # fmt: skip
    return cel.part(_outline.spline(nodes), dye, PIECE.but(turn=0.8, cast=0.7, key=0.22))


def _turned(cel: Cel, dye: RGB, bend: Bend) -> None:
    """A wide cuff of the lining, turned up and buttoned."""
    w, a, r = bend.w, bend.fore, bend.r
    n = np.array([a[1], -a[0]])
    cuff = _band(cel, dye, (bend.e, w), (r * 1.10, 3.6), 1.10)
    stitched = [_node(w - a * 0.9 + n * r), _node(w - a * 0.35), _node(w - a * 0.9 - n * r)]
    cel.stroke(stitched, 0.16, pale(dye, 0.10), cuff)
    cel.part(_outline.ellipse(*_node(w - a * 1.9 - n * r * 0.45), 0.62, 0.66), BRASS, METAL.but(cast=0.3))


def _linen(cel: Cel, bend: Bend) -> None:
    """A shirt's cuff that looks out of the sleeve, with its link."""
    w, a, r = bend.w, bend.fore, bend.r
    n = np.array([a[1], -a[0]])
    _band(cel, SHIRT, (bend.e, w + a * 1.5), (r * 0.70, 2.0))
    cel.part(_outline.ellipse(*_node(w + a * 0.6 - n * r * 0.3), 0.42, 0.42), BRASS, METAL.but(cast=0.2))

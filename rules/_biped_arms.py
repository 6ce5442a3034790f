"""Arms of a biped: sleeves that hang from the bone, bend in folds, and end in cuffs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rules import _outline
from rules._biped_look import BRASS, METAL, PIECE, SHIRT, SKIN, Look, dark, pale
from rules._bones import Arm, Measures
from rules._cel import CLOTH, Cel, Joined, Mask
from rules._colour import RGB
from rules._outline import Points

SLEEVE = CLOTH.but(turn=1.7, soft=0.8, cast=1.3, bounce=0.5)


@dataclass(frozen=True)
class Cut:
    """How a sleeve is cut: its dye, half-widths at shoulder, elbow and wrist (factors on the arm's), and its
    end: `turned` cuff, `linen` cuff, or `rolled` to below the elbow."""

    dye: RGB
    shoulder: float
    elbow: float
    wrist: float
    end: str


@dataclass(frozen=True)
class Bend:
    """The line of an arm as vectors: shoulder, elbow, wrist and the arm's half-width r."""

    s: Points
    e: Points
    w: Points
    r: float

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
    return Cut(SHIRT, 0.96, 0.92, 0.88, "rolled")


def sleeve(cel: Cel, look: Look, body: Measures, limb: Arm, far: bool) -> None:
    """The sleeve and its cuff; the hand was drawn before."""
    cut, r = cut_of(look), body.sleeve
    s, e, w = (np.array(p, np.float64) for p in (limb.shoulder, limb.elbow, limb.wrist))
    s = s + _way(s, e) * 0.34 * r  # the cap of the sleeve must not stand above the shoulder
    bend = Bend(s, e, w, r)
    if cut.end == "rolled":
        skin = _outline.tube([_node(e), _node((e + w) / 2), _node(w)], (r * 0.62, r * 0.66, r * 0.46))
        cel.part(skin, look.skin, SKIN.but(turn=1.0, soft=0.5, cast=0.8, bounce=0.4))
    dye = dark(cut.dye, 0.045) if far else cut.dye
    stop = e + (w - e) * 0.42 if cut.end == "rolled" else w
    landed = cel.part(_cloth(bend, cut, stop), dye, SLEEVE.but(cast=0.0 if far else 1.5))
    if not far and look.coat != "mantle":  # a cape hides the seam; elsewhere the sleeve grows out of the shoulder
        raised = max(0.0, min(1.0, (limb.shoulder.y - limb.elbow.y + body.upper) / body.upper))
        seam = _outline.ellipse(float(s[0]) + 0.80 * r, float(s[1]) + 0.05 * r, 0.62 * r, 0.9 * r, -18)
        cel.ink(seam, dye, 0.9 * (1 - 0.6 * raised), None, soft=0.45)
    _folds(cel, dye, bend, landed)
    if cut.end == "turned":
        _turned(cel, dark(look.lining, 0.04) if far else look.lining, bend)
    elif cut.end == "linen":
        _linen(cel, bend)
    else:
        _band(cel, dark(SHIRT, 0.03), (e, stop), (r * 1.02, 2.2))


def _cloth(bend: Bend, cut: Cut, stop: Points) -> Joined:
    """Upper sleeve, fore sleeve and the point of the elbow, as one piece."""
    s, e, r = bend.s, bend.e, bend.r
    radii = (r * cut.shoulder, r * 1.02 * cut.shoulder, r * cut.elbow)
    upper = _outline.tube([_node(s), _node(_sagged(s, e, 0.5, r)), _node(e)], radii)
    radii = (r * cut.elbow, r * 0.99 * cut.elbow, r * cut.wrist)
    fore = _outline.tube([_node(e), _node(_sagged(e, stop, 0.55, r)), _node(stop)], radii, caps=(True, False))
    return Joined((upper, fore, _elbow(bend, r * cut.elbow)))


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

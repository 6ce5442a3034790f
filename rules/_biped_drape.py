"""Cloth over knees: how skirts follow a knee that rises, hang from it, and lie in a lap.

A skirt hangs along two rails, before and behind. A rail goes from the waist over the foremost knee (or the hindmost
knee and heel) and from there straight down; a place on the cloth stays as far along it as it is from the waist. Only
where a rail lies outside the cloth as it hangs is the cloth pushed there, and what is between goes along by its share.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from rules._bones import Gait, Leg, Measures

_TIGHT = 5.0  # u of push by which cloth lies tight on a knee, and its hem is drawn up
_LOOSE = 4.0  # u by which a knee goes forward without touching what hangs
_FLOOR = -1.4  # y of a hem that lies on the ground
_TRAILS = 0.10  # how far cloth that hangs from a knee falls back with each u

Rail = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Drape:
    """The two rails, from y of the waist downwards; half: of the skirt at the hips; down: from hips to ankles."""

    front: Rail
    back: Rail
    waist: float
    half: float
    down: float

    def put(self, place: tuple[float, float], rest: float, flare: float) -> tuple[float, float]:
        """Where a place on the cloth goes, which would be at y `rest` on a figure that stands; flare: of the skirt."""
        x, y = place
        along = rest - self.waist
        if along <= 0:
            return x, y
        edge = self.half * (1 + flare * min(along / self.down, 1.0))
        for rail, side in ((self.front, 1.0), (self.back, -1.0)):
            share = min(max(0.56 + 0.56 * side * x / edge, 0.0), 1.0) ** 1.3
            at = _along(rail, along, side)
            push = max(0.0, side * at[0] - edge)
            x += side * push * share
            y += (at[1] - y) * min(push / _TIGHT, 1.0) * share
        return x, min(y, max(_FLOOR, place[1]))


def drape(body: Measures, gait: Gait) -> Drape | None:
    """The rails over some legs; None where they stand, and nothing is pushed out."""
    if body.turn < -0.4 or body.turn > 1.4:
        return None
    legs = (gait.near, gait.far)
    if gait.phase < 0 and not gait.sink and not gait.forward and min(limb.sole.y for limb in legs) > -1.5:
        return None
    if max(max(limb.knee.x, limb.ankle.x) - limb.hip.x for limb in legs) < _LOOSE:
        return None
    fore = max(legs, key=lambda limb: limb.knee.x)
    hind = min(legs, key=lambda limb: min(limb.knee.x, limb.ankle.x))
    waist, thick = body.waist + gait.sink, 1.05 * body.sleeve
    half = body.hip_half
    size = (half, waist, thick)
    down = body.ankle - body.waist
    return Drape(_before(fore, size), _behind(hind, size), body.waist, 1.06 * half, down)


def _before(limb: Leg, size: tuple[float, float, float]) -> Rail:
    half, waist, thick = size
    knee = (limb.knee.x + thick + 1.6, limb.knee.y - 0.5 * thick)
    shin = max(limb.ankle.x, limb.knee.x - 2) + 0.8 * thick
    return ((half, waist), knee, (shin + 1.6, max(limb.ankle.y, knee[1] + 2)))


def _behind(limb: Leg, size: tuple[float, float, float]) -> Rail:
    half, waist, thick = size
    knee = (min(limb.knee.x - thick, -0.8 * half), limb.knee.y)
    if limb.ankle.x > limb.knee.x - 2:
        return (-half, waist), knee
    return (-half, waist), knee, (limb.ankle.x - 0.8 * thick, limb.ankle.y - 0.5 * thick)


def _along(rail: Rail, way: float, side: float) -> tuple[float, float]:
    """The place so far along a rail, and straight down from its end, trailing a little."""
    for (x0, y0), (x1, y1) in pairwise(rail):
        long = hypot(x1 - x0, y1 - y0)
        if way <= long:
            return x0 + (x1 - x0) * way / long, y0 + (y1 - y0) * way / long
        way -= long
    x, y = rail[-1]
    return x - side * _TRAILS * way, y + way

"""The bones of open wings: two stiff panels, of arm and of hand, turned about the body and seen by one eye.

A place on a wing is (s, b) in u: along the span, and back from it. The eye stands a little above the bird and
before it, so that both wings are seen in every phase and never edge on. No pixels here: planning reads it too.
"""

from __future__ import annotations

from functools import lru_cache
from math import cos, degrees, radians, sin
from typing import NamedTuple

from rules._kit import Point

_ABOVE, _BEFORE = radians(33), radians(-24)  # where the eye stands, from the bird's side
_APART = 15.0  # degrees by which the far wing is raised more, so that it shows beyond the body or not at all
_ARM = (17.0, 22.0, 12.0)  # u of upper arm, forearm and hand


class Panel(NamedTuple):
    """A flat part of a wing on the screen: where (0, 0) lies, and a u of span and one of depth."""

    at: Point
    span: Point
    back: Point

    def place(self, s: float, b: float) -> Point:
        """A place on the panel, on the screen."""
        return (
            self.at[0] + s * self.span[0] + b * self.back[0],
            self.at[1] + s * self.span[1] + b * self.back[1],
        )

    @property
    def seen(self) -> float:
        """The share of its area that is seen: 0 on edge."""
        return abs(self.span[0] * self.back[1] - self.span[1] * self.back[0])


class Quill(NamedTuple):
    """A long feather on its panel: its root, degrees back from the span, length and half-width in u."""

    at: Point
    degrees: float
    length: float
    width: float


class Wing(NamedTuple):
    """An open wing about the shoulder (0, 0).

    arm, hand: its panels; joints: elbow, wrist and tip of the arm on the screen; inner, outer: the long feathers
    of arm and hand, from the body outwards; below: whether its lower side is seen.
    """

    arm: Panel
    hand: Panel
    joints: tuple[Point, Point, Point]
    inner: tuple[Quill, ...]
    outer: tuple[Quill, ...]
    below: bool


@lru_cache(maxsize=256)
def wing(long: float, flap: float, fold: float, far: bool) -> Wing:
    """A wing of a length (a factor), raised (1) to pressed down (-1), its hand drawn in by `fold`, 0 to 1."""
    raised = stroke(flap) + (_APART if far else 0.0)
    lag = 9 * (1 - abs(flap)) - 26 * fold  # the hand is late: bent up going down, hanging when it is drawn in
    sweep = 10 * (1 - abs(flap)) - 8 * fold - (16 * max(flap, 0.0) if far else 0.0)
    bones = [part * long for part in _ARM]
    angles = 26 + 26 * fold, -16 - 34 * fold, 4 + 56 * fold  # back from the span
    arm = _panel((0.0, 0.0), raised, sweep, far)
    elbow = _along((0.0, 0.0), angles[0], bones[0])
    wrist = _along(elbow, angles[1], bones[1])
    hand = _panel(arm.place(*wrist), raised + lag, sweep, far)
    tip = _along((0.0, 0.0), angles[2], bones[2])
    inner = tuple(
        Quill(
            _between(((0.0, 0.0), elbow, wrist), 0.10 + 0.86 * t),
            100 - 16 * t + 10 * fold * t,
            (30 + 6 * t) * long,
            6.2 * long,
        )
        for t in (n / 5 for n in range(6))
    )
    lead, trail = 2 + 58 * fold, 76 + 22 * fold
    outer = tuple(
        Quill(
            (tip[0] * t, tip[1] * t),
            trail + (lead - trail) * t**0.85,
            (37 + 14 * sin(0.5 + 1.75 * t)) * long * (1 - 0.12 * fold),
            (5.6 - 1.4 * t) * long,
        )
        for t in (n / 6 for n in range(7))
    )
    joints = arm.place(*elbow), arm.place(*wrist), hand.place(*tip)
    return Wing(arm, hand, joints, inner, outer, _is_below(raised, far))


def stroke(flap: float) -> float:
    """Degrees that a wing is raised; it hurries through those in which the eye would see it on edge."""
    if flap <= 0.3:
        return -10 + 38 * (flap - 0.3)
    if flap <= 0.55:
        return -10 + 312 * (flap - 0.3)
    return 68 + 56 * (flap - 0.55)


def ends(found: Wing) -> list[Point]:
    """The tips of all its long feathers, and its joints."""
    rows = (found.arm, found.inner), (found.hand, found.outer)
    tips = [panel.place(*_along(q.at, q.degrees, q.length)) for panel, quills in rows for q in quills]
    return [*tips, *found.joints]


def _panel(at: Point, raised: float, sweep: float, far: bool) -> Panel:
    """A panel turned up by `raised` degrees and forward by `sweep`."""
    up, ahead, side = radians(raised), radians(sweep), -1 if far else 1
    span = _seen(sin(ahead), sin(up) * cos(ahead), side * cos(up) * cos(ahead))
    tilt = radians(8)
    back = _seen(-cos(tilt), -sin(tilt) * cos(up), side * sin(tilt) * sin(up))
    return Panel(at, span, back)


def _seen(ahead: float, up: float, aside: float) -> Point:
    """A direction of the bird's space (aside: towards who looks) on the screen, y down."""
    x = ahead * cos(_BEFORE) - aside * sin(_BEFORE)
    near = ahead * sin(_BEFORE) + aside * cos(_BEFORE)
    return x, near * sin(_ABOVE) - up * cos(_ABOVE)


def _is_below(raised: float, far: bool) -> bool:
    return raised < -degrees(_ABOVE) if far else raised > degrees(_ABOVE)


def _along(at: Point, back: float, length: float) -> Point:
    """A place on a panel, from another in a direction so many degrees back from the span."""
    t = radians(back)
    return at[0] + length * cos(t), at[1] + length * sin(t)


def _between(path: tuple[Point, ...], t: float) -> Point:
    """The place at t (0 to 1) of a path, by its pieces."""
    at = min(t, 0.9999) * (len(path) - 1)
    n = int(at)
    a, b, s = path[n], path[n + 1], at - n
    return a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s

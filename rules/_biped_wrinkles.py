"""Wrinkles of a biped: what the years draw round eyes and mouth, more of it the older the face."""

from __future__ import annotations

import numpy as np

from rules import _outline
from rules._biped_eyes import Line, Sight
from rules._biped_look import warm
from rules._biped_skulls import Skull
from rules._biped_years import Years
from rules._cel import Joined

_STROKES: tuple[tuple[float, tuple[tuple[float, float], ...]], ...] = (
    # from which age, then (degrees from the middle of the face, y between eyes (0) and mouth (1))
    (0.15, ((-16, 0.58), (-20, 0.80), (-20, 1.02))),
    (0.15, ((20, 0.58), (24, 0.80), (23, 1.0))),
    (0.25, ((-37, 0.30), (-28, 0.42), (-17, 0.34))),
    (0.25, ((17, 0.34), (27, 0.42), (36, 0.30))),
    (0.35, ((-46, -0.10), (-52, -0.20), (-58, -0.36))),
    (0.35, ((-46, 0.02), (-53, 0.03), (-60, -0.02))),
    (0.50, ((-46, 0.13), (-52, 0.22), (-58, 0.30))),
    (0.35, ((45, -0.10), (50, -0.20), (56, -0.32))),
    (0.50, ((45, 0.06), (51, 0.10), (57, 0.10))),
    (0.45, ((-22, -0.82), (-6, -0.90), (12, -0.80))),
    (0.60, ((-18, -1.02), (0, -1.10), (20, -1.00))),
    (0.75, ((-12, -0.64), (2, -0.70), (16, -0.62))),
    (0.60, ((-24, 1.14), (-26, 1.32), (-22, 1.46))),
    (0.70, ((-44, 0.62), (-40, 0.86), (-32, 1.10))),
    (0.80, ((26, 1.12), (28, 1.30), (25, 1.42))),
)


def wrinkles(sight: Sight, form: Skull, years: Years, frame: tuple[float, float]) -> None:
    """Strokes by age, hollow cheeks, and the second chin of who is fat; frame is y of the eyes and of the mouth."""
    age = max(years.old, 0.2 * years.heavy)
    if years.heavy > 0.3 and sight.look.beard != "full":
        _second_chin(sight, form, years.heavy)
    if age <= 0:
        return
    eye, deep = frame[0], frame[1] - frame[0]
    strokes = []
    for since, places in _STROKES:
        if age < since or (sight.look.beard == "full" and places[-1][1] > 0.9):
            continue
        line: Line = []
        for angle, down in places:
            x, turn = form.across(angle, 0.99)
            if turn > 0.12:
                line.append((x, eye + down * deep))
        if len(line) == len(places):
            strokes.append(sight.cel.brush(line, 0.42 + 0.36 * min(age - since + 0.3, 1.0)))
    if strokes:
        weight = float(np.clip(0.55 + 0.5 * age, 0, 0.95))
        sight.cel.glaze(Joined(tuple(strokes)), warm(sight.look.skin, 0.17), weight, sight.ground)
    if age > 0.5:
        x, turn = form.across(-38)
        if turn > 0.1:
            hollow = _outline.ellipse(x, eye + 0.92 * deep, 7 * turn**0.5, 5.5, 24)
            sight.cel.glaze(hollow, warm(sight.look.skin, 0.10), 0.4 * age, sight.ground, soft=1.0)


def _second_chin(sight: Sight, form: Skull, heavy: float) -> None:
    """The chin on the fat below it, and its shade."""
    line: Line = [
        (form.across(a, 0.97)[0], y) for a, y in ((-34, -8.5), (-20, -4.6), (2, -2.8), (22, -4.8), (34, -8.0))
    ]
    if form.yaw > 60:
        line = line[:-1]
    below = [*line, *((x, y + 3.4) for x, y in reversed(line))]
    sight.cel.glaze(_outline.spline(below), warm(sight.look.skin, 0.07), 0.4 * heavy, sight.ground, soft=0.3)
    sight.line(line, 0.55, 0.16, 0.4 + 0.45 * heavy)

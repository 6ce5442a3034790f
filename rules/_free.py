"""Figures of the user's own parts: outlines or pictures on pivots, each turned by what the figure does.

In the files a point is (x, y): u to the right and u *up* from the floor, a u being 1/100 of the
height; a third number makes it a corner. Here y runs down, as on every cel.
"""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, radians, sin
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from rules._free_picture import Picture
from rules._kit import Point
from studio.params import Colour, Params, knob
from studio.rule import Box, Variant

Floats = NDArray[np.float64]
GESTURES = {"wave": 44, "nod": 24}
CYCLE = 24
SWAYS = 8  #: drawings of a sway
#: how far each viseme opens a part that speaks: X at rest, then A to H
OPEN = (0.0, 0.0, 0.35, 0.6, 1.0, 0.7, 0.4, 0.35, 0.55)
_FACE = ("say", "blink", "look")


class Part(Params):
    """One part: an outline or a picture, where it hangs, and how far it turns. Degrees are clockwise, facing right."""

    name: str = knob(..., "how others call it as their parent")
    outline: tuple[tuple[float, ...], ...] = knob((), "points [x, y], or [x, y, 1] for a corner; at least three")
    picture: str | None = knob(None, "instead of an outline: a picture file of your own, with see-through ground")
    at: tuple[float, float] = knob((0.0, 50.0), "the middle of the picture")
    size: float = knob(50.0, "height of the picture in u", low=0.1, high=600)
    fill: Colour = knob("#8a6a50", "colour of the outline")
    finish: Literal["form", "cloth", "flat"] = knob("form", "rounded, as cloth, or one flat colour")
    parent: str | None = knob(None, "the part that it hangs on and moves with")
    pivot: tuple[float, float] = knob((0.0, 0.0), "what it turns about")
    z: int = knob(0, "order: higher lies on top", low=-100, high=100)
    walk: float = knob(0.0, "degrees that it swings with the steps", low=-180, high=180)
    late: float = knob(0.0, "by how much of a cycle it swings later", low=0, high=1)
    wave: float = knob(0.0, "degrees that `do: wave` turns it", low=-180, high=180)
    nod: float = knob(0.0, "degrees that `do: nod` turns it", low=-180, high=180)
    sway: float = knob(0.0, "degrees that it sways by itself", low=-45, high=45)
    say: float = knob(0.0, "degrees that it opens with a vowel", low=-90, high=90)
    blink: bool = knob(False, "whether it closes with a blink, towards its pivot")
    look: float = knob(0.0, "u that it moves with the gaze", low=-20, high=20)

    @model_validator(mode="after")
    def _one_shape(self) -> Part:
        if bool(self.outline) == (self.picture is not None):
            raise PydanticCustomError("part", "a part is either an `outline` or a `picture`")
        if self.outline and len(self.outline) < 3:
            raise PydanticCustomError("part", "an outline needs at least three points")
        for node in self.outline:
            if len(node) not in (2, 3) or not all(abs(v) <= 600 for v in node[:2]):
                raise PydanticCustomError("part", "a point is [x, y], or [x, y, 1] for a corner, within 600 u")
        return self


def checked(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Names that mean one part each, and parents that lead somewhere and never back."""
    by_name: dict[str, Part] = {}
    for part in parts:
        if part.name in by_name:
            raise PydanticCustomError("part", "two parts are called `{name}`", {"name": part.name})
        by_name[part.name] = part
    for part in parts:
        path, at = [part.name], part
        while at.parent is not None:
            if at.parent not in by_name:
                named = {"value": at.parent, "known": ",".join(by_name)}
                raise PydanticCustomError("part", "no part is called `{value}`", named)
            path.append(at.parent)
            if at.parent == part.name:
                raise PydanticCustomError("part", "parts hang on one another: {path}", {"path": " -> ".join(path)})
            if len(path) > len(parts) + 1:
                break  # a circle further up, told where it is met
            at = by_name[at.parent]
    return parts


class Move(NamedTuple):
    """What a drawing shows: phase of the walk or -1; wave and nod 0 to 8; sway 0 to 7; mouth; lids; gaze."""

    phase: int = -1
    wave: int = 0
    nod: int = 0
    sway: int = 0
    mouth: int = 0
    lids: int = 0
    gaze_x: int = 0
    gaze_y: int = 0


def move_of(variant: Variant) -> Move:
    """The move of a variant."""
    return Move(*(int(n) for n in variant["move"]))


def angle(part: Part, move: Move) -> float:
    """Degrees by which a part is turned about its pivot."""
    found = part.wave * _waved(move.wave) + part.nod * sin(pi * move.nod / 8)
    if move.phase >= 0:
        found += part.walk * sin(2 * pi * (move.phase / CYCLE - part.late))
    found += part.sway * sin(2 * pi * (move.sway / SWAYS - part.late))
    return found + part.say * OPEN[move.mouth]


def _waved(n: int) -> float:
    """0 at rest, raised at 2, then two swings to 8."""
    return (0.0, 0.45, 1.0, 1.12, 0.92, 1.1, 0.9, 0.95, 0.5)[min(max(n, 0), 8)]


def chain(parts: tuple[Part, ...], part: Part) -> list[Part]:
    """A part and all that it hangs on, itself first."""
    by_name = {p.name: p for p in parts}
    found = [part]
    while found[-1].parent is not None and len(found) <= len(parts):
        found.append(by_name[found[-1].parent])
    return found


def moved(parts: tuple[Part, ...], part: Part, move: Move, points: Floats) -> Floats:
    """Points of a part, in u with y down, where a move takes them."""
    out = points
    for link in chain(parts, part):
        px, py = link.pivot[0], -link.pivot[1]
        x, y = out[:, 0] - px, out[:, 1] - py
        if link.blink:
            y = y * (1.0, 0.5, 0.1)[min(move.lids, 2)]
        t = radians(angle(link, move))
        c, s = cos(t), sin(t)
        dx, dy = link.look * move.gaze_x, -link.look * move.gaze_y * 0.7
        out = np.stack([px + x * c - y * s + dx, py + x * s + y * c + dy], 1)
    return out


def nodes(part: Part) -> list[tuple[float, ...]]:
    """The outline with y down."""
    return [(n[0], -n[1], *((1,) if len(n) > 2 and n[2] else ())) for n in part.outline]


def frame(part: Part, pictures: tuple[Picture, ...]) -> Floats:
    """The corners of a picture in u, y down: upper left, upper right, lower left."""
    found = next(p for p in pictures if p.name == part.picture)
    half_tall = part.size / 2
    half_wide = half_tall * found.width / found.height
    x, y = part.at[0], -part.at[1]
    return np.array([(x - half_wide, y - half_tall), (x + half_wide, y - half_tall), (x - half_wide, y + half_tall)])


def in_face(parts: tuple[Part, ...], part: Part) -> bool:
    """Whether a part, or what it hangs on, speaks, blinks or looks: those lie on top, as a drawing of their own."""
    return any(getattr(link, name) for link in chain(parts, part) for name in _FACE)


def shown(params: Any, which: str) -> list[Part]:
    """The parts of a drawing, from the lowest to the highest."""
    found = [p for p in params.parts if in_face(params.parts, p) == (which == "face")]
    return sorted(found, key=lambda p: p.z)


@lru_cache(maxsize=512)
def bounds(params: Any, which: str, move: Move) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) in u of a drawing; a curve may swing out beyond its points."""
    spots: list[Floats] = []
    for part in shown(params, which):
        if part.outline:
            points = np.array([n[:2] for n in nodes(part)])
            low, high = points.min(0), points.max(0)
            out = 0.16 * (high - low) + 1.5
            low, high = low - out, high + out
        else:
            corners = frame(part, params.pictures)
            low, high = corners.min(0), corners.max(0)
        box = np.array([low, (high[0], low[1]), high, (low[0], high[1])])
        spots.append(moved(params.parts, part, move, box))
    if not spots:
        return -1.0, -1.0, 1.0, 1.0
    every = np.concatenate(spots)
    (left, top), (right, foot) = every.min(0).tolist(), every.max(0).tolist()
    return left - 3, top - 3, right + 3, foot + 3


def foot(params: Any) -> tuple[float, float]:
    """(middle, half-width) in u of what touches the floor: where the shadow lies."""
    spots = [n for p in params.parts for n in p.outline if n[1] < 8]
    spots += [(p.at[0] + k * p.size / 3, 0.0) for p in params.parts if p.picture for k in (-1, 1)]
    xs = [n[0] for n in spots] or [-15.0, 15.0]
    return (min(xs) + max(xs)) / 2, max((max(xs) - min(xs)) / 2 + 4, 8.0)


def box(params: Any, variant: Variant) -> Box:
    """Where a part can have paint, in metres about its origin."""
    if variant["part"] == "shadow":
        at, half = foot(params)
        left, top, right, bottom = at - half - 16, -7.0, at + half + 16, 8.0
    else:
        left, top, right, bottom = bounds(params, str(variant["part"]), move_of(variant))
    if variant.get("flip"):
        left, right = -right, -left
    unit = params.height / 100
    return Box(left * unit, -bottom * unit, right * unit, -top * unit)


def crown(params: Any) -> float:
    """u of the highest point at rest."""
    tops = [n[1] for p in params.parts for n in p.outline] + [p.at[1] + p.size / 2 for p in params.parts if p.picture]
    return max(tops, default=100.0)


def eyes(params: Any) -> Point:
    """Where what blinks or looks is; without, near the crown."""
    found = [p for p in params.parts if (p.blink or p.look) and p.outline]
    if not found:
        return 0.0, 0.85 * crown(params)
    points = np.array([n[:2] for p in found for n in p.outline])
    x, y = points.mean(0).tolist()
    return x, y

"""A letter's skeleton, placed in a face's zones and drawn by its pen: centre lines, widths, edges."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import radians

import numpy as np
from numpy.typing import NDArray

from rules._pen import Node, Pen, Points, Stroke, Trace, half_widths, trace
from rules._typefaces import Face

OVERSHOOT = 9.0  #: by which rounds pass the zone lines, to look as high as flat letters
DOTS = ".,;"  #: kinds of stroke that are dots
UNDRAWN = DOTS + "p"  #: kinds without a centre line

# the stems that the skeletons were placed for, in capitals and small letters; other weights spread or close counters
_REFERENCE = {"poster": (150, 138)}
_REFERENCE_OTHERS = (132, 116)
# figures and signs of two stems or two rounds, which would be dark beside those of one hairline
_LIGHTER = {"1": 0.92, "4": 0.90, "6": 0.95, "8": 0.84, "9": 0.95, "0": 0.95, "§": 0.78, "¥": 0.88, "$": 0.92}
_SMALL = frozenset("abcdefghijklmnopqrstuvwxyzıȷßæœþð") | {"fi", "fl"}
_SHORT = frozenset("acegmnopqrsuvwxyzıȷæœ")


@dataclass(frozen=True)
class Sheet:
    """What holds for all strokes of one letter. spread: factor on x; top: the zone that it reaches;
    rng: what lets the hand stray, or None; strayed: how far it did at each place of the skeleton, since strokes that
    meet in one place go on meeting."""

    face: Face
    pen: Pen
    is_small: bool
    spread: float
    top: float
    rng: np.random.Generator | None
    strayed: dict[tuple[float, float], tuple[float, float]] = field(default_factory=dict)

    def height(self, y: float) -> float:
        """A skeleton's y in the face's zones."""
        f = self.face
        if self.is_small:
            return float(np.interp(y, [-210, 0, 480, 720], [f.descender, 0, f.x_height, f.ascender]))
        return float(np.interp(y, [-210, 0, 700], [f.descender, 0, f.cap])) + max(0.0, y - 700)

    def is_zone(self, y: float) -> bool:
        f = self.face
        zones = (f.descender, 0.0, f.x_height, f.ascender) if self.is_small else (0.0, f.cap)
        return min(abs(y - z) for z in zones) < 1


@dataclass(frozen=True)
class Drawn:
    """A stroke after the pen: its placed nodes, centre line, half widths and edges."""

    stroke: Stroke
    line: Trace
    half: NDArray[np.float64]
    left: Points
    right: Points


def sheet_of(base: str, face: Face, skeleton: list[Stroke], take: int) -> Sheet:
    """The pen and the zones for one letter without its accent."""
    is_small = base in _SMALL
    crossings = _crossings(skeleton)
    weight = face.weight * (face.small if is_small else 1.0)
    weight *= _LIGHTER.get(base, 1.0) if face.serif != "none" else 1.0
    weight *= 1 - 0.06 * max(0, crossings - 2) * weight / 100  # crowded letters are drawn lighter
    half, thin = weight / 2, face.weight / 2 * (1 - face.contrast)
    pen = Pen(
        half,
        thin,
        max(half * face.join, thin * 0.9),
        radians(face.nib),
        face.pressure,
        face.serif != "none",
        face.form == "brush",
    )
    xs = [n.x for s in skeleton for n in s.nodes]
    heavier = weight - _REFERENCE.get(face.form, _REFERENCE_OTHERS)[is_small]
    spread = face.width + max(0, crossings - 1) * heavier * 0.55 / max(max(xs) - min(xs), 1.0)
    top = (face.x_height if base in _SHORT else face.ascender) if is_small else face.cap
    rng = np.random.default_rng([take, *base.encode()]) if face.wobble or face.bounce else None
    return Sheet(face, pen, is_small, max(spread, 0.55 * face.width), top, rng)


def drawn(stroke: Stroke, sheet: Sheet, at: tuple[float, float] | None = None) -> Drawn:
    """One stroke placed and drawn; `at` is where an accent stands, which keeps its own size."""
    placed = Stroke(stroke.kind, tuple(_node(stroke, i, sheet, at) for i in range(len(stroke.nodes))))
    if stroke.kind in UNDRAWN:
        empty = np.zeros((0, 2))
        return Drawn(placed, Trace(empty, empty, np.zeros(0)), np.zeros(0), empty, empty)
    line = trace(placed, sheet.face.tension)
    half = half_widths(placed, line, sheet.pen)
    if sheet.rng is not None and sheet.face.wobble:
        noise = np.interp(line.length / line.length[-1] * 6, np.arange(8), sheet.rng.normal(size=8))
        half = half * (1 + 0.006 * sheet.face.wobble * noise)
    left, right = _balled(placed, line, half, sheet)
    outward = line.normal
    return Drawn(placed, line, half, line.centre + outward * left[:, None], line.centre - outward * right[:, None])


def _crossings(skeleton: list[Stroke]) -> int:
    """How many strokes a level line through the fullest row meets, at most four."""
    most = 0
    for y in (60, 130, 240, 300, 420, 600):
        count = 0
        for stroke in skeleton:
            nodes = [*stroke.nodes, stroke.nodes[0]] if stroke.is_closed else list(stroke.nodes)
            if stroke.kind in "scCh":
                count += sum((p.y - y) * (q.y - y) < 0 for p, q in pairwise(nodes))
        most = max(most, min(count, 4))
    return most


def _node(stroke: Stroke, i: int, sheet: Sheet, at: tuple[float, float] | None) -> Node:
    """A node in its face's zones; level strokes and rounds move in by the pen, rounds shoot over a little."""
    node, face = stroke.nodes[i], sheet.face
    x, y = node.x * sheet.spread, sheet.height(node.y)
    if at is not None:
        x, y = node.x * max(face.width, 0.75) + at[0], node.y + at[1]
    elif stroke.kind not in UNDRAWN and sheet.is_zone(y) and (face.round_ends or not _is_upright_end(stroke, i)):
        inset = 0.8 * sheet.pen.half if face.round_ends else sheet.pen.level if stroke.kind in "cC" else sheet.pen.thin
        is_level = any(abs(stroke.nodes[j].y - node.y) < 1 for j in (i - 1, i + 1) if 0 <= j < len(stroke.nodes))
        over = OVERSHOOT if ("h" in node.flags or stroke.kind == "C") and not is_level else 0
        y += (inset - over) * (1 if y <= 0 else -1)
    if sheet.rng is not None:
        place = (node.x, node.y)
        if place not in sheet.strayed:
            sheet.strayed[place] = (float(sheet.rng.normal()), float(sheet.rng.normal()))
        x += sheet.strayed[place][0] * face.wobble * 0.55
        y += sheet.strayed[place][1] * face.wobble * 0.55
    return node._replace(x=float(x), y=float(y))


def _is_upright_end(stroke: Stroke, i: int) -> bool:
    """Whether this node ends its stroke in a direction that is steeper than level."""
    if stroke.is_closed or i not in (0, len(stroke.nodes) - 1) or len(stroke.nodes) < 2:
        return False
    node, near = stroke.nodes[i], stroke.nodes[1 if i == 0 else -2]
    return abs(near.y - node.y) > 0.7 * abs(near.x - node.x)


def _balled(
    stroke: Stroke, line: Trace, half: NDArray[np.float64], sheet: Sheet
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Left and right half widths, the inner one swelling into the ball at an end with the flag o."""
    left, right = half.copy(), half.copy()
    if sheet.face.serif == "none" or sheet.face.round_ends:
        return left, right
    radius = max(sheet.pen.half * 0.80, sheet.pen.thin * 1.7) * (1.0 if sheet.is_small else 1.08)
    for i, node in ((0, stroke.nodes[0]), (-1, stroke.nodes[-1])):
        if "o" in node.flags:
            away = line.length if i == 0 else line.length[-1] - line.length
            swell = 0.5 + 0.5 * np.cos(np.pi * np.clip((away - 0.30 * radius) / (1.75 * radius), 0, 1))
            inner = left if _curls_left(line, i) else right
            inner += swell * (2 * radius - half - inner)
    return left, right


def _curls_left(line: Trace, i: int) -> bool:
    middle = line.centre[len(line.centre) // 2]
    return float(((middle - line.centre[i]) * line.normal[i]).sum()) > 0

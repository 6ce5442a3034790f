"""The mouth of a biped: one outline of eight nodes, with teeth, tongue and lips, wrapped round the head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rules import _colour, _outline
from rules._biped_look import Look, warm
from rules._biped_mood import Mouth
from rules._biped_skulls import Skull
from rules._cel import Cel, Mask
from rules._colour import RGB
from rules._outline import Points

_INSIDE = _colour.rgb_of("#5c2431")
_DEEP = _colour.rgb_of("#38141f")
_TONGUE = _colour.rgb_of("#cf6064")
_TONGUE_LIT = _colour.rgb_of("#ec9694")
_TEETH = _colour.rgb_of("#fff4e4")
_TEETH_DIM = _colour.rgb_of("#d9bdb4")


@dataclass(frozen=True)
class _Place:
    """Where a mouth sits: y of its middle, degrees from the middle of the face, and its lean to one side."""

    form: Skull
    y: float
    angle: float
    skew: float

    def at(self, x: float, y: float, *corner: float) -> tuple[float, ...]:
        """(x from the middle of the mouth, y down from it) -> a node in unstretched h, wrapped round the head."""
        angle = np.degrees(x / (40 * self.form.wide)) + self.angle
        return (self.form.across(float(angle), 0.97)[0], self.y + y - self.skew * x / 10, *corner)

    def line(self, points: Sequence[tuple[float, ...]]) -> list[tuple[float, ...]]:
        return [self.at(*p[:2], *p[2:]) for p in points]

    def shape(self, points: Sequence[tuple[float, ...]]) -> Points:
        return _outline.spline(self.line(points))


def mouth(
    cel: Cel, look: Look, form: Skull, shape: Mouth, pose: tuple[float, float], clip: Mask, *, full: bool = False
) -> None:
    """Paint a mouth; pose is (y of its middle, skew); full lips are seen while it is closed."""
    skew = (pose[1] + shape.lean) * (0.3 if shape.pucker else 1.0)  # a ring that leans is a heart
    place = _Place(form, pose[0], 1.5, skew)
    if shape.is_open:
        _open(cel, look, place, shape, clip)
    else:
        if full:
            _full(cel, look, place, shape, clip)
        _closed(cel, look, place, shape, clip)
    if look.beard == "full":
        return  # it grows over the creases of the skin
    _corners(cel, look, place, shape, clip)
    under = max(shape.bottom, 0.6) + (3.2 if not shape.pucker else 4.4)
    line = place.line([(-3.4, under), (0.3, under + 0.7), (3.8, under)])
    cel.glaze(cel.brush(line, 0.7), warm(look.skin, 0.13), 0.8, clip)


def _lip_line(look: Look, by: float) -> RGB:
    """The dark between lips: red, but of the skin's own brown under a beard, where red looks painted."""
    return warm(_colour.mix(look.lip, look.skin, 0.7), by + 0.08) if look.beard else warm(look.lip, by)


def _full(cel: Cel, look: Look, place: _Place, shape: Mouth, clip: Mask) -> None:
    """Closed lips with a bow above and a light on the lower one."""
    w, c = shape.half * 0.92, shape.corner
    upper = [
        (-w, -c), (-0.52 * w, -1.6 - 0.3 * c), (-0.17 * w, -2.9), (0.04 * w, -2.1), (0.25 * w, -2.9),
        (0.56 * w, -1.6 - 0.3 * c), (0.95 * w, -1.1 * c), (0.45 * w, 0.6), (0, 0.8), (-0.45 * w, 0.6),
    ]  # fmt: skip
    cel.glaze(place.shape(upper), _colour.shade(look.lip, 0.04, 20), 0.72, clip, soft=0.06)
    lower = [
        (-0.8 * w, -0.4 * c), (-0.4 * w, 0.6), (0, 0.9), (0.42 * w, 0.6), (0.78 * w, -0.5 * c), (0.5 * w, 3.2),
        (0.05 * w, 4.6), (-0.44 * w, 3.4),
    ]  # fmt: skip
    cel.glaze(place.shape(lower), look.lip, 0.66, clip, soft=0.08)
    cel.glaze(_middle(place, -0.1 * w, 2.3, 0.3 * w, 0.75), _colour.light(look.lip, 0.12, 40), 0.6, clip, soft=0.1)


def _closed(cel: Cel, look: Look, place: _Place, shape: Mouth, clip: Mask) -> None:
    w, c = shape.half, shape.corner
    dark = _lip_line(look, 0.16)
    line = [
        (-1.04 * w, -c),
        (-0.5 * w, 0.45 * c + 0.2),
        (0, 0.62 * c + 0.3),
        (0.52 * w, 0.4 * c + 0.1),
        (0.98 * w, -1.1 * c),
    ]
    if shape.press:
        lip = [(-0.6 * w, 0.8), (0, 1.4), (0.6 * w, 0.7), (0.4 * w, 3.4), (0, 4.0), (-0.4 * w, 3.5)]
        cel.glaze(place.shape(lip), look.lip, 0.18 if look.beard else 0.45, clip, soft=0.14)
    widths = [0.3] + [1.05] * (len(line) - 2) + [0.3]
    cel.glaze(cel.brush(place.line(line), widths), dark, 1, clip)


def _open(cel: Cel, look: Look, place: _Place, shape: Mouth, clip: Mask) -> None:
    w, top, bottom, c, s = shape.half, shape.top, shape.bottom, shape.corner, shape.square
    corner = () if shape.pucker else (1,)
    nodes = [
        (-1.04 * w, -c, *corner), (-w * s, -0.86 * top - 0.35 * c), (0, -0.88 * top), (w * s, -0.88 * top - 0.4 * c),
        (0.98 * w, -1.1 * c, *corner), (w * s * 1.02, 0.84 * bottom - 0.25 * c), (0, bottom),
        (-w * s * 1.02, 0.86 * bottom - 0.2 * c),
    ]  # fmt: skip
    hole = place.shape(nodes)
    if shape.pucker:
        _lips(cel, look, place, nodes, shape, clip)
    inside = cel.glaze(hole, _INSIDE, 1, clip)
    inside = Mask(inside.cover, inside.box)
    cel.glaze(_middle(place, 0, bottom * 0.42, w * 0.86, bottom * 0.74), _DEEP, 0.75, inside, soft=0.3)
    if shape.tongue is not None:
        wide, y, high = shape.tongue
        cel.glaze(_middle(place, 0.4, y, w * wide, high), _TONGUE, 1, inside)
        cel.glaze(
            _middle(place, -0.22 * w, y - 0.42 * high, w * wide * 0.45, high * 0.26),
            _TONGUE_LIT,
            0.8,
            inside,
            soft=0.12,
        )
    _teeth(cel, place, shape, inside)
    if shape.bite:
        _bite(cel, look, place, shape, clip)
    if not shape.pucker:
        line = [nodes[0][:2], nodes[1][:2], nodes[2][:2], nodes[3][:2], nodes[4][:2]]
        cel.glaze(cel.brush(place.line(line), [0.4, 1.0, 1.0, 1.0, 0.35]), _lip_line(look, 0.18), 1, clip)
        if not shape.bite:
            line = [nodes[7][:2], nodes[6][:2], nodes[5][:2]]
            cel.glaze(cel.brush(place.line(line), [0.2, 0.75, 0.2]), warm(look.lip, 0.06), 1, clip)


def _middle(place: _Place, x: float, y: float, rx: float, ry: float) -> Points:
    """An ellipse about a place in the mouth, wrapped like the rest."""
    t = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    return np.array([place.at(float(x + rx * np.cos(a)), float(y + ry * np.sin(a))) for a in t])


def _teeth(cel: Cel, place: _Place, shape: Mouth, inside: Mask) -> None:
    w, top, bottom, c = shape.half, shape.top, shape.bottom, shape.corner
    if shape.teeth:
        low = -0.8 * top + shape.teeth
        band = [
            (-1.2 * w, -c - 6, 1), (1.2 * w, -c - 6, 1), (0.92 * w, -0.9 * c + 0.3 * shape.teeth, 1),
            (0.5 * w, low - 0.2 * c), (0, low + 0.1 * shape.teeth), (-0.5 * w, low - 0.2 * c),
            (-0.95 * w, -0.8 * c + 0.3 * shape.teeth, 1),
        ]  # fmt: skip
        cel.glaze(place.shape(band), _TEETH, 1, inside)
        cel.glaze(_middle(place, 0, -top - 0.2, w * 1.1, 1.2), _TEETH_DIM, 0.7, inside, soft=0.1)
    if shape.clench:
        band = [
            (-0.95 * w, -0.7 * top, 1),
            (0.95 * w, -0.8 * top, 1),
            (0.95 * w, 0.75 * bottom, 1),
            (-0.95 * w, 0.78 * bottom, 1),
        ]
        cel.glaze(place.shape(band), _TEETH, 1, inside)
        y = 0.35 * (bottom - top)
        cel.glaze(
            cel.brush(place.line([(-0.92 * w, y - 0.4 * c), (0, y), (0.92 * w, y - 0.5 * c)]), [0.2, 0.36, 0.2]),
            _TEETH_DIM,
            1,
            inside,
        )
        for t in (-0.62, -0.3, 0.02, 0.34, 0.64):
            cel.glaze(cel.brush(place.line([(w * t, -top), (w * t, bottom)]), [0.2, 0.2]), _TEETH_DIM, 0.8, inside)


def _bite(cel: Cel, look: Look, place: _Place, shape: Mouth, clip: Mask) -> None:
    """Upper teeth on the lower lip, which is drawn in under them."""
    w, top = shape.half, shape.top
    front = [(-0.66 * w, -0.7 * top, 1), (0.66 * w, -0.75 * top, 1), (0.54 * w, 0.9), (0, 1.3), (-0.54 * w, 0.9)]
    cel.glaze(place.shape(front), _TEETH, 1)
    lip = [(-0.72 * w, 0.7), (-0.3 * w, 1.7), (0, 1.9), (0.3 * w, 1.7), (0.74 * w, 0.6)]
    cel.glaze(cel.brush(place.line(lip), [0.3, 0.95, 1.05, 0.95, 0.3]), warm(look.lip, 0.04), 1, clip)


def _lips(cel: Cel, look: Look, place: _Place, nodes: Sequence[tuple[float, ...]], shape: Mouth, clip: Mask) -> None:
    """The ring of pursed lips, lit from above."""
    middle = (shape.bottom - shape.top) / 2
    grow_x = 1 + shape.pucker * 1.0 / shape.half
    grow_y = 1 + shape.pucker * 2.4 / (shape.top + shape.bottom)
    ring = [(n[0] * grow_x, middle + (n[1] - middle) * grow_y) for n in nodes]
    lip = _colour.mix(look.skin, look.lip, 0.62)
    cel.glaze(place.shape([(x, y + 0.3) for x, y in ring]), warm(lip, 0.16), 0.9, clip)
    cel.glaze(place.shape([(x * 0.95, middle + (y - middle) * 0.95 - 0.1) for x, y in ring]), lip, 1, clip)
    low = middle + (shape.top + shape.bottom) / 2 * (1 + grow_y) / 2
    line = [(-0.5 * shape.half, low - 0.2), (0, low), (0.4 * shape.half, low - 0.2)]
    cel.glaze(cel.brush(place.line(line), 0.55), _colour.light(lip, 0.08, 40), 0.8, clip)


def _corners(cel: Cel, look: Look, place: _Place, shape: Mouth, clip: Mask) -> None:
    if shape.pucker or shape.corner < -1.0:
        return
    w, c = shape.half, shape.corner
    for x, y, side in ((-1.04 * w, -c, -1), (0.98 * w, -1.1 * c, 1)):
        line = [(x + side * 0.4, y - 2.0), (x + side * 1.4, y - 0.2), (x + side * 0.5, y + 1.7)]
        cel.glaze(cel.brush(place.line(line), 0.5), warm(look.skin, 0.16), 0.85, clip)

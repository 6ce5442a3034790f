"""A cel: the surface on which figures and props are painted, part by part, back to front.

Shapes are given in the figure's own units (u, 1/100 of its height, x right, y *down*, origin on the
ground between the feet) and land on the pixels of a `Canvas`. Each part brings its cast shadow on
what lies under it, a half-tone, a hard terminator, bounce and a broken edge light; one contour at
the end goes round everything. (Constructions: the studio's own trials; the toon terminator goes
back to Lake et al., 2000.) An overlay such as a face is painted with `glaze`, which also takes on
empty ground.

Colours are kept in planes, not interleaved: numpy is five times as fast on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rules import _mask, _noise, _outline, _pigment
from rules._beside import Beside
from rules._mask import Box, Mask, blurred
from rules._outline import F32, Nodes, Points
from rules._pigment import quantised
from rules._planar import strips
from studio.rule import Canvas, Drawing

__all__ = ["CLOTH", "FLAT", "SKIN", "Cel", "Finish", "Joined", "Mask", "Shape", "blurred", "quantised"]


class Joined(NamedTuple):
    """Outlines that make one part together: their union. (In a plain list a second outline cuts a hole.)"""

    outlines: tuple[Points, ...]


Shape = Points | Sequence[Points] | Joined


@dataclass(frozen=True)
class Finish:
    """How a part is shaded. Lengths are in u.

    turn: how far the terminator stands in from the shadow side; soft: blur of the form; half: weight
    of the half-tone; depth: lightness of the shadow below the fill; cast: drop of the shadow on what
    lies under; bounce: width of the reflected light; key: width of the broken edge light; line: width
    of the dark edge; fall: how much darker the foot than the head; grain: weight of the texture; hue: that
    shadows turn to, instead of the cel's ambient.
    """

    turn: float = 2.0
    soft: float = 0.5
    half: float = 0.42
    depth: float = 0.13
    cast: float = 1.4
    cast_weight: float = 0.40
    bounce: float = 0.0
    key: float = 0.0
    line: float = 0.13
    fall: float = 0.05
    grain: float = 1.0
    hue: float | None = None

    def but(self, **changes: Any) -> Finish:
        return replace(self, **changes)


FLAT = Finish(turn=0, cast=0, line=0, fall=0)
CLOTH = Finish()
SKIN = Finish(soft=0.8, half=0.16, depth=0.10, cast=2.2, bounce=0.8, fall=0.02)

#: what a cast shadow takes: it is cool, never grey
_CAST = (1 - np.array([0.50, 0.43, 0.62], np.float32))[:, None, None]


class Cel:
    """See the module's docstring. `unit` is px a u; `warp` bends points of the figure, in u, before they land.

    `pen`, 1 unless it is set, is a factor on all lines: their widths follow the shot's size more slowly
    than shapes do.
    """

    def __init__(
        self,
        canvas: Canvas,
        unit: float,
        seed: int,
        *,
        light: tuple[float, float] = (-0.62, -0.78),
        ambient: float = 285,
        warp: Callable[[Points], Points] | None = None,
    ) -> None:
        self.width, self.height = canvas.width, canvas.height
        self.origin = np.array([-canvas.left, -canvas.top], np.float64)
        self.unit = unit
        self.light = np.array(light) / np.hypot(*light)
        self.ambient = ambient
        self.warp = warp
        self.pen = 1.0
        self.hardness = 1.0  # of the light
        self.planes = np.zeros((4, self.height, self.width), np.float32)  # premultiplied red, green, blue; alpha
        self.parts = np.zeros((self.height, self.width), np.uint8)
        self.beside = Beside(canvas.maps, (self.height, self.width), unit, light)
        self.window = _noise.Window(canvas.left, canvas.top, canvas.width, canvas.height)
        self._texture, self.wobble = _pigment.grain(unit, seed).over(self.window)
        self._turns: list[Callable[[Points], Points]] = []
        self._count = 1  # the number of the contour; parts are counted from 2

    @property
    def rgb(self) -> F32:
        """Premultiplied colours, (height, width, 3): a view that may be written to."""
        return np.moveaxis(self.planes[:3], 0, -1)

    @property
    def alpha(self) -> F32:
        """Coverage, (height, width): a view that may be written to."""
        return np.asarray(self.planes[3])

    # -- where shapes land

    @contextmanager
    def placed(self, move: Callable[[Points], Points]) -> Iterator[None]:
        """Everything painted inside has its points moved by `move`, in u; the innermost moves first."""
        self._turns.append(move)
        try:
            yield
        finally:
            self._turns.pop()

    @contextmanager
    def turned(self, degrees: float, about: tuple[float, float], shift: tuple[float, float] = (0, 0)) -> Iterator[None]:
        """Everything painted inside is turned (degrees, x towards y) about a point and shifted, in u."""
        with self.placed(lambda p: _outline.rotated(p, degrees, about) + np.asarray(shift, np.float64)):
            yield

    def land(self, outline: ArrayLike) -> Points:
        """Points in u -> pixels of the canvas."""
        points = np.asarray(outline, np.float64)
        for turn in reversed(self._turns):
            points = turn(points)
        if self.warp is not None:
            points = self.warp(points)
        points = points * self.unit
        points += self.origin
        return points

    def mask(self, outline: Shape, margin: float = 3) -> Mask:
        """Coverage of a shape, cut to the canvas, `margin` px wider than the shape."""
        outlines: Sequence[Points]
        if isinstance(outline, Joined):
            outlines = outline.outlines
        else:
            outlines = [outline] if isinstance(outline, np.ndarray) else outline
        points = self.land(outlines[0] if len(outlines) == 1 else np.concatenate(outlines))
        (left, top), (right, foot) = points.min(0).tolist(), points.max(0).tolist()
        x0, y0 = max(0, floor(left - margin)), max(0, floor(top - margin))
        x1, y1 = min(self.width, ceil(right + margin) + 1), min(self.height, ceil(foot + margin) + 1)
        if x1 <= x0 or y1 <= y0:
            return Mask(np.zeros((0, 0), np.float32), (0, 0, 0, 0))
        box = (x0, y0, x1, y1)
        lengths = tuple(len(o) for o in outlines)
        return Mask(_mask.of(points, lengths, box, isinstance(outline, Joined)), box, (top, foot))

    # -- paint

    def part(self, outline: Shape, colour: ArrayLike, finish: Finish = CLOTH, clip: Mask | None = None) -> Mask:
        """A shaded part on top of all that is there; returns where it landed, to clip strokes to it."""
        k, fill = self.unit, np.asarray(colour, np.float64)
        mask = self.mask(outline, margin=4.0 + 1.4 * finish.line * k * self.pen)
        if mask.cover.size == 0:
            return mask
        inside = None if clip is None else _mask.within(clip, mask.box)
        if inside is not None:
            mask = mask._replace(cover=mask.cover * inside)
        if finish.cast:
            self._cast(mask, finish)
        ground = _cut(self.planes, mask.box)
        if finish.line:
            dark = _pigment.shade(tuple(fill.tolist()), 0.20, self.ambient if finish.hue is None else finish.hue, 26)
            line = self._edge(mask.cover, finish.line * k * self.pen)
            _lay(ground, dark, line if inside is None else line * inside)
        tone = self._tones(mask, fill, finish)
        np.clip(tone, 0, 1, out=tone)
        tone -= ground[:3]
        tone *= mask.cover
        ground[:3] += tone
        ground[3] += (1 - ground[3]) * mask.cover
        self.beside.part(mask, fill, finish.turn > 0)
        self._counted(mask)
        return mask

    def _counted(self, mask: Mask) -> None:
        self._count = min(self._count + 1, 255)
        np.copyto(_cut(self.parts, mask.box), np.uint8(self._count), where=mask.cover > 0.5)

    def ink(
        self, outline: Shape, colour: ArrayLike, weight: float = 1, clip: Mask | None = None, soft: float = 0
    ) -> None:
        """A flat colour on what is already painted (or only inside `clip`); `soft` is a blur in u."""
        mask = self.mask(outline, margin=2 + 3 * soft * self.unit)
        if mask.cover.size == 0:
            return
        cover = blurred(mask.cover, soft * self.unit) if soft else mask.cover
        amount = cover * (_cut(self.planes[3], mask.box) if clip is None else _mask.within(clip, mask.box))
        if weight != 1:
            amount *= np.float32(weight)
        self.dye(mask.box, colour, amount)

    def dye(self, box: Box, colour: ArrayLike, amount: F32) -> None:
        """A flat colour on what is already painted, by an amount for each pixel of a box."""
        ground = _cut(self.planes, box)
        # premultiplied: paint on half covered pixels must not add more than they hold
        paint = np.asarray(colour, np.float32)[:, None, None] * ground[3]
        paint -= ground[:3]
        paint *= amount
        ground[:3] += paint
        self.beside.ink(box, colour, amount)

    def glaze(
        self, outline: Shape, colour: ArrayLike, weight: float = 1, clip: Mask | None = None, soft: float = 0
    ) -> Mask:
        """A flat colour that also takes on empty ground, as an overlay needs; `soft` is a blur in u."""
        mask = self.mask(outline, margin=2 + 3 * soft * self.unit)
        if mask.cover.size == 0:
            return mask
        cover = blurred(mask.cover, soft * self.unit) if soft else mask.cover
        if clip is not None:
            cover = cover * _mask.within(clip, mask.box)
        landed = mask._replace(cover=cover)
        _lay(_cut(self.planes, mask.box), colour, cover if weight == 1 else cover * np.float32(weight))
        self.beside.glaze(landed, colour, weight, weight > 0.5 and not soft)
        if weight > 0.5 and not soft:
            self._counted(landed)
        return landed

    def stroke(
        self,
        line: Nodes,
        width: float | Sequence[float],
        colour: ArrayLike,
        clip: Mask | None = None,
        weight: float = 1,
    ) -> None:
        """A brush stroke, thin at both ends; `width` is its half-width in u, or one for each node."""
        self.ink(self.brush(line, width), colour, weight, clip)

    def brush(self, line: Nodes, width: float | Sequence[float]) -> Points:
        """The outline of a brush stroke, in u."""
        return _outline.tube(line, [w * self.pen for w in _tapered(width, len(line))])

    def loose(self, line: Nodes, width: float | Sequence[float], colour: ArrayLike) -> Mask:
        """A stroke that also covers empty ground: a loose hair, a fringe."""
        return self.part(self.brush(line, width), colour, FLAT)

    def contour(self, width: float, colour: ArrayLike, weight: float = 0.96) -> None:
        """One line round the whole drawing, heavier away from the light; width in px."""
        grown = _mask.grown(self.alpha, 0.6 * width)
        grown = np.maximum(grown, _mask.shifted(grown, -self.light * width * 0.6))
        edge = np.clip(2 * blurred(grown, 0.5) - np.float32(0.5), 0, 1)  # fractions leave an edge so soft that it glows
        line = edge * np.float32(weight) * (1 - self.alpha)
        self.planes[:3] += np.asarray(colour, np.float32)[:, None, None] * line
        self.planes[3] += line
        self.parts[(line > 0.5) & (self.parts == 0)] = 1

    def keep(self, mask: Mask, weight: float = 1) -> None:
        """Wipe away what lies under a mask, as if something before the cel hid it."""
        share = 1 - mask.cover * np.float32(weight)
        _cut(self.planes, mask.box)[:] *= share
        self.beside.keep(mask.box, share)
        if weight > 0.5:
            _cut(self.parts, mask.box)[mask.cover > 0.5] = 0

    # -- light on the finished cel

    def tint(self, factor: ArrayLike) -> None:
        """Multiply everything by a light's colour: (3,) or (height, width, 3)."""
        by = np.asarray(factor, np.float32)
        by = by[:, None, None] if by.ndim == 1 else np.moveaxis(by, -1, 0)
        self.planes[:3] *= by
        self.beside.tint(by)

    def rim(self, direction: tuple[float, float], width: float, colour: ArrayLike, weight: float) -> None:
        """Light from behind along the edges that face `direction`; width in px."""
        away = _mask.shifted(blurred(self.alpha, 0.8), -np.asarray(direction) * width)
        edge = np.clip(self.alpha - away, 0, 1) * self.alpha * np.float32(weight)
        self.planes[:3] += np.asarray(colour, np.float32)[:, None, None] * edge

    def drawing(self, seed: int = 0) -> Drawing:
        """The cel as 8-bit premultiplied RGBA, dithered."""
        for rows in strips(self.height, self.width):
            np.clip(self.planes[:, rows], 0, 1, out=self.planes[:, rows])
            np.minimum(self.planes[:3, rows], self.planes[3, rows], out=self.planes[:3, rows])
        return self.beside.drawing(quantised(np.moveaxis(self.planes, 0, -1), seed, self.window), self.parts)

    # -- pieces of a part

    def _cast(self, mask: Mask, finish: Finish) -> None:
        drop, soft = finish.cast * self.unit, 0.4 * self.unit
        dx, dy = -self.light[0] * 0.5 * drop, abs(self.light[1]) * drop
        pad = int(np.ceil(3 * soft)) + 1
        side, below = pad + int(np.ceil(abs(dx))), pad + int(np.ceil(dy))
        x0, y0, x1, y1 = mask.box
        box = (max(x0 - side, 0), max(y0 - pad, 0), min(x1 + side, self.width), min(y1 + below, self.height))
        own = _mask.within(mask, box)
        ground = _cut(self.planes, box)
        shadow = blurred(_mask.shifted(own, (dx, dy)), soft)
        shadow *= 1 - own
        shadow *= ground[3]
        self.beside.cast(box, shadow)
        shadow *= np.float32(finish.cast_weight * (0.4 + 0.6 * self.hardness))
        ground[:3] *= 1 - shadow * _CAST

    def _edge(self, cover: F32, width: float) -> F32:
        line = _mask.grown(cover, 0.7 * width)
        return blurred(np.maximum(line, _mask.shifted(line, -self.light * width * 0.6)), 0.5)

    def _tones(self, mask: Mask, fill: NDArray[np.float64], finish: Finish) -> F32:
        k, light, cover = self.unit, self.light, mask.cover
        dark = _pigment.shade(
            tuple(fill.tolist()), finish.depth * self.hardness, self.ambient if finish.hue is None else finish.hue, 22
        )
        wobble = _cut(self.wobble, mask.box)
        tone = np.empty((3, *cover.shape), np.float32)
        if finish.turn:
            # the transition is about 2 px wide however far the form is rounded: a drawn edge, not an airbrush
            crisp = max(3.2, 1.25 * finish.soft * k)
            lit = _mask.shifted(blurred(cover, finish.soft * k), light * finish.turn * k)
            lit += np.float32(0.09) * wobble
            lit -= 0.5
            lit *= np.float32(crisp)
            lit += 0.5
            np.clip(lit, 0, 1, out=lit)
            form = _mask.shifted(blurred(cover, 0.9 * finish.turn * k), light * 1.1 * finish.turn * k)
            half = _pigment.mixed(tuple(fill.tolist()), tuple(dark.tolist()), finish.half)
            form *= lit
            lit -= form
            self.beside.form(mask, form, lit, 1 - finish.half)
            np.multiply(form, _planes_of(fill - dark), out=tone)
            tone += lit * _planes_of(half - dark)
            tone += _planes_of(dark)
        else:
            tone[:] = fill[:, None, None]
        if finish.bounce:
            away = _mask.shifted(cover, light * finish.bounce * k)
            back = np.clip(cover - blurred(away, 0.5 * k), 0, 1)
            back *= np.float32(0.45)
            tone += (_planes_of(_pigment.lit(tuple(dark.tolist()), 0.10, 60, 40)) - tone) * back
        if finish.key:
            away = blurred(_mask.shifted(cover, -light * finish.key * k), 0.12 * k)
            edge = np.clip(cover - away, 0, 1)
            edge *= np.clip(0.62 + 1.3 * wobble, 0, 1)
            edge *= np.float32(0.85 * self.hardness)
            tone += (_planes_of(_pigment.lit(tuple(fill.tolist()), 0.10, 70, 15)) - tone) * edge
        paper = _cut(self._texture, mask.box)
        if finish.grain != 1:
            paper = 1 + np.float32(finish.grain) * (paper - 1)
        if finish.fall:
            top, foot = mask.rows
            down = np.arange(mask.box[1], mask.box[3], dtype=np.float32)
            down += np.float32(0.5 - top)
            down /= max(foot - top, 1.0)
            paper = paper * (1 + np.float32(finish.fall) * (1 - 2 * np.clip(down, 0, 1)))[:, None]
        tone *= paper
        return tone


def _planes_of(colour: NDArray[np.float64]) -> F32:
    """A colour as one number for each of three planes."""
    return colour.astype(np.float32)[:, None, None]


def _lay(ground: F32, colour: ArrayLike, cover: F32) -> None:
    """A flat colour over the planes of a region."""
    paint = np.asarray(colour, np.float32)[:, None, None] - ground[:3]
    paint *= cover
    ground[:3] += paint
    ground[3] += (1 - ground[3]) * cover


def _cut(plane: NDArray[Any], box: Box) -> NDArray[Any]:
    return plane[..., box[1] : box[3], box[0] : box[2]]


def _tapered(width: float | Sequence[float], count: int) -> list[float]:
    if not isinstance(width, (int, float)):
        return list(width)
    ends = 0.2 if count == 2 else 0.12
    return [width * (ends if i in (0, count - 1) else 1.0) for i in range(count)] if count > 2 else [width * ends] * 2

"""A cel: the surface on which figures and props are painted, part by part, back to front.

Shapes are given in the figure's own units (u, 1/100 of its height, x right, y *down*, origin on the
ground between the feet) and land on the pixels of a `Canvas`. Each part brings its cast shadow on
what lies under it, a half-tone, a hard terminator, bounce and a broken edge light; one contour at
the end goes round everything. (Constructions: the studio's own trials; the toon terminator goes
back to Lake et al., 2000.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from rules import _colour, _noise, _outline
from rules._outline import F32, Nodes, Points
from studio.rule import Canvas, Drawing


class Mask(NamedTuple):
    """Coverage of a shape, float32, with its box (x0, y0, x1, y1) in pixels of the canvas."""

    cover: F32
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Finish:
    """How a part is shaded. Lengths are in u.

    turn: how far the terminator stands in from the shadow side; soft: blur of the form; half: weight
    of the half-tone; depth: lightness of the shadow below the fill; cast: drop of the shadow on what
    lies under; bounce: width of the reflected light; key: width of the broken edge light; line: width
    of the dark edge; fall: how much darker the foot than the head; grain: weight of the texture.
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

    def but(self, **changes: float) -> Finish:
        return replace(self, **changes)


FLAT = Finish(turn=0, cast=0, line=0, fall=0)
CLOTH = Finish()
SKIN = Finish(soft=0.8, half=0.16, depth=0.10, cast=2.2, bounce=0.8, fall=0.02)

_CAST = np.array([0.50, 0.43, 0.62], np.float32)  # what a cast shadow lets through: cool, never grey


class Cel:
    """See the module's docstring. `unit` is px a u; `warp` bends points of the figure, in u, before they land."""

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
        shape = (self.height, self.width)
        self.rgb = np.zeros((*shape, 3), np.float32)  # premultiplied
        self.alpha = np.zeros(shape, np.float32)
        self.parts = np.zeros(shape, np.uint8)
        self._turns: list[Callable[[Points], Points]] = []
        window = _noise.Window(canvas.left, canvas.top, canvas.width, canvas.height)
        self.texture = 0.018 * _noise.field(window, 2.2 * unit, 4, seed) + 0.008 * _noise.field(window, 2.0, 1, seed + 9)
        self.wobble = 0.9 * _noise.field(window, 1.6 * unit, 3, seed + 5)

    # -- where shapes land

    @contextmanager
    def turned(self, degrees: float, about: tuple[float, float], shift: tuple[float, float] = (0, 0)) -> Iterator[None]:
        """Everything painted inside is turned (degrees, x towards y) about a point and shifted, in u."""
        self._turns.append(lambda p: _outline.rotated(p, degrees, about) + np.asarray(shift, np.float64))
        try:
            yield
        finally:
            self._turns.pop()

    def land(self, outline: ArrayLike) -> Points:
        """Points in u -> pixels of the canvas."""
        points = np.asarray(outline, np.float64)
        for turn in reversed(self._turns):
            points = turn(points)
        if self.warp is not None:
            points = self.warp(points)
        return points * self.unit + self.origin

    def mask(self, outline: Points | Sequence[Points], margin: float = 3) -> Mask:
        """Coverage of one outline, or of several with holes; cut to the canvas, `margin` px wider than the shape."""
        outlines = [outline] if isinstance(outline, np.ndarray) else list(outline)
        landed = [self.land(o) for o in outlines]
        low = np.floor(np.min([p.min(0) for p in landed], axis=0) - margin).astype(int)
        high = np.ceil(np.max([p.max(0) for p in landed], axis=0) + margin).astype(int) + 1
        x0, y0 = np.clip(low, 0, (self.width, self.height)).tolist()
        x1, y1 = np.clip(high, 0, (self.width, self.height)).tolist()
        if x1 <= x0 or y1 <= y0:
            return Mask(np.zeros((0, 0), np.float32), (0, 0, 0, 0))
        return Mask(_outline.coverage(landed, (x0, y0, x1, y1)), (x0, y0, x1, y1))

    # -- paint

    def part(self, outline: Points | Sequence[Points], colour: ArrayLike, finish: Finish = CLOTH) -> Mask:
        """A shaded part on top of all that is there; returns where it landed, to clip strokes to it."""
        k, fill = self.unit, np.asarray(colour, np.float64)
        mask = self.mask(outline, margin=max(4.0, (finish.cast + 1.2) * k + 4))
        cover, box = mask
        if cover.size == 0:
            return mask
        rgb, alpha, parts = _cut(self.rgb, box), _cut(self.alpha, box), _cut(self.parts, box)
        if finish.cast:
            self._cast(cover, rgb, alpha, finish)
        if finish.line:
            self._edge(cover, rgb, alpha, _colour.shade(fill, 0.20, self.ambient, 26), finish.line * k)
        tone = self._tones(mask, fill, finish)
        tone *= 1 + finish.grain * _cut(self.texture, box)[..., None]
        _lay(rgb, alpha, np.clip(tone, 0, 1), cover)
        parts[cover > 0.5] = min(int(self.parts.max()) + 1, 255)
        return mask

    def ink(
        self, outline: Points | Sequence[Points], colour: ArrayLike, weight: float = 1, clip: Mask | None = None, soft: float = 0
    ) -> None:
        """A flat colour on what is already painted (or only inside `clip`); `soft` is a blur in u."""
        cover, box = self.mask(outline, margin=3 + 3 * soft * self.unit)
        if cover.size == 0:
            return
        if soft:
            cover = blurred(cover, soft * self.unit)
        inside = _cut(self.alpha, box) if clip is None else _window(clip, box)
        amount = (cover * inside * weight)[..., None]
        rgb = _cut(self.rgb, box)
        # premultiplied: paint on half covered pixels must not add more than they hold
        rgb *= 1 - amount
        rgb += np.asarray(colour, np.float32) * amount * _cut(self.alpha, box)[..., None]

    def stroke(
        self, line: Nodes, width: float | Sequence[float], colour: ArrayLike, clip: Mask | None = None, weight: float = 1
    ) -> None:
        """A brush stroke, thin at both ends; `width` is its half-width in u, or one for each node."""
        self.ink(_outline.tube(line, _tapered(width, len(line))), colour, weight, clip)

    def loose(self, line: Nodes, width: float | Sequence[float], colour: ArrayLike) -> Mask:
        """A stroke that also covers empty ground: a loose hair, a fringe."""
        return self.part(_outline.tube(line, _tapered(width, len(line))), colour, FLAT)

    def contour(self, width: float, colour: ArrayLike, weight: float = 0.9) -> None:
        """One line round the whole drawing, heavier away from the light; width in px."""
        grown = _grown(self.alpha, 0.6 * width)
        grown = np.maximum(grown, _shifted(grown, -self.light * width * 0.8))
        line = blurred(grown, 0.6) * np.float32(weight) * (1 - self.alpha)
        self.rgb += np.asarray(colour, np.float32) * line[..., None]
        self.alpha += line

    # -- light on the finished cel

    def tint(self, factor: ArrayLike) -> None:
        """Multiply everything by a light's colour: (3,) or (height, width, 3)."""
        self.rgb *= np.asarray(factor, np.float32)

    def rim(self, direction: tuple[float, float], width: float, colour: ArrayLike, weight: float) -> None:
        """Light from behind along the edges that face `direction`; width in px."""
        away = _shifted(blurred(self.alpha, 0.8), -np.asarray(direction) * width)
        edge = np.clip(self.alpha - away, 0, 1) * self.alpha
        self.rgb += np.asarray(colour, np.float32) * (edge * np.float32(weight))[..., None]

    def drawing(self, seed: int = 0) -> Drawing:
        """The cel as 8-bit premultiplied RGBA, dithered."""
        alpha = np.clip(self.alpha, 0, 1)
        rgb = np.minimum(np.clip(self.rgb, 0, 1), alpha[..., None])
        return Drawing(quantised(np.dstack([rgb, alpha]), seed), self.parts)

    # -- pieces of a part

    def _cast(self, cover: F32, rgb: F32, alpha: F32, finish: Finish) -> None:
        drop = finish.cast * self.unit
        shadow = _shifted(cover, (-self.light[0] * 0.5 * drop, abs(self.light[1]) * drop))
        shadow = blurred(shadow, 0.4 * self.unit) * (1 - cover) * alpha * np.float32(finish.cast_weight)
        rgb *= 1 - shadow[..., None] * (1 - _CAST)

    def _edge(self, cover: F32, rgb: F32, alpha: F32, dark: NDArray[np.float64], width: float) -> None:
        line = _grown(cover, width)
        line = blurred(np.maximum(line, _shifted(line, -self.light * width)), 0.6)
        _lay(rgb, alpha, dark.astype(np.float32), line)

    def _tones(self, mask: Mask, fill: NDArray[np.float64], finish: Finish) -> F32:
        k, light, cover = self.unit, self.light, mask.cover
        dark = _colour.shade(fill, finish.depth, self.ambient)
        wobble = _cut(self.wobble, mask.box)
        tone = np.empty((*cover.shape, 3), np.float32)
        tone[:] = fill
        if finish.turn:
            edge = _shifted(blurred(cover, finish.soft * k), light * finish.turn * k) + 0.16 * wobble
            lit = np.clip((edge - 0.5) * 3.2 + 0.5, 0, 1)[..., None]
            form = _shifted(blurred(cover, 0.9 * finish.turn * k), light * 1.1 * finish.turn * k)[..., None]
            half = _colour.mix(fill, dark, finish.half).astype(np.float32)
            tone = half * (1 - form) + tone * form
            tone = dark.astype(np.float32) * (1 - lit) + tone * lit
        if finish.bounce:
            away = _shifted(cover, light * finish.bounce * k)
            back = np.clip(cover - blurred(away, 0.5 * k), 0, 1)[..., None] * np.float32(0.45)
            tone = tone * (1 - back) + _colour.light(dark, 0.10, 60, 40).astype(np.float32) * back
        if finish.key:
            away = blurred(_shifted(cover, -light * finish.key * k), 0.12 * k)
            edge = np.clip(cover - away, 0, 1) * np.clip(0.62 + 1.3 * wobble, 0, 1)
            tone += (_colour.light(fill, 0.10, 70).astype(np.float32) - tone) * (0.85 * edge)[..., None]
        if finish.fall:
            tone *= (1 + finish.fall * (1 - 2 * np.linspace(0, 1, len(cover), dtype=np.float32)))[:, None, None]
        return np.asarray(tone)


def quantised(rgba: F32, seed: int = 0, window: _noise.Window | None = None) -> NDArray[np.uint8]:
    """Premultiplied float RGBA in 0 to 1 -> uint8, dithered by a hash so that slow gradients do not band."""
    height, width = rgba.shape[:2]
    at = window or _noise.Window(0, 0, width, height)
    dither = _noise.unit(np.arange(at.left, at.left + width)[None, :], np.arange(at.top, at.top + height)[:, None], seed)
    scaled = rgba * np.float32(255)
    fine = np.floor(scaled + dither[..., None]).astype(np.uint8)
    fine[..., 3] = np.rint(scaled[..., 3])
    fine[..., :3] = np.minimum(fine[..., :3], fine[..., 3:])
    return fine


def blurred(mask: F32, sigma: float) -> F32:
    """Gaussian blur; a wide one is done at a quarter of the size."""
    if sigma <= 0.05 or mask.size == 0:
        return mask
    if sigma < 5 or min(mask.shape[:2]) < 16:
        return np.asarray(cv2.GaussianBlur(mask, (0, 0), sigma, borderType=cv2.BORDER_CONSTANT))
    height, width = mask.shape[:2]
    small = cv2.resize(mask, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / 4, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def _shifted(mask: F32, by: ArrayLike) -> F32:
    dx, dy = np.asarray(by, np.float64)
    matrix = np.array([[1, 0, dx], [0, 1, dy]], np.float64)
    return np.asarray(cv2.warpAffine(mask, matrix, (mask.shape[1], mask.shape[0]), flags=cv2.INTER_LINEAR))


def _grown(mask: F32, by: float) -> F32:
    reach = max(1, int(np.ceil(by)))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    return np.asarray(cv2.dilate(mask, disc))


def _lay(rgb: F32, alpha: F32, colour: F32, cover: F32) -> None:
    keep = 1 - cover
    rgb *= keep[..., None]
    rgb += colour * cover[..., None]
    alpha *= keep
    alpha += cover


def _cut(plane: NDArray[np.generic], box: tuple[int, int, int, int]) -> NDArray:  # type: ignore[type-arg]
    return plane[box[1] : box[3], box[0] : box[2]]


def _window(mask: Mask, box: tuple[int, int, int, int]) -> F32:
    """A mask as seen in another box."""
    out = np.zeros((box[3] - box[1], box[2] - box[0]), np.float32)
    a = mask.box
    x0, y0, x1, y1 = max(a[0], box[0]), max(a[1], box[1]), min(a[2], box[2]), min(a[3], box[3])
    if x1 > x0 and y1 > y0:
        out[y0 - box[1] : y1 - box[1], x0 - box[0] : x1 - box[0]] = _cut(mask.cover, (x0 - a[0], y0 - a[1], x1 - a[0], y1 - a[1]))
    return out


def _tapered(width: float | Sequence[float], count: int) -> list[float]:
    if not isinstance(width, (int, float)):
        return list(width)
    ends = 0.2 if count == 2 else 0.12
    return [width * (ends if i in (0, count - 1) else 1.0) for i in range(count)] if count > 2 else [width * ends] * 2

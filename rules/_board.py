"""A board: the surface on which plates are painted, in metres, many small flat shapes at a time.

Where a cel shades each part of a figure, a board takes batches of flat shapes (tiles, bricks, bars) in
one sweep, and glazes soft light and dark over them. It is a little wider than the canvas, so that a
shadow cast from outside the picture still falls into it, and its pixels are counted from the drawing's
origin, so that two windows of one plate agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from rules import _cel, _noise, _outline
from rules._cel import Mask
from rules._outline import F32, SUB, Points
from rules._planar import planar, strips
from studio.rule import Canvas, Drawing

Box = tuple[int, int, int, int]

_SHIFT = 4  # binary digits behind the point of a sample's place
_BAND = 6_000_000  # samples of a sheet that are held at once
_ALIGN = 8  # boxes begin at multiples of it, so that blurs at a quarter of the size agree between windows


class Batch:
    """Flat polygons in metres, painted in the order in which they were added."""

    def __init__(self) -> None:
        self.polygons: list[Points] = []
        self.colours: list[ArrayLike] = []

    def add(self, polygon: Points, colour: ArrayLike) -> None:
        """One polygon (points, 2) on top of the others; colour (3,) in 0 to 1."""
        self.polygons.append(polygon)
        self.colours.append(colour)

    def many(self, polygons: Points, colours: ArrayLike) -> None:
        """Polygons of equal length (count, points, 2) and a colour each (count, 3), or one for all."""
        self.polygons.extend(polygons)
        self.colours.extend(np.broadcast_to(np.asarray(colours, np.float64), (len(polygons), 3)))

    def join(self, other: Batch) -> None:
        """All of another batch, on top."""
        self.polygons += other.polygons
        self.colours += other.colours


class Board:
    """See the module's docstring.

    margin: pixels by which it is wider than the canvas. within: lowest and highest y in metres that can
    have paint; rows beyond are not held. bend: moves points, in metres, before they land: the wobble of a hand.
    """

    def __init__(
        self,
        canvas: Canvas,
        seed: int,
        *,
        margin: int = 64,
        within: tuple[float, float] | None = None,
        bend: Callable[[Points], Points] | None = None,
    ) -> None:
        self.canvas = canvas
        self.seed = seed
        self.bend = bend
        top, bottom = canvas.top - margin, canvas.top + canvas.height + margin
        if within is not None:
            top = max(top, int(np.floor(-within[1] * canvas.scale)))
            bottom = max(top + _ALIGN, min(bottom, int(np.ceil(-within[0] * canvas.scale))))
        self.left = (canvas.left - margin) // _ALIGN * _ALIGN
        self.top = top // _ALIGN * _ALIGN
        self.width = -(-(canvas.left + canvas.width + margin - self.left) // _ALIGN) * _ALIGN
        self.height = -(-(bottom - self.top) // _ALIGN) * _ALIGN
        self.scale = canvas.scale
        self.rgb = planar(np.zeros((3, self.height, self.width), np.float32))  # premultiplied
        self.alpha = np.zeros((self.height, self.width), np.float32)
        # every sweep and every layer is a part; it is enough for a plate that neighbours differ
        self.parts = np.zeros((self.height, self.width), np.uint8) if canvas.maps else None
        self._count = 0

    # -- where things are

    @property
    def window(self) -> _noise.Window:
        """The board's own pixels, for noise."""
        return _noise.Window(self.left, self.top, self.width, self.height)

    def span(self) -> tuple[float, float, float, float]:
        """left, bottom, right, top of the board in metres."""
        k = self.scale
        return self.left / k, -(self.top + self.height) / k, (self.left + self.width) / k, -self.top / k

    def land(self, points: Points) -> Points:
        """Points in metres, y up -> pixels of the board, y down."""
        bent = points if self.bend is None else self.bend(points)
        return np.asarray(bent * np.array([self.scale, -self.scale]) - (self.left, self.top))

    def box(self, landed: Sequence[Points], margin: float = 2) -> Box:
        """The aligned box round shapes on the board, cut to it."""
        low = np.min([p.min(0) for p in landed], axis=0) - margin
        high = np.max([p.max(0) for p in landed], axis=0) + margin
        x0, y0 = (np.floor(low / _ALIGN).astype(int) * _ALIGN).tolist()
        x1, y1 = (np.ceil(high / _ALIGN).astype(int) * _ALIGN).tolist()
        return max(x0, 0), max(y0, 0), min(x1, self.width), min(y1, self.height)

    # -- flat shapes

    def fill(self, batch: Batch, weight: float = 1.0) -> None:
        """Paint a batch; shapes of one batch that touch leave no seam."""
        if not batch.polygons:
            return
        self._count += 1
        points, starts = self._landed(batch.polygons)
        low, high = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
        seen = (high > 0).all(1) & (low < (self.width, self.height)).all(1)
        if not seen.any():
            return
        x0, y0, x1, y1 = self.box([low[seen], high[seen]])
        pieces = np.split(_outline.fixed(points, (x0, y0, x1, y1)), starts[1:])
        bytes_ = np.rint(np.asarray(batch.colours, np.float64) * 255)
        rows = max(_ALIGN, _BAND // ((x1 - x0) * SUB * SUB))
        for top in range(y0, y1, rows):
            bottom = min(top + rows, y1)
            here = np.flatnonzero(seen & (high[:, 1] > top - 1) & (low[:, 1] < bottom + 1))
            if len(here):
                lift = np.array([0, (top - y0) * SUB << _SHIFT], np.int32)
                self._sweep([pieces[k] - lift for k in here], bytes_[here], (x0, top, x1, bottom), weight)

    def _sweep(self, polygons: Sequence[NDArray[np.int32]], colours: Points, box: Box, weight: float) -> None:
        x0, y0, x1, y1 = box
        sheet = np.zeros(((y1 - y0) * SUB, (x1 - x0) * SUB, 4), np.uint8)
        for polygon, (red, green, blue) in zip(polygons, colours.tolist(), strict=True):
            cv2.fillPoly(sheet, [polygon], (red, green, blue, 255), cv2.LINE_8, _SHIFT)
        # twice 2x2 takes a fifth of the time of 4x4, see `_outline.averaged`
        half = cv2.resize(sheet, ((x1 - x0) * 2, (y1 - y0) * 2), interpolation=cv2.INTER_AREA)
        small = cv2.resize(half, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
        paint = np.multiply(small.transpose(2, 0, 1), np.float32(weight / 255), order="C")
        keep = 1 - paint[3]
        rgb, alpha = self.rgb[y0:y1, x0:x1], self.alpha[y0:y1, x0:x1]
        rgb *= keep[..., None]
        rgb += planar(paint[:3])
        alpha *= keep
        alpha += paint[3]
        self._number(box, paint[3])

    def _number(self, box: Box, cover: F32) -> None:
        if self.parts is not None:
            self.parts[box[1] : box[3], box[0] : box[2]][cover > 0.5] = 1 + self._count % 255

    def _landed(self, polygons: Sequence[Points]) -> tuple[Points, NDArray[np.int64]]:
        """All points at once, and where each polygon starts: a bend costs as much for ten thousand as for ten."""
        lengths = np.array([len(p) for p in polygons])
        points, starts = np.concatenate(polygons), np.cumsum(lengths) - lengths
        if self.bend is not None:
            points, starts = _dense(points, starts, lengths)
        return self.land(points), starts

    # -- soft light and dark

    def mask(self, polygons: Points | Sequence[Points], soft: float = 0.0, shift: tuple[float, float] = (0, 0)) -> Mask:
        """Coverage of shapes together, blurred by `soft` metres, moved by `shift` metres (y up)."""
        shapes = [polygons] if isinstance(polygons, np.ndarray) else list(polygons)
        move = np.array([shift[0], -shift[1]]) * self.scale
        if not shapes:
            return Mask(np.zeros((0, 0), np.float32), (0, 0, 0, 0))
        points, starts = self._landed(shapes)
        landed = np.split(points + move, starts[1:])
        box = self.box(landed, 2 + 3 * soft * self.scale)
        if box[2] <= box[0] or box[3] <= box[1]:
            return Mask(np.zeros((0, 0), np.float32), (0, 0, 0, 0))
        return Mask(_cel.blurred(_union(landed, box), soft * self.scale), box)

    def tint(self, mask: Mask, factor: ArrayLike, weight: float | F32 = 1.0) -> None:
        """Multiply what is there by a light's colour, (3,) or (height, width, 1), inside a mask."""
        x0, y0, x1, y1 = mask.box
        amount, by = mask.cover * np.asarray(weight, np.float32), np.asarray(factor, np.float32) - 1
        grey = 1 + amount * by[..., 0] if by.shape[-1] == 1 else None
        for channel in range(3):
            self.rgb[y0:y1, x0:x1, channel] *= 1 + amount * by[channel] if grey is None else grey

    def glaze(self, mask: Mask, colour: ArrayLike, weight: float | F32 = 1.0) -> None:
        """A colour over what is there, inside a mask; empty ground stays empty."""
        x0, y0, x1, y1 = mask.box
        rgb, alpha = self.rgb[y0:y1, x0:x1], self.alpha[y0:y1, x0:x1]
        amount = mask.cover * np.asarray(weight, np.float32)
        for channel, value in enumerate(np.asarray(colour, np.float32)):
            plane = rgb[..., channel]
            plane += (alpha * value - plane) * amount

    def lay(self, mask: Mask, colour: ArrayLike, weight: float | F32 = 1.0) -> None:
        """A colour that also covers empty ground."""
        x0, y0, x1, y1 = mask.box
        amount = mask.cover * np.asarray(weight, np.float32)
        rgb, alpha = self.rgb[y0:y1, x0:x1], self.alpha[y0:y1, x0:x1]
        for channel in range(3):
            plane = rgb[..., channel]
            plane += (np.asarray(colour, np.float32)[..., channel] - plane) * amount
        alpha += (1 - alpha) * amount
        self._count += 1
        self._number(mask.box, amount)

    def screen(self, light: F32, colour: ArrayLike) -> None:
        """Light (height, width) of a colour over the painted parts: they grow brighter, never burn out."""
        for rows in strips(self.height, self.width):
            amount, alpha = np.clip(light[rows], 0, 1), self.alpha[rows]
            for channel, value in enumerate(np.asarray(colour, np.float32)):
                plane = self.rgb[rows, :, channel]
                plane += amount * value * np.maximum(alpha - plane, 0)

    def rim(self, towards: tuple[float, float], width: float, colour: ArrayLike, weight: float) -> None:
        """Light along the outer edges that face `towards` (y down); width in metres."""
        step = np.asarray(towards) / np.hypot(*towards) * max(width * self.scale, 1.0)
        matrix = np.array([[1, 0, -step[0]], [0, 1, -step[1]]], np.float64)
        size = (self.width, self.height)
        away = cv2.warpAffine(self.alpha, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        edge = np.maximum(self.alpha - away, 0)
        edge *= self.alpha
        self.fade(colour, edge * np.float32(weight))

    def fade(self, colour: ArrayLike, weight: float | F32) -> None:
        """All that is painted, faded towards a colour: haze; weight is one number or (height, width)."""
        amount = np.broadcast_to(np.asarray(weight, np.float32), self.alpha.shape)
        for rows in strips(self.height, self.width):
            for channel, value in enumerate(np.asarray(colour, np.float32)):
                plane = self.rgb[rows, :, channel]
                plane += (self.alpha[rows] * value - plane) * amount[rows]

    def under(self, other: Board) -> None:
        """Lay another board of the same scale and columns over this one."""
        y0, y1 = max(0, other.top - self.top), min(self.height, other.top - self.top + other.height)
        if y1 <= y0:
            return
        theirs = slice(y0 + self.top - other.top, y1 + self.top - other.top)
        keep = 1 - other.alpha[theirs]
        self.rgb[y0:y1] *= keep[..., None]
        self.rgb[y0:y1] += other.rgb[theirs]
        self.alpha[y0:y1] *= keep
        self.alpha[y0:y1] += other.alpha[theirs]
        if self.parts is not None and other.parts is not None:
            np.copyto(self.parts[y0:y1], other.parts[theirs], where=other.alpha[theirs] > 0.5)

    def rgba(self) -> F32:
        """The board as premultiplied float RGBA, still with its margin."""
        out = np.empty((self.height, self.width, 4), np.float32)
        np.clip(self.alpha, 0, 1, out=out[..., 3])
        np.clip(self.rgb, 0, out[..., 3:], out=out[..., :3])
        return out

    def drawing(self) -> Drawing:
        """The canvas cut out of the board, 8 bits, dithered."""
        c = self.canvas
        out = np.zeros((c.height, c.width, 4), np.uint8)
        parts = None if self.parts is None else np.zeros((c.height, c.width), np.uint8)
        top, bottom = max(c.top, self.top), min(c.top + c.height, self.top + self.height)
        if bottom > top:
            x, y = c.left - self.left, top - self.top
            rows, columns = slice(y, y + bottom - top), slice(x, x + c.width)
            planes = [*np.moveaxis(self.rgb[rows, columns], -1, 0), self.alpha[rows, columns]]
            window = _noise.Window(c.left, top, c.width, bottom - top)
            _to_bytes(planes, window, self.seed, out[top - c.top : bottom - c.top])
            if parts is not None and self.parts is not None:
                parts[top - c.top : bottom - c.top] = self.parts[rows, columns]
                parts[(parts == 0) & (out[..., 3] > 127)] = 1  # the ground, which was laid without shapes
                parts[out[..., 3] == 0] = 0
        return Drawing(out, parts)


def eight_bit(rgba: F32, window: _noise.Window, seed: int, is_light: bool = False) -> NDArray[np.uint8]:
    """Premultiplied float RGBA in 0 to 1 -> uint8, dithered so that slow gradients do not band.

    Colour never exceeds alpha, but for light, which is added to the picture and has none.
    """
    out = np.empty(rgba.shape, np.uint8)
    _to_bytes([rgba[..., i] for i in range(4)], window, seed, out, is_light)
    return out


def _to_bytes(
    planes: Sequence[F32], window: _noise.Window, seed: int, out: NDArray[np.uint8], is_light: bool = False
) -> None:
    tile = _dither(seed)
    wide = tile[:, (np.arange(window.width) + window.left) % len(tile)]
    for rows in strips(window.height, window.width):
        dither = wide[(np.arange(window.height)[rows] + window.top) % len(tile)]
        alpha = (np.clip(planes[3][rows], 0, 1) * np.float32(255) + np.float32(0.5)).astype(np.uint8)
        colours = [(np.clip(p[rows], 0, 1) * np.float32(255) + dither).astype(np.uint8) for p in planes[:3]]
        if not is_light:
            colours = [np.minimum(c, alpha) for c in colours]
        cv2.merge([*colours, alpha], out[rows])


@lru_cache(maxsize=4)
def _dither(seed: int) -> F32:
    """A tile of hashed thresholds below 0.99: more would carry 255 over to 0."""
    at = np.arange(256)
    tile = _noise.unit(at[None, :], at[:, None], seed + 7001) * np.float32(0.99)
    tile.flags.writeable = False
    return tile


def seen_in(mask: Mask, box: Box) -> F32:
    """A mask's coverage over another box."""
    out = np.zeros((box[3] - box[1], box[2] - box[0]), np.float32)
    x0, y0 = max(mask.box[0], box[0]), max(mask.box[1], box[1])
    x1, y1 = min(mask.box[2], box[2]), min(mask.box[3], box[3])
    if x1 > x0 and y1 > y0:
        part = mask.cover[y0 - mask.box[1] : y1 - mask.box[1], x0 - mask.box[0] : x1 - mask.box[0]]
        out[y0 - box[1] : y1 - box[1], x0 - box[0] : x1 - box[0]] = part
    return out


def clipped(mask: Mask, clip: Mask) -> Mask:
    """A mask inside another one."""
    return Mask(mask.cover * seen_in(clip, mask.box), mask.box)


def without(mask: Mask, other: Mask) -> Mask:
    """A mask where another one is not."""
    return Mask(mask.cover * (1 - seen_in(other, mask.box)), mask.box)


def _union(landed: Sequence[Points], box: Box) -> F32:
    """Coverage of all shapes together (where `_outline.coverage` would cut holes)."""
    fine = _outline.samples_of(box)
    for points in landed:
        cv2.fillPoly(fine, [_outline.fixed(points, box)], _outline.FULL, cv2.LINE_8, _SHIFT)
    return _outline.averaged(fine)


# -- shapes in metres, y up


def poly(*points: tuple[float, float]) -> Points:
    """A polygon from its corners."""
    return np.array(points, np.float64)


def moved(points: Points, x: float, y: float) -> Points:
    """Points, or stacks of them, shifted."""
    return np.asarray(points + np.array([x, y]))


def rect(x0: float, y0: float, x1: float, y1: float) -> Points:
    """An upright rectangle."""
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float64)


def bar(p: ArrayLike, q: ArrayLike, start: float, end: float | None = None) -> Points:
    """A straight bar between two points; half-widths at its ends."""
    a, b = np.array(p, np.float64), np.array(q, np.float64)
    along = (b - a) / (np.hypot(*(b - a)) + 1e-9)
    side = np.array([-along[1], along[0]])
    end = start if end is None else end
    return np.stack([a + side * start, b + side * end, b - side * end, a - side * start])


def arched(x0: float, y0: float, x1: float, y1: float, rise: float, samples: int = 14) -> Points:
    """A rectangle with a round or flat arch of height `rise` on top (its crown at y1)."""
    t = np.linspace(0, np.pi, samples)
    middle, half = (x0 + x1) / 2, (x1 - x0) / 2
    crown = np.stack([middle + half * np.cos(t), y1 - rise + rise * np.sin(t)], 1)
    return np.concatenate([np.array([[x0, y0], [x1, y0]]), crown])


def _dense(
    points: Points, starts: NDArray[np.int64], lengths: NDArray[np.int64], step: float = 0.22
) -> tuple[Points, NDArray[np.int64]]:
    """Polygons with points added on edges longer than a step, so that a bend can bow them."""
    following = np.arange(1, len(points) + 1)
    following[starts + lengths - 1] = starts
    after = points[following]
    away = after - points
    pieces = np.ceil(np.hypot(away[:, 0], away[:, 1]) / step).astype(np.int64).clip(1, 400)
    index = np.repeat(np.arange(len(points)), pieces)
    ends = np.cumsum(pieces)
    t = ((np.arange(len(index)) - (ends - pieces)[index]) / pieces[index])[:, None]
    return points[index] + away[index] * t, (ends - pieces)[starts]


def wobble(points: Points, amount: float, cell: float, seed: int) -> Points:
    """Points moved by smooth noise of about +-`amount` metres: nothing built by hand is ruler-straight."""
    at = points / cell
    base = np.floor(at).astype(np.int64)
    t = at - base
    t = t * t * (3 - 2 * t)
    moved = points.copy()
    columns = np.stack([base[:, 0], base[:, 0] + 1])[None]  # of the four corners about each point
    rows = np.stack([base[:, 1], base[:, 1] + 1])[:, None]
    for axis in (0, 1):
        corner = _noise.unit(columns, rows, seed * 31 + axis).astype(np.float64)
        low, high = corner[:, 0] * (1 - t[:, 0]) + corner[:, 1] * t[:, 0]
        moved[:, axis] += (low * (1 - t[:, 1]) + high * t[:, 1] - 0.5) * (2 * amount)
    return moved

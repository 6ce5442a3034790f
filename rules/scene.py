"""A scene: drawings laid over one another through the multiplane camera, with what is in the air between them.

Everything here works on whole pictures and integers from the rows, so that equal rows give equal
pixels. What a row's numbers mean stands in `studio.timeline`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _flying, _ground_blur, _ground_focus, _scatter, _tiles, _weather, _wrap
from rules._atmosphere import ADD, AIR, FIGURE, OVER, Air
from rules._tiles import Rect, Tiles
from studio.rule import LINE_PX

_cv: Any = cv2  # its stubs know neither 8 bits nor scalars

U8 = NDArray[np.uint8]
Ints = NDArray[np.int32]

_SCALE, _SHIFT, _PERSPECTIVE = 2.0**-20, 1 / 256, 2.0**-30

_WHOLE = 6  # tiles from which on it is worth laying down opaque paint by itself
#: sigmas in px by which drawings are blurred: a small set, so that a pull of focus needs few copies
SIGMAS = (0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 28)


@dataclass(frozen=True)
class Sheet:
    """A drawing made ready for composing: its pixels, where they are, whether all are opaque.

    rgba: uint8 premultiplied. box: (left, top, right, bottom) of everything that is not empty.
    margin: px by which it is larger than the drawing on each side, so that a blur has room. factor: how often
    smaller than that it is kept. is_soft: whether it is light that can be laid down at half the size.
    """

    rgba: U8
    box: tuple[int, int, int, int]
    is_opaque: bool
    tiles: Tiles
    margin: int = 0
    factor: int = 1
    is_soft: bool = False

    @property
    def nbytes(self) -> int:
        return int(self.rgba.nbytes)


class Placed(NamedTuple):
    """A row's entry: the key of a sheet in the caller's hands, and the row's numbers for it."""

    name: bytes
    fields: tuple[int, ...]


def _u8(picture: Any) -> U8:
    """What OpenCV gave, with its type."""
    out: U8 = picture
    return out


def sheet_of(rgba: U8, margin: int = 0, factor: int = 1) -> Sheet:
    """Look at a drawing once."""
    is_light = rgba[..., 3].max() == 0  # it has colour and no alpha
    covered = rgba.max(2) if is_light else rgba[..., 3]
    rows, columns = np.flatnonzero(covered.max(1)), np.flatnonzero(covered.max(0))
    tiles = _tiles.tiles_of(rgba, covered)
    if not len(rows):
        return Sheet(rgba, (0, 0, 0, 0), False, tiles, margin, factor)
    box = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
    return Sheet(rgba, box, bool(rgba[..., 3].min() == 255), tiles, margin, factor, bool(is_light and _is_soft(rgba)))


def _is_soft(rgba: U8) -> bool:
    """Whether half the size says as much, but for what nobody sees."""
    height, width = rgba.shape[:2]
    half = _cv.resize(rgba, (max(1, width // 2), max(1, height // 2)), interpolation=_cv.INTER_AREA)
    whole = _cv.resize(half, (width, height), interpolation=_cv.INTER_LINEAR)
    return int(_cv.absdiff(rgba, whole).max()) <= 4


def blurred(sheet: Sheet, sigma: float) -> Sheet:
    """A sheet out of focus, as small as the blur allows; its edge is carried on into the margin that it gets."""
    if sigma < 0.3:
        return sheet
    if sigma >= _ground_focus.LYING:
        return sheet_of(_ground_blur.blurred(sheet.rgba, int(sigma)))
    factor = 1 if sigma < 2 else 2 if sigma < 6 else 4 if sigma < 14 else 8
    margin = -(-int(3 * sigma) // factor) * factor if not sheet.is_opaque else 0
    height, width = sheet.rgba.shape[:2]
    beyond = margin + -width % factor, margin + -height % factor  # whole pixels of the small one
    rgba = _cv.copyMakeBorder(sheet.rgba, margin, beyond[1], margin, beyond[0], _cv.BORDER_REPLICATE)
    if factor > 1:
        size = (rgba.shape[1] // factor, rgba.shape[0] // factor)
        rgba = _cv.resize(rgba, size, interpolation=_cv.INTER_AREA)
        # what the small one's own pixels blur is taken off
        sigma = max(0.45, (sigma**2 - 0.5 * factor**2) ** 0.5)
    return sheet_of(_cv.GaussianBlur(rgba, (0, 0), sigma / factor, borderType=_cv.BORDER_REPLICATE), margin, factor)


def halved(sheet: Sheet) -> Sheet:
    """Half the size, by the mean of two by two pixels."""
    height, width = sheet.rgba.shape[:2]
    size = (max(1, width // 2), max(1, height // 2))
    return sheet_of(_cv.resize(sheet.rgba, size, interpolation=_cv.INTER_AREA))


@dataclass(frozen=True)
class _Layer:
    """A row's entry, ready to be laid down. matrix: from the sheet's pixels to the picture's; box: of the picture."""

    placed: Placed
    sheet: Sheet
    matrix: NDArray[np.float64]
    box: Rect

    @property
    def blend(self) -> int:
        return self.placed.fields[9]

    @property
    def is_large(self) -> bool:
        """Whether it is worth finding out what it hides and where it is empty."""
        return (self.box[2] - self.box[0]) * (self.box[3] - self.box[1]) >= 24 * _tiles.PICTURE**2


#: a rectangle of the picture, and whether a drawing fills it with opaque paint
Piece = tuple[Rect, bool]
Get = Callable[[bytes, int, int], Sheet]


class Table:
    """Composes rows of one picture size. Remembers the lower drawings of the last frame while they stay
    the same: what it makes does not depend on what it remembers.

    get(name, halvings, sigma): the sheet of a drawing, that often halved, then blurred by sigma px.
    """

    def __init__(self, width: int, height: int, get: Get, air: Air | None = None) -> None:
        self.width, self.height, self._get, self._air = width, height, get, air or Air()
        self._canvas = np.empty((height, width, 4), np.uint8)
        self._last: list[tuple[Placed, list[Piece]]] = []
        self._kept: tuple[list[tuple[Placed, list[Piece]]], U8] | None = None

    def compose(self, row: Sequence[Placed]) -> U8:
        """RGB uint8 (height, width, 3)."""
        layers = [layer for placed in row if (layer := self._ready(placed)) is not None]
        steps = [(layer.placed, rects) for layer, rects in zip(layers, self._visible(layers), strict=True)]
        groups = _groups(layers)
        common = 0
        while common < min(len(steps), len(self._last)) and steps[common] == self._last[common]:
            common += 1
        common = max((start for start, _ in groups if start <= common), default=0)
        self._last = steps
        done, canvas = 0, self._canvas
        canvas.fill(0)
        if self._kept is not None and steps[: len(self._kept[0])] == self._kept[0]:
            count = len(self._kept[0])
            if count == len(layers) or any(start == count for start, _ in groups):  # no figure is half there
                done = count
                np.copyto(canvas, self._kept[1])
        for start, stop in groups:
            if start == common and common > done:
                self._kept = steps[:common], canvas.copy()
            if start >= done:
                group = [(layers[n], steps[n][1]) for n in range(start, stop)]
                if not start and layers[0].blend == OVER and layers[0].placed.fields[8] == 255:
                    # there is nothing under the first to mix it with
                    group = [(layer, [(rect, True) for rect, _ in pieces]) for layer, pieces in group]
                self._lay_group(canvas, group)
        return _u8(_cv.cvtColor(canvas, _cv.COLOR_RGBA2RGB))

    def _lay_group(self, canvas: U8, group: Sequence[tuple[_Layer, list[Piece]]]) -> None:
        """Lay down one drawing, or all of a figure, over whose edge the light behind it bleeds."""
        blend = group[0][0].blend
        if blend >= AIR:
            self._scatter(canvas, group[0][0])
            return
        box = _around([layer.box for layer, _ in group])
        is_wrapped = blend >= FIGURE and box[3] - box[1] >= max(self.height // 8, 16) and box[2] - box[0] >= 16
        if is_wrapped:  # whole quarters, which are made fast
            box = box[0], box[1], box[2] - (box[2] - box[0]) % 4, box[3] - (box[3] - box[1]) % 4
        here, through = canvas[box[1] : box[3], box[0] : box[2]], None
        if is_wrapped:
            light = _wrap.behind(here, self.height)
            through = np.full(here.shape[:2], 255, np.uint8)
        for layer, rects in group:
            for rect, is_full in rects:
                _lay(canvas, layer, rect, is_full, (through, box) if through is not None else None)
        if through is not None:
            _wrap.wrap(here, light, through, self.height)

    def _scatter(self, canvas: U8, layer: _Layer) -> None:
        """Lay down a plane of weather."""
        number, plane = divmod(layer.blend - AIR, _flying.PLANES)
        fall = self._air.weather[number]
        kind, size = _flying.KINDS[fall.kind], _flying.cell(fall.kind, fall.wind, plane)
        cell = size[0] * self.height, size[1] * self.height
        sheet = _scatter.Sheet(layer.sheet.rgba, kind.cells, cell, LINE_PX, kind.is_light)
        flight = _weather.flight(fall, plane, layer.placed.fields[11])
        _scatter.scatter(canvas, sheet, layer.matrix, flight, self.height)

    def _ready(self, placed: Placed) -> _Layer | None:
        _, a, b, tx, c, d, ty, p, _, blend, blur, _ = placed.fields
        matrix = np.array(
            [[a * _SCALE, b * _SCALE, tx * _SHIFT], [c * _SCALE, d * _SCALE, ty * _SHIFT], [0, p * _PERSPECTIVE, 1]]
        )
        if blend >= AIR:
            return _Layer(placed, self._get(placed.name, 0, 0), matrix, (0, 0, self.width, self.height))
        shrink = float(np.hypot(matrix[0, 0], matrix[1, 0]))
        halvings = 0
        while shrink < 0.5 and halvings < 6:
            matrix[:, 0] *= 2
            matrix[:, 1] *= 2
            # halving moves pixel centres by half a pixel of the large drawing
            matrix[:, 2] += 0.25 * (matrix[:, 0] + matrix[:, 1])
            shrink, halvings = shrink * 2, halvings + 1
        wanted = blur / max(shrink, 0.05)
        is_lying = blur >= _ground_focus.LYING
        sigma = _ground_focus.halved(blur, halvings) if is_lying else min(SIGMAS, key=lambda s: abs(s - wanted))
        sheet = self._get(placed.name, halvings, sigma)
        # pixel i of a small sheet covers factor px from factor i on, less the margin
        matrix[:, 2] += ((sheet.factor - 1) / 2 - sheet.margin) * (matrix[:, 0] + matrix[:, 1])
        matrix[:, :2] *= sheet.factor
        box = _lands(matrix, sheet.box, self.width, self.height)
        return _Layer(placed, sheet, matrix, box) if box is not None else None

    def _visible(self, layers: Sequence[_Layer]) -> list[list[Piece]]:
        """For each layer the rectangles of the picture in which it is neither empty nor hidden by opaque paint.

        Only large drawings hide others: plates stand still where the camera does, so that what they hide
        stays the same and the layers below can be remembered.
        """
        across, down = -(-self.width // _tiles.PICTURE), -(-self.height // _tiles.PICTURE)
        hidden = np.zeros((down, across), np.bool_)
        found: list[list[Piece]] = []
        for layer in reversed(layers):
            if not layer.is_large or layer.blend >= AIR:
                found.append([(layer.box, False)])
                continue
            full, some = _tiles.seen(layer.sheet.tiles, layer.matrix, self.width, self.height)
            some &= ~hidden
            if layer.placed.fields[8] == 255 and layer.blend != ADD:
                whole = _tiles.rectangles(full & some, _WHOLE)
                for x0, y0, x1, y1 in whole:
                    some[y0:y1, x0:x1] = False
                pieces = [(rect, True) for rect in _tiles.pixels(whole, self.width, self.height)]
                if layer.blend == OVER:
                    hidden |= full
            else:
                pieces = []
            mixed = _tiles.pixels(_tiles.rectangles(some), self.width, self.height)
            found.append([*pieces, *((rect, False) for rect in mixed)])
        return found[::-1]


def _groups(layers: Sequence[_Layer]) -> list[tuple[int, int]]:
    """(first, last + 1) of what is laid down together: the drawings of a figure, anything else alone."""
    found: list[tuple[int, int]] = []
    for number, layer in enumerate(layers):
        if found and FIGURE <= layer.blend < AIR and layer.blend == layers[number - 1].blend:
            found[-1] = (found[-1][0], number + 1)
        else:
            found.append((number, number + 1))
    return found


def _around(boxes: Sequence[Rect]) -> Rect:
    """The smallest box around some boxes."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _lay(canvas: U8, layer: _Layer, rect: Rect, is_full: bool, covering: tuple[U8, Rect] | None = None) -> None:
    """Put a layer onto a rectangle of the canvas. is_full: it is opaque all over there. covering: what the layers
    of its figure still let through, and where in the picture that is."""
    opacity, blend = layer.placed.fields[8], layer.blend
    x0, y0, x1, y1 = (
        max(rect[0], layer.box[0]),
        max(rect[1], layer.box[1]),
        min(rect[2], layer.box[2]),
        min(rect[3], layer.box[3]),
    )
    if x1 <= x0 or y1 <= y0:
        return
    target = canvas[y0:y1, x0:x1]
    through: U8 | None = None
    if is_full:
        _warped(layer, (x0, y0, x1, y1), target)
        through = np.zeros(target.shape[:2], np.uint8)
    elif blend == ADD:
        source = _shone(layer, (x0, y0, x1, y1)) if layer.sheet.is_soft else _warped(layer, (x0, y0, x1, y1))
        _cv.add(target, _dimmed(source, opacity), dst=target)
        return
    else:
        source = _dimmed(_warped(layer, (x0, y0, x1, y1)), opacity)
        through = _cv.bitwise_not(_cv.extractChannel(source, 3))
        _cv.multiply(target, _cv.merge([through] * 4), dst=target, scale=1 / 255)
        _cv.add(target, source, dst=target)
    if covering is not None and through is not None:
        still, (left, top, _, _) = covering
        part = still[y0 - top : y1 - top, x0 - left : x1 - left]
        if part.size:
            through = np.ascontiguousarray(through[: part.shape[0], : part.shape[1]])
            _cv.multiply(part, through, dst=part, scale=1 / 255)


def _dimmed(source: U8, opacity: int) -> U8:
    return source if opacity == 255 else _u8(_cv.convertScaleAbs(source, alpha=opacity / 255))


def _shone(layer: _Layer, rect: Rect) -> U8:
    """Soft light that lands in a rectangle, warped at half the size: a quarter of the work."""
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    half = np.array([[0.5, 0, -0.25 - rect[0] / 2], [0, 0.5, -0.25 - rect[1] / 2], [0, 0, 1]])
    matrix = np.zeros((3, 3))
    for row in range(3):  # a sum of products, not `@`
        matrix[row] = sum(half[row, k] * layer.matrix[k] for k in range(3))
    small = _through(layer, matrix, (-(-width // 2), -(-height // 2)))
    large = _cv.resize(small, (2 * small.shape[1], 2 * small.shape[0]), interpolation=_cv.INTER_LINEAR)
    return _u8(large[:height, :width])


def _warped(layer: _Layer, rect: Rect, into: U8 | None = None) -> U8:
    """The part of a layer that lands in a rectangle of the picture; into: where it goes."""
    moved = layer.matrix.copy()
    moved[0] -= rect[0] * moved[2]
    moved[1] -= rect[1] * moved[2]
    return _through(layer, moved, (rect[2] - rect[0], rect[3] - rect[1]), into)


def _through(layer: _Layer, matrix: NDArray[np.float64], size: tuple[int, int], into: U8 | None = None) -> U8:
    """A layer's sheet through a matrix to a picture of some size."""
    sheet = layer.sheet
    left, top, right, bottom = sheet.box
    moved = matrix.copy()
    moved[:, 2] += moved[:, 0] * left + moved[:, 1] * top  # the sheet's box becomes the origin
    cut = sheet.rgba[top:bottom, left:right]
    # an upright opaque plate fills its rectangle: it has no edge to show
    is_upright = not (moved[0, 1] or moved[1, 0] or moved[2, 1])
    border = _cv.BORDER_REPLICATE if sheet.is_opaque and is_upright else _cv.BORDER_CONSTANT
    how = {"flags": _cv.INTER_LINEAR, "borderMode": border}
    if layer.placed.fields[7]:
        out = _cv.warpPerspective(cut, moved, size, dst=into, **how)
    else:
        out = _cv.warpAffine(cut, moved[:2], size, dst=into, **how)
    if into is not None and not np.shares_memory(out, into):
        into[:] = out
    return _u8(out)


def _lands(
    matrix: NDArray[np.float64], box: tuple[int, int, int, int], width: int, height: int
) -> tuple[int, int, int, int] | None:
    """The box of the picture that a box of a drawing covers, or None."""
    left, top, right, bottom = box
    if right <= left or bottom <= top:
        return None
    columns, rows = [], []
    for i in (left - 1, right):
        for j in (top - 1, bottom):
            depth = max(matrix[2, 1] * j + matrix[2, 2], 1e-3)
            columns.append((matrix[0, 0] * i + matrix[0, 1] * j + matrix[0, 2]) / depth)
            rows.append((matrix[1, 0] * i + matrix[1, 1] * j + matrix[1, 2]) / depth)
    x0, x1 = max(0, int(np.floor(min(columns)))), min(width, int(np.ceil(max(columns))) + 1)
    y0, y1 = max(0, int(np.floor(min(rows)))), min(height, int(np.ceil(max(rows))) + 1)
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None

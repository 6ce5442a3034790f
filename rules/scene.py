"""A scene: drawings laid over one another through the multiplane camera, with what is in the air between them.

Everything here works on whole pictures and integers from the rows, so that equal rows give equal
pixels. What a row's numbers mean stands in `studio.timeline`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _flying, _ground_blur, _ground_focus, _laying, _scatter, _softness, _tiles, _weather, _wrap
from rules._atmosphere import ADD, AIR, FIGURE, OVER, Air
from rules._laying import Source
from rules._tiles import Rect, Tiles
from studio.rule import LINE_PX

_cv: Any = cv2  # its stubs know neither 8 bits nor scalars

U8 = NDArray[np.uint8]
Ints = NDArray[np.int32]

_SCALE, _SHIFT, _PERSPECTIVE = 2.0**-20, 1 / 256, 2.0**-30

_BLACK = np.array([0, 0, 0, 255], np.uint8).view(np.uint32)  # a pixel as one word
_BAND = 128  # px, some times as high as tiles are
_MOST_STAMPS = 16  # sheets of weather at a size that are kept
_LARGE = 100_000  # px of the picture from which on it is worth finding out what a drawing hides
#: sigmas in px by which drawings are blurred: a small set, so that a pull of focus needs few copies
SIGMAS = (0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 28)


@dataclass(frozen=True)
class Sheet:
    """A drawing made ready for composing: its pixels, where they are, whether all are opaque.

    rgba: uint8 premultiplied. box: (left, top, right, bottom) of everything that is not empty.
    margin: px by which it is larger than the drawing on each side, so that a blur has room. factor: how often
    smaller than that it is kept.
    """

    rgba: U8
    box: tuple[int, int, int, int]
    is_opaque: bool
    tiles: Tiles
    margin: int = 0
    factor: int = 1

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
    alpha = _u8(_cv.extractChannel(rgba, 3))
    covered = alpha if alpha.any() else rgba.max(2)  # light has colour and no alpha
    rows, columns = np.flatnonzero(covered.max(1)), np.flatnonzero(covered.max(0))
    tiles = _tiles.tiles_of(alpha, covered)
    if not len(rows):
        return Sheet(rgba, (0, 0, 0, 0), False, tiles, margin, factor)
    box = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
    return Sheet(rgba, box, bool(alpha.min() == 255), tiles, margin, factor)


def soft_sheet_of(rgba: U8) -> Sheet:
    """The same of a drawing as it was minted: kept as small as says as much, but for what nobody sees."""
    factor = _softness.factor_of(rgba)
    return sheet_of(_softness.smaller(rgba, factor), 0, factor)


def _whole(sheet: Sheet) -> U8:
    """A sheet's pixels at its drawing's size."""
    if sheet.factor == 1:
        return sheet.rgba
    size = sheet.rgba.shape[1] * sheet.factor, sheet.rgba.shape[0] * sheet.factor
    return _u8(_cv.resize(sheet.rgba, size, interpolation=_cv.INTER_LINEAR))


def blurred(sheet: Sheet, sigma: float) -> Sheet:
    """A sheet out of focus, as small as the blur allows; its edge is carried on into the margin that it gets."""
    if sigma < 0.3:
        return sheet
    if sigma >= _ground_focus.LYING:
        return soft_sheet_of(_ground_blur.blurred(_whole(sheet), int(sigma)))  # lines count rows of the drawing
    if sheet.factor > 1:
        small = blurred(replace(sheet, factor=1), sigma / sheet.factor)
        return replace(small, factor=small.factor * sheet.factor, margin=small.margin * sheet.factor)
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
    if sheet.factor > 1:
        return replace(sheet, factor=sheet.factor // 2)
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
        return (self.box[2] - self.box[0]) * (self.box[3] - self.box[1]) >= _LARGE

    @property
    def is_solid(self) -> bool:
        """Whether it is opaque paint all over its box."""
        has_edge = _laying.has_edge(self.sheet.is_opaque, self.matrix)
        return not has_edge and self.blend == OVER and self.placed.fields[8] == 255

    def source(self) -> Source:
        """What is laid down of it."""
        sheet, is_light = self.sheet, self.blend == ADD
        plain = _laying.source_of(sheet.rgba, sheet.box, self.matrix, sheet.is_opaque)
        return plain._replace(opacity=self.placed.fields[8], is_light=is_light, soft=sheet.factor if is_light else 1)

    def touched(self, width: int) -> Rect:
        """The box of the picture that may be changed, wider where that is faster and nothing shows there."""
        has_edge = _laying.has_edge(self.sheet.is_opaque, self.matrix)
        return _laying.steps(self.box, width) if has_edge else self.box

    def bands(self, width: int) -> list[Rect]:
        """Few rectangles, one below the other, in which lies all of it."""
        if self.sheet.is_opaque or not _tiles.is_upright(self.matrix):
            return [self.touched(width)]
        landed = _tiles.landing(self.sheet.tiles.bands, self.matrix, self.box)
        return [_laying.steps(band, width) for band in landed]


Rows = list[tuple[float, float, float]]  #: a matrix
#: a rectangle of the picture, and whether a drawing fills it with opaque paint
Piece = tuple[Rect, bool]
_Pending = list[tuple[Source, list[Piece]]]
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
        self._stamps: dict[tuple[bytes, int, float], _scatter.Stamps] = {}

    def compose(self, row: Sequence[Placed]) -> U8:
        """RGB uint8 (height, width, 3)."""
        return _u8(_cv.cvtColor(self.composed(row), _cv.COLOR_RGBA2RGB))

    def composed(self, row: Sequence[Placed]) -> U8:
        """The same with an alpha of 255; good until the next is composed."""
        layers = [layer for placed in row if (layer := self._ready(placed)) is not None]
        visible, filled = self._visible(layers)
        if layers and layers[0].is_solid:
            visible[0] = [(rect, True) for rect, _ in visible[0]]
        steps = [(layer.placed, pieces) for layer, pieces in zip(layers, visible, strict=True)]
        groups = _groups(layers)
        common = 0
        while common < min(len(steps), len(self._last)) and steps[common] == self._last[common]:
            common += 1
        common = max((start for start, _ in groups if start <= common), default=0)
        self._last = steps
        done, canvas = 0, self._canvas
        if self._kept is not None and steps[: len(self._kept[0])] == self._kept[0]:
            count = len(self._kept[0])
            if count == len(layers) or any(start == count for start, _ in groups):  # no figure is half there
                done = count
                np.copyto(canvas, self._kept[1])
        if not done:
            self._clear(filled if not common else np.zeros_like(filled))  # what is kept has no other paint in it
        pending = _Pending()
        for start, stop in groups:
            if start == common and common > done:
                self._lay_bands(pending)
                pending = _Pending()
                self._kept = steps[:common], canvas.copy()
            if start < done:
                continue
            figure = self._figure(layers[start:stop])
            if figure is None and layers[start].blend < AIR:
                pending += [(layers[n].source(), steps[n][1]) for n in range(start, stop)]
                continue
            self._lay_bands(pending)
            pending = _Pending()
            if figure is None:
                self._scatter(canvas, layers[start])
            else:
                self._lay_figure(canvas, [(layers[n].source(), steps[n][1]) for n in range(start, stop)], figure)
        self._lay_bands(pending)
        return canvas

    def _clear(self, filled: NDArray[np.bool_]) -> None:
        """Begin with opaque black, but for rows of tiles that will be filled."""
        words = self._canvas.view(np.uint32)
        for n in np.flatnonzero(~filled).tolist():
            words[n * _tiles.PICTURE : (n + 1) * _tiles.PICTURE] = _BLACK

    def _lay_bands(self, pending: _Pending) -> None:
        """Lay drawings down band by band of the picture, all of them while a band is in the processor's cache."""
        bands: list[list[tuple[Source, Rect, bool]]] = [[] for _ in range(-(-self.height // _BAND))]
        for source, pieces in pending:
            for rect, is_full in pieces:
                x0, y0, x1, y1 = rect
                first, last = y0 // _BAND, (y1 - 1) // _BAND
                if first == last:
                    bands[first].append((source, rect, is_full))
                    continue
                for n in range(first, last + 1):
                    part = x0, max(y0, n * _BAND), x1, min(y1, (n + 1) * _BAND)
                    bands[n].append((source, part, is_full))
        for band in bands:
            for source, rect, is_full in band:
                _laying.lay(self._canvas, source, rect, is_full)

    def _figure(self, layers: Sequence[_Layer]) -> Rect | None:
        """The box of the drawings of a figure that light bleeds over, in whole quarters, which are made fast."""
        x0, y0, x1, y1 = _around([layer.box for layer in layers])
        if not FIGURE <= layers[0].blend < AIR or y1 - y0 < max(self.height // 8, 16) or x1 - x0 < 16:
            return None
        return x0, y0, x1 - (x1 - x0) % 4, y1 - (y1 - y0) % 4

    def _lay_figure(self, canvas: U8, group: _Pending, box: Rect) -> None:
        """Lay down all drawings of a figure, over whose edge the light behind it bleeds."""
        here = canvas[box[1] : box[3], box[0] : box[2]]
        light = _wrap.behind(here, self.height)
        through = np.full(here.shape[:2], 255, np.uint8)
        for source, pieces in group:
            _laying.fetch(source)
            for rect, is_full in pieces:
                _laying.lay(canvas, source, rect, is_full, (through, box))
        _wrap.wrap(here, light, through, self.height)

    def _scatter(self, canvas: U8, layer: _Layer) -> None:
        """Lay down a plane of weather."""
        number, plane = divmod(layer.blend - AIR, _flying.PLANES)
        fall = self._air.weather[number]
        kind, size = _flying.KINDS[fall.kind], _flying.cell(fall.kind, fall.wind, plane)
        cell = size[0] * self.height, size[1] * self.height
        name = layer.placed.name, layer.blend, _scatter.growth(layer.matrix)
        if name not in self._stamps:
            sheet = _scatter.Sheet(_whole(layer.sheet), kind.cells, cell, LINE_PX, kind.is_light)
            self._stamps[name] = _scatter.stamps_of(sheet, name[2])
            if len(self._stamps) > _MOST_STAMPS:
                del self._stamps[next(iter(self._stamps))]
        flight = _weather.flight(fall, plane, layer.placed.fields[11])
        _scatter.scatter(canvas, self._stamps[name], layer.matrix, flight, self.height)

    def _ready(self, placed: Placed) -> _Layer | None:
        _, a, b, tx, c, d, ty, p, _, blend, blur, _ = placed.fields
        # numbers of Python's: the matrices are too small for numpy
        rows = [(a * _SCALE, b * _SCALE, tx * _SHIFT), (c * _SCALE, d * _SCALE, ty * _SHIFT)]
        rows.append((0.0, p * _PERSPECTIVE, 1.0))
        if blend >= AIR:
            return _Layer(placed, self._get(placed.name, 0, 0), np.array(rows), (0, 0, self.width, self.height))
        shrink = math.hypot(rows[0][0], rows[1][0])
        halvings = 0
        while shrink < 0.5 and halvings < 6:
            # halving moves pixel centres by half a pixel of the large drawing
            rows = _scaled(rows, 2, 0.5)
            shrink, halvings = shrink * 2, halvings + 1
        sheet = self._get(placed.name, halvings, _ground_focus.of_sheet(blur, shrink, halvings, SIGMAS))
        # pixel i of a small sheet covers factor px from factor i on, less the margin
        rows = _scaled(rows, sheet.factor, (sheet.factor - 1) / 2 - sheet.margin)
        box = _lands(rows, sheet.box, self.width, self.height)
        return _Layer(placed, sheet, np.array(rows), box) if box is not None else None

    def _visible(self, layers: Sequence[_Layer]) -> tuple[list[list[Piece]], NDArray[np.bool_]]:
        """For each layer the rectangles of the picture in which it is neither empty nor hidden by opaque paint, and
        by rows of tiles whether they are filled by opaque paint.

        Only large drawings hide others: plates stand still where the camera does, so that what they hide
        stays the same and the layers below can be remembered.
        """
        across, down = -(-self.width // _tiles.PICTURE), -(-self.height // _tiles.PICTURE)
        hidden = np.zeros((down, across), np.bool_)
        found: list[list[Piece]] = []
        for layer in reversed(layers):
            if layer.blend >= AIR:
                found.append([(layer.box, False)])
            elif layer.is_large:
                found.append(self._tiled(layer, hidden))
            else:
                found.append([(band, False) for band in layer.bands(self.width)])
        return found[::-1], np.asarray(hidden.all(1))

    def _tiled(self, layer: _Layer, hidden: NDArray[np.bool_]) -> list[Piece]:
        """Of a large drawing; adds to the tiles that are hidden those that it fills."""
        full, some = _tiles.seen(layer.sheet.tiles, layer.matrix, self.width, self.height)
        some &= ~hidden
        if layer.blend == ADD:
            lit = _tiles.pixels(_tiles.broad(some, _BAND), self.width, self.height)
            return [(cut, False) for rect in lit if (cut := _within(rect, layer.touched(self.width))) is not None]
        is_opaque = layer.placed.fields[8] == 255
        whole, mixed = _tiles.rectangles(some, full if is_opaque else np.zeros_like(full))
        if is_opaque and layer.blend == OVER:
            hidden |= full
        pieces = [(rect, True) for rect in _tiles.pixels(whole, self.width, self.height)]
        pieces += [(rect, False) for rect in _tiles.pixels(mixed, self.width, self.height)]
        touched = layer.touched(self.width)
        return [(cut, is_full) for rect, is_full in pieces if (cut := _within(rect, touched)) is not None]


def _within(rect: Rect, box: Rect) -> Rect | None:
    if rect[0] >= box[0] and rect[1] >= box[1] and rect[2] <= box[2] and rect[3] <= box[3]:
        return rect
    x0, y0, x1, y1 = max(rect[0], box[0]), max(rect[1], box[1]), min(rect[2], box[2]), min(rect[3], box[3])
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def _scaled(rows: Rows, factor: int, shift: float) -> Rows:
    """A matrix for a sheet that is so often smaller, and whose first pixel lies elsewhere."""
    return [(x * factor, y * factor, at + shift * (x + y)) for x, y, at in rows]


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


def _lands(rows: Rows, box: Rect, width: int, height: int) -> Rect | None:
    """The box of the picture that a box of a drawing covers, or None."""
    left, top, right, bottom = box
    if right <= left or bottom <= top:
        return None
    (a, b, tx), (c, d, ty), (_, p, far) = rows
    corners = [(i, j, max(p * j + far, 1e-3)) for j in (top - 1, bottom) for i in (left - 1, right)]
    columns = [(a * i + b * j + tx) / depth for i, j, depth in corners]
    lines = [(c * i + d * j + ty) / depth for i, j, depth in corners]
    x0, x1 = max(0, math.floor(min(columns))), min(width, math.ceil(max(columns)) + 1)
    y0, y1 = max(0, math.floor(min(lines))), min(height, math.ceil(max(lines)) + 1)
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None

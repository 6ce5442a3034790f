"""A scene: drawings laid over one another through the multiplane camera, graded, and moved from shot to shot.

Everything here works on whole pictures and integers from the rows, so that equal rows give equal
pixels. What a row's numbers mean stands in `studio.timeline`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _tiles
from rules._tiles import Rect, Tiles

_cv: Any = cv2  # its stubs know neither 8 bits nor scalars

U8 = NDArray[np.uint8]
Ints = NDArray[np.int32]

_SCALE, _SHIFT, _PERSPECTIVE = 2.0**-20, 1 / 256, 2.0**-30


@dataclass(frozen=True)
class Sheet:
    """A drawing made ready for composing: its pixels, where they are, whether all are opaque.

    rgba: uint8 premultiplied. box: (left, top, right, bottom) of everything that is not empty.
    """

    rgba: U8
    box: tuple[int, int, int, int]
    is_opaque: bool
    tiles: Tiles

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


def sheet_of(rgba: U8) -> Sheet:
    """Look at a drawing once."""
    covered = rgba.max(2) if rgba[..., 3].max() == 0 else rgba[..., 3]  # light has colour and no alpha
    rows, columns = np.flatnonzero(covered.max(1)), np.flatnonzero(covered.max(0))
    tiles = _tiles.tiles_of(rgba, covered)
    if not len(rows):
        return Sheet(rgba, (0, 0, 0, 0), False, tiles)
    box = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
    return Sheet(rgba, box, bool(rgba[..., 3].min() == 255), tiles)


def blurred(sheet: Sheet, sigma: float) -> Sheet:
    """A sheet out of focus; it keeps its size, and its edge row is carried on."""
    if sigma < 0.3:
        return sheet
    rgba = sheet.rgba
    factor = 1 if sigma < 3 else 2 if sigma < 8 else 4
    height, width = rgba.shape[:2]
    small = (
        rgba
        if factor == 1
        else _cv.resize(rgba, (max(1, width // factor), max(1, height // factor)), interpolation=_cv.INTER_AREA)
    )
    small = _cv.GaussianBlur(small, (0, 0), sigma / factor, borderType=_cv.BORDER_REPLICATE)
    return sheet_of(small if factor == 1 else _cv.resize(small, (width, height), interpolation=_cv.INTER_LINEAR))


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
    def is_large(self) -> bool:
        """Whether it is worth finding out what it hides and where it is empty."""
        return (self.box[2] - self.box[0]) * (self.box[3] - self.box[1]) >= 24 * _tiles.PICTURE**2


class Table:
    """Composes rows of one picture size. Remembers the lower drawings of the last frame while they stay
    the same: what it makes does not depend on what it remembers.

    get(name, halvings, sigma): the sheet of a drawing, that often halved, then blurred by sigma px.
    """

    def __init__(self, width: int, height: int, get: Callable[[bytes, int, int], Sheet]) -> None:
        self.width, self.height, self._get = width, height, get
        self._last: list[tuple[Placed, list[Rect]]] = []
        self._kept: tuple[list[tuple[Placed, list[Rect]]], U8] | None = None

    def compose(self, row: Sequence[Placed]) -> U8:
        """RGB uint8 (height, width, 3)."""
        layers = [layer for placed in row if (layer := self._ready(placed)) is not None]
        steps = [(layer.placed, rects) for layer, rects in zip(layers, self._visible(layers), strict=True)]
        common = 0
        while common < min(len(steps), len(self._last)) and steps[common] == self._last[common]:
            common += 1
        self._last = steps
        done, canvas = 0, np.zeros((self.height, self.width, 4), np.uint8)
        if self._kept is not None and steps[: len(self._kept[0])] == self._kept[0]:
            done = len(self._kept[0])
            np.copyto(canvas, self._kept[1])
        for number, (layer, (_, rects)) in enumerate(zip(layers, steps, strict=True)):
            if number == common and common > done:
                self._kept = steps[:common], canvas.copy()
            if number >= done:
                for rect in rects:
                    _lay(canvas, layer, rect, is_first=number == 0)
        return _u8(_cv.cvtColor(canvas, _cv.COLOR_RGBA2RGB))

    def _ready(self, placed: Placed) -> _Layer | None:
        _, a, b, tx, c, d, ty, p, _, _, blur = placed.fields
        matrix = np.array(
            [[a * _SCALE, b * _SCALE, tx * _SHIFT], [c * _SCALE, d * _SCALE, ty * _SHIFT], [0, p * _PERSPECTIVE, 1]]
        )
        shrink = float(np.hypot(matrix[0, 0], matrix[1, 0]))
        halvings = 0
        while shrink < 0.5 and halvings < 6:
            matrix[:, 0] *= 2
            matrix[:, 1] *= 2
            # halving moves pixel centres by half a pixel of the large drawing
            matrix[:, 2] += 0.25 * (matrix[:, 0] + matrix[:, 1])
            shrink, halvings = shrink * 2, halvings + 1
        sheet = self._get(placed.name, halvings, round(blur / max(shrink, 0.05)) if blur else 0)
        box = _lands(matrix, sheet.box, self.width, self.height)
        return _Layer(placed, sheet, matrix, box) if box is not None else None

    def _visible(self, layers: Sequence[_Layer]) -> list[list[Rect]]:
        """For each layer the rectangles of the picture in which it is neither empty nor hidden by opaque paint.

        Only large drawings hide others: plates stand still where the camera does, so that what they hide
        stays the same and the layers below can be remembered.
        """
        across, down = -(-self.width // _tiles.PICTURE), -(-self.height // _tiles.PICTURE)
        hidden = np.zeros((down, across), np.bool_)
        found: list[list[Rect]] = []
        for layer in reversed(layers):
            if not layer.is_large:
                found.append([layer.box])
                continue
            full, some = _tiles.seen(layer.sheet.tiles, layer.matrix, self.width, self.height)
            found.append(_tiles.rectangles(some & ~hidden, self.width, self.height))
            if layer.placed.fields[8] == 255 and not layer.placed.fields[9]:
                hidden |= full
        return found[::-1]


def _lay(canvas: U8, layer: _Layer, rect: Rect, is_first: bool) -> None:
    """Put a layer onto a rectangle of the canvas."""
    opacity, emit = layer.placed.fields[8], layer.placed.fields[9]
    x0, y0, x1, y1 = (
        max(rect[0], layer.box[0]),
        max(rect[1], layer.box[1]),
        min(rect[2], layer.box[2]),
        min(rect[3], layer.box[3]),
    )
    if x1 <= x0 or y1 <= y0:
        return
    source = _warped(layer, (x0, y0, x1, y1))
    if opacity < 255:
        source = _u8(_cv.convertScaleAbs(source, alpha=opacity / 255))
    target = canvas[y0:y1, x0:x1]
    if emit:
        _cv.add(target, source, dst=target)
    elif is_first and layer.sheet.is_opaque and opacity == 255:
        target[:] = source
    else:
        through = _cv.bitwise_not(_cv.extractChannel(source, 3))
        _cv.multiply(target, _cv.merge([through] * 4), dst=target, scale=1 / 255)
        _cv.add(target, source, dst=target)


def _warped(layer: _Layer, rect: Rect) -> U8:
    """The part of a layer that lands in a rectangle of the picture."""
    sheet = layer.sheet
    left, top, right, bottom = sheet.box
    moved = layer.matrix.copy()
    moved[:, 2] += moved[:, 0] * left + moved[:, 1] * top  # the sheet's box becomes the origin
    moved[0] -= rect[0] * moved[2]
    moved[1] -= rect[1] * moved[2]
    size = (rect[2] - rect[0], rect[3] - rect[1])
    cut = sheet.rgba[top:bottom, left:right]
    # an upright opaque plate fills its rectangle: it has no edge to show
    is_upright = not (moved[0, 1] or moved[1, 0] or moved[2, 1])
    border = _cv.BORDER_REPLICATE if sheet.is_opaque and is_upright else _cv.BORDER_CONSTANT
    if layer.placed.fields[7]:
        return _u8(_cv.warpPerspective(cut, moved, size, flags=_cv.INTER_LINEAR, borderMode=border))
    return _u8(_cv.warpAffine(cut, moved[:2], size, flags=_cv.INTER_LINEAR, borderMode=border))


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


# -- on the finished picture


def graded(rgb: U8, view: tuple[int, int]) -> U8:
    """The film's grade: shadows a little towards blue, lights towards amber, an S-curve, and a vignette
    centred on the subject; view: its place in 1/16 of the picture."""
    height, width = rgb.shape[:2]
    left, top = width - round(width * view[0] / 16), height - round(height * view[1] / 16)
    vignette = _vignette(width, height)[top : top + height, left : left + width]
    # a table a plane: looking three channels up at once takes half as long again
    planes = [_cv.LUT(plane, table) for plane, table in zip(_cv.split(rgb), _curve(), strict=True)]
    return _u8(_cv.merge([_cv.multiply(plane, vignette, scale=1 / 255) for plane in planes]))


@lru_cache(maxsize=1)
def _curve() -> U8:
    """(3, 256): one table a channel."""
    v = np.linspace(0, 1, 256)[:, None]
    shadow, light = np.clip(1 - 2.2 * v, 0, 1), np.clip(1.6 * v - 0.6, 0, 1)
    v = v * (1 - 0.10 * shadow) + np.array([0.10, 0.09, 0.22]) * 0.10 * shadow
    v = v * (1 - 0.08 * light) + np.array([1.0, 0.88, 0.66]) * 0.08 * light
    v = 0.72 * v + 0.28 * v * v * (3 - 2 * v)
    return np.ascontiguousarray(np.rint(np.clip(v, 0, 1) * 255).astype(np.uint8).T)


@lru_cache(maxsize=4)
def _vignette(width: int, height: int) -> U8:
    """Twice the picture's size and a little more, darkest at its corners; a window of it is laid over the picture."""
    y, x = np.mgrid[0 : 2 * height + 1, 0 : 2 * width + 1].astype(np.float32)
    size = max(width, height)
    away = ((x - width) / (0.66 * size)) ** 2 + ((y - height) / (0.55 * size)) ** 2
    return np.asarray(np.rint(255 * (1 - 0.17 * np.clip(away - 0.22, 0, 1))), np.uint8)


def mixed(a: U8, b: U8, weight: float) -> U8:
    """Two pictures, the second with a weight."""
    return _u8(_cv.addWeighted(a, 1 - weight, b, weight, 0))


def faded(rgb: U8, level: int) -> U8:
    """A picture dimmed to level / 255."""
    return rgb if level >= 255 else _cv.convertScaleAbs(rgb, alpha=level / 255)


def irised(rgb: U8, centre: tuple[int, int], radius: int) -> U8:
    """A round mask, px; its edge is soft over a hundredth of the height."""
    height, width = rgb.shape[:2]
    y, x = np.ogrid[0:height, 0:width]
    away = np.sqrt(((x - centre[0]) ** 2 + (y - centre[1]) ** 2).astype(np.float32))
    soft = max(1.0, height / 100)
    mask = np.rint(255 * np.clip((radius - away) / soft + 0.5, 0, 1)).astype(np.uint8)
    return _u8(_cv.multiply(rgb, _cv.merge([mask] * 3), scale=1 / 255))

"""Stamps what flies in the air onto a picture: one small sheet of cells, shown many times."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules._flying import TILE
from rules._weather import Flight

_cv: Any = cv2  # its stubs know no 8 bits

U8 = NDArray[np.uint8]
_SIZES = 32  # a sheet is shown at sizes that are 1/32 apart


class Sheet(NamedTuple):
    """A sheet of cells. cell: px of one, at the size that it was minted in; margin: px before the first."""

    rgba: U8
    cells: int
    cell: tuple[float, float]
    margin: int
    is_light: bool


class _Stamp(NamedTuple):
    rgba: U8
    through: U8  # 255 - alpha, on four channels
    left: float
    top: float


class Stamps(NamedTuple):
    """The cells of a sheet at a size; None for those that are empty. reach: px that one may cover."""

    cells: list[_Stamp | None]
    reach: float
    is_light: bool


def growth(matrix: NDArray[np.float64]) -> float:
    """How large a sheet is shown, on a scale of few sizes. matrix: from the sheet's pixels to the picture's."""
    return max(1, round(float(np.hypot(matrix[0, 0], matrix[1, 0])) * _SIZES)) / _SIZES


def scatter(canvas: U8, stamps: Stamps, matrix: NDArray[np.float64], flight: Flight, unit: float) -> None:
    """Lay a flight over the canvas. matrix: from the sheet's pixels to the picture's; unit: px of the sheet that
    are one picture height."""
    height, width = canvas.shape[:2]
    x, y, cell = _repeated(matrix, flight, unit, (width, height, stamps.reach))
    for left, top, number in zip(x.tolist(), y.tolist(), cell.tolist(), strict=True):
        stamp = stamps.cells[number]
        if stamp is not None:
            _stamp(canvas, stamp, round(left + stamp.left), round(top + stamp.top), stamps.is_light)


def _stamp(canvas: U8, stamp: _Stamp, x: int, y: int, is_light: bool) -> None:
    height, width = canvas.shape[:2]
    tall, wide = stamp.rgba.shape[:2]
    x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + wide, width), min(y + tall, height)
    if x1 <= x0 or y1 <= y0:
        return
    target = canvas[y0:y1, x0:x1]
    part = slice(y0 - y, y1 - y), slice(x0 - x, x1 - x)
    if not is_light:
        _cv.multiply(target, stamp.through[part], dst=target, scale=1 / 255)
    _cv.add(target, stamp.rgba[part], dst=target)


def stamps_of(sheet: Sheet, grown: float) -> Stamps:
    """Each cell so much larger, cut to what is not empty, and where that lies from the cell's middle."""
    found: list[_Stamp | None] = []
    for number in range(sheet.cells):
        left = sheet.margin + round(number * sheet.cell[0])
        right = sheet.margin + round((number + 1) * sheet.cell[0])
        cut = sheet.rgba[sheet.margin : sheet.margin + round(sheet.cell[1]), left:right]
        if cut.size and grown != 1:
            size = max(1, round(cut.shape[1] * grown)), max(1, round(cut.shape[0] * grown))
            how = _cv.INTER_AREA if grown < 1 else _cv.INTER_LINEAR
            cut = _cv.resize(cut, size, interpolation=how)
        rows, columns = np.flatnonzero(cut.any((1, 2))), np.flatnonzero(cut.any((0, 2)))  # none if it is too small
        if not len(rows):
            found.append(None)
            continue
        x0, y0 = int(columns[0]), int(rows[0])
        rgba = np.ascontiguousarray(cut[y0 : rows[-1] + 1, x0 : columns[-1] + 1])
        through = np.repeat(255 - rgba[..., 3:], 4, axis=2)
        found.append(_Stamp(rgba, through, x0 - cut.shape[1] / 2, y0 - cut.shape[0] / 2))
    return Stamps(found, max(sheet.cell) * grown + 2, sheet.is_light)


def _repeated(
    matrix: NDArray[np.float64], flight: Flight, unit: float, picture: tuple[int, int, float]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int32]]:
    """Columns, rows and cells of everything that meets the picture: the stretch that flies comes again all over."""
    width, height, reach = picture
    a, b, tx, c, d, ty = matrix[:2].ravel().tolist()
    whole = a * d - b * c
    corners = [(x - tx, y - ty) for x in (-reach, width + reach) for y in (-reach, height + reach)]
    across = [(d * x - b * y) / whole / unit for x, y in corners]
    down = [(a * y - c * x) / whole / unit for x, y in corners]
    columns = np.arange(np.floor(min(across) / TILE[0]), np.floor(max(across) / TILE[0]) + 1)
    rows = np.arange(np.floor(min(down) / TILE[1]), np.floor(max(down) / TILE[1]) + 1)
    u = (flight.x[:, None, None] + TILE[0] * columns[None, :, None] + 0 * rows[None, None, :]).ravel() * unit
    v = (flight.y[:, None, None] + 0 * columns[None, :, None] + TILE[1] * rows[None, None, :]).ravel() * unit
    cell = np.repeat(flight.cell, len(columns) * len(rows))
    x, y = a * u + b * v + tx, c * u + d * v + ty
    here = (x > -reach) & (x < width + reach) & (y > -reach) & (y < height + reach)
    return x[here], y[here], cell[here]

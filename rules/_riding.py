"""What goes with the picture when the camera moves: how large it is shown, and paper that lies where it is wanted.

A texture that kept to its plane would grow in a push and be lost in a pull. It begins again at half or twice the
size instead, so that it is never more than about 1.5 times too coarse or too fine, and one size fades into the next
(after Benard et al., 2009).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes
from studio.rule import Ride

U8 = NDArray[np.uint8]
Ints = NDArray[np.intp]
Floats = NDArray[np.floating]

_cv: Any = cv2
_FADE = 0.2  #: octaves of scale over which one size gives way to the next
_PARTS = 2  #: of a px, each way, to which paper is laid down


def sizes(scale: float) -> list[tuple[float, float]]:
    """(scale, weight) of what is shown of a texture at a scale: one size, or two that fade into each other."""
    level = math.log2(scale)
    whole = math.floor(level)
    share = min(max((level - whole - 0.5) / _FADE + 0.5, 0.0), 1.0)
    found = [(scale / 2.0**whole, 1 - share), (scale / 2.0 ** (whole + 1), share)]
    return [(size, weight) for size, weight in found if weight > 0]


class Paper(NamedTuple):
    """Planes of one size, to be laid down anywhere. columns: for each part of a px by which they are moved up
    (parts * width, planes * height), the columns of all planes at every part of a px: rows are copied in no time."""

    columns: list[U8]
    width: int
    height: int


def paper(planes: list[U8]) -> Paper:
    """The same planes at parts of a px."""
    height, width = planes[0].shape
    size, how = (width * _PARTS, height), _cv.INTER_LINEAR | _cv.WARP_INVERSE_MAP
    columns = []
    for part in range(_PARTS):
        to_parts = np.array([[1 / _PARTS, 0, 0], [0, 1, part / _PARTS]])
        fine = [_cv.warpAffine(plane, to_parts, size, flags=how, borderMode=_cv.BORDER_WRAP) for plane in planes]
        columns.append(np.ascontiguousarray(np.concatenate(fine).T))
    return Paper(columns, width, height)


class Laid(NamedTuple):
    """Paper as it lies on a picture. tall: for each size (planes, height, width) its columns where they are seen;
    rows: which of its rows the picture shows; weights: of each size."""

    tall: list[U8]
    rows: list[Ints]
    weights: list[float]

    def at(self, plane: int, rows: slice) -> U8:
        """Some rows of the picture."""
        found: list[U8] = [tall[plane, shown[rows]] for tall, shown in zip(self.tall, self.rows, strict=True)]
        return found[0] if len(found) == 1 else _bytes.blend(found[0], self.weights[0], found[1], self.weights[1])


def laid(sheet: Paper, width: int, height: int, ride: Ride) -> Laid:
    """Paper on a picture, where the plane that it lies on has come to: to a part of a px across, and down so in the
    middle. Beyond its edges it begins again; in grain no seam is seen."""
    tall, rows, weights = [], [], []
    for scale, weight in sizes(ride.scale):
        across, down = (np.arange(width) - ride.right) / scale, (np.arange(height) - ride.down) / scale
        part = round(float(down[height // 2]) % 1 * _PARTS) % _PARTS
        seen = _cv.transpose(sheet.columns[part][_nearest(across * _PARTS, sheet.width * _PARTS)])
        tall.append(seen.reshape(-1, sheet.height, width))
        rows.append(_nearest(down - part / _PARTS, sheet.height))
        weights.append(weight)
    return Laid(tall, rows, weights)


def _nearest(at: Floats, size: int) -> Ints:
    """The nearest of so many places that come again and again."""
    return np.asarray(np.rint(at).astype(np.intp) % size)

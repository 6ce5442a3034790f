"""What a drawing in Van Gogh's hand is painted from: colours, where strokes go, where contours and specks are.

Lengths are px of 1080 lines, times `Look.unit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _flow, _gogh_stars, _noise, _relief

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_GRID = 4.0  #: px of a point of the field
OPAQUE = 190  #: alpha above which paint is opaque
_OPEN = 0.6  #: of a plate that is empty, from which it is a sky
_STEEP = 48  #: levels of alpha a px, from which it is a silhouette
SMALL = 4.0  #: radius up to which something is a speck
_LIFT = np.sqrt(np.arange(256) / 255)


@dataclass(frozen=True)
class Knobs:
    """Of the pass; on footage they are all that there is."""

    stroke: float
    length: float
    swirl: float
    broken: float
    relief: float
    contour: float
    vivid: float


@dataclass(frozen=True)
class Look(Knobs):
    """With px of the picture for one of 1080 lines, and a seed."""

    unit: float
    seed: int


class Brush(NamedTuple):
    """length, width, spacing of strokes; detail: levels a px of the grid from which it is used at all; skin: whether
    it is used on faces and hands whatever their detail; specks: it is used for what is light and small alone."""

    length: float
    width: float
    spacing: float
    detail: float = -1
    skin: bool = False
    specks: bool = False


class Hand(NamedTuple):
    """How one kind of drawing is painted: brushes, coarse to fine; the flow where it is empty; levels up to which a
    form far off, nearer and near by is overruled by what is farther; the contour's width."""

    brushes: tuple[Brush, ...]
    flow: _flow.Flow
    floors: tuple[float, float, float]
    line: float


class Subject(NamedTuple):
    """A drawing as it is painted from. paint: RGBA, not premultiplied, without thin lines. soft: the same smoothed.
    sharp: the same with them. field: where strokes go; borders: where contours go. edge: 0 to 255, where a contour may
    go. specks: levels by which small things stand out. sky: stars. room: px to the silhouette, or None."""

    window: _noise.Window
    unit: float
    paint: U8
    sharp: U8
    field: _flow.Field
    borders: _flow.Field
    step: int
    edge: U8
    specks: U8
    sky: _gogh_stars.Sky | None
    room: F32 | None


def subject_of(rgba: U8, window: _noise.Window, normals: U8 | None, look: Look, hand: Hand) -> Subject:
    """normals: of a form, where strokes go round it."""
    unit = look.unit
    straight = _filters.straight(rgba, _filters.px(3, unit))
    paint = _cv.medianBlur(straight, 5 if unit > 0.8 else 3)
    _without_rim(paint, rgba[..., 3])
    grey = _bytes.table(_bytes.grey(paint), _bytes.of(_LIFT))
    specks = _specks(straight, unit)
    step = max(1, round(_GRID * unit))
    room = None
    if rgba[..., 3].min() < 250:
        room = _filters.inner_distance(rgba[..., 3] > 127)
    field, sky = _field(grey, specks if room is None else None, normals, window, step, look, hand)
    borders, edge = _borders(grey, rgba[..., 3], unit), _edges(straight, paint, unit)
    if sky is not None:  # clouds are soft
        edge = _bytes.blend(edge, 0.7, edge, 0)
    return Subject(window, unit, paint, straight, field, borders, step, edge, specks, sky, room)


def _without_rim(paint: U8, alpha: U8) -> None:
    """No stroke begins on the anti-aliased px of a silhouette: it would be glass. What is soft throughout has some."""
    steep = _cv.morphologyEx(np.ascontiguousarray(alpha), _cv.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    cover = np.ascontiguousarray(paint[..., 3])
    cover[(alpha <= OPAQUE) & (steep > _STEEP)] = 0
    paint[..., 3] = cover


def _field(
    grey: U8, specks: U8 | None, normals: U8 | None, window: _noise.Window, step: int, look: Look, hand: Hand
) -> tuple[_flow.Field, _gogh_stars.Sky | None]:
    """Where strokes go, on the grid, and the stars that they go round. specks: of what may be a sky."""
    size = -(-window.width // step), -(-window.height // step)
    scale = max(_GRID * look.unit, 1) / step
    fields = [_flow.along(_filters.resized(grey, *size), scale)]
    if normals is not None:
        x, y, _ = _relief.components(_cv.resize(normals, size, interpolation=_cv.INTER_AREA))
        fields.append(_flow.around(x, y, 9.0))
    grid = _noise.Window(window.left // step, window.top // step, *size)
    flow = hand.flow._replace(vortices=hand.flow.vortices * look.swirl, waves=hand.flow.waves * look.swirl)
    empty = _flow.emptiness(fields[0], _filters.px(11, scale)) if flow.vortices else np.zeros_like(fields[0].across)
    way = _flow.flowing(grid, look.unit / step, flow, empty, look.seed)
    field = _flow.joined(fields, way, hand.floors, scale)
    if specks is None or empty.mean() < _OPEN:
        return field, None
    return _gogh_stars.whirled(field, specks, empty, window, (step, look.unit, look.seed))


def _edges(straight: U8, paint: U8, unit: float) -> U8:
    """Where the drawing has lines or borders that differ, 0 to 255."""
    grey = _bytes.grey(paint)
    line = _bytes.minus(grey, _bytes.grey(straight))
    near = _filters.gaussian(grey, 1.0 * unit)
    step = _cv.morphologyEx(near, _cv.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    # on few lines a px is much of the picture, and all of it would be borders
    much = 3.0 * min(1.0, 0.4 + 0.6 * unit)
    return _bytes.blend(line, much, step, much, -24)


def _specks(straight: U8, unit: float) -> U8:
    """What is light and too small for a stroke."""
    size = 2 * _filters.px(SMALL, unit) + 1
    around = _cv.getStructuringElement(_cv.MORPH_ELLIPSE, (size, size))
    return np.asarray(_cv.morphologyEx(_bytes.grey(straight), _cv.MORPH_TOPHAT, around))


def _borders(grey: U8, alpha: U8, unit: float) -> _flow.Field:
    """Directions of borders, on every other px; strength: 0 at a corner, 1 along a line."""
    size = -(-grey.shape[1] // 2), -(-grey.shape[0] // 2)
    planes = [_filters.resized(plane, *size) for plane in (grey, np.ascontiguousarray(alpha))]
    found = [_flow.along(_filters.gaussian(plane, 0.6 * unit)) for plane in planes]
    reach = _filters.px(1.6, unit)
    a, b = (_filters.box(found[0][n] + found[1][n], reach, 2) for n in (0, 1))
    whole = _filters.box(found[0].strength ** 2 + found[1].strength ** 2, reach, 2)
    return _flow.Field(a, b, np.asarray(_cv.magnitude(a, b) / (whole + np.float32(1)), np.float32))

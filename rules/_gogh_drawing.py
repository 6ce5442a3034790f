"""A drawing painted by Van Gogh's hand: strokes along its forms, coarse to fine, under dark contours.

Strokes stand on a lattice that hangs on the drawing's origin, end where their colour ends, and are as wide as what
they paint allows. Lengths are px of 1080 lines, times `Look.unit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _flow, _noise, _oils, _relief, _strokes
from studio.rule import Maps

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
I64 = NDArray[np.int64]

_cv: Any = cv2
_GRID = 4.0  #: px of a point of the field
_GROUND = tuple(0.34 * c / 255**2 for c in (190, 140, 84)) + (0.5 / 255,)  #: the priming, where no stroke lies
_SPECK, _SMALL = 40, 4.0  #: levels by which a speck stands out, and its radius
_LIFT = np.sqrt(np.arange(256) / 255)


@dataclass(frozen=True)
class Look:
    """The pass's knobs, px of the picture for one of 1080 lines, and a seed."""

    stroke: float
    length: float
    swirl: float
    broken: float
    relief: float
    contour: float
    vivid: float
    unit: float
    seed: int


class Brush(NamedTuple):
    """length, width, spacing of strokes; detail: levels a px of the grid from which it is used at all."""

    length: float
    width: float
    spacing: float
    detail: float


class Hand(NamedTuple):
    """How one kind of drawing is painted: brushes, coarse to fine; the flow where it is empty; levels up to which a
    form far off, nearer and near by is overruled by what is farther; the contour's width."""

    brushes: tuple[Brush, ...]
    flow: _flow.Flow
    floors: tuple[float, float, float]
    line: float


PLATE = Hand(
    (Brush(60, 13, 19, -1), Brush(42, 8.2, 10.6, -1), Brush(17, 4.4, 6.2, 6.0)),
    _flow.Flow(0.0, 0.30, 1.0),
    (5.0, 4.0, 6.0),
    3.2,
)
FORM = Hand(
    (Brush(28, 7.6, 11.0, -1), Brush(21, 5.0, 6.8, -1), Brush(8, 2.8, 3.5, 11.0)),
    _flow.Flow(1.45, 0.35, 0.0),
    (2.5, 2.5, 4.0),
    2.5,
)


class Subject(NamedTuple):
    """A drawing as it is painted from. paint: RGBA, not premultiplied, without thin lines. soft: the same smoothed.
    sharp: the same with them. field: where strokes go; borders: where contours go. edge: 0 to 255, where a contour may
    go. specks: levels by which small things stand out. room: px to the silhouette, or None."""

    window: _noise.Window
    paint: U8
    sharp: U8
    field: _flow.Field
    borders: _flow.Field
    step: int
    edge: U8
    specks: U8
    room: F32 | None


# -- roles


def form(rgba: U8, maps: Maps, look: Look) -> U8:
    """A figure or a prop."""
    return _boxed(rgba, maps, look, FORM)


def ground(rgba: U8, maps: Maps, look: Look) -> U8:
    """A plate."""
    return _boxed(rgba, maps, look, PLATE)


def light(rgba: U8, maps: Maps, look: Look) -> U8:
    """Light that is added: rings of strokes about its middle, some stronger, some weaker, as about a star."""
    height, width = rgba.shape[:2]
    strongest = rgba[..., :3].max(2)
    if not strongest.any():
        return rgba.copy()
    window = _noise.Window(maps.left, maps.top, width, height)
    x, y, i, j = _lattice(window, 9.5 * look.stroke * look.unit, look.seed)
    at = y.astype(np.int64), x.astype(np.int64)
    keep = strongest[at] > 1
    x, y, i, j = x[keep], y[keep], i[keep], j[keep]
    order = np.argsort(_noise.hashed(i, j, look.seed + 1), kind="stable")
    x, y, i, j = x[order], y[order], i[order], j[order]
    weight = strongest.astype(np.float32) ** 2
    total = float(weight.sum())
    middle = [float((weight.sum(axis) * np.arange(n, dtype=np.float32)).sum()) / total for axis, n in ((0, width), (1, height))]
    dx, dy = x - np.float32(middle[0]), y - np.float32(middle[1])
    away = np.sqrt(dx * dx + dy * dy) + np.float32(1)
    length = np.minimum(np.float32(40 * look.length * look.stroke * look.unit), np.float32(1.3) * away)
    ring = np.cos(away * np.float32(2 * np.pi / (46 * look.unit)) + np.float32(look.seed % 7))
    share = 1 + look.broken * (np.float32(0.30) * (_noise.unit(i, j, look.seed + 2) - np.float32(0.5)) + np.float32(0.16) * ring)
    level = np.clip(share * 128, 0, 255)[:, None]
    none = np.zeros_like(x)
    strokes = _strokes.Strokes(
        x, y, np.arctan2(dx, -dy), 1 / away, none, length, np.full_like(x, 8.0 * look.stroke * look.unit),
        (_noise.hashed(i, j, look.seed + 5) % _strokes.TOUCHES).astype(np.int32),
        np.repeat(level, 4, 1).astype(np.uint8),
    )
    on = _strokes.canvas(height, width)
    on.colour[:] = 118
    _strokes.lay(on, strokes)
    lit = _strokes.lit(_strokes.height(on), 0.6 * look.relief, look.unit)
    share = _bytes.times(_bytes.times(on.colour, _bytes.four(lit), 1 / 128), _bytes.four(_core(strongest)), 1 / 255)
    share = _bytes.plus(share, _bytes.four(_bytes.inverse(_core(strongest)) >> 1))
    return _bytes.times(rgba, share, 1 / 128)


def _core(strongest: U8) -> U8:
    """255 but for what is nearly white, which stays even."""
    return _bytes.table(strongest, _bytes.of(np.clip((250 - np.arange(256)) / 60, 0, 1)))


def features(rgba: U8, look: Look) -> U8:
    """Eyes, brows and mouth: as they are drawn, in the colours of the palette, with the relief of paint."""
    alpha = np.ascontiguousarray(rgba[..., 3])
    straight = _filters.straight(rgba, _filters.px(2, look.unit))
    tints = np.ascontiguousarray(straight[..., :3])
    cells = np.unique((tints >> 3).reshape(-1, 3), axis=0)
    none = np.zeros(len(cells), np.float32)
    table = np.zeros((32, 32, 32, 3), np.uint8)
    mixed = _oils.mixed(cells * np.uint8(8) + np.uint8(4), _oils.Chance(none, none, none, none + 1), 0.9 * look.vivid, 0.0)
    table[cells[:, 0], cells[:, 1], cells[:, 2]] = mixed
    found = table[tints[..., 0] >> 3, tints[..., 1] >> 3, tints[..., 2] >> 3]
    found = _bytes.blend(found, 0.6, tints, 0.4)
    height = _filters.gaussian(alpha.astype(np.float32) * np.float32(1 / 255), 0.8 * look.unit)
    lit = _strokes.lit(np.asarray(height * np.float32(0.30) + np.float32(0.4), np.float32), look.relief, look.unit)
    cover = _bytes.times(found, _bytes.three(alpha))
    return _shone(_bytes.joined([*(_cv.extractChannel(cover, n) for n in range(3)), alpha]), lit)


def _boxed(rgba: U8, maps: Maps, look: Look, hand: Hand) -> U8:
    """Painted within the smallest box with all paint, and a little about it."""
    rows, columns = (np.flatnonzero(rgba[..., 3].max(axis)) for axis in (1, 0))
    margin = _filters.px(4, look.unit)
    box = (
        slice(max(int(rows[0]) - margin, 0), int(rows[-1]) + 1 + margin),
        slice(max(int(columns[0]) - margin, 0), int(columns[-1]) + 1 + margin),
    )
    mine = np.ascontiguousarray(rgba[box])
    window = _noise.Window(maps.left + box[1].start, maps.top + box[0].start, mine.shape[1], mine.shape[0])
    normals = None if maps.normals is None or hand is PLATE else np.ascontiguousarray(maps.normals[box])
    parts = None if maps.parts is None else np.ascontiguousarray(maps.parts[box])
    subject = _subject(mine, window, normals, parts, look, hand)
    out = np.zeros_like(rgba)
    out[box] = _painted(mine, subject, look, hand)
    return out


# -- what is painted from


def _subject(
    rgba: U8, window: _noise.Window, normals: U8 | None, parts: U8 | None, look: Look, hand: Hand
) -> Subject:
    unit = look.unit
    straight = _filters.straight(rgba, _filters.px(3, unit))
    paint = _cv.medianBlur(straight, 5 if unit > 0.8 else 3)
    grey = _bytes.table(_bytes.grey(paint), _bytes.of(_LIFT))
    step = max(1, round(_GRID * unit))
    size = -(-window.width // step), -(-window.height // step)
    small = _filters.resized(grey, *size)
    fields = [_flow.along(small)]
    if normals is not None:
        x, y, _ = _relief.components(_cv.resize(normals, size, interpolation=_cv.INTER_AREA))
        fields.append(_flow.around(x, y, 9.0))
    empty: F32 | float = 0.0
    grid = _noise.Window(window.left // step, window.top // step, *size)
    if hand.flow.vortices:
        empty = _flow.emptiness(fields[0], 11)
    flow = hand.flow._replace(vortices=hand.flow.vortices * look.swirl, waves=hand.flow.waves * look.swirl)
    way = _flow.flowing(grid, unit / step, flow, empty, look.seed)
    field = _flow.joined(fields, way, hand.floors)
    room = None
    if rgba[..., 3].min() < 250:
        room = _cv.distanceTransform(np.asarray(rgba[..., 3] > 127, np.uint8), _cv.DIST_L2, 3)
    return Subject(
        window,
        paint,
        straight,
        field,
        _borders(grey, rgba[..., 3], unit),
        step,
        _edges(straight, paint, unit),
        _specks(straight, unit),
        room,
    )


def _edges(straight: U8, paint: U8, unit: float) -> U8:
    """Where the drawing has lines or borders that differ, 0 to 255."""
    grey = _bytes.grey(paint)
    line = _bytes.minus(grey, _bytes.grey(straight))
    near = _filters.gaussian(grey, 1.0 * unit)
    step = _cv.morphologyEx(near, _cv.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    return _bytes.blend(line, 3.0, step, 3.0, -24)


def _specks(straight: U8, unit: float) -> U8:
    """What is light and too small for a stroke."""
    size = 2 * _filters.px(_SMALL, unit) + 1
    around = _cv.getStructuringElement(_cv.MORPH_ELLIPSE, (size, size))
    return np.asarray(_cv.morphologyEx(_bytes.grey(straight), _cv.MORPH_TOPHAT, around))


def _borders(grey: U8, alpha: U8, unit: float) -> _flow.Field:
    """Directions of borders, on every other px; strength: 0 at a corner, 1 along a line."""
    size = -(-grey.shape[1] // 2), -(-grey.shape[0] // 2)
    found = []
    for plane in (grey, np.ascontiguousarray(alpha)):
        found.append(_flow.along(_filters.gaussian(_filters.resized(plane, *size), 0.6 * unit)))
    reach = _filters.px(1.6, unit)
    a, b = (_filters.box(found[0][n] + found[1][n], reach, 2) for n in (0, 1))
    whole = _filters.box(sum(f.strength * f.strength for f in found), reach, 2)
    return _flow.Field(a, b, np.asarray(_cv.magnitude(a, b) / (whole + np.float32(1)), np.float32))


# -- painting


def _painted(rgba: U8, subject: Subject, look: Look, hand: Hand) -> U8:
    height, width = rgba.shape[:2]
    on = _strokes.canvas(height, width)
    on.colour[:] = _primed(rgba)
    for number, brush in enumerate(hand.brushes):
        _strokes.lay(on, _laid_by(brush, subject, look, number))
    if look.contour:
        _strokes.lay(on, _contours(subject, look, hand), tapered=True)
    # buttons, panes and catch-lights lie on the contours, not under them
    fine = hand.brushes[-1]
    _strokes.lay(on, _laid_by(fine._replace(spacing=0.8 * fine.spacing), subject, look, len(hand.brushes)))
    light = _strokes.lit(_strokes.height(on), look.relief, look.unit)
    return _shone(on.colour, light)


def _primed(rgba: U8) -> U8:
    """The ground on which strokes lie: priming, seen through a first thin coat."""
    alpha = np.ascontiguousarray(rgba[..., 3])
    primer = _bytes.joined([_bytes.table(alpha, _bytes.of(np.arange(256) * level)) for level in _GROUND])
    return _bytes.blend(rgba, 0.50, primer, 1)


def _shone(colour: U8, light: U8) -> U8:
    """Paint under the light: shade multiplies, and where it shines oil is a little white."""
    alpha = np.ascontiguousarray(colour[..., 3])
    out = _bytes.times(colour, _bytes.four(light), 1 / 128)
    shine = _bytes.times(_bytes.minus(light, np.full_like(light, 150)), alpha, 0.32 / 255)
    out = _bytes.least(_bytes.plus(out, _bytes.four(shine)), _bytes.four(alpha))
    out[..., 3] = alpha
    return out


def _laid_by(brush: Brush, subject: Subject, look: Look, number: int) -> _strokes.Strokes:
    """The strokes of one brush, the lowest first."""
    big = look.stroke * look.unit
    x, y, i, j = _lattice(subject.window, max(brush.spacing * big, 1.2), look.seed + 31 * number)
    at = np.clip(y.astype(np.int64), 0, subject.window.height - 1), np.clip(x.astype(np.int64), 0, subject.window.width - 1)
    keep = subject.paint[at][:, 3] > 24
    seed = look.seed + 31 * number
    if number > 2:
        keep &= subject.specks[at] > _SPECK
        if subject.room is not None:  # a rim of light is no speck
            keep &= subject.room[at] > _SMALL * look.unit
    elif brush.detail > 0:
        detail = _at(subject.field.strength, x, y, subject.step)
        keep &= (detail > brush.detail * (0.8 + 0.4 * _noise.unit(i, j, seed + 7))) | _is_skin(subject.paint[at])
    x, y, i, j = x[keep], y[keep], i[keep], j[keep]
    order = np.argsort(_noise.hashed(i, j, seed + 1), kind="stable")
    x, y, i, j = x[order], y[order], i[order], j[order]
    length = brush.length * look.length * big * (0.75 + 0.5 * _noise.unit(i, j, seed + 2))
    width = brush.width * big * (0.82 + 0.36 * _noise.unit(i, j, seed + 3))
    angle, bend, twist = _curves((subject.field, subject.step), x, y, length, 0.16 * (_noise.unit(i, j, seed + 4) - np.float32(0.5)))
    strokes = _ended(subject, _strokes.Strokes(x, y, angle, bend, twist, length, width, (i * 0).astype(np.int32), np.zeros((len(x), 4), np.uint8)))
    touch = (_noise.hashed(i, j, seed + 5) % _strokes.TOUCHES).astype(np.int32)
    here = _clamped(subject, x, y)
    paint = (subject.sharp if brush.detail > 0 else subject.paint)[here]
    colour = _oils.mixed(paint[:, :3], _chance(i, j, seed + 11), look.vivid, look.broken)
    width = strokes.width
    if subject.room is not None:
        width = np.minimum(width, np.float32(1.7) * subject.room[here] + np.float32(2.2 * look.unit))
    return strokes._replace(touch=touch, colour=_covering(colour, paint[:, 3]), width=np.maximum(width, np.float32(1.0)))


def _is_skin(paint: U8) -> NDArray[np.bool_]:
    """Faces and hands are painted with a fine brush."""
    r, g, b = (paint[:, n].astype(np.int16) for n in range(3))
    return (r > 105) & (r - g > 10) & (r - g < 84) & (g > b) & (r - b > 26) & (r - b < 128)


def _covering(rgb: U8, alpha: U8) -> U8:
    """Premultiplied, as opaque as what is painted; nearly opaque is opaque, or silhouettes would fray."""
    cover = np.where(alpha > 190, 255, alpha).astype(np.float32)[:, None]
    return np.concatenate([np.rint(rgb * (cover * np.float32(1 / 255))), cover], 1).astype(np.uint8)


def _lattice(window: _noise.Window, spacing: float, seed: int) -> tuple[F32, F32, I64, I64]:
    """Places px from the window's corner, on a jittered lattice of triangles, and their numbers."""
    tall = spacing * 0.866
    rows = np.arange(int(window.top // tall) - 1, int((window.top + window.height) // tall) + 2)
    columns = np.arange(int(window.left // spacing) - 1, int((window.left + window.width) // spacing) + 2)
    i, j = (each.ravel() for each in np.meshgrid(columns, rows))
    stray = [(_noise.unit(i, j, seed + k) - np.float32(0.5)) * np.float32(0.62) for k in (21, 22)]
    x = ((i + 0.5 * (j % 2)) + stray[0]) * spacing - window.left
    y = (j + stray[1]) * tall - window.top
    inside = (x >= 0) & (y >= 0) & (x < window.width) & (y < window.height)
    return x[inside].astype(np.float32), y[inside].astype(np.float32), i[inside], j[inside]


def _chance(i: I64, j: I64, seed: int) -> _oils.Chance:
    def normal(k: int) -> F32:
        return np.asarray(sum(_noise.unit(i, j, seed + 3 * k + n) for n in range(3)) * 2 - 3, np.float32)

    return _oils.Chance(normal(0), normal(1), normal(2), _noise.unit(i, j, seed + 9))


def _clamped(subject: Subject, x: F32, y: F32) -> tuple[I64, I64]:
    return (
        np.clip(y, 0, subject.window.height - 1).astype(np.int64),
        np.clip(x, 0, subject.window.width - 1).astype(np.int64),
    )


def _at(plane: F32, x: F32, y: F32, step: int) -> F32:
    """A plane of the grid at places of the picture."""
    rows = np.clip(y / step, 0, plane.shape[0] - 1).astype(np.int64)
    columns = np.clip(x / step, 0, plane.shape[1] - 1).astype(np.int64)
    return np.asarray(plane[rows, columns])


def _angle(field: _flow.Field, x: F32, y: F32, step: int) -> F32:
    return np.arctan2(_at(field.down, x, y, step), _at(field.across, x, y, step)) * np.float32(0.5)


def _curves(field: tuple[_flow.Field, int], x: F32, y: F32, length: F32, stray: F32) -> tuple[F32, F32, F32]:
    """(angle, bend, twist) of strokes that go with the field before and behind them."""
    angle = _angle(field[0], x, y, field[1])
    reach = np.maximum(np.float32(0.36) * length, np.float32(1.5))
    c, s = np.cos(angle) * reach, np.sin(angle) * reach
    ends = []
    for sign in (-1, 1):
        away = _angle(field[0], x + sign * c, y + sign * s, field[1]) - angle
        away = away - np.float32(np.pi) * np.rint(away * np.float32(1 / np.pi))
        ends.append(np.clip(away, -0.75, 0.75))
    before, behind = ends
    bend = (behind - before) / (2 * reach)
    twist = (behind + before) / (2 * reach * reach)
    return angle + stray, bend, twist


def _ended(subject: Subject, strokes: _strokes.Strokes) -> _strokes.Strokes:
    """Strokes that end where the colour that they were begun in does."""
    here = subject.paint[_clamped(subject, strokes.x, strokes.y)].astype(np.int16)
    c, s = np.cos(strokes.angle), np.sin(strokes.angle)
    ends = []
    for sign in (-1, 1):
        reach = np.full_like(strokes.x, 0.16)
        going = np.ones(len(strokes.x), np.bool_)
        for share in (0.26, 0.38, 0.5):
            u = sign * share * strokes.length
            v = u * u * (strokes.bend * np.float32(0.5) + strokes.twist * u * np.float32(1 / 3))
            there = subject.paint[_clamped(subject, strokes.x + u * c - v * s, strokes.y + u * s + v * c)]
            away = np.abs(there.astype(np.int16) - here)
            going &= (away[:, :3].sum(1) < 66) & (away[:, 3] < 110)
            reach = np.where(going, np.float32(share), reach)
        ends.append(sign * reach * strokes.length)
    middle, length = (ends[0] + ends[1]) * np.float32(0.5), ends[1] - ends[0]
    slope = middle * (strokes.bend + strokes.twist * middle)
    v = middle * middle * (strokes.bend * np.float32(0.5) + strokes.twist * middle * np.float32(1 / 3))
    return strokes._replace(
        x=strokes.x + middle * c - v * s,
        y=strokes.y + middle * s + v * c,
        angle=strokes.angle + np.arctan(slope),
        bend=strokes.bend + 2 * strokes.twist * middle,
        length=length,
        width=np.minimum(strokes.width, np.float32(0.62) * length),
    )


def _contours(subject: Subject, look: Look, hand: Hand) -> _strokes.Strokes:
    """Dark strokes along borders: in each square of a lattice at most one, where the border is strongest."""
    cell = max(2, round(6.0 * look.unit))
    window = subject.window
    left, top = window.left % cell, window.top % cell
    right, foot = -(left + window.width) % cell, -(top + window.height) % cell
    wide = np.pad(subject.edge, ((top, foot), (left, right)))
    rows, columns = wide.shape[0] // cell, wide.shape[1] // cell
    squares = wide.reshape(rows, cell, columns, cell).transpose(0, 2, 1, 3).reshape(rows, columns, cell * cell)
    best = squares.argmax(2)
    strong = np.take_along_axis(squares, best[..., None], 2)[..., 0]
    j, i = np.nonzero(strong > 70)
    best = best[j, i]
    x = (i * cell + best % cell - left).astype(np.float32) + np.float32(0.5)
    y = (j * cell + best // cell - top).astype(np.float32) + np.float32(0.5)
    i, j = i + (window.left - left) // cell, j + (window.top - top) // cell
    straight = np.clip(_at(subject.borders.strength, x, y, 2) * 1.6 - 0.35, 0.16, 1)
    length = np.float32(22 * look.unit) * straight * (np.float32(0.7) + 0.6 * _noise.unit(i, j, look.seed + 71))
    power = np.clip(subject.edge[_clamped(subject, x, y)] / np.float32(255), 0.3, 1)
    width = np.float32(hand.line * look.unit * min(look.contour, 2)) * power
    angle, bend, twist = _curves((subject.borders, 2), x, y, length, np.zeros_like(x))
    here = _clamped(subject, x, y)
    chance = _chance(i, j, look.seed + 81)
    rgb = _oils.dark(subject.paint[here][:, :3], chance, look.vivid)
    touch = (_noise.hashed(i, j, look.seed + 95) % _strokes.TOUCHES).astype(np.int32)
    keep = subject.paint[here][:, 3] > 127
    found = _strokes.Strokes(x, y, angle, bend, twist, length, np.maximum(width, 1), touch, _covering(rgb, subject.paint[here][:, 3]))
    return _strokes.Strokes(*(each[keep] for each in found))

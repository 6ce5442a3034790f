"""Which strokes Van Gogh lays: on a lattice that hangs on the drawing's origin, along the field, in broken colour.

Strokes end where the colour ends in which they were begun, and are as wide as what they paint allows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rules import _flow, _gogh_stars, _noise, _oils, _strokes
from rules._gogh_subject import OPAQUE, SMALL, Brush, Hand, Look, Subject

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
I64 = NDArray[np.int64]

_STAR = 0.62  #: share of a star's light above which the fine brush is used
_SPECK = 40  #: levels by which a speck stands out
_OTHER = 66  #: levels of three channels together, by which another colour begins
_SQUARE = 6.0  #: px of 1080 lines: of the squares in which at most one contour begins
_CLEAR = 70  #: level of a border that has a contour


def laid_by(brush: Brush, subject: Subject, look: Look, number: int) -> _strokes.Strokes:
    """The strokes of one brush, the lowest first."""
    big, seed = look.stroke * look.unit, look.seed + 31 * number
    x, y, i, j = _begun(brush, subject, max(brush.spacing * big, 1.2), seed)
    length = brush.length * look.length * big * (0.75 + 0.5 * _noise.unit(i, j, seed + 2))
    width = brush.width * big * (0.82 + 0.36 * _noise.unit(i, j, seed + 3))
    stray = np.float32(0.16) * (_noise.unit(i, j, seed + 4) - np.float32(0.5))
    curves = _curves((subject.field, subject.step), x, y, length, stray)
    here = _clamped(subject, x, y)
    paint = (subject.sharp if brush.detail > 0 else subject.paint)[here]
    chance = _chance(i, j, seed + 11)
    if brush.detail > 0:  # in a face an accent would be a pimple
        chance = chance._replace(accent=np.ones_like(chance.accent))
    colour = _oils.mixed(paint[:, :3], chance, look.vivid, look.broken)
    if subject.sky is not None:
        share, tint = (_at(plane, x, y, subject.step) for plane in subject.sky)
        colour = _gogh_stars.shining(colour, share, tint, chance.accent)
    touch = (_noise.hashed(i, j, seed + 5) % _strokes.TOUCHES).astype(np.int32)
    strokes = _strokes.Strokes(x, y, *curves, length, width, touch, _covering(colour, paint[:, 3]))
    strokes = _ended(subject, strokes)
    width = strokes.width
    if subject.room is not None:
        width = np.minimum(width, np.float32(1.7) * subject.room[here] + np.float32(2.2 * look.unit))
    return strokes._replace(width=np.maximum(width, np.float32(1.0)))


def _begun(brush: Brush, subject: Subject, spacing: float, seed: int) -> tuple[F32, F32, I64, I64]:
    """Where strokes of a brush begin, the lowest first, and their numbers on the lattice."""
    x, y, i, j = lattice(subject.window, spacing, seed)
    at = _clamped(subject, x, y)
    keep = subject.paint[at][:, 3] > 24
    if brush.specks:
        keep &= subject.specks[at] > _SPECK
        if subject.room is not None:  # a rim of light is no speck
            keep &= subject.room[at] > SMALL * subject.unit
    elif brush.detail > 0:
        detail = _at(subject.field.strength, x, y, subject.step)
        fine = detail > brush.detail * (0.8 + 0.4 * _noise.unit(i, j, seed + 7))
        if brush.skin:
            fine |= _is_skin(subject.paint[at])
        if subject.sky is not None:  # the middle of a star is small and round
            fine |= _at(subject.sky.share, x, y, subject.step) > _STAR
        keep &= fine
    x, y, i, j = x[keep], y[keep], i[keep], j[keep]
    order = np.argsort(_noise.hashed(i, j, seed + 1), kind="stable")
    return x[order], y[order], i[order], j[order]


def _is_skin(paint: U8) -> NDArray[np.bool_]:
    """Faces and hands are painted with a fine brush."""
    r, g, b = (paint[:, n].astype(np.int16) for n in range(3))
    return np.asarray((r > 105) & (r - g > 10) & (g > b) & (r - b > 26) & (2 * (r - b) < r))


def _covering(rgb: U8, alpha: U8) -> U8:
    """Premultiplied, as opaque as what is painted; nearly opaque is opaque, or silhouettes would fray."""
    cover = np.where(alpha > OPAQUE, 255, alpha).astype(np.float32)[:, None]
    return np.concatenate([np.rint(rgb * (cover * np.float32(1 / 255))), cover], 1).astype(np.uint8)


def lattice(window: _noise.Window, spacing: float, seed: int) -> tuple[F32, F32, I64, I64]:
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
    ends: list[F32] = []
    for sign in (-1, 1):
        reach = np.full(len(strokes.x), 0.16, np.float32)
        going = np.ones(len(strokes.x), np.bool_)
        for share in (0.26, 0.38, 0.5):
            there = subject.paint[_clamped(subject, *_along(strokes, sign * np.float32(share) * strokes.length))]
            away = np.abs(there.astype(np.int16) - here)
            going &= (away[:, :3].sum(1) < _OTHER) & (away[:, 3] < 110)
            reach[going] = share
        ends.append(np.asarray(sign * reach * strokes.length, np.float32))
    middle, length = (ends[0] + ends[1]) * np.float32(0.5), ends[1] - ends[0]
    x, y = _along(strokes, np.asarray(middle, np.float32))
    slope = middle * (strokes.bend + strokes.twist * middle)
    return strokes._replace(
        x=x,
        y=y,
        angle=strokes.angle + np.arctan(slope),
        bend=strokes.bend + 2 * strokes.twist * middle,
        length=length,
        width=np.minimum(strokes.width, np.float32(0.62) * length),
    )


def _along(strokes: _strokes.Strokes, u: F32) -> tuple[F32, F32]:
    """Places on strokes, u px from their middles."""
    c, s = np.cos(strokes.angle), np.sin(strokes.angle)
    v = u * u * (strokes.bend * np.float32(0.5) + strokes.twist * u * np.float32(1 / 3))
    return np.asarray(strokes.x + u * c - v * s, np.float32), np.asarray(strokes.y + u * s + v * c, np.float32)


def contours(subject: Subject, look: Look, hand: Hand) -> _strokes.Strokes:
    """Dark strokes along borders: in each square of a lattice at most one, where the border is strongest."""
    cell = max(2, round(_SQUARE * look.unit))
    x, y, i, j, strong = _gogh_stars.strongest(subject.edge, subject.window, cell, _CLEAR)
    straight = np.clip(_at(subject.borders.strength, x, y, 2) * 1.6 - 0.35, 0.16, 1)
    length = np.float32(22 * look.unit) * straight * (np.float32(0.7) + 0.6 * _noise.unit(i, j, look.seed + 71))
    power = np.clip(strong / np.float32(255), 0.3, 1)
    width = np.float32(hand.line * look.unit * min(look.contour, 2)) * power
    angle, bend, twist = _curves((subject.borders, 2), x, y, length, np.zeros_like(x))
    here = _clamped(subject, x, y)
    chance = _chance(i, j, look.seed + 81)
    rgb = _oils.dark(subject.paint[here][:, :3], chance, look.vivid)
    touch = (_noise.hashed(i, j, look.seed + 95) % _strokes.TOUCHES).astype(np.int32)
    keep = subject.paint[here][:, 3] > 127
    found = _strokes.Strokes(
        x, y, angle, bend, twist, length, np.maximum(width, 0.6), touch, _covering(rgb, subject.paint[here][:, 3])
    )
    return _strokes.only(found, keep)

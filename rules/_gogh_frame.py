"""Footage in Van Gogh's strokes: two brushes on fixed places, turned along the forms and coloured anew each frame.

A pixel looks up its stroke (`rules._gogh_atlas`), and the stroke its colour in a small picture that is in the
palette already. Strokes stay where they are, and directions and colours come from areas and not from pixels: what
stands still does not flicker, though a camera's noise does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _flow, _gogh_atlas, _noise
from rules._gogh_subject import Knobs

U8 = NDArray[np.uint8]
I16 = NDArray[np.int16]
F32 = NDArray[np.float32]

_cv: Any = cv2
_GRID = 4.0  #: px of 1080 lines of a point of the small picture, about
_MOST = 2160  #: lines that are painted; beyond, the picture is enlarged
_LEAST = 8  #: px of a side
_FLOORS = (7.0, 6.0, 8.0)  #: levels a px of the grid up to which forms are overruled: far, nearer, near
_DETAIL, _FEATURE = 6.5, 17.0  #: levels a px of the grid from which the fine brush is used, and the finest one
#: length, width, spacing in px of 1080 lines
_BROAD, _FINE, _FINEST = (54.0, 11.5, 13.5), (20.0, 4.8, 6.0), (11.0, 3.0, 3.9)
_USED = (0, 100, 200)  #: level of detail above which each of them is used
_SHADOW, _LIGHT, _INK = (27, 50, 120), (250, 226, 140), (24, 30, 72)
_LUMA = (0.299, 0.587, 0.114)


class Studio(NamedTuple):
    """What every frame of a size needs: bits of a px of the grid, the brush's own way, how strokes stray in luma, red
    and blue and turn their hue, tables of lifted greys and of rows in each atlas."""

    bits: int
    scale: float
    way: tuple[F32, F32]
    value: F32
    lean: F32
    turn: tuple[F32, F32]
    lift: U8
    atlases: tuple[_gogh_atlas.Atlas, ...]


@lru_cache(maxsize=2)
def studio(width: int, height: int, look: Knobs, seed: int) -> Studio:
    """Made once for a size and a set of knobs."""
    unit = height / 1080
    bits = int(np.clip(np.rint(np.log2(max(_GRID * unit, 1))), 0, 4))
    columns, rows = -(-width >> bits), -(-height >> bits)
    grid = _noise.Window(0, 0, columns, rows)
    flow = _flow.Flow(0.35, 0.5 * look.swirl, look.swirl)
    way = _flow.flowing(grid, unit / (1 << bits), flow, 1.0, seed & 0xFFFFFF)
    i, j = np.arange(columns)[None, :], np.arange(rows)[:, None]

    def normal(k: int) -> F32:
        total = sum(_noise.unit(i, j, seed + 3 * k + n) for n in range(3)) * 2 - 3
        return np.asarray(np.clip(np.float32(0.62) * total, -1, 1), np.float32)

    turn = normal(2) * np.float32(np.radians(14) * look.broken)
    size = max(unit * look.stroke, 0.18)
    brushes = [
        _gogh_atlas.atlas(
            round(b[0] * size * look.length, 2),
            round(b[1] * size, 2),
            round(b[2] * size, 2),
            look.relief,
            round(unit, 3),
        )
        for b in (_BROAD, _FINE, _FINEST)
    ]
    return Studio(
        bits,
        (1 << bits) / max(_GRID * unit, 1),
        way,
        normal(0) * np.float32(15 * look.broken),
        normal(1) * np.float32(15 * look.broken),
        (np.cos(turn), np.sin(turn)),
        _bytes.of(np.sqrt(np.arange(256) / 255)),
        tuple(brushes),
    )


def painted(rgb: U8, look: Knobs, seed: int) -> U8:
    """A frame of footage, painted."""
    height, width = rgb.shape[:2]
    if min(height, width) < _LEAST:
        more = ((0, max(_LEAST - height, 0)), (0, max(_LEAST - width, 0)), (0, 0))
        return np.ascontiguousarray(painted(np.pad(rgb, more, "edge"), look, seed)[:height, :width])
    if height > _MOST:
        small = _filters.resized(rgb, max(_LEAST, round(width * _MOST / height)), _MOST)
        return _filters.resized(painted(small, look, seed), width, height)
    room = studio(width, height, look, seed)
    small = _filters.resized(rgb, *room.value.shape[::-1])
    if room.bits < 2:  # nothing has been averaged: a camera's noise would make strokes flicker
        small = _cv.bilateralFilter(small, 5, 24, 2)
    small = _bytes.blend(small, 1.6, _filters.box(small, _filters.px(2, 1 / room.scale)), -0.6)
    grey = _bytes.table(_bytes.grey(small), room.lift)
    form = _flow.along(grey, 1 / room.scale)
    field = _flow.joined([form], room.way, _FLOORS, 1 / room.scale)
    source = _bytes.joined([*_palette(small, grey, room, look), _detail(form, small, room)])
    return _looked_up(source, _directions(field, width, height), room)


def _directions(field: _flow.Field, width: int, height: int) -> U8:
    """Number of the direction at each pixel."""
    half = (width + 1) // 2, (height + 1) // 2
    a, b = (_cv.resize(plane, half, interpolation=_cv.INTER_LINEAR) for plane in field[:2])
    turns = _cv.phase(a, b)
    number = _cv.convertScaleAbs(turns, alpha=_gogh_atlas.ANGLES / (2 * np.pi))
    number = _bytes.table(number, (np.arange(256) % _gogh_atlas.ANGLES).astype(np.uint8))
    return np.asarray(_cv.resize(number, (width, height), interpolation=_cv.INTER_NEAREST))


def _looked_up(source: U8, directions: U8, room: Studio) -> U8:
    """Each pixel in the colour of its stroke, under the light."""
    height, width = directions.shape
    out = np.empty((height, width, 3), np.uint8)
    x = np.arange(width, dtype=np.int16)
    for rows in _filters.strips(height, width):
        y = np.arange(rows.start, rows.stop, dtype=np.int16)[:, None]
        here = np.broadcast_to(x - np.int16(128), (len(y), width)), np.broadcast_to(y - np.int16(128), (len(y), width))
        colour, light, _ = _brush(source, directions[rows], room.atlases[0], (x, y), here, room.bits)
        part = source[rows.start >> room.bits : (rows.stop >> room.bits) + 1, :, 3]
        for brush, level in zip(room.atlases[1:], _USED[1:], strict=True):
            if part.max(initial=0) <= level:
                break
            fine, its, cover = _brush(source, directions[rows], brush, (x, y), here, room.bits)
            shown = _cv.min(_cv.extractChannel(fine, 3), cover)
            shown = _cv.compare(shown, level, _cv.CMP_GT)
            _cv.copyTo(fine, shown, colour)
            _cv.copyTo(its, shown, light)
        lit = _bytes.times(_bytes.without_fourth(colour), _bytes.three(light), 1 / 128)
        shine = _cv.addWeighted(light, 0.30, light, 0, -45)
        out[rows] = _bytes.plus(lit, _bytes.three(shine))
    return out


def _brush(
    source: U8, directions: U8, brush: _gogh_atlas.Atlas, at: tuple[I16, I16], here: tuple[I16, I16], bits: int
) -> tuple[U8, U8, U8]:
    """(colour, light, cover) of the strokes of one brush."""
    size = brush.size
    row = _cv.LUT(directions, _rows(size))
    row += at[1] % np.int16(size)
    places = _cv.merge([np.ascontiguousarray(np.broadcast_to(at[0] % np.int16(size), row.shape)), row])
    read = _cv.remap(brush.tiles, places, None, _cv.INTER_NEAREST)
    across, down, light, cover = _bytes.parted(read)
    x, y = (np.add(way, base, dtype=np.int16) >> np.int16(bits) for way, base in zip((across, down), here, strict=True))
    colour = _cv.remap(source, _cv.merge([x, y]), None, _cv.INTER_NEAREST, borderMode=_cv.BORDER_REPLICATE)
    return colour, light, cover


@lru_cache(maxsize=8)
def _rows(size: int) -> I16:
    """Direction -> first row of its tile."""
    return np.asarray(np.arange(256) % _gogh_atlas.ANGLES * size, np.int16)


def _detail(form: _flow.Field, small: U8, room: Studio) -> U8:
    """Above `_USED` where finer brushes are used: on what is small, on skin, and on the features in it."""
    strong = _filters.box(_cv.dilate(form.strength, np.ones((3, 3), np.uint8)), 2)
    r, g, b = (_cv.extractChannel(small, n) for n in range(3))
    warm = _bytes.least(_bytes.minus(r, g), _bytes.minus(g, b))
    warm = _bytes.least(warm, _bytes.minus(np.full_like(r, 110), _bytes.minus(r, b)))
    skin = _filters.box(_bytes.least(warm, _bytes.minus(r, np.full_like(r, 90))), 3).astype(np.float32)
    skin = np.clip(skin * np.float32(1 / 6) - 1, 0, 1)
    level = np.minimum(strong * np.float32(_USED[1] / _DETAIL), 150) + skin * np.float32(60)
    level += np.clip((strong * (np.float32(0.7) + skin) - np.float32(_FEATURE - 4)) * np.float32(12), 0, 100)
    return np.asarray(np.clip(level + room.value * np.float32(0.6), 0, 255), np.uint8)


def _palette(small: U8, grey: U8, room: Studio, look: Knobs) -> list[U8]:
    """Red, green and blue of the strokes: strong, shadows blue, lights yellow, dark along borders, broken."""
    planes = [_cv.extractChannel(small, n).astype(np.float32) for n in range(3)]
    luma = _cv.addWeighted(_cv.addWeighted(planes[0], _LUMA[0], planes[1], _LUMA[1], 0), 1, planes[2], _LUMA[2], 0)
    tone = luma * np.float32(1 / 255)
    raised = (
        luma
        + (tone - np.float32(0.46)) * tone * (1 - tone) * np.float32(190)
        + np.float32(44) * np.maximum(1 - tone * np.float32(2.2), 0) ** 2
    )
    red, blue = (planes[0] - luma) * np.float32(1.5 * look.vivid), (planes[2] - luma) * np.float32(1.5 * look.vivid)
    cos, sin = room.turn
    red, blue = red * cos + blue * sin, blue * cos - red * sin
    most = min(look.vivid, 1.5)
    cold = np.clip(1 - tone * np.float32(2.0), 0, 1) * np.float32(0.40 * most)
    warm = np.clip(tone * np.float32(1.9) - np.float32(0.95), 0, 1) * np.float32(0.22 * most)
    ink = np.clip(
        (_filters.gaussian(grey, 2.2 / room.scale).astype(np.float32) - grey - np.float32(7)) * np.float32(1 / 28),
        0,
        0.58,
    )
    ink = ink * np.float32(look.contour)
    green = -(red * np.float32(_LUMA[0]) + blue * np.float32(_LUMA[2])) * np.float32(1 / _LUMA[1])
    raised += room.value
    found = []
    for n, (chroma, lean) in enumerate(((red, 1.0), (green, 0.15), (blue, -1.0))):
        plane = raised + chroma + room.lean * np.float32(lean)
        plane += (np.float32(_SHADOW[n]) + plane * np.float32(0.25) - plane) * cold
        plane += (np.float32(_LIGHT[n]) - plane) * warm
        plane += (np.float32(_INK[n]) - plane) * np.clip(ink, 0, 0.85)
        found.append(np.clip(plane, 0, 255).astype(np.uint8))
    return found

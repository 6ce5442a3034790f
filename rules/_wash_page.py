"""What was painted in drawings, on its sheet of watercolour paper: luminous tones, granulation, relief, bare border.

Pigment is worked out on luma at the picture's size and on colour at half of it, which is what a film keeps of
colour anyway: a frame costs a third of what it would on red, green and blue.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _coldpress, _riding, _wash_frame
from studio.rule import STILL, Ride

U8 = NDArray[np.uint8]
I16 = NDArray[np.int16]
Box: TypeAlias = tuple[slice, slice]

_cv: Any = cv2
_LUMA = (0.299, 0.587, 0.114)
_U, _V = 0.496, 0.626  #: of what blue and red have over luma, in limited range (ITU-R BT.601)
_NARROW = (1.007, 0.714)  #: OpenCV's chroma in whole range -> that
_ONE = 1 << 6  #: level of a factor of 1 on chroma
_SETTLES = 204  #: pigment settles as much in all that is darker than a quarter
_GRAIN = 1 / 200  #: granulation is weaker than on footage: things move under it
_APART = 40  #: levels of luma that are reckoned with for the tones of a colour's channels
_MOST = 172  #: of density, or darks fall to black


class Page(NamedTuple):
    """tones: of luma; stronger: factor on the chroma of each luma; tint: U and V that are added at each luma; relief:
    light of the paper, denser: factor of the washes on chroma; under: the sheet, whose other planes are used too; rim:
    strips of the picture and what stays bare there."""

    tones: U8
    stronger: U8
    tint: I16
    relief: U8
    denser: U8
    under: _wash_frame.Sheet
    rim: tuple[tuple[Box, U8], ...]


def papered(rgb: U8, look: _wash_frame.Look, seed: int, ride: Ride = STILL) -> U8:
    """A picture whose drawings were painted already, on paper whose grain rides; washes and the bare border stay."""
    height, width = rgb.shape[:2]
    if height % 2 or width % 2:
        wide = _cv.copyMakeBorder(rgb, 0, height % 2, 0, width % 2, _cv.BORDER_REPLICATE)
        return np.ascontiguousarray(papered(wide, look, seed, ride)[:height, :width])
    sheet = page(width, height, look, seed)
    lies = _riding.laid(_paper(width, height, look, seed), width, height, ride) if ride != STILL else None
    out = np.empty_like(rgb)
    for rows in _strips(height, width):
        still = sheet.under.valleys[rows], sheet.relief[rows]
        grain = still if lies is None else (lies.at(0, rows), lies.at(1, rows))
        luma, chroma = _toned(rgb[rows], sheet, rows, grain), _coloured(rgb[rows], sheet, rows)
        _cv.cvtColorTwoPlane(luma, chroma, _cv.COLOR_YUV2RGB_NV12, out[rows])
    for box, bare in sheet.rim:
        out[box] = _bytes.most(out[box], bare)
    return out


def _strips(height: int, width: int) -> Iterator[slice]:
    """Rows in even pieces that stay in the processor's cache."""
    rows = max(16, 300_000 // width & ~1)
    for top in range(0, height, rows):
        yield slice(top, min(top + rows, height))


def _toned(rgb: U8, sheet: Page, rows: slice, grain: tuple[U8, U8]) -> U8:
    """Luma in limited range under washes and granulation (Bousseau's form in bytes), on the paper's relief. grain:
    valleys and relief of these rows."""
    luma = _bytes.table(_bytes.grey(rgb), sheet.tones)
    dark = _bytes.inverse(luma)
    settles = _bytes.at_most(dark, _SETTLES)
    density = _bytes.plus(sheet.under.density[rows], _bytes.times(grain[0], settles, _GRAIN))
    room = _bytes.times(luma, dark, 1 / 64)  # 4 C (1 - C)
    luma = _bytes.minus(luma, _bytes.times(room, _bytes.at_most(density, _MOST), 1 / 512))
    luma = _bytes.times(luma, grain[1], 219 / 255**2)
    return np.asarray(_cv.add(luma, 16))


def _coloured(rgb: U8, sheet: Page, rows: slice) -> U8:
    """U and V in limited range, at half the size."""
    height, width = rgb.shape[0] // 2, rgb.shape[1] // 2
    small = _cv.resize(rgb, (width, height), interpolation=_cv.INTER_AREA)
    luma, *chroma = _bytes.parted(_cv.cvtColor(small, _cv.COLOR_RGB2YUV))
    half = slice(rows.start // 2, rows.start // 2 + height)
    stronger, denser, found = _bytes.table(luma, sheet.stronger), sheet.denser[half], []
    for plane, narrow, tint in zip(chroma, _NARROW, sheet.tint, strict=True):
        away = plane.astype(np.int16) - 128
        away *= _bytes.times(stronger, denser, narrow / 128)  # at most 128 * 255: OpenCV would go by way of floats
        away >>= 6
        found.append(_cv.add(away, _cv.LUT(luma, tint), dtype=_cv.CV_8U))
    return _bytes.joined(found)


@lru_cache(maxsize=2)
def _paper(width: int, height: int, look: _wash_frame.Look, seed: int) -> _riding.Paper:
    """The paper of a page, for being laid down elsewhere."""
    sheet = page(width, height, look, seed)
    return _riding.paper([sheet.under.valleys, sheet.relief])


@lru_cache(maxsize=3)
def page(width: int, height: int, look: _wash_frame.Look, seed: int) -> Page:
    """The planes and tables for pictures of an even size."""
    under = _wash_frame.sheet(width, height, look, seed)
    raised = under.tones.reshape(256, 3).astype(np.float64)
    luma = (raised * _LUMA).sum(1)
    tones = luma / 255
    tones = tones + 0.5 * tones * (1 - tones)  # where there is no density, as the sheet counts it
    low, high = np.maximum(np.arange(256) - _APART, 0), np.minimum(np.arange(256) + _APART, 255)
    slope = (luma[high] - luma[low]) / (high - low)
    vivid = under.vivid.ravel()[np.rint(luma).astype(int)] / 128
    white = np.array(_coldpress.WHITE)
    cool = raised - luma[:, None] + 255 * tones[:, None] * (white - (white * _LUMA).sum())
    tint = np.stack([_U * cool[:, 2], _V * cool[:, 0]]) + 128
    density = _cv.resize(under.density, (width // 2, height // 2), interpolation=_cv.INTER_AREA)
    return Page(
        _bytes.of(tones),
        np.clip(np.rint(_ONE * slope * vivid), 0, 255).astype(np.uint8),
        np.rint(tint).astype(np.int16),
        _bytes.weighed(under.paper, _LUMA),
        np.clip(np.rint(128 + 0.4 * (density.astype(np.float64) - 64)), 0, 255).astype(np.uint8),
        under,
        _rim(under.bare) if under.bare is not None else (),
    )


def _rim(bare: U8) -> tuple[tuple[Box, U8], ...]:
    """Strips along the four sides in which lies all that is bare."""
    height, width = bare.shape[:2]
    found = np.asarray(bare.any(2))

    def inner(line: NDArray[np.bool_]) -> tuple[int, int]:
        half = len(line) // 2
        before, after = np.flatnonzero(line[:half]), np.flatnonzero(line[half:])
        return (int(before[-1]) + 1 if len(before) else 0), (half + int(after[0]) if len(after) else len(line))

    top, bottom = inner(np.asarray(found[:, width // 4 : width - width // 4].any(1)))
    left, right = inner(np.asarray(found[top:bottom].any(0)))
    middle, everything = slice(top, bottom), slice(None)
    beside = [(middle, slice(0, left)), (middle, slice(right, width))]
    boxes = [(slice(0, top), everything), (slice(bottom, height), everything), *beside]
    return tuple((box, np.ascontiguousarray(bare[box])) for box in boxes if bare[box].size)

"""A comic's page: the picture parted into inks, each plate a little out of register, on old paper, in a panel.

All that does not depend on the frame's pixels is made once for a size and a set of knobs (`page`). Frames are
worked in strips that stay in the processor's cache.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _coldpress, _halftone, _noise, _riding, _screen_rows
from studio.rule import STILL, Ride

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
#: how far each plate slips, of the knob: whole px for most, which costs nothing; black is true
_AWAY = ((0.0, -0.5), (1.0, 0.5), (-1.0, 0.5), (0.0, 0.0))
SOLID, OPEN = 40, 58  #: luma up to which a drawing is solid black, and from which it is none
_YELLOWED = np.array([0.022, 0.062, 0.150])  #: what age takes from white paper
_FRAME = 5.0  #: px of 1080 lines: the panel's line
_LARGE = 540  #: lines from which on tints are looked up at half the size
_HAND = 8  #: seed of the ruler's wobble


@dataclass(frozen=True)
class Look:
    """The pass's knobs that concern the page."""

    inks: str
    pitch: float
    slip: float
    paper: float
    lift: float
    vivid: float
    gutter: float


class Rim(NamedTuple):
    """A strip along a side: where, the share of the picture that shows, what is added."""

    box: tuple[slice, slice]
    shown: U8
    laid: U8


class Page(NamedTuple):
    """What every frame needs: the table of tints, thresholds of each ink (None: printed evenly), px from dot to dot,
    the screens' slope, plates' shifts in px, the colour of the paper, its red, green and blue as they lie under the
    picture, and the gutter."""

    table: NDArray[np.uint32]
    screens: tuple[U8 | _screen_rows.Screen | None, ...]
    pitch: float
    slope: float
    shifts: tuple[tuple[float, float], ...]
    paper: tuple[int, int, int]
    pulp: list[U8]
    panel: tuple[Rim, ...]


@lru_cache(maxsize=3)
def page(width: int, height: int, look: Look, seed: int) -> Page:
    """The page for a picture of this size."""
    unit = height / 1080
    pitch = max(look.pitch * unit, _halftone.LEAST_PITCH)
    slope = _halftone.slope(pitch)
    dotted = {"process": (0, 1, 2, 3), "key": (3,), "black": (3,)}[look.inks]
    screens = tuple(
        _halftone.screen(width, height, pitch, angle) if ink in dotted else None
        for ink, angle in enumerate(_halftone.ANGLES)
    )
    red, green, blue = (round(float(level)) for level in 252 * (1 - _YELLOWED * look.paper))
    paper = red, green, blue
    texture = _texture(width, height, look.paper, seed)
    pulp = [_bytes.minus(np.full_like(texture, level), texture) for level in paper]
    gutter = look.gutter * min(1.0, width / height)  # of a tall picture measured by its width
    return Page(
        _halftone.separation(look.lift, look.vivid, slope, look.inks != "black"),
        screens,
        pitch,
        slope,
        tuple((x * look.slip * unit, y * look.slip * unit) for x, y in _AWAY),
        paper,
        pulp,
        _panel(width, height, gutter, pulp) if gutter else (),
    )


def printed(rgb: U8, sheet: Page, ride: Ride = STILL) -> U8:
    """A drawn picture as it is printed: what is nearly black is solid ink, all else tints. Of a large picture tints
    are looked up at half the size, far finer than dots. Dots ride; paper and gutter stay."""
    height, width = rgb.shape[:2]
    factor = 2 if height >= _LARGE else 1
    size = -(-width // factor), -(-height // factor)
    small = _bytes.with_fourth(_cv.resize(rgb, size, interpolation=_cv.INTER_AREA))
    tints = tinted(_under(small, factor), sheet)
    out, margin = np.empty_like(rgb), _margin(sheet) + 1 & ~1
    sheets = _ridden(sheet, width, height, ride) if ride != STILL else [(sheet, 1.0)]
    for rows in _strips(height, width):
        near = _around(tints, slice(rows.start // factor, -(-rows.stop // factor)), margin // factor)
        tall, wide = rows.stop - rows.start + 2 * margin, width + 2 * margin
        planes = [_repeated(plane, factor)[:tall, :wide] for plane in _bytes.parted(near)]
        solid = _solid(_bytes.grey(rgb[rows]))
        pressed, *other = (_pressed(planes, solid, one, rows, margin) for one, _ in sheets)
        if other:  # mixed as they are printed, which keeps the tones
            (_, weight), (_, rest) = sheets
            pressed = [_bytes.blend(a, weight, b, rest) for a, b in zip(pressed, other[0], strict=True)]
        _cv.merge(pressed, dst=out[rows])
    return framed(out, sheet)


def _ridden(sheet: Page, width: int, height: int, ride: Ride) -> list[tuple[Page, float]]:
    """A page whose dots have gone along with the picture: one, or two of unlike sizes, with their weights."""
    thresholds, found = _halftone.thresholds(sheet.slope), []
    x, y = ride.scale * width / 2 + ride.right, ride.scale * height / 2 + ride.down  # where the dot in the middle went
    for scale, weight in _riding.sizes(ride.scale):
        lattices = (_screen_rows.Lattice(sheet.pitch * scale, angle, x, y) for angle in _halftone.ANGLES)
        screens = (
            _screen_rows.screen(width, height, lattice, thresholds) if still is not None else None
            for lattice, still in zip(lattices, sheet.screens, strict=True)
        )
        found.append((sheet._replace(screens=tuple(screens)), weight))
    return found


def laid(tints: U8, solid: U8, sheet: Page) -> U8:
    """The same from tints (four channels) and solid ink."""
    height, width = solid.shape
    out, margin = np.empty((height, width, 3), np.uint8), _margin(sheet)
    for rows in _strips(height, width):
        near = list(_cv.split(_around(tints, rows, margin)))
        _cv.merge(_pressed(near, solid[rows], sheet, rows, margin), dst=out[rows])
    return framed(out, sheet)


def tinted(rgbx: U8, sheet: Page) -> U8:
    """Tints of a picture, four channels of both."""
    # OpenCV's name for the order of bits is the other way round: red lands in the highest
    index = _cv.cvtColor(rgbx, _cv.COLOR_RGBA2BGR565).view("<u2")[..., 0]
    found: U8 = _cv.LUT(index, sheet.table.view(np.int32)).view(np.uint8)
    return found.reshape(*index.shape, 4)


def _strips(height: int, width: int) -> Iterator[slice]:
    """Rows in even pieces of about 400,000 px: bytes need less room in the cache than what `_filters.strips` serves."""
    rows = max(16, 400_000 // width & ~1)
    for top in range(0, height, rows):
        yield slice(top, min(top + rows, height))


def _margin(sheet: Page) -> int:
    return math.ceil(max(abs(away) for shift in sheet.shifts for away in shift)) + 1


def _around(picture: U8, rows: slice, margin: int) -> U8:
    """Some rows with a margin on all sides; outside, the picture's border goes on."""
    first, last = rows.start - margin, rows.stop + margin
    near = picture[max(first, 0) : last]
    over = (max(-first, 0), max(last - picture.shape[0], 0))
    return np.asarray(_cv.copyMakeBorder(near, *over, margin, margin, _cv.BORDER_REPLICATE))


def _repeated(plane: U8, factor: int) -> U8:
    """Each px as a square of them: in a fifth of the time of OpenCV's nearest."""
    wide = _cv.merge([plane] * factor).reshape(len(plane), -1)
    return np.asarray(wide.repeat(factor, axis=0))


def _pressed(tints: list[U8], solid: U8, sheet: Page, rows: slice, margin: int) -> list[U8]:
    """Red, green and blue of some rows, from tints with a margin and solid black."""
    covers = []
    for ink, tint in enumerate(tints):
        threshold = sheet.screens[ink]
        mine = _slipped(tint, sheet.shifts[ink], margin)
        covers.append(_halftone.cover(mine, None if threshold is None else threshold[rows], sheet.slope))
    covers[_halftone.BLACK] = _bytes.most(covers[_halftone.BLACK], solid)
    taken = _halftone.overprinted(covers, sheet.paper)
    return [_bytes.minus(paper[rows], plane) for paper, plane in zip(sheet.pulp, taken, strict=True)]


def _slipped(tint: U8, shift: tuple[float, float], margin: int) -> U8:
    """A plate without its margin, moved right and down by px and parts of them."""
    for axis, away in enumerate(shift):
        whole = math.floor(away)
        keep = tint.shape[1 - axis] - 2 * margin
        first = margin - whole
        near = _cut(tint, axis, first, keep)
        part = away - whole
        tint = near if part < 0.02 else _bytes.blend(near, 1 - part, _cut(tint, axis, first - 1, keep), part)
    return tint


def _cut(tint: U8, axis: int, first: int, size: int) -> U8:
    return tint[first : first + size] if axis else tint[:, first : first + size]


def _under(rgbx: U8, factor: int) -> U8:
    """Colour drawn in under ink from beside it, in place, so that no plate that slips shows a dark rim. factor: by how
    much the picture is smaller; what it then mixes with ink counts as ink."""
    lighter = _cv.dilate(rgbx, np.ones((3, 3) if factor > 1 else (5, 5), np.uint8))
    inked = _cv.compare(_bytes.grey(rgbx), OPEN if factor > 1 else SOLID, _cv.CMP_LE)
    _cv.copyTo(lighter, inked, rgbx)
    return rgbx


def _solid(luma: U8) -> U8:
    """What of solid black a drawing's luma is."""
    slope = 255 / (OPEN - SOLID)
    return _bytes.blend(luma, -slope, luma, 0, slope * OPEN)


# -- the sheet


def _texture(width: int, height: int, weight: float, seed: int) -> U8:
    """Pulp: fibres, blotches and specks, as levels to subtract."""
    grid = _coldpress.grid(width, height)
    fibre = 1.9 * _coldpress.grain(grid, 0.9, 3.0, seed) + 1.0 * _coldpress.grain(grid, 3.0, 11.0, seed + 1)
    blotch = 4.0 * _noise.field(grid, 190, 3, seed + 2)
    speck = 26 * np.clip(_coldpress.grain(grid, 1.1, 5.0, seed + 3) - 3.1, 0, 1)
    levels = _coldpress.fitted(np.asarray(5.0 + fibre + blotch + speck, np.float32), width, height)
    return _bytes.of(weight * levels / 255)


def _panel(width: int, height: int, gutter: float, pulp: list[U8]) -> tuple[Rim, ...]:
    """The gutter's strips along the four sides: where they lie, how much of the picture shows there (three channels),
    and what is added of bare paper; between the two runs the panel's line."""
    grid = _coldpress.grid(width, height)
    columns = np.minimum(np.arange(grid.width), np.arange(grid.width)[::-1]).astype(np.float32)[None, :]
    rows = np.minimum(np.arange(grid.height), np.arange(grid.height)[::-1]).astype(np.float32)[:, None]
    inside = np.minimum(columns, rows) + np.float32(1.3) * _noise.field(grid, 210, 2, _HAND)
    line = _FRAME + np.float32(1.2) * _noise.field(grid, 90, 2, _HAND + 1)
    fit = _coldpress.fitted
    shown = _bytes.of(fit(np.asarray(np.clip(inside - gutter - line + 0.5, 0, 1), np.float32), width, height))
    bare = _bytes.of(fit(np.asarray(np.clip(gutter - inside + 0.5, 0, 1), np.float32), width, height))
    sheet = _bytes.times(_bytes.joined(pulp), _bytes.three(bare))
    line_too = np.maximum(sheet, _bytes.times(_bytes.three(_bytes.inverse(shown)), np.full_like(sheet, _halftone.INK)))
    reach = math.ceil((gutter + _FRAME + 4) * height / 1080)
    down, across = min(reach, height // 2), min(reach, width // 2)
    boxes = (
        (slice(0, down), slice(0, width)),
        (slice(height - down, height), slice(0, width)),
        (slice(down, height - down), slice(0, across)),
        (slice(down, height - down), slice(width - across, width)),
    )
    return tuple(
        Rim(box, _bytes.three(np.ascontiguousarray(shown[box])), np.ascontiguousarray(line_too[box]))
        for box in boxes
        if shown[box].size
    )


def framed(out: U8, sheet: Page) -> U8:
    """The panel's line and the bare gutter, laid over the picture's rim in place."""
    for rim in sheet.panel:
        out[rim.box] = _bytes.plus(_bytes.times(out[rim.box], rim.shown), rim.laid)
    return out

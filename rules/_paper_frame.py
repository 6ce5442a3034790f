"""Footage in sheets of paper: few tones, cut in snips, the darker above the lighter, each sheet of its own paper.

Worked out on 540 lines, whatever the picture's size, so that it looks the same at all of them; edges and grain have all
of its pixels. Sheets and colours are fixed: fitted to each frame they would flicker.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _noise, _paper, _paper_plate, _shapes, _simple
from rules._paper import Look

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

_cv: Any = cv2
_STEP = 20  #: levels by which an area must stand out to be a sheet
_CONTRAST, _VIVID = 1.3, 1.15
_LEAST, _SLIM = (30, 70), (2, 4)  #: px of the smallest dark and pale piece, and of their width: a mouth is slim
_THIN, _THICK = 4, 10  #: height whose edge catches no light; how much higher a piece lies
#: levels by which it stands out, and what is left of red, green and blue, or of what they lack to white
_EYES: _shapes.Steps = ((20, (0.38, 0.30, 0.36)),)
_TEETH: _shapes.Steps = ((25, (0.26, 0.32, 0.42)),)
_BLACK = (48, 50, 72, 0)  #: red, green and blue of the darkest piece
_CORE = 3  #: px of half the work size that a sheet has to fill somewhere, across
_HEIGHT = 18  #: levels of height that one sheet is above another at most
_STUCK = 6  #: those of a sheet of like tone and another dye, which is stuck on
_DARK, _PALE = 22, 244  #: lightness of the lowest and the highest sheet
_SNIP, _STRAY = 56.0, 3.2  #: length of a cut, px of 1080 lines, and how far it strays for a px of `facets`
_DYE, _DYES = 9, 15  #: levels of a and b from dye to dye; so many to each side of grey
_AT, _TINTS = (0.0, 0.25, 0.5, 0.75, 1.0), ((4, 2, 1, 1, 1), (-12, -9, 3, 9, 10))  #: a and b of greys, by lightness
_KINDS = 2  #: of paper
_STEEP, _ONE_CAST = 6, 66  #: levels of shadow for one of height, and the most that one cast has
_DEEPEST = 150  #: of 255: the darkest that shadows are
_CASTS = (
    (4.0, 4),
    (11.0, 9),
    (18.0, 16),
    (28.0, 31),
    (42.0, 49),
)  #: how far shadows fall, and the height that they take


class Table(NamedTuple):
    """What all frames of a size need: where to read, and the sheets, one for each kind of paper."""

    x: F32
    y: F32
    papers: tuple[U8, ...]


def cut(rgb: U8, look: Look, seed: int) -> U8:
    """A frame of footage out of paper."""
    height, width = rgb.shape[:2]
    small = _simple.working_size(width, height)
    table = _table(width, height, small, look, seed)
    shapes = _shapes.of(_bytes.with_fourth(_filters.resized(rgb, *small)), _STEP, close=True)
    flat = _shapes.whole(_cv.medianBlur(_cv.medianBlur(_sheets(shapes, look), 5), 5), _CORE)
    flat = _pieces(_shapes.rounded(_filters.read_at(flat, table.x, table.y, nearest=True)), shapes)
    shadow = _shadow(_cv.extractChannel(flat, 3), look)
    return _finished(_simple.grown(flat, width, height), _simple.sized(shadow, width, height), table, look)


def _sheets(shapes: _shapes.Shapes, look: Look) -> U8:
    """Colours of dyed paper, and how high each sheet lies, looked up: hues are a few steps of dye."""
    steps = (np.clip(np.rint((np.arange(256) - 128) / _DYE), -_DYES, _DYES) + _DYES).astype(np.int32)
    side = 2 * _DYES + 1
    index = (np.arange(256, dtype=np.int32) * side**2).take(shapes.light)
    index += (steps * side).take(shapes.a)
    index += steps.take(shapes.b)
    return _dyed(look.sheets, look.craft).take(index).view(np.uint8).reshape(*index.shape, 4)


@lru_cache(maxsize=4)
def _dyed(sheets: int, craft: float) -> NDArray[np.uint32]:
    """RGB and height of all lightnesses and hues. What is darker lies above, of like tone what is redder or yellower a
    little."""
    hues = np.clip(np.arange(-_DYES, _DYES + 1) * _DYE, -128, 127).astype(np.float32)
    light = np.repeat(np.arange(256, dtype=np.uint8)[:, None], len(hues) ** 2, 1)
    a, b = (np.tile(hue.ravel(), (256, 1)) for hue in np.meshgrid(hues, hues, indexing="ij"))
    tone = np.clip(128 + _CONTRAST * (_shapes.tones(sheets) - 128), _DARK, _PALE)
    number = _bytes.table(light, _shapes.numbers(sheets))
    weak = np.clip(1 - np.maximum(np.abs(a), np.abs(b)) * np.float32(1 / 40), 0, 1) * np.float32(craft)
    # no grey is dyed grey: night is indigo, stone is kraft, white is cream
    dyes = [
        np.float32(_VIVID) * hue + weak * _cv.LUT(number, _tints(tone, tint)) + np.float32(128)
        for hue, tint in zip((a, b), _TINTS, strict=True)
    ]
    planes = [_bytes.table(light, _shapes.stepped(tone)), *(np.clip(d, 0, 255).astype(np.uint8) for d in dyes)]
    rgb = _paper.crafted(_cv.cvtColor(_bytes.joined(planes), _cv.COLOR_Lab2RGB), craft)
    stuck = np.clip((a + b) * np.float32(_STUCK / _DYE), -2 * _STUCK, 2 * _STUCK).astype(np.int16) + 2 * _STUCK
    level = (sheets - 1 - number.astype(np.int16)) * _height(sheets) + stuck
    return _bytes.joined([*_cv.split(rgb), level.astype(np.uint8)]).view(np.uint32).ravel()


def _tints(tone: F64, tint: tuple[int, ...]) -> F32:
    out = np.zeros(256, np.float32)
    out[: len(tone)] = np.interp(tone / 255, _AT, tint)
    return out


def _pieces(flat: U8, shapes: _shapes.Shapes) -> U8:
    """Sheets with small pieces stuck on them: eyes and mouths."""
    tones = _EYES, _TEETH
    small = _shapes.small(shapes, tones, _LEAST, _SLIM)
    level = _cv.extractChannel(flat, 3)
    for stands, steps in zip(small, tones, strict=True):
        level = _bytes.plus(level, _bytes.table(stands, _stuck(steps)))
    out = _shapes.drawn(flat, small, tones, _BLACK)
    _cv.insertChannel(level, out, 3)
    return out


@lru_cache(maxsize=4)
def _stuck(steps: _shapes.Steps) -> U8:
    """How much higher a piece lies than what it is stuck on."""
    return np.where(np.arange(256) < steps[0][0], 0, _THICK).astype(np.uint8)


def _shadow(level: U8, look: Look) -> U8:
    """0 to 255: the shadows of sheets on those beneath, the longer the larger the gap; small pieces lie close."""
    height, width = level.shape
    small = _cv.medianBlur(_simple.sized(level, width // 2, height // 2), 5)
    total = np.zeros_like(small)
    for length, least in _CASTS[1:]:
        total = _bytes.plus(total, _cast(small, 0.25 * length, least))
    total = _bytes.plus(_simple.sized(total, width, height), _cast(level, 0.5 * _CASTS[0][0], _CASTS[0][1]))
    return _bytes.at_most(_cv.convertScaleAbs(total, alpha=min(0.92 * look.shadow, 1.6)), _DEEPEST)


def _cast(level: U8, length: float, least: int) -> U8:
    """The shadow that falls so far, of what is higher than what it falls on by more than `least`."""
    x, y = (round(length * a) for a in _paper.AWAY)
    over = _paper.soft(_paper_plate.by(level, x, y), 0.7 * length + 1)  # nothing falls on what casts it
    gap = _bytes.minus(_bytes.minus(over, level), np.full_like(level, least))
    return _bytes.at_most(_cv.convertScaleAbs(gap, alpha=_STEEP), _ONE_CAST)


def _finished(wide: U8, shadow: U8, table: Table, look: Look) -> U8:
    """Colours on their paper, in their shadows, with their edges, plane by plane in strips."""
    height, width = shadow.shape
    unit = height / 1080
    edge = max(1, round(1.2 * unit)), max(1, round(1.6 * unit))
    *colours, level = _bytes.parted(wide)
    rise = _bytes.minus(_bytes.minus(level, _paper_plate.by(level, *edge)), np.full_like(level, _THIN))
    lit = _cv.convertScaleAbs(rise, alpha=9 * look.edge)
    lit = _bytes.at_most(lit, round(76 * min(1.2 * unit, 1)))  # an edge that is thinner than a pixel is less of one
    if look.torn:
        lit = _bytes.at_most(_bytes.most(lit, _paper_plate.lip(level, look.torn * unit, 9)), 104)
    out = np.empty((height, width, 3), np.uint8)
    for rows in _filters.strips(height, width, 350_000):
        paper = _kinds(level[rows], [p[rows] for p in table.papers], look.sheets)
        less = _bytes.times(paper, _bytes.inverse(shadow[rows]), 1 / _paper.ONE)
        planes = [_bytes.times(c[rows], tint) for c, tint in zip(colours, _tinted(less), strict=True)]
        _cv.merge([_bytes.plus(plane, lit[rows]) for plane in planes], out[rows])
    return out


def _tinted(less: U8) -> tuple[U8, U8, U8]:
    """What a shadow lets through of red, green and blue: it is a little violet."""
    red, blue = (_cv.convertScaleAbs(less, alpha=1 - t, beta=255 * t) for t in (0.08, 0.16))
    return red, less, blue


def _height(sheets: int) -> int:
    """Levels of height that one sheet is above another."""
    return min(_HEIGHT, 170 // (sheets - 1))


def _kinds(level: U8, papers: list[U8], sheets: int) -> U8:
    """Each sheet of its own paper."""
    out = papers[0].copy()
    for kind in range(1, len(papers)):
        mine = np.zeros(256, np.uint8)
        number = np.arange(256) // _height(sheets)
        mine[number % _KINDS == kind] = 1
        _cv.copyTo(papers[kind], _bytes.table(level, mine), out)
    return out


# -- constants


@lru_cache(maxsize=3)
def _table(width: int, height: int, small: tuple[int, int], look: Look, seed: int) -> Table:
    unit = height / 1080
    window = _noise.Window(0, 0, *small)
    rows = np.arange(small[1], dtype=np.float32)[:, None]
    columns = np.arange(small[0], dtype=np.float32)[None, :]
    most = np.float32(0.5 * _STRAY * look.facets)
    x, y = (most * _paper_plate.straying(window, 0.5 * _SNIP, seed + n) for n in (3, 4))
    whole = _noise.Window(0, 0, width, height)
    papers = tuple(_paper.laid(unit, 1.5 * look.paper, kind, whole) for kind in range(_KINDS))
    # of half the size
    return Table(
        (columns + x) * np.float32(0.5) - np.float32(0.25), (rows + y) * np.float32(0.5) - np.float32(0.25), papers
    )

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

from rules import _bytes, _filters, _noise, _paper, _paper_plate, _simple
from rules._paper import Look

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_KEEP = 32  #: levels by which a small thing must stand out to be kept
_HEIGHT = 18  #: levels of height that one sheet is above another at most
_STUCK = 6  #: those of a sheet of like tone and another dye, which is stuck on
_DARK, _PALE = 22, 244  #: lightness of the lowest and the highest sheet
_SNIP, _STRAY = 40.0, 2.0  #: length of a cut, px of 1080 lines, and how far it strays for a px of `facets`
_DYE = 12  #: levels of a and b from dye to dye
_AT, _TINTS = (0.0, 0.25, 0.5, 0.75, 1.0), ((5, 3, 1, 1, 1), (-16, -12, 3, 9, 10))  #: a and b of greys, by lightness
_KINDS = 3  #: of paper
_DEEPEST = 142  #: of 255: the darkest that shadows are
_CASTS = (
    (2.6, 4),
    (7.0, 9),
    (12.0, 14),
    (20.0, 31),
    (30.0, 49),
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
    quiet = _simple.quiet(_filters.resized(rgb, *small), _KEEP, 2)[0]
    if look.facets:
        quiet = _filters.read_at(quiet, table.x, table.y)
    sheet = _cv.medianBlur(_bytes.table(quiet, _numbers(look.sheets)), 5)
    flat = _palette(look.craft, look.sheets)[_simple.index(_bytes.table(sheet, _tones(look.sheets)))].view(np.uint8)
    flat = flat.reshape(*quiet.shape[:2], 4)
    shadow = _shadow(_cv.extractChannel(flat, 3), look)
    wide = _simple.crisp(_simple.sized(_cv.blur(flat, (3, 3)), width, height), 3.4, 5 if height >= 700 else 3)
    return _finished(wide, _simple.sized(shadow, width, height), table, look)


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
    gap = _bytes.minus(_bytes.minus(_paper_plate.by(level, x, y), level), np.full_like(level, least))
    higher = _bytes.least(_cv.convertScaleAbs(gap, alpha=8), np.full_like(level, 62))
    return _paper.soft(higher, 0.45 * length + 1)


def _finished(wide: U8, shadow: U8, table: Table, look: Look) -> U8:
    """Colours on their paper, in their shadows, with their edges, in strips that stay in the cache."""
    height, width = shadow.shape
    unit = height / 1080
    edge = max(1, round(0.8 * unit)), max(1, round(1.1 * unit))
    level = _cv.extractChannel(wide, 3)
    lit = _cv.convertScaleAbs(_bytes.minus(level, _paper_plate.by(level, *edge)), alpha=3.2 * look.edge)
    dark = _cv.convertScaleAbs(_bytes.minus(level, _paper_plate.by(level, -edge[0], -edge[1])), alpha=2.2 * look.edge)
    if look.torn:
        lit = _bytes.most(lit, _paper_plate.lip(level, look.torn * unit, 9))
    lit, dark = (_bytes.at_most(p, top) for p, top in ((lit, 84 if look.torn else 58), (dark, 34)))
    out = np.empty((height, width, 3), np.uint8)
    for rows in _filters.strips(height, width):
        paper = _kinds(level[rows], [p[rows] for p in table.papers], look.sheets)
        less = _bytes.times(paper, _bytes.inverse(_bytes.plus(dark[rows], shadow[rows])), 1 / _paper.ONE)
        rgb = _bytes.times(_bytes.without_fourth(wide[rows]), _tinted(less))
        out[rows] = _bytes.plus(rgb, _bytes.three(lit[rows]))
    return out


def _tinted(less: U8) -> U8:
    """What a shadow lets through of red, green and blue: it is a little violet."""
    red, blue = (_cv.convertScaleAbs(less, alpha=1 - t, beta=255 * t) for t in (0.08, 0.16))
    return _bytes.joined([red, less, blue])


def _height(sheets: int) -> int:
    """Levels of height that one sheet is above another."""
    return min(_HEIGHT, 170 // (sheets - 1))


def _kinds(level: U8, papers: list[U8], sheets: int) -> U8:
    """Each sheet of its own paper."""
    out = papers[0].copy()
    for kind in range(1, len(papers)):
        mine = np.zeros(256, np.uint8)
        number = np.arange(256) // _height(sheets)
        mine[(number * 2) % _KINDS == kind] = 1
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
    return Table(columns + x, rows + y, papers)


@lru_cache(maxsize=4)
def _numbers(sheets: int) -> U8:
    """Lab -> number of the sheet by lightness, dark to light (dark footage is stretched), and of its dye by a and b."""
    light = (np.arange(256) / 255) ** 0.9
    number = np.clip(np.floor((light - 0.06) / 0.90 * sheets), 0, sheets - 1)
    away = np.arange(256) - 128.0  # greys hold more than a step
    dye = np.sign(away) * np.floor(np.abs(away) / _DYE + 0.3) + 16
    return np.stack([number, dye, dye, dye], -1).astype(np.uint8).reshape(256, 1, 4)


@lru_cache(maxsize=4)
def _tones(sheets: int) -> U8:
    """Numbers of sheets and dyes -> Lab."""
    number = np.minimum(np.arange(256), sheets - 1)
    tone = _DARK + (_PALE - _DARK) * number / (sheets - 1)
    dye = np.clip(128 + (np.arange(256) - 16) * _DYE, 0, 255)
    return np.rint(np.stack([tone, dye, dye, dye], -1)).astype(np.uint8).reshape(256, 1, 4)


@lru_cache(maxsize=4)
def _palette(craft: float, sheets: int) -> NDArray[np.uint32]:
    """For each index the colour of dyed paper and how high it lies, as a word: what is darker lies above, and what is
    redder or yellower a little."""
    number = np.arange(1 << 16)
    lab = np.stack([(number >> 10) * 4 + 2, ((number >> 5) & 31) * 8, (number & 31) * 8], -1).astype(np.uint8)
    number = np.rint((lab[:, 0].astype(np.float64) - _DARK) / (_PALE - _DARK) * (sheets - 1)).clip(0, sheets - 1)
    dye = np.rint((lab[:, 1:].astype(np.float64) + 4 - 128) / _DYE).clip(-3, 3).sum(-1) + 6
    height = ((sheets - 1 - number) * _height(sheets) + _STUCK * dye).astype(np.uint32)
    light = lab[:, 0].astype(np.float32) / 255
    weak = np.clip(1 - np.abs(lab[:, 1:].astype(np.float32) - 128).max(-1) / 44, 0, 1) * np.float32(craft)
    vivid = 128 + (lab[:, 1:].astype(np.float32) - 128) * np.float32(1.15)
    # no grey is dyed grey: night is indigo, stone is kraft, white is cream
    vivid += weak[:, None] * np.stack([np.interp(light, _AT, tint) for tint in _TINTS], -1)
    lab[:, 1:] = np.clip(np.rint(vivid), 0, 255)
    rgb = _paper.crafted(_cv.cvtColor(lab[None], _cv.COLOR_LAB2RGB), craft)[0].astype(np.uint32)
    return np.asarray(rgb[:, 0] | rgb[:, 1] << 8 | rgb[:, 2] << 16 | height << 24, "<u4")

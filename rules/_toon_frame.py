"""Cel shading on footage: few flat tones of few hues with clean borders, and ink where the picture has lines.

Worked out on 540 lines, whatever the picture's size, so that it looks the same at all of them. The ink is a
difference of Gaussians (XDoG, Winnemoeller et al., 2012) in two widths. Palettes are fixed: fitted to each
frame they would flicker.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _colour, _filters, _simple

U8 = NDArray[np.uint8]
F64 = NDArray[np.float64]

_cv: Any = cv2
_INK = (46, 26, 52)
#: OKLab lightness up to which a tone reaches, and the tone: shadow to white
_TONES = ((0.27, 0.23), (0.50, 0.43), (0.71, 0.66), (0.88, 0.83), (1.1, 0.965))
_MUTED = (14, 60, 110, 175, 258, 335)  #: hues that are left of weak colours
_CHROMA = ((0.018, 0.006), (0.05, 0.042), (0.09, 0.085), (0.14, 0.135), (1.0, 0.18))


def painted(rgb: U8, line: float) -> U8:
    """A frame of footage as a cel; line: weight of the ink."""
    height, width = rgb.shape[:2]
    work = _filters.resized(rgb, *_simple.working_size(width, height))
    quiet, detail, broad = _simple.quiet(work)
    flat = _palette()[_simple.index(quiet)].view(np.uint8).reshape(*quiet.shape[:2], 4)
    flat = _cv.medianBlur(flat, 5)
    reach = 5 if height >= 700 else 3
    flat = _simple.crisp(_simple.sized(_cv.blur(flat, (3, 3)), width, height), 3.4, reach)
    ink = _simple.sized(_ink(detail, broad), width, height)
    veil = [_bytes.table(ink, table) for table in _inking(line)]
    return _bytes.without_fourth(_cv.min(flat, _bytes.joined([*veil, veil[0]])))


@lru_cache(maxsize=1)
def _palette() -> NDArray[np.uint32]:
    """The flat colour, RGBX as a word, of each index."""
    number = np.arange(1 << 16)
    lab = np.stack([(number >> 10) * 4 + 2, ((number >> 5) & 31) * 8 + 4, (number & 31) * 8 + 4], -1).astype(np.uint8)
    found = _colour.to_lab(_cv.cvtColor(lab[None], _cv.COLOR_LAB2RGB)[0].astype(np.float64) / 255)
    light, chroma = found[:, 0], np.hypot(found[:, 1], found[:, 2])
    hue = np.degrees(np.arctan2(found[:, 2], found[:, 1])) % 360
    tone = _stepped(light, _TONES)
    muted = np.array(_MUTED)
    nearest = muted[np.abs((hue[:, None] - muted + 180) % 360 - 180).argmin(1)]
    hue = np.where(chroma < 0.11, nearest, np.round(hue / 15) * 15)
    chroma = np.where((tone < 0.3) & (chroma < 0.06), 0, chroma)
    grey = (chroma < 0.018) & (tone < 0.5)  # in shade greys turn violet
    strength = np.where(grey, 0.028, _stepped(chroma, _CHROMA) * np.where(tone > 0.95, 0.35, 1))
    most = 24 * np.clip((0.60 - tone) / 0.35, 0, 1)
    hue = np.where(grey, 280, hue + np.clip((285 - hue + 180) % 360 - 180, -most, most))
    few, which = np.unique(np.round(np.stack([tone, strength, hue], -1), 6), axis=0, return_inverse=True)
    rgb = np.rint(_existing(few[:, 0], few[:, 1], np.radians(few[:, 2])) * 255).astype(np.uint32)[which.ravel()]
    return np.asarray(rgb[:, 0] | rgb[:, 1] << 8 | rgb[:, 2] << 16 | 255 << 24, "<u4")


def _stepped(values: F64, steps: tuple[tuple[float, float], ...]) -> F64:
    ends, levels = np.array(steps).T
    return np.asarray(levels[np.searchsorted(ends, values, side="right").clip(0, len(levels) - 1)])


def _existing(light: F64, chroma: F64, hue: F64) -> F64:
    """Colours of OKLCh; where one does not exist, with less chroma."""
    away = np.ones_like(chroma)
    for _ in range(24):
        lab = np.stack([light, chroma * away * np.cos(hue), chroma * away * np.sin(hue)], -1)
        rgb = _colour.from_lab(lab)
        missed = np.abs(_colour.to_lab(rgb) - lab).max(-1) > 0.012
        if not missed.any():
            break
        away = np.where(missed, away * 0.93, away)
    return rgb


def _ink(detail: U8, broad: U8) -> U8:
    """0 is ink: bold lines of broad shapes, and fine ones where those agree."""
    bold = _lines(broad, 1.2, 16)
    heavy, near = _lines_alone(_cv.medianBlur(_at(bold, 185), 3)), _cv.medianBlur(_at(bold, 160), 5)
    gate = _cv.erode(near, np.ones((3, 3), np.uint8))
    height, width = detail.shape
    fine = _cv.medianBlur(_cv.max(_at(_lines(detail, 1.0, 20), 190), _simple.sized(gate, width, height)), 3)
    return np.asarray(_cv.blur(_cv.min(fine, _simple.sized(heavy, width, height)), (3, 3)))


def _lines_alone(ink: U8) -> U8:
    """Ink without its blots: the shadow of a nose is no line."""
    disc, around = (_cv.getStructuringElement(_cv.MORPH_ELLIPSE, (side, side)) for side in (5, 9))
    blots = _cv.erode(_cv.dilate(ink, disc), around)  # dark where a whole disc of ink fits
    _, paper = _cv.threshold(blots, 127, 255, _cv.THRESH_BINARY_INV)
    return np.asarray(_cv.max(ink, paper))


def _lines(grey: U8, sigma: float, gain: float) -> NDArray[np.int16]:
    """Difference of Gaussians."""
    narrow, wide = (_cv.GaussianBlur(grey, (0, 0), s) for s in (sigma, 1.7 * sigma))
    return np.asarray(_cv.addWeighted(narrow, gain, wide, -gain, 0, dtype=_cv.CV_16S))


def _at(lines: NDArray[np.int16], level: int) -> U8:
    return np.asarray(_cv.convertScaleAbs(_cv.min(_cv.max(_cv.add(lines, level), 0), 255)))


@lru_cache(maxsize=4)
def _inking(line: float) -> U8:
    """(3, 256): the most that is left of red, green and blue under each level of ink."""
    paper = np.clip((np.arange(256) - 122 - 34 * (line - 1)) * 8 + 128, 0, 255) / 255
    paper = 1 - (1 - paper) * min(line, 1.0)
    ink = np.array(_INK)[:, None]
    return np.asarray(np.rint(ink + (255 - ink) * paper), np.uint8)

"""Grounds and footage as slabs of clay: few kneaded colours, each a piece with a seam about it.

Tones are few and fixed (fitted to a picture they would flicker); hues are kept. Seams run where hues or two tones
differ; neighbouring light tones are smeared into one another, as on one piece of clay.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _colour, _simple

U8 = NDArray[np.uint8]
F64 = NDArray[np.float64]
U32 = NDArray[np.uint32]

_cv: Any = cv2
_SEAMS = (0.33, 0.50, 0.70)  #: lightness (OKLab) at which a seam runs
_DARK, _LIGHT = 0.235, 0.93  #: lightness of the darkest and of the lightest clay
_CHROMA = 1.22, 0.170  #: how much stronger colours are, at most
_GREY = 0.075  #: chroma below which seams know no hue
_HUES = 6


class Slabs(NamedTuple):
    """colour: RGBX. piece: a number for each pixel that is the same within a piece."""

    colour: U8
    piece: U8


def cut(quiet: U8, tones: int) -> Slabs:
    """Pieces of clay out of a quiet picture (Lab, four channels)."""
    words, pieces = _palette(tones)
    index = _simple.index(quiet)
    shape = (*index.shape, 4)
    colour = _cv.medianBlur(words[index].view(np.uint8).reshape(shape), 5)
    return Slabs(colour, _cv.medianBlur(_cv.medianBlur(pieces[index], 5), 5))


def seams(piece: U8) -> U8:
    """0 where two pieces meet, else 255."""
    out = np.full(piece.shape, 255, np.uint8)
    for first, second in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[1:], np.s_[:-1])):
        out[first][piece[first] != piece[second]] = 0
    return out


@lru_cache(maxsize=3)
def _palette(tones: int) -> tuple[U32, U8]:
    """The colour, RGBX as a word, and the piece of each index."""
    number = np.arange(1 << 16)
    lab = np.stack([(number >> 10) * 4 + 2, ((number >> 5) & 31) * 8 + 4, (number & 31) * 8 + 4], -1).astype(np.uint8)
    found = _colour.to_lab(_cv.cvtColor(lab[None], _cv.COLOR_LAB2RGB)[0].astype(np.float64) / 255)
    light, chroma = found[:, 0], np.hypot(found[:, 1], found[:, 2])
    hue = np.arctan2(found[:, 2], found[:, 1])
    step = np.clip(np.floor((light - 0.08) / 0.90 * tones), 0, tones - 1) / max(tones - 1, 1)
    tone = _DARK + (_LIGHT - _DARK) * step
    strength = np.clip(chroma * np.where(step > 0, _CHROMA[0], 0.8), 0.012, _CHROMA[1])
    rgb = np.rint(_existing(tone, strength, hue) * 255).astype(np.uint32)
    words = np.asarray(rgb[:, 0] | rgb[:, 1] << 8 | rgb[:, 2] << 16 | 255 << 24, "<u4")
    turn = np.floor(((np.degrees(hue) + 10) % 360) / (360 / _HUES))
    piece = np.searchsorted(np.array(_SEAMS), light) * 10 + np.where(chroma < _GREY, 0, 1 + turn)
    return words, np.asarray(piece + 1, np.uint8)


def _existing(light: F64, chroma: F64, hue: F64) -> F64:
    """Colours of OKLCh; where one does not exist, with less chroma."""
    away = np.ones_like(chroma)
    for _ in range(20):
        lab = np.stack([light, chroma * away * np.cos(hue), chroma * away * np.sin(hue)], -1)
        rgb = _colour.from_lab(lab)
        missed = np.abs(_colour.to_lab(rgb) - lab).max(-1) > 0.012
        if not missed.any():
            break
        away = np.where(missed, away * 0.92, away)
    return rgb

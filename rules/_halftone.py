"""Four inks on paper: which tints a colour is printed in, the screens that break tints into dots, the overprint.

A colour is looked up in a table, as printers of comic books did it in a chart: cyan, magenta and yellow stand in
a few tints, black takes what darkness is left and varies freely, and mixtures of many dots cost more than clean
ones. Screens are amplitude modulated, of one pitch, at the angles of Core Image's `CMYKHalftone`; a threshold is
ranked by area, so that a tint covers just its share of the paper. Where inks overlap, each channel loses
the most that any of them takes: nearly Demichel's and Neugebauer's product for inks as clean as these.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _colour, _filters

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

_cv: Any = cv2
YELLOW, MAGENTA, CYAN, BLACK = range(4)  #: channels of tints
ANGLES = (0.0, 15.0, 75.0, 45.0)  #: degrees, of each ink's screen
#: red, green and blue that full cover of each ink lets through, of what the paper throws back
THROUGH = ((1.0, 0.96, 0.14), (0.98, 0.17, 0.46), (0.04, 0.64, 0.94), (0.0, 0.0, 0.0))
INK = (27, 22, 29)  #: RGB of black ink: never quite black
LEAST_PITCH = 4.0  #: px: finer dots would be noise
_TINTS = (0.0, 0.25, 0.5, 1.0)
_BLACKS = (0.0, 0.12, 0.24, 0.36, 0.48, 0.6)
#: levels that each ink takes from paper where it takes most: an edge of a dot that has come to that is full
_TAKEN = (184, 196, 225, 208)
_CLEAN = 0.06  #: shares of less are none: lights stay clean
_COARSE = 17  #: colours a side of the cube that is worked out; between them tints are mixed
_BITS = (5, 6, 5)  #: of red, green and blue that the table is looked up by
_SOFT = 0.013  #: how far apart in cost two mixtures may lie and both count: tints change within a few levels


# -- separation


@lru_cache(maxsize=4)
def separation(lift: float, vivid: float, slope: float, coloured: bool = True) -> NDArray[np.uint32]:
    """Tints (yellow, magenta, cyan, black: bytes of a word) of each RGB565, for screens of a slope."""
    shares = _between(_separated(lift, vivid, coloured))
    tints = np.stack([_tints(slope, ink)(shares[..., ink]) for ink in range(4)], -1)
    tints = np.where(shares < _CLEAN, 0, np.where(shares > 0.94, 255, tints))
    fine = np.clip(np.rint(tints), 0, 255).astype(np.uint32)
    table = fine[..., 0] | fine[..., 1] << 8 | fine[..., 2] << 16 | fine[..., 3] << 24
    table = table.reshape(-1).astype("<u4")
    table.flags.writeable = False
    return np.asarray(table, np.uint32)


def _tints(slope: float, ink: int) -> Callable[[F64], F64]:
    """Share of the paper -> the tint of an ink that covers it, soft edges of dots and all."""
    begins = most(slope) * (np.arange(256) + 0.5) / 256
    tints = np.arange(256.0)
    covered = np.clip((tints[:, None] - begins) * (slope / _TAKEN[ink]), 0, 1).mean(1)
    return lambda shares: np.interp(shares, covered, tints)


def _between(coarse: F64) -> F64:
    """A cube of values -> one with as many steps as the table has."""
    for axis, bits in enumerate(_BITS):
        at = np.linspace(0, _COARSE - 1, 1 << bits)
        low = np.minimum(at.astype(int), _COARSE - 2)
        share = (at - low).reshape([-1 if n == axis else 1 for n in range(4)])
        coarse = coarse.take(low, axis) * (1 - share) + coarse.take(low + 1, axis) * share
    return coarse


def _separated(lift: float, vivid: float, coloured: bool) -> F64:
    """Shares of four inks (n, n, n, 4) for a cube of colours."""
    side = np.arange(_COARSE) / (_COARSE - 1)
    rgb = np.stack(np.meshgrid(side, side, side, indexing="ij"), -1).reshape(-1, 3)
    wanted = _wanted(_colour.to_lab(rgb), lift, vivid)
    mixtures, labs, cost = _chart(coloured)
    out = np.empty((len(wanted), 4))
    for first in range(0, len(wanted), 512):
        aim = wanted[first : first + 512, None]
        away = aim - labs
        # a wrong hue is seen before a wrong lightness
        far = np.sqrt(0.7 * away[..., 0] ** 2 + 1.5 * (away[..., 1] ** 2 + away[..., 2] ** 2)) + cost
        weight = np.exp(-(far - far.min(1, keepdims=True)) / _SOFT)
        weight /= weight.sum(1, keepdims=True)
        out[first : first + 512] = np.stack([(weight * mixtures[:, ink]).sum(1) for ink in range(4)], -1)
    return out.reshape(_COARSE, _COARSE, _COARSE, 4)


def _wanted(lab: F64, lift: float, vivid: float) -> F64:
    """Colours as a colourist wants them: out of the dark, strong, and clean where they are light."""
    light = np.clip(lab[:, 0], 0, 1)
    raised = light + lift * 0.34 * light * (1 - light) * (1.6 - light)
    raised = raised + 0.085 * np.clip((raised - 0.68) / 0.16, 0, 1)
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    strong = 0.40 * np.clip((chroma - 0.015) / 0.05, 0, 1) * np.clip((light - 0.35) / 0.25, 0, 1)  # brown is no red
    more = vivid * (1 + strong) * np.clip((chroma + 0.012) / 0.035, 0.3, 1)
    return np.stack([np.minimum(raised, 1), lab[:, 1] * more, lab[:, 2] * more], -1)


def _chart(coloured: bool) -> tuple[F64, F64, F64]:
    """The tint chart: shares of the inks, their colours in OKLab on white paper, and what a mixture costs."""
    hues = _TINTS if coloured else _TINTS[:1]
    axes = np.meshgrid(hues, hues, hues, _BLACKS if coloured else np.linspace(0, 0.9, 13), indexing="ij")
    mixtures = np.stack(axes, -1).reshape(-1, 4)
    linear = np.zeros((len(mixtures), 3))
    for primary in range(16):
        on = [primary >> ink & 1 for ink in range(4)]
        area = np.ones(len(mixtures))
        seen = np.ones(3)
        for ink in range(4):
            area = area * (mixtures[:, ink] if on[ink] else 1 - mixtures[:, ink])
            seen = np.minimum(seen, np.array(THROUGH[ink])) if on[ink] else seen
        linear += area[:, None] * np.maximum(seen, 0.03) ** 2.2
    labs = _colour.to_lab(linear ** (1 / 2.2))
    dotted = (mixtures > 0) & (mixtures < 1)
    hue = dotted[:, 1:3].sum(1)
    cost = 0.006 * dotted[:, YELLOW] + np.array([0, 0.014, 0.075])[hue]
    cost = cost + dotted[:, BLACK] * np.array([0.026, 0.055, 0.1])[hue] + 0.05 * mixtures[:, BLACK]
    return mixtures, labs, cost


# -- screens


def slope(pitch: float) -> float:
    """Levels of cover for a level of tint: a dot's edge is about a pixel wide. A power of two, see `cover`."""
    return float(2 ** min(max(round(math.log2(0.55 * pitch)), 1), 3))


def most(slope: float) -> float:
    """The tint at which the last pixels of dots begin, so that they are full at 255."""
    return 255 - 255 / slope


@lru_cache(maxsize=8)
def thresholds(slope: float) -> bytes:
    """Tints from which on a pixel is printed, for sums of a screen's two cosines from -2 to 2 (1,025)."""
    return bytes(((1 - _ranks()) * most(slope)).astype(np.uint8))


@lru_cache(maxsize=12)
def screen(width: int, height: int, pitch: float, angle: float) -> U8:
    """The tint from which on each pixel is printed, (height, width), read-only."""
    begins = (1 - _ranks()) * np.float32(most(slope(pitch)))
    turn, step = math.radians(angle), 2 * math.pi / pitch
    x = (np.arange(width, dtype=np.float32) - np.float32(width / 2))[None]
    y = (np.arange(height, dtype=np.float32) - np.float32(height / 2))[:, None]
    across, down = np.float32(step * math.cos(turn)), np.float32(step * math.sin(turn))
    out = np.empty((height, width), np.uint8)
    for rows in _filters.strips(height, width):
        wave = np.cos(x * across + y[rows] * down) + np.cos(y[rows] * across - x * down)
        out[rows] = begins[np.clip((wave + 2) * np.float32(256), 0, 1024).astype(np.int32)]
    out.flags.writeable = False
    return out


@lru_cache(maxsize=1)
def _ranks() -> F32:
    """The share of a cell in which the sum of two cosines, -2 to 2 in 1,025 steps, is less than each of its values."""
    phase = (np.arange(512) + 0.5) * (2 * math.pi / 512)
    wave = np.sort((np.cos(phase)[:, None] + np.cos(phase)[None]).ravel())
    found = np.searchsorted(wave, np.linspace(-2, 2, 1025)) / wave.size
    return found.astype(np.float32)


def cover(tint: U8, threshold: U8 | None, slope: float) -> U8:
    """What a tint covers, 0 to 255: in dots, or without a screen evenly."""
    if threshold is None:
        return tint
    out = _bytes.minus(tint, threshold)
    for _ in range(round(math.log2(slope))):  # doubling is the cheapest of products
        _cv.add(out, out, out)
    return out


def overprinted(covers: list[U8], paper: tuple[int, int, int]) -> list[U8]:
    """What four inks that lie over one another take from the red, green and blue of paper."""
    out = []
    for channel, level in enumerate(paper):
        plane = _bytes.at_most(covers[BLACK], level - INK[channel])
        for ink in (YELLOW, MAGENTA, CYAN):
            through = THROUGH[ink][channel]
            if through < 0.9:
                taken = level - max(round(through * level), INK[channel])
                plane = _bytes.most(plane, _bytes.at_most(covers[ink], taken))
        out.append(plane)
    return out

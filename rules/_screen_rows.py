"""Screens of dots of any pitch that lie anywhere on the picture, made a row at a time.

A screen is the sum of two cosines that run across each other, and so its rows differ in nothing but the two phases in
which they begin. A screen that stands upright or on its corner needs one row for each phase down the picture; of any
other, every row is a part of one long row, since along that both phases come together in all ways. A frame then
looks up 1,080 beginnings instead of making two million thresholds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
Floats = NDArray[np.floating]
Ints = NDArray[np.intp]

_FINE = 4  #: rows a px of the pitch, from the crest of a wave to its trough
_CELLS = 64  #: of a long row's phases, each way; a power of two
_LONG = 10_000  #: px of a long row: some two beginnings in each cell
_TURN = 2 * math.pi


@dataclass(frozen=True)
class Screen:
    """A screen whose rows are had as those of an array. windows: (m, width) of what was made; first: (height,) which
    of them each row of the picture is."""

    windows: U8
    first: Ints

    def __getitem__(self, rows: slice) -> U8:
        return self.windows[self.first[rows]]


class Lattice(NamedTuple):
    """Where dots lie: px from one to the next, degrees from 0 to 90, and a point of the picture on which one lies."""

    pitch: float
    angle: float
    x: float
    y: float


def screen(width: int, height: int, lattice: Lattice, thresholds: bytes) -> Screen:
    """The screen of a picture. thresholds: 1,025, for sums of two cosines from -2 to 2."""
    down = np.arange(height) - lattice.y
    if lattice.angle % 45:
        return _slanted(width, down, lattice, thresholds)
    wave = _TURN / lattice.pitch * (1.0 if lattice.angle % 90 == 0 else math.sqrt(0.5))
    phases = round(_FINE * lattice.pitch)
    across = np.cos((wave * (np.arange(width) - lattice.x)).astype(np.float32))
    along = np.cos(np.arange(phases + 1, dtype=np.float32) * np.float32(math.pi / phases))[:, None]
    # of a screen on its corner: the sum of two cosines is twice the product of what is half-way between
    made = _broken(across + along if lattice.angle % 90 == 0 else 2 * across * along, thresholds)
    phase = np.rint(np.abs(wave * down) * (phases / math.pi)).astype(np.intp) % (2 * phases)
    return Screen(made, np.minimum(phase, 2 * phases - phase))


def _slanted(width: int, down: Floats, lattice: Lattice, thresholds: bytes) -> Screen:
    turn = math.radians(min(lattice.angle, 90 - lattice.angle))
    steep, flat = math.cos(turn) / lattice.pitch, math.sin(turn) / lattice.pitch
    long, places = _long(width, steep, flat, thresholds)
    windows = np.lib.stride_tricks.sliding_window_view(long, width)
    if lattice.angle < 45:
        first, second = down * flat - lattice.x * steep, down * steep + lattice.x * flat
    else:  # the same waves the other way round, and backwards
        first, second = -down * flat - lattice.x * steep, lattice.x * flat - down * steep
    return Screen(windows, places[_cells(first), _cells(second)])


@lru_cache(maxsize=4)
def _long(width: int, steep: float, flat: float, thresholds: bytes) -> tuple[U8, Ints]:
    """A long row along which one wave makes so many turns a px and the other one so many backwards; and where in it
    their phases are in which cells."""
    x = np.arange(_LONG + width)
    first, second = x * steep, x * -flat
    made = np.zeros(len(x), np.float32)
    for turns in (first, second):
        made += np.cos((turns - np.floor(turns)).astype(np.float32) * np.float32(_TURN))
    places = np.full((_CELLS, _CELLS), -1, np.intp)
    places[_cells(first[:_LONG]), _cells(second[:_LONG])] = x[:_LONG]
    for axis in (0, 1, 0, 1):  # where none is in a cell, one beside it will do
        places = np.where(places < 0, np.roll(places, 1, axis), places)
    return _broken(made, thresholds), places


def _cells(turns: Floats) -> Ints:
    """The cell of a phase."""
    return np.asarray(np.floor(turns * _CELLS).astype(np.intp) & (_CELLS - 1))


def _broken(sums: F32, thresholds: bytes) -> U8:
    place = ((sums + np.float32(2)) * np.float32(256)).astype(np.intp)
    return np.frombuffer(thresholds, np.uint8).take(place, mode="clip")

"""Thumb prints on footage in clay: few, each apart from the others, anywhere on the picture and not on a tile.

A print is a patch of ridges bent about a core within it, arches further off, worn in places and pressed in at its
middle. Lengths are px of 1080 lines; ridges that come near to a pixel fade, since they would be rings of another sort.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rules import _noise

F32 = NDArray[np.float32]

_APART = 330.0  #: px from one place where a print may be to the next
_SHARE = 0.62  #: of those where there is one
_WIDE, _TALL = 44.0, 1.4  #: half of a print, px, and times as tall
_RIDGE, _HIGH = 9.0, 0.62  #: px from ridge to ridge, and of a ridge
_PRESSED = 2.6  #: px that a thumb goes in
_SEED = 77


def height(width: int, lines: int) -> F32:
    """The height of the prints of a picture, px of it."""
    unit = lines / 1080
    out = np.zeros((lines, width), np.float32)
    for row in range(-1, int(lines / (_APART * unit)) + 2):
        for column in range(-1, int(width / (_APART * unit)) + 2):
            chance, across, down, turn, wear = (float(_noise.unit(column, row, 8 * _SEED + n)) for n in range(5))
            if chance < _SHARE:
                middle = (column + across) * _APART * unit, (row + down) * _APART * unit
                _print(out, middle, (turn, wear), unit)
    return out


def _print(out: F32, middle: tuple[float, float], chance: tuple[float, float], unit: float) -> None:
    turn, wear = chance
    wide = _WIDE * (0.85 + 0.3 * wear)
    reach = int(1.1 * _TALL * wide * unit) + 2
    left, top = int(middle[0]) - reach, int(middle[1]) - reach
    rows = slice(max(top, 0), max(top + 2 * reach, 0))
    columns = slice(max(left, 0), max(left + 2 * reach, 0))
    part = out[rows, columns]
    y = (np.arange(part.shape[0], dtype=np.float32)[:, None] + rows.start - middle[1]) / unit
    x = (np.arange(part.shape[1], dtype=np.float32)[None, :] + columns.start - middle[0]) / unit
    angle = (turn - 0.5) * 1.9
    u, v = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    far = np.sqrt((u / wide) ** 2 + (v / (_TALL * wide)) ** 2)
    inside = np.clip(3.2 * (1 - far), 0, 1)
    inside = inside * inside * (3 - 2 * inside)
    core = v - 0.2 * wide
    away = np.sqrt(u * u + (np.where(core > 0, 0.3, 0.85) * core) ** 2 + 3) + 2.2 * np.sin(v / 13 + 9 * turn)
    ridges = np.sin(away * (2 * np.pi / _RIDGE)) * np.clip(0.85 + 0.5 * np.sin(u / 15 + v / 17 + 40 * wear), 0, 1)
    seen = np.clip((_RIDGE * unit - 1.5) / 3, 0, 1)
    part += (unit * inside * (ridges * _HIGH * seen - _PRESSED * np.clip(1.25 - far, 0, 1))).astype(np.float32)

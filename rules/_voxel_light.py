"""Light and shadows in blocks: what is soft becomes cells, each in one of few steps.

What lies on the ground has flat cells, since a ground is seen at a slant.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rules._voxel_drawing import Look
from studio.rule import Maps

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_SAMPLES = 4  #: of a cell, across and down
_SHADOW, _GLOW = 5, 16  #: steps from nothing to all of a shadow and of light
_LEAST, _MOST = 0.75, 2.0  #: of a block, as places have it
_LYING = 0.5  #: of its width, how high at most what lies on the ground is, and how high its cells are
_HALO, _FLAKE = 2.0, 0.3  #: blocks across a cell of light, and of weather


def veil(rgba: U8, maps: Maps, look: Look) -> U8:
    """A soft shadow."""
    cells, across, down = _cells(rgba, maps, look, 1.0)
    alpha = np.rint(cells[..., 3:] / 255 * _SHADOW) / _SHADOW * 255
    colour = cells[..., :3] / np.maximum(cells[..., 3:], 1) * alpha
    return _laid(np.dstack([colour, alpha]), across, down)


def glow(rgba: U8, maps: Maps, look: Look) -> U8:
    """Light that is added: premultiplied, of no cover of its own."""
    cells, across, down = _cells(rgba, maps, look, _HALO)
    most = cells[..., :3].max(-1, keepdims=True)
    step = np.rint(most / 255 * _GLOW) / _GLOW * 255
    return _laid(cells * (step / np.maximum(most, 1)), across, down)


def falling(rgba: U8, maps: Maps, look: Look) -> U8:
    """What falls or drifts: in cells so small that flakes stay flakes."""
    cells, across, down = _cells(rgba, maps, look, _FLAKE / look.coarse)
    return _laid(cells, across, down)


def _cells(rgba: U8, maps: Maps, look: Look, times: float) -> tuple[F32, NDArray[np.intp], NDArray[np.intp]]:
    """The mean of each cell, and which cell each column and each row of px is in. Cells hang on the origin."""
    height, width = rgba.shape[:2]
    wide = max(1, round(look.px(maps, look.coarse * times, _LEAST, _MOST)))
    lies = maps.role != "weather" and height <= _LYING * width
    high = max(1, round(wide * _LYING)) if lies else wide
    columns, across = _along(maps.left, width, wide)
    rows, down = _along(maps.top, height, high)
    found = rgba[rows][:, columns].reshape(-1, _SAMPLES, len(columns) // _SAMPLES, _SAMPLES, 4)
    return found.mean((1, 3), dtype=np.float32), across, down


def _along(start: int, length: int, cell: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Px of the samples of all cells along one side, and the cell of each px."""
    first = start // cell
    count = -(-(start + length) // cell) - first
    at = ((np.arange(count * _SAMPLES) + 0.5) * cell / _SAMPLES).astype(np.intp) + first * cell - start
    return np.clip(at, 0, length - 1), (np.arange(length) + start) // cell - first


def _laid(cells: F32, across: NDArray[np.intp], down: NDArray[np.intp]) -> U8:
    return np.ascontiguousarray(np.clip(np.rint(cells), 0, 255).astype(np.uint8)[down][:, across])

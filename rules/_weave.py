"""Cloth seen close: tweed and twill as faint patterns on what is already painted."""

from __future__ import annotations

import numpy as np

from rules._cel import Cel
from rules._mask import F32, Mask


def tweed(cel: Cel, where: Mask, pitch: float, weight: float) -> None:
    """Herringbone: diagonal ribs that turn at each column; pitch in u, weight of the tone."""
    x, y = _places(cel, where)
    column = np.abs((x / (3.2 * pitch)) % 2 - 1) * 3.2 * pitch
    _toned(cel, where, np.sin((2 * np.pi / pitch) * (y + column)), weight)


def twill(cel: Cel, where: Mask, pitch: float, weight: float) -> None:
    """Straight diagonal ribs."""
    x, y = _places(cel, where)
    _toned(cel, where, np.sin((2 * np.pi / pitch) * (0.75 * x + y)), weight)


def _places(cel: Cel, where: Mask) -> tuple[F32, F32]:
    x0, y0, x1, y1 = where.box
    x = (np.arange(x0, x1, dtype=np.float32) + 0.5 - np.float32(cel.origin[0])) / np.float32(cel.unit)
    y = (np.arange(y0, y1, dtype=np.float32) + 0.5 - np.float32(cel.origin[1])) / np.float32(cel.unit)
    return x[None, :], y[:, None]


def _toned(cel: Cel, where: Mask, pattern: F32, weight: float) -> None:
    x0, y0, x1, y1 = where.box
    worn = 0.6 + 0.8 * cel.wobble[y0:y1, x0:x1]  # the nap is rubbed off in places
    cel.planes[:3, y0:y1, x0:x1] *= 1 + np.float32(weight) * pattern.astype(np.float32) * worn * where.cover

"""Cloth: tweed and twill as faint ribs on what is already painted, and patterns in a second dye."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rules._cel import Cel
from rules._colour import RGB, shade
from rules._mask import F32, Mask


class Run(NamedTuple):
    """How a pattern runs on a piece of cloth: turned by degrees about a place, in u, and flaring below it
    by a share a u; round: half the width of the body that it goes round, 0 for flat cloth."""

    turn: float = 0.0
    at: tuple[float, float] = (0.0, 0.0)
    flare: float = 0.0
    round: float = 0.0


STRAIGHT = Run()


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


# -- patterns that are woven, printed or knitted: another dye on the first, whose shading stays


def patterned(cel: Cel, where: Mask, kind: str, dyes: tuple[RGB, RGB], run: Run = STRAIGHT) -> None:
    """Stripes, checks, dots or knit in the second dye on what was painted in the first."""
    if kind == "plain" or where.cover.size == 0:
        return
    x, y = _along(cel, where, run)
    amount = _PATTERNS[kind](x, y, np.float32(cel.unit)) * where.cover
    x0, y0, x1, y1 = where.box
    ground = cel.planes[:, y0:y1, x0:x1]
    (bright, low), (lit_dye, dim) = ((d, shade(d)) for d in dyes)
    span = max(_seen(bright) - _seen(low), 0.02)
    # how lit the first dye is says how lit the second one would be; a factor a channel turns shaded reds to magenta
    lit = _EYE[0] * ground[0] + _EYE[1] * ground[1] + _EYE[2] * ground[2]
    lit = np.clip((lit - np.float32(_seen(low)) * ground[3]) * np.float32(1 / span), -0.6, 1.4)
    for i in range(3):
        dye = (np.float32(lit_dye[i] - dim[i]) * lit + np.float32(dim[i])) * ground[3]
        ground[i] += (dye - ground[i]) * amount
    cel.beside.ink(where.box, lit_dye, amount)


_EYE = np.array([0.30, 0.59, 0.11], np.float32)


def _seen(colour: RGB) -> float:
    """How bright a colour is to the eye."""
    return float((colour * _EYE).sum())


def _along(cel: Cel, where: Mask, run: Run) -> tuple[F32, F32]:
    """Places in u in the cloth's own directions, bent a little by the wobble of its forms."""
    t = np.radians(run.turn)
    frame = np.array([(0.0, 0.0), (np.cos(t), np.sin(t)), (-np.sin(t), np.cos(t))]) + np.array(run.at)
    middle, along, down = cel.land(frame)
    ex, ey = ((v - middle) / np.hypot(*(v - middle)) / cel.unit for v in (along, down))
    ax, ay, bx, by = np.float32(ex[0]), np.float32(ex[1]), np.float32(ey[0]), np.float32(ey[1])
    x0, y0, x1, y1 = where.box
    px = (np.arange(x0, x1, dtype=np.float32) + np.float32(0.5 - middle[0]))[None, :]
    py = (np.arange(y0, y1, dtype=np.float32) + np.float32(0.5 - middle[1]))[:, None]
    bend = np.float32(0.22) * cel.wobble[y0:y1, x0:x1]
    x, y = px * ax + py * ay + bend, px * bx + py * by + bend
    if run.flare:
        wide = 1 + np.float32(run.flare) * np.clip(y, 0, None)
        x, y = x / wide, y - np.float32(0.012) * x * x / wide
    if run.round:  # what goes away from the eye is seen short, and rings rise to both sides
        out = np.clip(x * np.float32(1 / run.round), -1.1, 1.1)
        out *= out
        x, y = x * (1 + np.float32(0.30) * out), y + np.float32(0.15 * run.round) * out
    return np.asarray(x), np.asarray(y)


def _wave(at: F32, pitch: float, share: float, unit: np.float32) -> F32:
    """1 in the given share of each pitch, 0 elsewhere, its edges a pixel wide."""
    away = np.abs((at / np.float32(pitch)) % 1 - np.float32(0.5)) * np.float32(pitch)
    return np.asarray(np.clip((np.float32(share * pitch / 2) - away) * unit + np.float32(0.5), 0, 1))


def _stripes(x: F32, y: F32, unit: np.float32) -> F32:
    del y
    return np.float32(0.9) * _wave(x, 2.6, 0.40, unit)


def _hoops(x: F32, y: F32, unit: np.float32) -> F32:
    del x
    return np.float32(0.9) * _wave(y, 3.0, 0.44, unit)


def _checks(x: F32, y: F32, unit: np.float32) -> F32:
    thick = np.float32(0.42) * (_wave(x, 3.6, 0.46, unit) + _wave(y, 3.6, 0.46, unit))
    thin = np.float32(0.30) * np.maximum(_wave(x + 1.8, 3.6, 0.08, unit), _wave(y + 1.8, 3.6, 0.08, unit))
    return np.asarray(np.clip(thick + thin, 0, 1))


def _dots(x: F32, y: F32, unit: np.float32) -> F32:
    pitch = np.float32(3.2)
    row = np.floor(y / (pitch * np.float32(0.8)))
    dx = (x / pitch + np.float32(0.5) * (row % 2)) % 1 - np.float32(0.5)
    dy = (y / (pitch * np.float32(0.8))) % 1 - np.float32(0.5)
    away = np.hypot(dx * pitch, dy * pitch * np.float32(0.8))
    return np.asarray(np.clip((np.float32(0.72) - away) * unit + np.float32(0.5), 0, 1))


def _knit(x: F32, y: F32, unit: np.float32) -> F32:
    column = np.abs((x / np.float32(1.5)) % 1 - np.float32(0.5)) * np.float32(1.5)
    stitches = _wave(y - column * np.float32(1.2), 1.15, 0.34, unit)
    ribs = _wave(x, 1.5, 0.16, unit)
    return np.asarray(np.float32(0.34) * np.maximum(stitches, ribs))


_PATTERNS = {"stripes": _stripes, "hoops": _hoops, "checks": _checks, "dots": _dots, "knit": _knit}

"""What hangs and stands at the wall of a room: window and curtains, pictures, a bookshelf, wall lamps.

Places are metres, y up from the floor; colours are the things' own, the room's light comes later.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rules import _bookshelf, _colour, _indoor, _outside
from rules._board import Batch, Board, moved, poly, rect
from rules._daylight import Daylight
from rules._indoor import Indoors
from rules._outline import Points, ellipse, spline, tube


class Fittings(NamedTuple):
    """What a room is asked for; see `rules.plates.room`."""

    width: float
    height: float
    centre: float
    wood: str
    curtains: str
    window: float
    shelf: float
    pictures: bool


_CAST = (0.52, 0.45, 0.62)
_GILT, _GILT_DARK, _GILT_LIT = "#b98a45", "#7c5530", "#e8c27a"
_SILL, _HEAD, _HALF = 1.12, 2.78, 0.72  # of the window
#: x, y, half sizes, motif: two ways in which pictures hang, of which a room has one
_HUNG = (
    ((0.02, 2.10, 0.44, 0.54, 0), (0.88, 2.38, 0.22, 0.27, 2), (0.90, 1.72, 0.26, 0.21, 1)),
    ((0.30, 2.24, 0.60, 0.36, 1), (-0.08, 1.60, 0.19, 0.22, 3), (0.56, 1.58, 0.25, 0.20, 0)),
)


def all_of(params: Fittings, light: Daylight, board: Board, seed: int) -> None:
    """Everything at the wall, with its shadow on it."""
    if params.pictures:
        for x, y, w, h, kind in _HUNG[board.seed // 7 % 2]:
            at = params.centre + x
            clear = abs(at - params.window) > w + 1.25 and abs(at - params.shelf) > w + 0.80
            if clear and params.centre - params.width / 2 + w < at < params.centre + params.width / 2 - w:
                _picture(board, (at, y, w, h), kind, seed)
    if abs(params.shelf) < 9000:
        _bookshelf.paint(board, params.wood, (params.shelf, params.height), seed)
    if abs(params.window) < 9000:
        _window(board, params, light)
    for at in _indoor.LAMPS:
        _lamp(board, params.centre + at)


def _shadow(board: Board, shape: Points, drop: float) -> None:
    board.tint(board.mask(shape, 0.6 * drop, (0.7 * drop, -drop)), _CAST, 0.75)


# -- pictures


def _picture(board: Board, place: tuple[float, float, float, float], kind: int, seed: int) -> None:
    """A gilded frame round a mount and a small painting."""
    x, y, w, h = place
    frame = rect(x - w, y - h, x + w, y + h)
    _shadow(board, frame, 0.07)
    batch = Batch()
    gilt, dark, lit = (_colour.rgb_of(c) for c in (_GILT, _GILT_DARK, _GILT_LIT))
    wide = 0.055 + 0.05 * w
    batch.add(frame, dark)
    batch.add(rect(x - w + 0.01, y - h + 0.02, x + w - 0.012, y + h - 0.006), gilt)
    batch.add(
        poly(
            (x - w + 0.01, y + h - 0.006),
            (x + w - 0.012, y + h - 0.006),
            (x + w - 0.03, y + h - 0.024),
            (x - w + 0.03, y + h - 0.024),
        ),
        lit,
    )
    batch.add(rect(x - w + 0.010, y - h + 0.02, x - w + 0.026, y + h - 0.006), lit)
    batch.add(rect(x - w + wide, y - h + wide, x + w - wide, y + h - wide), dark)
    inner = wide + 0.014
    batch.add(rect(x - w + inner, y - h + inner, x + w - inner, y + h - inner), _colour.rgb_of("#e9dcc0"))
    mount = inner + 0.16 * w
    _painting(batch, (x, y, w - mount, h - mount), kind, seed)
    board.fill(batch)


def _painting(batch: Batch, place: tuple[float, float, float, float], kind: int, seed: int) -> None:
    """A landscape with a lake, a ship, a portrait in silhouette, or a poppy."""
    x, y, w, h = place
    grounds = (("#8fb3bd", "#e7c79a"), ("#7fa3b0", "#dcd3b8"), ("#d9c59b", "#c9ae7d"), ("#c8d0b0", "#dfe0c4"))[kind]
    top, low = (_colour.rgb_of(c) for c in grounds)
    for k in range(8):
        y0 = y + h - (k + 1) * h / 4
        batch.add(rect(x - w, y0, x + w, y0 + h / 4 + 0.002), _colour.mix(top, low, k / 7))

    def add(nodes: list[tuple[float, ...]], code: str) -> None:
        shape = spline(nodes, samples=6)
        batch.add(
            np.clip(np.stack([shape[:, 0] * w, shape[:, 1] * h], 1), [-w, -h], [w, h]) + np.array([x, y]),
            _colour.rgb_of(code),
        )

    if kind == 0:
        batch.add(moved(ellipse(0, 0, 0.13 * w, 0.13 * w), x + 0.3 * w, y + 0.34 * h), _colour.rgb_of("#f6e3b4"))
        add(
            [(-1, -0.1, 1), (-0.6, 0.34), (-0.3, 0.12), (0.1, 0.44), (0.6, 0.0), (1, 0.1, 1), (1, -1, 1), (-1, -1, 1)],
            "#7a93a0",
        )
        add([(-1, -0.30, 1), (-0.4, -0.12), (0.2, -0.34), (1, -0.22, 1), (1, -1, 1), (-1, -1, 1)], "#5f7f5a")
        add([(-0.5, -0.62), (0.3, -0.52), (0.9, -0.66), (0.2, -0.80)], "#a9c4c0")
        for k in range(4):
            add(
                [(-0.9 + 0.17 * k, -0.72, 1), (-0.82 + 0.17 * k, -0.1 - 0.12 * (k % 2)), (-0.74 + 0.17 * k, -0.72, 1)],
                "#3e5a4a",
            )
    elif kind == 1:
        add([(-1, -0.38, 1), (1, -0.38, 1), (1, -1, 1), (-1, -1, 1)], "#4d7482")
        add([(-0.45, -0.40, 1), (0.5, -0.40, 1), (0.34, -0.62), (-0.30, -0.62)], "#4a3430")
        add([(0.0, -0.34, 1), (0.04, 0.66, 1), (0.52, -0.30, 1)], "#f0e4c8")
        add([(-0.06, -0.34, 1), (-0.04, 0.50, 1), (-0.44, -0.30, 1)], "#dcc9a2")
    elif kind == 2:
        add([(-0.62, -1, 1), (-0.5, -0.62), (-0.14, -0.48), (0.16, -0.48), (0.54, -0.64), (0.62, -1, 1)], "#3b2d35")
        add(
            [
                (-0.30, -0.10),
                (-0.26, 0.46),
                (0.08, 0.62),
                (0.34, 0.34),
                (0.30, 0.10, 1),
                (0.40, -0.04, 1),
                (0.28, -0.10),
                (0.24, -0.34),
                (0.10, -0.60),
                (-0.16, -0.58),
                (-0.12, -0.26),
            ],
            "#3b2d35",
        )
        add([(-0.30, 0.30), (-0.44, 0.06), (-0.26, -0.16), (-0.10, 0.20)], "#3b2d35")
    else:
        batch.add(
            tube([(x, y - h), (x + 0.1 * w, y - 0.3 * h), (x, y + 0.2 * h)], [0.02 * w] * 3), _colour.rgb_of("#5f7a4a")
        )
        for turn in (-0.6, 0.1, 0.7):
            add(
                [
                    (0, 0.1),
                    (0.5 * np.sin(turn) - 0.2, 0.5),
                    (0.5 * np.sin(turn), 0.72),
                    (0.5 * np.sin(turn) + 0.24, 0.46),
                ],
                "#b8483f",
            )


# -- the window


def _window(board: Board, params: Fittings, light: Daylight) -> None:
    """A sash with the sky and far roofs behind it, a sill, curtains that are tied back, a rod."""
    x = params.window
    _shadow(board, rect(x - _HALF - 0.14, _SILL - 0.1, x + _HALF + 0.14, _HEAD + 0.14), 0.06)
    batch = Batch()
    frame = _colour.rgb_of("#d8c6a8")
    dark, lit = _colour.shade(frame, 0.12, 320), _colour.light(frame, 0.04)
    batch.add(rect(x - _HALF - 0.13, _SILL - 0.06, x + _HALF + 0.13, _HEAD + 0.13), frame)
    batch.add(rect(x - _HALF - 0.03, _SILL, x + _HALF + 0.03, _HEAD + 0.03), dark)
    batch.add(rect(x - _HALF - 0.24, _SILL - 0.12, x + _HALF + 0.24, _SILL - 0.04), lit)
    batch.add(rect(x - _HALF - 0.22, _SILL - 0.16, x + _HALF + 0.22, _SILL - 0.12), dark)
    board.fill(batch)


def lights(params: Fittings, light: Daylight, inside: Indoors, board: Board) -> None:
    """What gives light itself, or lies in the light from outside: panes, then curtains before them, and lamps."""
    if abs(params.window) < 9000:
        opening = _outside.Opening(params.window, _HALF, _SILL, _HEAD)
        _outside.view(board, opening, light, board.seed)
        _outside.sash(board, opening, light)
        _curtains(board, params, inside)
    for at in _indoor.LAMPS:
        _shade(board, params.centre + at, inside)
        if inside.lamps > 0:
            _shining(board, params.centre + at, inside)


def _curtains(board: Board, params: Fittings, inside: Indoors) -> None:
    """Two curtains in folds, drawn in by a cord; they take the light that the window lets in."""
    batch = Batch()
    light = np.clip(inside.ambient.astype(np.float64) + 0.35 * inside.lamps * np.array([1.2, 0.9, 0.5]), 0, 1.15)
    own = _colour.rgb_of(params.curtains)
    x, top, low = params.window, _HEAD + 0.20, 0.62
    y = np.linspace(top, low, 24)
    for side in (-1, 1):
        t = (top - y) / (top - low)
        tied = np.exp(-(((t - 0.62) / 0.20) ** 2))
        outer = 0.98 + 0.05 * np.sin(3 * t)
        inner = 0.44 - 0.06 * t + 0.34 * tied + 0.20 * np.clip(t - 0.62, 0, 1) + 0.10 * t
        folds = 9
        for k in range(folds):
            a, b = (outer + (inner - outer) * (j / folds + 0.035 * np.sin(5 * t + 2 * j)) for j in (k, k + 1))
            wave = (0.5 + 0.5 * np.sin(2.4 * k + 0.8)) * (1 - 0.25 * k / folds)
            tone = _colour.mix(_colour.shade(own, 0.11, 320), _colour.light(own, 0.07, 40), wave) * light
            hem = y - (0.05 * wave + 0.03 * np.sin(1.7 * k + side) + 0.012 * k) * t**6  # hems hang as they fall
            shape = np.concatenate([np.stack([x + side * a, hem], 1), np.stack([x + side * b, hem], 1)[::-1]])
            batch.add(shape, np.clip(tone, 0, 1))
        at = top - 0.62 * (top - low)
        cord = tube(
            [(x + side * 1.02, at + 0.05), (x + side * 0.88, at - 0.02), (x + side * 0.70, at + 0.02)],
            [0.022, 0.030, 0.022],
        )
        batch.add(cord, np.clip(_colour.rgb_of(_GILT) * light, 0, 1))
    rod = np.clip(_colour.rgb_of(_GILT) * light, 0, 1)
    batch.add(rect(x - 1.16, top - 0.015, x + 1.16, top + 0.030), rod)
    for side in (-1, 1):
        batch.add(ellipse(x + side * 1.20, top + 0.008, 0.055, 0.055), rod)
    valance = []
    for k in range(7):
        left = x - 1.06 + 0.303 * k
        valance.append(
            spline(
                [
                    (left, top + 0.01, 1),
                    (left + 0.303, top + 0.01, 1),
                    (left + 0.29, top - 0.10),
                    (left + 0.15, top - 0.19),
                    (left + 0.01, top - 0.10),
                ],
                samples=6,
            )
        )
    for k, shape in enumerate(valance):
        batch.add(moved(shape, 0, -0.022), np.clip(_colour.rgb_of(_GILT) * light, 0, 1))
        batch.add(shape, np.clip(_colour.light(own, 0.03 - 0.05 * (k % 2), 40) * light, 0, 1))
    board.fill(batch)


# -- lamps


def _lamp(board: Board, x: float) -> None:
    """A wall lamp: a gilded plate, an arm, a shade of pleated silk."""
    y, batch = _indoor.LAMP_HEIGHT, Batch()
    gilt, dark = _colour.rgb_of(_GILT), _colour.rgb_of(_GILT_DARK)
    _shadow(board, ellipse(x, y - 0.25, 0.07, 0.12), 0.05)
    batch.add(ellipse(x, y - 0.25, 0.070, 0.115), dark)
    batch.add(ellipse(x - 0.006, y - 0.243, 0.056, 0.10), gilt)
    batch.add(
        tube([(x, y - 0.24), (x + 0.02, y - 0.34), (x, y - 0.20), (x, y - 0.08)], [0.014, 0.018, 0.016, 0.014]), dark
    )
    board.fill(batch)


def _shade(board: Board, x: float, inside: Indoors) -> None:
    """The shade of pleated silk, full of light or grey in the light of the day."""
    y, batch = _indoor.LAMP_HEIGHT, Batch()
    burn = min(1.0, inside.lamps)

    def tone(lit: str, own: str) -> _colour.RGB:
        cloth = np.clip(_colour.rgb_of(own) * inside.ambient, 0, 1)
        return _colour.mix(cloth, _colour.rgb_of(lit), burn) if burn else cloth

    shade = poly((x - 0.20, y - 0.10), (x + 0.20, y - 0.10), (x + 0.115, y + 0.17), (x - 0.115, y + 0.17))
    if not burn:
        _shadow(board, shade, 0.07)
    batch.add(shade, tone("#ffd58c", "#dcc6a0"))
    for k in range(6):
        a, b = -0.20 + 0.40 * (k + 0.25) / 6, -0.115 + 0.23 * (k + 0.25) / 6
        pleat = poly((x + a, y - 0.10), (x + a + 0.03, y - 0.10), (x + b + 0.018, y + 0.17), (x + b, y + 0.17))
        batch.add(pleat, tone("#f6bc6a", "#c3a67e" if k < 4 else "#a5886a"))
    batch.add(rect(x - 0.205, y - 0.112, x + 0.205, y - 0.094), tone("#e8a04e", "#a8845a"))
    batch.add(rect(x - 0.12, y + 0.165, x + 0.12, y + 0.18), tone("#e8a04e", "#a8845a"))
    board.fill(batch)
    if not burn:  # round, so it turns away from the light
        turned = poly((x + 0.06, y - 0.10), (x + 0.20, y - 0.10), (x + 0.115, y + 0.17), (x + 0.03, y + 0.17))
        board.tint(board.mask(turned, 0.03), _CAST, 0.5)


def _shining(board: Board, x: float, inside: Indoors) -> None:
    """The lamp in its shade, and its glow over the wall."""
    y = _indoor.LAMP_HEIGHT
    heart = board.mask(ellipse(x, y + 0.01, 0.09, 0.08), 0.05)
    board.glaze(heart, (1.0, 0.96, 0.80), 0.9)
    full = np.zeros(board.alpha.shape, np.float32)
    for radius, soft, weight in ((0.26, 0.16, 0.40), (0.55, 0.42, 0.26)):
        glow = board.mask(ellipse(x, y + 0.02, radius, radius), soft)
        x0, y0, x1, y1 = glow.box
        full[y0:y1, x0:x1] += glow.cover * np.float32(weight * min(1.0, inside.lamps))
    board.screen(full, (1.0, 0.74, 0.38))

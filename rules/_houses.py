"""How the rows of houses are painted; what can be asked of it stands in `rules.plates.houses`."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _colour, _daylight, _facade, _noise, _row
from rules._board import Board, poly, rect, wobble
from rules._outline import ellipse
from rules._planar import dim
from rules._site import Site
from rules.plates.houses import DEPTH, Params, box
from studio.rule import Canvas, Drawing, Variant

F32 = NDArray[np.float32]


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The houses that meet the canvas."""
    light = _daylight.scenery(variant["time"])
    z = float(variant.get("z", DEPTH))

    def bend(points: NDArray[np.float64]) -> NDArray[np.float64]:
        leaning = wobble(points, 0.075 * params.crooked, 3.1, seed + 1)
        bent = wobble(leaning, 0.013 * params.crooked, 0.55, seed + 2)
        # feet stay on the ground
        bent[:, 1] = points[:, 1] + (bent[:, 1] - points[:, 1]) * np.clip(points[:, 1] / 0.5, 0, 1)
        return bent

    limits = box(params, variant)
    margin = max(64, int(1.2 * canvas.scale))  # lamps outside the canvas shine into it
    board = Board(canvas, seed, margin=margin, within=(limits.bottom, limits.top), bend=bend)
    site = Site(board, light)
    opening, centre = (params.opening * 0.66, params.centre - 0.35) if params.far else (params.opening, params.centre)
    left, _, right, _ = board.span()
    row = _row.row((left, right), (centre - opening / 2, centre + opening / 2), seed + 500 * params.far, params.far)
    _seam(site, row)
    for house in row:
        _facade.paint(site, house, light.lit * params.lit, params.ivy)
    if light.sunlight:
        _sun(site, seed + 500 * params.far)
    board.rim(
        light.key_direction, 0.014, _colour.mix(_colour.rgb_of(light.glow), _colour.rgb_of(light.cloud_lit), 0.4), 0.6
    )
    _dim(site, params.centre)
    _spill(site)
    board.fade(_colour.rgb_of(light.haze_colour), light.haze(z) * _rising(board))
    _glow(site)
    return board.drawing()


def _rising(board: Board) -> F32:
    """The haze lies denser at the ground."""
    y = -(np.arange(board.height) + board.top + 0.5) / board.scale
    return np.repeat((1.0 - 0.30 * np.clip(y / 4.5, 0, 1)).astype(np.float32)[:, None], board.width, 1)


def _sun(site: Site, seed: int) -> None:
    """Sunlight on the fronts, with the shadows of gables that stand behind us lying across their feet."""
    board = site.board
    x = ((np.arange(board.width) + board.left + 0.5) / board.scale).astype(np.float32)[None, :]
    y = (-(np.arange(board.height) + board.top + 0.5) / board.scale).astype(np.float32)[:, None]
    edge = np.zeros_like(x)
    cell = 5.2
    for k in range(int(np.floor(x[0, 0] / cell)) - 2, int(np.ceil(x[0, -1] / cell)) + 2):
        middle, wide = (k + _noise.chance(seed, 90, k + 9000)) * cell, 2.2 + 2.4 * _noise.chance(seed, 91, k + 9000)
        gable = (0.55 + 1.0 * _noise.chance(seed, 92, k + 9000)) - np.clip(
            np.abs(x - middle) - 0.40 * wide, 0, None
        ) * 0.60
        edge = np.maximum(edge, gable)
    # light from the left: shadows lean over to the right as they climb
    lit = np.clip((y - np.interp(x[0], x[0], edge[0])[None, :]) / 0.05 + 0.5, 0, 1) * np.float32(site.light.sunlight)
    shade = np.array([0.80, 0.83, 0.95], np.float32)
    key = np.array(site.light.key, np.float32)
    for channel in range(3):
        plane = board.rgb[..., channel]
        plane *= shade[channel] + (key[channel] - shade[channel]) * lit
        np.minimum(plane, board.alpha, out=plane)


def _dim(site: Site, centre: float) -> None:
    """Under a low sun or none the lane's own light does not reach far to the sides."""
    board = site.board
    x = ((np.arange(board.width) + board.left + 0.5) / board.scale).astype(np.float32)
    away = np.clip((np.abs(x - centre) - 2.2) / 5.5, 0, 1) * np.float32(0.32 * (1 - site.light.sunlight))
    dim(board.rgb, away[None, :], (1.0, 0.95, 0.62))


def _spill(site: Site) -> None:
    """Lit doors and shops lay a little of their light on the pavement."""
    board = site.board
    for pane, weight in site.panes:
        low, high = pane.min(0), pane.max(0)
        if low[1] > 1.6 or weight > 1.5:
            continue
        reach = 0.52 * float(high[0] - low[0])
        warm = _colour.mix(_colour.rgb_of(site.light.window), _colour.rgb_of(site.light.window_deep), 0.5)
        patch = board.mask(ellipse(float(low[0] + high[0]) / 2, -0.13, reach, 0.10), 0.06)
        board.lay(patch, warm, 0.24 * min(weight, 1.0))


def _seam(site: Site, row: list[_row.House]) -> None:
    """The dark where walls meet the ground, and the light that falls out of doors."""
    dark = _colour.shade(site.tone("#4a3f58"), 0.12)
    feet = []
    for house in row:
        feet.append(rect(house.left - 0.06, -0.10, house.right + 0.06, 0.1))
        far, back = house.receding
        base = 1.2 * (1 - back)
        feet.append(poly((house.corner, -0.10), (far, base - 0.07), (far, base + 0.05), (house.corner, 0.1)))
    if feet:
        site.board.lay(site.board.mask(feet, 0.05), dark, 0.6)


def _glow(site: Site) -> None:
    """Lit panes shine over what surrounds them: a tight halo and a wide one."""
    board = site.board
    if not site.panes:
        return
    light = np.zeros((board.height, board.width), np.float32)
    for pane, weight in site.panes:
        mask = board.mask(pane)
        x0, y0, x1, y1 = mask.box
        if mask.cover.size:
            np.maximum(light[y0:y1, x0:x1], mask.cover * np.float32(weight), out=light[y0:y1, x0:x1])
    small = cv2.resize(light, (board.width // 4, board.height // 4), interpolation=cv2.INTER_AREA)
    k = board.scale / 4
    halo = 0.30 * cv2.GaussianBlur(small, (0, 0), 0.14 * k) + 0.85 * cv2.GaussianBlur(small, (0, 0), 0.55 * k)
    wide = cv2.resize(halo.astype(np.float32), (board.width, board.height), interpolation=cv2.INTER_LINEAR)
    warm = _colour.mix(_colour.rgb_of(site.light.window), _colour.rgb_of(site.light.window_deep), 0.45)
    board.screen(np.asarray(wide * 0.64, np.float32), warm)

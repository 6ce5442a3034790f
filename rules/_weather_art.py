"""The sheets that weather is made of: a bank of fog, or flakes, streaks, sparks and leaves side by side."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _board, _colour, _noise
from rules._daylight import Daylight, daylight, under
from rules._flying import KINDS, cell
from rules._noise import Window
from studio.rule import Canvas, Drawing, Variant

F32 = NDArray[np.float32]

_FINE = 4  # sub-pixels a side
_LEAF = ("#e0a03a", "#b5552c", "#8a6a35")


def draw(params: Any, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """One plane's sheet."""
    light, plane = daylight(str(variant["time"])), int(variant["plane"])
    if params.kind == "fog":
        rgba = _fog(params, light, canvas, (plane, float(variant["period"]), seed))
    else:
        rgba = _cells(params, light, canvas, (plane, seed))
    window = Window(canvas.left, canvas.top, canvas.width, canvas.height)
    return Drawing(_board.eight_bit(rgba, window, seed, KINDS[params.kind].is_light))


# -- fog


def _fog(params: Any, light: Daylight, canvas: Canvas, place: tuple[int, float, int]) -> F32:
    """A bank that comes again after its period: long wisps, thick below and torn above."""
    plane, period, seed = place
    scale = canvas.scale
    width = round(period * scale)
    wisps = _seamless(canvas, width, (0.34 + 0.12 * plane) * scale, seed + plane)
    tufts = _seamless(canvas, width, 0.11 * scale, seed + 7 + plane)
    up = -(np.arange(canvas.height, dtype=np.float32) + canvas.top + 0.5)[:, None] / np.float32(scale)
    top = (-0.20, -0.04, 0.10)[plane]
    ragged = top + 0.15 * wisps + 0.06 * tufts  # where the bank ends
    body = np.clip((ragged - up) / 0.24, 0, 1)
    body = body * body * (3 - 2 * body)
    floor = np.clip((up + 0.62) / 0.06, 0, 1)
    # wisps inside the bank, so that it never is one flat veil
    inside = np.clip(0.62 + 0.50 * wisps + 0.28 * tufts, 0.10, 1)
    alpha = body * inside * floor * np.float32((0.34, 0.46, 0.62)[plane] * (0.35 + 0.65 * params.amount))
    high = np.clip((up + 0.45) / 0.5, 0, 1)[..., None]
    lit = _colour.rgb_of(light.haze_colour).astype(np.float32)
    low = _colour.mix(under(light, "#c9cfe2"), _colour.rgb_of(light.haze_colour), 0.55).astype(np.float32)
    colour = low + (np.minimum(lit * 1.05, 1) - low) * (0.35 + 0.45 * high)
    return np.concatenate([colour * alpha[..., None], alpha[..., None]], 2).astype(np.float32)


def _seamless(canvas: Canvas, period: int, size: float, seed: int) -> F32:
    """Noise, long across, whose right edge goes over into its left one. size: px."""
    lap = period // 4
    whole = _noise.field(Window(0, canvas.top, period + lap, canvas.height), size, 4, seed, stretch=(2.6, 1.0))
    field = whole[:, :period].copy()
    t = np.linspace(0, 1, lap, dtype=np.float32)[None, :]
    field[:, :lap] = field[:, :lap] * np.sqrt(t) + whole[:, period:] * np.sqrt(1 - t)
    columns = np.arange(canvas.left, canvas.left + canvas.width) % period
    return np.asarray(field[:, columns] * 1.7)


# -- sheets of cells


def _cells(params: Any, light: Daylight, canvas: Canvas, place: tuple[int, int]) -> F32:
    """Each cell painted by itself, then all laid on the canvas."""
    plane, seed = place
    kind = KINDS[params.kind]
    width, height = (side * canvas.scale for side in cell(params.kind, params.wind, plane))
    out = np.zeros((canvas.height, canvas.width, 4), np.float32)
    paint = {"rain": _streak, "snow": _flake, "embers": _spark, "leaves": _leaf}[params.kind]
    for number in range(kind.cells):
        left, right = round(number * width) - canvas.left, round((number + 1) * width) - canvas.left
        top = -canvas.top
        size = max(right - left, 1), max(round(height), 1)
        rgba = paint(size, (number, plane, seed), light, params)
        x0, y0 = max(left, 0), max(top, 0)
        x1, y1 = min(left + size[0], canvas.width), min(top + size[1], canvas.height)
        if x1 > x0 and y1 > y0:
            out[y0:y1, x0:x1] = rgba[y0 - top : y1 - top, x0 - left : x1 - left]
    return out


def _filled(outlines: list[NDArray[np.float64]], size: tuple[int, int]) -> F32:
    """Coverage of outlines whose corners are shares of a cell."""
    width, height = size[0] * _FINE, size[1] * _FINE
    fine = np.zeros((height, width), np.uint8)
    for outline in outlines:
        points = np.rint(outline * np.array([width, height]) * 16 - 8).astype(np.int32)
        cv2.fillPoly(fine, [points], 255, cv2.LINE_8, 4)
    return np.asarray(cv2.resize(fine, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255)


def _soft(mask: F32, sigma: float) -> F32:
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), sigma, borderType=cv2.BORDER_CONSTANT)) if sigma > 0.2 else mask


def _painted(colour: NDArray[np.float64], alpha: F32) -> F32:
    return np.concatenate([alpha[..., None] * colour.astype(np.float32), alpha[..., None]], 2).astype(np.float32)


def _flake(size: tuple[int, int], which: tuple[int, int, int], light: Daylight, params: Any) -> F32:
    """A clump of snow: a few lobes, softer the nearer to the lens."""
    number, plane, seed = which
    turn = 2 * pi * _noise.chance(seed, 11, number)
    lobes = []
    for k in range(7):
        away = 0.10 * _noise.chance(seed, number, k, 1)
        middle = np.array([0.5 + away * cos(turn + k), 0.5 + away * sin(turn + k * 1.7)])
        radius = (0.10 + 0.075 * _noise.chance(seed, number, k, 2)) * (0.75 + 0.5 * _noise.chance(seed, number))
        around = np.linspace(0, 2 * pi, 14, endpoint=False)
        lobes.append(middle + radius * np.stack([np.cos(around), 0.9 * np.sin(around)], 1))
    alpha = _soft(_filled(lobes, size), size[0] * (0.085, 0.05, 0.05)[plane]) * np.float32((0.40, 0.92, 0.78)[plane])
    snow = _colour.mix(under(light, "#fbfcff", 0.75), np.ones(3), 0.35)
    return _painted(_colour.mix(snow, _colour.rgb_of(light.haze_colour), 0.18 * plane), alpha)


def _streak(size: tuple[int, int], which: tuple[int, int, int], light: Daylight, params: Any) -> F32:
    """A drop drawn out along its fall, thin above, brightest before its lower end."""
    number, plane, seed = which
    length = 0.62 + 0.36 * _noise.chance(seed, number, 3)
    wide = max(0.9, size[1] * 0.011) / size[0] * (1.0, 1.1, 1.3)[plane]
    lean = 1 if params.wind >= 0 else -1
    room = 1 - 2 * wide
    top, bottom = 0.5 - lean * room * length / 2, 0.5 + lean * room * length / 2
    above, below = (1 - length) / 2, (1 + length) / 2
    outline = np.array(
        [[top, above], [bottom + wide / 2, below - 0.03], [bottom, below], [bottom - wide / 2, below - 0.03]]
    )
    mask = _soft(_filled([outline], size), (1.3, 0.45, 0.4)[plane] * size[1] / 160)
    run = np.clip((np.arange(size[1], dtype=np.float32)[:, None] / size[1] - above) / length, 0, 1)
    glint = run**1.4 * (1 - 0.5 * np.clip((run - 0.86) / 0.14, 0, 1))
    colour = _colour.mix(_colour.rgb_of(light.haze_colour), np.array([0.93, 0.96, 1.0]), 0.62)
    return _painted(colour, np.asarray(mask * glint * np.float32((0.52, 0.76, 0.60)[plane]), np.float32))


def _spark(size: tuple[int, int], which: tuple[int, int, int], light: Daylight, params: Any) -> F32:
    """A glowing crumb in its halo; light alone, which is added. Even ones are dim."""
    number, plane, seed = which
    y, x = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    x, y = (x + 0.5) / size[0] - 0.5, (y + 0.5) / size[1] - 0.5
    turn = pi * _noise.chance(seed, number // 2)
    along, aside = x * cos(turn) + y * sin(turn), y * cos(turn) - x * sin(turn)
    away = np.sqrt(along**2 * 0.6 + aside**2 * 1.5)
    grown = 0.055 + 0.02 * (number // 2)
    core = np.clip((grown - away) / ((0.07, 0.03, 0.03)[plane]) + 0.5, 0, 1)
    halo = np.clip(1 - np.sqrt(x * x + y * y) / 0.48, 0, 1) ** 3
    bright = np.float32((0.34 if number % 2 == 0 else 1.0) * (0.72, 1.0, 0.85)[plane])
    hot, warm = np.array([1.0, 0.83, 0.50], np.float32), np.array([0.92, 0.36, 0.10], np.float32)
    rgb = (core[..., None] * hot + 0.50 * halo[..., None] * warm) * bright
    return np.concatenate([np.minimum(rgb, 1), np.zeros((*rgb.shape[:2], 1), np.float32)], 2).astype(np.float32)


def _leaf(size: tuple[int, int], which: tuple[int, int, int], light: Daylight, params: Any) -> F32:
    """A leaf in one of eight positions of its tumble: turned, foreshortened, its back paler."""
    number, plane, _ = which
    turned = 2 * pi * (number % 8) / 8
    breadth = 0.22 * cos(turned) + (0.03 if cos(turned) >= 0 else -0.03)
    roll = 0.9 + 0.55 * sin(turned + 0.6 * (number // 8))
    along = np.linspace(0, 1, 15)
    half = np.sin(np.pi * along**0.82) ** 0.9 * (1 + 0.13 * np.sin(9 * along)) * (1 - 0.25 * along)
    bend = 0.07 * np.sin(np.pi * along) * sin(turned)
    spine = np.stack([along - 0.5, bend], 1) * np.array([0.74, 1.0])
    side = np.stack([np.zeros(15), half * breadth], 1)
    upper, lower = spine + side, spine - side
    stem = np.array([[-0.36, -0.012], [-0.47, -0.035], [-0.47, -0.010], [-0.36, 0.012]])

    def placed(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = points[:, 0], points[:, 1]
        return np.stack([x * cos(roll) - y * sin(roll), x * sin(roll) + y * cos(roll)], 1) + 0.5

    sigma = size[0] * (0.030, 0.006, 0.0)[plane]
    whole = _soft(_filled([placed(np.concatenate([upper, lower[::-1]])), placed(stem)], size), sigma)
    dark = _soft(_filled([placed(np.concatenate([spine, lower[::-1]]))], size), sigma)
    aside = np.array([0, 0.010])
    rib = np.concatenate([spine + aside, (spine - aside)[::-1]])
    vein = _soft(_filled([placed(rib)], size), sigma)
    own = _colour.rgb_of(_LEAF[number // 8])
    own = _colour.mix(own, np.array([0.93, 0.78, 0.52]), 0.32) if cos(turned) < 0 else own
    base, shade = under(light, own, 0.55), under(light, _colour.shade(own, 0.12, light.shade_hue))
    rgb = base.astype(np.float32) + (shade - base).astype(np.float32) * np.minimum(dark, whole)[..., None]
    rgb = rgb + (shade * 0.7 - base).astype(np.float32) * (0.5 * vein)[..., None]
    alpha = whole * np.float32((0.88, 1.0, 0.9)[plane])
    return np.concatenate([np.clip(rgb, 0, 1) * alpha[..., None], alpha[..., None]], 2).astype(np.float32)

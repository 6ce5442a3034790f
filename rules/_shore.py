"""What lies before the sea: a beach with wet sand and lace of foam, or a quay of large stones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rules import _colour, _daylight, _paving
from rules._daylight import Daylight
from rules._paving import Ground
from rules._planar import add, dim

F32 = NDArray[np.float32]


def lay(what: tuple[str, float], light: Daylight, rgb: F32, floor: Ground, seed: int) -> None:
    """Paint the shore over the water; what: its kind, and how far away the water begins."""
    kind, edge = what
    if float(floor.z.min()) > edge + 6:
        return
    if kind == "beach":
        _beach(edge, light, rgb, floor, seed)
    else:
        _quay(edge, light, rgb, floor, seed)


def _beach(edge_at: float, light: Daylight, rgb: F32, floor: Ground, seed: int) -> None:
    """Dry sand with ripples and shells, wet sand that mirrors the sky, two lines of foam where the water ran out."""
    tongue = 1.25 * _paving.clouds(floor, 5.5, 2, seed + 31, 3.0) + 0.22 * _paving.clouds(floor, 0.9, 2, seed + 32, 1.6)
    edge = np.float32(edge_at) + tongue * np.float32(min(1.0, edge_at / 8))
    beyond = floor.z - edge  # metres of water
    soft = np.maximum(floor.step, 0.05)
    base = _daylight.under(light, "#dcc096", 0.15)
    warm, cool = _colour.light(base, 0.045), _colour.shade(base, 0.075, light.shade_hue)
    dune = _paving.clouds(floor, 2.2, 3, seed + 33, 1.8)
    fine = _paving.clouds(floor, 0.30, 3, seed + 34, 0.55) * np.clip(1.5 - floor.z / 9, 0, 1)
    sand = np.empty_like(rgb)
    sand[:] = base
    add(sand, np.clip(1.2 * dune + 0.9 * fine, 0, 1), warm - base)
    add(sand, np.clip(-1.2 * dune - 0.9 * fine, 0, 1), cool - base)
    pebble = _paving.clouds(floor, 0.10, 1, seed + 35, 0.8) * np.clip(1.4 - floor.z / 7, 0, 1)
    stone = _daylight.under(light, "#8d8078").astype(np.float32)
    sand += (stone - sand) * np.clip((pebble - 0.72) * 9, 0, 0.8)[..., None]
    wet = np.clip(1 + beyond / 1.7, 0, 1)
    table = _colour.ramp(light.sky, np.linspace(0, 1, 65))
    mirror = table[np.rint(np.clip(0.50 - 0.9 / floor.z, 0, 1) * 64).astype(np.int32)]
    damp = sand * np.array([0.70, 0.70, 0.76], np.float32)
    damp += (mirror - damp) * 0.40
    sand += (damp - sand) * (wet**0.7)[..., None]
    ground = np.clip(-beyond / soft + 0.5, 0, 1)
    rgb += (sand - rgb) * ground[..., None]
    foam = _daylight.under(light, "#fbf8f0", 0.4).astype(np.float32)
    lace = _paving.clouds(floor, 0.55, 3, seed + 36, 1.0)
    for at, wide, weight in ((0.0, 0.34, 0.95), (1.5, 0.55, 0.62), (-1.15, 0.16, 0.38)):
        line = np.exp(-(((beyond - at - 0.25 * lace) / (wide + soft)) ** 2))
        torn = np.clip(0.55 + 1.9 * lace * (1 if at else 0.6), 0, 1)
        rgb += (foam - rgb) * (weight * line * torn)[..., None]
    shade = np.exp(-(((beyond + 0.42) / (0.16 + soft)) ** 2)) * 0.28  # the foam's edge throws a thin shadow
    dim(rgb, shade, (1.0, 0.9, 0.7))


def _quay(edge_at: float, light: Daylight, rgb: F32, floor: Ground, seed: int) -> None:
    """Slabs in running bond up to an edge of dressed stone, with a lit lip."""
    laid = _paving.slabs(floor, (1.15, 0.78), edge_at, seed + 41)
    coping = _paving.slabs(floor, (1.9, 0.62), edge_at, seed + 42)
    on_edge = (floor.z > edge_at - 0.62).astype(np.float32) + 0 * floor.x
    laid = _paving.chosen(laid, coping, on_edge)
    base = _daylight.under(light, "#8f8481")
    warm, cool = _daylight.under(light, "#a88f78"), _daylight.under(light, "#767a8c")
    joint = _colour.shade(base, 0.19, light.shade_hue).astype(np.float32)
    patch = _paving.clouds(floor, 2.4, 3, seed + 43, 1.6)
    tint = np.clip(0.6 * laid.tint * laid.clear + 0.7 * patch, -1, 1)
    stone = np.empty_like(rgb)
    stone[:] = base
    add(stone, np.clip(tint, 0, 1), (0.6 * (warm - base)))
    add(stone, np.clip(-tint, 0, 1), (0.6 * (cool - base)))
    worn = 0.07 * laid.up - 0.03 * laid.across + 0.05 * _paving.clouds(floor, 0.3, 3, seed + 44)
    stone *= (1 + (0.09 * laid.tone + worn) * laid.clear)[..., None]
    stone += (joint - stone) * ((1 - laid.face) * (0.3 + 0.6 * laid.clear))[..., None]
    pale = _colour.light(_daylight.under(light, "#c0aca0", 0.4), 0.02).astype(np.float32)
    lip = np.clip(1 - np.abs(floor.z - edge_at + 0.10) / np.maximum(floor.step, 0.10), 0, 1)
    stone += (pale - stone) * (0.55 * lip)[..., None]
    ground = np.clip((edge_at - floor.z) / np.maximum(floor.step, 0.03) + 0.5, 0, 1)
    # the wall's own shade on the water, and its foot's line of weed
    before = np.clip((floor.z - edge_at) / 2.6, 0, 1)
    dim(rgb, 0.55 * (1 - before), (1.0, 0.9, 0.8))
    rgb += (stone - rgb) * ground[..., None]

"""From the luma and chroma of any video to RGB of eight bits in BT.709: more bits are rounded, HDR is toned down."""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

U8 = NDArray[np.uint8]
Floats = NDArray[np.float32]

#: kinds of HDR by their number in ITU-T H.273, table 3
HDR = {16: "PQ", 18: "HLG"}
_BT2020 = 9  # the number of its primaries, and of its matrix

#: red and blue in luma by the number of the matrix (H.273, table 4)
_LUMA = {1: (0.2126, 0.0722), 4: (0.30, 0.11), 7: (0.212, 0.087), 9: (0.2627, 0.0593), 10: (0.2627, 0.0593)}
_LUMA_601 = (0.299, 0.114)
_TO_709 = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]], np.float32)

_WHITE, _PEAK = 203.0, 1000.0  # cd/m2 of what is white (ITU-R BT.2408), and of the brightest that is graded for
_STEPS = 4096  # of tables
_STRIP = 64  # rows that are converted at once


def rgb_of_planes(planes: list[NDArray[Any]], bits: int, is_full: bool, tags: tuple[int, int, int]) -> U8:
    """Luma, chroma of any smaller size and, if there is, alpha -> RGB or RGBA uint8 (h, w, 3 or 4).

    tags: matrix, transfer and primaries by their numbers in ITU-T H.273; the matrix must be known.
    """
    matrix, transfer, primaries = tags
    size = planes[0].shape[::-1]
    to_rgb = _to_rgb(_LUMA.get(matrix, _LUMA_601), bits, is_full)
    luma, *chroma = planes[:3]
    chroma = [cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR) for plane in chroma]
    if bits == 8 and transfer not in HDR and primaries != _BT2020:
        rgb = np.asarray(cv2.transform(cv2.merge([luma, *chroma]), to_rgb), np.uint8)
    else:
        rgb = np.empty((*luma.shape, 3), np.uint8)
        for top in range(0, len(luma), _STRIP):
            part = cv2.merge([plane[top : top + _STRIP].astype(np.float32) for plane in (luma, *chroma)])
            rgb[top : top + _STRIP] = _rounded(np.asarray(cv2.transform(part, to_rgb), np.float32), transfer, primaries)
    if len(planes) == 3:
        return rgb
    alpha = np.rint(planes[3] * np.float32(255 / (2**bits - 1))).astype(np.uint8)
    return np.concatenate([rgb, alpha[..., None]], 2)


def _rounded(rgb: Floats, transfer: int, primaries: int) -> U8:
    """RGB of 0..255 in some transfer and primaries -> bytes in BT.709."""
    if transfer in HDR:
        return _toned(rgb, transfer)
    if primaries == _BT2020:
        return _shown(_matched(_gamma()[_place_of(rgb * np.float32(1 / 255))]))
    return np.rint(np.clip(rgb, 0, 255)).astype(np.uint8)


def _to_rgb(luma_of: tuple[float, float], bits: int, is_full: bool) -> Floats:
    """(3, 4) for samples as they are, to 0..255."""
    red, blue = luma_of
    green, step = 1 - red - blue, 2 ** (bits - 8)
    most = 2**bits - 1
    luma, chroma, black = (255 / most, 255 / most, 0) if is_full else (255 / 219 / step, 255 / 224 / step, 16 * step)
    rv, bu = 2 * (1 - red) * chroma, 2 * (1 - blue) * chroma
    gu, gv = -bu * blue / green, -rv * red / green
    rows = [[luma, 0, rv], [luma, gu, gv], [luma, bu, 0]]
    return np.array([[*row, -(row[0] * black + (row[1] + row[2]) * 128 * step)] for row in rows], np.float32)


def _toned(rgb: Floats, transfer: int) -> U8:
    """HDR of 0..255 in BT.2020 -> SDR: each colour dimmed as its brightest channel is (ITU-R BT.2390)."""
    light: Any = _light(transfer)[_place_of(rgb * np.float32(1 / 255))]
    if transfer == 18:  # light of the scene: a screen shows brighter what is bright
        luma: Any = np.asarray(cv2.transform(light, np.array([[0.2627, 0.678, 0.0593]], np.float32)))
        light = light * _brightening()[_step_of(luma)][..., None]
    most: Any = np.maximum(np.maximum(light[..., 0], light[..., 1]), light[..., 2])
    return _shown(_matched(light * _dimming()[_step_of(most * np.float32(1e-4))][..., None]))


def _matched(light: Floats) -> Floats:
    """Light in BT.2020's primaries -> in BT.709's."""
    return np.asarray(cv2.transform(light, _TO_709))


def _shown(light: Floats) -> U8:
    """Light of 0..1 -> the signal that a screen shows as that (ITU-R BT.1886)."""
    return _signal()[_step_of(light)]


def _place_of(value: Floats) -> NDArray[np.uint16]:
    """The places of 0..1 in a table."""
    return (np.clip(value, 0, 1) * np.float32(_STEPS - 1) + np.float32(0.5)).astype(np.uint16)


def _step_of(light: Floats) -> NDArray[np.uint16]:
    """The same for light, by roots, so that what is dark has places enough."""
    return _place_of(np.sqrt(np.maximum(light, 0)))


def _places() -> NDArray[np.float64]:
    return np.arange(_STEPS) / (_STEPS - 1)


@cache
def _signal() -> U8:
    return np.rint(255 * _places() ** (2 / 2.4)).astype(np.uint8)


@cache
def _gamma() -> Floats:
    return (_places() ** 2.4).astype(np.float32)


@cache
def _brightening() -> Floats:
    """Light of the scene to cd/m2 of a screen whose peak is `_PEAK`, by luma (ITU-R BT.2100)."""
    return (_PEAK * _places() ** 0.4).astype(np.float32)


@cache
def _light(transfer: int) -> Floats:
    """Of PQ cd/m2 (SMPTE ST 2084), of HLG the light of the scene of 0..1 (ARIB STD-B67)."""
    signal = _places()
    if HDR[transfer] == "PQ":
        return _of_pq(signal).astype(np.float32)
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12).astype(np.float32)


@cache
def _dimming() -> Floats:
    """What light of cd/m2 / 10,000 is multiplied with: up to a knee nothing is dimmed, `_PEAK` becomes white."""
    light = _places() ** 2 * 10_000
    peak, white = _to_pq(np.array([_PEAK, _WHITE]))
    signal = np.minimum(_to_pq(light) / peak, 1)
    most = white / peak
    knee = 1.5 * most - 0.5
    t = np.clip((signal - knee) / (1 - knee), 0, 1)
    curve = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (-2 * t**3 + 3 * t**2) * most
    dimmed = _of_pq(np.where(signal < knee, signal, curve) * peak)
    return (np.where(light > 0, dimmed / np.maximum(light, 1e-9), 1) / _WHITE).astype(np.float32)


_M1, _M2, _C1, _C2, _C3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128


def _of_pq(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    root = signal ** (1 / _M2)
    return np.asarray(10_000 * (np.maximum(root - _C1, 0) / (_C2 - _C3 * root)) ** (1 / _M1))


def _to_pq(light: NDArray[np.float64]) -> NDArray[np.float64]:
    power = (light / 10_000) ** _M1
    return np.asarray(((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2)

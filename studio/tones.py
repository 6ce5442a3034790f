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


def rgb_of_planes(planes: list[NDArray[Any]], bits: int, is_full: bool, tags: tuple[int, int, int]) -> U8:
    """Luma, chroma of any smaller size and, if there is, alpha -> RGB or RGBA uint8 (h, w, 3 or 4).

    tags: matrix, transfer and primaries by their numbers in ITU-T H.273; the matrix must be known.
    """
    matrix, transfer, primaries = tags
    size = planes[0].shape[::-1]
    wide = planes[0].dtype != np.uint8 or transfer in HDR or primaries == _BT2020
    yuv = [plane.astype(np.float32) if wide else plane for plane in planes[:3]]
    yuv[1:] = (cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR) for plane in yuv[1:])
    # floats come out as floats, bytes rounded and held between 0 and 255
    rgb: Any = np.asarray(cv2.transform(cv2.merge(yuv), _to_rgb(_LUMA.get(matrix, _LUMA_601), bits, is_full)))
    if transfer in HDR:
        rgb = _toned(rgb, transfer)
    elif primaries == _BT2020:
        rgb = _shown(_matched(np.power(np.clip(rgb / 255, 0, 1), np.float32(2.4))))
    if wide:
        rgb = np.rint(np.clip(rgb, 0, 255)).astype(np.uint8)
    if len(planes) == 3:
        return np.asarray(rgb, np.uint8)
    alpha = np.rint(planes[3] * np.float32(255 / (2**bits - 1))).astype(np.uint8)
    return np.concatenate([rgb, alpha[..., None]], 2)


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


def _toned(rgb: Floats, transfer: int) -> Floats:
    """HDR of 0..255 in BT.2020 -> SDR of 0..255: each colour dimmed as its brightest channel is (ITU-R BT.2390)."""
    signal = np.rint(np.clip(rgb * ((_STEPS - 1) / 255), 0, _STEPS - 1)).astype(np.int32)
    light = _light(transfer)[signal]
    if transfer == 18:  # light of the scene: a screen shows brighter what is bright
        luma = cv2.transform(light, np.array([[0.2627, 0.678, 0.0593]], np.float32))
        light = light * (_PEAK * np.power(luma, np.float32(0.2)))[..., None]
    dimmed = _dimming()[_step_of(light.max(2) / 10_000)]
    return _shown(_matched(light * (dimmed / np.float32(_WHITE))[..., None]))


def _matched(light: Floats) -> Floats:
    """Light in BT.2020's primaries -> in BT.709's."""
    return np.asarray(cv2.transform(light, _TO_709))


def _shown(light: Floats) -> Floats:
    """Light of 0..1 -> the signal of 0..255 that a screen shows as that (ITU-R BT.1886)."""
    return _signal()[_step_of(light)]


def _step_of(light: Floats) -> NDArray[np.int32]:
    """The places of light of 0..1 in a table; roots, so that dark ones have places enough."""
    return np.rint(np.sqrt(np.clip(light, 0, 1)) * np.float32(_STEPS - 1)).astype(np.int32)


def _places() -> NDArray[np.float64]:
    return np.arange(_STEPS) / (_STEPS - 1)


@cache
def _signal() -> Floats:
    return (255 * _places() ** (2 / 2.4)).astype(np.float32)


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
    """By what light of cd/m2 / 10,000 is dimmed: as it is up to a knee, then less and less, `_PEAK` to `_WHITE`."""
    light = _places() ** 2 * 10_000
    peak, white = _to_pq(np.array([_PEAK, _WHITE]))
    signal = np.minimum(_to_pq(light) / peak, 1)
    most = white / peak
    knee = 1.5 * most - 0.5
    t = np.clip((signal - knee) / (1 - knee), 0, 1)
    curve = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (-2 * t**3 + 3 * t**2) * most
    dimmed = _of_pq(np.where(signal < knee, signal, curve) * peak)
    return np.where(light > 0, dimmed / np.maximum(light, 1e-9), 1).astype(np.float32)


_M1, _M2, _C1, _C2, _C3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128


def _of_pq(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    root = signal ** (1 / _M2)
    return np.asarray(10_000 * (np.maximum(root - _C1, 0) / (_C2 - _C3 * root)) ** (1 / _M1))


def _to_pq(light: NDArray[np.float64]) -> NDArray[np.float64]:
    power = (light / 10_000) ** _M1
    return np.asarray(((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2)

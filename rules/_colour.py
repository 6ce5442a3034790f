"""Colour by eye: OKLab and OKLCh (Björn Ottosson, 2020), and the shades that drawings are painted with.

A colour here is a float64 array (3,) of sRGB in 0 to 1; `rgb_of` makes one from `#rrggbb`.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import atan2, cbrt, cos, degrees, hypot, radians, sin

import numpy as np
from numpy.typing import ArrayLike, NDArray

RGB = NDArray[np.float64]
Triple = tuple[float, float, float]

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LMS = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)
_FROM_LAB = np.array(
    [
        [1.0, 0.3963377774, 0.2158037573],
        [1.0, -0.1055613458, -0.0638541728],
        [1.0, -0.0894841775, -1.2914855480],
    ]
)


def rgb_of(code: str) -> RGB:
    """`#2f6068` -> sRGB in 0 to 1."""
    return np.array([int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def _through(matrix: NDArray[np.float64], colour: NDArray[np.float64]) -> NDArray[np.float64]:
    # a sum of products, not `@`: BLAS may give other last bits on another processor
    return np.asarray((colour[..., None, :] * matrix).sum(-1))


def to_lab(colour: ArrayLike) -> NDArray[np.float64]:
    """sRGB (..., 3) -> OKLab (..., 3)."""
    c = np.asarray(colour, np.float64)
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return _through(_TO_LAB, np.cbrt(_through(_TO_LMS, linear)))


def from_lab(lab: ArrayLike) -> NDArray[np.float64]:
    """OKLab (..., 3) -> sRGB (..., 3), clipped to the gamut."""
    linear = np.clip(_through(_FROM_LMS, _through(_FROM_LAB, np.asarray(lab, np.float64)) ** 3), 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


# One colour is worked out in plain numbers: arrays of three cost twenty times as much, and a drawing asks for hundreds.


def _dot(matrix: tuple[Triple, Triple, Triple], of: Triple) -> Triple:
    x, y, z = of
    (a, b, c), (d, e, f), (g, h, i) = matrix
    return x * a + y * b + z * c, x * d + y * e + z * f, x * g + y * h + z * i


def _lab(colour: ArrayLike) -> Triple:
    """`to_lab` of one colour."""
    x, y, z = _dot(_LMS_ROWS, _three(_linear(float(c)) for c in np.asarray(colour, np.float64).tolist()))
    return _dot(_LAB_ROWS, (cbrt(x), cbrt(y), cbrt(z)))


def _rgb(lab: Triple) -> RGB:
    """`from_lab` of one colour."""
    return np.array([_encoded(min(max(c, 0.0), 1.0)) for c in _light_of(lab)])


def _light_of(lab: Triple) -> Triple:
    """Linear red, green and blue, not clipped."""
    x, y, z = _dot(_FROM_LAB_ROWS, lab)
    return _dot(_FROM_LMS_ROWS, (x * x * x, y * y * y, z * z * z))


def _linear(c: float) -> float:
    return c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4)


def _encoded(c: float) -> float:
    return c * 12.92 if c <= 0.0031308 else float(1.055 * c ** (1 / 2.4) - 0.055)


def _three(values: Iterable[float]) -> Triple:
    x, y, z = values
    return x, y, z


_LMS_ROWS, _LAB_ROWS, _FROM_LMS_ROWS, _FROM_LAB_ROWS = (
    (_three(a), _three(b), _three(c)) for a, b, c in (m.tolist() for m in (_TO_LMS, _TO_LAB, _FROM_LMS, _FROM_LAB))
)


def to_lch(colour: ArrayLike) -> tuple[float, float, float]:
    """One sRGB colour -> (lightness 0 to 1, chroma, hue in degrees)."""
    lightness, a, b = _lab(colour)
    return lightness, hypot(a, b), degrees(atan2(b, a))


def from_lch(lightness: float, chroma: float, hue: float) -> RGB:
    """(lightness, chroma, degrees) -> sRGB; chroma is lowered until the colour exists."""
    angle = radians(hue)
    across, up = cos(angle), sin(angle)
    for _ in range(40):
        lab = lightness, chroma * across, chroma * up
        linear = _light_of(lab)
        if min(linear) >= -1e-4 and max(linear) <= 1.0001:
            break
        chroma *= 0.96
    return _rgb(lab)


def turned(hue: float, towards: float, most: float) -> float:
    """A hue moved towards another one, by at most `most` degrees."""
    away = (towards - hue + 180) % 360 - 180
    return hue + min(max(away, -most), most)


def shade(colour: ArrayLike, by: float = 0.13, ambient: float = 285, turn: float = 22) -> RGB:
    """The shadow of a colour: darker, its hue turned towards the ambient, never towards grey."""
    lightness, chroma, hue = to_lch(colour)
    return from_lch(max(lightness - by, 0.10), chroma, turned(hue, ambient, turn * min(1.0, by / 0.13)))


def light(colour: ArrayLike, by: float = 0.10, key: float = 75, turn: float = 15) -> RGB:
    """The lit tone of a colour: lighter, its hue turned towards the key light."""
    lightness, chroma, hue = to_lch(colour)
    return from_lch(min(lightness + by, 0.97), chroma * 0.95, turned(hue, key, turn))


def mix(a: ArrayLike, b: ArrayLike, t: float) -> RGB:
    """The colour at `t` between two, by way of OKLab."""
    if np.ndim(a) == np.ndim(b) == 1 and np.ndim(t) == 0:
        share = float(t)
        return _rgb(_three(p * (1 - share) + q * share for p, q in zip(_lab(a), _lab(b), strict=True)))
    return from_lab(to_lab(a) * (1 - t) + to_lab(b) * t)


def ramp(stops: tuple[tuple[float, str], ...], at: NDArray[np.float64]) -> NDArray[np.float32]:
    """A gradient through (place, `#rrggbb`) stops in OKLab, read at `at` (any shape) -> float32 (..., 3)."""
    places = np.array([s[0] for s in stops])
    labs = np.array([to_lab(rgb_of(s[1])) for s in stops])
    lab = np.stack([np.interp(at, places, labs[:, i]) for i in range(3)], -1)
    return np.asarray(from_lab(lab), np.float32)

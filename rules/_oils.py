"""The colours of a palette knife: strong, never grey, shadows of Prussian blue, lights of chrome yellow, each stroke
another mixture.

Worked out in OKLab for one colour a stroke, so that broken colour costs nothing per pixel.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules import _colour

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

_SHADOW, _LIGHT = _colour.rgb_of("#1b2f6b"), _colour.rgb_of("#f6dc8a")
_CONTOUR = _colour.rgb_of("#171c44")
_HUE, _VALUE, _MIXED = 12.0, 0.06, 0.020  #: how far a stroke strays: degrees, lightness, chroma of greys
_ACCENTS = 0.014  #: share of strokes in about the complementary colour
_DEEPEST, _LIFTED = 0.17, 0.52  #: lightness of the darkest paint, and below which darks are raised


class Chance(NamedTuple):
    """What each stroke strays by, (n,) each: normal deviates for hue, value, and the mixture of greys; 0 to 1."""

    hue: F32
    value: F32
    mixed: F32
    accent: F32


def mixed(rgb: U8, chance: Chance, vivid: float, broken: float) -> U8:
    """(n, 3) colours of a picture -> those of strokes."""
    lab = _colour.to_lab(rgb / 255)
    light, a, b = lab[:, 0], lab[:, 1], lab[:, 2]
    below = np.clip(1 - light / _LIFTED, 0, 1)
    light = light + _DEEPEST * below * below  # no paint is black
    light = light + 0.55 * (light - 0.52) * light * (1 - light)  # light against dark
    strong = vivid * (1.30 - 0.55 * np.clip(np.hypot(a, b) - 0.10, 0, 0.2) / 0.2)
    a, b = a * strong, b * strong
    for pigment, share in ((_SHADOW, 0.42 * np.clip(1 - light / 0.48, 0, 1)), (_LIGHT, _glow(light))):
        goal = _colour.to_lab(pigment)
        share = share * min(vivid, 1.5)
        a, b = a + (goal[1] - a) * share, b + (goal[2] - b) * share
        light = light + (goal[0] - light) * share * 0.45
    return _encoded(*_strayed(light, a, b, chance, broken))


def _glow(light: F64) -> F64:
    return np.asarray(0.30 * np.clip(light / 0.45 - 1.25, 0, 1))


def _strayed(light: F64, a: F64, b: F64, chance: Chance, broken: float) -> tuple[F64, F64, F64]:
    """Broken colour: neighbours differ in hue and value, greys lean to one side or the other, a few are accents."""
    turn = np.radians(_HUE * broken) * np.clip(0.62 * chance.hue, -1, 1)
    accent = chance.accent < _ACCENTS * broken
    turn = turn + np.pi * (0.85 + 0.2 * chance.value.clip(-1, 1)) * accent
    muted = 1 - 0.45 * accent
    c, s = muted * np.cos(turn), muted * np.sin(turn)
    a, b = a * c - b * s, a * s + b * c
    lean = _MIXED * broken * np.clip(0.7 * chance.mixed, -1.4, 1.4)
    light = light + _VALUE * broken * np.clip(0.62 * chance.value, -1.1, 1.1)
    return light, a + 0.45 * lean, b + lean


def dark(rgb: U8, chance: Chance, vivid: float) -> U8:
    """Colours of contours: what is there, far down into blue."""
    lab, ink = _colour.to_lab(rgb / 255), _colour.to_lab(_CONTOUR)
    light = ink[0] + 0.16 * lab[:, 0] + 0.02 * chance.value
    share = 0.62
    return _encoded(
        light,
        ink[1] * share + lab[:, 1] * vivid * (1 - share) + 0.01 * chance.mixed,
        ink[2] * share + lab[:, 2] * vivid * (1 - share),
    )


def _encoded(light: F64, a: F64, b: F64) -> U8:
    rgb = _colour.from_lab(np.stack([np.clip(light, 0.05, 0.985), a, b], -1))
    return np.asarray(np.rint(rgb * 255), np.uint8)

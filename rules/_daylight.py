"""Daylight: one record for each time of day, from which every plate, prop and figure takes its light.

All that is painted for one time reads the same record, so the layers sit together as one painting.
The key light comes from the left at every hour, as figures are shaded from there too. Directions are
those of a cel: x right, y *down*, pointing towards the light. Places in the sky are picture heights:
x right of the picture's middle, y above the horizon.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rules import _colour, _overcast
from rules._flying import VEILS
from rules._skylight import Daylight as Daylight  # all that is painted knows it from here
from rules._skylight import Factor

F32 = NDArray[np.float32]


_TIMES = {
    "dawn": Daylight(
        sky=(
            (0.0, "#4f74ad"), (0.20, "#7f9ac8"), (0.36, "#c0aecb"),
            (0.47, "#f0b9b0"), (0.56, "#ffd9a8"), (0.64, "#fff0c4"),
        ),
        sun=(0.022, 0.195), glow="#fff0bd", glow_weight=0.66, glow_size=(0.40, 0.24), disc=0.030, stars=0.10,
        cloud_body="#a58fbb", cloud_lit="#ffc9a6", cloud_rim="#fff1cf",
        haze_colour="#f6cdb4", haze_density=0.0165,
        ambient=(1.00, 0.88, 0.87), key=(1.18, 1.04, 0.82), key_direction=(-0.80, -0.60),
        window="#ffdf9a", window_deep="#f0a860", lit=0.22, sunlight=0.0, shade_hue=300, near="#3a3455",
    ),
    "day": Daylight(
        sky=((0.0, "#3f86c4"), (0.22, "#6fb0dc"), (0.40, "#a9d6e6"), (0.52, "#dcecdf"), (0.64, "#fbf2d2")),
        sun=(-0.62, 0.70), glow="#fff8e2", glow_weight=0.36, glow_size=(0.60, 0.46), disc=0.0, stars=0.0,
        cloud_body="#a9c3dc", cloud_lit="#fff4e2", cloud_rim="#fffdf2",
        haze_colour="#cfe2e2", haze_density=0.0085,
        ambient=(0.97, 0.97, 0.98), key=(1.10, 1.04, 0.92), key_direction=(-0.62, -0.78),
        window="#ffe6ae", window_deep="#e0ae72", lit=0.0, sunlight=1.0, shade_hue=268, near="#2d3548",
    ),
    "dusk": Daylight(
        sky=(
            (0.0, "#2b3a72"), (0.18, "#435091"), (0.33, "#6d639f"),
            (0.44, "#a9749a"), (0.53, "#e5917c"), (0.61, "#ffcb8a"),
        ),
        sun=(-0.30, 0.012), glow="#ffd693", glow_weight=0.72, glow_size=(0.44, 0.22), disc=0.0, stars=0.26,
        cloud_body="#5f4a86", cloud_lit="#f29b83", cloud_rim="#ffe3b0",
        haze_colour="#858bb8", haze_density=0.0150,
        ambient=(0.80, 0.72, 0.92), key=(1.22, 0.98, 0.76), key_direction=(-0.62, -0.78),
        window="#ffd982", window_deep="#ee8f45", lit=0.42, sunlight=0.0, shade_hue=285, near="#241f42",
    ),
    "night": Daylight(
        sky=((0.0, "#0c1338"), (0.22, "#152153"), (0.38, "#24356f"), (0.50, "#3c5189"), (0.62, "#6178a4")),
        sun=(-0.16, 0.325), glow="#b9cff0", glow_weight=0.42, glow_size=(0.26, 0.24), disc=0.046, stars=1.0,
        cloud_body="#273562", cloud_lit="#6f88ba", cloud_rim="#cfdcf2",
        haze_colour="#4a5f95", haze_density=0.0110,
        ambient=(0.46, 0.52, 0.80), key=(1.05, 1.12, 1.20), key_direction=(-0.55, -0.84),
        window="#ffd27a", window_deep="#e4803c", lit=0.55, sunlight=0.0, shade_hue=272, near="#121634",
    ),
}  # fmt: skip

#: in what places and things differ from the hour: under a low sun they are lit along the ground and cooler in their
#: shade, while figures keep the key from above that their faces are drawn for
_LOW: dict[str, Daylight] = {
    "dusk": replace(_TIMES["dusk"], ambient=(0.72, 0.71, 0.88), key=(1.42, 1.05, 0.74), key_direction=(-0.90, -0.44)),
}

TIMES = tuple(_TIMES)


@lru_cache(maxsize=64)
def daylight(time: str) -> Daylight:
    """The light of `dawn`, `day`, `dusk` or `night`, or of one of them under weather (`_flying.hour`)."""
    return _under_weather(_TIMES, time)


@lru_cache(maxsize=64)
def scenery(time: str) -> Daylight:
    """The same as places and things have it."""
    return _under_weather(_TIMES | _LOW, time)


def _under_weather(times: dict[str, Daylight], time: str) -> Daylight:
    name, *weather = time.split()
    if not weather:
        return times[name]
    return _overcast.veiled(times[name], VEILS[weather[0]], int(weather[1]) / 10)


def ambient_of(light: Daylight) -> F32:
    """The ambient factor as float32 (3,)."""
    return np.array(light.ambient, np.float32)


def under(light: Daylight, colour: ArrayLike | str, lit: float = 0.0) -> _colour.RGB:
    """A thing's own colour as it looks on the stage: in the ambient, or by `lit` (0 to 1) in the key light."""
    own = _colour.rgb_of(colour) if isinstance(colour, str) else np.asarray(colour, np.float64)
    factor = np.array(light.ambient) * ((1 - lit) + lit * np.array(light.key))
    return np.asarray(np.clip(own * factor, 0, 1))


def hazed(rgba: F32, light: Daylight, weight: float | F32) -> F32:
    """Premultiplied float RGBA faded to the haze; `weight` is one number or (height, width)."""
    out = np.array(rgba, np.float32)
    amount = np.asarray(weight, np.float32)[..., None]
    haze = _colour.rgb_of(light.haze_colour).astype(np.float32)
    out[..., :3] += (haze * out[..., 3:] - out[..., :3]) * amount
    return out


def tinted(rgba: F32, factor: Factor | F32) -> F32:
    """Premultiplied float RGBA multiplied by a light's colour: (3,) or (height, width, 3)."""
    out = np.array(rgba, np.float32)
    out[..., :3] = np.minimum(out[..., :3] * np.asarray(factor, np.float32), out[..., 3:])
    return out

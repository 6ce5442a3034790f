"""Light in a room: a dim ambient that follows the time of day, lamps from dusk to dawn, the window's share."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from rules import _colour
from rules._daylight import Daylight
from rules._outline import F32

LAMPS = (1.62, -3.45)  #: where wall lamps hang, metres right of the room's middle
LAMP_HEIGHT = 2.02
_WARM = np.array([1.30, 0.94, 0.52], np.float32)


class Indoors(NamedTuple):
    """ambient: multiplies all. lamps: how strongly they burn. pane: colour of the window's light; day: its strength."""

    ambient: F32
    lamps: float
    pane: F32
    day: float


def indoors(light: Daylight, lamp: float) -> Indoors:
    """The light of a room at a time of day; the darker it is outside, the more the lamps count."""
    outside = float(np.mean(light.ambient))
    share = np.clip((outside - 0.64) / 0.33, 0, 1)
    dim = np.array([0.40, 0.36, 0.54]) + share * np.array([0.54, 0.60, 0.52])
    ambient = dim * (0.55 + 0.45 * np.array(light.ambient) / outside)
    burn = lamp * float(np.clip(light.lit / 0.42, 0, 1.15))
    pane = _colour.mix(_colour.rgb_of(light.glow), _colour.rgb_of(light.sky[2][1]), 0.45)
    return Indoors(ambient.astype(np.float32), burn, pane.astype(np.float32), float(share))


def slant(window: float) -> float:
    """To which side daylight falls from a window so far from the middle: to the right, unless a wall is there."""
    return -1.0 if window > 0.8 else 1.0


def lit(inside: Indoors, away: list[F32], reach: float) -> F32:
    """What multiplies the colours of a place: away: metres to each lamp, (height, width)."""
    total = np.zeros(away[0].shape, np.float32)
    for d in away:
        total += np.exp(-((d / reach) ** 1.25))
    out = inside.ambient + total[..., None] * _WARM * np.float32(inside.lamps)
    # bright places roll off instead of burning out
    return np.asarray(np.where(out > 1, 1 + (out - 1) / (1 + 0.9 * (out - 1)), out), np.float32)


def within(light: Daylight) -> Daylight:
    """The light of a time of day as a thing in the middle of a room has it: lamps and window mixed, and no haze."""
    inside = indoors(light, 1.0)
    mixed = inside.ambient + 0.42 * _WARM * np.float32(inside.lamps)
    ambient = np.minimum(mixed, 1 + 0.5 * (mixed - 1)).tolist()
    return replace(light, ambient=(ambient[0], ambient[1], ambient[2]), haze_density=0.0, shade_hue=330.0)

"""A closed sky: a few banks of cloud one behind the other, each a ridge of soft rolls that is lit along its crest.

Banks are set by hand, small and pale over the horizon, large and deep overhead; between them the paint lies calm.
All lengths are picture heights, v up from the horizon.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules import _colour, _noise
from rules._daylight import Daylight
from rules._heavens import Sight

F32 = NDArray[np.float32]


class _Bank(NamedTuple):
    """One bank: where its crest lies, how far lobes rise over that, their pitch, how deep its paint goes, how strong
    its light and shade are."""

    v: float
    rise: float
    pitch: float
    depth: float
    strength: float


#: from the farthest to the nearest; the two that are low stay pale
_BANKS = (
    _Bank(1.30, 0.240, 0.80, 0.42, 1.00),
    _Bank(0.90, 0.190, 0.66, 0.34, 1.00),
    _Bank(0.585, 0.135, 0.50, 0.25, 1.00),
    _Bank(0.375, 0.100, 0.37, 0.19, 0.80),
    _Bank(0.215, 0.062, 0.25, 0.125, 0.55),
    _Bank(0.115, 0.032, 0.155, 0.070, 0.32),
)
_ROLLS = ((0.0, 1.0), (-0.34, 0.72))  # of a bank: how far a ridge lies under the crest, in depths; its light


def paint(rgb: F32, light: Daylight, sight: Sight, amount: float) -> None:
    """Close the sky by `amount`, 0 to 1; less leaves gaps of clear sky between the banks."""
    body, lit, shade = _colours(light)
    low = np.clip(sight.v, 0, None)
    calm = np.exp(-low / 0.16)[..., None]  # light comes in under the clouds at the horizon
    ground = shade + (body - shade) * 0.42
    ground = ground + (_colour.mix(body, lit, 0.42).astype(np.float32) - ground) * calm.astype(np.float32)
    closed = np.clip(1.6 * amount - 0.45, 0, 1) * np.clip(low / 0.07, 0, 1) ** 0.8 * (0.72 + 0.28 * amount)
    # a low sun shines through where the clouds are thin over it
    thin = (
        light.glow_weight * np.exp(-(((sight.u - light.sun[0]) / 0.9) ** 2)) * np.exp(-(low + abs(light.sun[1])) / 0.11)
    )
    closed = closed * (1 - np.clip(1.3 * thin, 0, 0.9))
    rgb += (ground - rgb) * closed[..., None].astype(np.float32)
    fray = sight.noise(0.060, 3, 61, (1.5, 0.8))
    sway = sight.noise(0.60, 2, 62, (2.0, 0.7))
    for k, bank in enumerate(_BANKS):
        for n, (under, share) in enumerate(_ROLLS):
            _ridge(rgb, sight, (bank, under, share * amount, 10 * k + n), (fray, sway), (light, body, lit, shade))


def _colours(light: Daylight) -> tuple[F32, F32, F32]:
    """Of a bank in the flat light under it: body, crest, belly: near to one another, or clouds look like marble."""
    body = _colour.mix(_colour.rgb_of(light.cloud_body), _colour.rgb_of(light.haze_colour), 0.34)
    lit = _colour.mix(body, _colour.rgb_of(light.cloud_lit), 0.62)
    shade = _colour.mix(_colour.shade(body, 0.075, light.shade_hue), _colour.rgb_of(light.sky[0][1]), 0.12)
    return body.astype(np.float32), lit.astype(np.float32), shade.astype(np.float32)


def _ridge(
    rgb: F32, sight: Sight, what: tuple[_Bank, float, float, int], noise: tuple[F32, F32],
    paints: tuple[Daylight, F32, F32, F32],
) -> None:  # fmt: skip
    """Lay one ridge down: its crest lit towards the light and broken, its paint lost in what lies below."""
    bank, under, weight, number = what
    light, body, lit, shade = paints
    top = bank.v + under * bank.depth
    rows = np.flatnonzero((sight.v[:, 0] < top + 2.2 * bank.rise) & (sight.v[:, 0] > top - 1.3 * bank.depth))
    if not len(rows):
        return
    part = slice(int(rows[0]), int(rows[-1]) + 1)
    fray, sway = noise[0][part], noise[1][part]
    reach = 0.30 * bank.rise
    room = int(np.ceil(1.2 * reach * sight.px)) + 1  # a frayed place may lie beside the canvas
    first = float(sight.u[0, 0]) - room / sight.px
    crest, slope = _profile(first + np.arange(sight.u.shape[1] + 2 * room) / sight.px, bank, (sight.seed, number))
    place = np.rint((sight.u - first + np.float32(reach) * fray) * np.float32(sight.px)).astype(np.int32)
    np.clip(place, 0, len(crest) - 1, out=place)
    down = crest[place] + np.float32(0.7 * reach) * fray + np.float32(0.5 * bank.rise) * sway
    down += np.float32(top) - sight.v[part]
    sunk = np.clip(1 - down * np.float32(1 / bank.depth), 0, 1)
    turned = np.float32(0.42 * np.sign(light.key_direction[0])) * slope[place]
    tone = np.float32(bank.strength) * sunk**2.4 * np.clip(np.float32(0.52) + turned, 0.06, 1)
    near = np.exp(-(((sight.u - light.sun[0]) / 0.55) ** 2) - ((bank.v - light.sun[1]) / 0.5) ** 2)
    warm = lit + (_colour.rgb_of(light.cloud_rim).astype(np.float32) - lit) * (0.5 * near).astype(np.float32)[..., None]
    colour = shade + (body - shade) * (np.float32(0.15) + np.float32(0.85) * sunk)[..., None]
    colour += (warm - colour) * tone[..., None]
    # lost here and there, as where two banks run into one another
    there = np.clip(np.float32(0.86) + sway, 0.10, 1) * np.float32(weight * (0.30 + 0.70 * bank.strength))
    edge = np.clip(down * np.float32(1 / (0.26 * bank.rise)) + np.float32(0.5), 0, 1)
    ground = rgb[part]
    ground += (colour - ground) * (edge * sunk * (2 - sunk) * there)[..., None]


def _profile(u: NDArray[np.float64], bank: _Bank, hashes: tuple[int, int]) -> tuple[F32, F32]:
    """A ridge over places u: its height over its own place, and which way it faces there, -1 to 1.

    Lobes in three sizes, each with cauliflower on its shoulders; the highest of them all is what is seen.
    """
    height, slope = np.full(len(u), -1.0, np.float32), np.zeros(len(u), np.float32)
    for size, drop, every in ((1.0, 0.0, 1.0), (0.52, 0.10, 0.52), (0.26, 0.04, 0.25)):
        pitch = bank.pitch * every
        for k in range(int(np.floor(u[0] / pitch)) - 1, int(np.ceil(u[-1] / pitch)) + 2):
            a, b, c = _dice(hashes, k, int(100 * every))
            half, middle = bank.pitch * size * (0.34 + 0.36 * a), (k + 0.15 + 0.7 * b) * pitch
            base = bank.rise * ((0.15 + 0.75 * c) * (1 if every == 1 else 0.55) - drop)
            if every < 1:  # what is small sits on the shoulders of the large
                base += 0.75 * _swell(middle, bank, hashes)
            across = (u - middle) / half
            arc = bank.rise * size * 1.1 * (np.sqrt(np.clip(1 - across * across, 0, 1)) - 1)
            tall = np.where(np.abs(across) < 1, base + arc, -1)
            better = tall > height
            height, slope = np.where(better, tall, height), np.where(better, across, slope)
    return height.astype(np.float32), slope.astype(np.float32)


def _swell(u: float, bank: _Bank, hashes: tuple[int, int]) -> float:
    """How high the large lobes stand about a place."""
    best = -bank.rise
    for k in range(int(np.floor(u / bank.pitch)) - 1, int(np.ceil(u / bank.pitch)) + 1):
        a, b, c = _dice(hashes, k, 100)
        across = (u - (k + 0.15 + 0.7 * b) * bank.pitch) / (bank.pitch * (0.34 + 0.36 * a))
        if abs(across) < 1:
            best = max(best, bank.rise * ((0.15 + 0.75 * c) + 1.1 * (float(np.sqrt(1 - across * across)) - 1)))
    return best


def _dice(hashes: tuple[int, int], k: int, size: int) -> tuple[float, float, float]:
    """Three hashed numbers of a lobe; hashes: the sky's seed, the ridge's number."""
    seed, number = hashes
    a, b, c = (_noise.chance(seed, 71 + n, number, k + 4096, size) for n in range(3))
    return a, b, c

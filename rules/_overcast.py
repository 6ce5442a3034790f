"""What weather does to the light of an hour: it comes from the whole sky, cooler, without sun, rims or cast shadows.

What shows it is one name, such as `dusk rain 8`, which goes wherever the hour's own name does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rules import _colour
from rules._flying import Veil
from rules._skylight import Daylight, Factor

_COOL = (0.955, 1.0, 1.065)  # of what is grey under clouds


def veiled(light: Daylight, veil: Veil, amount: float) -> Daylight:
    """The light of an hour under clouds; amount: 0 to 1."""
    # a veiled sky has one tone that brightens towards the horizon, the hour's own still to be felt in it
    mean = sum(_luma(_colour.rgb_of(code).tolist()) for _, code in light.sky) / len(light.sky)

    def dull(code: str, share: float, to: float = 0.5) -> str:
        """A colour that has lost its hue and its distance from the sky's mean."""
        own = _colour.rgb_of(code)
        tone = _luma(own.tolist())
        flat = _grey(tone + to * (mean - tone))
        return _code(_colour.mix(own, flat, share * amount))

    def towards(code: str, other: str, share: float) -> str:
        return _code(_colour.mix(_colour.rgb_of(code), _colour.rgb_of(other), share * amount))

    body = dull(light.cloud_body, 0.7)
    return replace(
        light,
        sky=tuple((at, dull(code, 0.88)) for at, code in light.sky),
        glow=_code(_colour.mix(_colour.rgb_of(light.glow), _grey(1.15 * mean), 0.6 * amount)),
        glow_weight=light.glow_weight * (1 - 0.85 * amount),
        disc=light.disc if amount < 0.3 else 0.0,
        stars=light.stars * max(0.0, 1 - 1.4 * amount),
        cloud_body=body,
        cloud_lit=dull(towards(light.cloud_lit, body, 0.55), 0.7),
        cloud_rim=dull(towards(light.cloud_rim, body, 0.80), 0.7),
        haze_colour=dull(light.haze_colour, 0.90, 0.2),
        haze_density=light.haze_density * (1 + veil.haze * amount),
        ambient=_cooled(light.ambient, veil.dim, amount),
        key=_cooled(_mixed(light.key, (1.0, 1.0, 1.0), 0.75 * amount), 1.0, 0.3 * amount),
        lit=max(light.lit, 0.16 * amount),
        sunlight=light.sunlight * max(0.0, 1 - 1.3 * amount),
        near=dull(light.near, 0.4, 0.1),
        hardness=1 - 0.62 * amount,
    )


def _luma(colour: Iterable[float]) -> float:
    red, green, blue = colour
    return 0.30 * red + 0.59 * green + 0.11 * blue


def _grey(tone: float) -> list[float]:
    return [min(max(tone * part, 0.0), 1.0) for part in _COOL]


def _code(colour: Iterable[float]) -> str:
    return "#" + "".join(f"{round(255 * min(max(part, 0.0), 1.0)):02x}" for part in colour)


def _mixed(a: Factor, b: Factor, share: float) -> Factor:
    red, green, blue = (x + (y - x) * share for x, y in zip(a, b, strict=True))
    return red, green, blue


def _cooled(factor: Factor, dim: float, amount: float) -> Factor:
    """A light that has gone to the colour of clouds, and is so much dimmer."""
    red, green, blue = (_luma(factor) * dim * part for part in _COOL)
    return _mixed(factor, (red, green, blue), 0.72 * amount)

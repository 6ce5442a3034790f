"""Kinds of weather as data: how many drawings each has, how large they are, how fast its clock goes. No pixels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

PLANES = 3  #: near, at the subject, far
DISTANCE = (0.40, 0.86, 1.55)  #: of each plane, as a share of the subject's
TILE = (2.2, 1.3)  #: picture heights after which what flies comes again
SLANT = 0.42  #: by how much the strongest wind slants the rain


class Kind(NamedTuple):
    """How one kind is drawn and moves.

    rate: ticks of its clock a second. cells: how many drawings stand side by side on a sheet, or 0 for one
    seamless sheet. size: (width, height) of a cell by plane; many: how many fly in a stretch of `TILE`, all by
    plane. is_light: added to the picture instead of laid over it.
    """

    rate: int
    cells: int
    size: tuple[tuple[float, float], ...]
    many: tuple[int, ...]
    is_light: bool = False


#: Snow, leaves, embers and fog step with the figures, on twos; rain is fast and so on ones.
KINDS = {
    "fog": Kind(12, 0, ((0.0, 0.86),) * 3, (1, 1, 1)),
    "rain": Kind(24, 4, ((0.0, 0.20), (0.0, 0.115), (0.0, 0.065)), (46, 170, 330)),
    "snow": Kind(12, 6, ((0.050, 0.050), (0.022, 0.022), (0.012, 0.012)), (34, 160, 420)),
    "embers": Kind(12, 6, ((0.052, 0.052), (0.026, 0.026), (0.015, 0.015)), (12, 40, 70), is_light=True),
    "leaves": Kind(12, 24, ((0.130, 0.130), (0.056, 0.056), (0.028, 0.028)), (7, 30, 56)),
}


class Veil(NamedTuple):
    """What a kind of weather does to the light: how much of the sun it takes, what is left of the light, and how much
    thicker the haze is."""

    share: float
    dim: float
    haze: float


VEILS = {
    "overcast": Veil(1.00, 0.93, 0.3),
    "rain": Veil(0.95, 0.86, 0.9),
    "fog": Veil(0.85, 0.96, 1.3),
    "snow": Veil(0.75, 0.98, 0.7),
}


def hour(time: str, weather: Iterable[tuple[str, float]]) -> str:
    """The name of the light of an hour under (kind, amount) of weather: `dusk`, `dusk rain 8`."""
    found = [(VEILS[kind].share * (0.55 + 0.45 * amount), kind) for kind, amount in weather if kind in VEILS]
    if not found:
        return time
    share, kind = max(found)
    return f"{time} {kind} {round(10 * share)}"


class Fall(NamedTuple):
    """A kind of weather with the seed of its place."""

    kind: str
    amount: float
    wind: float
    seed: int


def cell(kind: str, wind: float, plane: int) -> tuple[float, float]:
    """(width, height) of one drawing on a sheet, in picture heights."""
    width, height = KINDS[kind].size[plane]
    return (width or 0.010 + height * SLANT * abs(wind), height)

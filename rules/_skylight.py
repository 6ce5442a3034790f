"""The record of a light: all that plates, props and figures ask of an hour. Its values stand in `_daylight`."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

Factor = tuple[float, float, float]  #: multiplies sRGB
Stops = tuple[tuple[float, str], ...]  #: (place, colour); 0 is the top of the picture at home, 0.55 the horizon


@dataclass(frozen=True)
class Daylight:
    """The light of one time of day.

    sky: the gradient. sun: where the sun or the moon stands; glow: its colour; glow_weight, glow_size:
    how strongly and how far it bends the gradient; disc: radius of what is seen of it, 0 for nothing.
    stars: their weight. cloud_*: the shaded body, the lit side, the thin lit rim.
    haze_colour, haze_density: what far things fade to, and how fast.
    ambient: multiplies whatever stands on the stage. key: the factor on what faces the key light;
    key_direction: towards it. window, window_deep: a lit pane's centre and edge; lit: how many are. sunlight: how hard
    the sun falls on fronts that face us.
    shade_hue: OKLCh hue that shadows turn to. near: the dark of things close to the lens. hardness: how deep the
    shadows on forms are, of what they are in plain sun.
    """

    sky: Stops
    sun: tuple[float, float]
    glow: str
    glow_weight: float
    glow_size: tuple[float, float]
    disc: float
    stars: float
    cloud_body: str
    cloud_lit: str
    cloud_rim: str
    haze_colour: str
    haze_density: float
    ambient: Factor
    key: Factor
    key_direction: tuple[float, float]
    window: str
    window_deep: str
    lit: float
    sunlight: float
    shade_hue: float
    near: str
    hardness: float = 1.0

    def haze(self, z: float) -> float:
        """How much of a thing at depth z (metres) is lost to the haze, 0 to 1."""
        return 1 - exp(-self.haze_density * max(z, 0.0))

    @property
    def horizon(self) -> str:
        """The sky's colour where it meets the ground."""
        return self.sky[-1][1]

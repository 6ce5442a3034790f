"""Light on a biped: the hour's ambient, and a practical lamp that stands to one side.

The terminators are painted for the light's direction, so a lamp that is turned up really turns the
shadows; its warmth and the rim are laid over the finished cel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rules import _daylight
from rules._biped_look import INK
from rules._cel import Cel
from rules._outline import Points
from studio.rule import Canvas, Variant

FULL = 5  #: the lamp's highest step
CONTOUR = 2.2  #: px of the contour in a full shot at 1080 lines, where a u is 7 px

_LAMP = np.array([1.16, 0.94, 0.66], np.float32)
_RIM = np.array([1.0, 0.74, 0.40])


@dataclass(frozen=True)
class Light:
    """time: of day; lamp: 0 to 1; side: -1 or 1, the side of the screen on which the lamp stands, 0 without."""

    time: str
    lamp: float
    side: int

    @property
    def direction(self) -> tuple[float, float]:
        """Towards the light that shapes the forms, x right, y down: the hour's key, drawn over to the lamp."""
        x, y = _daylight.daylight(self.time).key_direction
        share = 0.8 * self.lamp if self.side else 0.0
        return x * (1 - share) + 0.80 * self.side * share, y * (1 - share) - 0.60 * share

    @property
    def hardness(self) -> float:
        """How deep the shadows on forms are: less under clouds, not before a lamp."""
        own = _daylight.daylight(self.time).hardness
        return own + (1 - own) * 0.8 * self.lamp


def light_of(variant: Variant) -> Light:
    """The light of a variant; day without a lamp if it says nothing."""
    found = variant.get("light") or {}
    side = int(found.get("side", 0))
    lamp = min(max(float(found.get("lamp", 0)), 0.0), FULL) / FULL if side else 0.0
    return Light(str(found.get("time", "day")), lamp, side)


def cel_under(light: Light, canvas: Canvas, unit: float, seed: int, *, flip: bool) -> Cel:
    """A drawing begun under a light, mirrored if the figure faces left."""
    cel = Cel(canvas, unit, seed, light=light.direction, warp=_mirrored if flip else None)
    cel.pen, cel.hardness = pen(unit), light.hardness
    return cel


def _mirrored(points: Points) -> Points:
    return np.asarray(points * np.array([-1.0, 1.0]))


def pen(unit: float) -> float:
    """The factor on line widths given in u: lines grow as the 0.7th power of the scale, 1 at 7 px a u."""
    return float((unit / 7) ** -0.3)


def finish(cel: Cel, light: Light) -> None:
    """The contour, then the light."""
    width = CONTOUR * (cel.unit / 7) ** (0.7 if cel.unit < 7 else 0.45)  # a close one stays a line
    cel.contour(width, INK)
    relight(cel, light, width)


def relight(cel: Cel, light: Light, width: float) -> None:
    """The hour's ambient over everything, the lamp's warmth from its side, and its rim; width in px."""
    hour = _daylight.daylight(light.time)
    ambient = np.array(hour.ambient, np.float32)
    if not light.lamp:
        cel.tint(ambient)
        return
    across = (np.arange(cel.width, dtype=np.float32) + 0.5 - np.float32(cel.origin[0])) / np.float32(cel.unit)
    near = np.clip(0.52 + light.side * across / 46, 0.10, 1.0) * np.float32(light.lamp)
    factor = ambient * (1 - 0.55 * near[:, None]) + _LAMP * (0.90 * near[:, None])
    cel.tint(factor[None])
    cel.rim((0.94 * light.side, -0.34), 1.9 * width, _RIM, 0.30 + 0.55 * light.lamp if light.lamp else 0)

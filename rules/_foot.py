"""Where the shadow of a standing thing and the light of a lamp lie: their boxes on the ground.

No pixels: planning reads it.
"""

from __future__ import annotations

from studio.rule import Box

EYE = 2.4  # twice the height of the camera: y = -EYE / z on the ground
REACH = 2.6  # how much farther than the thing itself its shadow is soft


def shadow_box(z: float, wide: float, deep: float) -> Box:
    """Picture heights relative to the foot; wide, deep: half the thing's foot in metres."""
    near, far = max(z - REACH * deep, 0.5), z + REACH * deep
    across = 2 * (REACH * wide + 0.6) / near
    return Box(-across, EYE / z - EYE / near, across, EYE / z - EYE / far)


def pool_box(z: float, reach: float) -> Box:
    """The same of a circle of light on the floor; reach: its radius in metres."""
    near = max(z - reach, 1.6)
    # its widest place on the picture lies nearer than its middle
    wide = 2 * reach / max(z * z - reach * reach, near * near) ** 0.5
    return Box(-wide, EYE / z - EYE / near, wide, EYE / z - EYE / (z + reach))

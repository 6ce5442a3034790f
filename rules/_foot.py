"""Where the shadow of a standing thing lies: its box on the ground. No pixels: planning reads it."""

from __future__ import annotations

from studio.rule import Box

EYE = 2.4  # twice the height of the camera: y = -EYE / z on the ground
REACH = 2.6  # how much farther than the thing itself its shadow is soft


def shadow_box(z: float, wide: float, deep: float) -> Box:
    """Picture heights relative to the foot; wide, deep: half the thing's foot in metres."""
    near, far = max(z - REACH * deep, 0.5), z + REACH * deep
    across = 2 * (REACH * wide + 0.6) / near
    return Box(-across, EYE / z - EYE / near, across, EYE / z - EYE / far)

"""The picture's rectangle at the depth of a near plate, which is built round it. No pixels: planning reads it."""

from __future__ import annotations

from dataclasses import dataclass

from studio.rule import Variant

NEAR_DEPTH = 3.0
_ASPECT, _ABOVE = 16 / 9, 0.55  # the picture at home, when a variant names no frame
_EYE = 1.2


@dataclass(frozen=True)
class Frame:
    """The picture's rectangle at the plate's depth, in metres, at rest."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def frame_of(variant: Variant) -> Frame:
    """The frame that a variant names, or that of a 16:9 picture at its depth."""
    if "frame" in variant:
        return Frame(*(float(v) for v in variant["frame"]))
    height = float(variant.get("z", NEAR_DEPTH)) / 2
    top = _EYE + _ABOVE * height
    return Frame(-height * _ASPECT / 2, top - height, height * _ASPECT / 2, top)

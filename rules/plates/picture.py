"""A picture of one's own as a plate: at a depth, so many metres tall; `plate: art/castle.png` is short for it."""

from __future__ import annotations

from typing import Literal

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Box, Canvas, Drawing, Variant

DEPTH = 40.0
GROUND = False
NEAR = False


class Params(Base):
    """A picture of one's own."""

    file: str = knob(..., "the picture, beside the Studiofile or below it: PNG, JPEG, WebP, BMP or a GIF of one frame")
    height: float = knob(3.0, "how tall it stands", low=0.01, high=1000, unit="m")
    centre: float = knob(0.0, "where its middle stands", low=-1000, high=1000, unit="m")
    foot: float = knob(0.0, "how high its foot is above the floor", low=-1000, high=1000, unit="m")
    edge: Literal["stop", "extend", "mirror"] = knob(
        "stop",
        "beyond its sides and top: nothing (the camera may not look there), its edge drawn out, its mirror image",
    )
    light: float = knob(0.0, "how far it takes the light of the time of day: 0 as it is, 1 wholly", low=0, high=1)
    haze: float = knob(0.0, "how far it fades into the haze of its depth: 0 not at all, 1 as all else", low=0, high=1)


def box(params: Params, variant: Variant) -> Box:
    """The picture, or from its foot up and to both sides without end."""
    if params.edge != "stop":
        return Box(-1e4, params.foot, 1e4, 1e4)
    half = params.height * variant["size"][0] / variant["size"][1] / 2
    return Box(params.centre - half, params.foot, params.centre + half, params.foot + params.height)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The picture over the canvas. variant: `pixels`, uint8 premultiplied (height, width, 4), brought by the engine."""
    from rules import _picture  # brings OpenCV, which planning does without

    return _picture.draw(params, variant, canvas, seed)

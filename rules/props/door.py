"""A door in its frame: a house's with steps, stones and a fanlight, or one of a room, panelled and painted."""

from __future__ import annotations

from typing import Literal

from rules._foot import shadow_box
from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Layer, Variant

DEPTH = 10.4
LIGHT = 1.9  #: metres from the foot up to the light behind the glass
LAYERS: tuple[Layer, ...] = (
    Layer("shadow", ground=True),
    Layer("door"),
    Layer("lit", "over", "lit"),
    Layer("glow", "emit", "lit", nearer=0.05),
)


class Params(Base):
    """A door."""

    kind: Literal["house", "room"] = knob("room", "where it belongs")
    height: float = knob(2.25, "of the frame", low=1, high=6, unit="m")
    paint: Colour = knob("#4f6a5c", "the leaf")
    frame: Colour = knob("#cdb896", "its stones or its wooden frame")


def box(params: Params, variant: Variant) -> Box:
    """Metres for what stands, picture heights relative to the foot for its shadow."""
    h = params.height
    if variant["layer"] == "shadow":
        return shadow_box(float(variant["z"]), 0.30 * h, 0.10)
    if variant["layer"] == "glow":
        return Box(-0.9 * h, -0.1 * h, 0.9 * h, 1.75 * h)
    return Box(-0.46 * h, -0.06, 0.46 * h, 1.14 * h)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    from rules import _door  # brings OpenCV, which planning does without

    return _door.draw(params, variant, canvas, seed)

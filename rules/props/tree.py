"""A tree that stands by itself: leafy, a conifer, or bare."""

from __future__ import annotations

from typing import Literal

from rules._foot import shadow_box
from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Layer, Variant

DEPTH = 10.0
LIGHT = 0.0  #: it gives none
LAYERS: tuple[Layer, ...] = (Layer("shadow", ground=True), Layer("tree"))


class Params(Base):
    """A tree."""

    kind: Literal["leafy", "conifer", "bare"] = knob("leafy", "what it is")
    height: float = knob(4.6, "from foot to top", low=0.3, high=40, unit="m")
    leaves: Colour | None = knob(None, "its green in daylight; left out, that of its kind")
    bark: Colour = knob("#6a5448", "its bark in daylight")
    snow: bool = knob(False, "snow on it")
    shade: float = knob(0.0, "how far it stands in the shade, as what frames a picture does", low=0, high=1)


def box(params: Params, variant: Variant) -> Box:
    """Metres for what stands, picture heights relative to the foot for its shadow."""
    h = params.height
    if variant["layer"] == "shadow":
        return shadow_box(float(variant["z"]), 0.42 * h, 0.20 * h)
    return Box(-0.72 * h, -0.06 * h, 0.72 * h, 1.16 * h)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    from rules import _tree  # brings OpenCV, which planning does without

    return _tree.draw(params, variant, canvas, seed)

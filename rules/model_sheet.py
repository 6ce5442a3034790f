"""A model sheet: one character standing, turning, in its moods, mouths and poses, with its colours named."""

from __future__ import annotations

from pydantic import SerializeAsAny

from rules.character import CharacterParams
from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Variant

_ASPECT = 16 / 9


class Params(Base):
    """Who is on the sheet, and its paper. Lengths are picture heights."""

    name: str = knob("", "what stands at its head")
    figure: SerializeAsAny[Base] = knob(CharacterParams(), "the character, of any kit")
    ground: Colour = knob("#efe5d2", "the paper")
    ink: Colour = knob("#43352f", "rules and labels")


def box(params: Params, variant: Variant) -> Box:
    """The whole picture, whose height is 1."""
    half = float(variant.get("aspect", _ASPECT)) / 2
    return Box(-half, -0.5, half, 0.5)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The sheet, opaque. variant: {"aspect": width / height}."""
    from rules import _model_sheet, _window  # bring OpenCV, which planning does without

    whole = _window.whole(box(params, variant), canvas.scale)
    return _window.cut(_model_sheet.paint(params, whole, seed), whole, canvas)

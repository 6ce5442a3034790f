"""Captions: what is said, in plain letters at the bottom of the picture, on a soft dark plate."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from rules import _typefaces
from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Variant

_ASPECT = 16 / 9
_BOTTOM, _TOP = -0.5, -0.08


class Params(Base):
    """What is said and its colours."""

    text: str = knob("...", "the words; long ones are broken into lines")
    ink: Colour = knob("#f8f2e4", "the letters")
    ground: Colour = knob("#15111f", "the plate under them")

    @model_validator(mode="after")
    def _letters_exist(self) -> Self:
        lacking = missing(self.text)
        if lacking:
            named = ", ".join(f"{c!r}" for c in lacking)
            raise PydanticCustomError("letters", "captions have no letter {letters}", {"letters": named})
        return self


def missing(text: str) -> list[str]:
    """Letters that a caption could not show."""
    return _typefaces.missing(text, _typefaces.LABEL)


def box(params: Params, variant: Variant) -> Box:
    """The lower part of the picture, whose height is 1."""
    half = float(variant.get("aspect", _ASPECT)) / 2
    return Box(-half, _BOTTOM, half, _TOP)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The caption. variant: {"aspect": width / height}."""
    from rules import _caption  # brings OpenCV, which planning does without

    return _caption.draw(params, float(variant.get("aspect", _ASPECT)), canvas)

"""Alphabets: letterforms drawn with pen strokes, one letter at a time, and the specimen sheet of a whole face."""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from rules import _hand, _typefaces
from rules._typefaces import Face
from studio.params import Colour, knob
from studio.rule import Box, Canvas, Drawing, Variant

_ASPECT = 16 / 9


class Params(_hand.Hand):
    """A face, what is changed about its pen, and the colours of its specimen."""

    name: str = knob("", "the large words on the specimen; left out, the face's own name")
    pangram: str = knob("", "a sentence with all letters; left out, the face's own")
    ink: Colour | None = knob(None, "the letters; left out, the face's own")
    ground: Colour | None = knob(None, "what they stand on; left out, the face's own")
    accent: Colour | None = knob(None, "the second colour; left out, the face's own")

    @model_validator(mode="after")
    def _letters_exist(self) -> Self:
        lacking = _typefaces.missing(self.name + self.pangram, _hand.face_of(self))
        if lacking:
            named = ", ".join(f"{c!r}" for c in lacking)
            raise PydanticCustomError("letters", "no letter {letters} in {face}", {"letters": named, "face": self.face})
        return self


def box(params: Params, variant: Variant) -> Box:
    """Of the specimen: the whole picture, whose height is 1."""
    half = float(variant.get("aspect", _ASPECT)) / 2
    return Box(-half, -0.5, half, 0.5)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The specimen sheet. variant: {"aspect": width / height}."""
    from rules import _specimen_sheet  # planning needs no pixels; OpenCV takes 80 ms to load

    return _specimen_sheet.paint(params, box(params, variant), canvas, seed)


def specimen(params: Params, width: int, height: int, seed: int) -> NDArray[np.uint8]:
    """The specimen sheet as RGBA, (height, width, 4)."""
    variant = {"aspect": width / height}
    canvas = Canvas(-(width // 2), -(height // 2), width, height, float(height))
    return draw(params, variant, canvas, seed).rgba


def mint_letterform(char: str, hand: _hand.Hand, cap: float, take: int = 0) -> NDArray[np.float32]:
    """One letter as a mask (height, width) in 0 to 1, cut to its ink. cap: px of a capital; take: which of its
    drawings, for a hand that strays.

    Raises KeyError naming the letter if the face lacks it.
    """
    from rules import _letters

    return _letters.mask_of(_letters.mint_letterform(char, _hand.face_of(hand), take), cap)


def mint_alphabet(hand: _hand.Hand, cap: float) -> dict[str, NDArray[np.float32]]:
    """All letters that a hand can write, as masks."""
    return {char: mint_letterform(char, hand, cap) for char in characters(hand)}


def characters(hand: _hand.Hand) -> list[str]:
    """All that a hand can write."""
    face: Face = _hand.face_of(hand)
    return _typefaces.characters(face)

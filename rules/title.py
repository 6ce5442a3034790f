"""Cards: the film's title, intertitles, and the end, set in minted letters on warm-lit paper."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from rules import _typefaces
from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Variant

_ASPECT = 16 / 9


class Params(Base):
    """What a card says and its colours. Its lengths are picture heights."""

    text: str = knob("Untitled", "the words; small words such as a leading `The` are set small above a title")
    kind: Literal["title", "card", "end"] = knob("title", "the film's title, an intertitle to be read, or the end")
    face: Literal["gaslight"] = knob("gaslight", "the hand of the letters")
    subtitle: str = knob("", "a small second line")
    ornament: Literal["none", "rules", "full"] = knob("full", "how much frame")
    ink: Colour = knob("#f3d9a0", "the letters")
    ground: Colour = knob("#211a30", "the paper")
    accent: Colour = knob("#a8452f", "the letters' block shadow, and the warmth of the light")

    @model_validator(mode="after")
    def _letters_exist(self) -> Self:
        if not self.text.strip():
            raise PydanticCustomError("text", "a card needs words")
        lacking = _typefaces.missing(self.text + self.subtitle, _typefaces.FACES[self.face])
        if lacking:
            named = ", ".join(f"{c!r}" for c in lacking)
            raise PydanticCustomError("letters", "no letter {letters} in {face}", {"letters": named, "face": self.face})
        return self


def legible_seconds(text: str) -> float:
    """How long a card must stand to be read: 0.3 s a word and a second to find it, at least two."""
    return max(2.0, 0.3 * len(text.split()) + 1.0)


def box(params: Params, variant: Variant) -> Box:
    """The whole picture, whose height is 1."""
    half = float(variant.get("aspect", _ASPECT)) / 2
    return Box(-half, -0.5, half, 0.5)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The card, opaque. variant: {"aspect": width / height}."""
    # planning imports this module for its parameters and `legible_seconds`; OpenCV takes 80 ms to load
    from rules import _border, _card, _card_paper, _colour, _lockup

    bounds = box(params, variant)
    face, plain = _typefaces.FACES[params.face], _typefaces.FACES[params.face + " text"]
    words = _lockup.Words(params.text, params.subtitle, face, plain)
    compose = {"title": _lockup.title, "card": _lockup.card, "end": _lockup.end}[params.kind]
    # with letters too small to read, the border gives way to a plainer one
    for border in _border.borders(bounds.right - bounds.left, params.ornament):
        lockup = compose(words, border.room)
        if _lockup.is_legible(lockup):
            break
    ink, ground, accent = (_colour.rgb_of(c) for c in (params.ink, params.ground, params.accent))
    return _card.paint(lockup, border, _card_paper.Look(ink, ground, accent, seed), bounds, canvas)

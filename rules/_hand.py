"""A hand: a face and what is changed about it, as parameters. Knows nothing of pixels."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from rules import _colour, _typefaces
from rules._typefaces import Face
from studio.params import Colour, Params, knob

FaceName = Literal["roman", "gaslight", "brush", "chalk", "poster", "comic"]


class Pen(Params):
    """What may be changed about a face. What is left out is as in the face."""

    weight: float | None = knob(None, "width of a stem", low=24, high=200, unit="1/1000 em")
    contrast: float | None = knob(None, "how much thinner a hairline is than a stem: 0 even", low=0, high=0.9)
    serif: Literal["bracket", "slab", "tuscan"] | None = knob(None, "the feet of a face that has feet")
    x_height: float | None = knob(None, "height of small letters; capitals are 700", low=360, high=600)
    slant: float | None = knob(None, "lean to the right", low=-15, high=25, unit="degrees")
    width: float | None = knob(None, "factor on the width of letters", low=0.6, high=1.5)
    wobble: float | None = knob(None, "how far an unsteady hand strays", low=0, high=24, unit="1/1000 em")
    bounce: float | None = knob(None, "how far letters hop off their line", low=0, high=40, unit="1/1000 em")
    spacing: float = knob(1.0, "factor on the white between letters", low=0.5, high=2.0)


class Hand(Pen):
    """Which face letters are drawn in, and with which pen."""

    face: FaceName = knob("roman", "the face that it starts from")
    font: Any = knob(None, "a font file in its place; a path under `face:` gives it")


class Look(Pen):
    """What is changed about a face's pen, and how its specimen looks."""

    name: str = knob("", "the large words on the specimen; left out, the face's own name")
    pangram: str = knob("", "a sentence with all letters; left out, the face's own")
    ink: Colour | None = knob(None, "the letters; left out, the face's own")
    ground: Colour | None = knob(None, "what they stand on; left out, the face's own")
    accent: Colour | None = knob(None, "the second colour; left out, the face's own")


class Alphabet(Look, Hand):
    """A face, what is changed about its pen, and the colours of its specimen."""

    @model_validator(mode="after")
    def _letters_exist(self) -> Self:
        lacking = _typefaces.missing(self.name + self.pangram, face_of(self))
        if lacking:
            named = ", ".join(f"{c!r}" for c in lacking)
            raise PydanticCustomError(
                "letters", "no letter {letters} in {face}", {"letters": named, "face": face_of(self).name}
            )
        return self


class Colours(NamedTuple):
    """How a face presents itself: the letters, what they stand on, the second colour."""

    ink: str
    ground: str
    accent: str


COLOURS = {
    "roman": Colours("#2b2430", "#efe6d2", "#a63d2b"),
    "gaslight": Colours("#f3d9a0", "#211a30", "#a8452f"),
    "brush": Colours("#1f2a44", "#ebe2cf", "#c8442f"),
    "chalk": Colours("#f1efe4", "#2a3a34", "#f0c66a"),
    "poster": Colours("#fbeacb", "#cf432c", "#26202b"),
    "comic": Colours("#1d1a26", "#fff1b8", "#ef5a34"),
}


def colours(hand: Hand, *own: str | None) -> tuple[_colour.RGB, _colour.RGB, _colour.RGB]:
    """Ink, ground and accent: those given, else the face's."""
    ink, ground, accent = (_colour.rgb_of(a or b) for a, b in zip(own, COLOURS[hand.face], strict=True))
    return ink, ground, accent


def face_of(hand: Hand) -> Face:
    """The face that a hand writes."""
    face = _typefaces.FACES[hand.face] if hand.font is None else _typefaces.of_font(hand.font)
    names = ("weight", "contrast", "slant", "width", "x_height", "wobble", "bounce")
    changes = {name: getattr(hand, name) for name in names if getattr(hand, name) is not None}
    if hand.serif is not None and face.serif != "none":
        changes["serif"] = hand.serif
    return face.but(**changes, space=face.space * hand.spacing) if changes or hand.spacing != 1 else face


def plain_of(hand: Hand) -> Face:
    """The same hand for lines to be read: the display face of gaslight has a quieter sister."""
    face = face_of(hand)
    if face.finish != "engraved":
        return face
    quiet, display = _typefaces.GASLIGHT_TEXT, _typefaces.GASLIGHT
    if face == display:
        return quiet
    changed = {name: getattr(face, name) for name in ("slant", "width", "x_height", "wobble", "bounce")}
    weight = quiet.weight * face.weight / display.weight
    return quiet.but(**changed, weight=weight, space=quiet.space * hand.spacing)


class Standing(NamedTuple):
    """A drawing of a card through n frames: which one, and where. x, y: picture heights from the centre, y up."""

    rule: str
    params: Params
    variant: dict[str, object]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    turn: NDArray[np.float64]
    stretch: NDArray[np.float64]
    opacity: NDArray[np.int32]
    nearer: float


def at_rest(rule: str, params: Params, aspect: float, n: int) -> Standing:
    """A drawing that fills the card and does not move."""
    zeros, full = np.zeros(n), np.full(n, 255, np.int32)
    return Standing(rule, params, {"aspect": round(aspect, 6)}, zeros, zeros, zeros, zeros + 1, full, 0.0)


def named(params: Hand, name: str) -> Face:
    """One of the faces that a card is set in, by name: the display face, that for reading, small capitals."""
    display, plain = face_of(params), plain_of(params)
    return {f.name: f for f in (plain, display, _typefaces.small_caps(display))}[name]

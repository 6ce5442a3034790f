"""A hand: a face and what is changed about it, as parameters. Knows nothing of pixels."""

from __future__ import annotations

from typing import Any, Literal

from rules import _typefaces
from rules._typefaces import Face
from studio.params import Params, knob

FaceName = Literal["roman", "gaslight", "brush", "chalk", "poster", "comic"]


class Pen(Params):
    """What may be changed about a face. What is left out is as in the face."""

    weight: float | None = knob(None, "width of a stem", low=24, high=200, unit="1/1000 em")
    contrast: float | None = knob(None, "how much thinner a hairline is than a stem: 0 even", low=0, high=0.9)
    serif: Literal["bracket", "tuscan"] | None = knob(None, "the feet of a face that has feet")
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

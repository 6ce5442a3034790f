"""A character: a biped kit whose outlines were placed by hand, dressed and posed from YAML."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from studio.params import Colour, Params, knob, metres_between

LOOK = ("coat", "scarf", "vest", "hat", "shoes")


class Hair(Params):
    """Hair and beard."""

    style: Literal["bob", "sides"] = knob("bob", "the cut")
    colour: Colour = knob("#6b3327", "its colour")
    beard: Literal["none", "handlebar"] = knob("none", "beard or moustache, in the hair's colour")


class Face(Params):
    """What the face is made of."""

    eyes: Literal["oval", "dot"] = knob("oval", "large ovals or small dots")
    brows: Literal["soft", "heavy"] = knob("soft", "the brows")
    nose: Literal["button", "potato"] = knob("button", "the nose")
    freckles: bool = knob(False, "freckles on the cheeks")


class Body(Params):
    """Factors on the parts of the body."""

    leg: float = knob(1.0, "length of the legs", low=0.7, high=1.5)
    belly: float = knob(1.0, "width of the belly", low=0.75, high=1.65)
    shoulder: float = knob(1.0, "width of the shoulders", low=0.75, high=1.5)


class Garment(Params):
    """One thing that is worn: exactly one of coat, scarf, vest, hat or shoes, and its colour."""

    coat: Literal["mantle", "tails"] | None = knob(None, "a coat")
    scarf: Literal["long"] | None = knob(None, "a scarf")
    vest: Literal["buttoned"] | None = knob(None, "a vest under the coat")
    hat: Literal["newsboy", "top"] | None = knob(None, "a hat")
    shoes: Literal["boots", "shoes"] | None = knob(None, "what the feet wear")
    colour: Colour | None = knob(None, "its colour; left out, the garment's own")

    @model_validator(mode="after")
    def _one(self) -> Garment:
        if sum(getattr(self, kind) is not None for kind in LOOK) != 1:
            raise PydanticCustomError("garment", "a garment is one of " + ", ".join(LOOK))
        return self


class CharacterParams(Params):
    """A biped. Lengths are metres, angles degrees."""

    kit: Literal["biped"] = knob("biped", "the kit that the figure is built from")
    height: metres_between(0.3, 3.0) = knob(1.6, "from the soles to the crown, without the hat", unit="m")  # type: ignore[valid-type]
    heads: float = knob(4.0, "how many heads tall", low=2.8, high=7.0)
    shape: Literal["triangle", "square"] = knob("triangle", "the dominant shape")
    body: Body = knob(Body(), "factors on the body")
    skin: Colour = knob("#f2c79f", "skin")
    hair: Hair = knob(Hair(), "hair and beard")
    face: Face = knob(Face(), "the face")
    wears: tuple[Garment, ...] = knob((), "garments, in any order")
    holds: Literal["none", "lamp-pole", "cane"] = knob("none", "what the far hand holds")


Params = CharacterParams  # type: ignore[misc,assignment]  # the name that the contract asks for

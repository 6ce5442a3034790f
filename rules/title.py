"""Cards: the film's title, intertitles, and the end, set in minted letters on warm-lit paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from rules import _hand, _typefaces
from rules._hand import Standing
from studio.params import Colour, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Variant

if TYPE_CHECKING:
    from rules._border import Border
    from rules._lockup import Lockup

_ASPECT = 16 / 9
_GASLIGHT = _hand.Hand(face="gaslight")
Enters = Literal["none", "bounce", "wave", "fall"]


class Params(Base):
    """What a card says and its colours. Its lengths are picture heights."""

    text: str = knob("Untitled", "the words; small words such as a leading `The` are set small above a title")
    kind: Literal["title", "card", "end"] = knob("title", "the film's title, an intertitle to be read, or the end")
    hand: _hand.Hand | None = knob(None, "the hand of the letters, which a card's `face:` names; left out, gaslight")
    enters: Enters = knob("none", "how letters come in: they drop and bounce, rise in a wave, or fall like leaves")
    subtitle: str = knob("", "a small second line")
    ornament: Literal["none", "rules", "full"] = knob("full", "how much frame")
    ink: Colour | None = knob(None, "the letters; left out, the face's own")
    ground: Colour | None = knob(None, "the paper; left out, the face's own")
    accent: Colour | None = knob(
        None, "the letters' block shadow, and the warmth of the light; left out, the face's own"
    )

    @model_validator(mode="after")
    def _letters_exist(self) -> Self:
        if not self.text.strip():
            raise PydanticCustomError("text", "a card needs words")
        face = _hand.face_of(self.hand or _GASLIGHT)
        lacking = _typefaces.missing(self.text + self.subtitle, face)
        if lacking:
            named = ", ".join(f"{c!r}" for c in lacking)
            raise PydanticCustomError("letters", "no letter {letters} in {face}", {"letters": named, "face": face.name})
        return self


def legible_seconds(text: str) -> float:
    """How long a card must stand to be read: 0.3 s a word and a second to find it, at least two."""
    return max(2.0, 0.3 * len(text.split()) + 1.0)


def seconds(params: Params) -> float:
    """How long a card stands that is given no length: until it is read, after its letters have come in."""
    if params.enters == "none":
        return legible_seconds(params.text)
    from rules import _letter_acting

    count = len(params.text.replace(" ", ""))
    return legible_seconds(params.text) + 0.6 * _letter_acting.seconds(params.enters, count)


def box(params: Params, variant: Variant) -> Box:
    """The whole picture, whose height is 1."""
    half = float(variant.get("aspect", _ASPECT)) / 2
    return Box(-half, -0.5, half, 0.5)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The card, opaque. variant: {"aspect": width / height, "bare": whether its words are left out}."""
    # planning imports this module for its parameters and `legible_seconds`; OpenCV takes 80 ms to load
    from rules import _card, _card_paper

    bounds = box(params, variant)
    border, lockup = _composed(params, float(variant.get("aspect", _ASPECT)))
    look = _card_paper.Look(*_hand.colours(params.hand or _GASLIGHT, params.ink, params.ground, params.accent), seed)
    finish = _hand.face_of(params.hand or _GASLIGHT).finish
    return _card.paint(_card.Card(lockup, border, finish, bool(variant.get("bare"))), look, bounds, canvas)


def act(params: Params, aspect: float, time: NDArray[np.float64], seed: int) -> list[Standing]:
    """The drawings of a card through time (seconds): one that stands, or its letters coming in."""
    variant: dict[str, object] = {"aspect": round(aspect, 6)}
    zeros, full = np.zeros(len(time)), np.full(len(time), 255, np.int32)
    still = Standing("title", params, variant, zeros, zeros, zeros, zeros + 1, full, 0.0)
    return [still] if params.enters == "none" else list(_entering(params, still, time, seed))


def _entering(params: Params, still: Standing, time: NDArray[np.float64], seed: int) -> Iterator[Standing]:
    """The bare card, its letters on their way, and the printed card that fades in when they rest."""
    from rules import _letter_acting

    hand = params.hand or _GASLIGHT
    colours = {n: getattr(params, n) for n in ("ink", "ground", "accent")}
    letters = _hand.Alphabet.model_construct(**{**dict(_hand.Alphabet()), **dict(hand), **colours})
    found = _letter_acting.places(_composed(params, float(str(still.variant["aspect"])))[1])
    end = _letter_acting.seconds(params.enters, len(found))
    printed = np.rint(255 * np.clip((time - end) / _letter_acting.SETTLE, 0, 1)).astype(np.int32)
    is_there = (printed < 255).astype(np.int32)
    yield still._replace(variant={**still.variant, "bare": True}, opacity=255 * is_there)
    for number, place in enumerate(found):
        way = _letter_acting.moves(params.enters, place, number, len(found), time, seed)
        variant: dict[str, object] = {
            "letter": place.glyph,
            "hand": place.hand,
            "take": place.take,
            "cap": place.cap,
            "manner": place.manner,
        }
        x, y = place.x + way.x, place.y + way.y
        opacity = way.opacity * is_there
        yield Standing("alphabet", letters, variant, x, y, way.turn, way.stretch, opacity, 1 + 0.001 * number)
    yield still._replace(opacity=printed, nearer=9.0)


@lru_cache(maxsize=8)
def _composed(params: Params, aspect: float) -> tuple[Border, Lockup]:
    """Where the border and the words of a card stand."""
    from rules import _border, _lockup

    hand = params.hand or _GASLIGHT
    words = _lockup.Words(params.text, params.subtitle, _hand.face_of(hand), _hand.plain_of(hand))
    compose = {"title": _lockup.title, "card": _lockup.card, "end": _lockup.end}[params.kind]
    # with letters too small to read, the border gives way to a plainer one
    if words.face.finish == "engraved":
        borders = _border.borders(aspect, params.ornament)
    else:
        borders = (_border.framed(aspect, params.ornament != "none"),)
    for border in borders:
        lockup = compose(words, border.room)
        if _lockup.is_legible(lockup):
            break
    if params.enters != "none":  # letters that come in one by one stand upright on a straight line
        lockup = replace(lockup, lines=tuple(replace(line, arch=0.0) for line in lockup.lines))
    return border, lockup

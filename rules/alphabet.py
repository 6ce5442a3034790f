"""Alphabets: letterforms drawn with pen strokes, one letter at a time, and the specimen sheet of a whole face."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rules import _hand, _typefaces
from rules._typefaces import Face
from studio.rule import Box, Canvas, Drawing, Variant

_ASPECT = 16 / 9
_AROUND = 0.55  # of a capital, about a letter: its shadow


class Params(_hand.Alphabet):
    """A face, what is changed about its pen, and how its specimen looks."""


def box(params: Params, variant: Variant) -> Box:
    """Of the specimen: the whole picture, whose height is 1; of a letter: about the middle of its foot."""
    if "letter" in variant:
        from rules import _letterform  # see `draw`

        cap = float(variant["cap"])
        letter = _letterform.mint_letterform(
            variant["letter"], _hand.named(params, variant["hand"]), int(variant["take"])
        )
        left, bottom, right, top = (v * cap / 700 for v in letter.box)
        half, room = (right - left) / 2, _AROUND * cap
        return Box(-half - room, bottom - room, half + room, top + room)
    half = float(variant.get("aspect", _ASPECT)) / 2
    return Box(-half, -0.5, half, 0.5)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The specimen sheet, or one letter of a card.

    variant: {"aspect": width / height}, or {"letter", "hand": the name of its face, "take", "cap": of a
    capital in picture heights, "manner": how it is painted}.
    """
    from rules import _letter_drawing, _specimen_sheet  # planning needs no pixels; OpenCV takes 80 ms to load

    if "letter" in variant:
        return _letter_drawing.paint(params, variant, box(params, variant), canvas, seed)
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

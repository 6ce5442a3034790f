"""One letter of a card as a drawing of its own, so that it can move."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rules import _card, _hand, _letterform, _lettering
from rules._card_paper import Look
from rules._cel import quantised
from rules._lettering import Sheet
from rules._letters import Setting
from rules._lockup import Line
from rules._noise import Window
from studio.rule import Box, Canvas, Drawing, Variant

if TYPE_CHECKING:
    from rules._hand import Alphabet


def paint(params: Alphabet, variant: Variant, box: Box, canvas: Canvas, seed: int) -> Drawing:
    """The letter about the middle of its foot, premultiplied.

    Painters change a ground linearly: painted on black a letter shows its colours, and how much darker it is there
    than on white is how much of a ground it hides.
    """
    face = _hand.named(params, variant["hand"])
    letter = _letterform.mint_letterform(variant["letter"], face, int(variant["take"]))
    cap = float(variant["cap"])
    setting = Setting((letter,), (0.0,), letter.box[2])
    # a contour about each letter would part those that stand close
    manner = "initial" if variant["manner"] == "display" else str(variant["manner"])
    finish = _hand.face_of(params).finish
    manner = "display" if manner == "initial" and finish == "comic" else manner
    line = Line(setting, -(letter.box[0] + letter.box[2]) / 2 * cap / 700, 0.0, cap, manner)
    window = _card.window_of(box, canvas)
    look = Look(*_hand.colours(params, params.ink, params.ground, params.accent), seed)
    shape = (window.height, window.width)
    black = Sheet(
        np.zeros((*shape, 3), np.float32), np.ones(shape, np.float32), np.zeros(shape, np.uint8),
        window, canvas.scale, look, finish, finish == "engraved",
    )  # fmt: skip
    white = replace(black, rgb=np.ones((*shape, 3), np.float32), parts=black.parts.copy())
    for sheet in (black, white):
        _lettering.letter(sheet, line)
    alpha = np.clip(1 - (white.rgb - black.rgb).mean(-1), 0, 1)
    rgba = np.dstack([np.clip(black.rgb, 0, alpha[..., None]), alpha])
    y, x = canvas.top - window.top, canvas.left - window.left
    rows, columns = slice(y, y + canvas.height), slice(x, x + canvas.width)
    at = Window(canvas.left, canvas.top, canvas.width, canvas.height)
    rgba, parts = quantised(rgba[rows, columns], seed + 77, at), black.parts[rows, columns].copy()
    parts[rgba[..., 3] == 0] = 0
    return Drawing(rgba, parts)

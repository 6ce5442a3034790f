"""Painting a specimen: its sheet, its frame, all its lines in the finish of the face."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rules import _card, _card_paper, _hand, _lettering, _ornament, _specimen, _specimen_paper, _typefaces
from rules._border import Piece, Rect
from rules._card_paper import Look
from rules._lettering import GROUND, Sheet
from rules._scrollwork import fleuron
from studio.rule import Box, Canvas, Drawing

if TYPE_CHECKING:
    from rules._hand import Alphabet


#: of each face a sentence with all letters, and what is shown huge
_WORDS = {
    "roman": ("Sphinx of black quartz, judge my vow.", "Rg"),
    "gaslight": ("Waltz, bad nymph, for quick jigs vex.", "&"),
    "brush": ("Jackdaws love my big sphinx of quartz.", "&"),
    "chalk": ("The five boxing wizards jump quickly.", "Aa"),
    "poster": ("Pack my box with five dozen liquor jugs.", "R!"),
    "comic": ("How vexingly quick daft zebras jump!", "Wow!"),
}


def paint(params: Alphabet, box: Box, canvas: Canvas, seed: int) -> Drawing:
    """The sheet, opaque."""
    pangram, huge = _WORDS[params.face]
    look = Look(*_hand.colours(params, params.ink, params.ground, params.accent), seed)
    face, plain = _hand.face_of(params), _hand.plain_of(params)
    aspect, scale = box.right - box.left, canvas.scale
    window = _card.window_of(box, canvas)
    rgb, light = _specimen_paper.ground(face.finish, window, scale, look, aspect)
    sheet = Sheet(rgb, light, np.full(light.shape, GROUND, np.uint8), window, scale, look, face.finish, False)
    words = _specimen.Words(params.name or _own_name(params), params.pangram or pangram, _specimen.PARAGRAPH, huge)
    margin = _specimen_paper.MARGIN
    inside = Rect(-aspect / 2 + margin, -0.5 + margin, aspect / 2 - margin, 0.5 - margin)
    _framed(sheet, aspect)
    _filled(sheet, _specimen.composed(words, face, plain, inside))
    if face.finish == "engraved":
        sheet.rgb *= _card_paper.vignette(window, scale, aspect)[..., None]
    return _card.cropped(sheet, canvas, seed)


def _own_name(params: Alphabet) -> str:
    """The name of the face, or of the font's file if it has the letters for it."""
    if params.font is None:
        return params.face.title()
    name = params.font.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return name if name and not _typefaces.missing(name, _hand.face_of(params)) else "Aa"


def _framed(sheet: Sheet, aspect: float) -> None:
    if sheet.finish != "engraved":
        _specimen_paper.framed(sheet, aspect)
        return
    for figure in _specimen_paper.frame(sheet.finish, aspect):
        _card.engrave(sheet, Piece(_ornament.moved(figure, 0, 0, 100.0), 0.0, 0.0, 0.01), 0.86)


def _filled(sheet: Sheet, composed: _specimen.Sheet) -> None:
    look = sheet.look
    second = replace(sheet, look=replace(look, ink=look.accent if sheet.finish != "comic" else look.ink))
    if composed.huge is not None and sheet.finish == "dry":
        x0, y0, x1, y1 = composed.huge
        at = ((x0 + x1) / 2, (y0 + y1) / 2, 0.56 * (y1 - y0))
        _specimen_paper.disc(sheet.rgb, sheet.window, sheet.scale, at, look.accent.astype(np.float32), look.seed + 60)
        second = replace(sheet, look=replace(look, ink=look.ground))
    for line in composed.second:
        manner = "display" if sheet.finish in ("engraved", "comic") else "plain"
        _lettering.letter(sheet if manner == "display" else second, replace(line, manner=manner))
    for line in composed.lines:
        _lettering.letter(sheet, line)
    for x0, x1, y in composed.rules:
        _rule(sheet, x0, x1, y)


def _rule(sheet: Sheet, x0: float, x1: float, y: float) -> None:
    """What parts two blocks: an ornament, a plain rule, or nothing but a stroke of the tool."""
    middle, half = (x0 + x1) / 2, (x1 - x0) / 2
    if sheet.finish == "engraved":
        _card.engrave(sheet, Piece(fleuron(16.0), middle, y, 0.0062), 0.9)
    elif sheet.finish == "ink":
        _specimen_paper.stamped(sheet, _ornament.moved(fleuron(16.0), middle, y, 0.0050), sheet.look.accent)
    else:
        thick = {"print": 0.0030, "comic": 0.0024}.get(sheet.finish, 0.0)
        if thick:
            bar = np.array([(x0, y - thick), (x1, y - thick), (x1, y + thick), (x0, y + thick)])
            _specimen_paper.stamped(sheet, (_ornament.Shape(bar, gap=0),), sheet.look.accent)
        else:
            wave = np.stack([np.linspace(middle - 0.6 * half, middle + 0.6 * half, 40), np.full(40, y)], 1)
            wave[:, 1] += 0.004 * np.sin(np.linspace(0, 3.2, 40)) * np.linspace(1, 0.2, 40)
            _specimen_paper.stamped(sheet, _ornament.stroke(wave, 0.0004, 0.0022, 0.0014, 0.0003), sheet.look.accent)

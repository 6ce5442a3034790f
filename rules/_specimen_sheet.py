"""Painting a specimen: its sheet, its frame, all its lines in the finish of the face."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rules import _card, _card_paper, _colour, _hand, _lettering, _ornament, _specimen, _specimen_paper
from rules._border import Piece, Rect
from rules._card_paper import Look
from rules._lettering import GROUND, Sheet
from rules._scrollwork import fleuron
from studio.rule import Box, Canvas, Drawing

if TYPE_CHECKING:
    from rules.alphabet import Params


@dataclass(frozen=True)
class _Manner:
    """How a face presents itself."""

    ink: str
    ground: str
    accent: str
    pangram: str
    huge: str


_MANNERS = {
    "roman": _Manner("#2b2430", "#efe6d2", "#a63d2b", "Sphinx of black quartz, judge my vow.", "Rg"),
    "gaslight": _Manner("#f3d9a0", "#211a30", "#a8452f", "Waltz, bad nymph, for quick jigs vex.", "&"),
    "brush": _Manner("#1f2a44", "#ebe2cf", "#c8442f", "Jackdaws love my big sphinx of quartz.", "&"),
    "chalk": _Manner("#f1efe4", "#2a3a34", "#f0c66a", "The five boxing wizards jump quickly.", "Aa"),
    "poster": _Manner("#fbeacb", "#cf432c", "#26202b", "Pack my box with five dozen liquor jugs.", "R!"),
    "comic": _Manner("#1d1a26", "#fff1b8", "#ef5a34", "How vexingly quick daft zebras jump!", "Wow!"),
}


def paint(params: Params, box: Box, canvas: Canvas, seed: int) -> Drawing:
    """The sheet, opaque."""
    manner = _MANNERS[params.face]
    ink, ground, accent = (
        _colour.rgb_of(own or usual)
        for own, usual in (
            (params.ink, manner.ink),
            (params.ground, manner.ground),
            (params.accent, manner.accent),
        )
    )
    look = Look(ink, ground, accent, seed)
    face, plain = _hand.face_of(params), _hand.plain_of(params)
    aspect, scale = box.right - box.left, canvas.scale
    window = _card.window_of(box, canvas)
    rgb, light = _specimen_paper.ground(face.finish, window, scale, look, aspect)
    sheet = Sheet(rgb, light, np.full(light.shape, GROUND, np.uint8), window, scale, look, face.finish, False)
    words = _specimen.Words(
        params.name or params.face.title(), params.pangram or manner.pangram, _specimen.PARAGRAPH, manner.huge
    )
    margin = _specimen_paper.MARGIN
    inside = Rect(-aspect / 2 + margin, -0.5 + margin, aspect / 2 - margin, 0.5 - margin)
    _framed(sheet, aspect)
    _filled(sheet, _specimen.composed(words, face, plain, inside))
    if face.finish == "engraved":
        sheet.rgb *= _card_paper.vignette(window, scale, aspect)[..., None]
    return _card.cropped(sheet, canvas, seed)


def _framed(sheet: Sheet, aspect: float) -> None:
    if sheet.finish == "chalk":
        _specimen_paper.wood(sheet.rgb, sheet.window, sheet.scale, aspect, sheet.look.seed + 40)
    for figure in _specimen_paper.frame(sheet.finish, aspect):
        if sheet.finish == "engraved":
            _card.engrave(sheet, Piece(_scaled(figure, 100.0), 0.0, 0.0, 0.01), 0.86)
        else:
            _stamped(sheet, figure, sheet.look.ink)


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
        _stamped(sheet, _ornament.moved(fleuron(16.0), middle, y, 0.0050), sheet.look.accent)
    else:
        thick = {"print": 0.0030, "comic": 0.0024}.get(sheet.finish, 0.0)
        if thick:
            bar = np.array([(x0, y - thick), (x1, y - thick), (x1, y + thick), (x0, y + thick)])
            _stamped(sheet, (_ornament.Shape(bar, gap=0),), sheet.look.accent)
        else:
            wave = np.stack([np.linspace(middle - 0.6 * half, middle + 0.6 * half, 40), np.full(40, y)], 1)
            wave[:, 1] += 0.004 * np.sin(np.linspace(0, 3.2, 40)) * np.linspace(1, 0.2, 40)
            _stamped(sheet, _ornament.stroke(wave, 0.0004, 0.0022, 0.0014, 0.0003), sheet.look.accent)


def _scaled(figure: _ornament.Figure, by: float) -> _ornament.Figure:
    return _ornament.moved(figure, 0, 0, by)


def _stamped(sheet: Sheet, figure: _ornament.Figure, colour: _colour.RGB) -> None:
    """A flat ornament, given in picture heights."""
    placed = _ornament.moved(figure, 0, 0, sheet.scale)
    x0, y0, x1, y1 = _ornament.bounds(placed)
    box = sheet.cut((x0, y0), (x1, y1), 4)
    mask = _ornament.stamp(placed, box)
    rgb = sheet.rgb[sheet.at(box)]
    rgb += (colour.astype(np.float32) - rgb) * mask[..., None]

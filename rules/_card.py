"""Painting a card: a frame of engraved gold on its paper, and the letters on it.

Works on a window that holds the whole picture, so that a cut-out shows the same art. Lengths given to
the painters are pixels; `_lockup` says where things stand, in picture heights.
"""

from __future__ import annotations

from math import ceil, floor
from typing import NamedTuple

import numpy as np

from rules import _card_paper, _colour, _lettering, _lockup, _ornament, _scrollwork, _specimen_paper
from rules._border import Border, Piece, Rect
from rules._card_paper import Look
from rules._cel import blurred, quantised
from rules._lettering import GROUND, WORK, Sheet, shifted
from rules._noise import Window
from studio.rule import Box, Canvas, Drawing

_ALIGN = 8  # windows begin and end on multiples of this: quarter-size blurs then fall on the same grid


class Card(NamedTuple):
    """What a card shows: its words in place, its border, the finish of its letters; without words it is bare."""

    lockup: _lockup.Lockup
    border: Border
    finish: str
    is_bare: bool = False


def paint(card: Card, look: Look, box: Box, canvas: Canvas) -> Drawing:
    """The card as an opaque drawing; parts: ground 0, ornament and shadow 1, letters 2."""
    window, width = window_of(box, canvas), box.right - box.left
    lockup, border = card.lockup, card.border
    if card.finish != "engraved":
        return _flat(card, look, (window, width), canvas)
    paper, light = _card_paper.paper(window, canvas.scale, look, width, _heart(lockup))
    sheet = Sheet(paper, light, np.full(light.shape, GROUND, np.uint8), window, canvas.scale, look)
    for piece in border.pieces:
        engrave(sheet, piece, 0.86)
    if lockup.initial is not None:
        _initial_box(sheet, lockup.initial)
    for piece in lockup.pieces:
        engrave(sheet, piece, 1.0)
    for line in () if card.is_bare else lockup.lines:
        _lettering.letter(sheet, line)
    sheet.rgb *= _card_paper.vignette(window, canvas.scale, width)[..., None]
    return cropped(sheet, canvas, look.seed)


def _flat(card: Card, look: Look, of: tuple[Window, float], canvas: Canvas) -> Drawing:
    """A card of a face that has a sheet of its own: paper, a board, a bill."""
    window, width = of
    rgb, light = _specimen_paper.ground(card.finish, window, canvas.scale, look, width)
    parts = np.full(light.shape, GROUND, np.uint8)
    sheet = Sheet(rgb, light, parts, window, canvas.scale, look, card.finish, False)
    if card.border.has_frame:
        _specimen_paper.framed(sheet, width)
        _adorned(sheet, card.lockup, card.border)
    for line in () if card.is_bare else card.lockup.lines:
        _lettering.letter(sheet, line)
    return cropped(sheet, canvas, look.seed)


def _adorned(sheet: Sheet, lockup: _lockup.Lockup, border: Border) -> None:
    """What keeps a few words from standing alone: a pale sun behind a brush, a printer's fleuron under a roman."""
    look, heart = sheet.look, _heart(lockup)
    low = max(line.y for line in lockup.lines) + 0.092
    if sheet.finish == "dry":
        tint = _colour.mix(look.ground, look.accent, 0.40).astype(np.float32)
        radius = 0.40 * min(border.room.height, border.room.width)
        _specimen_paper.disc(sheet.rgb, sheet.window, sheet.scale, (0.0, heart, radius), tint, look.seed + 60)
    elif sheet.finish == "ink" and low < border.room.inside.bottom:
        half = min(16.0, 0.4 * border.room.width / 0.0056)
        figure = _ornament.moved(_scrollwork.fleuron(half), 0.0, low, 0.0056)
        _specimen_paper.stamped(sheet, figure, look.accent)


def window_of(box: Box, canvas: Canvas) -> Window:
    """Whole pixels that hold the picture and the canvas, on the grid of `_ALIGN`."""
    left = min(floor(box.left * canvas.scale), canvas.left) // _ALIGN * _ALIGN
    top = min(floor(-box.top * canvas.scale), canvas.top) // _ALIGN * _ALIGN
    right = -(-max(ceil(box.right * canvas.scale), canvas.left + canvas.width) // _ALIGN) * _ALIGN
    bottom = -(-max(ceil(-box.bottom * canvas.scale), canvas.top + canvas.height) // _ALIGN) * _ALIGN
    return Window(left, top, right - left, bottom - top)


def _heart(lockup: _lockup.Lockup) -> float:
    """The height at which the light stands: the middle of the largest lines."""
    main = _lockup.main_lines(lockup)
    return (min(n.y - n.cap for n in main) + max(n.y for n in main)) / 2


def cropped(sheet: Sheet, canvas: Canvas, seed: int) -> Drawing:
    """What a canvas shows of a sheet, opaque."""
    x, y = canvas.left - sheet.window.left, canvas.top - sheet.window.top
    rows, columns = slice(y, y + canvas.height), slice(x, x + canvas.width)
    rgba = np.ones((canvas.height, canvas.width, 4), np.float32)
    np.clip(sheet.rgb[rows, columns], 0, 1, out=rgba[..., :3])
    at = Window(canvas.left, canvas.top, canvas.width, canvas.height)
    return Drawing(quantised(rgba, seed + 77, at), sheet.parts[rows, columns].copy())


# -- gold


def engrave(sheet: Sheet, piece: Piece, strength: float) -> None:
    """An ornament in relief: a soft shadow, a body lit by the glow, a bright and a dark edge."""
    unit = piece.unit * sheet.scale
    figure = _ornament.moved(piece.figure, piece.x * sheet.scale, piece.y * sheet.scale, unit)
    x0, y0, x1, y1 = _ornament.bounds(figure)
    box = sheet.cut((x0, y0), (x1, y1), 1.2 * unit + 4)
    mask = _ornament.stamp(figure, box)
    rgb = sheet.rgb[sheet.at(box)]
    fine = max(0.7, 0.10 * unit)
    drop = blurred(shifted(mask, 0.26 * unit, 0.42 * unit), 0.30 * unit)
    rgb *= 1 - (0.55 * strength * drop * (1 - mask))[..., None]
    gold = sheet.look.gold.astype(np.float32)
    lit = np.clip(mask - shifted(mask, fine, 1.2 * fine), 0, 1)
    dark = np.clip(mask - shifted(mask, -fine, -1.2 * fine), 0, 1)
    round_ = blurred(mask, 0.34 * unit)  # a swell: lit on its upper left, in shade on its lower right
    swell = np.clip(1.9 * (round_ - shifted(round_, 0.22 * unit, 0.28 * unit)), -0.30, 0.30)
    light = sheet.light[sheet.at(box)] if strength < 1 else np.ones(1, np.float32)
    body = gold * ((np.float32(strength) * light + swell) * (1 - 0.42 * dark))[..., None]
    shine = _colour.light(sheet.look.ink, 0.06).astype(np.float32)
    body += (shine - body) * (0.70 * lit * np.clip(light, 0, 1))[..., None]
    rgb += (body - rgb) * mask[..., None]
    sheet.parts[sheet.at(box)][mask > 0.5] = WORK


def _initial_box(sheet: Sheet, initial: Rect) -> None:
    """The field behind a large first letter: darker ground, a double rule, scrolls."""
    x0, y0, x1, y1 = (v * sheet.scale for v in initial)
    box = sheet.cut((x0, y0), (x1, y1), 4)
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    field = _ornament.stamp((_ornament.Shape(corners, gap=0),), box)
    rgb = sheet.rgb[sheet.at(box)]
    tint = _colour.mix(sheet.look.deep, sheet.look.accent, 0.42).astype(np.float32)
    lit = 0.75 + 0.25 * rgb.mean(-1, keepdims=True) / np.float32(sheet.look.level)
    rgb += (tint * lit - rgb) * (0.88 * field[..., None])
    unit = (initial.bottom - initial.top) / 16
    cx, cy = (initial.left + initial.right) / 2, (initial.top + initial.bottom) / 2
    wide = (initial.right - initial.left) / unit
    rules = _scrollwork.rules(wide, 16, 0, 0.34) + _scrollwork.rules(wide, 16, 0.75, 0.12)
    engrave(sheet, Piece(_scrollwork.filigree(wide - 2.2, 13.8), cx, cy, unit), 0.74)
    engrave(sheet, Piece(rules, cx, cy, unit), 1.0)

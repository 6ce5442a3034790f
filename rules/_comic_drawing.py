"""Comic ink on a drawing: brush lines thick and thin, spot blacks, flat colour that grows darker into the shade.

What is nearly black here is solid ink on the page (`rules._comic_page`); colour is kept clear of that, so that no
screen falls on ink and no ink on colour. Lengths are px of 1080 lines, times `Look.unit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _forms, _halftone, _noise, _relief
from studio.rule import Maps

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_INK = (np.array(_halftone.INK, np.float32) / 255)[:, None, None]
_SHADE = np.array([[[0.60]], [[0.54]], [[0.72]]], np.float32)  #: what shade lets through
_FLESH = np.array([[[1.0]], [[0.93]], [[0.80]]], np.float32)  #: yellow dots, under which lines are read
_COOL = np.array([[[0.80]], [[0.97]], [[1.18]]], np.float32)
_DARK = 0.238  #: of paint that is filled with black
_LUMA = (0.299, 0.587, 0.114)
#: luma of the drawing -> of the comic's colour, of forms and of grounds. No colour is left so dark that the page
#: would take it for ink, and grounds are kept light, so that who stands before them reads
_FORM = ((0, 0.33), (0.25, 0.34), (0.40, 0.53), (0.56, 0.67), (1, 1))
_GROUND = ((0, 0.35), (0.24, 0.38), (0.42, 0.62), (0.7, 0.82), (1, 1))
_LINE = 2.2  #: width of lines within a figure
_OUTER = 2.1  #: how much heavier the outline is
_FEATURE = 0.41  #: luma below which what is on a face is ink
_TURN = 0.30  #: how far round a form light reaches


@dataclass(frozen=True)
class Look:
    """The pass's knobs that concern drawings, px of the picture for one of 1080 lines, and a seed."""

    line: float
    black: float
    shade: float
    unit: float
    seed: int


# -- figures and props


def form(rgba: U8, maps: Maps, look: Look) -> U8:
    """A figure or a prop in flat colour under ink."""
    assert maps.shadow is not None
    found = _forms.form_of(rgba, maps, look.unit)
    box, parts, alpha, normals, colour, _, turns, light = found
    height, width = parts.shape
    window = _noise.Window(maps.left + box[1].start, maps.top + box[0].start, width, height)
    paint = _forms.planes(colour)
    luma = luma_of(paint)
    hand = pressure(window, look)
    dark = _dark(normals, light, luma, look) * turns
    dark = np.maximum(dark, _steep(_filters.gaussian(maps.shadow[box], 1.2 * look.unit), 148, 24) * turns)
    skin = _skin(paint, luma)
    out = shaded(paint, luma, dark * (1 - np.float32(0.6) * skin), look)
    out += (_FLESH - out) * (np.float32(0.62) * skin)
    facing = normals[0] * np.float32(light[0]) + normals[1] * np.float32(light[1])
    broad = _filters.gaussian(facing, 3.0 * look.unit)
    ink = spots(evened(depth(paint, luma), parts), dark - 2.2 * np.clip(broad - 0.25, 0, 0.45), look)
    ink = np.maximum(ink, details(luma, alpha, look))
    ink = np.maximum(ink, _inner(parts, turns, facing, hand, look))
    body = colour[..., 3].astype(np.float32) * np.float32(1 / 255)
    contour = np.clip(1 - body / np.maximum(alpha, 1e-3), 0, 1) * min(look.line, 1)
    ink = np.maximum(ink, np.maximum(_outline(alpha, facing, hand, look), contour))
    out += (_INK - out) * ink
    return _forms.laid(out, found, rgba)


def _dark(normals: tuple[F32, F32, F32], light: tuple[float, float, float], luma: F32, look: Look) -> F32:
    """Shade, 0 to 1: it grows over a stretch, so that dots do; pale paint, and so a face, turns later."""
    facing = _relief.lambert(normals, light) + np.float32(0.30) * np.clip(3 * luma - 1.2, 0, 1)
    facing = _filters.gaussian(facing, 2.0 * look.unit)
    return np.asarray(np.clip((np.float32(_TURN) - facing) * np.float32(2.4), 0, 1), np.float32)


def _skin(paint: F32, luma: F32) -> F32:
    """How far paint is that of light skin, 0 to 1: a colourist leaves it nearly bare, or dots would eat small faces."""
    red, _, blue = paint
    strong = (paint.max(0) - paint.min(0)) / np.maximum(paint.max(0), np.float32(0.05))
    warm = np.clip((red - blue) * 9 - np.float32(0.4), 0, 1) * np.clip((red - paint[1]) * 30, 0, 1)
    pure = np.clip((np.float32(0.50) - strong) * 9, 0, 1)
    return np.asarray(warm * pure * np.clip((luma - np.float32(0.44)) * 9, 0, 1), np.float32)


def _steep(field: U8, at: float, width: float) -> F32:
    levels = field.astype(np.float32) - np.float32(at)
    return np.asarray(np.clip(levels * np.float32(1 / width) + np.float32(0.5), 0, 1), np.float32)


def depth(paint: F32, luma: F32) -> F32:
    """How light paint is to a brush: strong colours hold out longer against black, so that a red cap stays red."""
    return np.asarray(_cv.addWeighted(luma, 0.2, paint.max(0), 0.8, 0), np.float32)


def evened(value: F32, parts: U8) -> F32:
    """The mean of each part where a pixel comes near it: a part is black or is not, whatever its grain."""
    numbers = parts.ravel()
    total = np.bincount(numbers, value.ravel(), 256)
    mean = (total / np.maximum(np.bincount(numbers, minlength=256), 1)).astype(np.float32)[parts]
    return np.where(np.abs(value - mean) < np.float32(0.07), mean, value)


def spots(value: F32, shade: F32, look: Look) -> F32:
    """Spot blacks: dark paint is solid ink, the sooner the deeper it lies in shade (-1 to 1)."""
    below = np.float32(_DARK * look.black) - value + np.float32(0.045) * shade
    hard = np.clip(below * np.float32(320) + np.float32(0.5), 0, 1)
    return np.asarray(hard * min(look.black, 1), np.float32)


def details(luma: F32, inside: F32, look: Look) -> F32:
    """Strokes of the drawing that are darker than what is about them."""
    near, wide = (_filters.gaussian(luma, s * look.unit) for s in (0.7, 2.6))
    stroke = np.clip((wide - near - np.float32(0.030)) * np.float32(17 * look.line), 0, 1)
    return np.asarray(stroke * (inside > 0.5), np.float32)


def _inner(parts: U8, turns: NDArray[np.bool_], facing: F32, hand: F32, look: Look) -> F32:
    """Brush lines where parts meet, heavier away from the light, and lifted here and there."""
    edge = np.ones(parts.shape, np.uint8)
    for first, second in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[1:], np.s_[:-1])):
        differ = (parts[first] != parts[second]) & turns[first] & turns[second]
        differ &= (parts[first] > 1) & (parts[second] > 1)
        edge[first][differ] = 0
    if edge.all():
        return np.zeros(parts.shape, np.float32)
    away = _filters.inner_distance(edge > 0)
    width = np.float32(0.5 * _LINE * look.unit * look.line) * (1 + np.float32(0.9) * hand - np.float32(0.35) * facing)
    return np.asarray(np.clip(width - away + np.float32(0.5), 0, 1), np.float32)


def _outline(alpha: F32, facing: F32, hand: F32, look: Look) -> F32:
    """The outline's share within the silhouette: thick on the side that lies in shade, thin to the light."""
    inside = _relief.px(_relief.inner(alpha > 0.5))
    swing = 1 - np.float32(0.48) * np.clip(facing, -1, 1) + np.float32(0.35) * hand
    width = np.float32(_LINE * _OUTER * look.unit * look.line) * swing
    return np.asarray(np.clip(width - inside, 0, 1) * min(look.line, 1), np.float32)


# -- plates, faces and whatever else is drawn


def ground(rgba: U8, maps: Maps, look: Look) -> U8:
    """A plate in a colourist's flats: no grain, ink where pieces meet and differ, blacks where it is dark."""
    assert maps.parts is not None
    straight = _filters.straight(rgba, _filters.px(3, look.unit))
    soft = np.ascontiguousarray(straight[..., :3])
    soft = _filters.flattened(soft, _filters.px(4, look.unit), 30, 2)
    paint = _forms.planes(soft)
    luma = luma_of(paint)
    window = _noise.Window(maps.left, maps.top, rgba.shape[1], rgba.shape[0])
    hand = pressure(window, look)
    out = lifted(paint * _cool(luma), luma, _GROUND)
    ink = spots(depth(paint, luma), np.float32(0.3) * hand - np.float32(0.35), look)
    ink = np.maximum(ink, _pieces(maps.parts, _bytes.grey(straight), hand, look))
    out += (_INK - out) * ink
    return _forms.premultiplied(out, rgba[..., 3])


def _cool(luma: F32) -> F32:
    """A colourist's factor on grounds: what lies dark turns to blue, and so keeps behind who stands before it."""
    amount = np.clip(1.35 - 1.7 * luma, 0, 1)
    return np.asarray(1 + (_COOL - 1) * amount, np.float32)


def _pieces(parts: U8, grey: U8, hand: F32, look: Look) -> F32:
    """Ink between pieces, as heavy as what it parts differs: far ones are thin, and none stand in the haze."""
    edge = np.ones(parts.shape, np.uint8)
    around = np.ones((3, 3), np.uint8)
    contrast = _cv.blur(_cv.morphologyEx(grey, _cv.MORPH_GRADIENT, around), (5, 5)).astype(np.float32)
    for first, second in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[1:], np.s_[:-1])):
        edge[first][parts[first] != parts[second]] = 0
    if edge.all():
        return np.zeros(parts.shape, np.float32)
    away = _filters.inner_distance(edge > 0)
    weight = np.clip(contrast * np.float32(1 / 34) - np.float32(0.22), 0, 1)
    width = np.float32(0.75 * _LINE * look.unit * look.line) * weight * (1 + np.float32(0.7) * hand)
    return np.asarray(np.clip(width - away + np.float32(0.5), 0, 1) * (width > 0.15), np.float32)


def features(rgba: U8) -> U8:
    """A face: its darks are ink, its lights stay clean."""
    paint = _forms.planes(_filters.straight(rgba, 1))
    luma = luma_of(paint)
    ink = np.clip((np.float32(_FEATURE) - luma) * np.float32(14) + np.float32(0.5), 0, 1)
    out = lifted(paint, luma)
    out += (_INK - out) * ink
    return _forms.premultiplied(out, rgba[..., 3])


# -- colour


def shaded(paint: F32, luma: F32, dark: F32, look: Look) -> F32:
    """Colours in shade; none so dark that it could be ink."""
    through = 1 - (1 - _SHADE) * (np.float32(look.shade) * dark)
    out = lifted(paint, luma) * through
    return lifted(out, luma_of(out))


def lifted(paint: F32, luma: F32, curve: tuple[tuple[float, float], ...] = _FORM) -> F32:
    """Colours out of the dark, along a curve of luma: their hue is kept, and most of their strength."""
    at, to = np.array(curve).T
    steps = np.interp(np.arange(256) / 255, at, to).astype(np.float32)
    aim = steps[np.clip(luma * np.float32(255) + np.float32(0.5), 0, 255).astype(np.uint8)]
    gain = np.minimum(aim / np.maximum(luma, np.float32(0.02)), np.float32(1.5))
    out = paint * gain
    out += np.maximum(aim - luma * gain, 0)
    return np.asarray(np.minimum(out, 1), np.float32)


def luma_of(paint: F32) -> F32:
    """Luma of planes."""
    r, g, b = _LUMA
    return np.asarray(_cv.scaleAdd(paint[2], b, _cv.addWeighted(paint[0], r, paint[1], g, 0)), np.float32)


def pressure(window: _noise.Window, look: Look) -> F32:
    """How hard the brush is pressed, -1 to 1, hanging on the drawing's origin."""
    return _noise.field(window, max(44 * look.unit, 2.0), 2, look.seed)

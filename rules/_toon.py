"""Cel shading on a drawing: tones from normals and shadows, ink from parts, hard everywhere.

Lengths are px of 1080 lines, times `Look.unit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _edges, _filters, _forms, _relief, _shapes, _simple, _toon_lines
from studio.rule import Maps

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_INK = np.array([[[46]], [[26]], [[52]]], np.float32) / 255
_SHADE = np.array(
    [[[0.70]], [[0.59]], [[0.80]]], np.float32
)  #: what shade lets through: it turns to violet, never to grey
_RIM = np.array([[[1.0]], [[0.76]], [[0.46]]], np.float32)
_LINE = 1.7  #: width of lines within a figure
_OUTER = 1.8  #: how much heavier the outline is than lines within
_DRAWN = 0.62  #: of the ink is in lines on grounds
_LINED = 0.725  #: of the shade goes under lines within
_TONES, _LEVEL = 11, 8  #: tones of a ground from black to white; levels by which an area must stand out
_CROWD = 9.0  #: over which borders are counted
_PALE = 0.26  #: how much farther light reaches round pale paint


@dataclass(frozen=True)
class Look:
    """The pass's knobs, and px of the picture for one of 1080 lines."""

    shade: float
    turn: float
    line: float
    ink: float
    vivid: float
    rim: float
    shine: float
    unit: float


# -- figures and props


def form(rgba: U8, maps: Maps, look: Look) -> U8:
    """A figure or a prop in two tones, with its highlights, rim and ink."""
    assert maps.shadow is not None
    found = _forms.form_of(rgba, maps, look.unit)
    box, parts, alpha, normals, colour, area, turns, light = found
    paint = _vivid(_forms.planes(colour), look)
    # pale paint turns later, or half of a face lies in shade; eight bits of normals are steps on a large form
    facing = _relief.lambert(normals, light) + np.float32(_PALE) * np.clip(4 * paint.min(0) - 1.2, 0, 1)
    lit = _edges.hard(_filters.gaussian(facing, 1.8 * look.unit), look.turn)
    dark = np.maximum(1 - lit, _cast(maps.shadow[box], look.unit)) * turns
    shade = _shaded(paint, look)
    out = paint + (shade - paint) * dark
    _highlight(out, paint, _shine(normals, light, (area > 0.05 * area[2:].sum())[parts], look.shine) * (1 - dark))
    _rim(out, alpha, normals, light, look)
    inner = _inner_lines(parts, turns, look)
    line = shade * np.float32(1 - _LINED * look.ink)
    out += (line - out) * inner
    body = colour[..., 3].astype(np.float32) * np.float32(1 / 255)
    outer = np.maximum(_outline(alpha, normals, light, look), np.clip(1 - body / np.maximum(alpha, 1e-3), 0, 1))
    line += (_INK - line) * np.float32(min(look.ink / 0.8, 1))
    out += (line - out) * (outer * np.float32(min(1.0, 0.4 + 0.6 * look.line)))
    return _forms.laid(out, found, rgba)


def _vivid(paint: F32, look: Look) -> F32:
    """Colours as strong as they are asked for."""
    grey = paint.mean(0)
    return np.asarray(np.clip(grey + (paint - grey) * np.float32(look.vivid), 0, 1), np.float32)


def _cast(shadow: U8, unit: float) -> F32:
    """Cast shadows with a hard border."""
    soft = _filters.gaussian(shadow, 1.2 * unit).astype(np.float32)
    return _edges.hard(soft * np.float32(1 / 255), 0.58)


def _shaded(paint: F32, look: Look) -> F32:
    """Colours in shade: darker, cooler, no less saturated."""
    through = 1 + (_SHADE - 1) * np.float32(look.shade)
    through += (through.mean(0) - through) * np.float32(1 - min(look.vivid, 1))
    grey = paint.mean(0)
    return np.asarray(np.clip((grey + (paint - grey) * np.float32(1.12)) * through, 0, 1), np.float32)


def _shine(
    normals: tuple[F32, F32, F32], light: tuple[float, float, float], where: NDArray[np.bool_], amount: float
) -> F32:
    """A highlight as a shape, on large parts alone; the more of it, the larger."""
    return np.asarray(_edges.hard(_relief.specular(normals, light, 1.0), 1 - 0.015 * amount) * where * min(amount, 1.0))


def _highlight(out: F32, paint: F32, weight: F32) -> None:
    """Pale paint has none: on skin it would be a blob."""
    dark = np.clip(3.2 - 5.0 * paint.max(0), 0, 1)
    lifted = np.clip(paint * np.float32(1.22) + np.float32(0.10), 0, 1)
    out += (lifted - out) * (np.float32(0.8) * weight * dark)


def _rim(out: F32, alpha: F32, normals: tuple[F32, F32, F32], light: tuple[float, float, float], look: Look) -> None:
    """A band along the silhouette on the side away from the key."""
    inside = _relief.px(_relief.inner(alpha > 0.5))
    away = np.clip((-np.sign(light[0]) * normals[0] * 0.85 - 0.15 * normals[1] - 0.30) * 4, 0, 1)
    start, width = 1.3 * _LINE * _OUTER * look.unit * look.line, 3.6 * look.unit * look.rim
    band = np.clip(inside - np.float32(start), 0, 1) * np.clip(np.float32(start + width) - inside, 0, 1)
    warm = out * np.float32(0.35) + _RIM * np.float32(0.65) * np.sqrt(np.maximum(out.max(0), 0.12))
    out += (warm - out) * (np.float32(min(look.rim, 1)) * band * away)


def _inner_lines(parts: U8, turns: NDArray[np.bool_], look: Look) -> F32:
    """Where parts that turn meet, 0 to 1."""
    edge = np.zeros(parts.shape, np.float32)
    for first, second in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[1:], np.s_[:-1])):
        differ = (parts[first] != parts[second]) & turns[first] & turns[second]
        differ &= (parts[first] > 1) & (parts[second] > 1)
        edge[first][differ] = 1
        edge[second][differ] = 1
    return _edges.drawn(edge, _LINE * look.unit * look.line)


def _outline(alpha: F32, normals: tuple[F32, F32, F32], light: tuple[float, float, float], look: Look) -> F32:
    """The outline's share within the silhouette: heavier on the side that lies in shade."""
    inside = _relief.px(_relief.inner(alpha > 0.5))
    facing = normals[0] * np.float32(light[0]) + normals[1] * np.float32(light[1])
    width = np.float32(_LINE * _OUTER * look.unit * look.line) * (1 - np.float32(0.45) * np.clip(facing, -1, 1))
    return np.asarray(np.clip(width - inside, 0, 1))


def face(rgba: U8, look: Look) -> U8:
    """A face as vivid as its figure."""
    if look.vivid == 1:
        return rgba.copy()
    return _forms.premultiplied(_vivid(_forms.planes(_filters.straight(rgba, 1)), look), rgba[..., 3])


# -- plates


def ground(rgba: U8, maps: Maps, look: Look) -> U8:
    """A ground in flat tones with clean borders, ink where pieces meet and differ."""
    assert maps.parts is not None
    straight = _filters.straight(rgba, _filters.px(3, look.unit))
    soft = _filters.flattened(np.ascontiguousarray(straight[..., :3]), _filters.px(4, look.unit), 24, 2)
    paint = _vivid(_forms.planes(_flat(soft, look)), look)
    line = np.maximum(_pieces(maps.parts, _bytes.grey(straight), look), _drawn(straight, look))
    paint += (paint * (_INK * np.float32(2 * (1.6 - look.ink))) - paint) * line
    return _forms.premultiplied(paint, rgba[..., 3])


def _flat(rgb: U8, look: Look) -> U8:
    """Colours whose lightness goes in steps, with borders a pixel wide; small ups and downs are levelled first."""
    lab = _cv.cvtColor(rgb, _cv.COLOR_RGB2Lab)
    light, a, b = _cv.split(lab)
    light = _shapes.levelled(light, _LEVEL)
    small = _filters.px(2, look.unit)
    tone = _bytes.table(_filters.box(light, small), _tones())
    reach = 5 if look.unit > 0.6 else 3
    flat = _filters.box(_cv.medianBlur(_bytes.joined([tone, a, b]), reach), 1)
    return np.asarray(_cv.cvtColor(_simple.crisp(flat, 3.4, reach), _cv.COLOR_Lab2RGB))


def _drawn(rgba: U8, look: Look) -> F32:
    """Ink along the forms of a ground, as on footage, but lighter: it stands behind."""
    height, width = rgba.shape[:2]
    size = (max(_filters.px(width / 2, 1 / look.unit), 8), max(_filters.px(height / 2, 1 / look.unit), 8))
    near = _cv.extractChannel(_filters.resized(rgba, *size), 1)
    half = _filters.resized(near, size[0] // 2, size[1] // 2)
    ink = _simple.sized(_toon_lines.lines(near, half), width, height).astype(np.float32)
    level = np.float32(_toon_lines.EDGE + 20 - 34 * (look.line - 1))
    return np.asarray(np.clip((ink - level) / 32, 0, _DRAWN) * min(look.line, 1), np.float32)


@lru_cache(maxsize=1)
def _tones() -> U8:
    """Lightness -> that of the tone it falls in."""
    step = 255 / _TONES
    return _bytes.of((np.floor(np.arange(256) / step) + 0.5) * step / 255)


def _pieces(parts: U8, grey: U8, look: Look) -> F32:
    """Ink between pieces, as strong as what it parts differs: far ones are faint in the haze."""
    edge = np.zeros(parts.shape, np.float32)
    contrast = _cv.morphologyEx(grey, _cv.MORPH_GRADIENT, np.ones((3, 3), np.uint8)).astype(np.float32)
    for first, second in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[1:], np.s_[:-1])):
        differ = parts[first] != parts[second]
        edge[first][differ] = 1
    crowd = _filters.box(edge, _filters.px(_CROWD, look.unit), 2)  # blades of grass, leaves: a line each would be noise
    edge *= np.clip(np.float32(1.5) - crowd * np.float32(7), 0, 1)
    edge *= np.clip(contrast * np.float32(1 / 26) - np.float32(0.25), 0, 1)
    width = max(0.6, 0.9 * look.unit * look.line)
    return np.asarray(np.clip(_filters.gaussian(edge, width) * 1.5, 0, 0.62) * min(look.line, 1), np.float32)

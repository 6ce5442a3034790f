"""Clay on a drawing: figures and props as one height, kneaded, pressed and lit.

The height is the sum of the forms that are minted as normals, a thick rim on each part that falls to its edge, what
is pressed in (strokes, seams), and what hands left (`rules._clay_tile`); its slopes are smoothed across the borders
of parts, so that parts grow out of one another. Lengths are px of 1080 lines, times `Look.unit`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _clay_light, _clay_tile, _comic_drawing, _filters, _forms, _noise, _relief
from studio.rule import Maps

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_RIM = 13.0  #: how far in from its edge a part rises
_PINCH = 0.4  #: as far from a seam, of that, the part below is pressed down
_FEATURE = 6.0  #: the same of a face's features
_FACED = 0.94  #: of the light comes to a face
_STEEPEST = 1.7
_BLEND = 2.2  #: sigma over which parts grow together
_STROKE = 2.6  #: how deep a stroke is pressed at full contrast
#: luma of paint -> of clay: none is black, none is white
_CLAY = ((0, 0.10), (0.12, 0.19), (0.35, 0.40), (0.7, 0.72), (1, 0.94))
#: the same of faces, whose darks stay dark
_FACE = ((0, 0.03), (0.12, 0.13), (0.35, 0.38), (1, 0.97))
_PALE = 0.34  #: how much farther light reaches round pale paint
_VIVID = 1.14
_WEAVE = 0.035  #: contrast of cloth, which no tool presses in
_CONTACT = (1.5, 3.5, 6.5, 10.5)  #: how far down the light a part is looked for that lies above
_WOBBLE = 1.1  #: how far outlines stray


@dataclass(frozen=True)
class Look:
    """The pass's knobs that concern drawings, px of the picture for one of 1080 lines, and a seed."""

    volume: float
    prints: float
    lumps: float
    shine: float
    wrap: float
    vivid: float
    unit: float
    seed: int


def form(rgba: U8, maps: Maps, look: Look) -> U8:
    """A figure or a prop of clay."""
    assert maps.shadow is not None and maps.distance is not None
    found = _forms.form_of(rgba, maps, look.unit)
    box, parts = found.box, found.parts
    paint = _forms.planes(found.colour)
    luma = _comic_drawing.luma_of(paint)
    pale = np.clip(4 * paint.min(0) - np.float32(1.4), 0, 1)
    take = _clay_tile.take_of(look.seed, parts)
    window = _noise.Window(maps.left + box[1].start, maps.top + box[0].start, parts.shape[1], parts.shape[0])
    seams = _seams(parts)
    height = _rims(_relief.px(maps.distance[box]), found.alpha * _pinched(seams, look), look)
    height -= _strokes(luma, look)
    across, down = _swollen(found.normals, look)
    across += slope(height, 1, 0)
    down += slope(height, 0, 1)
    _marked(across, down, pale, window, take, look)
    open_ = _open(found, seams, maps.shadow[box], look)
    for rows in _filters.strips(*parts.shape):  # which stay in the processor's cache: half the time
        lamp = _clay_light.Lamp(found.light, np.float32(_PALE) * pale[rows] + np.float32(look.wrap), look.shine)
        facing = _clay_light.normals(across[rows], down[rows])
        paint[:, rows] = _clay_light.lit(kneaded(paint[:, rows], luma[rows], look.vivid), facing, lamp, open_[rows])
    return strayed(_forms.laid(paint, found, _bodies(rgba, maps)), maps, take, look)


def features(rgba: U8, maps: Maps, look: Look) -> U8:
    """A face's features: pieces pressed on, eyes like beads. What is laid on thinly, as a blush, is colour alone."""
    assert maps.distance is not None
    found = _forms.form_of(rgba, replace(maps, flat=None), look.unit)
    paint = _forms.planes(found.colour)
    inside = _relief.px(maps.distance[found.box])
    height = _rims(inside, found.alpha, look, _FEATURE)
    facing = _clay_light.normals(slope(height, 1, 0), slope(height, 0, 1))
    lamp = _clay_light.Lamp(found.light, look.wrap + 2 * _PALE, 0.8 * look.shine)
    paint = kneaded(paint, _comic_drawing.luma_of(paint), look.vivid, _FACE)
    solid = np.clip(found.alpha * 3 - np.float32(1.2), 0, 1)
    solid *= np.clip(_cv.dilate(inside, np.ones((7, 7), np.uint8)) - np.float32(1.2), 0, 1)  # thin lines stay lines
    out = _clay_light.lit(paint, facing, lamp, np.full_like(height, _FACED))
    paint += (out - paint) * solid
    return _forms.laid(paint, found, rgba)


def _bodies(rgba: U8, maps: Maps) -> U8:
    """The drawing within its contour: clay has none."""
    return rgba if maps.flat is None else np.asarray(_cv.min(rgba, _bytes.four(_cv.extractChannel(maps.flat, 3))))


def _swollen(normals: tuple[F32, F32, F32], look: Look) -> tuple[F32, F32]:
    """Slopes of the forms, smoothed across the borders of parts."""
    x, y, z = normals
    flat = np.asarray(np.float32(-look.volume) / np.maximum(z, np.float32(0.35)), np.float32)
    sigma = _BLEND * look.unit
    return _filters.gaussian(_cv.multiply(x, flat), sigma), _filters.gaussian(_cv.multiply(y, flat), sigma)


def _rims(inside: F32, alpha: F32, look: Look, wide: float = _RIM) -> F32:
    """Each part as thick as a rolled piece of clay: a quarter of a circle at its edge, then level."""
    reach = wide * look.unit
    away = 1 - np.clip(inside * np.float32(1 / reach), 0, 1)
    round_ = np.sqrt(np.maximum(1 - away * away, 0)) * np.float32(0.62 * reach * look.volume)
    return np.asarray(_filters.gaussian(round_ * alpha, 0.11 * reach), np.float32)


def _pinched(seams: U8, look: Look) -> F32:
    """What is left of a part's thickness beside a seam: both parts are pressed down there, and so grow together."""
    away = _filters.inner_distance(seams == 0)
    away = 1 - np.clip(away * np.float32(1 / (_PINCH * _RIM * look.unit)), 0, 1)
    return np.asarray(np.sqrt(np.maximum(1 - away * away, 0)), np.float32)


def _strokes(luma: F32, look: Look) -> F32:
    """Strokes of the drawing are pressed in by a tool."""
    wide, near = (_filters.gaussian(luma, s * look.unit) for s in (4.0, 0.8))
    return np.asarray(
        np.clip(wide - near - np.float32(_WEAVE), 0, 0.3) * np.float32(_STROKE * look.unit * 4), np.float32
    )


def slope(height: F32, x: int, y: int) -> F32:
    """How fast a height rises to the right or down."""
    found = _cv.Sobel(height, _cv.CV_32F, x, y, scale=1 / 8, borderType=_cv.BORDER_REPLICATE)
    return np.asarray(np.clip(found, -_STEEPEST, _STEEPEST), np.float32)


def kneaded(paint: F32, luma: F32, vivid: float, curve: tuple[tuple[float, float], ...] = _CLAY) -> F32:
    """Colours as clay has them: opaque and strong, never black or white."""
    out = _comic_drawing.lifted(paint, luma, curve)
    grey = _comic_drawing.luma_of(out)
    out -= grey
    out *= np.float32(_VIVID * vivid)
    out += grey
    return out


def _marked(across: F32, down: F32, pale: F32, window: _noise.Window, take: int, look: Look) -> None:
    """What hands left is added to slopes in place: half as much on pale paint, so that faces stay faces."""
    calm = 1 - np.float32(0.5) * pale
    clay = _clay_tile.clay(look.unit, take)
    for out, lumps, prints in zip((across, down), clay.lumps, clay.prints, strict=True):
        hands = _clay_tile.over(lumps, window) * np.float32(look.lumps)
        hands += _clay_tile.over(prints, window) * np.float32(0.8 * look.prints)
        hands *= calm
        out += hands


def _open(form: _forms.Form, seams: U8, shadow: U8, look: Look) -> F32:
    """How much light comes to a place: less below a part that lies above, in seams, and where a shadow falls."""
    parts = form.parts
    under = np.zeros(parts.shape, np.uint8)
    side, rise = form.light[0], form.light[1]
    length = max(float(np.hypot(side, rise)), 1e-6)
    for far in _CONTACT:
        x, y = (round(far * look.unit * part / length) for part in (side, rise))
        under += np.asarray(_moved(parts, x, y) > parts, np.uint8) * np.uint8(60)
    under[parts < 2] = 0
    contact = _filters.gaussian(under, 2.6 * look.unit).astype(np.float32)
    cast = _filters.gaussian(shadow, 2.4 * look.unit).astype(np.float32)
    seam = _filters.gaussian(seams, 1.3 * look.unit).astype(np.float32)
    out = 1 - contact * np.float32(0.42 / 240)
    out *= 1 - cast * np.float32(0.26 / 255)
    out *= 1 - np.minimum(seam * np.float32(1.0 / 255), np.float32(0.42))
    return np.asarray(out, np.float32)


def _seams(parts: U8) -> U8:
    """255 where one part meets another; towards the ground there is no seam."""
    around = np.ones((3, 3), np.uint8)
    ground = _cv.erode(parts, around) < 2
    seam = _cv.morphologyEx(parts, _cv.MORPH_GRADIENT, around).clip(0, 1) * np.uint8(255)
    seam[ground] = 0
    return np.asarray(seam, np.uint8)


def _moved(parts: U8, x: int, y: int) -> U8:
    """What lies x px to the right and y px down of each place."""
    height, width = parts.shape
    matrix = np.array([[1, 0, -x], [0, 1, -y]], np.float64)
    return np.asarray(_cv.warpAffine(parts, matrix, (width, height), flags=_cv.INTER_NEAREST))


def strayed(rgba: U8, maps: Maps, take: int, look: Look) -> U8:
    """Outlines cut by hand: the finished drawing, a little bent."""
    height, width = rgba.shape[:2]
    window = _noise.Window(maps.left, maps.top, width, height)
    most = np.float32(_WOBBLE * look.unit * min(look.lumps, 2))
    x, y = (_noise.field(window, max(30 * look.unit, 3), 2, 3 * look.seed + 40 * take + way) * most for way in (1, 2))
    x = x + np.arange(width, dtype=np.float32)[None, :]
    y = y + np.arange(height, dtype=np.float32)[:, None]
    return np.asarray(_cv.remap(rgba, x, y, _cv.INTER_LINEAR, borderMode=_cv.BORDER_CONSTANT))

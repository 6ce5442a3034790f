"""Things that stand on the stage: their shadow on the floor, and how a painted one comes into the scene's light."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from rules import _board, _colour, _daylight, _mask, _noise, _window
from rules._cel import Cel, Finish, blurred
from rules._daylight import Daylight
from rules._foot import EYE
from rules._outline import F32, Nodes, Points, spline
from studio.rule import Box, Canvas, Drawing

WOOD = Finish(
    turn=2.4, soft=0.9, half=0.34, depth=0.10, cast=2.2, cast_weight=0.5, key=1.0, line=0.7, fall=0.0, grain=1.5
)
FINE = Finish(
    turn=1.2, soft=0.5, half=0.30, depth=0.09, cast=1.4, cast_weight=0.5, key=0.6, line=0.5, fall=0.0, grain=1.0
)
PLAIN = Finish(turn=0, cast=0.8, cast_weight=0.4, line=0.4, fall=0.0, grain=1.0)


def up(nodes: Nodes, samples: int = 8, closed: bool = True) -> Points:
    """An outline from nodes in centimetres, y up, for a cel, whose y runs down."""
    return spline([(n[0], -n[1], *n[2:]) for n in nodes], closed, samples)


def line(nodes: Nodes) -> list[tuple[float, ...]]:
    """Nodes of a stroke in centimetres, y up, for a cel."""
    return [(n[0], -n[1], *n[2:]) for n in nodes]


def floor(canvas: Canvas, z: float) -> tuple[F32, F32]:
    """(metres right, metres beyond) of the foot for the pixels of a ground layer; beyond is (height, 1)."""
    x = (np.arange(canvas.width) + canvas.left + 0.5) / canvas.scale
    y = -(np.arange(canvas.height) + canvas.top + 0.5) / canvas.scale - EYE / z
    depth = EYE / np.maximum(-y, 0.02)
    return (x[None, :] * depth[:, None] / 2).astype(np.float32), (depth - z).astype(np.float32)[:, None]


def shadow(light: Daylight, canvas: Canvas, z: float, wide: float, deep: float, seed: int) -> Drawing:
    """Contact shadow of a thing whose foot is 2 wide by 2 deep metres: sharp under it, soft around it."""
    right, beyond = floor(canvas, z)
    lean = -light.key_direction[0] * 0.35 * (0.4 + wide)
    soft = np.exp(-(((right - lean) / (1.25 * wide + 0.08)) ** 2 + (beyond / (1.05 * deep + 0.08)) ** 2))
    sharp = np.exp(-((np.hypot(right / (wide + 0.03), beyond / (deep + 0.03))) ** 6))
    dark = _colour.shade(_daylight.under(light, "#3a3350"), 0.10, light.shade_hue).astype(np.float32)
    # what is long touches the ground here and there only
    alpha = np.clip(0.40 * soft + 0.40 * min(1.0, 0.8 / (wide + 0.01)) * sharp, 0, 0.75)
    rgba = np.asarray(np.dstack([dark * alpha[..., None], alpha]), np.float32)
    return Drawing(_board.eight_bit(rgba, window_of(canvas), seed))


def window_of(canvas: Canvas) -> _noise.Window:
    """The canvas's pixels, for noise."""
    return _noise.Window(canvas.left, canvas.top, canvas.width, canvas.height)


def painted(
    light: Daylight, place: tuple[Box, Canvas, float], paint: Callable[[Cel], None], seed: int,
    after: Callable[[F32, Canvas], F32] | None = None,
) -> Drawing:  # fmt: skip
    """A thing painted on a cel in centimetres, whatever part of it the canvas shows; place: box, canvas, depth."""
    box, canvas, z = place
    whole = _window.whole(box, canvas.scale, canvas.maps)
    cel = Cel(whole, canvas.scale / 100, seed, ambient=light.shade_hue, light=light.key_direction)
    cel.hardness = light.hardness
    paint(cel)
    edged(cel, light, max(0.8, 0.34 * cel.unit))
    cel.rim((light.key_direction[0], -0.15), max(1.0, 1.0 * cel.unit), _daylight.under(light, light.glow), 0.24)
    rgba = np.dstack([cel.rgb, cel.alpha])
    if after is not None:
        rgba = after(np.asarray(rgba, np.float32), whole)
    faded = _daylight.hazed(np.asarray(rgba, np.float32), light, light.haze(z) * 0.8)
    cel.beside.haze(lambda flat: _daylight.hazed(flat, light, light.haze(z) * 0.8))
    cel.parts[faded[..., 3] < 0.002] = 0
    return _window.cut(cel.beside.drawing(_board.eight_bit(faded, window_of(whole), seed), cel.parts), whole, canvas)


def edged(cel: Cel, light: Daylight, width: float) -> None:
    """A thin line round a thing, in a dark of what lies beside it, since what it stands before has no lines; air and
    ground throw some light on its foot."""
    rgb, alpha = cel.planes[:3], cel.alpha
    size = (2 * int(np.ceil(1.5 * width)) + 3,) * 2
    near = np.maximum(cv2.blur(alpha, size), 1e-3)
    dusk = _daylight.under(light, "#2a2440").astype(np.float32)
    own = np.stack([cv2.blur(np.ascontiguousarray(plane), size) for plane in rgb]) / near
    line = own * np.float32(0.42) + dusk[:, None, None] * np.float32(0.16)
    grown = _mask.grown(alpha, 0.6 * width)
    grown = np.maximum(grown, _mask.shifted(grown, -cel.light * width * 0.6))
    edge = np.clip(2 * blurred(grown, 0.5) - np.float32(0.5), 0, 1) * np.float32(0.86) * (1 - alpha)
    cel.parts[(edge > 0.5) & (cel.parts == 0)] = 1
    rgb += line * edge
    alpha += edge
    rows = (np.arange(cel.height) + cel.window.top) / cel.unit  # units under the foot, y down
    low = (0.20 * np.exp(np.minimum(rows, 0) / 14.0)).astype(np.float32)[:, None]
    for plane, value in zip(rgb, _colour.rgb_of(light.haze_colour).astype(np.float32), strict=True):
        plane += (alpha * value * np.float32(0.8) - plane) * low


def glow(canvas: Canvas, at: tuple[float, float], reach: float, colour: F32, weight: float, seed: int) -> Drawing:
    """Light in the air about a place (metres), for a layer that is added; it ends softly at `reach`."""
    x = (np.arange(canvas.width) + canvas.left + 0.5) / canvas.scale - at[0]
    y = -(np.arange(canvas.height) + canvas.top + 0.5) / canvas.scale - at[1]
    d = np.hypot(x[None, :], y[:, None]).astype(np.float32) / np.float32(reach)
    end = np.clip(1 - d, 0, 1) ** 2
    level = (0.75 * np.exp(-((d / 0.22) ** 1.6)) + 0.35 * np.exp(-d / 0.35)) * end * np.float32(weight)
    out = np.zeros((canvas.height, canvas.width, 4), np.float32)
    out[..., :3] = level[..., None] * colour
    return Drawing(_board.eight_bit(out, window_of(canvas), seed, is_light=True))

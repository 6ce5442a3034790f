"""What a biped holds, about its grip, and the shadows that it throws on the ground."""

from __future__ import annotations

import numpy as np

from rules import _biped_held, _bones, _noise, _outline
from rules._biped_look import BRASS, METAL, dark, pale
from rules._bones import Figure, Measures
from rules._cel import CLOTH, Cel, quantised
from rules._colour import rgb_of
from rules._mask import F32, blurred
from studio.rule import Canvas, Drawing

_WOOD = rgb_of("#8a5f42")
_EBONY = rgb_of("#3a2834")
STICK = CLOTH.but(turn=0.45, soft=0.3, cast=0, key=0.3, line=0.1)


def prop(cel: Cel, params: Figure) -> None:
    """The held thing, upright, its grip at the cel's origin."""
    if params.holds == "lamp-pole":
        _pole(cel, params)
    elif params.holds == "cane":
        _cane(cel, params)
    else:
        _biped_held.held(cel, params)


def _pole(cel: Cel, params: Figure) -> None:
    """A lamplighter's pole: ash wood, brass ferrule, a hook for the tap and a small wick under a guard."""
    low = _bones.drop(params)
    top = low - _bones.POLE / _bones.unit(params)
    shaft = cel.part(
        _outline.tube([(0.1, low), (-0.15, low * 0.3), (0.1, top * 0.5), (0, top)], (0.95, 0.95, 0.88, 0.80)),
        _WOOD,
        STICK,
    )
    for y, long in ((low * 0.62, 7.0), (low * 0.15, 9.0), (top * 0.34, 8.0), (top * 0.66, 6.0)):
        cel.stroke([(0.25, y), (0.05, y - long / 2), (0.3, y - long)], 0.13, dark(_WOOD, 0.12), shaft, 0.8)
    cel.part(
        _outline.spline(
            [(-1.2, low - 4.2, 1), (1.4, low - 4.2, 1), (1.1, low - 0.4, 1), (0.1, low + 0.2), (-0.9, low - 0.4, 1)]
        ),
        dark(BRASS, 0.10, 60),
        METAL,
    )
    for y in (-4.4, 4.8):  # a thong wound round it where the hand slides; pale, it would be taken for fingers
        for i in range(3):
            cel.part(
                _outline.tube([(-1.15, y + i * 0.8 + 0.25), (1.2, y + i * 0.8 - 0.25)], 0.42, samples=4),
                dark(_WOOD, 0.16),
                METAL.but(cast=0.2, turn=0.2),
            )
    _tap(cel, top)


def _tap(cel: Cel, top: float) -> None:
    cel.part(
        _outline.spline([(-1.3, top + 6.5, 1), (1.4, top + 6.5, 1), (1.1, top - 0.5, 1), (-1.0, top - 0.5, 1)]),
        BRASS,
        METAL.but(turn=0.5),
    )
    hook = [(0.8, top + 3.4), (4.2, top + 2.2), (6.4, top - 1.6), (5.0, top - 5.2), (2.9, top - 4.8)]
    cel.part(_outline.tube(hook, (0.75, 0.78, 0.74, 0.62, 0.34)), BRASS, METAL)
    cel.part(
        _outline.spline(
            [
                (-2.2, top - 0.2, 1),
                (2.2, top - 0.2, 1),
                (1.6, top - 2.2),
                (1.9, top - 3.2, 1),
                (-1.9, top - 3.2, 1),
                (-1.6, top - 2.2),
            ]
        ),
        dark(BRASS, 0.05, 60),
        METAL,
    )
    cel.stroke([(-0.9, top + 5.6), (-0.85, top + 1.0)], [0.2, 0.2], pale(BRASS, 0.12))


def flame(cel: Cel, params: Figure) -> None:
    """The wick's flame, which lights itself: painted after the light."""
    _biped_held.flame(cel, params)
    if params.holds != "lamp-pole":
        return
    top = _bones.drop(params) - _bones.POLE / _bones.unit(params)
    cel.glaze(_outline.ellipse(0, top - 5.6, 4.6, 5.4), rgb_of("#ff9a3c"), 0.30, soft=1.3)
    outer = [
        (-0.9, top - 3.0, 1),
        (0.9, top - 3.0, 1),
        (1.4, top - 5.2),
        (0.7, top - 7.6),
        (-0.1, top - 10.2, 1),
        (-0.8, top - 7.8),
        (-1.5, top - 5.4),
    ]
    cel.glaze(_outline.spline(outer), rgb_of("#ffae45"))
    inner = [(-0.5, top - 3.3, 1), (0.5, top - 3.3, 1), (0.75, top - 5.0), (0.05, top - 7.9, 1), (-0.8, top - 5.2)]
    cel.glaze(_outline.spline(inner), rgb_of("#fff0bc"))


def _cane(cel: Cel, params: Figure) -> None:
    """An ebony cane with a brass knob above the hand."""
    low = _bones.drop(params) + 0.4
    shaft = cel.part(_outline.tube([(0, low), (0.1, low * 0.4), (0, -4.0)], (0.62, 0.78, 0.86)), _EBONY, STICK)
    cel.stroke([(-0.3, low - 6), (-0.25, low * 0.4), (-0.35, 5)], 0.12, pale(_EBONY, 0.2), shaft, 0.8)
    cel.part(
        _outline.spline([(-0.8, low - 3.4, 1), (0.8, low - 3.4, 1), (0.65, low, 1), (-0.65, low, 1)]),
        dark(BRASS, 0.12, 60),
        METAL,
    )
    cel.part(
        _outline.spline([(-1.0, -3.4, 1), (1.0, -3.4, 1), (1.1, -4.6, 1), (-1.1, -4.6, 1)]),
        dark(BRASS, 0.06, 60),
        METAL,
    )
    cel.part(
        _outline.spline([(-1.0, -4.4), (-1.9, -5.6), (-1.6, -7.2), (0, -8.0), (1.7, -7.2), (1.9, -5.6), (1.0, -4.4)]),
        BRASS,
        METAL.but(turn=0.6),
    )
    cel.ink(_outline.ellipse(-0.6, -6.7, 0.5, 0.4, -30), pale(BRASS, 0.14), 0.9)


# -- shadows

_SHADE = (0.075, 0.045, 0.14)  # dark violet
_LONG = (
    (0, 0.4, 2.2),
    (16, 2.2, 2.9),
    (38, 5.2, 3.6),
    (64, 9.0, 3.7),
    (82, 11.8, 3.0),
    (96, 14.0, 4.4),
    (108, 16.0, 2.2),
)


def contact(canvas: Canvas, unit: float, body: Measures, seed: int) -> Drawing:
    """The shadow under the feet: a wide soft ellipse, and a small dark one where the soles touch."""
    wide = 0.30 * body.stride + 9.0
    soft = _ellipse(canvas, unit, (0.4, 0.7, wide, 2.7), 1.1) * np.float32(0.62)
    core = _ellipse(canvas, unit, (0.8, 0.1, 0.72 * wide, 1.25), 0.42) * np.float32(0.72)
    return _shade(canvas, 1 - (1 - soft) * (1 - core), seed)


def cast(canvas: Canvas, unit: float, side: int, seed: int) -> Drawing:
    """The long shadow on the floor, away from a lamp: near the feet dark and sharp, far off soft and pale.

    Drawn as the floor looks from a height of 1.2 m at about 7 m: a metre of depth is 0.17 m high.
    """
    spine = [(side * x, y) for x, y, _ in _LONG]
    outline = _outline.tube(spine, [w for *_, w in _LONG]) * unit + np.array([-canvas.left, -canvas.top])
    cover = _outline.coverage([outline], (0, 0, canvas.width, canvas.height))
    along = side * (np.arange(canvas.width, dtype=np.float32) + np.float32(canvas.left + 0.5)) / np.float32(unit)
    far = np.clip(along / 90, 0, 1)
    mixed = blurred(cover, 0.5 * unit) * (1 - far) + blurred(cover, 2.0 * unit) * far
    weight = np.clip(0.66 - 0.0052 * along, 0, 0.66) * np.clip((along + 14) / 14, 0, 1)
    return _shade(canvas, mixed * weight.astype(np.float32), seed)


def _ellipse(canvas: Canvas, unit: float, shape: tuple[float, float, float, float], soft: float) -> F32:
    outline = _outline.ellipse(*shape) * unit + np.array([-canvas.left, -canvas.top])
    return blurred(_outline.coverage([outline], (0, 0, canvas.width, canvas.height)), soft * unit)


def _shade(canvas: Canvas, alpha: F32, seed: int) -> Drawing:
    rgba = np.dstack([*(alpha * np.float32(c) for c in _SHADE), alpha]).astype(np.float32)
    return Drawing(quantised(rgba, seed, _noise.Window(canvas.left, canvas.top, canvas.width, canvas.height)))

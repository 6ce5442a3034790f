"""Figures of the user's own parts in paint: outlines shaded like everything else, pictures laid in as they are."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from rules import _colour, _free, _free_picture, _kit_props, _window
from rules._biped_light import cel_under, finish, light_of, relight
from rules._cel import CLOTH, FLAT, Cel, Finish
from rules._outline import Points, spline
from studio.rule import Canvas, Drawing, Variant

_FINISHES = {
    "form": Finish(turn=2.6, soft=0.9, cast=1.6, bounce=0.7, key=0.4, depth=0.11, half=0.34),
    "cloth": CLOTH.but(key=0.3),
    "flat": FLAT.but(line=0.12),
}


def draw(params: Any, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """One drawing of the figure, as large as the canvas."""
    whole = _window.whole(_free.box(params, variant), canvas.scale, canvas.maps)
    return _window.cut(_painted(params, variant, whole, seed), whole, canvas)


def _painted(params: Any, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    unit = canvas.scale * params.height / 100
    which = str(variant["part"])
    if which == "shadow":
        at, half = _free.foot(params)
        return _kit_props.contact(canvas, unit, (half + 8, half), seed, -at if variant.get("flip") else at)
    light, move = light_of(variant), _free.move_of(variant)
    cel = cel_under(light, canvas, unit, seed, flip=bool(variant.get("flip")))
    for part in _free.shown(params, which):

        def place(points: Points, part: _free.Part = part) -> Points:
            return _free.moved(params.parts, part, move, points)

        with cel.placed(place):
            if part.outline:
                cel.part(spline(_free.nodes(part)), _colour.rgb_of(part.fill), _FINISHES[part.finish])
            else:
                _lay(cel, params, part)
    if which == "face":
        relight(cel, light, 0)
    else:
        finish(cel, light)
    return cel.drawing(seed)


def _lay(cel: Cel, params: Any, part: _free.Part) -> None:
    """A picture where its three corners land; shrunk by areas first, so that it does not flicker."""
    rgba = _free_picture.pixels(next(p for p in params.pictures if p.name == part.picture))
    corners = cel.land(_free.frame(part, params.pictures))
    tall = float(np.hypot(*(corners[2] - corners[0])))
    shrink = rgba.shape[0] / max(tall, 1.0)
    if shrink > 1.5:
        size = (max(1, round(rgba.shape[1] / shrink)), max(1, round(rgba.shape[0] / shrink)))
        rgba = np.asarray(cv2.resize(rgba, size, interpolation=cv2.INTER_AREA))
    height, width = rgba.shape[:2]
    source = np.array([(-0.5, -0.5), (width - 0.5, -0.5), (-0.5, height - 0.5)], np.float32)
    matrix = cv2.getAffineTransform(source, (corners - 0.5).astype(np.float32))
    seen = cv2.warpAffine(rgba, matrix, (cel.width, cel.height), flags=cv2.INTER_LINEAR)
    over = np.moveaxis(seen, -1, 0)
    cel.planes *= 1 - over[3]
    cel.planes += over
    cel.beside.picture(over, over[3] > 0.5)
    cel.parts[over[3] > 0.5] = 2 + params.parts.index(part) % 250

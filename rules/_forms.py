"""Figures and props as passes that shade them take them up: cut to their paint, in planes, with the light on them."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _filters, _relief
from studio.rule import Maps

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_KEY = (-0.62, -0.78)  #: where the light stands if nobody says
_HIGH = 0.72  #: how far before the picture the light stands, for one beside it
_SMALL = 900  #: px^2 of 1080 lines: a part too small to turn


class Form(NamedTuple):
    """box: the smallest one with all paint, in which the rest lies. alpha: 0 to 1. normals: x right, y down, z to the
    eye. colour: RGBA, not premultiplied, without light where the drawing knows that. areas: (256,) px of each part.
    turns: 1 where a part is large enough to turn. light: direction towards it."""

    box: tuple[slice, slice]
    parts: U8
    alpha: F32
    normals: tuple[F32, F32, F32]
    colour: U8
    areas: NDArray[np.intp]
    turns: NDArray[np.bool_]
    light: tuple[float, float, float]


def form_of(rgba: U8, maps: Maps, unit: float) -> Form:
    """Of a drawing with paint in it. unit: px of the picture for one of 1080 lines."""
    assert maps.parts is not None and maps.normals is not None
    flat = rgba if maps.flat is None else maps.flat
    rows, columns = (np.flatnonzero(rgba[..., 3].max(axis)) for axis in (1, 0))
    box = slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
    parts = maps.parts[box]
    areas = np.bincount(parts.ravel(), minlength=256)
    return Form(
        box,
        parts,
        rgba[box][..., 3].astype(np.float32) * np.float32(1 / 255),
        _relief.components(np.ascontiguousarray(maps.normals[box])),
        _filters.straight(np.ascontiguousarray(flat[box]), _filters.px(3, unit)),
        areas,
        (areas > _SMALL * unit**2)[parts],
        _relief.towards(maps.light if any(maps.light) else _KEY, _HIGH),
    )


def laid(paint: F32, form: Form, rgba: U8) -> U8:
    """The drawing with other paint."""
    result = np.zeros_like(rgba)
    result[form.box] = premultiplied(paint, rgba[form.box][..., 3])
    return result


def planes(colour: U8) -> F32:
    """(3, height, width) in 0 to 1: numpy is five times as fast on planes."""
    found = [_cv.extractChannel(colour, n) for n in range(3)]
    return np.stack(found).astype(np.float32) * np.float32(1 / 255)


def premultiplied(paint: F32, alpha: U8) -> U8:
    """Planes -> premultiplied RGBA."""
    np.clip(paint, 0, 1, out=paint)
    paint *= alpha
    paint += np.float32(0.5)
    return np.asarray(_cv.merge([*paint.astype(np.uint8), alpha]))

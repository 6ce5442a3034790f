"""What a cel keeps beside its colours while it is painted: distances, normals, shadow and flat colours.

A part knows all of its outline, also where another one will hide it; so each part has its own distances
and its own form, and nothing is left of the seams of the parts that lie on it. What is flat (a stripe, a
strand, a freckle) takes on the form of what it is painted on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rules import _relief
from rules._mask import Box, Mask
from studio.rule import Drawing

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

REACH = 7.0  #: u over which a form rounds off; a narrower limb is round all across
_ROUNDED = 0.6  #: px by which the edge of a form is smoothed


class Beside:
    """The maps of a cel that are wanted, as large as it; `unit` is px a u. What is not wanted costs nothing."""

    def __init__(self, maps: tuple[str, ...], shape: tuple[int, int], unit: float, light: tuple[float, float]) -> None:
        self._unit = unit
        self._light = float(light[0]), float(light[1])
        self._distance = np.zeros(shape, np.uint16) if "distance" in maps else None
        self._normals = np.zeros((2, *shape), np.float32) if "normals" in maps else None
        self._shadow = np.zeros(shape, np.float32) if "shadow" in maps else None
        self._flat = np.zeros((4, *shape), np.float32) if "flat" in maps else None

    def part(self, mask: Mask, fill: ArrayLike, is_form: bool) -> None:
        """A part that covers what was there."""
        box, cover = mask.box, mask.cover
        inside = cover > 0.5
        if self._distance is not None:
            _cut(self._distance, box)[inside] = _relief.inner(inside)[inside]
        if self._normals is not None and is_form:
            ground = _cut(self._normals, box)
            for plane, slope in zip(ground, _relief.slopes(_relief.swollen(cover, REACH * self._unit)), strict=True):
                plane += (slope - plane) * cover
        if self._flat is not None:
            ground = _cut(self._flat, box)
            ground += (np.append(np.asarray(fill, np.float32), np.float32(1))[:, None, None] - ground) * cover

    def ink(self, box: Box, colour: ArrayLike, amount: F32) -> None:
        """A colour on what is there."""
        if self._flat is not None:
            ground = _cut(self._flat, box)
            ground[:3] += (np.asarray(colour, np.float32)[:, None, None] * ground[3] - ground[:3]) * amount

    def glaze(self, mask: Mask, colour: ArrayLike, weight: float, is_part: bool) -> None:
        """A colour that covers a share of what was there, on empty ground too."""
        if self._flat is not None:
            ground = _cut(self._flat, mask.box)
            paint = np.append(np.asarray(colour, np.float32), np.float32(1))[:, None, None]
            ground += (paint - ground) * (mask.cover * np.float32(weight))
        if self._distance is not None and is_part:
            inside = mask.cover > 0.5
            _cut(self._distance, mask.box)[inside] = _relief.inner(inside)[inside]

    def form(self, mask: Mask, full: F32, some: F32, share: float) -> None:
        """How much light a part's own form gets, 0 to 1: what is in full light, and what gets a share of it."""
        if self._shadow is not None:
            ground = _cut(self._shadow, mask.box)
            ground += (1 - (full + np.float32(share) * some) - ground) * mask.cover

    def cast(self, box: Box, shadow: F32) -> None:
        """A shadow on what is there, 0 to 1."""
        if self._shadow is not None:
            ground = _cut(self._shadow, box)
            np.maximum(ground, shadow, out=ground)

    def picture(self, over: NDArray[Any], inside: NDArray[np.bool_]) -> None:
        """A premultiplied picture (4, height, width) over all; it is flat."""
        if self._distance is not None:
            self._distance[inside] = _relief.inner(inside)[inside]
        for planes in (self._normals, self._shadow):
            if planes is not None:
                planes *= 1 - over[3]
        if self._flat is not None:
            self._flat *= 1 - over[3]
            self._flat += over

    def keep(self, box: Box, share: F32) -> None:
        """Leave a share of what is there."""
        if self._distance is not None:
            _cut(self._distance, box)[share < 0.5] = 0
        for planes in (self._normals, self._shadow, self._flat):
            if planes is not None:
                _cut(planes, box)[:] *= share

    def tint(self, factor: F32) -> None:
        """Multiply the flat colours by a light's colour, (3, ...)."""
        if self._flat is not None:
            self._flat[:3] *= factor

    def haze(self, faded: Callable[[F32], F32]) -> None:
        """Fade the flat colours, (height, width, 4), as the finished ones are faded."""
        if self._flat is not None:
            self._flat = np.moveaxis(faded(np.moveaxis(self._flat, 0, -1)), -1, 0)

    def drawing(self, rgba: U8, parts: U8) -> Drawing:
        """Colours with all that is kept beside them, in 8 bits."""
        normals = None if self._normals is None else _relief.encoded(*self._normals)
        shadow = None if self._shadow is None else _eight_bit(self._shadow)
        flat = None if self._flat is None else _eight_bit(np.minimum(self._flat, self._flat[3]).transpose(1, 2, 0))
        return Drawing(rgba, parts, self._distance, normals, shadow, flat, self._light)


def _eight_bit(plane: F32) -> U8:
    return np.asarray(np.clip(plane, 0, 1) * np.float32(255) + np.float32(0.5), np.uint8)


def _cut(plane: NDArray[Any], box: Box) -> NDArray[Any]:
    return plane[..., box[1] : box[3], box[0] : box[2]]

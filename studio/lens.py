"""What a lens does to planes: how large, where, how clear and how sharp each slot is in the picture at each frame.

Nothing is cut or minted here; `studio.projection` does that with what is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules._atmosphere import ADD
from studio.camera import HOME_HEIGHT, HORIZON, Path
from studio.rows import SCALE_GRID, SHIFT_GRID
from studio.slots import Slot

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

_NEAREST = 0.4  # metres before the lens at which a plane is gone
_CLOSE = 0.45  # closeness of a shot from which whom it is on fills it: about a medium shot
_FRAMED = 0.30  # closeness (see `_closeness`) of a shot up to which a near plane frames it: about a full shot


class Through(NamedTuple):
    """How the planes of slots land on the picture, (slots, n) each: px a unit, column and row of the origin; for
    a ground also how columns run with depth, px a unit downwards, and the term of perspective."""

    scale: Floats
    left: Floats
    top: Floats
    shear: Floats
    fall: Floats
    lean: Floats


class Laid(NamedTuple):
    """What slots say of frames, (slots, n) each; named as in `Slot`, and 0 of what has no ticks."""

    codes: Ints
    x: Floats
    y: Floats
    z: Floats
    order: Floats
    opacity: Ints
    turn: Floats
    stretch: Floats
    ticks: Ints


def laid(slots: Sequence[Slot]) -> Laid:
    """The columns of all slots."""
    none = np.zeros(len(slots[0].codes), np.int32)
    columns = {name: [getattr(slot, name) for slot in slots] for name in Laid._fields}
    columns["ticks"] = [none if ticks is None else ticks for ticks in columns["ticks"]]
    return Laid(**{name: np.concatenate(values).reshape(len(slots), -1) for name, values in columns.items()})


class Lens:
    """The camera's path before slots, for a picture of some size.

    sides: left, right, top and bottom (px) of what is seen at each frame of a picture that neither leans nor sways.
    """

    def __init__(self, path: Path, slots: Sequence[Slot], laid: Laid, width: int, height: int) -> None:
        self.path, self.slots, self.laid, self.width, self.height = path, slots, laid, width, height
        self.starts = np.array(path.cuts)
        self.lengths = np.diff([*path.cuts, len(path.x)])
        self.sides = self._sides()

    def _sides(self) -> tuple[Floats, Floats, Floats, Floats]:
        turn = np.radians(self.path.roll)
        cos, sin = np.abs(np.cos(turn)), np.abs(np.sin(turn))
        half = 0.5 * np.stack([self.width * cos + self.height * sin, self.height * cos + self.width * sin])
        sway = self.path.sway.T * self.height
        cos, sin = np.cos(turn), np.sin(turn)
        middle = np.stack([cos * sway[0] + sin * sway[1], cos * sway[1] - sin * sway[0]])
        low = np.array([[self.width / 2], [self.height / 2]]) - middle - half
        high = low + 2 * half
        return low[0], high[0], low[1], high[1]

    def through(self) -> Through:
        """Where planes land, before the camera leans and sways."""
        camera, height, width = self.path, self.height, self.width
        x, y, z = self.laid.x, self.laid.y, self.laid.z
        scale = 2 * height * camera.zoom / np.maximum(z - camera.z, _NEAREST)
        left, top = width / 2 + scale * (x - camera.x), HORIZON * height - scale * (y - camera.y)
        shear, lean = np.zeros_like(scale), np.zeros_like(scale)
        fall = scale.copy()
        for number, slot in enumerate(self.slots):
            if slot.kind == "card":
                scale[number] = fall[number] = height
                left[number], top[number] = width / 2 + height * x[number], height / 2 - height * y[number]
            elif slot.kind == "ground":
                size = camera.zoom * height
                scale[number], left[number], top[number] = size, width / 2, HORIZON * height
                shear[number], fall[number] = size * camera.x / HOME_HEIGHT, size * camera.y / HOME_HEIGHT
                lean[number] = -camera.z / (2 * HOME_HEIGHT)
            elif slot.kind in ("near", "air"):
                lay = self._framing if slot.kind == "near" else self._airborne
                scale[number], left[number], top[number] = lay(number)
                fall[number] = scale[number]
        return Through(scale, left, top, shear, fall, lean)

    def _framing(self, number: int) -> tuple[Floats, Floats, Floats]:
        """(scale, left, top): a near plane frames the widest moment of each shot. From there it grows with the
        picture, and slides against the camera by a part of its way: as it would stand in the world, its piers
        would cross the shot."""
        camera, height, width = self.path, self.height, self.width
        closeness = self._closeness()
        widest = np.repeat([a + int(closeness[a:b].argmin()) for a, b in camera.spans], self.lengths)
        grown = (closeness / closeness[widest]) ** 0.9
        # its edges must stay out of a picture that leans or sways
        sizes = (width, width, height, height)
        seen = [2 * np.abs(side / size - 0.5) for side, size in zip(self.sides, sizes, strict=True)]
        most = np.maximum.reduceat(np.maximum.reduce(seen), self.starts)
        grown = grown * np.repeat(most, self.lengths)
        scale = 2 * height / self.laid.z[number] * grown
        slide = 0.25 * 2 * height * closeness * (camera.x - camera.x[widest])
        left = width / 2 - np.clip(slide, -0.1 * width * grown, 0.1 * width * grown)
        return scale, left, HORIZON * height + scale * HOME_HEIGHT

    def _airborne(self, number: int) -> tuple[Floats, Floats, Floats]:
        """(scale, left, top): the air is as large as the picture when a shot begins, whatever its framing; from there
        it moves as what is that far away."""
        camera, height, starts, slot = self.path, self.height, self.path.starts, self.slots[number]
        x, z = self.laid.x[number], self.laid.z[number]
        distance = z - camera.z[starts]
        metre = 2 * height * camera.zoom / np.maximum(z - camera.z, 0.3 * distance)
        scale = np.maximum(height * metre / metre[starts], 0.75 * height)
        left = self.width / 2 - metre * (camera.x - camera.x[starts])
        top = height / 2 + metre * (camera.y - camera.y[starts])
        if slot.period:
            # two banks side by side, the first of which begins a half to one and a half periods left of the middle
            gone = ((left - self.width / 2) / scale + x) % slot.period
            left = self.width / 2 + scale * (gone + slot.period * (slot.copy - 1.5))
        return scale, left, top

    def _closeness(self) -> Floats:
        """Picture heights a metre, halved, at the depth of whom the shot is on."""
        return np.asarray(self.path.zoom / np.maximum(self.path.depth - self.path.z, _NEAREST))

    def opacity(self) -> Ints:
        """Opacity, 0 where the camera has passed the plane, or the whole shot is too close for a frame before it."""
        upright = np.array([slot.kind == "upright" for slot in self.slots])
        passed = (self.laid.z - self.path.z <= _NEAREST) & upright[:, None]
        opacity = np.where(passed, 0, self.laid.opacity).astype(np.int32)
        near = [number for number, slot in enumerate(self.slots) if slot.kind == "near"]
        if near:
            closest = np.minimum.reduceat(self._closeness(), self.starts)
            is_close = np.repeat(closest > _FRAMED, self.lengths)
            opacity[near] = np.where(is_close, 0, opacity[near])
        return opacity

    def blur(self) -> Ints:
        """Pixels (sigma) by which planes are out of focus."""
        aperture = self.path.aperture
        depth = np.maximum(self.laid.z - self.path.z, _NEAREST)
        sharp = np.maximum(self.path.focus - self.path.z, _NEAREST)
        circle = 7.5 * aperture * self.path.zoom * np.abs(1 / sharp - 1 / depth) * self.height / 1080
        circle[[slot.kind != "upright" or slot.blend == ADD for slot in self.slots]] = 0
        most = 16 * np.maximum(aperture, 1) * self.height / 1080
        return np.where(circle >= 0.75, np.minimum(np.rint(circle), most), 0).astype(np.int32)

    def lying(self) -> tuple[Floats, Floats]:
        """(slots, n) each: px of blur a row of a ground, 0 where it is all sharp; and how far down it is sharp, in its
        own units. Depth is 2 `HOME_HEIGHT` / down, so that blur runs evenly with the rows of a ground's drawing."""
        camera = self.path
        focus, sharp = camera.focus, np.maximum(camera.focus - camera.z, _NEAREST)
        circle = 7.5 * camera.aperture / 1080
        nearest = (1 - HORIZON) / (2 * camera.zoom * np.maximum(camera.y, 0.1))  # 1 / depth at the picture's lower edge
        most = circle * self.height * camera.zoom * np.maximum(1 / sharp, np.abs(1 / sharp - nearest))
        slope = np.where(most >= 0.75, circle / (2 * HOME_HEIGHT) * focus / sharp, 0.0)
        grounds = np.array([slot.kind == "ground" and slot.role == "plate" for slot in self.slots], np.float64)
        line = np.rint(32 * HOME_HEIGHT / np.maximum(focus, _NEAREST)) / 16
        return np.asarray(np.outer(grounds, slope)), np.tile(line, (len(grounds), 1))

    def leant(self, terms: Floats, slot: NDArray[np.intp], frame: NDArray[np.intp]) -> Floats:
        """(7, k) a, b, tx, c, d, ty, p of slots at frames, as they are when the camera leans over about the picture's
        middle, and sways; what lies on the picture itself stays."""
        if not self.path.roll.any() and not self.path.sway.any():
            return terms
        leans = np.array([slot.kind != "card" for slot in self.slots])[slot]
        turn = np.where(leans, np.radians(self.path.roll[frame]), 0.0)
        sway = np.where(leans[:, None], self.path.sway[frame] * self.height, 0.0)
        cos, sin = np.cos(turn), np.sin(turn)
        x, y = (self.width - 1) / 2, (self.height - 1) / 2
        right, down = x - cos * x + sin * y + sway[:, 0], y - sin * x - cos * y + sway[:, 1]
        a, b, tx, c, d, ty, p = terms
        turned = [cos * a - sin * c, cos * b - sin * d + p * right, cos * tx - sin * ty + right]
        turned += [sin * a + cos * c, sin * b + cos * d + p * down, sin * tx + cos * ty + down, p]
        return np.stack(turned)


def ridden(path: Path, slots: Sequence[Slot], width: int, height: int) -> Ints:
    """(n, 3) how the plane that fills most of each shot has moved since the shot began, as `Rows` has it. A camera that
    leans over takes that plane along, but does not turn it."""
    starts = path.starts
    metre = 2 * height * path.zoom / np.maximum(_filling(path, slots) - path.z, _NEAREST)
    scale = metre / metre[starts]
    # from the picture's middle to where x = y = 0 of the plane is seen
    right, down = -metre * path.x, (HORIZON - 0.5) * height + metre * path.y
    right, down = right - scale * right[starts], down - scale * down[starts]
    cos, sin = np.cos(np.radians(path.roll)), np.sin(np.radians(path.roll))
    sway = (path.sway - scale[:, None] * path.sway[starts]).T * height
    right, down = cos * right - sin * down + sway[0], sin * right + cos * down + sway[1]
    right, down = right + (1 - scale) * (width - 1) / 2, down + (1 - scale) * (height - 1) / 2
    terms = np.column_stack([np.maximum(scale * SCALE_GRID, 1), right * SHIFT_GRID, down * SHIFT_GRID])
    return np.asarray(np.clip(np.rint(terms), -(2**31) + 1, 2**31 - 1), np.int32)


def _filling(path: Path, slots: Sequence[Slot]) -> Floats:
    """(n,) the depth of what fills most of a shot: in a close one of whom it is on, else of the first plate behind
    them. A shot is told by its end, which framings are solved for."""
    has_people = any(slot.role == "figure" for slot in slots)  # else a shot is on nobody, at some depth
    plates = [float(slot.z[0]) for slot in slots if slot.kind == "upright" and slot.role == "plate"]
    found = np.empty(len(path.x))
    for first, last in path.spans:
        depth, distance = (float(values[last - 1]) for values in (path.depth, path.depth - path.z))
        is_close = has_people and path.zoom[last - 1] > _CLOSE * distance
        found[first:last] = depth if is_close else min((z for z in plates if z > depth), default=depth)
    return found

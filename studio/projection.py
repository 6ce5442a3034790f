"""From metres to pixels: slots seen through the camera's path become rows.

Finds for each drawing how large it must be minted, and where it comes to lie at each frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.camera import HOME_HEIGHT, HORIZON, Path
from studio.rows import EMPTY, FIELDS, PERSPECTIVE_GRID, SCALE_GRID, SHIFT_GRID, Recipe, Rows
from studio.rule import LINE_PX, Box, Canvas, Variant
from studio.slots import Slot

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

_FAR = 1e4  # metres that stand for no limit
_NEAREST = 0.4  # metres before the lens at which a plane is gone
_FRAMED = 0.30  # closeness (see `_closeness`) of a shot up to which a near plane frames it: about a full shot


class _Projection(NamedTuple):
    """How a slot's plane lands on the picture at each frame: px a unit, column and row of its origin; for a
    ground also how columns run with depth, px a unit downwards, and the term of perspective."""

    scale: Floats
    left: Floats
    top: Floats
    shear: Floats
    fall: Floats
    lean: Floats


class Projector:
    """Projects slots through the camera's path; finds for each drawing how large it must be minted."""

    def __init__(self, path: Path, width: int, height: int) -> None:
        self.path, self.width, self.height = path, width, height
        self.n = len(path.x)
        self.spans = list(zip(path.cuts, [*path.cuts[1:], self.n], strict=True))
        self.recipes: list[Recipe] = []
        self._numbers: dict[bytes, int] = {}

    def rows(self, slots: Sequence[Slot]) -> Rows:
        out = np.zeros((self.n, max(len(slots), 1), len(FIELDS)), np.int32)
        out[:, :, 0] = EMPTY
        order = np.full((self.n, max(len(slots), 1)), -np.inf)
        for number, slot in enumerate(slots):
            out[:, number] = self._placed(slot)
            order[:, number] = slot.order
        hidden = out[:, :, 0] == EMPTY
        order[hidden] = -np.inf  # empty slots last
        sequence = np.argsort(-order, axis=1, kind="stable")
        out = np.take_along_axis(out, sequence[:, :, None], axis=1)
        most = int((~hidden).sum(1).max()) if self.n else 0
        view = np.rint(self.path.centre * 16).astype(np.int32)
        return Rows(np.ascontiguousarray(out[:, : max(most, 1)]), view, self.recipes, list(self.path.cuts))

    def _placed(self, slot: Slot) -> Ints:
        """(n, fields) of one slot."""
        through, opacity, blur = self._projection(slot), self._opacity(slot), self._blur(slot)
        fields = np.zeros((self.n, len(FIELDS)), np.int32)
        fields[:, 0] = EMPTY
        for wanted, here in self._minted(slot, through, opacity, blur):
            seen = self._seen_ground(slot, here) if slot.kind == "ground" else self._seen(slot, here, through)
            for code in np.unique(slot.codes[here]):
                canvas = self._canvas(slot.box(slot.variants[code]), seen, wanted)
                if canvas is None:
                    continue
                these = here & (slot.codes == code)
                matrix = _matrix(slot, these, canvas, through)
                shown = _meets(matrix, canvas, self.width, self.height) & (opacity[these] > 0)
                if not shown.any():
                    continue
                rows = np.flatnonzero(these)[shown]
                fields[rows, 0] = self._number(slot, slot.variants[code], canvas)
                fields[rows, 1:8] = matrix[shown]
                fields[rows, 8], fields[rows, 9], fields[rows, 10] = opacity[rows], slot.emit, blur[rows]
        return fields

    def _projection(self, slot: Slot) -> _Projection:
        camera, height, width = self.path, self.height, self.width
        none = np.zeros(self.n)
        if slot.kind == "card":
            size = none + height
            return _Projection(size, none + width / 2, none + height / 2, none, size, none)
        if slot.kind == "ground":
            size = camera.zoom * height
            shear, fall = size * camera.x / HOME_HEIGHT, size * camera.y / HOME_HEIGHT
            lean = -camera.z / (2 * HOME_HEIGHT)
            return _Projection(size, none + width / 2, none + HORIZON * height, shear, fall, lean)
        if slot.kind == "near":
            return self._framing(slot)
        scale = 2 * height * camera.zoom / np.maximum(slot.z - camera.z, _NEAREST)
        left, top = width / 2 + scale * (slot.x - camera.x), HORIZON * height - scale * (slot.y - camera.y)
        return _Projection(scale, left, top, none, scale, none)

    def _framing(self, slot: Slot) -> _Projection:
        """A near plane frames the widest moment of each shot. From there it grows with the picture, and slides
        against the camera by a part of its way: as it would stand in the world, its piers would cross the shot."""
        camera, height, width, none = self.path, self.height, self.width, np.zeros(self.n)
        closeness = self._closeness()
        widest = np.repeat([a + int(closeness[a:b].argmin()) for a, b in self.spans], [b - a for a, b in self.spans])
        grown = (closeness / closeness[widest]) ** 0.9
        scale = 2 * height / slot.z * grown
        slide = 0.25 * 2 * height * closeness * (camera.x - camera.x[widest])
        left = width / 2 - np.clip(slide, -0.1 * width * grown, 0.1 * width * grown)
        return _Projection(scale, left, HORIZON * height + scale * HOME_HEIGHT, none, scale, none)

    def _closeness(self) -> Floats:
        """Picture heights a metre, halved, where the picture is sharp."""
        return np.asarray(self.path.zoom / np.maximum(self.path.focus - self.path.z, _NEAREST))

    def _opacity(self, slot: Slot) -> Ints:
        """Opacity, 0 where the camera has passed the plane, or the whole shot is too close for a frame before it."""
        if slot.kind == "near":
            closest = [float(self._closeness()[a:b].min()) for a, b in self.spans]
            is_close = np.repeat([c > _FRAMED for c in closest], [b - a for a, b in self.spans])
            return np.where(is_close, 0, slot.opacity).astype(np.int32)
        passed = (slot.z - self.path.z <= _NEAREST) & (slot.kind == "upright")
        return np.where(passed, 0, slot.opacity).astype(np.int32)

    def _minted(
        self, slot: Slot, through: _Projection, opacity: Ints, blur: Ints
    ) -> list[tuple[float, NDArray[np.bool_]]]:
        """Spans of the scene grouped by the scale (px a unit) at which the drawing is minted for them."""
        fine = 4 if slot.role in ("figure", "face", "prop") else 2
        groups: dict[float, NDArray[np.bool_]] = {}
        for a, b in self.spans:
            seen = opacity[a:b] > 0
            if not seen.any():
                continue
            most = float(through.scale[a:b][seen].max())
            if slot.kind == "ground":
                most *= 1.25  # the foreground is nearer than the home view says
            if slot.kind in ("card", "near"):
                wanted = float(self.height) * (1 if slot.kind == "card" else 2 / float(slot.z[0]))
            else:
                wanted = 2 ** (np.ceil(np.log2(most) * fine - 1e-6) / fine)
                if int(blur[a:b][seen].min()) >= max(3, self.height // 240):
                    wanted /= 2  # what is out of focus needs no fine drawing
            mask = groups.setdefault(round(float(wanted), 6), np.zeros(self.n, np.bool_))
            mask[a:b] = seen
        return list(groups.items())

    def _seen(self, slot: Slot, here: NDArray[np.bool_], through: _Projection) -> Box:
        """The part of a drawing's plane that the picture can show over some frames."""
        turned = bool(np.abs(slot.turn[here]).max() > 0.01)
        if turned and slot.role == "prop":  # a long thing that turns: all of it
            return Box(-_FAR, -_FAR, _FAR, _FAR)
        scale, left, top = through.scale[here], through.left[here], through.top[here]
        sides = Box(
            float((-left / scale).min()),
            float(((top - self.height) / scale).min()),
            float(((self.width - left) / scale).max()),
            float((top / scale).max()),
        )
        slack = 0.35 * max(sides.right - sides.left, 0.4) if turned else 0.0
        return Box(sides.left - slack, sides.bottom - slack, sides.right + slack, sides.top + slack)

    def _seen_ground(self, slot: Slot, here: NDArray[np.bool_]) -> Box:
        camera = self.path
        x, y, z, zoom = camera.x[here], camera.y[here], camera.z[here], camera.zoom[here]
        reach = (1 - HORIZON) * 2 * HOME_HEIGHT / (2 * zoom * y + (1 - HORIZON) * z)  # how far down is seen
        deepest = float(np.minimum(np.where(reach > 0, reach, 3.0), 3.0).max())
        half = self.width / 2 / self.height
        sides = [
            (sign * half * (2 * HOME_HEIGHT - z * down) / zoom + 2 * x * down) / (2 * HOME_HEIGHT)
            for sign in (-1, 1)
            for down in (0.0, deepest)
        ]
        gx, gy = slot.foot
        return Box(min(float(s.min()) for s in sides) - gx, gy - deepest, max(float(s.max()) for s in sides) - gx, gy)

    def _canvas(self, declared: Box, seen: Box, scale: float) -> Canvas | None:
        """Whole pixels: the declared box, cut to what is seen, grown outwards to a coarse grid."""
        grid = max(self.height // 4, 8)
        lows = np.array([seen.left, -seen.top]) * scale
        highs = np.array([seen.right, -seen.bottom]) * scale
        lows, highs = np.floor(np.clip(lows, -1e8, 1e8) / grid) * grid, np.ceil(np.clip(highs, -1e8, 1e8) / grid) * grid
        box_low = np.floor(np.array([declared.left, -declared.top]) * scale) - LINE_PX
        box_high = np.ceil(np.array([declared.right, -declared.bottom]) * scale) + LINE_PX
        low, high = np.maximum(lows, box_low).astype(int), np.minimum(highs, box_high).astype(int)
        if (high <= low).any():
            return None
        return Canvas(int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1]), scale)

    def _blur(self, slot: Slot) -> Ints:
        """Pixels (sigma) by which a plane is out of focus."""
        if slot.kind in ("ground", "card", "near") or slot.emit:
            return np.zeros(self.n, np.int32)
        depth = np.maximum(slot.z - self.path.z, _NEAREST)
        sharp = np.maximum(self.path.focus - self.path.z, _NEAREST)
        circle = 7.5 * self.path.zoom * np.abs(1 / sharp - 1 / depth) * self.height / 1080
        return np.where(circle >= 0.75, np.minimum(np.rint(circle), 16 * self.height / 1080), 0).astype(np.int32)

    def _number(self, slot: Slot, variant: Variant, canvas: Canvas) -> int:
        recipe = Recipe(slot.target, slot.role, slot.rule, slot.params, variant, canvas, slot.seed, slot.styles)
        name = recipe.canonical() + recipe.target.encode()
        if name not in self._numbers:
            self._numbers[name] = len(self.recipes)
            self.recipes.append(recipe)
        return self._numbers[name]


def _matrix(slot: Slot, these: NDArray[np.bool_], canvas: Canvas, through: _Projection) -> Ints:
    """(k, 7): a, b, tx, c, d, ty, p on their grids: from a canvas's pixels to the picture's.

    column = (a i + b j + tx) / (p j + 1), row = (c i + d j + ty) / (p j + 1); indices of pixel centres.
    """
    s = canvas.scale
    i0, j0 = (canvas.left + 0.5) / s + slot.foot[0], (canvas.top + 0.5) / s + slot.foot[1]
    turn, stretch = np.radians(slot.turn[these]), slot.stretch[these]
    scale, shear, fall = through.scale[these], through.shear[these], through.fall[these]
    cos, sin = np.cos(turn), np.sin(turn)
    xx, xy = scale * cos, -scale * stretch * sin - shear
    yx, yy = scale * sin, fall * stretch * cos
    # the picture's origin is multiplied through, and half a pixel taken off, in the denominator's terms
    left, top, lean = through.left[these] - 0.5, through.top[these] - 0.5, through.lean[these]
    start = 1 + lean * j0
    tx = (xx * i0 + xy * j0 + left * start) / start
    ty = (yx * i0 + yy * j0 + top * start) / start
    grids = np.array([SCALE_GRID, SCALE_GRID, SHIFT_GRID, SCALE_GRID, SCALE_GRID, SHIFT_GRID, PERSPECTIVE_GRID])
    terms = [
        xx / s / start,
        (xy + left * lean) / s / start,
        tx,
        yx / s / start,
        (yy + top * lean) / s / start,
        ty,
        lean / s / start,
    ]
    return np.asarray(np.clip(np.rint(np.stack(terms, 1) * grids), -(2**31) + 1, 2**31 - 1).astype(np.int32))


def _meets(matrix: Ints, canvas: Canvas, width: int, height: int) -> NDArray[np.bool_]:
    """Whether the canvas comes to lie on the picture."""
    m = matrix.astype(np.float64)
    a, b, c, d = m[:, 0], m[:, 1], m[:, 3], m[:, 4]
    tx, ty, p = m[:, 2] / SHIFT_GRID, m[:, 5] / SHIFT_GRID, m[:, 6] / PERSPECTIVE_GRID
    columns, rows = [], []
    for i in (0, canvas.width):
        for j in (0, canvas.height):
            depth = np.maximum(p * j + 1, 1e-3)
            columns.append(((a * i + b * j) / SCALE_GRID + tx) / depth)
            rows.append(((c * i + d * j) / SCALE_GRID + ty) / depth)
    inside = (np.max(columns, 0) > -1) & (np.min(columns, 0) < width) & (np.max(rows, 0) > -1)
    return np.asarray(inside & (np.min(rows, 0) < height))

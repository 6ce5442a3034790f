"""From metres to pixels: slots seen through the camera's path become rows.

Finds for each drawing how large it must be minted, and where it comes to lie at each frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules._air import ADD
from studio.camera import HOME_HEIGHT, HORIZON, Path
from studio.rows import EMPTY, FIELDS, PERSPECTIVE_GRID, SCALE_GRID, SHIFT_GRID, Recipe, Rows, words_of
from studio.rule import LINE_PX, Box, Canvas, Variant
from studio.slots import Slot

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

_FAR = 1e4  # metres that stand for no limit
_NEAREST = 0.4  # metres before the lens at which a plane is gone
_FRAMED = 0.30  # closeness (see `_closeness`) of a shot up to which a near plane frames it: about a full shot


class _Projection(NamedTuple):
    """How the planes of slots land on the picture, (slots, n) each: px a unit, column and row of the origin; for
    a ground also how columns run with depth, px a unit downwards, and the term of perspective."""

    scale: Floats
    left: Floats
    top: Floats
    shear: Floats
    fall: Floats
    lean: Floats


class _Groups(NamedTuple):
    """Spans of slots whose drawings are minted alike. of: (slots, n) the group of each frame, -1 where nothing
    is seen. slot, scale, seen: of each group its slot, its px a unit, the part of its plane that is seen."""

    of: Ints
    slot: list[int]
    scale: list[float]
    seen: Floats  # (groups, 4): left, bottom, right, top


class Projector:
    """Projects slots through the camera's path; finds for each drawing how large it must be minted.

    All slots and frames go through each step at once: a scene has a hundred drawings, and arrays of one
    drawing's few frames would cost more in calls than in arithmetic.
    """

    def __init__(self, path: Path, width: int, height: int) -> None:
        self.path, self.width, self.height = path, width, height
        self.n = len(path.x)
        self.spans = path.spans
        self._sides = self._seen_of_picture()
        self.recipes: list[Recipe] = []
        self._numbers: dict[bytes, int] = {}

    def rows(self, slots: Sequence[Slot]) -> Rows:
        view = np.rint(np.column_stack([self.path.centre * 16, self.path.smear * self.height])).astype(np.int32)
        if not slots:
            empty = np.zeros((self.n, 1, len(FIELDS)), np.int32)
            empty[:, :, 0] = EMPTY
            return Rows(empty, view, [], list(self.path.cuts))
        fields = self._placed(slots).transpose(1, 0, 2)
        hidden = fields[:, :, 0] == EMPTY
        order = np.stack([slot.order for slot in slots], 1)
        order[hidden] = -np.inf  # empty slots last
        most = max(int((~hidden).sum(1).max()), 1)
        sequence = np.argsort(-order, axis=1, kind="stable")[:, :most]
        rows = np.take_along_axis(fields, sequence[:, :, None], axis=1)
        return Rows(np.ascontiguousarray(rows), view, self.recipes, list(self.path.cuts))

    def _placed(self, slots: Sequence[Slot]) -> Ints:
        """(slots, n, fields)."""
        through = self._projection(slots)
        opacity, blur = self._opacity(slots), self._blur(slots)
        groups = self._groups(slots, through, opacity, blur)
        fields = np.zeros((len(slots), self.n, len(FIELDS)), np.int32)
        fields[:, :, 0] = EMPTY
        # a pair is a drawing that a group may show: each is looked at once, however many frames show it
        codes = np.stack([slot.codes for slot in slots])
        many = int(codes.max(initial=0)) + 1
        entries = np.flatnonzero(groups.of.ravel() >= 0)
        names = groups.of.ravel()[entries].astype(np.int64) * many + codes.ravel()[entries]
        there = np.zeros(max(len(groups.slot), 1) * many, np.bool_)
        there[names] = True
        pairs = [divmod(name, many) for name in np.flatnonzero(there).tolist()]
        canvases, fits = self._canvases(slots, groups, pairs)
        of = (np.cumsum(there) - 1)[names]
        entries, of = entries[fits[of]], of[fits[of]]
        upright = _matrix(slots, entries, canvases[of], np.array(groups.scale)[[g for g, _ in pairs]][of], through)
        matrix = self._on_grids(self._leant(upright, np.array([s.kind != "card" for s in slots]), entries))
        flies = np.array([slot.ticks is not None for slot in slots])[entries // self.n]
        shown = _meets(matrix, canvases[of], self.width, self.height) | flies
        entries, of, matrix = entries[shown], of[shown], matrix[shown]
        numbers = np.zeros(len(pairs), np.int32)
        for pair in np.flatnonzero(np.bincount(of, minlength=len(pairs))).tolist():
            group, code = pairs[pair]
            slot, (left, top, width, height) = slots[groups.slot[group]], canvases[pair].tolist()
            canvas = Canvas(left, top, width, height, groups.scale[group])
            numbers[pair] = self._number(slot, slot.variants[code], canvas)
        flat = fields.reshape(-1, len(FIELDS))
        flat[entries, 0] = numbers[of]
        flat[entries, 1:8] = matrix
        flat[entries, 8], flat[entries, 10] = opacity.ravel()[entries], blur.ravel()[entries]
        flat[entries, 9] = np.array([slot.blend for slot in slots], np.int32)[entries // self.n]
        none = np.zeros(self.n, np.int32)
        ticks = np.stack([none if slot.ticks is None else slot.ticks for slot in slots])
        flat[entries, 11] = ticks.ravel()[entries]
        return fields

    def _seen_of_picture(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Left, right, top and bottom (px) of what is seen at each frame of a picture that neither leans nor sways."""
        turn = np.radians(self.path.roll)
        cos, sin = np.abs(np.cos(turn)), np.abs(np.sin(turn))
        half = 0.5 * np.stack([self.width * cos + self.height * sin, self.height * cos + self.width * sin])
        sway = self.path.sway.T * self.height
        cos, sin = np.cos(turn), np.sin(turn)
        middle = np.stack([cos * sway[0] + sin * sway[1], cos * sway[1] - sin * sway[0]])
        low = np.array([[self.width / 2], [self.height / 2]]) - middle - half
        high = low + 2 * half
        return low[0], high[0], low[1], high[1]

    def _leant(self, matrix: Floats, leans: NDArray[np.bool_], entries: NDArray[np.intp]) -> Floats:
        """(k, 7) matrices as they are when the camera leans over about the picture's middle, and sways."""
        frame = entries % self.n
        turn = np.where(leans[entries // self.n], np.radians(self.path.roll[frame]), 0.0)
        sway = np.where(leans[entries // self.n, None], self.path.sway[frame] * self.height, 0.0)
        if not turn.any() and not sway.any():
            return matrix
        cos, sin = np.cos(turn), np.sin(turn)
        x, y = (self.width - 1) / 2, (self.height - 1) / 2
        right, down = x - cos * x + sin * y + sway[:, 0], y - sin * x - cos * y + sway[:, 1]
        a, b, tx, c, d, ty, p = matrix.T
        terms = [cos * a - sin * c, cos * b - sin * d + p * right, cos * tx - sin * ty + right]
        terms += [sin * a + cos * c, sin * b + cos * d + p * down, sin * tx + cos * ty + down, p]
        return np.stack(terms, 1)

    @staticmethod
    def _on_grids(matrix: Floats) -> Ints:
        grids = np.array([SCALE_GRID, SCALE_GRID, SHIFT_GRID, SCALE_GRID, SCALE_GRID, SHIFT_GRID, PERSPECTIVE_GRID])
        return np.asarray(np.clip(np.rint(matrix * grids), -(2**31) + 1, 2**31 - 1).astype(np.int32))

    def _projection(self, slots: Sequence[Slot]) -> _Projection:
        camera, height, width = self.path, self.height, self.width
        x, y, z = (np.stack([getattr(slot, axis) for slot in slots]) for axis in "xyz")
        scale = 2 * height * camera.zoom / np.maximum(z - camera.z, _NEAREST)
        left, top = width / 2 + scale * (x - camera.x), HORIZON * height - scale * (y - camera.y)
        shear, lean = np.zeros_like(scale), np.zeros_like(scale)
        fall = scale.copy()
        for number, slot in enumerate(slots):
            if slot.kind == "card":
                scale[number] = fall[number] = height
                left[number], top[number] = width / 2, height / 2
            elif slot.kind == "ground":
                size = camera.zoom * height
                scale[number], left[number], top[number] = size, width / 2, HORIZON * height
                shear[number], fall[number] = size * camera.x / HOME_HEIGHT, size * camera.y / HOME_HEIGHT
                lean[number] = -camera.z / (2 * HOME_HEIGHT)
            elif slot.kind == "near":
                scale[number], left[number], top[number] = self._framing(slot)
                fall[number] = scale[number]
            elif slot.kind == "air":
                scale[number], left[number], top[number] = self._airborne(slot)
                fall[number] = scale[number]
        return _Projection(scale, left, top, shear, fall, lean)

    def _framing(self, slot: Slot) -> tuple[Floats, Floats, Floats]:
        """(scale, left, top): a near plane frames the widest moment of each shot. From there it grows with the
        picture, and slides against the camera by a part of its way: as it would stand in the world, its piers
        would cross the shot."""
        camera, height, width = self.path, self.height, self.width
        closeness = self._closeness()
        widest = np.repeat([a + int(closeness[a:b].argmin()) for a, b in self.spans], [b - a for a, b in self.spans])
        grown = (closeness / closeness[widest]) ** 0.9
        # its edges must stay out of a picture that leans or sways
        sizes = (width, width, height, height)
        seen = [2 * np.abs(side / size - 0.5) for side, size in zip(self._sides, sizes, strict=True)]
        most = np.maximum.reduceat(np.maximum.reduce(seen), [a for a, _ in self.spans])
        grown = grown * np.repeat(most, [b - a for a, b in self.spans])
        scale = 2 * height / slot.z * grown
        slide = 0.25 * 2 * height * closeness * (camera.x - camera.x[widest])
        left = width / 2 - np.clip(slide, -0.1 * width * grown, 0.1 * width * grown)
        return scale, left, HORIZON * height + scale * HOME_HEIGHT

    def _airborne(self, slot: Slot) -> tuple[Floats, Floats, Floats]:
        """(scale, left, top): the air is as large as the picture when a shot begins, whatever its framing; from there
        it moves as what is that far away."""
        camera, height, starts = self.path, self.height, self.path.starts
        distance = slot.z - camera.z[starts]
        metre = 2 * height * camera.zoom / np.maximum(slot.z - camera.z, 0.3 * distance)
        scale = np.maximum(height * metre / metre[starts], 0.75 * height)
        left = self.width / 2 - metre * (camera.x - camera.x[starts])
        top = height / 2 + metre * (camera.y - camera.y[starts])
        if slot.period:
            # two banks side by side, the first of which begins a half to one and a half periods left of the middle
            gone = ((left - self.width / 2) / scale + slot.x) % slot.period
            left = self.width / 2 + scale * (gone + slot.period * (slot.copy - 1.5))
        return scale, left, top

    def _closeness(self) -> Floats:
        """Picture heights a metre, halved, where the picture is sharp."""
        return np.asarray(self.path.zoom / np.maximum(self.path.depth - self.path.z, _NEAREST))

    def _opacity(self, slots: Sequence[Slot]) -> Ints:
        """Opacity, 0 where the camera has passed the plane, or the whole shot is too close for a frame before it."""
        upright = np.array([slot.kind == "upright" for slot in slots])
        passed = (np.stack([slot.z for slot in slots]) - self.path.z <= _NEAREST) & upright[:, None]
        opacity = np.where(passed, 0, np.stack([slot.opacity for slot in slots])).astype(np.int32)
        near = [number for number, slot in enumerate(slots) if slot.kind == "near"]
        if near:
            closest = [float(self._closeness()[a:b].min()) for a, b in self.spans]
            is_close = np.repeat([c > _FRAMED for c in closest], [b - a for a, b in self.spans])
            opacity[near] = np.where(is_close, 0, opacity[near])
        return opacity

    def _groups(self, slots: Sequence[Slot], through: _Projection, opacity: Ints, blur: Ints) -> _Groups:
        """Spans of the scene grouped by the scale (px a unit) at which a slot's drawings are minted for them."""
        starts = np.array([a for a, _ in self.spans])
        seen = opacity > 0
        ever = np.logical_or.reduceat(seen, starts, axis=1)
        most = np.maximum.reduceat(np.where(seen, through.scale, 0.0), starts, axis=1)
        least = np.minimum.reduceat(np.where(seen, blur, 1 << 30), starts, axis=1)
        of_span = np.full(ever.shape, -1, np.int32)
        numbers: dict[tuple[int, float], int] = {}
        for number, span in np.argwhere(ever).tolist():
            wanted = self._wanted(slots[number], float(most[number, span]), int(least[number, span]))
            of_span[number, span] = numbers.setdefault((number, round(wanted, 6)), len(numbers))
        of = np.where(seen, np.repeat(of_span, [b - a for a, b in self.spans], axis=1), -1)
        return _Groups(
            of, [slot for slot, _ in numbers], [scale for _, scale in numbers], self._seen(slots, of, of_span, through)
        )

    def _wanted(self, slot: Slot, most: float, blur: int) -> float:
        """Pixels a unit at which a drawing is minted that is shown at `most` and at least so much out of focus."""
        if slot.kind in ("card", "near"):
            return float(self.height) * (1 if slot.kind == "card" else 2 / float(slot.z[0]))
        if slot.kind == "air":
            return float(self.height) / (4 if slot.period else 1)
        if slot.kind == "ground":
            most *= 1.25  # the foreground is nearer than the home view says
        fine = 4 if slot.role in ("figure", "face", "prop") else 2
        wanted = float(2 ** (np.ceil(np.log2(most) * fine - 1e-6) / fine))
        # what is out of focus needs no fine drawing
        return wanted / 2 if blur >= max(3, self.height // 240) else wanted

    def _seen(self, slots: Sequence[Slot], of: Ints, of_span: Ints, through: _Projection) -> Floats:
        """(groups, 4): the part of a drawing's plane that the picture can show over the frames of a group."""
        count = int(of_span.max(initial=-1)) + 1
        out = np.tile([np.inf, np.inf, -np.inf, -np.inf], (count, 1))
        turned = np.zeros(count)
        starts = np.array([a for a, _ in self.spans])
        west, east, north, south = self._sides
        sides = (
            (west - through.left) / through.scale,
            (through.top - south) / through.scale,
            (east - through.left) / through.scale,
            (through.top - north) / through.scale,
        )
        number, span = np.nonzero(of_span >= 0)
        group = of_span[number, span]
        for side, values in enumerate(sides):
            extreme, none = (np.minimum, np.inf) if side < 2 else (np.maximum, -np.inf)
            ends = extreme.reduceat(np.where(of >= 0, values, none), starts, axis=1)
            extreme.at(out[:, side], group, ends[number, span])
        turns = np.abs(np.stack([slot.turn for slot in slots]))
        ends = np.maximum.reduceat(np.where(of >= 0, turns, 0.0), starts, axis=1)
        np.maximum.at(turned, group, ends[number, span])
        slot_of = dict(zip(group.tolist(), number.tolist(), strict=True))
        for g in range(count):
            slot = slots[slot_of[g]]
            if slot.kind == "air":
                out[g] = [-_FAR, -_FAR, _FAR, _FAR]
            elif slot.kind == "ground":
                out[g] = self._seen_ground(slot, of[slot_of[g]] == g)
            elif turned[g] > 0.01:
                # of a long thing that turns all may be seen
                slack = _FAR if slot.role == "prop" else 0.35 * max(out[g, 2] - out[g, 0], 0.4)
                out[g] += np.array([-slack, -slack, slack, slack])
        return out

    def _seen_ground(self, slot: Slot, here: NDArray[np.bool_]) -> Box:
        camera = self.path
        x, y, z, zoom = camera.x[here], camera.y[here], camera.z[here], camera.zoom[here]
        sides_of = self._sides
        lowest = sides_of[3][here] / self.height - HORIZON
        reach = lowest * 2 * HOME_HEIGHT / (2 * zoom * y + lowest * z)  # how far down is seen
        deepest = float(np.minimum(np.where(reach > 0, reach, 3.0), 3.0).max())
        edges = [(side[here] - self.width / 2) / self.height for side in sides_of[:2]]
        sides = [
            (edge * (2 * HOME_HEIGHT - z * down) / zoom + 2 * x * down) / (2 * HOME_HEIGHT)
            for edge in edges
            for down in (0.0, deepest)
        ]
        gx, gy = slot.foot
        return Box(min(float(s.min()) for s in sides) - gx, gy - deepest, max(float(s.max()) for s in sides) - gx, gy)

    def _canvases(
        self, slots: Sequence[Slot], groups: _Groups, pairs: Sequence[tuple[int, int]]
    ) -> tuple[Ints, NDArray[np.bool_]]:
        """(pairs, 4) left, top, width, height in whole pixels: the declared box, cut to what is seen, grown outwards
        to a coarse grid; and whether anything is left."""
        boxes = []
        for group, code in pairs:
            slot = slots[groups.slot[group]]
            boxes.append(slot.box(slot.variants[code]))
        declared, which = np.array(boxes).reshape(-1, 4), [group for group, _ in pairs]
        seen, scale = groups.seen[which], np.array(groups.scale)[which, None]
        grid = max(self.height // 4, 8)
        lows, highs = np.stack([seen[:, 0], -seen[:, 3]], 1) * scale, np.stack([seen[:, 2], -seen[:, 1]], 1) * scale
        lows, highs = np.floor(np.clip(lows, -1e8, 1e8) / grid) * grid, np.ceil(np.clip(highs, -1e8, 1e8) / grid) * grid
        box_low = np.floor(np.stack([declared[:, 0], -declared[:, 3]], 1) * scale) - LINE_PX
        box_high = np.ceil(np.stack([declared[:, 2], -declared[:, 1]], 1) * scale) + LINE_PX
        low, high = np.maximum(lows, box_low).astype(np.int32), np.minimum(highs, box_high).astype(np.int32)
        return np.concatenate([low, high - low], 1), (high > low).all(1)

    def _blur(self, slots: Sequence[Slot]) -> Ints:
        """Pixels (sigma) by which planes are out of focus."""
        depth = np.maximum(np.stack([slot.z for slot in slots]) - self.path.z, _NEAREST)
        sharp = np.maximum(self.path.focus - self.path.z, _NEAREST)
        circle = 7.5 * self.path.aperture * self.path.zoom * np.abs(1 / sharp - 1 / depth) * self.height / 1080
        circle[[slot.kind != "upright" or slot.blend == ADD for slot in slots]] = 0
        return np.where(
            circle >= 0.75, np.minimum(np.rint(circle), 16 * np.maximum(self.path.aperture, 1) * self.height / 1080), 0
        ).astype(np.int32)

    def _number(self, slot: Slot, variant: Variant, canvas: Canvas) -> int:
        words, motion = words_of(slot.target, slot.said, variant, canvas, slot.seed)
        name = words + slot.target.encode()
        if name not in self._numbers:
            self._numbers[name] = len(self.recipes)
            kind = (slot.target, slot.role, slot.rule, slot.params)
            self.recipes.append(Recipe(*kind, variant, canvas, slot.seed, slot.styles, words, motion))
        return self._numbers[name]


def _matrix(slots: Sequence[Slot], entries: NDArray[np.intp], canvas: Ints, s: Floats, through: _Projection) -> Floats:
    """(k, 7): a, b, tx, c, d, ty, p: from a canvas's pixels to the picture's.

    entries: places in (slots, n); canvas, s: of each. column = (a i + b j + tx) / (p j + 1),
    row = (c i + d j + ty) / (p j + 1); indices of pixel centres.
    """
    foot = np.array([slot.foot for slot in slots])[entries // len(slots[0].turn)]
    i0, j0 = (canvas[:, 0] + 0.5) / s + foot[:, 0], (canvas[:, 1] + 0.5) / s + foot[:, 1]
    turn = np.radians(np.stack([slot.turn for slot in slots]).ravel()[entries])
    stretch = np.stack([slot.stretch for slot in slots]).ravel()[entries]
    scale, left, top, shear, fall, lean = (values.ravel()[entries] for values in through)
    cos, sin = np.cos(turn), np.sin(turn)
    xx, xy = scale * cos, -scale * stretch * sin - shear
    yx, yy = scale * sin, fall * stretch * cos
    # the picture's origin is multiplied through, and half a pixel taken off, in the denominator's terms
    left, top = left - 0.5, top - 0.5
    start = 1 + lean * j0
    tx = (xx * i0 + xy * j0 + left * start) / start
    ty = (yx * i0 + yy * j0 + top * start) / start
    terms = [
        xx / s / start,
        (xy + left * lean) / s / start,
        tx,
        yx / s / start,
        (yy + top * lean) / s / start,
        ty,
        lean / s / start,
    ]
    return np.stack(terms, 1)


def _meets(matrix: Ints, canvas: Ints, width: int, height: int) -> NDArray[np.bool_]:
    """Whether each canvas comes to lie on the picture."""
    m = matrix.T.astype(np.float64)
    a, b, c, d = (term / SCALE_GRID for term in (m[0], m[1], m[3], m[4]))
    tx, ty, p = m[2] / SHIFT_GRID, m[5] / SHIFT_GRID, m[6] / PERSPECTIVE_GRID
    columns, rows = [], []
    for j in (0, canvas[:, 3]):
        depth = np.maximum(p * j + 1, 1e-3)
        for i in (0, canvas[:, 2]):
            columns.append((a * i + b * j + tx) / depth)
            rows.append((c * i + d * j + ty) / depth)
    right, left = np.maximum.reduce(columns), np.minimum.reduce(columns)
    bottom, top = np.maximum.reduce(rows), np.minimum.reduce(rows)
    return np.asarray((right > -1) & (left < width) & (bottom > -1) & (top < height))

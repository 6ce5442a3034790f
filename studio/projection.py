"""From metres to pixels: slots seen through the camera's path become rows.

Finds for each drawing how large it must be minted, and where it comes to lie at each frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.camera import HOME_HEIGHT, HORIZON, Path
from studio.rows import (
    EMPTY,
    FIELDS,
    PERSPECTIVE_GRID,
    SCALE_GRID,
    SHIFT_GRID,
    Recipe,
    Rows,
    runs_of,
    worded,
    words_of,
)
from studio.rule import LINE_PX, Canvas
from studio.slots import Slot, look_no_farther

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


class _Laid(NamedTuple):
    """What slots say of frames, (slots, n) each; named as in `Slot`."""

    codes: Ints
    x: Floats
    y: Floats
    z: Floats
    order: Floats
    opacity: Ints
    turn: Floats
    stretch: Floats


def rows_through(path: Path, slots: Sequence[Slot], width: int, height: int) -> Rows:
    """Slots as they are seen through the camera's path, in a picture of that size."""
    view = np.rint(path.centre * 16).astype(np.int32)
    if not slots:
        empty = np.zeros((len(path.x), 1, len(FIELDS)), np.int32)
        empty[:, :, 0] = EMPTY
        return Rows(empty, view, [], list(path.cuts))
    laid = _laid(slots)
    shot = np.searchsorted(path.cuts, np.arange(len(path.x)), side="right")
    moving = (path.x, path.y, path.z, path.zoom, path.focus)
    first, run = runs_of(shot, *moving, *(values.T for values in laid))
    still = _Laid(**{name: values[:, first] for name, values in laid._asdict().items()})
    seen = _Projector(_at(path, first), slots, still, width, height)
    return Rows(seen.rows()[run], view, seen.recipes, list(path.cuts))


def _laid(slots: Sequence[Slot]) -> _Laid:
    columns = {name: np.concatenate([getattr(slot, name) for slot in slots]) for name in _Laid._fields}
    return _Laid(**{name: values.reshape(len(slots), -1) for name, values in columns.items()})


def _at(path: Path, first: NDArray[np.intp]) -> Path:
    """A path at some of its frames, cuts among them."""
    x, y, z, zoom, focus, centre = (
        values[first] for values in (path.x, path.y, path.z, path.zoom, path.focus, path.centre)
    )
    return Path(x, y, z, zoom, focus, centre, np.searchsorted(first, path.cuts).tolist())


class _Projector:
    """Projects slots through the camera's path; finds for each drawing how large it must be minted.

    All slots and frames go through each step at once: a scene has a hundred drawings, and arrays of one
    drawing's few frames would cost more in calls than in arithmetic.
    """

    def __init__(self, path: Path, slots: Sequence[Slot], laid: _Laid, width: int, height: int) -> None:
        self.path, self.slots, self.laid, self.width, self.height = path, slots, laid, width, height
        self.n = len(path.x)
        self.starts = np.array(path.cuts)
        self.lengths = np.diff([*path.cuts, self.n])
        self.spans = list(zip(path.cuts, self.lengths.tolist(), strict=True))
        self.recipes: list[Recipe] = []

    def rows(self) -> Ints:
        """(n, most, fields): slots that show something, from back to front."""
        entries, fields = self._placed()
        slot, frame = np.divmod(entries, self.n)
        hidden = np.ones((self.n, len(self.slots)), np.bool_)
        hidden[frame, slot] = False
        most = max(int(np.bincount(frame, minlength=1).max()), 1)
        # empty slots last
        sequence = np.argsort(np.where(hidden, np.inf, -self.laid.order.T), axis=1, kind="stable")
        rank = np.empty_like(sequence)
        np.put_along_axis(rank, sequence, np.arange(len(self.slots))[None], axis=1)
        rows = np.zeros((self.n, most, len(FIELDS)), np.int32)
        rows[:, :, 0] = EMPTY
        rows[frame, rank[frame, slot]] = fields
        return rows

    def _placed(self) -> tuple[NDArray[np.intp], Ints]:
        """The places in (slots, n) at which a drawing is shown, and its fields."""
        through = self._projection()
        opacity, blur = self._opacity(), self._blur()
        groups = self._groups(through, opacity, blur)
        # a pair is a drawing that a group may show: each is looked at once, however many frames show it
        many = int(self.laid.codes.max(initial=0)) + 1
        entries = np.flatnonzero(groups.of >= 0)
        names = groups.of.ravel()[entries].astype(np.int64) * many + self.laid.codes.ravel()[entries]
        there = np.zeros(max(len(groups.slot), 1) * many, np.bool_)
        there[names] = True
        pairs = [divmod(name, many) for name in np.flatnonzero(there).tolist()]
        wordings = self._wordings(groups, pairs)
        look_no_farther(self.slots, groups.slot, groups.seen)
        canvases, fits = self._canvases(groups, pairs, wordings)
        of = (np.cumsum(there) - 1)[names]
        entries, of = entries[fits[of]], of[fits[of]]
        scales = np.array(groups.scale)[[group for group, _ in pairs]]
        matrix = self._matrix(entries, canvases[of], scales[of], through)
        shown = _meets(matrix, canvases[of], self.width, self.height)
        entries, of, matrix = entries[shown], of[shown], matrix[:, shown]
        fields = np.empty((len(entries), len(FIELDS)), np.int32)
        used = np.bincount(of, minlength=len(pairs)) > 0
        fields[:, 0] = self._numbers(groups, pairs, wordings, canvases, used)[of]
        fields[:, 1:8] = matrix.T
        fields[:, 8], fields[:, 10] = opacity.ravel()[entries], blur.ravel()[entries]
        fields[:, 9] = np.array([slot.emit for slot in self.slots], np.int32)[entries // self.n]
        return entries, fields

    def _wordings(self, groups: _Groups, pairs: Sequence[tuple[int, int]]) -> list[bytes]:
        """For each pair its variant as it is worded; a drawing has one, however many groups show it."""
        found: dict[tuple[int, int], bytes] = {}
        places = [(groups.slot[group], code) for group, code in pairs]
        for number, code in places:
            if (number, code) not in found:
                found[number, code] = worded(self.slots[number].variants[code])
        return [found[place] for place in places]

    def _numbers(
        self,
        groups: _Groups,
        pairs: Sequence[tuple[int, int]],
        wordings: Sequence[bytes],
        canvases: Ints,
        used: NDArray[np.bool_],
    ) -> Ints:
        """For each pair that is used the number of its recipe."""
        numbers = np.zeros(len(pairs), np.int32)
        known: dict[tuple[int, bytes], int] = {}  # two codes may stand for one drawing
        places = canvases.tolist()
        for pair in np.flatnonzero(used).tolist():
            group, code = pairs[pair]
            slot, wording = self.slots[groups.slot[group]], wordings[pair]
            found = known.get((group, wording))
            if found is None:
                found = known[group, wording] = len(self.recipes)
                left, top, wide, high = places[pair]
                canvas = Canvas(left, top, wide, high, groups.scale[group])
                words, motion = words_of(slot.target, slot.said, wording, canvas, slot.seed)
                kind = (slot.target, slot.role, slot.rule, slot.params, slot.variants[code])
                asset = str(slot.picture.path) if slot.picture is not None else ""
                self.recipes.append(Recipe(*kind, canvas, slot.seed, slot.styles, words, asset, motion))
            numbers[pair] = found
        return numbers

    def _projection(self) -> _Projection:
        camera, height, width = self.path, self.height, self.width
        x, y, z = self.laid.x, self.laid.y, self.laid.z
        scale = 2 * height * camera.zoom / np.maximum(z - camera.z, _NEAREST)
        left, top = width / 2 + scale * (x - camera.x), HORIZON * height - scale * (y - camera.y)
        shear, lean = np.zeros_like(scale), np.zeros_like(scale)
        fall = scale.copy()
        for number, slot in enumerate(self.slots):
            if slot.kind == "card":
                scale[number] = fall[number] = height
                left[number] = width / 2 + height * x[number]
                top[number] = height / 2 - height * y[number]
            elif slot.kind == "ground":
                size = camera.zoom * height
                scale[number], left[number], top[number] = size, width / 2, HORIZON * height
                shear[number], fall[number] = size * camera.x / HOME_HEIGHT, size * camera.y / HOME_HEIGHT
                lean[number] = -camera.z / (2 * HOME_HEIGHT)
            elif slot.kind == "near":
                scale[number], left[number], top[number] = self._framing(number)
                fall[number] = scale[number]
        return _Projection(scale, left, top, shear, fall, lean)

    def _framing(self, number: int) -> tuple[Floats, Floats, Floats]:
        """(scale, left, top): a near plane frames the widest moment of each shot. From there it grows with the
        picture, and slides against the camera by a part of its way: as it would stand in the world, its piers
        would cross the shot."""
        camera, height, width = self.path, self.height, self.width
        closeness = self._closeness()
        widest = np.repeat([a + int(closeness[a : a + n].argmin()) for a, n in self.spans], self.lengths)
        grown = (closeness / closeness[widest]) ** 0.9
        scale = 2 * height / self.laid.z[number] * grown
        slide = 0.25 * 2 * height * closeness * (camera.x - camera.x[widest])
        left = width / 2 - np.clip(slide, -0.1 * width * grown, 0.1 * width * grown)
        return scale, left, HORIZON * height + scale * HOME_HEIGHT

    def _closeness(self) -> Floats:
        """Picture heights a metre, halved, where the picture is sharp."""
        return np.asarray(self.path.zoom / np.maximum(self.path.focus - self.path.z, _NEAREST))

    def _opacity(self) -> Ints:
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

    def _groups(self, through: _Projection, opacity: Ints, blur: Ints) -> _Groups:
        """Spans of the scene grouped by the scale (px a unit) at which a slot's drawings are minted for them."""
        seen = opacity > 0
        ever = np.logical_or.reduceat(seen, self.starts, axis=1)
        most = np.maximum.reduceat(np.where(seen, through.scale, 0.0), self.starts, axis=1)
        least = np.minimum.reduceat(np.where(seen, blur, 1 << 30), self.starts, axis=1)
        of_span = np.full(ever.shape, -1, np.int32)
        numbers: dict[tuple[int, float], int] = {}
        places = np.nonzero(ever)
        wanted = self._wanted(places[0], most[places], least[places])
        for number, span, scale in zip(*(column.tolist() for column in (*places, wanted)), strict=True):
            of_span[number, span] = numbers.setdefault((number, round(scale, 6)), len(numbers))
        of = np.where(seen, np.repeat(of_span, self.lengths, axis=1), -1)
        return _Groups(
            of, [slot for slot, _ in numbers], [scale for _, scale in numbers], self._seen(of, of_span, through)
        )

    def _wanted(self, slots: NDArray[np.intp], most: Floats, blur: Ints) -> Floats:
        """Pixels a unit at which drawings of slots are minted that are shown at `most` and at least so much out of
        focus."""
        here = [self.slots[number] for number in slots.tolist()]
        # the foreground of a ground is nearer than the home view says
        most = most * np.array([1.25 if slot.kind == "ground" else 1.0 for slot in here])
        fine = np.array([4 if slot.role in ("figure", "face", "prop") else 2 for slot in here])
        steps = np.ceil(np.log2(most) * fine - 1e-6) / fine
        # what is out of focus needs no fine drawing
        wanted = np.array([2.0**step for step in steps.tolist()]) / np.where(blur >= max(3, self.height // 240), 2, 1)
        for n, slot in enumerate(here):
            if slot.kind in ("card", "near"):
                wanted[n] = self.height * (1 if slot.kind == "card" else 2 / float(slot.z[0]))
        return wanted

    def _seen(self, of: Ints, of_span: Ints, through: _Projection) -> Floats:
        """(groups, 4): the part of a drawing's plane that the picture can show over the frames of a group."""
        count = int(of_span.max(initial=-1)) + 1
        out = np.tile([np.inf, np.inf, -np.inf, -np.inf], (count, 1))
        turned = np.zeros(count)
        s = self.laid.stretch
        edges = (-through.left, through.top - self.height, self.width - through.left, through.top)
        sides = [edge / through.scale * by for edge, by in zip(edges, (s, 1 / s, s, 1 / s), strict=True)]
        number, span = np.nonzero(of_span >= 0)
        group, is_seen = of_span[number, span], of >= 0
        for side, values in enumerate(sides):
            extreme, none = (np.minimum, np.inf) if side < 2 else (np.maximum, -np.inf)
            ends = extreme.reduceat(np.where(is_seen, values, none), self.starts, axis=1)
            extreme.at(out[:, side], group, ends[number, span])
        turns = np.where(is_seen, np.abs(self.laid.turn), 0.0)
        np.maximum.at(turned, group, np.maximum.reduceat(turns, self.starts, axis=1)[number, span])
        slot_of = np.zeros(count, np.intp)
        slot_of[group] = number
        is_long, is_ground = (
            np.array([getattr(slot, name) == value for slot in self.slots])[slot_of]
            for name, value in (("role", "prop"), ("kind", "ground"))
        )
        # of a long thing that turns all may be seen
        slack = np.where(is_long, _FAR, 0.35 * np.maximum(out[:, 2] - out[:, 0], 0.4)) * (turned > 0.01)
        out += slack[:, None] * np.array([-1, -1, 1, 1])
        if is_ground.any():
            out[is_ground] = self._seen_ground(of, slot_of)[is_ground]
        return out

    def _seen_ground(self, of: Ints, slot_of: NDArray[np.intp]) -> Floats:
        """`_seen` of those groups whose slots lie on the ground."""
        camera, half = self.path, self.width / 2 / self.height
        here = of[[slot.kind == "ground" for slot in self.slots]]
        lying, frame = np.nonzero(here >= 0)
        group = here[lying, frame]
        x, y, z, zoom = (value[frame] for value in (camera.x, camera.y, camera.z, camera.zoom))
        reach = (1 - HORIZON) * 2 * HOME_HEIGHT / (2 * zoom * y + (1 - HORIZON) * z)  # how far down is seen
        deepest = np.full(len(slot_of), -np.inf)
        np.maximum.at(deepest, group, np.minimum(np.where(reach > 0, reach, 3.0), 3.0))
        left, right = np.full(len(slot_of), np.inf), np.full(len(slot_of), -np.inf)
        for sign in (-1, 1):
            for down in (np.zeros(len(group)), deepest[group]):
                side = (sign * half * (2 * HOME_HEIGHT - z * down) / zoom + 2 * x * down) / (2 * HOME_HEIGHT)
                np.minimum.at(left, group, side)
                np.maximum.at(right, group, side)
        gx, gy = np.array([slot.foot for slot in self.slots])[slot_of].T
        return np.stack([left - gx, gy - deepest, right - gx, gy], 1)

    def _canvases(
        self, groups: _Groups, pairs: Sequence[tuple[int, int]], wordings: Sequence[bytes]
    ) -> tuple[Ints, NDArray[np.bool_]]:
        """(pairs, 4) left, top, width, height in whole pixels: the declared box, cut to what is seen, grown outwards
        to a coarse grid; and whether anything is left."""
        which = [group for group, _ in pairs]
        boxes = [self.slots[groups.slot[group]].box(wording) for group, wording in zip(which, wordings, strict=True)]
        declared = np.array(boxes).reshape(-1, 4)
        seen, scale = groups.seen[which], np.array(groups.scale)[which, None]
        grid = max(self.height // 4, 8)
        lows, highs = np.stack([seen[:, 0], -seen[:, 3]], 1) * scale, np.stack([seen[:, 2], -seen[:, 1]], 1) * scale
        lows, highs = np.floor(np.clip(lows, -1e8, 1e8) / grid) * grid, np.ceil(np.clip(highs, -1e8, 1e8) / grid) * grid
        box_low = np.floor(np.stack([declared[:, 0], -declared[:, 3]], 1) * scale) - LINE_PX
        box_high = np.ceil(np.stack([declared[:, 2], -declared[:, 1]], 1) * scale) + LINE_PX
        low, high = np.maximum(lows, box_low).astype(np.int32), np.minimum(highs, box_high).astype(np.int32)
        return np.concatenate([low, high - low], 1), (high > low).all(1)

    def _blur(self) -> Ints:
        """Pixels (sigma) by which planes are out of focus."""
        depth = np.maximum(self.laid.z - self.path.z, _NEAREST)
        sharp = np.maximum(self.path.focus - self.path.z, _NEAREST)
        circle = 7.5 * self.path.zoom * np.abs(1 / sharp - 1 / depth) * self.height / 1080
        circle[[slot.kind != "upright" or slot.emit for slot in self.slots]] = 0
        return np.where(circle >= 0.75, np.minimum(np.rint(circle), 16 * self.height / 1080), 0).astype(np.int32)

    def _matrix(self, entries: NDArray[np.intp], canvas: Ints, s: Floats, through: _Projection) -> Ints:
        """(7, k): a, b, tx, c, d, ty, p on their grids: from a canvas's pixels to the picture's.

        entries: places in (slots, n); canvas, s: of each. column = (a i + b j + tx) / (p j + 1),
        row = (c i + d j + ty) / (p j + 1); indices of pixel centres.
        """
        foot = np.array([slot.foot for slot in self.slots])[entries // self.n]
        i0, j0 = (canvas[:, 0] + 0.5) / s + foot[:, 0], (canvas[:, 1] + 0.5) / s + foot[:, 1]
        turn, stretch = np.radians(self.laid.turn.ravel()[entries]), self.laid.stretch.ravel()[entries]
        scale, left, top, shear, fall, lean = (values.ravel()[entries] for values in through)
        cos, sin = np.cos(turn), np.sin(turn)
        # what is stretched upwards grows narrower: its area stays
        xx, xy = scale / stretch * cos, -scale * stretch * sin - shear
        yx, yy = scale / stretch * sin, fall * stretch * cos
        # the picture's origin is multiplied through, and half a pixel taken off, in the denominator's terms
        left, top = left - 0.5, top - 0.5
        start = 1 + lean * j0
        terms = np.stack(
            [
                xx / s / start,
                (xy + left * lean) / s / start,
                (xx * i0 + xy * j0 + left * start) / start,
                yx / s / start,
                (yy + top * lean) / s / start,
                (yx * i0 + yy * j0 + top * start) / start,
                lean / s / start,
            ]
        )
        grids = [SCALE_GRID, SCALE_GRID, SHIFT_GRID, SCALE_GRID, SCALE_GRID, SHIFT_GRID, PERSPECTIVE_GRID]
        np.rint(terms * np.array(grids)[:, None], out=terms)
        return np.asarray(np.clip(terms, -(2**31) + 1, 2**31 - 1, out=terms).astype(np.int32))


def _meets(matrix: Ints, canvas: Ints, width: int, height: int) -> NDArray[np.bool_]:
    """Whether each canvas comes to lie on the picture."""
    a, b, c, d = (matrix[term] / SCALE_GRID for term in (0, 1, 3, 4))
    tx, ty, p = matrix[2] / SHIFT_GRID, matrix[5] / SHIFT_GRID, matrix[6] / PERSPECTIVE_GRID
    columns, rows = [], []
    for j in (0, canvas[:, 3]):
        depth = np.maximum(p * j + 1, 1e-3)
        for i in (0, canvas[:, 2]):
            columns.append((a * i + b * j + tx) / depth)
            rows.append((c * i + d * j + ty) / depth)
    right, left = np.maximum.reduce(columns), np.minimum.reduce(columns)
    bottom, top = np.maximum.reduce(rows), np.minimum.reduce(rows)
    return np.asarray((right > -1) & (left < width) & (bottom > -1) & (top < height))

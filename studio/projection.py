"""From metres to pixels: slots seen through the camera's path become rows.

Finds for each drawing how large it must be minted, and where it comes to lie at each frame.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules import _ground_focus
from studio.camera import HOME_HEIGHT, HORIZON, Path
from studio.lens import Laid, Lens, Through, laid, ridden
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


class _Groups(NamedTuple):
    """Spans of slots whose drawings are minted alike. of: (slots, n) the group of each frame, -1 where nothing
    is seen. slot, scale, seen: of each group its slot, its px a unit, the part of its plane that is seen."""

    of: Ints
    slot: list[int]
    scale: list[float]
    seen: Floats  # (groups, 4): left, bottom, right, top


def rows_through(path: Path, slots: Sequence[Slot], width: int, height: int) -> Rows:
    """Slots as they are seen through the camera's path, in a picture of that size."""
    view = np.rint(np.column_stack([path.centre * 16, path.smear * height])).astype(np.int32)
    ride = ridden(path, slots, width, height)
    if not slots:
        empty = np.zeros((len(path.x), 1, len(FIELDS)), np.int32)
        empty[:, :, 0] = EMPTY
        return Rows(empty, view, ride, [], list(path.cuts))
    columns = laid(slots)
    shot = np.searchsorted(path.cuts, np.arange(len(path.x)), side="right")
    first, run = runs_of(shot, *_moving(path).values(), *(values.T for values in columns))
    still = Laid(**{name: values[:, first] for name, values in columns._asdict().items()})
    seen = _Projector(Lens(_at(path, first), slots, still, width, height))
    return Rows(seen.rows()[run], view, ride, seen.recipes, list(path.cuts))


def _moving(path: Path) -> dict[str, Floats]:
    """All that a path says of frames and that slots are seen by."""
    apart = ("centre", "smear", "cuts")  # those of the finished picture
    return {field.name: getattr(path, field.name) for field in dataclasses.fields(path) if field.name not in apart}


def _at(path: Path, first: NDArray[np.intp]) -> Path:
    """A path at some of its frames, cuts among them."""
    columns = {name: values[first] for name, values in _moving(path).items()}
    cuts = np.searchsorted(first, path.cuts).tolist()
    return dataclasses.replace(path, **columns, centre=path.centre[first], smear=path.smear[first], cuts=cuts)


class _Projector:
    """Projects slots through the camera's path; finds for each drawing how large it must be minted.

    All slots and frames go through each step at once: a scene has a hundred drawings, and arrays of one
    drawing's few frames would cost more in calls than in arithmetic.
    """

    def __init__(self, lens: Lens) -> None:
        self.lens, self.path, self.slots, self.laid = lens, lens.path, lens.slots, lens.laid
        self.width, self.height, self.starts, self.lengths = lens.width, lens.height, lens.starts, lens.lengths
        self.n = len(self.path.x)
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
        through, opacity, blur = self.lens.through(), self.lens.opacity(), self.lens.blur()
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
        flies = np.array([slot.ticks is not None for slot in self.slots])[entries // self.n]
        shown = _meets(matrix, canvases[of], self.width, self.height) | flies
        entries, of, matrix = entries[shown], of[shown], matrix[:, shown]
        fields = np.empty((len(entries), len(FIELDS)), np.int32)
        used = np.bincount(of, minlength=len(pairs)) > 0
        fields[:, 0] = self._numbers(groups, pairs, wordings, canvases, used)[of]
        fields[:, 1:8] = matrix.T
        fields[:, 8], fields[:, 10] = opacity.ravel()[entries], blur.ravel()[entries]
        fields[:, 9] = np.array([slot.blend for slot in self.slots], np.int32)[entries // self.n]
        slope, line = (values.ravel()[entries] for values in self.lens.lying())
        lying = slope > 0
        here = of[lying]
        fields[lying, 10] = _ground_focus.codes(slope[lying], line[lying] * scales[here] - canvases[here, 1])
        fields[:, 11] = self.laid.ticks.ravel()[entries]
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

    def _groups(self, through: Through, opacity: Ints, blur: Ints) -> _Groups:
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
            elif slot.kind == "air":
                wanted[n] = self.height / (4 if slot.period else 1)
        return wanted

    def _seen(self, of: Ints, of_span: Ints, through: Through) -> Floats:
        """(groups, 4): the part of a drawing's plane that the picture can show over the frames of a group."""
        count = int(of_span.max(initial=-1)) + 1
        out = np.tile([np.inf, np.inf, -np.inf, -np.inf], (count, 1))
        turned = np.zeros(count)
        west, east, north, south = self.lens.sides
        s = self.laid.stretch
        edges = (west - through.left, through.top - south, east - through.left, through.top - north)
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
        is_long, is_ground, is_air = (
            np.array([getattr(slot, name) == value for slot in self.slots])[slot_of]
            for name, value in (("role", "prop"), ("kind", "ground"), ("kind", "air"))
        )
        # of a long thing that turns all may be seen
        slack = np.where(is_long, _FAR, 0.35 * np.maximum(out[:, 2] - out[:, 0], 0.4)) * (turned > 0.01)
        out += slack[:, None] * np.array([-1, -1, 1, 1])
        out[is_air] = [-_FAR, -_FAR, _FAR, _FAR]
        if is_ground.any():
            out[is_ground] = self._seen_ground(of, slot_of)[is_ground]
        return out

    def _seen_ground(self, of: Ints, slot_of: NDArray[np.intp]) -> Floats:
        """`_seen` of those groups whose slots lie on the ground."""
        camera = self.path
        here = of[[slot.kind == "ground" for slot in self.slots]]
        lying, frame = np.nonzero(here >= 0)
        group = here[lying, frame]
        x, y, z, zoom = (value[frame] for value in (camera.x, camera.y, camera.z, camera.zoom))
        west, east, _, south = (side[frame] for side in self.lens.sides)
        lowest = south / self.height - HORIZON
        reach = lowest * 2 * HOME_HEIGHT / (2 * zoom * y + lowest * z)  # how far down is seen
        deepest = np.full(len(slot_of), -np.inf)
        np.maximum.at(deepest, group, np.minimum(np.where(reach > 0, reach, 3.0), 3.0))
        left, right = np.full(len(slot_of), np.inf), np.full(len(slot_of), -np.inf)
        for edge in ((west - self.width / 2) / self.height, (east - self.width / 2) / self.height):
            for down in (np.zeros(len(group)), deepest[group]):
                side = (edge * (2 * HOME_HEIGHT - z * down) / zoom + 2 * x * down) / (2 * HOME_HEIGHT)
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

    def _matrix(self, entries: NDArray[np.intp], canvas: Ints, s: Floats, through: Through) -> Ints:
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
        terms = self.lens.leant(terms, *np.divmod(entries, self.n))
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

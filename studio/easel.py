"""Renders frames in one process: drawings from the store, composed, moved between shots, under their passes.

Keeps drawings that were used last within a budget. What it renders depends on its job alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules import _cuts, _grade, scene
from rules._atmosphere import Air
from rules.scene import Placed, Sheet, Table
from studio.clip import Clip
from studio.dials import GRID, Dials, ticks
from studio.film import NO_IRIS
from studio.footage import frames_of
from studio.keys import Look, Node
from studio.pixels import filled, fitted, laid_over
from studio.rows import SCALE_GRID, SHIFT_GRID
from studio.rule import STILL, Context, Ride
from studio.targets import STRENGTH, Style

U8 = NDArray[np.uint8]
Ints = NDArray[np.int32]

BUDGET = 200_000_000  # bytes of drawings that a process keeps, or if that is more, for each px of the picture:
_OF_A_PX = 64  # a scene's come round in every frame, and are as large as the picture


class Mix(NamedTuple):
    """The looks of a shot that a job needs. shares: (n, looks) of each in a frame; dials: what of passes changes."""

    looks: tuple[Look, ...]
    shares: NDArray[np.float64]
    dials: Dials

    def params(self, style: Style, entry: int) -> Any:
        """The parameters of a pass at a frame."""
        turned = {k: v[entry] / GRID for k, v in self.dials.get(style.target, {}).items() if k != STRENGTH}
        return style.params.model_copy(update=turned) if turned else style.params


@dataclass(frozen=True)
class Slice:
    """The frames of a shot that a job needs. rows, view, ride, frames: one entry a frame; frames: counted from
    the scene's start. air: None of what plays on no stage. tokens: for each look the digest of each drawing in
    `rows`; nodes: how to make it."""

    mix: Mix
    width: int
    height: int
    fps: float
    frames: Ints
    air: Air | None
    rows: Ints
    view: Ints
    ride: Ints
    tokens: tuple[tuple[bytes, ...], ...]
    nodes: tuple[tuple[Node, ...], ...]
    clip: Clip | None = None
    source: Ints | None = None


class Sheets:
    """Drawings by digest, halved and blurred as they are asked for; the least recently used leave."""

    def __init__(self, load: Callable[[bytes], U8]) -> None:
        self._load = load
        self.budget = BUDGET
        self._kept: OrderedDict[tuple[bytes, int, int], Sheet] = OrderedDict()
        self._bytes = 0

    def get(self, token: bytes, halvings: int, sigma: int) -> Sheet:
        name = (token, halvings, sigma)
        if name in self._kept:
            self._kept.move_to_end(name)
            return self._kept[name]
        if sigma:
            sheet = scene.blurred(self.get(token, halvings, 0), sigma)
        elif halvings:
            sheet = scene.halved(self.get(token, halvings - 1, 0))
        else:
            rgba = self._load(token)
            rgba.flags.writeable = False
            sheet = scene.soft_sheet_of(rgba)
        self._kept[name] = sheet
        self._bytes += sheet.nbytes
        while self._bytes > self.budget and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1].nbytes
        return sheet


class Easel:
    """Renders the frames of one job."""

    def __init__(self, slices: Sequence[Slice], sheets: Sheets, *, keeps_alpha: bool = False) -> None:
        self._slices, self._sheets, self._keeps_alpha = slices, sheets, keeps_alpha
        sheets.budget = max([BUDGET, *(_OF_A_PX * shot.width * shot.height for shot in slices)])
        self._tables: dict[tuple[int, int], Table] = {}
        self._clips: dict[int, _Reel] = {}

    def frame(self, at: tuple[int, int], other: tuple[int, int], mix: Sequence[int], iris: Sequence[int]) -> U8:
        """RGB uint8 (h, w, 3), or RGBA of a clip whose alpha is kept, which goes round the passes. at, other: (slice,
        entry); other's slice is -1 where nothing is mixed in. mix: as in `Film`."""
        weight, fade, how = mix[:3]

        def dimmed(rgb: U8, fit: Sequence[int]) -> U8:
            rgb = _cuts.faded(_cuts.moved(rgb, fit), fade)
            return rgb if iris[2] == NO_IRIS else _cuts.irised(rgb, (iris[0], iris[1]), iris[2])

        first = self._finished(at, lambda rgb: dimmed(rgb, mix[3:6]))
        if self._keeps_alpha:
            return np.concatenate([first, self._shown(at)[..., 3:]], 2)
        if other[0] < 0:
            return first
        second = self._finished(other, lambda rgb: dimmed(rgb, mix[6:9]))
        if how:
            return _cuts.wiped(first, second, weight / 255, _cuts.MIXES[how])
        return _cuts.mixed(first, second, weight / 255)

    def _finished(self, at: tuple[int, int], dimmed: Callable[[U8], U8]) -> U8:
        """A shot's frame under its passes, at their strengths."""
        shot = self._slices[at[0]]
        sum_of_weights, out = 0.0, None
        for number, (look, share) in enumerate(zip(shot.mix.looks, shot.mix.shares[at[1]].tolist(), strict=True)):
            if not share:
                continue
            rgb = dimmed(self._composed(at, number))
            for style in look.chain:
                rgb = self._passed(rgb, style, shot, at[1])
            sum_of_weights += share
            out = rgb if out is None else _cuts.mixed(out, rgb, share / sum_of_weights)
        assert out is not None
        return out

    def _passed(self, rgb: U8, style: Style, shot: Slice, entry: int) -> U8:
        if style.frame is None:
            return rgb
        tick = int(ticks(style, shot.frames[entry : entry + 1], shot.fps)[0])
        rgb = rgb.view()
        rgb.flags.writeable = False
        is_drawn, ride = shot.clip is None, STILL
        if is_drawn and style.rides:
            scale, right, down = shot.ride[entry].tolist()
            ride = Ride(scale / SCALE_GRID, right / SHIFT_GRID, down / SHIFT_GRID)
        context = Context(shot.width, shot.height, style.seed, tick, is_drawn, ride)
        return style.frame(rgb, shot.mix.params(style, entry), context)  # type: ignore[no-any-return]

    def _composed(self, at: tuple[int, int], look: int) -> U8:
        number, entry = at
        shot = self._slices[number]
        if shot.clip is not None:
            picture = self._shown(at)
            return filled(picture) if self._keeps_alpha else picture
        if (number, look) not in self._tables:
            self._tables[number, look] = Table(shot.width, shot.height, self._sheets.get, shot.air)
        tokens = shot.tokens[look]
        row = [Placed(tokens[f[0]], tuple(f)) for f in shot.rows[entry].tolist() if f[0] >= 0]
        rgb = self._tables[number, look].compose(row)
        if shot.air is None:
            return rgb
        column, row, smear = shot.view[entry].tolist()
        return _grade.graded(_grade.smeared(rgb, smear), (column, row), shot.air.grade)

    def _shown(self, at: tuple[int, int]) -> U8:
        """A frame of a clip, with its alpha only if that is kept."""
        shot = self._slices[at[0]]
        assert shot.clip is not None and shot.source is not None
        picture = self._clips.setdefault(at[0], _Reel(shot.clip)).frame(int(shot.source[at[1]]))
        if not self._keeps_alpha:
            picture = laid_over(picture, shot.clip.ground)
        return fitted(picture, shot.width, shot.height)


class _Reel:
    """Frames of a clip in about the order in which they are asked for."""

    def __init__(self, clip: Clip) -> None:
        self._clip = clip
        self._at = -1
        self._rgb: U8 | None = None
        self._frames: Iterator[U8] = iter(())

    def frame(self, number: int) -> U8:
        if self._rgb is None or number < self._at or number > self._at + 64:
            self._frames, self._at, self._rgb = frames_of(self._clip, number, self._clip.count), number - 1, None
        while self._at < number:
            self._rgb = next(self._frames)
            self._at += 1
        assert self._rgb is not None
        return self._rgb

"""Art checks: what of good direction can be measured in a finished frame and in the rows behind it.

One frame a shot is looked at, as it is in the output, passes and all. The bars are starting points for the eye, no
laws: a check that is missed says what to try. (Value separation, squint, eye line, near planes, haze, pans, blinks:
the numbers stand in docs/art-checks.md.)
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _colour
from studio.motion import covered_by, is_paint, motion_between
from studio.rows import Rows

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
Mask = NDArray[np.bool_]

SEPARATION = 0.18  # of OKLab lightness between a subject and what is around it
SQUINT = 1.0  # the subject's contrast at 64x36 to the most elsewhere
EYE_LINE = (0.18, 0.48)  # of the picture's height, from above
NEAR = (0.04, 0.45)  # of the picture's area
PAN = (11.4, 40.0)  # px a frame at a width of 1920: slower, or a whip
BLINKS = (4.0, 16.0)  # a minute
EQUAL_SHOTS = 3  # in a row
_SMALL_FACE = 0.12  # of the picture's height: smaller ones have no eye line
_ALPHA = 128


@dataclass(frozen=True)
class Finding:
    """One check of one shot. value: as measured; bar: what it should be; hint: what to try where it is missed."""

    check: str
    value: float
    bar: str
    is_met: bool
    hint: str = ""

    def plain(self) -> dict[str, Any]:
        return {**asdict(self), "value": round(self.value, 3)}


@dataclass(frozen=True)
class Look:
    """A frame to look at: its rows, which of them, its picture (h, w, 3) RGB, drawings' RGBA by recipe, and whom the
    shot says that it is on."""

    rows: Rows
    frame: int
    rgb: U8
    drawing: Callable[[int], U8]
    on: frozenset[str] = frozenset()

    @property
    def size(self) -> tuple[int, int]:
        return self.rgb.shape[1], self.rgb.shape[0]


def findings(look: Look) -> Iterator[Finding]:
    """Every check of a frame that has something to say there."""
    seen = _Seen(look)
    lightness = _lightness(look.rgb)
    for name, mask in seen.figures.items():
        yield _separation(name, mask, lightness)
    if seen.figures:  # a lamp that the shot is on is as much its subject as who stands beside it
        yield _squint(np.logical_or.reduce([*seen.figures.values(), *seen.props.values()]), lightness)
    for name, (whole, visible) in seen.faces.items():
        yield from _face(name, whole, visible, look.size)
    yield from _near(seen)
    yield Finding(
        "uncovered pixels",
        seen.uncovered,
        "none",
        seen.uncovered == 0,
        "add a sky, or a plane behind, that fills the picture",
    )
    yield from _haze(seen, lightness)
    yield from _pan(look, seen)


# -- what is where


class _Seen:
    """What of a frame belongs to whom.

    figures: silhouettes as they are seen; props: of those that the shot is on; faces: (whole, visible); near: planes
    before the subjects; plates: upright ones from far to near, as they are seen.
    """

    def __init__(self, look: Look) -> None:
        width, height = look.size
        shown = [f for f in look.rows.rows[look.frame].tolist() if f[0] >= 0 and f[8] >= _ALPHA and is_paint(f)]
        top = np.full((height, width), -1, np.int32)
        through = np.ones((height, width), np.float32)
        covers: list[Mask] = []
        for number, fields in enumerate(shown):
            alpha = covered_by(look.drawing(fields[0])[..., 3], fields, look.size)
            through *= 1 - alpha.astype(np.float32) / 255
            covers.append(alpha >= _ALPHA)
            top[covers[-1]] = number
        self.uncovered = int((through > 0.02).sum())
        self.figures: dict[str, Mask] = {}
        self.props: dict[str, Mask] = {}
        self.faces: dict[str, tuple[Mask, Mask]] = {}
        self.plates: list[tuple[str, Mask]] = []
        self.near = np.zeros((height, width), np.bool_)
        last_figure = max(
            (n for n, f in enumerate(shown) if look.rows.recipes[f[0]].rule.startswith(("character", "kits/"))),
            default=-1,
        )
        for number, fields in enumerate(shown):
            recipe, here = look.rows.recipes[fields[0]], top == number
            owner = recipe.target.split("/")[0]
            if recipe.role in ("figure", "face"):
                self.figures[owner] = self.figures.get(owner, np.zeros_like(here)) | here
            if recipe.role == "prop" and owner in look.on:
                self.props[owner] = self.props.get(owner, np.zeros_like(here)) | here
            if recipe.role == "face":
                self.faces[owner] = covers[number], here
            if recipe.role == "plate" and number > last_figure >= 0:
                self.near |= here
            elif recipe.role == "plate" and not fields[7] and here.mean() > 0.01:
                self.plates.append((owner, here))
        self.figures = {name: mask for name, mask in self.figures.items() if mask.sum() > 60}


def _lightness(rgb: U8) -> F32:
    """OKLab lightness, 0 to 1, from a table of 32 steps a channel."""
    steps = np.linspace(0, 1, 33)
    grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1)
    table = _colour.to_lab(grid)[..., 0].astype(np.float32)
    at = (rgb.astype(np.int32) + 4) // 8
    return np.asarray(table[at[..., 0], at[..., 1], at[..., 2]])


# -- the checks


def _separation(name: str, mask: Mask, lightness: F32) -> Finding:
    """Mean lightness inside a silhouette against a ring around it: 24 px at 1080 lines."""
    by = max(2, round(24 * len(mask) / 1080))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * by + 1, 2 * by + 1))
    ring = (cv2.dilate(mask.astype(np.uint8), kernel) > 0) & ~mask
    away = abs(float(lightness[mask].mean() - lightness[ring].mean())) if ring.any() else 1.0
    hint = "another coat or place behind, more haze, or a lamp: light against dark"
    return Finding(f"value of {name} against what is behind", away, f"at least {SEPARATION}", away >= SEPARATION, hint)


def _squint(mask: Mask, lightness: F32) -> Finding:
    """Whether the subjects hold the strongest contrast of the picture at the size of a stamp."""
    small = cv2.resize(lightness, (64, 36), interpolation=cv2.INTER_AREA)
    contrast = np.abs(small - cv2.blur(small, (9, 9)))
    here = cv2.resize(mask.astype(np.float32), (64, 36), interpolation=cv2.INTER_AREA) > 0.08
    here = cv2.dilate(here.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    most = float(contrast[here].max(initial=0)), float(contrast[~here].max(initial=1e-3))
    value = most[0] / most[1]
    return Finding(
        "squint: subject's contrast to the most elsewhere",
        value,
        f"at least {SQUINT}",
        value >= SQUINT,
        "quieten what is brightest beside the subject, or bring it nearer",
    )


def _face(name: str, whole: Mask, visible: Mask, size: tuple[int, int]) -> Iterator[Finding]:
    rows = np.flatnonzero(whole.any(1))
    if not len(rows):
        return
    tall = (rows[-1] - rows[0]) / size[1]
    if tall > _SMALL_FACE:
        line = float(rows[0] + 0.35 * (rows[-1] - rows[0])) / size[1]
        low, high = EYE_LINE
        hint = "frame it closer or wider, or move the camera up or down"
        yield Finding(f"eye line of {name}", line, f"{low} to {high} of the height", low <= line <= high, hint)
    share = float(visible.sum()) / max(1, int(whole.sum()))
    hint = "move a near plane, or somebody, out of the way"
    yield Finding(f"face of {name} to be seen", share, "at least 0.9", share >= 0.9, hint)


def _near(seen: _Seen) -> Iterator[Finding]:
    share = float(seen.near.mean())
    if share > 0:
        low, high = NEAR
        hint = "a near plane should frame, not cover: move it in z or leave it out"
        yield Finding("near planes' share of the picture", share, f"{low} to {high}", low <= share <= high, hint)


def _haze(seen: _Seen, lightness: F32) -> Iterator[Finding]:
    """Contrast of the farthest standing plate against the nearest."""
    spread = [float(lightness[mask].std()) for _, mask in seen.plates[1:]]  # the sky is light itself
    if len(spread) >= 2:
        ratio = spread[0] / max(spread[-1], 1e-3)
        hint = "give what is far a greater z, so that haze lies over it"
        yield Finding("contrast of the farthest plate to the nearest", ratio, "at most 1", ratio <= 1, hint)


def _pan(look: Look, seen: _Seen) -> Iterator[Finding]:
    """The motion of the fastest plate behind the subjects; the ground at our feet may rush."""
    if look.frame == 0 or look.frame in look.rows.cuts:
        return

    def alpha_of(number: int) -> U8:
        return np.ascontiguousarray(look.drawing(number)[..., 3])

    motion = motion_between(look.rows, look.frame - 1, look.frame, alpha_of, look.size)
    along = np.hypot(motion[..., 0], motion[..., 1])
    speeds = [np.median(known) for _, mask in seen.plates if len(known := along[mask & np.isfinite(along)])]
    speed = float(max(speeds, default=0.0)) * 1920 / look.size[0]
    is_met = speed <= PAN[0] or speed >= PAN[1]
    yield Finding(
        "speed of the picture", speed, f"px a frame: at most {PAN[0]}, or a whip", is_met, "give it more time"
    )


def blinks(rows: Rows, fps: float) -> Iterator[Finding]:
    """How often everybody blinks who is seen for ten seconds or more."""
    shut: dict[str, Mask] = {}
    there: dict[str, Mask] = {}
    for number, recipe in enumerate(rows.recipes):
        if recipe.role != "face":
            continue
        owner, now = recipe.target.split("/")[0], (rows.rows[:, :, 0] == number).any(1)
        there[owner] = there.get(owner, np.zeros(rows.count, np.bool_)) | now
        is_shut = int(recipe.variant.get("lids", 0)) >= 2
        shut[owner] = shut.get(owner, np.zeros(rows.count, np.bool_)) | (now & is_shut)
    for owner in sorted(there):
        seconds = float(there[owner].sum()) / fps
        if seconds >= 10:
            count = int((shut[owner][1:] & ~shut[owner][:-1]).sum())
            rate, (low, high) = 60 * count / seconds, BLINKS
            yield Finding(f"blinks of {owner}", rate, f"{low:g} to {high:g} a minute", low <= rate <= high)


def equal_shots(heights: list[float]) -> Finding:
    """How many framings in a row are alike: the subject's height in the picture, within a fifth."""
    longest = run = 1
    for a, b in itertools.pairwise(heights):
        run = run + 1 if min(a, b) > 0.8 * max(a, b) else 1
        longest = max(longest, run)
    hint = "change the size of a shot: wide, full, medium, close"
    return Finding("equal framings in a row", longest, f"at most {EQUAL_SHOTS}", longest <= EQUAL_SHOTS, hint)


def subject_height(look: Look) -> float:
    """The tallest figure's height in the picture, 0 to 1; 0 without one."""
    tallest = 0
    for mask in _Seen(look).figures.values():
        rows = np.flatnonzero(mask.any(1))
        tallest = max(tallest, int(rows[-1] - rows[0]))
    return tallest / look.size[1]

"""Which way people are turned at each frame, and from which sides they are seen while they turn.

Closed forms over frames. To the left and right a figure is seen three-quarter; from there it can turn to the camera or
away from it, by the views between, two frames each.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules.character import VIEWS
from studio.action import VIEWS_OF

Ints = NDArray[np.int32]

_USUAL = 45
_FLIP = 4  # frames by which a turn about begins before the side is changed


class Turn(NamedTuple):
    """That a figure turns to the left, right, camera, away or about; a glance turns only who stands as usual."""

    at: int
    to: str
    is_glance: bool = False


class Headings(NamedTuple):
    """(frame, value) of each change: the way a figure faces, 1 right, -1 left, and the yaw of its body. changes: when
    it turned; abouts: when it turned from one side to the other."""

    facings: list[tuple[int, int]]
    views: list[tuple[int, int]]
    changes: list[int]
    abouts: list[int]


def headed(turns: Iterable[Turn], initial: tuple[int, int]) -> Headings:
    """Turns in order of time, from how a figure stands at first: (facing, yaw)."""
    (way, view), found = initial, Headings([], [], [], [])
    for turn in sorted(turns, key=lambda t: t.at):
        before = way, view
        way, view = _next(turn, way, view)
        found.facings.append((turn.at, way))
        if (way, view) == before:
            continue
        found.changes.append(turn.at)
        if before[1] == view == _USUAL:
            found.abouts.append(turn.at)
            if turn.to == "about":
                found.views.extend(zip(_twos(turn.at - _FLIP, 4), (22, 0, 22, _USUAL), strict=True))
        else:
            path = _between(before[1], view)
            found.views.extend(zip(_twos(turn.at, len(path)), path, strict=True))
    found.views.sort(key=lambda change: change[0])
    return found


def steps(frames: Ints, changes: Iterable[tuple[int, int]], initial: int) -> Ints:
    """The value of something that jumps: (frame, new value) in order."""
    at = sorted(changes, key=lambda c: c[0])
    if not at:
        return np.full(len(frames), initial, np.int32)
    index = np.searchsorted(np.array([c[0] for c in at]), frames, side="right")
    return np.array([initial, *(c[1] for c in at)], np.int32)[index]


def _next(turn: Turn, way: int, view: int) -> tuple[int, int]:
    """(facing, yaw) after a turn."""
    if turn.to in VIEWS_OF:
        return way, VIEWS_OF[turn.to]
    if turn.to == "about":
        return (-way, view) if view == _USUAL else (way, 180 - view)
    wanted = 1 if turn.to == "right" else -1
    if turn.is_glance and view != _USUAL and wanted == way:
        return way, view
    return wanted, _USUAL


def _between(first: int, last: int) -> list[int]:
    """The views from one to another, without the first."""
    low, high = sorted((VIEWS.index(first), VIEWS.index(last)))
    path = list(VIEWS[low : high + 1])
    return (path if first < last else path[::-1])[1:]


def _twos(start: int, count: int) -> list[int]:
    """Frames two by two, from an even one on."""
    return [start - start % 2 + 2 * n for n in range(count)]

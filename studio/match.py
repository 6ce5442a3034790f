"""Where a shot's subject is in the picture, and how two pictures are led together there. Knows rows, no pixels."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.rows import SCALE_GRID, SHIFT_GRID, Rows
from studio.rule import Canvas

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

SIDES = ("left", "right", "up", "down")  #: where a wipe comes from, in the order of `_cuts.MIXES`
_MOST = 2.5  # how much a picture is grown at most


def subject_in(rows: Rows | None, who: str | None, size: tuple[int, int]) -> Ints:
    """(n, 3) column, row and height (px) of somebody's face in the picture, of whoever is nearest without a name;
    the picture's middle where nobody is seen."""
    width, height = size
    if rows is None:
        return np.zeros((0, 3), np.int32)
    at = np.tile(np.array([width // 2, height // 2, height // 4], np.int32), (rows.count, 1))
    largest = np.zeros(rows.count)
    for number, recipe in enumerate(rows.recipes):
        name, _, layer = recipe.target.partition("/")
        if not recipe.rule.startswith(("character", "kits/")) or layer != "head" or who not in (None, name):
            continue
        frames, slots = np.nonzero(rows.rows[:, :, 0] == number)
        matrix = rows.rows[frames, slots].astype(np.float64)
        i, j, head = _face_in(recipe.params, recipe.canvas)
        tall = head * np.hypot(matrix[:, 2], matrix[:, 5]) / SCALE_GRID
        column = (matrix[:, 1] * i + matrix[:, 2] * j) / SCALE_GRID + matrix[:, 3] / SHIFT_GRID
        row = (matrix[:, 4] * i + matrix[:, 5] * j) / SCALE_GRID + matrix[:, 6] / SHIFT_GRID
        nearer = tall > largest[frames]
        at[frames[nearer]] = np.rint(np.stack([column, row, tall], 1)[nearer]).astype(np.int32)
        largest[frames[nearer]] = tall[nearer]
    return at


def _face_in(figure: Any, canvas: Canvas) -> tuple[float, float, float]:
    """Column, row and height (px) of a face in the drawing of a head."""
    if not hasattr(figure, "heads"):  # a beast's head has no hat: its box is about its face
        return canvas.width / 2, canvas.height / 2, float(canvas.height)
    # the pivot of the head is the drawing's origin; the face is above it by about half a head
    head = figure.height / figure.heads * canvas.scale
    return -canvas.left, -canvas.top - 0.42 * head, head


def fits(before: Ints, after: Ints, size: tuple[int, int]) -> Ints:
    """(n, 6): scale (on 2^-16) and shift (on 1/16 px) of both pictures at each frame of a match.

    Both subjects go the same way from the place of the first to that of the second, growing from the size of
    the one to that of the other; a picture is grown further where its edge would come into view.
    """
    n = len(before)
    t = (np.arange(n) + 1) / (n + 1)
    e = t * t * (3 - 2 * t)
    sides = np.array(size, np.float64)
    places = [np.clip(subject[:, :2], 0.1 * sides, 0.9 * sides) for subject in (before, after)]
    meeting = places[0] + (places[1] - places[0]) * e[:, None]
    tall = np.maximum(before[:, 2], 1) ** (1 - e) * np.maximum(after[:, 2], 1) ** e
    found = []
    for place, subject in zip(places, (before, after), strict=True):
        covering = np.maximum(meeting / place, (sides - meeting) / (sides - place)).max(1)
        scale = np.clip(np.maximum(tall / np.maximum(subject[:, 2], 1), covering), 1, _MOST)
        shift = meeting - scale[:, None] * place
        found.append(np.stack([scale * 65536, shift[:, 0] * 16, shift[:, 1] * 16], 1))
    return np.asarray(np.rint(np.concatenate(found, 1)).astype(np.int32))

"""Walls: limewashed plaster that has fallen off here and there, bricks and cut stones, worked out pixel by pixel."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from rules import _colour, _noise
from rules._board import Board
from rules._cel import Mask
from rules._outline import F32
from rules._planar import planar


class Courses(NamedTuple):
    """Blocks of a wall. tone: hashed per block, -1 to 1; joint: coverage of mortar; shine, shadow: bevels, 0 to 1."""

    tone: F32
    joint: F32
    shine: F32
    shadow: F32


def metres(board: Board, box: tuple[int, int, int, int]) -> tuple[F32, F32]:
    """x (1, width) and y (height, 1) of the pixels of a box on the board, in metres."""
    k = board.scale
    x = (np.arange(box[0], box[2]) + board.left + 0.5) / k
    y = -(np.arange(box[1], box[3]) + board.top + 0.5) / k
    return x.astype(np.float32)[None, :], y.astype(np.float32)[:, None]


def noise(board: Board, box: tuple[int, int, int, int], cell: float, octaves: int, seed: int, tall: float = 1.0) -> F32:
    """Smooth noise over a box of the board; `cell` in metres, `tall` stretches it upwards."""
    window = _noise.Window(board.left + box[0], board.top + box[1], box[2] - box[0], box[3] - box[1])
    return _noise.field(window, max(cell * board.scale, 1.5), octaves, seed, (1.0, tall))


def courses(x: F32, y: F32, size: tuple[float, float], joint: float, seed: int, scale: float) -> Courses:
    """Blocks of `size` (width, height) metres in running bond over places x, y; edges are as soft as a pixel."""
    row = np.floor(y / size[1])
    r = row.astype(np.int64)
    along = x / size[0] + 0.5 * (r & 1) + 0.22 * _noise.unit(r, 0, seed)
    column = np.floor(along)
    c = column.astype(np.int64)
    tone = _noise.unit(c, np.broadcast_to(r, c.shape), seed + 1) * 2 - 1
    u, v = (along - column) * size[0], (y / size[1] - row) * size[1] + 0 * x
    pixel = 1 / scale
    # distance to the four edges of the block, in metres
    left, right, low, high = u - joint / 2, size[0] - joint / 2 - u, v - joint / 2, size[1] - joint / 2 - v
    inside = np.minimum(np.minimum(left, right), np.minimum(low, high))
    # where a joint is thinner than a pixel it pales instead of flickering
    cover = np.clip(0.5 - inside / pixel, 0, 1) * np.float32(min(1.0, 0.35 + joint / pixel))
    bevel = max(0.12 * size[1], pixel)
    shine = np.clip(1 - np.minimum(high, left * 1.6) / bevel, 0, 1) * (inside > 0)
    shadow = np.clip(1 - np.minimum(low, right * 1.6) / bevel, 0, 1) * (inside > 0)
    return Courses(*(np.asarray(a, np.float32) for a in (tone, cover, shine, shadow)))


def bricks(
    board: Board, box: tuple[int, int, int, int], colour: ArrayLike, seed: int, size: tuple[float, float]
) -> F32:
    """The colours of a brick wall over a box: float32 (height, width, 3)."""
    x, y = metres(board, box)
    waver = 0.012 * noise(board, box, 0.5, 2, seed + 3)
    laid = courses(x + waver, y + waver, size, 0.13 * size[1], seed, board.scale)
    base = np.asarray(colour, np.float64)
    warm, dark = _colour.mix(base, [0.80, 0.52, 0.38], 0.35), _colour.shade(base, 0.10)
    mortar = _colour.mix(_colour.shade(base, 0.07), [0.62, 0.55, 0.52], 0.35).astype(np.float32)
    to_warm, to_dark = (0.6 * (warm - base)).astype(np.float32), (0.75 * (dark - base)).astype(np.float32)
    warmth, depth = np.clip(laid.tone, 0, 1), np.clip(-laid.tone, 0, 1)
    relief = 1 + 0.10 * laid.shine - 0.16 * laid.shadow
    out = np.empty((3, *laid.tone.shape), np.float32)
    for i, plane in enumerate(out):
        plane[:] = base[i]
        plane += warmth * to_warm[i]
        plane += depth * to_dark[i]
        plane *= relief
        plane += (mortar[i] - plane) * laid.joint
    return planar(out)


def plastered(board: Board, mask: Mask, colour: ArrayLike, under: ArrayLike, seed: int) -> None:
    """Lay a limewashed wall into a mask: clouds of tone, streaks, and bare brick where the plaster fell."""
    box = mask.box
    if mask.cover.size == 0:
        return
    base = np.asarray(colour, np.float64)
    pale, deep = _colour.light(base, 0.045).astype(np.float32), _colour.shade(base, 0.065).astype(np.float32)
    # two limewashes with brushed, half-hard borders
    broad = noise(board, box, 0.85, 4, seed)
    above, below = np.clip((broad - 0.13) * 7, 0, 1) * 0.75, np.clip((-broad - 0.16) * 6, 0, 1) * 0.60
    streak = noise(board, box, 0.10, 3, seed + 1, 7.0)
    tone = 1 + 0.030 * streak + 0.020 * noise(board, box, 0.03, 2, seed + 2)
    out = np.empty((3, *broad.shape), np.float32)
    for i, plane in enumerate(out):
        plane[:] = base[i]
        plane += (pale[i] - plane) * above
        plane += (deep[i] - plane) * below
        plane *= tone
    _fallen(board, box, out, (pale, under), seed)
    board.lay(mask, planar(np.clip(out, 0, 1, out=out)))


def _fallen(
    board: Board, box: tuple[int, int, int, int], out: F32, colours: tuple[ArrayLike, ArrayLike], seed: int
) -> None:
    """Where plaster fell: its pale lip and the bricks under it; out: the wall's planes."""
    fallen = noise(board, box, 0.70, 4, seed + 5) + 0.22 * noise(board, box, 0.07, 2, seed + 6)
    rows, columns = (np.flatnonzero((fallen > 0.414).any(k)) for k in (1, 0))
    if not len(rows):
        return
    y0, y1, x0, x1 = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    fallen = fallen[y0:y1, x0:x1]
    pale, bare = np.asarray(colours[0], np.float32), np.clip((fallen - 0.46) * 26, 0, 1)
    lip = 0.75 * (np.clip((fallen - 0.415) * 26, 0, 1) - bare)
    brick = bricks(board, (box[0] + x0, box[1] + y0, box[0] + x1, box[1] + y1), colours[1], seed + 7, (0.24, 0.085))
    # the plaster's edge throws a small shadow on the bricks
    sunk = 1 - 0.35 * (bare * np.clip(1 - (fallen - 0.46) / max(0.05, 1 / board.scale), 0, 1))
    for i in range(3):
        plane = out[i, y0:y1, x0:x1]
        plane += (pale[i] - plane) * lip
        plane += (brick[..., i] * sunk - plane) * bare

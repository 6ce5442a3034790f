"""How near trees are painted; what can be asked of them stands in `rules.plates.trunks`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rules import _colour, _daylight, _foliage, _near
from rules._board import Batch, Board, moved
from rules._colour import RGB
from rules._daylight import Daylight
from rules._frame_near import Frame, frame_of
from rules._near import Darks
from rules._outline import Points, tube
from rules.plates.trunks import Params
from studio.rule import Canvas, Drawing, Variant

_BARK = {"leafy": "#6f5a4c", "conifers": "#62504c", "bare": "#6a5c60"}
_LEAF = {
    "leafy": (("#2f4a34", 0.38), ("#4f7a3c", 0.62), ("#a8bd5c", 0.85)),
    "conifers": (("#22423c", 0.35), ("#356450", 0.55), ("#7fa06a", 0.7)),
}


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The near trees over the canvas."""
    light = _daylight.scenery(variant["time"])
    frame = frame_of(variant)
    board = _near.board_for(canvas, params.blur, seed)
    darks = _near.darks(light, _BARK[params.trees], 0.30)
    half = params.opening * frame.width / 2
    period = frame.width * 1.02 + 0.05
    left, _, right, _ = board.span()
    bays = range(
        int(np.floor((left - frame.middle) / period - 1)), int(np.ceil((right - frame.middle) / period + 1)) + 1
    )
    for bay in bays:
        middle = frame.middle + bay * period
        for side in (-1, 1):
            _trunk(board, darks, (frame, middle + side * half, side), (params, seed + 2 * bay + (side > 0)))
    for bay in bays:
        random = np.random.default_rng([seed, 5, bay + 1000])
        _bough(board, (params, light, darks), (frame, frame.middle + bay * period, half), random)
    _near.inward_light(board, (light.key_direction[0], 0.2), 0.010, darks.edge, 0.42)
    return _near.finished(board, canvas, params.blur, seed)


def _trunk(board: Board, darks: Darks, where: tuple[Frame, float, int], how: tuple[Params, int]) -> None:
    """A trunk with a root flare that leans out of the picture, its bark in long plates with dark gaps."""
    frame, at, side = where
    params, seed = how
    random = np.random.default_rng([seed, 17])
    h = frame.height
    thick = params.weight * h * float(random.uniform(0.070, 0.092)) * (1.0 if side < 0 else 0.84)
    x = at + side * (0.6 * thick + 0.03 * h)
    line = [
        (x - side * 0.25 * thick, frame.bottom - 0.25 * h), (x, frame.bottom + 0.10 * h),
        (x + side * 0.22 * thick, frame.bottom + 0.42 * h),
        (x + side * 0.05 * thick, frame.bottom + 0.78 * h), (x + side * 0.50 * thick, frame.top + 0.45 * h),
    ]  # fmt: skip
    radii = np.array([2.1, 1.22, 0.98, 0.90, 0.84]) * thick
    batch = Batch()
    batch.add(tube(line, radii, 12), darks.first)
    _relief(batch, darks, (line, radii, side), random)
    middle = tube(line, 0.0001 + 0 * radii, 12, (False, False))[: 12 * 4 + 1]
    girth = np.interp(np.arange(len(middle)), np.linspace(0, len(middle) - 1, 5), radii)
    gap, pale = darks.joint, _colour.mix(darks.second, darks.edge, 0.26)
    for _ in range(int(150 * params.weight + 40)):
        k = int(random.integers(1, len(middle) - 8))
        long = int(random.integers(3, 8))
        off = float(random.uniform(-0.94, 0.94))
        rows = np.arange(k, min(k + long, len(middle)))
        sway = off + 0.05 * np.sin(rows * 0.9 + 7 * off)
        px, py = middle[rows, 0] + sway * girth[rows], middle[rows, 1]
        wide = (
            0.085
            * thick
            * np.sqrt(1 - off * off)
            * float(random.uniform(0.5, 1.2))
            * np.sin(np.linspace(0.15, 2.99, len(rows)))
        )
        lit = -off * 0.5 + 0.5  # the left of a trunk is towards the light
        colour = (
            gap
            if random.random() < 0.45
            else _colour.mix(darks.first, pale, 0.25 + 0.75 * lit * float(random.random()))
        )
        batch.add(np.concatenate([np.stack([px - wide, py], 1), np.stack([px + wide, py], 1)[::-1]]), colour)
    for k in range(9):  # grass and moss at its foot
        foot = (x + float(random.normal(0, 1.5)) * thick, frame.bottom - 0.06 * h)
        blade = np.array([[-0.004, 0], [0.004, 0], [0.02 * (k % 3 - 1), float(random.uniform(0.05, 0.13))]]) * h
        batch.add(moved(blade, *foot), _colour.mix(darks.first, darks.second, float(random.random())))
    board.fill(batch)


def _relief(
    batch: Batch,
    darks: Darks,
    how: tuple[list[tuple[float, float]], NDArray[np.float64], int],
    random: np.random.Generator,
) -> None:
    """What makes a trunk round: its lit side towards the opening, ridges that run out into roots, and knots."""
    line, radii, side = how
    thick = float(radii[1])
    lit = [(x - side * 0.52 * r, y) for (x, y), r in zip(line, radii.tolist(), strict=True)]
    batch.add(tube(lit, 0.40 * radii, 12), darks.second)
    for off in (-0.86, -0.5, -0.1, 0.34, 0.7):  # ridges down into the roots
        sway = off + float(random.normal(0, 0.05))
        ridge = [(x - side * sway * r, y) for (x, y), r in zip(line[:3], radii[:3].tolist(), strict=True)]
        ridge[0] = (ridge[0][0] - side * 0.5 * sway * thick, ridge[0][1])
        tone = _colour.mix(darks.first, darks.second, 0.9 if off > 0.2 else 0.45)
        batch.add(tube(ridge, np.array([0.30, 0.17, 0.02]) * thick, 10), tone)
        shade = [(x + side * 0.16 * thick, y) for x, y in ridge]
        batch.add(tube(shade, np.array([0.12, 0.07, 0.01]) * thick, 10), darks.joint)
    turn = np.linspace(0, 2 * np.pi, 18, endpoint=False)
    for up in (0.46, 0.74) if random.random() < 0.6 else (0.60,):
        at = np.array(line[1]) * (1 - up) + np.array(line[3]) * up
        at[0] += float(random.uniform(-0.3, 0.3)) * thick
        r = thick * float(random.uniform(0.20, 0.30))
        for size, tone in ((1.35, darks.second), (1.0, darks.joint), (0.62, darks.first), (0.34, darks.joint)):
            batch.add(np.stack([at[0] + 0.7 * size * r * np.cos(turn), at[1] + size * r * np.sin(turn)], 1), tone)


def _bough(
    board: Board, how: tuple[Params, Daylight, Darks], where: tuple[Frame, float, float], random: np.random.Generator
) -> None:
    """Boughs that reach in along the upper edge from both trunks, twigs, and leaves hanging from them."""
    params, light, darks = how
    frame, middle, half = where
    h = frame.height
    wood, leaves = Batch(), []
    for side, reach, drop in ((-1, 0.62, 0.10), (1, 0.44, 0.06)):
        root = (middle + side * (half + 0.10 * h), frame.top - 0.02 * h)
        end = (middle + side * half * (1 - reach), frame.top - drop * h * 0.5)
        mid = (0.5 * (root[0] + end[0]), frame.top - drop * h - 0.01 * h)
        line = [root, mid, end]
        wood.add(tube(line, np.array([0.030, 0.019, 0.006]) * h * params.weight, 8), darks.first)
        count = int(9 + 16 * params.leaves)
        for k in range(count):
            t = (k + float(random.random())) / count
            x = (1 - t) ** 2 * root[0] + 2 * t * (1 - t) * mid[0] + t * t * end[0]
            y = (1 - t) ** 2 * root[1] + 2 * t * (1 - t) * mid[1] + t * t * end[1]
            long = h * (0.05 + 0.13 * params.leaves * float(random.random()) * (1.15 - t))
            lean = -side * float(random.uniform(0.05, 0.5)) * long
            tip = (x + lean, y - long * (0.35 + 0.65 * (k % 3 > 0)))
            wood.add(
                tube([(x, y), (x + 0.3 * lean, y - 0.4 * long), tip], np.array([0.005, 0.004, 0.002]) * h, 4),
                darks.first,
            )
            if params.snow:
                wood.add(
                    tube([(x, y + 0.004 * h), (x + 0.35 * lean, y - 0.3 * long)], np.array([0.006, 0.004]) * h, 4),
                    _snow(light),
                )
            leaves.append(_cluster((x, y), tip, h, random))
        if params.snow:
            wood.add(tube([(a, b + 0.020 * h) for a, b in line], np.array([0.016, 0.014, 0.005]) * h, 8), _snow(light))
    board.fill(wood)
    if params.trees != "bare" and params.leaves:
        _leaves(board, (params, light), np.concatenate(leaves), h, random)


def _snow(light: Daylight) -> RGB:
    return _colour.mix(_colour.rgb_of(light.near), _daylight.under(light, "#eef2fa", 0.2), 0.72)


def _cluster(root: tuple[float, float], tip: tuple[float, float], h: float, random: np.random.Generator) -> Points:
    """Places of leaves along a twig and around its root."""
    t = np.linspace(0, 1.05, 9)[:, None]
    along = np.array(root) * (1 - t) + np.array(tip) * t + random.normal(0, 0.014 * h, (9, 2))
    around = np.array(root) + random.normal(0, 1, (10, 2)) * np.array([0.045, 0.022]) * h + np.array([0, 0.015 * h])
    return np.concatenate([along, around])


def _leaves(board: Board, how: tuple[Params, Daylight], at: Points, h: float, random: np.random.Generator) -> None:
    params, light = how
    near = _colour.rgb_of(light.near)
    greens = [_colour.mix(near, _daylight.under(light, c), share) for c, share in _LEAF[params.trees]]
    at = at[np.argsort(-at[:, 1])]
    if params.trees == "leafy":
        board.fill(_foliage.spray(at, 0.034 * h, greens, random))
        return
    batch = Batch()  # sprays of needles that hang
    for x, y in at.tolist():
        long = 0.050 * h * float(random.uniform(0.6, 1.2))
        turn = float(random.normal(0, 0.7))
        tone = _colour.mix(greens[0], greens[1 + int(random.random() > 0.75)], float(random.random()))
        for k in range(-3, 4):
            a = turn + 0.24 * k
            tip = (x + long * float(np.sin(a)), y - long * float(np.cos(a)))
            batch.add(np.array([[x - 0.002 * h, y], [x + 0.002 * h, y], tip]), tone)
    board.fill(batch)

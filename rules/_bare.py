"""Trees without leaves: a trunk that goes on as a leader, limbs that leave it by turns, bend and droop, and twigs.

What stands far away is a crown of mist-coloured twigs on a few limbs, since a wood's far rows are seen as masses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules import _colour
from rules._board import Batch

Spot = tuple[float, float]


class Limb(NamedTuple):
    """A limb: its middle line (n, 2), half its width along it (n,), how many times limbs forked before it."""

    line: NDArray[np.float64]
    radii: NDArray[np.float64]
    order: int


_STEPS = 7
#: of each order of limbs: how many it bears, how long they are as a share, how steeply they leave, how they droop
_HABIT = ((8, 0.56, 0.95, 0.30), (6, 0.50, 0.80, 0.50), (5, 0.46, 0.70, 0.62), (0, 0.0, 0.0, 0.75))


def limbs(foot: Spot, height: float, random: np.random.Generator, orders: int) -> list[Limb]:
    """All limbs of a tree, the trunk first."""
    lean = float(random.normal(0, 0.07))
    trunk = _grown(foot, np.pi / 2 + lean, (0.80 * height, 0.034 * height), (0.16, 0.25 * lean), random, 0)
    trunk.radii[0] *= 1.55  # it flares into its roots
    out = [trunk]
    _branch(out, trunk, 0.80 * height, orders, random)
    return out


def _grown(
    start: Spot, heading: float, size: Spot, bend: Spot, random: np.random.Generator, order: int
) -> Limb:  # fmt: skip
    """A limb from its root; bend: how unsteady it is, and by how much it turns away in all."""
    length, thick = size
    unsteady, turn = bend
    t = np.linspace(0, 1, _STEPS)
    wander = np.concatenate([[0.0], np.cumsum(random.normal(0, unsteady / 2, _STEPS - 1))])
    wander -= wander.mean() * t
    angle = heading + turn * t**1.5 + wander
    step = length / (_STEPS - 1)
    x = start[0] + np.concatenate([[0.0], np.cumsum(np.cos(angle[:-1]))]) * step
    y = start[1] + np.concatenate([[0.0], np.cumsum(np.sin(angle[:-1]))]) * step
    return Limb(np.stack([x, y], 1), thick * (1 - t) ** 0.8 + 0.05 * thick, order)


def _branch(out: list[Limb], stem: Limb, length: float, orders: int, random: np.random.Generator) -> None:
    """Limbs of a stem, to its left and right by turns; those near its end are shorter."""
    if stem.order >= orders:
        return
    many, share, spread, droop = _HABIT[min(stem.order, 3)]
    many += int(random.integers(-1, 2))
    first = 0.30 if stem.order == 0 else 0.22
    side = 1 if random.random() < 0.5 else -1
    for k in range(many):
        t = first + (0.97 - first) * ((k + 0.5 * float(random.random())) / max(many, 1)) ** 0.9
        at = t * (_STEPS - 1)
        j = min(int(at), _STEPS - 2)
        place = stem.line[j] + (stem.line[j + 1] - stem.line[j]) * (at - j)
        along = stem.line[j + 1] - stem.line[j]
        side = -side if random.random() < 0.86 else side
        away = side * spread * float(random.uniform(0.62, 1.18)) * (1.10 - 0.45 * t)
        heading = float(np.arctan2(along[1], along[0])) + away
        long = length * share * (1.22 - 0.72 * t) * float(random.uniform(0.66, 1.16))
        thick = min(0.72 * float(np.interp(at, range(_STEPS), stem.radii)), 0.050 * long + 0.0004)
        # it reaches out first, then its own weight takes the end down; the lower, the more
        outwards = 1.0 if np.cos(heading) > 0 else -1.0
        turn = -outwards * droop * float(random.uniform(0.25, 1.25)) * (1.15 - 0.75 * t)
        limb = _grown((float(place[0]), float(place[1])), heading, (long, thick), (0.26, turn), random, stem.order + 1)
        out.append(limb)
        _branch(out, limb, long, orders, random)


def outline(limb: Limb) -> NDArray[np.float64]:
    """The limb as a shape, pointed at its end."""
    middle, half = limb.line, limb.radii[:, None]
    along = np.empty_like(middle)
    along[1:-1] = middle[2:] - middle[:-2]
    along[0], along[-1] = middle[1] - middle[0], middle[-1] - middle[-2]
    side = along[:, ::-1] * np.array([-1.0, 1.0]) * (half / (np.hypot(along[:, 0], along[:, 1])[:, None] + 1e-9))
    return np.concatenate([middle + side, (middle - side)[::-1]])


def near(batch: Batch, grown: Sequence[Limb], colours: tuple[_colour.RGB, _colour.RGB, _colour.RGB | None]) -> None:
    """Paint limbs, thin ones first: bark, its lit left side, and snow that lies where a limb is level enough."""
    bark, lit, snow = colours
    deep = _colour.mix(bark, lit, 0.12)
    for limb in sorted(grown, key=lambda g: -g.order):
        batch.add(outline(limb), _colour.mix(deep, lit, 0.10 * limb.order))
    for limb in grown:
        if limb.order > 2:
            continue
        moved = limb.line + np.array([-0.34, 0.14]) * limb.radii[:, None]
        batch.add(outline(Limb(moved, 0.40 * limb.radii, limb.order)), lit)
    if snow is None:
        return
    for n, limb in enumerate(grown):
        along = limb.line[-1] - limb.line[0]
        level = abs(float(along[0])) / (abs(float(along[1])) + 1e-9)
        if limb.order == 0 or limb.order > 2 or level < 0.55:
            continue
        # it lies on the middle of a limb, and has fallen off its end
        first, last = (1, _STEPS - 1) if n % 3 else (0, _STEPS - 3)
        middle = limb.line[first:last] + np.array([0.0, 0.80]) * limb.radii[first:last, None]
        swell = np.sin(np.linspace(0.35, np.pi - 0.2, last - first))
        batch.add(outline(Limb(middle, (0.62 * limb.radii[first:last] + 0.10 * limb.radii[0]) * swell, 1)), snow)


def far(
    batch: Batch, foot: Spot, height: float, colours: tuple[_colour.RGB, _colour.RGB, _colour.RGB | None],
    random: np.random.Generator,
) -> None:  # fmt: skip
    """A tree of a far row: its crown as a mass of twigs, paler where light falls on it, and limbs."""
    bark, lit, snow = colours
    x, y = foot
    middle, wide = (
        (x + float(random.normal(0, 0.02)) * height, y + 0.63 * height),
        height * float(random.uniform(0.24, 0.36)),
    )
    veil = _colour.mix(bark, lit, 0.55)
    if snow is not None:
        veil = _colour.mix(veil, snow, 0.62)
    shade = _colour.mix(bark, veil, 0.78)
    for tone, off, size in ((shade, (0.03, -0.015), 1.0), (veil, (-0.05, 0.03), 0.82)):
        _crown(
            batch,
            (middle[0] + off[0] * height, middle[1] + off[1] * height),
            (size * wide, 0.40 * size * height),
            tone,
            random,
        )
    for limb in limbs(foot, height, random, 2):
        batch.add(outline(limb), _colour.mix(bark, veil, 0.22 * limb.order))


def _crown(batch: Batch, at: Spot, size: Spot, tone: _colour.RGB, random: np.random.Generator) -> None:
    """A mass of lobes, flatter underneath, out of whose edge twigs stand, most of them upwards."""
    turn = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    phase = random.uniform(0, 6.28, 3)

    def edge(a: NDArray[np.float64]) -> NDArray[np.float64]:
        lobes = 0.80 + 0.09 * np.sin(2 * a + phase[2]) + 0.08 * np.sin(3 * a + phase[0])
        return np.asarray(lobes + 0.09 * np.abs(np.sin(3.5 * a + phase[1])))

    def place(a: NDArray[np.float64], out: NDArray[np.float64]) -> NDArray[np.float64]:
        low = np.where(np.sin(a) < 0, 0.72, 1.0)
        return np.stack([at[0] + size[0] * out * np.cos(a), at[1] + size[1] * out * low * np.sin(a)], -1)

    batch.add(place(turn, edge(turn)), tone)
    count = 70
    root = random.uniform(-0.25 * np.pi, 1.25 * np.pi, count)
    reach = random.uniform(0.03, 0.17, count) * (0.45 + 0.55 * np.clip(np.sin(root), 0, 1))
    side = random.normal(0, 0.05, count)
    twigs = [place(root - 0.012, edge(root) - 0.05), place(root + 0.012, edge(root) - 0.05)]
    batch.many(np.stack([*twigs, place(root + side, edge(root) + reach)], 1), tone)

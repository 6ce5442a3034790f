"""How the forest is painted; what can be asked of it stands in `rules.plates.forest`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rules import _air, _colour, _daylight, _trees
from rules._board import Batch, Board
from rules._daylight import Daylight
from rules._trees import Tones
from rules.plates.forest import DEPTH, Params, box
from studio.rule import Canvas, Drawing, Variant

_EYE = 1.2
#: of each rank: how much farther than the plate it stands, spacing and height in heights of a near tree
_RANKS = ((4.6, 0.25, 1.00), (2.9, 0.30, 1.10), (1.75, 0.34, 1.04), (1.0, 0.46, 1.0))
_GREENS = {"conifers": ("#2f5a4c", "#28504f"), "leafy": ("#4f7a40", "#66803c"), "bare": ("#6c5f5c", "#5c5258")}


class _Rank(NamedTuple):
    """One rank: its number, how far it stands, its foot and the height of its trees in metres of the plate."""

    number: int
    far: float
    foot: float
    tall: float
    pitch: float


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The trees that meet the canvas."""
    light = _daylight.scenery(variant["time"])
    z = float(variant.get("z", DEPTH))
    limits = box(params, variant)
    within = (limits.bottom, limits.top)
    board = Board(canvas, seed, margin=48, within=within)
    for number, (far, pitch, tall) in enumerate(_RANKS):
        own = params.height * tall / far
        rank = _Rank(number, far, _EYE * (1 - 1 / far), own, pitch * params.height / far * (1 + 0.25 * (number > 1)))
        layer = Board(canvas, seed + 100 * number, margin=48, within=within)
        layer.fill(_planted(params, light, rank, layer, seed))
        _air.mottle(layer, 0.09 * own, 0.07, seed + number)
        glow = _colour.mix(_colour.rgb_of(light.glow), _colour.rgb_of(light.cloud_lit), 0.4)
        layer.rim((light.key_direction[0], 0.75 * light.key_direction[1]), 0.010 * own, glow, 0.40)
        lost = _air.veil(light, z * far) * (0.55 + 0.45 * params.mist) * (0.55 + 0.15 * number_from(rank))
        lost = min(0.90, lost + 0.10 * params.mist * number_from(rank))
        _air.sink(layer, light, lost, rank.foot, (0.10 + 0.20 * params.mist) * own)
        board.under(layer)
        if params.mist and number < len(_RANKS) - 1:
            _air.bank(board, light, rank.foot, 0.16 * own, 0.80 * params.mist)
        if params.rays and number == 2:
            _rays(board, light, params, seed)
    # the mist must not end in a line over the floor
    ends = np.clip((_air.heights(board) - limits.bottom) / 0.75, 0, 1)
    board.rgb *= ends[..., None]
    board.alpha *= ends
    return board.drawing()


def number_from(rank: _Rank) -> int:
    """Ranks in front of this one."""
    return len(_RANKS) - 1 - rank.number


def _planted(params: Params, light: Daylight, rank: _Rank, board: Board, seed: int) -> Batch:
    """The trees of a rank that meet the board, the smaller ones behind."""
    batch = Batch()
    left, _, right, _ = board.span()
    reach = 0.6 * rank.tall
    kinds = {k: [_trees.tones(light, g, _bark(k), params.snow) for g in _GREENS[k]] for k in _GREENS}
    first, last = int(np.floor((left - reach) / rank.pitch)) - 1, int(np.ceil((right + reach) / rank.pitch)) + 1
    stands = []
    for k in range(first, last + 1):
        random = np.random.default_rng([seed, rank.number, k + 1_000_000])
        x = (k + float(random.uniform(0.1, 0.9))) * rank.pitch
        size = rank.tall * float(random.choice([0.62, 0.80, 1.0, 1.22], p=[0.22, 0.3, 0.3, 0.18]))
        size *= float(random.uniform(0.92, 1.08))
        gap = abs(x - params.centre / rank.far) - params.opening / 2 * (1.0, 0.66, 0.0, 0.0)[3 - rank.number] / rank.far
        if gap < 0.12 * size:
            if rank.number > 1 and gap > -0.9 * size and random.random() < 0.8:
                stands.append((0.0, x, 0.16 * size, random))
            continue
        stands.append((size, x, size, random))
    for _, x, size, random in sorted(stands, key=lambda s: -s[2] if s[0] else 0.0):
        foot = (x, rank.foot - 0.015 * rank.tall * float(random.uniform(0, 1.5)))
        batch.join(_one(params, kinds, (foot, size, rank), random))
    return batch


def _one(
    params: Params, kinds: dict[str, list[Tones]], what: tuple[tuple[float, float], float, _Rank],
    random: np.random.Generator,
) -> Batch:  # fmt: skip
    """One tree of the kind that the forest wants, with undergrowth at its foot."""
    foot, size, rank = what
    kind = params.trees
    if kind == "mixed":
        kind = "conifers" if random.random() < 0.6 else "leafy"
    colours = kinds[kind][int(random.integers(2))].varied(random)
    batch = Batch()
    if size > 0.2 * rank.tall:
        if kind == "conifers":
            batch.join(_trees.conifer(foot, 1.12 * size, colours, random, fine=rank.number > 0))
        elif kind == "leafy":
            batch.join(_trees.leafy(foot, 0.92 * size, colours, random, detail=min(rank.number, 1)))
        else:
            batch.join(_trees.bare(foot, 0.98 * size, colours, random, (0, 0, 2, 3)[rank.number]))
    if rank.number > 1 and random.random() < 0.75:
        low = kinds[kind][int(random.integers(2))].varied(random)
        tall = rank.tall * float(random.uniform(0.05, 0.10))
        at = (foot[0] + float(random.normal(0, 0.10)) * rank.tall, foot[1])
        batch.join(_trees.bush(at, tall, low, random))
    return batch


def _bark(kind: str) -> str:
    return {"conifers": "#5a4646", "leafy": "#6a5650", "bare": "#5d4c50"}[kind]


def _rays(board: Board, light: Daylight, params: Params, seed: int) -> None:
    """Shafts that fall from the upper left between the ranks, each with a soft right edge."""
    x, y = _air.columns(board), _air.heights(board)
    along = x + 0.62 * (y - _EYE)  # constant along a shaft that leans to the left as it climbs
    cell = 0.11 * params.height
    low, high = float(along.min()), float(along.max())
    place = np.arange(low, high + 1 / board.scale, 0.25 / board.scale)
    wave = np.zeros(len(place))
    for k in range(int(np.floor(low / cell)) - 2, int(np.ceil(high / cell)) + 3):
        random = np.random.default_rng([seed, 77, k + 1_000_000])
        middle, half = (k + float(random.random())) * cell, cell * float(random.uniform(0.10, 0.55))
        wave += float(random.uniform(0, 1)) ** 2 * np.exp(-(((place - middle) / half) ** 2))
    fall = np.clip((y + 0.2) / (0.35 * params.height), 0, 1) * np.clip((1.25 * params.height - y) / params.height, 0, 1)
    strength = 0.42 * params.rays * light.glow_weight
    # the light takes on the mist: it shows on trees, and on empty air only as far as it is misty
    shaft = np.interp(along, place, np.clip(wave, 0, 1)).astype(np.float32)
    amount = shaft * fall * np.float32(strength) * (0.35 + 0.65 * board.alpha)
    glow = _colour.rgb_of(light.glow).astype(np.float32)
    board.rgb += (glow - board.rgb) * amount[..., None]
    board.alpha += (1 - board.alpha) * amount

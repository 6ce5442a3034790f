"""Trees as batches of flat shapes in metres: conifers of ragged skirts, broad crowns of leafy clumps, bare ones.

Light comes from the upper left, as everywhere. A tree stands on its foot; nothing here knows haze or pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from rules import _bare, _colour
from rules._board import Batch
from rules._colour import RGB
from rules._daylight import Daylight, under
from rules._outline import Points, tube

#: clumps of a crown (x, y, radius) in crown widths and heights, y up from the crown's foot; chosen by eye
_CROWNS = (
    # an oak: broad, with a shoulder on the left
    (
        (-0.02, 0.86, 0.17), (-0.26, 0.74, 0.18), (0.22, 0.76, 0.17), (0.00, 0.62, 0.22), (-0.42, 0.50, 0.16),
        (0.40, 0.54, 0.17), (-0.20, 0.42, 0.20), (0.20, 0.38, 0.20), (-0.36, 0.26, 0.14), (0.40, 0.26, 0.13),
        (0.02, 0.22, 0.16),
    ),
    # a lime: an egg that leans a little
    (
        (0.03, 0.90, 0.16), (-0.14, 0.76, 0.19), (0.18, 0.74, 0.18), (-0.26, 0.54, 0.20), (0.08, 0.56, 0.24),
        (0.34, 0.50, 0.16), (-0.18, 0.32, 0.21), (0.18, 0.30, 0.20), (-0.32, 0.20, 0.13), (0.02, 0.14, 0.17),
    ),
    # an ash: two storeys with a gap on the right
    (
        (0.10, 0.88, 0.16), (-0.12, 0.80, 0.18), (0.30, 0.72, 0.15), (-0.32, 0.62, 0.16), (0.04, 0.62, 0.19),
        (-0.44, 0.40, 0.14), (-0.18, 0.40, 0.20), (0.40, 0.42, 0.15), (0.16, 0.28, 0.18), (-0.30, 0.18, 0.14),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Tones:
    """A tree's colours in its light: shadow, body and lit tone of what is green, and of bark; snow or none."""

    dark: RGB
    body: RGB
    lit: RGB
    bark: RGB
    bark_lit: RGB
    snow: RGB | None = None

    def varied(self, random: np.random.Generator, amount: float = 1.0) -> Tones:
        """The same kind of tree, another one: a little yellower or bluer, darker or paler."""
        tone, warm = 1 + 0.06 * amount * float(random.normal()), 0.05 * amount * float(random.normal())
        factor = np.array([tone + warm, tone, tone - 1.2 * warm])
        return replace(self, dark=self.dark * factor, body=self.body * factor, lit=np.minimum(self.lit * factor, 1))


def tones(light: Daylight, green: str, bark: str, snow: bool = False) -> Tones:
    """Tones of a tree from its own two colours."""
    body, wood = under(light, green), under(light, bark)
    # a warm key on green is grey: most of the lit tone comes from the green itself
    keyed = under(light, _colour.light(_colour.rgb_of(green), 0.08, 110, 16), 0.5)
    lit = _colour.mix(_colour.light(body, 0.11, 116, 18), keyed, 0.22)
    white = under(light, "#eef3fb", 0.25)
    return Tones(
        _colour.shade(body, 0.10, light.shade_hue, 24), body, lit,
        _colour.shade(wood, 0.05, light.shade_hue), _colour.light(under(light, bark, 0.6), 0.05),
        white if snow else None,
    )  # fmt: skip


def _between(a: RGB, b: RGB, t: float) -> RGB:
    """A tone between two of one tree: so near to one another that sRGB will do, and a tree needs thirty."""
    return a + (b - a) * t


def _limb(line: Sequence[tuple[float, float]], radii: Sequence[float]) -> Points:
    """A limb through a few points: straight between them, since a tree has hundreds and a spline costs ten times as
    much; its ends are blunt."""
    middle, half = np.array(line, np.float64), np.array(radii, np.float64)[:, None]
    along = np.empty_like(middle)
    along[1:-1] = middle[2:] - middle[:-2]
    along[0], along[-1] = middle[1] - middle[0], middle[-1] - middle[-2]
    side = along[:, ::-1] * np.array([-1.0, 1.0]) * (half / (np.hypot(along[:, 0], along[:, 1])[:, None] + 1e-9))
    return np.concatenate([middle + side, (middle - side)[::-1]])


def _bent(line: Sequence[tuple[float, float]], radii: Sequence[float]) -> Points:
    """A trunk or bough that bends smoothly."""
    return tube(line, radii, 6, (False, True))


# -- conifers


#: a frond of needles: along from its root to its tip, and across (up is positive), its lower edge in teeth
_FROND = np.array(
    [
        [0.0, 0.06], [0.35, 0.13], [0.70, 0.10], [1.0, -0.02], [0.86, -0.12], [0.80, -0.05],
        [0.64, -0.20], [0.57, -0.09], [0.40, -0.24], [0.32, -0.10], [0.10, -0.20],
    ]
)  # fmt: skip


def conifer(
    foot: tuple[float, float], height: float, colours: Tones, random: np.random.Generator, fine: bool = True
) -> Batch:
    """A spruce: a trunk, and whorls of drooping fronds from the lowest to the leader, lit on the left."""
    batch = Batch()
    x, y = foot
    lean = float(random.normal(0, 0.010)) * height
    half = height * float(random.uniform(0.145, 0.205))
    trunk = [(x, y - 0.01 * height), (x + 0.9 * lean, y + 0.9 * height)]
    batch.add(_limb(trunk, [0.016 * height, 0.004 * height]), colours.bark)
    count = int(random.integers(12, 16)) if fine else 7
    for k in range(count):
        t = k / count
        low = y + height * (0.07 + 0.91 * t**0.94)
        wide = half * (1 - t) ** 0.84 * float(random.uniform(0.80, 1.16)) + 0.012 * height
        rise = height * (0.060 + 0.105 * (1 - t)) * (1.0 if fine else 1.35)
        _whorl(batch, (x + lean * t, low, wide, rise), colours, (random, fine))
    tip = [(x + lean, y + 0.95 * height), (x + lean, y + 1.03 * height)]
    batch.add(_limb(tip, [0.008 * height, 0.001 * height]), colours.body)
    return batch


def _whorl(
    batch: Batch, place: tuple[float, float, float, float], colours: Tones, how: tuple[np.random.Generator, bool]
) -> None:
    """One whorl: fronds from the trunk to its rim, those at the sides behind, under them the dark of the next."""
    x, low, wide, rise = place
    random, fine = how
    count = 9 if fine else 5
    q = np.linspace(-1, 1, count) + random.normal(0, 0.07, count)
    q = q[np.argsort(-np.abs(q))]
    root = np.stack([x + 0.10 * wide * q, low + rise * (1 - 0.25 * np.abs(q))], 1)
    tip = np.stack([x + wide * q, low + 0.10 * rise * np.abs(q) + random.normal(0, 0.10, count) * rise], 1)
    along = tip - root
    across = np.stack([-along[:, 1], along[:, 0]], 1) * np.where(q < 0, -1.0, 1.0)[:, None]
    s, t = _FROND[None, :, 0, None], _FROND[None, :, 1, None]
    girth = (0.9 + 0.9 * (1 - np.abs(q)))[:, None, None]  # what points at us is seen from its broad side
    fronds = root[:, None] + along[:, None] * s + across[:, None] * t * girth
    fronds[..., 1] -= 0.20 * rise * s[..., 0] ** 2
    batch.many(fronds + np.array([0.06 * wide, -0.30 * rise]), colours.dark)
    level = np.clip(0.50 - 0.72 * q + random.normal(0, 0.13, count), 0, 1)[:, None]
    tone = np.where(
        level < 0.5, colours.dark + (colours.body - colours.dark) * (0.25 + 1.5 * level),
        colours.body + (colours.lit - colours.body) * (2 * level - 1),
    )  # fmt: skip
    batch.many(fronds, tone)
    if fine:  # the backs of the lit fronds
        back = root[:, None] + along[:, None] * (0.30 + 0.66 * s) + across[:, None] * (0.05 + 0.34 * t)
        back[..., 1] -= 0.20 * rise * (0.30 + 0.66 * s[..., 0]) ** 2
        lit = level[:, 0] > 0.55
        batch.many(back[lit], (0.45 * tone + 0.55 * colours.lit)[lit])
    if colours.snow is not None:
        lying = root[:, None] + along[:, None] * (0.22 + 0.70 * s) + across[:, None] * (0.10 + 0.55 * t) * girth
        lying[..., 1] += 0.05 * rise - 0.20 * rise * s[..., 0] ** 2
        share = np.clip(1.05 - 0.75 * np.clip(q, 0, 1), 0.45, 1)[:, None]
        batch.many(lying, colours.dark + (colours.snow - colours.dark) * share)


# -- broad crowns


def leafy(
    foot: tuple[float, float], height: float, colours: Tones, random: np.random.Generator, detail: int = 1
) -> Batch:
    """A broad-leaved tree: a trunk that forks, boughs, and a crown of clumps painted from its top down.

    detail: 0 far away, 1 at the back of the stage, 2 near, with single leaves all over.
    """
    batch = Batch()
    x, y = foot
    crown = _CROWNS[int(random.integers(len(_CROWNS)))]
    flip = -1 if random.random() < 0.4 else 1
    wide = height * float(random.uniform(0.62, 0.86))
    low = y + height * float(random.uniform(0.22, 0.32))
    tall = y + height - low
    clumps = [(x + flip * a * wide, low + b * tall, 0.92 * c * (0.55 * wide + 0.45 * tall)) for a, b, c in crown]
    clumps.sort(key=lambda c: -c[1])
    behind = clumps[1::3]  # in the crown's own shadow; boughs run before them, and the sky shows beside them
    for place in behind if detail else ():
        away = (place[0] + 0.10 * place[2], place[1] - 0.16 * place[2], 0.86 * place[2])
        _clump(batch, away, (0.62, 0.05), colours, (random, min(detail, 1)))
    _wood(batch, (x, y, height), clumps, colours, (random, detail))
    for place in clumps:
        _clump(batch, place, ((place[0] - x) / wide, (place[1] - low) / tall), colours, (random, detail))
    return batch


def bush(foot: tuple[float, float], height: float, colours: Tones, random: np.random.Generator) -> Batch:
    """Leaf clumps that sit on the ground."""
    batch = Batch()
    x, y = foot
    for _ in range(int(random.integers(3, 6))):
        r = height * float(random.uniform(0.34, 0.56))
        at = (x + float(random.normal(0, 0.62)) * height, y + r * float(random.uniform(0.45, 0.95)), r)
        _clump(batch, at, (0.0, 0.3), colours, (random, 1))
    # flat underneath, where it meets the ground, or it hovers
    batch.polygons = [
        np.stack([p[:, 0], np.maximum(p[:, 1], y + 0.05 * height * np.sin(p[:, 0] * 9 / height))], 1)
        for p in batch.polygons
    ]
    if colours.snow is not None:  # a drift lies against it
        t = np.linspace(-1, 1, 13)
        high = 0.30 * height * np.cos(0.5 * np.pi * t) ** 1.5 * (1 + 0.25 * np.sin(5 * t + x))
        crest = np.stack([x + 1.75 * height * t, y - 0.04 * height + high], 1)
        batch.add(crest, _between(colours.snow, colours.dark, 0.06))
    return batch


def _wood(
    batch: Batch, place: tuple[float, float, float], clumps: Sequence[tuple[float, float, float]], colours: Tones,
    how: tuple[np.random.Generator, int],
) -> None:  # fmt: skip
    """The trunk on its roots, with its bark, and boughs that carry the clumps."""
    (x, y, h), (random, detail) = place, how
    bend = float(random.normal(0, 0.02)) * h
    thick = h * float(random.uniform(0.026, 0.036))
    fork = (x + 0.9 * bend, y + h * float(random.uniform(0.24, 0.30)))
    for n, (a, b, r) in enumerate(clumps):
        if detail == 0 and n not in (1, 4):  # what is far away shows two
            continue
        end = (a + (fork[0] - a) * 0.16, b - 0.30 * r)
        up = h * float(random.uniform(-0.04, 0.06)) + 0.30 * max(0.0, b - fork[1])
        start = (fork[0] + 0.02 * (a - x), fork[1] + up)
        if end[1] < start[1] + 0.02 * h or (detail and n % 3 == 2 and abs(a - x) > 0.2 * h):
            continue  # what would hang down or stick out by itself is hidden in leaves
        if detail == 0:
            batch.add(_limb([start, end], [0.44 * thick, 0.12 * thick]), colours.bark)
            continue
        # it leaves the trunk steeply, swings out, and rises again into its leaves
        sway = h * float(random.normal(0, 0.012))
        low = (start[0] + 0.14 * (end[0] - start[0]), start[1] + 0.34 * (end[1] - start[1]))
        mid = (start[0] + 0.62 * (end[0] - start[0]) + sway, start[1] + 0.62 * (end[1] - start[1]) - 0.4 * sway)
        bough = [start, low, mid, end]
        girth = (np.array([0.62, 0.40, 0.24, 0.07]) * thick * float(random.uniform(0.7, 1.15))).tolist()
        batch.add(_bent(bough, girth), colours.bark)
        lit = [(c - 0.30 * g, d + 0.26 * g) for (c, d), g in zip(bough, girth, strict=True)]
        batch.add(_bent(lit, [0.34 * g for g in girth]), colours.bark_lit)
    for side, reach in ((-1, 3.6), (1, 3.0), (-0.35, 2.2), (0.5, 2.4)) if detail else ():
        root = [(x + 0.5 * side * thick, y + 0.050 * h), (x + 1.5 * side * thick, y + 0.006 * h)]
        root.append((x + side * reach * thick, y - 0.012 * h))
        batch.add(_bent(root, [0.80 * thick, 0.52 * thick, 0.08 * thick]), colours.bark)
    line = [
        (x, y - 0.008 * h),
        (x + 0.1 * bend, y + 0.05 * h),
        (x + bend, y + 0.30 * h),
        (x + 0.4 * bend, y + 0.62 * h),
    ]
    radii = [1.7 * thick, 1.12 * thick, 0.86 * thick, 0.35 * thick]
    trunk = _bent if detail else _limb
    batch.add(trunk(line, radii), colours.bark)
    lit = [(a - 0.46 * thick, b) for a, b in line]
    batch.add(trunk(lit, [0.62 * thick, 0.42 * thick, 0.28 * thick, 0.05 * thick]), colours.bark_lit)
    if detail:
        _bark(batch, line, radii, colours, (random, 26 * detail))


def _bark(
    batch: Batch, line: Sequence[tuple[float, float]], radii: Sequence[float], colours: Tones,
    how: tuple[np.random.Generator, int],
) -> None:  # fmt: skip
    """Short strokes along a trunk, dark on its right, lit on its left, and a knot."""
    random, count = how
    middle, girth = np.array(line), np.array(radii)
    deep, pale = colours.bark * 0.74, _between(colours.bark_lit, np.minimum(colours.bark_lit * 1.18, 1), 0.6)
    t = random.uniform(0.02, 0.66, count)
    off = random.uniform(-0.88, 0.88, count)
    ups = np.linspace(0, 1, len(line))
    rows = t[:, None] + np.array([0.0, 0.03, 0.06]) * random.uniform(0.6, 1.6, count)[:, None]
    px, py = (np.interp(rows, ups, middle[:, k]) for k in (0, 1))
    wide = np.interp(rows, ups, girth)
    px = px + (off[:, None] + np.array([0.0, 0.07, -0.03])) * wide
    half = 0.075 * wide * np.array([0.25, 1.0, 0.2]) * np.sqrt(1 - off * off)[:, None]
    strokes = np.stack([np.concatenate([px - half, (px + half)[:, ::-1]], 1), np.concatenate([py, py[:, ::-1]], 1)], -1)
    is_lit = off + random.normal(0, 0.35, count) < -0.25
    batch.many(strokes, np.where(is_lit[:, None], pale, deep))
    x, y, r = (
        float(np.interp(0.34, ups, middle[:, 0])),
        float(np.interp(0.34, ups, middle[:, 1])),
        0.36 * float(girth[1]),
    )
    turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    for size, tone in ((1.0, deep), (0.62, colours.bark * 0.55)):
        ring = np.stack([x + 0.2 * r + 0.66 * size * r * np.cos(turn), y + size * r * np.sin(turn)], 1)
        batch.add(ring, tone)


#: a bunch of leaves about its stalk, its teeth up
_TUFT = np.array(
    [
        [-0.95, -0.05], [-0.80, 0.32], [-0.52, 0.26], [-0.46, 0.66], [-0.16, 0.50], [0.06, 0.88], [0.30, 0.50],
        [0.60, 0.62], [0.66, 0.24], [1.0, 0.10], [0.62, -0.16], [0.10, -0.34], [-0.50, -0.26],
    ]
)  # fmt: skip
_BUNCHES = (7, 38, 110)  # of a clump, by detail
_SIZES = (0.46, 0.24, 0.15)  # in its radii


def _clump(
    batch: Batch, place: tuple[float, float, float], where: tuple[float, float], colours: Tones,
    how: tuple[np.random.Generator, int],
) -> None:  # fmt: skip
    """One clump: a mass in shadow, and bunches of leaves over it that have the tone of where they face.

    where: its place in the crown, from the middle to the right and from the foot up: clumps at the lower right lie
    in the shadow of the others.
    """
    x, y, r = place
    random, detail = how
    share = float(np.clip(0.62 - 0.75 * where[0] + 0.55 * (where[1] - 0.5), 0.06, 1.0))
    deep = _between(colours.dark * 0.86, colours.dark, 0.3 + 0.7 * share)
    _mass(batch, (x + 0.03 * r, y - 0.05 * r, 0.84 * r), deep, random, detail > 0)
    count = _BUNCHES[detail]
    turn, away = random.uniform(0, 2 * np.pi, count), np.sqrt(random.uniform(0.02, 1.08, count))
    u, v = away * np.cos(turn), away * np.sin(turn)
    v = np.where(v < 0, 0.80 * v, v)  # foliage hangs in shelves, flat underneath
    level = 0.40 + 0.34 * (0.80 * v - 0.60 * u) + 0.62 * (share - 0.5) + random.normal(0, 0.08, count)
    order = np.argsort(level)
    u, v, level = u[order], v[order], np.clip(level[order], 0, 0.999)
    heading = np.arctan2(v + 0.45, 1.1 * u) - np.pi / 2 + random.normal(0, 0.35, count)
    size = _SIZES[detail] * r * random.uniform(0.75, 1.3, count)
    body = _between(colours.dark, colours.body, 0.55)
    steps = np.array([deep, body, colours.body, _between(colours.body, colours.lit, 0.62), colours.lit])
    tone = steps[(level * len(steps)).astype(int)] * random.uniform(0.97, 1.03, (count, 1))
    batch.many(_bunches(np.stack([x + 1.06 * r * u, y + 0.90 * r * v], 1), size, heading), np.clip(tone, 0, 1))
    if detail:
        bright = level > 0.80
        small = np.stack([x + 1.06 * r * u - 0.03 * r, y + 0.90 * r * v + 0.04 * r], 1)[bright]
        warm = np.minimum(colours.lit * 1.07, 1)
        batch.many(_bunches(small, 0.5 * size[bright], heading[bright]), np.repeat(warm[None], len(small), 0))
    if colours.snow is not None:
        _mass(batch, (x - 0.10 * r, y + 0.56 * r, 0.46 * r), colours.snow, random, detail > 0)


def _bunches(at: Points, sizes: Points, turns: Points) -> Points:
    """Bunches of leaves (count, 13, 2); turns: radians to the left from straight up."""
    c, s = (np.cos(turns) * sizes)[:, None], (np.sin(turns) * sizes)[:, None]
    u, v = _TUFT[None, :, 0], _TUFT[None, :, 1]
    return np.stack([at[:, :1] + u * c - v * s, at[:, 1:] + u * s + v * c], -1)


def _mass(
    batch: Batch, place: tuple[float, float, float], colour: ArrayLike, random: np.random.Generator, fine: bool
) -> None:
    """A scalloped blob, and loose leaves that break its edge."""
    x, y, r = place
    t = np.linspace(0, 2 * np.pi, 30, endpoint=False)
    lobes = int(random.integers(6, 9))
    phase = float(random.uniform(0, 6.28))
    out = 0.90 + 0.13 * np.abs(np.sin(0.5 * lobes * t + phase)) + random.normal(0, 0.025, len(t))
    out += 0.09 * np.sin(2 * t + 1.7 * phase) + 0.05 * np.sin(3 * t + 2.9 * phase)  # no ball
    shape = np.stack([x + 1.10 * r * out * np.cos(t), y + 0.90 * r * out * np.sin(t)], 1)
    batch.add(shape, colour)
    if not fine:
        return
    count = 22
    turn = random.uniform(0, 2 * np.pi, count)
    away = random.uniform(0.86, 1.14, count) * r
    at = np.stack([x + 1.06 * away * np.cos(turn), y + 0.90 * away * np.sin(turn)], 1)
    batch.many(
        _leaves(
            at, np.full(count, 0.10 * r + 0.03) * random.uniform(0.7, 1.3, count), turn + random.normal(0, 0.6, count)
        ),
        colour,
    )


def _leaves(at: Points, sizes: Points, turns: Points) -> Points:
    """Leaves (count, 6, 2) that point along `turns`, radians from the right."""
    shape = np.array([[-1.0, 0.0], [-0.2, 0.42], [0.5, 0.34], [1.0, 0.0], [0.5, -0.34], [-0.2, -0.42]])
    c, s = (np.cos(turns) * sizes)[:, None], (np.sin(turns) * sizes)[:, None]
    u, v = shape[None, :, 0], shape[None, :, 1]
    return np.stack([at[:, :1] + u * c - v * s, at[:, 1:] + u * s + v * c], -1)


# -- in winter


def bare(
    foot: tuple[float, float], height: float, colours: Tones, random: np.random.Generator, orders: int = 3
) -> Batch:
    """A tree without leaves; orders: how often its limbs bear limbs; 0 for one that is seen as a mass far away."""
    batch = Batch()
    paints = (colours.bark, colours.bark_lit, colours.snow)
    if orders:
        _bare.near(batch, _bare.limbs(foot, height, random, orders), paints)
    else:
        _bare.far(batch, foot, height, paints, random)
    return batch

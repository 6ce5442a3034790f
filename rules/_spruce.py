"""A spruce that stands near: tiers of boughs that droop and hang full of twigs, lit on the left, over a trunk.

Far ones, by the hundred, are `_trees.conifer`.
"""

from __future__ import annotations

import numpy as np

from rules import _colour
from rules._board import Batch
from rules._outline import Points, tube
from rules._trees import Tones

_TIERS = 13
_TEETH = 8  # of the fringe under a bough


def near(foot: tuple[float, float], height: float, colours: Tones, random: np.random.Generator) -> Batch:
    """The whole tree, from its roots to its leader; upper tiers hang over lower ones."""
    batch = Batch()
    x, y = foot
    lean = 0.012 * height * float(random.normal())
    half = height * float(random.uniform(0.185, 0.215))
    _trunk(batch, (x, y, height, lean), colours)
    for k in range(_TIERS):
        t = k / _TIERS
        low = y + height * (0.115 + 0.855 * t**0.90)
        wide = half * (1 - t) ** 0.86 * float(random.uniform(0.86, 1.12)) * (1.0 if k else 0.86) + 0.010 * height
        _tier(batch, (x + lean * t, low, wide, height * (0.050 + 0.075 * (1 - t))), colours, random)
    top = (x + lean, y + 0.93 * height)
    batch.add(tube([top, (x + 1.1 * lean, y + 1.02 * height)], [0.010 * height, 0.001 * height], 4), colours.body)
    return batch


def _trunk(batch: Batch, place: tuple[float, float, float, float], colours: Tones) -> None:
    """The bare foot of the trunk on its roots; the shade of the lowest boughs lies on it."""
    x, y, h, lean = place
    line = [(x, y - 0.006 * h), (x, y + 0.03 * h), (x + 0.1 * lean, y + 0.18 * h), (x + 0.9 * lean, y + 0.9 * h)]
    thick = 0.020 * h
    for side in (-1.0, 0.9, -0.3):
        root = [(x + 0.4 * side * thick, y + 0.035 * h), (x + 2.3 * side * thick, y - 0.006 * h)]
        batch.add(tube(root, [0.6 * thick, 0.12 * thick], 5), colours.bark)
    batch.add(tube(line, np.array([1.5, 1.05, 0.85, 0.2]) * thick, 6, (False, True)), colours.bark)
    lit = [(a - 0.48 * thick, b) for a, b in line[:3]]
    batch.add(tube(lit, np.array([0.55, 0.36, 0.28]) * thick, 6), colours.bark_lit)
    shade = [(x, y + 0.085 * h), (x + 0.1 * lean, y + 0.18 * h)]
    batch.add(tube(shade, [0.75 * thick, 0.95 * thick], 4, (False, False)), colours.bark * 0.55)


def _tier(
    batch: Batch, place: tuple[float, float, float, float], colours: Tones, random: np.random.Generator
) -> None:  # fmt: skip
    """One tier: the dark under it, boughs at the sides, then those that come towards us, the lit ones last."""
    x, low, wide, rise = place
    deep = colours.dark * 0.62
    t = np.linspace(-1, 1, 15)
    droop = 0.34 * rise * np.abs(t) + 0.10 * rise * np.sin(9 * t + float(random.uniform(0, 6)))
    under = np.stack([x + 0.90 * wide * t, low + 0.02 * rise - droop], 1)
    under[:, 1] += 0.30 * rise * (1 - t * t)
    batch.add(np.concatenate([under, [[x + 0.16 * wide, low + 1.6 * rise], [x - 0.16 * wide, low + 1.6 * rise]]]), deep)
    count = 11
    q = np.linspace(-1, 1, count) + random.normal(0, 0.06, count)
    for across in q[np.argsort(-np.abs(q))].tolist():
        reach = wide * across * float(random.uniform(0.88, 1.10))
        root = np.array([x + 0.10 * wide * across, low + rise * float(random.uniform(0.75, 1.0))])
        tip = np.array([x + reach, low - rise * (0.18 + 0.30 * abs(across)) * float(random.uniform(0.6, 1.3))])
        level = float(np.clip(0.50 - 0.56 * across + random.normal(0, 0.10), 0, 1))
        _bough(batch, (root, tip, rise * (0.62 - 0.22 * abs(across))), (colours, level), random)


def _bough(
    batch: Batch, place: tuple[Points, Points, float], how: tuple[Tones, float], random: np.random.Generator
) -> None:  # fmt: skip
    """A bough: its own shadow, its green, its back in the light, and snow along that."""
    colours, level = how
    dark = _colour.mix(colours.dark * 0.80, colours.dark, level)
    if level < 0.5:
        body = dark + (colours.body - dark) * (0.15 + 1.3 * level)
    else:
        body = colours.body + (colours.lit - colours.body) * (1.1 * level - 0.55)
    jitter = random.uniform(0.55, 1.15, _TEETH)
    shape = _hanging(place, (1.0, 0.0), jitter)
    batch.add(shape + np.array([0.10, -0.26]) * place[2], dark * 0.82)
    batch.add(shape, body)
    batch.add(_hanging(place, (0.60, 0.10), jitter[::-1]), _colour.mix(body, colours.lit, 0.22 + 0.25 * level))
    if level > 0.42:
        batch.add(_hanging(place, (0.30, 0.14), jitter), _colour.mix(body, colours.lit, 0.45 + 0.45 * level))
    if colours.snow is not None:
        snow = dark + (colours.snow - dark) * (0.62 + 0.38 * level)
        batch.add(_hanging(place, (0.52, 0.16), 0.6 * jitter + 0.3), snow)


def _hanging(place: tuple[Points, Points, float], part: tuple[float, float], jitter: Points) -> Points:
    """The outline of a bough: a back that rises, droops and lifts its tip, and twigs that hang from it.

    part: how far down the twigs hang, as a share, and how far from root and tip this layer begins.
    """
    root, tip, girth = place
    share, inset = part
    s = np.linspace(inset, 1 - 0.6 * inset, 2 * _TEETH + 1)
    along = tip - root
    back = root + along * s[:, None]
    back[:, 1] += girth * (0.46 * np.sin(np.pi * s**0.8) - 0.34 * s**2 + 0.26 * s**6)
    swell = np.sin(np.pi * (0.16 + 0.80 * (s - s[0]) / (s[-1] - s[0]))) ** 0.7
    hang = girth * share * swell
    teeth = np.full(len(s), 0.42)
    teeth[1::2] = jitter
    below = back.copy()
    below[:, 1] -= hang * teeth
    below[:, 0] += 0.30 * hang * teeth * np.sign(along[0]) * (np.abs(along[0]) > 0.3 * girth)
    return np.concatenate([back, below[::-1]])

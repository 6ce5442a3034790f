"""Letters as actors: how they come in one after the other, as closed forms of time.

Any frame can be asked for by itself. Letters are drawings that are moved, turned and squashed; when all
have come to rest, the card as it is printed fades in over them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules import _noise
from rules._lockup import Line, Lockup

Floats = NDArray[np.float64]

_FIRST = 0.25  # seconds before the first letter
_LONGEST = {"bounce": 1.05, "wave": 2.6, "fall": 1.7}  # seconds that one letter takes
SETTLE = 0.4  #: seconds in which the printed card fades in over its letters


class Place(NamedTuple):
    """Where one letter rests: its glyph, face and take; the middle of its foot, in picture heights, y UP."""

    glyph: str
    hand: str
    take: int
    manner: str
    cap: float
    x: float
    y: float


@dataclass(frozen=True)
class Moves:
    """(n,) each: how far a letter is from its place, in picture heights, y up; its turn in degrees, clockwise, its
    squash and opacity."""

    x: Floats
    y: Floats
    turn: Floats
    stretch: Floats
    opacity: NDArray[np.int32]


def places(lockup: Lockup) -> list[Place]:
    """All letters of a card in the order of reading."""
    ordered = sorted(lockup.lines, key=lambda line: (round(line.y - line.cap / 2, 2), line.x))
    return [place for line in ordered for place in _of_line(line)]


def _of_line(line: Line) -> Iterator[Place]:
    unit = line.cap / 700
    setting = line.setting
    for (glyph, face, take), letter, at in zip(setting.hands, setting.letters, setting.places, strict=True):
        middle = at + (letter.box[0] + letter.box[2]) / 2
        yield Place(glyph, face.name, take, line.manner, round(line.cap, 6), line.x + middle * unit, -line.y)


def seconds(kind: str, count: int) -> float:
    """How long it takes until all letters rest."""
    return _FIRST + _step(kind, count) * max(count - 1, 0) + _LONGEST[kind]


def _step(kind: str, count: int) -> float:
    """Seconds between two letters: long texts come in faster."""
    return min({"bounce": 0.075, "wave": 0.06, "fall": 0.09}[kind], 2.2 / max(count, 1))


def moves(kind: str, place: Place, number: int, count: int, time: Floats, seed: int) -> Moves:
    """The way of one letter. time: (n,) seconds of the card."""
    since = time - _FIRST - _step(kind, count) * number
    made: dict[str, Any] = {"bounce": _bounce, "wave": _wave, "fall": _fall}
    found: Moves = made[kind](since, place, number, seed)
    return found


def _bounce(since: Floats, place: Place, number: int, seed: int) -> Moves:
    """Drops, lands with a squash, hops twice, each time lower. What stands low jumps up from below instead, so that
    it does not cross the lines above."""
    height = 1.7 * place.cap
    lands, hops = (0.34, 0.66, 0.88), (0.30, 0.085)
    t = np.clip(since, 0, None)
    u = np.clip(t / lands[0], 0, 1)
    is_low = place.y + place.cap / 2 < -0.02
    y = height * (-1 + 3.6 * u - 2.6 * u * u) if is_low else height * (1 - u * u)
    stretch = 1 + 0.16 * np.clip(t / lands[0], 0, 1) * (t < lands[0])
    for k, share in enumerate(hops):
        u = np.clip((t - lands[k]) / (lands[k + 1] - lands[k]), 0, 1)
        y = y + height * share * 4 * u * (1 - u)
        stretch = stretch - 0.30 * (0.5**k) * _bump(t - lands[k] - 0.02, 0.075)
    stretch = stretch - 0.06 * _bump(t - lands[2] - 0.02, 0.06)
    lean = (_noise.chance(seed, number) - 0.5) * 16
    turn = lean * np.clip(1 - t / lands[1], 0, 1)
    return Moves(np.zeros_like(t), y, turn, stretch, _shown(since, 0.12))


def _wave(since: Floats, place: Place, number: int, seed: int) -> Moves:
    """Rises into its place, and a swell runs along the line until it is calm."""
    t = np.clip(since, 0, None)
    rise = np.clip(t / 0.42, 0, 1)
    back = 1 + 2.4 * (rise - 1) ** 3 + 1.4 * (rise - 1) ** 2  # overshoots a little
    swell = np.clip((2.5 - t) / 2.1, 0, 1) ** 1.5 * np.clip((t - 0.25) / 0.3, 0, 1)
    phase = 2 * np.pi * (1.05 * t)
    y = -0.9 * place.cap * (1 - back) + 0.17 * place.cap * swell * np.sin(phase)
    return Moves(np.zeros_like(t), y, 5.0 * swell * np.cos(phase), np.ones_like(t), _shown(since, 0.25))


def _fall(since: Floats, place: Place, number: int, seed: int) -> Moves:
    """Comes down like a leaf, from side to side, and lies still. Neighbours drift together, as in one breath of wind,
    or a text would be a heap while it falls; none begins as high as the line above."""
    t = np.clip(since / 1.6, 0, 1)
    left = (1 - t) ** 2
    side = 1 if _noise.chance(seed, round(place.y * 1000)) < 0.5 else -1
    drift = 0.035 * number + 0.05 * _noise.chance(seed, number, 1)
    sway = np.sin(2 * np.pi * (1.25 * t + drift))
    x = side * 0.40 * place.cap * sway * left
    turn = side * 26 * np.cos(2 * np.pi * (1.25 * t + drift)) * left
    y = (0.62 + 0.30 * _noise.chance(seed, number, 2)) * place.cap * left
    return Moves(x, y, turn, np.ones_like(t), _shown(since, 0.45))


def _bump(t: Floats, half: float) -> Floats:
    """1 at t = 0, falling to 0 at +-half, level at both."""
    u = np.clip(1 - np.abs(t) / half, 0, 1)
    return np.asarray(u * u * (3 - 2 * u))


def _shown(since: Floats, fade: float) -> NDArray[np.int32]:
    return np.rint(255 * np.clip(since / fade, 0, 1) * (since >= 0)).astype(np.int32)

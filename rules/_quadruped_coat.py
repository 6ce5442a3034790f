"""The coat of a four-legged animal: its colours and what is painted on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from rules import _colour
from rules._cel import Cel, Mask
from rules._colour import RGB
from rules._kit import Point
from rules._outline import spline, tube


class _Dyes(NamedTuple):
    fur: str
    pale: str
    marks: str
    socks: str
    eye: str
    nose: str
    coat: str


_SPECIES = {
    "cat": _Dyes("#dd8f47", "#f7e4c5", "#ab5a2c", "#f7e4c5", "#8fb54a", "#e08a80", "tabby"),
    "dog": _Dyes("#c99a66", "#f4e6cd", "#7a4f38", "#f4e6cd", "#7a4a28", "#3c2c30", "saddle"),
    "fox": _Dyes("#d9713a", "#fbeedb", "#5a3030", "#553036", "#c98a2e", "#2f2226", "plain"),
}

INK = _colour.rgb_of("#2a1a20")
WHITE = _colour.rgb_of("#fffaf0")
PINK = _colour.rgb_of("#e08a80")


@dataclass(frozen=True)
class Coat:
    """Every colour that an animal is painted with; `pattern` is what lies on the fur."""

    species: str
    pattern: str
    fur: RGB
    fur_far: RGB
    fur_dark: RGB
    fur_pale: RGB
    pale: RGB
    pale_far: RGB
    marks: RGB
    socks: RGB
    socks_far: RGB
    eye: RGB
    nose: RGB
    line: RGB
    collar: RGB | None


@lru_cache(maxsize=64)
def coat_of(params: Any) -> Coat:
    """The colours of an animal; what it does not say is its species'."""
    own = _SPECIES[params.species]
    fur, pale = _colour.rgb_of(params.fur or own.fur), _colour.rgb_of(params.pale or own.pale)
    marks, socks = _colour.rgb_of(params.marks or own.marks), _colour.rgb_of(params.socks or own.socks)
    return Coat(
        species=params.species,
        pattern=params.coat or own.coat,
        fur=fur,
        fur_far=_colour.mix(_colour.shade(fur, 0.06), _colour.rgb_of("#8a5a50"), 0.30),
        fur_dark=_colour.shade(fur, 0.10),
        fur_pale=_colour.light(fur, 0.06, 75),
        pale=pale,
        pale_far=_colour.shade(pale, 0.08),
        marks=marks,
        socks=socks,
        socks_far=_colour.shade(socks, 0.08),
        eye=_colour.rgb_of(params.eye or own.eye),
        nose=_colour.rgb_of(params.nose or own.nose),
        line=_colour.shade(fur, 0.20, 20),
        collar=_colour.rgb_of(params.collar) if params.collar else None,
    )


def stripe(cel: Cel, line: Sequence[Point], wide: float, colour: RGB, clip: Mask) -> None:
    """A wedge of a stripe: blunt where it begins, a point where it ends."""
    widths = [wide, wide * 0.95, wide * 0.6, 0.08][: len(line)] if len(line) > 3 else [wide, wide * 0.8, 0.06]
    cel.ink(tube(list(line), widths), colour, 0.85, clip)


def bands(cel: Cel, a: Point, b: Point, count: int, wide: float, coat: Coat, clip: Mask) -> None:
    """Stripes across a limb from a to b."""
    if coat.pattern != "tabby":
        return
    at, to = np.array(a), np.array(b)
    along = (to - at) / max(float(np.hypot(*(to - at))), 1e-6)
    across = np.array([-along[1], along[0]])
    for i in range(count):
        c = at + (to - at) * (i + 0.5) / count
        line = [c + across * 15, c + across * 3.2 + along * 0.8, c - across * 1.4]
        stripe(cel, [(float(p[0]), float(p[1])) for p in line], wide, coat.marks, clip)


def back(cel: Cel, nodes: Sequence[Point], coat: Coat, clip: Mask) -> None:
    """What lies on the trunk. Nodes 0 to 5 run along the spine, 8 to 11 along the belly."""

    def at(along: float, down: float) -> Point:
        """A point by its share of the spine (0 withers to 1 rump), and of the way down to the belly."""
        n = min(along, 0.999) * 5
        i, s = int(n), n - int(n)
        top = np.array(nodes[i]) * (1 - s) + np.array(nodes[i + 1]) * s
        low = (12, 11, 10, 9, 8, 7)
        under = np.array(nodes[low[i]]) * (1 - s) + np.array(nodes[low[i + 1]]) * s
        p = top * (1 - down) + under * down
        return float(p[0]), float(p[1])

    if coat.pattern == "tabby":
        for along, reach, wide in (
            (0.22, 0.42, 1.5),
            (0.36, 0.58, 2.0),
            (0.50, 0.50, 1.6),
            (0.63, 0.62, 2.0),
            (0.77, 0.48, 1.5),
        ):
            x = along
            line = [at(x - 0.02, -0.12), at(x, 0.35 * reach), at(x + 0.03, 0.75 * reach), at(x + 0.02, reach)]
            stripe(cel, line, wide, coat.marks, clip)
        ridge = [at(0.08, 0.01), at(0.4, 0.0), at(0.7, 0.0), at(0.97, 0.02)]
        cel.stroke(ridge, [0.1, 0.9, 1.0, 0.1], coat.fur_dark, clip, 0.6)
    elif coat.pattern == "patches":
        for a, b, n in ((0.10, 0.42, 0), (0.62, 0.98, 1)):
            m = 0.5 * (a + b)
            blob = [
                at(a, -0.15),
                at(m, -0.15),
                at(b, -0.15),
                at(b + 0.02, 0.30),
                at(m + 0.06, 0.52 + 0.14 * n),
                at(a + 0.02, 0.34),
            ]
            cel.ink(spline(blob), coat.marks if n == 0 else _colour.rgb_of("#4b3a3a"), 0.92, clip, soft=0.3)
    elif coat.pattern == "saddle":
        saddle = [
            at(0.10, -0.2), at(0.5, -0.2), at(0.96, -0.2), at(0.99, 0.14), (*at(0.80, 0.40), 1), at(0.70, 0.34),
            (*at(0.58, 0.54), 1), at(0.47, 0.42), (*at(0.32, 0.52), 1), at(0.20, 0.26),
        ]  # fmt: skip
        cel.ink(spline(saddle), coat.marks, 0.9, clip, soft=0.35)

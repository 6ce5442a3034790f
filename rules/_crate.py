"""How a crate is painted; what can be asked of it stands in `rules.props.crate`. Hundredths of its width, y up."""

from __future__ import annotations

import numpy as np

from rules import _colour, _daylight, _standing
from rules._cel import Cel
from rules._daylight import Daylight
from rules._outline import Points, ellipse, tube
from rules._standing import FINE, WOOD, line, up
from rules.props.crate import Params, box
from studio.rule import Canvas, Drawing, Variant

_TALL = 58.0


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    light = _daylight.scenery(variant["time"])
    z, w = float(variant["z"]), params.width
    if variant["layer"] == "shadow":
        return _standing.shadow(light, canvas, z, 0.52 * w, 0.28 * w, seed)
    return _standing.painted(
        light, (box(params, variant), canvas, z), lambda cel: _paint(cel, params, light, seed), seed
    )


def _paint(cel: Cel, params: Params, light: Daylight, seed: int) -> None:
    wood = _daylight.under(light, params.wood)
    random = np.random.default_rng([seed, 9])

    def sized(points: Points) -> Points:
        return np.asarray(points * params.width)

    with cel.placed(sized):
        lid = up([(-50, _TALL - 1, 1), (50, _TALL - 1, 1), (45, _TALL + 7, 1), (-45, _TALL + 7, 1)])
        if params.holds == "nothing":
            top = cel.part(lid, _colour.light(wood, 0.06), WOOD)
            for x in (-25, 0, 25):
                cel.stroke(line([(x, _TALL - 1), (0.9 * x, _TALL + 7)]), 0.6, _colour.shade(wood, 0.15), top)
        else:
            cel.part(lid, _colour.shade(wood, 0.20, light.shade_hue), WOOD)
            _heap(cel, params.holds, light, random)
        _planks(cel, wood, random)
        _braces(cel, wood)


def _planks(cel: Cel, wood: _colour.RGB, random: np.random.Generator) -> None:
    """Four planks with gaps, knots and grain."""
    for k in range(4):
        low = -1 + k * _TALL / 4
        tone = np.clip(wood * float(random.uniform(0.90, 1.04)), 0, 1)
        bow = float(random.uniform(-0.6, 0.6))
        plank = up(
            [
                (-50, low + 0.6, 1),
                (0, low + 0.6 + bow),
                (50, low + 0.6, 1),
                (50, low + 14, 1),
                (0, low + 14 + bow),
                (-50, low + 14, 1),
            ]
        )
        mask = cel.part(plank, tone, WOOD.but(turn=1.6, soft=0.8, cast=1.0))
        for _ in range(4):
            x, y = float(random.uniform(-44, 20)), low + float(random.uniform(3, 12))
            cel.stroke(line([(x, y), (x + 12, y + 0.8), (x + 26, y - 0.3)]), 0.4, _colour.shade(tone, 0.09), mask, 0.8)
        x, y = float(random.uniform(-36, 36)), low + 7
        cel.ink(ellipse(x, -y, 2.0, 1.3), _colour.shade(tone, 0.15), 0.8, mask)


def _braces(cel: Cel, wood: _colour.RGB) -> None:
    """Uprights at the corners and one board across, nailed."""
    pale = _colour.light(wood, 0.04)
    cel.part(tube(line([(-40, 4), (0, 29), (40, 54)]), [4.4] * 3, caps=(False, False)), wood, WOOD.but(cast=2.4))
    for x in (-46, 46):
        post = up([(x - 5, -3, 1), (x + 5, -3, 1), (x + 5, _TALL, 1), (x - 5, _TALL, 1)])
        mask = cel.part(post, pale, WOOD.but(turn=1.8, cast=2.0))
        for y in (6, 21, 35, 50):
            cel.ink(ellipse(x, -y, 0.9, 0.9), _colour.shade(wood, 0.28), 0.9, mask)


def _heap(cel: Cel, what: str, light: Daylight, random: np.random.Generator) -> None:
    """What lies in it, the farther ones first."""
    reds = ("#b8443a", "#c9803c", "#a03a44", "#bfa048") if what == "apples" else ("#2e2a34", "#3a3640", "#27242c")
    for row, (y, count) in enumerate(((_TALL + 6, 7), (_TALL + 4, 6), (_TALL + 10, 4))):
        for k in range(count):
            x = (k - (count - 1) / 2) * (12.5 - row) + float(random.uniform(-2, 2))
            r, code = float(random.uniform(6.2, 7.6)), reds[int(random.integers(len(reds)))]
            colour = _daylight.under(light, code, 0.15)
            if what == "coals":
                turn = random.uniform(0, 6.28) + np.linspace(0, 6.28, 7)[:-1]
                shape = np.stack([x + r * np.cos(turn) * random.uniform(0.75, 1.1, 6), -y - 0.8 * r * np.sin(turn)], 1)
                cel.part(shape, colour, FINE.but(turn=2.0, key=0.8))
                continue
            mask = cel.part(
                up(
                    [
                        (x, y - 0.9 * r),
                        (x + 0.9 * r, y - 0.1 * r),
                        (x + 0.6 * r, y + 0.85 * r),
                        (x, y + 0.66 * r),
                        (x - 0.6 * r, y + 0.85 * r),
                        (x - 0.9 * r, y - 0.1 * r),
                    ]
                ),
                colour,
                FINE.but(turn=2.2, soft=1.0, bounce=0.8),
            )
            cel.ink(
                ellipse(x - 0.35 * r, -y - 0.35 * r, 0.20 * r, 0.14 * r),
                _colour.light(colour, 0.25),
                0.8,
                mask,
                soft=0.3,
            )
            cel.stroke(
                line([(x, y + 0.6 * r), (x + 0.1 * r, y + 0.9 * r), (x + 0.25 * r, y + 1.15 * r)]),
                [0.6, 0.5, 0.5],
                _daylight.under(light, "#5a4030"),
            )

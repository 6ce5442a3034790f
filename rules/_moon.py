"""How the moon on a string is painted; what can be asked of it stands in `rules.props.moon`.

Its shapes are given in hundredths of its radius, y up, about its middle.
"""

from __future__ import annotations

import numpy as np

from rules import _colour, _daylight, _standing
from rules._board import Batch, Board, bar
from rules._cel import Cel
from rules._daylight import Daylight
from rules._outline import Points, ellipse
from rules._standing import FINE, WOOD
from rules.props.moon import HALO, TOP, Params, box
from studio.rule import Canvas, Drawing, Variant

#: from the upper tip round the back to the lower one, then chin, lips, nose and brow up again
_MOON = (
    (34, 94, 1), (-10, 98), (-58, 78), (-92, 36), (-100, -8), (-86, -54), (-48, -88), (0, -100), (46, -88, 1),
    (10, -78), (-16, -62), (-26, -50), (-18, -41), (-24, -34, 1), (-14, -29), (-15, -22), (-25, -18, 1), (-18, -13),
    (6, -6), (8, 1), (-22, 18), (-31, 30), (-26, 50), (-6, 76),
)  # fmt: skip
_HANGING = ((88, 30, 20, 12), (-150, 18, 15, -9), (148, -20, 13, 20))  #: x, y, size, turn of the small stars


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    light = _daylight.scenery(variant["time"])
    z, r = float(variant["z"]), params.radius
    if variant["layer"] == "strings":
        return _strings(params, light, canvas, seed)
    if variant["layer"] == "glow":
        dark = 1.15 - 0.95 * max(0.0, float(np.mean(light.ambient)) - 0.5) / 0.47
        warm = _colour.mix(_colour.rgb_of(params.gilt), [1, 0.92, 0.7], 0.4).astype(np.float32)
        return _standing.glow(
            canvas, (-0.3 * r, params.height), HALO * r * 0.92, warm, 0.42 * params.bright * dark, seed
        )
    return _standing.painted(light, (box(params, variant), canvas, z), lambda cel: _paint(cel, params, light), seed)


def _strings(params: Params, light: Daylight, canvas: Canvas, seed: int) -> Drawing:
    """Thin cords that go up out of the picture."""
    board = Board(canvas, seed, margin=8)
    batch, r, y = Batch(), params.radius, params.height
    cord = _colour.mix(_daylight.under(light, "#8d7f74"), _colour.rgb_of(light.glow), 0.2)
    wide = max(0.006 * r, 0.55 / canvas.scale)
    batch.add(bar((-0.10 * r, y + 0.95 * r), (-0.10 * r, TOP), wide), cord)
    for x, up, size, _ in _HANGING[: params.stars]:
        batch.add(bar((x * r / 100, y + (up + size) * r / 100), (x * r / 100, TOP), 0.8 * wide), cord)
    board.fill(batch)
    return board.drawing()


def _paint(cel: Cel, params: Params, light: Daylight) -> None:
    r = params.radius  # a cel's unit is a centimetre: r hundredths are centimetres times r

    def at(points: Points) -> Points:
        return np.asarray(points * r + np.array([0.0, -100 * params.height]))

    # it shines a little by itself: half of its colour does not ask the light
    own = _colour.rgb_of(params.gilt)
    gold = _colour.mix(_daylight.under(light, params.gilt, 0.3), own, 0.55)
    with cel.placed(at):
        for x, y, size, turn in _HANGING[: params.stars]:
            cel.part(_star(x, y, size, turn), gold, FINE.but(turn=2.2 * r, key=1.2 * r))
        _face(cel, gold, light, r)


def _face(cel: Cel, gold: _colour.RGB, light: Daylight, r: float) -> None:
    """The crescent, its seams and patches, and a face that sleeps."""
    up, line = _standing.up, _standing.line
    mask = cel.part(
        up(_MOON), gold, WOOD.but(turn=15.0 * r, soft=7.0 * r, half=0.45, depth=0.12, key=3.0 * r, bounce=3.0 * r)
    )
    dark, pale = _colour.shade(gold, 0.17, 40), _colour.light(gold, 0.08)
    ink = _colour.shade(gold, 0.40, 20)
    for nodes in (
        [(-70, 60), (-52, 50), (-40, 66)],
        [(-96, 4), (-78, -2), (-70, -22)],
        [(-70, -66), (-56, -54), (-38, -66)],
        [(-18, 92), (-14, 78), (4, 72)],
    ):
        cel.stroke(line(nodes), 0.9 * r, dark, mask, 0.35)  # where sheets of paper overlap
        cel.stroke(line([(x - 2, y + 2) for x, y in nodes]), 0.7 * r, pale, mask, 0.4)
    for x, y, a, b in ((-74, 22, 9, 7), (-62, -40, 6, 5), (-40, 74, 7, 5), (-80, -20, 4, 4)):
        cel.ink(ellipse(x, -y, a, b), dark, 0.22, mask, soft=0.8 * r)
    cel.ink(ellipse(-40, 20, 15, 11), _colour.mix(gold, [0.86, 0.40, 0.32], 0.6), 0.55, mask, soft=6 * r)
    cel.stroke(line([(-56, 4), (-46, -4), (-34, -3), (-26, 6)]), 1.9 * r, ink, mask)
    for x, y, dx, dy in ((-52, 0, -5, -7), (-43, -5, -2, -8), (-34, -3, 2, -7)):
        cel.stroke(line([(x, y), (x + dx * 0.6, y + dy * 0.5), (x + dx, y + dy)]), 1.1 * r, ink, mask)
    cel.stroke(line([(-58, 24), (-46, 32), (-34, 30)]), 1.6 * r, dark, mask)
    cel.stroke(line([(-24, -34), (-34, -36), (-42, -30)]), 1.5 * r, ink, mask, 0.85)
    cel.stroke(line([(-2, -8), (-12, -12), (-16, -8)]), 1.0 * r, dark, mask, 0.7)
    cel.stroke(line([(-86, 44), (-96, 8), (-90, -36)]), 1.8 * r, pale, mask, 0.8)


def _star(x: float, y: float, size: float, turn: float) -> Points:
    """A star with five blunt arms."""
    a = np.radians(turn) + np.arange(10) * np.pi / 5
    reach = np.where(np.arange(10) % 2 == 0, size, 0.50 * size)
    return np.stack([x + reach * np.sin(a), -(y + reach * np.cos(a))], 1)

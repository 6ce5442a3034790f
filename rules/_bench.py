"""How a bench is painted; what can be asked of it stands in `rules.props.bench`. Centimetres, y up from the ground."""

from __future__ import annotations

from rules import _colour, _daylight, _standing
from rules._cel import Cel
from rules._daylight import Daylight
from rules._outline import tube
from rules._standing import FINE, WOOD, line, up
from rules.props.bench import Params, box
from studio.rule import Canvas, Drawing, Variant


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    light = _daylight.scenery(variant["time"])
    z = float(variant["z"])
    if variant["layer"] == "shadow":
        return _standing.shadow(light, canvas, z, 0.86, 0.24, seed)
    return _standing.painted(light, (box(params, variant), canvas, z), lambda cel: _paint(cel, params, light), seed)


def _paint(cel: Cel, params: Params, light: Daylight) -> None:
    iron, wood = _daylight.under(light, params.iron), _daylight.under(light, params.wood)
    for side in (-1, 1):  # back legs
        cel.part(
            tube(line([(side * 78, 86), (side * 77, 46), (side * 79, 22), (side * 84, 0)]), [2.2, 2.6, 2.4, 2.8]),
            iron,
            FINE,
        )
    for k, y in enumerate((84.0, 72.0, 60.0)):  # the back
        bow = (0.0, 0.8, -0.4)[k]
        slat = up(
            [
                (-88, y - 4.4, 1),
                (0, y - 4.4 + bow),
                (88, y - 4.6, 1),
                (88.6, y + 4.2, 1),
                (0, y + 4.4 + bow),
                (-88.6, y + 4.4, 1),
            ]
        )
        _slat(cel, slat, wood, (y, k), params.snow and k == 0, light)
    for k, y in enumerate((47.0, 43.6, 39.4)):  # the seat, seen a little from above
        grow = 2.0 * k
        slat = up(
            [(-88 - grow, y - 1.8, 1), (88 + grow, y - 1.8, 1), (87 + grow, y + 1.8, 1), (-87 - grow, y + 1.8, 1)]
        )
        _slat(cel, slat, _colour.light(wood, 0.05), (y, k + 3), params.snow and k == 0, light)
    front = up([(-92, 33.4, 1), (92, 33.4, 1), (92.4, 37.6, 1), (-92.4, 37.6, 1)])
    cel.part(front, _colour.shade(wood, 0.06), WOOD)
    for side in (-1, 1):
        _end(cel, side, iron)


def _slat(cel: Cel, shape: object, wood: _colour.RGB, what: tuple[float, int], snow: bool, light: Daylight) -> None:
    """One slat with grain and two screws; snow lies along its top."""
    y, k = what
    mask = cel.part(shape, wood, WOOD.but(turn=1.4, soft=0.7))  # type: ignore[arg-type]
    for n in range(5):
        x = -80 + 37 * n + 9 * (k % 3)
        cel.stroke(
            line([(x, y - 1 + n % 3), (x + 16, y - 0.6 + n % 3), (x + 31, y - 1.2 + n % 3)]),
            0.4,
            _colour.shade(wood, 0.08),
            mask,
            0.7,
        )
    if snow:
        white = _daylight.under(light, "#f3f6fb", 0.35)
        cel.part(
            up(
                [
                    (-88, y + 3.4, 1),
                    (-60, y + 2.2),
                    (-20, y + 3.2),
                    (30, y + 2.0),
                    (88, y + 3.4, 1),
                    (86, y + 7.5),
                    (40, y + 8.6),
                    (-10, y + 7.6),
                    (-70, y + 8.8),
                ]
            ),
            white,
            FINE.but(turn=1.4),
        )


def _end(cel: Cel, side: int, iron: _colour.RGB) -> None:
    """A cast end: leg, foot, arm with a scroll, a ring under it."""
    pale = _colour.light(iron, 0.14)
    cel.part(
        tube(line([(side * 84, 42), (side * 88, 28), (side * 84, 14), (side * 92, 0)]), [3.0, 2.6, 2.4, 3.2]),
        iron,
        FINE,
    )
    cel.part(up([(side * 85, -2, 1), (side * 99, -2, 1), (side * 98, 2.5), (side * 88, 3.5)]), iron, FINE)
    arm = [(side * 80, 66), (side * 90, 66), (side * 99, 61), (side * 98, 54), (side * 92, 54), (side * 93, 58)]
    cel.part(tube(line(arm), [2.2, 2.6, 2.6, 2.2, 1.8, 1.4]), iron, FINE.but(cast=2.4))
    cel.part(tube(line([(side * 90, 40), (side * 94, 50), (side * 92, 64)]), [2.0, 1.8, 2.0]), iron, FINE)
    cel.stroke(line([(side * 82, 67), (side * 90, 67.4), (side * 97, 63)]), 0.7, pale, weight=0.8)
    cel.stroke(line([(side * 86.5, 30), (side * 84, 20), (side * 87, 8)]), 0.6, pale, weight=0.7)

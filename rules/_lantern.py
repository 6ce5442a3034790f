"""How a lantern is painted; what can be asked of it stands in `rules.props.lantern`. Centimetres, y up."""

from __future__ import annotations

import numpy as np

from rules import _board, _colour, _daylight, _standing
from rules._cel import Cel, Finish
from rules._daylight import Daylight
from rules._outline import F32, Nodes, Points, ellipse, tube
from rules._standing import FINE, WOOD, line, up
from rules.props.lantern import HALO, REACH, STUMP, Params, box, flame
from studio.rule import Canvas, Drawing, Variant

_HEART, _SKIRT = "#fff0c4", "#ffb25a"
_FOOT, _SHOULDER = 9.5, 26.0  # heights of the glass over what the lantern stands on
_GLASS: Nodes = ((5.6, _FOOT, 1), (8.0, 14), (8.4, 18.5), (6.2, 23), (5.0, _SHOULDER, 1))


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    light = _daylight.scenery(variant["time"])
    z, layer = float(variant["z"]), variant["layer"]
    if layer == "shadow":
        return _standing.shadow(light, canvas, z, 0.26 if params.stump else 0.12, 0.22, seed)
    # a flame in daylight hardly shows
    power = params.bright * (1.1 - 0.8 * max(0.0, float(np.mean(light.ambient)) - 0.5) / 0.47)
    if layer == "glow":
        colour = _colour.rgb_of("#ff9f48").astype(np.float32)
        return _standing.glow(canvas, (0.0, flame(params)), HALO, colour, 0.72 * power, seed)
    if layer == "pool":
        window = _standing.window_of(canvas)
        return Drawing(_board.eight_bit(_pool(canvas, z, power), window, seed, is_light=True))
    place = (box(params, variant), canvas, z)
    if layer == "flame":
        return _standing.painted(light, place, lambda cel: _burning(cel, params), seed)
    return _standing.painted(light, place, lambda cel: _paint(cel, params, light), seed)


def _pool(canvas: Canvas, z: float, power: float) -> F32:
    """Light on the ground, in the shape of a low flame's; the foot of the lantern keeps it off."""
    right, beyond = _standing.floor(canvas, z)
    d = np.sqrt(right * right + beyond * beyond)
    level = (1 + (d / 1.2) ** 2) ** -1.35 * np.clip(1.3 - 1.3 * d / REACH, 0, 1) * np.clip((d - 0.06) / 0.30, 0, 1)
    out = np.zeros((canvas.height, canvas.width, 4), np.float32)
    out[..., :3] = np.float32(0.62 * power) * level[..., None] * np.array([1.0, 0.60, 0.26], np.float32)
    return out


def _both(nodes: Nodes, lift: float) -> Points:
    """A shape that is the same on both sides, from the nodes of its right side, bottom first."""
    right = [(x, y + lift, *rest) for x, y, *rest in nodes]
    return up([*right, *[(-n[0], *n[1:]) for n in reversed(right)]])


def _paint(cel: Cel, params: Params, light: Daylight) -> None:
    lift = 0.0
    if params.stump:
        _stump(cel, params, light)
        lift = STUMP - 3.0
    tin = _daylight.under(light, params.tin)
    wire = _daylight.under(light, "#4a4550")
    # the bail first: it lies behind the cap
    bail = [
        (-8.6, 22 + lift),
        (-11.5, 33 + lift),
        (-5, 43.5 + lift),
        (5, 43.5 + lift),
        (11.5, 33 + lift),
        (8.6, 22 + lift),
    ]
    cel.part(tube(line(bail), [0.55] * 6), wire, FINE)
    cel.part(
        _both(((9.6, 0, 1), (10.2, 3.0), (9.0, 6.0), (6.4, 7.4), (6.2, _FOOT, 1)), lift), tin, WOOD.but(bounce=1.2)
    )
    cel.stroke(line([(-9.6, 2.4 + lift), (0, 1.6 + lift), (9.6, 2.4 + lift)]), 0.5, _colour.light(tin, 0.16))
    cel.part(tube(line([(7.6, 5.2 + lift), (10.6, 6.4 + lift)]), [1.5, 1.2]), wire, FINE)  # the filler
    glass = _daylight.under(light, "#a9c0c0", 0.25)
    mask = cel.part(_both(_GLASS, lift), glass, FINE.but(turn=2.0, bounce=0.8))
    cel.ink(
        up([(-4.6, 13 + lift), (-5.4, 17 + lift), (-3.8, 22 + lift), (-3.0, 17 + lift)]),
        _colour.light(glass, 0.28),
        0.8,
        mask,
        soft=0.5,
    )
    _frame(cel, wire, tin, lift)


def _frame(cel: Cel, wire: _colour.RGB, tin: _colour.RGB, lift: float) -> None:
    """Tubes at the sides, wires round the glass, the cap with its chimney."""
    for side in (-1, 1):
        path = [(side * 6.4, 6.4 + lift), (side * 10.6, 12 + lift), (side * 10.4, 24 + lift), (side * 5.6, 30.5 + lift)]
        cel.part(tube(line(path), [0.95] * 4), tin, FINE)
    for low, bow in ((13.2, 1.1), (20.4, -0.6)):
        cel.part(tube(line([(-8.3, low + lift), (0, low - bow + lift), (8.3, low + lift)]), [0.42] * 3), wire, FINE)
    cel.part(_both(((6.6, _SHOULDER - 1, 1), (7.0, 28), (4.6, 30.5), (4.4, 33.5, 1)), lift), tin, FINE.but(cast=2.0))
    cel.part(_both(((6.0, 33, 1), (6.3, 34.6), (3.2, 37.6), (0.6, 38.2, 1)), lift), tin, FINE)
    for x in (-2.4, 0.0, 2.4):
        cel.stroke(line([(x, 31.0 + lift), (x, 32.8 + lift)]), 0.6, _colour.shade(tin, 0.14))


def _stump(cel: Cel, params: Params, light: Daylight) -> None:
    """A stump with roots, grooves in its bark and the rings of its cut."""
    bark, wood = _daylight.under(light, params.bark), _daylight.under(light, "#c6a377")
    top = STUMP - 3.0
    side: Nodes = (
        (33, -6, 1), (25, 1), (20.5, 10), (19.5, 24), (21, top, 1), (-20.5, top, 1), (-19, 26), (-21, 9), (-28, 0),
        (-36, -5, 1), (-20, -3), (-9, -8), (-2, -3), (10, -9), (19, -4),
    )  # fmt: skip
    mask = cel.part(up(side), bark, WOOD.but(turn=5.0, cast=4.0, half=0.45, bounce=1.0))
    dark, pale = _colour.shade(bark, 0.10, light.shade_hue), _colour.light(bark, 0.06)
    for x, sway in ((-15, 1.5), (-9, -1.0), (-2.5, 1.2), (5, -1.4), (11, 1.0), (16.5, -0.6)):
        groove = [(x, top - 2), (x + sway, 24), (x - sway, 12), (1.35 * x, 1)]
        cel.stroke(line(groove), 0.9, dark, mask, 0.8)
        cel.stroke(line([(px + 1.3, py) for px, py in groove]), 0.5, pale, mask, 0.6)
    cut = cel.part(ellipse(0, -top, 20.8, 4.3), wood, FINE.but(turn=0.6))
    for share in (0.8, 0.55, 0.3):
        ring = [(20.0 * share * np.cos(a) + 1.2, top + 4.0 * share * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 13)]
        cel.stroke(line(ring), 0.35, _colour.shade(wood, 0.10), cut, 0.7)
    if params.snow:
        snow = _colour.mix(_daylight.under(light, "#eef3fa", 0.4), _colour.rgb_of(light.haze_colour), 0.12)
        cap: Nodes = (
            (-22, top - 4, 1),
            (-12, top - 1.5),
            (-4, top - 4.5),
            (7, top - 2),
            (15, top - 4.8),
            (22.4, top - 2.5, 1),
        )
        cel.part(
            up([*cap, (21.5, top + 2.6), (8, top + 4.8), (-8, top + 4.8), (-21, top + 2.4)]), snow, FINE.but(turn=1.4)
        )


def _burning(cel: Cel, params: Params) -> None:
    """The glass full of light, its wires dark before it, and warm edges on the tin."""
    lift = STUMP - 3.0 if params.stump else 0.0
    heart, skirt = _colour.rgb_of(_HEART), _colour.rgb_of(_SKIRT)
    flat = Finish(turn=0, cast=0, line=0, fall=0, grain=0.5)
    mask = cel.part(_both(_GLASS, lift), skirt, flat)
    cel.ink(ellipse(0, -(16.5 + lift), 6.0, 7.0), _colour.mix(skirt, heart, 0.6), 0.95, mask, soft=2.0)
    tongue = up(
        [
            (-2.2, 11.5 + lift),
            (0, 10.6 + lift),
            (2.2, 11.5 + lift),
            (2.5, 15 + lift),
            (0.3, 22 + lift, 1),
            (-2.5, 15 + lift),
        ]
    )
    cel.ink(tongue, [1.0, 0.985, 0.90], 1.0, mask, soft=0.6)
    wire = _colour.mix(_colour.rgb_of("#3a2c2c"), skirt, 0.25)
    for low, bow in ((13.2, 1.1), (20.4, -0.6)):
        cel.part(tube(line([(-8.2, low + lift), (0, low - bow + lift), (8.2, low + lift)]), [0.40] * 3), wire, flat)
    for side in (-1, 1):
        inner = [(side * 9.6, 12.5 + lift), (side * 9.4, 23.5 + lift), (side * 5.6, 29.6 + lift)]
        cel.loose(line(inner), 0.5, skirt)
    cel.loose(line([(-5.4, 8.6 + lift), (0, 8.0 + lift), (5.4, 8.6 + lift)]), 0.6, heart)
    if params.stump:
        cel.loose(line([(-18, STUMP - 3.4), (0, STUMP - 1.4), (18, STUMP - 3.4)]), 0.7, skirt)

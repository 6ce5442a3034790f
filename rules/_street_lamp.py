"""How the street lamp is painted; what can be asked of it stands in `rules.props.street_lamp`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rules import _board, _colour, _daylight, _noise, _standing, _window
from rules._cel import Cel, Finish
from rules._daylight import Daylight
from rules._outline import Nodes, Points, ellipse, spline, tube
from rules.props.street_lamp import HALO, LIGHT, REACH, SIZE, Params, box
from studio.rule import Canvas, Drawing, Variant

F32 = NDArray[np.float32]


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    light = _daylight.scenery(variant["time"])
    layer, z = variant["layer"], float(variant["z"])
    if layer in ("post", "glass"):
        whole = _window.whole(box(params, variant), canvas.scale, canvas.maps)
        return _window.cut(_iron(params, light, (layer, z), whole, seed), whole, canvas)
    window = _noise.Window(canvas.left, canvas.top, canvas.width, canvas.height)
    if layer == "pool":
        return Drawing(_board.eight_bit(_pool(params, canvas, z), window, seed, is_light=True))
    if layer == "glow":
        return Drawing(_board.eight_bit(_glow(params, light, canvas), window, seed, is_light=True))
    return Drawing(_board.eight_bit(_shadow(light, canvas, z), window, seed))


def _iron(params: Params, light: Daylight, what: tuple[str, float], canvas: Canvas, seed: int) -> Drawing:
    """What stands: the post with its lantern, or the lit glass alone."""
    layer, z = what
    window = _noise.Window(canvas.left, canvas.top, canvas.width, canvas.height)
    cel = Cel(canvas, canvas.scale * SIZE / 100, seed, ambient=light.shade_hue, light=light.key_direction)
    cel.hardness = light.hardness
    if layer == "post":
        _post(cel, params, light)
        _standing.edged(cel, light, max(0.8, 0.36 * cel.unit))
        cel.rim((light.key_direction[0], -0.15), max(1.0, 1.0 * cel.unit), _daylight.under(light, light.glow), 0.30)
    else:
        _lit_glass(cel, params)
    rgba = np.dstack([cel.rgb, cel.alpha])
    haze = light.haze(z) * (0.8 if layer == "post" else 0.2)
    faded = _daylight.hazed(rgba, light, haze)
    cel.beside.haze(lambda flat: _daylight.hazed(flat, light, haze))
    return cel.beside.drawing(_board.eight_bit(faded, window, seed), cel.parts)


# -- the iron; centimetres, y down as on every cel

_IRON = Finish(
    turn=3.2, soft=0.9, half=0.35, depth=0.10, cast=2.4, cast_weight=0.5, key=1.3, line=0.75, fall=0.0, grain=1.4
)
_FINE = Finish(
    turn=1.4, soft=0.5, half=0.30, depth=0.10, cast=1.6, cast_weight=0.5, key=0.8, line=0.6, fall=0.0, grain=1.0
)


_RINGS = ((72, 9.4, 3.2), (78, 7.6, 2.0), (150, 7.4, 2.6), (156, 6.2, 1.6), (246, 6.0, 2.6), (262, 6.8, 2.4))
_SCROLL = ((4.2, -226), (9.0, -236), (19.0, -240), (22.5, -246.5), (18.5, -249.5), (15.8, -246.2), (18.2, -244.0))


def _post(cel: Cel, params: Params, light: Daylight) -> None:
    iron = _daylight.under(light, params.iron)
    gilt = _daylight.under(light, params.gilt, 0.25)
    stone = _daylight.under(light, "#8d8478")
    _turned(cel, ((25, 3), (25, -5), (23, -7)), stone, _IRON)
    _shaft(cel, iron)
    _foot(cel, iron, gilt)
    for height, half, tall in _RINGS:
        _ring(cel, height, half, tall, gilt if tall > 2.5 else iron)
    _ladder_bar(cel, iron, gilt)
    _lantern(cel, iron, gilt, light)


def _mirrored(right: Nodes) -> Points:
    """A shape that is the same on both sides, from the nodes of its right side, bottom first."""
    left = [(-n[0], *n[1:]) for n in reversed(right)]
    return spline([*right, *left], samples=8)


def _turned(cel: Cel, profile: tuple[tuple[float, float], ...], colour: _colour.RGB, finish: Finish) -> None:
    cel.part(_mirrored([(x, y, 1) for x, y in profile]), colour, finish)


def _ring(cel: Cel, height: float, half: float, tall: float, colour: _colour.RGB) -> None:
    """A torus seen from a little below its height or above: the lower, the more of its top shows."""
    sag = 0.8 if height < 120 else -0.6
    side = (
        (0, -height + tall + sag),
        (half * 0.86, -height + tall),
        (half, -height, 1),
        (half * 0.86, -height - tall, 1),
    )
    cel.part(_mirrored(side), colour, _FINE)
    glint = [(-half * 0.6, -height - tall * 0.2), (-half * 0.2, -height - tall * 0.35 + 0.4 * sag)]
    cel.stroke(glint, 0.5, _colour.light(colour, 0.20), weight=0.8)


def _foot(cel: Cel, iron: _colour.RGB, gilt: _colour.RGB) -> None:
    """Bell-shaped foot on two steps, with a raised panel and a rosette."""
    _turned(cel, ((22, -5), (22, -13), (19.5, -15)), iron, _IRON)
    _turned(cel, ((19, -14), (19, -20), (17, -22)), iron, _IRON)
    bell = _mirrored([(16.5, -21, 1), (16.8, -30), (12.2, -45), (9.2, -58), (9.8, -66, 1)])
    cel.part(bell, iron, _IRON.but(turn=5.0, key=1.6))
    panel = spline([(-7.5, -26, 1), (7.5, -26, 1), (6.2, -42), (4.2, -52, 1), (-4.2, -52, 1), (-6.2, -42)], samples=8)
    cel.part(panel, _colour.shade(iron, 0.035), _FINE.but(cast=0.0, line=0.5))
    for k in range(6):
        turn = 60 * k + 15
        petal = ellipse(0, -39.2, 1.25, 2.1)
        with cel.turned(turn, (0, -36)):
            cel.part(petal, gilt, _FINE.but(line=0.35, cast=0.6))
    cel.part(ellipse(0, -36, 1.7, 1.7), gilt, _FINE.but(line=0.35))
    # leaves that hug the bell's shoulders
    for side in (-1, 1):
        leaf = [(side * 16.2, -23, 1), (side * 11.6, -32), (side * 10.2, -44, 1), (side * 14.0, -36)]
        cel.part(spline(leaf, samples=8), _colour.light(iron, 0.02), _FINE.but(line=0.4, turn=1.0))


def _shaft(cel: Cel, iron: _colour.RGB) -> None:
    lower = _mirrored([(7.0, -60, 1), (6.4, -100), (5.6, -152, 1)])
    upper = _mirrored([(5.0, -150, 1), (4.5, -200), (3.9, -262, 1)])
    for shape in (lower, upper):
        cel.part(shape, iron, _IRON.but(turn=2.8, key=1.1))
    dark, pale = _colour.shade(iron, 0.09), _colour.light(iron, 0.13)
    # flutes: close together at the sides, as on anything round
    for angle in (-58, -30, -4, 22, 48):
        x = float(np.sin(np.radians(angle)))
        for y0, y1, r0, r1 in ((-82, -146, 6.4, 5.5), (-160, -242, 4.7, 4.0)):
            cel.stroke([(x * r0, y0), (x * (r0 + r1) / 2, (y0 + y1) / 2), (x * r1, y1)], 0.42, dark, weight=0.8)
            if angle < -10:
                cel.stroke([(x * r0 + 0.8, y0 - 2), (x * r1 + 0.7, y1 + 3)], [0.30, 0.22], pale, weight=0.55)


def _ladder_bar(cel: Cel, iron: _colour.RGB, gilt: _colour.RGB) -> None:
    bar = tube([(-31, -253.5), (0, -252.5), (31, -253.5)], [1.5, 2.1, 1.5])
    cel.part(bar, iron, _FINE)
    for side in (-1, 1):
        cel.part(ellipse(side * 33, -253.6, 2.6, 2.5), gilt, _FINE)
        scroll = [(side * x, y) for x, y in _SCROLL]
        cel.part(tube(scroll, [0.9, 1.3, 1.3, 1.2, 1.0, 0.9, 0.7]), iron, _FINE.but(cast=1.2, line=0.5))


_GLASS = ((-14.5, -291.0), (14.5, -291.0), (23.0, -336.0), (-23.0, -336.0))  # the lantern's panes as one shape


def _lantern(cel: Cel, iron: _colour.RGB, gilt: _colour.RGB, light: Daylight) -> None:
    """Arms, glass with the sky in it, an unlit mantle; cage and crown."""
    for side in (-1, 1):
        arm = [(side * 3.2, -262), (side * 5.0, -273), (side * 13.6, -279), (side * 15.0, -291)]
        cel.part(tube(arm, [1.7, 1.5, 1.3, 1.5]), iron, _FINE.but(line=0.5))
    cel.part(_mirrored([(2.6, -262, 1), (3.4, -272), (2.2, -282), (4.2, -288, 1)]), iron, _FINE)
    night = _colour.shade(_daylight.under(light, "#46506b"), 0.06)
    sky = _colour.mix(night, _colour.rgb_of(light.sky[2][1]), 0.5)
    glass = np.array(_GLASS)
    mask = cel.part(glass, night, Finish(turn=0, cast=0, line=0.6, fall=-0.10))
    cel.ink(np.array([(-12.5, -291), (-5.5, -291), (-1.5, -336), (-15.5, -336)]), sky, 0.55, mask)
    cel.ink(np.array([(3.0, -291), (5.2, -291), (13.0, -336), (9.5, -336)]), sky, 0.40, mask)
    # burner and mantle, dark while unlit
    cel.ink(tube([(0, -291), (0, -302)], [1.5, 1.0]), _colour.shade(iron, 0.05), 0.9, mask)
    mantle = spline([(-2.2, -302, 1), (2.2, -302, 1), (2.8, -309), (0, -318), (-2.8, -309)], samples=6)
    cel.ink(mantle, _colour.light(night, 0.16), 0.8, mask)
    _cage(cel, iron)
    _crown(cel, iron, gilt)


def _cage(cel: Cel, iron: _colour.RGB) -> None:
    """Glazing bars, the lower frame and the upper one."""
    for low, high, half in ((-14.8, -23.4, 1.25), (-5.4, -8.4, 0.65), (5.0, 8.0, 0.65), (14.8, 23.4, 1.25)):
        cel.part(tube([(low, -290), (high, -337)], [half, half]), iron, _FINE.but(cast=0.0, line=0.3, turn=0.6))
    _turned(cel, ((16.8, -286.5), (17.2, -290.0), (15.6, -292.4)), iron, _FINE)
    cel.part(_mirrored([(3.0, -286.8, 1), (2.4, -283.5), (0.6, -280.5, 1)]), iron, _FINE.but(cast=0.4))
    _turned(cel, ((23.6, -334.0), (26.6, -337.0), (26.0, -340.0)), iron, _FINE)


def _crown(cel: Cel, iron: _colour.RGB, gilt: _colour.RGB) -> None:
    """Hood, pierced crest, chimney with its own small roof, finial."""
    hood = _mirrored([(27.5, -338.5, 1), (24.0, -344.0), (13.5, -353.0), (9.0, -358.5, 1)])
    mask = cel.part(hood, iron, _IRON.but(turn=3.6))
    for x in (-15.0, -5.0, 6.5, 16.0):
        cel.stroke([(x * 1.5, -341), (x * 0.95, -349), (x * 0.52, -357)], 0.55, _colour.shade(iron, 0.10), mask)
    cel.stroke([(-21, -343.5), (-14, -349.5), (-9.5, -354.5)], 0.85, _colour.light(iron, 0.22), mask, 0.8)
    for k in range(7):  # the crest: small palmettes along the eaves, taller in the middle and at the ends
        x, tall = -24.0 + 8.0 * k, (5.4, 3.4, 3.8, 4.6, 3.8, 3.4, 5.4)[k]
        leaf = ((-1.9, 0, 1), (1.9, 0, 1), (1.2, 0.6), (0, 1, 1), (-1.2, 0.6))
        nodes = [(x + n[0], -338 - tall * n[1], *n[2:]) for n in leaf]
        cel.part(spline(nodes, samples=5), gilt, _FINE.but(line=0.35, cast=0.8, turn=0.7))
    _turned(cel, ((8.6, -357.5), (8.6, -363.5), (7.8, -364.5)), iron, _FINE)
    for x in (-5.2, -1.8, 1.8, 5.2):
        cel.stroke([(x, -359), (x, -363)], 0.55, _colour.shade(iron, 0.13))
    cel.part(_mirrored([(11.0, -364.0, 1), (7.5, -368.0), (2.4, -372.0, 1)]), iron, _FINE)
    finial = _mirrored([(1.6, -371, 1), (3.2, -375), (1.3, -378.5), (1.9, -381.5), (0.2, -390, 1)])
    cel.part(finial, gilt, _FINE.but(line=0.4))


# -- light


def _flame_colours(params: Params) -> tuple[_colour.RGB, _colour.RGB]:
    """The heart of the light and its skirts."""
    heart = _colour.mix(_colour.rgb_of("#fff6dc"), _colour.rgb_of("#ffe3a4"), params.warmth)
    return heart, _colour.mix(_colour.rgb_of("#ffd48a"), _colour.rgb_of("#ff9f45"), params.warmth)


def _lit_glass(cel: Cel, params: Params) -> None:
    """The panes full of light, the bars dark before it, and warm edges on the iron round about."""
    heart, skirt = _flame_colours(params)
    edge = _colour.mix(skirt, _colour.rgb_of("#e8842f"), 0.35)
    mask = cel.part(np.array(_GLASS), edge, Finish(turn=0, cast=0, line=0, fall=0, grain=0.6))
    cel.ink(ellipse(0, -313, 17, 20), _colour.mix(skirt, heart, 0.55), 0.95, mask, soft=5.0)
    cel.ink(ellipse(0, -312, 9.0, 12.5), heart, 0.95, mask, soft=3.0)
    mantle = spline([(-3.2, -302, 1), (3.2, -302, 1), (4.2, -310), (0, -325), (-4.2, -310)], samples=6)
    cel.ink(mantle, [1.0, 0.995, 0.95], 1.0, mask, soft=0.7)
    iron = _colour.mix(_colour.rgb_of(params.iron), skirt, 0.22)
    for low, high, half in ((-14.8, -23.4, 1.15), (-5.4, -8.4, 0.55), (5.0, 8.0, 0.55), (14.8, 23.4, 1.15)):
        cel.part(tube([(low, -290), (high, -337)], [half, half]), iron, Finish(turn=0, cast=0, line=0, fall=0))
    for side in (-1, 1):
        for line, width in (
            ([(side * 3.0, -264), (side * 5.6, -272), (side * 13.0, -278.4), (side * 14.2, -288)], 0.5),
            ([(side * 6, -254.6), (side * 30, -255.0)], 0.45),
            ([(side * 16, -339.0), (side * 26, -338.2)], 0.6),
        ):
            cel.loose(line, width, skirt)
    cel.loose([(-14, -291.8), (0, -292.4), (14, -291.8)], 0.7, heart)


def _glow(params: Params, light: Daylight, canvas: Canvas) -> F32:
    """A halo round the flame: a tight bloom, a warm ball, a wide skirt that ends softly."""
    x = (np.arange(canvas.width) + canvas.left + 0.5) / canvas.scale
    y = -(np.arange(canvas.height) + canvas.top + 0.5) / canvas.scale - LIGHT
    d = np.hypot(x[None, :], y[:, None] * 1.04).astype(np.float32)
    heart, skirt = (c.astype(np.float32) for c in _flame_colours(params))
    end = np.clip(1 - d / HALO, 0, 1) ** 2
    bloom = 0.40 * np.exp(-((d / 0.30) ** 2))
    ball = 0.30 * np.exp(-((d / 0.72) ** 1.6)) * end
    wide = 0.13 * np.exp(-d / 1.1) * end
    # what stands behind is lit from the flame downwards, and less the farther to the side
    below = np.hypot(x[None, :] / 1.25, (y[:, None] + 1.1) / 1.0).astype(np.float32)
    wide += 0.24 * np.exp(-((below / 1.5) ** 1.7)) * end**0.5
    # a lamp in daylight hardly shows; in the dark it fills the air
    day = float(np.mean(light.ambient))
    power = np.float32(params.bright * (1.18 - 0.75 * max(0.0, day - 0.55) / 0.42))
    out = np.zeros((canvas.height, canvas.width, 4), np.float32)
    deep = _colour.mix(skirt, _colour.rgb_of("#e0703a"), 0.35).astype(np.float32)
    out[..., :3] = power * (bloom[..., None] * heart + ball[..., None] * skirt + wide[..., None] * deep)
    return out


def _pool(params: Params, canvas: Canvas, z: float) -> F32:
    """Light on the ground: the lamp's cosine law, with the soft shadows of its four corner bars."""
    right, beyond = _standing.floor(canvas, z)
    d = np.sqrt(right * right + beyond * beyond)
    level = (1 + (d / (0.74 * LIGHT)) ** 2) ** -1.5 * np.clip(1.4 - 1.4 * d / REACH, 0, 1)
    angle = np.arctan2(beyond, right)
    spokes = np.clip(np.cos(2 * angle - 0.9), 0, 1) ** 24 + np.clip(-np.cos(2 * angle - 0.9), 0, 1) ** 24
    level *= 1 - 0.30 * spokes * np.clip(d / 0.9, 0, 1) * np.clip(1 - d / 3.4, 0, 1)
    # the lamp's own foot keeps the light off
    level *= np.clip((d - 0.10) / 0.30, 0, 1)
    heart, skirt = (c.astype(np.float32) for c in _flame_colours(params))
    share = np.clip(1 - d / 2.2, 0, 1)[..., None] * 0.5
    out = np.zeros((canvas.height, canvas.width, 4), np.float32)
    out[..., :3] = (skirt * (1 - share) + heart * share) * (level * np.float32(0.60 * params.bright))[..., None]
    out[..., :3] *= np.array([1.0, 0.76, 0.40], np.float32)
    return out


def _shadow(light: Daylight, canvas: Canvas, z: float) -> F32:
    """Contact shadow: sharp and dark at the foot, soft around, drawn out away from the key light."""
    right, beyond = _standing.floor(canvas, z)
    lean = -light.key_direction[0] * 0.16
    soft = np.exp(-(((right - lean) / 0.46) ** 2 + ((beyond + 0.05) / 0.42) ** 2))
    sharp = np.exp(-((np.hypot(right / 0.30, (beyond + 0.02) / 0.27)) ** 6))
    dark = _colour.shade(_daylight.under(light, "#3a3350"), 0.10, light.shade_hue).astype(np.float32)
    alpha = np.clip(0.40 * soft + 0.48 * sharp, 0, 0.8)
    return np.asarray(np.dstack([dark * alpha[..., None], alpha]), np.float32)

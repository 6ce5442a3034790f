"""How a boat is painted; what can be asked of it stands in `rules.props.boat`. Centimetres, y up from the water."""

from __future__ import annotations

from functools import partial

import numpy as np

from rules import _colour, _daylight, _standing
from rules._cel import Cel, Mask
from rules._daylight import Daylight
from rules._outline import F32, tube
from rules._standing import FINE, PLAIN, WOOD, line, up
from rules.props.boat import Params, box
from studio.rule import Canvas, Drawing, Variant

#: the near gunwale from stem to stern, and the far one, which we see over it
_NEAR = ((-166, 66), (-128, 47), (-70, 36), (0, 32), (80, 35), (138, 46))
_FAR = ((-166, 66), (-120, 54), (-60, 45), (10, 43), (84, 46), (138, 54))
_KEEL = ((150, 44, 1), (142, 14), (118, -4, 1), (20, -9), (-80, -7), (-122, 2), (-152, 34), (-168, 68, 1))


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The layer named by the variant."""
    light = _daylight.scenery(variant["time"])
    z = float(variant["z"])
    if variant["layer"] == "shadow":
        return _standing.shadow(light, canvas, z, 1.55, 0.40, seed)
    place = (box(params, variant), canvas, z)
    after = partial(_mirrored, light) if params.afloat else None
    return _standing.painted(light, place, lambda cel: _paint(cel, params, light), seed, after)


def _paint(cel: Cel, params: Params, light: Daylight) -> None:
    wood = _daylight.under(light, "#8a6244")
    if params.sail:
        _rigging(cel, params, light)
    _inside(cel, light)
    hull = _daylight.under(light, params.paint)
    near = [(x, y) for x, y in _NEAR]
    shell = cel.part(up([*[(x, y + 1) for x, y in near], *_KEEL[:-1]]), hull, WOOD.but(turn=7.0, soft=3.0, half=0.5))
    for k, (drop, bow) in enumerate(((13, 0.90), (24, 0.82), (33, 0.74))):  # planks, which run together at the stem
        seam = [
            (x * (1 if x > 0 else bow + (1 - bow) * abs(x) / 166), y - drop * (1 - 0.28 * (x / 166) ** 2))
            for x, y in near
        ]
        cel.stroke(line(seam), 0.7, _colour.shade(hull, 0.13), shell, 0.9)
        cel.stroke(line([(x - 1, y - 1.6) for x, y in seam]), 0.45, _colour.light(hull, 0.08), shell, 0.5 - 0.1 * k)
    stripe = [*near, *[(x, y - 9 * (1 - 0.25 * (x / 166) ** 2)) for x, y in reversed(near)]]
    cel.ink(up(stripe), _daylight.under(light, params.stripe), 0.95, shell)
    cel.stroke(
        line([(x, y - 9.5 * (1 - 0.25 * (x / 166) ** 2)) for x, y in near]), 0.6, _colour.shade(hull, 0.16), shell
    )
    cel.ink(
        up([(-140, 8, 1), (150, 8, 1), (150, -14, 1), (-140, -14, 1)]),
        _colour.shade(hull, 0.12, light.shade_hue),
        0.55,
        shell,
        soft=3,
    )
    gunwale = tube(line([(x, y + 0.6) for x, y in near]), [1.6, 2.4, 2.6, 2.6, 2.5, 2.0])
    cel.part(gunwale, _colour.light(wood, 0.05), FINE)
    stem = tube(line([(-172, 76), (-165, 56), (-150, 30)]), [2.4, 2.8, 1.6])
    cel.part(stem, wood, FINE)
    _oar(cel, light)
    ring = up([(-146, 48), (-142, 44), (-146, 40), (-150, 44)])
    cel.part(ring, _daylight.under(light, "#5a5660"), FINE.but(cast=0.6))
    cel.stroke(line([(-147, 44), (-152, 30), (-150, 12), (-158, -4)]), 0.8, _daylight.under(light, "#c9b48a"))


def _inside(cel: Cel, light: Daylight) -> None:
    """The far side seen from within, ribs, and three thwarts."""
    wood = _daylight.under(light, "#8a6244")
    dark = _colour.shade(wood, 0.13, light.shade_hue)
    inner = cel.part(up([*[(x, y) for x, y in _FAR], *[(x, y - 2) for x, y in reversed(_NEAR)]]), dark, PLAIN)
    for x in range(-130, 130, 22):
        cel.stroke(line([(x, 62), (x + 3, 30)]), 1.2, _colour.light(dark, 0.06), inner, 0.8)
    far = tube(line([(x, y + 0.5) for x, y in _FAR]), [1.2, 1.6, 1.7, 1.7, 1.6, 1.3])
    cel.part(far, wood, FINE)
    for x in (-88, 2, 92):
        y = 41 + 0.0007 * x * x
        seat = up([(x - 15, y - 3, 1), (x + 16, y - 3, 1), (x + 13, y + 5, 1), (x - 12, y + 5, 1)])
        cel.part(seat, _colour.light(wood, 0.07), FINE.but(cast=2.5))


def _oar(cel: Cel, light: Daylight) -> None:
    """An oar laid over the gunwale."""
    wood = _daylight.under(light, "#c09a63", 0.2)
    cel.part(tube(line([(-52, 60), (40, 42), (110, 20)]), [1.6, 1.9, 1.7]), wood, FINE.but(cast=3.0))
    blade = up([(104, 24), (126, 19), (146, 9), (150, 3), (144, 1), (122, 8), (103, 18)])
    cel.part(blade, wood, FINE.but(turn=1.0))
    cel.stroke(line([(108, 20), (126, 13), (146, 5)]), 0.5, _colour.shade(wood, 0.12))


def _rigging(cel: Cel, params: Params, light: Daylight) -> None:
    """A mast, and a lug sail with seams, reef points and a patch, full of wind from the left."""
    wood = _daylight.under(light, "#7d5a40")
    cloth = _daylight.under(light, params.cloth, 0.25)
    cel.part(tube(line([(-30, 20), (-29, 160), (-27, 300)]), [3.0, 2.6, 1.6]), wood, FINE)
    sail = up([(-58, 250, 1), (6, 292), (74, 336, 1), (118, 220), (128, 92, 1), (60, 74), (-50, 84, 1), (-44, 160)])
    mask = cel.part(sail, cloth, WOOD.but(turn=10.0, soft=8.0, half=0.55, cast=3.0, key=1.6))
    _seams(cel, mask, cloth)
    yard = tube(line([(-66, 246), (4, 294), (80, 342)]), [1.4, 2.3, 1.4])
    cel.part(yard, wood, FINE)
    for start, end in (((128, 92), (136, 52)), ((-50, 84), (-44, 52))):
        cel.stroke(
            line([start, ((start[0] + end[0]) / 2 + 2, (start[1] + end[1]) / 2), end]), 0.6, _colour.shade(wood, 0.05)
        )
    flag = up([(-27, 302, 1), (-8, 298), (8, 303), (24, 296, 1), (8, 292), (-8, 289), (-27, 291, 1)])
    cel.part(flag, _daylight.under(light, params.stripe, 0.3), FINE)


def _seams(cel: Cel, mask: Mask, cloth: _colour.RGB) -> None:
    dark, pale = _colour.shade(cloth, 0.08), _colour.light(cloth, 0.05)
    for k in range(1, 6):
        x = -50 + 30 * k
        cel.stroke(line([(x - 12, 262 + 20 * k), (x + 4, 170), (x, 78)]), 0.6, dark, mask, 0.8)
        cel.stroke(line([(x - 13.6, 262 + 20 * k), (x + 2.4, 170), (x - 1.6, 78)]), 0.4, pale, mask, 0.6)
    for row in (120, 150):
        for k in range(7):
            x = -34 + 24 * k
            cel.stroke(line([(x, row + 2), (x + 2, row - 10)]), 0.6, pale, mask, 0.9)
    cel.ink(up([(62, 210, 1), (86, 214, 1), (90, 184, 1), (64, 182, 1)]), _colour.light(cloth, 0.06), 0.7, mask)


def _mirrored(light: Daylight, rgba: F32, whole: Canvas) -> F32:
    """The image in the water: what stands above the line, pressed flat, torn into strips that shake."""
    line_row = -whole.top  # y = 0
    out = rgba.copy()
    rows = np.arange(line_row, whole.height)
    if not len(rows):
        return out
    below = (rows - line_row + 0.5) / whole.scale  # metres under the waterline
    source = np.clip(line_row - (below / 0.42 * whole.scale).astype(int) - 1, 0, whole.height - 1)
    shake = np.sin(below * 62) * 0.012 + np.sin(below * 23 + 1.0) * 0.020 * below / 0.3
    weight = 0.80 * np.exp(-below / 0.42) * (0.72 + 0.28 * np.sin(below * 75 + 0.7))
    out[rows] = 0  # what hangs under water is not seen
    water = _colour.shade(_daylight.under(light, "#2f6a78"), 0.08, light.shade_hue).astype(np.float32)
    for row, at, by, share in zip(rows, source, shake, weight, strict=True):
        image = np.roll(rgba[at], round(float(by) * whole.scale), axis=0) * np.float32(share)
        out[row, :, :3] = image[:, :3] * 0.72 + water * image[:, 3:] * 0.28
        out[row, :, 3] = image[:, 3]
    return out

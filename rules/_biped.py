"""The biped kit: people built from bones, hand-placed outlines and a wardrobe, as drawings of a few parts.

`box` is known while planning; `draw` paints one part of one pose. See `_bones` for the joints.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from rules import _biped_body, _biped_face, _biped_head, _biped_look, _biped_props, _biped_skulls, _bones, _window
from rules._biped_follow import loose
from rules._biped_light import Light, finish, light_of, pen, relight
from rules._biped_look import Look
from rules._biped_mood import JAW, jaw_of
from rules._biped_skulls import Skull
from rules._bones import Figure, Measures
from rules._cel import Cel
from rules._outline import Points
from studio.rule import Box, Canvas, Drawing, Variant

FINE = 12.0  #: px a u from which second-tier strokes are drawn: stitches, lashes, knit


@dataclass(frozen=True)
class Sitting:
    """What every part of a figure needs to be painted."""

    params: Figure
    body: Measures
    look: Look
    light: Light
    flip: bool
    fine: bool


def box(params: Figure, variant: Variant) -> Box:
    """Where a part can have paint, in metres about its own origin."""
    return _bones.box(params, variant)


def draw(params: Figure, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """One part of a figure, as large as the canvas."""
    whole = _window.whole(box(params, variant), canvas.scale, canvas.maps)
    return _window.cut(_painted(params, variant, whole, seed), whole, canvas)


def _painted(params: Figure, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    unit = canvas.scale * _bones.unit(params)
    sitting = Sitting(
        params,
        _bones.posed(params, variant),
        _biped_look.look(params),
        light_of(variant),
        bool(variant.get("flip")),
        unit >= FINE,
    )
    part = str(variant["part"])
    if part == "shadow":
        return _biped_props.contact(canvas, unit, sitting.body, seed)
    if part == "cast":
        return _biped_props.cast(canvas, unit, 1 if variant.get("side", 1) > 0 else -1, seed)
    cel = Cel(canvas, unit, seed, light=sitting.light.direction, warp=_warp(sitting, part))
    cel.pen, cel.hardness = pen(unit), sitting.light.hardness
    _PAINTERS[part](cel, sitting, variant)
    return cel.drawing(seed)


def _warp(sitting: Sitting, part: str) -> Callable[[Points], Points]:
    def bent(points: Points) -> Points:
        moved = _bones.leaned(sitting.body, points) if part in ("body", "arm") else points
        return moved * np.array([-1.0, 1.0]) if sitting.flip else moved

    return bent


def _head(cel: Cel, sitting: Sitting, variant: Variant) -> None:
    form = _skull(sitting, variant, int(variant.get("jaw", 0)))
    _biped_head.head(cel, sitting.body, sitting.look, form, sitting.fine)
    finish(cel, sitting.light)


def _skull(sitting: Sitting, variant: Variant, jaw: int) -> Skull:
    form = _biped_skulls.skull(sitting.body, sitting.params, int(variant["yaw"]))
    dome = 6.0 if sitting.look.cut in ("bald", "sides") and not sitting.look.hat else 0.0
    return replace(form, jaw=JAW[jaw], lag=loose(sitting.look.cut) * int(variant.get("lag", 0)), dome=dome)


def _face(cel: Cel, sitting: Sitting, variant: Variant) -> None:
    form = _skull(sitting, variant, jaw_of(str(variant.get("mouth", "X")), str(variant.get("mood", "neutral"))))
    _biped_face.face(cel, sitting.params, sitting.look, form, variant)
    relight(cel, sitting.light, 0)


def _body(cel: Cel, sitting: Sitting, variant: Variant) -> None:
    _biped_body.body(cel, sitting.params, sitting.look, dict(variant), sitting.fine)
    finish(cel, sitting.light)


def _arm(cel: Cel, sitting: Sitting, variant: Variant) -> None:
    _biped_body.arm_over(cel, sitting.params, sitting.look, variant, sitting.fine)
    finish(cel, sitting.light)
    cel.keep(cel.mask(_biped_body.upper_arm(sitting.body, variant)))


def _prop(cel: Cel, sitting: Sitting, variant: Variant) -> None:
    params = _bones.bearing(sitting.params, variant)
    _biped_props.prop(cel, params)
    finish(cel, sitting.light)
    _biped_props.flame(cel, params)


_PAINTERS: dict[str, Callable[[Cel, Sitting, Variant], None]] = {
    "head": _head,
    "face": _face,
    "body": _body,
    "arm": _arm,
    "prop": _prop,
}

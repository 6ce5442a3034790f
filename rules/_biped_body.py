"""The body of a biped, back to front: far arm, what hangs behind, legs, trunk, near arm."""

from __future__ import annotations

from typing import Any

import numpy as np

from rules import (
    _biped_arms,
    _biped_hands,
    _biped_legs,
    _biped_mantle,
    _biped_scarf,
    _biped_shirt,
    _biped_tails,
    _bones,
)
from rules._biped_fit import BROAD, SMALL, fit
from rules._biped_look import Look
from rules._biped_tailor import Tailor
from rules._bones import Arm, Figure, Gait, Measures
from rules._cel import Cel
from studio.rule import Variant


def body(cel: Cel, params: Figure, look: Look, variant: Variant, fine: bool) -> None:
    """Paint the body in a pose."""
    form = _bones.measures(params)
    gait = _bones.gait(form, int(variant["legs"]))
    near_pose, far_pose = variant["near"], variant["far"]
    near = _bones.arm(form, (float(near_pose[0]), float(near_pose[1])), far=False, sink=gait.sink)
    far = _bones.arm(form, (float(far_pose[0]), float(far_pose[1])), far=True, sink=gait.sink)
    small, broad = Tailor(cel, fit(SMALL, form, gait), fine), Tailor(cel, fit(BROAD, form, gait), fine)
    _far_arm(cel, params, look, (far, far_pose), fine)
    if look.coat == "mantle":
        _biped_mantle.mantle_behind(small, look)
    elif look.coat == "tails":
        _biped_tails.tails_behind(broad, look)
    else:
        _biped_shirt.shirt(broad)
    _legs(broad, look, form, gait)
    _trunk((small, broad), look, gait)
    _biped_hands.hand(cel, look, form, near, near_pose[2], fine)
    _biped_arms.sleeve(cel, look, form, near, far=False)
    if look.coat == "mantle":
        _biped_mantle.cape_near(small, look, float(np.clip((float(near_pose[0]) - 10) / 90, 0, 1)))
    if look.scarf:
        _biped_scarf.blown_end(cel, look, small.fit, gait)


def _legs(tailor: Tailor, look: Look, form: Measures, gait: Gait) -> None:
    _biped_legs.leg(tailor.cel, look, form, gait.far, _biped_shirt.seat(tailor.fit), tailor.fine)
    if look.coat != "mantle":
        _biped_shirt.fly(tailor, look)
    _biped_legs.leg(tailor.cel, look, form, gait.near, None, tailor.fine)


def _trunk(tailors: tuple[Tailor, Tailor], look: Look, gait: Gait) -> None:
    small, broad = tailors
    if look.coat == "mantle":
        _biped_mantle.mantle(small, look)
        _biped_mantle.cape_far(small, look)
    elif look.coat == "tails":
        _biped_tails.vest(broad, look)
        _biped_tails.tails(broad, look)
    else:
        _biped_shirt.over_shirt(broad, look)
    if look.scarf:
        _biped_scarf.hanging_end(small.cel, look, small.fit, gait)


def _far_arm(cel: Cel, params: Figure, look: Look, arm: tuple[Arm, Any], fine: bool) -> None:
    limb, pose = arm
    form = _bones.measures(params)
    if params.holds != "none" and pose[2] == "grip":
        turn = _bones.tilt(params, float(pose[0]), float(pose[1]))
        _biped_hands.gripping(cel, look, form, limb, _bones.fist(form, limb), turn)
    else:
        _biped_hands.hand(cel, look, form, limb, pose[2], fine)
    _biped_arms.sleeve(cel, look, form, limb, far=True)

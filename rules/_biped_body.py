"""The body of a biped, back to front: far arm, what hangs behind, legs, trunk, near arm."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from rules import (
    _biped_apron,
    _biped_arms,
    _biped_backs,
    _biped_cape,
    _biped_coats,
    _biped_gown,
    _biped_hands,
    _biped_jumper,
    _biped_legs,
    _biped_mantle,
    _biped_scarf,
    _biped_shirt,
    _biped_tails,
    _bones,
)
from rules._biped_fit import BROAD, SLIM, SMALL, fit
from rules._biped_look import Look
from rules._biped_tailor import Tailor
from rules._bones import Arm, Figure, Gait, Measures
from rules._cel import Cel
from rules._outline import Points
from studio.rule import Variant

_FRONT, _AWAY = 0.4, 1.4  # turns of the body from which it is put together as from the front, and as from behind


def body(cel: Cel, params: Figure, look: Look, variant: Variant, fine: bool) -> None:
    """Paint the body in a pose."""
    params, form = _bones.bearing(params, variant), _bones.posed(params, variant)
    gait, lag = _bones.gait(form, int(variant["legs"])), int(variant.get("lag", 0))
    near_pose, far_pose = variant["near"], variant["far"]
    near = _near_arm(form, variant, gait)
    holds = far_pose[2] == "grip"
    far = _far_limb(form, variant, gait, holds)
    if form.turn > _AWAY:
        _biped_backs.body(cel, params, look, (form, gait, lag), ((near, near_pose), (far, far_pose)), fine)
        return
    fits = [fit(who, form, gait, lag, drapes=who is not BROAD) for who in (SMALL, BROAD, SLIM)]
    tailors = Tailors(*(Tailor(cel, found, fine) for found in fits))
    raised = float(np.clip((float(near_pose[0]) - 10) / 90, 0, 1))
    # from the front both arms hang beside the trunk, and folded hands are before it
    is_beside = (form.turn < -_FRONT and far_pose[2] != "behind") or far_pose[2] == "folded"
    if not is_beside:
        _far_arm(cel, params, look, (form, far, far_pose), fine)
    is_behind = near_pose[2] == "behind"
    if is_behind:
        _biped_hands.hand(cel, look, form, near, near_pose[2], fine)
        _biped_arms.sleeve(cel, look, form, near, far=False)
    _behind(tailors, look)
    _legs(tailors.broad, look, form, gait)
    if look.trousers.cut == "dungarees" and not look.is_skirted and not look.coat:
        _biped_apron.joined(tailors.slim, look)
    _trunk(tailors, look, gait)
    if is_beside:
        _far_arm(cel, params, look, (form, far, far_pose), fine)
        if look.coat == "mantle":
            _biped_mantle.cape_far(tailors.small, look)
    if not is_behind:
        _biped_hands.hand(cel, look, form, near, near_pose[2], fine)
    _biped_arms.sleeve(cel, look, form, near, far=False, to_elbow=is_behind)
    if look.coat == "mantle":
        _biped_mantle.cape_near(tailors.small, look, raised)
    if look.cape.cut:
        _biped_cape.cape(tailors.slim, look, raised)
    if look.scarf:
        _biped_scarf.blown_end(cel, look, tailors.small.fit, gait)


class Tailors(NamedTuple):
    """One for each reference figure."""

    small: Tailor
    broad: Tailor
    slim: Tailor


def _behind(tailors: Tailors, look: Look) -> None:
    """What hangs behind the legs, and what is tucked into the trousers."""
    if look.cape.cut:
        _biped_cape.cape_behind(tailors.slim, look)
    if look.coat == "mantle":
        _biped_mantle.mantle_behind(tailors.small, look)
        return
    if look.dress.cut:
        _biped_gown.dress_behind(tailors.slim, look)
    if look.coat == "tails":
        _biped_tails.tails_behind(tailors.broad, look)
    elif look.coat == "overcoat":
        _biped_coats.overcoat_behind(tailors.slim, look)
    elif look.coat == "tunic" or look.dress.cut in ("gown", "frock") or look.top.cut == "jumper":
        return  # nothing of a shirt would be seen
    elif look.top.cut == "blouse" or (look.dress.cut and not look.top.cut):
        _biped_gown.blouse(tailors.slim, look)
    elif not _biped_shirt.hangs(look):
        _biped_shirt.shirt(tailors.broad, look)
    if look.trousers.cut == "dungarees" and not look.dress.cut:
        _biped_apron.dungarees(tailors.slim, look)  # the seat of the trousers closes over its foot


def arm_over(cel: Cel, params: Figure, look: Look, variant: Variant, fine: bool) -> None:
    """The fore-arm and hand of a body once more, to be laid over its head."""
    form, far = _bones.posed(params, variant), variant["over"] == _bones.FAR
    limb = _arm_over(form, variant)
    _biped_hands.hand(cel, look, form, limb, variant["far" if far else "near"][2], fine)
    _biped_arms.sleeve(cel, look, form, limb, far=far)


def _arm_over(form: Measures, variant: Variant) -> Arm:
    gait = _bones.gait(form, int(variant["legs"]))
    return _far_limb(form, variant, gait) if variant["over"] == _bones.FAR else _near_arm(form, variant, gait)


def _far_limb(form: Measures, variant: Variant, gait: Gait, holds: bool = False) -> Arm:
    over = variant.get("over") == _bones.FAR
    return _bones.limb(form, variant["far"], far=True, sink=gait.sink, over=over, holds=holds)


def _near_arm(form: Measures, variant: Variant, gait: Gait) -> Arm:
    pose = variant["near"]
    return _bones.limb(form, pose, far=False, sink=gait.sink, over=variant.get("over") == _bones.NEAR)


def upper_arm(form: Measures, variant: Variant) -> Points:
    """What is wiped from an arm over the head, since the body shows it: all behind its elbow."""
    limb = _arm_over(form, variant)
    elbow, wrist = np.array(limb.elbow), np.array(limb.wrist)
    along = (wrist - elbow) / (np.hypot(*(wrist - elbow)) + 1e-9)
    across, at = np.array([-along[1], along[0]]), elbow + (wrist - elbow) * 0.08
    wide, long = 4 * form.sleeve, 3 * form.upper
    sides = [at + across * wide, at - across * wide]
    return np.array([*sides, *(side - along * long for side in reversed(sides))])


def _legs(tailor: Tailor, look: Look, form: Measures, gait: Gait) -> None:
    _biped_legs.leg(tailor.cel, look, form, gait.far, _biped_shirt.seat(tailor.fit), tailor.fine)
    if not look.is_skirted:
        _biped_shirt.fly(tailor, look)
    _biped_legs.leg(tailor.cel, look, form, gait.near, _biped_shirt.haunch(tailor.fit), tailor.fine)


def _trunk(tailors: Tailors, look: Look, gait: Gait) -> None:
    small, broad, _ = tailors
    if look.coat == "mantle":
        _biped_mantle.mantle(small, look)
        if small.fit.now.turn >= -_FRONT:
            _biped_mantle.cape_far(small, look)
    elif look.coat == "tails":
        _biped_tails.vest(broad, look)
        _biped_tails.tails(broad, look)
    else:
        _everyday(tailors, look)
    if look.scarf:
        _biped_scarf.hanging_end(small.cel, look, small.fit, gait)


def _everyday(tailors: Tailors, look: Look) -> None:
    """Dress or trousers' belt, what is drawn over them, and the coat over all."""
    _, broad, slim = tailors
    if _biped_shirt.hangs(look):
        _biped_shirt.hanging(broad, look)
    if look.dress.cut:
        _biped_gown.dress(slim, look)
    if look.top.cut == "jumper":
        _biped_jumper.jumper(slim, look)
    if look.coat == "" and not look.dress.cut and look.top.cut != "jumper" and look.trousers.cut != "dungarees":
        _biped_shirt.over_shirt(broad, look)
    elif look.vest and look.coat == "":
        _biped_shirt.waistcoat(broad, look)
    if look.coat == "overcoat":
        _biped_coats.overcoat(slim, look)
    elif look.coat == "tunic":
        _biped_coats.tunic(slim, look)
    if look.apron.cut:
        _biped_apron.apron(slim, look)


def _far_arm(cel: Cel, params: Figure, look: Look, arm: tuple[Measures, Arm, Any], fine: bool) -> None:
    form, limb, pose = arm
    if params.holds != "none" and pose[2] == "grip":
        turn = _bones.tilt(params, float(pose[0]), float(pose[1]))
        _biped_hands.gripping(cel, look, form, limb, _bones.fist(form, limb), turn)
    else:
        _biped_hands.hand(cel, look, form, limb, pose[2], fine)
    _biped_arms.sleeve(cel, look, form, limb, far=True)

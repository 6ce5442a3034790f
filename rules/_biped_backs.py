"""The body of a biped from behind: what is worn has a back of its own, and the arms hang before or behind the trunk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rules import (
    _biped_apron,
    _biped_arms,
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

_BENDS, _RAISED = 44, 70  # degrees forward from which the trunk hides a fore-arm, and an upper arm is seen again
_REACHING = ("behind", "folded", "lapel", "strap")  # hands at rest behind the trunk, and before it

Posed = tuple[Arm, Any]


def body(
    cel: Cel,
    params: Figure,
    look: Look,
    form: tuple[Measures, Gait, int],
    arms: tuple[Posed, Posed],
    fine: bool,
) -> None:
    """Paint the body in a pose; form: its proportions, legs and the steps by which hems lag; arms: near and far."""
    body, gait, lag = form
    fits = [fit(who, body, gait, lag, drapes=False) for who in (SMALL, BROAD, SLIM)]
    fronts = [Tailor(cel, f, fine) for f in fits]
    backs = [Tailor(cel, replace(f, is_back=True), fine) for f in fits]
    near, far = arms
    posed = [(False, near, _is_beside(body, near[1], is_far=False)), (True, far, _is_beside(body, far[1], is_far=True))]
    for is_far, (limb, pose), is_beside in posed:
        if not is_beside:
            _arm(cel, params, look, (body, limb, pose), (is_far, fine))
    _tucked(fronts, backs, look)
    _biped_legs.leg(cel, look, body, gait.far, _biped_shirt.seat(fits[1]), fine)
    _biped_legs.leg(cel, look, body, gait.near, None, fine)
    if not look.is_skirted:
        _biped_shirt.seat_back(backs[1], look)
    _trunk(fronts, backs, look)
    for is_far, (limb, pose), is_beside in reversed(posed):
        if is_beside:
            _arm(cel, params, look, (body, limb, pose), (is_far, fine))
    if look.coat == "mantle":
        _biped_mantle.cape_back(backs[0], look)
    if look.cape.cut:
        _biped_cape.cape_back(backs[2], look)
    if look.scarf:
        _biped_scarf.back_end(cel, look, backs[0].fit, gait)


def _is_beside(body: Measures, pose: Any, *, is_far: bool) -> bool:
    """Whether an arm is to be seen beside the trunk, which hides what is before it."""
    if pose[2] in _REACHING:
        return bool(pose[2] == "behind")
    if body.turn < 2.5:
        return not is_far
    return float(pose[0]) + float(pose[1]) < _BENDS or float(pose[0]) > _RAISED


def _arm(cel: Cel, params: Figure, look: Look, arm: tuple[Measures, Arm, Any], how: tuple[bool, bool]) -> None:
    (form, limb, pose), (is_far, fine) = arm, how
    if is_far and params.holds != "none" and pose[2] == "grip":
        turn = _bones.tilt(params, float(pose[0]), float(pose[1]))
        _biped_hands.gripping(cel, look, form, limb, _bones.fist(form, limb), turn)
    else:
        _biped_hands.hand(cel, look, form, limb, pose[2], fine)
    _biped_arms.sleeve(cel, look, form, limb, far=is_far and form.turn < 2.5)


def _tucked(fronts: list[Tailor], backs: list[Tailor], look: Look) -> None:
    """What goes into the trousers or the skirt."""
    if look.coat or look.dress.cut in ("gown", "frock") or look.top.cut == "jumper":
        return
    if look.top.cut == "blouse" or (look.dress.cut and not look.top.cut):
        _biped_gown.blouse_back(fronts[2], backs[2], look)
    elif not _biped_shirt.hangs(look):
        _biped_shirt.shirt_back(fronts[1], backs[1], look)
    if look.trousers.cut == "dungarees" and not look.dress.cut:
        _biped_apron.dungarees_back(fronts[2], backs[2], look)


def _trunk(fronts: list[Tailor], backs: list[Tailor], look: Look) -> None:
    small, broad, slim = fronts
    if look.coat == "mantle":
        _biped_mantle.mantle_back(small, backs[0], look)
        return
    if _biped_shirt.hangs(look):
        _biped_shirt.hanging_back(broad, backs[1], look)
    if look.dress.cut:
        _biped_gown.dress_back(slim, backs[2], look)
    if look.coat == "tails":
        _biped_tails.tails_back(backs[1], look)
        return
    if look.top.cut == "jumper":
        _biped_jumper.jumper_back(slim, backs[2], look)
    plain = look.coat == "" and look.top.cut != "jumper"
    if plain and not look.dress.cut and look.trousers.cut != "dungarees":
        _biped_shirt.over_shirt_back(broad, backs[1], look)
    elif look.vest and look.coat == "":
        _biped_shirt.waistcoat_back(backs[1], look)
    if look.coat == "overcoat":
        _biped_coats.overcoat_back(slim, backs[2], look)
    elif look.coat == "tunic":
        _biped_coats.tunic_back(slim, backs[2], look)
    if look.apron.cut:
        _biped_apron.apron_back(slim, backs[2], look)

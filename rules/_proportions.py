"""Proportions of a biped, in u: how tall, broad and bent it is; closed forms of its parameters."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Any, Protocol

import numpy as np

_HEADS = (2.8, 3.3, 4.4, 5.5, 7.0)  # where the proportions below were set by eye
_LEANS = {"upright": 0.0, "jaunty": -0.14, "stooped": 0.40, "shy": 0.08}  # on the line of action
_NOD = {"upright": 0.0, "jaunty": -3.0, "stooped": 7.0, "shy": 6.0}
_USUAL = {"upright": "hang", "jaunty": "hip", "stooped": "behind", "shy": "folded"}  # rests of hands by stance
#: u by which the hips go forward of the line of action, with each rest of the hands
_SWAYS = {"hang": 0.8, "hip": -2.2, "pocket": 2.4, "lapel": 2.2, "behind": 1.8, "folded": -1.2}


class Figure(Hashable, Protocol):
    """What is read of a character's parameters."""

    @property
    def height(self) -> float: ...
    @property
    def heads(self) -> float: ...
    @property
    def shape(self) -> str: ...
    @property
    def body(self) -> Any: ...
    @property
    def skin(self) -> str: ...
    @property
    def hair(self) -> Any: ...
    @property
    def face(self) -> Any: ...
    @property
    def wears(self) -> tuple[Any, ...]: ...
    @property
    def holds(self) -> str: ...
    @property
    def stance(self) -> str: ...
    @property
    def hands(self) -> str | None: ...


@dataclass(frozen=True)
class Measures:
    """A figure's proportions, in u. Heights are y (negative above the floor), halves are half-widths.

    head: chin to crown. near, far: x of the shoulder and hip joints stand at these shares of the halves.
    lean: weight of the line of action. foot: factor on the length of a shoe of 12 u. neck_wide: on the neck.
    sway: u by which the hips are out of the line of action, and the shoulders half of that to the other side.
    turn: of the body: -1 towards the camera, 0 as the garments were drawn, 1 to the side, 2 half away, 3 away.
    """

    head: float
    chin: float
    neck: float
    shoulder: float
    waist: float
    hip: float
    ankle: float
    shoulder_half: float
    belly_half: float
    hip_half: float
    upper: float
    fore: float
    hand: float
    sleeve: float
    lean: float
    foot: float
    neck_wide: float = 1.0
    stance: str = "upright"
    turn: float = 0.0
    sway: float = 0.0

    @property
    def nod(self) -> float:
        """Degrees by which the head hangs forward in this stance."""
        return _NOD[self.stance]

    @property
    def leg(self) -> float:
        """Hip to ankle when straight; a hair longer than the way, so that a standing knee is not locked."""
        return -self.hip + self.ankle + 0.5

    @property
    def stride(self) -> float:
        return 0.74 * -self.hip


def measures(params: Figure) -> Measures:
    """The proportions of a figure."""
    body = params.body
    factors = (body.leg, body.torso, body.belly, body.hips, body.shoulder)
    return _measures(params.heads, params.shape == "square", factors, params.stance, _SWAYS[rest_of(params)])


def rest_of(params: Figure) -> str:
    """Where the free hands of a figure rest."""
    found = params.hands or _USUAL[params.stance]
    return "behind" if found == "folded" and params.holds != "none" else found  # one hand alone folds nothing


def reference(heads: float, square: bool, shoulder: float) -> Measures:
    """The proportions on which a garment was drawn."""
    return _measures(heads, square, (1.0, 1.0, 1.0, 1.0, shoulder), "upright")


@lru_cache(maxsize=64)
def _measures(heads: float, square: bool, factors: tuple[float, ...], stance: str, sway: float = 0.0) -> Measures:
    leg, torso, belly, hips, shoulder = factors

    def of(*values: float) -> float:
        return float(np.interp(heads, _HEADS, values))

    head = 100 / heads
    trunk_and_legs = 100 - head - of(3.0, 3.0, 2.6, 2.8, 3.3)  # up to the pit of the neck
    share = of(0.40, 0.42, 0.545, 0.575, 0.59)
    hip = trunk_and_legs * share * leg / (share * leg + (1 - share) * torso)
    neck = -trunk_and_legs
    joint = neck + of(4.0, 4.0, 5.2, 5.0, 4.8)
    arm = (trunk_and_legs * of(0.33, 0.345, 0.385, 0.40, 0.405)) * (
        0.6 + 0.4 * (trunk_and_legs - hip) / trunk_and_legs / (1 - share)
    )
    wide = (of(12.6, 12.4, 12.2, 11.4, 10.6) if square else of(9.4, 9.0, 8.6, 8.0, 7.4)) * shoulder
    girth = (0.55 + 0.45 * belly) * hips
    return Measures(
        head=head,
        chin=head - 100,
        neck=neck,
        shoulder=joint,
        waist=-hip + (joint + hip) * 0.55,
        hip=-hip,
        ankle=-of(6.4, 6.2, 5.6, 5.0, 4.6),
        shoulder_half=wide,
        belly_half=(of(11.0, 11.0, 11.2, 9.8, 8.6) if square else of(9.4, 9.2, 8.6, 7.4, 6.6)) * belly,
        hip_half=(of(9.4, 9.4, 8.8, 7.8, 7.2) if square else of(9.6, 9.4, 8.6, 7.6, 7.0)) * girth,
        upper=arm * 0.5,
        fore=arm * 0.5,
        hand=0.262 * sqrt(26 * head) * (1.04 if square else 1.0),
        sleeve=of(3.7, 3.6, 3.5, 3.1, 2.8) * (1.12 if square else 1.0) * (0.7 + 0.3 * shoulder),
        lean=(-0.05 if square else 0.10) + _LEANS[stance],
        foot=of(0.92, 0.94, 1.0, 0.95, 0.9),
        neck_wide=1.24 if square else 1.0,
        stance=stance,
        sway=sway,
    )


def unit(params: Figure) -> float:
    """Metres a u."""
    return params.height / 100

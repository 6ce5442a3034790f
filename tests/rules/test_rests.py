"""Hands at rest: on the hip, in a pocket, at a lapel, behind the back, folded; and the spine that goes with each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import hypot
from typing import Any

import numpy as np
import pytest

from rules import _bones, _proportions, _window, character
from rules._gait import STANDS, TURNS
from rules.character import CharacterParams
from tests.rules.driver import CAST, LIGHT

KINDS = ("hang", "hip", "pocket", "lapel", "behind", "folded")


def person(**said: Any) -> CharacterParams:
    return CharacterParams.model_validate({"heads": 4.2, "wears": [{"top": "shirt"}, {"trousers": "plain"}], **said})


def body_of(params: CharacterParams, yaw: int) -> dict[str, Any]:
    shapes = [shape or "rest" for shape in _bones.hands(params)]
    return {
        "part": "body", "legs": STANDS, "light": LIGHT, "yaw": yaw,
        "near": [*map(round, _bones.rest(params)), shapes[0]], "far": [*map(round, _bones.hold(params)), shapes[1]],
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("build", [{}, {"belly": 1.65, "hips": 1.65, "leg": 0.6}, {"shoulder": 1.65, "torso": 0.7}])
def test_a_resting_body_stays_in_its_box_from_all_sides(kind: str, build: dict[str, float]) -> None:
    params = person(hands=kind, body=build)
    for yaw in character.VIEWS:
        variant = body_of(params, yaw)
        canvas = _window.whole(character.box(params, variant), 20.0)
        seen = character.draw(params, variant, canvas, 7).rgba[..., 3] > 128
        assert seen.sum() > 100
        assert not (seen[0].any() or seen[:, 0].any() or seen[:, -1].any()), yaw


@pytest.mark.parametrize("heads", [2.8, 3.3, 4.4, 6.0])
def test_a_hand_on_the_hip_is_at_the_contour_and_its_elbow_stands_out(heads: float) -> None:
    """It used to lie on the belly."""
    params = person(stance="jaunty", heads=heads)
    body = _bones.measures(params)
    found = _bones.resting(body, "hip", far=False)
    assert found.wrist.x < -0.9 * min(body.belly_half, body.hip_half)
    assert found.elbow.x < found.wrist.x - 0.2 * body.upper
    assert body.shoulder < found.wrist.y < body.hip


@pytest.mark.parametrize("kind", ["hip", "pocket", "lapel", "behind", "folded"])
@pytest.mark.parametrize("turn", TURNS)
def test_arms_at_rest_keep_their_bones(kind: str, turn: int) -> None:
    body = replace(_bones.measures(person()), turn=float(turn))
    for far in (False, True) if kind == "folded" else (False,):
        found = _bones.resting(body, kind, far=far)
        for a, b in ((found.shoulder, found.elbow), (found.elbow, found.wrist)):
            assert hypot(b.x - a.x, b.y - a.y) == pytest.approx(body.upper, rel=0.02)


@pytest.mark.parametrize("kind", ["hip", "pocket", "lapel", "behind", "folded"])
def test_a_gesture_begins_where_the_hand_rests(kind: str) -> None:
    """The angles that a gesture leaves from are those of the arm at rest: nothing jumps."""
    params = person(hands=kind)
    body = _bones.measures(params)
    left, rested = _bones.arm(body, _bones.rest(params), far=False, over=True), _bones.resting(body, kind, far=False)
    assert hypot(left.wrist.x - rested.wrist.x, left.wrist.y - rested.wrist.y) < 0.12 * (body.upper + body.fore)


def test_each_rest_has_a_spine_and_feet_stay_on_the_ground() -> None:
    found = {kind: _bones.measures(person(hands=kind)) for kind in KINDS}
    assert len({body.sway for body in found.values()}) == len(KINDS)
    for body in found.values():
        assert _bones.lean_at(body, 0.0) == 0  # what stands on the ground is never moved
        hips, chest = (_bones.lean_at(body, y) - _bones.lean_at(replace(body, sway=0.0), y) for y in (-34, -82))
        assert hips * chest < 0  # an S


def test_one_hand_alone_folds_nothing() -> None:
    assert _bones.hands(person(hands="folded")) == ("folded", "folded")
    assert _bones.hands(person(hands="folded", holds="letter"))[0] == "behind"


def test_a_cast_rests_in_many_ways() -> None:
    kinds = Counter(_proportions.rest_of(params) for params in CAST.values())
    assert set(kinds) == set(KINDS)
    assert max(kinds.values()) <= len(CAST) // 3
    assert np.ptp([_bones.lean_at(m, m.chin) for m in map(_bones.measures, CAST.values())]) > 6

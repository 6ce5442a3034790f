"""Bodies and heads from other sides than the usual one, and skirts over knees."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, get_args

import numpy as np
import pytest

from rules import _biped_fit, _biped_napes, _bones, _window, character
from rules._biped_fit import SLIM
from rules._gait import RUNS, SITS, STEPS, gait
from tests.rules.driver import CAST, LIGHT
from tests.rules.test_contract import acting

BODY = {"part": "body", "legs": -1, "near": [-9, 24, "rest"], "far": [8, 14, "rest"], "light": LIGHT}


def turned(yaw: int) -> Any:
    return _bones.posed(CAST["ruth"], {"part": "body", "yaw": yaw})


def drawn(name: str, variant: dict[str, Any], scale: float = 24.0) -> Any:
    """(alpha, column of the origin) of one part."""
    params = CAST[name]
    canvas = _window.whole(character.box(params, variant), scale)
    return character.draw(params, variant, canvas, 7).rgba, -canvas.left


@pytest.mark.parametrize("name", ["mia", "pepe", "lotte", "kofi", "otto", "josef", "greta", "mayor", "widow", "nia"])
@pytest.mark.parametrize("yaw", [0, 90, 135, 180])
def test_everybody_can_be_seen_from_everywhere(name: str, yaw: int) -> None:
    """What is painted stays within the declared box, and is a whole figure."""
    rgba, _ = drawn(name, {**BODY, "yaw": yaw})
    seen = rgba[..., 3] > 128
    assert seen.sum() > 60
    assert not (seen[0].any() or seen[:, 0].any() or seen[:, -1].any())


def test_every_cut_has_a_nape() -> None:
    assert set(_biped_napes.NAPES) == set(get_args(character.Hair.model_fields["style"].annotation))


def test_the_opening_of_a_coat_wanders_round() -> None:
    """Buttons go from the middle to the front edge as a body turns; a side stays at its side."""
    at = [_biped_fit.fit(SLIM, turned(yaw), gait(turned(yaw), -1)).at(2.9, -60)[0] for yaw in (0, 22, 45, 68, 90)]
    assert all(a < b for a, b in pairwise(at[:4]))
    edges = [_biped_fit.fit(SLIM, turned(yaw), gait(turned(yaw), -1)).at(9.3, -60)[0] for yaw in (0, 90)]
    assert 0.55 * edges[0] < edges[1] < 0.9 * edges[0]
    assert edges[1] - at[4] < 0.25 * edges[1]


def test_the_edge_from_behind_is_the_edge_from_before() -> None:
    """Half away a skirt has the outline of the usual view, and straight away its mirror image."""
    hem = [(-15.4, -6.2), (15.4, -6.2)]
    usual, half, away = (_biped_fit.fit(SLIM, turned(y), gait(turned(y), -1)).nodes(hem) for y in (45, 135, 180))
    assert half == usual
    assert [round(n[0], 3) for n in away] == [round(-n[0], 3) for n in usual]


def test_arms_change_sides_behind() -> None:
    near, far = ([_bones.arm(turned(y), (0.0, 0.0), far=f).shoulder.x for y in (0, 90, 180)] for f in (False, True))
    assert near[0] < near[1] < near[2] and far[0] > far[1] > far[2]
    assert near[2] == pytest.approx(-near[0])


def test_who_is_turned_away_shows_no_face_and_keeps_the_usual_keys() -> None:
    usual = character.act(CAST["ruth"], acting(1))
    away = character.act(CAST["ruth"], acting(1, yaw=np.array([180]), body=np.array([180])))
    faces = [next(t for t in tracks if t.layer == "face") for tracks in (usual, away)]
    assert [int(face.opacity[0]) for face in faces] == [255, 0]
    bodies = [next(t for t in tracks if t.layer == "body").variants[0] for tracks in (usual, away)]
    assert "yaw" not in bodies[0] and bodies[1]["yaw"] == 180


def test_a_stride_to_the_camera_is_seen_short() -> None:
    wide = {}
    for yaw in (0, 45, 180):
        legs = gait(turned(yaw), 0)
        wide[yaw] = abs(legs.near.sole.x - legs.far.sole.x)
    assert max(wide[0], wide[180]) < 0.45 * wide[45]


@pytest.mark.parametrize("legs", [6, 9, 18, RUNS + 4, RUNS + 16, SITS + STEPS])
def test_a_gown_covers_the_knee(legs: int) -> None:
    """Knees used to come through a skirt in a walk, in a run and on a seat."""
    body = turned(45)
    limbs = gait(body, legs)
    fit = _biped_fit.fit(SLIM, body, limbs)
    front = np.array([fit.at(9.1 + 0.13 * (y + 52), y) for y in np.arange(-52.0, -6.0, 2.0)])
    knee = max((limbs.near.knee, limbs.far.knee), key=lambda spot: spot.x)
    near = front[np.abs(front[:, 1] - knee.y).argmin()]
    assert near[0] > knee.x + 0.5 * body.sleeve
    assert front[:, 1].max() < 0


def test_skirts_of_who_stands_hang_as_they_did() -> None:
    body = turned(45)
    assert _biped_fit.fit(SLIM, body, gait(body, -1)).drape is None

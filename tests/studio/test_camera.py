"""Shots are solved for their subjects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from studio.camera import Subject, framed, path_of
from studio.script import OFF_STAGE, Event, Script

nobody: Any = None  # the scene's own words are not read here


def at(x: float) -> Subject:
    return Subject(x=x, z=7.0, facing=0, hips=0.8, chin=1.2, eyes=1.35, crown=1.6)


def walking(start: float, stop: float) -> Any:
    """Somebody who gets from x to x in a hundred frames."""
    return lambda on, frame: [at(float(np.interp(frame, [0, 99], [start, stop])))]


def test_without_a_shot_the_camera_waits_where_people_will_be() -> None:
    path = path_of(Script(nobody, 24.0, length=100), np.arange(100), 16 / 9, walking(-OFF_STAGE, 0.5))
    assert path.x == pytest.approx(np.full(100, 0.5), abs=0.01) and path.cuts == [0]


def test_who_walks_out_does_not_take_the_camera_along() -> None:
    path = path_of(Script(nobody, 24.0, length=100), np.arange(100), 16 / 9, walking(0.5, OFF_STAGE))
    assert path.x == pytest.approx(np.zeros(100))


def test_until_the_first_shot_the_camera_is_wide_on_where_they_stand_then() -> None:
    shot = Event("shot", "", 50, 0, {"size": "close", "on": ["ada"], "handheld": 0.0, "blur": 1.0, "follow": False})
    path = path_of(Script(nobody, 24.0, [shot], {}, 100), np.arange(100), 16 / 9, walking(0.0, 2.0))
    assert path.cuts == [0, 50] and path.x[0] == pytest.approx(2 * 49 / 99, abs=0.01)
    assert path.x[60] == pytest.approx(2.0, abs=0.01)


@pytest.mark.parametrize("aspect", [16 / 9, 1.0, 9 / 16])
@pytest.mark.parametrize("size", ["wide", "full", "medium", "close"])
@pytest.mark.parametrize("where", [(0.0,), (-2.0, 2.0), (3.0, 3.4)])
def test_every_subject_is_in_the_picture(size: str, aspect: float, where: Sequence[float]) -> None:
    pose = framed(size, [at(x) for x in where], aspect)
    scale = 2 * pose.zoom / (7.0 - pose.z)  # picture heights a metre
    for x in where:
        assert abs(scale * (x - pose.x) / aspect) < 0.5
        assert 0 < 0.5 - scale * (1.35 - pose.y) < 1.2

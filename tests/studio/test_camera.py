"""Shots are solved for their subjects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from studio.acting import ease
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


def staged(*events: Event, length: int = 100) -> Script:
    return Script(nobody, 24.0, list(events), {}, length)


def shot(start: int, length: int = 0, **more: Any) -> Event:
    data = {"size": "full", "on": ["ada"], "ease": "in-out", "handheld": 0.0, "blur": 1.0, "follow": False}
    return Event("shot", "", start, length, data | more)


def standing(on: Any, frame: int) -> list[Subject]:
    return [at(0.8)]


def seen_at(path: Any, n: int, x: float, y: float, z: float) -> tuple[float, float, float]:
    """Column, row (picture heights from the middle) and size (picture heights a metre) of a point."""
    scale = 2 * path.zoom[n] / (z - path.z[n])
    return scale * (x - path.x[n]), scale * (path.y[n] - y), scale


def test_a_push_grows_its_subject_in_its_place_and_shifts_what_is_behind() -> None:
    push = Event("push", "", 10, 40, {"by": 1.5, "ease": "in-out"})
    path = path_of(staged(shot(0), push), np.arange(100), 16 / 9, standing)
    (x, y, size), (later_x, later_y, later) = (seen_at(path, n, 0.8, 1.35, 7.0) for n in (5, 90))
    assert later / size == pytest.approx(1.5) and (later_x, later_y) == pytest.approx((x, y))
    far, near = (seen_at(path, 90, 0.8, 1.35, z)[2] / seen_at(path, 5, 0.8, 1.35, z)[2] for z in (60.0, 6.0))
    assert (near - 1) / (far - 1) > 2  # a dolly: what is near grows faster
    assert path.cuts == [0]


def test_a_pan_brings_somebody_to_the_middle_at_the_same_size() -> None:
    pan = Event("pan", "", 10, 20, {"on": ["bruno"], "ease": "in-out"})
    path = path_of(staged(shot(0), pan), np.arange(100), 16 / 9, lambda on, frame: [at(3.0 if "bruno" in on else 0.0)])
    assert path.x[50] == pytest.approx(3.0) and path.z[50] == path.z[0] and path.zoom[50] == path.zoom[0]


def test_a_pull_of_focus_moves_nothing_but_the_focus() -> None:
    pull = Event("focus", "", 10, 12, {"on": ["bruno"], "ease": "in-out", "blur": None})
    far = Subject(x=1.0, z=12.0, facing=0, hips=0.8, chin=1.2, eyes=1.35, crown=1.6)
    path = path_of(staged(shot(0), pull), np.arange(100), 16 / 9, lambda on, n: [far if "bruno" in on else at(0.0)])
    assert path.focus[5] == 7.0 and path.focus[50] == 12.0 and path.aperture[50] > path.aperture[5]
    for still in (path.x, path.y, path.z, path.zoom, path.depth):
        assert np.ptp(still) == 0


def test_a_followed_figure_stays_where_it_is_in_the_picture() -> None:
    way = np.interp(np.arange(100), [20, 80], [-3.0, 3.0])
    path = path_of(
        staged(shot(0, follow=True)), np.arange(100), 16 / 9, lambda on, n: [at(float(way[n]))], lambda on: way
    )
    assert np.abs((path.x - way)[30:70] - (path.x - way)[50]).max() < 0.02
    assert np.abs(np.diff(path.x, 2)).max() < 0.02  # it starts and stops softly


def test_a_whip_goes_past_its_mark_and_settles() -> None:
    t = np.linspace(0, 1, 50)
    path = ease(t, "whip")
    assert path[0] == 0 and path[-1] == pytest.approx(1) and 1.02 < path.max() < 1.06
    moved = path_of(
        staged(shot(0), shot(10, 8, on=["bruno"], ease="whip")),
        np.arange(100),
        16 / 9,
        lambda on, n: [at(4.0 if "bruno" in on else 0.0)],
    )
    assert moved.smear[13] > 0.02 and not moved.smear[:9].any() and not moved.smear[20:].any()


def test_an_unsteady_camera_stays_within_its_bounds_and_a_jolt_dies_away() -> None:
    frames = np.arange(200)
    still = path_of(staged(shot(0), length=200), frames, 16 / 9, standing)
    hand = path_of(staged(shot(0, handheld=1.0), length=200), frames, 16 / 9, standing)
    jolt = path_of(staged(shot(0), Event("shake", "", 50, 7, {"amount": 1.0}), length=200), frames, 16 / 9, standing)
    assert not still.sway.any() and 0.003 < np.abs(hand.sway).max() <= 0.0101
    assert np.abs(np.diff(hand.sway, axis=0)).max() < 0.002
    assert 0.005 < np.abs(jolt.sway).max() < 0.0094  # at most 10 px at 1080 lines
    assert not jolt.sway[:50].any() and not jolt.sway[57:].any()

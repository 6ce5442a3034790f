"""Turning to the camera, away and about: by which views, how fast, and who cannot."""

from __future__ import annotations

import numpy as np

from studio.headings import Turn, headed, steps
from tests.studio.test_animals import problem, script, seen


def views(*turns: Turn, at: tuple[int, int] = (1, 45)) -> list[int]:
    found = headed(turns, at)
    return steps(np.arange(60, dtype=np.int32), found.views, at[1]).tolist()


def test_a_turn_away_passes_the_side_two_frames_a_view() -> None:
    seen_from = views(Turn(11, "away"))
    assert seen_from[9:20] == [45, 68, 68, 90, 90, 135, 135, 180, 180, 180, 180]


def test_a_turn_about_passes_the_front_and_changes_sides_there() -> None:
    found = headed([Turn(20, "about")], (1, 45))
    assert steps(np.arange(40, dtype=np.int32), found.views, 45)[14:24].tolist() == [
        45,
        45,
        22,
        22,
        0,
        0,
        22,
        22,
        45,
        45,
    ]
    assert found.facings == [(20, -1)] and found.abouts == [20]


def test_a_plain_change_of_sides_is_as_it_was() -> None:
    found = headed([Turn(5, "left"), Turn(9, "left"), Turn(20, "right", True)], (1, 45))
    assert found.views == [] and found.changes == [5, 20] and found.facings == [(5, -1), (9, -1), (20, 1)]


def test_a_glance_to_the_same_side_turns_only_the_head() -> None:
    assert set(views(Turn(5, "right", True), at=(1, 180))) == {180}
    assert views(Turn(5, "left", True), at=(1, 180))[-1] == 45


def test_about_from_the_camera_is_away() -> None:
    assert views(Turn(4, "about"), at=(1, 0))[-1] == 180


def test_somebody_walks_away_from_the_camera() -> None:
    ada = seen(script({"who": "ada", "walk": {"x": 0, "z": 9}, "facing": "away"}), "ada")
    end = int(np.flatnonzero(ada.acting.phase >= 0)[-1])
    assert ada.acting.body[20:end].tolist() == [180] * (end - 20)
    assert (ada.acting.yaw[20:end] == 180).all()


def test_an_explicit_side_beats_the_way_one_walks() -> None:
    """Who was told to walk leftwards facing right used to do so, but not the other way round."""
    for way, facing in ((1, "left"), (-1, "right")):
        ada = seen(script({"who": "ada", "walk": {"x": 1.4 + 1.5 * way, "z": 7}, "facing": facing}), "ada")
        assert ada.acting.facing[10] == -way


def test_a_head_turned_away_looks_over_the_shoulder_at_most() -> None:
    """To what is on the side that one faced; to the other side one turns."""
    ada = seen(script({"who": "ada", "facing": "away", "do": "nod"}, {"who": "ada", "look": "cat"}), "ada")
    assert ada.acting.facing[-1] == -1 and ada.acting.yaw[-1] == 90 and ada.acting.body[-1] == 180


def test_from_the_front_a_head_turns_to_what_it_looks_at() -> None:
    ada = seen(script({"who": "ada", "facing": "camera", "do": "nod"}, {"who": "ada", "look": "cat"}), "ada")
    assert ada.acting.body[-1] == 0 and ada.acting.yaw[20] == 0 and ada.acting.yaw[-1] == 45


def test_only_people_turn_to_the_camera() -> None:
    assert "`cat` cannot face camera" in problem({"who": "cat", "do": "swish", "facing": "camera"})


def test_a_turn_goes_where_it_is_told_after_its_dip() -> None:
    ada = seen(script({"who": "ada", "do": "turn", "facing": "away"}), "ada")
    assert ada.acting.body[:5].tolist() == [45] * 4 + [68] and ada.acting.body[19] == 180
    about = seen(script({"who": "ada", "do": "turn"}), "ada")
    assert about.acting.facing[7] == -about.acting.facing[8]
    assert about.acting.body[3:11].tolist() == [45, 22, 22, 0, 0, 22, 22, 45]

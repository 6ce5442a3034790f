"""What people do through a scene: blinks by rule, springs that come to rest, hand-overs, and few drawings."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from rules import _held
from rules.character import GESTURES, RUNS, TURN_ABOUT, act
from studio.acting import Presence, lamps_of, presences
from studio.film import Scripts
from studio.project import open_project
from studio.rows import SCALE_GRID, Rows
from studio.script import Script
from studio.timeline import rows_of
from tests.conftest import Space

PEOPLE = """\
studio: 1
title: People
fps: 24
size: 640x360
characters:
  ada: {height: 1.5m, heads: 3.3, holds: lantern, wears: [{coat: mantle}, {scarf: long}]}
  bruno: {height: 1.7m, shape: square, heads: 4.4, wears: [{coat: tails}]}
places:
  square: {planes: [sky], marks: {post: {x: -1.2, z: 7}, bench: {x: 1.2, z: 7}, middle: {x: 0.3, z: 7}}}
scenes:
  one:
    place: square
    cast: [{who: ada, stand: post, facing: right}, {who: bruno, stand: bench, facing: left}]
    action: ACTION
cut: [one]
outputs:
  film.mp4: {}
"""

#: a minute of two people who talk, walk and act
MINUTE = [
    "{shot: full}", '{who: ada, say: "Good evening. The fog is thick tonight, and the lamps are late.", mood: amused}',
    '{who: bruno, say: "So it is. I could hardly find my own feet on the bridge.", mood: worried}',
    "{who: ada, walk: middle}", "{who: ada, do: wave}", "{who: bruno, do: nod}",
    '{who: bruno, say: "Have you seen my hat? No, I am wearing it. What a fool I am.", mood: surprised}',
    '{who: ada, say: "You always say that, and you always find it on your head.", mood: delighted}',
    "{who: bruno, do: shrug}", "{who: ada, do: point}",
    '{who: ada, say: "That one is still dark. Would you hold the ladder while I climb?", mood: neutral}',
    "{who: bruno, do: think}", '{who: bruno, say: "I would rather not, my knees are older than the lamp.", mood: sad}',
    "{who: ada, do: jump}", '{who: ada, say: "There. It burns. Now we can see where we are going.", mood: delighted}',
    "{who: bruno, do: clap, mood: delighted}", '{who: bruno, say: "Wonderful! Let us find some soup.", mood: amused}',
    "{who: ada, give: bruno}", "{who: bruno, walk: post}", "{hold: 9s}",
]  # fmt: skip


def played(space: Space, *lines: str, people: str = PEOPLE) -> tuple[Script, dict[str, Presence]]:
    space.write("Studiofile", people.replace("ACTION", "[" + ", ".join(lines) + "]"))
    project = open_project(space.folder / "Studiofile", {})
    assert not project.problems, project.problems
    script = Scripts(project).script(project.scenes["one"])
    frames = np.arange(script.length, dtype=np.int32)
    people = presences(script, frames, lamps_of(script, frames))
    return script, {person.figure.name: person for person in people}


def starts(lids: Any) -> list[int]:
    """Frames at which a blink begins."""
    return np.flatnonzero((lids[1:] > 0) & (lids[:-1] == 0)).tolist()


def test_blinks_come_about_ten_times_a_minute_and_never_in_a_row(space: Space) -> None:
    _, people = played(space, "{hold: 120s}")
    for person in people.values():
        found = starts(person.acting.lids)
        assert 16 <= len(found) <= 24, len(found)
        assert np.diff(found).min() >= 24
    assert starts(people["ada"].acting.lids) != starts(people["bruno"].acting.lids)


def test_a_blink_comes_at_the_end_of_a_thought_and_at_a_turn(space: Space) -> None:
    script, people = played(space, "{hold: 3s}", "{who: ada, say: Well then.}", "{hold: 2s}", "{who: ada, do: turn}")
    said, turned = script.of("say", "ada")[0], script.of("do", "ada")[0]
    found = starts(people["ada"].acting.lids)
    for at in (said.start + said.length, turned.start + TURN_ABOUT):
        assert any(0 <= start - at <= 2 for start in found), (at, found)


def test_a_head_turns_through_the_front_before_the_body_has_turned(space: Space) -> None:
    script, people = played(space, "{hold: 1s}", "{who: ada, do: turn}", "{hold: 1s}")
    acting, at = people["ada"].acting, script.of("do", "ada")[0].start + TURN_ABOUT
    assert acting.facing[at - 1] == 1 and acting.facing[at] == -1
    assert acting.yaw[at - 7] == 45 and acting.yaw[at - 5] == 22 and acting.yaw[at - 1] == 0 == acting.yaw[at]
    assert (acting.yaw[at - 6 : at] <= acting.body[at - 6 : at]).all()


def test_what_hangs_swings_in_five_places_and_comes_to_rest(space: Space) -> None:
    script, people = played(space, "{who: ada, run: middle}", "{hold: 3s}")
    lag, run = people["ada"].acting.lag, script.of("walk", "ada")[0]
    stop = run.start + run.length
    assert set(np.unique(lag)) <= {-2, -1, 0, 1, 2}
    assert lag[run.start + 4] < 0 < lag[stop + 4], "back at the start, on past the stop"
    assert not lag[stop + 48 :].any()
    assert (people["ada"].acting.phase[run.start + 2 : stop - 2] >= RUNS).all()


def test_what_is_given_is_held_by_the_other(space: Space) -> None:
    script, people = played(space, "{who: ada, run: middle}", "{who: ada, give: bruno}", "{hold: 1s}")
    ada, bruno = people["ada"].acting, people["bruno"].acting
    passed = script.of("held")[0].start
    assert not ada.held[:passed].any() and (ada.held[passed:] == -1).all()
    assert (bruno.held[passed:] == 1 + _held.NAMES.index("lantern")).all() and not bruno.held[:passed].any()
    grips = [  # where each hand has the lantern, on screen
        t.x[passed - 1 + n] + people[who].x[passed - 1 + n]
        for n, who in enumerate(("ada", "bruno"))
        for t in act(people[who].figure.params, people[who].acting)
        if t.layer == "prop"
    ]
    assert abs(grips[0] - grips[1]) < 0.08, "hands meet"
    names = list(GESTURES)
    assert names[ada.gesture[passed] - 1] == "give" and names[bruno.gesture[passed] - 1] == "take"


def test_a_scene_begins_with_what_its_cast_holds(space: Space) -> None:
    """A lantern that was given away in one scene used to be back in the giver's hand in the next."""
    swapped = PEOPLE.replace("{who: ada, stand", "{who: ada, holds: none, stand")
    swapped = swapped.replace("{who: bruno, stand", "{who: bruno, holds: lantern, stand")
    script, people = played(space, "{who: ada, run: middle}", "{who: bruno, give: ada}", "{hold: 1s}", people=swapped)
    ada, bruno = people["ada"].acting.held, people["bruno"].acting.held
    passed, lantern = script.of("held")[0].start, 1 + _held.NAMES.index("lantern")
    assert (ada[:passed] == -1).all() and (bruno[:passed] == lantern).all()
    assert (ada[passed:] == lantern).all() and (bruno[passed:] == -1).all()


def test_only_who_has_hands_can_be_cast_with_something(space: Space) -> None:
    crowd = PEOPLE.replace("  bruno: {", "  bruno: {kit: bird}\n  carl: {").replace(
        "bruno, stand", "bruno, holds: cane, stand"
    )
    space.write("Studiofile", crowd.replace("ACTION", "[{hold: 1s}]"))
    result = space.run("check")
    assert result.code == 1 and "`bruno` has no hands" in result.err and "^" in result.err


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["{who: bruno, give: ada}"], "`bruno` holds nothing here"),
        (["{who: ada, run: middle}", "{who: ada, give: bruno}", "{who: ada, give: bruno}"], "`ada` holds nothing here"),
        (["{who: ada, give: bruno}"], "`ada` is too far from `bruno`"),
        (["{who: ada, give: ada}"], "`ada` has nobody to share with"),
        (["{who: ada, give: brunno}"], "`brunno` is not in this scene"),
        (["{who: ada, run: post}"], "`ada` already stands there"),
    ],
)
def test_a_hand_over_that_cannot_be_is_told(space: Space, lines: list[str], said: str) -> None:
    space.write("Studiofile", PEOPLE.replace("ACTION", "[" + ", ".join(lines) + "]"))
    result = space.run("check")
    assert result.code == 1 and said in result.err and "Studiofile:" in result.err and "^" in result.err


def rows(space: Space, *lines: str) -> tuple[Script, Rows]:
    script, _ = played(space, *lines)
    return script, rows_of(script, 640, 360)


def test_a_minute_of_two_people_is_few_drawings(space: Space) -> None:
    script, found = rows(space, *MINUTE)
    assert script.length >= 58 * 24
    counts = Counter(recipe.target.split("/")[-1] for recipe in found.recipes)
    assert len(found.recipes) < 250, counts


def test_squash_keeps_the_area(space: Space) -> None:
    """The part of a jump's transforms that scales: width goes down as height goes up."""
    _, found = rows(space, "{who: ada, do: jump}", "{hold: 6f}")
    areas, heights = [], []
    for row in found.rows.reshape(-1, found.rows.shape[2]):
        if row[0] >= 0 and found.recipes[row[0]].target == "ada/body":
            areas.append((int(row[1]) * int(row[5]) - int(row[2]) * int(row[4])) / SCALE_GRID**2)
            heights.append(row[5] / SCALE_GRID)
    assert max(heights) / min(heights) > 1.2, "it is squashed and stretched"
    assert max(areas) / min(areas) < 1.02


@pytest.mark.parametrize("kit", ["biped", "bird", "quadruped"])
def test_who_does_nothing_untold_stands_like_a_picture(space: Space, kit: str) -> None:
    people = PEOPLE.replace("{height: 1.7m, shape: square, heads: 4.4, wears: [{coat: tails}]}", f"{{kit: {kit}}}")
    still = people.replace("facing: right}, {who: bruno, ", "facing: right, idle: none}, {who: bruno, idle: none, ")
    rows = {}
    for name, text in (("alive", people), ("none", still)):
        script, _ = played(space, "{shot: full}", "{hold: 12s}", people=text)
        rows[name] = rows_of(script, 640, 360).rows
    assert (rows["none"] == rows["none"][:1]).all() and not (rows["alive"] == rows["alive"][:1]).all()

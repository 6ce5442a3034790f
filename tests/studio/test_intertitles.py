"""Cards that are cut into a scene: when they stand, how long, and what becomes of the scene meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.errors import ProjectError
from studio.film import Film, Scripts, film_of, position_of
from tests.planned import opened

SAYS: list[dict[str, Any]] = [
    {"hold": "10f"},
    {"who": "ada", "say": "Good night, my dear old friend.", "cue": "night"},
    {"hold": "20f", "cue": "after"},
]


def scripts_and_film(tmp_path: Path, action: list[dict[str, Any]], captions: Any = "cards", **more: Any) -> Any:
    data = {
        "studio": 1,
        "fps": 24,
        "size": "160x90",
        "characters": {"ada": {}, "bo": {}},
        "passes": {"old": {"rule": "silent_film"}},
        "places": {"yard": {"planes": ["sky"]}},
        "scenes": {
            "one": {"place": "yard", "cast": [{"who": "ada"}, {"who": "bo", "stand": "left"}], "action": action}
        },
        "outputs": {"one.mp4": {"captions": captions, "passes": ["old"]}},
        **more,
    }
    project = opened(data, tmp_path)
    scripts = Scripts(project)
    film = film_of(scripts, project.outputs["one.mp4"])
    project.finish()
    return scripts, film


def film(tmp_path: Path, action: list[dict[str, Any]], captions: Any = "cards", **more: Any) -> Film:
    found: Film = scripts_and_film(tmp_path, action, captions, **more)[1]
    return found


def test_a_card_stands_as_long_as_it_is_read_and_the_scene_goes_on_after_it(tmp_path: Path) -> None:
    plain, carded = film(tmp_path, SAYS, captions=False), film(tmp_path, SAYS)
    is_card = carded.shot == 1
    assert carded.count == plain.count + is_card.sum() and is_card.sum() == round(24 * (1 + 6 * 0.3))
    assert (carded.frame[~is_card] == plain.frame).all()  # no frame of the scene is lost, or shown twice
    first = int(np.flatnonzero(is_card)[0])
    says = carded.shots[0].script.of("say")[0]
    assert says.start < first < says.start + says.length and np.ptp(np.flatnonzero(is_card)) == is_card.sum() - 1
    card = carded.shots[1]
    assert card.script.scene.card is not None and [s.rule for s in card.styles] == ["silent_film"]
    assert card.air is None and not any(r.role == "caption" for r in carded.shots[0].rows.recipes)  # type: ignore[union-attr]


def test_cues_are_where_the_scene_has_come_to(tmp_path: Path) -> None:
    scripts, carded = scripts_and_film(tmp_path, SAYS)
    plain = film(tmp_path, SAYS, captions=False)
    after, late = (position_of(scripts, f, "one.after") for f in (plain, carded))
    assert after is not None and late == after + (carded.shot == 1).sum()
    assert position_of(scripts, carded, "one.night") == position_of(scripts, plain, "one.night")


def test_lines_may_go_without_and_those_that_ask_get_a_card_too(tmp_path: Path) -> None:
    def lines(**more: Any) -> list[dict[str, Any]]:
        return [{"who": "ada", "say": "Oh.", **more}]

    assert len(film(tmp_path, lines(caption=False)).shots) == 1
    asked = film(tmp_path, lines(caption=True))
    assert len(asked.shots) == 2 and not any(r.role == "caption" for r in asked.shots[0].rows.recipes)  # type: ignore[union-attr]


def test_two_who_speak_at_once_are_read_one_after_the_other(tmp_path: Path) -> None:
    carded = film(
        tmp_path, [{"together": [{"who": "ada", "say": "You are late."}, {"who": "bo", "say": "So are you."}]}]
    )
    names = [carded.shots[number].name for number, _ in zip(carded.shot[carded.starts], carded.starts, strict=True)]
    assert names == ["one", "card “You are late.”", "card “So are you.”", "one"]


def test_no_card_comes_while_the_scene_fades_or_is_mixed(tmp_path: Path) -> None:
    says = [{"who": "ada", "say": "Oh."}]
    scenes = {
        name: {"place": "yard", "cast": [{"who": "ada"}], "action": says, "length": "2s"} for name in ("one", "two")
    }
    for between in ({"fade": "16f"}, {"dissolve": "16f"}, {"iris": "ada"}):
        carded = film(tmp_path, says, scenes=scenes, cut=["one", between, "two"])
        assert len(carded.shots) == 4 and (np.bincount(carded.shot, minlength=4)[2:] >= 48).all()
        is_card = carded.shot >= 2
        around = np.convolve(is_card, [1, 1, 1], "same") > 0
        assert (carded.fade[around] == 255).all() and (carded.other[is_card] < 0).all()


def test_a_letter_that_no_card_has_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"`one` says 'Ж.*no letter 'Ж'"):
        film(tmp_path, [{"who": "ada", "say": "Ж is a letter"}])

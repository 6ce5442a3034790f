"""Animals on a stage: flights and stances as events, what a kit cannot do, and pictures that parts name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from rules.kits import bird, quadruped
from studio.acting import Presence, lamps_of, presences
from studio.errors import StudioError
from studio.project import Project
from studio.script import HIGH, OFF_STAGE, Script, script_of
from studio.studiofile import load_text

CAST = {"crow": {"kit": "bird"}, "cat": {"kit": "quadruped"}, "ada": {}}
STANDS = [{"who": "cat", "stand": {"x": -1, "z": 7}}, {"who": "ada", "stand": "right"}]


def project(action: list[dict[str, Any]], characters: Any = None, root: Path = Path()) -> Project:
    data = {
        "studio": 1,
        "characters": characters or CAST,
        "scenes": {
            "one": {
                "place": {"planes": ["sky"]},
                "cast": STANDS if characters is None else [],
                "action": action,
                "length": "6s",
            }
        },
        "cut": ["one"],
    }
    return Project(load_text(json.dumps(data), root), root / "Studiofile")


def script(*action: dict[str, Any]) -> Script:
    found = project(list(action))
    played = script_of(found, found.scopes[""].scenes["one"])
    found.finish()
    return played


def seen(played: Script, who: str) -> Presence:
    frames = np.arange(played.length, dtype=np.int32)
    return next(p for p in presences(played, frames, lamps_of(played, frames)) if p.figure.name == who)


def problem(*action: dict[str, Any]) -> str:
    with pytest.raises(StudioError) as caught:
        script(*action)
    return str(caught.value)


def test_a_bird_comes_in_from_above_and_lands() -> None:
    crow = seen(script({"who": "crow", "fly": {"x": 0.5, "z": 7}, "from": "right"}), "crow")
    assert crow.x[0] == OFF_STAGE and crow.acting.height[0] == HIGH
    end = int(np.flatnonzero(crow.acting.flown >= 0)[-1]) + 2
    assert crow.x[end] == 0.5 and crow.acting.height[end] == 0 and crow.acting.facing[end] == -1
    assert (np.diff(crow.acting.height[:end]) <= 1e-9).all(), "it sinks evenly"
    assert np.abs(np.diff(crow.x)).max() < 0.35, "without a leap"


def test_a_bird_that_flies_off_is_gone() -> None:
    crow = seen(
        script(
            {"who": "crow", "fly": {"x": 0, "z": 7}, "from": "left", "over": "1s"},
            {"who": "crow", "fly": {"x": 5, "z": 7, "y": 3}, "over": "1s", "cue": "off"},
        ),
        "crow",
    )
    assert crow.is_there[30] and not crow.is_there[60]
    assert crow.acting.height[46] > 1.5 and crow.acting.height[26] == 0


def test_a_perched_bird_stands_as_high_as_its_perch() -> None:
    crow = seen(script({"who": "crow", "fly": {"x": 0, "z": 7, "y": 0.8}, "from": "left"}), "crow")
    assert crow.acting.height[-1] == 0.8
    tracks = {t.layer: t for t in bird.act(crow.figure.params, crow.acting)}
    assert tracks["shadow"].y[-1] == 0.8 and tracks["body"].y[-1] == 0.8


def test_a_cat_sits_until_it_gets_up_to_walk() -> None:
    played = script({"who": "cat", "do": "sit"}, {"hold": "1s"}, {"who": "cat", "walk": {"x": 0, "z": 7}})
    cat = seen(played, "cat")
    walks = played.of("walk", "cat")[0]
    assert cat.acting.stance[30] == quadruped.STANCES.index("sit")
    assert cat.x[walks.start - 2] == -1 and cat.acting.stance[walks.start] == 0
    assert [e.data["stance"] for e in played.of("stance", "cat")] == ["sit", "stand"]


@pytest.mark.parametrize("verb", ["walk", "run"])
def test_steps_are_stretched_by_little(verb: str) -> None:
    """A gait ends on a whole step; so short a step is stretched by less than a paw would be seen to slide."""
    played = script({"who": "cat", verb: {"x": 1.37, "z": 7}})
    walk, params = played.of("walk", "cat")[0], seen(played, "cat").figure.params
    step = 2.37 / walk.data["steps"]
    speed = step / (walk.length / walk.data["steps"]) * 720 / 3.5  # px a frame
    assert abs(step / quadruped.step_length(params, verb) - 1) * speed <= 0.5


def test_what_a_kit_cannot_do_is_told() -> None:
    assert "cannot fly" in problem({"who": "cat", "fly": "left"})
    said = problem({"who": "cat", "do": "caw"})
    assert "`cat` cannot `caw`" in said and "swish" in said
    assert "`ada` cannot `sit`" not in problem({"who": "ada", "do": "peck"})


def test_an_unknown_kit_gets_the_nearest_name() -> None:
    with pytest.raises(StudioError) as caught:
        project([], {"crow": {"kit": "brid"}}).finish()
    assert "`bird`" in str(caught.value)
    with pytest.raises(StudioError) as caught:
        project([], {"crow": {"kit": "bird", "speces": "owl"}}).finish()
    assert "species" in str(caught.value)


def test_pictures_are_read_and_bad_ones_told(tmp_path: Path) -> None:
    Image.new("RGBA", (8, 6), (200, 40, 40, 255)).save(tmp_path / "hat.png")
    frames = [Image.new("L", (4, 4), n * 80) for n in range(2)]
    frames[0].save(tmp_path / "moves.gif", save_all=True, append_images=frames[1:])

    def cast(name: str) -> dict[str, Any]:
        return {"tin": {"kit": "free", "parts": [{"name": "hat", "picture": name}]}}

    found = project([], cast("hat.png"), tmp_path)
    found.finish()
    figure = found.scopes[""].figures["tin"]
    assert figure.pictures == (tmp_path / "hat.png",)
    assert (figure.params.pictures[0].width, figure.params.pictures[0].height) == (8, 6)
    for name, message in (("moves.gif", "moves: it has 2 frames"), ("hut.png", "hat.png")):
        with pytest.raises(StudioError) as caught:
            project([], cast(name), tmp_path).finish()
        assert message in str(caught.value)

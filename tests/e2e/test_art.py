"""`studio check --art` measures shots and says what to try where they are weak."""

from __future__ import annotations

from typing import Any

from tests.conftest import Space


def checks(space: Space) -> dict[tuple[str, str], dict[str, Any]]:
    """Findings by scene and check."""
    shots = space.ok("check", "--art", "--json").json["shots"]
    return {(shot["scene"], f["check"]): f for shot in shots for f in shot["findings"]}


def test_every_shot_is_measured(tiny: Space) -> None:
    tiny.edit("size: 64x36", "size: 160x90")
    found = checks(tiny)
    assert {scene for scene, _ in found} == {"one", "two"}
    assert found["one", "uncovered pixels"]["is_met"] and found["one", "face of ada to be seen"]["value"] > 0.9
    assert 0 < found["two", "value of bruno against what is behind"]["value"] < 1
    text = tiny.ok("check", "--art").out
    assert "film.mp4: one" in text and "checks" in text


def test_what_no_plane_covers_is_found(tiny: Space) -> None:
    tiny.edit("planes: [sky, cobbles,", "planes: [cobbles,")
    found = checks(tiny)["one", "uncovered pixels"]
    assert not found["is_met"] and found["value"] > 100 and "sky" in found["hint"]


def test_a_subject_like_its_ground_is_found(tiny: Space) -> None:
    tiny.edit("size: 64x36", "size: 160x90")
    name = ("one", "value of ada against what is behind")
    tiny.edit("time: dusk", "time: day")
    light = checks(tiny)[name]["value"]
    tiny.edit("colour: teal", 'colour: "#e8e0d8"')
    tiny.edit("colour: brick", 'colour: "#e8e0d8"')
    assert checks(tiny)[name]["value"] < light - 0.02


def test_a_pan_that_strobes_is_found(tiny: Space) -> None:
    tiny.edit("planes: [sky, cobbles,", "planes: [sky, cobbles, {plate: houses, z: 12},")
    tiny.edit("size: 64x36", "size: 160x90")
    tiny.edit("action: [{shot: wide},", "action: [{camera: {x: -1}}, {camera: {x: 0}, over: 11f, ease: linear},")
    found = checks(tiny)["one", "speed of the picture"]
    assert not found["is_met"] and 11.4 < found["value"] < 40, found

"""Passes by preset, and passes that are for some of a picture alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rules.styles import STYLES
from studio.fingerprint import Fingerprints
from studio.keys import Look
from studio.params import range_of, turning_of
from studio.studiofile import presets_of
from tests.conftest import ROOT, Space
from tests.planned import opened, seen
from tests.rules import driver

_CODE = Fingerprints()


def film(told: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A figure before two plates under one pass."""
    return {
        "studio": 1,
        "size": "64x36",
        "characters": {"ada": {"height": "1.5m"}},
        "places": {"square": {"planes": [{"plate": "sky"}, {"plate": "cobbles"}]}},
        "passes": {"wash": told},
        "scenes": {"one": {"place": "square", "cast": [{"who": "ada"}], "action": [{"shot": "full"}], "length": "2f"}},
        "outputs": {"one.png": {"scene": "one", "at": "1f", "passes": ["wash"]}},
        **more,
    }


def keys(told: dict[str, Any], **more: Any) -> tuple[list[bytes], set[bytes]]:
    """The keys of the frame and of its drawings."""
    found = seen(opened(film(told, **more), ROOT), _CODE)
    return found.order["one.png"], set(found.drawings)


@pytest.mark.parametrize("rule", STYLES)
def test_each_rule_has_presets_that_are_not_the_same(rule: str) -> None:
    presets = presets_of(rule)
    assert len(presets) >= 3
    looks = [STYLES[rule].Params(), *(STYLES[rule].Params(**values) for values in presets.values())]
    assert len({look.model_dump_json() for look in looks}) == len(looks)


def test_a_preset_is_its_values() -> None:
    values = presets_of("watercolor")["cold-press"]
    assert keys({"rule": "watercolor", "preset": "cold-press"}) == keys({"rule": "watercolor", **values})
    both = {"rule": "watercolor", "preset": "cold-press", "pigment": 0.3}
    assert keys(both) == keys({"rule": "watercolor", **values, "pigment": 0.3}), "the keys beside it replace"


def test_a_preset_of_the_films_own() -> None:
    own = {"mine": {"rule": "watercolor", "pigment": 0.3}, "cold-press": {"rule": "cel_shaded", "line": 0.2}}
    written = keys({"rule": "watercolor", "pigment": 0.3})
    assert keys({"rule": "watercolor", "preset": "mine"}, presets=own) == written
    of_rule = keys({"rule": "watercolor", "preset": "cold-press"}, presets=own)
    assert of_rule == keys({"rule": "watercolor", "preset": "cold-press"}), "another rule's is not meant"


def test_a_copy_takes_over_a_preset_and_replaces() -> None:
    told = {"base": {"rule": "watercolor", "preset": "hot-press"}, "wash": {"like": "base", "pigment": 0.3}}
    values = presets_of("watercolor")["hot-press"]
    written = {"base": {"rule": "watercolor", **values}, "wash": {"like": "base", "pigment": 0.3}}
    assert keys({}, passes=told) == keys({}, passes=written)


def test_limits_pick_drawings_and_leave_the_rest_as_it_is() -> None:
    _, plain = keys({"rule": "watercolor"}, outputs={"one.png": {"scene": "one", "at": "1f"}})
    restyled = {
        name: keys({"rule": "watercolor", **limits})[1]
        for name, limits in {
            "all": {},
            "ada": {"only": "ada"},
            "plates": {"only": ["sky", "cobbles"]},
            "not ada": {"except": ["ada"]},
            "not plates": {"except": ["sky", "cobbles"]},
        }.items()
    }
    assert plain < restyled["all"] and plain < restyled["ada"] < restyled["all"]
    assert restyled["ada"] == restyled["not plates"] and restyled["plates"] == restyled["not ada"]
    assert restyled["ada"] | restyled["plates"] == restyled["all"]
    assert restyled["ada"] & restyled["plates"] == plain


def test_what_is_limited_has_no_part_in_the_finished_frame() -> None:
    """Paper lies under the whole picture: a pass for one figure has none."""
    nobody = keys({"rule": "watercolor", "only": "ada"}, characters={"ada": {}, "bo": {}})
    without = {"one": {"place": "square", "cast": [{"who": "bo"}], "action": [{"shot": "full"}], "length": "2f"}}
    cast = {"characters": {"ada": {}, "bo": {}}, "scenes": without}
    bare = keys({"rule": "watercolor"}, outputs={"one.png": {"scene": "one", "at": "1f"}}, **cast)
    assert keys({"rule": "watercolor", "only": "ada"}, **cast) == bare != nobody


def test_presets_stand_beside_their_rules() -> None:
    for path in sorted((ROOT / "rules" / "styles").glob("*.yaml")):
        assert path.stem in STYLES and Path(STYLES[path.stem].__file__ or "").parent == path.parent


FADING = [
    {"shot": "full"},
    {"hold": "1f"},
    {"pass": "wash", "to": {"strength": 0.0}, "over": "4f", "ease": "linear"},
    {"hold": "1f"},
]


def fading(told: dict[str, Any], action: list[dict[str, Any]] = FADING) -> dict[str, Any]:
    """Eight frames in which the pass of a scene goes out."""
    scene = {"place": "square", "cast": [{"who": "ada", "idle": "none"}], "passes": ["wash"]}
    scenes = {"one": {**scene, "action": action, "length": "8f"}}
    return film(told, scenes=scenes, outputs={"one/": {"scene": "one"}})


def pictures(space: Space, data: dict[str, Any]) -> list[bytes]:
    """The frames of a film, as they are built."""
    space.write("Studiofile", json.dumps(data))
    space.build()
    return [path.read_bytes() for path in sorted((space.folder / "out" / "one").glob("*.png"))]


def test_a_pass_goes_out_within_a_scene(space: Space) -> None:
    told = {"rule": "silent_film", "flicker": 0, "weave": 0, "damage": 0, "grain": 0}
    with_it = pictures(space, fading(told, FADING[:1]))
    without = pictures(space, fading({**told, "strength": 0}, FADING[:1]))
    between = pictures(space, fading(told))
    assert len(between) == 8 and between[0] == with_it[0] and between[-1] == without[-1]
    assert len(set(between)) >= 4 and with_it[3] != between[3] != without[3]


def test_a_knob_that_may_change_is_turned(space: Space) -> None:
    told = {"rule": "silent_film", "flicker": 0, "weave": 0, "damage": 0}
    turned = pictures(space, fading(told, [{"shot": "full"}, {"pass": "wash", "to": {"exposure": 1.0}, "at": "3f"}]))
    assert turned[:3] == pictures(space, fading(told, FADING[:1]))[:3]
    assert turned[3:] == pictures(space, fading({**told, "exposure": 1.0}, FADING[:1]))[3:]


PANNING = [{"camera": {"x": -0.3}}, {"camera": {"x": 0.3}, "over": "12f", "ease": "linear"}]


def _held(told: dict[str, Any], action: list[dict[str, Any]] = PANNING, **more: Any) -> list[int]:
    """Which frame is seen at each of twelve under a moving camera: the first that has its key."""
    scene = {"place": "square", "cast": [{"who": "ada"}], "passes": ["wash"], "action": action, "length": "12f"}
    data = film(told, scenes={"one": scene}, outputs={"one/": {"scene": "one"}}, **more)
    found = seen(opened(data, ROOT), _CODE).order["one/"]
    return [found.index(key) for key in found]


def test_what_was_shot_moves_by_film_frames() -> None:
    """Sixteen a second in a film of 24: two of three frames are new."""
    assert _held({"rule": "silent_film"}) == [0, 0, 2, 3, 3, 5, 6, 6, 8, 9, 9, 11]
    assert _held({"rule": "silent_film", "cadence": 12}) == [0, 0, 2, 2, 4, 4, 6, 6, 8, 8, 10, 10]
    assert _held({"rule": "silent_film", "cadence": 24}) == list(range(12))
    assert _held({"rule": "silent_film"}, fps=12) == list(range(12)), "there are more film frames than frames"
    assert _held({"rule": "silent_film", "strength": 0}) == list(range(12))
    assert _held({"rule": "watercolor"}) == list(range(12)), "its clock is not the film's"


def test_frames_are_held_while_the_pass_has_any_strength() -> None:
    going = [*PANNING, {"pass": "wash", "to": {"strength": 0.0}, "at": "6f", "over": "2f"}]
    assert _held({"rule": "silent_film"}, going)[:6] == [0, 0, 2, 3, 3, 5]
    assert _held({"rule": "silent_film"}, going)[-3:] == [9, 10, 11]


def test_frames_do_not_rest_on_a_pass_that_has_gone_out() -> None:
    def frames(told: dict[str, Any]) -> list[bytes]:
        return seen(opened(fading(told), ROOT), _CODE).order["one/"]

    before, after = frames({"rule": "watercolor"}), frames({"rule": "watercolor", "pigment": 0.4, "paper": 0.5})
    assert [a == b for a, b in zip(before, after, strict=True)] == [False] * 5 + [True] * 3


def test_shares_are_in_the_keys_of_frames_as_they_are_mixed(monkeypatch: pytest.MonkeyPatch) -> None:
    """How they come about may change, and what a frame is rendered from with it: no code that a frame rests on says."""
    told, plain = fading({"rule": "watercolor"}), Look.shares
    before = seen(opened(told, ROOT), _CODE).order["one/"]
    monkeypatch.setattr(Look, "shares", lambda *of: plain(*of) ** 2)
    after = seen(opened(told, ROOT), _CODE).order["one/"]
    assert [a == b for a, b in zip(before, after, strict=True)] == [True] * 2 + [False] * 3 + [True] * 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"pass": "wahs", "to": {"strength": 0}}, "this scene has no pass `wahs`"),
        ({"pass": "wash", "to": {"pigment": 0}}, "`pigment` of `wash` cannot change within a scene"),
        ({"pass": "wash", "to": {"strength": 1.5}}, "out of range"),
        ({"pass": "wash"}, "go together"),
        ({"to": {"strength": 0.5}}, "a verb is missing"),
    ],
)
def test_what_cannot_be_turned_is_told(space: Space, line: dict[str, Any], said: str) -> None:
    space.write("Studiofile", json.dumps(fading({"rule": "watercolor"}, [line])))
    result = space.run("check")
    assert result.code == 1 and said in result.err and "Traceback" not in result.err


def test_a_knob_of_film_that_is_not_there_is_told_where_frames_are_held(space: Space) -> None:
    space.write("Studiofile", json.dumps(fading({"rule": "silent_film"}, [{"pass": "wash", "to": {"exposur": 1}}])))
    result = space.run("check")
    assert result.code == 1 and "did you mean `exposure`" in result.err and "Traceback" not in result.err


def is_minted(rule: str, knob: str) -> bool:
    """Whether a drawing under a pass rests on a knob: one that it does rest on cannot be turned within a scene."""
    style = STYLES[rule]
    if not hasattr(style, "drawing"):
        return False
    low, high = range_of(style.Params.model_fields[knob])
    names = ("ada-stand", "ada-face", "houses-dusk")
    roles = ("figure", "face", "plate")
    for name, role in zip(names, roles, strict=True):
        drawing = driver.DRAWINGS[name](None)
        ends = [driver.restyled(rule, drawing, role, **{knob: value}) for value in (low, high)]
        if not np.array_equal(*ends):
            return True
    return False


@pytest.mark.parametrize(("rule", "knob"), [(r, k) for r in STYLES for k in turning_of(STYLES[r].Params)])
def test_what_may_change_within_a_scene_is_not_minted(rule: str, knob: str) -> None:
    assert not is_minted(rule, knob)


def test_a_knob_that_is_minted_is_found_out() -> None:
    assert is_minted("watercolor", "pigment") and not is_minted("watercolor", "border")

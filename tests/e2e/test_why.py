"""`studio why` names the file, line, column, field, old and new value of what changed, and nothing else."""

from __future__ import annotations

import contextlib
import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from studio.errors import StudioError
from studio.fingerprint import Fingerprints
from tests import mutation
from tests.conftest import Space
from tests.mutation import WIDE, Edit, Layout, Plain
from tests.planned import opened, seen

#: targets that stand in files of their own
OWN_FILES = {
    ("characters", "ada"): "people/ada.yaml",
    ("places", "square"): "places/square.yaml",
    ("scenes", "one"): "one.yaml",
}
#: what `film.mp4` does not rest on
ELSEWHERE = {
    "scenes": {"again", "clip"},
    "passes": {"worn", "thick", "thin", "plain", "bare"},
    "outputs": {"old.mp4", "same.mp4", "still.png", "clip/", "bare/"},
}
#: tables that no film of the Studiofile's own rests on
OTHERS = ("palette", "cache", "include", "episodes", "each-episode")
#: fields that bring others with them: one edit of these is several changes
BRING_OTHERS = ("like", "of", "plate", "prop", "rule", "characters", "places", "scenes", "passes", "outputs")
TITLES = {("CharacterSpec", "character"), ("PlaceSpec", "place"), ("SceneSpec", "scene")}


SEED = 7
_CODE = Fingerprints()


def write(space: Space, data: Plain) -> Layout:
    layout = mutation.laid_out(data, OWN_FILES)
    for name, text in layout.files.items():
        if not (space.folder / name).exists() or space.read(name).decode() != text:
            space.write(name, text)
    return layout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Space:
    """The wide project with its film built; whoever edits it sets it back."""
    space = Space(tmp_path_factory.mktemp("built"))
    for number, name in enumerate(("photo.png", "other.png")):
        picture = np.random.default_rng(number).integers(0, 256, (36, 64, 3), dtype=np.uint8)
        cv2.imwrite(str(space.folder / name), picture)
    space.write("more.yaml", mutation.MORE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDIO_PARALLEL", "0")
        write(space, WIDE)
        space.build("film.mp4")
    return space


@pytest.fixture
def wide(built: Space, monkeypatch: pytest.MonkeyPatch) -> Space:
    monkeypatch.setenv("STUDIO_PARALLEL", "0")
    monkeypatch.delenv("STUDIO_CACHE", raising=False)
    write(built, WIDE)
    return built


def why(space: Space, what: str = "film.mp4") -> Any:
    return space.ok("why", what, "--json").json


# -- two hundred edits


def is_concerned(edit: Edit) -> bool:
    """Whether `film.mp4` rests on what is edited."""
    table, name = edit.site.loc[0], edit.site.loc[1] if len(edit.site.loc) > 1 else ""
    if (edit.site.model, edit.site.field) in TITLES or table in OTHERS:
        return False
    if name in ELSEWHERE.get(str(table), ()):
        return False
    own = {"aspects", "platforms", "at"} if table == "outputs" else set()
    own |= {"time"} if name == "yard" else {"tint"} if name == "old" else set()  # the copies say these themselves
    return edit.site.field not in own


def injected(seed: int, root: Path) -> Iterator[tuple[Edit, Plain, Plain]]:
    """Random edits of single values, each with what the files said before and say after it, in normal form."""
    base, rng = opened(WIDE, root), random.Random(seed)
    before = base.spec.model_dump(mode="json", by_alias=True)
    fields: dict[tuple[str, str], list[mutation.Site]] = {}
    for site in mutation.sites(base.spec, WIDE):
        if site.field not in BRING_OTHERS and site.loc != ("cache", "dir"):  # with another store nothing is known
            fields.setdefault((site.model, site.field), []).append(site)
    names = sorted(fields)
    while True:
        site = rng.choice(fields[rng.choice(names)])
        edits = [e for e in mutation.edits(site, base.spec, WIDE) if e.kind in ("set", "remove", "insert", "drop")]
        for edit in rng.sample(edits, min(len(edits), 6)):
            with contextlib.suppress(StudioError):
                after = opened(edit.applied(WIDE), root).spec.model_dump(mode="json", by_alias=True)
                if after != before and is_single(edit, before, after):
                    yield edit, before, after
                    break


def is_single(edit: Edit, before: Plain, after: Plain) -> bool:
    """Whether an edit changes one value: a mapping has several, and one beside `like` hides all of what it copies.

    A list without its key is one without items, each of which is a value.
    """
    if edit.kind == "remove" and isinstance(mutation.get(before, edit.at), list):
        return False
    if all(isinstance(mutation.get(said, edit.at), dict) for said in (before, after)):
        return False
    patched, value = copy.deepcopy(before), mutation.get(after, edit.site.loc)
    mutation.put(patched, edit.site.loc, value)
    entry = edit.site.loc[:2]
    return bool(mutation.get(patched, entry) == mutation.get(after, entry))


def place_of(edit: Edit, layout: Layout) -> tuple[str, int, int]:
    """Where a value stands now; what is gone stood in something, or a copy now has the value of its origin."""
    if edit.kind not in ("drop", "remove"):
        return layout.of(edit.at)
    inline = edit.at[0] == "scenes" and edit.at[2] == "place"
    copied = mutation.get(WIDE, (*edit.at[: 3 if inline else 2], "like"))
    origin = ("places" if inline else edit.at[0], copied, *edit.at[3 if inline else 2 :])
    return layout.places.get(origin) or layout.of(edit.at[:-1])


def untitled(value: Any) -> Any:
    """Without what people alone read."""
    if isinstance(value, dict):
        return {k: untitled(v) for k, v in value.items() if k not in ("like", "place")}
    return value


def check_change(edit: Edit, change: Any, layout: Layout, before: Plain, after: Plain) -> None:
    """Its place as the layout has it, its path in its target, and its values."""
    told = f"{edit} was told as {change['text']}"
    place = place_of(edit, layout)
    assert (change["file"], change["line"], change["column"]) == place, f"{told}, it is at {place}"
    inline = edit.at[0] == "scenes" and edit.at[2] == "place" and len(edit.at) > 3
    is_target = edit.at[0] in ("characters", "places", "scenes", "passes", "outputs")
    assert change["path"] == ".".join(map(str, edit.at[3 if inline else 2 if is_target else 0 :])), told
    old = None if edit.kind == "insert" else mutation.get(before, edit.at)
    new = None if edit.kind == "drop" else mutation.get(after, edit.at)
    assert change["old"] == untitled(old) and change["new"] == untitled(new), told
    assert change["chain"][0] == "output film.mp4" and change["chain"][-1] == change["target"], told


def check_frames(space: Space, edit: Edit, answer: Any, frames: list[bytes], at: int) -> None:
    """As many frames as a dry run foretells, and of single frames just those that show it."""
    foretold = space.foretell("film.mp4")
    for name in ("frames_stale", "segments_stale"):
        assert answer[name] == foretold["outputs"][0][name], f"{edit}: {name}"
    assert answer["predicted_seconds"] == foretold["predicted_seconds"], edit
    now = seen(opened(edit.applied(WIDE), space.folder), _CODE, ["film.mp4"]).order["film.mp4"]
    moved = [key not in set(frames) for key in now]
    # frames of a stale segment whose pixels were not kept are made again
    assert answer["frames_stale"] >= sum(moved), edit
    at %= len(moved)
    single = why(space, f"film.mp4@{at}f")
    assert single["state"] == ("stale" if moved[at] else "fresh"), f"{edit} at {at}"
    assert len(single["changes"]) == moved[at], f"{edit} at {at}"


def test_two_hundred_injected_edits_are_told_exactly(wide: Space, request: pytest.FixtureRequest) -> None:
    count = 2000 if request.config.getoption("--soak") else 200
    frames = seen(opened(WIDE, wide.folder), _CODE, ["film.mp4"]).order["film.mp4"]
    tried, wrong, edits = 0, [], injected(SEED, wide.folder)
    while tried < count:
        edit, before, after = next(edits)
        layout = write(wide, edit.applied(WIDE))
        result = wide.run("why", "film.mp4", "--json")
        if result.code == 1:
            continue  # a name that the film's scripts do not know
        tried, answer = tried + 1, result.json
        try:
            assert len(answer["changes"]) == is_concerned(edit), f"{edit} was told as {answer['changes']}"
            if is_concerned(edit):
                check_change(edit, answer["changes"][0], layout, before, after)
            if tried % 8 == 0:
                check_frames(wide, edit, answer, frames, tried * 7)
        except AssertionError as error:
            wrong.append(str(error).split("\nassert")[0])
    assert not wrong, f"{len(wrong)} of {tried}:\n" + "\n".join(wrong)

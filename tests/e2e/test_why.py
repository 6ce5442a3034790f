"""`studio why` names the file, line, column, field, old and new value of what changed, and nothing else."""

from __future__ import annotations

import contextlib
import copy
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from studio import fingerprint
from studio.errors import StudioError
from studio.fingerprint import Fingerprints
from tests import mutation
from tests.conftest import ROOT, Space
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
    "characters": {"crow", "daw", "rook", "cat", "tom", "kit", "tin", "zinc", "lead"},
    "places": {"book"},
    "scenes": {"again", "clip", "deep", "shelf", "zoo"},
    "passes": {
        "worn",
        "thick",
        "thin",
        "plain",
        "bare",
        "flat",
        "toon",
        "ink",
        "faint",
        "some",
        "rest",
        "pulp",
        "dots",
        "dot",
        "vector",
        "poster",
        "voxel",
        "bricks",
        "clay",
        "thumbed",
        "cut",
        "scraps",
        "starry",
        "impasto",
        "dim",
        "dusky",
    },
    "outputs": {
        *("old.mp4", "same.mp4", "still.png", "clip/", "bare/", "deep/", "shelf/", "zoo/", "bold.png", "thin.png"),
    },
    "alphabets": {"bold", "thin", "loud"},
}
#: tables that no film of the Studiofile's own rests on
OTHERS = ("palette", "presets", "cache", "include", "episodes", "each-episode")
#: fields that bring others with them: one edit of these is several changes
BRING_OTHERS = (
    "like", "of", "plate", "prop", "rule", "characters", "alphabets", "places", "scenes", "passes", "outputs"
)  # fmt: skip
TITLES = {("CharacterSpec", "character"), ("PlaceSpec", "place"), ("SceneSpec", "scene")}
TITLES |= {("AlphabetSpec", "alphabet")}


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
    """Whether an edit changes one value: a mapping has several, and one beside `like` hides all of what it copies."""
    if all(isinstance(mutation.get(said, edit.at), (dict, list)) for said in (before, after)):
        return False
    patched, value = copy.deepcopy(before), mutation.get(after, edit.site.loc)
    mutation.put(patched, edit.site.loc, value)
    entry = edit.site.loc[:2]
    return bool(mutation.get(patched, entry) == mutation.get(after, entry))


def place_of(edit: Edit, layout: Layout) -> tuple[str, int, int]:
    """Where a value stands now; what is gone stood in something, or a copy now has the value of its origin."""
    if edit.kind != "remove":
        return layout.of(edit.at[:-1] if edit.kind == "drop" else edit.at)
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


# -- what is no value in a file


def test_bytes_of_an_asset(wide: Space) -> None:
    wide.build("clip/")
    assert why(wide, "clip/")["state"] == "fresh"
    photo = wide.read("photo.png")
    wide.write("photo.png", wide.read("other.png"))
    answer = why(wide, "clip/")
    wide.write("photo.png", photo)
    (change,) = answer["changes"]
    assert answer["state"] == "stale" and (change["target"], change["path"]) == ("asset photo.png", "photo.png")
    assert change["old"] != change["new"] and change["place"].startswith("Studiofile:"), change
    assert change["chain"] == ["output clip/", "scene clip", "asset photo.png"]


def test_a_library_of_another_version(wide: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    of = fingerprint._version
    monkeypatch.setattr(fingerprint, "_version", lambda name: "99.1" if name == "numpy" else of(name))
    answer = why(wide)
    assert [c["text"] for c in answer["changes"]] == [f"numpy: {of('numpy')} -> 99.1"] and answer["state"] == "stale"


def test_code_names_its_modules(wide: Space, tmp_path: Path) -> None:
    for package in ("rules", "studio"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "rules/_biped_eyes.py"
    path.write_text(path.read_text() + "\n_MORE = 1\n")
    done = wide.process("why", "film.mp4", "--json", PYTHONPATH=str(tmp_path))
    assert done.code == 0, done.err
    assert {c["path"] for c in done.json["changes"]} == {"rules/_biped_eyes.py"} and done.json["state"] == "stale"
    assert done.json["changes"][0]["target"].startswith("character ")
    path.write_text(path.read_text().replace("\n_MORE = 1\n", "\n# a comment\n"))
    assert wide.process("why", "film.mp4", "--json", PYTHONPATH=str(tmp_path)).json["state"] == "fresh"


def test_code_that_lays_films_out_is_named_where_nothing_else_explains(wide: Space, tmp_path: Path) -> None:
    for package in ("rules", "studio"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "studio/camera.py"
    text = path.read_text()
    path.write_text(text.replace("HORIZON = 0.55", "HORIZON = 0.45"))
    assert path.read_text() != text
    done = wide.process("why", "film.mp4", "--json", PYTHONPATH=str(tmp_path))
    assert [c["path"] for c in done.json["changes"]] == ["studio/camera.py"] and done.json["state"] == "stale"


def test_a_file_that_was_altered_lost_or_made_elsewhere(wide: Space) -> None:
    path = wide.folder / "out/film.mp4"
    good = path.read_bytes()
    try:
        path.write_bytes(good[:-1] + b"x")
        answer = why(wide)
        assert answer["state"] == "stale" and "film.mp4 was altered since it was built" in answer["reasons"]
        assert any("only its file is written" in r for r in answer["reasons"]) and answer["frames_stale"] == 0
        path.unlink()
        answer = why(wide)
        assert answer["state"] == "missing" and "film.mp4 is not there" in answer["reasons"]
        wide.write("out/old.mp4", b"from elsewhere")
        answer = why(wide, "old.mp4")
        assert answer["reasons"] == ["it was not built before", "old.mp4 was not made by this store"]
        (wide.folder / "out/old.mp4").unlink()
    finally:
        path.write_bytes(good)
    assert why(wide)["reasons"] == ["its file is as the build left it, and what it shows has not changed"]


def test_what_the_store_has_forgotten(wide: Space) -> None:
    path, store, aside = wide.folder / "out/film.mp4", wide.folder / ".cache", wide.folder / "kept"
    good = path.read_bytes()
    shutil.copytree(store, aside)
    try:
        path.unlink()
        shutil.rmtree(store / "packs")
        answer = why(wide)
        assert any(re.fullmatch(r"the store has forgotten (\d+) of \1 segments", r) for r in answer["reasons"]), answer
        assert f"{answer['frames_stale']} frames were made before and are made again" in answer["reasons"]
        assert not answer["changes"]
    finally:
        shutil.rmtree(store)
        aside.rename(store)
        path.write_bytes(good)


def test_an_edit_and_back(tiny: Space) -> None:
    """What was there before the last build is told too, and that nothing is rendered for it."""
    tiny.build()
    tiny.edit("colour: teal", "colour: wine")
    tiny.build()
    assert why(tiny)["state"] == "fresh" and not why(tiny)["changes"]
    tiny.edit("colour: wine", "colour: teal")
    answer = why(tiny)
    (change,) = answer["changes"]
    assert answer["state"] == "stale" and (change["old"], change["new"]) == ("#7d2f3a", "#2f6068")
    assert answer["frames_stale"] == 0 and any("only its file is written" in r for r in answer["reasons"])


def test_each_output_is_told_by_its_own_last_build(tiny: Space) -> None:
    """Building one output used to make the others' changes unknown."""
    tiny.edit("  film.mp4: {}", "  film.mp4: {}\n  two.mp4: {scene: two}")
    tiny.build()
    tiny.edit("colour: teal", "colour: wine")
    tiny.build("two.mp4")
    answer = why(tiny)
    assert [c["path"] for c in answer["changes"]] == ["wears.0.colour"] and answer["state"] == "stale"
    assert why(tiny, "two.mp4")["changes"] == [], "it does not rest on her"
    targets = {t["name"]: t["state"] for t in tiny.foretell("film.mp4")["targets"]}
    assert targets["character ada"] == "stale" and targets["character bruno"] == "fresh"


def test_stills_parts_looks_and_scenes(tiny: Space) -> None:
    tiny.edit(
        "  film.mp4: {}",
        "  film.mp4: {}\n  early.png: {at: 0.5s}\n  late.png: {at: 1.5s}\n  half.mp4: {scene: one, passes: [soft]}",
    )
    tiny.edit("  wash: {rule: watercolor}", "  wash: {rule: watercolor}\n  soft: {rule: watercolor, strength: 0.5}")
    tiny.build("early.png", "late.png", "half.mp4", "film.mp4@0.2s..0.4s", "two.mp4")
    for what in ("early.png", "late.png", "half.mp4", "half.mp4@3f", "film.mp4@0.2s..0.4s", "two.mp4", "two.mp4@3f"):
        answer = why(tiny, what)
        assert answer["state"] == "fresh" and not answer["changes"], what
    tiny.edit("strength: 0.5", "strength: 0.25")
    assert why(tiny, "half.mp4@3f")["changes"][0]["path"] == "strength"
    tiny.edit("strength: 0.25", "strength: 0.5")
    tiny.edit("colour: teal", "colour: wine")
    for what in ("early.png", "half.mp4", "half.mp4@3f", "film.mp4@0.2s..0.4s"):
        answer = why(tiny, what)
        assert answer["state"] == "stale" and [c["path"] for c in answer["changes"]] == ["wears.0.colour"], what
    for what in ("late.png", "two.mp4", "two.mp4@3f"):
        assert why(tiny, what)["state"] == "fresh", what
    assert why(tiny, "two.mp4")["changes"] == []
    assert "was not built before" in tiny.ok("why", "one.mp4").out, "a scene is an output too"
    assert tiny.run("why", "film.mp4@9s").code == 1 and tiny.run("why", "late.png@0.5s").code == 1

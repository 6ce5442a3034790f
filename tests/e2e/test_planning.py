"""Planning a long film: what is kept makes it fast and never wrong; rows are not kept for the whole film."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from projects.long import make
from tests.conftest import Space


def kept(space: Space) -> list[Path]:
    """Files that only save time."""
    cache = space.folder / ".cache"
    return [*(cache / "vectors").glob("*"), *(cache / "state").glob("parsed-*")]


def test_a_feature_of_two_scenes_is_planned(space: Space) -> None:
    assert make.write(space.folder, 480, "64x36") == 2
    foretold = space.foretell()
    assert foretold["frames"]["total"] == 480
    assert foretold["frames"]["distinct"] > 200 and foretold["drawings"]["stale"] > 60


def test_the_same_arguments_write_the_same_feature(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make.write(tmp_path / name, 700, "64x36", passes=True)
    files = [p.relative_to(tmp_path / "one") for p in sorted((tmp_path / "one").rglob("*")) if p.is_file()]
    assert len(files) == 20 + 8 + 3 + 1
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)


def test_what_is_kept_changes_no_plan(tiny: Space) -> None:
    """The same is foretold with and without it, after edits of a scene, of somebody in it and of a place."""
    tiny.build()
    assert len(kept(tiny)) == 2
    edits = [("over: 8f", "over: 7f"), ("colour: plum", "colour: navy"), ("x: 0.6, z: 9", "x: 0.5, z: 9")]
    for old, new in edits:
        tiny.edit(old, new)
        with_them = tiny.foretell()
        assert with_them["outputs"][0]["state"] == "stale"
        for path in kept(tiny):
            path.rename(path.with_name(f"away-{path.name}"))
        assert tiny.foretell() == with_them
        for path in (*(tiny.folder / ".cache").glob("vectors/away-*"), *(tiny.folder / ".cache").glob("state/away-*")):
            path.rename(path.with_name(path.name.removeprefix("away-")))
        tiny.edit(new, old)
        assert tiny.foretell()["outputs"][0]["state"] == "fresh"


@pytest.mark.parametrize("how", ["flip", "cut", "empty", "swap"])
def test_what_is_kept_may_be_damaged(tiny: Space, how: str) -> None:
    tiny.build()
    good = tiny.read("out/film.mp4")
    first, second = kept(tiny)
    for path in (first, second):
        data = bytearray(path.read_bytes())
        if how == "flip":
            for place in range(7, len(data), 97):
                data[place] ^= 0x40
        path.write_bytes({"flip": data, "cut": data[: len(data) // 2], "empty": b"", "swap": data}[how])
    if how == "swap":
        shutil.copy(first, second)
    assert tiny.foretell()["outputs"][0]["state"] == "fresh"
    (tiny.folder / "out/film.mp4").unlink()
    report = tiny.build()
    assert report["frames"]["rendered"] == report["segments"]["encoded"] == 0
    assert tiny.read("out/film.mp4") == good


def test_drawings_lost_together_with_segments_are_made_again(tiny: Space) -> None:
    """A vector says which frames there are while the index has forgotten every drawing that they show."""
    tiny.build()
    good = tiny.read("out/film.mp4")
    for path in (tiny.folder / ".cache").glob("index.db*"):
        path.unlink()
    shutil.rmtree(tiny.folder / ".cache" / "packs")
    (tiny.folder / "out/film.mp4").unlink()
    tiny.build()
    assert tiny.read("out/film.mp4") == good


def test_a_scene_edited_while_it_is_built_is_not_taken_for_built(space: Space) -> None:
    """The null path once kept the stamp and the digest that a file had after the build."""
    make.write(space.folder, 24, "64x36")
    scene = space.folder / "scenes" / "scene-0001.yaml"
    assert space.process("build", STUDIO_PARALLEL="0").code == 0

    from studio import state, start  # noqa: I001
    from studio.commands import build as command

    before = scene.read_text()
    original = command.build

    def slow(*args: object, **more: object) -> object:
        report = original(*args, **more)  # type: ignore[arg-type]
        scene.write_text(before.replace("shot: wide", "shot: full"))
        return report

    command.build = slow  # type: ignore[assignment]
    try:
        place = start.state_place(["build", "-C", str(space.folder)])
        assert place is not None
        command.run(command.Options(folder=str(space.folder), state=place))
    finally:
        command.build = original
    kept_state = state.read(*place)
    assert kept_state is None or not state.is_current(kept_state, place[0])

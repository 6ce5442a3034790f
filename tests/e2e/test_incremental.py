"""Building again makes what changed and nothing else, and the bytes are those of a clean build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import TINY, Space


def clean_bytes(space: Space, folder: Path) -> bytes:
    """What a clean build of the same files makes in another folder."""
    fresh = Space(folder)
    for path in space.folder.rglob("*"):
        inside = path.relative_to(space.folder)
        if path.is_file() and inside.parts[0] not in (".cache", "out"):
            fresh.write(str(inside), path.read_bytes())
    fresh.build()
    return fresh.read("out/film.mp4")


def test_a_second_build_makes_nothing(tiny: Space) -> None:
    first = tiny.build()
    assert first["outputs"][0]["state"] == "built"
    assert first["frames"]["rendered"] == first["frames"]["distinct"] > 4
    again = tiny.build()
    assert again["outputs"][0]["state"] == "fresh"
    assert not any(
        again[kind][what] for kind, what in (("frames", "rendered"), ("drawings", "minted"), ("segments", "encoded"))
    )
    foretold = tiny.foretell()
    assert foretold["outputs"][0]["state"] == "fresh"
    assert foretold["frames"]["stale"] == foretold["drawings"]["stale"] == foretold["segments"]["stale"] == 0


def test_a_colour_changes_the_frames_that_show_it(tiny: Space, tmp_path_factory: pytest.TempPathFactory) -> None:
    tiny.build()
    before = tiny.read("out/film.mp4")
    tiny.edit("colour: teal", "colour: wine")
    foretold = tiny.foretell()
    film = foretold["outputs"][0]
    assert film["state"] == "stale"
    assert film["frames_stale"] <= 12, "only the first scene shows ada"
    report = tiny.build()
    made = report["frames"]["rendered"] + report["frames"]["again"] + report["frames"]["cut"]
    assert made == foretold["frames"]["stale"] + foretold["frames"]["again"]
    assert report["drawings"]["minted"] + report["drawings"]["cut"] == foretold["drawings"]["stale"]
    assert tiny.read("out/film.mp4") != before
    assert tiny.read("out/film.mp4") == clean_bytes(tiny, tmp_path_factory.mktemp("clean"))
    tiny.edit("colour: wine", "colour: teal")
    back = tiny.build()
    assert back["frames"]["rendered"] == back["drawings"]["minted"] == back["segments"]["encoded"] == 0
    assert tiny.read("out/film.mp4") == before


def test_intertitles_are_foretold_and_another_word_makes_one_of_them_again(tiny: Space) -> None:
    tiny.edit("film.mp4: {}", "film.mp4: {captions: cards}")
    foretold = tiny.foretell()
    assert foretold["outputs"][0]["frames"] == 48  # two scenes of a second, a card of two
    first = tiny.build()
    assert first["frames"]["rendered"] == foretold["frames"]["stale"] == first["frames"]["distinct"]
    assert tiny.build()["outputs"][0]["state"] == "fresh"
    tiny.edit('"Oh."', '"Ah!"')
    foretold, report = tiny.foretell(), tiny.build()
    assert report["drawings"]["minted"] == foretold["drawings"]["stale"] <= 3  # the card, and what the mouth does
    assert report["frames"]["rendered"] + report["frames"]["cut"] == foretold["frames"]["stale"] <= 8


def test_comments_and_order_of_keys_change_nothing(tiny: Space) -> None:
    tiny.build()
    tiny.edit("title: Tiny\nfps: 12", "# a comment\nfps: 12   # another\ntitle: Tiny")
    tiny.edit("{height: 1.5m, heads: 3.3,", "{heads: 3.3,   height: 1.5m,")
    foretold = tiny.foretell()
    assert foretold["outputs"][0]["state"] == "fresh"
    assert not any(t["why"] for t in foretold["targets"])
    assert tiny.build()["frames"]["rendered"] == 0


def test_a_parameter_of_a_pass_restyles_what_the_pass_restyles(tiny: Space) -> None:
    tiny.edit("  film.mp4: {}", "  film.mp4: {passes: [wash]}")
    first = tiny.build()
    tiny.edit("{rule: watercolor}", "{rule: watercolor, edge: 0.3}")
    foretold = tiny.foretell()
    assert foretold["outputs"][0]["frames_stale"] == 24
    report = tiny.build()
    assert 0 < report["drawings"]["minted"] < first["drawings"]["minted"], (
        "what is minted stays, what is restyled does not"
    )
    assert report["frames"]["rendered"] + report["frames"]["cut"] == first["frames"]["distinct"]


def test_a_lost_or_altered_output_comes_back_without_rendering(tiny: Space) -> None:
    tiny.build()
    good = tiny.read("out/film.mp4")
    for spoil in (b"", good[: len(good) // 2], b"x" + good[1:], None):
        path = tiny.folder / "out/film.mp4"
        path.unlink()
        if spoil is not None:
            path.write_bytes(spoil)
        report = tiny.build()
        assert report["frames"]["rendered"] == report["segments"]["encoded"] == 0
        assert tiny.read("out/film.mp4") == good


def test_a_lost_store_is_made_again_to_the_same_bytes(tiny: Space) -> None:
    tiny.build()
    good = tiny.read("out/film.mp4")
    shutil.rmtree(tiny.folder / ".cache")
    assert tiny.build()["frames"]["rendered"] > 0
    assert tiny.read("out/film.mp4") == good


def test_lost_packs_do_not_matter_while_the_output_is_intact(tiny: Space) -> None:
    tiny.build()
    shutil.rmtree(tiny.folder / ".cache" / "packs")
    report = tiny.build()
    assert report["outputs"][0]["state"] == "fresh" and report["frames"]["again"] == 0


def test_what_the_store_forgot_is_made_again(tiny: Space) -> None:
    tiny.build()
    good = tiny.read("out/film.mp4")
    shutil.rmtree(tiny.folder / ".cache" / "packs")
    (tiny.folder / "out/film.mp4").unlink()
    foretold = tiny.foretell()
    report = tiny.build()
    if report["frames"]["rendered"]:
        raise AssertionError("a frame that the index knows was counted as new")
    assert report["frames"]["again"] == foretold["frames"]["again"] > 0
    assert report["drawings"]["again"] > 0
    assert tiny.read("out/film.mp4") == good


@pytest.mark.parametrize("how", [("-j", "2"), ("-j", "1")])
def test_the_bytes_do_not_hang_on_the_workers(
    tiny: Space, tmp_path_factory: pytest.TempPathFactory, how: tuple[str, ...]
) -> None:
    tiny.build()
    other = Space(tmp_path_factory.mktemp("parallel"))
    other.write("Studiofile", TINY)
    result = other.process("build", "--json", *how, STUDIO_PARALLEL="1")
    assert result.code == 0, result.err
    assert result.json["workers"] == int(how[1])
    assert other.read("out/film.mp4") == tiny.read("out/film.mp4")


def test_twenty_edits_and_back(tiny: Space) -> None:
    tiny.build()
    good = tiny.read("out/film.mp4")
    edits = [
        ("colour: teal", "colour: moss"),
        ("time: dusk", "time: night"),
        ("heads: 4.4", "heads: 5"),
        ("x: 1.2", "x: 0.9"),
        ('say: "Oh."', 'say: "No."'),
        ("lamp, x: 0.6", "lamp, x: 0.2"),
        ("shot: full", "shot: close"),
        ("fps: 12", "fps: 10"),
        ("do: wave", "do: nod"),
        ("length: 12f", "length: 14f"),
    ]
    for old, new in edits:
        tiny.edit(old, new)
        tiny.build()
    for old, new in reversed(edits):
        tiny.edit(new, old)
        tiny.build()
    assert tiny.read("Studiofile").decode() == TINY
    assert tiny.read("out/film.mp4") == good

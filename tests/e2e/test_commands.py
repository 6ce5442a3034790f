"""Every command, as its help says it: exit codes, JSON, files written, nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.conftest import ROOT, TINY, Space


def test_build_prints_events_and_ends_with_a_report(tiny: Space) -> None:
    lines = [json.loads(line) for line in tiny.ok("build", "--json").out.splitlines()]
    assert lines[0]["event"] == "planned" and lines[-1]["event"] == "built"
    assert {line["event"] for line in lines} >= {"started", "done", "replanned", "wrote"}
    report = lines[-1]
    assert list(report) == ["event", "outputs", "frames", "drawings", "segments", "seconds", "workers"]
    assert report["outputs"] == [
        {"name": "film.mp4", "path": "out/film.mp4", "state": "built", "seconds": report["outputs"][0]["seconds"]}
    ]
    assert list(report["frames"]) == ["total", "distinct", "rendered", "again", "loaded", "cut"]
    assert list(report["drawings"]) == ["minted", "again", "loaded", "cut"]
    assert list(report["segments"]) == ["encoded", "reused", "cut"]


def test_a_dry_run_makes_nothing_and_says_what(tiny: Space) -> None:
    foretold = tiny.foretell()
    assert list(foretold) == ["schema", "outputs", "targets", "frames", "drawings", "segments", "predicted_seconds"]
    assert foretold["schema"] == 1
    assert foretold["outputs"][0] == {
        "name": "film.mp4",
        "state": "missing",
        "frames": 24,
        "frames_stale": 24,
        "segments": 2,
        "segments_stale": 2,
    }
    assert {t["kind"] for t in foretold["targets"]} == {"character", "place", "scene", "pass", "output"}
    assert all(t["state"] == "stale" and t["why"] for t in foretold["targets"])
    assert not (tiny.folder / "out").exists()
    assert "to make:" in tiny.ok("build", "-n").out


def test_check_flag_tells_by_its_code(tiny: Space) -> None:
    assert tiny.run("build", "--check").code == 4
    tiny.build()
    assert tiny.run("build", "--check").code == 0
    tiny.edit("colour: teal", "colour: moss")
    assert tiny.run("build", "--check").code == 4


def test_outputs_can_be_named_and_scenes_are_outputs_too(tiny: Space) -> None:
    tiny.edit("  film.mp4: {}", "  film.mp4: {}\n  other.mp4: {scene: two}")
    report = tiny.build("other.mp4")
    assert [o["name"] for o in report["outputs"]] == ["other.mp4"]
    assert not (tiny.folder / "out/film.mp4").exists()
    assert tiny.build("one.mp4")["outputs"][0]["path"] == "out/one.mp4"
    report = tiny.build("film.mp4")
    assert report["frames"]["rendered"] == 0, "the same shots in another output are not rendered again"
    assert report["segments"]["encoded"] == 0


def test_a_part_and_a_draft(tiny: Space) -> None:
    report = tiny.build("film.mp4@0.5s..1.5s")
    assert report["frames"]["total"] == 12 and report["outputs"][0]["path"] == "out/film@0.5s..1.5s.mp4"
    draft = tiny.build("--draft")
    assert draft["outputs"][0]["path"] == "out/film.draft.mp4"
    from studio.footage import read_clip

    clip = read_clip(tiny.folder / "out/film.draft.mp4")
    assert (clip.width, clip.height, clip.count) == (32, 18, 24)


def test_a_folder_of_frames_is_replaced_file_by_file(tiny: Space) -> None:
    tiny.edit("  film.mp4: {}", "  frames/: {scene: one}")
    tiny.build()
    folder = tiny.folder / "out/frames"
    assert len(list(folder.glob("*.png"))) == 12
    times = {p.name: p.stat().st_mtime_ns for p in folder.glob("*.png")}
    assert cv2.imread(str(folder / "000003.png")).shape == (36, 64, 3)
    assert tiny.build()["outputs"][0]["state"] == "fresh"
    (folder / "000003.png").unlink()
    assert tiny.build()["frames"]["rendered"] == 0 and (folder / "000003.png").exists()
    tiny.edit("over: 8f}]\n    length: 12f", "over: 8f}]\n    length: 6f")
    tiny.build()
    assert sorted(p.name for p in folder.glob("*.png")) == [f"{n:06}.png" for n in range(6)]
    assert (folder / "000000.png").stat().st_mtime_ns == times["000000.png"], "what is the same is left alone"


def test_aspects_and_platforms(tiny: Space) -> None:
    tiny.edit(
        "film.mp4: {}", "film.mp4: {aspects: [9:16, 1:1], platforms: [square]}\n  film.png: {of: film.mp4, at: 0.5s}"
    )
    foretold = tiny.foretell()
    assert [o["name"] for o in foretold["outputs"]] == [
        "film.mp4",
        "film-9x16.mp4",
        "film-1x1.mp4",
        "film-square.mp4",
        "film.png",
    ]
    tiny.build("film-9x16.mp4", "film.png")
    from studio.footage import read_clip

    clip = read_clip(tiny.folder / "out/film-9x16.mp4")
    assert (clip.width, clip.height) == (36, 64)
    assert cv2.imread(str(tiny.folder / "out/film.png")).shape == (36, 64, 3)


def test_frame_and_sheet_write_pictures(tiny: Space) -> None:
    tiny.ok("frame", "film.mp4@0.5s", "-o", "still.png")
    still = cv2.imread(str(tiny.folder / "still.png"))
    assert still.shape == (36, 64, 3) and still.std() > 5
    tiny.ok("frame", "film.mp4@two", "-o", "deep/two.png")
    assert (tiny.folder / "deep/two.png").exists()
    assert tiny.run("frame", "film.mp4@9s", "-o", "late.png").code == 1
    assert "no moment `two.nothing`" in tiny.run("frame", "film.mp4@two.nothing", "-o", "x.png").err
    tiny.ok("sheet", "film.mp4", "-o", "sheet.png", "--frames", "6")
    assert cv2.imread(str(tiny.folder / "sheet.png")).shape[1] == 1600
    before = tiny.build()
    assert not list(tiny.folder.glob("*.part")) and before["outputs"][0]["state"] == "built"


def test_motion_leads_from_one_frame_to_the_next(tiny: Space) -> None:
    tiny.edit("size: 64x36", "size: 320x180")
    tiny.edit("action: [{shot: wide},", "action: [{shot: wide}, {shot: full, on: ada, over: 12f, ease: linear},")
    tiny.edit("length: 12f", "length: 20f")
    pictures = []
    for n in (5, 6):
        tiny.ok("frame", f"film.mp4@{n}f", "-o", f"{n}.png", "--motion", f"{n}.npy")
        pictures.append(cv2.imread(str(tiny.folder / f"{n}.png")).astype(np.float32))
    motion = np.load(tiny.folder / "6.npy")
    assert motion.shape == (180, 320, 2) and motion.dtype == np.float32
    y, x = np.mgrid[0:180, 0:320].astype(np.float32)
    known = np.isfinite(motion).all(2)
    moved = np.nan_to_num(motion)
    warped = cv2.remap(pictures[0], x - moved[..., 0], y - moved[..., 1], cv2.INTER_LINEAR)
    inside = known[4:-4, 4:-4]
    still, led = (np.abs(p - pictures[1])[4:-4, 4:-4][inside].mean() for p in (pictures[0], warped))
    assert known.mean() > 0.95 and np.abs(moved).max() > 1 and led < 0.35 * still, (still, led)
    assert np.isnan(np.load(tiny.folder / "5.npy")).mean() < 0.1
    tiny.ok("frame", "film.mp4@0f", "-o", "0.png", "--motion", "0.npy")
    assert np.isnan(np.load(tiny.folder / "0.npy")).all(), "there is nothing before the first frame"
    assert tiny.run("frame", "film.mp4@0f", "-o", "0.png", "--motion", "0.txt").code == 2


def test_maps_are_shown_in_place_of_colours(tiny: Space) -> None:
    seen = {}
    for name in ("parts", "distance", "normals", "shadow", "flat"):
        tiny.ok("frame", "film.mp4@two.0s", "-o", f"{name}.png", "--map", name)
        seen[name] = cv2.imread(str(tiny.folder / f"{name}.png"))
        assert seen[name].shape == (36, 64, 3) and seen[name].std() > 1, name
    assert (abs(seen["normals"].astype(int) - (255, 128, 128)).max(-1) < 3).mean() > 0.4, "sky and ground lie flat"
    wrong = tiny.run("frame", "film.mp4@0f", "-o", "0.png", "--map", "normal")
    assert wrong.code == 2 and "there is no map `normal`" in wrong.err and "normals" in wrong.err


def test_a_character_and_a_place_are_outputs_by_themselves(tiny: Space) -> None:
    tiny.ok("mint", "ada", "-o", "sheets/ada.png")
    sheet = cv2.imread(str(tiny.folder / "sheets/ada.png"))
    assert sheet.shape == (36, 64, 3) and sheet.std() > 5
    report = tiny.build("ada.png", "square.png", "square.mp4")
    assert {o["state"] for o in report["outputs"]} == {"built"} and report["drawings"]["minted"] > 0
    assert (cv2.imread(str(tiny.folder / "out/ada.png")) == sheet).all(), "minted once"
    tiny.edit("colour: teal", "colour: wine")
    assert tiny.foretell("ada.png", "square.png")["frames"]["stale"] == 1, "the sheet alone"
    assert "coat" in tiny.ok("why", "ada.png").out or "wears" in tiny.ok("why", "ada.png").out
    wrong = tiny.run("mint", "adda")
    assert wrong.code == 1 and "did you mean `ada`" in wrong.err
    assert tiny.run("mint", "ada", "-o", "ada.jpg").code == 2


def test_why_names_the_place_and_the_values(tiny: Space) -> None:
    assert "was not built before" in tiny.ok("why", "film.mp4").out
    tiny.build()
    assert "is fresh" in tiny.ok("why", "film.mp4").out
    tiny.edit("colour: teal", "colour: moss")
    said = tiny.ok("why", "film.mp4").out
    assert "Studiofile:6:" in said and "colour: #2f6068 -> #6b7a4a" in said
    assert "output film.mp4 <- scene one <- character ada" in said
    assert "character ada" in tiny.ok("why", "film.mp4@0.5s").out
    assert "#6b7a4a" not in tiny.ok("why", "film.mp4@1.5s").out, "the second scene does not show her"
    answer = tiny.ok("why", "film.mp4", "--json").json
    assert answer["state"] == "stale" and answer["changes"][0]["place"].startswith("Studiofile:6:")


def test_rules_schema_graph_and_stats(tiny: Space) -> None:
    listed = tiny.ok("rules").out
    assert all(name in listed for name in ("watercolor", "silent_film", "sky", "street-lamp", "character", "title"))
    assert "pigment" in tiny.ok("rules", "watercolor").out
    assert json.loads(tiny.ok("rules", "sky", "--json").out)["sky"]["kind"] == "plate"
    assert "did you mean `watercolor`" in tiny.run("rules", "watercolour").err
    assert json.loads(tiny.ok("schema").out)["$schema"].startswith("https://json-schema.org/")
    assert tiny.ok("graph").out.startswith("graph LR")
    assert tiny.ok("graph", "--format", "dot").out.startswith("digraph")
    edges = json.loads(tiny.ok("graph", "--format", "json").out)["needs"]
    assert ["scene one", "character ada"] in edges and ["output film.mp4", "scene one"] in edges
    tiny.build()
    stats = tiny.ok("cache", "stats", "--json").json
    assert stats["kept"]["drawing"] > 5 and stats["bytes"] > 1000
    assert "the store is whole" in tiny.ok("cache", "verify").out
    assert "deleted" in tiny.ok("cache", "gc", "--max", "0MB").out
    assert tiny.ok("cache", "stats", "--json").json["bytes"] == 0
    assert tiny.build()["outputs"][0]["state"] == "fresh"


def test_another_store_by_option_variable_and_file(
    tiny: Space, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    places = [tmp_path_factory.mktemp("store") for _ in range(3)]
    tiny.build("--cache", str(places[0]))
    monkeypatch.setenv("STUDIO_CACHE", str(places[1]))
    assert tiny.build()["frames"]["rendered"] > 0
    monkeypatch.delenv("STUDIO_CACHE")
    tiny.edit("cut: [one, two]", f"cache: {{dir: {places[2]}}}\ncut: [one, two]")
    assert tiny.build()["frames"]["rendered"] > 0
    assert all((p / "index.db").exists() for p in places)
    assert not (tiny.folder / ".cache/index.db").exists()


def test_the_store_stands_at_the_root_of_the_checkout(space: Space) -> None:
    (space.folder / ".git").mkdir()
    for name in ("a", "b"):
        space.write(f"projects/{name}/Studiofile", TINY)
    assert space.build("-C", "projects/a")["frames"]["rendered"] > 0
    assert space.build("-C", "projects/b")["frames"]["rendered"] == 0, "projects share their cast and scenes"
    assert (space.folder / ".cache/index.db").exists()


def test_init_writes_a_film_that_builds(space: Space) -> None:
    space.ok("init")
    assert space.run("init").code == 1, "nothing that is there is overwritten"
    assert space.run("init", "nothing").code == 2
    space.edit("size: 1280x720", "size: 64x36")
    assert space.build("still.png")["outputs"][0]["state"] == "built"


def test_the_tour_builds(space: Space) -> None:
    space.write("Studiofile", (ROOT / "Studiofile.example").read_text())
    space.edit("size: 640x360", "size: 64x36")
    space.edit("size: 320x180", "size: 32x18")
    space.edit("fps: 24", "fps: 8")
    report = space.build("tour.mp4", "tour.png")
    assert {o["state"] for o in report["outputs"]} == {"built"}
    assert report["frames"]["distinct"] == report["frames"]["rendered"] + report["frames"]["cut"]
    names = [o["name"] for o in space.foretell()["outputs"]]
    assert names == ["tour.mp4", "tour-9x16.mp4", "tour.png", "close/", "mute.mp4", "ep01/episode.mp4"]


@pytest.mark.parametrize("store", [(), ("--cache", "elsewhere")])
def test_a_second_build_is_answered_before_anything_is_imported(tiny: Space, store: tuple[str, ...]) -> None:
    first = tiny.process("build", *store)
    assert first.code == 0, first.err
    code = (
        f"import sys; sys.argv = {['studio', 'build', *store]}; import studio.start as s\n"
        "try:\n    s.main()\n"
        "except SystemExit as e:\n"
        "    print(e.code, [m for m in ('click', 'numpy', 'yaml', 'pydantic') if m in sys.modules])"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tiny.folder, env=env, capture_output=True, text=True, check=False
    )
    assert "0 []" in done.stdout, done.stdout + done.stderr
    again = tiny.process("build", "--json", *store)
    assert again.json["outputs"][0]["state"] == "fresh" and again.json["event"] == "built"


@pytest.mark.parametrize("how", ["edit", "same size", "touch", "output", "new file"])
def test_the_null_path_notices(tiny: Space, how: str) -> None:
    tiny.edit(
        "  ada: {height: 1.5m, heads: 3.3, wears: [{coat: mantle, colour: teal}, {hat: newsboy, colour: brick}]}",
        "  ada: ada.yaml",
    )
    tiny.write("ada.yaml", "character: Ada\nheads: 3.3\n")
    assert tiny.process("build").code == 0
    assert "fresh" in tiny.process("build").out
    if how == "edit":
        tiny.write("ada.yaml", "character: Ada\nheads: 3.35\n")
    elif how == "same size":
        before = (tiny.folder / "ada.yaml").stat()
        tiny.write("ada.yaml", "character: Ada\nheads: 3.4\n")
        os.utime(tiny.folder / "ada.yaml", ns=(before.st_atime_ns, before.st_mtime_ns))
    elif how == "touch":
        os.utime(tiny.folder / "ada.yaml")
    elif how == "output":
        (tiny.folder / "out/film.mp4").write_bytes(b"spoilt")
    elif how == "new file":
        tiny.write("unrelated.txt", "nothing")
    result = tiny.process("build", "--json")
    state = result.json["outputs"][0]["state"]
    assert state == ("built" if how in ("edit", "same size", "output") else "fresh"), result.out


def test_an_interrupt_keeps_what_was_finished(space: Space) -> None:
    space.write("Studiofile", TINY.replace("64x36", "1280x720").replace("length: 12f", "length: 90f"))
    env = {**os.environ, "PYTHONPATH": str(ROOT), "STUDIO_PARALLEL": "1"}
    builder = subprocess.Popen(
        [sys.executable, "-m", "studio", "build", "-j", "2"],
        cwd=space.folder,
        env=env,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(2.5)
    builder.send_signal(signal.SIGINT)
    begun = time.monotonic()
    _, err = builder.communicate(timeout=20)
    assert builder.returncode == 130 and time.monotonic() - begun < 3, err
    assert "what was finished is kept" in err and "Traceback" not in err
    assert not list(space.folder.glob("out/*.part"))
    assert space.process("build", STUDIO_PARALLEL="1").code == 0


def test_a_style_over_a_clip_and_a_picture(space: Space, tmp_path: Path) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (48, 64, 3), dtype=np.uint8)
    cv2.imwrite(str(space.folder / "photo.png"), cv2.GaussianBlur(picture, (0, 0), 4))
    space.ok("pass", "watercolor", "photo.png", "painted.png", "--set", "border=0")
    assert cv2.imread(str(space.folder / "painted.png")).shape == (48, 64, 3)
    space.write("Studiofile", TINY)
    space.build()
    space.ok("pass", "silent_film", "out/film.mp4", "old.mp4", "--set", "tint=night")
    from studio.footage import read_clip

    before, after = read_clip(space.folder / "out/film.mp4"), read_clip(space.folder / "old.mp4")
    assert after.count == before.count and np.allclose(after.times, before.times, atol=1e-4)
    again = space.ok("pass", "silent_film", "out/film.mp4", "old.mp4", "--set", "tint=night").out
    assert "fresh" in again and "nothing to make" in again
    for wrong in (
        ["watercolour", "photo.png", "x.png"],
        ["watercolor", "none.png", "x.png"],
        ["watercolor", "photo.png", "x.tiff"],
    ):
        assert space.run("pass", *wrong).code in (1, 2)
    assert space.run("pass", "watercolor", "photo.png", "photo.png").code == 2
    assert space.run("pass", "watercolor", "photo.png", "x.png", "--set", "pigment=9").code == 1


def test_footage_is_a_scene(space: Space) -> None:
    space.write("Studiofile", TINY)
    space.build()
    (space.folder / "clip.mp4").write_bytes(space.read("out/film.mp4"))
    space.write(
        "Studiofile",
        "studio: 1\nfps: 24\nsize: 48x48\n"
        "scenes: {clip: {footage: clip.mp4, passes: [watercolor]}}\noutputs: {a.mp4: {}}\n",
    )
    report = space.build()
    assert report["frames"]["total"] == 48, "two seconds at the film's rate"
    assert report["frames"]["distinct"] <= 24, "each frame of the clip is shown twice and styled once"
    assert space.build()["outputs"][0]["state"] == "fresh"


def test_a_trace_of_every_job(tiny: Space) -> None:
    tiny.build("--trace", "trace.json")
    events = json.loads(tiny.read("trace.json"))
    assert {e["cat"] for e in events} == {"drawings", "frames"} and all(
        e["ph"] == "X" and e["dur"] >= 0 for e in events
    )


def test_help_is_there_for_every_command(space: Space) -> None:
    listed = space.ok("--help").out
    for name in (
        "build",
        "why",
        "frame",
        "sheet",
        "mint",
        "pass",
        "rules",
        "check",
        "graph",
        "cache",
        "init",
        "schema",
    ):
        assert name in listed
        assert "Usage:" in space.ok(name, "--help").out
    assert "0.1" in space.ok("--version").out

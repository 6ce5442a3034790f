"""Quota, cutoff and identity: the store keeps its size, equal things are one, equal pixels stop the work."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from studio import job, scheduler
from studio.keys import Node
from studio.packs import Kind
from studio.rule import Drawing
from tests.conftest import ENVIRONMENT, TINY, Space
from tests.e2e.test_random_edits import made


def packed_bytes(space: Space) -> int:
    total = 0
    for path in (space.folder / ".cache" / "packs").rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total


def test_the_quota_holds_during_a_build(space: Space) -> None:
    """Ten builds of other people would take far more room."""
    space.write("Studiofile", TINY.replace("64x36", "320x180"))
    space.build()
    one = packed_bytes(space)
    quota = round(1.3 * one / 1e6, 3)
    space.write("Studiofile", space.read("Studiofile").decode() + f"cache: {{max: {quota}MB}}\n")
    most = 0
    stop = threading.Event()

    def watch() -> None:
        nonlocal most
        while not stop.is_set():
            most = max(most, packed_bytes(space))
            time.sleep(0.02)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        for n in range(10):
            space.edit(f"heads: 3.{3 + n},", f"heads: 3.{4 + n},")
            space.edit(f"heads: 4.{4 + n},", f"heads: 4.{5 + n},")
            assert space.build()["drawings"]["minted"] > 5
            assert packed_bytes(space) <= quota * 1e6
    finally:
        stop.set()
        thread.join()
    assert quota * 1e6 / 2 < most <= quota * 1e6 + 0.5 * one, "within one job, which here mints half a store"


def test_a_build_that_needs_more_than_the_quota_says_so_and_goes_on(space: Space) -> None:
    space.write("Studiofile", TINY.replace("64x36", "640x360") + "cache: {max: 0.1MB}\n")
    result = space.ok("build", "--json")
    notes = [json.loads(line) for line in result.out.splitlines() if '"noted"' in line]
    assert len(notes) == 1 and "quota" in notes[0]["text"]
    assert packed_bytes(space) <= 100_000, "at the end nothing is needed any more"
    assert space.build()["outputs"][0]["state"] == "fresh"


def test_a_long_hold_is_one_frame(space: Space) -> None:
    space.write(
        "Studiofile",
        "studio: 1\nfps: 24\nsize: 64x36\ncut: [{card: Hold, length: 60s}]\noutputs: {film.mp4: {}}\n",
    )
    report = space.build()
    assert report["frames"] == {"total": 1440, "distinct": 1, "rendered": 1, "again": 0, "loaded": 0, "cut": 0}
    assert report["segments"]["encoded"] <= 2, "equal segments are one"


def test_a_shot_in_two_outputs_is_rendered_once(tiny: Space) -> None:
    alone = tiny.build()["frames"]["rendered"]
    tiny.edit("  film.mp4: {}", "  film.mp4: {}\n  other.mp4: {}\n  third.mp4: {quality: 30}")
    report = tiny.build()
    assert report["frames"]["rendered"] == 0 and report["frames"]["again"] <= alone
    assert tiny.read("out/other.mp4") == tiny.read("out/film.mp4") != tiny.read("out/third.mp4")


def test_two_new_outputs_share_what_is_rendered(tiny: Space) -> None:
    tiny.edit("  film.mp4: {}", "  film.mp4: {}\n  third.mp4: {quality: 30}")
    report = tiny.build()
    assert report["frames"]["rendered"] == report["frames"]["distinct"] and report["frames"]["again"] == 0


@pytest.mark.parametrize("count", [1, 2])
def test_builds_of_two_projects_share_one_store(tmp_path: Path, count: int) -> None:
    spaces = [Space(tmp_path / str(n)) for n in range(count)]
    for space in spaces:
        space.write("Studiofile", TINY)
    command = [sys.executable, "-m", "studio", "build", "--json", "-j", "1", "--cache", str(tmp_path / "cache")]
    running = [
        subprocess.Popen(command, cwd=s.folder, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) for s in spaces
    ]
    reports = [json.loads(p.communicate(timeout=60)[0].splitlines()[-1]) for p in running]
    assert sum(r["drawings"]["minted"] for r in reports) == len(made(tmp_path / "cache")[Kind.DRAWING]) > 15


def test_drawings_that_turn_out_equal_are_cut(tiny: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two equal drawings are restyled to one. Where another job of the same build had made that one, it used to
    count as loaded, as if another build had been at work."""
    real = job.drawn

    def blank(node: Node, maps: tuple[str, ...]) -> Drawing:
        shape = real(node).rgba.shape
        return Drawing(np.zeros(shape, np.uint8), np.zeros(shape[:2], np.uint8) if "parts" in maps else None)

    monkeypatch.setattr(job, "drawn", blank)
    monkeypatch.setattr(scheduler, "WORTH", 0.0)  # a job each
    tiny.edit("film.mp4: {}", "film.mp4: {passes: [wash]}")
    foretold = tiny.foretell()["drawings"]["stale"]
    drawings = tiny.build()["drawings"]
    assert drawings["loaded"] == 0 < drawings["cut"]
    assert drawings["minted"] + drawings["cut"] == foretold

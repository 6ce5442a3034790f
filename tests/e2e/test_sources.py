"""What is edited while it is being built from never poisons the store."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ENVIRONMENT, ROOT, TINY, Space
from tests.e2e.test_random_edits import clip_bytes

FOOTAGE = """\
studio: 1
fps: 12
size: 640x360
scenes: {film: {footage: clip.mp4}}
passes: {wash: {rule: watercolor}}
outputs: {film.mp4: {passes: [wash]}}
"""


def building(space: Space, root: Path = ROOT) -> subprocess.Popen[str]:
    """A build that has planned and is about to make something."""
    process = subprocess.Popen(
        [sys.executable, "-m", "studio", "build", "--json", "-j", "1"],
        cwd=space.folder,
        env={**ENVIRONMENT, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    while '"started"' not in process.stdout.readline():
        assert process.poll() is None, process.stderr and process.stderr.read()
    return process


def test_a_yaml_file_edited_during_a_build_is_built_next_time(tiny: Space) -> None:
    process = building(tiny)
    tiny.edit("colour: teal", "colour: wine")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    old = tiny.read("out/film.mp4")
    again = tiny.process("build", "--json", STUDIO_PARALLEL="0")
    assert again.json["outputs"][0]["state"] == "built" and tiny.read("out/film.mp4") != old
    tiny.edit("colour: wine", "colour: teal")
    assert tiny.process("build", "--json", STUDIO_PARALLEL="0").json["frames"]["rendered"] == 0
    assert tiny.read("out/film.mp4") == old, "the build made what it had read"


def test_footage_replaced_during_a_build(space: Space) -> None:
    space.write("Studiofile", FOOTAGE)
    space.write("clip.mp4", clip_bytes(0))
    other = clip_bytes(1)  # takes longer to make than the build, which would be over
    process = building(space)
    space.write("clip.mp4", other)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    film = space.read("out/film.mp4")
    shutil.rmtree(space.folder / ".cache")
    space.build()
    assert film == space.read("out/film.mp4"), "it planned again, and is a film of the new clip"


def test_code_changed_during_a_build_stores_nothing(space: Space) -> None:
    for package in ("studio", "rules"):
        shutil.copytree(ROOT / package, space.folder / "code" / package)
    space.write("film/Studiofile", TINY.replace("64x36", "640x360"))
    film = Space(space.folder / "film")
    process = building(film, space.folder / "code")
    rule = space.folder / "code" / "rules" / "_cel.py"
    rule.write_text(rule.read_text() + "\nMORE = 1\n")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1 and "changed during the build" in err
    before = sum(p.stat().st_size for p in (film.folder / ".cache" / "packs").rglob("*") if p.is_file())
    time.sleep(0.1)
    assert before == 0 or not _is_newer(film.folder / ".cache" / "packs", rule)


def _is_newer(packs: Path, than: Path) -> bool:
    return any(os.stat(p).st_mtime > than.stat().st_mtime + 0.05 for p in packs.rglob("*") if p.is_file())

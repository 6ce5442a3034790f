"""A store on a disk that is really full: a small one is mounted, and where that is not allowed nothing is tried."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Result, Space
from tests.e2e.test_kills import FILM

#: under grain segments take far more room than drawings, so that a disk may be too small for them alone
GRAINY = FILM.replace("passes:\n", "passes:\n  old: {rule: silent_film}\n").replace(
    "film.mp4: {}", "film.mp4: {quality: 8, passes: [old]}"
)
#: sizes of the disk, as shares of what the store takes in the end
SHARES = [0.01, 0.1, 0.4, 0.85]


def mount(*arguments: str) -> str:
    """-> what was said against it."""
    if not sys.platform.startswith("linux"):
        return "mounts a tmpfs"
    try:
        done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    except OSError as error:
        return str(error)
    return done.stderr.strip() or f"mount ended with {done.returncode}" if done.returncode else ""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """An empty folder on a disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if refused := mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)):
        pytest.skip(f"no small disk can be mounted here: {refused}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def build(space: Space, store: Path) -> Result:
    return space.process("build", "-j", "2", "--cache", str(store), STUDIO_PARALLEL="1")


def resize(disk: Path, size: int) -> None:
    assert not mount("-o", f"remount,size={size >> 10}k", str(disk))


def what_failed(message: str) -> str:
    """From what a build said: what it was that found no room."""
    if "could not be made" not in message:
        return "index"
    return "segment" if message.startswith("film.mp4@") else "drawing"


def test_a_disk_that_is_full(space: Space, disk: Path) -> None:
    """Whatever it is that finds no room, the build says so and leaves nothing half-written, and with room it ends
    well. Packs that workers were at when it stopped used to stay for ever."""
    space.write("Studiofile", GRAINY)
    assert build(space, space.folder / "roomy").code == 0
    right = space.read("out/film.mp4")
    full = sum(p.stat().st_blocks * 512 for p in (space.folder / "roomy").rglob("*"))
    failed = set()
    for share in SHARES:
        store = disk / str(share)
        resize(disk, int(full * share))
        first = build(space, store)
        said = first.err.splitlines()[-2:]
        assert first.code == 1 and "Traceback" not in first.err, first.err
        assert "no space left on the disk of the store" in said[0] and "--cache DIR" in said[1], first.err
        failed.add(what_failed(said[0]))
        for place in ("tmp", "builds"):
            assert not list((store / place).glob("*")), share
        resize(disk, full * 20)
        second = build(space, store)
        assert second.code == 0, second.err
        assert space.read("out/film.mp4") == right
        (space.folder / "out" / "film.mp4").unlink()
        shutil.rmtree(store)
    assert failed == {"drawing", "index", "segment"}

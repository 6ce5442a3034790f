"""Killed, interrupted, starved of disk, files or memory: the same command then finishes, with the right bytes."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.packs import Kind, PackWriter, all_packs
from tests.conftest import ENVIRONMENT, ROOT, TINY, Space
from tests.e2e.test_random_edits import made

FILM = TINY.replace("64x36", "320x180").replace("length: 12f", "length: 24f")


def start(space: Space, *more: str, shell: str = "") -> subprocess.Popen[str]:
    """A build in a process of its own; shell: what a shell is to do first."""
    command = [sys.executable, "-m", "studio", "build", "--json", *more]
    if shell:
        command = ["bash", "-c", f'{shell}; exec "$@"', "bash", *command]
    return subprocess.Popen(
        command, cwd=space.folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def children(pid: int) -> list[int]:
    try:
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def wait_until_gone(pids: list[int], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not all(is_gone(pid) for pid in pids):
        assert time.monotonic() < until, "a worker outlives its builder"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[bytes, int]]:
    """What a build that nothing happens to makes: its bytes, and how many frames it renders."""
    space = Space(tmp_path_factory.mktemp("right"))
    space.write("Studiofile", FILM)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDIO_PARALLEL", "0")
        report = space.build()
    yield space.read("out/film.mp4"), report["frames"]["rendered"]


def test_kills_at_random_moments(tmp_path: Path, right: tuple[bytes, int], request: pytest.FixtureRequest) -> None:
    tries = 1000 if request.config.getoption("--soak") else 25
    chance = random.Random(7)
    struck = 0
    for n in range(tries):
        space = Space(tmp_path / str(n))
        space.write("Studiofile", FILM)
        builder = start(space, "-j", "2")
        time.sleep(chance.uniform(0.3, 3.2))
        workers = children(builder.pid)
        who = chance.choice([builder.pid, *workers])
        struck += builder.poll() is None
        try:
            os.kill(who, signal.SIGKILL)
        except ProcessLookupError:
            struck -= 1
        out, err = builder.communicate(timeout=60)
        wait_until_gone(workers, 2)
        if who != builder.pid:
            assert builder.returncode == 0, err  # a worker is replaced
        done = [json.loads(line) for line in out.splitlines() if line.startswith('{"event": "done"')]
        finished = sum(e["counts"]["rendered"] for e in done if e["kind"] == "frames")
        kept = len(made(space.folder / ".cache")[Kind.FRAME]) if (space.folder / ".cache/index.db").exists() else 0
        assert kept >= finished, "what was finished is kept"
        again = start(space, "-j", "2")
        out, err = again.communicate(timeout=60)
        assert again.returncode == 0, err
        assert space.read("out/film.mp4") == right[0]
        report = json.loads(out.splitlines()[-1])
        assert report["frames"]["rendered"] + kept == right[1], "nothing that is known is rendered"
    assert struck > tries // 3, "most kills must hit a living build"


def test_ctrl_c_is_quick_and_keeps_what_was_finished(space: Space) -> None:
    space.write("Studiofile", TINY.replace("64x36", "1280x720").replace("length: 12f", "length: 90f"))
    builder = start(space, "-j", "2")
    assert builder.stdout is not None
    events = []
    while sum(e["event"] == "done" for e in events) < 4:
        events.append(json.loads(builder.stdout.readline()))
    workers = children(builder.pid)
    begun = time.monotonic()
    builder.send_signal(signal.SIGINT)
    _, err = builder.communicate(timeout=20)
    assert builder.returncode == 130 and time.monotonic() - begun < 1.0, err
    assert "Traceback" not in err
    wait_until_gone(workers, 1)
    assert not list((space.folder / ".cache" / "tmp").glob("*-*")), "what workers were writing is cleared away"
    known = made(space.folder / ".cache")
    for kind, what, event in ((Kind.DRAWING, "minted", "drawings"), (Kind.FRAME, "rendered", "frames")):
        assert len(known[kind]) >= sum(e["counts"][what] for e in events if e["event"] == "done" and e["kind"] == event)


def test_ctrl_c_while_modules_are_imported_says_so_in_one_line(space: Space) -> None:
    space.write("Studiofile", TINY)
    space.write("first/click.py", "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    command = [sys.executable, "-m", "studio", "build"]
    environment = {**ENVIRONMENT, "PYTHONPATH": os.pathsep.join([str(space.folder / "first"), str(ROOT)])}
    result = subprocess.run(command, cwd=space.folder, env=environment, capture_output=True, text=True)
    assert result.returncode == 130, result.stderr
    assert result.stderr == "interrupted; what was finished is kept\n"


def test_eight_builds_make_each_thing_once(space: Space, right: tuple[bytes, int]) -> None:
    space.write("Studiofile", FILM)
    builders = [start(space, "-j", "1") for _ in range(8)]
    reports = []
    for builder in builders:
        out, err = builder.communicate(timeout=120)
        assert builder.returncode == 0, err
        reports.append(json.loads(out.splitlines()[-1]))
    assert sum(r["frames"]["rendered"] + r["frames"]["again"] for r in reports) == right[1]
    assert sum(r["drawings"]["minted"] + r["drawings"]["again"] for r in reports) == len(
        made(space.folder / ".cache")[Kind.DRAWING]
    )
    assert space.read("out/film.mp4") == right[0]
    assert not list((space.folder / ".cache" / "builds").iterdir())


def test_when_one_of_many_is_killed_others_take_over(space: Space, right: tuple[bytes, int]) -> None:
    space.write("Studiofile", FILM)
    killed = start(space, "-j", "1")
    assert killed.stdout is not None
    label = ""
    while not label:
        event = json.loads(killed.stdout.readline())
        label = event["label"] if event["event"] == "started" else ""
    os.kill(killed.pid, signal.SIGSTOP)  # alive, and at its job for as long as we like
    others = [start(space, "-j", "1") for _ in range(3)]
    taken: list[float] = []
    begun = threading.Barrier(4)

    def listen(builder: subprocess.Popen[str]) -> None:
        for line in builder.stdout or ():
            event = json.loads(line)
            if event["event"] == "planned":
                begun.wait(60)
            if event["event"] == "started" and event["label"] == label:
                taken.append(time.monotonic())

    listeners = [threading.Thread(target=listen, args=(builder,)) for builder in others]
    for listener in listeners:
        listener.start()
    begun.wait(60)
    time.sleep(2)
    assert not taken, "two builds are at one job"
    at = time.monotonic()
    os.kill(killed.pid, signal.SIGKILL)
    for builder, listener in zip(others, listeners, strict=True):
        listener.join(60)
        assert builder.wait(60) == 0, builder.stderr.read() if builder.stderr else ""
    killed.communicate()
    assert taken and min(taken) - at < 2, "nobody took over in time"
    assert space.read("out/film.mp4") == right[0]


def fill(patch: pytest.MonkeyPatch, kind: Kind, method: str = "add", times: int = 1_000_000) -> None:
    """Let packs of a kind find no room that many times: when a blob is added, or when they are closed."""
    real, left = getattr(PackWriter, method), [times]

    def full(self: PackWriter, *arguments: Any) -> Any:
        if self.kind is kind and left[0] and (method == "add" or self._entries):
            left[0] -= 1
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(self, *arguments)

    patch.setattr(PackWriter, method, full)


@pytest.mark.parametrize("method", ["add", "close"])
@pytest.mark.parametrize("kind", [Kind.DRAWING, Kind.FRAME, Kind.SEGMENT])
def test_a_full_disk(
    space: Space, right: tuple[bytes, int], monkeypatch: pytest.MonkeyPatch, kind: Kind, method: str
) -> None:
    """Where a drawing, a segment or a picture finds no room, the build stops and says so."""
    space.write("Studiofile", FILM + "  still.png: {of: film.mp4, at: 3f}\n")
    with monkeypatch.context() as patch:
        fill(patch, kind, method)
        result = space.run("build", "--json")
        assert result.code == 1 and "no space left on the disk of the store" in result.err
        assert "Traceback" not in result.err and "--cache DIR" in result.err
    assert not list((space.folder / ".cache" / "tmp").glob("*-*"))
    space.build()
    assert space.read("out/film.mp4") == right[0]


@pytest.mark.parametrize("method", ["add", "close"])
def test_a_full_disk_and_frames_that_others_need(
    space: Space, right: tuple[bytes, int], monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """A frame that is kept for another job is rendered by that one too; that used to stop the build."""
    space.write("Studiofile", FILM + "  other.mp4: {quality: 30}\n")
    with monkeypatch.context() as patch:
        fill(patch, Kind.FRAME, method)
        said = [json.loads(line) for line in space.ok("build", "--json").out.splitlines()]
    assert [e["text"] for e in said if e["event"] == "noted"] == [
        "the disk of the store is full; frames that it cannot keep are rendered where they are needed"
    ]
    frames = said[-1]["frames"]
    assert frames["rendered"] == right[1] and frames["again"] > 0 and frames["cut"] == 0
    assert space.read("out/film.mp4") == right[0]
    assert not list((space.folder / ".cache" / "tmp").glob("*-*"))
    assert space.build()["segments"]["encoded"] == 0


@pytest.mark.parametrize("kind", [Kind.DRAWING, Kind.SEGMENT])
def test_a_full_disk_gets_room_from_what_no_build_needs(
    space: Space, right: tuple[bytes, int], monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    space.write("Studiofile", FILM.replace("colour: teal", "colour: plum"))
    space.build()
    old = {path.name for path in all_packs(space.folder / ".cache")}
    space.write("Studiofile", FILM)
    with monkeypatch.context() as patch:
        fill(patch, kind, times=1)
        report = space.build()
    assert space.read("out/film.mp4") == right[0]
    assert report["frames"]["cut"] >= 0 and report["drawings"]["cut"] == 0
    assert old - {path.name for path in all_packs(space.folder / ".cache")}, "something made way"


@pytest.mark.parametrize("limit", ["ulimit -n 16", "ulimit -v 700000"])
def test_too_few_files_or_too_little_memory(space: Space, right: tuple[bytes, int], limit: str) -> None:
    space.write("Studiofile", FILM)
    starved = start(space, "-j", "2", shell=limit)
    _, err = starved.communicate(timeout=60)
    assert starved.returncode in (0, 1), err
    assert "Traceback" not in err and (starved.returncode == 0 or err.strip())
    builder = start(space, "-j", "2")
    _, err = builder.communicate(timeout=60)
    assert builder.returncode == 0, err
    assert space.read("out/film.mp4") == right[0]

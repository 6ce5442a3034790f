"""What is measured. Times on shared machines are noisy: a bar on a ratio is one of two numbers from the same run."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from rules.plates import PLATES

ROOT = Path(__file__).parent.parent
OTHERS = ROOT / ".venv-peers" / "bin"  #: where `make bench` puts what we are compared with
STUDIO = [sys.executable, "-m", "studio", "build"]


class Measurement(NamedTuple):
    """bar: the most that it may be; peer: what it is compared with in the same run, and ratio to that."""

    name: str
    value: float
    unit: str
    bar: float | None = None
    peer: float | None = None
    ratio: float | None = None

    @property
    def is_missed(self) -> bool:
        """Over the bar; where there is a peer, the bar is on the ratio."""
        judged = self.value if self.ratio is None else self.ratio
        return self.bar is not None and judged > self.bar

    def line(self) -> str:
        """For people."""
        said = f"{self.name:<34} {self.value:10.3f} {self.unit:<6}"
        if self.ratio is not None:
            said += f" {self.ratio:.2f} of {self.peer:.3f}"
        if self.bar is not None:
            said += f" (bar {self.bar:g}{': MISSED' if self.is_missed else ''})"
        return said


@contextmanager
def lamplighter() -> Iterator[Path]:
    """A copy of the sample film, with nothing made."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "lamplighter"
        shutil.copytree(ROOT / "projects" / "lamplighter", copy, ignore=shutil.ignore_patterns("out"))
        yield copy


def build(project: Path, *arguments: str) -> float:
    """Seconds of `studio build`, in a process of its own, with a store of the project's."""
    start = time.perf_counter()
    command = [*STUDIO, "-C", str(project), "--cache", str(project.parent / "cache"), *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    return time.perf_counter() - start


def film() -> Iterator[Measurement]:
    """The sample film from nothing on two workers, then its other outputs, then again with nothing to do."""
    with lamplighter() as project:
        feature = build(project, "-j", "2", "feature.mp4")
        yield Measurement("film: feature.mp4 at -j 2", feature, "s", 60)
        yield Measurement("film: all outputs at -j 2", feature + build(project, "-j", "2"), "s", 110)
        build(project)  # notes its own arguments
        again = sorted(build(project) for _ in range(9))[4]
        yield Measurement("film: nothing to do", again, "s", 0.15)


def default() -> Iterator[Measurement]:
    """All outputs of the sample film with no argument: all cores but one."""
    with lamplighter() as project:
        yield Measurement("film: all outputs by default", build(project), "s")


_PAN = """\
studio: 1
fps: 24
size: 1920x1080
places: {square: {planes: [sky, skyline, cobbles, houses, arch]}}
scenes:
  pan:
    place: square
    action:
      - {camera: {x: -0.8}}
      - {camera: {x: 0.8, zoom: 1.1}, over: 47f, ease: linear}
    length: LENGTH
outputs: {pan.mp4: {}}
"""


@contextmanager
def _pan(length: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "pan"
        project.mkdir()
        (project / "Studiofile").write_text(_PAN.replace("LENGTH", length), encoding="utf-8")
        yield project


def planes() -> Iterator[Measurement]:
    """Five planes at 1080p on one core: composing, converting and encoding against encoding alone."""
    script = [sys.executable, "-m", "bench.planes"]
    with _pan("48f") as project:
        build(project)
        out = subprocess.run([*script, str(project)], check=True, capture_output=True, text=True, cwd=ROOT).stdout
    whole, encode = (float(v) for v in out.split())
    yield Measurement("planes: a frame of 1080p, five", whole, "ms", 2.0, encode, whole / encode)


_REAL = """\
studio: 1
fps: 24
size: 1920x1080
characters: {ada: {height: 1.5m, wears: [{coat: mantle}, {hat: newsboy}]}, bruno: {height: 1.7m, shape: square}}
places: {square: {planes: [sky, skyline, cobbles, houses, {prop: street-lamp, name: lamp, z: 9, lit: true}, arch]}}
scenes:
  pan:
    place: square
    cast: [{who: ada, stand: {x: -0.7, z: 7}}, {who: bruno, stand: {x: 1.2, z: 7}}]
    action:
      - {camera: {x: -0.8}}
      - {camera: {x: 0.8, zoom: 1.1}, over: 23f, ease: linear}
    length: 24f
outputs: {pan.mp4: {}}
"""


def composing() -> Iterator[Measurement]:
    """A frame of a street with two figures under a moving camera at 1080p, and of five translucent planes."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "pan"
        project.mkdir()
        (project / "Studiofile").write_text(_REAL, encoding="utf-8")
        build(project)
        script = [sys.executable, "-m", "bench.composing", str(project)]
        out = subprocess.run(script, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    real, translucent = (float(v) for v in out.split())
    yield Measurement("composing: a street at 1080p", real, "ms", 12)
    yield Measurement("composing: five translucent planes", translucent, "ms", 35)


_BODIES = ("a body, the first", "a body", "open wings, the first", "open wings")
_MOST = {**dict.fromkeys(_BODIES, 120), "a face, the first": 15, "a face": 15}


def drawings() -> Iterator[Measurement]:
    """New drawings at 1080p on one core: a full figure, its parts, a bird that flies, every plate, letters."""
    with tempfile.TemporaryDirectory() as folder:
        out = _output([sys.executable, "-m", "bench.drawing", folder])
    for kind, spent in json.loads(out).items():
        yield Measurement(f"drawings: {kind}", spent, "ms", _MOST.get(kind, 1500 if kind in PLATES else None))


def peers() -> Iterator[Measurement]:
    """Five drawn planes under a pan at 1080p, composed by us and by others that are installed, not encoded."""
    with _pan("24f") as project, tempfile.TemporaryDirectory() as folder:
        build(project)
        ours = float(_output([sys.executable, "-m", "bench.fiveplanes", str(project), folder]))
        yield Measurement("peers: five planes, ours", ours, "ms")
        for name in ("moviepy", "movis", "movielite"):
            try:
                theirs = float(_output([str(OTHERS / "python"), str(ROOT / "bench" / "peers.py"), name, folder]))
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"peers: {name} is skipped, since it cannot be run: {error}", file=sys.stderr)
                continue
            yield Measurement(f"peers: five planes, {name}", theirs, "ms", None, ours, theirs / ours)


def _output(command: list[str]) -> str:
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
    return done.stdout


def minted() -> Iterator[Measurement]:
    """Twenty seconds of the street at 1080p, all frames different, against encoding its frames alone: with its
    drawings minted, and from nothing. Processor time of one process."""
    count = 480
    with tempfile.TemporaryDirectory() as folder, serial():
        project = Path(folder) / "pan"
        project.mkdir()
        text = _REAL.replace("23f", f"{count - 1}f").replace("24f", f"{count}f")
        (project / "Studiofile").write_text(text, encoding="utf-8")
        nothing = _spent(project)
        forget_frames(project)
        again = _spent(project)
        encoding = count * float(_output([sys.executable, "-m", "bench.planes", str(project)]).split()[1]) / 1e3
    yield Measurement("minted: 20 s of a street", again, "s", 1.5, encoding, again / encoding)
    yield Measurement("minted: the same from nothing", nothing, "s", 2.0, encoding, nothing / encoding)


def _spent(project: Path) -> float:
    """Processor seconds of a build."""
    before = os.times()
    build(project)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def forget_frames(project: Path) -> None:
    """Take all but the drawings from a project's store, and its film."""
    db = sqlite3.connect(project.parent / "cache" / "index.db")
    with db:
        db.execute("delete from made where kind<>1")
        db.execute("delete from blobs where kind<>1")
    db.close()
    for film in (project / "out").glob("*.mp4"):
        film.unlink()


@contextmanager
def serial() -> Iterator[None]:
    """Builds in one process."""
    os.environ["STUDIO_PARALLEL"] = "0"
    try:
        yield
    finally:
        del os.environ["STUDIO_PARALLEL"]


def letters() -> Iterator[Measurement]:
    """A card of text at 1080p."""
    card, letter = (float(v) for v in _output([sys.executable, "-m", "bench.lettering"]).split())
    yield Measurement("letters: a card of text", card, "ms")
    yield Measurement("letters: one of its letters", letter, "ms")


def memory() -> Iterator[Measurement]:
    """The most that a worker and the building process hold at 1080p, for ten seconds and for ten minutes."""
    for length in ("10s", "600s"):
        with _pan(length) as project:
            command = [*STUDIO, "-C", str(project), "--cache", str(project.parent / "cache"), "-j", "2"]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
            builder, worker = _peaks(process)
        yield Measurement(f"memory: building process, {length}", builder, "MB", 300)
        yield Measurement(f"memory: a worker, {length}", worker, "MB", 700)


def _peaks(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """MB at most of a process and of any of its children, until it ends."""
    builder = worker = 0.0
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None:
        builder = max(builder, peak(process.pid))
        for child in children.read_text().split() if children.exists() else ():
            worker = max(worker, peak(int(child)))
        time.sleep(0.1)
    return builder, worker


def peak(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e3 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def fresh() -> Iterator[Measurement]:
    """`make film` in a new clone: the environment, all libraries and the whole film."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "clone", "-q", str(ROOT), folder], check=True)
        start = time.perf_counter()
        environment = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
        subprocess.run(["make", "film"], cwd=folder, env=environment, check=True, capture_output=True)
        yield Measurement("make film in a new clone", time.perf_counter() - start, "s", 240)


MEASURES: dict[str, Callable[[], Iterator[Measurement]]] = {
    "film": film,
    "default": default,
    "planes": planes,
    "composing": composing,
    "drawings": drawings,
    "peers": peers,
    "minted": minted,
    "letters": letters,
    "memory": memory,
    "fresh": fresh,
}

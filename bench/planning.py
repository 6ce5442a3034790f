"""Nothing to do, dry runs and joins of a feature, against ninja, make and doit where they are installed."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.measures import OTHERS, ROOT, STUDIO, Measurement, peak
from projects.long import make

FEATURE = 129_600  # frames; ninety minutes


def null() -> Iterator[Measurement]:
    """A build with nothing to do, of films of three lengths; peers do nothing over as many edges as frames."""
    times: dict[int, float] = {}
    for frames in (10_000, FEATURE, 1_000_000):
        with tempfile.TemporaryDirectory() as folder:
            film = Path(folder) / "film"
            make.write(film, frames, "64x36")
            _remembered(film)
            times[frames] = _median([*STUDIO, "-C", str(film)], ROOT)
    python = _median([sys.executable, "-c", "pass"], ROOT)
    yield Measurement("null: bare Python", python * 1e3, "ms")
    for frames, seconds in times.items():
        yield Measurement(f"null: {frames} frames", seconds * 1e3, "ms", 60 if frames == FEATURE else None)
    yield Measurement("null: a hundred times the frames", (times[1_000_000] - times[10_000]) * 1e3, "ms", 30)
    with tempfile.TemporaryDirectory() as folder:
        for name, seconds in _peers(Path(folder), FEATURE):
            bar = 0.1 if name == "ninja" else None
            ratio = times[FEATURE] / seconds
            yield Measurement(f"null: {FEATURE} frames, to {name}", times[FEATURE], "s", bar, seconds, ratio)


def dryrun() -> Iterator[Measurement]:
    """Foretelling after one scene's edit in a feature; then with what was kept of earlier plans gone."""
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film"
        make.write(film, FEATURE, "64x36")
        subprocess.run([sys.executable, "-m", "bench.pretend", str(film)], cwd=ROOT, check=True, capture_output=True)
        scene = film / "scenes" / "scene-0300.yaml"
        scene.write_text(scene.read_text().replace("shot: wide", "shot: full"))
        command = [*STUDIO, "-C", str(film), "-n"]
        yield Measurement("dry run: one scene edited", _median(command, ROOT, 5), "s", 1.0)
        yield Measurement("dry run: memory", _peak(command), "MB", 300)
        shutil.rmtree(film / ".cache" / "vectors")
        for kept in (film / ".cache" / "state").glob("parsed-*"):
            kept.unlink()
        yield Measurement("dry run: vectors and parsed files gone", _median(command, ROOT, 3), "s", 4.0)
        yield Measurement("dry run: memory, those gone", _peak(command), "MB", 300)


def join() -> Iterator[Measurement]:
    """A feature's segments put together."""
    code = "from bench.planning import joined; import sys; joined(sys.argv[1])"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", code, folder]
        said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    yield Measurement(f"join: {FEATURE} frames", float(said[0]), "s", 5.0)
    yield Measurement("join: memory", float(said[1]), "MB", 250)


def joined(folder: str) -> None:
    """Join real segments of 48 frames, again and again; prints seconds and MB."""
    from fractions import Fraction

    import numpy as np

    from studio.clip import Format
    from studio.video import encode
    from studio.video import join as joining

    form = Format(64, 36, Fraction(24))
    frames = np.random.default_rng(1).integers(0, 255, (48, 54, 64), dtype=np.uint8)
    blob = encode(frames, form)
    start = time.perf_counter()
    count = joining((blob for _ in range(FEATURE // 48)), Path(folder) / "film.mp4", form)
    assert count == FEATURE
    print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)


def _remembered(film: Path) -> None:
    """The state of a film that was just built, without building it."""
    code = (
        "import sys; from pathlib import Path; from studio import start, state;"
        "film, arguments = Path(sys.argv[1]), sys.argv[2:];"
        "(film / 'out').mkdir(); (film / 'out' / 'feature.mp4').write_bytes(bytes(1 << 20));"
        "names = [*state.code_files(), *(str(p) for p in sorted(film.rglob('*')) if p.is_file())];"
        "kept = [(name, state.stamp_of(name), state.digest_of(name)) for name in names];"
        "state.remember(*start.state_place(arguments), kept, [], ('fresh', '{}'))"
    )
    arguments = ["build", "-C", str(film)]
    time.sleep(0.05)  # what is as young as the state is read again
    subprocess.run([sys.executable, "-c", code, str(film), *arguments], cwd=ROOT, check=True)
    said = subprocess.run([sys.executable, "-m", "studio", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert said.stdout.strip() == "fresh", said.stdout + said.stderr


def _peers(folder: Path, edges: int) -> Iterator[tuple[str, float]]:
    """(name, seconds of doing nothing) of the build tools that are here, each over that many files."""
    (folder / "frames").mkdir()
    (folder / "source").write_text("")
    names = [f"frames/{n}" for n in range(edges)]
    with (folder / "build.ninja").open("w") as file:
        file.write("rule make\n  command = touch $out\n")
        file.writelines(f"build {name}: make source\n" for name in names)
    with (folder / "Makefile").open("w") as file:
        file.write(f"all: {' '.join(names)}\n{' '.join(names)}: source\n\ttouch $@\n")
    (folder / "dodo.py").write_text(
        "def task_make():\n"
        f"    for n in range({edges}):\n"
        "        yield {'name': str(n), 'actions': [], 'targets': [f'frames/{n}'], 'file_dep': ['source']}\n"
    )
    for name in names:
        (folder / name).touch()
    if shutil.which("ninja"):
        # the log of a build that made everything, so that there is nothing to do
        made = time.time_ns()  # not before the source, else all is made again
        log = "# ninja log v5\n" + "".join(f"0\t1\t{made}\t{n}\t{_ninja_hash(n)}\n" for n in names)
        (folder / ".ninja_log").write_text(log)
        said = subprocess.run(["ninja"], cwd=folder, check=True, capture_output=True, text=True).stdout
        assert "no work to do" in said, said[-200:]
        yield "ninja", _median(["ninja"], folder, 5)
    if shutil.which("make"):
        yield "make", _median(["make"], folder, 5)
    if doit := shutil.which("doit", path=f"{OTHERS}{os.pathsep}{os.environ.get('PATH', '')}"):
        yield "doit (list)", _median([doit, "list", "--all"], folder, 1)


def _ninja_hash(name: str) -> str:
    """What ninja 1.11's log says of a command: MurmurHash64A."""
    data, multiplier, mask = f"touch {name}".encode(), 0xC6A4A7935BD1E995, 2**64 - 1
    found = 0xDECAFBADDECAFBAD ^ (len(data) * multiplier & mask)
    while len(data) >= 8:
        k = int.from_bytes(data[:8], "little") * multiplier & mask
        k = (k ^ k >> 47) * multiplier & mask
        found, data = (found ^ k) * multiplier & mask, data[8:]
    if data:
        found = (found ^ int.from_bytes(data, "little")) * multiplier & mask
    found = (found ^ found >> 47) * multiplier & mask
    return f"{found ^ found >> 47:x}"


def _median(command: Sequence[str], folder: Path, times: int = 9) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, env=os.environ)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _peak(command: Sequence[str]) -> float:
    """MB at most of a process."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    most = 0.0
    while process.poll() is None:
        most = max(most, peak(process.pid))
        time.sleep(0.02)
    return most

"""What the engine itself costs: beside the rendering, against a bare pool, after a small edit of a long film."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measures import ROOT, Measurement, build, forget_frames, serial
from studio.pool import Pool, Task

_BUSY = 0.005  # seconds of a frame that costs little
_ITEMS = 1200


def frames() -> Iterator[Measurement]:
    """Keys, scheduling, store and index, a frame at 64x36 whose drawings are there: what a longer film takes
    more than its recorded costs."""
    counts = 480, 2400
    short, long = (_spent(count) for count in counts)
    yield Measurement("engine: cost of ours a frame", 1000 * (long - short) / (counts[1] - counts[0]), "ms", 0.2)


def _spent(count: int) -> float:
    """Seconds of a build of minted drawings that went into nothing that is recorded."""
    with tempfile.TemporaryDirectory() as folder, serial():
        project = Path(folder) / "long"
        make = [sys.executable, str(ROOT / "projects" / "long" / "make.py"), "--frames", str(count), str(project)]
        subprocess.run(make, check=True)
        build(project)
        spent: list[float] = []
        for _ in range(3):
            forget_frames(project)
            drawings = _recorded(project)
            spent.append(build(project) - (_recorded(project) - drawings))
        return min(spent)


def _recorded(project: Path) -> float:
    db = sqlite3.connect(project.parent / "cache" / "index.db")
    try:
        return float(db.execute("select total(cost) from made").fetchone()[0])
    finally:
        db.close()


def busy(items: range) -> int:
    """Work of 5 ms an item."""
    for _ in items:
        until = time.perf_counter() + _BUSY
        while time.perf_counter() < until:
            pass
    return len(items)


def pool() -> Iterator[Measurement]:
    """Items of 5 ms, four a task, on two workers: our pool against the standard library's."""
    tasks = [range(n, n + 4) for n in range(0, _ITEMS, 4)]
    begun = time.perf_counter()
    with Pool(2) as hands:
        waiting = [hands.submit(Task("bench.engine", "busy", task)) for task in tasks]
        assert sum(future.result() for future in waiting) == _ITEMS
    ours = time.perf_counter() - begun
    begun = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(2) as bare:
        assert sum(bare.map(busy, tasks, 1)) == _ITEMS
    theirs = time.perf_counter() - begun
    yield Measurement("engine: seconds against a bare pool", ours, "s", 1 / 0.95, theirs, ours / theirs)


_TEN_MINUTES = """\
studio: 1
fps: 24
size: 1280x720
characters: {ada: {height: 1.5m, wears: [{coat: mantle, colour: teal}]}}
places: {square: {planes: [sky, skyline, cobbles, houses], marks: {post: {x: -0.6, z: 7}}}}
scenes:
"""
_SCENE = """\
  s{n}:
    place: square
    cast: [{{who: ada, stand: post}}]
    action: [{{shot: full}}, {{hold: 20s}}, {{who: ada, do: {verb}, over: 1s}}]
    length: 60s
"""


def second() -> Iterator[Measurement]:
    """One second changed in ten minutes of 720p: what the build takes beyond the segments that it touches."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "film"
        project.mkdir()
        for verb in ("wave", "nod"):
            scenes = "".join(_SCENE.format(n=n, verb=verb if n == 5 else "wave") for n in range(10))
            cut = f"cut: [{', '.join(f's{n}' for n in range(10))}]\noutputs: {{film.mp4: {{}}}}\n"
            (project / "Studiofile").write_text(_TEN_MINUTES + scenes + cut, encoding="utf-8")
            before = _recorded(project) if verb == "nod" else 0.0
            seconds = build(project, "-j", "1")
        beyond = seconds - (_recorded(project) - before)
    yield Measurement("engine: a second of ten minutes changed", seconds, "s")
    yield Measurement("engine: beyond the touched segments", beyond, "s", 2)


_TEN_SECONDS = """\
studio: 1
fps: 24
size: 1280x720
characters: {ada: {height: 1.5m, wears: [{coat: mantle, colour: teal}]}}
places: {square: {planes: [sky, skyline, cobbles, houses], marks: {post: {x: -0.6, z: 7}}}}
scenes:
  one:
    place: square
    cast: [{who: ada, stand: post}]
    action:
      - {camera: {x: -0.6}}
      - together: [{who: ada, do: wave, over: 2s}, {camera: {x: 0.6}, over: 9s}]
    length: 10s
cut: [one]
outputs: {film.mp4: {}OTHER}
"""


def storing() -> Iterator[Measurement]:
    """Ten seconds of 720p from nothing, drawings too: the share of storing in what the jobs take. The second film
    shows each frame of the first, encoded otherwise, so that every frame is stored."""
    for what, other in (("a film", ""), ("every frame kept", ", other.mp4: {quality: 26}")):
        with tempfile.TemporaryDirectory() as folder:
            project = Path(folder) / "film"
            project.mkdir()
            (project / "Studiofile").write_text(_TEN_SECONDS.replace("OTHER", other), encoding="utf-8")
            script = [sys.executable, "-m", "bench.storing", str(project)]
            out = subprocess.run(script, check=True, capture_output=True, text=True, cwd=ROOT).stdout
        jobs, frames, everything = (float(v) for v in out.split())
        yield Measurement(f"storing: frames, {what}", 100 * frames / jobs, "%", 10)
        yield Measurement(f"storing: all, {what}", 100 * everything / jobs, "%")

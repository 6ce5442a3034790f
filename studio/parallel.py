"""The one door to more than one core, for studio's own work and for anyone's functions.

Workers are top-level functions named by (module, function). `STUDIO_PARALLEL=0` runs everything in
the caller's process. `python -m studio.parallel` checks itself.
"""

from __future__ import annotations

import argparse
import atexit
import importlib
import inspect
import itertools
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from studio.clip import CONTAINERS, Format
from studio.pool import Pool, Task, WorkerDied

#: seconds of work below which a pool does not pay for its start
WORTH_A_POOL = 0.5


def parallel_enabled() -> bool:
    """False if `STUDIO_PARALLEL=0`: all work then runs in the caller's process."""
    return os.environ.get("STUDIO_PARALLEL", "1") != "0"


def worker_count() -> int:
    """How many workers are used by default: one core is left free, and there is always one worker.

    Cores are those that this process may use: affinity and the container's quota count.
    """
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on this platform
        cores = os.cpu_count() or 1
    quota = _container_quota()
    if quota is not None:
        cores = min(cores, max(1, int(quota)))
    return max(1, cores - 1)


def parallel_map(
    module_name: str, fn_name: str, args_iter: Iterable[Any], chunksize: int = 4, label: str = "item"
) -> list[Any]:
    """`[fn(a) for a in args_iter]`, in order, on the workers.

    A tuple is unpacked into the function's arguments. Work that turns out too small for a pool
    (measured on the first items) stays in the caller's process. An exception arrives as itself,
    with a note that names the item and holds the worker's traceback.
    """
    function = getattr(importlib.import_module(module_name), fn_name)
    items, results = list(args_iter), list[Any]()
    chunksize = max(1, chunksize)
    workers = min(worker_count(), -(-len(items) // chunksize)) if parallel_enabled() else 1
    started = time.perf_counter()
    for index, item in enumerate(items):
        if results and workers > 1:
            each = (time.perf_counter() - started) / len(results)
            if each * (len(items) - index) > WORTH_A_POOL:
                return results + _spread((module_name, fn_name, label), items, index, (workers, chunksize))
        results.append(_named(function, item, index, label))
    return results


def _spread(call: tuple[str, str, str], items: list[Any], first: int, how: tuple[int, int]) -> list[Any]:
    """The results of items from `first` on, from (workers, items a task)."""
    workers, chunksize = how
    pool = shared_pool(workers)
    starts = range(first, len(items), chunksize)
    futures = [pool.submit(Task("studio.parallel", "_chunk", (*call, n, items[n : n + chunksize]))) for n in starts]
    results: list[Any] = []
    try:
        for start, future in zip(starts, futures, strict=True):
            try:
                results += future.result()
            except WorkerDied as error:  # nobody was left to name the item
                error.add_note(f"{call[2]} {start} to {min(start + chunksize, len(items)) - 1}")
                raise
    except BaseException:
        for future in futures:
            future.cancel()
        raise
    return results


def parallel_per_frame_pass(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    module_name: str,
    fn_name: str,
    params: Any = None,
) -> int:
    """Put every frame of a video through `fn(rgb, params)` and write another video; -> frames written.

    rgb is uint8 (height, width, 3), and so is what comes back (another even size is welcome, if it
    is the same for all frames). A function with a parameter named `index` gets the frame's number.
    Each worker decodes its own range of the source; times are kept, and sound is copied over.
    Nothing is kept between runs.
    """
    from studio import footage, video  # PyAV takes 0.15 s to import

    target = Path(target)
    if target.suffix.lower() not in CONTAINERS or target.suffix.lower() == ".gif":
        raise ValueError(f"{target.name} cannot be written: name it .mp4, .mov, .mkv or .webm")
    clip = footage.read_clip(Path(source))
    work = Path(tempfile.mkdtemp(prefix=".studio-", dir=target.resolve().parent))
    try:
        spans = clip.spans(64)
        jobs = [
            _Range(
                str(source), start, stop, str(work / f"{n:06}{target.suffix.lower()}"), (module_name, fn_name), params
            )
            for n, (start, stop) in enumerate(spans)
        ]
        forms = parallel_map("studio.parallel", "_restyle", jobs, chunksize=1, label="range")
        if len(set(forms)) > 1:
            raise ValueError(_uneven(fn_name, {(f.width, f.height) for f in forms}))
        blobs = (Path(job.path).read_bytes() for job in jobs)
        return video.join(blobs, target, forms[0], video.Extras(clip.marks(), Path(source), clip.start))
    finally:
        shutil.rmtree(work, ignore_errors=True)


# -- the shared pool

_pools: list[Pool] = []


def shared_pool(workers: int) -> Pool:
    """The process's warm pool; it is made anew if another number of workers is asked for."""
    if _pools and _pools[0].workers != workers:
        close_shared_pool()
    if not _pools:
        _pools.append(Pool(workers))
        if len(_pools) == 1:
            atexit.register(close_shared_pool)
    return _pools[0]


def close_shared_pool() -> None:
    """End the warm workers now rather than at exit."""
    while _pools:
        _pools.pop().shutdown(now=True)


# -- in the workers


class _Range(NamedTuple):
    source: str
    start: int
    stop: int
    path: str
    function: tuple[str, str]
    params: Any


def _chunk(chunk: tuple[str, str, str, int, list[Any]]) -> list[Any]:
    module, name, label, start, items = chunk
    function = getattr(importlib.import_module(module), name)
    return [_named(function, item, start + n, label) for n, item in enumerate(items)]


def _named(function: Callable[..., Any], item: Any, index: int, label: str) -> Any:
    try:
        return function(*item) if type(item) is tuple else function(item)
    except Exception as error:
        error.add_note(f"{label} {index}")
        raise


def _restyle(job: _Range) -> Any:
    from studio import footage, pixels, video

    function = getattr(importlib.import_module(job.function[0]), job.function[1])
    numbered = "index" in inspect.signature(function).parameters
    clip = footage.read_clip(Path(job.source))

    shapes: set[tuple[int, ...]] = set()

    def styled() -> Iterator[Any]:
        for offset, rgb in enumerate(footage.frames_of(clip, job.start, job.stop)):
            rgb = pixels.laid_over(rgb, clip.ground)
            extra = {"index": job.start + offset} if numbered else {}
            frame = pixels.i420(pixels.even(function(rgb, job.params, **extra)))
            shapes.add(frame.shape)
            if len(shapes) > 1:
                raise ValueError(_uneven(job.function[1], [(w, h * 2 // 3) for h, w in shapes]))
            yield frame

    frames = styled()
    first = next(frames)
    codec = CONTAINERS[Path(job.path).suffix].codec
    form = Format(first.shape[1], first.shape[0] * 2 // 3, clip.fps, codec=codec)
    Path(job.path).write_bytes(video.encode(itertools.chain([first], frames), form))
    return form


def _uneven(name: str, sizes: Iterable[tuple[int, int]]) -> str:
    return f"{name} gave frames of different sizes: {sorted(sizes)}"


# -- python -m studio.parallel


def _busy(number: int) -> int:
    """Some arithmetic, the same everywhere: about 20 ms."""
    value = number
    for _ in range(150_000):
        value = (value * 1103515245 + 12345) & 0x7FFFFFFF
    return value


def main(argv: Sequence[str] | None = None) -> int:
    """Check the pool, or time a function, or a pass at 1080p, serial against parallel."""
    parser = argparse.ArgumentParser(prog="python -m studio.parallel", description=main.__doc__)
    parser.add_argument("--bench", action="store_true", help="time a function serial against parallel")
    parser.add_argument("--module", default="studio.parallel", help="where the function is")
    parser.add_argument("--fn", default="_busy", help="the function")
    parser.add_argument("--items", type=int, default=96, help="how many calls: fn(0), fn(1), ...")
    parser.add_argument("--arg", help="JSON: call fn with this instead; a list is unpacked into arguments")
    parser.add_argument("--style", help="a pass: put it over frames of 1080p that are made up")
    parser.add_argument("--rules", metavar="DIR", help="the project whose own passes can be named; this runs them")
    parser.add_argument("-j", "--jobs", type=int, default=worker_count(), help="workers; else all cores but one")
    wanted = parser.parse_args(argv)
    items: list[Any] = list(range(wanted.items))
    if wanted.arg is not None:
        value = json.loads(wanted.arg)
        items = [tuple(value) if isinstance(value, list) else value] * wanted.items
    if wanted.style is not None:
        return _time_style(wanted)
    function = getattr(importlib.import_module(wanted.module), wanted.fn)
    started = time.perf_counter()
    serial = [_named(function, item, index, "item") for index, item in enumerate(items)]
    alone = time.perf_counter() - started
    warm = ("studio.parallel", "_busy", "item")
    _spread(warm, list(range(wanted.jobs)), 0, (wanted.jobs, 1))  # the pool's start is not what is measured
    started = time.perf_counter()
    spread = _spread((wanted.module, wanted.fn, "item"), items, 0, (wanted.jobs, 4))
    together = time.perf_counter() - started
    close_shared_pool()
    same = wanted.bench or serial == spread
    if not wanted.bench:
        print(f"correct_results={same}, workers={wanted.jobs}")
    print(f"serial {alone:.2f} s, parallel {together:.2f} s, speedup {alone / together:.2f}x on {wanted.jobs} workers")
    return 0 if same else 1


def _time_style(wanted: argparse.Namespace) -> int:
    """Time a pass on one worker and on all. Not in this process: numpy was imported in it before it could be pinned."""
    from studio import trial
    from studio.errors import StudioError

    call, items = ("studio.trial", "styled", "frame"), [(wanted.style, wanted.rules, n) for n in range(wanted.items)]
    each, found = [], []
    try:
        what = trial.said(wanted.style, wanted.rules)
        for workers in (1, wanted.jobs):
            _spread(call, items[:1] * workers, 0, (workers, 1))  # the pool's start, and what each makes but once
            started = time.perf_counter()
            found.append(_spread(call, items, 0, (workers, 4)))
            each.append(1000 * (time.perf_counter() - started) / len(items))
        close_shared_pool()
    except StudioError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    speedup = f"speedup {each[0] / each[1]:.2f}x on {wanted.jobs} workers"
    print(f"{what}: serial {each[0]:.1f} ms, parallel {each[1]:.1f} ms, {speedup}")
    if found[0] != found[1]:
        print("the same frame came out otherwise the second time: the pass is not pure", file=sys.stderr)
    return 0 if found[0] == found[1] else 1


def _container_quota() -> float | None:
    """CPUs that the control group allows, or None."""
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        return None if quota == "max" else float(Fraction(int(quota), int(period)))
    except (OSError, ValueError):
        return None


if __name__ == "__main__":
    # the module also runs as __main__, but workers and the pool belong to the importable one
    from studio import parallel

    sys.exit(parallel.main())

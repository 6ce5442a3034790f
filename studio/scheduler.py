"""From a plan to jobs, and jobs to workers: longest path first, each frame made by one job only.

Pixels never pass through here.
"""

from __future__ import annotations

import heapq
import os
import queue
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio import dials
from studio import job as work
from studio.easel import Mix, Slice
from studio.hashing import Keys, key, stack
from studio.job import FrameJob, Made, MintJob
from studio.keys import Name, Node, looks
from studio.plan import OutputPlan, Plan, format_of, segment_head
from studio.pool import Pool, Task
from studio.watch import Watch

WORTH = 1.0  # seconds of work that make a job
_LOOK_AGAIN = 0.05  # seconds until jobs that other builds are at are looked at again


@dataclass
class Ready:
    """A job that can be handed out once the jobs it waits for are done.

    leases: names of what it makes, the same in every build. after: numbers of the jobs it waits for, all before it.
    """

    kind: str
    make: Callable[[], MintJob | FrameJob]
    estimate: float
    count: int
    label: str
    leases: Keys
    after: set[int] = field(default_factory=set)

    @property
    def data(self) -> MintJob | FrameJob:
        """What a worker is sent; put together when it is asked for, so that a film's jobs are never there at once."""
        return self.make()


@dataclass(frozen=True)
class Outcome:
    """What came of a job: what it made, or why not."""

    job: Ready
    made: Made | None
    error: BaseException | None
    worker: int
    began: float


# -- jobs of a plan


def mint_jobs(plan: Plan, store: str, build: str) -> list[Ready]:
    """Drawings that share an ancestor go together; short ones share a job."""
    lines: dict[Name, list[tuple[Node, ...]]] = {}
    for node in plan.mint_nodes():
        line = tuple(node.line())
        lines.setdefault(line[0].name, []).append(line)
    jobs: list[Ready] = []
    batch: list[tuple[Node, ...]] = []
    estimate = 0.0

    def flush() -> None:
        nonlocal batch, estimate
        if batch:
            places = tuple(frozenset(d for d, n in enumerate(line) if n.name in plan.mint) for line in batch)
            data = MintJob(store, build, tuple(batch), places)
            # a drawing's key may hang on one not yet minted: its lease goes by the heads of its line
            leases = stack(key(b"lease", *node.name) for line in batch for node in line)
            jobs.append(Ready("drawings", lambda data=data: data, estimate, len(batch), data.label, leases))  # type: ignore[misc]
        batch, estimate = [], 0.0

    for group in lines.values():
        cost = sum(_drawing_cost(line[-1], plan) for line in group)
        if estimate + cost > 0.5 * WORTH:
            flush()
        batch += group
        estimate += cost
    flush()
    return jobs


def _drawing_cost(node: Node, plan: Plan) -> float:
    """Seconds: as recorded, else a guess from the number of pixels."""
    known = plan.tokens.cost.get(node.name, 0.0)
    pixels = node.recipe.canvas.width * node.recipe.canvas.height
    return known or 0.02 + pixels * (7e-7 if node.recipe.role == "plate" else 3e-7)


def frame_jobs(plan: Plan, store: str, build: str) -> list[Ready]:
    """Stale segments in jobs of about a second; a frame belongs to the first job that shows it."""
    frames = plan.frames
    missing = ~(frames.made & frames.stored)
    owner = np.full(len(frames.keys), -1, np.int64)
    keep = np.zeros(len(frames.keys), np.bool_)
    jobs: list[Ready] = []
    seen: set[bytes] = set()
    for place, output in enumerate(plan.outputs):
        guess = _mean_cost(frames.costs, output.wish.output.width * output.wish.output.height)
        cost = np.where(frames.costs > 0, frames.costs, guess)
        for group, estimate in _groups(output, cost, missing, seen):
            number = len(jobs)
            shown = np.unique(np.concatenate([output.of_frame[a:b] for a, b in group]))
            make = shown[missing[shown]]
            mine = owner[make] < 0
            owner[make[mine]] = number
            keep[make[~mine]] = True
            after = set(owner[make[~mine]].tolist())
            seconds = output.wish.frames[group[0][0]] / float(output.wish.film.fps)
            label = f"{output.wish.output.name}@{seconds:.2f}s"
            data = partial(_frame_job, plan, place, group, keep, (store, build, label))
            count = sum(b - a for a, b in group)
            jobs.append(Ready("frames", data, estimate, count, label, frames.keys[shown], after))
    return jobs


def _mean_cost(costs: NDArray[np.float32], pixels: int) -> float:
    """Seconds of rendering a frame: what others took, else a guess."""
    known = costs[costs > 0]
    return float(known.mean()) if len(known) else 0.001 + 2e-8 * pixels


def _groups(
    output: OutputPlan, cost: NDArray[Any], missing: NDArray[np.bool_], seen: set[bytes]
) -> Iterator[tuple[list[tuple[int, int]], float]]:
    """Runs of neighbouring stale segments that make about `WORTH` seconds together. seen: keys of those that
    are in some job, since equal segments are one."""
    encoding = 2e-4 + 1.3e-8 * output.wish.output.width * output.wish.output.height  # seconds a frame
    group: list[tuple[int, int]] = []
    estimate, last = 0.0, -1
    for number, ((a, b), fresh) in enumerate(zip(output.edges, output.segment_fresh, strict=True)):
        name = output.segment_keys[number].tobytes()
        if fresh or name in seen:
            last += number == last + 1
            continue
        seen.add(name)
        of = output.of_frame[a:b]
        here = float((cost[of] * np.where(missing[of], 1.0, 0.2)).sum()) + encoding * (b - a)
        if group and (estimate + here > 1.2 * WORTH or number != last + 1):
            yield group, estimate
            group, estimate = [], 0.0
        group.append((a, b))
        estimate, last = estimate + here, number
    if group:
        yield group, estimate


def _frame_job(
    plan: Plan, place: int, group: Sequence[tuple[int, int]], keep: NDArray[np.bool_], names: tuple[str, str, str]
) -> FrameJob:
    """The job of a group of segments. names: of the store, of the build, of the job."""
    output = plan.outputs[place]
    wish, film = output.wish, output.wish.film
    inside = np.concatenate([np.arange(a, b) for a, b in group])
    of, positions = output.of_frame[inside], wish.frames[inside]
    slices, at, other = _sliced(plan, place, positions)
    ends = np.cumsum([b - a for a, b in group])
    segments = tuple((int(end - (b - a)), int(end)) for end, (a, b) in zip(ends, group, strict=True))
    return FrameJob(
        store=names[0],
        build=names[1],
        label=names[2],
        slices=slices,
        at=at,
        other=other,
        mix=film.mix(positions),
        iris=film.iris[positions],
        keys=plan.frames.keys[of],
        made=plan.frames.made[of],
        digests=plan.frames.digests[of],
        stored=plan.frames.stored[of],
        keep=keep[of],
        segments=segments,
        segment_head=segment_head(wish),
        pixels=wish.form,
        form=format_of(wish) if wish.container is not None else None,
    )


def _sliced(
    plan: Plan, place: int, positions: NDArray[np.intp]
) -> tuple[tuple[Slice, ...], NDArray[np.int32], NDArray[np.int32]]:
    """The parts of shots that some frames of a film need, and where in them each frame is."""
    film = plan.outputs[place].wish.film
    at, other = (np.full((len(positions), 2), -1, np.int32) for _ in range(2))
    slices: list[Slice] = []
    shots, frames = film.shot[positions], film.frame[positions]
    others, other_frames = film.other[positions], film.other_frame[positions]
    for s in np.unique(np.concatenate([shots, others[others >= 0]])):
        mine, theirs = shots == s, others == s
        needed = np.unique(np.concatenate([frames[mine], other_frames[theirs]]))
        at[mine] = np.stack([np.full(mine.sum(), len(slices)), np.searchsorted(needed, frames[mine])], 1)
        other[theirs] = np.stack([np.full(theirs.sum(), len(slices)), np.searchsorted(needed, other_frames[theirs])], 1)
        slices.append(_slice(plan, (place, int(s)), needed))
    return tuple(slices), at, other


def _slice(plan: Plan, name: tuple[int, int], frames: NDArray[np.int32]) -> Slice:
    film = plan.outputs[name[0]].wish.film
    shot, fps, played = film.shots[name[1]], float(film.fps), film.shots[name[1]].rows
    seen_as = tuple(looks(shot.styles, shot.dials))
    shares = np.stack([look.shares(shot.dials, shot.length)[frames] for look in seen_as], 1)
    mix = Mix(seen_as, shares, dials.at(shot.dials, frames))
    if played is None:
        source = shot.source[frames] if shot.source is not None else None
        rows, none = np.zeros((len(frames), 0, 0), np.int32), np.zeros((len(frames), 3), np.int32)
        return Slice(mix, shot.width, shot.height, fps, frames, None, rows, none, none, (), (), shot.clip, source)
    rows = played.rows[frames].copy()
    used = np.unique(rows[:, :, 0])
    used = used[used >= 0]
    renumbered = np.full(len(played.recipes) + 1, -1, np.int32)
    renumbered[used] = np.arange(len(used), dtype=np.int32)
    rows[:, :, 0] = renumbered[rows[:, :, 0]]
    nodes = tuple(tuple(look[r] for r in used.tolist()) for look in plan.nodes(*name, played))
    plan.tokens.resolve(n.name for look in nodes for n in look)
    tokens = tuple(tuple(plan.tokens.token[n.name] for n in look) for look in nodes)
    view, ride = played.view[frames], played.ride[frames]
    return Slice(mix, shot.width, shot.height, fps, frames, shot.air, rows, view, ride, tokens, nodes)


# -- running them


class Crew:
    """Runs jobs: on a pool of warm workers, or in this process (workers = 0).

    claim: asked before a job is begun; False if another build is at it, then it is asked again later.
    """

    def __init__(self, workers: int, claim: Callable[[Ready], bool], watch: Watch) -> None:
        self.workers = workers
        self._watch = watch
        self._claim = claim
        self._pool: Pool | None = None
        self._back: queue.SimpleQueue[tuple[Ready, Future[Any]]] = queue.SimpleQueue()

    def run(self, jobs: Sequence[Ready], started: Callable[[Ready], None], keep_going: bool) -> Iterator[Outcome]:
        """Hand out what can go, the head of the longest path first; yield what comes back, in the order it comes in."""
        line = _Line(jobs)
        going, stopping = 0, False
        while line.left:
            while going < max(1, self.workers + 1) and not stopping:  # one more than workers, so that none waits
                ready = line.next(self._claim)
                if ready is None:
                    break
                started(ready)
                if not self.workers:
                    outcome = _alone(ready, self._watch)
                    stopping = outcome.error is not None and not keep_going
                    line.done(ready)
                    yield outcome
                    continue
                task = Task("studio.scheduler", "perform", (ready.kind, ready.data, self._watch))
                self._hands().submit(task).add_done_callback(partial(_put, self._back, ready))
                going += 1
            if stopping and not going:
                return
            if not going:
                time.sleep(_LOOK_AGAIN if line.left else 0)  # other builds are at all that is left
                continue
            try:
                ready, future = self._back.get(timeout=_LOOK_AGAIN if line.held else None)
            except queue.Empty:
                continue
            going -= 1
            outcome = _outcome(ready, future)
            stopping = stopping or (outcome.error is not None and not keep_going)
            line.done(ready)
            yield outcome

    def finished(self) -> Iterator[Outcome]:
        """What came back and was not yet yielded, for a build that breaks off."""
        while not self._back.empty():
            ready, future = self._back.get()
            if not future.cancelled() and future.exception() is None:
                yield _outcome(ready, future)

    def _hands(self) -> Pool:
        if self._pool is None:
            self._pool = Pool(self.workers)
        return self._pool

    def close(self, *, now: bool = False) -> None:
        if self._pool is not None:
            self._pool.shutdown(now=now)
            self._pool = None


class _Line:
    """Jobs that are still to be done: the longest path goes first, no job before those that it waits for."""

    def __init__(self, jobs: Sequence[Ready]) -> None:
        self.left = len(jobs)
        self.held: list[tuple[float, int]] = []  # other builds are at them
        self._jobs, self._numbers = jobs, {id(j): n for n, j in enumerate(jobs)}
        self._paths = _paths(jobs)
        self._waits = [len(j.after) for j in jobs]
        self._waiting: dict[int, list[int]] = {}  # for it
        for n, job in enumerate(jobs):
            for before in job.after:
                self._waiting.setdefault(before, []).append(n)
        self._ready = [(-self._paths[n], n) for n, waits in enumerate(self._waits) if not waits]
        heapq.heapify(self._ready)
        self._looked = time.monotonic()

    def next(self, claim: Callable[[Ready], bool]) -> Ready | None:
        """The head of the longest path that nobody else is at."""
        if self.held and time.monotonic() - self._looked >= _LOOK_AGAIN:
            self._ready += self.held
            heapq.heapify(self._ready)
            self.held = []
        while self._ready:
            entry = heapq.heappop(self._ready)
            if claim(self._jobs[entry[1]]):
                return self._jobs[entry[1]]
            self.held.append(entry)
            self._looked = time.monotonic()
        return None

    def done(self, job: Ready) -> None:
        """Let those go that waited for a job."""
        self.left -= 1
        for n in self._waiting.pop(self._numbers[id(job)], ()):
            self._waits[n] -= 1
            if not self._waits[n]:
                heapq.heappush(self._ready, (-self._paths[n], n))


def _paths(jobs: Sequence[Ready]) -> list[float]:
    """For each job its seconds and those of the longest chain of jobs that waits for it."""
    paths = [job.estimate for job in jobs]
    for n in reversed(range(len(jobs))):  # a job waits only for earlier ones
        for before in jobs[n].after:
            paths[before] = max(paths[before], jobs[before].estimate + paths[n])
    return paths


def _alone(ready: Ready, watch: Watch) -> Outcome:
    try:
        return Outcome(ready, *_shuffled(perform((ready.kind, ready.data, watch))))
    except Exception as error:
        return Outcome(ready, None, error, os.getpid(), 0.0)


def _outcome(ready: Ready, future: Future[Any]) -> Outcome:
    error = future.exception()
    if error is not None:
        return Outcome(ready, None, error, 0, 0.0)
    return Outcome(ready, *_shuffled(future.result()))


def _shuffled(done: tuple[Made, int, float]) -> tuple[Made, None, int, float]:
    made, worker, began = done
    return made, None, worker, began


def _put(back: queue.SimpleQueue[tuple[Ready, Future[Any]]], job: Ready, future: Future[Any]) -> None:
    back.put((job, future))


def perform(task: tuple[str, Any, Watch]) -> tuple[Made, int, float]:
    """Do a job in this process: (what it made, process id, when it began)."""
    kind, data, watch = task
    began = time.time()
    return (work.mint if kind == "drawings" else work.shoot)(data, watch.check), os.getpid(), began

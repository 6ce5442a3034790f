"""From a plan to jobs, and jobs to workers: longest first, each frame made by one job only.

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

from studio import job as work
from studio.easel import Slice
from studio.job import FrameJob, Made, MintJob
from studio.keys import Name, Node, looks
from studio.plan import OutputPlan, Plan, format_of, segment_head
from studio.pool import Pool, Task

WORTH = 1.0  # seconds of work that make a job


@dataclass
class Ready:
    """A job that can be handed out once the jobs it waits for are done. after: their numbers."""

    kind: str
    make: Callable[[], MintJob | FrameJob]
    estimate: float
    count: int
    label: str
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
            jobs.append(Ready("drawings", lambda data=data: data, estimate, len(batch), data.label))  # type: ignore[misc]
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
    cost = np.where(frames.costs > 0, frames.costs, _mean_cost(frames.costs))
    owner = np.full(len(frames.keys), -1, np.int64)
    keep = np.zeros(len(frames.keys), np.bool_)
    jobs: list[Ready] = []
    for place, output in enumerate(plan.outputs):
        for group, estimate in _groups(output, cost, missing):
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
            jobs.append(Ready("frames", data, estimate, sum(b - a for a, b in group), label, after))
    return jobs


def _mean_cost(costs: NDArray[np.float32]) -> float:
    known = costs[costs > 0]
    return float(known.mean()) if len(known) else 0.03


def _groups(
    output: OutputPlan, cost: NDArray[Any], missing: NDArray[np.bool_]
) -> Iterator[tuple[list[tuple[int, int]], float]]:
    """Runs of neighbouring stale segments that make about `WORTH` seconds together."""
    group: list[tuple[int, int]] = []
    estimate, last = 0.0, -1
    for number, ((a, b), fresh) in enumerate(zip(output.edges, output.segment_fresh, strict=True)):
        if fresh:
            continue
        of = output.of_frame[a:b]
        here = float((cost[of] * np.where(missing[of], 1.0, 0.2)).sum()) + 0.008 * (b - a)
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
        mix=np.stack([film.weight[positions], film.fade[positions]], 1),
        iris=film.iris[positions],
        keys=plan.frames.keys[of],
        made=plan.frames.made[of],
        digests=plan.frames.digests[of],
        stored=plan.frames.stored[of],
        keep=keep[of],
        segments=segments,
        segment_head=segment_head(wish),
        form=format_of(wish) if wish.form == "i420" else None,
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
    chains = tuple(looks(shot.styles))
    if played is None:
        source = shot.source[frames] if shot.source is not None else None
        rows, view = np.zeros((len(frames), 0, 0), np.int32), np.zeros((len(frames), 2), np.int32)
        return Slice(chains, shot.width, shot.height, fps, frames, False, rows, view, (), (), shot.clip, source)
    rows = played.rows[frames].copy()
    used = np.unique(rows[:, :, 0])
    used = used[used >= 0]
    renumbered = np.full(len(played.recipes) + 1, -1, np.int32)
    renumbered[used] = np.arange(len(used), dtype=np.int32)
    rows[:, :, 0] = renumbered[rows[:, :, 0]]
    nodes = tuple(tuple(look[r] for r in used.tolist()) for look in plan.nodes(*name, played))
    plan.tokens.resolve(n.name for look in nodes for n in look)
    tokens = tuple(tuple(plan.tokens.token[n.name] for n in look) for look in nodes)
    view = played.view[frames]
    return Slice(chains, shot.width, shot.height, fps, frames, shot.is_staged, rows, view, tokens, nodes)


# -- running them


class Crew:
    """Runs jobs: on a pool of warm workers, or in this process (workers = 0)."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: Pool | None = None

    def run(self, jobs: Sequence[Ready], started: Callable[[Ready], None], keep_going: bool) -> Iterator[Outcome]:
        """Hand out the longest of the jobs that can go; yield what comes back, in the order in which it comes."""
        if not self.workers:
            yield from self._alone(jobs, started, keep_going)
            return
        if self._pool is None:
            self._pool = Pool(self.workers)
        back: queue.SimpleQueue[tuple[int, Future[Any]]] = queue.SimpleQueue()
        waits = {n: set(j.after) for n, j in enumerate(jobs)}
        ready = [(-jobs[n].estimate, n) for n, after in waits.items() if not after]
        heapq.heapify(ready)
        going, left, stopping = 0, len(jobs), False
        while left:
            while ready and going < self.workers + 1 and not stopping:  # one more than workers, so that none waits
                _, n = heapq.heappop(ready)
                started(jobs[n])
                future = self._pool.submit(Task("studio.scheduler", "perform", (jobs[n].kind, jobs[n].data)))
                future.add_done_callback(partial(_put, back, n))
                going += 1
            if not going:
                return
            n, future = back.get()
            going, left = going - 1, left - 1
            error = future.exception()
            made, worker, began = (None, 0, 0.0) if error else future.result()
            stopping = stopping or (error is not None and not keep_going)
            yield Outcome(jobs[n], made, error, worker, began)
            for m, after in waits.items():
                if n in after:
                    after.discard(n)
                    if not after:
                        heapq.heappush(ready, (-jobs[m].estimate, m))

    def _alone(self, jobs: Sequence[Ready], started: Callable[[Ready], None], keep_going: bool) -> Iterator[Outcome]:
        for ready in jobs:  # a job waits only for earlier ones
            started(ready)
            try:
                made, worker, began = perform((ready.kind, ready.data))
                yield Outcome(ready, made, None, worker, began)
            except Exception as error:
                yield Outcome(ready, None, error, os.getpid(), 0.0)
                if not keep_going:
                    return

    def close(self, *, now: bool = False) -> None:
        if self._pool is not None:
            self._pool.shutdown(now=now)
            self._pool = None


def _put(back: queue.SimpleQueue[tuple[int, Future[Any]]], number: int, future: Future[Any]) -> None:
    back.put((number, future))


def perform(task: tuple[str, Any]) -> tuple[Made, int, float]:
    """Do a job in this process: (what it made, process id, when it began)."""
    kind, data = task
    began = time.time()
    return (work.mint if kind == "drawings" else work.shoot)(data), os.getpid(), began

"""A pool of warm worker processes: one process and one pipe a worker.

It knows which job died with which worker and replaces just that worker; a worker leaves at once when
its pipe closes, so a killed builder leaves none behind. (`ProcessPoolExecutor` fails every future
after one death, and its workers outlive a killed parent.) Knows nothing of what the jobs do.
"""

from __future__ import annotations

import atexit
import collections
import contextlib
import importlib
import multiprocessing
import os
import pickle
import queue
import signal
import threading
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import Future
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess, current_process
from typing import Any, NamedTuple

from studio.errors import StudioError
from studio.pins import pin_environment, pin_libraries

_GRACE = 0.5  # seconds that workers get to leave before they are ended


class WorkerDied(StudioError):
    """A worker process ended in the middle of a job, twice."""


class Unpicklable(StudioError):
    """An exception that could not travel: its text and traceback."""


class Task(NamedTuple):
    """A call of a top-level function: plain data."""

    module: str
    function: str
    argument: Any


class Pool:
    """Workers that run `Task`s; results come as futures.

    A job whose worker dies is tried once more on a fresh worker, then fails with `WorkerDied`.
    """

    def __init__(self, workers: int) -> None:
        if getattr(current_process(), "_inheriting", False):
            raise StudioError(
                "worker processes were asked for while a worker was importing the main script",
                "put the call under `if __name__ == '__main__':`",
            )
        pin_environment()
        self.workers = workers
        self._context = multiprocessing.get_context("spawn")
        self._lock = threading.Lock()
        self._waiting: collections.deque[_Job] = collections.deque()
        self._idle: list[_Worker] = []
        self._all: list[_Worker] = []
        self._wake, self._woken = os.pipe()[::-1]
        self._closed = False
        for _ in range(workers):
            self._start()
        self._thread = threading.Thread(target=self._loop, name="studio-pool", daemon=True)
        self._thread.start()
        atexit.register(self.shutdown, now=True)  # else workers that end with us would be replaced

    def submit(self, task: Task) -> Future[Any]:
        """Queue a task; the future's exception carries the worker's traceback as a note."""
        job = _Job(task, Future(), 0)
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool is closed")
            self._waiting.append(job)
        os.write(self._wake, b".")
        return job.future

    def shutdown(self, *, now: bool = False) -> None:
        """Let the workers go: at once, or when the waiting tasks are done."""
        atexit.unregister(self.shutdown)
        if not now:
            while any(w.job for w in self._all) or self._waiting:
                time.sleep(0.005)
        with self._lock:
            if self._closed:
                return
            self._closed = True
            dropped = list(self._waiting)
            self._waiting.clear()
        for job in dropped:
            job.future.cancel()
        os.write(self._wake, b"x")
        self._thread.join()
        for worker in self._all:
            worker.pipe.close()  # a worker leaves when its pipe closes
        deadline = time.monotonic() + _GRACE
        for worker in self._all:
            worker.process.join(max(0.0, deadline - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.process.close()
        os.close(self._wake)
        os.close(self._woken)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.shutdown(now=kind is not None)

    # -- the pool's own thread

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs,), daemon=True, name="studio-worker")
        with _safe_path():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._all.append(worker)
        self._idle.append(worker)

    def _loop(self) -> None:
        while True:
            self._hand_out()
            ready = wait([self._woken, *(w.pipe for w in self._all)])
            if self._woken in ready:
                os.read(self._woken, 4096)
                if self._closed:
                    return
            for worker in [w for w in self._all if w.pipe in ready]:
                self._hear(worker)

    def _hand_out(self) -> None:
        with self._lock:
            while self._waiting and self._idle:
                job = self._waiting.popleft()
                if not job.tries and not job.future.set_running_or_notify_cancel():
                    continue
                worker = self._idle.pop()
                worker.job = job._replace(tries=job.tries + 1)
                with contextlib.suppress(OSError):  # it died: the closed pipe says so in a moment
                    worker.pipe.send(job.task)

    def _hear(self, worker: _Worker) -> None:
        try:
            succeeded, value = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        job, worker.job = worker.job, None
        worker.proven = True
        with self._lock:
            self._idle.append(worker)
        if job is None:
            return
        if succeeded:
            job.future.set_result(value)
        else:
            job.future.set_exception(_revived(*value))

    def _bury(self, worker: _Worker) -> None:
        worker.process.join()
        code, job = worker.process.exitcode, worker.job
        worker.pipe.close()
        worker.process.close()
        with self._lock:
            self._all.remove(worker)
            if worker in self._idle:
                self._idle.remove(worker)
            if job is not None and job.tries < 2:
                self._waiting.appendleft(job)
                job = None
        if job is not None:
            job.future.set_exception(_death(code, worker.proven))
        if not self._closed:
            self._start()


@contextlib.contextmanager
def _safe_path() -> Iterator[None]:
    """A process that starts in here does not look for modules in the folder that we stand in, which may be anyone's;
    it gets our own path once it runs."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


class _Job(NamedTuple):
    task: Task
    future: Future[Any]
    tries: int


class _Worker:
    """A process, its pipe, the job it is at, and whether it ever answered."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process, self.pipe = process, pipe
        self.job: _Job | None = None
        self.proven = False


def _death(code: int | None, proven: bool) -> WorkerDied:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            name = signal.Signals(-code).name
            hint = "the machine may be out of memory: try -j 1" if name == "SIGKILL" else ""
            return WorkerDied(f"a worker process was killed by {name}, twice", hint)
    hint = "" if proven else "if your script starts work at import, put it under `if __name__ == '__main__':`"
    return WorkerDied(f"a worker process ended with code {code} in the middle of a job, twice", hint)


def _revived(frozen: bytes | None, text: str, trace: str) -> BaseException:
    error: BaseException = Unpicklable(text)
    if frozen is not None:
        with contextlib.suppress(Exception):
            error = pickle.loads(frozen)
    error.add_note("in a worker process:\n" + trace.rstrip())
    return error


# -- in the worker


def _work(pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the builder decides when work ends
    pin_libraries()
    tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, tasks), daemon=True).start()
    while True:
        task = tasks.get()
        try:
            answer = True, call(task)
        except BaseException as error:
            answer = False, _frozen(error)
        try:
            pipe.send(answer)
        except (OSError, ValueError):
            os._exit(0)
        except Exception as error:  # a result that cannot be pickled
            pipe.send((False, _frozen(error)))


def _listen(pipe: Connection, tasks: queue.SimpleQueue[Task]) -> None:
    while True:
        try:
            tasks.put(pipe.recv())
        except (EOFError, OSError):
            os._exit(0)  # the builder is gone, even in the middle of a job
        except BaseException:  # out of memory: a worker that cannot hear would never answer
            os._exit(1)


def call(task: Task) -> Any:
    """Run a task in this process."""
    return getattr(importlib.import_module(task.module), task.function)(task.argument)


def _frozen(error: BaseException) -> tuple[bytes | None, str, str]:
    trace = "".join(traceback.format_exception(error))
    try:
        frozen = pickle.dumps(error)
        pickle.loads(frozen)
    except Exception:
        frozen = None
    return frozen, f"{type(error).__name__}: {error}", trace

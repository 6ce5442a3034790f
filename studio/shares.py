"""Work that is shared with copies of this process: they have read the project already, and so begin at once.

For what is pure and long and gives back little, as planning does.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_WORTH_A_COPY = 24  # items: to make a copy and to hear from it takes about as long as three
_BLOCK = 4  # items that are taken at a time
_MOST_BLOCKS = 4096  # what a pipe holds of their names


def in_shares(work: Callable[[T], R], items: Sequence[T], helpers: int) -> list[R]:
    """`[work(item) for item in items]`, by this process and at most so many copies of it.

    What no copy brought, because the work failed there or it was killed, is done here, so that errors are as
    without copies. There are none where few items are, where this process has threads, which no copy would have,
    and on platforms whose libraries do not stand being copied.
    """
    count = min(helpers, len(items) // _WORTH_A_COPY)
    if count < 1 or not _may_copy():
        return [work(item) for item in items]
    waiting, asking = _blocks(len(items)), os.getpid()

    def share() -> dict[int, R]:
        found = {}
        for n in _taken(waiting):
            found[n] = work(items[n])
            if asking not in (os.getpid(), os.getppid()):
                break  # nobody waits for a copy any more
        return found

    done: dict[int, R] = {}
    try:
        with contextlib.ExitStack() as copies:
            heard = [copies.enter_context(_copy(share)) for _ in range(count)]
            done |= share()
            for hear in heard:
                done |= hear() or {}
    finally:
        os.close(waiting)
    return [done[n] if n in done else work(item) for n, item in enumerate(items)]


@contextlib.contextmanager
def beside(work: Callable[[], R], helpers: int) -> Iterator[Callable[[], R]]:
    """A function that gives what `work` does: from a copy of this process, if one may help, which begins at once.

    What the copy did not bring is done here, as in `in_shares`. work: returns anything but None.
    """
    if helpers < 1 or not _may_copy():
        yield work
        return
    with _copy(work) as hear:
        yield lambda: found if (found := hear()) is not None else work()


def _may_copy() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


@contextlib.contextmanager
def _copy(work: Callable[[], R]) -> Iterator[Callable[[], R | None]]:
    """A copy of this process that does some work; what is given waits for it: None if it did not come to its end."""
    hear, say = os.pipe()
    process = os.fork()
    if not process:
        _be_a_copy(work, say)
    os.close(say)
    try:
        yield lambda: _heard(hear)
    finally:
        os.close(hear)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _blocks(count: int) -> int:
    """A pipe that holds the ends of every block, for whoever reads it next: no lock that one could die with."""
    read, write = os.pipe()
    step = max(_BLOCK, -(-count // _MOST_BLOCKS))
    ends = ((n, min(n + step, count)) for n in range(0, count, step))
    os.write(write, b"".join(end.to_bytes(4, "little") for pair in ends for end in pair))
    os.close(write)
    return read


def _taken(waiting: int) -> Iterator[int]:
    """Numbers of items, a block at a time, that nobody else has taken."""
    while name := os.read(waiting, 8):
        yield from range(int.from_bytes(name[:4], "little"), int.from_bytes(name[4:], "little"))


def _be_a_copy(work: Callable[[], Any], say: int) -> NoReturn:
    """Do some work, tell of it and be gone; nothing of what the process would do at its end is done."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with open(say, "wb") as file:
            pickle.dump(work(), file, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _heard(hear: int) -> Any:
    with open(hear, "rb", closefd=False) as file, contextlib.suppress(EOFError, pickle.UnpicklingError):
        return pickle.load(file)
    return None

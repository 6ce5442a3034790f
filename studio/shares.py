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
    if count < 1 or sys.platform != "linux" or threading.active_count() > 1:
        return [work(item) for item in items]
    waiting = _blocks(len(items))
    copies: list[tuple[int, int]] = []  # (process, where it is heard)
    done: dict[int, R] = {}
    try:
        for _ in range(count):
            hear, say = os.pipe()
            process = os.fork()
            if not process:
                _be_a_copy(work, items, waiting, say)
            os.close(say)
            copies.append((process, hear))
        for n in _taken(waiting):
            done[n] = work(items[n])
        for _, hear in copies:
            done |= _heard(hear)
    finally:
        os.close(waiting)
        for process, hear in copies:
            os.close(hear)
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
    return [done[n] if n in done else work(item) for n, item in enumerate(items)]


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


def _be_a_copy(work: Callable[[Any], Any], items: Sequence[Any], waiting: int, say: int) -> NoReturn:
    """Do some of the work, tell of it and be gone; nothing of what the process would do at its end is done."""
    parent = os.getppid()
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        done = {}
        for n in _taken(waiting):
            done[n] = work(items[n])
            if os.getppid() != parent:
                break
        with open(say, "wb") as file:
            pickle.dump(done, file, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _heard(hear: int) -> dict[int, Any]:
    """What a copy did; nothing if it did not come to its end."""
    with open(hear, "rb", closefd=False) as file, contextlib.suppress(EOFError, pickle.UnpicklingError):
        found: dict[int, Any] = pickle.load(file)
        return found
    return {}

"""Work shared with copies of a process: the same results and the same errors as without, whatever becomes of them."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from studio.shares import beside, in_shares

ITEMS = list(range(100))
HERE = os.getpid()


@pytest.fixture(autouse=True)
def no_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that runs tests may have some; copies of it do nothing with them."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def _slowly(n: int) -> tuple[int, int]:
    time.sleep(0.002)
    return n * n, os.getpid()


def test_copies_do_their_share_in_order() -> None:
    found = in_shares(_slowly, ITEMS, 2)
    assert [square for square, _ in found] == [n * n for n in ITEMS]
    everybody = {process for _, process in found}
    assert len(everybody) == 3, "somebody did nothing"
    for process in everybody - {HERE}:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)  # nobody is left behind


def test_many_more_items_than_names_of_blocks() -> None:
    many = list(range(30_000))
    assert in_shares(lambda n: -n, many, 2) == [-n for n in many]


@pytest.mark.parametrize("count", [0, 1, 23])
def test_few_items_make_no_copy(count: int) -> None:
    assert {process for _, process in in_shares(_slowly, ITEMS[:count], 8)} <= {HERE}


def test_a_process_with_threads_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert {process for _, process in in_shares(_slowly, ITEMS, 2)} == {HERE}
    finally:
        done.set()
        thread.join()


def test_what_fails_in_a_copy_fails_here() -> None:
    def work(n: int) -> int:
        time.sleep(0.002)
        if n in (40, 41, 80):
            raise ValueError(f"item {n}")
        return n

    with pytest.raises(ValueError, match=r"item (40|41|80)"):
        in_shares(work, ITEMS, 2)


def test_what_fails_in_copies_alone_is_done_here() -> None:
    def work(n: int) -> int:
        time.sleep(0.002)
        if os.getpid() != HERE:
            raise MemoryError
        return n

    assert in_shares(work, ITEMS, 2) == ITEMS


def test_a_killed_copy_is_made_up_for() -> None:
    def work(n: int) -> int:
        time.sleep(0.002)
        if os.getpid() != HERE and n > 20:
            os.kill(os.getpid(), signal.SIGKILL)
        return n

    assert in_shares(work, ITEMS, 2) == ITEMS


def test_a_copy_works_beside_this_process() -> None:
    with beside(lambda: _slowly(3), 1) as found:
        square, process = found()
    assert (square, process != HERE) == (9, True)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_beside_nobody_the_work_is_done_here() -> None:
    with beside(lambda: _slowly(3), 0) as found:
        assert found() == (9, HERE)


def test_work_that_fails_or_is_killed_beside_this_process_is_done_here() -> None:
    def work(signal_: int) -> int:
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal_)
        return os.getpid()

    for signal_ in (signal.SIGKILL, signal.SIGTERM):
        with beside(lambda signal_=signal_: work(signal_), 1) as found:
            assert found() == HERE

    with beside(lambda: 1 // 0, 1) as found, pytest.raises(ZeroDivisionError):
        found()

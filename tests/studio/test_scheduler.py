"""In which order jobs are handed out."""

from __future__ import annotations

import random

from studio.hashing import stack
from studio.scheduler import Ready, _Line


def job(label: str, estimate: float, *after: int) -> Ready:
    def never() -> None:
        raise AssertionError("no job is put together here")

    return Ready("frames", never, estimate, 1, label, stack([]), set(after))  # type: ignore[arg-type]


def handed_out(jobs: list[Ready]) -> str:
    """What a single worker gets, one job after another."""
    line, order = _Line(jobs), ""
    while line.left:
        ready = line.next(lambda _: True)
        assert ready is not None
        order += ready.label
        line.done(ready)
    return order


def test_the_longest_path_goes_first() -> None:
    """A job used to be ranked by its own estimate, so that `b` and all that waits for it came last."""
    jobs = [job("a", 4), job("b", 1), job("c", 3, 1), job("d", 3, 2), job("e", 5)]
    assert handed_out(jobs) == "bcead"
    assert handed_out([job("a", 4), job("b", 1), job("c", 2, 1), job("d", 2, 1)]) == "abcd"
    assert handed_out([job("a", 4), job("b", 1), job("c", 2, 1), job("d", 3, 1, 2)]) == "bcad"
    assert handed_out([job("a", 1), job("b", 2), job("c", 3)]) == "cba", "without waiting, the longest job"


def test_no_job_goes_before_those_it_waits_for() -> None:
    chance = random.Random(5)
    for _ in range(200):
        jobs = [
            job(chr(n + 97), chance.random(), *chance.sample(range(n), chance.randint(0, min(3, n)))) for n in range(20)
        ]
        order = handed_out(jobs)
        assert sorted(order) == [j.label for j in jobs]
        assert all(order.index(jobs[b].label) < order.index(j.label) for j in jobs for b in j.after)


def test_a_job_that_another_build_is_at_holds_up_no_other() -> None:
    line = _Line([job("a", 3), job("b", 2)])
    ready = line.next(lambda j: j.label != "a")
    assert ready is not None and ready.label == "b" and len(line.held) == 1

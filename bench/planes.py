"""One job of frames, made in this process: prints ms a frame of processor time of composing, converting
and encoding, and of the last.
"""

from __future__ import annotations

import sys

from studio.pins import pin_environment, pin_libraries

pin_environment()

import time  # noqa: E402
from typing import Any  # noqa: E402

from studio import job as jobs  # noqa: E402
from studio import scheduler  # noqa: E402
from studio.easel import Easel  # noqa: E402
from studio.pixels import i420  # noqa: E402
from studio.video import encode  # noqa: E402
from studio.workspace import Workspace  # noqa: E402


def first_job(folder: str) -> Any:
    """The first job of frames of a project whose drawings are made, as if none of its frames were."""
    workspace = Workspace(folder, cache=f"{folder}/../cache")
    plan = workspace.session().plan()
    for output in plan.outputs:
        output.segment_fresh[:] = False
    plan.frames.stored[:] = False
    return scheduler.frame_jobs(plan, str(workspace.store_root), "bench")[0].data


def easel_of(job: Any) -> Easel:
    """What renders the frames of a job, from drawings that are made."""
    sheets: Any = jobs._sheets(job.store)
    sheets.nodes = {
        t: n
        for s in job.slices
        for look, line in zip(s.tokens, s.nodes, strict=True)
        for t, n in zip(look, line, strict=True)
    }
    return Easel(job.slices, sheets)


def main(folder: str) -> None:
    """folder: a project whose drawings are made; the best of three passes over its first segments."""
    pin_libraries()
    job = first_job(folder)
    easel = easel_of(job)

    def frame(n: int) -> Any:
        return easel.frame((int(job.at[n, 0]), int(job.at[n, 1])), (-1, -1), [0, 255] + 7 * [0], [0, 0, -1])

    frame(0)
    best = (float("inf"), float("inf"))
    for _ in range(3):
        start = time.process_time()
        pictures = [i420(frame(n)) for n in range(job.count)]
        middle = time.process_time()
        encode(pictures, job.form)
        end = time.process_time()
        best = min(best, ((end - start) / job.count * 1e3, (end - middle) / job.count * 1e3))
    print(*best)


if __name__ == "__main__":
    main(sys.argv[1])

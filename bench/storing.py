"""A build in this process: prints seconds of the processor in all jobs, in storing frames, and in storing anything."""

from __future__ import annotations

import sys

from studio.pins import pin_environment

pin_environment()

import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from typing import Any  # noqa: E402

from studio import job  # noqa: E402
from studio.build import build  # noqa: E402
from studio.packs import Kind, PackWriter  # noqa: E402
from studio.pins import pin_libraries  # noqa: E402
from studio.workspace import Workspace  # noqa: E402


def main(folder: str) -> None:
    """folder: a project of which nothing is made."""
    pin_libraries()
    storing = dict.fromkeys(Kind, 0.0)
    jobs = [0.0]

    def timed(method: Callable[..., Any]) -> Callable[..., Any]:
        def run(writer: PackWriter, *arguments: Any) -> Any:
            begun = time.process_time()
            try:
                return method(writer, *arguments)
            finally:
                storing[writer.kind] += time.process_time() - begun

        return run

    def whole(work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            begun = time.process_time()
            try:
                return work(*arguments)
            finally:
                jobs[0] += time.process_time() - begun

        return run

    hooks: Any = PackWriter
    hooks.add, hooks.close = timed(PackWriter.add), timed(PackWriter.close)
    works: Any = job
    works.mint, works.shoot = whole(job.mint), whole(job.shoot)
    workspace = Workspace(folder, cache=f"{folder}/../cache")
    build(workspace.session(), 0, lambda event: None)
    print(jobs[0], storing[Kind.FRAME], sum(storing.values()))


if __name__ == "__main__":
    main(sys.argv[1])

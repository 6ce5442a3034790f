"""Whether what a build rests on is still what it was when it was read.

YAML is read once, at the start. Code and footage are opened later, by workers; a job asks here before it
hands in what it made, so that nothing is stored under the key of something else.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from studio import state
from studio.errors import BuildError


class SourceChanged(BuildError):
    """A file was replaced while it was being built from; another try may succeed."""


class Watch(NamedTuple):
    """code: stamp of all modules; files: path and stamp of each file that workers open."""

    code: str
    files: tuple[tuple[str, tuple[int, ...]], ...]

    def check(self) -> None:
        """SourceChanged or BuildError if something is not as it was."""
        for name, stamp in self.files:
            if _stamp(name) != stamp:
                raise SourceChanged(f"{os.path.relpath(name)} changed while it was being built from", "build again")
        if code_now() != self.code:
            raise BuildError("the code of studio or of its rules changed during the build", "build again")


def watching(files: Iterable[tuple[Path, tuple[int, ...]]]) -> Watch:
    """Watch the code that this process was started with, and files as they were when they were read."""
    return Watch(code_at_start(), tuple(sorted({(str(path), stamp) for path, stamp in files})))


def code_now() -> str:
    """A stamp of all modules of ours."""
    return str([(name, state.stamp_of(name)) for name in state.code_files()])


@cache
def code_at_start() -> str:
    """The same from when it was first called: as early as can be, before the modules are imported."""
    return code_now()


def stamp_of(path: Path) -> tuple[int, ...]:
    """What the file system says of a file; empty if it is gone."""
    return _stamp(str(path))


def _stamp(name: str) -> tuple[int, ...]:
    return tuple(state.stamp_of(name) or ())

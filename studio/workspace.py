"""Where a command works: the Studiofile it means, the store, what is kept between runs.

Opens things in the right order and no sooner than they are needed.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from studio import state
from studio.build import Session, drafted, open_session, wish_of
from studio.errors import Problem, ProjectError, StudioError
from studio.fingerprint import Fingerprints
from studio.hashing import canonical, digest
from studio.parallel import parallel_enabled, worker_count
from studio.project import Project, named_outputs, open_project
from studio.store import Store
from studio.targets import Output

NAMES = ("Studiofile", "Studiofile.yaml", "Studiofile.yml")


class Workspace:
    """A project folder (or a Studiofile) and everything around it."""

    def __init__(self, folder: str = ".", cache: str | None = None, jobs: int | None = None) -> None:
        self.path = _studiofile(Path(folder))
        self._cache = cache
        self._jobs = jobs

    @classmethod
    def over(cls, project: Project, cache: str | None, jobs: int | None) -> Workspace:
        """The workspace of a project that is already open."""
        workspace = cls.__new__(cls)
        workspace.path, workspace._cache, workspace._jobs = project.path, cache, jobs
        workspace.__dict__["project"] = project
        return workspace

    @cached_property
    def project(self) -> Project:
        return open_project(self.path)

    @cached_property
    def store(self) -> Store:
        return Store(self.store_root)

    @cached_property
    def store_root(self) -> Path:
        chosen = self._cache or os.environ.get("STUDIO_CACHE") or self.project.spec.cache.dir
        return (self.project.root / chosen).resolve() if chosen else state.store_of(self.project.root)

    @cached_property
    def fingerprints(self) -> Fingerprints:
        return Fingerprints(_kept(self.store_root / "state" / "fingerprints.json"))

    @property
    def workers(self) -> int:
        """How many workers a build uses; 0 is this process alone."""
        if not parallel_enabled():
            return 0
        return max(1, self._jobs) if self._jobs is not None else worker_count()

    def session(self, asked: Sequence[str] = (), *, draft: bool = False) -> Session:
        """A session for some outputs; `X@4s..6s` is a part of one."""
        outputs: list[Output] = []
        parts: list[tuple[Output, tuple[str, str]]] = []
        for name in asked:
            base, at, span = name.partition("@")
            (output,) = named_outputs(self.project, [base])
            if at:
                start, dots, stop = span.partition("..")
                if not dots:
                    raise ProjectError(
                        [
                            Problem(
                                f"`{name}` is no part of an output",
                                None,
                                "write X@4s..6s; `studio frame` makes single frames",
                            )
                        ]
                    )
                parts.append((drafted(output) if draft else output, (start, stop)))
            else:
                outputs.append(drafted(output) if draft else output)
        if not asked:
            outputs = [drafted(o) if draft else o for o in named_outputs(self.project, [])]
            if not outputs:
                raise StudioError("this Studiofile has no outputs", "add `outputs: {film.mp4: {}}`")
        session = open_session(self.project, self.store, self.fingerprints, outputs)
        session.wishes += [self._part(session, output, span) for output, span in parts]
        self.project.finish()
        return session

    def _part(self, session: Session, output: Output, span: tuple[str, str]) -> Any:
        from dataclasses import replace

        stem, dot, ending = output.name.rpartition(".")
        named = replace(
            output, name=f"{stem}@{'..'.join(span)}.{ending}" if dot else f"{output.name[:-1]}@{'..'.join(span)}/"
        )
        return wish_of(session.scripts, named, span)

    def keep(self) -> None:
        """Write down what makes the next run faster."""
        path = self.store_root / "state" / "fingerprints.json"
        text = json.dumps(self.fingerprints.kept, sort_keys=True)
        if not path.exists() or path.read_text() != text:
            aside = path.with_name(f"{path.name}.{os.getpid()}")
            aside.write_text(text)
            os.replace(aside, path)

    # -- what outputs rested on when they were last built

    @property
    def _record_path(self) -> Path:
        return self.store_root / "state" / f"targets-{digest(str(self.path.resolve()).encode()).hex()}.json.z"

    def record(self, output: str) -> dict[str, Any] | None:
        """What an output rested on when it was last built, or None."""
        found = _kept(self._record_path)
        try:
            record: dict[str, Any] = found["records"][found["outputs"][output]]
        except (KeyError, TypeError):
            return None
        return record

    def keep_record(self, outputs: Sequence[str], record: dict[str, Any]) -> None:
        """Write down what some outputs now rest on; outputs that were built from the same share it."""
        found = _kept(self._record_path)
        of = {**found["outputs"]} if isinstance(found.get("outputs"), dict) else {}
        text = canonical(record)
        of |= dict.fromkeys(outputs, digest(text).hex())
        old = found["records"] if isinstance(found.get("records"), dict) else {}
        records = {name: old[name] for name in sorted(set(of.values()) & old.keys())}
        path = self._record_path
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        kept = canonical({"outputs": of, "records": {**records, digest(text).hex(): json.loads(text)}})
        aside.write_bytes(zlib.compress(kept, 1))  # to a thirtieth: defaults are filled in, and say the same all over
        os.replace(aside, path)

    def source_files(self) -> Iterable[Path]:
        """Every file of the user's that was read."""
        root = self.project.root
        yield from (root / name for name in self.project.loaded.sources.digests)
        for scene in self.project.scenes.values():
            if scene.footage is not None:
                yield scene.footage


def _studiofile(given: Path) -> Path:
    if given.is_file():
        return given
    for name in NAMES:
        if (given / name).is_file():
            return given / name
    if not given.is_dir():
        raise StudioError(f"there is no folder {given}")
    raise StudioError(
        f"there is no Studiofile in {given.resolve()}", "go to a project, name one with -C, or start one: studio init"
    )


def _kept(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
        found = json.loads(zlib.decompress(data) if path.suffix == ".z" else data)
    except (OSError, ValueError, zlib.error):
        return {}
    return found if isinstance(found, dict) else {}

"""Where a command works: the Studiofile it means, the store, what is kept between runs.

Opens things in the right order and no sooner than they are needed.
"""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from studio import memo, state
from studio.build import Session, drafted, open_session, wish_of
from studio.errors import Problem, ProjectError, StudioError
from studio.fingerprint import Fingerprints
from studio.hashing import canonical, digest
from studio.own import Trust
from studio.parallel import parallel_enabled, worker_count
from studio.project import Project, named_output, named_outputs, open_project
from studio.store import Store
from studio.targets import Output
from studio.values import bytes_of

#: what a command is told of where it works: folder, store, workers, trust in the project's own rules
Where = tuple[str, str | None, int | None, Trust]
NAMES = ("Studiofile", "Studiofile.yaml", "Studiofile.yml")


class Workspace:
    """A project folder (or a Studiofile) and everything around it."""

    def __init__(
        self, folder: str = ".", cache: str | None = None, jobs: int | None = None, trust: Trust = "refused"
    ) -> None:
        self.path = studiofile_in(Path(folder))
        self._trust: Trust = trust
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
        return open_project(self.path, self._parsed, self._trust)

    @cached_property
    def _parsed(self) -> dict[str, list[Any]]:
        kept = memo.read(self._parsed_path)
        return json.loads(kept) if kept is not None else {}

    @property
    def _parsed_path(self) -> Path:
        # where the store is says the Studiofile, so this is beside the state that the null path reads
        path = self.path.resolve()
        return Path(state.store_of(str(path.parent))) / "state" / f"parsed-{digest(str(path).encode()).hex()}"

    @cached_property
    def store(self) -> Store:
        return Store(self.store_root, quota=bytes_of(self.project.spec.cache.max))

    @cached_property
    def store_root(self) -> Path:
        chosen = self._cache or os.environ.get("STUDIO_CACHE") or self.project.spec.cache.dir
        return (self.project.root / chosen).resolve() if chosen else Path(state.store_of(str(self.project.root)))

    @cached_property
    def fingerprints(self) -> Fingerprints:
        return Fingerprints(_kept(self.store_root / "state" / "fingerprints.json.z"), own=self.project.own.bytes())

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
            if at:
                output = named_output(self.project, base)
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
                outputs += [drafted(o) if draft else o for o in named_outputs(self.project, [base])]
        if not asked:
            outputs = [drafted(o) if draft else o for o in named_outputs(self.project, [])]
            if not outputs:
                raise StudioError("this Studiofile has no outputs", "add `outputs: {film.mp4: {}}`")
        session = open_session(self.project, self.store, self.fingerprints, outputs)
        session.helpers = self.workers
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
        sources = self.project.loaded.sources
        used = {name.hex() for name in sources.digests.values()}
        if self.__dict__.get("_parsed", {}).keys() != used:
            parsed = {name: tree for name, tree in sources.parsed.items() if name in used}
            memo.write(self._parsed_path, json.dumps(parsed, separators=(",", ":")).encode())
        path = self.store_root / "state" / "fingerprints.json.z"
        if _kept(path) != self.fingerprints.kept:
            _keep(path, self.fingerprints.kept)

    # -- what outputs rested on when they were last built

    @property
    def _record_path(self) -> Path:
        return self.store_root / "state" / f"targets-{digest(str(self.path.resolve()).encode()).hex()}.json.z"

    def records(self) -> dict[str, dict[str, Any]]:
        """What outputs rested on when they were last built; those that were built from the same share a record."""
        found = _kept(self._record_path)
        records = found.get("records", {})
        return {output: records[name] for output, name in found.get("outputs", {}).items()}

    def keep_record(self, outputs: Sequence[str], record: dict[str, Any]) -> None:
        """Write down what some outputs now rest on."""
        found = _kept(self._record_path)
        name = digest(canonical(record)).hex()
        of = {**found.get("outputs", {}), **dict.fromkeys(outputs, name)}
        records = {**found.get("records", {}), name: record}
        _keep(self._record_path, {"outputs": of, "records": {shared: records[shared] for shared in of.values()}})

    def source_files(self) -> Iterable[Path]:
        """Every file of the user's that was read."""
        root = self.project.root
        yield from (root / name for name in self.project.loaded.sources.digests)
        for scene in self.project.every_scene():
            if scene.footage is not None:
                yield scene.footage
        for stage in self.project.every_stage().values():
            yield from (plane.picture.path for plane in stage.planes if plane.picture is not None)
        for scope in self.project.scopes.values():
            for figure in scope.figures.values():
                yield from figure.pictures
        yield from self.project.fonts()
        yield from (Path(source.path) for source in self.project.own.sources.values())


def studiofile_in(given: Path) -> Path:
    """The Studiofile that a folder or a file stands for."""
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
    """What `_keep` wrote; nothing if it is not there or not whole."""
    try:
        sum_, _, data = path.read_bytes().partition(b"\n")
        found = json.loads(zlib.decompress(data)) if sum_ == digest(data).hex().encode() else {}
    except (OSError, ValueError, zlib.error):
        return {}
    return found if isinstance(found, dict) else {}


def _keep(path: Path, value: dict[str, Any]) -> None:
    """Plain values behind their digest, written aside, then renamed; what cannot be kept is found out again."""
    text = json.dumps(value, separators=(",", ":"))
    data = zlib.compress(text.encode(), 1)  # records to a thirtieth: defaults filled in say the same all over
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        aside.write_bytes(digest(data).hex().encode() + b"\n" + data)
        os.replace(aside, path)
    aside.unlink(missing_ok=True)

"""studio changed: which outputs differ from those of a git commit, told from both trees; nothing is made."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from studio.errors import StudioError
from studio.fingerprint import Fingerprints, versions
from studio.graph import Graph
from studio.hashing import key
from studio.history import Checkout, blob_of, checkout, top_of
from studio.project import Project, open_project
from studio.workspace import Workspace


def run(since: str, folder: str, as_json: bool) -> int:
    """Print the outputs whose deep keys differ from those at a commit."""
    workspace = Workspace(folder, trust="unread")
    project = workspace.project
    top = top_of(project.root)
    path = project.path.relative_to(top)
    with tempfile.TemporaryDirectory(prefix="studio-") as aside:
        before = checkout(top, since, Path(aside).resolve(), path.as_posix())
        roots = _code_root(top), _code_root(before.folder)
        kept = workspace.fingerprints.kept
        after = deep_keys(project, Fingerprints(kept, roots[0], project.own.bytes()), blob_of)
        earlier = _keys_before(before, path, since, kept, roots[1])
    changed = [name for name, deep in after.items() if earlier.get(name) != deep]
    if as_json:
        episodes = [name for name in project.spec.episodes if any(o.name in changed for o in project.of_episode(name))]
        print(json.dumps({"schema": 1, "since": since, "outputs": changed, "episodes": episodes}))
    else:
        print("".join(f"{name}\n" for name in changed), end="")
    return 0


def deep_keys(project: Project, fingerprints: Fingerprints, digest_of: Callable[[Path], bytes]) -> dict[str, bytes]:
    """For each output the hash of all that it rests on: what the files say, assets, code, libraries."""
    graph = Graph(project, fingerprints, digest_of)
    deep = graph.deep_keys()
    made_with = key(fingerprints.of_engine(), *(versions(stage) for stage in ("drawing", "frame", "segment")))
    return {name: key(deep[f"output {name}"], made_with) for name in project.outputs}


def _keys_before(
    before: Checkout, path: Path, since: str, kept: dict[str, list[str]], root: Path | None
) -> dict[str, bytes]:
    """The deep keys of a commit's outputs; none if there was no such project, or none that can be read."""
    if path.as_posix() not in before.blobs:
        return {}
    folder = before.folder

    def blob_at(asset: Path) -> bytes:
        return before.blobs.get(asset.resolve().relative_to(folder).as_posix(), b"")

    try:
        project = open_project(folder / path, trust="unread")
        return deep_keys(project, Fingerprints(kept, root, project.own.bytes()), blob_at)
    except (StudioError, ValueError, OSError, RecursionError) as error:
        first = str(error).splitlines()[0]
        print(f"{path} at {since} cannot be read, so everything counts as changed: {first}", file=sys.stderr)
        return {}


def _code_root(top: Path) -> Path | None:
    """A checkout that holds the rules and the engine is asked for them; else those installed count, on both sides."""
    has_code = all((top / package / "__init__.py").is_file() for package in ("studio", "rules"))
    return top if has_code else None

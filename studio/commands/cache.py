"""studio cache: what the store holds, how to shrink it, whether it is whole."""

from __future__ import annotations

import json

from studio import care
from studio.values import bytes_of
from studio.workspace import Workspace


def stats(folder: str, cache: str | None, as_json: bool) -> int:
    """Print counts and bytes."""
    workspace = Workspace(folder, cache, trust="unread")
    found = care.stats(workspace.store)
    if as_json:
        print(
            json.dumps(
                {
                    "schema": 1,
                    "path": str(workspace.store_root),
                    "known": found.rows,
                    "kept": found.blobs,
                    "bytes": found.bytes,
                }
            )
        )
        return 0
    print(f"{workspace.store_root}: {found.bytes / 1e6:.1f} MB in {found.packs} packs")
    for kind in ("drawing", "frame", "segment"):
        print(f"  {found.rows.get(kind, 0)} {kind}s known, {found.blobs.get(kind, 0)} kept")
    return 0


def gc(folder: str, cache: str | None, most: str | None) -> int:
    """Shrink the store to a size."""
    workspace = Workspace(folder, cache, trust="unread")
    limit = bytes_of(most or workspace.project.spec.cache.max)
    packs, freed = workspace.store.collect(limit)
    print(f"deleted {packs} packs, {freed / 1e6:.1f} MB")
    return 0


def verify(folder: str, cache: str | None) -> int:
    """Read everything; forget what is damaged."""
    found = list(care.verify(Workspace(folder, cache, trust="unread").store))
    for line in found:
        print(line)
    print(f"{len(found)} damaged" if found else "the store is whole")
    return 1 if found else 0

"""The null path: whether anything that a build rests on has changed since it last ended well.

Runs before anything heavy is imported. A state file holds the stamps of all sources, of all code
and of all outputs; a touched source is hashed before it counts as changed, and a file as new as the
state file is hashed too, since its stamp could be of either version.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

VERSION = 1
_Stamp = list[int]


def stamp_of(path: str) -> _Stamp | None:
    """What the file system says of a file, or None if it is not there."""
    try:
        s = os.stat(path)
    except OSError:
        return None
    return [s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino, s.st_mode]


def name_of(arguments: Sequence[str], folder: str) -> str:
    """Which state belongs to a call: its arguments, where it stands, what of the environment it reads."""
    import hashlib  # xxhash is not yet needed on this path

    environment = sorted((k, v) for k, v in os.environ.items() if k.startswith("STUDIO_"))
    text = json.dumps([VERSION, list(arguments), folder, environment, sys.version, sys.executable])
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def packages_stamp() -> list[Any]:
    """(mtime, number of entries) of the folders that installed libraries are in."""
    found: list[Any] = []
    for folder in sys.path:
        if folder.endswith("site-packages"):
            with contextlib.suppress(OSError):
                found.append([folder, os.stat(folder).st_mtime_ns, len(os.listdir(folder))])
    return found


def code_files() -> list[str]:
    """Every module of ours: a change of any may change what is planned."""
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return sorted(
        os.path.join(folder, name)
        for package in ("studio", "rules")
        for folder, _, names in os.walk(os.path.join(root, package))
        for name in names
        if name.endswith(".py")
    )


def code_now() -> str:
    """A stamp of all modules of ours."""
    return str([(name, stamp_of(name)) for name in code_files()])


@cache
def code_at_start() -> str:
    """The same from when it was first called: as early as can be, before the modules are imported."""
    return code_now()


def read(path: Path) -> dict[str, Any] | None:
    """The state, or None if there is none that can be used."""
    try:
        state = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return state if isinstance(state, dict) and state.get("version") == VERSION else None


def is_current(state: dict[str, Any], path: Path) -> bool:
    """Whether nothing has changed. Stamps of sources that were only touched are written anew."""
    try:
        if state["packages"] != packages_stamp() or state["code"] != code_files():
            return False
        if any(stamp_of(absent) is not None for absent in state["absent"]):
            return False
        own = stamp_of(str(path))
        if own is None:
            return False
        touched = False
        for name, (stamp, digest) in state["files"].items():
            now = stamp_of(name)
            if now is None:
                return False
            if now != stamp or now[0] >= own[0]:
                if now[2] != stamp[2] or _digest(name) != digest:
                    return False
                state["files"][name][0] = now
                touched = touched or now != stamp
    except (KeyError, TypeError, ValueError, IndexError):
        return False
    if touched:
        write(path, state)
    return True


def remember(
    path: Path, files: Iterable[tuple[str, _Stamp | None, str]], absent: Iterable[str], answer: dict[str, Any]
) -> None:
    """Write a state. files: (name, stamp from before it was read, digest)."""
    kept = {name: [stamp, digest] for name, stamp, digest in files}
    if any(stamp is None for stamp, _ in kept.values()):
        return
    write(
        path,
        {
            "version": VERSION,
            "packages": packages_stamp(),
            "code": code_files(),
            "files": kept,
            "absent": sorted(absent),
            "answer": answer,
        },
    )


def write(path: Path, state: dict[str, Any]) -> None:
    """Written aside, then renamed; a state that cannot be written is only a lost short cut."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        # with a store elsewhere this folder may not be there yet; the state must be found without reading YAML
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(json.dumps(state))
        os.replace(aside, path)


def digest_of(name: str) -> str:
    """The digest of a file as states hold it."""
    return _digest(name)


def _digest(name: str) -> str:
    import xxhash

    state = xxhash.xxh3_128()
    with open(name, "rb") as file:
        while block := file.read(1 << 20):
            state.update(block)
    return state.hexdigest()


def store_of(folder: Path) -> Path:
    """Where the store is unless told otherwise: at the root of the git checkout, else beside the Studiofile."""
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            return parent / ".cache"
    return folder / ".cache"

"""studio init: a project to start from."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from studio.errors import StudioError, UsageError, did_you_mean


def run(template: str, folder: Path) -> int:
    """Write a template's files; nothing that is there is touched."""
    root = files("studio") / "templates"
    known = sorted(t.name for t in root.iterdir() if t.is_dir())
    if template not in known:
        raise UsageError(f"there is no template `{template}`", did_you_mean(template, known))
    sources = list(_files(root / template, ""))
    taken = [name for name, _ in sources if (folder / name).exists()]
    if taken:
        raise StudioError(f"{folder / taken[0]} is already there", "go to an empty folder, or name one with -C")
    for name, source in sources:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.read_bytes())
        print(f"wrote {path}")
    print("now: studio build" + (f" -C {folder}" if folder != Path() else ""))
    return 0


def _files(source: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in sorted(source.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            found += _files(entry, f"{prefix}{entry.name}/")
        else:
            found.append((prefix + entry.name, entry))
    return found

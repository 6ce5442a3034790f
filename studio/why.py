"""Why a target is stale: what its files say now against what they said when it was last built.

Compares normal forms, so it names exactly what is hashed; places come from the parsed files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from studio.errors import Place
from studio.graph import Graph
from studio.project import Project


@dataclass(frozen=True)
class Change:
    """A value that differs: where it stands now, its dotted path, what it was and what it is."""

    target: str
    path: str
    old: Any
    new: Any
    place: Place | None

    @property
    def text(self) -> str:
        where = f"{self.place}: " if self.place else ""
        if not self.path:
            return f"{where}{self.new}"
        return f"{where}{self.path}: {_shown(self.old)} -> {_shown(self.new)}"


_GONE = object()


def record_of(graph: Graph) -> dict[str, Any]:
    """What `changes_of` compares with, for every target."""
    return {name: {"normal": t.normal, "code": t.code.hex()} for name, t in graph.targets.items()}


def changes_of(graph: Graph, before: dict[str, Any], name: str, project: Project) -> list[Change]:
    """What makes one target differ from its last build; what it needs is not looked at."""
    target, old = graph.targets[name], before.get(name)
    tree = project.loaded.tree
    if old is None:
        return [Change(name, "", None, f"{name} was not built before", tree.place_of(target.loc))]
    found = []
    if old.get("code") != target.code.hex():
        found.append(Change(name, "", None, f"the code that draws {name} changed", None))
    for path, was, now in _differences(old.get("normal"), target.normal, ()):
        found.append(Change(name, ".".join(str(p) for p in path), was, now, tree.place_of((*target.loc, *path))))
    return found


def _differences(old: Any, new: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any, Any]]:
    if old == new:  # of a feature almost everything is, and this compares whole targets at once
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            yield from _differences(old.get(key, _GONE), new.get(key, _GONE), (*path, key))
    elif isinstance(old, list) and isinstance(new, list):
        for n in range(max(len(old), len(new))):
            yield from _differences(old[n] if n < len(old) else _GONE, new[n] if n < len(new) else _GONE, (*path, n))
    else:
        yield path, old, new


def _shown(value: Any) -> str:
    if value is _GONE:
        return "(nothing)"
    if isinstance(value, str):
        return value
    text = str(value)
    return text if len(text) < 60 else text[:57] + "..."

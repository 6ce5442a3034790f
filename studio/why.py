"""Why an output is stale: what its files, its code and its libraries say now against what they said when it was built.

Compares normal forms, so it names what is hashed; places come from the parsed files.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from studio.errors import Place
from studio.fingerprint import Fingerprints, library_versions
from studio.graph import Graph
from studio.hashing import canonical
from studio.project import Project
from studio.sets import PlaceSpec
from studio.spec import normal
from studio.targets import Output
from studio.tree import Loc, Tree

GONE = type("Gone", (), {"__repr__": lambda _: "(nothing)"})()  #: in the place of a value that is not there
#: tables of the Studiofile whose entries are targets, and what those are called
_KINDS = {"characters": "character", "places": "place", "scenes": "scene", "passes": "pass", "outputs": "output"}
#: what the pictures of every scene go through
_PICTURES = ("rules.scene", "studio.pixels", "studio.easel")


@dataclass(frozen=True)
class Change:
    """A value that differs: whose it is, its dotted path in that target, what it was, what it is, where it stands."""

    target: str
    path: str
    old: Any
    new: Any
    place: Place | None
    loc: Loc = ()

    @property
    def text(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.path}: {_shown(self.old)} -> {_shown(self.new)}"

    def plain(self) -> dict[str, Any]:
        """As JSON has it; what is not there is null."""
        old, new = (None if value is GONE else value for value in (self.old, self.new))
        where = {"file": self.place.file, "line": self.place.line, "column": self.place.column} if self.place else {}
        place = str(self.place) if self.place else None
        return {"target": self.target, "path": self.path, "old": old, "new": new, "place": place, **where}


# -- what is kept of a build


def record_of(project: Project, graph: Graph, code: Fingerprints) -> dict[str, Any]:
    """All that the project's outputs rest on, to compare with later."""
    entries = {module for target in graph.targets for module in modules_of(target, project)}
    record = {
        "says": _said(project),
        "assets": {name: t.normal for name, t in graph.targets.items() if t.kind == "asset"},
        "modules": {m: d for entry in sorted(entries) for m, d in code.parts(entry).items()},
        "libraries": library_versions(),
    }
    plain: dict[str, Any] = json.loads(canonical(record))  # as it will be read again, spelling included
    return plain


def _said(project: Project) -> dict[str, Any]:
    """What the files say, defaults filled in, titles and the order of keys left out."""
    spec = project.spec
    said: dict[str, Any] = {
        "fps": spec.fps,
        "size": spec.size,
        "title": spec.title,
        "out": spec.out,
        "cut": [normal(item) for item in spec.cut],
    }
    for table in _KINDS:
        said[table] = {name: normal(entry) for name, entry in getattr(spec, table).items()}
    for name, scene in spec.scenes.items():
        if isinstance(scene.place, PlaceSpec):
            said["scenes"][name]["place"] = normal(scene.place)
    return said


def modules_of(target: str, project: Project) -> list[str]:
    """The modules whose code makes a target's pixels, those that they import left out."""
    kind, _, name = target.partition(" ")
    if kind == "character":
        return ["rules.character"]
    if kind == "pass":
        style = project.styles.get(name)
        return [f"rules.styles.{style.rule if style else name}"]
    if kind == "card":
        return ["rules.title", *_PICTURES]
    if kind == "place":
        stages = {s.stage.name: s.stage for s in project.scenes.values() if s.stage} | project.stages
        planes = stages[name].planes if name in stages else ()
        return [f"rules.{'props' if p.is_prop else 'plates'}.{p.rule.replace('-', '_')}" for p in planes]
    return list(_PICTURES) if kind == "scene" else []


# -- comparing


def changes_of(
    graph: Graph, project: Project, code: Fingerprints, now: Mapping[str, Any], before: Mapping[str, Any]
) -> list[Change]:
    """Everything of the whole project in which today's record differs from an earlier one."""
    tree = project.loaded.tree
    found = []
    for loc, old, new in _differences(before.get("says", {}), now["says"], ()):
        # what is gone has no place any more; what it stood in has
        target, path = _owner(loc)
        dotted = ".".join(str(item) for item in path)
        found.append(Change(target, dotted, old, new, tree.place_of(loc[:-1] if new is GONE else loc), loc))
    assets = before.get("assets", {})
    of_assets = [
        Change(
            name,
            name.partition(" ")[2],
            f"bytes {assets[name][:8]}",
            f"bytes {new[:8]}",
            tree.place_of(graph.targets[name].loc),
        )
        for name, new in now["assets"].items()
        if name in assets and assets[name] != new  # one that is new was named by a value in the files
    ]
    return _rooted(found, tree) + of_assets + _of_code(before, now, graph, project, code)


def _of_code(
    before: Mapping[str, Any], now: Mapping[str, Any], graph: Graph, project: Project, code: Fingerprints
) -> list[Change]:
    """Modules and libraries that differ, each for every target that they make."""
    was, found = before.get("modules", {}), list[Change]()
    # a module that is new was brought by another one's import, or by a value in the files
    changed = {m for m, d in now["modules"].items() if m in was and was[m] != d}
    for target in graph.targets if changed else ():
        reached = {m for entry in modules_of(target, project) for m in code.parts(entry)}
        found += [
            Change(target, code.shown(m), f"code {was[m][:8]}", f"code {now['modules'][m][:8]}", None)
            for m in sorted(reached & changed)
        ]
    for name, version in now["libraries"].items():
        old = before.get("libraries", {}).get(name)
        if old != version:
            found.append(Change("", name, old, version, None))
    return found


def _rooted(changes: list[Change], tree: Tree) -> list[Change]:
    """Changes with their place where they are written: a value that others copy with `like` changes in the origin."""
    by_loc = {c.loc: c for c in changes}
    found = []
    for change in changes:
        root = change
        while (origin := _origin(root.loc, tree)) in by_loc and _same(by_loc[origin], change):
            root = by_loc[origin]
        found.append((root is not change, replace(change, place=root.place, loc=root.loc)))
    return [change for _, change in sorted(found, key=lambda f: f[0])]


def _origin(loc: Loc, tree: Tree) -> Loc:
    """Where a value of a copy stands in what is copied; nowhere if it is in no copy."""
    inline = loc[0] == "scenes" and loc[2:3] == ("place",)
    for depth, table in ((3, "places"),) * inline + ((2, str(loc[0])),):
        copied = tree.at(loc[:depth]).copied
        if copied and len(loc) > depth:
            return (table, copied, *loc[depth:])
    return ()


def _same(a: Change, b: Change) -> bool:
    return bool(a.old == b.old and a.new == b.new)


def _owner(loc: Loc) -> tuple[str, Loc]:
    """The target that a value belongs to, and its path there; of the film's own values the target is unnamed."""
    if loc[0] not in _KINDS or len(loc) < 2:
        return "", loc
    if loc[0] == "scenes" and loc[2:3] == ("place",) and len(loc) > 3:
        return f"place {loc[1]}.place", loc[3:]
    return f"{_KINDS[str(loc[0])]} {loc[1]}", loc[2:] or loc


def _differences(old: Any, new: Any, loc: Loc) -> Iterator[tuple[Loc, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            yield from _differences(old.get(key, GONE), new.get(key, GONE), (*loc, key))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_differences(old, new, loc) if old != new else ()
    elif old != new or isinstance(old, bool) != isinstance(new, bool):
        yield loc, old, new


def _list_differences(old: list[Any], new: list[Any], loc: Loc) -> Iterator[tuple[Loc, Any, Any]]:
    """Items that came, went or changed; the rest of a list that only moved up is not different."""
    lines = [[canonical(item) for item in items] for items in (old, new)]
    for _, a, b, c, d in difflib.SequenceMatcher(a=lines[0], b=lines[1], autojunk=False).get_opcodes():
        if old[a:b] == new[c:d]:
            continue
        for n in range(max(b - a, d - c)):
            was, now = old[a + n] if a + n < b else GONE, new[c + n] if c + n < d else GONE
            yield from _differences(was, now, (*loc, c + n if now is not GONE else a + n))


# -- what an output rests on


def top_of(graph: Graph, output: Output) -> str:
    """The target in the graph that an output is, or (of `meet.mp4`, a draft, a part) that it shows."""
    for name in (f"output {output.name}", f"{_KINDS[str(output.loc[0])]} {output.loc[1]}"):
        if name in graph.targets:
            return name
    return f"output {output.name}"


def concerning(changes: Iterable[Change], graph: Graph, project: Project, output: Output) -> list[Change]:
    """The changes of what an output rests on, each once."""
    top = top_of(graph, output)
    targets = set(graph.closure(top))
    found: dict[tuple[Any, ...], Change] = {}
    for change in changes:
        if change.target in targets and not change.target.startswith("output "):
            is_concerned = True
        elif change.target and not change.loc:
            is_concerned = False  # code of something else
        elif change.loc:
            is_concerned = _is_concerned(change.loc, project, output)
        else:  # a library
            is_concerned = change.path != "av" or output.kind == "film" or any(t.startswith("asset") for t in targets)
        if is_concerned:
            named = change if change.target else replace(change, target=top)
            found.setdefault(change.loc or (change.path,), named)
    return list(found.values())


def _is_concerned(loc: Loc, project: Project, output: Output) -> bool:
    """Whether an output rests on a value of the film's own, or of an output."""
    spec = project.spec
    own = spec.outputs.get(str(output.loc[1])) if output.loc[0] == "outputs" else None
    lineage = _lineage(project, str(output.loc[1])) if own is not None else {}
    says_size = any(o.size is not None for o in (spec.outputs[name] for name in lineage))
    is_cut = own is not None and not any(spec.outputs[name].scene for name in lineage)
    if loc[0] == "outputs" and len(loc) > 2:
        return loc[1] in lineage and loc[2] in lineage[str(loc[1])]
    if loc[0] == "scenes":  # one that came or went where there is no cut
        return is_cut and not spec.cut
    rests = {
        "fps": True,
        "out": True,
        "size": not says_size,
        "cut": is_cut,
        "title": any(i.scene is not None and i.scene.card is not None for i in output.cut),
    }
    return rests.get(str(loc[0]), False)


def _lineage(project: Project, name: str) -> dict[str, set[str]]:
    """The outputs that one takes over from, itself included, and which of their keys count for it."""
    found: dict[str, set[str]] = {}
    hidden: set[str] = set()
    current: str | None = name
    while current is not None and current not in found and current in project.spec.outputs:
        spec = project.spec.outputs[current]
        found[current] = set(type(spec).model_fields) - hidden - {"aspects", "platforms"}
        hidden |= {*spec.model_fields_set, "at"} - {"of"}
        current = spec.of
    return found


def chain(graph: Graph, top: str, target: str) -> list[str]:
    """The shortest way from an output down to a target."""
    ways, seen = ([[top]] if top in graph.targets else []), {top}
    while ways:
        way = ways.pop(0)
        if way[-1] == target:
            return way
        nearer = [needed for needed in graph.needs(way[-1]) if needed not in seen]
        seen |= set(nearer)
        ways += [[*way, needed] for needed in nearer]
    return [target]


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value) if value is GONE else json.dumps(value, ensure_ascii=False)
    return text if len(text) < 60 else text[:57] + "..."

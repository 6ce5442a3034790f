"""Why an output is stale: what its files, its code and its libraries say now against what they said when it was built.

Compares normal forms, so it names what is hashed; places come from the parsed files.
"""

from __future__ import annotations

import difflib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from studio.errors import Place
from studio.fingerprint import Fingerprints, library_versions, told_code
from studio.graph import Graph
from studio.hashing import canonical
from studio.project import Project
from studio.scope import Scope
from studio.sets import PlaceSpec
from studio.spec import EpisodeSpec, OutputSpec, Studiofile, normal
from studio.targets import Output, code_of_pass
from studio.tree import Loc, Tree, plain_table

GONE = type("Gone", (), {"__repr__": lambda _: "(nothing)"})()  #: in the place of a value that is not there
#: tables of the Studiofile whose entries are targets, and what those are called
_KINDS = {
    "characters": "character",
    "alphabets": "alphabet",
    "places": "place",
    "scenes": "scene",
    "passes": "pass",
    "outputs": "output",
}
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
    return {
        "says": _said(project),
        "copies": _copies(project),
        "assets": {name: t.normal for name, t in graph.targets.items() if t.kind == "asset"},
        "modules": {m: d for parts in _modules(graph, project, code).values() for m, d in parts.items()},
        "libraries": library_versions(),
    }


def kept_record_of(project: Project, graph: Graph, code: Fingerprints) -> dict[str, Any]:
    """`record_of`, and the engine's modules, which are compared only where nothing else explains: see
    `engine_changes`."""
    return {**record_of(project, graph, code), "engine": code.engine_parts()}


def _said(project: Project) -> dict[str, Any]:
    """What the files say, defaults filled in, titles and the order of keys left out."""
    spec = project.spec
    return {
        **_names_said(spec),
        "fps": spec.fps,
        "size": spec.size,
        "title": spec.title,
        "out": spec.out,
        "each-episode": {name: normal(entry) for name, entry in spec.each_episode.items()},
        "episodes": {name: {**_names_said(e), "episode": e.episode} for name, e in spec.episodes.items()},
    }


def _names_said(spec: Studiofile | EpisodeSpec) -> dict[str, Any]:
    said: dict[str, Any] = {"cut": [normal(item) for item in spec.cut]}
    for table in _KINDS:
        said[table] = {name: normal(entry) for name, entry in getattr(spec, table).items()}
    for name, scene in spec.scenes.items():
        if isinstance(scene.place, PlaceSpec):
            said["scenes"][name]["place"] = normal(scene.place)
    return said


def _copies(project: Project) -> dict[str, Any]:
    """Whose seeds a copy takes over. It stands where the copy says `like`, which is no part of what is said."""
    found = {name: _copies_in(scope) for name, scope in project.scopes.items()}
    return {**found.pop(""), "episodes": found}


def _copies_in(scope: Scope) -> dict[str, Any]:
    def copied(table: str, name: str, entry: Any) -> dict[str, str | None]:
        original = scope.original(table, name, entry)
        return {"like": None if original == name else original}

    found: dict[str, Any] = {
        table: {name: copied(table, name, entry) for name, entry in getattr(scope.spec, table).items()}
        for table in ("characters", "alphabets", "places", "passes")
    }
    written = {n: s.place for n, s in scope.spec.scenes.items() if isinstance(s.place, PlaceSpec)}
    found["scenes"] = {n: {"place": copied("places", f"{n}.place", place)} for n, place in written.items()}
    return found


def _modules(graph: Graph, project: Project, code: Fingerprints) -> dict[str, dict[str, str]]:
    """For each target the modules whose code makes its pixels, with their digests."""
    stages = project.every_stage()
    kits = {f.target: f.rule for scope in project.scopes.values() for f in scope.figures.values()}

    def entries(target: str) -> list[str]:
        kind = target.partition(" ")[0]
        if kind == "character":
            return ["rules." + kits.get(target, "character").replace("/", ".")]
        if kind == "alphabet":
            return ["rules.alphabet"]
        if kind == "pass":
            return [code_of_pass(graph.targets[target].normal[0])]
        if kind == "place":
            planes = stages[target].planes if target in stages else ()
            return [f"rules.{'props' if p.is_prop else 'plates'}.{p.rule.replace('-', '_')}" for p in planes]
        return {"card": ["rules.title", "rules.alphabet", *_PICTURES], "scene": [*_PICTURES]}.get(kind, [])

    made_by = {target: entries(target) for target in graph.targets}
    parts = {entry: code.parts(entry) for entry in sorted({e for found in made_by.values() for e in found})}
    return {target: {m: d for e in found for m, d in parts[e].items()} for target, found in made_by.items()}


# -- comparing


def changes_of(
    graph: Graph, project: Project, code: Fingerprints, now: Mapping[str, Any], before: Mapping[str, Any]
) -> list[Change]:
    """Everything of the whole project in which today's record differs from an earlier one."""
    tree = project.loaded.tree
    found = []
    for loc, old, new in [*_differences(before.get("says", {}), now["says"], ()), *_new_copies(before, now)]:
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


def _new_copies(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[Loc, Any, Any]]:
    """Copies that were there, and are now of something else."""
    for loc, old, new in _differences(before.get("copies", {}), now["copies"], ()):
        if loc[-1] == "like":
            yield loc, old, new


def _of_code(
    before: Mapping[str, Any], now: Mapping[str, Any], graph: Graph, project: Project, code: Fingerprints
) -> list[Change]:
    """Modules and libraries that differ, each for every target that they make."""
    was, found = before.get("modules", {}), list[Change]()
    # a module that is new was brought by another one's import, or by a value in the files
    changed = {m for m, d in now["modules"].items() if m in was and was[m] != d}
    for target, parts in _modules(graph, project, code).items() if changed else ():
        found += [
            Change(target, code.shown(m), told_code(m, was[m]), told_code(m, now["modules"][m]), None)
            for m in sorted(parts.keys() & changed)
        ]
    for name, version in now["libraries"].items():
        old = before.get("libraries", {}).get(name)
        if old != version:
            found.append(Change("", name, old, version, None))
    return found


def engine_changes(code: Fingerprints, before: Mapping[str, Any]) -> list[Change]:
    """Modules of the engine that differ. They are in no key, but rows and films are laid out by them: to be named
    where nothing else explains what is stale."""
    was, found = before.get("engine", {}), code.engine_parts()
    changed = sorted(m for m in was.keys() | found.keys() if was.get(m) != found.get(m)) if was else []
    digests = [[f"code {parts[m][:8]}" if m in parts else GONE for parts in (was, found)] for m in changed]
    return [Change("", code.shown(m), old, new, None) for m, (old, new) in zip(changed, digests, strict=True)]


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
    scope, at = _split(loc)
    inline = at[0] == "scenes" and at[2:3] == ("place",)
    for depth, table in ((3, "places"),) * inline + ((2, str(at[0])),):
        copied = tree.at((*scope, *at[:depth])).copied if len(at) > depth else ""
        if copied:
            entry = _seen_as(scope, table, copied, at, tree)
            return (*entry, *at[depth:])
    return ()


def _seen_as(scope: Loc, table: str, name: str, at: Loc, tree: Tree) -> Loc:
    """Where that stands which a target of an episode, or of the Studiofile, knows by a name."""
    if scope and (name not in plain_table(tree.at(scope), table) or at[:2] == (table, name)):
        return ("each-episode" if table == "outputs" else table, name)
    return (*scope, table, name)


def _same(a: Change, b: Change) -> bool:
    return bool(a.old == b.old and a.new == b.new)


def _split(loc: Loc) -> tuple[Loc, Loc]:
    """The episode that a value is in (nothing for those of the Studiofile), and its path there."""
    return (loc[:2], loc[2:]) if loc[0] == "episodes" and len(loc) > 2 else ((), loc)


def _owner(loc: Loc) -> tuple[str, Loc]:
    """The target that a value belongs to, and its path there; of the film's own values the target is unnamed."""
    scope, at = _split(loc)
    if at[0] not in _KINDS or len(at) < 2:
        return "", loc
    name = f"{scope[1]}/{at[1]}" if scope else at[1]
    if at[0] == "scenes" and at[2:3] == ("place",) and len(at) > 3:
        return f"place {name}.place", at[3:]
    return f"{_KINDS[str(at[0])]} {name}", at[2:] or loc


def _differences(old: Any, new: Any, loc: Loc) -> Iterator[tuple[Loc, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            yield from _differences(old.get(key, GONE), new.get(key, GONE), (*loc, key))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_differences(old, new, loc) if old != new else ()
    elif (old != new and _spelled(old) != _spelled(new)) or isinstance(old, bool) != isinstance(new, bool):
        yield loc, old, new


def _spelled(value: Any) -> Any:
    """A text as keys have it: one way of spelling an accented letter."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


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


def top_of(graph: Graph, project: Project, output: Output) -> str:
    """The target in the graph that an output is, or (of `meet.mp4`, a draft, a part) that it shows."""
    target = f"output {output.name}"
    if target not in graph.targets and output.loc[0] == "each-episode":
        return f"output {project.scope_of(output).path(str(output.loc[1]))}"
    return target if target in graph.targets else _owner(output.loc)[0]


def concerning(changes: Iterable[Change], graph: Graph, project: Project, output: Output) -> list[Change]:
    """The changes of what an output rests on, each once."""
    top = top_of(graph, project, output)
    targets = graph.reached(top)
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
    """Whether an output rests on a value of the film's own, of an episode's own, or of an output."""
    scope = project.scope_of(output)
    inside, at = _split(loc)
    lineage = _lineage(project, scope, output)
    if at[0] in ("outputs", "each-episode"):
        entry = (*inside, *at[:2])
        return len(at) > 2 and entry in lineage and at[2] in lineage[entry][1]
    specs = [spec for spec, _ in lineage.values()]
    is_cut = bool(specs) and not any(spec.scene for spec in specs)
    if inside == scope.loc and at[0] in ("scenes", "cut", "title", "episode"):
        if at[0] == "scenes":  # one that came or went where there is no cut
            return is_cut and not scope.spec.cut
        return is_cut if at[0] == "cut" else any(i.scene is not None and i.scene.card is not None for i in output.cut)
    return not inside and (at[0] in ("fps", "out") or (at[0] == "size" and all(spec.size is None for spec in specs)))


def _lineage(project: Project, scope: Scope, output: Output) -> dict[Loc, tuple[OutputSpec, set[str]]]:
    """The outputs that one takes over from, itself included, and which of their keys count for it."""
    said, tree = project.said_of_outputs(scope), project.loaded.tree
    found: dict[Loc, tuple[OutputSpec, set[str]]] = {}
    hidden = {"aspects", "platforms"}
    current = str(output.loc[-1]) if output.loc[-2] in ("outputs", "each-episode") else None
    while current is not None and current in said:
        spec, loc = said[current]
        if loc in found:
            break
        found[loc] = spec, set(type(spec).model_fields) - hidden
        if tree.at(loc).copied:  # an episode's own way of what every episode has
            own, every = tree.at(loc).value, tree.at(("each-episode", current)).value
            found["each-episode", current] = spec, {k for k in found[loc][1] if own.get(k) is every.get(k)}
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

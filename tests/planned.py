"""The keys of a project as it is planned with an empty store, each with the things that it shows or is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from studio.build import open_session
from studio.fingerprint import Fingerprints
from studio.graph import Graph
from studio.hashing import WIDTH, Keys, canonical, digest
from studio.keys import Node
from studio.packs import Kind
from studio.project import Project
from studio.store import Known
from studio.studiofile import load_text
from tests.mutation import Plain

EVERYTHING = ("everything",)
MIXED = ("mixed",)  # frames that a fade, a dissolve or an iris touches

Thing = tuple[Any, ...]


class Nothing:
    """A store that knows nothing: all tokens are provisional."""

    root = Path("/nowhere")

    def known(self, keys: Keys, kind: Kind | None = None) -> Known:
        n = len(keys)
        none = np.zeros(n, np.bool_)
        return Known(none, np.zeros((n, WIDTH), np.uint8), none.copy(), np.zeros(n, np.float32))

    def intact(self, path: str) -> bytes | None:
        return None


@dataclass
class Seen:
    """The keys of a project, each with the things that it shows or is."""

    drawings: dict[bytes, list[frozenset[Thing]]] = field(default_factory=dict)
    contents: dict[bytes, Any] = field(default_factory=dict)  # of drawings, all that they are made from
    frames: dict[bytes, list[frozenset[Thing]]] = field(default_factory=dict)
    segments: dict[str, dict[bytes, tuple[bytes, ...]]] = field(default_factory=dict)
    order: dict[str, list[bytes]] = field(default_factory=dict)  # of each output the keys of its frames
    outputs: dict[str, bytes] = field(default_factory=dict)
    deep: dict[str, bytes] = field(default_factory=dict)
    rests_on: dict[str, set[str]] = field(default_factory=dict)


def opened(data: Plain, root: Path) -> Project:
    """The project of some plain data; every JSON text is YAML."""
    project = Project(load_text(json.dumps(data), root), root / "Studiofile")
    project.finish()
    return project


def seen(project: Project, code: Fingerprints, outputs: Iterable[str] = ()) -> Seen:
    """Plan a project (all its outputs if none is named) with an empty store and note down all keys."""
    wanted = [o for name, o in project.outputs.items() if not outputs or name in outputs]
    session: Any = open_session(project, Nothing(), code, wanted)  # type: ignore[arg-type]
    plan, found = session.plan(), Seen()
    for number, output in enumerate(plan.outputs):
        film, name = output.wish.film, output.wish.output.name
        keys = [key.tobytes() for key in plan.frames.keys[output.of_frame]]
        found.order[name], found.outputs[name] = keys, output.key
        things = [list(_things(shot, name)) for shot in film.shots]
        for key, at in zip(keys, output.wish.frames, strict=True):
            shown = set(things[film.shot[at]][film.frame[at]])
            if film.other[at] >= 0:
                shown |= things[film.other[at]][film.other_frame[at]]
            if film.other[at] >= 0 or film.fade[at] < 255 or film.iris[at, 2] >= 0:
                shown.add(MIXED)
            found.frames.setdefault(key, []).append(frozenset(shown))
        for n, shot in enumerate(film.shots):
            rows = shot.rows if (number, n) in plan.shown else None  # a still shows few of its film's shots
            nodes = plan.nodes(number, n, rows) if rows is not None else []
            for node in (node for look in nodes for last in look for node in last.line()):
                key, content = plan.tokens.token[node.name], _content(node)
                found.drawings.setdefault(key, []).append(_owners(node, shot, name))
                assert found.contents.setdefault(key, content) == content, "two drawings have one key"
        if output.wish.form == "i420":
            parts = [tuple(keys[a:b]) for a, b in output.edges]
            found.segments[name] = {k.tobytes(): p for k, p in zip(output.segment_keys, parts, strict=True)}
    graph = Graph(project, code)
    deep = graph.deep_keys()
    for name in project.outputs:
        found.deep[name] = deep[f"output {name}"]
        found.rests_on[name] = set(graph.closure(f"output {name}"))
    return found


def _things(shot: Any, output: str) -> Iterator[set[Thing]]:
    """For each frame of a shot all that it shows."""
    scene = shot.script.scene
    everywhere: set[Thing] = {EVERYTHING, ("output", output), ("scene", scene.name)}
    everywhere |= {(how, s.name) for s in shot.styles for how in ("pass", "under")}
    if scene.card is not None:
        everywhere.add(("card",))
    rows = shot.rows
    shown = rows.shown() if rows is not None else None
    for n in range(shot.length):
        found = set(everywhere)
        for r in np.flatnonzero(shown[n]) if shown is not None else ():
            recipe = rows.recipes[r]
            found |= {_owner(recipe, scene), *(("pass", s.name) for s in recipe.styles)}
        yield found


def _owner(recipe: Any, scene: Any) -> Thing:
    first = recipe.target.split("/")[0]
    if recipe.rule.startswith(("character", "kits/")):
        return ("figure", first)
    return ("plane", scene.stage.name, first) if scene.stage is not None else ("card",)


def _content(node: Node) -> Any:
    r, styles = node.recipe, [n.style for n in node.line() if n.style is not None]
    made = (r.rule, r.params, dict(r.variant), r.canvas, r.seed)
    return made, [(s.rule, s.params, s.seed, r.role, r.target, node.lines) for s in styles]


def _owners(node: Node, shot: Any, output: str) -> frozenset[Thing]:
    styles: set[Thing] = {("pass", n.style.name) for n in node.line() if n.style is not None}
    styles |= {("beside", s.name) for s in shot.styles}
    scene = shot.script.scene
    return frozenset({EVERYTHING, ("output", output), ("scene", scene.name), _owner(node.recipe, scene), *styles})


def summed(found: Seen) -> str:
    """All keys in one word."""
    keys = [sorted(k.hex() for k in what) for what in (found.drawings, found.frames)]
    segments = {name: [k.hex() for k in parts] for name, parts in found.segments.items()}
    return digest(canonical([*keys, segments, {n: d.hex() for n, d in found.deep.items()}])).hex()


if __name__ == "__main__":  # the keys of the project in this folder
    here = Path.cwd()
    print(summed(seen(opened(json.loads((here / "plain.json").read_text()), here), Fingerprints())))

"""The graph of targets: what each needs, its normal form, and its deep key, from the files alone.

One node a target, never one a frame. The only module that knows networkx.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from studio.action import SceneSpec
from studio.fingerprint import Fingerprints
from studio.hashing import canonical, digest_of_file, key
from studio.project import Project
from studio.scope import Scope
from studio.spec import normal
from studio.targets import Alphabet, Output, Scene, Stage, Style
from studio.tree import Loc


@dataclass(frozen=True)
class Target:
    """Something with a name that can be built.

    normal: what the files say of it, defaults filled in, titles and the order of keys left out.
    code: the fingerprint of the rule that makes it. loc: where in the files it stands. seeds: what is
    drawn at random in it follows from its name as written, which is no part of what it says.
    """

    name: str
    kind: str
    normal: Any
    code: bytes
    loc: Loc
    seeds: str = ""


class Graph:
    """All targets of a project: those of the Studiofile and those of every episode.

    digest_of: what stands for the content of an asset.
    """

    def __init__(
        self, project: Project, fingerprints: Fingerprints, digest_of: Callable[[Path], bytes] = digest_of_file
    ) -> None:
        self._project, self._code, self._digest_of = project, fingerprints, digest_of
        self.targets: dict[str, Target] = {}
        self._needs: dict[str, list[str]] = {}
        for scope in project.scopes.values():
            self._scope(scope)
        for output in project.outputs.values():
            self.add_output(output)

    # -- asking

    def needs(self, name: str) -> list[str]:
        """What a target needs directly, by name."""
        return sorted(set(self._needs[name]))

    def closure(self, name: str) -> list[str]:
        """A target and all that it rests on, what is needed first."""
        import networkx as nx

        reached = self._graph.subgraph({name, *nx.descendants(self._graph, name)})
        return list(reversed(list(nx.lexicographical_topological_sort(reached))))

    def reached(self, name: str) -> set[str]:
        """What `closure` has, in no order."""
        found, waiting = {name}, [name]
        while waiting:
            new = set(self._needs[waiting.pop()]) - found
            found |= new
            waiting += new
        return found

    def deep_keys(self) -> dict[str, bytes]:
        """For each target the hash of everything it rests on."""
        deep: dict[str, bytes] = {}
        for name in self._order():
            target = self.targets[name]
            own = key(target.kind.encode(), canonical([target.normal, target.seeds]), target.code)
            deep[name] = key(own, *(deep[needed] for needed in self.needs(name)))
        return deep

    def plain(self) -> dict[str, Any]:
        """Nodes and edges as plain values."""
        nodes = [{"name": t.name, "kind": t.kind} for t in self.targets.values()]
        return {"targets": nodes, "needs": [[a, b] for a, b in sorted(self._graph.edges)]}

    @cached_property
    def _graph(self) -> Any:
        import networkx as nx  # takes 0.1 s, and a dry run asks nothing of the graph but its targets

        graph = nx.DiGraph((name, needed) for name, needs in self._needs.items() for needed in needs)
        graph.add_nodes_from(self.targets)
        return graph

    def _order(self) -> list[str]:
        """All targets, what is needed first."""
        import networkx as nx

        return list(reversed(list(nx.lexicographical_topological_sort(self._graph))))

    # -- filling

    def _scope(self, scope: Scope) -> None:
        for name, character in scope.spec.characters.items():
            figure = scope.figures[name]
            rule = "_biped" if figure.rule == "character" else figure.rule.replace("/", ".")
            said, code = normal(character), self._code.of(f"rules.{rule}")
            loc, needs = (*scope.loc, "characters", name), []
            for path in figure.pictures:
                asset = Target(f"asset {path.name}", "asset", self._digest_of(path).hex(), b"", loc)
                needs.append(self._add(asset))
            self._add(Target(figure.target, "character", said, code, loc, str(figure.seed)), needs)
        for name, spec in scope.spec.alphabets.items():
            self._alphabet(scope.alphabets[name], normal(spec), (*scope.loc, "alphabets", name))
        for name in scope.spec.passes:
            self._add(self._style(scope.styles[name], (*scope.loc, "passes", name)))
        for name, place in scope.spec.places.items():
            self._place(scope.stages[name], normal(place), (*scope.loc, "places", name))
        for name, scene in scope.own_scenes.items():
            self._scene(scene, scope.spec.scenes[name])
        for item in scope.cut:
            if item.scene is not None and item.scene.card is not None:
                self._card(item.scene)

    def _add(self, target: Target, needs: list[str] | None = None) -> str:
        if target.name not in self.targets:
            self.targets[target.name] = target
            self._needs[target.name] = needs or []
        return target.name

    def _alphabet(self, one: Alphabet, said: Any, loc: Loc) -> str:
        needs = []
        if one.font is not None and one.font.is_file():
            found = self._digest_of(one.font).hex()
            needs.append(self._add(Target(f"asset {one.font.name}", "asset", found, b"", (*loc, "face"))))
        code = self._code.of("rules.alphabet")
        return self._add(Target(one.target, "alphabet", said, code, loc, str(one.seed)), needs)

    def _style(self, style: Style, loc: Loc) -> Target:
        params, limits = style.params.model_dump(mode="json"), [style.only, style.without]
        described = [style.rule, params, style.seed, style.strength, limits]
        return Target(style.target, "pass", described, self._code.of(style.code), loc)

    def _styles(self, styles: tuple[Style, ...], loc: Loc) -> list[str]:
        return [self._add(self._style(style, loc)) for style in styles]

    def _place(self, stage: Stage, said: Any, loc: Loc) -> str:
        needs, rules = [], set()
        for n, plane in enumerate(stage.planes):
            needs += self._styles(plane.styles, (*loc, "planes", n))
            if plane.picture is not None:
                at = (*loc, "planes", n)
                found = self._digest_of(plane.picture.path).hex()  # as of footage: one file may be both
                needs.append(self._add(Target(f"asset {plane.picture.name}", "asset", found, b"", at)))
            rules.add(("rules.props." if plane.is_prop else "rules.plates.") + plane.rule.replace("-", "_"))
        code = key(*(self._code.of(rule) for rule in sorted(rules)))
        seeds = " ".join(str(plane.seed) for plane in stage.planes)
        return self._add(Target(stage.target, "place", said, code, loc, seeds), needs)

    def _scene(self, scene: Scene, spec: SceneSpec) -> None:
        said = normal(spec)
        needs = self._styles(scene.styles, (*scene.loc, "passes"))
        if scene.footage is not None:
            found = self._digest_of(scene.footage).hex()
            asset = Target(f"asset {spec.footage}", "asset", found, b"", (*scene.loc, "footage"))
            needs.append(self._add(asset))
        elif scene.stage is not None:
            needs.append(self._add_stage(scene, spec))
            said.pop("place", None)
        named = {c.figure.name for c in scene.cast} | _walkers(spec.action)
        needs += [scene.figures[name].target for name in sorted(named) if name in scene.figures]
        code = self._code.of("rules.scene", "rules.character", "rules.weather", "rules.caption")
        self._add(Target(scene.target, "scene", said, code, scene.loc, scene.name), needs)

    def _add_stage(self, scene: Scene, spec: SceneSpec) -> str:
        stage = scene.stage
        assert stage is not None
        if isinstance(spec.place, str) or spec.place is None:
            return stage.target
        return self._place(stage, normal(spec.place), (*scene.loc, "place"))

    def _card(self, scene: Scene) -> None:
        assert scene.card is not None
        passes = [style.name for style in scene.styles]  # in their order, which needs do not have
        written = [self._alphabet(one, one.params.model_dump(mode="json"), scene.loc) for one in scene.fonts]
        said = {"card": scene.card.model_dump(mode="json"), "length": scene.length, "passes": passes}
        self._add(
            Target(scene.target, "card", said, self._code.of(f"rules.{scene.card_rule}"), scene.loc),
            [*self._styles(scene.styles, scene.loc), *written],
        )

    def add_output(self, output: Output) -> None:
        """Add an output that the files do not name, such as a scene's own."""
        cut = [[*i.said, i.scene.name if i.scene else None] for i in output.cut]
        fps = self._project.fps
        said = {
            "size": [output.width, output.height],
            "cut": cut,
            "at": output.at,
            "quality": output.quality,
            "captions": output.captions,
            "fps": str(fps),
            "passes": [style.name for style in output.styles],
        }
        needs = self._styles(output.styles, (*output.loc, "passes"))
        for item in output.cut:
            if item.scene is not None:
                needs.append(item.scene.target)
        code = self._code.of("rules.title") if output.captions == "cards" else b""
        self._add(Target(f"output {output.name}", "output", said, code, output.loc), needs)


def _walkers(lines: Any) -> set[str]:
    """Whoever does something in some lines of action."""
    names = {line.who for line in lines if line.who}
    for line in lines:
        names |= _walkers(line.together or ())
    return names

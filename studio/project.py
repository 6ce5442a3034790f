"""A checked project: the names of its Studiofile and of every episode, and the outputs that can be asked for.

Takes the specification from `studiofile`; knows no pixels and no time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from studio.errors import Problem, ProjectError, did_you_mean
from studio.lookup import Files
from studio.own import OwnRules, Trust
from studio.rule import hook
from studio.scope import Scope
from studio.spec import PLATFORMS, OutputSpec
from studio.studiofile import Loaded, load
from studio.targets import Item, Output, Scene, Stage
from studio.tree import Loc
from studio.values import Spot

LOOKS = ("left", "right", "up", "down", "ahead", "camera")
#: film rates whose name is not their value
_RATES = {23.976: Fraction(24000, 1001), 29.97: Fraction(30000, 1001), 59.94: Fraction(60000, 1001)}

#: what is said of outputs by name, and where
Said = dict[str, tuple[OutputSpec, Loc]]


class Project:
    """All targets of a Studiofile by name. Made by `open_project`, which reports every problem at once.

    scopes: the names of the Studiofile itself, under "", and of each episode. What an episode makes
    is named `ep01/episode.mp4`; figures, stages and scenes are those of the Studiofile.
    """

    def __init__(self, loaded: Loaded, path: Path) -> None:
        self.path, self.root = path.resolve(), path.resolve().parent
        self.loaded, self.spec = loaded, loaded.spec
        self.fps = _RATES.get(self.spec.fps, Fraction(self.spec.fps).limit_denominator(1001))
        self._files = Files(self.root, loaded.tree, loaded.sources.own)
        self.problems = self._files.problems
        top = Scope(self.spec, self._files)
        episodes = {name: Scope(spec, self._files, top, name) for name, spec in self.spec.episodes.items()}
        self.scopes = {"": top, **episodes}
        self.figures, self.stages, self.scenes = top.figures, top.stages, top.scenes
        for scope in self.scopes.values():
            self._check_limits(scope)
        self.outputs = {o.name: o for scope in self.scopes.values() for o in self._outputs(scope)}
        self.out = self._out()

    @property
    def own(self) -> OwnRules:
        """The rules that are the project's own."""
        return self.loaded.sources.own

    def every_scene(self) -> Iterator[Scene]:
        """The scenes of the Studiofile and of all episodes."""
        for scope in self.scopes.values():
            yield from scope.own_scenes.values()

    def fonts(self) -> Iterator[Path]:
        """The font files that were read."""
        for scope in self.scopes.values():
            written = [*scope.alphabets.values(), *(f for i in scope.cut if i.scene for f in i.scene.fonts)]
            yield from (one.font for one in written if one.font is not None)

    def every_stage(self) -> dict[str, Stage]:
        """Every place by its target, those that are written in scenes too."""
        named = [stage for scope in self.scopes.values() for stage in scope.stages.values()]
        return {stage.target: stage for stage in [*(s.stage for s in self.every_scene() if s.stage), *named]}

    def scope_of(self, output: Output) -> Scope:
        """The names that an output was written with: those of its episode, or of the Studiofile."""
        return self.scopes.get(output.name.split("/")[0], self.scopes[""])

    def spot(self, stand: str | Spot, stage: Stage, loc: Loc) -> Spot:
        """Where a mark, a side or {x, z} is."""
        return self._files.spot(stand, stage, loc)

    def _check_limits(self, scope: Scope) -> None:
        """Passes that are for some of the picture alone: whom they name is there, and they restyle drawings."""
        planes = (plane.name for stage in self.every_stage().values() for plane in stage.planes)
        known = [*scope.figures, *dict.fromkeys(planes)]
        for name in scope.spec.passes:
            style, loc = scope.styles[name], (*scope.loc, "passes", name)
            for key, whom in (("only", style.only), ("except", style.without)):
                for n, one in enumerate(whom):
                    self._files.known(one, known, "character or plane", (*loc, key, n))
                if whom and hook(style.module, "drawing") is None:
                    what = f"`{style.rule}` works on whole frames only"
                    self._files.say(what, (*loc, key), "drop it, or take a style that restyles drawings")

    # -- outputs

    def said_of_outputs(self, scope: Scope) -> Said:
        """What is said of the outputs of the Studiofile, or of an episode, which has those of every episode too."""
        own: Said = {name: (spec, (*scope.loc, "outputs", name)) for name, spec in scope.spec.outputs.items()}
        each = self.spec.each_episode if scope.name else {}
        return {**{name: (spec, ("each-episode", name)) for name, spec in each.items()}, **own}

    def _outputs(self, scope: Scope) -> Iterator[Output]:
        said = self.said_of_outputs(scope)
        for name, (_, loc) in said.items():
            spec = self._inherited(name, said, (name,))
            width, height = (int(side) for side in (spec.size or self.spec.size).split("x"))
            styles = scope.styles_of(spec.passes, (*loc, "passes"))
            cut = self._cut_of(spec, scope, loc)
            output = Output(scope.path(name), width, height, styles, cut, spec.at, spec.quality, loc, spec.captions)
            if output.kind != "still" and spec.alphabet is not None:
                self._say("a specimen is a still", (*loc, "alphabet"), "name the output .png")
            if output.kind != "still" and spec.at is not None:
                self._say("`at` is for stills", (*loc, "at"), "name the output .png")
            folder = name.split("/")[0]
            if not scope.name and folder in self.scopes:
                self._say(f"`{name}` is in the folder of the episode `{folder}`", loc, "call one of them otherwise")
            yield output
            for aspect in spec.aspects:
                yield _reshaped(output, aspect.replace(":", "x"), *_sides(width, height, aspect))
            for platform in spec.platforms:
                yield _reshaped(output, platform, *(int(side) for side in PLATFORMS[platform].split("x")))

    def _cut_of(self, spec: OutputSpec, scope: Scope, loc: Loc) -> tuple[Item, ...]:
        """The items that an output shows, in order."""
        if spec.alphabet is not None:
            known = self._files.known(spec.alphabet, scope.alphabets, "alphabet", (*loc, "alphabet"))
            return (Item(scope.specimen(spec.alphabet)),) if known else ()
        if spec.scene is not None:
            if loc[0] == "each-episode" and spec.scene not in scope.scenes:
                hint = f"give it one, at {self.loaded.tree.place_of(scope.loc)}"
                self._say(f"the episode `{scope.name}` has no scene `{spec.scene}`", (*loc, "scene"), hint)
                return ()
            known = self._files.known(spec.scene, scope.scenes, "scene", (*loc, "scene"))
            return (Item(scope.scenes[spec.scene]),) if known else ()
        if not scope.spec.cut:
            if len(scope.own_scenes) > 1:
                what = "a film of several scenes needs `cut:`, which says their order"
                self._say(what, scope.loc or loc, "add `cut: [...]`")
            return tuple(Item(scene) for scene in scope.own_scenes.values())
        return scope.cut

    def _inherited(self, name: str, said: Said, path: tuple[str, ...]) -> OutputSpec:
        spec, loc = said[name]
        if spec.of is None:
            return spec
        if not self._files.known(spec.of, said, "output", (*loc, "of")):
            return spec
        if spec.of in path:
            what = f"`of` goes round in a circle: {' -> '.join([*path, spec.of])}"
            self._say(what, (*loc, "of"), "let one of them stand on its own")
            return spec
        origin = self._inherited(spec.of, said, (*path, spec.of))
        own = {key: getattr(spec, key) for key in spec.model_fields_set}
        # a still of a film is one picture: the film's other shapes are not asked for
        return origin.model_copy(update={"aspects": (), "platforms": (), "at": None, **own})

    def implicit(self, name: str) -> Output | None:
        """`meet.mp4`, `meet.png` or `ep01/meet.mp4` for a scene that no output names, else as `sheet_of`."""
        folder, _, file = name.rpartition("/")
        stem, dot, ending = file.rpartition(".")
        scenes = self.scopes[folder].scenes if folder in self.scopes else {}
        if not dot or ending not in ("mp4", "png") or stem not in scenes:
            return self.sheet_of(name)
        return self._showing(name, scenes[stem])

    def sheet_of(self, name: str) -> Output | None:
        """`ada.png`, the model sheet of a character; `roman.png`, the specimen of an alphabet; `square.png` and
        `square.mp4`, a place as it is seen from home."""
        folder, _, file = name.rpartition("/")
        stem, dot, ending = file.rpartition(".")
        scope = self.scopes.get(folder)
        if scope is None or not dot or ending not in ("mp4", "png"):
            return None
        scene = scope.sheet_of(stem) if ending == "png" else None
        scene = scene or scope.empty(stem)
        return self._showing(name, scene) if scene is not None else None

    def _showing(self, name: str, scene: Scene) -> Output:
        width, height = (int(side) for side in self.spec.size.split("x"))
        return Output(name, width, height, (), (Item(scene),), None, 20, scene.loc)

    def of_episode(self, name: str) -> list[Output]:
        """All outputs of an episode; none if there is no such episode."""
        return [o for o in self.outputs.values() if name in self.spec.episodes and o.name.startswith(f"{name}/")]

    # -- problems

    def _out(self) -> Path:
        """The output folder: beside the Studiofile or below, never elsewhere."""
        out = (self.root / self.spec.out).resolve()
        if out != self.root and self.root not in out.parents:
            what = f"`{self.spec.out}` leaves the project: outputs go beside the Studiofile"
            self._say(what, ("out",), "write `out: out`")
        return out

    def _say(self, what: str, loc: Loc, hint: str = "") -> None:
        self._files.say(what, loc, hint)

    def finish(self) -> None:
        """Raise everything that was found."""
        if self.problems:
            raise ProjectError(self.loaded.sources.pointed(p) for p in dict.fromkeys(self.problems))


def open_project(path: Path, parsed: dict[str, list[Any]] | None = None, trust: Trust = "refused") -> Project:
    """Read and check a Studiofile; ProjectError with all problems. parsed, trust: see `studiofile.load`."""
    project = Project(load(path, parsed, trust), path)
    project.finish()
    return project


def _sides(width: int, height: int, aspect: str) -> tuple[int, int]:
    """Another aspect at the same shorter side, both sides even: 1280x720 at 9:16 is 720x1280."""
    across, down = (int(side) for side in aspect.split(":"))
    short = min(width, height)
    if across >= down:
        return 2 * round(short * across / down / 2), short
    return short, 2 * round(short * down / across / 2)


def _reshaped(output: Output, suffix: str, width: int, height: int) -> Output:
    stem, ending = (output.name[:-1], "/") if output.name.endswith("/") else output.name.rsplit(".", 1)
    dot = "" if ending == "/" else "."
    return replace(output, name=f"{stem}-{suffix}{dot}{ending}", width=width, height=height)


def named_outputs(project: Project, names: Iterable[str]) -> list[Output]:
    """The outputs asked for, all if none is; an episode's name stands for all that it makes.

    UsageError-free: ProjectError with the nearest name.
    """
    wanted = list(names)
    if not wanted:
        return list(project.outputs.values())
    found: list[Output] = []
    problems = []
    for name in wanted:
        output = project.outputs.get(name) or project.outputs.get(name + "/") or project.implicit(name)
        these = [output] if output else project.of_episode(name.rstrip("/"))
        if not these:
            scenes = [f"{scope.path(scene)}.mp4" for scope in project.scopes.values() for scene in scope.own_scenes]
            known = [*project.outputs, *project.spec.episodes, *scenes]
            problems.append(Problem(f"there is no output `{name}`", None, did_you_mean(name, known)))
        found += these
    if problems:
        raise ProjectError(problems)
    return list({output.name: output for output in found}.values())


def named_output(project: Project, name: str) -> Output:
    """The one output that is asked for; ProjectError if that is none, or all that an episode makes."""
    found = named_outputs(project, [name])
    if len(found) > 1:
        what = f"`{name}` is an episode with {len(found)} outputs"
        raise ProjectError([Problem(what, None, f"name one: {', '.join(o.name for o in found)}")])
    return found[0]

"""A checked project: every name in it means something, every target has its rule, parameters and seed.

Takes the specification from `studiofile` and resolves names; knows no pixels and no time.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rules import title
from rules.character import CharacterParams
from rules.plates import PLATES
from rules.props import PROPS
from rules.styles import STYLES
from studio.action import SceneSpec
from studio.errors import Problem, ProjectError, did_you_mean
from studio.hashing import seed_of
from studio.params import Params
from studio.rule import hook
from studio.sets import PlaceSpec
from studio.spec import PLATFORMS, CutItem, OutputSpec, Studiofile, knobs_in
from studio.studiofile import Loaded, load
from studio.targets import Figure, Item, Output, Plane, Scene, Stage, Standing, Style
from studio.tree import Loc
from studio.values import Spot

SIDES = {"left": Spot(x=-1.3, z=7.0), "right": Spot(x=1.3, z=7.0), "centre": Spot(x=0.0, z=7.0)}
LOOKS = ("left", "right", "up", "down", "ahead", "camera")
#: film rates whose name is not their value
_RATES = {23.976: Fraction(24000, 1001), 29.97: Fraction(30000, 1001), 59.94: Fraction(60000, 1001)}


class Project:
    """All targets of a Studiofile by name. Made by `open_project`, which reports every problem at once."""

    def __init__(self, loaded: Loaded, path: Path) -> None:
        self.path, self.root = path.resolve(), path.resolve().parent
        self.loaded, self.spec = loaded, loaded.spec
        self.fps = _RATES.get(self.spec.fps, Fraction(self.spec.fps).limit_denominator(1001))
        self.problems: list[Problem] = []
        self.figures = {
            name: Figure(
                name, CharacterParams.model_construct(**_own(spec, CharacterParams)), _seed(spec, "character", name)
            )
            for name, spec in self.spec.characters.items()
        }
        self.styles = {
            name: Style(name, spec.rule, knobs_in(spec, STYLES[spec.rule]), _seed(spec, "pass", name), spec.strength)
            for name, spec in self.spec.passes.items()
        }
        self.stages = {name: self._stage(name, spec, ("places", name)) for name, spec in self.spec.places.items()}
        self.scenes: dict[str, Scene] = {}
        for name, spec in self.spec.scenes.items():
            self.scenes[name] = self._scene(name, spec)
        self.cut = tuple(item for n, spec in enumerate(self.spec.cut) for item in self._item(spec, n))
        self.outputs = {o.name: o for o in self._outputs()}
        self.out = self._out()

    # -- places and scenes

    def _stage(self, name: str, spec: PlaceSpec, loc: Loc) -> Stage:
        planes, seen = [], set()
        for n, plane in enumerate(spec.planes):
            at = (*loc, "planes", n)
            is_prop = hasattr(plane, "prop")
            rule = plane.prop if is_prop else plane.plate
            module = (PROPS if is_prop else PLATES)[rule]
            called = plane.name or rule
            if called in seen:
                self._say(f"two planes of `{name}` are called `{called}`", at, "give one of them a `name:`")
            seen.add(called)
            styles = self._styles(plane.passes, (*at, "passes"))
            for n_style, style in enumerate(styles):
                if hook(style.module, "drawing") is None:
                    self._say(
                        f"`{style.name}` works on whole frames only",
                        (*at, "passes", n_style),
                        "use it in a scene or an output",
                    )
            origin = name if spec.seed is None else spec.seed
            seed = plane.seed if plane.seed is not None else seed_of("plane", origin, called)
            depth = plane.z if plane.z is not None else module.DEPTH
            x = plane.x if is_prop else 0.0
            lit = plane.lit if is_prop else False
            planes.append(Plane(called, rule, knobs_in(plane, module), seed, depth, x, is_prop, lit, styles))
        return Stage(name, spec.time, tuple(planes), spec.marks)

    def _scene(self, name: str, spec: SceneSpec) -> Scene:
        loc: Loc = ("scenes", name)
        seed = spec.seed if spec.seed is not None else seed_of("scene", name)
        styles = self._styles(spec.passes, (*loc, "passes"))
        if spec.footage is not None:
            clip = self._inside(spec.footage, (*loc, "footage"))
            return Scene(name, None, (), (), styles, spec.length, seed, loc, footage=clip)
        stage = self._stage_of(spec, name, loc)
        cast: list[Standing] = []
        for n, standing in enumerate(spec.cast):
            at = (*loc, "cast", n)
            if self._known(standing.who, self.figures, "character", (*at, "who")):
                if any(c.figure.name == standing.who for c in cast):
                    self._say(f"`{standing.who}` is cast twice", (*at, "who"), "a figure stands in one place")
                spot = self.spot(standing.stand, stage, (*at, "stand"))
                facing = {"left": -1, "right": 1}.get(standing.facing or "", 1 if spot.x <= 0 else -1)
                cast.append(Standing(self.figures[standing.who], spot, facing, standing.mood))
        return Scene(name, stage, tuple(cast), spec.action, styles, spec.length, seed, loc)

    def _stage_of(self, spec: SceneSpec, name: str, loc: Loc) -> Stage:
        if isinstance(spec.place, PlaceSpec):
            return self._stage(f"{name}.place", spec.place, (*loc, "place"))
        if spec.place is not None and self._known(spec.place, self.stages, "place", (*loc, "place")):
            return self.stages[spec.place]
        return Stage("nowhere", "day", (), {})

    def spot(self, stand: str | Spot, stage: Stage, loc: Loc) -> Spot:
        """Where a mark, a side or {x, z} is."""
        if isinstance(stand, Spot):
            return stand
        known = {**SIDES, **stage.marks}
        return known[stand] if self._known(stand, known, "mark", loc) else SIDES["centre"]

    # -- the cut and the outputs

    def _item(self, item: CutItem, n: int) -> Iterable[Item]:
        loc: Loc = ("cut", n)
        if item.scene == "title" and "title" not in self.scenes:
            yield from self._card(item, self.spec.title or "Untitled", "title", n)
        elif item.card is not None:
            yield from self._card(item, item.card, item.kind, n)
        elif item.scene is not None:
            if self._known(item.scene, self.scenes, "scene", loc):
                yield Item(self.scenes[item.scene])
        else:
            if item.iris is not None:
                self._known(item.iris, self.figures, "character", (*loc, "iris"))
            yield Item(None, item.fade, item.dissolve, item.iris)

    def _card(self, item: CutItem, text: str, kind: str, n: int) -> Iterable[Item]:
        loc: Loc = ("cut", n)
        styles = self._styles(item.passes, (*loc, "passes"))
        try:
            params = title.Params.model_validate({"text": text, "kind": kind})
        except ValidationError as error:  # a letter that the face lacks
            self._say(error.errors()[0]["msg"], loc, "write the card with other letters")
        else:
            yield Item(Scene(f"card {n}", None, (), (), styles, item.length, seed_of("card", text), loc, card=params))

    def _cut_of(self, spec: OutputSpec, loc: Loc) -> tuple[Item, ...]:
        """The items that an output shows, in order."""
        if spec.scene is not None:
            known = self._known(spec.scene, self.scenes, "scene", (*loc, "scene"))
            return (Item(self.scenes[spec.scene]),) if known else ()
        if not self.spec.cut:
            if len(self.scenes) > 1:
                self._say("a film of several scenes needs `cut:`, which says their order", loc, "add `cut: [...]`")
            return tuple(Item(scene) for scene in self.scenes.values())
        return self.cut

    def _outputs(self) -> Iterable[Output]:
        for name, spec in self.spec.outputs.items():
            loc: Loc = ("outputs", name)
            spec = self._inherited(name, spec, (name,))
            width, height = (int(side) for side in (spec.size or self.spec.size).split("x"))
            output = Output(
                name,
                width,
                height,
                self._styles(spec.passes, (*loc, "passes")),
                self._cut_of(spec, loc),
                spec.at,
                spec.quality,
                loc,
            )
            if output.kind != "still" and spec.at is not None:
                self._say("`at` is for stills", (*loc, "at"), "name the output .png")
            yield output
            for aspect in spec.aspects:
                yield _reshaped(output, aspect.replace(":", "x"), *_sides(width, height, aspect))
            for platform in spec.platforms:
                yield _reshaped(output, platform, *(int(side) for side in PLATFORMS[platform].split("x")))

    def _inherited(self, name: str, spec: OutputSpec, path: tuple[str, ...]) -> OutputSpec:
        if spec.of is None:
            return spec
        loc: Loc = ("outputs", name, "of")
        if not self._known(spec.of, self.spec.outputs, "output", loc):
            return spec
        if spec.of in path:
            self._say(
                f"`of` goes round in a circle: {' -> '.join([*path, spec.of])}", loc, "let one of them stand on its own"
            )
            return spec
        origin = self._inherited(spec.of, self.spec.outputs[spec.of], (*path, spec.of))
        own = {key: getattr(spec, key) for key in spec.model_fields_set}
        # a still of a film is one picture: the film's other shapes are not asked for
        return origin.model_copy(update={"aspects": (), "platforms": (), "at": None, **own})

    def implicit(self, name: str) -> Output | None:
        """`meet.mp4` or `meet.png` for a scene that no output names."""
        stem, dot, ending = name.rpartition(".")
        if not dot or ending not in ("mp4", "png") or stem not in self.scenes:
            return None
        width, height = (int(side) for side in self.spec.size.split("x"))
        return Output(name, width, height, (), (Item(self.scenes[stem]),), None, 20, ("scenes", stem))

    # -- names

    def _styles(self, names: Iterable[str], loc: Loc) -> tuple[Style, ...]:
        found = []
        for n, name in enumerate(names):
            if name in self.styles:
                found.append(self.styles[name])
            elif name in STYLES:  # a bare rule
                found.append(Style(name, name, STYLES[name].Params(), seed_of("pass", name), 1.0))
            else:
                self._known(name, {**self.styles, **STYLES}, "pass", (*loc, n))
        return tuple(found)

    def _known(self, name: str, table: Iterable[str], kind: str, loc: Loc) -> bool:
        known = list(table)
        if name not in known:
            self._say(f"unknown {kind} `{name}`", loc, did_you_mean(name, known))
        return name in known

    def _inside(self, name: str, loc: Loc) -> Path:
        path = self.root / name
        if not path.is_file():
            around = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
            self._say(f"there is no file {name}", loc, did_you_mean(Path(name).name, around))
        return path

    def _out(self) -> Path:
        """The output folder: beside the Studiofile or below, never elsewhere."""
        out = (self.root / self.spec.out).resolve()
        if out != self.root and self.root not in out.parents:
            self._say(
                f"`{self.spec.out}` leaves the project: outputs go beside the Studiofile", ("out",), "write `out: out`"
            )
        return out

    def _say(self, what: str, loc: Loc, hint: str = "") -> None:
        self.problems.append(Problem(what, self.loaded.tree.place_of(loc), hint))

    def finish(self) -> None:
        """Raise everything that was found."""
        if self.problems:
            raise ProjectError(self.loaded.sources.pointed(p) for p in dict.fromkeys(self.problems))


def open_project(path: Path) -> Project:
    """Read and check a Studiofile; ProjectError with all problems."""
    project = Project(load(path), path)
    project.finish()
    return project


def _own(spec: Any, params: type[Params]) -> dict[str, Any]:
    return {name: getattr(spec, name) for name in params.model_fields}


def _seed(spec: Any, kind: str, name: str) -> int:
    return spec.seed if spec.seed is not None else seed_of(kind, name)


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
    return Output(
        f"{stem}-{suffix}{dot}{ending}", width, height, output.styles, output.cut, output.at, output.quality, output.loc
    )


def named_outputs(project: Project, names: Iterable[str]) -> list[Output]:
    """The outputs asked for, all if none is; UsageError-free: ProjectError with the nearest name."""
    wanted = list(names)
    if not wanted:
        return list(project.outputs.values())
    found, problems = [], []
    for name in wanted:
        output = project.outputs.get(name) or project.outputs.get(name + "/") or project.implicit(name)
        if output is None:
            scenes = [f"{scene}.mp4" for scene in project.scenes]
            problems.append(
                Problem(f"there is no output `{name}`", None, did_you_mean(name, [*project.outputs, *scenes]))
            )
        else:
            found.append(output)
    if problems:
        raise ProjectError(problems)
    return found


__all__ = [
    "Figure",
    "Output",
    "Plane",
    "Project",
    "Scene",
    "Stage",
    "Standing",
    "Studiofile",
    "Style",
    "named_outputs",
    "open_project",
]

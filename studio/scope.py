"""The names of a Studiofile, or of one of its episodes: every one means something, with its rule, parameters and seed.

An episode also sees the names of the Studiofile; those mean what they mean there. Knows no pixels and no time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from rules import _hand, alphabet, model_sheet, title
from rules._flying import KINDS, Fall
from rules._hand import FaceName, Hand
from rules.kits import params_of
from rules.plates import PLATES
from rules.props import PROPS
from rules.styles import STYLES
from studio import picture
from studio.action import ONLY_PEOPLE, VIEWS_OF, SceneSpec
from studio.errors import StudioError, did_you_mean
from studio.hashing import digest, seed_of
from studio.lookup import Files
from studio.params import Params
from studio.picture import Picture
from studio.rule import hook
from studio.sets import FONTS, PlaceSpec, WeatherSpec
from studio.spec import CutItem, EpisodeSpec, Studiofile, knobs_in
from studio.targets import NOWHERE, Alphabet, Figure, Item, Plane, Scene, Stage, Standing, Style, bare
from studio.tree import Loc

_MOMENT = "4s"  #: of film that shows a place or a sheet

S = TypeVar("S")


class Scope:
    """Targets by name. `figures`, `styles`, `stages` and `scenes` hold those from above too."""

    def __init__(
        self, spec: Studiofile | EpisodeSpec, files: Files, above: Scope | None = None, name: str = ""
    ) -> None:
        self.spec, self.name, self._files, self._above = spec, name, files, above
        self.loc: Loc = ("episodes", name) if above else ()
        self.title = spec.episode if isinstance(spec, EpisodeSpec) else spec.title
        self.figures = self._seen("figures", {n: self._figure(n) for n in spec.characters})
        self.alphabets = self._seen("alphabets", {n: self._alphabet(n) for n in spec.alphabets})
        self.styles = self._seen("styles", {n: self._style(n) for n in spec.passes})
        own = {n: self._stage(n, place, (*self.loc, "places", n)) for n, place in spec.places.items()}
        self.stages = self._seen("stages", own)
        self.own_scenes = {n: self._scene(n, scene) for n, scene in spec.scenes.items()}
        self.scenes = self._seen("scenes", self.own_scenes)
        self.cut = tuple(item for n, entry in enumerate(spec.cut) for item in self._item(entry, n))

    def _seen(self, table: str, own: dict[str, S]) -> dict[str, S]:
        return {**(getattr(self._above, table) if self._above else {}), **own}

    def target(self, kind: str, name: str) -> str:
        """The name of something given here among all targets of the project."""
        return f"{kind} {self.path(name)}"

    def path(self, name: str) -> str:
        """Where something that is made here stands in the folder for outputs."""
        return f"{self.name}/{name}" if self.name else name

    # -- characters, passes, places

    def _figure(self, name: str) -> Figure:
        spec = self.spec.characters[name]
        seed = self._seed("characters", name, spec, "character")
        kind = params_of(spec.kit)
        own = _own(spec, kind)
        loc: Loc = (*self.loc, "characters", name, *((spec.kit,) if spec.kit != "biped" else ()))
        paths = self._pictures(own, loc) if "pictures" in own else ()
        return Figure(name, kind.model_construct(**own), seed, self.target("character", name), paths)

    def _pictures(self, own: dict[str, Any], loc: Loc) -> tuple[Path, ...]:
        """Read the pictures that parts name into the parameters; -> their files. A part without one is left out."""
        from rules._free_picture import Picture  # only projects with pictures of their own bring Pillow while planning

        found: dict[str, Any] = {}
        paths: list[Path] = []
        for n, part in enumerate(own["parts"]):
            if part.picture is None or part.picture in found:
                continue
            at = (*loc, "parts", n, "picture")
            path = self._inside(part.picture, at)
            if path.is_file():
                data = path.read_bytes()
                try:
                    found[part.picture] = Picture.of(part.picture, digest(data).hex(), data)
                    paths.append(path)
                except ValueError as error:
                    self._files.say(str(error), at, "a part is a still picture: PNG, JPEG, WebP or BMP")
        own["pictures"] = tuple(found.values())
        own["parts"] = tuple(p for p in own["parts"] if p.picture is None or p.picture in found)
        return tuple(paths)

    def _alphabet(self, name: str) -> Alphabet:
        spec, loc = self.spec.alphabets[name], (*self.loc, "alphabets", name)
        seed = self._seed("alphabets", name, spec, "alphabet")
        own = {key: value for key, value in _own(spec, _hand.Look).items() if value is not None}
        path = self._inside(spec.face, (*loc, "face")) if spec.is_font else None
        font = self._font(path, spec.face, (*loc, "face")) if path is not None else None
        face = "roman" if spec.is_font else spec.face
        try:
            params = alphabet.Params(**own, face=face, font=font)
        except ValidationError as error:  # a letter that the face lacks
            self._files.say(error.errors()[0]["msg"], loc, "write it with other letters")
            params = alphabet.Params()
        return Alphabet(name, params, seed, self.target("alphabet", name), path)

    def _font(self, path: Path, name: str, loc: Loc) -> Any:
        """A font file as a rule takes it; None, and a problem, if it cannot be read."""
        from rules._fontfile import Font  # brings Pillow and OpenCV, which most projects do not need for planning

        if not path.is_file():
            return None  # has been told
        data = path.read_bytes()
        try:
            return Font.of(name, digest(data).hex(), data)
        except ValueError as error:
            self._files.say(str(error), loc, "name a TrueType or OpenType font")
        return None

    def _lettered(self, item: CutItem, loc: Loc) -> Alphabet | None:
        """The alphabet that a card is written in."""
        name = item.face
        if name is None:
            return None
        if name in self.alphabets:
            return self.alphabets[name]
        if name in get_args(FaceName):
            return Alphabet(name, alphabet.Params(face=name), seed_of("alphabet", name), f"alphabet {name}")
        if name.lower().endswith(FONTS):
            path = self._inside(name, loc)
            params = alphabet.Params(font=self._font(path, name, loc))
            return Alphabet(name, params, seed_of("alphabet", name), f"alphabet {name}", path)
        self._files.known(name, [*self.alphabets, *get_args(FaceName)], "face", loc)
        return None

    def _style(self, name: str) -> Style:
        spec = self.spec.passes[name]
        own = self._files.rule(spec.rule, (*self.loc, "passes", name, "rule"))
        params = knobs_in(spec, own.module if own else STYLES[spec.rule])
        seed, target = self._seed("passes", name, spec, "pass"), self.target("pass", name)
        return Style(name, spec.rule, params, seed, spec.strength, target, spec.only, spec.except_, own)

    def _seed(self, table: str, name: str, spec: Any, kind: str) -> int:
        return spec.seed if spec.seed is not None else seed_of(kind, self.original(table, name, spec))

    def original(self, table: str, name: str, spec: Any) -> str:
        """The name that seeds come from: a copy is drawn as what it copies, unless it has a `seed:` of its own."""
        while spec.like is not None and spec.like != name:
            name = spec.like
            spec = self._spec(table, name)
        return name

    def _spec(self, table: str, name: str) -> Any:
        own = getattr(self.spec, table)
        return own[name] if name in own or self._above is None else self._above._spec(table, name)

    def _stage(self, name: str, spec: PlaceSpec, loc: Loc) -> Stage:
        planes, seen = [], set()
        original = spec.seed if spec.seed is not None else self.original("places", name, spec)
        for n, plane in enumerate(spec.planes):
            at = (*loc, "planes", n)
            is_prop = hasattr(plane, "prop")
            rule = plane.prop if is_prop else plane.plate
            module = (PROPS if is_prop else PLATES)[rule]
            own = self._picture(plane.file, at) if rule == "picture" else None
            called = plane.name or (Path(plane.file).stem if rule == "picture" else rule)
            if called in seen:
                self._files.say(f"two planes of `{name}` are called `{called}`", at, "give one of them a `name:`")
            seen.add(called)
            styles = self.styles_of(plane.passes, (*at, "passes"))
            for n_style, style in enumerate(styles):
                if hook(style.module, "drawing") is None:
                    what = f"`{style.name}` works on whole frames only"
                    self._files.say(what, (*at, "passes", n_style), "use it in a scene or an output")
            seed = plane.seed if plane.seed is not None else seed_of("plane", original, called)
            depth = plane.z if plane.z is not None else module.DEPTH
            x = plane.x if is_prop else 0.0
            lit = plane.lit if is_prop else False
            params = knobs_in(plane, module)
            planes.append(Plane(called, rule, params, seed, depth, x, is_prop, lit, styles, own))
        air = _falls(spec.weather, original), _veils(spec.weather)
        return Stage(name, spec.time, tuple(planes), spec.marks, self.target("place", name), spec.grade, *air)

    def _picture(self, name: str, loc: Loc) -> Picture | None:
        """A picture of the user's own that is a plate; what is wrong with it is a problem where it is named."""
        problems = len(self._files.problems)
        path = self._inside(name, loc)
        if len(self._files.problems) > problems:
            return None
        try:
            return picture.look(name, path, self._files.tree.place_of(loc))
        except StudioError as error:
            self._files.say(f"{name}: {error.problems[0].what}", loc, error.problems[0].hint)
            return None

    # -- scenes

    def _scene(self, name: str, spec: SceneSpec) -> Scene:
        loc: Loc = (*self.loc, "scenes", name)
        seed = spec.seed if spec.seed is not None else seed_of("scene", name)
        styles = self.styles_of(spec.passes, (*loc, "passes"))
        target = self.target("scene", name)
        if spec.footage is not None:
            clip = self._inside(spec.footage, (*loc, "footage"))
            return Scene(name, None, (), (), styles, spec.length, seed, loc, target, footage=clip)
        stage = self._stage_of(spec, name, loc)
        cast: list[Standing] = []
        for n, standing in enumerate(spec.cast):
            at = (*loc, "cast", n)
            if self._files.known(standing.who, self.figures, "character", (*at, "who")):
                if any(c.figure.name == standing.who for c in cast):
                    self._files.say(f"`{standing.who}` is cast twice", (*at, "who"), "a figure stands in one place")
                spot = self._files.spot(standing.stand, stage, (*at, "stand"))
                facing = {"left": -1, "right": 1}.get(standing.facing or "", 1 if spot.x <= 0 else -1)
                figure, body = self.figures[standing.who], VIEWS_OF.get(standing.facing or "", 45)
                if body != 45 and not hasattr(figure.module, "VIEWS"):
                    self._files.say(f"`{standing.who}` cannot face {standing.facing}", (*at, "facing"), ONLY_PEOPLE)
                if standing.holds is not None and not hasattr(figure.params, "holds"):
                    self._files.say(
                        f"`{standing.who}` has no hands", (*at, "holds"), "people hold things: `kit: biped`"
                    )
                cast.append(Standing(figure, spot, facing, standing.mood, body, standing.holds, standing.idle))
        return Scene(name, stage, tuple(cast), spec.action, styles, spec.length, seed, loc, target, self.figures)

    def _stage_of(self, spec: SceneSpec, name: str, loc: Loc) -> Stage:
        stage = NOWHERE
        if isinstance(spec.place, PlaceSpec):
            stage = self._stage(f"{name}.place", spec.place, (*loc, "place"))
        elif spec.place is not None and self._files.known(spec.place, self.stages, "place", (*loc, "place")):
            stage = self.stages[spec.place]
        if spec.grade is not None:
            stage = replace(stage, grade=spec.grade)
        if spec.weather is not None:
            stage = replace(stage, weather=_falls(spec.weather, stage.name), veils=_veils(spec.weather))
        return stage

    # -- the cut

    def _item(self, item: CutItem, n: int) -> Iterable[Item]:
        loc: Loc = (*self.loc, "cut", n)
        if item.scene == "title" and "title" not in self.scenes:
            yield from self._card(item, self.title or "Untitled", "title", n)
        elif item.card is not None:
            yield from self._card(item, item.card, item.kind, n)
        elif item.scene is not None:
            self._no_card(item, loc)
            if self._files.known(item.scene, self.scenes, "scene", loc):
                yield Item(self.scenes[item.scene])
        else:
            self._no_card(item, loc)
            if item.iris is not None:
                self._files.known(item.iris, self.figures, "character", (*loc, "iris"))
            for n_on, who in enumerate(item.on):
                self._files.known(who, self.figures, "character", (*loc, "on", n_on))
            yield Item(None, item.fade, item.dissolve, item.iris, item.wipe, item.from_, item.match, item.on)

    def _no_card(self, item: CutItem, loc: Loc) -> None:
        """What only a card can be told in a cut: a scene is the same wherever it stands."""
        for name in ("kind", "passes", "length"):
            if name in item.model_fields_set:
                where = f"`{name}:` stands in the scene `{item.scene}`" if item.scene and name != "kind" else ""
                self._files.say(f"in a cut only a card has a `{name}`", (*loc, name), where or "leave it out")

    def _card(self, item: CutItem, text: str, kind: str, n: int) -> Iterable[Item]:
        loc: Loc = (*self.loc, "cut", n)
        styles = self.styles_of(item.passes, (*loc, "passes"))
        written = self._lettered(item, (*loc, "face"))
        try:
            params = title.Params.model_validate({"text": text, "kind": kind, **_hand_of(written, item)})
        except ValidationError as error:  # a letter that the face lacks
            self._files.say(error.errors()[0]["msg"], loc, "write the card with other letters")
        else:
            # its name is its text: a card is the same drawing wherever in a film, or in which episode, it stands
            name, target = f"card {text}", self.target("card", str(n))
            fonts = (written,) if written is not None else ()
            seed = seed_of("card", text)
            yield Item(Scene(name, None, (), (), styles, item.length, seed, loc, target, card=params, fonts=fonts))

    def specimen(self, name: str) -> Scene:
        """The sheet of an alphabet, as a card that stands for one frame."""
        one = self.alphabets[name]
        loc: Loc = (*self.loc, "alphabets", name)
        return Scene(
            name, None, (), (), (), "1f", one.seed, loc, one.target, card=one.params, card_rule="alphabet", fonts=(one,)
        )

    # -- what characters and places are by themselves

    def sheet_of(self, name: str) -> Scene | None:
        """The model sheet of a character, or the specimen of an alphabet, as a card."""
        if name in self.alphabets:
            return self.specimen(name)
        if name not in self.figures:
            return None
        figure = self.figures[name]
        if name not in self.spec.characters and self._above is not None:
            return self._above.sheet_of(name)
        params = model_sheet.Params(name=self.spec.characters[name].character or name.title(), figure=figure.params)
        loc: Loc = (*self.loc, "characters", name)
        # drawn as in films: its name is the figure's, and so is its seed
        return Scene(
            name, None, (), (), (), _MOMENT, figure.seed, loc, figure.target, card=params, card_rule="model_sheet"
        )

    def empty(self, name: str) -> Scene | None:
        """A place without anybody in it."""
        if name not in self.stages:
            return None
        stage = self.stages[name]
        if name not in self.spec.places and self._above is not None:
            return self._above.empty(name)
        loc: Loc = (*self.loc, "places", name)
        return Scene(name, stage, (), (), (), _MOMENT, seed_of("place", name), loc, stage.target)

    # -- names

    def styles_of(self, names: Iterable[str], loc: Loc) -> tuple[Style, ...]:
        """Passes by name, in order; a bare rule is a pass too."""
        found = []
        for n, name in enumerate(names):
            if name in self.styles:
                found.append(self.styles[name])
            elif (own := self._files.rule(name, (*loc, n))) is not None or name in STYLES:
                found.append(bare(name, own))
            else:
                self._files.known(name, [*self.styles, *STYLES, *self._files.own.names()], "pass", (*loc, n))
        return tuple(found)

    def _inside(self, name: str, loc: Loc) -> Path:
        path = self._files.root / name
        if not path.is_file():
            around = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
            self._files.say(f"there is no file {name}", loc, did_you_mean(Path(name).name, around))
        return path


def _falls(said: Iterable[WeatherSpec], place: str | int) -> tuple[Fall, ...]:
    """Weather with its seeds, which come from the place and the kind."""
    return tuple(
        Fall(
            fall.kind,
            fall.amount,
            fall.wind,
            fall.seed if fall.seed is not None else seed_of("weather", place, fall.kind),
        )
        for fall in said
        if fall.kind in KINDS
    )


def _veils(said: Iterable[WeatherSpec]) -> tuple[tuple[str, float], ...]:
    return tuple((fall.kind, fall.amount) for fall in said)


def _hand_of(written: Alphabet | None, item: CutItem) -> dict[str, Any]:
    """What a card's parameters say of its letters."""
    said: dict[str, Any] = {} if item.enters is None else {"enters": item.enters}
    if written is not None:
        colours = {name: getattr(written.params, name) for name in ("ink", "ground", "accent")}
        said |= {"hand": Hand.model_construct(**_own(written.params, Hand)), **colours}
    return said


def _own(spec: Any, params: type[Params]) -> dict[str, Any]:
    return {name: getattr(spec, name) for name in params.model_fields}

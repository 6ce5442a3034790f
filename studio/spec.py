"""What the files of a project may say: one model a kind of file, every key with its meaning.

The models give validation, the JSON Schema and the normal form that is hashed. They check values one
by one; whether names mean something is checked by `project`. What is not built yet is not in here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from rules.title import Enters
from studio.action import SceneSpec
from studio.params import Colour, Params, Time, knob
from studio.sets import (
    CHARACTER_MODELS,
    AlphabetSpec,
    AnyCharacter,
    CharacterSpec,
    OwnPass,
    PassSpec,
    PlaceSpec,
    PresetSpec,
)
from studio.values import Aspect, Name, Names, OutputName, Size, checked, listed, or_file

#: sizes that platforms ask for
PLATFORMS = {
    "reels": "1080x1920",
    "shorts": "1080x1920",
    "square": "1080x1080",
    "tiktok": "1080x1920",
    "youtube": "1920x1080",
}


_ITEMS = ("scene", "card", "fade", "dissolve", "wipe", "match", "iris")


class CutItem(Params):
    """One item of the film: a scene, the title, a card, or a transition."""

    scene: Name | None = knob(None, "a scene's name; written bare")
    card: str | None = knob(None, "a card with words on it")
    kind: Literal["title", "card", "end"] = knob("card", "how the card is drawn")
    face: str | None = knob(None, "of a card: the hand of its letters, a face, an alphabet or a font file")
    enters: Enters | None = knob(None, "of a card: how its letters come in, one after the other")
    passes: tuple[Name, ...] = knob((), "styles of a card")
    length: Time | None = knob(None, "of a card; left out, what reading takes; a scene's stands in the scene")
    fade: Time | None = knob(None, "fade out and in again, each that long")
    dissolve: Time | None = knob(None, "overlap the scenes before and after by that much")
    iris: Name | None = knob(None, "close a round mask on somebody's face")
    wipe: Time | None = knob(None, "the scene after comes in over the one before, over a soft edge")
    from_: Literal["left", "right", "up", "down"] = Field("left", alias="from", description="where a wipe comes from")
    match: Time | None = knob(None, "a dissolve that leads the subject of one scene into that of the next")
    on: Names = knob((), "of a match: who in the scene before, and who in the one after; left out, whoever is seen")

    @model_validator(mode="after")
    def _one_kind(self) -> CutItem:
        kinds = [name for name in _ITEMS if getattr(self, name) is not None]
        if len(kinds) != 1:
            raise PydanticCustomError(
                "cut",
                "an item of the cut is a scene, `title`, {card: ...}, {fade: 12f}, {dissolve: 12f}, {wipe: 12f}, "
                "{match: 12f} or {iris: who}",
            )
        if len(self.on) > 2:
            raise PydanticCustomError("cut", "a match is on one or two: who is seen before, who is seen after")
        if self.card is None and self.scene != "title" and (self.face is not None or self.enters is not None):
            raise PydanticCustomError("cut", "`face` and `enters` are for cards: write {card: ..., face: ...}")
        return self


def _bare_scene(value: Any) -> Any:
    """`meet` is `{scene: meet}`."""
    return {"scene": value} if isinstance(value, str) else value


if TYPE_CHECKING:
    CutEntry: TypeAlias = CutItem
else:
    CutEntry = Annotated[CutItem, BeforeValidator(_bare_scene, json_schema_input_type=str | CutItem)]


class OutputSpec(Params):
    """Something to make: a film (.mp4, .mov, .mkv, .webm, .gif), a still (.png, .jpg) or a folder of frames (/)."""

    of: OutputName | None = knob(None, "take over all that another output says")
    scene: Name | None = knob(None, "only that scene, instead of the whole cut")
    alphabet: Name | None = knob(None, "the specimen sheet of that alphabet")
    passes: tuple[Name, ...] = knob((), "styles of everything in it, applied last")
    size: Size | None = knob(None, "in pixels; left out, the project's")
    aspects: tuple[Aspect, ...] = knob((), "also make NAME-9x16 and so on, composed anew by the camera")
    platforms: tuple[Literal["reels", "shorts", "square", "tiktok", "youtube"], ...] = knob(
        (), "also make NAME-tiktok and so on"
    )
    at: str | None = knob(None, "of a still: the moment, 4s, 96f, 1:30 or a cue (`meet.hello`)")
    captions: Literal[False, True, "cards"] = knob(
        False,
        "true: put all that is said at the bottom of the picture; cards: on intertitles that are cut in, each as long "
        "as reading takes, while the scene's own time stands still",
    )
    quality: int = knob(20, "x264's crf: lower is better and larger", low=1, high=40)


class Palette(Params):
    """The film's colours."""

    key: tuple[Colour, ...] = knob((), "the main colours")
    accent: Colour | None = knob(None, "for the one thing to look at")
    ambient: Colour = knob("#2b2d5b", "what shadows lean to")


class Cache(Params):
    """Where the store is and how large it may grow."""

    dir: str | None = knob(None, "a folder")
    max: Annotated[str, checked(re.compile(r"\d+(\.\d+)?(MB|GB|TB)\Z"), "amount", "20GB")] = knob("20GB", "its quota")


if TYPE_CHECKING:
    CharacterEntry: TypeAlias = CharacterSpec
    PlaceEntry: TypeAlias = PlaceSpec
    SceneEntry: TypeAlias = SceneSpec
    Files: TypeAlias = tuple[str, ...]
else:
    Files = Annotated[tuple[str, ...], BeforeValidator(listed, json_schema_input_type=str | tuple[str, ...])]
    CharacterEntry, PlaceEntry, SceneEntry = or_file(AnyCharacter), or_file(PlaceSpec), or_file(SceneSpec)


class _Names(Params):
    include: Files = knob((), "files that open with `shared:`; each reads as if it were written here")
    characters: dict[Name, CharacterEntry] = knob({}, "who can be cast; a file or its content each")
    alphabets: dict[Name, AlphabetSpec] = knob({}, "faces by name, each with what is changed about it")
    places: dict[Name, PlaceEntry] = knob({}, "where scenes can play; a file or its content each")
    scenes: dict[Name, SceneEntry] = knob({}, "a file or its content each")
    passes: dict[Name, PassSpec] = knob({}, "styles by name, each a rule and its parameters")
    cut: tuple[CutEntry, ...] = knob((), "the film, in order: scenes, title, cards, transitions")
    outputs: dict[OutputName, OutputSpec] = knob({}, "what `studio build` makes")


class EpisodeSpec(_Names):
    """An episode's file: it sees all names of the Studiofile, and what it makes stands in a folder of its name."""

    episode: str = knob("", "its title")


if TYPE_CHECKING:
    EpisodeEntry: TypeAlias = EpisodeSpec
else:
    EpisodeEntry = or_file(EpisodeSpec)


class _Project(_Names):
    title: str = knob("", "the film's title")
    fps: float = knob(24, "frames a second: 24, 25, 30, 23.976, 29.97 ...", low=1, high=120)
    size: Size = knob("1280x720", "of the picture in pixels")
    palette: Palette = knob(Palette(), "the film's colours")
    presets: dict[Name, PresetSpec] = knob({}, "values for passes by name, each a rule and its parameters")
    episodes: dict[Name, EpisodeEntry] = knob({}, "a file or its content each, in order")
    each_episode: dict[OutputName, OutputSpec] = Field(
        {}, alias="each-episode", description="outputs that every episode has"
    )
    out: str = knob("out", "the folder for outputs, beside the Studiofile")
    cache: Cache = knob(Cache(), "the store")


class Studiofile(_Project):
    """A project: the Studiofile with all the files that it names."""

    studio: Literal[1] = knob(..., "the version of the language")


class SharedSpec(_Project):
    """A file that others include: anything that a Studiofile may say."""

    shared: str = knob("", "its title, for people")


#: which key opens a file, and what stands behind it
KINDS: dict[str, type[BaseModel]] = {
    "studio": Studiofile,
    "episode": EpisodeSpec,
    "shared": SharedSpec,
    "scene": SceneSpec,
    "character": CharacterSpec,
    "place": PlaceSpec,
}


def normal(spec: BaseModel) -> Any:
    """The normal form that is hashed: plain values, titles and copies left out, defaults filled in."""
    return spec.model_dump(mode="json", by_alias=True, exclude=_titles(spec))


def _titles(spec: BaseModel) -> set[str]:
    """Keys that only people read."""
    if isinstance(spec, tuple(CHARACTER_MODELS.values())):
        return {"like", "character"}
    if isinstance(spec, AlphabetSpec):
        return {"like", "alphabet"}
    if isinstance(spec, PlaceSpec):
        return {"like", "place"}
    if isinstance(spec, SceneSpec):
        return {"like", "scene"}
    return {"like", "preset"} & type(spec).model_fields.keys()


def knobs_in(spec: BaseModel, rule: Any) -> Params:
    """The rule's own parameters, out of a plane or a pass."""
    if isinstance(spec, OwnPass):  # nobody has looked into its rule
        return rule.Params.model_construct(**(spec.model_extra or {}))  # type: ignore[no-any-return]
    values = {name: getattr(spec, name) for name in rule.Params.model_fields}
    return rule.Params.model_construct(**values)  # type: ignore[no-any-return]

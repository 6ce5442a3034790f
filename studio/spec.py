"""What the files of a project may say: one model a kind of file, every key with its meaning.

The models give validation, the JSON Schema and the normal form that is hashed. They check values one
by one; whether names mean something is checked by `project`. What is not built yet is not in here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Annotated, Any, Literal, Union

from pydantic import AfterValidator, BaseModel, BeforeValidator, Discriminator, Field, Tag, create_model, model_validator
from pydantic_core import PydanticCustomError

from rules.character import CharacterParams
from rules.plates import PLATES
from rules.props import PROPS
from rules.styles import STYLES
from studio.params import Colour, Params, Seed, Time, is_time, knob

#: sizes that platforms ask for
PLATFORMS = {"reels": "1080x1920", "shorts": "1080x1920", "square": "1080x1080", "tiktok": "1080x1920", "youtube": "1920x1080"}
CLIPS = (".mp4", ".mov", ".mkv", ".webm", ".m4v", ".avi", ".gif")
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp")

_SIZE = re.compile(r"(\d{2,5})x(\d{2,5})\Z")
_ASPECT = re.compile(r"(\d{1,2}):(\d{1,2})\Z")
_NAME = re.compile(r"[\w][\w-]*\Z")
_OUTPUT = re.compile(r"(?:[\w-][\w .-]*/)*[\w-][\w .-]*(?:\.mp4|\.png|/)\Z")


def _checked(pattern: re.Pattern[str], kind: str, example: str) -> AfterValidator:
    def check(value: str) -> str:
        if not pattern.match(value):
            raise PydanticCustomError(kind, "`{value}` is no {kind}: write {example}", {"value": value, "kind": kind, "example": example})
        return value

    return AfterValidator(check)


def _even(value: str) -> str:
    width, height = (int(side) for side in value.split("x"))
    if width % 2 or height % 2 or not (16 <= width <= 8192 and 16 <= height <= 8192):
        raise PydanticCustomError("size", "`{value}`: both sides must be even, from 16 to 8192", {"value": value})
    return value


def _wide(value: str) -> str:
    across, down = (int(side) for side in value.split(":"))
    if not (across and down) or not 0.2 <= across / down <= 5:
        raise PydanticCustomError("aspect", "`{value}` is too narrow or too wide: 1:5 to 5:1", {"value": value})
    return value


def _clip(value: str) -> str:
    if not value.lower().endswith((*CLIPS, *PICTURES)):
        known = ", ".join((*CLIPS, *PICTURES))
        raise PydanticCustomError("clip", "`{value}` is no video and no picture: {known}", {"value": value, "known": known})
    return value


def _whole_output(value: str) -> str:
    if not _OUTPUT.match(value) or ".." in value.split("/"):
        raise PydanticCustomError(
            "output", "`{value}` cannot be an output: a name that ends in .mp4, .png or / (a folder of frames)", {"value": value}
        )
    return value


Size = Annotated[str, _checked(_SIZE, "size", "1280x720"), AfterValidator(_even)]
Aspect = Annotated[str, _checked(_ASPECT, "aspect", "16:9, 9:16 or 1:1"), AfterValidator(_wide)]
Clip = Annotated[str, AfterValidator(_clip)]
Name = Annotated[str, _checked(_NAME, "name", "letters, digits, - and _")]
OutputName = Annotated[str, AfterValidator(_whole_output)]


def one_of(tags: Mapping[str, Any], tag_of: Callable[[Any], str | None], what: str) -> Any:
    """A union in which the value itself says which member is meant."""
    members = tuple(Annotated[member, Tag(tag)] for tag, member in tags.items())

    def choose(value: Any) -> str | None:
        tag = tag_of(value)
        return tag if tag in tags else None

    return Annotated[
        Union[members],  # noqa: UP007 - the members are known only here
        # the tags ride in the message: a context would be a dict, which no annotation may hold
        Discriminator(choose, custom_error_type="unknown", custom_error_message=f"{what}|{','.join(tags)}"),
    ]


def _text_or(tag: str) -> Callable[[Any], str]:
    return lambda value: "text" if isinstance(value, str) else tag


class Spot(Params):
    """A place on the floor."""

    x: float = knob(0.0, "metres to the right", low=-1000, high=1000, unit="m")
    z: float = knob(7.0, "metres away from the camera's home", low=0.5, high=1000, unit="m")


#: where somebody stands or walks to: a mark's name, left, right, centre, or {x, z}
Stand = one_of({"text": str, "spot": Spot}, _text_or("spot"), "a place is a mark, left, right, centre, or {x: ..., z: ...}")


# -- characters, places, passes


class CharacterSpec(CharacterParams):
    """A character's file."""

    character: str = knob("", "its name, for people")
    like: Name | None = knob(None, "copy that character; the keys beside it replace")
    seed: Seed | None = knob(None, "instead of a seed from the name")


class _Plane(Params):
    name: Name | None = knob(None, "how others call it; left out, its plate or prop")
    z: float | None = knob(None, "depth; left out, the rule's usual one", low=0.5, high=5000, unit="m")
    seed: Seed | None = knob(None, "instead of a seed from the name")
    passes: tuple[Name, ...] = knob((), "styles of this plane alone (those that restyle drawings)")


class _Prop(_Plane):
    x: float = knob(0.0, "where it stands", low=-1000, high=1000, unit="m")
    lit: bool = knob(False, "whether it gives light when the scene begins")


def _with_knobs(base: type[Params], key: str, rules: Mapping[str, ModuleType]) -> dict[str, type[Params]]:
    """For each rule one model: what all of that kind have, and the rule's own parameters."""
    return {
        name: create_model(  # type: ignore[call-overload]
            f"{key.title()}{''.join(word.title() for word in re.split('[-_]', name))}",
            __base__=(base, rule.Params),
            __doc__=rule.__doc__,
            **{key: (Literal[name], knob(..., f"the {key}"))},
        )
        for name, rule in rules.items()
    }


PLANE_MODELS = {**_with_knobs(_Plane, "plate", PLATES), **_with_knobs(_Prop, "prop", PROPS)}


def _plane_tag(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((str(value[key]) for key in ("plate", "prop") if key in value), None)
    return getattr(value, "plate", None) or getattr(value, "prop", None)


def _bare_plane(value: Any) -> Any:
    """`sky` is `{plate: sky}`."""
    return {"prop" if value in PROPS else "plate": value} if isinstance(value, str) else value


Plane = Annotated[
    one_of(PLANE_MODELS, _plane_tag, "a plane is a plate or a prop that exists"), BeforeValidator(_bare_plane)
]


class PlaceSpec(Params):
    """A place's file: planes from far to near, marks to stand on, the time of day."""

    place: str = knob("", "its name, for people")
    like: Name | None = knob(None, "copy that place; the keys beside it replace")
    time: Literal["dawn", "day", "dusk", "night"] = knob("dusk", "the time of day")
    planes: tuple[Plane, ...] = knob((), "far to near; a bare name takes its rule's usual depth")
    marks: dict[Name, Spot] = knob({}, "names for spots on the floor")
    seed: Seed | None = knob(None, "instead of a seed from the name")


class _Pass(Params):
    like: Name | None = knob(None, "copy that pass; the keys beside it replace")
    strength: float = knob(1.0, "mixes the finished frame with and without the pass", low=0, high=1)
    seed: Seed | None = knob(None, "instead of a seed from the name")


PASS_MODELS = _with_knobs(_Pass, "rule", STYLES)
PassSpec = one_of(PASS_MODELS, lambda v: v.get("rule") if isinstance(v, dict) else getattr(v, "rule", None), "a pass needs a `rule` that exists")


# -- scenes


class Cast(Params):
    """Who stands where when the scene begins."""

    who: Name = knob(..., "a character")
    stand: Stand = knob("centre", "a mark, left, right, centre, or {x, z}")
    facing: Literal["left", "right"] | None = knob(None, "which way; left out, towards the middle")
    mood: Literal["neutral", "amused", "delighted", "tired", "sad", "angry", "surprised", "worried"] = knob(
        "neutral", "the face at the start"
    )


class CameraKey(Params):
    """A camera by hand."""

    x: float = knob(0.0, "to the right", low=-500, high=500, unit="m")
    y: float = knob(1.2, "height above the floor", low=0.05, high=200, unit="m")
    z: float = knob(0.0, "forward", low=-500, high=500, unit="m")
    zoom: float = knob(1.0, "1 shows z/2 metres of height at depth z", low=0.05, high=50)


def _listed(value: Any) -> Any:
    """A bare name is a list of one. (What a function hands on is checked as Python, where a list is no tuple.)"""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


class Line(Params):
    """A line of action: somebody and one verb, or a verb without somebody; then options."""

    who: Name | None = knob(None, "who does it")
    walk: Stand | None = knob(None, "walk there")
    say: str | None = knob(None, "speak; the mouth moves with the words")
    do: Literal["wave", "point", "nod", "reach"] | None = knob(None, "a gesture")
    look: str | None = knob(None, "at somebody, a prop, a mark, left, right, up, down, ahead; a verb, or beside one")
    hold: Time | None = knob(None, "wait")
    shot: Literal["wide", "full", "medium", "close"] | None = knob(None, "cut to a framing; with `over` move there")
    on: Annotated[tuple[Name, ...], BeforeValidator(_listed)] | None = knob(None, "whom the shot is on; left out, all")
    camera: CameraKey | None = knob(None, "a camera by hand; with `over` move there")
    set: Name | None = knob(None, "a prop of the place")
    lit: bool | None = knob(None, "whether the prop that is `set` gives light")
    together: tuple[Line, ...] | None = knob(None, "lines that start at once")
    from_: Stand | None = Field(None, alias="from", description="where a walk starts, if not where they stand")
    over: Time | None = knob(None, "how long it takes")
    at: str | None = knob(None, "when it starts: 2s, a cue, or a cue's end (`hello.end`)")
    delay: Time | None = knob(None, "start that much later")
    cue: Name | None = knob(None, "a name for the moment at which it starts")
    mood: Literal["neutral", "amused", "delighted", "tired", "sad", "angry", "surprised", "worried"] | None = knob(
        None, "the face from here on"
    )
    facing: Literal["left", "right"] | None = knob(None, "turn that way")
    pace: Literal["slow", "normal", "fast"] = knob("normal", "of a walk")
    ease: Literal["linear", "in", "out", "in-out"] = knob("in-out", "of a move of the camera or of a light")

    def verb(self) -> str:
        """The one verb of this line."""
        found = [name for name in _VERBS if getattr(self, name) is not None]
        return found[0] if found else "look"

    @model_validator(mode="after")
    def _one_verb(self) -> Line:
        verbs = [name for name in _VERBS if getattr(self, name) is not None]
        if not verbs and self.look is None:
            raise PydanticCustomError("verb", "a verb is missing: {verbs} or look", {"verbs": ", ".join(_VERBS)})
        if len(verbs) > 1:
            raise PydanticCustomError("verb", "one verb a line, here are {verbs}", {"verbs": " and ".join(verbs)})
        verb = self.verb()
        if (verb in _ACTED) != (self.who is not None):
            what = "`{verb}` needs somebody: add `who:`" if verb in _ACTED else "`{verb}` stands alone: drop `who:`"
            raise PydanticCustomError("verb", what, {"verb": verb})
        if (verb == "set") != (self.lit is not None):
            raise PydanticCustomError("verb", "`set` and `lit` go together: {set: lamp, lit: true}")
        return self


_ACTED = ("walk", "say", "do", "look")
_VERBS = ("walk", "say", "do", "hold", "shot", "camera", "set", "together")


class SceneSpec(Params):
    """A scene's file: one place in unbroken time, a cast and what they do; or a clip of footage."""

    scene: str = knob("", "its title, for people")
    like: Name | None = knob(None, "copy that scene; the keys beside it replace")
    place: one_of({"text": Name, "inline": PlaceSpec}, _text_or("inline"), "a place is a name, a file or a place") | None = knob(  # type: ignore[valid-type]
        None, "a place's name, its file, or a place written here"
    )
    footage: Clip | None = knob(None, "a video or a picture instead of a place")
    cast: tuple[Cast, ...] = knob((), "who stands where at the start")
    action: tuple[Line, ...] = knob((), "what happens, in order")
    passes: tuple[Name, ...] = knob((), "styles, applied in order, before those of the output")
    length: Time | None = knob(None, "instead of what follows from the action and 12f")
    seed: Seed | None = knob(None, "instead of a seed from the name")

    @model_validator(mode="after")
    def _place_or_clip(self) -> SceneSpec:
        if (self.place is None) == (self.footage is None):
            raise PydanticCustomError("scene", "a scene needs either `place` or `footage`")
        if self.footage is not None and (self.cast or self.action):
            raise PydanticCustomError("scene", "a scene of footage has no cast and no action")
        return self


# -- the film


class CutItem(Params):
    """One item of the film: a scene, the title, a card, or a transition."""

    scene: Name | None = knob(None, "a scene's name; written bare")
    card: str | None = knob(None, "a card with words on it")
    kind: Literal["title", "card", "end"] = knob("card", "how the card is drawn")
    passes: tuple[Name, ...] = knob((), "styles of the card")
    length: Time | None = knob(None, "of the card; left out, what reading takes")
    fade: Time | None = knob(None, "fade out and in again, each that long")
    dissolve: Time | None = knob(None, "overlap the scenes before and after by that much")
    iris: Name | None = knob(None, "close a round mask on somebody's face")

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return {"scene": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_kind(self) -> CutItem:
        kinds = [name for name in ("scene", "card", "fade", "dissolve", "iris") if getattr(self, name) is not None]
        if len(kinds) != 1:
            raise PydanticCustomError("cut", "an item of the cut is a scene's name, `title`, {card: ...}, {fade: 12f}, {dissolve: 12f} or {iris: who}")
        return self


class OutputSpec(Params):
    """Something to make: a film (.mp4), a still (.png) or a folder of frames (/)."""

    of: OutputName | None = knob(None, "take over all that another output says")
    scene: Name | None = knob(None, "only that scene, instead of the whole cut")
    passes: tuple[Name, ...] = knob((), "styles of everything in it, applied last")
    size: Size | None = knob(None, "in pixels; left out, the project's")
    aspects: tuple[Aspect, ...] = knob((), "also make NAME-9x16 and so on, composed anew by the camera")
    platforms: tuple[Literal["reels", "shorts", "square", "tiktok", "youtube"], ...] = knob((), "also make NAME-tiktok and so on")
    at: str | None = knob(None, "of a still: the moment, 4s, 96f, 1:30 or a cue (`meet.hello`)")
    quality: int = knob(20, "x264's crf: lower is better and larger", low=0, high=40)


class Palette(Params):
    """The film's colours."""

    key: tuple[Colour, ...] = knob((), "the main colours")
    accent: Colour | None = knob(None, "for the one thing to look at")
    ambient: Colour = knob("#2b2d5b", "what shadows lean to")


class Cache(Params):
    """Where the store is and how large it may grow."""

    dir: str | None = knob(None, "a folder")
    max: Annotated[str, _checked(re.compile(r"\d+(\.\d+)?(MB|GB|TB)\Z"), "amount", "20GB")] = knob("20GB", "its quota")


class Studiofile(Params):
    """A project: the Studiofile with all the files that it names."""

    studio: Literal[1] = knob(..., "the version of the language")
    title: str = knob("", "the film's title")
    fps: float = knob(24, "frames a second: 24, 25, 30, 23.976, 29.97 ...", low=1, high=120)
    size: Size = knob("1280x720", "of the picture in pixels")
    palette: Palette = knob(Palette(), "the film's colours")
    characters: dict[Name, CharacterSpec] = knob({}, "who can be cast; a file or its content each")
    places: dict[Name, PlaceSpec] = knob({}, "where scenes can play; a file or its content each")
    scenes: dict[Name, SceneSpec] = knob({}, "a file or its content each")
    passes: dict[Name, PassSpec] = knob({}, "styles by name, each a rule and its parameters")
    cut: tuple[CutItem, ...] = knob((), "the film, in order: scenes, title, cards, transitions")
    outputs: dict[OutputName, OutputSpec] = knob({}, "what `studio build` makes")
    out: str = knob("out", "the folder for outputs, beside the Studiofile")
    cache: Cache = knob(Cache(), "the store")


#: which key opens a file, and what stands behind it
KINDS: dict[str, type[BaseModel]] = {
    "studio": Studiofile,
    "scene": SceneSpec,
    "character": CharacterSpec,
    "place": PlaceSpec,
}


def normal(spec: BaseModel) -> Any:
    """The normal form that is hashed: plain values, titles and copies left out, defaults filled in."""
    return spec.model_dump(mode="json", by_alias=True, exclude={"like", "character", "place", "scene"} & _titles(spec))


def _titles(spec: BaseModel) -> set[str]:
    """Keys that only people read."""
    if isinstance(spec, CharacterSpec):
        return {"like", "character"}
    if isinstance(spec, PlaceSpec):
        return {"like", "place"}
    if isinstance(spec, SceneSpec):
        return {"like", "scene"}
    return {"like"} if "like" in type(spec).model_fields else set()


def knobs_in(spec: BaseModel, rule: Any) -> Params:
    """The rule's own parameters, out of a plane or a pass."""
    values = {name: getattr(spec, name) for name in rule.Params.model_fields}
    return rule.Params.model_construct(**values)  # type: ignore[no-any-return]



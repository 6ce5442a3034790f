"""What the file of a scene says: a cast, and lines of action in the order in which they happen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from rules.character import Holds
from studio.params import Params, Seed, Time, knob
from studio.sets import Grade, PlaceOrName, Weather
from studio.values import Clip, Name, Names, Stand

Facing: TypeAlias = Literal["left", "right", "camera", "away"]
VIEWS_OF = {"camera": 0, "away": 180}  #: degrees that a body is turned from the camera, 45 to the left and right
ONLY_PEOPLE = "only people turn to the camera and away: say left or right"


class Cast(Params):
    """Who stands where when the scene begins."""

    who: Name = knob(..., "a character")
    stand: Stand = knob("centre", "a mark, left, right, centre, or {x, z}")
    facing: Facing | None = knob(None, "which way; left out, towards the middle; people also to the camera, or away")
    mood: Literal["neutral", "amused", "delighted", "tired", "sad", "angry", "surprised", "worried"] = knob(
        "neutral", "the face at the start"
    )
    holds: Holds | None = knob(None, "what the far hand holds at the start; left out, what their file says")
    idle: Literal["alive", "none"] = knob("alive", "what they do untold: breathe, blink, look about; or nothing")


class CameraKey(Params):
    """A camera by hand."""

    x: float = knob(0.0, "to the right", low=-500, high=500, unit="m")
    y: float = knob(1.2, "height above the floor", low=0.05, high=200, unit="m")
    z: float = knob(0.0, "forward", low=-500, high=500, unit="m")
    zoom: float = knob(1.0, "1 shows z/2 metres of height at depth z", low=0.05, high=50)
    roll: float = knob(0.0, "leaning over, clockwise", low=-45, high=45, unit="degrees")
    focus: float | None = knob(None, "depth that is sharp; left out, where people stand", low=0.5, high=1000, unit="m")


#: what kits can do beside going somewhere; `script` says which kit has what
Deed: TypeAlias = Literal[
    "wave", "point", "nod", "reach", "shrug", "carry", "sit", "tip-hat", "jump", "turn", "clap", "think",
    "peck", "caw", "flap", "swish", "ears", "lie", "stand",
]  # fmt: skip


class Line(Params):
    """A line of action: somebody and one verb, or a verb without somebody; then options."""

    who: Name | None = knob(None, "who does it")
    walk: Stand | None = knob(None, "walk there")
    run: Stand | None = knob(None, "run there")
    fly: Stand | None = knob(None, "fly there; off the stage, or to a spot with a height, as well")
    say: str | None = knob(None, "speak; the mouth moves with the words")
    caption: bool | None = knob(None, "whether what is said stands in the picture; left out, as the output says")
    do: Deed | None = knob(None, "a gesture; `turn` ends facing the other way; animals have others than people")
    give: Name | None = knob(None, "hand what is held to them")
    take: Name | None = knob(None, "take from them what they hold")
    look: str | None = knob(None, "at somebody, a prop, a mark, left, right, up, down, ahead; a verb, or beside one")
    hold: Time | None = knob(None, "wait")
    shot: Literal["wide", "full", "medium", "close"] | None = knob(None, "cut to a framing; with `over` move there")
    on: Names | None = knob(None, "whom the shot is on; left out, all")
    camera: CameraKey | None = knob(None, "a camera by hand; with `over` move there")
    push: float | None = knob(
        None, "dolly until the subject is that much larger, below 1 smaller; takes 2s", low=0.3, high=4
    )
    pan: Names | None = knob(None, "bring somebody to the middle without coming nearer; takes 1s")
    focus: Name | None = knob(None, "pull the focus to somebody; takes 12f")
    shake: float | None = knob(None, "a jolt of the camera that dies away in 7f", low=0.05, high=1)
    set: Name | None = knob(None, "a prop of the place")
    lit: bool | None = knob(None, "whether the prop that is `set` gives light")
    pass_: Name | None = Field(None, alias="pass", description="a pass of the scene, turned `to` other values")
    to: dict[str, float] = knob(
        {}, "beside `pass`: its strength, and those of its knobs that may change within a scene"
    )
    together: tuple[Line, ...] | None = knob(None, "lines that start at once")
    from_: Stand | None = Field(None, alias="from", description="where a walk or a run starts, if not where they stand")
    over: Time | None = knob(None, "how long it takes")
    at: str | None = knob(None, "when it starts: 2s, a cue, or a cue's end (`hello.end`)")
    delay: Time | None = knob(None, "start that much later")
    cue: Name | None = knob(None, "a name for the moment at which it starts")
    mood: Literal["neutral", "amused", "delighted", "tired", "sad", "angry", "surprised", "worried"] | None = knob(
        None, "the face from here on"
    )
    facing: Facing | None = knob(None, "turn that way; beside a walk, go turned that way")
    pace: Literal["slow", "normal", "fast"] = knob("normal", "of a walk")
    ease: Literal["linear", "in", "out", "in-out", "whip"] = knob("in-out", "of the camera, a light or a pass")
    follow: bool | None = knob(None, "beside `shot`: the camera goes along with whom it is on")
    blur: float | None = knob(
        None, "beside `shot`, `camera` or `focus`: how far out of focus all else is; 1 is usual", low=0, high=5
    )
    handheld: float | None = knob(None, "beside `shot` or `camera`: how unsteady until the next", low=0, high=1)

    def verb(self) -> str:
        """The one verb of this line."""
        found = [name for name in _VERBS if getattr(self, name) is not None]
        return found[0] if found else "look"

    @model_validator(mode="after")
    def _one_verb(self) -> Line:
        said = vars(self)
        verbs = [name for name in _VERBS if said[name] is not None]
        if not verbs and self.look is None:
            raise PydanticCustomError("verb", "a verb is missing: {verbs} or look", {"verbs": _said(", ", _VERBS)})
        if len(verbs) > 1:
            raise PydanticCustomError("verb", "one verb a line, here are {verbs}", {"verbs": _said(" and ", verbs)})
        verb = verbs[0] if verbs else "look"
        if (verb in _ACTED) != (self.who is not None):
            what = "`{verb}` needs somebody: add `who:`" if verb in _ACTED else "`{verb}` stands alone: drop `who:`"
            raise PydanticCustomError("verb", what, {"verb": _said("", [verb])})
        beside = next((name for name in ("mood", "facing", "look") if said[name] is not None), "")
        if self.who is None and beside:
            what = "`{what}` stands beside what somebody does: {who: ada, do: nod, {what}: ...}"
            raise PydanticCustomError("verb", what, {"what": beside})
        if (verb == "set") != (self.lit is not None):
            raise PydanticCustomError("verb", "`set` and `lit` go together: {set: lamp, lit: true}")
        if (verb == "pass_") != bool(self.to):
            raise PydanticCustomError("verb", "`pass` and `to` go together: {pass: old, to: {strength: 0.5}, over: 2s}")
        if self.follow is not None and verb != "shot":
            raise PydanticCustomError("verb", "`follow` stands beside a shot: {shot: medium, on: ada, follow: true}")
        if self.handheld is not None and verb not in ("shot", "camera"):
            raise PydanticCustomError("verb", "`handheld` stands beside a shot: {shot: close, on: ada, handheld: 0.5}")
        if self.blur is not None and verb not in ("shot", "camera", "focus"):
            raise PydanticCustomError("verb", "`blur` stands beside a shot: {shot: close, on: ada, blur: 2}")
        if self.caption is not None and verb != "say":
            raise PydanticCustomError("verb", "`caption` stands beside `say`")
        return self


def _said(between: str, verbs: Iterable[str]) -> str:
    """Verbs as they are written: a word of Python's has a stroke behind it here."""
    return between.join(verb.rstrip("_") for verb in verbs)


_ACTED = ("walk", "run", "fly", "say", "do", "give", "take", "look")
_CAMERA = ("shot", "camera", "push", "pan", "focus", "shake")
_VERBS = ("walk", "run", "fly", "say", "do", "give", "take", "hold", *_CAMERA, "set", "pass_", "together")


class SceneSpec(Params):
    """A scene's file: one place in unbroken time, a cast and what they do; or a clip of footage."""

    scene: str = knob("", "its title, for people")
    like: Name | None = knob(None, "copy that scene; the keys beside it replace")
    place: PlaceOrName | None = knob(None, "a place's name, its file, or a place written here")
    footage: Clip | None = knob(None, "a video or a picture instead of a place")
    cast: tuple[Cast, ...] = knob((), "who stands where at the start")
    action: tuple[Line, ...] = knob((), "what happens, in order")
    passes: tuple[Name, ...] = knob((), "styles, applied in order, before those of the output")
    length: Time | None = knob(None, "instead of what follows from the action and 12f")
    seed: Seed | None = knob(None, "instead of a seed from the name")
    weather: Weather | None = knob(None, "what is in the air, instead of what the place says")
    grade: Grade | None = knob(None, "the tone of the finished picture, instead of the place's")

    @model_validator(mode="after")
    def _place_or_clip(self) -> SceneSpec:
        if (self.place is None) == (self.footage is None):
            raise PydanticCustomError("scene", "a scene needs either `place` or `footage`")
        if self.footage is not None and (self.cast or self.action):
            raise PydanticCustomError("scene", "a scene of footage has no cast and no action")
        if self.footage is not None and (self.weather is not None or self.grade is not None):
            raise PydanticCustomError("scene", "a scene of footage has no weather and no grade; put a pass over it")
        return self

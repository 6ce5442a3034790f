"""Targets as they are used: names resolved, parameters checked, seeds given. Plain data that can travel.

`name` is the name as written, which seeds come from; `target` is the name among all targets of a
project, where an episode's own are told apart: `character ep03/ada`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from rules import alphabet, model_sheet, title
from rules._flying import Fall, hour
from rules.kits import kit_of, rule_of
from rules.plates import PLATES
from rules.props import PROPS
from rules.styles import STYLES
from studio.action import Line
from studio.errors import did_you_mean
from studio.fingerprint import OWN
from studio.hashing import canonical, seed_of
from studio.own import Own
from studio.params import Params, turning_of
from studio.picture import Picture
from studio.rule import hook
from studio.tree import Loc
from studio.values import FILMS, STILLS, Spot

#: roles that a style's drawing hook restyles unless it says otherwise; light and shadows stay what they are
RESTYLED = ("figure", "face", "plate", "prop", "card")
STRENGTH = "strength"  #: of a pass: what can change within a scene beside knobs of its own
#: rules of drawings that fill the picture
CARDS: dict[str, ModuleType] = {"alphabet": alphabet, "model_sheet": model_sheet, "title": title}


#: whether all that is said stands in the picture: at its foot, or on cards that are cut in
Captions = Literal[False, True, "cards"]


def said_of(rule: str, params: Params) -> bytes:
    """The part of a recipe that all drawings of one thing have in common: its rule and parameters."""
    return canonical([rule, params.model_dump(mode="json")])


@dataclass(frozen=True)
class Style:
    """A pass as it is used: which rule, with what, how strongly."""

    name: str
    rule: str
    params: Params
    seed: int
    strength: float
    target: str
    only: tuple[str, ...] = ()  # planes and figures that it is for; all, if there are none
    without: tuple[str, ...] = ()  # those that it is not for
    own: Own | None = None  # of a rule of the project's own

    @property
    def module(self) -> Any:
        return self.own.module if self.own is not None else STYLES[self.rule]

    @property
    def code(self) -> str:
        """The module that keys know it by."""
        return code_of_pass(self.rule)

    def __reduce__(self) -> Any:
        return _style, (self.own, dict(vars(self)))  # the code first: the parameters are of a class in it

    @property
    def frame(self) -> Any:
        """Its hook for finished frames, or None: one that is for some drawings alone works on no frame."""
        return None if self.only or self.without else hook(self.module, "frame")

    @property
    def rides(self) -> bool:
        """Whether its hook for frames is told how the picture moves under the camera: if its rule asks for that, and
        no knob says that it stays on the page."""
        asks = self.frame is not None and getattr(self.module, "RIDES", False)
        return bool(asks) and getattr(self.params, "rides", "camera") == "camera"

    def unturnable(self, to: Mapping[str, float]) -> Iterator[tuple[str, str, str]]:
        """(knob, what is wrong, hint) of values that it cannot be turned to within a scene."""
        turning = {STRENGTH: (0.0, 1.0), **turning_of(type(self.params))}
        for name, value in to.items():
            if name not in turning:
                hint = did_you_mean(name, turning) or f"what can: {', '.join(turning)}"
                yield name, f"`{name}` of `{self.name}` cannot change within a scene", hint
            elif not turning[name][0] <= value <= turning[name][1]:
                low, high = turning[name]
                yield name, f"`{name}: {value:g}` is out of range", f"it goes from {low:g} to {high:g}"

    def restyles(self, target: str, role: str) -> bool:
        """Whether its drawing hook is for a drawing. target: whose it is, `ada/body` or `sky`."""
        whose = target.partition("/")[0]
        if whose in self.without or (self.only and whose not in self.only):
            return False
        return hook(self.module, "drawing") is not None and role in getattr(self.module, "ROLES", RESTYLED)


def _style(_: Own | None, said: dict[str, Any]) -> Style:
    return Style(**said)


def code_of_pass(rule: str) -> str:
    """The module that keys know a pass by, from its rule."""
    return f"rules.styles.{rule}" if rule in STYLES else f"{OWN}.{rule}"


def bare(rule: str, own: Own | None) -> Style:
    """A pass that is nothing but a rule."""
    module = own.module if own is not None else STYLES[rule]
    return Style(rule, rule, module.Params(), seed_of("pass", rule), 1.0, f"pass {rule}", own=own)


@dataclass(frozen=True)
class Figure:
    """A character that can be cast."""

    name: str
    params: Params
    seed: int
    target: str
    pictures: tuple[Path, ...] = ()  # files of its own that its parts show

    @property
    def module(self) -> ModuleType:
        return kit_of(self.params)

    @property
    def rule(self) -> str:
        """As recipes name it: `character`, `kits/bird`."""
        return rule_of(self.params)

    def __hash__(self) -> int:
        return hash(self.target)  # in a tenth of the time that all parameters take; equal is what is equal in all

    @cached_property
    def said(self) -> bytes:
        """See `said_of`; a figure plays in many scenes."""
        return said_of(self.rule, self.params)


@dataclass(frozen=True)
class Alphabet:
    """A face as it is used; font: the file that its letters come from."""

    name: str
    params: alphabet.Params
    seed: int
    target: str
    font: Path | None = None


@dataclass(frozen=True)
class Plane:
    """A plate or a prop on the stage."""

    name: str
    rule: str
    params: Params
    seed: int
    z: float
    x: float
    is_prop: bool
    is_lit: bool
    styles: tuple[Style, ...]
    picture: Picture | None = None  # of a plate that is one of the user's own

    @property
    def module(self) -> ModuleType:
        return (PROPS if self.is_prop else PLATES)[self.rule]

    @property
    def path(self) -> str:
        """Its rule among all rules: `plates/sky`."""
        return f"{'props' if self.is_prop else 'plates'}/{self.rule}"

    @cached_property
    def said(self) -> bytes:
        """See `said_of`; many scenes play in one place."""
        return said_of(self.path, self.params)


@dataclass(frozen=True)
class Stage:
    """A place: its planes in the order of the file, its marks, its time of day."""

    name: str
    time: str
    planes: tuple[Plane, ...]
    marks: Mapping[str, Spot]
    target: str
    grade: str = "film"
    weather: tuple[Fall, ...] = ()
    veils: tuple[tuple[str, float], ...] = ()  # kind and amount of all weather, clouds too, which dull the light

    @property
    def light(self) -> str:
        """The name of its light: the hour's, under its weather."""
        return hour(self.time, self.veils)


#: where cards and clips play
NOWHERE = Stage("nowhere", "day", (), {}, "")


@dataclass(frozen=True)
class Standing:
    """Somebody at the start of a scene."""

    figure: Figure
    spot: Spot
    facing: int
    mood: str
    body: int = 45  #: degrees that it is turned from the camera
    holds: str | None = None  # None for what the figure's parameters say
    idle: str = "alive"


@dataclass(frozen=True)
class Scene:
    """A scene, or a card, ready to be played. figures: whom it may show, cast or not."""

    name: str
    stage: Stage | None
    cast: tuple[Standing, ...]
    action: tuple[Line, ...]
    styles: tuple[Style, ...]
    length: str | None
    seed: int
    loc: Loc
    target: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    footage: Path | None = None
    every: int = 0  # of footage: its own times, of all its frames or of each second; 0 for the film's rate
    card: Params | None = None
    card_rule: str = "title"  # one of CARDS
    fonts: tuple[Alphabet, ...] = ()  # whose letters a card shows


@dataclass(frozen=True)
class Item:
    """One item of a cut: a scene or card, or what happens between two of them."""

    scene: Scene | None = None
    fade: str | None = None
    dissolve: str | None = None
    iris: str | None = None
    wipe: str | None = None
    from_: str = "left"
    match: str | None = None
    on: tuple[str, ...] = ()

    @property
    def overlap(self) -> str | None:
        """How long the shots before and after are seen together."""
        return self.dissolve or self.wipe or self.match

    @property
    def said(self) -> list[str | None]:
        """All that it says but its scene."""
        return [self.fade, self.dissolve, self.iris, self.wipe, self.from_, self.match, *self.on]


@dataclass(frozen=True)
class Output:
    """Something to make; `cut` is the film as it runs in it."""

    name: str
    width: int
    height: int
    styles: tuple[Style, ...]
    cut: tuple[Item, ...]
    at: str | None
    quality: int
    loc: Loc
    captions: Captions = False

    @property
    def kind(self) -> str:
        """`film`, `still` or `folder`."""
        return "film" if self.name.endswith(FILMS) else "still" if self.name.endswith(STILLS) else "folder"

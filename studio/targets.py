"""Targets as they are used: names resolved, parameters checked, seeds given. Plain data that can travel.

`name` is the name as written, which seeds come from; `target` is the name among all targets of a
project, where an episode's own are told apart: `character ep03/ada`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from rules import title
from rules._flying import Fall
from rules.character import CharacterParams
from rules.plates import PLATES
from rules.props import PROPS
from rules.styles import STYLES
from studio.action import Line
from studio.params import Params
from studio.tree import Loc
from studio.values import Spot


@dataclass(frozen=True)
class Style:
    """A pass as it is used: which rule, with what, how strongly."""

    name: str
    rule: str
    params: Params
    seed: int
    strength: float
    target: str

    @property
    def module(self) -> ModuleType:
        return STYLES[self.rule]


@dataclass(frozen=True)
class Figure:
    """A character that can be cast."""

    name: str
    params: CharacterParams
    seed: int
    target: str


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

    @property
    def module(self) -> ModuleType:
        return (PROPS if self.is_prop else PLATES)[self.rule]


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


#: where cards and clips play
NOWHERE = Stage("nowhere", "day", (), {}, "")


@dataclass(frozen=True)
class Standing:
    """Somebody at the start of a scene."""

    figure: Figure
    spot: Spot
    facing: int
    mood: str


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
    every_frame: bool = False  # of footage: its own frames and times, not the film's rate
    card: title.Params | None = None


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
    captions: bool = False

    @property
    def kind(self) -> str:
        """`film`, `still` or `folder`."""
        return {"4": "film", "g": "still", "/": "folder"}[self.name[-1]]

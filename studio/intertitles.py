"""Intertitles: what is said, on cards that are cut into a scene, whose time stands still while one is read.

Knows which cards and before which frame of the scene; `film` puts them there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from rules import title
from studio.errors import Problem
from studio.hashing import seed_of
from studio.project import Project
from studio.script import Event, Script
from studio.targets import Scene

_SPEAKS = 0.7  # seconds that a mouth moves before the card; of a short line half of it
_OPENING = "“\"«„‘'"


class Card(NamedTuple):
    """A card, and the frame of its scene before which it stands."""

    before: int
    scene: Scene


def cards_of(project: Project, script: Script) -> Iterator[Card]:
    """The cards of all that is said in a scene, but for lines with `caption: false`; problems go to the project."""
    for number, event in enumerate(script.of("say")):
        text = " ".join((event.data["text"] or "").split())
        if not text or event.data["caption"] is False or event.start >= script.length:
            continue
        scene = _card(project, script.scene, text, number)
        if scene is not None:
            yield Card(_moment(event, script.fps), scene)


def _moment(event: Event, fps: float) -> int:
    """When the card comes: the mouth is seen to begin and to end."""
    return event.start + max(1, min(round(_SPEAKS * fps), event.length // 2))


def _card(project: Project, scene: Scene, text: str, number: int) -> Scene | None:
    said = text if text[0] in _OPENING else f"“{text}”"
    loc = (*scene.loc, "action")
    try:
        params = title.Params(text=said, kind="card")
    except ValidationError as error:  # a letter that the face lacks
        what = f"`{scene.name}` says {text!r}, and cards have {error.errors()[0]['msg']}"
        hint = "write it with other letters, or add `caption: false`"
        project.problems.append(Problem(what, project.loaded.tree.place_of(loc), hint))
        return None
    # named and seeded by its words, as a card of the cut is; it wears the styles of its scene
    return Scene(
        f"card {said}",
        None,
        (),
        (),
        scene.styles,
        None,
        seed_of("card", said),
        (*loc, "cards", number),
        scene.target,
        card=params,
    )


def places(cards: Sequence[Card], frames: NDArray[np.int32], clear: NDArray[np.bool_]) -> list[int]:
    """Before which entry of some frames of the scene each card stands: the nearest that is neither faded nor masked,
    so that no card comes while the scene does."""
    open_ = 1 + np.flatnonzero(clear[1:] & clear[:-1])
    if not len(open_):
        return [len(frames)] * len(cards)
    wanted = np.array([card.before for card in cards], np.int64) - (int(frames[0]) if len(frames) else 0)
    return [int(open_[np.abs(open_ - at).argmin()]) for at in wanted.tolist()]

"""What stands on a stage at each frame: planes, props and figures as slots, in metres.

Rules are asked for closed forms only; nothing is drawn here, and no picture size is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules import _atmosphere, _flying, _hand, caption, title, weather
from rules._hand import Standing
from rules._kit import Track
from studio.acting import Lamp, Presence
from studio.camera import HOME_HEIGHT, HORIZON, Path
from studio.errors import Problem, ProjectError
from studio.hashing import seed_of
from studio.params import Params
from studio.picture import Picture
from studio.rows import posed, variant_of, worded
from studio.rule import Box
from studio.script import Script
from studio.targets import CARDS, Captions, Figure, Plane, Scene, Stage, Style, said_of

#: frames that a caption stays when the mouth has closed
CAPTION_TAIL = 6

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass
class Slot:
    """One drawing after another in one place, through n frames; positions in metres."""

    target: str
    role: str
    rule: str
    params: Params
    seed: int
    box: Callable[[bytes], Box]  # of a variant as it is worded
    variants: list[dict[str, Any]]
    codes: Ints
    x: Floats
    y: Floats
    z: Floats
    order: Floats  # depth by which it is sorted
    opacity: Ints
    turn: Floats
    stretch: Floats
    kind: str = "upright"  # or `ground`, `near`, `card`, `air`
    blend: int = _atmosphere.OVER
    styles: tuple[Style, ...] = ()
    foot: tuple[float, float] = (0.0, 0.0)  # of a ground drawing: what its units are relative to
    picture: Picture | None = None
    said: bytes = b""  # rule and parameters, in canonical form
    ticks: Ints | None = None  # of what flies, where it is by its clock, from 1
    period: float = 0.0  # picture heights after which a bank of fog comes again
    copy: int = 0  # which of the banks that stand side by side it is


def planes_of(scene: Scene, lamps: Sequence[Lamp], n: int, aspect: float) -> list[Slot]:
    """The plates and props of a scene's stage."""
    stage = scene.stage
    if stage is None:
        return []
    lights = {lamp.plane.name: lamp for lamp in lamps}
    slots: list[Slot] = []
    for plane in stage.planes:
        slots += (
            _prop(plane, stage.light, lights[plane.name], n)
            if plane.is_prop
            else [_plate(plane, stage.light, n, aspect)]
        )
    return slots


def _plate(plane: Plane, time: str, n: int, aspect: float) -> Slot:
    module = plane.module
    variant: dict[str, Any] = {"time": time, "z": plane.z}
    if plane.picture is not None:
        variant["picture"] = plane.picture.identity
        variant["size"] = [plane.picture.width, plane.picture.height]
    kind = "ground" if getattr(module, "GROUND", False) else "near" if getattr(module, "NEAR", False) else "upright"
    if kind == "near":
        tall = plane.z / 2
        wide = tall * aspect
        sides = (-wide / 2, HOME_HEIGHT - (1 - HORIZON) * tall, wide / 2, HOME_HEIGHT + HORIZON * tall)
        variant["frame"] = [round(side, 4) for side in sides]
    return _slot(plane, plane.name, variant, n, kind=kind, x=0.0, role="plate")


def _prop(plane: Plane, time: str, lamp: Lamp, n: int) -> list[Slot]:
    slots = []
    for layer in plane.module.LAYERS:
        variant = {"layer": layer.name, "time": time, "z": plane.z}
        role = "emit" if layer.blend == "emit" else "prop"
        slot = _slot(
            plane,
            f"{plane.name}/{layer.name}",
            variant,
            n,
            kind="ground" if layer.ground else "upright",
            x=plane.x,
            role=role,
        )
        slot.blend = _atmosphere.ADD if layer.blend == "emit" else _atmosphere.OVER
        slot.order = slot.order - layer.nearer
        if layer.ground:
            slot.foot = (2 * plane.x / plane.z, 2 * HOME_HEIGHT / plane.z)
        if layer.level == "lit":
            slot.opacity = np.rint(255 * lamp.level).astype(np.int32)
        slots.append(slot)
    return slots


def _slot(plane: Plane, target: str, variant: dict[str, Any], n: int, **how: Any) -> Slot:
    zeros, ones = np.zeros(n), np.ones(n)
    return Slot(
        target=target,
        role=how["role"],
        rule=plane.path,
        params=plane.params,
        seed=plane.seed,
        box=lambda _: plane.module.box(plane.params, variant),
        variants=[variant],
        codes=np.zeros(n, np.int32),
        x=zeros + how["x"],
        y=zeros,
        z=zeros + plane.z,
        order=zeros + plane.z,
        opacity=np.full(n, 255, np.int32),
        turn=zeros,
        stretch=ones,
        kind=how["kind"],
        styles=plane.styles,
        picture=plane.picture,
        said=plane.said,
    )


def figures_of(people: Sequence[Presence]) -> list[Slot]:
    """The drawings of everybody on the stage."""
    slots = []
    for number, person in enumerate(people):
        for track in person.figure.module.act(person.figure.params, person.acting):
            slot = _part(person, track)
            if track.role != "shadow":  # those lie on the ground; the figure is all that stands before the light
                slot.blend = _atmosphere.FIGURE + number
                # of two who stand equally deep, one is wholly before the other
                slot.order = person.z - 5e-5 * number - 1e-3 * track.nearer
            slots.append(slot)
    return slots


def air_of(stage: Stage, path: Path, fps: float, aspect: float) -> list[Slot]:
    """What is in the air: of each kind three planes, at shares of the subject's distance when a shot begins."""
    slots = []
    frames, starts = np.arange(len(path.x)), path.starts
    for number, fall in enumerate(stage.weather):
        kind = _flying.KINDS[fall.kind]
        ticks = np.floor(frames * (kind.rate / fps) + 1e-6).astype(np.int32)
        for plane, share in enumerate(_flying.DISTANCE):
            distance = np.maximum(path.depth[starts] - path.z[starts], 1.0)
            z = path.z[starts] + share * distance
            blend = _atmosphere.AIR + _flying.PLANES * number + plane
            if kind.cells:
                slots.append(_falling(stage, number, plane, z, (blend, ticks, 0.0)))
                continue
            period = round(max(2.4, 1.4 * aspect), 2)
            for copy in range(2):
                slots.append(_falling(stage, number, plane, z, (_atmosphere.OVER, None, period)))
                slots[-1].x, slots[-1].copy = _atmosphere.drift(fall, plane, ticks), copy
    return slots


def _falling(stage: Stage, number: int, plane: int, z: Floats, how: tuple[int, Ints | None, float]) -> Slot:
    """One plane of weather. how: its blend, its ticks if it flies, its period if it drifts."""
    fall, n = stage.weather[number], len(z)
    params = weather.Params(kind=fall.kind, amount=fall.amount, wind=fall.wind)
    blend, ticks, period = how
    variant: dict[str, Any] = {"plane": plane, "time": stage.light}
    if period:
        variant["period"] = period
    zeros = np.zeros(n)
    return Slot(
        target=f"{fall.kind} {number}/{plane}",
        role="weather",
        rule="weather",
        params=params,
        seed=fall.seed,
        box=lambda _: weather.box(params, variant),
        variants=[variant],
        codes=np.zeros(n, np.int32),
        x=zeros,
        y=zeros,
        z=z,
        order=z,
        opacity=np.full(n, 255, np.int32),
        turn=zeros,
        stretch=zeros + 1,
        kind="air",
        blend=blend,
        said=said_of("weather", params),
        ticks=None if ticks is None else ticks + 1,
        period=period,
    )


def captions_of(script: Script, n: int, aspect: float, captions: Captions) -> list[Slot]:
    """What is said and stands in the picture too, from its first word until the line is over."""
    slots: list[Slot] = []
    if captions == "cards":  # they are cut in
        return slots
    for event in script.of("say"):
        wanted = event.data["caption"]
        text = " ".join((event.data["text"] or "").split())
        if not text or not (captions if wanted is None else wanted):
            continue
        standing = _hand.at_rest("caption", caption.Params(text=text), aspect, n)
        slot = _flat(standing, f"caption {text}", 0, n)
        here = np.arange(n) - event.start
        left = event.start + event.length + CAPTION_TAIL - np.arange(n)
        slot.opacity = np.rint(255 * np.clip(np.minimum((here + 1) / 3, left / 3), 0, 1)).astype(np.int32)
        slot.order = np.full(n, -1e6)
        slots.append(slot)
    return slots


def _part(person: Presence, track: Track) -> Slot:
    figure = person.figure
    return Slot(
        target=f"{figure.name}/{track.layer}",
        role=track.role,
        rule=figure.rule,
        params=figure.params,
        seed=figure.seed,
        box=_boxes_of(figure),
        variants=track.variants,
        codes=track.codes,
        x=person.x + track.x,
        y=track.y,
        z=person.z,
        order=person.z - track.nearer,
        opacity=np.where(person.is_there, track.opacity, 0).astype(np.int32),
        turn=track.turn,
        stretch=track.stretch,
        said=figure.said,
    )


@lru_cache(maxsize=64)
def _boxes_of(figure: Figure) -> Callable[[bytes], Box]:
    """The box of a part by its wording. Its light does not change it, and most poses come again in other scenes."""

    @lru_cache(maxsize=4096)
    def of_pose(wording: bytes) -> Box:
        return figure.module.box(figure.params, variant_of(wording))  # type: ignore[no-any-return]

    return lru_cache(maxsize=4096)(lambda wording: of_pose(posed(wording)))


def look_no_farther(slots: Sequence[Slot], of: Sequence[int], seen: Floats) -> None:
    """ProjectError, with by how much, if the camera sees past the edge of a picture of the user's own.

    of: slots by number; seen: (len(of), 4) left, bottom, right, top of what of each can be seen, in metres.
    """
    problems = []
    for number, slot in enumerate(slots):
        if slot.picture is None or number not in of:
            continue
        mine = seen[[n for n, slot_number in enumerate(of) if slot_number == number]]
        box = slot.box(worded(slot.variants[0]))
        past = (box.left - mine[:, 0].min(), mine[:, 2].max() - box.right, mine[:, 3].max() - box.top)
        for side, by, is_hard in zip(("left", "right", "upper"), past, slot.picture.hard, strict=True):
            if by > 0.01 and is_hard:
                what = f"the camera sees {by:.1f} m past the {side} edge of {slot.picture.name}"
                hint = "keep the camera within it, raise its `height:`, or write `edge: extend` or `edge: mirror`"
                problems.append(Problem(what, slot.picture.place, hint))
    if problems:
        raise ProjectError(problems)


def card_of(scene: Scene, n: int, aspect: float, fps: float) -> list[Slot]:
    """The drawings of a card: one, or its letters too while they come in."""
    card = scene.card
    assert card is not None
    if isinstance(card, title.Params):
        standing = title.act(card, aspect, np.arange(n) / fps, scene.seed)
    else:
        standing = [_hand.at_rest(scene.card_rule, card, aspect, n)]
    # a letter is the same drawing on whichever card it stands
    letter, whole = ("letter", seed_of("letter")), (scene.name, scene.seed)
    return [_flat(one, *(letter if "letter" in one.variant else whole), n) for one in standing]


def _flat(one: Standing, target: str, seed: int, n: int) -> Slot:
    """A drawing that lies on the picture itself."""
    module: Any = caption if one.rule == "caption" else CARDS[one.rule]
    return Slot(
        target=target,
        role="card" if one.rule in CARDS else one.rule,
        rule=one.rule,
        params=one.params,
        seed=seed,
        box=lambda _: module.box(one.params, one.variant),
        variants=[one.variant],
        codes=np.zeros(n, np.int32),
        x=one.x,
        y=one.y,
        z=np.ones(n),
        order=np.full(n, -one.nearer),
        opacity=one.opacity,
        turn=one.turn,
        stretch=one.stretch,
        kind="card",
        said=said_of(one.rule, one.params),
    )

"""What stands on a stage at each frame: planes, props and figures as slots, in metres.

Rules are asked for closed forms only; nothing is drawn here, and no picture size is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules import _air, _flying, caption, character, title, weather
from studio.acting import Lamp, Presence
from studio.camera import HOME_HEIGHT, HORIZON, Path
from studio.params import Params
from studio.rows import said_of
from studio.rule import Box, Variant
from studio.script import Script
from studio.targets import Plane, Scene, Stage, Style

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
    box: Callable[[Variant], Box]
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
    blend: int = _air.OVER
    styles: tuple[Style, ...] = ()
    foot: tuple[float, float] = (0.0, 0.0)  # of a ground drawing: what its units are relative to
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
            _prop(plane, stage.time, lights[plane.name], n) if plane.is_prop else [_plate(plane, stage.time, n, aspect)]
        )
    return slots


def _plate(plane: Plane, time: str, n: int, aspect: float) -> Slot:
    module = plane.module
    variant: dict[str, Any] = {"time": time, "z": plane.z}
    kind = "ground" if getattr(module, "GROUND", False) else "near" if getattr(module, "NEAR", False) else "upright"
    if kind == "near":
        tall = plane.z / 2
        wide = tall * aspect
        sides = (-wide / 2, HOME_HEIGHT - (1 - HORIZON) * tall, wide / 2, HOME_HEIGHT + HORIZON * tall)
        variant["frame"] = [round(side, 4) for side in sides]
    return _slot(plane, plane.name, variant, n, kind=kind, x=0.0, rule=f"plates/{plane.rule}", role="plate")


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
            rule=f"props/{plane.rule}",
            role=role,
        )
        slot.blend = _air.ADD if layer.blend == "emit" else _air.OVER
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
        rule=how["rule"],
        params=plane.params,
        seed=plane.seed,
        box=lambda v: plane.module.box(plane.params, v),
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
        said=said_of(how["rule"], plane.params),
    )


def figures_of(people: Sequence[Presence]) -> list[Slot]:
    """The drawings of everybody on the stage."""
    slots = []
    for number, person in enumerate(people):
        said = said_of("character", person.figure.params)
        for track in character.act(person.figure.params, person.acting):
            slot = _part(person, track, said)
            if track.role != "shadow":  # those lie on the ground; the figure is all that stands before the light
                slot.blend = _air.FIGURE + number
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
            blend = _air.AIR + _flying.PLANES * number + plane
            if kind.cells:
                slots.append(_falling(stage, number, plane, z, (blend, ticks, 0.0)))
                continue
            period = round(max(2.4, 1.4 * aspect), 2)
            for copy in range(2):
                slots.append(_falling(stage, number, plane, z, (_air.OVER, None, period)))
                slots[-1].x, slots[-1].copy = _air.drift(fall, plane, ticks), copy
    return slots


def _falling(stage: Stage, number: int, plane: int, z: Floats, how: tuple[int, Ints | None, float]) -> Slot:
    """One plane of weather. how: its blend, its ticks if it flies, its period if it drifts."""
    fall, n = stage.weather[number], len(z)
    params = weather.Params(kind=fall.kind, amount=fall.amount, wind=fall.wind)
    blend, ticks, period = how
    variant: dict[str, Any] = {"plane": plane, "time": stage.time}
    if period:
        variant["period"] = period
    zeros = np.zeros(n)
    return Slot(
        target=f"{fall.kind} {number}/{plane}",
        role="weather",
        rule="weather",
        params=params,
        seed=fall.seed,
        box=lambda v: weather.box(params, v),
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


def captions_of(script: Script, n: int, aspect: float, is_captioned: bool) -> list[Slot]:
    """What is said and stands in the picture too, from its first word until the line is over."""
    slots = []
    for event in script.of("say"):
        wanted = event.data["caption"]
        text = " ".join((event.data["text"] or "").split())
        if not text or not (is_captioned if wanted is None else wanted):
            continue
        slot = _flat(f"caption {text}", "caption", caption.Params(text=text), 0, (n, aspect))
        here = np.arange(n) - event.start
        left = event.start + event.length + CAPTION_TAIL - np.arange(n)
        slot.opacity = np.rint(255 * np.clip(np.minimum((here + 1) / 3, left / 3), 0, 1)).astype(np.int32)
        slot.order = np.full(n, -1e6)
        slots.append(slot)
    return slots


def _part(person: Presence, track: character.Track, said: bytes) -> Slot:
    figure = person.figure
    return Slot(
        target=f"{figure.name}/{track.layer}",
        role=track.role,
        rule="character",
        params=figure.params,
        seed=figure.seed,
        box=lambda variant: character.box(figure.params, variant),
        variants=track.variants,
        codes=track.codes,
        x=person.x + track.x,
        y=track.y,
        z=person.z,
        order=person.z - track.nearer,
        opacity=np.where(person.is_there, track.opacity, 0).astype(np.int32),
        turn=track.turn,
        stretch=track.stretch,
        said=said,
    )


def card_of(scene: Scene, n: int, aspect: float) -> Slot:
    """The one drawing of a card."""
    card = scene.card
    assert card is not None
    return _flat(scene.name, "title", card, scene.seed, (n, aspect))


def _flat(target: str, rule: str, params: Any, seed: int, how: tuple[int, float]) -> Slot:
    """A drawing that lies on the picture itself. how: frames, and the picture's aspect."""
    n, aspect = how
    module: Any = {"title": title, "caption": caption}[rule]
    zeros = np.zeros(n)
    return Slot(
        target=target,
        role="card" if rule == "title" else "caption",
        rule=rule,
        params=params,
        seed=seed,
        box=lambda v: module.box(params, v),
        variants=[{"aspect": round(aspect, 6)}],
        codes=np.zeros(n, np.int32),
        x=zeros,
        y=zeros,
        z=zeros + 1,
        order=zeros,
        opacity=np.full(n, 255, np.int32),
        turn=zeros,
        stretch=zeros + 1,
        kind="card",
        said=said_of(rule, params),
    )

"""A scene at one picture size as rows: its script played, seen through its camera."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from studio.acting import Presence, lamps_of, presences
from studio.camera import HOME_HEIGHT, Path, Subject, path_of
from studio.projection import rows_through
from studio.rows import Rows
from studio.script import Script
from studio.slots import air_of, captions_of, card_of, figures_of, planes_of
from studio.targets import Captions


def rows_of(script: Script, width: int, height: int, captions: Captions = False) -> Rows:
    """All rows of a scene (or of a card) at a picture size. captions: whether what is said is shown too, and how."""
    frames = np.arange(script.length, dtype=np.int32)
    if script.scene.card is not None:
        cards = card_of(script.scene, len(frames), width / height, script.fps)
        return rows_through(_card_path(len(frames)), cards, width, height)
    lamps = lamps_of(script, frames)
    people = presences(script, frames, lamps)
    aspect = width / height
    path = path_of(
        script,
        frames,
        aspect,
        lambda names, at: _subjects(script, people, names, at),
        lambda names: _middle(people, names, len(frames)),
    )
    slots = [*planes_of(script.scene, lamps, len(frames), aspect), *figures_of(people)]
    if script.scene.stage is not None:
        slots += air_of(script.scene.stage, path, script.fps, aspect)
    slots += captions_of(script, len(frames), aspect, captions)
    return rows_through(path, slots, width, height)


def _subjects(script: Script, people: Sequence[Presence], names: Sequence[str] | None, at: int) -> list[Subject]:
    found = []
    at = min(max(at, 0), script.length - 1)
    for person in people:
        if (names is None and not person.is_there[at]) or (names is not None and person.figure.name not in names):
            continue
        marks = person.figure.module.landmarks(person.figure.params)
        facing = 0 if person.acting.body[at] in (0, 180) else int(person.acting.facing[at])
        up, x, z = (float(column[at]) for column in (person.acting.height, person.x, person.z))
        seen = (marks.hips + up, marks.chin + up, marks.eyes + up, marks.crown + up)
        found.append(Subject(x, z, facing, *seen))
    stage = script.scene.stage
    for plane in stage.planes if stage and names else ():
        if plane.is_prop and plane.name in (names or ()):
            top = float(getattr(plane.module, "LIGHT", 1.0))
            found.append(Subject(plane.x, plane.z, 0, 0.4 * top, 0.8 * top, 0.9 * top, 1.1 * top))
    if not found and names is None and people:
        return _subjects(script, people, [p.figure.name for p in people], script.length - 1)
    return found


def _middle(people: Sequence[Presence], names: Sequence[str] | None, n: int) -> NDArray[np.float64]:
    """(n,) the middle between some people, of all if none is named; of nobody it is 0."""
    found = [person.x for person in people if names is None or person.figure.name in names]
    return np.asarray(np.mean(found, axis=0)) if found else np.zeros(n)


def _card_path(n: int) -> Path:
    ones, zeros, pairs = np.ones(n), np.zeros(n), np.zeros((n, 2))
    return Path(zeros, HOME_HEIGHT * ones, zeros, ones, zeros, 7 * ones, 7 * ones, ones, pairs + 0.5, pairs, zeros, [0])

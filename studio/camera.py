"""The multiplane camera: framings solved for their subjects, and the camera's path through a scene.

The camera looks level along z. A point (x, y, z) falls on column W/2 + S (x - cx) and row
0.55 H - S (y - cy), with S = 2 H zoom / (z - cz) px a metre.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.acting import ease
from studio.hashing import seed_of
from studio.script import OFF_STAGE, Event, Script

HORIZON = 0.55
HOME_HEIGHT = 1.2
Floats = NDArray[np.float64]


class Pose(NamedTuple):
    """A camera: metres from home, zoom, and degrees by which it leans over clockwise."""

    x: float = 0.0
    y: float = HOME_HEIGHT
    z: float = 0.0
    zoom: float = 1.0
    roll: float = 0.0


class Subject(NamedTuple):
    """What a framing is made for, at the moment when the shot is over. Heights in metres above the floor."""

    x: float
    z: float
    facing: int
    hips: float
    chin: float
    eyes: float
    crown: float


@dataclass(frozen=True)
class Path:
    """The camera at each of n frames, and the shots it is made of."""

    x: Floats
    y: Floats
    z: Floats
    zoom: Floats
    roll: Floats  # degrees
    focus: Floats  # depth that is sharp
    depth: Floats  # of whom the shot is on
    aperture: Floats  # factor on how far out of focus the rest is
    centre: Floats  # (n, 2) where the subject is in the picture, 0 to 1
    sway: Floats  # (n, 2) picture heights by which an unsteady camera moves the picture right and down
    smear: Floats  # picture heights over which a whip pan blurs the picture
    cuts: list[int]  # frames at which a shot begins

    @property
    def spans(self) -> list[tuple[int, int]]:
        """(first frame, last + 1) of each shot."""
        return list(zip(self.cuts, [*self.cuts[1:], len(self.x)], strict=True))

    @property
    def starts(self) -> NDArray[np.intp]:
        """(n,) for each frame the first one of its shot."""
        return np.repeat([a for a, _ in self.spans], [b - a for a, b in self.spans])


#: who a shot is on (all, if None) and when -> where they are then
Subjects: TypeAlias = Callable[[Sequence[str] | None, int], list[Subject]]
#: who a shot is on -> their middle at every frame
Along: TypeAlias = Callable[[Sequence[str] | None], Floats]

_WIDE_OPEN = 2.6
_MOVES = ("shot", "camera", "push", "pan", "focus")


def path_of(
    script: Script, frames: NDArray[np.int32], aspect: float, subjects: Subjects, along: Along | None = None
) -> Path:
    """Solve the shots of a scene for a picture of that aspect."""
    moves = sorted((e for kind in _MOVES for e in script.of(kind)), key=lambda e: e.start)
    n = len(frames)
    pose, focus, centre = _opening(moves[0].start if moves else script.length, aspect, subjects)
    values = np.tile(np.array([*pose, focus, *centre, focus, 1.0]), (n, 1))
    followed, smear = np.zeros(n), np.zeros(n)
    cuts, on = [0], None
    for number, move in enumerate(moves):
        # a framing is solved for where its subjects stand when the next one takes over
        end = moves[number + 1].start if number + 1 < len(moves) else script.length
        on = move.data["on"] if "on" in move.data and move.kind != "focus" else on
        found = subjects(move.data.get("on", on), max(end - 1, move.start + move.length))
        first = min(int(np.searchsorted(frames, move.start)), n - 1)
        before = values[first].copy()
        state = _aimed(move, found, before, aspect)
        here = frames >= move.start
        if move.length:
            t = ease(np.clip((frames - move.start) / move.length, 0, 1), str(move.data["ease"]))[:, None]
            path = before + (state - before) * t
            # zoom goes by ratio, so that a push feels even
            path[:, 3] = before[3] * (state[3] / before[3]) ** t[:, 0]
            values[here] = path[here]
            if move.data["ease"] == "whip":
                smear[here] = _swept(values, frames, move)[here]
        else:
            values[here] = state
            if cuts[-1] < move.start < script.length:
                cuts.append(move.start)
        if move.kind in ("shot", "camera"):
            followed[here] = 0.0
        if move.data.get("follow") and along is not None:
            followed[here] = _following(along(on), frames, move, min(end - 1, n - 1))[here]
    x, y, z, zoom, roll, sharp, *middle, depth, aperture = values.T
    sway = _unsteady(script, frames)
    return Path(x + followed, y, z, zoom, roll, sharp, depth, aperture, np.stack(middle, 1), sway, smear, cuts)


def _aimed(move: Event, found: list[Subject], before: Floats, aspect: float) -> Floats:
    """The state of the camera when a move has ended. before: the state when it begins."""
    pose = Pose(*before[:5].tolist())
    target, sharp = pose, None
    if move.kind == "shot":
        target = framed(str(move.data["size"]), found, aspect)
    elif move.kind == "camera":
        key = move.data["key"]
        target, sharp = Pose(key.x, key.y, key.z, key.zoom, key.roll), key.focus
    elif move.kind == "pan" and found:
        target = pose._replace(x=float(np.mean([s.x for s in found])))
    elif move.kind == "push":
        target = _pushed(pose, found, float(before[5]), float(move.data["by"]))
    depth, column, row = _attention(found, target, aspect)
    if move.kind == "focus":
        # a pull of focus must be seen: it opens the aperture
        wide = move.data["blur"] if move.data["blur"] is not None else max(float(before[9]), _WIDE_OPEN)
        return np.array([*before[:5], depth, *before[6:9], wide])
    wide = move.data.get("blur", float(before[9]))
    return np.array([*target, sharp if sharp is not None else depth, column, row, depth, wide])


def _pushed(pose: Pose, found: list[Subject], depth: float, by: float) -> Pose:
    """The camera dollied along the line to its subject, which stays where it is in the picture and grows."""
    x = float(np.mean([s.x for s in found])) if found else pose.x
    y = float(np.mean([s.eyes for s in found])) if found else pose.y
    z = float(np.mean([s.z for s in found])) if found else depth
    return pose._replace(x=x - (x - pose.x) / by, y=y - (y - pose.y) / by, z=z - (z - pose.z) / by)


def _following(middle: Floats, frames: NDArray[np.int32], move: Event, end: int) -> Floats:
    """Metres by which the camera goes along with somebody: their way, smoothed over half a second, counted from
    where the shot was framed for, which is where they are at its end."""
    padded = np.pad(middle, 6, mode="edge")
    smooth = np.convolve(padded, np.hanning(15)[1:-1] / np.hanning(15).sum(), mode="valid")
    gone = smooth - smooth[end]
    t = ease(np.clip((frames - move.start) / move.length, 0, 1), "in-out") if move.length else np.ones(len(frames))
    return np.asarray(gone * t)


def _swept(values: Floats, frames: NDArray[np.int32], move: Event) -> Floats:
    """Picture heights that what is in focus goes past in half a frame, sideways, while a move lasts."""
    x, depth = values[:, 0], np.maximum(values[:, 5] - values[:, 2], 0.3)
    speed = np.abs(np.gradient(x)) if len(x) > 1 else np.zeros(1)
    during = (frames >= move.start) & (frames <= move.start + move.length)
    return np.asarray(np.where(during, 0.5 * 2 * values[:, 3] * speed / depth, 0.0))


#: waves of an unsteady hand: how often a second, and how far, as shares of the whole
_WAVES = ((0.37, 0.55), (0.83, 0.30), (1.9, 0.15))
_HAND = 0.010  # picture heights that an unsteady camera goes astray at most
_JOLT = 0.0093  # of a jolt of 1: 10 px at 1080


def _unsteady(script: Script, frames: NDArray[np.int32]) -> Floats:
    """(n, 2) picture heights by which a hand-held or shaken camera moves the picture: closed forms of the frame."""
    sway = np.zeros((len(frames), 2))
    shots = sorted([*script.of("shot"), *script.of("camera")], key=lambda e: e.start)
    if not any(shot.data["handheld"] for shot in shots) and not script.of("shake"):
        return sway
    seconds = frames / script.fps
    for axis in range(2):
        amount = np.zeros(len(frames))
        for shot in shots:
            t = np.clip((frames - shot.start) / max(shot.length, 1), 0, 1) if shot.length else frames >= shot.start
            amount = np.where(frames >= shot.start, amount + (shot.data["handheld"] - amount) * t, amount)
        phase = seed_of("hand", script.scene.name if script.scene else "", axis) % 1000 / 1000
        wave = sum(far * np.sin(2 * np.pi * (often * (seconds + 7 * axis) + phase + often)) for often, far in _WAVES)
        sway[:, axis] += _HAND * amount * wave
        for jolt in script.of("shake"):
            t = (frames - jolt.start) / max(jolt.length, 1)
            going = (t >= 0) & (t < 1)
            wave = 0.7 * np.cos(2 * np.pi * (frames - jolt.start) / (2.9 + axis)) + 0.3 * np.cos(
                2 * np.pi * (frames - jolt.start) / (1.7 + 0.4 * axis)
            )
            sway[:, axis] += np.where(going, _JOLT * jolt.data["amount"] * (1 - t) ** 2 * wave, 0.0)
    return sway


def _opening(end: int, aspect: float, subjects: Subjects) -> tuple[Pose, float, tuple[float, float]]:
    """The camera until the first shot, which begins at `end`: wide on everybody who is then on stage."""
    found = [s for s in subjects(None, end - 1) if abs(s.x) < OFF_STAGE] if end else []
    pose = framed("wide", found, aspect)
    focus, column, row = _attention(found, pose, aspect)
    return pose, focus, (column, row)


def framed(size: str, subjects: Sequence[Subject], aspect: float) -> Pose:
    """The camera that shows the subjects at a size in a picture of that aspect (width / height)."""
    if not subjects:
        return Pose()
    z = min(s.z for s in subjects)  # whoever is nearest must fit
    low, high = min(s.x for s in subjects), max(s.x for s in subjects)
    crown = max(s.crown for s in subjects)
    eyes = _mean([s.eyes for s in subjects])
    if size in ("wide", "full"):
        share, margin, row = (0.40, 1.1, 0.87) if size == "wide" else (0.75, 0.55, 0.93)
        tall, mark = crown / share, 0.0
    elif size == "medium":
        tall, margin, row, mark = (crown - min(s.hips for s in subjects)) / 0.82, 0.42, 0.38, eyes
    else:  # a close shot is of the face: a tall hat may leave the picture
        tall, margin, row, mark = max(s.eyes - s.chin for s in subjects) * 5.6, 0.32, 0.46, eyes
    tall = max(tall, (high - low + 2 * margin) / aspect)
    y = mark + (row - HORIZON) * tall
    if size == "medium":
        y = max(y, crown - (HORIZON - 0.07) * tall)
    facing = subjects[0].facing if len({s.facing for s in subjects}) == 1 and high - low < 0.3 else 0
    x = (low + high) / 2 + 0.07 * facing * tall * aspect
    closer = z / 2 / tall
    distance = min(max(z * closer**-0.45, 1.3), z + 3.0)
    return Pose(x, max(y, 0.3), z - distance, distance / 2 / tall)


def _attention(subjects: Sequence[Subject], pose: Pose, aspect: float) -> tuple[float, float, float]:
    """(depth in focus, column and row of the subject in the picture, 0 to 1)."""
    if not subjects:
        return 7.0, 0.5, 0.5
    z, x, y = (_mean(values) for values in zip(*((s.z, s.x, s.eyes) for s in subjects), strict=True))
    scale = 2 * pose.zoom / max(z - pose.z, 0.3)
    column = 0.5 + scale * (x - pose.x) / aspect
    row = HORIZON - scale * (y - pose.y)
    return z, min(max(column, 0.1), 0.9), min(max(row, 0.15), 0.85)


def _mean(values: Sequence[float]) -> float:
    """What `np.mean` says, to the last bit, in a fifth of its time."""
    return float(np.add.reduce(values)) / len(values)

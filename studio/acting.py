"""What everybody on a stage does at each frame: a script's events as arrays.

Closed forms over frames: any frame can be asked for alone. Characters move on twos, their position
with their drawing; mouths and lids are free to change on ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules import character
from rules._kit import ALOFT, MOODS, MOUTHS, SETTLE
from rules.character import BREATH_FRAMES, HELD, LAMP_STEPS, RUNS, YAWS, Acting
from studio.hashing import seed_of
from studio.headings import Turn, headed, steps
from studio.reflexes import lids_of, spoken, swung
from studio.script import Event, Script
from studio.stands import Stand
from studio.targets import Figure, Plane

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

_HELD = {name: 1 + n for n, name in enumerate(HELD)}
_THINK = 1 + list(character.GESTURES).index("think")
_LEAD = 3  # frames by which the eyes lead the head, and the head the body
_REACH = 3.1  # metres at which a lamp's light on a figure has fallen to 1/e
_MOOD_FRAMES = 8  # that a body takes to follow a mood


@dataclass(frozen=True)
class Presence:
    """Somebody at n frames: where they stand (metres), whether they are there, what they do."""

    figure: Figure
    x: Floats
    z: Floats
    is_there: NDArray[np.bool_]
    acting: Acting


@dataclass(frozen=True)
class Lamp:
    """A prop's light at n frames, 0 to 1, and where its flame is."""

    plane: Plane
    level: Floats


def lamps_of(script: Script, frames: Ints) -> list[Lamp]:
    """The props that can give light."""
    stage = script.scene.stage
    planes = [p for p in stage.planes if p.is_prop] if stage else []
    return [Lamp(p, _light(script.of("set", p.name), float(p.is_lit), frames)) for p in planes]


def presences(script: Script, frames: Ints, lamps: Sequence[Lamp]) -> list[Presence]:
    """Everybody of a scene, in the order of the cast, then of their entrances. lamps: what gives them light."""
    players = _players(script)
    twos = frames - frames % 2
    followed = {name for e in script.of("shot") if e.data["follow"] for name in e.data["on"] or ()}
    # whom the camera goes along with moves on ones, as it does, or they would shake in the picture
    stands = {p.name: Stand(script, p, frames if p.name in followed else twos) for p in players}
    return [_presence(script, stands, name, frames, lamps) for name in stands]


def _players(script: Script) -> list[Figure]:
    figures = [c.figure for c in script.scene.cast]
    for event in script.of("walk"):
        if event.data["figure"].name not in {f.name for f in figures}:
            figures.append(event.data["figure"])
    return figures


def _presence(script: Script, stands: dict[str, Stand], name: str, frames: Ints, lamps: Sequence[Lamp]) -> Presence:
    stand = stands[name]
    twos = frames - frames % 2
    gesture, since, span = _gestures(script.of("do", name), twos, list(stand.figure.module.GESTURES))
    meet_x, meet_y = _meetings(script.of("do", name), stand.figure.params, twos)
    stance, before, settled = _stances(script.of("stance", name), twos, list(stand.figure.module.STANCES))
    looks = _Looking(script, stands, stand, frames)
    lamp, side = _lit(lamps, stand)
    phase = 2 * np.pi * ((twos + seed_of("breath", name)) % BREATH_FRAMES) / BREATH_FRAMES
    moods = [(e.start, MOODS.index(e.data["mood"])) for e in script.of("mood", name)]
    first = MOODS.index(stand.mood)
    lean = _followed(moods, first, character.MOOD_LEAN, twos)
    nods = np.zeros(len(twos))
    is_biped = stand.figure.module is character  # other kits move their heads in ways of their own
    if is_biped:
        nods = _followed(moods, first, character.MOOD_TILT, twos) + spoken(script.of("say", name), script.fps, twos)
    says, blinks = script.of("say", name), seed_of("blink", stand.figure.seed, script.scene.seed)
    thoughts = [e.start + e.length for e in says] + [e.start for e in script.of("look", name)]
    turned = [*thoughts, *looks.changes]
    held = [(e.start, _HELD.get(e.data["name"], -1)) for e in script.of("held", name)]
    acting = Acting(
        phase=stand.phase,
        gesture=gesture,
        since=since,
        span=span,
        mood=steps(frames, moods, first),
        mouth=_mouths(script.of("say", name), frames),
        lids=np.zeros_like(frames) if stand.is_still else lids_of(frames, script.fps, blinks, turned, says),
        gaze_x=looks.gaze_x,
        gaze_y=np.where(is_biped & _thinks(gesture, since, span), 1, looks.gaze_y).astype(np.int32),
        yaw=looks.yaw,
        body=looks.body,
        tilt=looks.tilt + np.rint(2 * nods) / 2,
        facing=looks.facing,
        lamp=lamp,
        side=side,
        breath=np.rint(4 * np.sin(phase)) / 4 * (not stand.is_still),
        lean=(4 * np.rint(lean / 4)).astype(np.int32),
        lag=swung([*stand.kicks, *((at, 0.6) for at in looks.changes)], script.fps, twos, stand.phase >= RUNS),
        held=steps(frames, held, _HELD.get(stand.holds, -1) if stand.holds is not None else 0),
        meet_x=meet_x,
        meet_y=meet_y,
        time=script.scene.stage.light if script.scene.stage else "day",
        gait=stand.gait,
        height=stand.y,
        flown=stand.flown,
        landing=stand.landing,
        stance=stance,
        before=before,
        settled=settled,
        clock=(twos + seed_of("clock", name) % 96 // 2 * 2).astype(np.int32) * (not stand.is_still),
    )
    return Presence(stand.figure, stand.x, stand.z, stand.is_there, acting)


class _Looking:
    """Eyes, then head, then the whole figure turn to what is looked at."""

    def __init__(self, script: Script, stands: dict[str, Stand], stand: Stand, frames: Ints) -> None:
        n = len(frames)
        self.gaze_x, self.gaze_y = np.zeros(n, np.int32), np.zeros(n, np.int32)
        self.yaw, self.tilt = np.full(n, 45, np.int32), np.zeros(n)
        self.aims = np.zeros(n, np.bool_)  # whether the head is turned to something
        turns = list(stand.turns)
        name = stand.figure.name
        walks = [e.start for e in script.of("walk", name)]
        for event in script.of("look", name):
            later = [e.start for e in script.of("look", name) if e.start > event.start]
            later += [start for start in walks if start > event.start]  # a walk looks ahead again
            end = min(later, default=1 << 30)
            self._look(script, stands, stand, frames, event, end)
            turn = self._turn(script, stands, stand, event, frames)
            if turn and not any(e.start <= event.start < e.start + e.length for e in script.of("walk", name)):
                turns.append(Turn(event.start + 2 * _LEAD, "right" if turn > 0 else "left", True))
        headings = headed(turns, (stand.initial, stand.body))
        self.facing = steps(frames, headings.facings, stand.initial)
        self.body = steps(frames, headings.views, stand.body)
        self.changes = headings.changes
        if headings.views or stand.body != 45:  # the head is ahead of the body, and looks over the shoulder at most
            ahead = steps(frames + 2, headings.views, stand.body)
            looks = np.where(self.aims, self.yaw, ahead)
            looks = np.where(np.abs(looks - ahead) <= 90, looks, 90)
            self.yaw = np.where(ahead == 45, self.yaw, looks).astype(np.int32)
        for at in headings.abouts:  # a head turns through the view from the front, ahead of the body
            middle = at - at % 2
            near = np.abs(frames - middle + 0.5)
            self.yaw = np.where(near < 2, 0, np.where(near < 4, np.minimum(self.yaw, 22), self.yaw)).astype(np.int32)

    def _target(
        self, script: Script, stands: dict[str, Stand], stand: Stand, target: str
    ) -> tuple[Any, Any, Any] | None:
        """(x, z, height) of what is looked at, at each frame; None for a plain direction."""
        if target in stands:
            other = stands[target]
            return other.x, other.z, other.y + other.figure.module.landmarks(other.figure.params).eyes
        stage = script.scene.stage
        for plane in stage.planes if stage else ():
            if plane.name == target:
                return plane.x, plane.z, getattr(plane.module, "LIGHT", 1.0)
        if stage and target in stage.marks:
            return stage.marks[target].x, stage.marks[target].z, 0.0
        return None

    def _turn(self, script: Script, stands: dict[str, Stand], stand: Stand, event: Event, frames: Ints) -> int:
        target = event.data["target"]
        if target in ("left", "right"):
            return -1 if target == "left" else 1
        found = self._target(script, stands, stand, target)
        if found is None or not len(frames):
            return 0
        at = min(max(int(np.searchsorted(frames, event.start)), 0), len(frames) - 1)
        away = (found[0][at] if isinstance(found[0], np.ndarray) else found[0]) - stand.x[at]
        return 0 if abs(away) < 0.2 else 1 if away > 0 else -1

    def _look(
        self, script: Script, stands: dict[str, Stand], stand: Stand, frames: Ints, event: Event, end: int
    ) -> None:
        eyes = (frames >= event.start) & (frames < end)
        head = (frames >= event.start + _LEAD) & (frames < end)
        eased = ease(np.clip((frames - event.start - _LEAD) / 8, 0, 1), "in-out")
        target = event.data["target"]
        found = self._target(script, stands, stand, target)
        if found is None:
            up = {"up": 1, "down": -1}.get(target, 0)
            self.gaze_y[eyes] = up
            self.gaze_x[eyes] = 0
            self.tilt[head] = (9.0 * up * eased)[head]
            self.yaw[head] = 22 if target == "camera" else 45
            self.aims[head] = False
            return
        x, z, height = found
        across, deep = np.abs(x - stand.x) + 1e-3, z - stand.z
        rise = height - stand.y - stand.figure.module.landmarks(stand.figure.params).eyes
        angle = np.degrees(np.arctan2(rise, np.hypot(across, deep))) + np.zeros(len(frames))
        self.gaze_y[eyes] = np.where(angle > 9, 1, np.where(angle < -9, -1, 0))[eyes]
        self.gaze_x[eyes] = 1
        self.tilt[head] = (np.clip(0.45 * angle, -9, 11) * eased)[head]
        away = np.degrees(np.arctan2(across, -deep))  # 0 towards the camera, 90 sideways, 180 into the picture
        wanted = 45 + 0.5 * (away - 90) + np.zeros(len(frames))
        bins = np.array(YAWS)
        self.yaw[head] = bins[np.abs(bins[:, None] - wanted[head]).argmin(0)]
        self.aims[head] = True


# -- pieces


def ease(t: Floats, kind: str) -> Floats:
    """0 to 1 eased; cubic, with a fifth of the way in the first fifth of a move at most."""
    if kind == "linear":
        return t
    if kind == "in":
        return t**3
    if kind == "out":
        return 1 - (1 - t) ** 3
    if kind == "whip":  # past the mark at three fifths, and back
        fast = np.clip(t / 0.6, 0, 1)
        settling = 1.02 + 0.02 * np.cos(np.pi * np.clip((t - 0.6) / 0.4, 0, 1))
        return np.asarray(np.where(t < 0.6, 1.04 * fast * fast * (3 - 2 * fast), settling))
    return np.asarray(t * t * (3 - 2 * t) * 0.35 + 0.65 * (t**3 * (t * (6 * t - 15) + 10)))


def _followed(moods: Sequence[tuple[int, int]], first: int, of: Sequence[int], frames: Ints) -> Floats:
    """What the moods ask of a body, each from what the last one had asked."""
    values, last = np.full(len(frames), float(of[first])), first
    for start, mood in moods:
        t = ease(np.clip((frames - start) / _MOOD_FRAMES, 0, 1), "in-out")
        values = np.where(frames >= start, of[last] + (of[mood] - of[last]) * t, values)
        last = mood
    return values


def _thinks(gesture: Ints, since: Ints, span: Ints) -> NDArray[np.bool_]:
    """When the eyes go up for an answer."""
    return np.asarray((gesture == _THINK) & (since >= 8) & (since < span - 10))


def turned(moves: Iterable[tuple[Event, float]], level: float, frames: Ints) -> Floats:
    """Something that starts at a level and is turned to others, each with the ease of its event."""
    values = np.full(len(frames), level)
    for event, to in moves:
        t = np.clip((frames - event.start) / event.length, 0, 1) if event.length else np.ones(len(frames))
        values = np.where(frames >= event.start, level + (to - level) * ease(t, event.data["ease"]), values)
        level = to
    return values


def _light(sets: Sequence[Event], level: float, frames: Ints) -> Floats:
    values = turned(((event, float(event.data["lit"])) for event in sets), level, frames)
    return np.asarray(np.rint(values * 24) / 24)


def _lit(lamps: Sequence[Lamp], stand: Stand) -> tuple[Ints, Ints]:
    """How strongly the strongest lamp lights somebody, 0 to LAMP_STEPS, and from which side."""
    best, side = np.zeros(len(stand.x)), np.zeros(len(stand.x), np.int32)
    for lamp in lamps:
        across, deep = lamp.plane.x - stand.x, lamp.plane.z - stand.z
        strength = lamp.level * np.exp(-((across**2 + (0.6 * deep) ** 2) / _REACH**2))
        side = np.where(strength > best, np.where(across >= 0, 1, -1), side)
        best = np.maximum(best, strength)
    steps_ = np.rint(LAMP_STEPS * np.minimum(1.15 * best, 1)).astype(np.int32)
    return steps_, np.where(steps_ > 0, side, 0).astype(np.int32)


def _stances(events: Sequence[Event], frames: Ints, names: Sequence[str]) -> tuple[Ints, Ints, Ints]:
    """(the stance, the one before, frames since it was taken) at each frame."""
    stance, before = (np.zeros(len(frames), np.int32) for _ in range(2))
    settled = np.full(len(frames), ALOFT, np.int32)
    now = 0
    for event in events:
        begun, then = frames >= event.start, names.index(event.data["stance"])
        stance[begun], before[begun] = then, now
        settled[begun] = (frames[begun] - event.start) * SETTLE // max(event.length, 1)
        now = then
    return stance, before, np.minimum(settled, ALOFT)


def _gestures(events: Sequence[Event], frames: Ints, names: Sequence[str]) -> tuple[Ints, Ints, Ints]:
    gesture, since, span = (np.zeros(len(frames), np.int32) for _ in range(3))
    for event in events:
        here = (frames >= event.start) & (frames < event.start + event.length)
        gesture[here] = 1 + names.index(event.data["gesture"])
        since[here] = frames[here] - event.start
        span[here] = event.length
    return gesture, since, span


def _meetings(events: Sequence[Event], params: Any, frames: Ints) -> tuple[Ints, Ints]:
    """Where hands meet in a hand-over, in centimetres forward and up: in the proportion of the arms' lengths."""
    x, y = np.zeros(len(frames), np.int32), np.zeros(len(frames), np.int32)
    for event in events:
        if "meets" in event.data:
            own, other = character.hand_reach(params), character.hand_reach(event.data["meets"])
            here = (frames >= event.start) & (frames < event.start + event.length)
            x[here] = round(100 * event.data["away"] * own[0] / (own[0] + other[0]))
            y[here] = round(50 * (own[1] + other[1]))
    return x, y


def _mouths(events: Sequence[Event], frames: Ints) -> Ints:
    changes: list[tuple[int, int]] = []
    for event in events:
        changes += [(event.start + at, MOUTHS.index(shape)) for at, shape in event.data["mouths"] if at < event.length]
        changes.append((event.start + event.length, 0))
    return steps(frames, changes, 0)

"""Where everybody on a stage stands at each frame: walks, runs and flights as arrays.

Closed forms over frames: any frame can be asked for alone.
"""

from __future__ import annotations

from math import hypot

import numpy as np
from numpy.typing import NDArray

from rules._kit import ALOFT, GAITS
from rules.character import RUNS, TURN_ABOUT
from studio.action import VIEWS_OF
from studio.headings import Turn
from studio.script import Event, Script
from studio.targets import Figure

Ints = NDArray[np.int32]

_CYCLE, _PASSING = 24, 6
_PUSH = 6  # frames on the ground before a flight
_AFTER = 8  # frames that landing takes after touch-down
_WINGS = 4.0  # metres from the middle from which on a flight begins or ends out of sight


class Stand:
    """Where one figure is at each frame, which way it faces and at which phase of a walk."""

    def __init__(self, script: Script, figure: Figure, frames: Ints) -> None:
        n = len(frames)
        self.figure = figure
        standing = next((c for c in script.scene.cast if c.figure.name == figure.name), None)
        walks = script.of("walk", figure.name)
        first = standing.spot if standing else walks[0].data["begin"]
        self.x, self.z = np.full(n, first.x), np.full(n, first.z)
        self.phase = np.full(n, -1, np.int32)
        self.y = np.full(n, first.y)
        self.gait = np.zeros(n, np.int32)
        self.flown, self.landing = np.full(n, -1, np.int32), np.full(n, ALOFT, np.int32)
        self.is_there = np.ones(n, np.bool_) if standing else frames >= walks[0].start
        self.mood = standing.mood if standing else "neutral"
        self.holds = standing.holds if standing else None
        self.is_still = standing is not None and standing.idle == "none"
        faces = script.of("face", figure.name)
        turned = {e.start for e in faces if e.data["facing"] in VIEWS_OF}  # who walks so does not turn as they go
        turns: list[Turn] = []
        self.kicks: list[tuple[int, float]] = []  # frames, and metres a second by which the speed changes there
        for walk in walks:
            self._walk(walk, frames)
            way = walk.data["end"].x - walk.data["begin"].x
            if abs(way) > 0.05 and walk.start not in turned:
                turns.append(Turn(walk.start, "right" if way > 0 else "left"))
            speed = abs(way) / max(walk.length, 1) * script.fps
            self.kicks += [(walk.start, speed), (walk.start + walk.length, -speed)]
        told = {e.start: e.data["facing"] for e in faces}
        for event in script.of("do", figure.name):
            if event.data["gesture"] == "turn":  # about, or where one is told to; either way after a dip
                to = told.pop(event.start, "about")
                wait = TURN_ABOUT if to in ("about", "left", "right") else TURN_ABOUT // 2
                turns.append(Turn(event.start + min(wait, event.length), to))
        turns += [Turn(at, to) for at, to in told.items()]  # rather than as one walks
        self.turns = sorted(turns, key=lambda turn: turn.at)
        self.initial = standing.facing if standing else 1
        self.body = standing.body if standing else 45

    def _walk(self, walk: Event, frames: Ints) -> None:
        begun = frames >= walk.start
        gait = walk.data["gait"]
        self.gait = np.where(begun, GAITS.index(gait), self.gait).astype(np.int32)
        self.y = np.where(begun, walk.data["end"].y, self.y)
        if gait == "fly":
            self._fly(walk, frames)
            return
        count = 12 * walk.data["steps"]
        done = np.clip(np.rint((frames - walk.start) * (count / max(walk.length, 1))), 0, count)
        share = done / count  # position goes with the phase of the drawing, so that no foot slides
        begin, end = walk.data["begin"], walk.data["end"]
        self.x = np.where(begun, begin.x + (end.x - begin.x) * share, self.x)
        self.z = np.where(begun, begin.z + (end.z - begin.z) * share, self.z)
        going = begun & (done < count)
        has_paces = hasattr(self.figure.module, "PACES")  # of its own: a hop begins on the ground
        phase = ((0 if has_paces else _PASSING) + done) % _CYCLE + (RUNS if gait == "run" and not has_paces else 0)
        self.phase = np.where(going, phase, np.where(begun, -1, self.phase)).astype(np.int32)

    def _fly(self, walk: Event, frames: Ints) -> None:
        """Along an arc: a push from the ground, an easy landing; who comes or goes off the stage does neither."""
        begin, end = walk.data["begin"], walk.data["end"]
        pushes, lands = abs(begin.x) < _WINGS, abs(end.x) < _WINGS
        since, left = frames - walk.start, walk.start + walk.length - frames
        t = np.clip((since - _PUSH * pushes) / max(walk.length - _PUSH * pushes, 1), 0, 1)
        share = t
        if pushes and lands:
            share = t * t * (3 - 2 * t)
        elif lands:
            share = 1 - (1 - t) ** 1.7
        elif pushes:
            share = t**1.7
        begun, going = since >= 0, (since >= 0) & (left > 0)
        arc = min(0.16 * hypot(end.x - begin.x, end.z - begin.z), 0.9) if pushes and lands else 0.0
        self.x = np.where(begun, begin.x + (end.x - begin.x) * share, self.x)
        self.z = np.where(begun, begin.z + (end.z - begin.z) * share, self.z)
        climb = t**0.8 if pushes and not lands else 1 - (1 - t) ** 1.5 if lands and not pushes else share
        self.y = np.where(begun, begin.y + (end.y - begin.y) * climb + arc * 4 * t * (1 - t), self.y)
        self.flown = np.where(begun, np.where(going, since + (0 if pushes else ALOFT), -1), self.flown).astype(np.int32)
        ended = np.where(left > -_AFTER, left, ALOFT) if lands else np.full(len(frames), ALOFT)
        self.landing = np.where(begun, ended, self.landing).astype(np.int32)
        self.phase = np.where(begun, -1, self.phase).astype(np.int32)
        if not lands:
            self.is_there = self.is_there & ~(begun & (left <= 0))

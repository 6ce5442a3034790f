"""The action of a scene as events in frames: order is time, cues are moments.

A line without `at` starts when all lines above have ended. Knows no pixels and no picture size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import hypot
from typing import Any

from rules import caption, title
from rules._kit import SETTLE
from rules.character import GESTURES, HAND_OVER, CharacterParams, hand_reach
from studio.action import ONLY_PEOPLE, VIEWS_OF, Line
from studio.errors import Problem, did_you_mean
from studio.params import frames_of, is_time
from studio.project import LOOKS, Project
from studio.targets import NOWHERE, Scene, Stage
from studio.tree import Loc
from studio.values import Spot
from studio.visemes import speech

#: metres from the middle at which somebody is out of sight who comes `from: left`
OFF_STAGE = 4.6
HIGH = 2.0  #: metres above where it lands at which a bird comes in from there
TAIL = 12  # frames that a scene goes on after its action
_PACE = {"slow": 18, "normal": 12, "fast": 8}  # frames a step
_RUN_PACE = {"slow": 10, "normal": 8, "fast": 6}


@dataclass(frozen=True)
class Event:
    """Something that somebody or the camera does from `start` on, for `length` frames."""

    kind: str
    who: str
    start: int
    length: int
    data: Mapping[str, Any]


@dataclass
class Script:
    """A scene in frames: its events in the order of the file, its cues, its length."""

    scene: Scene
    fps: float
    events: list[Event] = field(default_factory=list)
    cues: dict[str, tuple[int, int]] = field(default_factory=dict)
    length: int = 0

    def of(self, kind: str, who: str | None = None) -> list[Event]:
        """Events of one kind, by start."""
        found = [e for e in self.events if e.kind == kind and (who is None or e.who == who)]
        return sorted(found, key=lambda e: e.start)


def script_of(project: Project, scene: Scene, clip_frames: int | None = None) -> Script:
    """Lay out a scene; problems go to the project. clip_frames: length of a scene of footage."""
    script = Script(scene, float(project.fps))
    _Director(project, script).run()
    if isinstance(scene.card, title.Params) and scene.length is None:
        script.length = frames_of(f"{title.seconds(scene.card)}s", script.fps)
    elif scene.length is not None:
        script.length = frames_of(scene.length, script.fps)
    elif clip_frames is not None:
        script.length = clip_frames
    if script.length < 1:
        project.problems.append(
            Problem(f"`{scene.name}` has no length", project.loaded.tree.place_of(scene.loc), "add `length: 3s`")
        )
        script.length = 1
    return script


class _Director:
    """Walks the lines of a scene and keeps where everybody stands meanwhile."""

    def __init__(self, project: Project, script: Script) -> None:
        self._project, self._script, self._scene = project, script, script.scene
        self._stage: Stage = self._scene.stage or NOWHERE
        self._spots = {c.figure.name: c.spot for c in self._scene.cast}
        self._figures = {c.figure.name: c.figure for c in self._scene.cast}
        self._holds = {c.figure.name: c.holds for c in self._scene.cast if c.holds is not None}
        self._coming = self._entrances(self._scene.action)
        self._stances: dict[str, str] = {}  # of who sits or lies
        self._end = 0

    def run(self) -> None:
        for n, line in enumerate(self._scene.action):
            self._end = max(self._end, self._line(line, (*self._scene.loc, "action", n), self._end))
        self._script.length = self._end + TAIL

    def _entrances(self, lines: tuple[Line, ...]) -> set[str]:
        """Who comes on later with a walk `from:`, without being cast."""
        moves = [line for line in lines if line.from_ is not None and (line.walk or line.run or line.fly)]
        names: set[str] = {line.who or "" for line in moves}
        for line in lines:
            names |= self._entrances(line.together or ())
        return names - set(self._figures)

    def _line(self, line: Line, loc: Loc, now: int) -> int:
        """Lay out a line; -> the frame at which it has ended."""
        start = now if line.at is None else self._moment(line.at, (*loc, "at"))
        if line.delay:
            start += self._frames(line.delay)
        verb = line.verb()
        if line.who is not None and not self._present(line, (*loc, "who")):
            return start
        if verb == "together":
            length = (
                max(
                    (self._line(inner, (*loc, "together", n), start) for n, inner in enumerate(line.together or ())),
                    default=start,
                )
                - start
            )
        else:
            length = getattr(self, f"_verb_{verb}")(line, loc, start)
        if line.mood is not None:
            self._add("mood", line.who or "", start, 0, mood=line.mood)
        if line.facing is not None:
            if line.facing in VIEWS_OF and not hasattr(self._figures[line.who or ""].module, "VIEWS"):
                self._say(f"`{line.who}` cannot face {line.facing}", (*loc, "facing"), ONLY_PEOPLE)
            self._add("face", line.who or "", start, 0, facing=line.facing)
        if line.look is not None and verb != "look":
            self._verb_look(line, loc, start)
        if line.cue is not None:
            if line.cue in self._script.cues:
                self._say(f"the cue `{line.cue}` is given twice", (*loc, "cue"), "call one of them otherwise")
            self._script.cues[line.cue] = (start, start + length)
        return start + length

    # -- verbs; each returns its length in frames

    def _verb_walk(self, line: Line, loc: Loc, start: int) -> int:
        return self._go(line, loc, start, "walk")

    def _verb_run(self, line: Line, loc: Loc, start: int) -> int:
        return self._go(line, loc, start, "run")

    def _verb_fly(self, line: Line, loc: Loc, start: int) -> int:
        if not getattr(self._figures[line.who or ""].module, "FLIES", False):
            self._say(f"`{line.who}` cannot fly", (*loc, "fly"), "only birds fly: `kit: bird`")
            return 0
        return self._go(line, loc, start, "fly")

    def _go(self, line: Line, loc: Loc, start: int, gait: str) -> int:
        who = line.who or ""
        target = self._spot(getattr(line, gait), (*loc, gait))
        begin = self._spots.get(who, target)
        if line.from_ is not None:
            begin = self._edge(line.from_, target, (*loc, "from"), gait == "fly")
        way = hypot(target.x - begin.x, target.z - begin.z)
        kit = self._figures[who].module
        steps = max(1, round(way / kit.step_length(self._figures[who].params, gait)))
        each: float = (_RUN_PACE if gait == "run" else _PACE)[line.pace]
        if hasattr(kit, "PACES"):
            each = kit.PACES.get(gait, 12) * _PACE[line.pace] / _PACE["normal"]
        length = self._frames(line.over) if line.over else round(steps * each)
        if gait == "fly":
            away = hypot(way, target.y - begin.y)
            length = self._frames(line.over) if line.over else round(12 + away * 7 * each / 12)
            way = away
        if way < 0.05:
            self._say(f"`{who}` already stands there", (*loc, gait), f"{gait} to another mark")
            return 0
        risen = self._rise(who, start)
        data = {"begin": begin, "end": target, "steps": steps, "figure": self._figures[who], "gait": gait}
        self._add("walk", who, start + risen, length, **data)
        self._spots[who] = target
        return risen + length

    def _rise(self, who: str, start: int) -> int:
        """Get up before going anywhere; -> the frames that it takes."""
        if self._stances.get(who, "stand") == "stand":
            return 0
        self._add("stance", who, start, SETTLE, stance="stand")
        self._stances[who] = "stand"
        return SETTLE

    def _verb_say(self, line: Line, loc: Loc, start: int) -> int:
        mouths, closed = speech(line.say or "", self._script.fps)
        spoken = self._frames(line.over) if line.over else closed
        if line.caption:
            check_letters(self._project, self._scene, line.say or "")
        self._add("say", line.who or "", start, spoken, mouths=mouths, text=line.say, caption=line.caption)
        return spoken + 6

    def _verb_do(self, line: Line, loc: Loc, start: int) -> int:
        gesture, kit = line.do or "nod", self._figures[line.who or ""].module
        known = {**kit.GESTURES, **dict.fromkeys(kit.STANCES, SETTLE)}
        if gesture not in known:
            what = f"`{line.who}` cannot `{gesture}`: a {getattr(self._figures[line.who or ''].params, 'kit', 'biped')}"
            self._say(f"{what} can {', '.join(known)}", (*loc, "do"), did_you_mean(gesture, known))
            return 0
        length = self._frames(line.over) if line.over else round(known[gesture] * self._script.fps / 24)
        if gesture in kit.STANCES:
            self._add("stance", line.who or "", start, length, stance=gesture)
            self._stances[line.who or ""] = gesture
            return length
        self._add("do", line.who or "", start, length, gesture=gesture)
        return length

    def _verb_give(self, line: Line, loc: Loc, start: int) -> int:
        return self._hand_over(line.who or "", line.give or "", (*loc, "give"), start)

    def _verb_take(self, line: Line, loc: Loc, start: int) -> int:
        return self._hand_over(line.take or "", line.who or "", (*loc, "take"), start)

    def _hand_over(self, giver: str, taker: str, loc: Loc, start: int) -> int:
        """What the giver holds goes to the taker, who is a little later with the arm."""
        other = taker if loc[-1] == "give" else giver
        if other not in self._figures:
            self._say(f"`{other}` is not in this scene", loc, did_you_mean(other, self._figures))
            return 0
        if giver == taker:
            self._say(f"`{giver}` has nobody to share with", loc, "name somebody else")
            return 0
        reach = 0.0
        for who in (giver, taker):
            params = self._figures[who].params
            if not isinstance(params, CharacterParams):
                self._say(f"`{who}` has no hands", loc, "people hand things over: `kit: biped`")
                return 0
            reach += hand_reach(params)[0]
        given = self._held_by(giver)
        if given == "none":
            self._say(f"`{giver}` holds nothing here", loc, "let them hold something: `holds: lantern`")
            return 0
        if self._held_by(taker) != "none":
            self._say(f"`{taker}` has no hand free", loc, "let them give away first what they hold")
            return 0
        a, b = self._spots[giver], self._spots[taker]
        if hypot(a.x - b.x, a.z - b.z) > 1.3 * reach:
            self._say(f"`{giver}` is too far from `{taker}`", loc, f"let one of them walk to within {reach:.1f} m")
            return 0
        way = 1 if b.x >= a.x else -1
        length = round(GESTURES["give"] * self._script.fps / 24)
        passes = start + round(HAND_OVER * self._script.fps / 24)
        for who, other, gesture, facing in ((giver, taker, "give", way), (taker, giver, "take", -way)):
            self._add("face", who, start, 0, facing="right" if facing > 0 else "left")
            self._add("do", who, start, length, gesture=gesture, meets=self._figures[other].params, away=abs(b.x - a.x))
        for who, name in ((giver, "none"), (taker, given)):
            self._holds[who] = name
            self._add("held", who, passes, 0, name=name)
        return length

    def _held_by(self, who: str) -> str:
        return self._holds.get(who) or str(getattr(self._figures[who].params, "holds", "none"))

    def _verb_look(self, line: Line, loc: Loc, start: int) -> int:
        target = line.look or "ahead"
        props = {p.name for p in self._stage.planes if p.is_prop}
        known = {*LOOKS, *self._figures, *self._coming, *props, *self._stage.marks}
        if target not in known:
            self._say(f"nothing here is called `{target}`", (*loc, "look"), did_you_mean(target, known))
        self._add("look", line.who or "", start, 0, target=target)
        return round(0.4 * self._script.fps)

    def _verb_hold(self, line: Line, loc: Loc, start: int) -> int:
        return self._frames(line.hold or "0f")

    def _verb_shot(self, line: Line, loc: Loc, start: int) -> int:
        self._check_on(line.on, (*loc, "on"))
        length = self._frames(line.over) if line.over else 0
        how = {**_lens(line), "follow": bool(line.follow)}
        self._add("shot", "", start, length, size=line.shot, on=line.on, **how)
        return length

    def _verb_camera(self, line: Line, loc: Loc, start: int) -> int:
        length = self._frames(line.over) if line.over else 0
        self._add("camera", "", start, length, key=line.camera, **_lens(line))
        return length

    def _verb_push(self, line: Line, loc: Loc, start: int) -> int:
        length = self._frames(line.over or "2s")
        self._add("push", "", start, length, by=line.push, ease=line.ease)
        return length

    def _verb_pan(self, line: Line, loc: Loc, start: int) -> int:
        self._check_on(line.pan, (*loc, "pan"))
        length = self._frames(line.over or "1s")
        self._add("pan", "", start, length, on=line.pan, ease=line.ease)
        return length

    def _verb_focus(self, line: Line, loc: Loc, start: int) -> int:
        self._check_on((line.focus or "",), (*loc, "focus"))
        length = self._frames(line.over or "12f")
        self._add("focus", "", start, length, on=(line.focus,), ease=line.ease, blur=line.blur)
        return length

    def _verb_shake(self, line: Line, loc: Loc, start: int) -> int:
        length = self._frames(line.over or "7f")
        self._add("shake", "", start, length, amount=line.shake)
        return 0  # what goes on while it dies away need not wait

    def _verb_set(self, line: Line, loc: Loc, start: int) -> int:
        props = {p.name for p in self._stage.planes if p.is_prop}
        if line.set not in props:
            self._say(f"no prop here is called `{line.set}`", (*loc, "set"), did_you_mean(line.set or "", props))
        length = self._frames(line.over) if line.over else 0
        self._add("set", line.set or "", start, length, lit=bool(line.lit), ease=line.ease)
        return length

    def _verb_pass_(self, line: Line, loc: Loc, start: int) -> int:
        styles = {style.name: style for style in self._scene.styles}
        style = styles.get(line.pass_ or "")
        if style is None:
            hint = did_you_mean(line.pass_ or "", styles) or "name it under the scene's `passes:`"
            self._say(f"this scene has no pass `{line.pass_}`", (*loc, "pass"), hint)
            return 0
        to = dict(line.to)
        for name, what, hint in style.unturnable(line.to):
            self._say(what, (*loc, "to", name), hint)
            del to[name]  # the film is laid out nevertheless, for its other mistakes
        length = self._frames(line.over) if line.over else 0
        self._add("pass", style.name, start, length, to=to, ease=line.ease)
        return length

    # -- names and moments

    def _check_on(self, names: Iterable[str] | None, loc: Loc) -> None:
        """Whoever the camera is on must be here."""
        for n, name in enumerate(names or ()):
            known = {*self._figures, *self._coming, *(p.name for p in self._stage.planes if p.is_prop)}
            if name not in known:
                self._say(f"nobody here is called `{name}`", (*loc, n), did_you_mean(name, known))

    def _present(self, line: Line, loc: Loc) -> bool:
        who = line.who or ""
        if who in self._figures:
            return True
        if who in self._coming and who in self._scene.figures:
            self._figures[who] = self._scene.figures[who]
            return True
        known = {*self._figures, *self._scene.figures}
        hint = "cast them, or let them walk in `from: left`" if who in self._scene.figures else did_you_mean(who, known)
        self._say(f"`{who}` is not in this scene", loc, hint)
        return False

    def _spot(self, stand: str | Spot | None, loc: Loc) -> Spot:
        return self._project.spot(stand if stand is not None else "centre", self._stage, loc)

    def _edge(self, stand: str | Spot, target: Spot, loc: Loc, aloft: bool = False) -> Spot:
        if stand in ("left", "right"):
            x = -OFF_STAGE if stand == "left" else OFF_STAGE
            return Spot(x=x, z=target.z, y=target.y + HIGH if aloft else 0.0)
        return self._spot(stand, loc)

    def _moment(self, text: str, loc: Loc) -> int:
        if is_time(text):
            return self._frames(text)
        name, _, end = text.partition(".")
        if name not in self._script.cues or end not in ("", "end"):
            self._say(f"no cue above is called `{text}`", loc, did_you_mean(text, self._script.cues))
            return 0
        return self._script.cues[name][1 if end else 0]

    def _frames(self, time: str) -> int:
        return frames_of(time, self._script.fps)

    def _add(self, kind: str, who: str, start: int, length: int, **data: Any) -> None:
        self._script.events.append(Event(kind, who, start, length, data))

    def _say(self, what: str, loc: Loc, hint: str = "") -> None:
        self._project.problems.append(Problem(what, self._project.loaded.tree.place_of(loc), hint))


def _lens(line: Line) -> dict[str, Any]:
    """What is said of a shot beside its framing."""
    return {"ease": line.ease, "handheld": line.handheld or 0.0, "blur": line.blur if line.blur is not None else 1.0}


def check_letters(project: Project, scene: Scene, text: str) -> None:
    """What is to stand in the picture must have its letters."""
    lacking = ", ".join(f"`{letter}`" for letter in caption.missing(text))
    if lacking:
        place = project.loaded.tree.place_of((*scene.loc, "action"))
        what = f"`{scene.name}` says {text!r}, and captions have no letter {lacking}"
        project.problems.append(Problem(what, place, "write it with other letters, or add `caption: false`"))


def moment(script: Script, text: str) -> int | None:
    """The frame of a time or a cue of a scene, or None if there is no such cue."""
    if is_time(text):
        return frames_of(text, script.fps)
    name, _, end = text.partition(".")
    if name in script.cues and end in ("", "end"):
        return script.cues[name][1 if end else 0]
    return None

"""An output as a run of frames: shots put in a row by the cut, with transitions between them.

Per frame it keeps a handful of numbers: which shot at which of its frames, what is mixed in, how far
it is faded. Knows no keys and no pixels.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules._atmosphere import Air
from studio import match
from studio.clip import Clip
from studio.dials import Dials, dials_of, held, is_held
from studio.errors import Problem, did_you_mean
from studio.intertitles import Card, cards_of, places
from studio.params import frames_of, is_time
from studio.project import Project
from studio.rows import Rows
from studio.script import Script, check_letters, moment, script_of
from studio.targets import Captions, Item, Output, Scene, Style
from studio.timeline import rows_of
from studio.tree import Loc

Ints = NDArray[np.int32]

NO_IRIS = -1
BUDGET = 40_000_000  # bytes of rows that are kept
_IRIS_SECONDS = 1.2


@dataclass(frozen=True)
class Shot:
    """A scene, a card or a clip at one picture size under its styles, in the order in which they are applied."""

    script: Script
    styles: tuple[Style, ...]
    width: int
    height: int
    played: Callable[[], Rows] | None = None  # gives the rows of what is no clip; they are not kept here
    clip: Clip | None = None
    source: Ints | None = None  # of a clip: which of its frames is shown at each frame
    captions: Captions = False
    cards: tuple[Card, ...] = ()  # that are cut into it

    @property
    def rows(self) -> Rows | None:
        """The rows, made anew unless they were asked for a little while ago; None of a clip."""
        return self.played() if self.played is not None else None

    @cached_property
    def dials(self) -> Dials:
        """What of its passes changes while it plays."""
        return dials_of(self.script)

    @property
    def name(self) -> str:
        return self.script.scene.name

    @property
    def length(self) -> int:
        return self.script.length

    @property
    def air(self) -> Air | None:
        """The grade and the weather of what plays on a stage; cards and clips come as they are."""
        stage = self.script.scene.stage
        return Air(stage.grade, stage.weather) if stage is not None else None


@dataclass(frozen=True)
class Film:
    """The frames of an output. All arrays but fits have one entry a frame.

    shot, frame: what is seen. other, other_frame: what is mixed in with weight / 255 (other is -1
    where nothing is). fade: 0 dark to 255. how: by which of `_cuts.MIXES`. fit: which row of fits, which are (k, 6)
    scale and shift of either picture as `_cuts.moved` has them; row 0 leaves both as they are. iris: (n, 3) column,
    row and radius in px, radius `NO_IRIS` where there is none. starts: first frames of its runs, each of which shows
    one shot, or one mixed with the next.
    """

    output: Output
    shots: list[Shot]
    shot: NDArray[np.int32]
    frame: Ints
    other: Ints
    other_frame: Ints
    weight: Ints
    fade: Ints
    how: Ints
    fit: Ints
    iris: Ints
    fits: Ints
    starts: list[int]
    fps: Fraction

    def mix(self, at: NDArray[np.integer[Any]]) -> Ints:
        """(m, 9) of some frames: weight, fade, how, and both fits."""
        return np.concatenate([np.stack([self.weight[at], self.fade[at], self.how[at]], 1), self.fits[self.fit[at]]], 1)

    @property
    def count(self) -> int:
        return len(self.shot)

    @property
    def runs(self) -> list[tuple[int, int]]:
        """(first frame, last frame + 1) of each run."""
        return list(zip(self.starts, [*self.starts[1:], self.count], strict=True))

    @property
    def seen(self) -> Iterator[tuple[tuple[int, int], int, int]]:
        """Each run, its shot, and the one that is mixed in or -1."""
        for a, b in self.runs:
            yield (a, b), int(self.shot[a]), int(self.other[a])

    @property
    def plain(self) -> NDArray[np.bool_]:
        """Frames of shots as they are: not mixed, faded or masked."""
        return np.asarray((self.other < 0) & (self.fade == 255) & (self.iris[:, 2] == NO_IRIS))


class Scripts:
    """The scripts of a project, each made once however many outputs show them, and the rows asked for last."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._scripts: dict[Loc, Script] = {}  # by place in the files: episodes may use a name again
        self._rows: OrderedDict[tuple[Loc, int, int, Captions], Rows] = OrderedDict()
        self._bytes = 0
        self._clips: dict[str, Clip] = {}

    def script(self, scene: Scene) -> Script:
        if scene.loc not in self._scripts:
            clip = self.clip(scene)
            length = None
            if clip is not None:
                length = max(1, round(clip.seconds * float(self.project.fps)))
                length = -(-clip.count // scene.every) if scene.every else length
            self._scripts[scene.loc] = script_of(self.project, scene, length)
        return self._scripts[scene.loc]

    def clip(self, scene: Scene) -> Clip | None:
        if scene.footage is None:
            return None
        name = str(scene.footage)
        if name not in self._clips:
            from studio import footage  # brings PyAV, which takes 0.15 s and is needed for footage only

            self._clips[name] = footage.read_clip(scene.footage)
        return self._clips[name]

    def shot(self, scene: Scene, output: Output) -> Shot:
        script = self.script(scene)
        styles = (*scene.styles, *output.styles)
        clip = self.clip(scene)
        if clip is not None:
            frames = np.arange(script.length, dtype=np.int32)
            source = frames * scene.every if scene.every else clip.shown_at(frames / float(self.project.fps))
            return Shot(script, styles, output.width, output.height, clip=clip, source=source)
        cards = tuple(cards_of(self.project, script)) if output.captions == "cards" else ()
        for event in script.of("say") if output.captions is True else ():
            if event.data["caption"] is None:
                check_letters(self.project, scene, event.data["text"] or "")
        played = partial(self.rows, script, output.width, output.height, output.captions)
        return Shot(script, styles, output.width, output.height, played, captions=output.captions, cards=cards)

    def rows(self, script: Script, width: int, height: int, captions: Captions = False) -> Rows:
        """The rows of a scene; those asked for last are kept, so that memory does not grow with the film."""
        name = (script.scene.loc, width, height, captions)
        if name not in self._rows:
            self._rows[name] = rows_of(script, width, height, captions)
            self._bytes += self._rows[name].nbytes
            while self._bytes > BUDGET and len(self._rows) > 1:
                self._bytes -= self._rows.popitem(last=False)[1].nbytes
        self._rows.move_to_end(name)
        return self._rows[name]


def film_of(scripts: Scripts, output: Output) -> Film:
    """Put the cut of an output in a row; problems go to the project."""
    return _Cutter(scripts, output).film()


class _Cutter:
    """Walks the cut, appending runs of frames."""

    def __init__(self, scripts: Scripts, output: Output) -> None:
        self._scripts, self._output = scripts, output
        self._project = scripts.project
        self._fps = float(self._project.fps)
        self._shots: list[Shot] = []
        self._cards: list[Shot] = []  # numbered after those
        self._runs: list[dict[str, Any]] = []
        self._fits = [np.zeros((1, 6), np.int32)]

    def film(self) -> Film:
        items = self._items()
        for n, (shot, before, after) in enumerate(items):
            number = len(self._shots)
            self._shots.append(shot)
            lead = self._frames(before.overlap) if n else 0
            tail = self._frames(after.overlap) if n + 1 < len(items) else 0
            if lead + tail > shot.length:
                self._say(
                    shot,
                    f"`{shot.name}` has {shot.length} frames, its transitions take {lead + tail}",
                    "make it longer or them shorter",
                )
                return self._empty()
            frames = np.arange(lead, shot.length - tail, dtype=np.int32)
            self._play(number, frames, self._darkened(shot, frames, before, after), len(items))
            if tail:
                self._mix(number, np.arange(shot.length - tail, shot.length, dtype=np.int32), after)
                if after.match:
                    self._match(shot, items[n + 1][0], after, tail)
        return self._joined()

    def _items(self) -> list[tuple[Shot, Item, Item]]:
        """(shot, the transition before it, the transition after it)."""
        found: list[tuple[Shot, Item, Item]] = []
        between = Item()
        for item in self._output.cut:
            if item.scene is not None:
                found.append((self._scripts.shot(item.scene, self._output), between, Item()))
                between = Item()
            else:
                between = item
                if found:
                    found[-1] = (*found[-1][:2], item)
        return found

    def _frames(self, time: str | None) -> int:
        return frames_of(time, self._fps) if time else 0

    def _darkened(self, shot: Shot, frames: Ints, before: Item, after: Item) -> dict[str, Ints]:
        """Fades and the iris of a shot's own frames."""
        fade = np.full(len(frames), 255, np.int32)
        length = self._frames(before.fade)
        if length:
            fade = np.minimum(fade, np.rint(255 * np.clip((frames + 1) / (length + 1), 0, 1)).astype(np.int32))
        length = self._frames(after.fade)
        if length:
            left = shot.length - frames
            fade = np.minimum(fade, np.rint(255 * np.clip(left / (length + 1), 0, 1)).astype(np.int32))
        iris = np.tile(np.array([0, 0, NO_IRIS], np.int32), (len(frames), 1))
        if after.iris is not None:
            iris = self._iris(shot, frames, after.iris, iris)
        return {"fade": fade, "iris": iris}

    def _iris(self, shot: Shot, frames: Ints, who: str, iris: Ints) -> Ints:
        """A circle that closes on somebody's face, rests there a moment and goes out."""
        length = round(_IRIS_SECONDS * self._fps)
        t = np.clip((frames - (shot.length - length)) / max(length - 1, 1), 0, 1)
        closing = np.clip(t / 0.55, 0, 1), np.clip((t - 0.82) / 0.18, 0, 1)
        ease = [c * c * (3 - 2 * c) for c in closing]
        size = float(np.hypot(shot.width, shot.height))
        rest = 0.17 * min(shot.width, shot.height)
        radius = (size - (size - rest) * ease[0]) * (1 - ease[1])
        here = t > 0
        at = match.subject_in(shot.rows, who, (shot.width, shot.height))
        iris[here, 0], iris[here, 1] = at[frames[here], :2].T
        iris[here, 2] = np.rint(radius[here]).astype(np.int32)
        return iris

    def _run(self, number: int, frames: Ints, **more: Any) -> None:
        n = len(frames)
        blank = np.tile(np.array([0, 0, NO_IRIS], np.int32), (n, 1))
        run = {
            "shot": np.full(n, number, np.int32),
            "frame": frames,
            "other": np.full(n, -1, np.int32),
            "other_frame": np.zeros(n, np.int32),
            "weight": np.zeros(n, np.int32),
            "fade": np.full(n, 255, np.int32),
            "how": np.zeros(n, np.int32),
            "fit": np.zeros(n, np.int32),
            "iris": blank,
        }
        self._runs.append(run | more)

    def _play(self, number: int, frames: Ints, dark: dict[str, Ints], first_card: int) -> None:
        """A shot's own frames, with the cards that are cut into it."""
        shot, begun = self._shots[number], 0
        clear = (dark["fade"] == 255) & (dark["iris"][:, 2] == NO_IRIS)
        for card, at in zip(shot.cards, places(shot.cards, frames, clear), strict=True):
            self._run(number, frames[begun:at], **{name: values[begun:at] for name, values in dark.items()})
            begun = at
            self._cards.append(self._scripts.shot(card.scene, self._output))
            self._run(first_card + len(self._cards) - 1, np.arange(self._cards[-1].length, dtype=np.int32))
        self._run(number, frames[begun:], **{name: values[begun:] for name, values in dark.items()})

    def _mix(self, number: int, frames: Ints, by: Item) -> None:
        n = len(frames)
        t = (np.arange(n) + 1) / (n + 1)
        self._run(
            number,
            frames,
            other=np.full(n, number + 1, np.int32),
            other_frame=np.arange(n, dtype=np.int32),
            weight=np.rint(255 * t * t * (3 - 2 * t)).astype(np.int32),
            how=np.full(n, 0 if by.wipe is None else 1 + match.SIDES.index(by.from_), np.int32),
        )

    def _match(self, shot: Shot, following: Shot, by: Item, n: int) -> None:
        """Lead the subject of one shot into that of the next while they are mixed."""
        first, second = (by.on[0], by.on[-1]) if by.on else (None, None)
        a = match.subject_in(shot.rows, first, (shot.width, shot.height))[shot.length - n :]
        b = match.subject_in(following.rows, second, (shot.width, shot.height))[:n]
        if len(a) == len(b) == n:
            first_row = sum(len(fits) for fits in self._fits)
            self._fits.append(match.fits(a, b, (shot.width, shot.height)))
            self._runs[-1]["fit"] = np.arange(first_row, first_row + n, dtype=np.int32)

    def _joined(self) -> Film:
        if not any(len(r["shot"]) for r in self._runs):
            self._project.problems.append(
                Problem(f"`{self._output.name}` shows nothing", self._place(self._output.loc), "add scenes to `cut:`")
            )
            return self._empty()
        runs = [r for r in self._runs if len(r["shot"])]
        starts = np.cumsum([0, *(len(r["shot"]) for r in runs)])[:-1].tolist()
        for run in runs:
            run["frame"] = self._held(run["shot"], run["frame"])
            run["other_frame"] = self._held(run["other"], run["other_frame"])
        joined = {name: np.concatenate([r[name] for r in runs]) for name in runs[0]}
        fits = np.concatenate(self._fits)
        return Film(
            self._output, [*self._shots, *self._cards], fits=fits, starts=starts, fps=self._project.fps, **joined
        )

    def _held(self, shots: Ints, frames: Ints) -> Ints:
        """Frames of a run's shot as its passes hold them."""
        if shots[0] < 0:
            return frames
        number = int(shots[0]) - len(self._shots)
        shot = self._cards[number] if number >= 0 else self._shots[number]
        if not any(is_held(style) for style in shot.styles):
            return frames  # most films have no such pass, and a feature has many runs
        return held(shot.styles, shot.dials, shot.length, self._fps)[frames]

    def _empty(self) -> Film:
        none, fits, iris = np.zeros(0, np.int32), np.zeros((1, 6), np.int32), np.zeros((0, 3), np.int32)
        rest = (iris, fits, [0], self._project.fps)
        return Film(self._output, [], none, none, none, none, none, none, none, none, *rest)

    def _say(self, shot: Shot, what: str, hint: str) -> None:
        self._project.problems.append(Problem(what, self._place(shot.script.scene.loc), hint))

    def _place(self, loc: Any) -> Any:
        return self._project.loaded.tree.place_of(loc)


def position_of(scripts: Scripts, film: Film, text: str) -> int | None:
    """The frame of a film at `4s`, `96f`, `1:30`, or at a cue of a scene (`meet.hello`)."""
    if is_time(text):
        return frames_of(text, float(film.fps))
    name, _, cue = text.partition(".")
    for number, shot in enumerate(film.shots):
        if shot.name != name:
            continue
        at = moment(shot.script, cue) if cue else 0
        if at is None:
            return None
        found = np.flatnonzero((film.shot == number) & (film.frame >= at))
        if len(found):
            return int(found[0])
    return None


def unknown_moment(film: Film, text: str) -> Problem:
    """What to say where `position_of` finds nothing."""
    cues = [f"{shot.name}.{cue}" for shot in film.shots for cue in shot.script.cues]
    return Problem(
        f"`{film.output.name}` has no moment `{text}`",
        None,
        did_you_mean(text, cues) if cues else "write 4s, 96f or 1:30",
    )

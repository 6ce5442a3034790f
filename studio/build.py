"""Build: plan, mint, plan again, make segments, plan again, join; until nothing is missing.

Everything that is made was foretold by the first plan, and everything foretold is made or reported
as cut; the build asserts that before it says that it is done.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from studio import outputs as files
from studio.carried import extras_of, notes_of
from studio.errors import Bug, BuildError, ProjectError, StudioError
from studio.film import Film, Scripts, film_of, position_of, unknown_moment
from studio.fingerprint import Fingerprints
from studio.keys import Keyring
from studio.packs import Kind, is_full
from studio.plan import OutputPlan, Plan, Wish, format_of, keep_vectors, plan
from studio.progress import Done, Failed, Listener, Noted, Planned, Replanned, Report, Started, Wrote
from studio.project import Project
from studio.store import Store
from studio.targets import Output
from studio.vectors import Vectors
from studio.watch import SourceChanged, watching

if TYPE_CHECKING:
    from studio.job import Made
    from studio.scheduler import Crew, Outcome, Ready

_MOST_ROUNDS = 8


@dataclass
class Session:
    """A project opened for building: its store, its keys, what is asked of it."""

    project: Project
    store: Store
    keyring: Keyring
    scripts: Scripts
    wishes: list[Wish]
    vectors: Vectors
    target: Path | None = None  # where the one output goes, if not to the project's folder
    helpers: int = 0  # copies of this process that may plan with it

    def path_of(self, output: Output) -> Path:
        return self.target or self.project.out / output.name.rstrip("/")

    def plan(self) -> Plan:
        intact = {w.output.name: self.store.intact(str(self.path_of(w.output))) for w in self.wishes}
        known = {name: key for name, key in intact.items() if key is not None}
        return plan(self.wishes, self.keyring, self.store, known, self.vectors, self.helpers)


def open_session(project: Project, store: Store, fingerprints: Fingerprints, outputs: Sequence[Output]) -> Session:
    """Lay out the films of some outputs; ProjectError with everything that is wrong in them."""
    scripts = Scripts(project)
    wishes = [wish_of(scripts, output) for output in outputs]
    project.finish()
    keyring = Keyring(fingerprints)
    return Session(project, store, keyring, scripts, wishes, Vectors(project, keyring, store.root / "vectors"))


def wish_of(scripts: Scripts, output: Output, span: tuple[str, str] | None = None) -> Wish:
    """What is wanted of an output: all of it, one moment of a still, or a part."""
    film = film_of(scripts, output)
    frames = np.arange(film.count)
    if span is not None and film.count:
        start, stop = (moment_of(scripts, film, text) for text in span)
        frames = frames[start:stop]
        if not len(frames):
            raise ProjectError([unknown_moment(film, "..".join(span))])
    elif output.kind == "still" and film.count:
        at = moment_of(scripts, film, output.at) if output.at else 0
        if at >= film.count:
            raise ProjectError([unknown_moment(film, output.at or "")])
        frames = frames[at : at + 1]
    return Wish(output, film, frames)


def moment_of(scripts: Scripts, film: Film, text: str) -> int:
    """The frame of a time or a cue; ProjectError if there is none."""
    at = position_of(scripts, film, text)
    if at is None:
        raise ProjectError([unknown_moment(film, text)])
    return at


def drafted(output: Output) -> Output:
    """An output at half its size and without passes."""
    stem, dot, ending = output.name.rpartition(".")
    name = f"{stem}.draft{dot}{ending}" if dot else f"{output.name.rstrip('/')}.draft/"
    half = [max(16, 2 * round(side / 4)) for side in (output.width, output.height)]
    items = tuple(replace(i, scene=replace(i.scene, styles=())) if i.scene else i for i in output.cut)
    return replace(output, name=name, width=half[0], height=half[1], styles=(), cut=items)


# -- building


@dataclass
class _Tally:
    """What was foretold and what became of it."""

    first: Plan
    minted: int = 0
    minted_again: int = 0
    drawings_loaded: int = 0
    rendered: int = 0
    again: int = 0
    loaded: int = 0
    encoded: int = 0
    failed: list[str] = field(default_factory=list)
    was_damaged: bool = False
    is_full: bool = False
    had_no_room: bool = False

    def say_no_room(self, say: Listener) -> None:
        """Once, that frames are rendered more often than was foretold, and why."""
        if not self.had_no_room:
            say(Noted("the disk of the store is full; frames that it cannot keep are rendered where they are needed"))
        self.had_no_room = True

    def say_full(self, say: Listener) -> None:
        """Once, that what this build needs alone is more than the store may hold."""
        if not self.is_full:
            say(Noted("this build needs more room than the store's quota (`cache: {max: ...}`); it goes on"))
        self.is_full = True

    def add(self, made: Made, kind: str) -> None:
        """Count what a job did."""
        counts = made.counts
        if kind == "drawings":
            self.minted += counts["minted"]
            self.minted_again += counts["again"]
            self.drawings_loaded += counts["loaded"]
        else:
            self.rendered += counts["rendered"]
            self.again += counts["again"]
            self.loaded += counts["loaded"]
            self.encoded += counts["encoded"]

    def fill(self, report: Report) -> None:
        first = self.first
        stale, again = first.mint_counts()
        report.drawings |= {"minted": self.minted, "again": self.minted_again, "loaded": self.drawings_loaded}
        report.drawings["cut"] = stale + again - self.minted - self.minted_again - self.drawings_loaded
        report.frames |= {
            "total": sum(len(o.of_frame) for o in first.outputs),
            "distinct": len(first.frames.keys),
            "rendered": self.rendered,
            "again": self.again,
            "loaded": self.loaded,
        }
        foretold = int(first.frames.stale.sum()) + int(first.frames.again.sum())
        report.frames["cut"] = foretold - self.rendered - self.again
        segments = sum(o.segments[0] for o in first.outputs)
        report.segments |= {"encoded": self.encoded, "reused": segments - first.stale_segments}
        report.segments["cut"] = first.stale_segments - self.encoded
        if self.was_damaged or self.had_no_room:
            for counts in (report.drawings, report.frames, report.segments):
                counts["cut"] = max(0, counts["cut"])
        elif not self.failed and min(report.drawings["cut"], report.frames["cut"], report.segments["cut"]) < 0:
            raise Bug(f"more was made than was foretold: {report.drawings} {report.frames} {report.segments}")


def build(session: Session, workers: int, say: Listener, *, keep_going: bool = False) -> Report:
    """Make what the session's wishes need; BuildError if something could not be made."""
    begun = time.perf_counter()
    report = Report(workers=workers)
    files.prepare([session.path_of(w.output) for w in session.wishes])
    tally = None
    for _ in range(_MOST_ROUNDS):
        current, tally = make(session, workers, say, keep_going=keep_going, tally=tally)
        try:
            report.outputs = [_finished(session, current, output, say) for output in current.outputs]
            break
        except Lost:  # damaged since it was made: its place is cleared, so the next plan makes it again
            tally.was_damaged = True
    else:
        raise BuildError(
            "the store loses what is written to it", "check the disk, or set another store with --cache DIR"
        )
    tally.was_damaged = tally.was_damaged or session.store.index.was_mended
    tally.fill(report)
    keep_vectors(current, session.vectors)
    report.seconds = round(time.perf_counter() - begun, 3)
    return report


def make(
    session: Session, workers: int, say: Listener, *, keep_going: bool = False, tally: _Tally | None = None
) -> tuple[Plan, _Tally]:
    """Fill the store with what the session's wishes need; write no output. tally: of earlier rounds."""
    first = session.plan()
    say(_planned(session, first, workers))
    tally = tally or _Tally(first)
    if first.is_empty:
        return first, tally
    return _rounds(session, first, tally, workers, say, keep_going), tally


def _rounds(session: Session, first: Plan, tally: _Tally, workers: int, say: Listener, keep_going: bool) -> Plan:
    from studio.scheduler import Crew, frame_jobs, mint_jobs  # brings OpenCV and PyAV, which planning does without

    store = session.store
    clips = [shot.clip for wish in session.wishes for shot in wish.film.shots if shot.clip is not None]
    crew = Crew(workers, lambda job: store.claim(job.leases), watching((clip.path, clip.read) for clip in clips))
    current, done = first, False
    with store.building() as name:
        try:
            rounds = 0
            while rounds < _MOST_ROUNDS:
                store.pin(_needed(current))
                jobs = (mint_jobs if current.mint else frame_jobs)(current, str(store.root), name)
                made, freed = _round(crew, jobs, session, tally, say, keep_going)
                current = session.plan()
                if current.is_empty or tally.failed:
                    break
                if not made and not freed:
                    raise Bug("a round of the build made nothing new, and yet something is missing")
                rounds += not freed  # rounds that make room come to an end by themselves
                say(_replanned(current))
            done = True
            return current
        finally:
            crew.close(now=not done)
            if not done:
                for outcome in crew.finished():
                    store.commit(outcome.made.entries if outcome.made else ())


def _round(
    crew: Crew, jobs: list[Ready], session: Session, tally: _Tally, say: Listener, keep_going: bool
) -> tuple[int, int]:
    """-> how many things were made, and how many bytes were freed because the disk was full."""
    made = freed = 0
    for outcome in crew.run(jobs, lambda j: say(Started(j.kind, j.label, j.count)), keep_going):
        if is_full(outcome.error) or (outcome.made is not None and outcome.made.had_no_room):
            freed += session.store.make_room()
        if is_full(outcome.error) and freed:
            session.store.release(outcome.job.leases)  # what it was to make is missing in the next plan
        else:
            made += _settle(outcome, session, tally, say, keep_going)
    return made, freed


def _needed(current: Plan) -> list[bytes]:
    """Digests of what this build still needs from the store."""
    segments = [
        o.segment_digests[n].tobytes() for o in current.outputs for n in np.flatnonzero(o.segment_fresh).tolist()
    ]
    drawings = [current.tokens.token[name] for name in sorted(current.tokens.stored)]
    frames = current.frames.digests[current.frames.wanted & current.frames.stored]
    return [*segments, *drawings, *(d.tobytes() for d in frames)]


def _settle(outcome: Outcome, session: Session, tally: _Tally, say: Listener, keep_going: bool) -> int:
    """Commit what a job made; -> how many things became of it."""
    job = outcome.job
    if outcome.made is None:
        session.store.release(job.leases)
        tally.failed.append(job.label)
        _fail(job.label, outcome.error, session.store, say, keep_going)
        return 0
    if not session.store.commit(outcome.made.entries, job.leases):
        tally.say_full(say)
    if outcome.made.had_no_room:
        tally.say_no_room(say)
    tally.add(outcome.made, job.kind)
    say(Done(job.kind, job.label, outcome.made.counts, outcome.made.seconds, outcome.worker, outcome.began))
    return len(outcome.made.entries) + sum(outcome.made.counts.values())


def _replanned(current: Plan) -> Replanned:
    frames = int((current.frames.stale | current.frames.again).sum())
    return Replanned(len(current.mint), frames, current.stale_segments)


def _planned(session: Session, first: Plan, workers: int) -> Planned:
    stale = int(first.frames.stale.sum()) + int(first.frames.again.sum())
    return Planned(
        [w.output.name for w in session.wishes],
        len(first.mint),
        stale,
        first.stale_segments,
        predicted_seconds(session, first, workers),
        workers,
    )


def predicted_seconds(session: Session, first: Plan, workers: int) -> float | None:
    """How long a build would take, from recorded costs; None without any."""
    if first.is_empty:
        return 0.0
    drawing, frame, segment = (session.store.cost_of(kind) for kind in (Kind.DRAWING, Kind.FRAME, Kind.SEGMENT))
    frames = int(first.frames.stale.sum()) + int(first.frames.again.sum())
    if (first.mint and drawing is None) or (frames and (frame is None or segment is None)):
        return None
    total = len(first.mint) * (drawing or 0) + frames * (frame or 0) + first.stale_segments * (segment or 0)
    return round(total / max(1, workers), 2)


def _fail(label: str, error: BaseException | None, store: Store, say: Listener, keep_going: bool) -> None:
    if isinstance(error, SourceChanged):
        raise error
    if isinstance(error, Bug) or not isinstance(error, StudioError):
        wrapped: StudioError = Bug(f"{label} could not be made: {type(error).__name__}: {error}")
        if is_full(error):
            wrapped = BuildError(
                f"{label} could not be made: no space left on the disk of the store {store.root}",
                "make room, or set another with --cache DIR",
            )
        elif isinstance(error, (MemoryError, OSError)):
            wrapped = BuildError(
                f"{label} could not be made: {error}", "free some memory or room on the disk, or try -j 1"
            )
        wrapped.__cause__ = error
    else:
        wrapped = BuildError(f"{label} could not be made: {error}")
    say(Failed(label, str(wrapped)))
    if not keep_going:
        raise wrapped


def _finished(session: Session, current: Plan, output: OutputPlan, say: Listener) -> dict[str, Any]:
    """Write an output if it is not there as it should be."""
    begun = time.perf_counter()
    wish = output.wish
    path = session.path_of(wish.output)
    described: dict[str, Any] = {
        "name": wish.output.name,
        "path": os.path.relpath(path),
        "state": "fresh",
        "seconds": 0.0,
    }
    if not output.is_whole:
        return described | {"state": "failed"}
    if session.store.intact(str(path)) == output.key:
        return described
    for note in notes_of(wish):
        say(Noted(note))
    _write(session, current, output, path)
    session.store.keep_output(str(path), output.key)
    seconds = round(time.perf_counter() - begun, 3)
    say(Wrote(wish.output.name, described["path"], seconds))
    return described | {"state": "built", "seconds": seconds}


def _write(session: Session, current: Plan, output: OutputPlan, path: Path) -> None:
    from studio import video  # PyAV is needed only here

    if output.wish.container is not None:
        digests = [d.tobytes() for d in output.segment_digests]
        extras = extras_of(output.wish)
        video.join(_blobs(session.store, digests), path, format_of(output.wish), extras)
        return
    digests = [current.frames.digests[n].tobytes() for n in output.of_frame]
    form = video.jpg if path.suffix.lower() in (".jpg", ".jpeg") else video.png
    pictures = (form(data) for data in _blobs(session.store, digests))
    if output.wish.output.kind == "folder":
        files.write_folder(path, pictures, len(digests))
    else:
        files.write_file(path, next(pictures))


def _blobs(store: Store, digests: Sequence[bytes]) -> Iterator[bytes]:
    for token in digests:
        data = store.load(token)
        if data is None:
            raise Lost()
        yield data


class Lost(Exception):
    """A blob vanished, or turned out damaged, between the plan and the join."""

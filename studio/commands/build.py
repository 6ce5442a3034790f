"""studio build: make the outputs, or say what would be made."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio import outputs as files
from studio import state
from studio.build import Session, build, predicted_seconds
from studio.errors import BuildError
from studio.graph import Graph
from studio.hashing import digest
from studio.own import Trust
from studio.plan import Plan
from studio.progress import Event, Report
from studio.shares import beside
from studio.watch import SourceChanged
from studio.why import Change, changes_of, concerning, kept_record_of, record_of, top_of
from studio.workspace import Workspace


@dataclass(frozen=True)
class Options:
    """What `studio build` was told."""

    outputs: tuple[str, ...] = ()
    folder: str = "."
    jobs: int | None = None
    dry_run: bool = False
    check: bool = False
    keep_going: bool = False
    as_json: bool = False
    trace: str | None = None
    cache: str | None = None
    draft: bool = False
    trust: Trust = "refused"
    state: tuple[str, str] | None = None  # where to remember a build that ended well, and as which call


_TRIES = 3  # at a project whose footage is replaced while it is built from


def run(options: Options) -> int:
    """Build, or plan only; -> exit code."""
    for _ in range(_TRIES - 1):
        with contextlib.suppress(SourceChanged):
            return _run(options)
    return _run(options)


def _run(options: Options) -> int:
    workspace = Workspace(options.folder, options.cache, options.jobs, options.trust)
    stamps = _stamps_before(workspace)
    session = workspace.session(options.outputs, draft=options.draft)
    if options.dry_run or options.check:
        return _foretell(workspace, session, options)
    with listening(options) as say:
        report = build(session, workspace.workers, say, keep_going=options.keep_going)
    failed = [o["name"] for o in report.outputs if o["state"] == "failed"]
    if not failed:
        graph = Graph(workspace.project, workspace.fingerprints)
        record = kept_record_of(workspace.project, graph, workspace.fingerprints)
        workspace.keep_record([w.output.name for w in session.wishes], record)
    workspace.keep()  # after the record, which looks into modules that planning does not
    if failed:
        raise BuildError(f"some outputs could not be made: {', '.join(failed)}")
    if options.state is not None:
        _remember(workspace, session, options, stamps, report)
    print(json.dumps(report.plain()) if options.as_json else summary(report), flush=True)
    return 0


def summary(report: Report) -> str:
    """What was done, for people."""
    lines = [f"{o['path']}: {o['state']}" for o in report.outputs]
    made = [(report.drawings["minted"], "drawings minted"), (report.frames["rendered"], "frames rendered")]
    made += [
        (report.drawings["again"] + report.frames["again"], "made again"),
        (report.segments["encoded"], "segments encoded"),
    ]
    cut = report.drawings["cut"] + report.frames["cut"]
    made.append((cut, "came out unchanged"))
    said = ", ".join(f"{n} {what}" for n, what in made if n)
    return "\n".join([*lines, f"{said or 'nothing to make'} in {report.seconds:.1f} s"])


@contextlib.contextmanager
def listening(options: Options) -> Iterator[Callable[[Event], None]]:
    """Whoever is to hear of the build: a live view, lines of text or JSON, and a trace if one is asked for."""
    from studio.listeners.trace import Trace

    trace = Trace() if options.trace else None
    with _view(options) as view:

        def say(event: Event) -> None:
            view(event)
            if trace is not None:
                trace(event)

        yield say
    if trace is not None and options.trace:
        trace.write(Path(options.trace))


@contextlib.contextmanager
def _view(options: Options) -> Iterator[Callable[[Event], None]]:
    if options.as_json:
        from studio.listeners.lines import Lines

        yield Lines(sys.stdout)
    elif sys.stderr.isatty():
        from studio.listeners.live import Live

        with Live() as live:
            yield live
    else:
        from studio.listeners.plain import Plain

        yield Plain(sys.stderr)


# -- foretelling


def _foretell(workspace: Workspace, session: Session, options: Options) -> int:
    with beside(lambda: _targets(workspace, session), session.helpers) as targets:
        foretold = _foretold(workspace, session, session.plan(), targets)
    if options.as_json:
        print(json.dumps(foretold))
    else:
        print(_foretold_text(foretold))
    stale = any(o["state"] != "fresh" for o in foretold["outputs"])
    return 4 if options.check and stale else 0


def _foretold(
    workspace: Workspace, session: Session, plan: Plan, targets: Callable[[], list[dict[str, Any]]]
) -> dict[str, Any]:
    outputs = []
    for output in plan.outputs:
        path = session.path_of(output.wish.output)
        make = (plan.frames.stale | plan.frames.again)[output.of_frame]
        intact = output.is_whole and session.store.intact(str(path)) == output.key
        outputs.append(
            {
                "name": output.wish.output.name,
                "state": "fresh" if intact else "stale" if path.exists() else "missing",
                "frames": len(output.of_frame),
                "frames_stale": int(make.sum()),
                "segments": output.segments[0],
                "segments_stale": output.segments[1],
            }
        )
    stale, again = plan.mint_counts()
    return {
        "schema": 1,
        "outputs": outputs,
        "targets": targets(),
        "frames": {
            "total": sum(o["frames"] for o in outputs),
            "distinct": len(plan.frames.keys),
            "stale": int(plan.frames.stale.sum()),
            "again": int(plan.frames.again.sum()),
        },
        "drawings": {"total": plan.drawings, "stale": stale, "again": again},
        "segments": {"total": sum(o["segments"] for o in outputs), "stale": plan.stale_segments},
        "predicted_seconds": predicted_seconds(session, plan, workspace.workers),
    }


def _targets(workspace: Workspace, session: Session) -> list[dict[str, Any]]:
    """Every target, and what makes it differ from when the outputs asked for that rest on it were last built."""
    project, code = workspace.project, workspace.fingerprints
    graph, records = Graph(project, code), workspace.records()
    now = record_of(project, graph, code)
    texts: dict[str, dict[str, None]] = {name: {} for name in graph.targets}
    changed: dict[int, list[Change]] = {}  # outputs that were built from the same differ by the same
    for wish in session.wishes:
        record, top = records.get(wish.output.name), top_of(graph, project, wish.output)
        rests_on = graph.reached(top) if records else set(graph.targets)
        if record is None:
            for name in rests_on:
                texts[name][f"{name} was not built before"] = None
            continue
        if id(record) not in changed:
            changed[id(record)] = changes_of(graph, project, code, now, record)
        of_film = [c for c in concerning(changed[id(record)], graph, project, wish.output) if c.target == top]
        for change in [*(c for c in changed[id(record)] if c.target in rests_on and c.target != top), *of_film]:
            texts[change.target][change.text] = None
    kinds = {name: target.kind for name, target in graph.targets.items()}
    return [
        {"name": name, "kind": kinds[name], "state": "stale" if why else "fresh", "why": list(why)}
        for name, why in texts.items()
    ]


def _foretold_text(foretold: dict[str, Any]) -> str:
    lines = []
    for o in foretold["outputs"]:
        more = (
            f", {o['frames_stale']} of {o['frames']} frames, {o['segments_stale']} of {o['segments']} segments"
            if o["state"] != "fresh"
            else ""
        )
        lines.append(f"{o['name']}: {o['state']}{more}")
    drawings, frames, segments = foretold["drawings"], foretold["frames"], foretold["segments"]
    made = drawings["stale"] + drawings["again"], frames["stale"] + frames["again"], segments["stale"]
    lines.append(
        f"to make: {made[0]} drawings, {made[1]} frames, {made[2]} segments" if any(made) else "nothing to make"
    )
    if foretold["predicted_seconds"]:
        lines.append(f"predicted: {foretold['predicted_seconds']:.0f} s")
    for target in foretold["targets"]:
        lines += [f"  {target['name']}: {why}" for why in target["why"][:3]]
    return "\n".join(lines)


# -- the state that the null path reads


def _stamps_before(workspace: Workspace) -> dict[str, Any]:
    """Stamps of everything that is about to be read, from before it is read."""
    return {name: state.stamp_of(name) for name in state.code_files()} | {
        str(workspace.path.resolve()): state.stamp_of(str(workspace.path))
    }


def _remember(workspace: Workspace, session: Session, options: Options, before: dict[str, Any], report: Report) -> None:
    assert options.state is not None
    sources = workspace.project.loaded.sources
    parsed = {str((workspace.project.root / name).resolve()): d.hex() for name, d in sources.digests.items()}
    own = workspace.project.own
    parsed |= {str(Path(source.path).resolve()): digest(source.data).hex() for source in own.sources.values()}
    paths = [str(p.resolve()) for p in workspace.source_files()]
    paths += [str(f) for w in session.wishes for f in files.files(session.path_of(w.output))]
    kept = [(name, state.stamp_of(name), state.digest_of(name)) for name in [*state.code_files(), *paths]]
    if any(stamp != before.get(name, stamp) or found != parsed.get(name, found) for name, stamp, found in kept):
        return  # what was edited during the build is not what was built
    absent = [str(workspace.project.root / name) for name in sources.missing | own.missing]
    fresh = [{**o, "state": "fresh", "seconds": 0.0} for o in report.outputs]
    quiet = Report(fresh, workers=report.workers)
    quiet.frames |= {"total": report.frames["total"], "distinct": report.frames["distinct"]}
    quiet.segments["reused"] = report.segments["reused"] + report.segments["encoded"] + report.segments["cut"]
    state.remember(*options.state, kept, absent, (summary(quiet), json.dumps(quiet.plain())))

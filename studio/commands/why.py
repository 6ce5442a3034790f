"""studio why: the reason for what an output, or a frame of it, is."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from studio.build import Session, predicted_seconds
from studio.errors import Problem, ProjectError
from studio.film import position_of, unknown_moment
from studio.graph import Graph
from studio.plan import Plan
from studio.why import Change, changes_of
from studio.workspace import Workspace


def run(what: str, folder: str, cache: str | None, as_json: bool) -> int:
    """Explain OUTPUT or OUTPUT@TIME."""
    workspace = Workspace(folder, cache)
    name, _, time = what.partition("@")
    session = workspace.session([name])
    plan = session.plan()
    graph = Graph(workspace.project, workspace.fingerprints)
    graph.add_output(session.wishes[0].output)
    frame = _frame(session, time) if time else None
    targets = (
        _shown_by(session, frame) if frame is not None else graph.closure(f"output {session.wishes[0].output.name}")
    )
    before = workspace.record()
    changes = [c for target in targets for c in changes_of(graph, before, target, workspace.project)]
    answer = _answer(session, plan, frame, changes, workspace)
    if as_json:
        print(json.dumps(answer))
    else:
        print(_text(what, answer, changes, graph, name))
    return 0


def _frame(session: Session, time: str) -> int:
    wish = session.wishes[0]
    at = position_of(session.scripts, wish.film, time)
    if at is None:
        raise ProjectError([unknown_moment(wish.film, time)])
    if at >= wish.film.count:
        seconds = wish.film.count / float(wish.film.fps)
        raise ProjectError([Problem(f"`{wish.output.name}` ends at {seconds:.2f}s, before {time}")])
    return at


def _shown_by(session: Session, frame: int) -> list[str]:
    """The targets whose drawings, scene or passes a frame shows."""
    wish = session.wishes[0]
    film = wish.film
    names: list[str] = []
    for shots, frames in ((film.shot, film.frame), (film.other, film.other_frame)):
        if shots[frame] < 0:
            continue
        shot = film.shots[shots[frame]]
        scene = shot.script.scene
        names.append(scene.target)
        names += [s.target for s in shot.styles]
        if scene.stage is not None:
            names.append(scene.stage.target)
        if shot.rows is not None:
            seen = np.flatnonzero(shot.rows.shown()[frames[frame]])
            owners = {shot.rows.recipes[n].target.split("/")[0] for n in seen}
            names += [scene.figures[o].target for o in sorted(owners) if o in scene.figures]
    return list(dict.fromkeys([*names, f"output {wish.output.name}"]))


def _answer(
    session: Session, plan: Plan, frame: int | None, changes: list[Change], workspace: Workspace
) -> dict[str, Any]:
    output = plan.outputs[0]
    make = (plan.frames.stale | plan.frames.again)[output.of_frame]
    path = session.path_of(output.wish.output)
    intact = output.is_whole and session.store.intact(str(path)) == output.key
    state = "fresh" if intact else "stale" if path.exists() else "missing"
    if frame is not None:
        number = output.of_frame[np.searchsorted(output.wish.frames, frame)]
        state = "fresh" if plan.frames.made[number] else "stale"
    return {
        "state": state,
        "frames": len(output.of_frame),
        "frames_stale": int(make.sum()),
        "segments_stale": output.segments[1],
        "predicted_seconds": predicted_seconds(session, plan, workspace.workers),
        "changes": [
            {"target": c.target, "path": c.path, "place": str(c.place) if c.place else None, "text": c.text}
            for c in changes
        ],
    }


def _text(what: str, answer: dict[str, Any], changes: list[Change], graph: Graph, name: str) -> str:
    lines = [f"{what} is {answer['state']}"]
    for change in changes:
        lines.append(f"  {change.text}")
        chain = _chain(graph, f"output {name}", change.target)
        if len(chain) > 1:
            lines.append(f"    {' <- '.join(chain)}")
    if not changes:
        if answer["state"] == "fresh":
            lines.append("  nothing that it rests on has changed, and its file is as it was left")
        elif answer["state"] == "missing":
            lines.append("  its file is not there; what the store has is not made again")
        else:
            lines.append(
                "  nothing in its files has changed: its file was altered, or the store has forgotten something"
            )
    if answer["frames_stale"]:
        seconds = answer["predicted_seconds"]
        guess = f", about {seconds:.0f} s" if seconds else ""
        lines.append(
            f"  {answer['frames_stale']} of {answer['frames']} frames, {answer['segments_stale']} segments{guess}"
        )
    return "\n".join(lines)


def _chain(graph: Graph, top: str, target: str) -> list[str]:
    """The shortest way from an output down to a target."""
    ways = [[top]] if top in graph.targets else []
    while ways:
        way = ways.pop(0)
        if way[-1] == target:
            return way
        ways += [[*way, needed] for needed in graph.needs(way[-1])]
    return [target]

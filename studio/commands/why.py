"""studio why: the reason for what an output, or a frame or a part of it, is."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.build import Session, moment_of, predicted_seconds
from studio.errors import Problem, ProjectError
from studio.graph import Graph
from studio.plan import OutputPlan, Plan
from studio.project import named_output
from studio.why import Change, chain, changes_of, concerning, engine_changes, record_of, top_of
from studio.workspace import Where, Workspace

Frames = NDArray[np.intp]


def run(what: str, where: Where, as_json: bool) -> int:
    """Explain OUTPUT, OUTPUT@TIME or OUTPUT@TIME..TIME."""
    workspace = Workspace(*where)
    name, _, time = what.partition("@")
    base = named_output(workspace.project, name)
    session = workspace.session([what if ".." in time else name])
    plan = session.plan()
    graph = Graph(workspace.project, workspace.fingerprints)
    graph.add_output(base)
    top = top_of(graph, workspace.project, base)
    output = plan.outputs[0]
    moment = _moment(session, time) if time and ".." not in time else None
    state, stale = _state(session, plan, moment)
    records = workspace.records()
    record = records.get(output.wish.output.name, records.get(base.name))
    changes: list[Change] = []
    if record is not None and (moment is None or state != "fresh"):
        now = record_of(workspace.project, graph, workspace.fingerprints)
        every = changes_of(graph, workspace.project, workspace.fingerprints, now, record)
        changes = concerning(every, graph, workspace.project, base)
        shown = output.wish.frames if moment is None else np.array([moment])
        if len(shown) < output.wish.film.count:
            changes = _seen(changes, session, graph, shown, top)
        if not changes and stale:
            changes = engine_changes(workspace.fingerprints, record)
    reasons = (
        _reasons(session, plan, state, was_built=record is not None) if moment is None else _of_frame(state, record)
    )
    answer = {
        "schema": 1,
        "state": state,
        "reasons": reasons,
        "frames": len(output.of_frame) if moment is None else 1,
        "frames_stale": stale,
        "segments_stale": output.segments[1] if moment is None else 0,
        "predicted_seconds": predicted_seconds(session, plan, workspace.workers),
        "changes": [{**c.plain(), "text": c.text, "chain": chain(graph, top, c.target)} for c in changes],
    }
    print(json.dumps(answer) if as_json else _text(what, answer))
    return 0


def _moment(session: Session, time: str) -> int:
    wish = session.wishes[0]
    at = moment_of(session.scripts, wish.film, time)
    if at >= wish.film.count:
        seconds = wish.film.count / float(wish.film.fps)
        raise ProjectError([Problem(f"`{wish.output.name}` ends at {seconds:.2f}s, before {time}")])
    if at not in wish.frames:
        raise ProjectError([Problem(f"`{wish.output.name}` does not show {time}")])
    return at


def _state(session: Session, plan: Plan, moment: int | None) -> tuple[str, int]:
    """(fresh, stale or missing, how many frames are to be made)."""
    output = plan.outputs[0]
    if moment is not None:
        number = output.of_frame[np.searchsorted(output.wish.frames, moment)]
        is_fresh = bool(plan.frames.made[number])
        return ("fresh" if is_fresh else "stale"), int(not is_fresh)
    path = session.path_of(output.wish.output)
    make = (plan.frames.stale | plan.frames.again)[output.of_frame]
    is_intact = output.is_whole and session.store.intact(str(path)) == output.key
    return ("fresh" if is_intact else "stale" if path.exists() else "missing"), int(make.sum())


# -- what of the changes some frames show


def _seen(changes: list[Change], session: Session, graph: Graph, frames: Frames, top: str) -> list[Change]:
    """Changes of what some frames show; all of them if none of it is shown, since others' places may follow from it."""
    shown = _shown_by(session, graph, frames) | {top}
    planes = {name for name in shown if name.startswith("plane ")}

    def is_seen(change: Change) -> bool:
        if change.target in shown or not change.target.startswith(
            ("character", "alphabet", "place", "scene", "card", "pass", "asset")
        ):
            plane = _plane_of(change, session)
            return plane is None or plane in planes
        return False

    return [c for c in changes if is_seen(c)] or changes


def _plane_of(change: Change, session: Session) -> str | None:
    """The plane that a change in a place's file is of, if it is of one alone."""
    at = change.path.split(".")
    if not change.target.startswith("place ") or at[0] != "planes" or len(at) < 3 or at[2] in ("name", "z", "lit"):
        return None
    stage = session.project.every_stage().get(change.target)
    return f"plane {stage.target} {stage.planes[int(at[1])].name}" if stage else None


def _shown_by(session: Session, graph: Graph, frames: Frames) -> set[str]:
    """The targets (and planes of places) whose drawings, scenes or passes some frames show."""
    film, names = session.wishes[0].film, set[str]()
    for number, shot in enumerate(film.shots):
        here = [film.frame[frames][film.shot[frames] == number], film.other_frame[frames][film.other[frames] == number]]
        mine = np.unique(np.concatenate(here))
        if not len(mine):
            continue
        scene = shot.script.scene
        names |= {scene.target, *(s.target for s in shot.styles)}
        if scene.footage is not None:
            names |= {n for n in graph.needs(scene.target) if n.startswith("asset ")}
        if shot.rows is None or scene.stage is None:
            continue
        names.add(scene.stage.target)
        for n in np.flatnonzero(shot.rows.shown()[mine].any(0)):
            recipe = shot.rows.recipes[n]
            owner = recipe.target.split("/")[0]
            is_figure = recipe.rule.startswith(("character", "kits/"))
            names.add(scene.figures[owner].target if is_figure else f"plane {scene.stage.target} {owner}")
            names |= {s.target for s in recipe.styles}
    return names


# -- in words


def _reasons(session: Session, plan: Plan, state: str, *, was_built: bool) -> list[str]:
    """What is the matter with the file and the store, changes aside."""
    output = plan.outputs[0]
    path = session.path_of(output.wish.output)
    if state == "fresh":
        return ["its file is as the build left it, and what it shows has not changed"]
    built, there = session.store.built_from(str(path)), path.exists()
    reasons = [] if was_built else ["it was not built before"]
    if not there and was_built:
        reasons.append(f"{path.name} is not there")
    elif there and built is None:
        reasons.append(f"{path.name} was not made by this store")
    elif there and session.store.intact(str(path)) is None:
        reasons.append(f"{path.name} was altered since it was built")
    reasons += _forgotten(plan, output)
    if output.is_whole:
        reasons.append("all that it needs is in the store; only its file is written")
    return reasons


def _forgotten(plan: Plan, output: OutputPlan) -> list[str]:
    """What was made and is no longer in the store."""
    found = []
    if output.wish.form == "i420":
        lost = int((output.segment_digests.any(1) & ~output.segment_fresh).sum())
        if lost:
            found.append(f"the store has forgotten {lost} of {output.segments[0]} segments")
    again = int(plan.frames.again[output.of_frame].sum())
    if again:
        found.append(f"{again} frames were made before and are made again")
    return found


def _of_frame(state: str, record: Any) -> list[str]:
    if state == "fresh":
        return ["what it shows has not changed since it was made"]
    return [] if record is not None else ["it was not built before"]


def _text(what: str, answer: dict[str, Any]) -> str:
    lines = [f"{what} is {answer['state']}", *(f"  {reason}" for reason in answer["reasons"])]
    if answer["changes"] and answer["state"] == "fresh":
        lines.append("  what has changed since it was built does not show:")
    for change in answer["changes"]:
        lines.append(f"  {change['text']}")
        if len(change["chain"]) > 1:
            lines.append(f"    {' <- '.join(change['chain'])}")
    if answer["state"] != "fresh" and not answer["changes"] and not answer["reasons"]:
        lines.append("  nothing in its files has changed: a build of it did not end")
    if answer["frames_stale"]:
        seconds = answer["predicted_seconds"]
        guess = f", about {seconds:.0f} s" if seconds else ""
        lines.append(
            f"  {answer['frames_stale']} of {answer['frames']} frames, {answer['segments_stale']} segments{guess}"
        )
    return "\n".join(lines)

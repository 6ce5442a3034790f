"""studio check --art: the art checks of every shot, scene by scene."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio import art, contact
from studio.build import Session, make, open_session, wish_of
from studio.film import Film, Shot
from studio.own import Trust
from studio.pixels import unpacked
from studio.plan import Plan
from studio.project import named_outputs
from studio.workspace import Workspace


def run(folder: str, as_json: bool, trust: Trust) -> int:
    """Look at the middle of every shot of every film."""
    workspace = Workspace(folder, trust=trust)
    films = [o for o in named_outputs(workspace.project, []) if o.kind == "film"]
    found = []
    for output in films:
        session = open_session(workspace.project, workspace.store, workspace.fingerprints, [])
        wish = wish_of(session.scripts, replace(output, name="art/"))
        workspace.project.finish()
        moments = _moments(wish.film)
        session.wishes = [replace(wish, frames=np.array(sorted(moments.values()), np.intp))]
        plan, _ = make(session, workspace.workers, lambda event: None)
        found += list(_of_film(session, plan, output.name, moments))
    workspace.keep()
    if as_json:
        print(json.dumps({"schema": 1, "shots": found}))
    else:
        print("\n".join(_lines(found)))
    return 0


def _moments(film: Film) -> dict[tuple[int, int], int]:
    """For each (shot, cut within it) the film's frame in its middle, where nothing is mixed in."""
    found: dict[tuple[int, int], int] = {}
    for number, shot in enumerate(film.shots):
        rows = shot.rows if shot.air is not None else None
        for cut, stop in zip(rows.cuts, [*rows.cuts[1:], shot.length], strict=True) if rows else ():
            plain = (film.shot == number) & film.plain & (film.frame >= cut) & (film.frame < stop)
            at = np.flatnonzero(plain)
            if len(at):
                found[number, cut] = int(at[len(at) // 2])
    return found


def _of_film(session: Session, plan: Plan, name: str, moments: dict[tuple[int, int], int]) -> Iterator[dict[str, Any]]:
    film = session.wishes[0].film
    order = sorted(moments.values())
    heights: dict[int, list[float]] = {}
    for (number, cut), at in sorted(moments.items(), key=lambda item: item[1]):
        look = _look(session, plan, number, at, plan.outputs[0].of_frame[order.index(at)])
        shot = film.shots[number]
        heights.setdefault(number, []).append(art.subject_height(look))
        findings = list(art.findings(look))
        is_last = cut == max(c for n, c in moments if n == number)
        if is_last and shot.rows is not None:
            findings += [*art.blinks(shot.rows, float(film.fps)), art.equal_shots(heights[number])]
        yield {
            "output": name,
            "scene": shot.name,
            "time": contact.time_code(at, film.fps),
            "frame": at,
            "findings": [finding.plain() for finding in findings],
        }


def _look(session: Session, plan: Plan, number: int, at: int, frame: int) -> art.Look:
    from studio.drawings import drawn_line

    film = session.wishes[0].film
    rows = film.shots[number].rows
    data = session.store.load(plan.frames.digests[frame].tobytes())
    assert rows is not None and data is not None
    nodes = plan.nodes(0, number, rows)[0]
    kept: dict[int, NDArray[np.uint8]] = {}

    def drawing(recipe: int) -> NDArray[np.uint8]:
        if recipe not in kept:
            stored = session.store.load(plan.tokens.token.get(nodes[recipe].name, b""))
            kept[recipe] = unpacked(stored) if stored is not None else drawn_line(nodes[recipe].line()).rgba
        return kept[recipe]

    return art.Look(
        rows, int(film.frame[at]), unpacked(data), drawing, _subjects(film.shots[number], int(film.frame[at]))
    )


def _subjects(shot: Shot, frame: int) -> frozenset[str]:
    """Whom the framing at a frame says that it is on."""
    framed = [event for event in shot.script.of("shot") if event.start <= frame]
    return frozenset(framed[-1].data["on"] or ()) if framed else frozenset()


def _lines(found: list[dict[str, Any]]) -> Iterator[str]:
    if not found:
        yield "there is no film with a scene in it to look at"
    before = ("", "")
    for shot in found:
        if (shot["output"], shot["scene"]) != before:
            before = shot["output"], shot["scene"]
            yield f"{shot['output']}: {shot['scene']}"
        missed = sum(not f["is_met"] for f in shot["findings"])
        yield f"  {shot['time']}  {len(shot['findings'])} checks, {missed or 'none'} missed"
        for f in shot["findings"]:
            mark = "ok " if f["is_met"] else "-> "
            hint = f"; {f['hint']}" if f["hint"] and not f["is_met"] else ""
            yield f"    {mark}{f['check']}: {f['value']:g} ({f['bar']}){hint}"

"""studio mint: a character's model sheet, an alphabet's specimen, or a place, as a picture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio import outputs as files
from studio.build import open_session, wish_of
from studio.commands.frame import pictures
from studio.errors import Problem, ProjectError, UsageError, did_you_mean
from studio.workspace import Where, Workspace


def run(name: str, target: Path | None, where: Where) -> int:
    """Write the sheet of a target to a .png file, by default in the project's output folder."""
    if target is not None and target.suffix.lower() != ".png":
        raise UsageError(f"{target} is no .png file", f"studio writes PNG: name the file {name}.png")
    workspace = Workspace(*where)
    project = workspace.project
    output = project.sheet_of(f"{name}.png")
    if output is None:
        known = [
            scope.path(n)
            for scope in project.scopes.values()
            for n in (*scope.figures, *scope.alphabets, *scope.stages)
        ]
        raise ProjectError(
            [Problem(f"there is no character, alphabet or place `{name}`", None, did_you_mean(name, known))]
        )
    session = open_session(project, workspace.store, workspace.fingerprints, [])
    session.wishes = [wish_of(session.scripts, replace(output, name=f"{name}.png"))]
    project.finish()
    path = target if target is not None else project.out / f"{name}.png"
    files.prepare([path.resolve()])
    (data,) = pictures(session, workspace.workers)
    files.write_file(path, data)
    workspace.keep()
    print(f"wrote {path}")
    return 0

"""studio frame: one frame of an output as a picture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio import outputs as files
from studio.build import Session, make, open_session, wish_of
from studio.errors import BuildError, UsageError
from studio.project import named_output
from studio.workspace import Workspace


def run(what: str, target: Path, folder: str, cache: str | None) -> int:
    """Write OUTPUT@TIME to a .png file."""
    if target.suffix.lower() != ".png":
        raise UsageError(f"{target} is no .png file", "studio writes PNG: name the file frame.png")
    name, _, time = what.partition("@")
    if not time:
        raise UsageError(f"`{what}` names no moment", "write OUTPUT@4s, OUTPUT@96f or OUTPUT@scene.cue")
    workspace = Workspace(folder, cache)
    output = named_output(workspace.project, name)
    session = open_session(workspace.project, workspace.store, workspace.fingerprints, [])
    session.wishes = [wish_of(session.scripts, replace(output, name=f"{output.name}.png", at=time))]
    workspace.project.finish()
    files.prepare([target.resolve()])
    (data,) = pictures(session, workspace.workers)
    files.write_file(target, data)
    workspace.keep()
    print(f"wrote {target}")
    return 0


def pictures(session: Session, workers: int) -> list[bytes]:
    """The frames that a session's first wish is for, as PNG files."""
    from studio import video

    plan, _ = make(session, workers, lambda event: None)
    found = []
    for number in plan.outputs[0].of_frame:
        data = session.store.load(plan.frames.digests[number].tobytes())
        if data is None:
            raise BuildError("the store lost a frame before it was written", "run the command again")
        found.append(video.png(data))
    return found

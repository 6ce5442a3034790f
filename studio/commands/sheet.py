"""studio sheet: a contact sheet, so that a film can be seen at a glance."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from studio import outputs as files
from studio.build import make, open_session, wish_of
from studio.errors import BuildError, UsageError
from studio.project import named_output
from studio.workspace import Where, Workspace


def run(name: str, target: Path, count: int, where: Where) -> int:
    """Write `count` frames of an output, evenly spread, with their time codes."""
    from studio import contact  # brings OpenCV

    if target.suffix.lower() != ".png":
        raise UsageError(f"{target} is no .png file", "studio writes PNG: name the file sheet.png")
    workspace = Workspace(*where)
    output = named_output(workspace.project, name)
    session = open_session(workspace.project, workspace.store, workspace.fingerprints, [])
    wish = wish_of(session.scripts, replace(output, name="sheet/"))
    workspace.project.finish()
    film = wish.film
    frames = np.unique(np.linspace(0, film.count - 1, min(count, film.count) * 2 + 1).astype(np.intp)[1::2])
    session.wishes = [replace(wish, frames=frames)]
    files.prepare([target.resolve()])
    plan, _ = make(session, workspace.workers, lambda event: None)
    blobs = [session.store.load(plan.frames.digests[n].tobytes()) for n in plan.outputs[0].of_frame]
    if any(b is None for b in blobs):
        raise BuildError("the store lost a frame before it was written", "run the command again")
    labels = [contact.time_code(int(n), film.fps) for n in frames]
    files.write_file(target, contact.sheet([b for b in blobs if b is not None], labels))
    print(f"wrote {target}: {len(frames)} frames of {output.name}")
    return 0

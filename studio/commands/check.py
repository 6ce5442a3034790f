"""studio check: is everything that the files say meaningful?"""

from __future__ import annotations

import json

from studio.build import open_session
from studio.errors import ProjectError
from studio.fingerprint import Fingerprints
from studio.own import Trust
from studio.project import named_outputs
from studio.store import Store
from studio.workspace import Workspace


def run(folder: str, as_json: bool, trust: Trust) -> int:
    """Validate files, names, cues, cards and clips; lay out every film."""
    workspace = Workspace(folder, trust=trust)
    try:
        project = workspace.project
        # the store is not asked and not made: a reading one of an absent folder knows nothing
        session = open_session(
            project,
            Store(workspace.store_root, reading=True),
            Fingerprints(own=project.own.bytes()),
            named_outputs(project, []),
        )
        for scene in project.every_scene():
            session.scripts.script(scene)
        project.finish()
    except ProjectError as error:
        if not as_json:
            raise
        problems = [
            {"place": str(p.place) if p.place else None, "what": p.what, "hint": p.hint} for p in error.problems
        ]
        print(json.dumps({"schema": 1, "problems": problems}))
        return 1
    counts = [
        (len(project.figures), "character"),
        (len(project.stages), "place"),
        (len(list(project.every_scene())), "scene"),
        (len(project.spec.episodes), "episode"),
        (len(project.outputs), "output"),
    ]
    if as_json:
        print(json.dumps({"schema": 1, "problems": []}))
    else:
        said = ", ".join(f"{n} {what}{'s' if n != 1 else ''}" for n, what in counts if n or what != "episode")
        print(f"{workspace.path.name}: {said}; all is well")
    return 0

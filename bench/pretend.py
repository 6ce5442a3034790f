"""A store as a build leaves it, without the pixels: every drawing, frame and segment of a project is known.

Planning and the null path see no difference; making a feature for them would take an hour.
"""

from __future__ import annotations

import sys

from studio.pins import pin_environment

pin_environment()

from studio.build import Session  # noqa: E402
from studio.graph import Graph  # noqa: E402
from studio.hashing import digest  # noqa: E402
from studio.packs import Entry, Kind  # noqa: E402
from studio.plan import Plan, keep_vectors  # noqa: E402
from studio.why import kept_record_of  # noqa: E402
from studio.workspace import Workspace  # noqa: E402


def main(folder: str) -> None:
    """folder: a project; its outputs become files of a few bytes."""
    workspace = Workspace(folder)
    session = workspace.session()
    _drawings(session, session.plan())
    _frames(session, session.plan())
    _segments(session, session.plan())
    plan = session.plan()
    assert plan.is_empty, "something is still missing"
    for output in plan.outputs:
        path = session.path_of(output.wish.output)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(output.key)
        session.store.keep_output(str(path), output.key)
    keep_vectors(plan, session.vectors)
    graph = Graph(workspace.project, workspace.fingerprints)
    record = kept_record_of(workspace.project, graph, workspace.fingerprints)
    workspace.keep_record([wish.output.name for wish in session.wishes], record)
    workspace.keep()
    print(len(plan.frames.keys), plan.drawings)


def _drawings(session: Session, plan: Plan) -> None:
    writer = session.store.writer(Kind.DRAWING, "pretend")
    made: set[bytes] = set()
    for node in plan.mint_nodes():
        token = b""
        for ancestor in node.line():
            key = ancestor.key(token)
            token = digest(key)
            if key not in made:
                writer.add(key, token, key, 0.02)
                made.add(key)
    session.store.commit(writer.close())


def _frames(session: Session, plan: Plan) -> None:
    keys = [key.tobytes() for key in plan.frames.keys]
    session.store.commit(Entry(key, digest(key), Kind.FRAME, 0.005) for key in keys)


def _segments(session: Session, plan: Plan) -> None:
    writer = session.store.writer(Kind.SEGMENT, "pretend")
    for output in plan.outputs:
        for key in {key.tobytes() for key in output.segment_keys}:
            writer.add(key, digest(key), key, 0.01)
    session.store.commit(writer.close())


if __name__ == "__main__":
    main(sys.argv[1])

"""studio pass: a style over any video or picture, by way of a Studiofile in memory."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from studio.build import build, open_session, wish_of
from studio.commands.build import Options, listening, summary
from studio.errors import StudioError, UsageError
from studio.own import OwnRules
from studio.project import Project
from studio.studiofile import load_text
from studio.targets import Item, Output
from studio.values import CLIPS, PICTURES
from studio.workspace import Where, Workspace


def run(style: str, source: Path, target: Path, knobs: tuple[str, ...], where: Where) -> int:
    """Style IN into OUT; the same plan, store and join as for a film, so that what was styled once stays."""
    from studio import video  # brings PyAV

    if not source.is_file():
        raise StudioError(f"there is no file {source}")
    if source.suffix.lower() not in (*CLIPS, *PICTURES):
        raise UsageError(f"{source.name} is no video and no picture", f"known: {', '.join((*CLIPS, *PICTURES))}")
    if target.suffix.lower() not in (".mp4", ".png"):
        raise UsageError(f"{target.name} cannot be written", "name it .mp4 for a video or .png for a picture")
    if target.resolve() == source.resolve():
        raise UsageError("IN and OUT are the same file")
    clip = video.read_clip(source)
    text = _studiofile(style, source, clip.fps, knobs)
    own = OwnRules(Path(where[0]).resolve(), where[3])
    project = Project(load_text(text, source.resolve().parent, own), source.resolve())
    project.finish()
    scene = replace(project.scenes["clip"], every_frame=True)
    output = Output(target.name, clip.width & ~1, clip.height & ~1, (), (Item(scene),), None, 18, ("scenes", "clip"))
    workspace = Workspace.over(project, *where[1:3])
    session = open_session(project, workspace.store, workspace.fingerprints, [])
    session.wishes = [wish_of(session.scripts, output)]
    session.target = target.resolve()
    project.finish()
    with listening(Options()) as say:
        report = build(session, workspace.workers, say)
    workspace.keep()
    print(summary(report), file=sys.stdout)
    return 0


def _studiofile(style: str, source: Path, fps: object, knobs: tuple[str, ...]) -> str:
    lines = []
    for knob in knobs:
        name, equals, value = knob.partition("=")
        if not equals:
            raise UsageError(f"`{knob}` sets nothing", "write --set pigment=0.7")
        lines.append(f"    {name.strip()}: {value.strip()}")
    rate = float(fps)  # type: ignore[arg-type]
    parts = [
        "studio: 1",
        f"fps: {min(max(rate, 1), 120):.6f}",
        "passes:",
        "  style:",
        f"    rule: {style}",
        *lines,
        "scenes:",
        "  clip:",
        f"    footage: {_quoted(source.name)}",
        "    passes: [style]",
    ]
    return "\n".join(parts) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

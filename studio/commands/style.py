"""studio pass: a style over any video or picture, by way of a Studiofile in memory."""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from pathlib import Path

from rules.styles import STYLES
from studio.build import build, open_session, wish_of
from studio.clip import Clip
from studio.commands.build import Options, listening, summary
from studio.errors import StudioError, UsageError, did_you_mean
from studio.own import OwnRules
from studio.project import Project
from studio.studiofile import load_text
from studio.targets import Item, Output
from studio.values import CLIPS, FILMS, PICTURES, STILLS
from studio.workspace import Where, Workspace

_LARGEST = 16_384  # px a side: x264 and VP9 take no more
_GIF_FPS = 50  # frames a second: of shorter ones players make a tenth of a second


def run(style: str, source: Path, target: Path, knobs: tuple[str, ...], where: Where) -> int:
    """Style IN into OUT; the same plan, store and join as for a film, so that what was styled once stays."""
    from studio import footage  # brings PyAV

    if not source.is_file():
        raise StudioError(f"there is no file {source}")
    if source.suffix.lower() not in (*CLIPS, *PICTURES):
        raise UsageError(f"{source.name} is no video and no picture", f"known: {', '.join((*CLIPS, *PICTURES))}")
    ending = target.suffix.lower()
    if ending not in (*FILMS, *STILLS):
        raise UsageError(f"{target.name} cannot be written", f"known: {', '.join((*FILMS, *STILLS))}")
    if target.resolve() == source.resolve():
        raise UsageError("IN and OUT are the same file")
    own = OwnRules(Path(where[0]).resolve(), where[3])
    if style not in STYLES and own.find(style) is None:
        raise UsageError(f"there is no pass `{style}`", did_you_mean(style, [*STYLES, *own.names()]))
    clip = footage.read_clip(source)
    _check_size(clip)
    every = math.ceil(clip.fps / _GIF_FPS) if ending == ".gif" else 1
    text = _studiofile(style, source, clip.fps / every, knobs)
    project = Project(load_text(text, source.resolve().parent, own), source.resolve())
    project.finish()
    scene = replace(project.scenes["clip"], every=every)
    width, height = clip.width, clip.height
    if ending in FILMS and ending != ".gif":
        width, height = width + width % 2, height + height % 2
    output = Output(target.stem + ending, width, height, (), (Item(scene),), None, 18, ("scenes", "clip"))
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


def _check_size(clip: Clip) -> None:
    """StudioError where a picture is larger than what encoders take."""
    if max(clip.width, clip.height) > _LARGEST:
        what = f"{clip.path.name} is {clip.width}x{clip.height}; passes take up to {_LARGEST} px a side"
        raise StudioError(what, "make it smaller first")


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

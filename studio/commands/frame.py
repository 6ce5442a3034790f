"""studio frame: one frame of an output as a picture."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio import outputs as files
from studio.build import Session, make, moment_of, open_session, wish_of
from studio.errors import BuildError, UsageError, did_you_mean
from studio.project import named_output
from studio.rule import MAPS
from studio.workspace import Where, Workspace


def run(what: str, target: Path, beside: tuple[Path | None, str | None], where: Where) -> int:
    """Write OUTPUT@TIME to a .png file. beside: a .npy file for how each pixel moved since the frame before, and the
    name of a map that the picture is to show."""
    motion, shown = beside
    if shown is not None and shown not in MAPS:
        raise UsageError(f"there is no map `{shown}`", did_you_mean(shown, MAPS))
    if target.suffix.lower() != ".png":
        raise UsageError(f"{target} is no .png file", "studio writes PNG: name the file frame.png")
    name, _, time = what.partition("@")
    if not time:
        raise UsageError(f"`{what}` names no moment", "write OUTPUT@4s, OUTPUT@96f or OUTPUT@scene.cue")
    if motion is not None and motion.suffix.lower() != ".npy":
        raise UsageError(f"{motion} is no .npy file", "motion is written for numpy: name the file motion.npy")
    workspace = Workspace(*where)
    output = named_output(workspace.project, name)
    session = open_session(workspace.project, workspace.store, workspace.fingerprints, [])
    session.wishes = [wish_of(session.scripts, replace(output, name=f"{output.name}.png", at=time))]
    workspace.project.finish()
    files.prepare([target.resolve()])
    (data,) = pictures(session, workspace.workers) if shown is None else [_mapped(session, time, shown)]
    files.write_file(target, data)
    if motion is not None:
        files.write_file(motion, _motion(session, time))
    workspace.keep()
    print(f"wrote {target}" + (f" and {motion}" if motion else ""))
    return 0


def _mapped(session: Session, time: str, name: str) -> bytes:
    """A PNG file of a map, minted on the spot; black where nothing is drawn, as in footage."""
    from studio import video
    from studio.drawings import drawn
    from studio.mapped import mapped, shown
    from studio.pixels import packed

    film = session.wishes[0].film
    at = moment_of(session.scripts, film, time)
    number = int(film.shot[at])
    shot = film.shots[number]
    picture = np.zeros((shot.height, shot.width, 3), np.uint8)
    if shot.rows is not None:
        nodes = session.plan().nodes(0, number, shot.rows)[0]

        def map_of(recipe: int) -> NDArray[np.uint8]:
            return shown(drawn(nodes[recipe].line()[0], (name,)), name, shot.height)

        picture = mapped(shot.rows, int(film.frame[at]), map_of, (shot.width, shot.height))
    return video.png(packed(picture))


def _motion(session: Session, time: str) -> bytes:
    """The bytes of a .npy file: see `motion_between`; all NaN where nothing leads from the frame before to this one."""
    from studio.drawings import drawn_line
    from studio.motion import motion_between
    from studio.pixels import unpacked

    film, plan = session.wishes[0].film, session.plan()
    at = moment_of(session.scripts, film, time)
    shot = film.shots[int(film.shot[at])]
    rows, size = shot.rows, (shot.width, shot.height)
    is_one = at > 0 and film.shot[at] == film.shot[at - 1] and (film.other[at - 1 : at + 1] < 0).all()
    moved = np.full((*size[::-1], 2), np.nan, np.float32)
    if rows is not None and is_one:
        nodes = plan.nodes(0, int(film.shot[at]), rows)[0]

        def alpha_of(number: int) -> NDArray[np.uint8]:
            data = session.store.load(plan.tokens.token.get(nodes[number].name, b""))
            rgba = unpacked(data) if data is not None else drawn_line(nodes[number].line()).rgba
            return np.ascontiguousarray(rgba[..., 3])

        before, now = int(film.frame[at - 1]), int(film.frame[at])
        if now not in rows.cuts:  # a cut within the scene
            moved = motion_between(rows, before, now, alpha_of, size)
    out = io.BytesIO()
    np.save(out, moved)
    return out.getvalue()


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

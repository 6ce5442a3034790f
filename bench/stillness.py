"""How still passes hold: what changes in a held shot, under a moving camera once its motion is taken out, and on
footage where nothing moves. Levels of 255.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.measures import ROOT, Measurement, build
from rules.styles import STYLES
from studio.clip import Format
from studio.footage import frames_of, read_clip
from studio.pixels import i420
from studio.video import encode, join

Frames = NDArray[np.int16]  #: (n, height, width, 3)

_SIZE = (1920, 1080)
_FILM = ("silent_film",)  # grain, weave and dust are what it is made of
_SHEET = ("watercolor", "comic_halftone")  # they have paper or a screen before which things move
_FRAMES = 5

_PROJECT = """\
studio: 1
fps: 24
size: {size[0]}x{size[1]}
characters: {{ada: {{height: 1.5m, wears: [{{coat: mantle}}, {{hat: newsboy}}]}}}}
places: {{square: {{planes: [sky, skyline, cobbles, houses, {{prop: street-lamp, name: lamp, z: 9, lit: true}}]}}}}
scenes:
  held:
    place: square
    cast: [{{who: ada, stand: {{x: -0.4, z: 7}}, idle: none}}]
    action: [{{camera: {{x: -0.2, y: 1.2, z: 2}}}}]
    length: {frames}f
  pan:
    like: held
    action: [{{camera: {{x: -0.2, z: 1}}}}, {{camera: {{x: -0.12, z: 1.05}}, over: {frames}f, ease: linear}}]
outputs:
{outputs}
"""


def stillness() -> Iterator[Measurement]:
    """Every pass over a held shot, a moving camera and footage that stands still."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "still"
        project.mkdir()
        shown = [(scene, style) for scene in ("held", "pan") for style in STYLES]
        names = [f"  {scene}-{style}/: {{scene: {scene}, passes: [{style}]}}" for scene, style in shown]
        outputs = "\n".join([*names, "  pan-bare/: {scene: pan}"])
        text = _PROJECT.format(size=_SIZE, frames=_FRAMES, outputs=outputs)
        (project / "Studiofile").write_text(text, encoding="utf-8")
        build(project)
        motions = [_motion(project, frame) for frame in range(1, _FRAMES)]
        flat = _moved(_pictures(project, "pan-vector_flat"), motions)
        yield Measurement("still: camera moves, no pass", _moved(_pictures(project, "pan-bare"), motions), "levels")
        for style in STYLES:
            ticks = 2 if STYLES[style].CLOCK == "boil" else 1  # frames of a tick, at 24 a second
            changed = _changes(_pictures(project, f"held-{style}"), ticks)
            yield Measurement(f"still: held, {style}", changed, "levels", None if style in _FILM else 0)
            bar = 1.3 * flat if style in _SHEET else 2.0
            moved = _moved(_pictures(project, f"pan-{style}"), motions)
            yield Measurement(f"still: camera moves, {style}", moved, "levels", None if style in _FILM else bar)
        yield from _footage(Path(folder))


def _pictures(project: Path, name: str) -> Frames:
    files = sorted((project / "out" / name).glob("*.png"))
    return np.stack([np.asarray(cv2.imread(str(file)), np.int16) for file in files])


def _changes(frames: Frames, ticks: int) -> float:
    """The largest change of a channel of a pixel from one frame to the next, within a tick of so many frames."""
    steps = np.abs(np.diff(frames, axis=0))
    return float(steps[::ticks].max())


def _motion(project: Path, frame: int) -> NDArray[np.float32]:
    """(height, width, 2): how each pixel moved to get where it is in a frame."""
    at = project.parent / "motion.npy"
    command = [sys.executable, "-m", "studio", "frame", f"pan-bare/@{frame}f", "-C", str(project)]
    command += ["--cache", str(project.parent / "cache"), "-o", str(project.parent / "frame.png"), "--motion", str(at)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    found: NDArray[np.float32] = np.load(at)
    return found


def _moved(frames: Frames, motions: list[NDArray[np.float32]]) -> float:
    """The mean difference between frames and the ones before, moved as what they show moved; where that was seen."""
    y, x = np.mgrid[: frames.shape[1], : frames.shape[2]].astype(np.float32)
    apart = []
    for n, motion in enumerate(motions, 1):
        seen = np.isfinite(motion).all(2)
        way = np.nan_to_num(motion)
        back = x - way[..., 0], y - way[..., 1]
        before = cv2.remap(frames[n - 1], *back, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        # what comes to lie over something else shows at the pixels around it too
        seen = cv2.erode(np.asarray(seen, np.uint8), np.ones((5, 5), np.uint8)) > 0
        apart.append(np.abs(frames[n] - before)[seen].mean())
    return float(np.mean(apart))


def _footage(folder: Path) -> Iterator[Measurement]:
    """Footage of a scene in which nothing moves but a camera's noise: how much more of it there is under a pass."""
    source = folder / "source.mp4"
    picture = _pictures(folder / "still", "pan-bare")[0]
    chance = np.random.default_rng(5)
    form = Format(*_SIZE, Fraction(24), 12)
    noise = (picture[..., ::-1] + chance.normal(0, 2.0, picture.shape) for _ in range(_FRAMES))
    shot = [i420(np.ascontiguousarray(np.clip(rgb, 0, 255).astype(np.uint8))) for rgb in noise]
    join([encode(shot, form)], source, form)
    flicker = _flicker(source)
    for style in STYLES:
        out = folder / f"{style}.mp4"
        command = [sys.executable, "-m", "studio", "pass", style, str(source), str(out)]
        command += ["--cache", str(folder / "cache")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
        found = _flicker(out)
        yield Measurement(
            f"still: footage, {style}", found, "levels", None if style in _FILM else 1.5, flicker, found / flicker
        )


def _flicker(path: Path) -> float:
    """The mean difference of a clip's frames from the ones before."""
    clip = read_clip(path)
    frames = np.stack([rgb.astype(np.int16) for rgb in frames_of(clip, 0, clip.count)])
    return float(np.abs(np.diff(frames, axis=0)).mean())

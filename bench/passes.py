"""What passes cost on one core: a frame of a scene composed and passed, a frame of footage, a drawing restyled.

As a script it does one pass at one size in this process, and prints ms of processor time as JSON: each frame at its
best of several tries, since the machine is shared.
"""

from __future__ import annotations

import sys

from studio.pins import pin_environment, pin_libraries

pin_environment()

import json  # noqa: E402
import subprocess  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import cv2  # noqa: E402
import numpy as np  # noqa: E402

from bench.grain import grain  # noqa: E402
from bench.measures import ROOT, Measurement, build  # noqa: E402
from bench.planes import easel_of, first_job  # noqa: E402
from rules.styles import STYLES  # noqa: E402
from studio.drawings import drawn_line, grown  # noqa: E402
from studio.rule import Context  # noqa: E402
from studio.workspace import Workspace  # noqa: E402

SIZES = {"1080p": (1920, 1080), "720p": (1280, 720), "4K": (3840, 2160)}
TRIES = 3
_LENGTH = 6  # frames
SCENE = {"watercolor": 30.0, "comic_halftone": 30.0, "van_gogh": 35.0}  # ms; all others 25
FOOTAGE = {"van_gogh": 80.0}  # ms; all others 40
FIGURE, PLATE = 120.0, {"van_gogh": 4000.0}  # ms; all other plates 1500

_PROJECT = """\
studio: 1
fps: 24
size: {size}
characters: {{ada: {{height: 1.5m, wears: [{{coat: mantle}}]}}, bruno: {{height: 1.7m, shape: square}}}}
places: {{square: {{planes: [sky, skyline, cobbles, houses, {{prop: street-lamp, z: 9, lit: true}}, arch]}}}}
scenes:
  pan:
    place: square
    cast: [{{who: ada, stand: {{x: -0.7, z: 7}}}}, {{who: bruno, stand: {{x: 1.2, z: 7}}}}]
    action: [{{camera: {{x: -0.1}}}}, {{camera: {{x: 0.1, zoom: 1.02}}, over: {last}f, ease: linear}}]
    length: {length}f
outputs: {{pan.mp4: {{passes: [{style}]}}}}
"""


def passes() -> Iterator[Measurement]:
    """Every pass at 1080p, which the bars are for, then at the other sizes; and the bytes of film grain."""
    yield from grain()
    for name, size in SIZES.items():
        for style in STYLES:
            with tempfile.TemporaryDirectory() as folder:
                project = Path(folder) / "pan"
                project.mkdir()
                frames = {"length": _LENGTH, "last": _LENGTH - 1}
                text = _PROJECT.format(size="{}x{}".format(*size), style=style, **frames)
                (project / "Studiofile").write_text(text, encoding="utf-8")
                build(project)
                command = [sys.executable, "-m", "bench.passes", str(project), style, *map(str, size)]
                out = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
            yield from _measurements(style, name, json.loads(out))


def _measurements(style: str, size: str, found: dict[str, float]) -> Iterator[Measurement]:
    bars = {
        "scene": SCENE.get(style, 25.0),
        "footage": FOOTAGE.get(style, 40.0),
        "figure": FIGURE,
        "plate": PLATE.get(style, 1500.0),
    }
    for what, value in found.items():
        yield Measurement(f"passes: {style}, {what}, {size}", value, "ms", bars[what] if size == "1080p" else None)


# -- in a process of its own


def _best(make: Callable[[], Any], tries: int = TRIES) -> float:
    """Milliseconds."""
    found = []
    for _ in range(tries):
        start = time.process_time()
        make()
        found.append((time.process_time() - start) * 1e3)
    return min(found)


def _scene(project: str) -> float:
    """A frame of the film: one that stands for longer is made once."""
    job = first_job(project)
    easel = easel_of(job)
    new = [n for n in range(job.count) if n == 0 or (job.at[n] != job.at[n - 1]).any()]
    best = np.full(len(new), np.inf)
    for _ in range(TRIES):  # in their order: what a frame shares with the one before is remembered
        for number, n in enumerate(new):
            start = time.process_time()
            easel.frame((int(job.at[n, 0]), int(job.at[n, 1])), (-1, -1), [0, 255] + 7 * [0], [0, 0, -1])
            best[number] = min(best[number], (time.process_time() - start) * 1e3)
    return float(np.median(best)) * len(new) / _LENGTH


def _footage(style: Any, size: tuple[int, int]) -> float:
    photo = cv2.imread(str(ROOT / "projects" / "passes" / "astronaut.jpg"))
    assert photo is not None
    rgb = np.ascontiguousarray(cv2.resize(photo, size, interpolation=cv2.INTER_CUBIC)[..., ::-1], np.uint8)
    context = Context(*size, 7, 0, False)
    params = style.Params()
    style.frame(rgb, params, context)
    return _best(lambda: style.frame(rgb, params, context), 2 * TRIES)


def _drawings(project: str) -> dict[str, float]:
    """The dearest body, head or face, and the dearest plate."""
    plan = Workspace(project, cache=f"{project}/../cache").session().plan()
    spent: dict[str, float] = {}
    rows: Any = plan.outputs[0].wish.film.shots[0].rows
    for line in {node.name: node.line() for look in plan.nodes(0, 0, rows) for node in look}.values():
        kind = {"figure": "figure", "face": "figure", "plate": "plate"}.get(line[0].recipe.role)
        if kind is None or line[-1].style is None:
            continue
        base = drawn_line(line[:-1])
        took = _best(lambda line=line, base=base: grown(line[-1], base, base))  # type: ignore[misc]
        spent[kind] = max(spent.get(kind, 0.0), took)
    return spent


def main(project: str, name: str, width: str, height: str) -> None:
    """project: one whose drawings are made; width, height: of its pictures."""
    pin_libraries()
    found = {"scene": _scene(project), "footage": _footage(STYLES[name], (int(width), int(height)))}
    print(json.dumps(found | _drawings(project)))


if __name__ == "__main__":
    main(*sys.argv[1:])

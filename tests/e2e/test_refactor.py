"""Code that changes and draws the same makes drawings and frames again, and stops there: nothing is encoded."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Space


@pytest.fixture
def code(tmp_path_factory: pytest.TempPathFactory) -> Space:
    """A copy of the packages, to be edited and run."""
    folder = tmp_path_factory.mktemp("code")
    for package in ("rules", "studio"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return Space(folder)


def built(tiny: Space, code: Space) -> Any:
    done = tiny.process("build", "--json", PYTHONPATH=str(code.folder), PYTHONDONTWRITEBYTECODE="1")
    assert done.code == 0, done.err
    return done.json


def swapped(code: Space, path: str, first: str, second: str) -> None:
    """Reorder two assignments that do not know one another."""
    text = code.read(path).decode()
    lines = text.splitlines(keepends=True)
    a, b = (next(n for n, line in enumerate(lines) if line.startswith(f"{name} =")) for name in (first, second))
    assert b == a + 1, "the two stand one after the other"
    code.write(path, "".join([*lines[:a], lines[b], lines[a], *lines[b + 1 :]]))


def test_a_refactor_that_keeps_the_pixels_encodes_nothing(tiny: Space, code: Space) -> None:
    first = built(tiny, code)
    good = tiny.read("out/film.mp4")
    assert first["segments"]["encoded"] == 2

    swapped(code, "rules/character.py", "LAMP_STEPS", "BREATH_FRAMES")
    of_drawings = built(tiny, code)
    assert of_drawings["drawings"]["minted"] > 4, "its code is another: everybody is minted again"
    assert of_drawings["drawings"]["minted"] < first["drawings"]["minted"], "the place is not"
    assert of_drawings["frames"]["rendered"] == of_drawings["segments"]["encoded"] == 0
    assert of_drawings["frames"]["cut"] > 0, "drawings of equal pixels: the frames are the same ones"

    text = code.read("rules/scene.py").decode()
    code.write("rules/scene.py", text + "\n_SPARE = 0\n")
    of_frames = built(tiny, code)
    assert of_frames["drawings"]["minted"] == 0
    assert of_frames["frames"]["rendered"] == first["frames"]["distinct"], "frames are rendered to the same digests"
    assert of_frames["segments"]["encoded"] == 0 and of_frames["segments"]["cut"] == 2
    assert tiny.read("out/film.mp4") == good
    assert built(tiny, code)["outputs"][0]["state"] == "fresh"


def test_a_refactor_reseeds_nothing(tiny: Space, code: Space) -> None:
    """Seeds come from names: with another fingerprint, and another store, the bytes are the same."""
    built(tiny, code)
    good = tiny.read("out/film.mp4")
    for path in ("rules/character.py", "rules/_noise.py", "rules/scene.py", "rules/plates/sky.py"):
        code.write(path, code.read(path) + b"\n_SPARE = 0\n")
    shutil.rmtree(tiny.folder / ".cache")
    Path(tiny.folder / "out/film.mp4").unlink()
    assert built(tiny, code)["drawings"]["minted"] > 4
    assert tiny.read("out/film.mp4") == good

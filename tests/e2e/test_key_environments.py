"""The keys of a project do not hang on what surrounds the process that plans it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.mutation import WIDE

_SCENES = {name: scene for name, scene in WIDE["scenes"].items() if name in ("one", "two")}
#: without what takes long: fifty processes plan it
_SMALL = {
    **WIDE,
    "characters": {name: WIDE["characters"][name] for name in ("ada", "bruno", "twin", "eve")},
    "places": {name: WIDE["places"][name] for name in ("square", "yard")},  # the others show a picture of one's own
    "scenes": _SCENES,
    "outputs": {"film.mp4": {}},
}
_ZONES, _LOCALES = ("UTC", "Asia/Tokyo", "America/Caracas"), ("C", "C.UTF-8", "POSIX", "de_DE.UTF-8")


def test_keys_are_the_same_everywhere(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Hash seeds, folders, locales, time zones, homes, users and the order of keys in a file: fifty in a soak."""

    def keys_under(seed: int) -> str:
        folder = tmp_path / f"{'ä ' if seed % 2 else 'x'}{seed}"
        folder.mkdir()
        names = sorted(_SMALL.keys() - {"studio"})  # the key that tells the kind stands first
        random.Random(seed).shuffle(names)
        shuffled = {name: _SMALL[name] for name in ("studio", *names)}
        (folder / "plain.json").write_text(json.dumps(shuffled))
        env = {
            "PYTHONPATH": str(ROOT),
            "PYTHONHASHSEED": str(seed),
            "TZ": _ZONES[seed % 3],
            "LC_ALL": _LOCALES[seed % 4],
            "HOME": str(folder),
            "PATH": os.environ["PATH"],
            "USER": f"user{seed}",
        }
        command = [sys.executable, "-m", "tests.planned"]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    with ThreadPoolExecutor(2) as pool:
        said = set(pool.map(keys_under, range(50 if request.config.getoption("--soak") else 12)))
    assert len(said) == 1 and len(said.pop().strip()) == 32

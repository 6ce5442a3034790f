"""Fixtures for all tests: a project folder that can be written to and built, in this process or in another."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.pins import pin_environment

pin_environment()  # before numpy is imported by a test
# where tests run in the background of a shell ctrl-C is ignored, and would be by every command that they start
signal.signal(signal.SIGINT, signal.default_int_handler)

import pytest  # noqa: E402

ROOT = Path(__file__).parent.parent

#: of commands in processes of their own
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "STUDIO_PARALLEL": "1"}

#: a film of a second at a size that costs nothing; every part of the language that a test may want to edit
TINY = """\
studio: 1
title: Tiny
fps: 12
size: 64x36
characters:
  ada: {height: 1.5m, heads: 3.3, wears: [{coat: mantle, colour: teal}, {hat: newsboy, colour: brick}]}
  bruno: {height: 1.7m, shape: square, heads: 4.4, wears: [{coat: tails, colour: plum}]}
places:
  square:
    time: dusk
    planes: [sky, cobbles, {prop: street-lamp, name: lamp, x: 0.6, z: 9}]
    marks: {post: {x: -0.6, z: 7}, bench: {x: 1.2, z: 7}}
scenes:
  one:
    place: square
    cast: [{who: ada, stand: post}]
    action: [{shot: wide}, {who: ada, do: wave, over: 8f}]
    length: 12f
  two:
    place: square
    cast: [{who: bruno, stand: bench}]
    action: [{shot: full, on: bruno}, {who: bruno, say: "Oh."}]
    length: 12f
passes:
  wash: {rule: watercolor}
cut: [one, two]
outputs:
  film.mp4: {}
"""


@dataclass
class Result:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The last line of the output as JSON."""
        return json.loads(self.out.strip().splitlines()[-1])


class Space:
    """A project folder under a temporary one; `keep` its path to debug."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, str):
            path.write_text(text, encoding="utf-8")
        else:
            path.write_bytes(text)
        return path

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def edit(self, old: str, new: str, name: str = "Studiofile") -> None:
        """Replace a text that must be there."""
        text = self.read(name).decode()
        assert old in text, f"`{old}` is not in {name}"
        self.write(name, text.replace(old, new))

    def run(self, *arguments: str) -> Result:
        """A command in this process."""
        from studio import cli

        out, err = io.StringIO(), io.StringIO()
        before = os.getcwd()
        os.chdir(self.folder)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = cli.run(list(arguments), None)
        finally:
            os.chdir(before)
        return Result(code, out.getvalue(), err.getvalue())

    def ok(self, *arguments: str) -> Result:
        """A command in this process that must succeed."""
        result = self.run(*arguments)
        assert result.code == 0, result.err or result.out
        return result

    def json_of(self, *arguments: str) -> Any:
        """What a command that must succeed prints with --json."""
        return self.ok(*arguments, "--json").json

    def build(self, *arguments: str) -> Any:
        """Build; -> the report."""
        return self.ok("build", "--json", *arguments).json

    def foretell(self, *arguments: str) -> Any:
        """A dry run; -> what it prints."""
        return self.ok("build", "-n", "--json", *arguments).json

    def process(self, *arguments: str, **environment: str) -> Result:
        """A command in a process of its own, as a user runs it."""
        done = subprocess.run(
            [sys.executable, "-m", "studio", *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Space]:
    """An empty project folder; work stays in this process."""
    monkeypatch.setenv("STUDIO_PARALLEL", "0")
    monkeypatch.delenv("STUDIO_CACHE", raising=False)
    yield Space(tmp_path)


@pytest.fixture
def tiny(space: Space) -> Space:
    """A project folder with the tiny film in it."""
    space.write("Studiofile", TINY)
    return space


#: files that take longest: begun first, so that no worker is left alone with one in the end
LONGEST = ("test_keys.py", "test_kills.py", "test_random_edits.py", "test_contract.py", "test_own_rules.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="many more random tries; takes hours")
    parser.addoption("--golden", action="store_true", help="write goldens anew instead of comparing")

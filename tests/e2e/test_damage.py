"""Any file of the store flipped, cut, swapped, emptied or gone: a miss or a repair, never a wrong byte."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studio.packs import all_packs
from tests.conftest import TINY, Space


@pytest.fixture(autouse=True)
def serial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_PARALLEL", "0")
    monkeypatch.delenv("STUDIO_CACHE", raising=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Space]:
    """A small film and its store; tests work on copies."""
    space = Space(tmp_path_factory.mktemp("built"))
    space.write("Studiofile", TINY + "  still.png: {of: film.mp4, at: 3f}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDIO_PARALLEL", "0")
        space.build()
    yield space


def copied(built: Space, folder: Path) -> Space:
    shutil.copytree(built.folder, folder, dirs_exist_ok=True)
    return Space(folder)


# -- kinds of damage; each takes a file, another of the store, and a source of chance


def flip(path: Path, other: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)


def cut(path: Path, other: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: chance.choice([0, 1, len(data) // 2, max(0, len(data) - 1)])])


def swap(path: Path, other: Path, chance: random.Random) -> None:
    mine, theirs = path.read_bytes(), other.read_bytes()
    path.write_bytes(theirs)
    other.write_bytes(mine)


def fill(path: Path, other: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(path.stat().st_size))


def lose(path: Path, other: Path, chance: random.Random) -> None:
    path.unlink()


def turn_to_folder(path: Path, other: Path, chance: random.Random) -> None:
    path.unlink()
    path.mkdir()


KINDS: list[Callable[[Path, Path, random.Random], None]] = [flip, flip, cut, swap, fill, lose, turn_to_folder]


def store_files(space: Space) -> list[Path]:
    root = space.folder / ".cache"
    return sorted(p for p in root.rglob("*") if p.is_file() and p.name != ".gitignore")


def test_damage_is_a_miss(built: Space, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    right = built.read("out/film.mp4"), built.read("out/still.png")
    for n in range(2000 if request.config.getoption("--soak") else 70):
        chance = random.Random(n)
        space = copied(built, tmp_path / str(n))
        files = store_files(space)
        for _ in range(chance.choice([1, 1, 3])):
            path, other = chance.choice(files), chance.choice(files)
            if path.is_file() and other.is_file():
                chance.choice(KINDS)(path, other, chance)
        if chance.random() < 0.8:
            (space.folder / "out/film.mp4").unlink()
            (space.folder / "out/still.png").unlink()
        if chance.random() < 0.5:
            space.edit("colour: teal", "colour: wine")
            space.build()
            space.edit("colour: wine", "colour: teal")
        result = space.run("build", "--json")
        assert result.code == 0, f"{n}: {result.err}"
        assert (space.read("out/film.mp4"), space.read("out/still.png")) == right, n
        shutil.rmtree(space.folder)


def test_verify_finds_all_of_it(built: Space, tmp_path: Path) -> None:
    for n, path in enumerate(list(all_packs(built.folder / ".cache")) * 3):
        chance = random.Random(n)
        space = copied(built, tmp_path / str(n))
        damaged = space.folder / path.relative_to(built.folder)
        KINDS[n % (len(KINDS) - 1)](damaged, next(p for p in all_packs(damaged.parents[2]) if p != damaged), chance)
        found = space.run("cache", "verify")
        assert found.code == 1 and "damaged" in found.out, f"{n}: {found.out}{found.err}"
        assert space.run("cache", "verify").code == 0
        space.build()
        assert space.read("out/film.mp4") == built.read("out/film.mp4")


def test_verify_says_nothing_of_a_whole_store(built: Space) -> None:
    result = built.run("cache", "verify")
    assert result.code == 0 and "whole" in result.out

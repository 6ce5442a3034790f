"""Whatever is edited, deleted, damaged or broken off, in whatever order: the next build is a clean build, byte for
byte, made what it foretold, and made nothing that the store still had."""

from __future__ import annotations

import functools
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from studio.fingerprint import Fingerprints
from studio.packs import Kind, all_packs
from studio.workspace import Workspace
from tests.conftest import ENVIRONMENT, Space

FILES = {
    "Studiofile": """\
studio: 1
title: {title}
fps: {fps}
size: {size}
characters: {{ada: ada.yaml}}
places: {{square: square.yaml}}
scenes: {{one: one.yaml, film: {{footage: clip.mp4, length: 4f}}}}
passes:
  dim: {{rule: silent_film, strength: 0}}
  old: {{rule: silent_film, tint: {tint}}}
  toon: {{rule: cel_shaded}}
  pulp: {{rule: comic_halftone}}
cut: {cut}
outputs:
  film.mp4: {{quality: {quality}, passes: [{passes}]}}
  still.png: {{of: film.mp4, at: {at}}}
""",
    "ada.yaml": "character: Ada\nheight: {height}\nheads: 3.3\nwears: [{{coat: mantle, colour: {coat}}}]\n",
    "square.yaml": "place: Square\ntime: {time}\nplanes: [{sky}, {{prop: street-lamp, name: lamp, x: {lamp}, z: 9}}]\n"
    "marks: {{post: {{x: {post}, z: 7}}}}\n",
    "one.yaml": "scene: One\nplace: square\ncast: [{{who: ada, stand: post, facing: {facing}}}]\n"
    "action: [{{shot: {shot}}}, {{who: ada, {verb}}}, {turn}]\npasses: [dim]\nlength: {length}\n",
}

#: every value that may change: the first is where a film starts from
VALUES: dict[str, list[str]] = {
    "title": ["Tiny", "Other"],
    "fps": ["12", "10"],
    "size": ["64x36", "48x48"],
    "tint": ["night", "sepia"],
    "cut": [
        "[one, film]",
        "[film, one]",
        "[one, {dissolve: 2f}, film]",
        "[{fade: 2f}, one]",
        "[{fade: 5f}, one]",
        "[one, {iris: ada}]",
    ],
    "quality": ["20", "26"],
    "passes": ["", "old", "toon", "pulp"],
    "at": ["2f", "5f"],
    "height": ["1.5m", "1.7m"],
    "coat": ["teal", "wine", '"#123456"'],
    "time": ["dusk", "day"],
    "sky": ["sky", "{plate: sky, seed: 3}"],
    "lamp": ["0.6", "-0.4"],
    "post": ["-0.6", "0.2"],
    "facing": ["right", "left"],
    "shot": ["full", "wide"],
    "turn": [
        "{hold: 1f}",
        "{pass: dim, to: {strength: 0.6, exposure: 1}, at: 2f, over: 3f}",
        "{pass: dim, to: {strength: 1}, at: 4f}",
    ],
    "verb": ["do: wave, over: 6f", "do: nod", 'say: "Oh."'],
    "length": ["8f", "10f"],
}


@dataclass
class Film:
    """A project folder whose files are written from chosen values."""

    space: Space
    values: dict[str, str] = field(default_factory=lambda: {name: options[0] for name, options in VALUES.items()})
    clip: int = 0
    is_damaged: bool = False  # bytes of the store were altered; it may be noticed builds later

    def write(self) -> None:
        for name, text in FILES.items():
            self.space.write(name, text.format(**self.values))
        self.space.write("clip.mp4", clip_bytes(self.clip))

    @property
    def name(self) -> str:
        return repr((sorted(self.values.items()), self.clip))

    @property
    def root(self) -> Path:
        return self.space.folder / ".cache"

    def outputs(self) -> tuple[bytes, bytes]:
        return self.space.read("out/film.mp4"), self.space.read("out/still.png")


@functools.cache
def clip_bytes(number: int) -> bytes:
    """A clip of footage: 6 frames of a moving square."""
    with tempfile.TemporaryDirectory() as folder:
        space = Space(Path(folder))
        colour = ("teal", "wine")[number]
        space.write("Studiofile", f"studio: 1\nfps: 12\nsize: 32x32\ncut: [{{card: {colour}, length: 6f}}]\n")
        with (space.folder / "Studiofile").open("a") as file:
            file.write("outputs: {c.mp4: {}}\n")
        space.build()
        return space.read("out/c.mp4")


@functools.cache
def base_store() -> Path:
    """The store and outputs of the film as it starts; each try gets a copy."""
    folder = Path(tempfile.mkdtemp(prefix="studio-base-"))
    film = Film(Space(folder))
    film.write()
    film.space.build()
    return folder


_clean: dict[str, tuple[bytes, bytes]] = {}


def clean_outputs(film: Film) -> tuple[bytes, bytes]:
    """What a clean build of the same files makes in another folder."""
    if film.name not in _clean:
        with tempfile.TemporaryDirectory() as folder:
            other = Film(Space(Path(folder)), film.values, film.clip)
            other.write()
            kept = other.root / "state" / "fingerprints.json.z"  # parsed code, kept by the digest of the code
            kept.parent.mkdir(parents=True)
            shutil.copy(base_store() / ".cache" / "state" / "fingerprints.json.z", kept)
            other.space.build()
            _clean[film.name] = other.outputs()
    return _clean[film.name]


def made(root: Path) -> dict[int, set[bytes]]:
    """The keys that an index knows, by kind."""
    found: dict[int, set[bytes]] = {int(kind): set() for kind in Kind}
    db = sqlite3.connect(root / "index.db")
    # a build that was killed early leaves an index in which there is no table yet
    if db.execute("select 1 from sqlite_master where name='made'").fetchone():
        for key, kind in db.execute("select key, kind from made"):
            found[kind].add(key)
    db.close()
    return found


# -- what may happen to a project; each takes the film and a number to choose by


def change(film: Film, n: int) -> None:
    name = sorted(VALUES)[n % len(VALUES)]
    others = [v for v in VALUES[name] if v != film.values[name]]
    film.values = {**film.values, name: others[(n // len(VALUES)) % len(others)]}
    film.write()


def revert(film: Film, n: int) -> None:
    film.values = {name: options[0] for name, options in VALUES.items()}
    film.clip = 0
    film.write()


def other_clip(film: Film, n: int) -> None:
    film.clip = 1 - film.clip
    film.write()


def comment(film: Film, n: int) -> None:
    name = sorted(FILES)[n % len(FILES)]
    film.space.write(name, f"# a comment {n}\n" + film.space.read(name).decode())


def spoil_output(film: Film, n: int) -> None:
    path = film.space.folder / "out" / ("film.mp4", "still.png")[n % 2]
    data = path.read_bytes()
    how = n // 2 % 4
    if how == 0:
        path.unlink()
    elif how == 1:
        path.write_bytes(data[: n % len(data)])
    elif how == 2:
        path.write_bytes(data)  # touched
    else:
        at = n % len(data)
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


def lose_packs(film: Film, n: int) -> None:
    packs = list(all_packs(film.root))
    for path in packs if n % 3 == 0 else packs[n % max(1, len(packs)) :][:1]:
        path.unlink()


def damage_pack(film: Film, n: int) -> None:
    packs = list(all_packs(film.root))
    if packs:
        path = packs[n % len(packs)]
        data = bytearray(path.read_bytes())
        data[random.Random(n).randrange(len(data))] ^= 1 << n % 8
        path.write_bytes(data)
        film.is_damaged = True


def lose_index(film: Film, n: int) -> None:
    for suffix in ("", "-wal", "-shm"):
        (film.root / f"index.db{suffix}").unlink(missing_ok=True)
    if n % 2:
        (film.root / "index.db").write_bytes(b"garbage" * 999)
    film.is_damaged = True  # what was made and not kept is not known any more


def break_off(film: Film, n: int) -> None:
    """A build that is killed at some moment."""
    change(film, n)
    command = [sys.executable, "-m", "studio", "build", "-j", str(n % 2 + 1)]
    building = subprocess.Popen(
        command, cwd=film.space.folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(0.3 + (n % 97) / 97)
    building.send_signal(signal.SIGKILL if n % 3 else signal.SIGINT)
    building.wait(60)  # that it ends within a second is held by a test that is alone on its cores
    film.is_damaged = film.is_damaged or not (film.root / "index.db").exists()


OFTEN: list[Callable[[Film, int], None]] = [change, change, change, change, revert, other_clip, comment]
SELDOM: list[Callable[[Film, int], None]] = [spoil_output, lose_packs, damage_pack, lose_index]
RARELY: list[Callable[[Film, int], None]] = [break_off]
STEP = st.tuples(st.sampled_from([*OFTEN * 5, *SELDOM * 2, *RARELY]), st.integers(0, 9999))


def build_and_check(film: Film, parallel: bool) -> None:
    foretold, before = film.space.foretell(), made(film.root)
    if parallel:
        result = film.space.process("build", "--json", "-j", "2", STUDIO_PARALLEL="1")
        assert result.code == 0, result.err
        report = result.json
    else:
        report = film.space.build()
    after = made(film.root)
    assert film.outputs() == clean_outputs(film), "not what a clean build makes"
    if not film.is_damaged:
        _check_counts(foretold, report, {kind: len(after[kind] - before[kind]) for kind in after})
    # as it was built: a process of its own finds outputs that are as it left them before it asks a lost index
    second = functools.partial(film.space.process, STUDIO_PARALLEL="1") if parallel else film.space.ok
    again = second("build", "--json").json
    for kind, what in (("drawings", "minted"), ("frames", "rendered"), ("frames", "again"), ("segments", "encoded")):
        assert again[kind][what] == 0, f"a second build has {again[kind]}"
    assert {o["state"] for o in again["outputs"]} == {"fresh"}


def _check_counts(foretold: Any, report: Any, new: dict[int, int]) -> None:
    drawings, frames, segments = report["drawings"], report["frames"], report["segments"]
    assert drawings["minted"] + drawings["cut"] == foretold["drawings"]["stale"]
    assert frames["rendered"] + frames["cut"] == foretold["frames"]["stale"]
    assert segments["encoded"] + segments["cut"] == foretold["segments"]["stale"]
    assert frames["again"] == foretold["frames"]["again"] and drawings["again"] == foretold["drawings"]["again"]
    assert min(drawings["cut"], frames["cut"], segments["cut"]) >= 0
    # what was made is new to the index, each once: nothing is made that it knew
    assert new[Kind.DRAWING] == drawings["minted"] and new[Kind.FRAME] == frames["rendered"]
    assert new[Kind.SEGMENT] <= segments["encoded"]


def run(steps: list[tuple[Callable[[Film, int], None], int]], folder: Path) -> None:
    shutil.copytree(base_store(), folder, dirs_exist_ok=True)
    film = Film(Space(folder))
    for act, n in steps:
        act(film, n)
        build_and_check(film, parallel=n % 40 == 7)


@functools.cache
def code_of_this_process() -> Fingerprints:
    """Of the code that runs here, which stays what it is: a quarter of a build this small went into reading it."""
    return Fingerprints()


@pytest.fixture(autouse=True)
def serial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workspace, "fingerprints", property(lambda _: code_of_this_process()))
    monkeypatch.setenv("STUDIO_PARALLEL", "0")
    monkeypatch.delenv("STUDIO_CACHE", raising=False)


def test_every_value_of_every_field_and_back(tmp_path: Path) -> None:
    shutil.copytree(base_store(), tmp_path, dirs_exist_ok=True)
    film = Film(Space(tmp_path))
    start = dict(film.values)
    for name, options in VALUES.items():
        for value in [*options[1:], options[0]]:
            film.values = {**start, name: value}
            film.write()
            build_and_check(film, parallel=False)


def test_what_is_restyled_from_an_equal_drawing_is_cut(tmp_path: Path) -> None:
    """The face of another coat is minted anew and comes out as it was, and so its restyling is there; found by a soak:
    it was counted as another build's."""
    shutil.copytree(base_store(), tmp_path, dirs_exist_ok=True)
    film = Film(Space(tmp_path))
    for name, value in (("passes", "toon"), ("coat", "wine")):
        film.values = {**film.values, name: value}
        film.write()
        build_and_check(film, parallel=False)


PARTS = 8  # so that a soak spreads over cores


@pytest.mark.parametrize("part", range(PARTS))
def test_random_edits(request: pytest.FixtureRequest, part: int) -> None:
    soak = request.config.getoption("--soak")

    @seed(random.randrange(1 << 32) if soak else part)
    @given(st.lists(STEP, min_size=1, max_size=5 if soak else 3))
    @settings(
        max_examples=(10_000 if soak else 200) // PARTS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def tries(steps: list[tuple[Callable[[Film, int], None], int]]) -> None:
        with tempfile.TemporaryDirectory(prefix="studio-edits-") as folder:
            run(steps, Path(folder))

    tries()

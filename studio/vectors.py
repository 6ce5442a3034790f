"""Vectors: what planning found out about whole shots, kept by the hash of all that it depends on.

A vector is kept once every drawing and frame of its shot has a digest, and says the same for ever:
its name holds the scene, everybody in it, the styles, size and form, and all of our code. A film's
vectors are one file with a digest of its own; whatever is wrong with it, they are computed again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from studio import memo
from studio.action import Line
from studio.film import Shot
from studio.fingerprint import versions
from studio.hashing import WIDTH, Keys, canonical, digest, key
from studio.keys import Keyring
from studio.pins import processor
from studio.project import Project


@dataclass(frozen=True)
class Vector:
    """n frames of a shot. keys, digests: (n, 16), a digest of zeros where it is not known; motion: (n,);
    drawings: (m, 16) names of those shown; cuts: frames at which something begins; borders: first frames
    of segments where the shot stands alone."""

    keys: Keys
    digests: Keys
    motion: NDArray[np.uint64]
    drawings: Keys
    cuts: list[int]
    borders: list[int]


class Vectors:
    """The vectors of a project's films, and the names that they are found by."""

    def __init__(self, project: Project, keyring: Keyring, root: Path) -> None:
        self._project, self._keyring, self._root = project, keyring, root
        self._files: dict[str, dict[bytes, Vector]] = {}
        self._names: dict[tuple[int, str], bytes] = {}
        self._said: dict[int, bytes] = {}  # of what many scenes share, by id; the project keeps it alive
        self._codes: dict[tuple[int, ...], bytes] = {}
        self._shots: list[Shot] = []  # kept alive for their ids

    def of(self, film: str, form: str, shot: Shot) -> Vector | None:
        """What is kept of a shot of a film."""
        kept = self._kept(film)
        return kept.get(self.name(shot, form)) if kept and shot.clip is None else None

    def keep(self, film: str, found: Mapping[bytes, Vector]) -> None:
        """Replace what is kept of a film."""
        if found.keys() != self._kept(film).keys():
            write(self._path(film), found)
            self._files[film] = dict(found)

    def name(self, shot: Shot, form: str) -> bytes:
        """The hash of everything that a shot's vector depends on."""
        if (id(shot), form) not in self._names:
            self._names[id(shot), form] = self._named(shot, form)
            self._shots.append(shot)
        return self._names[id(shot), form]

    @cached_property
    def _common(self) -> bytes:
        stages = (versions(stage) for stage in ("drawing", "frame"))
        return key(memo.code(), sys.version.encode(), processor().encode(), *stages, str(self._project.fps).encode())

    def _named(self, shot: Shot, form: str) -> bytes:
        scene = shot.script.scene
        walkers = [self._shared(scene.figures[who]) for who in sorted(_acting(scene.action)) if who in scene.figures]
        styles = [self._shared(style) for style in shot.styles]
        said = [self._shared(scene.stage), *(self._shared(c.figure) for c in scene.cast), *walkers, *styles]
        rules = (id(scene.stage), *(id(style) for style in shot.styles))
        if rules not in self._codes:
            self._codes[rules] = self._keyring.code_of_shot(shot)
        code = self._codes[rules]
        own = _plain(
            [getattr(scene, f.name) for f in fields(scene) if f.name not in ("stage", "loc", "cast", "figures")]
        )
        cast = _plain([[getattr(c, f.name) for f in fields(c) if f.name != "figure"] for c in scene.cast])
        size = f"{shot.width}x{shot.height} {form} {shot.length} {shot.captions}".encode()
        return key(self._common, code, size, own, cast, *said)

    def _kept(self, film: str) -> dict[bytes, Vector]:
        if film not in self._files:
            self._files[film] = read(self._path(film))
        return self._files[film]

    def _path(self, film: str) -> Path:
        return self._root / digest(canonical([str(self._project.path), film])).hex()

    def _shared(self, value: Any) -> bytes:
        if id(value) not in self._said:
            self._said[id(value)] = _plain(value)
        return self._said[id(value)]


def _acting(lines: Iterable[Line]) -> set[str]:
    """Whoever does something in some lines of action."""
    names: set[str] = set()
    for line in lines:
        names |= {line.who or ""} | _acting(line.together or ())
    return names


def _plain(value: Any) -> bytes:
    """Targets as bytes, field by field: a field added to one of them is in every name at once."""
    if isinstance(value, BaseModel):
        return type(value).__name__.encode() + value.model_dump_json().encode()
    if is_dataclass(value) and not isinstance(value, type):
        return key(type(value).__name__.encode(), *(_plain(getattr(value, f.name)) for f in fields(value)))
    if isinstance(value, Mapping):
        return key(*(part for name in sorted(value) for part in (_plain(name), _plain(value[name]))))
    if isinstance(value, (tuple, list)):
        return key(*(_plain(item) for item in value))
    assert value is None or isinstance(value, (str, int, float, Path, bytes)), f"{value!r} has no plain form"
    return repr(value).encode()


# -- their file


def read(path: Path) -> dict[bytes, Vector]:
    """The vectors of a film by name; none if the file is not as it was written."""
    data = memo.read(path)
    if data is None:
        return {}
    at, found = 4 + int.from_bytes(data[:4], "little"), {}
    for name, frames, drawings, cuts, borders in json.loads(data[4:at]):
        arrays = []
        for count in (frames * WIDTH, frames * WIDTH, drawings * WIDTH, frames * 8):
            arrays.append(np.frombuffer(data, np.uint8, count, at))
            at += count
        keys, digests, drawn = (array.reshape(-1, WIDTH) for array in arrays[:3])
        found[bytes.fromhex(name)] = Vector(keys, digests, arrays[3].view(np.uint64), drawn, cuts, borders)
    return found


def write(path: Path, vectors: Mapping[bytes, Vector]) -> None:
    """Keep the vectors of a film."""
    table = [[name.hex(), len(v.keys), len(v.drawings), v.cuts, v.borders] for name, v in vectors.items()]
    head = json.dumps(table, separators=(",", ":")).encode()
    parts = [len(head).to_bytes(4, "little"), head]
    for v in vectors.values():
        parts += [v.keys.tobytes(), v.digests.tobytes(), v.drawings.tobytes(), v.motion.tobytes()]
    memo.write(path, b"".join(parts))

"""Finished files: written aside and renamed, and known to be as they were left.

A film is one file; stills are one file; a folder of frames is many, its manifest written last.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from studio.errors import BuildError
from studio.hashing import digest, digest_of_file

MANIFEST = ".studio-frames.json"


def stamp(path: Path) -> list[int] | None:
    """Size, time and place on disk of a file, or of all files of a folder of frames."""
    try:
        if path.is_dir():
            names = json.loads((path / MANIFEST).read_bytes())["frames"]
            return [value for name in [MANIFEST, *names] for value in _stat(path / name)]
        return _stat(path)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def content(path: Path) -> bytes | None:
    """The digest of what is there."""
    try:
        if path.is_dir():
            names = json.loads((path / MANIFEST).read_bytes())["frames"]
            return digest(b"".join(digest_of_file(path / name) for name in [MANIFEST, *names]))
        return digest_of_file(path)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def files(path: Path) -> list[Path]:
    """The files that an output consists of."""
    if not path.is_dir():
        return [path]
    try:
        return [path / name for name in [MANIFEST, *json.loads((path / MANIFEST).read_bytes())["frames"]]]
    except (OSError, ValueError, KeyError, TypeError):
        return [path / MANIFEST]


def write_file(path: Path, data: bytes) -> None:
    """Replace a file in one step."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except PermissionError as error:
        raise BuildError(
            f"{path} cannot be replaced: {error.strerror}", "close the program that holds it open"
        ) from error
    finally:
        aside.unlink(missing_ok=True)


def write_folder(folder: Path, frames: Iterator[bytes], count: int) -> None:
    """Replace a folder of frames file by file, manifest last; frames left over from before go."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    names: list[str] = []
    for number, data in enumerate(frames):
        name = f"{number:0{max(6, len(str(count)))}}.png"
        if not _holds(folder / name, data):
            write_file(folder / name, data)
        names.append(name)
    for old in folder.glob("[0-9]*.png"):
        if old.name not in set(names):
            with contextlib.suppress(OSError):
                old.unlink()
    write_file(folder / MANIFEST, json.dumps({"frames": names}).encode())


def prepare(paths: Sequence[Path]) -> None:
    """Make the folders that outputs go to, before any work is done for them."""
    for path in paths:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BuildError(f"{path.parent} cannot be made: {error.strerror}") from error
        if not os.access(path.parent, os.W_OK):
            raise BuildError(f"{path.parent} cannot be written to")


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _stat(path: Path) -> list[int]:
    s = os.stat(path)
    return [s.st_size, s.st_mtime_ns, s.st_ino]

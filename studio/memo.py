"""Files that only save time: written aside, checked by a digest of their own, dropped when our code changes.

Whoever reads one must be able to do without it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from studio.hashing import WIDTH, digest, key
from studio.state import code_files


@lru_cache(maxsize=1)
def code() -> bytes:
    """The hash of all our code, comments and all: what is kept says what this very code found out."""
    return key(*(Path(name).read_bytes() for name in code_files()))


def read(path: Path) -> bytes | None:
    """What was kept, or None if the file is not there, is not as it was written, or comes from other code."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    body = data[WIDTH:]
    return body if data[:WIDTH] == _seal(path, body) else None


def _seal(path: Path, body: bytes) -> bytes:
    return key(code(), path.name.encode(), digest(body))  # with its name, so that no file stands in for another


def write(path: Path, body: bytes) -> None:
    """Keep it; what cannot be written is only found out again."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(_seal(path, body) + body)
        os.replace(aside, path)

"""Packs: files that hold many blobs of one kind and end with a table of what is in them.

A pack is written aside, named after its table's digest, and never changed; so the index can be
rebuilt from packs, and a torn pack has no valid table and counts for nothing. Knows no SQL.
"""

from __future__ import annotations

import contextlib
import errno
import os
import struct
import uuid
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import BinaryIO, NamedTuple

import zstandard

from studio.hashing import digest

_ENTRY = struct.Struct("<16s16sBBQIf")  # key, digest, kind, is compressed, offset, bytes stored, cost in seconds
_FOOTER = struct.Struct("<I16s4s")  # entries, digest of the table, magic
_MAGIC = b"PAK1"


class Kind(IntEnum):
    """What a blob is."""

    DRAWING = 1
    FRAME = 2
    SEGMENT = 3


#: of compression. An encoded segment does not shrink any more; frames do by a tenth less than at 1, in two thirds of
#: the time
_LEVELS = {Kind.DRAWING: 1, Kind.FRAME: -3}


class Entry(NamedTuple):
    """One made thing and where its bytes stand; `pack` is empty for a thing whose bytes were not kept."""

    key: bytes
    digest: bytes
    kind: Kind
    cost: float
    pack: str = ""
    offset: int = 0
    length: int = 0
    is_compressed: bool = False


class PackWriter:
    """Collects blobs of one kind in `tmp/`; `close` moves the pack to its place and says what is in it."""

    def __init__(self, root: Path, kind: Kind, build: str) -> None:
        self._root, self.kind = root, kind
        self._aside = root / "tmp" / f"{build}-{uuid.uuid4().hex}"
        self._file: BinaryIO | None = None  # most jobs put nothing into one of their packs
        self._entries: list[Entry] = []
        self._squeeze = zstandard.ZstdCompressor(level=_LEVELS[kind]) if kind in _LEVELS else None

    def add(self, key: bytes, digest_: bytes, data: bytes, cost: float) -> None:
        """OSError (ENOSPC among others) leaves nothing that counts."""
        stored = self._squeeze.compress(data) if self._squeeze else data
        self._file = self._file or self._aside.open("wb")
        offset = self._file.tell()
        self._file.write(stored)
        self._entries.append(Entry(key, digest_, self.kind, cost, "", offset, len(stored), self._squeeze is not None))

    def close(self) -> list[Entry]:
        """Rename the pack into `packs/`; an empty one vanishes."""
        if self._file is None or not self._entries:
            self.drop()
            return []
        table = b"".join(
            _ENTRY.pack(e.key, e.digest, e.kind, e.is_compressed, e.offset, e.length, e.cost) for e in self._entries
        )
        name_digest = digest(table)
        self._file.write(table + _FOOTER.pack(len(self._entries), name_digest, _MAGIC))
        self._file.close()
        name = f"{name_digest.hex()[:2]}/{name_digest.hex()}"
        place = self._root / "packs" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(self._aside, place)
        return [e._replace(pack=name) for e in self._entries]

    def drop(self) -> list[Entry]:
        """Throw away what was written so far; -> what it was, as things whose bytes are not kept."""
        with contextlib.suppress(OSError):
            if self._file is not None:
                self._file.close()
        self._aside.unlink(missing_ok=True)
        dropped, self._entries = self._entries, []
        return dropped


def is_full(error: BaseException | None) -> bool:
    """Whether an error says that the disk, or one's share of it, is full."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def name_of(path: Path) -> str:
    """A pack's name in the index: its folder and its file."""
    return f"{path.parent.name}/{path.name}"


def table_of(path: Path) -> list[Entry]:
    """What a pack says it holds; ValueError or OSError if it is torn."""
    name = name_of(path)
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if size < _FOOTER.size:
            raise ValueError(f"{name}: too short")
        file.seek(size - _FOOTER.size)
        count, named, magic = _FOOTER.unpack(file.read(_FOOTER.size))
        start = size - _FOOTER.size - count * _ENTRY.size
        if magic != _MAGIC or start < 0:
            raise ValueError(f"{name}: no table at its end")
        file.seek(start)
        table = file.read(count * _ENTRY.size)
    if digest(table) != named or named.hex() != path.name:
        raise ValueError(f"{name}: its table is damaged")
    return [
        Entry(key, digest_, Kind(kind), cost, name, offset, length, bool(squeezed))
        for key, digest_, kind, squeezed, offset, length, cost in _ENTRY.iter_unpack(table)
    ]


def read_blob(root: Path, entry: Entry) -> bytes | None:
    """The bytes of an entry, or None if they are not what its digest says."""
    try:
        with (root / "packs" / entry.pack).open("rb") as file:
            file.seek(entry.offset)
            stored = file.read(entry.length)
        data = zstandard.ZstdDecompressor().decompress(stored) if entry.is_compressed else stored
    except (OSError, zstandard.ZstdError, MemoryError, ValueError):
        return None
    return data if digest(data) == entry.digest else None


def all_packs(root: Path) -> Iterator[Path]:
    """Every pack file, in the order of names."""
    for folder in sorted((root / "packs").glob("??")):
        yield from sorted(p for p in folder.iterdir() if p.is_file())

"""The index: what was made of which key, and in which pack its bytes stand. The home of SQLite.

SQLite has no checksums, so each row of what was made carries one of itself. A damaged index is set
aside and built again from the packs; a full disk, a busy or a forbidden file is an error of its own.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import xxhash
from numpy.typing import NDArray

from studio.builders import alone
from studio.errors import BuildError
from studio.hashing import WIDTH, Keys
from studio.packs import Entry, all_packs, name_of, table_of

_SCHEMA = (
    "create table made(key blob primary key, digest blob, kind int, cost real, used int, sum int) without rowid",
    "create table blobs(digest blob primary key, kind int, pack text, offset int, length int, squeezed int)"
    " without rowid",
    "create index blobs_of_pack on blobs(pack)",
    "create table packs(name text primary key, kind int, bytes int, cost real, used int) without rowid",
    "create table pins(pack text, build text, primary key(pack, build)) without rowid",
    "create table leases(key blob primary key, build text) without rowid",
    "create table outputs(path text primary key, key blob, stamp text, digest blob) without rowid",
)
VERSION = 2  # of the tables; an index of another version is built anew from the packs
CHUNK = 500  # values in one statement
WAIT = 30  # seconds for others to finish writing
_MOST_MENDED = 3  # times in one call; builds side by side may find the same damage
_TURN = 0.02  # seconds until a busy index is tried again
_FULL, _IO, _BUSY, _LOCKED, _CANNOT_OPEN = 13, 10, 5, 6, 14
_LITTLE = 1_000_000  # bytes: with less room than that, an error of the disk is a full disk

Connection = sqlite3.Connection
T = TypeVar("T")
Rows = list[tuple]  # type: ignore[type-arg]


class Index:
    """A connection that heals itself. `reading`: a worker, to whom all trouble is a miss."""

    def __init__(self, root: Path, *, reading: bool) -> None:
        self._root, self._reading = root, reading
        self._path = root / "index.db"
        self._db: sqlite3.Connection | None = None
        self._inode = 0
        self.was_mended = False  # it was found damaged, and built anew from the packs

    def ask(self, sql: str, values: Sequence[object] = ()) -> Rows:
        """Rows of a query."""
        if self._reading:
            try:
                return self._connected().execute(sql, values).fetchall()
            except sqlite3.DatabaseError:
                return []
        return self._tried(lambda db: db.execute(sql, values).fetchall())

    def ask_all(self, sql: str, values: Sequence[bytes | str]) -> Rows:
        """Rows of a query with `in (?)`, asked in pieces."""
        found: Rows = []
        for start in range(0, len(values), CHUNK):
            part = values[start : start + CHUNK]
            found += self.ask(sql.replace("(?)", f"({','.join('?' * len(part))})"), part)
        return found

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do some writing in one transaction; it may be done twice, the second time in a new index."""

        def transaction(db: sqlite3.Connection) -> T:
            db.execute("begin immediate")
            try:
                result = work(db)
                db.execute("commit")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    db.execute("rollback")
                raise
            return result

        return self._tried(transaction)

    def close(self) -> None:
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
            self._db = None

    # -- trouble

    def _tried(self, work: Callable[[sqlite3.Connection], T]) -> T:
        until, mended = time.monotonic() + WAIT, 0
        while True:
            try:
                return work(self._connected())
            except sqlite3.DatabaseError as error:
                # where many open a new index at once, SQLite says that it is busy without waiting at all
                if _code(error) in (_BUSY, _LOCKED) and time.monotonic() < until:
                    time.sleep(_TURN)
                    continue
                if mended == _MOST_MENDED:
                    raise BuildError(
                        f"the store's index {self._path} cannot be used: {error}", "set another store with --cache DIR"
                    ) from error
                self._mend(error)
                mended += 1

    def _mend(self, error: sqlite3.DatabaseError) -> None:
        """Make a second try possible, or say why there is none."""
        code = _code(error)
        if code == _FULL or (code == _IO and shutil.disk_usage(self._root).free < _LITTLE):
            raise BuildError(
                f"no space left on the disk of the store {self._root}", "make room, or set another with --cache DIR"
            ) from error
        if code in (_BUSY, _LOCKED):
            raise BuildError(
                f"the store's index {self._path} was locked by another process for {WAIT} s", "try again later"
            ) from error
        broken = _inode(self._path)
        is_moved = self._db is not None and broken != self._inode
        self.close()
        if is_moved or (code == _CANNOT_OPEN and not broken):
            self.was_mended = True
            return  # another index stands in its place, or somebody is setting one up
        if code == _CANNOT_OPEN:
            os.close(os.open(self._root / "tmp", os.O_RDONLY))  # too many open files are no damage: OSError
        self._set_aside(broken)

    def _set_aside(self, broken: int) -> None:
        """Move a broken index, known by its inode, out of the way; the next connection builds another."""
        self.was_mended = True
        with alone(self._root / "index.lock"):
            if _inode(self._path) != broken:
                return  # another build was first
            mark = uuid.uuid4().hex[:8]
            for suffix in ("-wal", "-shm", ""):
                with contextlib.suppress(OSError):
                    os.replace(f"{self._path}{suffix}", self._root / "tmp" / f"broken-{mark}{suffix}")

    def _connected(self) -> sqlite3.Connection:
        if self._db is not None and _inode(self._path) != self._inode:
            self.close()  # another index stands in its place
        if self._db is None:
            if self._reading:
                self._db = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, timeout=WAIT, isolation_level=None)
            else:
                with alone(self._root / "index.lock"):  # not while somebody moves a broken one away
                    self._db = self._set_up()
            self._inode = _inode(self._path)
        return self._db

    def _set_up(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=WAIT, isolation_level=None, check_same_thread=False)
        try:
            db.execute("pragma journal_mode=wal")
            # digests are checked at each read, so a lost transaction costs time, never bytes
            db.execute("pragma synchronous=off")
            if _version(db) != VERSION:
                self._fill(db)
        except BaseException:
            db.close()
            raise
        return db

    def _fill(self, db: sqlite3.Connection) -> None:
        """Lay out an empty index, and read into it what the packs say of themselves: in one transaction, so that
        nobody who opens it meanwhile, or after we are killed, finds half of it."""
        db.execute("begin immediate")
        if _version(db) == VERSION:
            db.execute("commit")  # another build was first
            return
        if db.execute("select 1 from sqlite_master").fetchone():
            raise sqlite3.DatabaseError("an index of another version")
        for statement in _SCHEMA:
            db.execute(statement)
        for path in all_packs(self._root):
            with contextlib.suppress(OSError, ValueError):
                insert(db, table_of(path), self._root)
        db.execute(f"pragma user_version={VERSION}")
        db.execute("commit")


def insert(db: sqlite3.Connection, entries: Iterable[Entry], root: Path) -> None:
    """Rows for what was made, places for what was kept."""
    now, entries = int(time.time()), list(entries)
    db.executemany(
        "insert or replace into made values(?,?,?,?,?,?)",
        [(e.key, e.digest, int(e.kind), e.cost, now, _sum(e.key, e.digest, int(e.kind), e.cost)) for e in entries],
    )
    kept = [e for e in entries if e.pack]
    db.executemany(
        "insert or replace into blobs values(?,?,?,?,?,?)",
        [(e.digest, int(e.kind), e.pack, e.offset, e.length, int(e.is_compressed)) for e in kept],
    )
    costs: dict[str, tuple[int, float]] = {}
    for e in kept:
        costs[e.pack] = int(e.kind), costs.get(e.pack, (0, 0.0))[1] + e.cost
    for pack, (kind, cost) in costs.items():
        size = (root / "packs" / pack).stat().st_size
        db.execute("insert or replace into packs values(?,?,?,?,?)", (pack, kind, size, cost, now))


def forget_packs(db: sqlite3.Connection, names: Iterable[str]) -> None:
    """Clear the places in some packs; what was made stays known."""
    wanted = [(name,) for name in names]
    for table, column in (("blobs", "pack"), ("packs", "name"), ("pins", "pack")):
        db.executemany(f"delete from {table} where {column}=?", wanted)


def is_row(row: Sequence[object]) -> bool:
    """Whether a row (key, digest, kind, cost, sum, ...) can be looked at: damage may have changed any type."""
    made_of, digest, kind, cost, total, *_ = row
    if not (type(made_of) is bytes and type(digest) is bytes and type(cost) is float and type(total) is int):
        return False
    return len(made_of) == len(digest) == WIDTH and type(kind) is int and 0 < kind < 256


def columns_of(rows: Rows) -> list[tuple[Any, ...]]:
    """The columns of those rows that can be looked at; nothing if there are none."""
    columns = list(zip(*rows, strict=True))
    if columns and not _are_rows(*columns):
        columns = list(zip(*(row for row in rows if is_row(row)), strict=True))
    return columns


def _are_rows(*columns: tuple[Any, ...]) -> bool:
    """Whether all rows of some columns can be looked at (`is_row`): as they mostly can, and a feature has many."""
    if any(set(map(type, c)) != {kind} for c, kind in zip(columns, (bytes, bytes, int, float, int), strict=True)):
        return False
    keys, digests, kinds, *_ = columns
    return {*map(len, keys), *map(len, digests)} == {WIDTH} and 0 < min(kinds) <= max(kinds) < 256


def is_whole(row: Sequence[Any]) -> bool:
    """Whether a row of what was made is as it was written."""
    return is_row(row) and row[4] == _sum(*row[:4])


def there(root: Path) -> set[str]:
    """The names of all packs in a store's folder."""
    return {name_of(path) for path in all_packs(root)}


def _sum(made_of: bytes, digest: bytes, kind: int, cost: float) -> int:
    return xxhash.xxh3_64_intdigest(made_of + digest + bytes([kind]) + np.float64(cost).tobytes()) - (1 << 63)


def sums(keys: Keys, digests: Keys, kinds: NDArray[np.uint8], costs: NDArray[np.float64]) -> NDArray[np.int64]:
    """The checksums of many rows."""
    rows = np.concatenate([keys, digests, kinds[:, None], costs.view(np.uint8).reshape(-1, 8)], 1)
    width, data, hash_of = rows.shape[1], rows.tobytes(), xxhash.xxh3_64_intdigest
    values = (hash_of(data[i : i + width]) for i in range(0, len(data), width))
    return np.fromiter(values, np.uint64, len(rows)).view(np.int64) ^ np.int64(-(2**63))


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("pragma user_version").fetchone()[0])


def _code(error: sqlite3.DatabaseError) -> int:
    """SQLite's primary result code."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return 0

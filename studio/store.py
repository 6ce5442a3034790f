"""The store: an index from key to digest and from digest to place, over packs of bytes.

The store may forget: whatever is missing or damaged is a miss, and is made again. Every index row
carries a checksum of itself, since SQLite has none; every blob is checked against its digest when
it is read. Knows no picture and no rule.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio import outputs
from studio.errors import StudioError
from studio.hashing import WIDTH, Keys, as_pairs, lookup, stack
from studio.packs import Entry, Kind, PackWriter, all_packs, read_blob, table_of

_SCHEMA = """
create table if not exists made(
    key blob primary key, digest blob, kind int, cost real, used int, sum int) without rowid;
create table if not exists blobs(
    digest blob primary key, kind int, pack text, offset int, length int, squeezed int, used int) without rowid;
create index if not exists blobs_of_pack on blobs(pack);
create table if not exists outputs(path text primary key, key blob, stamp text, digest blob) without rowid;
"""
_CHUNK = 500  # keys asked for in one statement


class Known(NamedTuple):
    """What the index says of n keys: is there a digest, which, are its bytes there, what did it cost."""

    made: NDArray[np.bool_]
    digests: Keys
    stored: NDArray[np.bool_]
    costs: NDArray[np.float32]


@dataclass
class Stats:
    """Counts and bytes for `studio cache stats`."""

    rows: dict[str, int]
    blobs: dict[str, int]
    bytes: int
    packs: int


class Store:
    """A folder of packs and its index. One process writes; workers open it with `reading=True`."""

    def __init__(self, root: Path, *, reading: bool = False) -> None:
        self.root = root
        self._reading = reading
        self._db: sqlite3.Connection | None = None
        self._inode = 0
        if not reading:
            _lay_out(root)
            self._forget_lost_packs()

    # -- asking

    def known(self, keys: Keys) -> Known:
        """Look up n keys at once; a damaged row is a miss."""
        n = len(keys)
        found = Known(
            np.zeros(n, np.bool_), np.zeros((n, WIDTH), np.uint8), np.zeros(n, np.bool_), np.zeros(n, np.float32)
        )
        if not n:
            return found
        rows = [row for row in self._rows(keys) if _is_whole(row)]
        if not rows:
            return found
        at = lookup(stack(r[0] for r in rows), keys)
        hit = at >= 0
        found.made[:] = hit
        found.digests[hit] = stack(r[1] for r in rows)[at[hit]]
        found.stored[hit] = np.array([r[5] is not None for r in rows])[at[hit]]
        found.costs[hit] = np.array([r[3] for r in rows], np.float32)[at[hit]]
        return found

    def load(self, digest: bytes) -> bytes | None:
        """The bytes with that digest, or None; a place that does not hold them is cleared."""
        row = self._ask("select kind, pack, offset, length, squeezed from blobs where digest=?", [digest])
        if not row:
            return None
        kind, pack, offset, length, squeezed = row[0]
        try:
            entry = Entry(b"", digest, Kind(kind), 0.0, str(pack), int(offset), int(length), bool(squeezed))
        except (ValueError, TypeError):
            data = None
        else:
            data = read_blob(self.root, entry)
        if data is None and not self._reading:
            self.forget([digest])
        return data

    def cost_of(self, kind: Kind) -> float | None:
        """The mean cost in seconds of what was made of that kind, or None."""
        rows = self._ask(
            "select avg(cost) from (select cost from made where kind=? and cost>0 limit 20000)", [int(kind)]
        )
        return float(rows[0][0]) if rows and rows[0][0] is not None else None

    # -- telling

    def commit(self, entries: Iterable[Entry]) -> None:
        """Rows for what was made, places for what was kept, in one transaction."""
        now = int(time.time())
        entries = list(entries)
        made = [
            (e.key, e.digest, int(e.kind), e.cost, now, _sum(e.key, e.digest, int(e.kind), e.cost)) for e in entries
        ]
        kept = [
            (e.digest, int(e.kind), e.pack, e.offset, e.length, int(e.is_compressed), now) for e in entries if e.pack
        ]
        with self._writing() as db:
            db.executemany("insert or replace into made values(?,?,?,?,?,?)", made)
            db.executemany("insert or replace into blobs values(?,?,?,?,?,?,?)", kept)

    def forget(self, digests: Sequence[bytes]) -> None:
        """Clear the places of blobs that are gone."""
        with self._writing() as db:
            db.executemany("delete from blobs where digest=?", [(d,) for d in digests])

    def writer(self, kind: Kind, build: str) -> PackWriter:
        """A pack to write into; `commit` its entries once it is closed."""
        return PackWriter(self.root, kind, build)

    # -- finished files

    def intact(self, path: str) -> bytes | None:
        """The key of the output at a path if it is as the build left it, else None."""
        row = self._ask("select key, stamp, digest from outputs where path=?", [path])
        now = outputs.stamp(Path(path)) if row else None
        if now is None:
            return None
        key, stamp, digest = row[0]
        if json.dumps(now) == stamp:
            return bytes(key)
        if outputs.content(Path(path)) != digest:
            return None
        self.keep_output(path, key)  # only touched
        return bytes(key)

    def built_from(self, path: str) -> bytes | None:
        """The key of the output that a build last left at a path, whatever is there now."""
        row = self._ask("select key from outputs where path=?", [path])
        return bytes(row[0][0]) if row else None

    def keep_output(self, path: str, key: bytes) -> None:
        """Remember what an output was made from, and how its file looks."""
        row = (path, key, json.dumps(outputs.stamp(Path(path))), outputs.content(Path(path)))
        with self._writing() as db:
            db.execute("insert or replace into outputs values(?,?,?,?)", row)

    # -- care

    def stats(self) -> Stats:
        """How much is known and kept."""
        names = {int(k): k.name.lower() for k in Kind}
        rows = self._ask("select kind, count(*) from made group by kind", [])
        blobs = self._ask("select kind, count(*) from blobs group by kind", [])
        files = [p.stat().st_size for p in all_packs(self.root)]
        return Stats(
            {names.get(k, "?"): n for k, n in rows}, {names.get(k, "?"): n for k, n in blobs}, sum(files), len(files)
        )

    def collect(self, most: int) -> tuple[int, int]:
        """Delete packs until at most `most` bytes are kept: frames first, then drawings, then segments,
        each from the one used longest ago; -> (packs deleted, bytes freed). Rows stay."""
        order = {Kind.FRAME: 0, Kind.DRAWING: 1, Kind.SEGMENT: 2}
        packs = [(p, p.stat()) for p in all_packs(self.root)]
        total, freed, gone = sum(s.st_size for _, s in packs), 0, 0
        kinds = dict(self._ask("select pack, min(kind) from blobs group by pack", []))

        def rank(item: tuple[Path, os.stat_result]) -> tuple[int, float, str]:
            name = f"{item[0].parent.name}/{item[0].name}"
            return order.get(kinds.get(name, Kind.FRAME), 0), item[1].st_mtime, name

        for path, stat in sorted(packs, key=rank):
            if total - freed <= most:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                freed, gone = freed + stat.st_size, gone + 1
                with self._writing() as db:
                    db.execute("delete from blobs where pack=?", (f"{path.parent.name}/{path.name}",))
        return gone, freed

    def verify(self) -> Iterator[str]:
        """Read every byte; say what is damaged, and forget it."""
        for path in all_packs(self.root):
            name = f"{path.parent.name}/{path.name}"
            try:
                entries = table_of(path)
            except (OSError, ValueError) as error:
                yield f"{name}: {error}; removed"
                path.unlink(missing_ok=True)
                with self._writing() as db:
                    db.execute("delete from blobs where pack=?", (name,))
                continue
            whole = [(e, data) for e in entries if (data := read_blob(self.root, e)) is not None]
            if len(whole) < len(entries):
                yield f"{name}: {len(entries) - len(whole)} of {len(entries)} blobs are damaged; forgotten"
                self._salvage(path, name, whole)
        names = {f"{p.parent.name}/{p.name}" for p in all_packs(self.root)}
        missing = [p for (p,) in self._ask("select distinct pack from blobs", []) if p not in names]
        for pack in missing:
            yield f"{pack}: the file is gone; forgotten"
            with self._writing() as db:
                db.execute("delete from blobs where pack=?", (pack,))
        bad = [
            row[0] for row in self._ask("select key, digest, kind, cost, sum, null from made", []) if not _is_whole(row)
        ]
        if bad:
            yield f"index: {len(bad)} rows are damaged; forgotten"
            with self._writing() as db:
                db.executemany("delete from made where key=?", [(k,) for k in bad])

    def _salvage(self, path: Path, name: str, whole: Sequence[tuple[Entry, bytes]]) -> None:
        """Put what is whole in a damaged pack into a new one."""
        with self._writing() as db:
            db.execute("delete from blobs where pack=?", (name,))
        if whole:
            writer = self.writer(whole[0][0].kind, "salvage")
            for entry, data in whole:
                writer.add(entry.key, entry.digest, data, entry.cost)
            self.commit(writer.close())
        path.unlink(missing_ok=True)

    def close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _forget_lost_packs(self) -> None:
        """Clear the places in packs that someone deleted, so that they are missing from the plan too."""
        there = {f"{p.parent.name}/{p.name}" for p in all_packs(self.root)}
        lost = [(pack,) for (pack,) in self._ask("select distinct pack from blobs", []) if pack not in there]
        if lost:
            with self._writing() as db:
                db.executemany("delete from blobs where pack=?", lost)

    # -- SQL

    def _rows(self, keys: Keys) -> list[tuple[bytes, bytes, int, float, int, int | None]]:
        columns = "m.key, m.digest, m.kind, m.cost, m.sum, b.kind from made m left join blobs b on b.digest=m.digest"
        if len(keys) > 40 * _CHUNK:
            return self._ask(f"select {columns}", [])
        wanted = [k.tobytes() for k in keys]
        rows = []
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            rows += self._ask(f"select {columns} where m.key in ({','.join('?' * len(part))})", part)
        return rows

    def _ask(self, sql: str, values: Sequence[object]) -> list[tuple]:  # type: ignore[type-arg]
        for attempt in (0, 1):
            try:
                return self._connected().execute(sql, values).fetchall()
            except sqlite3.DatabaseError:
                if self._reading:
                    return []  # a worker treats trouble as a miss; the builder heals
                if attempt:
                    raise
                self._heal()
        return []

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        db = self._connected()
        try:
            db.execute("begin immediate")
            yield db
            db.execute("commit")
        except sqlite3.DatabaseError:
            with contextlib.suppress(sqlite3.Error):
                db.execute("rollback")
            self._heal()

    def _connected(self) -> sqlite3.Connection:
        path = self.root / "index.db"
        if self._db is not None and self._reading and _inode(path) != self._inode:
            self.close()  # another index stands in its place
        if self._db is None:
            self._inode = _inode(path)
            if self._reading:
                self._db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30, isolation_level=None)
            else:
                self._db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
                self._db.execute("pragma journal_mode=wal")
                # digests are checked at each read, so a lost transaction costs time, never bytes
                self._db.execute("pragma synchronous=off")
                self._db.executescript(_SCHEMA)
        return self._db

    def _heal(self) -> None:
        """Set a broken index aside and build another from the packs."""
        self.close()
        stamp = uuid.uuid4().hex[:8]
        for suffix in ("", "-wal", "-shm"):
            path = self.root / f"index.db{suffix}"
            with contextlib.suppress(OSError):
                os.replace(path, self.root / "tmp" / f"broken-{stamp}{suffix}")
        entries: list[Entry] = []
        for path in all_packs(self.root):
            with contextlib.suppress(OSError, ValueError):
                entries += table_of(path)
        self.commit(entries)


def _lay_out(root: Path) -> None:
    try:
        for name in ("packs", "tmp", "builds", "state", "vectors"):
            (root / name).mkdir(parents=True, exist_ok=True)
        ignore = root / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n!.gitignore\n")
    except OSError as error:
        raise StudioError(
            f"the store {root} cannot be used: {error.strerror}", "set another with --cache DIR"
        ) from error


def _inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _sum(key: bytes, digest: bytes, kind: int, cost: float) -> int:
    import xxhash

    return xxhash.xxh3_64_intdigest(key + digest + bytes([kind]) + np.float64(cost).tobytes()) - (1 << 63)


def _is_whole(row: Sequence[object]) -> bool:
    key, digest, kind, cost, total = row[:5]
    if not (isinstance(key, bytes) and isinstance(digest, bytes) and isinstance(cost, float)):
        return False
    if len(key) != WIDTH or len(digest) != WIDTH or not isinstance(kind, int) or not 0 < kind < 256:
        return False
    return total == _sum(key, digest, kind, cost)


def free_bytes(root: Path) -> int:
    """Room left on the store's disk."""
    return shutil.disk_usage(root).free


__all__ = ["Entry", "Keys", "Kind", "Known", "Stats", "Store", "as_pairs", "free_bytes"]

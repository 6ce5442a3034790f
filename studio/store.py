"""The store: from key to digest and from digest to bytes, over packs and an index.

The store may forget: whatever is missing or damaged is a miss, and is made again. Every blob is
checked against its digest when it is read. Builds share it: what one is making, another waits for.
Knows no picture and no rule.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio import builders, outputs
from studio.errors import StudioError
from studio.hashing import WIDTH, Keys, lookup, stack
from studio.index import CHUNK, Connection, Index, Rows, columns_of, forget_packs, insert, sums, there
from studio.packs import Entry, Kind, PackWriter, read_blob, table_of

#: what is deleted first where room is needed
_SPARED = {Kind.FRAME: 0, Kind.DRAWING: 1, Kind.SEGMENT: 2}
_MOST_ROWS = 2_000_000
NO_KEYS: Keys = np.zeros((0, WIDTH), np.uint8)
_ROOM = 1 << 28  # bytes that are given back where the disk is full
_ALL_AT_ONCE = 20_000  # keys; beyond that the whole table is read


class Known(NamedTuple):
    """What the index says of n keys: is there a digest, which, are its bytes there, what did it cost."""

    made: NDArray[np.bool_]
    digests: Keys
    stored: NDArray[np.bool_]
    costs: NDArray[np.float32]


class Store:
    """A folder of packs and its index. One process a build writes; workers open it with `reading=True`.

    quota: bytes that packs may take, those apart that a living build still needs.
    """

    def __init__(self, root: Path, *, reading: bool = False, quota: int | None = None) -> None:
        self.root = root
        self._quota = quota
        self._reading = reading
        self._presence: builders.Presence | None = None
        self.noticed: list[str] = []  # what was found amiss when it was opened, for `studio cache verify`
        if not reading:
            _lay_out(root)
        self.index = Index(root, reading=reading)
        if not reading:
            self._settle()

    # -- asking

    def known(self, keys: Keys, kind: Kind | None = None) -> Known:
        """Look up n keys at once; a damaged row is a miss. kind: what they are keys of, which makes it faster."""
        n = len(keys)
        found = Known(
            np.zeros(n, np.bool_), np.zeros((n, WIDTH), np.uint8), np.zeros(n, np.bool_), np.zeros(n, np.float32)
        )
        if not n:
            return found
        columns = columns_of(self._rows(keys, kind))
        if not columns:
            return found
        at = lookup(stack(columns[0]), keys)
        hit = np.flatnonzero(at >= 0)
        at = at[hit]
        costs = np.array(columns[3], np.float64)
        of_rows = sums(stack(columns[0])[at], stack(columns[1])[at], np.array(columns[2], np.uint8)[at], costs[at])
        whole = of_rows == np.array(columns[4], np.int64)[at]
        hit, at = hit[whole], at[whole]
        found.made[hit] = True
        found.digests[hit] = stack(columns[1])[at]
        there = self._there(columns[1])
        found.stored[hit] = np.array([digest in there for digest in columns[1]])[at]
        found.costs[hit] = costs[at]
        return found

    def _rows(self, keys: Keys, kind: Kind | None) -> Rows:
        columns = "key, digest, kind, cost, sum from made"
        if len(keys) > _ALL_AT_ONCE:
            return self.index.ask(f"select {columns} where kind={int(kind)}" if kind else f"select {columns}")
        return self.index.ask_all(f"select {columns} where key in (?)", [k.tobytes() for k in keys])

    def _there(self, digests: Sequence[bytes]) -> set[object]:
        """Those of some digests whose bytes have a place. (A join would ask for each alone, which takes twice as
        long where there are many.)"""
        if len(digests) > _ALL_AT_ONCE:
            return {row[0] for row in self.index.ask("select digest from blobs")}
        rows = self.index.ask_all("select digest from blobs where digest in (?)", sorted(set(digests)))
        return {row[0] for row in rows}

    def load(self, digest: bytes) -> bytes | None:
        """The bytes with that digest, or None; a place that does not hold them is cleared."""
        row = self.index.ask("select kind, pack, offset, length, squeezed from blobs where digest=?", [digest])
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
        rows = self.index.ask(
            "select avg(cost) from (select cost from made where kind=? and cost>0 limit 5000)", [int(kind)]
        )
        return float(rows[0][0]) if rows and rows[0][0] is not None else None

    # -- telling

    def commit(self, entries: Iterable[Entry], leases: Keys = NO_KEYS) -> bool:
        """Rows for what was made, places for what was kept, the end of leases, in one transaction.

        -> whether the store is within its quota; packs that are needed least are deleted before.
        """
        entries = list(entries)
        name = self._presence.name if self._presence else None

        def work(db: Connection) -> bool:
            insert(db, entries, self.root)
            if name is not None:  # what a build makes it needs, frames apart, which other jobs may want once
                made = {e.pack for e in entries if e.pack}
                db.executemany("insert or replace into pins values(?,?)", [(pack, name) for pack in sorted(made)])
            db.executemany("delete from leases where key=?", [(k.tobytes(),) for k in leases])
            return self._quota is None or self._shrink(db, self._quota)[2]

        return self.index.write(work)

    def forget(self, digests: Sequence[bytes]) -> None:
        """Clear the places of blobs that are gone."""
        self.index.write(lambda db: db.executemany("delete from blobs where digest=?", [(d,) for d in digests]))

    def writer(self, kind: Kind, build: str) -> PackWriter:
        """A pack to write into; `commit` its entries once it is closed."""
        return PackWriter(self.root, kind, build)

    # -- builds side by side

    @contextlib.contextmanager
    def building(self) -> Iterator[str]:
        """Be a living build, whose leases and pins count; -> its name."""
        presence = self._presence = builders.Presence(self.root)
        try:
            yield presence.name
        finally:
            self._presence = None
            try:
                self.index.write(lambda db: _bury(db, [presence.name]))
                if self._quota is not None:
                    self.collect(self._quota)
                self._prune()
            finally:
                _sweep(self.root, presence.name)
                presence.close()

    def claim(self, leases: Keys) -> bool:
        """Take a lease on all of some keys, or on none: False if a living build is at one of them."""
        assert self._presence is not None
        name, keys = self._presence.name, [k.tobytes() for k in leases]
        if self._leased(keys, name):
            return False

        def work(db: Connection) -> bool:
            for start in range(0, len(keys), CHUNK):
                part = keys[start : start + CHUNK]
                holes = ",".join("?" * len(part))
                sql = f"select 1 from leases where key in ({holes}) and build<>? limit 1"
                if db.execute(sql, [*part, name]).fetchall():
                    return False
            db.executemany("insert or replace into leases values(?,?)", [(k, name) for k in keys])
            return True

        return self.index.write(work)

    def release(self, leases: Keys) -> None:
        """Give leases back for things that could not be made."""
        given = [(k.tobytes(),) for k in leases]
        self.index.write(lambda db: db.executemany("delete from leases where key=?", given))

    def _leased(self, keys: Sequence[bytes], name: str) -> bool:
        """Whether a living build other than `name` is at some keys; what dead ones left is cleared away."""
        owners = {b for (b,) in self.index.ask_all("select distinct build from leases where key in (?)", keys)} - {name}
        gone = [b for b in sorted(owners) if not builders.is_alive(self.root, b)]
        if gone:
            self._clear(gone)
        return len(gone) < len(owners)

    def pin(self, digests: Sequence[bytes]) -> None:
        """Keep the packs of some blobs until the build is over."""
        assert self._presence is not None
        name, now = self._presence.name, int(time.time())
        packs = sorted(
            {p for (p,) in self.index.ask_all("select distinct pack from blobs where digest in (?)", digests)}
        )

        def work(db: Connection) -> None:
            db.executemany("insert or replace into pins values(?,?)", [(p, name) for p in packs])
            db.executemany("update packs set used=? where name=?", [(now, p) for p in packs])

        self.index.write(work)

    # -- finished files

    def intact(self, path: str) -> bytes | None:
        """The key of the output at a path if it is as the build left it, else None."""
        row = self.index.ask("select key, stamp, digest from outputs where path=?", [path])
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
        row = self.index.ask("select key from outputs where path=?", [path])
        return bytes(row[0][0]) if row else None

    def keep_output(self, path: str, key: bytes) -> None:
        """Remember what an output was made from, and how its file looks."""
        row = (path, key, json.dumps(outputs.stamp(Path(path))), outputs.content(Path(path)))
        self.index.write(lambda db: db.execute("insert or replace into outputs values(?,?,?,?)", row))

    # -- room

    def collect(self, most: int) -> tuple[int, int]:
        """Delete packs until at most `most` bytes are kept; -> (packs deleted, bytes freed). Rows stay."""
        gone, freed, _ = self.index.write(lambda db: self._shrink(db, most))
        return gone, freed

    def make_room(self) -> int:
        """Where the disk is full, delete some of what no living build needs; -> bytes freed."""
        kept = int(self.index.ask("select coalesce(sum(bytes), 0) from packs")[0][0])
        return self.collect(max(0, kept - _ROOM))[1]

    def _shrink(self, db: Connection, most: int) -> tuple[int, int, bool]:
        """Frames first, then drawings, then segments; among them what cost least a byte, then the oldest."""
        total = int(db.execute("select coalesce(sum(bytes), 0) from packs").fetchone()[0])
        gone: list[str] = []
        freed = 0
        if total > most:
            free = db.execute(
                "select name, kind, bytes, cost, used from packs where name not in (select pack from pins)"
            ).fetchall()
            for name, _, size, *_ in sorted(
                free, key=lambda p: (_SPARED.get(p[1], 0), p[3] / max(p[2], 1), p[4], p[0])
            ):
                if total - freed <= most:
                    break
                with contextlib.suppress(OSError):
                    (self.root / "packs" / name).unlink(missing_ok=True)
                    gone.append(name)
                    freed += size
            forget_packs(db, gone)
        return len(gone), freed, total - freed <= most

    def _prune(self) -> None:
        """Forget what was made longest ago, beyond two million things."""
        count = self.index.ask("select count(*) from made")[0][0]
        if count > _MOST_ROWS:
            oldest = "delete from made where key in (select key from made order by used limit ?)"
            self.index.write(lambda db: db.execute(oldest, [count - _MOST_ROWS]))

    def close(self) -> None:
        self.index.close()

    # -- what others left

    def _settle(self) -> None:
        """Clear away what dead builds left; bring index and packs into line."""
        gone = builders.dead(self.root)
        if gone:
            self._clear(gone)
        self.align()

    def _clear(self, gone: Sequence[str]) -> None:
        """Bury builds: their leases, pins and unfinished packs; their whole packs are adopted."""
        self.index.write(lambda db: _bury(db, gone))
        for name in gone:
            _sweep(self.root, name)
        self.align()
        for name in gone:
            (self.root / "builds" / name).unlink(missing_ok=True)

    def align(self) -> None:
        """Forget packs that someone deleted; adopt whole ones that the index does not know, delete torn ones."""
        names, listed = there(self.root), {name for (name,) in self.index.ask("select name from packs")}
        lost, found = sorted(listed - names), sorted(names - listed)
        if not lost and not found:
            return
        whole = []
        for name in found:
            try:
                whole.append(table_of(self.root / "packs" / name))
            except ValueError as error:
                self.noticed.append(f"{error}; removed")
                (self.root / "packs" / name).unlink(missing_ok=True)
            except OSError:
                continue
        self.noticed += [f"{name}: the file is gone; forgotten" for name in lost]

        def work(db: Connection) -> None:
            forget_packs(db, lost)
            for entries in whole:
                with contextlib.suppress(FileNotFoundError):
                    insert(db, entries, self.root)

        self.index.write(work)


def _bury(db: Connection, builds: Sequence[str]) -> None:
    db.executemany("delete from leases where build=?", [(b,) for b in builds])
    db.executemany("delete from pins where build=?", [(b,) for b in builds])


def _sweep(root: Path, build: str) -> None:
    """Delete the unfinished packs of a build: its workers may have been ended in the middle of a job."""
    for path in (root / "tmp").glob(f"{build}-*"):
        path.unlink(missing_ok=True)


def _lay_out(root: Path) -> None:
    with contextlib.suppress(OSError):
        kind = builders.remote_kind(root, Path("/proc/self/mounts").read_text())
        if kind is not None:
            raise StudioError(
                f"the store {root} is on a network drive ({kind})", "set one on a local disk: --cache DIR"
            )
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


__all__ = ["Entry", "Keys", "Kind", "Known", "Store"]

"""Care of a store: how much it holds, and whether all of it is whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.index import forget_packs, is_whole
from studio.packs import Entry, Kind, all_packs, name_of, read_blob, table_of
from studio.store import Store


@dataclass
class Stats:
    """Counts and bytes for `studio cache stats`."""

    rows: dict[str, int]
    blobs: dict[str, int]
    bytes: int
    packs: int


def stats(store: Store) -> Stats:
    """How much is known and kept."""
    names = {int(k): k.name.lower() for k in Kind}
    rows = store.index.ask("select kind, count(*) from made group by kind")
    blobs = store.index.ask("select kind, count(*) from blobs group by kind")
    files = [p.stat().st_size for p in all_packs(store.root)]
    return Stats(
        {names.get(k, "?"): n for k, n in rows}, {names.get(k, "?"): n for k, n in blobs}, sum(files), len(files)
    )


def verify(store: Store) -> Iterator[str]:
    """Read every byte; say what is damaged, and forget it."""
    store.align()
    yield from store.noticed
    store.noticed.clear()
    for path in all_packs(store.root):
        yield from _verified(store, path)
    rows = store.index.ask("select key, digest, kind, cost, sum from made")
    bad = [row[0] for row in rows if not is_whole(row)]
    if bad:
        yield f"index: {len(bad)} rows are damaged; forgotten"
        store.index.write(lambda db: db.executemany("delete from made where key=?", [(k,) for k in bad]))


def _verified(store: Store, path: Path) -> Iterator[str]:
    name = name_of(path)
    try:
        entries = table_of(path)
    except (OSError, ValueError) as error:
        yield f"{name}: {error}; removed"
        path.unlink(missing_ok=True)
        store.index.write(lambda db: forget_packs(db, [name]))
        return
    whole = [(e, data) for e in entries if (data := read_blob(store.root, e)) is not None]
    if len(whole) < len(entries):
        yield f"{name}: {len(entries) - len(whole)} of {len(entries)} blobs are damaged; forgotten"
        _salvage(store, path, whole)
        return
    known = {
        d: tuple(rest)
        for d, *rest in store.index.ask("select digest, offset, length, squeezed from blobs where pack=?", [name])
    }
    said = {e.digest: (e.offset, e.length, int(e.is_compressed)) for e in entries}
    if any(said.get(d) != place for d, place in known.items()):
        yield f"index: places in {name} are damaged; read anew"
        store.commit(entries)


def _salvage(store: Store, path: Path, whole: Sequence[tuple[Entry, bytes]]) -> None:
    """Put what is whole in a damaged pack into a new one."""
    store.index.write(lambda db: forget_packs(db, [name_of(path)]))
    if whole:
        writer = store.writer(whole[0][0].kind, "salvage")
        for entry, data in whole:
            writer.add(entry.key, entry.digest, data, entry.cost)
        store.commit(writer.close())
    path.unlink(missing_ok=True)

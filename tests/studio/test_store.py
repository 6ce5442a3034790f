"""The store may forget and may be damaged; it never lies."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.builders import remote_kind
from studio.care import stats, verify
from studio.hashing import digest, key, stack
from studio.packs import Entry, Kind, PackWriter, all_packs, read_blob, table_of
from studio.store import Store
from tests.conftest import ENVIRONMENT


def filled(root: Path, count: int = 40, kind: Kind = Kind.DRAWING) -> tuple[Store, dict[bytes, bytes]]:
    """A store with some blobs; -> it, and key -> data."""
    store = Store(root)
    truth: dict[bytes, bytes] = {}
    for pack in range(4):
        writer = store.writer(kind, "build")
        for n in range(count // 4):
            data = bytes(random.Random(f"{pack}{n}").randbytes(500 + n))
            name = key(b"k", bytes([pack, n]))
            truth[name] = data
            writer.add(name, digest(data), data, 0.25)
        store.commit(writer.close())
    return store, truth


def test_what_was_committed_is_known_and_loaded(tmp_path: Path) -> None:
    store, truth = filled(tmp_path)
    known = store.known(stack([*truth, key(b"nobody")]))
    assert known.made.tolist() == [True] * 40 + [False] and known.stored[:40].all() and (known.costs[:40] == 0.25).all()
    for digest_, data in zip(known.digests[:40], truth.values(), strict=True):
        assert store.load(digest_.tobytes()) == data
    assert store.load(digest(b"nobody")) is None
    reader = Store(tmp_path, reading=True)
    assert reader.known(stack(truth)).made.all()


def test_many_keys_are_asked_for_at_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    names = [key(n.to_bytes(4, "little")) for n in range(25_000)]
    store.commit(Entry(n, digest(n), Kind.FRAME, 0.01) for n in names)
    known = store.known(stack(names))
    assert known.made.all() and not known.stored.any()
    assert [d.tobytes() for d in known.digests[:5]] == [digest(n) for n in names[:5]]


def test_a_flipped_bit_is_a_miss(tmp_path: Path) -> None:
    store, truth = filled(tmp_path)
    chance = random.Random(1)
    for path in list(all_packs(tmp_path)):
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data) - 600)] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
    lost = 0
    known = store.known(stack(truth))
    for digest_, data in zip(known.digests, truth.values(), strict=True):
        loaded = store.load(digest_.tobytes())
        assert loaded in (data, None)
        lost += loaded is None
    assert 1 <= lost <= 4
    assert store.known(stack(truth)).stored.sum() == 40 - lost, "a place that does not hold its blob is cleared"


@pytest.mark.parametrize("cut", [0, 1, 30, 0.5, -1])
def test_a_torn_pack_counts_for_nothing(tmp_path: Path, cut: float) -> None:
    _, _ = filled(tmp_path)
    path = next(all_packs(tmp_path))
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * cut) if isinstance(cut, float) else cut])
    with pytest.raises((ValueError, OSError)):
        table_of(path)


def test_a_lost_index_is_rebuilt_from_packs(tmp_path: Path) -> None:
    store, truth = filled(tmp_path)
    store.close()
    for garbage in (b"", b"not a database" * 1000, None):
        for suffix in ("", "-wal", "-shm"):
            (tmp_path / f"index.db{suffix}").unlink(missing_ok=True)
        if garbage is not None:
            (tmp_path / "index.db").write_bytes(garbage)
        again = Store(tmp_path)
        if garbage is None:
            assert stats(again).packs == 4
            continue
        known = again.known(stack(truth))
        assert garbage == b"" or known.stored.all(), "garbage is set aside, and the packs are read"
        again.close()


def test_flipped_bits_in_the_index_never_give_a_wrong_digest(tmp_path: Path) -> None:
    """SQLite has no checksums: of 600 one-bit flips 218 silently gave a wrong digest."""
    store, truth = filled(tmp_path)
    store.index.ask("pragma wal_checkpoint(truncate)")
    store.close()
    raw = (tmp_path / "index.db").read_bytes()
    right = {name: digest(data) for name, data in truth.items()}
    chance = random.Random(2)
    for _ in range(120):
        data = bytearray(raw)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        for suffix in ("-wal", "-shm"):
            (tmp_path / f"index.db{suffix}").unlink(missing_ok=True)
        (tmp_path / "index.db").write_bytes(data)
        again = Store(tmp_path)
        known = again.known(stack(truth))
        for name, made, found in zip(truth, known.made, known.digests, strict=True):
            assert not made or found.tobytes() == right[name]
            loaded = again.load(right[name])
            assert loaded in (truth[name], None)
        again.close()


def test_verify_finds_and_forgets_damage(tmp_path: Path) -> None:
    store, _ = filled(tmp_path)
    assert list(verify(store)) == []
    packs = list(all_packs(tmp_path))
    packs[0].unlink()
    packs[1].write_bytes(packs[1].read_bytes()[:100])
    data = bytearray(packs[2].read_bytes())
    data[50] ^= 255
    packs[2].write_bytes(data)
    said = list(verify(store))
    assert len(said) == 3, said
    assert list(verify(store)) == [], "what is whole was saved into another pack"
    assert stats(store).blobs == {"drawing": 19}


def test_collecting_frees_frames_first_and_keeps_rows(tmp_path: Path) -> None:
    store, segments = filled(tmp_path, kind=Kind.SEGMENT)
    writer = store.writer(Kind.FRAME, "b")
    frame = key(b"frame")
    writer.add(frame, digest(b"f" * 9000), random.Random(3).randbytes(9000), 0.1)
    store.commit(writer.close())
    total = stats(store).bytes
    gone, freed = store.collect(total - 1)
    assert gone == 1 and freed > 8000
    known = store.known(stack([frame, *segments]))
    assert known.made.all() and not known.stored[0] and known.stored[1:].all()
    assert store.collect(0)[0] == 4


def test_an_unfinished_pack_leaves_nothing(tmp_path: Path) -> None:
    Store(tmp_path)
    writer = PackWriter(tmp_path, Kind.FRAME, "b")
    writer.add(key(b"x"), digest(b"x"), b"x", 1)
    writer.drop()
    assert not list((tmp_path / "tmp").iterdir()) and not list(all_packs(tmp_path))
    assert PackWriter(tmp_path, Kind.FRAME, "b").close() == []
    assert not list((tmp_path / "tmp").iterdir())


def test_equal_bytes_are_found_under_another_key(tmp_path: Path) -> None:
    """Two keys with one digest have one place."""
    store, truth = filled(tmp_path)
    data = next(iter(truth.values()))
    store.commit([Entry(key(b"twin"), digest(data), Kind.DRAWING, 1.0)])
    assert store.known(stack([key(b"twin")])).stored.all()


def test_a_folder_that_cannot_be_written_to_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Exception, match="cannot be used"):
        Store(tmp_path / "file" / "store")


def test_a_network_drive_is_told_from_a_disk() -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\nnas:/films /mnt/films nfs4 rw 0 0\ntmpfs /mnt/films/fast tmpfs rw 0 0\n"
    assert remote_kind(Path("/mnt/films/a"), mounts) == remote_kind(Path("/mnt/films"), mounts) == "nfs4"
    assert remote_kind(Path("/mnt/films/fast/a"), mounts) is remote_kind(Path("/mnt/filmsy"), mounts) is None


def test_reading_checks_what_it_reads(tmp_path: Path) -> None:
    _, _ = filled(tmp_path)
    entry = table_of(next(all_packs(tmp_path)))[0]
    assert read_blob(tmp_path, entry) is not None
    assert read_blob(tmp_path, entry._replace(offset=entry.offset + 1)) is None
    assert read_blob(tmp_path, entry._replace(length=entry.length - 1)) is None
    assert read_blob(tmp_path, entry._replace(pack="aa/nowhere")) is None


def test_rows_are_checked(tmp_path: Path) -> None:
    store, truth = filled(tmp_path)
    db = sqlite3.connect(tmp_path / "index.db")
    db.execute("update made set digest=zeroblob(16) where key=?", (next(iter(truth)),))
    db.commit()
    known = store.known(stack(truth))
    assert known.made.sum() == 39 and not known.made[0]


OPENER = """
import sys, time
from pathlib import Path
from studio.index import Index
while time.time() < float(sys.argv[2]):
    pass
index = Index(Path(sys.argv[1]), reading=False)
for n in range(6):
    index.write(lambda db: db.execute("insert or replace into leases values(?,?)", (b"%d" % n, "x")))
"""


def test_many_open_a_new_store_at_once_and_one_is_killed(tmp_path: Path) -> None:
    """SQLite answered `database is locked` without waiting, and an index that another process was still laying out
    was taken for one of another version and moved away."""
    for n in range(10):
        root = tmp_path / str(n)
        (root / "tmp").mkdir(parents=True)
        at = time.time() + 0.5
        command = [sys.executable, "-c", OPENER, str(root), str(at)]
        many = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT) for _ in range(6)]
        time.sleep(max(0.0, at - time.time()) + 0.003 * n)
        many[0].kill()
        for process in many:
            _, error = process.communicate(timeout=60)
            assert process is many[0] or process.returncode == 0, error

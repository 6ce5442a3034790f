"""Which builds are alive: a file each, with a lock that the kernel lets go when the process ends, however it ends.

So no lock ever needs a person: what a dead build left is cleared away by whoever finds it.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

_REMOTE = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "ceph", "glusterfs", "lustre", "afs"}


def _locked(handle: int) -> bool:
    """Take the lock of an open file; False if another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class Presence:
    """A build that is going on; it is over when this is closed or the process ends."""

    def __init__(self, root: Path) -> None:
        self.name = uuid.uuid4().hex
        self._path = root / "builds" / self.name
        aside = self._path.with_name(f".{self.name}")  # locked before anyone can see it unlocked
        self._handle = os.open(aside, os.O_RDWR | os.O_CREAT, 0o666)
        _locked(self._handle)
        os.replace(aside, self._path)

    def close(self) -> None:
        self._path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            os.close(self._handle)


def is_alive(root: Path, name: str) -> bool:
    """Whether the build of that name is still going on."""
    try:
        handle = os.open(root / "builds" / name, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _locked(handle)
    finally:
        os.close(handle)


def dead(root: Path) -> list[str]:
    """Builds that ended without saying so."""
    names = sorted(p.name for p in (root / "builds").iterdir() if not p.name.startswith("."))
    return [name for name in names if not is_alive(root, name)]


def remote_kind(path: Path, mounts: str) -> str | None:
    """The kind of network drive that a path is on, going by a table of mounts; None if it is a local disk.

    Locks of the kernel and SQLite's shared memory do not reach other machines.
    """
    rows = [line.split()[1:3] for line in mounts.splitlines() if line.count(" ") >= 2]
    above = [(len(at), kind) for at, kind in rows if at == "/" or f"{path}/".startswith(f"{at}/")]
    kind = max(above, default=(0, ""))[1]
    return kind if kind in _REMOTE else None


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until nobody else is in a block with the same path; where there can be no such file, go on."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        yield
        return
    try:
        while not _locked(handle):
            time.sleep(0.02)
        yield
    finally:
        os.close(handle)

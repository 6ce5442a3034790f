"""The null path: whether anything that a build rests on has changed since it last ended well.

Runs before anything is imported that is not there already: `json`, `pathlib`, `typing` and `hashlib`
together take as long as Python's own start. A state file holds the stamps of all sources, of all code
and of all outputs; a touched source is hashed before it counts as changed, and a file as new as the
state file is hashed too, since its stamp could be of either version.
"""

from __future__ import annotations

import os
import sys
from array import array
from binascii import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

VERSION = "2"
_NUMBERS = 5  # in a stamp


class State:
    """What was remembered. call: for which arguments, where. packages, code, absent: what must be the same besides.
    text, json: the answer. names, digests (hex), stamps (five numbers each): of every file read or made."""

    def __init__(self, texts: list[list[str]], stamps: array[int]) -> None:
        self.texts, self.stamps = texts, stamps
        (_, self.call, self.text, self.json), self.packages, self.code, self.absent, self.names, self.digests = texts


def stamp_of(path: str) -> list[int] | None:
    """What the file system says of a file, or None if it is not there."""
    found = _stamps([path])
    return found.tolist() if found is not None else None


def _stamps(names: Iterable[str]) -> array[int] | None:
    """The stamps of many files in a row; None if one of them is not there."""
    found, stat = array("q"), os.stat
    try:
        for name in names:
            s = stat(name)
            found.extend((s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino, s.st_mode))
    except (OSError, ValueError, OverflowError):
        return None
    return found


def call_of(arguments: Sequence[str], folder: str) -> str:
    """What tells one call from another: its arguments, where it stands, what of the environment it reads."""
    environment = sorted((k, v) for k, v in os.environ.items() if k.startswith("STUDIO_"))
    return repr([list(arguments), folder, environment, sys.version, sys.executable])


def path_of(call: str, store: str) -> str:
    """Where the state of a call is kept. Two calls may fall on one name; the state says whose it is."""
    return os.path.join(store, "state", f"built-{crc32(call.encode()):08x}-{len(call)}")


def packages_stamp() -> list[str]:
    """Time and number of entries of the folders that installed libraries are in."""
    folders = (folder for folder in sys.path if folder.endswith("site-packages") and os.path.isdir(folder))
    return [f"{folder} {os.stat(folder).st_mtime_ns} {len(os.listdir(folder))}" for folder in folders]


def code_files() -> list[str]:
    """Every module of ours: a change of any may change what is planned."""
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return sorted(
        os.path.join(folder, name)
        for package in ("studio", "rules")
        for folder, _, names in os.walk(os.path.join(root, package))
        for name in names
        if name.endswith(".py")
    )


def read(path: str, call: str) -> State | None:
    """The state of a call, or None if there is none that can be used."""
    try:
        with open(path, "rb") as file:
            data = file.read()
        if int.from_bytes(data[:4], "little") != crc32(data[4:]):
            return None
        at = 8 + int.from_bytes(data[4:8], "little")
        waiting = iter(data[8:at].decode("utf-8", "surrogateescape").split("\0"))
        texts = [[next(waiting) for _ in range(int(count))] for count in waiting]
        state = State(texts, array("q", data[at:]))
    except (OSError, ValueError, StopIteration, RuntimeError):
        return None
    if texts[0][0] != VERSION or state.call != call or len(state.stamps) != _NUMBERS * len(state.names):
        return None
    return state


def is_current(state: State, path: str) -> bool:
    """Whether nothing has changed. Stamps of sources that were only touched are written anew."""
    if state.packages != packages_stamp() or any(os.path.lexists(absent) for absent in state.absent):
        return False
    if state.code != code_files():
        return False
    now, own = _stamps(state.names), stamp_of(path)
    if now is None or own is None:
        return False
    if now == state.stamps and max(now[::_NUMBERS], default=0) < own[0]:
        return True
    for n, (name, digest) in enumerate(zip(state.names, state.digests, strict=True)):
        was, is_now = (s[_NUMBERS * n : _NUMBERS * (n + 1)] for s in (state.stamps, now))
        # a file as new as the state may have been written after it was read
        is_doubtful = was != is_now or is_now[0] >= own[0]
        if is_doubtful and (was[2] != is_now[2] or digest_of(name) != digest):
            return False
    write(path, State(state.texts, now))
    return True


def remember(
    path: str,
    call: str,
    files: Iterable[tuple[str, list[int] | None, str]],
    absent: Iterable[str],
    answer: tuple[str, str],
) -> None:
    """Write a state. files: (name, stamp from before it was read, digest); answer: as text and as JSON."""
    kept = {name: (stamp, digest) for name, stamp, digest in files}
    stamps = array("q")
    for stamp, _ in kept.values():
        if stamp is None:
            return
        stamps.extend(stamp)
    digests = [digest for _, digest in kept.values()]
    texts = [[VERSION, call, *answer], packages_stamp(), code_files(), sorted(absent), list(kept), digests]
    write(path, State(texts, stamps))


def write(path: str, state: State) -> None:
    """Written aside, then renamed; a state that cannot be written is only a lost short cut."""
    texts = "\0".join(text for group in state.texts for text in (str(len(group)), *group))
    head = texts.encode("utf-8", "surrogateescape")
    body = len(head).to_bytes(4, "little") + head + state.stamps.tobytes()
    aside = f"{path}.{os.getpid()}"
    try:
        # with a store elsewhere this folder may not be there yet; the state must be found without reading YAML
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(aside, "wb") as file:
            file.write(crc32(body).to_bytes(4, "little") + body)
        os.replace(aside, path)
    except OSError:
        return


def digest_of(name: str) -> str:
    """The digest of a file as states hold it, that of `hashing`."""
    import xxhash

    state = xxhash.xxh3_128()
    with open(name, "rb") as file:
        while block := file.read(1 << 20):
            state.update(block)
    return state.hexdigest()


def store_of(folder: str) -> str:
    """Where the store is unless told otherwise: at the root of the git checkout, else beside the Studiofile."""
    parent = folder
    while True:
        if os.path.exists(os.path.join(parent, ".git")):
            return os.path.join(parent, ".cache")
        above = os.path.dirname(parent)
        if above == parent:
            return os.path.join(folder, ".cache")
        parent = above

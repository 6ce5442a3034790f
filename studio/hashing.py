"""Keys, digests and seeds: what is hashed, and the same columns laid open for `why`.

A key names what goes in, a digest what came out; both are 16 bytes of xxh3_128. Seeds come from
names, never from keys.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import xxhash
from numpy.typing import NDArray

Keys = NDArray[np.uint8]  #: (n, 16)
WIDTH = 16


def digest(data: bytes) -> bytes:
    """The 16 bytes that stand for some content."""
    return xxhash.xxh3_128_digest(data)


def digest_of_parts(*parts: bytes | memoryview) -> bytes:
    """The digest of the bytes of some parts, without a copy of them."""
    state = xxhash.xxh3_128()
    for part in parts:
        state.update(part)
    return state.digest()


def digest_of_file(path: Path) -> bytes:
    """The digest of a file's content, read piece by piece: films do not fit into memory."""
    state = xxhash.xxh3_128()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            state.update(block)
    return state.digest()


#: made once: `json.dumps` with these options makes one a call, which takes as long as the encoding
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical(value: Any) -> bytes:
    """Plain values as bytes that do not depend on the order of keys, on spelling or on the platform."""
    text = _ENCODER.encode(value)
    return text.encode() if text.isascii() else unicodedata.normalize("NFC", text).encode()


def key(*parts: bytes) -> bytes:
    """A key of several parts; lengths are hashed too, so that parts cannot run into one another."""
    state = xxhash.xxh3_128()
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.digest()


def seed_of(*names: str | int) -> int:
    """A seed from 0 to 2**31 - 1 for a chain of names as written."""
    return xxhash.xxh3_64_intdigest(canonical(list(names))) & 0x7FFFFFFF


def stack(keys: Iterable[bytes]) -> Keys:
    """Keys as one array."""
    joined = b"".join(keys)
    return np.frombuffer(joined, np.uint8).reshape(-1, WIDTH)


def hashed_rows(head: bytes, rows: Keys) -> Keys:
    """The key of each row of bytes, under a common head: one hash a row."""
    width, data, hash_of = rows.shape[1], np.ascontiguousarray(rows).tobytes(), xxhash.xxh3_128_digest
    return stack(hash_of(head + data[i : i + width]) for i in range(0, len(data), width))


class Columns:
    """What n things depend on, column by column: hashed for keys, and compared for `why`.

    One function fills it; nothing that is hashed can be missing from an explanation.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.constants: dict[str, bytes] = {}
        self.columns: dict[str, Keys] = {}

    def constant(self, name: str, value: bytes) -> None:
        """Something that all rows share."""
        self.constants[name] = value

    def column(self, name: str, values: NDArray[Any]) -> None:
        """One value a row, of any shape and plain dtype."""
        flat = np.ascontiguousarray(values).reshape(self.count, -1)
        self.columns[name] = flat.view(np.uint8).reshape(self.count, -1)

    def keys(self) -> Keys:
        """(count, 16)."""
        head = key(*(part for name, value in sorted(self.constants.items()) for part in (name.encode(), value)))
        shape = key(*(f"{name}:{c.shape[1]}".encode() for name, c in sorted(self.columns.items())))
        rows = np.concatenate([self.columns[name] for name in sorted(self.columns)], axis=1)
        return hashed_rows(head + shape, rows)

    def differing(self, other: Columns) -> dict[str, NDArray[np.bool_]]:
        """For each constant or column that differs from another's: which rows it touches (by position)."""
        count = min(self.count, other.count)
        found: dict[str, NDArray[np.bool_]] = {}
        for name in sorted({*self.constants, *other.constants}):
            if self.constants.get(name) != other.constants.get(name):
                found[name] = np.ones(count, np.bool_)
        for name in sorted({*self.columns, *other.columns}):
            ours, theirs = self.columns.get(name), other.columns.get(name)
            if ours is None or theirs is None or ours.shape[1] != theirs.shape[1]:
                found[name] = np.ones(count, np.bool_)
            elif (changed := (ours[:count] != theirs[:count]).any(1)).any():
                found[name] = changed
        return found


def as_pairs(keys: Keys) -> NDArray[np.uint64]:
    """(n, 16) bytes -> (n, 2) words, for sorting and searching."""
    return np.ascontiguousarray(keys).view("<u8").reshape(-1, 2)


def unique_rows(keys: Keys) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """(index of the first row of each distinct key, for each row the number of its distinct key)."""
    if not len(keys):
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    pairs = as_pairs(keys)
    order = np.argsort(pairs[:, 0], kind="stable")  # the first 8 bytes tell keys apart, and sort three times as fast
    same = _same_as_before(pairs[order])
    if same is None:
        order = np.lexsort((pairs[:, 1], pairs[:, 0]))
        same = (pairs[order[1:]] == pairs[order[:-1]]).all(1)
    starts = np.concatenate(([True], ~same))
    first = order[starts]
    appears = np.argsort(first)  # distinct keys are numbered as they appear
    rank = np.empty_like(appears)
    rank[appears] = np.arange(len(appears))
    number = np.empty_like(order)
    number[order] = rank[np.cumsum(starts) - 1]
    return first[appears], number


def _same_as_before(pairs: NDArray[np.uint64]) -> NDArray[np.bool_] | None:
    """Which pairs in order of their first words equal the pair before; None if some agree in the first word alone."""
    same = pairs[1:] == pairs[:-1]
    return None if (same[:, 0] > same[:, 1]).any() else same[:, 0]


def lookup(table: Keys, wanted: Keys) -> NDArray[np.intp]:
    """For each wanted key its row in the table, or -1; of equal rows the first in sorted order."""
    if not len(table) or not len(wanted):
        return np.full(len(wanted), -1, np.intp)
    have, want = as_pairs(table), as_pairs(wanted)
    order = np.lexsort((have[:, 1], have[:, 0]))
    have = have[order]
    at = np.searchsorted(have[:, 0], want[:, 0])
    found = np.full(len(want), -1, np.intp)
    # two keys that agree in their first 8 bytes are as good as never seen; still, look on
    for step in range(4):
        here = np.minimum(at + step, len(have) - 1)
        hit = (have[here] == want).all(1) & (found < 0)
        found[hit] = order[here[hit]]
        if (found >= 0).all() or not (have[here, 0] == want[:, 0]).any():
            break
    return found

"""Where segments begin: borders that follow the motion, so that an insert moves few of them.

A frame is a border if the hash of its motion row is smaller than those of the w frames before it
and not larger than those of the w frames after; never near a span's ends. (Local minima of hashes,
as in content-defined chunking; measured in docs/design-notes.md, "Borders of segments".)
"""

from __future__ import annotations

import itertools

import numpy as np
import xxhash
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

WINDOW = 14
LONGEST = 64
SPLIT = 32


def borders(motion: NDArray[np.uint8], spans: list[int]) -> list[int]:
    """First frames of the segments of a run of frames.

    motion: (n, bytes). spans: frames at which shots begin and transitions begin or end; 0 is one.
    """
    return borders_of(hashes_of(motion), spans)


def hashes_of(motion: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """(n, bytes) -> the hash of each motion row, which is all that borders need of it."""
    count, hash_of = len(motion), xxhash.xxh3_64_intdigest
    width, data = motion.shape[1], np.ascontiguousarray(motion).tobytes()
    return np.fromiter((hash_of(data[i : i + width]) for i in range(0, count * width, width)), np.uint64, count)


def borders_of(hashes: NDArray[np.uint64], spans: list[int]) -> list[int]:
    """`borders`, of motion rows that were hashed before."""
    count = len(hashes)
    starts = sorted({0, *(s for s in spans if 0 < s < count)})
    found: list[int] = []
    for start, stop in zip(starts, [*starts[1:], count], strict=True):
        inner = start + _minima(hashes[start:stop])
        edges = [start, *inner.tolist(), stop]
        for a, b in itertools.pairwise(edges):
            found += _split(hashes, a, b)
    return found


def _split(hashes: NDArray[np.uint64], start: int, stop: int) -> list[int]:
    """First frames of the pieces of a gap: cut at its own smallest hash, so that an insert moves no other cut;
    where that is not one frame (holds, loops), every SPLIT frames from the left."""
    found: list[int] = []
    waiting = [(start, stop)]
    while waiting:
        a, b = waiting.pop()
        if b - a <= LONGEST:
            found.append(a)
            continue
        inside = hashes[a + SPLIT // 2 : b - SPLIT // 2]
        smallest = np.flatnonzero(inside == inside.min())
        cut = a + SPLIT // 2 + int(smallest[0]) if len(smallest) == 1 else a + SPLIT
        waiting += [(cut, b), (a, cut)]
    return found


def _minima(hashes: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Local minima of a span, none within WINDOW of its start or half of that of its end."""
    count = len(hashes)
    if count <= WINDOW + WINDOW // 2:
        return np.zeros(0, np.intp)
    most = np.uint64(2**64 - 1)
    padded = np.concatenate([np.full(WINDOW, most), hashes, np.full(WINDOW, most)])
    windows = sliding_window_view(padded, WINDOW)
    before, after = windows[:count].min(1), windows[WINDOW + 1 : WINDOW + 1 + count].min(1)
    is_border = (hashes < before) & (hashes <= after)
    is_border[:WINDOW] = False
    is_border[count - WINDOW // 2 :] = False
    return np.flatnonzero(is_border)

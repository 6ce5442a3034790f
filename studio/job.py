"""Jobs: plain data that a worker turns into drawings, or into frames and a segment.

The functions here run in workers (or in the caller's process); pixels come from the store and go to
the store, and only rows for the index travel back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.clip import Format
from studio.drawings import drawn, drawn_line, grown, is_maps, packed_maps, unpacked_maps, wanted
from studio.easel import Easel, Sheets, Slice
from studio.errors import Bug
from studio.hashing import Keys, digest, digest_of_parts, key, stack
from studio.keys import Node
from studio.packs import Entry, Kind, is_full
from studio.pins import pin_libraries
from studio.pixels import i420, packed, parts_of, unpacked
from studio.rule import Drawing
from studio.store import Store
from studio.video import encode

U8 = NDArray[np.uint8]
Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]


class Made(NamedTuple):
    """What a job did: rows for the index, what became of each thing it was asked for, and its time.

    had_no_room: the disk was full, so frames that other jobs need are known, but not kept.
    """

    entries: list[Entry]
    counts: dict[str, int]
    seconds: float
    had_no_room: bool = False


# -- drawings


@dataclass(frozen=True)
class MintJob:
    """Drawings, each with its ancestors, and which of those are not in the store."""

    store: str
    build: str
    lines: tuple[tuple[Node, ...], ...]
    missing: tuple[frozenset[int], ...]  # for each line, places in it

    @property
    def label(self) -> str:
        return self.lines[0][0].recipe.target


def mint(job: MintJob, check: Callable[[], None]) -> Made:
    """Mint drawings and their maps and restyle them, each once. check: raises if sources are not what they were."""
    return _Mint(job).run(check)


class _Mint:
    """One job of drawings: holds its pack, and what it has made or looked at."""

    def __init__(self, job: MintJob) -> None:
        self._job = job
        self._store = _worker_store(job.store)
        self._writer = self._store.writer(Kind.DRAWING, job.build)
        self._here: dict[bytes, Drawing] = {}  # by digest
        self._sources: dict[bytes, Drawing] = {}  # by key: what was drawn from nothing, with all maps of the job
        self._tokens: dict[bytes, bytes] = {}  # key -> digest, of what this job has looked at
        self._ours: set[bytes] = set()  # digests of what came out in this job, and of what is restyled from that
        self.counts = {"minted": 0, "again": 0, "loaded": 0, "cut": 0}

    def run(self, check: Callable[[], None]) -> Made:
        started = time.perf_counter()
        try:
            for line, missing in zip(self._job.lines, self._job.missing, strict=True):
                token = b""
                for depth in range(len(line)):
                    token = self._token(line[: depth + 1], depth in missing, token)
            check()
            entries = self._writer.close()
        except BaseException:
            self._writer.drop()
            raise
        return Made(entries, self.counts, time.perf_counter() - started)

    def _token(self, line: Sequence[Node], is_missing: bool, parent: bytes) -> bytes:
        """The digest of the last of a line, which is made if it is not there. parent: the digest of the one before."""
        name = line[-1].key(parent)
        if name in self._tokens:
            return self._tokens[name]
        token: bytes
        known = self._store.known(stack([name]))
        if known.made[0] and (known.stored[0] or not is_missing):
            token = known.digests[0].tobytes()
            if is_missing and parent in self._ours:  # an equal drawing led to it, of this build or one before
                self.counts["cut"] += 1
                self._ours.add(token)
            elif is_missing:  # another build has made it meanwhile
                self.counts["loaded"] += 1
        else:
            begun = time.perf_counter()
            drawing = self._drawing(line, parent)
            data = packed_maps(drawing, line[-1].maps, parent) if line[-1].maps else packed(drawing.rgba)
            token = digest(data)
            self._here[token] = drawing
            self._ours.add(token)
            self._writer.add(name, token, data, time.perf_counter() - begun)
            self.counts["again" if known.made[0] else "minted"] += 1
        self._tokens[name] = token
        return token

    def _drawing(self, line: Sequence[Node], parent: bytes) -> Drawing:
        """The last drawing of a line, out of its parent's bytes if they can be had, else from nothing."""
        if len(line) == 1:
            return self._source(line[0])
        base = self._here.get(parent) or self._loaded(parent) or drawn_line(line[:-1])
        return grown(line[-1], base, self._source(line[0]) if line[-1].maps else base)

    def _source(self, node: Node) -> Drawing:
        name = node.key()
        if name not in self._sources:
            maps = wanted([n for line in self._job.lines if line[0].name == node.name for n in line])
            self._sources[name] = drawn(node, maps)
        return self._sources[name]

    def _loaded(self, token: bytes) -> Drawing | None:
        """A drawing out of the store; of maps with the colours that they belong to."""
        data = self._store.load(token)
        if data is None:
            return None
        if not is_maps(data):
            return Drawing(unpacked(data))
        colours, maps = unpacked_maps(data)
        drawing = self._here.get(colours) or self._loaded(colours)
        return drawing and replace(Drawing(drawing.rgba), **maps)


# -- frames and segments


@dataclass(frozen=True)
class FrameJob:
    """Frames to render or load, and the segments to make of them.

    at, other: (m, 2) slice and entry; mix: (m, 9) as in `Film`; iris: (m, 3). keys, made, digests,
    stored: what the index says of each frame. keep: which frames other jobs need. segments: (first,
    last + 1) within the job; form: None for pictures that are stored as they are.
    """

    store: str
    build: str
    label: str
    slices: tuple[Slice, ...]
    at: Ints
    other: Ints
    mix: Ints
    iris: Ints
    keys: Keys
    made: Mask
    digests: Keys
    stored: Mask
    keep: Mask
    segments: tuple[tuple[int, int], ...]
    segment_head: bytes
    pixels: str  # as in `Wish.form`
    form: Format | None

    @property
    def count(self) -> int:
        return len(self.keys)


def shoot(job: FrameJob, check: Callable[[], None]) -> Made:
    """Render what is missing, store what others need, encode segments that are not there yet."""
    return _Shoot(job).run(check)


class _Shoot:
    """One job of frames: holds its easel, its packs and its counts."""

    def __init__(self, job: FrameJob) -> None:
        self._job = job
        self._store = _worker_store(job.store)
        nodes = {
            t: n
            for s in job.slices
            for look, line in zip(s.tokens, s.nodes, strict=True)
            for t, n in zip(look, line, strict=True)
        }
        sheets = _sheets(job.store)
        sheets.nodes = nodes
        self._easel = Easel(job.slices, sheets, keeps_alpha=job.pixels == "rgba")
        self._frames = self._store.writer(Kind.FRAME, job.build)
        self._segments = self._store.writer(Kind.SEGMENT, job.build)
        self._rows: list[Entry] = []  # of frames whose pixels are not kept
        self._had_no_room = False
        self._here: dict[bytes, tuple[U8, bytes]] = {}  # by key: pixels and digest, while they are needed
        self._last_use = {k.tobytes(): n for n, k in enumerate(job.keys)}
        self.counts = {"rendered": 0, "again": 0, "loaded": 0, "encoded": 0, "cut": 0}

    def run(self, check: Callable[[], None]) -> Made:
        started = time.perf_counter()
        try:
            for first, last in self._job.segments:
                self._segment(first, last)
            check()
            entries = [*self._segments.close(), *self._closed_frames()]
        except BaseException:
            self._frames.drop()
            self._segments.drop()
            raise
        return Made(entries, self.counts, time.perf_counter() - started, self._had_no_room)

    def _segment(self, first: int, last: int) -> None:
        job = self._job
        # since the plan another job, or another build, may have made some of it
        now = self._store.known(job.keys[first:last])
        made = job.made[first:last] | now.made
        tokens = np.where(job.made[first:last, None], job.digests[first:last], now.digests)
        if job.form is not None and made.all() and self._has_segment(tokens.tobytes()):
            self.counts["loaded"] += len({k.tobytes() for k in job.keys[first:last][~job.made[first:last]]})
            return
        keys = [k.tobytes() for k in job.keys[first:last]]
        self._here = {k: v for k, v in self._here.items() if self._last_use[k] >= first}
        frames, digests = [], []
        for n, name in enumerate(keys):
            if name not in self._here:
                is_stored = bool(now.stored[n] or job.stored[first + n])
                self._here[name] = self._frame(first + n, tokens[n].tobytes() if made[n] else None, is_stored)
            frames.append(self._here[name][0])
            digests.append(self._here[name][1])
        if job.form is None or self._has_segment(b"".join(digests)):
            return
        begun = time.perf_counter()
        data = encode(frames, job.form)
        name = key(job.segment_head, b"".join(digests))
        self._segments.add(name, digest(data), data, time.perf_counter() - begun)
        self.counts["encoded"] += 1

    def _has_segment(self, tokens: bytes) -> bool:
        """Whether the segment of some frames is in the store."""
        known = self._store.known(stack([key(self._job.segment_head, tokens)]))
        self.counts["cut"] += bool(known.stored[0])
        return bool(known.stored[0])

    def _frame(self, n: int, known: bytes | None, is_stored: bool) -> tuple[U8, bytes]:
        """Pixels and digest of a frame: loaded if it is in the store, else rendered. known: its digest."""
        job = self._job
        data = self._store.load(known) if known is not None and is_stored else None
        if known is not None and data is not None:
            self.counts["loaded"] += 1
            return unpacked(data), known
        begun = time.perf_counter()
        other = (int(job.other[n, 0]), int(job.other[n, 1]))
        rgb = self._easel.frame(
            (int(job.at[n, 0]), int(job.at[n, 1])), other, job.mix[n].tolist(), job.iris[n].tolist()
        )
        pixels = i420(rgb) if job.pixels == "i420" else rgb
        token, cost = digest_of_parts(*parts_of(pixels)), time.perf_counter() - begun
        if known is not None and token != known:
            raise Bug(
                f"a frame of {job.label} came out otherwise than before",
                "please report this; `studio cache gc --max 0MB` clears the store",
            )
        self.counts["again" if known is not None else "rendered"] += 1
        name = job.keys[n].tobytes()
        if job.form is None or (job.keep[n] and not self._had_no_room):
            self._keep(name, token, packed(pixels), cost)
        else:
            self._rows.append(Entry(name, token, Kind.FRAME, cost))
        return pixels, token

    def _keep(self, name: bytes, token: bytes, data: bytes, cost: float) -> None:
        try:
            self._frames.add(name, token, data, cost)
        except OSError as error:
            self._go_without(error)
            self._rows.append(Entry(name, token, Kind.FRAME, cost))

    def _closed_frames(self) -> list[Entry]:
        try:
            frames = self._frames.close()
        except OSError as error:
            self._go_without(error)
            frames = []
        return [*self._rows, *frames]

    def _go_without(self, error: OSError) -> None:
        """Where the disk is full, keep no frames: jobs that need them render them too. A picture must be kept."""
        if self._job.form is None or not is_full(error):
            raise error
        self._rows += self._frames.drop()
        self._had_no_room = True


# -- what a process keeps between jobs


class _StoredSheets(Sheets):
    """Sheets from the store; a drawing that it has lost is made on the spot."""

    nodes: dict[bytes, Node]

    def __init__(self, root: str) -> None:
        super().__init__(self._pixels)
        self._root = root
        self.nodes = {}

    def _pixels(self, token: bytes) -> U8:
        data = _worker_store(self._root).load(token)
        if data is not None:
            return unpacked(data).copy()
        return drawn_line(self.nodes[token].line()).rgba.copy()


@lru_cache(maxsize=2)
def _sheets(root: str) -> _StoredSheets:
    return _StoredSheets(root)


@lru_cache(maxsize=2)
def _worker_store(root: str) -> Store:
    pin_libraries()
    return Store(Path(root), reading=True)

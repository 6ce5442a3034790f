"""The plan: what is missing for the outputs asked for, found without rendering anything.

`plan` is the only planner; dry runs, builds, single frames and checks all call it. It reads the
index and changes nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from studio.borders import borders
from studio.clip import Format, container_version, encoder_version
from studio.film import Film, Shot
from studio.fingerprint import versions
from studio.hashing import WIDTH, Keys, canonical, key, stack, unique_rows
from studio.keys import Keyring, Look, Node, Tokens, looks
from studio.store import Store
from studio.targets import Output

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Wish:
    """An output asked for: its film, and which of its frames (all of a film, one of a still)."""

    output: Output
    film: Film
    frames: NDArray[np.intp]

    @property
    def form(self) -> str:
        """`i420` for what the encoder is fed, `rgb` for pictures."""
        return "i420" if self.output.kind == "film" else "rgb"


@dataclass
class OutputPlan:
    """One output: for each of its frames its row in the frame table; its segments, and which are stale."""

    wish: Wish
    of_frame: NDArray[np.intp]
    starts: list[int]  # first frames of its segments, as places in the wish's frames
    segment_keys: Keys
    segment_digests: Keys
    segment_fresh: Mask
    key: bytes  # of the whole output; it means something once nothing is missing

    @property
    def edges(self) -> list[tuple[int, int]]:
        return list(zip(self.starts, [*self.starts[1:], len(self.of_frame)], strict=True))

    @property
    def is_whole(self) -> bool:
        return bool(self.segment_fresh.all())

    @property
    def segments(self) -> tuple[int, int]:
        """(all, stale) segments; pictures have none."""
        if self.wish.form != "i420":
            return 0, 0
        return len(self.starts), int((~self.segment_fresh).sum())


@dataclass
class Frames:
    """Every distinct frame of the outputs asked for."""

    keys: Keys
    provisional: Mask
    made: Mask
    digests: Keys
    stored: Mask
    wanted: Mask  # some stale segment or still shows it
    costs: NDArray[np.float32]

    @property
    def stale(self) -> Mask:
        return self.wanted & ~self.made

    @property
    def again(self) -> Mask:
        return self.wanted & self.made & ~self.stored


@dataclass
class Plan:
    """See the module's docstring. `mint`: drawings that frames to be made need and that are not in the store."""

    outputs: list[OutputPlan]
    frames: Frames
    tokens: Tokens
    nodes: dict[tuple[int, int], list[list[Node]]]  # (output, shot) -> for each look a node a recipe
    mint: list[Node] = field(default_factory=list)
    drawings: list[Node] = field(default_factory=list)  # all that is shown

    @property
    def stale_segments(self) -> int:
        return sum(o.segments[1] for o in self.outputs)

    @property
    def is_empty(self) -> bool:
        return not self.mint and all(o.is_whole for o in self.outputs)

    def mint_counts(self) -> tuple[int, int]:
        """(stale, again) of the drawings to mint."""
        again = sum(self.tokens.made[id(n)] for n in self.mint)
        return len(self.mint) - again, again


def plan(wishes: Sequence[Wish], keyring: Keyring, store: Store, intact: Mapping[str, bytes]) -> Plan:
    """Look everything up that the wishes rest on. intact: the keys of outputs whose files are as they were left."""
    nodes: dict[tuple[int, int], list[list[Node]]] = {}
    for o, wish in enumerate(wishes):
        for s, shot in enumerate(wish.film.shots):
            nodes[o, s] = [_nodes(keyring, shot, look) for look in looks(shot.styles)]
    every = list({id(n): n for per_look in nodes.values() for look in per_look for n in look}.values())
    tokens = Tokens(store.known)
    tokens.resolve(every)
    keys, flags = [], []
    for o, wish in enumerate(wishes):
        per_shot, provisional = [], []
        for s, shot in enumerate(wish.film.shots):
            tables = [tokens.table(look) for look in nodes[o, s]]
            per_shot.append(keyring.frames(shot, [t[0] for t in tables], wish.form, float(wish.film.fps)))
            provisional.append(_any_provisional(shot, [t[1] for t in tables]))
        keys.append(keyring.film(wish.film, per_shot)[wish.frames])
        flags.append(keyring.film_flags(wish.film, provisional)[wish.frames])
    frames, of_frames = _frame_table(keys, flags, store)
    outputs = [
        _segments(w, of, frames, store, intact.get(w.output.name)) for w, of in zip(wishes, of_frames, strict=True)
    ]
    found = Plan(outputs, frames, tokens, nodes, drawings=every)
    _want(found)
    return found


def _nodes(keyring: Keyring, shot: Shot, look: Look) -> list[Node]:
    return [keyring.node(recipe, look.chain, shot.height) for recipe in shot.rows.recipes] if shot.rows else []


def _any_provisional(shot: Shot, tables: Sequence[Mask]) -> Mask:
    if shot.rows is None:
        return np.zeros(shot.length, np.bool_)
    found = np.zeros(shot.length, np.bool_)
    for table in tables:
        found |= table[shot.rows.rows[:, :, 0]].any(1)
    return found


def _frame_table(keys: list[Keys], flags: list[Mask], store: Store) -> tuple[Frames, list[NDArray[np.intp]]]:
    joined, provisional = (
        np.concatenate([*keys, np.zeros((0, WIDTH), np.uint8)]),
        np.concatenate([*flags, np.zeros(0, np.bool_)]),
    )
    first, number = unique_rows(joined)
    distinct = joined[first]
    known = store.known(distinct)
    frames = Frames(
        distinct,
        provisional[first],
        known.made,
        known.digests,
        known.stored,
        np.zeros(len(distinct), np.bool_),
        known.costs,
    )
    ends = np.cumsum([len(k) for k in keys])
    return frames, list(np.split(number, ends[:-1])) if len(keys) else []


def _segments(wish: Wish, of_frame: NDArray[np.intp], frames: Frames, store: Store, intact: bytes | None) -> OutputPlan:
    """Segment keys from frame tokens; pictures count as segments of one frame that need no encoding."""
    tokens = np.where(frames.made[:, None], frames.digests, frames.keys)[of_frame]
    if wish.form == "rgb":
        whole, made = key(b"pictures", container_version(), versions("frame"), tokens.tobytes()), frames.made[of_frame]
        fresh = made & (frames.stored[of_frame] | (intact == whole))
        return OutputPlan(wish, of_frame, list(range(len(of_frame))), tokens, tokens, fresh, whole)
    starts = _starts(wish)
    edges = list(zip(starts, [*starts[1:], len(of_frame)], strict=True))
    head = segment_head(wish)
    keys = stack(key(head, tokens[a:b].tobytes()) for a, b in edges)
    known = store.known(keys)
    whole = key(
        b"film", versions("segment"), canonical(format_of(wish).plain()), known.digests.tobytes(), _taken_over(wish)
    )
    # the store may have forgotten segments of a file that is as it was left
    is_intact = bool(known.made.all()) and intact == whole
    return OutputPlan(wish, of_frame, starts, keys, known.digests, known.made & (known.stored | is_intact), whole)


def _taken_over(wish: Wish) -> bytes:
    """What an output has from a file besides its pictures: the sound and the times of a film that is one clip."""
    clip = wish.film.shots[0].clip if len(wish.film.shots) == 1 else None
    return clip.digest if clip is not None and len(wish.frames) == wish.film.count else b""


def format_of(wish: Wish) -> Format:
    """What the encoder is told for an output."""
    return Format(wish.output.width, wish.output.height, wish.film.fps, wish.output.quality)


def segment_head(wish: Wish) -> bytes:
    """What the keys of an output's segments have in common: the encoder and what it is told."""
    return key(b"segment", encoder_version().encode(), canonical(format_of(wish).plain()))


def _starts(wish: Wish) -> list[int]:
    """Borders of the film, cut to the part that is asked for (of a film always one run)."""
    film = wish.film
    found: list[int] = []
    edges = [*film.spans, film.count]
    for a, b in itertools.pairwise(edges):
        motion = _motion(film, a, b)
        found += [a + border for border in borders(motion, [0])]
    if not len(wish.frames):
        return []
    first, last = int(wish.frames[0]), int(wish.frames[-1])
    return [0, *(s - first for s in found if first < s <= last)]


def _motion(film: Film, start: int, stop: int) -> NDArray[np.uint8]:
    """Motion rows of a span, which is within one shot and its mix."""
    shot = film.shots[film.shot[start]]
    frames = film.frame[start:stop]
    if shot.rows is None:
        assert shot.clip is not None and shot.source is not None
        return np.asarray(shot.clip.identity[shot.source[frames]])
    return np.asarray(shot.rows.motion[frames])


def _want(found: Plan) -> None:
    """Mark the frames of stale segments, and the drawings that those need."""
    for number, output in enumerate(found.outputs):
        stale = np.zeros(len(output.of_frame), np.bool_)
        for (a, b), fresh in zip(output.edges, output.segment_fresh, strict=True):
            stale[a:b] = not fresh
        found.frames.wanted[output.of_frame[stale]] = True
        make = stale & ~(found.frames.made & found.frames.stored)[output.of_frame]
        _want_drawings(found, number, output.wish, output.wish.frames[make])


def _want_drawings(found: Plan, number: int, wish: Wish, frames: NDArray[np.intp]) -> None:
    film = wish.film
    mint = {id(n): n for n in found.mint}
    for s, shot in enumerate(film.shots):
        if shot.rows is None:
            continue
        mine = np.concatenate(
            [film.frame[frames][film.shot[frames] == s], film.other_frame[frames][film.other[frames] == s]]
        )
        shown = shot.rows.shown()[np.unique(mine)].any(0)
        for look in found.nodes[number, s]:
            for recipe in np.flatnonzero(shown):
                for node in look[recipe].line():
                    # an ancestor is needed only to make what comes after it
                    is_last = node is look[recipe]
                    if not found.tokens.stored[id(node)] and (is_last or not found.tokens.stored[id(look[recipe])]):
                        mint[id(node)] = node
    found.mint = list(mint.values())

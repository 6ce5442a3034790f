"""The plan: what is missing for the outputs asked for, found without rendering anything.

`plan` is the only planner; dry runs, builds, single frames and checks all call it. It reads the
index and changes nothing.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.clip import CONTAINERS, Clip, Container, Format, container_version, encoder_version
from studio.film import Film
from studio.fingerprint import versions
from studio.hashing import WIDTH, Keys, canonical, key, stack, unique_rows
from studio.keys import Keyring, Name, Node, Outline, Tokens, looks
from studio.packs import Kind
from studio.rows import Rows
from studio.shots import Shown, borders_in, keyed, outlined, shown_of, vector_of
from studio.store import Store
from studio.targets import Output
from studio.vectors import Vectors

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Wish:
    """An output asked for: its film, and which of its frames (all of a film, one of a still)."""

    output: Output
    film: Film
    frames: NDArray[np.intp]

    @property
    def clip(self) -> Clip | None:
        """What it is nothing but, from the first frame to the last."""
        film = self.film
        is_whole = self.output.kind == "still" or len(self.frames) == film.count
        return film.shots[0].clip if len(film.shots) == 1 and is_whole else None

    @property
    def every(self) -> int:
        """Of which frames of the clip it keeps the times; 0 for a film's rate."""
        return self.film.shots[0].script.scene.every if self.clip is not None else 0

    @property
    def container(self) -> Container | None:
        """How a film is written; None for pictures."""
        return CONTAINERS[os.path.splitext(self.output.name)[1]] if self.output.kind == "film" else None

    @property
    def keeps_alpha(self) -> bool:
        """Whether it is transparent where its clip is."""
        holds = self.container.clear is not None if self.container else self.output.name.endswith(".png")
        return bool(holds and self.every and self.clip is not None and self.clip.has_alpha)

    @property
    def form(self) -> str:
        """Frames as they are stored: `i420` for most encoders, `rgb` or `rgba` for the others and for pictures."""
        if self.keeps_alpha:
            return "rgba"
        return "i420" if self.container is not None and self.container.muxer != "gif" else "rgb"


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
        if self.wish.container is None:
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
    asked: Mask  # looked up in the index; of what vectors know only where it matters

    @property
    def stale(self) -> Mask:
        return self.wanted & ~self.made

    def look_up(self, store: Store, these: NDArray[np.intp]) -> None:
        """Ask the index for some of them. A digest that is known already stays, whatever the index has forgotten."""
        these = these[~self.asked[these]]
        self.asked[these] = True
        known = store.known(self.keys[these], kind=Kind.FRAME)
        new = known.made & ~self.made[these]
        self.digests[these[new]] = known.digests[new]
        self.made[these] |= known.made
        self.stored[these], self.costs[these] = known.stored, known.costs

    @property
    def again(self) -> Mask:
        return self.wanted & self.made & ~self.stored


#: a drawing to mint: where a frame shows it (output, shot, look, recipe)
Spot: TypeAlias = tuple[int, int, int, int]


@dataclass
class Plan:
    """See the module's docstring. `mint`: drawings that frames to be made need and that are not in the store."""

    outputs: list[OutputPlan]
    frames: Frames
    tokens: Tokens
    shown: dict[tuple[int, int], Shown]  # by output and shot
    keyring: Keyring
    drawings: int = 0  # all that is shown
    mint: dict[Name, Spot] = field(default_factory=dict)

    @property
    def stale_segments(self) -> int:
        return sum(o.segments[1] for o in self.outputs)

    @property
    def is_empty(self) -> bool:
        return not self.mint and all(o.is_whole for o in self.outputs)

    def mint_counts(self) -> tuple[int, int]:
        """(stale, again) of the drawings to mint."""
        again = sum(name in self.tokens.made for name in self.mint)
        return len(self.mint) - again, again

    def nodes(self, output: int, shot: int, rows: Rows) -> list[list[Node]]:
        """For each look of a shot a node a recipe."""
        seen = self.outputs[output].wish.film.shots[shot]
        chains = [look.chain for look in looks(seen.styles, seen.dials)]
        return [[self.keyring.node(recipe, chain, seen.height) for recipe in rows.recipes] for chain in chains]

    def mint_nodes(self) -> Iterator[Node]:
        """The drawings to mint, scene by scene."""
        for (output, shot), spots in itertools.groupby(sorted(self.mint.values()), lambda spot: spot[:2]):
            rows = self.outputs[output].wish.film.shots[shot].rows
            assert rows is not None
            nodes = self.nodes(output, shot, rows)
            for spot in sorted(set(spots)):
                yield from (n for n in nodes[spot[2]][spot[3]].line() if self.mint.get(n.name) == spot)


def plan(
    wishes: Sequence[Wish],
    keyring: Keyring,
    store: Store,
    intact: Mapping[str, bytes],
    vectors: Vectors,
    helpers: int = 0,
) -> Plan:
    """Look everything up that the wishes rest on. intact: the keys of outputs whose files are as they were left;
    vectors: what is kept of shots that were made before; helpers: copies of this process that may share the work."""
    tokens = Tokens(partial(store.known, kind=Kind.DRAWING))
    shown: dict[tuple[int, int], Shown] = {}
    outlines: dict[tuple[int, int], Outline] = {}
    for o, wish in enumerate(wishes):
        kept = partial(vectors.of, wish.output.name, wish.form)
        for s, found_of in shown_of(wish.film, wish.frames, keyring, kept, wish.form, helpers).items():
            if isinstance(found_of, Outline):
                outlines[o, s] = found_of
            else:
                shown[o, s] = found_of
    tokens.resolve(name for outline in outlines.values() for look in outline.names for name in look)
    shown |= {place: keyed(keyring, tokens, outline) for place, outline in outlines.items()}
    frames, of_frames = _frame_table(wishes, keyring, shown, store)
    outputs = []
    for o, (wish, of_frame) in enumerate(zip(wishes, of_frames, strict=True)):
        shots = {s: seen for (p, s), seen in shown.items() if p == o}
        outputs.append(_segments(wish, of_frame, frames, store, shots, intact.get(wish.output.name)))
    found = Plan(outputs, frames, tokens, shown, keyring)
    drawings = np.concatenate([*(s.drawings for s in shown.values()), np.zeros((0, WIDTH), np.uint8)])
    found.drawings = len(unique_rows(drawings)[0])
    _want(found, store, outlines)
    return found


def _frame_table(
    wishes: Sequence[Wish], keyring: Keyring, shown: Mapping[tuple[int, int], Shown], store: Store
) -> tuple[Frames, list[NDArray[np.intp]]]:
    """Every distinct frame, and for each wish which of them its frames are. What vectors say is not looked up."""
    keys, flags, digests, known = [], [], [], []
    for o, wish in enumerate(wishes):
        shots = {s: seen for (output, s), seen in shown.items() if output == o}
        keys.append(keyring.film(wish.film, {s: seen.keys for s, seen in shots.items()})[wish.frames])
        flags.append(keyring.film_flags(wish.film, {s: seen.provisional for s, seen in shots.items()})[wish.frames])
        of, is_known = _digests_of(wish, shots)
        digests.append(of)
        known.append(is_known)
    joined = np.concatenate([*keys, np.zeros((0, WIDTH), np.uint8)])
    first, number = unique_rows(joined)
    frames = Frames(
        joined[first],
        np.concatenate([*flags, np.zeros(0, np.bool_)])[first],
        np.zeros(len(first), np.bool_),
        np.zeros((len(first), WIDTH), np.uint8),
        np.zeros(len(first), np.bool_),
        np.zeros(len(first), np.bool_),
        np.zeros(len(first), np.float32),
        np.zeros(len(first), np.bool_),
    )
    has = np.concatenate([*known, np.zeros(0, np.bool_)])
    frames.made[number[has]] = True
    frames.digests[number[has]] = np.concatenate([*digests, np.zeros((0, WIDTH), np.uint8)])[has]
    frames.look_up(store, np.flatnonzero(~frames.made & ~frames.provisional))
    ends = np.cumsum([len(k) for k in keys])
    return frames, list(np.split(number, ends[:-1])) if len(keys) else []


def _digests_of(wish: Wish, shots: Mapping[int, Shown]) -> tuple[Keys, Mask]:
    """(n, 16) digests that vectors know, and of which frames; a frame that is mixed, faded or masked has its own."""
    film = wish.film
    digests, known = np.zeros((film.count, WIDTH), np.uint8), np.zeros(film.count, np.bool_)
    plain = film.plain
    for (a, b), number, _ in film.seen:
        shot = shots.get(number)
        if shot is not None and shot.digests is not None:
            digests[a:b] = shot.digests[film.frame[a:b]]
            known[a:b] = plain[a:b] & digests[a:b].any(1)
    return digests[wish.frames], known[wish.frames]


def _segments(
    wish: Wish,
    of_frame: NDArray[np.intp],
    frames: Frames,
    store: Store,
    shots: Mapping[int, Shown],
    intact: bytes | None,
) -> OutputPlan:
    """Segment keys from frame tokens; pictures count as segments of one frame that need no encoding."""
    tokens = np.where(frames.made[:, None], frames.digests, frames.keys)[of_frame]
    if wish.container is None:
        whole, made = key(b"pictures", container_version(), versions("frame"), tokens.tobytes()), frames.made[of_frame]
        frames.look_up(store, np.unique(of_frame[made]))
        fresh = made & (frames.stored[of_frame] | (intact == whole))
        return OutputPlan(wish, of_frame, list(range(len(of_frame))), tokens, tokens, fresh, whole)
    starts = _starts(wish, shots)
    edges = list(zip(starts, [*starts[1:], len(of_frame)], strict=True))
    head = segment_head(wish)
    keys = stack(key(head, tokens[a:b].tobytes()) for a, b in edges)
    known = store.known(keys, kind=Kind.SEGMENT)
    said = canonical([*format_of(wish).plain(), wish.container])
    whole = key(b"film", container_version(), versions("segment"), said, known.digests.tobytes(), _taken_over(wish))
    # the store may have forgotten segments of a file that is as it was left
    is_intact = bool(known.made.all()) and intact == whole
    return OutputPlan(wish, of_frame, starts, keys, known.digests, known.made & (known.stored | is_intact), whole)


def _taken_over(wish: Wish) -> bytes:
    """What an output has from a file besides its pictures: the sound and the times of a film that is one clip."""
    clip = wish.clip
    if clip is None:
        return b""
    return key(clip.digest, clip.marks(wish.every).tobytes() if wish.every else b"", repr(clip.start).encode())


def format_of(wish: Wish) -> Format:
    """What the encoder is told for an output."""
    assert wish.container is not None
    codec = wish.container.clear if wish.keeps_alpha else wish.container.codec
    return Format(wish.output.width, wish.output.height, wish.film.fps, wish.output.quality, codec=codec or "")


def segment_head(wish: Wish) -> bytes:
    """What the keys of an output's segments have in common: the encoder and what it is told."""
    if wish.container is None:
        return b""  # pictures have none
    return key(b"segment", encoder_version(format_of(wish).codec).encode(), canonical(format_of(wish).plain()))


def _starts(wish: Wish, shots: Mapping[int, Shown]) -> list[int]:
    """Borders of the film, cut to the part that is asked for (of a film always one run)."""
    film = wish.film
    if not len(wish.frames):
        return []
    first, last = int(wish.frames[0]), int(wish.frames[-1])
    found: list[int] = []
    for (a, b), number, mixed in film.seen:
        if b > first and a <= last:
            found += [a + border for border in borders_in(shots[number], film.frame[a:b], mixed >= 0)]
    return [0, *(s - first for s in found if first < s <= last)]


def keep_vectors(found: Plan, vectors: Vectors) -> None:
    """Keep what is known of the shots of whole films, once nothing of them is missing."""
    for number, output in enumerate(found.outputs):
        wish = output.wish
        if wish.container is None or len(wish.frames) != wish.film.count or not output.is_whole:
            continue
        runs: dict[bytes, tuple[Shown, Keys]] = {}
        digests = found.frames.digests[output.of_frame]
        digests[~(wish.film.plain & found.frames.made[output.of_frame])] = 0
        for (a, b), s, mixed in wish.film.seen:
            shot, name = found.shown[number, s], vectors.name(wish.film.shots[s], wish.form)
            if wish.film.shots[s].clip is not None or mixed >= 0:
                continue
            # a shot into which cards are cut has several runs
            runs.setdefault(name, (shot, np.zeros_like(shot.keys)))[1][wish.film.frame[a:b]] = digests[a:b]
        vectors.keep(wish.output.name, {name: vector_of(*run) for name, run in runs.items()})


def _want(found: Plan, store: Store, outlines: Mapping[tuple[int, int], Outline]) -> None:
    """Mark the frames of stale segments, and the drawings that those need."""
    of_outputs = []
    for output in found.outputs:
        stale = np.zeros(len(output.of_frame), np.bool_)
        for (a, b), fresh in zip(output.edges, output.segment_fresh, strict=True):
            stale[a:b] = not fresh
        found.frames.wanted[output.of_frame[stale]] = True
        of_outputs.append(stale)
    found.frames.look_up(store, np.flatnonzero(found.frames.wanted))
    ready = found.frames.made & found.frames.stored
    for number, (output, stale) in enumerate(zip(found.outputs, of_outputs, strict=True)):
        _want_drawings(found, number, output.wish.frames[stale & ~ready[output.of_frame]], outlines)


def _want_drawings(
    found: Plan, number: int, frames: NDArray[np.intp], outlines: Mapping[tuple[int, int], Outline]
) -> None:
    wish, tokens = found.outputs[number].wish, found.tokens
    film = wish.film
    here = np.zeros(film.count, np.bool_)
    here[frames] = True
    needed: dict[int, list[NDArray[np.int32]]] = {}
    for (a, b), shot, mixed in film.seen:
        if here[a:b].any():
            needed.setdefault(shot, []).append(film.frame[a:b][here[a:b]])
            needed.setdefault(mixed, []).append(film.other_frame[a:b][here[a:b]])
    for s, of_shot in sorted(needed.items()):
        if s < 0 or film.shots[s].clip is not None:
            continue
        outline = outlines.get((number, s))
        if outline is None:  # its vector is kept, without its drawings
            outline = outlined(found.keyring, film.shots[s], wish.form, float(film.fps))
            tokens.resolve(name for look in outline.names for name in look)
        for look, names in enumerate(outline.names):
            for recipe in outline.shown(np.concatenate(of_shot), look).tolist():
                name = names[recipe]
                for depth in range(1, len(name) + 1):
                    # an ancestor is needed only to make what comes after it
                    if name[:depth] not in tokens.stored and (depth == len(name) or name not in tokens.stored):
                        found.mint.setdefault(name[:depth], (number, s, look, recipe))

"""Keys of drawings and frames, computed from values and code, without rendering anything.

A drawing not yet minted stands in by its own key; a frame that shows one has a provisional key,
which plans and is never written to the store.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rules._atmosphere import Air
from studio.borders import hashes_of
from studio.dials import GRID, Dials, ticks
from studio.film import Film, Shot
from studio.fingerprint import Fingerprints, of_functions, versions
from studio.hashing import WIDTH, Columns, Keys, canonical, digest, key, seed_of, stack
from studio.pins import processor
from studio.rows import EMPTY, Recipe, Rows, runs_of
from studio.rule import needs
from studio.store import Known
from studio.targets import STRENGTH, Style

Floats = NDArray[np.float64]

#: functions of `studio.footage` between a clip's packets and its pixels
_DECODING = ("frames_of", "_group", "_leans_on", "_stream_of", "_decoded", "_upright", "_pixels", "_plane")


class Look(NamedTuple):
    """A chain of styles at full strength, and its share in the finished frame. turned: the passes (their targets)
    whose strength changes within the scene, and whether each is in the chain; their share is not in the weight."""

    weight: float
    chain: tuple[Style, ...]
    turned: tuple[tuple[str, bool], ...] = ()

    def shares(self, dials: Dials, count: int) -> Floats:
        """Its share in each frame of a scene."""
        found = np.full(count, self.weight)
        for target, is_taken in self.turned:
            strength = dials[target][STRENGTH] / GRID
            found *= strength if is_taken else 1 - strength
        return found


#: the heads of a drawing and of each of its restylings
Name: TypeAlias = tuple[bytes, ...]


class Node(NamedTuple):
    """A drawing, its maps, or a drawing restyled. name: for each of its line all of its key but its parent's token.
    maps: those that it holds beside its parent's colours, for the style that comes after it."""

    name: Name
    recipe: Recipe
    style: Style | None = None
    parent: Node | None = None
    lines: int = 0
    maps: tuple[str, ...] = ()

    def key(self, parent_token: bytes = b"") -> bytes:
        return key_of(self.name, parent_token)

    def line(self) -> list[Node]:
        """Itself last, its ancestors before it."""
        return [*(self.parent.line() if self.parent else []), self]


def key_of(name: Name, parent_token: bytes) -> bytes:
    """The key of a drawing; what is not restyled has no parent."""
    return digest(name[-1] + parent_token)


@dataclass(frozen=True)
class Outline:
    """A shot as planning needs it, equal frames in a row taken as one. run: (n,) which one each frame is; rows:
    (runs, 16), all that a frame depends on but its drawings; table: (runs, slots) which of them it shows, or EMPTY;
    names: for each look those drawings; taken: (runs, looks) whether it has a share; motion: (n,) for borders."""

    run: NDArray[np.intp]
    rows: Keys
    table: NDArray[np.int16]
    names: list[list[Name]]
    taken: NDArray[np.bool_]
    motion: NDArray[np.uint64]
    cuts: list[int]

    def shown(self, frames: NDArray[np.integer[Any]], look: int) -> NDArray[np.intp]:
        """The numbers of the drawings that some frames show in a look."""
        seen = np.zeros(len(self.names[look]) + 1, np.bool_)
        runs = self.run[frames]
        seen[self.table[runs[self.taken[runs, look]]]] = True  # EMPTY falls on the spare last one
        return np.flatnonzero(seen[:-1])


def looks(styles: Sequence[Style], dials: Dials) -> list[Look]:
    """With and without each pass of a strength below 1, or one that changes; the shares add up to 1."""
    turned = {n for n, s in enumerate(styles) if STRENGTH in dials.get(s.target, ())}
    partial = [n for n, s in enumerate(styles) if n in turned or 0 < s.strength < 1]
    found = []
    for taken in itertools.product((True, False), repeat=len(partial)):
        weight = 1.0
        for n, is_taken in zip(partial, taken, strict=True):
            if n not in turned:
                weight *= styles[n].strength if is_taken else 1 - styles[n].strength
        left_out = {n for n, is_taken in zip(partial, taken, strict=True) if not is_taken}
        chain = tuple(s for n, s in enumerate(styles) if n not in left_out and (n in turned or s.strength > 0))
        found.append(Look(weight, chain, tuple((styles[n].target, n not in left_out) for n in sorted(turned))))
    return found


class Keyring:
    """Makes keys out of recipes, rows and fingerprints."""

    def __init__(self, fingerprints: Fingerprints) -> None:
        self._code = fingerprints
        self._drawing_libraries = versions("drawing") + processor().encode()
        self._frame_libraries = versions("frame") + processor().encode()
        self._rules: dict[str, bytes] = {}

    # -- drawings

    def node(self, recipe: Recipe, chain: Sequence[Style], lines: int) -> Node:
        """The drawing of a recipe under the styles of its plane and of a chain."""
        node = Node(self._minted(recipe), recipe)
        for style in (*recipe.styles, *chain):
            if not style.restyles(recipe.target, recipe.role):
                continue
            head = canonical(
                [
                    style.rule,
                    style.params.model_dump(mode="json"),
                    style_seed(style, recipe),
                    recipe.role,
                    lines,
                    recipe.canvas[:2],
                ]
            )
            if read := needs(style.module):
                node = self._mapped(node, read)
            code = self._code.of(style.code)
            name = (*node.name, key(b"styled", code, self._drawing_libraries, head))
            node = Node(name, recipe, style, node, lines)
        return node

    def _mapped(self, node: Node, maps: tuple[str, ...]) -> Node:
        """The maps of a drawing beside the colours that it has by now."""
        head = key(b"maps", self._code.of("rules._relief"), canonical(list(maps)), node.name[0])
        return Node((*node.name, head), node.recipe, None, node, maps=maps)

    def _names(self, recipes: Sequence[Recipe], chain: Sequence[Style], lines: int) -> list[Name]:
        """The names of the nodes of some recipes under a chain."""
        return [self.node(r, chain, lines).name if chain or r.styles else self._minted(r) for r in recipes]

    def _minted(self, recipe: Recipe) -> Name:
        """The name of a drawing that is not restyled."""
        head = self._rules.get(recipe.rule)
        if head is None:
            head = key(b"drawing", self.code_of(recipe.rule), self._drawing_libraries)
            self._rules[recipe.rule] = head
        return (digest(head + recipe.canonical),)

    def code_of(self, rule: str) -> bytes:
        """The fingerprint of a rule by its name in recipes: `character`, `plates/sky`."""
        return self._code.of("rules." + rule.replace("/", ".").replace("-", "_"))

    # -- frames

    def outline(self, shot: Shot, rows: Rows, form: str, fps: float) -> Outline:
        """What planning keeps of the rows of a shot."""
        seen_as, height = looks(shot.styles, shot.dials), shot.height
        names = [self._names(rows.recipes, look.chain, height) for look in seen_as]
        ticks_of = Columns(rows.count)
        self._clocks(ticks_of, shot, np.arange(rows.count, dtype=np.int32), fps)
        shares = np.stack([look.shares(shot.dials, rows.count) for look in seen_as], 1)
        if shot.dials:  # as they are mixed: how shares come about is not in the code that a frame rests on
            ticks_of.column("shares", shares)
        for number, style in enumerate(shot.styles):
            for name, steps in shot.dials.get(style.target, {}).items():
                if name != STRENGTH:
                    ticks_of.column(f"dial {number} {name}", steps)
        if any(style.rides for style in shot.styles):
            ticks_of.column("ride", rows.ride)
        first, run = runs_of(rows.rows, rows.view, *ticks_of.columns.values())
        columns = Columns(len(first))
        columns.constants = self._constants(shot, form)
        taken = shares[first] > 0
        columns.column("passes", _passes_of(seen_as, taken))
        columns.column("view", rows.view[first])
        for name, values in ticks_of.columns.items():
            columns.column(name, values[first])
        seen, shown = columns.keys(), rows.rows[first]
        table = shown[:, :, 0].astype(np.int16)
        out = np.zeros((len(first), WIDTH), np.uint8)
        for width, these in _widths(table):  # a row's key does not depend on how many slots other rows have
            columns = Columns(len(these))
            columns.column("seen", seen[these])
            columns.column("row", _padded(shown[these], width)[:, :, 1:])
            out[these] = columns.keys()
        return Outline(run, out, table, names, taken, hashes_of(rows.motion(first))[run], rows.cuts)

    def frames(self, outline: Outline, tokens: Sequence[Keys]) -> Keys:
        """(n, 16): the key of each frame of a shot. tokens: for each look (recipes + 1, 16), the last of no drawing."""
        out = np.zeros((len(outline.rows), WIDTH), np.uint8)
        for width, these in _widths(outline.table):
            columns = Columns(len(these))
            columns.column("row", outline.rows[these])
            numbers = _padded(outline.table[these], width, EMPTY)
            for look, table in enumerate(tokens):
                shown = np.where(outline.taken[these, look, None], numbers, EMPTY)
                columns.column(f"drawings {look}", table[shown])
            out[these] = columns.keys()
        return out[outline.run]

    def footage(self, shot: Shot, form: str, fps: float) -> Keys:
        """(n, 16): the key of each frame of a clip."""
        assert shot.clip is not None and shot.source is not None
        columns = Columns(shot.length)
        columns.constants = {**self._constants(shot, form), "decoder": of_functions("studio.footage", *_DECODING)}
        columns.constant("tones", self._code.of("studio.tones"))
        columns.constant("passes", _described(looks(shot.styles, shot.dials)))
        columns.column("source", shot.clip.identity[shot.source])
        self._clocks(columns, shot, np.arange(shot.length, dtype=np.int32), fps)
        return columns.keys()

    def _constants(self, shot: Shot, form: str) -> dict[str, bytes]:
        chains = (look.chain for look in looks(shot.styles, shot.dials))
        modules = sorted({s.code for chain in chains for s in chain if s.frame})
        return {
            "code": self._code.of("rules.scene", "studio.pixels", "studio.easel", *modules),
            "libraries": self._frame_libraries,
            "picture": canonical([shot.width, shot.height, form]),
            "air": canonical(_said(shot.air)),
        }

    def _clocks(self, columns: Columns, shot: Shot, frames: NDArray[np.int32], fps: float) -> None:
        for number, style in enumerate(shot.styles):
            if style.frame and getattr(style.module, "CLOCK", "none") != "none":
                columns.column(f"tick {number}", ticks(style, frames, fps))

    def film(self, film: Film, of_shots: Mapping[int, Keys]) -> Keys:
        """(n, 16): the key of each frame of a film, out of the keys of its shots' frames; 0 where those are missing."""
        out = np.zeros((film.count, WIDTH), np.uint8)
        other = np.zeros((film.count, WIDTH), np.uint8)
        for (a, b), shot, mixed in film.seen:
            if shot in of_shots:
                out[a:b] = of_shots[shot][film.frame[a:b]]
            if mixed in of_shots:
                other[a:b] = of_shots[mixed][film.other_frame[a:b]]
        special = np.flatnonzero(~film.plain)
        if len(special):
            columns = Columns(len(special))
            columns.constant("code", self._code.of("rules._cuts"))
            columns.column("frame", out[special])
            columns.column("other", other[special])
            columns.column("mix", film.mix(special))
            columns.column("iris", film.iris[special])
            out[special] = columns.keys()
        return out

    @staticmethod
    def film_flags(film: Film, of_shots: Mapping[int, NDArray[np.bool_]]) -> NDArray[np.bool_]:
        """(n,): a flag of each shot's frames, for the frames of a film; of a mix, either's."""
        out = np.zeros(film.count, np.bool_)
        for (a, b), shot, mixed in film.seen:
            if shot in of_shots:
                out[a:b] |= of_shots[shot][film.frame[a:b]]
            if mixed in of_shots:
                out[a:b] |= of_shots[mixed][film.other_frame[a:b]]
        return out

    def code_of_shot(self, shot: Shot) -> bytes:
        """The code of the rules that draw a shot, whatever its drawings turn out to be."""
        scene = shot.script.scene
        rules = {"alphabet", "caption", "character", "weather", scene.card_rule, *(c.figure.rule for c in scene.cast)}
        rules |= {event.data["figure"].rule for event in shot.script.of("walk")}
        rules |= {("props/" if p.is_prop else "plates/") + p.rule for p in (scene.stage.planes if scene.stage else ())}
        styles = {s.code for s in shot.styles} | {
            s.code for p in (scene.stage.planes if scene.stage else ()) for s in p.styles
        }
        return key(
            *(self.code_of(rule) for rule in sorted(rules)),
            *(self._code.of(code) for code in sorted(styles)),
            *(self._constants(shot, "")[name] for name in ("code", "libraries")),
        )


def _described(seen: Sequence[Look]) -> bytes:
    """What frame hooks are told, and how their pictures are mixed but for what changes."""
    said = [
        [
            look.weight,
            [is_taken for _, is_taken in look.turned],
            [[s.rule, s.params.model_dump(mode="json"), s.seed] for s in look.chain if s.frame],
        ]
        for look in seen
    ]
    return canonical(said)


def _passes_of(seen: Sequence[Look], taken: NDArray[np.bool_]) -> Keys:
    """(n, 16) for frames in which some looks have a share: a frame does not rest on those that have none."""
    patterns, number = np.unique(taken, axis=0, return_inverse=True)
    said = stack(key(_described(list(itertools.compress(seen, pattern)))) for pattern in patterns.tolist())
    return said[number.reshape(-1)]


def style_seed(style: Style, recipe: Recipe) -> int:
    """The seed of a restyled drawing, from names alone."""
    return seed_of("styled", style.seed, recipe.target)


def _said(air: Air | None) -> Any:
    """The air of a scene as plain values."""
    return air and [air.grade, *(list(fall) for fall in air.weather)]


def _widths(table: NDArray[np.int16]) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Rows by how many slots they fill, rounded up to eights."""
    widths = -(-(table != EMPTY).sum(1) // 8) * 8
    for width in np.unique(widths).tolist():
        yield width, np.flatnonzero(widths == width)


def _padded(rows: NDArray[Any], width: int, empty: int = 0) -> NDArray[Any]:
    """Rows of slots cut or filled up to some width; empty slots are last."""
    if rows.shape[1] >= width:
        return rows[:, :width]
    out = np.full((len(rows), width, *rows.shape[2:]), empty, rows.dtype)
    out[:, : rows.shape[1]] = rows
    return out


class Tokens:
    """Which token each drawing has, by name: its digest if the index has it, else its key."""

    def __init__(self, ask: Callable[[Keys], Known]) -> None:
        self._ask = ask
        self.token: dict[Name, bytes] = {}
        self.made: set[Name] = set()
        self.stored: set[Name] = set()
        self.cost: dict[Name, float] = {}

    def resolve(self, names: Iterable[Name]) -> None:
        """Ask the index for all drawings, generation by generation."""
        wanted = dict.fromkeys(name for name in names if name not in self.token)
        for depth in range(1, max(map(len, wanted), default=0) + 1):
            older = (name[:depth] if len(name) > depth else name for name in wanted if len(name) >= depth)
            waiting = list(dict.fromkeys(name for name in older if name not in self.token))
            asked = stack(key_of(name, self.token.get(name[:-1], b"")) for name in waiting)
            known = self._ask(asked)
            # a drawing restyled from one not yet minted has a provisional key: it is in no index
            tokens = np.where(known.made[:, None], known.digests, asked).tobytes()
            self.token.update(zip(waiting, (tokens[i : i + WIDTH] for i in range(0, len(tokens), WIDTH)), strict=True))
            self.made.update(itertools.compress(waiting, known.made.tolist()))
            self.stored.update(itertools.compress(waiting, known.stored.tolist()))
            self.cost.update((n, cost) for n, cost in zip(waiting, known.costs.tolist(), strict=True) if cost)

    def table(self, names: Sequence[Name]) -> tuple[Keys, NDArray[np.bool_]]:
        """(n + 1, 16) tokens and (n + 1,) whether each is provisional; the last stands for no drawing."""
        tokens = stack([*(self.token[name] for name in names), bytes(WIDTH)])
        return tokens, np.array([*(name not in self.made for name in names), False])

"""Keys of drawings and frames, computed from values and code, without rendering anything.

A drawing not yet minted stands in by its own key; a frame that shows one has a provisional key,
which plans and is never written to the store.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.film import NO_IRIS, Film, Shot
from studio.fingerprint import Fingerprints, of_functions, versions
from studio.hashing import WIDTH, Columns, Keys, canonical, key, seed_of, stack
from studio.pins import processor
from studio.rows import Recipe
from studio.rule import hook
from studio.store import Known
from studio.targets import Style

#: roles that a style's drawing hook restyles unless it says otherwise; light and shadows stay what they are
RESTYLED = ("figure", "face", "plate", "prop", "card")
#: functions of `studio.video` between a clip's packets and its pixels
_DECODING = ("frames_of", "_decoded", "_rgb", "_plane")


class Look(NamedTuple):
    """A chain of styles at full strength, and its share in the finished frame."""

    weight: float
    chain: tuple[Style, ...]


@dataclass(frozen=True)
class Node:
    """A drawing, or a drawing restyled: `head` is all of its key but its parent's token."""

    head: bytes
    recipe: Recipe
    style: Style | None = None
    parent: Node | None = None
    lines: int = 0

    def key(self, parent_token: bytes = b"") -> bytes:
        return key(self.head, parent_token)

    def line(self) -> list[Node]:
        """Itself last, its ancestors before it."""
        return [*(self.parent.line() if self.parent else []), self]


def looks(styles: Sequence[Style]) -> list[Look]:
    """With and without each pass of a strength below 1; the weights add up to 1."""
    partial = [n for n, s in enumerate(styles) if 0 < s.strength < 1]
    found = []
    for taken in itertools.product((True, False), repeat=len(partial)):
        weight = 1.0
        for n, is_taken in zip(partial, taken, strict=True):
            weight *= styles[n].strength if is_taken else 1 - styles[n].strength
        left_out = {n for n, is_taken in zip(partial, taken, strict=True) if not is_taken}
        chain = tuple(s for n, s in enumerate(styles) if n not in left_out and s.strength > 0)
        found.append(Look(weight, chain))
    return found


def ticks(style: Style, frames: NDArray[np.int32], fps: float) -> NDArray[np.int32]:
    """The clock of a style at frames of a scene; all 0 without one."""
    clock = getattr(style.module, "CLOCK", "none")
    rate = {"none": 0.0, "boil": 12.0}.get(clock)
    if rate is None:
        rate = float(getattr(style.params, "cadence", 16))
    return np.asarray(np.floor(frames * (rate / fps) + 1e-6).astype(np.int32))


class Keyring:
    """Makes keys out of recipes, rows and fingerprints."""

    def __init__(self, fingerprints: Fingerprints) -> None:
        self._code = fingerprints
        self._drawing_libraries = versions("drawing") + processor().encode()
        self._frame_libraries = versions("frame") + processor().encode()
        self._nodes: dict[tuple[bytes, str, int, tuple[Style, ...]], Node] = {}

    # -- drawings

    def node(self, recipe: Recipe, chain: Sequence[Style], lines: int) -> Node:
        """The drawing of a recipe under the styles of its plane and of a chain."""
        chain = tuple(s for s in (*recipe.styles, *chain) if hook(s.module, "drawing") and _restyles(s, recipe.role))
        name = (recipe.canonical(), recipe.target, lines, chain)
        if name not in self._nodes:
            node = Node(key(b"drawing", self.code_of(recipe.rule), self._drawing_libraries, recipe.canonical()), recipe)
            for style in chain:
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
                code = self._code.of(f"rules.styles.{style.rule}")
                node = Node(key(b"styled", code, self._drawing_libraries, head), recipe, style, node, lines)
            self._nodes[name] = node
        return self._nodes[name]

    def code_of(self, rule: str) -> bytes:
        """The fingerprint of a rule by its name in recipes: `character`, `plates/sky`."""
        return self._code.of("rules." + rule.replace("/", ".").replace("-", "_"))

    # -- frames

    def frames(self, shot: Shot, tokens: Sequence[Keys], form: str, fps: float) -> Keys:
        """(n, 16): the key of each frame of a shot. tokens: for each look (recipes, 16)."""
        frames = np.arange(shot.length, dtype=np.int32)
        columns = self._constants(shot, form)
        if shot.clip is not None and shot.source is not None:
            filled = Columns(shot.length)
            filled.constants = {**columns, "decoder": of_functions("studio.video", *_DECODING)}
            filled.column("source", shot.clip.identity[shot.source])
            self._clocks(filled, shot, frames, fps)
            return filled.keys()
        assert shot.rows is not None
        rows = shot.rows.rows
        counts = (rows[:, :, 0] >= 0).sum(1)
        out = np.zeros((shot.length, WIDTH), np.uint8)
        for count in np.unique(counts):  # a row's key does not depend on how many slots other rows have
            these = np.flatnonzero(counts == count)
            filled = Columns(len(these))
            filled.constants = columns
            filled.column("row", rows[these, :count, 1:])
            filled.column("view", shot.rows.view[these])
            for number, table in enumerate(tokens):
                filled.column(
                    f"drawings {number}",
                    table[rows[these, :count, 0]] if count else np.zeros((len(these), 0), np.uint8),
                )
            self._clocks(filled, shot, frames[these], fps)
            out[these] = filled.keys()
        return out

    def _constants(self, shot: Shot, form: str) -> dict[str, bytes]:
        seen = looks(shot.styles)
        hooked = [(look.weight, [s for s in look.chain if hook(s.module, "frame")]) for look in seen]
        modules = sorted({f"rules.styles.{s.rule}" for _, chain in hooked for s in chain})
        described = [
            [weight, [[s.rule, s.params.model_dump(mode="json"), s.seed] for s in chain]] for weight, chain in hooked
        ]
        return {
            "code": self._code.of("rules.scene", "studio.pixels", "studio.easel", *modules),
            "libraries": self._frame_libraries,
            "picture": canonical([shot.width, shot.height, form]),
            "passes": canonical(described),
            "graded": canonical(shot.is_staged),
        }

    def _clocks(self, columns: Columns, shot: Shot, frames: NDArray[np.int32], fps: float) -> None:
        for number, style in enumerate(shot.styles):
            if hook(style.module, "frame") and getattr(style.module, "CLOCK", "none") != "none":
                columns.column(f"tick {number}", ticks(style, frames, fps))

    def film(self, film: Film, of_shots: Sequence[Keys]) -> Keys:
        """(n, 16): the key of each frame of a film, out of the keys of its shots' frames."""
        out = np.zeros((film.count, WIDTH), np.uint8)
        for number, keys in enumerate(of_shots):
            here = film.shot == number
            out[here] = keys[film.frame[here]]
        special = np.flatnonzero((film.other >= 0) | (film.fade < 255) | (film.iris[:, 2] != NO_IRIS))
        if len(special):
            columns = Columns(len(special))
            columns.constant("code", self._code.of("rules.scene"))
            columns.column("frame", out[special])
            other = np.zeros((len(special), WIDTH), np.uint8)
            for number, keys in enumerate(of_shots):
                here = film.other[special] == number
                other[here] = keys[film.other_frame[special][here]]
            columns.column("other", other)
            columns.column("mix", np.stack([film.weight[special], film.fade[special]], 1))
            columns.column("iris", film.iris[special])
            out[special] = columns.keys()
        return out

    @staticmethod
    def film_flags(film: Film, of_shots: Sequence[NDArray[np.bool_]]) -> NDArray[np.bool_]:
        """(n,): a flag of each shot's frames, for the frames of a film; of a mix, either's."""
        out = np.zeros(film.count, np.bool_)
        for number, flags in enumerate(of_shots):
            here = film.shot == number
            out[here] |= flags[film.frame[here]]
            here = film.other == number
            out[here] |= flags[film.other_frame[here]]
        return out


def style_seed(style: Style, recipe: Recipe) -> int:
    """The seed of a restyled drawing, from names alone."""
    return seed_of("styled", style.seed, recipe.target)


def _restyles(style: Style, role: str) -> bool:
    return role in getattr(style.module, "ROLES", RESTYLED)


class Tokens:
    """Which token each drawing has: its digest if the index has it, else its key."""

    def __init__(self, ask: Callable[[Keys], Known]) -> None:
        self._ask = ask
        self.token: dict[int, bytes] = {}  # by id of the node, which the keyring keeps
        self.key: dict[int, bytes] = {}
        self.made: dict[int, bool] = {}
        self.stored: dict[int, bool] = {}
        self.cost: dict[int, float] = {}

    def resolve(self, nodes: Sequence[Node]) -> None:
        """Ask the index for all nodes, generation by generation."""
        for generation in _generations(nodes):
            waiting = [n for n in generation if id(n) not in self.token]
            keys = [n.key(self.token[id(n.parent)] if n.parent else b"") for n in waiting]
            known = self._ask(stack(keys))
            for number, node in enumerate(waiting):
                # a drawing restyled from one not yet minted has a provisional key: it is in no index
                made = bool(known.made[number])
                self.key[id(node)], self.made[id(node)] = keys[number], made
                self.stored[id(node)], self.cost[id(node)] = bool(known.stored[number]), float(known.costs[number])
                self.token[id(node)] = known.digests[number].tobytes() if made else keys[number]

    def table(self, nodes: Sequence[Node]) -> tuple[Keys, NDArray[np.bool_]]:
        """(n + 1, 16) tokens and (n + 1,) whether each is provisional; the last stands for no drawing."""
        tokens = stack([*(self.token[id(n)] for n in nodes), bytes(WIDTH)])
        return tokens, np.array([*(not self.made[id(n)] for n in nodes), False])


def _generations(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    lines = [n.line() for n in nodes]
    for depth in range(max((len(line) for line in lines), default=0)):
        yield list({id(line[depth]): line[depth] for line in lines if len(line) > depth}.values())

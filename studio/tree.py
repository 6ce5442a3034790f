"""A parsed file as a tree of values that know their place, and problems told in terms of it.

Between YAML and the models: knows neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from studio.errors import Place, Problem, did_you_mean

Loc = tuple[str | int, ...]


@dataclass
class Tree:
    """A value and where it stands. `value` is text, a number, a boolean, None, a list of trees or a
    mapping from text to trees; `keys` has the places of a mapping's keys."""

    value: Any
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)
    copied: str = ""  # the target that this one copies, of those that say `like`

    def plain(self) -> Any:
        """The value without places; lists as tuples, which is what the models hold."""
        if isinstance(self.value, dict):
            return {key: tree.plain() for key, tree in self.value.items()}
        if isinstance(self.value, list):
            return tuple(tree.plain() for tree in self.value)
        return self.value

    def at(self, loc: Sequence[str | int]) -> Tree:
        """The tree at a path; items of the path that fit nowhere (the tags of unions) are passed over."""
        tree = self
        for item in loc:
            value = tree.value
            is_item = isinstance(value, list) and isinstance(item, int) and item < len(value)
            if is_item or (isinstance(value, dict) and item in value):
                tree = value[item]
        return tree

    def place_of(self, loc: Sequence[str | int]) -> Place:
        """The place of the value at a path, or of the key where there is nothing but a key."""
        return self.at(loc).place

    def key_place(self, loc: Sequence[str | int]) -> Place:
        """The place of the key that a path ends with."""
        parent = self.at(loc[:-1])
        return parent.keys.get(str(loc[-1]), parent.place) if loc else self.place

    def merged(self, over: Tree, name: str) -> Tree:
        """A copy of this mapping, which goes by a name, in which another one's keys replace."""
        copied = over.copied or name  # an episode's own `ada` is a copy before its `like` is looked at
        return Tree({**self.value, **over.value}, over.place, {**self.keys, **over.keys}, copied)

    def walk(self) -> Iterator[Tree]:
        """Itself and everything below."""
        yield self
        below: list[Tree] = []
        if isinstance(self.value, dict):
            below = list(self.value.values())
        elif isinstance(self.value, list):
            below = self.value
        for tree in below:
            yield from tree.walk()


class Folded(Tree):
    """A tree as it is kept: opened level by level where somebody looks, since nobody looks at most of it.

    packed: [line, column, value], and of a mapping also the lines and columns of its keys in turn; what
    is in lists and mappings is packed too.
    """

    def __init__(self, packed: list[Any], file: str) -> None:
        self._packed, self._file = packed, file

    def __getattr__(self, name: str) -> Any:
        if name not in ("value", "place", "keys"):
            raise AttributeError(name)
        line, column, value, *places = self._packed
        file = self._file
        self.place, self.keys = Place(file, line, column), {}
        if isinstance(value, dict):
            self.value = {key: Folded(packed, file) for key, packed in value.items()}
            pairs = zip(value, places[0][::2], places[0][1::2], strict=True)
            self.keys = {key: Place(file, *at) for key, *at in pairs}
        else:
            self.value = [Folded(packed, file) for packed in value] if isinstance(value, list) else value
        return self.__dict__[name]

    def plain(self) -> Any:
        return super().plain() if "value" in self.__dict__ else _unpacked(self._packed)


def _unpacked(packed: list[Any]) -> Any:
    value = packed[2]
    if isinstance(value, dict):
        return {key: _unpacked(inner) for key, inner in value.items()}
    return tuple(_unpacked(inner) for inner in value) if isinstance(value, list) else value


def resolve_copies(table: Tree, kind: str, above: Mapping[str, Tree] | None = None) -> list[Problem]:
    """Put what `like: NAME` copies under each target of a table; say what cannot be copied.

    above: targets seen from here, resolved before. `like` stays, since a copy is seeded as its origin is.
    """
    problems: list[Problem] = []
    done: dict[str, Tree] = {}
    known = {**(above or {}), **(table.value if isinstance(table.value, dict) else {})}

    def resolved(name: str, path: tuple[str, ...]) -> Tree:
        tree: Tree = known[name]
        if name in done or name not in table.value or not isinstance(tree.value, dict) or "like" not in tree.value:
            return done.setdefault(name, tree)
        like = tree.value["like"]
        if not isinstance(like.value, str) or like.value not in known:
            hint = did_you_mean(str(like.value), set(known) - {name})
            problems.append(Problem(f"unknown {kind} `{like.value}`", like.place, hint))
            return done.setdefault(name, tree)
        if like.value in (*path, name):
            way = [*path, name]
            cycle = " -> ".join([*way[way.index(like.value) :], like.value])
            problems.append(
                Problem(f"`like` goes round in a circle: {cycle}", like.place, "let one of them stand on its own")
            )
            return done.setdefault(name, tree)
        origin = resolved(like.value, (*path, name))
        if isinstance(origin.value, dict):
            done[name] = origin.merged(tree, like.value)
        return done.setdefault(name, tree)

    if isinstance(table.value, dict):
        for name in list(table.value):
            resolved(name, ())
        table.value = {name: done[name] for name in table.value}
    return problems


def unique_problems(problems: Sequence[Problem]) -> list[Problem]:
    """Each problem once, however many ways lead to it."""
    return list(dict.fromkeys(problems))


def plain_table(tree: Tree, key: str) -> Mapping[str, Tree]:
    """The entries of a table such as `scenes:`, if there is one."""
    table = tree.value.get(key) if isinstance(tree.value, dict) else None
    return table.value if table is not None and isinstance(table.value, dict) else {}

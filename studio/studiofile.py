"""YAML files -> one checked specification of the whole project, every value knowing its place.

The only module that knows YAML. Scalars are resolved here, since YAML 1.1 reads `9:16` as 556, the
key `on` as true and `No` as false: only true, false, null and decimal numbers are anything but text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from studio.errors import Place, Problem, ProjectError, StudioError, did_you_mean
from studio.hashing import digest
from studio.schema import fields_at
from studio.spec import Studiofile
from studio.tree import Tree, plain_table, resolve_copies, unique_problems

MOST_BYTES = 4_000_000
MOST_VALUES = 200_000
MOST_DEPTH = 60
#: tables of the Studiofile whose entries may be files of their own
FILES = {"characters": "character", "places": "place", "scenes": "scene"}

M = TypeVar("M", bound=BaseModel)

_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\Z")
_HASH = re.compile(r":\s+(#[0-9a-fA-F]{3,6})\b")
_WORDS = {"true": True, "false": False, "null": None, "": None}


@dataclass
class Sources:
    """Every file that was read, once, with the digest of the bytes that were parsed."""

    root: Path
    digests: dict[str, bytes] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    def shown(self, path: Path) -> str:
        """A path as people see it: relative to the project."""
        try:
            return path.resolve().relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()

    def line(self, place: Place | None) -> str | None:
        """The line of a place, for the caret."""
        lines = self.lines.get(place.file, []) if place else []
        return lines[place.line - 1] if place and place.line <= len(lines) else None

    def pointed(self, problem: Problem) -> Problem:
        """A problem with the line that it points at."""
        return Problem(problem.what, problem.place, problem.hint, self.line(problem.place))


@dataclass(frozen=True)
class Loaded:
    """A checked Studiofile, the tree it came from, and its sources."""

    spec: Studiofile
    tree: Tree
    sources: Sources


def load(path: Path) -> Loaded:
    """Read a Studiofile and all that it names; ProjectError with everything that is wrong."""
    sources = Sources(path.resolve().parent)
    problems: list[Problem] = []
    return _checked(read_tree(path, sources, problems, kind="studio"), sources, problems)


def load_text(text: str, root: Path) -> Loaded:
    """A Studiofile that is in no file; what it names is looked for in `root`."""
    sources = Sources(root.resolve())
    problems: list[Problem] = []
    return _checked(_opened(text.encode(), "Studiofile", sources, problems, "studio"), sources, problems)


def _checked(tree: Tree | None, sources: Sources, problems: list[Problem]) -> Loaded:
    if tree is not None:
        _bring_files(tree, sources.root, sources, problems)
    if tree is None or problems:
        raise ProjectError(sources.pointed(p) for p in unique_problems(problems))
    return Loaded(validated(tree, Studiofile, sources), tree, sources)


def validated(tree: Tree, model: type[M], sources: Sources) -> M:
    """The tree as a model; ProjectError names every value that does not fit."""
    try:
        # strict: no text becomes a number behind the user's back
        return model.model_validate(tree.plain(), strict=True)
    except ValidationError as error:
        raise ProjectError(sources.pointed(_told(e, tree, model)) for e in error.errors(include_url=False)) from None


def read_tree(path: Path, sources: Sources, problems: list[Problem], kind: str) -> Tree | None:
    """Parse a file that must open with the key `kind`; None, and problems, if it cannot be."""
    shown = sources.shown(path)
    start = Place(shown)
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            problems.append(Problem(f"{shown} has {size / 1e6:.0f} MB; a file of the language has at most 4", start))
            return None
        data = path.read_bytes()
    except OSError as error:
        sources.missing.add(shown)
        raise StudioError(f"{shown} cannot be read: {error.strerror}") from error
    sources.digests[shown] = digest(data)
    return _opened(data, shown, sources, problems, kind)


def _opened(data: bytes, shown: str, sources: Sources, problems: list[Problem], kind: str) -> Tree | None:
    start = Place(shown)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.append(Problem("this is no UTF-8 text", Place(shown, line, 1), "save the file as UTF-8"))
        return None
    sources.lines[shown] = text.splitlines()
    tree = _parsed(text, shown, problems)
    if tree is not None and not problems:
        first = next(iter(tree.value), None) if isinstance(tree.value, dict) else None
        if first != kind:
            have = f"this one opens with `{first}:`" if first else "this one is no mapping"
            place = tree.keys.get(first, start) if first else start
            problems.append(Problem(f"a {kind} file opens with `{kind}:`; {have}", place))
            return None
    return tree


def _bring_files(tree: Tree, root: Path, sources: Sources, problems: list[Problem]) -> None:
    """Put the content of files in the place of their names, then resolve `like`."""
    for table, kind in FILES.items():
        for name, entry in plain_table(tree, table).items():
            if isinstance(entry.value, str):
                brought = _bring(entry, root, sources, problems, kind)
                if brought is not None:
                    tree.value[table].value[name] = brought
    for scene in plain_table(tree, "scenes").values():
        place = scene.value.get("place") if isinstance(scene.value, dict) else None
        if place is not None and isinstance(place.value, str) and place.value.endswith((".yaml", ".yml")):
            brought = _bring(place, root, sources, problems, "place")
            scene.value["place"] = brought or place
    for table, kind in (*FILES.items(), ("passes", "pass")):
        entry = tree.value.get(table)
        if entry is not None:
            problems += resolve_copies(entry, kind)
    _resolve_scene_places(tree, problems)


def _resolve_scene_places(tree: Tree, problems: list[Problem]) -> None:
    """A place written in a scene may copy one of the project's: `{like: square, time: night}`."""
    places = plain_table(tree, "places")
    for scene in plain_table(tree, "scenes").values():
        place = scene.value.get("place") if isinstance(scene.value, dict) else None
        like = place.value.get("like") if place is not None and isinstance(place.value, dict) else None
        if place is None or like is None:
            continue
        origin = places.get(str(like.value))
        if origin is None:
            problems.append(Problem(f"unknown place `{like.value}`", like.place, did_you_mean(str(like.value), places)))
        elif isinstance(origin.value, dict):
            own = {key: value for key, value in place.value.items() if key != "like"}
            scene.value["place"] = origin.merged(Tree(own, place.place, place.keys), str(like.value))


def _bring(entry: Tree, root: Path, sources: Sources, problems: list[Problem], kind: str) -> Tree | None:
    name = entry.value
    path = root / name
    if not name.endswith((".yaml", ".yml")):
        problems.append(
            Problem(
                f"`{name}` is no file of this language", entry.place, f"write the {kind} here, or name a .yaml file"
            )
        )
        return None
    if not path.is_file():
        sources.missing.add(sources.shown(path))
        around = [sources.shown(p) for p in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []
        problems.append(Problem(f"there is no file {name}", entry.place, did_you_mean(name, around)))
        return None
    return read_tree(path, sources, problems, kind)


def _parsed(text: str, shown: str, problems: list[Problem]) -> Tree | None:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        depth = 0
        for event in yaml.parse(text, Loader=loader):  # before compose, which recurses in C
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MOST_DEPTH:
                problems.append(Problem("this is nested too deeply", _place(shown, event.start_mark)))
                return None
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        place = _place(shown, error.problem_mark or error.context_mark)
        what = " ".join(part for part in (error.context, error.problem) if part)
        problems.append(Problem(f"this is no YAML: {what}", place, _bare_colour(text, place.line)))
        return None
    except yaml.YAMLError as error:
        problems.append(Problem(f"this is no YAML: {str(error).splitlines()[0]}", Place(shown)))
        return None
    if node is None:
        problems.append(Problem("the file is empty", Place(shown)))
        return None
    return _Builder(shown, problems).tree(node)


def _bare_colour(text: str, line: int) -> str:
    """A hint where a colour without quotes has made the rest of its line a comment."""
    found = next(
        (_HASH.search(before) for before in text.splitlines()[max(0, line - 3) : line] if _HASH.search(before)), None
    )
    return f'a # begins a comment: quote the colour, "{found[1]}"' if found else ""


def _place(shown: str, mark: Any) -> Place:
    return Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)


class _Builder:
    """Turns YAML nodes into a tree; counts values, since aliases can make a small file endless."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self._file, self._problems = file, problems
        self._left = MOST_VALUES

    def tree(self, node: yaml.Node) -> Tree | None:
        tree = self._value(node)
        if self._left < 0:
            self._problems.append(
                Problem(f"aliases make more than {MOST_VALUES} values of this file", Place(self._file))
            )
            return None
        return tree

    def _at(self, node: yaml.Node) -> Place:
        return _place(self._file, node.start_mark)

    def _value(self, node: yaml.Node) -> Tree:
        place = self._at(node)
        self._left -= 1
        if self._left < 0:
            return Tree(None, place)
        if isinstance(node, yaml.ScalarNode):
            return Tree(_scalar(node), place)
        if isinstance(node, yaml.SequenceNode):
            return Tree([self._value(item) for item in node.value], place)
        tree = Tree({}, place)
        for key, value in node.value:
            self._entry(tree, key, value)
        return tree

    def _entry(self, tree: Tree, key: yaml.Node, value: yaml.Node) -> None:
        place = self._at(key)
        if not isinstance(key, yaml.ScalarNode):
            self._problems.append(Problem("a key must be a word", place))
        elif key.value == "<<":
            self._problems.append(Problem("merge keys are no part of the language", place, "write `like: NAME`"))
        elif key.value in tree.value:
            first = tree.keys[key.value]
            self._problems.append(
                Problem(f"`{key.value}` stands here twice; first at {first}", place, "keep one of them")
            )
        else:
            tree.value[key.value] = self._value(value)
            tree.keys[key.value] = place


def _scalar(node: yaml.ScalarNode) -> Any:
    text = str(node.value)
    if node.style in ("'", '"', "|", ">"):  # quoted or a block: text
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.match(text):
        return float(text) if any(c in text for c in ".eE") else int(text)
    return text


# -- what the models found, in our words

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "int_from_float": "a whole number",
    "none_required": "nothing",
}


def _told(error: Any, tree: Tree, model: type[BaseModel]) -> Problem:
    """A pydantic error as a problem with a place and advice."""
    kind, loc, context = error["type"], error["loc"], error.get("ctx", {})
    name = next((str(item) for item in reversed(loc) if isinstance(item, str) and item != "[key]"), "")
    if kind == "extra_forbidden":
        known = fields_at(model, loc[:-1])
        return Problem(f"unknown key `{loc[-1]}`", tree.key_place(loc), did_you_mean(str(loc[-1]), known))
    if kind == "missing":
        return Problem(f"`{loc[-1]}` is missing here", tree.place_of(loc[:-1]))
    place = tree.key_place(loc[:-1]) if loc and loc[-1] == "[key]" else tree.place_of(loc)
    value = error.get("input")
    if kind == "literal_error":
        known = [word.strip(" '\"") for word in context["expected"].replace(" or ", ",").split(",")]
        return Problem(f"`{value}` is no {name}", place, did_you_mean(str(value), known))
    if kind in _EXPECTED:
        return Problem(f"`{name}` takes {_EXPECTED[kind]}, here is {_described(value)}", place, _quoting(kind, value))
    if kind in ("greater_than_equal", "less_than_equal"):
        side = "at least" if kind == "greater_than_equal" else "at most"
        limit = context.get("ge", context.get("le"))
        return Problem(f"`{name}: {value}` is out of range: {side} {limit:g}", place)
    if kind == "unknown":
        tag = next((str(v) for v in value.values()), "") if isinstance(value, dict) and value else ""
        what, known = error["msg"].split("|")
        return Problem(what, place, did_you_mean(tag, known.split(",")))
    if kind == "colour" and "known" in context:
        return Problem(error["msg"], place, did_you_mean(context["value"], context["known"].split(",")))
    message = error["msg"].removeprefix("Value error, ")
    return Problem(message, place)


def _described(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, (dict, tuple)):
        return "a mapping" if isinstance(value, dict) else "a list"
    return f"`{value}`" if not isinstance(value, bool) else f"`{str(value).lower()}`"


def _quoting(kind: str, value: Any) -> str:
    if kind == "string_type" and value is None:
        return "quote the text; a colour starts with # and needs quotes too"
    return "quote it" if kind == "string_type" and not isinstance(value, (dict, tuple)) else ""

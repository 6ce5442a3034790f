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

from rules import styles
from studio.assembly import assemble
from studio.errors import Place, Problem, ProjectError, StudioError, did_you_mean
from studio.hashing import digest
from studio.own import OwnRules, Trust
from studio.schema import fields_at
from studio.sets import OWN_TAG
from studio.spec import Studiofile
from studio.tree import Folded, Tree, unique_problems

MOST_BYTES = 4_000_000
MOST_VALUES = 200_000
MOST_DEPTH = 60
_TOO_DEEP = "this is nested too deeply"

M = TypeVar("M", bound=BaseModel)

_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\Z")
_HASH = re.compile(r":\s+(#[0-9a-fA-F]{3,6})\b")
_DEEPER = {
    yaml.MappingStartEvent: 1,
    yaml.SequenceStartEvent: 1,
    yaml.MappingEndEvent: -1,
    yaml.SequenceEndEvent: -1,
}
_WORDS = {"true": True, "false": False, "null": None, "": None}


@dataclass
class Sources:
    """Every file that was read, once, with the digest of the bytes that were parsed."""

    root: Path
    own: OwnRules
    digests: dict[str, bytes] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    parsed: dict[str, list[Any]] = field(default_factory=dict)  # by digest: what is in files, as `Folded` has it

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


def load(path: Path, parsed: dict[str, list[Any]] | None = None, trust: Trust = "refused") -> Loaded:
    """Read a Studiofile and all that it names; ProjectError with everything that is wrong. parsed: `Sources.parsed`
    of an earlier run, for files that are still the same. trust: in the project's own rules."""
    root = path.resolve().parent
    sources = Sources(root, OwnRules(root, trust), parsed=dict(parsed or {}))
    problems: list[Problem] = []
    return _checked(read_tree(path, sources, problems, kind="studio"), sources, problems)


def load_text(text: str, root: Path, own: OwnRules | None = None) -> Loaded:
    """A Studiofile that is in no file; what it names is looked for in `root`. own: rules of a project's own."""
    sources = Sources(root.resolve(), own or OwnRules(root.resolve()))
    problems: list[Problem] = []
    return _checked(_opened(text.encode(), "Studiofile", sources, problems, "studio"), sources, problems)


#: the presets of each style stand beside it, in a file of its name
_PRESETS = Path(styles.__file__).parent


def presets_of(rule: str, own: OwnRules | None = None) -> dict[str, dict[str, Any]]:
    """Values for the parameters of a style, by the names of the presets that it comes with."""
    problems: list[Problem] = []
    own = own or OwnRules(_PRESETS)
    tree = _bring(Tree(rule, Place("")), Sources(own.root, own), problems, "presets")
    if problems:
        raise ProjectError(problems)
    plain: dict[str, Any] = tree.plain() if tree is not None else {}
    return {name: values for name, values in plain.items() if name != "presets"}


def _checked(tree: Tree | None, sources: Sources, problems: list[Problem]) -> Loaded:
    spec: Studiofile | None = None
    if tree is not None:
        assemble(tree, lambda entry, kind: _bring(entry, sources, problems, kind), problems)
        spec, misfits = _fitted(tree, Studiofile, sources.own)
        # what could not be brought leaves values that fit nowhere; a key that nobody knows may be why it could not
        problems += [problem for kind, problem in misfits if not problems or kind == "extra_forbidden"]
    if tree is None or spec is None or problems:
        raise ProjectError(sources.pointed(p) for p in unique_problems(problems))
    return Loaded(spec, tree, sources)


def _fitted(tree: Tree, model: type[M], own: OwnRules) -> tuple[M | None, list[tuple[str, Problem]]]:
    """The tree as a model, or every value that does not fit, with the kind of its error."""
    try:
        # strict: no text becomes a number behind the user's back
        return model.model_validate(tree.plain(), strict=True, context={"own": own}), []
    except ValidationError as error:
        return None, [(e["type"], _told(e, tree, model, own)) for e in error.errors(include_url=False)]


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
    start, before = Place(shown), len(problems)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.append(Problem("this is no UTF-8 text", Place(shown, line, 1), "save the file as UTF-8"))
        return None
    sources.lines[shown] = text.splitlines()
    name = digest(data).hex()
    kept = sources.parsed.get(name)
    packed = kept if kept is not None else _parsed(text, shown, problems)
    if packed is None:
        return None
    tree = Folded(packed, shown)
    if len(problems) == before:
        sources.parsed[name] = packed
        first = next(iter(tree.value), None) if isinstance(tree.value, dict) else None
        if first != kind:
            have = f"this one opens with `{first}:`" if first else "this one is no mapping"
            place = tree.keys.get(first, start) if first else start
            problems.append(Problem(f"a {kind} file opens with `{kind}:`; {have}", place))
            return None
    return tree


def _bring(entry: Tree, sources: Sources, problems: list[Problem], kind: str) -> Tree | None:
    """The content of a file that is named somewhere."""
    name = entry.value
    path = sources.root / name
    if kind == "presets":  # of a rule; one that is unknown is told by the models
        if name in styles.STYLES:
            return read_tree(_PRESETS / f"{name}.yaml", sources, problems, kind)
        if sources.own.find(name) is None:
            return None
        beside = sources.own.preset_file(name)
        return read_tree(beside, sources, problems, kind) if beside is not None else Tree({}, entry.place)
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


def _parsed(text: str, shown: str, problems: list[Problem]) -> list[Any] | None:
    """What is in a file, as `Folded` has it."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # which guesses no types
    try:
        depth = 0
        for event in yaml.parse(text, Loader=loader):  # before compose, which recurses in C
            depth += _DEEPER.get(type(event), 0)
            if depth > MOST_DEPTH:
                problems.append(Problem(_TOO_DEEP, _place(shown, event.start_mark)))
                return None
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        place = _place(shown, error.problem_mark or error.context_mark)
        if "nesting depth" in (error.problem or ""):  # some versions of libyaml count it themselves
            problems.append(Problem(_TOO_DEEP, place))
            return None
        what = " ".join(part for part in (error.context, error.problem) if part)
        problems.append(Problem(f"this is no YAML: {what}", place, _bare_colour(text, place.line)))
        return None
    except yaml.YAMLError as error:
        problems.append(Problem(f"this is no YAML: {str(error).splitlines()[0]}", Place(shown)))
        return None
    if node is None:
        problems.append(Problem("the file is empty", Place(shown)))
        return None
    return _Builder(shown, problems).packed(node)


def _bare_colour(text: str, line: int) -> str:
    """A hint where a colour without quotes has made the rest of its line a comment."""
    found = next(
        (_HASH.search(before) for before in text.splitlines()[max(0, line - 3) : line] if _HASH.search(before)), None
    )
    return f'a # begins a comment: quote the colour, "{found[1]}"' if found else ""


def _place(shown: str, mark: Any) -> Place:
    return Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)


class _Builder:
    """Turns YAML nodes into what `Folded` has; counts values, since aliases can make a small file endless."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self._file, self._problems = file, problems
        self._left = MOST_VALUES

    def packed(self, node: yaml.Node) -> list[Any] | None:
        found = self._value(node)
        if self._left < 0:
            self._problems.append(
                Problem(f"aliases make more than {MOST_VALUES} values of this file", Place(self._file))
            )
            return None
        return found

    def _value(self, node: yaml.Node) -> list[Any]:
        mark = node.start_mark
        here = [mark.line + 1, mark.column + 1]
        self._left -= 1
        if self._left < 0:
            return [*here, None]
        if isinstance(node, yaml.ScalarNode):
            return [*here, _scalar(node)]
        if isinstance(node, yaml.SequenceNode):
            return [*here, [self._value(item) for item in node.value]]
        values: dict[str, Any] = {}
        places: list[int] = []
        for key, value in node.value:
            if self._is_key(key, values, places):
                places += (key.start_mark.line + 1, key.start_mark.column + 1)
                values[key.value] = self._value(value)
        return [*here, values, places]

    def _is_key(self, key: yaml.Node, values: dict[str, Any], places: list[int]) -> bool:
        """Whether a mapping can have a key besides those that it has; if not, that is a problem."""
        if isinstance(key, yaml.ScalarNode) and key.value != "<<" and key.value not in values:
            return True
        place = _place(self._file, key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            self._problems.append(Problem("a key must be a word", place))
        elif key.value == "<<":
            self._problems.append(Problem("merge keys are no part of the language", place, "write `like: NAME`"))
        else:
            at = 2 * list(values).index(key.value)
            what = f"`{key.value}` stands here twice; first at {Place(self._file, *places[at : at + 2])}"
            self._problems.append(Problem(what, place, "keep one of them"))
        return False


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
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "int_from_float": "a whole number",
    "none_required": "nothing",
}


def _told(error: Any, tree: Tree, model: type[BaseModel], own: OwnRules) -> Problem:
    """A pydantic error as a problem with a place and advice."""
    kind, loc, context = error["type"], error["loc"], error.get("ctx", {})
    name = next((str(item) for item in reversed(loc) if isinstance(item, str) and item != "[key]"), "")
    if kind == "extra_forbidden":
        known = fields_at(model, loc[:-1])
        if len(loc) > 1 and loc[-2] == OWN_TAG:
            known += own.knobs(str(tree.at(loc[:-1]).value["rule"].value))
        return Problem(f"unknown key `{loc[-1]}`", tree.key_place(loc), did_you_mean(str(loc[-1]), known))
    if kind == "missing":
        return Problem(f"`{loc[-1]}` is missing here", tree.place_of(loc[:-1]))
    place = tree.key_place(loc[:-1]) if loc and loc[-1] == "[key]" else tree.place_of(loc)
    value = error.get("input")
    if kind == "literal_error":
        known = [word.strip(" '\"") for word in context["expected"].replace(" or ", ",").split(",")]
        known = [{"True": "true", "False": "false"}.get(word, word) for word in known]
        return Problem(f"`{value}` is no {name}", place, did_you_mean(str(value), known))
    if kind in _EXPECTED:
        return Problem(f"`{name}` takes {_EXPECTED[kind]}, here is {_described(value)}", place, _quoting(kind, value))
    if kind in ("greater_than_equal", "less_than_equal"):
        side = "at least" if kind == "greater_than_equal" else "at most"
        limit = context.get("ge", context.get("le"))
        return Problem(f"`{name}: {value}` is out of range: {side} {limit:g}", place)
    if kind == "own":
        what, hint = own.trouble(context["name"]) or ("", "")
        return Problem(what, tree.place_of((*loc, "rule")), hint)
    if kind == "unknown":
        tag = (
            str(next(value[key] for key in ("kit", "rule") if key in value))
            if isinstance(value, dict) and {"kit", "rule"} & value.keys()
            else next((str(v) for v in value.values()), "")
            if isinstance(value, dict) and value
            else ""
        )
        what, known = error["msg"].split("|")
        hint = did_you_mean(tag, known.split(","))
        if tag in own.names() and tag not in known.split(","):
            hint = f"rules/{tag}.py can be a pass alone: plates, props and kits are studio's own"
        return Problem(what, place, hint)
    if kind in ("colour", "face", "part") and "known" in context:
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

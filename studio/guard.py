"""A rule of somebody else's under watch: whether it is a pass, and whether its hooks give what they should.

Whatever is wrong with it is told with its file and line; a traceback has their lines alone.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import sys
import traceback
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import partial
from pathlib import PurePath
from typing import Any, NamedTuple

import numpy as np

from studio.errors import BuildError, Place, Problem, ProjectError
from studio.params import Params, range_of, turning_of
from studio.rule import MAPS, hook

#: how many arguments a hook is called with, and which
_HOOKS = {"drawing": "rgba, maps, params, seed", "frame": "rgb, params, context"}
_CLOCKS = ("none", "boil", "film")
_ROLES = ("figure", "face", "plate", "prop", "card", "emit")
#: keys of a pass in a Studiofile that no knob can have
_TAKEN = ("rule", "like", "preset", "strength", "only", "except", "except_", "seed")
_MOST_LINES = 4  # of a traceback


class Source(NamedTuple):
    """A file of a rule as it was read. module: its name in keys, `own.my_pass`."""

    module: str
    path: str
    data: bytes

    @property
    def shown(self) -> str:
        """As people see it: `rules/my_pass.py`."""
        return "/".join(PurePath(self.path).parts[-2:])

    def line(self, number: int) -> str:
        lines = self.data.decode(errors="replace").splitlines()
        return lines[number - 1] if 0 < number <= len(lines) else ""


def imported(module: str, sources: Sequence[Source]) -> Any:
    """A module that is imported; ProjectError if that ends badly."""
    try:
        with _aside():
            return importlib.import_module(module)
    except MemoryError:
        raise
    except (Exception, SystemExit) as error:
        last = next(iter(_lines_of(error, sources)), (sources[0], 1, ""))
        hint = ""
        if isinstance(error, ImportError) and error.name:
            hint = _missing(error.name, sources)
        raise _problem(last[0], last[1], f"it cannot be imported: {_said(error)}", hint) from None


def _missing(name: str, sources: Sequence[Source]) -> str:
    """What to do about a module that is not found."""
    top, _, rest = name.partition(".")
    if top.startswith("_own_"):
        return f"there is no such file in the folder {PurePath(sources[0].shown).parent}"
    if top == "rules":
        return f"`rules` are studio's own; a file of this folder is imported by `from . import {rest or 'name'}`"
    return f"a file of this folder is imported by `from . import {top}`; a library has to be installed"


def guarded(module: Any, name: str, sources: Sequence[Source]) -> Any:
    """A module's Params, hooks, clock and needs; ProjectError if it is no pass."""
    source = sources[0]
    hooks = {which: hook(module, which) for which in _HOOKS if hook(module, which) is not None}
    problems = [*_of_params(module, source), *_of_hooks(hooks, source)]
    for constant, known in (("NEEDS", tuple(MAPS)), ("ROLES", _ROLES)):
        named = getattr(module, constant, ())
        if not isinstance(named, (tuple, list)) or any(one not in known for one in named):
            problems.append(_problem(source, _line_of(source, constant), f"`{constant}` is of: {', '.join(known)}"))
    if getattr(module, "CLOCK", "none") not in _CLOCKS:
        problems.append(_problem(source, _line_of(source, "CLOCK"), f"`CLOCK` is one of: {', '.join(_CLOCKS)}"))
    if not isinstance(getattr(module, "RIDES", False), bool):
        problems.append(_problem(source, _line_of(source, "RIDES"), "`RIDES` is True or False"))
    if problems:
        raise ProjectError(p for error in problems for p in error.problems)
    said = ("Params", "CLOCK", "NEEDS", "ROLES", "RIDES", "__doc__")
    kept = {n: getattr(module, n) for n in said if hasattr(module, n)}
    watched = {which: partial(_called, (which, found, tuple(sources))) for which, found in hooks.items()}
    return types.SimpleNamespace(**kept, **watched, __name__=name)


def _of_params(module: Any, source: Source) -> Iterator[ProjectError]:
    params = getattr(module, "Params", None)
    line = _line_of(source, "Params")
    if not (isinstance(params, type) and issubclass(params, Params)):
        yield _problem(
            source, line, "it has no class `Params(studio.params.Params)`", "a pass without knobs has one too"
        )
        return
    for taken in sorted(params.model_fields.keys() & set(_TAKEN)):
        yield _problem(source, line, f"a knob cannot be called `{taken}`, which every pass has")
    steps = [name for name in turning_of(params) if params.model_fields[name].annotation is not float]
    for name in steps:
        yield _problem(source, line, f"`{name}` is animatable and no float: what turns goes through all between")
    cadence = params.model_fields.get("cadence")
    if cadence is not None and not (cadence.annotation in (int, float) and range_of(cadence)[0] > 0):
        yield _problem(source, line, "`cadence` is film frames a second: a number with a `low` above 0")
    try:
        params.model_rebuild()
        params.model_validate(params().model_dump())
        params().model_dump(mode="json")
    except Exception as error:
        said = str(error).splitlines()
        what = f"`Params()` cannot be made: {' '.join(part.strip() for part in said[:3])}"
        yield _problem(source, line, what, "give every knob a default")


def _of_hooks(hooks: dict[str, Any], source: Source) -> Iterator[ProjectError]:
    if not hooks:
        hint = "only passes can be a project's own: write `frame(rgb, params, context)`"
        yield _problem(source, 1, "it has neither of the hooks `drawing` and `frame`", hint)
    for which, found in hooks.items():
        try:
            inspect.signature(found).bind(*_HOOKS[which].split(", "))
        except (TypeError, ValueError):
            what = f"`{which}` is called as {which}({_HOOKS[which]})"
            yield _problem(source, _line_of(source, which), what)


def _problem(source: Source, line: int, what: str, hint: str = "") -> ProjectError:
    text = source.line(line)
    column = len(text) - len(text.lstrip()) + 1
    return ProjectError([Problem(what, Place(source.shown, line, column), hint, text)])


def _line_of(source: Source, name: str) -> int:
    """The line that a name is given a meaning on."""
    starts = (f"class {name}", f"def {name}", f"{name} ", f"{name}:", f"{name}=")
    for number, line in enumerate(source.data.decode(errors="replace").splitlines(), 1):
        if line.startswith(starts):
            return number
    return 1


# -- hooks


def _called(watched: tuple[str, Callable[..., Any], tuple[Source, ...]], first: Any, *rest: Any) -> Any:
    """What a hook makes of a picture and more: an array of its own, as the picture is. Nothing can be written to."""
    which, found, sources = watched
    given = _sealed(first)
    try:
        with _aside():
            made = found(given, *(_sealed(value) for value in rest))
        what = _misfit(which, made, given)
    except MemoryError:
        raise
    except (Exception, SystemExit) as error:
        raise _failed(which, error, sources) from None
    if what:
        raise BuildError(f"{sources[0].shown}:{_line_of(sources[0], which)}: {what}")
    return np.array(made, order="C")  # it may be one that the rule keeps and writes to again


@contextlib.contextmanager
def _aside() -> Iterator[None]:
    """What runs in here prints beside our answer, which may be JSON, and leaves numpy's way with errors as it was."""
    with contextlib.redirect_stdout(sys.stderr), np.errstate():
        yield


def _misfit(which: str, made: Any, given: Any) -> str:
    """What is wrong with what a hook gave."""
    if not isinstance(made, np.ndarray):
        return f"`{which}` gave {type(made).__name__}, and no array"
    if made.shape != given.shape:
        return f"`{which}` gave an array of shape {made.shape} for one of {given.shape}"
    if made.dtype != np.uint8:
        holes = made.dtype.kind == "f" and not np.isfinite(made).all()
        return f"`{which}` gave {made.dtype}{' with NaN in it' if holes else ''}, and not uint8"
    if which == "drawing" and (made[..., :3].max(axis=2, initial=0) > made[..., 3]).any():
        return f"`{which}` gave colours that are brighter than their alpha: they are premultiplied"
    return ""


def _sealed(value: Any) -> Any:
    """The same where nothing can be written to, the arrays in it too."""
    if isinstance(value, np.ndarray):
        view = value.view()
        view.flags.writeable = False
        return view
    if is_dataclass(value) and not isinstance(value, type):
        arrays = {f.name: getattr(value, f.name) for f in fields(value)}
        return replace(value, **{n: _sealed(a) for n, a in arrays.items() if isinstance(a, np.ndarray)})
    return value


def _failed(which: str, error: BaseException, sources: Sequence[Source]) -> BuildError:
    lines = list(_lines_of(error, sources))
    where = f"{lines[0][0].shown}:{lines[0][1]}" if lines else f"{sources[0].shown}:{_line_of(sources[0], which)}"
    told = [f"  {s.shown}:{n} in {inside}: {s.line(n).strip()}" for s, n, inside in reversed(lines[:_MOST_LINES])]
    hint = "  what a hook is given is read-only: work on a copy" if "read-only" in str(error) else ""
    return BuildError("\n".join([f"{where}: `{which}` raised {_said(error)}", *told, *filter(None, [hint])]))


def _lines_of(error: BaseException, sources: Sequence[Source]) -> Iterator[tuple[Source, int, str]]:
    """(file, line, function) of a traceback, those of the rule's own files, the innermost first."""
    by_path = {source.path: source for source in sources}
    if isinstance(error, SyntaxError) and error.filename in by_path:
        yield by_path[error.filename], error.lineno or 1, ""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in by_path:
            yield by_path[frame.filename], frame.lineno or 1, frame.name


def _said(error: BaseException) -> str:
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}{': ' + text[0] if text else ''}"

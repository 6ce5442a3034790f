"""Rules of a project's own: Python files in `rules/` beside its Studiofile, run only if somebody allows it.

A rule is read once, with all that it imports of that folder. What was read is what is hashed, what runs here and
what travels to workers, so that no edit comes between a key and its pixels.
"""

from __future__ import annotations

import importlib
import re
import sys
import types
from dataclasses import dataclass, field
from functools import cached_property
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict

from rules.styles import STYLES
from studio.errors import Place, Problem, ProjectError
from studio.fingerprint import OWN, understood
from studio.guard import Source, guarded, imported
from studio.hashing import digest
from studio.params import Params

FOLDER = "rules"
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_MOST_BYTES = 1_000_000

#: refused: naming such a rule is an error. unread: its name and values are data, as for a plan that nobody carries
#: out. allowed: it runs.
Trust = Literal["refused", "unread", "allowed"]


class Unread(Params):
    """Values of a rule that nobody has looked into."""

    model_config = ConfigDict(extra="allow")


class _Unread:
    """In the place of a rule that is not to run: it can be named, and that is all."""

    Params = Unread

    @staticmethod
    def drawing(*_: object) -> Any:
        raise AssertionError("a rule that was not allowed was asked for pixels")

    frame = drawing


@dataclass(frozen=True)
class Own:
    """A pass of a project's own. sources: its file, then those that it imports of its folder."""

    name: str
    sources: tuple[Source, ...] = field(repr=False)
    is_allowed: bool

    @cached_property
    def module(self) -> Any:
        """What a style's module has, its hooks watched; ProjectError if it is no pass."""
        if not self.is_allowed:
            return _Unread
        package = _package(self.sources)
        return guarded(imported(f"{package}.{self.name}", self.sources), self.name, self.sources)

    def __reduce__(self) -> Any:
        return _arrived, (self.name, self.sources, self.is_allowed)


class OwnRules:
    """The folder `rules/` of a project. root: where its Studiofile stands."""

    def __init__(self, root: Path, trust: Trust = "refused") -> None:
        self.root, self.trust = root.resolve(), trust
        self.sources: dict[str, Source] = {}  # what was read of it, by module
        self.missing: set[str] = set()  # files that would have been read
        self._found: dict[str, Own | None] = {}

    def bytes(self) -> dict[str, bytes]:
        """What was read of the folder, by module."""
        return {module: source.data for module, source in self.sources.items()}

    def names(self) -> list[str]:
        """The files that can be passes."""
        folder = self.root / FOLDER
        stems = (path.stem for path in folder.glob("*.py")) if folder.is_dir() else ()
        return sorted(filter(is_name, stems))

    def find(self, name: str) -> Own | None:
        """The rule of a name, None if there is no such file; ProjectError if it is allowed and cannot be used."""
        if name not in self._found:
            there = is_name(name) and self._path(name).is_file()
            if is_name(name) and not there:
                self.missing.add(f"{FOLDER}/{name}.py")
            self._found[name] = self._read(name) if there else None
        return self._found[name]

    def trouble(self, name: str) -> tuple[str, str] | None:
        """(what is wrong, what to do) where a rule is named that may not be."""
        shown = f"{FOLDER}/{name}.py"
        if name in STYLES and self.find(name) is not None:
            return f"{shown} has the name of one of studio's own rules", "call the file otherwise"
        if name not in STYLES and self.trust == "refused" and self.find(name) is not None:
            hint = "read it first; then say --allow-rules"
            return f"`{name}` is code of this project's own ({shown}), which runs only if you allow it", hint
        return None

    def knobs(self, name: str) -> list[str]:
        """The parameters of a rule."""
        own = self.find(name)
        return list(own.module.Params.model_fields) if own is not None else []

    def preset_file(self, name: str) -> Path | None:
        """The file of presets beside a rule."""
        path = self._path(name).with_suffix(".yaml")
        if path.is_file():
            return path
        self.missing.add(f"{FOLDER}/{name}.yaml")
        return None

    def _path(self, name: str) -> Path:
        return self.root / FOLDER / f"{name}.py"

    def _read(self, name: str) -> Own:
        if name in STYLES or self.trust == "refused":  # never used
            return Own(name, (), False)
        closure: dict[str, Source] = {}
        waiting = [f"{OWN}.{name}"]
        while waiting:
            module = waiting.pop(0)
            stem = module.partition(".")[2]
            if module in closure or "." in stem:  # what is named in a module, and not one
                continue
            if not self._path(stem).is_file():
                self.missing.add(f"{FOLDER}/{stem}.py")
                continue
            closure[module] = self._source(module, stem)
            _, *imports = understood(closure[module].data, module, f"{FOLDER}/{stem}.py")
            waiting += [i for i in imports if i.startswith(f"{OWN}.")]
        own = Own(name, tuple(closure.values()), self.trust == "allowed")
        _ = own.module  # what is wrong with it is told now
        return own

    def _source(self, module: str, stem: str) -> Source:
        if module not in self.sources:
            path = self._path(stem)
            if path.stat().st_size > _MOST_BYTES:
                raise ProjectError([Problem(f"{FOLDER}/{stem}.py is larger than 1 MB", Place(f"{FOLDER}/{stem}.py"))])
            self.sources[module] = Source(module, str(path), path.read_bytes())
        return self.sources[module]


def is_name(text: str) -> bool:
    """Whether a pass can be called so."""
    return bool(_NAME.match(text)) and not text.startswith("test_")


def rule_in(root: Path, name: str) -> Any:
    """A rule of a project's own as a module, for its tests and for timing it: this runs it."""
    own = OwnRules(root, "allowed").find(name)
    if own is None:
        raise ProjectError([Problem(f"there is no {FOLDER}/{name}.py in {root}")])
    return own.module


# -- running what was read

#: sources by the package that they are modules of; what is in here may run
_packages: dict[str, dict[str, Source]] = {}


def _package(sources: tuple[Source, ...]) -> str:
    """The package that sources are modules of: of its own for whatever was read, so that none is ever reloaded."""
    said = b"\0".join(part for s in sources for part in (s.module.encode(), s.path.encode(), digest(s.data)))
    name = f"_{OWN}_{digest(said).hex()}"
    if name not in _packages:
        _packages[name] = {f"{name}.{s.module.partition('.')[2]}": s for s in sources}
        package = types.ModuleType(name)
        package.__path__ = []
        sys.modules[name] = package
        if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
            sys.meta_path.append(_Finder())
    return name


def _arrived(name: str, sources: tuple[Source, ...], is_allowed: bool) -> Own:
    """A rule in another process: whatever comes after it in a message may be of its classes."""
    if is_allowed:
        importlib.import_module(f"{_package(sources)}.{name}")
    return Own(name, sources, is_allowed)


class _Finder(MetaPathFinder):
    """Finds modules among sources that were read."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        source = _packages.get(fullname.partition(".")[0], {}).get(fullname)
        return spec_from_loader(fullname, _Loader(source)) if source is not None else None


class _Loader(SourceLoader):
    """Runs the bytes that were read; there is no compiled file beside them that could be of others."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def get_filename(self, fullname: str) -> str:
        return self._source.path

    def get_data(self, path: str) -> bytes:
        if path != self._source.path:
            raise FileNotFoundError(path)
        return self._source.data

"""Fingerprints of code: what of it can change a pixel, and nothing else.

The syntax tree of a rule's module and of every module of ours that it imports, without docstrings,
comments and positions. `studio.rule` and `studio.params` hold no pixels and are left out. Of a project's own
rule the versions of the libraries that it imports count too.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TypeGuard

from studio.errors import Place, Problem, ProjectError
from studio.hashing import digest, key
from studio.pins import processor

OWN = "own"  #: the package, in keys, of the modules of a project's own
_LIBRARY = "library "
_OURS = ("rules", "studio")
_WITHOUT_PIXELS = ("studio.rule", "studio.params", "studio.errors", "rules", "studio")
#: what lays out films, keeps time, turns frames into bytes and cuts segments
_ENGINE = ("studio.film", "studio.job", "studio.borders")
#: what an engine module imports is not what touches pixels; what it calls of that is named beside it
_ALONE = ("studio.easel",)
_READING = ("imread", "read_bytes", "read_text", "fromfile", "loadtxt", "genfromtxt")
_DYNAMIC = ("__import__", "exec", "eval", "import_module")

#: packages of other names than what is imported from them
_CALLED = {"cv2": "opencv-python-headless", "PIL": "pillow", "yaml": "pyyaml"}

#: libraries by stage whose version is part of a key
STAGES = {
    "drawing": ("numpy", "opencv-python-headless", "pillow"),
    "frame": ("numpy", "opencv-python-headless"),
    "segment": ("av",),
}


class Fingerprints:
    """Fingerprints of modules, each computed once. `kept` holds what one file said, by the file's digest.

    root: the folder that `studio` and `rules` stand in, if not the ones that run; they are read as text.
    own: the bytes of modules of the project's own, by name.
    """

    def __init__(
        self,
        kept: dict[str, list[str]] | None = None,
        root: Path | None = None,
        own: Mapping[str, bytes] | None = None,
    ) -> None:
        self.kept = kept if kept is not None else {}
        self._root, self._sources = root, own or {}
        self._own: dict[str, list[str]] = {}
        self._whole: dict[str, bytes] = {}
        self._modules: dict[str, bool] = {}  # whether a name is a module, and not something in one

    def of(self, *modules: str) -> bytes:
        """The fingerprint of some modules with all that they import."""
        name = " ".join(modules)
        if name not in self._whole:
            self._whole[name] = _joined(self.parts(*modules))
        return self._whole[name]

    def of_engine(self) -> bytes:
        """The fingerprint of what turns targets into files, but for the rules, which belong to the targets."""
        return _joined(self.engine_parts())

    def engine_parts(self) -> dict[str, str]:
        """The modules that `of_engine` is made of, and the digest of each one's tree."""
        return self._reached(_ENGINE, lambda module: module.split(".")[0] == "rules" or module == "studio")

    def parts(self, *modules: str) -> dict[str, str]:
        """What a fingerprint is made of: each module that is reached, and the digest of its own tree."""
        return self._reached(modules, lambda module: module in _WITHOUT_PIXELS, _ALONE)

    def _reached(
        self, modules: Sequence[str], is_left_out: Callable[[str], bool], alone: Sequence[str] = ()
    ) -> dict[str, str]:
        reached: dict[str, str] = {}
        waiting = list(modules)
        while waiting:
            module = waiting.pop()
            if module in reached or is_left_out(module):
                continue
            if module.startswith(_LIBRARY):
                reached[module] = _installed(module.removeprefix(_LIBRARY))
                continue
            reached[module], *imports = self._read(module)
            waiting += [] if module in alone else imports
        return reached

    def shown(self, module: str) -> str:
        """A module's file as people see it: `rules/_cel.py`."""
        if module.startswith(_LIBRARY):
            return module.removeprefix(_LIBRARY)
        if module.startswith(f"{OWN}."):
            return f"rules/{module.removeprefix(f'{OWN}.')}.py"
        path = Path(_path_of(module, self._root))
        return "/".join(path.parts[-len(module.split(".")) - (path.name == "__init__.py") :])

    def _read(self, module: str) -> list[str]:
        """[the digest of a module's own tree, the modules of ours that it imports...]."""
        if module not in self._own:
            path = None if module in self._sources else Path(_path_of(module, self._root))
            data = self._sources[module] if path is None else path.read_bytes()
            name = f"{digest(data).hex()} {sys.version_info.minor} {module}"
            if name not in self.kept:
                self.kept[name] = understood(data, module, self.shown(module))
            own, *named = self.kept[name]
            self._own[module] = [own, *(n for n in named if self._is_module(n))]
        return self._own[module]

    def _is_module(self, name: str) -> bool:
        if name not in self._modules:
            is_own = name.partition(".")[0] == OWN
            self._modules[name] = (
                name.startswith(_LIBRARY)
                or name in self._sources
                or (not is_own and os.path.isfile(_path_of(name, self._root)))
            )
        return self._modules[name]


def told_code(module: str, said: str) -> str:
    """What a fingerprint says of a module or a library, for people."""
    return said if module.startswith(_LIBRARY) else f"code {said[:8]}"


def _joined(parts: dict[str, str]) -> bytes:
    return key(
        f"python {sys.version_info.minor}".encode(), *(f"{m}={own}".encode() for m, own in sorted(parts.items()))
    )


@cache
def of_functions(module: str, *names: str) -> bytes:
    """The fingerprint of some functions of a module, with its constants: of one that does more than touch pixels."""
    tree = ast.parse(Path(_path_of(module, None)).read_bytes())
    constants = (ast.Assign, ast.AnnAssign)
    taken = [n for n in tree.body if isinstance(n, constants) or getattr(n, "name", "") in names]
    for node in (inner for top in taken for inner in ast.walk(top)):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            _drop_docstring(node)
    return key(
        f"python {sys.version_info.minor}".encode(), *(ast.dump(n, annotate_fields=False).encode() for n in taken)
    )


def versions(stage: str) -> bytes:
    """The versions of the libraries that touch pixels at a stage."""
    return key(*(f"{name} {_version(name)}".encode() for name in STAGES[stage]))


#: what is installed is read from the disk; while a process runs it is what was loaded
_version = cache(metadata.version)


def library_versions() -> dict[str, str]:
    """Every library whose version is part of some key, Python and the kind of processor among them."""
    names = sorted({name for stage in STAGES.values() for name in stage})
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {**{name: _version(name) for name in names}, "python": python, "processor": processor()}


def _path_of(module: str, root: Path | None) -> str:
    package, *rest = module.split(".")
    folder = os.path.join(root, package) if root else sys.modules[package].__path__[0]
    path = os.path.join(folder, *rest)
    return os.path.join(path, "__init__.py") if os.path.isdir(path) else f"{path}.py"


def understood(data: bytes, module: str, shown: str) -> list[str]:
    """[the digest of a module's tree, the names in our packages that it imports: modules, and what is in them...];
    of a module of a project's own also the libraries. shown: its file as people see it."""
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError) as error:
        at = (getattr(error, "lineno", None) or 1, getattr(error, "offset", None) or 1)
        said = error.msg if isinstance(error, SyntaxError) else str(error)
        what = f"this is no Python that can be read: {said}"
        raise ProjectError([_pointed(what, data, shown, at)]) from None
    is_own = module.startswith(f"{OWN}.")
    imports: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            _drop_docstring(node)
        imports |= _imported(node, module)
        if is_own:
            imports |= {_LIBRARY + name for name in _foreign(node)}
            if _reads_file(node):
                hint = "compute what it holds, or write it into the module: no key knows what is in a file"
                at = (node.lineno, node.col_offset + 1)
                raise ProjectError([_pointed("this reads a file", data, shown, at, hint)])
        if (is_own or module.startswith("rules.")) and isinstance(node, ast.Call) and _name_of(node.func) in _DYNAMIC:
            what = "this imports by a name made at run time"
            hint = "import the module by its name, so that its code is part of the key"
            raise ProjectError([_pointed(what, data, shown, (node.lineno, node.col_offset + 1), hint)])
    return [digest(ast.dump(tree, annotate_fields=False).encode()).hex(), *sorted(imports)]


def _reads_file(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether a node is one of the usual ways to read a file."""
    if not isinstance(node, ast.Call):
        return False
    if _name_of(node.func) == "open":
        given = node.args[isinstance(node.func, ast.Name) :]  # of `open` the first is the file, of a path's own none
        modes = [a.value for a in (*given, *(k.value for k in node.keywords)) if isinstance(a, ast.Constant)]
        return not any(isinstance(mode, str) and re.fullmatch("[wax]b?\\+?t?", mode) for mode in modes)
    is_numpys = isinstance(node.func, ast.Attribute) and _name_of(node.func.value) in ("np", "numpy")
    return _name_of(node.func) in _READING or (is_numpys and _name_of(node.func) == "load")


def _pointed(what: str, data: bytes, shown: str, at: tuple[int, int], hint: str = "") -> Problem:
    lines = data.decode(errors="replace").splitlines()
    return Problem(what, Place(shown, *at), hint, lines[at[0] - 1] if 0 < at[0] <= len(lines) else None)


def _name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _drop_docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> None:
    first = node.body[0] if node.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        node.body = node.body[1:] or [ast.Pass()]


def _imported(node: ast.AST, module: str) -> set[str]:
    """What a node imports from our packages."""
    names: set[str] = set()
    if isinstance(node, ast.Import):
        names = {alias.name for alias in node.names}
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            package = module.split(".")[: -node.level]
            base = ".".join([*package, *([node.module] if node.module else [])])
        names = {base} | {f"{base}.{alias.name}" for alias in node.names}
    return {n for n in names if n.split(".")[0] in (*_OURS, OWN)}


def _foreign(node: ast.AST) -> set[str]:
    """The libraries that a node imports from: neither Python's own nor ours."""
    names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
    if isinstance(node, ast.ImportFrom) and not node.level and node.module:
        names = [node.module]
    return {n.partition(".")[0] for n in names} - {*sys.stdlib_module_names, *_OURS}


def _installed(library: str) -> str:
    """The package that is imported by a name, with its version; ProjectError if nobody knows it."""
    name = _package_of(library)
    if name is None:
        what = f"`{library}` is in no installed package, so that nothing says when it changes"
        raise ProjectError([Problem(what, None, f"put it beside the rule that imports it: `from . import {library}`")])
    return f"{name} {_version(name)}" if name else "absent"


@cache
def _package_of(library: str) -> str | None:
    """The package that brings what is imported by a name: empty where there is no such thing, None if none does."""
    try:
        is_there = find_spec(library) is not None
    except ValueError:  # `__main__` and the like
        return None
    if not is_there:
        return ""
    name = _CALLED.get(library, library)
    try:
        _version(name)
    except metadata.PackageNotFoundError:  # to look through all that is installed takes 0.1 s
        return next(iter(metadata.packages_distributions().get(library, ())), None)
    return name

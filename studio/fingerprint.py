"""Fingerprints of code: what of it can change a pixel, and nothing else.

The syntax tree of a rule's module and of every module of ours that it imports, without docstrings,
comments and positions. `studio.rule` and `studio.params` hold no pixels and are left out.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path

from studio.errors import Problem, ProjectError
from studio.hashing import digest, key
from studio.pins import processor

_OURS = ("rules", "studio")
_WITHOUT_PIXELS = ("studio.rule", "studio.params", "studio.errors", "rules", "studio")
#: what lays out films, keeps time, turns frames into bytes and cuts segments
_ENGINE = ("studio.film", "studio.job", "studio.borders")
#: what an engine module imports is not what touches pixels; what it calls of that is named beside it
_ALONE = ("studio.easel",)
_DYNAMIC = ("__import__", "exec", "eval", "import_module")

#: libraries by stage whose version is part of a key
STAGES = {
    "drawing": ("numpy", "opencv-python-headless", "pillow"),
    "frame": ("numpy", "opencv-python-headless"),
    "segment": ("av",),
}


class Fingerprints:
    """Fingerprints of modules, each computed once. `kept` holds what one file said, by the file's digest.

    root: the folder that `studio` and `rules` stand in, if not the ones that run; they are read as text.
    """

    def __init__(self, kept: dict[str, list[str]] | None = None, root: Path | None = None) -> None:
        self.kept = kept if kept is not None else {}
        self._root = root
        self.files: dict[str, Path] = {}
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
            reached[module], *imports = self._read(module)
            waiting += [] if module in alone else imports
        return reached

    def shown(self, module: str) -> str:
        """A module's file as people see it: `rules/_cel.py`."""
        path = Path(_path_of(module, self._root))
        return "/".join(path.parts[-len(module.split(".")) - (path.name == "__init__.py") :])

    def _read(self, module: str) -> list[str]:
        """[the digest of a module's own tree, the modules of ours that it imports...]."""
        if module not in self._own:
            path = Path(_path_of(module, self._root))
            self.files[module] = path
            data = path.read_bytes()
            name = f"{digest(data).hex()} {sys.version_info.minor} {module}"
            if name not in self.kept:
                self.kept[name] = _understood(data, module, path)
            own, *named = self.kept[name]
            self._own[module] = [own, *(n for n in named if self._is_module(n))]
        return self._own[module]

    def _is_module(self, name: str) -> bool:
        if name not in self._modules:
            self._modules[name] = os.path.isfile(_path_of(name, self._root))
        return self._modules[name]


def _joined(parts: dict[str, str]) -> bytes:
    return key(
        f"python {sys.version_info.minor}".encode(), *(f"{m}={own}".encode() for m, own in sorted(parts.items()))
    )


@cache
def of_functions(module: str, *names: str) -> bytes:
    """The fingerprint of some functions of a module, with its constants: of one that does more than touch pixels."""
    tree = ast.parse(Path(_path_of(module, None)).read_bytes())
    taken = [n for n in tree.body if isinstance(n, ast.Assign) or getattr(n, "name", "") in names]
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


def _understood(data: bytes, module: str, path: Path) -> list[str]:
    """[the digest of a module's tree, the names in our packages that it imports: modules, and what is in them...]."""
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError) as error:
        raise ProjectError([Problem(f"{path.name} is no Python that can be read: {error}")]) from None
    imports: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            _drop_docstring(node)
        imports |= _imported(node, module)
        if module.startswith("rules.") and isinstance(node, ast.Call) and _name_of(node.func) in _DYNAMIC:
            what = f"{path.name}:{node.lineno} imports by a name made at run time"
            raise ProjectError(
                [Problem(what, hint="import the module by its name, so that its code is part of the key")]
            )
    return [digest(ast.dump(tree, annotate_fields=False).encode()).hex(), *sorted(imports)]


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
    return {n for n in names if n.split(".")[0] in _OURS}

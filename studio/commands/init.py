"""studio init: a project, or a pass of its own, to start from."""

from __future__ import annotations

import keyword
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from rules.styles import STYLES
from studio.errors import StudioError, UsageError, did_you_mean
from studio.own import is_name

_TEMPLATES = "templates"
_ELSEWHERE = "go to an empty folder, or name one with -C"
_NAME = "my_pass"  #: what the pass is called in its template


def run(template: str, folder: Path) -> int:
    """Write a template's files; nothing that is there is touched."""
    root = files("studio") / _TEMPLATES
    known = sorted(t.name for t in root.iterdir() if t.is_dir())
    if template not in known:
        raise UsageError(f"there is no template `{template}`", did_you_mean(template, known))
    _write({name: source.read_bytes() for name, source in _files(root / template, "")}, folder, _ELSEWHERE)
    print("now: studio build" + (f" -C {folder}" if folder != Path() else ""))
    return 0


def rule(name: str, folder: Path) -> int:
    """Write a pass of the project's own and its test; nothing that is there is touched."""
    if name in STYLES:
        raise UsageError(f"`{name}` is one of studio's own rules", "call yours otherwise")
    if not is_name(name) or keyword.iskeyword(name):
        raise UsageError(f"`{name}` cannot be a rule", "write small letters, digits and _: my_pass")
    root = files("studio") / _TEMPLATES
    targets = {f"rules/{name}.py": "pass.py.txt", f"tests/test_{name}.py": "test_pass.py.txt"}
    texts = {target: (root / source).read_text(encoding="utf-8") for target, source in targets.items()}
    _write(
        {target: text.replace(_NAME, name).encode() for target, text in texts.items()}, folder, "call yours otherwise"
    )
    print(f"now: name it in the Studiofile, `passes: {{look: {{rule: {name}}}}}`, and say studio build --allow-rules")
    return 0


def _write(contents: dict[str, bytes], folder: Path, hint: str) -> None:
    taken = [name for name in contents if (folder / name).exists()]
    if taken:
        raise StudioError(f"{folder / taken[0]} is already there", hint)
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"wrote {path}")


def _files(source: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in sorted(source.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            found += _files(entry, f"{prefix}{entry.name}/")
        else:
            found.append((prefix + entry.name, entry))
    return found

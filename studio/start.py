"""Where `studio` starts: the null path, and only if it gives no answer the command line proper.

Imports nothing that is not needed to say that nothing has changed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from studio import state
from studio.pins import pin_environment

_PLANNED = ("-n", "--dry-run", "--check", "--trace", "--draft", "--help")


def main(argv: Sequence[str] | None = None) -> None:
    """The entry point of the command."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    path = state_path(arguments)
    kept = state.read(path) if path is not None else None
    if path is not None and kept is not None and state.is_current(kept, path):
        print(kept["answer"]["json" if "--json" in arguments else "text"])
        sys.exit(0)
    state.code_at_start()  # before what follows is imported
    pin_environment()
    from studio.cli import run  # brings click and what it calls

    sys.exit(run(arguments, path))


def state_path(arguments: Sequence[str]) -> Path | None:
    """Where a `build` that ended well was remembered, if this call can be answered from that."""
    if not arguments or arguments[0] != "build" or any(a.split("=")[0] in _PLANNED for a in arguments):
        return None
    folder, relevant, is_value = ".", list[str](), False
    for n, argument in enumerate(arguments):
        # how many workers and in which form it is told changes nothing about what is fresh
        if (
            is_value
            or argument == "--json"
            or (argument.startswith("-j") and argument != "-j")
            or argument.startswith("--jobs=")
        ):
            is_value = False
        elif argument in ("-j", "--jobs"):
            is_value = True
        else:
            relevant.append(argument)
            if argument == "-C" and n + 1 < len(arguments):
                folder = arguments[n + 1]
    root = Path(folder).resolve()
    name = state.name_of(relevant, os.getcwd())
    return state.store_of(root if root.is_dir() else root.parent) / "state" / f"{name}.json"

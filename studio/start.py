"""Where `studio` starts: the null path, and only if it gives no answer the command line proper.

Imports nothing that is not needed to say that nothing has changed.
"""

from __future__ import annotations

import gc
import os
import sys

from studio import state
from studio.pins import pin_environment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

_PLANNED = ("-n", "--dry-run", "--check", "--trace", "--draft", "--help")


def main(argv: Sequence[str] | None = None) -> None:
    """The entry point of the command."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    place = state_place(arguments)
    kept = state.read(*place) if place is not None else None
    if place is not None and kept is not None and state.is_current(kept, place[0]):
        print(kept.json if "--json" in arguments else kept.text)
        sys.exit(0)
    import signal  # takes a millisecond, which the answer above does without

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupted)
    from studio.watch import code_at_start

    code_at_start()  # before what follows is imported
    pin_environment()
    # pydantic looks through everything that is installed for plugins, which takes 0.07 s
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # a plan makes many things that live as long as it does: to look through them all every 700 takes a fifth of it,
    # and every 200,000 a fiftieth
    gc.set_threshold(1_000_000, 20, 100)
    from studio.cli import run  # brings click and what it calls

    code = run(arguments, place)
    gc.freeze()  # or all of it is looked through once more when Python ends
    sys.exit(code)


def _interrupted(_: int, frame: FrameType | None) -> None:
    """Ctrl-C. Out of the middle of an import it would come as whatever the module makes of it: there it is the end."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            os.write(2, b"interrupted; what was finished is kept\n")
            os._exit(130)
        frame = frame.f_back
    raise KeyboardInterrupt


def state_place(arguments: Sequence[str]) -> tuple[str, str] | None:
    """Where a `build` that ended well was remembered, and as which call, if this one can be answered from that."""
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
    root = os.path.realpath(folder)
    call = state.call_of(relevant, os.getcwd())
    return state.path_of(call, state.store_of(root if os.path.isdir(root) else os.path.dirname(root))), call

"""Run measurements and say which reach their bars."""

from __future__ import annotations

import argparse
import json
import sys

from bench import engine, measures, passes, planning, stillness

MEASURES = {
    **measures.MEASURES,
    "null": planning.null,
    "dryrun": planning.dryrun,
    "join": planning.join,
    "frames": engine.frames,
    "pool": engine.pool,
    "second": engine.second,
    "storing": engine.storing,
    "still": stillness.stillness,
    "passes": passes.passes,
}


def main() -> int:
    """-> 1 if a bar was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--json", action="store_true", help="one object a measurement")
    options = parser.parse_args()
    if unknown := sorted(set(options.names) - set(MEASURES)):
        parser.error(f"no measurement is called {unknown[0]}; there are {', '.join(MEASURES)}")
    missed = 0
    for name in options.names or MEASURES:
        for m in MEASURES[name]():
            missed += m.is_missed
            said = json.dumps(m._asdict()) if options.json else m.line()
            print(said, flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""A trace of every job on every worker, for chrome://tracing or ui.perfetto.dev."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from studio.outputs import write_file
from studio.progress import Done, Event


class Trace:
    """Collects jobs; `write` makes the file (the JSON array format of the Trace Event Format)."""

    def __init__(self) -> None:
        self._events: list[dict[str, Any]] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, Done):
            self._events.append(
                {
                    "name": event.label,
                    "cat": event.kind,
                    "ph": "X",
                    "ts": round(event.began * 1e6),
                    "dur": round(event.seconds * 1e6),
                    "pid": 1,
                    "tid": event.worker,
                    "args": event.counts,
                }
            )

    def write(self, path: Path) -> None:
        start = min((e["ts"] for e in self._events), default=0)
        events = [{**e, "ts": e["ts"] - start} for e in self._events]
        write_file(path, json.dumps(events).encode())

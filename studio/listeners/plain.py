"""A plain printer, for pipes and logs: a line now and then, none that moves."""

from __future__ import annotations

import time
from typing import TextIO

from studio.progress import Done, Event, Failed, Noted, Planned, Replanned, Wrote

EVERY = 5.0  # seconds between lines about work that goes on


class Plain:
    """Prints to a stream."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._drawings = self._frames = self._segments = 0
        self._last = time.monotonic()

    def __call__(self, event: Event) -> None:
        if isinstance(event, Planned):
            self._say(planned_text(event))
        elif isinstance(event, Replanned):
            left = [
                f"{n} {what}"
                for n, what in ((event.drawings, "drawings"), (event.frames, "frames"), (event.segments, "segments"))
                if n
            ]
            self._say(f"still to make: {', '.join(left)}")
        elif isinstance(event, Done):
            self._count(event)
        elif isinstance(event, Wrote):
            self._say(f"wrote {event.path}")
        elif isinstance(event, Noted):
            self._say(event.text)
        elif isinstance(event, Failed):
            self._say(f"failed: {event.what}")

    def _count(self, event: Done) -> None:
        drawings, frames, segments = counted(event)
        self._drawings, self._frames, self._segments = (
            self._drawings + drawings,
            self._frames + frames,
            self._segments + segments,
        )
        if time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            self._say(f"  {self._drawings} drawings, {self._frames} frames, {self._segments} segments")

    def _say(self, text: str) -> None:
        print(text, file=self._stream, flush=True)


def planned_text(event: Planned) -> str:
    """What is to be made, in a line."""
    if not (event.drawings or event.frames or event.segments):
        return "nothing to make"
    guess = f", about {event.predicted_seconds:.0f} s" if event.predicted_seconds else ""
    workers = f"{event.workers} worker{'s' if event.workers != 1 else ''}" if event.workers else "this process"
    return f"to make: {event.drawings} drawings, {event.frames} frames, {event.segments} segments on {workers}{guess}"


def counted(event: Done) -> tuple[int, int, int]:
    """(drawings, frames, segments) that a finished job took care of."""
    counts = event.counts
    if event.kind == "drawings":
        return counts["minted"] + counts["again"] + counts["loaded"] + counts["cut"], 0, 0
    return 0, counts["rendered"] + counts["again"] + counts["loaded"], counts["encoded"] + counts["cut"]

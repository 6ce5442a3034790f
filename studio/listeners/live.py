"""The live view: three bars, frames a second and the time that is left. The only module that knows rich."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from studio.listeners.plain import counted
from studio.progress import Done, Event, Failed, Noted, Planned, Replanned, Started, Wrote


class Live:
    """A context in which events move bars on a terminal."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description:>8}"),
            BarColumn(bar_width=36),
            MofNCompleteColumn(),
            TextColumn("[dim]{task.fields[note]}"),
            console=self._console,
            transient=True,
        )
        self._bars: dict[str, TaskID] = {}
        self._done = {"drawings": 0, "frames": 0, "segments": 0}
        self._total = dict(self._done)
        self._begun = time.monotonic()
        self._spent = 0.0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def __call__(self, event: Event) -> None:
        if isinstance(event, Planned):
            self._total = {"drawings": event.drawings, "frames": event.frames, "segments": event.segments}
            for name, total in self._total.items():
                if total:
                    self._bars[name] = self._progress.add_task(name, total=total, note="")
        elif isinstance(event, Replanned):  # what was cut counts as done
            left = {"drawings": event.drawings, "frames": event.frames, "segments": event.segments}
            for name, bar in self._bars.items():
                self._total[name] = self._done[name] + left[name]
                self._progress.update(bar, total=self._total[name])
        elif isinstance(event, Started):
            self._note("drawings" if event.kind == "drawings" else "frames", event.label)
        elif isinstance(event, Done):
            self._advance(event)
        elif isinstance(event, Wrote):
            self._console.print(f"[green]wrote[/] {event.path}", highlight=False)
        elif isinstance(event, Noted):
            self._console.print(event.text, highlight=False)
        elif isinstance(event, Failed):
            self._console.print(f"[red]failed[/] {event.what}", highlight=False, markup=False)

    def _advance(self, event: Done) -> None:
        for name, count in zip(("drawings", "frames", "segments"), counted(event), strict=True):
            self._done[name] += count
            if name in self._bars:
                self._progress.update(self._bars[name], completed=self._done[name])
        if self._done["frames"]:
            passed = max(time.monotonic() - self._begun, 1e-3)
            rate = self._done["frames"] / passed
            left = (self._total["frames"] - self._done["frames"]) / rate
            self._note("segments", f"{rate:.0f} frames/s, {left:.0f} s left")

    def _note(self, name: str, text: str) -> None:
        if name in self._bars:
            self._progress.update(self._bars[name], note=text)

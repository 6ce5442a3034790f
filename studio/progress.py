"""What a build says while it goes on: plain events, and what listens to them.

The engine only emits; the live view, the plain printer, the JSON writer and the trace are listeners.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Event:
    """Something that happened."""

    def plain(self) -> dict[str, Any]:
        """As one object of `--json`."""
        return {"event": type(self).__name__.lower(), **asdict(self)}


@dataclass(frozen=True)
class Planned(Event):
    """What is to be made, as far as it can be known now."""

    outputs: list[str]
    drawings: int
    frames: int
    segments: int
    predicted_seconds: float | None
    workers: int


@dataclass(frozen=True)
class Started(Event):
    """A job was handed to a worker."""

    kind: str  # drawings or frames
    label: str
    count: int


@dataclass(frozen=True)
class Done(Event):
    """A job came back; counts as in `Report`. worker: process id; began, seconds: of its work."""

    kind: str
    label: str
    counts: dict[str, int]
    seconds: float
    worker: int
    began: float


@dataclass(frozen=True)
class Replanned(Event):
    """A round is over: what is still to be made."""

    drawings: int
    frames: int
    segments: int


@dataclass(frozen=True)
class Wrote(Event):
    """An output stands in its place."""

    name: str
    path: str
    seconds: float


@dataclass(frozen=True)
class Noted(Event):
    """Something that people may want to know."""

    text: str


@dataclass(frozen=True)
class Failed(Event):
    """A job could not be done; with --keep-going the build goes on without it."""

    label: str
    what: str


@dataclass
class Report:
    """The last event: what became of everything that was foretold."""

    outputs: list[dict[str, Any]] = field(default_factory=list)
    frames: dict[str, int] = field(
        default_factory=lambda: {"total": 0, "distinct": 0, "rendered": 0, "again": 0, "loaded": 0, "cut": 0}
    )
    drawings: dict[str, int] = field(default_factory=lambda: {"minted": 0, "again": 0, "loaded": 0, "cut": 0})
    segments: dict[str, int] = field(default_factory=lambda: {"encoded": 0, "reused": 0, "cut": 0})
    seconds: float = 0.0
    workers: int = 0

    def plain(self) -> dict[str, Any]:
        """The object that `studio build --json` prints last."""
        return {"event": "built", **asdict(self)}


Listener = Callable[[Event], None]

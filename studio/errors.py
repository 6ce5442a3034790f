"""Errors, and the places in the user's files that they point at.

StudioError              anything that the command line turns into a message
├── ProjectError         the user's files are wrong: a list of problems, each with its place   (exit 1)
├── BuildError           a build could not be finished: what, where, what to do                (exit 1)
├── UsageError           the command was called wrongly                                        (exit 2)
└── Bug                  a promise of our own does not hold                                    (exit 3)
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Place:
    """A character in a file: lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, what, and what to do about it."""

    what: str
    place: Place | None = None
    hint: str = ""
    line_text: str | None = field(default=None, compare=False)

    def __str__(self) -> str:
        head = f"{self.place}: {self.what}" if self.place else self.what
        lines = [head]
        if self.place and self.line_text is not None:
            lines += _pointed(self.line_text, self.place)
        if self.hint:
            lines.append(f"  {self.hint}")
        return "\n".join(lines)


class StudioError(Exception):
    """Base of everything that is reported as a message, never as a traceback."""

    exit_code = 1

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.problems: tuple[Problem, ...] = (Problem(what, hint=hint),)

    def __str__(self) -> str:
        return "\n".join(str(p) for p in self.problems)


class ProjectError(StudioError):
    """Everything that is wrong in the user's files, all at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=_by_place))
        Exception.__init__(self, self.problems[0].what if self.problems else "")


class BuildError(StudioError):
    """A job failed, the disk is full, an output is held open..."""


class UsageError(StudioError):
    """A command line that means nothing."""

    exit_code = 2


class Bug(StudioError):
    """A promise of our own that does not hold; never the user's fault."""

    exit_code = 3


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint with the nearest of the known names, and the names themselves while they are few."""
    names = sorted(set(known))
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    listed = f"known: {', '.join(names)}" if 0 < len(names) <= 40 else ""
    if near:
        return f"did you mean `{near[0]}`?" + (f" ({listed})" if listed and len(names) > 1 else "")
    return listed or ("" if names else "there are none yet")


def _by_place(problem: Problem) -> tuple[bool, str, int, int, str]:
    at = problem.place
    return (at is None, at.file, at.line, at.column, problem.what) if at else (True, "", 0, 0, problem.what)


def _pointed(text: str, place: Place, width: int = 100) -> list[str]:
    """The line with a caret under the column, cut to a window when it is long."""
    start = max(0, place.column - 1 - width // 2) if place.column > width else 0
    shown = text[start : start + width].rstrip("\n").replace("\t", " ")
    number = f"{place.line:>5} | "
    return [number + shown, " " * (len(number) - 2) + "| " + " " * (place.column - 1 - start) + "^"]

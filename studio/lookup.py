"""Where the names of a project are looked for, and what is said of those that are not found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rules.styles import STYLES
from studio.errors import Problem, did_you_mean
from studio.own import Own, OwnRules
from studio.targets import Stage
from studio.tree import Loc, Tree
from studio.values import Spot

SIDES = {"left": Spot(x=-1.3, z=7.0), "right": Spot(x=1.3, z=7.0), "centre": Spot(x=0.0, z=7.0)}


@dataclass(frozen=True)
class Files:
    """Where files are looked for, the tree that values stand in, the project's own rules, and the problems so far."""

    root: Path
    tree: Tree
    own: OwnRules
    problems: list[Problem] = field(default_factory=list)

    def say(self, what: str, loc: Loc, hint: str = "") -> None:
        self.problems.append(Problem(what, self.tree.place_of(loc), hint))

    def known(self, name: str, table: Iterable[str], kind: str, loc: Loc) -> bool:
        """Whether a table has a name; if not, that is a problem, told with the nearest one."""
        known = list(table)
        if name not in known:
            self.say(f"unknown {kind} `{name}`", loc, did_you_mean(name, known))
        return name in known

    def rule(self, name: str, loc: Loc) -> Own | None:
        """A pass's rule of the project's own; one that may not be named is a problem."""
        trouble = self.own.trouble(name)
        if trouble is not None:
            self.say(trouble[0], loc, trouble[1])
        return self.own.find(name) if name not in STYLES else None

    def spot(self, stand: str | Spot, stage: Stage, loc: Loc) -> Spot:
        """Where a mark, a side or {x, z} is."""
        if isinstance(stand, Spot):
            return stand
        known = {**SIDES, **stage.marks}
        return known[stand] if self.known(stand, known, "mark", loc) else SIDES["centre"]

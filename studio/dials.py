"""What of a scene's passes changes while it plays: how strong they are, and the knobs that may be turned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.acting import turned
from studio.script import Script
from studio.targets import STRENGTH

Ints = NDArray[np.int32]

#: by pass (its target) and knob, for each frame of a scene how many of GRID to one
Dials: TypeAlias = Mapping[str, Mapping[str, Ints]]
GRID = 1000


def dials_of(script: Script) -> dict[str, dict[str, Ints]]:
    """Only of passes that change, and of what of them does."""
    frames = np.arange(script.length, dtype=np.int32)
    found: dict[str, dict[str, Ints]] = {}
    for style in script.scene.styles:
        turns = script.of("pass", style.name)
        for name in dict.fromkeys(name for turn in turns for name in turn.data["to"]):
            first = style.strength if name == STRENGTH else float(getattr(style.params, name))
            moves = [(turn, turn.data["to"][name]) for turn in turns if name in turn.data["to"]]
            values = np.rint(turned(moves, first, frames) * GRID).astype(np.int32)
            found.setdefault(style.target, {})[name] = values
    return found


def at(dials: Dials, frames: NDArray[np.integer]) -> dict[str, dict[str, Ints]]:
    """The same of some frames."""
    return {target: {name: values[frames] for name, values in knobs.items()} for target, knobs in dials.items()}

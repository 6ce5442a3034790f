"""What of a scene's passes changes while it plays: how strong they are, the knobs that may be turned, their clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.acting import turned
from studio.script import Script
from studio.targets import STRENGTH, Style

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


def ticks(style: Style, frames: Ints, fps: float) -> Ints:
    """The clock of a style at frames of a scene; all 0 without one."""
    clock = getattr(style.module, "CLOCK", "none")
    rate = {"none": 0.0, "boil": 12.0}.get(clock)
    if rate is None:
        rate = float(getattr(style.params, "cadence", 16))
    return np.asarray(np.floor(frames * (rate / fps) + 1e-6).astype(np.int32))


def is_held(style: Style) -> bool:
    """Whether a pass runs by the film's clock, and holds what it is shown."""
    return style.frame is not None and getattr(style.module, "CLOCK", "none") == "film"


def held(styles: Sequence[Style], dials: Dials, count: int, fps: float) -> Ints:
    """Which frame of a scene is seen at each of its frames: a picture stands for as long as its film frame, while a
    pass that runs by the film's clock has any strength."""
    shown = np.arange(count, dtype=np.int32)
    for style in styles:
        if not is_held(style):
            continue
        tick = ticks(style, np.arange(count, dtype=np.int32), fps)
        strength = dials.get(style.target, {}).get(STRENGTH, np.full(count, style.strength))
        shown = np.where(strength > 0, shown[np.searchsorted(tick, tick)], shown)
    return shown

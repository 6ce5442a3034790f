"""A four-legged animal: a cat, and by other proportions, ears, tails and coats a dog or a fox.

It walks and trots without a foot sliding, sits, lies, turns its head, swishes its tail and moves its
ears. A figure is four drawings: tail, body, head and face.
"""

from __future__ import annotations

from typing import Literal

from rules import _kit, _quadruped, _quadruped_acting
from studio.params import Colour, Metres, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Variant

GESTURES = _quadruped.GESTURES
STANCES = _quadruped.STANCES
PACES = {"walk": 7, "run": 5}  #: frames a step, half a cycle
FLIES = False


class Params(Base):
    """A four-legged animal. Lengths are metres; a colour that is left out is the species' own."""

    kit: Literal["quadruped"] = knob("quadruped", "the kit that the figure is built from")
    species: Literal["cat", "dog", "fox"] = knob("cat", "which animal")
    height: Metres = knob(0.5, "from the paws to the crown, without the ears", low=0.1, high=3.0, unit="m")
    legs: float = knob(1.0, "factor on the length of the legs", low=0.8, high=1.25)
    length: float = knob(1.0, "factor on the length of the trunk", low=0.85, high=1.3)
    belly: float = knob(1.0, "factor on the belly", low=0.7, high=1.6)
    muzzle: float = knob(1.0, "factor on the length of the muzzle", low=0.6, high=1.4)
    ears: Literal["pointed", "tall", "floppy", "round"] | None = knob(None, "the ears; left out, the species' own")
    tail: Literal["long", "brush", "curled", "stub"] | None = knob(None, "the tail; left out, the species' own")
    coat: Literal["plain", "tabby", "patches", "saddle"] | None = knob(None, "the pattern; left out, the species' own")
    fur: Colour | None = knob(None, "the coat")
    pale: Colour | None = knob(None, "muzzle, chest and belly")
    marks: Colour | None = knob(None, "stripes or patches")
    socks: Colour | None = knob(None, "the paws")
    eye: Colour | None = knob(None, "the iris")
    nose: Colour | None = knob(None, "the nose")
    collar: Colour | None = knob(None, "a collar with a bell; left out, none")


def box(params: Params, variant: Variant) -> Box:
    """Where a part can have paint, in metres about its origin."""
    return _quadruped.box(params, variant)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """One part of the animal."""
    from rules import _quadruped_paint  # brings cv2, which planning does without

    return _quadruped_paint.draw(params, variant, canvas, seed)


def act(params: Params, acting: _kit.Acted) -> list[_kit.Track]:
    """The tracks of an animal, back to front."""
    return _quadruped_acting.act(params, acting)


def step_length(params: Params, gait: str = "walk") -> float:
    """Metres of ground that half a cycle covers."""
    return float(_quadruped.cycle(gait) / 2 * params.height / 100)


def landmarks(params: Params) -> _kit.Landmarks:
    """Where its hips, chin, eyes and crown are."""
    unit = params.height / 100
    return _kit.Landmarks(45 * unit, 58 * unit, 75 * unit, 106 * unit)

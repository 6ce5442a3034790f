"""A bird: a crow, and by other proportions and colours a sparrow, a robin, an owl, a gull, a duck or a goose.

It hops, flies (both wings by one number), lands, pecks and caws. A figure is three drawings: body
with legs, wings and tail, head, and a face of eye and beak.
"""

from __future__ import annotations

from typing import Literal

from rules import _bird, _bird_acting, _kit
from studio.params import Colour, Metres, knob
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Variant

GESTURES = _bird.GESTURES
STANCES = ("stand",)
PACES = {"walk": 10, "run": 8}  #: frames a hop
FLIES = True


class Params(Base):
    """A bird. Lengths are metres; a colour that is left out is the species' own, or goes with a crow's `plumage`."""

    kit: Literal["bird"] = knob("bird", "the kit that the figure is built from")
    species: Literal["crow", "sparrow", "robin", "owl", "gull", "duck", "goose"] = knob("crow", "which bird")
    height: Metres = knob(0.42, "from the soles to the crown, without a crest", low=0.05, high=3.0, unit="m")
    plump: float = knob(1.0, "factor on the width of the body", low=0.8, high=1.35)
    legs: float = knob(1.0, "factor on the length of the legs", low=0.6, high=1.5)
    beak: float = knob(1.0, "factor on the length of the beak", low=0.5, high=1.6)
    crest: float = knob(1.0, "factor on the crest", low=0.0, high=1.8)
    plumage: Colour | None = knob(None, "back and head")
    breast: Colour | None = knob(None, "breast and belly")
    wing: Colour | None = knob(None, "the long feathers of wing and tail")
    sheen: Colour | None = knob(None, "the small feathers over them")
    beaks: Colour | None = knob(None, "the beak")
    feet: Colour | None = knob(None, "legs and feet")
    eye: Colour | None = knob(None, "the iris")
    scarf: Colour | None = knob(None, "a kerchief round the neck; left out, none")


def box(params: Params, variant: Variant) -> Box:
    """Where a part can have paint, in metres about its origin."""
    return _bird.box(params, variant)


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """One part of the bird."""
    from rules import _bird_paint  # brings cv2, which planning does without

    return _bird_paint.draw(params, variant, canvas, seed)


def act(params: Params, acting: _kit.Acted) -> list[_kit.Track]:
    """The tracks of a bird, back to front."""
    return _bird_acting.act(params, acting)


def step_length(params: Params, gait: str = "walk") -> float:
    """Metres of ground that one hop covers."""
    return float(_bird.HOP * (1.25 if gait == "run" else 1.0) * params.height / 100)


def landmarks(params: Params) -> _kit.Landmarks:
    """Where its hips, chin, eyes and crown are."""
    unit, shape = params.height / 100, _bird.shape_of(params)
    return _kit.Landmarks(-_bird.hips(shape)[1] * unit, 66 * unit, 85 * unit, 104 * unit)

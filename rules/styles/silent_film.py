"""Silent film: orthochromatic tones, a tinted print, halation, grain, and a projector that weaves and flickers.

Everything that moves follows the film frame (16 a second by default), not the output's frame: what was shot does,
too, since a pass by the film's clock holds each picture for as long as its film frame. Flicker never exceeds 4 %.
Sources for the tones and cadence: Bordwell, Mazzanti, silentphotoplay.
"""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator

from studio.params import Params as Base
from studio.params import knob
from studio.rule import Context

U8 = NDArray[np.uint8]

CLOCK = "film"

Gate = Annotated[Literal["full", "1.33"], BeforeValidator(str)]  # YAML reads 1.33 as a number


class Params(Base):
    """The print and the projector."""

    tint: Literal["sepia", "amber", "night", "rose", "none"] = knob("sepia", "colour of the tinted print")
    exposure: float = knob(0.0, "lighter or darker", low=-2, high=2, unit="stops", animatable=True)
    contrast: float = knob(1.0, "steepness of the tones", low=0, high=2, animatable=True)
    grain: float = knob(1.0, "weight of the grain", low=0, high=2)
    damage: float = knob(1.0, "dust, scratches, splices and jumps", low=0, high=3, animatable=True)
    flicker: float = knob(0.025, "largest change of the light", low=0, high=0.04, animatable=True)
    weave: float = knob(1.2, "how far the picture slips in the gate", low=0, high=1.5, unit="px of 1080 lines")
    gate: Gate = knob("full", "the whole picture, or the 1.33 of the time")
    vignette: float = knob(0.7, "fall of the light towards the corners", low=0, high=1)
    cadence: float = knob(16.0, "film frames a second, by which all of it moves", low=12, high=24, unit="a second")


def frame(rgb: U8, params: Params, context: Context) -> U8:
    """A frame as the projector shows it at film frame `context.tick`."""
    from rules import _film, _film_damage, _filters  # bring OpenCV, which planning does without

    height, width = rgb.shape[:2]
    film = _film.print_of(width, height, context.seed, params.vignette, params.gate, params.grain)
    wear = _film_damage.Wear(height / 1080, params.damage, context.seed, context.tick)
    # the tones steepen what the lamp does; so much of it keeps the mean of the screen within the flicker asked for
    lamp = params.flicker / (0.6 * _film.power(params.contrast))
    light = _film_damage.flicker(context.seed, context.tick, lamp)
    grey = _filters.shifted(_film.exposed(rgb), *_film_damage.weave(wear, params.weave))
    grey = _film.developed(_film.through_lens(grey, film), film, light, context.seed, context.tick)
    grey = _film_damage.marked(grey, film.gate, wear)
    return _film.projected(grey, _film.words(params.exposure, params.contrast, params.tint))

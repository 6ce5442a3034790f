"""Textures that are kept grow with what is asked of them, and stay what they are."""

from __future__ import annotations

import numpy as np

from rules import _pigment
from rules._noise import Window


def test_a_texture_that_grows_is_the_one_that_is_made_at_once() -> None:
    """Only what is new of a wider window is made; not a bit of it may differ."""
    for unit in (0.7, 6.0):
        kept = _pigment.grain.__wrapped__(unit, 11)
        for window in (
            Window(-40, -90, 60, 70),
            Window(-75, -95, 160, 40),
            Window(-20, -130, 120, 180),
            Window(-300, 0, 20, 20),
        ):
            whole = _pigment.grain.__wrapped__(unit, 11)._make(window)
            for found, made in zip(kept.over(window), whole, strict=True):
                assert np.array_equal(found, made)

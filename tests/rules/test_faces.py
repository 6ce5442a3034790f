"""Faces: eyes of their age, lids that come down over an iris which stays, mouths and lashes as said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rules import _biped_years, character
from rules._kit import MOODS
from tests.rules import driver

_IRIS = "#2f8fe0"
_VIEW = {**driver.FACE, "mood": "neutral", "mouth": "X", "light": {"time": "day", "lamp": 0, "side": 0}}


def _figure(height: float = 1.6, heads: float = 3.4, skin: str = "#f2c79f", **said: Any) -> character.CharacterParams:
    hair = {"style": "crop", "colour": "#6b3327", "beard": said.pop("beard", "none")}
    body = {"belly": said.pop("belly", 1.0)}
    face = {"iris": _IRIS, "eyes": "round", **said}
    return character.CharacterParams.model_validate(
        {"height": f"{height}m", "heads": heads, "skin": skin, "hair": hair, "body": body, "face": face}
    )


def _face(params: character.CharacterParams, **said: Any) -> Any:
    return driver.figure(params, {**_VIEW, **said}, 320.0 / params.height)(None).rgba


def _blue(rgba: Any) -> Any:
    """Where an iris is seen."""
    red, blue = rgba[..., 0].astype(int), rgba[..., 2].astype(int)
    return (blue > red + 40) & (rgba[..., 3] > 200)


def test_eyes_shrink_with_the_years() -> None:
    sizes = [_biped_years.years(_figure(age=age)).eye_size for age in ("child", "young", "grown", "old")]
    assert sizes == sorted(sizes, reverse=True) and sizes[2] < 0.7 * sizes[0]
    assert _biped_years.years(_figure(belly=1.5)).eye_size < _biped_years.years(_figure()).eye_size


def test_an_age_that_is_left_out_is_told_from_the_figure() -> None:
    grown = [
        _biped_years.years(_figure(**said)).grown  # type: ignore[arg-type]
        for said in ({"height": 1.1}, {"height": 1.5}, {"height": 1.8}, {"height": 1.1, "beard": "walrus"})
    ]
    assert grown == [0.0, 0.5, 1.0, 1.0]
    assert _biped_years.years(_figure(height=1.1, wrinkles=0.8)).old == 0.8


@pytest.mark.parametrize("age", ["child", "grown", "old"])
@pytest.mark.parametrize("skin", ["#f2c79f", "#68402e"])
def test_half_a_blink_leaves_the_iris_where_it_was(age: str, skin: str) -> None:
    params = _figure(age=age, skin=skin)
    for mood in MOODS:
        shown, half, shut = (_blue(_face(params, mood=mood, lids=lids)) for lids in (0, 1, 2))
        assert half.sum() >= 0.12 * shown.sum(), mood
        assert np.flatnonzero(half.any(1))[0] >= np.flatnonzero(shown.any(1))[0], mood
        assert not shut.any()
        assert np.flatnonzero(half.any(1))[-1] >= np.flatnonzero(shown.any(1))[-1] - 4, mood


def test_a_beard_takes_the_lashes() -> None:
    bearded = _face(_figure(beard="pencil"))
    assert np.array_equal(bearded, _face(_figure(beard="pencil", lashes=False)))
    assert not np.array_equal(_face(_figure(eyes="oval")), _face(_figure(eyes="oval", lashes=False)))


def test_mouths_at_rest_differ_and_a_mood_has_its_own() -> None:
    rests = ("smile", "level", "wry", "pout")
    assert len({_face(_figure(rest=rest)).tobytes() for rest in rests}) == len(rests)
    assert len({_face(_figure(rest=rest), mood="angry").tobytes() for rest in ("smile", "level", "pout")}) == 1

"""Flat shapes are flat: few colours, borders without a halo, light in steps, and no more flicker than the source's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rules import character
from rules.styles import vector_flat
from studio.rule import Maps
from tests.rules import driver

NEEDS = vector_flat.NEEDS


def _figure(**knobs: Any) -> Any:
    canvas = driver.fitting(character.box(driver.ADA, driver.STAND), 320.0)._replace(maps=NEEDS)
    drawing = character.draw(driver.ADA, driver.STAND, canvas, 7)
    read = {name: getattr(drawing, name) for name in NEEDS}
    maps = Maps("figure", 600, **read, light=drawing.light)
    return drawing, vector_flat.drawing(drawing.rgba, maps, vector_flat.Params(**knobs), 1)


def _colours(rgba: Any, share: float = 0.004) -> int:
    """How many colours cover more than a share of what is solid."""
    solid = rgba[rgba[..., 3] == 255][:, :3] // 4
    _, counts = np.unique(solid, axis=0, return_counts=True)
    return int((counts > share * len(solid)).sum())


def test_a_figure_has_few_colours() -> None:
    drawing, flat = _figure()
    solid = flat[flat[..., 3] == 255][:, :3] // 4
    _, counts = np.unique(solid, axis=0, return_counts=True)
    most = np.sort(counts)[::-1]
    assert most[:14].sum() > 0.72 * len(solid)  # seven hues, each with a shade; the rest is borders
    assert _colours(flat) < _colours(drawing.rgba, 0.0005)


def test_a_border_has_no_halo() -> None:
    """Half-covered pixels are paint that is near, and never more of it than they are covered."""
    _, flat = _figure()
    alpha = flat[..., 3].astype(int)
    straight = flat[..., :3].astype(int) * 255 // np.maximum(alpha, 1)[..., None]
    ys, xs = np.nonzero((alpha > 96) & (alpha < 200))
    away = []
    for y, x in zip(ys.tolist(), xs.tolist(), strict=True):
        box = np.s_[max(y - 2, 0) : y + 3, max(x - 2, 0) : x + 3]
        near = straight[box][alpha[box] > 250]
        if len(near):
            away.append(np.abs(near - straight[y, x]).max(1).min())
    assert np.mean(np.asarray(away) > 40) < 0.05
    assert (flat[..., :3] <= flat[..., 3:]).all()


def test_a_gradient_becomes_few_bands() -> None:
    ramp = np.zeros((60, 90, 4), np.uint8)
    ramp[..., :3] = np.linspace(30, 220, 60)[:, None, None] * np.array([1, 0.7, 0.5])
    ramp[..., 3] = 255
    maps = Maps("plate", 540, parts=np.ones((60, 90), np.uint8), shadow=np.zeros((60, 90), np.uint8))
    counts = [
        len(np.unique(vector_flat.drawing(ramp, maps, vector_flat.Params(tones=tones), 1)[10:50:, 45] // 8, axis=0))
        for tones in (3, 12)
    ]
    assert counts[0] < counts[1] < 30


def test_light_goes_in_steps() -> None:
    y, x = np.mgrid[-60:60, -60:60]
    level = 200 * np.exp(-np.hypot(x, y) / 12)
    light = np.dstack([level, 0.8 * level, 0.4 * level, 0 * level]).astype(np.uint8)
    steps = vector_flat.drawing(light, Maps("emit", 540), vector_flat.Params(), 1)[60, :, 0]
    values, counts = np.unique(steps, return_counts=True)
    assert (counts > 4).sum() <= 4 and values[0] == 0


def test_a_drawn_frame_is_left_alone() -> None:
    rgb = driver.composed()
    assert np.array_equal(driver.framed("vector_flat", rgb, drawn=True), rgb)


@pytest.mark.parametrize("knob", [("shade", 0.0), ("reach", 0.0), ("vivid", 2.0), ("detail", 0.1), ("keyline", 3.0)])
def test_a_knob_turns_something(knob: tuple[str, float]) -> None:
    assert not np.array_equal(_figure()[1], _figure(**dict([knob]))[1])

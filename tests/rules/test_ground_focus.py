"""Depth of field on the ground: how it stands in a row, and what it does to a drawing."""

from __future__ import annotations

import numpy as np
import pytest

from rules import _ground_blur, _ground_focus


@pytest.mark.parametrize("slope", [0.0009, 0.0029, 0.012, 0.2])
@pytest.mark.parametrize("line", [-400.0, 0.0, 371.0])
def test_a_number_says_slope_and_line(slope: float, line: float) -> None:
    (code,) = _ground_focus.codes(np.array([slope]), np.array([line])).tolist()
    found = _ground_focus.focus_of(code)
    assert code >= _ground_focus.LYING and found.line == line and 0.9 < found.slope / slope < 1.1
    small = _ground_focus.focus_of(_ground_focus.halved(code, 1))
    assert small == found._replace(line=int(line) >> 1)
    assert _ground_focus.codes(np.zeros(1), np.array([line])).tolist() == [0]


def test_rows_are_softer_the_farther_they_are_from_the_sharp_one() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (300, 64, 4), np.uint8)
    (code,) = _ground_focus.codes(np.array([0.02]), np.array([120.0])).tolist()
    before = noise.copy()
    out = _ground_blur.blurred(noise, code)
    spread = out[..., :3].reshape(30, -1).std(1)
    assert (noise == before).all() and np.abs(out[119:121].astype(int) - noise[119:121]).max() < 12
    assert (np.diff(spread[12:]) < 2).all() and (np.diff(spread[:12]) > -2).all() and spread[-1] < 0.15 * spread[12]
    # nowhere is there a seam: neighbouring rows of an even drawing stay even
    even = np.full((300, 64, 4), 200, np.uint8)
    assert np.ptp(_ground_blur.blurred(even, code).astype(int)) <= 1

"""Dull footage gets hues, strong colours and greys stay; prints are few."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from rules import _bytes, _clay_thumbs, _livelier


def painted(*colour: int) -> Any:
    return _livelier.livelier(np.full((8, 8, 4), (*colour, 0), np.uint8), 1.5)[4, 4, :3].astype(int)


def test_a_dull_colour_has_more_of_its_own_hue() -> None:
    found = painted(122, 112, 106)
    assert found[0] - found[2] > 30 and found[2] < found[1] < found[0]
    assert abs(int(_bytes.grey(found.astype(np.uint8)[None, None])[0, 0]) - 114) <= 2


@pytest.mark.parametrize("colour", [(112, 112, 112), (220, 90, 30), (20, 40, 160), (28, 24, 22), (212, 208, 200)])
def test_what_has_no_hue_or_enough_is_left_and_so_is_what_is_nearly_black_or_white(colour: Any) -> None:
    assert np.array_equal(painted(*colour), colour)


def test_prints_are_few_and_apart_and_grow_with_the_picture() -> None:
    large = _clay_thumbs.height(1920, 1080)
    stats = cv2.connectedComponentsWithStats((large < -0.3).astype(np.uint8))[2]
    sizes = np.sort(stats[1:, cv2.CC_STAT_AREA])
    assert 6 <= (sizes > 2000).sum() <= 24
    assert 0.02 < (large != 0).mean() < 0.15
    small = _clay_thumbs.height(960, 540)
    halved = cv2.resize(large, (960, 540), interpolation=cv2.INTER_AREA) / 2
    apart = cv2.blur(small, (15, 15)) - cv2.blur(halved, (15, 15))
    assert np.abs(apart).max() < 0.25

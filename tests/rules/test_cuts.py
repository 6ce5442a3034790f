"""Transitions and grades on finished pictures."""

from __future__ import annotations

import numpy as np
import pytest

from rules import _cuts, _grade

rng = np.random.default_rng(1)
A, B = (rng.integers(0, 256, (36, 64, 3), dtype=np.uint8) for _ in range(2))


@pytest.mark.parametrize("side", _cuts.MIXES[1:])
def test_a_wipe_begins_with_one_picture_and_ends_with_the_other(side: str) -> None:
    assert np.array_equal(_cuts.wiped(A, B, 0.0, side), A) and np.array_equal(_cuts.wiped(A, B, 1.0, side), B)
    dark, light = np.zeros_like(A), np.full_like(A, 255)
    middle = _cuts.wiped(dark, light, 0.5, side).astype(int)
    first, last = {
        "left": (middle[:, 0], middle[:, -1]),
        "right": (middle[:, -1], middle[:, 0]),
        "up": (middle[0], middle[-1]),
        "down": (middle[-1], middle[0]),
    }[side]
    assert (first == 255).all() and not last.any()  # it comes from that side
    assert len(np.unique(middle)) > 5  # over a soft edge


def test_a_picture_that_is_not_moved_stays_itself() -> None:
    assert _cuts.moved(A, [0, 0, 0]) is A
    shifted = _cuts.moved(A, [65536, 16 * 5, 0])
    assert np.array_equal(shifted[:, 5:], A[:, :-5])


def test_grades_differ_and_plain_only_darkens_the_corners() -> None:
    grey = np.tile(np.arange(0, 256, 4, dtype=np.uint8)[None, :, None], (36, 1, 3))
    found = {name: _grade.graded(grey, (8, 8), name).astype(int) for name in _grade.GRADES}
    middle = found["plain"][18, 20:44]
    assert np.abs(middle - grey[18, 20:44]).max() <= 1 and found["plain"][0, 63, 0] < grey[0, 63, 0]
    warm, cool = found["warm"][18, 50], found["cool"][18, 50]
    assert warm[0] > warm[2] and cool[2] > cool[0]
    assert len({picture.tobytes() for picture in found.values()}) == len(found)


def test_the_vignette_stands_on_the_subject() -> None:
    white = np.full((36, 64, 3), 200, np.uint8)
    left, right = (_grade.graded(white, (column, 8)).sum(2) for column in (3, 13))
    assert left[18, 8] > right[18, 8] and left[18, 56] < right[18, 56]


def test_a_smear_goes_sideways_alone() -> None:
    rows = np.repeat(A[:, :1], 64, axis=1)
    assert np.array_equal(_grade.smeared(rows, 9), rows) and _grade.smeared(A, 1) is A
    assert _grade.smeared(A, 15).astype(int).std() < A.std()

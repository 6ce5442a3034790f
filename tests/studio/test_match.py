"""A match leads two subjects into one another, and shows no edge of either picture."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio import match

SIZE = (640, 360)
places = st.tuples(st.integers(80, 560), st.integers(50, 310), st.integers(10, 200))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(places, places, st.integers(1, 24))
def test_the_subjects_meet_and_the_picture_stays_covered(
    a: tuple[int, int, int], b: tuple[int, int, int], n: int
) -> None:
    before, after = np.tile(np.array(a, np.int32), (n, 1)), np.tile(np.array(b, np.int32), (n, 1))
    found = match.fits(before, after, SIZE).astype(float)
    scale, shift = found[:, (0, 3)] / 65536, found.reshape(n, 2, 3)[:, :, 1:] / 16
    first, second = (scale[:, k, None] * s[:, :2] + shift[:, k] for k, s in enumerate((before, after)))
    assert np.abs(first - second).max() < 0.2  # in one place, to a fifth of a pixel
    for k in range(2):
        edge = scale[:, k, None] * np.array(SIZE) + shift[:, k]
        grown = scale[:, k] < 2.49  # more than that is not made of it
        assert (shift[grown, k] <= 0.2).all() and (edge[grown] >= np.array(SIZE) - 0.2).all()


def test_what_is_nowhere_is_met_in_the_middle() -> None:
    assert len(match.subject_in(None, "ada", SIZE)) == 0

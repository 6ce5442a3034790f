"""A match leads two subjects into one another, and shows no edge of either picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio import match
from studio.film import Scripts
from tests.planned import opened

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


@pytest.mark.parametrize("kit", ["biped", "bird", "quadruped"])
def test_a_face_of_every_kit_is_found(tmp_path: Path, kit: str) -> None:
    """An iris on a bird used to end in a traceback."""
    scene = {"place": "yard", "cast": [{"who": "one", "stand": "left"}], "action": [{"shot": "full", "on": "one"}]}
    data = {
        "studio": 1,
        "size": "640x360",
        "characters": {"one": {"kit": kit}},
        "places": {"yard": {"planes": ["sky"]}},
        "scenes": {"one": scene | {"length": "2f"}},
        "outputs": {"one.mp4": {"scene": "one"}},
    }
    project = opened(data, tmp_path)
    played = Scripts(project).shot(project.scenes["one"], project.outputs["one.mp4"]).rows
    project.finish()
    assert played is not None
    column, row, tall = match.subject_in(played, "one", SIZE)[0]
    assert (column, row) != (320, 180)  # it was found
    # the face is in the upper half of the figure, which a full shot shows from head to foot in the middle
    assert 0.25 * 640 < column < 0.75 * 640 and 0.05 * 360 < row < 0.6 * 360 and 10 < tall < 250

"""What passes work on frames with says the same as the plain way of doing it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from rules import _bytes, _film, _filters
from tests.rules import driver

U8 = NDArray[np.uint8]


def _noise(*shape: int) -> U8:
    return np.random.default_rng(5).integers(0, 256, shape, np.uint8)


@pytest.mark.parametrize("channels", [(), (3,), (4,)])
@pytest.mark.parametrize("size", [(1, 1), (2, 3), (181, 1000)])
def test_a_doubled_picture_is_a_resized_one(size: tuple[int, int], channels: tuple[int, ...]) -> None:
    picture = _noise(*size, *channels)
    plain = cv2.resize(picture, (2 * size[1], 2 * size[0]), interpolation=cv2.INTER_LINEAR)
    found = _filters.doubled(picture)
    assert found.shape == plain.shape
    away = found.astype(int) - plain
    assert np.abs(away).max() <= 2 and abs(away.mean()) < 1


@pytest.mark.parametrize("columns", [3, 4])
def test_a_plane_looks_up_each_column(columns: int) -> None:
    plane, values = _noise(7, 11), _noise(256, 1, columns)
    assert np.array_equal(_bytes.table(plane, values), values[plane][:, :, 0])


@pytest.mark.parametrize("width", [1, 8, 9])
def test_film_is_coloured_px_by_px(width: int) -> None:
    grey = _noise(5, width)
    ramp = np.arange(256, dtype=np.uint8)[:, None]
    colours = _film.projected(ramp, _film.words(0.3, 1.0, "amber"))[:, 0]
    assert len(np.unique(colours[:, 0])) > 100
    assert np.array_equal(_film.projected(grey, _film.words(0.3, 1.0, "amber")), colours[grey])


@pytest.mark.parametrize("away", [(0.0, 0.0), (-3.0, 2.0), (0.5, 0.0), (-0.5, 1.25), (1.5, -0.5), (-0.25, 0.75)])
def test_a_shift_moves_by_parts_of_a_px(away: tuple[float, float]) -> None:
    """A slope across and a slope down: what is moved right is what was left of it."""
    y, x = np.mgrid[0:40, 0:50]
    for plane, moved in ((4 * x, away[0]), (4 * y, away[1])):
        found = _filters.shifted(plane.astype(np.uint8), *away)
        assert np.abs(found - (plane - 4 * moved))[5:-5, 5:-5].max() <= 0.5


def test_nothing_that_a_print_has_lights_the_frame_about_it() -> None:
    """Tramlines go from edge to edge, and are seen where light falls."""
    white = np.full((240, 320, 3), 255, np.uint8)
    frames = [driver.framed("silent_film", white, tick, damage=3, tint="none") for tick in range(40)]
    assert all(frame[0].max() <= 20 and frame[-1].max() <= 20 for frame in frames)
    assert min(frame[120].max() for frame in frames) > 200

"""Van Gogh's strokes: along the forms, under one light, of broken colour, on the drawing and not on the frame."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from rules import _colour, _flow, _gogh_atlas, _gogh_stars, _noise, _oils, _strokes
from rules.styles import van_gogh
from studio.rule import Context, Maps
from tests.rules import driver


def plate(rgb: driver.U8, lines: int = 1080, left: int = 0, top: int = 0, **knobs: Any) -> driver.U8:
    rgba = cv2.merge([*cv2.split(rgb), np.full(rgb.shape[:2], 255, np.uint8)])
    return van_gogh.drawing(rgba, Maps("plate", lines, left, top), van_gogh.Params(**knobs), 5)


def footage(rgb: driver.U8, **knobs: Any) -> driver.U8:
    return van_gogh.frame(rgb, van_gogh.Params(**knobs), Context(rgb.shape[1], rgb.shape[0], 5, 0, False))


def flat(colour: tuple[int, int, int], height: int = 200, width: int = 260) -> driver.U8:
    return np.full((height, width, 3), colour, np.uint8)


def slopes(picture: driver.U8) -> tuple[Any, Any]:
    grey = cv2.cvtColor(picture[..., :3], cv2.COLOR_RGB2GRAY).astype(np.float32)
    return cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)


def lean(picture: driver.U8) -> float:
    """Share of the change that is downwards: 1 where all strokes lie across, 0 where all stand."""
    across, down = slopes(picture)
    return float((down**2).sum() / ((across**2).sum() + (down**2).sum()))


@pytest.mark.parametrize("paint", [plate, footage])
def test_strokes_go_along_the_forms(paint: Any) -> None:
    stripes = (120 + 60 * np.sin(np.arange(400) / 14)).astype(np.uint8)
    lying = np.repeat(np.repeat(stripes[:, None], 400, 1)[..., None], 3, 2)
    assert lean(paint(lying)) > 0.62
    assert lean(paint(np.ascontiguousarray(lying.transpose(1, 0, 2)))) < 0.38


def test_an_empty_place_has_swirls_and_a_knob_takes_them_away() -> None:
    def spread(swirl: float) -> float:
        """How evenly strokes of a plain plate take all directions: 0 if they have one, 1 if they have all."""
        across, down = slopes(plate(flat((70, 90, 160), 480, 480), swirl=swirl, contour=0))
        twice = 2 * np.arctan2(down, across)
        weight = np.hypot(across, down)
        return float(1 - np.hypot((weight * np.cos(twice)).sum(), (weight * np.sin(twice)).sum()) / weight.sum())

    assert spread(2.0) > spread(0.0) + 0.08


def test_the_light_on_the_paint_stands_at_one_side() -> None:
    """A hump is bright towards the light and dark away from it."""
    y, x = np.mgrid[-30:31, -30:31].astype(np.float32)
    found = _strokes.lit(np.clip(1 - (x * x + y * y) / 900, 0, 1).astype(np.float32), 1.0, 1.0).astype(int)
    assert found[15, 15] > 128 > found[45, 45]
    assert abs(found[15, 45] - found[45, 15]) < 16, "across the light it is alike"


def test_neighbouring_strokes_differ_within_bounds() -> None:
    numbers = np.arange(4000)
    chance = _oils.Chance(
        *(np.asarray(_noise.unit(numbers, k, 1) * 4 - 2, np.float32) for k in range(3)), np.ones(4000, np.float32)
    )
    found = _oils.mixed(np.tile(np.array([[64, 110, 170]], np.uint8), (4000, 1)), chance, 1.0, 1.0)
    even = _oils.mixed(np.tile(np.array([[64, 110, 170]], np.uint8), (4000, 1)), chance, 1.0, 0.0)
    assert len(np.unique(even, axis=0)) == 1
    lab = _colour.to_lab(found / 255)
    hue = np.degrees(np.arctan2(lab[:, 2], lab[:, 1])) % 360
    assert 0.09 < np.ptp(lab[:, 0]) < 0.145, "6 % to each side"
    assert 20 < np.ptp(hue) < 48, "12 degrees to each side, and what greys are mixed with"


def test_ground_shows_between_the_strokes_but_little() -> None:
    out = plate(flat((40, 60, 150), 400, 400), broken=0, relief=0, contour=0)[20:-20, 20:-20]
    ground = np.median(out[..., :3].reshape(-1, 3), axis=0)
    away = np.abs(out[..., :3].astype(int) - ground).sum(-1) > 24
    assert 0.004 < away.mean() < 0.04


def test_borders_are_drawn_dark() -> None:
    halves = flat((210, 190, 120))
    halves[:, 130:] = (150, 90, 70)
    with_them, without = plate(halves), plate(halves, contour=0)
    seam = np.s_[20:180, 126:134, :3]
    assert with_them[seam].mean() < without[seam].mean() - 15


def test_a_wider_window_shows_the_same_strokes() -> None:
    rgb = driver.photograph()
    wide = cv2.resize(rgb, (640, 480), interpolation=cv2.INTER_CUBIC)
    whole = plate(wide, left=-64, top=-32, contour=0)
    part = plate(np.ascontiguousarray(wide[64:416, 128:576]), left=64, top=32, contour=0)
    inner, same = whole[164:316, 228:476].astype(int), part[100:252, 100:348].astype(int)
    assert (np.abs(inner - same).max(-1) < 8).mean() > 0.80


def test_shadows_and_clear_places_stay_what_they_are() -> None:
    drawing = driver.mapped("ada-walk", van_gogh.NEEDS)
    out = van_gogh.drawing(drawing.rgba, Maps("figure", 90, normals=drawing.normals), van_gogh.Params(), 5)
    far = cv2.dilate(drawing.rgba[..., 3], np.ones((9, 9), np.uint8)) == 0
    assert (out[far] == 0).all() and (out[..., :3].max(-1) <= out[..., 3]).all()
    solid = cv2.erode(drawing.rgba[..., 3], np.ones((3, 3), np.uint8)) == 255
    assert (out[..., 3][solid] >= 250).all()


def test_equal_bytes_for_equal_drawings_and_other_strokes_for_another_seed() -> None:
    rgb = driver.photograph()
    assert np.array_equal(plate(rgb), plate(rgb))
    rgba = cv2.merge([*cv2.split(rgb), np.full(rgb.shape[:2], 255, np.uint8)])
    assert not np.array_equal(plate(rgb), van_gogh.drawing(rgba, Maps("plate", 1080), van_gogh.Params(), 6))


def test_a_tile_of_strokes_goes_on_beyond_its_border() -> None:
    found = _gogh_atlas.atlas(20.0, 5.0, 6.0, 1.0, 1.0)
    tile = found.tiles[5 * found.size : 6 * found.size, :, 2].astype(int)
    inner = np.abs(np.diff(tile, axis=1)).mean()
    assert np.abs(tile[:, 0] - tile[:, -1]).mean() < 1.6 * inner
    x = np.arange(found.size)
    seat = (x + found.tiles[: found.size, :, 0].astype(int) - 128) % found.size
    assert len(np.unique(seat)) <= 2 * 26 * 32, "pixels know the places of strokes, and there are no others"


def test_what_stands_still_hardly_flickers() -> None:
    chance, picture = (
        np.random.default_rng(1),
        cv2.resize(driver.photograph(), (640, 480), interpolation=cv2.INTER_CUBIC),
    )
    shots = [np.clip(picture + chance.normal(0, 2, picture.shape), 0, 255).astype(np.uint8) for _ in range(2)]
    source = np.abs(shots[0].astype(int) - shots[1]).mean()
    painted = [footage(shot).astype(int) for shot in shots]
    assert np.abs(painted[0] - painted[1]).mean() < 1.5 * source


def test_stars_have_whirls_and_clouds_have_not() -> None:
    specks = np.zeros((300, 300), np.uint8)
    specks[140, 150] = 120
    window, none = _noise.Window(0, 0, 300, 300), np.zeros((75, 75), np.float32)
    field = _flow.Field(none + 1, none, none)
    turned, sky = _gogh_stars.whirled(field, specks, none + 1, window, (4, 1.0, 3))
    assert sky.share[35, 37] > 0.8 and sky.share[5, 5] == 0
    assert turned.across[35, 42] < -0.5, "beside it strokes stand"
    assert not _gogh_stars.whirled(field, specks, none, window, (4, 1.0, 3))[1].share.any()


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (9, 5)])
@pytest.mark.parametrize("level", [0, 255])
def test_tiny_and_plain_pictures(size: tuple[int, int], level: int) -> None:
    rgb = np.full((*size, 3), level, np.uint8)
    assert footage(rgb).shape == rgb.shape
    for role in van_gogh.ROLES:
        for alpha in (0, 255):
            rgba = np.full((*size, 4), min(level, alpha), np.uint8)
            rgba[..., 3] = alpha
            maps = Maps(role, size[0], normals=np.full((*size, 2), 128, np.uint8))
            assert van_gogh.drawing(rgba, maps, van_gogh.Params(), 5).shape == rgba.shape

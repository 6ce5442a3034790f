"""Claymation: what boils does so twelve times a second, what is pressed hangs on drawings, a face stays a face."""

from __future__ import annotations

import itertools
from typing import Any

import cv2
import numpy as np
import pytest

from rules import _clay_frame, _clay_plate, _clay_tile, _shapes
from rules._noise import Window
from rules.styles import claymation
from studio.keys import ticks
from studio.rule import Context, Drawing, Maps
from studio.studiofile import presets_of
from studio.targets import Style
from tests.rules import driver

WIDTH, HEIGHT = 320, 180


def framed(rgb: Any, tick: int, *, drawn: bool = True, **knobs: Any) -> Any:
    rgb = rgb.copy()
    rgb.flags.writeable = False
    context = Context(rgb.shape[1], rgb.shape[0], 5, tick, drawn)
    return claymation.frame(rgb, claymation.Params(**knobs), context)


def picture() -> Any:
    """Fine detail everywhere, so that any touch shows."""
    return np.random.default_rng(1).integers(60, 200, (HEIGHT, WIDTH, 3)).astype(np.uint8)


def modelled(drawing: Drawing, role: str, **knobs: Any) -> Any:
    maps = {name: getattr(drawing, name) for name in claymation.NEEDS}
    told = Maps(role, 1080, -40, -60, **maps, light=drawing.light)
    return claymation.drawing(drawing.rgba, told, claymation.Params(**knobs), 5)


def luma(rgba: Any) -> Any:
    return rgba[..., :3] @ np.array([0.299, 0.587, 0.114])


# -- takes


@pytest.mark.parametrize("drawn", [True, False])
def test_each_tick_is_another_take_and_three_come_round(drawn: bool) -> None:
    takes = [framed(picture(), tick, drawn=drawn) for tick in range(4)]
    for first, second in itertools.pairwise(takes):
        assert (first != second).any()
    assert np.array_equal(takes[0], takes[3])
    assert np.array_equal(takes[1], framed(picture(), 1, drawn=drawn))


def test_there_are_twelve_takes_a_second() -> None:
    style = Style("clay", "claymation", claymation.Params(), 1, 1.0, "clay")
    for fps in (24.0, 25.0, 30.0, 60.0):
        found = ticks(style, np.arange(round(10 * fps), dtype=np.int32), fps)
        assert (np.diff(found) != 0).sum() == 119 and np.diff(found).max() == 1


def test_without_boil_nothing_changes() -> None:
    assert np.array_equal(framed(picture(), 0, boil=0), framed(picture(), 1, boil=0))


def test_what_is_flat_hardly_boils() -> None:
    """A touch changes detail; where there is none, as in a picture out of focus, light moves by a few levels."""
    flat = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
    away = np.abs(framed(flat, 0).astype(int) - framed(flat, 1))
    assert away.max() <= 26 and away.mean() < 1.5


def test_poses_are_other_takes_and_a_pose_is_always_the_same() -> None:
    parts = [driver.mapped(name, ("parts",)).parts for name in ("ada-stand", "ada-walk", "ada-wave", "bruno-stand")]
    takes = [_clay_tile.take_of(3, part) for part in parts]
    assert len(set(takes)) > 1
    assert takes == [_clay_tile.take_of(3, part.copy()) for part in parts]


# -- where things hang


def test_clay_hangs_on_the_origin() -> None:
    slope = _clay_tile.clay(0.25, 1).prints[0]
    near, wide = Window(-7, 5, 30, 20), Window(-21, -3, 90, 60)
    assert np.array_equal(_clay_tile.over(slope, near), _clay_tile.over(slope, wide)[8:28, 14:44])


def test_clay_has_no_seam_where_it_repeats() -> None:
    for plane in (*_clay_tile.clay(1.0, 0).lumps, *_clay_tile.clay(0.4, 2).prints):
        steps = np.abs(np.diff(plane, axis=1)).max()
        assert np.abs(plane[:, 0] - plane[:, -1]).max() <= 1.2 * steps


def test_clay_is_as_steep_in_small_pictures() -> None:
    """Slopes of the same lumps, whatever the number of lines."""
    large, small = (np.abs(_clay_tile.clay(unit, 0).lumps[0]).mean() for unit in (2.0, 0.45))
    assert small == pytest.approx(large, rel=0.15)


def test_captions_stay_sharp() -> None:
    """Of a drawn picture only the top is out of focus."""
    found = framed(picture(), 0, boil=0, miniature=1)
    assert np.array_equal(found[20:], picture()[20:])
    assert found[:6].std() < 0.6 * picture()[:6].std()


# -- the look


@pytest.mark.parametrize("drawn", [True, False])
def test_clay_looks_alike_at_every_size(drawn: bool) -> None:
    small = []
    for lines in (300, 480, 1080):
        found = cv2.resize(driver.photograph(), (lines * 4 // 3, lines), interpolation=cv2.INTER_CUBIC)
        small.append(cv2.resize(framed(found, 0, drawn=drawn), (16, 12), interpolation=cv2.INTER_AREA).astype(int))
    for one in small[:2]:
        assert np.abs(one - small[2]).mean() < 4


def test_volume_rounds_forms() -> None:
    drawing = driver.mapped("ada-stand", claymation.NEEDS)
    inside = drawing.rgba[..., 3] == 255
    flat, round_ = (luma(modelled(drawing, "figure", volume=v, prints=0, lumps=0, shine=0)) for v in (0, 1))
    assert round_[inside].std() > 1.15 * flat[inside].std()


def test_a_figure_is_never_larger_than_its_body() -> None:
    drawing = driver.mapped("ada-stand", claymation.NEEDS)
    assert drawing.flat is not None
    found = modelled(drawing, "figure", lumps=0)
    assert (found[..., 3] <= drawing.flat[..., 3]).all()


def test_a_face_keeps_its_darks_and_lights() -> None:
    drawing = driver.mapped("ada-face", claymation.NEEDS)
    found = modelled(drawing, "face")
    assert np.array_equal(found[..., 3], drawing.rgba[..., 3])
    solid = drawing.rgba[..., 3] > 250
    before, after = luma(drawing.rgba)[solid], luma(found)[solid]
    assert np.corrcoef(before, after)[0, 1] > 0.9
    assert np.ptp(after) > 0.8 * np.ptp(before)


# -- footage, and plates


def relief(rgb: Any) -> Any:
    """(height, light) of footage."""
    work = np.dstack([rgb, rgb[..., :1]])
    shapes = _shapes.of(work, _clay_frame._STEP)
    half = cv2.resize(rgb, shapes.light.shape[::-1], interpolation=cv2.INTER_AREA)
    return _clay_frame._relief(_clay_frame._pieces(shapes, 1.0), half)


def test_pieces_part_where_the_picture_does_and_not_where_a_gradient_crosses_a_tone() -> None:
    """Grooves of a wax spill used to run over walls and skies."""
    gradient = np.clip(1.5 * np.arange(480.0) - 200, 20, 240)[None].repeat(270, 0)
    edge = np.where(np.arange(480) < 240, 70.0, 200.0)[None].repeat(270, 0)
    dark = []
    for plane in (gradient, edge):
        light = relief(np.dstack([plane] * 3).astype(np.uint8))[1][60:75, 20:220].astype(int)
        dark.append(np.abs(light - np.median(light, 1)[:, None]).max())
    assert dark[0] < 24 < 40 < dark[1]


def test_what_the_light_shows_swells() -> None:
    y, x = np.mgrid[0:270, 0:480]
    rgb = np.clip(70 + 110 * np.exp(-(((x - 240) / 60) ** 2) - ((y - 135) / 60) ** 2), 0, 255)
    height = relief(np.dstack([rgb] * 3).astype(np.uint8))[0]
    assert height[67, 120] > height[67, 60] + 4 and height[67, 120] > height[67, 180] + 4


def test_stones_are_balls_and_a_door_is_not() -> None:
    stones, door = np.full((180, 320), 150, np.uint8), np.full((180, 320), 150, np.uint8)
    for at in range(0, 320, 16):
        stones[:, at : at + 3] = 90
        stones[at : at + 3] = 90
    door[60:120, 100:103] = door[60:120, 200:203] = 90
    balls, panel = (_clay_plate._pressed(plane, 0.5) for plane in (stones, door))
    assert balls[80:100, 150:170].max() > 2 and np.ptp(balls[80:100, 150:170]) > 1.5
    assert panel.max() < 0.1


def test_presets_differ_at_a_glance() -> None:
    presets = presets_of("claymation").values()
    shown = [driver.framed("claymation", driver.photograph(), **knobs).astype(int) for knobs in presets]
    assert len(shown) >= 3
    assert all(np.abs(a - b).mean() > 4 for n, a in enumerate(shown) for b in shown[:n])

"""A comic's page: dots cover what their tint says and stand still, blacks and lights are solid, ink is never dotted."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from rules import _bytes, _comic_page, _halftone
from rules.styles import comic_halftone
from studio.rule import Context, Maps
from tests.rules import driver

PLAIN = {"paper": 0.0, "gutter": 0.0, "slip": 0.0}


def printed(rgb: driver.U8, drawn: bool = True, **knobs: object) -> driver.U8:
    params = comic_halftone.Params.model_validate({**PLAIN, **knobs})
    return comic_halftone.frame(rgb, params, Context(rgb.shape[1], rgb.shape[0], 5, 0, drawn))


def flat(colour: tuple[int, int, int], height: int = 240, width: int = 320) -> driver.U8:
    return np.full((height, width, 3), colour, np.uint8)


def _green_taken(magenta: driver.U8) -> float:
    none = np.zeros_like(magenta)
    return float(_halftone.overprinted([none, magenta, none, none], (252, 236, 214))[1].mean())


@pytest.mark.parametrize("pitch", [4.0, 9.0, 18.0])
@pytest.mark.parametrize("angle", _halftone.ANGLES)
def test_a_screen_covers_the_share_that_a_tint_says(pitch: float, angle: float) -> None:
    screen, slope = _halftone.screen(180, 180, pitch, angle), _halftone.slope(pitch)
    shares = np.array([0.15, 0.25, 0.5, 0.8])
    for share, tint in zip(shares, _halftone._tints(slope, _halftone.MAGENTA)(shares), strict=True):
        cover = _halftone.cover(np.full_like(screen, round(tint)), screen, slope)
        taken, solid = (_green_taken(one) for one in (cover, np.full_like(cover, 255)))
        assert taken / solid == pytest.approx(share, abs=0.03)
    assert _halftone.cover(np.zeros_like(screen), screen, slope).max() == 0, "no tint, no dots"
    assert _halftone.cover(np.full_like(screen, 255), screen, slope).min() == 255, "a full tint is solid"


def test_dots_of_each_ink_repeat_at_its_own_angle_and_at_one_pitch() -> None:
    size, pitch = 256, 9.0
    for angle in _halftone.ANGLES:
        screen = _halftone.screen(size, size, pitch, angle).astype(np.float32)
        window = np.outer(np.hanning(size), np.hanning(size))
        power = np.abs(np.fft.fft2((screen - screen.mean()) * window))[: size // 2]
        y, x = np.unravel_index(power.argmax(), power.shape)
        x = x - size if x > size // 2 else x
        assert size / math.hypot(x, y) == pytest.approx(pitch, rel=0.03)
        found = math.degrees(math.atan2(y, x))
        assert abs((found - angle + 45) % 90 - 45) < 2


def test_dots_stand_still_on_the_page_while_things_move_under_them() -> None:
    left, right = flat((228, 170, 150)), flat((228, 170, 150))
    left[60:140, 20:80], right[60:140, 200:260] = (40, 110, 190), (40, 110, 190)
    a, b = printed(left), printed(right)
    assert np.array_equal(a[160:], b[160:]) and np.array_equal(a[60:140, 100:180], b[60:140, 100:180])
    assert a[160:].std() > 20, "there are dots to speak of"


def test_ink_and_paper_are_never_dotted_and_what_lies_between_is() -> None:
    assert np.ptp(printed(flat((27, 22, 29))), axis=(0, 1)).max() == 0
    assert np.ptp(printed(flat((252, 250, 246))), axis=(0, 1)).max() == 0
    assert (printed(flat((27, 22, 29)))[0, 0] == _halftone.INK).all()
    assert printed(flat((150, 128, 118))).std() > 30


def test_a_line_of_ink_runs_through_dots_unbroken() -> None:
    picture = flat((150, 128, 118))
    cv2.line(picture, (10, 30), (300, 200), _halftone.INK, 4, cv2.LINE_AA)
    along = np.linspace(0.05, 0.95, 200)
    found = printed(picture)[np.rint(30 + 170 * along).astype(int), np.rint(10 + 290 * along).astype(int)]
    assert (found.max(-1) < 60).all()


def test_colours_are_printed_in_few_tints_that_come_near() -> None:
    for colour, hue in (((214, 60, 44), 0), ((44, 110, 200), 2), ((60, 150, 70), 1), ((238, 196, 60), None)):
        mean = printed(flat(colour)).mean((0, 1))
        assert mean.argmax() == (hue if hue is not None else 0)
        assert np.abs(mean - colour).max() < 90
    tints = _comic_page.tinted(_bytes.with_fourth(driver.photograph()), _comic_page.page(160, 120, look(), 5))
    assert (np.unique(tints[..., _halftone.MAGENTA], return_counts=True)[1].max() / tints[..., 0].size) > 0.2


def look() -> _comic_page.Look:
    return _comic_page.Look("process", 9.0, 0.0, 0.0, 0.6, 1.0, 0.0)


def test_plates_slip_by_the_same_on_the_whole_page_and_black_does_not() -> None:
    picture = flat((250, 232, 60))
    picture[80:160, 80:160], picture[80:160, 160:240] = (27, 22, 29), (214, 60, 44)
    true, slipped = printed(picture, inks="key"), printed(picture, inks="key", slip=8.0)
    black = [(p == _halftone.INK).all(-1) for p in (true, slipped)]
    assert np.array_equal(*black), "black is the key"
    assert not np.array_equal(true, slipped)


def test_other_inks() -> None:
    colour = flat((214, 90, 60))
    black = printed(colour, inks="black")
    assert np.abs(black[..., 0].astype(int) - black[..., 2]).max() <= 8, "no colour"
    assert (
        printed(flat((235, 160, 150)), inks="key").std(axis=(0, 1)).max()
        < printed(flat((235, 160, 150))).std(axis=(0, 1)).max()
    ), "even tints under the key"


@pytest.mark.parametrize("drawn", [True, False])
def test_a_page_looks_alike_at_every_size(drawn: bool) -> None:
    small = []
    for lines in (300, 480, 1080):
        picture = cv2.resize(driver.photograph(), (lines * 4 // 3, lines), interpolation=cv2.INTER_CUBIC)
        small.append(cv2.resize(printed(picture, drawn), (16, 12), interpolation=cv2.INTER_AREA).astype(int))
    for one in small[:2]:
        assert np.abs(one - small[2]).mean() < 9


def test_paint_is_kept_clear_of_ink_and_ink_hangs_on_the_drawing() -> None:
    drawing = driver.mapped("ada-walk", comic_halftone.NEEDS)
    maps = {name: getattr(drawing, name) for name in comic_halftone.NEEDS}
    out = comic_halftone.drawing(
        drawing.rgba, Maps("figure", 90, **maps, light=drawing.light), comic_halftone.Params(), 5
    )
    inside = out[out[..., 3] == 255][:, :3].astype(np.float32)
    luma = inside.dot(np.array([0.299, 0.587, 0.114], np.float32))
    ink, paint = (luma < _comic_page.SOLID).mean(), (luma > _comic_page.OPEN).mean()
    assert ink > 0.05 and paint > 0.4 and ink + paint > 0.8, "what lies between is soft edges"

"""Dots and grain that go with the picture: where they lie, that they keep their size and their tones, what stays."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from rules import _halftone, _riding, _screen_rows
from rules.styles import comic_halftone, watercolor
from studio.rule import STILL, Context, Ride
from tests.rules import driver

SIZE = 480, 270


def framed(rule: object, ride: Ride, rgb: driver.U8 | None = None, **knobs: object) -> driver.U8:
    width, height = SIZE
    rgb = np.full((height, width, 3), (150, 128, 118), np.uint8) if rgb is None else rgb
    params = rule.Params.model_validate(knobs)  # type: ignore[attr-defined]
    return rule.frame(rgb, params, Context(width, height, 5, 0, True, ride))  # type: ignore[attr-defined,no-any-return]


def exact(pitch: float, angle: float, ride: Ride) -> driver.U8:
    """The still screen, worked out at the places that have come to lie at each pixel."""
    width, height = SIZE
    x = ((np.arange(width) - ride.right) / ride.scale - width / 2)[None]
    y = ((np.arange(height) - ride.down) / ride.scale - height / 2)[:, None]
    turn, step = math.radians(angle), 2 * math.pi / pitch
    across, down = step * math.cos(turn), step * math.sin(turn)
    wave = np.cos(x * across + y * down) + np.cos(y * across - x * down)
    found = np.frombuffer(_halftone.thresholds(_halftone.slope(pitch)), np.uint8)
    return found[np.clip((wave + 2) * 256, 0, 1024).astype(int)]


RIDES = [STILL, Ride(1.0, -7.25, 3.5), Ride(1.0, 1234.6, -817.3), Ride(1.21, -33.1, 4.7), Ride(0.83, 60.2, 11.9)]


@pytest.mark.parametrize("pitch", [4.0, 9.0, 32.0])
@pytest.mark.parametrize("angle", _halftone.ANGLES)
def test_a_screen_lies_where_it_is_wanted_to_a_fifth_of_a_px(pitch: float, angle: float) -> None:
    thresholds = _halftone.thresholds(_halftone.slope(pitch))
    for ride in RIDES:
        x, y = (ride.scale * size / 2 + gone for size, gone in zip(SIZE, ride[1:], strict=True))
        lattice = _screen_rows.Lattice(pitch * ride.scale, angle, x, y)
        screen = _screen_rows.screen(*SIZE, lattice, thresholds)
        wanted = exact(pitch, angle, ride).astype(float)
        apart = np.abs(screen[0 : SIZE[1]] - wanted).mean()
        slope = np.abs(np.diff(wanted, axis=1)).mean()  # levels a px
        assert apart < max(0.2, 0.02 * pitch) * slope, ride


@pytest.mark.parametrize("rule", [comic_halftone, watercolor])
@pytest.mark.parametrize("ride", [Ride(1.0, -7.0, 0.0), Ride(1.0, 4.5, 3.0), Ride(1.06, -19.3, -2.0)])
def test_what_rides_is_found_where_it_went_and_the_rim_where_it_was(rule: object, ride: Ride) -> None:
    was, now = framed(rule, STILL, paper=2), framed(rule, ride, paper=2)
    same = (was == now).all(2)
    rim = np.concatenate([same[:2].ravel(), same[-2:].ravel(), same[:, :2].ravel(), same[:, -2:].ravel()])
    assert rim.mean() > 0.9 and same[60:-60, 60:-60].mean() < 0.5, "bare paper stays"

    def apart(right: float, down: float) -> float:
        way = np.array([[ride.scale, 0, ride.right + right], [0, ride.scale, ride.down + down]])
        back = cv2.warpAffine(now, way, SIZE, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        return float(np.abs(back.astype(int) - was)[60:-60, 60:-60].mean())

    beside = [apart(*way) for way in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    assert apart(0, 0) < 0.95 * min(beside)


def test_what_rides_keeps_its_size_however_large_the_picture_grows() -> None:
    for scale in np.geomspace(0.2, 6, 60):
        found = _riding.sizes(float(scale))
        assert sum(weight for _, weight in found) == pytest.approx(1)
        assert all(0.65 < size < 1.54 for size, _ in found)
        assert all(math.log2(scale / size) % 1 == pytest.approx(0, abs=1e-9) for size, _ in found), "halves and doubles"
    assert _riding.sizes(1.0) == [(1.0, 1.0)]


def test_one_size_fades_into_the_next_in_the_same_tones() -> None:
    plain = framed(comic_halftone, STILL, pitch=32)[40:-40, 40:-40].mean((0, 1))
    before = None
    for scale in np.geomspace(1.3, 1.56, 14):
        now = framed(comic_halftone, Ride(float(scale), -60.0, -40.0), pitch=32)[40:-40, 40:-40].mean((0, 1))
        assert np.abs(now - plain).max() < 6
        assert before is None or np.abs(now - before).max() < 3, "nothing pops"
        before = now


@pytest.mark.parametrize("rule", [comic_halftone, watercolor])
@pytest.mark.parametrize("size", [(1, 1), (3, 2), (5, 61), (97, 4)])
def test_a_picture_of_any_size_can_ride(rule: object, size: tuple[int, int]) -> None:
    rgb = np.random.default_rng(2).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
    for ride in (Ride(1.0, -7.25, 1e5), Ride(1.43, 3.3, -1.1), Ride(37.0, -1e6, 2.0)):
        params = rule.Params()  # type: ignore[attr-defined]
        made = rule.frame(rgb, params, Context(*size, 5, 0, True, ride))  # type: ignore[attr-defined]
        assert made.shape == rgb.shape and made.dtype == np.uint8

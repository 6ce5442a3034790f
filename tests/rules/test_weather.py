"""What is in the air: any tick alone, the same all over, seamless; and what is laid over a figure's edge."""

from __future__ import annotations

import numpy as np
import pytest

from rules import _colour, _daylight, _flying, _scatter, _weather, _wrap
from rules._flying import KINDS, TILE, Fall
from tests.rules import driver

FLYING = [kind for kind in KINDS if KINDS[kind].cells]


@pytest.mark.parametrize("kind", FLYING)
@pytest.mark.parametrize("plane", range(_flying.PLANES))
def test_any_tick_can_be_asked_for_alone(kind: str, plane: int) -> None:
    fall = Fall(kind, 0.6, 0.4, 11)
    late = _weather.flight(fall, plane, 100_000)
    for tick in (0, 1, 7):
        found = _weather.flight(fall, plane, tick)
        assert all(np.array_equal(a, b) for a, b in zip(found, _weather.flight(fall, plane, tick), strict=True))
        assert (found.x >= 0).all() and (found.x < TILE[0]).all() and (found.y < TILE[1]).all()
        assert (found.cell >= 0).all() and (found.cell < KINDS[kind].cells).all()
    assert len(late.x) == len(found.x) and not np.array_equal(late.x, found.x)


@pytest.mark.parametrize("kind", ["snow", "embers", "leaves"])
def test_what_is_slow_goes_in_small_steps(kind: str) -> None:
    """No flake jumps from one tick to the next, but from one end of the stretch to the other."""
    fall = Fall(kind, 1.0, 1.0, 3)
    for plane in range(_flying.PLANES):
        before, after = (_weather.flight(fall, plane, tick) for tick in (240, 241))
        for axis, size in zip("xy", TILE, strict=True):
            step = np.abs(getattr(after, axis) - getattr(before, axis))
            assert np.minimum(step, size - step).max() < 0.08


def test_more_flies_where_there_is_more() -> None:
    few, many = (len(_weather.flight(Fall("snow", amount, 0.3, 1), 1, 5).x) for amount in (0.2, 1.0))
    assert many == KINDS["snow"].many[1] and few == round(0.2 * many)


def stamped(shift: tuple[float, float], roll: float = 0.0) -> np.ndarray:
    drawing = driver.falling("snow", 1)(None).rgba
    width, height = (side * 360 for side in _flying.cell("snow", 0.3, 1))
    sheet = _scatter.Sheet(drawing, KINDS["snow"].cells, (width, height), 3, is_light=False)
    cos, sin = np.cos(roll), np.sin(roll)
    matrix = np.array([[cos, -sin, shift[0]], [sin, cos, shift[1]], [0, 0, 1]])
    canvas = np.zeros((216, 384, 4), np.uint8)
    stamps = _scatter.stamps_of(sheet, _scatter.growth(matrix))
    _scatter.scatter(canvas, stamps, matrix, _weather.flight(Fall("snow", 1.0, 0.3, 2), 1, 40), 360.0)
    return canvas


def test_the_air_is_the_same_wherever_the_camera_goes() -> None:
    """What flies comes again after a stretch, so that no path of the camera leaves it."""
    here = stamped((0, 0))
    assert here.any() and np.array_equal(here, stamped((5 * TILE[0] * 360, -7 * TILE[1] * 360)))
    for quarter in np.split(here, 4, axis=1):
        assert quarter.any()
    turned = stamped((400, -900), roll=0.6)
    assert all(part.any() for part in np.split(turned, 4, axis=1))


def test_a_picture_too_small_for_a_flake_shows_none() -> None:
    """Cells of less than a pixel used to stop the build."""
    sheet = _scatter.Sheet(np.zeros((7, 7, 4), np.uint8), 6, (0.3, 0.3), 3, is_light=False)
    canvas = np.zeros((24, 32, 4), np.uint8)
    flight = _weather.flight(Fall("snow", 1.0, 0.3, 2), 2, 4)
    for grown in (0.9, 1.0, 1.4):
        _scatter.scatter(canvas, _scatter.stamps_of(sheet, grown), np.diag([grown, grown, 1.0]), flight, 24.0)
    assert not canvas.any()


def test_a_bank_of_fog_goes_over_into_itself() -> None:
    alpha = driver.falling("fog", 1)(None).rgba[:, 3:-3, 3].astype(int)
    seam = np.abs(alpha[:, 0] - alpha[:, -1]).mean()
    assert alpha.max() > 60 and seam < 3 * np.abs(np.diff(alpha, axis=1)).mean() + 1


def test_embers_are_light_alone() -> None:
    embers, leaves = (driver.falling(kind, 0)(None).rgba for kind in ("embers", "leaves"))
    assert embers.any() and not embers[..., 3].any() and leaves[..., 3].max() > 200


def test_light_bleeds_over_an_edge_and_no_further() -> None:
    """10 to 20 % of the light behind within 8 px of the edge at 1080 lines, nothing inside, and never darker."""
    canvas = np.full((400, 400, 4), 220, np.uint8)
    light = _wrap.behind(canvas, 1080)
    through = np.full((400, 400), 255, np.uint8)
    canvas[100:300, 100:300], through[100:300, 100:300] = (20, 20, 40, 255), 0
    before = canvas.copy()
    _wrap.wrap(canvas, light, through, 1080)
    gain = (canvas.astype(int) - before)[200, :, 0]
    assert (gain >= 0).all() and not gain[:96].any() and not gain[125:275].any()
    assert 0.08 * 200 < gain[100:108].max() <= 0.22 * 200 and gain[100] > gain[108] > gain[116]


@pytest.mark.parametrize("kind", ["overcast", "rain", "fog", "snow"])
@pytest.mark.parametrize("time", ["day", "dusk"])
def test_clouds_dull_and_cool_the_light(time: str, kind: str) -> None:
    """Weather used to be laid over a stage in full sun."""
    plain, dull = (_daylight.daylight(name) for name in (time, _flying.hour(time, [(kind, 0.8)])))

    def warmth(light: _daylight.Daylight) -> float:
        return light.ambient[0] / light.ambient[2]

    assert dull.hardness < 0.6 and dull.glow_weight < 0.6 * plain.glow_weight and dull.sunlight <= 0.2
    assert warmth(dull) < max(warmth(plain), 0.96) and np.ptp(dull.key) < np.ptp(plain.key)
    assert dull.haze_density > plain.haze_density
    tones = [[_colour.to_lch(_colour.rgb_of(code)) for _, code in light.sky] for light in (plain, dull)]
    assert np.mean([c for _, c, _ in tones[1]]) < np.mean([c for _, c, _ in tones[0]])
    assert np.ptp([tone for tone, _, _ in tones[1]]) < 0.8 * np.ptp([tone for tone, _, _ in tones[0]])


def test_leaves_and_embers_leave_the_light_alone() -> None:
    assert _flying.hour("dusk", [("leaves", 1.0), ("embers", 1.0)]) == "dusk"
    assert _flying.hour("dusk", [("fog", 0.3), ("rain", 0.9)]).startswith("dusk rain")


def test_forms_are_flatter_under_clouds() -> None:
    def drawn(time: str) -> np.ndarray:
        said = driver.STAND | {"light": {"time": time, "lamp": 0, "side": 0}}
        return driver.figure(driver.ADA, said, 60.0)(None).rgba

    sun, clouds = (drawn(name) for name in ("day", "day overcast 10"))
    assert (sun[..., 3] == clouds[..., 3]).all()
    cloth = (sun[..., 3] == 255) & (sun[..., 2] > sun[..., 0] + 20)  # the mantle
    spread = [np.std(rgba[cloth][:, 1].astype(float)) for rgba in (sun, clouds)]
    assert cloth.sum() > 500 and spread[1] < 0.92 * spread[0]

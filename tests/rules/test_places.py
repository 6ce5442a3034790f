"""What ART.md asks of places and can be measured: air and detail by depth, the same art in every window, no gaps."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import _air, _bare, _colour, _daylight
from rules.plates import PLATES
from studio.rule import Canvas
from tests.rules import driver

HEIGHT = 72
#: far to near, as they may stand in one place
UPRIGHT = (("mountains", 300.0), ("hills", 110.0), ("forest", 22.0))
GROUND = ("meadow", "snow", "sea", "boards", "cobbles")


def drawn(name: str, time: str, left: int = -64, width: int = 128, **knobs: Any) -> Any:
    """A plate as a picture of 72 lines shows it, RGBA in 0 to 1."""
    rule = PLATES[name]
    z = rule.DEPTH
    if rule.GROUND:
        canvas = Canvas(left, 0, width, HEIGHT - int(0.55 * HEIGHT), float(HEIGHT))
    else:
        scale = 2 * HEIGHT / z
        canvas = Canvas(left, -round(1.2 * scale + 0.55 * HEIGHT), width, HEIGHT, scale)
    return rule.draw(rule.Params(**knobs), {"time": time, "z": z}, canvas, 7).rgba.astype(np.float64) / 255


def lightness(rgba: Any) -> Any:
    """OKLab lightness of what is opaque, NaN elsewhere."""
    solid = rgba[..., 3] > 0.98
    return np.where(solid, _colour.to_lab(np.clip(rgba[..., :3], 0, 1))[..., 0], np.nan)


@pytest.mark.parametrize("time", _daylight.TIMES)
def test_air_only_thickens_with_depth(time: str) -> None:
    light = _daylight.daylight(time)
    lost = [_air.veil(light, z) for z in (1, 5, 14.9, 15, 15.1, 22, 60, 110, 300, 5000)]
    assert all(a < b for a, b in pairwise(lost)) and 0 < lost[0] < lost[-1] < 1
    assert abs(lost[3] - lost[2]) < 0.01, "and without a step where it begins to be compressed"


@pytest.mark.parametrize("time", ["dusk"])
def test_contrast_and_detail_fall_with_depth(time: str) -> None:
    """ART.md 20 and 21: deviation and edges of lightness, plane by plane."""
    spread, edges = [], []
    for name, _ in UPRIGHT:
        tone = lightness(drawn(name, time, **({"mist": 0.2, "opening": 2.0} if name == "forest" else {})))
        spread.append(float(np.nanstd(tone)))
        edges.append(float(np.nanmean(np.abs(np.diff(tone, axis=1)))))
    assert spread[0] < spread[2] and spread[1] < spread[2], dict(zip(UPRIGHT, spread, strict=True))
    assert edges[0] < 0.6 * edges[2] and edges[1] < edges[2], dict(zip(UPRIGHT, edges, strict=True))


@pytest.mark.parametrize("name", ["mountains", "hills"])
def test_a_plate_that_stands_farther_away_is_hazier(name: str) -> None:
    rule = PLATES[name]

    def spread(z: float) -> float:
        scale = 2 * HEIGHT / rule.DEPTH
        canvas = Canvas(-64, -round(1.2 * scale + 0.55 * HEIGHT), 128, HEIGHT, scale)
        rgba = rule.draw(rule.Params(), {"time": "dusk", "z": z}, canvas, 7).rgba.astype(np.float64) / 255
        return float(np.nanstd(lightness(rgba)))

    near, middle, far = (spread(f * rule.DEPTH) for f in (0.5, 1.0, 3.0))
    assert near > middle > far


@pytest.mark.parametrize("name", GROUND)
def test_a_floor_is_calmer_far_away(name: str) -> None:
    """Detail falls with depth: edges along the last rows before the horizon against those at our feet."""
    tone = lightness(drawn(name, "day", **({"shore": "none"} if name == "sea" else {})))
    step = np.abs(np.diff(tone, axis=1))
    known = np.flatnonzero(~np.isnan(step).all(1))
    change = np.zeros(len(step))
    change[known] = np.nanmean(step[known], axis=1)
    assert change[known[:3]].mean() < 1.1 * change[known[len(known) // 2 :]].mean() + 0.004


@given(
    st.sampled_from(["mountains", "sea", "snow", "boards", "room"]),
    st.integers(-400, 300),
    st.integers(8, 60),
    st.integers(0, 12),
)
@settings(max_examples=12, deadline=None)
def test_any_window_shows_the_same_art(name: str, left: int, width: int, down: int) -> None:
    """Overscan differs from shot to shot: patterns hang on the origin, not on the window."""
    large = drawn(name, "dusk", left - 20, width + 37)
    small = drawn(name, "dusk", left, width)
    away = np.abs(large[:, 20 : 20 + width] - small)
    assert away.mean() * 255 < 0.5 and np.percentile(away, 99) * 255 <= 6, (name, left, width, float(away.max()))


@pytest.mark.parametrize(
    "planes", [("sky", "mountains", "hills", "meadow"), ("sky", "sea"), ("sky", "hills", "snow"), ("boards", "room")]
)
def test_no_pixel_is_uncovered_along_a_pan(planes: tuple[str, ...]) -> None:
    """Six picture widths to both sides something opaque is everywhere."""
    for left in (-800, 500):
        covered = np.zeros((HEIGHT, 96))
        for name in planes:
            alpha = drawn(name, "night", left, 96)[..., 3]
            top = HEIGHT - len(alpha)
            covered[top:] = 1 - (1 - covered[top:]) * (1 - alpha)
        assert covered.min() > 0.99, (planes, left, np.argwhere(covered < 0.99)[:3].tolist())


def test_every_time_of_day_has_its_own_light() -> None:
    """Neighbouring keys differ enough to be told apart (ART.md 8)."""
    for name in ("meadow", "mountains", "room"):
        means = [drawn(name, time)[..., :3].mean((0, 1)) for time in ("day", "dusk", "night")]
        labs = [_colour.to_lab(np.clip(m, 0, 1)) for m in means]
        assert np.linalg.norm(labs[0] - labs[1]) > 0.03 and np.linalg.norm(labs[1] - labs[2]) > 0.03, name


def test_lamps_of_a_room_burn_when_it_is_dark() -> None:
    lit, dark = (drawn("room", "night", lamp=lamp)[..., :3].mean() for lamp in (1.0, 0.0))
    assert lit > 1.3 * dark


def test_snow_whitens_what_it_lies_on() -> None:
    bare, snowy = (lightness(drawn("hills", "day", snow=snow)) for snow in (False, True))
    assert np.nanmean(snowy) > np.nanmean(bare) + 0.02


def test_a_boat_afloat_is_mirrored_and_one_ashore_is_not() -> None:
    def below(afloat: bool) -> float:
        rgba = driver.prop("boat", "boat", afloat=afloat)(Canvas(-70, 6, 140, 8, 40.0)).rgba
        return float(rgba[..., 3].mean())

    assert below(True) > 10 and below(False) < 4


# -- pictures of one's own


def test_a_picture_lands_where_it_is_said_to() -> None:
    """A metre tall at 40 px a metre: 40 rows, opaque inside, and what lies beyond by `edge`."""
    pixels = np.zeros((20, 20, 4), np.uint8)
    pixels[..., 3] = 255
    pixels[:, :10, 0] = 200
    pixels[:, 10:, 2] = 200
    pixels.flags.writeable = False
    rule = PLATES["picture"]
    variant = {"time": "day", "z": 40.0, "size": [20, 20], "pixels": pixels}
    canvas = Canvas(-60, -80, 120, 100, 40.0)
    shown = {
        edge: rule.draw(rule.Params(file="a.png", height=1.0, foot=0.5, edge=edge), variant, canvas, 1).rgba
        for edge in ("stop", "extend", "mirror")
    }
    assert (shown["stop"][22:58, 42:78, 3] == 255).all()
    assert not shown["stop"][:, :38].any() and not shown["stop"][:18].any() and not shown["stop"][63:].any()
    assert shown["extend"][40, 5, 0] >= 199 and shown["extend"][40, 115, 2] >= 199
    assert shown["mirror"][40, 5, 2] >= 199 and shown["mirror"][40, 115, 0] >= 199
    assert not shown["extend"][63:].any(), "its foot is not drawn out over the floor"
    part = rule.draw(rule.Params(file="a.png", height=1.0, foot=0.5), variant, Canvas(-10, -40, 30, 15, 40.0), 1).rgba
    assert np.abs(part.astype(int) - shown["stop"][40:55, 50:80]).max() <= 1


def test_a_large_picture_shown_small_is_averaged() -> None:
    """A chessboard of single pixels becomes grey, not noise."""
    board = np.indices((512, 512)).sum(0) % 2 * 255
    pixels = np.dstack([board, board, board, np.full_like(board, 255)]).astype(np.uint8)
    rule = PLATES["picture"]
    variant = {"time": "day", "z": 40.0, "size": [512, 512], "pixels": pixels}
    rgba = rule.draw(rule.Params(file="a.png", height=1.0), variant, Canvas(-15, -30, 30, 30, 32.0), 1).rgba
    inner = rgba[4:-4, 4:-4, 0]
    assert inner.std() < 3 and 120 < inner.mean() < 136


def test_the_haze_takes_a_picture_as_far_as_it_is_asked_to() -> None:
    pixels = np.zeros((16, 16, 4), np.uint8)
    pixels[..., 3] = 255
    rule = PLATES["picture"]
    variant = {"time": "dusk", "z": 200.0, "size": [16, 16], "pixels": pixels}
    levels = [
        float(rule.draw(rule.Params(file="a.png", haze=h), variant, Canvas(-8, -60, 16, 16, 40.0), 1).rgba.mean())
        for h in (0.0, 0.5, 1.0)
    ]
    assert levels[0] < levels[1] < levels[2]


def test_a_blurred_test_can_fail() -> None:
    """The measure of contrast used above tells a plate from its own blurred copy."""
    tone = lightness(drawn("meadow", "day"))
    soft = cv2.GaussianBlur(np.nan_to_num(tone), (0, 0), 2.0)
    assert np.nanmean(np.abs(np.diff(soft, axis=1))) < 0.6 * np.nanmean(np.abs(np.diff(tone, axis=1)))


def test_a_closed_sky_is_calmer_towards_the_horizon() -> None:
    """Banks are paler and smaller there."""
    sky = np.asarray(driver.DRAWINGS["sky-cover"](None).rgba, np.float32)[..., :3].mean(-1)
    change = np.abs(np.diff(sky, axis=1)).mean(1)
    assert change[10:32].mean() > 2 * change[46:54].mean()


def test_limbs_of_a_bare_tree_taper_and_differ() -> None:
    """No forks of equal arms: limbs thin out to their ends, and those of one order have many lengths."""
    limbs = _bare.limbs((0.0, 0.0), 5.0, np.random.default_rng(3), 2)
    assert all(limb.radii[-1] < 0.3 * limb.radii[0] for limb in limbs)
    long = np.array([np.hypot(*(limb.line[-1] - limb.line[0])) for limb in limbs if limb.order == 1])
    assert long.std() > 0.15 * long.mean() and max(limb.line[:, 1].max() for limb in limbs) < 6.5

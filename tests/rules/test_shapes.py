"""Footage as shapes: what is broad is levelled, what is small and stands out is kept, and a face stays a face."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from rules import _shapes
from tests.conftest import ROOT
from tests.rules import driver

FLAT = ("vector_flat", "cel_shaded", "paper_cutout", "claymation")
#: (left, top, right, bottom) of the book's photograph, 480x360
EYES = ((181, 70, 198, 79), (222, 72, 243, 81))
CORNERS, CHEEK = ((189, 109, 196, 117), (223, 110, 231, 118)), (230, 90, 244, 102)


def plane(*spots: tuple[int, int, int]) -> Any:
    """A grey plane with discs of 60 px: (x, y, levels)."""
    y, x = np.mgrid[0:240, 0:320]
    out = np.full((240, 320), 120, np.uint8)
    for left, top, levels in spots:
        out[np.hypot(x - left, y - top) < 30] = 120 + levels
    return out


def test_what_rises_or_sinks_less_than_a_step_is_levelled_whatever_its_size() -> None:
    out = _shapes.levelled(plane((60, 60, 10), (160, 60, -10), (60, 170, 40), (160, 170, -40)), 18).astype(int)
    assert abs(out[60, 60] - 120) <= 1 and abs(out[60, 160] - 120) <= 1
    assert out[170, 60] >= 120 + 20 and out[170, 160] <= 120 - 20
    edge = np.abs(np.diff(out[170, 20:100]))
    assert (edge > 0).sum() <= 8 and edge.max() >= 10  # as sharp as it was


def test_tones_lie_closer_in_the_middle_and_an_area_between_two_does_not_jump() -> None:
    tone = _shapes.tones(7)
    steps = np.diff(tone)
    assert steps[0] == pytest.approx(steps[-1]) and steps[2] < 0.8 * steps[0]
    shown = _shapes.stepped(tone).astype(int)
    assert np.abs(np.diff(shown)).max() < 0.5 * steps.max()
    assert (shown == np.rint(tone)[_shapes.numbers(7)]).mean() > 0.8


def test_a_spot_alone_is_kept_and_one_among_many_is_texture() -> None:
    work = np.full((240, 320, 4), 170, np.uint8)
    work[40:46, 40:48, :3] = 60
    for top in range(120, 230, 12):
        for left in range(120, 310, 12):
            work[top : top + 6, left : left + 8, :3] = 60
    dark = _shapes.of(work).dark
    assert dark[42:45, 42:47].min() > 80
    assert np.median(dark[174:177, 200:260].max(0)) < 0.6 * dark[43, 44]


def test_specks_are_cut_down() -> None:
    stands = np.zeros((60, 80), np.uint8)
    stands[10:12, 10:12], stands[30:40, 30:44] = 90, 90
    out = _shapes.without_specks(stands, 20, 40)
    assert out[8:14, 8:14].max() <= 20 and out[35, 37] == 90


def test_slim_things_are_gone_wholly() -> None:
    stands = np.zeros((60, 80), np.uint8)
    stands[10:12, 4:70], stands[30:40, 30:44] = 90, 90  # a scratch, and a thing
    assert _shapes.without_specks(stands, 20, 40)[11, 40] > 40
    out = _shapes.without_specks(stands, 20, 40, 4)
    assert out[:20].max() == 0 and out[35, 37] == 90


def test_shapes_that_keep_close_to_a_picture_keep_narrow_windows() -> None:
    """A front was camouflage: blobs with no corner."""
    work = np.full((240, 320, 4), 170, np.uint8)
    for left in range(40, 280, 40):
        work[80:140, left : left + 12, :3] = 60
    close, loose = (_shapes.of(work, close=each).light.astype(int) for each in (True, False))
    corners = [(y // 2, x // 2) for x in range(40, 280, 40) for y in (82, 136)]
    depths = [170 - np.mean([light[y, x + 1] for y, x in corners]) for light in (close, loose)]
    assert depths[0] > 60 and depths[0] > depths[1] + 10, depths


def photograph() -> Any:
    found = cv2.imread(str(ROOT / "projects" / "passes" / "astronaut.jpg"))
    assert found is not None
    return np.ascontiguousarray(found[..., ::-1], np.uint8)


def luma(rgb: Any, box: tuple[int, int, int, int]) -> Any:
    left, top, right, foot = box
    return rgb[top:foot, left:right].astype(float).mean(-1)


@pytest.mark.parametrize("style", FLAT)
@pytest.mark.parametrize("share", [1.0, 0.7])
def test_a_face_keeps_its_eyes_and_its_mouth(style: str, share: float) -> None:
    """These passes used to make a portrait's mouth a part of its cheeks, and stubble of its shade."""
    whole = photograph()
    small = cv2.resize(whole, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    whole[: small.shape[0], : small.shape[1]] = small
    out = driver.framed(style, whole)
    eyes, corners, cheeks = ([_scaled(box, share) for box in boxes] for boxes in (EYES, CORNERS, [CHEEK]))
    skin = np.median(luma(out, cheeks[0]))
    assert all(np.percentile(luma(out, box), 8) < skin - 70 for box in eyes)
    assert all(np.percentile(luma(out, box), 8) < skin - 40 for box in corners)
    assert _uneven(luma(out, cheeks[0])) < 18


def _uneven(plane: Any) -> float:
    """How far a plane is from one that rises evenly, as clay does in the light."""
    height, width = plane.shape
    y, x = np.mgrid[0:height, 0:width]
    even = np.stack([x.ravel(), y.ravel(), np.ones(plane.size)], 1)
    return float(np.std(plane.ravel() - even @ np.linalg.lstsq(even, plane.ravel(), rcond=None)[0]))


def _scaled(box: tuple[int, ...], share: float) -> tuple[int, int, int, int]:
    left, top, right, foot = (round(at * share) for at in box)
    return left, top, right, foot


def test_borders_are_straightened_without_mixtures() -> None:
    """Teeth of a border go, three areas meet without a fourth colour, and strips show nowhere."""
    flat = np.full((300, 900, 4), (200, 60, 40, 255), np.uint8)
    flat[:, 450:] = (40, 60, 200, 255)
    flat[::4, 450:453] = flat[1::4, 450:453] = (200, 60, 40, 255)  # teeth
    flat[200:, :] = (250, 240, 230, 255)
    out = _shapes.rounded(flat)
    assert {tuple(c) for c in out.reshape(-1, 4).tolist()} == {tuple(c) for c in flat.reshape(-1, 4).tolist()}
    border = (out[20:180, :, 2] == 200).argmax(1)
    assert np.ptp(border) <= 1 < np.ptp((flat[20:180, :, 2] == 200).argmax(1))
    assert np.array_equal(out, _shapes._rounded(flat))


def test_rims_between_areas_of_footage_are_gone() -> None:
    """Where a hue ended two pixels off its lightness, there was a third colour along the whole border."""
    flat = np.full((60, 80, 4), (200, 60, 40, 255), np.uint8)
    flat[:, 40:] = (40, 60, 200, 255)
    flat[:, 39:41] = (200, 60, 200, 255)  # the lightness of the one and the hue of the other
    flat[20:22, 10:12] = 0  # a speck
    flat[30:40, 60:70] = (250, 240, 230, 255)
    out = _shapes.whole(flat, 3)
    assert {tuple(c) for c in out.reshape(-1, 4).tolist()} == {
        (200, 60, 40, 255), (40, 60, 200, 255), (250, 240, 230, 255)
    }  # fmt: skip
    assert (out[:, :39] == flat[0, 0]).all() and (out[35, 65] == flat[35, 65]).all()
    noise = np.random.default_rng(1).integers(0, 256, (8, 8, 4)).astype(np.uint8)
    assert np.array_equal(_shapes.whole(noise, 3), noise)  # of which nothing is whole

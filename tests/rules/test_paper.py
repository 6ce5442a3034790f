"""Paper: each piece has a sheet of its own, one light falls on all, gaps make shadows, and nothing swims."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from rules import _noise, _paper, _paper_plate, character
from rules.styles import paper_cutout
from studio.rule import Maps
from tests.rules import driver

BARE = {"paper": 0.0, "edge": 0.0, "curl": 0.0, "facets": 0.0, "form": 0.0}


def stack(*pieces: tuple[tuple[int, int, int, int], tuple[int, int, int]], size: int = 120) -> tuple[Any, Any]:
    """Colours and parts of rectangles (left, top, right, bottom) that lie on one another."""
    rgba, parts = np.zeros((size, size, 4), np.uint8), np.zeros((size, size), np.uint8)
    for number, ((left, top, right, bottom), colour) in enumerate(pieces, 1):
        rgba[top:bottom, left:right] = (*colour, 255)
        parts[top:bottom, left:right] = number
    return rgba, parts


def cut(rgba: Any, parts: Any, role: str = "figure", at: tuple[int, int] = (0, 0), **knobs: float) -> Any:
    maps = Maps(role, 1080, *at, parts=parts, flat=rgba)
    return paper_cutout.drawing(rgba, maps, paper_cutout.Params(**{"brads": 0, **knobs}), 3)


def test_each_piece_has_its_own_paper() -> None:
    grey = (150, 150, 150)
    out = cut(*stack(((10, 10, 60, 110), grey), ((60, 10, 110, 110), grey)), shadow=0, edge=0, curl=0).astype(float)
    first, second = out[30:90, 15:50, 0], out[30:90, 65:100, 0]
    assert first.std() > 2 and second.std() > 2
    assert abs(np.corrcoef(first.ravel(), second.ravel())[0, 1]) < 0.3
    assert abs(first.mean() - second.mean()) > 0.5  # and a tint of its own


def test_sheets_go_on_at_their_borders() -> None:
    sheet = _paper.laid(0.2, 1.0, 1, _noise.Window(-40, 30, 400, 400)).astype(int)
    inner = np.abs(np.diff(sheet, axis=1)).mean(0)
    assert inner.max() < 3 * inner.mean()
    side = len(_paper.sheets(0.2, 1.0)[1])
    assert np.array_equal(sheet[:, :100], _paper.laid(0.2, 1.0, 1, _noise.Window(-40 + side, 30, 100, 400)))


@pytest.mark.parametrize("role", ["figure", "plate"])
def test_shadows_fall_right_and_down(role: str) -> None:
    base, top = ((4, 4, 116, 116), (190, 180, 170)), ((40, 40, 80, 80), (90, 120, 150))
    out = cut(*stack(base, top), role=role, **BARE)[..., 0].astype(int)
    bare = out[16, 16]
    assert out[60, 82] < bare - 8 and out[82, 60] < bare - 8
    assert abs(out[60, 37] - bare) < 5 and abs(out[37, 60] - bare) < 5


def test_the_larger_the_gap_the_longer_the_shadow() -> None:
    pale, dark = (200, 190, 180), (110, 100, 120)
    between = [((100 + n, 2, 102 + n, 6), pale) for n in range(0, 12, 2)]  # crumbs aside, which only count
    near = cut(*stack(((4, 8, 116, 116), pale), *between[:0], ((30, 30, 70, 70), dark)), **BARE)
    far = cut(*stack(((4, 8, 116, 116), pale), *between, ((30, 30, 70, 70), dark)), **BARE)
    reach = [int((row[70:100, 0] < row[105, 0] - 4).sum()) for row in (near[50].astype(int), far[50].astype(int))]
    assert reach[1] > reach[0] > 0


def test_edges_are_lit_from_the_left_above() -> None:
    out = cut(*stack(((20, 20, 100, 100), (90, 90, 110))), **{**BARE, "edge": 1.0})[..., 0].astype(int)
    assert out[60, 20] > out[60, 60] + 10 > out[60, 99] + 20


def test_paper_stays_on_what_it_belongs_to() -> None:
    """Another window over the same ground shows the same art."""
    rgba, parts = stack(((30, 30, 90, 90), (160, 120, 90)), ((50, 50, 100, 75), (60, 90, 140)))
    whole = cut(rgba, parts)
    part = cut(np.ascontiguousarray(rgba[10:, 16:]), np.ascontiguousarray(parts[10:, 16:]), at=(16, 10))
    away = np.abs(whole[10:, 16:].astype(int) - part)
    assert np.percentile(away[20:-20, 20:-20], 99) <= 2


def test_a_circle_is_cut_in_snips() -> None:
    """Straight runs, whose corners lie no farther from the outline than was said."""
    rgba, parts = np.zeros((160, 160, 4), np.uint8), np.zeros((160, 160), np.uint8)
    cv2.circle(parts, (80, 80), 60, 1, -1)
    rgba[parts > 0] = (180, 120, 80, 255)
    corners = []
    for facets in (0.0, 4.0):
        solid = (cut(rgba, parts, facets=facets, shadow=0)[..., 3] > 127).astype(np.uint8)
        line = max(cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0], key=len)
        corners.append(len(cv2.approxPolyDP(line, 0.9, True)))
        assert np.abs(np.hypot(*(line[:, 0] - 80).T) - 60).max() < 1.6 + 1.5 * facets
    assert corners[1] < 0.7 * corners[0]


def test_torn_paper_has_a_pale_lip() -> None:
    rgba, parts = stack(((20, 20, 100, 100), (120, 30, 30)))
    torn = cut(rgba, parts, torn=5.0, shadow=0, edge=0)
    inside = torn[60, 25:95]
    rim = torn[60, 20:26][torn[60, 20:26, 3] > 200]
    assert inside[:, 1].mean() < 90 < rim[:, 1].max()


def test_what_stands_is_one_sheet_whatever_its_grain() -> None:
    noisy = np.random.default_rng(0).normal(0, 5, (120, 120, 1))
    rgba, parts = stack(((0, 0, 120, 120), (140, 130, 120)), ((20, 0, 100, 120), (90, 80, 110)), size=120)
    rgba[..., :3] = np.clip(rgba[..., :3] + noisy, 0, 255)
    rgba[:20, :20] = parts[:20, :20] = 0
    out = cut(rgba, parts, "plate", **{**BARE, "shadow": 0})
    assert out[40:80, 40:80, :3].astype(int).std((0, 1)).max() < 2


def test_a_shoulder_is_pinned() -> None:
    canvas = driver.fitting(character.box(driver.BRUNO, driver.STAND), 130.0)._replace(maps=paper_cutout.NEEDS)
    drawing = character.draw(driver.BRUNO, driver.STAND, canvas, 7)
    maps = Maps("figure", 540, canvas.left, canvas.top, parts=drawing.parts, flat=drawing.flat)
    with_brads, without = (
        paper_cutout.drawing(drawing.rgba, maps, paper_cutout.Params(brads=brads), 3) for brads in (1.0, 0.0)
    )
    rows = np.flatnonzero((with_brads != without).any((1, 2)))
    assert len(rows) and rows.max() < 0.4 * len(drawing.rgba)


@pytest.mark.parametrize(
    "knob",
    [("shadow", 0), ("paper", 0), ("facets", 0), ("torn", 3), ("edge", 0), ("curl", 0), ("form", 1), ("craft", 0)],
)
def test_a_knob_turns_something(knob: tuple[str, float]) -> None:
    drawing = driver.mapped("ada-walk", paper_cutout.NEEDS)
    maps = Maps("figure", 540, parts=drawing.parts, flat=drawing.flat)
    plain, turned = (
        paper_cutout.drawing(drawing.rgba, maps, paper_cutout.Params(**said), 3) for said in ({}, dict([knob]))
    )
    assert not np.array_equal(plain, turned)


def test_a_drawn_frame_is_left_alone() -> None:
    rgb = driver.composed()
    assert np.array_equal(driver.framed("paper_cutout", rgb, drawn=True), rgb)


def test_footage_has_few_sheets() -> None:
    ramp = np.tile(np.linspace(20, 235, 160).astype(np.uint8)[None, :, None], (90, 1, 3))
    tones = [
        len(np.unique(driver.framed("paper_cutout", ramp, sheets=sheets, shadow=0, paper=0, edge=0)[45, :, 1] // 6))
        for sheets in (3, 12)
    ]
    assert tones[0] < tones[1]


def test_what_is_stuck_on_is_as_solid_and_as_light_as_its_sheet() -> None:
    """A broad stroke used to let a little of what is behind through, and to lie in its own shadow."""
    rgba, parts = stack(((4, 4, 116, 116), (120, 90, 60)))
    rgba[20:100, 54:60, :3] = (200, 180, 150)
    out = cut(rgba, parts, paper=0, edge=0, curl=0, facets=0, form=0)
    bare = cut(rgba, parts, paper=0, edge=0, curl=0, facets=0, form=0, shadow=0)
    assert (out[10:110, 10:110, 3] == 255).all()
    assert np.abs(out[40:80, 55:59].astype(int) - bare[40:80, 55:59]).max() <= 2
    assert out[60, 61, 0] < int(bare[60, 61, 0]) - 8  # its shadow lies beside it


@pytest.mark.parametrize("lines", [90, 540])
def test_torn_paper_keeps_its_dye_in_small_pictures(lines: int) -> None:
    """A lip of less than a pixel used to wash a whole figure out."""
    drawing = driver.mapped("ada-walk", paper_cutout.NEEDS)
    torn, whole = (driver.restyled("paper_cutout", drawing, "figure", lines, torn=t, brads=0) for t in (3.0, 0.0))
    inner = cv2.erode((whole[..., 3] == 255).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert np.abs(torn[inner].astype(int) - whole[inner]).mean() < 20


@pytest.mark.parametrize("unit", [0.28, 0.44, 1.0])
def test_a_small_picture_keeps_the_joints_of_a_paved_ground_that_a_large_one_has(unit: float) -> None:
    stone, gap = (round(40 * unit), round(20 * unit)), max(2, round(5 * unit))
    sheet = np.full((12 * stone[1], 8 * stone[0]), 4, np.uint8)
    for first in range(gap):
        sheet[first :: stone[1]] = 1
        sheet[:, first :: stone[0]] = 1
    assert (_paper_plate._paved(sheet, unit) == sheet).mean() > 0.95

"""Blocks are blocks: a lattice that hangs on the drawing, three faces, few colours, no gaps, a face that stays one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest

from rules import _noise, _voxel, _voxel_colour, _voxel_drawing, _voxel_plate, character
from rules.styles import voxel_blocks
from studio.rule import Maps
from tests.rules import driver

NEEDS = voxel_blocks.NEEDS
PLAIN = _voxel.Build(depth=0.25, shade=1, bevel=0, corner=0)


def _figure(**knobs: Any) -> tuple[Any, Any]:
    canvas = driver.fitting(character.box(driver.ADA, driver.STAND), 200.0)._replace(maps=NEEDS)
    drawing = character.draw(driver.ADA, driver.STAND, canvas, 7)
    read = {name: getattr(drawing, name) for name in NEEDS}
    maps = Maps("figure", 600, canvas.left, canvas.top, **read, light=drawing.light, scale=canvas.scale)
    return drawing, voxel_blocks.drawing(drawing.rgba, maps, voxel_blocks.Params(**knobs), 1)


def _ground(left: int, top: int, width: int, height: int) -> Any:
    """A window of a pattern that hangs on the origin."""
    y, x = np.mgrid[top : top + height, left : left + width]
    rgba = np.full((height, width, 4), 255, np.uint8)
    rgba[..., :3] = np.where(((x // 23 + y // 17) % 2 == 0)[..., None], (180, 120, 70), (60, 90, 120))
    return rgba


@pytest.mark.parametrize("top", [-90, 8])
def test_the_lattice_hangs_on_the_origin(top: int) -> None:
    """Another window over the same ground shows the same blocks, of walls and of floors."""
    both = []
    for left, up in ((-70, top), (-70 + 13, top + (0 if top > 0 else 7))):
        rgba = _ground(left, up, 150, 90)
        maps = Maps("plate", 540, left, up, scale=250.0 if top < 0 else 600.0)
        knobs = voxel_blocks.Params(depth=0, corner=0)
        out = voxel_blocks.drawing(rgba, maps, knobs, 1)
        both.append(out[24 - (up - top) : 64 - (up - top), 40 - (left + 70) : 110 - (left + 70)])
    assert np.abs(both[0].astype(int) - both[1]).max() <= 12  # a mean over all cells may differ a little
    assert len(np.unique(both[0][..., 0])) > 3


def test_cells_of_a_face_lie_in_blocks() -> None:
    window = _noise.Window(-37, -52, 90, 80)
    for block in (2.3, 7.0, 11.0, 20.4):
        whole, split = _voxel.lattice(window, block), _voxel.lattice(window, block, 2)
        assert whole.pitch / whole.fine == 2 * split.pitch / split.fine
        # a border of the one is a border of the other: both count from the origin
        assert (whole.left + window.left * -whole.fine) % whole.pitch == 0
        assert (split.left + window.left * -split.fine) % split.pitch == 0


def test_faces_are_lit_in_three_steps() -> None:
    on = _voxel.lattice(_noise.Window(0, 0, 60, 60), 12.0)
    level = np.zeros((5, 5), np.uint8)
    level[2, 2] = 3
    out = _voxel.built(np.full((5, 5, 3), 160, np.float32), level, np.ones((5, 5), np.bool_), on, PLAIN)
    front, top, right = (float(out[y, x, 0]) for y, x in ((30, 30), (22, 32), (28, 37)))
    assert abs(front / top - 0.8) < 0.05 and abs(right / top - 0.6) < 0.05


def test_corners_are_dark() -> None:
    on = _voxel.lattice(_noise.Window(0, 0, 60, 60), 12.0)
    level = np.zeros((5, 5), np.uint8)
    level[:, :2] = 2
    build = _voxel.Build(depth=0.0, shade=1, bevel=0, corner=1)
    out = _voxel.built(np.full((5, 5, 3), 160, np.float32), level, np.ones((5, 5), np.bool_), on, build)
    beside, far, above = (float(out[30, x, 0]) for x in (25, 54, 10))
    assert beside < 0.85 * far and abs(above - far) < 12


def test_a_drawing_has_few_colours() -> None:
    chance = np.random.default_rng(2)
    colour = chance.integers(0, 256, (40, 40, 3)).astype(np.float32)
    here = np.ones((40, 40), np.bool_)
    for most in (4, 32):
        assert len(np.unique(_voxel_colour.few(colour, here, most).reshape(-1, 3), axis=0)) <= most
    assert len(np.unique(_voxel_colour.table(6) >> 3 & 0x1F1F1F)) < len(
        np.unique(_voxel_colour.table(32) >> 3 & 0x1F1F1F)
    )


@pytest.mark.parametrize("lean", [0.0, 0.13, 0.5, 1.0])
def test_what_is_thin_is_unbroken(lean: float) -> None:
    """A pole thinner than a block has a block in each row, wherever it falls between cells."""
    y, x = np.mgrid[0:160, 0:200]
    for at in range(20, 30):
        pole = (np.abs(x - at - lean * y) < 1.6 * np.hypot(1, lean)).astype(np.uint8) * 255
        rgba = np.dstack([pole, pole, pole, pole])
        on = _voxel.lattice(_noise.Window(0, 0, 200, 160), 10.0)
        cover = (_voxel.sampled(rgba, on)[..., 3] > 127).mean(-1, dtype=np.float32)
        stands = _voxel_drawing.standing(cover, _voxel.within(on))
        assert stands.any(1).all() and stands.sum() <= 16 * (2 if lean else 1)


def test_a_figure_has_its_silhouette() -> None:
    """It is covered where it was, but for a block, and nowhere else, but for the depth of its sides to the upper right;
    and cover is all or nothing."""
    drawing, out = _figure()
    was, now = (np.pad((p[..., 3] > 127).astype(np.uint8), 40) for p in (drawing.rgba, out))
    block = np.ones((21, 21), np.uint8)
    assert now[cv2.erode(was, block) > 0].all()
    sides = cv2.dilate(was, np.ones((17, 17), np.uint8), anchor=(16, 0))
    assert not now[cv2.dilate(sides, block) == 0].any()
    assert (was & now).sum() / (was | now).sum() > 0.65
    assert np.isin(out[..., 3], (0, 255)).mean() > 0.97
    assert (out[..., :3] <= out[..., 3:]).all()


def test_a_face_keeps_its_eyes_and_mouth() -> None:
    """Where a face is darkest or lightest it is so in blocks too."""
    drawing = driver.mapped("ada-face", NEEDS)
    read = {name: getattr(drawing, name) for name in NEEDS}
    out = voxel_blocks.drawing(drawing.rgba, Maps("face", 420, **read, light=drawing.light), voxel_blocks.Params(), 1)
    skin = np.array([226, 170, 130])
    was, now = (p[..., :3] + skin * (1 - p[..., 3:] / 255) for p in (drawing.rgba, out))
    dark, light = (was.mean(2) < 70), (was.mean(2) > 196)
    assert dark.sum() > 20 and light.sum() > 10
    assert (now.mean(2)[dark] < 120).mean() > 0.7 and (now.mean(2)[light] > 170).mean() > 0.3
    assert np.corrcoef(was.mean(2).ravel(), now.mean(2).ravel())[0, 1] > 0.7


def test_blocks_grow_with_what_they_build_but_less() -> None:
    build = voxel_blocks.Params()
    look = _voxel_drawing.Look(build.block, build.grow, 1, 1, 32, 1, PLAIN, 1.0)
    sizes = [look.px(Maps("figure", 1080, scale=0.28 * 1080 * times)) for times in (1, 4)]
    assert sizes[0] == build.block and sizes[1] == pytest.approx(2 * build.block)


def test_the_same_at_every_size() -> None:
    """A plate at twice the size is the same blocks, each twice as large."""
    small, large = (_ground(-60 * k, -80 * k, 120 * k, 60 * k) for k in (1, 1))
    large = np.repeat(np.repeat(small, 2, 0), 2, 1)
    done = []
    for k, rgba in ((1, small), (2, large)):
        out = voxel_blocks.drawing(rgba, Maps("plate", 540 * k, -60 * k, -80 * k), voxel_blocks.Params(), 1)
        done.append(out[::k, ::k].astype(int) if k == 1 else out.reshape(60, 2, 120, 2, 4).mean((1, 3)))
    assert np.abs(done[0] - done[1]).mean() < 9


def test_drawn_frames_are_left_alone() -> None:
    rgb = driver.composed()
    assert np.array_equal(driver.framed("voxel_blocks", rgb, drawn=True), rgb)


def test_light_and_shadows_are_cells_in_few_steps() -> None:
    """A glow has as much light as it had, in flat cells of the lattice; a shadow has few steps."""
    glow = driver.DRAWINGS["lamp-glow"](None)
    out = driver.restyled("voxel_blocks", glow, "emit", 540)
    assert out[..., :3].astype(float).mean() == pytest.approx(glow.rgba[..., :3].mean(), rel=0.1)
    assert not out[..., 3].any()
    flat = (np.diff(out[..., :3].astype(int), axis=1) == 0).all(2)
    assert flat.mean() > 0.9 and len(np.unique(out[..., :3].max(2))) <= 17
    snow = driver.restyled("voxel_blocks", driver.DRAWINGS["snowfall"](None), "weather", 1080)
    assert (np.diff(snow[..., 3].astype(int), axis=1) == 0).mean() > 0.7
    shadow = driver.restyled("voxel_blocks", driver.DRAWINGS["shadow"](None), "shadow", 540)
    assert 2 <= len(np.unique(shadow[..., 3])) <= 6


def test_studs_stand_on_fronts_and_not_on_faces() -> None:
    on = _voxel.lattice(_noise.Window(0, 0, 60, 60), 20.0)
    cells = np.full((3, 3, 3), 160, np.float32)
    there = np.ones((3, 3), np.bool_)
    studded = replace(PLAIN, stud=1.0)
    out = _voxel.built(cells, np.zeros((3, 3), np.uint8), there, on, studded)[..., 0].astype(float)
    rim = [out[30 + dy, 30 + dx] for dy, dx in ((-4, -4), (0, 0), (3, 3), (5, 5), (9, 9))]
    lit, cap, rim, shadow, front = rim
    assert lit > cap + 8 > cap > rim and shadow < front - 15
    flat = _voxel.flush(np.full((3, 3, 4), 160, np.uint8), on, studded)
    assert np.array_equal(flat, _voxel.flush(np.full((3, 3, 4), 160, np.uint8), on, PLAIN))


def test_studs_stand_on_floors() -> None:
    """One in the middle of each slab: lit at its far edge, dark at its near one."""
    along = np.linspace(-0.5, 0.5, 41, dtype=np.float32)
    studs = _voxel_plate._studs(along, 24, 1.0)
    assert studs[3, 20] > studs[10, 20] > 1 > studs[19, 20] and (studs[:, :2] == 1).all()
    maps = Maps("plate", 540, -70, 8, scale=600.0)
    plain, studded = (
        voxel_blocks.drawing(_ground(-70, 8, 150, 90), maps, voxel_blocks.Params(stud=s), 1) for s in (0, 1)
    )
    assert (plain != studded).any(2).mean() > 0.2


@pytest.mark.parametrize(
    "knob",
    [
        ("block", 24.0),
        ("grow", 1.0),
        ("colours", 5),
        ("vivid", 1.6),
        ("depth", 0.0),
        ("shade", 0.2),
        ("bevel", 0.0),
        ("stud", 1.0),
    ],
)
def test_a_knob_turns_something(knob: tuple[str, float]) -> None:
    assert not np.array_equal(_figure()[1], _figure(**dict([knob]))[1])


@pytest.mark.parametrize(
    ("role", "knob"), [("plate", ("coarse", 3.0)), ("face", ("face", 1)), ("plate", ("corner", 0.0))]
)
def test_a_knob_of_places_and_faces_turns_something(role: str, knob: tuple[str, float]) -> None:
    drawing = driver.mapped("ada-face" if role == "face" else "houses-dusk", NEEDS)
    read = {name: getattr(drawing, name) for name in NEEDS}
    if role == "plate":
        read = dict.fromkeys(NEEDS)
    maps = Maps(role, 270, -80, -64, **read)
    plain, turned = (
        voxel_blocks.drawing(drawing.rgba, maps, voxel_blocks.Params(**knobs), 1) for knobs in ({}, dict([knob]))
    )
    assert not np.array_equal(plain, turned)

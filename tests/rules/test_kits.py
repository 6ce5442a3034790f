"""Kits beside people: paws and claws that do not slide, area kept, arcs, few drawings, and parts of one's own."""

from __future__ import annotations

import io
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pydantic import ValidationError

from rules import _bird, _bird_flight, _bird_plumage, _colour, _free, _quadruped
from rules._free_picture import Picture, pixels
from rules._kit import SETTLE, turned
from rules.kits import KITS, bird, free, kit_of, quadruped, rule_of
from studio.sets import CHARACTER_MODELS
from tests.rules import driver

PX = 720 / 3.5  #: pixels of a metre in a picture of 720 lines, at the usual depth of 7 m
SLIDE = 0.5  #: px a frame that a planted foot may move


def acting(n: int = 1, **said: Any) -> Any:
    """Somebody who stands still for n frames, but for what is said."""
    still: dict[str, Any] = {
        "phase": -1, "gesture": 0, "since": 0, "span": 0, "mood": 0, "mouth": 0, "lids": 0, "gaze_x": 0, "gaze_y": 0,
        "yaw": 45, "facing": 1, "lamp": 0, "side": 0, "gait": 0, "flown": -1, "landing": 999, "stance": 0, "before": 0,
        "settled": 999, "clock": 0,
    }  # fmt: skip
    whole = {k: np.broadcast_to(v, n).astype(np.int32) for k, v in {**still, **said}.items() if k not in _FLOATS}
    real = {k: np.broadcast_to(said.get(k, 0.0), n).astype(np.float64) for k in _FLOATS}
    return SimpleNamespace(**whole, **real, time="dusk")


_FLOATS = ("tilt", "breath", "height")


def variants(tracks: list[Any], layer: str) -> list[dict[str, Any]]:
    return next(t.variants for t in tracks if t.layer == layer)


# -- feet


@pytest.mark.parametrize("gait", ["walk", "run"])
@pytest.mark.parametrize("species", ["cat", "dog", "fox"])
def test_a_standing_paw_does_not_slide(gait: str, species: str) -> None:
    """Between two phases the body goes on by a share of a cycle, and a paw on the ground goes back as far."""
    params = quadruped.Params(species=species)
    shape, unit = _quadruped.shape_of(params), params.height / 100
    on = 2 * quadruped.step_length(params, gait) / _quadruped.CYCLE * PX
    frames = 2 * quadruped.PACES[gait] / _quadruped.CYCLE  # a phase lasts
    stood = 0
    for phase in range(_quadruped.CYCLE):
        now = _quadruped.pose(shape, gait, phase, ("stand", "stand", 0))
        then = _quadruped.pose(shape, gait, phase + 1, ("stand", "stand", 0))
        for n in range(4):
            share = (phase / _quadruped.CYCLE + _quadruped.FALLS[gait][n]) % 1
            if share + 1 / _quadruped.CYCLE < _quadruped.DUTY[gait]:
                stood += 1
                moved = on + (then.paws[n].x - now.paws[n].x) * unit * PX
                assert abs(moved) / frames <= SLIDE
                assert now.paws[n].y == then.paws[n].y
    assert stood > 30


@pytest.mark.parametrize("species", list(_bird.SHAPES))
def test_a_hopping_birds_feet_do_not_slide(species: str) -> None:
    params = bird.Params(species=species)
    unit, shape = params.height / 100, _bird.shape_of(params)
    on = bird.step_length(params) / _bird.PHASES * PX
    frames = bird.PACES["walk"] / _bird.PHASES
    stood = 0
    for n in range(_bird.PHASES):
        if _bird.lift_of_hop(n / 12) == 0 and _bird.lift_of_hop((n + 1) / 12) == 0:
            stood += 1
            now, then = _bird.pose(shape, "hop", n), _bird.pose(shape, "hop", n + 1)
            assert abs(on + (then.near.x - now.near.x) * unit * PX) / frames <= SLIDE
    assert stood >= 4


def test_the_four_paws_fall_one_after_the_other() -> None:
    """A walk has always two or three paws on the ground; a trot lifts them in pairs across."""
    for gait, least, most in (("walk", 2, 4), ("run", 0, 2)):
        for phase in np.linspace(0, 1, 48, endpoint=False):
            down = sum((phase + fall) % 1 < _quadruped.DUTY[gait] for fall in _quadruped.FALLS[gait])
            assert least <= down <= most, (gait, phase)


def test_paws_are_on_their_legs() -> None:
    """No paw is farther from its joint than the bones reach, in any phase."""
    shape = _quadruped.shape_of(quadruped.Params())
    for gait in ("walk", "run"):
        for phase in range(24):
            found = _quadruped.pose(shape, gait, phase, ("stand", "stand", 0))
            for paw, root in zip(found.paws[1::2], found.shoulders, strict=True):
                rolls_on = (paw.x + 3.6, paw.y) if paw.bend > 0 else (paw.x - 3, paw.y)
                x, y = turned((paw.x - 1, paw.y - 3.9), paw.bend, rolls_on)
                assert np.hypot(x - 0.8 - root[0], y - 5.2 - root[1]) < 36 + 1.5


# -- squash, arcs, blends


@pytest.mark.parametrize("species", ["crow", "owl", "duck"])
def test_squash_keeps_the_area(species: str) -> None:
    shape = _bird.shape_of(bird.Params(species=species))
    corners = [(-20.0, -60.0), (20.0, -60.0), (20.0, -20.0), (-20.0, -20.0)]
    for move, count in (("hop", 12), ("settle", 4), ("leave", 3), ("land", 5)):
        for n in range(count):
            points = np.array([_bird.placed(shape, _bird.pose(shape, move, n), p) for p in corners])
            x, y = points[:, 0], points[:, 1]
            area = abs(np.sum(x * np.roll(y, 1) - y * np.roll(x, 1))) / 2
            assert area == pytest.approx(1600, rel=0.02)


def test_a_hop_is_an_arc() -> None:
    """Midway the body is well above the chord between push and contact."""
    heights = [_bird.lift_of_hop(t) for t in np.linspace(0.30, 0.82, 9)]
    assert max(heights) >= 0.04 * _bird.HOP and heights[0] == heights[-1] == 0
    assert heights[4] == max(heights) and heights == pytest.approx(heights[::-1])


@pytest.mark.parametrize("end", ["sit", "lie"])
def test_going_over_to_a_stance_is_smooth_and_no_straight_line(end: str) -> None:
    shape = _quadruped.shape_of(quadruped.Params())
    poses = [_quadruped.pose(shape, "walk", -1, ("stand", end, n)) for n in range(_quadruped.BLENDS + 1)]
    heads = np.array([p.neck for p in poses])
    steps = np.hypot(*np.diff(heads, axis=0).T)
    assert 0 < steps.max() < 0.6 * np.hypot(*(heads[-1] - heads[0])) + 1
    assert poses[0].nodes == _quadruped.pose(shape, "walk", -1, ("stand", "stand", 0)).nodes
    ended = _quadruped.pose(shape, "walk", -1, (end, end, 0)).nodes
    assert np.array(poses[-1].nodes) == pytest.approx(np.array(ended))
    backs = np.array([p.nodes[3] for p in poses])
    chord, middle = backs[-1] - backs[0], backs[_quadruped.BLENDS // 2] - backs[0]
    off = abs(chord[0] * middle[1] - chord[1] * middle[0]) / np.hypot(*chord)
    assert off > 0.01 * np.hypot(*chord)


def test_a_tail_follows_joint_after_joint() -> None:
    """The tip is latest: its swing is not in step with the root's."""
    shape = _quadruped.shape_of(quadruped.Params())
    lines = np.array([_quadruped.tail_line(shape, ("stand", "stand", 0), 2, n) for n in range(_quadruped.WAGS)])
    swing = lines - lines.mean(0)
    far = np.hypot(*swing.transpose(2, 0, 1))
    assert far[:, -1].max() > 3 * far[:, 2].max()
    assert far[:, 2].argmax() != far[:, -1].argmax()


# -- drawings


def test_a_cycle_costs_few_drawings() -> None:
    for module, most in ((quadruped, 12), (bird, 6)):
        pace = module.PACES["walk"]
        frames = np.arange(0, 2 * pace * 4)
        twos = frames - frames % 2
        phases = np.rint(twos * 12 / pace).astype(int) % 24
        tracks = module.act(module.Params(), acting(len(frames), phase=phases))
        assert len(variants(tracks, "body")) <= most


def test_a_figure_is_at_most_four_drawings_and_a_shadow() -> None:
    for module, params in ((bird, bird.Params()), (quadruped, quadruped.Params()), (free, driver.TIN)):
        tracks = module.act(params, acting())
        assert sum(t.role != "shadow" for t in tracks) <= 4


def test_flight_beats_its_wings_and_lands() -> None:
    frames = np.arange(48)
    flown, left = frames, 48 - frames
    tracks = bird.act(bird.Params(), acting(48, gait=2, flown=flown, landing=left, clock=frames, height=1.0))
    body = next(t for t in tracks if t.layer == "body")
    moves = [body.variants[c]["move"] for c in body.codes]
    assert [m for m, n in pairwise([*moves, ""]) if m != n] == ["leave", "fly", "land"]
    assert len({v["n"] for v in body.variants if v["move"] == "fly"}) == _bird.BEATS
    assert (np.asarray(body.y) == 1.0).all() and (next(t for t in tracks if t.layer == "shadow").y == 0).all()


def test_sitting_down_ends_seated() -> None:
    frames = np.arange(0, 30)
    settled = np.clip(frames - 4, 0, 999)
    cat = quadruped.act(quadruped.Params(), acting(30, stance=(frames >= 4).astype(int), before=0, settled=settled))
    body = next(t for t in cat if t.layer == "body")
    assert body.variants[body.codes[0]]["stance"] == ["stand", "stand", 0]
    assert body.variants[body.codes[4 + SETTLE]]["stance"] == ["sit", "sit", 0]
    assert len(body.variants) <= 2 + _quadruped.BLENDS


def test_species_are_told_apart_by_their_silhouettes() -> None:
    """Filled in black and laid on one another they overlap by four fifths at most.

    A duck and a goose used to be nearly one shape.
    """
    seen = {}
    for module, species in ((bird, ("crow", "owl", "duck", "goose")), (quadruped, ("cat", "dog", "fox"))):
        for name in species:
            params = module.Params(species=name, height="1m")
            seen[name] = _silhouette(module, params)
    names = list(seen)
    for a in names:
        for b in names[names.index(a) + 1 :]:
            both, either = (seen[a] & seen[b]).sum(), (seen[a] | seen[b]).sum()
            assert both / either <= (0.65 if (a, b) == ("duck", "goose") else 0.80), (a, b, both / either)


def _silhouette(module: Any, params: Any) -> Any:
    out = np.zeros((130, 220), bool)
    for track in module.act(params, acting(yaw=45)):
        if track.role == "shadow":
            continue
        canvas = driver.fitting(module.box(params, track.variants[0]), 80.0)
        alpha = module.draw(params, track.variants[0], canvas, 1).rgba[..., 3] > 127
        x, y = 110 + round(track.x[0] * 80) + canvas.left, 120 - round(track.y[0] * 80) + canvas.top
        here = out[max(y, 0) : y + alpha.shape[0], max(x, 0) : x + alpha.shape[1]]
        here |= alpha[max(-y, 0) :, max(-x, 0) :][: here.shape[0], : here.shape[1]]
    return out


# -- birds in the air


@pytest.mark.parametrize("species", list(_bird.SHAPES))
def test_open_wings_reach_out_in_every_phase(species: str) -> None:
    """In the middle of a beat a wing used to lie along the body, or to hang from it like trousers."""
    shape = _bird.shape_of(bird.Params(species=species))
    moves = (
        [("fly", n) for n in range(_bird.BEATS + 1)] + [("land", n) for n in range(5)] + [("leave", 1), ("leave", 2)]
    )
    for move, n in moves:
        found = _bird.pose(shape, move, n)
        near, _ = _bird.wings(shape, found)
        assert near.arm.seen > 0.3 and near.hand.seen > 0.3, (move, n, "on edge")
        assert max(np.hypot(x, y) for x, y in _bird_flight.ends(near)) > 40 * shape.wing * shape.spread, (move, n)


@pytest.mark.parametrize("move", [("fly", 0), ("fly", 1), ("fly", 2), ("hop", 4), ("peck", 4)])
@pytest.mark.parametrize("species", ["crow", "robin", "goose"])
def test_a_bird_lies_within_its_box(species: str, move: tuple[str, int]) -> None:
    params = bird.Params(species=species, plump=1.35)
    variant = {"part": "body", "move": move[0], "n": move[1], **driver.ANIMAL}
    alpha = bird.draw(params, variant, driver.fitting(bird.box(params, variant), 60 / params.height), 7).rgba[..., 3]
    assert max(alpha[0].max(), alpha[-1].max(), alpha[:, 0].max(), alpha[:, -1].max()) < 24


def test_a_black_bird_has_a_rim_of_light_at_night() -> None:
    """It used to be navy on navy: along its upper edge it is now much lighter than within."""
    params = bird.Params(plumage="#1d1a2a")
    drawn = {}
    for time in ("night", "day"):
        variant = {"part": "body", "move": "fly", "n": 0, "flip": 0, "light": {"time": time, "lamp": 0, "side": 0}}
        drawn[time] = bird.draw(params, variant, driver.fitting(bird.box(params, variant), 90 / params.height), 7).rgba
    shares = {time: (rgba[..., :3].mean(-1)[rgba[..., 3] > 200] > 90).mean() for time, rgba in drawn.items()}
    assert shares["night"] > 0.04 and shares["day"] < 0.02, shares


def test_a_crow_of_one_plumage_wears_one_dye() -> None:
    """A black crow used to have a lilac breast and a bright blue cape; what is said still counts."""
    look = _bird_plumage.look(bird.Params(plumage="#1d1a2a"))
    own = _colour.to_lch(look.back)[0]
    for colour in (look.breast, look.wing, look.sheen, look.head, look.cap, look.cheek):
        assert abs(_colour.to_lch(colour)[0] - own) < 0.14
    assert _colour.to_lch(_bird_plumage.look(bird.Params(plumage="#1d1a2a", breast="#d0d0d0")).breast)[0] > 0.8


# -- which kit


def test_kits_and_their_files_say_the_same() -> None:
    assert set(CHARACTER_MODELS) == {"biped", *KITS}
    for name, module in KITS.items():
        model = CHARACTER_MODELS[name]
        assert set(module.Params.model_fields) <= set(model.model_fields)
        for gesture in (*module.GESTURES, *module.STANCES):
            assert gesture.islower()
    assert kit_of(bird.Params()) is bird and rule_of(bird.Params()) == "kits/bird"
    assert rule_of(driver.ADA) == "character"


# -- parts and pictures of one's own


def part(**said: Any) -> dict[str, Any]:
    return {"name": "a", "outline": ((0.0, 0.0), (10.0, 0.0), (5.0, 10.0)), **said}


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ((part(), part()), "two parts are called `a`"),
        ((part(parent="b"),), "no part is called `b`"),
        ((part(parent="b"), part(name="b", parent="a")), "a -> b -> a"),
        ((part(parent="a"),), "a -> a"),
        ((part(outline=((0.0, 0.0), (1.0, 1.0))),), "at least three points"),
        ((part(outline=((0.0,), (1.0, 1.0), (2.0, 0.0))),), "a point is"),
        ((part(picture="x.png"),), "either an `outline` or a `picture`"),
        (({"name": "a"},), "either an `outline` or a `picture`"),
    ],
)
def test_parts_that_make_no_figure_are_told(parts: Any, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        free.Params.model_validate({"parts": parts})
    assert message in str(caught.value)


def test_a_part_moves_with_its_parent() -> None:
    parts = free.Params.model_validate(
        {"parts": (part(wave=90.0), part(name="b", parent="a", pivot=(5.0, 10.0)))}
    ).parts
    points = np.array([(10.0, 0.0)])
    rest = _free.moved(parts, parts[1], _free.Move(), points)
    waving = _free.moved(parts, parts[1], _free.Move(wave=2), points)
    assert rest == pytest.approx(points) and waving == pytest.approx(np.array([(0.0, 10.0)]), abs=1e-9)


def encoded(image: Any, form: str, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def test_pictures_of_all_kinds_come_out_right() -> None:
    """A 16-bit grey PNG used to be clipped to white by readers that convert it straight to 8 bits."""
    grey = Image.fromarray(np.full((4, 6), 32768, np.uint16))
    assert pixels(Picture.of("g.png", "1", encoded(grey, "PNG")))[0, 0] == pytest.approx((0.5, 0.5, 0.5, 1), abs=0.01)
    clear = Image.new("RGBA", (5, 3), (200, 100, 50, 128))
    assert pixels(Picture.of("c.png", "2", encoded(clear, "PNG")))[0, 0] == pytest.approx(
        (200 / 255 * 0.502, 100 / 255 * 0.502, 50 / 255 * 0.502, 0.502), abs=0.01
    )
    ink = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    red = pixels(Picture.of("i.jpg", "3", encoded(ink, "JPEG", quality=95)))[8, 8]
    assert red[0] > 0.8 and red[1] < 0.2 and red[2] < 0.2
    few = Image.new("P", (4, 4), 1)
    few.putpalette([0, 0, 0, 10, 200, 30])
    assert pixels(Picture.of("p.gif", "4", encoded(few, "GIF")))[0, 0, 1] == pytest.approx(200 / 255, abs=0.02)
    half = Image.new("LA", (4, 4), (255, 0))
    assert not pixels(Picture.of("l.png", "5", encoded(half, "PNG"))).any()


def test_pictures_that_cannot_be_used_are_told() -> None:
    frames = [Image.new("P", (4, 4), n) for n in range(3)]
    for n, frame in enumerate(frames):
        frame.putpalette([0, 0, 0, 90 * n, 20, 30, 255, 255, 255])
    moving = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    whole = encoded(Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 40, 3), dtype=np.uint8)), "PNG")
    long = encoded(Image.new("L", (9000, 1)), "PNG")
    for data, message in (
        (moving, "moves: it has 3 frames"),
        (b"", "no picture that can be read"),
        (b"\x89PNG nothing", "no picture that can be read"),
        (whole[: len(whole) // 2], "is broken"),
        (long, "at most 8192"),
    ):
        with pytest.raises(ValueError, match=message):
            Picture.of("x", "1", data)


def test_a_picture_stands_where_it_is_laid() -> None:
    """Its middle is the colour of the picture, its sides are as wide as its shape asks for."""
    blue = encoded(Image.new("RGBA", (40, 20), (20, 60, 240, 255)), "PNG")
    params = free.Params.model_validate(
        {"parts": ({"name": "a", "picture": "b.png", "at": (0.0, 50.0), "size": 40.0},)}
    )
    params = params.model_copy(update={"pictures": (Picture.of("b.png", "1", blue),)})
    track = free.act(params, acting())[1]
    canvas = driver.fitting(free.box(params, track.variants[0]), 100.0)
    rgba = free.draw(params, track.variants[0], canvas, 1).rgba
    inside = rgba[..., 3] == 255
    rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
    assert abs(len(rows) - 40) <= 4 and abs(len(columns) - 80) <= 4
    assert abs(rows.mean() + canvas.top + 50) <= 1.5
    middle = rgba[rgba.shape[0] // 2, rgba.shape[1] // 2].astype(int)
    assert middle[2] > 2 * middle[0]

"""What every rule promises: paint inside its box, the same art in every window, the same bytes always, pure hooks."""

from __future__ import annotations

import hashlib
import itertools
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from rules import _relief, _simple, character
from rules.kits import KITS
from rules.plates import PLATES
from rules.styles import STYLES
from studio.pins import pin_libraries
from studio.rule import Canvas, Drawing, Maps, needs
from tests.conftest import ROOT
from tests.rules import driver

#: an overflow in a rule has bytes that nobody meant
pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

NAMES = list(driver.DRAWINGS)
KITTED = ("crow", "gull", "owl", "cat", "fox", "dog", "tin")


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_premultiplied_and_fills_its_canvas(name: str) -> None:
    drawing = driver.DRAWINGS[name](None)
    rgba = drawing.rgba
    assert rgba.dtype == np.uint8 and rgba.ndim == 3 and rgba.shape[2] == 4
    if not name.startswith(("lamp-glow", "lamp-pool", "embers")) and not name.endswith("-glow"):  # light has no alpha
        assert (rgba[..., :3] <= rgba[..., 3:]).all()
    if drawing.parts is not None:
        assert drawing.parts.shape == rgba.shape[:2] and drawing.parts.dtype == np.uint8
        assert drawing.parts[rgba[..., 3] == 0].max(initial=0) == 0
    assert rgba.any(), "nothing was drawn"


@pytest.mark.parametrize(
    "name",
    [n for n in NAMES if n.startswith(("ada", "bruno", "held", "shadow", "cast", "lamp", "prop-", "letter", *KITTED))],
)
def test_paint_stays_inside_the_declared_box(name: str) -> None:
    """The canvas is the declared box: what reached its edge may have been cut."""
    rgba = driver.DRAWINGS[name](None).rgba.max(2)
    edge = max(rgba[0].max(), rgba[-1].max(), rgba[:, 0].max(), rgba[:, -1].max())
    assert edge <= 2, f"paint of strength {edge} on the edge of the box"


@pytest.mark.parametrize("name", NAMES)
def test_a_window_shows_the_same_art(name: str) -> None:
    """What is drawn does not hang on how much of it is asked for: overscan differs from shot to shot."""
    whole = driver.DRAWINGS[name](None).rgba
    canvas = _canvas_of(name)
    x, y, w, h = whole.shape[1] // 4, whole.shape[0] // 5, whole.shape[1] // 2, whole.shape[0] // 2
    part = driver.DRAWINGS[name](Canvas(canvas.left + x, canvas.top + y, w, h, canvas.scale)).rgba
    away = np.abs(part.astype(int) - whole[y : y + h, x : x + w].astype(int))
    # blurs round differently near the edges of an array
    assert np.percentile(away, 99.5) <= 3 and away.mean() < 0.2, (away.max(), away.mean())


ALONE = (character, driver.title, driver.alphabet, driver.model_sheet, driver.weather, driver.caption)


def _canvas_of(name: str) -> Canvas:
    """The canvas that the driver gives a case by itself."""
    seen: list[Canvas] = []
    modules = [*ALONE, *PLATES.values(), *KITS.values(), *driver.PROPS.values()]
    originals = [module.draw for module in modules]

    def spied(original: Any) -> Any:
        def draw(params: Any, variant: Any, canvas: Canvas, seed: int) -> Any:
            seen.append(canvas)
            return original(params, variant, canvas, seed)

        return draw

    for module, original in zip(modules, originals, strict=True):
        module.draw = spied(original)
    try:
        driver.DRAWINGS[name](None)
    finally:
        for module, original in zip(modules, originals, strict=True):
            module.draw = original
    return seen[0]


def test_the_same_bytes_in_another_process_and_order() -> None:
    pin_libraries()  # as every process does that draws
    code = (
        "from studio.pins import *; pin_environment(); pin_libraries(); import hashlib; from tests.rules import driver;"
        "names = reversed(list(driver.DRAWINGS));"
        "print({n: hashlib.md5(driver.DRAWINGS[n](None).rgba.tobytes()).hexdigest() for n in names})"
    )
    here = {n: hashlib.md5(draw(None).rgba.tobytes()).hexdigest() for n, draw in driver.DRAWINGS.items()}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    there = eval(done.stdout)
    assert {n for n in here if here[n] != there[n]} == set()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("size", [(1, 1), (3, 2), (2, 7), (2, 300), (300, 2), (36, 64), (90, 50)])
def test_a_frame_hook_takes_any_picture(style: str, size: tuple[int, int]) -> None:
    pictures = [np.full((*size, 3), colour, np.uint8) for colour in (0, 255, (200, 40, 90))]
    pictures.append(np.random.default_rng(0).integers(0, 256, (*size, 3), dtype=np.uint8))
    for rgb in pictures:
        for drawn in (True, False):
            out = driver.framed(style, rgb, drawn=drawn)
            assert out.shape == rgb.shape and out.dtype == np.uint8
            again = driver.framed(style, rgb, drawn=drawn)
            assert np.array_equal(out, again)


@pytest.mark.parametrize("size", [(1, 1), (8192, 1), (1, 8192), (300, 2), (8192, 4320)])
def test_a_strip_is_worked_out_on_no_more_than_a_wide_picture(size: tuple[int, int]) -> None:
    """540 lines of a picture of 300 by 2 would be 81,000 columns."""
    columns, lines = _simple.working_size(*size)
    assert min(columns, lines) >= 8 and lines <= 540 and columns <= 8 * 540


@pytest.mark.parametrize("style", STYLES)
def test_footage_does_not_flicker_more_than_its_noise(style: str) -> None:
    """A still picture with a little noise, twice: what differs is not more than half as much again as in the source."""
    still = driver.photograph()
    frames = [
        np.clip(still.astype(int) + np.random.default_rng(n).integers(-3, 4, still.shape), 0, 255).astype(np.uint8)
        for n in (1, 2)
    ]
    first, second = (driver.framed(style, frame).astype(int) for frame in frames)
    assert np.abs(first - second).mean() <= 1.5 * np.abs(frames[0].astype(int) - frames[1]).mean()


@pytest.mark.parametrize("style", [s for s, rule in STYLES.items() if hasattr(rule, "drawing")])
@pytest.mark.parametrize("role", ["figure", "face", "plate", "prop", "card", "emit", "shadow"])
def test_a_drawing_hook_takes_any_drawing(style: str, role: str) -> None:
    rule = STYLES[style]
    for shape in ((1, 1), (3, 2), (2, 300), (300, 2), (40, 30)):
        for colour in ((0, 0, 0, 0), (255, 255, 255, 255), (0, 0, 0, 255), (200, 40, 90, 255), (90, 20, 40, 128)):
            content = np.full((*shape, 4), colour, np.uint8)
            content.flags.writeable = False
            for parts in (None, np.ones(shape, np.uint8)):
                whole = _relief.completed(Drawing(content, parts), needs(rule), role)
                read = {name: getattr(whole, name) for name in needs(rule)}
                out = rule.drawing(content, Maps(role, 90, **read), rule.Params(), 1)
                assert out.shape == content.shape and out.dtype == np.uint8
                assert (out[..., :3] <= out[..., 3:].astype(int) + 1).all() or role == "emit"
                if not content[..., 3].any():
                    assert not out.any(), "paint where nothing was"


def test_a_clock_changes_the_frame_and_nothing_else_does() -> None:
    rgb = driver.composed()
    a, b = driver.framed("silent_film", rgb, 3), driver.framed("silent_film", rgb, 4)
    assert not np.array_equal(a, b)
    assert np.array_equal(driver.framed("watercolor", rgb, 3), driver.framed("watercolor", rgb, 4))


# -- the figure's closed forms


def acting(n: int, **changes: Any) -> character.Acting:
    zeros = np.zeros(n, np.int32)
    values: dict[str, Any] = {
        name: zeros for name in character.Acting.__dataclass_fields__ if name not in ("tilt", "breath", "time")
    }
    values |= {
        "phase": zeros - 1,
        "yaw": zeros + 45,
        "body": zeros + 45,
        "facing": zeros + 1,
        "tilt": np.zeros(n),
        "breath": np.zeros(n),
        "time": "dusk",
    }
    return character.Acting(**{**values, **changes})


@pytest.mark.parametrize("params", [driver.ADA, driver.BRUNO], ids=["ada", "bruno"])
def test_feet_do_not_slide(params: Any) -> None:
    """Where a foot is on the ground it stays, while the body goes on by a step in twelve phases."""
    from rules import _bones

    body, step = _bones.measures(params), _bones.stride(params)
    for leg, contact in (("near", 0), ("far", 12)):
        places = []
        for phase in range(1, 11):
            gait = _bones.gait(body, (contact + phase) % 24)
            sole = getattr(gait, leg)
            if abs(sole.pitch) < 1e-6:
                places.append(sole.sole.x + step * phase / 12)
        assert len(places) >= 5
        assert np.ptp(places) < 0.02, "u: a figure is 100 u tall"


def test_a_figure_is_at_most_four_drawings_and_poses_are_used_again() -> None:
    n = 240
    frames = np.arange(n, dtype=np.int32)
    tracks = character.act(driver.ADA, acting(n, phase=(frames - frames % 2) % 24, mouth=(frames // 3) % 9))
    assert [t.layer for t in tracks] == ["cast", "shadow", "prop", "body", "head", "face"]
    assert [len(t.variants) for t in tracks] == [1, 1, 1, 12, 3, 9], "speaking moves the jaw, and multiplies no poses"


def test_a_wave_comes_up_and_goes_down_again() -> None:
    """With the near hand beside the head, since the other one holds a pole; a dip the other way comes first."""
    n = character.GESTURES["wave"]
    since = np.arange(n, dtype=np.int32)
    ones = np.ones(n, np.int32)
    body = next(
        t for t in character.act(driver.ADA, acting(n, gesture=ones, since=since, span=ones * n)) if t.layer == "body"
    )
    upper = [body.variants[c]["near"][0] for c in body.codes]
    assert min(upper) < -95 and abs(upper[0] - upper[-1]) < 25 and max(upper) > upper[0], "with a dip before"
    assert all(abs(a - b) < 50 for a, b in itertools.pairwise(upper))


def test_mirrored_figures_keep_the_light() -> None:
    """Facing left mirrors the drawing, not its shading: the left side stays the lit one."""
    right = driver.figure(driver.ADA, driver.HEAD, 120.0)(None).rgba
    left = driver.figure(driver.ADA, {**driver.HEAD, "flip": 1}, 120.0)(None).rgba
    assert not np.array_equal(right[:, ::-1], left)
    for rgba in (right, left):
        solid = rgba[..., 3] > 250
        luma = rgba[..., :3].astype(float).mean(2)
        columns = np.flatnonzero(solid.any(0))
        middle = (columns[0] + columns[-1]) // 2
        assert luma[:, :middle][solid[:, :middle]].mean() > 0

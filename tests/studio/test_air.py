"""Rows of scenes with weather, captions and a camera that leans: what is seen, what is held, what is covered."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rules import _ground_focus
from rules._atmosphere import AIR, FIGURE
from studio import projection
from studio.film import Scripts
from studio.rows import PERSPECTIVE_GRID, SCALE_GRID, SHIFT_GRID, Rows
from tests.planned import opened

PLACE: dict[str, Any] = {"planes": ["sky", "cobbles", "arch"]}
SCENE: dict[str, Any] = {
    "place": "yard",
    "cast": [{"who": "ada", "stand": {"x": -0.5, "z": 7}}, {"who": "bo", "stand": {"x": 0.5, "z": 7}}],
    "action": [{"shot": "full", "on": ["ada"]}, {"hold": "24f"}],
}


def rows(tmp_path: Path, size: str = "160x90", captions: bool = False, **scene: Any) -> Rows:
    data = {
        "studio": 1,
        "size": size,
        "characters": {"ada": {}, "bo": {}},
        "places": {"yard": PLACE},
        "scenes": {"one": SCENE | scene},
        "outputs": {"one.mp4": {"scene": "one", "captions": captions}},
    }
    project = opened(data, tmp_path)
    output = project.outputs["one.mp4"]
    scripts = Scripts(project)
    played = scripts.shot(project.scenes["one"], output).rows
    project.finish()
    assert played is not None
    return played


def of(played: Rows, *starts: str) -> np.ndarray:
    """(n, k, fields): the entries of drawings of targets that begin so."""
    numbers = [n for n, r in enumerate(played.recipes) if r.target.startswith(starts)]
    return np.where(np.isin(played.rows[:, :, 0], numbers)[:, :, None], played.rows, 0)


@pytest.mark.parametrize(("kind", "changes"), [("snow", 2), ("rain", 1), ("leaves", 2), ("embers", 2)])
def test_weather_steps_by_its_clock_and_stands_on_three_planes(tmp_path: Path, kind: str, changes: int) -> None:
    played = rows(tmp_path, weather=kind)
    falling = of(played, kind)
    assert ((falling[:, :, 9] >= AIR).sum(1) == 3).all()
    ticks = falling[:, :, 11].max(1)
    assert ticks[0] == 1 and (np.diff(ticks) >= 0).all()
    assert len(np.unique(ticks)) == -(-played.count // changes)


def test_without_weather_nothing_has_a_tick(tmp_path: Path) -> None:
    assert not rows(tmp_path).rows[:, :, 11].any() and not rows(tmp_path, weather="fog").rows[:, :, 11].any()


def test_fog_covers_the_picture_wherever_it_has_drifted(tmp_path: Path) -> None:
    played = rows(tmp_path, weather={"kind": "fog", "wind": 1.0}, length="20s")
    numbers = [n for n, r in enumerate(played.recipes) if r.target.startswith("fog 0/1")]
    (width,) = {played.recipes[number].canvas.width for number in numbers}
    for row in played.rows[::40]:
        banks = row[np.isin(row[:, 0], numbers)].astype(float)
        left = banks[:, 3] / SHIFT_GRID
        right = left + width * banks[:, 1] / SCALE_GRID
        assert left.min() <= 0 and right.max() >= 160


def test_two_who_stand_equally_deep_are_not_taken_apart(tmp_path: Path) -> None:
    played = rows(tmp_path)
    for row in played.rows:
        blends = [int(b) for b in row[row[:, 0] >= 0][:, 9] if FIGURE <= b < AIR]
        assert [b for b, _ in itertools.groupby(blends)] == [FIGURE, FIGURE + 1]


@pytest.mark.parametrize(
    "moves",
    [
        {"camera": {"zoom": 4, "roll": 9}, "over": "20f"},
        {"camera": {"zoom": 4, "focus": 30}, "over": "20f"},
        {"camera": {"zoom": 4}, "blur": 4.0, "over": "20f"},
        {"camera": {"zoom": 4}, "handheld": 1.0},
        {"shot": "full", "on": ["ada"], "follow": True, "over": "20f"},
        {"focus": "bo", "over": "20f"},
        {"shake": 1.0},
        {"push": 1.3, "over": "20f"},
        {"who": "ada", "say": "What a night.", "caption": True},
    ],
    ids=["roll", "sharp", "blur", "handheld", "follow", "focus", "shake", "push", "caption"],
)
@pytest.mark.parametrize("weather", ["snow", "fog"])
def test_frames_taken_as_one_are_equal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: dict[str, Any], weather: str
) -> None:
    """Whatever moves, and at each frame by itself."""

    def told(played: Rows) -> list[list[tuple[Any, ...]]]:
        return [[(played.recipes[f[0]].canonical, *f[1:]) for f in row if f[0] >= 0] for row in played.rows.tolist()]

    cast = [{"who": "ada", "stand": {"x": -0.5, "z": 5}}, {"who": "bo", "stand": {"x": 0.5, "z": 12}}]
    scene = {"cast": cast, "action": [{"camera": {"zoom": 4}}, {"hold": "4f"}, moves], "weather": weather}
    quick = rows(tmp_path, "1920x1080", **scene)
    monkeypatch.setattr(projection, "runs_of", lambda *columns: (np.arange(len(columns[0])),) * 2)
    assert told(quick) == told(rows(tmp_path, "1920x1080", **scene))


@pytest.mark.parametrize("roll", [-30, 7, 45])
@pytest.mark.parametrize("size", ["160x90", "90x160"])
def test_a_camera_that_leans_shows_no_edge(tmp_path: Path, roll: int, size: str) -> None:
    """Every corner of the picture lies on the sky's canvas."""
    action = [
        {"camera": {"roll": 0, "y": 1.2}, "handheld": 1.0},
        {"camera": {"roll": roll, "x": 0.4, "z": 0.6}, "over": "20f"},
        {"shake": 1.0},
        {"hold": "8f"},
    ]
    played = rows(tmp_path, size, action=action)
    width, height = (int(side) for side in size.split("x"))
    (number,) = {n for n, r in enumerate(played.recipes) if r.target == "sky"}
    canvas = played.recipes[number].canvas
    for row in played.rows:
        a, b, tx, c, d, ty, p = row[row[:, 0] == number][0, 1:8].astype(float)
        grids = (SCALE_GRID, SCALE_GRID, SHIFT_GRID, SCALE_GRID, SCALE_GRID, SHIFT_GRID, PERSPECTIVE_GRID)
        a, b, tx, c, d, ty, p = (v / g for v, g in zip((a, b, tx, c, d, ty, p), grids, strict=True))
        back = np.linalg.inv(np.array([[a, b, tx], [c, d, ty], [0, p, 1]]))
        for corner in itertools.product((0, width - 1), (0, height - 1)):
            i, j, k = back @ np.array([*corner, 1.0])
            assert -0.5 <= i / k <= canvas.width - 0.5 and -0.5 <= j / k <= canvas.height - 0.5


def test_what_is_said_is_shown_while_it_is_said_and_only_if_asked_for(tmp_path: Path) -> None:
    action = [{"hold": "10f"}, {"who": "ada", "say": "Good night, my friend."}, {"hold": "20f"}]
    silent, shown = (rows(tmp_path, captions=asked, action=action) for asked in (False, True))
    assert not any(r.role == "caption" for r in silent.recipes)
    opacity = of(shown, "caption")[:, :, 8].max(1)
    assert not opacity[:10].any() and opacity[14] == 255 and not opacity[-8:].any()
    forced = rows(tmp_path, action=[{"who": "ada", "say": "Oh.", "caption": True}])
    hidden = rows(tmp_path, captions=True, action=[{"who": "ada", "say": "Oh.", "caption": False}])
    assert of(forced, "caption").any() and not of(hidden, "caption").any()


def test_a_pull_of_focus_blurs_who_was_sharp(tmp_path: Path) -> None:
    cast = [{"who": "ada", "stand": {"x": -0.5, "z": 5}}, {"who": "bo", "stand": {"x": 0.8, "z": 12}}]
    action = [{"shot": "medium", "on": ["ada"]}, {"focus": "bo"}, {"hold": "6f"}]
    played = rows(tmp_path, "640x360", cast=cast, action=action)
    ada, bo = (of(played, f"{who}/body")[:, :, 10].max(1) for who in ("ada", "bo"))
    assert ada[0] == 0 and ada[-1] > 0 and bo[-1] == 0


def test_weather_and_clouds_are_in_the_light_of_all_that_is_drawn(tmp_path: Path) -> None:
    def lights(weather: Any) -> set[str]:
        found = rows(tmp_path, weather=weather).recipes
        said = [r.variant.get("time") or (r.variant.get("light") or {}).get("time") for r in found]
        return {time for time in said if time}

    assert lights([]) == lights("leaves") == {"dusk"}
    (dull,) = lights("overcast")
    assert dull == "dusk overcast 8" and not any(
        r.role == "weather" for r in rows(tmp_path, weather="overcast").recipes
    )
    assert lights([{"kind": "rain", "amount": 1}]) == {"dusk rain 10"}


def test_the_ground_is_as_soft_as_who_stands_on_it(tmp_path: Path) -> None:
    """Grounds used to be sharp all over, however far from the focus."""
    cast = [{"who": "ada", "stand": {"x": -0.5, "z": 5}}, {"who": "bo", "stand": {"x": 0.8, "z": 14}}]
    action = [{"shot": "full", "on": ["ada"], "blur": 4}, {"hold": "2f"}]
    played = rows(tmp_path, "640x360", cast=cast, action=action)
    (number,) = {n for n, r in enumerate(played.recipes) if r.target == "cobbles"}
    canvas = played.recipes[number].canvas
    code = int(played.rows[0][played.rows[0][:, 0] == number][0, 10])
    focus = _ground_focus.focus_of(code)
    # in its own units a ground is as deep as 2.4 m / down
    ada, bo = (2 * 1.2 / z * canvas.scale - canvas.top for z in (5, 14))
    assert abs(focus.line - ada) < canvas.scale / 24
    of_bo = int(of(played, "bo/body")[0, :, 10].max())
    row = played.rows[0][played.rows[0][:, 0] == number][0]
    shrink = row[1] / SCALE_GRID / (row[7] / PERSPECTIVE_GRID * bo + 1)
    assert of_bo > 1 and abs(focus.slope * abs(bo - focus.line) * shrink - of_bo) < 0.3 * of_bo + 0.6
    still = rows(tmp_path, "640x360", cast=cast, action=[{"shot": "full", "on": ["ada"], "blur": 0}])
    assert not of(still, "cobbles")[:, :, 10].any()

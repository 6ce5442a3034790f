"""Dots and grain under a moving camera: they go with what fills the shot, and nothing stale is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.conftest import Space

FILM = """\
studio: 1
fps: 12
size: 128x72
places:
  lane: {planes: [sky, houses]}
passes:
  dots: {rule: comic_halftone, pitch: 32}
  wash: {rule: watercolor, rides: camera}
scenes:
  held: {place: lane, action: [{camera: {x: 0.2}}], length: 3f}
  pan:
    place: lane
    action: [{camera: {x: -0.6}}, {camera: {x: 0.6, zoom: 1.15}, at: 2f, over: 6f}]
    length: 10f
outputs:
  pan/: {scene: pan, passes: [dots, wash]}
  held/: {scene: held, passes: [dots, wash]}
"""


@pytest.fixture
def lane(space: Space) -> Space:
    space.write("Studiofile", FILM)
    return space


def pictures(space: Space, name: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((space.folder / "out" / name).glob("*.png"))]


def on_the_page(space: Space) -> None:
    space.edit("pitch: 32}", "pitch: 32, rides: page}")
    space.edit("rule: watercolor, rides: camera}", "rule: watercolor, rides: page}")


def test_a_knob_keeps_them_on_the_page_and_a_locked_shot_is_the_same_either_way(lane: Space) -> None:
    first = lane.build()
    held, riding = pictures(lane, "held"), pictures(lane, "pan")
    assert first["frames"]["rendered"] == 1 + 7, "a camera at rest renders a frame once"
    on_the_page(lane)
    foretold = lane.foretell()["frames"]["stale"]
    assert lane.build()["frames"]["rendered"] == foretold == 8
    assert pictures(lane, "held") == held
    still = pictures(lane, "pan")
    assert still[:3] == riding[:3] and all(a != b for a, b in zip(still[3:], riding[3:], strict=True))
    lane.write("Studiofile", FILM)
    assert lane.foretell()["frames"]["stale"] == 0
    lane.build()
    assert pictures(lane, "pan") == riding


def test_a_frame_alone_is_the_frame_of_the_film(lane: Space, tmp_path: Path) -> None:
    lane.edit("passes: [dots, wash]}", "passes: [dots]}")
    lane.ok("frame", "pan/@5f", "-o", "alone.png", "--cache", str(tmp_path / "elsewhere"))
    lane.build("pan/")
    alone, film = (cv2.imread(str(lane.folder / name)) for name in ("alone.png", "out/pan/000005.png"))
    assert alone is not None and np.array_equal(alone, film)


#: ways to move, in a shot of 8 frames; each with what is seen to move
MOVES = {
    "pan": "{camera: {x: -0.5}}, {camera: {x: 0.5}, over: 7f, ease: linear}",
    "dolly and zoom": "{camera: {x: 0.3, y: 1.5}}, {camera: {x: 0.1, y: 1.1, z: 4, zoom: 1.4}, over: 7f}",
    "a hand": "{camera: {x: 0.3}, handheld: 1.0}, {camera: {x: 0.2}, handheld: 1.0, over: 7f}",
    "leaning over": "{camera: {x: -0.4, roll: 8}}, {camera: {x: 0.4, y: 1.5, roll: 8}, over: 7f}",
    "a cut": "{camera: {x: -0.5}}, {camera: {x: 0.5}, at: 2f}, {camera: {x: 1.4}, at: 2f, over: 5f}",
}


@pytest.mark.parametrize("move", MOVES)
def test_they_go_with_the_plate_to_a_twentieth_of_a_px(lane: Space, move: str) -> None:
    """By the motion that the engine knows of each pixel."""
    lane.edit("{camera: {x: -0.6}}, {camera: {x: 0.6, zoom: 1.15}, at: 2f, over: 6f}", MOVES[move])
    lane.edit("length: 10f", "length: 8f")
    lane.edit("planes: [sky, houses]", "planes: [houses]")
    lane.ok("frame", "pan/@5f", "-o", "frame.png", "--motion", "motion.npy")
    motion = np.load(lane.folder / "motion.npy")
    there = np.isfinite(motion).all(2)
    assert there.mean() > 0.3 and np.abs(motion[there]).max() > 0.1, "something is seen to move"
    before, now = ride_of(lane)[4:6]
    y, x = np.mgrid[:72, :128]
    for axis, at in ((1, x), (2, y)):
        was = (at - now[axis]) / now[0] * before[0] + before[axis]
        assert np.abs(motion[..., axis - 1] - (at - was))[there].max() < 0.05


def ride_of(space: Space) -> Any:
    """(n, 3) what hooks are told of the pan."""
    from studio.workspace import Workspace

    film = Workspace(str(space.folder)).session().plan().outputs[0].wish.film
    return film.shots[0].rows.ride / np.array([2**20, 256, 256])  # type: ignore[union-attr]


OWN = '''\
"""A picture that says how it was moved."""

import numpy as np

from studio.params import Params as Base
{more}

class Params(Base):
    """Nothing to set."""


def frame(rgb, params, context):
    return np.full_like(rgb, min(255, round(40 + abs(context.ride.right))))
'''


@pytest.mark.parametrize(("more", "moves"), [("", False), ("\nRIDES = True\n", True), ("\nRIDES = False\n", False)])
def test_a_pass_of_ones_own_is_told_only_if_it_asks(lane: Space, more: str, moves: bool) -> None:
    lane.write("rules/said.py", OWN.format(more=more))
    lane.edit("pan/: {scene: pan, passes: [dots, wash]}", "pan/: {scene: pan, passes: [said]}")
    foretold = lane.foretell("pan/", "--allow-rules")["frames"]["stale"]
    report = lane.build("pan/", "--allow-rules")
    assert report["frames"]["rendered"] == foretold
    levels = [int(cv2.imdecode(np.frombuffer(png, np.uint8), 1).max()) for png in pictures(lane, "pan")]
    assert levels[:3] == [40, 40, 40]
    assert (len(set(levels)) > 5) == moves and (levels[-1] > 45) == moves


def test_what_a_pass_asks_for_is_true_or_false(lane: Space) -> None:
    lane.write("rules/said.py", OWN.format(more='\nRIDES = "camera"\n'))
    lane.edit("pan/: {scene: pan, passes: [dots, wash]}", "pan/: {scene: pan, passes: [said]}")
    result = lane.run("build", "pan/", "--allow-rules")
    assert result.code == 1 and "said.py:7:1" in result.err and "True or False" in result.err


@pytest.mark.parametrize(("zoom", "distance"), [(1.2, 2.5), (0.5, 10.5)])
def test_a_close_shot_goes_with_whom_it_is_on_and_a_wide_one_with_what_is_behind(
    lane: Space, zoom: float, distance: float
) -> None:
    lane.edit("places:", "characters: {ada: {height: 1.5m}}\nplaces:")
    lane.edit("    place: lane\n    action", "    place: lane\n    cast: [{who: ada, stand: {x: 0, z: 7}}]\n    action")
    lane.edit("{camera: {x: -0.6}}", f"{{camera: {{x: -0.1, z: 4.5, zoom: {zoom}}}}}")
    lane.edit("{camera: {x: 0.6, zoom: 1.15}, at: 2f", f"{{camera: {{x: 0.1, z: 4.5, zoom: {zoom}}}, at: 2f")
    assert ride_of(lane)[-1].tolist() == pytest.approx([1, -2 * 72 * zoom / distance * 0.2, 0], abs=1 / 256)

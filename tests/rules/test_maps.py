"""What lies beside the colours: as large as the drawing, told by nothing but the drawing, and plausible forms."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rules import _relief
from rules._cel import CLOTH, FLAT, Cel
from rules._outline import ellipse
from studio.rule import MAPS, Canvas, Drawing
from tests.rules import driver

ALL = tuple(MAPS)
SAMPLES = [*driver.CANVASES, "ada-stand", "ada-head", "ada-face", "crow-stand", "cat-walk", "tin-walk", "lamp-post"]
SAMPLES += ["prop-tree-tree", "title", "letter-comic"]


def mapped(name: str, maps: tuple[str, ...] = ALL) -> Drawing:
    """A drawing with maps."""
    return _relief.completed(driver.mapped(name, maps), maps, "plate" if name in driver.CANVASES else "prop")


@pytest.mark.parametrize("name", SAMPLES)
def test_maps_are_as_large_as_the_colours_which_do_not_depend_on_them(name: str) -> None:
    plain, found = driver.DRAWINGS[name](driver.CANVASES.get(name)), mapped(name)
    assert np.array_equal(plain.rgba, found.rgba)
    for map_, (dtype, channels) in MAPS.items():
        value = getattr(found, map_)
        if map_ == "flat" and value is None:
            continue
        shape = (*plain.rgba.shape[:2], channels) if channels > 1 else plain.rgba.shape[:2]
        assert value.shape == shape and value.dtype == dtype, map_
    empty = found.rgba[..., 3] == 0
    assert not found.parts[empty].any()  # type: ignore[index]
    again = mapped(name)
    assert all(np.array_equal(getattr(found, m), getattr(again, m)) for m in MAPS), "twice the same"


def test_only_what_is_asked_for_is_kept() -> None:
    found = mapped("ada-stand", ("distance",))
    assert found.distance is not None
    assert found.parts is found.normals is found.shadow is found.flat is None
    assert driver.DRAWINGS["ada-stand"](None).distance is None


# -- forms


def test_a_limb_is_round_all_across_and_has_no_ridge() -> None:
    cover = np.zeros((160, 60), np.float32)
    cover[:, 20:41] = 1
    across, down = _relief.slopes(_relief.swollen(cover, 40))
    x = (np.arange(20, 41) - 30) / 10.5
    assert np.abs(across[80, 20:41] - x).max() < 0.1, "as on a cylinder"
    assert np.abs(down[80, 21:40]).max() < 0.03
    assert np.abs(np.diff(across[80, 20:41])).max() < 0.2, "a ridge along the middle would be a jump"


def test_a_large_form_is_level_inside_and_falls_off_at_its_edge() -> None:
    y, x = np.mgrid[:300, :300]
    cover = np.clip(140 - np.hypot(x - 150, y - 150), 0, 1).astype(np.float32)
    across, _ = _relief.slopes(_relief.swollen(cover, 20))
    assert np.abs(across[150, 90:211]).max() < 0.1
    assert across[150, 12] < -0.6 and across[150, 288] > 0.6


def painted(*parts: tuple[Any, Any]) -> Drawing:
    cel = Cel(Canvas(-100, -100, 200, 200, 100.0, ALL), 2.0, 1, light=(-1, 0))
    for shape, finish in parts:
        cel.part(ellipse(*shape), (0.4, 0.5, 0.7), finish)
    return cel.drawing()


BODY, ARM, STRIPE = ((0, 0, 30, 40), CLOTH), ((18, 0, 6, 20), CLOTH), ((0, 0, 20, 2), FLAT)


def test_what_lies_on_a_part_changes_nothing_of_it_beside() -> None:
    """Distances to the edge that is seen would leave a groove round each arm."""
    alone, both = painted(BODY), painted(BODY, ARM)
    assert both.parts is not None and alone.distance is not None and both.distance is not None
    seen = both.parts == 2
    assert (both.parts == 3).any()
    assert np.array_equal(alone.distance[seen], both.distance[seen])
    assert alone.normals is not None and both.normals is not None
    differs = (alone.normals != both.normals).any(-1) & seen
    assert differs.sum() < 0.03 * seen.sum(), "but for the rim, which both share"


def test_a_flat_part_takes_on_the_form_of_what_it_lies_on() -> None:
    alone, both = painted(BODY), painted(BODY, STRIPE)
    assert np.array_equal(alone.normals, both.normals)  # type: ignore[arg-type]


def test_shadow_lies_away_from_the_light_and_where_it_is_cast() -> None:
    found = painted(BODY, ARM)
    assert found.shadow is not None and found.light == (-1, 0)
    left, right = found.shadow[100, 45], found.shadow[100, 156]
    assert left < 20 and right > 200
    assert found.flat is not None
    whole = found.flat[(found.parts == 2) & (found.flat[..., 3] == 255)]
    assert len(np.unique(whole, axis=0)) == 1, "one colour, without light"


def test_light_on_a_sphere() -> None:
    y, x = (v.astype(np.float32) / 50 - 1 for v in np.mgrid[:101, :101])
    inside = x * x + y * y < 0.98
    normals = _relief.components(_relief.encoded(np.where(inside, x, 0), np.where(inside, y, 0)))
    light = _relief.towards((-1, -1), 1.0)
    lit, shine = _relief.lambert(normals, light), _relief.specular(normals, light, 30)
    assert np.allclose(np.sqrt(sum(c * c for c in normals)), 1, atol=0.02)
    brightest = np.unravel_index(np.where(inside, lit, -1).argmax(), lit.shape)
    assert np.hypot(brightest[0] - 50 - 50 * light[1], brightest[1] - 50 - 50 * light[0]) < 3
    assert shine.max() > 0.98 and 0 < (shine > 0.5).sum() < 0.1 * inside.sum()


def test_what_a_rule_does_not_know_is_worked_out_from_what_is_seen() -> None:
    rgba = np.zeros((40, 60, 4), np.uint8)
    rgba[10:30, 10:50] = 255
    found = _relief.completed(Drawing(rgba), ALL, "prop")
    assert found.distance is not None and found.normals is not None and found.parts is not None
    assert found.distance[20, 30] >= 9 * _relief.GRID and found.distance[5, 5] == 0
    assert found.normals[20, 11, 0] < 100 and tuple(found.normals[20, 30]) == (128, 128)
    plate = _relief.completed(Drawing(rgba), ALL, "plate")
    assert (np.asarray(plate.normals) == 128).all() and found.flat is None

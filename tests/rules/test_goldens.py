"""Each rule has a golden: the exact bytes first, then a tolerance that says how large the difference is.

`pytest --golden` writes them anew; look at the pictures before they are committed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from rules.styles import (
    STYLES,
    cel_shaded,
    claymation,
    comic_halftone,
    paper_cutout,
    van_gogh,
    vector_flat,
    voxel_blocks,
)
from studio.rule import needs
from studio.studiofile import presets_of
from tests.rules import driver

FOLDER = Path(__file__).parent / "goldens"
#: other versions of the libraries may move a level here and there; a changed drawing moves more
MOST, MEAN = 48, 0.6


def _photograph(style: str, **knobs: Any) -> driver.U8:
    return driver.framed(style, driver.photograph(), **knobs)


def _figure(style: str, **knobs: Any) -> driver.U8:
    return driver.restyled(style, driver.mapped("ada-walk", needs(STYLES[style])), "figure", **knobs)


PICTURES = {
    **{name: (lambda draw=draw: draw(None).rgba) for name, draw in driver.DRAWINGS.items()},
    "watercolor-scene": lambda: driver.framed("watercolor", driver.composed(), drawn=True),
    "watercolor-photograph": lambda: driver.framed("watercolor", driver.photograph()),
    "watercolor-figure": lambda: driver.restyled("watercolor", driver.DRAWINGS["ada-stand"](None), "figure"),
    "watercolor-plate": lambda: driver.restyled("watercolor", driver.DRAWINGS["houses-dusk"](None), "plate"),
    **{
        f"cel-{role}": lambda name=name, role=role: driver.restyled(
            "cel_shaded", driver.mapped(name, cel_shaded.NEEDS), role
        )
        for role, name in (("figure", "ada-walk"), ("prop", "lamp-post"), ("plate", "houses-dusk"))
    },
    "cel-photograph": lambda: driver.framed("cel_shaded", driver.photograph()),
    **{
        f"clay-{role}": lambda name=name, role=role: driver.restyled(
            "claymation", driver.mapped(name, claymation.NEEDS), role
        )
        for role, name in (
            ("figure", "ada-walk"),
            ("face", "ada-face"),
            ("prop", "lamp-post"),
            ("plate", "houses-dusk"),
        )
    },
    "clay-scene": lambda: driver.framed("claymation", driver.composed(), drawn=True),
    "clay-photograph": lambda: driver.framed("claymation", driver.photograph()),
    **{
        f"comic-{role}": lambda name=name, role=role: driver.restyled(
            "comic_halftone", driver.mapped(name, comic_halftone.NEEDS), role
        )
        for role, name in (("figure", "ada-walk"), ("face", "ada-face"), ("plate", "houses-dusk"))
    },
    "comic-scene": lambda: driver.framed("comic_halftone", driver.composed(), drawn=True),
    "comic-photograph": lambda: driver.framed("comic_halftone", driver.photograph()),
    **{
        f"paper-{role}": lambda name=name, role=role: driver.restyled(
            "paper_cutout", driver.mapped(name, paper_cutout.NEEDS), role
        )
        for role, name in (
            ("figure", "ada-walk"),
            ("face", "ada-face"),
            ("prop", "lamp-post"),
            ("plate", "houses-dusk"),
        )
    },
    "paper-photograph": lambda: driver.framed("paper_cutout", driver.photograph()),
    **{
        f"vector-{role}": lambda name=name, role=role: driver.restyled(
            "vector_flat", driver.mapped(name, vector_flat.NEEDS), role
        )
        for role, name in (
            ("figure", "ada-walk"),
            ("prop", "lamp-post"),
            ("plate", "houses-dusk"),
            ("emit", "lamp-glow"),
        )
    },
    **{
        f"gogh-{role}": lambda name=name, role=role: driver.restyled(
            "van_gogh", driver.mapped(name, van_gogh.NEEDS), role
        )
        for role, name in (
            ("figure", "ada-walk"),
            ("face", "ada-face"),
            ("plate", "houses-dusk"),
            ("emit", "lamp-glow"),
        )
    },
    "gogh-photograph": lambda: driver.framed("van_gogh", driver.photograph()),
    "vector-photograph": lambda: driver.framed("vector_flat", driver.photograph()),
    **{
        f"voxel-{role}": lambda name=name, role=role: driver.restyled(
            "voxel_blocks", driver.mapped(name, voxel_blocks.NEEDS), role.split("-")[0]
        )
        for role, name in (
            ("figure", "ada-walk"),
            ("face", "ada-face"),
            ("prop", "lamp-post"),
            ("plate", "houses-dusk"),
            ("plate-ground", "cobbles-dusk"),
        )
    },
    "voxel-photograph": lambda: driver.framed("voxel_blocks", driver.photograph()),
    "silent-scene": lambda: driver.framed("silent_film", driver.composed(), drawn=True),
    "silent-photograph": lambda: driver.framed("silent_film", driver.photograph(), tint="night"),
    **{
        f"{style}-{preset}-{kind}": lambda make=make, style=style, knobs=knobs: make(style, **knobs)
        for style, rule in STYLES.items()
        for preset, knobs in presets_of(style).items()
        for kind, make in {"scene": driver.composed_under, "photograph": _photograph, "drawing": _figure}.items()
        if kind != "drawing" or hasattr(rule, "drawing")
    },
}


@pytest.mark.parametrize("name", PICTURES)
def test_golden(name: str, request: pytest.FixtureRequest) -> None:
    picture = PICTURES[name]()
    path = FOLDER / f"{name}.png"
    if request.config.getoption("--golden"):
        FOLDER.mkdir(exist_ok=True)
        cv2.imwrite(str(path), _bgr(picture))
        return
    golden = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    assert golden is not None, "no golden: write it with pytest --golden, and look at it"
    assert golden.shape == picture.shape
    found = _bgr(picture)
    if np.array_equal(golden, found):
        return
    away = np.abs(golden.astype(int) - found.astype(int))
    assert away.max() <= MOST and away.mean() <= MEAN, (
        f"{name} differs by up to {away.max()} (allowed {MOST}), {away.mean():.2f} on average (allowed {MEAN}), "
        f"most at {np.unravel_index(away.max(-1).argmax(), away.shape[:2])}"
    )


def _bgr(picture: Any) -> Any:
    order = [2, 1, 0, 3] if picture.shape[2] == 4 else [2, 1, 0]
    return np.ascontiguousarray(picture[..., order])


def test_a_golden_can_fail() -> None:
    """The tolerance is tighter than the difference between two neighbouring drawings."""
    a, b = driver.DRAWINGS["ada-stand"](None).rgba, driver.DRAWINGS["ada-walk"](None).rgba
    away = np.abs(a.astype(int) - b.astype(int))
    assert away.max() > MOST and away.mean() > MEAN


def test_no_golden_is_left_over() -> None:
    assert {p.stem for p in FOLDER.glob("*.png")} == set(PICTURES)

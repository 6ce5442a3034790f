"""A style looks the same at 300, 480, 1080 and 2160 lines: all of its lengths grow with the picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from rules import character
from rules.styles import STYLES
from studio.rule import Canvas, needs
from tests.rules import driver

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

LINES = (300, 480, 2160, 1080)
UNIT = 60  #: lines: all are a multiple of it

#: levels by which footage, brought to 300 lines and blurred, may differ from what it is at 1080, and its grain (the
#: deviation of what the blur takes) from what that has: about a third more than was measured. Dots are at least as
#: far apart as an eye can see, strokes have a colour of their own, and blocks are of whole pixels.
FOOTAGE = {
    "cel_shaded": (2.4, 1.4), "claymation": (1.3, 0.7), "comic_halftone": (3.7, 8.6), "paper_cutout": (2.3, 2.1),
    "silent_film": (1.3, 0.9), "van_gogh": (8.5, 2.0), "vector_flat": (1.2, 1.5), "voxel_blocks": (2.8, 2.6),
    "watercolor": (1.1, 1.2),
}  # fmt: skip
#: the same of a figure, over grey
FIGURE = {
    "cel_shaded": (1.3, 0.7), "claymation": (1.2, 0.7), "comic_halftone": (1.6, 2.3), "paper_cutout": (1.0, 0.9),
    "van_gogh": (3.6, 0.5), "vector_flat": (0.6, 0.6), "voxel_blocks": (3.3, 0.7), "watercolor": (1.3, 0.7),
}  # fmt: skip
SLOW = "van_gogh"  #: its strokes at 2160 lines take 5 s to get ready


def photograph(lines: int) -> U8:
    """Soft forms, round and straight borders, small things and a fine texture, 3:4, RGB."""
    y, x = np.mgrid[0:lines, 0 : lines * 3 // 4].astype(np.float32) * np.float32(120 / lines)
    rgb = np.stack([120 + 60 * np.sin(x / 23), 110 + 50 * np.cos(y / 31 + x / 50), 90 + 70 * np.sin((x + y) / 40)], 2)
    rgb += 9 * (np.sin(x * 2.1 + np.sin(y)) * np.sin(y * 1.7))[..., None]
    pale, dark = (236, 214, 150), (40, 30, 30)
    for centre, radius, colour in (((60, 40), 22, pale), ((54, 36), 3, dark), ((67, 36), 3, dark)):
        cover = np.clip((radius - np.hypot(x - centre[0], y - centre[1])) * lines / 120 + 0.5, 0, 1)[..., None]
        rgb += (np.array(colour) - rgb) * cover
    rgb[(y > 80) & (x < 40)] = (46, 60, 84)
    return np.clip(np.rint(rgb), 0, 255).astype(np.uint8)


def figure(style: str, lines: int) -> U8:
    """Somebody who is nearly as tall as half the picture, RGBA."""
    small = driver.fitting(character.box(driver.ADA, driver.WALK), UNIT / 3.3)
    times = lines // UNIT
    left, top, width, height = (side * times for side in small[:4])
    canvas = Canvas(left, top, width, height, small.scale * times, needs(STYLES[style]))
    return driver.restyled(style, driver.DRAWINGS["ada-walk"](canvas), "figure", lines)


def compared(pictures: list[F32]) -> tuple[float, float]:
    """(levels, levels) by which blurred pictures, and the deviations of what is finer, differ from the last one's at
    most; all are brought to the first one's size."""
    size = pictures[0].shape[1::-1]
    small = [cv2.resize(each, size, interpolation=cv2.INTER_AREA) for each in pictures]
    broad = [cv2.GaussianBlur(each, (0, 0), 2) for each in small]
    fine = [float((each - soft).std()) for each, soft in zip(small, broad, strict=True)]
    away = [float(np.abs(soft - broad[-1]).mean()) for soft in broad]
    return max(away), max(abs(each - fine[-1]) for each in fine)


@pytest.mark.parametrize("style", FOOTAGE)
def test_footage_looks_the_same_at_every_size(style: str) -> None:
    sizes = [lines for lines in LINES if lines < 2160 or style != SLOW]
    found = compared([driver.framed(style, photograph(lines)).astype(np.float32) for lines in sizes])
    assert found[0] <= FOOTAGE[style][0] and found[1] <= FOOTAGE[style][1], found


@pytest.mark.parametrize("style", FIGURE)
def test_a_figure_looks_the_same_at_every_size(style: str) -> None:
    laid = []
    for lines in LINES:
        rgba = figure(style, lines).astype(np.float32)
        laid.append(rgba[..., :3] + (1 - rgba[..., 3:] / 255) * 128)
    found = compared(laid)
    assert found[0] <= FIGURE[style][0] and found[1] <= FIGURE[style][1], found

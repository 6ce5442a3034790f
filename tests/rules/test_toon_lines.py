"""Ink lines on footage: unbroken across noise, thicker where more changes, none where they are short or crowd."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from rules import _toon_lines
from studio.studiofile import presets_of
from tests.rules import driver

SIZE = 320, 240


def inked(picture: Any) -> Any:
    half = cv2.resize(picture, (picture.shape[1] // 2, picture.shape[0] // 2), interpolation=cv2.INTER_AREA)
    return _toon_lines.lines(picture, half) > _toon_lines.EDGE


def disc(levels: int, noise: float = 0.0) -> Any:
    """A disc of 140 px, so many levels darker than its ground."""
    out = np.full((240, 320), 180.0)
    cv2.circle(out, (160, 120), 70, 180.0 - levels, -1, cv2.LINE_AA)
    out = cv2.GaussianBlur(out, (0, 0), 0.8) + np.random.default_rng(2).normal(0, 1, out.shape) * noise
    return np.clip(out, 0, 255).astype(np.uint8)


def around(ink: Any) -> float:
    """The share of the disc's outline that is inked, by degrees."""
    found = []
    for turn in np.radians(np.arange(360)):
        far = np.arange(62, 75)
        x, y = (np.rint(c + far * f(turn)).astype(int) for c, f in ((160, np.cos), (120, np.sin)))
        found.append(ink[y, x].any())
    return float(np.mean(found))


def test_an_outline_is_not_broken_by_noise() -> None:
    """Without the mean along the flow, a line of little contrast was dashes."""
    ink = inked(disc(40, noise=3))
    assert around(ink) > 0.97
    y, x = np.mgrid[0:240, 0:320]
    assert ink[np.abs(np.hypot(x - 160, y - 120) - 70) > 12].mean() < 0.002


def test_lines_are_thicker_where_more_changes() -> None:
    faint, strong = (inked(disc(levels)).sum() for levels in (30, 120))
    assert strong > 1.5 * faint > 0


def test_a_short_line_is_left_out() -> None:
    found = []
    for length in (8, 60):
        picture = np.full((240, 320), 180, np.uint8)
        cv2.line(picture, (100, 120), (100 + length, 120), 60, 2, cv2.LINE_AA)
        found.append(int(inked(picture).sum()))
    assert found[0] == 0 and found[1] > 60


def test_one_line_of_many_counts_for_less() -> None:
    alone, many = np.full((240, 320), 160, np.uint8), np.full((240, 320), 160, np.uint8)
    cv2.line(alone, (20, 120), (300, 120), 140, 2, cv2.LINE_AA)
    for y in range(8, 240, 8):
        cv2.line(many, (20, y), (300, y), 140, 2, cv2.LINE_AA)
    assert inked(alone)[116:125, 100:200].any() and not inked(many)[100:140, 100:200].any()


def test_presets_differ_at_a_glance() -> None:
    """They used to be nearly alike on footage, which heeded one knob."""
    presets = presets_of("cel_shaded").values()
    shown = [driver.framed("cel_shaded", driver.photograph(), **knobs).astype(int) for knobs in presets]
    assert len(shown) >= 3
    assert all(np.abs(a - b).mean() > 8 for n, a in enumerate(shown) for b in shown[:n])

"""What a letter is drawn with, as a change of its mask: chalk that skips the tooth of the board, worn wood type."""

from __future__ import annotations

import cv2
import numpy as np

from rules import _noise
from rules._cel import blurred
from rules._noise import Window
from rules._outline import F32


def worked(mask: F32, finish: str, cap: float, window: Window, seed: int, scale: float) -> F32:
    """A mask (0 to 1) as its tool leaves it. cap: px of a capital; window: where the mask lies; scale: px of the
    sheet's height, since a tool does not grow with the letter."""
    most = 0.0032 * scale
    if finish == "chalk":
        return _chalk(mask, cap, window, seed, most)
    if finish == "print":
        return _wood_type(mask, cap, window, seed, most)
    if finish == "dry":
        hair = _noise.field(window, max(1.6, 0.016 * cap), 2, seed + 3, (3.0, 1.0))
        pool = _noise.field(window, max(4.0, 0.5 * cap), 2, seed + 4)
        return np.asarray(mask * np.clip(0.95 + 0.08 * hair + 0.09 * pool, 0, 1), np.float32)
    return mask


def _chalk(mask: F32, cap: float, window: Window, seed: int, most: float) -> F32:
    """Chalk catches the grains of the board that stand high: nearly all where the hand leans on it, few at a stroke's
    edge. Letters to be read keep their body, so that no dot or comma is lost."""
    fine = max(0.55, min(0.0056 * cap, 0.40 * most))
    tooth = 0.5 + 0.24 * _grains(window, fine, seed + 1) + 0.15 * _grains(window, 3.3 * fine, seed + 2)
    pressure = _noise.field(window, max(10.0, 0.42 * cap), 2, seed + 5)
    streak = _noise.field(window, max(3.0, 0.05 * cap), 1, seed + 6, (1.0, 3.5))
    inside = np.clip(blurred(mask, 2.2 * fine) * 1.70 - 0.36, 0, 1)
    caught = inside * (0.98 + 0.30 * pressure + 0.12 * streak)
    core = np.clip((caught - tooth) * 2.6 + 0.30, 0, 1) * np.clip(blurred(mask, fine) * 2.2, 0, 1)
    kept = 0.22 + 0.62 * np.clip((110 - cap) / 80, 0, 1)
    core = np.maximum(core, kept * mask * (0.96 + 0.10 * pressure))
    dust = blurred(mask, 4.5 * fine) * np.clip(_grains(window, 1.2 * fine, seed + 7) - 1.5, 0, 1)
    cloud = blurred(mask, max(2.0, 0.12 * cap))
    return np.asarray(np.clip(np.maximum(core, 0.55 * dust + 0.06 * cloud), 0, 1), np.float32)


def _grains(window: Window, sigma: float, seed: int) -> F32:
    """Noise without a lattice, of variance one: specks of any shape, about twice `sigma` px wide."""
    edge = int(3 * sigma) + 2
    x = np.arange(window.left - edge, window.left + window.width + edge)[None, :]
    y = np.arange(window.top - edge, window.top + window.height + edge)[:, None]
    white = _noise.unit(x, y, seed) - np.float32(0.5)
    soft = cv2.GaussianBlur(white, (0, 0), sigma)[edge:-edge, edge:-edge]
    return np.asarray(soft * np.float32(1 / (0.2887 * min(1.0, 0.282 / sigma))), np.float32)


def _wood_type(mask: F32, cap: float, window: Window, seed: int, most: float) -> F32:
    """Ink that did not reach everywhere: specks, a faint grain of the wood, a squeezed rim that always prints."""
    specks = _noise.field(window, max(1.6, min(0.022 * cap, 1.4 * most)), 2, seed + 1)
    wood = _noise.field(window, max(2.0, min(0.030 * cap, 2 * most)), 2, seed + 2, (0.5, 9.0))
    patch = _noise.field(window, max(8.0, 0.55 * cap), 2, seed + 3)
    bare = np.clip((specks + 0.55 * patch - 0.62) * 5, 0, 1) + 0.5 * np.clip((wood + 0.5 * patch - 0.55) * 3, 0, 1)
    inside = np.clip(blurred(mask, max(0.9, min(0.018 * cap, most))) * 2 - 0.96, 0, 1)
    return np.asarray(mask * (1 - min(1.0, cap / 60) * 0.62 * np.clip(bare, 0, 1) * inside), np.float32)

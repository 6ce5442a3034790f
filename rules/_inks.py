"""What a letter is drawn with, as a change of its mask: chalk that skips the tooth of the board, worn wood type."""

from __future__ import annotations

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
    """Dense in the middle, broken at the edges, dust about it; small letters keep most of their body."""
    fine = max(1.5, min(0.020 * cap, most))
    grain = 0.9 * _noise.field(window, fine, 2, seed + 1) + 0.55 * _noise.field(
        window, 4.5 * fine, 2, seed + 2, (2.2, 0.6)
    )
    pressure = _noise.field(window, max(12.0, 0.6 * cap), 2, seed + 5)
    edge = np.clip(blurred(mask, max(0.8, 0.8 * fine)) * 1.9 - 0.62, 0, 1)
    body = np.clip(blurred(mask, max(0.6, 0.3 * fine)) * 1.6, 0, 1)
    rough = min(1.0, cap / 46)
    core = np.clip((edge * 0.95 + rough * (0.34 * pressure + 0.66 * grain) - 0.12) * 1.9, 0, 1) * body
    dust = blurred(mask, 2.2 * fine) * np.clip(_noise.field(window, 1.2 * fine, 1, seed + 7) * 1.2 - 0.3, 0, 1)
    cloud = blurred(mask, max(2.0, 0.12 * cap))
    return np.asarray(np.clip(np.maximum(core, 0.42 * dust + 0.07 * cloud), 0, 1), np.float32)


def _wood_type(mask: F32, cap: float, window: Window, seed: int, most: float) -> F32:
    """Ink that did not reach everywhere: specks, a faint grain of the wood, a squeezed rim that always prints."""
    specks = _noise.field(window, max(1.6, min(0.022 * cap, 1.4 * most)), 2, seed + 1)
    wood = _noise.field(window, max(2.0, min(0.030 * cap, 2 * most)), 2, seed + 2, (0.5, 9.0))
    patch = _noise.field(window, max(8.0, 0.55 * cap), 2, seed + 3)
    bare = np.clip((specks + 0.55 * patch - 0.62) * 5, 0, 1) + 0.5 * np.clip((wood + 0.5 * patch - 0.55) * 3, 0, 1)
    inside = np.clip(blurred(mask, max(0.9, min(0.018 * cap, most))) * 2 - 0.96, 0, 1)
    return np.asarray(mask * (1 - min(1.0, cap / 60) * 0.62 * np.clip(bare, 0, 1) * inside), np.float32)

"""What lies under any figure: the shadow where it touches the ground."""

from __future__ import annotations

import numpy as np

from rules import _noise, _outline
from rules._cel import blurred, quantised
from rules._outline import F32
from studio.rule import Canvas, Drawing

_SHADE = np.array([0.075, 0.035, 0.115], np.float32)


def contact(canvas: Canvas, unit: float, size: tuple[float, float], seed: int, at: float = 3.0) -> Drawing:
    """A wide soft ellipse about `at`, and a small dark one where the feet touch; half-widths in u."""
    wide, core = size
    soft = _ellipse(canvas, unit, (at, 0.9, wide, 3.0), 1.2) * np.float32(0.52)
    dark = _ellipse(canvas, unit, (at, 0.3, core, 1.5), 0.6) * np.float32(0.58)
    alpha = 1 - (1 - soft) * (1 - dark)
    rgba = np.dstack([*(alpha * c for c in _SHADE), alpha]).astype(np.float32)
    return Drawing(quantised(rgba, seed, _noise.Window(canvas.left, canvas.top, canvas.width, canvas.height)))


def _ellipse(canvas: Canvas, unit: float, shape: tuple[float, float, float, float], soft: float) -> F32:
    outline = _outline.ellipse(*shape) * unit + np.array([-canvas.left, -canvas.top])
    return blurred(_outline.coverage([outline], (0, 0, canvas.width, canvas.height)), soft * unit)

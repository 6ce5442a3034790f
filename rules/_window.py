"""Windows on drawings: the canvas of a whole part, and what of it a smaller or larger canvas shows."""

from __future__ import annotations

from math import ceil, floor

import numpy as np

from studio.rule import LINE_PX, Box, Canvas, Drawing


def whole(box: Box, scale: float) -> Canvas:
    """The canvas of all that a box declares, with room for lines at its edge."""
    left, top = floor(box.left * scale) - LINE_PX, floor(-box.top * scale) - LINE_PX
    right, bottom = ceil(box.right * scale) + LINE_PX, ceil(-box.bottom * scale) + LINE_PX
    return Canvas(left, top, right - left, bottom - top, scale)


def cut(painted: Drawing, around: Canvas, canvas: Canvas) -> Drawing:
    """What a canvas shows of a drawing that was painted on another one; empty where it reaches beyond.

    A form that is cut off while it is painted would be shaded as if it ended there.
    """
    rgba = np.zeros((canvas.height, canvas.width, 4), np.uint8)
    parts = None if painted.parts is None else np.zeros((canvas.height, canvas.width), np.uint8)
    x0, y0 = max(canvas.left, around.left), max(canvas.top, around.top)
    x1 = min(canvas.left + canvas.width, around.left + around.width)
    y1 = min(canvas.top + canvas.height, around.top + around.height)
    if x1 > x0 and y1 > y0:
        there = (slice(y0 - canvas.top, y1 - canvas.top), slice(x0 - canvas.left, x1 - canvas.left))
        here = (slice(y0 - around.top, y1 - around.top), slice(x0 - around.left, x1 - around.left))
        rgba[there] = painted.rgba[here]
        if parts is not None and painted.parts is not None:
            parts[there] = painted.parts[here]
    return Drawing(rgba, parts)

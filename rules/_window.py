"""Windows on drawings: the canvas of a whole part, and what of it a smaller or larger canvas shows."""

from __future__ import annotations

from math import ceil, floor

import numpy as np

from studio.rule import LINE_PX, Box, Canvas, Drawing


def whole(box: Box, scale: float, maps: tuple[str, ...] = ()) -> Canvas:
    """The canvas of all that a box declares, with room for lines at its edge; maps: wanted beside the colours."""
    left, top = floor(box.left * scale) - LINE_PX, floor(-box.top * scale) - LINE_PX
    right, bottom = ceil(box.right * scale) + LINE_PX, ceil(-box.bottom * scale) + LINE_PX
    return Canvas(left, top, right - left, bottom - top, scale, maps)


def cut(painted: Drawing, around: Canvas, canvas: Canvas) -> Drawing:
    """What a canvas shows of a drawing that was painted on another one; empty where it reaches beyond.

    A form that is cut off while it is painted would be shaded as if it ended there.
    """
    found = {name: value for name, value in vars(painted).items() if isinstance(value, np.ndarray)}
    out = {name: np.zeros((canvas.height, canvas.width, *m.shape[2:]), m.dtype) for name, m in found.items()}
    if "normals" in out:
        out["normals"][:] = 128  # which is flat
    x0, y0 = max(canvas.left, around.left), max(canvas.top, around.top)
    x1 = min(canvas.left + canvas.width, around.left + around.width)
    y1 = min(canvas.top + canvas.height, around.top + around.height)
    if x1 > x0 and y1 > y0:
        there = (slice(y0 - canvas.top, y1 - canvas.top), slice(x0 - canvas.left, x1 - canvas.left))
        here = (slice(y0 - around.top, y1 - around.top), slice(x0 - around.left, x1 - around.left))
        for name, value in found.items():
            out[name][there] = value[here]
    return Drawing(**out, light=painted.light)

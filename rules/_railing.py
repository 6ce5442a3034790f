"""How the near railing is painted; what can be asked of it stands in `rules.plates.railing`."""

from __future__ import annotations

import numpy as np

from rules import _colour, _daylight, _near
from rules._board import Batch, bar, moved, poly, rect
from rules._frame_near import Frame, frame_of
from rules._near import Darks
from rules._outline import Points, ellipse, spline, tube
from rules.plates.railing import Params
from studio.rule import Canvas, Drawing, Variant


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The railing over the canvas."""
    light = _daylight.scenery(variant["time"])
    frame = frame_of(variant)
    board = _near.board_for(canvas, params.blur, seed)
    darks = _near.darks(light, "#4a4358", 0.22)
    middle = frame.middle + params.shift * frame.width
    half = params.opening * frame.width / 2
    post = 0.032 * frame.height + 0.020 * frame.width
    batch = Batch()
    left, _, right, _ = board.span()
    for side in (-1, 1):
        start = middle + side * half
        reach = (start - left if side < 0 else right - start) + 0.2
        bay = 0.95 * frame.height
        for k in range(max(0, int(np.ceil(reach / (bay + post))))):
            near = start + side * k * (bay + post)
            _post(batch, darks, frame, (near + side * post / 2, post), params.height + (0.035 if k == 0 else 0.0))
            _bay(batch, darks, frame, (near + side * post, near + side * (post + bay)), params.height)
    board.fill(batch)
    board.rim((light.key_direction[0], -0.45), 0.0042 * frame.height / 1.5, darks.edge, 0.55)
    return _near.finished(board, canvas, params.blur, seed)


_BLADE = ((-0.20, 0, 1), (-0.46, 0.62), (-0.10, 1.25), (0, 1.9, 1), (0.10, 1.25), (0.46, 0.62), (0.20, 0, 1))


def _spear(x: float, y: float, size: float) -> Points:
    """A leaf-shaped blade."""
    return moved(size * spline(_BLADE, samples=5), x, y)


def _bay(batch: Batch, darks: Darks, frame: Frame, ends: tuple[float, float], height: float) -> None:
    """Bars under a rail that sags between its posts, a lower rail, scrolls between the two."""
    h = frame.height
    count = 9
    pitch = (ends[1] - ends[0]) / count
    thick = 0.0066 * h

    def rail(t: float) -> float:
        return frame.bottom + (height - 0.062) * h + 0.034 * h * (2 * t - 1) ** 2

    for k in range(count):
        t = (k + 0.5) / count
        x, y = ends[0] + (k + 0.5) * pitch, rail(t)
        size = (0.026 if k % 2 else 0.021) * h
        batch.add(bar((x, frame.bottom - 1.0), (x, y + 0.012 * h), thick, 0.85 * thick), darks.first)
        batch.add(_spear(x, y + 0.014 * h, size), darks.second if k % 2 else darks.first)
        batch.add(ellipse(x, y + 0.012 * h, 1.9 * thick, 1.1 * thick, 0, 12), darks.second)
        if k:
            ring_x, ring_y = ends[0] + k * pitch, rail(k / count) - 0.030 * h
            ring = ellipse(ring_x, ring_y, 0.36 * abs(pitch), 0.024 * h, 0, 20)
            hole = ellipse(ring_x, ring_y, 0.36 * abs(pitch) - 0.005 * h, 0.019 * h, 0, 20)
            batch.add(np.concatenate([ring, ring[:1], hole[::-1], hole[-1:]]), darks.second)
    line = [(ends[0] + (ends[1] - ends[0]) * a, rail(a)) for a in np.linspace(0, 1, 13).tolist()]
    batch.add(tube(line, [1.25 * thick] * len(line), samples=2), darks.first)
    lower = [(u, v - 0.060 * h) for u, v in line]
    batch.add(tube(lower, [1.05 * thick] * len(lower), samples=2), darks.first)


def _post(batch: Batch, darks: Darks, frame: Frame, at: tuple[float, float], height: float) -> None:
    """A stone post with a moulded cap and a ball."""
    x, wide = at
    h = frame.height
    top = frame.bottom + height * h
    half = wide / 2
    batch.add(rect(x - half, frame.bottom - 1.0, x + half, top), darks.first)
    batch.add(rect(x - half, frame.bottom - 1.0, x - 0.1 * half, top), darks.second)
    panel = rect(x - 0.6 * half, frame.bottom - 1.0, x + 0.6 * half, top - 0.03 * h)
    batch.add(panel, _colour.mix(darks.first, darks.joint, 0.5))
    cap = ((0.0, 0.012, 0.16, darks.second), (0.012, 0.028, 0.30, darks.first), (0.028, 0.036, 0.20, darks.second))
    for low, high, out, tone in cap:
        batch.add(rect(x - half * (1 + out), top + low * h, x + half * (1 + out), top + high * h), tone)
    ball = 0.86 * half
    neck, y = top + 0.034 * h, top + 0.046 * h
    wide, slim = 0.4 * half, 0.24 * half
    batch.add(poly((x - wide, neck), (x + wide, neck), (x + slim, y), (x - slim, y)), darks.first)
    batch.add(ellipse(x, y + 0.85 * ball, ball, ball, 0, 28), darks.first)
    batch.add(ellipse(x - 0.24 * ball, y + 1.05 * ball, 0.62 * ball, 0.60 * ball, 0, 24), darks.second)

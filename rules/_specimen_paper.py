"""What specimens are printed on: laid paper, a blackboard, a bill, dotted newsprint, washed paper, a card's night.

Patterns hang on the picture's centre and are measured in picture heights.
"""

from __future__ import annotations

import numpy as np

from rules import _card_paper, _colour, _noise, _ornament, _scrollwork
from rules._card_paper import Look
from rules._lettering import Sheet
from rules._noise import Window
from rules._outline import F32

MARGIN = 0.075  #: from the picture's edge to the letters


def ground(kind: str, window: Window, scale: float, look: Look, aspect: float) -> tuple[F32, F32]:
    """The sheet as float RGB, and the light on it. kind: the finish of the letters that stand on it."""
    if kind == "engraved":
        return _card_paper.paper(window, scale, look, aspect, -0.06)
    cloud = _noise.field(window, 0.5 * scale, 3, look.seed)
    mottle = _noise.field(window, max(3.0, 0.014 * scale), 2, look.seed + 1)
    x, y = _axes(window, scale)
    rgb = np.broadcast_to(look.ground.astype(np.float32), (window.height, window.width, 3)).copy()
    if kind == "chalk":
        _board(rgb, window, scale, look)
    elif kind == "print":
        rgb *= (1 + 0.030 * cloud + 0.016 * mottle)[..., None]
    elif kind == "comic":
        _dots(rgb, x, y, scale, look, aspect)
        rgb *= (1 + 0.012 * cloud + 0.012 * mottle)[..., None]
    else:
        laid = _noise.field(window, max(1.6, 0.0035 * scale), 1, look.seed + 4, (60.0, 1.0))
        rgb *= (1 + 0.022 * cloud + 0.020 * mottle + 0.010 * laid)[..., None]
    far = np.maximum(np.abs(x) / np.float32(aspect / 2), np.abs(y) * 2)
    edge = np.clip((far - 0.80) / 0.20, 0, 1)
    warm = np.array([0.035, 0.055, 0.085], np.float32) if kind in ("ink", "dry") else np.full(3, 0.06, np.float32)
    rgb *= 1 - (edge * edge)[..., None] * warm
    return rgb, np.ones(rgb.shape[:2], np.float32)


def frame(kind: str, aspect: float) -> tuple[_ornament.Figure, ...]:
    """The rules about a sheet, in picture heights, outermost first."""
    if kind in ("chalk", "dry"):
        return ()
    if kind == "print":
        return (_scrollwork.rules(aspect, 1, 0.026, 0.012), _scrollwork.rules(aspect, 1, 0.043, 0.003))
    if kind == "comic":
        return (_scrollwork.rules(aspect, 1, 0.028, 0.008),)
    notch = 0.030 if kind == "engraved" else 0.0
    return (_scrollwork.rules(aspect, 1, 0.030, 0.0042, notch), _scrollwork.rules(aspect, 1, 0.040, 0.0014, notch))


def framed(sheet: Sheet, aspect: float) -> None:
    """The frame about a sheet: wood, or flat rules."""
    if sheet.finish == "chalk":
        wood(sheet.rgb, sheet.window, sheet.scale, aspect, sheet.look.seed + 40)
    for figure in frame(sheet.finish, aspect):
        stamped(sheet, figure, sheet.look.ink)


def stamped(sheet: Sheet, figure: _ornament.Figure, colour: _colour.RGB) -> None:
    """A flat ornament, given in picture heights."""
    placed = _ornament.moved(figure, 0, 0, sheet.scale)
    x0, y0, x1, y1 = _ornament.bounds(placed)
    box = sheet.cut((x0, y0), (x1, y1), 4)
    mask = _ornament.stamp(placed, box)
    rgb = sheet.rgb[sheet.at(box)]
    rgb += (colour.astype(np.float32) - rgb) * mask[..., None]


def disc(rgb: F32, window: Window, scale: float, at: tuple[float, float, float], colour: F32, seed: int) -> None:
    """A round of thin paint with a dry edge. at: centre and radius in picture heights."""
    x, y = _axes(window, scale)
    away = np.sqrt((x - at[0]) ** 2 + (y - at[1]) ** 2)
    rough = _noise.field(window, max(3.0, 0.03 * scale), 3, seed)
    hair = _noise.field(window, max(2.0, 0.005 * scale), 2, seed + 1, (14.0, 1.0))
    inside = np.clip((at[2] * (1 + 0.012 * rough) - away) * scale / 2 + 0.5, 0, 1)
    dry = np.clip((away / at[2] - 0.55) * 1.6, 0, 1)
    body = inside * np.clip(0.93 + 0.05 * rough - np.clip(hair - 0.16, 0, 1) * 2.2 * dry, 0, 1)
    rgb += (colour - rgb) * body[..., None]


def _board(rgb: F32, window: Window, scale: float, look: Look) -> None:
    """A blackboard: what was wiped away still shows in long smears."""
    smear = _noise.field(window, 0.10 * scale, 3, look.seed + 6, (3.4, 0.9))
    streak = _noise.field(window, max(2.0, 0.006 * scale), 2, look.seed + 7, (30.0, 1.0))
    dust = np.clip(0.5 + 0.9 * smear, 0, 1) * (0.045 + 0.022 * streak)
    rgb += (look.ink.astype(np.float32) - rgb) * np.clip(dust, 0, 0.2)[..., None]


def _dots(rgb: F32, x: F32, y: F32, scale: float, look: Look, aspect: float) -> None:
    """Printed dots that grow towards the lower right corner."""
    pitch = np.float32(0.0165)
    u, v = (x + y) / np.float32(1.41421356), (x - y) / np.float32(1.41421356)
    du, dv = np.mod(u, pitch) - pitch / 2, np.mod(v, pitch) - pitch / 2
    reach = np.clip((x / np.float32(aspect) + y) * 0.9 + 0.05, 0, 1)
    radius = pitch * 0.62 * np.sqrt(reach)
    cover = np.clip((radius - np.sqrt(du * du + dv * dv)) * np.float32(scale) + 0.5, 0, 1) * (radius > 0.0008)
    tint = _colour.mix(look.ground, look.accent, 0.34).astype(np.float32)
    rgb += (tint - rgb) * cover[..., None]


def wood(rgb: F32, window: Window, scale: float, aspect: float, seed: int) -> None:
    """A wooden frame about a blackboard: grain along each side, mitred corners, a lit and a dark edge."""
    x, y = _axes(window, scale)
    x, y = np.broadcast_arrays(x, y)
    to_side, to_top = aspect / 2 - np.abs(x), 0.5 - np.abs(y)
    deep = np.minimum(to_side, to_top)
    width = 0.034
    upright = to_side < to_top
    grain = [
        _noise.field(window, max(2.0, 0.006 * scale), 3, seed + k, s) for k, s in ((0, (22.0, 1.0)), (1, (1.0, 22.0)))
    ]
    tone = np.where(upright, grain[1], grain[0])
    body = np.array([0.56, 0.37, 0.22], np.float32) * (1 + 0.16 * tone)[..., None]
    lit = np.where(upright, np.sign(-x), np.sign(-y)) * 0.10 + 0.20 * np.clip(
        1 - np.abs(deep - 0.5 * width) / (0.5 * width), 0, 1
    )
    body = body * (0.86 + lit)[..., None]
    cover = np.clip((width - deep) * scale + 0.5, 0, 1)[..., None]
    inner = np.exp2(-np.clip((deep - width) / 0.006, 0, 30)).astype(np.float32)  # the frame's shadow on the board
    rgb *= 1 - 0.5 * (inner * (deep > width))[..., None]
    rgb += (body.astype(np.float32) - rgb) * cover
    seam = np.clip(1.2 - np.abs(to_side - to_top) * scale, 0, 1) * (deep < width)
    rgb *= 1 - 0.5 * seam[..., None]


def _axes(window: Window, scale: float) -> tuple[F32, F32]:
    x = (np.arange(window.width, dtype=np.float32) + np.float32(window.left + 0.5)) / np.float32(scale)
    y = (np.arange(window.height, dtype=np.float32) + np.float32(window.top + 0.5)) / np.float32(scale)
    return x[None, :], y[:, None]

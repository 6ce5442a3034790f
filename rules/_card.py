"""Painting a card: a frame of engraved gold on its paper, and the letters with their shadow.

Works on a window that holds the whole picture, so that a cut-out shows the same art. Lengths given to
the painters are pixels; `_lockup` says where things stand, in picture heights.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _card_paper, _colour, _letters, _lockup, _noise, _ornament, _scrollwork
from rules._border import Border, Piece, Rect
from rules._card_paper import Look
from rules._cel import blurred, quantised
from rules._noise import Window
from rules._outline import F32
from studio.rule import Box, Canvas, Drawing

GROUND, WORK, LETTER = 0, 1, 2  #: numbers of the parts: paper; ornament and shadow; the letters' faces
PixelBox = tuple[int, int, int, int]  #: x0, y0, x1, y1 in whole pixels from the picture's centre, y down
_ALIGN = 8  # windows begin and end on multiples of this: quarter-size blurs then fall on the same grid


@dataclass
class _Sheet:
    """The picture while it is painted: float RGB, the parts, and where its first pixel lies."""

    rgb: F32
    light: F32  # that falls on the paper, about 0.7 to 1.2
    parts: NDArray[np.uint8]
    window: Window
    scale: float  # px a picture height
    look: Look

    def cut(self, low: tuple[float, float], high: tuple[float, float], margin: float) -> PixelBox:
        """A box round two corners (px from the origin), on the grid of quarter-size blurs, within the window."""
        w = self.window
        x0, y0 = max(w.left, floor((low[0] - margin) / 4) * 4), max(w.top, floor((low[1] - margin) / 4) * 4)
        x1 = min(w.left + w.width, ceil((high[0] + margin) / 4) * 4)
        y1 = min(w.top + w.height, ceil((high[1] + margin) / 4) * 4)
        return x0, y0, max(x1, x0 + 4), max(y1, y0 + 4)

    def at(self, box: PixelBox) -> tuple[slice, slice]:
        """Where a box lies in the arrays."""
        x, y = self.window.left, self.window.top
        return slice(box[1] - y, box[3] - y), slice(box[0] - x, box[2] - x)


def paint(lockup: _lockup.Lockup, border: Border, look: Look, box: Box, canvas: Canvas) -> Drawing:
    """The card as an opaque drawing; parts: ground 0, ornament and shadow 1, letters 2."""
    window, width = _window(box, canvas), box.right - box.left
    paper, light = _card_paper.paper(window, canvas.scale, look, width, _heart(lockup))
    sheet = _Sheet(paper, light, np.full(light.shape, GROUND, np.uint8), window, canvas.scale, look)
    for piece in border.pieces:
        _engrave(sheet, piece, 0.86)
    if lockup.initial is not None:
        _initial_box(sheet, lockup.initial)
    for piece in lockup.pieces:
        _engrave(sheet, piece, 1.0)
    for line in lockup.lines:
        (_plain if line.manner == "plain" else _display)(sheet, line)
    sheet.rgb *= _card_paper.vignette(window, canvas.scale, width)[..., None]
    return _cropped(sheet, canvas, look.seed)


def _window(box: Box, canvas: Canvas) -> Window:
    """Whole pixels that hold the picture and the canvas, on the grid of `_ALIGN`."""
    left = min(floor(box.left * canvas.scale), canvas.left) // _ALIGN * _ALIGN
    top = min(floor(-box.top * canvas.scale), canvas.top) // _ALIGN * _ALIGN
    right = -(-max(ceil(box.right * canvas.scale), canvas.left + canvas.width) // _ALIGN) * _ALIGN
    bottom = -(-max(ceil(-box.bottom * canvas.scale), canvas.top + canvas.height) // _ALIGN) * _ALIGN
    return Window(left, top, right - left, bottom - top)


def _heart(lockup: _lockup.Lockup) -> float:
    """The height at which the light stands: the middle of the largest lines."""
    main = _lockup.main_lines(lockup)
    return (min(n.y - n.cap for n in main) + max(n.y for n in main)) / 2


def _cropped(sheet: _Sheet, canvas: Canvas, seed: int) -> Drawing:
    x, y = canvas.left - sheet.window.left, canvas.top - sheet.window.top
    rows, columns = slice(y, y + canvas.height), slice(x, x + canvas.width)
    rgba = np.ones((canvas.height, canvas.width, 4), np.float32)
    np.clip(sheet.rgb[rows, columns], 0, 1, out=rgba[..., :3])
    at = Window(canvas.left, canvas.top, canvas.width, canvas.height)
    return Drawing(quantised(rgba, seed + 77, at), sheet.parts[rows, columns].copy())


# -- gold


def _engrave(sheet: _Sheet, piece: Piece, strength: float) -> None:
    """An ornament in relief: a soft shadow, a body lit by the glow, a bright and a dark edge."""
    unit = piece.unit * sheet.scale
    figure = _ornament.moved(piece.figure, piece.x * sheet.scale, piece.y * sheet.scale, unit)
    x0, y0, x1, y1 = _ornament.bounds(figure)
    box = sheet.cut((x0, y0), (x1, y1), 1.2 * unit + 4)
    mask = _ornament.stamp(figure, box)
    rgb = sheet.rgb[sheet.at(box)]
    fine = max(0.7, 0.10 * unit)
    drop = blurred(_shifted(mask, 0.26 * unit, 0.42 * unit), 0.30 * unit)
    rgb *= 1 - (0.55 * strength * drop * (1 - mask))[..., None]
    gold = sheet.look.gold.astype(np.float32)
    lit = np.clip(mask - _shifted(mask, fine, 1.2 * fine), 0, 1)
    dark = np.clip(mask - _shifted(mask, -fine, -1.2 * fine), 0, 1)
    round_ = blurred(mask, 0.34 * unit)  # a swell: lit on its upper left, in shade on its lower right
    swell = np.clip(1.9 * (round_ - _shifted(round_, 0.22 * unit, 0.28 * unit)), -0.30, 0.30)
    light = sheet.light[sheet.at(box)] if strength < 1 else np.ones(1, np.float32)
    body = gold * ((np.float32(strength) * light + swell) * (1 - 0.42 * dark))[..., None]
    shine = _colour.light(sheet.look.ink, 0.06).astype(np.float32)
    body += (shine - body) * (0.70 * lit * np.clip(light, 0, 1))[..., None]
    rgb += (body - rgb) * mask[..., None]
    sheet.parts[sheet.at(box)][mask > 0.5] = WORK


def _initial_box(sheet: _Sheet, initial: Rect) -> None:
    """The field behind a large first letter: darker ground, a double rule, scrolls."""
    x0, y0, x1, y1 = (v * sheet.scale for v in initial)
    box = sheet.cut((x0, y0), (x1, y1), 4)
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    field = _ornament.stamp((_ornament.Shape(corners, gap=0),), box)
    rgb = sheet.rgb[sheet.at(box)]
    tint = _colour.mix(sheet.look.deep, sheet.look.accent, 0.42).astype(np.float32)
    lit = 0.75 + 0.25 * rgb.mean(-1, keepdims=True) / np.float32(sheet.look.level)
    rgb += (tint * lit - rgb) * (0.88 * field[..., None])
    unit = (initial.bottom - initial.top) / 16
    cx, cy = (initial.left + initial.right) / 2, (initial.top + initial.bottom) / 2
    wide = (initial.right - initial.left) / unit
    rules = _scrollwork.rules(wide, 16, 0, 0.34) + _scrollwork.rules(wide, 16, 0.75, 0.12)
    _engrave(sheet, Piece(_scrollwork.filigree(wide - 2.2, 13.8), cx, cy, unit), 0.74)
    _engrave(sheet, Piece(rules, cx, cy, unit), 1.0)


# -- letters


def _masks(sheet: _Sheet, line: _lockup.Line, margin: float) -> tuple[F32, F32, PixelBox]:
    """Coverage of a line and of its engraved lines, and their box of the sheet."""
    x, y = line.x * sheet.scale, line.y * sheet.scale
    cap = line.cap * sheet.scale
    scale = cap / 700
    rise = line.arch * sheet.scale
    box = sheet.cut((x, y - 1.45 * cap - rise), (x + line.setting.width * scale, y + 0.36 * cap), margin)
    bend = None
    if line.arch:
        height, width = line.arch * 700 / line.cap, line.setting.width

        def bend(points: NDArray[np.float64]) -> NDArray[np.float64]:
            along = 2 * points[..., 0] / width - 1
            return np.stack([points[..., 0], points[..., 1] + height * (1 - along * along)], -1)

    cover = _letters.coverage(line.setting, scale, (x, y), box, bend)
    return cover, _letters.coverage(line.setting, scale, (x, y), box, bend, inline=True), box


def _plain(sheet: _Sheet, line: _lockup.Line) -> None:
    """Letters to be read: flat ink, a soft shadow that lifts them off the paper."""
    cap = line.cap * sheet.scale
    mask, _, box = _masks(sheet, line, 0.5 * cap + 4)
    rgb = sheet.rgb[sheet.at(box)]
    near = blurred(_shifted(mask, 0.035 * cap, 0.055 * cap), max(0.8, 0.035 * cap))
    far = blurred(mask, 0.22 * cap)
    rgb *= 1 - sheet.look.shade * np.clip(0.72 * near + 0.42 * far, 0, 0.9)[..., None]
    window = Window(box[0], box[1], box[2] - box[0], box[3] - box[1])
    worn = 1 - 0.07 * np.clip(_noise.field(window, max(2.0, 0.05 * cap), 2, sheet.look.seed + 21), 0, 1)
    ink = sheet.look.ink.astype(np.float32)
    rgb += (ink * worn[..., None] - rgb) * mask[..., None]
    sheet.parts[sheet.at(box)][mask > 0.5] = LETTER


def _display(sheet: _Sheet, line: _lockup.Line) -> None:
    """Letters to be looked at: cast shadow, engraved block, contour, keyline, face with its lower half
    engraved, lit and dark edges, inline."""
    cap = line.cap * sheet.scale
    look = sheet.look
    mask, inline, box = _masks(sheet, line, 0.45 * cap + 4)
    rgb = sheet.rgb[sheet.at(box)]
    parts = sheet.parts[sheet.at(box)]
    block, depth = _block(mask, cap)
    both = np.maximum(block, mask)
    cast = blurred(_shifted(both, 0.05 * cap, 0.10 * cap), 0.075 * cap)
    rgb *= 1 - look.shade * np.clip(0.80 * cast + 0.30 * blurred(both, 0.30 * cap), 0, 0.92)[..., None]
    if line.manner == "display":  # an initial has its box
        shell = _solid(_grown(both, 0.062 * cap))
        contour = np.clip(shell - (1 - _grown(1 - shell, max(1.0, 0.013 * cap))), 0, 1)
        rgb += (look.gold.astype(np.float32) * np.float32(0.80) - rgb) * contour[..., None]
    rows = np.arange(box[1], box[3], dtype=np.float32)[:, None]
    rgb += (_block_tone(depth, rows, cap, look) - rgb) * block[..., None]
    key = _grown(mask, max(1.0, 0.017 * cap))
    rgb += (look.deep.astype(np.float32) - rgb) * key[..., None]
    up = _height_in_line(sheet, line, box)
    rgb += (_face_tone(mask, up, cap, look) - rgb) * mask[..., None]
    _inlaid(rgb, inline * mask, cap, look)
    parts[both > 0.5] = WORK
    parts[mask > 0.5] = LETTER


def _solid(mask: F32) -> F32:
    """A mask with its holes filled: what the border cannot reach."""
    ground = np.pad((mask < 0.98).astype(np.uint8), 1, constant_values=1)
    cv2.floodFill(ground, None, (0, 0), 2)
    return np.where(ground[1:-1, 1:-1] == 1, np.float32(1), mask)


def _block(mask: F32, cap: float) -> tuple[F32, F32]:
    """The letter swept down and to the right, and how far along the sweep each pixel is first met (0 to 1)."""
    steps = max(2, round(0.105 * cap))
    block, depth = np.zeros_like(mask), np.ones_like(mask)
    for k in range(steps, 0, -1):
        moved = _shifted(mask, 0.66 * k, 1.0 * k)
        np.maximum(block, moved, out=block)
        depth += (np.float32(k / steps) - depth) * moved
    return block, depth


def _block_tone(depth: F32, rows: F32, cap: float, look: Look) -> F32:
    """The block's side: the accent, falling into shade, engraved with level lines."""
    near = _colour.light(look.accent, 0.02).astype(np.float32)
    far = _colour.shade(look.accent, 0.17).astype(np.float32)
    pitch = max(3.0, round(0.034 * cap))
    wave = np.abs(np.mod(rows, pitch) / pitch - 0.5) * 2
    cut = np.clip((wave - (1.08 - 0.85 * depth)) * pitch * 0.5 + 0.5, 0, 1)[..., None]
    return np.asarray(near + (far - near) * (0.25 + 0.55 * depth[..., None]) * (0.35 + 0.65 * cut), np.float32)


def _height_in_line(sheet: _Sheet, line: _lockup.Line, box: PixelBox) -> F32:
    """How far up a line's letters each pixel lies, 0 at the foot, 1 at the top: (rows, 1), or for an arched
    line (rows, columns)."""
    x, y = line.x * sheet.scale, line.y * sheet.scale
    rows = np.arange(box[1], box[3], dtype=np.float32)[:, None] + np.float32(0.5)
    base = np.full((1, 1), y, np.float32)
    if line.arch:
        columns = np.arange(box[0], box[2], dtype=np.float32)[None, :] + np.float32(0.5)
        along = 2 * (columns - x) / (line.width * sheet.scale) - 1
        base = (y - line.arch * sheet.scale * (1 - along * along)).astype(np.float32)
    return np.asarray((base - rows) / np.float32(line.cap * sheet.scale), np.float32)


def _face_tone(mask: F32, up: F32, cap: float, look: Look) -> F32:
    """The face: pale at the top, engraved lines that thicken towards the foot, a bright rim."""
    ink = look.ink.astype(np.float32)
    high = _colour.light(look.ink, 0.055, turn=6).astype(np.float32)
    low = look.foot.astype(np.float32)
    sky = np.clip((up - 0.42) / 0.6, 0, 1)[..., None]
    foot = np.clip((0.62 - up) / 0.62, 0, 1)[..., None]
    tone = ink + (high - ink) * sky + (low - ink) * (0.95 * foot)
    tone = np.broadcast_to(tone, (*mask.shape, 3)).copy()
    pitch = max(3.0, 0.040 * cap)
    wave = np.abs(np.mod(up * cap, pitch) / pitch - 0.5) * 2
    thick = np.clip((0.60 - up) / 0.6, 0, 1) * 0.66
    lines = np.clip((thick - wave) * pitch * 0.5 + 0.45, 0, 1) * (thick > 0.02)
    rim = max(1.0, 0.026 * cap)
    core = 1 - np.clip(_grown(1 - mask, rim), 0, 1)
    line = _colour.mix(look.accent, look.ground, 0.12).astype(np.float32)
    tone += (line - tone) * (0.82 * lines * core)[..., None]
    edge = max(0.8, 0.016 * cap)
    lit = np.clip(mask - _shifted(mask, 0.8 * edge, edge), 0, 1)
    dark = np.clip(mask - _shifted(mask, -0.8 * edge, -edge), 0, 1)
    tone += (_colour.light(look.ink, 0.11, turn=4).astype(np.float32) - tone) * (0.75 * lit)[..., None]
    tone += (low * np.float32(0.72) - tone) * (0.60 * dark)[..., None]
    return np.asarray(tone, np.float32)


def _inlaid(rgb: F32, inline: F32, cap: float, look: Look) -> None:
    """The engraved line: dark, with the light caught by its far edge."""
    by = max(0.7, 0.012 * cap)
    caught = np.clip(_shifted(inline, by, by) - inline, 0, 1)
    rgb += (_colour.light(look.ink, 0.10).astype(np.float32) - rgb) * (0.7 * caught)[..., None]
    rgb += (_colour.mix(look.deep, look.accent, 0.30).astype(np.float32) - rgb) * inline[..., None]


def _shifted(mask: F32, dx: float, dy: float) -> F32:
    matrix = np.array([[1, 0, dx], [0, 1, dy]], np.float64)
    return np.asarray(cv2.warpAffine(mask, matrix, (mask.shape[1], mask.shape[0]), flags=cv2.INTER_LINEAR))


def _grown(mask: F32, by: float) -> F32:
    """A mask made fatter by a distance in pixels, whole or not: two discs, mixed."""
    if by <= 0.05:
        return mask
    low = floor(by)
    small, large = (cv2.dilate(mask, _disc(r)) if r else mask for r in (low, low + 1))
    return np.asarray(small + (large - small) * np.float32(by - low))


@lru_cache(maxsize=32)
def _disc(radius: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)))

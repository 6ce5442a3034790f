"""Painting lines of type onto a sheet: to be read, to be looked at, engraved, shouted.

Each painter is linear in the ground that it meets (a share of it is kept, something is added), so that
`cut_out` can find the transparency of a letter by painting it on black and on white.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _colour, _inks, _letters, _lockup, _noise
from rules._card_paper import Look
from rules._cel import blurred
from rules._noise import Window
from rules._outline import F32

GROUND, WORK, LETTER = 0, 1, 2  #: numbers of the parts: paper; ornament and shadow; the letters' faces
PixelBox = tuple[int, int, int, int]  #: x0, y0, x1, y1 in whole pixels from the picture's centre, y down


@dataclass
class Sheet:
    """The picture while it is painted: float RGB, the parts, and where its first pixel lies."""

    rgb: F32
    light: F32  # that falls on the paper, about 0.7 to 1.2
    parts: NDArray[np.uint8]
    window: Window
    scale: float  # px a picture height
    look: Look
    finish: str = "engraved"  # of the letters
    lifts: bool = True  # whether letters to be read throw a soft shadow

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


def _masks(sheet: Sheet, line: _lockup.Line, margin: float) -> tuple[F32, F32, PixelBox]:
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
    if not any(letter.inlines for letter in line.setting.letters):
        return cover, np.zeros_like(cover), box
    return cover, _letters.coverage(line.setting, scale, (x, y), box, bend, inline=True), box


def letter(sheet: Sheet, line: _lockup.Line) -> None:
    """A line of type on the sheet, in its finish."""
    if line.manner == "plain" or sheet.finish not in ("engraved", "comic"):
        _plain(sheet, line)
    else:
        (_display if sheet.finish == "engraved" else _comic)(sheet, line)


def _plain(sheet: Sheet, line: _lockup.Line) -> None:
    """Letters to be read: flat ink, a soft shadow that lifts them off the paper."""
    cap = line.cap * sheet.scale
    mask, _, box = _masks(sheet, line, 0.5 * cap + 4)
    rgb = sheet.rgb[sheet.at(box)]
    if sheet.lifts:
        near = blurred(shifted(mask, 0.035 * cap, 0.055 * cap), max(0.8, 0.035 * cap))
        far = blurred(mask, 0.22 * cap)
        rgb *= 1 - sheet.look.shade * np.clip(0.72 * near + 0.42 * far, 0, 0.9)[..., None]
    window = Window(box[0], box[1], box[2] - box[0], box[3] - box[1])
    mask = _inks.worked(mask, sheet.finish, cap, window, sheet.look.seed, sheet.scale)
    worn = 1 - 0.07 * np.clip(_noise.field(window, max(2.0, 0.05 * cap), 2, sheet.look.seed + 21), 0, 1)
    ink = sheet.look.ink.astype(np.float32)
    rgb += (ink * worn[..., None] - rgb) * mask[..., None]
    sheet.parts[sheet.at(box)][mask > 0.5] = LETTER


def _display(sheet: Sheet, line: _lockup.Line) -> None:
    """Letters to be looked at: cast shadow, engraved block, contour, keyline, face with its lower half
    engraved, lit and dark edges, inline."""
    cap = line.cap * sheet.scale
    look = sheet.look
    mask, inline, box = _masks(sheet, line, 0.45 * cap + 4)
    rgb = sheet.rgb[sheet.at(box)]
    parts = sheet.parts[sheet.at(box)]
    block, depth = _block(mask, cap)
    both = np.maximum(block, mask)
    cast = blurred(shifted(both, 0.05 * cap, 0.10 * cap), 0.075 * cap)
    rgb *= 1 - look.shade * np.clip(0.80 * cast + 0.30 * blurred(both, 0.30 * cap), 0, 0.92)[..., None]
    if line.manner == "display":  # an initial has its box
        shell = _eased(_solid(_grown(both, 0.062 * cap)), 0.036 * cap)
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


def _comic(sheet: Sheet, line: _lockup.Line) -> None:
    """Letters that shout: a hard shadow, a fat outline, a fill that runs from the accent up to its light."""
    cap, look = line.cap * sheet.scale, sheet.look
    mask, _, box = _masks(sheet, line, 0.25 * cap + 4)
    rgb, parts = sheet.rgb[sheet.at(box)], sheet.parts[sheet.at(box)]
    fat = _grown(mask, 0.052 * cap)
    shadow = np.maximum(fat, shifted(fat, 0.028 * cap, 0.036 * cap))
    np.maximum(shadow, shifted(fat, 0.052 * cap, 0.068 * cap), out=shadow)
    dark = look.deep if _colour.to_lch(look.ground)[0] < 0.6 else look.ink
    rgb += (dark.astype(np.float32) - rgb) * shadow[..., None]
    up = np.clip(_height_in_line(sheet, line, box), 0, 1)[..., None]
    high = _colour.light(look.accent, 0.20, key=95, turn=44).astype(np.float32)
    low = look.accent.astype(np.float32)
    fill = np.broadcast_to(low + (high - low) * up * up * (3 - 2 * up), rgb.shape)
    edge = max(0.9, 0.020 * cap)
    core = 1 - _grown(1 - mask, 0.018 * cap)
    shine = np.clip(core - shifted(core, edge, 1.3 * edge), 0, 1)
    pale = _colour.light(look.accent, 0.34, key=95, turn=50).astype(np.float32)
    rgb += (fill + (pale - fill) * (0.80 * shine)[..., None] - rgb) * mask[..., None]
    parts[shadow > 0.5] = WORK
    parts[mask > 0.5] = LETTER


def _eased(mask: F32, by: float) -> F32:
    """A mask with its notches filled and its corners rounded, so that a line about it does not kink."""
    return np.asarray(np.clip((blurred(mask, max(1.0, by)) - 0.44) * max(2.0, 1.9 * by) + 0.5, 0, 1), np.float32)


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
        moved = shifted(mask, 0.66 * k, 1.0 * k)
        np.maximum(block, moved, out=block)
        depth += (np.float32(k / steps) - depth) * moved
    return block, depth


def _block_tone(depth: F32, rows: F32, cap: float, look: Look) -> F32:
    """The block's side: the accent, falling into shade, engraved with level lines."""
    near = _colour.light(look.accent, 0.02).astype(np.float32)
    far = _colour.shade(look.accent, 0.17).astype(np.float32)
    pitch = max(3.0, round(0.034 * cap))
    wave = np.abs(np.mod(rows, pitch) / pitch - 0.5) * 2
    cut = np.clip((wave - (0.84 - 0.40 * depth)) * pitch * 0.5 + 0.5, 0, 1)[..., None]
    return np.asarray(near + (far - near) * (0.25 + 0.55 * depth[..., None]) * (0.35 + 0.65 * cut), np.float32)


def _height_in_line(sheet: Sheet, line: _lockup.Line, box: PixelBox) -> F32:
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
    lit = np.clip(mask - shifted(mask, 0.8 * edge, edge), 0, 1)
    dark = np.clip(mask - shifted(mask, -0.8 * edge, -edge), 0, 1)
    tone += (_colour.light(look.ink, 0.11, turn=4).astype(np.float32) - tone) * (0.75 * lit)[..., None]
    tone += (low * np.float32(0.72) - tone) * (0.60 * dark)[..., None]
    return np.asarray(tone, np.float32)


def _inlaid(rgb: F32, inline: F32, cap: float, look: Look) -> None:
    """The engraved line: dark, with the light caught by its far edge."""
    by = max(0.7, 0.012 * cap)
    caught = np.clip(shifted(inline, by, by) - inline, 0, 1)
    rgb += (_colour.light(look.ink, 0.10).astype(np.float32) - rgb) * (0.7 * caught)[..., None]
    rgb += (_colour.mix(look.deep, look.accent, 0.30).astype(np.float32) - rgb) * inline[..., None]


def shifted(mask: F32, dx: float, dy: float) -> F32:
    """A mask moved by pixels, whole or not."""
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

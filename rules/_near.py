"""Things close to the lens: dark, out of focus, and built round the picture's rectangle at their depth."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from rules import _board, _colour, _noise
from rules._board import Board
from rules._colour import RGB
from rules._daylight import Daylight, under
from studio.rule import Canvas, Drawing


def board_for(canvas: Canvas, blur: float, seed: int) -> Board:
    """A board at half the size, since all that stands on it will be blurred; wide enough for the blur."""
    left, top = canvas.left // 2, canvas.top // 2
    right, bottom = -(-(canvas.left + canvas.width) // 2), -(-(canvas.top + canvas.height) // 2)
    half = Canvas(left, top, right - left, bottom - top, canvas.scale / 2)
    return Board(half, seed, margin=16 + int(3 * blur * half.scale))


def finished(board: Board, canvas: Canvas, blur: float, seed: int) -> Drawing:
    """The board out of focus by `blur` metres, brought to the size of the canvas."""
    rgba = board.rgba()
    sigma = blur * board.scale
    if sigma > 0.2:
        rgba = np.asarray(cv2.GaussianBlur(rgba, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), np.float32)
    size = (2 * board.width, 2 * board.height)
    whole = np.asarray(cv2.resize(rgba, size, interpolation=cv2.INTER_LINEAR), np.float32)
    x, y = canvas.left - 2 * board.left, canvas.top - 2 * board.top
    window = _noise.Window(canvas.left, canvas.top, canvas.width, canvas.height)
    return Drawing(_board.eight_bit(whole[y : y + canvas.height, x : x + canvas.width], window, seed))


@dataclass(frozen=True)
class Darks:
    """Two darks, a darker one for joints, and the colour of the light that comes round the edges."""

    first: RGB
    second: RGB
    joint: RGB
    edge: RGB


def darks(light: Daylight, own: str, weight: float = 0.30) -> Darks:
    """The near darks of this light, with a breath of the thing's own colour."""
    near = _colour.rgb_of(light.near)
    first = _colour.mix(near, under(light, own), 0.45 * weight)
    second = _colour.mix(near, under(light, own), 1.25 * weight)
    edge = _colour.mix(_colour.rgb_of(light.glow), _colour.rgb_of(light.haze_colour), 0.6)
    return Darks(first, second, _colour.shade(near, 0.05, light.shade_hue), edge)


def inward_light(board: Board, towards: tuple[float, float], reach: float, colour: RGB, weight: float) -> None:
    """Light that grazes the inner faces: strongest at the edge of what is open, fading inwards."""
    edge = np.asarray(cv2.GaussianBlur(1 - board.alpha, (0, 0), max(0.6, reach * board.scale)), np.float32)
    grown = np.clip(edge * 2, 0, 1) * board.alpha
    dx = cv2.Sobel(edge, cv2.CV_32F, 1, 0, ksize=3)
    dy = cv2.Sobel(edge, cv2.CV_32F, 0, 1, ksize=3)
    norm = np.sqrt(dx * dx + dy * dy) + np.float32(1e-4)
    facing = np.clip(0.45 + 0.55 * (dx * np.float32(towards[0]) + dy * np.float32(towards[1])) / norm, 0, 1)
    board.fade(colour, np.asarray(grown * facing * np.float32(weight), np.float32))

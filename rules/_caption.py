"""How a caption is set: lines of about equal length, centred, on a plate with soft edges."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _board, _colour, _letters, _typefaces
from rules._noise import Window
from studio.rule import Canvas, Drawing

F32 = NDArray[np.float32]

_FACE = _typefaces.LABEL.but(weight=110)  # read in passing, over a picture that moves
_CAP = 0.042  # of the picture's height; less in a tall one
_FOOT = 0.070  # from the picture's lower edge to the last baseline
_WIDE = 0.80  # of the picture's width that a line may fill


def draw(params: Any, aspect: float, canvas: Canvas) -> Drawing:
    """The plate and the letters."""
    size = min(1.0, 1.3 * aspect)
    cap = _CAP * size
    px, face = cap * canvas.scale, _FACE
    beyond = 2 + int(1.5 * px)  # room for what is blurred in from outside
    ink = np.zeros((canvas.height + 2 * beyond, canvas.width + 2 * beyond), np.float32)
    plate = ink.copy()
    for number, text in enumerate(reversed(broken(params.text, cap, aspect))):
        mask, (_, baseline) = _letters.line(text, face, px)
        x = round(-mask.shape[1] / 2) - canvas.left + beyond
        y = round((0.5 - _FOOT * size - number * 2.05 * cap) * canvas.scale) - canvas.top + beyond
        _laid(ink, mask, x, y - baseline)
        top, bottom = max(0, round(y - 1.62 * px)), max(0, round(y + 0.78 * px))
        plate[top:bottom, max(0, round(x - 0.95 * px)) : max(0, round(x + mask.shape[1] + 0.95 * px))] = 1
    plate, halo = _blurred(plate, 0.34 * px), _blurred(ink, 0.10 * px)
    inside = slice(beyond, beyond + canvas.height), slice(beyond, beyond + canvas.width)
    alpha = np.maximum(0.80 * plate, np.minimum(1.2 * halo, 0.9)).astype(np.float32)[inside]
    ink = ink[inside]
    ground, letters = (_colour.rgb_of(code).astype(np.float32) for code in (params.ground, params.ink))
    rgb = ground * (alpha * (1 - ink))[..., None] + letters * ink[..., None]
    rgba = np.concatenate([rgb, (alpha + ink * (1 - alpha))[..., None]], 2).astype(np.float32)
    return Drawing(_board.eight_bit(rgba, Window(canvas.left, canvas.top, canvas.width, canvas.height), 0))


def _blurred(mask: F32, sigma: float) -> F32:
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), max(sigma, 0.3), borderType=cv2.BORDER_CONSTANT), np.float32)


def broken(text: str, cap: float, aspect: float) -> list[str]:
    """As few lines as the picture's width allows, about equally long."""
    face, words = _FACE, text.split()
    room = _WIDE * aspect / cap * face.cap
    for count in range(1, len(words) + 1):
        lines = _lines(words, count)
        if all(_letters.typeset(line, face).width <= room for line in lines):
            return lines
    return _lines(words, len(words))


def _lines(words: list[str], count: int) -> list[str]:
    """Words in so many lines: each takes its share of what is left."""
    lines: list[str] = []
    left = list(words)
    for remaining in range(count, 0, -1):
        share = sum(len(word) + 1 for word in left) / remaining
        taken: list[str] = []
        while left and len(left) > remaining - 1:
            longer = sum(len(word) + 1 for word in [*taken, left[0]])
            if taken and remaining > 1 and longer - share > share - (longer - len(left[0]) - 1):
                break
            taken.append(left.pop(0))
        lines.append(" ".join(taken))
    return [line for line in lines if line]


def _laid(canvas: F32, mask: F32, x: int, y: int) -> None:
    x0, y0 = max(x, 0), max(y, 0)
    x1, y1 = min(x + mask.shape[1], canvas.shape[1]), min(y + mask.shape[0], canvas.shape[0])
    if x1 > x0 and y1 > y0:
        here = canvas[y0:y1, x0:x1]
        np.maximum(here, mask[y0 - y : y1 - y, x0 - x : x1 - x], out=here)

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

_CAP = 0.034  # of the picture's height; less in a tall one
_FOOT = 0.070  # from the picture's lower edge to the last baseline
_WIDE = 0.80  # of the picture's width that a line may fill


def draw(params: Any, aspect: float, canvas: Canvas) -> Drawing:
    """The plate and the letters."""
    cap = _CAP * min(1.0, 1.3 * aspect)
    face = _typefaces.LABEL
    lines = broken(params.text, cap, aspect)
    ink = np.zeros((canvas.height, canvas.width), np.float32)
    plate = ink.copy()
    for number, text in enumerate(reversed(lines)):
        up = -0.5 + _FOOT * min(1.0, 1.3 * aspect) + number * 2.05 * cap
        mask, (_, baseline) = _letters.line(text, face, cap * canvas.scale)
        x = round(-mask.shape[1] / 2) - canvas.left
        y = round(-up * canvas.scale) - baseline - canvas.top
        _laid(ink, mask, x, y)
        pad, above, below = 0.95 * cap * canvas.scale, 1.62 * cap * canvas.scale, 0.78 * cap * canvas.scale
        middle = round(-up * canvas.scale) - canvas.top
        top, bottom = max(0, round(middle - above)), max(0, round(middle + below))
        left, right = max(0, round(x - pad)), max(0, round(x + mask.shape[1] + pad))
        plate[top:bottom, left:right] = 1
    soft = 0.34 * cap * canvas.scale
    plate = np.asarray(cv2.GaussianBlur(plate, (0, 0), soft, borderType=cv2.BORDER_CONSTANT), np.float32)
    halo = np.asarray(cv2.GaussianBlur(ink, (0, 0), 0.10 * cap * canvas.scale, borderType=cv2.BORDER_CONSTANT))
    alpha = np.maximum(0.80 * plate, np.minimum(1.2 * halo, 0.9)).astype(np.float32)
    ground, letters = (_colour.rgb_of(code).astype(np.float32) for code in (params.ground, params.ink))
    whole = alpha + ink * (1 - alpha)
    rgb = ground * (alpha * (1 - ink))[..., None] + letters * ink[..., None]
    rgba = np.concatenate([rgb, whole[..., None]], 2).astype(np.float32)
    return Drawing(_board.eight_bit(rgba, Window(canvas.left, canvas.top, canvas.width, canvas.height), 0))


def broken(text: str, cap: float, aspect: float) -> list[str]:
    """As few lines as the picture's width allows, about equally long."""
    face, words = _typefaces.LABEL, text.split()
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

"""Contact sheets: small pictures in rows, each with its time code in minted letters."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _letters, _typefaces
from studio.pixels import packed, unpacked
from studio.video import png

U8 = NDArray[np.uint8]

_WIDTH, _GAP, _CAP = 1600, 10, 12
_GROUND, _INK = (24, 22, 28), np.array([222, 214, 200], np.float32)


def time_code(frame: int, fps: Fraction) -> str:
    """`0:04.50` for frame 108 at 24."""
    seconds = frame / float(fps)
    return f"{int(seconds // 60)}:{seconds % 60:05.2f}"


def sheet(blobs: Sequence[bytes], labels: Sequence[str]) -> bytes:
    """Stored pictures and their labels -> the bytes of a PNG file."""
    pictures = [unpacked(b) for b in blobs]
    height, width = pictures[0].shape[:2]
    across = min(len(pictures), 4 if width >= height else 7)
    wide = (_WIDTH - _GAP * (across + 1)) // across
    tall = max(1, round(wide * height / width))
    cell = tall + 2 * _CAP + _GAP
    rows = -(-len(pictures) // across)
    out = np.empty((rows * cell + _GAP, _WIDTH, 3), np.uint8)
    out[:] = _GROUND
    for number, (picture, label) in enumerate(zip(pictures, labels, strict=True)):
        x, y = _GAP + number % across * (wide + _GAP), _GAP + number // across * cell
        out[y : y + tall, x : x + wide] = cv2.resize(picture, (wide, tall), interpolation=cv2.INTER_AREA)
        _write(out, label, x, y + tall + _CAP // 2)
    return png(packed(out))


def _write(out: U8, text: str, x: int, y: int) -> None:
    mask = _letters.line(text, _typefaces.LABEL, _CAP)[0]
    height, width = mask.shape
    area = out[y : y + height, x : x + width]
    mask = mask[: area.shape[0], : area.shape[1], None]
    area[:] = np.rint(area * (1 - mask) + _INK * mask).astype(np.uint8)

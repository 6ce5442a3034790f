"""GIF: frames in a palette a segment, and the file that they stand in. The pixels of one that stays are left out.

A segment's frames are dithered by places of the picture and not by errors handed on, so that what stands still in
the source stands still here, and takes no bytes.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.segment import Segment

U8 = NDArray[np.uint8]
I32 = NDArray[np.int32]

_MOST = 255  # colours; one more number is for what is clear
_SAMPLES = 250_000  # pixels that a palette is found from
_DITHER = 10  # levels between the darkest and the lightest place of the screen
_SCREEN = np.array([[0, 2], [3, 1]])  # Bayer, 1973
_LEFT, _CLEARED = 1, 2  # what becomes of a frame when its time is over


def encode(frames: Sequence[U8]) -> bytes:
    """RGB or RGBA frames -> a segment: of each frame what changed or, of RGBA, all that is half covered or more."""
    palette = _Palette(frames)
    packets = []
    before: U8 | None = None
    for number, frame in enumerate(frames):
        index = palette.indices(frame)
        box, fate, shown = (0, 0, *index.shape[::-1]), _LEFT, index
        if frame.shape[2] == 4:
            fate, shown = _CLEARED, np.where(frame[..., 3] < 128, np.uint8(palette.clear), index)
        elif before is not None:
            changed = index != before
            rows, columns = (np.flatnonzero(changed.any(axis)) for axis in (1, 0))
            if len(rows):
                box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
            else:
                box = (0, 0, 1, 1)
            shown = np.where(changed, index, np.uint8(palette.clear))
        before = index
        place = struct.pack("<BHHHHB", 0x2C, box[0], box[1], box[2] - box[0], box[3] - box[1], 0x80 | palette.bits - 1)
        head = bytes([fate, palette.clear]) + place + palette.table
        packets.append((number, number == 0, head + _lzw(shown[box[1] : box[3], box[0] : box[2]])))
    return Segment(b"", tuple(packets)).packed()


class _Palette:
    """The colours of some frames: all that they have, if those are few, else by median cut (Heckbert, 1982)."""

    def __init__(self, frames: Sequence[U8]) -> None:
        seen = np.zeros(1 << 24, np.bool_)
        for frame in frames:
            seen[_code(frame.astype(np.int32))] = True
            if not self._few(seen):
                break
        self._is_exact = self._few(seen)
        if self._is_exact:
            codes = np.flatnonzero(seen)
            self.colours = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], 1).astype(np.int32)
            self._index = np.zeros(1 << 24, np.uint8)
            self._index[codes] = np.arange(len(codes))
        else:
            step = max(1, int(np.sqrt(sum(f.shape[0] * f.shape[1] for f in frames) / _SAMPLES)))
            sample = np.concatenate(
                [f[number % step :: step, ::step, :3].reshape(-1, 3) for number, f in enumerate(frames)]
            )
            image = Image.fromarray(sample[None]).quantize(_MOST, Image.Quantize.MEDIANCUT, kmeans=1)
            self.colours = np.array(image.getpalette(), np.int32).reshape(-1, 3)[:_MOST]
            self._index = np.zeros(1 << 18, np.uint8)
            self._known = np.zeros(1 << 18, np.bool_)
        self.clear = len(self.colours)
        self.bits = max(1, int(self.clear).bit_length())
        table = np.zeros((1 << self.bits, 3), np.uint8)
        table[: self.clear] = self.colours
        self.table = table.tobytes()

    @staticmethod
    def _few(seen: NDArray[np.bool_]) -> bool:
        return int(np.count_nonzero(seen)) <= _MOST

    def indices(self, frame: U8) -> U8:
        """(h, w) of RGB(A)."""
        if self._is_exact:
            return self._index[_code(frame.astype(np.int32))]
        height, width = frame.shape[:2]
        screen = np.tile(_screen(), (-(-height // 8), -(-width // 8)))[:height, :width, None]
        dithered = np.clip(frame[..., :3].astype(np.int32) + screen, 0, 255) >> 2
        code = dithered[..., 0] << 12 | dithered[..., 1] << 6 | dithered[..., 2]
        self._learn(np.unique(code))
        return np.asarray(self._index[code])

    def _learn(self, codes: I32) -> None:
        """Find the nearest colours of some cells of four levels a side."""
        new = codes[~self._known[codes]]
        for part in np.array_split(new, len(new) // 4096 + 1):
            away = np.zeros((len(part), self.clear), np.int32)
            for channel, weight in enumerate((2, 4, 1)):  # eyes tell greens apart best
                level = ((part >> (12 - 6 * channel) & 63) << 2) + 2
                away += weight * (level[:, None] - self.colours[None, :, channel]) ** 2
            self._index[part] = away.argmin(1)
        self._known[new] = True


def _code(rgb: I32) -> I32:
    return rgb[..., 0] << 16 | rgb[..., 1] << 8 | rgb[..., 2]


def _screen() -> I32:
    """(8, 8) levels around 0."""
    order = np.zeros((1, 1), np.int32)
    for _ in range(3):
        order = np.block([[4 * order + step for step in row] for row in _SCREEN.tolist()])
    return np.asarray((2 * order - 63) * _DITHER // 128, np.int32)


def _lzw(index: U8) -> bytes:
    """The packed pixels of a frame with the size of their codes, taken from a GIF of this one frame."""
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(index)).save(file, "GIF", optimize=False, interlace=0)
    data = file.getvalue()
    at = 13 + (3 << (data[10] & 7) + 1)
    assert data[at] == 0x2C and not data[at + 9] & 0xC0, "one frame without a palette of its own, line by line"
    return data[at + 10 : -1]


def write(
    file: Any, size: tuple[int, int], frames: Iterable[tuple[int, bool, bytes]], seconds: Callable[[int], Fraction]
) -> int:
    """Write the packets of segments as a GIF that runs for ever; -> frames written. seconds: when each is shown."""
    file.write(b"GIF89a" + struct.pack("<HHBBB", *size, 0x70, 0, 0))
    file.write(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0")
    count = 0
    for _, _, data in frames:
        begun, over = (round(100 * seconds(n)) for n in (count, count + 1))
        flags = data[0] << 2 | 1
        file.write(struct.pack("<BBBBHBB", 0x21, 0xF9, 4, flags, min(over - begun, 0xFFFF), data[1], 0) + data[2:])
        count += 1
    file.write(b"\x3b")
    return count

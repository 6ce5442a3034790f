"""Between the pixels of drawings and those of files: RGB to what the encoder eats, and back.

Part of the fingerprint of every frame.
"""

from __future__ import annotations

import struct

import cv2
import numpy as np
from numpy.typing import NDArray

U8 = NDArray[np.uint8]

_SHAPE = struct.Struct("<4sIII")  # magic, height, width, channels
_MAGIC = b"PIX2"

_STRIP = 216  # rows that are converted at once; even

# BT.709, limited range: luma 16 to 235, chroma 16 to 240 (ITU-R BT.709-6, section 3)
_TO_YUV = np.array(
    [
        [0.182586, 0.614231, 0.062007, 16.0],
        [-0.100644, -0.338572, 0.439216, 128.0],
        [0.439216, -0.398942, -0.040274, 128.0],
    ],
    np.float32,
)


def i420(rgb: U8) -> U8:
    """RGB uint8 (h, w, 3), even sizes -> I420 uint8 (h * 3 / 2, w) in BT.709, limited range.

    Chroma is the mean of two by two pixels.
    """
    height, width = rgb.shape[:2]
    out = np.empty((height * 3 // 2, width), np.uint8)
    chroma = out[height:].reshape(2, height // 2, width // 2)
    for top in range(0, height, _STRIP):
        rows = slice(top, min(top + _STRIP, height))
        yuv = cv2.transform(rgb[rows], _TO_YUV)
        planes = [out[rows], *np.empty((2, *yuv.shape[:2]), np.uint8)]
        cv2.split(yuv, planes)
        for plane, small in zip(planes[1:], chroma[:, top // 2 : rows.stop // 2], strict=True):
            cv2.resize(plane, small.shape[::-1], small, interpolation=cv2.INTER_AREA)
    return out


def rgb_of_yuv(luma: U8, chroma_u: U8, chroma_v: U8, *, is_709: bool, is_full: bool) -> U8:
    """Planes of a decoded frame, chroma of any smaller size -> RGB uint8 (h, w, 3)."""
    size = (luma.shape[1], luma.shape[0])
    u, v = (cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR) for plane in (chroma_u, chroma_v))
    return np.asarray(cv2.transform(cv2.merge([luma, u, v]), _from_yuv(is_709, is_full)))


def _from_yuv(is_709: bool, is_full: bool) -> NDArray[np.float32]:
    red, blue = (0.2126, 0.0722) if is_709 else (0.299, 0.114)  # BT.709, else BT.601
    green = 1 - red - blue
    luma, chroma, black = (1.0, 1.0, 0.0) if is_full else (255 / 219, 255 / 224, 16.0)
    rv, bu = 2 * (1 - red) * chroma, 2 * (1 - blue) * chroma
    gu, gv = -bu * blue / green, -rv * red / green
    rows = [[luma, 0, rv], [luma, gu, gv], [luma, bu, 0]]
    return np.array([[*row, -(row[0] * black + (row[1] + row[2]) * 128)] for row in rows], np.float32)


def even(rgb: U8) -> U8:
    """Without the last row or column where a side is odd."""
    height, width = rgb.shape[0] & ~1, rgb.shape[1] & ~1
    return np.ascontiguousarray(rgb[:height, :width])


def fitted(rgb: U8, width: int, height: int) -> U8:
    """A picture scaled to cover a size, its overhang cut off evenly."""
    if rgb.shape[:2] == (height, width):
        return rgb
    factor = max(width / rgb.shape[1], height / rgb.shape[0])
    size = max(width, round(rgb.shape[1] * factor)), max(height, round(rgb.shape[0] * factor))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    scaled = cv2.resize(rgb, size, interpolation=way)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return np.ascontiguousarray(scaled[top : top + height, left : left + width])


# -- pictures as bytes


def packed(pixels: U8) -> bytes:
    """An array (h, w, c) or (h, w) as the bytes that are stored and digested."""
    return b"".join(parts_of(pixels))


def parts_of(pixels: U8) -> tuple[bytes, memoryview]:
    """The same in two parts, with nothing copied."""
    shape = pixels.shape if pixels.ndim == 3 else (*pixels.shape, 1)
    return _SHAPE.pack(_MAGIC, *shape), np.ascontiguousarray(pixels).data


def unpacked(data: bytes) -> U8:
    """The array (h, w, c), or (h, w) of one channel."""
    _, height, width, channels = _SHAPE.unpack_from(data)
    pixels = np.frombuffer(data, np.uint8, height * width * channels, _SHAPE.size).reshape(height, width, channels)
    return pixels[..., 0] if channels == 1 else pixels

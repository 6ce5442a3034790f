"""Between the pixels of drawings and those of files: RGB to what the encoder eats, and back.

Part of the fingerprint of every frame.
"""

from __future__ import annotations

import struct
from typing import Any

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


def yuv444(rgb: U8) -> list[NDArray[np.uint16]]:
    """RGB uint8 (h, w, 3) -> three planes uint16 (h, w), ten bits of BT.709 in limited range."""
    yuv = cv2.transform(rgb.astype(np.float32), _TO_YUV * 4)
    return [np.rint(plane).astype(np.uint16) for plane in cv2.split(yuv)]


def even(rgb: U8) -> U8:
    """Without the last row or column where a side is odd."""
    height, width = rgb.shape[0] & ~1, rgb.shape[1] & ~1
    return np.ascontiguousarray(rgb[:height, :width])


def fitted(rgb: U8, width: int, height: int) -> U8:
    """A picture scaled to cover a size, its overhang cut off evenly; an odd side is made even by its last px."""
    more = height - rgb.shape[0], width - rgb.shape[1]
    if not any(more):
        return rgb
    if set(more) <= {0, 1}:
        return np.asarray(cv2.copyMakeBorder(rgb, 0, more[0], 0, more[1], cv2.BORDER_REPLICATE))
    factor = max(width / rgb.shape[1], height / rgb.shape[0])
    size = max(width, round(rgb.shape[1] * factor)), max(height, round(rgb.shape[0] * factor))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    scaled = cv2.resize(rgb, size, interpolation=way)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return np.ascontiguousarray(scaled[top : top + height, left : left + width])


def laid_over(rgba: U8, grey: int) -> U8:
    """A picture on a ground of one grey; RGB stays what it is."""
    if rgba.shape[2] == 3:
        return rgba
    share = rgba[..., 3:].astype(np.uint16)
    return ((rgba[..., :3] * share + (grey * (255 - share) + 127)) // 255).astype(np.uint8)


def filled(rgba: U8) -> U8:
    """The colours (h, w, 3) of a picture, where it is clear those of what is nearest: what stands there in a file is
    never seen, and a pass would draw it into the edges."""
    colours, alpha = rgba[..., :3], rgba[..., 3]
    if alpha.all():
        return np.ascontiguousarray(colours)
    share = alpha.astype(np.float32)[..., None]
    levels = [np.concatenate([colours * share, share], 2)]
    while max(levels[-1].shape[:2]) > 1:
        height, width = levels[-1].shape[:2]
        size = ((width + 1) // 2, (height + 1) // 2)
        levels.append(cv2.resize(levels[-1], size, interpolation=cv2.INTER_AREA))
    found: NDArray[Any] = np.zeros((1, 1, 3), np.float32)
    for level in reversed(levels):
        found = cv2.resize(found, level.shape[1::-1], interpolation=cv2.INTER_LINEAR)
        weight = level[..., 3:]
        found = np.where(weight > 0, level[..., :3] / np.maximum(weight, 1e-6), found)
    return np.where(alpha[..., None] > 0, colours, np.rint(found).astype(np.uint8))


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

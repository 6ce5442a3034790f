"""A picture of the user's own: its name, size and what stands for its content; the bytes travel with it.

Read by Pillow, so that PNG of every colour type and depth, CMYK JPEG, WebP, BMP and a GIF of one
frame come out right; what cannot be used is said in a sentence.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import PrivateAttr

from studio.params import Params, knob

MOST = 8192  #: pixels a side


class Picture(Params):
    """A file's name, its digest and its size in pixels; the bytes are in no key."""

    name: str = knob(..., "the file")
    digest: str = knob(..., "of its content")
    width: int = knob(..., "in pixels")
    height: int = knob(..., "in pixels")
    _data: bytes = PrivateAttr(b"")

    @classmethod
    def of(cls, name: str, digest: str, data: bytes) -> Picture:
        """Raises ValueError with a sentence if the bytes are no picture that can be used."""
        width, height = _measured(name, data)
        found = cls(name=name, digest=digest, width=width, height=height)
        found._data = data
        return found


def _measured(name: str, data: bytes) -> tuple[int, int]:
    image = _opened(name, data)
    if getattr(image, "n_frames", 1) > 1:
        raise ValueError(f"{name} moves: it has {image.n_frames} frames, and a part of a figure is a still picture")
    width, height = image.size
    if max(width, height) > MOST:
        raise ValueError(f"{name} is {width} x {height} pixels: at most {MOST} a side")
    try:
        image.load()
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise ValueError(f"{name} is broken: {str(error).lower()}") from error
    return width, height


def _opened(name: str, data: bytes) -> Any:
    from PIL import Image  # planning does without, unless a project has pictures

    try:
        image = Image.open(_stream(data))
    except Image.DecompressionBombError as error:
        raise ValueError(f"{name} is too large: at most {MOST} pixels a side") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise ValueError(f"{name} is no picture that can be read") from error
    if 0 in image.size:
        raise ValueError(f"{name} has no pixels")
    return image


def _stream(data: bytes) -> Any:
    from io import BytesIO

    return BytesIO(data)


@lru_cache(maxsize=16)
def pixels(picture: Picture) -> NDArray[np.float32]:
    """Premultiplied RGBA, float32 (height, width, 4) in 0 to 1, upright, read-only."""
    from PIL import ImageOps

    image = ImageOps.exif_transpose(_opened(picture.name, picture._data))
    if image.mode.startswith("I") or image.mode == "F":  # grey of 16 bits and more
        deep = np.asarray(image).astype(np.float32)
        grey = np.clip(deep / np.float32(65535 if image.mode != "F" else 1), 0, 1)
        rgba = np.dstack([grey, grey, grey, np.ones_like(grey)])
    else:
        rgba = np.asarray(image.convert("RGBA"), np.float32) * np.float32(1 / 255)
    rgba[..., :3] *= rgba[..., 3:]
    rgba.flags.writeable = False
    return rgba

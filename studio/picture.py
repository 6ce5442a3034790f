"""Pictures of the user's own: looked at when a project is read, brought to premultiplied RGBA when one is drawn.

What cannot become a still picture without guessing is an error that says why.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.errors import Place, StudioError
from studio.fingerprint import of_functions
from studio.hashing import digest, key

U8 = NDArray[np.uint8]
SIDE, PIXELS = 16_384, 40_000_000  # the most that a worker's memory is meant for


@dataclass(frozen=True)
class Picture:
    """A picture that is a plate. name: as written. identity: of its pixels. hard: whether there is paint at its left,
    right and upper edge, so that one would see it end. place: where the files name it."""

    name: str
    path: Path
    identity: str
    width: int
    height: int
    hard: tuple[bool, bool, bool]
    place: Place | None = None


def look(name: str, path: Path, place: Place | None) -> Picture:
    """Read a picture once; StudioError if it cannot be used."""
    stat = path.stat()
    identity, rgba = _read(str(path), stat.st_mtime_ns, stat.st_size)
    alpha = rgba[..., 3] > 127
    hard = tuple(bool(side.mean() > 0.05) for side in (alpha[:, 0], alpha[:, -1], alpha[0]))
    return Picture(name, path, identity, rgba.shape[1], rgba.shape[0], (hard[0], hard[1], hard[2]), place)


def pixels(path: str, identity: str) -> U8:
    """Premultiplied RGBA, read-only; StudioError if the file is not what it was."""
    stat = Path(path).stat()
    found, rgba = _read(path, stat.st_mtime_ns, stat.st_size)
    if found != identity:
        raise StudioError(f"{path} was changed while it was used", "start the build again")
    return rgba


@lru_cache(maxsize=4)
def _read(path: str, when: int, size: int) -> tuple[str, U8]:
    data = Path(path).read_bytes()
    code = of_functions("studio.picture", "_decoded", "_eight_bit")
    rgba = _decoded(data)
    rgba.flags.writeable = False
    return key(digest(data), code).hex(), rgba


def _decoded(data: bytes) -> U8:
    """The picture in a file's bytes as premultiplied RGBA, turned upright."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # takes 0.05 s, and most projects have none

    if not data:
        raise StudioError("the picture is empty: 0 bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
        width, height = image.size
        if min(width, height) < 1 or max(width, height) > SIDE or width * height > PIXELS:
            most = f"at least 1 and at most {SIDE} a side, {PIXELS // 1_000_000} million in all"
            raise StudioError(f"the picture has {width} x {height} pixels: {most}", "scale it and save it anew")
        frames = getattr(image, "n_frames", 1)
        if frames > 1:
            hint = "save one of its frames as PNG, or use it as `footage:` of a scene"
            raise StudioError(f"the picture moves ({frames} frames), and a plate stands still", hint)
        rgba = np.array(_eight_bit(ImageOps.exif_transpose(image)), np.uint16)
    except Image.DecompressionBombError:
        raise StudioError("the picture has too many pixels", f"at most {PIXELS // 1_000_000} million") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if data.startswith(b"\x89PNG") and not (any(data[16:20]) and any(data[20:24])):
            raise StudioError("the picture has 0 pixels a side", "save it anew") from None
        what = "holds no picture that can be read" if isinstance(error, UnidentifiedImageError) else "is damaged"
        raise StudioError(f"the file {what}", "PNG, JPEG, WebP and BMP can be read") from None
    rgba[..., :3] = (rgba[..., :3] * rgba[..., 3:] + 127) // 255
    return rgba.astype(np.uint8)


def _eight_bit(image: object) -> object:
    """Any mode of Pillow's as RGBA: 16 bits a channel are scaled, where `convert` would clip them."""
    from PIL import Image

    assert isinstance(image, Image.Image)
    if image.mode == "F":
        raise StudioError("the picture holds floating-point numbers", "save it with 8 or 16 bits a channel")
    if image.mode.startswith("I"):
        wide = np.asarray(image).astype(np.int64)
        image = Image.fromarray(np.clip((wide + 128) // 257, 0, 255).astype(np.uint8))
    return image.convert("RGBA")

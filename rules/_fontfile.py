"""Letters out of a font file of the user's own: which there are, and their outlines in the units of `_glyphs`.

Pillow draws each letter large, without hints and without shaping; its outline is found in that picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from pydantic import PrivateAttr

from studio.params import Params, knob

Points = NDArray[np.float64]

_EM = 1000  # px of the picture that outlines are found in
_CAP = 700.0  # units of a capital, as in `_glyphs`


class Font(Params):
    """A font file: its name and what stands for its content; the bytes travel with it, and are in no key."""

    name: str = knob(..., "the file")
    digest: str = knob(..., "of its content")
    _data: bytes = PrivateAttr(b"")

    @classmethod
    def of(cls, name: str, digest: str, data: bytes) -> Font:
        """Raises ValueError with a sentence if the bytes are no font that can be used."""
        font = cls(name=name, digest=digest)
        font._data = data
        try:
            _opened(font)
            has_letters = bool(characters(font))
        except (OSError, ValueError, IndexError) as error:
            raise ValueError(f"{name} is no font that can be read") from error
        if not has_letters:
            raise ValueError(f"{name} has no letters that Unicode knows")
        return font


@lru_cache(maxsize=8)
def _opened(font: Font) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO(font._data), _EM, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8)
def characters(font: Font) -> frozenset[str]:
    """What the font can draw, by its table of characters (`cmap`, formats 4 and 12)."""
    data = font._data
    start = _number(data, 12, 4) if data[:4] == b"ttcf" else 0  # of a collection its first font
    tables = {}
    for k in range(_number(data, start + 4, 2)):
        entry = start + 12 + 16 * k
        tables[data[entry : entry + 4]] = _number(data, entry + 8, 4)
    at = tables.get(b"cmap")
    if at is None:
        return frozenset()
    found: set[str] = set()
    for k in range(_number(data, at + 2, 2)):
        entry = at + 4 + 8 * k
        if _number(data, entry, 2) in (0, 3):  # Unicode, or Windows
            found.update(chr(code) for code in _codes(data, at + _number(data, entry + 4, 4)))
    return frozenset(found)


def _number(data: bytes, at: int, size: int) -> int:
    """A number of a font file, which may end too early."""
    if at + size > len(data):
        raise ValueError("a font file ends before its tables do")
    return int.from_bytes(data[at : at + size], "big")


def _codes(data: bytes, at: int) -> Iterator[int]:
    """The characters of one subtable that have a glyph."""
    form = _number(data, at, 2)
    if form == 12:
        for k in range(min(_number(data, at + 12, 4), 10_000)):
            first, last, glyph = (_number(data, at + 16 + 12 * k + 4 * n, 4) for n in range(3))
            yield from (c for c in range(first, min(last, 0x10FFFF, first + 0xFFFF) + 1) if glyph + c - first)
    elif form == 4:
        count = _number(data, at + 6, 2) // 2
        for k in range(count):
            columns = (at + 14 + 2 * count * n + 2 * (n > 0) + 2 * k for n in range(4))
            last, first, delta, offset = (_number(data, column, 2) for column in columns)
            for code in range(first, min(last, 0xFFFE) + 1):
                place = at + 16 + 6 * count + 2 * k + offset + 2 * (code - first)
                glyph = _number(data, place, 2) if offset else code
                if (glyph or not offset) and (glyph + delta) & 0xFFFF:
                    yield code


@lru_cache(maxsize=8)
def scale(font: Font) -> float:
    """Units a pixel of the large picture, such that a capital is 700 high."""
    sample = next((c for c in "HEIx" if c in characters(font)), None) or sorted(characters(font))[-1]
    top = _opened(font).getbbox(sample, anchor="ls")[1]
    return _CAP / max(float(-top), 1.0) if sample in "HEI" else _CAP / _EM


def heights(font: Font) -> tuple[float, float]:
    """x-height and how far letters reach below the line (negative), in units."""
    there = characters(font)
    x = -_opened(font).getbbox("x", anchor="ls")[1] * scale(font) if "x" in there else 480.0
    low = -_opened(font).getbbox("p", anchor="ls")[3] * scale(font) if "p" in there else -210.0
    return float(x), float(min(low, -1.0))


@lru_cache(maxsize=512)
def outlines(char: str, font: Font) -> tuple[Points, ...]:
    """The outlines of one letter in font units, y up; those of holes go the other way round inside the others."""
    face = _opened(font)
    left, top, right, bottom = (int(v) for v in face.getbbox(char, anchor="ls"))
    if right <= left or bottom <= top:
        return ()
    picture = Image.new("L", (right - left + 8, bottom - top + 8), 0)
    ImageDraw.Draw(picture).text((4 - left, 4 - top), char, fill=255, font=face, anchor="ls")
    # at twice the size, so that the outline runs along the edges of pixels and not through their middles
    solid = np.repeat(np.repeat((np.asarray(picture) > 127).astype(np.uint8), 2, 0), 2, 1)
    contours, _ = cv2.findContours(solid, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    found = []
    for contour in contours:
        points = contour[:, 0].astype(np.float64)
        if len(points) < 12:
            continue
        smooth = (
            np.roll(points, 2, 0) + np.roll(points, 1, 0) + points + np.roll(points, -1, 0) + np.roll(points, -2, 0)
        ) / 5
        kept = cv2.approxPolyDP(smooth.astype(np.float32)[:, None], 0.5, True)[:, 0].astype(np.float64)
        pixels = (kept + 0.5) / 2 + np.array([left - 4, top - 4])
        found.append(pixels * np.array([scale(font), -scale(font)]))
    return tuple(found)

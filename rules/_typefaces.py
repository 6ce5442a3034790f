"""Faces of type as data: a face is a row of numbers that the pen follows, and the table of those we have.

All lengths are font units, 1000 to the em, in which the skeletons of `_glyphs` stand: capitals 700 high.
Knows nothing of pixels, so that planning may ask for a missing letter without loading OpenCV.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from rules import _glyphs

SPACES = " \n\t\u00a0\u2009"  #: what is set as white


@dataclass(frozen=True)
class Face:
    """How the pen draws one face.

    weight: width of a stem; contrast: how much thinner a hairline is (0 none, 1 vanishing); nib: angle
    of the pen in degrees; small: factor on the weight of small letters; width: factor on all widths;
    x_height, cap, ascender, descender: the zones; space: mean white between two letters; word: width of
    a word space; near: least distance of two outlines, as a share of `space`; join: width of a thinned
    join, as a share of a stem; serif: "none", "bracket" or "tuscan"; spur: length of the thorns half way
    up a capital's stem, in half stems; inline: width of the line engraved in thick strokes; tension: of
    the curves, under 1 squarer; round_ends, dots ("round" or "square"): for faces without serifs; slant
    in degrees; wobble, bounce: units by which a hand strays; pressure: how much a stroke swells and tapers.
    """

    name: str
    weight: float = 100
    contrast: float = 0.7
    nib: float = 0
    small: float = 0.9
    width: float = 1.0
    x_height: float = 470
    cap: float = 700
    ascender: float = 730
    descender: float = -210
    space: float = 110
    word: float = 250
    near: float = 0.34
    join: float = 0.35
    serif: str = "none"
    spur: float = 0
    inline: float = 0
    tension: float = 1.0
    round_ends: bool = False
    dots: str = "round"
    slant: float = 0
    wobble: float = 0
    bounce: float = 0
    pressure: float = 0

    def but(self, **changes: float | str | bool) -> Face:
        return replace(self, **changes)  # type: ignore[arg-type]  # the names and kinds are checked by `replace` itself


#: A warm Victorian display serif: strong contrast, tuscan feet, thorns, an engraved line in what is thick.
GASLIGHT = Face(
    "gaslight", weight=132, contrast=0.80, small=0.88, space=116, word=270, near=0.50,
    join=0.22, serif="tuscan", spur=0.62, inline=13,
)  # fmt: skip

#: The same hand with a plain pen, for lines to be read: no inline, no thorns, plain feet.
GASLIGHT_TEXT = GASLIGHT.but(
    name="gaslight text", weight=108, contrast=0.70, small=0.92, space=112, near=0.42, serif="bracket", spur=0, inline=0
)

#: Time codes and captions at a few pixels: an even pen, open, no serifs.
LABEL = Face("label", weight=92, contrast=0.10, small=0.97, x_height=500, space=122, word=270, near=0.5, join=0.85)


def small_caps(face: Face) -> Face:
    """A face's capitals drawn small, of nearly the same weight: not scaled down, minted anew."""
    name, cap, space = face.name + " small caps", face.cap * 0.78, face.space * 0.94
    return face.but(name=name, cap=cap, weight=face.weight * 0.90, width=face.width * 0.86, space=space)


FACES = {face.name: face for face in (GASLIGHT, GASLIGHT_TEXT, LABEL)}


def composed(text: str) -> str:
    """Text with each accent joined to its letter (NFC), since glyphs are kept by single characters."""
    return unicodedata.normalize("NFC", text)


def missing(text: str, face: Face) -> list[str]:
    """The characters of a text that a face cannot draw, each once, in the order of the text."""
    has_serifs = face.serif != "none"
    return [c for c in dict.fromkeys(composed(text)) if c not in SPACES and not _glyphs.has(c, has_serifs)]

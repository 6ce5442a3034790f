"""Faces of type as data: a face is a row of numbers that the pen follows, and the table of those we have.

All lengths are font units, 1000 to the em, in which the skeletons of `_glyphs` stand: capitals 700 high.
Knows nothing of pixels, so that planning may ask for a missing letter without loading OpenCV.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from rules import _glyphs

SPACES = " \n\t\u00a0\u2009"  #: what is set as white


@dataclass(frozen=True)
class Face:
    """How the pen draws one face.

    weight: width of a stem; contrast: how much thinner a hairline is (0 none, 1 vanishing); nib: angle
    of the pen in degrees; small: factor on the weight of small letters; width: factor on all widths;
    x_height, cap, ascender, descender: the zones; space: mean white between two letters; word: width of
    a word space; near: least distance of two outlines, as a share of `space`; join: width of a thinned
    join, as a share of a stem; serif: "none", "bracket", "slab" or "tuscan"; spur: length of the thorns half way
    up a capital's stem, in half stems; inline: width of the line engraved in thick strokes; tension: of
    the curves, under 1 squarer; round_ends, dots ("round" or "square"): for faces without serifs; slant
    in degrees; wobble, bounce: units by which a hand strays; pressure: how much a stroke swells and tapers;
    bristles: most streaks that a dry brush leaves in a stroke; form: which skeletons (see `_glyphs`);
    finish: what it is painted with, "ink", "engraved", "dry", "chalk", "print" or "comic".
    """

    name: str
    form: str = "serif"
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
    bristles: int = 0
    finish: str = "ink"
    font: Any = None  # a `_fontfile.Font`, whose letters stand in place of skeletons

    def but(self, **changes: float | str | bool) -> Face:
        return replace(self, **changes)  # type: ignore[arg-type]  # the names and kinds are checked by `replace` itself


#: A warm Victorian display serif: strong contrast, tuscan feet, thorns, an engraved line in what is thick.
GASLIGHT = Face(
    "gaslight", weight=132, contrast=0.80, small=0.88, space=116, word=270, near=0.50,
    join=0.22, serif="tuscan", spur=0.62, inline=13, finish="engraved",
)  # fmt: skip

#: The same hand with a plain pen, for lines to be read: no inline, no thorns, plain feet.
GASLIGHT_TEXT = GASLIGHT.but(
    name="gaslight text",
    weight=108,
    contrast=0.70,
    small=0.92,
    space=112,
    near=0.42,
    serif="bracket",
    spur=0,
    inline=0,
    finish="ink",
)

#: Time codes and captions at a few pixels: an even pen, open, no serifs.
LABEL = Face(
    "label", form="plain", weight=92, contrast=0.10, small=0.97, x_height=500, space=122, word=270, near=0.5, join=0.85
)


#: A book hand after Venetian models: a slanted axis, small x-height, even colour.
ROMAN = Face(
    "roman", form="roman", weight=96, contrast=0.64, nib=14, small=0.90, x_height=448, ascender=735, descender=-220,
    space=112, word=235, near=0.40, join=0.42, serif="bracket",
)  # fmt: skip

#: A sign painter's casual: one pointed brush, thick going down, thin going up, running dry at the ends.
BRUSH = Face(
    "brush", form="brush", weight=118, contrast=0.64, small=0.88, x_height=440, ascender=720, descender=-230,
    space=62, word=258, near=0.30, join=0.5, round_ends=True, slant=11, wobble=4, pressure=0.8,
    bristles=12, finish="dry",
)  # fmt: skip

#: A teacher's hand on a blackboard: one even line, a little unsteady.
CHALK = Face(
    "chalk", form="hand", weight=74, contrast=0.12, nib=20, small=0.98, x_height=455, ascender=720,
    space=98, word=240, near=0.42, join=0.9, round_ends=True, wobble=9, bounce=9,
    finish="chalk",
)  # fmt: skip

#: Wood type for bills: narrow, heavy, straight-sided.
POSTER = Face(
    "poster", form="poster", weight=150, contrast=0.22, small=0.92, x_height=545, ascender=720, descender=-222,
    space=48, word=165, near=0.62, join=0.62, tension=0.94, dots="square", finish="print",
)  # fmt: skip

#: A comic letterer's round pen: heavy, upright, lively.
COMIC = Face(
    "comic", form="hand", weight=118, contrast=0.44, nib=32, small=0.96, x_height=500, ascender=715, descender=-190,
    space=72, word=210, near=0.42, join=0.80, tension=0.96, round_ends=True, slant=3, wobble=4, bounce=10,
    finish="comic",
)  # fmt: skip


def small_caps(face: Face) -> Face:
    """A face's capitals drawn small, of nearly the same weight: not scaled down, minted anew."""
    name, cap, space = face.name + " small caps", face.cap * 0.78, face.space * 0.94
    return face.but(name=name, cap=cap, weight=face.weight * 0.85, width=face.width * 0.86, space=space)


FACES = {face.name: face for face in (ROMAN, GASLIGHT, GASLIGHT_TEXT, BRUSH, CHALK, POSTER, COMIC, LABEL)}


def composed(text: str) -> str:
    """Text with each accent joined to its letter (NFC), since glyphs are kept by single characters."""
    return unicodedata.normalize("NFC", text)


def missing(text: str, face: Face) -> list[str]:
    """The characters of a text that a face cannot draw, each once, in the order of the text."""
    there = set(characters(face))
    return [c for c in dict.fromkeys(composed(text)) if c not in SPACES and c not in there]


def characters(face: Face) -> list[str]:
    """All that a face can draw."""
    if face.font is not None:
        from rules import _fontfile  # brings Pillow and OpenCV, which most projects do not need for planning

        return sorted(_fontfile.characters(face.font))
    return _glyphs.characters(face.form)


def of_font(font: Any) -> Face:
    """A font file as a face: its own letters, spaced by eye as all others are."""
    from rules import _fontfile

    x_height, descender = _fontfile.heights(font)
    return Face(font.name, form="font", x_height=x_height, descender=descender, space=104, word=240, font=font)

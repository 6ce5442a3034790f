"""The look of a biped: which garments it wears, and every colour that it is painted with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from rules import _bones, _colour
from rules._cel import CLOTH, Finish
from rules._cel import SKIN as _SKIN
from rules._colour import RGB

#: What a garment is dyed when its colour is left out.
_DYES = {
    ("coat", "mantle"): "#2f6068", ("coat", "tails"): "#6a3c58", ("scarf", "long"): "#eaa23e",
    ("vest", "buttoned"): "#d9b25e", ("hat", "newsboy"): "#8a4a3c", ("hat", "top"): "#3d3450",
    ("shoes", "boots"): "#5e3d3b", ("shoes", "shoes"): "#33283a", ("shoes", "pumps"): "#7d2f3a",
    ("shoes", "clogs"): "#b8884e", ("coat", "overcoat"): "#5b4a3e", ("coat", "tunic"): "#2c3a63",
    ("cape", "short"): "#3a4468", ("cape", "shawl"): "#8a5a3a", ("top", "shirt"): "#f1e6d4",
    ("top", "blouse"): "#f1e6d4",
    ("top", "jumper"): "#8f9a5a", ("dress", "gown"): "#6f5b86", ("dress", "frock"): "#c9707c",
    ("dress", "skirt"): "#4a5268", ("trousers", "plain"): "#4d5670", ("trousers", "shorts"): "#5a4a3a",
    ("trousers", "dungarees"): "#4f6a8a", ("apron", "bib"): "#efe4d0", ("apron", "waist"): "#efe4d0",
    ("glasses", "round"): "#6a4a2e", ("glasses", "horn"): "#3b2a2c", ("glasses", "half-moon"): "#b98a4e",
    ("hat", "bowler"): "#37303a", ("hat", "boater"): "#dfbe72", ("hat", "peaked"): "#2c3a63",
    ("hat", "sailor"): "#efe9dc", ("hat", "toque"): "#f4ecdd", ("hat", "kerchief"): "#a8443f",
    ("hat", "bobble"): "#a8443f", ("hat", "wide"): "#7a5a78", ("hat", "straw"): "#dfbe72", ("hat", "nurse"): "#f4ecdd",
}  # fmt: skip
_KINDS = ("coat", "cape", "top", "dress", "trousers", "apron", "scarf", "vest", "hat", "glasses", "shoes")
_LININGS = ("#8a4140", "#b98a4e", "#44548a")
_TRIMS = ("#9a3d46", "#b98a4e", "#3b7377")
_MORE_TRIMS = (*_TRIMS, "#5d4478", "#c8963c", "#2f4a7a", "#55703f")
_LEGS = ("#4d5670", "#5d3a48", "#5a4a3a")

INK = _colour.rgb_of("#2a1a2e")  #: the contour: a dark of the palette, never black
WHITE = _colour.rgb_of("#fff8ec")
BRASS = _colour.rgb_of("#dba945")
SHIRT = _colour.rgb_of("#f1e6d4")

SATIN = CLOTH.but(turn=1.4, soft=0.5, key=0.35)
PIECE = CLOTH.but(turn=0.6, soft=0.3, cast=0.6)  #: belts, cuffs, flaps
METAL = CLOTH.but(turn=0.4, soft=0.2, cast=0.5, grain=0.4)
SKIN = _SKIN.but(hue=8.0, depth=0.11, half=0.22)  #: shadows on skin turn to red, as blood shines through
HIDE = Finish(turn=1.2, soft=0.6, cast=0.5, key=0.3)  #: leather


class Cloth(NamedTuple):
    """A garment that is worn: its cut ("" for none), its dye and its pattern."""

    cut: str
    dye: RGB
    pattern: str


@dataclass(frozen=True)
class Look:
    """What is worn ("" for nothing), and the colours. `dark` and `pale` are made where they are used."""

    coat: str
    scarf: str
    vest: str
    hat: str
    shoes: str
    cut: str
    beard: str
    skin: RGB
    hair: RGB
    coat_dye: RGB
    lining: RGB
    trim: RGB
    scarf_dye: RGB
    vest_dye: RGB
    hat_dye: RGB
    shoes_dye: RGB
    legs: RGB
    blush: RGB
    lip: RGB
    iris: RGB
    is_dark: bool  #: of skin, which then shines in lights rather than showing its blush
    cape: Cloth
    top: Cloth
    dress: Cloth
    trousers: Cloth
    apron: Cloth
    glasses: Cloth
    patterns: dict[str, str]

    @property
    def is_skirted(self) -> bool:
        """Whether the legs are seen below a hem, in stockings."""
        return self.coat == "mantle" or bool(self.dress.cut)


@lru_cache(maxsize=64)
def look(params: _bones.Figure) -> Look:
    """Resolve garments and colours; of two garments of a kind the later one counts."""
    worn: dict[str, str] = {}
    dyes: dict[str, RGB] = {}
    patterns = dict.fromkeys(_KINDS, "plain")
    for garment in params.wears:
        for kind in _KINDS:
            name = getattr(garment, kind)
            if name is not None:
                worn[kind] = name
                dyes[kind] = _colour.rgb_of(garment.colour or _DYES[kind, name])
                patterns[kind] = garment.pattern
    skin, hair = _colour.rgb_of(params.skin), _lifted(_colour.rgb_of(params.hair.colour))
    lightness, chroma, _ = _colour.to_lch(skin)
    coat = dyes.get("coat", SHIRT)
    main = next((dyes[kind] for kind in ("coat", "dress", "top", "trousers") if kind in dyes), SHIRT)
    beside = dyes.get("vest", main if "coat" in dyes else dyes.get("hat", main))
    trims = _TRIMS if worn.get("coat") in ("mantle", "tails") else _MORE_TRIMS
    rosy = float(np.clip((lightness - 0.42) / 0.38, 0, 1))  # on dark skin a blush is a glow, not a stain

    def cloth(kind: str, otherwise: RGB = SHIRT) -> Cloth:
        return Cloth(worn.get(kind, ""), dyes.get(kind, otherwise), patterns[kind])

    return Look(
        coat=worn.get("coat", ""),
        scarf=worn.get("scarf", ""),
        vest=worn.get("vest", ""),
        hat=worn.get("hat", ""),
        shoes=worn.get("shoes", "shoes"),
        cut=params.hair.style,
        beard=params.hair.beard if params.hair.beard != "none" else "",
        skin=skin,
        hair=hair,
        coat_dye=coat,
        lining=_farthest(coat, coat, _LININGS),
        trim=_farthest(main, beside, trims),
        scarf_dye=dyes.get("scarf", coat),
        vest_dye=dyes.get("vest", coat),
        hat_dye=dyes.get("hat", coat),
        shoes_dye=dyes.get("shoes", _colour.rgb_of(_DYES["shoes", "shoes"])),
        legs=_legs(worn, dyes, hair),
        blush=_colour.from_lch(lightness + 0.035 - 0.165 * rosy, chroma + 0.05 + 0.025 * rosy, 30 + 4 * rosy),
        lip=_colour.from_lch(lightness - 0.07 - 0.17 * rosy, chroma + 0.045 + 0.005 * rosy, 18 + 4 * rosy),
        iris=_colour.rgb_of(params.face.iris) if params.face.iris else _iris(hair, lightness),
        is_dark=lightness < 0.60,
        cape=cloth("cape"),
        top=cloth("top"),
        dress=cloth("dress"),
        trousers=cloth("trousers"),
        apron=cloth("apron"),
        glasses=cloth("glasses"),
        patterns=patterns,
    )


def _legs(worn: dict[str, str], dyes: dict[str, RGB], hair: RGB) -> RGB:
    """Trousers' own colour, stockings under a skirt, else trousers that go with the coat."""
    if worn.get("coat") == "mantle":
        return _colour.rgb_of("#5a3541")
    if "dress" in worn:
        return dyes.get("trousers", _colour.rgb_of("#6a5560"))
    if "trousers" in worn:
        return dyes["trousers"]
    coat = dyes.get("coat", hair)
    return _farthest(coat, dyes.get("vest", dyes.get("coat", SHIRT)), _LEGS)


def dark(colour: RGB, by: float = 0.12, hue: float = 285) -> RGB:
    """A darker tone for folds and lines on a colour; of a red it does not turn to magenta."""
    red = float(np.interp(_colour.to_lch(colour)[2], (-40, 0, 30, 60), (1.0, 0.2, 0.3, 1.0))) if hue > 180 else 1.0
    return _colour.shade(colour, by, hue, 22 * red)


def pale(colour: RGB, by: float = 0.07) -> RGB:
    """A lighter tone for lit strips on a colour."""
    return _colour.light(colour, by, 70, 15 * min(1.0, by / 0.10))


def _lifted(hair: RGB) -> RGB:
    """Black hair as it is painted: a deep navy or brown, in which form shadows and strands are still to be seen."""
    lightness, chroma, hue = _colour.to_lch(hair)
    if lightness >= 0.28:
        return hair
    return _colour.from_lch(0.5 * lightness + 0.14, max(0.8 * chroma, 0.016), _cast(chroma, hue))


def _cast(chroma: float, hue: float) -> float:
    """What hue black hair shines in: that of a brown one, else blue."""
    return 45.0 if chroma > 0.016 and -10 < hue < 110 else 275.0


def gloss(hair: RGB, by: float = 0.11) -> RGB:
    """The light on hair: a step up, and a wide one in hair so dark that it would be a flat shape without."""
    lightness, chroma, hue = _colour.to_lch(hair)
    deep = float(np.clip((0.40 - lightness) / 0.14, 0, 1))
    if not deep:
        return pale(hair, by)
    return _colour.from_lch(lightness + by + 0.07 * deep, max(chroma, 0.035) + 0.012 * deep, _cast(chroma, hue))


def second(dye: RGB, pattern: str) -> RGB:
    """The dye of a pattern: cream on what is dark, a deep tone on what is light; knit in the cloth's own shade."""
    lightness, chroma, hue = _colour.to_lch(dye)
    if pattern == "knit":
        return dark(dye, 0.20)
    if lightness < 0.62 and hue < 0:  # of a blue, half the way to yellow would be pink
        return _colour.from_lch(min(lightness + 0.46, 0.93), 0.035, 85)
    if lightness < 0.62:
        return _colour.from_lch(min(lightness + 0.34, 0.93), 0.5 * chroma + 0.02, 0.5 * hue + 42)
    return _colour.from_lch(lightness - 0.26, chroma + 0.07, hue if chroma > 0.04 else 20)


def warm(skin: RGB, by: float = 0.16) -> RGB:
    """The dark of skin for creases: towards red, as blood shines through."""
    return _colour.shade(skin, by, 20)


def crease(skin: RGB, by: float) -> RGB:
    """`warm`, gentler the darker the skin, on which the same step is a black line."""
    return warm(skin, by * float(np.interp(_colour.to_lch(skin)[0], (0.36, 0.60, 0.80), (0.42, 0.66, 1.0))))


def _farthest(one: RGB, other: RGB, choices: tuple[str, ...]) -> RGB:
    """The choice whose hue stands farthest from both colours', so that a lining shows against its cloth."""
    hues = [_colour.to_lch(c)[2] for c in (one, other)]
    away = [min(abs((_colour.to_lch(_colour.rgb_of(c))[2] - h + 180) % 360 - 180) for h in hues) for c in choices]
    return _colour.rgb_of(choices[int(np.argmax(away))])


def _iris(hair: RGB, skin: float) -> RGB:
    """Eyes: amber under warm hair, sea green under pale, brown under dark hair or with dark skin."""
    lightness, chroma, _ = _colour.to_lch(hair)
    if (lightness < 0.34 and chroma < 0.06) or skin < 0.66:
        return _colour.rgb_of("#8a5a34")
    return _colour.rgb_of("#b5722c" if chroma > 0.045 else "#5d8a86")

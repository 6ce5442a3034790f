"""The colours of a bird: what its species wears, with the tones that each part is painted in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from rules import _colour
from rules._colour import RGB


class _Dyes(NamedTuple):
    """#rrggbb by part. cap: the crown of the head; cheek: its side, and what surrounds the eye."""

    back: str
    breast: str
    wing: str
    sheen: str
    head: str
    cap: str
    cheek: str
    beak: str
    leg: str
    eye: str


_SPECIES = {
    "crow": _Dyes("#505a88", "#6d74a2", "#343c68", "#4a7a9a", "#454e80", "#50709a", "#626a9a", "#565060",
        "#5a5058", "#f0ae3c"),
    "sparrow": _Dyes("#9a6a44", "#e3d0b2", "#6a4532", "#b98656", "#a9744a", "#7c4a36", "#ead9bd", "#7d6a62",
        "#b98264", "#3a2418"),
    "robin": _Dyes("#7d7258", "#e0703a", "#5d543f", "#958a68", "#7d7258", "#857a5c", "#e2703a", "#4d4440",
        "#8a5d48", "#2c1c18"),
    "owl": _Dyes("#8a6a50", "#ecd9b8", "#6b4d3d", "#a98560", "#8a6a50", "#75543f", "#f0e0c2", "#c79a4c",
        "#d2a468", "#f2a93a"),
    "gull": _Dyes("#f1ece4", "#fbf6ec", "#5d6878", "#9fb0c0", "#f6f1e8", "#f6f1e8", "#fbf6ec", "#f0b13c",
        "#eba07c", "#e6c25a"),
    "duck": _Dyes("#a39684", "#b9a48c", "#7b6a5c", "#c0b4a0", "#2f6a5c", "#3a8270", "#2f6a5c", "#e8b23e",
        "#e98a3c", "#2c1c18"),
    "goose": _Dyes("#efe8dc", "#faf5ea", "#d6cdc0", "#f3ece0", "#f6f0e5", "#f6f0e5", "#faf5ea", "#f09a3e",
        "#ee9440", "#4a6a8a"),
}  # fmt: skip

INK = _colour.rgb_of("#1f1830")
WHITE = _colour.rgb_of("#fffaf0")


@dataclass(frozen=True)
class Plumage:
    """Every colour that a bird is painted with."""

    species: str
    back: RGB
    back_pale: RGB
    breast: RGB
    breast_dark: RGB
    breast_pale: RGB
    wing: RGB
    wing_dark: RGB
    wing_pale: RGB
    sheen: RGB
    sheen_pale: RGB
    head: RGB
    cap: RGB
    cheek: RGB
    beak: RGB
    leg: RGB
    leg_far: RGB
    claw: RGB
    thigh: RGB
    thigh_far: RGB
    eye: RGB
    scarf: RGB | None


def _of_one_dye(dyes: _Dyes, plumage: str) -> _Dyes:
    """A crow's feathers are all of one dye: what it does not say follows its back."""
    own = _colour.rgb_of(plumage)
    sheen = _colour.mix(_colour.light(own, 0.10, 250, 40), _colour.rgb_of(dyes.sheen), 0.14)
    return dyes._replace(
        breast=_code(_colour.light(own, 0.07, 280, 20)),
        wing=_code(_colour.shade(own, 0.03)),
        sheen=_code(sheen),
        cap=_code(_colour.mix(own, sheen, 0.6)),
        cheek=_code(_colour.light(own, 0.08, 270, 20)),
    )


def _code(colour: RGB) -> str:
    return "#" + "".join(f"{round(255 * float(c)):02x}" for c in colour)


def edge_of(colour: RGB) -> RGB:
    """The lines between feathers: dark, and on black ones pale."""
    return _colour.shade(colour, 0.15) if _colour.to_lch(colour)[0] > 0.27 else _colour.light(colour, 0.17, 250, 30)


def other_of(colour: RGB) -> RGB:
    """The tone of every other feather."""
    return _colour.shade(colour, 0.06) if _colour.to_lch(colour)[0] > 0.27 else _colour.light(colour, 0.06, 260, 20)


@lru_cache(maxsize=64)
def look(params: Any) -> Plumage:
    """The colours of a bird; what it does not say is its species'."""
    dyes = _SPECIES[params.species]
    if params.species == "crow" and params.plumage:
        dyes = _of_one_dye(dyes, params.plumage)

    def of(said: str | None, own: str) -> RGB:
        return _colour.rgb_of(said or own)

    back, breast = of(params.plumage, dyes.back), of(params.breast, dyes.breast)
    wing, sheen, leg = of(params.wing, dyes.wing), of(params.sheen, dyes.sheen), of(params.feet, dyes.leg)
    head = of(params.plumage, dyes.head)
    thigh = _colour.mix(back, breast, 0.45 if params.species == "crow" else 0.75)
    return Plumage(
        species=params.species,
        back=back,
        back_pale=_colour.light(back, 0.10, 230, 25),
        breast=breast,
        breast_dark=_colour.shade(breast, 0.10),
        breast_pale=_colour.light(breast, 0.06, 60),
        wing=wing,
        wing_dark=other_of(wing),
        wing_pale=_colour.light(wing, 0.10, 240, 20),
        sheen=sheen,
        sheen_pale=_colour.light(sheen, 0.12, 200, 20),
        head=head,
        cap=of(params.sheen if params.species == "crow" else params.plumage, dyes.cap),
        cheek=of(params.breast, dyes.cheek),
        beak=of(params.beaks, dyes.beak),
        leg=leg,
        leg_far=_colour.shade(leg, 0.08),
        claw=_colour.shade(leg, 0.18),
        thigh=thigh,
        thigh_far=_colour.shade(thigh, 0.09),
        eye=of(params.eye, dyes.eye),
        scarf=_colour.rgb_of(params.scarf) if params.scarf else None,
    )

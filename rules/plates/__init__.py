"""Plates: background art, each drawn once and moved by the camera."""

from __future__ import annotations

from types import ModuleType

from rules.plates import (
    arch,
    boards,
    cobbles,
    forest,
    hills,
    houses,
    meadow,
    mountains,
    picture,
    railing,
    rooftops,
    room,
    sea,
    sky,
    skyline,
    snow,
    trunks,
)

PLATES: dict[str, ModuleType] = {
    "arch": arch,
    "boards": boards,
    "cobbles": cobbles,
    "forest": forest,
    "hills": hills,
    "houses": houses,
    "meadow": meadow,
    "mountains": mountains,
    "picture": picture,
    "railing": railing,
    "rooftops": rooftops,
    "room": room,
    "sea": sea,
    "sky": sky,
    "skyline": skyline,
    "snow": snow,
    "trunks": trunks,
}

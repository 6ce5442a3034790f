"""Plates: background art, each drawn once and moved by the camera."""

from __future__ import annotations

from types import ModuleType

from rules.plates import arch, cobbles, forest, hills, houses, meadow, mountains, railing, sea, sky, skyline, snow

PLATES: dict[str, ModuleType] = {
    "arch": arch,
    "cobbles": cobbles,
    "forest": forest,
    "hills": hills,
    "houses": houses,
    "meadow": meadow,
    "mountains": mountains,
    "railing": railing,
    "sea": sea,
    "sky": sky,
    "skyline": skyline,
    "snow": snow,
}

"""Plates: background art, each drawn once and moved by the camera."""

from __future__ import annotations

from types import ModuleType

from rules.plates import arch, cobbles, houses, railing, sky, skyline

PLATES: dict[str, ModuleType] = {
    "arch": arch,
    "cobbles": cobbles,
    "houses": houses,
    "railing": railing,
    "sky": sky,
    "skyline": skyline,
}

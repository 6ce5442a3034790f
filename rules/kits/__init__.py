"""Kits: families of characters that are no people. The biped is `rules.character` itself."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from rules import character
from rules.kits import bird, free, quadruped

KITS: dict[str, ModuleType] = {"bird": bird, "free": free, "quadruped": quadruped}


def kit_of(params: object) -> ModuleType:
    """The module that draws a character and moves it."""
    return KITS.get(getattr(params, "kit", "biped"), character)


def params_of(kit: str) -> Any:
    """The parameters of a kit's characters, as a model."""
    return KITS[kit].Params if kit in KITS else character.CharacterParams


def rule_of(params: object) -> str:
    """A character's rule as recipes name it: `character`, `kits/bird`."""
    kit = getattr(params, "kit", "biped")
    return f"kits/{kit}" if kit in KITS else "character"

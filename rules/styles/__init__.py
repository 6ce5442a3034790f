"""The styles, by the name that a film-maker writes."""

from __future__ import annotations

from types import ModuleType

from rules.styles import silent_film, watercolor

STYLES: dict[str, ModuleType] = {
    "silent_film": silent_film,
    "watercolor": watercolor,
}

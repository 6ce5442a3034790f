"""The styles, by the name that a film-maker writes."""

from __future__ import annotations

from types import ModuleType

from rules.styles import cel_shaded, comic_halftone, silent_film, van_gogh, vector_flat, watercolor

STYLES: dict[str, ModuleType] = {
    "cel_shaded": cel_shaded,
    "comic_halftone": comic_halftone,
    "silent_film": silent_film,
    "van_gogh": van_gogh,
    "vector_flat": vector_flat,
    "watercolor": watercolor,
}

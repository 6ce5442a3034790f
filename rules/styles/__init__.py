"""The styles, by the name that a film-maker writes."""

from __future__ import annotations

from types import ModuleType

from rules.styles import (
    cel_shaded,
    claymation,
    comic_halftone,
    paper_cutout,
    silent_film,
    van_gogh,
    vector_flat,
    voxel_blocks,
    watercolor,
)

STYLES: dict[str, ModuleType] = {
    "cel_shaded": cel_shaded,
    "claymation": claymation,
    "comic_halftone": comic_halftone,
    "paper_cutout": paper_cutout,
    "silent_film": silent_film,
    "van_gogh": van_gogh,
    "vector_flat": vector_flat,
    "voxel_blocks": voxel_blocks,
    "watercolor": watercolor,
}

"""What film grain costs in bytes: the first 15 s of the sample film, most of it under silent_film, and without it."""

from __future__ import annotations

from collections.abc import Iterator

from bench.measures import Measurement, build, lamplighter

_PART = "feature.mp4@0s..15s"
_MOST = 3.0  #: times the bytes of the film without grain


def grain() -> Iterator[Measurement]:
    """The sample film's encoder settings are every film's: crf 20."""
    with lamplighter() as project:
        file, sizes = project / "Studiofile", []
        text = file.read_text(encoding="utf-8")
        for strength in (1, 0):
            file.write_text(text.replace("rule: silent_film", f"rule: silent_film, strength: {strength}"), "utf-8")
            build(project, _PART)
            sizes.append((project / "out" / f"{_PART.replace('.mp4', '')}.mp4").stat().st_size / 1e3)
    yield Measurement("passes: bytes under silent_film", sizes[0], "kB", _MOST, sizes[1], sizes[0] / sizes[1])

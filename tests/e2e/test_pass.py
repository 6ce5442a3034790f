"""`studio pass` over any video or picture: containers, sizes, times, sound, transparency, colours, and bad input."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from studio.clip import CONTAINERS, Format
from studio.footage import frames_of, read_clip
from studio.pixels import even, i420
from studio.values import FILMS, STILLS
from studio.video import Extras, encode, join
from tests.conftest import Space

PASS = ("pass", "cel_shaded")
GROUP = 6  # frames of a group of pictures


def picture(n: int, width: int = 40, height: int = 26) -> np.ndarray:
    """A frame that differs from every other."""
    y, x = np.mgrid[0:height, 0:width]
    rgb = np.stack([x * 5, y * 8, np.full_like(x, n)], 2)
    rgb[:, 2 * n % width : 2 * n % width + 6] = (240, 60, 20)
    return np.clip(rgb, 0, 255).astype(np.uint8)


def clip_at(path: Path, groups: int = 2, extras: Extras | None = None) -> Path:
    """A clip of groups of pictures that can be decoded alone, 12 frames a second."""
    form = Format(40, 26, Fraction(12), codec=CONTAINERS[path.suffix].codec)
    blobs = []
    for group in range(groups):
        frames = [picture(group * GROUP + n) for n in range(GROUP)]
        blobs.append(encode([i420(f) for f in frames] if path.suffix != ".gif" else frames, form))
    join(blobs, path, form, extras or Extras())
    return path


def shown(path: Path) -> list[np.ndarray]:
    clip = read_clip(path)
    return list(frames_of(clip, 0, clip.count))


def streams(path: Path) -> dict[str, Any]:
    with av.open(str(path)) as file:
        return {s.type: s.codec_context.codec.canonical_name for s in file.streams}


def test_every_ending_that_is_promised_can_be_written() -> None:
    assert tuple(CONTAINERS) == FILMS and set(STILLS) == {".png", ".jpg", ".jpeg"}


@pytest.mark.parametrize("source", FILMS)
def test_from_any_container_to_any(space: Space, source: str) -> None:
    """Frames and their times arrive; what has the same frames and the same codec is not made again."""
    name = clip_at(space.folder / f"in{source}").name
    for ending in FILMS:
        out = space.ok(*PASS, name, f"out{ending}").out
        assert ("nothing to make" in out) == (ending in (".mov", ".mkv")), (ending, out)
        after = read_clip(space.folder / f"out{ending}")
        assert after.count == 2 * GROUP and (after.width, after.height) == (40, 26)
        assert np.allclose(after.times, np.arange(12) / 12, atol=0.006 if ".gif" in (source, ending) else 1e-4)
        assert after.seconds == pytest.approx(1, abs=0.006)
    mp4, mov, webm, gif = (shown(space.folder / f"out{e}") for e in (".mp4", ".mov", ".webm", ".gif"))
    assert all(np.array_equal(a, b) for a, b in zip(mp4, mov, strict=True)), "another box for the same segments"
    for other in (webm, gif):
        assert max(np.abs(a.astype(int) - b[..., :3]).mean() for a, b in zip(mp4, other, strict=True)) < 12
    assert not list(space.folder.glob(".*part"))


@pytest.mark.parametrize("ending", [".mp4", ".webm", ".gif"])
def test_a_longer_clip_renders_only_what_is_new(space: Space, ending: str) -> None:
    """Ten new groups after twenty: of the old segments one at most is made anew."""
    clip_at(space.folder / "in.mp4", 20)
    said = space.ok(*PASS, "in.mp4", f"out{ending}").out
    whole = space.folder / f"out{ending}"
    first = whole.read_bytes()
    assert "120 frames rendered" in said
    again = space.ok(*PASS, "in.mp4", f"out{ending}").out
    assert "fresh" in again and "nothing to make" in again
    clip_at(space.folder / "in.mp4", 30)
    said = space.ok(*PASS, "in.mp4", f"out{ending}").out
    assert "60 frames rendered" in said and whole.read_bytes() != first
    encoded = int(said.split(" segments encoded")[0].split()[-1])
    assert encoded <= 4, said
    clip_at(space.folder / "in.mp4", 20)
    assert "rendered" not in space.ok(*PASS, "in.mp4", f"out{ending}").out and whole.read_bytes() == first


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (41, 27)])
def test_odd_sizes(space: Space, size: tuple[int, int]) -> None:
    """A picture keeps its size; a video gets its last column or row twice, and nothing is scaled."""
    pixels = picture(3, *size)
    Image.fromarray(pixels).save(space.folder / "in.png")
    for ending in ("png", "jpg", "gif"):
        space.ok("pass", "silent_film", "in.png", f"out.{ending}")
        assert Image.open(space.folder / f"out.{ending}").size == size
    whole = shown(space.folder / "out.png")[0]
    for ending in ("mp4", "webm"):
        result = space.ok("pass", "silent_film", "in.png", f"out.{ending}")
        assert "must be even" in result.err
        (video,) = shown(space.folder / f"out.{ending}")
        assert video.shape[1::-1] == (size[0] + size[0] % 2, size[1] + size[1] % 2)
        assert np.abs(video[: size[1], : size[0]].astype(int) - whole).mean() < 25
    assert even(pixels).shape[0] == size[1] & ~1


def test_uneven_times_are_kept(space: Space) -> None:
    """Used to lose how long the last frame stays, and a GIF's delays."""
    times = np.cumsum([0, 0.08, 0.12, 0.04, 0.5, 0.04, 0.06, 0.2, 0.04, 0.04, 0.1, 0.04, 0.3])
    for source in (".mp4", ".webm", ".gif"):
        name = clip_at(space.folder / f"in{source}", 2, Extras(times=times)).name
        for ending in FILMS:
            space.ok(*PASS, name, f"out{ending}")
            found = read_clip(space.folder / f"out{ending}").marks()
            last = len(times) if ending not in (".mkv", ".webm") and source != ".webm" else -1
            assert np.allclose(found[:last], times[:last], atol=0.0011), (source, ending, found)

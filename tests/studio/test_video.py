"""What the encoder and the join promise: exact times, BT.709 in fact and not only by tag, the same bytes always."""

from __future__ import annotations

import hashlib
import itertools
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from studio.clip import CODECS, Format
from studio.footage import frames_of, read_clip
from studio.pixels import even, fitted, i420, packed, unpacked
from studio.segment import Segment
from studio.tones import rgb_of_planes
from studio.video import Extras, encode, join
from tests.conftest import ROOT


def picture(n: int, width: int = 64, height: int = 36) -> np.ndarray:
    """A frame that differs from every other and moves."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([(x * 3 + n * 5) % 256, (y * 5 + n * 2) % 256, (x + y + n * 3) % 256], 2).astype(np.uint8)


def written(tmp_path: Path, lengths: list[int], fps: Fraction, extras: Extras | None = None) -> Path:
    form = Format(64, 36, fps)
    segments, n = [], 0
    for length in lengths:
        segments.append(encode([i420(picture(n + k)) for k in range(length)], form))
        n += length
    path = tmp_path / "film.mp4"
    assert join(iter(segments), path, form, extras or Extras()) == n
    return path


@pytest.mark.parametrize(
    "fps", [Fraction(24), Fraction(24000, 1001), Fraction(30000, 1001), Fraction(60), Fraction(25)]
)
@pytest.mark.parametrize("lengths", [[48], [1], [2], [12, 1, 2, 3, 25, 1, 1, 64, 12, 2, 30], [1] * 9])
def test_segments_join_without_a_seam(tmp_path: Path, fps: Fraction, lengths: list[int]) -> None:
    path = written(tmp_path, lengths, fps)
    count = sum(lengths)
    data = path.read_bytes()
    assert b"elst" not in data, "no edit list"
    assert data.index(b"moov") < data.index(b"mdat"), "the index comes first"
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        assert stream.start_time == 0 and stream.frames == count and stream.average_rate == fps
        assert stream.codec_context.profile == "High" and stream.codec_context.pix_fmt == "yuv420p"
        packets = [p for p in file.demux(stream) if p.dts is not None]
        assert all(a.dts < b.dts for a, b in itertools.pairwise(packets))
        assert stream.duration * stream.time_base == count / fps
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        frames = list(file.decode(stream))
        assert [f.pts * stream.time_base for f in frames] == [n / fps for n in range(count)]
        tags = [(f.color_range, f.colorspace, f.color_primaries, f.color_trc) for f in frames]
        assert set(tags) == {(1, 1, 1, 1)}, "limited range, bt709 three times"
        worst = max(float(np.abs(_rgb(f).astype(int) - picture(n).astype(int)).mean()) for n, f in enumerate(frames))
        assert worst < 40, "each frame in its place"


def _rgb(frame: Any) -> np.ndarray:
    from studio.footage import _pixels as decode

    return decode(frame)


def test_colours_come_back(tmp_path: Path) -> None:
    """A chart through the encoder comes back within dE2000 2.5: the matrix is BT.709 too, not only the tag."""
    chart = [
        (115, 82, 68),
        (194, 150, 130),
        (98, 122, 157),
        (87, 108, 67),
        (133, 128, 177),
        (103, 189, 170),
        (214, 126, 44),
        (80, 91, 166),
        (193, 90, 99),
        (94, 60, 108),
        (157, 188, 64),
        (224, 163, 46),
        (56, 61, 150),
        (70, 148, 73),
        (175, 54, 60),
        (231, 199, 31),
        (187, 86, 149),
        (8, 133, 161),
        (243, 243, 242),
        (200, 200, 200),
        (160, 160, 160),
        (122, 122, 121),
        (85, 85, 85),
        (52, 52, 52),
    ]
    rgb = np.zeros((128, 192, 3), np.uint8)
    for n, colour in enumerate(chart):
        rgb[n // 6 * 32 : n // 6 * 32 + 32, n % 6 * 32 : n % 6 * 32 + 32] = colour
    form = Format(192, 128, Fraction(24))
    path = tmp_path / "chart.mp4"
    join([encode([i420(rgb)] * 4, form)], path, form)
    (*_, back) = frames_of(read_clip(path), 0, 4)
    for n, colour in enumerate(chart):
        patch = back[n // 6 * 32 + 8 : n // 6 * 32 + 24, n % 6 * 32 + 8 : n % 6 * 32 + 24].reshape(-1, 3).mean(0)
        assert delta_e(np.array(colour), patch) <= 2.5, (colour, patch)


def delta_e(a: np.ndarray, b: np.ndarray) -> float:
    """CIEDE2000 (Sharma, Wu and Dalal, 2005) between two sRGB colours of 0 to 255."""
    (l1, a1, b1), (l2, a2, b2) = _lab(a), _lab(b)
    c = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(c**7 / (c**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    dh = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    dl, dc, dhh = l2 - l1, c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(dh / 2))
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    hm = h1 + h2 if not c1 * c2 else (h1 + h2) / 2 if abs(h1 - h2) <= 180 else (h1 + h2 + 360) / 2
    r = np.radians
    t = (
        1
        - 0.17 * np.cos(r(hm - 30))
        + 0.24 * np.cos(r(2 * hm))
        + 0.32 * np.cos(r(3 * hm + 6))
        - 0.2 * np.cos(r(4 * hm - 63))
    )
    sl, sc, sh = 1 + 0.015 * (lm - 50) ** 2 / np.sqrt(20 + (lm - 50) ** 2), 1 + 0.045 * cm, 1 + 0.015 * cm * t
    rt = -2 * np.sqrt(cm**7 / (cm**7 + 25**7)) * np.sin(r(60 * np.exp(-(((hm - 275) / 25) ** 2))))
    return float(np.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dhh / sh) ** 2 + rt * dc / sc * dhh / sh))


def _lab(rgb: np.ndarray) -> tuple[float, float, float]:
    c = rgb / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    m = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = (m * linear).sum(1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return float(116 * f[1] - 16), float(500 * (f[0] - f[1])), float(200 * (f[1] - f[2]))


def test_the_colour_difference_is_the_published_one() -> None:
    """Without this the chart's bar would mean nothing: identical is 0, black against white 100."""
    assert delta_e(np.array([255, 255, 255]), np.array([0, 0, 0])) == pytest.approx(100, abs=0.1)
    assert delta_e(np.array([200, 30, 30]), np.array([200, 30, 30])) == 0


def made_of(codec: str) -> str:
    """The hash of a segment of a codec."""
    frames = [picture(n) for n in range(20)]
    if codec in ("h264", "vp9"):
        frames = [i420(frame) for frame in frames]
    elif codec != "gif":
        frames = [np.dstack([frame, frame[..., 0]]) for frame in frames]
    return hashlib.md5(encode(frames, Format(64, 36, Fraction(24), codec=codec))).hexdigest()


def test_the_same_bytes_in_every_process() -> None:
    code = (
        "from studio.pins import *; pin_environment(); pin_libraries();"
        "from tests.studio.test_video import made_of; from studio.clip import CODECS;"
        "print(*map(made_of, CODECS))"
    )
    here = [made_of(codec) for codec in CODECS]
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.split() == here


def test_uneven_times_are_kept(tmp_path: Path) -> None:
    times = np.cumsum([0, 0.04, 0.08, 0.04, 0.2, 0.04, 0.04, 0.1, 0.3])
    clip = read_clip(written(tmp_path, [5, 3], Fraction(25), Extras(times=times)))
    assert np.allclose(clip.marks(), times, atol=1e-4)


def test_a_segment_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a segment"):
        Segment.unpack(b"\0" * 100)


def test_a_clip_read_back_frame_by_frame(tmp_path: Path) -> None:
    """Any range of frames can be asked for alone, and is the same as in one go."""
    clip = read_clip(written(tmp_path, [20, 17, 9], Fraction(24)))
    whole = list(frames_of(clip, 0, clip.count))
    assert len(whole) == 46
    for start, stop in ((0, 1), (19, 22), (36, 46), (7, 8)):
        part = list(frames_of(clip, start, stop))
        assert all(np.array_equal(a, b) for a, b in zip(part, whole[start:stop], strict=True))
    assert clip.shown_at(np.array([0, 0.04, 0.0417, 100])).tolist() == [0, 0, 1, 45]


def test_pixels_survive_their_bytes() -> None:
    rgba = np.random.default_rng(0).integers(0, 256, (7, 5, 4), dtype=np.uint8)
    parts = np.arange(35, dtype=np.uint8).reshape(7, 5)
    assert np.array_equal(unpacked(packed(rgba)), rgba)
    assert np.array_equal(unpacked(packed(parts)), parts)


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (64, 36), (37, 90)])
def test_fitting_covers_the_picture(size: tuple[int, int]) -> None:
    assert fitted(picture(1, *size), 40, 30).shape == (30, 40, 3)


def test_odd_sides_lose_a_row() -> None:
    assert even(picture(0, 65, 37)).shape == (36, 64, 3)


def test_full_range_and_bt601_are_told_apart() -> None:
    def shown(luma: int, red: int, *, is_full: bool = False, matrix: int = 1) -> np.ndarray:
        planes = [np.full((2, 2), value, np.uint8) for value in (luma, 128, red)]
        return rgb_of_planes(planes, 8, is_full, (matrix, 1, 1))

    assert shown(235, 128).max() == 255 and shown(235, 128, is_full=True).max() == 235
    assert not np.array_equal(shown(128, 200), shown(128, 200, matrix=5))


@pytest.mark.parametrize("ending", ["png", "jpg", "webp", "gif", "bmp"])
def test_a_picture_is_a_clip_of_one_frame(tmp_path: Path, ending: str) -> None:
    """A JPEG used to end in a traceback when its frame was asked for."""
    path = tmp_path / f"still.{ending}"
    Image.fromarray(picture(0)).save(path)
    clip = read_clip(path)
    found = list(frames_of(clip, 0, 1))
    assert clip.count == 1 and len(found) == 1
    assert np.abs(found[0][..., :3].astype(int) - picture(0)).mean() < 40

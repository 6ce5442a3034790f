"""What sources of footage look like, whatever their pixels are in the file: colours, bits, HDR, turns, odd shapes."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from PIL import Image, ImageOps

from studio.footage import frames_of, read_clip
from studio.pixels import filled, laid_over

PATCHES = [(200, 40, 30), (40, 160, 60), (30, 60, 180), (128, 128, 128), (20, 20, 20), (170, 150, 90)]
LUMA = {1: (0.2126, 0.0722), 5: (0.299, 0.114), 9: (0.2627, 0.0593)}


def only(path: Path) -> np.ndarray:
    (found,) = frames_of(read_clip(path), 0, 1)
    return found


def chart(patches: list[tuple[int, int, int]]) -> np.ndarray:
    """Patches of 16 px, as floats of 0..1."""
    return np.repeat(np.repeat(np.array([patches]) / 255, 16, 0), 16, 1)


def planes_of(signal: np.ndarray, matrix: int, is_full: bool, bits: int) -> list[np.ndarray]:
    """R'G'B' of 0..1 as luma and chroma, by the formulas of BT.601, BT.709 and BT.2020."""
    red, blue = LUMA[matrix]
    luma = signal[..., 0] * red + signal[..., 1] * (1 - red - blue) + signal[..., 2] * blue
    u, v = (signal[..., 2] - luma) / (2 - 2 * blue), (signal[..., 0] - luma) / (2 - 2 * red)
    if is_full:
        most, scaled = 2**bits - 1, [luma, u, v]
        return [np.rint(p * most + (2 ** (bits - 1) if n else 0)) for n, p in enumerate(scaled)]
    step = 2 ** (bits - 8)
    return [np.rint((219 * luma + 16) * step), *(np.rint((224 * p + 128) * step) for p in (u, v))]


def encoded(path: Path, planes: list[np.ndarray], form: str, tags: tuple[int, int, int], is_full: bool = False) -> Path:
    """One frame without loss; chroma is thinned out as the pixel format asks for."""
    height, width = planes[0].shape
    with av.open(str(path), "w") as out:
        stream: Any = out.add_stream("libx264" if form[:4] != "yuva" else "ffv1", rate=25)
        stream.width, stream.height, stream.pix_fmt = width, height, form
        stream.options = {"qp": "0"}
        codec = stream.codec_context
        codec.colorspace, codec.color_trc, codec.color_primaries = tags
        codec.color_range = 2 if is_full else 1
        frame = VideoFrame(width, height, form)
        for plane, pixels in zip(frame.planes, planes, strict=True):
            kind = np.uint16 if "10" in form else np.uint8
            rows = np.zeros((plane.height, plane.line_size // kind().itemsize), kind)
            rows[:, : plane.width] = pixels[:: height // plane.height, :: width // plane.width]
            plane.update(rows.tobytes())
        frame.pts = 0
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def middles(rgb: np.ndarray) -> np.ndarray:
    return rgb[8, 8::16].astype(int)


@pytest.mark.parametrize("form", ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le"])
@pytest.mark.parametrize("matrix", [1, 5])
@pytest.mark.parametrize("is_full", [False, True])
def test_colours_are_right_in_every_form(tmp_path: Path, form: str, matrix: int, is_full: bool) -> None:
    bits = 10 if "10" in form else 8
    planes = planes_of(chart(PATCHES), matrix, is_full, bits)
    found = middles(only(encoded(tmp_path / "in.mkv", planes, form, (matrix, 1, 1), is_full)))
    assert np.abs(found - PATCHES).max() <= (1 if bits == 10 else 2)


def test_alpha_of_ten_bits_is_rounded(tmp_path: Path) -> None:
    planes = [*planes_of(chart(PATCHES), 1, False, 10), np.full((16, 96), 512)]
    found = only(encoded(tmp_path / "in.mkv", planes, "yuva444p10le", (1, 1, 1)))
    assert (found[..., 3] == 128).all() and np.abs(middles(found[..., :3]) - PATCHES).max() <= 1


def in_2020(light: np.ndarray) -> np.ndarray:
    """Light in BT.709's primaries as BT.2020 says it (ITU-R BT.2087)."""
    to = [[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]]
    return np.stack([sum(light[..., k] * row[k] for k in range(3)) for row in to], -1)


def pq(light: np.ndarray) -> np.ndarray:
    """cd/m2 as a signal (SMPTE ST 2084)."""
    power = (light / 10_000) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375


def hlg(light: np.ndarray) -> np.ndarray:
    """cd/m2 on a screen of 1000 as a signal (ITU-R BT.2100)."""
    shown = light / 1000
    luma = shown[..., 0] * 0.2627 + shown[..., 1] * 0.678 + shown[..., 2] * 0.0593
    scene = shown * np.maximum(luma, 1e-9)[..., None] ** (1 / 1.2 - 1)
    bright = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
    return np.where(scene <= 1 / 12, np.sqrt(3 * scene), bright)


@pytest.mark.parametrize(("kind", "transfer", "signal_of"), [("PQ", 16, pq), ("HLG", 18, hlg)])
def test_hdr_looks_as_it_was_meant(tmp_path: Path, kind: str, transfer: int, signal_of: Any) -> None:
    """What is darker than the knee is what it was graded to be; white, highlights and what is beyond stay in order."""
    bright = [(255, 255, 255)] * 3
    light = in_2020(203 * chart([*PATCHES, *bright]) ** 2.4)
    light[:, 112:128] *= 2
    light[:, 128:] *= 4.9
    planes = planes_of(signal_of(light), 9, False, 10)
    path = encoded(tmp_path / "in.mkv", planes, "yuv420p10le", (9, transfer, 9))
    assert read_clip(path).hdr == kind
    found = middles(only(path))
    dark = [n for n, patch in enumerate(PATCHES) if max(patch) <= 180]
    assert np.abs(found[dark] - np.array(PATCHES)[dark]).max() <= 5, found
    white, twice, peak = found[-3:]
    assert 220 < white.min() < twice.min() < peak.min() <= 255
    assert np.ptp(found[-3:], axis=1).max() <= 3, "white stays white"


def test_a_wide_gamut_without_hdr_is_brought_to_ours(tmp_path: Path) -> None:
    signal = in_2020(chart(PATCHES) ** 2.4) ** (1 / 2.4)
    path = encoded(tmp_path / "in.mkv", planes_of(signal, 9, False, 10), "yuv420p10le", (9, 14, 9))
    assert not read_clip(path).hdr and np.abs(middles(only(path)) - PATCHES).max() <= 3


# -- turns and shapes


def turned(path: Path, matrix: tuple[int, int, int, int]) -> Path:
    """A clip whose container turns it: a point (x, y) goes to (ax + cy, bx + dy)."""
    y, x = np.mgrid[0:32, 0:48]
    ramp = np.stack([x * 5, y * 7, np.full_like(x, 60)], 2) / 255
    encoded(path, planes_of(ramp, 1, False, 8), "yuv444p", (1, 1, 1))
    data = bytearray(path.read_bytes())
    a, b, c, d = (value << 16 for value in matrix)
    at = data.index(struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30), data.index(b"tkhd"))
    data[at : at + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("matrix", "upright"),
    [
        ((1, 0, 0, 1), lambda p: p),
        ((0, 1, -1, 0), lambda p: np.rot90(p, -1)),
        ((-1, 0, 0, -1), lambda p: np.rot90(p, 2)),
        ((0, -1, 1, 0), lambda p: np.rot90(p, 1)),
        ((-1, 0, 0, 1), lambda p: p[:, ::-1]),
    ],
)
def test_a_turned_or_mirrored_video_is_upright(tmp_path: Path, matrix: Any, upright: Any) -> None:
    """A mirrored one, as front cameras write it, used to stay mirrored."""
    plain = only(turned(tmp_path / "plain.mov", (1, 0, 0, 1)))
    path = turned(tmp_path / "turned.mov", matrix)
    assert np.array_equal(only(path), upright(plain))
    assert (read_clip(path).height, read_clip(path).width) == upright(plain).shape[:2]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_lies_as_its_camera_says(tmp_path: Path, orientation: int) -> None:
    y, x = np.mgrid[0:32, 0:48]
    image = Image.fromarray(np.stack([x * 5, y * 7, np.full_like(x, 60)], 2).astype(np.uint8))
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(tmp_path / "in.jpg", exif=exif, quality=98, subsampling=0)
    expected = np.asarray(ImageOps.exif_transpose(Image.open(tmp_path / "in.jpg")))
    found = only(tmp_path / "in.jpg")
    assert found.shape == expected.shape and np.abs(found.astype(int) - expected).max() <= 3


def test_pixels_that_are_not_square_become_so(tmp_path: Path) -> None:
    """Used to come out narrow: what a camcorder calls 16:9 in 720x576."""
    path = tmp_path / "in.mkv"
    with av.open(str(path), "w") as out:
        stream: Any = out.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 72, 58, "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(64, 45)
        out.mux(stream.encode(VideoFrame.from_ndarray(np.full((58, 72, 3), 120, np.uint8), format="rgb24")))
        out.mux(stream.encode(None))
    clip = read_clip(path)
    assert (clip.width, clip.height) == (102, 58) and only(path).shape == (58, 102, 3)


@pytest.mark.parametrize("kind", ["cmyk", "16 bits", "grey", "palette", "1 bit"])
def test_unusual_pictures(tmp_path: Path, kind: str) -> None:
    image = Image.new("RGB", (24, 16), (200, 120, 40))
    path = tmp_path / ("in.jpg" if kind == "cmyk" else "in.png")
    expected = (200, 120, 40)
    if kind == "cmyk":
        image.convert("CMYK").save(path, quality=98)
    elif kind == "16 bits":
        Image.fromarray(np.full((16, 24), 40_000, np.uint16)).save(path)
        expected = (156, 156, 156)
    else:
        mode = {"grey": "L", "palette": "P", "1 bit": "1"}[kind]
        image.convert(mode).save(path)
        expected = tuple(np.asarray(Image.open(path).convert("RGB"))[0, 0])
    found = only(path)
    assert not read_clip(path).has_alpha and np.abs(laid_over(found, 0)[0, 0].astype(int) - expected).max() <= 4


# -- transparency


@pytest.mark.parametrize("ending", [".gif", ".mov"])
def test_a_clip_that_begins_opaque_keeps_its_transparency(tmp_path: Path, ending: str) -> None:
    """Used to be judged by its first frame."""
    opaque = np.full((16, 24, 4), 255, np.uint8)
    clear = opaque.copy()
    clear[:, 12:] = 0
    path = tmp_path / f"in{ending}"
    if ending == ".gif":
        whole = [Image.fromarray(rgba) for rgba in (opaque, clear)]
        whole[0].save(path, save_all=True, append_images=whole[1:], duration=40, disposal=[2, 2], optimize=False)
    else:
        with av.open(str(path), "w") as out:
            stream: Any = out.add_stream("png", rate=25)
            stream.width, stream.height, stream.pix_fmt = 24, 16, "rgba"
            for rgba in (opaque, clear):
                out.mux(stream.encode(VideoFrame.from_ndarray(rgba, format="rgba")))
            out.mux(stream.encode(None))
    clip = read_clip(path)
    assert clip.has_alpha and not list(frames_of(clip, 0, clip.count))[-1][:, 12:, 3].any()


def test_an_opaque_gif_is_not_taken_for_a_transparent_one(tmp_path: Path) -> None:
    path, whole = tmp_path / "in.gif", [Image.new("RGB", (24, 16), (40 * n, 90, 20)) for n in range(3)]
    whole[0].save(path, save_all=True, append_images=whole[1:], duration=40)
    assert not read_clip(path).has_alpha


def test_what_is_clear_takes_the_colour_of_what_is_near() -> None:
    rgba = np.zeros((9, 17, 4), np.uint8)
    rgba[:, :3], rgba[:, 14:] = (200, 10, 20, 255), (10, 200, 20, 3)
    colours = filled(rgba)
    assert (colours[:, :3] == (200, 10, 20)).all() and (colours[:, 14:] == (10, 200, 20)).all()
    assert colours[4, 4, 0] > 120 and colours[4, 12, 1] > 60 and not filled(np.zeros((3, 2, 4), np.uint8)).any()


def test_a_ground_is_seen_as_far_as_a_picture_is_clear() -> None:
    rgba = np.array([[[100, 0, 50, 255], [100, 0, 50, 0], [100, 0, 50, 128]]], np.uint8)
    assert laid_over(rgba, 255).tolist() == [[[100, 0, 50], [255, 255, 255], [177, 127, 152]]]

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


# -- transparency


def badge(at: int = 0) -> np.ndarray:
    """An orange disc with a soft edge; where nothing is seen the file says black."""
    y, x = np.mgrid[0:36, 0:48]
    far = np.hypot(x - 20 - at, y - 18)
    rgba = np.zeros((36, 48, 4), np.uint8)
    rgba[..., 3] = np.clip((15 - far) * 51, 0, 255)
    rgba[rgba[..., 3] > 0, :3] = (240, 150, 40)
    return rgba


@pytest.mark.parametrize("ending", [".png", ".gif", ".webm", ".mov", ".mkv"])
def test_transparency_is_kept_and_edges_stay_bright(space: Space, ending: str) -> None:
    """Black under what is clear would be drawn into the edge by the pass, or by the encoder's chroma."""
    Image.fromarray(badge()).save(space.folder / "in.png")
    assert "transparent" not in space.ok("pass", "watercolor", "in.png", f"out{ending}", "--set", "border=0").err
    (found,) = shown(space.folder / f"out{ending}")
    alpha = badge()[..., 3]
    expected = np.where(alpha < 128, 0, 255) if ending == ".gif" else alpha
    assert np.abs(found[..., 3].astype(int) - expected).max() <= (12 if ending not in (".png", ".gif") else 0)
    edge = (alpha > 100) & (alpha < 220)
    inside = alpha == 255
    assert edge.sum() > 20
    assert found[edge][:, 0].mean() > found[inside][:, 0].mean() - 25, "no dark rim"


def test_a_transparent_film_keeps_it_in_every_segment(space: Space) -> None:
    hard = [np.where(badge(n)[..., 3:] > 127, badge(n) | (0, 0, 0, 255), 0) for n in range(8)]
    frames = [Image.fromarray(rgba.astype(np.uint8)) for rgba in hard]
    delays = [70, 100, 200, 70, 70, 90, 100, 500]
    frames[0].save(space.folder / "in.gif", save_all=True, append_images=frames[1:], duration=delays, disposal=2)
    for ending in (".gif", ".webm", ".mov"):
        space.ok("pass", "vector_flat", "in.gif", f"out{ending}")
        clip = read_clip(space.folder / f"out{ending}")
        assert np.allclose(np.diff(clip.marks()), np.array(delays) / 1000, atol=0.0011), (ending, clip.marks())
        for n, found in enumerate(shown(clip.path)):
            wrong = np.abs(found[..., 3].astype(int) - np.asarray(frames[n])[..., 3]) > 100
            assert wrong.mean() < 0.02, (ending, n)


@pytest.mark.parametrize(("ending", "grey"), [("jpg", 255), ("mp4", 255)])
def test_what_cannot_be_transparent_is_laid_over_white_and_says_so(space: Space, ending: str, grey: int) -> None:
    Image.fromarray(badge()).save(space.folder / "in.png")
    assert "over white" in space.ok("pass", "vector_flat", "in.png", f"out.{ending}").err
    (found,) = shown(space.folder / f"out.{ending}")
    assert found.shape[2] == 3 and np.abs(found[:4, -4:].astype(int) - grey).max() < 24
    assert found[18, 20, 0] > 200 and found[18, 20, 2] < 110
    space.ok("pass", "vector_flat", "in.png", "out.webm")  # a transparent video, over black
    assert "over black" in space.ok("pass", "vector_flat", "out.webm", "film.mp4").err
    assert shown(space.folder / "film.mp4")[0][:4, -4:].max() < 32  # the darkest of that pass


def test_a_pass_that_there_is_not_is_told_as_that(space: Space) -> None:
    Image.fromarray(badge()).save(space.folder / "in.png")
    result = space.run("pass", "watercolour", "in.png", "out.png")
    assert result.code == 2 and "there is no pass `watercolour`" in result.err and "`watercolor`" in result.err
    assert "Studiofile" not in result.err, "the user wrote none"


# -- sound


def talking(path: Path, codec: str, rate: int = 48_000, seconds: float = 2.0) -> Path:
    """A clip with a tone that begins after half of it."""
    clip_at(path.with_name("silent.mp4"), 4)
    with av.open(str(path.with_name("silent.mp4"))) as source, av.open(str(path), "w") as out:
        picture_track = out.add_stream_from_template(source.streams.video[0])
        track: Any = out.add_stream(codec, rate=rate, layout="stereo")
        packets = [p for p in source.demux(video=0) if p.dts is not None]
        heard = np.arange(int(rate * seconds))
        tone = (np.sin(heard * (2 * np.pi * 440 / rate)) * (heard > len(heard) // 2) * 0.5).astype(np.float32)
        sampler = av.AudioResampler(track.codec_context.format, "stereo", rate, track.codec_context.frame_size or 1024)
        frame = av.AudioFrame.from_ndarray(np.stack([tone, tone]), "fltp", "stereo")
        frame.sample_rate, frame.pts = rate, 0
        for packet in packets:
            packet.stream = picture_track
            out.mux(packet)
        for part in [*sampler.resample(frame), *sampler.resample(None)]:
            out.mux(track.encode(part))
        out.mux(track.encode(None))
    return path


def heard(path: Path) -> tuple[float, float]:
    """(when the tone begins, when the sound is over) in seconds."""
    with av.open(str(path)) as file:
        parts = [(f.time, np.asarray(f.to_ndarray(), np.float64), f.sample_rate) for f in file.decode(audio=0)]
    most = max(np.abs(samples).max() for _, samples, _ in parts)
    time, samples, rate = next(part for part in parts if np.abs(part[1]).max() > most / 4)
    begins = time + int(np.flatnonzero(np.abs(samples[0]) > most / 8)[0]) / rate
    return begins, parts[-1][0] + parts[-1][1].shape[-1] / parts[-1][2]


@pytest.mark.parametrize(
    ("codec", "source", "kept"),
    [
        ("aac", "in.mp4", {".mp4": "aac", ".mov": "aac", ".mkv": "aac", ".webm": "opus", ".gif": None}),
        ("libopus", "in.mkv", {".webm": "opus", ".mp4": "opus", ".mov": "aac"}),
        ("pcm_s16le", "in.mov", {".mov": "pcm_s16le", ".webm": "opus"}),
        ("pcm_alaw", "in.mov", {".mp4": "aac", ".webm": "opus"}),
    ],
)
def test_sound_is_kept_in_step(space: Space, codec: str, source: str, kept: dict[str, str | None]) -> None:
    """Copied where the container holds it, else encoded anew; used to fail in the middle of the join."""
    talking(space.folder / source, codec)
    for ending, expected in kept.items():
        result = space.ok(*PASS, source, f"out{ending}")
        assert streams(space.folder / f"out{ending}").get("audio") == expected
        was = {"libopus": "opus"}.get(codec, codec)
        assert ("becomes" in result.err) == (expected not in (None, was)), result.err
        assert ("left out" in result.err) == (expected is None)
        if expected is not None:
            begins, ends = heard(space.folder / f"out{ending}")
            assert begins == pytest.approx(1, abs=0.03) and ends == pytest.approx(2, abs=0.06), (ending, begins, ends)


# -- bad input


def test_bad_input_is_told_and_leaves_nothing(space: Space) -> None:
    """An unreadable file used to be a traceback when it was cut short after its index."""
    folder = space.folder
    clip_at(folder / "clip.mp4", 4)
    whole = (folder / "clip.mp4").read_bytes()
    space.write("text.mp4", "no video at all")
    space.write("empty.mp4", "")
    space.write("cut.mp4", whole[: len(whole) - 1500])
    space.write("lost.mp4", whole[:200])
    Image.fromarray(picture(0)).save(folder / "whole.jpg")
    space.write("cut.jpg", (folder / "whole.jpg").read_bytes()[:-200])
    with av.open(str(folder / "sound.mp4"), "w") as out:
        track: Any = out.add_stream("aac", rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        frame.sample_rate, frame.pts = 48_000, 0
        out.mux(track.encode(frame))
        out.mux(track.encode(None))
    for name, said in {
        "text.mp4": "cannot be read as a video",
        "empty.mp4": "it is empty",
        "cut.mp4": "cannot be decoded",
        "lost.mp4": "holds no video",
        "cut.jpg": "cut short",
        "sound.mp4": "holds no video",
        "none.mp4": "there is no file",
    }.items():
        result = space.run(*PASS, name, "out.mp4")
        assert result.code == 1 and said in result.err and name in result.err, (name, result.err)
        assert "Traceback" not in result.err
    result = space.run(*PASS, "clip.mp4", "out.tiff")
    assert result.code == 2 and all(ending in result.err for ending in (*FILMS, *STILLS))
    assert not list(folder.glob("out*")) and not list(folder.glob(".*part"))


def test_a_film_is_written_as_its_ending_says(space: Space) -> None:
    """Outputs of a Studiofile know the same endings."""
    clip_at(space.folder / "clip.mp4")
    outputs = "".join(f"  film{ending}: {{}}\n" for ending in (*FILMS, ".jpg"))
    head = "studio: 1\nfps: 12\nsize: 40x26\nscenes: {a: {footage: clip.mp4}}\ncut: [a]\noutputs:\n"
    space.write("Studiofile", head + outputs)
    assert space.build()["frames"]["rendered"] == 24, "frames for encoders, and those for pictures"
    assert {len(shown(space.folder / f"out/film{ending}")) for ending in FILMS} == {12}
    assert Image.open(space.folder / "out/film.jpg").size == (40, 26)

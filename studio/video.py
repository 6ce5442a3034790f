"""Video in and out: segments of H.264, the join of segments without re-encoding, sources of footage.

The only module that knows PyAV. A segment is a short closed piece of H.264 whose packets carry
times relative to itself; the join gives every packet its place in the film. How time stamps are laid
and why no edit list is needed stands in docs/design-notes.md, "The join".
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from studio.clip import DELAY, X264, Clip, Format
from studio.errors import BuildError, StudioError
from studio.hashing import Keys, digest, key, stack
from studio.pixels import rgb_of_yuv
from studio.watch import stamp_of

U8 = NDArray[np.uint8]

_HEADER = struct.Struct("<4sII")  # magic, packets, bytes of extradata
_PACKET = struct.Struct("<iI?")  # time within the segment in frames, bytes, key frame
_MAGIC = b"SEG1"


def encode(frames: Iterable[U8], form: Format) -> bytes:
    """I420 frames -> one segment, the same bytes in every process."""
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = form.width, form.height, "yuv420p"
    codec.framerate, codec.time_base = form.fps, 1 / form.fps
    codec.thread_count = 1
    codec.profile = "High"
    codec.options = {"preset": form.preset, "crf": str(form.crf), "x264-params": X264}
    codec.flags |= av.codec.context.Flags.global_header
    codec.color_range, codec.color_primaries, codec.color_trc, codec.colorspace = 1, 1, 1, 1
    packets: list[Any] = []
    for index, frame in enumerate(frames):
        picture = VideoFrame.from_ndarray(frame, format="yuv420p")
        picture.pts, picture.time_base = index, 1 / form.fps
        packets += codec.encode(picture)
    packets += codec.encode(None)
    extradata = bytes(codec.extradata or b"")
    parts = [_HEADER.pack(_MAGIC, len(packets), len(extradata))]
    parts += [_PACKET.pack(p.pts, p.size, p.is_keyframe) for p in packets]
    return b"".join([*parts, extradata, *(bytes(p) for p in packets)])


@dataclass(frozen=True)
class Segment:
    """A segment, unpacked: packets in the order of decoding."""

    extradata: bytes
    packets: tuple[tuple[int, bool, bytes], ...]  # (time in frames, key frame, bytes)

    @classmethod
    def unpack(cls, blob: bytes) -> Segment:
        """ValueError where the bytes are no segment."""
        magic, count, size = _HEADER.unpack_from(blob)
        if magic != _MAGIC:
            raise ValueError("not a segment")
        table = [_PACKET.unpack_from(blob, _HEADER.size + i * _PACKET.size) for i in range(count)]
        at = _HEADER.size + count * _PACKET.size
        extradata, at = blob[at : at + size], at + size
        packets = []
        for time, length, is_key in table:
            packets.append((time, is_key, blob[at : at + length]))
            at += length
        return cls(extradata, tuple(packets))


class Extras(NamedTuple):
    """What an output has besides its pictures.

    times: of each frame in seconds, for a source whose rate varies; None for a constant rate.
    sound: a file whose first audio stream is copied, packet by packet.
    """

    times: NDArray[np.float64] | None = None
    sound: Path | None = None


def join(segments: Iterable[bytes], path: Path, form: Format, extras: Extras = Extras()) -> int:  # noqa: B008 - immutable
    """Write segments one after the other as an MP4, aside first, then renamed; -> frames written."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as file:
            count = _mux(segments, file, form, extras)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except PermissionError as error:
        raise BuildError(
            f"{path} cannot be replaced: {error.strerror}", "close the player that holds it open"
        ) from error
    finally:
        aside.unlink(missing_ok=True)
    return count


def _mux(segments: Iterable[bytes], file: Any, form: Format, extras: Extras) -> int:
    clock = _Clock(form.fps, extras.times)
    options = {
        "movflags": "+faststart+negative_cts_offsets",
        "use_editlist": "0",
        "fflags": "+bitexact",
        "video_track_timescale": str(clock.scale),
    }
    count = 0
    out = av.open(file, "w", format="mp4", options=options)
    track: Any = None
    sound = _Sound(extras.sound, out) if extras.sound else None
    for blob in segments:
        segment = Segment.unpack(blob)
        if track is None:
            track = _track_like(out, segment)
        base = count
        for time, is_key, data in segment.packets:
            packet = av.Packet(data)
            packet.stream, packet.time_base = track, clock.tick
            packet.pts, packet.dts = clock.at(base + time), clock.at(count - DELAY)
            packet.duration = clock.at(base + time + 1) - packet.pts
            packet.is_keyframe = is_key
            if sound:
                sound.copy_until(float(packet.dts * clock.tick))
            out.mux_one(packet)
            count += 1
    if sound:
        sound.copy_until(float("inf"))
    out.close()
    return count


class _Clock:
    """The time stamp of frame n, also of frames before the first and after the last."""

    def __init__(self, fps: Fraction, times: NDArray[np.float64] | None) -> None:
        self._times = None
        self.tick, self.scale = 1 / fps, fps.numerator * (512 if fps.denominator == 1 else 1)
        if times is not None and not np.allclose(np.diff(times), float(1 / fps), atol=1e-4):
            self.scale = 90_000
            self.tick = Fraction(1, self.scale)
            self._times = np.rint((times - times[0]) * self.scale).astype(np.int64)
            self._step = max(1, round(self.scale / float(fps)))

    def at(self, frame: int) -> int:
        if self._times is None:
            return frame
        if frame < 0:
            return int(self._times[0]) + frame * self._step
        last = len(self._times) - 1
        return int(self._times[min(frame, last)]) + max(0, frame - last) * self._step


def _track_like(out: Any, segment: Segment) -> Any:
    """A video track made from a parsed segment: opening an encoder would write a header of its own."""
    raw = segment.extradata + b"".join(data for _, _, data in segment.packets[:3])
    with av.open(io.BytesIO(raw), format="h264") as template:
        return out.add_stream_from_template(template.streams.video[0])


class _Sound:
    """Audio packets of a file, handed over in step with the pictures."""

    def __init__(self, path: Path, out: Any) -> None:
        self._file: Any = av.open(str(path))
        stream = next(iter(self._file.streams.audio), None)
        self._track: Any = out.add_stream_from_template(stream) if stream else None
        self._packets: Iterator[Any] = (
            (p for p in self._file.demux(stream) if p.dts is not None) if stream else iter(())
        )
        self._next = next(self._packets, None)
        self._out = out

    def copy_until(self, seconds: float) -> None:
        while self._next is not None and float(self._next.dts * self._next.time_base) <= seconds:
            self._next.stream = self._track
            self._out.mux_one(self._next)
            self._next = next(self._packets, None)


def png(data: bytes) -> bytes:
    """A stored picture as a PNG file."""
    import cv2

    from studio.pixels import unpacked

    rgb = unpacked(data)
    done, out = cv2.imencode(".png", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_PNG_COMPRESSION, 6])
    if not done:
        raise BuildError("a picture could not be written as PNG")
    return bytes(out)


# -- sources of footage


def read_clip(path: Path) -> Clip:
    """Demux a file and decode one frame of it; StudioError if there is no video in it."""
    read, data = stamp_of(path), path.read_bytes()
    try:
        file: Any
        with av.open(io.BytesIO(data)) as file:
            stream = next(iter(file.streams.video), None)
            if stream is None:
                raise StudioError(f"{path} holds no video")
            packets = [(p.pts, p.is_keyframe, digest(bytes(p))) for p in file.demux(stream) if p.pts is not None]
            fps = Fraction(stream.average_rate or stream.guessed_rate or 25).limit_denominator(1001)
            tick = float(stream.time_base)
            header = bytes(stream.codec_context.extradata or b"")
        first = next((frame for _, frame in _decoded(path, None)), None)
    except av.error.FFmpegError as error:
        raise StudioError(f"{path} cannot be read as a video: {error.strerror}") from error
    if not packets or first is None:
        raise StudioError(f"{path} holds no frames")
    stamps = np.array(sorted(p[0] for p in packets), np.int64)
    keys = np.searchsorted(stamps, np.array(sorted(p[0] for p in packets if p[1]), np.int64))
    if not len(keys) or keys[0]:
        keys = np.concatenate([[0], keys])
    height, width = _rgb(first).shape[:2]
    times = (stamps - stamps[0]) * tick
    # the container says how packets are to be read: the same ones may be turned, or in other colours
    tags = [first.format.name, first.colorspace, first.color_range, first.rotation]
    head = key(av.__version__.encode(), header, repr([str(tag) for tag in tags]).encode())
    identity = _identity(packets, stamps, keys, head)
    return Clip(path, digest(data), width, height, fps, times, stamps, keys, identity, read)


def _identity(
    packets: list[tuple[int, bool, bytes]], stamps: NDArray[np.int64], keys: NDArray[np.intp], head: bytes
) -> Keys:
    group = np.searchsorted(keys, np.arange(len(stamps)), side="right") - 1
    content: list[list[bytes]] = [[] for _ in keys]
    for stamp, _, packet in packets:
        content[group[np.searchsorted(stamps, stamp)]].append(packet)
    groups = [key(*parts) for parts in content]
    return stack(
        key(head, groups[g], groups[g - 1] if g else b"", int(n - keys[g]).to_bytes(4, "little"))
        for n, g in enumerate(group)
    )


def frames_of(clip: Clip, start: int, stop: int) -> Iterator[U8]:
    """Frames start to stop of a clip, RGB uint8 (h, w, 3), upright."""
    group = int(np.searchsorted(clip.keys, start, side="right") - 1)
    first = int(clip.keys[max(group - 1, 0)])  # an open group leans on the one before
    at = start
    # a picture's demuxer finds nothing any more once it was sent to its beginning
    for stamp, frame in _decoded(clip.path, int(clip.stamps[first]) if first else None):
        if stamp is None or stamp < clip.stamps[at]:
            continue
        yield _rgb(frame)
        at += 1
        if at >= stop:
            return


def _decoded(path: Path, stamp: int | None) -> Iterator[tuple[int | None, VideoFrame]]:
    file: Any
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        stream.codec_context.thread_count = 1
        if stamp is not None:
            file.seek(stamp, stream=stream, backward=True)
        for frame in file.decode(stream):
            yield frame.pts, frame


def _rgb(frame: VideoFrame) -> U8:
    """Our own matrix for the common formats, so that the bytes do not hang on swscale's choice of code."""
    is_709 = frame.colorspace == 1 or (frame.colorspace not in (5, 6) and frame.height >= 720)
    if frame.format.name in ("yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p"):
        planes = [_plane(frame.planes[n]) for n in range(3)]
        full = frame.color_range == 2 or frame.format.name.startswith("yuvj")
        rgb = rgb_of_yuv(*planes, is_709=is_709, is_full=full)
    else:
        rgb = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
    turns = round(frame.rotation / 90) % 4
    return np.ascontiguousarray(np.rot90(rgb, turns)) if turns else rgb


def _plane(plane: Any) -> U8:
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return np.ascontiguousarray(rows[: plane.height, : plane.width])

"""Finished files: segments of encoded frames, and the join of segments without encoding again.

A segment is a short closed piece of H.264, VP9, ProRes or GIF whose packets carry times
relative to itself; the join gives every packet its place in the film, in any container of its codec. How time stamps
are laid and why no edit list is needed stands in docs/design-notes.md, "The join".
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from studio import gif
from studio.clip import CODECS, CONTAINERS, X264, Container, Format
from studio.errors import BuildError
from studio.pixels import i420, yuv444
from studio.segment import Segment
from studio.sound import Sound

U8 = NDArray[np.uint8]

#: one packet a frame, none that is not shown: `good` takes five times as long for four fifths of the bytes
VP9 = {"deadline": "realtime", "cpu-used": "6", "auto-alt-ref": "0", "lag-in-frames": "0", "row-mt": "0"}
PRORES = {"profile": "4444", "vendor": "apl0"}


def encode(frames: Iterable[U8], form: Format) -> bytes:
    """Frames, as I420 or as `Format.fed` says, -> one segment, the same bytes in every process."""
    if form.codec == "gif":
        return gif.encode(list(frames))
    return _h264(frames, form) if form.codec == "h264" else _boxed(frames, form)


def _h264(frames: Iterable[U8], form: Format) -> bytes:
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
    return Segment(bytes(codec.extradata or b""), tuple((p.pts, p.is_keyframe, bytes(p)) for p in packets)).packed()


def _boxed(frames: Iterable[U8], form: Format) -> bytes:
    """A segment as a small file of its own: what packets carry beside their bytes, as alpha in VP9, stays with them."""
    file, how = io.BytesIO(), CODECS[form.codec]
    stream: Any
    with av.open(file, "w", format=how.box, options={"fflags": "+bitexact"}) as out:
        stream = out.add_stream(how.encoder, rate=form.fps)
        stream.width, stream.height, stream.pix_fmt = form.width, form.height, how.fed
        codec = stream.codec_context
        codec.thread_count, codec.bit_rate = 1, 0
        codec.options = VP9 | {"crf": str(min(63, round(form.crf * 1.35)))} if how.box == "matroska" else PRORES
        codec.color_range, codec.color_primaries, codec.color_trc, codec.colorspace = 1, 1, 1, 1
        for index, frame in enumerate(frames):
            picture = _picture(frame, form)
            picture.pts, picture.time_base = index, 1 / form.fps
            out.mux(codec.encode(picture))
        out.mux(codec.encode(None))
    return file.getvalue()


def _picture(frame: U8, form: Format) -> VideoFrame:
    """A frame, I420 or RGBA, as its encoder takes it."""
    if form.codec == "vp9":
        return VideoFrame.from_ndarray(frame, format="yuv420p")
    if form.codec == "prores":
        planes: list[NDArray[Any]] = [*yuv444(frame[..., :3]), np.rint(frame[..., 3] * (1023 / 255)).astype(np.uint16)]
    else:
        yuv, small = i420(np.ascontiguousarray(frame[..., :3])), (form.height // 2, form.width // 2)
        u, v = yuv[form.height :].reshape(2, *small)
        planes = [yuv[: form.height], u, v, frame[..., 3]]
    picture = VideoFrame(form.width, form.height, CODECS[form.codec].fed)
    for plane, pixels in zip(picture.planes, planes, strict=True):
        rows = np.zeros((plane.height, plane.line_size // pixels.itemsize), pixels.dtype)
        rows[:, : pixels.shape[1]] = pixels
        plane.update(rows.tobytes())
    return picture


class Extras(NamedTuple):
    """What an output has besides its pictures.

    times: of each frame in seconds, and when the last is over, for a source whose rate varies; None for a constant
    rate. sound: a file whose first sound track is taken over; start: when in it the pictures begin.
    """

    times: NDArray[np.float64] | None = None
    sound: Path | None = None
    start: float = 0.0


def join(segments: Iterable[bytes], path: Path, form: Format, extras: Extras = Extras()) -> int:  # noqa: B008 - immutable
    """Write segments one after the other into the container that the path's ending names, aside first, then renamed;
    -> frames written."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as file:
            count = _mux(segments, file, form, (CONTAINERS[path.suffix.lower()], extras))
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


def _mux(segments: Iterable[bytes], file: Any, form: Format, how: tuple[Container, Extras]) -> int:
    container, extras = how
    clock = _Clock(form.fps, extras.times)
    if container.muxer == "gif":
        frames = (packet for blob in segments for packet in Segment.unpack(blob).packets)
        return gif.write(file, (form.width, form.height), frames, clock.seconds)
    options = {"fflags": "+bitexact", "avoid_negative_ts": "disabled"}
    if container.muxer in ("mp4", "mov"):
        options["movflags"], options["use_editlist"] = "+faststart+negative_cts_offsets", "0"
        options["video_track_timescale"] = str(clock.scale)
    count, delay = 0, CODECS[form.codec].delay
    out = av.open(file, "w", format=container.muxer, options=options)
    track = sound = None
    for blob in segments:
        if track is None:
            track = _track_like(out, blob, form)
            sound = Sound(extras.sound, extras.start, out, container) if extras.sound else None
        base = count
        for time, packet in _packets(blob, form):
            packet.stream, packet.time_base = track, clock.tick
            packet.pts, packet.dts = clock.at(base + time), clock.at(count - delay)
            packet.duration = clock.at(base + time + 1) - packet.pts
            if extras.times is not None and count + 2 == len(extras.times):
                # MP4 keeps steps of decoding: together they are as long as what is shown
                packet.duration = max(packet.duration, clock.at(count + 1) - packet.dts + clock.at(-delay))
            if sound:
                sound.hand_over(float(packet.dts * clock.tick))
            out.mux_one(packet)
            count += 1
    if sound:
        sound.hand_over(float("inf"))
    out.close()
    return count


def _packets(blob: bytes, form: Format) -> Iterator[tuple[int, Any]]:
    """The packets of a segment in the order of decoding, and at which of its frames each is shown."""
    file: Any
    if not CODECS[form.codec].box:
        for time, is_key, data in Segment.unpack(blob).packets:
            packet = av.Packet(data)
            packet.is_keyframe = is_key
            yield time, packet
        return
    with av.open(io.BytesIO(blob)) as file:
        yield from enumerate(p for p in file.demux(file.streams.video[0]) if p.size)


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
        return int(self._times[frame])

    def seconds(self, frame: int) -> Fraction:
        return self.at(frame) * self.tick


def _track_like(out: Any, blob: bytes, form: Format) -> Any:
    """A video track made from a parsed segment: opening an encoder would write a header of its own."""
    raw, box = blob, CODECS[form.codec].box
    file: Any
    if not box:
        segment = Segment.unpack(blob)
        raw, box = segment.extradata + b"".join(data for _, _, data in segment.packets[:3]), "h264"
    with av.open(io.BytesIO(raw), format=box) as file:
        stream = file.streams.video[0]
        track = out.add_stream_from_template(stream)
        if box == "mov":  # which of the kinds of ProRes it is
            track.codec_context.codec_tag = stream.codec_context.codec_tag
        if "alpha_mode" in stream.metadata:
            track.metadata["alpha_mode"] = "1"
    return track


def png(data: bytes) -> bytes:
    """A stored picture as a PNG file."""
    import cv2

    from studio.pixels import unpacked

    pixels = unpacked(data)
    way = cv2.COLOR_RGBA2BGRA if pixels.shape[2] == 4 else cv2.COLOR_RGB2BGR
    done, out = cv2.imencode(".png", cv2.cvtColor(pixels, way), [cv2.IMWRITE_PNG_COMPRESSION, 6])
    if not done:
        raise BuildError("a picture could not be written as PNG")
    return bytes(out)


def jpg(data: bytes) -> bytes:
    """A stored picture as a JPEG file, with a colour for every pixel: most passes draw hard edges."""
    import cv2

    from studio.pixels import unpacked

    how = [cv2.IMWRITE_JPEG_QUALITY, 95, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]
    done, out = cv2.imencode(".jpg", cv2.cvtColor(unpacked(data), cv2.COLOR_RGB2BGR), how)
    if not done:
        raise BuildError("a picture could not be written as JPEG")
    return bytes(out)

"""Sources of footage: clips and pictures, demuxed while planning; decoded frame by frame, upright, in RGB or RGBA."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from av.stream import Disposition
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from studio.clip import Clip, Turn
from studio.errors import BuildError, StudioError
from studio.hashing import Keys, digest, digest_of_file, key, stack
from studio.tones import HDR, rgb_of_planes
from studio.values import PICTURES
from studio.watch import stamp_of

U8 = NDArray[np.uint8]
Packets = list[tuple[int, bool, bytes]]

#: decoders that hand on alpha, which FFmpeg's own leave out
_WITH_ALPHA = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
#: what is made for pages, and stands on white there; transparent videos are made for editing, over black
_OF_PAGES = (".gif", ".png", ".webp")
_DAMAGED = "the file is damaged, cut short, or of a kind that is not known"


def read_clip(path: Path) -> Clip:
    """Demux a file and decode one frame of it; StudioError if there is no video in it."""
    read = stamp_of(path)
    try:
        file: Any
        with av.open(str(path), options=_HOW) as file:
            stream = _stream_of(file)
            if stream is None:
                raise StudioError(f"{path} holds no video", "sound alone cannot be shown")
            packets, unseen, end = _packets_of(file, stream)
            fps = Fraction(stream.average_rate or stream.guessed_rate or 25)
            tick, header = float(stream.time_base), bytes(stream.codec_context.extradata or b"")
            across = Fraction(stream.sample_aspect_ratio or 1)
            sound = tuple(track.codec_context.codec.canonical_name for track in file.streams.audio)
        first = next((frame for _, frame in _decoded(path, None)), None)
    except (av.error.FFmpegError, ValueError) as error:
        what = getattr(error, "strerror", error) if path.stat().st_size else "it is empty"
        raise StudioError(f"{path} cannot be read as a video: {what}", _DAMAGED) from error
    if not packets or first is None:
        raise StudioError(f"{path} holds no frames", _DAMAGED)
    stamps = np.array(sorted({p[0] for p in packets} - unseen), np.int64)
    keys = np.unique(np.searchsorted(stamps, np.array(sorted(p[0] for p in packets if p[1]), np.int64)))
    keys = keys[keys < len(stamps)]
    if not len(keys) or keys[0]:
        keys = np.concatenate([[0], keys])
    turn = _turn_of(path, first)
    picture = _upright(first, across, turn)
    height, width = picture.shape[:2]
    has_alpha = picture.shape[2] == 4 and _is_transparent(path, picture)
    ground = 255 if path.suffix.lower() in _OF_PAGES else 0
    times, over, fps = _steady((np.append(stamps, end) - stamps[0]) * tick, fps, tick)
    # the container says how packets are to be read: the same ones may be turned, or in other colours
    tags = [first.format.name, first.colorspace, first.color_range, first.color_trc, first.color_primaries]
    tags += [*turn, across, has_alpha, ground]
    head = key(av.__version__.encode(), header, repr([str(tag) for tag in tags]).encode())
    identity = _identity(packets, stamps, keys, head)
    return Clip(
        path, digest_of_file(path), width, height, fps, times, over, stamps, keys,
        identity, read, float(stamps[0] * tick), sound, across, turn,
        has_alpha, ground, HDR.get(first.color_trc, ""),
    )  # fmt: skip


def _is_transparent(path: Path, first: U8) -> bool:
    """Whether any frame of what has alpha is. A video that has it was made to be; pictures and GIFs, which have it as a
    matter of course, are looked through."""
    if path.suffix.lower() not in (*PICTURES, ".gif") or bool((first[..., 3] < 255).any()):
        return True
    return any(bool((_pixels(frame)[..., 3] < 255).any()) for _, frame in _decoded(path, None))


#: where a container has no times of display, as AVI, they are worked out
_HOW = {"fflags": "+genpts"}


def _stream_of(file: Any) -> Any:
    """The first video of a file; the cover of a song is none."""
    return next((s for s in file.streams.video if not s.disposition & Disposition.attached_pic), None)


def _packets_of(file: Any, stream: Any) -> tuple[Packets, set[int], int]:
    """(time stamp, whether decoding can begin there, digest) of each packet; the stamps of those that are decoded but
    never shown; when the last is over."""
    packets, unseen, end = [], set[int](), 0
    for packet in file.demux(stream):
        if packet.pts is not None and packet.size:
            packets.append((packet.pts, bool(packet.is_keyframe), digest(bytes(packet))))
            end = max(end, packet.pts + (packet.duration or 0))
            if packet.is_discard:
                unseen.add(packet.pts)
    if stream.duration is not None and stream.start_time is not None:
        end = stream.start_time + stream.duration  # durations of packets may be those of decoding
    elif said := re.match(r"(\d+):(\d+):([\d.]+)", stream.metadata.get("DURATION", "")):  # Matroska has none of packets
        end = round((60 * (60 * int(said[1]) + int(said[2])) + float(said[3])) / stream.time_base)
    return packets, unseen, end


def _steady(marks: NDArray[np.float64], fps: Fraction, tick: float) -> tuple[NDArray[np.float64], float, Fraction]:
    """Times of frames, when the last is over, and their rate. Times that are even but for what the container rounds
    are made even; where they are not, the rate is that of most frames, so that it stays as it is when the clip grows.
    """
    times, last = marks[:-1], float(marks[-1] - marks[-2])
    step = float(np.median(np.diff(times))) if len(times) > 1 else last if last > 0 else 0.04
    fps = fps if len(times) > 1 else Fraction(1 / step)
    for rate in (fps.limit_denominator(1001), Fraction(1 / step).limit_denominator(100)):
        even = np.arange(len(times)) / float(rate)
        if np.abs(times - even).max() <= 1.01 * tick + 1e-4:
            times, fps = even, rate
            break
    else:
        fps = Fraction(max(1, round(1 / step)))
    if last <= 0 or abs(last - 1 / fps) <= 2 * tick + 1e-4:
        last = 1 / float(fps)
    return times, float(times[-1] + last), fps


def _turn_of(path: Path, frame: VideoFrame) -> Turn:
    """How a file says that its pictures are to be turned, by the signs of a matrix."""
    beside: Any
    try:
        beside = frame.side_data
    except ValueError:  # there is something that PyAV has no name for, as the EXIF of photographs
        if path.suffix.lower() in PICTURES:
            return _EXIF.get(Image.open(path).getexif().get(0x0112, 1), _EXIF[1])
        return [_EXIF[n] for n in (1, 8, 3, 6)][round(frame.rotation / 90) % 4]
    data = next((bytes(side) for side in beside if side.type.name == "DISPLAYMATRIX"), None)
    if data is None:
        return _EXIF[1]
    a, b, _, c, d = np.sign(np.frombuffer(data, np.int32)[:5]).tolist()
    return a, b, c, d


#: by EXIF's number of the orientation
_EXIF: dict[int, Turn] = {
    1: (1, 0, 0, 1), 2: (-1, 0, 0, 1), 3: (-1, 0, 0, -1), 4: (1, 0, 0, -1),
    5: (0, 1, 1, 0), 6: (0, 1, -1, 0), 7: (0, -1, -1, 0), 8: (0, -1, 1, 0),
}  # fmt: skip


def _identity(packets: Packets, stamps: NDArray[np.int64], keys: NDArray[np.intp], head: bytes) -> Keys:
    group = np.searchsorted(keys, np.arange(len(stamps)), side="right") - 1
    content: list[list[bytes]] = [[] for _ in keys]
    for stamp, _, packet in packets:
        content[group[min(int(np.searchsorted(stamps, stamp)), len(stamps) - 1)]].append(packet)
    groups = [key(*parts) for parts in content]
    return stack(
        key(head, groups[g], groups[g - 1] if g else b"", int(n - keys[g]).to_bytes(4, "little"))
        for n, g in enumerate(group)
    )


def frames_of(clip: Clip, start: int, stop: int) -> Iterator[U8]:
    """Frames start to stop of a clip, RGB or RGBA uint8 (h, w, 3 or 4), upright. One that cannot be decoded shows what
    its key rests on: the last before it of its group or the one before, else the next of its group. BuildError if
    there is none, or if nothing after it can be decoded."""
    first, at = _leans_on(clip, start), start
    before: tuple[int, VideoFrame] | None = None
    # a picture's demuxer finds nothing any more once it was sent to its beginning
    try:
        for stamp, frame in _decoded(clip.path, int(clip.stamps[first]) if first else None):
            here = clip.count if stamp is None else int(np.searchsorted(clip.stamps, stamp))
            if here == clip.count or clip.stamps[here] != stamp:
                continue  # it is never shown
            while at <= here:
                shown = frame
                if at < here and before is not None and before[0] >= _leans_on(clip, at):
                    shown = before[1]
                elif _group(clip, at) != _group(clip, here):
                    raise _undecoded(clip, at)
                yield _upright(shown, clip.across, clip.turn)
                at += 1
                if at >= stop:
                    return
            before = here, frame
    except av.error.FFmpegError as error:
        raise _undecoded(clip, at, f": {error.strerror}") from error
    raise _undecoded(clip, at)


def _undecoded(clip: Clip, at: int, why: str = "") -> BuildError:
    return BuildError(f"{clip.path.name}: frame {at + 1} of {clip.count} cannot be decoded{why}", _DAMAGED)


def _group(clip: Clip, frame: int) -> int:
    """The group of pictures that a frame is in."""
    return int(np.searchsorted(clip.keys, frame, side="right") - 1)


def _leans_on(clip: Clip, frame: int) -> int:
    """The first frame that a frame's pixels may rest on: an open group leans on the one before."""
    return int(clip.keys[max(_group(clip, frame) - 1, 0)])


def _decoded(path: Path, stamp: int | None) -> Iterator[tuple[int | None, VideoFrame]]:
    file: Any
    with av.open(str(path), options=_HOW) as file:
        stream = _stream_of(file)
        codec = stream.codec_context
        if stream.metadata.get("alpha_mode", stream.metadata.get("ALPHA_MODE")) == "1" and codec.name in _WITH_ALPHA:
            codec = av.CodecContext.create(_WITH_ALPHA[codec.name], "r")
        codec.thread_count = 1
        if path.suffix.lower() in PICTURES:  # what is missing of one would be grey; of a video, the next frame mends it
            codec.options = {"err_detect": "explode"}
        if stamp is not None:
            file.seek(stamp, stream=stream, backward=True)
        for packet in file.demux(stream):
            for frame in codec.decode(packet):
                yield frame.pts, frame


def _upright(frame: VideoFrame, across: Fraction, turn: Turn) -> U8:
    """A frame as it is to be seen: in our colours, of square pixels, turned and mirrored."""
    picture = _pixels(frame)
    if across != 1:
        size = (max(1, round(frame.width * across)), frame.height)
        way = cv2.INTER_AREA if across < 1 else cv2.INTER_CUBIC
        picture = np.asarray(cv2.resize(picture, size, interpolation=way), np.uint8)
    a, b, c, d = turn
    if abs(b) > abs(a):  # columns become rows
        picture = picture.swapaxes(0, 1)
        a, d = c, b
    return np.ascontiguousarray(picture[:: -1 if d < 0 else 1, :: -1 if a < 0 else 1])


def _pixels(frame: VideoFrame) -> U8:
    """Our own matrix for all that is luma and chroma, so that the bytes do not hang on swscale's choice of code."""
    form = frame.format
    is_yuv = form.is_planar and not form.is_rgb and len(form.components) in (3, 4) and not form.is_big_endian
    if not is_yuv or "bayer" in form.name or form.name.startswith(("nv", "p0")):
        has_alpha = form.has_palette or any(c.is_alpha for c in form.components)
        return np.asarray(frame.to_ndarray(format="rgba" if has_alpha else "rgb24"), np.uint8)
    bits = form.components[0].bits
    planes = [_plane(plane, bits) for plane in frame.planes]
    # 2: not said, which means BT.709 from 720 lines on, else BT.601
    matrix = int(frame.colorspace) if frame.colorspace != 2 else 1 if frame.height >= 720 else 5
    is_full = frame.color_range == 2 or form.name.startswith("yuvj")
    return rgb_of_planes(planes, bits, is_full, (matrix, int(frame.color_trc), int(frame.color_primaries)))


def _plane(plane: Any, bits: int) -> NDArray[Any]:
    rows: NDArray[Any] = np.frombuffer(plane, np.uint16 if bits > 8 else np.uint8)
    return np.ascontiguousarray(rows.reshape(plane.height, -1)[:, : plane.width])

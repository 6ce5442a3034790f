"""What planning knows of pictures in files: how a film is written, and a clip of footage as it was demuxed.

No pixels and no PyAV here; `footage` reads and `video` writes the files themselves.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction
from importlib import metadata
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.fingerprint import of_functions
from studio.hashing import Keys, key

X264 = (
    "keyint=infinite:scenecut=0:open-gop=0:threads=1:lookahead-threads=1:sliced-threads=0:cpu-independent=1"
    ":force-cfr=1:colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv:chromaloc=1"
)


class Codec(NamedTuple):
    """How frames become segments. encoder, fed: FFmpeg's names of it and of the pixels that it takes; delay: frames
    by which decoding is ahead of display; box: the container of a segment, where it is not our own; code: what of
    ours its bytes rest on, by module."""

    encoder: str
    fed: str
    delay: int
    box: str
    code: tuple[tuple[str, ...], ...]


_BOXED = (("studio.video", "encode", "_boxed", "_picture"), ("studio.pixels", "i420", "yuv444"))
_GIF = ("studio.gif", "encode", "_Palette", "_code", "_screen", "_lzw")
_SEGMENT = ("studio.segment", "Segment")
CODECS = {
    # x264's delay with its default of three B-frames and a pyramid
    "h264": Codec("libx264", "yuv420p", 2, "", (("studio.video", "encode", "_h264"), _SEGMENT)),
    "vp9": Codec("libvpx-vp9", "yuv420p", 0, "matroska", _BOXED),
    "vp9-alpha": Codec("libvpx-vp9", "yuva420p", 0, "matroska", _BOXED),
    "prores": Codec("prores_ks", "yuva444p10le", 0, "mov", _BOXED),
    "gif": Codec("gif", "pal8", 0, "", (("studio.video", "encode"), _GIF, _SEGMENT)),
}


#: what makes a finished file of segments or of frames
JOINING = (
    ("studio.video", "join", "_mux", "_packets", "_Clock", "_track_like", "png", "jpg"),
    ("studio.gif", "write"),
    ("studio.sound", "Sound"),
    _SEGMENT,
)


class Container(NamedTuple):
    """What a film's ending means. muxer: FFmpeg's name; codec, clear: of pictures, and of those that are transparent
    in places; sound: the encoder of what is not in `holds`, codecs of sound that are copied as they are. None: it
    holds no such thing."""

    muxer: str
    codec: str
    clear: str | None
    sound: str | None
    holds: tuple[str, ...] = ()


_MPEG = ("aac", "alac", "ac3", "eac3", "mp2", "mp3")
_PCM = ("pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le")
CONTAINERS = {
    ".mp4": Container("mp4", "h264", None, "aac", (*_MPEG, "flac", "opus")),
    ".mov": Container("mov", "h264", "prores", "aac", (*_MPEG, *_PCM, "pcm_s16be", "pcm_s24be")),
    ".mkv": Container("matroska", "h264", "vp9-alpha", "aac", (*_MPEG, *_PCM, "dts", "flac", "opus", "vorbis")),
    ".webm": Container("webm", "vp9", "vp9-alpha", "libopus", ("opus", "vorbis")),
    ".gif": Container("gif", "gif", "gif", None),
}


class Format(NamedTuple):
    """All that the encoder is told, frames aside. It is hashed into the keys of segments."""

    width: int
    height: int
    fps: Fraction
    crf: int = 20
    preset: str = "veryfast"
    codec: str = "h264"

    def plain(self) -> list[int | str]:
        return [self.width, self.height, self.fps.numerator, self.fps.denominator, *self[3:]]


def encoder_version(codec: str = "h264") -> str:
    """What the bytes of a segment depend on besides frames and `Format`."""
    versions = " ".join(f"{name} {metadata.version(name)}" for name in ("av", "pillow"))
    code = " ".join(of_functions(*functions).hex() for functions in CODECS[codec].code)
    return f"{versions} {X264} {CODECS[codec][:4]} code={code}"


def container_version() -> bytes:
    """What the bytes of a finished file depend on besides its segments or frames."""
    return key(*(of_functions(*functions) for functions in JOINING))


#: (a, b, c, d): a point (x, y) goes to (ax + cy, bx + dy), but for where that lies
Turn: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True)
class Clip:
    """A video file, demuxed.

    times: seconds of each frame in the order of display, from 0; end: when the last one is over. stamps: their
    time stamps in the file. keys: frames at which decoding can begin. identity: (n, 16); what each frame rests on:
    the bytes of its group of pictures and of the one before. digest: of the whole file. read: its stamp
    from before it was read. start: when in the file the first frame is shown. sound: codecs of its sound tracks.
    across: how broad its pixels are in the file; frames come in square ones. turn: how it lies in the
    file; frames come upright. has_alpha: whether it is transparent
    in places; ground: the grey that it stands on where that cannot be kept. hdr: which kind of HDR it is, if any.
    """

    path: Path
    digest: bytes
    width: int
    height: int
    fps: Fraction
    times: NDArray[np.float64]
    end: float
    stamps: NDArray[np.int64]
    keys: NDArray[np.intp]
    identity: Keys
    read: tuple[int, ...]
    start: float = 0.0
    sound: tuple[str, ...] = ()
    across: Fraction = Fraction(1)
    turn: Turn = (1, 0, 0, 1)
    has_alpha: bool = False
    ground: int = 0
    hdr: str = ""

    @property
    def count(self) -> int:
        return len(self.times)

    @property
    def seconds(self) -> float:
        return self.end

    def marks(self, every: int = 1) -> NDArray[np.float64]:
        """The times of all its frames, or of each second one, and when the last is over."""
        return np.append(self.times[::every], self.end)

    def shown_at(self, seconds: NDArray[np.float64]) -> NDArray[np.int32]:
        """The last frame whose time has come, for each moment."""
        return np.maximum(np.searchsorted(self.times, seconds + 1e-6, side="right") - 1, 0).astype(np.int32)

    def spans(self, longest: int) -> list[tuple[int, int]]:
        """Ranges of frames that begin where decoding can begin, split at `longest`."""
        edges = [*self.keys.tolist(), self.count]
        return [(s, min(s + longest, b)) for a, b in itertools.pairwise(edges) for s in range(a, b, longest)]

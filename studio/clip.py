"""What planning knows of pictures in files: the format of an output, and a clip of footage as it was demuxed.

No pixels and no PyAV here; `video` reads and writes the files themselves.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.fingerprint import of_functions
from studio.hashing import Keys

#: x264's delay in frames with its default of three B-frames and a pyramid
DELAY = 2
X264 = (
    "keyint=infinite:scenecut=0:open-gop=0:threads=1:lookahead-threads=1:sliced-threads=0:cpu-independent=1"
    ":force-cfr=1:colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv:chromaloc=1"
)


class Format(NamedTuple):
    """All that the encoder is told, frames aside. It is hashed into the keys of segments."""

    width: int
    height: int
    fps: Fraction
    crf: int = 20
    preset: str = "veryfast"

    def plain(self) -> list[int | str]:
        return [self.width, self.height, self.fps.numerator, self.fps.denominator, self.crf, self.preset]


def encoder_version() -> str:
    """What the bytes of a segment depend on besides frames and `Format`."""
    code = of_functions("studio.video", "encode").hex()
    return f"av {metadata.version('av')} {X264} delay={DELAY} code={code}"


def container_version() -> bytes:
    """What the bytes of a finished file depend on besides its segments or frames."""
    return of_functions("studio.video", "join", "_mux", "_Clock", "_track_like", "_Sound", "Segment", "png")


@dataclass(frozen=True)
class Clip:
    """A video file, demuxed.

    times: seconds of each frame in the order of display, from 0. stamps: their time stamps in the
    file. keys: frames at which decoding can begin. identity: (n, 16); what each frame rests on: the
    bytes of its group of pictures and of the one before. digest: of the whole file. read: its stamp
    from before it was read.
    """

    path: Path
    digest: bytes
    width: int
    height: int
    fps: Fraction
    times: NDArray[np.float64]
    stamps: NDArray[np.int64]
    keys: NDArray[np.intp]
    identity: Keys
    read: tuple[int, ...]

    @property
    def count(self) -> int:
        return len(self.times)

    @property
    def seconds(self) -> float:
        return float(self.times[-1] + 1 / self.fps)

    def shown_at(self, seconds: NDArray[np.float64]) -> NDArray[np.int32]:
        """The last frame whose time has come, for each moment."""
        return np.maximum(np.searchsorted(self.times, seconds + 1e-6, side="right") - 1, 0).astype(np.int32)

    def spans(self, longest: int) -> list[tuple[int, int]]:
        """Ranges of frames that begin where decoding can begin, split at `longest`."""
        edges = [*self.keys.tolist(), self.count]
        return [(s, min(s + longest, b)) for a, b in itertools.pairwise(edges) for s in range(a, b, longest)]

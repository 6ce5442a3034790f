"""The sound of a clip on its way into a film: copied packet by packet, or encoded anew where it cannot be held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import av

from studio.clip import Container

RATE = 48_000
#: bits a second of sound that is encoded anew
BITS = 192_000


class Sound:
    """The first sound track of a file, handed over in step with the pictures.

    start: when in the file the pictures begin; container: what `out` is.
    """

    def __init__(self, path: Path, start: float, out: Any, container: Container) -> None:
        self._file: Any = av.open(str(path))
        self._out, self._start = out, start
        stream = next(iter(self._file.streams.audio), None)
        self._packets: Iterator[Any] = iter(())
        if stream is not None and stream.codec_context.codec.canonical_name in container.holds:
            self._track = out.add_stream_from_template(stream)
            self._packets = self._copied(stream)
        elif stream is not None and container.sound is not None:
            self._track = out.add_stream(
                container.sound, rate=RATE, layout="mono" if stream.channels == 1 else "stereo"
            )
            self._track.codec_context.bit_rate = BITS
            self._packets = self._encoded(stream)
        # what is over before the pictures begin is left out: the silence that AAC begins with, too
        self._packets = _forward(p for p in self._packets if p.dts + max(1, p.duration or 0) > 0)
        self._next = next(self._packets, None)

    def hand_over(self, seconds: float) -> None:
        """Write all that is heard up to a moment."""
        while self._next is not None and float(self._next.dts * self._next.time_base) <= seconds:
            self._next.stream = self._track
            self._out.mux_one(self._next)
            self._next = next(self._packets, None)
        if self._next is None:
            self._file.close()

    def _copied(self, stream: Any) -> Iterator[Any]:
        late = round(self._start / stream.time_base)
        for packet in self._file.demux(stream):
            if packet.dts is None:
                continue
            packet.pts, packet.dts = packet.pts - late, packet.dts - late
            yield packet

    def _encoded(self, stream: Any) -> Iterator[Any]:
        codec = self._track.codec_context
        sampler = av.AudioResampler(codec.format, codec.layout, RATE, codec.frame_size)
        for frame in self._file.decode(stream):
            if frame.time is not None and frame.time + frame.samples / frame.sample_rate <= self._start:
                continue
            if frame.pts is not None:
                frame.pts -= round(self._start / frame.time_base)
            for part in sampler.resample(frame):
                yield from self._track.encode(part)
        for part in sampler.resample(None):
            yield from self._track.encode(part)
        yield from self._track.encode(None)


def _forward(packets: Iterable[Any]) -> Iterator[Any]:
    """Packets whose times go on: where files were joined, sound may begin again before it has ended, and no container
    takes that."""
    last: int | None = None
    for packet in packets:
        if last is None or packet.dts > last:
            last = packet.dts
            yield packet

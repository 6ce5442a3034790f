"""A segment as bytes: packets whose times count from its own start."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_HEADER = struct.Struct("<4sII")  # magic, packets, bytes of extradata
_PACKET = struct.Struct("<iI?")  # time within the segment in frames, bytes, key frame
_MAGIC = b"SEG1"


@dataclass(frozen=True)
class Segment:
    """A segment, unpacked: packets in the order of decoding."""

    extradata: bytes
    packets: tuple[tuple[int, bool, bytes], ...]  # (time in frames, key frame, bytes)

    def packed(self) -> bytes:
        """The segment as bytes."""
        parts = [_HEADER.pack(_MAGIC, len(self.packets), len(self.extradata))]
        parts += [_PACKET.pack(time, len(data), is_key) for time, is_key, data in self.packets]
        return b"".join([*parts, self.extradata, *(data for _, _, data in self.packets)])

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

"""Sound on its way into a film."""

from __future__ import annotations

from types import SimpleNamespace

from studio import sound


def test_sound_that_begins_again_before_it_has_ended_goes_on_from_there() -> None:
    """Two files that are joined, each with a little more sound than pictures, used to end a build in a traceback."""
    packets = [SimpleNamespace(dts=dts) for dts in (-1024, 0, 1024, 2048, 2000, 2048, 3024)]
    assert [packet.dts for packet in sound._forward(packets)] == [-1024, 0, 1024, 2048, 3024]

"""What planning notices of a clip: any byte moves its deep key; a frame's key moves with what its pixels rest on."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from studio import footage
from studio.clip import Format
from studio.errors import BuildError, StudioError
from studio.fingerprint import Fingerprints
from studio.footage import frames_of, read_clip
from studio.video import encode, join
from tests.planned import opened, seen

GROUPS, LONG = 4, 5  # groups of pictures, and frames in each


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip whose every fifth frame can be decoded alone."""
    form = Format(64, 36, Fraction(10))
    noise = np.random.default_rng(1).integers(0, 256, (GROUPS * LONG, 54, 64), dtype=np.uint8)
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    join([encode(list(noise[n : n + LONG]), form) for n in range(0, len(noise), LONG)], path, form)
    return path


def spoilt(film: Path, at: int, data: bytes) -> Path:
    """A copy with other bytes at a place."""
    whole = bytearray(film.read_bytes())
    whole[at : at + len(data)] = data
    path = film.with_name("spoilt.mp4")
    path.write_bytes(whole)
    return path


def flipped(film: Path, at: int) -> Path:
    return spoilt(film, at, bytes([film.read_bytes()[at] ^ 0x10]))


def moved(film: Path, other: Path) -> list[bool]:
    before, after = read_clip(film), read_clip(other)
    assert before.digest != after.digest and before.count == after.count
    return list((before.identity != after.identity).any(1))


def test_a_byte_of_a_packet_moves_its_group_and_the_next(film: Path) -> None:
    """An open group leans on the one before it."""
    size = film.stat().st_size
    data = film.read_bytes().index(b"mdat") + 4
    for group in range(GROUPS):
        # the noise makes all groups of about one size; look into the middle of each
        at = data + round((group + 0.5) * (size - data) / GROUPS)
        which = moved(film, flipped(film, at))
        first = which.index(True) // LONG
        expected = [n // LONG in (first, first + 1) for n in range(GROUPS * LONG)]
        assert which == expected and abs(first - group) <= 1


def test_the_last_byte_moves_the_last_group_alone(film: Path) -> None:
    which = moved(film, flipped(film, film.stat().st_size - 1))
    assert which == [n >= (GROUPS - 1) * LONG for n in range(GROUPS * LONG)]


def test_a_turned_picture_is_another(film: Path) -> None:
    """Used to go unnoticed: the packets are the same, only the container says that they lie on their side."""
    data = film.read_bytes()
    at = data.index(struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000), data.index(b"tkhd"))
    turned = spoilt(film, at, struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000))
    assert read_clip(turned).width == read_clip(film).height
    assert all(moved(film, turned))


def test_any_byte_moves_the_deep_key_or_is_told(film: Path) -> None:
    """The first, the middle, the last, and some between: whatever can still be read has another deep key."""
    folder, size = film.parent, film.stat().st_size
    plain = {
        "studio": 1,
        "fps": 10,
        "size": "64x36",
        "scenes": {"a": {"footage": "now.mp4"}, "b": {"footage": "clip.mp4"}},
        "outputs": {"a.mp4": {"scene": "a"}, "b.mp4": {"scene": "b"}},
    }
    code, now = Fingerprints(), folder / "now.mp4"
    now.write_bytes(film.read_bytes())
    before = seen(opened(plain, folder), code)
    read = 0
    for at in (0, 5, size // 3, size // 2, size - 1, *range(40, size, size // 9)):
        now.write_bytes(flipped(film, at).read_bytes())
        try:
            after = seen(opened(plain, folder), code)
        except StudioError as error:
            assert "now.mp4" in str(error)
            continue
        read += 1
        assert after.deep["a.mp4"] != before.deep["a.mp4"] and after.deep["b.mp4"] == before.deep["b.mp4"], at
        assert after.outputs["a.mp4"] != before.outputs["a.mp4"] and after.outputs["b.mp4"] == before.outputs["b.mp4"]
        assert after.order["b.mp4"] == before.order["b.mp4"]
    assert read > 5


@pytest.mark.parametrize("lost", [[1], [7], [5, 6], [2, 3, 4, 5, 6, 7], list(range(5, 9)), [10, 11, 12, 13, 14, 16]])
def test_a_frame_that_cannot_be_decoded_shows_what_its_key_rests_on(
    film: Path, lost: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Used to show the next one, which may be of a group that its key does not rest on. Decoders fail in silence only
    now and then: here they are made to."""
    clip, decoded = read_clip(film), footage._decoded
    whole = list(frames_of(clip, 0, clip.count))
    gone = set(clip.stamps[lost].tolist())
    monkeypatch.setattr(footage, "_decoded", lambda *of: (f for f in decoded(*of) if f[0] not in gone))
    found = list(frames_of(clip, 0, clip.count))
    for n, picture in enumerate(found):
        rests_on = range(max(n // LONG - 1, 0) * LONG, (n // LONG + 1) * LONG)
        assert any(np.array_equal(picture, whole[k]) for k in rests_on if k not in lost)
        assert n in lost or np.array_equal(picture, whole[n])
        assert np.array_equal(picture, next(frames_of(clip, n, n + 1))), "wherever one begins"


def test_a_frame_whose_key_rests_on_nothing_that_can_be_decoded_is_told(
    film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip, decoded = read_clip(film), footage._decoded
    for lost, said in ((range(5, 15), 11), (range(17, 20), 18)):
        gone = set(clip.stamps[list(lost)].tolist())
        with monkeypatch.context() as patch:
            patch.setattr(footage, "_decoded", lambda *of, gone=gone: (f for f in decoded(*of) if f[0] not in gone))
            with pytest.raises(BuildError, match=f"frame {said} of 20 cannot be decoded"):
                list(frames_of(clip, 0, clip.count))

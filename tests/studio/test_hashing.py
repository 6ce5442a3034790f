"""Keys and seeds: stable everywhere, different for whatever differs."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.hashing import Columns, canonical, digest, digest_of_parts, key, lookup, seed_of, stack, unique_rows
from studio.pixels import packed, parts_of, unpacked
from tests.conftest import ROOT

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(plain, plain)
def test_equal_values_and_only_they_have_equal_bytes(a: object, b: object) -> None:
    same = canonical(a) == canonical(b)
    assert same or a != b or isinstance(a, bool) != isinstance(b, bool) or repr(a) != repr(b)


def test_order_of_keys_and_spelling_do_not_matter() -> None:
    assert canonical({"b": 1, "a": [2, {"d": 1, "c": 2}]}) == canonical({"a": [2, {"c": 2, "d": 1}], "b": 1})
    assert canonical("é") == canonical("é"), "composed and decomposed accents are one"


def test_parts_of_a_key_do_not_run_together() -> None:
    assert key(b"ab", b"c") != key(b"a", b"bc") != key(b"abc")


def test_keys_are_the_same_in_every_process() -> None:
    """Hash seeds, locale, time zone and home are no part of a key."""
    code = (
        "from studio.hashing import *;"
        "print(key(canonical({'a': 1.5, 'b': ['x', True]})).hex(), seed_of('plane', 'sky', 3))"
    )
    said = set()
    for seed in range(4):
        env = {
            "PYTHONHASHSEED": str(seed),
            "TZ": ["UTC", "Asia/Tokyo"][seed % 2],
            "LC_ALL": ["C", "C.UTF-8"][seed % 2],
            "HOME": f"/x{seed}",
        }
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**env, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        said.add(done.stdout)
    assert len(said) == 1


def test_golden_keys() -> None:
    """A change of these is a change of the format of every store: say so in the release notes."""
    assert key(b"a", b"bc").hex() == "f310f4d71be93bc46456c91685adede6"
    assert seed_of("plane", "square", "sky") == 40809354


@given(
    st.lists(st.binary(min_size=16, max_size=16), max_size=40),
    st.lists(st.binary(min_size=16, max_size=16), max_size=40),
)
def test_lookup_finds_what_is_there(table: list[bytes], extra: list[bytes]) -> None:
    keys, wanted = stack(table), stack(table + extra)
    found = lookup(keys, wanted)
    for row, at in zip(wanted, found, strict=True):
        name = row.tobytes()
        assert (at >= 0) == (name in table)
        if at >= 0:
            assert keys[at].tobytes() == name


@given(st.lists(st.sampled_from([bytes([a]) * 8 + bytes([b]) * 8 for a in range(3) for b in range(3)]), max_size=30))
def test_distinct_keys_are_numbered_as_they_appear(names: list[bytes]) -> None:
    keys = stack(names)
    first, number = unique_rows(keys)
    order = list(dict.fromkeys(names))
    assert [keys[n].tobytes() for n in first] == order
    assert [order[n] for n in number] == names


def test_what_is_hashed_is_what_is_explained() -> None:
    """Changing any column or constant changes the keys of just those rows, and `differing` says which."""

    def filled(rows: np.ndarray, token: bytes) -> Columns:
        columns = Columns(4)
        columns.constant("code", token)
        columns.column("row", rows)
        columns.column("tick", np.arange(4, dtype=np.int32))
        return columns

    base = np.arange(12, dtype=np.int32).reshape(4, 3)
    changed = base.copy()
    changed[2, 1] = 99
    a, b, c = filled(base, b"1"), filled(changed, b"1"), filled(base, b"2")
    assert (a.keys() != b.keys()).any(1).tolist() == [False, False, True, False]
    assert {k: v.tolist() for k, v in a.differing(b).items()} == {"row": [False, False, True, False]}
    assert (a.keys() != c.keys()).any(1).all() and list(a.differing(c)) == ["code"]
    assert not a.differing(filled(base, b"1"))


@pytest.mark.parametrize("shape", [(4, 6), (2, 4, 3), (6, 1)])
def test_parts_have_the_digest_of_the_whole(shape: tuple[int, ...]) -> None:
    """Of pixels that lie apart in memory too; a frame is digested without being copied and stored under that."""
    pixels = np.arange(2 * np.prod(shape), dtype=np.uint8).reshape(*shape[:-1], -1)[..., ::2]
    assert digest_of_parts(*parts_of(pixels)) == digest(packed(pixels))
    assert np.array_equal(unpacked(packed(pixels)), pixels)

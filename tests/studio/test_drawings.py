"""What is minted beside the colours is asked for by passes alone, is in their keys, and is had from the store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rules.styles import STYLES, cel_shaded
from studio import drawings, job
from studio.fingerprint import Fingerprints
from studio.hashing import stack
from studio.job import MintJob
from studio.keys import Keyring, Node
from studio.packs import Kind
from studio.pixels import unpacked
from studio.rows import Recipe, worded, words_of
from studio.rule import MAPS, Drawing
from studio.store import Store
from studio.targets import Style
from tests.conftest import Space
from tests.e2e.test_random_edits import made
from tests.rules import driver

SEED, BUILD = 7, "build"
LAMP = driver.PROPS["street-lamp"]


def recipe() -> Recipe:
    variant = {"layer": "post", "time": "dusk", "z": 9.0}
    canvas = driver.fitting(LAMP.box(LAMP.Params(), variant), 10.0)
    said = words_of("lamp/post", b"props/street-lamp", worded(variant), canvas, SEED)
    return Recipe("lamp/post", "prop", "props/street-lamp", LAMP.Params(), variant, canvas, SEED, (), *said[:1])


def style(rule: str = "cel_shaded") -> Style:
    return Style(rule, rule, STYLES[rule].Params(), 1, 1.0, rule)


def line(*styles: Style) -> list[Node]:
    return Keyring(Fingerprints()).node(recipe(), styles, 90).line()


def test_maps_stand_before_the_pass_that_reads_them() -> None:
    assert [n.maps for n in line()] == [()]
    assert [n.maps for n in line(style("watercolor"))] == [(), ("parts",), ()]
    assert [n.maps for n in line(style())] == [(), ("parts", "normals", "shadow", "flat"), ()]
    two = line(style(), style("watercolor"))
    assert [n.maps for n in two] == [(), cel_shaded.NEEDS, (), ("parts",), ()]


def test_other_needs_are_other_keys_and_the_drawing_itself_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {}
    for needs in ((), ("parts",), ("distance", "parts"), ("parts", "distance")):
        monkeypatch.setattr(cel_shaded, "NEEDS", needs)
        found[needs] = line(style())
    assert len({nodes[0].name for nodes in found.values()}) == 1
    assert [n.maps for n in found[()]] == [(), ()], "a pass that reads no maps has none"
    some, more = found["parts",][1], found["parts", "distance"][1]
    assert some.key(b"x") != more.key(b"x") and some.key(b"x") != some.key(b"y")
    assert found["distance", "parts"][1].name == more.name, "in whatever order they are named"


def test_maps_survive_their_bytes() -> None:
    random = np.random.default_rng(0)
    shape = (5, 7)
    found: dict[str, Any] = {
        name: random.integers(0, 255, (*shape, channels) if channels > 1 else shape).astype(dtype)
        for name, (dtype, channels) in MAPS.items()
    }
    drawing = Drawing(np.zeros((*shape, 4), np.uint8), **found, light=(0.25, -1.0))
    for wanted in (tuple(MAPS), ("distance",), ("normals", "flat")):
        data = drawings.packed_maps(drawing, wanted, bytes(range(16)))
        assert drawings.is_maps(data)
        colours, back = drawings.unpacked_maps(data)
        assert colours == bytes(range(16)) and back.pop("light") == (0.25, -1.0)
        assert back.keys() == set(wanted)
        assert all(np.array_equal(back[name], found[name]) for name in wanted)


# -- minting


def minted(store: Store, nodes: list[Node], missing: set[int]) -> dict[str, int]:
    """Mint a line in a process that has just come up; -> its counts."""
    made = job.mint(MintJob(str(store.root), BUILD, (tuple(nodes),), (frozenset(missing),)), lambda: None)
    store.commit(made.entries)
    return made.counts


def tokens(store: Store, nodes: list[Node]) -> list[bytes]:
    """The digests of a line."""
    found = [b""]
    for node in nodes:
        found.append(store.known(stack([node.key(found[-1])])).digests[0].tobytes())
    return found[1:]


def test_a_drawing_that_is_there_gets_its_maps_later_and_lost_ones_are_minted_again(tmp_path: Path) -> None:
    store, nodes = Store(tmp_path), line(style())
    assert minted(store, nodes[:1], {0})["minted"] == 1
    assert minted(store, nodes, {1, 2})["minted"] == 2, "the maps and what is restyled, not the drawing"
    first = tokens(store, nodes)
    whole = drawings.drawn_line(nodes)
    data = store.load(first[2])
    assert data is not None and np.array_equal(unpacked(data), whole.rgba)
    colours, maps = drawings.unpacked_maps(store.load(first[1]) or b"")
    assert colours == first[0] and maps.keys() == {*cel_shaded.NEEDS, "light"}
    store.forget([first[1], first[2]])
    counts = minted(store, nodes, {1, 2})
    assert counts["again"] == 2 and not counts["minted"]
    assert tokens(store, nodes) == first and store.load(first[1]) is not None


def test_a_pass_is_put_over_maps_from_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, nodes = Store(tmp_path), line(style())
    minted(store, nodes[:2], {0, 1})
    monkeypatch.setattr(job, "drawn", None)  # nothing is to be drawn from nothing
    assert minted(store, nodes, {2})["minted"] == 1
    monkeypatch.undo()
    data = store.load(tokens(store, nodes)[2])
    assert data is not None and np.array_equal(unpacked(data), drawings.drawn_line(nodes).rgba)


def test_films_without_such_passes_hold_no_maps(tiny: Space) -> None:
    def maps_in_store() -> int:
        store = Store(tiny.folder / ".cache")
        known = store.known(stack(sorted(made(tiny.folder / ".cache")[Kind.DRAWING])))
        return sum(drawings.is_maps(store.load(d.tobytes()) or b"") for d in known.digests)

    tiny.build()
    assert maps_in_store() == 0
    plain = tiny.read("out/film.mp4")
    tiny.edit("  film.mp4: {}", "  film.mp4: {passes: [toon]}")
    tiny.edit("passes:\n", "passes:\n  toon: {rule: cel_shaded}\n")
    foretold = tiny.foretell()
    report = tiny.build()
    assert report["drawings"]["minted"] + report["drawings"]["cut"] == foretold["drawings"]["stale"] > 0
    assert maps_in_store() > 4 and tiny.read("out/film.mp4") != plain
    tiny.edit("rule: cel_shaded}", "rule: cel_shaded, line: 0.5}")
    count = maps_in_store()
    tiny.build()
    assert maps_in_store() == count, "another knob of a pass reads the same maps"

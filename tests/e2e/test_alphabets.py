"""Alphabets in a project: specimens as outputs, cards in any face, fonts of the user's own."""

from __future__ import annotations

from io import BytesIO

import cv2
import numpy as np
import pytest
from PIL import ImageFont

from tests.conftest import Space

PROJECT = """\
studio: 1
fps: 12
size: 160x90
alphabets:
  bold: {face: roman, weight: 140}
cut:
  - {card: One, face: bold, length: 4f}
  - {card: Two, face: chalk, enters: bounce, length: 24f}
outputs:
  bold.png: {alphabet: bold}
  film.mp4: {}
"""


@pytest.fixture
def letters(space: Space) -> Space:
    space.write("Studiofile", PROJECT)
    return space


def font() -> bytes:
    found = ImageFont.load_default(20)
    assert isinstance(found, ImageFont.FreeTypeFont) and isinstance(found.path, BytesIO)
    return found.path.getvalue()


def test_an_alphabet_is_an_output(letters: Space) -> None:
    report = letters.build("bold.png")
    assert report["drawings"]["minted"] == 1
    first = cv2.imread(str(letters.folder / "out/bold.png"))
    assert first.shape == (90, 160, 3) and first.std() > 20
    assert letters.build("bold.png")["drawings"]["minted"] == 0, "the second time it is there"
    letters.edit("weight: 140", "weight: 60")
    why = letters.ok("why", "bold.png").out
    assert "140" in why and "60" in why and "Studiofile" in why
    letters.build("bold.png")
    assert not np.array_equal(first, cv2.imread(str(letters.folder / "out/bold.png")))


def test_an_alphabet_that_no_output_names_can_be_asked_for(letters: Space) -> None:
    letters.edit("  bold.png: {alphabet: bold}\n", "")
    letters.build("bold.png")
    assert (letters.folder / "out/bold.png").is_file()


def test_letters_are_drawings_of_their_own_and_used_again(letters: Space) -> None:
    """`T`, `w` and `o`, the bare card and the printed one; another card with those letters needs no new ones."""
    letters.edit("face: chalk", "face: roman")  # whose hand does not stray
    letters.build("film.mp4")
    letters.edit("card: Two", "card: two to Two")
    more = letters.build("film.mp4")["drawings"]["minted"]
    assert more <= 2 + 1, "a bare and a printed card, and a `t`"


def test_dry_runs_foretell_what_letters_need(letters: Space) -> None:
    told = letters.foretell("film.mp4")["drawings"]["stale"]
    assert letters.build("film.mp4")["drawings"]["minted"] == told


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("face: bold,", "face: blod,", ["unknown face `blod`", "`bold`"]),
        ("face: roman", "face: romman", ["`romman` is no face"]),
        ("card: Two", "card: Жук", ["no letter 'Ж', 'у', 'к' in chalk"]),
        ("alphabet: bold}", "alphabet: blod}", ["unknown alphabet `blod`", "`bold`"]),
        ("enters: bounce", "enters: bonce", ["`bonce` is no enters", "`bounce`"]),
        ("weight: 140", "weight: 900", ["out of range", "at most 200"]),
        ("face: roman, weight: 140", "face: fonts/none.ttf", ["there is no file fonts/none.ttf"]),
        ("face: roman, weight: 140", "face: Studiofile.ttf", ["Studiofile.ttf is no font that can be read"]),
        ("face: roman, weight: 140", "face: mine.ttf, weight: 90", ["`weight` is for faces that are drawn with a pen"]),
        ("bold.png: {alphabet: bold}", "bold.mp4: {alphabet: bold}", ["a specimen is a still"]),
        ("alphabets:\n", "alphabets:\n  twin: {like: bald}\n", ["unknown alphabet `bald`", "`bold`"]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(letters: Space, old: str, new: str, words: list[str]) -> None:
    letters.write("Studiofile.ttf", b"no font")
    letters.write("mine.ttf", font())
    letters.edit(old, new)
    result = letters.run("check")
    assert result.code == 1 and "Studiofile:" in result.err, result.err
    assert all(word in result.err for word in words), result.err


def test_a_font_file_is_an_asset(letters: Space) -> None:
    """Its bytes are in the keys: another font under the same name makes the card anew."""
    letters.write("fonts/mine.ttf", font())
    letters.edit("face: bold,", "face: fonts/mine.ttf,")
    letters.build("film.mp4")
    assert letters.ok("build", "film.mp4").code == 0
    assert letters.build("film.mp4")["drawings"]["minted"] == 0
    letters.write("fonts/mine.ttf", font() + b"\0")
    told = letters.foretell("film.mp4")
    assert told["drawings"]["stale"] == 1
    assert "mine.ttf" in letters.ok("why", "film.mp4").out
    assert letters.build("film.mp4")["drawings"]["minted"] == 1


def test_an_episode_sees_the_alphabets_of_the_film(letters: Space) -> None:
    letters.edit("outputs:", "episodes:\n  ep01: {episode: First, cut: [{card: Hm, face: bold, length: 3f}]}\noutputs:")
    letters.edit("  film.mp4: {}", "  film.mp4: {}\neach-episode:\n  ep.mp4: {}")
    letters.build("ep01")
    assert (letters.folder / "out/ep01/ep.mp4").is_file()

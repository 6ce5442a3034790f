"""Faces of type: all letters are there, stems are even, counters open, kerning behaves; letters come in and rest."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from io import BytesIO
from typing import get_args

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from pydantic import ValidationError

from rules import (
    _fontfile,
    _glyphs,
    _hand,
    _inks,
    _letter_acting,
    _letters,
    _skeleton,
    _specimen,
    _specimen_sheet,
    _typefaces,
    alphabet,
    title,
)
from rules._noise import Window
from rules._pen import parse
from studio.hashing import digest
from studio.rule import Canvas

FACES = get_args(_hand.FaceName)
LANGUAGES = {
    "English": "“It’s five o’clock,” she said — ‘naïve, façade’; £5 & $6 (50%)!",
    "German": "„Größe“ ÄÖÜäöüß ẞ »Straße« ‚ja‘ § 5 €",
    "French": "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ àâæçéèêëîïôœùûüÿ « oui » …",
    "Spanish": "¿Qué? ¡Ñandú! ÁÉÍÓÚÜÑ áéíóúüñ 1.ª 2.º",
    "Portuguese": "ÃÕÇÁÂÀÉÊÍÓÔÚ ãõçáâàéêíóôú",
    "Italian": "ÀÈÉÌÒÙ àèéìòù",
    "Dutch": "ëïé ’s avonds",
    "Danish and Norwegian": "ÆØÅ æøå",
    "Swedish and Finnish": "ÅÄÖ åäö ŠŽ šž",
    "Icelandic": "ÁÐÉÍÓÚÝÞÆÖ áðéíóúýþæö",
    "Catalan": "l·l ÇÀÈÉÍÒÓÚ ï ü ç",
    "keyboard": "".join(map(chr, range(33, 127))),
}


def steady(name: str) -> _typefaces.Face:
    """A face without its wobble, to be measured."""
    return _typefaces.FACES[name].but(wobble=0, bounce=0, slant=0)


def mask(char: str, face: _typefaces.Face, cap: float = 200.0) -> np.ndarray:
    return _letters.mask_of(_letters.mint_letterform(char, face), cap)


def test_every_skeleton_can_be_read() -> None:
    for table in (*_glyphs.FORMS.values(), *_glyphs.ACCENTS_OF.values()):
        for name, strokes in table.items():
            assert isinstance(strokes, tuple), name
            assert all(parse(stroke).nodes for stroke in strokes)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("face", FACES)
def test_no_letter_of_western_europe_is_missing(face: str, language: str) -> None:
    assert _typefaces.missing(LANGUAGES[language], _typefaces.FACES[face]) == []


def test_a_missing_letter_is_named() -> None:
    with pytest.raises(KeyError, match="no letter 'ж' in brush"):
        alphabet.mint_letterform("ж", _hand.Hand(face="brush"), 100)
    with pytest.raises(ValidationError, match="no letter 'ж' in brush"):
        title.Params(text="ж", hand=_hand.Hand(face="brush"))
    with pytest.raises(ValidationError, match="no letter 'λ' in comic"):
        alphabet.Params(face="comic", name="λ")


@pytest.mark.parametrize("face", FACES)
def test_every_character_can_be_drawn(face: str) -> None:
    masks = alphabet.mint_alphabet(_hand.Hand(face=face), 24)
    assert len(masks) > 200
    assert [c for c, m in masks.items() if m.max() < 0.35] == []


@pytest.mark.parametrize("face", FACES)
def test_stems_are_even(face: str) -> None:
    """Within 6 % of one another, in capitals; measured where nothing joins."""
    widths = {}
    for char in "IHLTFPDE" if face != "brush" else "IHKP":
        letter = mask(char, steady(face), 700)
        middle = letter.shape[0] * (0.80 if char in "TF" else 0.30)
        widths[char] = float(np.median([_first_run(letter[int(middle) + k]) for k in range(0, 30, 3)]))
    usual = float(np.median(list(widths.values())))
    most = 0.06 if face != "brush" else 0.12  # a brush swells
    assert {c: w for c, w in widths.items() if abs(w / usual - 1) > most} == {}, usual


def _first_run(row: np.ndarray) -> float:
    inked = np.flatnonzero(row > 0.5)
    ends = np.flatnonzero(np.diff(inked) > 1)
    return float((inked[ends[0]] if len(ends) else inked[-1]) - inked[0] + 1)


@pytest.mark.parametrize("face", FACES)
def test_letters_stand_on_one_line_and_reach_one_height(face: str) -> None:
    one = steady(face)
    capitals = [_letters.mint_letterform(c, one).box for c in "HIEFLTZ"]
    loose = 20 if face != "brush" else 60  # pulls of a brush end where they end
    assert all(abs(box[3] - 700) <= loose and abs(box[1]) <= loose for box in capitals), capitals
    small = [_letters.mint_letterform(c, one).box for c in "xzvn"]
    assert all(abs(box[3] - one.x_height) <= 2.2 * loose for box in small), small
    rounds = [_letters.mint_letterform(c, one).box for c in "OCGQS"]
    assert all(box[3] >= 695 - loose for box in rounds), "rounds look as high as flat letters"


@pytest.mark.parametrize("face", FACES)
def test_counters_stay_open_when_small(face: str) -> None:
    """An `e` at a capital height of 22 px still has its eye; so have a, o, A, B and 8."""
    for char in "eaoABR8":
        letter = mask(char, _hand.plain_of(_hand.Hand(face=face)), 22)  # type: ignore[arg-type]
        ground = np.pad((letter < 0.55).astype(np.uint8), 1, constant_values=1)
        pieces = cv2.connectedComponents(ground, connectivity=4)[0] - 1
        least = 3 if char in "B8" else 2
        if face == "brush":
            least = 2 if char in "eo" else 1  # its other loops may stay open towards the stem
        assert pieces >= least, char


@pytest.mark.parametrize("face", FACES)
def test_letters_differ(face: str) -> None:
    """No two of those that are easily taken for each other are one drawing."""
    pairs = ("1l", "1I", "O0", "5S", "2Z", "ce", "uv", "nh")
    for a, b in pairs if face == "poster" else ("Il", *pairs):  # of a gothic they are one stem
        one, other = mask(a, steady(face), 90), mask(b, steady(face), 90)
        height, width = max(one.shape[0], other.shape[0]), max(one.shape[1], other.shape[1])
        put = [np.pad(m, ((height - m.shape[0], 0), (0, width - m.shape[1]))) > 0.5 for m in (one, other)]
        shared = (put[0] & put[1]).sum() / (put[0] | put[1]).sum()
        assert shared < 0.97, (a, b)


def test_chalk_keeps_dots_and_commas_in_a_line_to_be_read() -> None:
    """Its board's tooth used to swallow them."""
    for char in "ü,ö.":
        plain = mask(char, steady("chalk"), 20)
        window = Window(3, 5, plain.shape[1], plain.shape[0])
        worked = _inks.worked(plain, "chalk", 20, window, 7, 900)
        pieces = cv2.connectedComponents((plain > 0.5).astype(np.uint8), connectivity=8)
        for k in range(1, pieces[0]):
            here = pieces[1] == k
            assert worked[here].sum() > 0.72 * plain[here].sum(), char


def test_strokes_that_meet_go_on_meeting_in_an_unsteady_hand() -> None:
    face = _typefaces.FACES["chalk"]
    skeleton = [parse(s) for s in _glyphs.skeleton("w", face.form)]
    sheet = _skeleton.sheet_of("w", face, skeleton, 1)
    for one, other in itertools.pairwise(_skeleton.drawn(s, sheet) for s in skeleton):
        assert np.allclose(one.line.centre[-1], other.line.centre[0])


def test_a_small_letter_of_the_brush_has_no_streaks() -> None:
    face = steady("brush").but(wobble=1)
    letter = _letters.mint_letterform("H", face)
    assert len(letter.gaps) > 8
    whole = replace(letter, gaps=())
    share = {cap: float(_letters.mask_of(letter, cap).sum() / _letters.mask_of(whole, cap).sum()) for cap in (22, 200)}
    assert share[22] > 0.999 and 0.7 < share[200] < 0.985, share


def test_feet_are_of_their_kind() -> None:
    """Near the baseline an `l` is broadest with a slab, whose upper edge is level."""
    rows = {}
    for serif in ("bracket", "slab"):
        letter = alphabet.mint_letterform("l", _hand.Hand(face="roman", serif=serif, contrast=0.35), 300)  # type: ignore[arg-type]
        rows[serif] = [int((letter[-k] > 0.5).sum()) for k in range(4, 28, 3)]
    assert len(set(rows["slab"][:3])) == 1, "square"
    assert rows["slab"] != rows["bracket"] and len(set(rows["bracket"])) > 3


# -- spacing


def gap(pair: str, face: _typefaces.Face) -> float:
    setting = _letters.typeset(pair, face)
    left, right = setting.letters
    return setting.places[1] + right.box[0] - setting.places[0] - left.box[2]


@pytest.mark.parametrize("face", FACES)
def test_kerning_follows_the_shapes(face: str) -> None:
    one = steady(face)
    assert gap("AV", one) < gap("HH", one), "diagonals that fit go together"
    assert gap("To", one) < gap("Ho", one)
    assert gap("OO", one) < gap("HH", one), "rounds stand closer than stems"
    assert gap("RS", one) > -40 and gap("CD", one) > -40, "they used to touch"


@pytest.mark.parametrize("face", FACES)
def test_more_space_moves_every_pair_apart(face: str) -> None:
    faces = [steady(face).but(space=steady(face).space * k) for k in (0.7, 1.0, 1.4)]
    for pair in ("HH", "AV", "To", "no", "ry", "WA"):
        widths = [gap(pair, one) for one in faces]
        assert widths == sorted(widths) and widths[0] < widths[2], pair


@pytest.mark.parametrize("face", FACES)
def test_letters_of_a_line_do_not_run_into_each_other(face: str) -> None:
    """Ink of neighbours overlaps by no more than a trace."""
    one = steady(face)
    for text in ("minimum", "RSCDSC", "1234567890", "ft rt ff ty"):
        setting = _letters.typeset(text, one, 21)  # without ligatures
        box = (-60, -230, int(setting.width * 0.2) + 60, 90)
        drawn = [
            _letters.coverage(_letters.Setting((c,), (x,), 0), 0.2, (0, 0), box)
            for c, x in zip(setting.letters, setting.places, strict=True)
        ]
        overlap = sum(float(np.minimum(a, b).sum()) for a, b in itertools.pairwise(drawn))
        assert overlap <= 0.01 * sum(float(m.sum()) for m in drawn), text


def test_ligatures_and_letters_that_stand_alone() -> None:
    roman, comic = _typefaces.FACES["roman"], _typefaces.FACES["comic"]
    assert [c.char for c in _letters.typeset("first", roman).letters] == ["fi", "r", "s", "t"]
    assert [c.char for c in _letters.typeset("first", roman, 70).letters] == ["f", "i", "r", "s", "t"], (
        "not when tracked"
    )
    assert _letters.typeset("I said IT", comic).letters[0].char == "I:", "the first person has bars"
    assert "I:" not in [c.char for c in _letters.typeset("IT", comic).letters]


def test_a_comma_under_an_arm_leaves_the_next_word_its_space() -> None:
    """The gap used to begin at the comma, which stood under the r."""
    face = _typefaces.FACES["roman"]
    setting = _letters.typeset("r, a", face)
    reach = setting.places[0] + setting.letters[0].box[2]
    assert setting.places[2] + setting.letters[2].box[0] - reach >= face.word - 1


# -- hands and specimens


def test_a_hand_changes_the_pen() -> None:
    def ink(**changes: float | str) -> float:
        return float(alphabet.mint_letterform("n", _hand.Hand(face="roman", **changes), 100).sum())  # type: ignore[arg-type]

    assert ink(weight=140) > 1.2 * ink() > 1.2 * 1.1 * ink(weight=60)
    assert ink(contrast=0.1) > ink()
    upright, leaning = (alphabet.mint_letterform("l", _hand.Hand(slant=s), 200) for s in (0, 20))
    assert leaning.shape[1] > upright.shape[1]
    tall = alphabet.mint_letterform("x", _hand.Hand(x_height=560), 100)
    assert tall.shape[0] > alphabet.mint_letterform("x", _hand.Hand(x_height=400), 100).shape[0]
    assert _hand.plain_of(_hand.Hand(face="gaslight")) is _typefaces.GASLIGHT_TEXT


def test_pangrams_have_all_letters() -> None:
    for face, (pangram, _) in _specimen_sheet._WORDS.items():
        assert set(re.sub(r"[^a-z]", "", pangram.lower())) == set("abcdefghijklmnopqrstuvwxyz"), face
        assert _typefaces.missing(pangram + _specimen.PARAGRAPH, _typefaces.FACES[face]) == []


@pytest.mark.parametrize("size", [(160, 90), (90, 160), (100, 100), (40, 200)])
def test_a_specimen_fits_any_sheet(size: tuple[int, int]) -> None:
    rgba = alphabet.specimen(alphabet.Params(face="poster"), *size, 3)
    assert rgba.shape == (size[1], size[0], 4) and (rgba[..., 3] == 255).all()
    aspect = size[0] / size[1]
    room = _specimen.Rect(-aspect / 2 + 0.075, -0.425, aspect / 2 - 0.075, 0.425)
    face = _typefaces.FACES["poster"]
    sheet = _specimen.composed(_specimen.Words("Poster", "Pack my box.", "A text of few words", "R"), face, face, room)
    for line in (*sheet.lines, *sheet.second):
        assert room.left - 0.01 <= line.x and line.x + line.width <= room.right + 0.01
        assert room.top - 0.02 <= line.y - line.cap and line.y <= room.bottom + 0.01


# -- fonts of the user's own


def font_bytes() -> bytes:
    """The font that comes with Pillow."""
    found = ImageFont.load_default(20)
    assert isinstance(found, ImageFont.FreeTypeFont) and isinstance(found.path, BytesIO)
    return found.path.getvalue()


def own_font() -> _fontfile.Font:
    data = font_bytes()
    return _fontfile.Font.of("fonts/mine.ttf", digest(data).hex(), data)


def test_a_font_file_gives_letters_spaced_by_eye() -> None:
    face = _hand.face_of(_hand.Hand(font=own_font()))
    assert _typefaces.missing("Hamburg, 1910", face) == []
    assert gap("AV", face) < gap("HH", face)
    with pytest.raises(ValidationError, match=r"no letter 'ж' in fonts/mine\.ttf"):
        title.Params(text="ж", hand=_hand.Hand(font=own_font()))


def test_outlines_of_a_font_are_those_of_the_font() -> None:
    """Beside what Pillow draws itself at that size."""
    font = own_font()
    px = 200
    cap = -ImageFont.truetype(BytesIO(font_bytes()), px, layout_engine=ImageFont.Layout.BASIC).getbbox(
        "H", anchor="ls"
    )[1]
    for char in "RgB&":
        found = mask(char, _typefaces.of_font(font), cap) > 0.5
        image = Image.new("L", (600, 600))
        face = ImageFont.truetype(BytesIO(font_bytes()), px, layout_engine=ImageFont.Layout.BASIC)
        ImageDraw.Draw(image).text((200, 300), char, fill=255, font=face, anchor="ls")
        there = np.asarray(image) > 127
        rows, columns = np.flatnonzero(there.any(1)), np.flatnonzero(there.any(0))
        there = there[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        found = cv2.resize(found.astype(np.uint8), there.shape[::-1], interpolation=cv2.INTER_AREA) > 0
        assert (found & there).sum() / (found | there).sum() > 0.93, char


@pytest.mark.parametrize("data", [b"", b"no font at all", b"\0\1\0\0\xff\xff" + b"x" * 40])
def test_what_is_no_font_is_said_so(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"broken\.ttf is no font that can be read"):
        _fontfile.Font.of("broken.ttf", "0", data)


def test_the_bytes_of_a_font_are_in_no_key() -> None:
    said = _hand.Hand(font=own_font()).model_dump(mode="json")
    assert said["font"] == {"name": "fonts/mine.ttf", "digest": digest(font_bytes()).hex()}


# -- letters as actors

TIME = np.arange(0, 9, 1 / 24)


def acted(enters: str, **more: object) -> list[_hand.Standing]:
    return title.act(title.Params.model_validate({"text": "Ada, come!", "enters": enters, **more}), 16 / 9, TIME, 5)


@pytest.mark.parametrize("enters", ["bounce", "wave", "fall"])
def test_letters_come_in_one_after_the_other_and_rest(enters: str) -> None:
    bare, *letters, printed = acted(enters)
    assert [str(one.variant["letter"]) for one in letters] == list("ADA,COME!")
    starts = [int(np.flatnonzero(one.opacity)[0]) for one in letters]
    assert starts == sorted(starts) and starts[0] > 0 and len(set(starts)) > 4
    end = np.flatnonzero(printed.opacity)[0] - 1
    for one in letters:
        assert (one.opacity[: starts[0]] == 0).all()
        for ways in (one.x, one.y, one.turn, one.stretch):
            assert abs(ways[end] - ways[-1]) < 1e-9, "at rest before the printed card fades in"
        assert one.stretch[end] == 1 and one.turn[end] == 0
        assert (one.stretch > 0.6).all() and (one.stretch < 1.3).all()
    assert printed.opacity[-1] == 255 and bare.opacity[-1] == 0 and all(one.opacity[-1] == 0 for one in letters)


@pytest.mark.parametrize("enters", ["bounce", "wave", "fall"])
def test_any_frame_can_be_asked_for_by_itself(enters: str) -> None:
    params = title.Params.model_validate({"text": "Ada, come!", "enters": enters})
    alone = title.act(params, 16 / 9, TIME[40:41], 5)
    for one, other in zip(acted(enters), alone, strict=True):
        assert (one.x[40], one.y[40], one.turn[40], one.opacity[40]) == (
            other.x[0],
            other.y[0],
            other.turn[0],
            other.opacity[0],
        )


def test_a_letter_is_one_drawing_wherever_it_stands() -> None:
    """The same letter at the same size has one recipe, on this card and on another."""
    _, *letters, _ = acted("wave", kind="card", text="anna and Anna", hand=_hand.Hand(face="roman"))
    recipes = {(str(one.variant), one.params) for one in letters}
    assert len(letters) == 11 and len(recipes) == 4


@pytest.mark.parametrize("face", ["roman", "gaslight"])
def test_letters_at_rest_look_like_the_printed_card(face: str) -> None:
    """Drawings of single letters over the bare card are the card."""
    params = title.Params(text="Lamp", kind="card", hand=_hand.Hand(face=face), enters="fall")  # type: ignore[arg-type]
    bare, *letters, printed = title.act(params, 16 / 9, np.array([60.0]), 5)
    scale = 180.0
    canvas = Canvas(-160, -90, 320, 180, scale)
    below = title.draw(params, bare.variant, canvas, 5).rgba.astype(np.float64)
    for one in letters:
        at = Canvas(canvas.left - round(one.x[0] * scale), canvas.top + round(one.y[0] * scale), 320, 180, scale)
        over = alphabet.draw(one.params, one.variant, at, 5).rgba.astype(np.float64)  # type: ignore[arg-type]
        below = over + below * (1 - over[..., 3:] / 255)
    whole = title.draw(params, printed.variant, canvas, 5).rgba.astype(np.float64)
    empty = title.draw(params, bare.variant, canvas, 5).rgba.astype(np.float64)
    assert np.abs(below - whole).mean() < 0.45 * np.abs(empty - whole).mean()


def test_a_card_with_letters_on_their_way_stands_longer() -> None:
    assert title.seconds(title.Params(text="Ada")) < title.seconds(title.Params(text="Ada", enters="wave"))


def test_acting_knows_its_end() -> None:
    for kind in ("bounce", "wave", "fall"):
        place = _letter_acting.Place("a", "roman", 0, "plain", 0.1, 0.0, 0.0)
        time = np.array([_letter_acting.seconds(kind, 7)])
        moves = _letter_acting.moves(kind, place, 6, 7, time, 3)
        assert abs(float(moves.y[0])) < 1e-6 and abs(float(moves.x[0])) < 1e-6 and abs(float(moves.turn[0])) < 1e-6

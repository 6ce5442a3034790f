"""Wrong files get a message with a place, what is wrong and what to do; all problems of a project at once."""

from __future__ import annotations

import json
from math import isfinite
from pathlib import Path

import pytest

from rules.styles import STYLES
from studio.params import range_of
from tests.conftest import ROOT, TINY, Space

#: (what is edited, into what, the text that the caret points at, words that the message must have)
CASES = {
    "unknown key": ("heads: 3.3", "hedas: 3.3", "hedas", ["unknown key `hedas`", "did you mean `heads`"]),
    "wrong type": ("heads: 3.3", "heads: many", "many", ["`heads` takes a number, here is `many`"]),
    "missing unit of a length": ("height: 1.5m", "height: 1.5", "1.5,", ["a length needs a unit", "1.5m"]),
    "missing unit of a time": ("over: 8f", "over: 8", "8}", ["a time needs a unit", "12f"]),
    "out of range": ("heads: 3.3", "heads: 33", "33", ["out of range", "at most 7"]),
    "unknown colour": ("colour: teal", "colour: teel", "teel", ["`teel` is no colour", "`teal`"]),
    "colour without quotes": (
        "colour: teal",
        "colour: #2f6068",
        ": {height: 1.7m",
        ["this is no YAML", "quote the colour"],
    ),
    "missing character": ("who: bruno, stand", "who: brono, stand", "brono", ["unknown character `brono`", "`bruno`"]),
    "somebody who is not cast": (
        "{who: ada, do",
        "{who: bruno, do",
        "bruno, do",
        ["`bruno` is not in this scene", "cast them"],
    ),
    "unknown mark": ("stand: post", "stand: pots", "pots", ["unknown mark `pots`", "`post`"]),
    "unknown scene in the cut": ("cut: [one, two]", "cut: [one, too]", "too]", ["unknown scene `too`", "`two`"]),
    "a length that a scene in the cut cannot have": (
        "cut: [one, two]",
        "cut: [{scene: one, length: 2s}, two]",
        "2s}, two",
        ["in a cut only a card has a `length`", "stands in the scene `one`"],
    ),
    "a transition with passes": (
        "cut: [one, two]",
        "cut: [one, {fade: 2f, passes: [wash]}, two]",
        "[wash]}",
        ["in a cut only a card has a `passes`", "leave it out"],
    ),
    "unknown pass": ("film.mp4: {}", "film.mp4: {passes: [wsh]}", "wsh", ["unknown pass `wsh`", "`wash`"]),
    "unknown rule": (
        "rule: watercolor",
        "rule: watercolour",
        "{rule: watercolour",
        ["a pass needs a `rule` that exists", "`watercolor`"],
    ),
    "unknown plate": ("planes: [sky,", "planes: [ski,", "ski,", ["a plane is a plate or a prop", "`sky`"]),
    "a knob that its rule lacks": (
        "rule: watercolor",
        "rule: watercolor, pigmnt: 1",
        "pigmnt",
        ["unknown key `pigmnt`", "`pigment`"],
    ),
    "unknown preset": (
        "rule: watercolor",
        "rule: watercolor, preset: cold-pres",
        "cold-pres",
        ["unknown preset `cold-pres` of `watercolor`", "`cold-press`"],
    ),
    "a preset of no rule": (
        "rule: watercolor",
        "rule: ../styles/watercolor, preset: cold-press",
        "{rule: ../styles",
        ["a pass needs a `rule` that exists", "`watercolor`"],
    ),
    "a pass for somebody unknown": (
        "rule: watercolor",
        "rule: watercolor, only: [adda]",
        "adda",
        ["unknown character or plane `adda`", "`ada`"],
    ),
    "a pass of whole frames for somebody": (
        "rule: watercolor",
        "rule: silent_film, except: ada",
        "ada}",
        ["`silent_film` works on whole frames only"],
    ),
    "unknown verb": ("do: wave", "dance: wave", "dance", ["unknown key `dance`"]),
    "two verbs": ("do: wave", "do: wave, say: Hi", "{who: ada, do: wave, say", ["one verb a line", "say and do"]),
    "a verb without somebody": ("{who: ada, do: wave, over: 8f}", "{do: wave}", "{do: wave}", ["`do` needs somebody"]),
    "a way to face, of nobody": (
        "{who: ada, do: wave, over: 8f}",
        "{hold: 8f, facing: camera}",
        "{hold: 8f, facing",
        ["`facing` stands beside what somebody does"],
    ),
    "unknown gesture": ("do: wave", "do: wav", "wav,", ["`wav` is no do", "`wave`"]),
    "unknown output ending": ("film.mp4: {}", "film.avi: {}", "film.avi", ["`film.avi` cannot be an output", ".mp4"]),
    "odd size": ("size: 64x36", "size: 65x36", "65x36", ["both sides must be even"]),
    "no size": ("size: 64x36", "size: 0x0", "0x0", ["both sides must be even, from 16 to 8192"]),
    "a size beyond all screens": ("size: 64x36", "size: 100000x36", "100000x36", ["from 16 to 8192"]),
    "captions of no kind": ("film.mp4: {}", "film.mp4: {captions: crads}", "crads", ["`cards`", "cards, false, true"]),
    "unknown kit": ("heads: 4.4,", "kit: brid,", "{height: 1.7m", ["a `kit` that exists", "`bird`"]),
    "unknown hat": ("hat: newsboy", "hat: newsbow", "newsbow", ["`newsboy`"]),
    "unknown face": ("cut: [one, two]", "cut: [{card: Hi, face: gaslite}, one]", "gaslite", ["`gaslight`"]),
    "face of an alphabet": (
        "cut: [one, two]",
        "alphabets: {x: {face: romann}}\ncut: [one, two]",
        "romann",
        ["is no face", "`roman`"],
    ),
    "a part on a part that is not there": (
        "  bruno: {height",
        "  tin: {kit: free, parts: [{name: body, outline: [[0, 0], [9, 0], [5, 9]], parent: bodi}]}\n  bruno: {height",
        "[{name: body",
        ["no part is called `bodi`", "`body`"],
    ),
    "a joint beyond its limit": (
        "  bruno: {height",
        "  tin: {kit: free, parts: [{name: body, outline: [[0, 0], [9, 0], [5, 9]], walk: 400}]}\n  bruno: {height",
        "400}",
        ["`walk: 400` is out of range: at most 180"],
    ),
    "a bird's deed of a person": ("do: wave, over", "fly: left, over", "left, over", ["`ada` cannot fly", "kit: bird"]),
    "a lens that shows nothing": ("{shot: wide}", "{camera: {zoom: 0}}", "0}}", ["out of range: at least 0.05"]),
    "unknown weather": ("time: dusk", "time: dusk\n    weather: rian", "rian", ["`rain`"]),
    "duplicate key": ("fps: 12\n", "fps: 12\nfps: 24\n", "fps: 24", ["`fps` stands here twice", "Studiofile:3:1"]),
    "merge key": ("marks: {", "<<: {}\n    marks: {", "<<", ["merge keys", "like"]),
    "circle of copies": ("  bruno: {height: 1.7m,", "  bruno: {like: carla,", "carla", ["unknown character `carla`"]),
    "title with a letter nobody has": ("cut: [one, two]", "cut: [{card: 漢}, one]", "{card", ["no letter '漢'"]),
    "outputs elsewhere": ("cut: [one, two]", "out: ../elsewhere\ncut: [one, two]", "../else", ["leaves the project"]),
    "an output with a path out": ("film.mp4: {}", "../film.mp4: {}", "../film", ["cannot be an output"]),
    "a cue that is not there": (
        "{who: ada, do: wave, over: 8f}",
        "{who: ada, do: wave, at: hm}",
        "hm}",
        ["no cue above is called `hm`"],
    ),
    "a missing clip": (
        "place: square\n    cast: [{who: bruno",
        "footage: none.mp4\n    cast: [{who: bruno",
        "footage",
        ["footage has no cast"],
    ),
    "wrong version": ("studio: 1", "studio: 2", "2\n", ["`2` is no studio"]),
    "no YAML": ("cut: [one, two]", "cut: [one, two", ":\n  film.mp4", ["this is no YAML"]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_problem_names_its_place_and_a_remedy(tiny: Space, case: str) -> None:
    old, new, pointed, words = CASES[case]
    tiny.edit(old, new)
    text = tiny.read("Studiofile").decode()
    before = text[: text.index(pointed)]
    place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    result = tiny.run("check")
    assert result.code == 1, result.out
    assert "Traceback" not in result.err
    for word in words:
        assert word in result.err, result.err
    assert f"Studiofile:{place}:" in result.err, result.err
    assert "^" in result.err
    problems = json.loads(tiny.run("check", "--json").out)["problems"]
    assert any(p["place"] == f"Studiofile:{place}" for p in problems)


def test_all_problems_are_told_at_once(tiny: Space) -> None:
    for case in ("unknown key", "missing unit of a time", "odd size", "unknown gesture"):
        tiny.edit(*CASES[case][:2])
    err = tiny.run("check").err
    assert all(
        CASES[case][3][0] in err for case in ("unknown key", "missing unit of a time", "odd size", "unknown gesture")
    )


def test_a_mapping_where_a_rule_is_named(tiny: Space) -> None:
    """Used to be a traceback: a mapping cannot be looked up in a table."""
    tiny.edit("{rule: watercolor}", "{rule: {name: watercolor}}")
    result = tiny.run("check")
    assert result.code == 1 and "a pass needs a `rule` that exists" in result.err, result.err


def test_a_circle_is_shown_with_its_path(tiny: Space) -> None:
    tiny.edit("  bruno: {", "  carla: {like: dora}\n  dora: {like: carla}\n  bruno: {")
    assert "carla -> dora -> carla" in tiny.run("check").err


def test_problems_in_other_files_name_them(tiny: Space) -> None:
    tiny.edit(
        "  ada: {height: 1.5m, heads: 3.3, wears: [{coat: mantle, colour: teal}, {hat: newsboy, colour: brick}]}",
        "  ada: people/ada.yaml",
    )
    assert "there is no file people/ada.yaml" in tiny.run("check").err
    tiny.write("people/ada.yaml", "character: Ada\nheight: 1.5m\nheads: tall\n")
    assert "people/ada.yaml:3:8: `heads` takes a number" in tiny.run("check").err
    tiny.write("people/ada.yaml", "scene: Ada\n")
    assert "a character file opens with `character:`; this one opens with `scene:`" in tiny.run("check").err
    tiny.write("people/ada.yaml", "character: Ada\nheight: 1.5m\nheads: 3.3\n")
    assert tiny.run("check").code == 0


def test_an_alias_bomb_is_refused_quickly(space: Space) -> None:
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" if n else "a0: &a0 [x, x, x]" for n in range(12)]
    space.write("Studiofile", "studio: 1\n" + "\n".join(rows) + "\n")
    result = space.run("check")
    assert result.code == 1 and "aliases make more than" in result.err


def test_a_hundred_megabytes_of_yaml_are_refused(space: Space) -> None:
    space.write("Studiofile", "studio: 1\n" + "# " + "x" * 100_000_000)
    result = space.run("check")
    assert result.code == 1 and "a file of the language has at most 4" in result.err


def test_deep_nesting_is_refused(space: Space) -> None:
    space.write("Studiofile", "studio: 1\ncut: " + "[" * 5000)
    assert "nested too deeply" in space.run("check").err


@pytest.mark.parametrize("data", [b"\xff\xfe\x00s", b"", b"- a list\n", b"just text", b"studio: 1\n\tfps: 24\n"])
def test_files_that_are_nothing(space: Space, data: bytes) -> None:
    space.write("Studiofile", data)
    result = space.run("check")
    assert result.code == 1 and "Studiofile" in result.err and "Traceback" not in result.err


def test_a_knob_takes_no_number_that_it_cannot_have(space: Space) -> None:
    """Every knob of every style, not a number, endless, and beyond its range: each is told where it stands."""
    wrong = [".nan", ".inf", "1e400", "-1e400", "nothing"]
    lines = ["studio: 1", "passes:"]
    for style, rule in STYLES.items():
        for knob, field in rule.Params.model_fields.items():
            low, high = range_of(field)
            beyond = [str(low - 1), str(high + 1)] if isfinite(low) else []
            for value in wrong + beyond:
                lines.append(f"  p{len(lines)}: {{rule: {style}, {knob}: {value}}}")
    space.write("Studiofile", "\n".join(lines) + "\n")
    result = space.run("check")
    assert result.code == 1 and "Input should be" not in result.err and "Traceback" not in result.err
    told = [line.split(": ")[0] for line in result.err.splitlines() if line.startswith("Studiofile:")]
    where = [f"Studiofile:{row}:{line.rindex(': ') + 3}" for row, line in enumerate(lines, 1) if "rule" in line]
    assert [place for place in told if place in where] == where


def test_a_clip_that_is_no_video(space: Space) -> None:
    space.write("clip.mp4", b"this is no video" * 100)
    space.write("Studiofile", "studio: 1\nsize: 64x36\nscenes: {a: {footage: clip.mp4}}\noutputs: {a.mp4: {}}\n")
    result = space.run("build")
    assert result.code == 1 and "clip.mp4" in result.err and "Traceback" not in result.err


def test_scalars_are_what_a_film_maker_means(space: Space) -> None:
    """YAML 1.1 reads 9:16 as 556, `on` as true and No as false."""
    space.write(
        "Studiofile", TINY.replace('say: "Oh."', "say: No").replace("film.mp4: {}", "film.mp4: {aspects: [9:16]}")
    )
    foretold = space.foretell()
    assert [o["name"] for o in foretold["outputs"]] == ["film.mp4", "film-9x16.mp4"]


def test_wrong_usage_has_its_own_code(tiny: Space) -> None:
    assert tiny.run("biuld").code == 2
    assert tiny.run("build", "--jobs", "zero").code == 2
    assert tiny.run("frame", "film.mp4", "-o", "x.png").code == 2
    assert tiny.run("frame", "film.mp4@1s", "-o", "x.jpg").code == 2
    assert tiny.run("build", "flim.mp4").code == 1
    assert "did you mean `film.mp4`" in tiny.run("build", "flim.mp4").err
    assert tiny.run("build", "-C", "nowhere").code == 1


def test_a_place_without_a_studiofile(space: Space) -> None:
    result = space.run("build")
    assert result.code == 1 and "there is no Studiofile" in result.err and "studio init" in result.err


def test_the_samples_are_well(tmp_path: Path) -> None:
    space = Space(tmp_path)
    for sample in (ROOT / "projects").iterdir():
        if (sample / "Studiofile").exists():
            assert space.run("check", "-C", str(sample)).code == 0

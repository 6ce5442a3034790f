"""A project's own passes: run only where somebody allows it, with keys that hold all of their code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from studio import fingerprint
from tests.conftest import ROOT, Result, Space

FILM = """\
studio: 1
fps: 12
size: 64x36
places:
  square: {time: day, planes: [sky, cobbles]}
scenes:
  one: {place: square, action: [{shot: wide}], length: 12f}
  two: {place: square, action: [{shot: wide}], length: 12f}
passes:
  look: {rule: negative, amount: 0.5}
outputs:
  plain.mp4: {scene: one}
  film.mp4: {scene: two, passes: [look]}
"""

#: a pass in three files; importing any of them leaves a mark
NEGATIVE = '''\
"""The picture as its negative."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from studio.params import Params as Base
from studio.params import knob

from . import _mixing

Path(__file__).with_name("ran").touch()


class Params(Base):
    """How much."""

    amount: float = knob(0.8, "how far it goes", low=0, high=1, animatable=True)


def frame(rgb, params, context):
    return _mixing.mixed(rgb, 255 - rgb, params.amount)
'''
MIXING = """\
import numpy as np

from ._levels import STEPS


def mixed(a, b, share):
    share = round(share * STEPS) / STEPS
    return np.round(a * (1 - share) + b * share).astype(np.uint8)
"""


@pytest.fixture
def own(space: Space) -> Space:
    space.write("Studiofile", FILM)
    space.write("rules/negative.py", NEGATIVE)
    space.write("rules/_mixing.py", MIXING)
    space.write("rules/_levels.py", "STEPS = 256\n")
    return space


def made(report: dict[str, object]) -> tuple[int, int]:
    """(frames rendered, segments encoded) of a build."""
    return report["frames"]["rendered"], report["segments"]["encoded"]  # type: ignore[index]


def states(space: Space, *arguments: str) -> dict[str, str]:
    return {o["name"]: o["state"] for o in space.foretell("--allow-rules", *arguments)["outputs"]}


# -- leave

COMMANDS = [
    ("build",),
    ("build", "-n"),
    ("build", "--check"),
    ("build", "plain.mp4"),
    ("build", "--draft"),
    ("why", "film.mp4"),
    ("frame", "film.mp4@3f", "-o", "still.png"),
    ("sheet", "film.mp4", "-o", "sheet.png"),
    ("mint", "square"),
    ("check",),
    ("check", "--art"),
    ("check", "--json"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nothing_runs_without_leave(own: Space, command: tuple[str, ...]) -> None:
    result = own.run(*command)
    said = result.err + result.out
    assert result.code == 1 and "code of this project's own (rules/negative.py)" in said, said
    assert "--allow-rules" in said and "Studiofile:10:16" in said
    assert not (own.folder / "rules/ran").exists()
    assert sorted(p.name for p in own.folder.iterdir() if p.name[0] != ".") == ["Studiofile", "rules"]


def test_what_plans_nothing_needs_no_leave_and_runs_nothing(own: Space) -> None:
    for folder, arguments in ((own.folder, ("init", "-q")), (own.folder, ("add", "-A"))):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    identity = ("-c", "user.name=a", "-c", "user.email=a@b.c")
    subprocess.run(["git", *identity, "commit", "-qm", "one"], cwd=own.folder, check=True)
    assert "pass look" in own.ok("graph").out
    own.ok("cache", "stats")
    assert "own pass" not in own.ok("rules").out and "--allow-rules" in own.ok("rules").err
    assert own.run("rules", "negative").code == 1
    own.write("rules/_levels.py", "STEPS = 256  # as many as there are\n")
    assert own.json_of("changed", "--since", "HEAD")["outputs"] == []
    own.write("rules/_levels.py", "STEPS = 4\n")
    assert own.json_of("changed", "--since", "HEAD")["outputs"] == ["film.mp4"]
    assert not (own.folder / "rules/ran").exists()


def test_with_leave_everything_works(own: Space) -> None:
    report = own.build("--allow-rules")
    assert made(report) == (2, 2) and (own.folder / "rules/ran").exists()
    assert own.build("--allow-rules")["outputs"][0]["state"] == "fresh"
    for command in (*COMMANDS, ("graph",)):
        own.ok(*command, "--allow-rules")
    text = own.ok("rules", "negative", "--allow-rules").out
    assert "own pass" in text and "amount" in text and "how far it goes" in text
    assert "negative" in own.ok("rules", "--allow-rules").out
    own.ok("pass", "negative", "still.png", "out.png", "--allow-rules", "--set", "amount=1")
    assert own.run("pass", "negative", "still.png", "out.png").code == 1


#: restyles drawings too, by their maps
RESTYLES = """

NEEDS = ("parts", "distance")


def drawing(rgba, maps, params, seed):
    return np.where((maps.distance < 64)[..., None] & (maps.parts > 0)[..., None], rgba // 2, rgba)
"""


def test_workers_run_what_was_read(own: Space) -> None:
    own.write("rules/negative.py", NEGATIVE + RESTYLES)
    serial = own.process("build", "--allow-rules", STUDIO_PARALLEL="0")
    film = own.read("out/film.mp4")
    shutil.rmtree(own.folder / ".cache")
    parallel = own.process("build", "--allow-rules", "-j", "2", STUDIO_PARALLEL="1")
    assert serial.code == parallel.code == 0 and own.read("out/film.mp4") == film
    assert film != own.read("out/plain.mp4")


def test_nothing_in_a_project_stands_for_a_library(own: Space) -> None:
    """`python -m studio` used to look for modules in the folder that it is called in: `rules/__init__.py` was taken
    for our rules, and `yaml.py` for the library, and ran."""
    mark = "from pathlib import Path\nPath(__file__).with_name('ran').touch()\n"
    for name in ("rules/__init__", "yaml", "networkx", "json", "array", "signal"):
        own.write(f"{name}.py", mark)
    own.edit("  film.mp4: {scene: two, passes: [look]}\n", "")
    own.edit("passes:\n  look: {rule: negative, amount: 0.5}\n", "")
    built = own.process("build", "-j", "2", STUDIO_PARALLEL="1")
    assert built.code == 0, built.err
    assert own.process("graph").code == 0
    assert not list(own.folder.rglob("ran"))


# -- keys


@pytest.mark.parametrize("file", ["negative", "_mixing", "_levels"])
def test_an_edit_makes_what_shows_it_and_a_comment_nothing(own: Space, file: str) -> None:
    """However many imports away, and nothing else."""
    name = f"rules/{file}.py"
    own.build("--allow-rules")
    text = own.read(name).decode()
    own.write(name, "# told otherwise\n" + text.replace("\n\n\n", "\n\n\n\n"))
    assert set(states(own).values()) == {"fresh"}
    own.write(name, text.replace("256", "3").replace("255 - rgb", "rgb // 2").replace("np.round", "np.floor"))
    assert own.read(name).decode() != text
    assert states(own) == {"plain.mp4": "fresh", "film.mp4": "stale"}
    why = own.ok("why", "film.mp4", "--allow-rules").out
    assert f"{name}: code" in why
    assert made(own.build("--allow-rules")) == (1, 1)
    own.write(name, text)
    assert made(own.build("--allow-rules")) == (0, 0), "and back costs nothing"


def test_the_null_path_sees_an_edit_and_asks_for_leave(own: Space) -> None:
    """It answers before anything is imported."""
    assert own.process("build", "--allow-rules").code == 0
    assert "nothing to make" in own.process("build", "--allow-rules").out
    assert own.process("build").code == 1
    own.write("rules/_levels.py", "STEPS = 3\n")
    edited = own.process("build", "--allow-rules")
    assert edited.code == 0 and "film.mp4: built" in edited.out and "plain.mp4: fresh" in edited.out


def test_an_edit_during_the_build_is_seen_by_the_next(own: Space) -> None:
    """What ran is what was read at the start, and what was read is what is in the keys."""
    levels = 'Path(__file__).with_name("_levels.py")'
    own.edit(
        "def frame(rgb, params, context):\n",
        f"def frame(rgb, params, context):\n    {levels}.write_text('STEPS = 3')\n",
        "rules/negative.py",
    )
    assert "film.mp4: built" in own.process("build", "--allow-rules").out
    before = own.read("out/film.mp4")
    again = own.process("build", "--allow-rules")
    assert "film.mp4: built" in again.out and own.read("out/film.mp4") != before
    assert "nothing to make" in own.process("build", "--allow-rules").out


def test_edits_there_and_back_give_a_clean_build(own: Space) -> None:
    own.edit("amount: 0.5", "amount: 0.25")
    films = []
    for n, (steps, less) in enumerate(((256, 64), (3, 640), (256, 64))):
        own.write("rules/_levels.py", f"STEPS = {steps}\n")
        own.write("rules/negative.py", NEGATIVE + RESTYLES.replace("64", str(less)))
        own.build("--allow-rules", "film.mp4")
        films.append(own.read("out/film.mp4"))
        if n:
            own.build("--allow-rules", "film.mp4", "--cache", f"clean-{n}")
            assert own.read("out/film.mp4") == films[-1]
    assert films[0] == films[2] != films[1]


def test_what_it_prints_is_beside_the_answer(own: Space) -> None:
    own.edit("import numpy as np\n", "import numpy as np\nprint('imported')\n", "rules/negative.py")
    own.edit(
        "def frame(rgb, params, context):\n",
        "def frame(rgb, params, context):\n    print('drawn')\n",
        "rules/negative.py",
    )
    result = own.ok("build", "--json", "--allow-rules")
    assert [json.loads(line) for line in result.out.splitlines()], "every line is JSON"
    assert "imported" in result.err and "drawn" in result.err


def test_another_version_of_a_library_makes_it_anew(own: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    own.edit("import numpy as np\n", "import networkx\nimport numpy as np\n", "rules/_mixing.py")
    own.build("--allow-rules")
    of = fingerprint._version
    monkeypatch.setattr(fingerprint, "_version", lambda name: "99.1" if name == "networkx" else of(name))
    assert states(own) == {"plain.mp4": "fresh", "film.mp4": "stale"}
    assert "networkx" in own.ok("why", "film.mp4", "--allow-rules").out
    assert "99.1" in own.ok("why", "film.mp4", "--allow-rules").out


def test_a_module_that_nothing_dates_is_refused(own: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    own.write("elsewhere/loose.py", "X = 1\n")
    monkeypatch.syspath_prepend(str(own.folder / "elsewhere"))
    own.edit("import numpy as np\n", "import loose\nimport numpy as np\n", "rules/_mixing.py")
    result = own.run("build", "--allow-rules")
    assert result.code == 1 and "`loose` is in no installed package" in result.err, result.err
    assert "from . import loose" in result.err


def test_knobs_and_presets_are_those_of_any_pass(own: Space) -> None:
    own.build("--allow-rules")
    own.write("rules/negative.yaml", "presets: negative\nhalf: {amount: 0.5}\nwhole: {amount: 1.0}\n")
    own.edit("amount: 0.5", "preset: half")
    assert set(states(own).values()) == {"fresh"}
    own.edit("preset: half", "preset: whole")
    assert states(own)["film.mp4"] == "stale"
    assert "preset whole" in own.ok("rules", "negative", "--allow-rules").out
    own.edit("preset: whole", "preset: hlf")
    assert "did you mean `half`" in own.run("build", "--allow-rules").err
    own.edit("passes:\n", "presets: {mine: {rule: negative, amount: 0.25}}\npasses:\n")
    own.edit("preset: hlf", "preset: mine")
    assert states(own)["film.mp4"] == "stale"
    own.edit("preset: mine", "strength: 0.5, amount: 0.25, seed: 3")
    own.build("--allow-rules")
    own.edit(
        "[{shot: wide}], length: 12f}\npresets",
        "[{shot: wide}, {pass: look, to: {amount: 1}, over: 6f}], length: 12f}\npresets",
    )
    own.edit("two: {place: square,", "two: {place: square, passes: [look],")
    own.edit("{scene: two, passes: [look]}", "{scene: two}")
    assert own.build("--allow-rules")["frames"]["rendered"] > 4


def test_a_bare_rule_is_a_pass(own: Space) -> None:
    own.edit("passes:\n  look: {rule: negative, amount: 0.5}\n", "")
    own.edit("passes: [look]", "passes: [negative]")
    assert "Studiofile:" in own.run("build").err and not (own.folder / "rules/ran").exists()
    own.build("--allow-rules")
    own.edit("256", "2", "rules/_levels.py")
    assert states(own)["film.mp4"] == "stale"
    assert "rules/_levels.py" in own.ok("why", "film.mp4", "--allow-rules").out


# -- what is wrong with a rule

BROKEN = {
    "no Python": ("def frame(rgb", "def frame(rgb(", "negative.py:23", "this is no Python"),
    "no Params": ("class Params(Base)", "class Knobs(Base)", "negative.py:1:1", "no class `Params"),
    "another Params": ("class Params(Base)", "class Params", "negative.py:17:1", "no class `Params"),
    "a knob without default": ("knob(0.8", "knob(...", "negative.py:17", "give every knob a default"),
    "a default out of range": ("knob(0.8", "knob(8", "negative.py:17", "`Params()` cannot be made"),
    "a knob that every pass has": ("amount: float", "strength: float", "negative.py:17", "called `strength`"),
    "turns by steps": (
        "amount: float = knob(0.8",
        "amount: int = knob(1",
        "negative.py:17:1",
        "is animatable and no float",
    ),
    "no hook": ("def frame", "def fraem", "negative.py:1:1", "neither of the hooks"),
    "another signature": ("def frame(rgb, params, context)", "def frame(rgb)", "negative.py:23:1", "frame(rgb, params"),
    "another clock": ("class Params", 'CLOCK = "cuckoo"\n\n\nclass Params', "negative.py:17:1", "none, boil, film"),
    "unknown maps": ("class Params", 'NEEDS = ("smell",)\n\n\nclass Params', "negative.py:17:1", "`NEEDS` is of"),
    "not installed": ("import numpy as np", "import nmpy as np", "negative.py:7:1", "No module named 'nmpy'"),
    "not in the folder": ("import _mixing", "import _mixign", "negative.py:12:1", "_mixign"),
    "by an absolute name": ("from . import _mixing", "from rules import _mixing", "negative.py:12:1", "from . import"),
    "dynamic import": ("class Params", '__import__("os")\n\n\nclass Params', "negative.py:17:1", "made at run time"),
    "a file": ("- rgb, params", "- open('a').read(), params", "negative.py:24:37", "this reads a file"),
    "an array": ("class Params", "T = np.load('t.npy')\n\n\nclass Params", "negative.py:17:5", "this reads a file"),
    "fails at import": ("class Params", "1 / 0\n\n\nclass Params", "negative.py:17:1", "ZeroDivisionError"),
    "leaves at import": ("class Params", "raise SystemExit\n\n\nclass Params", "negative.py:17:1", "SystemExit"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_rule_that_is_no_pass_is_told_with_its_line(own: Space, case: str) -> None:
    old, new, place, words = BROKEN[case]
    own.edit(old, new, "rules/negative.py")
    result = own.run("build", "--allow-rules")
    assert result.code == 1 and "Traceback" not in result.err, result.err
    assert f"rules/{place}" in result.err and words in result.err, result.err
    assert not (own.folder / "out").exists()


def test_a_validator_that_breaks_is_told(own: Space) -> None:
    check = "\n    @field_validator('amount')\n    def _check(cls, value):\n        return {0.8: value}[value]\n"
    own.edit("animatable=True)\n", f"animatable=True)\n{check}", "rules/negative.py")
    own.edit("import numpy as np\n", "import numpy as np\nfrom pydantic import field_validator\n", "rules/negative.py")
    result = own.run("build", "--allow-rules")
    assert result.code == 1 and "Studiofile:10:9: its rule cannot take this: KeyError: 0.5" in result.err, result.err


FAILS = {
    "another shape": ("rgb[::2]", "gave an array of shape (18, 64, 3) for one of (36, 64, 3)"),
    "grey": ("rgb[..., 0]", "gave an array of shape"),
    "floats": ("rgb / 255", "gave float64, and not uint8"),
    "NaN": ("rgb * np.nan", "gave float64 with NaN in it"),
    "nothing": ("None", "gave NoneType, and no array"),
    "raises": ("rgb[1, 2, 3, 4]", "raised IndexError"),
    "leaves": ("exit(3)", "raised SystemExit: 3"),
    "writes to what it is given": ("rgb.sort()", "work on a copy"),
    "fails in another file": ("_mixing.mixed(rgb, 1, None)", "rules/_mixing.py:7: `frame` raised TypeError"),
}


@pytest.mark.parametrize("case", FAILS)
def test_a_hook_that_fails_is_told_with_its_line_and_the_rest_is_made(own: Space, case: str) -> None:
    made_of, words = FAILS[case]
    own.edit("_mixing.mixed(rgb, 255 - rgb, params.amount)", made_of, "rules/negative.py")
    result = own.run("build", "--allow-rules", "-k")
    assert result.code == 1 and "Traceback" not in result.err, result.err
    assert words in result.err and "rules/negative.py:2" in result.err, result.err
    assert (own.folder / "out/plain.mp4").exists() and not (own.folder / "out/film.mp4").exists()
    own.write("rules/negative.py", NEGATIVE)
    assert made(own.build("--allow-rules"))[0] == 1, "what was made meanwhile is kept, and no failure is"


def test_a_drawing_hook_restyles_drawings_and_is_watched(own: Space) -> None:
    own.edit("def frame(rgb, params, context)", "def drawing(rgba, maps, params, seed)", "rules/negative.py")
    own.edit("_mixing.mixed(rgb, 255 - rgb, params.amount)", "rgba[..., [2, 1, 0, 3]]", "rules/negative.py")
    own.edit("amount: 0.5", "amount: 0.5, except: [cobbles]")
    assert own.build("--allow-rules")["drawings"]["minted"] == 3
    own.edit("rgba[..., [2, 1, 0, 3]]", "rgba // 1 + np.uint8([0, 0, 0, 1])", "rules/negative.py")
    result = own.run("build", "--allow-rules")
    assert result.code == 1 and "brighter than their alpha" in result.err, result.err


def test_names(own: Space) -> None:
    own.write("rules/watercolor.py", NEGATIVE)
    own.edit("rule: negative, amount: 0.5", "rule: watercolor")
    assert "has the name of one of studio's own rules" in own.run("build", "--allow-rules").err
    own.edit("rule: watercolor", "rule: negatve")
    assert "did you mean `negative`" in own.run("build").err
    own.edit("rule: negatve", "rule: negative, amuont: 1")
    assert "did you mean `amount`" in own.run("build", "--allow-rules").err
    own.edit("amuont: 1", "amount: 3")
    assert "out of range: at most 1" in own.run("build", "--allow-rules").err
    own.edit("rule: negative, amount: 3", "rule: ../rules/negative")
    assert "needs a `rule` that exists" in own.run("build", "--allow-rules").err
    own.edit("rule: ../rules/negative", "rule: negative")
    own.edit("planes: [sky,", "planes: [negative,")
    assert "can be a pass alone" in own.run("build", "--allow-rules").err


# -- a pass to start from


def tried(space: Space) -> tuple[int, str]:
    """(exit code, output) of the test that was written with a rule, as it stands."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_riso.py"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=space.folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_starting_pass_works_and_so_does_its_test(own: Space) -> None:
    said = own.ok("init", "--rule", "riso").out
    assert "wrote rules/riso.py" in said and "wrote tests/test_riso.py" in said and "--allow-rules" in said
    code, out = tried(own)
    assert code == 0 and "12 passed" in out, out
    own.edit("rule: negative, amount: 0.5", "rule: riso, colour: 0.5, rim: 8, ink: navy")
    assert made(own.build("--allow-rules")) == (2, 2)


def test_the_starting_test_can_fail(own: Space) -> None:
    own.ok("init", "--rule", "riso")
    own.edit("    printed = cv2.add", "    printed[0] = context.tick\n    printed = cv2.add", "rules/riso.py")
    own.edit("return out\n", "return out // 2\n", "rules/riso.py")
    code, out = tried(own)
    assert code == 1 and "2 failed" in out and "holds_still" in out and "keeps_its_outline" in out, out
    own.edit("printed[0] = context.tick", "printed[0] = np.random.randint(256)", "rules/riso.py")
    code, out = tried(own)
    assert code == 1 and "any_size" in out, out


def test_starting_files_replace_nothing(own: Space) -> None:
    result = own.run("init", "--rule", "negative")
    assert result.code == 1 and "rules/negative.py is already there" in result.err
    assert own.read("rules/negative.py").decode() == NEGATIVE and not (own.folder / "tests").exists()
    for name in ("watercolor", "My-Pass", "test_it", "class", "_hidden", "../x"):
        assert own.run("init", "--rule", name).code == 2
    assert own.run("init", "film", "--rule", "other").code == 2


def timed(space: Space, style: str, *arguments: str) -> Result:
    command = [sys.executable, "-m", "studio.parallel", "--bench", "--items", "2", "-j", "2", "--style", style]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([*command, *arguments], cwd=space.folder, env=environment, capture_output=True, text=True)
    return Result(done.returncode, done.stdout, done.stderr)


def test_a_pass_is_timed_serial_against_parallel(own: Space) -> None:
    own.edit("- rgb, params.amount", "- rgb, np.random.random()", "rules/negative.py")
    result = timed(own, "negative")
    assert result.code == 2 and "there is no pass `negative`" in result.err and "--rules DIR" in result.err
    assert not (own.folder / "rules/ran").exists()
    result = timed(own, "negative", "--rules", ".")
    assert "negative, a frame of 1920x1080: serial" in result.out and "on 2 workers" in result.out, result.err
    assert result.code == 1 and "the pass is not pure" in result.err


def test_the_pass_of_the_page_is_one(own: Space) -> None:
    page = (ROOT / "docs/own-passes.md").read_text(encoding="utf-8")
    own.write("rules/scan.py", page.split("```python\n")[1].split("```")[0])
    own.edit("rule: negative, amount: 0.5", "rule: scan, lines: 9, depth: 1")
    own.build("--allow-rules")
    assert own.read("out/film.mp4") != own.read("out/plain.mp4")

"""Keys hold the code that touches pixels and nothing else."""

from __future__ import annotations

import ast
import re
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from rules.plates import PLATES
from rules.props import PROPS
from rules.styles import STYLES
from studio import clip, fingerprint, keys
from studio.clip import container_version, encoder_version
from studio.fingerprint import Fingerprints, of_functions
from studio.keys import Keyring
from studio.params import Params
from studio.rows import Recipe
from studio.rule import Canvas
from tests.conftest import ROOT

RULES = [
    "rules.character",
    "rules.title",
    "rules.scene",
    *(m.__name__ for table in (PLATES, PROPS, STYLES) for m in table.values()),
]


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the packages whose code is read for fingerprints; what runs stays the original."""
    for package in ("rules", "studio"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
        monkeypatch.setattr(sys.modules[package], "__path__", [str(tmp_path / package)])
    of_functions.cache_clear()
    yield tmp_path
    of_functions.cache_clear()


def names_imported(path: Path) -> set[str]:
    """What a module of rules imports of rules, read from its lines alone."""
    found: set[str] = set()
    text = re.sub(r"\(([^)]*)\)", lambda m: m[0].replace("\n", " "), path.read_text())
    for package, names in re.findall(r"^\s*from (rules[\w.]*) import ([^#\n]+)", text, re.MULTILINE):
        words = re.findall(r"\w+", re.sub(r" as \w+", "", names))
        found |= {package} | {f"{package}.{word}" for word in words}
    return found


def users() -> dict[str, set[str]]:
    """For each module of rules the rules that reach it."""
    paths = {
        ".".join(p.relative_to(ROOT).with_suffix("").parts): p
        for p in (ROOT / "rules").rglob("*.py")
        if p.name != "__init__.py"
    }
    reached = {rule: {rule} for rule in RULES}
    for seen in reached.values():
        waiting = list(seen)
        while waiting:
            more = names_imported(paths[waiting.pop()]) & paths.keys() - seen
            seen |= more
            waiting += more
    return {module: {rule for rule in RULES if module in reached[rule]} for module in paths}


def test_code_moves_just_the_rules_that_import_it(copied: Path) -> None:
    """However many steps away; documentation and layout move nothing."""
    kept: dict[str, list[str]] = {}
    before = {rule: Fingerprints(kept).of(rule) for rule in RULES}
    reach = users()
    assert reach["rules._biped_eyes"] == {"rules.character"} and len(reach["rules._noise"]) > 4
    for module, wanted in reach.items():
        path = copied.joinpath(*module.split(".")).with_suffix(".py")
        text = path.read_text()
        doc = ast.get_docstring(ast.parse(text), clean=False) or ""
        path.write_text(text.replace(doc, "Told otherwise.", 1).replace("\n\n\n", "\n\n\n\n# a comment\n") + "\n")
        code = Fingerprints(kept)
        assert {r for r in RULES if code.of(r) != before[r]} == set(), f"{module}: words moved a key"
        path.write_text(text + "\n_ANOTHER = 1\n")
        code = Fingerprints(kept)
        assert {r for r in RULES if code.of(r) != before[r]} == wanted, module
        path.write_text(text)


@pytest.mark.parametrize(
    ("module", "old", "new", "moved"),
    [
        ("video", "codec.thread_count = 1", "codec.thread_count = 2", "encoder"),
        ("video", "out.mux_one(packet)", "out.mux(packet)", "container"),
        ("video", "cv2.IMWRITE_PNG_COMPRESSION, 6", "cv2.IMWRITE_PNG_COMPRESSION, 5", "container"),
        ("sound", "late = round(", "late = int(", "container"),
        ("gif", "min(over - begun, 0xFFFF)", "over - begun", "container"),
        ("gif", "_DITHER = 10", "_DITHER = 12", "gif container"),
        ("video", "picture = _picture(frame, form)", "picture = _picture(1 * frame, form)", "vp9"),
        ("footage", "across < 1 else", "across <= 1 else", "decoder"),
        ("footage", "with av.open(str(path), options=_HOW) as file:", "with av.open(str(path)) as file:", "decoder"),
        ("footage", "_EXIF: dict[int, Turn] = {", "_EXIF: dict[int, Turn] = {9: (1, 0, 0, 1),", "decoder"),
        ("video", '"""Frames, as I420', '"""Frames, I420', "nothing"),
    ],
)
def test_what_encodes_decodes_and_joins_is_in_the_keys(
    copied: Path, module: str, old: str, new: str, moved: str
) -> None:
    """Used to be in none: another encoder's setting, or another way to turn a clip, left every key as it was."""

    def now() -> dict[str, object]:
        of_functions.cache_clear()
        decoder = of_functions("studio.footage", *keys._DECODING)
        boxed = {codec: encoder_version(codec) for codec in ("vp9", "gif")}
        return {"encoder": encoder_version(), "container": container_version(), "decoder": decoder, **boxed}

    before, path = now(), copied / f"studio/{module}.py"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    after = now()
    assert {n for n in before if before[n] != after[n]} == ({*moved.split()} - {"nothing"})


def test_the_code_that_composes_is_in_the_keys_of_frames(copied: Path) -> None:
    before = Fingerprints().of("studio.easel")
    path = copied / "studio/easel.py"
    path.write_text(path.read_text().replace("sum_of_weights += share", "sum_of_weights += 2 * share"))
    assert Fingerprints().of("studio.easel") != before
    assert Fingerprints().parts("studio.easel").keys() == {"studio.easel"}, "what it calls of pixels is named beside it"


def test_every_function_of_the_engine_that_is_hashed_exists() -> None:
    """A renamed function would silently leave the keys."""
    decoding = ("studio.footage", *keys._DECODING)
    for module, *named in {decoding, *clip.JOINING, *(code for codec in clip.CODECS.values() for code in codec.code)}:
        text = (ROOT / f"{module.replace('.', '/')}.py").read_text()
        assert set(named) <= {getattr(n, "name", "") for n in ast.parse(text).body}, module


# -- keys that never change


class _Knobs(Params):
    size: float = 1.5
    word: str = "teal"


def test_golden_keys_of_a_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change here makes every user's store useless once: say so in the release notes.

    Code, libraries and processors are left out, since they are to change keys.
    """
    monkeypatch.setattr(keys, "versions", lambda stage: stage.encode())
    monkeypatch.setattr(keys, "processor", lambda: "")
    monkeypatch.setattr(fingerprint.Fingerprints, "of", lambda self, *modules: " ".join(modules).encode())
    recipe = Recipe("ada/body", "figure", "character", _Knobs(), {"part": "body"}, Canvas(-3, -4, 5, 6, 2.5), 7)
    node = Keyring(Fingerprints()).node(recipe, [], 36)
    assert node.key().hex() == "7d1d4180d317195cfcc3913637765de2"
    assert np.frombuffer(node.key(b"parent"), np.uint8).size == 16 and node.key(b"parent") != node.key()

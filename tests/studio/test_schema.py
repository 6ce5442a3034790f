"""The JSON Schema accepts what we accept: the samples, and every short form of the language."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from studio.schema import fields_at, json_schema
from studio.spec import Studiofile
from studio.studiofile import _parsed
from studio.tree import Folded
from tests.conftest import ROOT, TINY

FILES = sorted(p for p in ROOT.glob("projects/*/**/*") if p.name == "Studiofile" or p.suffix == ".yaml")
FILES += [ROOT / "Studiofile.example", ROOT / "studio/templates/film/Studiofile"]


@pytest.fixture(scope="module")
def schema() -> Any:
    return json_schema()


@pytest.mark.parametrize("path", [p for p in FILES if p.exists()], ids=lambda p: str(p.relative_to(ROOT)))
def test_samples_are_valid(schema: Any, path: Any) -> None:
    jsonschema.validate(_read(path.read_text()), schema)


def _read(text: str) -> Any:
    """YAML 1.2 as editors read it; PyYAML's own loaders take `on` for true."""
    problems: list[Any] = []
    packed = _parsed(text, "text", problems)
    tree = Folded(packed, "text") if packed is not None else None
    assert tree is not None, problems
    return json.loads(json.dumps(tree.plain()))


def test_mistakes_are_not(schema: Any) -> None:
    for old, new in (
        ("heads: 3.3", "hedas: 3.3"),
        ("heads: 3.3", "heads: many"),
        ("time: dusk", "time: noon"),
        ("sky,", "ski: 1,"),
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(_read(TINY.replace(old, new)), schema)


def test_a_pass_of_ones_own_may_say_anything(schema: Any) -> None:
    """An editor knows the name alone, and none of its knobs; those of our rules it knows."""
    jsonschema.validate(_read(TINY.replace("rule: watercolor", "rule: mine, size: 3, strength: 0.5")), schema)
    for wrong in ("rule: My-Own", "rule: mine, strength: 2", "rule: watercolor, size: 3"):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(_read(TINY.replace("rule: watercolor", wrong)), schema)


def test_every_key_has_a_meaning(schema: Any) -> None:
    bare = [
        f"{name}.{key}"
        for name, model in schema["$defs"].items()
        for key, value in model.get("properties", {}).items()
        if "description" not in value
    ]
    assert not bare


def test_known_keys_are_found_at_a_path() -> None:
    assert "stand" in fields_at(Studiofile, ("scenes", "meet", "cast", 0))
    assert "wobble" in fields_at(Studiofile, ("passes", "wash", "watercolor"))
    assert "walk" in fields_at(Studiofile, ("scenes", "meet", "action", 0, "together", 1))
    assert "x" in fields_at(Studiofile, ("scenes", "meet", "cast", 0, "stand", "spot"))

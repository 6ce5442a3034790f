"""What is written from the code says what the code says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from docs import gallery, passes
from docs.generate import HERE, documents
from docs.parts import options
from rules import _gestures, title
from rules._grade import GRADES
from rules._hand import FaceName
from rules._kit import MOODS, MOUTHS
from rules.character import LOOK, CharacterParams, Face, Garment, Hair
from rules.kits import KITS
from rules.plates import PLATES
from rules.props import PROPS
from rules.styles import STYLES
from studio.action import Line
from studio.sets import WeatherSpec
from studio.spec import CutItem

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", documents())
def test_documents_are_up_to_date(name: str) -> None:
    assert (HERE / name).read_text(encoding="utf-8") == documents()[name], "run `make docs`"


def test_design_notes_have_the_headings_that_code_points_to() -> None:
    notes = (HERE / "design-notes.md").read_text(encoding="utf-8")
    code = " ".join(" ".join(p.read_text(encoding="utf-8").split()) for p in sorted(ROOT.glob("studio/**/*.py")))
    named = re.findall(r'docs/design-notes\.md, "([^"]+)"', code)
    assert named and all(f"\n## {heading}\n" in notes for heading in named)


def test_the_film_of_the_readme_is_in_the_language(tmp_path: Path) -> None:
    block = (ROOT / "README.md").read_text(encoding="utf-8").split("called `Studiofile`")[1].split("\n\n")[1]
    (tmp_path / "Studiofile").write_text(textwrap.dedent(block), encoding="utf-8")
    command = [sys.executable, "-m", "studio", "build", "-n", "--json", "-C", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["frames"]["stale"] > 40


def test_links_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *HERE.glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_gallery_is_up_to_date() -> None:
    assert (HERE / "gallery.md").read_text(encoding="utf-8") == gallery.page(), "run `make gallery`"


def test_the_page_of_passes_is_up_to_date() -> None:
    page = passes.page()
    assert (HERE / "passes.md").read_text(encoding="utf-8") == page, "run `make gallery`"
    for picture in re.findall(r"\]\((passes/[^)]+)\)", page):
        assert (HERE / picture).exists(), picture


def _named() -> Iterator[tuple[str, Iterable[str]]]:
    """What the hand-written tables and the models say that there is, by the beginning of its pictures' names."""
    for kind in LOOK:
        yield kind, options(Garment, kind)
    yield from (("pattern", options(Garment, "pattern")), ("hair", options(Hair, "style")))
    yield from (("beard", options(Hair, "beard")), ("holds", options(CharacterParams, "holds")))
    yield from ((f"face-{key}", options(Face, key)) for key in ("shape", "eyes", "brows", "nose", "lips"))
    yield from (("mood", MOODS), ("mouth", MOUTHS), ("do", _gestures.GESTURES))
    for kit, module in KITS.items():
        yield kit, (*module.GESTURES, *module.STANCES[1:])
        if "species" in module.Params.model_fields:
            yield f"{kit}-species", options(module.Params, "species")
    yield from (("plate", PLATES), ("prop", PROPS), ("pass", STYLES), ("grade", GRADES))
    yield "weather", options(WeatherSpec, "kind")
    yield from (("shot", options(Line, "shot")), ("facing", options(Line, "facing")))
    yield "cut", ("fade", "dissolve", "match", "iris", *(f"wipe-{side}" for side in options(CutItem, "from_")))
    yield from (("card", options(CutItem, "kind")), ("face", get_args(FaceName)))
    yield "enters", [name for name in options(title.Params, "enters") if name != "none"]


@pytest.mark.parametrize(("kind", "names"), list(_named()), ids=[kind for kind, _ in _named()])
def test_every_part_has_a_picture(kind: str, names: Iterable[str]) -> None:
    shown = (HERE / "gallery.md").read_text(encoding="utf-8")
    for name in names:
        assert f"](gallery/part-{kind}-{name}.jpg)" in shown, f"no picture of the {kind} `{name}`: see docs/parts.py"


def test_the_gallery_is_small() -> None:
    assert sum(path.stat().st_size for path in (HERE / "gallery").iterdir()) < 6_500_000

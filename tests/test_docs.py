"""What is written from the code says what the code says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from docs.generate import HERE, documents

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

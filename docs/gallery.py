"""Build the books of sample projects, and every part once, and write their pictures, small, for docs/gallery.md:
`make gallery`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image

from docs import parts
from docs.parts import Part

HERE = Path(__file__).parent
ROOT = HERE.parent
_WIDTH = 640

#: chapters: project, what is said of it, pictures across, outputs
CHAPTERS: tuple[tuple[str, str, int, tuple[str, ...]], ...] = (
    (
        "cast",
        "Thirty people of one town, each written out in YAML: heads, hair, hats, garments, builds and ages.",
        2,
        ("children", "shops", "workers", "sunday", "evening"),
    ),
    ("lamplighter", "Model sheets: `studio mint ada`, or `studio build ada.png`.", 2, ("ada", "bruno")),
    ("animals", "Birds and four-legged animals are kits of their own.", 2, ("crow", "cat")),
    (
        "alphabet",
        "Six faces drawn with pens, with every letter of the western European languages, and two made from them.",
        2,
        ("roman", "gaslight", "brush", "chalk", "poster", "comic", "bookish", "broadside"),
    ),
    (
        "places",
        "Places by rule and seed, each by day, at dusk and by night.",
        3,
        tuple(
            f"{place}-{time}"
            for place in (
                *("meadow", "forest", "sea", "harbour", "room", "library"),
                *("snow", "winter", "mountains", "rooftops", "square", "park"),
            )
            for time in ("day", "dusk", "night")
        ),
    ),
)


def page() -> str:
    """The page that shows the pictures."""
    lines = ["# Gallery", "", "Drawn by `studio` from the sample projects; `make gallery` makes it anew.", ""]
    for project, said, across, names in CHAPTERS:
        lines += [f"## {project}", "", f"{said} ([projects/{project}](../projects/{project}/Studiofile))", ""]
        for start in range(0, len(names), across):
            row = names[start : start + across]
            if start == 0:
                lines += [
                    "| " + " | ".join("" for _ in range(across)) + " |",
                    "| " + " | ".join(["---"] * across) + " |",
                ]
            lines.append("| " + " | ".join(f"![{name}](gallery/{project}-{name}.jpg)" for name in row) + " |")
        lines.append("")
    for section in parts.sections():
        lines += _section(section)
    return "\n".join(lines)


def _section(section: parts.Section) -> list[str]:
    """A table of pictures, each over the YAML that it shows."""
    across = section.across
    lines = [f"## {section.title}", "", *([section.said, ""] if section.said else [])]
    lines += ["| " + " | ".join("" for _ in range(across)) + " |", "| " + " | ".join(["---"] * across) + " |"]
    for start in range(0, len(section.parts), across):
        row = section.parts[start : start + across]
        cells = (f"![{part.name}](gallery/part-{part.name}.jpg)<br>`{part.yaml}`" for part in row)
        lines.append("| " + " | ".join(cells) + " |")
    return [*lines, ""]


def main() -> None:
    """Build each project, then write pictures and page."""
    (HERE / "gallery").mkdir(exist_ok=True)
    for project, _, _, names in CHAPTERS:
        folder = ROOT / "projects" / project
        outputs = [f"{name}.png" for name in names]
        subprocess.run([sys.executable, "-m", "studio", "build", "-C", str(folder), *outputs], cwd=ROOT, check=True)
        for name in names:
            with Image.open(folder / "out" / f"{name}.png") as picture:
                small = picture.convert("RGB")
                small.thumbnail((_WIDTH, 2 * _WIDTH), Image.Resampling.LANCZOS)
                small.save(HERE / "gallery" / f"{project}-{name}.jpg", quality=82, optimize=True)
    _parts(ROOT / ".cache" / "gallery")
    (HERE / "gallery.md").write_text(page(), encoding="utf-8")


def _parts(folder: Path) -> None:
    """Build the project of all parts, and lay the moments of each side by side."""
    folder.mkdir(parents=True, exist_ok=True)
    paper = Image.new("RGB", (64, 64), "#efe6d6")
    paper.save(folder / "paper.png")
    shutil.copy(HERE / "frame.jpg", folder)
    (folder / "Studiofile").write_text(json.dumps(parts.project(), indent=1), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "studio", "build", "-C", str(folder)], cwd=ROOT, check=True)
    for section in parts.sections():
        for part in section.parts:
            _joined(folder / "out", part).save(HERE / "gallery" / f"part-{part.name}.jpg", quality=80, optimize=True)


def _joined(folder: Path, part: Part) -> Image.Image:
    """The pictures of a part in a row."""
    pictures = [Image.open(folder / name).convert("RGB") for name in parts.files(part)]
    row = Image.new("RGB", (sum(p.width for p in pictures) + 4 * (len(pictures) - 1), pictures[0].height), "#ffffff")
    at = 0
    for picture in pictures:
        row.paste(picture, (at, 0))
        at += picture.width + 4
    return row


if __name__ == "__main__":
    main()

"""Build the books of sample projects and write their pictures, small, for docs/gallery.md: `make gallery`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PIL import Image

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
    return "\n".join(lines)


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
    (HERE / "gallery.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

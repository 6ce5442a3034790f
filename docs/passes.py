"""Build the book of passes and every knob of every pass, and write their pictures, small, with docs/passes.md:
`make gallery`."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from docs.measured import PASSES
from docs.parts import options
from rules.styles import STYLES
from studio.params import knobs_of, range_of, turning_of
from studio.studiofile import presets_of

HERE = Path(__file__).parent
ROOT = HERE.parent
BOOK = ROOT / "projects" / "passes"
_SMALL = "264x176"

Plain = dict[str, Any]


def page() -> str:
    """The page that shows the pictures."""
    lines = [
        "# Passes",
        "",
        "A pass puts a style over a film: `outputs: {film.mp4: {passes: [watercolor]}}`, over a scene, a plane or an",
        "actor, or over footage: `studio pass watercolor holiday.mp4 painted.mp4`. Most of a style is put into the",
        "drawings, once, so that it sticks to what it belongs to. Which files it reads and writes stands in",
        "[formats](formats.md). Drawn by `studio` from [projects/passes](../projects/passes/Studiofile);",
        "`make gallery` makes this page anew. A project can have [passes of its own](own-passes.md).",
        "",
    ]
    lines += _table([(name, name, name) for name in ("plain", *STYLES)])
    lines += ["The same on a photograph:", ""]
    lines += _table([(f"photo-{name}", name, name) for name in ("original", *STYLES)])
    lines += [*_strengths(), *PASSES.strip().splitlines(), ""]
    for name in STYLES:
        lines += _chapter(name)
    return "\n".join(lines)


def _table(pictures: list[tuple[str, str, str]]) -> list[str]:
    """Pictures in rows of three: (file, alternative text, what stands below)."""
    lines = ["| | | |", "| --- | --- | --- |"]
    for start in range(0, len(pictures), 3):
        row = pictures[start : start + 3]
        cells = (f"![{alt}](passes/{file}.jpg)<br>{below}" for file, alt, below in row)
        lines.append("| " + " | ".join(cells) + " |")
    return [*lines, ""]


def _strengths() -> list[str]:
    turning = {name: list(turning_of(rule.Params)) for name, rule in STYLES.items()}
    named = "; ".join(f"{name}: {', '.join(f'`{k}`' for k in knobs)}" for name, knobs in turning.items() if knobs)
    return [
        "Passes chain in the order in which they are named. `strength: 0.5` mixes a finished frame with and without a",
        "pass; within a scene it is turned by a line of action, `{pass: old, to: {strength: 0}, over: 2s}`, and so are",
        f"these knobs ({named}). `only: [ada]` and `except: [sky]` say what a pass is for.",
        "",
    ]


def _chapter(name: str) -> list[str]:
    """A pass: what it does, its presets, its knobs, each with pictures."""
    rule = STYLES[name]
    said = (inspect.getdoc(rule) or "").split("\n\n")[0].replace("\n", " ")
    lines = [f"## {name}", "", said, ""]
    lines += _table([(f"{name}-preset-{p}", p, f"`preset: {p}`") for p in presets_of(name)])
    lines += ["| knob | | low, default, high |", "| --- | --- | --- |"]
    for knob, default, span, unit, meaning in knobs_of(rule.Params):
        values = dict(_values(name, knob))
        range_said = span + (f" {unit}" if unit else "") or ", ".join(str(v) for v in values.values())
        cells = " ".join(f"![{knob} {value}](passes/{name}-{knob}-{how}.jpg)" for how, value in values.items())
        lines.append(f"| `{knob}` | {meaning}; {range_said}, default {default} | {cells} |")
    return [*lines, ""]


def _values(name: str, knob: str) -> Iterator[tuple[str, Any]]:
    """(how it is called in the picture's name, value) of what is shown of a knob: its ends and its default, or each."""
    field = STYLES[name].Params.model_fields[knob]
    default = field.get_default()
    named = options(STYLES[name].Params, knob)
    if named:
        yield from ((str(value).replace(".", "-"), value) for value in named)
    elif isinstance(default, bool):
        yield from (("off", False), ("on", True))
    elif isinstance(default, (int, float)):
        low, high = range_of(field)
        whole = isinstance(default, int)
        yield from (("low", int(low) if whole else low), ("default", default), ("high", int(high) if whole else high))


def project() -> Plain:
    """A Studiofile with an output for each picture of a knob or a preset."""
    data: Plain = {
        "studio": 1,
        "title": "Knobs",
        "fps": 24,
        "size": _SMALL,
        "characters": {
            "ada": {
                "height": "1.5m", "heads": 3.3, "hair": {"style": "bob", "colour": "chestnut"},
                "wears": [{"coat": "mantle", "colour": "teal"}, {"scarf": "long", "colour": "amber"}],
            }
        },
        "places": {
            "lane": {
                "time": "day",
                "planes": [{"plate": "sky"}, {"plate": "cobbles"}, {"plate": "houses", "seed": 7, "opening": 4}],
            }
        },
        "passes": {},
        "scenes": {
            "one": {
                "place": "lane",
                "cast": [{"who": "ada", "stand": {"x": 0.1, "z": 7}, "mood": "amused", "idle": "none"}],
                "action": [{"shot": "medium", "on": ["ada"]}],
                "length": "2f",
            }
        },
        "cut": ["one"],
        "outputs": {},
    }  # fmt: skip
    for name, rule in STYLES.items():
        told = {f"{name}-preset-{preset}": {"preset": preset} for preset in presets_of(name)}
        for knob in rule.Params.model_fields:
            told |= {f"{name}-{knob}-{how}": {knob: value} for how, value in _values(name, knob)}
        for picture, values in told.items():
            data["passes"][picture] = {"rule": name, "seed": 1, **values}  # or chance would differ by the name, too
            data["outputs"][f"{picture}.png"] = {"scene": "one", "at": "1f", "passes": [picture]}
    return data


def main() -> None:
    """Build both, then write pictures and page."""
    target = HERE / "passes"
    target.mkdir(exist_ok=True)
    names = ["plain.png", *(f"{name}.png" for name in STYLES)]
    photos = ["photo/original.png", *(f"photo/{name}.png" for name in STYLES)]
    subprocess.run([sys.executable, "-m", "studio", "build", "-C", str(BOOK), *names, *photos], cwd=ROOT, check=True)
    for file in (*names, *photos):
        _small(BOOK / "out" / file, target / f"{file[:-4].replace('/', '-')}.jpg", 480)
    folder = ROOT / ".cache" / "knobs"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Studiofile").write_text(json.dumps(project(), indent=1), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "studio", "build", "-C", str(folder)], cwd=ROOT, check=True)
    for file in project()["outputs"]:
        _small(folder / "out" / file, target / f"{file[:-4]}.jpg", 264)
    (HERE / "passes.md").write_text(page(), encoding="utf-8")


def _small(source: Path, target: Path, width: int) -> None:
    with Image.open(source) as picture:
        small = picture.convert("RGB")
        small.thumbnail((width, 2 * width), Image.Resampling.LANCZOS)
        small.save(target, quality=78, optimize=True)


if __name__ == "__main__":
    main()

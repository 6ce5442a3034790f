"""Write a feature film to measure with: scenes of 240 frames, twenty people, eight places.

    python projects/long/make.py --frames 129600 --size 64x36 /tmp/feature

The same arguments write the same files. People walk, speak, look and wave; no two scenes are alike.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

SCENE = 240
NAMES = "ada bruno cleo dora emil fritz greta hugo ines jona kurt lena milo nora otto paula quint rosa sven tilda"
PLACES = "square lane market quay bridge yard court gate"
COLOURS = "teal plum brick moss navy ochre rust slate wine forest mustard copper"
SKINS = "sand peach honey wheat umber"
SPOTS = {"door": -2.4, "post": -1.0, "middle": 0.1, "bench": 1.3, "steps": 2.3}
WORDS = "the lamp is lit and nobody saw who came over the bridge with a hat full of fog so we wait here until morning"


def main() -> None:
    """Write the Studiofile and every file that it names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=129_600)
    parser.add_argument("--size", default="64x36")
    parser.add_argument("--passes", action="store_true", help="put every third scene under watercolor")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    write(options.folder, options.frames, options.size, passes=options.passes)


def write(folder: Path, frames: int, size: str, *, passes: bool = False) -> int:
    """-> the number of scenes; the last one is as long as what is left."""
    lengths = [SCENE] * (frames // SCENE) + [frames % SCENE] * (frames % SCENE > 0)
    names = [f"scene-{n + 1:04}" for n in range(len(lengths))]
    for part in ("characters", "places", "scenes"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for n, name in enumerate(NAMES.split()):
        (folder / "characters" / f"{name}.yaml").write_text(_character(n, name), encoding="utf-8")
    for n, name in enumerate(PLACES.split()):
        (folder / "places" / f"{name}.yaml").write_text(_place(n, name), encoding="utf-8")
    for n, (name, length) in enumerate(zip(names, lengths, strict=True)):
        (folder / "scenes" / f"{name}.yaml").write_text(_scene(n, length, passes=passes), encoding="utf-8")
    lines = ["studio: 1", "title: The Long Night", "fps: 24", f"size: {size}", "characters:"]
    lines += [f"  {name}: characters/{name}.yaml" for name in NAMES.split()]
    lines += ["places:", *(f"  {name}: places/{name}.yaml" for name in PLACES.split()), "scenes:"]
    lines += [f"  {name}: scenes/{name}.yaml" for name in names]
    lines += ["passes:", "  wash: {rule: watercolor}"] if passes else []
    lines += ["cut:", *(f"  - {name}" for name in names), "outputs:", "  feature.mp4: {}"]
    (folder / "Studiofile").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(names)


def _character(n: int, name: str) -> str:
    pick = random.Random(f"character {n}")
    coat, hat = pick.choice(["mantle", "tails"]), pick.choice(["newsboy", "top"])
    lines = [
        f"character: {name.title()}",
        f"height: {1.4 + 0.03 * n:.2f}m",
        f"shape: {pick.choice(['triangle', 'square'])}",
        f"heads: {pick.choice([3.3, 3.6, 4.0, 4.4])}",
        f"skin: {pick.choice(SKINS.split())}",
        "wears:",
        f"  - {{coat: {coat}, colour: {pick.choice(COLOURS.split())}}}",
        f"  - {{hat: {hat}, colour: {pick.choice(COLOURS.split())}}}",
    ]
    return "\n".join(lines) + "\n"


def _place(n: int, name: str) -> str:
    pick = random.Random(f"place {n}")
    lines = [f"place: The {name}", f"time: {pick.choice(['dawn', 'day', 'dusk', 'night'])}", "planes:", "  - sky"]
    lines += [f"  - {{plate: skyline, seed: {n}}}"] if n % 2 else []
    lines += ["  - cobbles", f"  - {{plate: houses, seed: {n}}}"]
    lines += [f"  - {{prop: street-lamp, name: lamp, x: {pick.uniform(-0.5, 0.9):.1f}, z: 9}}"]
    lines += ["marks:", *(f"  {mark}: {{x: {x}, z: {pick.uniform(6.6, 7.6):.1f}}}" for mark, x in SPOTS.items())]
    return "\n".join(lines) + "\n"


def _scene(n: int, length: int, *, passes: bool) -> str:
    """Two people: one stands there, one comes, they talk."""
    pick = random.Random(f"scene {n}")
    one, two = pick.sample(NAMES.split(), 2)
    here, there = pick.sample(list(SPOTS), 2)
    side = "left" if SPOTS[there] < SPOTS[here] else "right"
    lines = [
        f"scene: Number {n + 1}",
        f"place: {PLACES.split()[n % len(PLACES.split())]}",
        *(["passes: [wash]"] if passes and n % 3 == 2 else []),
        "cast:",
        f"  - {{who: {one}, stand: {here}}}",
        "action:",
        "  - {shot: wide}",
        "  - together:",
        f"      - {{who: {two}, walk: {there}, from: {side}, over: {pick.randint(50, 80)}f, cue: comes}}",
        f"      - {{who: {one}, look: {two}, at: comes, delay: {pick.randint(8, 30)}f}}",
        f"  - {{shot: full, on: [{one}, {two}], over: {pick.randint(12, 30)}f}}",
        f'  - {{who: {one}, say: "{_words(pick)}", mood: {pick.choice(["amused", "worried", "tired", "neutral"])}}}',
        f"  - {{shot: close, on: {two}}}",
        f'  - {{who: {two}, say: "{_words(pick)}", mood: {pick.choice(["delighted", "sad", "surprised", "angry"])}}}',
        f"  - {{shot: medium, on: [{one}, {two}]}}",
        f"  - {{who: {one}, do: {pick.choice(['wave', 'nod', 'point'])}, look: lamp}}",
        f"  - {{set: lamp, lit: true, over: {pick.randint(8, 16)}f}}",
        f"length: {length}f",
    ]
    return "\n".join(lines) + "\n"


def _words(pick: random.Random) -> str:
    words = WORDS.split()
    start = pick.randrange(len(words) - 5)
    return " ".join(words[start : start + pick.randint(3, 5)]).capitalize() + "."


if __name__ == "__main__":
    main()

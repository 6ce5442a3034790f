"""Drawings at 1080p, in this process: prints ms of processor time of each kind, as one JSON object."""

from __future__ import annotations

import json
import sys

from studio.pins import pin_environment, pin_libraries

pin_environment()

import gc  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from functools import partial  # noqa: E402
from math import ceil, floor  # noqa: E402
from statistics import median  # noqa: E402
from typing import Any  # noqa: E402

from bench.measures import ROOT  # noqa: E402
from rules import _hand, _window, alphabet, character  # noqa: E402
from rules.kits import bird  # noqa: E402
from rules.plates import PLATES  # noqa: E402
from studio.rows import Recipe  # noqa: E402
from studio.rule import Canvas  # noqa: E402
from studio.workspace import Workspace  # noqa: E402

Draw = Callable[[], Any]
Change = tuple[str, dict[str, Any]]

TRIES = 3
LINES, ACROSS = 1080, 1920
TALL = 700  # px of a figure in a full shot
SEED = 7
_INDOORS = ("room", "boards")
#: which part in which change of what a sample shows first; the figure has been drawn in another pose before
_PEOPLE: dict[str, Change] = {
    "a body, the first": ("body", {}),
    "a body": ("body", {"legs": 3, "near": [-20, 12, "rest"]}),
    "a head": ("head", {"yaw": 45}),
    "a face, the first": ("face", {}),
    "a face": ("face", {"mood": "amused", "mouth": "D"}),
}
_BIRDS: dict[str, Change] = {
    "a bird": ("body", {"move": "stand", "n": 0}),
    "open wings": ("body", {"move": "fly", "n": 0}),
}


def timed(draw: Draw) -> float:
    """Milliseconds of one drawing."""
    start = time.process_time()
    draw()
    return (time.process_time() - start) * 1e3


def recipes(project: str, cache: str) -> list[Recipe]:
    """All drawings that a sample project is made of."""
    plan = Workspace(str(ROOT / "projects" / project), cache=cache).session().plan()
    return [node.line()[0].recipe for node in plan.mint_nodes()]


def figures(found: list[Recipe], kit: Any, tall: int, kinds: dict[str, Change]) -> dict[str, float]:
    """Of figures, one after the other, the parts that a film would ask for: as large as in a shot in which the figure
    has so many px. The median of each."""
    first = {(r.target, r.params, r.variant.get("part")): r for r in found[::-1] if isinstance(r.params, kit.Params)}
    spent: dict[str, list[float]] = {kind: [] for kind in kinds}
    people = {r.params: [s for s in first.values() if s.params == r.params] for r in first.values()}
    for parts in people.values():
        for kind, (part, change) in kinds.items():
            for recipe in (r for r in parts if r.variant.get("part") == part):
                variant = {**recipe.variant, **change}
                canvas = _window.whole(kit.box(recipe.params, variant), tall / recipe.params.height)  # type: ignore[attr-defined]
                spent[kind].append(timed(partial(kit.draw, recipe.params, variant, canvas, recipe.seed)))
    return {kind: median(values) for kind, values in spent.items()}


def plate(name: str) -> Draw:
    """A plate as far as a picture at home shows it."""
    rule: Any = PLATES[name]
    z = rule.DEPTH
    variant: dict[str, Any] = {"time": "night" if name in _INDOORS else "dusk", "z": z}
    if rule.GROUND:
        top, scale = 0, float(LINES)
    else:
        scale = LINES / (z / 2)
        top = -round(1.2 * scale + 0.55 * LINES)
    bottom = top + (round(0.65 * LINES) if rule.GROUND else LINES)
    if rule.NEAR:
        half = z / 2 * ACROSS / LINES
        variant["frame"] = [-half, 1.2 - 0.45 * z / 2, half, 1.2 + 0.55 * z / 2]
    params = rule.Params()
    box = rule.box(params, variant)
    top, bottom = max(top, floor(-box.top * scale)), min(bottom, ceil(-box.bottom * scale))
    canvas = Canvas(-ACROSS // 2, top, ACROSS, bottom - top, scale)
    return partial(rule.draw, params, variant, canvas, SEED)


def letters(face: str) -> list[Draw]:
    """Letters of a title, each a drawing of its own."""
    params = alphabet.Params.model_validate({"face": face})
    draws: list[Draw] = []
    for glyph in "Rgsn":
        variant = {"letter": glyph, "hand": face, "take": 0, "cap": 0.12, "manner": "display"}
        canvas = _window.whole(alphabet.box(params, variant), float(LINES))
        draws.append(partial(alphabet.draw, params, variant, canvas, SEED))
    return draws


def measured(cache: str) -> Iterator[tuple[str, float]]:
    """Each kind of drawing, and milliseconds: of figures and letters when they are drawn for the first time, of plates
    at the best of some tries."""
    people, animals = recipes("cast", cache), recipes("animals", cache)
    gc.collect()
    gc.freeze()  # a worker has no plan to look through
    yield from figures(people, character, TALL, _PEOPLE).items()
    yield from figures(animals, bird, 600, _BIRDS).items()
    for name in sorted(PLATES):
        if name != "picture":
            yield name, min(timed(plate(name)) for _ in range(TRIES))
    yield "a letter", median(timed(draw) for face in _hand.COLOURS for draw in letters(face))
    hands = [_hand.Hand.model_validate({"face": face}) for face in _hand.COLOURS]
    yield "an alphabet", median(timed(partial(alphabet.mint_alphabet, hand, 0.06 * LINES)) for hand in hands)


if __name__ == "__main__":
    pin_libraries()
    print(json.dumps(dict(measured(sys.argv[1]))))

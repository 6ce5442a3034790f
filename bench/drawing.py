"""Drawings at 1080p, in this process: prints ms of processor time of each kind, as one JSON object. What of a figure
was drawn before costs less, and so each counts the first time that it is drawn.
"""

from __future__ import annotations

import json
import sys

from studio.pins import pin_environment, pin_libraries

pin_environment()

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

TRIES = 3
LINES, ACROSS = 1080, 1920
TALL = 700  # px of a figure in a full shot
SEED = 7
_INDOORS = ("room", "boards")


def timed(draws: list[Draw]) -> float:
    """Milliseconds, the median of many drawings, each new; or the best of some tries, where there is one."""
    best = []
    for draw in draws:
        tries = []
        for _ in range(TRIES if len(draws) == 1 else 1):
            start = time.process_time()
            draw()
            tries.append(time.process_time() - start)
        best.append(min(tries))
    return median(best) * 1e3


def recipes(project: str, cache: str) -> list[Recipe]:
    """All drawings that a sample project is made of."""
    plan = Workspace(str(ROOT / "projects" / project), cache=cache).session().plan()
    return [node.line()[0].recipe for node in plan.mint_nodes()]


def figures(found: list[Recipe], part: str, kit: Any, tall: int, said: dict[str, Any]) -> list[Draw]:
    """A part of each figure once, in a variant that says so, as large as a figure of so many px has it."""
    first: dict[str, Recipe] = {}
    for recipe in found:
        if recipe.variant.get("part") == part and said.items() <= recipe.variant.items():
            first.setdefault(str(recipe.target), recipe)
    draws: list[Draw] = []
    for recipe in first.values():
        canvas = _window.whole(kit.box(recipe.params, recipe.variant), tall / recipe.params.height)  # type: ignore[attr-defined]
        draws.append(partial(kit.draw, recipe.params, recipe.variant, canvas, recipe.seed))
    return draws


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


def kinds(cache: str) -> Iterator[tuple[str, list[Draw]]]:
    """What is measured."""
    people, animals = recipes("cast", cache), recipes("animals", cache)
    for part in ("body", "head", "face"):
        yield part, figures(people, part, character, TALL, {})
    yield "open wings", figures(animals, "body", bird, 600, {"move": "fly", "n": 0})
    for name in sorted(PLATES):
        if name != "picture":
            yield name, [plate(name)]
    yield "letter", [draw for face in _hand.COLOURS for draw in letters(face)]
    hands = [_hand.Hand.model_validate({"face": face}) for face in _hand.COLOURS]
    yield "alphabet", [partial(alphabet.mint_alphabet, hand, 0.06 * LINES) for hand in hands]


if __name__ == "__main__":
    pin_libraries()
    said = {}
    only = sys.argv[2:]
    for kind, draws in kinds(sys.argv[1]):
        if not only or kind in only:
            said[kind] = timed(draws)
    print(json.dumps(said))

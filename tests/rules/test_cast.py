"""Thirty people are thirty people: the cast of `projects/cast`, its silhouettes, colours and variety."""

from __future__ import annotations

from dataclasses import fields
from itertools import combinations
from typing import Any, get_args

import cv2
import numpy as np
import pytest

from rules import _biped_look, _bones, _colour, _daylight, _window, character
from rules.character import Acting, CharacterParams
from tests.rules.driver import CAST as PEOPLE
from tests.rules.driver import LIGHT

TALL = 96  # px


def standing(yaw: int = 45) -> Acting:
    """One frame of somebody who does nothing."""
    said = {"phase": -1, "yaw": yaw, "body": 45, "facing": 1}
    columns: dict[str, Any] = {f.name: np.array([said.get(f.name, 0)], np.int32) for f in fields(Acting)}
    return Acting(**{**columns, "tilt": np.zeros(1), "breath": np.zeros(1), "time": "day"})


def figure(params: CharacterParams, scale: float, yaw: int = 45) -> Any:
    """A whole figure at `scale` px a metre, premultiplied RGBA in 0 to 1, without its shadows."""
    wide, high = int(2.6 * scale), int((params.height * 1.75 + 0.4) * scale)
    out = np.zeros((high, wide, 4), np.float32)
    for track in character.act(params, standing(yaw)):
        if track.role == "shadow":
            continue
        variant = track.variants[int(track.codes[0])]
        canvas = _window.whole(character.box(params, variant), scale)
        drawn = character.draw(params, variant, canvas, 7).rgba.astype(np.float32) / 255
        t = np.radians(float(track.turn[0]))
        turn = np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]])
        at = np.array([wide / 2 + track.x[0] * scale, high - 0.1 * scale - track.y[0] * scale])
        matrix = np.concatenate([turn, (turn @ np.array([canvas.left, canvas.top]) + at)[:, None]], 1)
        laid = np.asarray(cv2.warpAffine(drawn, matrix, (wide, high)))
        out = laid + out * (1 - laid[..., 3:])
    return out


def silhouette(params: CharacterParams) -> Any:
    """The filled shape, 96 px tall, its centre of mass in the middle of 144 columns."""
    alpha = figure(params, 104 / params.height)[..., 3]
    if params.holds == "lamp-pole":  # a pole would only make the person small
        alpha = figure(params.model_copy(update={"holds": "none"}), 104 / params.height)[..., 3]
    rows = np.flatnonzero(alpha.max(1) > 0.5)
    factor = TALL / (rows[-1] - rows[0] + 1)
    middle = float((alpha.sum(0) * np.arange(alpha.shape[1])).sum() / alpha.sum())
    matrix = np.array([[factor, 0, 72 - middle * factor], [0, factor, -rows[0] * factor]])
    return np.asarray(cv2.warpAffine(alpha, matrix, (144, TALL))) > 0.5


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    return {name: silhouette(params) for name, params in PEOPLE.items()}


def overlap(a: Any, b: Any) -> float:
    return float((a & b).sum() / (a | b).sum())


def test_there_are_thirty_and_no_two_wear_the_same() -> None:
    assert len(PEOPLE) == 30
    assert len({params.model_dump_json(include={"wears", "hair", "face"}) for params in PEOPLE.values()}) == 30


def test_silhouettes_are_told_apart(shapes: dict[str, Any]) -> None:
    found = sorted(((overlap(shapes[a], shapes[b]), a, b) for a, b in combinations(shapes, 2)), reverse=True)
    assert found[0][0] <= 0.90, found[:8]
    values = [f[0] for f in found]
    assert np.median(values) <= 0.75, np.percentile(values, (5, 50, 95)).round(3)


def test_nobody_is_their_own_mirror(shapes: dict[str, Any]) -> None:
    worst = max((overlap(shape, shape[:, ::-1]), name) for name, shape in shapes.items())
    assert worst[0] < 0.97, worst


def test_every_choice_can_be_drawn_from_all_sides() -> None:
    """Every hair, head, eye, nose, brow, beard, hat and garment, at each authored yaw, is paint within its box."""
    hair, face, garment = (model.model_fields for model in (character.Hair, character.Face, character.Garment))
    count = 0
    for field, group in (
        ("style", hair),
        ("beard", hair),
        ("shape", face),
        ("eyes", face),
        ("nose", face),
        ("brows", face),
    ):
        for choice in choices(group[field].annotation):
            part = "hair" if group is hair else "face"
            count += seen(
                {part: {field: choice}}, yaws=(0, 68, 90) if field in ("style", "beard", "shape") else (0, 90)
            )
    for kind in character.LOOK:
        for choice in choices(garment[kind].annotation):
            count += seen({"wears": [{kind: choice, "pattern": "checks"}]}, yaws=(0, 90) if kind == "hat" else ())
    assert count > 100


def choices(annotation: Any) -> list[str]:
    """The strings that a Literal, perhaps in a union, allows."""
    found = [a for a in get_args(annotation) if isinstance(a, str)]
    return found + [c for a in get_args(annotation) if not isinstance(a, str) for c in choices(a)]


def seen(said: dict[str, Any], yaws: tuple[int, ...]) -> int:
    params = CharacterParams.model_validate(said)
    variants: list[dict[str, Any]] = [
        {"part": part, "yaw": yaw, "mood": "neutral", "mouth": "X", "gaze": [0, 0], "light": LIGHT}
        for yaw in yaws
        for part in ("head", "face")
    ]
    if not yaws:
        near, far = _bones.rest(params, -1), _bones.hold(params)
        variants = [{"part": "body", "legs": -1, "near": [*near, "rest"], "far": [*far, "rest"], "light": LIGHT}]
    for variant in variants:
        canvas = _window.whole(character.box(params, variant), 36.0)
        alpha = character.draw(params, variant, canvas, 7).rgba[..., 3]
        assert alpha.max() > 240, said
        edge = max(alpha[0].max(), alpha[:, 0].max(), alpha[:, -1].max())
        assert edge == 0, (said, variant, "reaches beyond its box")
    return len(variants)


@pytest.mark.parametrize("skin", ["#f8dcc4", "#f2c79f", "#c98d5e", "#8c5236", "#5a3426", "#3e231a"])
def test_skin_stays_warm_in_shadow_and_light(skin: str) -> None:
    """No tone of a face is grey, whatever its skin, and the lips are told from the skin around them."""
    params = CharacterParams.model_validate({"skin": skin, "hair": {"style": "bald"}, "face": {"lips": "full"}})
    variant = {"part": "head", "yaw": 45, "light": {"time": "day", "lamp": 0, "side": 0}}
    rgba = character.draw(params, variant, _window.whole(character.box(params, variant), 200.0), 7).rgba
    lab = _colour.to_lab(rgba[rgba[..., 3] == 255][::7, :3] / 255)
    chroma, lightness = np.hypot(lab[:, 1], lab[:, 2]), _colour.to_lab(_colour.rgb_of(skin))[0]
    near = np.abs(lab[:, 0] - lightness) < 0.12
    assert near.mean() > 0.4
    assert np.percentile(chroma[near], 10) > 0.025


def tones(params: CharacterParams) -> Any:
    """OKLab of every dye, with its shadows and its lights, in daylight."""
    found = _biped_look.look(params)
    cloths = (found.cape, found.top, found.dress, found.trousers, found.apron, found.glasses)
    dyes = [getattr(found, name) for name in _DYES] + [c.dye for c in cloths]
    dyes += [_biped_look.second(c.dye, c.pattern) for c in cloths] + [_biped_look.BRASS, _biped_look.INK]
    dyes += [_biped_look.second(getattr(found, f"{kind}_dye"), found.patterns[kind]) for kind in ("coat", "hat")]
    made = [_colour.shade(dye, by) for dye in dyes for by in (0.0, 0.04, 0.08, 0.12, 0.16, 0.2, 0.25)]
    made += [_colour.shade(dye, by, 20) for dye in dyes for by in (0.06, 0.12, 0.2)]
    made += [_colour.light(dye, by) for dye in dyes for by in (0.04, 0.08, 0.13)]
    return _colour.to_lab(np.clip(np.array(made) * np.array(_daylight.daylight("day").ambient), 0, 1))


_DYES = ("skin", "hair", "coat_dye", "lining", "trim", "scarf_dye", "vest_dye", "hat_dye", "shoes_dye", "legs", "blush")


@pytest.mark.parametrize("name", ["mia", "josef", "otto", "amara", "professor", "sam"])
def test_colours_come_from_the_palette(name: str) -> None:
    """What is painted lies by a tone of what was asked for: no colour comes from elsewhere, and none is grey."""
    rgba = figure(PEOPLE[name], 90 / PEOPLE[name].height)
    shown = rgba[rgba[..., 3] > 0.99][::5, :3]
    away = np.linalg.norm(_colour.to_lab(np.clip(shown, 0, 1))[:, None] - tones(PEOPLE[name])[None], axis=-1).min(1)
    assert np.percentile(away, 95) < 0.045, np.percentile(away, (50, 90, 95, 99)).round(3)


def test_stances_bend_the_line_of_action() -> None:
    """The head of a stooped figure hangs forward of an upright one's, and feet stand closer when shy."""
    by = {
        s: _bones.measures(CharacterParams.model_validate({"stance": s}))
        for s in ("upright", "stooped", "jaunty", "shy")
    }
    x = {s: _bones.lean_at(m, m.chin) for s, m in by.items()}
    assert x["stooped"] > x["upright"] + 2 > x["jaunty"] + 2
    apart = {s: _bones.gait(m, -1).far.sole.x - _bones.gait(m, -1).near.sole.x for s, m in by.items()}
    assert apart["shy"] < apart["stooped"] < apart["upright"] < apart["jaunty"]


def test_a_body_turns_round_itself() -> None:
    """From the side a trunk is narrower and its arms hang in the middle; from the front both stand at its sides."""
    params = PEOPLE["josef"]
    made = {yaw: _bones.posed(params, {"part": "body", "yaw": yaw}) for yaw in (0, 45, 90)}
    near, far = ({y: _bones.arm(m, (0.0, 0.0), far=f).shoulder.x for y, m in made.items()} for f in (False, True))
    assert near[0] < near[45] < near[90] < far[90] < far[45] < far[0]
    assert near[0] == -far[0]
    wide = {}
    for yaw in made:
        variant = {
            "part": "body",
            "legs": -1,
            "near": [0, 8, "rest"],
            "far": [0, 8, "rest"],
            "yaw": yaw,
            "light": LIGHT,
        }
        canvas = _window.whole(character.box(params, variant), 40.0)
        alpha = character.draw(params, variant, canvas, 7).rgba[..., 3]
        row = round(-canvas.top - 0.62 * params.height * 40)
        wide[yaw] = int((alpha[row] > 128).sum())
    assert wide[90] < 0.8 * wide[45] <= wide[0]

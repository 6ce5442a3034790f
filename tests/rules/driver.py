"""The one driver through which tests draw: cases by name, each a small picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import yaml

from rules import _hand, _relief, _window, alphabet, caption, character, model_sheet, title, weather
from rules.kits import bird, free, kit_of, quadruped
from rules.plates import PLATES
from rules.props import PROPS
from rules.styles import STYLES
from studio.rule import Canvas, Context, Drawing, Maps, needs

U8 = Any

ADA = character.CharacterParams.model_validate(
    {
        "height": "1.5m",
        "heads": 3.3,
        "skin": "sand",
        "hair": {"style": "bob", "colour": "chestnut"},
        "face": {"freckles": True},
        "holds": "lamp-pole",
        "wears": [
            {"coat": "mantle", "colour": "teal"},
            {"scarf": "long", "colour": "amber"},
            {"hat": "newsboy", "colour": "brick"},
            {"shoes": "boots"},
        ],
    }
)
BRUNO = character.CharacterParams.model_validate(
    {
        "height": "1.75m",
        "shape": "square",
        "heads": 4.4,
        "skin": "#e9b48c",
        "holds": "cane",
        "hair": {"style": "sides", "colour": "ash", "beard": "handlebar"},
        "face": {"eyes": "dot", "brows": "heavy", "nose": "potato"},
        "wears": [
            {"coat": "tails", "colour": "plum"},
            {"vest": "buttoned", "colour": "straw"},
            {"hat": "top"},
            {"shoes": "shoes"},
        ],
    }
)

#: the thirty people of the cast book
CAST = {
    name: character.CharacterParams.model_validate({k: v for k, v in said.items() if k != "character"})
    for name, said in yaml.safe_load(
        (Path(__file__).parents[2] / "projects/cast/people.yaml").read_text(encoding="utf-8")
    )["characters"].items()
}

CROW = bird.Params(scarf="#a1512f")
GULL = bird.Params(species="gull")
OWL = bird.Params(species="owl")
CAT = quadruped.Params(collar="#2f6068")
FOX = quadruped.Params(species="fox")
DOG = quadruped.Params(species="dog")
TIN = free.Params.model_validate(
    {
        "parts": (
            {
                "name": "leg", "outline": ((-8.0, 32.0), (6.0, 32.0), (8.0, 0.0, 1.0), (-8.0, 0.0, 1.0)),
                "fill": "ash", "pivot": (0.0, 30.0), "walk": 20.0, "z": -1,
            },
            {"name": "body", "outline": ((-22.0, 28.0), (-24.0, 90.0), (24.0, 90.0), (22.0, 28.0)), "fill": "copper"},
            {
                "name": "eye", "outline": ((-6.0, 70.0), (0.0, 78.0), (6.0, 70.0), (0.0, 62.0)), "fill": "ivory",
                "finish": "flat", "parent": "body", "pivot": (0.0, 70.0), "blink": True,
            },
        )
    }
)  # fmt: skip

LIGHT = {"time": "dusk", "lamp": 0, "side": 0}
STAND = {"part": "body", "legs": -1, "near": [-4, 12, "rest"], "far": [34, 92, "grip"], "flip": 0, "light": LIGHT}
WALK = {**STAND, "legs": 3, "near": [-20, 12, "rest"]}
WAVE = {**STAND, "near": [132, 60, "open"], "light": {"time": "dusk", "lamp": 4, "side": 1}}
HEAD = {"part": "head", "yaw": 45, "flip": 0, "light": LIGHT}
ANIMAL = {"flip": 0, "light": LIGHT}
SEAT = ["sit", "sit", 0]
ON_FOOT = ["stand", "stand", 0]
FACE = {"part": "face", "yaw": 45, "mood": "amused", "mouth": "D", "lids": 0, "gaze": [0, 0], "flip": 0, "light": LIGHT}


def plate(name: str, time: str = "dusk", **knobs: Any) -> Callable[[Canvas | None], Drawing]:
    """A plate about as a 160x90 picture at home shows it."""
    rule = PLATES[name]
    z = rule.DEPTH
    variant: dict[str, Any] = {"time": time, "z": z}
    if getattr(rule, "GROUND", False):
        canvas = Canvas(-80, 3, 160, 60, 90.0)
    else:
        scale = 90 / (z / 2)
        canvas = Canvas(-80, -round(1.2 * scale + 0.55 * 90), 160, 90, scale)
    if getattr(rule, "NEAR", False):
        tall = z / 2
        variant["frame"] = [-tall * 8 / 9, 1.2 - 0.45 * tall, tall * 8 / 9, 1.2 + 0.55 * tall]
    params = rule.Params(**knobs)
    return lambda other=None: rule.draw(params, variant, other or canvas, 7)


def prop(name: str, layer: str, **knobs: Any) -> Callable[[Canvas | None], Drawing]:
    rule = PROPS[name]
    variant = {"layer": layer, "time": "dusk", "z": 9.0}
    params, ground = rule.Params(**knobs), next(entry for entry in rule.LAYERS if entry.name == layer).ground
    return lambda other=None: rule.draw(
        params, variant, other or fitting(rule.box(params, variant), 300.0 if ground else 40.0), 7
    )


def figure(params: Any, variant: dict[str, Any], scale: float = 90.0) -> Callable[[Canvas | None], Drawing]:
    return lambda other=None: character.draw(
        params, variant, other or fitting(character.box(params, variant), scale), 7
    )


def animal(params: Any, **said: Any) -> Callable[[Canvas | None], Drawing]:
    """A part of a figure of another kit, about 90 px tall."""
    module, variant = kit_of(params), {**ANIMAL, **said}
    return lambda other=None: module.draw(
        params, variant, other or fitting(module.box(params, variant), 90.0 / params.height), 7
    )


def card(kind: str, text: str, aspect: float = 16 / 9, **knobs: Any) -> Callable[[Canvas | None], Drawing]:
    params = title.Params(text=text, kind=kind, **knobs)  # type: ignore[arg-type]
    variant = {"aspect": aspect}
    return lambda other=None: title.draw(params, variant, other or fitting(title.box(params, variant), 135.0), 7)


def sheet(name: str, params: Any) -> Callable[[Canvas | None], Drawing]:
    said = model_sheet.Params(name=name, figure=params)
    variant = {"aspect": 16 / 9}
    return lambda other=None: model_sheet.draw(
        said, variant, other or fitting(model_sheet.box(said, variant), 135.0), 7
    )


def falling(kind: str, plane: int, time: str = "dusk") -> Callable[[Canvas | None], Drawing]:
    params = weather.Params(kind=kind)  # type: ignore[arg-type]
    variant = {"plane": plane, "time": time, "period": 3.0}
    scale = 60.0 if kind == "fog" else 360.0
    return lambda other=None: weather.draw(params, variant, other or fitting(weather.box(params, variant), scale), 7)


def captioned(text: str, aspect: float = 16 / 9) -> Callable[[Canvas | None], Drawing]:
    params, variant = caption.Params(text=text), {"aspect": aspect}
    return lambda other=None: caption.draw(params, variant, other or fitting(caption.box(params, variant), 180.0), 7)


def specimen(face: str) -> Callable[[Canvas | None], Drawing]:
    params, variant = alphabet.Params(face=face), {"aspect": 1.5}  # type: ignore[arg-type]
    return lambda other=None: alphabet.draw(params, variant, other or fitting(alphabet.box(params, variant), 150.0), 7)


def letter(face: str, glyph: str) -> Callable[[Canvas | None], Drawing]:
    """One letter of a card, as it moves."""
    params = alphabet.Params(face=face)  # type: ignore[arg-type]
    variant = {"letter": glyph, "hand": face, "take": 0, "cap": 0.5, "manner": "display"}
    return lambda other=None: alphabet.draw(params, variant, other or fitting(alphabet.box(params, variant), 100.0), 7)


def fitting(box: Any, scale: float) -> Canvas:
    return _window.whole(box, scale)


#: every drawing that has a golden
DRAWINGS: dict[str, Callable[[Canvas | None], Drawing]] = {
    **{
        f"{name}-{time}": plate(name, time)
        for name in ("sky", "skyline", "houses", "cobbles")
        for time in ("dusk", "day")
    },
    "sky-night": plate("sky", "night"),
    "sky-dawn": plate("sky", "dawn"),
    "sky-cover": plate("sky", "day", cover=0.9),
    "houses-far": plate("houses", far=True),
    "arch": plate("arch"),
    **{name: plate(name) for name in ("forest", "hills", "mountains", "meadow", "rooftops", "sea", "snow", "trunks")},
    **{f"{name}-night": plate(name, "night") for name in ("room", "boards")},
    "forest-snow": plate("forest", "day", trees="conifers", snow=True),
    "hills-snow": plate("hills", "day", snow=True),
    "sea-quay": plate("sea", "day", shore="quay"),
    "snow-track": plate("snow", "night", track=True),
    "trunks-conifers": plate("trunks", "night", trees="conifers", snow=True),
    "railing": plate("railing"),
    **{f"lamp-{layer}": prop("street-lamp", layer) for layer in ("post", "glass", "glow", "pool", "shadow")},
    **{
        f"prop-{name}-{layer}": prop(name, layer)
        for name, layers in {
            "barrel": ("barrel",),
            "bench": ("bench",),
            "boat": ("boat", "shadow"),
            "crate": ("crate",),
            "door": ("door", "lit"),
            "fence": ("fence", "shadow"),
            "lantern": ("lantern", "flame"),
            "moon": ("moon", "strings"),
            "table": ("table", "shade"),
            "tree": ("tree", "shadow"),
        }.items()
        for layer in layers
    },
    **{f"prop-{name}-glow": prop(name, "glow") for name in ("door", "lantern", "moon", "table")},
    "prop-boat-sail": prop("boat", "boat", sail=True, afloat=False),
    "prop-door-house": prop("door", "door", kind="house"),
    "prop-fence-rails": prop("fence", "fence", kind="rails", snow=True),
    "prop-tree-conifer": prop("tree", "tree", kind="conifer", snow=True),
    "prop-tree-bare": prop("tree", "tree", kind="bare"),
    "ada-stand": figure(ADA, STAND),
    "ada-walk": figure(ADA, WALK),
    "ada-wave": figure(ADA, WAVE),
    "ada-head": figure(ADA, HEAD, 160.0),
    "ada-head-away": figure(ADA, {**HEAD, "yaw": 90, "flip": 1}, 160.0),
    "ada-face": figure(ADA, FACE, 160.0),
    "ada-pole": figure(ADA, {"part": "prop", "flip": 0, "light": LIGHT}, 40.0),
    "bruno-stand": figure(BRUNO, {**STAND, "far": [12, 40, "grip"]}),
    "bruno-head": figure(BRUNO, HEAD, 160.0),
    "bruno-face": figure(BRUNO, {**FACE, "mood": "worried", "mouth": "X"}, 160.0),
    **{
        f"{name}-body": figure(CAST[name], {**STAND, "far": [8, 14, "rest"]}, 60.0)
        for name in ("tomas", "clara", "josef", "greta", "sam", "noor")
    },
    **{
        f"{name}-{rest}": figure(
            CAST[name], {**STAND, "near": [0, 0, rest], "far": [8, 14, "folded" if rest == "folded" else "rest"]}, 60.0
        )
        for name, rest in (("zola", "hip"), ("mateo", "pocket"), ("ruth", "folded"), ("kofi", "behind"))
    },
    "josef-front": figure(CAST["josef"], {**STAND, "far": [8, 14, "rest"], "yaw": 0}, 60.0),
    "clara-side": figure(CAST["clara"], {**STAND, "far": [8, 14, "rest"], "yaw": 90}, 60.0),
    "mayor-half-away": figure(CAST["mayor"], {**STAND, "far": [8, 14, "rest"], "yaw": 135}, 60.0),
    "clara-away": figure(CAST["clara"], {**STAND, "far": [8, 14, "rest"], "yaw": 180}, 60.0),
    "ines-head-away": figure(CAST["ines"], {**HEAD, "yaw": 180, "body": 180}, 120.0),
    "mia-head-half-away": figure(CAST["mia"], {**HEAD, "yaw": 135, "body": 135}, 120.0),
    "ruth-run": figure(CAST["ruth"], {**STAND, "far": [40, 80, "fist"], "legs": 104}, 60.0),
    "zola-sit": figure(CAST["zola"], {**STAND, "near": [14, 46, "rest"], "far": [22, 44, "rest"], "legs": 408}, 60.0),
    **{
        f"{name}-head": figure(CAST[name], {**HEAD, "yaw": yaw}, 110.0)
        for name, yaw in (
            ("mia", 45),
            ("nia", 0),
            ("lotte", 68),
            ("olaf", 45),
            ("greta", 22),
            ("zola", 90),
            ("sam", 45),
        )
    },
    **{
        f"{name}-face": figure(CAST[name], {**FACE, "mood": "neutral", "mouth": "X"}, 150.0)
        for name in ("professor", "amara", "lin", "josef")
    },
    "ada-run": figure(
        ADA, {**STAND, "legs": 100, "near": [-44, 70, "fist"], "far": [50, 66, "grip"], "lean": 24, "lag": -1}
    ),
    "ada-fly": figure(ADA, {**STAND, "legs": 308, "near": [128, 30, "open"], "far": [122, 26, "flat"], "held": "none"}),
    "ada-head-swung": figure(ADA, {**HEAD, "jaw": 2, "lag": 2}, 120.0),
    "bruno-sit": figure(BRUNO, {**STAND, "legs": 408, "far": [22, 44, "rest"], "held": "none"}),
    "bruno-arm": figure(BRUNO, {**STAND, "part": "arm", "near": [44, 124, "fist"], "far": [12, 40, "grip"], "over": 1}),
    **{
        f"held-{name}": figure(ADA, {"part": "prop", "held": name, "flip": 0, "light": LIGHT}, 60.0)
        for name in ("lantern", "letter", "book", "basket", "flower", "umbrella")
    },
    "shadow": figure(ADA, {"part": "shadow"}),
    "cast": figure(ADA, {"part": "cast", "side": -1}),
    "crow-stand": animal(CROW, part="body", move="stand", n=0),
    "crow-fly": animal(CROW, part="body", move="fly", n=0),
    "crow-head": animal(CROW, part="head", yaw=68),
    "crow-face": animal(CROW, part="face", yaw=45, lids=0, open=18, gaze=[1, 0]),
    "gull-land": animal(GULL, part="body", move="land", n=2, flip=1),
    "owl-head": animal(OWL, part="head", yaw=22),
    "cat-walk": animal(CAT, part="body", gait="walk", phase=4, stance=ON_FOOT),
    "cat-sit": animal(CAT, part="body", gait="walk", phase=-1, stance=SEAT),
    "cat-tail": animal(CAT, part="tail", amount=2, n=3, stance=SEAT),
    "cat-head": animal(CAT, part="head", yaw=45, ears=8),
    "cat-face": animal(CAT, part="face", yaw=22, mood="amused", mouth="D", lids=0, gaze=[0, 0]),
    "fox-head": animal(FOX, part="head", yaw=90, ears=0, flip=1),
    "dog-face": animal(DOG, part="face", yaw=45, mood="sad", mouth="X", lids=0, gaze=[1, 0]),
    "tin-walk": animal(TIN, part="body", move=[6, 0, 0, 0, 0, 0, 0, 0]),
    "tin-face": animal(TIN, part="face", move=[-1, 0, 0, 0, 0, 1, 0, 0]),
    "cat-shadow": animal(CAT, part="shadow", low=1),
    "title": card("title", "The Last Lamp"),
    "card-tall": card("card", "Every evening the lamps of the old town had to be lit by hand.", 9 / 16),
    "end": card("end", "The End"),
    "model-sheet": sheet("Mr Bruno", BRUNO),
    "fog": falling("fog", 1),
    "rain": falling("rain", 0, "night"),
    "snowfall": falling("snow", 0),
    "embers": falling("embers", 0),
    "leaves": falling("leaves", 0, "day"),
    "caption": captioned("What a night to be out, my friend."),
    "caption-tall": captioned("What a night to be out in, my friend, and so far from home.", 9 / 16),
    "card-chalk": card("card", "Half past five", hand=_hand.Hand(face="chalk")),
    **{f"specimen-{face}": specimen(face) for face in ("roman", "gaslight", "brush", "chalk", "poster", "comic")},
    "letter-gaslight": letter("gaslight", "R"),
    "letter-comic": letter("comic", "g"),
}


_BEHIND = ("sky-dusk", "skyline-dusk", "cobbles-dusk", "houses-dusk")


def composed() -> U8:
    """A small finished frame, drawn: sky, houses, cobbles and somebody, RGB."""
    out = np.zeros((90, 160, 3), np.float32)
    for name in ("sky", "skyline", "cobbles", "houses"):
        out = over(out, plate(name)(None).rgba, (0, 53) if name == "cobbles" else (0, 0))
    return np.rint(over(out, figure(ADA, STAND, 40.0)(None).rgba, (60, 22))).astype(np.uint8)


def composed_under(style: str, **knobs: Any) -> U8:
    """The same under a style: its drawings, then the frame."""
    rule, out = STYLES[style], np.zeros((90, 160, 3), np.float32)
    ada = figure(ADA, STAND, 40.0)
    layers = [(mapped(name, needs(rule) if hasattr(rule, "drawing") else ()), "plate") for name in _BEHIND]
    for drawing, role in [*layers, (ada(None), "figure")]:
        rgba = restyled(style, drawing, role, **knobs) if hasattr(rule, "drawing") else drawing.rgba
        out = over(out, rgba, {"figure": (60, 22)}.get(role, (0, 53) if rgba.shape[0] == 60 else (0, 0)))
    return framed(style, np.rint(out).astype(np.uint8), drawn=True, **knobs)


def photograph() -> U8:
    """Something that no drawing made: soft forms, noise, a bright disc, RGB."""
    y, x = np.mgrid[0:120, 0:160].astype(np.float32)
    random = np.random.default_rng(3)
    base = np.stack([120 + 60 * np.sin(x / 23), 110 + 50 * np.cos(y / 31 + x / 50), 90 + 70 * np.sin((x + y) / 40)], 2)
    base[np.hypot(x - 110, y - 40) < 22] = (236, 214, 150)
    base[(y > 80) & (x < 70)] = (46, 60, 84)
    return np.clip(base + random.normal(0, 5, base.shape), 0, 255).astype(np.uint8)


def over(below: U8, rgba: U8, at: tuple[int, int]) -> U8:
    """A drawing over a float picture; parts beyond its edges are cut."""
    out = below.copy()
    height, width = min(rgba.shape[0], out.shape[0] - at[1]), min(rgba.shape[1], out.shape[1] - at[0])
    area = out[at[1] : at[1] + height, at[0] : at[0] + width]
    cut = rgba[:height, :width].astype(np.float32)
    area[:] = cut[..., :3] + area * (1 - cut[..., 3:] / 255)
    return out


def framed(style: str, rgb: U8, tick: int = 3, *, drawn: bool = False, **knobs: Any) -> U8:
    """A frame under a style."""
    rgb = rgb.copy()
    rgb.flags.writeable = False
    context = Context(rgb.shape[1], rgb.shape[0], 5, tick, drawn)
    return STYLES[style].frame(rgb, STYLES[style].Params(**knobs), context)


#: of plates that are drawn with maps
CANVASES = {"houses-dusk": Canvas(-80, -64, 160, 90, 12.0), "cobbles-dusk": Canvas(-80, 3, 160, 60, 90.0)}


@cache
def mapped(name: str, maps: tuple[str, ...]) -> Drawing:
    """A drawing whose rule was asked for maps."""
    if name in CANVASES:
        return DRAWINGS[name](CANVASES[name]._replace(maps=maps))
    plain = fitting
    with mock.patch(f"{__name__}.fitting", lambda box, scale: plain(box, scale)._replace(maps=maps)):
        return DRAWINGS[name](None)


def restyled(style: str, drawing: Drawing, role: str, lines: int = 90, **knobs: Any) -> U8:
    """A drawing under a style's drawing hook; lines: of the picture that it is for."""
    rgba = drawing.rgba.copy()
    rgba.flags.writeable = False
    rule = STYLES[style]
    whole = _relief.completed(drawing, needs(rule), role)
    read = {name: getattr(whole, name) for name in needs(rule)}
    return rule.drawing(rgba, Maps(role, lines, **read, light=whole.light), rule.Params(**knobs), 5)

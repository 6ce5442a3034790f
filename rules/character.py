"""A character: a biped kit whose outlines were placed by hand, dressed and posed from YAML.

Parameters and closed forms stand here, and planning reads them; the pixels are in `_biped` and
beside it. A figure is at most four drawings: body, head, face and what it holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import pi, sin
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from rules import _bones
from studio.params import Colour, Params, knob, metres_between
from studio.rule import Box, Canvas, Drawing, Variant

LOOK = ("coat", "cape", "top", "dress", "trousers", "apron", "scarf", "vest", "hat", "glasses", "shoes")
MOODS = ("neutral", "amused", "delighted", "tired", "sad", "angry", "surprised", "worried")
MOUTHS = "XABCDEFGH"  #: visemes by number; X is closed at rest
YAWS = (0, 22, 45, 68, 90)  #: how far the head is turned from the camera; 45 is the usual view
GESTURES = {"wave": 44, "point": 40, "nod": 24, "reach": 52}  #: frames that each takes when nothing else is said
LAMP_STEPS = 5  #: how finely the light of a lamp on a figure is told apart
BREATH_FRAMES = 84  #: a breath; a whole number of frames, so that held poses come round exactly

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


class Hair(Params):
    """Hair and beard."""

    style: Literal[
        "bob", "sides", "bald", "crop", "curls", "bun", "plaits", "ponytail", "long", "tousled", "quiff", "bowl"
    ] = knob("bob", "the cut")
    colour: Colour = knob("#6b3327", "its colour")
    beard: Literal["none", "handlebar", "walrus", "pencil", "goatee", "full", "whiskers", "stubble"] = knob(
        "none", "beard or moustache, in the hair's colour"
    )


class Face(Params):
    """What the face is made of."""

    shape: Literal["round", "square", "long", "heart", "egg", "broad"] | None = knob(
        None, "the outline of the head; left out, square on a square figure, else round"
    )
    eyes: Literal["oval", "dot", "almond", "narrow", "round"] = knob("oval", "the eyes, from large to small dots")
    iris: Colour | None = knob(None, "colour of the eyes; left out, one that goes with hair and skin")
    brows: Literal["soft", "heavy", "thin", "flat"] = knob("soft", "the brows")
    nose: Literal["button", "potato", "straight", "hook", "snub", "broad"] = knob("button", "the nose")
    lips: Literal["plain", "full"] = knob("plain", "the lips of a closed mouth")
    freckles: bool = knob(False, "freckles on the cheeks")
    wrinkles: float = knob(0.0, "0 for a smooth face, 1 for a great age", low=0.0, high=1.0)


class Body(Params):
    """Factors on the parts of the body."""

    leg: float = knob(1.0, "length of the legs", low=0.55, high=1.9)
    torso: float = knob(1.0, "length of the trunk", low=0.66, high=1.3)
    head: float = knob(1.0, "width of the head", low=0.84, high=1.3)
    belly: float = knob(1.0, "width of the belly", low=0.75, high=1.65)
    hips: float = knob(1.0, "width of the hips", low=0.75, high=1.65)
    shoulder: float = knob(1.0, "width of the shoulders", low=0.75, high=1.65)


class Garment(Params):
    """One thing that is worn: exactly one kind, its colour and its pattern."""

    coat: Literal["mantle", "tails", "overcoat", "tunic"] | None = knob(None, "a coat")
    cape: Literal["short", "shawl"] | None = knob(None, "a cape or a shawl, over everything")
    top: Literal["shirt", "jumper", "blouse"] | None = knob(None, "what the trunk wears under a coat")
    dress: Literal["gown", "frock", "skirt"] | None = knob(None, "a long gown, a short frock, or a skirt below the top")
    trousers: Literal["plain", "shorts", "dungarees"] | None = knob(None, "what the legs wear")
    apron: Literal["bib", "waist"] | None = knob(None, "an apron")
    scarf: Literal["long"] | None = knob(None, "a scarf")
    vest: Literal["buttoned"] | None = knob(None, "a vest under the coat")
    hat: (
        Literal[
            "newsboy",
            "top",
            "bowler",
            "boater",
            "peaked",
            "sailor",
            "toque",
            "kerchief",
            "bobble",
            "wide",
            "straw",
            "nurse",
        ]
        | None
    ) = knob(None, "a hat")
    glasses: Literal["round", "horn", "half-moon"] | None = knob(None, "glasses")
    shoes: Literal["boots", "shoes", "pumps", "clogs"] | None = knob(None, "what the feet wear")
    colour: Colour | None = knob(None, "its colour; left out, the garment's own")
    pattern: Literal["plain", "stripes", "hoops", "checks", "dots", "knit"] = knob("plain", "its pattern")

    @model_validator(mode="after")
    def _one(self) -> Garment:
        if sum(getattr(self, kind) is not None for kind in LOOK) != 1:
            raise PydanticCustomError("garment", "a garment is one of " + ", ".join(LOOK))
        return self


class CharacterParams(Params):
    """A biped. Lengths are metres, angles degrees."""

    kit: Literal["biped"] = knob("biped", "the kit that the figure is built from")
    height: metres_between(0.3, 3.0) = knob(1.6, "from the soles to the crown, without the hat", unit="m")  # type: ignore[valid-type]
    heads: float = knob(4.0, "how many heads tall", low=2.8, high=7.0)
    shape: Literal["triangle", "square"] = knob("triangle", "the dominant shape")
    stance: Literal["upright", "jaunty", "stooped", "shy"] = knob("upright", "how it stands when it does nothing")
    body: Body = knob(Body(), "factors on the body")
    skin: Colour = knob("#f2c79f", "skin")
    hair: Hair = knob(Hair(), "hair and beard")
    face: Face = knob(Face(), "the face")
    wears: tuple[Garment, ...] = knob((), "garments, in any order")
    holds: Literal["none", "lamp-pole", "cane"] = knob("none", "what the far hand holds")


def box(params: CharacterParams, variant: Variant) -> Box:
    """Where a part can have paint, in metres about its origin."""
    return _bones.box(params, variant)


def draw(params: CharacterParams, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """One part of the figure; `turn` in a body's variant is -1 towards the camera, 0 as usual, 1 to the side."""
    from rules import _biped  # brings cv2, which planning does without

    return _biped.draw(params, variant, canvas, seed)


# -- acting: closed forms over arrays of frames


@dataclass(frozen=True)
class Acting:
    """What a figure does at each of n frames.

    phase: of the walk, 0 to 23, or -1. gesture: 0, or 1 + its place in `GESTURES`; since: frames it
    has been going on, span: frames it lasts. mood, mouth: places in `MOODS` and `MOUTHS`. lids: 0 open
    to 2 closed. gaze_x (to the way it faces), gaze_y (up): -1 to 1. yaw: one of `YAWS`. tilt: degrees,
    positive back. facing: 1 right, -1 left. lamp: 0 to `LAMP_STEPS`; side: on which side of the figure
    that light is on screen. breath: -1 to 1. All int32 but tilt and breath. time: of day.
    """

    phase: Ints
    gesture: Ints
    since: Ints
    span: Ints
    mood: Ints
    mouth: Ints
    lids: Ints
    gaze_x: Ints
    gaze_y: Ints
    yaw: Ints
    tilt: Floats
    facing: Ints
    lamp: Ints
    side: Ints
    breath: Floats
    time: str


class Track(NamedTuple):
    """One drawing of a figure through n frames.

    variants[codes[n]] is shown at frame n, its origin x metres right of and y metres above the
    figure's own, turned by `turn` degrees (clockwise on screen), stretched upwards by `stretch`,
    with opacity 0 to 255. nearer: metres by which it lies before the figure's depth.
    """

    layer: str
    role: str
    variants: list[dict[str, Any]]
    codes: Ints
    x: Floats
    y: Floats
    turn: Floats
    stretch: Floats
    opacity: Ints
    nearer: float


def act(params: CharacterParams, acting: Acting) -> list[Track]:
    """The tracks of a figure, back to front."""
    metres = _bones.unit(params)
    n = len(acting.phase)
    zeros, ones, full = np.zeros(n), np.ones(n), np.full(n, 255, np.int32)
    facing = acting.facing.astype(np.float64)
    stretch = 1 + 0.004 * acting.breath
    light = (acting.facing, acting.lamp, acting.side)

    def lit(row: tuple[int, ...]) -> dict[str, Any]:
        return {"flip": int(row[0] < 0), "light": {"time": acting.time, "lamp": row[1], "side": row[2]}}

    arms = (acting.phase, acting.gesture, _moving(acting), acting.span)
    bodies, body_codes = _told_apart((*arms, *light), lambda r: {"part": "body", **_arms(params, *r[:4]), **lit(r[4:])})
    neck = _bones.necks(_bones.measures(params))[acting.phase + 1] * metres
    heads, head_codes = _told_apart((acting.yaw, *light), lambda r: {"part": "head", "yaw": r[0], **lit(r[1:])})
    features = (acting.yaw, acting.mood, acting.mouth, acting.lids, acting.gaze_x, acting.gaze_y)
    faces, face_codes = _told_apart((*features, *light), lambda r: {**_features(r), **lit(r[6:])})
    casts, cast_codes = _told_apart(
        (np.where(acting.side > 0, -1, 1).astype(np.int32),), lambda r: {"part": "cast", "side": r[0]}
    )
    glow = (acting.lamp * 255 // LAMP_STEPS).astype(np.int32)
    head_x, head_y = facing * neck[:, 0], -neck[:, 1] * stretch
    nod = -facing * (acting.tilt + _nod(acting))

    tracks = [
        Track("cast", "shadow", casts, cast_codes, zeros, zeros, zeros, ones, glow, -0.03),
        Track("shadow", "shadow", [{"part": "shadow"}], np.zeros(n, np.int32), zeros, zeros, zeros, ones, full, -0.02),
    ]
    if params.holds != "none":
        held = np.array([_bones.grip(params, b["legs"], tuple(b["far"])) for b in bodies])[body_codes]
        props, prop_codes = _told_apart(light, lambda r: {"part": "prop", **lit(r)})
        prop_x, prop_y = facing * held[:, 0] * metres, -held[:, 1] * metres * stretch
        tracks.append(Track("prop", "prop", props, prop_codes, prop_x, prop_y, facing * held[:, 2], ones, full, -0.01))
    return [
        *tracks,
        Track("body", "figure", bodies, body_codes, zeros, zeros, zeros, stretch, full, 0.0),
        Track("head", "figure", heads, head_codes, head_x, head_y, nod, ones, full, 0.001),
        Track("face", "face", faces, face_codes, head_x, head_y, nod, ones, full, 0.002),
    ]


def step_length(params: CharacterParams) -> float:
    """Metres of ground that one step of the walk covers."""
    return _bones.stride(params) * _bones.unit(params)


def _told_apart(
    columns: tuple[Ints, ...], variant: Callable[[tuple[int, ...]], dict[str, Any]]
) -> tuple[list[dict[str, Any]], Ints]:
    """The distinct rows of some columns as variants, and for each frame the number of its variant."""
    names = np.zeros(len(columns[0]), np.int64)  # one number a row, in the order of rows
    for column in columns:
        low = int(column.min(initial=0))
        names = names * (int(column.max(initial=0)) - low + 1) + (column - low)
    _, first, codes = np.unique(names, return_index=True, return_inverse=True)
    rows = np.stack([column[first] for column in columns], 1).tolist()
    return [variant(tuple(row)) for row in rows], codes.astype(np.int32).reshape(-1)


def _features(row: tuple[int, ...]) -> dict[str, Any]:
    yaw, mood, mouth, lids, gaze_x, gaze_y = row[:6]
    return {
        "part": "face",
        "yaw": yaw,
        "mood": MOODS[mood],
        "mouth": MOUTHS[mouth],
        "lids": lids,
        "gaze": [gaze_x, gaze_y],
    }


# -- gestures


def _moving(acting: Acting) -> Ints:
    """Frames since a gesture began, held while the arms are still, so that still arms are one drawing."""
    middle = np.minimum(acting.since, acting.span // 2)
    still = (acting.gesture == _number("point")) | (acting.gesture == _number("reach"))
    ending = acting.span - acting.since
    held = np.where(still & (acting.since >= _RAISE) & (ending > _RAISE), np.minimum(_RAISE, middle), acting.since)
    return np.where((acting.gesture == 0) | (acting.gesture == _number("nod")), 0, held).astype(np.int32)


_RAISE = 10  # frames that an arm takes to come up or down


def _number(gesture: str) -> int:
    return 1 + list(GESTURES).index(gesture)


def _arms(params: CharacterParams, legs: int, gesture: int, since: int, span: int) -> dict[str, Any]:
    near: tuple[float, float, str] = (*_bones.rest(params, legs), "rest")
    hand = "grip" if params.holds != "none" else "rest"
    far: tuple[float, float, str] = (*_bones.hold(params, legs), hand)
    name = list(GESTURES)[gesture - 1] if gesture else ""
    up = _raised(since, span)
    if name == "wave":
        swing = 24 * sin(2 * pi * (since - _RAISE) / 12) * up
        near = (*_towards(near, (132, 42 + swing), up), "open" if up > 0.4 else "rest")
    elif name == "point":
        near = (*_towards(near, (92, 6), up), "point" if up > 0.4 else "rest")
    elif name == "reach":
        far = (*_towards(far, (112, 22), up), hand if hand == "grip" else "open")
    return {"legs": legs, "near": _whole(near), "far": _whole(far)}


def _raised(since: int, span: int) -> float:
    """0 at rest to 1 raised: a small dip first, a small overshoot, and down again before the end."""
    up, down = min(since / _RAISE, 1.0), min(max(span - since, 0) / _RAISE, 1.0)
    t = min(up, down)
    dip = -0.10 * sin(pi * min(since / 4, 1.0)) if since < 4 and up < 1 else 0.0
    return t * t * (3 - 2 * t) + dip


def _towards(a: tuple[float, float, str], b: tuple[float, float], t: float) -> tuple[float, float]:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def _whole(pose: tuple[float, float, str]) -> list[Any]:
    """Angles on a grid of two degrees, so that poses are used again."""
    return [2 * round(pose[0] / 2), 2 * round(pose[1] / 2), pose[2]]


def _nod(acting: Acting) -> Floats:
    """Degrees that a nod bends the head forward (negative tilt), twice, the second time less."""
    going = acting.gesture == _number("nod")
    t = np.where(going, acting.since / np.maximum(acting.span, 1), 0.0)
    wave = np.sin(2 * pi * np.minimum(t * 2, 2.0) / 1.0 * 0.5) ** 2 * np.where(t < 0.5, 1.0, 0.6)
    return np.asarray(np.where(going, -11.0 * wave, 0.0))


class Landmarks(NamedTuple):
    """Heights above the floor in metres, standing: what a framing is made by."""

    hips: float
    chin: float
    eyes: float
    crown: float  # with the hat


def landmarks(params: CharacterParams) -> Landmarks:
    """Where a figure's hips, chin, eyes and the top of its hat are."""
    body, metres = _bones.measures(params), _bones.unit(params)
    head = params.height / params.heads
    hat = next((g.hat for g in params.wears if g.hat is not None), None)
    crown = params.height + head * (_bones.hat_top(hat) / 100 - 1 if hat else 0.06)
    return Landmarks(-body.hip * metres, -body.chin * metres, -body.chin * metres + 0.37 * head, crown)

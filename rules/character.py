"""A character: a biped kit whose outlines were placed by hand, dressed and posed from YAML.

Parameters and closed forms stand here, and planning reads them; the pixels are in `_biped` and
beside it. A figure is at most four drawings: body, head, face and what it holds; while a hand is before
the face, that arm is one more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from rules import _bones, _gestures, _held
from rules._biped_mood import jaw_of
from rules._kit import MOODS, MOUTHS, Landmarks, Track, face_of, told_apart
from rules._postures import held_in
from rules._postures import stands as postures_of
from studio.params import Colour, Params, knob, metres_between
from studio.rule import Box, Canvas, Drawing, Variant

Holds = Literal["none", "lamp-pole", "cane", "lantern", "letter", "book", "basket", "flower", "umbrella"]
LOOK = ("coat", "cape", "top", "dress", "trousers", "apron", "scarf", "vest", "hat", "glasses", "shoes")
RUNS = 100  #: what the phases of a run are counted from
HELD = _held.NAMES  #: what can be held, by number
MOOD_LEAN = (0, 0, -12, 12, 16, 8, -8, 4)  #: hundredths by which a mood bends the line of action, on a grid of 4
MOOD_TILT = (0, 1, 5, -5, -7, -3, 3, -1)  #: degrees by which it tilts the head
HAND_OVER = _gestures.PASSES  #: frames after which `give` and `take` pass what is held
TURN_ABOUT = _gestures.TURNS  #: frames after which `turn` faces the other way
YAWS = (0, 22, 45, 68, 90)  #: how far a head that looks at something is turned from the camera; 45 is the usual view
VIEWS = (*YAWS, 135, 180)  #: how far head and body are turned from the camera, up to facing away
STANCES = ("stand",)  #: what a figure can go over to and stay in
GESTURES = {name: g.frames for name, g in _gestures.GESTURES.items()}  #: frames that each takes when nothing is said
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
    rest: Literal["smile", "level", "wry", "pout"] = knob("smile", "the closed mouth when nothing moves it")
    lashes: bool | None = knob(None, "lashes; left out, all who have no beard have them")
    age: Literal["child", "young", "grown", "old"] | None = knob(
        None, "how old the face looks; left out, told from height, beard and wrinkles"
    )
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
    hands: Literal["hang", "hip", "pocket", "lapel", "behind", "folded"] | None = knob(
        None, "where free hands are when they do nothing; left out, as the stance has them"
    )
    body: Body = knob(Body(), "factors on the body")
    skin: Colour = knob("#f2c79f", "skin")
    hair: Hair = knob(Hair(), "hair and beard")
    face: Face = knob(Face(), "the face")
    wears: tuple[Garment, ...] = knob((), "garments, in any order")
    holds: Holds = knob("none", "what the far hand holds")


def box(params: CharacterParams, variant: Variant) -> Box:
    """Where a part can have paint, in metres about its origin."""
    return _bones.box(params, variant)


def draw(params: CharacterParams, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """One part of the figure; `yaw` in a body's variant is one of `VIEWS`, 45 when left out."""
    from rules import _biped  # brings cv2, which planning does without

    return _biped.draw(params, variant, canvas, seed)


# -- acting: closed forms over arrays of frames


@dataclass(frozen=True)
class Acting:
    """What a figure does at each of n frames.

    phase: of the walk, 0 to 23, of the run, 100 to 123, or -1. gesture: 0, or 1 + its place in `GESTURES`;
    since: frames it has been going on, span: frames it lasts. mood, mouth: places in `MOODS` and `MOUTHS`. lids: 0 open
    to 2 closed. gaze_x (to the way it faces), gaze_y (up): -1 to 1. yaw, body: of head and body, of `VIEWS`. tilt:
    degrees, positive back. facing: 1 right, -1 left. lamp: 0 to `LAMP_STEPS`; side: on which side of the figure
    that light is on screen. breath: -1 to 1. lean: hundredths by which the line of action bends forward. lag:
    steps by which hair and hems swing forward, -2 to 2. held: 0 what the parameters say, -1 nothing, or 1 + its
    place in `_held.NAMES`. meet_x, meet_y: centimetres forward and up at which a hand meets another's, 0 if none
    does. All int32 but tilt, breath and height. time: of day.

    Other kits read besides: gait, a place in `_kit.GAITS`; height: metres above the floor; flown, landing:
    frames since take-off (-1 on foot) and until touch-down; stance, before: places in the kit's STANCES;
    settled: frames since one went over to the other; clock: frames, on twos, from a beginning of its own.
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
    body: Ints
    tilt: Floats
    facing: Ints
    lamp: Ints
    side: Ints
    breath: Floats
    lean: Ints
    lag: Ints
    held: Ints
    meet_x: Ints
    meet_y: Ints
    time: str
    gait: Ints
    height: Floats
    flown: Ints
    landing: Ints
    stance: Ints
    before: Ints
    settled: Ints
    clock: Ints


def act(params: CharacterParams, acting: Acting) -> list[Track]:
    """The tracks of a figure, back to front."""
    metres, n = _bones.unit(params), len(acting.phase)
    zeros, ones, full = np.zeros(n), np.ones(n), np.full(n, 255, np.int32)
    facing = acting.facing.astype(np.float64)
    moves = (acting.phase, acting.gesture, _moving(acting), acting.span, acting.lean, acting.lag)
    stands = postures_of(params, (*moves, acting.held, acting.body, acting.meet_x, acting.meet_y))
    light = (acting.facing, acting.lamp, acting.side)

    def lit(row: tuple[int, ...]) -> dict[str, Any]:
        return {"flip": int(row[0] < 0), "light": {"time": acting.time, "lamp": row[1], "side": row[2]}}

    bodies, body_codes = told_apart((stands.codes, *light), lambda r: {**stands.bodies[r[0]], **lit(r[1:])})
    jaw = _JAW[acting.mood, acting.mouth]
    turns = (acting.yaw, jaw, acting.lag, acting.body)
    heads, head_codes = told_apart((*turns, *light), lambda r: {**_head(*r[:4]), **lit(r[4:])})
    features = (acting.yaw, acting.mood, acting.mouth, acting.lids, acting.gaze_x, acting.gaze_y, acting.lag)
    faces, face_codes = told_apart((*features, *light), lambda r: {**_features(r), **lit(r[7:])})
    casts, cast_codes = told_apart(
        (np.where(acting.side > 0, -1, 1).astype(np.int32),), lambda r: {"part": "cast", "side": r[0]}
    )
    stretch = stands.stretch * (1 + 0.004 * acting.breath)
    x, y = facing * stands.back * metres, stands.rise * metres
    head_x, head_y = x + facing * stands.neck[:, 0] * metres / stretch, y - stands.neck[:, 1] * metres * stretch
    nod = -facing * (acting.tilt + stands.tilt + _nod(acting))
    if (acting.body != 45).any():  # to the camera and away a nod is seen from the end
        nod = nod * np.interp(acting.body, VIEWS, _NODS)
    soft = 1 + 0.5 * (stands.stretch - 1)  # a skull gives less than a body

    glow = np.rint(acting.lamp * 255 // LAMP_STEPS * stands.near_ground).astype(np.int32)
    dark = np.rint(255 * stands.near_ground).astype(np.int32)
    tracks = [
        Track("cast", "shadow", casts, cast_codes, x, zeros, zeros, ones, glow, -0.03),
        Track("shadow", "shadow", [{"part": "shadow"}], np.zeros(n, np.int32), x, zeros, zeros, ones, dark, -0.02),
    ]
    holding = stands.holding
    if holding.any():
        props, prop_codes = told_apart(
            (acting.held, *light), lambda r: {"part": "prop", **held_in(params, r[0]), **lit(r[1:])}
        )
        prop_x, prop_y = x + facing * stands.grip[:, 0] * metres / stretch, y - stands.grip[:, 1] * metres * stretch
        turn = facing * stands.grip[:, 2]
        shown = np.where(holding, 255, 0).astype(np.int32)
        tracks.append(Track("prop", "prop", props, prop_codes, prop_x, prop_y, turn, ones, shown, -0.01))
    seen = full if acting.yaw.max(initial=0) <= 90 else np.where(acting.yaw <= 90, 255, 0).astype(np.int32)
    tracks += [
        Track("body", "figure", bodies, body_codes, x, y, zeros, stretch, full, 0.0),
        Track("head", "figure", heads, head_codes, head_x, head_y, nod, soft, full, 0.001),
        Track("face", "face", faces, face_codes, head_x, head_y, nod, soft, seen, 0.002),
    ]
    if stands.over.any():
        arms = [{**body, "part": "arm"} for body in bodies]
        shown = np.where(stands.over, 255, 0).astype(np.int32)
        tracks.append(Track("arm", "figure", arms, body_codes, x, y, zeros, stretch, shown, 0.003))
    return tracks


_NODS = (0.35, 0.6, 1.0, 1.0, 1.0, 1.0, -0.35)  # by view


def _head(yaw: int, jaw: int, lag: int, body: int) -> dict[str, Any]:
    head: dict[str, Any] = {"part": "head", "yaw": yaw}
    if body != 45:
        head["body"] = body
    return {**head, **({"jaw": jaw} if jaw and yaw <= 90 else {}), **({"lag": lag} if lag else {})}


def step_length(params: CharacterParams, gait: str = "walk") -> float:
    """Metres of ground that one step of the walk, or of the run, covers."""
    return _bones.stride(params, runs=gait == "run") * _bones.unit(params)


def _features(row: tuple[int, ...]) -> dict[str, Any]:
    return {**face_of(row[:6]), **({"lag": row[6]} if row[6] else {})}


_JAW = np.array([[jaw_of(mouth, mood) for mouth in MOUTHS] for mood in MOODS], np.int32)


# -- gestures


def _moving(acting: Acting) -> Ints:
    """Frames since a gesture began, where it moves the body."""
    still = (acting.gesture == 0) | (acting.gesture == _number("nod"))
    return np.where(still, 0, acting.since).astype(np.int32)


def _number(gesture: str) -> int:
    return 1 + _gestures.NAMES.index(gesture)


def _nod(acting: Acting) -> Floats:
    """Degrees of the head in a nod."""
    out = np.zeros(len(acting.gesture))
    for n in np.flatnonzero(acting.gesture == _number("nod")).tolist():
        out[n] = _gestures.nod(int(acting.since[n]), int(acting.span[n]))
    return out


def hand_reach(params: CharacterParams) -> tuple[float, float]:
    """(metres forward, metres up) to which a hand is held out to somebody."""
    body, metres = _bones.measures(params), _bones.unit(params)
    forward = 0.74 * body.shoulder_half + 0.97 * (body.upper + body.fore) + 0.42 * body.hand
    return forward * metres, -(body.shoulder + 0.22 * (body.upper + body.fore)) * metres


def landmarks(params: CharacterParams) -> Landmarks:
    """Where a figure's hips, chin, eyes and the top of its hat are."""
    body, metres = _bones.measures(params), _bones.unit(params)
    head = params.height / params.heads
    hat = next((g.hat for g in params.wears if g.hat is not None), None)
    crown = params.height + head * (_bones.hat_top(hat) / 100 - 1 if hat else 0.06)
    return Landmarks(-body.hip * metres, -body.chin * metres, -body.chin * metres + 0.37 * head, crown)

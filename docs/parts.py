"""Every part that can be named in YAML, as a project that shows each of them once: the gallery's second half.

Options come from the models and tables themselves, so that a part that is added has a picture, or the gallery is out
of date and a test says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin

from rules import _gestures
from rules._grade import GRADES
from rules._hand import FaceName
from rules._kit import MOODS, MOUTHS
from rules.character import LOOK, CharacterParams, Face, Garment, Hair
from rules.kits import KITS
from rules.plates import PLATES
from rules.props import PROPS
from rules.styles import STYLES
from rules.title import Params as Card
from studio.action import Line
from studio.sets import WeatherSpec

Plain = dict[str, Any]

_CLOSE, _HEAD, _FULL, _STRIP, _WIDE = "200x200", "200x210", "176x240", "136x168", "320x180"
_PAPER: Plain = {"place": "paper"}
_WORDS = {
    "X": "Hm",
    "A": "Mama",
    "B": "Cheese",
    "C": "Yes",
    "D": "Aha",
    "E": "Oh",
    "F": "Who",
    "G": "Five",
    "H": "Hello",
}
_ADA: Plain = {
    "height": "1.6m",
    "hair": {"style": "bob", "colour": "umber"},
    "wears": [{"dress": "frock", "colour": "teal"}, {"shoes": "shoes"}],
}
_BRUNO: Plain = {
    "height": "1.75m", "shape": "square", "skin": "#e9b48c", "hair": {"style": "sides", "colour": "ash"},
    "wears": [{"coat": "tails", "colour": "plum"}, {"vest": "buttoned"}, {"trousers": "plain"}, {"shoes": "boots"}],
}  # fmt: skip


_TIN: Plain = {
    "kit": "free", "height": "1m", "step": 20, "bounce": 2,
    "parts": [
        {"name": "leg", "outline": [[-14, 32], [-4, 32], [-3, 0], [-16, 0]], "fill": "ash", "pivot": [-9, 30], "z": -1},
        {"name": "foot", "outline": [[4, 32], [14, 32], [16, 0], [3, 0]], "fill": "ash", "pivot": [9, 30], "z": -1},
        {"name": "body", "outline": [[-22, 28], [-25, 88], [25, 88], [22, 28]], "fill": "copper", "sway": 2, "nod": 6},
        {
            "name": "arm", "outline": [[18, 70], [26, 70], [30, 40], [20, 40]], "fill": "ash", "parent": "body",
            "pivot": [22, 68], "wave": 130, "late": 0.2,
        },
        {
            "name": "eye", "outline": [[-8, 68], [0, 78], [8, 68], [0, 60]], "fill": "ivory", "finish": "flat",
            "parent": "body", "pivot": [0, 68], "blink": True, "look": 1.5, "z": 2,
        },
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A picture of the gallery: its file's name, the YAML that it shows, and what is built for it.

    ats: moments of the scene that stand side by side. cut, output: instead of the scene alone, with what is said of
    the output.
    """

    name: str
    yaml: str
    scene: Plain = field(default_factory=dict)
    size: str = _FULL
    ats: tuple[str, ...] = ("0f",)
    characters: Plain = field(default_factory=dict)
    places: Plain = field(default_factory=dict)
    cut: tuple[Any, ...] = ()
    output: Plain = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """A heading with its pictures, so many in a row."""

    title: str
    said: str
    across: int
    parts: tuple[Part, ...]


def options(model: Any, name: str) -> tuple[str, ...]:
    """The values that a field of a model may have by name."""
    return tuple(_options(model.model_fields[name].annotation))


def _options(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from (value for value in get_args(annotation) if isinstance(value, str))
    else:
        for inner in get_args(annotation):
            yield from _options(inner)


def said(value: Any) -> str:
    """Plain data as one writes them in YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {said(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(said(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f'"{text}"' if text.startswith("#") or ", " in text or ":" in text else text


# -- people


def _person(name: str, yaml: str, character: Plain, size: str = _CLOSE, action: Sequence[Plain] = ()) -> Part:
    near = "medium" if size == _HEAD else "close" if size == _CLOSE else "full"
    shot = {"shot": near, "on": [name], "blur": 0}
    scene = {**_PAPER, "cast": [{"who": name, "stand": "centre"}], "action": [shot, *action], "length": "6f"}
    return Part(name, yaml, scene, size, characters={name: character})


def _over(base: Plain, **changes: Any) -> Plain:
    return {**base, **changes}


def _faces() -> Iterator[Part]:
    for key in ("shape", "eyes", "brows", "nose", "lips"):
        for value in options(Face, key):
            base = _BRUNO if key in ("nose", "brows") else _ADA
            if key == "shape":
                base = _over(_ADA, hair={"style": "bald"})
            yield _person(f"face-{key}-{value}", f"face: {{{key}: {value}}}", _over(base, face={key: value}))


def _hairs() -> Iterator[Part]:
    for value in options(Hair, "style"):
        yield _person(
            f"hair-{value}", f"hair: {{style: {value}}}", _over(_ADA, hair={"style": value, "colour": "chestnut"})
        )


def _beards() -> Iterator[Part]:
    for value in options(Hair, "beard"):
        hair = {"style": "crop", "colour": "umber", "beard": value}
        yield _person(f"beard-{value}", f"hair: {{beard: {value}}}", _over(_BRUNO, hair=hair))


def _garments() -> Iterator[Part]:
    for kind in LOOK:
        for value in options(Garment, kind):
            worn = {kind: value}
            is_head = kind in ("hat", "glasses")
            under = [] if kind in ("dress", "coat") else [{"dress": "frock", "colour": "slate"}]
            if kind in ("top", "vest", "trousers", "scarf"):
                under = [{"top": "shirt"}, {"trousers": "plain"}]
                under = [w for w in under if kind not in w]
            if kind == "shoes":
                under = [{"trousers": "shorts"}, {"top": "shirt"}]
            character = _over(_ADA, wears=[*under, worn])
            yield _person(f"{kind}-{value}", f"wears: [{said(worn)}]", character, _HEAD if is_head else _FULL)
    for value in options(Garment, "pattern"):
        worn = {"dress": "frock", "colour": "brick", "pattern": value}
        yield _person(f"pattern-{value}", f"wears: [{said(worn)}]", _over(_ADA, wears=[worn]), _FULL)


def _stands() -> Iterator[Part]:
    for key in ("shape", "stance", "hands", "holds"):
        for value in options(CharacterParams, key):
            character = _over(_BRUNO if key == "shape" else _ADA, **{key: value})
            yield _person(f"{key}-{value}", f"{key}: {value}", character, _FULL)


def _turned() -> Iterator[Part]:
    for value in options(Line, "facing"):
        part = _person(f"facing-{value}", f"{{who: ada, facing: {value}}}", _ADA, _FULL)
        part.scene["cast"][0]["facing"] = value
        yield part


def _moods() -> Iterator[Part]:
    for value in MOODS:
        part = _person(f"mood-{value}", f"{{who: ada, mood: {value}}}", _ADA)
        part.scene["cast"][0]["mood"] = value
        yield part
    for value in MOUTHS:
        name, words = f"mouth-{value}", _WORDS.get(value, "")
        says = [{"who": name, "say": words}] if value != "X" else []
        part = _person(
            name, f"{{who: ada, say: {words}}}" if says else "closed, when nothing is said", _ADA, action=says
        )
        part.scene["length"] = "40f"
        yield Part(name, part.yaml, part.scene, part.size, (f"mouth {value}",) if says else ("0f",), part.characters)


def _acts() -> Iterator[Part]:
    for name in _gestures.GESTURES:
        if name in ("give", "take"):
            continue
        yield _strip(
            f"do-{name}",
            f"{{who: ada, do: {name}}}",
            _over(_ADA, wears=[*_ADA["wears"], {"hat": "straw"}]),
            {"do": name},
        )
    for gait, reach in (("walk", 0.48), ("run", 0.8)):
        there, here = {"x": reach, "z": 7}, {"x": -reach, "z": 7}
        yield _strip(gait, f"{{who: ada, {gait}: there}}", _ADA, {gait: there}, "24f", here)
    for verb, giver in (("give", "one"), ("take", "two")):
        one, two = f"{verb}-one", f"{verb}-two"
        who = {"give": {"who": one, "give": two}, "take": {"who": two, "take": one}}[verb]
        cast = [{"who": one, "stand": {"x": -0.36, "z": 7}}, {"who": two, "stand": {"x": 0.36, "z": 7}}]
        scene = {**_PAPER, "cast": cast, "action": [{"shot": "full", "on": [one, two], "blur": 0}, who]}
        people = {one: _over(_ADA, holds="letter"), two: _BRUNO}
        ats = tuple(f"{n}f" for n in (2, 10, 18, 26, 34))
        shown = {"who": "ada", verb: "bruno"} if giver == "one" else {"who": "bruno", verb: "ada"}
        yield Part(f"do-{verb}", said(shown), scene, "168x168", ats, people)


def _strip(name: str, yaml: str, character: Plain, deed: Plain, length: str = "", stand: Any = "centre") -> Part:
    """Five moments of something that is done."""
    frames = int(length[:-1]) if length else _gestures.GESTURES[deed["do"]].frames
    do = {"who": name, **deed, "over": f"{frames}f"}
    scene = {
        **_PAPER,
        "cast": [{"who": name, "stand": stand}],
        "action": [{"camera": {"zoom": 1.55, "y": 0.9}, "blur": 0}, do],
    }
    ats = tuple(f"{round((k + 0.5) * frames / 5)}f" for k in range(5))
    return Part(name, yaml, scene, _STRIP, ats, {name: character})


def _animals() -> Iterator[Part]:
    for kit, key in (
        ("bird", "species"),
        ("quadruped", "species"),
        ("quadruped", "ears"),
        ("quadruped", "tail"),
        ("quadruped", "coat"),
    ):
        for value in options(KITS[kit].Params, key):
            character = {"kit": kit, key: value, "height": "1m"}
            yield _person(f"{kit}-{key}-{value}", f"{{kit: {kit}, {key}: {value}}}", character, "300x220")
    for kit in ("bird", "quadruped"):
        module = KITS[kit]
        for name, frames in module.GESTURES.items():
            who = f"{kit}-{name}"
            yield _animal_strip(
                who, f"{{who: {'crow' if kit == 'bird' else 'cat'}, do: {name}}}", kit, {"do": name}, frames
            )
        for name in module.STANCES[1:]:
            who = f"{kit}-{name}"
            yield _animal_strip(who, f"{{who: cat, do: {name}}}", kit, {"do": name}, 16)
    for name, frames in KITS["free"].GESTURES.items():
        part = _animal_strip(f"free-{name}", f"{{who: tin, do: {name}}}", "free", {"do": name}, frames)
        part.characters[part.name] = _TIN
        yield part
    yield _animal_strip("bird-fly", "{who: crow, fly: there}", "bird", {"fly": {"x": 0.7, "z": 7, "y": 0.5}}, 36)


def _animal_strip(name: str, yaml: str, kit: str, deed: Plain, frames: int) -> Part:
    scene = {
        **_PAPER,
        "cast": [{"who": name, "stand": {"x": -0.6 if "fly" in deed else 0.0, "z": 7}}],
        "action": [{"camera": {"zoom": 1.9, "y": 0.7}, "blur": 0}, {"who": name, **deed, "over": f"{frames}f"}],
    }
    ats = tuple(f"{round((k + 0.5) * frames / 5)}f" for k in range(5))
    return Part(name, yaml, scene, "168x140", ats, {name: {"kit": kit, "height": "1m"}})


# -- places


_GROUNDS = {"boards": ["boards", "room"], "room": ["boards", "room"]}


def _plates() -> Iterator[Part]:
    for name, module in PLATES.items():
        if name == "picture":
            continue
        planes: list[Any] = ["sky"] if name != "sky" else []
        if not getattr(module, "GROUND", False) and name not in ("sky", "sea", "rooftops"):
            planes.append(
                "meadow" if name in ("hills", "forest", "mountains", "trunks", "arch", "railing") else "cobbles"
            )
        planes = _GROUNDS.get(name, [*planes, name])
        places = {f"plate-{name}-{time}": {"time": time, "planes": planes} for time in ("day", "dusk", "night")}
        yield Part(f"plate-{name}", f"planes: {said(planes)}", {"length": "2f"}, "264x148", places=places)
    own = {"plate": "frame.jpg", "z": 14, "height": 4, "edge": "mirror"}
    places = {
        f"plate-picture-{time}": {"time": time, "planes": ["sky", own, "meadow"]} for time in ("day", "dusk", "night")
    }
    yaml = f"planes: [{said({**own, 'plate': 'art/castle.png'})}]"
    yield Part("plate-picture", yaml, {"length": "2f"}, "264x148", places=places)


def _props() -> Iterator[Part]:
    for name, rule in PROPS.items():
        gives_light = any(layer.level == "lit" for layer in rule.LAYERS)
        prop: Plain = {"prop": name, "x": 0, "z": 9} | ({"lit": True} if gives_light else {})
        inside = name in ("table",)
        planes = ["boards", "room", prop] if inside else ["sky", "hills", "cobbles", prop]
        place = {"time": "dusk", "planes": planes}
        far = 0.75 if name in ("tree", "street-lamp", "door", "moon") else 1.3
        scene = {"place": f"prop-{name}", "action": [{"camera": {"zoom": far, "y": 1.2}, "blur": 0}], "length": "2f"}
        yield Part(f"prop-{name}", f"planes: [{said(prop)}]", scene, "264x198", places={f"prop-{name}": place})


def _air() -> Iterator[Part]:
    for name in options(WeatherSpec, "kind"):
        yield _stage_part(
            f"weather-{name}", f"weather: {{kind: {name}, amount: 0.9}}", weather={"kind": name, "amount": 0.9}
        )
    for name in GRADES:
        yield _stage_part(f"grade-{name}", f"grade: {name}", grade=name)


def _stage_part(name: str, yaml: str, **more: Any) -> Part:
    return Part(name, yaml, {**_street(), **more, "length": "30f"}, _WIDE, ("24f",))


def _street(*action: Plain) -> Plain:
    cast = [{"who": "ada", "stand": {"x": -0.4, "z": 6}}, {"who": "bruno", "stand": {"x": 1.0, "z": 9}}]
    return {"place": "street", "cast": cast, "action": [{"shot": "full", "on": ["ada"]}, *action]}


# -- camera and cut


def _camera() -> Iterator[Part]:
    for size in ("wide", "full", "medium", "close"):
        line = {"shot": size, "on": "ada"}
        yield Part(f"shot-{size}", said(line), {**_street(line), "length": "4f"}, _WIDE)
    moves: dict[str, tuple[Plain, int]] = {
        "over": ({"shot": "close", "on": "ada", "over": "24f"}, 24), "push": ({"push": 1.6, "over": "24f"}, 24),
        "pan": ({"pan": "bruno", "over": "24f"}, 24), "focus": ({"focus": "bruno", "over": "12f", "blur": 4}, 12),
        "shake": ({"shake": 0.8}, 3), "follow": ({"shot": "full", "on": "ada", "follow": True}, 24),
        "handheld": ({"shot": "medium", "on": "ada", "handheld": 1}, 30),
        "whip": ({"pan": "bruno", "over": "10f", "ease": "whip"}, 5),
        "roll": ({"camera": {"zoom": 1.3, "roll": 8}, "over": "24f"}, 24),
        "dolly": ({"camera": {"z": 2.4, "y": 1.2}, "over": "24f"}, 24),
    }  # fmt: skip
    for name, (line, end) in moves.items():
        extra = (
            [{"together": [{"who": "ada", "walk": {"x": 1.6, "z": 6}, "over": "30f"}]}]
            if name == "follow"
            else [{"hold": "40f"}]
        )
        yield Part(f"camera-{name}", said(line), _street(line, *extra), _WIDE, ("0f", f"{end}f"))


def _cuts() -> Iterator[Part]:
    first, last = {"place": "street", "cast": [{"who": "ada"}]}, {"place": "hill", "cast": [{"who": "bruno"}]}
    one = {**first, "action": [{"shot": "medium", "on": ["ada"]}], "length": "30f"}
    two = {**last, "action": [{"shot": "full", "on": ["bruno"]}], "length": "30f"}
    items: list[tuple[str, Plain, str]] = [
        ("fade", {"fade": "12f"}, "24f"), ("dissolve", {"dissolve": "16f"}, "22f"),
        *((f"wipe-{side}", {"wipe": "16f", "from": side}, "22f") for side in ("left", "right", "up", "down")),
        ("match", {"match": "16f", "on": ["ada", "bruno"]}, "22f"), ("iris", {"iris": "ada"}, "20f"),
    ]  # fmt: skip
    for name, item, at in items:
        scenes = {f"{name}-one": one, f"{name}-two": two}
        yield Part(f"cut-{name}", f"cut: [one, {said(item)}, two]", scenes, _WIDE, (at,),
                   cut=(f"{name}-one", item, f"{name}-two"))  # fmt: skip


def _cards() -> Iterator[Part]:
    for kind, words in (
        ("title", "The Last Lamp"),
        ("card", "There is always one more lamp to light, and then home."),
        ("end", "The End"),
    ):
        yield Part(
            f"card-{kind}",
            f"cut: [{said({'card': words, 'kind': kind})}]",
            {},
            _WIDE,
            ("1s",),
            cut=({"card": words, "kind": kind},),
        )
    for face in get_args(FaceName):
        card = {"card": "One more lamp", "kind": "title", "face": face}
        yield Part(f"face-{face}", f"cut: [{said(card)}]", {}, _WIDE, ("1s",), cut=(card,))
    for enters in options(Card, "enters"):
        if enters != "none":
            card = {"card": "Good night", "kind": "title", "face": "comic", "enters": enters, "length": "3s"}
            yield Part(
                f"enters-{enters}",
                f"cut: [{said(card)}]",
                {},
                "200x112",
                ("4f", "8f", "12f", "18f", "60f"),
                cut=(card,),
            )
    says = {**_street({"who": "ada", "say": "There is always one more."})}
    for name, how, ats in (
        ("captions", {"captions": True}, ("20f",)),
        ("intertitles", {"captions": "cards", "passes": ["silent_film"]}, ("4f", "40f")),
    ):
        scenes = {f"{name}-one": says}
        yaml = f"outputs: {{film.mp4: {said(how)}}}"
        yield Part(name, yaml, scenes, _WIDE, ats, cut=(f"{name}-one",), output=how)


def _passes() -> Iterator[Part]:
    for name in STYLES:
        scene = {**_street(), "length": "8f"}
        yield Part(
            f"pass-{name}",
            f"outputs: {{film.mp4: {{passes: [{name}]}}}}",
            scene,
            _WIDE,
            ("4f",),
            output={"passes": [name]},
        )


def sections() -> tuple[Section, ...]:
    """All of it, in the order of the page."""
    return (
        Section("Heads and faces", "Outlines of heads, eyes, brows, noses and lips.", 6, tuple(_faces())),
        Section("Hair", "Each in any colour.", 6, tuple(_hairs())),
        Section("Beards", "In the colour of the hair.", 6, tuple(_beards())),
        Section("What is worn", "One garment each, and patterns.", 6, tuple(_garments())),
        Section("How they stand, and what they hold", "", 6, (*_stands(), *_turned())),
        Section("Moods and mouths", "Eight moods, and the nine mouths of speech.", 6, tuple(_moods())),
        Section("What people do", "Five moments of each.", 1, tuple(_acts())),
        Section("Animals", "Kits of their own.", 4, tuple(_animals())),
        Section("Plates", "By day, at dusk and by night.", 1, tuple(_plates())),
        Section("Props", "", 4, tuple(_props())),
        Section("Weather and grades", "", 3, tuple(_air())),
        Section("Camera", "Where a move begins and where it ends.", 2, tuple(_camera())),
        Section("Transitions", "In the middle of each.", 3, tuple(_cuts())),
        Section("Cards, letters, captions", "", 2, tuple(_cards())),
        Section("Passes", "", 3, tuple(_passes())),
    )


# -- the project that shows it all


def project() -> Plain:
    """A Studiofile that has an output `NAME-K.png` for each moment of each part."""
    data: Plain = {
        "studio": 1,
        "title": "Parts",
        "fps": 24,
        "size": _WIDE,
        "characters": {"ada": _ADA, "bruno": _BRUNO},
        "places": {
            "paper": {
                "time": "day",
                "grade": "plain",
                "planes": [{"plate": "paper.png", "z": 40, "height": 90, "foot": -45, "edge": "extend"}],
            },
            "street": {
                "time": "dusk",
                "planes": [
                    "sky",
                    "skyline",
                    "houses",
                    "cobbles",
                    {"prop": "street-lamp", "x": 1.7, "z": 9, "lit": True},
                ],
            },
            "hill": {"time": "day", "planes": ["sky", "mountains", "hills", "meadow"]},
        },
        "passes": {name: {"rule": name} for name in STYLES},
        "scenes": {},
        "outputs": {},
        "cut": [],
        "episodes": {},
    }
    for section in sections():
        for part in section.parts:
            _into(data, part)
    data["cut"] = [next(iter(data["scenes"]))]
    return data


def _into(data: Plain, part: Part) -> None:
    data["characters"] |= part.characters
    data["places"] |= part.places
    if part.cut:
        outputs = {f"{k}.png": {"at": at, "size": part.size, **part.output} for k, at in enumerate(part.ats)}
        data["episodes"][part.name] = {"scenes": part.scene, "cut": list(part.cut), "outputs": outputs}
        return
    shown = [{**part.scene, "place": place} for place in part.places] if len(part.places) > 1 else [part.scene]
    for n, scene in enumerate(shown):
        name = part.name if len(shown) == 1 else f"{part.name}-{n}"
        data["scenes"][name] = scene
        for k, at in enumerate(part.ats):
            output = {"scene": name, "size": part.size, "at": _moment(at, part), **part.output}
            data["outputs"][f"{part.name}-{n + k}.png"] = output


def _moment(at: str, part: Part) -> str:
    """A frame; of a mouth, the first at which it has its shape."""
    if not at.startswith("mouth "):
        return at
    from studio.visemes import speech

    said_line = next(line["say"] for line in part.scene["action"] if "say" in line)
    shapes, _ = speech(said_line, 24)
    found = [frame for frame, shape in shapes if shape == at[-1]]
    return f"{found[0] if found else 0}f"


def files(part: Part) -> list[str]:
    """The pictures that stand side by side in a part's, as they lie in the folder of outputs."""
    count = max(len(part.ats), len(part.places))
    return [f"{part.name}/{k}.png" if part.cut else f"{part.name}-{k}.png" for k in range(count)]

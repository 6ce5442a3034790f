"""Every edit that the models allow: a project that uses the whole language, and what each of its fields can become.

Derived from the models, so that a field added later is mutated without a test being written for it.
Sources are laid out here and not by the product, so that the line and column of a value are known
without asking it.
"""

from __future__ import annotations

import copy
import itertools
import json
import re
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from studio.spec import Studiofile

Loc = tuple[str | int, ...]
Plain = dict[str, Any]

#: two seconds or so of every word of the language, at a size that costs nothing
WIDE: Plain = {
    "studio": 1,
    "title": "Wide",
    "fps": 8,
    "size": "64x36",
    "palette": {"key": ["teal", "plum"], "accent": "amber"},
    "characters": {
        "ada": {
            "height": "1.5m",
            "heads": 3.3,
            "hair": {"style": "bob", "colour": "umber"},
            "wears": [{"coat": "mantle", "colour": "teal"}, {"hat": "newsboy"}, {"scarf": "long"}, {"shoes": "boots"}],
            "holds": "lamp-pole",
        },
        "bruno": {
            "height": "1.7m",
            "shape": "square",
            "heads": 4.4,
            "wears": [{"vest": "buttoned"}, {"coat": "tails", "colour": "plum"}],
        },
        "twin": {"like": "ada", "skin": "wheat"},
        "eve": {"height": "1.6m", "holds": "book"},
        "crow": {
            "kit": "bird", "species": "crow", "height": "0.5m", "plump": 1.1, "legs": 1.1, "beak": 0.9, "crest": 0.8,
            "plumage": "slate", "breast": "ash", "wing": "coal", "sheen": "teal", "beaks": "stone", "feet": "umber",
            "eye": "amber", "scarf": "rust",
        },
        "daw": {"like": "crow", "crest": 0.4},
        "rook": {"like": "crow", "plump": 1.25},
        "cat": {
            "kit": "quadruped", "species": "cat", "height": "0.5m", "legs": 1.1, "length": 1.1, "belly": 1.1,
            "muzzle": 1.1, "ears": "round", "tail": "brush", "coat": "tabby", "fur": "ash", "pale": "ivory",
            "marks": "coal", "socks": "cream", "eye": "moss", "nose": "rose", "collar": "teal",
        },
        "tom": {"like": "cat", "belly": 1.25},
        "kit": {"like": "cat", "length": 1.25},
        "tin": {
            "kit": "free", "height": "0.8m", "step": 20, "bounce": 2,
            "parts": [
                {"name": "body", "outline": [[-20, 4], [-18, 60], [18, 60], [20, 4]], "fill": "copper", "sway": 2},
                {
                    "name": "leg", "outline": [[-8, 30], [0, 30], [4, 0, 1], [-8, 0, 1]], "parent": "body",
                    "pivot": [-4, 30], "walk": 20, "late": 0.25, "z": -1, "finish": "cloth", "wave": 30, "nod": 10,
                },
                {
                    "name": "eye", "outline": [[-6, 50], [0, 56], [6, 50]], "fill": "ink", "parent": "body",
                    "pivot": [0, 50], "blink": True, "look": 1.5, "say": 10, "z": 2,
                },
                {"name": "hat", "picture": "photo.png", "at": [0, 70], "size": 20, "z": 1},
            ],
        },
        "zinc": {"like": "tin", "step": 22},
        "lead": {"like": "tin", "bounce": 3},
    },
    "places": {
        "square": {
            "time": "dusk",
            "planes": [
                {"plate": "sky", "passes": ["wash"]},
                {"plate": "skyline"},
                {"plate": "cobbles"},
                {"plate": "houses", "opening": 4.5},
                {"prop": "street-lamp", "name": "lamp", "x": 0.6, "z": 9},
                {"prop": "street-lamp", "name": "lantern", "x": -1.6, "z": 8, "lit": True},
                {"plate": "railing"},
                {"plate": "arch", "name": "gate", "ivy": 0.5},
            ],
            "marks": {"post": {"x": -0.6, "z": 7}, "bench": {"x": 1.2, "z": 7}},
            "weather": [{"kind": "snow", "amount": 0.4}, {"kind": "fog"}],
        },
        "yard": {
            "time": "day",
            "planes": [
                {"plate": "sky"},
                {"plate": "skyline"},
                {"plate": "cobbles"},
                {"plate": "houses", "name": "back", "seed": 3},
                {"prop": "street-lamp", "name": "lamp", "x": 1.6},
                {"prop": "street-lamp", "name": "lantern", "x": -2.4, "z": 12},
                {"plate": "arch"},
            ],
            "marks": {"post": {"x": 0.4, "z": 7.5}, "bench": {"x": -1, "z": 7}},
        },
        "book": {  # whatever else can be drawn
            "planes": [
                {"plate": "picture", "name": "picture", "file": "photo.png", "edge": "extend"},
                *({"plate": n} for n in ("mountains", "hills", "forest", "rooftops", "room", "trunks")),
                *({"plate": n} for n in ("sea", "snow", "meadow", "boards")),
                *({"prop": n} for n in ("barrel", "bench", "boat", "crate", "door", "fence", "lantern")),
                *({"prop": n} for n in ("moon", "table", "tree")),
            ],
        },
    },
    "alphabets": {
        "bold": {"face": "roman", "weight": 130},
        "thin": {"like": "bold", "weight": 60, "ink": "wine"},
        "loud": {"face": "comic"},
    },
    "scenes": {
        "one": {
            "place": "square",
            "cast": [{"who": "ada", "stand": "post", "facing": "right", "mood": "neutral", "holds": "lantern"}],
            "action": [
                {"shot": "wide", "on": ["ada"], "cue": "opens", "handheld": 0.4},
                {"who": "bruno", "walk": "bench", "from": "right", "over": "8f", "cue": "comes"},
                {"who": "ada", "look": "bruno", "at": "comes", "delay": "2f"},
                {"who": "ada", "look": "up"},
                {"who": "bruno", "walk": "centre", "pace": "fast"},
                {"shot": "full", "over": "3f"},
                {"who": "ada", "say": "Oh, no.", "mood": "amused", "cue": "says"},
                {"together": [{"who": "bruno", "do": "wave"}, {"set": "lamp", "lit": True, "over": "4f"}]},
                {"hold": "3f", "cue": "rests"},
                {"who": "bruno", "do": "nod", "facing": "right"},
                {"camera": {"x": 0.2, "y": 1.3}, "over": "4f", "ease": "in-out"},
                {"shake": 0.5},
                {"push": 1.2, "over": "3f"},
                {"pan": ["ada"], "over": "3f"},
                {"focus": "bruno", "over": "3f"},
            ],
            "passes": ["wash"],
        },
        "two": {
            "place": {"like": "yard", "time": "night"},
            "cast": [
                {"who": "twin", "stand": {"x": 0, "z": 7}},
                {"who": "eve", "stand": {"x": 0.1, "z": 7}},
                {"who": "bruno", "stand": {"x": 0.8, "z": 7}},
            ],
            "action": [{"who": "bruno", "take": "twin"}, {"who": "bruno", "look": "up", "at": "0f"}],
            "length": "10f",
            "weather": "rain",
            "grade": "cool",
        },
        "again": {"like": "two", "length": "4f"},
        "zoo": {
            "place": {"planes": [{"plate": "sky"}]},
            "cast": [
                {"who": "cat", "stand": {"x": -1, "z": 7}},
                {"who": "tin", "stand": {"x": 1, "z": 7}},
                {"who": "daw", "stand": {"x": -0.5, "z": 7.5}},
                {"who": "tom", "stand": {"x": 0, "z": 7.5}},
                {"who": "zinc", "stand": {"x": 0.5, "z": 7.5}},
            ],
            "action": [
                {"who": "crow", "fly": {"x": 0.4, "z": 7, "y": 0.3}, "from": "right", "over": "8f"},
                {"together": [{"who": "cat", "run": {"x": -0.4, "z": 7}, "over": "6f"}, {"who": "crow", "do": "caw"}]},
                {"who": "tin", "walk": {"x": 0.7, "z": 7}, "over": "6f"},
                {"together": [{"who": "tin", "do": "wave"}, {"who": "tin", "say": "Oh."}]},
            ],
        },
        "clip": {"footage": "photo.png", "length": "3f"},
        "deep": {
            "place": "yard",
            "cast": [{"who": "ada", "stand": {"x": 0, "z": 4}}, {"who": "bruno", "stand": {"x": 0.4, "z": 16}}],
            "action": [
                {"camera": {"zoom": 8, "focus": 4}, "blur": 1.1},
                {"hold": "2f"},
                {"focus": "bruno", "over": "2f"},
                {"pass": "dim", "to": {"strength": 0.4, "exposure": 0.9}, "at": "1f", "over": "2f"},
            ],
            "passes": ["dim", "dusky"],
            "length": "6f",
        },
        "shelf": {"place": "book", "length": "1f"},
    },
    "passes": {
        "wash": {"rule": "watercolor", "pigment": 0.9},
        "old": {"rule": "silent_film", "tint": "amber", "strength": 0.75},
        "new": {"like": "old", "tint": "rose"},
        "worn": {"like": "old", "grain": 0.5},
        "thick": {"rule": "watercolor", "pigment": 1.5},
        "thin": {"like": "wash", "edge": 0.4},
        "plain": {"rule": "silent_film"},
        "bare": {"rule": "watercolor"},
        "flat": {"rule": "cel_shaded"},
        "pulp": {"rule": "comic_halftone"},
        "dots": {"rule": "comic_halftone", "pitch": 12},
        "dot": {"like": "dots", "slip": 3},
        "toon": {"rule": "cel_shaded", "shade": 0.8},
        "ink": {"like": "toon", "line": 0.6},
        "faint": {"rule": "watercolor", "preset": "pale"},
        "some": {"rule": "watercolor", "only": ["ada", "cobbles"]},
        "rest": {"rule": "cel_shaded", "except": ["ada"]},
        "vector": {"rule": "vector_flat"},
        "poster": {"rule": "vector_flat", "tones": 5},
        "voxel": {"rule": "voxel_blocks"},
        "bricks": {"rule": "voxel_blocks", "block": 22.0},
        "clay": {"rule": "claymation"},
        "thumbed": {"rule": "claymation", "prints": 1.6},
        "cut": {"rule": "paper_cutout"},
        "scraps": {"rule": "paper_cutout", "torn": 3},
        "starry": {"rule": "van_gogh"},
        "impasto": {"rule": "van_gogh", "relief": 1.5},
        "dim": {"rule": "silent_film", "exposure": 0.3},
        "dusky": {"like": "dim", "exposure": -0.2},
    },
    "presets": {"pale": {"rule": "watercolor", "pigment": 0.5}, "rough": {"rule": "watercolor", "wobble": 1.8}},
    "cut": [
        {"scene": "title"},
        {"fade": "2f"},
        {"scene": "one"},
        {"dissolve": "3f"},
        {"scene": "two"},
        {"match": "2f", "on": ["twin", "ada"]},
        {"scene": "one"},
        {"wipe": "3f", "from": "right"},
        {"scene": "two"},
        {"iris": "twin"},
        {"card": "The end.", "kind": "end", "passes": ["new"], "length": "5f"},
    ],
    "outputs": {
        "film.mp4": {"quality": 21},
        "old.mp4": {"scene": "two", "passes": ["old"]},
        "same.mp4": {"of": "old.mp4", "quality": 30},
        "still.png": {"of": "film.mp4", "at": "one.says"},
        "clip/": {"scene": "clip", "passes": ["thin"]},
        "zoo/": {"scene": "zoo"},
        "shelf/": {"scene": "shelf"},
        "bold.png": {"alphabet": "bold"},
        "deep/": {"scene": "deep", "size": "160x96"},  # large enough to be out of focus
        "thin.png": {"alphabet": "thin"},
        "bare/": {
            "scene": "again",
            "passes": [
                *("plain", "bare", "flat", "ink", "faint", "some", "rest", "pulp", "dot", "vector", "poster"),
                *("voxel", "bricks"),
                *("clay", "thumbed"),
                *("cut", "scraps"),
                *("starry", "impasto"),
            ],
        },
    },
    "each-episode": {"part.png": {"at": "2f"}, "last.png": {"at": "3f", "size": "48x32"}},
    "episodes": {  # names of their own, so that what the Studiofile says is known not to reach them
        "ep1": {
            "episode": "First",
            "characters": {"cleo": {"heads": 3.5}, "dan": {"heads": 4.5}},
            "places": {"park": {"planes": [{"plate": "sky"}]}, "pier": {"planes": [{"plate": "cobbles"}]}},
            "alphabets": {"inky": {"face": "brush"}, "dusty": {"face": "chalk"}},
            "passes": {"soft": {"rule": "watercolor"}, "hard": {"rule": "watercolor", "edge": 0.3}},
            "scenes": {
                "here": {"place": "park", "cast": [{"who": "cleo"}], "length": "4f", "passes": ["soft"]},
                "there": {"place": "pier", "cast": [{"who": "dan"}], "length": "4f", "passes": ["hard"]},
            },
            "cut": [{"scene": "here"}, {"scene": "there"}, {"card": "Next.", "length": "2f"}],
            "outputs": {
                "part.png": {"of": "part.png", "at": "6f"},
                "own.png": {"scene": "here"},
                "ink.png": {"alphabet": "inky"},
            },
        },
        "ep2": {
            "scenes": {"dark": {"place": {"planes": [{"plate": "sky"}]}, "length": "4f"}},
            "cut": [{"scene": "title"}, {"scene": "dark"}],
        },
    },
}  # fmt: skip

#: a file that can be included
MORE = "shared: More\ncharacters: {guest: {height: 1.6m}}\n"

ABSENT: Any = type("Absent", (), {"__repr__": lambda _: "ABSENT"})()


# -- the models


def models_of(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model that an annotation names, itself and below."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models_of(inner)


def every_field(root: type[BaseModel] = Studiofile) -> dict[tuple[str, str], FieldInfo]:
    """(model, field) -> what it is, for every model that a Studiofile reaches."""
    found: dict[tuple[str, str], FieldInfo] = {}
    waiting, seen = [root], set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, field in model.model_fields.items():
            found[model.__name__, name] = field
            waiting += models_of(field.annotation)
            waiting += [m for meta in field.metadata for m in models_of(getattr(meta, "annotation", None))]
    return found


def is_model(info: FieldInfo) -> bool:
    """Whether a field holds a model and nothing else, so that the model's own fields are all there is to mutate."""
    is_list = get_origin(info.annotation) in (tuple, dict)
    return bool(list(models_of(info.annotation))) and not is_list and not _scalars(info.annotation)


@dataclass(frozen=True)
class Site:
    """A field of one model somewhere in the project."""

    model: str
    field: str
    loc: Loc
    info: FieldInfo


def sites(spec: BaseModel, data: Any, loc: Loc = ()) -> Iterator[Site]:
    """Every field of every model of a project, also those that are not written."""
    for name, info in type(spec).model_fields.items():
        key = info.alias or name
        at = (*loc, key)
        yield Site(type(spec).__name__, name, at, info)
        value, written = getattr(spec, name), data.get(key, ABSENT)
        yield from _below(value, written, at)


def _below(value: Any, written: Any, loc: Loc) -> Iterator[Site]:
    if isinstance(value, BaseModel):
        yield from sites(value, written if isinstance(written, dict) else {}, loc)
    elif isinstance(value, tuple) and isinstance(written, (list, tuple)) and len(value) == len(written):
        for n, (inner, said) in enumerate(zip(value, written, strict=True)):
            yield from _below(inner, said, (*loc, n))
    elif isinstance(value, dict) and isinstance(written, dict):
        for key, inner in value.items():
            yield from _below(inner, written[key], (*loc, key))


# -- what a field can become


@dataclass(frozen=True)
class Edit:
    """Values to set (or `ABSENT`, to remove) at paths; `at` is the path that it is about."""

    site: Site
    at: Loc
    changes: tuple[tuple[Loc, Any], ...]
    kind: str = "set"  # or remove, insert, drop, swap

    def applied(self, data: Plain) -> Plain:
        data = copy.deepcopy(data)
        for loc, value in self.changes:
            put(data, loc, value)
        return data

    def __str__(self) -> str:
        said = "; ".join(f"{'.'.join(map(str, loc))} = {value!r}" for loc, value in self.changes)
        return f"{self.site.model}.{self.site.field}: {said}"


def put(data: Any, loc: Loc, value: Any) -> None:
    """Set or remove what stands at a path, making mappings on the way."""
    for item in loc[:-1]:
        data = data.setdefault(item, {}) if isinstance(data, dict) else data[item]
    if value is not ABSENT:
        data[loc[-1]] = value
    elif isinstance(data, list) or loc[-1] in data:
        del data[loc[-1]]


def get(data: Any, loc: Sequence[str | int]) -> Any:
    """What is written at a path, or ABSENT."""
    for item in loc:
        try:
            data = data[item]
        except (KeyError, IndexError, TypeError):
            return ABSENT
    return data


def edits(site: Site, spec: BaseModel, data: Plain) -> Iterator[Edit]:
    """What a field may become; some of it may be no valid project."""
    if get(data, site.loc[:-1]) is ABSENT and get(data, (*site.loc[:2], "like")) is not ABSENT:
        return  # a mapping in a copy hides all of the one that is copied
    written = get(data, site.loc)
    held = get(spec.model_dump(mode="json", by_alias=True), site.loc)
    current = held if written is ABSENT else written
    if isinstance(current, (list, tuple)) and tuple in _scalars(site.info.annotation):
        yield from _list_edits(site, list(current), data)
    elif isinstance(current, dict) and get_origin(site.info.annotation) is dict:
        yield from _table_edits(site, current)
    else:
        for value in _values(site, current, data):
            if value != current and _fits(site, value):
                yield Edit(site, site.loc, ((site.loc, value),))
                yield from _without_rival(site, value, data)
    if written is not ABSENT:
        yield Edit(site, site.loc, ((site.loc, ABSENT),), "remove")
        yield from _instead(site, data)


def _fits(site: Site, value: Any) -> bool:
    """Whether a field can hold a value at all; whether its names mean something is seen later."""
    if site.field in _TAGGED:
        return True  # the value says which model it is
    try:
        _adapter(site.model, site.field).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


@cache
def _adapter(model: str, field: str) -> TypeAdapter[Any]:
    info = every_field()[model, field]
    return TypeAdapter(Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation)


def _list_edits(site: Site, current: list[Any], data: Plain) -> Iterator[Edit]:
    for n in range(len(current)):
        yield Edit(site, (*site.loc, n), ((site.loc, current[:n] + current[n + 1 :]),), "drop")
    for value in _values(site, None, data):
        if value not in current and not isinstance(value, (dict, float, bool)):
            yield Edit(site, (*site.loc, len(current)), ((site.loc, [*current, value]),), "insert")
    for n, item in enumerate(current):
        if isinstance(item, (int, float)):
            yield Edit(site, (*site.loc, n), ((site.loc, [*current[:n], item + 1.5, *current[n + 1 :]]),), "set")
        yield Edit(site, (*site.loc, n), ((site.loc, [*current[:n], item, *current[n:]]),), "insert")
    for n in range(len(current) - 1):
        swapped = [*current[:n], current[n + 1], current[n], *current[n + 2 :]]
        yield Edit(site, site.loc, ((site.loc, swapped),), "swap")


def _table_edits(site: Site, current: Plain) -> Iterator[Edit]:
    names = list(current)
    for name, value in current.items():
        if isinstance(value, float):
            yield Edit(site, (*site.loc, name), (((*site.loc, name), round(value / 2 + 0.05, 3)),), "set")
    for a, b in itertools.pairwise(names):
        yield Edit(site, site.loc, (((*site.loc, a), current[b]), ((*site.loc, b), current[a])), "swap")


def _without_rival(site: Site, value: Any, data: Plain) -> Iterator[Edit]:
    """The field in the place of a neighbour: a garment is one thing at a time."""
    around = get(data, site.loc[:-1])
    for rival in around if site.model == "Garment" and isinstance(around, dict) else ():
        if rival not in (site.loc[-1], "colour", "pattern"):
            yield Edit(site, site.loc, (((*site.loc[:-1], rival), ABSENT), (site.loc, value)), "rival")


def _instead(site: Site, data: Plain) -> Iterator[Edit]:
    """A neighbour in the place of the field."""
    around = get(data, site.loc[:-1])
    if site.model == "Garment" and isinstance(around, dict):
        yield Edit(site, site.loc, ((site.loc, ABSENT), ((*site.loc[:-1], "hat"), "top")), "rival")


_TAGGED = ("plate", "prop", "rule")
_TIMES, _COLOURS, _SIZES = ("5f", "7f", "0.5s"), ("moss", "wine"), ("80x48", "32x48")
_TEXTS = ("Ah, well.", "says", "one.comes", "2f", "other.png", "more.yaml")


def _values(site: Site, current: Any, data: Plain) -> Iterator[Any]:
    scalars = _scalars(site.info.annotation)
    yield from _literals(site.info.annotation)
    if bool in scalars:
        yield not current
    if {int, float} & scalars and not isinstance(current, str):
        yield from _numbers(site.info, current, is_whole=float not in scalars)
    if site.field in _TAGGED:  # the tag of a union: every member's own
        yield from _tags(site.field)
    text = str(current)
    names = [*(n for table in ("characters", "places", "passes", "presets", "scenes", "outputs") for n in data[table])]
    marks = sorted({m for place in data["places"].values() for m in place.get("marks", {})})
    if re.fullmatch(r"\d+(\.\d+)?(s|f)", text):
        yield from _TIMES
    elif re.fullmatch(r"\d+(\.\d+)?c?m", text):
        yield from ("1.44m", "1.56m")
    elif str in scalars or tuple in scalars or any(isinstance(m, str) for m in (current,)):
        yield from _said_elsewhere(data, site.loc[-1])
        yield from (*_TIMES, "left", "right", "up", "lantern", *marks, *names)
        yield from (*_COLOURS, *_SIZES, "4:3", "1.44m", "30MB", *_TEXTS)
        yield {"x": 0.3, "z": 7.4}
        yield "elsewhere"


def _said_elsewhere(data: Any, key: str | int) -> Iterator[Any]:
    """Texts under the same key elsewhere, which are likely to be valid here too."""
    for name, inner in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        if name == key and isinstance(inner, str):
            yield inner
        yield from _said_elsewhere(inner, key)


def _scalars(annotation: Any) -> set[Any]:
    origin = get_origin(annotation)
    if origin is Literal:
        return set()
    if origin is tuple:
        return {tuple, *(s for inner in get_args(annotation)[:1] for s in _scalars(inner))}
    if origin is Annotated:
        return _scalars(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return {s for inner in get_args(annotation) for s in _scalars(inner)}
    return {annotation} if annotation in (str, int, float, bool) else set()


def _literals(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for inner in get_args(annotation):
            yield from _literals(inner)


def _numbers(info: FieldInfo, current: Any, *, is_whole: bool) -> Iterator[float]:
    bounds = [*info.metadata, *(m for inner in get_args(info.annotation) for m in getattr(inner, "__metadata__", ()))]
    low = next((m.ge for m in bounds if getattr(m, "ge", None) is not None), 0)
    high = next((m.le for m in bounds if getattr(m, "le", None) is not None), 10)
    here = current if isinstance(current, (int, float)) else min(max(6, low), high)
    for share in (0.05, -0.05, 0.5, -0.5):
        value = here + share * ((high - here) if share > 0 else (here - low))
        yield round(value) if is_whole else round(value, 4)


def _tags(field: str) -> Iterator[str]:
    from rules.plates import PLATES
    from rules.props import PROPS
    from rules.styles import STYLES

    # a picture needs a file beside its name
    yield from (name for name in {"plate": PLATES, "prop": PROPS, "rule": STYLES}[field] if name != "picture")


# -- laid out as files

_PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*\Z")
_WORDS = ("true", "false", "null")


@dataclass
class Layout:
    """The files of a project, and where in them each value stands: path -> (file, line, column)."""

    files: dict[str, str]
    places: dict[Loc, tuple[str, int, int]]

    def of(self, loc: Loc) -> tuple[str, int, int]:
        """The place of a value, or of the nearest thing around it that is written."""
        while loc not in self.places:
            loc = loc[:-1]
        return self.places[loc]


def laid_out(data: Plain, own_files: dict[Loc, str] | None = None) -> Layout:
    """Write a project down; `own_files` names the targets that stand in files of their own."""
    layout = Layout({}, {})
    _Writer("Studiofile", layout, own_files or {}).file(data, ())
    return layout


class _Writer:
    """One file being written: text so far, and the position in it."""

    def __init__(self, name: str, layout: Layout, own_files: dict[Loc, str]) -> None:
        self._name, self._layout, self._own = name, layout, own_files
        self._lines = [""]

    def file(self, data: Any, loc: Loc) -> None:
        self._block(data, loc, 0)
        self._layout.files[self._name] = "\n".join(self._lines).rstrip() + "\n"

    def _mark(self, loc: Loc) -> None:
        self._layout.places[loc] = (self._name, len(self._lines), len(self._lines[-1]) + 1)

    def _say(self, text: str) -> None:
        self._lines[-1] += text

    def _block(self, data: Plain, loc: Loc, depth: int) -> None:
        """A mapping, one key a line; what is deeper or a list stands on one line."""
        first = True
        for key, value in data.items():
            if not first or depth:
                self._lines.append("  " * depth)
            if first:
                self._mark(loc)
            first = False
            self._say(f"{key}:")
            at = (*loc, key)
            if at in self._own:
                name = self._own[at]
                self._say(f" {name}")
                kind = {"characters": "character", "places": "place", "scenes": "scene"}[str(at[0])]
                shown = {kind: f"The {kind}"} | value  # the key that tells the kind stands first
                _Writer(name, self._layout, self._own).file(shown, at)
            elif isinstance(value, dict) and value and len(at) < 3:
                self._block(value, at, depth + 1)
            elif isinstance(value, list) and value and len(at) < 2:
                self._items(value, at, depth + 1)
            else:
                self._say(" ")
                self._flow(value, at)

    def _items(self, items: list[Any], loc: Loc, depth: int) -> None:
        for n, item in enumerate(items):
            self._lines.append("  " * depth)
            if not n:
                self._mark(loc)
            self._say("- ")
            self._flow(item, (*loc, n))

    def _flow(self, value: Any, loc: Loc) -> None:
        self._mark(loc)
        if isinstance(value, dict):
            self._say("{")
            for n, (key, inner) in enumerate(value.items()):
                self._say((", " if n else "") + f"{key}: ")
                self._flow(inner, (*loc, key))
            self._say("}")
        elif isinstance(value, (list, tuple)):
            self._say("[")
            for n, inner in enumerate(value):
                self._say(", " if n else "")
                self._flow(inner, (*loc, n))
            self._say("]")
        elif isinstance(value, str) and _PLAIN_WORD.match(value) and value not in _WORDS:
            self._say(value)
        else:
            self._say(json.dumps(value, ensure_ascii=False))

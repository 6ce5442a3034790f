"""Every field of every model moves the keys of what depends on it, and no others; nothing else moves any."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from studio import keys, projection, scope
from studio.clip import Format
from studio.errors import StudioError
from studio.fingerprint import Fingerprints
from studio.keys import Keyring
from studio.params import parse_colour
from studio.project import Project
from studio.rows import words_of
from studio.rule import Canvas
from tests import mutation
from tests.mutation import WIDE, Edit, Plain, Site
from tests.planned import EVERYTHING, MIXED, Seen, Thing, opened, seen

#: fields that move no key, and why not. One that does after all fails, so that the list stays true.
MOVES_NOTHING = {
    ("CharacterSpec", "character"): "a name for people",
    ("CharacterBird", "character"): "a name for people",
    ("CharacterFree", "character"): "a name for people",
    ("CharacterQuadruped", "character"): "a name for people",
    ("AlphabetSpec", "alphabet"): "a name for people",
    ("PlaceSpec", "place"): "a name for people",
    ("SceneSpec", "scene"): "a name for people",
    ("Line", "cue"): "a name; what refers to it moves by the frame that it means",
    ("Studiofile", "out"): "where outputs go, not what they are",
    ("Palette", "key"): "no rule reads the palette yet",
    ("Palette", "accent"): "no rule reads the palette yet",
    ("Palette", "ambient"): "no rule reads the palette yet",
    ("Studiofile", "include"): "what it brings reads as if it were written here",
    ("EpisodeSpec", "include"): "what it brings reads as if it were written here",
    ("Cache", "dir"): "where the store is",
    ("Cache", "max"): "how large the store may grow",
}
#: fields that can be given only one value
ONE_VALUE = {
    ("Studiofile", "studio"): "the version of the language",
    ("CharacterSpec", "kit"): "another kit has other keys",
    ("CharacterBird", "kit"): "another kit has other keys",
    ("CharacterFree", "kit"): "another kit has other keys",
    ("CharacterQuadruped", "kit"): "another kit has other keys",
    ("CharacterFree", "pictures"): "read from files, not written",
    ("PresetWatercolor", "rule"): "a preset of another rule is not seen",
    **{("Picture", name): "read from the file, not written" for name in ("name", "digest", "width", "height")},
}
# -- what may move, and what must


@dataclass(frozen=True)
class Expected:
    """may: only what shows one of these may have another key. gone: the same of keys that are no more.
    must: all that shows one of these has another key.
    targets: outputs that move rest on one of them. encoded: outputs whose segments move alone."""

    may: frozenset[Thing]
    gone: frozenset[Thing] = frozenset()
    must: frozenset[Thing] = frozenset()
    targets: frozenset[str] = frozenset()
    encoded: frozenset[str] = frozenset()


def copies(table: Plain, name: str) -> set[str]:
    """A target and all that copy it."""
    found = {name}
    while more := {n for n, entry in table.items() if isinstance(entry, dict) and entry.get("like") in found} - found:
        found |= more
    return found


def mentions(value: Any, names: set[str]) -> bool:
    """Whether some plain data names one of the names."""
    if isinstance(value, dict):
        return any(mentions(inner, names) for inner in value.values())
    return any(mentions(inner, names) for inner in value) if isinstance(value, list) else value in names


def expected(edit: Edit, data: Plain) -> Expected:
    """By who owns a field: what rests on it."""
    table, name, rest = edit.site.loc[0], str(edit.site.loc[-1]), edit.site.loc[2:]
    if len(edit.site.loc) == 1:
        whole = {"title": ("card",), "cut": EVERYTHING, "fps": EVERYTHING, "size": EVERYTHING}
        return Expected(frozenset({whole.get(name, EVERYTHING)}))
    return _BY_TABLE[str(table)](str(edit.site.loc[1]), rest, edit, data)


def _of_character(name: str, rest: mutation.Loc, edit: Edit, data: Plain) -> Expected:
    names = copies(data["characters"], name)
    figures = frozenset(("figure", n) for n in names)
    is_colour = any(getattr(m, "func", None) is parse_colour for m in _metadata(edit.site))
    if is_colour or rest[0] in ("hair", "face", "seed"):
        return Expected(figures, must=frozenset({("figure", name)}), targets=_named("character", names))
    # camera, eyes and steps follow
    return Expected(figures | _scenes(data, names), targets=_named("character", names))


def _named(kind: str, names: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{kind} {name}" for name in names)


def _scenes(data: Plain, names: set[str]) -> frozenset[Thing]:
    """Scenes that name one of some targets."""
    direct = {n for n, s in data["scenes"].items() if mentions(s, names)}
    return frozenset(("scene", c) for n in direct for c in copies(data["scenes"], n))


def _metadata(site: Site) -> list[Any]:
    inner = [m for a in getattr(site.info.annotation, "__args__", ()) for m in getattr(a, "__metadata__", ())]
    return [*site.info.metadata, *inner]


def _of_place(name: str, rest: mutation.Loc, edit: Edit, data: Plain) -> Expected:
    names = copies(data["places"], name)
    stages = names | {f"{n}.place" for n in data["scenes"]}
    targets = _named("place", names | {f"{s}.place" for _, s in _scenes(data, names)})
    if rest[:1] == ("planes",) and len(rest) == 3:
        plane = data["places"][name]["planes"][rest[1]]
        called = plane.get("name") or plane.get("plate") or plane.get("prop")
        own = ("passes", "seed") if rest[2] != "plate" else ()
        if rest[2] in own or rest[2] not in ("name", "z", "x", "lit", "plate", "prop", "foot"):
            may = frozenset(("plane", stage, called) for stage in stages)
            must = frozenset() if rest[2] == "passes" else frozenset({("plane", name, called)})
            return Expected(may, must=must, targets=targets)
    return Expected(_scenes(data, names), targets=targets)


def _of_scene(name: str, rest: mutation.Loc, edit: Edit, data: Plain) -> Expected:
    names = copies(data["scenes"], name)
    scenes = frozenset(("scene", c) for c in names)
    return Expected(scenes | {MIXED}, targets=_named("scene", names))  # a mix moves with the length of what is mixed


def _of_alphabet(name: str, rest: mutation.Loc, edit: Edit, data: Plain) -> Expected:
    names = copies(data["alphabets"], name)
    sheets = frozenset(("scene", n) for n in names)
    must = frozenset() if rest[0] == "alphabet" else frozenset({("scene", name)})
    return Expected(sheets, must=must, targets=_named("alphabet", names))


def _of_pass(name: str, rest: mutation.Loc, edit: Edit, data: Plain) -> Expected:
    names = copies(data["passes"], name)
    may = frozenset(("pass", n) for n in names)
    if rest[0] in ("strength", "rule", "like"):  # mixes finished frames: drawings with and without the pass
        may |= {("beside", n) for n in names}
        return Expected(may, must=frozenset({("under", name)}), targets=_named("pass", names))
    if rest[0] in ("only", "except", "preset"):  # nothing moves if nobody who is named is seen, or values are the same
        return Expected(may | {("beside", n) for n in names}, targets=_named("pass", names))
    return Expected(may, must=frozenset({("pass", name)}), targets=_named("pass", names))


def _of_preset(name: str, rest: mutation.Loc, edit: Edit, data: Plain) -> Expected:
    set_by = {n for n, said in data["passes"].items() if said.get("preset") == name}
    names = set().union(*(copies(data["passes"], n) for n in set_by))
    return Expected(frozenset(("pass", n) for n in names), targets=_named("pass", names))


_TRANSITIONS = ("fade", "dissolve", "iris", "wipe", "from", "match", "on")


def _of_cut(number: str, rest: mutation.Loc, edit: Edit, data: Plain) -> Expected:
    if rest[0] == "scene":
        return Expected(frozenset({EVERYTHING}))
    mixed = frozenset({MIXED} if rest[0] in _TRANSITIONS else {MIXED, ("card",)})
    return Expected(mixed, gone=frozenset(("output", o) for o in ("film.mp4", "still.png")))


def _of_output(name: str, rest: mutation.Loc, edit: Edit, data: Plain) -> Expected:
    names = {name}
    while more := {n for n, o in data["outputs"].items() if o.get("of") in names} - names:
        names |= more
    family = {
        o[: -1 if o[-1] == "/" else -4] + shape + (o[-1] if o[-1] == "/" else o[-4:])
        for o in names
        for shape in _SHAPES
    }
    return Expected(
        frozenset(("output", n) for n in family) if rest[0] != "quality" else frozenset(),
        encoded=frozenset(family) if rest[0] == "quality" else frozenset(),
    )


def _of_episode(name: str, rest: mutation.Loc, edit: Edit, data: Plain) -> Expected:
    """Whatever an episode says moves its own outputs alone."""
    each = {*data["each-episode"], *data["episodes"][name].get("outputs", {})}
    return _outputs_alone(f"{name}/{output}" for output in each)


def _of_each_episode(name: str, rest: mutation.Loc, edit: Edit, data: Plain) -> Expected:
    names = {name} | {n for n, o in data["each-episode"].items() if o.get("of") == name}
    return _outputs_alone(f"{episode}/{output}" for episode in data["episodes"] for output in names)


def _outputs_alone(names: Iterable[str]) -> Expected:
    family = {f"{name[:-4]}{shape}{name[-4:]}" for name in names for shape in _SHAPES}
    return Expected(frozenset(("output", n) for n in family), targets=_named("output", family))


_SHAPES = ("", "-1x1", "-4x3", "-reels", "-shorts", "-square", "-tiktok", "-youtube")
_BY_TABLE: dict[str, Callable[[str, mutation.Loc, Edit, Plain], Expected]] = {
    "characters": _of_character,
    "places": _of_place,
    "scenes": _of_scene,
    "passes": _of_pass,
    "presets": _of_preset,
    "alphabets": _of_alphabet,
    "cut": _of_cut,
    "outputs": _of_output,
    "episodes": _of_episode,
    "each-episode": _of_each_episode,
    "palette": lambda *_: Expected(frozenset()),
    "cache": lambda *_: Expected(frozenset()),
}


def judged(edit: Edit, before: Seen, after: Seen, want: Expected) -> bool:
    """Assert that only what may move has moved, and all that must; -> whether anything has."""
    told = str(edit)
    for what in ("drawings", "frames"):
        old, new = getattr(before, what), getattr(after, what)
        for mine, theirs, may in ((new, old, want.may), (old, new, want.may | want.gone)):
            for key in mine.keys() - theirs.keys():
                for things in mine[key]:
                    assert things & may, f"{told}: moved {what} of {sorted(map(str, things))}"
        for key in new.keys() & old.keys():
            for things in new[key]:
                assert not things & want.must, f"{told}: left {what} of {sorted(map(str, things))}"
    for key in before.contents.keys() & after.contents.keys():
        assert before.contents[key] == after.contents[key], f"{told}: another drawing has the same key"
    for output in before.segments.keys() & after.segments.keys():
        ours, theirs = before.segments[output], after.segments[output]
        if output in want.encoded:
            assert not ours.keys() & theirs.keys(), f"{told}: left segments of {output}"
            continue
        for key in theirs.keys() - ours.keys():
            known = theirs[key] in ours.values() and EVERYTHING not in want.may and ("output", output) not in want.may
            assert not known, f"{told}: moved a segment of {output} whose frames are the same"
    for output in before.deep.keys() & after.deep.keys():
        rests = before.rests_on[output] | after.rests_on[output]
        moved = before.deep[output] != after.deep[output]
        if _shown(before, output) != _shown(after, output):
            assert moved, f"{told}: frames of {output} moved, its deep key did not"
        if moved and want.targets:
            assert want.targets & rests, f"{told}: the deep key of {output} moved"
    return (before.drawings.keys(), before.frames.keys(), before.segments) != (
        after.drawings.keys(),
        after.frames.keys(),
        after.segments,
    )


def _shown(found: Seen, output: str) -> tuple[Any, ...]:
    frames = {k for k, shown in found.frames.items() if any(("output", output) in things for things in shown)}
    return frames, found.segments.get(output)


# -- the tests


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wide")
    for number, name in enumerate(("photo.png", "other.png")):
        picture = np.random.default_rng(number).integers(0, 256, (36, 64, 3), dtype=np.uint8)
        cv2.imwrite(str(folder / name), picture)
    (folder / "more.yaml").write_text(mutation.MORE)
    return folder


def _tried(
    name: tuple[str, str], sites: list[Site], base: Project, root: Path, code: Fingerprints, before: Seen
) -> tuple[list[str], int, bool]:
    """Mutate a field here and there until something has moved; -> (what is wrong, valid edits, has anything moved)."""
    problems, valid, has_moved = [], 0, False
    written = [s for s in sites if mutation.get(WIDE, s.loc) is not mutation.ABSENT]
    for site in [*written, *(s for s in sites if s not in written)]:
        at_this = 0
        for edit in mutation.edits(site, base.spec, WIDE):
            try:
                project = opened(edit.applied(WIDE), root)
                if project.spec == base.spec:
                    continue
                after = seen(project, code)
            except StudioError:
                continue
            valid, at_this = valid + 1, at_this + 1
            try:
                has_moved = judged(edit, before, after, expected(edit, WIDE)) or has_moved
            except AssertionError as error:
                problems.append(str(error).split("\nassert")[0])
                has_moved = True
            if has_moved or at_this >= 3:
                break
        if has_moved or (valid >= 3 and name in MOVES_NOTHING):
            break
    return problems, valid, has_moved


def is_inherited(model: str, field: str) -> bool:
    """Whether a plane, a pass or a preset has a field from what all have; those are mutated on a few of them.

    Passes of a project's own need its folder: tests/e2e/test_own_rules.py."""
    if model in ("OwnPass", "OwnPreset"):
        return True
    if model.startswith("Preset"):
        return model != "PresetWatercolor"
    if model.startswith("Rule") and field in ("preset", "only", "except_"):
        return model != "RuleWatercolor"
    is_plane = model.startswith(("Plate", "Prop")) and model not in ("PlateSky", "PlateHouses", "PropStreetLamp")
    return is_plane and field in ("name", "z", "seed", "passes", "x", "lit", "plate", "prop")


def test_every_field_moves_what_depends_on_it_and_nothing_else(root: Path) -> None:
    code = Fingerprints()
    base = opened(WIDE, root)
    before = seen(base, code)
    fields = mutation.every_field()
    assert not (MOVES_NOTHING.keys() | ONE_VALUE.keys()) - fields.keys(), "a field in a table is gone"
    by_field: dict[tuple[str, str], list[Site]] = {}
    for site in mutation.sites(base.spec, WIDE):
        by_field.setdefault((site.model, site.field), []).append(site)
    problems = []
    for name, info in fields.items():
        if mutation.is_model(info) or is_inherited(*name):
            continue  # its own fields are mutated, or those of others that have it from the same model
        told, valid, has_moved = _tried(name, by_field.get(name, []), base, root, code, before)
        problems += told
        if name in ONE_VALUE:
            problems += [f"{name} has another value now: take it out of ONE_VALUE"] if valid else []
        elif not valid:
            problems.append(f"{name} could not be mutated: let WIDE use it, or teach tests/mutation.py its values")
        elif has_moved == (name in MOVES_NOTHING):
            problems.append(f"{name} {'moves keys: take it out of MOVES_NOTHING' if has_moved else 'moves no key'}")
    assert not problems, "\n".join(problems)


def _words(**other: Any) -> tuple[Any, str, Any]:
    """How to break `words_of`: with something in the place of what it should say."""

    def words(target: str, said: bytes, variant: Any, canvas: Any, seed: Any) -> tuple[bytes, int]:
        told = {"said": said, "canvas": canvas, "seed": seed} | {k: v() for k, v in other.items()}
        return words_of(target, told["said"], variant, told["canvas"], told["seed"])

    return projection, "words_of", words


_COUNT = itertools.count()

#: (a field, what is broken, how): each must be noticed by mutating that field
BROKEN: dict[str, tuple[tuple[str, str], tuple[Any, str, Any]]] = {
    "drawings without their parameters": (("CharacterSpec", "skin"), _words(said=bytes)),
    "drawings without their seed": (("CharacterSpec", "seed"), _words(seed=int)),
    "drawings without their window": (
        ("CameraKey", "zoom"),
        _words(canvas=lambda: Canvas(0, 0, 8, 8, 1.0)),
    ),
    "drawings with something more": (
        ("RuleWatercolor", "edge"),
        _words(seed=lambda: next(_COUNT)),
    ),
    "frames without their passes": (
        ("RuleSilentFilm", "grain"),
        (keys, "_described", lambda *_: b""),
    ),
    "segments without their quality": (("OutputSpec", "quality"), (Format, "plain", lambda self: [self.width])),
    "films without their fades": (("CutItem", "fade"), (Keyring, "film", lambda self, film, of: _unmixed(film, of))),
    "seeds of places unread": (("PlaceSpec", "seed"), (scope, "seed_of", lambda *names: 5)),
}


def _unmixed(film: Any, of_shots: Any) -> Any:
    out = np.zeros((film.count, 16), np.uint8)
    for number, of in of_shots.items():
        out[film.shot == number] = of[film.frame[film.shot == number]]
    return out


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_missing_in_a_key_is_noticed(what: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The harness above is worth nothing if it passes over a key with a hole."""
    name, (owner, attribute, broken) = BROKEN[what]
    code = Fingerprints()

    def passes() -> bool:
        base = opened(WIDE, root)
        sites = [s for s in mutation.sites(base.spec, WIDE) if (s.model, s.field) == name]
        try:
            problems, valid, has_moved = _tried(name, sites, base, root, code, seen(base, code))
        except AssertionError:  # two drawings of one project have one key
            return False
        return bool(valid and has_moved and not problems)

    monkeypatch.setattr(owner, attribute, broken)
    assert not passes(), what
    monkeypatch.undo()
    assert passes(), what

"""The files of a project as one tree: contents in the place of file names, includes, copies.

Knows neither YAML nor what a key means; only which tables hold targets, and that a name is given once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from studio.errors import Place, Problem, did_you_mean
from studio.tree import Tree, plain_table, resolve_copies

#: reads the file that a value names, which must be of a kind; None, with a problem, if it cannot be
Bring = Callable[[Tree, str], Tree | None]
#: names that are seen from an episode too
_SEEN = {
    "characters": "character", "alphabets": "alphabet", "places": "place", "scenes": "scene", "passes": "pass"
}  # fmt: skip
_NAMED = {**_SEEN, "presets": "preset", "outputs": "output", "each-episode": "output", "episodes": "episode"}
#: tables whose entries may be files of their own
_FILES = ("characters", "places", "scenes", "episodes")


def assemble(tree: Tree, bring: Bring, problems: list[Problem]) -> None:
    """Make one tree of a Studiofile and of all that it names; what is wrong with them goes to `problems`."""
    included: dict[str, Place] = {}
    _complete(tree, bring, problems, included)
    _copy(tree, {}, problems)
    own = plain_table(tree, "presets")
    _set(tree, own, bring, problems)
    above = {table: plain_table(tree, table) for table in _SEEN}
    above["outputs"] = plain_table(tree, "each-episode")
    for episode in plain_table(tree, "episodes").values():
        if isinstance(episode.value, dict):
            _complete(episode, bring, problems, dict(included))
            _shadow(episode, above, problems)
            _copy(episode, above, problems)
            _set(episode, own, bring, problems)


def _complete(tree: Tree, bring: Bring, problems: list[Problem], included: dict[str, Place]) -> None:
    """Put contents in the place of file names, and what is included before what stands here."""
    for table in _FILES:
        for name, entry in plain_table(tree, table).items():
            if isinstance(entry.value, str):
                tree.value[table].value[name] = bring(entry, _NAMED[table]) or entry
    for scene in plain_table(tree, "scenes").values():
        place = scene.value.get("place") if isinstance(scene.value, dict) else None
        if place is not None and isinstance(place.value, str) and place.value.endswith((".yaml", ".yml")):
            scene.value["place"] = bring(place, "place") or place
    if "include" in tree.value:
        whole = Tree({}, tree.place)
        for shared in _included(tree.value["include"], bring, problems, included):
            _put_over(whole, shared, problems)
        _put_over(whole, tree, problems)
        tree.value, tree.keys = whole.value, whole.keys


def _included(names: Tree, bring: Bring, problems: list[Problem], included: dict[str, Place]) -> list[Tree]:
    found = []
    for entry in names.value if isinstance(names.value, list) else [names]:
        if not isinstance(entry.value, str):
            problems.append(Problem("`include` takes names of files", entry.place, "write `include: [cast.yaml]`"))
        elif entry.value in included:
            what = f"`{entry.value}` is included twice; first at {included[entry.value]}"
            problems.append(Problem(what, entry.place, "keep one of them"))
        else:
            included[entry.value] = entry.place
            shared = bring(entry, "shared")
            if shared is not None:
                _complete(shared, bring, problems, included)
                for key in ("shared", "include"):  # of no meaning where it is included
                    shared.value.pop(key, None)
                found.append(shared)
    return found


def _put_over(whole: Tree, more: Tree, problems: list[Problem]) -> None:
    """Add what another file says. A name that is there already must say what it is like."""
    for key, entry in more.value.items():
        old = whole.value.get(key)
        if old is None:
            whole.value[key], whole.keys[key] = entry, more.keys[key]
        elif key in _NAMED and isinstance(old.value, dict) and isinstance(entry.value, dict):
            known = Tree(dict(old.value), old.place, dict(old.keys))
            for name, new in entry.value.items():
                _check_twice(name, new, known, entry.keys[name], _NAMED[key], problems)
                known.value[name] = _overriding(name, new, known.value, "")  # what it takes over is gone
                known.keys[name] = entry.keys[name]
            whole.value[key] = known
        else:
            what = f"`{key}` stands in two files; the other is at {whole.keys[key]}"
            problems.append(Problem(what, more.keys[key], "keep one of them"))


def _shadow(episode: Tree, above: Mapping[str, Mapping[str, Tree]], problems: list[Problem]) -> None:
    """What an episode names as the Studiofile does must say what it is like."""
    for table, known in above.items():
        own = plain_table(episode, table)
        seen = Tree(dict(known), episode.place)
        for name, entry in own.items():
            _check_twice(name, entry, seen, episode.value[table].keys[name], _NAMED[table], problems)
            episode.value[table].value[name] = _overriding(name, entry, known, name)


def _check_twice(name: str, new: Tree, known: Tree, place: Place, kind: str, problems: list[Problem]) -> None:
    old = known.value.get(name)
    if old is None or not isinstance(new.value, dict) or _copied(new) is not None:
        return  # what is no mapping could not be read, or is told by the models
    first = known.keys.get(name, old.place)
    word = "of" if kind == "output" else "like"
    hint = "call one of them otherwise"
    if kind != "episode":
        hint += f", or write `{word}: {name}`: then the keys beside it replace"
    problems.append(Problem(f"there are two {kind}s `{name}`; the other is at {first}", place, hint))


def _overriding(name: str, new: Tree, known: Mapping[str, Tree], copied: str) -> Tree:
    """A target that is like the one whose name it takes over: that one, with keys replaced."""
    old = known.get(name)
    if old is None or _copied(new) != name or not isinstance(old.value, dict):
        return new
    own = {key: value for key, value in new.value.items() if key not in ("like", "of")}
    return old.merged(Tree(own, new.place, new.keys), copied)


def _copied(tree: Tree) -> str | None:
    """What a target says that it is like; of an output, what it is of."""
    said = tree.value.get("like", tree.value.get("of")) if isinstance(tree.value, dict) else None
    return str(said.value) if said is not None else None


def _copy(tree: Tree, above: Mapping[str, Mapping[str, Tree]], problems: list[Problem]) -> None:
    """Resolve `like`, also of places that are written in scenes: `{like: square, time: night}`."""
    for table, kind in _SEEN.items():
        if table in tree.value:
            problems += resolve_copies(tree.value[table], kind, above.get(table, {}))
    places = {**above.get("places", {}), **plain_table(tree, "places")}
    for scene in plain_table(tree, "scenes").values():
        place = scene.value.get("place") if isinstance(scene.value, dict) else None
        like = place.value.get("like") if place is not None and isinstance(place.value, dict) else None
        if place is None or like is None:
            continue
        origin = places.get(str(like.value))
        if origin is None:
            problems.append(Problem(f"unknown place `{like.value}`", like.place, did_you_mean(str(like.value), places)))
        elif isinstance(origin.value, dict):
            scene.value["place"] = origin.merged(place, str(like.value))


def _set(tree: Tree, own: Mapping[str, Tree], bring: Bring, problems: list[Problem]) -> None:
    """Put the values of presets under the passes that name one: the Studiofile's own, else those of the rule."""
    for entry in plain_table(tree, "passes").values():
        preset, rule = (entry.value.get(key) if isinstance(entry.value, dict) else None for key in ("preset", "rule"))
        if preset is None or rule is None or not isinstance(rule.value, str):
            continue
        file = bring(Tree(rule.value, preset.place), "presets")
        if file is None:
            continue
        known = {key: value for key, value in file.value.items() if key != "presets"}
        known |= {key: value for key, value in own.items() if _rule_of(value) == rule.value}
        found = known.get(str(preset.value))
        if found is None:
            hint = did_you_mean(str(preset.value), known)
            problems.append(Problem(f"unknown preset `{preset.value}` of `{rule.value}`", preset.place, hint))
        elif isinstance(found.value, dict):
            values = {key: Tree(value.value, preset.place) for key, value in found.value.items() if key != "rule"}
            entry.value = {**values, **entry.value}
            entry.keys = {**dict.fromkeys(values, preset.place), **entry.keys}


def _rule_of(preset: Tree) -> object:
    rule = preset.value.get("rule") if isinstance(preset.value, dict) else None
    return rule.value if rule is not None else None
